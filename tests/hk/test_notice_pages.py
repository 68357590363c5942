"""Notice pages made by tests.pages (no real one was available): what is put in comes out, whatever the layout."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import (
    Absent,
    CodedShares,
    Holder,
    HolderKind,
    Leg,
    Link,
    LinkKind,
    Notice,
    Position,
    Status,
    Trade,
)
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Reading
from tests import pages

FULL: dict[str, Any] = {
    "issued": 25_978_640_000,
    "highest": "1.85",
    "consideration": "1.80",
    "nature": "3101",
    "aware_date": "09/11/2022",
    "parent": "Parent & Sons",
    "exchange": "New York Stock Exchange",
    "before": [("Long position", 2_351_000_000, "9.05"), ("Short position", "1,000", "0.00")],
    "after": [("Long position", 2_271_000_000, "8.74"), ("Lending pool", 5, "0.00")],
    "capacities": [("2201", [("Long position", 2_271_000_000), ("Short position", 5)])],
    "derivatives": [("4105", [("Long position", 7)])],
    "controlled": [
        (
            "Taobao Holding Limited",
            "George Town",
            "Alibaba Group Holding Limited",
            "100.00",
            "Y",
            [("Long position", 9)],
        ),
        (
            "Other Ltd",
            "Road Town",
            "Taobao Holding Limited",
            "50.5",
            "N",
            [("Long position", 9), ("Short position", 1)],
        ),
    ],
    "joint": [("Jane", "Street 2", [("Long position", 9)])],
    "trusts": [("A trust", "5101", [("Long position", 3)])],
    "parties": [("Someone Ltd", 12_000)],
    "parties_total": 12_000,
    "directions": [("Boss Ltd", "Road 1", "6103")],
    "text": "First line.\nSecond line.",
}
LAYOUTS = range(60)
LATIN = "".join(map(chr, range(0x80, 0x250)))
"""Characters that in a row look like another encoding, which the reader remarks on, and those that cp1252 makes."""


def read(page: bytes) -> Reading:
    reading = regimes.read(Document(data=page, name="page.html"))
    assert reading is not None
    return reading


def notice(page: bytes) -> Notice:
    reading = read(page)
    assert reading.problems == ()
    assert reading.inputs == 1
    (only,) = reading.notices
    assert only.locator == ""
    return only.body


def problems(page: bytes) -> tuple[Problem, ...]:
    return read(page).problems


def count(number: int) -> Number:
    return Number(Decimal(number))


def printed(text: str) -> Number:
    value = Decimal(text)
    return Number(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))


def long(shares: int) -> tuple[Position, ...]:
    return (Position(leg=Leg.LONG, shares=count(shares)),)


@pytest.mark.parametrize("layout", [0, 1, 2, 3])
def test_the_founding_case(layout: int) -> None:
    found = notice(pages.founding_notice(layout))
    assert found == Notice(
        regime="hk",
        form="2",
        issuer_code="00020",
        issuer_name="SenseTime Group Inc. - B",
        share_class="B",
        holder=Holder(name="Alibaba Group Holding Limited", kind=HolderKind.CORPORATION),
        serial="CS20221111E00123",
        event_date=date(2022, 11, 8),
        signed_date=date(2022, 11, 11),
        known_from=datetime(2022, 11, 11, 15, 59, 59, 999999, tzinfo=UTC),
        known_basis="date in the serial number",
        issued=Absent.NOT_DISCLOSED,
        trades=(
            Trade(
                leg=Leg.LONG,
                code="1201",
                shares=count(80_000_000),
                currency="HKD",
                highest=Absent.NOT_DISCLOSED,
                average=printed("1.8190"),
                consideration=Absent.NOT_DISCLOSED,
                capacity_before="2201",
                capacity_after="2201",
            ),
        ),
        before=(Position(leg=Leg.LONG, shares=Absent.NOT_DISCLOSED, percent=printed("9.05")),),
        after=(Position(leg=Leg.LONG, shares=Absent.NOT_DISCLOSED, percent=printed("8.74")),),
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_box_in_every_layout(layout: int) -> None:
    found = notice(pages.founding_notice(layout, **FULL))
    assert found.issued == count(25_978_640_000)
    assert found.aware_date == date(2022, 11, 9)
    assert (found.holder.parent, found.holder.exchange) == ("Parent & Sons", "New York Stock Exchange")
    (trade,) = found.trades
    assert (trade.highest, trade.average, trade.consideration) == (printed("1.85"), printed("1.8190"), printed("1.80"))
    assert trade.nature == "3101"
    assert found.before == (
        Position(leg=Leg.LONG, shares=count(2_351_000_000), percent=printed("9.05")),
        Position(leg=Leg.SHORT, shares=count(1_000), percent=printed("0.00")),
    )
    assert found.after[1] == Position(leg=Leg.POOL, shares=count(5), percent=printed("0.00"))
    assert found.capacities == (
        CodedShares(code="2201", leg=Leg.LONG, shares=count(2_271_000_000)),
        CodedShares(code="2201", leg=Leg.SHORT, shares=count(5)),
    )
    assert found.derivatives == (CodedShares(code="4105", leg=Leg.LONG, shares=count(7)),)
    assert found.text == "First line.\nSecond line."
    assert found.links == (
        Link(
            kind=LinkKind.CONTROLLED,
            name="Taobao Holding Limited",
            address="George Town",
            controller="Alibaba Group Holding Limited",
            percent=printed("100.00"),
            direct=True,
            positions=long(9),
        ),
        Link(
            kind=LinkKind.CONTROLLED,
            name="Other Ltd",
            address="Road Town",
            controller="Taobao Holding Limited",
            percent=printed("50.5"),
            direct=False,
            positions=(*long(9), Position(leg=Leg.SHORT, shares=count(1))),
        ),
        Link(kind=LinkKind.JOINT, name="Jane", address="Street 2", positions=long(9)),
        Link(kind=LinkKind.TRUST, name="A trust", code="5101", positions=long(3)),
        Link(kind=LinkKind.AGREEMENT, name="Someone Ltd", positions=long(12_000)),
        Link(kind=LinkKind.DIRECTION, name="Boss Ltd", address="Road 1", code="6103"),
    )


def test_the_short_line_counts_only_when_filled() -> None:
    page = pages.founding_notice(short={"code": "1502", "shares": 5_000, "capacity_before": "2101"})
    first, second = notice(page).trades
    assert (first.leg, second.leg) == (Leg.LONG, Leg.SHORT)
    assert (second.code, second.shares, second.average) == ("1502", count(5_000), Absent.NOT_DISCLOSED)


def test_positions_and_counts_in_cells_of_their_own() -> None:
    row = "<td>A Ltd<td>B Ltd<td>100<td>Yes<td>Long position<td>7<td>Short position<td>8"
    page = pages.founding_notice().replace(b"id=grdCtrlCorp>", f"id=grdCtrlCorp><tr>{row}<tr><td>".encode(), 1)
    reading = read(page)
    link = reading.notices[0].body.links[0]
    assert link.positions == (*long(7), Position(leg=Leg.SHORT, shares=count(8)))
    assert (link.name, link.controller, link.percent, link.direct) == ("A Ltd", "B Ltd", printed("100"), True)


def test_lines_of_the_supplementary_text() -> None:
    blank, told = b'id="lblDSuppInfo">', b'id="lblDSuppInfo">One <a href=x>link</a>.<br>Two<p>Three</p>'
    assert notice(pages.founding_notice().replace(blank, told)).text == "One link.\nTwo\nThree"


def test_form_1_of_a_person() -> None:
    figures = {**pages.FOUNDING_CASE, "serial": "IS20221111E00001", "surname": "Chan", "first": "Tai", "middle": "Man"}
    reading = read(pages.form1(chinese="陳大文", family=[("Spouse", "Home", [("Long position", 4)])], **figures))
    assert (reading.reader, reading.problems) == ("hk/1", ())
    found = reading.notices[0].body
    assert found.holder == Holder(name="Chan Tai Man", kind=HolderKind.INDIVIDUAL, chinese="陳大文")
    assert found.links[0] == Link(kind=LinkKind.FAMILY, name="Spouse", address="Home", positions=long(4))


def test_a_person_with_a_chinese_name_only() -> None:
    found = notice(pages.form1(**{**pages.FOUNDING_CASE, "serial": "IS20221111E00001"}, chinese="曹志鷹"))
    assert found.holder == Holder(name="曹志鷹", kind=HolderKind.INDIVIDUAL)


@pytest.mark.parametrize(
    ("names", "holder"),
    [
        ({"surname": "Lei", "first": "Jun"}, Holder(name="Lei Jun", kind=HolderKind.INDIVIDUAL)),
        ({"holder": "REIT Manager Ltd"}, Holder(name="REIT Manager Ltd", kind=HolderKind.CORPORATION)),
    ],
)
def test_form_3a(names: dict[str, str], holder: Holder) -> None:
    figures = {**pages.FOUNDING_CASE, "holder": None, "serial": "DA20221111E00001", "code": "1213"}
    reading = read(pages.form3a(**{**figures, **names}, capacities=[("2101", [("Long position", 80)])]))
    assert (reading.reader, reading.problems) == ("hk/3A", ())
    assert reading.notices[0].body.holder == holder
    assert reading.notices[0].body.capacities == (CodedShares(code="2101", leg=Leg.LONG, shares=count(80)),)


@pytest.mark.parametrize(
    ("serial", "status", "related"),
    [
        ("CS20221114E00200 (Amendment to CS20221111E00123)", Status.AMENDMENT, "CS20221111E00123"),
        ("CS20221111E00123 (Superseded by CS20221114E00200)", Status.SUPERSEDED, "CS20221114E00200"),
        ("CS20221111E00123\n(Withdrawn on 14/11/2022)", Status.WITHDRAWN, None),
    ],
)
def test_remarks_beside_the_serial(serial: str, status: Status, related: str | None) -> None:
    found = notice(pages.founding_notice(serial=serial))
    assert (found.status, found.related) == (status, related)
    assert found.remark is not None
    assert found.remark in serial.replace("\n", " ")


def test_an_unreadable_serial_costs_only_the_day_of_publication() -> None:
    reading = read(pages.founding_notice(serial="12345"))
    found = reading.notices[0].body
    assert (found.serial, found.known_from) == (None, None)
    assert [p.severity for p in reading.problems] == [Severity.FIELD]
    assert "lblDSerialNo" in reading.problems[0].where


@pytest.mark.parametrize(
    "change",
    [
        {"issuer_code": "2O"},
        {"issuer_code": ""},
        {"issuer_code": "000200"},
        {"holder": ""},
        {"serial": "", "event_date": ""},
    ],
)
def test_without_an_identity_a_notice_is_quarantined(change: dict[str, Any]) -> None:
    reading = read(pages.founding_notice(**change))
    assert reading.notices == ()
    assert reading.quarantined == 1


def test_short_codes_are_padded() -> None:
    assert notice(pages.founding_notice(issuer_code="20")).issuer_code == "00020"


@pytest.mark.parametrize(
    ("change", "get"),
    [
        ({"issued": "1e9"}, lambda n: n.issued),
        ({"shares": "8O,000,000"}, lambda n: n.trades[0].shares),
        ({"average": "-1.8"}, lambda n: n.trades[0].average),
        ({"after": [("Long position", "1,000", "NaN")]}, lambda n: n.after[0].percent),
        ({"after": [("Long position", "9" * 31, "8.74")]}, lambda n: n.after[0].shares),
    ],
)
def test_unreadable_figures_are_marked_and_said(change: dict[str, Any], get: Callable[[Notice], Any]) -> None:
    reading = read(pages.founding_notice(**change))
    assert get(reading.notices[0].body) is Absent.UNREADABLE
    assert [p.severity for p in reading.problems] == [Severity.FIELD]


@pytest.mark.parametrize(
    ("change", "severity", "said"),
    [
        ({"code": "1299"}, Severity.NOTE, "not in our table"),
        ({"code": "1705"}, Severity.NOTE, "not on the list for Form 2"),
        ({"code": "sale"}, Severity.FIELD, "not a code"),
        ({"currency": "others"}, Severity.NOTE, "another currency"),
        ({"currency": "HK$"}, Severity.FIELD, "three letters"),
        ({"position": "Sideways"}, Severity.FIELD, "no position"),
        ({"position": ""}, Severity.NOTE, "position is blank"),
        ({"after": [("Long position", 1, "101.5")]}, Severity.NOTE, "more than 100%"),
        ({"after": [("Sideways", 1, "1.00")]}, Severity.FIELD, "no position"),
        ({"after": [("Long position", 1, "1.00"), ("Long position", 2, "1.00")]}, Severity.FIELD, "another total"),
        ({"event_date": "32/11/2022"}, Severity.FIELD, "no such day"),
        ({"event_date": "12/11/2022"}, Severity.NOTE, "after the day of filing"),
        ({"capacities": [("2999", [("Long position", 1)])]}, Severity.NOTE, "not in our table"),
        ({"capacities": [("", [("Long position", 1)])]}, Severity.FIELD, "no code"),
        ({"parties_total": "many"}, Severity.FIELD, "plain number"),
        ({"more": '<span id="lblDNewBox">7</span>'}, Severity.NOTE, "do not know"),
        ({"more": '<table id="grdNew"><tr><td>7</table>'}, Severity.NOTE, "do not know"),
        ({"more": '<span id="lblDEvtNew3">7</span>'}, Severity.NOTE, "do not know"),
    ],
)
@pytest.mark.parametrize("layout", [0, 5])
def test_what_is_odd_speaks(change: dict[str, Any], severity: Severity, said: str, layout: int) -> None:
    reading = read(pages.founding_notice(layout, **change))
    assert [(p.severity, said in p.message) for p in reading.problems] == [(severity, True)]
    assert len(reading.notices) == 1


def test_parts_of_known_tables_are_no_new_boxes() -> None:
    more = '<span id="grdSh_AEvt__ctl2_lblPos">x</span><span id="lblDEvtShare3"></span><i id="trRelevantEvent3"></i>'
    assert problems(pages.founding_notice(more=more)) == ()


def test_a_third_event_line() -> None:
    more = (
        '<span id="lblDEvtPosition3">Lending pool</span><span id="lblDEvtReason3">16012</span>'
        '<span id="lblDEvtShare3">7</span>'
    )
    third = notice(pages.founding_notice(more=more)).trades[1]
    assert (third.leg, third.code, third.shares, third.average) == (Leg.POOL, "16012", count(7), None)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (pages.founding_notice(caption="FORM 3B"), "a serial number of Form 2"),
        (pages.founding_notice(caption="表格 4"), "layout not known"),
        (pages.founding_notice(caption="FORM 4 - LISTED COMPANY"), "layout not known"),
        (pages.founding_notice(more='<span id="lblDAssoCorpName">Sub Ltd</span>'), "an associated corporation"),
        (pages.founding_notice(more='<span id="lblDAEvtAmount">500,000</span>'), "amounts of debentures"),
        (b'<span id="lblDLogNo">101777</span><span id="lblViewCorpName">X</span>', "cannot be told"),
        (b'<span id="lblViewCorpName">X</span><span id="lblDStockCode">20</span>', "cannot be told"),
        (pages.founding_notice() + pages.founding_notice(shares=5), "two notices in one file"),
        (pages.founding_notice()[:3000], "half a figure"),
    ],
)
def test_other_pages_are_refused_with_their_reason(page: bytes, said: str) -> None:
    reading = read(page)
    assert reading.notices == ()
    assert reading.quarantined == 1
    assert said in reading.problems[-1].message


def test_the_form_is_told_without_a_caption() -> None:
    for caption, serial, reader in (("", "CS20221111E00123", "hk/2"), ("Notice", "", "hk/2"), ("表格二", "", "hk/2")):
        assert read(pages.founding_notice(caption=caption, serial=serial)).reader == reader


@settings(max_examples=60, deadline=None)
@given(
    layout=st.integers(0, 10_000),
    issued=st.integers(0, 10**29),
    after=st.lists(
        st.tuples(
            st.sampled_from(["Long position", "Short position", "Lending pool"]),
            st.integers(0, 10**29),
            st.decimals(0, 100, places=2).map(str),
        ),
        max_size=3,
        unique_by=lambda row: row[0],
    ),
    name=st.text(st.characters(categories=["L", "N", "P"], exclude_characters=LATIN), min_size=1, max_size=40),
)
def test_pages_made_are_read_back_exactly(layout: int, issued: int, after: Any, name: str) -> None:
    found = notice(pages.founding_notice(layout, issued=issued, after=after, holder=name))
    assert found.issued == count(issued)
    assert found.holder.name == name
    legs = {"Long position": Leg.LONG, "Short position": Leg.SHORT, "Lending pool": Leg.POOL}
    assert found.after == tuple(Position(leg=legs[w], shares=count(s), percent=printed(p)) for w, s, p in after)


def test_a_page_cut_anywhere_speaks_and_invents_nothing() -> None:
    page = pages.founding_notice(**FULL)
    whole = notice(page)
    for cut in range(0, page.rindex(b"</html"), 37):
        reading = regimes.read(Document(data=page[:cut], name="cut"))
        if reading is None:
            continue
        assert reading.problems
        for found in (r.body for r in reading.notices):
            assert found.issued in (whole.issued, None)
            for side in ("before", "after"):
                told = {p.leg: p for p in getattr(whole, side)}
                for position in getattr(found, side):
                    assert position.shares in (told[position.leg].shares, None)
                    assert position.percent in (told[position.leg].percent, None)
            for trade in found.trades:
                assert trade.shares in (whole.trades[0].shares, None)
                assert trade.average in (whole.trades[0].average, None)


def test_places_of_a_notice_can_be_found_again() -> None:
    page = pages.founding_notice(short={"code": "1502", "shares": 5_000}, **FULL)
    document = Document(data=page, name="page")
    for path, text in (
        ("issued", "25,978,640,000"),
        ("trades.long.average", "1.8190"),
        ("trades.short.shares", "5,000"),
        ("trades.long.code", "1201 completed a sale"),
        ("before.long.percent", "9.05"),
        ("after.pool.shares", "5"),
        ("event_date", "08/11/2022"),
        ("capacities", "Code describing it Number of shares 2201 through a controlled corporation"),
    ):
        box = regimes.cite("hk", "2", path)
        assert box is not None
        told = regimes.quote(document, box.element)
        assert told is not None
        assert told.startswith(text) if path == "capacities" else told == text
    for nowhere in ("#lblNothing", "#grdSh_AEvt, short, shares", "row 1, column 6, long", "box 19", ""):
        assert regimes.quote(document, nowhere) is None


def test_the_line_for_a_leg_is_found_wherever_it_stands() -> None:
    page = pages.founding_notice(
        position="Short position", short={"position": "Long position", "shares": 7, "code": "1101"}
    )
    box = regimes.cite("hk", "2", "trades.long.shares")
    assert box is not None
    assert regimes.quote(Document(data=page, name="page"), box.element) == "7"


def test_boxes_are_cited_by_number_or_element() -> None:
    numbers = {
        path: getattr(regimes.cite("hk", "2", path), "number", None)
        for path in ("issued", "after.long.percent", "text")
    }
    assert numbers == {"issued": "4", "after.long.percent": "19", "text": "27"}
    director = regimes.cite("hk", "3A", "derivatives")
    assert director is not None
    assert director.cite == "#grdDer_Dir (derivative interests)"
    assert regimes.cite("hk", "2", "nothing.at.all") is None
    assert regimes.cite("xx", "2", "issued") is None
