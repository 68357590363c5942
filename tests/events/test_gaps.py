"""Gaps between notices: bounds on what went unseen, and what the level rule adds. Worked out by hand."""

from decimal import Decimal
from itertools import pairwise

from tests.events.making import entry, figure, found, of_kind, sale, stake

from stakeline.events import Counts
from stakeline.model.figures import Figure
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Entry, Event, EventKind, Gap

ALIBABA = (
    sale("2022-11-08", stake(percent="9.05"), stake("2,271m", "8.74"), "80,000,000"),
    sale("2023-04-11", stake(percent="8.04"), stake("2,046m", "7.88"), "40,000,000"),
    sale("2023-06-05", stake(percent="7.11"), stake("1,774m", "6.84"), "70,000,000"),
    sale("2023-06-21", None, None, "50,000,000"),
    sale("2023-07-06", stake(percent="5.29"), stake(percent="3.15"), "557,400,000"),
)
"""Samples, disclosures.csv, rows st-2022-11-08 to st-2023-07-06 (totals printed to the million)."""


def gaps(*entries: Entry, leg: Leg = Leg.LONG, counts: Counts | None = None) -> list[Gap]:
    return [e.gap for e in of_kind(found(*entries, leg=leg, counts=counts), EventKind.GAP) if e.gap]


def net(gap: Gap) -> Figure:
    assert gap.net is not None
    return gap.net


def millions(figure: Figure) -> tuple[Decimal, Decimal, Decimal]:
    million, span = Decimal(1_000_000), figure.bounds()
    return span.low / million, figure.number / million, span.high / million


def test_alibaba_between_november_and_june() -> None:
    """VERIFICATION section 6: about 185m to 11 April and 202m to 5 June 2023 went without a notice."""
    first, second, *_ = gaps(*ALIBABA)
    # 2,046m + 40m - 2,271m = -185m, each total printed to the million (-0.5m to +1m)
    assert millions(net(first)) == (Decimal("-186.5"), Decimal(-185), Decimal("-183.5"))
    assert net(first).formula == "held right before 2023-04-11 - held right after 2022-11-08"
    assert net(first).inputs[0].formula == "total after + shares sold"
    # 1,774m + 70m - 2,046m = -202m
    assert millions(net(second)) == (Decimal("-203.5"), Decimal(-202), Decimal("-200.5"))
    # 8.04 - 8.74 points, each within 0.01
    assert first.points is not None
    assert (first.points.number, first.points.bounds().low) == (Decimal("-0.70"), Decimal("-0.72"))
    assert of_kind(found(*ALIBABA), EventKind.GAP)[0].direction == "down"


def test_alibaba_across_the_sale_without_totals() -> None:
    *_, to_june, from_june, across = gaps(*ALIBABA)
    assert to_june.net is None
    assert to_june.why == "the notice of 2023-06-21 tells no totals"
    assert from_june.net is None
    assert (across.first, across.last) == ("n2023-06-05", "n2023-07-06")
    assert across.if_lawful is None
    low, _value, high = millions(net(across))
    # held right before 6 July about 1,373.7m (VERIFICATION); 1,774m less that is 400.3m, of which 50m were notified
    assert low < Decimal("-350.3") < high
    assert high - low < 25
    assert "+ shares sold on 2023-06-21" in (net(across).formula or "")
    event = of_kind(found(*ALIBABA), EventKind.GAP)[-1]
    assert event.note == "apart from what was notified between: sold 50,000,000 shares on 2023-06-21"


def test_what_the_level_rule_adds() -> None:
    gap = gaps(*ALIBABA)[0]
    assert gap.if_lawful is not None
    low, high = gap.if_lawful
    # level 8 at both ends; 8% of the fewer and 9% of the more shares in issue that the printed figures imply:
    # 2,085.5m / 8.05% = 25,906.8m and 2,270.5m / 8.75%; 2,272m / 8.73% and 2,087m / 8.03% = 25,990.0m, 26,025.2m
    assert low.number < Decimal(2085500000) < Decimal(2270500000) < high.number
    assert low.unit == high.unit == "shares"
    assert "8%" in (low.formula or "")
    assert "just below 9%" in (high.formula or "")
    for words in ("if the law was kept", "s.313(1)(c)", "8% or more and below 9%", "0.5 points", "s.313(7)"):
        assert words in (gap.lawful_note or "")


