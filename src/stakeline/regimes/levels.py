"""The levels that a rulebook sets, as crossings, gaps and briefs are handed them: read off its rules, written nowhere else.

A leg's levels are those of the rules that test it for everyone: a first one that is reached and left, and a step above it.
What the noun `Levels` cannot say (levels that are no whole steps apart, "more than" instead of "or more", another denominator,
a version under an older law than the rulebook's own) is left out, so that no level is shown that the law does not have.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import msgspec

from stakeline.model.law import Base, Citation, Levels
from stakeline.model.rules import Exemption, Kind, Rule, Rulebook, Trigger, rungs

_ALL = Fraction(100)
_BASES = {("issued", True): Base.CLASS, ("issued", False): Base.COMPANY, ("all_votes", False): Base.VOTES}
"""What a percentage is of, by denominator and by whether each class is measured alone."""


class _Test(msgspec.Struct, frozen=True):
    """One trigger of one rule, with the levels that it sets."""

    rule: Rule
    trigger: Trigger
    levels: tuple[Fraction, ...]

    def passes(self, level: Fraction, way: str) -> bool:
        """True where this level, passed that way, makes the duty."""
        return level in self.levels and self.trigger.direction in (way, "both")


def levels(book: Rulebook, legs: Iterable[str]) -> tuple[Levels, ...]:
    """All versions of the levels of these legs, oldest first; none for a leg of which the rulebook sets none that can be said."""
    return tuple(found for leg in legs for found in _versions(book, leg))


def _versions(book: Rulebook, leg: str) -> Iterator[Levels]:
    """A leg's versions: a new one wherever a rule of the leg begins or ends and something changes by it."""
    rules = [rule for rule in book.rules if _for_everyone(rule, leg)]
    days = sorted({d for r in rules for d in (r.since, r.until and r.until + timedelta(days=1)) if d is not None})
    last: Levels | None = None
    for at, day in enumerate(days):
        until = days[at + 1] - timedelta(days=1) if at + 1 < len(days) else None
        now = _on(book, leg, [rule for rule in rules if rule.in_force(day)], day, until)
        if last is not None and now is not None and _same(last, now):
            last = msgspec.structs.replace(last, until=until)
            continue
        if last is not None:
            yield last
        last = now
    if last is not None:
        yield last


def _same(one: Levels, other: Levels) -> bool:
    """True where only the days differ."""
    return msgspec.structs.replace(one, since=other.since, until=other.until) == other


def _for_everyone(rule: Rule, leg: str) -> bool:
    """True for a rule that tests this leg of the issuer's own shares, whoever holds them."""
    who, measure = rule.applies, rule.measure
    if measure is None or measure.leg != leg or measure.companies != "issuer":
        return False
    return not (who.flags or who.roles or who.type or who.filer or who.system or who.purpose)


def _tests(rules: Iterable[Rule]) -> Iterator[_Test]:
    """The triggers that look at every event and compare with the figure before it."""
    for rule in rules:
        for trigger in rule.triggers:
            if trigger.kind is Kind.LEVELS and not trigger.events and trigger.against in (None, "before"):
                yield _Test(rule, trigger, rungs(trigger.levels, trigger.first, trigger.step, trigger.to))


def _on(book: Rulebook, leg: str, rules: list[Rule], since: date, until: date | None) -> Levels | None:
    """The levels of a leg under these rules, None where there are none or the noun has no words for them."""
    tests = list(_tests(rules))
    ladder = sorted({level for test in tests for level in test.levels})
    if len(ladder) < 2 or any(test.trigger.up != ">=" or test.trigger.down != "<" for test in tests):
        return None
    floor, steps = ladder[0], {high - low for low, high in pairwise(ladder)}
    measure = tests[0].rule.measure
    base = _BASES.get((measure.denominator, measure.by_class)) if measure is not None else None
    whole = floor.denominator == 1 and all(step.denominator == 1 for step in steps)
    if base is None or len(steps) != 1 or not whole or ladder[-1] + min(steps) <= _ALL:
        return None
    enter, cease = (next((t for t in tests if t.passes(floor, way)), None) for way in ("up", "down"))
    change = next((t for t in tests if all(t.passes(ladder[1], way) for way in ("up", "down"))), None)
    if enter is None or cease is None or change is None or not all(_own(book, t) for t in (enter, cease, change)):
        return None
    small = _small_change(change.rule.exempt)
    return Levels(
        regime=book.folder,
        leg=leg,
        base=base,
        floor=_decimal(floor),
        step=_decimal(min(steps)),
        since=since,
        until=until,
        enter=_cited(book, enter),
        cease=_cited(book, cease),
        change=_cited(book, change),
        half_point=Decimal(small[0]) if small else None,
        half_point_citation=_citation(book, change.rule, small[1]) if small else None,
    )


def _small_change(exempt: Iterable[Exemption]) -> tuple[str, str] | None:
    """The exemption of small changes, as points and section."""
    for one in exempt:
        if one.when is not None and one.when.small_change is not None and one.citation is not None:
            return one.when.small_change.points, one.citation
    return None


def _own(book: Rulebook, test: _Test) -> bool:
    """True where the section is one of the rulebook's own law, as far as its citations name that."""
    return book.short is None or (test.trigger.citation or test.rule.citation).startswith(f"{book.short} ")


def _cited(book: Rulebook, test: _Test) -> Citation:
    return _citation(book, test.rule, test.trigger.citation or test.rule.citation)


def _citation(book: Rulebook, rule: Rule, text: str) -> Citation:
    """A citation of the rulebook, its instrument in full."""
    place = text.removeprefix(f"{book.short} ") if book.short else text
    return Citation(instrument=book.instrument, place=place, confidence=f"{rule.confidence}: {rule.evidence}")


def _decimal(level: Fraction) -> Decimal:
    return Decimal(level.numerator)
