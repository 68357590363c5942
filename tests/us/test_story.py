"""From filings to answers: load, show, timeline, brief, why, by name, CIK and trading symbol. Documents made by hand."""

from pathlib import Path

import pytest

from stakeline import Document, Ledger, brief, find_events, history, load_documents, show, why
from stakeline.briefs import render_text
from stakeline.model.errors import UnknownName
from stakeline.model.figures import Figure
from stakeline.model.stakes import EventKind
from tests.us.made import form, holding, option, owner, sale, submission

_EXERCISE = submission(
    form(
        sale("40200", "125.35", "48838", code="M", side="A")
        + sale("40200", "213.3049", "8638")
        + holding("20", "By Trust"),
        option("40200", "0"),
        plan="1",
        owners=owner() + owner("ROE HOLDINGS LLC", "7"),
    )
)
_GIFT = submission(
    form(sale("638", "0", "8000", code="G", day="2026-05-01") + holding("20", "By Trust"), period="2026-05-01"),
    accession="0001000001-26-000002",
    accepted="20260504120000",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "ledger")
    documents = [Document(data=d, name=f"{n}.txt") for n, d in enumerate((_EXERCISE, _GIFT))]
    receipt = load_documents(made, documents)
    assert (receipt.inputs, receipt.accepted, receipt.quarantined) == (2, 2, 0)
    return made


@pytest.mark.parametrize("name", ["EXAMPLE CORP", "93410", "us:0000093410", "exm", "EXM"])
def test_an_issuer_is_found_by_name_cik_and_symbol(ledger: Ledger, name: str) -> None:
    (held,) = show(ledger, name, on=None, known=None, base="class").held
    assert held.shares is not None
    assert held.shares.number == 8020
    assert held.position.timeline.security.share_class == "ordinary"


def test_an_unknown_symbol_is_said(ledger: Ledger) -> None:
    with pytest.raises(UnknownName):
        show(ledger, "QQQQ", on=None, known=None, base="class")


def test_nothing_is_known_before_it_was_accepted(ledger: Ledger) -> None:
    early = show(ledger, "EXM", on=None, known="2026-04-01T16:59", base="class")
    assert not early.held
    later = show(ledger, "EXM", on=None, known="2026-04-01T17:00", base="class")
    assert len(later.held) == 1


def test_the_timeline_of_one_of_two_joint_holders(ledger: Ledger) -> None:
    told = history(ledger, "ROE HOLDINGS LLC", "EXM", on=None, known=None)
    (one,) = told.timelines
    assert [(e.code, e.plan) for e in one.entries] == [("M", True), ("S", True), ("G", False)]
    assert [e.kind for e in told.events if e.kind is not EventKind.LATE] == [
        EventKind.CHANGE,
        EventKind.TRADE,
        EventKind.GAP,
        EventKind.CHANGE,
    ]


def _text(ledger: Ledger, event: str) -> str:
    return " ".join(render_text(brief(ledger, event)).split())


def test_the_brief_of_a_sale_under_a_plan(ledger: Ledger) -> None:
    (sold,) = [
        e
        for _, e in find_events(ledger, "EXM", on=None, known=None, crosses=None, since=None)
        if e.kind is EventKind.TRADE
    ]
    said = _text(ledger, sold.id)
    assert "ROE JANE sold 40,200[1] common shares of EXAMPLE CORP at US$213.3049[2]" in said
    assert "under a trading plan (Rule 10b5-1(c))" in said
    assert "By Trust: held indirectly, 20" in said
    assert "ROE HOLDINGS LLC: jointly with" in said


def test_the_brief_of_a_gift_calls_it_neither_sale_nor_purchase(ledger: Ledger) -> None:
    said = _text(ledger, "EXM")
    assert "gift; this is no purchase or sale of shares" in said
    assert "sold" not in said.partition("Footnotes")[0]


def test_why_shows_the_cell_with_its_footnotes(ledger: Ledger) -> None:
    (sold,) = [
        e
        for _, e in find_events(ledger, "EXM", on=None, known=None, crosses=None, since=None)
        if e.kind is EventKind.TRADE
    ]
    brief(ledger, sold.id)
    price = sold.entry.price
    assert isinstance(price, Figure)
    found, explained = why(ledger, price.id)
    assert found.number == price.number
    assert "Table I, row 2, transactionAmounts/transactionPricePerShare" in explained
    assert "there it says: 213.3049" in explained
