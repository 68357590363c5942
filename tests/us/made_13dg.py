"""Schedules 13D and 13G made by hand: XML in the structure of the SEC's technical specification (December 2023, 3.4 and 3.5)
and of X0202; typed text and HTML in the order and wording of Rules 13d-101 and 13d-102, as filers lay them out. No legacy 13D is
among the real files, so these stand for one."""

from stakeline.model.documents import Document
from stakeline.model.notices import Notice
from stakeline.model.rows import Reading
from stakeline.regimes import us

POWERS = ("soleVotingPower", "sharedVotingPower", "soleDispositivePower", "sharedDispositivePower")


def person(
    name: str,
    aggregate: str,
    percent: str,
    *,
    sole: str = "0",
    shared: str | None = None,
    cik: str = "",
    types: str = "PN",
) -> str:
    """One reporting person of a 13D. shared: the aggregate where not told."""
    told = {"soleVotingPower": sole, "soleDispositivePower": sole}
    rows = "".join(f"<{p}>{told.get(p, aggregate if shared is None else shared)}</{p}>" for p in POWERS)
    number = (
        f"<reportingPersonCIK>{cik}</reportingPersonCIK>" if cik else "<reportingPersonNoCIK>Y</reportingPersonNoCIK>"
    )
    kinds = "".join(f"<typeOfReportingPerson>{t}</typeOfReportingPerson>" for t in types.split())
    return f"""<reportingPersonInfo>{number}<reportingPersonName>{name}</reportingPersonName><fundType>WC</fundType>
<citizenshipOrOrganization>DE</citizenshipOrOrganization>{rows}<aggregateAmountOwned>{aggregate}</aggregateAmountOwned>
<isAggregateExcludeShares>N</isAggregateExcludeShares><percentOfClass>{percent}</percentOfClass>{kinds}</reportingPersonInfo>"""


def schedule_13d(
    *persons: str, form: str = "SCHEDULE 13D", day: str = "03/02/2026", cover: str = "", cusip: str = "037833100"
) -> bytes:
    """A Schedule 13D of Example Corp. cover: what stands first in its cover page header."""
    return f"""<?xml version="1.0" encoding="UTF-8"?><edgarSubmission xmlns="http://www.sec.gov/edgar/schedule13D" xmlns:com="http://www.sec.gov/edgar/common">
<headerData><submissionType>{form}</submissionType><filerInfo><filer><filerCredentials><cik>0000000042</cik><ccc>XXXXXXXX</ccc></filerCredentials></filer>
<liveTestFlag>LIVE</liveTestFlag></filerInfo></headerData><formData><coverPageHeader>{cover}<securitiesClassTitle>Common Stock, par value $0.01</securitiesClassTitle>
<dateOfEvent>{day}</dateOfEvent><previouslyFiledFlag>false</previouslyFiledFlag><issuerInfo><issuerCIK>0000000777</issuerCIK>
<issuerCUSIP>{cusip}</issuerCUSIP><issuerName>Example Corp</issuerName><address><com:street1>1 Main St</com:street1></address></issuerInfo></coverPageHeader>
<reportingPersons>{"".join(persons)}</reportingPersons><items1To7><item4><transactionPurpose>To seek a seat on the board.</transactionPurpose></item4></items1To7>
<signatureInfo><signaturePerson><signatureReportingPerson>One</signatureReportingPerson><signatureDetails><signature>/s/ One</signature>
<title>Partner</title><date>03/04/2026</date></signatureDetails></signaturePerson></signatureInfo></formData></edgarSubmission>""".encode()


HEADER = """<SEC-DOCUMENT>{accession}.txt : 19980313
<SEC-HEADER>{accession}.hdr.sgml : 19980313
<ACCEPTANCE-DATETIME>19980313163000
ACCESSION NUMBER:		{accession}
CONFORMED SUBMISSION TYPE:	{form}
PUBLIC DOCUMENT COUNT:		1
FILED AS OF DATE:		19980313

SUBJECT COMPANY:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			EXAMPLE CORP
		CENTRAL INDEX KEY:			0000000777

FILED BY:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			ROE RICHARD A
		CENTRAL INDEX KEY:			0000001001

FILED BY:

	COMPANY DATA:
		COMPANY CONFORMED NAME:			ROE PARTNERS LP
		CENTRAL INDEX KEY:			0000001002
</SEC-HEADER>
<DOCUMENT>
<TYPE>{form}
<SEQUENCE>1
<FILENAME>roe.{end}
<TEXT>
{body}
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

TYPED = """
                       SECURITIES AND EXCHANGE COMMISSION
                             Washington, D.C. 20549

                                  SCHEDULE 13D
                    Under the Securities Exchange Act of 1934
                               (Amendment No. 3)*

                                  EXAMPLE CORP
--------------------------------------------------------------------------------
                                (Name of Issuer)

                     Common Stock, par value $.01 per share
