"""The real Schedules 13D and 13G: every leaf read or left aside by name, figures compared by hand with the files named, and
every file cut at many places."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.model.notices import Cover, Notice, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.regimes import us
from stakeline.regimes.us.layouts import layout
from tests.us.made_13dg import read

FOLDERS = {"sc13d": "schedule13d", "sc13g": "schedule13g"}
POWERS = ("sole_vote", "shared_vote", "sole_dispose", "shared_dispose", "aggregate", "percent")


def _notice(samples: Path, name: str) -> Notice:
    (one,) = read((samples / "us" / name).read_bytes()).notices
    return one.body


def _figures(cover: Cover) -> list[str]:
    """Rows 7 to 11 and 13 of a 13D, 5 to 9 and 11 of a 13G, in plain digits."""
    amounts = [getattr(cover, name) for name in POWERS]
    return [f"{a.value.normalize():f}" if isinstance(a, Number) else str(a) for a in amounts]


def _one(told: Notice) -> tuple[Decimal, Decimal]:
    (position,) = told.after
    assert isinstance(position.shares, Number)
    assert isinstance(position.percent, Number)
    assert position.shares.span().is_exact
    return position.shares.value, position.percent.value


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_leaf_is_handled_or_left_aside_by_name(samples: Path, folder: str) -> None:
    from lxml import etree

    told = layout(FOLDERS[folder])
    for file in sorted((samples / "us" / folder).glob("*.xml")):
        data = re.sub(rb"</fundsSource\s*<", b"</fundsSource><", file.read_bytes().strip())
        for element in etree.fromstring(data, etree.XMLParser(remove_comments=True)).iter():
            above = [e.tag.rpartition("}")[2] for e in element.iterancestors()]
            path = "/".join([*above[::-1], element.tag.rpartition("}")[2]][1:])
            parts = path.split("/")
            aside = any(
                (entry := told.elements.get("/".join(parts[:n]))) is not None and entry.aside
                for n in range(1, len(parts))
            )
            assert not element.attrib, f"{file.name}: {path}"
            assert aside or not path or len(element) or path in told.elements, f"{file.name}: {path}"
        assert not any("do not know" in p.message for p in read(file.read_bytes()).problems), file.name


class TestSchedules13D:
    def test_a_fund_and_the_one_behind_it(self, samples: Path) -> None:
        """sc13d_bml-aadi.xml: reportingPersonInfo 1 and 2."""
        told = _notice(samples, "sc13d/sc13d_bml-aadi.xml")
        assert _one(told) == (Decimal(2435000), Decimal("9.9"))
        assert (told.holder.name, told.holder.code) == ("Leonard Braden Michael", "0001373603")
        assert [h.name for h in told.joint] == ["BML Investment Partners, L.P."]
        assert [_figures(c) for c in told.covers] == [
            ["0", "2100000", "0", "2100000", "2100000", "8.5"],
            ["335000", "2100000", "335000", "2100000", "2435000", "9.9"],
        ]
        assert (told.issuer_code, told.cusips, told.boxes) == ("0001422142", ("00032Q104",), ("previouslyFiled",))
        assert (told.event_date, told.signed_date) == (date(2024, 12, 31), date(2024, 12, 31))
        assert (told.covers[1].remark or "").startswith(
            "BML Investment Partners, L.P. is a Delaware limited partnership"
        )

    def test_seven_persons_are_one_position(self, samples: Path) -> None:
        """sc13d_nested-cusip_seaport.xml: seven times 6,294,951 and 11.9; CUSIP in issuerCusips; comment of signatureInfo."""
        told = _notice(samples, "sc13d/sc13d_nested-cusip_seaport.xml")
        assert _one(told) == (Decimal(6294951), Decimal("11.9"))
        assert (len(told.covers), len(told.joint), told.holder.code) == (7, 6, "0001906837")
        assert (told.cusips, told.schema, told.event_date) == (("81221K108",), "X0202", date(2026, 5, 4))
        assert "signature remark" in {i.number for i in told.items}

    def test_an_amendment_with_a_torn_tag_is_read_and_said(self, samples: Path) -> None:
        """sc13da_zivo: </fundsSource without its last sign; five persons, three without a CIK; two types of the first."""
        found = read((samples / "us/sc13d/sc13da_zivo_truncated-endtag.xml").read_bytes())
        (one,) = found.notices
        told = one.body
        assert [(p.severity, p.found) for p in found.problems] == [(Severity.NOTE, "</fundsSource")]
        assert _one(told) == (Decimal(442854), Decimal("12.2"))
        assert (told.status, told.amendment, told.previous) == (Status.AMENDMENT, 8, "0001174947-17-001120")
        assert [c.code for c in told.covers] == ["0000919484", None, None, "0001713153", None]
        assert told.covers[0].types == ("IN", "HC")
        assert _figures(told.covers[0]) == ["220349", "222505", "220349", "222505", "442854", "12.2"]
        assert len(told.signatures) == 10

    def test_a_single_holder(self, samples: Path) -> None:
        """sc13d_pictet-elastic.xml: fewer votes than shares."""
        told = _notice(samples, "sc13d/sc13d_pictet-elastic.xml")
        assert _one(told) == (Decimal(5288262), Decimal(5))
        assert _figures(told.covers[0]) == ["5274370", "0", "5288262", "0", "5288262", "5"]
        assert told.covers[0].citizenship == "V8"
        assert told.combined is None

    def test_an_exit(self, samples: Path) -> None:
        """sc13da_x0202_prefixed_exit_amex-gbtg.xml: amendment 4, nothing held; items 2, 3 and 7 are not there."""
        told = _notice(samples, "sc13d/sc13da_x0202_prefixed_exit_amex-gbtg.xml")
        assert _one(told) == (Decimal(0), Decimal(0))
        assert (told.amendment, told.previous) == (4, "0001104659-22-068218")
        assert (told.covers[0].group, told.share_class) == ("b", "Class A common stock, par value $0.0001 per share")
        assert [i.number for i in told.items] == ["1(a)", "1(b)", "1", "4", "5(a)", "5(b)", "5(c)", "5(d)", "5(e)", "6"]
        assert "$9.50 per share" in next(i.text or "" for i in told.items if i.number == "4")

    def test_fractions_of_units_add_up(self, samples: Path) -> None:
        """sc13d_x0202_joint_overlap_bluearc-amg.xml: 13,442,986.66 + 3,842,438.38 = 17,285,425.04, told by three parents."""
        told = _notice(samples, "sc13d/sc13d_x0202_joint_overlap_bluearc-amg.xml")
        assert _one(told) == (Decimal("17285425.04"), Decimal("32.3"))
        aggregates = [c.aggregate.value for c in told.covers if isinstance(c.aggregate, Number)]
        assert sum(aggregates) == Decimal("69141700.16")  # what adding them up would make of it
        assert told.covers[0].types == ("IA", "HC", "OO")
        assert told.boxes == ("previouslyFiled",)


class TestSchedules13G:
    def test_parent_and_subsidiary(self, samples: Path) -> None:
        """sc13g_marex-jushi.xml: 5.1 on the cover, 5.08 in Item 4; a line break before the declaration."""
        found = read((samples / "us/sc13g/sc13g_marex-jushi.xml").read_bytes())
        told = found.notices[0].body
        assert _one(told) == (Decimal(10000000), Decimal("5.1"))
        assert [c.group for c in told.covers] == ["a", "a"]
        assert {i.number: i.text for i in told.items}["4(b)"] == "5.08"
        assert [i.number for i in told.items if i.applies is False] == ["3", "5", "6", "7", "8", "9"]
        assert told.boxes == ("Rule 13d-1(c)",)
        assert "under \u00a7 240.14a-11." in next(i.text or "" for i in told.items if i.number == "10")  # escaped twice

    def test_the_largest_of_seven(self, samples: Path) -> None:
        """sc13g_citadel-spirit.xml: 1,624,818 + 59 = 1,624,877, held by the seventh person."""
        told = _notice(samples, "sc13g/sc13g_citadel-spirit.xml")
        assert _one(told) == (Decimal(1624877), Decimal("9.9"))
        assert told.holder.name == "Kenneth Griffin"
        assert told.covers[0].types == ("IA", "HC", "OO")

    def test_amounts_in_prose_are_kept_and_not_taken(self, samples: Path) -> None:
        """sc13g_x0202_an2-therapeutics.xml: Item 4 refers to the cover pages."""
        told = _notice(samples, "sc13g/sc13g_x0202_an2-therapeutics.xml")
        assert _one(told) == (Decimal(3697435), Decimal("9.9"))
        assert [h.code for h in told.holders] == [None] * 4

    def test_commas_and_percent_signs_of_item_4(self, samples: Path) -> None:
        """sc13g_x0202_blackrock-adi.xml: "10,251,900" and "13.5%" in Item 4 are the figures of the cover page: nothing to say."""
        found = read((samples / "us/sc13g/sc13g_x0202_blackrock-adi.xml").read_bytes())
        told = found.notices[0].body
        assert _one(told) == (Decimal(10251900), Decimal("13.5"))
        assert _figures(told.covers[0]) == ["10092431", "0", "10251900", "0", "10251900", "13.5"]
        assert found.problems == ()


class TestLegacy:
    def test_typed_text(self, samples: Path) -> None:
        """sc13ga_morganstanley-coupang_2024.txt: rows 5 to 12 of pages 2 and 3."""
        told = _notice(samples, "sc13-legacy/sc13ga_morganstanley-coupang_2024.txt")
        assert _one(told) == (Decimal(81988740), Decimal("5.1"))
        assert [(c.name, c.types) for c in told.covers] == [
            ("Morgan Stanley", ("HC", "CO")),
            ("Morgan Stanley Investment Management Inc.", ("IA", "CO")),
        ]
        assert [_figures(c) for c in told.covers] == [
            ["0", "78114639", "0", "81988740", "81988740", "5.1"],
            ["0", "77270928", "0", "81086822", "81086822", "5"],
        ]
        assert (told.amendment, told.cusips, told.event_date) == (1, ("22266T109",), date(2023, 12, 31))
        assert (told.serial, told.known_from) == ("0000895421-24-000024", datetime(2024, 2, 8, 14, 58, 25, tzinfo=UTC))
        assert told.boxes == ("Rule 13d-1(b)",)
        assert [c.code for c in told.covers] == ["0000895421", None]

    def test_html_of_a_bank(self, samples: Path) -> None:
        """sc13ga_jpmorgan-federalrealty_2024.txt: one page; the box of Item 5 is ticked: 5% or less."""
        told = _notice(samples, "sc13-legacy/sc13ga_jpmorgan-federalrealty_2024.txt")
        assert _one(told) == (Decimal(4024573), Decimal("4.9"))
        assert _figures(told.covers[0]) == ["2459100", "25", "4022435", "743", "4024573", "4.9"]
        assert (told.boxes, told.amendment) == (("Rule 13d-1(b)", "fivePercentOrLess"), 2)
        assert told.share_class == "Common Shares of Beneficial Interest"

    def test_a_dissemination_file(self, samples: Path) -> None:
        """sc13g_2024-12-13_0001076809-24-000144.nc: two persons with 3,394,114 and 5.31%; no day of acceptance."""
        told = _notice(samples, "sc13-legacy/sc13g_2024-12-13_0001076809-24-000144.nc")
        assert _one(told) == (Decimal(3394114), Decimal("5.31"))
        assert (told.issuer_code, told.issuer_name) == ("0000704562", "Avid Bioservices, Inc.")
        assert [(c.name, c.code, c.types) for c in told.covers] == [
            ("Glazer Capital, LLC", "0001076809", ("IA", "OO")),
            ("Paul J. Glazer", None, ("IN",)),
        ]
        assert (told.event_date, told.cusips) == (date(2024, 12, 9), ("05368M106",))
        assert told.boxes == ("Rule 13d-1(c)",)

    def test_zero_is_zero_where_it_says_so(self, samples: Path) -> None:
        """sc13g_livent_document.html: "-0-" and "-0- (See Item 4(a))" on four pages, the row numbers in cells of their own."""
        told = _notice(samples, "sc13-legacy/sc13g_livent_document.html")
        assert _one(told) == (Decimal(0), Decimal(0))
        assert [_figures(c) for c in told.covers] == [["0"] * 6] * 4
        assert told.issuer_code == "name:LIVENT CORPORATION"
        assert told.boxes == ("Rule 13d-1(c)", "fivePercentOrLess")

    def test_a_header_alone_names_its_parties(self, samples: Path) -> None:
        found = read((samples / "us/sc13-legacy/sc13da_header_variant.txt").read_bytes())
        assert (found.notices, found.quarantined) == ((), 1)
        assert "Nuveen Quality Municipal Income Fund (CIK 0001083839)" in found.problems[0].found


@pytest.mark.parametrize("folder", ["sc13d", "sc13g", "sc13-legacy"])
def test_no_cut_makes_a_number_that_is_not_there(samples: Path, folder: str) -> None:
    for file in sorted((samples / "us" / folder).iterdir()):
        whole = file.read_bytes()
        bare = whole.replace(b",", b"")
        for at in range(200, len(whole), max(97, len(whole) // 60)):
            found = us.read(Document(data=whole[:at], name=""))
            if found is None:
                continue
            assert len(found.notices) + found.quarantined == found.inputs
            assert found.notices or found.quarantined, f"{file.name} cut at {at}"
            for one in found.notices:
                for cover in one.body.covers:
                    for name in POWERS:
                        amount = getattr(cover, name)
                        assert not isinstance(amount, Number) or f"{amount.value:f}".encode() in bare, (
                            f"{file.name} at {at}"
                        )
