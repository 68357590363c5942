"""What makes a duty arise: each kind of trigger, put to one look at a situation."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import lcm
from typing import Final

import msgspec

from stakeline.duties.answers import Way
from stakeline.duties.conditions import material
from stakeline.duties.look import NO_HOLDING, Look
from stakeline.duties.worlds import Missing
from stakeline.model.rules import Kind, Trigger, rungs
from stakeline.model.situations import STATUS, Happening, exact

_UP: Final[Way] = "up"
_DOWN: Final[Way] = "down"


class Fired(msgspec.Struct, frozen=True):
    """What a trigger found. reference: the figure that the one after the event was compared with."""

    levels: tuple[Fraction, ...]
    direction: Way
    reason: str
    change: str | None = None
    reference: Fraction | None = None


def group_reports(trigger: Trigger, look: Look) -> bool:
    """Whether a group to which the investor belongs reports in its place: its own figure is at or over the first level."""
    group = look.group() if look.rule.measure is not None else None
    levels = ladder_of(trigger, look).levels
    return group is not None and bool(levels) and _over(trigger, group.percent, levels[0])


def fired(trigger: Trigger, look: Look) -> Fired | None:
    """What the trigger finds, None where it does not fire. Raises Asked and Missing where a needed fact is not told."""
    find = _KINDS.get(trigger.kind)
    return None if find is None else find(trigger, look)


class Ladder:
    """Levels, lowest first, ready to be compared in whole numbers: each level times `scale` is one."""

    def __init__(self, levels: Iterable[Fraction]) -> None:
        self.levels = tuple(sorted(set(levels)))
        self.scale = lcm(*(level.denominator for level in self.levels)) if self.levels else 1
        self._whole = [int(level * self.scale) for level in self.levels]

    def reached(self, figure: Fraction) -> int:
        """How many levels the figure is at or over."""
        return bisect_right(self._whole, figure.numerator * self.scale // figure.denominator)

    def exceeded(self, figure: Fraction) -> int:
        """How many levels the figure is over."""
        return bisect_left(self._whole, -(-figure.numerator * self.scale // figure.denominator))

    def has(self, figure: Fraction) -> bool:
        """Whether the figure stands exactly on a level."""
        return self.reached(figure) != self.exceeded(figure)


@cache
def ladder(levels: tuple[str, ...], first: str | None, step: str | None, to: str | None) -> Ladder:
    """The levels that a law sets."""
    return Ladder(rungs(levels, first, step, to))


def ladder_of(trigger: Trigger, look: Look) -> Ladder:
    """The levels that hold for the issuer: the law's, or those of its articles."""
    if not trigger.articles:
        return ladder(trigger.levels, trigger.first, trigger.step, trigger.to)
    articles = look.asked.issuer.articles_thresholds
    if articles is None:
        return ladder(trigger.levels, None, None, None)
    least = exact(trigger.least) if trigger.least is not None else Fraction(0)
    return Ladder(level for told in articles if (level := Fraction(told)) >= least)


def passed(
    trigger: Trigger, steps: Ladder, before: Fraction, after: Fraction, *, over: bool | None = None
) -> tuple[tuple[Fraction, ...], Way]:
    """The levels between two figures, and the way they were passed: up, down or none.

    over: what is supposed of a figure exactly on a level, where the law is unsettled: True, only more than it passes.
    """
    if over is None:
        upwards, downwards = trigger.up == ">", trigger.down == "<="
        over = upwards if upwards == downwards or after > before else downwards
    count = steps.exceeded if over else steps.reached
    was, now = count(before), count(after)
    if was == now and not trigger.reach:
        return (), "none"
    low, high = (was, now) if was < now else (now, was)
    found, way = steps.levels[low:high], _UP if after > before else _DOWN
    if trigger.reach and after < before and steps.has(after) and after not in found:
        found = (after, *found)
    if not found or trigger.direction not in (way, "both"):
        return (), "none"
    return (steps.levels[:1] if trigger.first_alone and low == 0 else found), way


