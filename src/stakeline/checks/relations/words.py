"""Figures as a reader expects them, in the language of the article: for workings, reasons and corrections."""

import re
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from stakeline.model.claims import Claim, Found, Script
from stakeline.model.numbers import PRECISION, Interval

_SIGNS = {
    "HKD": "HK$", "USD": "US$", "CNY": "RMB", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "Rs ", "KRW": "₩",
    "TWD": "NT$", "SGD": "S$", "AUD": "A$", "CAD": "C$",
}  # fmt: skip
_WORDS_HANT = {
    "HKD": "港元", "USD": "美元", "CNY": "元人民幣", "EUR": "歐元", "GBP": "英鎊", "JPY": "日圓", "KRW": "韓圜", "TWD": "元新台幣", "SGD": "新加坡元",
}  # fmt: skip
_WORDS_HANS = {
    "HKD": "港元", "USD": "美元", "CNY": "元", "EUR": "欧元", "GBP": "英镑", "JPY": "日元", "KRW": "韩元", "TWD": "元新台币", "SGD": "新加坡元",
}  # fmt: skip
_WESTERN = (
    (Decimal("1e12"), " trillion"), (Decimal("1e9"), " billion"), (Decimal("1e6"), " million"), (Decimal(1), ""),
)  # fmt: skip
_INDIAN = ((Decimal("1e7"), " crore"), (Decimal("1e5"), " lakh"), (Decimal(1), ""))
_HANT = ((Decimal("1e12"), "萬億"), (Decimal("1e8"), "億"), (Decimal("1e4"), "萬"), (Decimal(1), ""))
_HANS = ((Decimal("1e12"), "万亿"), (Decimal("1e8"), "亿"), (Decimal("1e4"), "万"), (Decimal(1), ""))
_PRINTED = re.compile(
    r"([^0-9]{0,6})[0-9][0-9.,]*\s?(?:trillion|billion|million|thousand|crore|lakh|tn|bn|mn|m|b|k|[千百]?[萬万][億亿]?|[千百]?[億亿])?((?: ?[^0-9]{1,16})?)",
    re.IGNORECASE,
)
"""What stands in front of a figure's number, and behind its magnitude: HK$, yuan, 元, 股."""
_POINTS: dict[Script | None, str] = {"Hant": "個百分點", "Hans": "个百分点", None: "个百分点"}
_FEWEST, _MOST = 2, 12


def say(result: Interval, claim: Claim, script: Script | None) -> str:
    """A recomputed value in place of a printed figure: as many digits as that has, in the article's language."""
    digits = max(_digits(claim.found), _FEWEST)
    value = _significant(result.middle, digits)
    shape = _PRINTED.fullmatch(claim.found.text)
    if claim.found.unit == "pct" and (spelled := _SPELLED.search(claim.found.text)) is not None:
        return f"{_plain(value)}{spelled[0]}"
    if shape is None or claim.found.unit not in {"currency", "shares"} or claim.found.currency == "GBX":
        return _put(value, claim.found, script)
    step, word = _step(value, _steps(claim.found, script, chinese=claim.found.lang == "zh"))
    noun = " shares" if claim.found.unit == "shares" and claim.found.lang == "en" and not shape[2] else ""
    return f"{shape[1]}{_plain(value / step)}{word}{shape[2]}{noun}"


_SPELLED = re.compile(r"[ -]per ?cent$")
"""Percent in words, as the figure has it."""


def told(result: Interval, claim: Claim) -> str:
    """Where a recomputed value lies, in English: "HK$473.22 million to HK$473.27 million"."""
    digits = max(_digits(claim.found) + 1, 4)
    low, high = (_put(_significant(v, digits), claim.found, None, english=True) for v in (result.low, result.high))
    return low if low == high else f"{low} to {high}"


def shown(claim: Claim) -> str:
    """A printed figure in a working: 2,017,500, HK$234.57, 7.02%."""
    return _put(claim.found.number, claim.found, None, english=True, whole=True)


def _put(value: Decimal, found: Found, script: Script | None, *, english: bool = False, whole: bool = False) -> str:
    chinese = found.lang == "zh" and not english
    units = {"pct": "%", "pp": _POINTS[script] if chinese else " percentage points", "x": "倍" if chinese else " times"}
    if found.currency == "GBX":
        return f"{_plain(value)}{'便士' if chinese else 'p'}"
    if found.unit in units:
        return f"{_plain(value)}{units[found.unit]}"
    steps = _steps(found, script, chinese=chinese)
    if whole and (found.unit == "shares" or value < 10**6):
        steps = ((Decimal(1), ""),)
    step, word = _step(value, steps)
    number = f"{_plain(value / step)}{word}"
    if found.unit == "currency":
        return _money(number, found, script, chinese=chinese)
    noun = "" if found.unit != "shares" else "股" if chinese else "" if whole else " shares"
    return f"{number}{noun}"


def _step(value: Decimal, steps: tuple[tuple[Decimal, str], ...]) -> tuple[Decimal, str]:
    """The largest magnitude that a value reaches."""
    return next(((s, w) for s, w in steps if value >= s), steps[-1])


def _steps(found: Found, script: Script | None, *, chinese: bool) -> tuple[tuple[Decimal, str], ...]:
    if chinese:
        return _HANT if script == "Hant" else _HANS
    return _INDIAN if found.currency == "INR" else _WESTERN


def _money(number: str, found: Found, script: Script | None, *, chinese: bool) -> str:
    if chinese:
        return number + (_WORDS_HANT if script == "Hant" else _WORDS_HANS).get(found.currency or "", "元")
    return _SIGNS.get(found.currency or "", f"{found.currency} " if found.currency else "") + number


def _plain(value: Decimal) -> str:
    """With thousands separators and without noughts behind the point that nobody printed."""
    text = format(value, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: Decimal, digits: int) -> Decimal:
    if not value:
        return value
    with localcontext(prec=PRECISION):
        return value.quantize(Decimal((0, (1,), value.adjusted() - min(digits, _MOST) + 1)), rounding=ROUND_HALF_EVEN)


def _digits(found: Found) -> int:
    """How many digits of a figure are printed."""
    if not found.half or not found.value:
        return 4
    return max(found.value.adjusted() - (2 * found.half).adjusted() + 1, 1)
