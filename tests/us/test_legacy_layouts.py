"""Cover pages of legacy schedules in the layouts that filers used: made by hand after the printed form, the words of filers' own."""

import re
from datetime import date
from decimal import Decimal

import pytest

from stakeline.model.notices import Absent, Amount, Cover
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem
from tests.us.made_13dg import ROWS, html_13d, html_page, notice, read, submission

ZERO = Number(Decimal(0))


def page(**changed: str) -> tuple[Cover, tuple[Problem, ...]]:
    """The one cover page of the plain HTML schedule with some rows changed: r11="732,000 (1)"."""
    rows = [changed.get(f"r{number}", value) for number, value in enumerate(ROWS, 1)]
    reading = read(submission(html_13d(html_page(*rows))))
    return reading.notices[0].body.covers[0], reading.problems


def whole(number: str, low: str | None = None) -> Number:
    """A figure of which the last digit may be rounded; with `low`, one that is an upper bound."""
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Number(value, None, Decimal(low), value) if low is not None else Number(value, Decimal(1).scaleb(exponent))


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("five percent (5%)", whole("5")),
        ("approx. 5.1%", whole("5.1")),
        ("About 6%", whole("6")),
        ("~5%", whole("5")),
        ("11.5% of the Common Stock", whole("11.5")),
        ("10.3% of outstanding shares of Common Stock", whole("10.3")),
        ("5.1%, see Item 5", whole("5.1")),
        ("5.0% (based on 10,000,000 shares outstanding)", whole("5.0")),
        ("10.1%1", whole("10.1")),
        ("8.4<sup>2</sup>%", whole("8.4")),
        ('8.4%<font style="vertical-align: super; font-size: 8pt">2</font>', whole("8.4")),
        ("* Less than 1%", whole("1", "0")),
        ("less than one percent (1%)", whole("1", "0")),
        ("Less than one percent", whole("1", "0")),
        ("Less than five percent of the class", whole("5", "0")),
        ("-0-%", ZERO),
        (".09%", whole(".09")),
        ("730%", Absent.UNREADABLE),
        ("6.5% of Class A; 3.2% of Class B", Absent.UNREADABLE),
        ("Less than 1/10 of 1%", Absent.UNREADABLE),
        ("See Item 5", Absent.UNREADABLE),
        ("N/A", Absent.NOT_APPLICABLE),
    ],
)
def test_percentages_in_filers_words(words: str, percent: Amount) -> None:
    cover, problems = page(r13=words)
    assert cover.percent == percent
    assert len(problems) == (percent is Absent.UNREADABLE)


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("1,234,567 shares of Common Stock, par value $.01", "1234567"),
        ("1,234,567 Common Shares, $0.01 par value per share", "1234567"),
        ("2,000,000 shares issuable upon exercise of warrants", "2000000"),
        ("1,234,567, of which 100,000 are options", "1234567"),
        ("1,234,567 shares, including 500,000 options", "1234567"),
        ("3,000 shares; see Item 5", "3000"),
        ("500<sup>1</sup>", "500"),
        ("1,234,567 <sup>(2)</sup>", "1234567"),
        ("1,234,567 ___", "1234567"),
        ("1,234,567 Beneficial ownership disclaimed pursuant to Rule 13d-4", "1234567"),
        ("1,234,567 Ordinary Shares represented by 617,283 ADSs", "1234567"),
    ],
)
def test_amounts_in_filers_words(words: str, amount: str) -> None:
    cover, problems = page(r11=words)
    assert (cover.aggregate, problems) == (Number(Decimal(amount)), ())


@pytest.mark.parametrize(
    "words",
    [
        "1,000,000 Class A 2,000,000 Class B",
        "1,000 shares issuable upon exercise of options and 2,000 shares held by a trust",
        "1 234 567",
        "*",
    ],
)
def test_two_amounts_are_none(words: str) -> None:
    cover, problems = page(r11=words)
    assert (cover.aggregate, len(problems)) == (Absent.UNREADABLE, 1)


