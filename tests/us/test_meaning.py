"""What filings mean: what kind of event, under a plan or not, entry or amendment; in `events`, in the brief, and checked. Made by hand."""

from pathlib import Path

import pytest

from stakeline import Document, Ledger, brief, find_events, load_documents, why
from stakeline.briefs import render_text
from stakeline.cli import main
from stakeline.model.stakes import Event, EventKind
from stakeline.workflows.outside import Outside
from tests.checks.test_briefs_check import FORMATS, checked, supported
from tests.us import made, made_13dg

_NOTES = (
    '<footnote id="F1">The price is the weighted average of trades from $9.80 to $10.20.</footnote>'
    '<footnote id="F2">Under a plan adopted on May 8, 2025.</footnote>'
)
_DAY = made.submission(
    made.form(
        made.sale("500", "0", "1500", code="M", side="A")
        + made.sale("200", "11", "1300", code="F")
        + made.sale("300", '<value>10</value><footnoteId id="F1"/>', "1000")
        + made.sale("40", "0", "960", code="G"),
        made.option("500", "0"),
        plan="1",
        notes=_NOTES,
    )
)
"""One day of one officer: an exercise, shares withheld for tax, a sale, a gift."""


def _ledger(folder: Path, *documents: bytes) -> Ledger:
    ledger = Ledger.create(folder / "ledger")
    assert load_documents(ledger, [Document(data=d, name=f"{n}.txt") for n, d in enumerate(documents)]).quarantined == 0
    return ledger


def _found(ledger: Ledger) -> list[Event]:
    return [e for _, e in find_events(ledger, None, on=None, known=None, crosses=None, since=None)]


def _text(ledger: Ledger, event: Event) -> str:
    return " ".join(render_text(brief(ledger, event.id)).split())


def test_only_the_sale_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = _ledger(tmp_path, _DAY)
    assert {e.entry.code: e.kind for e in _found(ledger)} == {
        "M": EventKind.CHANGE,
        "F": EventKind.CHANGE,
        "S": EventKind.TRADE,
        "G": EventKind.CHANGE,
    }
    main(["--ledger", str(ledger.folder), "events"])
    told = capsys.readouterr().out
    assert "M exercise or conversion of an award or option: acquired 500 shares, 1,500 shares after" in told
    assert "F withheld or delivered for an exercise price or taxes: disposed of 200 shares, 1,300 shares after" in told
    assert "S sold, on the market or privately: sold 300 shares, at USD 10 (average price per share, as filed)" in told
    assert told.count("a box says of the whole filing") == 1  # beside the sale alone


def test_events_of_one_filing_do_not_contradict_one_another(tmp_path: Path) -> None:
    assert not [e for e in _found(_ledger(tmp_path, _DAY)) if e.kind in (EventKind.SUSPECT, EventKind.MISMATCH)]


def test_the_balance_before_that_follows_from_the_rows_bears_nothing_out(tmp_path: Path) -> None:
    (sold,) = [e for e in _found(_ledger(tmp_path, _DAY)) if e.kind is EventKind.TRADE]
    assert sold.cause_why == "code S says that shares were sold"


def test_the_brief_says_what_passed_and_cites_the_filer_s_words_where_they_stand(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _DAY)
    by_code = {e.entry.code: e for e in _found(ledger)}
    sold, withheld = _text(ledger, by_code["S"]), _text(ledger, by_code["F"])
    assert "ROE JANE sold 300[1] common shares of EXAMPLE CORP at US$10.00[2] on average" in sold
    assert "A box says of the whole filing that a transaction in it was made under a trading plan" in sold
    assert "The capacity, as filed: Chief Executive Officer, director, officer." in sold
    assert "200[1] common shares of EXAMPLE CORP disposed of: withheld or delivered" in withheld
    assert "trading plan" not in withheld.partition("Footnotes")[0]
    (note,) = by_code["S"].entry.footnotes
    assert "footnotes/footnote[1]" in why(ledger, note.id)[1]
    assert "weighted average of trades" in why(ledger, note.id)[1]


def test_an_amendment_is_no_entry(tmp_path: Path) -> None:
    one = made_13dg.person("Roe Partners LP", "740000", "5.30")
    amended = made_13dg.schedule_13d(one, form="SCHEDULE 13D/A", cover="<amendmentNo>8</amendmentNo>")
    for document, kind in ((made_13dg.schedule_13d(one), EventKind.ENTRY), (amended, EventKind.CHANGE)):
        ledger = _ledger(tmp_path / kind.value, document)
        (event,) = [e for e in _found(ledger) if e.kind is not EventKind.LATE]
        assert event.kind is kind
        assert ("(Schedule 13D/A)" in _text(ledger, event)) == (kind is EventKind.CHANGE)


def test_a_total_alone_is_no_riddle_and_keeps_its_decimals(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, made_13dg.schedule_13d(made_13dg.person("Roe Partners LP", "740000.25", "5.0")))
    said = _text(ledger, _found(ledger)[0])
    assert "Roe Partners LP's stake in the common shares of Example Corp stood at 5.0%[1]" in said
    assert "740,000.25" in said
    assert "bought or sold" not in said


def test_purchases_of_several_are_a_cluster_in_the_last_one_s_brief(tmp_path: Path) -> None:
    poe = made.owner("POE JOHN", "0001000002")
    several = [
        made.form(made.sale("10", "9", "110", code="P", side="A")),
        made.form(made.sale("20", "9", "220", code="P", side="A", day="2026-04-01"), owners=poe, period="2026-04-01"),
    ]
    ledger = _ledger(tmp_path, *several)
    found = _found(ledger)
    (cluster,) = [e for e in found if e.kind is EventKind.CLUSTER]
    (last,) = [e for e in found if e.kind is EventKind.TRADE and e.party.name == "POE JOHN"]
    assert cluster.entry.id == last.entry.id
    assert "2 insiders bought within 7 days: ROE JANE on 30 March 2026" in _text(ledger, last)


@pytest.mark.parametrize("form", FORMATS)
def test_every_figure_of_every_brief_is_supported(tmp_path: Path, form: str) -> None:
    group = made_13dg.schedule_13d(
        made_13dg.person("Roe Partners LP", "740000", "5.3", shared="740000"),
        made_13dg.person("Roe Fund II LP", "240000.5", "1.7", shared="240000.5"),
    )
    ledger = _ledger(tmp_path, _DAY, group)
    figures = 0
    for event in _found(ledger):
        told = brief(ledger, event.id)
        report = checked(FORMATS[form](told), told.on, Outside(ledger))
        supported(report)
        figures += len(report.rulings)
    assert figures > 20
