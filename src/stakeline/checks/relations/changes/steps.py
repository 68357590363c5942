"""A change in money beside what it led to: "down 3p (1.2%) to 240p", "rose by £1.5m to £1.6m (2022: £0.1m)"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from msgspec.structs import replace

from stakeline.checks.relations.changes.compared import is_plain
from stakeline.checks.relations.changes.pairs import is_prior, is_told_prior
from stakeline.checks.relations.changes.told import OTHER_BASE
from stakeline.checks.relations.fit import Fit, fit, in_print, magnitude
from stakeline.checks.relations.page import QUOTES, Page, Relation, positive
from stakeline.checks.relations.page import magnitude as magnitude_of
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_TWICE_TOLD = re.compile(r"\s*(?:,?\s*or(?: by)?|,(?= )|[(（]|[,，]?\s*或|[、/])\s*(?:about |约|約)?", re.IGNORECASE)
"""All that stands between the change in money and the same in percent."""
_CHANGE = re.compile(
    r"\b(?:up|down|rose|fell|gain(?:ed|s)?|lost|drop(?:ped)?|shed|add(?:ed)?|slipp?ed|rise|fall|climbed|declin(?:e|ed)|minus|plus|put on|by|of)\W*$|[涨漲升跌降]\W*$",
    re.IGNORECASE,
)


_BY = re.compile(
    r"\b(?:rose|fell|grew|increased|decreased|declined|dropped|climbed|up|down|jumped|slid)(?: year[- ]on[- ]year)? by(?: about| some| nearly)?\s*$"
    r"|(?:增加|减少|減少|下降|上升|增长|增長|下跌)(?:了|约|約)?\s*$",
    re.IGNORECASE,
)
"""Directly in front of a change in money."""
_TO = re.compile(r"\bto(?: about| some| nearly)?\s*$|[至到](?:约|約)?\s*$", re.IGNORECASE)


def amounts(page: Page) -> Iterator[Relation]:
    """A change in money against the amounts before and after it, where the words mark all three."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "currency" or not _BY.search(page.lead(index)):
            continue
        near = [i for i in page.near(index, page.is_amount, 0) if abs(i - index) <= 3]
        news = [i for i in near if i > index and _TO.search(page.lead(i))]
        olds = [i for i in near if is_prior(page, i) and i not in news]
        if len(news) != 1 or len(olds) != 1 or len(near) != 2 or not page.one_currency((index, *near)):
            continue
        text = page.text[page.found(min(index, *near)).start : page.found(max(index, *near)).end]
        if _TURN.search(text) or page.currency(index) is None:
            continue
        yield from _between(page, index, news[0], olds[0])


_OR = re.compile(r" ?(?:,? or(?: by)? |[(（]|[,，]?或)(?:about |約|约)? ?", re.IGNORECASE)
_STEP = re.compile(
    r"(?:增加|增长|增長|上升|减少|減少|下降|下跌)(?:了|约|約)?(?:人民[币幣]|港[币幣])?\s*$|\b(?:increase|decrease|rise|fall|drop) of ?$"
)
"""Directly in front of a change in money that the same in percent follows."""


def both(page: Page) -> Iterator[Relation]:
    """A change told in money and in percent between two amounts: of the four figures that one is off which the others refute."""
    for index in range(1, len(page.claims)):
        step = index - 1
        if page.found(index).unit != "pct" or page.found(step).unit != "currency" or not page.together(index, step):
            continue
        if not _OR.fullmatch(page.gap(step, index)) or not (
            _STEP.search(page.lead(step)) or _BY.search(page.lead(step))
        ):
            continue
        near = [
            i for i in page.near(step, page.is_amount, 0) if page.kind(i).startswith(("result.", "segment.", "cost."))
        ]
        near = [i for i in near if abs(i - step) <= _REACH and page.one_currency((i, step))]
        olds = [i for i in near if i < step] if len(near) == 2 else []
        if len(near) != 2 or not olds or not all(positive(page.bounds(i)) for i in near):
            continue
        yield from _of_four(page, step, index, *sorted(near))


_REACH = 4


