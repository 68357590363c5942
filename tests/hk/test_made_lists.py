"""List pages made by tests.pages: what real ones showed no example of."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Absent, Leg, Notice, Position, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading
from tests import pages

ROW = (
    "CS20221111E00123",
    "Alibaba",
    "1201(L)",
    "80,000,000(L)",
    "HKD 1.8190",
    "2,271,000,000(L)",
    "8.74(L)",
    "08/11/2022",
)


def read(rows: Any, **rest: Any) -> Reading:
    reading = regimes.read(Document(data=pages.list_page(rows, **rest), name="list.html"))
    assert reading is not None
    return reading


def row(**cells: str) -> list[str]:
    names = ("serial", "holder", "reason", "shares", "price", "after", "percent", "day", "associated", "debentures")
    return [cells.get(name, ROW[i] if i < len(ROW) else "") for i, name in enumerate(names)]


def only(reading: Reading) -> Notice:
    (found,) = reading.notices
    return found.body


@pytest.mark.parametrize("layout", range(30))
def test_layouts_read_alike(layout: int) -> None:
    assert read([ROW], layout=layout) == read([ROW])
    assert read([ROW]).problems == ()


def test_several_positions_in_a_cell() -> None:
    reading = read(
        [
            row(
                reason="1201(L)\n1502(S)",
                shares="5(L)\n7(S)",
                price="",
                after="9(L)\n3(S)\n1(P)",
                percent="1.00(L)\n0.5(S)\n0.1(P)",
            )
        ]
    )
    assert reading.problems == ()
    found = only(reading)
    assert [(t.leg, t.code, t.shares) for t in found.trades] == [
        (Leg.LONG, "1201", Number(Decimal(5))),
        (Leg.SHORT, "1502", Number(Decimal(7))),
    ]
    assert [p.leg for p in found.after] == [Leg.LONG, Leg.SHORT, Leg.POOL]


def test_one_price_for_two_lines_is_given_to_none() -> None:
    reading = read([row(reason="1201(L)\n1502(S)", shares="5(L)\n7(S)")])
    assert [t.price for t in only(reading).trades] == [Absent.UNREADABLE, Absent.UNREADABLE]
    assert [t.currency for t in only(reading).trades] == [None, None]
    assert [p.severity for p in reading.problems] == [Severity.FIELD]


@pytest.mark.parametrize(
    "cells",
    [
        {"shares": "80,000,000"},
        {"shares": "80,00(L)"},
        {"percent": "8.74(X)"},
        {"reason": "sale(L)"},
        {"reason": "1201(X)"},
        {"price": "1.8190"},
        {"price": "HKD 1.8190 HKD 2"},
        {"after": "1(L)\n2(L)", "percent": "1.0(L)"},
        {"day": "08/13/2022"},
    ],
)
def test_unreadable_cells_cost_a_field_and_speak(cells: dict[str, str]) -> None:
    reading = read([row(**cells)])
    assert len(reading.notices) == 1
    assert [p.severity for p in reading.problems] == [Severity.FIELD]
    assert reading.problems[0].where.startswith("row 1, column ")


@pytest.mark.parametrize(
    "cells",
    [
        {"associated": "Yes"},
        {"debentures": "Yes"},
        {"serial": "DC20221111E00123"},
        {"serial": "DD20221111E00123"},
        {"holder": ""},
        {"serial": "", "day": ""},
    ],
)
def test_rows_of_which_it_is_not_told_what_or_whose_they_are_are_quarantined(cells: dict[str, str]) -> None:
    reading = read([row(**cells), ROW])
    assert len(reading.notices) == 1
    assert reading.quarantined == 1
    assert reading.notices[0].locator == "row 2"


def test_remarks_and_unknown_codes() -> None:
    found = only(read([row(serial="CS20221111E00123 (Superseded by CS20221114E00200)")]))
    assert (found.status, found.related) == (Status.SUPERSEDED, "CS20221114E00200")
    assert [p.severity for p in read([row(reason="1299(L)")]).problems] == [Severity.NOTE]
    assert "Form 1" in read([row(serial="IS20221111E00123", reason="1705(L)")]).problems[0].message


def test_fewer_rows_than_the_page_says() -> None:
    assert [p.severity for p in read([ROW], shown="1 - 3", total=3).problems] == [Severity.INPUT]
    assert [p.severity for p in read([ROW, ROW], shown="1 - 1").problems] == [Severity.NOTE, Severity.NOTE]
    assert "further pages" in read([ROW], total=554).problems[0].message
    assert read([], shown="", total=0) == Reading(reader="hk/list")


def test_a_class_in_the_name_of_the_list() -> None:
    assert only(read([ROW], issuer="Bank of X - H Shares")).share_class == "H"
    assert only(read([ROW], issuer="Xiaomi Corporation - W")).share_class is None


@pytest.mark.parametrize("header", ["Reason for disclosure ", "% of issued voting shares"])
def test_a_list_without_a_column_is_refused(header: str) -> None:
    page = pages.list_page([ROW]).replace(header.encode(), b"Something else")
    reading = regimes.read(Document(data=page, name="x"))
    assert reading is not None
    assert (reading.notices, reading.quarantined) == ((), 1)


def test_columns_are_found_by_their_headers() -> None:
    page = pages.list_page([ROW]).decode()
    first, second = "Average price per share", "No. of shares interested (See *Notes above)"
    page = page.replace(first, "@").replace(second, first).replace("@", second)
    page = page.replace("HKD 1.8190", "@").replace("2,271,000,000(L)", "HKD 1.8190").replace("@", "2,271,000,000(L)")
    document = Document(data=page.encode(), name="x")
    reading = regimes.read(document)
    assert reading is not None
    assert reading.notices == read([ROW]).notices
    assert regimes.quote(document, "row 1, column 6, long") == "2,271,000,000(L)"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**20), st.decimals(0, 100, places=2)), min_size=1, max_size=4),
    st.integers(0, 999),
)
def test_lists_made_are_read_back_exactly(figures: Any, layout: int) -> None:
    reading = read([row(after=f"{s:,}(L)", percent=f"{p}(L)") for s, p in figures], layout=layout)
    assert reading.problems == ()
    assert [r.body.after for r in reading.notices] == [
        (Position(leg=Leg.LONG, shares=Number(Decimal(s)), percent=Number(p, Decimal("0.01"))),) for s, p in figures
    ]
