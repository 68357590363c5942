"""Collections that others made of the register: the real ones reconciled with their MANIFEST, and made ones.

Compared by hand with the files when this was written: legacy-date-list-2017-02.csv lines 2, 4, 52, 58, 64 and 118;
di-person-histories-2026-08.json company 02161 records 1, 2 and 7, company 00460's amendments, company 01979's record with a
price of zero; di-consolidated-lists-2026-08.json company 01171; di-one-person-00308.json whole; all four lines of
list-rows-1810-after-2026-09-20.jsonl.
"""

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Absent, HolderKind, Leg, Notice, Position, Status, Trade
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading, Row, Sighting, row_key
from stakeline.registry.filings import filings
from tests import listpages

CENT = Decimal("0.01")
HEADER = "Date,Corporation,Shareholder,Code,Shares Involved,Average Price,Total Shares,% of issued shared"
RECORD: dict[str, Any] = {
    "date": "2026-01-20",
    "change": -4300000,
    "price": 2.8,
    "shares": 588723346,
    "pct": 71.6,
    "type": "减持",
    "source": "HKEX DA20260123E00122",
}
LINE: dict[str, Any] = {
    "stock_code": "01810",
    "serial": "CS20260925E00024",
    "form": "2",
    "holder": "BlackRock, Inc.",
    "reason_code": "1201",
    "reason_position": "L",
    "shares_involved": 6496742,
    "average_price": 26.4908,
    "currency": "HKD",
    "long_shares": 1061219262,
    "long_pct": 4.98,
    "short_shares": 30922800,
    "short_pct": 0.14,
    "event_date": "2026-09-22",
}


def person(*records: Any, **more: Any) -> dict[str, Any]:
    return {
        "shareholder": "A",
        "shareholder_en": "A",
        "stock_code": "02161",
        "stock_name": "甲",
        "records": records,
    } | more


def of(told: Any) -> Document:
    data = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
    return Document(data=data, name="any name")


def read(told: Any) -> Reading:
    reading = regimes.read(of(told))
    assert reading is not None
    return reading


def real(samples: Path, name: str) -> tuple[Document, Reading]:
    document = Document(data=(samples / "hk" / name).read_bytes(), name="renamed")
    reading = regimes.read(document)
    assert reading is not None
    return document, reading


def at(reading: Reading, place: str) -> Notice:
    return next(r.body for r in reading.notices if r.locator == place)


def test_the_old_dates_reconcile(samples: Path) -> None:
    document, reading = real(samples, "legacy-date-list-2017-02.csv")
    told = Counter((p.severity.value, p.message.partition(":")[0]) for p in reading.problems)
    assert len(reading.notices) == 179
    assert told["input", "the column Code holds no code"] == 17
    assert told["input", "neither a date nor a figure"] == 4
    assert told["note", "the header again"] == 3
    assert 179 + 17 + 4 + 3 + 1 == 204
    assert reading.inputs == 200
    broken = next(p for p in reading.problems if p.where == "row 64")
    assert "98,648,325(S) | 98,648,325(S)" in broken.found
    assert {p.where for p in reading.problems if p.message.startswith("neither")} >= {"row 58", "row 118"}
    first = at(reading, "row 2")
    assert (first.subject, first.holder.name) == ("hk:name:China Trends Holdings Ltd.", "Yu Bin")
    assert (first.event_date, first.known_from, first.serial) == (date(2017, 2, 22), None, None)
    price = Number(Decimal("0.018"), Decimal("0.001"))
    assert first.trades == (
        Trade(leg=Leg.LONG, code="103", shares=Number(Decimal(226_400_000)), currency="HKD", price=price),
    )
    assert first.after == (
        Position(leg=Leg.LONG, shares=Number(Decimal(2_365_440_000)), percent=Number(Decimal("5.53"), CENT)),
    )
    assert at(reading, "row 4").trades[0].price is Absent.NOT_DISCLOSED
    assert regimes.quote(document, "row 2, column Code") == "103"
    assert regimes.quote(document, "row 52, column Code") == "Code"


