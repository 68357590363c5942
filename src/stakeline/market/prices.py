"""The prices around an event: which price each figure is, and from which day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from stakeline.model.cited import Cite, agreed, change
from stakeline.model.context import Prices
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.rows import Row
from stakeline.reading.factvocabulary import PRICES

_LONGEST_BREAK = timedelta(days=10)
"""Days between two trading days of an unbroken series: the longest holidays of the exchanges with weekends around them."""

Series = dict[date, list[Row[Fact]]]


def prices(rows: Iterable[Row[Fact]], cite: Cite, *, event_day: date, on: date) -> Prices:
    """Price context of one security at the end of the day `on`.

    rows: facts of one security, as known at the moment asked; facts of later days are left out here. A day's figure of
    which nothing is known stays None.
    """
    rows = list(rows)
    listed = _listed(rows, on, cite)
    start = listed.when() if listed else None
    days = {name: _by_day(rows, f"price.{name}", start, on) for name in PRICES}
    last = max(days["close"], default=None)
    close = _of(days["close"], last, cite)
    offer = _of(days["offer"], max(days["offer"], default=None), cite)
    record_high = _record(days["record_high"], days["high"], start, last, cite)
    record_close = _record(days["record_close"], days["close"], start, last, cite)
    record = record_high or record_close
    return Prices(
        listed=listed,
        offer=offer,
        record_high=record_high,
        record_close=record_close,
        event_low=_of(days["low"], event_day, cite),
        event_high=_of(days["high"], event_day, cite),
        last_close=close,
        last_low=_of(days["low"], last, cite),
        last_high=_of(days["high"], last, cite),
        from_offer=_moved(offer, close),
        from_record=_moved(record, close),
    )


def _by_day(rows: list[Row[Fact]], measure: str, start: date | None, on: date) -> Series:
    """Facts of one measure by day: none after `on`, none before the listing (the code may have been another's)."""
    series: Series = {}
    for row in rows:
        if row.body.measure == measure and row.body.period is not None and row.body.number is not None:
            day = date.fromisoformat(row.body.period)
            if (start is None or start <= day) and day <= on:
                series.setdefault(day, []).append(row)
    return series


def _of(series: Series, day: date | None, cite: Cite) -> Figure | None:
    return agreed(series.get(day, []), cite) if day else None


def _listed(rows: list[Row[Fact]], on: date, cite: Cite) -> Figure | None:
    """The first day of trading, if it is not after `on`."""
    figure = agreed([row for row in rows if row.body.measure == "listing.date"], cite)
    return figure if figure and figure.when() <= on else None


def _record(told: Series, series: Series, start: date | None, last: date | None, cite: Cite) -> Figure | None:
    """The highest price since listing: by a source that no known price contradicts, else by an unbroken series."""
    said, highest = (_of(days, _peak(days), cite) for days in (told, series))
    if said is not None and (highest is None or highest.number <= said.number):
        return said
    if highest is None or start is None or last is None or not _unbroken(series, start, last):
        return None
    formula = f"highest of {len(series)} days from {min(series)} to {max(series)}, each by its {highest.basis}"
    basis = f"{highest.basis}, the highest since listing"
    return derive(
        formula, (highest,), highest.bounds(), unit="currency", basis=basis, day=highest.day, currency=highest.currency
    )


def _peak(series: Series) -> date | None:
    """The day of the highest price, the first of several."""
    top = {day: max(row.body.number.value for row in rows if row.body.number) for day, rows in series.items()}
    return max(sorted(top), key=lambda day: top[day], default=None)


def _unbroken(series: Series, start: date, last: date) -> bool:
    """True where the series begins on the first day of trading, reaches the last, and leaves no gap between."""
    days = sorted(series)
    near = all(b - a <= _LONGEST_BREAK for a, b in pairwise(days))
    return days[0] == start and days[-1] >= last and near


def _moved(before: Figure | None, close: Figure | None) -> Figure | None:
    """Percent from an earlier price to the last close."""
    if before is None or close is None or before.currency != close.currency:
        return None
    return change(before, close, basis=f"from the {before.basis} to the {close.basis} of {close.day}")
