"""Figures written as words: "doubled", "threefold", "two thirds", "five million shares", 三成, 翻倍, 三十億元, 百分之五."""

import re
from decimal import Decimal

from stakeline.checks.figures import units
from stakeline.checks.figures.amounts import Draft, _unit
from stakeline.checks.figures.numbers import ENGLISH_WORD, HAN_DIGITS, HAN_PLACES, MOST_CHARACTERS, english, han
from stakeline.checks.text import has_han

_GROWTH = {"doubl": 100, "tripl": 200, "trebl": 200, "quadrupl": 300, "quintupl": 400, "halv": 50}
_GREW = re.compile(r"([dD]oubl|[tT]ripl|[tT]rebl|[qQ]uadrupl|[qQ]uintupl|[hH]alv)(?:ed|ing)(?![A-Za-z-])")
_NO_GROWTH = re.compile(r" (?:down|its bet|his bet|bet)(?![A-Za-z])", re.IGNORECASE)
_FOLD = re.compile(rf"(?<![A-Za-z-])({ENGLISH_WORD})[ -]?fold(?![A-Za-z])", re.IGNORECASE)
_TIMES = re.compile(
    rf"(?<![A-Za-z-])({ENGLISH_WORD}|twice)(?: times)? (?=(?:the|its|their|as much|as many|higher|larger|bigger|more than|that of|what)(?![A-Za-z]))",
    re.IGNORECASE,
)
_GREW_TIMES = re.compile(
    rf"(?:soared|rose|risen|jumped|grew|grown|surged|increased|climbed|up) (?:by )?(?:(?:about|nearly|almost|over|more than|roughly) )?({ENGLISH_WORD}) times(?![A-Za-z])",
    re.IGNORECASE,
)
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_PART = re.compile(
    r"(?<![A-Za-z-])(?:(one|two|three|four|five|a)[ -](third|quarter|fourth|fifth|sixth|eighth|tenth)s?|(half))(?=(?: of|(?<=half)) (?:its|his|her|their|the|all|that|this|what|revenue|sales|profits?|[A-Z][A-Za-z]+'s)(?! (?:year|month|week|day|decade|century|game|time)(?![A-Za-z])))"
    r"|(?:(?<=by )|(?<=by about )|(?<=by almost )|(?<=by nearly )|(?<=by over )|(?<=by more than )|(?<=by roughly ))"
    r"(?:(one|two|three|four|a)[ -](third|quarter|fifth|tenth)s?|(half))(?![A-Za-z-])"
    r"|(?<![A-Za-z-])(one|two|three|four|a)[ -](third|quarter|fifth|tenth)s?(?= (?:below|above|less than|lower|higher|better|cheaper)(?![A-Za-z]))"
    r"|(?<![A-Za-z-])(one|two)[ -](third|fifth)s?(?![A-Za-z-]| part)",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"(?<![A-Za-z-])(half a|an?|(?:{ENGLISH_WORD})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)(?=[ -])(?![ -]and)",
    re.IGNORECASE,
)
_OF_A = re.compile("of $")
_POINT = re.compile(r" (?:percentage point|(?<=half a )(?:per ?cent|sen|cent|penny|yen))(?![A-Za-z])")
"""Behind "a" and "half a": a percentage point, half a cent."""
_LARGE = re.compile(
    r"[ -](hundred million|hundred thousand|million|billion|trillion|thousand|hundred|lakh crore|lakh|crore)(?![A-Za-z])",
    re.IGNORECASE,
)

_HAN_RUN = re.compile(f"[{HAN_DIGITS}{HAN_PLACES}点點]+")
_NO_NUMERAL_BEFORE = re.compile("[第其数數几幾每逐任同唯统統另万萬百千合专專惟上]$|(?<![买買])[进進]$|[0-9.,]$")
_NUMBER_OF = re.compile("[股總总戶户]$")
_HALF_TENTH = re.compile("成半")
_TENTH_MORE = re.compile(f"[一二三四五六七八九](?![{HAN_PLACES}成個个年月日股元倍名家分])")
_PART_OF = re.compile(f"分之([{HAN_DIGITS}{HAN_PLACES}点點]{{1,12}}|[0-9]{{1,3}}(?:\\.[0-9]{{1,4}})?)")
_HAN_HALF = re.compile(
    "(?<![第上下另十百千万萬億亿两兩之])一半(?![天年])|(?<=[近逾過过])半(?=持股|股份|股权|股權|收入|的股)"
)
_HAN_GREW = re.compile("翻(?:了)?(?:一)?[番倍]|倍增(?!长率|長率)|翻(?:了)?([两兩三四])(番)|翻(?:了)?([两兩三四五])(倍)")
_HUNDRED = Decimal(100)


