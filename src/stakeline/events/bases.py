"""What is handed in beside a timeline: counts that a percentage can be of, and the price range of a day."""

from collections.abc import Callable
from datetime import date

import msgspec

from stakeline.model.figures import Figure


def _unknown(_day: date) -> Figure | None:
    return None


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts for one class of one issuer, each as known last on a day. None: not known.

    of_class: issued shares of the class. company: issued shares of all classes. votes: all votes that they carry.
    votes_each: votes that one share of this class carries; without it there is no contrast on votes.
    A count bounds what is worked out from it only where its day is the day asked (see `vouched`). An older one may have
    been overtaken by an issue or a buy-back, and then serves for contrast and display alone.
    """

    of_class: Callable[[date], Figure | None] = _unknown
    company: Callable[[date], Figure | None] = _unknown
    votes: Callable[[date], Figure | None] = _unknown
    votes_each: Callable[[date], Figure | None] = _unknown


class DayPrices(msgspec.Struct, frozen=True, kw_only=True):
    """Lowest and highest price of a day on exchange, as loaded. None: not known, or no day of trading."""

    low: Callable[[date], Figure | None] = _unknown
    high: Callable[[date], Figure | None] = _unknown


def vouched(count: Figure, day: date) -> bool:
    """True where a count, and every share count it was worked out from, is of that very day and is not doubted."""
    if count.doubt is not None or count.confidence not in {None, "high"}:
        return False
    return count.day == day.isoformat() and all(vouched(i, day) for i in count.inputs if i.unit == "shares")
