"""One figure told again: of another noun, or in another magnitude.

"HK$60 million in 34 firms" in the headline and "nine firms with 34 disposals worth HK$60 million" in the text: of firms there are nine.
每盎司13000美元 beside 每盎司1300美元 and 1304.10: the third one tells which of the two is meant.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from stakeline.checks.relations.fit import Fit, fit, mistyped
from stakeline.checks.relations.page import NEAR, Page, Relation
from stakeline.checks.relations.words import say, shown
from stakeline.checks.relations.words import told as told_as
from stakeline.model.numbers import Interval

_NOUN = re.compile(r" ?(?P<en>[a-z]{4,})|(?P<zh>[家间間宗次笔筆名位人只隻单單項项])", re.IGNORECASE)
_NUMBER = r"(?:[0-9][0-9,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[一二三四五六七八九十两兩]+)"
_LEAST = 10
"""Smaller numbers are alike by chance."""
_REACH = 60
"""Characters around a figure in which the right number of its noun must stand."""


def agains(page: Page) -> Iterator[Relation]:
    """Counts with the noun of another count of the article that stands beside the same amount."""
    told: dict[Decimal, list[int]] = {}
    for index in range(len(page.claims)):
        if _is_count(page, index):
            told.setdefault(page.found(index).number, []).append(index)
    for alike in told.values():
        for index, other in permutations(alike[:NEAR], 2):
            if page.found(index).sentence == page.found(other).sentence:
                continue
            noun, another = _noun(page, index), _noun(page, other)
            right = _counted(page, other, noun) if noun and another and noun != another else None
            right = right or _of_firms(page, other, noun, another)
            amount = _common(page, index, other) if right else None
            if right and amount is not None and not _counted(page, index, another or ""):
                yield _other_noun(page, index, other, amount, right)


def _is_count(page: Page, index: int) -> bool:
    found = page.found(index)
    return found.value is not None and found.unit in {"count", "shares"} and not found.word and found.number >= _LEAST


def _noun(page: Page, index: int) -> str | None:
    """What a number counts: the word behind it, in Chinese the character that ends it or follows it."""
    end = page.found(index).end
    printed = page.found(index).text[-1:]
    match = _NOUN.match(page.text[end - 1 if printed in "家间間宗次笔筆名位人只隻单單項项" else end : end + 24])
    return (match["en"] or match["zh"]).lower() if match else None


def _counted(page: Page, index: int, noun: str) -> str | None:
    """Another number of a noun beside a figure."""
    found = page.found(index)
    before = page.text[max(found.start - _REACH, 0) : found.start].rpartition("\n")[2]
    around = f"{before}|{page.text[found.end : found.end + _REACH]}".partition("\n")[0]
    match = re.search(rf"(?<![0-9A-Za-z,.])({_NUMBER})( ?){re.escape(noun)}", around, re.IGNORECASE) if noun else None
    return match[0] if match and match[1].replace(",", "") != format(found.number, "f") else None


def _of_firms(page: Page, index: int, noun: str | None, another: str | None) -> str | None:
    """The number of firms behind a number of trades, by another word for them or none: "34 disposals worth HK$60 million in nine"."""
    if noun not in _FIRMS or another not in _TRADES:
        return None
    behind = _ENDED.split(page.text[page.found(index).end : page.found(index).end + _REACH], 1)[0]
    match = _IN_FIRMS.search(behind)
    return f"{match['number']} {noun}" if match is not None else None


_FIRMS = frozenset({"firms", "companies", "counters", "stocks", "issuers", "names"})
_TRADES = frozenset({"disposals", "purchases", "trades", "sales", "transactions", "deals", "buybacks", "acquisitions"})
_IN_FIRMS = re.compile(
    rf"\b(?:in|at|by|from|across|involving) (?P<number>{_NUMBER})(?: (?:{'|'.join(_FIRMS)})\b|(?= *(?:[,;.]|$|\b(?:and|for|worth)\b)))",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.;!?\n](?!\d)")


def _common(page: Page, index: int, other: int) -> int | None:
    """An amount beside one figure that stands beside the other too."""
    amounts = [page.near(i, page.is_amount, 0)[:2] for i in (index, other)]
    for one in amounts[0]:
        if any(page.found(one).value == page.found(i).value and page.one_currency((one, i)) for i in amounts[1]):
            return one
    return None


def _other_noun(page: Page, index: int, other: int, amount: int, right: str) -> Relation:
    return Relation(
        target=index,
        inputs=(other, amount),
        fit=Fit.OFF,
        recomputed=right,
        working=f"{shown(page.claims[index])} {_noun(page, index)} <> {right}",
        reason=f"Elsewhere, of the same {page.found(amount).text}, the article has {right} and {page.found(other).text} {_noun(page, other)}.",
        correction=right,
    )


def misquoted(page: Page) -> Iterator[Relation]:
    """What the one trade of an article came to, told more than twice and once with a wrong digit: by count and price it is the other."""
    paid = [i for i in range(len(page.claims)) if page.is_paid(i) and page.found(i).number > 0]
    odd = [i for i in paid if sum(_is_same(page, i, k) for k in paid) == 1]
    told = [i for i in paid if i not in odd]
    if len(odd) != 1 or len(told) < _TWICE or not all(_is_same(page, i, told[0]) for i in told):
        return
    index, own = odd[0], (page.is_traded, page.is_price)
    if not page.one_currency(paid) or page.found(index).approx == "upto" or any(page.near(index, p, 0) for p in own):
        return
    rights = [Interval.exact(page.found(i).number) for i in told]
    if not any(mistyped(page.found(index), right, _ODD_DIGITS) for right in rights):
        return
    for value in told:
        for n in page.near(value, page.is_traded, 0):
            for price in page.near(value, page.is_price, 0):
                result = Interval.exact(page.scaled(value, page.bounds(n) * page.bounds(price)).middle)
                if fit(page.found(value), result) is Fit.AGREES:
                    yield _misquoted(page, index, (n, price), result, value)
                    return


_TWICE, _ODD_DIGITS = 2, 3
_ROUND = Decimal("0.015")
"""How far apart two roundings of one amount lie."""


def _is_same(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one), page.found(other)
    return abs(a.number - b.number) <= max(_ROUND * max(a.number, b.number), a.half, b.half)


def _misquoted(page: Page, index: int, inputs: tuple[int, int], result: Interval, value: int) -> Relation:
    claim = page.claims[index]
    count, price = (shown(page.claims[i]) for i in inputs)
    return Relation(
        target=index,
        inputs=(*inputs, value),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{count} x {price} = {told_as(result, claim)}",
        reason=f"The trade came to {page.found(value).text}, as the article has it elsewhere.",
        correction=say(result, claim, page.script),
    )


_SAME_HAN = re.compile("每[\u3400-\u9fff]{1,2}$"), re.compile("[\u3400-\u9fff]{3}$")
_SAME_WORDS = (re.compile(r"(?:[a-z]{2,} ){2}$", re.IGNORECASE),)
"""In front of figures that are told in the same words."""
_SENTENCES = 8
_CLOSE = Decimal("0.05")
_DIGITS = 2
_BID = re.compile(
    r"\b(?:offer|bid|proposal|takeover|buyout)\b[^.;0-9]{0,60}(?:valued at|worth|of|at)(?: about| some| around)? $"
    r"|(?:要[约約]|[报報][价價]|收[购購]|方案)[^。；0-9]{0,24}(?:价值|價值|作价|作價|涉资|涉資|总额|總額|为|為|[约約达達])$",
    re.IGNORECASE,
)
_NEAR_BIDS = (Decimal("0.75"), Decimal("1.33"))
_FEWEST_SHARES = 10**6
"""No listed company has fewer shares than an offer for it, at its price, would buy."""


def magnitudes(page: Page) -> Iterator[Relation]:
    """Amounts of the same words and digits, or for the same company, in two magnitudes."""
    amounts = [i for i in range(len(page.claims)) if page.is_amount(i) and page.found(i).number > 0]
    for index in amounts:
        near = page.near(index, lambda i: page.is_amount(i) and page.found(i).number > 0, _SENTENCES)
        near = [i for i in near if page.one_currency((i, index)) and page.found(i).unit == page.found(index).unit]
        right = _same_digits(page, index, near) or _other_bid(page, index, near)
        if right is not None:
            other, power = right
            yield _shifted(page, index, other, power)


def _same_digits(page: Page, index: int, near: list[int]) -> tuple[int, int] | None:
    """Another amount of the same words and digits and the power between them, where a third one has it so too."""
    found, words = page.found(index), _words(page, index)
    digits = found.number.normalize().as_tuple().digits
    if words is None or len(digits) < _DIGITS:
        return None
    told = [i for i in near if _words(page, i) == words and not _is_alike(page, i, index)]
    for other in told:
        twin = page.found(other).number
        if twin.normalize().as_tuple().digits == digits and any(_is_alike(page, i, other) for i in told if i != other):
            return other, twin.normalize().adjusted() - found.number.adjusted()
    return None


def _words(page: Page, index: int) -> str | None:
    lead = page.lead(index)
    patterns = _SAME_HAN if page.found(index).lang == "zh" else _SAME_WORDS
    match = next((m for p in patterns if (m := p.search(lead))), None)
    return match[0].lower() if match else None


def _is_alike(page: Page, one: int, other: int) -> bool:
    a, b = page.found(one).number, page.found(other).number
    return abs(a - b) <= _CLOSE * max(a, b)


def _other_bid(page: Page, index: int, near: list[int]) -> tuple[int, int] | None:
    """Another offer a thousand times as large, where at its own price per share this one would buy hardly any shares."""
    power = 3 if page.found(index).lang == "en" else 4
    if not _BID.search(page.lead(index, 100)):
        return None
    each = [i for i in page.near(index, lambda i: _is_of_share(page, i), 0) if page.one_currency((i, index))]
    if not each or page.found(index).number / page.found(each[0]).number >= _FEWEST_SHARES:
        return None
    for other in near:
        ratio = page.found(index).number.scaleb(power) / page.found(other).number
        if _NEAR_BIDS[0] < ratio < _NEAR_BIDS[1] and _BID.search(page.lead(other, 100)):
            return other, power
    return None


def _is_of_share(page: Page, index: int) -> bool:
    return page.is_price(index) and bool(_SHARE.match(page.tail(index)) or _EACH.search(page.lead(index)))


_SHARE, _EACH = re.compile(r" ?(?:a|per|each|/) ?share", re.IGNORECASE), re.compile("每股[^0-9,，。]{0,8}$")


_LOWER = re.compile(
    r"\b(?:down|lower|fell|fallen|dropped|decreased|decline\w*|less|fewer) (?:\w+ ){0,2}(?:from|than)\b", re.IGNORECASE
)
_LOWER_HAN = re.compile("(?:[低少遜逊][于於過过]|[较較比][^。；]{0,40}(?:减少|減少|下跌|下降|回落))")
"""Between two amounts, or behind the second in Chinese: the one told first is the smaller."""
_TURNS = re.compile(r"\b(?:while|whereas|but)\b|\b(?:at|to)(?: about| just)? $|而|[至到]$", re.IGNORECASE)
"""Between two amounts: the second is of another matter, or itself what something fell to."""
_SIZE = (Decimal("0.2"), Decimal(1))
"""What the smaller of two amounts is of the larger, magnitudes aside, for it to be what is left of it."""


def lowered(page: Page) -> Iterator[Relation]:
    """What an amount is told to be down from, in figures that lack a magnitude: HK$1.4 billion "down from" HK$1.9 million."""
    for index in range(len(page.claims)):
        if not page.is_amount(index) or page.found(index).value is None or page.found(index).number <= 0:
            continue
        old = next((i for i in page.near(index, page.is_amount) if i > index and _is_kin(page, i, index)), None)
        if old is None or not page.found(old).number or any(page.is_amount(i) for i in range(index + 1, old)):
            continue
        power = 4 if page.found(old).lang == "zh" else 3
        ratio = page.found(index).number / page.found(old).number.scaleb(power)
        gap = page.gap(index, old)
        if _TURNS.search(gap):
            continue
        lower = _LOWER_HAN.search(gap + page.tail(old)) if page.found(old).lang == "zh" else _LOWER.search(gap)
        if lower and _SIZE[0] < ratio < _SIZE[1] and _UNIT.search(page.found(old).text):
            yield _shifted(page, old, index, power)


_UNIT = re.compile(r"million|mn\b|m\b|[萬万]", re.IGNORECASE)


def _is_kin(page: Page, one: int, other: int) -> bool:
    """Whether two amounts are of one kind, or both of trades, and in one currency."""
    kinds = {page.kind(i).split(".")[0] for i in (one, other)}
    return (
        page.one_currency((one, other))
        and page.found(one).value is not None
        and (len(kinds) == 1 or kinds <= _OF_TRADES)
    )


_OF_TRADES = frozenset({"transaction", "buyback"})


def _shifted(page: Page, index: int, other: int, power: int) -> Relation:
    claim = page.claims[index]
    result = page.bounds(index) * Interval.exact(Decimal(10) ** power)
    return Relation(
        target=index,
        inputs=(other,),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{page.found(index).text} against {page.found(other).text}",
        reason=f"Elsewhere, of the same thing, the article has {page.found(other).text}.",
        correction=say(page.scaled(index, result), claim, page.script),
        slips=True,
    )
