"""What a duty is asked about: an investor, an issuer, positions over time, reports already made, and what happened.

The vocabulary is closed: a key or value that is not here is an error when it is read, never ignored. Decimals are read
exactly (JSON strings), counts are whole shares, percentages are in percent. A flag, role or feature that is not listed
is false; what any other absent key means stands at the key.
"""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

PersonType: TypeAlias = Literal["individual", "corporation"]
Role: TypeAlias = Literal["director", "chief_executive", "officer", "substantial_shareholder", "issuer"]
FilerType: TypeAlias = Literal["control", "qii", "passive", "exempt"]
System: TypeAlias = Literal["ca_early_warning", "ca_alternative_monthly", "jp_general", "jp_special"]
BaseDays: TypeAlias = Literal["second_and_fourth_monday", "fifteenth_and_last_day"]
Purpose: TypeAlias = Literal["control", "no_control", "general_investment", "simple_investment"]
Flag: TypeAlias = Literal[
    "qualified_lender",
    "approved_lending_agent",
    "pre_registration_holder",
    "section_13f_manager",
    "tax_haven_resident",
]
Relation: TypeAlias = Literal[
    "spouse",
    "minor_child",
    "corporation",
    "controlled",
    "concert_party",
    "trust_as_founder",
    "trust_as_trustee",
    "trust_as_object",
    "managed_fund",
    "group",
]
Market: TypeAlias = Literal["regulated_market", "mtf", "growth_platform"]
Feature: TypeAlias = Literal["sme", "foreign_private_issuer", "under_bid"]
LegName: TypeAlias = Literal[
    "long",
    "short",
    "net_short",
    "holding",
    "votes",
    "capital",
    "shares",
    "instruments",
    "aggregate",
    "acquisition",
    "disposal",
    "lending_pool",
    "section_13f_value",
]
Instrument: TypeAlias = Literal[
    "shares",
    "debentures",
    "call_long",
    "call_written",
    "put_long",
    "put_written",
    "future_long",
    "future_short",
    "cash_settled_long",
    "cash_settled_short",
    "convertible",
    "warrant",
    "borrowed",
    "security_held",
    "security_given",
    "lent",
]
Capacity: TypeAlias = Literal[
    "beneficial_owner", "investment_manager", "market_maker", "trading_book", "trustee", "bare_trustee", "custodian"
]
EventType: TypeAlias = Literal[
    "acquisition",
    "disposal",
    "delivery",
    "agreement_to_buy",
    "broker_error",
    "derivative_entered",
    "derivative_exercised",
    "derivative_ended",
    "shares_borrowed",
    "borrowed_shares_returned",
    "shares_lent",
    "lent_shares_returned",
    "lending_pool_movement",
    "lending_agent_other_use",
    "security_taken",
    "security_enforced",
    "security_given",
    "security_released",
    "concert_agreement",
    "issuer_new_shares",
    "issuer_buyback",
    "total_votes_published",
    "denominator_change",
    "class_registered",
    "listing",
    "offer_period_begins",
    "law_change",
    "appointment",
    "purpose_change",
    "unreported_transaction",
    "test_date",
]
Counterparty: TypeAlias = Literal["approved_lending_agent", "qualified_lender", "other"]
Period: TypeAlias = Literal["day", "base_date", "month", "quarter", "year"]
Cause: TypeAlias = Literal["acquisition", "disposal", "denominator", "none"]
Moment: TypeAlias = Literal["open", "intraday", "close"]
FilingKind: TypeAlias = Literal["initial", "change", "nature", "final"]

PASSIVE: frozenset[str] = frozenset(
    ("issuer_new_shares", "issuer_buyback", "total_votes_published", "denominator_change")
)
"""Events that move a percentage without any act of the holder."""
STATUS: frozenset[str] = frozenset(
    ("class_registered", "listing", "offer_period_begins", "law_change", "appointment", "purpose_change")
)
"""Events that change what is asked of a holding which stands still."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Settings of every struct here: frozen, and an unknown key is an error."""


