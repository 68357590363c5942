"""Cells of a fact table: text to numbers, days and moments, strictly. What does not fit is `Unfit`, with the column."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stakeline.model.errors import UsageError
from stakeline.model.moments import parse_day, parse_moment
from stakeline.model.numbers import Number

HOME_ZONE = "Asia/Hong_Kong"
LONGEST_CELL = 2_000
_DIGITS = 30
"""Digits of the longest number taken in: a product of two stays within `model.numbers.PRECISION`."""

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ROUND_TAIL = 3
"""Zeros at the end of a holding from which on it may be a rounded figure."""


class Unfit(Exception):
    """A cell that keeps its row from being taken in. column, found: where and what; the text says why and what to do."""

    def __init__(self, column: str, found: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.found = found


class Remark(Unfit):
    """A row that says nothing and is left out without loss."""


class Cells:
    """One row by column. Every method but `needed` gives None for a blank or missing cell."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def text(self, column: str) -> str | None:
        """The cell's words with single spaces."""
        raw = self._cells.get(column, "")
        if len(raw) > LONGEST_CELL:
            raise Unfit(column, raw, f"{len(raw)} characters; shorten it to {LONGEST_CELL}")
        text = " ".join(raw.split())
        if not text.isprintable():
            raise Unfit(column, raw, "it holds characters that cannot be printed; take them out")
        return text or None

    def needed(self, column: str, what: str) -> str:
        """The words of a cell that must not be blank. what: what to write there."""
        text = self.text(column)
        if text is None:
            raise Unfit(column, "", f"it is blank; write {what}")
        return text

    def word(self, column: str, allowed: tuple[str, ...]) -> str | None:
        """One of a few words."""
        text = self.text(column)
        if text is not None and text not in allowed:
            raise Unfit(column, text, f"write {', '.join(allowed)}, or leave it blank")
        return text

    def number(self, column: str, *, low: int | None = None, high: int | None = None) -> Decimal | None:
        """A plain number: digits with a decimal point, no separators, no exponent, no currency sign."""
        text = self.text(column)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text) or sum(c.isdigit() for c in text) > _DIGITS:
            raise Unfit(
                column, text, f"not a plain number of at most {_DIGITS} digits; write it like 1415343000 or -14.3"
            )
        value = Decimal(text)
        if (low is not None and value < low) or (high is not None and value > high):
            raise Unfit(
                column, text, f"not {'at least' if high is None else 'between'} {low}{f' and {high}' if high else ''}"
            )
        return value

    def count(self, column: str) -> Decimal | None:
        """A whole number that is not negative."""
        value = self.number(column, low=0)
        if value is not None and value != value.to_integral_value():
            raise Unfit(column, str(value), "a number of shares is a whole number")
        return value

    def precision(self, column: str) -> Decimal | None:
        """Size of the last digit printed; None where the figure is exact."""
        value = self.number(column, low=0)
        if value is not None and not value:
            raise Unfit(
                column, "0", "the size of the last printed digit is above zero; leave it blank if the figure is exact"
            )
        return value

    def printed(self, column: str, *, low: int = 0, high: int | None = None) -> Number | None:
        """A figure that is as fine as its printed digits: a percentage, an average price."""
        value = self.number(column, low=low, high=high)
        return None if value is None else Number(value, last_digit(value))

    def shares(self, column: str, *, may_be_rounded: bool = False) -> Number | None:
        """A number of shares, with its precision from the column named like it with "_unit" behind.

        may_be_rounded: where that column is blank, a count that ends in three or more zeros counts as rounded to them.
        """
        value = self.count(column)
        unit = self.precision(f"{column}_unit")
        if value is None:
            return None
        if unit is None and may_be_rounded:
            zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
            unit = Decimal(10**zeros) if value and zeros >= _ROUND_TAIL else None
        return Number(value, None if unit == 1 else unit)

    def day(self, column: str) -> date | None:
        """A day written 2022-11-15."""
        text = self.text(column)
        return None if text is None else as_day(column, text)

    def currency(self, column: str) -> str | None:
        """An ISO code of three capital letters."""
        text = self.text(column)
        if text is not None and not _CURRENCY.fullmatch(text):
            raise Unfit(column, text, "write the currency's ISO code, like HKD")
        return text

    def zone(self) -> str:
        """The time zone in which the days of publication are meant."""
        zone = self.text("zone") or HOME_ZONE
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):  # unknown; malformed; a folder of the zone data
            raise Unfit("zone", zone, "no such time zone; write it like Asia/Hong_Kong") from None
        return zone

    def moment(self, column: str) -> datetime | None:
        """Since when something was public: a day (then: the end of it in the row's zone) or a moment."""
        text = self.text(column)
        if text is None:
            return None
        try:
            if _MOMENT.fullmatch(text):
                return parse_moment(text, self.zone())
        except UsageError:
            pass
        raise Unfit(column, text, "not a day or moment; write it like 2022-11-14 or 2022-11-14T16:30+08:00")

    def known(self) -> tuple[datetime, str]:
        """Since when the row was public and how that is known. Both must be given: without them nothing can be dated."""
        self.needed("known_from", "since when it was public, like 2022-11-14")
        basis = self.needed("known_basis", 'how that is known, like "report of that day"')
        moment = self.moment("known_from")
        assert moment is not None  # noqa: S101 - needed() has seen to it
        return moment, basis

    def sources(self, column: str = "cites") -> tuple[str, ...]:
        """Sources, separated by semicolons."""
        parts = (part.strip() for part in (self.text(column) or "").split(";"))
        return tuple(part for part in parts if part)


def as_day(column: str, text: str) -> date:
    """A day written 2022-11-15, from the years 1900 to 2199."""
    try:
        if _DAY.fullmatch(text):
            return parse_day(text)
    except UsageError:
        pass
    raise Unfit(column, text, "not a day; write it like 2022-11-15")


def last_digit(value: Decimal) -> Decimal:
    """The size of a number's last digit as it was written (0.01 for 8.74)."""
    exponent = value.as_tuple().exponent
    return Decimal((0, (1,), min(exponent, 0) if isinstance(exponent, int) else 0))
