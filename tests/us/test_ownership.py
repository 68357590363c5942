"""Forms 3, 4 and 5 from documents made by hand: every field, and what cannot be read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from stakeline.model.documents import Document
from stakeline.model.notices import Absent, LineKind, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.regimes import cite, us
from tests.us.made import form, holding, notice, option, owner, read, sale, submission


def n(text: str) -> Number:
    return Number(Decimal(text))


def test_a_form_4_gives_one_notice_with_every_row() -> None:
    told = notice(form(sale("40200", "213.3049", "8638") + holding("20", "By Trust"), option("40200", "0"), plan="1"))
    assert (told.regime, told.form, told.subject) == ("us", "4", "us:0000093410")
    assert (told.issuer_name, told.symbol, told.schema) == ("EXAMPLE CORP", "EXM", "X0609")
    assert (told.event_date, told.signed_date) == (date(2026, 3, 30), date(2026, 4, 1))
    assert told.plan is True
    assert told.holder.name == "ROE JANE"
    assert told.holder.code == "0001000001"
    assert told.holder.roles == ("director", "officer")
    assert told.holder.title == "Chief Executive Officer"
    assert told.holder.address == "1 MAIN STREET, AUSTIN, TX, 78701"
    one, two, three = told.lines
    assert (one.table, one.kind, one.code, one.side, one.swap) == ("I", LineKind.TRANSACTION, "S", "D", False)
    assert (one.shares, one.price, one.after, one.held) == (n("40200"), n("213.3049"), n("8638"), "D")
    assert (two.kind, two.after, two.held, two.nature) == (LineKind.HOLDING, n("20"), "I", "By Trust")
    assert (three.table, three.strike, three.underlying) == ("II", n("125.35"), "Common Stock")
    assert (three.exercisable, three.expires, three.notes) == (None, date(2028, 1, 31), (("exercisable", "F1"),))
    assert three.derivative
    assert told.footnotes[0].id == "F1"


def test_joint_owners_are_one_notice() -> None:
    told = notice(form(sale("1", "2", "3"), owners=owner() + owner("ROE HOLDINGS LLC", "7", director="false")))
    assert [h.name for h in told.holders] == ["ROE JANE", "ROE HOLDINGS LLC"]
    assert told.joint[0].code == "0000000007"
    assert told.joint[0].roles == ("officer",)


def test_fractions_stay_exact() -> None:
    (line,) = notice(form(sale("2.507", "0.00001", "17285425.0400"))).lines
    assert isinstance(line.after, Number)
    assert str(line.after.value) == "17285425.0400"
    assert line.shares == n("2.507")


def test_a_price_that_is_only_a_footnote_is_unknown_and_never_zero() -> None:
    (line,) = notice(form(sale("5", '<footnoteId id="F1"/><footnoteId id="F2"/>', "3"))).lines
    assert line.price is Absent.NOT_DISCLOSED
    assert line.notes == (("price", "F1 F2"),)


@pytest.mark.parametrize("price", ["", "<value></value>", "<value> </value>"])
def test_a_blank_price_is_not_disclosed(price: str) -> None:
    (line,) = notice(form(sale("5", price or "<value/>", "3"))).lines
    assert line.price is Absent.NOT_DISCLOSED


@pytest.mark.parametrize(
    "text", ["1,000", "-5", "NaN", "1e5", "Infinity", "$5", "1" + "0" * 40, "٣", "0x10", "5 shares", "1.2.3"]
)
def test_what_is_no_number_is_unreadable_and_said(text: str) -> None:
    found = read(form(sale(text, "2", "3")))
    (told,) = found.notices
    assert told.body.lines[0].shares is Absent.UNREADABLE
    (problem,) = found.problems
    assert problem.severity is Severity.FIELD
    assert problem.where == "nonDerivativeTable/nonDerivativeTransaction/transactionAmounts/transactionShares"
    assert problem.found == text


def test_a_value_that_stands_twice_is_not_believed() -> None:
    found = read(form(sale("5", "<value>1</value><value>2</value>", "3")))
    assert found.notices[0].body.lines[0].price is Absent.UNREADABLE
    assert "twice" in found.problems[0].message
    twice = form(sale("5", "1", "3")).replace(
        b"<transactionShares><value>5</value></transactionShares>",
        b"<transactionShares><value>5</value></transactionShares><transactionShares><value>6</value></transactionShares>",
    )
    found = read(twice)
    assert found.notices[0].body.lines[0].shares is Absent.UNREADABLE
    assert "twice" in found.problems[0].message


def test_days_with_a_time_zone_keep_the_day() -> None:
    told = notice(form(sale("1", "2", "3", day="2024-07-19-05:00"), period="2014-02-03-05:00", signed="2014-02-04Z"))
    assert told.event_date == date(2014, 2, 3)
    assert told.lines[0].day == date(2024, 7, 19)
    assert told.signed_date == date(2014, 2, 4)


@pytest.mark.parametrize("day", ["2026-02-30", "03/30/2026", "0001-01-01", "yesterday"])
def test_what_is_no_day_is_said(day: str) -> None:
    found = read(form(sale("1", "2", "3", day=day)))
    assert found.notices[0].body.lines[0].day is None
    assert [p.severity for p in found.problems] == [Severity.FIELD]


@pytest.mark.parametrize(("text", "ticked"), [("1", True), ("true", True), ("0", False), ("false", False)])
def test_boxes_are_written_either_way(text: str, *, ticked: bool) -> None:
    assert notice(form(plan=text)).plan is ticked
    assert ("director" in notice(form(owners=owner(director=text))).holder.roles) is ticked


def test_a_box_that_is_not_there_is_not_one_left_open() -> None:
    assert notice(form().replace(b"<aff10b5One>0</aff10b5One>", b"")).plan is None
    assert notice(form().replace(b"<aff10b5One>0</aff10b5One>", b"<aff10b5One/>")).plan is None


def test_an_exit_notice_without_tables_keeps_its_box() -> None:
    told = notice(form(more="<notSubjectToSection16>1</notSubjectToSection16>"))
    assert told.boxes == ("notSubjectToSection16",)
    assert told.by_line
    assert not told.lines


def test_an_amendment_names_the_day_of_the_original() -> None:
    told = notice(form(kind="4/A", more="<dateOfOriginalSubmission>2026-03-11</dateOfOriginalSubmission>"))
    assert (told.form, told.status, told.original_date, told.related) == (
        "4",
        Status.AMENDMENT,
        date(2026, 3, 11),
        None,
    )


def test_an_unknown_element_is_named() -> None:
    found = read(form().replace(b"<remarks/>", b"<remarks/><newThing>5</newThing>"))
    (problem,) = found.problems
    assert (problem.severity, problem.where, problem.found) == (Severity.NOTE, "newThing", "5")
    found = read(form(sale("1", "2", "3")).replace(b"<securityTitle>", b"<mood>good</mood><securityTitle>"))
    assert found.problems[0].where == "nonDerivativeTable/nonDerivativeTransaction/mood"


def test_a_cell_of_transactions_in_a_holding_is_named() -> None:
    odd = holding("5").replace(
        "</nonDerivativeHolding>", "<transactionDate><value>2026-01-01</value></transactionDate></nonDerivativeHolding>"
    )
    assert "transactionDate" in read(form(odd)).problems[0].where


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<documentType>4</documentType>", b"<documentType>9</documentType>"),
        (b"<issuerCik>0000093410</issuerCik>", b"<issuerCik>none</issuerCik>"),
        (b"<issuerCik>0000093410</issuerCik>", b"<issuerCik>0</issuerCik>"),
        (b"<rptOwnerCik>0001000001</rptOwnerCik><rptOwnerName>ROE JANE</rptOwnerName>", b""),
    ],
)
def test_without_form_issuer_or_owner_it_is_quarantined(old: bytes, new: bytes) -> None:
    data = form()
    assert old in data
    found = read(data.replace(old, new))
    assert not found.notices
    assert found.quarantined == 1


def test_a_submission_tells_its_number_and_since_when_it_was_public() -> None:
    told = notice(submission(form(sale("1", "2", "3"))))
    assert told.serial == "0001000001-26-000001"
    assert told.known_from == datetime(2026, 4, 1, 21, 0, tzinfo=UTC)  # 5 p.m. in New York, in summer time
    bare = notice(form(sale("1", "2", "3")))
    assert (bare.serial, bare.known_from) == (None, None)
    assert bare.lines == told.lines


def test_places_are_found_again() -> None:
    document = Document(
        data=submission(form(sale("1", "2.50", "3") + holding("20", "By Trust"), option("7", "0"))), name=""
    )
    for path, words in (
        ("I.1.price", "2.50"),
        ("I.2.nature", "By Trust"),
        ("II.1.exercisable", "(F1: Vested in three parts.)"),
        ("holders.1.name", "ROE JANE"),
        ("issuer_code", "0000093410"),
        ("footnotes.1.text", "Vested in three parts."),
    ):
        box = cite("us", "4", path)
        assert box is not None, path
        assert us.quote(document, box.element) == words
    assert us.quote(document, "Table I, row 3, securityTitle") is None
    assert us.quote(document, "../../etc") is None


def test_a_rendering_is_refused_for_what_it_is() -> None:
    found = read(b"<!DOCTYPE html><html><head><title>SEC FORM \n 4</title></head><body>...</body></html>")
    assert found.reader == "us/rendering"
    assert found.quarantined == 1
    assert "not its data" in found.problems[0].message
