"""A verdict on every figure of an article: what the relations between figures say, then what is known from outside."""

from collections.abc import Sequence
from datetime import date

import msgspec

from stakeline.checks.evidence import Evidence, compare
from stakeline.checks.rates import Rate
from stakeline.checks.relations import relations
from stakeline.checks.relations.blame import against_price, against_shares
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import TRADED, Page, Relation
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.shared import shared
from stakeline.checks.statements import statements
from stakeline.checks.turned import misdirected, turned
from stakeline.checks.twice import told_twice
from stakeline.model.claims import Claim, Ruling, Statement, Verdict


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """An article checked. rulings: one for each claim, in order of the figures; statements: in order of the text."""

    rulings: tuple[Ruling, ...]
    statements: tuple[Statement, ...]

    @property
    def findings(self) -> tuple[Ruling, ...]:
        """The rulings that say that something is wrong."""
        return tuple(r for r in self.rulings if r.finding)


def check_claims(
    text: str,
    claims: Sequence[Claim],
    *,
    on: date | None = None,
    evidence: Evidence | None = None,
    rate: Rate | None = None,
    dated: bool = True,
) -> Checked:
    """What can be said of each claim of a text.

    on: the article's day; only what was known then counts. dated: that day is known, not the last one that the article reports of. evidence: facts from outside. rate: rates of exchange by day.
    A figure that the article bears out and the outside refutes is contradicted: an article can repeat its own mistake.
    """
    page = Page(text, claims, on, rate, dated=dated)
    rulings = _in_article(page)
    if evidence is not None:
        rulings = [_outside(page, ruling, evidence) for ruling in rulings]
    judged = statements(page, evidence)
    for wrong in turned(page, judged):
        if not rulings[wrong.target].finding:
            rulings[wrong.target] = _ruling(page, wrong.target, None, wrong)
    return Checked(rulings=tuple(rulings), statements=tuple(j.statement for j in judged))


def _in_article(page: Page) -> list[Ruling]:
    """Rulings from the article alone. Of relations that agree the first counts; one that agrees outweighs those that do not."""
    found = relations(page)
    agreeing: dict[int, Relation] = {}
    for relation in found:
        if relation.fit is Fit.AGREES:
            agreeing.setdefault(relation.target, relation)
    vouched = {i for r in agreeing.values() if r.vouches for i in r.inputs}
    off: dict[int, Relation] = {}
    for relation in found:
        if relation.fit is Fit.OFF and relation.settles:
            agreeing.pop(relation.target, None)
        if relation.fit is Fit.OFF and relation.target not in agreeing:
            blamed = _blamed(page, relation, vouched)
            if blamed is not None and blamed.target not in agreeing:
                off.setdefault(blamed.target, blamed)
    for turned_round in misdirected(page, [*agreeing.values()]):
        agreeing.pop(turned_round.target)
        off[turned_round.target] = turned_round
    _shared(page, off, agreeing)
    _derived(off)
    _repeated(told_twice(page, found, agreeing, off), agreeing, off)
    for relation in off.values():
        if relation.rights is not None:
            agreeing.setdefault(relation.rights, _righted(page, relation, relation.rights))
    return [_ruling(page, i, agreeing.get(i), off.get(i)) for i in range(len(page.claims))]


def _repeated(found: list[Relation], agreeing: dict[int, Relation], off: dict[int, Relation]) -> None:
    """Adds what the article has twice; an equation that gives such a figure only nearly does not bear it out."""
    for relation in found:
        off.setdefault(relation.target, relation)
        if relation.settles:
            agreeing.pop(relation.target, None)


def _derived(off: dict[int, Relation]) -> None:
    """Takes out what was recomputed from a figure that is wrong itself; of two that speak against each other the first stays."""
    for target in reversed(list(off)):
        if any(i in off for i in off[target].inputs):
            del off[target]


def _blamed(page: Page, relation: Relation, vouched: set[int]) -> Relation | None:
    """The relation against the figure that is wrong.

    An amount that something else bears out, as its bracket does, is not the wrong one: then the count of shares is, or, where
    that is borne out too, the price. Any other disagreement with a figure that is borne out is left alone.
    """
    if relation.target not in vouched or not relation.inputs or page.kind(relation.inputs[0]) not in TRADED:
        return relation
    shares, *prices = relation.inputs
    if page.found(relation.target).unit != "currency" or page.is_traded(relation.inputs[-1]):
        return relation  # a sum of shares, or of amounts: no product
    if len(prices) != 1 and {end_of(page, p) for p in prices} != {"low", "high"}:
        return relation
    if shares not in vouched:
        return against_shares(page, relation.target, shares, *prices)
    return against_price(page, relation.target, shares, prices[0]) if vouched.isdisjoint(prices) else None


def _shared(page: Page, off: dict[int, Relation], agreeing: dict[int, Relation]) -> None:
    """Puts a figure that two equations fail by alike in place of the two that they were read as speaking against."""
    for common, failing in list(shared(page, off.values(), agreeing.values())):
        agreeing.pop(common.target, None)
        off[common.target] = common
        for target in failing:
            if off.pop(target, None) is not None:
                agreeing[target] = _righted(page, common, target)


def _righted(page: Page, relation: Relation, index: int) -> Relation:
    """The amount that is right once the count of shares is corrected."""
    return msgspec.structs.replace(
        relation,
        target=index,
        fit=Fit.AGREES,
        recomputed=page.found(index).bounds(),
        reason=f"It is right once {page.found(relation.target).text} is corrected.",
        correction=None,
    )


def _ruling(page: Page, index: int, right: Relation | None, wrong: Relation | None) -> Ruling:
    claim = page.claims[index]
    relation = right or wrong
    if relation is None:
        return Ruling(claim=claim, reason="Nothing in the article to recompute it from.")
    return Ruling(
        claim=claim,
        verdict=Verdict.SUPPORTED if right else Verdict.INCONSISTENT,
        severity=None if right else relation.severity,
        basis=relation.basis,
        recomputed=relation.recomputed,
        reason=relation.reason,
        working=relation.working,
        correction=None if right else relation.correction,
    )


def _outside(page: Page, ruling: Ruling, evidence: Evidence) -> Ruling:
    """A ruling after what is known from outside; a finding of the article itself stands."""
    known = evidence.known(ruling.claim, page.on)
    finding = compare(ruling.claim, known, page.on, page.script) if known and not ruling.finding else None
    if finding is None or (
        finding.verdict is Verdict.SUPPORTED and ruling.verdict is Verdict.SUPPORTED and finding.severity is None
    ):
        return ruling
    return msgspec.structs.replace(
        ruling,
        verdict=finding.verdict,
        severity=finding.severity,
        basis="external",
        recomputed=finding.recomputed,
        reason=finding.reason,
        sources=finding.sources,
        correction=finding.correction,
    )
