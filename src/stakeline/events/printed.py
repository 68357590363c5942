"""What the figures and words of one notice say before anything is worked out from them."""

from decimal import ROUND_CEILING, ROUND_FLOOR

from stakeline.model.cited import percent_span
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Security, Stake

_TRADE_WORDS = {
    "disposal": -1,
    "disposed": -1,
    "sale": -1,
    "sold": -1,
    "acquisition": 1,
    "acquired": 1,
    "purchase": 1,
    "purchased": 1,
    "bought": 1,
}
"""Words of sources without codes that say by themselves that shares were bought or sold."""


def share_words(security: Security) -> str:
    """How to print shares of a class: "B shares"; "shares of the class" where the class is not told."""
    return f"{security.share_class} shares" if security.share_class else "shares of the class"


def whole_shares(span: Interval) -> Interval:
    """The span rounded outwards to whole shares."""
    return Interval(span.low.to_integral_value(ROUND_FLOOR), span.high.to_integral_value(ROUND_CEILING))


def filed_words(entry: Entry) -> str:
    """What says that shares changed hands: "code 1201 says", "the source's word 'disposal' says", "the filer's words ... say"."""
    if entry.open and entry.said is not None:
        return f"the filer's own words (\u201c{entry.said.words}\u201d) say"
    return f"code {entry.code} says" if entry.code else f"the source's word {entry.told!r} says"


def change_sign(before: Stake, after: Stake) -> int | None:
    """1, -1 or 0: how the totals told moved, by share counts, else by percentages. None where they leave it open.

    0 only where both counts are told exactly and are the same.
    """
    if before.shares is not None and after.shares is not None:
        change = after.shares.bounds() - before.shares.bounds()
    elif before.percent is not None and after.percent is not None:
        change = percent_span(after.percent) - percent_span(before.percent)
    else:
        return None
    if change == Interval.exact(0):
        return 0
    return 1 if change.low > 0 else -1 if change.high < 0 else None


def worked_back(entry: Entry) -> bool:
    """True where the total before was worked out from the one after and what moved, so that it bears nothing out."""
    return entry.before.shares is not None and entry.before.shares.derived


def one_filing(one: Entry, other: Entry) -> bool:
    """True for two events of one filing ("...#1", "...#2"), between which nothing can go unseen."""
    return "#" in other.id and one.id.partition("#")[0] == other.id.partition("#")[0]


def trade_sign(entry: Entry, leg: Leg) -> tuple[int | None, str | None]:
    """1 for bought, -1 for sold, None where the notice says neither; and what contradicts it, in words.

    A code or word that the totals of the same notice contradict gives no direction. On the short leg and the lending pool
    buying and selling do not say which way the balance went, so there is none.
    """
    sign = _filed_sign(entry) if leg is Leg.LONG else None
    if sign is None:
        return None, None
    change = change_sign(entry.before, entry.after)
    if change is None or change == sign:
        return sign, None
    filed = filed_words(entry) if entry.code else f"{entry.told!r} says"
    told = "bought" if sign > 0 else "sold"
    moved = {1: "rose", -1: "fell", 0: "did not move"}[change]
    return None, f"{filed} that shares were {told}, but the total of the same notice {moved}"


def converted_sign(entry: Entry) -> int | None:
    """1 or -1 for the half of a conversion that came in or went out, where no total of the notice contradicts it."""
    sign = {"up": 1, "down": -1}.get(entry.way or "") if entry.twin else None
    return sign if change_sign(entry.before, entry.after) in {None, sign} else None


def told_direction(entry: Entry, leg: Leg) -> str | None:
    """Which way, "up" or "down", where the code or words say so and the totals do not contradict them."""
    if entry.direction is Direction.SHORT_UP:
        return "up"
    if entry.direction is Direction.SHORT_DOWN:
        return "down"
    return {1: "up", -1: "down", None: None}[trade_sign(entry, leg)[0]]


def _filed_sign(entry: Entry) -> int | None:
    if entry.open and entry.said is None:
        return None
    if entry.direction is Direction.ACQUIRE:
        return 1
    if entry.direction is Direction.DISPOSE:
        return -1
    if entry.code is None and entry.told is not None:
        return _TRADE_WORDS.get(entry.told.strip().lower())
    return None
