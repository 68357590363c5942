"""The tables, serial numbers and classes of Hong Kong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from stakeline import regimes
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Status
from stakeline.model.problems import Problem
from stakeline.regimes.hk import tables
from stakeline.regimes.hk.classes import class_in_name, share_class
from stakeline.regimes.hk.serials import serial


def test_levels() -> None:
    hk = regimes.regime("hk")
    long = hk.levels_on(date(2022, 11, 8), "long")
    assert long is not None
    assert (long.base, long.floor, long.step, long.half_point) == (Base.CLASS, Decimal(5), Decimal(1), Decimal("0.5"))
    assert [c.place for c in (long.enter, long.cease, long.change)] == ["s.313(1)(a)", "s.313(1)(b)", "s.313(1)(c)"]
    short = hk.levels_on(date(2022, 11, 8), "short")
    assert short is not None
    assert short.floor == Decimal(1)
    assert str(short.half_point_citation).endswith("s.313(9)")
    assert hk.levels_on(date(2003, 3, 31), "long") is None
    assert all(c.checked is None for c in (long.enter, long.change, short.enter))


def test_codes() -> None:
    codes = regimes.regime("hk").codes
    assert len(codes) == 132
    assert codes["reason", "1201"].direction is Direction.DISPOSE
    assert codes["reason", "1213"].needs_text
    assert codes["reason", "1213"].direction is Direction.UNKNOWN
    assert codes["reason", "1402"].direction is Direction.SHORT_UP
    assert codes["capacity", "2201"].direction is None
    assert all(c.chinese and not c.chinese_official for c in codes.values())
    trades = {c.code for c in codes.values() if c.direction is Direction.DISPOSE}
    assert trades == {"1201", "1202", "1203", "1209"}


@pytest.mark.parametrize("check", [tables._code, tables._column])
def test_unknown_keys_are_errors(check: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(ValueError, match="unknown keys: colour"):
        check({"colour": "red"})


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("Class B Ordinary Shares", "B"),
        ("Ordinary Shares (Class A)", "A"),
        ("Class B", "B"),
        ("- B", "B"),
        ("B shares", "B"),
        ("H Shares", "H"),
        ("A Shares", "A"),
        ("H股", "H"),
        ("B類普通股", "B"),
        ("Ordinary Shares", "ordinary"),
        ("ordinary shares of HK$0.10 each", "ordinary"),
        ("普通股", "ordinary"),
        ("Domestic Shares", "Domestic Shares"),
        ("Convertible preference shares class B", "Convertible preference shares class B"),
        ("Ordinary Shares - W", "Ordinary Shares - W"),
        ("Class Borealis", "Class Borealis"),
        ("A strange kind of shares", "A strange kind of shares"),
        (" ", None),
    ],
)
def test_share_classes(told: str, short: str | None) -> None:
    assert share_class(told) == short


@pytest.mark.parametrize(
    ("issuer", "short"),
    [
        ("Bank of X - H Shares", "H"),
        ("Xiaomi Corporation - W", None),
        ("SenseTime Group Inc. - B", None),
        ("Plain Ltd.", None),
    ],
)
def test_classes_in_names(issuer: str, short: str | None) -> None:
    assert class_in_name(issuer) == short


@pytest.mark.parametrize(
    "text", ["CS20221131E00123", "CS20221111E0012", "XX20221111E00123", "CS20221111100123", "20221111"]
)
def test_other_serials_are_problems(text: str) -> None:
    problems: list[Problem] = []
    assert serial(text, "x", problems).number is None
    assert len(problems) == 1


def test_a_chain_of_remarks() -> None:
    problems: list[Problem] = []
    told = serial("CS20221114E00200 (Amendment to CS20221111E00123) (Superseded by CS20221115E00001)", "x", problems)
    assert (told.status, told.related) == (Status.SUPERSEDED, "CS20221115E00001")
    assert len(problems) == 1
    problems.clear()
    assert serial("CS20221114E00200 (see attachment)", "x", problems).status is Status.FILED
    assert "do not know" in problems[0].message
