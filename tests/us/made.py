"""Ownership documents made by hand in the structure of the SEC's technical specification (April 2010, 3.5) and of schema X0609."""

from stakeline.model.documents import Document
from stakeline.model.notices import Notice
from stakeline.model.rows import Reading
from stakeline.regimes import us

OWNER = """<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName></reportingOwnerId>
<reportingOwnerAddress><rptOwnerStreet1>1 MAIN STREET</rptOwnerStreet1><rptOwnerCity>AUSTIN</rptOwnerCity><rptOwnerState>TX</rptOwnerState>
<rptOwnerZipCode>78701</rptOwnerZipCode></reportingOwnerAddress>
<reportingOwnerRelationship><isDirector>{director}</isDirector><isOfficer>true</isOfficer><isTenPercentOwner>0</isTenPercentOwner>
<officerTitle>Chief Executive Officer</officerTitle></reportingOwnerRelationship></reportingOwner>"""

HELD = """<postTransactionAmounts><sharesOwnedFollowingTransaction><value>{after}</value></sharesOwnedFollowingTransaction></postTransactionAmounts>
<ownershipNature><directOrIndirectOwnership><value>{held}</value></directOrIndirectOwnership>{nature}</ownershipNature>"""


def owner(name: str = "ROE JANE", cik: str = "0001000001", director: str = "1") -> str:
    return OWNER.format(name=name, cik=cik, director=director)


def held(after: str, nature: str = "") -> str:
    words = f"<natureOfOwnership><value>{nature}</value></natureOfOwnership>" if nature else ""
    return HELD.format(after=after, held="I" if nature else "D", nature=words)


def sale(
    shares: str, price: str, after: str, *, code: str = "S", side: str = "D", day: str = "2026-03-30", nature: str = ""
) -> str:
    """A transaction of Table I. price: the inside of its cell where it begins with "<"."""
    cell = price if price.startswith("<") else f"<value>{price}</value>"
    return f"""<nonDerivativeTransaction><securityTitle><value>Common Stock</value></securityTitle>
<transactionDate><value>{day}</value></transactionDate><transactionCoding><transactionFormType>4</transactionFormType>
<transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
<transactionAmounts><transactionShares><value>{shares}</value></transactionShares>
<transactionPricePerShare>{cell}</transactionPricePerShare>
<transactionAcquiredDisposedCode><value>{side}</value></transactionAcquiredDisposedCode></transactionAmounts>
{held(after, nature)}</nonDerivativeTransaction>"""


def holding(after: str, nature: str = "") -> str:
    return f"""<nonDerivativeHolding><securityTitle><value>Common Stock</value></securityTitle>
{held(after, nature)}</nonDerivativeHolding>"""


def option(shares: str, after: str, *, code: str = "M", side: str = "D", day: str = "2026-03-30") -> str:
    """A transaction of Table II in an option over the common stock."""
    return f"""<derivativeTransaction><securityTitle><value>Stock Option (Right to Buy)</value></securityTitle>
<conversionOrExercisePrice><value>125.35</value></conversionOrExercisePrice><transactionDate><value>{day}</value></transactionDate>
<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{code}</transactionCode>
<equitySwapInvolved>0</equitySwapInvolved></transactionCoding><transactionAmounts><transactionShares><value>{shares}</value></transactionShares>
<transactionPricePerShare><value>0</value></transactionPricePerShare>
<transactionAcquiredDisposedCode><value>{side}</value></transactionAcquiredDisposedCode></transactionAmounts>
<exerciseDate><footnoteId id="F1"/></exerciseDate><expirationDate><value>2028-01-31</value></expirationDate>
<underlyingSecurity><underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle>
<underlyingSecurityShares><value>{shares}</value></underlyingSecurityShares></underlyingSecurity>
{held(after)}</derivativeTransaction>"""


def form(
    shares: str = "",
    derivatives: str = "",
    *,
    kind: str = "4",
    owners: str = "",
    period: str = "2026-03-30",
    signed: str = "2026-04-01",
    more: str = "",
    plan: str = "0",
    notes: str = '<footnote id="F1">Vested in three parts.</footnote>',
) -> bytes:
    """A whole document. more: elements behind the period of report (dateOfOriginalSubmission, boxes)."""
    return f"""<?xml version="1.0"?>
<ownershipDocument>
<schemaVersion>X0609</schemaVersion><documentType>{kind}</documentType><periodOfReport>{period}</periodOfReport>{more}
<issuer><issuerCik>0000093410</issuerCik><issuerName>EXAMPLE CORP</issuerName><issuerTradingSymbol>EXM</issuerTradingSymbol></issuer>
{owners or owner()}
<aff10b5One>{plan}</aff10b5One>
<nonDerivativeTable>{shares}</nonDerivativeTable><derivativeTable>{derivatives}</derivativeTable>
<footnotes>{notes}</footnotes><remarks/>
<ownerSignature><signatureName>/s/ Jane Roe</signatureName><signatureDate>{signed}</signatureDate></ownerSignature>
</ownershipDocument>
""".encode()


def submission(xml: bytes, *, accession: str = "0001000001-26-000001", accepted: str = "20260401170000") -> bytes:
    """The document in a full submission, as the archive keeps it."""
    return (
        f"""<SEC-DOCUMENT>{accession}.txt : {accepted[:8]}
<SEC-HEADER>{accession}.hdr.sgml : {accepted[:8]}
<ACCEPTANCE-DATETIME>{accepted}
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t4
PUBLIC DOCUMENT COUNT:\t\t1
CONFORMED PERIOD OF REPORT:\t20260330
FILED AS OF DATE:\t\t{accepted[:8]}

REPORTING-OWNER:

\tOWNER DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tROE JANE
\t\tCENTRAL INDEX KEY:\t\t\t0001000001

ISSUER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000093410
</SEC-HEADER>
<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>form4.xml
<TEXT>
<XML>
""".encode()
        + xml
        + b"</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    )


def read(data: bytes) -> Reading:
    found = us.read(Document(data=data, name=""))
    assert found is not None
    return found


def notice(data: bytes) -> Notice:
    """The one notice of a document that must be read without a problem."""
    found = read(data)
    assert not found.problems, found.problems
    (one,) = found.notices
    return one.body
