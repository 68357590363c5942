"""Text copied from the register's pages: a list or a notice, as a browser puts it on the clipboard.

The text is set as a page again, with the ids of the register's elements, and the readers of pages read it: one
understanding of every field, and every place can be cited. What the text no longer tells (which cells were blank, where
a row ends) is not filled in: the row or notice is quarantined.
"""

import re
from functools import lru_cache
from html import escape

import msgspec

from stakeline.model.documents import Document
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Reading
from stakeline.reading import charset, html
from stakeline.regimes.hk import lists, notices, pasted_boxes, places
from stakeline.regimes.hk.lists import kinds

LARGEST_TEXT = 2_000_000
MOST_LINES = 30_000
_LOOKED_AT = 200_000
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|table|td|tr|span|body)\b", re.IGNORECASE)
_LIST_WORDS = re.compile(rb"form\s+serial\s+number", re.IGNORECASE)
_SERIAL = re.compile(r"\s*(?:IS|CS|DA|DB|DC|DD)[0-9]{8}E?[0-9]{5,6}\b")
_AFTER = r"[ \t]{0,40}:[ \t]{0,40}\n?[ \t]{0,40}"
_FLAGS = re.IGNORECASE | re.MULTILINE
_HEADINGS = (
    ("lblSCStockCode", re.compile(rf"^[ \t]{{0,40}}stock code{_AFTER}([0-9]{{1,5}})[ \t]{{0,40}}$", _FLAGS)),
    (
        "lblSCCorpName",
        re.compile(rf"^[ \t]{{0,40}}name of listed corporation{_AFTER}(\S[^\n\t]{{0,1000}})[ \t]{{0,40}}$", _FLAGS),
    ),
    (
        "lblSearch",
        re.compile(
            r"^[ \t]*((?:list of |consolidated list|complete list|notices filed by)[^\n\t]*)",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
    ("lblRecRange", re.compile(r"(displayed:\s*[0-9][0-9,]{0,11}\s*-\s*[0-9][0-9,]{0,11})(?![0-9,])", re.IGNORECASE)),
    ("lblRecCount", re.compile(r"total records:\s*([0-9][0-9,]{0,11})(?![0-9,])", re.IGNORECASE)),
)
_LEGGED = re.compile(r"\S+\s*\([LSP]\)")
_REASON = re.compile(r"[0-9]{3,5}\s*\([LSP]\)")
_COUNT = re.compile(r"[0-9][0-9,]*\s*\([LSP]\)")
_PERCENT = re.compile(r"[0-9]+\.[0-9]+\s*\([LSP]\)")
_PRICE = re.compile(r"[A-Z]{3}\s+[0-9][0-9,.]*")
_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
_LEG = r"(?:\s*\([LSP]\))?"
_COUNTS, _PERCENTS, _CODES = (
    re.compile(rf"{one}{_LEG}(?:\s+{one}{_LEG})*") for one in (r"[0-9][0-9,]*", r"[0-9]+\.[0-9]+", r"[0-9]{3,5}")
)
_FITS = {
    "trades.code": _CODES,
    "trades.shares": _COUNTS,
    "before.shares": _COUNTS,
    "after.shares": _COUNTS,
    "before.percent": _PERCENTS,
    "after.percent": _PERCENTS,
    "trades.price": re.compile(rf"[A-Za-z]{{3}}\s*[0-9][0-9,.]*{_LEG}"),
    "event_date": _DAY,
}
"""What the cells of a column hold, where they are not blank."""
_LEAST_HEADERS = 4
_MOSTLY_BLANK = frozenset({"associated", "debentures"})
_MERGED = "the cells stand on lines of their own and blank ones left no trace: which figure is which cannot be told. Copy the table so that tabs stand between its cells, or save the page"

_SHIFTED = "a cell is not what its column holds: a line or a tab was lost, and which figure is which cannot be told. Copy the table again, or save the page"


class _List(msgspec.Struct):
    """A list cut out of a text. rows: cells by row. unclear: rows (from 1) whose cells cannot be told apart, and why. rest: other lines."""

    header: list[str]
    rows: list[list[str]]
    unclear: dict[int, str]
    rest: list[str]


def read(document: Document) -> Reading | None:
    """The notices in copied text; None where the document is no such text."""
    if not _fits(document.data):
        return None
    reader = "hk/pasted list" if _is_list(document.data) else "hk/pasted notice"
    told = charset.text(document.data, "text")
    if isinstance(told, Problem):
        return Reading(reader=reader, problems=(told,))
    made = _page(document.data)
    if isinstance(made, Problem):
        return Reading(reader=reader, problems=(made,))
    page, problems, unclear = made
    why = {f"row {number}": message for number, message in unclear.items()}
    if notices.is_notice(page):
        reading = notices.read(page)
    elif lists.is_list(page):
        reading = lists.read(page)
    else:
        return None
    found = tuple(
        msgspec.structs.replace(p, message=why[p.where]) if p.severity is Severity.INPUT and p.where in why else p
        for p in reading.problems
    )
    return msgspec.structs.replace(reading, reader=reader, problems=(*found, *problems))


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place of copied text, named as on the page: see `places.quote`."""
    made = _page(document.data) if _fits(document.data) else None
    return places.quote(made[0], locator) if isinstance(made, tuple) else None


def _fits(data: bytes) -> bool:
    """True for a text with the words of a list's header or a notice's labels, and without markup."""
    start = _plain(data)
    if len(data) > LARGEST_TEXT or _MARKUP.search(start):
        return False
    return _is_list(data) or pasted_boxes.is_notice(start)


def _is_list(data: bytes) -> bool:
    start = _plain(data)
    return bool(_LIST_WORDS.search(start)) and b"eason for disclosure" in start


def _plain(data: bytes) -> bytes:
    """The beginning with the zero bytes of UTF-16 taken out, to look for words in."""
    return data[:_LOOKED_AT].replace(b"\0", b"")


@lru_cache(maxsize=4)
def _page(data: bytes) -> "tuple[html.Page, tuple[Problem, ...], dict[int, str]] | Problem":
    """The text set as a page, what was odd in the text, and the rows that could not be told into cells."""
    told = charset.text(data, "text")
    if isinstance(told, Problem):
        return told
    if told.count("\n") > MOST_LINES:
        message = f"more than {MOST_LINES:,} lines: no page has so many; copy page by page"
        return Problem(severity=Severity.INPUT, where="text", found=printable(told[:200]), message=message)
    if not _is_list(data):
        made = pasted_boxes.markup(told)
        if isinstance(made, Problem):
            return made
        page = html.read(made[0].encode())
        return page if isinstance(page, Problem) else (page, made[1], {})
    cut = _cut(told)
    if isinstance(cut, Problem):
        return cut
    page = html.read(_markup(cut).encode())
    return page if isinstance(page, Problem) else (page, _left(cut.rest), cut.unclear)


def _cut(told: str) -> _List | Problem:
    """The table out of the text: its header, then a row from each serial number to the next."""
    lines = told.split("\n")
    at = next((i for i, line in enumerate(lines) if _headers(line.split("\t")) >= _LEAST_HEADERS), None)
    first = next((i for i, line in enumerate(lines) if _SERIAL.match(line)), len(lines))
    if at is not None:
        header = [cell.strip() for cell in lines[at].split("\t")]
        records, rest = _records(lines[at + 1 :], len(header))
        rows = [_tabbed(record, header) for record in records]
        unclear = {n for n, row in enumerate(rows, 1) if len(row) == len(header) and not _fit(row, header)}
        rows = [[" | ".join(row)] if n in unclear else row for n, row in enumerate(rows, 1)]
        return _List(header, rows, dict.fromkeys(unclear, _SHIFTED), lines[:at] + rest)
    top = next((i for i, line in enumerate(lines[:first]) if _path(line) == "serial"), first)
    header = [line.strip() for line in lines[top:first] if line.strip()]
    if len(header) < _LEAST_HEADERS:
        message = "a list whose header is not whole: copy the table with its first line"
        return Problem(severity=Severity.INPUT, where="text", found=printable(told[:200]), message=message)
    records, rest = _records(lines[first:], 1)
    rows, merged = [], {}
    for number, record in enumerate(records, 1):
        row = _lined(record, header)
        rows.append(row or [" ".join(record)])
        if row is None:
            merged[number] = _MERGED
    return _List(header, rows, merged, lines[:top] + rest)


def _headers(cells: list[str]) -> int:
    """How many of the cells are headers of a list."""
    return sum(_path(cell) is not None for cell in cells)


def _path(header: str) -> str | None:
    """The column that a header is of, by the words that pages have."""
    told = " ".join(header.split()).casefold()
    return next((c.path for c in kinds.lists().columns if c.fits(told)), None) if told else None


def _records(lines: list[str], width: int) -> tuple[list[list[str]], list[str]]:
    """The lines of each row, and the lines that belong to none. width: cells of a row."""
    records: list[list[str]] = []
    rest: list[str] = []
    ended, tabs = True, 0
    for line in lines:
        if _SERIAL.match(line):
            records.append([line])
            ended, tabs = False, line.count("\t")
            continue
        whole = tabs >= width - 1 > 0
        footer = any(pattern.search(line) for _, pattern in _HEADINGS) or line.strip().casefold().startswith("page ")
        if ended or footer or (whole and line.strip() and not _LEGGED.match(line)):
            ended = True
            rest.append(line)
        elif line.strip() or not whole:
            records[-1].append(line)
            tabs += line.count("\t")
    return records, rest


def _tabbed(record: list[str], header: list[str]) -> list[str]:
    """A row's cells, parted by tabs; lines inside a cell stay.

    Blank cells at its end that an editor took away are put back where they are those of columns that are mostly blank,
    and the day stands in its column: no cell before it is lost, then.
    """
    cells = [cell.strip() for cell in "\n".join(record).split("\t")]
    missing = header[len(cells) :]
    day = next((cell for cell, told in zip(cells, header, strict=False) if _path(told) == "event_date"), "")
    if _DAY.fullmatch(day) and all(_path(told) in _MOSTLY_BLANK for told in missing):
        cells += [""] * len(missing)
    return cells


def _fit(row: list[str], header: list[str]) -> bool:
    """True where every cell is what its column holds. Where a line was lost or doubled, cells stand in the wrong column."""
    patterns = (_FITS.get(_path(told) or "") for told in header)
    return all(
        not cell or pattern is None or pattern.fullmatch(cell) for cell, pattern in zip(row, patterns, strict=True)
    )


def _lined(record: list[str], header: list[str]) -> list[str] | None:
    """A row's cells where each stands on a line of its own, or None where they cannot be told apart.

    A price stands between the shares involved and those held; without one, as many counts as reasons and totals must be there.
    """
    lines = [line.strip() for line in record if line.strip()]
    if any("\t" in line for line in lines) or len(lines) < 4 or not _DAY.fullmatch(lines[-1]):
        return None
    kinds = [
        next((k for k, p in (("reason", _REASON), ("percent", _PERCENT), ("count", _COUNT), ("price", _PRICE)) if p.fullmatch(line)), "")
        for line in lines[2:-1]
    ]  # fmt: skip
    shape = re.fullmatch(r"(r+)(c*)(p?)(c*)(%*)", "".join({"percent": "%"}.get(k, k[:1] or "x") for k in kinds))
    if shape is None:
        return None
    reasons, first, price, second, percents = (len(group) for group in shape.groups())
    if not price:
        first, second = first - percents, percents
        if first != reasons or not percents:
            return None
    elif second != percents or first not in (0, reasons):
        return None
    parts = iter(lines[2:-1])
    cells = ["\n".join(next(parts) for _ in range(n)) for n in (reasons, first, price, second, percents)]
    known = {"serial": lines[0], "holder.name": lines[1], "event_date": lines[-1]} | dict(
        zip(("trades.code", "trades.shares", "trades.price", "after.shares", "after.percent"), cells, strict=True)
    )
    by_header = [_path(told) or "" for told in header]
    return [known.get(path, "") for path in by_header] if known.keys() <= set(by_header) else None


def _markup(cut: _List) -> str:
    """The list as a page of the register."""
    outside = "\n".join(cut.rest)
    found = [(name, match[1]) for name, pattern in _HEADINGS if (match := pattern.search(outside))]
    spans = "".join(f'<span id="{name}">{escape(text.strip())}</span>\n' for name, text in found)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) + "</tr>\n"
        for row in (cut.header, *cut.rows)
    )
    return f'<html><body>{spans}<table id="grdPaging">{rows}</table></body></html>'


def _left(rest: list[str]) -> tuple[Problem, ...]:
    """A note on lines of the text that belong to nothing we know."""
    known = [pattern for _, pattern in _HEADINGS]
    other = re.compile(
        r"\s*(?:page |\*?notes?:|please click|date \(dd/mm/yyyy\)|list of all notices|stock code|name of listed|displayed|total rec|$)",
        re.IGNORECASE,
    )
    lines = [line for line in rest if not other.match(line) and not any(p.search(line) for p in known)]
    if not lines:
        return ()
    message = f"{len(lines)} lines that belong to no row of the table; not read"
    return (Problem(severity=Severity.NOTE, where="text", found=printable(" | ".join(lines)), message=message),)
