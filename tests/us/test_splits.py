"""Splits, consolidations and new CUSIPs: what was filed stays, what compares is worked out with its factor, the rest is not."""

from pathlib import Path

import pytest

from stakeline import Document, Ledger, find_events, load_documents, show
from stakeline.cli import main
from stakeline.model.stakes import EventKind
from tests.us import made, made_13dg

_BEFORE = made.submission(made.form(made.sale("100", "10", "900")))
_AFTER = made.submission(
    made.form(made.sale("1000", "1", "8000", day="2026-06-01"), period="2026-06-01"),
    accession="0001000001-26-000002",
    accepted="20260602120000",
)


def _ledger(folder: Path, *documents: bytes) -> Ledger:
    ledger = Ledger.create(folder / "ledger")
    assert load_documents(ledger, [Document(data=d, name=f"{n}") for n, d in enumerate(documents)]).quarantined == 0
    return ledger


def _fact(measure: str, value: str, day: str = "2026-05-04") -> bytes:
    head = "subject,measure,period,value,unit,known_from,known_basis,cites"
    return f"{head}\nus:0000093410,{measure},{day},{value},count,2026-05-04,announcement,announcement\n".encode()


@pytest.mark.parametrize(
    ("measure", "value", "shares", "formula"),
    [
        ("shares.split", "10", "9000", "shares x 10 (split of 4 May 2026)"),
        ("shares.consolidation", "50", "18", "shares / 50 (consolidation of 4 May 2026)"),
    ],
)
def test_a_total_told_before_is_shown_as_filed_and_in_shares_of_the_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], measure: str, value: str, shares: str, formula: str
) -> None:
    ledger = _ledger(tmp_path, _BEFORE, _fact(measure, value))
    (held,) = show(ledger, "EXM", on="2026-05-31", known=None, base="class").held
    assert (str(held.shares and held.shares.number), str(held.adjusted and held.adjusted.number)) == ("900", shares)
    assert held.adjusted is not None
    assert held.adjusted.formula == formula
    (early,) = show(ledger, "EXM", on="2026-05-03", known=None, base="class").held
    assert early.adjusted is None
    main(["--ledger", str(ledger.folder), "show", "EXM", "--on", "2026-05-31"])
    assert formula in capsys.readouterr().out


def test_across_a_split_no_change_is_worked_out(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path, _BEFORE, _AFTER, _fact("shares.split", "10"))
    found = [e for _, e in find_events(ledger, "EXM", on=None, known=None, crosses=None, since=None)]
    (gap,) = [e.gap for e in found if e.kind is EventKind.GAP]
    assert gap is not None
    assert gap.net is None
    assert gap.why == "a split of 4 May 2026 lies before it: its shares do not compare with those told before"
    (held,) = show(ledger, "EXM", on="2026-06-30", known=None, base="class").held
    assert (str(held.shares and held.shares.number), held.adjusted) == ("8000", None)


def test_without_the_fact_the_change_is_worked_out(tmp_path: Path) -> None:
    found = find_events(_ledger(tmp_path, _BEFORE, _AFTER), "EXM", on=None, known=None, crosses=None, since=None)
    (gap,) = [e.gap for _, e in found if e.kind is EventKind.GAP]
    assert gap is not None
    assert gap.net is not None
    assert gap.net.number == 8100


def test_a_new_cusip_is_the_same_position_and_its_shares_are_not_compared(tmp_path: Path) -> None:
    one = made_13dg.person("Roe Partners LP", "740000", "5.3", cik="42")
    documents = [
        made_13dg.schedule_13d(one),
        made_13dg.schedule_13d(one.replace("740000", "370000"), day="04/01/2026", cusip="594918104"),
    ]
    ledger = _ledger(tmp_path, *documents)
    assert len(show(ledger, "us:0000000777", on="2026-04-30", known=None, base="class").held) == 1
    found = find_events(ledger, "us:0000000777", on=None, known=None, crosses=None, since=None)
    (gap,) = [e.gap for _, e in found if e.kind is EventKind.GAP]
    assert gap is not None
    assert gap.net is None
    assert "CUSIP 594918104, before 037833100" in (gap.why or "")
