"""Small rulebooks and situations of our own, with which the engine is tried apart from any law."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from stakeline.model.days import BusinessDays
from stakeline.model.rules import Rulebook
from stakeline.model.situations import IssuerFacts, Portfolio, Situation
from stakeline.regimes.days import calendar
from stakeline.regimes.rulebooks import parse

_HEAD = """
jurisdiction = "XX"
title = "a law of our own"
regulator = "nobody"
instrument = "the Act"
as_of = 2026-01-01
[[source]]
id = "act"
title = "the Act"
url = "https://example.com"
seen = "text"
"""
_MEASURE = '[measures.m]\nleg = "long"\ndenominator = "issued"\ndenominator_text = "issued shares"\n'
_DUTY = """
[[duty]]
id = "{id}"
name = "{id}"
who = "anyone"
form = "{form}"
citation = "s.1"
sources = ["act"]
confidence = "high"
evidence = "read"
deadline = {{ count = 3, unit = "business_day", calendar = "HK_PARTXV", start = "aware", from_text = "the event" }}
{more}
[[duty.version]]
since = {since}
start = "law"
"""


def duty(trigger: str, more: str = "", *, id: str = "x.a", form: str = "Form", since: str = "2000-01-01") -> str:  # noqa: A002 - what it is
    """One duty over the measure "m", with one trigger (the inside of its table)."""
    parts = f'measure = "m"\n{more}\n[[duty.trigger]]\n{trigger}'
    return _DUTY.format(id=id, form=form, since=since, more=parts)


def book(*duties: str, measure: str = "", attribution: str = "") -> Rulebook:
    """A rulebook of such duties. measure: further lines of the measure. attribution: tables."""
    return parse(f"{_HEAD}{_MEASURE}{measure}\n{attribution}\n{''.join(duties)}", code="x", folder="xx")


def case(event: str = "acquisition", on: str = "2025-06-04", **told: Any) -> Situation:
    """A situation of one event."""
    given: dict[str, Any] = {"investor": {"id": "A"}, "event": {"type": event, "date": on}, **told}
    return msgspec.convert(given, Situation, strict=False)


def portfolio(**told: Any) -> Portfolio:
    """A portfolio of investor A."""
    return msgspec.convert({"investor": {"id": "A"}, **told}, Portfolio, strict=False)


def pct(*figures: str, leg: str = "long", holder: str = "A", first: int = 3, **more: Any) -> list[dict[str, Any]]:
    """Lines of 3 June 2025 and the days after, one for each figure."""
    return [
        {"date": date(2025, 6, first + n), "holder": holder, "leg": leg, "pct": figure, **more}
        for n, figure in enumerate(figures)
    ]


calendars: Callable[[str, IssuerFacts], BusinessDays] = lambda name, _: calendar(name)  # noqa: E731