def _of_four(page: Page, step: int, index: int, one: int, two: int) -> Iterator[Relation]:
    """What three of the four agree on speaks against the fourth."""
    low, high = sorted((one, two), key=lambda i: page.found(i).number)
    gap = magnitude_of(page.bounds(high) - page.bounds(low))
    shares = [gap / page.bounds(i) * _HUNDRED for i in (one, two)]
    steps_ = [page.bounds(step) / page.bounds(i) * _HUNDRED for i in (one, two)]
    closes = fit(page.found(step), gap)
    percent = [fit(page.found(index), s) for s in shares]
    names = f"|{shown(page.claims[one])} - {shown(page.claims[two])}|"
    if closes is Fit.AGREES and all(p is Fit.OFF for p in percent):
        # the older amount is the base: after a fall the larger
        fell = re.search(r"减|減|降|跌|fall|fell|drop|decrease|decline", page.lead(step), re.IGNORECASE) is not None
        base = high if fell else low
        yield _fourth(
            page, index, (step, base), gap / page.bounds(base) * _HUNDRED, f"{names} / {shown(page.claims[base])}"
        )
    elif (
        closes is Fit.OFF and Fit.AGREES in percent and not any(fit(page.found(index), s) is Fit.AGREES for s in steps_)
    ):
        yield _fourth(page, step, (one, two), gap, names)


