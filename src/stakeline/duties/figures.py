"""The figure that a rule measures: which lines enter it, over which denominator, at which moment. All arithmetic is exact."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

import msgspec

from stakeline.duties.persons import Persons
from stakeline.duties.worlds import Missing, World
from stakeline.model.rules import Disregard, Measure, Rule
from stakeline.model.situations import Capital, Holding, Instrument, LegName, Role, Situation, exact

Moment: TypeAlias = tuple[date, int]
"""A day, and where in it: 0 at its opening, 1 within it, 2 at its close."""

Name: TypeAlias = tuple[str, str | None, str | None, LegName | None, Instrument | None]
"""Under what a line stands until the next one: holder, issuer, class, leg or instrument."""

_BY_VOTES = ("votes", "all_votes")
_ORDER = {"open": 0, "intraday": 1, "close": 2}


class Figure(msgspec.Struct, frozen=True):
    """What was measured. told: the exact percentage (an amount, where the measure is money), None where it cannot be known.

    parts: lines that made it. left_out: lines that did not count, each with why and where that stands. missing: what a
    percentage lacks. held: the sum of the counts, for whoever needs to know only whether something is held or moved.
    """

    told: Fraction | None
    parts: tuple[Holding, ...] = ()
    left_out: tuple[tuple[Holding, str, str], ...] = ()
    denominator: Fraction | int | None = None
    missing: str = ""
    held: Fraction = Fraction(0)

    @property
    def percent(self) -> Fraction:
        """The percentage. Raises Missing where it cannot be known."""
        if self.told is None:
            raise Missing(self.missing)
        return self.told

    @property
    def size(self) -> Fraction:
        """What can be compared with another figure of the same lines: the percentage, else the counts."""
        return self.held if self.told is None else self.told


def name_of(line: Holding) -> Name:
    """Under what a line stands."""
    return (line.holder, line.issuer, line.share_class, line.leg, line.instrument)


class Lines:
    """The positions of a situation, to be asked what stands at a moment.

    holders: everyone who has lines. classes: the classes of shares told of each company (None: the issuer).
    moments: all that are told of, in order; intraday: some lie within a day. figures: what was measured of them before, by whoever asks more than once.
    """

    def __init__(self, positions: Sequence[Holding], capital: Sequence[Capital] = ()) -> None:
        batches: dict[Name, dict[Moment, list[Holding]]] = {}
        self.classes: dict[str | None, list[str | None]] = {}
        for line in positions:
            batches.setdefault(name_of(line), {}).setdefault((line.date, _ORDER[line.at]), []).append(line)
            classes = self.classes.setdefault(line.issuer, [])
            if line.share_class not in classes:
                classes.append(line.share_class)
        self._stands = [(sorted(told), told) for told in batches.values()]
        self.intraday = any(line.at == "intraday" for line in positions)
        self.holders = frozenset(line.holder for line in positions)
        self.moments = sorted({moment for told in batches.values() for moment in told})
        self._capital = sorted((entry.date, 1) for entry in capital)
        self.figures: dict[tuple[object, ...], Figure] = {}

    def state(self, moment: Moment) -> tuple[int, int]:
        """What tells two moments apart, between which no line and no capital was told."""
        return bisect_right(self.moments, moment), bisect_right(self._capital, moment)

    def at(self, moment: Moment, *, intraday: bool = False) -> list[Holding]:
        """The lines that stand at a moment: of each holder, issuer, class and kind the last told ones."""
        found: list[Holding] = []
        for moments, told in self._stands:
            last = bisect_right(moments, moment) - 1
            while last >= 0 and self.intraday and not intraday and moments[last][1] == 1:
                last -= 1
            if last >= 0:
                found += told[moments[last]]
        return found

    def on(self, day: date) -> list[Holding]:
        """The lines told for a day."""
        return [line for _, told in self._stands for order in range(3) for line in told.get((day, order), ())]


class Frame(msgspec.Struct, frozen=True):
    """What a figure is measured in. company: None for the issuer. share_class: the class measured, None where there is only one.

    known: instruments that the rulebook says anything of.
    """

    rule: Rule
    measure: Measure
    asked: Situation
    world: World
    company: str | None
    share_class: str | None
    known: frozenset[str]


def measured(frame: Frame, standing: Iterable[Holding], who: Persons, moment: Moment) -> Figure:
    """The figure of a measure at a moment. standing: the lines that stand then. who: the persons that count.

    Without a denominator that it needs, the figure has no percentage. Raises Asked where a line may or may not count.
    """
    measure = frame.measure
    holders = (who.total,) if who.total else who.counted
    lines = [
        line
        for line in standing
        if line.holder in holders
        and line.issuer == frame.company
        and (line.share_class == frame.share_class or not measure.by_class)
    ]
    counted, left_out = _counted(frame, _of_leg(frame, lines), moment)
    denominator = None
    if measure.denominator != "money" and any(line.pct is None for line in counted):
        denominator = _denominator(frame, counted, moment)
    try:
        figure = _sum(_points(frame, line, denominator) for line in counted)
    except Missing as missing:
        held = sum(
            (Fraction(line.shares or line.votes or line.pct or line.amount or 0) for line in counted), Fraction(0)
        )
        return Figure(None, tuple(counted), tuple(left_out), denominator, str(missing), held)
    if measure.floor is not None:
        step = exact(measure.floor)
        figure = figure // step * step
    return Figure(figure, tuple(counted), tuple(left_out), denominator)


def _sum(points: Iterator[Fraction]) -> Fraction:
    """The sum; of one line, which is the common case, without an addition."""
    return sum(points, next(points, Fraction(0)))


def _of_leg(frame: Frame, lines: list[Holding]) -> list[Holding]:
    """The lines that may enter the leg: told under its name or, where none of a holder is, under the names it also goes by."""
    if len(lines) > 1 and len(holders := dict.fromkeys(line.holder for line in lines)) > 1:
        return [line for name in holders for line in _of_leg(frame, [of for of in lines if of.holder == name])]
    measure = frame.measure
    told: dict[LegName | None, list[Holding]] = {}
    for line in lines:
        told.setdefault(line.leg, []).append(line)
    raw = [line for line in told.pop(None, ()) if line.instrument and _enters(frame, line.instrument)]
    if measure.leg in told or not measure.sum_of:
        return raw + next((told[name] for name in (measure.leg, *measure.accepts) if name in told), [])
    first = next((told[name] for name in (measure.sum_of[0], *measure.accepts) if name in told), [])
    return raw + first + [line for name in measure.sum_of[1:] for line in told.get(name, ())]


def _enters(frame: Frame, instrument: Instrument) -> bool:
    """Whether a raw line of an instrument enters the leg."""
    if instrument in frame.measure.instruments:
        return True
    if instrument in frame.measure.memo or instrument in frame.known:
        return False
    return frame.world.holds(f"whether {instrument} counts in the {frame.measure.leg} figure")


def _counted(
    frame: Frame, lines: list[Holding], moment: Moment
) -> tuple[list[Holding], list[tuple[Holding, str, str]]]:
    """The lines that count, and those that do not with the reason."""
    measure = frame.measure
    if measure.within_days is None and not measure.disregard:
        return lines, []
    counted: list[Holding] = []
    left_out: list[tuple[Holding, str, str]] = []
    for line in lines:
        if measure.within_days is not None and line.instrument in measure.potential and _too_late(frame, line, moment):
            why = f"cannot be exercised within {measure.within_days} days"
            left_out.append((line, why, frame.rule.citation))
            continue
        clause = next((c for c in measure.disregard if _disregarded(c, frame, line, lines, moment)), None)
        if clause is None:
            counted.append(line)
        else:
            left_out.append((line, clause.why, clause.citation))
    return counted, left_out


def _too_late(frame: Frame, line: Holding, moment: Moment) -> bool:
    """Whether an option can be exercised only later than the measure looks; its days are counted from its line's day."""
    days, within = line.exercisable_in_days, frame.measure.within_days or 0
    if days is not None:
        return days - (moment[0] - line.date).days > within
    return not frame.world.holds(
        f"whether the {line.instrument} of {line.holder} can be exercised within {within} days"
    )


