"""Figures and days of a notice that are hard to believe: said as what they are, with why, and never corrected.

Figures that contradict one another within a notice are another matter (`bounds.py`, MISMATCH). Here a figure is at odds
with what there can be (more than all shares), with other sources (the price range of its day), with the day of filing, or
with another notice of the same day.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from stakeline.events.bases import Counts, DayPrices, vouched
from stakeline.events.printed import one_filing, trade_sign
from stakeline.model.figures import Figure
from stakeline.model.law import Direction, Levels
from stakeline.model.notices import Leg, Status
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Stake
from stakeline.reading.supplement import denial

_ALL = 100
_OFF = "off-exchange"
_DERIVATIVES = "derivatives"

Odd = tuple[str, str]
"""A short name of what is odd, and the words for it."""


def suspects(
    entry: Entry, leg: Leg, same_day: Sequence[Entry], counts: Counts, prices: DayPrices, law: Levels | None
) -> Iterator[Odd]:
    """What is odd about an entry.

    same_day: standing entries before it in the timeline and of the same day. law: where known, its floor tells what a
    stake is that a withdrawal makes disappear.
    """
    if entry.withdrawn:
        yield from _withdrawn(entry, law)
        return
    yield from _too_much(entry, leg, counts)
    yield from _prices(entry, leg, prices)
    yield from _denied(entry)
    if entry.filed is not None and entry.event_day is not None and entry.day > entry.filed:
        yield "future", f"the event is said to be of {entry.day}, after the day of filing in the serial ({entry.filed})"
    for other in same_day:
        words = _apart(other, entry, leg)
        if words:
            yield f"same day {other.id}", words


def _denied(entry: Entry) -> Iterator[Odd]:
    """A code that says that shares changed hands, beside words of the filer that say otherwise."""
    words = denial(entry.text, entry.direction) if entry.code and not entry.open else None
    if words is not None:
        deed = "bought" if entry.direction is Direction.ACQUIRE else "sold"
        yield (
            "words",
            f"code {entry.code} says that shares were {deed}, and the filer's own words seem to say otherwise: \u201c{words}\u201d",
        )


def _withdrawn(entry: Entry, law: Levels | None) -> Iterator[Odd]:
    """A notifiable stake that a withdrawal makes disappear. Nothing is odd about one that was replaced."""
    told = entry.after.percent
    if entry.status is Status.WITHDRAWN and told is not None and law is not None and told.number >= law.floor:
        yield (
            "withdrawn",
            f"told {told.number:f}% of the class, at or above the lowest notifiable level, and was withdrawn",
        )


def _too_much(entry: Entry, leg: Leg, counts: Counts) -> Iterator[Odd]:
    """More than all shares of the class: possible only with derivatives over shares that are not issued yet."""
    if any(part.kind == _DERIVATIVES for part in entry.parts):
        return
    for when, stake in (("before", entry.before), ("after", entry.after)):
        if stake.percent is not None and stake.percent.bounds().low > _ALL:
            yield (
                f"percent {when}",
                f"{stake.percent.number:f}% of the class {when} the event: more than all of it, and no derivatives are told",
            )
    issued = _issued(entry, counts)
    if issued is None:
        return
    for what, figure in (("total", entry.after.shares), ("number of shares involved", entry.moved)):
        # Before the event other shares may have been in issue.
        if figure is not None and figure.bounds().low > issued.bounds().high and leg is not Leg.SHORT:
            limit = f"the {issued.number:,f} shares of the class in issue"
            yield (
                f"more than issued {what}",
                f"the {what} of {figure.number:,f} is above {limit}, and no derivatives are told",
            )


def _issued(entry: Entry, counts: Counts) -> Figure | None:
    if entry.issued is not None:
        return entry.issued
    known = counts.of_class(entry.day)
    return known if known is not None and vouched(known, entry.day) else None


def _prices(entry: Entry, leg: Leg, prices: DayPrices) -> Iterator[Odd]:
    """A price outside the day's range; off the exchange any price may be agreed."""
    where = f"{entry.venue or ''} {entry.price.basis if entry.price else ''}".replace(" ", "-")
    if entry.price is not None and _OFF not in where and leg is Leg.LONG:
        yield from _outside(entry.price, "average price", entry.day, prices)
    if entry.highest is not None and leg is Leg.LONG:
        yield from _outside(entry.highest, "highest price", entry.day, prices)


def _outside(price: Figure, what: str, day: date, prices: DayPrices) -> Iterator[Odd]:
    low, high = prices.low(day), prices.high(day)
    for limit, side in ((high, "above the day's highest"), (low, "below the day's lowest")):
        if limit is None or limit.currency != price.currency:
            continue
        told, known = price.bounds(), limit.bounds()
        if told.low > known.high if side.startswith("above") else told.high < known.low:
            yield what, f"the {what} of {price.number:f} is {side}, {limit.number:f} {limit.currency}"


def _apart(first: Entry, last: Entry, leg: Leg) -> str | None:
    """Two standing notices of one day whose totals differ, unless one goes on from the other or its shares explain it."""
    one, other = first.after, last.after
    if (
        one_filing(first, last)
        or not _differ(one, other)
        or _goes_on(one, last.before)
        or _goes_on(other, first.before)
    ):
        return None
    if one.shares is not None and other.shares is not None and _explained(one.shares, other.shares, (first, last), leg):
        return None
    return f"the notice {first.id} of the same day tells {_words(one)} after its event, this one {_words(other)}"


def _differ(one: Stake, other: Stake) -> bool:
    if one.shares is not None and other.shares is not None:
        return one.shares.bounds().meet(other.shares.bounds()) is None
    if one.percent is not None and other.percent is not None:
        return one.percent.bounds().meet(other.percent.bounds()) is None
    return False


def _goes_on(after: Stake, before: Stake) -> bool:
    return before.told and not _differ(after, before)


def _explained(one: Figure, other: Figure, notices: tuple[Entry, Entry], leg: Leg) -> bool:
    """True where the shares of either notice are the difference, in the direction that it says if it says one."""
    change = other.bounds() - one.bounds()
    for entry, turn in ((notices[1], 1), (notices[0], -1)):
        if entry.moved is None:
            continue
        sign = trade_sign(entry, leg)[0]
        moved = entry.moved.bounds()
        for way in (1, -1) if sign is None else (sign,):
            if change.meet(moved if way * turn > 0 else Interval(-moved.high, -moved.low)) is not None:
                return True
    return False


def _words(stake: Stake) -> str:
    if stake.shares is not None:
        return f"{stake.shares.number:,f} shares"
    return f"{stake.percent.number:f}%" if stake.percent is not None else "no total"
