"""The SEC's quarterly data sets: many filings taken apart into tables (TSV files in a zip), put together again filing by filing.

A zip of 3 million rows is no document. `split` makes a small one of each filing in it: the lines of every table that bear its accession
number, verbatim, under the name and the heading of their table. The ledger archives that, and `read` reads it. No real data set was at hand;
tables and columns follow the SEC's published readme files (Form 13F Data Sets, Insider Transactions Data Sets).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from stakeline.model.documents import Document
from stakeline.model.notices import Absent, LineKind
from stakeline.model.portfolios import HoldingTable
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us import ownership, thirteen_f
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Record, layout
from stakeline.regimes.us.readers import DATA_SET
from stakeline.regimes.us.submissions import Header
from stakeline.regimes.us.thirteen_f_columns import Columns
from stakeline.regimes.us.values import CONVERTERS

if TYPE_CHECKING:
    from zipfile import ZipFile

LONGEST_LINE = 200_000
LARGEST_TABLE = 4_000_000_000
"""Bytes of one table unpacked; a quarter's holdings have a tenth of that."""
MOST_LINES = 1_000_000
"""Lines of one filing."""
_MARK = b"## "
_ACCESSION = re.compile(rb"([0-9]{10}-[0-9]{2}-[0-9]{6})\t")
_BASIS = "end of the day of filing in the SEC's data set"
_LARGE = {"13F": ("INFOTABLE",), "insider": ()}
_FIRST = "SUBMISSION"
_SETS = {
    "13F": ("SUBMISSION", "COVERPAGE", "OTHERMANAGER", "SIGNATURE", "SUMMARYPAGE", "OTHERMANAGER2", "INFOTABLE"),
    "insider": (
        "SUBMISSION", "REPORTINGOWNER", "NONDERIV_TRANS", "NONDERIV_HOLDING", "DERIV_TRANS", "DERIV_HOLDING", "FOOTNOTES",
        "OWNER_SIGNATURE",
    ),
}  # fmt: skip
_TABLES = frozenset(name for names in _SETS.values() for name in names)

