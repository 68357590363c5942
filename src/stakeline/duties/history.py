"""Conditions that look back: at the last notice, at the months before, at the days until delivery."""

from calendar import monthrange
from datetime import date
from fractions import Fraction
from itertools import pairwise

from stakeline.duties.look import Look, figure_of, same
from stakeline.duties.worlds import Missing
from stakeline.model.rules import Acquired, SmallChange
from stakeline.model.situations import Filing, exact


def changed_little(look: Look, rule: SmallChange) -> bool:
    """Whether a level was passed by little since a last notice of the right kind; see `SmallChange`."""
    last = look.reports[-1] if look.reports else None
    if last is None or not _is_of(last, rule):
        return False
    if last.kind is None and not look.world.holds("whether the last notice was of a change of percentage level"):
        return False
    told = figure_of(last)
    if told is None:
        return look.world.holds("whether the figure stayed close to the one in the last notice")
    points, end = exact(rule.points), (look.event.date, 2)
    if look.after.percent // 1 > told // 1:
        return False
    moments = {(last.date, 2), end, *look.case.lines.moments, *((c.date, 2) for c in look.asked.issuer.capital)}
    # Before the first line nothing is told, which is no figure that the last notice could differ from.
    first = max((last.date, 2), look.case.lines.moments[0] if look.case.lines.moments else end)
    since = [moment for moment in moments if first <= moment <= end]
    return all(abs(look.at(moment, intraday=True).percent - told) < points for moment in since)


def _is_of(filing: Filing, rule: SmallChange) -> bool:
    """Whether a notice may be of the kind that the exception needs: what it tells does not speak against it."""
    return (filing.duty is None or same(filing.duty, rule.duty)) and (filing.kind is None or filing.kind in rule.kinds)


def acquired_little(look: Look, rule: Acquired) -> bool:
    """Whether all rises of the last months, the event's included, come to no more than the rule allows."""
    start, end = (_months_before(look.event.date, rule.months), 2), (look.event.date, 2)
    moments = sorted({start, *(moment for moment in look.case.lines.moments if start < moment <= end)})
    figures = [look.at(moment).percent for moment in moments]
    return sum((max(b - a, Fraction(0)) for a, b in pairwise(figures)), Fraction(0)) <= exact(rule.at_most)


def sold_late(look: Look, days: int) -> bool:
    """Whether delivery lies more than so many days of the rule's calendar after the contract."""
    delivery = look.event.settlement_date
    if delivery is None:
        return False
    if look.days is None:
        raise Missing("the calendar that settlement is counted by")
    last = look.days.count(look.event.date, days)
    if delivery <= last.earliest:
        return False
    if last.latest is not None and delivery > last.latest:
        return True
    return look.world.holds(f"whether the sale is delivered within {days} trading days")


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
