"""Days and moments: when something was true, when it became public, when we recorded it.

Dates on forms are days in the market's time zone. A moment is an aware datetime in UTC. Something published on a date
without a time is known from the end of that day in the zone of the place where it was published.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from stakeline.model.errors import UsageError

_LAST = time(23, 59, 59, 999999)


def end_of_day(day: date, zone: str) -> datetime:
    """The last microsecond of a day in a time zone ("Asia/Hong_Kong"), as a UTC moment."""
    return datetime.combine(day, _LAST, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_at(moment: datetime, zone: str) -> date:
    """The calendar day of a moment in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()


def parse_day(text: str) -> date:
    """A day written 2022-11-08. Anything else is a UsageError that says what to write."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is not a day; write it like 2022-11-08") from None


def parse_moment(text: str, zone: str) -> datetime:
    """A moment written 2022-11-16T09:00, 2022-11-16T09:00+08:00 or 2022-11-16 (then: the end of that day).

    zone: where a moment without an offset is meant.
    """
    text = text.strip()
    if len(text) == len("2022-11-16"):
        return end_of_day(parse_day(text), zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{text!r} is not a moment; write it like 2022-11-16T09:00, 2022-11-16T09:00+08:00 or 2022-11-16"
        ) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(UTC)


def local_words(moment: datetime, zone: str) -> str:
    """A moment in a time zone, to the minute: "2022-11-16 09:00"; the end of a day is the day alone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d}" if local.timetz().replace(tzinfo=None) == _LAST else f"{local:%Y-%m-%d %H:%M}"
