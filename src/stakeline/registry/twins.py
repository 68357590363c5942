"""Conversions between classes: one holder's two notices of one day, one for each class, with the same shares involved."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Entry, Timeline

_Key = tuple[str, str, str | None, date, Decimal]


def with_twins(timelines: Sequence[Timeline]) -> tuple[Timeline, ...]:
    """The timelines with `Entry.twin` where two standing entries are the two halves of one conversion.

    One holder, issuer and day; two classes, as told or as their figures imply; equal shares involved; codes of which the
    one says that the figure rose, the other that it fell, and neither that shares changed hands. Where more than two fit,
    none is read so.
    """
    near: dict[_Key, list[tuple[int, int]]] = defaultdict(list)
    for at, timeline in enumerate(timelines):
        if timeline.leg is not Leg.LONG:
            continue
        security = timeline.security
        for number, entry in enumerate(timeline.entries):
            if _half(entry) and entry.moved is not None:
                near[timeline.party.key, security.subject, security.issuer, entry.day, entry.moved.number].append(
                    (at, number)
                )
    changed: dict[int, dict[int, str]] = defaultdict(dict)
    for places in near.values():
        if len(places) != 2 or places[0][0] == places[1][0]:
            continue
        one, other = (timelines[at].entries[number] for at, number in places)
        if {one.way, other.way} == {"up", "down"}:
            for (at, number), twin in zip(places, (other, one), strict=True):
                changed[at][number] = twin.id
    return tuple(_changed(timeline, changed.get(at, {})) for at, timeline in enumerate(timelines))


def _half(entry: Entry) -> bool:
    return (
        not entry.withdrawn
        and entry.way is not None
        and entry.direction not in {Direction.ACQUIRE, Direction.DISPOSE}
        and entry.moved is not None
        and entry.moved.number > 0
    )


def _changed(timeline: Timeline, twins: dict[int, str]) -> Timeline:
    if not twins:
        return timeline
    entries = tuple(
        msgspec.structs.replace(entry, twin=twins[n]) if n in twins else entry
        for n, entry in enumerate(timeline.entries)
    )
    return msgspec.structs.replace(timeline, entries=entries)
