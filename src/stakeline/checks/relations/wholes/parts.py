"""A part of its whole: its percentage, and at most all of it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
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


_GLUED = 10000
"""Percentages beyond this are columns of a table run together."""


def impossible(page: Page) -> Iterator[Relation]:
    """Percentages above what anything can have: a holding of more than all shares, a fall to below nothing."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "pct" or not 100 < found.number <= _GLUED:
            continue
        around = page.lead(index, 64) + " " + page.tail(index, 32)
        whole = claim.kind in {
            "stake.before_pct",
            "stake.after_pct",
            "stake.pct",
            "transaction.stake_pct",
        }
        if whole and (
            way(page, index) is not None or found.growth or not _SHARES.search(around) or _NOT_OF_ALL.search(around)
        ):
            continue
        if claim.kind == "segment.share_pct":
            whole = way(page, index) is None and not found.growth and _OF_SALES.match(page.tail(index)) is not None
        down = claim.kind == "price.change_pct" and claim.direction == "down" and way(page, index) is False
        if whole or down:
            yield Relation(
                target=index,
                inputs=(),
                fit=Fit.OFF,
                recomputed=Interval(Decimal(0), Decimal(100)),
                working=f"{shown(claim)} > 100%",
                reason="No one can hold or trade more than all of a whole."
                if whole
                else "Nothing can lose more than all of its value.",
                basis="hard_fact",
            )


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
        if not 0 < len(others) < _MOST_PARTS or _NOT_OF_ALL.search(words) or _INSIDE.search(words):
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


_SHARES = re.compile(
    r"stake|hold(?:s|ing|ings)?\b|held\b|\bown(?:s|ed|ership)?\b|interest|shareholding|issued (?:share )?capital|of the company"
    r"|持股|持有|股权|股權|权益|權益|总股本|總股本|已发行|已發行|全部股份",
    re.IGNORECASE,
)
_NOT_OF_ALL = re.compile(
    r"float|流通|计划|計劃|plan|target|quota|利润|利潤|溢利|profit|资产|資產|assets|subscri|认购|認購|超额|超額|premium|溢价|溢價|市值|turnover"
    r"|质押|質押|pledg|loss|亏损|虧損|return|回报|回報|gain|收益|杠杆|槓桿|coverage",
    re.IGNORECASE,
)
"""Around a percentage of which more than 100 are possible: unlocked shares of the free float, a plan overfulfilled."""
_OF_SALES = re.compile(
    r"\s*of (?:the group's |its |the )?(?:total |all |overall )?(?:revenues?|sales|turnover)\b", re.IGNORECASE
)
