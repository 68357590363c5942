"""Days: the weekday printed beside a date, and the order of a trade and its report."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from stakeline.checks.relations_fit import Fit
from stakeline.checks.relations_page import NEAR, Page, Relation
from stakeline.model.claims import Found

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = "|".join(_WEEKDAYS)
_LEAD = re.compile(
    rf"\b({_NAMES}),? (?:the )?$|(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])\s*[(（,，]?$", re.IGNORECASE
)
_TAIL = re.compile(rf",? ?\(?({_NAMES})\b|\s*[(（](?:周|週|星期|礼拜|禮拜)([一二三四五六日天])", re.IGNORECASE)
_SIGNS = "一二三四五六日"
_SAID = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NEAR = timedelta(days=200)
"""A weekday is named of a day that is not long past."""
_CLOSE = timedelta(days=14)
"""A day without year, in a text that prints no year, is known to be of the article's year only so near to the article's day."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def weekdays(page: Page) -> Iterator[Relation]:
    """A weekday printed next to a date, against the calendar. Without a printed year the years beside are tried."""
    for index, claim in enumerate(page.claims):
        day = claim.found.day
        if claim.found.unit != "date" or day is None:
            continue
        lead = page.lead(index, 16)
        match = _LEAD.search(lead) or _TAIL.match(page.text, claim.found.end, claim.found.end + 14)
        if match is None:
            continue
        named = _SIGNS.index(match[2].replace("天", "日")) if match[2] else _WEEKDAYS.index(match[1].lower())
        if named == day.weekday() or _other_year(page, claim.found.text, day, named):
            continue
        right = _SAID[day.weekday()] if claim.found.lang == "zh" else _WEEKDAYS[day.weekday()].capitalize()
        yield Relation(
            target=index,
            inputs=(),
            fit=Fit.OFF,
            recomputed=f"{day.isoformat()} was a {_WEEKDAYS[day.weekday()].capitalize()}",
            working=f"{day.isoformat()}: {_WEEKDAYS[day.weekday()].capitalize()}",
            reason=f"{claim.found.text} was a {_WEEKDAYS[day.weekday()].capitalize()}, not a {_WEEKDAYS[named].capitalize()}.",
            basis="hard_fact",
            correction=right,
        )


def _other_year(page: Page, text: str, day: date, named: int) -> bool:
    """Whether the weekday fits in another year that a date without year may be of."""
    on = page.on
    if _YEAR.search(text):
        return False
    if on is None or (abs(day - on) > _CLOSE and str(day.year) not in page.text):
        return True
    for year in (day.year - 1, day.year + 1):
        try:
            other = day.replace(year=year)
        except ValueError:
            continue
        if other.weekday() == named and abs(other - on) < _NEAR:
            return True
    return False


def _settled(page: Page, found: Found) -> bool:
    """Whether the year of a day is beyond doubt: printed, or that of an article of the same weeks."""
    recent = page.on is not None and found.day is not None and abs(page.on - found.day) <= _WEEKS
    return recent or _YEAR.search(found.text) is not None


_WEEKS = timedelta(days=45)
_SPAN = re.compile(r"\s*(?:至|到|-|–|to|and)\s*")
_OPENS = re.compile(r"(?:\bfrom|\bbetween|于|於|自|由|从|從)\s*$", re.IGNORECASE)


def spans(page: Page) -> Iterator[Relation]:
    """A span of days that ends before it begins: 于2022年6月10日至2022年5月13日期间."""
    for index in range(1, len(page.claims)):
        since, until = page.found(index - 1), page.found(index)
        if since.day is None or until.day is None or not _SPAN.fullmatch(page.gap(index - 1, index)):
            continue
        dated = _YEAR.search(since.text) is not None and _YEAR.search(until.text) is not None
        if dated and until.day < since.day and _OPENS.search(page.lead(index - 1)):
            yield Relation(
                target=index - 1,
                inputs=(index,),
                fit=Fit.OFF,
                recomputed=f"not after {until.day.isoformat()}",
                working=f"{since.day.isoformat()} > {until.day.isoformat()}",
                reason=f"The span from {since.text} to {until.text} would end before it begins.",
            )


def order(page: Page) -> Iterator[Relation]:
    """A report cannot be older than the trade it reports, where both are printed with their years in one sentence."""
    for index, claim in enumerate(page.claims):
        day = claim.found.day
        if claim.kind != "report.date" or day is None or not _settled(page, claim.found):
            continue
        trades = page.near(index, lambda i: page.kind(i) == "transaction.date" and page.found(i).day is not None, 0)
        reports = page.near(index, lambda i: page.kind(i) == "report.date", 0)
        days = [
            i for i in range(max(index - NEAR, 0), min(index + NEAR, len(page.claims))) if page.found(i).unit == "date"
        ]
        if len(trades) != 1 or reports or not (page.same(index, trades[0]) or len(days) == 2):
            continue
        trade = page.found(trades[0])
        if page.claims[trades[0]].measure == "planned" or not _settled(page, trade) or trade.day is None:
            continue
        if trade.day > day and re.search(
            r"\b(?:sold|bought|acquired|disposed|purchased|stems from|(?:sale|purchase|disposal|acquisition) of)\b|卖出|賣出|减持了|減持了|已",
            page.text[max(trade.start - 120, 0) : trade.end],
        ):
            yield Relation(
                target=trades[0],
                inputs=(index,),
                fit=Fit.OFF,
                recomputed=f"not after {day.isoformat()}",
                working=f"{trade.day.isoformat()} > {day.isoformat()}",
                reason=f"The trade of {trade.text} would be later than its report of {claim.found.text}.",
            )
