"""Weekdays of several days without a year: whatever the year, they must fit one another."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from stakeline.checks.relations.dates.days import named_weekday
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_WEEK = 7
_APART = timedelta(days=31)
_LATER = 2
"""Years behind the last one that an article names in which it may have been written."""


def disagreeing(page: Page) -> Iterator[Relation]:
    """The one weekday that does not fit the others, where no year is known by which each could be held against the calendar."""
    named = {i: w for i in range(len(page.claims)) if (w := _weekday(page, i)) is not None}
    days = sorted(named, key=lambda i: (_day(page, i), i))
    if len({_day(page, i) for i in days}) < 2 or _day(page, days[-1]) - _day(page, days[0]) > _APART:
        return
    if {2, 3} <= {_day(page, i).month for i in days}:
        return  # of a leap year all may be right
    shifts = {i: (named[i] - _day(page, i).toordinal()) % _WEEK for i in days}
    right = _right(page, days, shifts, named)
    wrong = [i for i in days if right is not None and shifts[i] != right]
    if len({_day(page, i) for i in wrong}) != 1:
        return
    for index in wrong:
        other = next(i for i in days if shifts[i] == right)
        yield Relation(
            target=index,
            inputs=(other,),
            fit=Fit.OFF,
            recomputed="another weekday, or another day",
            working=f"{_day(page, index):%m-%d} - {_day(page, other):%m-%d}: {abs((_day(page, index) - _day(page, other)).days)} days",
            reason=f"With the weekday of {page.found(other).text} that of {page.found(index).text} cannot be right in any year.",
            basis="hard_fact",
        )


def _day(page: Page, index: int) -> date:
    """A day, of one year with all others, so that a turn of the year is too long a time."""
    day = page.found(index).day
    assert day is not None  # noqa: S101 -- only of figures that are a day
    return date(2023, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _weekday(page: Page, index: int) -> int | None:
    """The weekday printed beside a day without year, where nothing tells the year."""
    found = page.found(index)
    if found.unit != "date" or found.day is None or _YEAR.search(found.text) or (page.on is not None and page.dated):
        return None
    return named_weekday(page, index)


def _right(page: Page, days: list[int], shifts: dict[int, int], named: dict[int, int]) -> int | None:
    """The shift of weekdays that most days have, or the only one that is right in a year from the last that the article names."""
    alone = {s: len({_day(page, i) for i in days if shifts[i] == s}) for s in shifts.values()}
    if len(alone) != 2:
        return None
    (most, count), (_, other) = sorted(alone.items(), key=lambda t: -t[1])
    if count > other + 1 or (count > other and other == 1):
        return most
    years = [int(m[1]) for m in _YEAR.finditer(page.text)]
    window = range(max(years), max(years) + _LATER + 1) if years else ()
    fitting = {shifts[i] for i in days for y in window if _day(page, i).replace(year=y).weekday() == named[i]}
    return fitting.pop() if len(fitting) == 1 else None
