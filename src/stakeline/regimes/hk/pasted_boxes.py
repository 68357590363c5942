"""A notice copied as text: its boxes by their printed numbers and labels, set as a page again."""

import re
from collections import Counter
from collections.abc import Callable
from html import escape

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import values
from stakeline.regimes.hk.tables import Form, tables

_SCALARS = {
    "serial": r"(?:form )?serial (?:number|no\.?)",
    "issuer_name": r"name of (?:the )?listed corporation",
    "issuer_code": r"stock code",
    "share_class": r"class of shares",
    "issued": r"number of issued (?:voting )?shares(?: in (?:the )?class)?",
    "holder.name": r"name of (?:the )?(?:corporate )?substantial shareholder|name of corporation|corporate name",
    "holder.surname": r"surname",
    "holder.first": r"first names?",
    "holder.middle": r"middle names?",
    "holder.chinese": r"chinese name",
    "holder.exchange": r"(?:name of )?(?:the )?exchange on which [^0-9]*listed[^0-9]*",
    "holder.parent": r"(?:name of )?(?:the )?(?:listed )?parent(?: company)?",
    "event_date": r"date of (?:the )?relevant event(?: \(dd/mm/yyyy\))?",
    "aware_date": r"date when [^0-9]*aware[^0-9]*(?:\(dd/mm/yyyy\))?",
    "signed_date": r"date of (?:filing )?this form(?: \(dd/mm/yyyy\))?",
    "text": r"supplementary information",
}
"""Labels of boxes with one value, as printed (in our spelling of what is publicly known of the pages)."""
_TABLES = {
    "trades": r"details of (?:the )?relevant event",
    "before": r"total (?:number of )?shares .*immediately before.*",
    "after": r"total (?:number of )?shares .*immediately after.*",
    "capacities": r".*capacity in which .*",
    "derivatives": r".*derivative interests.*",
    "links.family": r".*(?:spouse|children under 18|family).*",
    "links.controlled": r".*(?:corporations? controlled|controlled corporations?).*",
    "links.joint": r".*jointly.*",
    "links.trust": r".*\btrusts?\b.*",
    "links.agreement": r".*section 317.*",
    "links.direction": r".*directions.*",
}
"""Labels of boxes that are tables. They are known by their number too: their words stand in other places as well."""
_ASIDE = r"registered office|principal place of business(?: in hong kong)?|chinese character code|number of attachments"
_PATTERNS = {path: re.compile(words, re.IGNORECASE) for path, words in (_SCALARS | _TABLES).items()}
_IS_ASIDE = re.compile(_ASIDE, re.IGNORECASE)
_NUMBERED = re.compile(r"\s*([0-9]{1,2})\s*[.)]\s*(\S.*)", re.DOTALL)
_CAPTION = re.compile(r"\s*form\s*([1-4])\s*([a-d]?)(?![0-9a-z])[^\t]*", re.IGNORECASE)
_SERIAL = re.compile(r"\b(IS|CS|DA)[0-9]{8}E[0-9]{5}\b")
_OLD_SERIAL = re.compile(r"\b[A-Z]{2}[0-9]{14}\b")
_FORMS = ("1", "2", "3A")
_MARKS = (
    re.compile(rb"stock code", re.IGNORECASE),
    re.compile(rb"class of shares", re.IGNORECASE),
    re.compile(rb"relevant event", re.IGNORECASE),
)
_LINE = (
    ("position", r".*"),
    ("code", r"[0-9]{3,5}"),
    ("capacity_before", r"2[0-9]{3}"),
    ("capacity_after", r"2[0-9]{3}"),
    ("shares", r"[0-9][0-9,.]*"),
    ("currency", r"[A-Za-z]{3}|others?"),
    ("highest", r"[0-9][0-9,.]*"),
    ("average", r"[0-9][0-9,.]*"),
    ("consideration", r"[0-9][0-9,.]*"),
    ("nature", r"3[0-9]{3}"),
)
"""The columns of the event box in their order, and what each can hold."""
_TOTALS = 3
"""Position, shares and percentage."""
_CODE = re.compile(r"[0-9]{3,5}")
_COPY = "Copy the page so that tabs stand between its cells, or save the page"