def words(text: str) -> list[Draft]:
    """Every figure written as words, in no order; some may overlap, the longest then counts."""
    english_words = [*_english_growth(text), *_english_parts(text), *_english_numbers(text)]
    return [*english_words, *_han_growth(text), *_han_numbers(text)] if has_han(text) else english_words


def _word(start: int, end: int, value: Decimal, step: Decimal) -> Draft:
    return Draft(start=start, end=end, number=(start, end), value=value, step=step, word=True)


def _english_growth(text: str) -> list[Draft]:
    """Doubled, tripled, halved, as the growth in percent; threefold and "three times the", as a multiple."""
    found = []
    for match in _GREW.finditer(text):
        inner = match.start() > 0 and (text[match.start() - 1].isalpha() or text[match.start() - 1] == "-")
        if inner or _NO_GROWTH.match(text, match.end()):
            continue
        draft = _word(*match.span(), Decimal(_GROWTH[match[1].lower()]), Decimal(0))
        draft.unit, draft.growth = "pct", True
        found.append(draft)
    for pattern in (_FOLD, _TIMES):
        for match in pattern.finditer(text):
            value = Decimal(2) if match[1].lower() == "twice" else english(match[1])
            if value is None or (value == 1 and pattern is _TIMES):
                continue
            draft = _word(match.start(), match.end() - (pattern is _TIMES), value, Decimal(1))
            draft.unit, draft.growth = "x", True
            found.append(draft)
    for match in _GREW_TIMES.finditer(text):
        value = english(match[1])
        if value is not None and value > 1:
            draft = _word(match.start(1), match.end(), value, Decimal(1))
            draft.unit, draft.growth = "x", True
            found.append(draft)
    return found


def _share(parts: int, whole: int) -> tuple[Decimal, Decimal]:
    """A part of a whole in percent, to four places where it does not come out even, and its step."""
    value = _HUNDRED * parts / whole
    return (
        (value, Decimal(1))
        if value == value.to_integral()
        else (value.quantize(Decimal("0.0001")).normalize(), Decimal("0.01"))
    )


def _english_parts(text: str) -> list[Draft]:
    """Two thirds of its stake, fell by half: percent."""
    found = []
    for match in _PART.finditer(text):
        number, part = next(((match[i], match[i + 1]) for i in (1, 4, 7, 9) if match[i]), (None, None))
        many = english(number) if number else None
        value, step = _share(int(many) if many is not None else 1, _PARTS[part.lower()] if part else 2)
        draft = _word(*match.span(), value, step)
        draft.unit = "pct"
        found.append(draft)
    return found


def _english_numbers(text: str) -> list[Draft]:
    """Five million shares, a billion dollars, ten percent, twelve yuan; no number word alone."""
    found = []
    for match in _WORDED.finditer(text):
        first = match[1].lower()
        large = _LARGE.match(text, match.end())
        value = Decimal("0.5") if first == "half a" else english(first)
        point = first in {"a", "half a"} and _POINT.match(text, match.end()) is not None
        if value is None or (
            first in {"a", "an", "half a"}
            and not point
            and (large is None or _OF_A.search(text, max(match.start() - 3, 0), match.start()))
        ):
            continue
        draft = _word(match.start(), match.end(), value, Decimal("0.1") if first == "half a" else Decimal(1))
        if large is not None:
            draft.end = large.end()
            draft.times(units.magnitude(large[1]))
            again = _LARGE.match(text, draft.end)
            if again is not None:
                draft.end = again.end()
                draft.times(units.magnitude(again[1]))
        _unit(text, draft)
        if draft.unit == "x" or (draft.unit is None and draft.scale < 1000):
            continue
        found.append(draft)
    return found


