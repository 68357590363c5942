"""Amounts in two currencies: conversions, and the rates that the article states."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from stakeline.checks.rates import ever, peg
from stakeline.checks.relations.blame import is_product
from stakeline.checks.relations.fit import ABOUT, Fit, fit, magnitude, slip
from stakeline.checks.relations.page import QUOTES, RECEIPTS, Page, Relation, positive, reached
from stakeline.checks.relations.prices.each import of_one_share
from stakeline.checks.relations.prices.exact import at_odds
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_ONE = Interval.exact(1)
_REACH = 2
"""Sentences around an amount in which a count and a price may bear it out."""
_FAR = Decimal("0.05")
"""How far an implied rate must be from the day's before it is called wrong: an amount may be converted at an older day's rate.

Of 40 conversions in press articles of 2013 to 2025 the farthest was 2.5% off the rate of the article's day."""
_STEADY = Decimal("0.03")
"""The same where another conversion of the article has the day's rate."""
_NEARLY = Decimal("0.015")
"""How well a conversion must agree with a product to tell that the amount between them is the wrong one."""
_LEAST, _MOST = Decimal("0.00001"), Decimal(10000000)
"""What an amount can be of its conversion, slips of magnitude included; beyond that they are two different things."""
_STATED = re.compile(
    r"([A-Z]{0,3}\$|US dollars?|€|£|euros?|pounds?|[A-Z]{3}|美元|港元|港幣|港币|欧元|歐元|英镑|英鎊)\s*$"
)
_PAST = re.compile(
    r"(?:19|20)[0-9]{2}|\b(?:ago|last year|earlier|previous|then|(?:average|closing) (?:exchange )?rates?)\b|去年|上年|当时|當時|[早此]前|平均[汇匯]率",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\s*[(（]|,? ?(?:or|or about|equivalent to|about)\s*(?:about |around |some )?$|[,，]?\s*或?(?:约合|約合|折合|相当于|相當於|即)"
)
_OPENED = re.compile(r"[^,.;:，。；、()（）]{0,40}[(（](?:about |around |some |约|約|折合|相当于|相當於)*")
"""Between an amount, the words that belong to it, and the bracket that repeats it."""
_NAMES = {
    "$": "USD", "US$": "USD", "HK$": "HKD", "S$": "SGD", "A$": "AUD", "C$": "CAD", "NT$": "TWD", "€": "EUR", "£": "GBP", "euro": "EUR",
    "euros": "EUR", "pound": "GBP", "pounds": "GBP", "US dollar": "USD", "US dollars": "USD", "美元": "USD", "港元": "HKD", "港幣": "HKD",
    "港币": "HKD", "欧元": "EUR", "歐元": "EUR", "英镑": "GBP", "英鎊": "GBP",
}  # fmt: skip
_UNITS = {
    "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "cny": "CNY", "人民币": "CNY", "人民幣": "CNY", "元": "CNY", "hk$": "HKD", "hkd": "HKD",
    "hong kong dollars": "HKD", "港元": "HKD", "won": "KRW", "krw": "KRW", "yen": "JPY", "jpy": "JPY", "¥": "JPY", "日元": "JPY", "日圓": "JPY",
    "rupees": "INR", "inr": "INR", "₹": "INR", "rs": "INR", "pounds": "GBP", "euros": "EUR", "us$": "USD", "usd": "USD", "美元": "USD",
}  # fmt: skip


def conversions(page: Page) -> Iterator[Relation]:
    """An amount that repeats its neighbour in another currency."""
    stated = _stated(page)
    told = [
        (origin, index)
        for index, claim in enumerate(page.claims)
        if index
        and claim.found.unit == "currency"
        and (origin := _origin(page, index)) is not None
        and (
            claim.kind == "fx.conversion"
            or claim.found.bracket
            or _in_apposition(page, origin, index)
            or _worded(page, index)
            or _end_in_front(page, index) is not None
        )
    ]
    days = {index: _converted(page, origin, index, stated) for origin, index in told}
    steady = {
        (page.currency(origin), page.currency(index))
        for origin, index in told
        if (at := days[index]) is not None and at.fit is Fit.AGREES
    }
    odd = at_odds(page, told)
    for origin, index in told:
        if index in odd and _sure(page, origin, index) and not _otherwise(page, origin, index):
            yield _original(page, origin, index) or odd[index]
            continue
        relation = days[index]
        if relation is None and (page.currency(origin), page.currency(index)) in steady:
            relation = _converted(page, origin, index, stated, _STEADY)
        if relation is None:
            continue
        if relation.fit is Fit.OFF and (blamed := _original(page, origin, index)) is not None:
            yield blamed
        elif relation.fit is Fit.OFF and is_product(page, index, _REACH) and _sure(page, origin, index):
            yield from _turned(page, origin, index)
        elif relation.fit is not Fit.OFF or _sure(page, origin, index):
            yield relation


def _worded(page: Page, index: int) -> bool:
    """Whether words right in front of an amount say that it is another one's in a second currency, whatever stands between the two."""
    return _CONVERTED.search(page.lead(index)) is not None


_CONVERTED = re.compile(
    r"\b(?:equivalent to|the equivalent of|converts to|converted to)(?: about| some| around| roughly)? $|\bor (?:about|some|around|roughly|nearly) $"
    r"|(?:折算|折合|[约約]合|[换換]算)(?:成|[为為])?(?:[约約近])?$"
)
_WORDED_BACK, _MANY = 5, 1000
"""Figures in front of such an amount among which the other one is looked for; how many times as much as a price of a share it is."""


def _in_apposition(page: Page, origin: int, index: int) -> bool:
    """Whether words that can only equate stand between two neighbouring amounts: "HK$780 million, which is US$100 million"."""
    one, other = page.currency(origin), page.currency(index)
    found = reference_rate(page, one, other) if index - origin == 1 and one is not None and other is not None else None
    if found is None or not _EQUATES.fullmatch(page.gap(origin, index)):
        return False
    right = page.scaled(index, page.bounds(origin) * found[0])
    ratio = page.found(index).number / right.middle
    return _LIKENED < ratio < 1 / _LIKENED or magnitude(page.found(index), right) is not None


_EQUATES = re.compile(
    r",? ?(?:(?:or|equal to|equivalent to|which is|that is|i\.e\.|the equivalent of|worth|about|around|some|roughly|approximately|nearly),? )+"
    r"|[,，(（]?(?:按[^,，。()（）0-9]{0,10}[计計])?(?:[或即约約合折]|相[当當等][于於]|等[于於])+(?:人民[币幣]|港[币幣])?"
)
_LIKENED = Decimal("0.4")
"""What an amount is at least of what it should be, slips of magnitude aside, to be the same in another currency."""


def _original(page: Page, origin: int, index: int) -> Relation | None:
    """An amount that is wrong itself: shares x price near it agrees with its conversion and not with it."""
    one, other = page.currency(origin), page.currency(index)
    found = reference_rate(page, one, other) if one is not None and other is not None else None
    if found is None:
        return None
    rate, name = found
    for n in page.near(origin, page.is_traded, 2)[:3]:
        each = page.near(origin, lambda i: page.is_price(i) or of_one_share(page, i), 2)
        for price in (p for p in each[:3] if page.currency(p) == one):
            result = page.scaled(origin, page.bounds(n) * page.bounds(price))
            there = page.scaled(index, page.bounds(n) * page.bounds(price) * rate)
            agrees = fit(page.found(index), there, slack=_NEARLY) is Fit.AGREES
            if fit(page.found(origin), result) is not Fit.OFF or not agrees:
                continue
            claim = page.claims[origin]
            return Relation(
                target=origin,
                inputs=(n, price),
                fit=Fit.OFF,
                recomputed=result,
                working=f"{shown(page.claims[n])} x {shown(page.claims[price])} = {told(result, claim)}",
                reason=f"The shares at that price come to {told(result, claim)}, and {page.found(index).text} is as much at {name}.",
                correction=say(result, claim, page.script),
                slips=slip(page.found(origin), result) is not None,
                rights=index,
            )
    return None


def _turned(page: Page, origin: int, index: int) -> Iterator[Relation]:
    """An amount whose conversion is borne out by other figures: then it is the amount that is wrong."""
    one, other = page.currency(origin), page.currency(index)
    found = reference_rate(page, other, one) if one is not None and other is not None else None
    if found is not None:
        yield _at(page, index, origin, _Reference(*found))


def _sentence(page: Page, index: int) -> str:
    """The words around a conversion, in which another time may be named."""
    return page.around(index, 160, 60)


def _sure(page: Page, origin: int, index: int) -> bool:
    """Whether a figure can only repeat its neighbour: in a bracket or behind "or", in a currency that is printed or cannot be another."""
    ratio = page.found(origin).number / page.found(index).number if page.found(index).number else Decimal(0)
    if not _LEAST < ratio < _MOST:
        return False
    gap = page.gap(origin, index)
    if _end_in_front(page, index) is not None:
        return True
    each = of_one_share(page, origin) or page.is_price(origin)
    if (of_one_share(page, index) and not each) or (
        each and page.has(RECEIPTS)
    ):  # "$140 million, or 772,644 won a share"
        return False
    return (
        page.found(index).bracket
        or _OR.match(gap) is not None
        or _in_apposition(page, origin, index)
        or _worded(page, index)
        or (index - origin == 1 and _OPENED.fullmatch(gap) is not None)
    )


_RATES_ALIKE = Decimal("0.03")
"""How far apart the rates lie that two ends of a range were converted at."""


def _end_in_front(page: Page, index: int) -> int | None:
    """The same end of a range in another currency right in front of one: "HK$3 billion to HK$4 billion (US$385 million to US$513 million)"."""
    low = index - 1 if page.found(index).bound == "high" else index
    four = range(low - 2, low + 2)
    if low < 2 or four[-1] >= len(page.claims) or not page.together(*four):
        return None
    if [page.found(i).bound for i in four] != ["low", "high"] * 2 or not all(positive(page.bounds(i)) for i in four):
        return None
    ours, theirs = ({page.currency(i) for i in pair} for pair in (four[:2], four[2:]))
    if not len(ours) == len(theirs) == 1 or ours == theirs or None in ours | theirs:
        return None
    rates = [page.bounds(i).middle / page.bounds(i + 2).middle for i in four[:2]]
    alike = abs(rates[0] / rates[1] - 1) <= _RATES_ALIKE
    return index - 2 if alike or any(page.found(i).bracket for i in four[2:]) else None


def _origin(page: Page, index: int) -> int | None:
    """The amount in front of a conversion."""
    if (end := _end_in_front(page, index)) is not None:
        return end
    currency, worded = page.currency(index), _worded(page, index)
    for other in range(index - 1, max(index - (_WORDED_BACK if worded else 3), -1), -1):
        if not page.is_amount(other) or page.found(other).number <= 0:
            continue
        each = page.is_price(other) or page.kind(other) in QUOTES
        if worded and each and page.found(index).number > _MANY * page.found(other).number:
            continue
        if page.currency(other) in {None, currency} or page.found(other).sentence != page.found(index).sentence:
            return None
        return other
    return None


def _stated(page: Page) -> dict[tuple[str, str], tuple[int, Interval]]:
    """Rates that the article itself states: ($1 = 6.8750 yuan)."""
    found: dict[tuple[str, str], tuple[int, Interval]] = {}
    for index, claim in enumerate(page.claims):
        if claim.kind != "fx.rate" or claim.found.value is None or claim.found.number <= 0:
            continue
        lead = re.sub(
            r"1(?:\.0+)?\s*(?=$|[A-Za-z])",
            "",
            page.text[max(claim.found.start - 16, 0) : claim.found.start].replace("=", "").rstrip(),
        ).rstrip("兑兌 :：")
        base = _STATED.search(lead.strip())
        word = re.sub(r"[0-9.,\s]", "", claim.found.text.lower()) or page.tail(index, 12).strip(" )）.。").lower()
        quote = claim.found.currency or _UNITS.get(word) or _UNITS.get(word.split(" ")[-1])
        name = _NAMES.get(base[1], base[1]) if base else None
        if name is not None and quote is not None and name != quote:
            found[name, quote] = (index, claim.found.bounds())
    return found


class _Reference(NamedTuple):
    """A rate to compare with. slack: what still agrees; limit: what is off only beyond it; at: where the article states it."""

    rate: Interval
    name: str
    slack: Decimal | None = None
    limit: Decimal | None = None
    at: int | None = None


def _reference(
    page: Page, one: str, other: str, stated: dict[tuple[str, str], tuple[int, Interval]]
) -> _Reference | None:
    """The article's own rate, a peg, the day's rate, or else what two currencies can ever have been worth."""
    for pair in ((one, other), (other, one)):
        if pair in stated:
            at, rate = stated[pair]
            rate = rate if pair == (one, other) else _ONE / rate
            return _Reference(rate, f"the article's rate {page.found(at).text}", ABOUT / 2, ABOUT, at)
    held = peg(one, other, page.on)
    if held is not None:
        return _Reference(*held)
    day = page.rate(page.on, one, other) if page.rate is not None and page.on is not None else None
    if day is not None:
        return _Reference(day, f"the day's rate of {_rate(day)}", ABOUT, _FAR)
    wide = any_rate(one, other)
    return None if wide is None else _Reference(*wide)


def any_rate(one: str, other: str) -> tuple[Interval, str] | None:
    """All that a second currency has been for one of a first, with its name."""
    wide = ever(one, other)
    return None if wide is None else (wide, f"any rate since 1999 ({_rate(wide)})")


def reference_rate(page: Page, one: str, other: str) -> tuple[Interval, str] | None:
    """Units of a second currency for one of a first, by a peg or at the day's rate, with its name."""
    held = peg(one, other, page.on)
    if held is not None:
        return held
    day = page.rate(page.on, one, other) if page.rate is not None and page.on is not None else None
    return None if day is None else (day, f"the day's rate of {_rate(day)}")


def _converted(
    page: Page,
    origin: int,
    index: int,
    stated: dict[tuple[str, str], tuple[int, Interval]],
    limit: Decimal | None = None,
) -> Relation | None:
    """One conversion; an amount of another year may have been converted at the rate of then. limit: instead of the usual one."""
    one, other = page.currency(origin), page.currency(index)
    reference = _reference(page, one, other, stated) if one is not None and other is not None else None
    if reference is None:
        return None
    relation = _at(page, origin, index, reference)
    if reference.limit is None:
        if relation.fit is Fit.OFF and _otherwise(page, origin, index):
            return None
        only_off = reference.name.startswith("any")
        return relation if relation.fit is Fit.OFF or not only_off else None
    if relation.fit is Fit.OFF and _otherwise(page, origin, index):
        return None
    far = fit(page.found(index), page.bounds(origin) * reference.rate, slack=limit or reference.limit) is Fit.OFF
    past = reference.at is None and _PAST.search(_sentence(page, index)) is not None
    if relation.fit is not Fit.OFF or relation.slips or (far and not past):
        return relation
    wide = any_rate(one, other) if far and one is not None and other is not None else None
    never = _at(page, origin, index, _Reference(*wide)) if wide is not None else None
    return never if never is not None and never.fit is Fit.OFF else None


_READINGS: tuple[tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str] | None], ...]], ...] = (
    (re.compile(r"[¥￥]"), (("CNY", None), ("JPY", None))),
    (
        re.compile(r"\$"),
        (
            ("USD", None),
            ("HKD", re.compile(r"Hong Kong|港")),
            ("SGD", re.compile(r"S\$|Singapore|新加坡")),
            ("AUD", re.compile(r"A\$|Australia|ASX")),
            ("CAD", re.compile(r"C\$|Canad|Toronto|TSX")),
            ("NZD", re.compile(r"NZ\$|New Zealand")),
            ("TWD", re.compile(r"NT\$|Taiwan|Taipei")),
        ),
    ),
    (re.compile(r"[^港美日台欧歐币幣民]*元$"), (("CNY", None), ("HKD", None), ("TWD", None))),
)
"""What a bare sign may stand for, where the text names the place."""


