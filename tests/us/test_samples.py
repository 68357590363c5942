"""The real filings: every leaf read or left aside by name, and figures compared by hand with the files named."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.model.notices import Absent, Line, LineKind, Notice, Status
from stakeline.model.numbers import Number
from stakeline.regimes import us
from stakeline.regimes.us.layouts import Layout, layout
from tests.us.made import read

_XML = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL)
FOLDERS = {"form3": "ownership", "form4": "ownership", "form5": "ownership", "form144": "proposed_sale"}


def _files(samples: Path, folder: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted((samples / "us" / folder).iterdir()):
        if path.suffix != ".html" and "header" not in path.name:
            yield path.name, path.read_bytes()


def _notice(samples: Path, name: str) -> Notice:
    found = read((samples / "us" / name).read_bytes())
    (one,) = found.notices
    return one.body


def value(amount: object) -> Decimal:
    assert isinstance(amount, Number)
    return amount.value


def _leaves(element: object, path: str = "") -> Iterator[tuple[str, bool, dict[str, str]]]:
    """Each element's path, whether it is a leaf, and its attributes."""
    for child in element:  # type: ignore[attr-defined]
        name = f"{path}/{child.tag.rpartition('}')[2]}".lstrip("/")
        yield name, len(child) == 0, dict(child.attrib)
        yield from _leaves(child, name)


def _known(path: str, told: Layout) -> bool:
    """True where the description has the path, or leaves it or what stands above it aside by name."""
    bare = path.removesuffix("/value").removesuffix("/footnoteId")
    if bare in told.elements:
        return True
    above = path
    while above := above.rpartition("/")[0]:
        entry = told.elements.get(above)
        if entry is not None and entry.aside is not None:
            return True
    return any(p.startswith(path + "/") for p in told.elements)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_leaf_and_attribute_is_handled_or_left_aside_by_name(samples: Path, folder: str) -> None:
    from lxml import etree

    told = layout(FOLDERS[folder])
    for name, data in _files(samples, folder):
        inner = _XML.search(data)
        root = etree.fromstring((inner[1] if inner else data).strip(), etree.XMLParser(remove_comments=True))
        for path, _, attributes in _leaves(root):
            assert _known(path, told), f"{name}: {path}"
            last = path.rpartition("/")[2]
            assert set(attributes) <= ({"id"} if last in {"footnote", "footnoteId"} else set()), f"{name}: {path}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_one_notice_without_a_problem(samples: Path, folder: str) -> None:
    for name, data in _files(samples, folder):
        found = read(data)
        assert len(found.notices) == 1, name
        assert [p.message for p in found.problems] in (
            [],
            ["blanks before the XML declaration, which are no part of XML; read without them"],
        ), name


def test_renderings_and_headers_are_refused_with_their_reason(samples: Path) -> None:
    for folder in FOLDERS:
        for path in (samples / "us" / folder).iterdir():
            if path.suffix == ".html" and "index-headers" not in path.name:
                assert read(path.read_bytes()).problems[0].message.startswith("a rendering of the form")
    header = read((samples / "us/form4/form4_1998_header.txt").read_bytes()).problems[0]
    assert header.found == (
        "Form 4, 0001012325-98-000004, filed 1998-11-20: subject MORTON INTERNATIONAL INC /IN/ (CIK 0001035972); "
        "owner CANTALUPO JAMES R (CIK 0001012325)"
    )


