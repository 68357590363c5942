"""In which unit the values of a Form 13F are, and whether its rows are what its cover declares.

The form asked for thousands of dollars until it changed on 3 January 2023 and asks for dollars since (SEC Release 34-95148 of 23 June 2022).
What counts is the form in use on the day of filing, not the quarter; filers err, in both directions. So the rows are asked, too: what one
share of each security would cost. Nothing is rescaled: the unit stands beside the values as filed, with how it is known.
"""

from datetime import date
from typing import NamedTuple

from stakeline.model.portfolios import HoldingTable, Portfolio
from stakeline.model.problems import Problem, Severity

DOLLARS_SINCE = date(2023, 1, 3)
THOUSANDS, DOLLARS = 1_000, 1
ENOUGH = 10
"""Securities from which their prices can speak against the form."""
FEW = 5
"""Securities from which they can where they speak with one voice, and far from every price that there is."""
DEAR = 10
"""Dollars a share that, read as thousands, would be 10,000: one share in some thousands is so dear."""
_CLEAR = (1, 5)
"""At most one in five may say otherwise."""
_WORDS = {THOUSANDS: "thousands of dollars", DOLLARS: "dollars"}


class Unit(NamedTuple):
    """Dollars that 1 in the value column means (None: not known), how that is known, and what speaks against it."""

    dollars: int | None
    basis: str | None
    doubt: str | None = None


class _Votes(NamedTuple):
    """Securities of which shares are held, and how many would cost less than a dollar, or more than `DEAR`, if values were dollars."""

    all: int
    cheap: int
    dear: int


def unit(table: HoldingTable | None, filed: date | None, signed: date | None, period: date | None) -> Unit:
    """The unit of a table's values. filed, signed: the days of filing and signature; period: the quarter's end."""
    asked, why = _asked(filed, signed, period)
    if table is None:
        return Unit(None, None)
    votes = _votes(table)
    seen = _seen(votes)
    prices = (
        f"{votes.cheap:,} of {votes.all:,} securities would cost less than a dollar a share if the values were dollars"
    )
    if asked is None:
        doubt = "neither the day of filing nor that of signature is told" + (
            "" if seen else f", and prices do not tell: {prices}"
        )
        return Unit(seen, f"{_WORDS[seen]} by the prices of shares: {prices}" if seen else None, doubt)
    if seen is None:
        against = votes.all and (votes.cheap * 2 > votes.all) != (asked == THOUSANDS)
        return Unit(asked, f"{_WORDS[asked]}: {why}", f"{prices}, which is too little to tell" if against else None)
    if seen == asked:
        return Unit(asked, f"{_WORDS[asked]}: {why}; prices of shares agree")
    return Unit(
        seen,
        f"{_WORDS[seen]} by the prices of shares: {prices}",
        f"{why}, which asks for {_WORDS[asked]}: the filer erred",
    )


def _asked(filed: date | None, signed: date | None, period: date | None) -> tuple[int | None, str]:
    """What the form asked for on the day of filing, and how that day is known."""
    day, how = (filed, "filed") if filed else (signed, "signed")
    if day is None and period is not None and period >= date(2022, 12, 31):
        return DOLLARS, f"of a quarter that ended on {period}, and so filed under the form of 3 January 2023"
    if day is None:
        return None, ""
    form = "of 3 January 2023" if day >= DOLLARS_SINCE else "before 3 January 2023"
    return (DOLLARS if day >= DOLLARS_SINCE else THOUSANDS), f"{how} on {day} under the form {form}"


def _votes(table: HoldingTable) -> _Votes:
    """One vote for each security, by its last row of shares; options and bonds have no price of a share.

    A row of which neither is told counts as shares, as nearly all are: many tables as text have no column for it.
    """
    kinds, options = table.column("amount_type"), table.column("put_call")
    held = {
        cusip: (value, amount)
        for cusip, value, amount, kind, option in zip(
            table.column("cusip"), table.column("value"), table.column("amount"), kinds, options, strict=True
        )
        if value and amount and kind in {"SH", None} and option is None
    }
    return _Votes(
        all=len(held),
        cheap=sum(value < amount for value, amount in held.values()),
        dear=sum(value > DEAR * amount for value, amount in held.values()),
    )


def _seen(votes: _Votes) -> int | None:
    """What the prices say, None where they do not say it clearly."""
    part, of = _CLEAR
    if votes.all >= ENOUGH:
        if votes.cheap * of <= votes.all * part:
            return DOLLARS
        return THOUSANDS if (votes.all - votes.cheap) * of <= votes.all * part else None
    if votes.all >= FEW and votes.cheap == votes.all:
        return THOUSANDS
    return DOLLARS if votes.all > 1 and votes.dear * 2 > votes.all else None


def differences(portfolio: Portfolio) -> list[Problem]:
    """Where rows and cover do not agree. Values of rows are rounded, each by half a unit at most; rows are not."""
    found: list[Problem] = []
    if portfolio.table is None:
        return found
    rows, total = portfolio.rows, portfolio.total()
    if portfolio.told_rows is not None and portfolio.told_rows != rows:
        message = f"the cover declares {portfolio.told_rows:,} rows, the table has {rows:,}"
        found.append(_difference("tableEntryTotal", str(portfolio.told_rows), message))
    told = portfolio.told_value
    if told is None or total is None or abs(told - total) <= rows // 2 + 1:
        return found
    message = f"the cover declares a value of {told:,}, the rows add up to {total:,}"
    for one, other, words in ((told, total, "the rows"), (total, told, "the cover")):
        if abs(one - other * THOUSANDS) <= THOUSANDS * (rows // 2 + 1):
            message += f": {words} may be in thousands where the other is in dollars; nothing was rescaled"
    found.append(_difference("tableValueTotal", str(told), message))
    return found


def _difference(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.NOTE, where=f"formData/summaryPage/{where}", found=found, message=message)
