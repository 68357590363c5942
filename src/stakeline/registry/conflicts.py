"""What reports of one notice tell differently: a list row and its page, two saved pages, the press beside them."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from stakeline.model.figures import Figure, Place
from stakeline.model.stakes import Entry, Timeline


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """One contradiction between reports of one event.

    id: of the entry; words: both values, each with its report. documents: (hash, name) where its figures were read.
    """

    subject: str
    holder: str
    id: str
    day: date
    words: str
    documents: tuple[tuple[str, str], ...]


def conflicts(timelines: Iterable[Timeline]) -> tuple[Conflict, ...]:
    """Every contradiction between reports of one event, each once, by issuer, day and notice.

    The entry itself shows the report of the highest authority; this is for telling that another report says otherwise.
    """
    found: dict[tuple[str, str, str], Conflict] = {}
    for timeline in timelines:
        for entry in timeline.entries:
            places = _places(entry)
            documents = tuple(dict.fromkeys((p.document, p.name) for p in places))
            for words in entry.conflicts:
                found.setdefault(
                    (timeline.security.subject, entry.id, words),
                    Conflict(
                        subject=timeline.security.subject,
                        holder=timeline.party.name,
                        id=entry.id,
                        day=entry.day,
                        words=words,
                        documents=documents,
                    ),
                )
    return tuple(sorted(found.values(), key=lambda c: (c.subject, c.day, c.id, c.words)))


def _places(entry: Entry) -> Iterator[Place]:
    told: tuple[Figure | None, ...] = (
        entry.after.shares,
        entry.after.percent,
        entry.before.shares,
        entry.before.percent,
        entry.moved,
        entry.price,
        entry.event_day,
    )
    return (place for figure in told if figure is not None for place in figure.places)