def test_chevron_exercise_and_sale(samples: Path) -> None:
    """0000093410-26-000105.xml, whole."""
    told = _notice(samples, "form4/0000093410-26-000105.xml")
    assert (told.issuer_code, told.issuer_name, told.symbol, told.schema) == (
        "0000093410",
        "CHEVRON CORP",
        "CVX",
        "X0609",
    )
    assert (told.holder.name, told.holder.code) == ("Pate R. Hewitt", "0001469419")
    assert (told.holder.roles, told.holder.title) == (("officer",), "Chief Legal Officer")
    assert told.holder.address == "1400 SMITH STREET, HOUSTON, TX, 77002"
    assert (told.plan, told.event_date, told.signed_date) == (True, date(2026, 3, 30), date(2026, 4, 1))
    rows = [(r.table, r.kind.value, r.code, r.side, r.held, r.nature, value(r.after)) for r in told.lines]
    assert rows == [
        ("I", "transaction", "M", "A", "D", None, 48838),
        ("I", "transaction", "S", "D", "D", None, 8638),
        ("I", "holding", None, None, "I", "By 401(k) plan", 9574),
        ("I", "holding", None, None, "I", "By Pate Family Trust", 20),
        ("I", "holding", None, None, "I", "By Spouse Trust", 13264),
        ("II", "transaction", "M", "D", "D", None, 0),
    ]
    sold, option = told.lines[1], told.lines[5]
    assert (value(sold.shares), value(sold.price)) == (40200, Decimal("213.3049"))
    assert sold.notes == (("code", "F1"), ("price", "F3"))
    assert (value(option.strike), option.expires, option.exercisable) == (Decimal("125.35"), date(2028, 1, 31), None)
    assert option.notes == (("exercisable", "F6"),)
    assert [f.id for f in told.footnotes] == ["F1", "F2", "F3", "F4", "F5", "F6"]
    assert told.footnotes[0].text.endswith("adopted by the reporting person on November 26, 2025.")
    assert told.signatures[0].name == "/s/ Rose Z. Pierson, Attorney-in-Fact for R. Hewitt Pate"


def test_microsoft_fractions(samples: Path) -> None:
    """0000789019-26-000064.xml: 2.507 units granted, 1109.675 after, 9913.797 shares held."""
    held, unit = _notice(samples, "form4/0000789019-26-000064.xml").lines
    assert value(held.after) == Decimal("9913.797")
    assert (value(unit.shares), value(unit.after)) == (Decimal("2.507"), Decimal("1109.675"))
    assert unit.strike is Absent.NOT_DISCLOSED
    assert unit.notes == (("strike", "F1"), ("shares", "F2"), ("exercisable", "F3"), ("expires", "F3"))


def test_procter_amendment(samples: Path) -> None:
    """0000080424-26-000034.xml: a 4/A that puts 49 units in the place of 193."""
    told = _notice(samples, "form4/0000080424-26-000034.xml")
    assert (told.status, told.original_date, told.form) == (Status.AMENDMENT, date(2026, 3, 11), "4")
    (line,) = told.lines
    assert (line.code, value(line.shares), value(line.price), value(line.after)) == ("A", 49, 0, Decimal("5065.7148"))


def test_taiwan_semiconductor_price_in_footnotes(samples: Path) -> None:
    """0001046179-26-000290.xml: the price has three footnotes and no value."""
    (line,) = [r for r in _notice(samples, "form4/0001046179-26-000290.xml").lines if r.code == "H"]
    assert line.price is Absent.NOT_DISCLOSED
    assert ("price", "F4 F5 F6") in line.notes


def test_exxon_exit(samples: Path) -> None:
    """0000034088-26-000075.xml: no table at all, the box that the director is no longer subject to section 16."""
    told = _notice(samples, "form4/0000034088-26-000075.xml")
    assert (told.lines, told.boxes, told.plan) == ((), ("notSubjectToSection16",), False)


def test_berkshire_form_3_of_two_owners(samples: Path) -> None:
    """form3_snow_nonderiv.xml: one position of 6,125,376 shares, two reporting persons."""
    told = _notice(samples, "form3/form3_snow_nonderiv.xml")
    assert [(h.name, h.code, h.roles) for h in told.holders] == [
        ("BERKSHIRE HATHAWAY INC", "0001067983", ("10% owner",)),
        ("BUFFETT WARREN E", "0000315090", ("10% owner",)),
    ]
    (line,) = told.lines
    assert (line.title, value(line.after), line.held, line.nature) == (
        "Class A Common Stock",
        6125376,
        "I",
        "See footnote",
    )
    assert told.boxes == ()


def test_goldman_days_with_a_time_zone(samples: Path) -> None:
    """form3_goldman_2018.txt: 2018-11-05-05:00; accepted by the header of its submission."""
    told = _notice(samples, "form3/form3_goldman_2018.txt")
    assert told.event_date == date(2018, 11, 5)
    assert told.holder.title == "Executive Vice President - CFO"
    assert isinstance(told.lines[0], Line)
    assert value(told.lines[0].after) == 96927
    assert told.serial is not None
    assert told.known_from is not None


