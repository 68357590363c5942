"""Days, periods and moments in words, English."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from stakeline.model.moments import day_at

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PARTS = {
    "": "",
    "FY": "the financial year ",
    "H1": "the first half of ",
    "H2": "the second half of ",
    "Q1": "the first quarter of ",
    "Q2": "the second quarter of ",
    "Q3": "the third quarter of ",
    "Q4": "the fourth quarter of ",
}


def day(value: date) -> str:
    """A day: "8 November 2022"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def days(values: list[date]) -> str:
    """Several days: "14 and 15 November 2022", "30 November and 1 December 2022"."""
    told = []
    for this, following in zip(values, [*values[1:], None], strict=True):
        words = day(this)
        if following and (following.year, following.month) == (this.year, this.month):
            words = str(this.day)
        elif following and following.year == this.year:
            words = f"{this.day} {MONTHS[this.month - 1]}"
        told.append(words)
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def period(text: str) -> str:
    """A day or period in words: "15 November 2022", "the first half of 2022". Any other notation stays as it is."""
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        year, part = text[:4], text[4:].removeprefix("-")
    if year.isdecimal() and part in _PARTS:
        return f"{_PARTS[part]}{year}"
    return text


def in_words(text: str) -> str:
    """A text with its days and half years in words: "the count of 2022-06-24" becomes "the count of 24 June 2022"."""
    return _NOTATION.sub(lambda found: period(found[0]), text)


def year_before(text: str) -> str | None:
    """The same period one year earlier ("2022H1" gives "2021H1"), or None where the notation is not known."""
    year, part = text[:4], text[4:]
    return f"{int(year) - 1}{part}" if year.isdecimal() and part.removeprefix("-") in _PARTS else None


def place_of(zone: str) -> str:
    """The place that a time zone is named after: "Hong Kong"."""
    return zone.rpartition("/")[2].replace("_", " ")


def as_asked(on: date, known: datetime, zone: str) -> str:
    """The two clocks of a brief: "as known on 16 November 2022, 09:00 (Hong Kong)", with the day asked where it is another."""
    told = moment(known, zone)
    then = f"as known {'at' if told.startswith('the end') else 'on'} {told}"
    return then if on == day_at(known, zone) else f"as of {day(on)}, {then}"


def moment(value: datetime, zone: str) -> str:
    """A moment as clocks at the market showed it: "16 November 2022, 09:00 (Hong Kong)", or "end of 16 November 2022"."""
    local = value.astimezone(ZoneInfo(zone))
    if local.timetz().replace(tzinfo=None) >= _LAST_MINUTE:
        return f"the end of {day(local.date())} ({place_of(zone)})"
    return f"{day(local.date())}, {local:%H:%M} ({place_of(zone)})"


_NOTATION = re.compile(r"\b\d{4}(?:-\d{2}-\d{2}|[HQ]\d)\b")
_LAST_MINUTE = time(23, 59, 59)
