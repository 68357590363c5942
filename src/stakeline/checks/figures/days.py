"""Days in a text: absolute, without a year, and relative to the article's own day.

A day without a year is taken in the year of a full day in its sentence, else in the year that puts it near the article:
not more than `AHEAD` days after it, unless words speak of the future.
"""

import re
from datetime import date, timedelta

import msgspec

from stakeline.checks.figures.numbers import han
from stakeline.checks.text import has_han
from stakeline.model.claims import Unit

AHEAD = 45
_FAR_AHEAD = 200
_LEAP_YEAR = 2024
MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?![A-Za-z])"
)
WEEKDAYS = {d: i for i, d in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_HAN_WEEKDAYS = {d: i for i, d in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_NO_MORE = r"(?![0-9%])(?![.,][0-9])(?! ?(?:%|percent|per cent|million|billion|shares|x(?![A-Za-z])))"

_MONTH_FIRST = re.compile(
    rf"(?<![A-Za-z])({MONTH})\.? ?([0-3]?[0-9])(?:st|nd|rd|th)?(?![A-Za-z0-9])(?:(?: ?- ?| to | and )([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9A-Za-z%:]|\.[0-9]))?(?:,? ?((?:19|20)[0-9]{{2}}))?{_NO_MORE}"
)
_DAY_FIRST = re.compile(
    rf"(?<![0-9A-Za-z.,$])(?:([0-3]?[0-9])(?:st|nd|rd|th)?(?: ?- ?| to | and ))?([0-3]?[0-9])(?:st|nd|rd|th)?(?: of)?[ -]({MONTH})(?:\.?,?[ -]?((?:19|20)[0-9]{{2}}))?(?![0-9%])"
)
_NUMERIC = re.compile(r"(?<![0-9A-Za-z./-])((?:19|20)[0-9]{2})([-/.])([01]?[0-9])\2([0-3]?[0-9])(?![0-9A-Za-z%/-])")
_SLASHED = re.compile(r"(?<![0-9A-Za-z./-])([0-3]?[0-9])([/.])([0-3]?[0-9])\2((?:19|20)[0-9]{2})(?![0-9A-Za-z%/-])")
_AMERICAN = re.compile(r"\b(?:SEC|10b5-1|NYSE|Nasdaq|NASDAQ|Wall Street Journal|WSJ)\b")
"""Where it appears the month comes first: 03/02/2024. With points the day does."""
_HN = "[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_HAN = re.compile(
    rf"(?:([12][0-9]{{3}}|[二一][零〇一二三四五六七八九]{{3}}|(?:民國)?(?:1[01][0-9]|一[零〇一][零〇一二三四五六七八九])(?=年)|今|去|前|明|同|(?<![资資股成日基])本|当|當|上) ?年?(?:度)?年? ?)?(?<![0-9.])({_HN}) ?月(?:份)? ?({_HN})(?: ?[日号號]|(?=[-~至到][0-9]{{1,2}}[日号號]))"
)
_HAN_AND = re.compile(rf" ?[、及和与與] ?({_HN}) ?[日号號]")
_HAN_YEAR = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1}
_REPUBLIC = 1911
"""Year 1 of the Republic, by which Taiwan counts, is 1912."""
_HAN_UNTIL = re.compile(
    rf" ?起?(?:至|到|-|~|—|－) ?(?:([12][0-9]{{3}}|1[01][0-9]|今)年 ?)?(?:({_HN}) ?月 ?)?({_HN}) ?[日号號]"
)
_HAN_DAY_UNTIL = re.compile(" ?[至到] ?([0-9]{1,2}) ?[日号號]")
_HAN_DAY = re.compile(
    rf"(?:(本月|上月|上个月|上個月|当月|當月|同月)|(?<![0-9.月年])(?<![月年] ))({_HN})(?:[日号號]| 日)(?![均线線内內元圓经經期语語子常本益前后後圆])"
)
_LASTING = re.compile("[連连][升跌涨漲挫續续]?$")
"""In front of a number of days: 連升2日."""
_HAN_WEEK = re.compile(
    r"(上上|上|本|这|這|今|下)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])(?![家期])(?:\(([0-9]{1,2}) ?[日号號]\))?"
)
_HAN_RELATIVE = {
    "今日": 0,
    "今天": 0,
    "昨日": -1,
    "昨天": -1,
    "昨晚": -1,
    "前日": -2,
    "前天": -2,
    "翌日": None,
    "次日": None,
    "明日": 1,
    "今早": 0,
}
_HAN_RELATIVE_RE = re.compile("|".join(_HAN_RELATIVE))
_WEEKDAY = re.compile(
    r"(?<![A-Za-z])(?:(last|next|this) )?(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?![A-Za-z])(?:,? (?=[A-Z]))?"
)
_RELATIVE = re.compile(r"(?<![A-Za-z])(yesterday|today|tomorrow)(?![A-Za-z])", re.IGNORECASE)
_HAN_TODAY = re.compile(r"([今昨])[天日]? ?[(（] ?(?P<day>[0-9]{1,2}) ?[)）] ?[日天早晚]?")
"""A day of the month that says which day is meant: 昨(27)日."""
_REPUBLIC_DAY = re.compile(r"(?<![0-9/])(1[01][0-9])/([01]?[0-9])/([0-3]?[0-9])(?![0-9/])")
"""A day by Taiwan's count of years: 111/07/19."""
_SLASH_UNTIL = re.compile(r" ?[~～至-] ?")
_ORDINAL = re.compile(
    r"(?<![A-Za-z])[Oo]n the (?P<day>(?P<number>[0-3]?[0-9])(?:st|nd|rd|th)(?: (?:of )?(?P<month>last|this) month)?)"
    r"(?= (?!day|floor|anniversary|birthday|hole|of (?!last|this))|[.,;)]|$)"
)
"""The day of a month that is not named: "on the 22nd of last month"."""
_YEAR_WORD = re.compile(r",? (?:of )?(next|this|last) year(?![A-Za-z-])", re.IGNORECASE)
_SHIFTS = {"next": 1, "this": 0, "last": -1}
_FUTURE = re.compile(
    r"(?<![A-Za-z])(?:by|until|till|before|due|next|will|expires?|from|scheduled for|planned for) (?:[a-z]+ )?$|[将將擬拟料]",
    re.IGNORECASE,
)
_FUTURE_HAN = re.compile("前?[再还還]?(?:預計|预计|預期|预期|將|将)")
"""Right behind a day to come: 4月15日前預計再買."""
_YEAR_HOLDS = 120
_MONTH_YEAR = re.compile(rf"(?<![A-Za-z])(?P<month>{MONTH})\.?,? (?P<year>(?:19|20)[0-9]{{2}})(?![0-9])")
_HAN_MONTH_YEAR = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?![0-9])")
_SENTENCE_END = re.compile(r"[.!?] [A-Z]|[。！？\n]")
_FROM = re.compile(r"(?:从|從|自|由)(?:[\u4e00-\u9fff]{0,2})$")


