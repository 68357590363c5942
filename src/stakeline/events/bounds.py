"""Bounds on the holding right before and right after an entry, each with its working.

Every route to a bound is used that must hold whatever else happened: the count as printed; the printed percentage of the
shares in issue that the filer counted on; and, where the notice says that its shares were bought or sold, or where they are
one half of a conversion, the other side and those shares. What all routes allow together is the bound. Where nothing fits
them all the notice contradicts itself: that is said, and the hull of the routes is kept, so that the truth is not dropped
with one of them.

The shares in issue are those after the event. They hold before it too only in a sale: a purchase may be one of new shares,
and any other event may itself have moved the count.
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from stakeline.events.bases import Counts, vouched
from stakeline.events.printed import converted_sign, trade_sign, whole_shares
from stakeline.model.cited import percent_span
from stakeline.model.figures import Figure, derive
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Entry, Stake

HUNDRED = Interval.exact(100)
_NOTHING = Decimal(0)


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of the holding at one moment, right before or right after an entry.

    told: the totals as filed. company: percent of all shares as told. shares: the holding with its bounds and working.
    issued: the shares in issue of the class that hold at this moment. settled: the count of the day holds here too.
    why: where shares is None, what is missing. clash: figures of the notice contradict one another.
    """

    entry: Entry
    when: str
    told: Stake
    company: Figure | None
    settled: bool
    issued: Figure | None = None
    shares: Figure | None = None
    why: str | None = None
    clash: bool = False

    def percent_span(self) -> Interval | None:
        """Where the percentage of the class lies, from what is printed and from the counts; None where nothing says."""
        printed = percent_span(self.told.percent) if self.told.percent is not None else None
        if self.shares is None or self.issued is None:
            return printed
        counted = self.shares.bounds() * HUNDRED / self.issued.bounds()
        return counted if printed is None else counted.meet(printed) or counted.hull(printed)


class Ends(msgspec.Struct, frozen=True, kw_only=True):
    """Both sides of one entry, and what its figures contradict, in words."""

    before: Side
    after: Side
    contradictions: tuple[str, ...] = ()

    @property
    def entry(self) -> Entry:
        """The notified event between the two sides."""
        return self.after.entry

    @property
    def bare(self) -> bool:
        """True where the entry tells no total at all."""
        return not self.entry.before.told and not self.entry.after.told


def ends(entry: Entry, leg: Leg, shares: str, counts: Counts) -> Ends:
    """Bounds on the holding on both sides of an entry.

    shares: how to print shares of the class ("B shares").
    """
    sign, wrong = trade_sign(entry, leg)
    issued = _issued(entry, counts)
    sold = sign is not None and sign < 0
    if sign is None and wrong is None:
        sign = converted_sign(entry)
    before = Side(
        entry=entry,
        when="before",
        told=entry.before,
        company=entry.company_before,
        settled=sold,
        issued=issued if sold else None,
    )
    after = Side(entry=entry, when="after", told=entry.after, company=entry.company_after, settled=True, issued=issued)
    if sold:
        before, after = _same_issued(before, after)
    said: list[str] = []
    pair = _joined(_direct(before, shares), _direct(after, shares), (before, after), sign, shares, said)
    sides = (_with_why(side, held, clash=bool(said)) for side, held in zip((before, after), pair, strict=True))
    return Ends(before=next(sides), after=next(sides), contradictions=(*([wrong] if wrong else []), *said))


def _issued(entry: Entry, counts: Counts) -> Figure | None:
    """The shares in issue that the filer counted on: as told in the notice, else the count of that very day."""
    told = entry.issued
    if told is None:
        known = counts.of_class(entry.day)
        told = known if known is not None and vouched(known, entry.day) else None
    return told if told is not None and told.bounds().low > 0 else None


def implied_issued(shares: Figure | None, percent: Figure | None) -> Figure | None:
    """The shares in issue that a count and its printed percentage imply, or None where they imply nothing."""
    if shares is None or percent is None or percent_span(percent).low <= 0:
        return None
    return derive(
        "shares / printed percentage (within one unit of its last digit)",
        (shares, percent),
        whole_shares(shares.bounds() * HUNDRED / percent_span(percent)),
        unit="shares",
        basis="issued shares of the class, implied by the notice",
        day=percent.day,
    )


def _same_issued(before: Side, after: Side) -> tuple[Side, Side]:
    """In a sale both percentages are of one count: where it is not told, the notice may imply it."""
    if after.issued is not None:
        return before, after
    entry = after.entry
    candidates = [
        implied_issued(after.told.shares, after.told.percent),
        implied_issued(before.told.shares, before.told.percent),
        _implied_by_sale(entry),
    ]
    found = [c for c in candidates if c is not None]
    if not found:
        return before, after
    best = min(found, key=lambda f: f.bounds().high - f.bounds().low)
    return msgspec.structs.replace(before, issued=best), msgspec.structs.replace(after, issued=best)


def _implied_by_sale(entry: Entry) -> Figure | None:
    first, last = entry.before.percent, entry.after.percent
    if first is None or last is None or entry.moved is None:
        return None
    points = percent_span(first) - percent_span(last)
    if points.low <= 0:
        return None
    return derive(
        "shares sold / (percentage before - percentage after), each within one unit of its last digit",
        (entry.moved, first, last),
        whole_shares(entry.moved.bounds() * HUNDRED / points),
        unit="shares",
        basis="issued shares of the class, implied by the sale",
        day=entry.day.isoformat(),
    )


