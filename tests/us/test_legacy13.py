"""Legacy Schedules 13D, made by hand in typed text and HTML: rows by their wording, and what cannot be read said, never zero."""

from datetime import date
from decimal import Decimal

import pytest

from stakeline.model.documents import Document
from stakeline.model.notices import Absent, Amount, HolderKind, Status
from stakeline.model.numbers import Interval, Number
from stakeline.model.problems import Severity
from stakeline.regimes import us
from tests.us.made_13dg import ROWS, html_13d, html_page, notice, read, submission, typed


def html(**changed: str) -> bytes:
    """The plain HTML schedule with some rows changed: r11="732,000 (1)"."""
    rows = [changed.get(f"r{number}", value) for number, value in enumerate(ROWS, 1)]
    return submission(html_13d(html_page(*rows)))


class TestTyped:
    def test_the_first_page(self) -> None:
        told = notice(typed())
        assert (told.form, told.issuer_code, told.issuer_name) == ("SC 13D", "0000000777", "EXAMPLE CORP")
        assert told.share_class == "Common Stock, par value $.01 per share"
        assert told.cusips == ("037833100",)
        assert (told.event_date, told.signed_date) == (date(1998, 3, 3), date(1998, 3, 12))
        assert (told.status, told.amendment) == (Status.AMENDMENT, 3)
        assert told.boxes == ("previouslyFiled",)
        assert told.serial == "0000001001-98-000003"

    def test_the_rows_of_a_page_that_breaks_amid_the_powers(self) -> None:
        fund, _ = notice(typed()).covers
        assert (fund.name, fund.code, fund.group, fund.funds) == ("Roe Partners, L.P.", "0000001002", "a", ("WC", "OO"))
        assert (fund.proceedings, fund.citizenship, fund.excludes, fund.types) == (False, "Texas", True, ("PN",))
        assert fund.sole_vote == fund.sole_dispose == Number(Decimal(0))
        assert fund.shared_vote == fund.shared_dispose == fund.aggregate == Number(Decimal(732000))
        assert fund.percent == Number(Decimal("5.2"), Decimal("0.1"))
        assert dict(fund.words)["sole_dispose"] == "NONE"
        assert dict(fund.words)["percent"] == "5.2% (2)"

    def test_the_second_person(self) -> None:
        told = notice(typed())
        roe = told.covers[1]
        assert (roe.name, roe.code, roe.group, roe.proceedings) == ("Richard A. Roe", "0000001001", "b", True)
        assert roe.types == ("IN", "HC")
        assert (roe.sole_vote, roe.shared_vote) == (Number(Decimal(8000)), Number(Decimal(732000)))
        assert told.holder.name == "Richard A. Roe"
        assert told.holder.kind is HolderKind.INDIVIDUAL

    def test_one_position_of_both(self) -> None:
        """732,000 of the partnership are shared by Mr. Roe, who has 8,000 more: 740,000, not 1,472,000."""
        (position,) = notice(typed()).after
        assert position.shares == Number(Decimal(740000))
        assert position.percent == Number(Decimal("5.3"), Decimal("0.1"))

    def test_the_items_keep_their_words(self) -> None:
        items = {i.number: i.text or "" for i in notice(typed()).items}
        assert sorted(items) == ["4", "5"]
        assert "seek a seat on the board of directors" in items["4"]
        assert "100,000 shares at $10.25" in items["5"]

    def test_words_of_an_item_are_no_row(self) -> None:
        assert len(notice(typed()).covers) == 2

    def test_nothing_is_doubted_in_it(self) -> None:
        assert read(typed()).problems == ()


class TestAmounts:
    @pytest.mark.parametrize(
        ("words", "amount"),
        [
            ("732,000", Decimal(732000)),
            ("732000", Decimal(732000)),
            ("732,000 (1)", Decimal(732000)),
            ("732,000*", Decimal(732000)),
            ("732,000(1)(2)", Decimal(732000)),
            ("732,000 shares (see Item 5(a))", Decimal(732000)),
            ("732,000 shares of Common Stock", Decimal(732000)),
            ("732,000.25", Decimal("732000.25")),
            ("approximately 732,000 shares", Decimal(732000)),
            ("-0-", Decimal(0)),
            ("0", Decimal(0)),
            ("None", Decimal(0)),
            ("zero", Decimal(0)),
            ("0 shares", Decimal(0)),
            ("11", Decimal(11)),
        ],
    )
    def test_read(self, words: str, amount: Decimal) -> None:
        assert notice(html(r11=words)).covers[0].aggregate == Number(amount)

    @pytest.mark.parametrize(
        "words",
        [
            "See Item 5",
            "See Row 8 above",
            "1,000,000 - 2,000,000",
            "1,000 shares of Class A Common Stock; 2,000 shares of Class B",
            "7,32,000",
            "732,000,",
            "1" * 16,
            "9,9" + "99," * 40 + "999",
            "-5",
            "12%",
        ],
    )
    def test_not_read_is_a_problem_and_no_number(self, words: str) -> None:
        found = read(html(r11=words))
        (one,) = found.notices
        assert one.body.covers[0].aggregate is Absent.UNREADABLE
        assert one.body.after[0].shares is Absent.UNREADABLE
        (problem,) = [p for p in found.problems if p.severity is Severity.FIELD]
        assert problem.where == "cover page 1, row 11 (aggregate)"

    @pytest.mark.parametrize(("words", "absent"), [("", Absent.NOT_DISCLOSED), ("N/A", Absent.NOT_APPLICABLE)])
    def test_blank_is_not_zero(self, words: str, absent: Amount) -> None:
        """The number of the next row stands alone in the next cell: it is no value of this one."""
        assert notice(html(r7=words)).covers[0].sole_vote is absent

    def test_a_row_that_is_not_there(self) -> None:
        data = html().replace(b"SOLE DISPOSITIVE POWER", b"SOLE DISPOSING MIGHT")
        found = read(data)
        assert found.notices[0].body.covers[0].sole_dispose is Absent.UNREADABLE
        assert any("row 9" in p.where and "not there" in p.message for p in found.problems)


