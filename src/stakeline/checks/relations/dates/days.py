"""Days: the weekday printed beside a date, days in no calendar, spans that end before they begin, steps in the wrong order."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from stakeline.checks.figures.days import never
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.claims import Found

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = "|".join(_WEEKDAYS)
_LEAD = re.compile(
    rf"\b({_NAMES})(?:, | \(| )?(?:the )?$|(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])\s*[(（,，]?$", re.IGNORECASE
)
_TAIL = re.compile(
    rf",? ?\(?(?:an? )?({_NAMES})\b(?!'s)|\s*[(（,，]?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])", re.IGNORECASE
)
_WITHIN = re.compile(r"((?!))?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])\s*[(（][0-9]{1,2}[日号號][)）]?$")
"""上周四(13日), which is one figure."""
_SIGNS = "一二三四五六日"
_SAID = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NEAR = timedelta(days=200)
"""A weekday is named of a day that is not long past."""
_CLOSE = timedelta(days=21)
"""A day without year is known to be of the article's year only so near to the article's day."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def weekdays(page: Page) -> Iterator[Relation]:
    """A weekday printed next to a date, against the calendar. Without a printed year the years beside are tried."""
    for index, claim in enumerate(page.claims):
        day = claim.found.day
        if claim.found.unit != "date" or day is None:
            continue
        lately = page.on is not None and timedelta(0) <= page.on - day < 2 * _WEEK
        within = _WITHIN.search(claim.found.text) if lately else None
        named = named_weekday(page, index) if within is None else _SIGNS.index(within[2].replace("天", "日"))
        if named is None:
            continue
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


def named_weekday(page: Page, index: int) -> int | None:
    """The weekday printed beside a date, Monday being 0."""
    end = page.found(index).end
    match = _LEAD.search(page.lead(index, 16)) or _TAIL.match(page.text, end, end + 14)
    if match is None:
        return None
    return _SIGNS.index(match[2].replace("天", "日")) if match[2] else _WEEKDAYS.index(match[1].lower())


def _other_year(page: Page, text: str, day: date, named: int) -> bool:
    """Whether the weekday fits in another year that a date without year may be of."""
    on = page.on
    if _YEAR.search(text):
        return False
    if on is None or abs(day - on) > _CLOSE:
        return True
    for year in (day.year - 1, day.year + 1):
        try:
            other = day.replace(year=year)
        except ValueError:
            continue
        if other.weekday() == named and abs(other - on) < _NEAR:
            return True
    return False


def settled(page: Page, found: Found) -> bool:
    """Whether the year of a day is beyond doubt: printed, or that of an article of the same weeks."""
    day = _end(found)
    recent = page.on is not None and day is not None and abs(page.on - day) <= _WEEKS
    known = page.dated or re.fullmatch(r"[0-9]{1,2}[日号號]", found.text) is None
    return (known and recent and not _of_unread_year(page, found)) or _YEAR.search(found.text) is not None


def _of_unread_year(page: Page, found: Found) -> bool:
    """Whether a year of two digits stands in front of a day: ○九年七月三十日."""
    return (
        re.search(r"[0-9○〇零一二三四五六七八九]{2}年$", page.text[max(found.start - 4, 0) : found.start]) is not None
    )


_WEEKS = timedelta(days=45)


