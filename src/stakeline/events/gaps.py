"""What happened between two notices without a notice: bounds on the net change, and what the level rule adds.

The bounds hold whether or not the law was kept. The second part stands only "if the law was kept": while the level does
not change no notice is due, so between two notices the level was that of both ends.
"""

from collections.abc import Sequence
from decimal import Decimal

from stakeline.events.bases import Counts
from stakeline.events.bounds import HUNDRED, Ends, Side, implied_issued
from stakeline.events.crossings import Level, below_floor, common_levels, level_on
from stakeline.events.printed import trade_sign, whole_shares
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base, Levels
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Gap


def gap_between(first: Ends, last: Ends, shares: str, counts: Counts, law: Levels | None) -> Gap:
    """The gap between two consecutive entries. shares: how to print them; law: None where none is known for both days."""
    net = _net(first, last, (), shares)
    lawful, note = _if_lawful(first, last, shares, counts, law) if law is not None else (None, None)
    return Gap(
        first=first.entry.id,
        last=last.entry.id,
        start=first.entry.day,
        end=last.entry.day,
        net=net,
        points=_points(first, last),
        why=None if net else last.entry.unlike or "; ".join(w for w in (first.after.why, last.before.why) if w),
        if_lawful=lawful,
        lawful_note=note,
    )


def gap_across(first: Ends, between: Sequence[Ends], last: Ends, leg: Leg, shares: str) -> Gap | None:
    """The gap between two entries across others that tell no totals. None where the shares those moved are not told.

    What they notified is taken out of the net change, so that what is left went unseen.
    """
    notified = [_notified(e, leg) for e in between]
    told = [n for n in notified if n is not None and not any(e.entry.unlike for e in between)]
    net = _net(first, last, told, shares) if len(told) == len(between) else None
    if net is None:
        return None
    days = ", ".join(str(e.entry.day) for e in between)
    return Gap(
        first=first.entry.id,
        last=last.entry.id,
        start=first.entry.day,
        end=last.entry.day,
        net=net,
        lawful_note=f"a notice without totals lies between ({days}): which levels were passed when is not told",
    )


def notified_words(between: Sequence[Ends], leg: Leg) -> str:
    """What the entries without totals say that they moved: "of which notified: sold 50,000,000 shares on 2023-06-21"."""
    verbs = {1: "bought", -1: "sold", None: "involved"}
    parts = [
        f"{verbs[trade_sign(e.entry, leg)[0]]} {e.entry.moved.number:,f} shares on {e.entry.day}"
        for e in between
        if e.entry.moved
    ]
    return "apart from what was notified between: " + "; ".join(parts)


def _notified(without_totals: Ends, leg: Leg) -> tuple[Figure, Interval, str] | None:
    """Shares that an entry without totals moved: as told, with sign, and in words; None where they are not told."""
    moved, sign = without_totals.entry.moved, trade_sign(without_totals.entry, leg)[0]
    if moved is None:
        return None
    if sign is None:
        return (
            moved,
            (-moved.bounds()).hull(moved.bounds()),
            f"give or take the shares involved on {without_totals.entry.day}",
        )
    words = f"{'+' if sign < 0 else '-'} shares {'sold' if sign < 0 else 'bought'} on {without_totals.entry.day}"
    return moved, moved.bounds() if sign > 0 else -moved.bounds(), words


def _net(first: Ends, last: Ends, notified: Sequence[tuple[Figure, Interval, str]], shares: str) -> Figure | None:
    """Held right before the later notice less held right after the earlier, less what was notified between."""
    start, end = first.after.shares, last.before.shares
    if start is None or end is None or last.entry.unlike:
        return None
    result, value = end.bounds() - start.bounds(), end.number - start.number
    formula = f"held right before {last.entry.day} - held right after {first.entry.day}"
    for moved, signed, words in notified:
        result -= signed
        value -= moved.number * (1 if signed.low >= 0 else -1 if signed.high <= 0 else 0)
        formula += f" {words}"
    return derive(
        formula,
        (end, start, *(moved for moved, _, _ in notified)),
        result,
        unit="shares",
        basis=f"{shares}, net change that went unseen",
        day=f"{first.entry.day}/{last.entry.day}",
        value=value if value in result else None,
    )


