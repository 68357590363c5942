"""HTML pages: bytes to elements by id, and elements to text.

A thin layer over the lexbor parser. Pages come from anyone: markup may be unclosed, deep or made to exhaust a parser, so
size and shape are checked before parsing.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import charset
from stakeline.reading.shape import monstrous

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LARGEST_PAGE = 8_000_000
"""Bytes. A register's page of fifty notices has some 75,000."""

LONGEST_TEXT = 1_000_000
"""Characters of text on a page, a hundred times an ordinary one. Every box is read by itself, and boxes can stand in boxes."""
_LONGEST_WORDS = 300_000
_MOST_COMPARED = 500
_LONGEST_COMPARED = 2_000_000


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
    text, problems = charset.page(data)
    why = monstrous(text)
    if why:
        return _refused(printable(text[:80].decode("utf-8", "replace")), why)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text)
    if len(text) > LONGEST_TEXT and (body := root.body) is not None and len(body.text()) > LONGEST_TEXT:
        return _refused("", f"more than {LONGEST_TEXT:,} characters of text")
    elements, repeated = _by_id(root)
    cut, unended = _ending(text)
    return Page(root, elements, repeated, cut, unended, problems)


def _by_id(root: "LexborHTMLParser") -> "tuple[dict[str, LexborNode], tuple[str, ...]]":
    """The first element of each id, and the ids that stand again with different text.

    Comparing texts is quadratic where ids stand inside themselves, so after `_MOST_COMPARED` texts or
    `_LONGEST_COMPARED` characters what stands twice counts as different.
    """
    elements: dict[str, LexborNode] = {}
    repeated: dict[str, None] = {}
    compared = characters = 0
    for node in root.css("[id]"):
        name = node.id
        if name is None:
            continue
        first = elements.setdefault(name, node)
        if first is node or name in repeated:
            continue
        compared += 1
        if compared > _MOST_COMPARED or characters > _LONGEST_COMPARED:
            repeated[name] = None
            continue
        one, other = words(first), words(node)
        characters += len(one) + len(other)
        if one != other:
            repeated[name] = None
    return elements, tuple(repeated)


def words(node: "LexborNode") -> str:
    """The text of an element, white space collapsed, pieces of markup parted by a space.

    A piece is never joined to the next: "8<br>0" is "8 0" and no number. Text too long for any box is cut and ends in "…".
    """
    return clean(node.text(separator=" ")) if node.first_child is not None else ""


def paragraphs(node: "LexborNode") -> str:
    """The text of an element in lines, as <br> and blocks part them; blank lines left out."""
    return "\n".join(leaves(node))


def pieces(node: "LexborNode") -> list[str]:
    """The text of an element, one entry for each piece of markup that is not blank."""
    cleaned = (clean(piece) for piece in node.text(separator=_MARK).split(_MARK))
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

    Lines parted by <br> are lines of one entry. Blank entries are left out. Pieces of markup are joined as they stand, but
    never to one figure: "8<sup>2</sup>" is "8 2".
    """
    found: list[str] = []
    run: list[str] = []
    _gather(cell, found, run, 0)
    if run:
        _close(found, run)
    return found


def _gather(node: "LexborNode", found: list[str], run: list[str], depth: int) -> None:
    """Add the entries of a node's content to those found. run: text of the entry that is open."""
    child = node.first_child
    while child is not None:
        tag = child.tag
        if (text := child.text_content) is not None:
            if run or not text.isspace():
                run.append(text)
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
        child = child.next


def _close(found: list[str], run: list[str]) -> None:
    """Add the open entry, if it is not blank, and begin the next."""
    text = _joined(run)
    run.clear()
    if text:
        found.append(text)


def _joined(run: list[str]) -> str:
    """The entry that pieces of text come to: as they stand, but never joined to one figure; lines parted at a mark."""
    text = run[0]
    for piece in run[1:]:
        apart = _PARTS_OF_FIGURES.issuperset((text[-1:], piece[:1]))
        text += " " + piece if apart else piece
    return clean(text) if _MARK not in text else "\n".join(filter(None, map(clean, text.split(_MARK))))


_MARK = "\x1e"
_PARTS_OF_FIGURES = frozenset("0123456789.,%")
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


def clean(text: str) -> str:
    """White space collapsed; characters that print nothing taken out, so that no name can hide another.

    Where they part a figure or turn it round, what a person sees is not what stands there: they become "�" then, and the
    text is no number. Text too long for any box is cut and ends in "…".
    """
    text = " ".join((text if len(text) <= _LONGEST_WORDS else text[:_LONGEST_WORDS] + "…").split())
    if text.isprintable():
        return text
    if _DIGIT.search(text):
        text = _IN_FIGURE.sub("�", _TURNING.sub("�", text))
    return _INVISIBLE.sub("", text)


# Categories Cc, Cf and Cs of Unicode 14, written out so that no later table changes what a page says.
_UNSEEN = (
    "[\u0000-\u001f\u007f-\u009f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U00013438"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_INVISIBLE = re.compile(_UNSEEN)
_DIGIT = re.compile("[0-9]")
_IN_FIGURE = re.compile(rf"(?<=[0-9.,]){_UNSEEN}+(?=[0-9.,])")
_TURNING = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of what follows."""


def _refused(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="page", found=found, message=message)


def _ending(data: bytes) -> tuple[bool, bool]:
    """`cut` and `unended` of the page."""
    if b"</html" in data[-2000:].lower() or b"</html" in data.lower():
        return False, False
    return not data.rstrip().endswith(b">"), b"<html" in data.lower()