def calendar(page: Page) -> Iterator[Relation]:
    """A day that is in no calendar: June 31, or February 29 told of a year, or of the months just past, without one."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "date":
            continue
        leap = found.day is not None and (found.day.month, found.day.day) == (2, 29) and _lately(page, found)
        if leap or (found.day is None and never(found.text)):
            yield Relation(
                target=index,
                inputs=(),
                fit=Fit.OFF,
                recomputed="no such day",
                working=f"{found.text}: in no calendar",
                reason=f"There is no {found.text}{f' in {page.on.year}' if leap and page.on is not None else ''}.",
                basis="hard_fact",
            )


def _lately(page: Page, found: Found) -> bool:
    """Whether a 29 February without year, in an article soon after the end of that month, can only be of a year that has none."""
    on = page.on
    if on is None or _YEAR.search(found.text) or on.year % 4 == 0 or found.day is None:
        return False
    return timedelta(0) <= on - date(on.year, 3, 1) < _NEAR and str(found.day.year) not in page.text


_MARKET = re.compile(
    r"on (?:the exchange|the (?:open )?market|-?market)|open market|[场場][内內]|二[级級]市[场場]|大宗交易|集中[竞競][价價]|收[报報盘盤市]"
    r"|\b(?:shares|stock) (?:[a-z]+ )?(?:closed|ended|finished|settled) (?:[a-z]+ )?at\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"Tel Aviv|Tadawul|Saudi|Riyadh|Kuwait|Qatar|Doha|Dhaka|Cairo|Egypt|Amman|BSE|NSE|沙特|以色列")
"""Markets that trade on a Saturday or a Sunday, always or at times."""


def weekends(page: Page) -> Iterator[Relation]:
    """No exchange trades on a Saturday or a Sunday, but for those of some countries."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "date" or found.day is None or found.day.weekday() < _SATURDAY or page.has(_OPEN):
            continue
        if _of_unread_year(page, found):
            continue
        if _bought_back(page, index):
            yield _on_weekend(index, found, found.day)
            continue
        fresh = page.on is not None and abs(page.on - found.day) <= _WEEK
        if claim.kind not in {"transaction.date", "price.date"} or not (fresh or _YEAR.search(found.text)):
            continue
        if _MARKET.search(page.around(index, 48, 24)) and not page.near(
            index, lambda i: page.found(i).day is not None, 0
        ):
            yield _on_weekend(index, found, found.day)


def _on_weekend(index: int, found: Found, day: date) -> Relation:
    name = _WEEKDAYS[day.weekday()].capitalize()
    return Relation(
        target=index,
        inputs=(),
        fit=Fit.OFF,
        recomputed="a day of trading",
        working=f"{day.isoformat()}: {name}",
        reason=f"{found.text} was a {name}, on which no exchange trades.",
        basis="hard_fact",
    )


_BACK = re.compile(
    r"(?:[、和及与與][0-9]{1,2}[日号號]){0,3}(?:分别|分別|各|[当當][天日])?(?:[只仅僅再又])?(?:斥[资資][^,，。;；]{0,16})?回[购購]"
)
"""Behind the day of a buyback, or the first of several."""


def _bought_back(page: Page, index: int) -> bool:
    """Whether a company bought its shares back on a day, which it does on the exchange; its year is beyond doubt."""
    return settled(page, page.found(index)) and _BACK.match(page.text, page.found(index).end) is not None


_SATURDAY = 5
_WEEK = timedelta(days=7)
_SPAN = re.compile(r"起?\s*(?:至|到|-|–|to|and|until|through)\s*")
_OPENS = re.compile(r"(?:\bfrom|\bbetween|于|於|自|由|从|從|期[间間]?[为為]?)\s*$", re.IGNORECASE)
_MOVED = re.compile(
    r"moved|postpon|brought forward|defer|reschedul|delay|chang|改|提前|推[迟遲]|延|[调調]", re.IGNORECASE
)
"""Around two days of which the second may well be the earlier: a date that was changed."""


def spans(page: Page) -> Iterator[Relation]:
    """A span of days that ends before it begins: 于2022年6月10日至2022年5月13日期间."""
    for index, claim in enumerate(page.claims):
        span = claim.found
        if span.unit == "period" and _turned(span):
            yield _backwards(index, index, f"{span.text} would end before it begins.")
        if not index or span.day is None or not _SPAN.fullmatch(page.gap(index - 1, index)):
            continue
        since = page.found(index - 1)
        certain = all(_YEAR.search(f.text) for f in (since, span)) or (settled(page, since) and settled(page, span))
        if since.day is None or not certain or span.day >= since.day or since.day - span.day > _NEAR:
            continue
        if _OPENS.search(page.lead(index - 1)) and not _MOVED.search(page.around(index, 80, 40)):
            yield _backwards(index - 1, index, f"The span from {since.text} to {span.text} would end before it begins.")


