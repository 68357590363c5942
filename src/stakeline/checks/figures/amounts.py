"""Amounts in Latin digits: each number with the currency, magnitude and unit printed around it."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from stakeline.checks.figures import noise, units
from stakeline.checks.figures.nouns import noun
from stakeline.checks.figures.numbers import Reading, latin, plain
from stakeline.model.claims import Approx, Unit

_RUN = re.compile(r"[0-9][0-9,.]*")
_STRAY = re.compile(r" (\.) ?([0-9]{1,2})(?![0-9,.])|(\.) ([0-9]{1,2}) ?(?=%)| (,)([0-9]{3})(?![0-9,])")
_SPACED = re.compile(r"([0-9]{1,3}(?: [0-9]{3}){1,4})(?= (?:[A-Z] |ordinary |common |new |preference )?shares?\b)")
"""Groups of three behind blanks, as papers of South Africa and Europe print them."""
_IN_A_ROW = re.compile("(?<=[0-9] )[0-9]{1,3} [0-9]")
"""A small number among others of a row: it has neither currency nor unit."""
_TAG = re.compile(r"\.[A-Z]{2}\)$")
_STROKE = re.compile(r"/[0-9]{1,4}\.[0-9]")
_MORE = re.compile(r" ?([0-9][0-9,.]{0,12}) ?(千萬|千万|百萬|百万|萬|万|億|亿)")
_GARBLED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){0,4},[0-9]{4,5}(?:,[0-9]{3}){0,4}")
_HALF = Decimal("0.5")
_CENT = Decimal("0.01")
_WAN = Decimal(10000)
_LONGEST_BEFORE = 12
_EACH = re.compile(r"(?i:dividend|per share|a share|earnings|interim)")
_ROOM = 60
"""How near to a number such words show that its "c" means cents."""
_PER_SHARE = 16
"""Characters in front of a number in which words say that it is for each share."""
_FEW = 100
"""Fewer persons, companies or times than this are no figure of a claim."""


class Draft(msgspec.Struct):
    """A figure while it is put together. start, end: in the plain text; unit None until its surroundings settle it.

    number: where its digits stand; scale: the magnitude printed; front: whether its currency stands before it;
    step: the size of its last printed digit, magnitude included; loose: a single letter is all that speaks for it: 18m.
    """

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    step: Decimal
    scale: Decimal = Decimal(1)
    unit: Unit | None = None
    currency: str | None = None
    front: bool = False
    approx: Approx | None = None
    noun: str | None = None
    bound: Literal["low", "high"] | None = None
    bracket: bool = False
    word: bool = False
    growth: bool = False
    loose: bool = False

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return self.step * _HALF

    def times(self, factor: Decimal) -> None:
        """Takes a magnitude."""
        self.value *= factor
        self.step *= factor
        self.scale *= factor


def amounts(text: str, taken: list[tuple[int, int]]) -> list[Draft]:
    """Every number in digits that is no code, rank, time or span of time, in order.

    taken: stretches in order that hold none (days, addresses). A draft without a unit may still turn out to be none.
    """
    found: list[Draft] = []
    floor = at = 0
    for run in _RUN.finditer(text):
        while at < len(taken) and taken[at][1] <= run.start():
            at += 1
        if run.start() < floor or _is_of_row(text, run.start()):
            continue
        stop = taken[at][0] if at < len(taken) else len(text)
        if stop < run.end():
            continue
        sign = _sign(text, floor, run)
        for reading in _readings(text, run.start(), run[0], money=sign is not None):
            start, end = run.start() + reading.start, run.start() + reading.end
            front = sign if reading.start == 0 else None
            row = _row(text, found, start, end, front)
            if start < floor or (not row and noise.is_name(text, front.start() if front is not None else start, end)):
                continue
            draft = _amount(text, start, end, reading, front)
            if draft is not None and row and front is None:
                draft.unit, draft.currency = "currency", found[-1].currency
            if draft is not None and draft.end <= max(stop, draft.number[1]):
                found.append(draft)
                floor = draft.end
    return found


def _is_of_row(text: str, start: int) -> bool:
    """Whether a run of digits is one of a row of bare numbers, and no group of a larger one: this keeps long rows cheap."""
    return _IN_A_ROW.match(text, start) is not None and _SPACED.match(text, start) is None


def _sign(text: str, floor: int, run: re.Match[str]) -> re.Match[str] | None:
    """The currency in front of a run of digits; the "$" that closes the tag of an issuer, "$NAME (00700.HK)$", is none."""
    sign = units.CURRENCY_BEFORE.search(text, max(run.start() - _LONGEST_BEFORE, floor), run.start())
    if sign is None or (sign[0] == "$" and _TAG.search(text, max(sign.start() - 6, 0), sign.start())):
        mark = units.CENT_SIGN.search(text, max(run.start() - 4, floor), run.start())
        if mark is not None:
            return mark
        letter = units.LETTER_BEFORE.search(text, max(run.start() - 2, floor), run.start())
        if letter is not None and ("," in run[0].rstrip(",") or units.MAGNITUDE.match(text, run.end())):
            return letter
        home = units.HOME_LETTER.search(text, max(run.start() - 2, floor), run.start())
        if home is not None and _is_at_home(text, home[0]):
            return home
        mark = units.CENT_MARK.search(text, max(run.start() - 4, floor), run.start())
        return mark if mark is not None and units.CENT_BEHIND.match(text, run.end()) else None
    return sign


@lru_cache(maxsize=len(units.HOMES))
def _is_at_home(text: str, letter: str) -> bool:
    return units.HOMES[letter].search(text) is not None


def _row(text: str, found: list[Draft], start: int, end: int, sign: re.Match[str] | None) -> bool:
    """Whether an amount stands in a row of them that strokes part: 港幣0.40/0.50/0.61."""
    if "." not in text[start:end]:
        return False
    if sign is not None:
        return _STROKE.match(text, end) is not None
    return bool(found) and found[-1].unit == "currency" and text[found[-1].end : start] == "/"


def _readings(text: str, start: int, run: str, *, money: bool) -> list[Reading]:
    """The numbers in a run that begins at start. A stray blank before a point or comma is mended."""
    stray = _STRAY.match(text, start + len(run.rstrip(",."))) if len(run) <= _LONGEST_BEFORE else None
    if stray is not None and "." not in run.rstrip("."):
        whole = latin(run.rstrip(",."), money=False)
        if len(whole) == 1:
            sign, rest = (part for part in stray.groups() if part)
            value, step = plain(f"{run.rstrip(',.')}{sign}{rest}")
            return [Reading(0, text.index(rest, stray.start(), stray.end()) + len(rest) - start, value, step)]
    spaced = _SPACED.match(text, start) if len(run) <= 3 else None
    if spaced is not None:
        value, step = plain(spaced[1].replace(" ", ""))
        return [Reading(0, spaced.end(1) - start, value, step)]
    found = latin(run, money=money)
    return [_whole(run.rstrip(",."))] if len(found) > 1 and _is_garbled(text, start, run.rstrip(",.")) else found


def _is_garbled(text: str, start: int, run: str) -> bool:
    """Whether groups that fit no way of printing are one number none the less: 2,5788,448 shares; 1,2592億日元."""
    if _GARBLED.fullmatch(run) is None:
        return False
    return run.count(",") > 1 or units.HAN_MAGNITUDE.match(text, start + len(run)) is not None


def _whole(run: str) -> Reading:
    """A run read as one number, its digits as they are printed."""
    return Reading(0, len(run), *plain(run))


def _amount(text: str, start: int, end: int, reading: Reading, sign: re.Match[str] | None) -> Draft | None:
    """One number with what belongs to it, or None where it is no figure. sign: the currency in front of it."""
    draft = Draft(start=start, end=end, number=(start, end), value=reading.value, step=reading.step)
    if sign is not None and text[max(sign.start() - 1, 0)] in "兑兌对對" and sign[0][0] > "\u2fff":
        yuan = units.CURRENCY_AFTER.match(text, end)  # 英镑兑美元1.1850: a rate of exchange
        draft.unit, draft.end = "x", yuan.end() if yuan is not None else end
        return draft
    if sign is not None and (country := sign[0].rstrip("¢ ")) in {*units.CENT_MARKS, ""}:
        draft.start, draft.unit = sign.start(), "currency"
        draft.currency = units.CENT_MARKS.get(country, units.LOCAL_CENT)
        cents = units.CENT_BEHIND.match(text, end)
        draft.end = cents.end() if cents is not None else end
        draft.times(_CENT)
        return draft
    if sign is not None:
        draft.start, draft.currency, draft.unit, draft.front = sign.start(), units.before(sign[0]), "currency", True
    elif noise.is_span(text, start, end):
        return None
    letter = _magnitude(text, draft)
    _unit(text, draft)
    if draft.unit is None and draft.end == end and noise.is_bare_name(text, start, end):
        return None
    draft.loose = draft.unit is None and letter and noun(text, draft.end) is None
    return draft


def _magnitude(text: str, draft: Draft) -> bool:
    """Takes the magnitude behind a number. True where it is a single letter, which needs a unit beside it."""
    match = units.MAGNITUDE.match(text, draft.end)
    if match is None and draft.front:
        match = units.LETTER_APART.match(text, draft.end)
    if match is None:
        return False
    word = match[0]
    if "多" in word or "餘" in word or "余" in word:
        draft.approx = "over"
    draft.times(units.magnitude(word))
    draft.end = match.end()
    more = _MORE.match(text, draft.end) if units.AFTER_LARGE.search(word) else None
    if more is not None and units.magnitude(more[2]) < units.magnitude(word):
        smaller = latin(more[1], money=False)
        if len(smaller) == 1:
            factor = units.magnitude(more[2])
            draft.value += smaller[0].value * factor
            draft.step = smaller[0].step * factor
            draft.end = more.end()
    _units_more(text, draft)
    return word.strip().lower() in units.ONE_LETTER


def _units_more(text: str, draft: Draft) -> None:
    """Takes the thousands behind whole ten thousands: 52萬2500股."""
    more = units.UNITS_MORE.match(text, draft.end) if draft.step == _WAN and text[draft.end - 1] in "萬万" else None
    if more is not None:
        value, draft.step = plain(more[1])
        draft.value += value
        draft.end = more.end()


def _unit(text: str, draft: Draft) -> None:
    """Takes the unit behind a number and its magnitude."""
    at = draft.end
    if draft.unit == "currency":
        _money_twice(text, draft)
        return
    for pattern, unit, factor in _RATIOS:
        match = pattern.match(text, at)
        if match is not None:
            draft.unit, draft.end = unit, match.end()
            draft.times(factor)
            draft.scale /= factor
            draft.approx = "over" if set("多餘余") & set(match[0]) else draft.approx
            return
    money = units.CURRENCY_AFTER.match(text, at)
    if money is not None:
        draft.unit, draft.currency, draft.end = "currency", units.after(money[0]), money.end()
        _cents_more(text, draft)
        return
    if units.PER_SHARE_HAN.search(text, max(draft.start - _PER_SHARE, 0), draft.start):
        _cent(text, draft)
    if draft.unit is not None:
        return
    cents = units.CENTS_AFTER.match(text, at)
    if cents is None and _EACH.search(text, max(at - _ROOM, 0), at + _ROOM):
        cents = units.CENT_LETTER.match(text, at)
    if cents is not None:
        draft.unit, draft.currency, draft.end = "currency", units.cents(cents[0]), cents.end()
        draft.times(_CENT)
        return
    _han_count(text, draft)


def _cents_more(text: str, draft: Draft) -> None:
    """Takes the cents that follow a whole amount: 5令吉85仙."""
    more = units.CENTS_MORE.match(text, draft.end) if draft.step == 1 else None
    if more is not None:
        value, step = plain(more[1])
        draft.value += value * _CENT
        draft.step = step * _CENT
        draft.end = more.end()


def _money_twice(text: str, draft: Draft) -> None:
    """What stands behind an amount with its currency in front: the currency once more, "HK$1.2億港元", or its hundredth, 分."""
    doubled = units.CURRENCY_AFTER.match(text, draft.end)
    if doubled is not None and doubled[0] != "p":
        named = units.after(doubled[0])
        draft.end = doubled.end()
        draft.currency = named if draft.currency in units.LOCAL and named not in units.LOCAL else draft.currency
    elif text[draft.start] > "\u2fff":
        _cent(text, draft)


def _cent(text: str, draft: Draft) -> None:
    """Takes the hundredth of a currency behind a number, 分."""
    cent = units.HAN_CENT.match(text, draft.end)
    if cent is not None:
        if draft.unit is None:
            draft.unit, draft.currency = "currency", units.LOCAL_YUAN
        draft.end = cent.end()
        draft.times(_CENT)


def _han_count(text: str, draft: Draft) -> None:
    """Takes a Chinese word for shares, or for what else is counted."""
    shares = units.SHARES_HAN.match(text, draft.end)
    if shares is not None:
        if draft.value >= _FEW or not units.STOCKS_HAN.match(text, draft.end):
            draft.unit, draft.end, draft.noun = "shares", shares.end(), shares[0].strip()
        return
    counted = units.COUNT_HAN.match(text, draft.end)
    word = counted[0].strip() if counted is not None else ""
    few = word in units.LOOSE_COUNT and draft.value < _FEW
    if counted is not None and not few:
        draft.unit, draft.end, draft.noun = "count", counted.end(), word


_RATIOS: tuple[tuple[re.Pattern[str], Unit, Decimal], ...] = (
    (units.BASIS_POINTS, "pp", Decimal("0.01")),
    (units.POINTS, "pp", Decimal(1)),
    (units.PERCENT, "pct", Decimal(1)),
    (units.PER_MILLE, "pct", Decimal("0.1")),
    (units.TIMES, "x", Decimal(1)),
    (units.TENTHS, "pct", Decimal(10)),
)
