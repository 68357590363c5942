"""A part of its whole: its percentage, and what holders leave for the public."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.fit import Fit, fit, in_print, magnitude, mistyped, transposed
from stakeline.checks.relations.page import NEAR, Page, Relation, positive
from stakeline.checks.relations.wholes.excess import NOT_OF_ALL
from stakeline.checks.relations.wholes.sums import added
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_MARGIN_DIGITS = 3
"""Digits of a margin of which one can be told to be wrong."""
_FEW_DIGITS = 2
"""The same where the words leave nothing else that it can be of."""
_MARGINS = (
    (re.compile(r"gross|毛利", re.IGNORECASE), re.compile(r"gross|毛利", re.IGNORECASE)),
    (re.compile(r"EBITDA|before interest, tax(?:es)?, dep", re.IGNORECASE),) * 2,
    (
        re.compile(r"operating|trading|EBIT\b|[经經][营營]|[营營](?:[业業]利|[运運])", re.IGNORECASE),
        re.compile(
            r"(?:operating|trading) (?:profit|income|earnings)|EBIT\b|[经經][营營](?:利|溢)|[营營](?:[业業]利|[运運]利)",
            re.IGNORECASE,
        ),
    ),
    (re.compile(r"net\b|[净淨]利|[纯純]利率", re.IGNORECASE), None),
)
"""In front of a margin, and in front of the profit that it is of; None where the kind of the profit tells."""
_MARGIN = re.compile(
    r",? (?:(?:representing|equal to|(?:which )?gives|giving|with|resulting in|made for|making for|for|or) )?an? (?:[a-z]+ ){0,2}(?:gross |net |operating |EBITDA )?(?:profit )?margin of "
    r"|[,，]?(?:毛利率|净利率|淨利率)(?:由此)?(?:约|約)?[为為]?(?:[由从從][0-9.]+[%％][^0-9,，。；]{0,6}[至到])?",
    re.IGNORECASE,
)
"""All that stands between a profit and its margin."""


def shares_of_total(page: Page) -> Iterator[Relation]:
    """A part of revenue in percent, and margins: part / whole."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or claim.found.growth or claim.found.word:
            continue
        if claim.kind == "result.margin_pct":
            yield from _margin(page, index)
        elif claim.kind == "segment.share_pct":
            listed = _listed(page, index)
            yield from _share(page, index) if listed is None else [listed]
        elif claim.kind in _ANY and _is_of_revenue(page, index):
            yield from _share(page, index)


_ANY = frozenset({"other.pct", "cost.share_pct"})
"""Kinds of percentages that are of a revenue where the words say so."""


def _wholes(page: Page, index: int) -> list[int]:
    """The revenues near a percentage that it can be of: of the present, where the article has that."""
    near = page.near(index, lambda i: page.kind(i) == "result.revenue" and page.is_amount(i), 3)
    near = [i for i in near if positive(page.bounds(i))]
    return [i for i in near if not is_prior(page, i)] or near


def _margin(page: Page, index: int) -> Iterator[Relation]:
    """A margin: of the profit right in front of it, or of the only one that its name has it of."""
    wholes = _wholes(page, index)
    every = page.near(index, lambda i: _is_earned(page, i), 2)
    bound = [i for i in every if i < index and _MARGIN.fullmatch(page.gap(i, index))]
    named = bound or [i for i in every if not is_prior(page, i) and _is_named(page, index, i)]
    ratios = [_ratio(page, index, p, w) for p in named for w in wholes if page.one_currency((p, w))]
    ratios = [r for r in ratios if bound or page.same(index, *r.inputs)]
    slipped = [r for r in ratios if _is_slip(page, r, _FEW_DIGITS if bound else _MARGIN_DIGITS)]
    yield from _only(ratios, ratios if bound and page.same(index, *bound, *wholes) else slipped)


def _only(ratios: list[Relation], slipped: list[Relation]) -> Iterator[Relation]:
    """What bears a percentage out; else the only one of what it can be that a slip of the pen keeps from it."""
    agreeing = next((r for r in ratios if r.fit is Fit.AGREES), None)
    if agreeing is not None:
        yield agreeing
    elif len(slipped) == 1 and slipped[0].fit is Fit.OFF:
        yield slipped[0]