def _readings(page: Page, index: int) -> list[str]:
    """The currencies that a printed amount may be in; its own first."""
    own, text = page.currency(index), page.found(index).text
    if own not in {"CNY", "JPY", "USD", "HKD", "TWD"}:
        return [own] if own else []
    others = next((r for sign, r in _READINGS if sign.match(text)), ())
    if own == "HKD" and page.script == "Hant" and page.kind(index).startswith(_DEALT) and not page.has(_MAINLAND):
        return [own]
    return [own, *(c for c, where in others if c != own and (where is None or page.has(where)))]


_DEALT = ("transaction.", "buyback.", "price.")
_MAINLAND = re.compile("人民[幣币]|A股|A、H|內地|大陸|中國|上海|深圳|滬|深交所|RMB|yuan")
"""Without such a word 元 in a Hong Kong paper is the Hong Kong dollar where shares are dealt in."""


def _otherwise(page: Page, origin: int, index: int) -> bool:
    """Whether a conversion is right once a bare sign is read as another currency: ¥ as yen, 元 as Hong Kong dollars."""
    one, two = _readings(page, origin), _readings(page, index)
    for base in one:
        for quote in two:
            if base == quote or (base, quote) == (one[0], two[0]):
                continue
            reference = _reference(page, base, quote, {})
            if reference is not None and _at(page, origin, index, reference).fit is not Fit.OFF:
                return True
    return False