class _Box(msgspec.Struct):
    """One box of the text: its path, and the lines of its value."""

    path: str
    lines: list[str]


def is_notice(start: bytes) -> bool:
    """True for a text that has labels which only a notice has together."""
    return all(mark.search(start) for mark in _MARKS)


def markup(told: str) -> tuple[str, tuple[Problem, ...]] | Problem:
    """The text as a notice page, and what was odd in it; or why its boxes cannot be told apart."""
    form = _form(told)
    if form is None:
        return _refused(
            told[:200], "a notice whose form cannot be told, or of a form that we do not read from text: save the page"
        )
    boxes, unplaced = _boxes(told.split("\n"), form)
    if isinstance(boxes, Problem):
        return boxes
    ((twice, times),) = Counter(b.path for b in boxes).most_common(1) or (("", 0),)
    if times > 1:
        return _refused(twice, "a label stands twice: two notices in one text? One text must hold one notice")
    parts = [f'<span id="lblCaption">FORM {form.code}</span>']
    for box in boxes:
        made = _set(box, form)
        if isinstance(made, Problem):
            return made
        parts.append(made)
    notes: tuple[Problem, ...] = ()
    if unplaced:
        message = f"{len(unplaced)} lines that belong to no box that we know; not read"
        notes = (Problem(severity=Severity.NOTE, where="text", found=printable(" | ".join(unplaced)), message=message),)
    return f"<html><body>{''.join(parts)}</body></html>", notes


def _form(told: str) -> Form | None:
    """The form by its caption, else by the letters of the serial number; only of those whose numbers and labels we know."""
    forms = {code: tables().forms[code] for code in _FORMS}
    if _OLD_SERIAL.search(told):
        return None
    for line in told.split("\n"):
        caption = _CAPTION.fullmatch(line)
        if caption:
            return forms.get(caption[1] + caption[2].upper())
    serial = _SERIAL.search(told)
    return next((f for f in forms.values() if serial and f.prefix == serial[1]), None)


def _boxes(lines: list[str], form: Form) -> tuple[list[_Box] | Problem, list[str]]:
    """The boxes in their order, and the lines that belong to none."""
    found: list[_Box] = []
    unplaced: list[str] = []
    box: _Box | None = None
    for line in lines:
        label = _label(line, form)
        if isinstance(label, Problem):
            return label, unplaced
        if label is not None:
            box = _Box(label[0], [label[1]] if label[1].strip() else [])
            if box.path:
                found.append(box)
        elif box is not None and _belongs(line, box):
            box.lines.append(line)
        elif line.strip() and not _CAPTION.fullmatch(line):
            unplaced.append(line.strip())
            box = None
    return found, unplaced


def _belongs(line: str, box: _Box) -> bool:
    """True where a line without a label goes on with the box: not where it looks like another box, but for tables and text."""
    if box.path == "text" or box.path in _TABLES or not line.strip():
        return True
    return not _NUMBERED.match(line) and "\t" not in line and not line.rstrip().endswith(":")


def _label(line: str, form: Form) -> tuple[str, str] | Problem | None:
    """Path and rest of the line where it begins a box ("" for a box that is known and left aside)."""
    numbered = _NUMBERED.match(line)
    number, told = (numbered[1], numbered[2]) if numbered else (None, line)
    label, value = next(((h, t) for mark in ("\t", ":") for h, m, t in (told.partition(mark),) if m), (told, ""))
    words = " ".join(label.replace(":", " ").split())
    if not words or len(words) > 200:
        return None
    if _IS_ASIDE.fullmatch(words):
        return "", value
    path = next((p for p in _SCALARS if p in form.fields and _PATTERNS[p].fullmatch(words)), None)
    if path is None and number is not None:
        path = next((p for p in _TABLES if p in form.fields and _PATTERNS[p].fullmatch(words)), None)
    if path is None:
        return None
    known = form.fields[path].where.partition("(box ")[2].rstrip(")")
    if number is not None and known and known != number:
        return _refused(line, f"numbered {number}, but on Form {form.code} the box so called is number {known}")
    return path, value.lstrip(" \t:")