class Time(msgspec.Struct):
    """A day or a period in the plain text. aside: it only says when something else was; it is no figure of its own."""

    start: int
    end: int
    unit: Unit
    day: date | None = None
    period: str | None = None
    since: date | None = None
    until: date | None = None
    aside: bool = False


def days(text: str, on: date | None) -> list[Time]:
    """Every day, and every stretch from day to day, in order of patterns; some may overlap, the longest then counts."""
    found = [
        *_english(text, on),
        *_ordinals(text, on),
        *_numeric(text, american=_AMERICAN.search(text) is not None),
        *_weekdays(text, on),
    ]
    return [*found, *_chinese(text, on)] if has_han(text) else found


def place(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def no_such_day(month: int, day: int, year: int | None) -> bool:
    """Whether what is printed like a day is in no calendar: June 31, February 29 of a year that is no leap year."""
    return month in range(1, 13) and day in range(29, 32) and place(year or _LEAP_YEAR, month, day) is None


def never(text: str) -> bool:
    """Whether the text of a day is one that is in no calendar."""
    english, numeral = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text), _HAN.match(text)
    if numeral is not None:
        year = number(numeral[1]) if numeral[1] and numeral[1].isdigit() else None
        return no_such_day(number(numeral[2]), number(numeral[3]), year)
    if english is None:
        return False
    month, day = (english[1], english[2]) if english.re is _MONTH_FIRST else (english[3], english[2])
    return no_such_day(MONTHS[month[:3].lower()], int(day), int(english[4]) if english[4] else None)