BOXED = """
 ______________________________________________________________________
| 1 |  NAME OF REPORTING PERSON                                        |
|   |  I.R.S. IDENTIFICATION NO. OF ABOVE PERSON (ENTITIES ONLY)       |
|   |  Example Partners, L.P.                                          |
|___|__________________________________________________________________|
| 2 |  CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP  (a) |_|        |
|   |                                                    (b) |X|        |
|___|__________________________________________________________________|
| 3 |  SEC USE ONLY                                                    |
|___|__________________________________________________________________|
| 4 |  CITIZENSHIP OR PLACE OF ORGANIZATION                            |
|   |  Cayman Islands                                                  |
|___|__________________________________________________________________|
|               | 5 |  SOLE VOTING POWER                               |
|   NUMBER OF   |   |  None                                            |
|    SHARES     |___|__________________________________________________|
| BENEFICIALLY  | 6 |  SHARED VOTING POWER                             |
|   OWNED BY    |   |  500,000 (1)                                     |
|     EACH      |___|__________________________________________________|
|   REPORTING   | 7 |  SOLE DISPOSITIVE POWER                          |
|    PERSON     |   |  None                                            |
|     WITH      |___|__________________________________________________|
|               | 8 |  SHARED DISPOSITIVE POWER                        |
|               |   |  500,000 (1)                                     |
|_______________|___|__________________________________________________|
| 9 |  AGGREGATED AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON   |
|   |  500,000 (1)                                                     |
|___|__________________________________________________________________|
|11 |  PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW 9                 |
|   |  5.3%                                                            |
|___|__________________________________________________________________|
|12 |  TYPE OF PERSON REPORTING                                        |
|   |  PN                                                              |
|___|__________________________________________________________________|
(1) See Item 4.
"""
LEADERS = """
(1)  Names of Reporting Persons................ Example Partners, L.P.
(2)  Check the Appropriate Box if a Member of a Group (a)____ (b) X
(3)  SEC Use Only..............................
(4)  Citizenship or Place of Organization...... Cayman Islands
Number of Shares    (5)  Sole Voting Power........ 0
Beneficially        (6)  Shared Voting Power...... 500,000
Owned by Each       (7)  Sole Dispositive Power... 0
Reporting Person    (8)  Shared Dispositive Power. 500,000
With
(9)  Aggregate Amount Beneficially Owned by Each Reporting Person.. 500,000
(10) Check if the Aggregate Amount in Row (9) Excludes Certain Shares (See Instructions)
(11) Percent of Class Represented by Amount in Row (9)... 5.3%
(12) Type of Reporting Person (See Instructions)... PN
"""
QUESTIONS = """
1. NAME OF REPORTING PERSON
S.S. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON

Example Partners, L.P. - 23-1945930

2. CHECK THE APPROPRIATE [LINE] IF A MEMBER OF A GROUP

(a) [ ]  (b) [X]

3. SEC USE ONLY

4. CITIZENSHIP OF PLACE OF ORGANIZATION

Cayman Islands

(For questions 5-8, report the number of shares beneficially owned by each reporting person with:)

5. SOLE VOTING POWER

0

6. SHARED VOTING POWER

500,000

7. SOLE DISPOSITIVE POWER

0

8. SHARED DISPOSITIVE POWER

500,000

9. AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON

500,000

10. CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (9) EXCLUDES CERTAIN SHARES

N/A

11. PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW 9

5.3%

12. TYPE OF REPORTING PERSON

PN
"""
NUMBERS = """
Item 1: Reporting Person - Example Partners, L.P. - (Tax ID:  04-0000000)
Item 2: (a) [ ]
        (b) [X]
Item 4: Cayman Islands
Item 5: 0
Item 6: 500,000
Item 7: 0
Item 8: 500,000
Item 9: 500,000
Item 11: 5.3%
Item 12: PN

"""