# Columns of a table: the SEC's name -> our name of the field, and how its text is read.
_COLUMNS: dict[str, dict[str, tuple[str, str]]] = {
    "COVERPAGE": {
        "REPORTCALENDARORQUARTER": ("period", "day"), "ISAMENDMENT": ("amends", "flag"), "AMENDMENTNO": ("number", "number"),
        "AMENDMENTTYPE": ("amending", "text"), "CONFDENIEDEXPIRED": ("denied", "flag"), "DATEDENIEDEXPIRED": ("denied_date", "day"),
        "DATEREPORTED": ("reported_date", "day"), "REASONFORNONCONFIDENTIALITY": ("why_public", "text"),
        "FILINGMANAGER_NAME": ("name", "text"), "FILINGMANAGER_STREET1": ("street1", "text"),
        "FILINGMANAGER_STREET2": ("street2", "text"), "FILINGMANAGER_CITY": ("city", "text"),
        "FILINGMANAGER_STATEORCOUNTRY": ("state", "text"), "FILINGMANAGER_ZIPCODE": ("zip", "text"),
        "REPORTTYPE": ("report", "text"), "FORM13FFILENUMBER": ("file_number", "text"), "CRDNUMBER": ("crd", "text"),
        "SECFILENUMBER": ("sec", "text"), "PROVIDEINFOFORINSTRUCTION5": ("instruction5", "flag"),
        "ADDITIONALINFORMATION": ("text", "text"),
    },
    "SIGNATURE": {"NAME": ("signed_by", "text"), "SIGNATUREDATE": ("signed_date", "day")},
    "SUMMARYPAGE": {
        "OTHERINCLUDEDMANAGERSCOUNT": ("told_managers", "number"), "TABLEENTRYTOTAL": ("told_rows", "number"),
        "TABLEVALUETOTAL": ("told_value", "number"), "ISCONFIDENTIALOMITTED": ("omitted", "flag"),
    },
    "OTHERMANAGER": {
        "CIK": ("code", "cik"), "FORM13FFILENUMBER": ("file_number", "text"), "CRDNUMBER": ("crd", "text"),
        "SECFILENUMBER": ("sec", "text"), "NAME": ("name", "text"),
    },
    "OTHERMANAGER2": {
        "SEQUENCENUMBER": ("number", "number"), "CIK": ("code", "cik"), "FORM13FFILENUMBER": ("file_number", "text"),
        "CRDNUMBER": ("crd", "text"), "SECFILENUMBER": ("sec", "text"), "NAME": ("name", "text"),
    },
    "REPORTINGOWNER": {
        "RPTOWNERCIK": ("code", "cik"), "RPTOWNERNAME": ("name", "text"), "RPTOWNER_TITLE": ("title", "text"),
        "RPTOWNER_TXT": ("other", "text"), "RPTOWNER_STREET1": ("street1", "text"), "RPTOWNER_STREET2": ("street2", "text"),
        "RPTOWNER_CITY": ("city", "text"), "RPTOWNER_STATE": ("state", "text"), "RPTOWNER_ZIPCODE": ("zip", "text"),
    },
    "OWNER_SIGNATURE": {"OWNERSIGNATURENAME": ("name", "text"), "OWNERSIGNATUREDATE": ("day", "day")},
    "FOOTNOTES": {"FOOTNOTE_ID": ("id", "text"), "FOOTNOTE_TXT": ("text", "text")},
}  # fmt: skip
_INSIDER = {
    "PERIOD_OF_REPORT": ("event_date", "day"), "DATE_OF_ORIG_SUB": ("original_date", "day"),
    "NO_SECURITIES_OWNED": ("noSecuritiesOwned", "flag"), "NOT_SUBJECT_SEC16": ("notSubjectToSection16", "flag"),
    "FORM3_HOLDINGS_REPORTED": ("form3HoldingsReported", "flag"),
    "FORM4_TRANS_REPORTED": ("form4TransactionsReported", "flag"), "DOCUMENT_TYPE": ("type", "text"),
    "ISSUERCIK": ("issuer_code", "cik"), "ISSUERNAME": ("issuer_name", "text"), "ISSUERTRADINGSYMBOL": ("symbol", "text"),
    "REMARKS": ("text", "text"), "AFF10B5ONE": ("plan", "flag"),
}  # fmt: skip
_LINES = {
    "SECURITY_TITLE": ("title", "text"), "TRANS_DATE": ("day", "day"), "DEEMED_EXECUTION_DATE": ("deemed", "day"),
    "CONV_EXERCISE_PRICE": ("strike", "number"), "TRANS_FORM_TYPE": ("filed_as", "text"), "TRANS_CODE": ("code", "text"),
    "EQUITY_SWAP_INVOLVED": ("swap", "flag"), "TRANS_TIMELINESS": ("timeliness", "text"), "TRANS_SHARES": ("shares", "number"),
    "TRANS_TOTAL_VALUE": ("value", "number"), "TRANS_PRICEPERSHARE": ("price", "number"),
    "TRANS_ACQUIRED_DISP_CD": ("side", "text"), "EXCERCISE_DATE": ("exercisable", "day"), "EXPIRATION_DATE": ("expires", "day"),
    "UNDLYNG_SEC_TITLE": ("underlying", "text"), "UNDLYNG_SEC_SHARES": ("underlying_shares", "number"),
    "UNDLYNG_SEC_VALUE": ("underlying_value", "number"), "SHRS_OWND_FOLWNG_TRANS": ("after", "number"),
    "VALU_OWND_FOLWNG_TRANS": ("after_value", "number"), "DIRECT_INDIRECT_OWNERSHIP": ("held", "text"),
    "NATURE_OF_OWNERSHIP": ("nature", "text"),
}  # fmt: skip
_LINE_TABLES = {
    "NONDERIV_TRANS": ("I", LineKind.TRANSACTION),
    "NONDERIV_HOLDING": ("I", LineKind.HOLDING),
    "DERIV_TRANS": ("II", LineKind.TRANSACTION),
    "DERIV_HOLDING": ("II", LineKind.HOLDING),
}
_INFO = {
    "NAMEOFISSUER": "issuer", "TITLEOFCLASS": "title", "CUSIP": "cusip", "FIGI": "figi", "VALUE": "value", "SSHPRNAMT": "amount",
    "SSHPRNAMTTYPE": "amount_type", "PUTCALL": "put_call", "INVESTMENTDISCRETION": "discretion", "OTHERMANAGER": "managers",
    "VOTING_AUTH_SOLE": "sole", "VOTING_AUTH_SHARED": "shared", "VOTING_AUTH_NONE": "none",
}  # fmt: skip
_COUNTED = frozenset({"value", "amount", "sole", "shared", "none"})
_ROLES = {"DIRECTOR": "director", "OFFICER": "officer", "TENPERCENTOWNER": "10% owner", "OTHER": "other relation"}


