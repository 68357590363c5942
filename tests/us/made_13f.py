"""Form 13F made by hand in the real structure (EDGAR's schemas eis_13F_Filer and eis_13FDocument; the printed form for text)."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

NAMESPACE = "http://www.sec.gov/edgar/document/thirteenf/informationtable"
APPLE, BERKSHIRE, BOND = "037833100", "084670108", "00971TAJ0"


def row(**told: Any) -> dict[str, Any]:
    """One row; a field that is None has no element."""
    usual: dict[str, Any] = {
        "issuer": "APPLE INC",
        "title": "COM",
        "cusip": APPLE,
        "figi": None,
        "value": 132_690,
        "amount": 1_000,
        "kind": "SH",
        "option": None,
        "discretion": "SOLE",
        "managers": None,
        "voting": (1_000, 0, 0),
    }
    return usual | told


def table(rows: Iterable[dict[str, Any]], *, prefix: str = "", lead: str = "", indent: str = "\n  ") -> str:
    """An information table. prefix: of its elements ("ns1:"). lead: stands before it."""
    named = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    body = "".join(_row(one, prefix, indent) for one in rows)
    return f'{lead}<{prefix}informationTable {named}="{NAMESPACE}">{body}\n</{prefix}informationTable>'


def _row(told: dict[str, Any], p: str, indent: str) -> str:
    def leaf(name: str, value: object) -> str:
        return "" if value is None else f"<{p}{name}>{escape(str(value))}</{p}{name}>{indent}"

    sole, shared, none = told["voting"]
    return (
        f"{indent}<{p}infoTable>{indent}{leaf('nameOfIssuer', told['issuer'])}{leaf('titleOfClass', told['title'])}"
        f"{leaf('cusip', told['cusip'])}{leaf('figi', told['figi'])}{leaf('value', told['value'])}"
        f"<{p}shrsOrPrnAmt>{indent}{leaf('sshPrnamt', told['amount'])}{leaf('sshPrnamtType', told['kind'])}</{p}shrsOrPrnAmt>"
        f"{indent}{leaf('putCall', told['option'])}{leaf('investmentDiscretion', told['discretion'])}"
        f"{leaf('otherManager', told['managers'])}<{p}votingAuthority>{leaf('Sole', sole)}{leaf('Shared', shared)}"
        f"{leaf('None', none)}</{p}votingAuthority>{indent}</{p}infoTable>"
    )


def cover(
    *,
    form: str = "13F-HR",
    period: str = "12-31-2023",
    name: str = "Example Capital LLC",
    report: str = "13F HOLDINGS REPORT",
    amendment: str = "",
    rows: int | None = 1,
    value: int | None = 132_690,
    more: str = "",
    signed: str = "02-09-2024",
    live: str = "LIVE",
) -> str:
    """A primary_doc.xml. amendment: what stands for `isAmendment` and behind it. more: at the end of the summary page."""
    totals = "".join(
        f"<{tag}>{'' if number is None else number}</{tag}>"
        for tag, number in (("tableEntryTotal", rows), ("tableValueTotal", value))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<edgarSubmission xmlns="http://www.sec.gov/edgar/thirteenffiler" '
        'xmlns:com="http://www.sec.gov/edgar/common"><schemaVersion>X0202</schemaVersion><headerData>'
        f"<submissionType>{form}</submissionType><filerInfo><liveTestFlag>{live}</liveTestFlag><filer><credentials>"
        "<cik>0001234567</cik><ccc>XXXXXXXX</ccc></credentials></filer>"
        f"<periodOfReport>{period}</periodOfReport></filerInfo></headerData><formData><coverPage>"
        f"<reportCalendarOrQuarter>{period}</reportCalendarOrQuarter>{amendment or '<isAmendment>false</isAmendment>'}"
        f"<filingManager><name>{escape(name)}</name><address><com:street1>1 Main St</com:street1><com:city>Omaha</com:city>"
        "<com:stateOrCountry>NE</com:stateOrCountry><com:zipCode>68131</com:zipCode></address></filingManager>"
        f"<reportType>{report}</reportType><form13FFileNumber>028-00001</form13FFileNumber>"
        "<provideInfoForInstruction5>N</provideInfoForInstruction5></coverPage><signatureBlock><name>A Person</name>"
        "<title>CCO</title><phone>1</phone><signature>/s/ A Person</signature><city>Omaha</city>"
        f"<stateOrCountry>NE</stateOrCountry><signatureDate>{signed}</signatureDate></signatureBlock>"
        f"<summaryPage><otherIncludedManagersCount>0</otherIncludedManagersCount>{totals}"
        f"<isConfidentialOmitted>false</isConfidentialOmitted>{more}</summaryPage></formData></edgarSubmission>"
    )


def submission(
    cover: str | None,
    table: str | None,
    *,
    form: str = "13F-HR",
    filed: str = "20240209",
    accession: str = "0001234567-24-000001",
    count: int | None = None,
    text: Sequence[str] = (),
) -> bytes:
    """A full submission as the archive keeps it (.txt). text: documents that are no XML."""
    parts = [(form, f"<XML>\n{cover}\n</XML>")] if cover is not None else []
    parts += [("INFORMATION TABLE", f"<XML>\n{table}\n</XML>")] if table is not None else []
    parts += [(form, one) for one in text]
    documents = "".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{at}\n<FILENAME>d{at}.xml\n<TEXT>\n{content}\n</TEXT>\n</DOCUMENT>\n"
        for at, (kind, content) in enumerate(parts, start=1)
    )
    head = (
        f"<SEC-DOCUMENT>{accession}.txt : {filed}\n<SEC-HEADER>{accession}.hdr.sgml : {filed}\n"
        f"<ACCEPTANCE-DATETIME>{filed}160211\nACCESSION NUMBER:\t\t{accession}\nCONFORMED SUBMISSION TYPE:\t{form}\n"
        f"PUBLIC DOCUMENT COUNT:\t\t{len(parts) if count is None else count}\nCONFORMED PERIOD OF REPORT:\t20231231\n"
        f"FILED AS OF DATE:\t\t{filed}\n\nFILER:\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CAPITAL LLC\n"
        "\t\tCENTRAL INDEX KEY:\t\t\t0001234567\n</SEC-HEADER>\n"
    )
    return f"{head}{documents}</SEC-DOCUMENT>".encode()
