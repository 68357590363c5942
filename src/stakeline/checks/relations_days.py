"""Days: the weekday printed beside a date, and the order of a trade and its report."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

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
    day = _end(found)
    recent = page.on is not None and day is not None and abs(page.on - day) <= _WEEKS
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


_NOTICE = re.compile(r"\b(?:notice|filing|disclosure|form) (?:dated|of|filed on|lodged on) $", re.IGNORECASE)
"""In front of the day of a report whose trade the next sentence tells."""
_BEHIND_DAY = 24
"""How far behind its day the verb of a trade stands: "On Mar 21 it acquired"."""


def order(page: Page) -> Iterator[Relation]:
    """A report cannot be older than the trade it reports, where both are printed with their years in one sentence."""
    for index, claim in enumerate(page.claims):
        day = claim.found.day
        if claim.kind != "report.date" or day is None or not _settled(page, claim.found):
            continue
        reach = 1 if _NOTICE.search(page.lead(index)) else 0
        trades = page.near(index, lambda i: page.kind(i) == "transaction.date" and page.found(i).day is not None, reach)
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
            page.text[max(trade.start - 120, 0) : trade.end + (_BEHIND_DAY if reach else 0)],
        ):
            yield Relation(
                target=trades[0],
                inputs=(index,),
                fit=Fit.OFF,
                recomputed=f"not after {day.isoformat()}",
                working=f"{trade.day.isoformat()} > {day.isoformat()}",
                reason=f"The trade of {trade.text} would be later than its report of {claim.found.text}.",
            )


class _Step(NamedTuple):
    """What must come first and what can only follow. Each is told by the words in front of its day or behind it."""

    first_lead: re.Pattern[str]
    first_tail: re.Pattern[str]
    then_lead: re.Pattern[str]
    then_tail: re.Pattern[str]
    reason: str


_NEVER = re.compile(r"(?!)")
_STEPS = (
    _Step(
        re.compile(r"\b(?:halted|suspended)(?: from trading)?(?: since| from| on) $", re.IGNORECASE),
        re.compile(r"起?(?:开始|開始)?(?:停牌|暂停买卖|暫停買賣)"),
        re.compile(r"\bresumed?(?: trading| dealings)? (?:on|from) $", re.IGNORECASE),
        re.compile(r"起?(?:复牌|復牌|恢复买卖|恢復買賣|恢复交易|恢復交易)"),
        "Trading halted on {first} cannot resume on {then}.",
    ),
    _Step(
        re.compile(
            r"要[约約]期限?(?:为|為|自|由)?$|\boffer(?: period)? (?:ran|runs|was open|closed|closes|ended) (?:from |on )$"
        ),
        _NEVER,
        re.compile(r"\b(?:shares|securities) (?:were|was) transferred on $", re.IGNORECASE),
        re.compile(r"(?:完成|办理|辦理)[^，,。；;]{0,4}(?:过户|過戶|交割)"),
        "Shares tendered until the end of {first} cannot change hands on {then}.",
    ),
)
_MONTHS = timedelta(days=60)
"""Days further apart than this are perhaps of two halts, or of two years."""


def steps(page: Page) -> Iterator[Relation]:
    """Days of two steps of one matter, of which one can only follow the other; where the article has one of each."""
    dated = [i for i, claim in enumerate(page.claims) if _end(claim.found) is not None]
    for step in _STEPS if len(dated) > 1 else ():
        first = [i for i in dated if step.first_lead.search(page.lead(i)) or step.first_tail.match(page.tail(i))]
        then = [i for i in dated if step.then_lead.search(page.lead(i)) or step.then_tail.match(page.tail(i))]
        if len(first) != 1 or len(then) != 1:
            continue
        before, after = _end(page.found(first[0])), _end(page.found(then[0]))
        known = all(_settled(page, page.found(i)) for i in (first[0], then[0]))
        if before is None or after is None or not known or not timedelta(0) < before - after < _MONTHS:
            continue
        yield Relation(
            target=then[0],
            inputs=(first[0],),
            fit=Fit.OFF,
            recomputed=f"not before {before.isoformat()}",
            working=f"{after.isoformat()} < {before.isoformat()}",
            reason=step.reason.format(first=page.found(first[0]).text, then=page.found(then[0]).text),
        )


def _end(found: Found) -> date | None:
    """A day, or the last one of a span of days."""
    return found.until if found.unit == "period" else found.day
