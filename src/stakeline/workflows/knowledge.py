"""What the ledger tells of one issuer, as known at a moment: its timelines, counts and events."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from stakeline import regimes, registry
from stakeline.events import Counts, DayPrices, TimingOf, events, insiders
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.facts import Fact
from stakeline.model.judgements import MEASURES
from stakeline.model.law import Regime
from stakeline.model.moments import day_at, parse_day, parse_moment
from stakeline.model.notices import Leg, Notice
from stakeline.model.rows import Row
from stakeline.model.stakes import Event, EventKind, Issuer, Party, Timeline
from stakeline.workflows.due_days import timings
from stakeline.workflows.readers import cite
from stakeline.workflows.where import now

_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,11}")
FX = ("fx:USD/HKD", "fx:USD/CNY", "fx:HKD/CNY")
"""Subjects of exchange rates that a user may have loaded; others come from the ECB's history."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The two clocks of a question.

    on: as of the end of this day in the market. known: what was public at this moment (UTC).
    told: False where the user named no moment; then rows that do not say since when they were public count too.
    """

    on: date
    known: datetime
    told: bool

    @property
    def limit(self) -> datetime | None:
        """The moment to ask the ledger for; None asks for everything."""
        return self.known if self.told else None


class Knowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of one issuer.

    issuer: whose code it was on the day asked. facts: of the issuer, its peers, its holders and exchange rates. timing: whether
    the notice of an entry was in time.
    """

    asked: Asked
    regime: Regime
    issuer: Issuer
    notices: tuple[Row[Notice], ...]
    facts: tuple[Row[Fact], ...]
    timelines: tuple[Timeline, ...]
    timing: TimingOf

    def counts(self, share_class: str | None) -> Counts:
        """Counts of the class, the company and its votes as last known on a day, for the events of a timeline."""
        subject, rows, era = self.issuer.subject, self.facts, self.issuer
        return Counts(
            of_class=lambda day: registry.count(rows, subject, share_class, day, cite, era) if share_class else None,
            company=lambda day: registry.count(rows, subject, registry.ALL, day, cite, era),
            votes=lambda day: registry.votes(rows, subject, day, cite, era),
            votes_each=lambda day: (
                registry.votes_per_share(rows, subject, share_class, day, cite) if share_class else None
            ),
        )

    def day_prices(self) -> DayPrices:
        """The range of each day's prices on exchange, for the events of a timeline."""
        from stakeline.model.cited import agreed

        days: dict[tuple[str, str | None], list[Row[Fact]]] = {}
        for row in self.facts:
            if row.body.subject == self.issuer.subject and row.body.measure in {"price.low", "price.high"}:
                days.setdefault((row.body.measure, row.body.period), []).append(row)
        return DayPrices(
            low=lambda day: agreed(days.get(("price.low", day.isoformat()), []), cite),
            high=lambda day: agreed(days.get(("price.high", day.isoformat()), []), cite),
        )

    def events(self, timelines: Iterable[Timeline] | None = None) -> tuple[Event, ...]:
        """All events of these timelines (all of the issuer's), up to the day asked."""
        prices = self.day_prices()
        asked_of = self.timelines if timelines is None else tuple(timelines)
        found = [
            event
            for timeline in asked_of
            for event in events(
                timeline, self.regime.levels_on, self.counts(timeline.security.share_class), prices, self.timing
            )
            if event.day <= self.asked.on
        ]
        found += insiders(asked_of, found)
        return tuple(sorted(_once(found), key=lambda e: (e.day, e.id)))


def _once(found: Sequence[Event]) -> Iterator[Event]:
    """The events, a late notice once although it tells of several legs: with the long one where it tells of that."""
    legs: dict[tuple[str, str], Leg] = {}
    for event in found:
        if event.kind is EventKind.LATE and legs.get((event.party.key, event.entry.id)) is not Leg.LONG:
            legs[event.party.key, event.entry.id] = event.leg
    for event in found:
        if event.kind is not EventKind.LATE or legs[event.party.key, event.entry.id] is event.leg:
            yield event


def asked(on: str | None, known: str | None, zone: str) -> Asked:
    """The two clocks as the user set them. Without --known: now. Without --on: the day of --known in the market."""
    moment = parse_moment(known, zone) if known else now()
    day = parse_day(on) if on else day_at(moment, zone)
    return Asked(on=day, known=moment, told=known is not None)


