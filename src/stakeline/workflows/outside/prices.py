"""Prices, share counts, market values and the first day of trading as evidence."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec

from stakeline import market, registry
from stakeline.checks.evidence import Known
from stakeline.checks.relations.fit import slip, transposed
from stakeline.model.cited import agreed
from stakeline.model.claims import Claim
from stakeline.model.context import Prices
from stakeline.model.figures import Figure, derive
from stakeline.workflows.outside.told import (
    Told,
    agreeing,
    day_of,
    in_currency,
    in_other_currency,
    label,
    other_currency,
)
from stakeline.workflows.readers import cite

_PRICES = frozenset({"price.close", "price.last", "price.high", "price.low", "price.offer_or_cost"})
_RANGE = frozenset({"transaction.price_low", "transaction.price_high"})
_ALL = registry.ALL
_STALE = 10
"""Days back in which a close is looked for that an article may have copied."""
_DAY_BEFORE = re.compile(
    r"(?:\b(?:previous|prior|preceding|last) (?:day's )?clos(?:e|ing price)(?: of| at)?|(?:前|前一|上|上一|前一[個个]?交易|上[個个]交易)日?收(?:市|[盘盤])?[价價]?[爲為为是]?)\s*$",
    re.IGNORECASE,
)
"""In front of a price: that it is the close of the trading day before the day that is told."""
_BEFORE = 24
_HERE = re.compile(r"hong kong|hkex|sehk|港(?![元幣币仙])", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"nasdaq|nyse|new york|shanghai|shenzhen|london|singapore|\bA[ -]shares?|\bADS|\bADR|纳斯达克|納斯達克|纽约|紐約|美[国國股上]|上海|深圳|沪|滬|深交|科创|科創|创业板|創業板|A股|第[二双雙]",
    re.IGNORECASE,
)
_AROUND = 120
"""Characters around a day of listing in which the place of the listing is looked for."""


def known(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[Known] | None:
    """Facts that bear on a price, a market value or a count of shares; None where the claim is none of these."""
    if claim.kind in _PRICES:
        found = _price(told, claim, claims)
        if _DAY_BEFORE.search(text, max(claim.found.start - _BEFORE, 0), claim.found.start):
            before = agreeing(claim, _stale(told, claim, day_of(claim) or told.asked.on))[:1]
            return [msgspec.structs.replace(k, same=True) for k in before] or agreeing(claim, found)
        return found
    if claim.kind in _RANGE and claim.holder is None:
        name = "price.low" if claim.kind.endswith("low") else "price.high"
        return _price(told, msgspec.structs.replace(claim, kind=name), claims)
    if claim.kind == "market_value":
        return agreeing(claim, _values(told, claim))
    if (
        claim.kind == "shares.issued"
    ):  # counts change and are seldom of the day, so that a differing one refutes nothing
        return agreeing(claim, counts(told, day_of(claim)))
    return None


def _price(told: Told, claim: Claim, claims: Sequence[Claim]) -> Iterable[Known]:
    day = day_of(claim)
    if claim.kind == "price.offer_or_cost":
        offer = _context(told).offer
        found = told.known(offer, "the offer price") if in_currency(offer, claim) else []
        return found if "offer" in (claim.measure or "") else agreeing(claim, found)
    if claim.kind == "price.high" and (day is None or "record" in (claim.measure or "")):
        return _record(told, claim)
    if day is None:
        return ()
    low, high, close = (_of_day(told, name, day, claim) for name in ("low", "high", "close"))
    if claim.kind in {"price.high", "price.low"}:
        figure, word = (high, "highest") if claim.kind == "price.high" else (low, "lowest")
        of_day = told.known(figure, f"the {word} price of {day}", as_of=day.isoformat())
        # The nearest day may be another's ("listed on ..., the shares have been as high as"): such a day refutes a slip alone.
        meant = _slips(claim, of_day) if _certain(claim, claims, day) else ()
        return [*agreeing(claim, of_day), *(_record(told, claim) if claim.kind == "price.high" else ()), *meant]
    return _closing(told, claim, claims, day, close, _range(low, high, day))


def _closing(
    told: Told, claim: Claim, claims: Sequence[Claim], day: date, close: Figure | None, span: Figure | None
) -> Iterable[Known]:
    """The close of a day, for a price that is told as it; a price inside the day's range is possible."""
    within = told.known(span, f"the range of {day}", as_of=day.isoformat(), within=True)
    closing = told.known(close, f"the close of {day}", as_of=day.isoformat())
    other = other_currency(claim, close) if close is not None else None
    if other is not None:
        return in_other_currency(closing, other) if _certain(claim, claims, day) else ()
    known = [*closing, *within]
    if agreeing(claim, known):
        return known
    return [*known, *_stale(told, claim, day)] if _certain(claim, claims, day) else ()