def test_snowflake_form_5(samples: Path) -> None:
    """form5_snow.xml: a gift of 61,386; two trusts of the same words, told apart by their footnotes."""
    told = _notice(samples, "form5/form5_snow.xml")
    gift, one, other = told.lines
    assert (gift.code, gift.filed_as, value(gift.shares), value(gift.after)) == ("G", "5", 61386, 54666)
    assert (one.nature, one.notes, value(one.after)) == ("Trust", (("nature", "F3"),), 151188)
    assert (other.nature, other.notes, value(other.after)) == ("Trust", (("nature", "F4"),), 125737)
    assert [r.kind for r in told.lines] == [LineKind.TRANSACTION, LineKind.HOLDING, LineKind.HOLDING]


def test_softbank_eight_owners_and_the_moment_of_acceptance(samples: Path) -> None:
    """form4_sy_softbank_derivative_acquisition.txt: header of 20250307210008, eight reporting owners."""
    told = _notice(samples, "form4/form4_sy_softbank_derivative_acquisition.txt")
    assert len(told.holders) == 8
    assert told.serial == "0001493152-25-009612"
    assert told.known_from == datetime(2025, 3, 8, 2, 0, 8, tzinfo=UTC)


def test_a_dissemination_file(samples: Path) -> None:
    """form4_2025_0001127602-25-004598.nc: no moment of acceptance, so the end of 13 February 2025 in New York."""
    told = _notice(samples, "form4/form4_2025_0001127602-25-004598.nc")
    assert told.serial == "0001127602-25-004598"
    assert told.known_from == datetime(2025, 2, 14, 4, 59, 59, 999999, tzinfo=UTC)
    assert [(r.code, value(r.shares), value(r.after)) for r in told.lines] == [("A", 2193, 21878), ("F", 1009, 20869)]


def test_form_144_of_abercrombie(samples: Path) -> None:
    """form144_abercrombie-lipesky.xml: 2,000 to be sold, five sales before."""
    told = _notice(samples, "form144/form144_abercrombie-lipesky.xml")
    assert told.proposed is not None
    assert not told.own_shares
    (planned,) = told.proposed.sales
    assert (value(planned.shares), value(planned.value), value(planned.issued)) == (
        2000,
        Decimal("293633.82"),
        44431710,
    )
    assert (planned.title, planned.venue, planned.day) == ("Class A", "NYSE", date(2026, 9, 4))
    assert planned.through == "Fidelity Brokerage Services LLC"
    assert [(s.day, value(s.shares), value(s.value)) for s in told.proposed.past] == [
        (date(2026, 7, 16), 10000, 1000000),
        (date(2026, 7, 28), 10000, 1050000),
        (date(2026, 8, 4), 10000, 1100000),
        (date(2026, 8, 10), 10000, 1150000),
        (date(2026, 8, 28), 5000, 745000),
    ]
    (lot,) = told.proposed.lots
    assert (lot.how, lot.gift, value(lot.shares)) == ("Restricted Stock Vesting", False, 2000)


def test_form_144_of_karp(samples: Path) -> None:
    """form144_palantir-karp.xml: two relationships, a plan of 21 November 2025, nothing sold before."""
    told = _notice(samples, "form144/form144_palantir-karp.xml")
    assert (told.holder.name, told.holder.code, told.holder.roles) == (
        "ALEXANDER KARP",
        "0001823951",
        ("Director", "Officer"),
    )
    assert told.proposed is not None
    assert (told.proposed.plans, told.proposed.none, told.proposed.past) == ((date(2025, 11, 21),), True, ())


def test_places_of_every_figure_are_found_again(samples: Path) -> None:
    from stakeline.regimes import cite

    for name, data in _files(samples, "form4"):
        document = Document(data=data, name=name)
        body = read(data).notices[0].body
        count = {"I": 0, "II": 0}
        for line in body.lines:
            count[line.table] += 1
            for field in ("shares", "price", "after", "strike"):
                amount = getattr(line, field)
                if not isinstance(amount, Number):
                    continue
                box = cite("us", "4", f"{line.table}.{count[line.table]}.{field}")
                assert box is not None
                words = us.quote(document, box.element)
                assert words is not None, (name, box)
                assert Decimal(words.split(" ")[0]) == amount.value
