"""Words for figures: the examples of the founding case, and that words read back hold the true value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.briefs import days, numerals
from stakeline.model.figures import Figure, derive
from stakeline.model.numbers import Interval

from .founding import money, number
from .reading import stands_for


def worked_out(low: Decimal, high: Decimal, unit: str = "shares", currency: str | None = None) -> Figure:
    source = number("1", unit, "source")
    return derive("from", (source,), Interval(low, high), unit=unit, basis="worked out", currency=currency)


def exactly(value: str, unit: str = "shares", currency: str | None = None) -> Figure:
    return worked_out(Decimal(value), Decimal(value), unit, currency)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0"),
        ("456789", "456,789"),
        ("80000000", "80 million"),
        ("12950321", "12.95 million"),
        ("2270533136", "about 2.27 billion"),
        ("2271000000", "2.271 billion"),
        ("33507412345", "33.51 billion"),
        ("-557400000", "557.4 million"),
        ("1.5", "1.5"),
    ],
)
def test_shares(value: str, words: str) -> None:
    assert numerals.amount(exactly(value)) == words


@pytest.mark.parametrize(
    ("value", "currency", "words"),
    [
        ("145520000", "HKD", "HK$145.52 million"),
        ("59978246000", "HKD", "HK$59.98 billion"),
        ("7663186339.51", "USD", "about US$7.66 billion"),
        ("12345.67", "EUR", "EUR 12,345.67"),
    ],
)
def test_money(value: str, currency: str, words: str) -> None:
    assert numerals.amount(exactly(value, "currency", currency)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1415343000", "RMB 1,415 million"),
        ("-934043000", "RMB 934.0 million"),
        ("120800000", "RMB 120.8 million"),
        ("-12561582.98", "RMB 12.56 million"),
        ("554552000000", "RMB 554,552 million"),
        ("554552400000", "RMB 554,552 million"),
        ("999", "RMB 999"),
    ],
)
def test_results_stay_in_million(value: str, words: str) -> None:
    assert numerals.in_millions(exactly(value, "currency", "CNY")) == words


def test_a_base_is_exact() -> None:
    assert numerals.base_count(exactly("25978640000")) == "25,978.64 million"


def test_what_was_read_is_printed_as_read() -> None:
    filed = number("9.05", "pct", "of the class", rounded_to="0.01")
    assert numerals.percent(filed, decimals=1, at_least=2) == "9.05%"
    assert numerals.percent(number("8.7", "pct", "of the class", rounded_to="0.1"), at_least=2) == "8.7%"
    assert numerals.percent(number("5", "pct", "of the class", rounded_to="0.01"), at_least=2) == "5.00%"
    assert (
        numerals.amount(number("622000000", "currency", "loss", rounded_to="1000000", currency="CNY"))
        == "RMB 622 million"
    )


def test_the_middle_of_a_span_is_not_what_was_read() -> None:
    """results_1h2022.csv: 2,036,300 thousand is the middle of 2,035,000 to 2,037,600."""
    middle = money("-2036300000", "expense", currency="CNY", span=("-2037600000", "-2035000000"))
    assert not numerals.as_read(middle)
    assert numerals.in_millions(middle) == "about RMB 2.04 billion"


@pytest.mark.parametrize(
    ("value", "words"),
    [("1.819", "HK$1.8190"), ("1.82", "HK$1.82"), ("9.7", "HK$9.70"), ("27.6247", "HK$27.6247"), ("100", "HK$100.00")],
)
def test_prices(value: str, words: str) -> None:
    assert numerals.price(money(value, "price")) == words


def test_a_price_rounded_at_its_source_gains_no_digit() -> None:
    assert numerals.price(money("1.819", "price", rounded_to="0.001")) == "HK$1.819"


def test_ratios() -> None:
    assert numerals.percent(exactly("-14.3155776485", "pct")) == "14.3%"
    assert numerals.percent(exactly("50", "pct")) == "50%"
    assert numerals.percent(worked_out(Decimal("6.772"), Decimal("6.784"), "pct"), about=True) == "about 6.8%"
    assert numerals.times(worked_out(Decimal("3.03467"), Decimal("3.035014"), "x")) == "3.03 times"
    assert numerals.rate(number("7.84994", "rate", "rate")) == "7.8499"
    assert numerals.rate(number("0.00641", "rate", "rate")) == "0.0064100"


def test_no_more_digits_than_are_known() -> None:
    """Smart City: 434 and 786 million, both rounded to a million, allow 44.6% to 44.9%."""
    assert numerals.percent(worked_out(Decimal("-44.92"), Decimal("-44.62"), "pct")) == "45%"


def test_bounds_are_rounded_outwards() -> None:
    left = worked_out(Decimal("2269233767.25"), Decimal(2273131875))
    assert numerals.bounds(left) == "between 2.269 and 2.274 billion"
    assert numerals.loosely(worked_out(Decimal(-187100000), Decimal(-182900000))) == "about 185 million"
    assert numerals.amount(worked_out(Decimal(-3), Decimal(13))) == "between -3 and 13"


def test_halves_go_up() -> None:
    assert [str(numerals.round_to(Decimal(v), Decimal(1))) for v in ("2.5", "3.5", "-2.5", "2.4999999999")] == [
        "3",
        "4",
        "-3",
        "2",
    ]


values = st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 15, places=3, allow_nan=False)


@given(value=values, millions=st.booleans())
def test_amounts_read_back_hold_the_value(*, value: Decimal, millions: bool) -> None:
    figure = exactly(str(value), "currency", "HKD")
    assert value in stands_for(numerals.amount(figure, millions=millions))


@given(st.decimals(min_value=Decimal("0.0001"), max_value=Decimal(10) ** 6, places=9))
def test_ratios_read_back_hold_the_value(value: Decimal) -> None:
    figure = exactly(str(value), "pct")
    assert value in stands_for(numerals.percent(figure))
    assert value in stands_for(numerals.times(figure))
    assert value in stands_for(numerals.price(figure))
    assert value in stands_for(numerals.rate(figure)) or value >= 10**5


@given(values, st.decimals(min_value=Decimal(0), max_value=Decimal(10) ** 9, places=2))
def test_bounded_amounts_lie_near_their_words(low: Decimal, width: Decimal) -> None:
    """Truth may be anywhere in the span: words are bounds that hold it, or a number within one and a half
    units of all of it (rule 2)."""
    figure = worked_out(low, low + width)
    words = numerals.amount(figure)
    said = stands_for(words)
    spread = said.high - said.low if not words.startswith("between") else Decimal(0)
    assert said.low - spread <= low
    assert low + width <= said.high + spread
    outer = stands_for(numerals.bounds(figure))
    assert outer.low <= low
    assert low + width <= outer.high


def test_days() -> None:
    assert days.day(date(2022, 11, 8)) == "8 November 2022"
    assert days.days([date(2022, 11, 14), date(2022, 11, 15)]) == "14 and 15 November 2022"
    assert days.days([date(2022, 11, 30), date(2022, 12, 1)]) == "30 November and 1 December 2022"
    assert days.days([date(2022, 12, 31), date(2023, 1, 1)]) == "31 December 2022 and 1 January 2023"
    assert days.period("2022H1") == "the first half of 2022"
    assert days.period("2018FY-HKFRS") == "2018FY-HKFRS"
    assert days.year_before("2022H1") == "2021H1"


def test_points_have_two_decimals() -> None:
    """-0.05 points lie between -0.07 and -0.03: not "about 0.1"."""
    small = derive(
        "from",
        (number("1", "pct", "source"),),
        Interval(Decimal("-0.07"), Decimal("-0.03")),
        unit="pp",
        basis="worked out",
        value=Decimal("-0.05"),
    )
    assert numerals.points(small) == "about 0.05 percentage points"
    assert numerals.points(exactly("0.7", "pp")) == "0.70 percentage points"
    either = worked_out(Decimal("-0.01"), Decimal("0.03"), "pp")
    assert numerals.points(either).startswith("between -0.01")
