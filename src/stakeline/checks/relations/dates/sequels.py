"""Days that follow one another: what came next is of no earlier day, and a stretch has no more days of trading than weekdays."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from stakeline.checks.relations.dates.days import settled
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.claims import Found

_NEXT_HAN = re.compile(r"(?:其[后後]|[随隨][后後即]|接[着著]|[继繼]而|[之此而][后後]又)[再又]?[于於在]?(?:同月)?$")
"""Right in front of a day: it is later than the one told before."""
_NEXT = re.compile(
    r"(?:[,;.] (?:and )?| and )(?:(?:it|he|she|they) )?(?:(?:then|subsequently|afterwards|thereafter) [a-z]+ed\b|(?:then|subsequently|afterwards|thereafter) (?:sold|bought|got|made)\b|followed (?:this|that|it) (?:up )?with\b)"
    r"[^.;]*\bon (?:[A-Z][a-z]+day,? )?(?:the )?$"
)
"""The same, between two days."""
_OTHER = re.compile(
    r"\b(?:had|earlier|before|previous\w*|until|since|announc\w*|disclos\w*|fil(?:ed|ing))\b|此前|早前|曾|公[告布佈]|披露"
)
"""Between two days: what lies between is of another time, or a report of it."""
_MONTHS = timedelta(days=60)
"""Days further apart are perhaps of two years."""


def sequels(page: Page) -> Iterator[Relation]:
    """What is told to have come next, of an earlier day: "sold 12 million on 12 November; 其後在11月10日 another 9 million"."""
    dated = [i for i, claim in enumerate(page.claims) if claim.found.day is not None]
    for one, two in pairwise(dated):
        first, then = page.found(one).day, page.found(two).day
        if first is None or then is None or not timedelta(0) < first - then < _MONTHS:
            continue
        gap = page.gap(one, two)
        near = page.found(two).sentence - page.found(one).sentence <= 1 and "\n" not in gap
        known = settled(page, page.found(one)) and settled(page, page.found(two))
        following = _NEXT_HAN.search(page.lead(two)) or _NEXT.search(gap)
        if near and known and following and not _OTHER.search(gap):
            yield Relation(
                target=two,
                inputs=(one,),
                fit=Fit.OFF,
                recomputed=f"not before {first.isoformat()}",
                working=f"{then.isoformat()} < {first.isoformat()}",
                reason=f"What followed that of {page.found(one).text} cannot be of {page.found(two).text}.",
            )


def backwards(page: Page) -> Iterator[Relation]:
    """A stretch that ends before it begins, both days with their years: 2025年8月20日至2025年6月11日."""
    for one, two in pairwise(range(len(page.claims))):
        first, then = page.found(one), page.found(two)
        if first.day is None or then.day is None or _THROUGH.fullmatch(page.gap(one, two)) is None:
            continue
        if then.day < first.day and all(_YEAR.search(f.text) for f in (first, then)):
            yield Relation(
                target=two,
                inputs=(one,),
                fit=Fit.OFF,
                recomputed=f"not before {first.day.isoformat()}",
                working=f"{then.day.isoformat()} < {first.day.isoformat()}",
                reason=f"What began on {first.text} did not end on {then.text}.",
            )


_THROUGH = re.compile(" ?[至到-] ?| (?:to|until|through) ")
_SINCE = re.compile(r"\b(?:since|from|between)(?: [A-Z][a-z]+day,?)? $", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|to|through|and)(?: [A-Z][a-z]+day,?)? $", re.IGNORECASE)
_TRADING = re.compile(
    r"(?<![0-9.,])([0-9]{1,3})(?:[个個]| (?:straight |consecutive )?)(?:交易日|trading (?:days|sessions)|sessions)"
)
_IN_FRONT = re.compile(rf"{_TRADING.pattern} (?:since|from|between) $")
_SHORT = re.compile(r"[^0-9,，。；;]{0,8}[,，]?[^0-9,，。；;]{0,8}$")
"""Between a stretch printed in one and the number of its days of trading."""


def sessions(page: Page) -> Iterator[Relation]:
    """A stretch from day to day that has fewer weekdays than it is told to have days of trading."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit == "period" and found.since is not None and found.until is not None:
            counted = _TRADING.search(page.text, found.end, found.end + 32)
            plain = counted is not None and _SHORT.fullmatch(page.text[found.end : counted.start()]) is not None
            if counted is not None and plain:
                sure = page.dated or _YEAR.search(found.text) is not None
                yield from _too_few(index, index, (found.since, found.until), int(counted[1]), sure=sure)
        elif found.day is not None and _SINCE.search(page.lead(index)):
            ends = page.near(index, lambda i: i > index and page.found(i).day is not None, 0)  # noqa: B023 -- used at once
            ends = [i for i in ends if _UNTIL.search(page.lead(i))]
            counted = _TRADING.search(page.gap(index, ends[0])) or _IN_FRONT.search(page.lead(index)) if ends else None
            if counted is not None:
                days = found.day, _after(found, page.found(ends[0]))
                sure = page.dated or any(_YEAR.search(page.found(i).text) for i in (index, ends[0]))
                yield from _too_few(ends[0], index, days, int(counted[1]), sure=sure)


def _after(first: Found, last: Found) -> date:
    """The day that ends a stretch: in the year in which this begins where no year is printed."""
    assert first.day is not None and last.day is not None  # noqa: S101, PT018 -- the caller has seen to it
    same = date(first.day.year, last.day.month, min(last.day.day, 28 if last.day.month == _FEBRUARY else last.day.day))
    return same if same >= first.day and str(last.day.year) not in last.text else last.day


_FEBRUARY = 2
_FRIDAY = 4


_YEAR = re.compile("(?:19|20)[0-9]{2}")


def _too_few(target: int, other: int, days: tuple[date, date], count: int, *, sure: bool) -> Iterator[Relation]:
    """sure: the year is known; otherwise the days may fall on any weekdays."""
    since, until = days
    length = (until - since).days + 1
    begins = [since] if sure else [since + timedelta(n) for n in range(7)]
    weekdays = max(sum((b + timedelta(n)).weekday() <= _FRIDAY for n in range(length)) for b in begins)
    if since <= until and weekdays < count:
        yield Relation(
            target=target,
            inputs=(other,) if other != target else (),
            fit=Fit.OFF,
            recomputed=f"{count} days of trading",
            working=f"{since.isoformat()} to {until.isoformat()}: {weekdays} weekdays < {count}",
            reason=f"From {since.isoformat()} to {until.isoformat()} there are only {weekdays} weekdays, too few for {count} days of trading.",
        )
