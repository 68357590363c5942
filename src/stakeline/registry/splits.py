"""Splits and consolidations: shares told before one do not compare with shares told after it.

What was filed stays as it was filed. Between two notices on either side no change in shares is worked out; beside the last total
of a holder stands what it is in the shares of the day asked, with the factors that it was worked out by.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from stakeline.model.cited import Cite, fact_figure
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry, Timeline
from stakeline.registry.counts import day_words

SPLIT, CONSOLIDATION = "shares.split", "shares.consolidation"
"""Facts of a day: how many shares each share became; how many shares became one. Of all classes of an issuer."""


def with_splits(timelines: Iterable[Timeline], facts: Sequence[Row[Fact]]) -> tuple[Timeline, ...]:
    """The timelines, each entry behind a split marked as one whose shares do not compare with those before."""
    told = [r for r in facts if r.body.measure in (SPLIT, CONSOLIDATION)]
    return tuple(_marked(t, told) for t in timelines) if told else tuple(timelines)


def _marked(timeline: Timeline, told: Sequence[Row[Fact]]) -> Timeline:
    subject = timeline.security.subject
    entries = list(timeline.entries[:1])
    for earlier, entry in pairwise(timeline.entries):
        days = [day for day, _ in _between(told, subject, earlier.day, entry.day)]
        entries.append(
            unlike(entry, f"a split of {' and '.join(map(day_words, days))} lies before it") if days else entry
        )
    return msgspec.structs.replace(timeline, entries=tuple(entries))


def unlike(entry: Entry, why: str) -> Entry:
    """The entry, marked as one whose shares do not compare with those before, and why."""
    words = f"{why}: its shares do not compare with those told before"
    return msgspec.structs.replace(entry, unlike=words, doubts=(*entry.doubts, words))


def adjusted(
    shares: Figure | None, subject: str, told_on: date, on: date, facts: Sequence[Row[Fact]], cite: Cite
) -> Figure | None:
    """Shares told on a day, in the shares of a later day; None where no split between the two is known."""
    steps = list(_between(facts, subject, told_on, on))
    if shares is None or not steps:
        return None
    value, span, words = shares.number, shares.bounds(), "shares"
    factors = []
    for day, row in steps:
        factor = fact_figure(row, cite)
        factors.append(factor)
        splits = row.body.measure == SPLIT
        span = span * factor.bounds() if splits else span / factor.bounds()
        value = value * factor.number if splits else value / factor.number
        words += f" {'x' if splits else '/'} {factor.number:f} ({'split' if splits else 'consolidation'} of {day_words(day)})"
    basis = f"{shares.basis}, in shares of {day_words(on)}"
    return derive(
        words,
        (shares, *factors),
        span,
        unit="shares",
        basis=basis,
        day=shares.day,
        value=value if value in span else None,
    )


def _between(rows: Iterable[Row[Fact]], subject: str, after: date, until: date) -> Iterator[tuple[date, Row[Fact]]]:
    """The splits of an issuer after a day up to another, by day: of one day the first told alone."""
    found: dict[date, Row[Fact]] = {}
    for row in rows:
        body = row.body
        if body.measure in (SPLIT, CONSOLIDATION) and body.subject == subject and body.period and body.number:
            day = date.fromisoformat(body.period)
            if after < day <= until:
                found.setdefault(day, row)
    return ((day, found[day]) for day in sorted(found))
