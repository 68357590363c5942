"""Why a percentage moved, and on what that reading rests.

TRADE: the notice says that shares were bought or sold, and the totals moved that way. DILUTION and BUY_BACK: the share
count stayed and the percentage moved, so the shares in issue did. CONVERSION: the notice's own words say so. Else UNKNOWN.
"""

import re

from stakeline.events.printed import change_sign, percent_span, trade_sign
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Cause, Entry, Stake

_LONGEST_TEXT = 20_000

_NEAR = r"[^.。;；]{0,60}"
_SHARES = r"(?:shares?|stock|class|notes?|bonds?|debentures?)"
_CONVERT = r"conver(?:sion|ted|ting)\b(?!\s+(?:price|rate|ratio|right|period))"
_CONVERSION = re.compile(
    rf"\b{_CONVERT}{_NEAR}\b{_SHARES}\b|\b{_SHARES}\b{_NEAR}\b{_CONVERT}"
    r"|(?:轉換|转换|兌換|兑换|轉為|转为|轉股|转股).{0,20}[股債债]|[股債债].{0,20}(?:轉換|转换|兌換|兑换|轉為|转为|轉股|转股)",
    re.IGNORECASE,
)
"""A conversion of shares, notes or bonds, told as done: the word and what is converted within one sentence. A convertible
bond that is merely mentioned, its conversion price or rate, and amounts of money converted do not count."""

_DENIED = re.compile(r"\b(?:no|not|none|never|without|if|unless|before|upon full|assuming)\b|[未不若如]", re.IGNORECASE)
_DENIAL_REACH = 24


def says_conversion(text: str | None) -> bool:
    """True where the words of a notice say that shares, notes or bonds were converted, and nothing just before denies it."""
    if not text:
        return False
    text = text[:_LONGEST_TEXT]
    for found in _CONVERSION.finditer(text):
        before = text[max(0, found.start() - _DENIAL_REACH) : found.start()]
        if not _DENIED.search(before) and not _DENIED.search(found.group()):
            return True
    return False


def cause_of(entry: Entry, leg: Leg, earlier: Entry | None) -> tuple[Cause, str]:
    """The cause of an entry's change and what it rests on.

    earlier: the entry to compare with where this one tells no total before its event.
    """
    sign, wrong = trade_sign(entry, leg)
    before = entry.before if entry.before.told or earlier is None else earlier.after
    if wrong:
        return Cause.UNKNOWN, wrong
    if sign is not None:
        return _trade(entry, sign, before, earlier)
    if says_conversion(entry.text) or says_conversion(entry.told):
        return Cause.CONVERSION, "the notice's own words say that shares were converted"
    moved = _denominator(entry, before)
    if moved is not None:
        return moved
    if entry.code:
        return Cause.UNKNOWN, f"code {entry.code} does not say that shares were bought or sold"
    return Cause.UNKNOWN, "the notice does not say how it came about"


def _trade(entry: Entry, sign: int, before: Stake, earlier: Entry | None) -> tuple[Cause, str]:
    """A notified purchase or sale; where only an earlier notice's total is there to compare with, it must fit too."""
    filed = f"code {entry.code}" if entry.code else f"the source's word {entry.told!r}"
    says = f"{filed} says that shares were {'bought' if sign > 0 else 'sold'}"
    change = change_sign(before, entry.after)
    if change is None:
        return Cause.TRADE, says
    if entry.before.told or earlier is None:
        return Cause.TRADE, f"{says}, and the totals before and after fit"
    if change == sign:
        return Cause.TRADE, f"{says}, and the total moved that way since the notice of {earlier.day}"
    return (
        Cause.UNKNOWN,
        f"{says}, but the total did not move that way since the notice of {earlier.day}: more moved unseen",
    )


def _denominator(entry: Entry, before: Stake) -> tuple[Cause, str] | None:
    """Dilution or buy-back: no shares of the holder moved and the percentage did."""
    first, last = before.percent, entry.after.percent
    if first is None or last is None or first.number == last.number:
        return None
    count = entry.after.shares
    if count is not None and before.shares is not None:
        if change_sign(before, entry.after) != 0:
            return None
        why = f"the share count stayed at {count.number:,f}"
    elif entry.before.told and entry.moved is not None and entry.moved.bounds() == Interval.exact(0):
        why = "the notice says that no shares were involved"
    else:
        return None
    if percent_span(first).meet(percent_span(last)) is not None:
        why += " (to within the rounding of the printed percentages)"
    if last.number < first.number:
        return Cause.DILUTION, f"{why} while the percentage fell from {first.number} to {last.number}: the class grew"
    return Cause.BUY_BACK, f"{why} while the percentage rose from {first.number} to {last.number}: the class shrank"
