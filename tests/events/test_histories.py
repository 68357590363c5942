"""Whatever honest filers print of a true history, what is worked out from it holds the truth.

A slice of the seeds in every run, all of them in `make soak`. The oracle is a naive fold over the true states.
"""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from tests.histories import History, Printed, State, history, levels, rows, rung

from stakeline.events import events, matching
from stakeline.events.bounds import ends
from stakeline.events.crossings import level_on
from stakeline.model.law import Base
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval, Number
from stakeline.model.stakes import Cause, Crossing, Event, EventKind

SLICE = 2_000
SOAK = 100_000
PARTS = 20
NOTIFIED = {EventKind.ENTRY, EventKind.EXIT, EventKind.CROSSING, EventKind.TRADE, EventKind.CHANGE}


def holds(bounds: Interval, truth: Fraction) -> bool:
    return Fraction(bounds.low) <= truth <= Fraction(bounds.high)


def naive_crossed(before: Fraction, after: Fraction, floor: int) -> tuple[int, ...]:
    """Every whole percent from the floor on that is reached on one side alone, by trying each."""
    met = [n for n in range(floor, 102) if (before >= n) != (after >= n)]
    return tuple(met if after > before else reversed(met))


class Checked:
    """One history checked against its truth; seen counts what was put to the test."""

    def __init__(self, seed: int) -> None:
        self.seen: Counter[str] = Counter()
        self.told: History = history(seed)
        self.floor = 1 if self.told.leg is Leg.SHORT else 5
        self.by_id = {n.serial: n for n in self.told.notices}
        self.events = events(self.told.timeline, levels, self.told.counts)

    def check(self) -> Counter[str]:
        self.form()
        for event in self.events:
            if event.kind is EventKind.GAP:
                self.gap(event)
            else:
                self.notified(event)
        return self.seen

    def form(self) -> None:
        kinds = Counter(e.kind for e in self.events)
        entries = [e.entry.id for e in self.events if e.kind in NOTIFIED]
        assert entries == [n.serial for n in self.told.notices], "one event for each entry, in order"
        assert not kinds[EventKind.MISMATCH], "honest notices do not contradict themselves"
        pairs = [(e.gap.first, e.gap.last) for e in self.events if e.gap]
        consecutive = list(zip(self.by_id, list(self.by_id)[1:], strict=False))
        assert set(consecutive) <= set(pairs)
        assert len(pairs) == len(set(pairs))
        assert len({e.id for e in self.events}) == len(self.events)
        assert [e.day for e in self.events] == sorted(e.day for e in self.events)

    def gap(self, event: Event) -> None:
        gap = event.gap
        assert gap is not None
        first, last = self.by_id[gap.first], self.by_id[gap.last]
        states = self.told.between(first, last)
        across = [n for n in self.told.notices if first.step < n.step < last.step]
        notified = sum(self.told.steps[n.step].after.held - self.told.steps[n.step].before.held for n in across)
        if gap.net is None:
            assert gap.why
        else:
            self.seen["across" if across else "net"] += 1
            assert gap.net.formula
            assert holds(gap.net.bounds(), Fraction(states[-1].held - states[0].held - notified))
        if gap.points is not None:
            self.seen["points"] += 1
            assert holds(gap.points.bounds(), states[-1].percent - states[0].percent)
        if gap.if_lawful is not None:
            self.lawful(event, states)
        elif not across:
            self.seen["not lawful: " + (gap.lawful_note or "nothing known")[:9]] += 1

    def lawful(self, event: Event, states: tuple[State, ...]) -> None:
        gap = event.gap
        assert gap is not None
        assert gap.if_lawful is not None
        low, high = gap.if_lawful
        assert low.unit == high.unit
        assert "s.313" in (gap.lawful_note or "")
        assert not self.shown_broken(self.by_id[gap.first], self.by_id[gap.last])
        if not self.told.lawful:
            self.seen["lawful, although broken"] += 1
            return
        issued = [s.issued for s in states]
        if low.unit == "pct":
            self.seen["lawful in percent"] += 1
            truth = [s.percent for s in states]
        elif min(issued[0], issued[-1]) <= min(issued) and max(issued) <= max(issued[0], issued[-1]):
            self.seen["lawful in shares"] += 1
            truth = [Fraction(s.held) for s in states]
        else:
            return
        assert all(Fraction(low.number) <= t <= Fraction(high.number) for t in truth)

    def shown_broken(self, first: Printed, last: Printed) -> bool:
        """True where both ends are certain of their levels and these differ."""
        entries = {e.id: e for e in self.told.timeline.entries}
        law = levels(date(2020, 1, 1), self.told.leg)
        assert law is not None
        sides = [ends(entries[n.serial], self.told.leg, "B shares", self.told.counts) for n in (first, last)]
        found = [level_on(Base.CLASS, s, self.told.counts, law) for s in (sides[0].after, sides[1].before)]
        rungs = {max(self.floor - 1, x.low) for x in found if x is not None and x.certain and x.sound}
        return len(rungs) == 2

    def notified(self, event: Event) -> None:
        now = self.by_id[event.entry.id]
        step = self.told.steps[now.step]
        start = step.before
        if not event.entry.before.told:
            told = [e for e in self.told.timeline.entries if e.after.told and not e.withdrawn and e.day < event.day]
            start = self.told.steps[self.by_id[told[-1].id].step].after if told else start
        for crossing in event.crossings:
            self.crossing(crossing, start, step.after)
        if event.cause is Cause.TRADE:
            assert step.kind in {"sale", "purchase", "subscription"}
        if event.cause in {Cause.DILUTION, Cause.BUY_BACK}:
            assert start.held == step.after.held
            grew = (
                start.issued < step.after.issued if event.cause is Cause.DILUTION else start.issued > step.after.issued
            )
            assert grew or "rounding" in (event.cause_why or "")
        self.seen[f"cause {event.cause}"] += 1

    def crossing(self, crossing: Crossing, start: State, end: State) -> None:
        extra = {Base.CLASS: 0, Base.COMPANY: self.told.other, Base.VOTES: 10 * self.told.other}[crossing.base]
        before, after = (Fraction(100 * s.held, s.issued + extra) for s in (start, end))
        if not crossing.certain:
            assert crossing.note
            self.seen["uncertain"] += 1
            return
        self.seen[f"certain on {crossing.base}"] += 1
        self.seen["crossed"] += bool(crossing.crossed)
        assert crossing.crossed == naive_crossed(before, after, self.floor)
        assert (crossing.before_level, crossing.after_level) == (int(before), int(after))


