"""Daily prices in the wide form of data vendors: date, open, high, low, close, volume."""

import re
from decimal import Decimal

from stakeline.model.facts import Fact
from stakeline.model.moments import end_of_day
from stakeline.model.numbers import Number
from stakeline.reading.factcells import Cells, Remark, Unfit, as_day
from stakeline.reading.factkinds import Bodies, Kind, columns_of
from stakeline.reading.factvocabulary import PRICES, kind_of

_ORDER = ("open", "high", "low", "close")
_MIDNIGHT = re.compile(r"[ T]00:00:00(?:\.0+)?(?:[+-][0-9]{2}:?[0-9]{2})?$")
_CODE_IN_NAME = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,5})[._ -]?HK(?![A-Za-z0-9])", re.IGNORECASE)
_YUAN_COUNTER = re.compile(r"8[0-9]{4}")
"""Codes of counters that do not trade in Hong Kong dollars (80020): their currency must be told."""


def read_row(cells: Cells) -> Bodies:
    """One day as up to four facts, public in the evening. Raises Unfit; Remark for a placeholder."""
    subject = _subject(cells)
    currency = cells.currency("currency")
    if currency is None:
        raise Unfit("currency", "", "it is blank; write the ISO code in which the prices are, like HKD")
    day = as_day("date", _MIDNIGHT.sub("", cells.needed("date", "the trading day, like 2022-11-15")))
    found = {name: cells.number(name, low=0) for name in _ORDER}
    prices = {name: value for name, value in found.items() if value is not None}
    _check(cells, prices)
    known = end_of_day(day, cells.zone())
    return [
        (
            Fact(
                subject=subject,
                measure=f"price.{name}",
                period=day.isoformat(),
                number=Number(value),
                unit="currency",
                currency=currency,
                basis=PRICES[name],
                known_from=known,
                known_basis="prices are public in the evening of the day",
                cites=cells.sources(),
            ),
            name,
        )
        for name, value in prices.items()
    ]


def _subject(cells: Cells) -> str:
    """The security's subject, from the column subject or the column code."""
    code = cells.text("code")
    if code is None:
        subject = cells.needed("subject", "the security, like hk:00020")
        if kind_of(subject) != "security":
            raise Unfit("subject", subject, "write a security, like hk:00020")
        return subject
    if not re.fullmatch("[0-9]{1,5}", code):
        raise Unfit("code", code, "a Hong Kong stock code has up to five digits; for others use the column subject")
    return f"hk:{code.zfill(5)}"


def _check(cells: Cells, prices: dict[str, Decimal]) -> None:
    """A day's prices must be above zero and in order; a day without trading and with one price four times has none."""
    if "close" not in prices:
        raise Unfit("close", "", "it is blank; a day without a closing price is no trading day, take the row out")
    for name, value in prices.items():
        if not value:
            raise Unfit(name, "0", "a price is above zero")
        if value > prices.get("high", value) or value < prices.get("low", value):
            raise Unfit(name, str(value), "it lies outside the day's low and high; one of them is wrong")
    if len(prices) == len(_ORDER) and len(set(prices.values())) == 1 and cells.number("volume") == 0:
        raise Remark(
            "close", str(prices["close"]), "no volume and four equal prices: a placeholder, not taken as a price"
        )


def defaults(columns: list[str], name: str) -> dict[str, str]:
    """The security and the currency from a vendor's file name (prices_0020HK_daily.csv, 0700.HK.csv)."""
    if "code" in columns:
        return {"subject": ""}
    match = _CODE_IN_NAME.search(re.split(r"[/\\!]", name)[-1])
    if match is None or "subject" in columns:
        return {}
    code = match[1].zfill(5)
    return {"subject": f"hk:{code}"} | ({} if _YUAN_COUNTER.fullmatch(code) else {"currency": "HKD"})


KIND = Kind(
    reader="facts/prices",
    columns={
        "date": "the trading day, like 2022-11-15",
        "close": "closing price",
        "open": "opening price",
        "high": "intraday high",
        "low": "intraday low",
        "volume": "shares traded",
        "subject": "the security, like hk:00020 (or name the file like prices_0020HK_daily.csv)",
        "code": "the Hong Kong stock code, instead of subject",
        "currency": "ISO code, like HKD",
        "zone": "time zone of the market",
        "cites": "who says so",
    },
    required=("date", "close", "subject", "currency"),
    ignored=("adj_close", "dividends", "stock_splits", "turnover", "amount"),
    boxes=columns_of({name: (name, PRICES[name]) for name in _ORDER}),
    read_row=read_row,
    defaults=defaults,
)
