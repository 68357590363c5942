"""One holder and one issuer in Hong Kong and the United States, side by side: generated pairs, and moments in each market's time."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from stakeline import Document, Ledger, brief, load_documents, show, why
from stakeline.cli import main
from stakeline.model.judgements import Verdict
from stakeline.workflows.judging import judge
from stakeline.workflows.stakes import Shown
from tests import pages
from tests.us import made, made_13dg

_HK = pages.form2(
    **{
        **pages.FOUNDING_CASE,
        "holder": "Roe Partners (Asia) Limited",
        "event_date": "02/03/2026",
        "signed_date": "04/03/2026",
        "serial": "CS20260304E00123",
        "issued": "25,978,640,000",
        "before": [("Long position", "2,351,000,000", "9.05")],
        "after": [("Long position", "2,271,000,000", "8.74")],
    }
)


def _13d(name: str = "Roe Partners LP", shares: str = "740000", percent: str = "5.3") -> bytes:
    """In a submission accepted on 4 March 2026 at 17:30:15 in New York."""
    bare = made_13dg.schedule_13d(made_13dg.person(name, shares, percent, cik="42"))
    whole = made_13dg.submission(bare, form="SCHEDULE 13D", accession="0000000042-26-000003")
    return whole.replace(b"19980313163000", b"20260304173015").replace(b"19980313", b"20260304")


def _table(*rows: str) -> bytes:
    return ("subject,measure,value,unit,known_from,known_basis,cites\n" + "\n".join(rows) + "\n").encode()


def _ledger(folder: Path, *documents: bytes) -> Ledger:
    ledger = Ledger.create(folder / "ledger")
    receipt = load_documents(ledger, [Document(data=d, name=f"{n}") for n, d in enumerate(documents)])
    assert receipt.quarantined == 0
    return ledger


def _show(ledger: Ledger, name: str, on: str = "2026-03-31", known: str | None = None) -> Shown:
    return show(ledger, name, on=on, known=known, base="class")


def _stakes(answer: Shown) -> Sequence[tuple[str, str, str, str]]:
    """Issuer, holder, shares and percent of each line."""
    return [
        (
            h.issuer.subject,
            h.position.timeline.party.name,
            str(h.shares and h.shares.number),
            str(h.percent and h.percent.number),
        )
        for h in answer.held
    ]


def test_a_judgement_puts_the_stakes_of_one_holder_into_one_answer(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _HK, _13d())
    assert [s for s, *_ in _stakes(_show(ledger, "Roe Partners LP"))] == ["us:0000000777"]
    told = judge(ledger, Verdict.JOIN, ("Roe Partners (Asia) Limited", "Roe Partners LP"), why="one adviser", by="me")
    for name in ("Roe Partners LP", "Roe Partners (Asia) Limited"):
        answer = _show(ledger, name)
        assert sorted((s, shares, percent) for s, _, shares, percent in _stakes(answer)) == [
            ("hk:00020", "2271000000", "8.74"),
            ("us:0000000777", "740000", "5.3"),
        ]
        assert any(told.id in note and "one adviser" in note for note in answer.notes)
        assert any("percentages in Hong Kong" in note for note in answer.notes)
        assert any("percentages in United States" in note for note in answer.notes)


def test_a_name_alone_joins_nobody_and_is_said(tmp_path: Path) -> None:
    answer = _show(_ledger(tmp_path, _HK, _13d("Roe Partners (Asia) Limited")), "Roe Partners (Asia) Limited")
    assert len(answer.held) == 2
    assert any("no judgement says that it is one holder" in note for note in answer.notes)


def test_persons_are_joined_issuer_by_issuer(tmp_path: Path) -> None:
    person = pages.form2(**{**pages.FOUNDING_CASE, "holder": "Chan Tai Man", "event_date": "02/03/2026",
                            "serial": "CS20260304E00125", "signed_date": "04/03/2026"})  # fmt: skip
    ledger = _ledger(tmp_path, person, made.submission(made.form(made.sale("100", "10", "900"))))
    judge(
        ledger, Verdict.JOIN, ("Chan Tai Man", "ROE JANE"), issuers=("hk:00020", "us:0000093410"), why="same", by="me"
    )
    for name in ("Chan Tai Man", "ROE JANE"):
        assert {s for s, *_ in _stakes(_show(ledger, name, on="2026-04-30"))} == {"hk:00020", "us:0000093410"}


def test_an_issuer_in_two_markets_is_shown_in_both(tmp_path: Path) -> None:
    ledger = _ledger(
        tmp_path, _HK, _13d(), _table("hk:00020,code,us:0000000777,text,2022-01-03,listing document,prospectus")
    )
    for name in ("hk:00020", "us:0000000777"):
        answer = _show(ledger, name)
        assert {s for s, *_ in _stakes(answer)} == {"hk:00020", "us:0000000777"}
        assert {m.code: m.zone for m in answer.markets} == {"hk": "Asia/Hong_Kong", "us": "America/New_York"}
        assert any("never added" in note for note in answer.notes)
        assert any("is not told" in note for note in answer.notes)


def test_the_ratio_of_depositary_shares_is_shown_where_told(tmp_path: Path) -> None:
    rows = (
        "hk:00020,code,us:0000000777,text,2022-01-03,listing document,prospectus",
        "hk:00020,shares.per_ads,8,count,2022-01-03,deposit agreement,deposit agreement",
    )
    notes = _show(_ledger(tmp_path, _HK, _13d(), _table(*rows)), "hk:00020").notes
    assert any("stands for 8 shares" in note for note in notes)


def test_two_kinds_of_report_on_the_same_shares_are_not_two_stakes(tmp_path: Path) -> None:
    form4 = made.form(
        made.sale("100", "10", "739900", day="2026-03-10"), owners=made.owner("Roe Partners LP", "0000000042")
    )
    form4 = form4.replace(b"0000093410", b"0000000777")
    notes = _show(_ledger(tmp_path, _13d(), made.submission(form4)), "us:0000000777", on="2026-04-30").notes
    assert any("the same shares, as each counts them" in note for note in notes)


def test_moments_are_told_in_the_time_of_each_filing_s_own_market(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = _ledger(tmp_path, _HK, _13d())
    judge(ledger, Verdict.JOIN, ("Roe Partners (Asia) Limited", "Roe Partners LP"), why="one adviser", by="me")
    where = ["--ledger", str(ledger.folder)]
    main([*where, "show", "Roe Partners LP", "--on", "2026-03-31"])
    shown = capsys.readouterr().out
    assert "2026-03-04 17:30" in shown  # New York; in Hong Kong it was 06:30 of the fifth
    assert "2026-03-05 06:30" not in shown
    main([*where, "timeline", "Roe Partners LP", "us:0000000777"])
    assert "known since 2026-03-04 17:30" in capsys.readouterr().out


def test_why_and_brief_tell_moments_of_new_york(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _13d())
    made_brief = brief(ledger, "us:0000000777", on="2026-03-31")
    assert made_brief.zone == "America/New_York"
    explained = [why(ledger, f.id)[1] for f in made_brief.figures() if f.known_from is not None]
    assert explained
    assert all("Hong Kong" not in text for text in explained)
    assert any("4 March 2026, 17:30 (New York)" in text for text in explained)


@pytest.mark.parametrize(("known", "seen"), [("2026-03-04T17:30", 0), ("2026-03-04T17:31", 1)])
def test_a_moment_asked_is_meant_in_each_market_s_own_time(tmp_path: Path, known: str, seen: int) -> None:
    ledger = _ledger(tmp_path, _HK, _13d())
    judge(ledger, Verdict.JOIN, ("Roe Partners (Asia) Limited", "Roe Partners LP"), why="one adviser", by="me")
    subjects = {s for s, *_ in _stakes(_show(ledger, "Roe Partners LP", known=known))}
    assert ("us:0000000777" in subjects) == bool(seen)
