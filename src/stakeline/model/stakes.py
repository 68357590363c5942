"""Stakes over time: one holder's interest in one class of one issuer, leg by leg, notice by notice."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from stakeline.model.figures import Figure
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Leg


class Issuer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An issuer as the ledger knows it.

    subject: "hk:00020". names: by language ("en", "zh-Hant", "zh-Hans"), then further spellings.
    codes: (code, from day, to day) with None where the day is not known.
    """

    subject: str
    name: str
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, date | None, date | None], ...] = ()
    classes: tuple[str, ...] = ()


class Party(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A holder as the ledger knows it: one position, however many seats report it.

    key: our name for it. seats: the names under which it was reported, most used first (parent, subsidiary, spouse ...).
    """

    key: str
    name: str
    names: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()


class Security(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One class of one issuer's shares.

    share_class: our short name ("B", "H", "ordinary"), or None where the sources do not tell the class.
    told: the class as the sources print it. inferred: why we say so, where the class was not told but follows from
    figures (a list page's percentages imply how many shares the class has).
    issuer: which issuer, where the code was several issuers' over time; None where it was always one's.
    """

    subject: str
    share_class: str | None = None
    told: str | None = None
    inferred: str | None = None
    issuer: str | None = None


class Stake(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A total at one moment: shares, and percent of the class as filed. None: not told."""

    shares: Figure | None = None
    percent: Figure | None = None

    @property
    def told(self) -> bool:
        """True where anything at all is told."""
        return self.shares is not None or self.percent is not None


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One notified event in the history of one holder, class and leg: all reports of it put together.

    id: the serial, or the source's own name for it. day: of the event. known_from: when the first report was public.
    code: as filed; meaning, direction: our reading of it. told: words of a source without codes.
    before, after: the totals as filed. moved: shares bought, sold or involved (unsigned).
    price: average per share, its basis says of what (on exchange, off exchange, not told). value: what was paid, if told.
    issued: the class's share count as told. company_before, company_after: percent of all shares where a source tells it.
    seats: every name that reported this event. serials: every serial. conflicts: what the reports disagree on.
    withdrawn: the notice was withdrawn or replaced: shown, but no balance.
    """

    id: str
    day: date
    known_from: datetime | None = None
    filed: date | None = None
    form: str
    code: str | None = None
    meaning: str | None = None
    direction: Direction = Direction.UNKNOWN
    told: str | None = None
    before: Stake = Stake()
    after: Stake = Stake()
    moved: Figure | None = None
    price: Figure | None = None
    highest: Figure | None = None
    value: Figure | None = None
    venue: str | None = None
    issued: Figure | None = None
    company_before: Figure | None = None
    company_after: Figure | None = None
    event_day: Figure | None = None
    text: str | None = None
    capacity: str | None = None
    seats: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    withdrawn: bool = False


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one holder, one class and one leg, by day of event, then as they became known."""

    party: Party
    security: Security
    leg: Leg
    entries: tuple[Entry, ...]


class Cause(StrEnum):
    """Why a percentage moved."""

    TRADE = "trade"
    DILUTION = "dilution"
    BUY_BACK = "buy-back"
    CONVERSION = "conversion"
    UNKNOWN = "unknown"


class EventKind(StrEnum):
    """What can be derived from a timeline."""

    ENTRY = "entry"
    """The holding reached the lowest notifiable level, or was notified for the first time."""
    EXIT = "exit"
    """The holding ceased to be notifiable, or ended."""
    CROSSING = "crossing"
    """A level was crossed."""
    TRADE = "trade"
    """A notified trade that crossed nothing that we can see."""
    CHANGE = "change"
    """A notified event that is neither (nature of interest, listing, lending ...)."""
    GAP = "gap"
    """Two consecutive notices and what can be said of the time between them."""
    MISMATCH = "mismatch"
    """Figures of one notice that contradict one another."""


class Crossing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Levels before and after on one basis.

    base: what the percentages are of; law: true where that is the base of the law, false where it is only contrast.
    before, after: percent, as figures. before_level, after_level: rounded down; None where bounds leave it open.
    crossed: the levels between the two, in the order passed; empty where none was crossed.
    certain: false where rounding leaves the level open and the filer's printed figure decided it.
    """

    base: Base
    law: bool
    before: Figure
    after: Figure
    before_level: int | None = None
    after_level: int | None = None
    crossed: tuple[int, ...] = ()
    certain: bool = True
    note: str | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What happened between two notices without a notice.

    first, last: ids of the entries. start, end: their days. net: the net change in shares that went unseen, with its
    bounds and working; None where it cannot be bounded, and why says so. points: the net change in percentage points of the class.
    if_lawful: what the level rule adds, valid only if the law was kept: lowest and highest holding in between, as figures.
    lawful_note: the same in words, naming the section.
    """

    first: str
    last: str
    start: date
    end: date
    net: Figure | None = None
    points: Figure | None = None
    why: str | None = None
    if_lawful: tuple[Figure, Figure] | None = None
    lawful_note: str | None = None


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a timeline shows.

    id: stable short name. kind, day, known_from. entry: the notified event it rests on (of a gap: the later one).
    direction: "up", "down" or None. cause, cause_why: our reading, and on what it rests.
    crossings: the base of the law first, then the contrasts. law: the section, as printed. gap: of a GAP.
    """

    id: str
    kind: EventKind
    party: Party
    security: Security
    leg: Leg
    day: date
    known_from: datetime | None = None
    entry: Entry
    direction: str | None = None
    cause: Cause = Cause.UNKNOWN
    cause_why: str | None = None
    crossings: tuple[Crossing, ...] = ()
    law: str | None = None
    gap: Gap | None = None
    note: str | None = None
