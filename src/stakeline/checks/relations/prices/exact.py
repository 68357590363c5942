"""Conversions told to three digits or more: they give away the rate that was used, however "about" they are.

A peg has held that rate within a band; and a writer who converts several amounts of a trade does so at one rate.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from stakeline.checks.rates import peg
from stakeline.checks.relations.fit import Fit, printed
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_DIGITS = 3
"""Digits from which on an amount is exact."""
_BAND = Decimal("0.005")
"""How far beyond a peg's band an implied rate may lie: one rounded to 7.88 or 7.72."""
_APART = Decimal("0.015")
"""How far an implied rate is from the one of all others to be no rate of the same days."""
_FAR = Decimal("0.3")
"""From here on two amounts are no slip but of two matters, or of other magnitudes, which other relations judge."""
_NARROW = Decimal("0.01")
"""How well a rate must be told by the others."""
_PEERS = 2
_OF_TRADES = ("transaction.", "buyback.", "price.", "stake.value", "deal.")
_PAST = re.compile(
    r"(?:19|20)[0-9]{2}|\b(?:ago|last year|earlier|previous|then|(?:average|closing) (?:exchange )?rates?)\b|去年|上年|[当當][时時]|[早此]前|平均[汇匯]率",
    re.IGNORECASE,
)
"""Around a conversion: it may be at the rate of another day."""


class _Told(NamedTuple):
    """An amount, its conversion and the rate between them."""

    origin: int
    at: int
    rate: Interval


def at_odds(page: Page, pairs: Sequence[tuple[int, int]]) -> dict[int, Relation]:
    """The conversions at a rate that a peg does not allow, or that is not the one of all others of the article."""
    exact = [t for pair in pairs if (t := _exact(page, *pair)) is not None]
    found = {t.at: r for t in exact if (r := _beyond_peg(page, t)) is not None}
    return found | {t.at: r for t in exact if t.at not in found and (r := _alone(page, t, exact)) is not None}


def _exact(page: Page, origin: int, index: int) -> _Told | None:
    own, base = page.found(index), page.found(origin)
    if min(_digits(own), _digits(base)) < _DIGITS or "over" in {own.approx, base.approx} or own.bound or base.bound:
        return None
    if not (positive(page.bounds(origin)) and positive(printed(own)) and positive(printed(base))):
        return None
    hundred = Interval.exact(100)
    left, right = (printed(f) / hundred if f.currency == "GBX" else printed(f) for f in (base, own))
    return _Told(origin, index, right / left)


def _digits(found: Found) -> int:
    """How many digits of a figure are printed, noughts at its end apart unless they stand behind a point."""
    number = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", found.text)
    digits = number[0].replace(",", "") if number is not None else ""
    return len((digits if "." in digits else digits.rstrip("0")).replace(".", "").lstrip("0"))


def _beyond_peg(page: Page, pair: _Told) -> Relation | None:
    """A rate that a peg has never let be."""
    one, other = page.currency(pair.origin), page.currency(pair.at)
    held = peg(one, other, page.on) if one is not None and other is not None else None
    return None if held is None else _off(page, pair, held[0], held[1], _BAND, "hard_fact")


def _alone(page: Page, pair: _Told, all_: Sequence[_Told]) -> Relation | None:
    """A rate that is not the one at which all other amounts were converted."""
    if not page.kind(pair.origin).startswith(_OF_TRADES) or _PAST.search(page.around(pair.at, 160, 60)):
        return None
    peers = list(_peers(page, pair, all_))
    if len({page.found(p.origin).value for p in peers}) < _PEERS:
        return None
    if not any(abs(page.found(p.at).sentence - page.found(pair.at).sentence) <= 1 for p in peers):
        return None
    low, high = max(p.rate.low for p in peers), min(p.rate.high for p in peers)
    if not low <= high <= low * (1 + _NARROW):
        return None
    common = Interval(low, high)
    return _off(page, pair, common, f"the article's rate of {common.middle:.4g}", _APART, "in_article")


def _peers(page: Page, pair: _Told, all_: Sequence[_Told]) -> Iterator[_Told]:
    """The other conversions between the same two currencies, of other amounts."""
    ours = (page.currency(pair.origin), page.currency(pair.at))
    for t in all_:
        other = page.found(t.origin).value != page.found(pair.origin).value
        if other and (page.currency(t.origin), page.currency(t.at)) == ours:
            yield t


def _off(page: Page, pair: _Told, rate: Interval, name: str, give: Decimal, basis: str) -> Relation | None:
    """A conversion that no amount which rounds to the printed one gives at a rate."""
    away = pair.rate.middle / rate.middle
    if not 1 - _FAR < away < 1 + _FAR:
        return None
    if rate.low * (1 - give) <= pair.rate.high and pair.rate.low <= rate.high * (1 + give):
        return None
    claim = page.claims[pair.at]
    result = page.scaled(pair.at, page.bounds(pair.origin) * rate)
    come = told(result, claim)
    return Relation(
        target=pair.at,
        inputs=(pair.origin,),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{shown(page.claims[pair.origin])} at {name} = {come}",
        reason=f"{page.found(pair.origin).text} is {come} at {name} (implied: {pair.rate.middle:.4g}).",
        basis=basis,
        settles=True,
        correction=say(result, claim, page.script),
    )
