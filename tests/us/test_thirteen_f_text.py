"""Form 13F as text: made by hand after the printed form, in the layouts that filers of 2000 to 2012 used. No real file was at hand."""

from datetime import date

import pytest

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.notices import Status
from stakeline.model.portfolios import Amending
from stakeline.model.rows import Reading
from tests.us.made_13f import submission

COVER = """                         UNITED STATES
               SECURITIES AND EXCHANGE COMMISSION
                     Washington, D.C.  20549

                            FORM 13F

                       FORM 13F COVER PAGE

Report for the Calendar Year or Quarter Ended:  September 30, 2009

Check here if Amendment [{amends}]; Amendment Number:  {number}
This Amendment (Check only one.): [{restates}] is a restatement.
                                  [{adds}] adds new holdings entries.

Institutional Investment Manager Filing this Report:
Name:     Example Capital LLC
Address:  1 Main Street
          Omaha, NE 68131

Form 13F File Number:  28-4545

Report Type (Check only one.):
[X]  13F HOLDINGS REPORT.
[ ]  13F NOTICE.
[ ]  13F COMBINATION REPORT.

                       FORM 13F SUMMARY PAGE
Report Summary:
Number of Other Included Managers:  2
Form 13F Information Table Entry Total:  {rows}
Form 13F Information Table Value Total:  ${value}
                                         (thousands)

List of Other Included Managers:
No.    Form 13F File Number    Name
1.     28-5194                 General Example - Asset Management
2.     28-2226                 Second Example Inc.

"""
TABLE = """                   FORM 13F INFORMATION TABLE
<TABLE>
<CAPTION>
                                                  VALUE   SHARES/  SH/ PUT/ INVSTMT    OTHER      VOTING AUTHORITY
NAME OF ISSUER                TITLE OF CLASS CUSIP    (X$1000) PRN AMT  PRN CALL DSCRETN    MANAGERS   SOLE    SHARED  NONE
<S>                           <C>            <C>       <C>     <C>      <C> <C>  <C>        <C>        <C>     <C>     <C>
AMERICAN EXPRESS CO           COM            025816109  57,838 1,706,100 SH      DEFINED    1,2        1,706,100    0   0
                                                       276,605 8,159,300 SH      DEFINED    2          8,159,300    0   0
BANK AMER CORP                COM            060505104     846    50,000 SH PUT  SOLE                  0            0   0
COCA COLA CO                  COM            191216100   1,234    22,978 SH      SHARED-OTHER 1        0       22,978   0
CONOCOPHILLIPS                NOTE 1.0%      20825C104   2,500 2,500,000 PRN     SOLE                  0            0   0
                                                       -------
                                                       339,023
</TABLE>
"""


def cover(**told: str) -> str:
    usual = {"amends": " ", "number": "", "restates": " ", "adds": " ", "rows": "5", "value": "339,023"}
    return COVER.format(**(usual | told))


def read(*text: str, form: str = "13F-HR", filed: str = "20091113", cut: int | None = None) -> Reading:
    data = submission(None, None, form=form, filed=filed, text=text).replace(b"20231231", b"20090930")
    reading = regimes.read(Document(data=data[:cut], name="x"))
    assert reading is not None
    return reading


