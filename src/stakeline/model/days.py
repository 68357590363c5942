"""Legal business days: which days a law counts, and by when something that is due in so many of them must be done.

A calendar answers three ways: a day is open, closed, or it is not known which. What is not known never becomes a single day:
a deadline counted over such a day has an earliest and a latest. A day is a date in the time zone of the place whose law it is;
times of day belong to the rules, not to the calendar.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec

from stakeline.model.law import Citation

DaysOfYear = Callable[[int], Mapping[date, str]]
"""year -> days of that year, each with a text: what closes it ("Good Friday"), or why its status is not known."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SATURDAY = 5
_CLOSED, _OPEN, _UNKNOWN, _OUTSIDE = range(4)
_END = date.max.toordinal()
_KEPT = 1 << 14
"""Counts kept for reuse by one calendar: every day of twenty years at two lengths, some 10 MB where all are asked."""


class Weekend(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which days of the week were closed in a period; Monday is 0, as in `date.weekday`.

    unknown: days of the week of which it is not known whether they were closed, and why. since, until: first and last day
    of the period, None where it has no end on that side.
    """

    closed: frozenset[int]
    unknown: frozenset[int] = frozenset()
    why: str = "not known"
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """True where this version applied on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Caveat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What could move a day counted in a period although no single day in it is in question (closings we have no list of)."""

    text: str
    since: date | None = None
    until: date | None = None

    def touches(self, first: date, last: date) -> bool:
        """True where the period has a day in common with first..last."""
        return (self.since is None or self.since <= last) and (self.until is None or first <= self.until)


class Due(msgspec.Struct, frozen=True):
    """The last day of a period: one day where it is known, otherwise the days between which it lies.

    earliest: no day before it can be the one. latest: no day after it can be the one; None where nothing bounds it.
    skipped: closed days that were passed on the way to the latest (or, without one, to the earliest), with what closed them.
    doubts: what is not known, in words. A doubt alone does not make a range: it may name a closing that no list tells of.
    """

    earliest: date
    latest: date | None
    skipped: tuple[tuple[date, str], ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The single day, or None where it is not known."""
        return self.earliest if self.earliest == self.latest else None


class BusinessDays:
    """One legal calendar.

    id: its name in the rules ("HK_PARTXV"). text: what the law counts, in our words. citation: where the law says so, and how
    sure we are. since, until: first and last day of which the closed days are known; weekends are known by their own versions.
    weekends: versions that do not overlap; a day that none covers is not known. closed: the closed days of a year that are no
    weekend. unknown: the days of a year whose status is not known, with why. caveats: what to say about a period.
    """

    def __init__(  # noqa: PLR0913 - the parts of a calendar
        self,
        *,
        id: str,  # noqa: A002 - what it is
        text: str,
        citation: Citation,
        since: date,
        until: date,
        weekends: tuple[Weekend, ...],
        closed: DaysOfYear,
        unknown: DaysOfYear | None = None,
        caveats: tuple[Caveat, ...] = (),
    ) -> None:
        self.id: Final = id
        self.text: Final = text
        self.citation: Final = citation
        self.since: Final = since
        self.until: Final = until
        self.weekends: Final = weekends
        self.closed: Final = closed
        self.unknown: Final = unknown or _none
        self.caveats: Final = caveats
        self._given: Mapping[date, str] = {}
        self._years: dict[int, tuple[int, bytes]] = {}
        self._counted = lru_cache(maxsize=_KEPT)(self._walk)

    def __repr__(self) -> str:
        return f"BusinessDays({self.id!r}, {self.since}..{self.until})"

    def is_open(self, day: date) -> bool | None:
        """True where the law counts the day, False where it does not, None where it is not known (`why_unknown`)."""
        state = self._state(day)
        return None if state in (_UNKNOWN, _OUTSIDE) else state == _OPEN

    def name_of(self, day: date) -> str | None:
        """Why the day is closed ("Good Friday", "Saturday"); None where it is open or not known."""
        if self._state(day) != _CLOSED:
            return None
        listed = self._given.get(day) or self._told(self.closed, day.year).get(day)
        return listed or _WEEKDAYS[day.weekday()]

    def why_unknown(self, day: date) -> str:
        """Why it is not known whether the day is open; "" where it is known."""
        state = self._state(day)
        if state == _OUTSIDE:
            return f"the closed days of {self.id} are known from {self.since} to {self.until} only"
        if state != _UNKNOWN:
            return ""
        if (why := self._told(self.unknown, day.year).get(day)) is not None:
            return why
        week = self._week(day)
        return (
            f"{_WEEKDAYS[day.weekday()]}s: {week.why}" if week else f"the weekend of {self.id} is not known for {day}"
        )

    def count(self, start: date, days: int) -> Due:
        """The days-th open day strictly after start. With 0 it is start itself, open or not: `roll` is what moves a day.

        Raises ValueError for a negative number of days.
        """
        return self._counted(start.toordinal() + 1, days) if days else Due(start, start)

    def roll(self, day: date) -> Due:
        """The day itself where it is open, otherwise the next open day."""
        return self._counted(day.toordinal(), 1)

    def with_facts(
        self,
        closed: Iterable[tuple[date, str]] = (),
        saturdays: bool | None = None,  # noqa: FBT001 - a fact told, not a switch
    ) -> "BusinessDays":
        """The same calendar with what is told of a case: more closed days, each with its reason, and whether Saturdays count.

        A given closed day stands wherever it lies; saturdays (None: not told) holds for all Saturdays that nothing else closes.
        """
        weekends = self.weekends
        if saturdays is not None:
            weekends = tuple(_with_saturdays(w, counted=saturdays) for w in weekends)
        told = BusinessDays(
            id=self.id,
            text=self.text,
            citation=self.citation,
            since=self.since,
            until=self.until,
            weekends=weekends,
            closed=self.closed,
            unknown=self.unknown,
            caveats=self.caveats,
        )
        told._given = {**self._given, **dict(closed)}
        return told

    def _walk(self, first: int, days: int) -> Due:
        """Counts open days from the ordinal first on: not-known days as open for the earliest, as closed for the latest."""
        if days < 0:
            raise ValueError(f"{days} business days cannot be counted")
        sure = hoped = 0
        earliest = latest = None
        passed: list[tuple[date, str]] = []
        doubts: dict[str, None] = {}
        beyond = False
        for ordinal in range(first, _END + 1):
            day = date.fromordinal(ordinal)
            state = self._state(day)
            if state == _CLOSED:
                passed.append((day, self.name_of(day) or ""))
                continue
            if state != _OPEN:
                doubts[self.why_unknown(day)] = None
                beyond = beyond or state == _OUTSIDE
            hoped += 1
            sure += state == _OPEN
            if hoped == days:
                earliest = day
            if sure == days and state == _OPEN and not beyond:
                latest = day
            if latest or (earliest and beyond):  # nothing bounds the latest once a day outside our knowledge was passed
                break
        return self._due(first, earliest, latest, passed, doubts)

    def _due(
        self,
        first: int,
        earliest: date | None,
        latest: date | None,
        passed: list[tuple[date, str]],
        doubts: Iterable[str],
    ) -> Due:
        if earliest is None:
            return Due(date.max, None, (), (f"that lies beyond {date.max}",))
        reach = latest or earliest
        touched = (c.text for c in self.caveats if c.touches(date.fromordinal(first), reach))
        skipped = tuple((day, name) for day, name in passed if day <= reach)
        return Due(earliest, latest, skipped, tuple(dict.fromkeys((*doubts, *touched))))

    def _state(self, day: date) -> int:
        year = day.year
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = (date(year, 1, 1).toordinal(), self._build(year))
        return known[1][day.toordinal() - known[0]]

    def _build(self, year: int) -> bytes:
        """The state of each day of a year, in order."""
        listed, unknown = self._told(self.closed, year), self._told(self.unknown, year)
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        return bytes(self._judge(date.fromordinal(o), listed, unknown) for o in range(first, last + 1))

    def _judge(self, day: date, listed: Mapping[date, str], unknown: Mapping[date, str]) -> int:
        """What closes a day for certain is asked first, then what is in question, then whether we know the day at all."""
        week = self._week(day)
        if day in self._given or day in listed or (week and day.weekday() in week.closed):
            return _CLOSED
        if not self.since <= day <= self.until:
            return _OUTSIDE
        doubtful = day in unknown or week is None or day.weekday() in week.unknown
        return _UNKNOWN if doubtful else _OPEN

    def _told(self, days: DaysOfYear, year: int) -> Mapping[date, str]:
        """The days of a year, as far as they lie in the span; a year outside it is not even asked for."""
        if not self.since.year <= year <= self.until.year:
            return {}
        return {day: text for day, text in days(year).items() if self.since <= day <= self.until}

    def _week(self, day: date) -> Weekend | None:
        return next((w for w in self.weekends if w.covers(day)), None)


def _none(_year: int) -> Mapping[date, str]:
    return {}


def _with_saturdays(week: Weekend, *, counted: bool) -> Weekend:
    closed = week.closed - {_SATURDAY} if counted else week.closed | {_SATURDAY}
    return msgspec.structs.replace(week, closed=closed, unknown=week.unknown - {_SATURDAY})
