"""A verdict on every figure of an article: what the relations between figures say, then what is known from outside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from stakeline.checks.evidence import Evidence, compare
from stakeline.checks.rates import Rate
from stakeline.checks.relations import relations
from stakeline.checks.relations.blame import against_price, against_shares
from stakeline.checks.relations.changes.compared import are_apart
from stakeline.checks.relations.fit import Fit, fit, mistyped, transposed
from stakeline.checks.relations.page import TRADED, Page, Relation
from stakeline.checks.relations.trades.ranges import end_of
from stakeline.checks.statements import statements
from stakeline.model.claims import Claim, Found, Ruling, Statement, Verdict
from stakeline.model.numbers import Interval

_DIGITS = 3
"""Digits that two figures must share before they count as one figure in two magnitudes."""


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
    return Checked(rulings=tuple(rulings), statements=statements(page, evidence))


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
    _common(page, off)
    _derived(off)
    for repeated in (*_repeats(page, agreeing), *_headline(page, agreeing), *_mended(page, found, off)):
        off.setdefault(repeated.target, repeated)
    for relation in off.values():
        if relation.rights is not None:
            agreeing.setdefault(relation.rights, _righted(page, relation, relation.rights))
    return [_ruling(page, i, agreeing.get(i), off.get(i)) for i in range(len(page.claims))]


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


def _common(page: Page, off: dict[int, Relation]) -> None:
    """Two slips of magnitude that share a count of shares are one slip in that count."""
    by_count: dict[int, list[Relation]] = {}
    for relation in off.values():
        for shares in relation.inputs:
            if relation.slips and page.kind(shares) in TRADED:
                by_count.setdefault(shares, []).append(relation)
    for shares, slips in by_count.items():
        product = next((r for r in slips if len(r.inputs) == 2 and page.found(r.target).unit == "currency"), None)
        if product is None or len(slips) < 2:
            continue
        for gone in slips:
            off.pop(gone.target, None)
        off[shares] = against_shares(page, product.target, shares, product.inputs[1])


def _repeats(page: Page, agreeing: dict[int, Relation]) -> Iterator[Relation]:
    """The same digits of the same kind in two magnitudes ("473 billion" in the headline), where one of them is borne out."""
    sound = {i for r in agreeing.values() for i in (r.target, *r.inputs)}
    first: dict[tuple[str, str, str | None, tuple[int, ...]], int] = {}
    for index, claim in enumerate(page.claims):
        found = claim.found
        digits = found.value.normalize().as_tuple().digits if found.value else ()
        if len(digits) < _DIGITS or found.unit not in {"shares", "currency"}:
            continue
        other = first.setdefault((claim.kind, found.unit, found.currency, digits), index)
        if (
            found.value == page.found(other).value
            or (other in sound) == (index in sound)
            or not page.same(other, index)
        ):
            continue
        wrong, right = (other, index) if index in sound else (index, other)
        yield _elsewhere(page, wrong, right, slips=True)


def _headline(page: Page, agreeing: dict[int, Relation]) -> Iterator[Relation]:
    """A figure of the headline with one wrong digit, or two changed round, where the body's only one of its kind is borne out."""
    sound = {i for r in agreeing.values() for i in (r.target, *r.inputs)}
    kinds: dict[tuple[str, str], list[int]] = {}
    for index, claim in enumerate(page.claims):
        if claim.found.unit in _AMOUNTS and not claim.found.word and not claim.found.bracket:
            kinds.setdefault((claim.kind, claim.found.unit), []).append(index)
    for (kind, _), told in kinds.items():
        if len(told) != 2 or not page.one_currency(told) or not page.same(*told):
            continue
        first, body = told
        inside = "\n" not in page.text[: page.found(first).start] and "\n" in page.gap(first, body)
        alike = not are_apart(page.around(first, _AROUND, _AROUND), page.around(body, _AROUND, _AROUND))
        known = alike and body in sound and first not in sound
        if inside and known and _misprinted(page.found(first), page.found(body), turned=kind.endswith(".change_pct")):
            yield _elsewhere(page, first, body, slips=False)