class Investor(Given, frozen=True, kw_only=True):
    """The person whose duty is asked. type: absent where it does not matter (a form may depend on it).

    filer_type, reporting_system, purpose: absent where the regime has a default or does not ask.
    """

    id: str
    type: PersonType | None = None
    roles: tuple[Role, ...] = ()
    filer_type: FilerType | None = None
    reporting_system: System | None = None
    base_days: BaseDays | None = None
    purpose: Purpose | None = None
    flags: tuple[Flag, ...] = ()


class Related(Given, frozen=True, kw_only=True):
    """A person whose holdings may be attributed to another.

    of: whose relation it is; absent: the investor's. since: the relation's first day; absent: throughout.
    votes_pct: votes held in a `corporation`, a decimal or an exact fraction ("100/3"). accustomed_to_act: whether it acts on instructions;
    absent beside votes that are told: no.
    """

    id: str
    relation: Relation
    of: str | None = None
    type: PersonType | None = None
    roles: tuple[Role, ...] = ()
    since: dt.date | None = None
    votes_pct: str | None = None
    accustomed_to_act: bool | None = None


class ShareClass(Given, frozen=True, kw_only=True):
    """A class of shares; absent keys: it votes, one vote a share."""

    voting: bool = True
    votes_per_share: Decimal = Decimal(1)


class Capital(Given, frozen=True, kw_only=True):
    """Denominators of a class, valid from `date` until the next entry of the class. Counts of shares or votes.

    treasury_shares: part of the issued ones. total_votes: suspended ones included. suspended_votes: part of the total.
    potential_shares_of_others: shares that others may acquire within 60 days.
    """

    date: dt.date
    share_class: str | None = msgspec.field(default=None, name="class")
    issued_shares: int | None = None
    treasury_shares: int | None = None
    total_votes: int | None = None
    suspended_votes: int | None = None
    potential_shares_of_others: int | None = None


class Company(Given, frozen=True, kw_only=True):
    """Another company that matters. held_by_issuer_pct: percent that the issuer holds of it."""

    id: str
    relation: Literal["associated_corporation", "offeror"]
    held_by_issuer_pct: Decimal | None = None
    consideration: Literal["cash", "securities_exchange"] | None = None


class IssuerFacts(Given, frozen=True, kw_only=True):
    """The company and its capital. home_state: ISO 3166 alpha-2, or "other": any state but the regime's own."""

    home_state: str | None = None
    mic: str | None = None
    market: Market = "regulated_market"
    registered: bool = True
    features: tuple[Feature, ...] = ()
    articles_thresholds: tuple[Decimal, ...] | None = None
    fiscal_year_end: dt.date | None = None
    offer_period_began: dt.date | None = None
    classes: dict[str, ShareClass] = {}
    capital: tuple[Capital, ...] = ()
    related: tuple[Company, ...] = ()


class Basket(Given, frozen=True, kw_only=True):
    """The contract is on a basket of companies; max_weight_pct: the heaviest part; all_listed: on recognised exchanges."""

    companies: int | None = None
    max_weight_pct: Decimal | None = None
    all_listed: bool | None = None


class Holding(Given, frozen=True, kw_only=True):
    """What a holder has at the end of `date` (or at `at`): a stock, not a trade; it stands until the next line for it.

    Exactly one of leg and instrument; exactly one of pct, shares, votes and amount. Earlier than the first line: nothing.
    settled: false where contracted and not yet delivered. unissued: the underlying shares are not yet issued.
    confers: what a cash-settled contract gives besides money. overlap_pct: part whose votes stand in the shares leg too.
    """

    date: dt.date
    holder: str
    at: Moment = "close"
    issuer: str | None = None
    share_class: str | None = msgspec.field(default=None, name="class")
    leg: LegName | None = None
    instrument: Instrument | None = None
    pct: Decimal | None = None
    shares: int | None = None
    votes: int | None = None
    amount: Decimal | None = None
    currency: str | None = None
    capacity: Capacity = "beneficial_owner"
    settled: bool = True
    unissued: bool = False
    exercisable_in_days: int | None = None
    confers: tuple[Literal["votes", "right_to_acquire"], ...] = ()
    overlap_pct: Decimal | None = None
    basket: Basket | None = None

    def __post_init__(self) -> None:
        if (self.leg is None) == (self.instrument is None):
            raise ValueError(f"position of {self.date}: exactly one of leg and instrument is needed")
        if sum(v is not None for v in (self.pct, self.shares, self.votes, self.amount)) != 1:
            raise ValueError(f"position of {self.date}: exactly one of pct, shares, votes and amount is needed")

    def on(self, day: dt.date) -> "Holding":
        """The same holding at the end of a later day; an option can then be exercised so many days sooner."""
        days = self.exercisable_in_days
        left = None if days is None else max(days - (day - self.date).days, 0)
        return msgspec.structs.replace(self, date=day, at="close", exercisable_in_days=left)


