"""HTML pages: bytes to elements by id.

Pages come from anyone: markup may be unclosed, deep or made to exhaust a parser, so size and shape are checked first. A page
whose tags nest as written is taken apart by `scan`; the others by the lexbor parser, to the same elements.
"""

from typing import TYPE_CHECKING

import msgspec

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import charset
from stakeline.reading.markup import (
    WHITE,
    Cell,
    Element,
    Signs,
    Written,
    clean,
    closing,
    leaves,
    opening,
    paragraphs,
    pieces,
    row_signs,
    rows,
    table,
    told,
    words,
)
from stakeline.reading.scan import scan
from stakeline.reading.shape import monstrous

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = [
    "Cell",
    "Element",
    "Page",
    "Tree",
    "Written",
    "clean",
    "leaves",
    "paragraphs",
    "parse",
    "pieces",
    "read",
    "row_signs",
    "rows",
    "table",
    "told",
    "words",
]

LARGEST_PAGE = 8_000_000
"""Bytes. A register's page of fifty notices has some 75,000."""

LONGEST_TEXT = 1_000_000
"""Characters of text on a page, a hundred times an ordinary one. Every box is read by itself, and boxes can stand in boxes."""
_MOST_COMPARED = 500
_LONGEST_COMPARED = 2_000_000
_SCRIPTS = frozenset({"script", "style"})


class Tree(msgspec.Struct, frozen=True):
    """A page as the parser's tree.

    cut: the page stops in the middle of text or of a tag, so its last figure may be half a figure. unended: its html
    element is never closed, so something may be missing. problems: what was odd in the bytes.
    """

    root: "LexborHTMLParser"
    cut: bool
    unended: bool
    problems: tuple[Problem, ...]


class Page(msgspec.Struct, frozen=True):
    """A page as its elements with ids.

    elements: the first element of each id. repeated: ids that stand more than once, with different text. markup: the page
    as it is written. cut, unended, problems: as of a `Tree`.
    """

    elements: dict[str, Element]
    repeated: tuple[str, ...]
    markup: str
    cut: bool
    unended: bool
    problems: tuple[Problem, ...]


def parse(data: bytes) -> Tree | Problem:
    """The page in these bytes as a tree, or why it was not parsed."""
    checked = _checked(data)
    if isinstance(checked, Problem):
        return checked
    text, problems = checked
    root = _tree(text)
    return root if isinstance(root, Problem) else Tree(root, *_ending(text), problems)


def read(data: bytes) -> Page | Problem:
    """The elements with ids of the page in these bytes, or why it was not read."""
    checked = _checked(data)
    if isinstance(checked, Problem):
        return checked
    text, problems = checked
    markup = text.decode("utf-8", "replace")
    elements = scan(markup) if len(text) <= LONGEST_TEXT else None
    if elements is not None:
        return Page(elements, (), markup, *_ending(text), problems)
    root = _tree(text)
    return root if isinstance(root, Problem) else Page(*walk(root), markup, *_ending(text), problems)


def _checked(data: bytes) -> tuple[bytes, tuple[Problem, ...]] | Problem:
    """The page in UTF-8 and what was odd in its bytes, or why it is left alone."""
    if len(data) > LARGEST_PAGE:
        return _refused(
            f"{len(data):,} bytes", f"larger than any page of a register; the limit is {LARGEST_PAGE:,} bytes"
        )
    text, problems = charset.page(data)
    why = monstrous(text)
    return _refused(printable(text[:80].decode("utf-8", "replace")), why) if why else (text, problems)


def _tree(text: bytes) -> "LexborHTMLParser | Problem":
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(text)
    if len(text) > LONGEST_TEXT and (body := root.body) is not None and len(body.text()) > LONGEST_TEXT:
        return _refused("", f"more than {LONGEST_TEXT:,} characters of text")
    return root


def walk(tree: "LexborHTMLParser") -> tuple[dict[str, Element], tuple[str, ...]]:
    """The first element of each id in the parser's tree, and the ids that stand again with different text."""
    written = Written()
    signs = Signs()
    texts: list[str] = []
    found: list[tuple[str, Element]] = []
    around: list[tuple[LexborNode, int, int, int]] = []
    """The elements that are open: where their signs and texts begin, and how many were found before them."""
    node: LexborNode | None = tree.root
    while node is not None or around:
        if node is None:
            node, start, first, before = around.pop()
            signs.write(closing(node.tag or ""))
            if name := node.id:
                found.insert(before, (name, Element(written, start, signs.length, first, len(texts))))
        elif (text := node.text_content) is not None:
            blank = not text.strip(WHITE)
            signs.write("_" if blank else "x")
            if not blank:
                texts.append(text)
        elif node.tag in _SCRIPTS:
            signs.write("s")
            texts.append(node.text())
        elif node.tag != "template":
            around.append((node, signs.length, len(texts), len(found)))
            told = node.attributes if node.tag in ("td", "th") else {}
            signs.write(opening(node.tag or "", told.get("rowspan"), told.get("colspan")))
            node = node.first_child
            continue
        node = node.next
    written.end("".join(signs.written), texts)
    return _by_id(found)


def _by_id(found: list[tuple[str, Element]]) -> tuple[dict[str, Element], tuple[str, ...]]:
    """The first element of each id, and the ids that stand again with different text.

    Comparing texts is quadratic where ids stand inside themselves, so after `_MOST_COMPARED` texts or
    `_LONGEST_COMPARED` characters what stands twice counts as different.
    """
    elements: dict[str, Element] = {}
    repeated: dict[str, None] = {}
    compared = characters = 0
    for name, element in found:
        first = elements.setdefault(name, element)
        if first is element or name in repeated:
            continue
        compared += 1
        if compared > _MOST_COMPARED or characters > _LONGEST_COMPARED:
            repeated[name] = None
            continue
        one, other = words(first), words(element)
        characters += len(one) + len(other)
        if one != other:
            repeated[name] = None
    return elements, tuple(repeated)


def _refused(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="page", found=found, message=message)


def _ending(data: bytes) -> tuple[bool, bool]:
    """`cut` and `unended` of the page."""
    if b"</html" in data[-20:].lower() or b"</html" in data.lower():
        return False, False
    return not data.rstrip().endswith(b">"), b"<html" in data.lower()
