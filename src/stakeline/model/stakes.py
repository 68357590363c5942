"""Stakes over time: one holder's interest in one class of one issuer, leg by leg, notice by notice."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from stakeline.model.figures import Figure
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Leg, LinkKind, Status


class Issuer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An issuer as the ledger knows it.

    subject: "hk:00020". names: by language ("en", "zh-Hant", "zh-Hans"), then further spellings.
    codes: (code, from day, to day) with None where the day is not known; the code is "" where only the name was ever told.
    told_as: subjects of notices that tell this issuer by name alone (`notices.BY_NAME`).
    """

    subject: str
    name: str
    names: tuple[str, ...] = ()
    codes: tuple[tuple[str, date | None, date | None], ...] = ()
    classes: tuple[str, ...] = ()
    told_as: tuple[str, ...] = ()


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


class Deed(StrEnum):
    """What the filer's own words say happened, in our reading."""

    SALE = "sale"
    PURCHASE = "purchase"
    SUBSCRIPTION = "subscription"
    PLACING = "placing"
    DILUTION = "dilution"
    BUY_BACK = "buy-back"
    CONVERSION = "conversion"
    LAPSE = "lapse"
    GIFT = "gift"
    RESTRUCTURING = "restructuring"
    LENDING = "lending"
    PLEDGE = "pledge"
    VESTING = "vesting"
    DISTRIBUTION = "distribution"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the free text of a notice says happened: our reading, with the filer's words that it rests on.

    direction: only ACQUIRE and DISPOSE say that shares changed hands; UNKNOWN where the words leave it open.
    """

    deed: Deed
    words: str
    direction: Direction = Direction.UNKNOWN


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Shares that a notice tells beside a leg's total and that are never added to it.

    kind: "derivatives" and "lending pool" are part of the total; "long position" and "short position" are other legs; "beside the
    shares" are derivatives in units of their own, none of them in the total, "over shares" those told by the shares that they are over.
    what: the kind of derivative, in our words for its code.
    """

    kind: str
    what: str | None = None
    shares: Figure | None = None


class Through(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person or corporation that a notice names as holding, with or for the filer.

    under: who controls it, as told; None where that is the filer. control: percent of control. direct: holds shares itself.
    status: our words for its code. shares: what it accounts for of the leg; links overlap, so they are never summed up.
    """

    name: str
    kind: LinkKind
    under: str | None = None
    status: str | None = None
    control: Figure | None = None
    direct: bool | None = None
    shares: Figure | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One notified event in the history of one holder, class and leg: all reports of it put together.

    id: the serial, or the source's own name for it. day: of the event. known_from: when the first report was public.
    code: as filed; meaning, direction: our reading of it. told: words of a source without codes.
    before, after: the totals as filed. moved: shares bought, sold or involved (unsigned).
    price: average per share, its basis says of what (on exchange, off exchange, not told). other_price: of a notice that tells
    two, the other: off exchange beside one on exchange; `moved` then counts the shares of both. value: what was paid, if told.
    issued: the class's share count as told. company_before, company_after: percent of all shares where a source tells it.
    seats: every name that reported this event. serials: every serial. conflicts: what the reports disagree on.
    withdrawn: the notice was withdrawn or replaced: shown, but no balance. status: which of the two, or AMENDMENT where this
    notice stands in the place of another; related: the other notices; status_day: the day of a withdrawal, where told.
    first: filed as a first notifiable interest. open: a code that says nothing of direction without the filer's words.
    way: "up" or "down" where the code's group says which way the figure went. said: our reading of the filer's words.
    duty: what kind of notice the form is, in words; any_size: its duty knows no lowest level (directors).
    parts: derivatives and other legs told beside this one. through: who holds through whom. twin: the notice of the same
    day in another class with the same shares involved, the other half of a conversion. balance_only: told by a list of who
    holds what, which names no event. plan: the document's box that says that a trading plan is behind a transaction, where it
    has one. footnotes: those that the rows of this event refer to, each as a text with its place. amendment: the number of
    an amendment that adds to what was filed before. combined: how the total follows from several persons' cover pages.
    items: the filer's words in numbered items, each as a text with its place. cusips: the class's numbers, as told.
    unlike: why its shares do not compare with those of the entry before (a split, another CUSIP).
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
    status: Status = Status.FILED
    related: tuple[str, ...] = ()
    status_day: date | None = None
    first: bool = False
    open: bool = False
    way: str | None = None
    said: Said | None = None
    duty: str | None = None
    any_size: bool = False
    parts: tuple[Part, ...] = ()
    through: tuple[Through, ...] = ()
    twin: str | None = None
    balance_only: bool = False
    other_price: Figure | None = None
    plan: bool | None = None
    footnotes: tuple[Figure, ...] = ()
    amendment: int | None = None
    combined: str | None = None
    items: tuple[Figure, ...] = ()
    cusips: tuple[str, ...] = ()
    unlike: str | None = None


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
    SUSPECT = "suspect"
    """A figure or day of a notice that is hard to believe: shown as filed, with what is odd about it."""
    WITHDRAWN = "withdrawn"
    """A notice that was withdrawn: what it told no longer stands."""
    LATE = "late"
    """A notice that was filed after its last day, by what is told; the note names what would excuse it."""
    FIRST_PURCHASE = "first purchase"
    """The first purchase known of an insider of whom earlier notices are known."""
    CLUSTER = "cluster"
    """Purchases of several insiders within days."""


class Crossing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Levels before and after on one basis.

    base: what the percentages are of; law: true where that is the base of the law, false where it is only contrast.
    before, after: percent, as figures. before_level, after_level: rounded down; None where bounds leave it open.
    crossed: the levels between the two, in the order passed; empty where none was crossed.
    certain: false where rounding leaves the level open and the filer's printed figure decided it.
    before_from, after_from: shares and issued shares, where these decided a level that the printed percentage alone does not
    give (89,999,000 of 1,000,000,000 printed 9.00), and the percentage behind them where it took part; else empty.
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
    before_from: tuple[Figure, ...] = ()
    after_from: tuple[Figure, ...] = ()


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


def tree(chain: tuple[Through, ...]) -> tuple[tuple[int, Through], ...]:
    """Who holds through whom: each link with its depth below the filer, controllers before those they control.

    A link whose controller the notice does not name as a link stands directly below the filer, and so do links that
    control one another in a circle. Every link comes exactly once.
    """
    names = {_plain(link.name) for link in chain}
    below: dict[str | None, list[int]] = {}
    for at, link in enumerate(chain):
        above = _plain(link.under or "")
        below.setdefault(above if above in names and above != _plain(link.name) else None, []).append(at)
    found: list[tuple[int, Through]] = []
    seen: set[int] = set()
    waiting = [(0, at) for at in reversed([*below.get(None, ()), *range(len(chain))])]
    while waiting:
        depth, at = waiting.pop()
        if at not in seen:
            seen.add(at)
            found.append((depth, chain[at]))
            # Popped: its corporations come next, once, also where several controllers share it.
            waiting.extend((depth + 1, n) for n in reversed(below.pop(_plain(chain[at].name), [])))
    return tuple(found)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
