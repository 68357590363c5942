"""What comes out: an answer of three values, with every figure, comparison and section that led to it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

from stakeline.model.situations import LegName

Way: TypeAlias = Literal["up", "down", "both", "none"]


class Step(msgspec.Struct, frozen=True):
    """One step of the working: what was looked at and found; the rule version and section that it rests on."""

    text: str
    citation: str | None = None


class By(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """By when. day: the last day, None where it is not one known day; then earliest and latest say what is known.

    time, zone: cut-off of that day. start: the day it is counted from. text: the rule in words. skipped: days not counted, with why.
    """

    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    time: str | None = None
    zone: str | None = None
    start: date | None = None
    text: str
    skipped: tuple[tuple[date, str], ...] = ()
    doubts: tuple[str, ...] = ()


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """One duty that an event made, by one notice.

    duty, since: id and first day of the rule version. levels: passed, as exact percents (amounts for a test by value).
    before, after: the measured percentages (None where the duty rests on the event alone). company, share_class: in which shares, None: the issuer's only ones.
    """

    duty: str
    since: date
    name: str
    notice: str
    rank: int
    kind: str
    leg: LegName | None
    company: str | None = None
    share_class: str | None = None
    levels: tuple[Fraction, ...] = ()
    change: str | None = None
    direction: Way
    before: Fraction | None = None
    after: Fraction | None = None
    form: str | None
    by: By
    recipients: tuple[str, ...]
    citation: str
    confidence: str
    reason: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Is a filing due because of this event? duty: True, False, or None for unknown.

    dues: the notices due, the main one first (known ones only). missing: what would have to be known. reason: one sentence.
    """

    duty: bool | None
    dues: tuple[Due, ...] = ()
    missing: tuple[str, ...] = ()
    reason: str
    trace: tuple[Step, ...] = ()

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The levels of the main notice as decimals; thirds rounded to six places ("33.333333", "66.666667")."""
        return tuple(_rounded(level) for level in self.dues[0].levels) if self.dues else ()


def shown(figure: Fraction) -> str:
    """An exact figure as a decimal; one with no end, cut to six places."""
    return _plain(Decimal(int(figure * 10**6)).scaleb(-6))


def _rounded(level: Fraction) -> str:
    return _plain(Decimal(int(level * 10**6 + Fraction(1, 2))).scaleb(-6))


def _plain(digits: Decimal) -> str:
    """Without noughts at the end, and never in scientific notation."""
    return f"{digits.normalize():f}"


def percent(figure: Fraction) -> str:
    """For print: "8.7408%", at most six places, cut and never rounded up."""
    return f"{shown(figure)}%"
