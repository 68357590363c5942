"""HTML pages: bytes to elements by id, and elements to text.

A thin layer over the lexbor parser. Pages come from anyone: markup may be unclosed, deep or made to exhaust a parser, so
size and shape are checked before parsing.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from unicodedata import category

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LARGEST_PAGE = 8_000_000
"""Bytes. A register's page of fifty notices has some 75,000."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""")
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Page(msgspec.Struct, frozen=True):
    """A parsed page.

    elements: the first element of each id. repeated: ids that stand more than once, with different text.
    cut: the page stops in the middle of text or of a tag, so its last figure may be half a figure. unended: its html
    element is never closed, so something may be missing. problems: what was odd in the bytes.
    """

    root: "LexborHTMLParser"
    elements: "dict[str, LexborNode]"
    repeated: tuple[str, ...]
    cut: bool
    unended: bool
    problems: tuple[Problem, ...]


def parse(data: bytes) -> Page | Problem:
    """The page in these bytes, or why it was not parsed. Ids are gathered in one pass."""
    if len(data) > LARGEST_PAGE:
        return _refused(
            f"{len(data):,} bytes", f"larger than any page of a register; the limit is {LARGEST_PAGE:,} bytes"
        )
    text, problems = _decoded(data)
    why = _monstrous(text)
    if why:
        return _refused(printable(text[:80].decode("utf-8", "replace")), why)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text)
    elements: dict[str, LexborNode] = {}
    repeated: list[str] = []
    for node in root.css("[id]"):
        name = node.id
        if name is None:
            continue
        first = elements.setdefault(name, node)
        if first is not node and words(first) != words(node):
            repeated.append(name)
    cut, unended = _ending(text)
    return Page(root, elements, tuple(dict.fromkeys(repeated)), cut, unended, problems)


def words(node: "LexborNode") -> str:
    """The text of an element, white space collapsed, pieces of markup parted by a space.

    A piece is never joined to the next: "8<br>0" is "8 0" and no number.
    """
    return _clean(node.text(separator=" "))


def paragraphs(node: "LexborNode") -> str:
    """The text of an element in lines, as <br> and blocks part them; blank lines left out."""
    return "\n".join(leaves(node))


def pieces(node: "LexborNode") -> list[str]:
    """The text of an element, one entry for each piece of markup that is not blank."""
    cleaned = (_clean(piece) for piece in node.text(separator=_MARK).split(_MARK))
    return [piece for piece in cleaned if piece]


def table(node: "LexborNode") -> "list[list[LexborNode]]":
    """The rows of a table as lists of cells, not counting rows of tables inside. node: the table, or what is around it."""
    if node.tag != "table":
        inner = node.css_first("table")
        if inner is None:
            return []
        node = inner
    return [[cell for cell in row.iter() if cell.tag in _CELLS] for row in _rows(node)]


def leaves(cell: "LexborNode") -> list[str]:
    """The text of a cell, one entry for each innermost cell of tables in it and for each block outside them.

    Lines parted by <br> are lines of one entry. Blank entries are left out.
    """
    found: list[str] = []
    run: list[str] = []
    _gather(cell, found, run, 0)
    if run:
        _close(found, run)
    return found


def _gather(node: "LexborNode", found: list[str], run: list[str], depth: int) -> None:
    """Add the entries of a node's content to those found. run: text of the entry that is open."""
    for child in node.iter(include_text=True):
        tag = child.tag
        if tag == "-text":
            run.append(child.text_content or "")
        elif tag == "br":
            run.append(_MARK)
        elif depth >= _DEEPEST:
            run.append(child.text(separator=_MARK))
        elif tag in _BLOCKS:
            if run:
                _close(found, run)
            _gather(child, found, run, depth + 1)
            if run:
                _close(found, run)
        elif tag not in _SILENT:
            _gather(child, found, run, depth + 1)