def issuers(names: Names) -> tuple[Issuer, ...]:
    """Every issuer that the ledger has a name for and whose market it knows (a peer from elsewhere has facts only)."""
    known = {r.code for r in regimes.regimes()}
    told = [(subject, issuer or "", None) for subject, issuer, _, _ in names.told]
    found = registry.issuers(names.facts, told, linked=names.linked)
    return tuple(i for i in found if registry.regime_part(i.subject) in known)


def called(ledger: Ledger, query: str, names: Names) -> str:
    """What to look for: the query, or the subject of the issuer where it is a trading symbol and no name or code is like it."""
    if not _SYMBOL.fullmatch(query):
        return query
    try:
        registry.find(query, issuers(names))
    except UnknownName:
        subjects = ledger.subjects_of_symbol(query)
        if len(subjects) > 1:
            raise AmbiguousName(f"{query!r} is the symbol of several: {', '.join(subjects)}") from None
        return subjects[0] if subjects else query
    except AmbiguousName:
        return query
    return query


def find_issuer(query: str, names: Names, on: str | None, known: str | None) -> tuple[Issuer, Asked]:
    """The issuer that a name or code meant on the day asked, and the two clocks in its market."""
    candidates = issuers(names)
    some = registry.find(query, candidates)
    clocks = asked(on, known, regimes.regime(registry.regime_part(some.subject)).zone)
    return registry.find(query, candidates, on=clocks.on), clocks


def holders(names: Names) -> tuple[Party, ...]:
    """Every holder by name, as far as names alone tell: candidates for what a user types."""
    return registry.named_holders(names.facts, [holder for _, _, holder, _ in names.told])


def about(ledger: Ledger, issuer: Issuer, clocks: Asked, names: Names) -> Knowledge:
    """What was known of an issuer at the moment asked."""
    told = ledger.notices(subjects={issuer.subject, *issuer.told_as}, known=clocks.limit)
    notices = registry.with_codes(told, issuer)
    peers = {
        f.body.text
        for f in names.facts
        if f.body.measure == "peer" and f.body.subject == issuer.subject and f.body.text
    }
    holder_subjects = {f.body.subject for f in names.facts if f.body.subject.startswith("holder:")}
    facts = ledger.facts(subjects={issuer.subject, *peers, *holder_subjects, *FX}, known=clocks.limit)
    # Who is who is no news: a judgement counts at every moment that is asked about.
    facts += [f for f in names.facts if f.body.measure in MEASURES]
    timelines = registry.timelines(notices, facts, regimes.regime, cite, clocks.limit)
    return Knowledge(
        asked=clocks,
        regime=regimes.regime(registry.regime_part(issuer.subject)),
        issuer=_as_known(issuer, facts, notices, clocks.on),
        notices=tuple(notices),
        facts=tuple(facts),
        timelines=tuple(t for t in timelines if _of(t, issuer)),
        timing=timings(notices),
    )


def _as_known(issuer: Issuer, facts: Sequence[Row[Fact]], notices: Sequence[Row[Notice]], on: date) -> Issuer:
    """The issuer by the names and codes that were public then, by the name of the day; as it was found where none was."""
    _, start, end = issuer.codes[0]
    for other in registry.issuers(facts, registry.names_told(notices), on):
        _, first, last = other.codes[0]
        apart = (end and first and first > end) or (start and last and last < start)
        if other.subject == issuer.subject and not apart:
            return msgspec.structs.replace(other, told_as=issuer.told_as)
    return issuer


def _of(timeline: Timeline, issuer: Issuer) -> bool:
    """True where the timeline's notices are of the time when the code was this issuer's."""
    return any(registry.holds(issuer, e.day) for e in timeline.entries)


def select(timelines: Sequence[Timeline], party: Party) -> tuple[Timeline, ...]:
    """The timelines of a holder, by any of its names."""
    same = tuple(t for t in timelines if t.party.key == party.key)
    if same:
        return same
    wanted = {registry.normal(n) for n in (party.name, *party.names, *party.seats)}
    return tuple(
        t for t in timelines if wanted & {registry.normal(n) for n in (t.party.name, *t.party.names, *t.party.seats)}
    )
