"""Days as evidence: of a listing, and of the trade that an article means."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from stakeline import market
from stakeline.model.claims import Claim
from stakeline.workflows.outside_events import One, is_meant, misdated, recent_events
from stakeline.workflows.outside_holders import event_days
from stakeline.workflows.outside_told import Told, label
from stakeline.workflows.readers import cite

_HERE = re.compile(r"hong kong|hkex|sehk|港(?![元幣币仙])", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"nasdaq|nyse|new york|shanghai|shenzhen|london|singapore|\bA[ -]shares?|\bADS|\bADR|纳斯达克|納斯達克|纽约|紐約|美[国國股上]|上海|深圳|沪|滬|深交|科创|科創|创业板|創業板|A股|第[二双雙]",
    re.IGNORECASE,
)
_AROUND = 120
_SURE = 2
"""Other figures of a notice that an article must tell rightly before another day than the notice's is wrong."""


def days(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[tuple[date, str, str]]:
    """Days that are certain for a claim of a day: the day, what it is of, its source."""
    if claim.kind == "listing.date":
        yield from _listing(told, claim, claims, text)
    if claim.kind == "transaction.date" and claim.holder:
        others = {c.found.day for c in claims if c.found is not claim.found}
        a_trade = claim.found.day in event_days(told, claim.holder)
        meant = _meant(told, claim, claims)
        for one in recent_events(told, claim):
            entry = one[1]
            right = entry.day == claim.found.day and meant is None
            if not right and (entry.day in others or (a_trade and one != meant)):
                continue  # the day is of another trade, or this trade has its day elsewhere in the article
            sure = right or is_meant(told, claim, claims, one, least=_SURE)
            figure = entry.moved or entry.after.percent or entry.after.shares
            if figure is not None and sure and not entry.withdrawn:
                yield entry.day, "the event that the notice tells", label(figure)


def _meant(told: Told, claim: Claim, claims: Sequence[Claim]) -> One | None:
    """The event that the article tells under the day of another one of the holder, of which it tells nothing right."""
    found = [misdated(told, claim, claims, o) for o in recent_events(told, claim) if o[1].day == claim.found.day]
    return found[0] if found and all(one is not None and one == found[0] for one in found) else None


def _listing(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[tuple[date, str, str]]:
    """The first day of trading; of a listing elsewhere, or of another class, it says nothing."""
    listed = market.prices(told.own(), cite, event_day=told.asked.on, on=told.asked.on).listed
    around = text[max(claim.found.start - _AROUND, 0) : claim.found.end + _AROUND]
    if listed is None or claim.found.day is None:
        return
    elsewhere = any(c.found.day == listed.when() for c in claims)
    near = listed.when().year == claim.found.day.year and _ELSEWHERE.search(around) is None
    if listed.when() == claim.found.day or (not elsewhere and (near or _HERE.search(around))):
        yield listed.when(), "the first day of trading", label(listed)