@pytest.mark.parametrize(
    "layout", [BOXED, LEADERS, QUESTIONS, NUMBERS], ids=["boxed", "leaders", "questions", "numbers"]
)
def test_one_page_in_many_layouts(layout: str) -> None:
    told = notice(submission(FIRST + layout + BACK, form="SC 13G"))
    (cover,) = told.covers
    assert (cover.name, cover.group, cover.citizenship) == ("Example Partners, L.P.", "b", "Cayman Islands")
    assert (cover.sole_vote, cover.sole_dispose) == (ZERO, ZERO)
    assert (cover.shared_vote, cover.shared_dispose, cover.aggregate) == (Number(Decimal(500_000)),) * 3
    assert (cover.percent, cover.types) == (whole("5.3"), ("PN",))


def test_pages_by_number_alone_are_one_for_each_person() -> None:
    second = NUMBERS.replace("Example Partners, L.P.", "Edward Example").replace("Item 12: PN", "Item 12: IN")
    told = notice(submission(FIRST + NUMBERS + "CUSIP #302130109\n" + second + BACK, form="SC 13G"))
    assert [(c.name, c.types) for c in told.covers] == [
        ("Example Partners, L.P.", ("PN",)),
        ("Edward Example", ("IN",)),
    ]
    assert [p.shares for p in told.after] == [Number(Decimal(500_000))]


def test_typed_pages_wrapped_in_html() -> None:
    text = FIRST + BOXED + BACK
    wrapped = f"<HTML><BODY><PRE>{text}</PRE></BODY></HTML>"
    assert notice(submission(wrapped, form="SC 13G")).covers == notice(submission(text, form="SC 13G")).covers


def test_words_at_the_side_mix_among_the_powers() -> None:
    side = """   5   SOLE VOTING POWER
 AMOUNT
 BENEFICIALLY OWNED   36,847,842
 BY EACH
   6   SHARED VOTING POWER
 REPORTING   - 0 -
 PERSON WITH
   7   SOLE DISPOSITIVE POWER
         36,847,842
   8   SHARED DISPOSITIVE POWER
         - 0 -
 (9)  """
    start, end = LEADERS.index("Number of Shares"), LEADERS.index("(9)  ")
    (cover,) = notice(submission(FIRST + LEADERS[:start] + side + LEADERS[end + 5 :] + BACK, form="SC 13G")).covers
    held = Number(Decimal(36_847_842))
    assert (cover.sole_vote, cover.shared_vote, cover.sole_dispose, cover.shared_dispose) == (held, ZERO, held, ZERO)
    assert cover.aggregate == Number(Decimal(500_000))


FIRST = """SCHEDULE 13G
Under the Securities Exchange Act of 1934

Example Corp.
(Name of Issuer)

Common Stock
(Title of Class of Securities)

302130109
(CUSIP Number)

December 31, 2000
(Date of Event Which Requires Filing of this Statement)

"""
BACK = """
Item 1(a). Name of Issuer: Example Corp.
Item 4. Ownership. See the cover page.
SIGNATURE
Dated: February 14, 2001
/s/ Richard A. Roe
"""


# Two columns: labels of two lines with their values at the right of the second, the boxes of the group amid its label.
COLUMNS = """
1)   Name of Reporting Person
     S.S. or I.R.S. Identification
     No. of Above Person                                 Example Partners, L.P.

2)   Check the Appropriate Box if a                            (a) / /
     Member of a Group                                         (b) /X/

3)   SEC Use Only

4)   Citizenship or Place of
     Organization                                              Cayman Islands

Number of                 5)   Sole Voting
Shares Beneficially            Power                           None
Owned by
Each Reporting            6)   Shared Voting
Person                         Power                           500,000
With:
                          7)   Sole Dispositive
                               Power                           None

                          8)   Shared Dispositive
                               Power                           500,000

9)   Aggregate Amount Beneficially
     Owned by Each Reporting Person                            500,000

10)  Check Box if the Aggregate
     Amount in Row (9) Excludes
     Certain Shares                                            /X/

11)  Percent of Class Represented
     by Amount in Row (9)                                      approximately 5.3%

12)  Type of Reporting Person                                  PN
"""
# Typed, though in the tags that EDGAR had for tables in typed text.
TABLED = """
<TABLE>
<S>                                                          <C>
1)  NAME OF REPORTING PERSON                                 Example Partners, L.P.
    S.S. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON        ###-##-####
2)  CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP         (a) [ ]  (b) [x]
3)  SEC USE ONLY
4)  CITIZENSHIP OR PLACE OF ORGANIZATION                     Cayman Islands
5)  SOLE VOTING POWER                                        -0-
6)  SHARED VOTING POWER                                      500,000(1)
7)  SOLE DISPOSITIVE POWER                                   -0-
8)  SHARED DISPOSITIVE POWER                                 500,000(1)
9)  AGGREGATE AMOUNT BENEFICIALLY OWNED BY
    EACH REPORTING PERSON                                    500,000(1)
10) CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (9)
    EXCLUDES CERTAIN SHARES                                  [x]
11) PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (9)        5.3%
12) TYPE OF REPORTING PERSON                                 PN
</TABLE>
"""


