"""Events from a timeline: one for each notified entry, one for each gap between two, for each contradiction and doubt."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from msgspec.structs import replace

from stakeline.events.bases import Counts, DayPrices
from stakeline.events.bounds import Ends, ends
from stakeline.events.causes import cause_of
from stakeline.events.crossings import crossings, level_on
from stakeline.events.gaps import gap_across, gap_between, notified_words
from stakeline.events.kinds import direction_of, enters, kind_of, legal, section
from stakeline.events.late import late_words
from stakeline.events.naming import named
from stakeline.events.printed import change_sign, one_filing, share_words
from stakeline.events.suspects import suspects
from stakeline.model.law import Levels
from stakeline.model.notices import Status
from stakeline.model.numbers import Interval
from stakeline.model.punctual import Punctuality
from stakeline.model.stakes import Cause, Crossing, Entry, Event, EventKind, Gap, Timeline

LevelsOn = Callable[[date, str], Levels | None]
"""(day, leg) -> the law's levels in force for that leg on that day, or None where they are not known."""
TimingOf = Callable[[Entry], Punctuality | None]
"""Whether the notice of an entry was filed in time, or None where nothing is known of that."""


_NO_PRICES = DayPrices()


def _untimed(_entry: Entry) -> Punctuality | None:
    return None


def events(
    timeline: Timeline,
    levels: LevelsOn,
    counts: Counts,
    prices: DayPrices = _NO_PRICES,
    timing: TimingOf = _untimed,
) -> tuple[Event, ...]:
    """The events of one timeline, by day.

    Each entry that was not withdrawn, and is no second notice of the same event, gives exactly one ENTRY, EXIT, CROSSING, TRADE or CHANGE, and a MISMATCH beside it
    where its figures contradict one another. Each pair of consecutive ones gives one GAP; where entries between tell no
    totals there is one more GAP, across them. Figures and days that are hard to believe give a SUSPECT each. An entry that no
    longer stands gives no more than WITHDRAWN, and that only where the notice was withdrawn; it holds no balance. A notice that
    was filed late gives LATE, also where another took its place since.
    """
    shares = share_words(timeline.security)
    standing = [e for at, e in enumerate(timeline.entries) if not e.withdrawn and not _again(e, timeline.entries[:at])]
    known = [ends(e, timeline.leg, shares, counts) for e in standing]
    found: list[Event] = []
    for at in range(len(known)):
        found += _gaps(timeline, known, at, levels, counts)
        found += _notified(timeline, known, at, levels, counts)
    for at, entry in enumerate(timeline.entries):
        if entry.withdrawn and entry.status is Status.WITHDRAWN:
            found.append(replace(_of(timeline, EventKind.WITHDRAWN, entry), note="the notice was withdrawn"))
        before = [e for e in timeline.entries[:at] if e.day == entry.day and not e.withdrawn]
        law = levels(entry.day, timeline.leg.value)
        for name, words in suspects(entry, timeline.leg, before, counts, prices, law):
            found.append(replace(_of(timeline, EventKind.SUSPECT, entry, name), note=words))
        filed = timing(entry) if entry.status is not Status.WITHDRAWN else None
        if filed is not None and filed.late:
            late = _of(timeline, EventKind.LATE, entry)
            found.append(replace(late, law=filed.citation, note=late_words(filed)))
    return tuple(sorted(found, key=lambda e: e.day))


def _again(entry: Entry, earlier: Sequence[Entry]) -> bool:
    """True where an earlier entry of the same day tells the same event: the same totals, code and shares.

    A second notice of one event, under a serial of its own, is no second event.
    """
    return _telling(entry) is not None and any(
        not e.withdrawn and _telling(e) == _telling(entry) for e in earlier if e.day == entry.day
    )


def _telling(entry: Entry) -> tuple[object, ...] | None:
    """What two notices of one event tell alike; None where totals are missing or did not move, which proves nothing."""
    totals = (entry.before.shares, entry.before.percent, entry.after.shares, entry.after.percent)
    if not (entry.before.told and entry.after.told) or entry.balance_only:
        return None
    if change_sign(entry.before, entry.after) in {None, 0}:
        return None
    figures = (*totals, entry.moved)
    return (entry.code, *((f.value, f.unit) if f is not None else None for f in figures))


def _of(timeline: Timeline, kind: EventKind, entry: Entry, what: str = "") -> Event:
    """An event about one entry alone. what: tells several of one kind apart."""
    return _event(timeline, kind, entry, (entry.known_from,), entry.id + (f"#{what}" if what else ""))