def _points(first: Ends, last: Ends) -> Figure | None:
    start, end = first.after.percent_span(), last.before.percent_span()
    if start is None or end is None:
        return None
    result = end - start
    sides = (last.before, first.after)
    value = _between(last.before.told.percent, first.after.told.percent)
    return derive(
        f"percentage right before {last.entry.day} - percentage right after {first.entry.day}"
        " (printed ones within one unit of their last digit)",
        tuple(f for side in sides for f in _percent_inputs(side)),
        result,
        unit="pp",
        basis="percentage points of the class, net change that went unseen",
        day=f"{first.entry.day}/{last.entry.day}",
        value=value if value is not None and value in result else None,
    )


def _percent_inputs(side: Side) -> tuple[Figure, ...]:
    counted = (side.shares, side.issued) if side.shares is not None and side.issued is not None else ()
    return tuple(f for f in (side.told.percent, *counted) if f is not None)


def _between(end: Figure | None, start: Figure | None) -> Decimal | None:
    return end.number - start.number if end is not None and start is not None else None


def _if_lawful(
    first: Ends, last: Ends, shares: str, counts: Counts, law: Levels
) -> tuple[tuple[Figure, Figure] | None, str | None]:
    """Lowest and highest holding between two notices if no notice was due, and the words for it."""
    known = [level for side in (first.after, last.before) if (level := _sound(level_on(law.base, side, counts, law)))]
    if not known:
        return None, None
    levels = common_levels(known, law)
    if levels is None:
        return None, (
            "the levels at the two ends differ: a notice was due between them and none is known here, so nothing follows"
            f" from the rule ({law.change}){_half_point(law, 'unless')}"
        )
    if levels.low <= below_floor(law):
        open_end = "" if levels.high <= below_floor(law) else "an end may lie below the floor, and "
        return None, f"{open_end}below {law.floor:f}% no notice is due ({law.cease}): silence is not zero"
    low, top = levels.low, levels.high + law.step
    issued = [f for side in (first.after, last.before) if (f := _issued_at(side))] if law.base is Base.CLASS else []
    days = f"{first.entry.day}/{last.entry.day}"
    in_shares = len(issued) == 2
    lawful = _in_shares(low, top, issued, shares, days) if in_shares else _in_percent(low, top, known, law.base, days)
    note = (
        f"if the law was kept: a change of level between the two notices would have needed one of its own ({law.change}),"
        f" so the holding stayed at {low:f}% or more and below {top:f}%"
        f"{'; in shares as long as the class count stayed within those of the two ends' if in_shares else ''}"
    )
    return lawful, note + _half_point(law, "except that")


def _in_shares(low: Decimal, top: Decimal, issued: Sequence[Figure], shares: str, days: str) -> tuple[Figure, Figure]:
    """The lowest and highest holding on the shares in issue at both ends."""
    inputs, basis = tuple(issued), f"{shares} held between the notices, if the law was kept"
    span = whole_shares(Interval(low, top) * issued[0].bounds().hull(issued[1].bounds()) / HUNDRED)
    fewest = f"{low:f}% of the issued shares of the class, the fewer of the two ends"
    most = f"just below {top:f}% of the issued shares of the class, the more of the two ends"
    return (
        derive(fewest, inputs, Interval.exact(span.low), unit="shares", basis=basis, day=days, value=span.low),
        derive(most, inputs, Interval.exact(span.high), unit="shares", basis=basis, day=days, value=span.high),
    )


def _in_percent(low: Decimal, top: Decimal, known: Sequence[Level], base: Base, days: str) -> tuple[Figure, Figure]:
    """The same as percentages, where the shares in issue are not known at both ends."""
    inputs, basis = (
        tuple(level.figure for level in known),
        f"percent of the {base} between the notices, if the law was kept",
    )
    return (
        derive(
            "the level known at the ends", inputs, Interval.exact(low), unit="pct", basis=basis, day=days, value=low
        ),
        derive("just below the next level", inputs, Interval.exact(top), unit="pct", basis=basis, day=days, value=top),
    )


def _sound(level: Level | None) -> Level | None:
    return level if level is not None and level.sound else None


def _issued_at(side: Side) -> Figure | None:
    """The shares in issue at one end, as told or as the side's own count and percentage imply."""
    return side.issued or implied_issued(side.told.shares, side.told.percent)


def _half_point(law: Levels, link: str) -> str:
    """The exemption of small changes, in words; nothing where the law has none."""
    if law.half_point is None:
        return ""
    cite = f" ({law.half_point_citation})" if law.half_point_citation else ""
    return (
        f"; {link} no notice is due for a level not above that of the last one"
        f" while the figure stays within {law.half_point:f} points of it{cite}"
    )