def test_the_histories_reconcile(samples: Path) -> None:
    document, reading = real(samples, "di-person-histories-2026-08.json")
    bodies = [r.body for r in reading.notices]
    assert reading.problems == ()
    assert (len(bodies), len({b.issuer_code for b in bodies})) == (223, 20)
    prices = [t.price for b in bodies for t in b.trades if t.price is not None]
    assert sum(isinstance(p, Number) and p.value > 0 for p in prices) == 112
    assert sum(isinstance(p, Number) and p.value == 0 for p in prices) == 3
    first = at(reading, "company 02161, record 1")
    assert first.trades[0].shares == Number(Decimal(4_300_000))
    assert (first.trades[0].code, first.trades[0].told, first.trades[0].currency) == (None, None, None)
    assert first.after[0] == Position(
        leg=Leg.LONG, shares=Number(Decimal(588_723_346)), percent=Number(Decimal("71.62"), CENT)
    )
    assert (first.serial, first.confidence) == ("DA20260123E00122", "medium")
    assert "减持" in (first.doubt or "")
    assert at(reading, "company 02161, record 2").trades == ()
    standing = Counter(b.status for b in bodies)
    assert (standing[Status.AMENDMENT], standing[Status.SUPERSEDED]) == (6, 1)
    assert regimes.quote(document, "company 02161, record 1, change") == "-4300000"
    assert regimes.quote(document, "company 02161, record 1, stock_code") == "02161"


def test_the_balances_reconcile(samples: Path) -> None:
    document, reading = real(samples, "di-consolidated-lists-2026-08.json")
    bodies = [r.body for r in reading.notices]
    assert reading.problems == ()
    assert (len(bodies), len({b.issuer_code for b in bodies})) == (123, 32)
    second = at(reading, "company 01171, shareholder 2")
    assert (second.holder.name, second.event_date) == ("山东能源集团有限公司", date(2024, 7, 5))
    assert second.after[0].shares == Number(Decimal(4_389_655_491))
    assert second.after[0].percent == Number(Decimal("73.6"), CENT)
    assert second.trades == ()
    assert second.known_from == datetime(2026, 8, 4, 12, 17, 34, tzinfo=UTC)
    assert regimes.quote(document, "company 01171, shareholder 2, pct") == "73.6"
    assert regimes.quote(document, "company 01171, shareholder 2, stockName") == "兗礦能源"


def test_the_one_person_reconciles(samples: Path) -> None:
    document, reading = real(samples, "di-one-person-00308.json")
    bodies = [r.body for r in reading.notices]
    assert reading.problems == ()
    assert [b.serial for b in bodies] == ["IS20250524E00007", "IS20240517E00438", *(["IS20231114E00218"] * 2)]
    assert (bodies[0].holder.name, bodies[0].holder.chinese) == ("Kwok Hoi Hing", "郭海庆")
    assert bodies[0].holder.kind is HolderKind.INDIVIDUAL
    assert bodies[0].trades[0].price == Number(Decimal("1.010"), Decimal("0.001"))
    assert all(b.confidence == "low" and "controlled corporations" in (b.doubt or "") for b in bodies)
    assert ["other figures" in (b.doubt or "") for b in bodies] == [False, False, True, True]
    assert regimes.quote(document, "record 1, price") == "1.010"
    assert regimes.quote(document, "record 1, pct") == "7.00"


def test_the_later_rows_reconcile(samples: Path) -> None:
    document, reading = real(samples, "list-rows-1810-after-2026-09-20.jsonl")
    assert reading.problems == ()
    assert [r.body.serial for r in reading.notices] == [
        *("CS20260925E00024", "CS20260924E00031", "CS20260923E00019", "CS20260923E00039"),
    ]
    one, other = at(reading, "line 3"), at(reading, "line 4")
    assert one.event_date == other.event_date == date(2026, 9, 18)
    assert one.after == other.after
    assert one.after[0].percent == Number(Decimal("5.0"), CENT)
    assert (one.trades[0].code, other.trades[0].code) == ("1314", "1001")
    assert one.trades[0].price is None
    assert regimes.quote(document, "line 4, average_price") == "26.3364"


