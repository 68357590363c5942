"""Text copied from the register's pages. The texts are written by hand, as browsers put tables on the clipboard."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline.model.documents import Document
from stakeline.model.notices import Notice
from stakeline.model.numbers import Number
from stakeline.model.problems import Severity
from stakeline.model.rows import Reading, canonical
from stakeline.regimes import hk
from tests import pages

NOTICE = """FORM 2 - CORPORATE SUBSTANTIAL SHAREHOLDER NOTICE
Form serial number\tCS20221111E00123
1. Name of listed corporation\tSenseTime Group Inc. - B
2. Stock code\t00020
3. Class of shares\tClass B Ordinary Shares
4. Number of issued shares in class\t25,978,640,000
5. Name of substantial shareholder\tAlibaba Group Holding Limited
6. Registered office\tGrand Cayman
15. Date of relevant event\t08/11/2022
16. Date when the substantial shareholder became aware\t
17. Details of relevant event
Position\tCode\tBefore\tAfter\tShares\tCurrency\tHighest\tAverage\tConsideration\tNature
Long position\t1201\tcompleted a sale\t2201\tthrough a controlled corporation\t2201\tthrough a controlled corporation\t80,000,000\tHKD\t\t1.8190\t\t
18. Total shares immediately before the relevant event
Position\tTotal number of shares\tPercentage figure (%)
Long position\t2,351,000,000\t9.05
19. Total shares immediately after the relevant event
Position\tTotal number of shares\tPercentage figure (%)
Long position\t2,271,000,000\t8.74
20. Capacity in which interests disclosed in Box 19 are held
Code describing it\tNumber of shares
2201\tthrough a controlled corporation\tLong position\t2,271,000,000
27. Supplementary information

