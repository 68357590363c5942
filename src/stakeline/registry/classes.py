"""Which class a filing is of, where its document does not tell.

List pages have no class column, yet one founder holds 90.06% of Class A and 9.69% of Class B under one stock code. Shares
divided by their percentage imply how many shares the class has; where that fits one class alone, it is that class. Else
filings are kept apart by what they imply: two classes must never be chained into one history.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.classes import class_key
from stakeline.model.notices import Notice
from stakeline.model.numbers import Interval, Number
from stakeline.model.stakes import Security
from stakeline.registry.counts import share_words
from stakeline.registry.filings import Filing

DRIFT = Decimal("1.2")
"""How far a class's count may move between two sightings and still be one class. A general mandate to issue shares, the
ordinary way for a count to jump, is 20% of the issued shares (Hong Kong Main Board Listing Rule 13.36(2)(b))."""
NEAR = Decimal("1.02")
"""Counts that differ by less are the same class where DRIFT leaves two."""
_TIGHT = Decimal("1.05")
"""An implied count is tight where its bounds are no further apart: 0.3% of a class, printed to two places."""
_PERCENT = Interval.exact(100)

Counts = Mapping[str, Sequence[tuple[date, Interval]]]
"""Shares in issue of each known class, by day."""


class _Implied(msgspec.Struct, frozen=True):
    """How many shares the class of a filing has, by its figures. working: the same in words."""

    filing: Filing
    span: Interval
    working: str

    @property
    def width(self) -> Decimal:
        return self.span.high / self.span.low

    def order(self) -> tuple[Decimal, Decimal, str]:
        return self.span.low, self.span.high, self.filing.key


def securities(filings: Sequence[Filing], counted: Counts) -> dict[str, tuple[Security, str | None]]:
    """The class of each filing by its key, and what to say of it where it was inferred.

    filings: of one issuer (one era of one subject). counted: share counts of its classes from facts.
    """
    told = [f for f in filings if f.share_class]
    implied = {f.key: i for f in filings if (i := _implied(f))}
    known = _evidence(told, implied, counted)
    fitted = {
        f.key: c for f in filings if not f.share_class and f.key in implied and (c := _fitting(implied[f.key], known))
    }
    clusters = _clusters(
        [implied[f.key] for f in filings if f.key in implied and not f.share_class and f.key not in fitted]
    )
    alone = len(clusters) + len(known) <= 1
    labels = {
        member.filing.key: label
        for cluster in clusters
        for label in [f"class not told, {_about(cluster)} shares in issue"]
        for member in cluster
    }
    words = _told_words(told)
    answers: dict[str, tuple[Security, str | None]] = {}
    inferred: dict[str, str] = {}
    for filing in sorted(filings, key=lambda f: f.key):
        share_class, doubt = filing.share_class, None
        if not share_class and filing.key in fitted:
            share_class = fitted[filing.key]
            doubt = f"class not told: {implied[filing.key].working}, which fits {share_words(share_class, known)}"
        elif not share_class and filing.key not in labels:
            share_class = next(iter(known)) if alone and known else None
            doubt = _silent(share_class, known, alone=alone)
        elif not share_class and not alone:
            doubt = f"class not told: {implied[filing.key].working}"
        if share_class and share_class not in words and doubt:
            inferred.setdefault(share_class, doubt)
        answers[filing.key] = (
            Security(
                subject=filing.subject,
                issuer=filing.era,
                share_class=share_class,
                told=words.get(share_class) if share_class else None,
                inferred=inferred.get(share_class) if share_class else None if alone else labels.get(filing.key),
            ),
            doubt,
        )
    return answers


def _silent(share_class: str | None, known: Iterable[str], *, alone: bool) -> str | None:
    """What to say of a filing whose figures tell nothing of its class."""
    if share_class:
        return f"class not told: {share_words(share_class, known)} are the only ones known"
    return None if alone else "class not told, and the figures do not tell it"


def _told_words(told: Iterable[Filing]) -> dict[str, str]:
    """How the sources print each class, the most frequent wording."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for filing in told:
        for row in filing.reports:
            if row.body.share_class and class_key(row.body.share_class) == filing.share_class:
                words[filing.share_class or ""][row.body.share_class] += 1
    return {c: min(w.items(), key=lambda t: (-t[1], t[0]))[0] for c, w in words.items()}


Evidence = Mapping[str, tuple[Sequence[date], Sequence[Interval]]]
"""Counts of each known class: days in order, and the tightest count of each day."""


def _evidence(told: Iterable[Filing], implied: Mapping[str, _Implied], counted: Counts) -> Evidence:
    """What is known of each class's count, from facts and from filings that tell their class and tight figures."""
    points: dict[str, dict[date, list[Interval]]] = defaultdict(lambda: defaultdict(list))
    for share_class, counts in counted.items():
        for day, span in counts:
            points[share_class][day].append(span)
    for filing in told:
        of_class = points[filing.share_class or ""]
        found = implied.get(filing.key)
        if found and found.width <= _TIGHT:
            of_class[filing.day].append(found.span)
    return {
        share_class: (
            sorted(days),
            [min(days[day], key=lambda s: (s.high - s.low, s.low)) for day in sorted(days)],
        )
        for share_class, days in sorted(points.items())
    }