def test_a_report() -> None:
    reading = read(cover() + TABLE)
    assert reading.problems == ()
    found = reading.portfolios[0].body
    assert (found.manager.name, found.manager.code, found.file_number) == (
        "Example Capital LLC",
        "0001234567",
        "28-4545",
    )
    assert (found.period, found.report, found.unit) == (date(2009, 9, 30), "13F HOLDINGS REPORT", 1_000)
    assert (found.told_rows, found.told_value, found.total()) == (5, 339_023, 339_023)
    assert [(m.number, m.file_number, m.name) for m in found.included] == [
        (1, "28-5194", "General Example - Asset Management"),
        (2, "28-2226", "Second Example Inc."),
    ]
    first, again, option, shared, bond = found.holdings()
    assert (first.issuer, first.title, first.cusip) == ("AMERICAN EXPRESS CO", "COM", "025816109")
    assert (first.value, first.amount, first.discretion, first.managers) == (57_838, 1_706_100, "DFND", "1,2")
    assert (first.sole, first.shared, first.none) == (1_706_100, 0, 0)
    assert (again.issuer, again.cusip, again.amount) == ("AMERICAN EXPRESS CO", "025816109", 8_159_300)
    assert (option.put_call, option.amount) == ("Put", 50_000)
    assert (shared.discretion, shared.managers, shared.shared) == ("OTR", "1", 22_978)
    assert (bond.amount_type, bond.amount) == ("PRN", 2_500_000)


def test_cover_and_table_may_be_two_documents() -> None:
    assert read(cover(), TABLE).portfolios[0].body == read(cover() + TABLE).portfolios[0].body


def test_cusips_in_groups_and_voting_left_blank() -> None:
    text = TABLE.replace("191216100", "191216 10 0").replace("1        0       22,978   0", "              22,978")
    reading = read(cover() + text)
    shared = list(reading.portfolios[0].body.holdings())[3]
    assert (shared.cusip, shared.amount) == ("191216100", 22_978)
    assert (shared.sole, shared.shared, shared.none, shared.managers) == (None, None, None, None)
    assert [p.where for p in reading.problems] == ["row 4"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("191216100", "191216101"),  # its check digit does not fit: the line is no row that we know
        ("1,234    22,978", "1,234    N/A   "),
    ],
)
def test_a_table_of_which_a_row_cannot_be_read_is_none(old: str, new: str) -> None:
    text = TABLE.replace(old, new)
    reading = read(cover() + text)
    assert reading.portfolios == ()
    assert "not every line of the table could be read" in reading.problems[-1].message


def test_a_name_that_is_not_in_its_line_is_not_made_up() -> None:
    reading = read(cover() + TABLE.replace("CONOCOPHILLIPS  ", "CONOCOPHILLIPS\n              "))
    *_, bond = reading.portfolios[0].body.holdings()
    assert (bond.issuer, bond.title, bond.cusip) == (None, "NOTE 1.0%", "20825C104")
    assert ["no name of an issuer" in p.message for p in reading.problems] == [True]


def test_without_the_number_of_rows_nobody_can_tell() -> None:
    reading = read(cover().replace("Entry Total", "Entries") + TABLE)
    assert (reading.portfolios, reading.quarantined) == ((), 1)


@pytest.mark.parametrize("cut", [-20, -200, 2_500])
def test_a_report_that_is_cut_off_is_no_report(cut: int) -> None:
    reading = read(cover() + TABLE, cut=cut)
    assert (reading.portfolios, reading.quarantined) == ((), 1)


def test_amendments_say_what_they_do() -> None:
    found = read(cover(amends="X", number="2", adds="X") + TABLE, form="13F-HR/A").portfolios[0].body
    assert (found.status, found.number, found.amending) == (Status.AMENDMENT, 2, Amending.ADDS)
    unsure = read(cover(amends="X", adds="X", restates="X") + TABLE, form="13F-HR/A")
    assert unsure.portfolios[0].body.amending is None


def test_a_notice_has_no_table() -> None:
    text = (
        cover(rows="0", value="0")
        .replace("[X]  13F HOLD", "[ ]  13F HOLD")
        .replace("[ ]  13F NOTICE", "[X]  13F NOTICE")
    )
    found = read(text, form="13F-NT").portfolios[0].body
    assert (found.form, found.report, found.table) == ("13F-NT", "13F NOTICE", None)


def test_the_declared_value_is_held_against_the_rows() -> None:
    messages = [p.message for p in read(cover(value="999,999") + TABLE).problems]
    assert messages == ["the cover declares a value of 999,999, the rows add up to 339,023"]
