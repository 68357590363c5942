"""Levels before and after, and which were crossed, on the base of the law and, for contrast, on the others.

A level is the percentage rounded down to a step of the law (Hong Kong: to a whole number). From 9.05% to 8.74% the level
goes from 9 to 8 and the crossing is of the 9% level: `crossed` names every level that is reached on one side and not on
the other, in the order passed, so 7% to 9% crosses (8, 9) and 9% to 8% crosses (9,). Below the floor there are no levels:
5.02% to 4.98% crosses (5,) and nothing else, and 4.9% to 3.1% crosses nothing.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.events.bases import Counts, vouched
from stakeline.events.bounds import HUNDRED, Ends, Side
from stakeline.model.cited import percent_span
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base, Levels
from stakeline.model.numbers import Interval, exact_product, percent_level, percent_of
from stakeline.model.stakes import Crossing

_HIGHEST = 1000
"""Percent of the base above which a figure is not believed: no interest is ten times all the shares there are."""

_BASE_WORDS = {
    Base.CLASS: "percent of the issued shares of the class",
    Base.COMPANY: "percent of all issued shares",
    Base.VOTES: "percent of all votes",
}


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """The level of one side on one base.

    figure: the percentage, as filed where it is told. low, high: the levels that it may be at.
    level: the level taken, None where it is left open. certain: one level alone is possible.
    sound: low and high hold the truth (false where an older count of shares was all there was).
    decided_from: the counts, where the printed percentage alone does not give the level (and the percentage, where both do it).
    """

    figure: Figure
    low: int
    high: int
    level: int | None
    certain: bool
    sound: bool
    note: str | None = None
    decided_from: tuple[Figure, ...] = ()


def level_on(base: Base, side: Side, counts: Counts, law: Levels) -> Level | None:
    """The level of a side on a base: by counts where they decide, else as printed. None where nothing tells it."""
    printed = _printed(base, side)
    part, whole, sound = _fraction(base, side, counts)
    figure = printed or _percent(base, part, whole, side)
    if figure is None:
        return None
    by_print = _printed_levels(printed, law) if printed else None
    by_count = _counted_levels(part, whole, law) if sound or by_print is None else None
    low, high = _overlap(by_count, by_print)
    if low > high or max(low, high) > _HIGHEST or side.clash:
        return _with_counts(_doubtful(figure, by_count, by_print), by_count, by_print, (part, whole))
    if by_print is None and not sound:
        note = f"by the count of {whole.day}, the last known" if whole and whole.day else "by the last count known"
        level = low if low == high else None
        return Level(figure=figure, low=low, high=high, level=level, certain=False, sound=False, note=note)
    return _with_counts(_decided(figure, low, high, printed, law), by_count, by_print, (part, whole))


def _with_counts(
    level: Level,
    by_count: tuple[int, int] | None,
    by_print: tuple[int, int] | None,
    counted: tuple[Figure | None, Figure | None],
) -> Level:
    """The level with the figures that decided it, where the printed percentage by itself does not."""
    if by_count is None or by_print is None or level.level is None:
        return level
    alone = by_count == (level.level, level.level)
    if by_print == (level.level, level.level) or not (level.certain or alone):
        return level
    figures = tuple(f for f in counted if f is not None)
    return msgspec.structs.replace(level, decided_from=figures if alone else (*figures, level.figure))


def _overlap(by_count: tuple[int, int] | None, by_print: tuple[int, int] | None) -> tuple[int, int]:
    """The levels that both allow, where both are given; low above high where they exclude one another."""
    spans = [s for s in (by_count, by_print) if s is not None]
    return max(low for low, _ in spans), min(high for _, high in spans)


def _decided(figure: Figure, low: int, high: int, printed: Figure | None, law: Levels) -> Level:
    """One possible level, or the one that the filer's percentage stands at, or none."""
    if low == high:
        return Level(figure=figure, low=low, high=high, level=low, certain=True, sound=True)
    stated = _rung(printed.number, law) if printed else None
    if stated is None or not low <= stated <= high:
        note = "rounding leaves the level open"
        return Level(figure=figure, low=low, high=high, level=None, certain=False, sound=True, note=note)
    note = "level as stated by the filer"
    return Level(figure=figure, low=low, high=high, level=stated, certain=False, sound=True, note=note)


