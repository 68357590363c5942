"""When a notice was due and when it was filed: what its regime tells of it, and what follows."""

from datetime import date
from enum import StrEnum

import msgspec


class Answering(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which duties a notice may answer to, and its days, as its regime tells them.

    rulebook: code of the law. duties: (id of the duty, event that makes it or None), all that it may be, the commonest first;
    empty: none that we know, and `why` says why. event, aware: days of the event and of learning of it, as told.
    asks_aware: the form asks for a later day of learning, so that a blank says there was none.
    first, last: days between which it was filed, the same where the day is told; None where that side is open. why_filed: what
    is to be said of these days.
    """

    rulebook: str | None = None
    duties: tuple[tuple[str, str | None], ...] = ()
    why: str | None = None
    event: date | None = None
    aware: date | None = None
    asks_aware: bool = False
    first: date | None = None
    last: date | None = None
    why_filed: str | None = None


class Timing(StrEnum):
    """Whether a notice came in time."""

    ON_TIME = "on time"
    LATE = "late"
    """Whatever is not known, it came too late."""
    LATE_UNLESS = "late unless"
    """Late by what is told; `unless` says what would excuse it."""
    UNKNOWN = "unknown"


class Punctuality(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answer for one notice.

    duties: ids of the duties that it may answer to under this deadline. rule: the deadline in words, citation: of the duty,
    where it is one. start: the day counted from. first, last: days between which it was filed. due: the last day, None where it is not one known day; earliest, latest: what is known then.
    days_late: days from the last day on which it could be due to the filing (0: filed on the closed days right after it), in the unit that the law
        counts in: "business day" or "calendar day". skipped: days not counted, with what closed them.
    unless: what would excuse it. missing: what would have to be known. doubts: of the days counted.
    """

    timing: Timing
    duties: tuple[str, ...] = ()
    rule: str | None = None
    citation: str | None = None
    start: date | None = None
    first: date | None = None
    last: date | None = None
    due: date | None = None
    earliest: date | None = None
    latest: date | None = None
    days_late: int | None = None
    unit: str = "business day"
    skipped: tuple[tuple[date, str], ...] = ()
    unless: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def late(self) -> bool:
        """True where it was late by what is told, excused or not."""
        return self.timing in {Timing.LATE, Timing.LATE_UNLESS}
