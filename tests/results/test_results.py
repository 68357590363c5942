"""Results and peers. Expected values: results_1h2022.csv, segments_1h2022.csv and peers_1h2022.csv of the samples, and by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from stakeline.model.context import Line
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure
from stakeline.model.rows import Row
from stakeline.results import peers, results
from tests.facts.shipped import BRIEFED, SENSETIME, cite, facts, made

BRIEF = date(2022, 11, 16)


def lines(rows: list[Row[Fact]], on: date = BRIEF) -> dict[str, Line]:
    found = results(rows, cite, on)
    assert found is not None
    return {line.measure.removeprefix("result."): line for line in found.lines}


def rounded(figure: Figure | None, places: str = "0.01") -> Decimal:
    assert figure is not None
    return figure.number.quantize(Decimal(places))


@pytest.mark.parametrize(
    ("measure", "current", "prior", "change", "sense"),
    [
        ("revenue", 1415343, 1651809, "-14.32", "fell"),  # row 2: 1,415,343 / 1,651,809 = 0.856844
        ("gross_profit", 934043, 1205069, "-22.49", "fell"),  # row 4
        ("selling", -402150, -292390, "37.54", "rose"),  # row 5
        ("administrative", -768630, -1443000, "-46.74", "fell"),  # row 6
        ("research_and_development", -2040000, -1770000, "14.88", "rose"),  # row 7: as printed
        ("impairment", -542180, -178650, "203.49", "rose"),  # row 9
        ("profit", -3207988, -3712873, "-13.60", "narrowed"),  # row 10: 0.864018
        ("profit_attributable", -3158000, -3703000, "-14.72", "narrowed"),  # row 11
        ("comprehensive_income", -1893618, -3474356, "-45.50", "narrowed"),  # row 12
        ("adjusted_ebitda", -2322546, -556160, "317.60", "widened"),  # row 13
        ("adjusted_profit", -2564180, -702665, "264.92", "widened"),  # row 14: 3.649221
    ],
)
def test_the_lines_of_the_half_year(measure: str, current: int, prior: int, change: str, sense: str) -> None:
    line = lines(facts(BRIEFED, SENSETIME))[measure]
    assert line.current is not None
    assert line.prior is not None
    assert (line.current.number, line.prior.number) == (Decimal(current * 1000), Decimal(prior * 1000))
    assert (line.current.day, line.prior.day, line.current.currency) == ("2022H1", "2021H1", "CNY")
    assert rounded(line.change) == Decimal(change)
    assert line.sense == sense


def test_a_change_is_worked_out_unless_rounding_leaves_it_wider_than_the_printed_one() -> None:
    found = lines(facts(BRIEFED, SENSETIME))
    for measure in ("revenue", "profit", "adjusted_profit"):
        change, printed = found[measure].change, found[measure].printed_change
        assert change is not None
        assert change.derived
        assert printed is not None
        assert change.number in printed.bounds()
    for measure in ("research_and_development", "administrative", "impairment"):
        assert found[measure].change == found[measure].printed_change


def test_a_threefold_figure_is_told_as_times() -> None:
    found = lines(facts(BRIEFED, SENSETIME))
    assert rounded(found["impairment"].times) == Decimal("3.03")  # 542.18 / 178.65 = 3.0349
    assert rounded(found["adjusted_profit"].times) == Decimal("3.65")
    assert found["selling"].times is None
    assert found["revenue"].times is None


def test_losses_are_called_losses_and_the_adjusted_one_says_that_it_is_no_standard_measure() -> None:
    found = lines(facts(BRIEFED, SENSETIME))
    assert found["profit"].label == "loss for the period"
    assert found["adjusted_profit"].label == "adjusted net loss"
    assert found["adjusted_profit"].current is not None
    assert found["adjusted_profit"].current.basis == "non-IFRS, as the issuer defines it"
    assert "one source" in (found["impairment"].times.doubt or "") if found["impairment"].times else False


def test_the_segments_the_largest_first() -> None:
    found = results(facts(BRIEFED, SENSETIME), cite, BRIEF)
    assert found is not None
    told = [
        (s.label, s.current.number if s.current else None, rounded(s.change, "0.1"), s.sense) for s in found.segments
    ]
    assert told == [  # segments_1h2022.csv, rows 2 to 5
        ("Smart Business", Decimal(568_000_000), Decimal("-12.2"), "fell"),
        ("Smart City", Decimal(434_000_000), Decimal("-44.8"), "fell"),
        ("Smart Life", Decimal(292_000_000), Decimal("97.6"), "rose"),
        ("Smart Auto", Decimal(120_800_000), Decimal("71.1"), "rose"),
    ]


def test_the_peers_of_the_founding_brief() -> None:
    found = peers(facts(BRIEFED), cite, BRIEF)
    told = [
        (p.label, p.period, p.current.number if p.current else None, p.prior.number if p.prior else None, p.sense)
        for p in found
    ]
    assert told == [  # peers_1h2022.csv, rows 2 to 4 and 8
        ("Cambricon", "2022H1", -622_000_000, -392_000_000, "widened"),
        ("CloudWalk", "2022H1", Decimal("-325359279.58"), None, None),
        ("Deep Glint", "2022H1", Decimal("-12561582.98"), -56_910_000, "narrowed"),
        ("Megvii", "2021H1", -1_865_000_000, None, None),
    ]
    cambricon, cloudwalk, deep_glint, megvii = found
    assert rounded(deep_glint.change, "0.1") == Decimal("-77.9")  # 12.5616 / 56.91 = 0.22073
    assert cloudwalk.note == "prior-year half not found"
    assert "prospectus" in (megvii.current.basis if megvii.current else "")
    assert cambricon.prior is not None
    assert cambricon.prior.doubt == "one source"


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (datetime(2022, 8, 25, tzinfo=UTC), "2021"),  # the morning of the announcement
        (datetime(2022, 8, 26, tzinfo=UTC), "2022H1"),
        (datetime(2023, 3, 29, 12, tzinfo=UTC), "2022H1"),
        (datetime(2023, 4, 1, tzinfo=UTC), "2022"),
    ],
)
def test_nothing_known_later_is_shown(moment: datetime, period: str) -> None:
    found = results(facts(moment, SENSETIME), cite, date(2023, 12, 31))
    assert found is not None
    assert found.period == period
    figures = [f for line in (*found.lines, *found.segments) for f in (line.current, line.prior, line.change) if f]
    assert figures
    assert all(f.known_from is not None and f.known_from <= moment for f in figures)


def test_a_period_that_has_not_ended_is_no_result() -> None:
    assert results(facts(None, SENSETIME), cite, date(2021, 6, 29)) is None
    assert peers(facts(datetime(2022, 8, 1, tzinfo=UTC)), cite, BRIEF)[0].label == "Megvii"


def pair(measure: str, before: str, after: str, precision: str | None = None) -> Line:
    rows = [
        made(f"result.{measure}", before, period="2021H1", currency="CNY", precision=precision),
        made(f"result.{measure}", after, period="2022H1", currency="CNY", precision=precision),
    ]
    return lines(rows)[measure]


@pytest.mark.parametrize(
    ("measure", "before", "after", "sense"),
    [
        ("profit", "-5", "3", "turned to a profit"),
        ("profit", "3", "-5", "turned to a loss"),
        ("profit", "3", "5", "rose"),
        ("profit", "5", "3", "fell"),
        ("profit", "-3", "-5", "widened"),
        ("profit", "-3", "-3", "unchanged"),
        ("selling", "-5", "-3", "fell"),
        ("selling", "-3", "-5", "rose"),
        ("revenue", "0", "5", "rose"),
    ],
)
def test_the_word_for_what_happened(measure: str, before: str, after: str, sense: str) -> None:
    line = pair(measure, before, after)
    assert line.sense == sense
    if "turned" in sense or before == "0":
        assert line.change is None
        assert line.times is None


def test_where_rounding_hides_the_direction_nothing_is_said() -> None:
    line = pair("revenue", "100", "100", precision="10")
    assert line.sense is None


def test_amounts_in_two_currencies_are_not_compared() -> None:
    rows = [
        made("result.revenue", "100", period="2021H1", currency="USD"),
        made("result.revenue", "200", period="2022H1", currency="CNY"),
    ]
    line = lines(rows)["revenue"]
    assert (line.prior, line.change, line.sense) == (None, None, None)


def test_financial_years_that_end_in_march() -> None:
    rows = [
        made("result.revenue", "100", period="2020-04-01..2021-03-31", currency="CNY"),
        made("result.revenue", "90", period="2021-04-01..2022-03-31", currency="CNY"),
    ]
    line = lines(rows)["revenue"]
    assert line.period == "2021-04-01..2022-03-31"
    assert rounded(line.change) == Decimal("-10.00")


def test_no_facts_no_results() -> None:
    assert results([], cite, BRIEF) is None
    assert peers([], cite, BRIEF) == ()