def test_what_a_collection_derived_is_not_taken() -> None:
    found = read(person(RECORD, RECORD | {"change": 4300000, "type": "增持", "source": "HKEX DA20260124E00122"}))
    down, up = (r.body for r in found.notices)
    assert down.trades == up.trades
    assert down.trades[0].told is None
    assert down.after[0].percent == Number(Decimal("71.6"), CENT)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"shares": -5}, "record 1, shares"),
        ({"shares": "588,723,346"}, "record 1, shares"),
        ({"shares": True}, "record 1, shares"),
        ({"shares": [1]}, "record 1, shares"),
        ({"pct": 7162}, "record 1, pct"),
        ({"price": {"a": 1}}, "record 1, price"),
        ({"change": 10**40}, "record 1, change"),
        ({"date": "2026-02-30"}, "record 1, date"),
        ({"source": "somewhere"}, "record 1, source"),
    ],
)
def test_fields_that_cannot_be_read_speak(changed: dict[str, Any], where: str) -> None:
    found = read(person(RECORD | changed))
    assert len(found.notices) == 1
    assert [(p.severity, p.where) for p in found.problems] == [(Severity.FIELD, where)]


@pytest.mark.parametrize("number", ["1e3", "1E400", "5.88723346e8"])
def test_numbers_with_exponents_are_unreadable(number: str) -> None:
    data = json.dumps(person(RECORD)).replace("588723346", number).encode()
    found = read(data)
    assert found.notices[0].body.after[0].shares is Absent.UNREADABLE
    assert found.problems[0].found == number


@pytest.mark.parametrize(
    "data",
    [
        b'{"shareholder": 1, "records": [',
        b'{"shareholder": "A", "stock_code": "1", "records": [NaN]}',
        b'{"shareholder": "A", "stock_code": "1", "records": [], "records": []}',
        b'{"shareholder": "A", "stock_code": "1", "records": ' + b"[" * 100_000,
        b'{"shareholder": "A", "records": "' + b"\xff" + b'"}',
        b'{"shareholder": "A", "records": ' + b"[{}," * 500_000,
        b'{"shareholder": "A", "companies": {"1": 2}, "records": []}',
    ],
)
def test_broken_documents_are_quarantined(data: bytes) -> None:
    found = read(data)
    assert (found.notices, found.quarantined) == ((), 1)


@pytest.mark.parametrize(
    "told",
    [
        person("text"),
        person(RECORD | {"date": None, "source": None}),
        person(RECORD, stock_code="0"),
        person(RECORD, stock_code="X1"),
        person(RECORD, shareholder="", shareholder_en=""),
        {"companies": {"00001": person(RECORD)}},
    ],
)
def test_parts_that_cannot_be_placed_are_quarantined(told: Any) -> None:
    found = read(told)
    assert (found.notices, found.quarantined) == ((), 1)


def test_unknown_fields_speak_once() -> None:
    found = read(person(RECORD | {"new": 1}, RECORD | {"new": 2, "source": "HKEX DA20260124E00122"}, other=1))
    assert [(p.severity, p.where) for p in found.problems] == [
        (Severity.NOTE, "other"),
        (Severity.NOTE, "record 1, new"),
    ]


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({"reason_code": "1299"}, Severity.NOTE),
        ({"form": "1"}, Severity.NOTE),
        ({"more": 1}, Severity.NOTE),
        ({"reason_position": "X"}, Severity.FIELD),
        ({"long_pct": "4.98"}, Severity.FIELD),
        ({"holder": ""}, Severity.INPUT),
        ({"serial": "DB20260925E00024"}, Severity.INPUT),
    ],
)
def test_lines_that_are_odd_speak(changed: dict[str, Any], severity: Severity) -> None:
    data = json.dumps(LINE | changed).encode() + b"\n" + json.dumps(LINE).encode() + b"\n"
    found = read(data)
    assert [p.severity for p in found.problems] == [severity]
    assert found.inputs == 2


