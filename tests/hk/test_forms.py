"""Every form, both layouts, both languages: pages made by tests.pages (no real one was available) are read back.

Expected values are those put into the page by hand; the dates of the old notice are the reference's example (1.4).
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes, registry
from stakeline.ledger import schema
from stakeline.model.documents import Document
from stakeline.model.notices import (
    Absent,
    Associated,
    CodedShares,
    Debentures,
    Holder,
    HolderKind,
    Leg,
    Link,
    LinkKind,
    Notice,
    Position,
    Trade,
)
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading, Row, Sighting, canonical, row_key
from tests import pages

DIRECTOR: dict[str, Any] = {
    **pages.FOUNDING_CASE,
    "holder": None,
    "surname": "Lei",
    "first": "Jun",
    "issued": 25_978_640_000,
    "capacities": [("2101", [("Long position", 5)])],
}
ASSOCIATED = {"associated": "Sub Ltd", "business_number": "12345678", "incorporation_number": "998", "place": "Samoa"}
AMOUNTS: dict[str, Any] = {
    "amount": "500,000",
    "unit_size": "1,000",
    "amount_before": "2,000,000",
    "amount_after": "1,500,000",
    "share_class": "5% notes due 2025",
}
MAKE = {
    "1": (pages.form1, {"serial": "IS20221111E00001", "surname": "Chan", "first": "Tai"}),
    "2": (pages.form2, {"serial": "CS20221111E00001", "holder": "A Ltd"}),
    "3A": (pages.form3a, {"serial": "DA20221111E00001", "surname": "Chan"}),
    "3B": (pages.form3b, {"serial": "DB20221111E00001", "surname": "Chan", **ASSOCIATED}),
    "3C": (pages.form3c, {"serial": "DC20221111E00001", "surname": "Chan", **AMOUNTS}),
    "3D": (pages.form3d, {"serial": "DD20221111E00001", "surname": "Chan", **AMOUNTS, **ASSOCIATED}),
}
DEBENTURES = ("3C", "3D")


def made(form: str, layout: int = 0, *, old: bool = False, chinese: bool = False, **changes: Any) -> bytes:
    make, own = MAKE[form]
    figures = {**pages.FOUNDING_CASE, "holder": None, **own, **changes}
    if old:
        prefix = str(figures["serial"])[:2]
        dates = {key: pages.OLD_CASE[key] for key in ("event_date", "signed_date")}
        figures = {**figures, "serial": f"{prefix}20071010123456", **dates, "old": True}
        figures |= {"code": "103", "capacity_before": "201", "capacity_after": "207", **changes}
    return make(layout, **{**figures, "chinese_page": chinese})


def read(page: bytes) -> Reading:
    reading = regimes.read(Document(data=page, name="page.html"))
    assert reading is not None
    return reading


def notice(page: bytes) -> Notice:
    reading = read(page)
    assert reading.problems == ()
    (only,) = reading.notices
    return only.body


def count(number: int) -> Number:
    return Number(Decimal(number))


def printed(text: str) -> Number:
    value = Decimal(text)
    return Number(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))


def position(leg: Leg, shares: int, percent: str) -> Position:
    return Position(leg=leg, shares=count(shares), percent=printed(percent))


@pytest.mark.parametrize("layout", range(20))
def test_form_3b(layout: int) -> None:
    reading = read(pages.form3b(layout, **{**DIRECTOR, "serial": "DB20221111E00001"}, **ASSOCIATED))
    assert (reading.reader, reading.problems) == ("hk/3B", ())
    found = reading.notices[0].body
    assert found.associated == Associated(
        name="Sub Ltd", business_number="12345678", incorporation_number="998", place="Samoa"
    )
    assert found.holder == Holder(name="Lei Jun", kind=HolderKind.INDIVIDUAL)
    assert (found.subject, found.issued, found.debentures) == ("hk:00020", count(25_978_640_000), None)
    assert found.capacities == (CodedShares(code="2101", leg=Leg.LONG, shares=count(5)),)
    assert found.after[0].percent == printed("8.74")
    assert not found.own_shares


@pytest.mark.parametrize("layout", range(20))
def test_form_3c(layout: int) -> None:
    figures = {**DIRECTOR, **AMOUNTS, "serial": "DC20221111E00001", "code": "3333", "currency": "USD"}
    reading = read(pages.form3c(layout, **figures, rights=[("Lei Jun", "Street 1", "100"), ("X", "Y", "")]))
    assert (reading.reader, reading.problems) == ("hk/3C", ())
    found = reading.notices[0].body
    assert found.debentures == Debentures(
        kind="5% notes due 2025",
        before=count(2_000_000),
        after=count(1_500_000),
        rights=(("Lei Jun", "Street 1", "100"), ("X", "Y")),
    )
    assert found.trades == (
        Trade(
            leg=Leg.LONG,
            code="3333",
            currency="USD",
            highest=Absent.NOT_DISCLOSED,
            average=printed("1.8190"),
            consideration=Absent.NOT_DISCLOSED,
            capacity_before="2201",
            capacity_after="2201",
            amount=count(500_000),
            unit_size=count(1_000),
        ),
    )
    assert (found.issued, found.before, found.after, found.share_class, found.associated) == (None, (), (), None, None)
    assert not found.own_shares


def test_form_3d_without_a_caption() -> None:
    page = pages.form3d(**{**DIRECTOR, **AMOUNTS, **ASSOCIATED, "serial": "", "position": ""}, caption="")
    reading = read(page)
    assert (reading.reader, reading.problems) == ("hk/3D", ())
    found = reading.notices[0].body
    assert found.associated is not None
    assert found.debentures is not None
    assert found.trades[0].leg is Leg.LONG


@pytest.mark.parametrize("form", ["3B", "3C", "3D"])
def test_interests_that_are_no_shares_of_the_issuer_stay_out_of_timelines_and_holdings(form: str) -> None:
    own = notice(made("3A"))
    other = notice(made(form))
    assert other.subject == own.subject
    for with_other in ([own], [own, other]):
        rows = [Row(key=row_key(n), body=n, sightings=(Sighting("a" * 64, "", n.form),)) for n in with_other]
        told = registry.timelines(rows, [], regimes.regime, regimes.cite)
        assert [[e.serials for e in t.entries] for t in told] == [[("DA20221111E00001",)]]
        assert registry.undated(rows, regimes.regime) == ()
    assert list(schema.holding_rows("k", other, "load")) == []
    assert len(list(schema.holding_rows("k", own, "load"))) == 2


def test_notices_of_shares_keep_their_bytes() -> None:
    told = canonical(notice(made("2")))
    assert not any(name in told for name in (b"associated", b"debentures", b"amount", b"unit_size"))


def test_an_associated_corporation_without_a_name_is_said() -> None:
    reading = read(made("3B", associated=""))
    assert [(p.severity, p.where) for p in reading.problems] == [(Severity.FIELD, "#lblDAssoCorpName")]
    assert reading.notices[0].body.associated == Associated(
        business_number="12345678", incorporation_number="998", place="Samoa"
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (made("3A", caption="FORM 3B", associated="Sub Ltd"), "called Form 3B, with a serial number of Form 3A"),
        (made("3B", caption="FORM 3A"), "called Form 3A, with a serial number of Form 3B"),
        (made("3B", caption="FORM 3A", serial=""), "called Form 3A, which does not tell an associated corporation"),
        (made("3C", caption="FORM 3A", serial=""), "called Form 3A, which does not tell amounts of debentures"),
        (made("3B", caption="", serial="DA20221111E00001"), "which does not tell an associated corporation"),
        (made("2", caption="第4號表格"), "layout not known"),
    ],
)
def test_contradictions_about_what_is_held_are_quarantined(page: bytes, said: str) -> None:
    reading = read(page)
    assert (reading.notices, reading.quarantined) == ((), 1)
    assert said in reading.problems[-1].message


@pytest.mark.parametrize(
    ("form", "change", "severity", "said"),
    [
        ("3B", {"code": "1299"}, Severity.NOTE, "not in our table"),
        ("3B", {"more": '<span id="lblDNew">7</span>'}, Severity.NOTE, "do not know"),
        ("3B", {"issued": "1.5e9"}, Severity.FIELD, "exponent"),
        ("3C", {"amount_after": "1.5m"}, Severity.FIELD, "plain number"),
        ("3C", {"amount": "-5"}, Severity.FIELD, "negative"),
        ("3C", {"code": "sale"}, Severity.FIELD, "not a code"),
        ("3C", {"more": '<table id="grdCap_Dir_Db"><tr><td>7</table>'}, Severity.NOTE, "do not know"),
        ("3D", {"more": '<span id="lblDIssued">7</span>'}, Severity.NOTE, "do not know"),
    ],
)
@pytest.mark.parametrize("layout", [0, 7])
def test_what_is_odd_speaks(form: str, change: dict[str, Any], severity: Severity, said: str, layout: int) -> None:
    reading = read(made(form, layout, **change))
    assert [(p.severity, said in p.message) for p in reading.problems] == [(severity, True)]
    assert len(reading.notices) == 1


# ---- until 2017 ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", range(20))
def test_a_notice_of_2007(layout: int) -> None:
    reading = read(pages.form2(layout, **pages.OLD_CASE))
    assert (reading.reader, reading.problems) == ("hk/2-2003", ())
    assert reading.notices[0].body == Notice(
        regime="hk",
        form="2-2003",
        issuer_code="00020",
        issuer_name="Plain Holdings Ltd.",
        share_class="ordinary",
        holder=Holder(name="Old Holder Limited", kind=HolderKind.CORPORATION),
        serial="CS20071010123456",
        event_date=date(2007, 9, 27),
        signed_date=date(2007, 10, 2),
        known_from=datetime(2007, 10, 10, 15, 59, 59, 999999, tzinfo=UTC),
        known_basis="date in the serial number of the system used until 2017, which can be days after the filing",
        issued=count(1_000_000_000),
        trades=(
            Trade(
                leg=Leg.LONG,
                code="103",
                shares=count(1_000_000),
                currency="HKD",
                highest=printed("2.030"),
                average=printed("1.985"),
                consideration=Absent.NOT_DISCLOSED,
                capacity_before="201",
                capacity_after="207",
            ),
        ),
        before=(position(Leg.LONG, 70_000_000, "7.00"),),
        after=(position(Leg.LONG, 69_000_000, "6.90"),),
        capacities=(CodedShares(code="201", leg=Leg.LONG, shares=count(69_000_000)),),
    )


def test_a_log_number_is_not_a_serial_number() -> None:
    found = notice(pages.form2(**{**pages.OLD_CASE, "serial": "101777"}))
    assert (found.form, found.serial, found.source_id, found.known_from, found.known_basis) == (
        "2-2003",
        None,
        "101777",
        None,
        None,
    )


@pytest.mark.parametrize("first", ["lblDLogNo", "lblDSerialNo"])
def test_a_serial_number_beside_a_log_number(first: str) -> None:
    other = {"lblDLogNo": "lblDSerialNo", "lblDSerialNo": "lblDLogNo"}[first]
    page = pages.form2(**{**pages.OLD_CASE, "serial": "101777"}).replace(b"lblDLogNo", first.encode())
    found = notice(page.replace(b"</body>", f'<i id="{other}">CS20071010123456</i></body>'.encode()))
    assert (found.form, found.serial, found.source_id) == ("2-2003", "CS20071010123456", None)


@pytest.mark.parametrize(
    ("change", "severity", "said"),
    [
        ({"code": "199"}, Severity.NOTE, "not in our table"),
        ({"code": "1201"}, Severity.NOTE, "not on the list for Form 2-2003"),
        ({"capacity_after": "2999"}, Severity.NOTE, "not in our table"),
        ({"signed_date": "11/10/2007"}, Severity.NOTE, "after the day in the serial number"),
        ({"event_date": "11/10/2007"}, Severity.NOTE, "after the day of filing"),
        ({"event_date": "31/03/2003"}, Severity.NOTE, "before the law"),
        ({"more": '<span id="lblDOldBox">7</span>'}, Severity.NOTE, "do not know"),
        ({"average": "1.985x"}, Severity.FIELD, "plain number"),
    ],
)
def test_what_is_odd_on_an_old_page_speaks(change: dict[str, Any], severity: Severity, said: str) -> None:
    reading = read(pages.form2(**{**pages.OLD_CASE, **change}))
    assert [(p.severity, said in p.message) for p in reading.problems] == [(severity, True)]


def test_old_codes_on_a_new_page_speak() -> None:
    reading = read(made("2", code="103", capacity_before="201"))
    assert [p.message.partition(";")[0] for p in reading.problems] == [
        "a reason code that is not on the list for Form 2",
        "not in our table of capacity codes",
    ]


def test_places_on_an_old_page_can_be_found_again() -> None:
    document = Document(data=pages.form2(**pages.OLD_CASE), name="page")
    for path, text in (("serial", "CS20071010123456"), ("trades.long.code", "103"), ("after.long.percent", "6.90")):
        box = regimes.cite("hk", "2-2003", path)
        assert box is not None
        assert regimes.quote(document, box.element) == text
    box = regimes.cite("hk", "3D", "debentures.after")
    assert box is not None
    assert regimes.quote(Document(data=made("3D"), name="page"), box.element) == "1,500,000"


def test_totals_with_the_percentage_first() -> None:
    page = made("2", after=[("Long position", "8.74", "1,000")])
    swap = b">Percentage figure (%)<", b">Total number of shares<"
    at = page.index(b"grdSh_AEvt")
    rest = page[at:].replace(swap[1], b">*<", 1).replace(swap[0], swap[1], 1).replace(b">*<", swap[0], 1)
    page = page[:at] + rest
    assert notice(page).after == (position(Leg.LONG, 1_000, "8.74"),)
    document = Document(data=page, name="page")
    assert regimes.quote(document, "#grdSh_AEvt, long, percent") == "8.74"
    assert regimes.quote(document, "#grdSh_AEvt, long, shares") == "1,000"


# ---- Chinese ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", range(30))
def test_a_chinese_page(layout: int) -> None:
    figures = {
        **pages.FOUNDING_CASE,
        "issuer_name": "商湯集團股份有限公司 - B",
        "share_class": "Ｂ類普通股",
        "holder": "阿里巴巴集團控股有限公司",
        "serial": "CS20221111E00200 (修訂 CS20221111E00123)",
        "after": [("Long position", 2_271_000_000, "8.74"), ("Short position", 1, "0.00"), ("Lending pool", 5, "0.00")],
        "controlled": [
            ("淘寶控股有限公司", "喬治城", "阿里巴巴集團控股有限公司", "100.00", "Y", [("Long position", 9)])
        ],
        "trusts": [("家族信託", "5101", [("Long position", 3)])],
        "parties": [("某某有限公司", 12_000)],
        "directions": [("老闆有限公司", "第一街", "6103")],
    }
    found = notice(pages.form2(layout, **figures, chinese_page=True))
    assert (found.form, found.share_class, found.related) == ("2", "B", "CS20221111E00123")
    assert found.holder == Holder(name="阿里巴巴集團控股有限公司", kind=HolderKind.CORPORATION)
    assert found.after == (
        position(Leg.LONG, 2_271_000_000, "8.74"),
        position(Leg.SHORT, 1, "0.00"),
        position(Leg.POOL, 5, "0.00"),
    )
    nine = (Position(leg=Leg.LONG, shares=count(9)),)
    assert found.links == (
        Link(
            kind=LinkKind.CONTROLLED,
            name="淘寶控股有限公司",
            address="喬治城",
            controller="阿里巴巴集團控股有限公司",
            percent=printed("100.00"),
            direct=True,
            positions=nine,
        ),
        Link(kind=LinkKind.TRUST, name="家族信託", code="5101", positions=(Position(leg=Leg.LONG, shares=count(3)),)),
        Link(
            kind=LinkKind.AGREEMENT,
            name="某某有限公司",
            positions=(Position(leg=Leg.LONG, shares=count(12_000)),),
        ),
        Link(kind=LinkKind.DIRECTION, name="老闆有限公司", address="第一街", code="6103"),
    )


def test_digits_of_full_width() -> None:
    found = notice(
        made(
            "2",
            issued="２５，９７８，６４０，０００",
            issuer_code="０００２０",
            event_date="０８／１１／２０２２",
            code="１２０１",
            average="１.８１９０",
            after=[("好倉", "１，０００", "８.７４％")],
            capacities=[("２２０１", [("好倉", "１，０００")])],
            controlled=[("第１公司", "街２", "第３公司", "１００", "是", [("好倉", "７")])],
        )
    )
    assert (found.issuer_code, found.event_date, found.issued) == ("00020", date(2022, 11, 8), count(25_978_640_000))
    assert (found.trades[0].code, found.trades[0].average) == ("1201", printed("1.8190"))
    assert found.after == (position(Leg.LONG, 1_000, "8.74"),)
    assert found.capacities == (CodedShares(code="2201", leg=Leg.LONG, shares=count(1_000)),)
    assert (found.links[0].name, found.links[0].controller) == ("第１公司", "第３公司")  # names stay as filed
    assert (found.links[0].percent, found.links[0].positions[0].shares) == (printed("100"), count(7))


@pytest.mark.parametrize(
    ("caption", "reader"),
    [
        ("表格1", "hk/1"),
        ("表格 3A 董事通知", "hk/3A"),
        ("表格３Ａ", "hk/3A"),
        ("第一號表格", "hk/1"),
        ("第3A號表格", "hk/3A"),
        ("FORM NO. 2", "hk/2"),
        ("表格三A", "hk/3A"),
    ],
)
def test_captions(caption: str, reader: str) -> None:
    assert read(made("2", caption=caption, serial="")).reader == reader


# ---- there and back --------------------------------------------------------------------------------------------------

_LEGS = {"Long position": Leg.LONG, "Short position": Leg.SHORT, "Lending pool": Leg.POOL}
_TOTALS = st.lists(
    st.tuples(
        st.sampled_from(sorted(_LEGS)),
        st.integers(0, 10**29),
        st.decimals(0, 100, places=2).map(str),
    ),
    max_size=3,
    unique_by=lambda row: row[0],
)


@settings(max_examples=120, deadline=None)
@given(
    form=st.sampled_from(sorted(MAKE)),
    old=st.booleans(),
    chinese=st.booleans(),
    layout=st.integers(0, 10_000),
    issued=st.integers(0, 10**29),
    totals=_TOTALS,
    held=_TOTALS,
    price=st.decimals(0, 10_000, places=3).map(str),
)
def test_every_form_layout_and_language_is_read_back_exactly(
    form: str, *, old: bool, chinese: bool, layout: int, issued: int, totals: Any, held: Any, price: str
) -> None:
    lines = [(word, shares) for word, shares, _ in held]
    capacity = "201" if old else "2101"
    figures: dict[str, Any] = (
        {"amount_after": issued, "amount_before": issued + 1}
        if form in DEBENTURES
        else {"issued": issued, "after": totals, "before": totals, "capacities": [(capacity, lines)] if lines else []}
    )
    if not old and form in DEBENTURES:
        figures |= {"code": "1201"}
    found = notice(made(form, layout, old=old, chinese=chinese, average=price, **figures))
    assert found.form == (f"{form}-2003" if old else form)
    assert found.trades[0].average == printed(price)
    assert found.own_shares == (form in {"1", "2", "3A"})
    if form in DEBENTURES:
        assert found.debentures is not None
        assert (found.debentures.before, found.debentures.after) == (count(issued + 1), count(issued))
        return
    assert found.issued == count(issued)
    expected = tuple(position(_LEGS[word], shares, percent) for word, shares, percent in totals)
    assert (found.before, found.after) == (expected, expected)
    assert found.capacities == tuple(
        CodedShares(code=capacity, leg=_LEGS[word], shares=count(shares)) for word, shares in lines
    )
