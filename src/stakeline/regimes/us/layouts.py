"""The descriptions of the XML forms (`forms/*.toml`), and the one walk over a document that each of them drives.

A description is compiled to nested dictionaries by tag, once. `records` goes over the tree once and fills plain dictionaries
by our names of the fields; what they mean is the business of each form's own module. Nothing is kept of where a value stood:
who asks (`places.py`) goes over the same description again.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from stakeline.model.notices import Absent, LineKind
from stakeline.model.problems import Problem, Severity, quote
from stakeline.regimes.us.elements import local, path_of
from stakeline.regimes.us.values import AMOUNTS, CONVERTERS, item

if TYPE_CHECKING:
    from lxml.etree import _Element

GROUP, LEAF, LIST, CELL, ROWS, NOTE, ASIDE = range(7)
MOST_PROBLEMS = 100
"""Problems that one document may name one by one."""

_LONGEST_FOUND = 1_000
LOCATIONS = frozenset({"schemaLocation", "noNamespaceSchemaLocation"})
"""Attributes of a root that say where its schema lies: nothing of what the form tells."""
_TWICE = "stands twice, so that neither can be believed"

Record = dict[str, Any]
"""The fields of one record by name; under the names of rows, lists of records or of values; under "notes" [(cell, footnotes), ...]."""


class Node:
    """What to do with one element.

    name: of the field, of the rows, or of the cell that footnotes are noted under. below: nodes by tag. Of rows: fixed, the
    fields that each begins with; own: the field that its own text is, beside its attribute `id`. amount: an Amount is read.
    """

    __slots__ = ("amount", "below", "convert", "fixed", "name", "own", "what")

    def __init__(self, what: int, name: str, convert: Any = None, below: "dict[str, Node] | None" = None) -> None:
        self.what, self.name, self.convert = what, name, convert
        self.below: dict[str, Node] = below or {}
        self.fixed: Record = {}
        self.own: str | None = None
        self.amount = convert in AMOUNTS


class Element(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a description, as its first lines explain."""

    field: str | None = None
    read: str = msgspec.field(default="text", name="as")
    rows: str | list[str] | None = None
    fixed: dict[str, str] = msgspec.field(default={}, name="is")
    id: bool = False
    cell: bool = False
    notes: str | None = None
    aside: str | None = None
    label: str = ""
    number: str | list[str] = ""
    item: str | None = None


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form that is filed in a layout: its code without "/A", its name, and the kind of notice that it is, in words.

    any_size: it knows no lowest level.
    """

    code: str
    name: str
    duty: str
    any_size: bool = True


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One XML layout. top: what stands below its root. elements: each path with its entry, those of rows included."""

    root: str
    namespaces: tuple[str, ...]
    forms: tuple[Form, ...]
    top: dict[str, Node]
    elements: dict[str, Element]


@cache
def layout(name: str) -> Layout:
    """A layout by the name of its file."""
    text = files(__package__).joinpath("forms").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    unknown = set(told) - {"root", "namespaces", "forms", "elements", "cells"}
    if unknown:
        raise ValueError(f"forms/{name}.toml has unknown keys: {', '.join(sorted(unknown))}")
    elements = {path: msgspec.convert(entry, Element) for path, entry in told["elements"].items()}
    for rows, cells in told.get("cells", {}).items():
        elements |= dict(_cells(elements, rows, cells))
    spaces = tuple(told["namespaces"])
    return Layout(
        root=told["root"],
        namespaces=spaces,
        forms=tuple(msgspec.convert(f, Form) for f in told["forms"]),
        top=_compiled(elements, spaces),
        elements=elements,
    )


def _cells(elements: dict[str, Element], rows: str, cells: dict[str, Any]) -> Iterator[tuple[str, Element]]:
    """The cells of every kind of row of that name, by their whole paths; `rows` of a cell says which kinds have it."""
    for path, row in elements.items():
        if row.rows != rows:
            continue
        for below, entry in cells.items():
            cell = msgspec.convert(entry, Element)
            if set(cell.rows or ()) <= set(row.fixed.values()):
                at = 0 if row.fixed["table"] == "I" else 1
                yield f"{path}/{below}", msgspec.structs.replace(cell, rows=None, number=cell.number[at : at + 1])


def _compiled(elements: dict[str, Element], spaces: tuple[str, ...]) -> dict[str, Node]:
    """Entries by path as nodes by tag. Groups that are named by no entry of their own follow from the paths below them."""
    own: dict[str, Element] = {}
    below: dict[str, dict[str, Element]] = {}
    for path, entry in elements.items():
        first, _, rest = path.partition("/")
        if rest:
            below.setdefault(first, {})[rest] = entry
        else:
            own[first] = entry
    names = (*own, *(n for n in below if n not in own))
    nodes = {name: _node(own.get(name, Element()), _compiled(below.get(name, {}), spaces)) for name in names}
    return {tag: node for name, node in nodes.items() for tag in _tags(name, spaces)}


def _node(entry: Element, below: dict[str, Node]) -> Node:
    if entry.aside is not None:
        return Node(ASIDE, "")
    convert = CONVERTERS[entry.read] if entry.item is None else item(entry.item, entry.read)
    if isinstance(entry.rows, str) and not below and not entry.id:
        return Node(LIST, entry.rows, convert)
    if isinstance(entry.rows, str):
        node = Node(ROWS, entry.rows, None, below)
        node.fixed = dict(entry.fixed)
        if "kind" in node.fixed:
            node.fixed["kind"] = LineKind(node.fixed["kind"])
        node.own = entry.field if entry.id else None
        return node
    if entry.field is None:
        noting = {"footnoteId": Node(NOTE, entry.notes)} if entry.notes else {}
        return Node(GROUP, "", None, below | noting)
    return Node(CELL if entry.cell else LEAF, entry.field, convert)