def _levels(trigger: Trigger, look: Look) -> Fired | None:
    steps = ladder_of(trigger, look)
    if not steps.levels:
        return None
    after = look.after.percent
    before = _reference(trigger, look)
    over = None
    if trigger.exact is not None and (steps.has(after) or steps.has(before)):
        over = look.world.holds(trigger.exact)
    if look.rule.passive == "later" and look.act and after > look.before.percent:
        before = min(before, look.reported() or Fraction(0))
    found, way = passed(trigger, steps, before, after, over=over)
    if not found and not _same_day_unsettled(trigger, look, steps, before):
        return None
    if look.event.type in STATUS and trigger.events:
        way = "none"
    return Fired(found, way, "", reference=look.before.percent if look.rule.passive == "later" else before)


def _same_day_unsettled(trigger: Trigger, look: Look, steps: Ladder, before: Fraction) -> bool:
    """Whether a level was reached and left within the day, and it is supposed that this counts."""
    if look.measure.intraday == "ignored" or not look.case.lines.intraday:
        return False
    at = [m for m in look.case.lines.moments if m[0] == look.event.date and m[1] == 1]
    peaks = (look.at(moment, intraday=True).percent for moment in at)
    if not any(passed(trigger, steps, before, peak)[0] for peak in peaks):
        return False
    return look.measure.intraday == "counts" or look.world.holds("whether a level passed within the day only counts")


def _reference(trigger: Trigger, look: Look) -> Fraction:
    """What the figure after the event is compared with."""
    if trigger.against == "report":
        return look.reported() or Fraction(0)
    if trigger.against == "test":
        return look.at((_last_test(look.event), 2)).percent
    return look.before.percent


def _last_test(event: Happening) -> date:
    """The test day before this one."""
    day = event.date
    match event.period:
        case "month":
            return day.replace(day=1) - timedelta(days=1)
        case "quarter":
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
        case "year":
            return date(day.year - 1, 12, 31)
        case _:
            return day - timedelta(days=1)


def _distance(trigger: Trigger, look: Look) -> Fired | None:
    last = look.reported()
    after = look.after.percent
    if last is None and trigger.against == "before":
        last = look.before.percent
    if last is None:
        if not look.moved:
            return None
        raise Missing("the percentage in the last report")
    points = exact(trigger.points or "0")
    moved = abs(after - last)
    if not (moved > points if trigger.comparator == ">" else moved >= points):
        return None
    name = trigger.change or f"{'more_than' if trigger.comparator == '>' else 'at_least'}_{trigger.points}"
    way = _UP if after > last else _DOWN
    if trigger.direction not in (way, "both"):
        return None
    return Fired((), way, "", name, last)


def _dealing(trigger: Trigger, look: Look) -> Fired | None:
    if not look.act or not _dealt_in(look):
        return None
    first = ladder_of(trigger, look).levels[0]
    before, after = look.before.percent, look.after.percent
    over = [f > first if trigger.up == ">" else f >= first for f in (before, after)]
    return Fired((first,), look.way(), "a dealing", reference=before) if any(over) else None


def _dealt_in(look: Look) -> bool:
    """Whether what was dealt in is one of the companies that the measure looks at."""
    company = look.event.issuer
    if company is None or look.measure.companies != "bid":
        return company == look.company or company is None
    told = next((c for c in look.asked.issuer.related if c.id == company), None)
    return told is not None and told.relation == "offeror" and told.consideration != "cash"


def _status(trigger: Trigger, look: Look) -> Fired | None:
    levels = ladder_of(trigger, look).levels
    if not levels or not _over(trigger, look.after.percent, levels[0]):
        return None
    if look.event.type == "law_change" and _was_caught(look, trigger):
        return None
    return Fired((levels[0],), "none", look.event.type.replace("_", " "))