def _fourth(page: Page, target: int, inputs: tuple[int, ...], result: Interval, formula: str) -> Relation:
    claim = page.claims[target]
    return Relation(
        target=target,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{formula} = {told(result, claim)}",
        reason=f"By the two amounts and the other half of the statement it is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


_OF_RATE = re.compile(
    r"(?:折[让讓价價]|溢[价價])(?:了|约|約|达|達|为|為|率|幅度)*$|\b(?:discount|premium) of (?:about |some )?$",
    re.IGNORECASE,
)


def units(page: Page) -> Iterator[Relation]:
    """Money that is, digit by digit, the change in percent between two amounts beside it: 0.51元,較0.62元折讓17.74元."""
    for index, claim in enumerate(page.claims):
        digits, lead = in_print(claim.found), page.lead(index)
        rate = _OF_RATE.search(lead) or _STEP.search(lead) or _BY.search(lead)
        if claim.found.unit != "currency" or not rate or len(digits.replace(".", "")) < _TELLING or "." not in digits:
            continue
        number = Decimal(digits)
        half = Decimal((0, (5,), int(number.as_tuple().exponent) - 1))
        percent = replace(claim.found, unit="pct", value=number, half=half, approx=None)
        for one, two in permutations(page.near(index, page.is_amount, 0)[:2], 2):
            if page.currency(one) is None or not page.one_currency((one, two)) or not positive(page.bounds(one)):
                continue
            exact = Interval.exact(page.bounds(two).middle / page.bounds(one).middle - 1)
            step = magnitude_of(page.bounds(two) - page.bounds(one))
            if (
                fit(claim.found, step) is Fit.OFF
                and fit(percent, magnitude_of(exact * _HUNDRED), slack=Decimal(0)) is Fit.AGREES
            ):
                yield _unit(page, index, two, one, digits)
                break


_TELLING = 3


def _unit(page: Page, index: int, new: int, old: int, digits: str) -> Relation:
    names = [shown(page.claims[i]) for i in (new, old)]
    return Relation(
        target=index,
        inputs=(new, old),
        fit=Fit.OFF,
        recomputed=f"{digits}%",
        working=f"|{names[0]} / {names[1]} - 1| = {digits}%",
        reason=f"{digits} is the change from {names[1]} to {names[0]} in percent, no amount of money.",
        correction=f"{digits}%",
    )


_TURN = re.compile(r"loss|亏|虧|outflow|扭|nil", re.IGNORECASE)
"""Among the three: a change of sign, which no difference of printed amounts gives."""


def _between(page: Page, index: int, new: int, old: int) -> Iterator[Relation]:
    claim = page.claims[index]
    result = magnitude_of(page.bounds(new) - page.bounds(old))
    outcome = fit(claim.found, result)
    if outcome is Fit.UNDECIDED or not positive(result):
        return
    yield Relation(
        target=index,
        inputs=(new, old),
        fit=outcome,
        recomputed=result,
        working=f"|{shown(page.claims[new])} - {shown(page.claims[old])}| = {told(result, claim)}",
        reason="Before and after give it."
        if outcome is Fit.AGREES
        else f"From {page.found(old).text} to {page.found(new).text} is a change of {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


_NEXT = re.compile(
    r"\s*[,，、]?\s*(?:同比|按年)?(?:即|或|(?:增[长長幅速]|[升跌降]幅|上升|下降|下跌|增加|减少|減少)(?:了|为|為|达|達|约|約)*|(?:,? or(?: by)?|[(（])(?: about)?)\s*",
    re.IGNORECASE,
)
"""All that stands between the two halves of a change told in money and in percent."""
_TOLD = re.compile(
    r"(?:增加|增长|增長|上升|减少|減少|下降|下跌|[升跌增减減多少])(?:了|约|約)*(?:人民[币幣]|港[币幣])?\s*$"
    r"|\b(?:(?:increase|decrease|rise|fall|drop|gain|decline|improvement|reduction) of|rose|fell|grew|increased|decreased|declined|dropped|climbed|up|down|added|shed|put on|gained|lost|more|less)(?: by)?(?: (?:about|some|nearly|around|over))? $",
    re.IGNORECASE,
)
"""In front of the first of the two."""
_MEASURED = re.compile(r" (?:higher|lower|more|less|up|down)\b", re.IGNORECASE)
"""Behind the second of them."""
_LED = re.compile(r"\)?(?:,? to|[,，]?[至到])(?: about| some| nearly| just over)? ?(?:约|約)?", re.IGNORECASE)
_OTHER_TIME = re.compile(
    r"[年月季期][初末底]|上[个個]?[月季]|\b(?:month|quarter|week|January|December)\b", re.IGNORECASE
)
"""Around the two: one of them may be measured from another day than the other."""
_MORE = re.compile("[都均多少]")


def halves(page: Page) -> Iterator[Relation]:
    """A change in money and in percent beside the one level it leads to: "$210 million, an increase of $40 million, or 24%"."""
    for first in range(len(page.claims) - 1):
        second = first + 1
        yield from _led(page, first)
        units = page.found(first).unit, page.found(second).unit
        if set(units) != {"currency", "pct"} or page.found(first).bracket or not page.together(first, second):
            continue
        told_ = _TOLD.search(page.lead(first)) or _MEASURED.match(page.tail(second))
        if not _NEXT.fullmatch(page.gap(first, second)) or not told_:
            continue
        step, index = (first, second) if units[0] == "currency" else (second, first)
        whole = _whole(page, first, second)
        known = whole is not None and page.currency(whole) == page.currency(step) and not page.found(index).word
        words, led = page.around(first, 28, 64), page.lead(first) + page.gap(first, second)
        same = not (OTHER_BASE.search(words) or _TURN.search(words) or _OTHER_TIME.search(led))
        if known and whole is not None and same:
            yield from _halves(page, step, index, whole)


def _led(page: Page, step: int) -> Iterator[Relation]:
    """The same with the level between the two: "put on 13.5p to 398.5p, a rise of 3.5%"."""
    whole, index = step + 1, step + 2
    if index >= len(page.claims) or not _TOLD.search(page.lead(step)) or not page.together(step, index):
        return
    known = all(page.found(i).unit == "currency" for i in (step, whole)) and page.currency(step) == page.currency(whole)
    said = _LED.fullmatch(page.gap(step, whole)) and _AGAIN.fullmatch(page.gap(whole, index))
    if known and said and not page.found(index).word and not OTHER_BASE.search(page.tail(index, 32)):
        yield from _halves(page, step, index, whole)


_AGAIN = re.compile(
    r"(?: a share)?(?:,? or| ?[(（]|, an? (?:rise|gain|fall|drop|increase|decrease|decline|loss|advance) of) ?|[,，]?(?:[升跌增降涨漲减減]幅?|即)(?:[为為达達约約])*",
    re.IGNORECASE,
)


def _whole(page: Page, first: int, second: int) -> int | None:
    """The level right in front of a change, or the one behind it that it leads to."""
    before, after = first - 1, second + 1
    if after < len(page.claims) and page.together(second, after) and page.is_amount(after):
        return after if _LED.fullmatch(page.gap(second, after)) else None
    if before < 0 or not page.together(before, first) or not page.is_amount(before) or is_told_prior(page, before):
        return None
    return before if is_plain(_MORE.sub("", page.gap(before, first))) else None


def _halves(page: Page, step: int, index: int, whole: int) -> Iterator[Relation]:
    """Whether the level before, this one or the one that it comes to, has both; if neither, a slip in the money is told first."""
    change, level = page.bounds(step), page.bounds(whole)
    down = re.search(
        r"减|減|降|跌|少|fall|fell|drop|decrease|decline|down|shed|less|reduc",
        page.lead(min(step, index)),
        re.IGNORECASE,
    )
    base = level + change if down else level - change
    if page.found(index).unit != "pct" or not positive(base):
        return
    results = [change / base * _HUNDRED, change / level * _HUNDRED]
    fits = [fit(page.found(index), result) for result in results]
    if Fit.AGREES in fits or any(f is not Fit.OFF for f in fits):
        return
    sign = "+" if down else "-"
    part = page.bounds(index) / _HUNDRED
    money = level * part / (Interval.exact(1) - part if down and part.high < 1 else Interval.exact(1) + part)
    if magnitude(page.found(step), money) is not None:
        percent, all_ = shown(page.claims[index]), shown(page.claims[whole])
        yield _fourth(page, step, (index, whole), money, f"{percent} of what {all_} were before")
    else:
        names = f"{shown(page.claims[step])} / ({shown(page.claims[whole])} {sign} {shown(page.claims[step])})"
        yield _fourth(page, index, (step, whole), results[0], names)


def steps(page: Page) -> Iterator[Relation]:
    """A percentage against the step of the price that stands next to it."""
    for index, claim in enumerate(page.claims):
        if claim.kind != "price.change_pct" or claim.found.unit != "pct" or claim.found.approx is not None:
            continue
        step = next((i for i in (index - 1, index + 1) if _told_with(page, index, i)), None)
        if step is None:
            continue
        low, high = min(index, step), max(index, step)
        quotes = [i for i in (low - 1, high + 1) if _is_quote(page, i, step)]
        if len(quotes) == 1:
            yield from _of(page, index, step, quotes[0])


def _told_with(page: Page, index: int, other: int) -> bool:
    """Whether a figure is the change in money that a percentage repeats."""
    if not 0 <= other < len(page.claims) or not page.together(index, other) or page.found(other).unit != "currency":
        return False
    return _TWICE_TOLD.fullmatch(page.gap(index, other)) is not None and (
        _CHANGE.search(page.lead(min(index, other))) is not None
    )


_YEARS_AGO = re.compile(r"\b(?:in|of|since) (?:[A-Z][a-z]+ )?(?:19|20)[0-9]{2}\b|(?:19|20)[0-9]{2}年")
"""Between a price and a change: the price is of another day."""


def _is_quote(page: Page, index: int, step: int) -> bool:
    """Whether a figure is the price after a step: of its sentence and currency, and well above it."""
    if not 0 <= index < len(page.claims) or not page.together(index, step) or page.kind(index) not in QUOTES:
        return False
    if _YEARS_AGO.search(page.gap(index, step)):
        return False
    known = page.currency(index) is not None and page.currency(index) == page.currency(step)
    return known and page.found(index).unit == "currency" and page.bounds(index).low > page.bounds(step).high * 2


def _of(page: Page, index: int, step: int, quote: int) -> Iterator[Relation]:
    """Whichever way the price went, the percentage must agree with one of two bases to be right, and with neither to be wrong."""
    claim = page.claims[index]
    results = [
        page.bounds(step) / base * _HUNDRED
        for base in (page.bounds(quote) + page.bounds(step), page.bounds(quote) - page.bounds(step))
        if positive(base)
    ]
    outcomes = [fit(claim.found, r) for r in results]
    if Fit.AGREES not in outcomes and any(o is not Fit.OFF for o in outcomes):
        return
    at = outcomes.index(Fit.AGREES) if Fit.AGREES in outcomes else 0 if claim.direction == "down" else 1
    result = results[at]
    right = outcomes[at] is Fit.AGREES
    sign = "+-"[at]
    yield Relation(
        target=index,
        inputs=(step, quote),
        fit=outcomes[at],
        recomputed=result,
        working=f"{shown(page.claims[step])} / ({shown(page.claims[quote])} {sign} {shown(page.claims[step])}) = {told(result, claim)}",
        reason="The change in money over the price before gives it."
        if right
        else f"A change of {page.found(step).text} to {page.found(quote).text} is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