def _tags(name: str, spaces: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{{space}}}{name}" if space else name for space in spaces)


class Walk:
    """One walk over a document. problems: what could not be read; grows while it is walked."""

    __slots__ = ("problems",)

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def records(self, root: "_Element", layout: Layout) -> Record:
        """What the description finds in the document."""
        for name, value in root.items():
            if local(name) not in LOCATIONS:
                found = f"{local(name)}={value[:_LONGEST_FOUND]!r}"
                self.problem(Severity.NOTE, root, found, "an attribute that we do not know; nothing was read from it")
        record: Record = {}
        self._fill(root, layout.top, record)
        return record

    def _fill(self, above: "_Element", below: dict[str, Node], record: Record) -> None:  # noqa: C901, PLR0912
        """What stands directly below an element, and below its groups.

        Most of the work is done here, once for each element of a document: so without a call for each field.
        """
        if above.text is not None:
            self.stray(above)
        for element in above[:]:  # type: ignore[index]  # a slice takes less time than an iterator; the stubs know none
            node = below.get(element.tag)
            if node is None:
                self.unknown(element)
                continue
            what = node.what
            if what is LEAF:
                text = element.text
                if len(element):
                    self.unknown(element[0])
            elif what is CELL:
                text = self._cell(element, node, record)
            elif what is GROUP:
                self._fill(element, node.below, record)
                continue
            elif what is ROWS:
                self._row(element, node, record)
                continue
            elif what is LIST:
                self._add(element, node, record)
                continue
            else:
                if what is NOTE:
                    note(record, node.name, element.get("id") or "")
                continue
            if text and (text := text.strip()):
                name, convert = node.name, node.convert
                if name in record:
                    self.twice(element, record, node)
                elif convert is None:
                    record[name] = text
                else:
                    try:
                        record[name] = convert(text)
                    except ValueError as error:
                        self.unfit(element, record, node, text, str(error))

    def _cell(self, element: "_Element", node: Node, record: Record) -> str | None:
        """The text of a cell, whose footnotes are noted."""
        if element.text is not None:
            self.stray(element)
        text = None
        for part in element[:]:  # type: ignore[index]
            tag = part.tag
            if tag == "footnoteId":
                note(record, node.name, part.get("id") or "")
            elif tag == "value" and text is None:
                text = part.text or ""
            elif tag == "value":
                self.unfit(part, record, node, part.text or "", _TWICE)
                text = ""
            else:
                self.unknown(part)
            if len(part):
                self.unknown(part[0])
        if node.amount and (not text or text.isspace()) and node.name not in record:
            record[node.name] = Absent.NOT_DISCLOSED
        return text

    def _row(self, element: "_Element", node: Node, record: Record) -> None:
        """One record more under its name: of the elements below it, or of its attribute and its own text."""
        row = node.fixed.copy()
        if node.name in record:
            record[node.name].append(row)
        else:
            record[node.name] = [row]
        if node.own is None:
            self._fill(element, node.below, row)
            return
        row["id"] = element.get("id") or ""
        if len(element):
            self.unknown(element[0])
        text = (element.text or "").strip()
        if text:
            row[node.own] = text

    def _add(self, element: "_Element", node: Node, record: Record) -> None:
        """One value more under its name."""
        if len(element):
            self.unknown(element[0])
        text = (element.text or "").strip()
        if text:
            try:
                value = text if node.convert is None else node.convert(text)
            except ValueError as error:
                self.problem(Severity.FIELD, element, text, str(error))
            else:
                record.setdefault(node.name, []).append(value)

    def unfit(self, element: "_Element", record: Record, node: Node, text: str, why: str) -> None:
        """A text that is no such value: a number becomes unreadable, anything else is missing."""
        if node.amount:
            record[node.name] = Absent.UNREADABLE
        self.problem(Severity.FIELD, element, text, why)

    def twice(self, element: "_Element", record: Record, node: Node) -> None:
        """A field that stands twice: neither of the two is believed."""
        record.pop(node.name)
        self.unfit(element, record, node, element.text or "", _TWICE)

    def unknown(self, element: "_Element") -> None:
        """An element that the description does not know."""
        message = "an element that we do not know; nothing was read from it"
        self.problem(Severity.NOTE, element, (element.text or "")[:_LONGEST_FOUND], message)

    def stray(self, element: "_Element") -> None:
        """Text where there should be elements only."""
        text = (element.text or "").strip()
        if text:
            self.problem(Severity.NOTE, element, text, "text where the form has none; it was not read")

    def problem(self, severity: Severity, element: "_Element", found: str, message: str) -> None:
        """One more problem, up to as many as one document may name; then one that says that there are more."""
        if len(self.problems) < MOST_PROBLEMS:
            where, found = path_of(element) or "the document", quote(found)
            self.problems.append(Problem(severity=severity, where=where, found=found, message=message))
        elif len(self.problems) == MOST_PROBLEMS:
            message = f"more than {MOST_PROBLEMS} problems; the others are not named"
            self.problems.append(Problem(severity=Severity.NOTE, where="the document", found="", message=message))


def note(record: Record, cell: str, footnote: str) -> None:
    """Add a footnote that is referred to, to those of its cell."""
    notes = record.setdefault("notes", [])
    if notes and notes[-1][0] == cell:
        notes[-1] = (cell, f"{notes[-1][1]} {footnote}")
    else:
        notes.append((cell, footnote))
