"""Schedules 13D and 13G as XML, made by hand: what each field becomes, and how several persons make one position."""

from decimal import Decimal

import pytest

from stakeline.model.notices import Absent, HolderKind, Leg, Notice, Position, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.regimes import us
from stakeline.regimes.us.cusips import check_digit, cusip
from tests.us.made_13dg import notice, person, read, schedule_13d, submission


def after(told: Notice) -> Position:
    (one,) = told.after
    return one


class TestOnePosition:
    def test_one_person(self) -> None:
        told = notice(schedule_13d(person("Roe Partners", "1200000", "6.1", cik="42")))
        assert after(told) == Position(
            leg=Leg.LONG, shares=Number(Decimal(1200000)), percent=Number(Decimal("6.1"), Decimal("0.1"))
        )
        assert told.before == ()
        assert told.combined is None
        assert told.holder.code == "0000000042"

    def test_all_equal_is_one_position_told_again(self) -> None:
        told = notice(schedule_13d(*(person(f"Seat {n}", "6294951", "11.9") for n in range(7))))
        assert after(told).shares == Number(Decimal(6294951))
        assert told.holder.name == "Seat 0"
        assert [h.name for h in told.joint] == [f"Seat {n}" for n in range(1, 7)]
        assert "same shares" in (told.combined or "")

    def test_a_parent_over_parts_to_the_hundredth_of_a_unit(self) -> None:
        told = notice(
            schedule_13d(
                person("Fund A", "13442986.66", "25.1"),
                person("Fund B", "3842438.38", "7.2"),
                person("Manager", "17285425.04", "32.3"),
            )
        )
        assert after(told).shares == Number(Decimal("17285425.04"))
        assert told.holder.name == "Manager"
        assert "sum of its parts" in (told.combined or "")

    def test_a_sum_that_is_off_by_a_hundredth_proves_nothing(self) -> None:
        told = notice(
            schedule_13d(
                person("Fund A", "100.00", "10.0", sole="100.00"),
                person("Fund B", "50.00", "5.0", sole="50.00"),
                person("Other", "150.01", "15.0", sole="150.01"),
            )
        )
        assert after(told).shares == Number(Decimal("150.01"), high=Decimal("300.01"))
        assert told.doubt is not None

    def test_parts_of_parts(self) -> None:
        told = notice(
            schedule_13d(
                person("Top", "100", "10.0"), person("A", "70", "7.0"), person("B", "30", "3.0"),
                person("A1", "50", "5.0"), person("A2", "20", "2.0"),
            )
        )  # fmt: skip
        assert after(told).shares == Number(Decimal(100))

    def test_a_partner_with_shares_of_his_own(self) -> None:
        """As seen: a fund's 2,100,000 shares are shared by its partner, who has 335,000 besides."""
        told = notice(
            schedule_13d(
                person("Fund", "2100000", "8.5"),
                person("Partner", "2435000", "9.9", sole="335000", shared="2100000", types="IN"),
            )
        )
        assert after(told).shares == Number(Decimal(2435000))
        assert told.holder.kind is HolderKind.INDIVIDUAL

    def test_separate_holders_are_bounded_and_never_their_sum(self) -> None:
        told = notice(
            schedule_13d(
                person("One", "500", "5.0", sole="500", shared="0"), person("Two", "300", "3.0", sole="300", shared="0")
            )
        )
        shares, percent = after(told).shares, after(told).percent
        assert shares == Number(Decimal(500), low=None, high=Decimal(800))
        assert isinstance(percent, Number)
        assert (percent.span().low, percent.span().high) == (Decimal("4.95"), Decimal("8.2"))
        assert "at least the largest aggregate, at most the sum" in (told.doubt or "")

    def test_two_that_share_with_others_unknown_are_separate(self) -> None:
        told = notice(schedule_13d(person("One", "500", "5.0"), person("Two", "300", "3.0")))
        assert after(told).shares == Number(Decimal(500), high=Decimal(800))

    def test_a_parent_by_its_type_holds_what_others_share(self) -> None:
        told = notice(schedule_13d(person("Parent", "500", "5.0", types="HC CO"), person("Adviser", "300", "3.0")))
        assert after(told).shares == Number(Decimal(500))

    def test_what_is_not_restated_is_unknown_and_not_zero(self) -> None:
        bare = "<reportingPersonInfo><reportingPersonName>Silent</reportingPersonName></reportingPersonInfo>"
        alone = notice(schedule_13d(bare, form="SCHEDULE 13D/A", cover="<amendmentNo>2</amendmentNo>"))
        assert alone.after == ()
        both = notice(schedule_13d(person("Roe", "500", "5.0"), bare))
        assert after(both).shares == Number(Decimal(500))
        assert "aggregate of Silent is not told" in (both.doubt or "")

    def test_nobody_holds_anything(self) -> None:
        told = notice(schedule_13d(person("One", "0.00", "0.0"), person("Two", "0.00", "0.0")))
        assert after(told).shares == Number(Decimal("0.00"))

    def test_each_person_is_beside_with_its_own_figures(self) -> None:
        told = notice(schedule_13d(person("One", "500", "5.0"), person("Two", "500", "5.0", cik="9", types="IA HC")))
        (link,) = told.links
        assert (link.name, link.positions[0].shares) == ("Two", Number(Decimal(500)))
        assert told.covers[1].types == ("IA", "HC")
        assert [c.code for c in told.covers] == [None, "0000000009"]


