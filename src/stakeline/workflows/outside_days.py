"""Days as evidence: of a listing, and of the trade that an article means."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from stakeline import market
from stakeline.model.claims import Claim
from stakeline.workflows.outside_stakes import is_meant, recent_events
from stakeline.workflows.outside_told import Told, label
from stakeline.workflows.readers import cite

_HERE = re.compile(r"hong kong|hkex|sehk|港", re.IGNORECASE)
_AROUND = 120
_SURE = 2
"""Other figures of a notice that an article must tell rightly before another day than the notice's is wrong."""


def days(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[tuple[date, str, str]]:
    """Days that are certain for a claim of a day: the day, what it is of, its source."""
    if claim.kind == "listing.date":
        yield from _listing(told, claim, text)
    if claim.kind == "transaction.date" and claim.holder:
        for one in recent_events(told, claim):
            entry = one[1]
            figure = entry.moved or entry.after.percent or entry.after.shares
            sure = entry.day == claim.found.day or is_meant(told, claim, claims, one, least=_SURE)
            if figure is not None and sure and not entry.withdrawn:
                yield entry.day, "the event that the notice tells", label(figure)


def _listing(told: Told, claim: Claim, text: str) -> Iterable[tuple[date, str, str]]:
    """The first day of trading; of a listing elsewhere, or of another class, it says nothing."""
    listed = market.prices(told.own(), cite, event_day=told.asked.on, on=told.asked.on).listed
    around = text[max(claim.found.start - _AROUND, 0) : claim.found.end + _AROUND]
    if listed is not None and (listed.when() == claim.found.day or _HERE.search(around)):
        yield listed.when(), "the first day of trading", label(listed)
