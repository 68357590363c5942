"""The tables, serial numbers and classes of Hong Kong."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from stakeline import regimes
from stakeline.model.classes import share_class
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Status
from stakeline.model.problems import Problem
from stakeline.regimes.hk import tables
from stakeline.regimes.hk.classes import class_in_name
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
    assert len(codes) == 147  # 132 of hk-di-codes.csv, 15 of three digits
    assert codes["reason", "1201"].direction is Direction.DISPOSE
    assert codes["reason", "1213"].needs_text
    assert codes["reason", "1213"].direction is Direction.UNKNOWN
    assert codes["reason", "1402"].direction is Direction.SHORT_UP
    assert codes["capacity", "2201"].direction is None
    assert all(c.chinese and not c.chinese_official for c in codes.values())
    trades = {c.code for c in codes.values() if c.direction is Direction.DISPOSE}
    assert trades == {"1201", "1202", "1203", "1209"}


def test_old_codes_are_inferred_and_say_no_direction() -> None:
    old = [c for c in regimes.regime("hk").codes.values() if len(c.code) == 3]
    assert [c.code for c in old] == (
        ["101", "102", "103", "104", "105", "108", "115", "117", "121", "122", "123", "124", "128", "130", "136"]
    )
    assert {(c.table, c.confidence, c.direction) for c in old} == {("reason", "inferred", Direction.UNKNOWN)}
    assert all(form.endswith("-2003") for c in old for form in c.forms)


def test_any_other_event_is_read_with_the_text() -> None:
    codes = regimes.regime("hk").codes
    for number in ("1013", "1113", "1213", "1316", "1704", "1710", "1711"):
        assert codes["reason", number].direction is Direction.UNKNOWN
        assert codes["reason", number].needs_text
    assert all(codes["reason", number].needs_text for number in ("1403", "1503", "1702"))


def test_every_form_names_its_boxes() -> None:
    forms = regimes.regime("hk").forms
    for code in ("1", "2", "3A", "3B", "3C", "3D"):
        assert forms[code]["serial"].element == "#lblDSerialNo"
        assert forms[f"{code}-2003"]["serial"].element == "#lblDLogNo"
    assert "4" not in forms
    # Box numbers as the reference gives them (2.1): the old Form 3A follows Form 1, the new one does not.
    told = {
        (form, path): (regimes.cite("hk", form, path) or pytest.fail(path)).number
        for form, path in (
            ("2", "signed_date"),
            ("2-2003", "signed_date"),
            ("1-2003", "signed_date"),
            ("2-2003", "after.long.shares"),
            ("2-2003", "text"),
            ("3A", "after"),
            ("3A-2003", "after"),
            ("3A-2003", "trades.long.code"),
            ("3A-2003", "capacities"),
            ("3B", "after"),
        )
    }
    assert list(told.values()) == [None, "27", "24", "19", None, "26", "16", "14", "17", None]


@pytest.mark.parametrize("check", [tables._code])
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
        ("Ｂ類普通股", "B"),
        ("B类普通股", "B"),
        ("B類別股份", "B"),
        ("普通股（A類）", "A"),
        ("類別B普通股", "B"),
        ("內資股", "內資股"),
        ("優先股", "優先股"),
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


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("CS20071010123456", "CS20071010123456", date(2007, 10, 10)),
        ("DA20170703000001 (Withdrawn on 05/07/2017)", "DA20170703000001", date(2017, 7, 3)),
        ("CS20030331000001", None, None),  # before the law
        ("CS20180101000001", None, None),  # after the old system
        ("CS20071310123456", None, None),  # no such month
    ],
)
def test_serials_until_2017(text: str, number: str | None, day: date | None) -> None:
    problems: list[Problem] = []
    told = serial(text, "x", problems)
    assert (told.number, told.filed) == (number, day)
    assert bool(problems) == (number is None)
    assert (told.known_basis is None) == (number is None)
    assert number is None or "until 2017" in (told.known_basis or "")


def test_a_chain_of_remarks() -> None:
    problems: list[Problem] = []
    told = serial("CS20221114E00200 (Amendment to CS20221111E00123) (Superseded by CS20221115E00001)", "x", problems)
    assert (told.status, told.related) == (Status.SUPERSEDED, "CS20221115E00001")
    assert len(problems) == 1
    problems.clear()
    assert serial("CS20221114E00200 (see attachment)", "x", problems).status is Status.FILED
    assert "do not know" in problems[0].message