--------------------------------------------------------------------------------
                         (Title of Class of Securities)

                                   037833 10 0
--------------------------------------------------------------------------------
                                 (CUSIP Number)

                   Richard A. Roe, 1 Main Street, Austin, Texas
                                 (512) 555-0100
--------------------------------------------------------------------------------
           (Name, Address and Telephone Number of Person Authorized to
                       Receive Notices and Communications)

                                  March 3, 1998
--------------------------------------------------------------------------------
             (Date of Event which Requires Filing of this Statement)

If the filing person has previously filed a statement on Schedule 13G to report
the acquisition which is the subject of this Schedule 13D, and is filing this
schedule because of Rule 13d-1(b)(3) or (4), check the following box [X].

<PAGE>
CUSIP No. 037833 10 0                  13D                     Page 2 of 5 Pages
--------------------------------------------------------------------------------
(1)  NAMES OF REPORTING PERSONS
     S.S. OR I.R.S. IDENTIFICATION NOS. OF ABOVE PERSONS

     Roe Partners, L.P.
     74-1234567
--------------------------------------------------------------------------------
(2)  CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP*         (a) [X]
                                                               (b) [ ]
--------------------------------------------------------------------------------
(3)  SEC USE ONLY
--------------------------------------------------------------------------------
(4)  SOURCE OF FUNDS*
     WC, OO
--------------------------------------------------------------------------------
(5)  CHECK BOX IF DISCLOSURE OF LEGAL PROCEEDINGS IS REQUIRED PURSUANT TO
     ITEMS 2(d) or 2(e)                                            [ ]
--------------------------------------------------------------------------------
(6)  CITIZENSHIP OR PLACE OF ORGANIZATION
     Texas
--------------------------------------------------------------------------------
   NUMBER OF      (7)  SOLE VOTING POWER
     SHARES            -0-
  BENEFICIALLY    --------------------------------------------------------------
    OWNED BY      (8)  SHARED VOTING POWER
      EACH             732,000 (1)
   REPORTING      --------------------------------------------------------------
     PERSON       (9)  SOLE DISPOSITIVE POWER
      WITH             NONE
<PAGE>
CUSIP No. 037833 10 0                  13D                     Page 3 of 5 Pages
--------------------------------------------------------------------------------
                 (10)  SHARED DISPOSITIVE POWER
                       732,000 shares
--------------------------------------------------------------------------------
(11) AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON
     732,000 (1)
--------------------------------------------------------------------------------
(12) CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (11) EXCLUDES CERTAIN SHARES* [X]
--------------------------------------------------------------------------------
(13) PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (11)
     5.2% (2)
--------------------------------------------------------------------------------
(14) TYPE OF REPORTING PERSON*
     PN
--------------------------------------------------------------------------------
                      *SEE INSTRUCTIONS BEFORE FILLING OUT!
(1) Includes 12,000 shares under a warrant.
(2) Based on 14,076,923 shares outstanding.

<PAGE>
CUSIP No. 037833 10 0                  13D                     Page 4 of 5 Pages
--------------------------------------------------------------------------------
(1)  NAMES OF REPORTING PERSONS
     S.S. OR I.R.S. IDENTIFICATION NOS. OF ABOVE PERSONS

     Richard A. Roe
--------------------------------------------------------------------------------
(2)  CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP*         (a) [ ]
                                                               (b) [X]
--------------------------------------------------------------------------------
(3)  SEC USE ONLY
--------------------------------------------------------------------------------
(4)  SOURCE OF FUNDS*
     PF
--------------------------------------------------------------------------------
(5)  CHECK BOX IF DISCLOSURE OF LEGAL PROCEEDINGS IS REQUIRED PURSUANT TO
     ITEMS 2(d) or 2(e)                                            [X]
--------------------------------------------------------------------------------
(6)  CITIZENSHIP OR PLACE OF ORGANIZATION
     United States
--------------------------------------------------------------------------------
   NUMBER OF      (7)  SOLE VOTING POWER
     SHARES            8,000
  BENEFICIALLY    --------------------------------------------------------------
    OWNED BY      (8)  SHARED VOTING POWER
      EACH             732,000
   REPORTING      --------------------------------------------------------------
     PERSON       (9)  SOLE DISPOSITIVE POWER
      WITH             8,000
                  --------------------------------------------------------------
                 (10)  SHARED DISPOSITIVE POWER
                       732,000
--------------------------------------------------------------------------------
(11) AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON
     {aggregate}
--------------------------------------------------------------------------------
(12) CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (11) EXCLUDES CERTAIN SHARES* [ ]
--------------------------------------------------------------------------------
(13) PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (11)
     {percent}
--------------------------------------------------------------------------------
(14) TYPE OF REPORTING PERSON*
     IN, HC
--------------------------------------------------------------------------------
                      *SEE INSTRUCTIONS BEFORE FILLING OUT!

