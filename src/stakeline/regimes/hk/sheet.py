"""A notice page while it is read: its elements by field, the event lines, and the problems met on the way."""

import re
from collections.abc import Callable
from datetime import date

from stakeline.model.notices import Absent, Amount
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html, values
from stakeline.regimes.hk.cells import T, Told, told
from stakeline.regimes.hk.grids import whole
from stakeline.regimes.hk.tables import Field, Form, tables
from stakeline.regimes.hk.words import plain

DATA_IDS = ("lblD", "lblV", "grd", "lblCaption", "trRelevantEvent")
"""How ids of elements that hold data begin. Every one of them is read, left aside by name, or reported."""
LONGEST_NAME = 1_000
LONGEST_TEXT = 200_000
_MOST_UNKNOWN = 20
_NUMBERED = re.compile(r"(.+?)([0-9]{1,3})")


class Sheet:
    """One notice page under one form's description.

    nodes: element by path of the field. lines: for each event line, by the ending of its ids, field and element by
    column ("shares"). problems grows while fields are taken.
    """

    __slots__ = ("form", "lines", "nodes", "problems")

    def __init__(self, page: html.Page, form: Form) -> None:
        self.form = form
        self.nodes: dict[str, html.Element] = {}
        self.lines: dict[str, dict[str, tuple[Field, html.Element]]] = {}
        self.problems = list(page.problems)
        self._gather(page)

    def text(self, path: str, longest: int = LONGEST_NAME) -> str:
        """The words in a box, "" where it is blank or not there."""
        node = self.nodes.get(path)
        if node is None:
            return ""
        text = html.words(node) if longest == LONGEST_NAME else html.paragraphs(node)
        if len(text) <= longest:
            return text
        self.problem(path, text, f"longer than {longest:,} characters: not read")
        return ""

    def count(self, path: str) -> Amount:
        """The number of shares in a box; None where the page has no such box."""
        node = self.nodes.get(path)
        if node is None:
            return None
        where = self.form.fields[path].where
        return whole(plain(html.words(node)), where, self.problems)

    def day(self, path: str) -> date | None:
        """The day in a box. None where it is blank or unreadable (then with its problem)."""
        node = self.nodes.get(path)
        if node is None:
            return None
        found = values.day(plain(html.words(node)), self.form.fields[path].where)
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        return None if isinstance(found, Absent) else found

    def table(self, path: str, reader: Callable[..., Told[T]], *about: object) -> tuple[T, ...]:
        """What a reader of rows makes of the table in a box; nothing where the page has no such box."""
        node = self.nodes.get(path)
        return told(node, self.form.fields[path].where, self.problems, reader, *about) if node is not None else ()

    def problem(self, path: str, found: str, message: str, severity: Severity = Severity.FIELD) -> None:
        """Put a problem with a field to the others."""
        where = self.form.fields[path].where if path in self.form.fields else path
        self.problems.append(Problem(severity=severity, where=where, found=printable(found), message=message))

    def _gather(self, page: html.Page) -> None:
        """Sort the page's elements by field, and say which boxes are missing and which are new."""
        elements, aside = self.form.elements, tables().aside
        unknown: list[str] = []
        nodes, lines = self.nodes, self.lines
        for name, node in page.elements.items():
            field = elements.get(name)
            if field is not None:
                if field.line:
                    lines.setdefault(field.ending, {})[field.column] = (field, node)
                elif nodes.setdefault(field.path, node) is not node and field.kind != "row":
                    self._second(field, node)
            elif name.startswith(DATA_IDS) and name not in aside:
                unknown.append(name)
        for field in self.form.required:
            if field.path not in nodes and not (field.line and lines):
                self.problem(
                    field.path, "", f"the page has no box {field.label!r}: it was cut short or is another page"
                )
        if unknown:
            self._unknown([name for name in unknown if not self._numbered(name, page.elements[name])], page)

    def _numbered(self, name: str, node: html.Element) -> bool:
        """True for a box of a further event line, which is put with its line, and for a part of a known table."""
        match = _NUMBERED.fullmatch(name)
        field = self.form.elements.get(match[1]) if match else None
        if match and field and field.line:
            self.lines.setdefault(match[2], {})[field.column] = (field.on_line(match[2]), node)
            return True
        table = next((e for e in self.form.elements if e.startswith("grd") and name.startswith(e + "_")), None)
        return table is not None or name.startswith("trRelevantEvent")

    def _second(self, field: Field, node: html.Element) -> None:
        """Two elements known for one box: one is blank, or neither can be trusted."""
        first = self.nodes[field.path]
        bare = field.kind == "serial" and html.words(first).isdigit()
        if not html.words(first) or (bare and html.words(node)):
            # Besides the serial number the old system kept a log number, which only its links use.
            self.nodes[field.path] = node
        elif field.kind == "serial" and html.words(node).isdigit():
            return
        elif html.words(node):
            self.problem(field.path, html.words(node), "a second box for the same field; the first is read")

    def _unknown(self, names: list[str], page: html.Page) -> None:
        for name in names[:_MOST_UNKNOWN]:
            found = html.words(page.elements[name])
            self.problem(f"#{name}", found, "a box that we do not know; it is not read", Severity.NOTE)
        if len(names) > _MOST_UNKNOWN:
            more = f"{len(names) - _MOST_UNKNOWN} more boxes that we do not know; they are not read"
            self.problem("page", ", ".join(names[_MOST_UNKNOWN : _MOST_UNKNOWN + 10]), more, Severity.NOTE)
