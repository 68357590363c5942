"""Figures beside a duty: every leg of its law before and after an event, and the same holding on bases that are not the law's.

Measured by the engine, with a rule that has the duty's own measure and persons and fires at everything; so nothing of the
law is written twice, and what is not known there is not known here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final, Literal, TypeAlias

import msgspec

from stakeline.duties import Due, assess
from stakeline.duties.figures import Lines
from stakeline.model.days import BusinessDays
from stakeline.model.rules import Deadline, Denominator, Kind, Measure, Passive, Rule, Rulebook, Trigger, When
from stakeline.model.situations import EventType, Holding, IssuerFacts, Situation, exact
from stakeline.regimes import days
from stakeline.regimes.rulebooks import rulebook

Base: TypeAlias = Literal["law", "company", "votes"]
_MAIN: Final = "0"
_LEVELS: Final = "levels"
"""Notices of the probe: the one that measures the duty's own leg, and the one of the levels passed."""
BASES: Final[dict[Base, str]] = {"company": "all shares of the company", "votes": "all votes"}


class Measured(msgspec.Struct, frozen=True):
    """A figure of one leg before and after an event, in percent; not rounded, whatever the law compares.

    of_issued: percent of the issued shares of the class, so that a percentage tells a count.
    """

    leg: str
    before: Fraction
    after: Fraction
    of_issued: bool


class Contrast(msgspec.Struct, frozen=True, kw_only=True):
    """The same move on a base that is not the law's. levels: those of the law, had they been of this base."""

    base: str
    before: Fraction
    after: Fraction
    levels: tuple[Fraction, ...]


class Kept:
    """The positions and the capital of one portfolio, put in order once for each rulebook asked: the engine keeps figures there."""

    def __init__(self, positions: Sequence[Holding], issuer: IssuerFacts) -> None:
        self._told = positions, issuer.capital
        self._lines: dict[int, tuple[Rulebook, Lines]] = {}

    def lines(self, book: Rulebook) -> Lines:
        """The lines, as a rulebook has measured them so far."""
        # Kept with its rulebook, so that no other gets its identity.
        if id(book) not in self._lines:
            self._lines[id(book)] = book, Lines(*self._told)
        return self._lines[id(book)][1]


def legal_days(name: str, issuer: IssuerFacts) -> BusinessDays:
    """A legal calendar as it holds for an issuer: of its market or its home, where the law says so."""
    return days.calendar(name, mic=issuer.mic, home=issuer.home_state)


def legs(due: Due, rule: Rule, asked: Situation, kept: Kept) -> tuple[Measured, ...]:
    """Every leg that the duty's rulebook measures, in the duty's shares, its own first; legs that are not known are left out."""
    found: dict[str, Measured] = {}
    for d, measure in _measured(rule, "law", asked, kept):
        same = (d.company, d.share_class) == (due.company, due.share_class)
        if same and d.leg is not None and d.before is not None and d.after is not None:
            of_issued = measure.denominator == "issued" and not measure.own_potential
            found.setdefault(d.leg, Measured(d.leg, d.before, d.after, of_issued))
    return tuple(found.values())


def contrasts(due: Due, rule: Rule, asked: Situation, kept: Kept) -> tuple[Contrast, ...]:
    """The move on other bases, where the law's is one class of several whose capital is told; none otherwise."""
    several = len({entry.share_class for entry in asked.issuer.capital}) > 1
    if not several or due.company is not None or rule.measure is None or not rule.measure.by_class or not due.levels:
        return ()
    found = []
    for base, words in BASES.items():
        dues = {d.notice: d for d, _ in _measured(rule, base, asked, kept)}
        moved = dues.get(_MAIN)
        if moved is not None and moved.before is not None and moved.after is not None:
            levels = dues[_LEVELS].levels if _LEVELS in dues else ()
            found.append(Contrast(base=words, before=moved.before, after=moved.after, levels=levels))
    return tuple(found)


