"""What kind of event an entry is, which way it went, and the section of the law it falls under."""

from collections.abc import Sequence

from stakeline.events.crossings import Level
from stakeline.events.printed import change_sign, told_direction
from stakeline.model.law import Levels
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Cause, Crossing, Entry, EventKind, Stake

_NONE_LEFT = Interval.exact(0)


def legal(crossings: Sequence[Crossing]) -> Crossing | None:
    """The crossing on the base of the law, where it passed a level."""
    return next((c for c in crossings if c.law and c.crossed), None)


def enters(crossing: Crossing | None, law: Levels) -> bool:
    """True where a crossing reaches the floor from below."""
    return crossing is not None and _up(crossing) and law.floor in crossing.crossed


def kind_of(
    entry: Entry, law: Levels, after: Level | None, crossings: Sequence[Crossing], cause: Cause, *, first: bool
) -> tuple[EventKind, str | None]:
    """The kind of an entry's event, and what must be said beside it.

    after: its level after the event on the base of the law. first: no entry comes before it in the timeline. A notice whose
    duty knows no lowest level (a director's) makes no ENTRY or EXIT of the floor: that is one level among others to it.
    """
    crossed = legal(crossings)
    began = _began(entry, law, after, crossed, first=first)
    if began is not None:
        return EventKind.ENTRY, began
    if crossed is not None and entry.any_size and not _ended(entry.after):
        return EventKind.CROSSING, None
    if crossed is not None:
        if enters(crossed, law):
            return EventKind.ENTRY, None
        ceased = not _up(crossed) and law.floor in crossed.crossed
        return EventKind.EXIT if ceased else EventKind.CROSSING, None
    if _ended(entry.after) and not _ended(entry.before):
        return EventKind.EXIT, "the holding ended"
    plain = EventKind.TRADE if cause is Cause.TRADE else EventKind.CHANGE
    return plain, None if entry.after.told or entry.before.told else "the notice tells no totals"


def _began(entry: Entry, law: Levels, after: Level | None, crossed: Crossing | None, *, first: bool) -> str | None:
    """Why an entry without a total before its event is the first of a holding at the floor or above; None where it is not."""
    if entry.before.told or after is None or after.level is None or after.level < law.floor:
        return None
    if entry.amendment is not None:  # it adds to a statement that was filed when the holding began
        return None
    if entry.first and not enters(crossed, law):
        return f"filed as a first notifiable interest (code {entry.code})"
    if not first:
        return None
    what = "balance known, from a list of balances" if entry.balance_only else "notice known"
    return f"first {what}: it tells no total before its event"


def section(kind: EventKind, law: Levels, crossed: Crossing | None, entry: Entry) -> str | None:
    """The section that an event falls under, as printed; None where no level of the law is known to be passed.

    Notices of a duty without a lowest level answer to other sections, which are not in our tables.
    """
    if entry.any_size:
        return None
    if kind is EventKind.ENTRY and (enters(crossed, law) or entry.first):
        return str(law.enter)
    if crossed is None:
        return None
    return {EventKind.EXIT: str(law.cease), EventKind.CROSSING: str(law.change)}.get(kind)


def direction_of(entry: Entry, leg: Leg, earlier: Entry | None, crossed: Crossing | None) -> str | None:
    """Which way, "up" or "down": by the level crossed, else the notice's totals, its code or words, or since `earlier`."""
    if crossed is not None:
        return "up" if _up(crossed) else "down"
    if entry.before.told:
        return _moved(entry.before, entry.after) or told_direction(entry, leg)
    return told_direction(entry, leg) or (_moved(earlier.after, entry.after) if earlier is not None else None)


def _up(crossing: Crossing) -> bool:
    return len(crossing.crossed) > 0 and (crossing.after_level or 0) > (crossing.before_level or 0)


def _moved(before: Stake, after: Stake) -> str | None:
    sign = change_sign(before, after)
    if not sign and before.percent is not None and after.percent is not None:
        change = after.percent.number - before.percent.number
        sign = 1 if change > 0 else -1 if change < 0 else None
    return {1: "up", -1: "down"}.get(sign or 0)


def _ended(stake: Stake) -> bool:
    return stake.shares is not None and stake.shares.bounds() == _NONE_LEFT