@pytest.mark.parametrize("layout", [COLUMNS, TABLED], ids=["columns", "tabled"])
def test_labels_and_values_side_by_side(layout: str) -> None:
    test_one_page_in_many_layouts(layout)
    (cover,) = notice(submission(FIRST + layout + BACK, form="SC 13G")).covers
    assert cover.excludes is True


def test_a_fraction_of_a_percent_beside_its_label() -> None:
    # The point in front of a figure is none of the leaders that fill the line.
    text = FIRST + TABLED.replace("5.3%", ".09%") + BACK
    assert notice(submission(text, form="SC 13G")).covers[0].percent == whole(".09")


@pytest.mark.parametrize(
    ("printed", "filers"),
    [
        ("NAME OF REPORTING PERSON", "NAME OF REPORT PERSON"),
        ("NAME OF REPORTING PERSON", "NAME OR REPORTING PERSONS"),
        ("NAME OF REPORTING PERSON", "NAME AND I.R.S. IDENTIFICATION NO. OF REPORTING PERSON"),
        ("NAME OF REPORTING PERSON", "NAME OF PERSON"),
        ("APPROPRIATE [LINE]", "APPROPRIATE BOX"),
        ("SOLE VOTING POWER", "SOLE VOTINGPOWER"),
        ("SHARED VOTING POWER", "SHARED OR NO VOTING POWER"),
        ("SOLE DISPOSITIVE POWER", "SOLE DISPOSITIVE"),
        ("SOLE DISPOSITIVE POWER", "SOLE DISPOSITIVE VOTING POWER"),
        ("SHARED DISPOSITIVE POWER", "SHARE DISPOSITIVE POWER"),
        ("AGGREGATE AMOUNT BENEFICIALLY OWNED", "AGGREGATE AMOUNT OWNED"),
        ("AGGREGATE AMOUNT BENEFICIALLY OWNED", "AGGREGATE AMOUNT OF BENEFICIALLY OWNED"),
        ("AGGREGATE AMOUNT BENEFICIALLY OWNED", "TOTAL NUMBER OF SHARES BENEFICALLY OWNED"),
        ("CHECK BOX IF THE AGGREGATE", "CHECK THE BOX IF AGGREGATE"),
        ("REPRESENTED BY AMOUNT IN ROW 9", "REPRESENTED BY ROW 9"),
        ("PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW 9", "PERCENTAGE OF SERIES REPRESENTING BY AMOUNT ON ROW (9)"),
        ("BY AMOUNT IN ROW 9", "BY AMOUNT IN ROW"),
        ("BY AMOUNT IN ROW 9\n\n", "BY AMOUNT IN ROW (9)"),
        ("TYPE OF REPORTING PERSON", "TYPE OF PERSON"),
    ],
)
def test_labels_in_filers_words(printed: str, filers: str) -> None:
    assert printed in QUESTIONS
    test_one_page_in_many_layouts(QUESTIONS.replace(printed, filers))


@pytest.mark.parametrize("words", ["12/31/97", "12-31-1997", "31 December 1997", "Dec. 31, 1997", "1997-12-31"])
def test_days_in_filers_words(words: str) -> None:
    first = re.sub(r"[A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}(?=\s+\(Date of Event)", words, FIRST)
    assert words in first
    assert notice(submission(first + QUESTIONS + BACK, form="SC 13G")).event_date == date(1997, 12, 31)


