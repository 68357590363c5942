"""Deadlines as a calendar file (iCalendar), written by the library `icalendar`: an extra, since few ask for it."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from stakeline.model.errors import UsageError
from stakeline.model.problems import quote
from stakeline.workflows.owed import Duties, Event, Notice

TYPE_CHECKING = False

if TYPE_CHECKING:
    from icalendar import Event as Entry


def calendar_file(told: Duties) -> tuple[bytes, tuple[str, ...]]:
    """The deadlines of all notices due, and in words those that have no day.

    A deadline stands on its day, or at its cut-off where the rule has a time and a zone; one of which only a span is known stands on
    the earliest day. The same answer gives the same bytes. Raises UsageError where the library is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise UsageError("--ics needs the package icalendar: pip install 'stakeline[ics]'") from None
    investors = {(one.security, one.regime): one.investor for one in told.asked}
    made = Calendar()
    made.add("prodid", "-//Stakeline//duty//EN")
    made.add("version", "2.0")
    without = []
    for event, notice in _due(told.events):
        day = notice.deadline.day or notice.deadline.earliest
        if day is None:
            without.append(f"{_summary(event, notice)}: {notice.deadline.rule}")
            continue
        made.add_component(_entry(event, notice, day, investors[event.security, event.regime]))
    data: bytes = made.to_ical()
    return data, tuple(without)


def _due(events: Iterable[Event]) -> Iterator[tuple[Event, Notice]]:
    yield from ((event, notice) for event in events for notice in event.notices if event.duty)


def _entry(event: Event, notice: Notice, day: date, investor: str) -> "Entry":
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", _uid(event, notice, investor))
    # The stamp has to be there and has to be the same for the same answer: the day that the duty arose.
    entry.add("dtstamp", datetime.combine(event.happening.date, time(), tzinfo=UTC))
    entry.add("summary", quote(_summary(event, notice)))
    entry.add("description", "\n".join(map(quote, _description(event, notice))))
    entry.add("dtstart", _start(notice, day))
    entry.add("transp", "TRANSPARENT")
    return entry


def _start(notice: Notice, day: date) -> date | datetime:
    """The day, or the moment of its cut-off in UTC."""
    by = notice.deadline
    if by.day is None or by.time is None or by.zone is None:
        return day
    return datetime.combine(day, time.fromisoformat(by.time), tzinfo=ZoneInfo(by.zone)).astimezone(UTC)


def _uid(event: Event, notice: Notice, investor: str) -> str:
    """One id for one duty of one event, whenever it is asked."""
    happening = event.happening
    parts = (
        event.regime,
        event.security or "",
        investor,
        notice.duty,
        notice.company or "",
        notice.share_class or "",
        happening.type,
        happening.date.isoformat(),
    )
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@stakeline"


def _summary(event: Event, notice: Notice) -> str:
    named = f" {event.security}" if event.security else ""
    span = "" if notice.deadline.day else " (earliest day; see the description)"
    return f"Due:{named} {notice.form or notice.name}{span}"


def _description(event: Event, notice: Notice) -> Iterator[str]:
    by = notice.deadline
    if event.what_if:
        yield f"supposed: {event.what_if}"
    yield f"{notice.name}, because of {event.happening.type.replace('_', ' ')} on {event.happening.date}"
    yield f"section: {notice.section} ({event.regime})"
    yield f"to: {'; '.join(notice.recipients)}"
    yield f"by: {by.rule}"
    if by.day is None:
        yield f"the day is not known: {by.earliest} to {by.latest or 'not bounded'}"
    yield from (f"doubt: {doubt}" for doubt in by.doubts)
    yield "Neither legal nor investment advice."