def _direct(side: Side, shares: str) -> list[Figure]:
    """Routes that need nothing from the other side: the count as printed, and the percentage of the shares in issue."""
    routes = [] if side.told.shares is None else [side.told.shares]
    if side.told.percent is not None and side.issued is not None and side.issued.bounds().low > 0:
        routes.append(
            _held(
                "printed percentage (within one unit of its last digit) x issued shares of the class",
                (side.told.percent, side.issued),
                percent_span(side.told.percent) * side.issued.bounds() / HUNDRED,
                side,
                shares,
            )
        )
    return routes


def _joined(
    before: list[Figure],
    after: list[Figure],
    sides: tuple[Side, Side],
    sign: int | None,
    shares: str,
    said: list[str],
) -> tuple[Figure | None, Figure | None]:
    """Both bounds: each side by itself, then with what the other side and the shares told say of it."""
    alone = _meet(before, sides[0], shares), _meet(after, sides[1], shares)
    wrong = [words for _, words in alone if words]
    said += wrong
    moved = sides[0].entry.moved
    if moved is None or wrong:
        return alone[0][0], alone[1][0]
    if sign is None:
        held = alone[0][0], alone[1][0]
        return (
            held[0] or (_by_involved(held[1], moved, sides[0], shares) if held[1] else None),
            held[1] or (_by_involved(held[0], moved, sides[1], shares) if held[0] else None),
        )
    from_after = _by_balance(alone[1][0], moved, -sign, sides[0], shares)
    from_before = _by_balance(alone[0][0], moved, sign, sides[1], shares)
    first, words = _meet([*before, *from_after], sides[0], shares)
    last, _same_words_again = _meet([*after, *from_before], sides[1], shares)
    if words:
        said.append(words)
    for other, route, there in ((alone[1][0], from_after, "after"), (alone[0][0], from_before, "before")):
        if other is not None and not route:
            said.append(f"more shares are said to have moved than the total {there} allows")
    return first, last


def _by_balance(other: Figure | None, moved: Figure, sign: int, side: Side, shares: str) -> list[Figure]:
    """The other side with the shares bought or sold added (sign 1) or taken away; nothing where that is less than none."""
    if other is None:
        return []
    result = other.bounds() + moved.bounds() if sign > 0 else other.bounds() - moved.bounds()
    if result.high < 0:
        return []
    there = "after" if side.when == "before" else "before"
    sold = (sign > 0) == (side.when == "before")
    did = "converted" if side.entry.twin else "sold" if sold else "bought"
    formula = f"total {there} {'+' if sign > 0 else '-'} shares {did}"
    value = other.number + moved.number if sign > 0 else other.number - moved.number
    return [_held(formula, (other, moved), result, side, shares, value)]


def _by_involved(other: Figure, moved: Figure, side: Side, shares: str) -> Figure:
    """Shares were involved and the notice does not say how: the balance moved by all of them at most."""
    there = "after" if side.when == "before" else "before"
    result = (other.bounds() - moved.bounds()).hull(other.bounds() + moved.bounds())
    formula = f"total {there}, give or take the shares involved (the notice does not say that they were bought or sold)"
    return _held(formula, (other, moved), result, side, shares, other.number)


def _meet(routes: Sequence[Figure], side: Side, shares: str) -> tuple[Figure | None, str | None]:
    """What all routes allow; where they exclude one another, all that any of them allows, and the words for it."""
    if not routes:
        return None, None
    hull = meet = routes[0].bounds()
    apart = False
    for route in routes[1:]:
        hull = hull.hull(route.bounds())
        smaller = meet.meet(route.bounds())
        apart = apart or smaller is None
        meet = smaller or meet
    if apart:
        words = f"the figures for the total {side.when} do not fit one another: " + "; ".join(_says(r) for r in routes)
        formula = "all that the notice's contradicting figures allow"
        return _held(formula, tuple(routes), hull, side, shares, routes[0].number), words
    for route in routes:
        if route.bounds() == meet:
            return route, None
    return _held("what the notice's figures allow together", tuple(routes), meet, side, shares, routes[0].number), None


def _says(route: Figure) -> str:
    span = route.bounds()
    how = route.formula or "the count as printed"
    low, high = f"{span.low:,.0f}", f"{span.high:,.0f}"
    return f"{how} gives {low}" if low == high else f"{how} gives {low} to {high}"


def _held(
    formula: str, inputs: tuple[Figure, ...], result: Interval, side: Side, shares: str, value: Decimal | None = None
) -> Figure:
    """A holding worked out; never below nothing."""
    span = whole_shares(Interval(max(_NOTHING, result.low), max(_NOTHING, result.high)))
    return derive(
        formula,
        inputs,
        span,
        unit="shares",
        basis=f"{shares} held right {side.when} the event",
        day=side.entry.day.isoformat(),
        value=value if value is not None and value in span else None,
    )


def _with_why(side: Side, shares: Figure | None, *, clash: bool) -> Side:
    """The side with its bound, or with the reason why there is none."""
    if shares is not None:
        return msgspec.structs.replace(side, shares=shares, clash=clash)
    if not side.entry.before.told and not side.entry.after.told:  # as the press tells a sale
        why = "tells no totals"
    elif side.told.percent is not None:
        why = f"tells the total {side.when} as a percentage alone, and the issued shares it is of are not known for certain"
    else:
        why = f"does not tell the total {side.when}, and nothing told bounds it"
    return msgspec.structs.replace(side, why=f"the notice of {side.entry.day} {why}", clash=clash)