Date of filing this form\t11/11/2022
"""
HEADER = (
    "Form Serial Number\tName of substantial shareholder / director / chief executive\tReason for disclosure \t"
    "No. of shares bought / sold / involved\tAverage price per share\tNo. of shares interested (See *Notes above)\t"
    "% of issued voting shares\tDate of relevant event (dd/mm/yyyy)\tInterests in shares of associated corporation\t"
    "Interests in debentures"
)
LIST = f"""List of all notices within a specified period - Current Securities
Stock code:\t00020
Name of listed corporation:\tSenseTime Group Inc. - B
Date (dd/mm/yyyy):\t01/11/2022 - 16/11/2022
*Notes: (L) - Long Position, (S) - Short Position, (P) - Lending Pool
{HEADER}
CS20221111E00123\tAlibaba Group Holding Limited\t1201(L)\t80,000,000(L)\tHKD 1.8190\t2,271,000,000(L)\t8.74(L)\t08/11/2022\t\t
CS20221110E00007 (Amendment to CS20221109E00001)\tSome Bank\t1101(L)
1501(S)\t1,000(L)
2,000(S)\t\t500,000(L)
2,000(S)\t6.10(L)
1.20(S)\t07/11/2022
Page 1
Displayed: 1 - 2
Total records: 2
"""
ROWS = [
    ("CS20221111E00123", "Alibaba Group Holding Limited", "1201(L)", "80,000,000(L)", "HKD 1.8190", "2,271,000,000(L)", "8.74(L)", "08/11/2022"),
    ("CS20221110E00007 (Amendment to CS20221109E00001)", "Some Bank", "1101(L)\n1501(S)", "1,000(L)\n2,000(S)", "", "500,000(L)\n2,000(S)", "6.10(L)\n1.20(S)", "07/11/2022"),
]  # fmt: skip


def read(text: str | bytes) -> Reading:
    reading = hk.read(Document(data=text.encode() if isinstance(text, str) else text, name="copied.txt"))
    assert reading is not None
    return reading


def bodies(reading: Reading) -> list[Notice]:
    return [r.body for r in reading.notices]


def refusals(reading: Reading) -> list[str]:
    return [p.message for p in reading.problems if p.severity is Severity.INPUT]


def test_a_copied_notice_is_the_notice_of_its_page() -> None:
    page = pages.founding_notice(
        issued=25_978_640_000,
        before=[("Long position", "2,351,000,000", "9.05")],
        after=[("Long position", "2,271,000,000", "8.74")],
        capacities=[("2201", [("Long position", "2,271,000,000")])],
    )
    reading = read(NOTICE)
    assert (reading.reader, reading.problems) == ("hk/pasted notice", ())
    assert bodies(reading) == bodies(read(page))


def test_a_copied_list_is_the_list_of_its_page() -> None:
    reading = read(LIST)
    assert reading.reader == "hk/pasted list"
    assert bodies(reading) == bodies(read(pages.list_page(ROWS)))
    assert [r.locator for r in reading.notices] == ["row 1", "row 2"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"], ids=["crlf", "cr", "lf"])
def test_encodings_and_line_ends(encoding: str, ending: str) -> None:
    for text in (NOTICE, LIST):
        assert bodies(read(text.replace("\n", ending).encode(encoding))) == bodies(read(text))


@pytest.mark.parametrize("text", [NOTICE, LIST])
def test_text_in_another_encoding_is_no_guess(text: str) -> None:
    data = text.replace("Holding", "阿里巴巴").encode("big5hkscs")
    assert "neither UTF-8 nor UTF-16" in refusals(read(data))[0]


@pytest.mark.parametrize(
    ("text", "locator", "quote"),
    [
        (NOTICE, "#lblDIssued", "25,978,640,000"),
        (NOTICE, "#grdSh_AEvt, long, percent", "8.74"),
        (NOTICE, "#lblDEvtAPrice", "1.8190"),
        (LIST, "row 2, column 6, short", "2,000(S)"),
        (LIST, "row 1, column 5", "HKD 1.8190"),
        (LIST, "row 3, column 5", None),
    ],
)
def test_places_are_found_again(text: str, locator: str, quote: str | None) -> None:
    assert hk.quote(Document(data=text.encode(), name="x"), locator) == quote


def lined(text: str) -> str:
    return "\n".join(line for line in text.replace("\t", "\n").split("\n") if line.strip())


def test_cells_on_lines_of_their_own_where_they_are_unambiguous() -> None:
    # A price stands between the shares involved and those held; without one, a count for each reason and each total.
    reading = read(lined(LIST).replace(" (Amendment to CS20221109E00001)", ""))
    expected = [(*ROWS[0],), (ROWS[1][0].split(" ")[0], *ROWS[1][1:])]
    assert bodies(reading) == bodies(read(pages.list_page(expected)))


def test_cells_on_lines_of_their_own_that_could_be_two_things_are_quarantined() -> None:
    # One count and no price: shares involved or shares held, nobody can tell.
    reading = read(lined(LIST.replace("80,000,000(L)\tHKD 1.8190\t2,271,000,000(L)", "\t\t2,271,000,000(L)")))
    assert len(reading.notices) == 1
    assert ["blank ones left no trace" in r for r in refusals(reading)] == [True]
    notice = read(lined(NOTICE))
    assert (len(notice.notices), ["lines of their own" in r for r in refusals(notice)]) == (0, [True])


@pytest.mark.parametrize(
    ("changed", "to", "message"),
    [
        ("Stock code:\t00020\nName of listed corporation:\tSenseTime Group Inc. - B\n", "", "the issuer is not known"),
        ("\t1,000(L)\n", "\n", "cells where the header has 10"),
        ("HKD 1.8190\t2,271,000,000(L)", "HKD 1.8190 2,271,000,000(L)", "cells where the header has 10"),
        ("HKD 1.8190\t2,271,000,000(L)", "2,271,000,000(L)\tHKD 1.8190", "a line or a tab was lost"),
        ("Displayed: 1 - 2", "Displayed: 1 - 3", "only 2 rows"),
    ],
)
def test_lists_that_are_not_whole_are_heard(changed: str, to: str, message: str) -> None:
    assert changed in LIST
    assert any(message in r for r in refusals(read(LIST.replace(changed, to))))


@pytest.mark.parametrize(
    ("changed", "to", "message"),
    [
        (
            "FORM 2 - CORPORATE SUBSTANTIAL SHAREHOLDER NOTICE\nForm serial number\tCS20221111E00123\n",
            "",
            "form cannot be told",
        ),
        ("FORM 2", "FORM 3B", "save the page"),
        ("CS20221111E00123", "CS20161111000123", "save the page"),
        ("19. Total", "18. Total", "is number 19"),
        ("HKD\t\t1.8190", "HKD\t\t\t\t\t1.8190", "cannot be told apart"),
        ("80,000,000\tHKD", "HKD\t80,000,000", "cannot be told apart"),
        ("HKD\t\t1.8190", "HKD\t1.8190", "cannot be told apart"),
        ("position\t2,271,000,000\t8.74", "position\t8.74", "a cell is blank"),
        ("2. Stock code\t00020", "2. Stock code\t", "not a stock code"),
        (NOTICE, NOTICE + NOTICE, "stands twice"),
    ],
    ids=[
        "no form",
        "form 3B",
        "old serial",
        "wrong number",
        "too many cells",
        "swapped",
        "tab lost",
        "total lost",
        "no code",
        "twice",
    ],
)
def test_notices_that_are_not_clear_are_quarantined(changed: str, to: str, message: str) -> None:
    assert changed in NOTICE
    reading = read(NOTICE.replace(changed, to, 1))
    assert reading.notices == ()
    assert [message in r for r in refusals(reading)] == [True], refusals(reading)


def test_lines_that_belong_nowhere_are_said() -> None:
    reading = read(NOTICE.replace("15. Date of", "7. Telephone\t+852 1234\n15. Date of"))
    assert [p.found for p in reading.problems] == ["7. Telephone +852 1234"]
    assert "belong to no row" in read(LIST.replace("Page 1", "Page 1\nforwarded by a colleague")).problems[-1].message


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\xff\xfe", b"\x00" * 50, b"<html>form serial number reason for disclosure"]
)
def test_other_texts_are_not_taken(data: bytes) -> None:
    assert hk.pasted.read(Document(data=data, name="x")) is None


@settings(max_examples=400, deadline=None)
@given(st.sampled_from([NOTICE, LIST, lined(LIST), lined(NOTICE)]), st.data())
def test_no_figure_is_made_of_a_spoilt_text(text: str, data: st.DataObject) -> None:
    """Cut, with lines lost, doubled or swapped, or with tabs turned to blanks: every figure stands in the text and is where it was."""
    spoilt = _spoilt(text, data)
    reading = hk.read(Document(data=spoilt.encode(), name="x"))
    for body in bodies(reading) if reading else ():
        for number in re.findall(rb'"value":"([0-9.]+)"', canonical(body)):
            assert number.decode() in spoilt.replace(",", "")
        for position in (*body.before, *body.after):
            shares, percent = position.shares, position.percent
            assert not isinstance(shares, Number) or shares.value > 1000
            assert not isinstance(percent, Number) or percent.value < 10
        for trade in body.trades:
            for price in (trade.highest, trade.consideration):
                assert not isinstance(price, Number)


def _spoilt(text: str, data: st.DataObject) -> str:
    lines = text.split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        act = data.draw(st.sampled_from(["drop", "double", "swap", "blank tab", "cut"]))
        if act == "drop":
            lines[at] = ""
        elif act == "double":
            lines.insert(at, lines[at])
        elif act == "swap":
            lines[at], lines[0] = lines[0], lines[at]
        elif act == "blank tab":
            lines[at] = lines[at].replace("\t", " ", 1)
        else:
            lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    return "\n".join(lines)


HOSTILE = {
    "digits": "1" * 200_000, "commas": "1," * 100_000, "legs": "1(L) " * 40_000, "tabs": "\t" * 200_000,
    "serials": "CS20221111E00123\n" * 10_000, "lines": "\n1(L)" * 29_000, "too many lines": "\n" * 100_000,
    "blanks": "\nStock code:" + " \t" * 100_000, "names": "\nName of listed corporation: a" + " " * 100_000 + "\tb",
    "labels": "\n2. Stock code\t1" * 29_000, "numbers": "\n20. Capacity in which " * 29_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_cost_little(name: str) -> None:
    told = HOSTILE[name]
    row = f"CS20221111E00124\tA\t1201(L)\t{told}x\t\t{told}x\t8.74(L)\t08/11/2022\t\t\n"
    for text in (LIST + row, NOTICE + told, told + NOTICE):
        start = time.process_time()
        hk.read(Document(data=text.encode(), name="x"))
        assert time.process_time() - start < 2
