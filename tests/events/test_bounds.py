"""Bounds on the holding on both sides of a notice, worked out by hand."""

from decimal import Decimal

from tests.events.making import entry, figure, found, of_kind, sale, stake

from stakeline.events import Counts
from stakeline.events.bounds import Ends, ends
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, EventKind, Stake


def sides(told: Entry, counts: Counts | None = None) -> Ends:
    return ends(told, Leg.LONG, "B shares", counts or Counts())


def span(low: str, high: str) -> Interval:
    return Interval(Decimal(low.replace(",", "")), Decimal(high.replace(",", "")))


def test_a_count_as_printed_is_its_own_bound() -> None:
    both = sides(entry("2024-03-01", stake("1,000"), stake("2,271m"), code="1213"))
    assert both.before.shares is not None
    assert both.before.shares.places
    assert both.after.shares is not None
    # printed to the million, rounded or cut off: half a million down, a million up
    assert both.after.shares.bounds() == span("2,270,500,000", "2,272,000,000")


def test_a_sale_gives_the_other_side() -> None:
    """Samples, disclosures.csv, row st-2023-04-11: 2,046m after a sale of 40m."""
    before = sides(sale("2023-04-11", stake(percent="8.04"), stake("2,046m", "7.88"), "40,000,000")).before.shares
    assert before is not None
    assert before.bounds() == span("2,085,500,000", "2,087,000,000")
    assert before.formula == "total after + shares sold"
    assert before.number == Decimal(2086000000)


def test_a_purchase_gives_the_other_side() -> None:
    told = entry("2024-03-01", None, stake("5,000"), "1,200", code="1101", direction=Direction.ACQUIRE)
    before = sides(told).before.shares
    assert before is not None
    assert (before.formula, before.bounds()) == ("total after - shares bought", span("3800", "3800"))


def test_a_percentage_of_the_issued_shares_told() -> None:
    after = sides(entry("2024-03-01", None, stake(percent="6.50"), code="1213", issued="1,000,000")).after.shares
    assert after is not None
    assert after.bounds() == span("64900", "65100")
    assert len(after.inputs) == 2


def test_the_issued_shares_do_not_hold_before_an_event_that_may_have_moved_them() -> None:
    told = entry("2024-03-01", stake(percent="6.70"), stake(percent="6.50"), code="1213", issued="1,000,000")
    both = sides(told)
    assert both.before.shares is None
    assert "not known for certain" in (both.before.why or "")


def test_a_count_of_another_day_bounds_nothing() -> None:
    told = entry("2024-03-01", None, stake(percent="6.50"), code="1213")
    old = Counts(of_class=lambda _day: figure("1,000,000", "shares", day="2024-02-29"))
    same = Counts(of_class=lambda _day: figure("1,000,000", "shares", day="2024-03-01"))
    assert sides(told, old).after.shares is None
    assert sides(told, same).after.shares is not None


def test_a_sale_told_in_percentages_implies_the_issued_shares() -> None:
    """Samples, disclosures.csv, row st-2023-07-06: 557.4m from 5.29% to 3.15%; VERIFICATION: about 816m left."""
    both = sides(sale("2023-07-06", stake(percent="5.29"), stake(percent="3.15"), "557,400,000"))
    assert both.after.shares is not None
    assert both.after.issued is not None
    # 557.4m / 2.16 points and / 2.12 points
    assert both.after.issued.bounds().low == 25_805_555_555
    assert Decimal(816_000_000) in both.after.shares.bounds()
    assert both.after.shares.bounds().high - both.after.shares.bounds().low < 25_000_000


def test_shares_involved_without_a_direction_leave_both_ways_open() -> None:
    told = entry("2024-03-01", None, stake("10,000"), "3,000", code="1314", direction=Direction.NATURE)
    before = sides(told).before.shares
    assert before is not None
    assert before.bounds() == span("7000", "13000")
    assert "does not say" in (before.formula or "")


def test_nothing_told_gives_no_bound() -> None:
    both = sides(entry("2024-03-01", None, stake("10,000", "5.20"), code="1213"))
    assert both.before.shares is None
    assert both.before.why == "the notice of 2024-03-01 does not tell the total before, and nothing told bounds it"


def test_agreeing_routes_narrow_one_another() -> None:
    """Invented: 69,500 to 71,000 less 5,980 sold is 63,520 to 65,020; 6.49% to 6.51% of a million is 64,900 to 65,100."""
    thousands = Stake(shares=figure("70000", "shares", printed_to=Decimal(1000)))
    after = sides(sale("2024-03-01", thousands, stake(percent="6.50"), "5,980", issued="1,000,000")).after.shares
    assert after is not None
    assert after.bounds() == span("64900", "65020")
    assert after.formula == "what the notice's figures allow together"


def test_a_notice_that_contradicts_itself_keeps_all_its_figures() -> None:
    told = entry("2024-03-01", None, stake("50,000", "6.50"), code="1213", issued="1,000,000")
    both = sides(told)
    assert both.after.shares is not None
    assert both.after.shares.bounds() == span("50000", "65100")
    mismatch = of_kind(found(told), EventKind.MISMATCH)
    assert "do not fit one another" in (mismatch[0].note or "")
    assert "gives 64,900 to 65,100" in (mismatch[0].note or "")


def test_a_sale_that_does_not_fit_its_totals() -> None:
    told = sale("2024-03-01", stake("100"), stake("90"), "30")
    both = sides(told)
    assert both.before.shares is not None
    assert both.before.shares.bounds() == span("100", "120")
    assert len(both.contradictions) == 1


def test_more_bought_than_held_is_a_contradiction() -> None:
    told = entry("2024-03-01", None, stake("50"), "80", code="1101", direction=Direction.ACQUIRE)
    assert sides(told).before.shares is None
    assert sides(told).contradictions == ("more shares are said to have moved than the total after allows",)


def test_new_shares_bought_are_no_contradiction() -> None:
    """Reference section 5.5: 31.00% to 51.10% with 1.667bn new shares on a base of 4.055bn."""
    told = entry(
        "2024-03-01",
        stake("1,257,050,000", "31.00"),
        stake("2,924,050,000", "51.10"),
        "1,667,000,000",
        code="1101",
        direction=Direction.ACQUIRE,
        issued="5,722,000,000",
    )
    assert sides(told).contradictions == ()
    assert of_kind(found(told), EventKind.MISMATCH) == []