class TestFields:
    def test_an_amendment_has_its_number_and_names_what_was_filed_before(self) -> None:
        data = schedule_13d(person("Roe", "500", "5.0"), form="SCHEDULE 13D/A", cover="<amendmentNo>12</amendmentNo>")
        data = data.replace(
            b"</submissionType>",
            b"</submissionType><previousAccessionNumber>0001104659-22-068218</previousAccessionNumber>",
        )
        told = notice(data)
        assert (told.status, told.amendment, told.previous) == (Status.AMENDMENT, 12, "0001104659-22-068218")
        assert told.related is None  # it stands beside what was filed before, not in its place

    @pytest.mark.parametrize("number", ["", "<amendmentNo/>", "<amendmentNo>1.5</amendmentNo>"])
    def test_an_amendment_without_a_number_is_said(self, number: str) -> None:
        found = read(schedule_13d(person("Roe", "500", "5.0"), form="SCHEDULE 13D/A", cover=number))
        assert found.notices[0].body.amendment is None
        assert any(p.severity is Severity.FIELD and "amendment" in p.where for p in found.problems)

    @pytest.mark.parametrize("wrong", ["1,000", "-5", "NaN", "1e9", "Infinity", "12 shares", "9" * 40])
    def test_an_amount_that_is_none_is_unreadable(self, wrong: str) -> None:
        found = read(schedule_13d(person("Roe", wrong, "5.0")))
        (one,) = found.notices
        assert after(one.body).shares is Absent.UNREADABLE
        assert any(p.severity is Severity.FIELD and "aggregateAmountOwned" in p.where for p in found.problems)

    def test_prefixes_do_not_matter(self) -> None:
        plain = schedule_13d(person("Roe", "500", "5.0"))
        text = plain.decode().replace("xmlns=", "xmlns:sch=").replace("<com:", "<COM_").replace("</com:", "</COM_")
        text = text.replace("<", "<sch:").replace("<sch:/", "</sch:").replace("<sch:?", "<?")
        text = text.replace("sch:COM_", "com:").replace("</sch:COM_", "</com:")
        assert notice(text.encode()) == notice(plain)

    @pytest.mark.parametrize(
        "declared",
        [
            "xmlns='http://www.sec.gov/edgar/schedule13D'",
            'xmlns = "http://www.sec.gov/edgar/schedule13D"',
            'xmlns:sch="http://www.sec.gov/edgar/schedule13D" xmlns="http://www.sec.gov/edgar/schedule13D"',
            'xmlns="http://www.sec.gov/edgar/schedule13d"',
        ],
    )
    def test_how_the_namespace_is_declared_does_not_matter(self, declared: str) -> None:
        plain = schedule_13d(person("Roe", "500", "5.0"))
        other = plain.replace(b'xmlns="http://www.sec.gov/edgar/schedule13D"', declared.encode())
        assert other != plain
        assert read(other) == read(plain)
        assert read(other).problems == ()

    @pytest.mark.parametrize("space", ["http://www.sec.gov/edgar/schedule13f", "http://example.com/schedule13D"])
    def test_another_namespace_is_another_form(self, space: str) -> None:
        data = schedule_13d(person("Roe", "500", "5.0"))
        found = read(data.replace(b"http://www.sec.gov/edgar/schedule13D", space.encode()))
        assert (found.notices, found.quarantined) == ((), 1)
        assert found.problems[0].found == f"{{{space}}}edgarSubmission"

    def test_elements_of_another_namespace_are_not_read(self) -> None:
        data = schedule_13d(person("Roe", "500", "5.0"))
        found = read(data.replace(b"<issuerName>", b'<issuerName xmlns="http://www.sec.gov/edgar/other">'))
        assert found.notices[0].body.issuer_name is None
        assert [p.where for p in found.problems] == ["formData/coverPageHeader/issuerInfo/issuerName"]

    def test_an_attribute_of_the_root_that_we_do_not_know_is_named(self) -> None:
        data = schedule_13d(person("Roe", "500", "5.0"))
        known = b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b"><headerData>'
        assert read(data.replace(b">\n<headerData>", known)) == read(data)
        found = read(data.replace(b">\n<headerData>", b' basis="restated">\n<headerData>'))
        assert found.notices == read(data).notices
        (one,) = found.problems
        assert (one.severity, one.where, one.found) == (Severity.NOTE, "the document", "basis='restated'")

    def test_the_list_of_cusips(self) -> None:
        listed = "<issuerCusips><issuerCusipNumber>037833100</issuerCusipNumber><issuerCusipNumber>17275R102</issuerCusipNumber></issuerCusips>"
        told = notice(
            schedule_13d(person("Roe", "5", "5.0")).replace(b"<issuerCUSIP>037833100</issuerCUSIP>", listed.encode())
        )
        assert told.cusips == ("037833100", "17275R102")

    def test_a_test_filing_reports_nothing(self) -> None:
        found = read(schedule_13d(person("Roe", "5", "5.0")).replace(b">LIVE<", b">TEST<"))
        assert (found.notices, found.quarantined) == ((), 1)

    def test_a_form_that_calls_itself_another_is_quarantined(self) -> None:
        found = read(schedule_13d(person("Roe", "5", "5.0"), form="SCHEDULE 13G"))
        assert (found.notices, found.quarantined) == ((), 1)

    def test_percentages_of_different_numbers_of_shares_are_said(self) -> None:
        found = read(schedule_13d(person("One", "500", "5.0"), person("Two", "500", "9.0")))
        assert any("different numbers of shares" in p.message for p in found.problems)

    def test_a_percentage_above_the_whole_is_said(self) -> None:
        found = read(schedule_13d(person("One", "500", "150.0")))
        assert any("more than the whole class" in p.message for p in found.problems)

    def test_the_header_tells_when_it_was_public(self) -> None:
        told = notice(submission(schedule_13d(person("Roe", "5", "5.0")), form="SCHEDULE 13D"))
        assert told.serial == "0000001001-98-000003"
        assert told.known_from is not None
        assert told.known_from.isoformat() == "1998-03-13T21:30:00+00:00"  # 4:30 p.m. in New York