def nearest(month: int, day: int, on: date | None, *, future: bool = False) -> date | None:
    """The day of a month without a year, as near to the article as its words allow."""
    if on is None:
        return None
    ahead = timedelta(days=_FAR_AHEAD if future else AHEAD)
    tries = [
        place(year, month, day) for year in (on.year + 1, on.year, on.year - 1, on.year - 2, on.year - 3, on.year - 4)
    ]
    return next((d for d in tries if d is not None and d <= on + ahead), None)


def day_or_stretch(start: int, end: int, first: date | None, last: date | None = None) -> Time:
    """A day, or the stretch between two."""
    if last is None:
        return Time(start, end, "date", day=first)
    if first is None:
        return Time(start, end, "period")
    return Time(start, end, "period", period=f"{first.isoformat()}/{last.isoformat()}", since=first, until=last)


def number(text: str) -> int:
    """A small number in digits or as a Chinese numeral."""
    read = None if text.isdigit() else han(text.replace("廿", "二十").replace("卅", "三十"))
    return int(text) if text.isdigit() else int(read[0]) if read is not None else 0


def _same_sentence(text: str, start: int, end: int) -> bool:
    """Whether a year told at start still holds at end."""
    return end - start < _YEAR_HOLDS and _SENTENCE_END.search(text, start, end) is None


def _year_of_month(text: str, start: int, month: int, told: re.Pattern[str]) -> int | None:
    """The year that the same sentence gives the month of a day: in November 2016 ... from November 30."""
    for match in reversed([*told.finditer(text, max(start - _YEAR_HOLDS, 0), start)]):
        name = match["month"]
        read = number(name) if name.isdigit() else MONTHS[name[:3].lower()]
        if read == month and _same_sentence(text, match.end(), start):
            return int(match["year"])
    return None


def _future(text: str, start: int, end: int | None = None) -> bool:
    behind = end is not None and _FUTURE_HAN.match(text, end) is not None
    return behind or _FUTURE.search(text, max(start - 16, 0), start) is not None


def _english(text: str, on: date | None) -> list[Time]:
    """June 19; May 28th; July 17, 2024; 17-22 July; July 17-22."""
    found = []
    told: tuple[int, int] | None = None
    both = [(m.start(), m, m[1], m[2], m[3], m[4]) for m in _MONTH_FIRST.finditer(text)]
    both += [(m.start(), m, m[3], m[1] or m[2], m[2] if m[1] else None, m[4]) for m in _DAY_FIRST.finditer(text)]
    floor = 0
    for start, match, month_word, first, last, year in sorted(both, key=lambda b: (b[0], -b[1].end())):
        if start < floor:
            continue
        month = MONTHS[month_word[:3].lower()]
        given = int(year) if year else None
        ranged = bool(last) and text[max(start - 5, 0) : start].lower() == "from "
        future = not ranged and _future(text, start)  # from March 4 to 8 he bought
        worded = _YEAR_WORD.match(text, match.end())
        if given is None and worded is not None and on is not None:
            given = on.year + _SHIFTS[worded[1].lower()]
            told = (match.end(), given)
        if given is None and told is not None and not future and _same_sentence(text, told[0], start):
            given = told[1]
        given = given or _year_of_month(text, start, month, _MONTH_YEAR)
        day = place(given, month, int(first)) if given else nearest(month, int(first), on, future=future)
        days_of = [day, *([place(day.year, month, int(last)) if day else None] if last else [])]
        if not last and no_such_day(month, int(first), given):
            found.append(Time(start, match.end(), "date"))
            continue
        if (given or on) and None in days_of:
            continue
        if any(place(_LEAP_YEAR, month, int(d)) is None for d in (first, last) if d):
            continue
        end = match.end()
        cut = match.start(3) if match.re is _MONTH_FIRST else match.start(2)
        if last and (" and " in match[0] or (ranged and " to " in match[0])):
            stop = max(text.rfind(" and ", start, cut), text.rfind(" to ", start, cut))
            found.append(Time(start, stop, "date", day=days_of[0]))
            found.append(Time(cut, end, "date", day=days_of[1]))
        else:
            found.append(
                day_or_stretch(start, end, days_of[0], days_of[1] if last else None)
                if not last or days_of[0]
                else Time(start, end, "period")
            )
        floor = end
        told = (end, int(year)) if year else told
    return found


def _ordinals(text: str, on: date | None) -> list[Time]:
    """On the 12th, on the 22nd of last month: the last such day that is not after the article."""
    found = []
    for match in _ORDINAL.finditer(text):
        day = int(match["number"])
        if 1 <= day <= 31:
            back = {"last": 1, "this": 0}.get(match["month"] or "")
            found.append(Time(*match.span("day"), "date", day=_last_of(day, back, on)))
    return found