def _close(found: list[str], run: list[str]) -> None:
    """Add the open entry, if it is not blank, and begin the next."""
    text = "".join(run)
    run.clear()
    text = _clean(text) if _MARK not in text else "\n".join(filter(None, map(_clean, text.split(_MARK))))
    if text:
        found.append(text)


_MARK = "\x1e"
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"tbody", "thead", "tfoot"})
_BLOCKS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "div", "p", "ul", "ol", "li", "center"})
_SILENT = frozenset({"script", "style", "template"})
_DEEPEST = 40


def _rows(node: "LexborNode") -> "Iterator[LexborNode]":
    for part in node.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in _SECTIONS:
            yield from (row for row in part.iter() if row.tag == "tr")


def _clean(text: str) -> str:
    """White space collapsed; characters that print nothing taken out, so that no name can hide another."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(c for c in text if category(c) not in _INVISIBLE)


_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})


def _refused(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="page", found=found, message=message)


def _decoded(data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """The page in UTF-8, by its byte order mark, the charset it declares, or UTF-8; a note where bytes do not fit."""
    bom = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    declared = _CHARSET.search(data, 0, 4096)
    name = declared[1].decode().lower() if declared else "utf-8"
    encoding = bom or _CHARSETS.get(name, "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        bad = data[max(error.start - 20, 0) : error.start + 20]
        note = Problem(
            severity=Severity.NOTE,
            where=f"byte {error.start}",
            found=printable(bad.decode("latin-1")),
            message=f"the page does not decode as {name}; unreadable characters are marked �",
        )
        return data.decode(encoding, "replace").encode("utf-8", "replace"), (note,)
    return (data if encoding == "utf-8" else text.encode("utf-8", "replace")), ()


def _ending(data: bytes) -> tuple[bool, bool]:
    """`cut` and `unended` of the page."""
    if b"</html" in data[-2000:].lower() or b"</html" in data.lower():
        return False, False
    return not data.rstrip().endswith(b">"), b"<html" in data.lower()


# HTML's rules for wrong nesting let small pages cost a parser minutes and gigabytes: each unclosed formatting element is
# opened again in every later block, and each start tag is compared with the elements left open. Measured with lexbor
# 1.0.2: 34 kB of unclosed <b a=1><b a=2>... and <p> take 1.4 GB. Real pages leave a few fonts and cells open.
_FORMATTING = rb"(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
_OPENED = re.compile(rb"<(?=[abcefinstuABCEFINSTU])" + _FORMATTING + rb"[\s>/]", re.IGNORECASE)
_TAG = re.compile(rb"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_IS_FORMATTING = re.compile(_FORMATTING)
_VOID = frozenset((b"br", b"img", b"input", b"hr", b"meta", b"link", b"col", b"area", b"base", b"wbr"))
_SMALL_PAGE = 100_000
_SUSPICIOUS = 500_000
_FEW_TAGS = 1_400  # half of them opening and half reopening stay below _SUSPICIOUS
_MOST_REOPENED = 1_000_000
_MOST_COMPARED = 50_000_000


def _monstrous(data: bytes) -> str | None:
    """Why the page would cost the parser more than any honest page does, or None."""
    tags = data.count(b"<")
    if len(data) <= _SMALL_PAGE and (tags <= _FEW_TAGS or len(_OPENED.findall(data)) * tags <= _SUSPICIOUS):
        return None
    left_open: dict[bytes, int] = {}
    total = formatting = reopened = compared = 0
    for slash, raw in _TAG.findall(data):
        name = raw.lower()
        step = 1 if not slash else -1
        if name in _VOID or (slash and not left_open.get(name)):
            continue
        left_open[name] = left_open.get(name, 0) + step
        total += step
        if _IS_FORMATTING.fullmatch(name):
            formatting += step
        if not slash:
            reopened += formatting
            compared += total
        if reopened > _MOST_REOPENED or compared > _MOST_COMPARED:
            return "elements are left open by the thousand; no register's page is made so"
    return None
