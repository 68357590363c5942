"""Judgements as documents of a ledger: recorded, listed, withdrawn, rebuilt; and the command that does it."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests import pages

from stakeline import Ledger, load_documents, rebuild
from stakeline.cli import main
from stakeline.model.documents import Document
from stakeline.model.errors import AmbiguousName, UnknownName, UsageError
from stakeline.model.judgements import Verdict
from stakeline.workflows import judging
from stakeline.workflows.where import now

JOIN, SPLIT = Verdict.JOIN, Verdict.SPLIT
TAI_MAN, CHAN = "Tai Man Chan", "CHAN Tai Man"


def notice(number: int, holder: str, form: Any = pages.form2, **changes: Any) -> Document:
    serial = f"{'CS' if form is pages.form2 else 'IS'}2026010{number}E0000{number}"
    told: dict[str, Any] = {
        **pages.FOUNDING_CASE,
        "serial": serial,
        "holder": holder,
        "event_date": f"0{number}/01/2026",
    }
    if form is pages.form1:
        told |= {"surname": holder, "first": "", "middle": ""}
    told |= {"signed_date": f"0{number}/01/2026", **changes}
    return Document(data=form(**told), name=f"{serial}.html")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "ledger")
    load_documents(
        made,
        [
            notice(1, "Old Moon Ltd"),
            notice(2, "Old Moon Limited"),
            notice(3, TAI_MAN, pages.form1),
            notice(4, CHAN, pages.form1),
            notice(5, TAI_MAN, pages.form1, issuer_code="00700", issuer_name="Tencent Holdings Ltd."),
        ],
    )
    return made


def test_a_judgement_is_a_document_and_a_rebuild_tells_the_same(ledger: Ledger) -> None:
    before = ledger.digest()
    done = judging.judge(ledger, JOIN, ("Old Moon Ltd", "old moon limited"), why="one company number", by="mo")
    judging.undo(ledger, done.id[:5], why="another number", by="jo")
    assert ledger.digest() != before
    assert {d.name for d in ledger.documents()} >= {f"judgements/{done.id}.json"}
    assert rebuild(ledger).same
    assert ledger.verify() == []
    first, second = judging.listing(ledger)
    assert (first.id, first.stands, first.withdrawn_by) == (done.id, False, second.id)
    assert (first.judgement.by, first.judgement.why) == ("mo", "one company number")


def test_any_order_of_loads_gives_the_same_digest_and_rulings(ledger: Ledger, tmp_path: Path) -> None:
    judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    judging.judge(ledger, SPLIT, ("Old Moon Ltd", "Old Moon Limited"), why="y", by="mo")
    documents = list(ledger.archived())
    for seed in range(3):
        Random(seed).shuffle(documents)
        other = Ledger.create(tmp_path / str(seed))
        for document in documents:
            load_documents(other, [document])
        assert other.digest() == ledger.digest()
        assert judging.listing(other) == judging.listing(ledger)


def test_a_judgement_counts_at_every_moment_that_is_asked_about(ledger: Ledger) -> None:
    judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    (row,) = judging.facts(ledger)
    assert row.body.known_from is not None
    assert row.body.known_from <= now()
    assert row.body.subject.startswith("judgement:j")


def test_corporations_are_judged_everywhere_and_persons_in_an_issuer(ledger: Ledger) -> None:
    firms = judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    assert {s.issuer for s in firms.judgement.sides} == {None}
    with pytest.raises(UsageError, match="persons of one name may be two"):
        judging.judge(ledger, JOIN, (TAI_MAN, CHAN), why="x", by="mo")
    persons = judging.judge(ledger, JOIN, (TAI_MAN, CHAN), why="x", by="mo", issuers=["SenseTime"])
    assert {s.issuer for s in persons.judgement.sides} == {"hk:00020"}
    across = judging.judge(ledger, JOIN, (TAI_MAN, CHAN), why="x", by="mo", issuers=["700", "20"])
    assert {(s.name, s.issuer) for s in across.judgement.sides} == {(TAI_MAN, "hk:00700"), (CHAN, "hk:00020")}


@pytest.mark.parametrize(
    ("holders", "changes", "error", "said"),
    [
        (("Old Moon Ltd", "OLD MOON, LTD."), {}, UsageError, "are one name"),
        (("Old Moon Ltd", "Young Moon"), {}, UnknownName, "nothing known"),
        (("Old Moon", "Tai Man Chan"), {}, AmbiguousName, "Old Moon Limited"),
        (("Old Moon Ltd", "Old Moon Limited"), {"why": " "}, UsageError, "why is empty"),
        (("Old Moon Ltd", "Old Moon Limited"), {"why": "x" * 5000}, UsageError, "longer than 4,000"),
        (("Old Moon Ltd", "Old Moon Limited"), {"by": " "}, UsageError, "by is empty"),
        (("Old Moon Ltd", "Old Moon Limited"), {"issuers": ["20", "20", "700"]}, UsageError, "one for each"),
    ],
)
def test_what_cannot_be_judged_is_said_and_nothing_recorded(
    ledger: Ledger, holders: tuple[str, str], changes: dict[str, Any], error: type[Exception], said: str
) -> None:
    before = ledger.digest()
    with pytest.raises(error, match=said):
        judging.judge(ledger, JOIN, holders, **{"why": "x", "by": "mo", **changes})
    assert ledger.digest() == before


def test_what_changes_nothing_is_refused(ledger: Ledger) -> None:
    done = judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    with pytest.raises(UsageError, match=f"judged already by {done.id}"):
        judging.judge(ledger, JOIN, ("Old Moon Limited", "Old Moon Ltd"), why="y", by="mo")
    judging.undo(ledger, done.id, why="y", by="mo")
    with pytest.raises(UsageError, match="withdrawn already"):
        judging.undo(ledger, done.id, why="y", by="mo")
    with pytest.raises(UnknownName, match="no judgement"):
        judging.undo(ledger, "k", why="y", by="mo")
    assert judging.judge(ledger, JOIN, ("Old Moon Limited", "Old Moon Ltd"), why="y", by="mo").id != done.id


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main([*words, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out) if told.out else told.err


def test_the_command_records_lists_undoes_and_finds(
    ledger: Ledger, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody")
    at = ("--ledger", str(ledger.folder))
    code, found = run(capsys, "judge", "candidates", *at)
    assert code == 0
    assert {frozenset(c["names"]) for c in found} == {
        frozenset({"Old Moon Ltd", "Old Moon Limited"}), frozenset({TAI_MAN, CHAN})
    }  # fmt: skip
    code, done = run(capsys, "judge", "join", "Old Moon Ltd", "Old Moon Limited", "--why", "[red]same\x1b[31m", *at)
    assert (code, done["judgement"]["by"]) == (0, "somebody")
    assert main(["judge", "list", *at]) == 0
    told = capsys.readouterr().out
    assert "Old Moon Limited and Old Moon Ltd are one [stands]" in told
    assert "[red]same [31m" in told
    assert run(capsys, "judge", "candidates", "Tencent", *at) == (0, [])
    assert len(run(capsys, "judge", "candidates", *at)[1]) == 1
    code, gone = run(capsys, "judge", "undo", done["id"], "--why", "no", *at)
    assert gone["judgement"]["withdraws"] == done["id"]
    assert [r["stands"] for r in run(capsys, "judge", "list", *at)[1]] == [False, True]
    assert main(["judge", "candidates", "20", "--least", "90", *at]) == 0
    assert "Nothing is joined by this" in capsys.readouterr().out
    assert main(["judge", "undo", "j", "--why", "no", *at]) == 2
    assert "fits j" in capsys.readouterr().err


def test_a_reason_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["judge", "join", "A", "B"])
    assert "--why" in capsys.readouterr().err


def test_a_join_says_what_speaks_against_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = Ledger.create(tmp_path / "other")
    totals = (("Old Moon Ltd", "1,000"), ("Old Moon Limited", "2,000"))
    documents = [
        notice(1, name, serial=f"CS20260101E0000{n}", after=[("Long position", total, "6.00")])
        for n, (name, total) in enumerate(totals)
    ]
    load_documents(ledger, documents)
    assert main(["judge", "join", *(n for n, _ in totals), "--why", "x", "--ledger", str(ledger.folder)]) == 0
    assert "against it speaks: different totals for one day: hk:00020 2026-01-01" in capsys.readouterr().out