def _is_earned(page: Page, index: int) -> bool:
    """Whether an amount can be what a company earned in all."""
    other = page.is_price(index) or page.kind(index).startswith(_NO_PROFITS)
    return page.is_amount(index) and not other and positive(page.bounds(index))


_NO_PROFITS = ("result.eps", "result.revenue", "segment.", "cost.", "dividend.", "price.")
_NOUN_REACH = 64
"""Characters in front of a profit in which its name stands."""


def _is_named(page: Page, index: int, profit: int) -> bool:
    """Whether the words in front of a margin have it of a profit."""
    lead, of = page.lead(index), page.around(profit, _NOUN_REACH, 0)
    names = [profits for margin, profits in _MARGINS if margin.search(lead)]
    if not names:
        return page.kind(profit) in {"result.gross_profit", "result.net_profit"}
    if names[0] is not None:
        return names[0].search(of) is not None
    return page.kind(profit) == "result.net_profit" and not any(p.search(of) for _, p in _MARGINS if p is not None)


def _is_slip(page: Page, ratio: Relation, digits: int) -> bool:
    """Whether a digit, or a power of ten, keeps a percentage from being what it should be."""
    assert isinstance(ratio.recomputed, Interval)  # noqa: S101 -- of a part it always is
    found, right = page.found(ratio.target), ratio.recomputed.middle
    return ratio.slips or transposed(found, right) or mistyped(found, Interval.exact(right), digits)


_JOINED = re.compile(
    r"[^.;。；0-9]{0,24}(?:[占佔][^。；,，0-9]{0,14}|,? (?:which (?:is|was|makes)|that is|or|representing|accounting for|making up) (?:about |some |nearly )?)"
    r"|,? |[^0-9,，。；]{0,3}[(（]|[,，]",
    re.IGNORECASE,
)
"""Between a part and its percentage."""
_AT = re.compile(
    r" of (?:the |its |all )?(?:total |group |overall )?(?:[a-z]+ )?(?:at|, or|or|with) |,? ?(?:or|at) |[,，]?(?:[为為达達]|[录錄]得)?[至到]?",
    re.IGNORECASE,
)
"""Between a percentage and the part that it is of."""
_OF_WHOLE = re.compile(
    r" of (?:the |its |all )?(?:total|group|overall|whole|(?:net |total )?(?:revenues?|sales|turnover))\b",
    re.IGNORECASE,
)
_OF_INCOME = re.compile(r"[占佔](?:比|[^0-9,，。]{0,6}(?:[总總]|收入|[营營]收|[营營][业業]|整[体體]))[^0-9,，。]{0,8}$")
"""Behind a percentage, or in front of it: it is of the revenue."""
_REVENUE = re.compile(
    r" of (?:the |its |all )?(?:net |total |group )*(?:revenues?|sales|turnover)\b|[占佔][^0-9,，。]{0,4}(?:收入|[营營]收|[营營][业業][额額收])[^0-9,，。净淨利]{0,6}$",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:includ\w+|of which|mainly|chiefly|among|with)\b|其中|包括|主要", re.IGNORECASE)
"""Between a whole and a part of it."""


def _is_of_revenue(page: Page, index: int) -> bool:
    """Whether the words beside a percentage have it of a revenue, and it stands right behind an amount."""
    told_so = _REVENUE.match(page.tail(index)) or _REVENUE.search(page.lead(index))
    return told_so is not None and index > 0 and page.is_amount(index - 1) and page.together(index - 1, index)


