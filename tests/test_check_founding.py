"""The founding article in our own words (docs/examples/founding.txt), against the shipped case: the errors, and nothing else.

The figures are those of the article that this tool was begun for; what is wrong with each is worked out by hand beside it.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline.cases import case
from stakeline.checks.report import Report
from stakeline.ledger import Ledger
from stakeline.model.claims import Ruling, Severity, Verdict
from stakeline.model.numbers import Interval
from stakeline.workflows import articles, checking
from stakeline.workflows.loading import load_documents
from stakeline.workflows.outside import Outside

ARTICLE = Path(__file__).parents[1] / "docs" / "examples" / "founding.txt"
DAY = date(2022, 11, 16)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger.create(tmp_path_factory.mktemp("case") / "ledger")
    load_documents(made, case("sensetime"))
    return made


def checked(text: str, ledger: Ledger | None, on: date | None = DAY) -> Report:
    source = articles.Source(name="article", text=text, plain=articles.plain(text), kind="text")
    return checking.check_source(source, checking.Asked(on=on), Outside(ledger) if ledger else None)


@pytest.fixture(scope="module")
def report(ledger: Ledger) -> Report:
    return checked(ARTICLE.read_text(encoding="utf-8"), ledger)


def ruling(report: Report, words: str) -> Ruling:
    (found,) = [r for r in report.rulings if words in r.claim.found.text]
    return found


def test_the_misprint_is_found(report: Report) -> None:
    # 12.56 million after a loss that narrowed by 77.93%: 56.90 to 56.93 million; the article has 56.01.
    found = ruling(report, "56.01")
    assert (found.verdict, found.severity) == (Verdict.CONTRADICTED, Severity.ERROR)
    assert isinstance(found.recomputed, Interval)
    assert found.recomputed.low == 56_900_000
    assert found.recomputed.high == 56_930_000
    assert any("peers.csv" in s for s in found.sources)


def test_doubled_is_refuted_by_the_two_amounts(report: Report) -> None:
    # 542.18 / 178.65 = 3.0349: tripled, +203.49%
    found = ruling(report, "doubled")
    assert (found.verdict, found.severity) == (Verdict.CONTRADICTED, Severity.ERROR)
    assert isinstance(found.recomputed, Interval)
    assert found.recomputed.low < Decimal("203.49") < found.recomputed.high


def test_a_price_of_the_day_is_not_its_close(report: Report) -> None:
    # close 1.79; the day's range 1.63 to 1.85
    found = ruling(report, "1.71")
    assert (found.verdict, found.severity) == (Verdict.SUPPORTED, Severity.IMPRECISE)
    assert "1.79" in found.reason


def test_other_costs_did_not_grow(report: Report) -> None:
    # administrative expenses: 768.63 million after 1,443 million
    (refuted,) = [s for s in report.statements if s.verdict in {Verdict.CONTRADICTED, Verdict.INCONSISTENT}]
    assert refuted.text == "Sales and other costs continued to grow"
    assert "dministrative expenses" in refuted.reason


def test_the_percentage_is_of_one_class(report: Report) -> None:
    # 8.74% + 80 million / 25,978.64 million = 9.05%, above 9%; of all 33,507.4 million shares it would have been 8.98%
    found = ruling(report, "8.74%")
    assert (found.verdict, found.severity) == (Verdict.SUPPORTED, Severity.IMPRECISE)
    assert "Class B" in found.reason
    level = next(r for r in report.rulings if r.claim.kind == "threshold.crossed")
    assert (level.verdict, level.severity) == (Verdict.SUPPORTED, None)


def test_every_bracket_is_supported_with_its_rate(report: Report) -> None:
    brackets = [r for r in report.rulings if r.claim.kind == "fx.conversion"]
    assert [r.claim.found.text for r in brackets] == ["$0.23", "$7.304 billion", "$200.8 million"]
    assert all(r.verdict is Verdict.SUPPORTED for r in brackets)
    assert all(" at " in r.working for r in brackets)


def test_no_other_alarm(report: Report) -> None:
    assert sorted(r.claim.found.text for r in report.rulings if r.finding) == ["56.01 million yuan", "doubled"]


def test_reports_of_the_same_event_prove_nothing(report: Report, ledger: Ledger) -> None:
    # The ledger holds two press reports of 14 November 2022 with these very figures: articles like this one.
    assert "RTHK, 14 Nov 2022" in str(ledger.notices(subjects={"hk:00020"}))
    for words in ("80 million", "1.8190"):
        assert ruling(report, words).verdict is Verdict.NOT_CHECKABLE
    for found in report.rulings:
        assert not any("notices.csv" in s for s in found.sources)


def test_later_knowledge_does_not_count(ledger: Ledger) -> None:
    # Revenue of the year was published on 29 March 2023.
    text = "SenseTime's revenue for 2022 was 3.81 billion yuan."
    assert ruling(checked(text, ledger), "3.81").verdict is Verdict.NOT_CHECKABLE
    assert ruling(checked(text, ledger, date(2023, 6, 1)), "3.81").verdict is Verdict.SUPPORTED
    wrong = ruling(checked(text.replace("3.81", "3.18"), ledger, date(2023, 6, 1)), "3.18")
    assert wrong.verdict is Verdict.CONTRADICTED
    # On 1 April it stood in a newspaper of that week alone: an article on the same results.
    assert ruling(checked(text, ledger, date(2023, 4, 1)), "3.81").verdict is Verdict.NOT_CHECKABLE


def test_without_a_ledger_nothing_is_accused() -> None:
    alone = checked(ARTICLE.read_text(encoding="utf-8"), None)
    assert not alone.wrong
    assert all(r.verdict is Verdict.SUPPORTED for r in alone.rulings if r.claim.kind == "fx.conversion")


@pytest.mark.parametrize("name", ["Sense", "Deep", "Global Group", "Time"])
def test_a_name_that_is_not_certain_is_no_evidence(name: str, ledger: Ledger) -> None:
    text = f"{name}'s revenue in the first half of 2022 was 9.999 billion yuan."
    assert not checked(text, ledger).wrong


@pytest.mark.parametrize(("day", "verdict"), [("30", Verdict.SUPPORTED), ("20", Verdict.CONTRADICTED)])
def test_the_day_of_the_listing(day: str, verdict: Verdict, ledger: Ledger) -> None:
    text = f"SenseTime listed in Hong Kong on December {day}, 2021."
    (found,) = [r for r in checked(text, ledger).rulings if r.claim.found.unit == "date"]
    assert found.verdict is verdict


def test_an_article_without_a_day_is_taken_as_of_the_last_that_it_reports_of(ledger: Ledger) -> None:
    undated = checked(ARTICLE.read_text(encoding="utf-8"), ledger, None)
    assert undated.on == date(2022, 11, 15)
    assert any("--on" in note for note in undated.notes)
    assert sorted(r.claim.found.text for r in undated.rulings if r.finding) == ["56.01 million yuan", "doubled"]