def run(seeds: range) -> Counter[str]:
    seen: Counter[str] = Counter()
    for seed in seeds:
        try:
            seen += Checked(seed).check()
        except AssertionError as wrong:
            raise AssertionError(f"history {seed}: {wrong}") from wrong
    return seen


def test_a_slice_of_the_random_histories() -> None:
    seen = run(range(SLICE))
    for what in ("net", "across", "points", "lawful in shares", "lawful in percent", "certain on class", "crossed"):
        assert seen[what] > SLICE // 100, f"too few histories put this to the test: {what} {seen}"
    for what in (
        "certain on company",
        "certain on votes",
        "uncertain",
        *(f"cause {c}" for c in Cause if c != "conversion"),
    ):
        assert seen[what] > SLICE // 100, f"too few histories put this to the test: {what} {seen}"


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_all_random_histories(part: int) -> None:
    size = SOAK // PARTS
    seen = run(range(part * size, (part + 1) * size))
    print(f"{size:,} histories: {dict(sorted(seen.items()))}")  # noqa: T201 - what the soak has to show


def test_the_same_seed_tells_the_same_history() -> None:
    assert history(7).timeline == history(7).timeline
    assert rows(history(7)) == rows(history(7))
    assert history(7).timeline != history(8).timeline


def test_rows_tell_what_the_entries_tell() -> None:
    for seed in range(50):
        told = history(seed)
        entries = {e.id: e for e in told.timeline.entries}
        assert len({row.key for row in rows(told)}) == len(told.notices)
        for row in rows(told):
            entry = entries[row.body.serial or ""]
            after = row.body.after[0].shares
            assert row.body.event_date == entry.day
            printed = after.value if isinstance(after, Number) else None
            assert printed == (entry.after.shares.value if entry.after.shares else None)


def test_the_naive_fold() -> None:
    assert naive_crossed(Fraction(9), Fraction("8.99"), 5) == (9,)
    assert naive_crossed(Fraction("7.2"), Fraction(9), 5) == (8, 9)
    assert naive_crossed(Fraction("6.1"), Fraction("3.0"), 5) == (6, 5)
    assert rung(Fraction("4.99"), 5) == 4


def test_events_of_many_histories_can_be_filtered() -> None:
    found = events(history(3).timeline, levels, history(3).counts)
    since = found[len(found) // 2].day
    assert matching(found) == found
    assert {e.day >= since for e in matching(found, since=since)} == {True}
    assert matching(found, crosses=50) == ()
