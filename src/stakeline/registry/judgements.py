"""Which names are one holder, by recorded judgements and by facts.

The later judgement has the say, and every judgement over every fact. Worked out on names, before any notice is looked
at: for each issuer that a judgement names, and once for all others. So it does not depend on what else is known, nor
on the order in which anything was loaded.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.judgements import Judgement, Side, Verdict, judgement_of
from stakeline.model.rows import Row
from stakeline.registry.joining import Parted
from stakeline.registry.names import normal

Node = tuple[str, str]
"""A name in an issuer ("hk:00020", "chan tai man"), in every issuer that no judgement names ("", …), or a holder that
facts describe ("*", "holder:alibaba")."""
ANYWHERE, SUBJECT = "", "*"


class Ruling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A judgement and whether it has effect.

    withdrawn_by: the id of the judgement that took it back. overruled_by: ids of later ones that say the opposite; where
    some are named and it stands nevertheless, it stands for the issuers that they do not speak of.
    """

    id: str
    judgement: Judgement
    stands: bool
    withdrawn_by: str | None = None
    overruled_by: tuple[str, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """Which names are one. issuers: those that a judgement names. spelled: a name as it is compared -> as told."""

    groups: Parted[Node]
    issuers: frozenset[str]
    spelled: Mapping[str, str]

    def node(self, scope: str, name: str) -> Node:
        """The node of a name in an issuer. scope: its subject, with the era behind it where the code was reused."""
        subject = scope.partition(" ")[0]
        return (subject if subject in self.issuers else ANYWHERE), normal(name)

    def lead(self, node: Node) -> str:
        """The name that stands for all that are one with this in its issuer."""
        return min(name for issuer, name in self.groups.group(node) if issuer == node[0])

    def is_joined(self, node: Node) -> bool:
        """True where a fact or judgement makes the name one with something else."""
        return len(self.groups.group(node)) > 1

    def key(self, scope: str, node: Node, *, corporate: bool) -> str:
        """The key of the party that the name means.

        Where a judgement of one issuer makes a difference, the key is of that issuer.
        """
        group = self.groups.group(node)
        holders = sorted(name for issuer, name in group if issuer == SUBJECT)
        own = self._own(node)
        special = own != self._own((ANYWHERE, node[1]))
        if holders:
            subject = holders[0]
            elsewhere = {n for i, n in self.groups.group((SUBJECT, subject)) if i == ANYWHERE}
            return f"{node[0]}/{subject}" if special and own[0] != elsewhere else subject
        foreign = sorted(n for n in group if n[0] != node[0])
        if foreign:
            return "/".join(min(group))
        lead = self.lead(node)
        kind = "corporation:" if corporate else ""
        return f"{kind}{lead}" if corporate and not special else f"{scope}/{kind}{lead}"

    def names(self, key: str) -> tuple[str, ...]:
        """The names that judgements give a party, as told."""
        found = sorted({name for issuer, name in self._nodes(key) if issuer != SUBJECT})
        return tuple(self.spelled[name] for name in found if name in self.spelled)

    def apart(self, one: str, other: str) -> bool:
        """True where a judgement keeps the two parties apart, by their keys."""
        return self.groups.apart(self._nodes(one)[0], self._nodes(other)[0])

    def _own(self, node: Node) -> tuple[frozenset[str], frozenset[Node], frozenset[str]]:
        """All that is judged of a name in its issuer: names that are one with it, what it is one with elsewhere, foes."""
        group = self.groups.group(node)
        holders = frozenset(n for n in group if n[0] == SUBJECT)
        foreign = frozenset() if holders else frozenset(n for n in group if n[0] not in {node[0], SUBJECT})
        foes = frozenset(name for issuer, name in self.groups.foes(node) if issuer == node[0])
        return frozenset(name for issuer, name in group if issuer == node[0]), holders | foreign, foes

    def _nodes(self, key: str) -> tuple[Node, ...]:
        """The names of a party in its issuer, the one that its key is made from first."""
        scope, slash, name = key.rpartition("/")  # an era's name may have one, a name as it is compared has none
        subject = scope.partition(" ")[0]
        issuer = subject if slash and subject in self.issuers else ANYWHERE
        name = name.removeprefix("corporation:")
        node = (SUBJECT, name) if name.startswith("holder:") else (issuer, name)
        group = self.groups.group(node)
        foreign = set() if any(i == SUBJECT for i, _ in group) else {i for i, _ in group}
        return (node, *sorted(n for n in group if n != node and n[0] in {issuer, *foreign}))


def recorded(facts: Iterable[Row[Fact]]) -> tuple[Judgement, ...]:
    """The judgements among facts, each once, the earliest first."""
    found = {j.id: j for row in facts if (j := judgement_of(row.body))}
    return tuple(sorted(found.values(), key=lambda j: j.order))


def judged(judgements: Sequence[Judgement], claims: Iterable[tuple[str, str]]) -> Judged:
    """Which names are one. claims: (name, holder subject) as facts say, the best first; they give way to judgements."""
    groups, issuers, _ = _settled(judgements)
    for name, subject in claims:
        for issuer in (ANYWHERE, *sorted(issuers)):
            groups.join((issuer, normal(name)), (SUBJECT, subject))
    spelled = {normal(side.name): side.name for j in reversed(judgements) for side in j.sides}
    return Judged(groups, issuers, spelled)


def rulings(judgements: Sequence[Judgement]) -> tuple[Ruling, ...]:
    """Every judgement, the earliest first, and whether it has effect."""
    withdrawn = _withdrawn(judgements)
    _, _, refused = _settled(judgements)
    made = []
    for j in judgements:
        tried, failed = refused.get(j.id, (1, 0))
        made.append(
            Ruling(
                id=j.id,
                judgement=j,
                stands=j.id not in withdrawn and failed < tried,
                withdrawn_by=withdrawn.get(j.id),
                overruled_by=_opposed(j, judgements, withdrawn) if failed else (),
            )
        )
    return tuple(made)


def _settled(judgements: Sequence[Judgement]) -> tuple[Parted[Node], frozenset[str], dict[str, tuple[int, int]]]:
    """The judgements in force as groups of names, the latest first; and how often each was tried and refused."""
    withdrawn = _withdrawn(judgements)
    force = [j for j in judgements if j.verdict is not Verdict.WITHDRAW and j.id not in withdrawn]
    issuers = frozenset(side.issuer for j in force for side in j.sides if side.issuer)
    groups: Parted[Node] = Parted()
    counted: dict[str, tuple[int, int]] = {}
    for judgement in sorted(force, key=lambda j: j.order, reverse=True):
        act = groups.join if judgement.verdict is Verdict.JOIN else groups.part
        done = [act(one, other) for one, other in _pairs(judgement.sides, issuers)]
        counted[judgement.id] = len(done), done.count(False)
    return groups, issuers, counted


def _pairs(sides: Sequence[Side], issuers: Iterable[str]) -> Iterator[tuple[Node, Node]]:
    """What a judgement speaks of: its two names in their issuers, or in each issuer and everywhere else."""
    one, other = sides
    if one.issuer and other.issuer:
        yield (one.issuer, normal(one.name)), (other.issuer, normal(other.name))
        return
    for issuer in (ANYWHERE, *sorted(issuers)):
        yield (issuer, normal(one.name)), (issuer, normal(other.name))


def _withdrawn(judgements: Sequence[Judgement]) -> dict[str, str]:
    """Which judgement each withdrawn one was withdrawn by. A withdrawal that is withdrawn itself has no effect.

    Settled from those that nobody withdraws downwards; an id is made from the id it withdraws, so there are no circles.
    """
    targets = {j.id: j.withdraws for j in judgements}
    waiting = Counter(target for target in targets.values() if target)
    ready = [j for j in targets if not waiting[j]]
    by: dict[str, str] = {}
    for judged_id in ready:
        target = targets.get(judged_id)
        if not target:
            continue
        if judged_id not in by:
            by[target] = min(judged_id, by.get(target, judged_id))
        waiting[target] -= 1
        if not waiting[target]:
            ready.append(target)
    return by


def _opposed(judgement: Judgement, judgements: Sequence[Judgement], withdrawn: Mapping[str, str]) -> tuple[str, ...]:
    """Later judgements of the other kind that speak of one of the names; all later ones where none does so directly."""
    later = [
        j
        for j in judgements
        if j.order > judgement.order and j.id not in withdrawn and j.verdict is not Verdict.WITHDRAW
    ]
    names = {normal(s.name) for s in judgement.sides}
    other = [j for j in later if j.verdict is not judgement.verdict]
    direct = [j.id for j in other if names == {normal(s.name) for s in j.sides}]
    return tuple(direct or [j.id for j in other or later])