def _disregarded(clause: Disregard, frame: Frame, line: Holding, lines: list[Holding], moment: Moment) -> bool:
    """Whether a clause takes a line out of the figure: every condition that it states must fit."""
    investor = frame.asked.investor
    fits = (
        (not clause.capacities or line.capacity in clause.capacities)
        and (not clause.instruments or line.instrument in clause.instruments)
        and (clause.confers_nothing is None or (line.confers == ()) == clause.confers_nothing)
        and (clause.unissued is None or line.unissued == clause.unissued)
        and (not clause.roles or not set(clause.roles).isdisjoint(_roles(frame.asked, line.holder)))
        and (not clause.filer or investor.filer_type in clause.filer)
        and (not clause.flags or not set(clause.flags).isdisjoint(investor.flags))
        and frame.asked.event.type not in clause.not_events
    )
    if not fits:
        return False
    if clause.up_to is not None or clause.below is not None:
        within = [other for other in lines if not clause.capacities or other.capacity in clause.capacities]
        whole = _denominator(frame, within, moment) if any(o.pct is None for o in within) else None
        held = sum((_points(frame, other, whole) for other in within), Fraction(0))
        if clause.up_to is not None and held > exact(clause.up_to):
            return False
        if clause.below is not None and held >= exact(clause.below):
            return False
    if clause.line_below is not None and not _slight(clause, frame, line, moment):
        return False
    return clause.basket_companies is None or _broad(clause, line, frame.world)