def _was_caught(look: Look, trigger: Trigger) -> bool:
    """Whether the version before, or none that begins now, already asked for a notice of the holding."""
    earlier = [v for v in look.case.book.duties[look.rule.id] if v.since < look.rule.since]
    if abs((look.event.date - look.rule.since).days) > 7:
        return True
    first = [levels[0] for t in (earlier[-1].triggers if earlier else ()) if (levels := ladder_of(t, look).levels)]
    return bool(first) and _over(trigger, look.after.percent, min(first))


def _over(trigger: Trigger, figure: Fraction, level: Fraction) -> bool:
    return figure > level if trigger.up == ">" else figure >= level


def _material(trigger: Trigger, look: Look) -> Fired | None:
    if look.rule.measure is None:
        return Fired((), look.way(), "a material change") if material(look) else None
    reference = look.reported() if trigger.against == "report" else look.before.percent
    if reference is None:
        reference = look.before.percent
    after = look.after.percent
    moved = abs(after - reference)
    way: Way = "none" if after == reference else "up" if after > reference else "down"
    if trigger.points is not None:
        points = exact(trigger.points)
        if moved > points if trigger.comparator == ">" else moved >= points:
            return Fired((), way, "a change deemed material", trigger.change, reference)
    return Fired((), way, "a material change", trigger.change, reference) if material(look) else None


def _amount(trigger: Trigger, look: Look) -> Fired | None:
    level = exact(trigger.amount or "0")
    figures = list(_dealt(look, trigger) if trigger.test == "dealt" else _month_ends(look))
    over = [f > level if trigger.comparator == ">" else f >= level for f in figures]
    return Fired((level,), "up", "the amount is over the limit", reference=max(figures)) if any(over) else None


def _month_ends(look: Look) -> Iterator[Fraction]:
    """The value on the last day of each month of the year that the period asked belongs to."""
    day = look.event.date
    year = day.year if day.month == 12 else day.year - 1
    for month in range(1, 13):
        yield look.at((date(year, month, monthrange(year, month)[1]), 2)).percent


def _dealt(look: Look, trigger: Trigger) -> Iterator[Fraction]:
    """The money dealt within the window, to the event."""
    day = look.event.date
    months = {"quarter": (day.month - 1) % 3, "six_months": 5, "year": day.month - 1}[trigger.window or "quarter"]
    first = (day.year * 12 + day.month - 1) - months
    start = date(first // 12, first % 12 + 1, 1)
    moments = [m for m in look.case.lines.moments if start <= m[0] <= day]
    figures = [look.at((start, 0)).percent, *(look.at(m).percent for m in moments)]
    yield sum((abs(b - a) for a, b in pairwise(figures)), Fraction(0))


def _change(trigger: Trigger, look: Look) -> Fired | None:
    if not look.moved:
        return None
    return Fired((), look.way(), "the holding changed", trigger.change or "any", look.before.told)


def _event(_: Trigger, look: Look) -> Fired | None:
    if not look.acts():
        return None
    # A sale that is delivered late changes nothing but the nature of what is held: until delivery the figure stands.
    way = "none" if look.rule.applies.settles_after is not None else _status_way(look)
    return Fired((), way, look.event.type.replace("_", " "))


def _status_way(look: Look) -> Way:
    """The way of an event: none where it only changes what is asked of a holding that stands still."""
    return "none" if look.event.type in NO_HOLDING or look.event.type == "test_date" else look.way()


_KINDS: Final[dict[Kind, Callable[[Trigger, Look], Fired | None]]] = {
    Kind.LEVELS: _levels,
    Kind.DISTANCE: _distance,
    Kind.CHANGE: _change,
    Kind.EVENT: _event,
    Kind.DEALING: _dealing,
    Kind.STATUS: _status,
    Kind.MATERIAL: _material,
    Kind.AMOUNT: _amount,
}