def test_exact_counts_bound_exactly() -> None:
    issued = "1,000,000"
    gap = gaps(
        entry("2024-03-01", stake("72,000"), stake("65,000", "6.50"), code="1213", issued=issued),
        sale("2024-04-01", stake("61,500", "6.15"), stake("58,000", "5.80"), "3,500", issued=issued),
    )[0]
    assert net(gap).bounds().is_exact
    assert net(gap).number == -3_500
    assert gap.points is not None
    assert gap.points.number == Decimal("-0.35")
    assert gap.if_lawful is not None
    assert [f.number for f in gap.if_lawful] == [60_000, 70_000]


def test_levels_that_differ_give_no_lawful_part() -> None:
    gap = gaps(
        sale("2024-03-01", stake(percent="9.10"), stake("850", "8.50"), "60"),
        sale("2024-04-01", stake("650", "6.50"), stake("550", "5.50"), "100"),
    )[0]
    assert net(gap).number == -200
    assert gap.if_lawful is None
    assert "the levels at the two ends differ" in (gap.lawful_note or "")
    assert "unless" in (gap.lawful_note or "")


def test_silence_below_the_floor_is_not_zero() -> None:
    gap = gaps(
        sale("2024-03-01", stake(percent="5.10"), stake("490", "4.90"), "20"),
        entry("2024-06-01", stake("410", "4.10"), stake("520", "5.20"), "110", direction=Direction.ACQUIRE),
    )[0]
    assert net(gap).number == -80
    assert gap.if_lawful is None
    assert gap.lawful_note == "below 5% no notice is due (Cap. 571, s.313(1)(b)): silence is not zero"


def test_rounding_at_a_level_leaves_both_levels_open() -> None:
    """8.00 may be 7.99: with 7.98 at the other end level 7 is what both allow."""
    gap = gaps(
        entry("2024-03-01", stake(percent="9.00"), stake(percent="8.00"), code="1213"),
        entry("2024-04-01", stake(percent="7.98"), stake(percent="6.50"), code="1213"),
    )[0]
    assert gap.if_lawful is not None
    assert [(f.number, f.unit) for f in gap.if_lawful] == [(7, "pct"), (8, "pct")]


def test_a_gap_that_only_an_old_count_could_bound_stays_open() -> None:
    """A percentage told, and a share count of the month before: what was issued or bought back since is not known."""
    old = Counts(of_class=lambda _day: figure("1,000,000", "shares", day="2024-02-29"))
    gap = gaps(
        entry("2024-03-01", stake(percent="6.70"), stake(percent="6.50"), code="1213"),
        entry("2024-04-01", stake(percent="6.20"), stake(percent="5.50"), code="1213"),
        counts=old,
    )[0]
    assert gap.net is None
    assert "percentage alone" in (gap.why or "")
    assert gap.points is not None
    assert gap.points.number == Decimal("-0.30")


def test_rows_without_totals_before_give_open_gaps() -> None:
    """The list page's BlackRock rows in 01810: no total before, code 1213, no shares involved."""
    gap = gaps(
        entry("2026-07-17", None, stake("1,067,240,018", "5.40"), code="1101", direction=Direction.ACQUIRE),
        entry("2026-07-20", None, stake("1,067,240,018", "5.30"), code="1213"),
    )[0]
    assert gap.net is None
    assert gap.why == "the notice of 2026-07-20 does not tell the total before, and nothing told bounds it"
    assert gap.if_lawful is not None
    assert [f.unit for f in gap.if_lawful] == ["pct", "pct"]


def test_each_pair_gives_one_gap() -> None:
    events = found(*ALIBABA)
    pairs = [(e.gap.first, e.gap.last) for e in of_kind(events, EventKind.GAP) if e.gap]
    names = [e.id for e in ALIBABA]
    assert pairs == [*pairwise(names), ("n2023-06-05", "n2023-07-06")]
    assert [kind_of(e) for e in events if e.kind is not EventKind.GAP] == [
        "crossing",
        "crossing",
        "crossing",
        "trade",
        "exit",
    ]


def kind_of(event: Event) -> str:
    return event.kind.value


def test_no_figure_of_a_gap_without_its_working() -> None:
    for gap in gaps(*ALIBABA):
        for found_figure in (gap.net, gap.points, *(gap.if_lawful or ())):
            if found_figure is not None:
                assert found_figure.formula
                assert found_figure.inputs
