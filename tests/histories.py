"""Random true histories of a holding, and what honest filers print of them.

A history is a chain of steps (trades, new issues, buy-backs, changes of nature) with the exact holding and the exact shares
in issue before and after each. A filer notifies some of them: exactly those where the level changes, if it keeps the law
(the exemption of small changes is never used), else with some left out; now and then one that was not due. Printing rounds,
cuts off or rounds up percentages within one unit, states counts to the share or to the thousand or million, and leaves
figures out. Nothing printed is a lie, so whatever is worked out must hold the truth.
"""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import msgspec

from stakeline.events import Counts
from stakeline.model.figures import Figure, Place
from stakeline.model.law import Base, Citation, Direction, Levels
from stakeline.model.notices import Absent, Amount, Holder, Leg, Notice, Position, Trade
from stakeline.model.numbers import Interval, Number
from stakeline.model.rows import Row, Sighting, row_key
from stakeline.model.stakes import Entry, Party, Security, Stake, Timeline

_LAW = "Cap. 571"

_UP, _DOWN = frozenset({"purchase", "security up"}), frozenset({"sale", "security down"})
_KINDS = {
    "sale": 5,
    "purchase": 5,
    "subscription": 1,
    "dilution": 2,
    "buy-back": 1,
    "nature": 1,
    "security up": 1,
    "security down": 1,
}
"""What can happen, and how often against the rest."""


def levels(_day: date, leg: str) -> Levels | None:
    """Hong Kong's levels: 5% and each whole percent above it for long positions, 1% for short ones (s.313)."""
    if leg == Leg.POOL:
        return None
    short = leg == Leg.SHORT
    return Levels(
        regime="hk",
        leg=leg,
        base=Base.CLASS,
        floor=Decimal(1 if short else 5),
        step=Decimal(1),
        since=date(2003, 4, 1),
        enter=Citation(instrument=_LAW, place="s.313(4)" if short else "s.313(1)(a)"),
        cease=Citation(instrument=_LAW, place="s.313(4)" if short else "s.313(1)(b)"),
        change=Citation(instrument=_LAW, place="s.313(4)" if short else "s.313(1)(c)"),
        half_point=Decimal("0.5"),
        half_point_citation=Citation(instrument=_LAW, place="s.313(9)" if short else "s.313(7)"),
    )


