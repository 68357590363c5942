"""Lists of every kind, made by tests.listpages: what each tells, and what it says of what it cannot tell."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Absent, Associated, Debentures, HolderKind, Leg, Notice, Position, Status, Trade
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading, Row, Sighting, row_key
from stakeline.registry.filings import filings
from tests import listpages, pages

ROW = {
    "serial": "CS20221111E00123",
    "day": "08/11/2022",
    "issuer": "SenseTime Group Inc. - B",
    "code": "00020",
    "class": "Class B Ordinary Shares",
    "holder": "Alibaba Group Holding Limited",
    "reason": "1201(L)",
    "shares": "80,000,000(L)",
    "price": "HKD 1.8190",
    "before": "2,351,000,000(L)",
    "percent before": "9.05(L)",
    "after": "2,271,000,000(L)",
    "percent": "8.74(L)",
}
SOLD = (
    Trade(
        leg=Leg.LONG,
        code="1201",
        shares=Number(Decimal(80_000_000)),
        currency="HKD",
        price=Number(Decimal("1.8190"), Decimal("0.0001")),
    ),
)
AFTER = (
    Position(leg=Leg.LONG, shares=Number(Decimal(2_271_000_000)), percent=Number(Decimal("8.74"), Decimal("0.01"))),
)
KINDS: dict[str, Any] = {
    "list": listpages.company,
    "list (shareholders)": listpages.shareholders,
    "date list": listpages.by_date,
    "person list": listpages.person,
    "consolidated": listpages.balances,
    "summary": listpages.summary,
}


def read(page: bytes) -> Reading:
    reading = regimes.read(Document(data=page, name="list.html"))
    assert reading is not None
    return reading


def only(page: bytes) -> Notice:
    reading = read(page)
    assert reading.problems == ()
    (found,) = reading.notices
    return found.body


@pytest.mark.parametrize("layout", range(12))
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_in_every_layout_tells_the_same(kind: str, layout: int) -> None:
    found = only(KINDS[kind]([ROW], layout=layout))
    assert found == only(KINDS[kind]([ROW]))
    assert found.form == kind.partition(" (")[0]
    assert (found.serial, found.event_date, found.after) == (ROW["serial"], date(2022, 11, 8), AFTER)
    assert found.trades == (() if kind == "consolidated" else SOLD)
    assert found.known_from == datetime(2022, 11, 11, 15, 59, 59, 999999, tzinfo=UTC)


def test_a_list_by_date_files_under_the_name_told() -> None:
    found = only(listpages.by_date([ROW | {"issuer": "Bank of X Co., Ltd.  - H Shares"}]))
    assert found.subject == "hk:name:Bank of X Co., Ltd. - H Shares"
    assert (found.issuer_name, found.share_class) == ("Bank of X Co., Ltd. - H Shares", "H")
    assert found.holder.kind is HolderKind.CORPORATION


def test_a_person_list_takes_the_person_from_its_heading() -> None:
    found = only(listpages.person([ROW | {"serial": "IS20221111E00123"}], name="Li Hua"))
    assert (found.holder.name, found.holder.kind) == ("Li Hua", HolderKind.INDIVIDUAL)
    assert found.issuer_code == "name:SenseTime Group Inc. - B"
    nobody = read(listpages.person([ROW], name=""))
    assert (nobody.notices, nobody.quarantined) == ((), 1)


@pytest.mark.parametrize(
    ("page", "title", "form"),
    [
        ("NSConstdSSList", "", "consolidated"),
        ("NSAllSSList", "", "complete"),
        ("saved", "Complete list of substantial shareholders", "complete"),
        ("saved", "Consolidated list of substantial shareholders", "consolidated"),
    ],
)
def test_lists_of_balances_tell_no_event(page: str, title: str, form: str) -> None:
    found = only(listpages.balances([ROW | {"after": "9(L)\n3(S)", "percent": "1.00(L)\n0.10(S)"}], page, title))
    assert (found.form, found.trades, found.before) == (form, (), ())
    assert [p.leg for p in found.after] == [Leg.LONG, Leg.SHORT]


@pytest.mark.parametrize("layout", range(8))
def test_a_summary_tells_the_class_and_the_balance_before(layout: int) -> None:
    found = only(listpages.summary([ROW], layout=layout))
    assert (found.subject, found.share_class) == ("hk:00020", "B")
    shares, percent = Number(Decimal(2_351_000_000)), Number(Decimal("9.05"), Decimal("0.01"))
    assert found.before == (Position(leg=Leg.LONG, shares=shares, percent=percent),)


def test_a_summary_of_debentures_tells_amounts_and_no_shares() -> None:
    row = ROW | {
        "serial": "DD20221111E00123",
        "corporation": "Finance (BVI) Ltd",
        "currency": "USD",
        "amount": "1,000,000",
        "unit price": "99.50",
        "before": "2,000,000(L)",
        "after": "1,000,000(L)",
    }
    found = only(listpages.debentures([row]))
    assert not found.own_shares
    assert found.associated == Associated(name="Finance (BVI) Ltd")
    assert found.debentures == Debentures(
        before=Number(Decimal(2_000_000), Decimal(1)), after=Number(Decimal(1_000_000), Decimal(1))
    )
    (trade,) = found.trades
    assert (trade.currency, trade.amount) == ("USD", Number(Decimal(1_000_000), Decimal(1)))
    assert (found.before, found.after, trade.shares) == ((), (), None)
    assert read(listpages.debentures([row | {"serial": "DA20221111E00123"}])).quarantined == 1


@pytest.mark.parametrize(
    ("prefix", "associated", "debentures"), [("DB", True, False), ("DC", False, True), ("DD", True, True)]
)
def test_rows_of_other_interests_are_never_shares_of_the_issuer(
    prefix: str, *, associated: bool, debentures: bool
) -> None:
    told = {
        "serial": f"{prefix}20221111E00123",
        "day": "08/11/2022",
        "holder": "Li Hua",
        "associated": "Y",
        "debentures": "Y",
    }
    found = only(listpages.company([told]))
    assert (found.associated is not None, found.debentures is not None) == (associated, debentures)
    assert not found.own_shares
    assert (found.trades, found.after) == ((), ())


def test_figures_in_a_row_of_debentures_are_not_taken_for_shares() -> None:
    reading = read(listpages.company([ROW | {"serial": "DC20221111E00123"}]))
    assert (reading.notices, reading.quarantined) == ((), 1)
    assert "2,271,000,000" in reading.problems[0].found


@pytest.mark.parametrize(
    ("serial", "issuer", "status", "related"),
    [
        ("DA20260604E00038(Amendment to DA20260601E00479)", "X Ltd.", Status.AMENDMENT, "DA20260601E00479"),
        ("DA20260604E00038", "X Ltd. (Amendment to DA20260601E00479)", Status.AMENDMENT, "DA20260601E00479"),
        ("DA20260604E00038", "X Ltd. (Superseded by DA20260605E00001)", Status.SUPERSEDED, "DA20260605E00001"),
        ("DA20260604E00038", "X Ltd. (Withdrawn on 05/06/2026)", Status.WITHDRAWN, None),
    ],
)
def test_remarks_are_found_wherever_they_stand(serial: str, issuer: str, status: Status, related: str | None) -> None:
    found = only(listpages.summary([ROW | {"serial": serial, "issuer": issuer}]))
    assert (found.serial, found.issuer_name) == ("DA20260604E00038", "X Ltd.")
    assert (found.status, found.related) == (status, related)


def test_a_name_with_brackets_keeps_them() -> None:
    name = "Himalaya (formerly known as LL Partners, L.P.)"
    assert only(listpages.company([ROW | {"holder": name}])).holder.name == name


def test_rows_of_the_old_system() -> None:
    row = ROW | {"serial": "IS20141228000003", "day": "18/12/2014", "reason": "103(L)", "price": "HKD 23.544"}
    reading = read(listpages.person([row], name="Li Lu"))
    assert reading.problems == ()
    (found,) = (r.body for r in reading.notices)
    assert (found.serial, found.trades[0].code) == ("IS20141228000003", "103")
    assert found.known_from == datetime(2014, 12, 28, 15, 59, 59, 999999, tzinfo=UTC)
    assert found.known_basis != "date in the serial number"


@pytest.mark.parametrize("layout", range(4))
def test_chinese_headers(layout: int) -> None:
    for page in (listpages.company, listpages.by_date):
        assert only(page([ROW], chinese=True, layout=layout)) == only(page([ROW]))


@pytest.mark.parametrize("layout", range(3))
def test_a_serial_of_a_day_to_come_is_not_when_it_was_public(layout: int) -> None:
    reading = read(listpages.company([{**ROW, "serial": "CS20990105E00001"}], layout=layout))
    (found,) = reading.notices
    assert (found.body.serial, found.body.known_from, found.body.known_basis) == ("CS20990105E00001", None, None)
    assert [(p.severity, p.found) for p in reading.problems] == [(Severity.FIELD, "CS20990105E00001")]
    late = only(listpages.company([{**ROW, "serial": "CS20240105E00001"}], layout=layout))
    assert late.known_from == datetime(2024, 1, 5, 15, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(("serial", "known"), [("CS20231112E00001", True), ("CS20231113E00001", False)])
def test_a_serial_a_year_after_the_notice_was_signed_is_not_believed(serial: str, *, known: bool) -> None:
    page = pages.founding_notice(serial=serial, event_date="13/11/2022", signed_date="11/11/2022")
    reading = read(page)
    (found,) = reading.notices
    assert (found.body.known_from is not None, found.body.known_basis is not None) == (known, known)
    assert [p.message for p in reading.problems if p.severity is Severity.FIELD] == (
        []
        if known
        else [
            "the day in the serial number is more than 366 days after the day of signing (2022-11-11):"
            " the day of publication is not known"
        ]
    )


def test_an_unknown_column_speaks() -> None:
    reading = read(listpages.company([ROW], more=["Something new"]))
    assert [(p.severity, p.where, p.found) for p in reading.problems] == [
        (Severity.NOTE, "header, column 11", "Something new")
    ]
    assert reading.notices == read(listpages.company([ROW])).notices


@pytest.mark.parametrize("lost", ["Reason for disclosure ", "% of issued voting shares", "Form Serial Number"])
@pytest.mark.parametrize("kind", [listpages.company, listpages.by_date, listpages.person])
def test_a_list_without_a_needed_column_is_no_list_of_another_kind(kind: Any, lost: str) -> None:
    reading = read(kind([ROW]).replace(lost.encode(), b"Something else"))
    assert (reading.notices, reading.quarantined) == ((), 1)


def test_a_list_of_several_pages_says_so() -> None:
    reading = read(listpages.company([ROW], shown="51 - 51", total=120))
    assert len(reading.notices) == 1
    assert [p.severity for p in reading.problems] == [Severity.NOTE]
    assert "shows 1 of 120" in reading.problems[0].message


def test_places_are_found_again_on_every_kind() -> None:
    for form, make in KINDS.items():
        document = Document(data=make([ROW], layout=5), name="x")
        name = form.partition(" (")[0]
        for path, text in (("after.long.shares", "2,271,000,000(L)"), ("serial", "CS20221111E00123")):
            box = regimes.cite("hk", name, path)
            assert box is not None
            assert regimes.quote(document, f"row 1, {box.element}") == text


def row_of(page: bytes, name: str) -> Row[Notice]:
    found = only(page)
    return Row(row_key(found), found, (Sighting(document=name, locator="row 1", name=name),))


def test_all_lists_and_the_page_of_one_serial_are_one_filing() -> None:
    notice = regimes.read(Document(data=pages.founding_notice(), name="page"))
    assert notice is not None
    page = notice.notices[0].body
    made: dict[str, Any] = {"consolidated": listpages.balances, "list": listpages.company, "summary": listpages.summary}
    rows = [row_of(make([ROW]), form) for form, make in made.items()]
    rows.append(Row(row_key(page), page, (Sighting(document="page", locator="", name="page"),)))
    placed, undated = filings(rows, regimes.regime)
    assert undated == ()
    (filing,) = placed
    assert [r.body.form for r in filing.reports] == ["2", "summary", "list", "consolidated"]


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.integers(0, 10**20), st.decimals(0, 100, places=2)), min_size=1, max_size=4),
    st.integers(0, 999),
)
def test_lists_made_are_read_back_exactly(kind: str, figures: Any, layout: int) -> None:
    rows = [ROW | {"after": f"{s:,}(L)", "percent": f"{p}(L)"} for s, p in figures]
    reading = read(KINDS[kind](rows, layout=layout))
    assert reading.problems == ()
    assert [r.body.after for r in reading.notices] == [
        (Position(leg=Leg.LONG, shares=Number(Decimal(s)), percent=Number(p, Decimal("0.01"))),) for s, p in figures
    ]


def test_blank_cells_are_not_zero() -> None:
    found = only(listpages.company([ROW | {"shares": "", "price": "", "after": "", "percent": "8.74(L)"}]))
    assert found.trades[0].shares is Absent.NOT_DISCLOSED
    assert found.after[0].shares is Absent.NOT_DISCLOSED