def _slips(claim: Claim, found: Iterable[Known]) -> list[Known]:
    """What a claim would be but for a slip of the pen: a power of ten, or two digits changed round."""
    return [
        k
        for k in found
        if slip(claim.found, k.value) or (k.value.low == k.value.high and transposed(claim.found, k.value.low))
    ]


def _certain(claim: Claim, claims: Sequence[Claim], day: date) -> bool:
    """Whether no other day stands in the sentence of a price."""
    days = {c.found.day for c in claims if c.found.sentence == claim.found.sentence and c.found.day is not None}
    return days <= {day}


def _stale(told: Told, claim: Claim, day: date) -> Iterable[Known]:
    """An earlier close that the article may have taken for that of the day."""
    for back in range(1, _STALE + 1):
        before = day - timedelta(days=back)
        close = _of_day(told, "close", before, claim)
        yield from agreeing(claim, told.known(close, f"the close of {before}", as_of=before.isoformat(), same=False))


def _record(told: Told, claim: Claim) -> Iterable[Known]:
    """The highest price since listing, which an article may name without its day."""
    prices = _context(told)
    same = "record" in (claim.measure or "")
    for figure in filter(None, (prices.record_high, prices.record_close)):
        if in_currency(figure, claim):
            of = f"the {figure.basis.partition(',')[0]} of {figure.day}, the highest since listing"
            yield from agreeing(claim, told.known(figure, of, as_of=figure.day, same=same))


def _context(told: Told) -> Prices:
    return market.prices(told.own(), cite, event_day=told.asked.on, on=told.asked.on)


def _of_day(told: Told, name: str, day: date, claim: Claim) -> Figure | None:
    rows = [r for r in told.own() if r.body.measure == f"price.{name}" and r.body.period == day.isoformat()]
    found = agreed(rows, cite)
    return found if in_currency(found, claim) or (found is not None and other_currency(claim, found)) else None


def _range(low: Figure | None, high: Figure | None, day: date) -> Figure | None:
    if low is None or high is None:
        return None
    return derive(
        "from the lowest to the highest price of the day",
        (low, high),
        low.bounds().hull(high.bounds()),
        unit="currency",
        currency=low.currency,
        basis="range of the day",
        day=day.isoformat(),
    )


def _values(told: Told, claim: Claim) -> Iterable[Known]:
    """What all shares, or those of a class, were worth at the prices of the day."""
    day = day_of(claim)
    if day is None:
        return
    low, high, close = (_of_day(told, name, day, claim) for name in ("low", "high", "close"))
    for share_class, count in _counted(told, day):
        which = "all shares" if share_class == _ALL else f"the {share_class} shares"
        for price in filter(None, (close, _range(low, high, day))):
            of = f"the worth of {which} ({count.basis}) at the {price.basis} of {day}"
            same = share_class in {_ALL, claim.share_class}
            yield from told.known(market.market_value(price, count), of, as_of=day.isoformat(), same=same)


def counts(told: Told, day: date | None = None) -> Iterable[Known]:
    """Shares in issue last known on a day (that of the article), of all classes ("total") and of each."""
    for share_class, count in _counted(told, day or told.asked.on):
        name = "total" if share_class == _ALL else share_class
        yield from told.known(count, count.basis, share_class=name)


def traded_counts(told: Told) -> Iterable[Known]:
    """Shares in issue last known, of all classes and of those that are traded.

    Shares with more votes than others are not listed (Hong Kong: Listing Rules 8A.06 to 8A.09), so nobody sells them to the market.
    """
    subject, day = told.issuer.subject, told.asked.on
    each = {c: registry.votes_per_share(told.facts, subject, c, day, cite) for c in told.issuer.classes}
    votes = {c: figure.number for c, figure in each.items() if figure is not None}
    least = min(votes.values(), default=None)
    weighted = {c for c, number in votes.items() if least is not None and number > least}
    return (k for k in counts(told) if k.share_class not in weighted)


def _counted(told: Told, day: date) -> list[tuple[str, Figure]]:
    """The last counts up to a day: of all shares, then by class."""
    issuer = told.issuer
    classes = dict.fromkeys((_ALL, *issuer.classes))
    counts = {c: registry.count(told.facts, issuer.subject, c, day, cite, issuer) for c in classes}
    return [(c, figure) for c, figure in counts.items() if figure is not None]


def first_day(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[tuple[date, str, str]]:
    """The first day of trading, for a day of listing; of a listing elsewhere, or of another class, it says nothing."""
    if claim.kind != "listing.date":
        return
    listed = _context(told).listed
    around = text[max(claim.found.start - _AROUND, 0) : claim.found.end + _AROUND]
    if listed is None or claim.found.day is None:
        return
    elsewhere = any(c.found.day == listed.when() for c in claims)
    near = listed.when().year == claim.found.day.year and _ELSEWHERE.search(around) is None
    if listed.when() == claim.found.day or (not elsewhere and (near or _HERE.search(around))):
        yield listed.when(), "the first day of trading", label(listed)