def _share(page: Page, index: int) -> Iterator[Relation]:
    """A percentage of a revenue: of the part right beside it, else of the only part from which it is a slip away."""
    wholes = _wholes(page, index)
    every = [i for i in page.near(index, lambda i: _is_part(page, i)) if wholes and page.one_currency((i, *wholes))]
    ratios = [_ratio(page, index, p, w) for p in every for w in wholes if p != w]
    beside = [r for r in ratios if _is_beside(page, index, r.inputs[0])]
    if any(_BY.search(page.lead(r.inputs[0])) for r in beside):
        return  # of a change, which it tells in percent
    sure = [r for r in beside if r.fit is Fit.OFF and _is_of_whole(page, index, r.inputs[1])]
    if sure and len(wholes) == 1:
        slipped = sure
    elif beside:
        slipped = [r for r in beside if _is_slip(page, r, _FEW_DIGITS)]
    elif _GROWTH.search(page.lead(index)) or len(in_print(page.found(index)).replace(".", "")) < _FEW_DIGITS:
        slipped = []
    else:
        slipped = [r for r in ratios if page.kind(r.inputs[0]) == "segment.revenue" and not _is_shared(page, r)]
        slipped = [
            r for r in slipped if _is_slip(page, r, _FEW_DIGITS if _is_whole(page, every, r) else _MARGIN_DIGITS)
        ]
    yield from (_blamed(page, r) for r in _only(ratios, [r for r in slipped if not _of_another(page, r)]))


def _blamed(page: Page, ratio: Relation) -> Relation:
    """The part, rather than its percentage, where it is more than the whole, or only a digit of it is wrong."""
    index, (part, whole) = ratio.target, ratio.inputs
    claim, result = (page.claims[part], page.bounds(index) * page.bounds(whole) / _HUNDRED)
    pen = mistyped(claim.found, Interval.exact(result.middle), _FEW_DIGITS)
    if (
        ratio.fit is not Fit.OFF
        or not pen
        or (_is_slip(page, ratio, _FEW_DIGITS) and claim.found.number < page.found(whole).number)
    ):
        return ratio
    return Relation(
        target=part,
        inputs=(index, whole),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[index])} x {shown(page.claims[whole])} = {told(result, claim)}",
        reason=f"That part of the whole is {told(result, claim)}.",
        correction=say(result, claim, page.script),
    )


_GROWTH = re.compile(
    r"[增升跌降减減]幅|[增升涨漲跌降减減][长長]?[了约約]?$|\b(?:growth|gains?|rises?|falls?|rose|fell|up|down|by)\b[^0-9,;]{0,24}$",
    re.IGNORECASE,
)
"""In front of a percentage: it is one of growth."""


_BY = re.compile(
    r"\b(?:up|down|by|gains? of|rises? of|falls? of)(?: about| some| nearly)? $|[增升涨漲跌降减減少多][长長加]?[了约約]?$",
    re.IGNORECASE,
)
"""In front of an amount by which another one changed."""


def _is_part(page: Page, index: int) -> bool:
    """Whether an amount can be a part of a revenue."""
    amount = page.is_amount(index) and page.found(index).bound is None and positive(page.bounds(index))
    return (
        amount and not page.kind(index).startswith(_NO_PARTS) and not page.is_price(index) and not is_prior(page, index)
    )


_NO_PARTS = (
    "result.net",
    "result.gross",
    "result.prior",
    "result.eps",
    "result.other",
    "dividend.",
    "price.",
    "fx.",
    "market_value",
    "stake.",
    "transaction.",
)


def _is_beside(page: Page, index: int, part: int) -> bool:
    """Whether a part stands right in front of its percentage, or right behind it."""
    if not page.together(part, index):
        return False
    return (part == index - 1 >= 0 and _JOINED.fullmatch(page.gap(part, index)) is not None) or (
        part == index + 1
        and _AT.fullmatch(page.gap(index, part)) is not None
        and not (index and _is_beside(page, index, index - 1))
    )


def _is_of_whole(page: Page, index: int, whole: int) -> bool:
    """Whether words tell that a percentage is of the revenue, or that its part is, right behind it."""
    if _OF_WHOLE.match(page.tail(index)) or _OF_INCOME.search(page.lead(index)):
        return True
    return whole == index - 2 and page.together(whole, index) and _SOME.search(page.gap(whole, index - 1)) is not None


