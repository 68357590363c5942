"""Why a percentage moved, and on what that reading rests.

TRADE: the notice says that shares were bought or sold, and the totals moved that way. DILUTION and BUY_BACK: the share
count stayed and the percentage moved, so the shares in issue did, or the filer's own words say so. CONVERSION: the filer's
words say so, or two notices of one day are the two halves of one. Else UNKNOWN.
"""

from stakeline.events.printed import change_sign, filed_words, trade_sign, worked_back
from stakeline.model.cited import percent_span
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Cause, Deed, Entry, Stake
from stakeline.reading.supplement import says_conversion

_ISSUED = {Deed.DILUTION: Cause.DILUTION, Deed.BUY_BACK: Cause.BUY_BACK}
"""What the filer's words say of the shares in issue."""


def cause_of(entry: Entry, leg: Leg, earlier: Entry | None, *, clash: bool = False) -> tuple[Cause, str]:
    """The cause of an entry's change and what it rests on.

    earlier: the entry to compare with where this one tells no total before its event. clash: figures of the notice
    contradict one another, so that its totals bear nothing out.
    """
    sign, wrong = trade_sign(entry, leg)
    before = entry.before if entry.before.told or earlier is None else earlier.after
    if wrong:
        return Cause.UNKNOWN, wrong
    if sign is not None:
        return _trade(entry, sign, before, earlier, clash=clash)
    return _worded(entry) or _denominator(entry, before) or _otherwise(entry)


def _worded(entry: Entry) -> tuple[Cause, str] | None:
    """A conversion, by the filer's own words or by its other half in another class."""
    said = entry.said.deed if entry.said is not None else None
    if said is Deed.CONVERSION or (said is None and (says_conversion(entry.text) or says_conversion(entry.told))):
        return Cause.CONVERSION, "the notice's own words say that shares were converted"
    if entry.twin:
        return Cause.CONVERSION, (
            f"the notice {entry.twin} of the same day shows the same number of shares moving the other way in another"
            " class: read as the two halves of one conversion"
        )
    return None


def _otherwise(entry: Entry) -> tuple[Cause, str]:
    """Where no figure tells the cause: the filer's words on the shares in issue, else unknown and on what account."""
    if entry.said is not None:
        quoted = f"\u201c{entry.said.words}\u201d"
        cause = _ISSUED.get(entry.said.deed)
        if cause is not None and change_sign(entry.before, entry.after) in {0, None}:
            return cause, f"the notice's own words say so: {quoted}"
        return Cause.UNKNOWN, f"the notice's own words tell of a {entry.said.deed}: {quoted}"
    if entry.code:
        return Cause.UNKNOWN, f"code {entry.code} does not say that shares were bought or sold"
    return Cause.UNKNOWN, "the notice does not say how it came about"


def _trade(entry: Entry, sign: int, before: Stake, earlier: Entry | None, *, clash: bool) -> tuple[Cause, str]:
    """A notified purchase or sale; where only an earlier notice's total is there to compare with, it must fit too."""
    says = f"{filed_words(entry)} that shares were {'bought' if sign > 0 else 'sold'}"
    change = change_sign(before, entry.after)
    if change is None or worked_back(entry) or (entry.unlike and not entry.before.told):
        return Cause.TRADE, says
    if entry.before.told or earlier is None:
        return Cause.TRADE, says if clash else f"{says}, and the totals before and after moved the same way"
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