def matching(found: Iterable[Event], crosses: int | None = None, since: date | None = None) -> tuple[Event, ...]:
    """The events that cross a level on the base of the law (contrasts do not count) and fall on a day or after it."""
    return tuple(
        e
        for e in found
        if (since is None or e.day >= since)
        and (crosses is None or any(c.law and crosses in c.crossed for c in e.crossings))
    )


def _notified(timeline: Timeline, known: Sequence[Ends], at: int, levels: LevelsOn, counts: Counts) -> list[Event]:
    """The event of an entry, and what its figures contradict."""
    now = known[at]
    entry = now.entry
    earlier = None
    if not entry.before.told:
        earlier = next((known[i] for i in range(at - 1, -1, -1) if known[i].entry.after.told), None)
    law = levels(entry.day, timeline.leg.value)
    cause, why = cause_of(entry, timeline.leg, earlier.entry if earlier else None, clash=bool(now.contradictions))
    crossed: tuple[Crossing, ...] = ()
    if law is None:
        kind = EventKind.TRADE if cause is Cause.TRADE else EventKind.CHANGE
        unknown = f"no levels of the law are known for the {timeline.leg} leg on {entry.day}"
        note: str | None = None if entry.any_size else unknown
    else:
        crossed = crossings(law, now, earlier, counts)
        after = level_on(law.base, now.after, counts, law)
        kind, note = kind_of(entry, law, after, crossed, cause, first=at == 0)
        if kind is EventKind.ENTRY and not enters(legal(crossed), law):
            crossed = ()
    passed = legal(crossed)
    event = replace(
        _named(timeline, kind, now, earlier, entry.id, passed.crossed if passed else ()),
        direction=direction_of(entry, timeline.leg, earlier.entry if earlier else None, passed),
        cause=cause,
        cause_why=why,
        crossings=crossed,
        law=section(kind, law, passed, entry) if law is not None else None,
        note=note,
    )
    if not now.contradictions:
        return [event]
    return [
        event,
        replace(_named(timeline, EventKind.MISMATCH, now, None, entry.id), note="; ".join(now.contradictions)),
    ]


def _gaps(timeline: Timeline, known: Sequence[Ends], at: int, levels: LevelsOn, counts: Counts) -> list[Event]:
    """The gap before an entry, and the gap across entries without totals before it."""
    if at == 0 or one_filing(known[at - 1].entry, known[at].entry):
        return []
    leg, shares, first, last = timeline.leg, share_words(timeline.security), known[at - 1], known[at]
    law = levels(first.entry.day, leg.value)
    if law != levels(last.entry.day, leg.value) or first.entry.any_size or last.entry.any_size:
        law = None  # another version of the law, or a duty that notifies every change, to which the level rule adds nothing
    if law is not None and law.rungs:
        law = None  # levels that are no steps leave open how far a holding may move between two of them
    found = [_gap(timeline, gap_between(first, last, shares, counts, law), first, last)]
    start = at - 1
    while start > 0 and known[start].bare and not last.bare:
        start -= 1
    between = known[start + 1 : at]
    across = gap_across(known[start], between, last, leg, shares) if between else None
    if across is not None:
        found.append(_gap(timeline, across, known[start], last, notified_words(between, leg)))
    return found


def _gap(timeline: Timeline, gap: Gap, first: Ends, last: Ends, note: str | None = None) -> Event:
    moved = gap.net or gap.points
    span = moved.bounds() if moved is not None else Interval.exact(0)
    direction = "up" if span.low > 0 else "down" if span.high < 0 else None
    event = _named(timeline, EventKind.GAP, last, first, f"{gap.first}>{gap.last}")
    return replace(event, direction=direction, gap=gap, note=note)


def _named(
    timeline: Timeline, kind: EventKind, now: Ends, earlier: Ends | None, rests_on: str, levels: tuple[int, ...] = ()
) -> Event:
    """An event with its name and nothing said of it yet. earlier: the other entry that it rests on; known when both are."""
    moments = tuple(e.entry.known_from for e in (now, earlier) if e is not None)
    return _event(timeline, kind, now.entry, moments, rests_on, levels)


def _event(
    timeline: Timeline,
    kind: EventKind,
    entry: Entry,
    moments: Iterable[datetime | None],
    rests_on: str,
    levels: tuple[int, ...] = (),
) -> Event:
    return Event(
        id=named(kind, timeline.party, timeline.security, timeline.leg, entry, rests_on, levels),
        kind=kind,
        party=timeline.party,
        security=timeline.security,
        leg=timeline.leg,
        day=entry.day,
        known_from=max((m for m in moments if m is not None), default=None),
        entry=entry,
    )
