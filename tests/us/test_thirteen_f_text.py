"""Form 13F as text: made by hand after the printed form, in the layouts that filers of 1999 to 2012 used."""

from datetime import date
from time import process_time

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
    text = TABLE.replace("191216100", "191216 10 0").replace(
        "1        0       22,978   0", "1                22,978   "
    )
    reading = read(cover() + text)
    shared = list(reading.portfolios[0].body.holdings())[3]
    assert (shared.cusip, shared.amount) == ("191216100", 22_978)
    # the number stands below SHARED; what is left blank is not told, and not nought
    assert (shared.sole, shared.shared, shared.none, shared.managers) == (None, 22_978, None, "1")
    assert reading.problems == ()


def test_without_a_ruler_the_heading_tells_the_columns() -> None:
    text = "\n".join(line for line in TABLE.split("\n") if not line.startswith("<S>"))
    text = text.replace("1        0       22,978   0", "                 22,978    ")
    shared = list(read(cover() + text).portfolios[0].body.holdings())[3]
    assert (shared.sole, shared.shared, shared.none) == (None, 22_978, None)


def test_with_neither_it_is_left_out_and_said() -> None:
    text = "\n".join(line for line in TABLE.split("\n") if not line.startswith(("<S>", "NAME OF")))
    reading = read(cover() + text.replace("1        0       22,978   0", "                 22,978    "))
    shared = list(reading.portfolios[0].body.holdings())[3]
    assert (shared.sole, shared.shared, shared.none) == (None, None, None)
    assert [p.where for p in reading.problems] == ["row 4"]


def test_cusips_that_lost_their_zeros_in_a_spreadsheet() -> None:
    reading = read(cover() + TABLE.replace("025816109", "25816109 ").replace("060505104", "60505104 "))
    found = list(reading.portfolios[0].body.holdings())
    assert [h.cusip for h in found[:3]] == ["025816109", "025816109", "060505104"]
    assert [(p.severity, p.where, p.found) for p in reading.problems] == [("note", "row 1", "25816109")]


def test_a_cusip_with_a_wrong_check_digit_is_kept_as_filed() -> None:
    reading = read(cover() + TABLE.replace("191216100", "191216101"))
    assert list(reading.portfolios[0].body.holdings())[3].cusip == "191216101"
    assert [p.where for p in reading.problems] == ["row 4, cusip"]


# Crosses below three columns of discretion, names over two lines, CUSIPs in groups, no column for SH or PRN.
CROSSES = """<TABLE>
<CAPTION>
                                                                Investment Discretion
                                        Column 4     Column 5   ---------------------                        Voting Authority
                 Title of  CUSIP        Value       Principal    (a)  Shared- Shared-  Other              (a)         (b)     (c)
Name of Issuer    Class     Number   (In Thousands) Amount      Sole Defined Other   Managers             Sole       Shared  None
<S>              <C>      <C>         <C>            <C>         <C>  <C>     <C>     <C>                  <C>         <C>    <C>
American
   Express Co.    Com    025816 10 9       697,973   17,225,400         X            4, 2, 5, 17           17,225,400
                                           323,943    7,994,634         X            4, 13, 17              7,994,634
Coca Cola         Com    191216 10 0        26,375      401,000   X                  4                        401,000
                                         1,885,009   31,000,000                 X    4, 11                                31,000,000
                                         ---------
                                         2,933,300
</TABLE>
"""