def _of_another(page: Page, ratio: Relation) -> bool:
    """Whether a percentage is that of another part, or of another whole."""
    index, (part, whole) = ratio.target, ratio.inputs
    amounts = page.near(index, lambda i: page.is_amount(i) and page.one_currency((i, whole)), 3)
    amounts = [i for i in amounts if positive(page.bounds(i))]
    pairs = [(i, whole) for i in amounts if i not in (part, whole) and not is_prior(page, i)] + [
        (part, i) for i in amounts if i != part
    ]
    return any(fit(page.found(index), page.bounds(a) / page.bounds(b) * _HUNDRED) is Fit.AGREES for a, b in pairs)


def _is_shared(page: Page, ratio: Relation) -> bool:
    """Whether another percentage is that part of the whole."""
    part, whole = ratio.inputs
    right = page.bounds(part) / page.bounds(whole) * _HUNDRED
    near = page.near(part, lambda i: i != ratio.target and page.found(i).unit == "pct")
    return any(fit(page.found(i), right) is Fit.AGREES for i in near)


def _is_whole(page: Page, parts: list[int], ratio: Relation) -> bool:
    """Whether parts are all that a whole has."""
    whole = ratio.inputs[1]
    return len(parts) > 1 and fit(page.found(whole), added(page, [i for i in parts if i != whole])) is Fit.AGREES


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


_PUBLIC = re.compile(
    r"\bthe (?:investing )?public(?:[’']s)?(?: float| shareholders| investors)?(?: (?:has|had|have|holds?|owns?|with|of|at|is))? $|\bpublic float (?:of|at|is) $"
    r"|公[众眾](?:持股量?|股[东東份]|人士)?(?:持[股有]量?)?(?:比例)?[为為占佔有]?$"
)
"""In front of the part of a company's shares that is in nobody's hands but the public's."""
_INSIDE = re.compile(r"\bof (?:which|whom|that|it|them)\b|includ|其中|包括|[内內]含|[连連]同", re.IGNORECASE)
"""Among the holdings of a sentence: one is a part of another."""
_HELD_NOW = frozenset({"stake.after_pct", "stake.pct"})
_MOST_PARTS = 4


_REMAINS = re.compile(
    r"\b(?:the (?:rest|remainder|others?|remaining)|remaining)\b[^0-9,.;]{0,12} $|(?:其[余餘]|[余餘]下|剩[下余餘])[^0-9,，。；]{0,4}$",
    re.IGNORECASE,
)
"""In front of what one other percentage leaves of a hundred."""


def _public(page: Page, index: int) -> list[int]:
    """What the holders of a sentence have beside the public."""
    if not _PUBLIC.search(page.lead(index)):
        return []
    sentence = page.sentences[page.found(index).sentence]
    others = [i for i in sentence if i != index and page.kind(i) in _HELD_NOW and page.found(i).unit == "pct"]
    told_of = [index, *others]
    words = page.text[page.found(min(told_of)).start : page.found(max(told_of)).end]
    ruled_out = len(others) >= _MOST_PARTS or NOT_OF_ALL.search(words) or _INSIDE.search(words)
    return [] if ruled_out else others


def _remaining(page: Page, index: int) -> list[int]:
    """The only other percentage of a sentence, where the words have the one behind it be the rest."""
    if not _REMAINS.search(page.lead(index)):
        return []
    others = page.near(index, page.is_percent, 0)
    return others if others == [index - 1] and not page.found(index - 1).growth else []


def with_public(page: Page) -> Iterator[Relation]:
    """What holders leave for the public, or a part for the rest of a whole: one with 78% leaves no more than 22%."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "pct" or not (others := _public(page, index) or _remaining(page, index)):
            continue
        rest = _HUNDRED
        for other in others:
            rest -= page.found(other).bounds()
        if not positive(rest) or fit(claim.found, rest) is not Fit.OFF:
            continue
        if mistyped(claim.found, Interval.exact(rest.middle), _MARGIN_DIGITS) or (
            len(others) == 1 and claim.found.number > rest.high + 1 and _PUBLIC.search(page.lead(index))
        ):
            names = " - ".join(shown(page.claims[i]) for i in others)
            yield Relation(
                target=index,
                inputs=tuple(others),
                fit=Fit.OFF,
                recomputed=rest,
                working=f"100% - {names} = {told(rest, claim)}",
                reason=f"The others leave {told(rest, claim)}.",
                correction=say(rest, claim, page.script),
            )