class Table(NamedTuple):
    """One table of a filing: its columns' names, and its rows, cell by cell."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# From the zip to one document for each filing.


def is_data_set(names: "list[str]") -> bool:
    """True for a zip with files of these names."""
    tables = {_table_name(name) for name in names}
    return any(tables.issuperset(every[:2]) and bool(tables & set(every[2:])) for every in _SETS.values())


def split(stream: BinaryIO, name: str) -> Iterator[Document | Problem]:
    """Each filing of a data set as a document, in the order of the largest table; a problem where a filing's lines lie apart.

    stream: of the zip; read piece by piece. Memory holds all but the largest table (INFOTABLE): of a quarter, some 20 MB.
    """
    import zipfile

    with zipfile.ZipFile(stream) as archive:
        members = {_table_name(m): m for m in archive.namelist()}
        kind = "13F" if "INFOTABLE" in members else "insider"
        large = [t for t in _LARGE[kind] if t in members]
        small = {t: _grouped(archive, members[t]) for t in _SETS[kind] if t in members and t not in large}
        done: set[bytes] = set()
        for table in large:
            heading, blocks = _blocks(archive, members[table])
            for accession, lines in blocks:
                if accession in done:
                    why = "lines of one filing stand apart in the table, so that those before were taken for all"
                    yield refused(accession.decode(), why, f"{name}!{members[table]}")
                    continue
                done.add(accession)
                yield _document(accession, small, {table: (heading, lines)}, name)
        for accession in sorted(small[_FIRST][1]):
            if accession not in done:
                yield _document(accession, small, {}, name)


def _table_name(member: str) -> str:
    return member.rpartition("/")[2].removesuffix(".tsv").upper()


def _blocks(archive: "ZipFile", member: str) -> tuple[bytes, Iterator[tuple[bytes, list[bytes]]]]:
    """A table's heading, and its lines by filing as they follow one another. A line without a number belongs to the one above."""
    file = archive.open(member)
    heading = file.readline(LONGEST_LINE)

    def blocks() -> Iterator[tuple[bytes, list[bytes]]]:
        at: bytes | None = None
        lines: list[bytes] = []
        with file:
            left = LARGEST_TABLE
            while line := file.readline(LONGEST_LINE):
                left -= len(line)
                if left < 0:
                    raise ValueError(f"a table of more than {LARGEST_TABLE:,} bytes")
                found = _ACCESSION.match(line)
                if found is not None and found[1] != at:
                    if at is not None:
                        yield at, lines
                    at, lines = found[1], []
                if len(lines) <= MOST_LINES:
                    lines.append(line)
        if at is not None:
            yield at, lines

    return heading, blocks()


def _grouped(archive: "ZipFile", member: str) -> tuple[bytes, dict[bytes, list[bytes]]]:
    heading, blocks = _blocks(archive, member)
    lines: dict[bytes, list[bytes]] = defaultdict(list)
    for accession, block in blocks:
        lines[accession] += block
    return heading, lines