def _han_growth(text: str) -> list[Draft]:
    """翻倍, 翻番 (growth of 100 percent), 翻两番 (300), 一半 (50 percent)."""
    found = []
    for match in _HAN_GREW.finditer(text):
        value = _HUNDRED
        if match[1]:
            times = han(match[1])
            value = Decimal(2) ** int(times[0]) * 100 - 100 if times else value
        elif match[3]:
            times = han(match[3])
            value = times[0] * 100 if times else value
        draft = _word(*match.span(), value, Decimal(0))
        draft.unit, draft.growth = "pct", True
        found.append(draft)
    for match in _HAN_HALF.finditer(text):
        draft = _word(*match.span(), Decimal(50), Decimal(1))
        draft.unit = "pct"
        found.append(draft)
    return found


def _han_numbers(text: str) -> list[Draft]:
    """Chinese numerals with a unit behind them; 三成, 两成半, 三分之一, 百分之五."""
    found = []
    for match in _HAN_RUN.finditer(text):
        start, run = match.start(), match[0]
        if len(run) > MOST_CHARACTERS:
            continue
        while run and run[0] in "点點万萬億亿":
            start, run = start + 1, run[1:]
        if not run or _NO_NUMERAL_BEFORE.search(text, max(start - 1, 0), start):
            counted = text[start - 1 : start] in {"數", "数"} and _NUMBER_OF.search(text, max(start - 2, 0), start - 1)
            if not run or not counted:  # 股數三千萬 is a number of shares, 數千萬 some tens of millions
                continue
        part = _PART_OF.match(text, match.end())
        draft = _han_part(start, run, part) if part is not None else _han_number(text, start, run)
        if draft is not None:
            found.append(draft)
    return found


def _han_part(start: int, run: str, part: re.Match[str]) -> Draft | None:
    """三分之一 and 百分之五, in percent."""
    whole = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000), "萬": Decimal(10000)}.get(run)
    read = (whole, Decimal(1)) if whole is not None else han(run)
    printed = (
        han(part[1])
        if part[1][0] not in "0123456789"
        else (Decimal(part[1]), Decimal(1).scaleb(-len(part[1].partition(".")[2])))
    )
    if read is None or printed is None or read[0] == 0:
        return None
    if whole is not None:
        value, step = printed[0] * 100 / whole, printed[1] * 100 / whole
    elif printed[0] < read[0]:
        value, step = _share(int(printed[0]), int(read[0]))
    else:
        return None
    draft = _word(start, part.end(), value, step)
    draft.unit, draft.word = "pct", whole is None
    return draft


def _han_number(text: str, start: int, run: str) -> Draft | None:
    """A numeral with its unit; None without one, or where it only counts persons, companies and the like."""
    read = han(run)
    if read is None:
        return None
    end = start + len(run)
    draft = _word(start, end, *read)
    half = _HALF_TENTH.match(text, end)
    if half is not None:
        draft.value, draft.step, draft.end, draft.unit = draft.value * 10 + 5, Decimal(5), half.end(), "pct"
        return draft if read[0] < 10 else None
    draft.scale = Decimal(10000) if set(run) & set("萬万億亿兆") else Decimal(1)
    _unit(text, draft)
    draft.word = draft.unit in {"pct", "x"}
    more = _TENTH_MORE.match(text, draft.end) if draft.unit == "pct" and text[draft.end - 1] == "成" else None
    if more is not None:  # 三成三
        draft.value, draft.step, draft.end = draft.value + (han(more[0]) or (Decimal(0),))[0], Decimal(1), more.end()
    elif draft.unit == "pct" and text[draft.end - 1] == "成" and not 0 < read[0] < 10:
        return None
    if draft.unit == "x":
        draft.growth = True
    small = len(run) == 1 and (draft.unit == "shares" or (draft.unit == "currency" and run in "一十百千"))
    return None if draft.unit in {None, "count"} or small else draft
