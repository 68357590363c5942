"""Periods in a text: halves, quarters, financial years, months and years, and "the same period last year".

A period is a figure of its own where it is written with digits beside a half, quarter or months, or names its year in
words ("first half of this year"). A bare year or month, "in the first quarter", 上年 only date what stands beside them.
"""

import calendar
import re
from bisect import bisect_right
from datetime import date

import msgspec

from stakeline.checks.figures.days import MONTH, MONTHS, Time, nearest, number, place
from stakeline.checks.text import given_names, has_han

_Y = r"((?:19|20)[0-9]{2})"
_Y2 = r"((?:19|20)?[0-9]{2})"
_ORDER = {
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "opening": 1,
}
_HALF = re.compile(
    rf"(?<![A-Za-z])(first|second|1st|2nd)[ -]half(?:[ -]year)?(?: (?:of |in )?(?:the )?(?:(?:fiscal |financial )?(?:year )?{_Y}|(this|last|the)(?: fiscal| financial)? year|(year)))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?<![A-Za-z])(first|second|third|fourth|final|1st|2nd|3rd|4th)[ -]quarter(?: (?:of |in )?(?:the )?(?:(?:fiscal |financial )?(?:year )?{_Y}|(this|last|the)(?: fiscal| financial)? year|(year)))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    rf"(?<![A-Za-z0-9.])(?:(?:(FY ?'?)?{_Y2} ?-?)?([HQ])([1-4])(?: ?-? ?(FY)? ?'?{_Y2})?|([1-4])([HQ])(?: ?-? ?(FY)? ?'?{_Y2})?)(?![A-Za-z0-9%])"
)
_FISCAL = re.compile(
    rf"(?<![A-Za-z])(?:FY ?'?(?:{_Y2}[-/])?{_Y2}(?: ?-?([QH])([1-4]))?|(?:fiscal|financial)(?: year)? (?:{_Y}[-/])?((?:19|20)?[0-9]{{2}}))(?![A-Za-z0-9%])"
)
_MONTHS = re.compile(
    rf"(?<![A-Za-z])(?:(three|six|nine|twelve|3|6|9|12)[ -]months?(?: period)?|(?:(?:fiscal|financial) )?(year|quarter|half-year|half)) (?:ended|ending|to|through|until) (?:on )?(?:({MONTH})\.? ([0-3]?[0-9])|([0-3]?[0-9]) ({MONTH})|({MONTH}))(?:,? {_Y})?(?![0-9A-Za-z%])",
    re.IGNORECASE,
)
_FIRST_MONTHS = re.compile(
    rf"(?<![A-Za-z])first (three|six|nine) months(?: of (?:{_Y}|(this|last|the) year))?(?![A-Za-z0-9])", re.IGNORECASE
)
_SAME = re.compile(
    r"(?<![A-Za-z])(?:same|year-earlier|corresponding|comparable) (?:period|quarter|half|time)(?: (?:of |in )?(last year|a year (?:earlier|ago|before)|the (?:previous|prior|preceding) year|(?:19|20)[0-9]{2}))?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"(?<![A-Za-z])({MONTH})\.?,? {_Y}(?![0-9%,]?[0-9%])")
_MONTH_ALONE = re.compile(rf"(?<=[a-z,] )({MONTH})(?! ?[0-9])")
_SURE_MONTH = frozenset(
    ("in since by of last this until from to and during between late early mid next through").split()  # noqa: SIM905
)
_YEAR = re.compile(
    rf"(?<![0-9A-Za-z.,$£€¥-]){_Y}(?![0-9%A-Za-z]|[.,][0-9]| ?[億亿萬万千百兆元股點点手張张]| ?[港美日歐欧]元)"
)
_LAST_YEAR = re.compile(r"(?<![A-Za-z])(last|this|previous|next) year(?![A-Za-z-])", re.IGNORECASE)

_HN = "[一二三四1-4]"
_HY = r"(?:([12][0-9]{3}|[二一][零〇一二三四五六七八九]{3}|[今去上本明前同](?=[年财財會会]))(?:年度?|财年|財年|财政年度|財政年度|會計年度|会计年度)? ?)?"
_HAN_PART = re.compile(
    rf"{_HY}(?:(上|下)半年|第?({_HN})(?:季度?|财季|財季)(?!报|報)|(首|末)季度?|[前首](三|3)季度?|[前首](三|六|九|3|6|9)个?個?月|(中期)(?!票据|票據|股息|业绩|業績))"
)
_HAN_YEAR = re.compile(
    r"(?<![0-9.])([12][0-9]{3}|[二一][零〇一二三四五六七八九]{3}) ?(?:年度?|财年|財年|财政年度|財政年度)(?![0-9]|[一二三四五六七八九十]{1,2}月)"
)
_HAN_RELATIVE = re.compile("(今|去|上|明|前|本)(?:一)?年度?(?![0-9底初末]|半年)")
_HAN_SAME = re.compile("(?:(去|上|前)年|([12][0-9]{3})年)?同期|(?:去|上)年同季")
_HAN_MONTH = re.compile(
    r"(?:([12][0-9]{3}|今|去|前|明|同)年 ?)?(?<![0-9.])([0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?月(?:份|底|初|末|中旬|上旬|下旬)?(?: ?(?:至|到|-) ?([0-9]{1,2})月(?:份|底|初)?)?(?! ?[0-9一二三四五六七八九十]{1,3} ?[日号號])"
)
_HAN_ENDED = re.compile(
    r"截至(?P<told>(?:(?P<year>(?:19|20)[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日)止?"
    r"(?:(?:的)?(?P<months>六|三|九|6|3|9)[個个]月|(?:的)?(?:全)?(?P<part>年度|财年|財年|年|季度|半年))"
)
_SHIFT = {
    "this": 0,
    "the": 0,
    "last": -1,
    "今": 0,
    "本": 0,
    "去": -1,
    "上": -1,
    "明": 1,
    "前": -2,
    "previous": -1,
    "next": 1,
}
_COUNT = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "三": 3, "六": 6, "九": 9}


def periods(text: str, on: date | None) -> list[Time]:
    """Every period, in order of patterns; some may overlap, the longest then counts."""
    found = [*_english(text, on), *_ended(text, on), *_months(text, on)]
    if has_han(text):
        found += [*_chinese(text, on), *_chinese_months(text, on)]
    told = sorted((t for t in found if t.since is not None), key=lambda t: (t.end, -t.start))
    ends = [t.end for t in told]
    for match in (*_SAME.finditer(text), *_HAN_SAME.finditer(text)):
        at = bisect_right(ends, match.start())
        found.append(_same(match, told[at - 1] if at else None))
    return found


def months(start: int, end: int, year: int | None, first: int, count: int, *, aside: bool) -> Time:
    """The period of some months of a year, named as such periods are."""
    if year is None:
        return Time(start, end, "period", aside=aside)
    last = first + count - 1
    name = {12: f"{year}", 6: f"{year}H{first // 6 + 1}", 3: f"{year}Q{first // 3 + 1}", 1: f"{year}-{first:02}"}.get(
        count
    )
    since, until = date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    return Time(start, end, "period", period=name or f"{since}/{until}", since=since, until=until, aside=aside)


def _year_of(given: str | None, word: str | None, on: date | None) -> int | None:
    """The year named by digits or by "this", "last"; without either the article's."""
    if given:
        return int(given) + 2000 if len(given) == 2 else int(given)
    return on.year + _SHIFT[word.lower()] if on is not None and word else None


def _english(text: str, on: date | None) -> list[Time]:
    """First half of 2022; third quarter; H1 2022; 1H22; Q3 FY24; FY2024; first nine months of this year."""
    found = []
    for pattern, count in ((_HALF, 6), (_QUARTER, 3)):
        for m in pattern.finditer(text):
            year = _year_of(m[2], m[3] or ("the" if m[4] else None), on) if m[2] or m[3] or m[4] else None
            order = _ORDER[m[1].lower()]
            if year is None:
                year = _last_past(on, order * count)
            found.append(months(*m.span(), year, (order - 1) * count + 1, count, aside=not (m[2] or m[3] or m[4])))
    for m in _SHORT.finditer(text):
        letter, order = (m[3], int(m[4])) if m[3] else (m[8], int(m[7]))
        told, fiscal = m[2] or m[6] or m[10], bool(m[1] or m[5] or m[9])
        if (letter == "H" and order > 2) or (m[2] and m[6]):
            continue
        found.append(_short(m, letter, order, told, on, fiscal=fiscal))
    for m in _FISCAL.finditer(text):
        name = f"FY{(m[2] or m[6])[-2:]}" + (f"{m[3]}{m[4]}" if m[3] else "")
        found.append(Time(*m.span(), "period", period=name))
    for m in _FIRST_MONTHS.finditer(text):
        count = _COUNT[m[1].lower()]
        year = _year_of(m[2], m[3], on) if m[2] or m[3] else _last_past(on, count)
        found.append(months(*m.span(), year, 1, count, aside=not (m[2] or m[3])))
    return found


def _short(m: re.Match[str], letter: str, order: int, year: str | None, on: date | None, *, fiscal: bool) -> Time:
    """A half or quarter in its short form."""
    if fiscal and year:
        return Time(*m.span(), "period", period=f"FY{year[-2:]}{letter}{order}")
    count = 6 if letter == "H" else 3
    known = _year_of(year, None, on) if year else _last_past(on, order * count)
    return months(*m.span(), known, (order - 1) * count + 1, count, aside=year is None)


def _last_past(on: date | None, last_month: int) -> int | None:
    """The last year in which a part that ends with this month was over, or nearly."""
    return None if on is None else on.year if on.month >= last_month else on.year - 1


def _ended(text: str, on: date | None) -> list[Time]:
    """Six months ended 30 September 2023; year to March; 截至2023年12月31日止年度."""
    found = []
    for m in _MONTHS.finditer(text):
        month = MONTHS[(m[3] or m[6] or m[7])[:3].lower()]
        count = (
            int(m[1])
            if m[1] and m[1].isdigit()
            else _COUNT[m[1].lower()]
            if m[1]
            else {"year": 12, "quarter": 3}.get(m[2].lower(), 6)
        )
        day = m[4] or m[5]
        time = _until(*m.span(), m[8], month, int(day) if day else None, count, on)
        found += [time] if day is None or time.until is None else _last_day(time, m.start(3 if m[3] else 5))
    for m in _HAN_ENDED.finditer(text):
        count = number(m["months"]) if m["months"] else {"季": 3, "半": 6}.get(m["part"][0], 12)
        time = _until(*m.span(), m["year"], int(m["month"]), int(m["day"]), count, on)
        found += [time] if time.until is None else _last_day(time, *m.span("told"))
    return found


def _last_day(time: Time, start: int, end: int | None = None) -> list[Time]:
    """A period told by its last day, which is the figure printed: the words in front of the day only say how long it was."""
    words = msgspec.structs.replace(time, end=start, aside=True)
    return [words, Time(start, end or time.end, "date", day=time.until)]


def _until(start: int, end: int, year: str | None, month: int, day: int | None, count: int, on: date | None) -> Time:
    """The months that end with a day."""
    if not 1 <= month <= 12 or (day and place(2024, month, day) is None):
        return Time(start, end, "period", aside=True)
    last = day or (29 if month == 2 else calendar.monthrange(2023, month)[1])
    until = (
        place(int(year), month, min(last, 28) if month == 2 else last) if year else nearest(month, min(last, 28), on)
    )
    if until is None:
        return Time(start, end, "period", aside=day is None)
    until = date(until.year, until.month, calendar.monthrange(until.year, until.month)[1] if last >= 28 else last)
    before = until.year * 12 + until.month - count
    since = date(before // 12, before % 12 + 1, 1)
    whole = (
        months(start, end, until.year, since.month, count, aside=day is None and year is None)
        if since.month % 3 == 1 and since.year == until.year
        else None
    )
    if whole is not None:
        return whole
    return Time(
        start, end, "period", period=f"{since}/{until}", since=since, until=until, aside=day is None and year is None
    )


def _months(text: str, on: date | None) -> list[Time]:
    """November 2022; June; 2022; last year: asides."""
    found = [months(*m.span(), int(m[2]), MONTHS[m[1][:3].lower()], 1, aside=True) for m in _MONTH_YEAR.finditer(text)]
    people = {start for start, _ in given_names(text)}
    for m in _MONTH_ALONE.finditer(text):
        if m.start() in people:
            continue
        before = text[max(m.start() - 9, 0) : m.start()].split()
        if m[1] in {"May", "March", "Mar"} and (not before or before[-1].lower() not in _SURE_MONTH):
            continue
        month = MONTHS[m[1][:3].lower()]
        near = nearest(month, 1, on)
        found.append(months(*m.span(), near.year if near else None, month, 1, aside=True))
    found += [months(*m.span(), int(m[1]), 1, 12, aside=True) for m in _YEAR.finditer(text)]
    found += [months(*m.span(), _year_of(None, m[1], on), 1, 12, aside=True) for m in _LAST_YEAR.finditer(text)]
    return found


def _chinese(text: str, on: date | None) -> list[Time]:
    """2022年上半年, 今年首季, 2023年第三季度, 前三季度; 2022年, 去年."""
    found = []
    for m in _HAN_PART.finditer(text):
        first, count = _han_part(m)
        year = _han_year(m[1], on) if m[1] else _last_past(on, first + count - 1)
        digits = any(c.isdigit() for c in m[0])
        found.append(months(*m.span(), year, first, count, aside=not digits))
    for pattern in (_HAN_YEAR, _HAN_RELATIVE):
        found += [months(*m.span(), _han_year(m[1], on), 1, 12, aside=True) for m in pattern.finditer(text)]
    return found


def _han_part(m: re.Match[str]) -> tuple[int, int]:
    """First month and number of months of a part of a year."""
    if m[2] or m[7]:
        return (7 if m[2] == "下" else 1), 6
    if m[3]:
        return (number(m[3]) - 1) * 3 + 1, 3
    if m[4]:
        return (1 if m[4] == "首" else 10), 3
    return 1, 9 if m[5] else number(m[6])


def _han_year(word: str, on: date | None) -> int | None:
    """The year named by digits, numerals or 今, 去."""
    if word in _SHIFT:
        return on.year + _SHIFT[word] if on is not None else None
    return None if word == "同" else number(word)


def _chinese_months(text: str, on: date | None) -> list[Time]:
    """11月, 2023年3月, 今年2月至3月: asides."""
    found = []
    for m in _HAN_MONTH.finditer(text):
        first, last = number(m[2]), number(m[3]) if m[3] else number(m[2])
        if not 1 <= first <= 12 or not 1 <= last <= 12:
            continue
        near = nearest(first, 1, on)
        year = _han_year(m[1], on) if m[1] else near.year if near else None
        found.append(months(*m.span(), year, first, max(last - first + 1, 1), aside=True))
    return found


def _same(m: re.Match[str], told: Time | None) -> Time:
    """The same period last year: the period told last before it, a year earlier."""
    aside = m.re is _HAN_SAME or m[1] is None
    if told is None or told.since is None or told.until is None:
        return Time(*m.span(), "period", aside=True)
    named = m[2] if m.re is _HAN_SAME else m[1]
    year = int(named) if named and named.isdigit() else told.since.year - 1
    count = (told.until.year - told.since.year) * 12 + told.until.month - told.since.month + 1
    if told.since.day == 1 and told.since.year == told.until.year and count in {3, 6, 9, 12}:
        return months(*m.span(), year, told.since.month, count, aside=aside)
    since = place(year, told.since.month, min(told.since.day, 28))
    until = place(year + told.until.year - told.since.year, told.until.month, min(told.until.day, 28))
    return Time(*m.span(), "period", period=f"{since}/{until}", since=since, until=until, aside=aside)