def _slight(clause: Disregard, frame: Frame, line: Holding, moment: Moment) -> bool:
    """Whether a line is on a basket, small itself and no large part of the basket."""
    if line.basket is None:
        return False
    whole = _denominator(frame, [line], moment) if line.pct is None else None
    if _points(frame, line, whole) >= exact(clause.line_below or "0"):
        return False
    weight, most = line.basket.max_weight_pct, clause.basket_weight_below
    if most is None:
        return True
    if weight is None:
        return frame.world.holds(f"whether the {line.instrument or line.leg} is less than {most}% of its basket")
    return Fraction(weight) < exact(most)


def _roles(asked: Situation, holder: str) -> tuple[Role, ...]:
    if holder == asked.investor.id:
        return asked.investor.roles
    return next((person.roles for person in asked.related if person.id == holder), ())


def _broad(clause: Disregard, line: Holding, world: World) -> bool:
    """Whether a contract is on a basket as broad as the clause asks; what is not told of the basket is asked."""
    basket = line.basket
    if basket is None:
        return False
    most = exact(clause.basket_max_weight) if clause.basket_max_weight is not None else None
    tests = (
        (
            "has enough companies",
            None if basket.companies is None else basket.companies >= (clause.basket_companies or 0),
        ),
        (
            "has no part that is too heavy",
            True
            if most is None
            else None
            if basket.max_weight_pct is None
            else Fraction(basket.max_weight_pct) <= most,
        ),
        ("is all of listed shares", basket.all_listed if clause.basket_listed else True),
    )
    what = f"whether the basket of the {line.instrument or line.leg}"
    return all(world.holds(f"{what} {question}") if told is None else told for question, told in tests)


def _points(frame: Frame, line: Holding, denominator: Fraction | int | None) -> Fraction:
    """What one line adds to the figure, in percent (or money)."""
    measure = frame.measure
    if measure.denominator == "money":
        if line.amount is None or (measure.currency and line.currency != measure.currency):
            raise Missing(f"the amount in {measure.currency} of the position of {line.date}")
        return Fraction(line.amount)
    if line.pct is not None:
        points = Fraction(line.pct)
    else:
        count = _count(frame, line)
        if not count:
            return Fraction(0)
        if not denominator:
            raise Missing(f"{measure.denominator_text}, on {line.date}")
        points = Fraction(100 * count, denominator)
    if measure.sum_of and line.overlap_pct is not None:
        points -= Fraction(line.overlap_pct)
    return points


def _count(frame: Frame, line: Holding) -> Fraction | int:
    """Shares or votes of a line, in the unit of the denominator."""
    by_votes = frame.measure.denominator in _BY_VOTES
    if line.votes is not None:
        return line.votes if by_votes else Fraction(line.votes) / (_votes_each(frame.asked, line.share_class) or 1)
    if line.shares is not None:
        return line.shares * _votes_each(frame.asked, line.share_class) if by_votes else line.shares
    raise Missing(f"the shares behind an amount of money (position of {line.date})")


def _denominator(frame: Frame, lines: Sequence[Holding], moment: Moment) -> Fraction | int | None:
    """The whole that percentages are of, or None where it is not told. A capital of the day stands from its opening on."""
    capital = frame.asked.issuer.capital
    if frame.company is not None:
        return None  # no denominators of other companies can be told
    classes = {entry.share_class for entry in capital}
    if frame.measure.by_class and not (frame.share_class is None and len(classes) == 1):
        classes &= {frame.share_class}
    whole: Fraction | int = 0
    for name in classes:
        entry = _capital(capital, name, moment)
        part = None if entry is None else _whole(frame, entry)
        if part is None:
            return None
        whole += part
    if whole and frame.measure.own_potential:
        own = (line for line in lines if line.instrument in frame.measure.potential and line.pct is None)
        whole += sum(_count(frame, line) for line in own)
    return whole or None


def _capital(capital: Sequence[Capital], share_class: str | None, moment: Moment) -> Capital | None:
    """The entry of a class that is valid at a moment: before the day's events the one of an earlier day."""
    day, order = moment
    valid = [c for c in capital if c.share_class == share_class and (c.date < day or (c.date == day and order > 0))]
    return max(valid, key=lambda c: c.date, default=None)


def _whole(frame: Frame, entry: Capital) -> Fraction | int | None:
    """The denominator that an entry of the capital gives, or None where it does not tell what is needed."""
    issued, own = entry.issued_shares, entry.treasury_shares or 0
    kind = frame.measure.denominator
    if kind in _BY_VOTES and entry.total_votes is not None:
        return entry.total_votes
    if issued is None:
        return None
    if kind == "issued":
        return issued
    if kind == "all_votes":
        own = 0
    return (issued - own) * (_votes_each(frame.asked, entry.share_class) if kind in _BY_VOTES else 1)


def _votes_each(asked: Situation, share_class: str | None) -> Fraction | int:
    """Votes of one share of a class: one, where nothing else is told; none where the class does not vote."""
    told = asked.issuer.classes.get(share_class) if share_class is not None else None
    if told is None:
        return 1
    return Fraction(told.votes_per_share) if told.voting else 0