def test_a_first_page_with_its_captions_in_front() -> None:
    first = """SCHEDULE 13G
Name of Issuer: Example Corp.
Title of Class of Securities: Common Stock
CUSIP Number: 302130109
Date of Event Which Requires Filing of this Statement: December 31, 2000
"""
    told = notice(submission(first + QUESTIONS + BACK, form="SC 13G"))
    assert (told.share_class, told.cusips, told.event_date) == ("Common Stock", ("302130109",), date(2000, 12, 31))


def test_a_submission_of_the_first_years_of_edgar() -> None:
    old = submission(FIRST + QUESTIONS + BACK, form="SC 13G").replace(b"<SEC-", b"<IMS-").replace(b"</SEC-", b"</IMS-")
    assert notice(old).covers == notice(submission(FIRST + QUESTIONS + BACK, form="SC 13G")).covers


@pytest.mark.parametrize(
    "row",
    [
        "NAME OF REPORTING PERSON\n1\nS.S. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON\nExample Partners, L.P.",
        "NAMES OF REPORTING PERSONS 1 I.R.S. IDENTIFICATION NO. OF ABOVE PERSONS (ENTITIES ONLY)\nExample Partners, L.P.",
        "NAME AND I.R.S. NUMBER OF REPORTING PERSONS\nExample Partners, L.P.\n13-1234567",
        "NAMES OF REPORTING PERSONS AND I.R.S. IDENTIFICATION NOS. OF SUCH PERSONS\nExample Partners, L.P.",
        "NAME OF REPORTING PERSON S.S. OR I.R.S. INDENTIFICATION NO. OF ABOVE PERSON\nExample Partners, L.P.",
        "NAME OF REPORTING PERSON I R S IDENTIFICATION NO OF ABOVE PERSON (ENTITIES ONLY)\nExample Partners, L.P.",
        "NAME OF REPORTING PERSON; S.S. or I.R.S. IdentificationNos. of Above Persons\nExample Partners, L.P.",
        "NAME OF REPORTING PERSON SS. OR I.R.S. IDENTIFICATION NO. OF ABOVE PERSON\nExample Partners, L.P. (EIN 13-1234567)",
        "NAME OF REPORTING PERSON\nExample Partners, L.P.   I.D. No. 13-4044523",
        "NAME OF REPORTING PERSON\nExample Partners, L.P. (IRS No. 13-1234567)",
        "(a) NAME OF REPORTING PERSON: Example Partners, L.P.\n(b) TAX IDENTIFICATION NUMBER: 13-1234567",
        "NAME OF REPORTING PERSON\nExample Partners, L.P. (no S.S. or I.R.S. Identification No.)",
        "NAME OF REPORTING PERSON\nExample Partners, L.P.\nSOCIAL SECURITY NO. ###-##-####",
        "NAME OF REPORTING PERSON\nExample Partners, L.P.\nIRS Identification Number: Not Applicable",
        "NAME OF REPORTING PERSON\nExample Partners, L.P.\n(I.R.S. Employer Identification No. 04-1234567)",
    ],
)
def test_a_name_without_its_numbers(row: str) -> None:
    start, end = QUESTIONS.index("NAME OF"), QUESTIONS.index("2. CHECK")
    text = FIRST + QUESTIONS[:start] + row + "\n" + QUESTIONS[end:] + BACK
    assert [c.name for c in notice(submission(text, form="SC 13G")).covers] == ["Example Partners, L.P."]


def test_numbers_of_rows_behind_their_labels() -> None:
    # A table whose middle column counts the rows: in row 5 a 5 is no share.
    numbered = re.sub(r"([0-9]{1,2})[.] ([A-Z][^\n]{5,}(?:\nS[.]S[.][^\n]*)?)\n", r"\2\n\n\1\n", QUESTIONS)
    assert "SOLE VOTING POWER\n\n5\n\n0" in numbered
    test_one_page_in_many_layouts(numbered)
