"""What we write, we can check: every figure of every brief, in every format, is found supported.

Briefs of random histories (tests/histories.py) and of every kind of notice (tests/pages.py); a slice in every run, more in `make soak`.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import pages
from tests.histories import history, levels

from stakeline import Ledger, load_documents, regimes
from stakeline.briefs import compose, render_html, render_markdown, render_text, tree
from stakeline.cases import case
from stakeline.checks.report import Report
from stakeline.events import events
from stakeline.model.briefs import Brief
from stakeline.model.claims import Verdict
from stakeline.model.context import Context
from stakeline.model.documents import Document
from stakeline.model.figures import Figure
from stakeline.model.stakes import EventKind, Issuer
from stakeline.reading.containers import Refused
from stakeline.workflows import articles, checking, story
from stakeline.workflows.outside import Outside

FORMATS: dict[str, Callable[[Brief], str]] = {"text": render_text, "md": render_markdown, "html": render_html}
SLICE, SOAK = 6, 400
TOLD_WRONG = (2, 53, 72, 73, 83, 112, 304)
"""Histories whose briefs once read "rose from about 1% to 0.71%", "about 10%" of 6.5% to 8.6%, or cited a day by another day's figure."""
ODD = {EventKind.GAP, EventKind.MISMATCH, EventKind.SUSPECT, EventKind.LATE}


def checked(words: str, on: Any, outside: Outside | None = None, figures: dict[str, Figure] | None = None) -> Report:
    source = articles.source(Document(data=words.encode(), name="brief"))
    assert not isinstance(source, Refused)
    return checking.check_source(source, checking.Asked(on=on), outside, figure_of=figures.get if figures else None)


def supported(report: Report, least: int = 1) -> None:
    """Every figure is supported, and no statement refuted."""
    assert len(report.rulings) >= least
    left = [
        (
            r.claim.found.text,
            r.claim.kind,
            str(r.verdict),
            r.reason,
            report.text[max(r.claim.found.start - 60, 0) :][:100],
        )
        for r in report.rulings
        if r.verdict is not Verdict.SUPPORTED
    ]
    assert not left
    assert [s for s in report.statements if s.verdict is not Verdict.SUPPORTED] == []


def briefs(seed: int) -> list[Brief]:
    """The brief of each event of a history."""
    told = history(seed)
    regime = regimes.regime("hk")
    found = events(told.timeline, levels, told.counts)
    gaps = {e.gap.last: e for e in found if e.gap is not None}
    made = []
    for event in found:
        if event.kind in ODD:
            continue
        on = event.day + timedelta(days=30)
        known = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        issuer = Issuer(subject="hk:09999", name="Plain Holdings Ltd.")
        made.append(
            compose(event, gap=gaps.get(event.entry.id), issuer=issuer, context=Context(), regime=regime, on=on, known=known, zone=regime.zone)
        )  # fmt: skip
    return made


def check_history(seed: int) -> int:
    made = briefs(seed)
    for brief in made:
        figures = {f.id: f for top in brief.figures() for f in tree(top)}
        if not figures:  # its notice tells no figure: the day at its head is all that it prints
            continue
        for render in FORMATS.values():
            supported(checked(render(brief), brief.on, figures=figures), least=0)
    return len(made)


def test_briefs_of_random_histories() -> None:
    assert sum(map(check_history, (*range(SLICE), *TOLD_WRONG))) > SLICE


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_briefs_of_many_histories(part: int) -> None:
    for seed in range(SLICE + part, SOAK, 4):
        check_history(seed)


@pytest.fixture
def case_ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger.create(tmp_path / "case")
    load_documents(ledger, case("sensetime"))
    return ledger


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("known", ["2022-11-16T09:00", "2023-04-18T09:00", "2023-07-12", "2023-07-25"])
def test_briefs_of_the_case(case_ledger: Ledger, known: str, form: str) -> None:
    brief = story.brief(case_ledger, "SenseTime", known=known)
    supported(checked(FORMATS[form](brief), brief.on, Outside(case_ledger)), least=40)


