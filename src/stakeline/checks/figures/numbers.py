"""Numbers as they are printed: digits in the groups of three or of Indian papers, Chinese numerals, English words.

Each reader takes the characters of the number alone and returns its value and step, the size of its last printed digit.
"""

import re
from decimal import Decimal
from typing import NamedTuple

MOST_CHARACTERS = 34
"""A longer run of digits is no figure of an article. The shares of all companies together need 17 with their commas."""

_STRICT = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,6}|[0-9]{1,3}(?:,[0-9]{2}){1,6},[0-9]{3}|[0-9]{1,18})(?:\.[0-9]{1,9})?(?![0-9])"
)
_DECIMAL_COMMA = re.compile(r"([0-9]{1,4}),([0-9]{1,2})")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "兩": 2, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"萬": 10**4, "万": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}
_WORDS = {
    w: i
    for i, w in enumerate(
        (  # noqa: SIM905
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        ).split()
    )
} | {w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}


class Reading(NamedTuple):
    """A number: start and end in the characters it was read from, its value, the size of its last digit."""

    start: int
    end: int
    value: Decimal
    step: Decimal


def latin(run: str, *, money: bool) -> list[Reading]:
    """The numbers in a run of digits, commas and points. money: a currency stands before it.

    A run may hold several ("17,2024" holds a day and a year). One that fits no way of printing a number gives none:
    "1.2.3" is a version. A comma before one or two last digits is the point of other countries, or a misprint ("$6,04").
    """
    run = run.rstrip(",.")
    if not run or len(run) > MOST_CHARACTERS or run.count(".") > 1:
        return []
    slip = _DECIMAL_COMMA.fullmatch(run)
    if slip is not None and (money or len(slip[1]) < 4):
        return [Reading(0, len(run), *plain(f"{slip[1]}.{slip[2]}"))]
    found = []
    at = 0
    while at < len(run):
        match = _STRICT.match(run, at)
        if match is None:
            return []
        found.append(Reading(at, match.end(), *plain(match[0])))
        at = match.end()
        if at < len(run) and run[at] != ",":
            return []
        at += 1
    return found


def plain(digits: str) -> tuple[Decimal, Decimal]:
    """Value and step of one number in digits with commas and a point."""
    places = len(digits) - digits.index(".") - 1 if "." in digits else 0
    return Decimal(digits.replace(",", "")), Decimal(1).scaleb(-places)


def han(numeral: str) -> tuple[Decimal, Decimal] | None:
    """Value and step of a Chinese numeral (三十億四千八百萬, 二十三點五, 二〇二二, 兩千五), or None where it is none."""
    whole, point, fraction = numeral.replace("點", "点").partition("点")
    if point and not (fraction and all(c in _DIGITS for c in fraction)):
        if not fraction or fraction[-1] not in _LARGE:
            return None
        inner = han(f"{whole}点{fraction[:-1]}")
        return None if inner is None else (inner[0] * _LARGE[fraction[-1]], inner[1] * _LARGE[fraction[-1]])
    if not whole or len(whole) > MOST_CHARACTERS:
        return None
    if len(whole) > 1 and all(c in _DIGITS for c in whole):
        value = int("".join(str(_DIGITS[c]) for c in whole))
        step = 1
    else:
        read = _han_whole(whole)
        if read is None:
            return None
        value, step = read
    if not fraction:
        return Decimal(value), Decimal(step)
    digits = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{digits}"), Decimal(1).scaleb(-len(digits))


def _han_whole(numeral: str) -> tuple[int, int] | None:
    """Value and step of a whole Chinese numeral built of digits and places."""
    total = section = 0
    digit: int | None = None
    place = step = 1
    for character in numeral:
        if character in _DIGITS:
            if digit:
                return None
            digit, step = _DIGITS[character], 1
            place = place if place > 1 and digit else 1
        elif character in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[character]
            digit, place, step = None, _SMALL[character], _SMALL[character]
        else:
            large = _LARGE[character]
            group = section + (digit or 0)
            if group == 0 and total == 0:
                return None
            total = (total + group) * large if 0 < total < large else total + group * large
            section, digit, place, step = 0, None, large, large
    if digit and place > 1 and numeral[-2] not in "零〇":
        digit, step = digit * (place // 10), place // 10  # 兩千五 is 2,500, 一億二 is 120 million
    return total + section + (digit or 0), step


def english(words: str) -> Decimal | None:
    """The value of an English number word or two ("five", "twenty-five"); "a" and "an" are one."""
    parts = words.lower().replace("-", " ").split()
    if parts in (["a"], ["an"]):
        return Decimal(1)
    if not parts or any(p not in _WORDS for p in parts):
        return None
    if len(parts) == 2 and not (_WORDS[parts[0]] >= 20 and 0 < _WORDS[parts[1]] < 10):
        return None
    return Decimal(sum(_WORDS[p] for p in parts)) if len(parts) <= 2 else None


ENGLISH_WORD = "|".join(sorted((w for w in _WORDS if w != "zero"), key=len, reverse=True))
"""The words of numbers, for a pattern."""
HAN_DIGITS = "零〇一二兩两三四五六七八九"
HAN_PLACES = "十百千萬万億亿兆"