class Filing(Given, frozen=True, kw_only=True):
    """A report already made. pct: the figure reported. threshold, crossing: where only the crossing was reported."""

    date: dt.date
    form: str | None = None
    duty: str | None = None
    kind: FilingKind | None = None
    leg: LegName | None = None
    pct: Decimal | None = None
    threshold: Decimal | None = None
    crossing: Literal["reached", "exceeded", "fell_below"] | None = None


class Happening(Given, frozen=True, kw_only=True):
    """What happened, and when. by: who acted; absent: the investor. settlement_date: delivery, where it differs.

    material_change: a judgement given as a fact. cause: why the figure differs from the last report.
    """

    type: EventType
    date: dt.date
    by: str | None = None
    issuer: str | None = None
    settlement_date: dt.date | None = None
    condition_date: dt.date | None = None
    counterparty: Counterparty | None = None
    acquired_under_it: bool | None = None
    repudiated: bool | None = None
    route: Literal["ipo", "form_10"] | None = None
    purpose: Purpose | None = None
    period: Period | None = None
    material_change: bool | None = None
    cause: Cause | None = None


class CalendarFacts(Given, frozen=True, kw_only=True):
    """Facts that override or complete a calendar."""

    black_rainstorm_days: tuple[dt.date, ...] = ()
    gale_warning_days: tuple[dt.date, ...] = ()
    saturdays_are_business_days: bool | None = None


class Question(Given, frozen=True, kw_only=True):
    """Set where one of several duties, forms or legs is asked."""

    duty: str | None = None
    form: str | None = None
    leg: LegName | None = None


class Situation(Given, frozen=True, kw_only=True):
    """Everything one question is asked about. aware: when the investor learned of the event; absent: on its day."""

    investor: Investor
    event: Happening
    related: tuple[Related, ...] = ()
    issuer: IssuerFacts = IssuerFacts()
    positions: tuple[Holding, ...] = ()
    filings: tuple[Filing, ...] = ()
    aware: dt.date | None = None
    calendar_facts: CalendarFacts | None = None
    question: Question | None = None


class Occurrence(Happening, frozen=True, kw_only=True):
    """One of the events of a portfolio. aware: when the investor learned of it; absent: on its day."""

    aware: dt.date | None = None


class Portfolio(Given, frozen=True, kw_only=True):
    """One investor's positions in one issuer over time: what is replayed, event by event, under one rulebook.

    events: what happened on the days that need words; on any other day a change of the lines is taken as a purchase or
    a sale, and a change of the capital alone as the issuer's act. filings: reports made; a notice found due is taken as
    made on its event's day until one is told.
    """

    investor: Investor
    related: tuple[Related, ...] = ()
    issuer: IssuerFacts = IssuerFacts()
    positions: tuple[Holding, ...] = ()
    filings: tuple[Filing, ...] = ()
    events: tuple[Occurrence, ...] = ()
    calendar_facts: CalendarFacts | None = None


@lru_cache(maxsize=1 << 12)
def exact(text: str | Decimal) -> Fraction:
    """A percentage or a count as an exact fraction: "5", "0.1", "100/3". Raises ValueError on anything else."""
    if isinstance(text, str) and "/" in text:
        over, _, under = text.partition("/")
        if not (over.strip().isdecimal() and under.strip().isdecimal() and int(under)):
            raise ValueError(f"{text!r} is no fraction of two whole numbers")
        return Fraction(int(over), int(under))
    try:
        return Fraction(Decimal(text))
    except ArithmeticError:
        raise ValueError(f"{text!r} is no decimal number") from None