LONG, POOL, SHORT = "Long position", "Lending pool", "Short position"
ISSUER: dict[str, Any] = {
    "issuer_code": "01810", "issuer_name": "Plain Holdings Ltd.", "share_class": "Ordinary Shares", "issued": 1_000_000_000,
    "event_date": "01/03/2024",
}  # fmt: skip
SALE: dict[str, Any] = {"code": "1201", "shares": 2_000_000, "currency": "HKD", "average": "3.2000"}
KINDS: dict[str, bytes] = {
    "a person with companies": pages.form1(
        **ISSUER, serial="IS20240305E00001", surname="Chan", first="Tai Man", code="1101", shares=2_000_000, currency="HKD",
        average="3.2000", before=[(LONG, 59_000_000, "5.90")], after=[(LONG, 61_000_000, "6.10")],
        controlled=[("Alpha Ltd", "Hong Kong", "Chan Tai Man", "100.00", "N", [(LONG, 60_000_000)])],
        family=[("Lee Siu Ming", "Hong Kong", [(LONG, 1_000_000)])],
    ),
    "a corporation that sold": pages.form2(
        **ISSUER, **SALE, serial="CS20240305E00004", holder="Fund Limited", before=[(LONG, 61_000_000, "6.10")],
        after=[(LONG, 59_000_000, "5.90")],
    ),
    "an entry": pages.form2(
        **{**ISSUER, **SALE, "code": "1101"}, serial="CS20240305E00005", holder="Fund Limited", before=[(LONG, 49_000_000, "4.90")],
        after=[(LONG, 51_000_000, "5.10")],
    ),
    "an exit": pages.form2(
        **{**ISSUER, **SALE, "shares": 51_000_000}, serial="CS20240305E00006", holder="Fund Limited",
        before=[(LONG, 51_000_000, "5.10")], after=[(LONG, 0, "0.00")],
    ),
    "a lending pool": pages.form2(
        **ISSUER, serial="CS20240305E00003", holder="Lender Bank plc", position=POOL, code="16011", shares=2_000_000,
        before=[(LONG, 70_000_000, "7.00"), (POOL, 49_000_000, "4.90")],
        after=[(LONG, 70_000_000, "7.00"), (POOL, 51_000_000, "5.10")],
    ),
    "a director": pages.form3a(
        **{**ISSUER, **SALE, "shares": 20_000}, serial="DA20240305E00002", surname="Lau", first="Chi Ping",
        before=[(LONG, 30_000, "0.00")], after=[(LONG, 10_000, "0.00")],
    ),
    "a placing off exchange": pages.form2(
        **ISSUER, serial="CS20240305E00007", holder="Fund Limited", code="1201", shares=120_500_000, currency="HKD",
        consideration="2.8850", before=[(LONG, 250_000_000, "25.00")], after=[(LONG, 129_500_000, "12.95")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_briefs_of_every_kind_of_notice(tmp_path: Path, kind: str, form: str) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    assert load_documents(ledger, [Document(data=KINDS[kind], name="page.html")]).quarantined == 0
    brief = story.brief(ledger, "01810")
    supported(checked(FORMATS[form](brief), brief.on, Outside(ledger)), least=5)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("8.74%", "8.47%"),
        ("HK$1.8190", "HK$1.9180"),
        ("80 million", "8 million"),
        ("RMB 568 million", "RMB 658 million"),
    ],
)
def test_a_figure_changed_in_a_brief_is_found_out(case_ledger: Ledger, right: str, wrong: str, form: str) -> None:
    brief = story.brief(case_ledger, "SenseTime", known="2022-11-16T09:00")
    words = FORMATS[form](brief).replace(right, wrong, 1)
    if form == "html":  # the first is in the page's title, that nobody reads
        words = FORMATS[form](brief).replace(right, wrong, 2)
    found = [r for r in checked(words, brief.on, Outside(case_ledger)).rulings if r.finding]
    assert any(r.claim.found.text.startswith(wrong) and r.verdict is Verdict.CONTRADICTED for r in found)