class TestPercents:
    @pytest.mark.parametrize(
        ("words", "low", "high"),
        [
            ("9.9%", "9.85", "10.0"),
            (".3 %", "0.25", "0.4"),
            ("5.2% (2)", "5.15", "5.3"),
            ("5.31", "5.305", "5.32"),
            ("less than 1%", "0", "1"),
            ("Less than 5% (1)", "0", "5"),
            ("&lt;1%", "0", "1"),
            ("5.1% - 5.4%", "5.1", "5.4"),
            ("approximately 7%", "6.5", "8"),
            ("12.5 percent", "12.45", "12.6"),
        ],
    )
    def test_read_with_its_bounds(self, words: str, low: str, high: str) -> None:
        percent = notice(html(r13=words)).covers[0].percent
        assert isinstance(percent, Number)
        assert percent.span() == Interval(Decimal(low), Decimal(high))

    @pytest.mark.parametrize("words", ["See Item 5", "5.2% of Class A, 3.1% of Class B", "fifty", "1000%", "*"])
    def test_not_read_is_a_problem(self, words: str) -> None:
        found = read(html(r13=words))
        assert found.notices[0].body.covers[0].percent is Absent.UNREADABLE
        assert any("row 13" in p.where for p in found.problems)


class TestHtml:
    def test_the_first_page(self) -> None:
        told = notice(html())
        assert told.share_class == "Class B Common Stock"
        assert told.event_date == date(2023, 11, 20)
        assert told.items[0].text is not None
        assert "To hold & wait." in told.items[0].text

    def test_boxes_in_every_sign(self) -> None:
        for sign in (
            "[X]",
            "[x]",
            "&#9746;",
            "&#9745;",
            "(X)",
            '<font face="Wingdings">x</font>',
            '<font style="font-family:wingdings">&#254;</font>',
        ):
            assert notice(html(r12=sign)).covers[0].excludes is True, sign
            assert notice(html(r2=f"(a) &#9744; (b) {sign}")).covers[0].group == "b", sign
        for sign in ("[ ]", "&#9744;", "&#168;", '<font face="wingdings">o</font>', "[&nbsp;]", "[_]"):
            assert notice(html(r12=sign)).covers[0].excludes is False, sign
            assert notice(html(r2=f"(a) {sign} (b) {sign}")).covers[0].group is None, sign

    def test_names_without_numbers_of_identification(self) -> None:
        for words in (
            "I.R.S. IDENTIFICATION NOS. OF ABOVE PERSONS (ENTITIES ONLY)</p><p>Roe Partners, L.P.</p><p>74-1234567",
            "Roe Partners, L.P.<br>I.R.S. # 74-1234567",
            "Roe Partners, L.P.<br>(entities only)",
        ):
            assert notice(html(r1=words)).covers[0].name == "Roe Partners, L.P.", words

    def test_without_a_number_in_the_header_a_person_has_none(self) -> None:
        told = notice(submission(html_13d(html_page(*ROWS), html_page("Somebody Else", *ROWS[1:]))))
        assert [c.code for c in told.covers] == ["0000001002", None]

    def test_a_day_that_is_none_is_said(self) -> None:
        found = read(html().replace(b"11/20/2023", b"13/45/2023"))
        assert found.notices[0].body.event_date is None
        assert any("date of event" in p.where for p in found.problems)

    def test_two_days_are_no_day(self) -> None:
        found = read(html().replace(b"11/20/2023", b"11/20/2023 and 11/22/2023"))
        assert found.notices[0].body.event_date is None


class TestRefused:
    def test_no_cover_page(self) -> None:
        found = read(submission("<html><body><p>SCHEDULE 13D</p><p>See the exhibit.</p></body></html>"))
        assert (found.notices, found.quarantined) == ((), 1)
        assert "EXAMPLE CORP (CIK 0000000777)" in found.problems[-1].found

    def test_a_page_without_a_name(self) -> None:
        found = read(submission(html_13d(html_page("", *ROWS[1:]), html_page(*ROWS))))
        assert (found.notices, found.quarantined) == ((), 1)

    def test_a_submission_that_stops_early(self) -> None:
        found = read(html()[:-60])
        assert (found.notices, found.quarantined) == ((), 1)

    def test_nothing_that_is_cut_off_becomes_a_number(self) -> None:
        """Every cut: quarantined, or every number that is told stands in the bytes."""
        whole = typed()
        for at in range(1000, len(whole), 97):
            found = us.read(Document(data=whole[:at], name=""))
            if found is None:
                continue
            assert len(found.notices) + found.quarantined == found.inputs
            for one in found.notices:
                for cover in one.body.covers:
                    for amount in (cover.aggregate, cover.shared_vote, cover.sole_vote):
                        assert not isinstance(amount, Number) or f"{amount.value:,f}".encode() in whole[:at]


class TestPlaces:
    def test_what_stands_in_a_row(self) -> None:
        document = Document(data=typed(), name="")
        (one,) = read(typed()).notices
        assert one.locator == "cover page 2"
        assert us.quote(document, "cover page 1, row 13") == "5.2% (2)"
        assert us.quote(document, "cover page 2, row 11") == "740,000"
        assert us.quote(document, "cover page 2, first page, date") == "March 3, 1998"
        assert us.quote(document, "cover page 9, row 11") is None
        assert "Richard A. Roe, 740,000, 5.3%" in (us.quote(document, "cover page 1, every cover page") or "")