def test_crosses_stand_below_their_discretion() -> None:
    reading = read(cover(rows="4", value=" 2,933,300") + CROSSES)
    found = list(reading.portfolios[0].body.holdings())
    assert [(h.issuer, h.title, h.value, h.amount) for h in found] == [
        ("American Express Co.", "Com", 697_973, 17_225_400),
        ("American Express Co.", "Com", 323_943, 7_994_634),
        ("Coca Cola", "Com", 26_375, 401_000),
        ("Coca Cola", "Com", 1_885_009, 31_000_000),
    ]
    assert [(h.discretion, h.managers) for h in found] == [
        ("DFND", "4,2,5,17"),
        ("DFND", "4,13,17"),
        ("SOLE", "4"),
        ("OTR", "4,11"),
    ]
    assert [(h.sole, h.shared, h.none) for h in found] == [
        (17_225_400, None, None),
        (7_994_634, None, None),
        (401_000, None, None),
        (None, None, 31_000_000),
    ]
    assert [(p.where, p.message[:43]) for p in reading.problems] == [
        ("row 1", "whether shares or principal are counted is ")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("191216100", "UNKNOWN  "),
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


def test_typed_pages_wrapped_in_html() -> None:
    wrapped = f"<HTML><BODY><PRE>{cover() + TABLE}</PRE></BODY></HTML>"
    assert read(wrapped).portfolios[0].body == read(cover() + TABLE).portfolios[0].body


# Layouts of filers of 1999 to 2012. Names and figures are others; the CUSIPs are of the real shape, with their check digits.
TWELVE = """<TABLE>
<CAPTION>
                                                                            INVESTMENT DISCRETION         VOTING AUTHORITY
NAME OF ISSUE                     CLASS     CUSIP NO     MARKET VALUE   AMOUNT   SOLE SHARED OTHER MGRS   SOLE   SHARED    NONE
- --------------------------------  ----   ------------   ------------   ------  ---  -----  -----  ----   ---    ------   -----
<S>                              <C>     <C>           <C>            <C>       <C>  <C>    <C>    <C>  <C>      <C>    <C>
NORTHERN PIPES & FITTINGS INC     COM    025816109000     1,334,113.2    45,210         X                 2,770     0     42,440
EASTERN LANTERNS
SPONSORED ADR                     COM    060505104         885,556.75    34,252         X                     0     0     34,252
SOUTHERN HARBOUR TERMINALS LTD   COM                       679,937.5     71,595         X                 4,094     0     67,501
WESTERN RAIL HOLDING CORP NEW CO COM    191216100000        64,984.0     11,147         X                     0     0     11,147
MIDLAND HOSPITALITY               COM    20825C104000      240,000        9,000         X                     0     0      9,000
ISLAND FERRIES                    COM    037833100000      120,000        4,000         X                     0     0      4,000
                                                           ===========
                                            Page Total:    2,884,591
</TABLE>
"""


def test_fields_of_twelve_places_fractions_and_no_cusip() -> None:
    reading = read(cover(rows="\n6\n- ----", value="3,324,591").replace("Quarter Ended:", "Quarter Ended") + TWELVE)
    body = reading.portfolios[0].body
    found = list(body.holdings())
    assert [(h.issuer, h.title, h.cusip, h.value, h.amount) for h in found] == [
        ("NORTHERN PIPES & FITTINGS INC", "COM", "025816109", 1_334_113, 45_210),
        ("SPONSORED ADR", "COM", "060505104", 885_557, 34_252),
        ("SOUTHERN HARBOUR TERMINALS LTD", "COM", None, 679_938, 71_595),
        ("WESTERN RAIL HOLDING CORP NEW CO", "COM", "191216100", 64_984, 11_147),
        ("MIDLAND HOSPITALITY", "COM", "20825C104", 240_000, 9_000),
        ("ISLAND FERRIES", "COM", "037833100", 120_000, 4_000),
    ]
    assert {h.discretion for h in found} == {"DFND"}
    assert [(h.sole, h.shared, h.none) for h in found][2:4] == [(4_094, 0, 67_501), (0, 0, 11_147)]
    assert (body.told_value, body.unit) == (3_324_591, 1)  # its shares would cost 30,000 dollars each in thousands
    assert body.unit_doubt is not None
    assert [(p.where, p.message.split(";")[0]) for p in reading.problems][:4] == [
        ("row 1", "a CUSIP not in nine places, whose check digit confirms it"),
        ("row 1", "a figure with a fraction, which the form has not: rounded"),
        ("row 2", "words in a line of their own above it may be a part of its name, or of the name above them"),
        ("row 1", "whether shares or principal are counted is not told"),
    ]


def test_names_of_three_lines_and_managers_in_a_table() -> None:
    managers = """<TABLE>
<S>   <C>                    <C>
 1.   28-5194                General Example - Asset Management
 2.   28-                    Second Example Inc.
</TABLE>
"""
    listed = cover(rows="4", value="2,933,300")
    listed = listed[: listed.index("No.    Form 13F")] + managers
    body = read(listed + CROSSES.replace("American\n", "American  Mutual\n  Savings\n")).portfolios[0].body
    assert next(body.holdings()).issuer == "American Mutual Savings Express Co."
    assert [(m.number, m.file_number, m.name) for m in body.included] == [
        (1, "28-5194", "General Example - Asset Management"),
        (2, None, "Second Example Inc."),
    ]


BEFORE_VALUE = """<TABLE>
DESCRIPTION                      CLASS       CUSIP       SHARES      VALUE     (A)    (B)
EASTERN LANTERNS                 COM         060505104      100,000        817    X
ISLAND FERRIES                   COM         037833100      200,000      5,817    X
</TABLE>
"""


@pytest.mark.parametrize("heading", ["SHARES      VALUE", "COLUMN 4    COLUMN"])
def test_amounts_before_values(heading: str) -> None:
    # The heading says so; where it says nothing, the value that the cover declares does.
    text = cover(rows="2", value="6,634") + BEFORE_VALUE.replace("SHARES      VALUE", heading)
    reading = read(text)
    assert [(h.value, h.amount) for h in reading.portfolios[0].body.holdings()] == [(817, 100_000), (5_817, 200_000)]
    assert any("taken for values" in p.message for p in reading.problems) == (heading != "SHARES      VALUE")


MIXED = """<TABLE>
NAME                     CUSIP       TITLE        VALUE  SHARES
ISLAND FERRIES INC       037833100   COM          1,234  56,789 SH SOLE 56,789 0 0
EASTERN LANTERNS         060505104   CALL         4,321  98,765 SH SOLE 98,765 0 0
060505104   EASTERN LANTERNS   COM     4,321  98,765 SH SOLE 98,765 0 0
SOUTHERN HARBOUR   PUT             191216100   4,321  98,765 SH SOLE 98,765 0 0
D MIDLAND HOSPITALITY  COM 20825C104 18991 1040607.84SH DEFINED 2,4,5 1039441.83 1166.00
NORTHERN PIPES   Com   025816109 145,462  3,362,515   DEFINED      1   SOLE
</TABLE>
"""


def test_other_orders_and_words_in_other_columns() -> None:
    reading = read(cover(rows="6", value="178,650") + MIXED)
    assert [(h.issuer, h.title, h.cusip, h.amount, h.put_call) for h in reading.portfolios[0].body.holdings()] == [
        ("ISLAND FERRIES INC", "COM", "037833100", 56_789, None),
        ("EASTERN LANTERNS", None, "060505104", 98_765, "Call"),
        ("EASTERN LANTERNS", "COM", "060505104", 98_765, None),
        ("SOUTHERN HARBOUR", "PUT", "191216100", 98_765, "Put"),
        ("D MIDLAND HOSPITALITY", "COM", "20825C104", 1_040_608, None),
        ("NORTHERN PIPES", "Com", "025816109", 3_362_515, None),
    ]
    # a list of managers is no number, and a word is no number of votes
    *_, listed, worded = reading.portfolios[0].body.holdings()
    assert [(h.discretion, h.sole, h.shared, h.none) for h in (listed, worded)] == [("DFND", None, None, None)] * 2


def test_a_ruler_of_few_columns_tells_no_voting() -> None:
    # Two numbers of three: which one was left out only a ruler over all of the form's columns tells.
    marks = "<S>                            <C> <C>       <C>   <C>     <C> <C>  <C>     <C>"
    rows = "Island Ferries                 com 037833100  3003  469152 SH  Sole  309248 159904"
    found = read(cover(rows="1", value="3,003") + f"<TABLE>\n{marks}\n{rows}\n</TABLE>").portfolios[0].body
    assert [(h.sole, h.shared, h.none) for h in found.holdings()] == [(None, None, None)]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Value Total (x$1000): $339,023", 339_023),
        ("Value Total\t\t339,023.00", 339_023),
        ("Value Total:\n$\n339,023", 339_023),
        ("Value Total: $0.3 Billion", None),
    ],
)
def test_totals_as_filers_wrote_them(label: str, value: int | None) -> None:
    text = (cover() + TABLE).replace("Value Total:  $339,023", label).replace("[X]  13F HOLD", "|X|  13F HOLD")
    found = read(text.replace("Form 13F File", "13F FILE")).portfolios[0].body
    assert (found.told_value, found.report, found.file_number) == (value, "13F HOLDINGS REPORT", "28-4545")