def level_of(rule: Rule, day: date, figure: Fraction) -> Fraction | None:
    """The highest fixed level of the rule's leg at which a figure stands; None where it is below all."""
    return max((level for trigger in _ladders(rule, day) for level in _at(trigger, figure)), default=None)


def _at(trigger: Trigger, figure: Fraction) -> Iterator[Fraction]:
    """The highest of a trigger's levels at which a figure stands, of the single ones and of the steps."""
    over = [level for level in map(exact, trigger.levels) if figure > level or (figure == level and trigger.up == ">=")]
    if over:
        yield max(over)
    if trigger.first is not None and trigger.step is not None:
        steps = (figure - exact(trigger.first)) / exact(trigger.step)
        count = steps // 1 if trigger.up == ">=" or steps % 1 else steps - 1
        if count >= 0:
            yield min(exact(trigger.first) + count * exact(trigger.step), exact(trigger.to or "100"))


def _ladders(rule: Rule, day: date) -> list[Trigger]:
    """The level triggers that the rule's law has on a day for the rule's leg."""
    leg = rule.measure.leg if rule.measure is not None else None
    return [
        trigger
        for other in rulebook(rule.regime).rules
        if other.measure is not None and other.measure.leg == leg and other.in_force(day)
        for trigger in other.triggers
        if trigger.kind is Kind.LEVELS and not trigger.articles
    ]


def _measured(rule: Rule, base: Base, asked: Situation, kept: Kept) -> list[tuple[Due, Measure]]:
    """What the probe finds, each with how it was measured."""
    day = asked.event.date
    ladders = tuple(_ladders(rule, day)) if base != "law" else ()
    book = _probe(rule.regime, rule.id, rule.since, base, asked.event.type, ladders)
    plain = msgspec.structs.replace(asked, question=None)
    dues = assess(book, plain, legal_days, lines=kept.lines(book), traced=False).dues
    measures = {probe.id: probe.measure for probe in book.rules}
    return [(due, measure) for due in dues if (measure := measures[due.duty]) is not None]


@cache
def _probe(code: str, duty: str, since: date, base: Base, event: EventType, ladders: tuple[Trigger, ...]) -> Rulebook:
    """A rulebook that fires for every figure of a duty's law, whatever it is; and one notice for the levels passed."""
    book = rulebook(code)
    rule = next(r for r in book.versions(duty) if r.since == since)
    plain = msgspec.structs.replace(
        rule,
        since=date.min,
        until=None,
        applies=When(),
        passive=Passive.COUNTS,
        exempt=(),
        variants=(),
        late_sale=False,
        deadline=Deadline(from_text="nothing"),
    )
    measures = _measures(book, rule, base)
    always = (Trigger(kind=Kind.MATERIAL, points="0", events=(event,)),)
    rules = [
        msgspec.structs.replace(plain, id=f"{duty}.{at}", notice=str(at), rank=at, measure=measure, triggers=always)
        for at, measure in enumerate(measures)
    ]
    rules += [
        msgspec.structs.replace(
            plain,
            id=f"{duty}.level{at}",
            notice=_LEVELS,
            rank=len(measures) + at,
            measure=measures[0],
            triggers=(trigger,),
        )
        for at, trigger in enumerate(ladders)
    ]
    return msgspec.structs.replace(book, rules=tuple(rules))


def _measures(book: Rulebook, rule: Rule, base: Base) -> list[Measure]:
    """The rule's own measure, on the base asked, and every other of its law: with all of them, what counts stays known."""
    own = rule.measure
    if own is None:
        return []
    if base != "law":
        kind: Denominator = "votes" if base == "votes" else "issued"
        own = msgspec.structs.replace(own, by_class=False, denominator=kind, denominator_text=BASES[base])
    found = (own, *(r.measure for r in book.rules if r.measure is not None))
    return list(dict.fromkeys(msgspec.structs.replace(m, floor=None if base == "law" else m.floor) for m in found))