def _fitting(found: _Implied, evidence: Evidence) -> str | None:
    """The one known class whose count, as last seen before or after the day, the implied count fits."""
    nearest: dict[str, Interval] = {}
    for share_class, (days, spans) in evidence.items():
        at = bisect_left(days, found.filing.day)
        beside = [n for n in (at - 1, at) if 0 <= n < len(days)]
        if beside:
            nearest[share_class] = spans[min(beside, key=lambda n: (abs(days[n] - found.filing.day), -n))]
    for room in (DRIFT, NEAR):
        fits = [c for c, span in nearest.items() if _meets(found.span, span, room)]
        if len(fits) == 1:
            return fits[0]
    return None


def _meets(one: Interval, other: Interval, room: Decimal) -> bool:
    return one.low <= other.high * room and other.low <= one.high * room


def _clusters(found: Sequence[_Implied]) -> list[list[_Implied]]:
    """Filings by the class that they imply; those that fit two groups are left out.

    Groups are made from tight figures; loose ones (a small percentage tells the count badly) join the one group they fit.
    """
    ordered = sorted(found, key=_Implied.order)
    tight = [f for f in ordered if f.width <= _TIGHT]
    groups = _parted(tight or ordered)
    hulls = [_hull(g) for g in groups]
    left = []
    for item in (f for f in ordered if tight and f.width > _TIGHT):
        for room in (Decimal(1), DRIFT):
            fits = [n for n, hull in enumerate(hulls) if _meets(item.span, hull, room)]
            if fits:
                break
        if len(fits) == 1:
            groups[fits[0]].append(item)
        elif not fits:
            left.append(item)
    return [*groups, *_parted(left)]


def _parted(ordered: Sequence[_Implied]) -> list[list[_Implied]]:
    """Filings by class. ordered: by what they imply, smallest first.

    A class's count moves once and stays: a wide gap parts two classes, and so does a small one where the two sides
    alternate in time.
    """
    groups: list[list[_Implied]] = []
    step: list[_Implied] = []
    top = Decimal(0)
    for item in ordered:
        if step and item.span.low > top * NEAR:
            _settle(groups, step)
            step = []
        step.append(item)
        top = max(top, item.span.high)
    if step:
        _settle(groups, step)
    return groups


def _settle(groups: list[list[_Implied]], step: list[_Implied]) -> None:
    """Add filings of one count to the group below, where both can be one class; else as a group of their own."""
    below = groups[-1] if groups else None
    if (
        below
        and min(i.span.low for i in step) <= max(i.span.high for i in below) * DRIFT
        and not _alternate(below, step)
    ):
        below.extend(step)
    else:
        groups.append(list(step))


def _hull(group: Sequence[_Implied]) -> Interval:
    return Interval(min(i.span.low for i in group), max(i.span.high for i in group))


def _alternate(low: Sequence[_Implied], high: Sequence[_Implied]) -> bool:
    days = [[i.filing.day for i in part] for part in (low, high)]
    return not (max(days[0]) < min(days[1]) or max(days[1]) < min(days[0]))


def _implied(filing: Filing) -> _Implied | None:
    """What a filing's own figures say of its class's count; where they differ, the tightest."""
    found = [i for r in filing.reports for i in _readings(r.body)]
    if not found:
        return None
    span, working = min(found, key=lambda i: (i[0].high / i[0].low, i[1]))
    for other, _ in found:
        span = span.meet(other) or span
    return _Implied(filing, span, working)


def _readings(notice: Notice) -> Iterator[tuple[Interval, str]]:
    if isinstance(notice.issued, Number) and notice.issued.value > 0:
        yield notice.issued.span(), f"{notice.issued.value:,f} shares in issue are told"
    for position in (*notice.after, *notice.before):
        shares, percent = position.shares, position.percent
        if isinstance(shares, Number) and isinstance(percent, Number):
            part, rate = shares.span(), percent.span()
            if part.low > 0 and rate.low > 0:
                whole = part * _PERCENT / rate
                imply = (
                    f"{shares.value:,f} shares at {percent.value:f}% imply about {_round(whole.middle)} shares in issue"
                )
                yield whole, imply


def _about(cluster: Sequence[_Implied]) -> str:
    best = [i for i in cluster if i.width <= _TIGHT] or cluster
    low, high = (_round(f(i.span.middle for i in best), digits=2) for f in (min, max))
    return f"about {low}" if low == high else f"{low} to {high}"


def _round(value: Decimal, digits: int = 3) -> str:
    """A count as it is said: 4.44bn, 33.5m, 12,300."""
    from decimal import ROUND_HALF_EVEN, Context

    short = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(value)
    for unit, name in ((Decimal(10**9), "bn"), (Decimal(10**6), "m")):
        if short >= unit:
            return f"{short / unit:,f}{name}"
    return f"{short:,f}"