def _last_of(day: int, back: int | None, on: date | None) -> date | None:
    """The day so many months back; without a number of months the last such day that is not after the article."""
    if on is None:
        return None
    months = [on.year * 12 + on.month - 1 - b for b in ((0, 1) if back is None else (back,))]
    tries = [place(m // 12, m % 12 + 1, day) for m in months]
    return next((d for d in tries if d is not None and (d <= on or back is not None)), None)


def _numeric(text: str, *, american: bool) -> list[Time]:
    """2022-11-08, 2022/11/8, 2022.11.08; 25/12/2022, where it can only be read in one way, or the text is about American filings."""
    found = [Time(*m.span(), "date", day=place(int(m[1]), int(m[3]), int(m[4]))) for m in _NUMERIC.finditer(text)]
    for match in _SLASHED.finditer(text):
        one, two, year = int(match[1]), int(match[3]), int(match[4])
        orders = [(two, one), (one, two)]  # month and day
        if match[2] == ".":
            orders = orders[:1]
        elif american and place(year, one, two) is not None:
            orders = orders[1:]
        readings = {d for d in (place(year, *order) for order in orders) if d is not None}
        if readings:
            found.append(Time(*match.span(), "date", day=readings.pop() if len(readings) == 1 else None))
    return [t for t in found if t.day is not None or t.end - t.start >= 8]


def _chinese(text: str, on: date | None) -> list[Time]:
    """2025年8月25日; 去年11月3日; 4月26日至5月16日 (a stretch, but two days in 从 ... 到); 本月29日; 29日."""
    found: list[Time] = []
    told: tuple[int, int] | None = None
    floor = 0
    for match in _HAN.finditer(text):
        if match.start() < floor:
            continue
        given = _year(match[1], on, told[1] if told else None) if match[1] else None
        if given is None and told is not None and _same_sentence(text, told[0], match.start()):
            given = told[1]
        given = given or _year_of_month(text, match.start(), number(match[2]), _HAN_MONTH_YEAR)
        here = _han_day(text, match, given, on)
        here += _days_beside(text, here[-1]) if here else []
        found += here
        floor = here[-1].end if here else match.end()
        told = (match.end(), given) if match[1] and given else told
    for match in _HAN_DAY.finditer(text):
        found += _day_alone(text, match, on)
    found += [*_today(text, on), *_of_the_republic(text)]
    for match in _HAN_RELATIVE_RE.finditer(text):
        shift = _HAN_RELATIVE[match[0]]
        moved = on + timedelta(days=shift) if on is not None and shift is not None else None
        found.append(Time(*match.span(), "date", day=moved, aside=True))
    return found


def _today(text: str, on: date | None) -> list[Time]:
    """今(19)日, 昨(27)日: the last such day that is not after the article."""
    return [
        Time(*m.span("day"), "date", day=_last_of(int(m["day"]), None, on))
        for m in _HAN_TODAY.finditer(text)
        if 1 <= int(m["day"]) <= 31
    ]


def _of_the_republic(text: str) -> list[Time]:
    """111/07/19; 111/07/20~111/09/19, a stretch."""
    found: list[Time] = []
    for match in _REPUBLIC_DAY.finditer(text):
        day = place(int(match[1]) + _REPUBLIC, int(match[2]), int(match[3]))
        before = found[-1] if found else None
        if day is None:
            continue
        if before is not None and before.day is not None and _SLASH_UNTIL.fullmatch(text, before.end, match.start()):
            found[-1] = day_or_stretch(before.start, match.end(), before.day, day)
        else:
            found.append(Time(*match.span(), "date", day=day))
    return found


def _han_day(text: str, match: re.Match[str], year: int | None, on: date | None) -> list[Time]:
    """The day at a match, or the stretch or two days that it begins; none where there is no such day."""
    month, day = number(match[2]), number(match[3])
    first = place(year, month, day) if year else nearest(month, day, on, future=_future(text, *match.span()))
    if first is None:
        undated = place(_LEAP_YEAR, month, day) is not None and not year and on is None
        told = undated or no_such_day(month, day, year)
        return [Time(match.start() if match[1] else match.start(2), match.end(), "date")] if told else []
    start, end = match.start() if match[1] else match.start(2), match.end()
    until = _HAN_UNTIL.match(text, end)
    last = _han_last(until, first, on) if until else None
    if until is None or last is None:
        return [Time(start, end, "date", day=first)]
    if "到" in until[0] and _FROM.search(text, max(start - 4, 0), start):
        return [
            Time(start, end, "date", day=first),
            Time(until.start(next(g for g in (1, 2, 3) if until[g])), until.end(), "date", day=last),
        ]
    return [day_or_stretch(start, until.end(), first, last)]


def _han_last(until: re.Match[str], first: date, on: date | None) -> date | None:
    """The last day of a stretch: of the year told, else the next such day after the first one."""
    year = _year(until[1], on, None) if until[1] else None
    last = place(year or first.year, number(until[2]) if until[2] else first.month, number(until[3]))
    if last is None or last >= first:
        return last
    return None if year else place(first.year + 1, last.month, last.day)


def _days_beside(text: str, first: Time) -> list[Time]:
    """The further days of one month: 6月18日、20日及26日."""
    found: list[Time] = []
    while first.day is not None and (match := _HAN_AND.match(text, found[-1].end if found else first.end)) is not None:
        day = place(first.day.year, first.day.month, number(match[1]))
        if day is None or day <= first.day:
            break
        found.append(Time(match.start(1), match.end(), "date", day=day))
    return found


def _year(word: str, on: date | None, told: int | None) -> int | None:
    """The year that a word in front of a month means."""
    if word in _HAN_YEAR:
        return on.year + _HAN_YEAR[word] if on is not None else None
    if word in {"同", "当", "當"}:
        return told
    given = number(word.removeprefix("民國"))
    return given + _REPUBLIC if given < _REPUBLIC else given


def _day_alone(text: str, match: re.Match[str], on: date | None) -> list[Time]:
    """29日, 本月29日: the last such day that is not after the article; 22日至24日, the stretch that ends with such a day."""
    day = number(match[2])
    if _LASTING.search(text, max(match.start() - 2, 0), match.start()):
        return []
    if not 1 <= day <= 31 or (not match[1] and not match[2].isdigit()):
        return []
    until = _HAN_DAY_UNTIL.match(text, match.end())
    first, day = (day, int(until[1])) if until is not None and day < int(until[1]) <= 31 else (None, day)
    found = _last_of(day, {"上": 1, "本": 0}.get((match[1] or "?")[0]), on)
    if first is None or until is None:
        return [Time(*match.span(), "date", day=found)]
    return [day_or_stretch(match.start(), until.end(), found and found.replace(day=first), found)]


def _weekdays(text: str, on: date | None) -> list[Time]:
    """Thursday, last Thursday, 上周四(29日), yesterday: the day, where the article has one."""
    found = []
    for match in _WEEKDAY.finditer(text):
        weekday = WEEKDAYS[match[2][:3].lower()]
        found.append(Time(match.start(), match.end(2) + 3, "date", day=_weekday(on, weekday, match[1]), aside=True))
    for match in _RELATIVE.finditer(text):
        shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match[1].lower()]
        found.append(Time(*match.span(), "date", day=on + timedelta(days=shift) if on else None, aside=True))
    for match in _HAN_WEEK.finditer(text):
        day = _han_weekday(on, _HAN_WEEKDAYS[match[2]], match[1])
        if match[3] and on is not None and (day is None or day.day != int(match[3])):
            near = (on - timedelta(days=back) for back in range(-7, 32))
            day = next((d for d in near if d.day == int(match[3])), None)
        found.append(Time(*match.span(), "date", day=day, aside=match[3] is None))
    return found


def _weekday(on: date | None, weekday: int, word: str | None) -> date | None:
    """The weekday meant: on or before the article's day, before it behind "last", after it behind "next"."""
    if on is None:
        return None
    back = (on.weekday() - weekday) % 7
    if word == "next":
        return on + timedelta(days=(7 - back) % 7 or 7)
    return on - timedelta(days=7 if word == "last" and back == 0 else back)


def _han_weekday(on: date | None, weekday: int, word: str | None) -> date | None:
    """上周四 is Thursday of the week before (weeks begin on Monday); 周四 alone the last one not after the article."""
    if on is None:
        return None
    if word is None:
        return on - timedelta(days=(on.weekday() - weekday) % 7)
    weeks = {"上上": -14, "上": -7, "下": 7}.get(word, 0)
    return on - timedelta(days=on.weekday()) + timedelta(days=weeks + weekday)
