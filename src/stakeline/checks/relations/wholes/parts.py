"""A part of its whole: its percentage, and what holders leave for the public."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.wholes.excess import NOT_OF_ALL
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_PROFITS = frozenset({"result.gross_profit", "result.net_profit"})
_MARGIN_DIGITS = 3
"""Digits of a margin of which one can be told to be wrong."""
_OPERATING = re.compile(r"EBITDA|EBIT\b|operating (?:profit|income)|经营利润|經營利潤|经营溢利|經營溢利", re.IGNORECASE)
"""Behind a change: the price that it started from is another one."""
_MARGIN = re.compile(
    r",? (?:(?:representing|(?:which )?gives|giving|with|resulting in|made for|making for|for|or) )?an? (?:gross |net |operating |EBITDA )?(?:profit )?margin of "
    r"|[,，]?(?:毛利率|净利率|淨利率)(?:约|約)?[为為]?(?:[由从從][0-9.]+[%％][^0-9,，。；]{0,6}[至到])?",
    re.IGNORECASE,
)
"""All that stands between a profit and its margin."""


def shares_of_total(page: Page) -> Iterator[Relation]:
    """A segment's part of revenue, and margins: part / whole."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or claim.kind not in {"segment.share_pct", "result.margin_pct"}:
            continue
        listed = _listed(page, index) if claim.kind == "segment.share_pct" else None
        if listed is not None:
            yield listed
            continue
        earnings = _earnings(page, index) if claim.kind == "result.margin_pct" else None
        if earnings is not None:
            yield earnings
            continue
        if claim.kind == "segment.share_pct":
            parts = page.near(index, lambda i: page.kind(i) == "segment.revenue")
            wholes = page.near(index, lambda i: page.kind(i) == "result.revenue", 3)
        else:
            parts = page.near(index, lambda i: page.kind(i) in _PROFITS)
            wholes = page.near(index, lambda i: page.kind(i) == "result.revenue" and not is_prior(page, i))
        yield from _part(page, index, parts[:NEAR], wholes[:4])


_IN_ORDER = re.compile(r"依次|分别|分別|\brespectively\b", re.IGNORECASE)
"""What tells that the percentages of a list are of the amounts of another list, one by one."""
_FEWEST = 3
"""Parts of a list by which one wrong percentage among right ones can be told."""


def _ratio(page: Page, index: int, part: int, whole: int) -> Relation:
    """A percentage against part / whole."""
    claim = page.claims[index]
    result = page.bounds(part) / page.bounds(whole) * _HUNDRED
    outcome = fit(claim.found, result)
    return Relation(
        target=index,
        inputs=(part, whole),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[part])} / {shown(page.claims[whole])} = {told(result, claim)}",
        reason="The part over the whole gives it."
        if outcome is Fit.AGREES
        else f"It is {told(result, claim)} of the whole.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) in {1, -1, 2, -2},
    )


def _listed(page: Page, index: int) -> Relation | None:
    """One of a list of percentages against its amount of a list of as many; off only where all others of the list agree."""
    sentence = page.sentences[page.found(index).sentence]
    shares = [i for i in sentence if page.kind(i) == "segment.share_pct" and page.found(i).unit == "pct"]
    parts = [i for i in sentence if page.kind(i) == "segment.revenue" and page.is_amount(i)]
    wholes = [i for i in sentence if page.kind(i) == "result.revenue" and page.is_amount(i) and not is_prior(page, i)]
    if len(wholes) != 1 or not _FEWEST <= len(parts) == len(shares) <= NEAR or not positive(page.bounds(wholes[0])):
        return None
    in_a_row = all(group == list(range(group[0], group[0] + len(group))) for group in (parts, shares))
    words = page.lead(shares[0]) + page.tail(shares[-1])
    if not in_a_row or parts[-1] > shares[0] or not _IN_ORDER.search(words) or not page.one_currency((*parts, *wholes)):
        return None
    ratios = {i: _ratio(page, i, part, wholes[0]) for i, part in zip(shares, parts, strict=True)}
    others = all(r.fit is Fit.AGREES for i, r in ratios.items() if i != index)
    own = ratios[index]
    return own if own.fit is Fit.AGREES or (own.fit is Fit.OFF and others) else None


