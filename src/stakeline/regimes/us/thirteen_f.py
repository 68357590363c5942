"""Form 13F: what a manager held at the end of a quarter, from the cover and its information table."""

from datetime import date
from typing import TYPE_CHECKING

from stakeline.model.notices import Absent, Holder, Status
from stakeline.model.numbers import Number
from stakeline.model.portfolios import Amending, HoldingTable, OtherManager, Portfolio
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us import thirteen_f_table
from stakeline.regimes.us.elements import local, refused
from stakeline.regimes.us.layouts import Layout, Record, Walk
from stakeline.regimes.us.submissions import Header, Submission
from stakeline.regimes.us.thirteen_f_units import differences, unit

if TYPE_CHECKING:
    from lxml.etree import _Element

READER = "us/13F"
TYPES = {
    t + a: (t, Status.AMENDMENT if a else Status.FILED) for t in ("13F-HR", "13F-NT", "13F-CTR") for a in ("", "/A")
}
MOST_MANAGERS = 10_000
"""Other managers that are read; the schema allows 100 on the cover and 999 on the summary page."""
_NOTICE = "13F NOTICE"
_REPORTS = frozenset({"13F HOLDINGS REPORT", _NOTICE, "13F COMBINATION REPORT"})
_ADDRESS = ("street1", "street2", "city", "state", "zip")
_TABLE = "INFORMATION TABLE"


def read(root: "_Element", form: Layout, filing: Submission | None, problems: list[Problem]) -> Reading:
    """The portfolio in a report. root: of its cover. form: the cover's description. filing: the submission that it came in, None for a bare cover."""
    if local(root.tag) == "informationTable":
        why = "an information table without its cover: whose it is and of which quarter is not told; take the whole submission"
        return _kept_out(problems, refused("", why))
    told = Walk(problems).records(root, form)
    wrong = _unusable(told)
    if wrong is not None:
        return _kept_out(problems, wrong)
    table = _table(root, filing, told, problems)
    if isinstance(table, Problem):
        who = f"{told['type']} of {told.get('name', 'a manager not named')} for {_period(told) or 'a quarter not told'}"
        return _kept_out(problems, refused(f"{who}: {table.found}", table.message, table.where))
    portfolio = made(told, table, filing.header if filing else None, problems)
    return Reading(reader=READER, portfolios=(Read(portfolio),), problems=tuple(problems))


def _kept_out(problems: list[Problem], why: Problem) -> Reading:
    return Reading(reader=READER, problems=(*problems, why))


def _unusable(told: Record) -> Problem | None:
    kind = told.get("type", "")
    if kind not in TYPES:
        return refused(kind, "not called 13F-HR, 13F-NT or 13F-CTR", "headerData/submissionType")
    if told.get("live", "LIVE").upper() == "TEST":
        return refused("TEST", "a test filing, which reports nothing", "headerData/filerInfo/liveTestFlag")
    if "code" not in told and "name" not in told:
        return refused("", "the manager is not told: whose holdings these are is not known", "formData/coverPage")
    for rows in ("elsewhere", "included"):
        if len(told.get(rows, ())) > MOST_MANAGERS:
            return refused("", f"more than {MOST_MANAGERS:,} other managers, which no such form has", "formData")
    return None


def _table(
    root: "_Element", filing: Submission | None, told: Record, problems: list[Problem]
) -> HoldingTable | Problem | None:
    """The information table that belongs to the cover; None where there is none by right or only the cover is at hand."""
    if filing is None:
        data = _embedded(root)
        if data is not None:
            return thirteen_f_table.read(data, 0, len(data), problems)
        if told.get("report") != _NOTICE and _count(told, "told_rows") != 0:
            message = "only the cover: the information table is another file of the submission"
            problems.append(Problem(severity=Severity.NOTE, where=_TABLE, found="", message=message))
        return None
    parts = list(filing.xml(b"informationTable"))
    if len(parts) > 1:
        return refused(
            f"{len(parts)} tables", "several information tables, of which one would have to be chosen", _TABLE
        )
    if parts:
        return thirteen_f_table.read(filing.data, parts[0].start, parts[0].end, problems)
    return _missing(filing, told)


def _missing(filing: Submission, told: Record) -> Problem | None:
    """Why a submission without a table cannot be taken in; None where none belongs in it."""
    if any(part.type.upper() == _TABLE for part in filing.parts):
        return refused("", "the information table is no XML that we know, so that no row of it was read", _TABLE)
    if not filing.whole:
        return refused("", "the submission stops before its information table", _TABLE)
    declared = _count(told, "told_rows")
    if told.get("report") == _NOTICE or told["type"].startswith("13F-NT") or not declared:
        return None
    return refused(f"{declared} rows declared", "the submission has no information table", _TABLE)