def test_a_line_cut_short_costs_that_line() -> None:
    line = json.dumps(LINE).encode()
    found = read(line + b"\n" + line[:80])
    assert (len(found.notices), found.quarantined) == (1, 1)
    assert found.problems[0].where == "line 2"


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        ("22/02/2017,C,H,103,1(L),HKD 1,2(L),5.53(L)", None),
        ("31/02/2017,C,H,103,1(L),HKD 1,2(L),5.53(L)", Severity.INPUT),
        ("22/02/2017,C,H,1(L),1(L),HKD 1,2(L),5.53(L)", Severity.INPUT),
        ("22/02/2017,C,H,103,1(L)2(S),HKD 1,2(L),5.53(L)", Severity.INPUT),
        ("22/02/2017,,H,103,1(L),HKD 1,2(L),5.53(L)", Severity.INPUT),
        ("22/02/2017,C,H,103,1(L),HKD 1,2(L)", Severity.INPUT),
        ("22/02/2017,C,H,103,1(L),1,2(L),5.53(L)", Severity.FIELD),
        (HEADER, Severity.NOTE),
        (" , , , , , , , ", Severity.INPUT),
    ],
)
def test_rows_of_old_dates_that_are_odd_speak(row: str, severity: Severity | None) -> None:
    found = read(f"\ufeff{HEADER}\r\r\n{row}\r\r\n".encode())
    told = [p for p in found.problems if "not in our table" not in p.message]
    assert [p.severity for p in told] == ([severity] if severity else [])
    assert found.inputs == (0 if severity is Severity.NOTE else 1)


def test_a_collection_stands_below_the_registers_own_rows() -> None:
    line = read(json.dumps(LINE).encode()).notices[0].body
    row = {
        "serial": "CS20260925E00024",
        "day": "22/09/2026",
        "holder": "BlackRock, Inc.",
        "reason": "1201(L)",
        "after": "1,061,219,262(L)",
        "percent": "4.98(L)",
    }
    listed = read(listpages.company([row], "01810", "Xiaomi Corporation - W")).notices[0].body
    rows = [Row(row_key(n), n, (Sighting(document=n.form, locator="1", name=n.form),)) for n in (line, listed)]
    (filing,), undated = filings(rows, regimes.regime)
    assert undated == ()
    assert [r.body.form for r in filing.reports] == ["list", "collected rows"]
    assert filing.official
    assert not filings(rows[:1], regimes.regime)[0][0].official


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_collection_with_a_byte_changed_never_invents_a_figure(data: st.DataObject) -> None:
    whole = bytearray(json.dumps(person(RECORD)).encode())
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(32, 126))
    document = of(bytes(whole))
    found = regimes.read(document)
    for row in found.notices if found else ():
        for key, figure in (
            (("shares", row.body.after[0].shares), ("pct", row.body.after[0].percent)) if row.body.after else ()
        ):
            if isinstance(figure, Number):
                literal = regimes.quote(document, f"{row.locator}, {key}")
                assert literal is not None
                assert Decimal(literal) == figure.value
                assert literal.encode() in bytes(whole)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**20), st.decimals(0, 100, places=2), st.decimals(0, 10**6, places=4))
def test_figures_are_read_exactly(shares: int, percent: Decimal, price: Decimal) -> None:
    text = json.dumps(person(RECORD)).replace("588723346", str(shares)).replace("71.6", str(percent))
    (found,) = read(text.replace('"price": 2.8', f'"price": {price}').encode()).notices
    assert found.body.after[0] == Position(leg=Leg.LONG, shares=Number(Decimal(shares)), percent=Number(percent, CENT))
    assert found.body.trades[0].price == Number(price, Decimal("0.0001"))
