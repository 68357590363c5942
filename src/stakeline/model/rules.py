"""The rulebook's nouns: what a duty is made of. A regime's `rules/*.toml` fills them; the engine in `duties/` reads them.

Every text is in our words; every rule names its section of the law, how well it is known and since when. Percentages
are written as exact decimals or fractions of whole numbers ("33.333333" is not one third, "100/3" is).
"""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from stakeline.model.situations import (
    Capacity,
    Cause,
    Counterparty,
    EventType,
    Feature,
    FilerType,
    Flag,
    Instrument,
    LegName,
    Market,
    Period,
    PersonType,
    Purpose,
    Relation,
    Role,
    System,
    exact,
)

Confidence: TypeAlias = Literal["high", "medium", "low"]
Comparator: TypeAlias = Literal[">=", ">"]


class Ruled(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Settings of every struct here: frozen, and an unknown key is an error."""


class Test(Ruled, frozen=True, kw_only=True):
    """A comparison with a percentage: Test.parse(">=5"). A figure that is not known leaves the answer unknown."""

    sign: Literal[">=", ">", "<", "<=", "=="]
    level: str

    @staticmethod
    @lru_cache(maxsize=1 << 10)
    def parse(text: str) -> "Test":
        """Raises ValueError where the text is no comparison."""
        for sign in (">=", "<=", "==", ">", "<"):
            if text.startswith(sign):
                exact(text[len(sign) :].strip())
                return Test(sign=sign, level=text[len(sign) :].strip())
        raise ValueError(f'{text!r} is no comparison such as ">=5"')

    def holds(self, figure: Fraction) -> bool:
        """True where the figure passes."""
        level = exact(self.level)
        match self.sign:
            case ">=":
                return figure >= level
            case ">":
                return figure > level
            case "<":
                return figure < level
            case "<=":
                return figure <= level
            case _:
                return figure == level


class SmallChange(Ruled, frozen=True, kw_only=True):
    """A level was passed by little since the last notice, which must have been of one of these kinds.

    Holds where the last notice of the leg was made under `duty` (a notice of such a kind), the level is now the same as or lower than in it, and
    the figure has at all times since differed from the one in it by less than `points`. (Hong Kong, s.313(7) and (9).)
    """

    points: str
    duty: str
    kinds: tuple[str, ...] = ("change",)


class Acquired(Ruled, frozen=True, kw_only=True):
    """No more than so many points acquired within so many months before and with the event (US, s.13(d)(6)(B))."""

    at_most: str
    months: int


class With(Ruled, frozen=True, kw_only=True):
    """Another leg of the same person in the same class passes a test too, when the event has happened."""

    leg: LegName
    after: str


class When(Ruled, frozen=True, kw_only=True):
    """Conditions; every key that stands must hold, an empty table always holds. A tuple: any of its values.

    Person: type, roles (has one of), not_roles (has none of), filer, system, purpose, flags, not_flags.
    Issuer: home, not_home (states), mic, market, registered, features, not_features, voting (the class votes),
        articles (True: the articles set thresholds), in_offer (an offer period is running or begins).
    Event: events, not_events, act (False: moved without any act of the holder), period (of a test date),
        counterparty, not_counterparty, route, cause, not_cause, material, repudiated, acquired_under_it, settles_after (delivery lies more
        than so many trading days after the contract).
    Figure: before, after (tests of the measured percentage), last (of the last reported one), moved (it changed),
        rose, fell, capacities (every counted line is in one of them), instruments (a line that changed is one of them),
        unissued, associated (lines are of an associated corporation: held_by_issuer_pct passes the test), held (something is held at all).
    History: filed (True: a report was made before), filed_forms (the last report's form begins with one of these).
    Special: asks (what the law or our knowledge of it leaves open: the answer is unknown where it matters), small_change, acquired,
        with_leg. any_of: one of these sets must hold. unless: none of these may hold.
    """

    type: tuple[PersonType, ...] = ()
    roles: tuple[Role, ...] = ()
    not_roles: tuple[Role, ...] = ()
    filer: tuple[FilerType, ...] = ()
    system: tuple[System, ...] = ()
    purpose: tuple[Purpose, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_flags: tuple[Flag, ...] = ()
    home: tuple[str, ...] = ()
    not_home: tuple[str, ...] = ()
    mic: tuple[str, ...] = ()
    market: tuple[Market, ...] = ()
    registered: bool | None = None
    features: tuple[Feature, ...] = ()
    not_features: tuple[Feature, ...] = ()
    voting: bool | None = None
    articles: bool | None = None
    in_offer: bool | None = None
    events: tuple[EventType, ...] = ()
    not_events: tuple[EventType, ...] = ()
    act: bool | None = None
    period: tuple[Period, ...] = ()
    counterparty: tuple[Counterparty, ...] = ()
    not_counterparty: tuple[Counterparty, ...] = ()
    route: tuple[Literal["ipo", "form_10"], ...] = ()
    cause: tuple[Cause, ...] = ()
    not_cause: tuple[Cause, ...] = ()
    material: bool | None = None
    repudiated: bool | None = None
    acquired_under_it: bool | None = None
    settles_after: int | None = None
    before: str | None = None
    after: str | None = None
    last: str | None = None
    moved: bool | None = None
    rose: bool | None = None
    fell: bool | None = None
    held: bool | None = None
    capacities: tuple[Capacity, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    unissued: bool | None = None
    associated: str | None = None
    filed: bool | None = None
    filed_forms: tuple[str, ...] = ()
    asks: str | None = None
    small_change: SmallChange | None = None
    acquired: Acquired | None = None
    with_leg: With | None = None
    any_of: tuple["When", ...] = ()
    unless: tuple["When", ...] = ()

    def __post_init__(self) -> None:
        for text in (self.before, self.after, self.last, self.associated):
            if text is not None:
                Test.parse(text)


class Disregard(Ruled, frozen=True, kw_only=True):
    """Lines that do not enter the figure. Every key that stands must fit the line.

    capacities: held in one of these. up_to, below: while everything held in those capacities is at most, or less than,
    this percent (more counts in full). instruments, confers_nothing: such contracts, where they give money only.
    basket: on a basket of so many companies or more, none over max_weight percent, all listed.
    line_below, basket_weight_below: the line is on a basket, is less than this many percent itself, and no part of the
        basket weighs as much as this. unissued: over shares not yet issued.
    roles: of the holder of the line. filer, flags: of the investor. not_events: never where the event is one of these.
    why, citation: what is said of it.
    """

    why: str
    citation: str
    capacities: tuple[Capacity, ...] = ()
    up_to: str | None = None
    below: str | None = None
    instruments: tuple[Instrument, ...] = ()
    confers_nothing: bool | None = None
    basket_companies: int | None = None
    basket_max_weight: str | None = None
    basket_listed: bool | None = None
    line_below: str | None = None
    basket_weight_below: str | None = None
    unissued: bool | None = None
    roles: tuple[Role, ...] = ()
    filer: tuple[FilerType, ...] = ()
    flags: tuple[Flag, ...] = ()
    not_events: tuple[EventType, ...] = ()


Denominator: TypeAlias = Literal["issued", "issued_less_treasury", "votes", "all_votes", "money"]
"""issued: issued shares of the class. issued_less_treasury: those without treasury shares. votes: total votes as the
issuer gave them (suspended ones included); where only shares are told, issued shares less treasury shares, times the
votes of a share. all_votes: the same, own shares' votes left in. money: no percentage, an amount in `currency`."""


class Measure(Ruled, frozen=True, kw_only=True):
    """What is measured. leg: the leg tested. accepts: names of legs whose lines are this figure too ("votes", "holding").

    A figure that one holder tells under more than one of these names is taken from the first of them that has lines.
    sum_of: the legs whose sum it is, votes that stand in both counted once (`overlap_pct`).
    instruments: raw lines that enter the leg at their full number. memo: raw lines that are known and never added.
        A raw line of any other instrument leaves the figure unknown where it matters.
    own_potential: shares that the holder may still acquire (lines of the instruments in `potential`) enter the denominator too, when the
        lines are counts. within_days: options exercisable later than this are left out.
    by_class: each class is measured alone (otherwise all classes together).
    floor: the figure is rounded down to a multiple of this many percent before it is compared.
    companies: "issuer", "associated" (each associated corporation) or "bid" (the issuer, and each offeror that pays in securities; each alone).
    intraday: whether a figure reached and left within the day counts.
    """

    leg: LegName
    accepts: tuple[LegName, ...] = ()
    sum_of: tuple[LegName, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    memo: tuple[Instrument, ...] = ("lent", "security_given")
    denominator: Denominator = "issued"
    denominator_text: str
    currency: str | None = None
    own_potential: bool = False
    potential: tuple[Instrument, ...] = ("call_long", "convertible", "warrant")
    within_days: int | None = None
    by_class: bool = True
    floor: str | None = None
    companies: Literal["issuer", "associated", "bid"] = "issuer"
    intraday: Literal["ignored", "counts", "unsettled"] = "unsettled"
    disregard: tuple[Disregard, ...] = ()


class Kind(StrEnum):
    """How a trigger works.

    LEVELS: levels passed, up or down. DISTANCE: so many points from the last reported figure. CHANGE: any change of the
    figure. EVENT: the happening itself (its `events`), whatever the figure. DEALING: a dealing by someone at or over the
    first level before or after it. STATUS: the first level is exceeded when one of `events` happens. MATERIAL: what was reported has changed
    materially; `points` is deemed material. AMOUNT: money over a level on a test day of the window. DISREGARD: no duty
    at all, only an exemption that other duties of the regime apply.
    """

    LEVELS = "levels"
    DISTANCE = "distance"
    CHANGE = "change"
    EVENT = "event"
    DEALING = "dealing"
    STATUS = "status"
    MATERIAL = "material"
    AMOUNT = "amount"
    DISREGARD = "disregard"


class Trigger(Ruled, frozen=True, kw_only=True):
    """What makes the duty arise.

    levels: fixed ones; first, step, to: first, then every step up to `to` (100 where absent). articles: those of the articles of association (`least`: the lowest allowed;
        `levels`: all that the law allows them, passed where the articles are not told: the answer is then unknown).
    up, down: how a level is passed upwards (">=": reached or exceeded; ">": exceeded only) and which side of it a fall must end on
        ("<": below it; "<=": at or below it). reach: a fall to exactly the level counts too ("reach, exceed or fall below").
    exact: what is unsettled about a figure that stands exactly on a level; the answer is then unknown.
    direction: which passings count. first_alone: entering or leaving lists the first level and no other.
    against: what the figure is compared with: "before" the event; the last "report" (none made: nothing); the last "test" day.
        Absent: before the event, for a distance the last report, without which the answer is unknown; a distance "before" is
        from the figure before the event where no report was made.
    points, comparator: the distance, and whether it must be reached (">=") or exceeded (">"). change: its name in answers.
    events: of EVENT, STATUS, DEALING; for other kinds: the only events that count (empty: all that happen to a holding).
    amount, currency, comparator, test, window: of AMOUNT. test: "month_end", or "dealt" (the sum dealt within the window).
    tested: periods of a test date at which this trigger is looked at; empty: never by a test date, only by events.
    """

    kind: Kind
    levels: tuple[str, ...] = ()
    first: str | None = None
    step: str | None = None
    to: str | None = None
    articles: bool = False
    least: str | None = None
    up: Comparator = ">="
    down: Literal["<", "<="] = "<"
    reach: bool = False
    exact: str | None = None
    direction: Literal["up", "down", "both"] = "both"
    first_alone: bool = False
    against: Literal["before", "report", "test"] | None = None
    points: str | None = None
    comparator: Comparator = ">="
    change: Literal["at_least_1", "at_least_2", "more_than_2", "any"] | None = None
    events: tuple[EventType, ...] = ()
    amount: str | None = None
    currency: str | None = None
    test: Literal["month_end", "dealt"] | None = None
    window: Literal["year", "quarter", "six_months"] | None = None
    tested: tuple[Period, ...] = ()
    citation: str | None = None


@lru_cache(maxsize=1 << 10)
def rungs(levels: tuple[str, ...], first: str | None, step: str | None, to: str | None) -> tuple[Fraction, ...]:
    """The levels that a trigger sets, lowest first: those of its list, and a first one with every step above it up to the last."""
    found = {exact(level) for level in levels}
    if first is not None and step is not None:
        at, width, end = exact(first), exact(step), exact(to or "100")
        while at <= end:
            found.add(at)
            at += width
    return tuple(sorted(found))


Unit: TypeAlias = Literal["business_day", "trading_day", "working_day", "weekday", "calendar_day", "day"]


class Deadline(Ruled, frozen=True, kw_only=True):
    """By when. `count` days of `unit` after the day it is counted from, that day not counted.

    start: "event" (the day the duty rests on: contract, or delivery for a sale where the regime says so), "aware" (that
        day, or the day of knowledge where later), "month_end", "quarter_end", "year_end" (of the event's period),
        "fiscal_year_end". day_of_month: the day of the month after the start, instead of a count. count 0: the start itself.
    deemed: knowledge is taken no later than so many days of the unit after the event. roll: an end that is no business day moves to the next. calendar: id of the legal calendar.
    unit "day": the law says "days" and it is not settled which; the answer is then the span from calendar to trading days.
    time, zone: cut-off of that day. text: in words, for what is not arithmetic ("promptly"); without a count the day is unknown.
    from_text: what it is counted from, in words.
    """

    count: int | None = None
    unit: Unit | None = None
    calendar: str | None = None
    start: Literal["event", "aware", "month_end", "quarter_end", "year_end", "fiscal_year_end"] = "event"
    day_of_month: int | None = None
    deemed: int | None = None
    roll: bool = False
    time: str | None = None
    zone: str | None = None
    text: str | None = None
    from_text: str


class Exemption(Ruled, frozen=True, kw_only=True):
    """Frees of the duty where its conditions hold; without conditions it is words only, for a reader to weigh.

    unsettled: what is not known of it; where the conditions hold the answer is then unknown.
    """

    text: str
    citation: str | None = None
    when: When | None = None
    unsettled: str | None = None


class Passive(StrEnum):
    """Whether a figure moved only by the denominator counts.

    UNSETTLED: the answer is unknown. LATER: only with the holder's next act, which then counts as passing the level.
    """

    COUNTS = "counts"
    DOES_NOT = "does not"
    UNSETTLED = "unsettled"
    LATER = "later"


class Attribution(Ruled, frozen=True, kw_only=True):
    """How the holdings of a related person count as the investor's own.

    share: "whole", "none", or "instead" (a group's own figure stands for everyone's, and the group reports), "total" (lines are totals that take
    the place of the investor's own). votes: a test of votes_pct ("corporation" only). accustomed: acting on instructions is enough.
    not_roles: not where the related person has one of these roles. A relation that a rulebook does not name leaves the
    answer unknown where the person's lines matter.
    """

    share: Literal["whole", "none", "instead", "total"]
    votes: str | None = None
    accustomed: bool = False
    not_roles: tuple[Role, ...] = ()
    citation: str
    confidence: Confidence = "high"


class Source(Ruled, frozen=True, kw_only=True):
    """A text that the rules were taken from. seen: how much of it was readable then."""

    id: str
    title: str
    url: str
    seen: str


class Variant(Ruled, frozen=True, kw_only=True):
    """Where `when` holds, these stand in the place of the rule's own. Variants are tried in order; each that holds applies."""

    when: When
    form: str | None = None
    trigger: Trigger | None = None
    deadline: Deadline | None = None
    citation: str | None = None


class Rule(Ruled, frozen=True, kw_only=True):
    """One version of one duty.

    since: its first day, or the first for which it is known (`start` "seen": it may be older, and earlier days are unknown).
    until: its last day, None: in force. ended: of a last version that is no more in force: what became of the duty. before: of the first version: what is known of the days before it; none_before: there was no such duty.
    notice: rules with the same word are answered by one notice (their levels are listed together). rank: of several duties due at once
        the lowest is the main answer. applies: whom and what it concerns. late_sale: a sale counts when delivered, not when agreed.
    reports: ids of the duties whose reports are this one's last reports; none: all reports of its leg.
    form: name of the form; recipients: who gets it. `open`: what is not settled about it.
    """

    regime: str
    id: str
    name: str
    who: str
    since: date
    until: date | None = None
    start: Literal["law", "seen"]
    before: str | None = None
    none_before: bool = False
    ended: str | None = None
    version: str | None = None
    rank: int
    notice: str
    applies: When = When()
    measure: Measure | None = None
    triggers: tuple[Trigger, ...]
    passive: Passive = Passive.UNSETTLED
    passive_text: str | None = None
    passive_citation: str | None = None
    attribution: dict[Relation, Attribution] = {}
    exempt: tuple[Exemption, ...] = ()
    late_sale: bool = False
    reports: tuple[str, ...] = ()
    form: str | None = None
    deadline: Deadline
    variants: tuple[Variant, ...] = ()
    recipients: tuple[str, ...] = ()
    consequences: str | None = None
    citation: str
    sources: tuple[str, ...]
    confidence: Confidence
    evidence: str
    open: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """True where this version is known to apply on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Rulebook(Ruled, frozen=True, kw_only=True):
    """The duties of one body of law. code: its name ("hk_sfo_part_xv"); folder: the jurisdiction's ("hk").

    defaults: of keys that may be absent: an investor's "filer_type", "reporting_system", "purpose", "type"; an issuer's "home_state", "mic".
    as_of: the day to which the law was followed. definitions: common terms, in our words. short: what its citations call the instrument
        ("SFO" of "SFO s.313(1)(c)"), where they name it.
    """

    code: str
    folder: str
    jurisdiction: str
    title: str
    regulator: str
    instrument: str
    short: str | None = None
    as_of: date
    definitions: tuple[str, ...] = ()
    defaults: dict[str, str] = {}
    calendars: dict[str, str] = {}
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    questions: tuple[str, ...] = ()

    def versions(self, duty: str) -> tuple[Rule, ...]:
        """All versions of one duty, oldest first; empty where there is no such duty."""
        return tuple(rule for rule in self.rules if rule.id == duty)

    def duties(self) -> tuple[str, ...]:
        """The ids of its duties, in their order."""
        return tuple(dict.fromkeys(rule.id for rule in self.rules))