def rung(percent: Fraction, floor: int) -> int:
    """The naive level: the percentage rounded down, everything below the floor being one rung."""
    return max(floor - 1, percent.numerator // percent.denominator)


class State(msgspec.Struct, frozen=True):
    """The truth at one moment."""

    held: int
    issued: int

    @property
    def percent(self) -> Fraction:
        return Fraction(100 * self.held, self.issued)


class Step(msgspec.Struct, frozen=True):
    """One thing that truly happened. moved: shares that a notice of it would call bought, sold or involved."""

    kind: str
    day: date
    before: State
    after: State
    moved: int


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What a notice of a step prints."""

    step: int
    serial: str
    layout: str
    code: str | None
    told: str | None
    direction: Direction
    before: tuple[Number | None, Number | None]
    after: tuple[Number | None, Number | None]
    moved: Number | None
    issued: Number | None


class History(msgspec.Struct, frozen=True, kw_only=True):
    """A history, its notices and what counts of shares are known. lawful: whether the filer kept the law.

    other: shares of the company's other class, ten votes each.
    """

    seed: int
    leg: Leg
    steps: tuple[Step, ...]
    notices: tuple[Printed, ...]
    lawful: bool
    timeline: Timeline
    counts: Counts
    other: int

    def between(self, first: Printed, last: Printed) -> tuple[State, ...]:
        """The states from right after one notified step to right before another."""
        return tuple(step.after for step in self.steps[first.step : last.step])


def history(seed: int) -> History:
    """The history of a seed, always the same."""
    rng = Random(seed)
    leg = Leg.SHORT if rng.random() < 0.15 else Leg.LONG
    floor = 1 if leg is Leg.SHORT else 5
    steps = _steps(rng, floor)
    lawful = rng.random() < 0.5
    filed = _filed(rng, steps, floor, lawful=lawful)
    printer = _Printer(rng, leg, floor)
    notices = tuple(printer.notice(at, steps[at], f"CS{steps[at].day:%Y%m%d}E{seed % 100000:05}") for at in filed)
    entries = [_entry(n, steps[n.step]) for n in notices]
    for at in sorted(rng.sample(range(len(entries)), k=rng.choice((0, 0, 0, 1)))):
        wrong = Stake(shares=_read(Number(Decimal(1)), "shares", "x"), percent=_read(Number(Decimal(99)), "pct", "x"))
        entries.insert(at, msgspec.structs.replace(entries[at], id=f"W{at}", before=wrong, after=wrong, withdrawn=True))
    other = steps[0].before.issued // rng.choice((1, 2, 5))
    return History(
        seed=seed,
        leg=leg,
        steps=steps,
        notices=notices,
        lawful=lawful,
        timeline=Timeline(
            party=Party(key="holder:h", name="Holder"),
            security=Security(subject="hk:09999", share_class="B"),
            leg=leg,
            entries=tuple(entries),
        ),
        counts=_counts(rng, steps, other),
        other=other,
    )


def _steps(rng: Random, floor: int) -> tuple[Step, ...]:
    issued = int(10 ** rng.uniform(5, 10.5))
    state = State(int(issued * rng.uniform(0, floor * 2.5) / 100), issued)
    day = date(2020, 1, 2)
    steps = []
    for _ in range(rng.randint(4, 24)):
        day += timedelta(days=rng.randint(1, 60))
        kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
        if (kind in _DOWN and not state.held) or (kind in _UP and state.held == state.issued):
            kind = "nature"
        after, moved = _after(rng, kind, state)
        steps.append(Step(kind, day, state, after, moved))
        state = after
    return tuple(steps)


def _after(rng: Random, kind: str, state: State) -> tuple[State, int]:
    """The state after a step, and the shares moved or involved. Some steps land on a level or a share short of it."""
    held, issued = state.held, state.issued
    size = max(1, int(issued * rng.choice((0.0001, 0.002, 0.006, 0.02)) * rng.random()))
    if kind in _UP | _DOWN and rng.random() < 0.2:
        edge = -(-issued * rng.randint(1, 12) // 100) - rng.randint(0, 1)
        size = abs(edge - held) or size
    if kind in _DOWN:
        size = min(size, held)
        return State(held - size, issued), size
    if kind in _UP:
        size = min(size, issued - held)
        return State(held + size, issued), size
    if kind == "subscription":
        return State(held + size, issued + size), size
    if kind == "dilution":
        return State(held, issued + size * rng.choice((1, 10))), 0
    if kind == "buy-back":
        return State(held, max(held + 1, issued - size)), 0
    return state, rng.randint(0, held)


def _filed(rng: Random, steps: tuple[Step, ...], floor: int, *, lawful: bool) -> list[int]:
    filed = []
    for at, step in enumerate(steps):
        due = rung(step.before.percent, floor) != rung(step.after.percent, floor)
        if (due and (lawful or rng.random() < 0.6)) or (not due and rng.random() < 0.2):
            filed.append(at)
    return filed or [0]


class _Printer:
    """One filer's habits of printing."""

    def __init__(self, rng: Random, leg: Leg, floor: int) -> None:
        self.rng, self.leg, self.floor = rng, leg, floor
        self.layout = rng.choice(("page", "page", "list", "press"))
        self.rounding = rng.choice((ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING, None))
        self.unit = rng.choice((None, None, Decimal(1000), Decimal(1_000_000)))
        self.left_out = rng.choice((0.0, 0.1, 0.35))

    def notice(self, at: int, step: Step, serial: str) -> Printed:
        code, told, direction = self._reason(step)
        silent = step.kind in {"dilution", "buy-back"}
        lists = self.layout == "list"
        bare = self.layout == "press" and self.rng.random() < 0.2
        return Printed(
            step=at,
            serial=serial,
            layout=self.layout,
            code=code,
            told=told,
            direction=direction,
            before=(None, None) if lists or bare else self._total(step.before),
            after=(None, None) if bare else self._total(step.after),
            moved=self.rng.choice((None, Number(Decimal(0)))) if silent else self._maybe(self._count(step.moved)),
            issued=None if self.layout != "page" else self._maybe(Number(Decimal(step.after.issued))),
        )

    def _reason(self, step: Step) -> tuple[str | None, str | None, Direction]:
        up = step.after.percent > step.before.percent
        if self.leg is Leg.SHORT:
            code, direction = ("1402", Direction.SHORT_UP) if up else ("1502", Direction.SHORT_DOWN)
            return code, None, direction
        enters = step.before.percent < self.floor <= step.after.percent
        if step.kind in {"sale", "purchase", "subscription"} and self.rng.random() < 0.9:
            sold = step.kind == "sale"
            if self.layout == "press":
                return None, "disposal" if sold else "Acquisition", Direction.UNKNOWN
            code = "1201" if sold else "1001" if enters else "1101"
            return code, None, Direction.DISPOSE if sold else Direction.ACQUIRE
        if step.kind.startswith("security"):
            return ("1104" if up else "1205"), None, Direction.NEUTRAL
        if step.kind == "nature":
            return "1314", None, Direction.NATURE
        return ("1013" if enters else "1113" if up else "1213"), None, Direction.UNKNOWN

    def _total(self, state: State) -> tuple[Number | None, Number | None]:
        return self._maybe(self._count(state.held)), self._maybe(self._percent(state.percent))

    def _maybe(self, number: Number) -> Number | None:
        return None if self.rng.random() < self.left_out else number

    def _count(self, shares: int) -> Number:
        if self.unit is None or shares < self.unit:
            return Number(Decimal(shares))
        how = self.rng.choice((ROUND_HALF_UP, ROUND_FLOOR))
        return Number((shares / self.unit).quantize(Decimal(1), how) * self.unit, self.unit)

    def _percent(self, percent: Fraction) -> Number:
        """To two places: rounded, cut off or rounded up; a filer without habits does any of them."""
        how = self.rounding or self.rng.choice((ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING))
        hundredths = {
            ROUND_FLOOR: percent * 100 // 1,
            ROUND_CEILING: -(-percent * 100 // 1),
            ROUND_HALF_UP: (percent * 200 + 1) // 2,
        }[how]
        return Number(Decimal(hundredths).scaleb(-2), Decimal("0.01"))


def _read(number: Number, unit: str, serial: str, day: date | None = None) -> Figure:
    place = Place(
        document=hashlib.sha256(serial.encode()).hexdigest(), name=f"{serial}.html", locator="#x", label="box"
    )
    return Figure(
        value=number.value,
        unit=unit,
        basis="as filed",
        day=day.isoformat() if day else None,
        span=number.span() if number.unit is not None else None,
        places=(place,),
    )


def _entry(told: Printed, step: Step) -> Entry:
    def figure(number: Number | None, unit: str) -> Figure | None:
        return None if number is None else _read(number, unit, told.serial, step.day)

    return Entry(
        id=told.serial,
        day=step.day,
        known_from=known_from(step.day),
        form={"page": "2", "list": "list", "press": "press"}[told.layout],
        code=told.code,
        direction=told.direction,
        told=told.told,
        before=Stake(shares=figure(told.before[0], "shares"), percent=figure(told.before[1], "pct")),
        after=Stake(shares=figure(told.after[0], "shares"), percent=figure(told.after[1], "pct")),
        moved=figure(told.moved, "shares"),
        issued=figure(told.issued, "shares"),
        seats=("Holder",),
        serials=(told.serial,),
    )


def known_from(day: date) -> datetime:
    """Three days after the event, in the evening."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=3)


def _counts(rng: Random, steps: tuple[Step, ...], other: int) -> Counts:
    """What is known of the shares in issue: nothing, the count of the day, the count of the day within 1%, or an old one."""
    how = rng.choice(("nothing", "exact", "within", "old"))

    def issued(day: date) -> tuple[int, date]:
        past = [s for s in steps if s.day <= day] or list(steps[:1])
        told = past[0] if how == "old" else past[-1]
        return told.after.issued, told.day if how == "old" else day

    def of(make: Callable[[int], int]) -> Callable[[date], Figure | None]:
        def count(day: date) -> Figure | None:
            if how == "nothing":
                return None
            value, told = issued(day)
            number = Decimal(make(value))
            figure = _read(Number(number), "shares", "count", told)
            if how != "within":
                return figure
            return msgspec.structs.replace(figure, span=Interval(number * Decimal("0.99"), number * Decimal("1.01")))

        return count

    return Counts(
        of_class=of(lambda n: n),
        company=of(lambda n: n + other),
        votes=of(lambda n: n + 10 * other),
        votes_each=lambda _day: _read(Number(Decimal(1)), "count", "articles"),
    )


def rows(told: History) -> tuple[Row[Notice], ...]:
    """The notices of a history as the ledger would keep them, each seen in one document or two (invented)."""
    rng = Random(told.seed)
    return tuple(_row(rng, told, n) for n in told.notices)


def _row(rng: Random, told: History, printed: Printed) -> Row[Notice]:
    step = told.steps[printed.step]
    blank = Absent.NOT_DISCLOSED

    def box(number: Number | None, *, there: bool = True) -> Amount:
        return number if number is not None else blank if there else None

    def total(numbers: tuple[Number | None, Number | None]) -> tuple[Position, ...]:
        return (Position(leg=told.leg, shares=box(numbers[0]), percent=box(numbers[1])),)

    notice = Notice(
        regime="hk",
        form={"page": "2", "list": "list", "press": "press"}[printed.layout],
        issuer_code="09999",
        issuer_name="Invented Company Ltd. - B",
        share_class=None if printed.layout == "list" else "B",
        holder=Holder(name="Holder"),
        serial=printed.serial,
        event_date=step.day,
        known_from=known_from(step.day),
        known_basis="invented",
        issued=box(printed.issued, there=printed.layout == "page"),
        trades=(Trade(leg=told.leg, code=printed.code, told=printed.told, shares=box(printed.moved)),),
        before=() if printed.layout == "list" else total(printed.before),
        after=total(printed.after),
    )
    names = [f"{printed.serial}.html", f"saved/{told.seed}-list.html"][: rng.randint(1, 2)]
    sightings = sorted(Sighting(hashlib.sha256(name.encode()).hexdigest(), "", name) for name in names)
    return Row(row_key(notice), notice, tuple(sightings))
