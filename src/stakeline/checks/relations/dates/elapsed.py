"""The time said to lie between two days."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from stakeline.checks.figures.days import number
from stakeline.checks.relations.dates.days import settled
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.claims import Found

_COUNTS = {w: n for n, w in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)} | {
    "a": 1, "an": 1, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_TIME = re.compile(
    rf"(?<![A-Za-z0-9.,])(?P<count>[0-9]{{1,3}}|{'|'.join(_COUNTS)})[ -](?:calendar )?(?P<unit>day|week|month|year)s?(?![A-Za-z])"
    r"|(?<![0-9.第月年])(?P<han>[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[两兩半])(?:[个個])?(?P<unit_han>自然日|天|日|周|週|星期|月|年)(?![一-鿿]?[0-9]|[均线線])",
    re.IGNORECASE,
)
_DAYS = {
    "day": 1,
    "week": 7,
    "month": 30.4,
    "year": 365.25,
    "自": 1,
    "天": 1,
    "日": 1,
    "周": 7,
    "週": 7,
    "星": 7,
    "月": 30.4,
    "年": 365.25,
}
_LOOSE = re.compile(
    r"about|around|nearly|almost|some|over|more than|less than|roughly|within|at least|up to|every|trading|business|working|average|[约約近逾多超不]|[内內]|交易|工作|平均",
    re.IGNORECASE,
)
"""Beside a time: it is no count of calendar days, or only a limit."""
_LINKS = re.compile(
    r" ?(?:later|earlier|on)\b[^.;]{0,32}| (?:after|before)\b(?:[^.;]|\.(?=[0-9])){0,72}|[之以]?[后後前][,，]?[即的在於于]?[^0-9,，。;；]{0,4}"
)
_LATER = re.compile(r" (?:later|afterwards?),? on |[之以]?[后後][,，]?即?[在於于]?")
"""Between a time and the day that it leads to; the second, from a day of the sentence before."""
_RUNS = re.compile(r"lock-?up|moratorium|period|program|halt|禁售|[锁鎖]定|期限|[为為]期|限期|停牌", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:expire[sd]?|ran out|ends?|ended|until|lapsed|to|resume[sd]?|since) (?:on )?(?:[A-Z][a-z]+day, )?$|[至到][^0-9,，。;；]{0,2}$",
    re.IGNORECASE,
)
_ENDS_HAN = re.compile(r"[^0-9,，。;；]{0,4}(?:屆滿|届满|到期|[结結]束|解禁|[复復]牌)")
_HALF_A_YEAR = timedelta(days=200)
_AFTER = re.compile(r",? (?:after|before|from)\b[^.,;0-9]{0,32}")
_THEN = re.compile(r",? (?:on |i\.e\. |that is,? )?(?:on |to |until |through )?")
_LASTED = re.compile(
    r"[^,，。;；0-9.]{0,8}[,，]? ?(?:[^,，。;；0-9]{0,6}(?:[为為]期|[历歷][时時])|共|(?:it |and )?last(?:ed|ing) |a period of )"
)


class _Time(NamedTuple):
    start: int
    end: int
    days: float
    unit: float


def _times(text: str, start: int, end: int) -> list[_Time]:
    """The lengths of time told in a stretch of text, in days."""
    found = []
    for match in _TIME.finditer(text, start, end):
        word, name = match["count"] or match["han"], (match["unit"] or match["unit_han"]).lower()
        count = 0.5 if word == "半" else 2 if word in "两兩" else _COUNTS.get(word.lower()) or number(word)
        unit = _DAYS.get(name) or _DAYS[name[0]]
        around = text[max(match.start() - 12, start) : match.start()] + text[match.end() : match.end() + 3]
        if count and not _LOOSE.search(around):
            found.append(_Time(match.start(), match.end(), count * unit, unit))
    return found


def elapsed(page: Page) -> Iterator[Relation]:
    """The time said to lie between two days, against the calendar: "bought on May 6 and sold 28 days later, on May 20"."""
    days = [i for i, claim in enumerate(page.claims) if claim.found.day is not None]
    for one, two in pairwise(days):
        first, last = page.found(one), page.found(two)
        if last.sentence - first.sentence > 1 or not (_known(page, first) and _known(page, last)):
            continue
        told = [t for t in _times(page.text, max(first.start - 90, 0), last.end + 24) if _between(page, one, two, t)]
        if len(told) == 1 and first.day is not None and last.day is not None:
            yield from _counted(page, one, two, told[0], abs((last.day - first.day).days))


def stretches(page: Page) -> Iterator[Relation]:
    """How long a stretch from day to day is said to last, against the calendar."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "period" or found.since is None or found.until is None or "/" not in (found.period or ""):
            continue
        told = [
            t
            for t in _times(page.text, max(found.start - 24, 0), found.end + 24)
            if (t.start >= found.end and _LASTED.fullmatch(page.text[found.end : t.start]))
            or (t.end <= found.start and _AFTER.fullmatch(page.text[t.end : found.start]))
        ]
        if len(told) == 1:
            yield from _counted(page, index, index, told[0], (found.until - found.since).days + 1)


def _known(page: Page, found: Found) -> bool:
    """Whether the year of a day is printed, or can be no other for being of the article's months."""
    return settled(page, found) or (
        found.day is not None and page.on is not None and abs(page.on - found.day) <= _HALF_A_YEAR
    )


def _between(page: Page, one: int, two: int, time: _Time) -> bool:
    """Whether a time is told as that from one day to the other."""
    first, last, text = page.found(one), page.found(two), page.text
    if first.sentence != last.sentence:
        return first.end <= time.start and _LATER.fullmatch(text, time.end, last.start) is not None
    if first.end <= time.start and time.end <= last.start:
        return _LINKS.fullmatch(text[time.end : last.start]) is not None or _runs(page, two, time)
    if time.start >= last.end:
        behind = re.match(r" (?:later|earlier|apart)\b|[之以]?[后後]", text[time.end : time.end + 8])
        return behind is not None or _LASTED.fullmatch(text[last.end : time.start]) is not None
    if time.end > first.start:
        return False
    follows = _AFTER.fullmatch(text[time.end : first.start]) and _THEN.fullmatch(page.gap(one, two))
    return bool(follows) or _runs(page, two, time)


def _runs(page: Page, two: int, time: _Time) -> bool:
    """Whether it is how long something runs that begins on the one day and ends on the other."""
    near = page.text[max(time.start - 12, 0) : time.end + 24]
    ends = _ENDS.search(page.lead(two)) or _ENDS_HAN.match(page.tail(two))
    return _RUNS.search(near) is not None and ends is not None


def _counted(page: Page, one: int, two: int, time: _Time, apart: int) -> Iterator[Relation]:
    """Off by more than counting both ends, short months and a day's grace can explain."""
    give = 2 + time.unit / 15 + time.days / 20
    if abs(apart - time.days) <= give:
        return
    first, last = page.found(one), page.found(two)
    words = page.text[time.start : time.end]
    ends = f"From {first.text} to {last.text}" if one != two else f"In {first.text}"
    yield Relation(
        target=two,
        inputs=(one,) if one != two else (),
        fit=Fit.OFF,
        recomputed=f"{apart} days",
        working=f"{last.day or last.until} - {first.day or first.since} = {apart} days",
        reason=f"{ends} are {apart} days, not {words}.",
    )
