"""The three real list pages, read and compared by hand with the pages (rows counted below the header, from 1).

Compared with notices-1810-90d.html (rows 1, 4, 16, 17, 23, 24, 39, 40, 44), notices-0981-90d.html (both rows) and
notices-0700-90d.html (its row), opened as text, when this test was written.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Absent, HolderKind, Leg, Notice, Position, Trade
from stakeline.model.numbers import Number
from stakeline.model.rows import Reading


def listed(samples: Path, code: str) -> tuple[Document, Reading]:
    document = Document(data=(samples / "hk" / f"notices-{code}-90d.html").read_bytes(), name=code)
    reading = regimes.read(document)
    assert reading is not None
    return document, reading


def shares(count: int) -> Number:
    return Number(Decimal(count))


def percent(text: str) -> Number:
    return Number(Decimal(text), Decimal("0.01"))


def row(reading: Reading, number: int) -> Notice:
    return next(read.body for read in reading.notices if read.locator == f"row {number}")


@pytest.mark.parametrize(("code", "rows"), [("1810", 44), ("0981", 2), ("0700", 1)])
def test_every_row_is_read_without_a_problem(samples: Path, code: str, rows: int) -> None:
    _, reading = listed(samples, code)
    assert reading.reader == "hk/list"
    assert reading.problems == ()
    assert len(reading.notices) == rows == reading.inputs


def test_xiaomi_rows(samples: Path) -> None:
    _, reading = listed(samples, "1810")
    first = row(reading, 1)
    assert (first.subject, first.issuer_name, first.share_class) == ("hk:01810", "Xiaomi Corporation - W", None)
    assert (first.serial, first.holder.name, first.holder.kind) == (
        "CS20260908E00043",
        "BlackRock, Inc.",
        HolderKind.CORPORATION,
    )
    assert first.event_date == date(2026, 9, 3)
    assert first.known_from == datetime(2026, 9, 8, 15, 59, 59, 999999, tzinfo=UTC)
    assert first.known_basis == "date in the serial number"
    assert first.trades == (Trade(leg=Leg.LONG, code="1205", shares=shares(726_000), price=Absent.NOT_DISCLOSED),)
    assert first.after == (
        Position(leg=Leg.LONG, shares=shares(1_065_871_110), percent=percent("4.99")),
        Position(leg=Leg.SHORT, shares=shares(30_260_800), percent=percent("0.14")),
    )
    assert first.before == ()
    assert first.issued is None
    bought = row(reading, 4).trades
    price = Number(Decimal("27.6247"), Decimal("0.0001"))
    assert bought == (Trade(leg=Leg.LONG, code="1001", shares=shares(8_338_458), currency="HKD", price=price),)
    last = row(reading, 44)
    assert (last.serial, last.event_date) == ("CS20260626E00564", date(2026, 6, 23))
    assert last.after[0] == Position(leg=Leg.LONG, shares=shares(1_084_635_379), percent=percent("5.07"))


def test_one_founder_in_two_classes_on_one_day(samples: Path) -> None:
    _, reading = listed(samples, "1810")
    class_a, class_b = row(reading, 16), row(reading, 17)
    assert (class_a.holder.name, class_b.holder.name) == ("Lei Jun", "Lei Jun")
    assert (class_a.event_date, class_b.event_date) == (date(2026, 8, 11), date(2026, 8, 11))
    assert (class_a.serial, class_b.serial) == ("DA20260811E00498", "DA20260811E00497")
    assert [t.code for n in (class_a, class_b) for t in n.trades] == ["1213", "1113"]
    assert {t.shares for n in (class_a, class_b) for t in n.trades} == {shares(12_950_321)}
    assert class_a.after == (Position(leg=Leg.LONG, shares=shares(3_989_013_134), percent=percent("90.06")),)
    assert class_b.after == (Position(leg=Leg.LONG, shares=shares(2_067_766_504), percent=percent("9.69")),)
    assert row(reading, 39).after[0].shares == shares(4_001_963_455)
    assert row(reading, 40).after == (Position(leg=Leg.LONG, shares=shares(2_054_816_183), percent=percent("9.63")),)


def test_a_level_crossed_without_a_trade(samples: Path) -> None:
    _, reading = listed(samples, "1810")
    below, at = row(reading, 23), row(reading, 24)
    assert (at.event_date, below.event_date) == (date(2026, 7, 17), date(2026, 7, 20))
    assert at.after[0] == Position(leg=Leg.LONG, shares=shares(1_067_240_018), percent=percent("5.00"))
    assert below.after[0] == Position(leg=Leg.LONG, shares=shares(1_067_240_018), percent=percent("4.99"))
    assert below.trades == (Trade(leg=Leg.LONG, code="1213", shares=Absent.NOT_DISCLOSED, price=Absent.NOT_DISCLOSED),)


def test_smic_rows_with_chinese_names(samples: Path) -> None:
    _, reading = listed(samples, "0981")
    assert [r.body.holder.name for r in reading.notices] == [
        "中国信息通信科技集团有限公司",
        "国家集成电路产业投资基金股份有限公司",
    ]
    first, second = (r.body for r in reading.notices)
    assert first.issuer_name == "Semiconductor Manufacturing International Corporation"
    assert first.trades[0].shares is Absent.NOT_DISCLOSED
    assert first.after == (Position(leg=Leg.LONG, shares=shares(1_155_513_450), percent=percent("13.50")),)
    assert second.trades[0].currency == "HKD"
    assert second.trades[0].price == Number(Decimal("79.7000"), Decimal("0.0001"))
    assert second.after == (Position(leg=Leg.LONG, shares=shares(582_332_707), percent=percent("6.80")),)


def test_tencent_row_of_a_director(samples: Path) -> None:
    _, reading = listed(samples, "0700")
    only = row(reading, 1)
    assert (only.subject, only.holder.name, only.serial) == ("hk:00700", "Zhang Xiulan", "DA20260819E00389")
    assert only.after == (Position(leg=Leg.LONG, shares=shares(44_172), percent=percent("0.00")),)
    assert (only.event_date, only.trades[0].code) == (date(2026, 8, 18), "1316")


def test_places_of_a_list_can_be_found_again(samples: Path) -> None:
    document, _ = listed(samples, "1810")
    for path, text in (
        ("after.long.shares", "1,065,871,110(L)"),
        ("after.short.percent", "0.14(S)"),
        ("trades.long.shares", "726,000(L)"),
        ("trades.long.code", "1205 (L)"),
        ("event_date", "03/09/2026"),
        ("holder.name", "BlackRock, Inc."),
    ):
        box = regimes.cite("hk", "list", path)
        assert box is not None
        assert regimes.quote(document, f"row 1, {box.element}") == text
    assert regimes.quote(document, "row 45, column 6, long") is None
    assert regimes.quote(document, "#lblSCStockCode") == "01810"


def test_a_list_cut_anywhere_never_changes_a_row(samples: Path) -> None:
    document, reading = listed(samples, "1810")
    whole = {r.locator: r.body for r in reading.notices}
    for cut in range(8_000, len(document.data), 1_711):
        short = regimes.read(Document(data=document.data[:cut], name="cut"))
        if short is not None:
            assert all(whole[r.locator] == r.body for r in short.notices)
            assert short.problems or len(short.notices) == 44, f"silent at {cut}"
