"""Who held what: positions of an issuer or a holder on a day, one holder's timeline, the events of both."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from stakeline import regimes, registry
from stakeline.events import matching
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import UnknownName
from stakeline.model.figures import Figure
from stakeline.model.law import Base
from stakeline.model.moments import parse_day
from stakeline.model.notices import Notice, Sale, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import quote
from stakeline.model.rows import Sighting
from stakeline.model.stakes import Event, Issuer, Party, Timeline
from stakeline.registry import Position
from stakeline.registry.filings import by_authority, serial_day
from stakeline.registry.splits import adjusted
from stakeline.workflows import across, knowledge, quarters
from stakeline.workflows.across import Market
from stakeline.workflows.knowledge import Asked, Knowledge
from stakeline.workflows.quarters import Quarterly
from stakeline.workflows.readers import cite


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `show`: the last position told of a holder in a class, and its percentage on the base asked.

    percent: as filed on the base of the class, where it was filed; else worked out. derived: true where worked out.
    zone: of the market that the notice was filed in. adjusted: the shares in those of the day asked, where the class was split since.
    """

    issuer: Issuer
    position: Position
    percent: Figure | None
    shares: Figure | None
    zone: str
    adjusted: Figure | None = None


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that counts no shares of the issuer, and so is in no balance.

    what: what it is about, in words. status: its standing by the best report that says more than that it was filed.
    """

    issuer: Issuer
    what: str
    status: Status
    day: date | None
    notice: Notice
    sightings: tuple[Sighting, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `show`. name: who was asked about. counts: share counts last known on the day, of an issuer.

    other: notices of associated corporations and of debentures, oldest first. quarters: what managers reported of it, or it
    as a manager, at the end of a quarter; None where nobody did. asked, zone: in the first market; markets: all that it is of, each
    with the clocks in its own time. notes: by what a holder or issuer in several markets is one, and which lines are the same shares.
    """

    name: str
    of_issuer: bool
    asked: Asked
    base: Base
    held: tuple[Held, ...]
    other: tuple[Other, ...] = ()
    counts: tuple[Figure, ...] = ()
    zone: str
    quarters: Quarterly | None = None
    markets: tuple[Market, ...] = ()
    notes: tuple[str, ...] = ()