def test_holdings_left_out_are_told() -> None:
    sentence = "Confidential information has been omitted from the public Form 13F report\nand filed separately."
    assert read(cover() + sentence + TABLE).portfolios[0].body.omitted is True
    assert read(cover() + TABLE).portfolios[0].body.omitted is None


def _html_rows(sign: str) -> str:
    rows = [
        ("ISLAND FERRIES &amp; CO", "COM", "037833100", "1,890", "19,234", "SH", "", "SOLE", "", "19,234", "0", "0"),
        ("EASTERN LANTERNS", "COM", "060505104", "2,340", "15,678", "SH", "PUT", "SOLE", "", "&nbsp;", "15,678", ""),
        ("", "", "", "156", "1,234", "SH", "", "DEFINED", "1,2", "1,234", "0", "0"),
    ]
    cells = [[*row[:3], sign, *row[3:]] for row in rows]
    return "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in cells)


@pytest.mark.parametrize("sign", ["$", ""])
def test_a_table_in_html(sign: str) -> None:
    heading = (
        "<tr><th>NAME OF ISSUER</th><th>TITLE OF CLASS</th><th>CUSIP</th><th colspan='2'>VALUE (x$1000)</th><th>SHARES</th>"
        "<th>SH/PRN</th><th>PUT/CALL</th><th>DISCRETION</th><th>MANAGERS</th><th>SOLE</th><th>SHARED</th><th>NONE</th></tr>"
    )
    pages = "".join(f"<p>{line}</p>" for line in cover(rows="3", value="4,386").split("\n"))
    reading = read(f"<HTML><BODY>{pages}<TABLE BORDER=1>{heading}{_html_rows(sign)}</TABLE></BODY></HTML>")
    assert reading.problems == ()
    found = list(reading.portfolios[0].body.holdings())
    assert [(h.issuer, h.cusip, h.value, h.amount, h.put_call) for h in found] == [
        ("ISLAND FERRIES & CO", "037833100", 1_890, 19_234, None),
        ("EASTERN LANTERNS", "060505104", 2_340, 15_678, "Put"),
        ("EASTERN LANTERNS", "060505104", 156, 1_234, None),
    ]
    assert [(h.discretion, h.managers, h.sole, h.shared, h.none) for h in found] == [
        ("SOLE", None, 19_234, 0, 0),
        ("SOLE", None, None, 15_678, None),
        ("DFND", "1,2", 1_234, 0, 0),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<table>" * 100_000,
        "<table>" + "<tr><td>" * 100_000,
        "<table><tr>" + "<td>" * 400_000,
        "<table>" + f"<tr>{'<td>1</td>' * 6}</tr>" * 20_000 + f"<tr>{'<td>1</td>' * 5}<td>{'x' * 500_000}</td></tr>",
        "<table><tr><td colspan=99>" * 50_000,
        "037833100 " * 100_000,
        ("A" * 70 + " 037833100 A " + "b " * 400 + "\n") * 2_000,
        ("  1 " * 240 + "\n") * 2_000,
    ],
    ids=range(8),
)
def test_tables_without_end(body: str) -> None:
    start = process_time()
    assert read(cover() + body).portfolios == ()
    assert process_time() - start < 2
