"""The measures that a fact can have, with their units and periods: what docs/fact-tables.md says, as data."""

import re
from datetime import date
from enum import StrEnum

import msgspec

from stakeline.model.errors import UsageError
from stakeline.model.moments import parse_day


class Span(StrEnum):
    """Of which time a measure is true."""

    DAY = "a day like 2022-11-15"
    PERIOD = "a period like 2022H1, 2022Q3 or 2022, or days like 2021-04-01..2022-03-31"
    BETWEEN = "days like 2021-12-30..2022-06-30; either side may be blank"
    DAY_OR_NONE = "a day like 2022-11-15, or blank"
    NONE = "blank"


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One measure.

    unit: the only unit it can have. period: of which time it is true. subject: the kinds of subject that it is said of.
    items: what may stand in the column item: None nothing; "*" any word; else one of these.
    basis: what the figure is of where the row does not say it, in words that can be printed ("{item}": the row's item).
    above: the least value ("0" for a count, "+" for a price, which is above zero).
    """

    unit: str
    period: Span
    subject: tuple[str, ...] = ("security", "name")
    items: tuple[str, ...] | None = None
    basis: str
    above: str | None = None


class ResultLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an income statement, in the statement's order.

    name: behind "result." in the vocabulary. label: what it is called in print. loss: what it is called below zero, for
    a line that is a profit or a loss. cost: True where it is an expense, printed as a negative figure in fact tables.
    """

    name: str
    label: str
    loss: str | None = None
    cost: bool = False
    basis: str = "as reported"


_ADJUSTED = "adjusted, as the issuer defines it; not a measure of the accounting standards"

RESULT_LINES = (
    ResultLine(name="revenue", label="revenue"),
    ResultLine(name="cost_of_sales", label="cost of sales", cost=True),
    ResultLine(name="gross_profit", label="gross profit", loss="gross loss"),
    ResultLine(name="selling", label="selling expenses", cost=True),
    ResultLine(name="administrative", label="administrative expenses", cost=True),
    ResultLine(name="research_and_development", label="research and development expenses", cost=True),
    ResultLine(
        name="research_and_development_before_share_based_pay",
        label="research and development expenses without share-based pay",
        cost=True,
        basis="as the issuer defines it, without share-based pay",
    ),
    ResultLine(name="impairment", label="net impairment losses", cost=True),
    ResultLine(name="profit", label="profit for the period", loss="loss for the period"),
    ResultLine(name="profit_attributable", label="profit attributable to owners", loss="loss attributable to owners"),
    ResultLine(name="comprehensive_income", label="total comprehensive income", loss="total comprehensive loss"),
    ResultLine(name="adjusted_ebitda", label="adjusted EBITDA", loss="negative adjusted EBITDA", basis=_ADJUSTED),
    ResultLine(name="adjusted_profit", label="adjusted net profit", loss="adjusted net loss", basis=_ADJUSTED),
    ResultLine(name="earnings_per_share", label="basic earnings per share", loss="basic loss per share"),
)

PRICES = {
    "open": "opening price",
    "high": "intraday high",
    "low": "intraday low",
    "close": "closing price",
    "offer": "offer price",
    "record_high": "intraday high, the highest since listing",
    "record_close": "closing price, the highest since listing",
}


def _vocabulary() -> dict[str, Measure]:
    """Every measure by name."""
    anyone = ("security", "name", "holder")
    names = ("en", "zh-Hant", "zh-Hans", "short", "former")
    words = {
        "name": Measure(unit="text", period=Span.BETWEEN, subject=anyone, items=names, basis="name ({item})"),
        "code": Measure(unit="text", period=Span.BETWEEN, basis="stock code"),
        "seat": Measure(unit="text", period=Span.BETWEEN, subject=("holder",), basis="reported under this name"),
        "peer": Measure(unit="text", period=Span.BETWEEN, basis="compared with"),
        "listing.date": Measure(unit="date", period=Span.NONE, basis="first day of trading"),
    }
    counts = {
        "shares.issued": Measure(
            unit="shares", period=Span.DAY, items=("*",), basis="issued shares ({item})", above="0"
        ),
        "votes.per_share": Measure(
            unit="count", period=Span.DAY_OR_NONE, items=("*",), basis="votes per share ({item})", above="0"
        ),
        "shares.per_ads": Measure(
            unit="count", period=Span.DAY_OR_NONE, basis="shares that one depositary share stands for", above="+"
        ),
        "shares.split": Measure(
            unit="count", period=Span.DAY, basis="shares that each share became by a split", above="+"
        ),
        "shares.consolidation": Measure(
            unit="count", period=Span.DAY, basis="shares that became one by a consolidation", above="+"
        ),
        "fx.rate": Measure(unit="rate", period=Span.DAY, subject=("fx",), basis="exchange rate", above="+"),
        "segment.revenue": Measure(
            unit="currency", period=Span.PERIOD, items=("*",), basis="segment revenue, as reported"
        ),
        "segment.revenue.change": Measure(unit="pct", period=Span.PERIOD, items=("*",), basis="change, as printed"),
        "segment.share": Measure(
            unit="pct", period=Span.PERIOD, items=("*",), basis="of revenue, as printed", above="0"
        ),
    }
    prices = {
        f"price.{name}": Measure(unit="currency", period=Span.DAY, basis=basis, above="+")
        for name, basis in PRICES.items()
    }
    lines = {
        f"result.{line.name}": Measure(unit="currency", period=Span.PERIOD, basis=line.basis) for line in RESULT_LINES
    }
    changes = {name + ".change": Measure(unit="pct", period=Span.PERIOD, basis="change, as printed") for name in lines}
    return {**words, **counts, **prices, **lines, **changes}


VOCABULARY = _vocabulary()

_SUBJECTS = {
    "holder": re.compile(r"holder:[a-z0-9][a-z0-9-]{0,60}", re.ASCII),
    "fx": re.compile(r"fx:[A-Z]{3}/[A-Z]{3}", re.ASCII),
    "name": re.compile(r"name:\S.{0,118}"),
    "security": re.compile(r"hk:[0-9]{5}|(?!hk:|fx:)[a-z]{2}:[A-Z0-9.]{1,20}", re.ASCII),
}


def kind_of(subject: str) -> str | None:
    """What a subject is: "security" ("hk:00020"), "name" ("name:Megvii"), "holder", "fx"; None where it is malformed."""
    return next((kind for kind, pattern in _SUBJECTS.items() if pattern.fullmatch(subject)), None)


_YEAR = re.compile(r"((?:19|20|21)[0-9]{2})(?:(H[12])|(Q[1-4]))?")
_ENDS = {"": (12, 31), "H1": (6, 30), "H2": (12, 31), "Q1": (3, 31), "Q2": (6, 30), "Q3": (9, 30), "Q4": (12, 31)}


def period_end(period: str) -> date | None:
    """The last day of "2022-11-15", "2022H1", "2022Q3", "2022" or "2021-04-01..2022-03-31"; None of anything else."""
    if match := _YEAR.fullmatch(period):
        month, day = _ENDS[match[2] or match[3] or ""]
        return date(int(match[1]), month, day)
    first, dots, last = period.partition("..")
    try:
        end = parse_day(last if dots else first)
        return None if dots and parse_day(first) > end else end
    except UsageError:
        return None


def year_before(period: str) -> str | None:
    """The same period a year before ("2021H1" of "2022H1"); None where it has none."""
    if _YEAR.fullmatch(period):
        return f"{int(period[:4]) - 1}{period[4:]}"
    first, dots, last = period.partition("..")
    try:
        return "..".join(_year_back(parse_day(day)).isoformat() for day in (first, last)) if dots else None
    except UsageError:
        return None


def _year_back(day: date) -> date:
    """The same day a year before; 28 February of 29 February."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