def _earnings(page: Page, index: int) -> Relation | None:
    """A margin right behind a profit, of the only revenue told of in front of it.

    Which company a figure is of is often misread there: only digits changed round, or one wrong digit, are a mistake.
    """
    part = index - 1
    profit = part >= 0 and (page.kind(part) in _PROFITS or _OPERATING.search(page.lead(part)) is not None)
    if not profit or not page.is_amount(part):
        return None
    wholes = [i for i in page.near(index, lambda i: page.kind(i) == "result.revenue", 3) if not is_prior(page, i)]
    wholes = [i for i in wholes if i < index] if page.kind(part) in _PROFITS else wholes
    if len(wholes) != 1 or not _MARGIN.fullmatch(page.gap(part, index)) or not page.one_currency((part, wholes[0])):
        return None
    if not positive(page.bounds(wholes[0])):
        return None
    ratio = _ratio(page, index, part, wholes[0])
    assert isinstance(ratio.recomputed, Interval)  # noqa: S101 -- of a part it always is
    right = ratio.recomputed.middle
    slipped = transposed(page.found(index), right) or (
        page.kind(part) in _PROFITS and mistyped(page.found(index), Interval.exact(right), _MARGIN_DIGITS)
    )
    return ratio if ratio.fit is Fit.AGREES or (ratio.fit is Fit.OFF and slipped) else None


def _part(page: Page, index: int, parts: list[int], wholes: list[int]) -> Iterator[Relation]:
    off: Relation | None = None
    bound = [p for p in parts if p < index and _MARGIN.fullmatch(page.gap(p, index))]
    parts = bound if len(bound) == 1 else parts
    for part in parts:
        for whole in wholes:
            if not page.one_currency((part, whole)) or not positive(page.bounds(whole)):
                continue
            relation = _ratio(page, index, part, whole)
            if relation.fit is Fit.AGREES:
                yield relation
                return
            off = off or relation
    sure = (
        len(parts) == 1
        and len(wholes) == 1
        and off is not None
        and off.fit is Fit.OFF
        and page.same(index, *off.inputs)
    )
    if sure and off is not None and (off.slips or _MARGIN.fullmatch(page.gap(parts[0], index))):
        yield off


_PUBLIC = re.compile(
    r"\bthe (?:investing )?public(?:[’']s)?(?: float| shareholders| investors)?(?: (?:has|had|have|holds?|owns?|with|of|at|is))? $|\bpublic float (?:of|at|is) $"
    r"|公[众眾](?:持股量?|股[东東份]|人士)?(?:持[股有]量?)?(?:比例)?[为為占佔有]?$"
)
"""In front of the part of a company's shares that is in nobody's hands but the public's."""
_INSIDE = re.compile(r"\bof (?:which|whom|that|it|them)\b|includ|其中|包括|[内內]含|[连連]同", re.IGNORECASE)
"""Among the holdings of a sentence: one is a part of another."""
_HELD_NOW = frozenset({"stake.after_pct", "stake.pct"})
_MOST_PARTS = 4
_FEW_DIGITS = 3


def with_public(page: Page) -> Iterator[Relation]:
    """Holders and the public have all of a company's shares between them: one with 78% leaves no more than 22% for the public."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or not _PUBLIC.search(page.lead(index)):
            continue
        sentence = page.sentences[claim.found.sentence]
        others = [i for i in sentence if i != index and page.kind(i) in _HELD_NOW and page.found(i).unit == "pct"]
        told_of = [index, *others]
        words = page.text[page.found(min(told_of)).start : page.found(max(told_of)).end]
        if not 0 < len(others) < _MOST_PARTS or NOT_OF_ALL.search(words) or _INSIDE.search(words):
            continue
        rest = _HUNDRED
        for other in others:
            rest -= page.found(other).bounds()
        if not positive(rest) or fit(claim.found, rest) is not Fit.OFF:
            continue
        if mistyped(claim.found, Interval.exact(rest.middle), _FEW_DIGITS) or (
            len(others) == 1 and claim.found.number > rest.high + 1
        ):
            names = " - ".join(shown(page.claims[i]) for i in others)
            yield Relation(
                target=index,
                inputs=tuple(others),
                fit=Fit.OFF,
                recomputed=rest,
                working=f"100% - {names} = {told(rest, claim)}",
                reason=f"The others leave {told(rest, claim)} for the public.",
                correction=say(rest, claim, page.script),
            )