class TestCusips:
    @pytest.mark.parametrize(("base", "digit"), [("03783310", 0), ("17275R10", 2), ("38259P50", 8), ("G0177J10", 8)])
    def test_check_digits(self, base: str, digit: int) -> None:
        assert check_digit(base) == digit

    def test_a_wrong_digit_is_a_problem_and_kept(self) -> None:
        found = read(schedule_13d(person("Roe", "5", "5.0"), cusip="037833101"))
        assert found.notices[0].body.cusips == ("037833101",)
        assert any("0 belongs to its first eight" in p.message for p in found.problems)

    @pytest.mark.parametrize("told", ["000000000", "N/A", "None", "999999999", " "])
    def test_placeholders_are_none(self, told: str) -> None:
        problems: list[Problem] = []
        assert cusip(told, "here", problems) is None
        assert problems == []

    def test_small_letters_and_blanks(self) -> None:
        assert cusip("17275r 10 2", "here", []) == "17275R102"


class TestPlaces:
    def test_a_figure_is_found_again_on_the_page_of_the_one_who_holds_it(self) -> None:
        from stakeline import regimes
        from stakeline.model.documents import Document

        data = schedule_13d(person("Fund", "2100000", "8.5"), person("Partner", "2435000", "9.9", types="HC"))
        (one,) = read(data).notices
        assert one.locator == "cover page 2"
        box = regimes.cite("us", "13D", "after.long.shares")
        assert box is not None
        assert (box.number, box.element) == ("11", "aggregateAmountOwned")
        document = Document(data=data, name="")
        assert us.quote(document, f"{one.locator}, {box.element}") == "2435000"
        assert us.quote(document, f"{one.locator}, every cover page") == "Fund, 2100000, 8.5; Partner, 2435000, 9.9"
        assert us.quote(document, f"{one.locator}, formData/coverPageHeader/dateOfEvent") == "03/02/2026"
        assert us.quote(document, "cover page 3, aggregateAmountOwned") is None


class TestAnswers:
    @pytest.mark.parametrize(("form", "duty"), [("SCHEDULE 13D", "us.13d.initial"), ("SCHEDULE 13D/A", "us.13d.amend")])
    def test_the_duty_of_a_13d(self, form: str, duty: str) -> None:
        told = us.answers(notice(submission(schedule_13d(person("Roe", "5", "5.0"), form=form), form=form)))
        assert (told.rulebook, [d for d, _ in told.duties]) == ("us_13d_13g", [duty])

    def test_one_that_left_schedule_13g_may_answer_to_its_loss(self) -> None:
        data = schedule_13d(person("Roe", "5", "5.0")).replace(b"Flag>false<", b"Flag>true<")
        assert [d for d, _ in us.answers(notice(data)).duties] == [
            "us.13d.initial",
            "us.13g.loss",
            "us.13g.loss.purpose",
        ]
