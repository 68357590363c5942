"""Forms as XML taken apart at their texts, without building a tree: what `layouts.Walk` finds, sooner.

A form is split at its texts, and each run of tags between two of them is looked up among those met before in the same place
(`reading.runs`: the elements open there). What a run does is worked out once, tag by tag, by the description of the form that `Walk` goes
by. Whatever is not plain (an element or a repeated field that the description does not know, text between elements, a value that cannot
be read, a section of CDATA, a document type, an encoding other than UTF-8) is not decided: the whole document is then left to
the parser and to `Walk`, which also say what is wrong with it. So what is found here is what they would find, without a problem.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from stakeline.model.notices import Absent
from stakeline.reading.runs import LONGEST_KNOWN, Memory, Place, Undecided
from stakeline.regimes.us.layouts import (
    ASIDE,
    CELL,
    GROUP,
    LEAF,
    LIST,
    LOCATIONS,
    NOTE,
    ROWS,
    Node,
    Record,
    layout,
    note,
)

_TEXT = re.compile(r">[ \t\r\n]*+([^<>\s][^<>]*+)<")
_DECLARATION = re.compile(
    r"<\?xml version=([\"'])1\.0\1(?: encoding=([\"'])(?i:utf-8)\2)?(?: standalone=([\"'])(?:yes|no)\3)? ?\?>"
)
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*+"
_VALUE = r"\"[^\"<>&\t\r\n]*+\"|'[^'<>&\t\r\n]*+'"
_ATTRIBUTE = re.compile(rf"[ \t\r\n]++((?:{_NAME}:)?{_NAME})=({_VALUE})")
_TAG = re.compile(
    rf"[ \t\r\n]*+<(?:(/)(?:({_NAME}):)?({_NAME})[ \t\r\n]*+>"
    rf"|(?:({_NAME}):)?({_NAME})((?:[ \t\r\n]++(?:{_NAME}:)?{_NAME}=(?:{_VALUE}))*+)[ \t\r\n]*+(/?)>)"
)
_COMMENT = re.compile(r"<!--[^-]*+(?:-(?!-)[^-]*+)*+-->(?=[ \t\n]*+<)")
"""Where it parts no text: no text stands behind it."""
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESERVED = frozenset({"xml", "xmlns"})
_SPACE = re.compile(r"http://(?!www\.w3\.org/(?:XML/1998|2000/xmlns))[A-Za-z0-9._/-]{1,100}")
"""What a prefix may stand for: plain addresses, but not those that XML keeps to itself."""
_DEEPEST = 40

VALUE, START = 7, 8
"""Beside what `layouts` does with an element: the <value> of a cell; nothing, for the root is yet to come."""
_BEGIN, _END, _NOTED, _EMPTY = range(4)
"""What a run does beside opening and closing: a record begins or ends, a footnote is referred to, a cell has no value."""
_DEEDS = {ROWS: _BEGIN, NOTE: _NOTED}
_ASSIGN, _ADD, _SKIP = range(3)
"""Where a text goes: into a field, into a list, nowhere."""


class _Open(NamedTuple):
    """An open element. name: as written, prefix and all. what: to do with it, by which node.

    value: of a cell, 1 where a <value> stood in it, 2 where that had a text. space: of the names below it that have no prefix. tag, spaces: of the
    root, its name as lxml would give it (before it is known, its namespace), and what its prefixes stand for.
    """

    name: str
    what: int
    node: Node
    value: int = 0
    space: str | None = None
    tag: str = ""
    spaces: tuple[tuple[str, str], ...] = ()


class _Step(NamedTuple):
    """What a run does: (deed, node, id of a footnote). where, name, convert: what becomes of the text behind. to: where the next run stands."""

    does: tuple[tuple[int, Node, str], ...]
    where: int
    name: str
    convert: Callable[[str], object] | None
    to: "Place[_Open, _Step]"


_memory: Memory[_Open, _Step] = Memory()
_NOTHING = Node(ASIDE, "")


def records(data: bytes, space: str, layouts: Mapping[str, str]) -> tuple[str, Record] | None:
    """The root's tag and what its description finds in a form; None where that is for the parser and `Walk` to say.

    space: the namespace of all names, where the root's words for it were blanked. layouts: by the tag of the root.
    """
    try:
        page = data.decode()
    except UnicodeDecodeError:
        return None
    if "\r" in page:
        page = page.replace("\r\n", "\n").replace("\r", "\n")  # as XML reads ends of lines
    if "<!--" in page:
        page = _COMMENT.sub(" ", page)  # nothing but a blank in front keeps a declaration from beginning the document
    parts = _TEXT.split(page)
    runs, texts = parts[::2], parts[1::2]
    if not _printable("".join(texts)):
        return None
    texts.append("")
    record: Record = {}
    try:
        root = _filled(runs, texts, _memory.place((_Open("", START, _NOTHING, tag=space),)), layouts, record)
    except (Undecided, ValueError):  # of a converter: the text is no such value
        return None
    return None if root is None else (root, record)


def _filled(
    runs: list[str], texts: list[str], place: Place[_Open, _Step], layouts: Mapping[str, str], record: Record
) -> str | None:
    """Fill a record with what the runs and texts tell. The root's tag, or None where the document does not end as it should.

    Most of the work is done here, once for each text of a document: so without a call for each.
    """
    around: list[Record] = []
    before = place
    for number, run in enumerate(runs):
        before = place
        try:
            does, where, name, convert, place = place.steps[run]
        except KeyError:
            does, where, name, convert, place = _learnt(place, run, layouts, last=number == len(texts) - 1)
        if does:
            record = _done(does, record, around)
        text = texts[number]
        if "&" in text:
            text = _REFERENCE.sub(_character, text)
        if where is _SKIP:
            continue
        text = text.strip()
        if not text or (where is _ASSIGN and name in record):  # nothing to see, or the field stands twice
            raise Undecided
        value = text if convert is None else convert(text)
        if where is _ASSIGN:
            record[name] = value
        else:
            record.setdefault(name, []).append(value)
    root = before.open[0]
    return None if place.open or root.what is START else root.tag


def _done(does: tuple[tuple[int, Node, str], ...], record: Record, around: list[Record]) -> Record:
    """Do what a run does. The record that the next text belongs to. around: the records that it stands in."""
    for deed, node, told in does:
        if deed is _NOTED:
            note(record, node.name, told)
        elif deed is _BEGIN:
            around.append(record)
            row = node.fixed.copy()
            record.setdefault(node.name, []).append(row)
            record = row
            if node.own is not None:
                row["id"] = told
        elif deed is _END:
            record = around.pop()
        elif node.name not in record:
            record[node.name] = Absent.NOT_DISCLOSED
    return record


def _printable(text: str) -> bool:
    """Whether every character is one that XML may have; told soonest where all but a few can be printed."""
    bare = text if text.isprintable() else text.replace("\n", "").replace("\t", "").replace("\xa0", "")
    return bare.isprintable() or not _NO_XML.search(bare)


def _character(found: re.Match[str]) -> str:
    """What a reference stands for."""
    if found[1]:
        return _NAMED[found[1]]
    if not found[2] and not found[3]:
        raise Undecided
    code = int(found[2]) if found[2] else int(found[3], 16)
    if code > 0x10FFFF or _NO_XML.match(chr(code)):
        raise Undecided
    return chr(code)


def _learnt(place: Place[_Open, _Step], run: str, layouts: Mapping[str, str], *, last: bool) -> _Step:
    """What a run does that was not met before in this place. last: the document ends behind it."""
    first = bool(place.open) and place.open[0].what is START
    tags = ("" if first else "<") + run + ("" if last else ">")  # which the split took
    if len(run) > LONGEST_KNOWN or _NO_XML.search(tags):
        raise Undecided
    declared = _DECLARATION.match(tags) if first else None
    at = declared.end() if declared else 0
    pen = _Pen(list(place.open), layouts)
    while found := _TAG.match(tags, at):
        at = found.end()
        ends, prefix, name, begun_prefix, begun, attributes, closed = found.groups()
        if ends:
            pen.end(prefix, name)
            continue
        pen.begin(begun_prefix, begun, _attributes(attributes))
        if closed:
            pen.end(begun_prefix, begun)
    if tags[at:].strip(" \t\n") or (at != len(tags) and not last):
        raise Undecided
    where, node = (_SKIP, _NOTHING) if last else pen.text()
    name = node.own or node.name
    step = _Step(tuple(pen.does), where, name, node.convert, _memory.place(tuple(pen.open)))
    _memory.keep(place, run, step)
    return step


def _attributes(told: str) -> dict[str, str]:
    """The attributes of a tag, as written."""
    pairs = _ATTRIBUTE.findall(told)
    found = {name: value[1:-1] for name, value in pairs}
    if len(found) != len(pairs):
        raise Undecided
    return found


class _Pen:
    """Writes down what tags do, one after another, or raises `Undecided`. open: the elements open, the innermost last."""

    def __init__(self, open_: list[_Open], layouts: Mapping[str, str]) -> None:
        self.open = open_
        self.does: list[tuple[int, Node, str]] = []
        self._layouts = layouts

    def begin(self, prefix: str | None, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if not self.open or len(self.open) > _DEEPEST:
            raise Undecided
        if self.open[0].what is START:
            self._root(prefix, name, attributes)
            return
        space = attributes.get("xmlns", self.open[-1].space)
        if any(":" in told for told in attributes) or not (space is None or _SPACE.fullmatch(space)):
            raise Undecided
        what, node = self._found(self._tag(prefix, name, space))
        if what in _DEEDS:
            self.does.append((_DEEDS[what], node, attributes.get("id", "")))
        self.open.append(_Open(_written(prefix, name), what, node, space=space))

    def end(self, prefix: str | None, name: str) -> None:
        """An end tag."""
        if not self.open or self.open[-1].name != _written(prefix, name) or self.open[-1].what is START:
            raise Undecided
        ended = self.open.pop()
        if ended.what is ROWS:
            self.does.append((_END, ended.node, ""))
        elif ended.what is CELL and ended.node.amount and ended.value < 2:
            self.does.append((_EMPTY, ended.node, ""))

    def text(self) -> tuple[int, Node]:
        """Where a text goes that stands here, and by which node."""
        if not self.open:
            raise Undecided
        top = self.open[-1]
        if top.what is VALUE:
            self.open[-2] = self.open[-2]._replace(value=2)
        if top.what in (LEAF, VALUE) or (top.what is ROWS and top.node.own is not None):
            return _ASSIGN, top.node
        if top.what is LIST:
            return _ADD, top.node
        if top.what in (ASIDE, NOTE):
            return _SKIP, _NOTHING
        raise Undecided

    def _root(self, prefix: str | None, name: str, attributes: dict[str, str]) -> None:
        """The root: it says by which description to go, and what its prefixes stand for."""
        spaces = {n[6:]: value for n, value in attributes.items() if n.startswith("xmlns:")}
        others = [n.split(":") for n in attributes if not n.startswith("xmlns:")]
        known = all(len(n) == 2 and n[0] in spaces and n[1] in LOCATIONS for n in others)
        if not known or _RESERVED.intersection(spaces) or not all(map(_SPACE.fullmatch, spaces.values())):
            raise Undecided
        tag = f"{{{spaces.get(prefix)}}}{name}" if prefix else self.open[0].tag + name
        if tag not in self._layouts:
            raise Undecided
        top = _top(self._layouts[tag])
        self.open[0] = _Open(_written(prefix, name), GROUP, top, tag=tag, spaces=tuple(spaces.items()))

    def _tag(self, prefix: str | None, name: str, space: str | None) -> str:
        """An element's name as lxml would give it. space: of names without a prefix."""
        if prefix is not None:
            space = dict(self.open[0].spaces).get(prefix)
            if space is None:
                raise Undecided
        return name if space is None else f"{{{space}}}{name}"

    def _found(self, tag: str) -> tuple[int, Node]:
        """What to do with an element that begins here, and by which node."""
        around = self.open[-1]
        if around.what is ASIDE:
            return ASIDE, _NOTHING
        if around.what is CELL and tag == "footnoteId":
            return NOTE, around.node
        if around.what is CELL and tag == "value" and not around.value:
            self.open[-1] = around._replace(value=1)
            return VALUE, around.node
        node = around.node.below.get(tag) if around.what in (GROUP, ROWS) else None
        if node is None:
            raise Undecided
        return node.what, node


def _written(prefix: str | None, name: str) -> str:
    return name if prefix is None else f"{prefix}:{name}"


@cache
def _top(name: str) -> Node:
    """What stands below the root of a layout, as a group."""
    return Node(GROUP, "", None, layout(name).top)