def _doubtful(figure: Figure, by_count: tuple[int, int] | None, by_print: tuple[int, int] | None) -> Level:
    """A level from figures that contradict one another, or that nobody can believe: counts first, never certain."""
    low, high = by_count or by_print or (0, 0)
    if high > _HIGHEST:
        note, level = f"above {_HIGHEST}% of its base: not believed", None
    else:
        note, level = "the figures of the notice contradict one another", low if low == high else None
    return Level(figure=figure, low=low, high=high, level=level, certain=False, sound=False, note=note)


def passed(before: int, after: int, law: Levels) -> tuple[int, ...]:
    """The levels of the law reached on one side and not on the other, in the order passed."""
    if law.rungs:
        low, high = sorted((before, after))
        between = tuple(rung for rung in law.rungs if low < rung <= high)
        return between if after > before else between[::-1]
    floor, step = _whole(law.floor), _whole(law.step)
    if after > before:
        return tuple(range(floor if before < floor else before + step, after + 1, step))
    return tuple(range(before, max(floor - 1, after), -step))


def crossing(base: Base, law: Levels, before: Level, after: Level, between: str | None) -> Crossing:
    """Two levels of one base as a crossing. between: words for a comparison with an earlier notice."""
    known = before.level is not None and after.level is not None
    crossed = passed(before.level, after.level, law) if before.level is not None and after.level is not None else ()
    is_law = base is law.base
    notes = [between] if between else []
    notes += dict.fromkeys(note for note in (before.note, after.note) if note)
    if not is_law:
        notes.insert(
            0,
            f"for contrast: the law counts {_BASE_WORDS[law.base]}"
            + ("" if crossed or not known else "; no level crossed"),
        )
    return Crossing(
        base=base,
        law=is_law,
        before=before.figure,
        after=after.figure,
        before_level=before.level,
        after_level=after.level,
        crossed=crossed,
        certain=before.certain and after.certain,
        note="; ".join(notes) or None,
        before_from=before.decided_from,
        after_from=after.decided_from,
    )


def crossings(law: Levels, now: Ends, earlier: Ends | None, counts: Counts) -> tuple[Crossing, ...]:
    """The crossings of an entry on every base that both sides can be put on, the base of the law first.

    earlier: the last entry with a total after it, for entries that tell no total before their event (rows of a list page):
    then the levels crossed were crossed between the two notices, and the note says so.
    """
    found = []
    for base in sorted(Base, key=lambda b: (b is not law.base, list(Base).index(b))):
        after = level_on(base, now.after, counts, law)
        if after is None:
            continue
        between = None
        side = now.before
        if earlier is not None and not now.entry.before.told:
            side = earlier.after
            between = (
                f"between the notices of {earlier.entry.day} and {now.entry.day}:"
                " the later tells no total before its event"
            )
        before = level_on(base, side, counts, law)
        if before is not None:
            found.append(crossing(base, law, before, after, between))
    return tuple(found)


def _printed(base: Base, side: Side) -> Figure | None:
    if base is Base.CLASS:
        return side.told.percent
    return side.company if base is Base.COMPANY else None


def _fraction(base: Base, side: Side, counts: Counts) -> tuple[Figure | None, Figure | None, bool]:
    """What is held and what it is part of on a base, and whether the latter is certain to be the count at that moment."""
    day, part = side.entry.day, side.told.shares if side.clash and side.told.shares else side.shares
    if part is not None and part.bounds() == Interval.exact(0):
        return part, None, True
    if base is Base.CLASS:
        return (part, side.issued, True) if side.issued is not None else (part, _some(counts.of_class(day)), False)
    part, bounded = _for_contrast(part, side, counts)
    if base is Base.COMPANY:
        whole = _some(counts.company(day))
        return part, whole, bounded and _holds(whole, side, day)
    whole, each = _some(counts.votes(day)), _some(counts.votes_each(day))
    if part is None or whole is None or each is None:
        return None, None, False
    votes = derive(
        "shares held x votes per share",
        (part, each),
        part.bounds() * each.bounds(),
        unit="count",
        basis="votes held",
        day=day.isoformat(),
        value=None if part.bounds().is_exact and each.bounds().is_exact else part.number * each.number,
    )
    return votes, whole, bounded and _holds(whole, side, day)