def _mended(page: Page, found: Sequence[Relation], off: Mapping[int, Relation]) -> Iterator[Relation]:
    """A figure of the headline and one of the text, a digit or a magnitude apart, where only one agrees with the other figures, at either place."""
    title = page.text.find("\n")
    first = [i for i in range(min(_IN_TITLE, len(page.claims))) if page.found(i).end <= title <= _TITLE]
    tried = 0
    for index in first:
        for other in range(len(first), min(_IN_TEXT, len(page.claims))):
            if tried >= _TRIED or {index, other} & off.keys() or not _is_twice(page, index, other):
                continue
            told = [i for i in (index, other) if _bears_out(found, i)]
            if len(told) == _BOTH or (not told and _digits(page, index, other) < _DIGITS):
                continue
            tried += 1
            mends = [i for i in (index, other) if _bears_out(relations(_with(page, i, index + other - i)), i)]
            if len(mends) == 1 and mends != told and not _is_borne(page, mends[0], index + other - mends[0]):
                yield _elsewhere(page, mends[0], index + other - mends[0], slips=False)


_TITLE = 160
"""Characters of the longest headline."""
_BOTH = 2
_IN_TITLE, _IN_TEXT, _TRIED = 4, 24, 4
"""Figures of the headline and of the text that are looked at, and pairs for which the other figures are recomputed."""


def _is_twice(page: Page, index: int, other: int) -> bool:
    """Whether two figures of one kind and of the same parties differ as a misprint does."""
    one, two = page.found(index), page.found(other)
    kinds = {page.kind(i) for i in (index, other)}
    if not (len(kinds) == 1 or kinds <= _SUMS) or one.unit != two.unit or one.unit not in _AMOUNTS:
        return False
    if any(f.word or f.bracket or f.value is None or f.number <= 0 for f in (one, two)) or one.number == two.number:
        return False
    if not page.one_currency((index, other)) or not page.same(index, other):
        return False
    number, right = (_numerals(page, i) for i in (index, other))
    places = max(len(number), len(right))
    apart = sum(a != b for a, b in zip(number.ljust(places, "0"), right.ljust(places, "0"), strict=True))
    return places > 1 and (not apart or (apart == 1 and one.number.adjusted() == two.number.adjusted()))


_SUMS = frozenset({"transaction.value", "deal.value", "buyback.value", "stake.value", "other.amount"})
"""Kinds of what is paid in all, which one text may have told as the one and as the other."""


def _is_borne(page: Page, wrong: int, right: int) -> bool:
    """Whether a figure is told once more, or of a time of another length than the other: both may be right."""
    again = any(i != wrong and page.found(i).value == page.found(wrong).value for i in range(len(page.claims)))
    return again or are_apart(*(page.around(i, _AROUND, _AROUND) for i in (wrong, right)))


def _digits(page: Page, index: int, other: int) -> int:
    """How many digits the longer of two numbers has, noughts at its end aside."""
    return max(len(_numerals(page, i)) for i in (index, other))


def _numerals(page: Page, index: int) -> str:
    return "".join(map(str, page.found(index).number.normalize().as_tuple().digits))


def _bears_out(found: Sequence[Relation], index: int) -> bool:
    """Whether an equation that agrees has a figure."""
    return any(r.fit is Fit.AGREES and index in (r.target, *r.inputs) for r in found)


def _with(page: Page, index: int, other: int) -> Page:
    """A page with the number of one figure at the place of another."""
    claims, right = list(page.claims), page.found(other)
    own = msgspec.structs.replace(page.found(index), text=right.text, value=right.value, half=right.half)
    claims[index] = msgspec.structs.replace(claims[index], found=own)
    return Page(page.text, claims, page.on, page.rate, dated=page.dated)


_AMOUNTS = frozenset({"currency", "shares", "pct"})
_AROUND = 64


def _misprinted(found: Found, right: Found, *, turned: bool) -> bool:
    """Whether a slip of the pen makes one figure of the other, not less exact one; turned: only digits changed round count."""
    exact = Interval.exact(right.number)
    if right.half > found.half or fit(found, exact) is not Fit.OFF:
        return False
    return transposed(found, right.number) or (not turned and mistyped(found, exact, _DIGITS))


def _elsewhere(page: Page, wrong: int, right: int, *, slips: bool) -> Relation:
    return Relation(
        target=wrong,
        inputs=(right,),
        fit=Fit.OFF,
        recomputed=page.found(right).bounds(),
        working=f"{page.found(wrong).text} <> {page.found(right).text}",
        reason=f"Elsewhere the article has {page.found(right).text}, which its other figures bear out.",
        correction=page.found(right).text,
        slips=slips,
    )


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
