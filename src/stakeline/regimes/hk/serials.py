"""Serial numbers of notices: the form, the day of filing, and the remarks beside them.

Notices filed since 3 July 2017 are numbered CS20221111E00123: prefix of the form, day of filing, number of the day. The
system before it numbered CS20071010123456: prefix, a day up to about two weeks after the event, six digits. That day was
seen to differ from the day on which the form was signed, and whether it is the day of filing is not told.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

import msgspec

from stakeline.model.moments import end_of_day
from stakeline.model.notices import Status
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable

ZONE = "Asia/Hong_Kong"
KNOWN_BASIS = "date in the serial number"
OLD_BASIS = "date in the serial number of the system used until 2017, which can be days after the filing"

_YEAR = timedelta(days=366)
"""A notice is due within days; a serial numbered longer after it was signed has a slip in its day."""
_NEVER = timedelta(days=3_660)
"""Unsigned, only the event is there to compare with. Notices of events a year and a half ago are real; ten years are not."""
_LONGEST = 1_000
_SERIAL = re.compile(r"(?:IS|CS|DA|DB|DC|DD)([0-9]{4})([0-9]{2})([0-9]{2})E[0-9]{5}")
_OLD = re.compile(r"(?:IS|CS|DA|DB|DC|DD)([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{6}")
_OLD_DAYS = (date(2003, 4, 1), date(2017, 12, 31))
"""The old system took events from 1 April 2003 to 2 October 2017; three months are left for late notices."""
_TOLD = re.compile(r"([A-Za-z]{2}[0-9]{8}[A-Za-z]?[0-9]{5,6})\b\s*(.*)", re.DOTALL)
_REMARKS = (
    (Status.AMENDMENT, re.compile(r"amendment\s+(?:to|of)\b|修訂|修订", re.IGNORECASE)),
    (Status.SUPERSEDED, re.compile(r"superseded\s+by\b|取代", re.IGNORECASE)),
    (Status.WITHDRAWN, re.compile(r"withdrawn\b|撤回", re.IGNORECASE)),
)
_RELATED = re.compile(r"\b[A-Z]{2}[0-9]{8}[A-Z]?[0-9]{5,6}\b")


class Serial(msgspec.Struct, frozen=True):
    """A serial number with what stands beside it.

    number: None where it could not be read. filed: the day in it; known_from: the end of that day in Hong Kong, since
    the hour of publication is not told; known_basis: how that is known. status, related, remark: as in
    `model.notices.Notice`.
    """

    number: str | None = None
    filed: date | None = None
    known_from: datetime | None = None
    known_basis: str | None = None
    status: Status = Status.FILED
    related: str | None = None
    remark: str | None = None

    @property
    def prefix(self) -> str:
        """The two letters that tell the form, "" where the serial could not be read."""
        return self.number[:2] if self.number else ""


def is_old(text: str) -> bool:
    """True for a serial of the system used until 2017, which has no E."""
    match = _TOLD.fullmatch(text.strip()) if 0 < len(text) <= _LONGEST else None
    return bool(match and _OLD.fullmatch(match[1]))


def serial(text: str, where: str, problems: list[Problem]) -> Serial:
    """The serial number in a box or cell. What cannot be read goes to the problems."""
    text = text.strip()
    match = _TOLD.fullmatch(text) if len(text) <= _LONGEST else None
    number, remark = (match[1], match[2].strip()) if match else (text, "")
    day = filed(number)
    if day is None:
        if text:
            message = (
                "not a serial number like CS20221111E00123, or CS20071010123456 until 2017:"
                " the day of publication is not known"
            )
            problems.append(Problem(severity=Severity.FIELD, where=where, found=printable(text), message=message))
        return Serial()
    basis = OLD_BASIS if _OLD.fullmatch(number) else KNOWN_BASIS
    if not remark:
        return Serial(number, day, _public(day), basis)
    found = [(status, match.end()) for status, pattern in _REMARKS if (match := pattern.search(remark))]
    named = [(r[0], r.start()) for r in _RELATED.finditer(remark) if r[0] != number]
    if not found or len(named) > 1:
        message = "a remark that speaks of several notices" if found else "a remark that we do not know"
        problems.append(Problem(severity=Severity.NOTE, where=where, found=printable(remark), message=message))
    # Withdrawn outweighs superseded, which outweighs amending: the notice no longer stands.
    status, end = found[-1] if found else (Status.FILED, 0)
    behind = next((name for name, start in named if start >= end), named[0][0] if named else None)
    return Serial(number, day, _public(day), basis, status, behind, remark)


def believed(told: Serial, event: date | None, signed: date | None, where: str, problems: list[Problem]) -> Serial:
    """The serial, without a day of publication where the day in it lies too long after the notice was signed.

    Only the days of the notice itself are compared: what day it is today, a reader does not know.
    """
    day, longest = (signed, _YEAR) if signed is not None else (event, _NEVER)
    if told.filed is None or day is None or told.filed - day <= longest:
        return told
    what = "the day of signing" if signed is not None else "the day of the event"
    message = (
        f"the day in the serial number is more than {longest.days} days after {what} ({day}):"
        " the day of publication is not known"
    )
    found = printable(told.number or "")
    problems.append(Problem(severity=Severity.FIELD, where=where, found=found, message=message))
    return msgspec.structs.replace(told, known_from=None, known_basis=None)


def filed(number: str) -> date | None:
    """The day in a serial number, None where it is none. Of the old system it may be later than the day of filing."""
    match = _SERIAL.fullmatch(number) or _OLD.fullmatch(number)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day if match.re is _SERIAL or _OLD_DAYS[0] <= day <= _OLD_DAYS[1] else None


@lru_cache(maxsize=4096)
def _public(filed: date) -> datetime:
    return end_of_day(filed, ZONE)