def _embedded(root: "_Element") -> bytes | None:
    """The table in a cover as EDGAR took it in: base64 in `documents`."""
    import base64
    import binascii

    for document in root.iterfind("{*}documents/{*}document"):
        if (document.findtext("{*}conformedDocumentType") or "").strip().upper() == _TABLE:
            try:
                return base64.b64decode((document.findtext("{*}contents") or "").strip()).strip()
            except (binascii.Error, ValueError):
                return b""
    return None


def made(told: Record, table: HoldingTable | None, header: Header | None, problems: list[Problem]) -> Portfolio:
    """The portfolio of a cover and its table, reconciled: differences join the problems. told: the cover by our names."""
    get = told.get
    form, status = TYPES[told["type"]]
    filed = header.filed if header else None
    decided = unit(table, filed, get("signed_date"), _period(told))
    portfolio = Portfolio(
        regime="us",
        form=form,
        manager=Holder(
            name=get("name") or f"CIK {told['code']}",
            code=get("code"),
            address=", ".join([told[part] for part in _ADDRESS if part in told]) or None,
        ),
        period=_period(told),
        serial=header.accession if header else None,
        known_from=header.known_from if header else None,
        known_basis=header.known_basis if header else None,
        signed_date=get("signed_date"),
        signed_by=get("signed_by"),
        status=status,
        report=get("report"),
        number=_count(told, "number"),
        amending=_amending(told, problems),
        denied=get("denied"),
        denied_date=get("denied_date"),
        reported_date=get("reported_date"),
        why_public=get("why_public"),
        file_number=get("file_number"),
        crd=get("crd"),
        sec=get("sec"),
        elsewhere=tuple(_other(one) for one in get("elsewhere", ())),
        included=tuple(_other(one) for one in get("included", ())),
        told_managers=_count(told, "told_managers"),
        told_rows=_count(told, "told_rows"),
        told_value=_count(told, "told_value"),
        omitted=get("omitted"),
        instruction5=get("instruction5"),
        unit=decided.dollars,
        unit_basis=decided.basis,
        unit_doubt=decided.doubt,
        text=get("text"),
        schema=get("schema"),
        table=table,
    )
    problems += [*_contradictions(told, header), *differences(portfolio)]
    if decided.doubt:
        problems.append(_note("the unit of values", decided.basis or "", decided.doubt))
    return portfolio


def _period(told: Record) -> date | None:
    return told.get("period") or told.get("header_period")


def _count(told: Record, field: str) -> int | None:
    """A whole number of the cover; None where there is none, or none that can be read (a problem says so)."""
    number: Number | Absent | None = told.get(field)
    return int(number.value) if isinstance(number, Number) and number.value == int(number.value) else None


def _other(told: Record) -> OtherManager:
    return OtherManager(**(told | ({"number": _count(told, "number")} if "number" in told else {})))


def _amending(told: Record, problems: list[Problem]) -> Amending | None:
    """What an amendment does; where it does not say so, nobody may guess."""
    text = told.get("amending")
    where = "formData/coverPage/amendmentInfo/amendmentType"
    if text is None:
        if told["type"] == "13F-HR/A":
            problems.append(_note(where, "", "an amendment that does not say whether it restates or adds holdings"))
        return None
    try:
        return Amending(" ".join(text.upper().split()))
    except ValueError:
        why = "neither RESTATEMENT nor NEW HOLDINGS"
        problems.append(Problem(severity=Severity.FIELD, where=where, found=quote(text), message=why))
        return None


def _contradictions(told: Record, header: Header | None) -> list[Problem]:
    """Where a report says two things of itself."""
    found = []
    period, other = told.get("period"), told.get("header_period")
    if period is None:
        found.append(_note("formData/coverPage/reportCalendarOrQuarter", "", "the quarter is not told on the cover"))
    elif other is not None and other != period:
        found.append(_note("headerData/filerInfo/periodOfReport", str(other), f"the cover page says {period}"))
    if header is not None and header.form is not None and header.form != told["type"]:
        found.append(_note("headerData/submissionType", told["type"], f"the submission's header says {header.form}"))
    if "amends" in told and told["amends"] != told["type"].endswith("/A"):
        found.append(
            _note("formData/coverPage/isAmendment", str(told["amends"]).lower(), f"but the form is {told['type']}")
        )
    if "report" in told and told["report"] not in _REPORTS:
        found.append(_note("formData/coverPage/reportType", told["report"], "a kind of report that we do not know"))
    return found


def _note(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.NOTE, where=where, found=quote(found), message=message)
