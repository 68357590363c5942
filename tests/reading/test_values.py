"""Texts of boxes as values: what is accepted, and that everything else speaks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.notices import Absent, Leg
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem
from stakeline.reading import values


@pytest.mark.parametrize(
    ("text", "value"), [("80,000,000", "80000000"), ("0", "0"), ("1234", "1234"), ("1,000.5", "1000.5"), (" 7 ", "7")]
)
def test_counts_are_exact(text: str, value: str) -> None:
    assert values.count(text, "x") == Number(Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "unit"), [("1.8190", "1.8190", "0.0001"), ("27", "27", "1"), ("0.05", "0.05", "0.01")]
)
def test_prices_keep_their_printed_digits(text: str, value: str, unit: str) -> None:
    found = values.price(text, "x")
    assert isinstance(found, Number)
    assert (str(found.value), found.unit) == (value, Decimal(unit))


@pytest.mark.parametrize("text", ["8.74", "8.74%", "8.74 %"])
def test_percentages_with_and_without_sign(text: str) -> None:
    assert values.percent(text, "x") == Number(Decimal("8.74"), Decimal("0.01"))


def test_more_than_all_shares_is_read_and_noted() -> None:
    found = values.percent("123.45", "box")
    assert found == Number(Decimal("123.45"), Decimal("0.01"))
    note = values.above_all(found, "box")
    assert note is not None
    assert "100%" in note.message
    assert values.above_all(values.percent("100.00", "box"), "box") is None


@pytest.mark.parametrize("text", ["", " ", "\xa0", "\r\n"])
def test_blank_is_not_disclosed(text: str) -> None:
    for read in (values.count, values.price, values.percent, values.day):
        assert read(text, "x") is Absent.NOT_DISCLOSED


@pytest.mark.parametrize("text", ["N/A", "n/a", "不適用"])
def test_not_applicable_is_its_own_answer(text: str) -> None:
    assert values.count(text, "x") is Absent.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-5", "negative"),
        ("(5)", "negative"),
        ("−5", "negative"),
        ("NaN", "not a number"),
        ("Infinity", "not a number"),
        ("1e9", "exponent"),
        ("1.5E+3", "exponent"),
        ("１２３", "plain digits"),
        ("1٠", "plain digits"),
        ("0012", "leading zeros"),
        ("80,00", "every third"),
        ("1,23,456", "every third"),
        ("8 000", "plain number"),
        ("8.", "plain number"),
        (".5", "plain number"),
        ("80,000,000(L)", "plain number"),
        ("1" + "0" * 30, "digits"),
        ("9" * 100_000, "digits"),
        ("0." + "1" * 13, "digits"),
        ("-", "negative"),
        ("nil", "plain number"),
        ("%", "plain number"),
    ],
)
def test_odd_numbers_are_problems(text: str, why: str) -> None:
    found = values.count(text, "box 4")
    assert isinstance(found, Problem)
    assert why in found.message
    assert found.where == "box 4"
    assert len(found.found) <= 200


def test_limits_are_reached_not_passed() -> None:
    assert values.count("1" + "0" * 29, "x") == Number(Decimal(10) ** 29)
    assert isinstance(values.percent("1000.01", "x"), Problem)
    assert values.percent("1000", "x") == Number(Decimal(1000), Decimal(1))
    assert isinstance(values.percent("%", "x"), Problem)


@pytest.mark.parametrize(
    "text",
    [
        "08/11/2022",
        "8/11/2022",
        "08/11/2022 (dd/mm/yyyy)",
        "08/11/2022(日/月/年)",
        "2022年11月8日",
        "2022 年 11 月 08 日",
    ],
)
def test_days_are_day_first(text: str) -> None:
    assert values.day(text, "x") == date(2022, 11, 8)


@pytest.mark.parametrize(
    "text",
    ["2022-11-08", "31/02/2022", "08/13/2022", "08/11/22", "08/11/0022", "08/11/2022 (1)", "today", "٠٨/11/2022"],
)
def test_other_days_are_problems(text: str) -> None:
    assert isinstance(values.day(text, "x"), Problem)


@pytest.mark.parametrize(
    ("word", "leg"),
    [
        ("Long position", Leg.LONG),
        ("LONG POSITION", Leg.LONG),
        ("Long Position (L)", Leg.LONG),
        ("(L)", Leg.LONG),
        ("好倉", Leg.LONG),
        ("Short position", Leg.SHORT),
        ("S", Leg.SHORT),
        ("淡倉", Leg.SHORT),
        ("Lending pool", Leg.POOL),
        ("(P)", Leg.POOL),
        ("可供借出的股份", Leg.POOL),
    ],
)
def test_positions(word: str, leg: Leg) -> None:
    assert values.leg(word) is leg


@pytest.mark.parametrize("word", ["", "Longing", "position", "L S", "80,000", "Long position " * 99])
def test_other_words_are_no_position(word: str) -> None:
    assert values.leg(word) is None


@given(st.text())
def test_nothing_but_a_printed_number_is_a_number(text: str) -> None:
    for read in (values.count, values.price, values.percent):
        found = read(text, "x")
        if isinstance(found, Number):
            assert found.value.is_finite()
            assert found.value >= 0
            assert format(found.value, "f") == text.strip().removesuffix("%").strip().replace(",", "")


@given(st.integers(min_value=0, max_value=10**30 - 1))
def test_printed_counts_come_back(number: int) -> None:
    assert values.count(f"{number:,}", "x") == Number(Decimal(number))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_printed_days_come_back(day: date) -> None:
    assert values.day(f"{day:%d/%m}/{day.year}", "x") == day