class History(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `timeline`: one holder in one issuer, class by class and leg by leg, with its events."""

    issuer: Issuer
    party: Party
    asked: Asked
    zone: str
    timelines: tuple[Timeline, ...]
    events: tuple[Event, ...]


def show(ledger: Ledger, name: str, *, on: str | None, known: str | None, base: str) -> Shown:
    """Who held what in an issuer, or what a holder held, at the end of a day, as known at a moment."""
    quarterly = quarters.of_name(ledger, name, on=on, known=known)
    try:
        answer = _shown(ledger, name, on=on, known=known, base=base)
    except UnknownName:
        if quarterly is None:
            raise
        return Shown(
            name=name,
            of_issuer=False,
            asked=quarterly.asked,
            base=Base(base),
            held=(),
            zone=quarterly.zone,
            quarters=quarterly,
        )
    if quarterly is None and answer.name != name:
        quarterly = quarters.of_name(ledger, answer.name, on=on, known=known)
    return msgspec.structs.replace(answer, quarters=quarterly)


def _shown(ledger: Ledger, name: str, *, on: str | None, known: str | None, base: str) -> Shown:
    """`show` without what managers report at the end of a quarter."""
    names = ledger.names()
    found = find_named(ledger, name, names, on, known)
    of_issuer = not isinstance(found, Party)
    if isinstance(found, Party):
        party, name = found, found.name
        several = of_holder(ledger, found, names, on, known)
        if not several:
            raise UnknownName(f"no notice of {found.name} was known then")
    else:
        party, several = None, _of_issuer(ledger, *found, names, on, known)
        name = several[0].issuer.name
    held = tuple(h for told in several for h in _held(told, party, Base(base)))
    return Shown(
        name=name,
        of_issuer=of_issuer,
        asked=several[0].asked,
        base=Base(base),
        held=held,
        other=tuple(o for told in several for o in _other(told, party)),
        counts=tuple(c for told in several for c in _counts(told)) if of_issuer else (),
        zone=several[0].regime.zone,
        markets=across.markets(several),
        notes=(
            *_notes(several, held, party, names),
            *(_holder_too(ledger, several[0].issuer, names, on, known) if of_issuer else ()),
        ),
    )


def _holder_too(ledger: Ledger, issuer: Issuer, names: Names, on: str | None, known: str | None) -> Iterator[str]:
    """Where a holder of an issuer's name reports: a name that is both is answered as the issuer."""
    wanted = registry.normal(issuer.name)
    party = next((p for p in knowledge.holders(names) if registry.normal(p.name) == wanted), None)
    found = of_holder(ledger, party, names, on, known) if party is not None else []
    told = [
        t
        for t in found
        if party and any(e.day <= t.asked.on for s in knowledge.select(t.timelines, party) for e in s.entries)
    ]
    if told:
        where = "; ".join(f"{quote(t.issuer.name)} ({t.issuer.subject})" for t in told)
        yield f"a holder of this name reports too, in {where}: `stakeline timeline` shows each"


def _of_issuer(
    ledger: Ledger, issuer: Issuer, clocks: Asked, names: Names, on: str | None, known: str | None
) -> list[Knowledge]:
    """What was known of an issuer, then of the same one in other markets."""
    others = across.listed_too(issuer, knowledge.issuers(names), clocks)
    asked = [(issuer, clocks), *((other, knowledge.asked(on, known, _zone(other))) for other in others)]
    return [knowledge.about(ledger, one, clocks_there, names) for one, clocks_there in asked]


def _notes(several: Sequence[Knowledge], held: Sequence[Held], party: Party | None, names: Names) -> Iterator[str]:
    """What is to be said of the answer as a whole."""
    positions = [h.position for h in held]
    yield from across.counted_once(positions)
    shown = {h.issuer.subject for h in held}
    yield from across.depositary([t for t in several if t.issuer.subject in shown], positions)
    if party is not None:
        yield from across.jointly(party, positions)
    if party is None:
        yield from across.one_issuer(several)
    else:
        yield from across.is_one(party, [(h.issuer.subject, h.position.timeline.party) for h in held], names)
    if len({registry.regime_part(h.issuer.subject) for h in held}) > 1:
        told = [(registry.regime_part(h.issuer.subject), h.percent.basis) for h in held if h.percent is not None]
        yield from across.bases({t.regime.code: t.regime for t in several}.values(), told)


def history(ledger: Ledger, holder: str, issuer: str, *, on: str | None, known: str | None) -> History:
    """One holder in one issuer, notice by notice, with the gaps between."""
    names = ledger.names()
    found, clocks = knowledge.find_issuer(knowledge.called(ledger, issuer, names), names, on, known)
    told = knowledge.about(ledger, found, clocks, names)
    party = registry.find(holder, [across.with_joint(t) for t in told.timelines])
    timelines = tuple(_until(t, clocks.on) for t in knowledge.select(told.timelines, party))
    return History(
        issuer=told.issuer,
        party=party,
        asked=clocks,
        zone=told.regime.zone,
        timelines=timelines,
        events=told.events(timelines),
    )


def find_events(
    ledger: Ledger, name: str | None, *, on: str | None, known: str | None, crosses: int | None, since: str | None
) -> tuple[tuple[Issuer, Event], ...]:
    """Events of an issuer, of a holder, or of everybody, oldest first."""
    names = ledger.names()
    found = find_named(ledger, name, names, on, known) if name else None
    if isinstance(found, Party):
        several = of_holder(ledger, found, names, on, known)
    elif found is not None:
        several = [knowledge.about(ledger, *found, names)]
    else:
        several = [
            knowledge.about(ledger, issuer, knowledge.asked(on, known, _zone(issuer)), names)
            for issuer in knowledge.issuers(names)
        ]
    first = parse_day(since) if since else None
    pairs = [
        (told.issuer, event)
        for told in several
        for event in matching(
            told.events(knowledge.select(told.timelines, found) if isinstance(found, Party) else None), crosses, first
        )
    ]
    return tuple(sorted(pairs, key=lambda p: (p[1].day, p[1].id)))


def find_named(
    ledger: Ledger, name: str, names: Names, on: str | None, known: str | None
) -> tuple[Issuer, Asked] | Party:
    """An issuer with its clocks, or a holder, by name; where a name is both, the issuer."""
    name = knowledge.called(ledger, name, names)
    try:
        return knowledge.find_issuer(name, names, on, known)
    except UnknownName as no_issuer:
        try:
            return registry.find(name, [*knowledge.holders(names), *_written(ledger, name, names)])
        except UnknownName as no_holder:
            # Both may suggest a name that looks alike; a suggestion is worth more than none.
            raise max(no_issuer, no_holder, key=lambda e: len(str(e))) from None


def _written(ledger: Ledger, name: str, names: Names) -> tuple[Party, ...]:
    """Holders of which a notice tells this name beside another: in Chinese characters on a form in English, or of a joint filer."""
    asked = registry.normal(name)
    told = [n.body for n in ledger.notices(holder_like=name)]
    pairs = [(h.name, h.chinese) for h in (b.holder for b in told) if h.chinese and registry.normal(h.chinese) == asked]
    pairs += [(b.holder.name, h.name) for b in told for h in b.joint if asked in registry.normal(h.name)]
    return registry.named_holders(names.facts, [one for one, _ in pairs], pairs) if pairs else ()


def _zone(issuer: Issuer) -> str:
    return regimes.regime(registry.regime_part(issuer.subject)).zone


def of_holder(ledger: Ledger, party: Party, names: Names, on: str | None, known: str | None) -> list[Knowledge]:
    """What was known of each issuer in which the holder ever reported."""
    subjects = across.subjects_of(party, names)
    issuers = [i for i in knowledge.issuers(names) if not subjects.isdisjoint((i.subject, *i.told_as))]
    return [knowledge.about(ledger, i, knowledge.asked(on, known, _zone(i)), names) for i in issuers]


def _held(told: Knowledge, party: Party | None, base: Base) -> tuple[Held, ...]:
    """Positions of everybody or of one holder; what is part of whose position is told of everybody's."""
    rows = []
    wanted = None if party is None else knowledge.select(told.timelines, party)
    for position in registry.positions(told.timelines, told.asked.on, regimes.regime):
        if wanted is not None and not any(position.timeline is t for t in wanted):
            continue
        known = registry.bases(
            told.facts,
            position.timeline.security,
            told.asked.on,
            cite,
            issued=position.entry.issued,
            within=told.issuer,
        )
        filed = position.stake.percent if base is Base.CLASS else None
        shares = registry.shares_of(position.stake, known.class_count)
        rows.append(
            Held(
                issuer=told.issuer,
                position=position,
                percent=filed or registry.on_base(position.stake, base, known),
                shares=shares,
                zone=told.regime.zone,
                adjusted=adjusted(shares, told.issuer.subject, position.entry.day, told.asked.on, told.facts, cite),
            )
        )
    return tuple(rows)


def _other(told: Knowledge, party: Party | None) -> tuple[Other, ...]:
    """Notices of associated corporations and of debentures, of everybody or of one holder: each once, its page first."""
    wanted = None if party is None else {registry.normal(n) for n in (party.name, *party.names, *party.seats)}
    found: dict[str, Other] = {}
    for row in sorted((r for r in told.notices if not r.body.own_shares), key=by_authority):
        body = row.body
        day = body.event_date or body.aware_date or body.signed_date or serial_day(body.serial)
        late = day is not None and (day > told.asked.on or not registry.holds(told.issuer, day))
        names = {registry.normal(n) for n in (body.holder.name, body.holder.chinese) if n}
        if not late and (wanted is None or wanted & names):
            one = Other(
                issuer=told.issuer,
                what=about_words(body),
                status=body.status,
                day=day,
                notice=body,
                sightings=row.sightings,
            )
            first = found.setdefault(body.serial or row.key, one)
            if first.status is Status.FILED is not body.status:
                found[body.serial or row.key] = msgspec.structs.replace(first, status=body.status)
    return tuple(sorted(found.values(), key=lambda o: (o.day or date.min, o.notice.serial or "")))


def _block(sale: Sale) -> str:
    """Gives " of 2,000 Class A about 2026-09-04"."""
    many = f" of {sale.shares.value:,f}" if isinstance(sale.shares, Number) else ""
    return f"{many} {quote(sale.title or '')}".rstrip() + (f" about {sale.day}" if sale.day else "")


def about_words(notice: Notice) -> str:
    """What a notice is about that counts no shares of the issuer: "associated corporation X, debentures 5% Notes"."""
    parts = []
    if notice.associated is not None:
        parts.append(f"associated corporation {quote(notice.associated.name or 'not named')}")
    if notice.debentures is not None:
        parts.append(f"debentures {quote(notice.debentures.kind or '')}".strip())
    if notice.proposed is not None:
        parts += [f"proposed sale{_block(sale)}" for sale in notice.proposed.sales] or ["proposed sale"]
    return ", ".join(parts)


def _counts(told: Knowledge) -> tuple[Figure, ...]:
    classes = dict.fromkeys(item for item, _ in registry.counts(told.facts, told.issuer.subject, cite, told.issuer))
    found = [
        registry.count(told.facts, told.issuer.subject, item, told.asked.on, cite, told.issuer) for item in classes
    ]
    return tuple(f for f in found if f is not None)


def _until(timeline: Timeline, day: date) -> Timeline:
    return msgspec.structs.replace(timeline, entries=tuple(e for e in timeline.entries if e.day <= day))
