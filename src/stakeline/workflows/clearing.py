"""Who keeps an issuer's shares in the clearing system on a day, and what changed since another.

Participants are brokers, banks and custodians. What they keep says nothing of who owns it, and every answer says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from stakeline import regimes, registry
from stakeline.ledger import Ledger
from stakeline.model.cited import agreed
from stakeline.model.errors import UnknownName, UsageError
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.moments import parse_day
from stakeline.model.numbers import exact_sum
from stakeline.model.problems import Severity
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer
from stakeline.registry.names import span_of
from stakeline.workflows import knowledge
from stakeline.workflows.knowledge import Asked
from stakeline.workflows.readers import cite

SHARES, PERCENT, ISSUED = "clearing.shares", "clearing.percent", "clearing.issued"
_DAY = timedelta(days=1)


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What one participant keeps. participant: its id, or the name of an investor who has none."""

    participant: str
    name: str
    shares: Figure
    percent: Figure | None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A participant whose shares differ between two days. before, after: None where it was not listed then.

    change: in shares, where it was listed on both days.
    """

    participant: str
    name: str
    before: Kept | None
    after: Kept | None
    change: Figure | None


class Clearing(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. caution: what must be printed above it.

    day: the last day on or before the day asked of which holdings are known; since: the day compared with, found alike.
    kept, moved: largest first. issued: the shares that percentages are of, where told.
    unread: rows of the documents behind this answer that could not be read; who seems gone may stand in one.
    """

    issuer: Issuer
    asked: Asked
    zone: str
    caution: str
    day: date
    since: date | None
    kept: tuple[Kept, ...]
    moved: tuple[Moved, ...]
    issued: Figure | None
    unread: int


def clearing(
    ledger: Ledger, name: str, *, on: str | None = None, known: str | None = None, since: str | None = None
) -> Clearing:
    """Holdings by participant on a day, largest first, and who holds more or less than on the day `since`.

    UnknownName where no holdings of the issuer were known then; UsageError where none are known so early as `since`.
    """
    names = ledger.names()
    issuer = registry.find(name, knowledge.issuers(names))
    zone = regimes.regime(registry.regime_part(issuer.subject)).zone
    clocks = knowledge.asked(on, known, zone)
    facts = ledger.facts(
        subjects={issuer.subject}, measures={SHARES, PERCENT, ISSUED}, known=clocks.limit, undated=not clocks.told
    )
    rows = [(days, row) for row in facts if (days := _days(row.body, issuer, clocks))]
    day = _last(rows, clocks.on)
    if day is None:
        raise UnknownName(
            f"no clearing-system holdings of {issuer.name} on or before {clocks.on} were known; `stakeline load` takes "
            "the saved search page or a collector's file"
        )
    kept = _kept(rows, day)
    first = _first_day(rows, since, issuer) if since else None
    moved = _moved(_kept(rows, first), kept) if first else ()
    used = [row for days, row in rows if _holds(days, day) or (first and _holds(days, first))]
    return Clearing(
        issuer=issuer,
        asked=clocks,
        zone=zone,
        caution="; ".join(dict.fromkeys(row.body.doubt for row in used if row.body.doubt)),
        day=day,
        since=first,
        kept=tuple(sorted(kept.values(), key=lambda k: (-k.shares.number, k.participant))),
        moved=moved,
        issued=agreed([r for days, r in rows if r.body.measure == ISSUED and _holds(days, day)], cite),
        unread=_unread(ledger, used),
    )


Days = tuple[date, date]
Dated = tuple[Days, Row[Fact]]


def _days(fact: Fact, issuer: Issuer, clocks: Asked) -> Days | None:
    """The days of a fact on which the code was the issuer's and which were public then.

    A fact of several days is public since its first day was; each further day came a day later.
    """
    first, last = span_of(fact.period)
    if first is None or last is None:
        return None
    if clocks.told and fact.known_from is not None:
        last = min(last, first + (clocks.known - fact.known_from) // _DAY * _DAY)
    _, start, end = issuer.codes[0]
    first, last = max(first, start or first), min(last, end or last)
    return (first, last) if first <= last else None


def _holds(days: Days, day: date) -> bool:
    return days[0] <= day <= days[1]


def _last(rows: Iterable[Dated], limit: date) -> date | None:
    """The last day up to a limit of which holdings are known."""
    of_shares = (days for days, row in rows if row.body.measure == SHARES)
    return max((min(days[1], limit) for days in of_shares if days[0] <= limit), default=None)


def _first_day(rows: Sequence[Dated], since: str, issuer: Issuer) -> date:
    day = _last(rows, parse_day(since))
    if day is None:
        earliest = min(days[0] for days, _ in rows)
        raise UsageError(
            f"the first holdings of {issuer.name} that were known are of {earliest}; write --since {earliest}"
        )
    return day


def _kept(rows: Iterable[Dated], day: date) -> dict[str, Kept]:
    """What each participant keeps on a day, by its id."""
    told: dict[tuple[str, str], list[Row[Fact]]] = {}
    for days, row in rows:
        if _holds(days, day) and row.body.item:
            told.setdefault((row.body.measure, _part(row.body.item)[0]), []).append(row)
    found = {}
    for (measure, participant), of in told.items():
        figure = agreed(of, cite) if measure == SHARES else None
        if figure is not None:
            percent = agreed(told.get((PERCENT, participant), []), cite)
            name = _part(of[0].body.item or "")[1]
            found[participant] = Kept(participant=participant, name=name, shares=figure, percent=percent)
    return found


def _part(item: str) -> tuple[str, str]:
    """Id and name of "C00019 THE HONGKONG AND SHANGHAI BANKING"; the name twice where there is no id."""
    first, _, rest = item.partition(" ")
    is_id = len(first) == 6 and first[0].isalpha() and first[1:].isdigit() and bool(rest)
    return (first, rest) if is_id else (item, item)


def _moved(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> tuple[Moved, ...]:
    """Participants with other shares than before, by how many; one that was not listed on a day, by all that it held."""
    found = []
    for participant in before.keys() | after.keys():
        old, new = before.get(participant), after.get(participant)
        shown = new or old
        if shown is None or (old and new and old.shares.number == new.shares.number):
            continue
        change = _change(old.shares, new.shares) if old and new else None
        moved = Moved(participant=participant, name=shown.name, before=old, after=new, change=change)
        found.append((-abs((change or shown.shares).number), participant, moved))
    return tuple(moved for _, _, moved in sorted(found, key=lambda f: f[:2]))


def _change(before: Figure, after: Figure) -> Figure:
    return derive(
        "shares after - shares before",
        (before, after),
        after.bounds() - before.bounds(),
        unit="shares",
        basis="change of the shares held through this participant",
        day=after.day,
        value=exact_sum(after.number, -before.number),
    )


def _unread(ledger: Ledger, used: Iterable[Row[Fact]]) -> int:
    """Inputs quarantined from the documents that the answer was read from."""
    documents = {sighting.document for row in used for sighting in row.sightings}
    return sum(k.document in documents and k.problem.severity is Severity.INPUT for k in ledger.problems())
