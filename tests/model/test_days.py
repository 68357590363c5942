"""Counting days: what is certain gives one day, what is not gives a range that holds the truth."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.days import BusinessDays, Caveat, Due, Weekend
from stakeline.model.law import Citation

SINCE, UNTIL = date(2024, 1, 1), date(2024, 12, 31)
WEEKEND = Weekend(closed=frozenset({5, 6}))


def made(
    closed: dict[date, str] | None = None,
    unknown: dict[date, str] | None = None,
    weekends: tuple[Weekend, ...] = (WEEKEND,),
    caveats: tuple[Caveat, ...] = (),
) -> BusinessDays:
    """A calendar of 2024 with these days."""
    return BusinessDays(
        id="MADE",
        text="made for a test",
        citation=Citation(instrument="made", place="s.1"),
        since=SINCE,
        until=UNTIL,
        weekends=weekends,
        closed=lambda year: {d: n for d, n in (closed or {}).items() if d.year == year},
        unknown=lambda year: {d: n for d, n in (unknown or {}).items() if d.year == year},
        caveats=caveats,
    )


MARCH_29 = {date(2024, 3, 29): "Good Friday"}
"""Friday 29 March 2024."""


def test_a_count_begins_on_the_day_after_and_passes_what_is_closed() -> None:
    due = made(MARCH_29).count(date(2024, 3, 27), 2)
    assert due == Due(
        date(2024, 4, 1),
        date(2024, 4, 1),
        ((date(2024, 3, 29), "Good Friday"), (date(2024, 3, 30), "Saturday"), (date(2024, 3, 31), "Sunday")),
    )
    assert due.day == date(2024, 4, 1)


def test_no_days_leave_the_day_where_it_is_and_roll_moves_it() -> None:
    calendar = made(MARCH_29)
    friday, thursday = date(2024, 3, 29), date(2024, 3, 28)
    assert calendar.count(friday, 0).day == friday
    assert calendar.roll(friday).day == date(2024, 4, 1)
    assert calendar.roll(thursday) == Due(thursday, thursday)


def test_a_day_is_open_closed_or_not_known_each_with_its_reason() -> None:
    calendar = made(MARCH_29, {date(2024, 4, 2): "office closed by order"})
    assert (calendar.is_open(date(2024, 3, 28)), calendar.name_of(date(2024, 3, 28))) == (True, None)
    assert (calendar.is_open(date(2024, 3, 29)), calendar.name_of(date(2024, 3, 29))) == (False, "Good Friday")
    assert (calendar.is_open(date(2024, 3, 30)), calendar.name_of(date(2024, 3, 30))) == (False, "Saturday")
    assert (calendar.is_open(date(2024, 4, 2)), calendar.name_of(date(2024, 4, 2))) == (None, None)
    assert calendar.why_unknown(date(2024, 4, 2)) == "office closed by order"
    assert calendar.why_unknown(date(2024, 4, 3)) == ""


def test_a_day_in_question_makes_a_range_only_where_it_is_passed() -> None:
    calendar = made(unknown={date(2024, 4, 3): "office closed by order"})
    assert calendar.count(date(2024, 4, 1), 1).day == date(2024, 4, 2)
    due = calendar.count(date(2024, 4, 1), 2)
    assert (due.earliest, due.latest, due.day) == (date(2024, 4, 3), date(2024, 4, 4), None)
    assert due.doubts == ("office closed by order",)


def test_outside_the_known_span_nothing_bounds_the_latest() -> None:
    calendar = made()
    for due in (calendar.count(date(2024, 12, 31), 1), calendar.count(date(2023, 12, 27), 5)):
        assert (due.latest, due.day) == (None, None)
        assert due.doubts == ("the closed days of MADE are known from 2024-01-01 to 2024-12-31 only",)
    assert calendar.count(date(2024, 12, 31), 1).earliest == date(2025, 1, 1)
    assert calendar.is_open(date(2025, 1, 4)) is False, "weekends are known by their own versions"


def test_weekends_have_versions() -> None:
    """As in Israel: Friday and Saturday, then Saturday and Sunday; and a stretch of which nothing is known."""
    old = Weekend(closed=frozenset({4, 5}), until=date(2024, 6, 30))
    new = Weekend(closed=frozenset({5, 6}), since=date(2024, 7, 8))
    calendar = made(weekends=(old, new))
    assert [calendar.is_open(date(2024, 6, d)) for d in (21, 22, 23)] == [False, False, True]
    assert [calendar.is_open(date(2024, 7, d)) for d in (12, 13, 14)] == [True, False, False]
    assert calendar.is_open(date(2024, 7, 3)) is None
    assert "weekend of MADE is not known" in calendar.why_unknown(date(2024, 7, 3))


def test_told_facts_close_days_and_settle_saturdays() -> None:
    unsure = made(MARCH_29, weekends=(Weekend(closed=frozenset({6}), unknown=frozenset({5}), why="not found"),))
    start = date(2024, 4, 4)  # a Thursday
    assert (unsure.count(start, 2).earliest, unsure.count(start, 2).latest) == (date(2024, 4, 6), date(2024, 4, 8))
    assert unsure.with_facts((), True).count(start, 2).day == date(2024, 4, 6)
    assert unsure.with_facts((), False).count(start, 2).day == date(2024, 4, 8)
    rain = unsure.with_facts([(date(2024, 4, 8), "black rainstorm")], False).with_facts([(date(2024, 4, 9), "gale")])
    assert rain.count(start, 2).day == date(2024, 4, 10)
    assert rain.name_of(date(2024, 4, 8)) == "black rainstorm"
    assert unsure.is_open(date(2024, 4, 8)), "the calendar it was told of is as it was"
    outside = unsure.with_facts([(date(2030, 1, 1), "New Year's Day")])
    assert (outside.is_open(date(2030, 1, 1)), outside.is_open(date(2030, 1, 2))) == (False, None)


def test_a_caveat_is_said_and_moves_nothing() -> None:
    calendar = made(caveats=(Caveat(text="storms may be missing", since=date(2024, 7, 1)),))
    assert calendar.count(date(2024, 6, 24), 3).doubts == ()
    due = calendar.count(date(2024, 6, 28), 1)
    assert (due.day, due.doubts) == (date(2024, 7, 1), ("storms may be missing",))


def test_the_ends_of_time_and_nonsense_are_answered() -> None:
    calendar = made()
    assert calendar.count(date.max, 1) == Due(date.max, None, (), (f"that lies beyond {date.max}",))
    assert calendar.count(date.min, 1).latest is None
    with pytest.raises(ValueError, match="-1 business days"):
        calendar.count(date(2024, 1, 1), -1)


DAYS = st.dates(SINCE, date(2024, 10, 1))
LISTS = st.dictionaries(DAYS, st.just("closed"), max_size=40)


@given(LISTS, DAYS, st.integers(1, 10), st.integers(1, 10))
def test_counts_follow_one_another(closed: dict[date, str], start: date, one: int, other: int) -> None:
    calendar = made(closed)
    first = calendar.count(start, one).day
    assert first is not None
    assert start < first
    assert calendar.is_open(first)
    assert calendar.count(first, other).day == calendar.count(start, one + other).day
    assert calendar.count(start + timedelta(1), one).earliest >= first
    assert calendar.roll(start).day == calendar.count(start - timedelta(1), 1).day or start == SINCE


@given(LISTS, st.sets(DAYS, max_size=6), DAYS, st.integers(1, 6))
def test_the_range_is_what_each_way_to_settle_the_unknown_days_would_give(
    closed: dict[date, str], unsure: set[date], start: date, days: int
) -> None:
    """The oracle settles the unknown days in every way and counts by hand."""
    due = made(closed, dict.fromkeys(unsure, "not known")).count(start, days)
    possible = set()
    for shut in product((True, False), repeat=len(unsure)):
        extra = {d for d, is_shut in zip(sorted(unsure), shut, strict=True) if is_shut}
        day, left = start, days
        while left:
            day += timedelta(1)
            # A closed day stays closed, whatever is said of it elsewhere.
            left -= day.weekday() not in (5, 6) and day not in closed and day not in extra
        possible.add(day)
    assert due.earliest == min(possible)
    assert due.latest == max(possible)
    assert bool(due.doubts) == (len(possible) > 1)
