"""What a judgement changes in the answers, and that nothing of it stays when it is undone."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import pages

from stakeline import Ledger, history, load_documents, show
from stakeline.cases import case
from stakeline.model.documents import Document
from stakeline.model.judgements import Verdict
from stakeline.workflows import judging

JOIN, SPLIT = Verdict.JOIN, Verdict.SPLIT


def page(number: int, holder: str, **changes: Any) -> Document:
    """A Form 2 of January 2026 with invented figures; `after` is the total in shares."""
    told: dict[str, Any] = {**pages.FOUNDING_CASE, "serial": f"CS2026010{number}E0000{number}", "holder": holder}
    total = changes.pop("after", f"{number},000,000")
    told |= {"event_date": f"0{number}/01/2026", "signed_date": f"0{number}/01/2026", "shares": "1,000", "before": []}
    told |= {"after": [("Long position", total, f"6.0{number}")], **changes}
    return Document(data=pages.form2(**told), name=f"{number}-{holder}.html")


def names(ledger: Ledger, name: str = "SenseTime", known: str | None = None) -> set[str]:
    return {h.position.timeline.party.name for h in show(ledger, name, on="2026-02-01", known=known, base="class").held}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "ledger")
    load_documents(made, [page(1, "Old Moon Ltd"), page(2, "Old Moon Limited"), page(3, "Old Moon Ltd")])
    return made


def test_two_names_become_one_position_and_two_again(ledger: Ledger) -> None:
    before = [history(ledger, n, "20", on="2026-02-01", known=None) for n in ("Old Moon Ltd", "Old Moon Limited")]
    assert names(ledger) == {"Old Moon Ltd", "Old Moon Limited"}
    done = judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="one number", by="mo")
    (held,) = show(ledger, "SenseTime", on="2026-02-01", known=None, base="class").held
    assert held.position.entry.after.shares is not None
    assert held.position.entry.after.shares.value == 3_000_000
    for name in ("Old Moon Ltd", "Old Moon Limited"):
        told = history(ledger, name, "20", on="2026-02-01", known=None)
        assert set(told.party.seats) == {"Old Moon Ltd", "Old Moon Limited"}
        assert [e.day.day for e in told.timelines[0].entries] == [1, 2, 3]
        assert len(show(ledger, name, on="2026-02-01", known=None, base="class").held) == 1
    judging.undo(ledger, done.id, why="two numbers", by="mo")
    after = [history(ledger, n, "20", on="2026-02-01", known=None) for n in ("Old Moon Ltd", "Old Moon Limited")]
    assert [h.timelines for h in after] == [h.timelines for h in before]


def test_one_notice_from_two_seats_is_shown_once(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    load_documents(
        ledger, [page(1, "Old Moon Ltd"), page(1, "Old Moon Limited", serial="CS20260101E00009", after="1,000,000")]
    )
    assert len(names(ledger)) == 2
    judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    (held,) = show(ledger, "20", on="2026-02-01", known=None, base="class").held
    assert held.position.entry.after.shares is not None
    assert held.position.entry.after.shares.value == 1_000_000
    assert set(held.position.entry.seats) == {"Old Moon Ltd", "Old Moon Limited"}


def test_it_counts_whatever_moment_is_asked_about(ledger: Ledger) -> None:
    judging.judge(ledger, JOIN, ("Old Moon Ltd", "Old Moon Limited"), why="x", by="mo")
    assert len(names(ledger, known="2026-01-20")) == 1


def test_a_split_counts_more_than_the_facts_of_the_founding_case(tmp_path: Path) -> None:
    """disclosures.csv: Alibaba Group Holding Ltd and Taobao Holding Ltd (Alibaba); issuer.json joins the two."""
    ledger = Ledger.create(tmp_path / "ledger")
    load_documents(ledger, case("sensetime"))
    before = json.dumps(json.loads(_shown(ledger)))
    assert (
        len({h.position.timeline.party.key for h in show(ledger, "20", on="2023-12-31", known=None, base="class").held})
        == 1
    )
    done = judging.judge(ledger, SPLIT, ("Alibaba Group Holding Ltd", "Taobao Holding Ltd (Alibaba)"), why="x", by="mo")
    keys = {h.position.timeline.party.key for h in show(ledger, "20", on="2023-12-31", known=None, base="class").held}
    assert len(keys) == 2
    judging.undo(ledger, done.id, why="x", by="mo")
    assert json.dumps(json.loads(_shown(ledger))) == before


def _shown(ledger: Ledger) -> bytes:
    import msgspec

    return msgspec.json.encode(history(ledger, "Alibaba", "20", on="2023-12-31", known=None).timelines)


def test_a_split_counts_more_than_what_notices_name_together(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    both = [
        page(1, "Parent Moon Ltd"),
        page(1, "Child Moon Ltd", serial="CS20260101E00009", parent="Parent Moon Ltd", after="1,000,000"),
    ]
    load_documents(ledger, both)
    assert len(names(ledger)) == 1
    done = judging.judge(ledger, SPLIT, ("Parent Moon Ltd", "Child Moon Ltd"), why="sold before", by="mo")
    assert len(names(ledger)) == 2
    judging.undo(ledger, done.id, why="x", by="mo")
    assert len(names(ledger)) == 1


def test_former_names_and_either_script_are_answered(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    person = Document(data=pages.form1(**{**pages.FOUNDING_CASE, "surname": "Chan", "first": "Tai", "middle": "Man",
        "chinese": "陳大文", "serial": "IS20260102E00002", "after": [("Long position", "1,000", "6.00")]}), name="p.html")  # fmt: skip
    load_documents(
        ledger, [page(1, "New Star Ltd (formerly known as Old Moon Ltd)"), person, page(3, "中國旅遊集团有限公司")]
    )
    for name, meant in (
        ("Old Moon Ltd", "New Star Ltd (formerly known as Old Moon Ltd)"),
        ("陳大文", "Chan Tai Man"),
        ("中国旅游集团有限公司", "中國旅遊集团有限公司"),
    ):
        assert names(ledger, name) == {meant}
        assert history(ledger, name, "20", on="2026-02-01", known=None).party.name == meant