def _set(box: _Box, form: Form) -> str | Problem:
    """A box as markup."""
    field = form.fields[box.path]
    lines = [line for line in box.lines if line.strip()]
    if box.path == "trades":
        return _event(lines)
    if box.path in ("before", "after"):
        return _totals(lines, box.path, field.element)
    if box.path in _TABLES:
        return _grid(lines, box.path, field.element)
    return f'<div id="{field.element}">{"<br>".join(escape(line.strip()) for line in lines)}</div>'


def _event(lines: list[str]) -> str | Problem:
    """The event box: a line for each position, its ten columns told by the tabs between them."""
    rows = _rows(lines, starts=lambda line: values.leg(line.split("\t")[0].strip()) is not None)
    made = []
    for at, row in enumerate(rows):
        ending = "" if at == 0 else str(at + 1)
        cells: list[str] = []
        for cell in "\n".join(row).split("\t"):
            bare = cell.strip().split("\n")[0].strip()
            meaning = cells and _CODE.fullmatch(cells[-1]) and bare and not bare[0].isdigit() and len(bare) > len("HKD")
            if not meaning:
                code = re.match(r"([0-9]{3,5})\s+\D", bare)
                cells.append(code[1] if code else bare)
        if len(row) > 1 and not any("\t" in line for line in row):
            return _refused(
                " | ".join(row),
                f"the cells of the event stand on lines of their own: which price is which cannot be told. {_COPY}",
            )
        fits = all(not c or re.fullmatch(p, c) for c, (_, p) in zip(cells, _LINE, strict=False))
        # One cell is a line of the form left blank. A blank cell lost between others would move figures to the next column.
        if len(cells) not in (1, len(_LINE)) or not fits:
            return _refused(" | ".join(row), f"the cells of the event cannot be told apart. {_COPY}")
        cells += [""] * (len(_LINE) - len(cells))
        made += [
            f'<td id="{_element(name)}{ending}">{escape(c)}</td>' for c, (name, _) in zip(cells, _LINE, strict=True)
        ]
    return f"<table><tr>{''.join(made)}</tr></table>" if made else ""


def _element(name: str) -> str:
    """The id of a column of the event box."""
    return next(
        f.element for form in tables().forms.values() for f in form.fields.values() if f.path == f"trades.{name}"
    )


def _totals(lines: list[str], path: str, element: str) -> str | Problem:
    """A box of totals: position, shares, percentage in each row."""
    made = ""
    for row in _rows(lines, starts=lambda line: values.leg(line.split("\t")[0].strip()) is not None):
        tabbed = any("\t" in line for line in row)
        cells = "\n".join(row).split("\t") if tabbed else row
        if len(cells) not in (1, _TOTALS):
            return _refused(
                " | ".join(row), f"the totals {path} the event: a cell is blank, and which cannot be told. {_COPY}"
            )
        made += "<tr>" + "".join(f"<td>{escape(cell.strip())}</td>" for cell in cells) + "</tr>"
    return f'<table id="{element}">{made}</table>'


def _grid(lines: list[str], path: str, element: str) -> str | Problem:
    """Another table: a row begins with a code where the box has codes first, else each line is a row."""
    coded = path in ("capacities", "derivatives")
    if coded:
        rows = _rows(lines, starts=lambda line: bool(_CODE.match(line.strip())))
    else:
        rows = [[line] for line in lines]
        if any("\t" not in line for line in lines) and len(lines) > 1:
            return _refused(" | ".join(lines), f"the rows of the box cannot be told apart. {_COPY}")
    made = "".join(
        "<tr>" + "".join(f"<td>{escape(c.strip())}</td>" for line in row for c in line.split("\t")) + "</tr>"
        for row in rows
    )
    return f'<table id="{element}">{made}</table>'


def _rows(lines: list[str], starts: Callable[[str], bool]) -> list[list[str]]:
    """Lines put together into rows; lines before the first row are the table's header and left out."""
    rows: list[list[str]] = []
    for line in lines:
        if starts(line):
            rows.append([line])
        elif rows:
            rows[-1].append(line)
    return rows


def _refused(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="text", found=printable(found), message=message)
