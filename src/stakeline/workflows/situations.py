"""What is asked, read strictly, and put to a rulebook: the one way from facts to an answer, of `duty` and of `rules test` alike."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec

from stakeline.duties import Answer, assess
from stakeline.model.days import BusinessDays
from stakeline.model.errors import UsageError
from stakeline.model.situations import IssuerFacts, Situation
from stakeline.regimes import days
from stakeline.regimes.rulebooks import rulebook
from stakeline.workflows.strict import Check, Limits, Text, check_of, checked

Struct = TypeVar("Struct", bound=msgspec.Struct)

_NAME = Text(re.compile(r"[A-Za-z][A-Za-z0-9_]*"), "a name of letters, digits and _ such as B_Ltd")
_CLASS = Text(re.compile(r"[A-Z][A-Z0-9_]*"), "a class in capital letters such as A or PREF")
DUTY = Text(re.compile(r"[a-z0-9_]+(\.[a-z0-9_-]+)+"), "a duty's id such as us.13d.initial")
_SHARE = Text(
    re.compile(r"(0|[1-9][0-9]*)((\.[0-9]+)|(/[1-9][0-9]*))?"),
    'a percentage as a JSON string: a decimal or an exact fraction such as "100/3"',
)
_HOME = Text(re.compile(r"(?!UK|EL|EU)[A-Z]{2}|other"), "a country's two letters (ISO 3166: GB, GR) or other")
_MIC = Text(re.compile(r"[A-Z0-9]{4}"), "a market's four letters (ISO 10383)")
_CURRENCY = Text(re.compile(r"[A-Z]{3}"), "a currency's three letters")


def _capital(told: Mapping[str, Any]) -> str | None:
    return None if "issued_shares" in told or "total_votes" in told else "needs issued_shares or total_votes"


def _position(told: Mapping[str, Any]) -> str | None:
    if ("leg" in told) == ("instrument" in told):
        return "needs exactly one of leg and instrument"
    if sum(key in told for key in ("pct", "shares", "votes", "amount")) != 1:
        return "needs exactly one of pct, shares, votes and amount"
    return _together(told, "amount", "currency")


def _filing(told: Mapping[str, Any]) -> str | None:
    return _together(told, "threshold", "crossing")


def _event(told: Mapping[str, Any]) -> str | None:
    for kind, key in (("test_date", "period"), ("class_registered", "route")):
        if (told["type"] == kind) != (key in told):
            return f"an event of type {kind}, and no other, has the key {key}"
    return None


def _together(told: Mapping[str, Any], one: str, other: str) -> str | None:
    return None if (one in told) == (other in told) else f"{one} and {other} belong together"


LIMITS: Final = Limits(
    texts={
        **dict.fromkeys(("Investor.id", "Related.id", "Related.of", "Company.id", "Holding.holder"), _NAME),
        **dict.fromkeys(("Holding.issuer", "Happening.by", "Happening.issuer"), _NAME),
        **dict.fromkeys(("Capital.class", "Holding.class"), _CLASS),
        **dict.fromkeys(("Filing.duty", "Question.duty"), DUTY),
        "Related.votes_pct": _SHARE,
        "IssuerFacts.home_state": _HOME,
        "IssuerFacts.mic": _MIC,
        "Holding.currency": _CURRENCY,
    },
    integers={"Holding.exercisable_in_days": 0, "Basket.companies": 1},
    empty=frozenset(
        (
            "Situation.filings",
            "IssuerFacts.articles_thresholds",
            "Holding.confers",
            "CalendarFacts.black_rainstorm_days",
            "CalendarFacts.gale_warning_days",
        )
    ),
    unique=frozenset(("Investor.roles", "Investor.flags", "IssuerFacts.features", "Holding.confers")),
    keys={"IssuerFacts.classes": _CLASS},
    least={"IssuerFacts": 1, "ShareClass": 1, "CalendarFacts": 1, "Question": 1, "Filing": 2},
    needed={"Basket": ("companies", "max_weight_pct", "all_listed")},
    rules={"Capital": _capital, "Holding": _position, "Filing": _filing, "Happening": _event},
)
"""What the format asks of a situation beyond the types of its nouns."""

_SITUATION: Final[Check] = check_of(Situation, LIMITS)


def situation(told: object, where: str = "given") -> Situation:
    """The situation that a JSON value tells. Raises UsageError: the place, what stands there and what may."""
    checked(told, _SITUATION, where)
    return convert(told, Situation, where)


def convert(told: object, kind: type[Struct], where: str) -> Struct:
    """A struct of JSON that was checked: figures and counts from their strings."""
    try:
        return msgspec.convert(told, kind, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"{where}: {error}") from None


def answer(code: str, asked: Situation) -> Answer:
    """What a rulebook says of a situation. Raises UnknownName: no such rulebook, or no such duty in it."""
    return assess(rulebook(code), asked, calendars)


def calendars(name: str, issuer: IssuerFacts) -> BusinessDays:
    """A legal calendar as it holds for an issuer: of its market or its home, where the law says so."""
    return days.calendar(name, mic=issuer.mic, home=issuer.home_state)
