"""One holder and one issuer in Hong Kong and the United States, side by side: generated pairs, and moments in each market's time."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import Document, Ledger, brief, load, load_documents, show, why
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
        assert not any("depositary" in note for note in answer.notes)  # none is shown


def test_the_ratio_of_depositary_shares_is_shown_where_told(tmp_path: Path) -> None:
    rows = (
        "hk:00020,code,us:0000000777,text,2022-01-03,listing document,prospectus",
        "hk:00020,shares.per_ads,8,count,2022-01-03,deposit agreement,deposit agreement",
    )
    notes = _show(_ledger(tmp_path, _HK, _13d(), _table(*rows)), "hk:00020").notes
    assert any("stands for 8 shares" in note and "none is converted or added" in note for note in notes)


def _of_depositary_shares(words: str) -> bytes:
    """A Form 4 on depositary shares and on the shares that they stand for."""
    noted = "<value>10</value>" + '<footnoteId id="F1"/>'
    rows = made.sale("100", noted, "900").replace("Common Stock", "American Depositary Shares", 1) + made.holding("500")
    return made.submission(made.form(rows, notes=f'<footnote id="F1">{words}</footnote>'))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Each American Depositary Share represents five common shares.", "represents five common shares"),
        ("The price is an average.", "how many shares a depositary share stands for is not told"),
    ],
)
def test_what_a_depositary_share_stands_for_is_said_in_the_filer_s_words_or_not_told(
    tmp_path: Path, words: str, said: str
) -> None:
    answer = _show(_ledger(tmp_path, _of_depositary_shares(words)), "us:0000093410", on="2026-04-30")
    assert sorted(shares for *_, shares, _ in _stakes(answer)) == ["500", "900"]
    assert any(said in note and "none is converted or added" in note for note in answer.notes)


def test_judgements_that_follow_from_one_another_join_too(tmp_path: Path) -> None:
    other = pages.form2(**{**pages.FOUNDING_CASE, "holder": "Roe Asia Nominees Limited", "serial": "CS20260304E00126"})
    ledger = _ledger(tmp_path, _HK, other, _13d())
    judge(ledger, Verdict.JOIN, ("Roe Partners (Asia) Limited", "Roe Asia Nominees Limited"), why="seats", by="me")
    judge(ledger, Verdict.JOIN, ("Roe Asia Nominees Limited", "Roe Partners LP"), why="one adviser", by="me")
    answer = _show(ledger, "Roe Partners LP")
    assert {s for s, *_ in _stakes(answer)} == {"hk:00020", "us:0000000777"}
    assert not any("no judgement" in note for note in answer.notes)


@given(
    shares=st.integers(1, 10**9),
    held=st.integers(1, 10**9),
    joined=st.sampled_from(["judgement", "issuer", "both", "name"]),
)
@settings(max_examples=8, deadline=None)
def test_nothing_is_counted_twice_in_generated_pairs(shares: int, held: int, joined: str) -> None:
    """Whatever joins the two markets, each filing gives one line with its own figure, and no line is a sum."""
    name = "Roe Partners (Asia) Limited" if joined == "name" else "Roe Partners LP"
    there = pages.form2(
        **{
            **pages.FOUNDING_CASE,
            "holder": "Roe Partners (Asia) Limited",
            "event_date": "02/03/2026",
            "signed_date": "04/03/2026",
            "serial": "CS20260304E00123",
            "after": [("Long position", f"{held:,}", "8.74")],
        }
    )
    fact = _table("hk:00020,code,us:0000000777,text,2022-01-03,listing document,prospectus")
    with TemporaryDirectory() as folder:
        documents = [there, _13d(name, str(shares)), *([fact] if joined in {"issuer", "both"} else [])]
        ledger = _ledger(Path(folder), *documents)
        if joined in {"judgement", "both"}:
            judge(ledger, Verdict.JOIN, ("Roe Partners (Asia) Limited", "Roe Partners LP"), why="one adviser", by="me")
        answer = _show(ledger, "hk:00020" if joined == "issuer" else name)
    assert sorted(told for *_, told, _ in _stakes(answer)) == sorted([str(shares), str(held)])
    assert ("no judgement" in " ".join(answer.notes)) == (joined == "name")


def test_a_joint_filer_is_found_and_its_part_is_said(tmp_path: Path) -> None:
    both = made_13dg.schedule_13d(
        made_13dg.person("Roe Partners LP", "740000", "5.3", shared="740000"),
        made_13dg.person("Roe Fund II LP", "240000", "1.7", shared="240000"),
    )
    answer = _show(_ledger(tmp_path, both), "Roe Fund II")
    assert [(who, shares) for _, who, shares, _ in _stakes(answer)] == [("Roe Partners LP", "740000")]
    assert any("240,000 shares of it by its own cover page" in note for note in answer.notes)


_SAMPLES = os.environ.get("STAKELINE_SAMPLES")


@pytest.mark.skipif(_SAMPLES is None, reason="STAKELINE_SAMPLES is unset: no real files to read")
def test_a_real_holder_of_both_markets_is_not_joined_by_its_name(tmp_path: Path) -> None:
    """BlackRock, Inc.: hk consolidated lists and notices; us/sc13g/sc13g_x0202_blackrock-adi.xml, cover rows 9 and 11."""
    ledger = Ledger.create(tmp_path / "ledger")
    load(ledger, [f"{_SAMPLES}/us/sc13g/sc13g_x0202_blackrock-adi.xml", f"{_SAMPLES}/hk"])
    answer = _show(ledger, "BlackRock, Inc.", on="2026-10-31")
    assert ("us:0002105139", "BlackRock, Inc.", "10251900.00", "13.5") in _stakes(answer)
    assert len({s.partition(":")[0] for s, *_ in _stakes(answer)}) == 2
    assert any("no judgement says that it is one holder" in note for note in answer.notes)


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
    assert "United States: as of the end of 2026-03-31 (time of New York)" in shown
    assert "Hong Kong: as of the end of 2026-03-31 (time of Hong Kong)" in shown
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


def test_a_name_that_is_an_issuer_s_and_a_holder_s_is_answered_as_the_issuer_and_says_so(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _13d("EXAMPLE BANK CORP"), made.submission(made.form(made.sale("100", "10", "900")).replace(b"EXAMPLE CORP", b"EXAMPLE BANK CORP")))  # fmt: skip
    answer = _show(ledger, "EXAMPLE BANK CORP", on="2026-04-30")
    assert answer.of_issuer
    assert any("a holder of this name reports too, in Example Corp (us:0000000777)" in note for note in answer.notes)