def _document(
    accession: bytes,
    small: dict[str, tuple[bytes, dict[bytes, list[bytes]]]],
    large: dict[str, tuple[bytes, list[bytes]]],
    name: str,
) -> Document:
    tables = {t: (heading, lines[accession]) for t, (heading, lines) in small.items() if accession in lines} | large
    parts = [DATA_SET + accession + b"\n"]
    for table, (heading, lines) in tables.items():
        parts += [_MARK + table.encode() + b"\n", _ended(heading), *map(_ended, lines)]
    return Document(data=b"".join(parts), name=f"{name}!{accession.decode()}")


def _ended(line: bytes) -> bytes:
    return line.rstrip(b"\r\n") + b"\n"


# From such a document to nouns.


def read(data: bytes) -> Reading:
    """The portfolio or the notice of one filing."""
    accession = data[len(DATA_SET) :].split(b"\n", 1)[0].decode("ascii", "replace")
    tables = _tables(data)
    if isinstance(tables, Problem):
        return Reading(reader="us/data set", problems=(tables,))
    first = tables.get(_FIRST)
    if first is None or len(first.rows) != 1:
        return Reading(reader="us/data set", problems=(refused(accession, "without its one line in SUBMISSION"),))
    told = dict(zip(first.columns, first.rows[0], strict=True))
    problems: list[Problem] = []
    header = Header(
        form=told.get("SUBMISSIONTYPE") or told.get("DOCUMENT_TYPE"),
        accession=accession,
        filed=_when(told.get("FILING_DATE", "")),
    )
    if "ISSUERCIK" in told:
        return _insider(tables, header, problems)
    return _portfolio(tables, told, header, problems)


def holding_lines(data: bytes) -> Iterator[str]:
    """The rows of INFOTABLE in such a document, each cell that is filled behind the name of its column."""
    tables = _tables(data)
    table = tables.get("INFOTABLE") if not isinstance(tables, Problem) else None
    for cells in table.rows if table else ():
        told = zip(table.columns if table else (), cells, strict=True)
        yield "; ".join(f"{name} {text}" for name, text in told if text)


def _tables(data: bytes) -> dict[str, Table] | Problem:
    """The tables by name, or what is wrong with one: a line with more or fewer cells than its heading makes the filing unreadable."""
    found: dict[str, Table] = {}
    for block in data.decode("utf-8", "replace").split("\n## ")[1:]:
        name, heading, *lines = block.rstrip("\n").split("\n")
        columns = tuple(heading.split("\t"))
        rows = tuple(tuple(line.split("\t")) for line in lines)
        wrong = next((at for at, cells in enumerate(rows, start=1) if len(cells) != len(columns)), None)
        if name not in _TABLES or wrong is not None:
            found_ = quote(lines[wrong - 1][:1000]) if wrong is not None else quote(name)
            return refused(found_, "a line that has not the columns of its table, or a table that we do not know", name)
        found[name] = Table(columns, rows)
    return found


def _records(tables: dict[str, Table], name: str, problems: list[Problem]) -> Iterator[Record]:
    table = tables.get(name)
    for at, cells in enumerate(table.rows if table else (), start=1):
        told = dict(zip(table.columns if table else (), cells, strict=True))
        yield _record(told, _COLUMNS[name], f"{name}, row {at}", problems)


def _record(told: dict[str, str], columns: dict[str, tuple[str, str]], where: str, problems: list[Problem]) -> Record:
    """A line by our names of its fields, each read as the forms' own texts are."""
    record: Record = {}
    for column, (field, how) in columns.items():
        text = told.get(column, "").strip()
        if not text:
            continue
        try:
            convert = _when_told if how == "day" else CONVERTERS[how]
            record[field] = convert(text) if convert else text
        except ValueError as error:
            if how == "number":
                record[field] = Absent.UNREADABLE
            problems.append(
                Problem(severity=Severity.FIELD, where=f"{where}, {column}", found=quote(text), message=str(error))
            )
    return record