<PAGE>
Item 4.  Purpose of Transaction.

         Mr. Roe intends to seek a seat on the board of directors. He has sole
voting power over 8,000 shares.

Item 5.  Interest in Securities of the Issuer.

         (c) On March 3, 1998 the partnership bought 100,000 shares at $10.25.

                                   SIGNATURE

         After reasonable inquiry and to the best of my knowledge and belief, I
certify that the information set forth in this statement is true.

Dated: March 12, 1998

                                        /s/ Richard A. Roe
                                        ------------------
                                        Richard A. Roe
"""
"""Amendment no. 3 to a 13D in typed text: a page break amid the powers, footnotes, "NONE", "-0-", two persons."""

CELL = "<tr><td>{number}</td><td><p>{label}</p>{value}</td></tr>"
LABELS = (
    "NAMES OF REPORTING PERSONS", "CHECK THE APPROPRIATE BOX IF A MEMBER OF A GROUP (SEE INSTRUCTIONS)", "SEC USE ONLY",
    "SOURCE OF FUNDS (SEE INSTRUCTIONS)",
    "CHECK BOX IF DISCLOSURE OF LEGAL PROCEEDINGS IS REQUIRED PURSUANT TO ITEM 2(d) OR 2(e)",
    "CITIZENSHIP OR PLACE OF ORGANIZATION", "SOLE VOTING POWER", "SHARED VOTING POWER", "SOLE DISPOSITIVE POWER",
    "SHARED DISPOSITIVE POWER", "AGGREGATE AMOUNT BENEFICIALLY OWNED BY EACH REPORTING PERSON",
    "CHECK BOX IF THE AGGREGATE AMOUNT IN ROW (11) EXCLUDES CERTAIN SHARES (SEE INSTRUCTIONS)",
    "PERCENT OF CLASS REPRESENTED BY AMOUNT IN ROW (11)", "TYPE OF REPORTING PERSON (SEE INSTRUCTIONS)",
)  # fmt: skip


def html_page(*values: str) -> str:
    """One cover page of a 13D as a table, the numbers of the rows in cells of their own. values: of its fourteen rows."""
    side = "<tr><td rowspan=4>NUMBER OF<br>SHARES<br>BENEFICIALLY<br>OWNED BY<br>EACH<br>REPORTING<br>PERSON<br>WITH</td></tr>"
    rows = [
        (side if number == 7 else "")
        + CELL.format(number=number, label=label, value=f"<p>{value}</p>" if value else "")
        for number, (label, value) in enumerate(zip(LABELS, values, strict=True), 1)
    ]
    return f"<table>{''.join(rows)}</table>"


def html_13d(*pages: str, first: str = "") -> str:
    """A 13D in HTML. first: more on its first page."""
    return f"""<html><head><title>Schedule 13D</title><style>td {{ margin: 5 }}</style></head><body><p>SCHEDULE 13D</p>
<p>Under the Securities Exchange Act of 1934</p><p><b>EXAMPLE CORP</b></p><p>(Name of Issuer)</p><p>Class B Common&nbsp;Stock</p>
<p>(Title of Class of Securities)</p><p>037833100</p><p>(CUSIP Number)</p><p>Jane Roe, 1 Main Street</p>
<p>(Name, Address and Telephone Number of Person Authorized to Receive Notices and Communications)</p><p>11/20/2023</p>
<p>(Date of Event Which Requires Filing of This Statement)</p>{first}{"".join(pages)}
<p>Item 4. Purpose of Transaction</p><p>To hold &amp; wait.</p><p>SIGNATURE</p><p>Date: November 27, 2023</p><p>/s/ Jane Roe</p></body></html>"""


ROWS = (
    "Roe Partners, L.P.",
    "(a) &#9746; (b) &#9744;",
    "",
    "WC",
    "&#9744;",
    "Texas",
    "0",
    "732,000",
    "0",
    "732,000",
    "732,000",
    "&#9744;",
    "5.2%",
    "PN",
)
"""The rows of a plain cover page."""


def submission(body: str | bytes, form: str = "SC 13D", accession: str = "0000001001-98-000003") -> bytes:
    """The full submission around a document; XML is wrapped once more."""
    if isinstance(body, bytes):
        body = f"<XML>\n{body.decode()}\n</XML>"
    return HEADER.format(body=body, form=form, accession=accession, end="txt").encode()


def typed(aggregate: str = "740,000", percent: str = "5.3%") -> bytes:
    """The typed amendment in its submission, with the second person's row 11 and 13."""
    return submission(TYPED.format(aggregate=aggregate, percent=percent), form="SC 13D/A")


def read(data: bytes) -> Reading:
    """What is made of a document."""
    found = us.read(Document(data=data, name=""))
    assert found is not None
    return found


def notice(data: bytes) -> Notice:
    """The one notice of a document."""
    (one,) = read(data).notices
    return one.body