def _for_contrast(part: Figure | None, side: Side, counts: Counts) -> tuple[Figure | None, bool]:
    """What is held, to be put on a base that is not the law's, and whether it is certain to hold the truth.

    Where only a percentage was printed, the last known count of the class is the natural companion of the last known count
    of the company: both are of one day. That reading is taken where it says more than the bounds do.
    """
    issued, told = _some(counts.of_class(side.entry.day)), side.told.percent
    if side.told.shares is not None or told is None or issued is None:
        return part, True
    last = derive(
        "percent of the class, as filed x class count last known / 100",
        (told, issued),
        percent_span(told) * issued.bounds() / HUNDRED,
        unit="shares",
        basis=f"shares held right {side.when} the event, by the class count of {issued.day}",
        day=side.entry.day.isoformat(),
        value=exact_product(told.number, issued.number, Decimal("0.01")),
    )
    if part is not None and _width(part.bounds()) <= _width(last.bounds()):
        return part, True
    return last, False


def _width(span: Interval) -> Decimal:
    return span.high - span.low


def _some(count: Figure | None) -> Figure | None:
    """A count that can be divided by."""
    return count if count is not None and count.bounds().low > 0 else None


def _holds(whole: Figure | None, side: Side, day: date) -> bool:
    return whole is not None and side.settled and vouched(whole, day)


def _percent(base: Base, part: Figure | None, whole: Figure | None, side: Side) -> Figure | None:
    day, basis = side.entry.day.isoformat(), f"{_BASE_WORDS[base]}, right {side.when} the event"
    if part is not None and part.bounds() == Interval.exact(0):
        return derive("no shares are 0%", (part,), part.bounds(), unit="pct", basis=basis, day=day)
    if part is None or whole is None:
        return None
    return derive(
        "votes held / all votes" if base is Base.VOTES else "shares held / issued shares",
        (part, whole),
        part.bounds() * HUNDRED / whole.bounds(),
        unit="pct",
        basis=basis,
        day=day,
    )


def _printed_levels(printed: Figure, law: Levels) -> tuple[int, int]:
    span = percent_span(printed)
    return _rung(span.low, law), _rung(span.high, law)


def _counted_levels(part: Figure | None, whole: Figure | None, law: Levels) -> tuple[int, int] | None:
    if part is not None and part.bounds() == Interval.exact(0):
        return 0, 0
    if part is None or whole is None:
        return None
    held, issued = part.bounds(), whole.bounds()
    if law.rungs:
        return _rung(percent_of(held.low, issued.high), law), _rung(percent_of(held.high, issued.low), law)
    return _rung(Decimal(percent_level(held.low, issued.high)), law), _rung(
        Decimal(percent_level(held.high, issued.low)), law
    )


def _rung(exact: Decimal, law: Levels) -> int:
    """The level of a percentage rounded down: itself below the floor, else the highest step not above it.

    Where the levels are no steps, the highest that it passes; 0 below the first.
    """
    if law.rungs:
        return max((r for r in law.rungs if exact > r or (exact == r and r not in law.over)), default=0)
    percent = int(exact)
    floor, step = _whole(law.floor), _whole(law.step)
    return percent if percent < floor else floor + (percent - floor) // step * step


def _whole(number: Decimal) -> int:
    if number != int(number) or number < 1:
        raise ValueError(f"levels are counted in whole percent, not from {number}")
    return int(number)


def below_floor(law: Levels) -> int:
    """The one rung that stands for every percentage below the floor, where there are no levels."""
    return _whole(law.floor) - _whole(law.step)


def common_levels(known: Sequence[Level], law: Levels) -> Interval | None:
    """The levels that all may be at, everything below the floor counted as one (`below_floor`); None where they differ."""
    under = below_floor(law)
    low = max(max(under, level.low) for level in known)
    high = min(max(under, level.high) for level in known)
    return Interval(Decimal(low), Decimal(high)) if low <= high else None