def _portfolio(tables: dict[str, Table], first: dict[str, str], header: Header, problems: list[Problem]) -> Reading:
    reader = thirteen_f.READER
    told: Record = {"type": first.get("SUBMISSIONTYPE", "")}
    if told["type"] not in thirteen_f.TYPES:
        return Reading(reader=reader, problems=(refused(told["type"], "not a 13F-HR, 13F-NT or 13F-CTR"),))
    told |= _record(first, {"CIK": ("code", "cik"), "PERIODOFREPORT": ("header_period", "day")}, _FIRST, problems)
    for name in ("COVERPAGE", "SIGNATURE", "SUMMARYPAGE"):
        for record in _records(tables, name, problems):
            told |= record
    told["elsewhere"] = list(_records(tables, "OTHERMANAGER", problems))
    told["included"] = list(_records(tables, "OTHERMANAGER2", problems))
    if "code" not in told and "name" not in told:
        return Reading(reader=reader, problems=(*problems, refused(header.accession or "", "the manager is not told")))
    table = _holdings(tables["INFOTABLE"], problems) if "INFOTABLE" in tables else None
    portfolio = thirteen_f.made(told, table, header, problems)
    portfolio = msgspec.structs.replace(portfolio, known_basis=_BASIS if header.filed else None)
    return Reading(reader=reader, portfolios=(Read(portfolio),), problems=tuple(problems))


def _holdings(table: Table, problems: list[Problem]) -> HoldingTable:
    places = {field: table.columns.index(name) for name, field in _INFO.items() if name in table.columns}
    columns = Columns(tuple(places), _COUNTED & places.keys())
    columns.take([tuple(cells[at].encode() or None for at in places.values()) for cells in table.rows])
    made = columns.table()
    problems += columns.problems
    return made


def _insider(tables: dict[str, Table], header: Header, problems: list[Problem]) -> Reading:
    first = tables[_FIRST]
    told = _record(dict(zip(first.columns, first.rows[0], strict=True)), _INSIDER, _FIRST, problems)
    told["holders"] = list(_owners(tables, problems))
    told["lines"] = list(_lines(tables, problems))
    told["footnotes"] = [f for f in _records(tables, "FOOTNOTES", problems) if "id" in f]
    told["signatures"] = list(_records(tables, "OWNER_SIGNATURE", problems))
    reading = ownership.read(told, layout("ownership"), header, problems)
    notices = tuple(
        Read(msgspec.structs.replace(read.body, known_basis=_BASIS if header.filed else None))
        for read in reading.notices
    )
    return msgspec.structs.replace(reading, notices=notices)


def _owners(tables: dict[str, Table], problems: list[Problem]) -> Iterator[Record]:
    table = tables.get("REPORTINGOWNER")
    for record, cells in zip(_records(tables, "REPORTINGOWNER", problems), table.rows if table else (), strict=True):
        told = dict(zip(table.columns if table else (), cells, strict=True))
        words = re.split(r"[,;]", told.get("RPTOWNER_RELATIONSHIP", ""))
        yield record | {_ROLES[w]: True for word in words if (w := "".join(word.split()).upper()) in _ROLES}


def _lines(tables: dict[str, Table], problems: list[Problem]) -> Iterator[Record]:
    for name, (number, kind) in _LINE_TABLES.items():
        table = tables.get(name)
        for at, cells in enumerate(table.rows if table else (), start=1):
            told = dict(zip(table.columns if table else (), cells, strict=True))
            notes = [
                (field, " ".join(told[f"{column}_FN"].replace(",", " ").split()))
                for column, (field, _) in _LINES.items()
                if told.get(f"{column}_FN", "").strip()
            ]
            noted = {field for field, _ in notes}
            blank = {f: Absent.NOT_DISCLOSED for f, how in _LINES.values() if how == "number" and f in noted}
            record = blank | _record(told, _LINES, f"{name}, row {at}", problems) | {"table": number, "kind": kind}
            yield record | ({"notes": notes} if notes else {})


def _when_told(text: str) -> date:
    day = _when(text)
    if day is None:
        raise ValueError("not a day like 31-MAR-2023")
    return day


def _when(text: str) -> date | None:
    for shape in ("%d-%b-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip().title(), shape).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None