def _turned(span: Found) -> bool:
    """Whether a span printed without years lasts a year but for some days of one month: its ends are the wrong way round."""
    if span.since is None or span.until is None or _YEAR.search(span.text):
        return False
    a_year_on = span.until.year == span.since.year + 1 and span.until.month == span.since.month
    return a_year_on and span.until.day < span.since.day


def _backwards(target: int, other: int, reason: str) -> Relation:
    return Relation(
        target=target,
        inputs=(other,) if other != target else (),
        fit=Fit.OFF,
        recomputed="the other way round",
        working="end < beginning",
        reason=reason,
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
_BEGAN = re.compile(
    r"\b(?:opened|opens|began|begins|started|starts|commenced|launched)(?: [a-z]+){0,2} (?:on|from) $|[自由从從]$"
)
_BEGAN_HAN = re.compile(r"起|[开開]始")
_ENDED = re.compile(
    r"\b(?:and|to|until|but) (?:[a-z]+ )?(?:closed?|closes|end(?:s|ed)?|expire[sd]?|lapse[sd]?|ran out|finish(?:es|ed)?)(?: [a-z]+){0,2} (?:on|at) $"
)
_ENDED_HAN = re.compile(r"[^,，。;；0-9]{0,4}(?:[结結]束|截止|屆滿|届满|到期)")
_NO_OTHER = re.compile(r"\b(?:after|before|following|since|once)\b|[后後前]", re.IGNORECASE)
"""Between a beginning and an end that are of two matters."""


def ends(page: Page) -> Iterator[Relation]:
    """What begins and ends in one breath ends later than it begins."""
    for index in range(1, len(page.claims)):
        first, last = page.found(index - 1), page.found(index)
        if first.day is None or last.day is None or not page.together(index - 1, index) or last.day >= first.day:
            continue
        gap = page.gap(index - 1, index)
        begins = _BEGAN.search(page.lead(index - 1)) or _BEGAN_HAN.match(page.tail(index - 1))
        if not begins or not (_ENDED.search(page.lead(index)) or _ENDED_HAN.match(page.tail(index))):
            continue
        if settled(page, first) and settled(page, last) and not _NO_OTHER.search(gap) and not _MOVED.search(gap):
            yield _backwards(index, index - 1, f"What begins on {first.text} cannot end on {last.text}.")


_PUT_OFF = re.compile(
    r"\b(?:extend|postpon|defer|delay|prolong|push|adjourn)(?:ed|es|s|ing)?(?: [a-z]+){0,5} (?:to|until|till) (?:[A-Z][a-z]+day, )?$"
    r"|(?:延[长長期]|展期|押[后後]|推[迟遲]|[顺順]延|[递遞]延)[^0-9,，。;；]{0,4}[至到]$",
    re.IGNORECASE,
)
"""In front of the day to which something was put off."""
_DUE = re.compile(
    r"\b(?:clos(?:e[sd]?|ing)|expir(?:e[sd]?|y|ing)|end(?:s|ed|ing)?|laps(?:e[sd]?|ing)|due|(?:r[au]n|running) out|scheduled|set|planned|deadline)(?: for| on| at| of)? (?:[A-Z][a-z]+day, )?$"
    r"|(?:原定?[为為于於在]?|期限?[为為至]|[由从從自])$",
    re.IGNORECASE,
)
"""In front of the day that it was of."""
_TWICE = re.compile(
    r"\b(?:first|again|further|already|initially|earlier|previously|once|after|having|before|halt\w*|suspen\w*)\b|再|又|首次|曾|此前|早前|已(?:[经經]|[获獲])|停牌",
    re.IGNORECASE,
)
"""Beside a day to which something was put off: once before, or something else."""


def put_off(page: Page) -> Iterator[Relation]:
    """What is put off is put off to a later day: "was to close on 12 June and has been extended to 5 June"."""
    dated = [i for i, claim in enumerate(page.claims) if claim.found.day is not None]
    for old, new in pairwise(dated):
        before, after = page.found(old), page.found(new)
        near = after.sentence - before.sentence <= 1 and settled(page, before) and settled(page, after)
        if before.day is None or after.day is None or not near or not timedelta(0) < before.day - after.day < _MONTHS:
            continue
        due = _DUE.search(page.lead(old)) or _ENDED_HAN.match(page.tail(old))
        if due and _PUT_OFF.search(page.lead(new)) and not _TWICE.search(page.lead(old) + page.gap(old, new)):
            yield _backwards(
                new, old, f"What was due on {before.text} cannot be put off to {after.text}, which is earlier."
            )


_OF_HIGH = re.compile(
    r"[,，]? ?(?:that |which )?(?:it |they |the (?:stock|shares) )?(?:was |had |has )?(?:reached|hit|set|touched|struck|seen|recorded|made|scaled|marked) on (?:[A-Z][a-z]+day, )?",
    re.IGNORECASE,
)
_OF_HIGH_HAN = re.compile(
    r"[所的]?(?:[创創][下出]|[触觸見见]及?|[录錄]得|出[现現])?的?[^0-9,，。;；]{0,8}(?:高|低)[^0-9,，。;；]{0,4}"
)
"""Between a high or low and its day, in Chinese the other way round."""
_MEASURED = re.compile(r"\b(?:below|above|off|from|than|since|under|over)\b|[较較比距自从從]", re.IGNORECASE)
"""Between a close and the high or low that it is measured by."""
_TO_COME = re.compile(
    r"\b(?:later|subsequent\w*|eventual\w*|would|before)\b|其后|其後|[随隨][后後]|之[后後]|[后後]来|後來", re.IGNORECASE
)


def peaks(page: Page) -> Iterator[Relation]:
    """A close is measured by a high or low that is not of a later day: "closed on 3 March 12% below the peak reached on 9 March"."""
    dated = [i for i, claim in enumerate(page.claims) if claim.found.day is not None]
    for first, last in pairwise(dated):
        day, peak = page.found(first).day, page.found(last).day
        if day is None or peak is None or not page.together(first, last) or not timedelta(0) < peak - day < _MONTHS:
            continue
        extremes = {"price.high", "price.low"}
        behind = (
            last + 1 < len(page.claims)
            and page.kind(last + 1) in extremes
            and _OF_HIGH_HAN.fullmatch(page.gap(last, last + 1))
        )
        if not behind and not (page.kind(last - 1) in extremes and _OF_HIGH.fullmatch(page.gap(last - 1, last))):
            continue
        between = page.text[page.found(first).start : page.found(last).start]
        closed = [
            i
            for i in range(max(first - 2, 0), last)
            if page.kind(i) in {"price.close", "price.last"} and page.together(i, first)
        ]
        known = _known(page, page.found(first)) and _known(page, page.found(last))
        if closed and known and _MEASURED.search(between) and not _TO_COME.search(between):
            late = settled(page, page.found(first))  # a close of long ago is the misdated one
            yield Relation(
                target=last if late else first,
                inputs=(first if late else last,),
                fit=Fit.OFF,
                recomputed=f"not after {day.isoformat()}" if late else f"not before {peak.isoformat()}",
                working=f"{peak.isoformat()} > {day.isoformat()}",
                reason=f"The price of {page.found(first).text} cannot be measured by that of {page.found(last).text}, which is later.",
            )


def _known(page: Page, found: Found) -> bool:
    """Whether the year of a day is beyond doubt, or that of an article of the same half-year."""
    day = _end(found)
    return settled(page, found) or (page.on is not None and day is not None and abs(page.on - day) <= _NEAR)


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
        known = all(settled(page, page.found(i)) for i in (first[0], then[0]))
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
