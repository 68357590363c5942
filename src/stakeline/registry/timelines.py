"""Timelines: the notices of one holder, class and leg as one history, every report of an event in one entry."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from stakeline.model.cited import Cite
from stakeline.model.facts import Fact
from stakeline.model.law import Regime
from stakeline.model.notices import Holder, Leg, Notice
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry, Issuer, Party, Security, Timeline
from stakeline.registry.classes import securities
from stakeline.registry.counts import class_counts
from stakeline.registry.entries import entry
from stakeline.registry.filings import LAST, Filing, beside, by_authority, filings
from stakeline.registry.holders import Known, known_holders, party, party_keys
from stakeline.registry.items import renumbered
from stakeline.registry.jointly import one_group
from stakeline.registry.lines import has_day, line_timelines, parted
from stakeline.registry.names import era_name, issuer_on, issuers, names_told, normal
from stakeline.registry.seats import Draft, Seats, seats
from stakeline.registry.splits import with_splits
from stakeline.registry.standing import Standing, standing
from stakeline.registry.twins import with_twins

RegimeOf = Callable[[str], Regime]
Eras = dict[str, list[Issuer]]
"""Issuers by subject, in the order of their days."""


def timelines(
    notices: Sequence[Row[Notice]],
    facts: Sequence[Row[Fact]],
    regime_of: RegimeOf,
    cite: Cite,
    known: datetime | None = None,
) -> tuple[Timeline, ...]:
    """The histories that notices tell, by issuer, class, holder and leg; the same whatever the order of the rows.

    notices, facts: what was known at the moment asked. known: that moment, where one was asked: remarks of a later day on
    an earlier notice (withdrawn, superseded) do not count then. facts: names and seats of holders, names of issuers with their
    days, share counts by class. Entries are sorted by day of event, then as they became known. Notices that tell no day
    at all are in no timeline: `undated` names them.
    """
    named = known_holders(facts)
    eras: Eras = defaultdict(list)
    for issuer in issuers(facts, names_told(notices)):
        eras[issuer.subject].append(issuer)
    by_line, notices = parted(notices)
    placed, keys = _with_parties(
        [
            msgspec.structs.replace(f, era=era_name(eras[f.subject], f.subject, f.day))
            for f in filings(notices, regime_of)[0]
        ],
        named,
        by_line,
    )
    stands = standing(placed, regime_of, known)
    drafts = _drafts(beside(placed, stands.retired), stands, facts, eras)
    by_party: dict[str, list[Filing]] = defaultdict(list)
    for filing in {d.filing.key: d.filing for d in drafts}.values():
        by_party[filing.party].append(filing)
    shown = {key: quote(_party(key, own, named).name) for key, own in by_party.items()}
    joined = seats(drafts, shown, named.judged.apart)
    histories: dict[tuple[str, Security, Leg], list[Draft]] = defaultdict(list)
    of_lead: dict[str, list[Filing]] = defaultdict(list)
    for draft in drafts:
        histories[joined.lead[draft.filing.party], draft.security, draft.leg].append(draft)
    for key, own in by_party.items():
        of_lead[joined.lead[key]].extend(own)
    parties = {key: _party(key, own, named) for key, own in of_lead.items()}
    among = _classes(drafts, eras)
    told = [
        Timeline(
            party=parties[key],
            security=security,
            leg=leg,
            entries=_entries(members, key, joined, regime_of, cite, among[security.subject, security.issuer]),
        )
        for (key, security, leg), members in histories.items()
    ]
    told += line_timelines(by_line, keys, named, regime_of, cite)
    return with_splits(with_twins(sorted(told, key=_order)), facts)


def undated(notices: Sequence[Row[Notice]], regime_of: RegimeOf) -> tuple[Row[Notice], ...]:
    """Notices that tell no day of any kind, so that no timeline can hold them."""
    by_line, others = parted(notices)
    return (*filings(others, regime_of)[1], *(r for r in by_line if not has_day(r.body)))


def _with_parties(
    found: Sequence[Filing], known: Known, by_line: Sequence[Row[Notice]]
) -> tuple[list[Filing], dict[tuple[str, Holder], str]]:
    """Filings with the key of their holder; of reports that name it differently, the one that a fact knows decides.

    With them the key of every holder as told, those of reports that tell row by row included (their scope is the subject).
    """
    scopes = {f.key: f"{f.subject} {f.era}" if f.era else f.subject for f in found}
    told_by = [(scopes[f.key], r.body.holder) for f in found for r in f.reports]
    keys = party_keys([*told_by, *((r.body.subject, holder) for r in by_line for holder in r.body.holders)], known)
    result = []
    for filing in found:
        told = [keys[scopes[filing.key], r.body.holder] for r in filing.reports]
        party_key = next((k for k in told if k in known.names), told[0])
        result.append(msgspec.structs.replace(filing, party=party_key))
    return one_group(result), keys


def _drafts(found: Sequence[Filing], stands: Standing, facts: Sequence[Row[Fact]], eras: Eras) -> list[Draft]:
    """Each leg of each filing, with its class and whether it still stands."""
    of_issuer: dict[tuple[str, str | None], list[Filing]] = defaultdict(list)
    for filing in found:
        of_issuer[filing.subject, filing.era].append(filing)
    drafts: list[Draft] = []
    for (subject, _), own in sorted(of_issuer.items(), key=lambda i: (i[0][0], i[0][1] or "")):
        issuer = issuer_on(eras[subject], subject, own[0].day)
        classes = securities(own, class_counts(facts, subject, issuer) if issuer else {})
        for filing in own:
            security, doubt = classes[filing.key]
            doubts = [d for d in (doubt, stands.doubts.get(filing.key)) if d]
            placed = msgspec.structs.replace(filing, doubts=(*filing.doubts, *doubts)) if doubts else filing
            drafts.extend(
                Draft(filing=placed, leg=leg, security=security, retired=stands.retired.get(filing.key))
                for leg in filing.legs()
            )
    return sorted(drafts, key=lambda d: (d.filing.key, d.leg))


def _party(key: str, own: Sequence[Filing], known: Known) -> Party:
    bodies = [r.body for f in own for r in f.reports]
    return party(
        key, Counter(b.holder.name for b in bodies), (b.holder.chinese for b in bodies if b.holder.chinese), known
    )


def _classes(drafts: Sequence[Draft], eras: Eras) -> dict[tuple[str, str | None], set[str]]:
    """The classes of each issuer that facts or notices tell of."""
    among: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for draft in drafts:
        place = draft.security.subject, draft.security.issuer
        issuer = issuer_on(eras[draft.filing.subject], draft.filing.subject, draft.filing.day)
        among[place].update(issuer.classes if issuer else (), filter(None, (draft.security.share_class,)))
    return among


def _events(members: Sequence[Draft], lead: str) -> list[tuple[list[Draft], list[str]]]:
    """Drafts of one history put together by event, each with what is to be said of it.

    Seats that show the same figures on one day report one event. Two notices under one name are two, whatever they show.
    """
    events: dict[tuple[object, ...], dict[str, Draft]] = defaultdict(dict)
    apart: list[tuple[list[Draft], list[str]]] = []
    for draft in sorted(members, key=lambda d: (d.filing.party != lead, *by_authority(d.filing.reports[0]))):
        figures = draft.figures()
        if figures is None or draft.retired:
            apart.append(([draft], []))
            continue
        by_name = events[draft.filing.day, figures]
        twin = by_name.setdefault(normal(draft.filing.best.holder.name), draft)
        if twin is not draft:
            apart.append(([draft], [f"same figures as {twin.filing.id} by the same holder on the same day"]))
    return [*((list(by_name.values()), []) for by_name in events.values()), *apart]


def _entries(
    members: Sequence[Draft], lead: str, joined: Seats, regime_of: RegimeOf, cite: Cite, among: set[str]
) -> tuple[Entry, ...]:
    made = []
    for drafts, doubts in _events(members, lead):
        notes = [n for d in drafts if (n := joined.notes.get((d.filing.key, d.leg)))]
        regime = regime_of(drafts[0].filing.best.regime)
        made.append((entry(drafts, regime, cite, among, [*doubts, *notes]), drafts[0].filing.key))
    return renumbered([e for e, _ in sorted(made, key=lambda m: (m[0].day, m[0].known_from or LAST, m[0].id, m[1]))])


def _order(timeline: Timeline) -> tuple[str, ...]:
    security = timeline.security
    return (
        security.subject,
        security.issuer or "",
        security.share_class or "",
        security.inferred or "",
        timeline.party.key,
        timeline.leg,
    )
