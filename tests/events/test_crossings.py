"""Levels crossed, entries and exits. Expected values worked out by hand; where they are of a real case its place is named."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.events.making import entry, figure, found, notified, of_kind, sale, stake

from stakeline.events import Counts, matching
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Cause, EventKind

SENSETIME = Counts(
    of_class=lambda _day: figure("25,978,640,000", "shares", day="2022-06-24"),
    company=lambda _day: figure("33,507,400,000", "shares", day="2022-06-24"),
    votes=lambda _day: figure("101,266,240,000", "count", day="2022-06-24"),
    votes_each=lambda _day: figure("1", "count"),
)
"""Samples, shares_in_issue.csv, rows of 2022-06-24; votes: 7,528.76m x 10 + 25,978.64m x 1 = 101,266.24m."""

FOUNDING = sale("2022-11-08", stake(percent="9.05"), stake("2,271m", "8.74"), "80,000,000")
"""Samples, disclosures.csv, row st-2022-11-08."""


def test_the_founding_case_crosses_nine_on_the_class() -> None:
    event = notified(FOUNDING, counts=SENSETIME)
    law, company, votes = event.crossings
    assert (event.kind, event.direction, event.cause) == (EventKind.CROSSING, "down", Cause.TRADE)
    assert event.law == "Cap. 571, s.313(1)(c)"
    assert (law.base, law.law, law.before_level, law.after_level, law.crossed) == (Base.CLASS, True, 9, 8, (9,))
    assert law.certain
    assert (law.before.number, law.after.number) == (Decimal("9.05"), Decimal("8.74"))
    # 2,351m / 33,507.4m = 7.016%; 2,271m / 33,507.4m = 6.778%: the count is of June, so it stays a contrast, not certain
    assert (company.base, company.law, company.crossed, company.certain) == (Base.COMPANY, False, (7,), False)
    assert (round(company.before.number, 1), round(company.after.number, 1)) == (Decimal("7.0"), Decimal("6.8"))
    assert "2022-06-24" in (company.note or "")
    # 2,351m / 101,266.24m = 2.322%; 2,271m / 101,266.24m = 2.243%
    assert (votes.base, votes.before_level, votes.after_level, votes.crossed) == (Base.VOTES, 2, 2, ())
    assert (round(votes.before.number, 1), round(votes.after.number, 1)) == (Decimal("2.3"), Decimal("2.2"))
    assert "no level crossed" in (votes.note or "")


def test_only_the_base_of_the_law_answers_a_question_for_a_level() -> None:
    events = found(FOUNDING, counts=SENSETIME)
    assert len(matching(events, crosses=9)) == 1
    assert matching(events, crosses=7) == ()
    assert matching(events, crosses=9, since=date(2022, 11, 9)) == ()


def test_an_exit() -> None:
    """Samples, disclosures.csv, row st-2023-07-06: 5.29% to 3.15%."""
    event = notified(sale("2023-07-06", stake(percent="5.29"), stake(percent="3.15"), "557,400,000"))
    assert (event.kind, event.law) == (EventKind.EXIT, "Cap. 571, s.313(1)(b)")
    assert event.crossings[0].crossed == (5,)
    assert event.crossings[0].certain


@pytest.mark.parametrize(
    ("before", "after", "kind", "crossed"),
    [
        ("5.02", "4.98", EventKind.EXIT, (5,)),
        ("4.90", "5.10", EventKind.ENTRY, (5,)),
        ("7.20", "9.40", EventKind.CROSSING, (8, 9)),
        ("9.40", "6.20", EventKind.CROSSING, (9, 8, 7)),
        ("7.50", "2.20", EventKind.EXIT, (7, 6, 5)),
        ("2.20", "6.30", EventKind.ENTRY, (5, 6)),
        ("6.10", "6.90", EventKind.TRADE, ()),
        ("4.90", "3.10", EventKind.TRADE, ()),
    ],
)
def test_levels_passed_in_order(before: str, after: str, kind: EventKind, crossed: tuple[int, ...]) -> None:
    way = Direction.ACQUIRE if Decimal(after) > Decimal(before) else Direction.DISPOSE
    event = notified(entry("2024-03-01", stake(percent=before), stake(percent=after), direction=way))
    assert (event.kind, event.crossings[0].crossed, event.crossings[0].certain) == (kind, crossed, True)


@pytest.mark.parametrize(
    ("shares", "issued", "printed", "level"),
    [("1,687,730,000", "21,098,900,000", "7.99", 7), ("65,853,142", "1,098,000,000", "5.99", 5)],
)
def test_counts_decide_where_the_printed_percentage_is_near_a_level(
    shares: str, issued: str, printed: str, level: int
) -> None:
    """Real notices, reference section 5.4: 7.9991% printed as 7.99 and 5.9976% printed as 5.99."""
    before = stake(percent=f"{level + 2}.50")
    by_count = notified(entry("2024-03-01", before, stake(shares, printed), code="1213", issued=issued)).crossings[0]
    as_stated = notified(entry("2024-03-01", before, stake(percent=printed), code="1213")).crossings[0]
    assert (by_count.after_level, by_count.certain, by_count.note) == (level, True, None)
    assert (as_stated.after_level, as_stated.certain, as_stated.note) == (level, False, "level as stated by the filer")


def test_counts_overrule_a_printed_percentage_that_rounding_lifted_to_the_next_level() -> None:
    """Invented: 79,999,999 of 1,000,000,000 is 7.9999999%, printed 8.00."""
    event = notified(
        entry("2024-03-01", stake(percent="8.50"), stake("79,999,999", "8.00"), code="1213", issued="1,000,000,000")
    )
    assert (event.crossings[0].after_level, event.crossings[0].crossed, event.crossings[0].certain) == (7, (8,), True)


def test_a_denominator_alone_crosses_the_floor() -> None:
    """Real rows, samples MANIFEST: BlackRock in 01810, 1,067,240,018 shares, 5.00% on 17 July 2026 and 4.99% on 20 July, code 1213."""
    first = entry("2026-07-17", None, stake("1,067,240,018", "5.00"), code="1101", direction=Direction.ACQUIRE)
    event = notified(first, entry("2026-07-20", None, stake("1,067,240,018", "4.99"), code="1213"))
    assert (event.kind, event.direction, event.cause) == (EventKind.EXIT, "down", Cause.DILUTION)
    assert "stayed at 1,067,240,018" in (event.cause_why or "")
    crossing = event.crossings[0]
    assert (crossing.crossed, crossing.certain) == ((5,), False)
    assert "between the notices of 2026-07-17 and 2026-07-20" in (crossing.note or "")


def test_a_first_notice_is_an_entry() -> None:
    filed = notified(entry("2024-03-01", None, stake(percent="5.20"), code="1001", direction=Direction.ACQUIRE))
    known = notified(entry("2024-03-01", None, stake(percent="8.20"), code="1201", direction=Direction.DISPOSE))
    assert (filed.kind, filed.law, filed.crossings) == (EventKind.ENTRY, "Cap. 571, s.313(1)(a)", ())
    assert (known.kind, known.law, known.crossings) == (EventKind.ENTRY, None, ())
    assert "first notice known" in (known.note or "")


def test_a_first_notifiable_interest_after_a_notice_still_above_the_floor() -> None:
    """Samples, list rows after 20 September 2026: the same balance on one day under 1314 and 1001."""
    event = notified(
        entry("2024-03-01", None, stake(percent="7.20"), code="1314", direction=Direction.NATURE),
        entry("2024-03-02", None, stake(percent="5.20"), code="1001", direction=Direction.ACQUIRE),
    )
    assert (event.kind, event.crossings) == (EventKind.ENTRY, ())


def test_rows_without_a_before_are_compared_with_the_notice_before() -> None:
    known = [datetime(2024, 3, day, tzinfo=UTC) for day in (9, 8)]
    event = notified(
        entry("2024-03-01", None, stake(percent="9.40"), known_from=known[0]),
        entry("2024-03-02", None, None, "1,000", code="1201", direction=Direction.DISPOSE),
        entry("2024-03-05", None, stake(percent="7.40"), code="1201", direction=Direction.DISPOSE, known_from=known[1]),
    )
    assert (event.kind, event.crossings[0].crossed, event.cause) == (EventKind.CROSSING, (9, 8), Cause.TRADE)
    assert event.known_from == known[0], "it rests on both notices"


def test_the_short_leg_has_its_own_floor() -> None:
    event = notified(
        entry(
            "2024-03-01",
            stake(percent="0.95"),
            stake(percent="2.10"),
            "9,000",
            code="1402",
            direction=Direction.SHORT_UP,
        ),
        leg=Leg.SHORT,
    )
    assert (event.kind, event.direction, event.crossings[0].crossed) == (EventKind.ENTRY, "up", (1, 2))
    assert event.cause is Cause.UNKNOWN


def test_a_leg_without_levels_crosses_nothing_and_says_so() -> None:
    event = notified(entry("2024-03-01", stake(percent="9.50"), stake(percent="4.10")), leg=Leg.POOL)
    assert (event.kind, event.crossings) == (EventKind.CHANGE, ())
    assert "no levels of the law are known" in (event.note or "")


def test_the_end_of_a_holding_is_an_exit() -> None:
    """Samples, disclosures.csv, row st-2023-07-21: all sold, nothing told of the total before."""
    event = notified(
        sale("2023-07-06", stake(percent="5.29"), stake(percent="3.15"), "557,400,000"),
        sale("2023-07-21", None, stake("0"), None),
    )
    assert (event.kind, event.law, event.note) == (EventKind.EXIT, None, "the holding ended")


def test_figures_that_nobody_can_believe_give_no_level() -> None:
    event = notified(entry("2024-03-01", stake(percent="6.00"), stake("999,999,999,999"), code="1213", issued="7"))
    assert event.crossings[0].after_level is None
    assert (event.crossings[0].crossed, event.crossings[0].certain) == ((), False)
    assert "not believed" in (event.crossings[0].note or "")


def test_withdrawn_notices_give_no_event() -> None:
    entries = [
        entry("2024-03-01", stake(percent="6.20"), stake(percent="6.40")),
        entry("2024-03-02", stake(percent="6.40"), stake(percent="99.00"), withdrawn=True),
        entry("2024-03-03", stake(percent="6.40"), stake(percent="6.60")),
    ]
    events = found(*entries)
    assert [e.entry.id for e in events] == ["n2024-03-01", "n2024-03-03", "n2024-03-03"]
    assert of_kind(events, EventKind.GAP)[0].gap is not None


def test_names_of_events_are_stable() -> None:
    """The name is made of kind, subject, holder, class, leg, day, entry and levels, and of nothing that loading changes."""
    alone, later = notified(FOUNDING, counts=SENSETIME), notified(FOUNDING)
    assert alone.id == later.id
    assert (alone.id[0], len(alone.id)) == ("e", 9)
    assert (
        len({e.id for e in found(FOUNDING, sale("2023-04-11", stake(percent="8.04"), stake(percent="7.88"), "1"))}) == 3
    )
