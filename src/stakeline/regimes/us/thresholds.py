"""The levels of Regulation 13D-G, read off its rulebook: more than 5% to enter, more than 10%, and 20% for a passive holder.

They are no steps: above 5% a 13D is amended for whatever is material, so between two notices nothing follows from them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from stakeline.model.law import Base, Citation, Levels
from stakeline.model.notices import Leg
from stakeline.model.rules import Rule, Rulebook
from stakeline.regimes.rulebooks import rulebook

RULEBOOK = "us_13d_13g"
_ENTER, _AMEND = "us.13d.initial", ("us.13d.amend", "us.13g.amend.periodic")
_ABOVE = ("us.13g.amend.10.passive", "us.13g.loss")
"""Duties that have a level of their own above the first."""


def thresholds() -> tuple[Levels, ...]:
    """The versions of the levels, oldest first: a new one from the day on which a duty with a level of its own is known."""
    book = rulebook(RULEBOOK)
    duties = [book.versions(duty)[0] for duty in (_ENTER, *_ABOVE)]
    days = sorted({rule.since for rule in duties})
    last = [day - timedelta(days=1) for day in days[1:]]
    return tuple(
        _levels(book, [rule for rule in duties if rule.since <= day], day, until)
        for day, until in zip(days, [*last, None], strict=True)
    )


def _levels(book: Rulebook, duties: list[Rule], since: date, until: date | None) -> Levels:
    rungs = dict(sorted(found for rule in duties for found in _rungs(rule)))
    amend = [book.versions(duty)[0] for duty in _AMEND]
    return Levels(
        regime="us",
        leg=Leg.LONG.value,
        base=Base.CLASS,
        floor=Decimal(min(rungs)),
        step=Decimal(min(rungs)),
        since=since,
        until=until,
        enter=_citation(book, duties[:1]),
        cease=_citation(book, amend),
        change=_citation(book, [amend[0], *duties[1:]]),
        rungs=tuple(rungs),
        over=tuple(level for level, over in rungs.items() if over),
    )


def _rungs(rule: Rule) -> Iterator[tuple[int, bool]]:
    """The levels of a duty, and whether they are passed by more than the level alone."""
    for trigger in rule.triggers:
        for level in trigger.levels:
            yield int(level), trigger.up == ">"


def _citation(book: Rulebook, rules: list[Rule]) -> Citation:
    place = "; ".join(dict.fromkeys(rule.citation for rule in rules))
    return Citation(instrument=book.instrument, place=place, confidence=rules[0].confidence)
