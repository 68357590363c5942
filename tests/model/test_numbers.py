"""Exact numbers and intervals. Expected values are worked out by hand in the comments."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.numbers import Interval, Number, percent_level

decimals = st.decimals(min_value=-(10**20), max_value=10**20, places=6, allow_nan=False, allow_infinity=False)
positive = st.decimals(min_value=Decimal("0.000001"), max_value=10**20, places=6, allow_nan=False, allow_infinity=False)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value inside it."""
    low, middle, high = sorted(draw(st.tuples(decimals, decimals, decimals)))
    return Interval(low, high), middle


@given(intervals(), intervals())
def test_arithmetic_never_loses_the_truth(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    (a, x), (b, y) = one, other
    exact_x, exact_y = Fraction(x), Fraction(y)
    for result, truth in ((a + b, exact_x + exact_y), (a - b, exact_x - exact_y), (a * b, exact_x * exact_y)):
        assert Fraction(result.low) <= truth <= Fraction(result.high)
    if not b.low <= 0 <= b.high:
        result = a / b
        assert Fraction(result.low) <= exact_x / exact_y <= Fraction(result.high)


@given(positive, positive)
def test_a_third_lies_between_its_bounds(x: Decimal, y: Decimal) -> None:
    result = Interval.exact(x) / Interval.exact(y)
    assert Fraction(result.low) <= Fraction(x) / Fraction(y) <= Fraction(result.high)


def test_division_by_what_may_be_zero_is_refused() -> None:
    with pytest.raises(ZeroDivisionError, match="may be zero"):
        Interval.exact(1) / Interval(Decimal(-1), Decimal(1))


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="low <= high"):
        Interval(Decimal(2), Decimal(1))


@pytest.mark.parametrize(
    ("true", "printed"),
    [
        # Other issuers' real notices (reference, section 5): 1,687,730,000 / 21,098,900,000 = 7.99914% was cut to 7.99.
        (Decimal(1687730000) * 100 / Decimal(21098900000), "7.99"),
        # 65,853,142 / 1,098,000,000 = 5.99755% was cut to 5.99; 75,686,142 of the same = 6.89309% was printed 6.90.
        (Decimal(65853142) * 100 / Decimal(1098000000), "5.99"),
        # SenseTime, June 2023: 1,774m / 25,949m = 6.8365%, rounded to 6.84.
        (Decimal(1774) * 100 / Decimal(25949), "6.84"),
    ],
)
def test_a_printed_percentage_spans_rounding_and_cutting(true: Decimal, printed: str) -> None:
    assert true in Number(Decimal(printed), Decimal("0.01")).span()


def test_a_printed_loss_spans_away_from_zero() -> None:
    assert Number(Decimal("-2.56"), Decimal("0.01")).span() == Interval(Decimal("-2.57"), Decimal("-2.555"))


@given(st.integers(0, 10**25), st.integers(1, 10**25))
def test_a_level_is_decided_exactly(part: int, whole: int) -> None:
    assert percent_level(Decimal(part), Decimal(whole)) == part * 100 // whole


def test_a_hair_below_a_level_is_below_it() -> None:
    # 79,999,999,999,999,999,999 of 10^21 is 7.9999999999999999999%: level 7, though it prints as 8.00.
    assert percent_level(Decimal(79_999_999_999_999_999_999), Decimal(10**21)) == 7
