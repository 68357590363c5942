"""What a regime's law says, as nouns that the regimes fill and everyone else is handed."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from stakeline.model.sources import Site


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the law says so. checked: the day a person last compared our words with the text."""

    instrument: str
    place: str
    url: str | None = None
    checked: date | None = None
    confidence: str | None = None

    def __str__(self) -> str:
        return f"{self.instrument}, {self.place}"


class Base(StrEnum):
    """What a percentage is of."""

    CLASS = "class"
    """The issued shares of the same class."""
    COMPANY = "company"
    """All issued shares of the company, whatever their class."""
    VOTES = "votes"
    """All votes that the issued shares carry."""


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """The levels of holding that a regime's law notices, for one leg: a view of its rulebook, in which they are written.

    floor: percent at which a holding becomes notifiable ("5% or more"). step: distance of the levels above it.
    base: what the percentage is of in law. rounding: "down" where the level is the percentage rounded down.
    since, until: first and last day on which this version applied.
    enter, cease, change: citations for reaching the floor, falling below it, changing level above it.
    half_point: the change below which, under conditions, no notice is due (None where there is no such exemption).
    rungs: all levels, where they are no steps; below the first stands level 0. over: those that more than the level passes.
    """

    regime: str
    leg: str
    base: Base
    floor: Decimal
    step: Decimal
    since: date
    until: date | None = None
    enter: Citation
    cease: Citation
    change: Citation
    half_point: Decimal | None = None
    half_point_citation: Citation | None = None
    rungs: tuple[int, ...] = ()
    over: tuple[int, ...] = ()

    def in_force(self, day: date) -> bool:
        """True where this version applied on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Direction(StrEnum):
    """What a reason code says happened, in our reading. Only ACQUIRE and DISPOSE say that shares changed hands."""

    ACQUIRE = "acquire"
    DISPOSE = "dispose"
    NEUTRAL = "neutral"
    NATURE = "nature"
    GROUP = "group"
    SHORT_UP = "short up"
    SHORT_DOWN = "short down"
    LENDING_POOL = "lending pool"
    NONE = "none"
    UNKNOWN = "unknown"


class Code(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One code of a regulator's table, in our words.

    chinese: our own translation unless chinese_official. needs_text: the filer must explain in the free text, so say
    nothing about direction before reading it. confidence: how well the meaning is known.
    """

    table: str
    code: str
    meaning: str
    chinese: str | None = None
    chinese_official: bool = False
    direction: Direction | None = None
    needs_text: bool = False
    group: str | None = None
    forms: tuple[str, ...] = ()
    confidence: str


class Box(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a form keeps one field.

    path: our name of the field ("after.long.percent"; "after" for the whole box). element: the element id or column
    that it is read by. number: the box's number where it is known, to cite by. label: what the box is called.
    """

    path: str
    element: str
    number: str | None = None
    label: str

    @property
    def cite(self) -> str:
        """How to name the box in print."""
        return f"box {self.number} ({self.label})" if self.number else f"{self.element} ({self.label})"


class Duty(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What kind of notice a form is.

    form: as in `Notice.form`. prefix: how serials of such notices begin. name: whose notice of what, in words.
    any_size: the duty knows no lowest level: every interest and every change is notified.
    """

    form: str
    name: str
    prefix: str | None = None
    any_size: bool = False


class Regime(msgspec.Struct, frozen=True, kw_only=True):
    """What one jurisdiction tells the workers.

    code: its folder and the prefix of its subjects ("hk"). zone: the market's time zone. currency: of its prices.
    forms: for each form its boxes, by field path. codes: by (table, code). levels: all versions for all legs.
    code_width: digits of a stock code, where codes are numbers padded with zeros. duties: what its forms are.
    site: where its disclosures can be seen, None where nothing is known of that.
    """

    code: str
    name: str
    zone: str
    currency: str
    forms: dict[str, dict[str, Box]]
    codes: dict[tuple[str, str], Code]
    levels: tuple[Levels, ...]
    code_width: int | None = None
    duties: tuple[Duty, ...] = ()
    site: Site | None = None

    def duty(self, form: str, serial: str | None) -> Duty | None:
        """What kind of notice it is, by its form or, for a row of a list, by its serial; None where neither tells."""
        named = next((d for d in self.duties if d.form == form), None)
        return named or next((d for d in self.duties if d.prefix and (serial or "").startswith(d.prefix)), None)

    def levels_on(self, day: date, leg: str) -> Levels | None:
        """The version of the levels that applied to a leg on a day, or None where it is not known."""
        return next((v for v in self.levels if v.leg == leg and v.in_force(day)), None)
