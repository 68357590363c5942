"""One position reported from several seats: parent and subsidiary, spouse, trustee, joint holders.

Their notices show the same shares and are never added up. They are one where a fact says so, or where a notice of one
names the other and both report the same event with the same figures, and never a day with different totals. Holders that
only show equal figures stay apart, and are told so. Two that name the same trust (its founder, its trustee, its
beneficiary) name each other by it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.notices import Leg, LinkKind, Notice
from stakeline.model.stakes import Security
from stakeline.registry.filings import Filing, after_percent, after_shares, moved_shares
from stakeline.registry.joining import Groups
from stakeline.registry.names import normal
from stakeline.registry.standing import Retired

Figures = tuple[Decimal | None, Decimal | None, Decimal | None]
"""Total after the event in shares, else in percent; and the shares involved."""

_NAMED = 3
"""How many other holders a note names."""


class Draft(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One leg of one filing, on its way to an entry. retired: why it is no balance any more (withdrawn, replaced)."""

    filing: Filing
    leg: Leg
    security: Security
    retired: Retired | None = None

    @property
    def place(self) -> tuple[Security, Leg, date]:
        """What it is a report of."""
        return self.security, self.leg, self.filing.day

    def figures(self) -> Figures | None:
        """What two reports of one event must share; None where too little is told to compare."""
        shares = self.filing.first(after_shares(self.leg))
        percent = self.filing.first(after_percent(self.leg)) if shares is None else None
        moved = self.filing.first(moved_shares(self.leg))
        if moved is None and (shares is None or not shares.value):
            return None
        if shares is None and percent is None:
            return None
        return tuple(n.value if n else None for n in (shares, percent, moved))  # type: ignore[return-value]


class Seats(msgspec.Struct, frozen=True):
    """Which parties are one. lead: party key -> key of the one whose position it is. notes: draft's filing and leg -> doubts."""

    lead: Mapping[str, str]
    notes: Mapping[tuple[str, Leg], str]


def seats(
    drafts: Sequence[Draft],
    names: Mapping[str, str],
    apart: Callable[[str, str], bool] = lambda _one, _other: False,
) -> Seats:
    """Parties that report one position. names: party key -> how to print it. apart: whether a judgement parts two keys."""
    live = [d for d in drafts if d.retired is None]
    shown: dict[str, set[tuple[tuple[Security, Leg, date], Figures]]] = defaultdict(set)
    totals: dict[str, dict[tuple[Security, Leg, date], set[Decimal]]] = defaultdict(lambda: defaultdict(set))
    for draft in live:
        party = draft.filing.party
        if (figures := draft.figures()) is not None:
            shown[party].add((draft.place, figures))
        if (after := draft.filing.first(after_shares(draft.leg))) is not None:
            totals[party][draft.place].add(after.value)
    linked, above = _links(drafts)
    members = {party: {party} for party in sorted({d.filing.party for d in drafts})}
    groups = Groups(members)
    for one, other in sorted(linked):
        first, second = groups.root(one), groups.root(other)
        if first == second or not shown[one] & shown[other]:
            continue
        if any(apart(a, b) or _contradict(totals[a], totals[b]) for a in members[first] for b in members[second]):
            continue
        groups.join(first, second)
        members[groups.root(first)] = members[first] | members[second]
    used = Counter(d.filing.party for d in drafts)
    lead = {}
    for root in {groups.root(p) for p in members}:
        top = min(members[root], key=lambda p: (len(above[p] & members[root]), -used[p], p))
        lead.update(dict.fromkeys(members[root], top))
    return Seats(lead, _notes(live, lead, linked, names))


def _contradict(
    one: Mapping[tuple[Security, Leg, date], set[Decimal]], other: Mapping[tuple[Security, Leg, date], set[Decimal]]
) -> bool:
    return any(not one[place] & other[place] for place in one.keys() & other.keys())


def _links(drafts: Iterable[Draft]) -> tuple[set[tuple[str, str]], dict[str, set[str]]]:
    """Pairs of parties of which a notice names the two together; and for each party those that control it."""
    filings = {d.filing.key: d.filing for d in drafts}.values()
    owner: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for filing in filings:
        for row in filing.reports:
            for name in (row.body.holder.name, row.body.holder.chinese):
                if name:
                    owner[filing.subject, filing.era, normal(name)].add(filing.party)
    linked: set[tuple[str, str]] = set()
    above: dict[str, set[str]] = defaultdict(set)
    trusts: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for filing in filings:
        for one, other, controls in (named for row in filing.reports for named in _named(row.body)):
            left, right = (owner[filing.subject, filing.era, normal(name)] for name in (one, other))
            for a, b in ((a, b) for a in left for b in right if a != b):
                linked.add((min(a, b), max(a, b)))
                if controls:
                    above[b].add(a)
        for link in (link for row in filing.reports for link in row.body.links if link.kind is LinkKind.TRUST):
            trusts[filing.subject, filing.era, normal(link.name)].add(filing.party)
    linked.update((one, other) for parties in trusts.values() for one in parties for other in parties if one < other)
    return linked, above


def _named(notice: Notice) -> Iterator[tuple[str, str, bool]]:
    """Whom a notice names with whom: controller and controlled (True), or persons who hold the same shares (False)."""
    holder = notice.holder
    if holder.parent:
        yield holder.parent, holder.name, True
    for link in notice.links:
        if link.kind is not LinkKind.CONTROLLED:
            yield holder.name, link.name, False
            continue
        yield holder.name, link.name, True
        if link.controller:
            yield link.controller, link.name, True
            yield holder.name, link.controller, True


def _notes(
    live: Iterable[Draft], lead: Mapping[str, str], linked: set[tuple[str, str]], names: Mapping[str, str]
) -> dict[tuple[str, Leg], str]:
    """What to say of drafts whose figures another holder shows on the same day.

    Where a total in shares is not told by one of them, the same percentage and the same shares involved are alike enough.
    """
    same: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in live:
        figures = draft.figures()
        if figures is not None and figures[0]:
            same[draft.place, figures].append(draft)
        percent, moved = (draft.filing.first(get(draft.leg)) for get in (after_percent, moved_shares))
        if percent is not None and moved is not None and moved.value:
            same[draft.place, percent.value, moved.value].append(draft)
    alike: dict[tuple[str, Leg], set[str]] = defaultdict(set)
    for drafts in same.values():
        totals = [d.filing.first(after_shares(d.leg)) for d in drafts]
        told: dict[Decimal | None, set[str]] = defaultdict(set)
        for draft, total in zip(drafts, totals, strict=True):
            told[total.value if total else None].add(lead[draft.filing.party])
        every = set().union(*told.values())
        for draft, total in zip(drafts, totals, strict=True):
            near = every if total is None else told[total.value] | told[None]
            alike[draft.filing.key, draft.leg] |= near - {lead[draft.filing.party]}
    notes: dict[tuple[str, Leg], str] = {}
    for draft in live:
        parties = sorted(alike[draft.filing.key, draft.leg])
        if not parties:
            continue
        own, others = lead[draft.filing.party], parties[:_NAMED]
        more = f" and {len(parties) - _NAMED} more" if len(parties) > _NAMED else ""
        known = any((min(own, p), max(own, p)) in linked for p in others)
        end = "named together in a notice: the same shares, not to be added" if known else "may be one position"
        notes[draft.filing.key, draft.leg] = (
            f"same figures as {', '.join(names[p] for p in others)}{more} on the same day: {end}"
        )
    return notes