def _at(page: Page, origin: int, index: int, reference: _Reference) -> Relation:
    """A conversion at a rate."""
    found, claim, name = page.found(index), page.claims[index], reference.name
    amount = reached(page.found(origin)) if page.found(origin).approx else None
    if amount is None or page.found(origin).currency == "GBX":
        amount = page.bounds(origin)
    result = page.scaled(index, amount * reference.rate)
    outcome = fit(found, result, slack=reference.slack)
    implied = f" (implied: {_rate(page.bounds(origin) / page.bounds(index))})" if positive(page.bounds(index)) else ""
    factor = slip(found, result)
    own = reference.at is not None
    return Relation(
        target=index,
        inputs=(origin,) if reference.at is None else (origin, reference.at),
        fit=outcome,
        recomputed=result,
        working=f"{shown(page.claims[origin])} at {name} = {told(result, claim)}",
        reason=f"It agrees with {name}."
        if outcome is Fit.AGREES
        else f"{page.found(origin).text} is {told(result, claim)} at {name}{implied}{f'; the figure is {factor} that' if factor else ''}.",
        basis="in_article" if own else "outside_constant" if outcome is Fit.AGREES else "hard_fact",
        correction=say(result, claim, page.script),
        vouches=True,
        slips=factor is not None,
    )


def _rate(rate: Interval) -> str:
    low, high = (f"{v:.4g}" for v in (rate.low, rate.high))
    return low if low == high else f"{low} to {high}"
