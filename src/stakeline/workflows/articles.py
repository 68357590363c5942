"""Articles to check: text, saved pages, PDFs or standard input, as one text whose offsets can be told.

Of a text file the offsets are those of the file's own characters. Of a page they are those of its main text, of a PDF those of
the text taken out of it; both come with the answer, since nobody else has them.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.problems import Problem, Severity, quote
from stakeline.reading import charset, html
from stakeline.reading.containers import Refused, documents

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LARGEST = 16_000_000
"""Bytes. A long report has a million."""
MOST_PAGES = 500
EXTRA = "pip install 'stakeline[pdf]'"

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|meta|table)\b", re.IGNORECASE)
_ASIDE = (
    "script, style, template, noscript, nav, aside, form, button, svg, iframe, footer, [hidden], "
    "[aria-hidden='true'], [role='note'], [role='navigation'], [role='complementary'], [role='contentinfo']"
)
"""What is no part of a page's story: menus, sidebars, hidden words, the numbers of footnotes and what they pop up."""
_BLOCKS = frozenset(
    (  # noqa: SIM905
        "address article blockquote body caption center dd details div dl dt fieldset figcaption figure header h1 h2 h3 h4 h5 "
        "h6 hr li main ol p pre section summary table tbody td tfoot th thead tr ul"
    ).split()
)
_MAIN = ("article", "main", "[role='main']", "body")
_LONG_ENOUGH = 200
"""Characters. An <article> with fewer is a teaser, not the story."""

_APPARATUS = re.compile(
    r"^[ \t#*─=-]*(?:footnotes?|endnotes|references|sources|told by|注釋|注释|註釋|参考资料|參考資料)(?:[ \t:：*─=-]*$| {4,}- )",
    re.IGNORECASE | re.MULTILINE,
)
"""The heading of what stands under a story: notes and sources, which are cited there and not told."""
_NOTE_MARK = re.compile(r"(?<=[^\n])\[\^?([0-9]{1,4})\]")
_DEFINED = re.compile(r"^\[\^[^\]\n]{1,40}\]:[^\n]*", re.MULTILINE)
"""A footnote of Markdown."""
_NOTE = re.compile(r"^(?: {0,3}([0-9]{1,4}) |\[\^([0-9]{1,4})\]: `)(f[a-z2-7]{8})\b", re.MULTILINE)
"""A footnote of a brief of ours, in text and in Markdown, with the id of its figure."""
_WRAPPED = range(48, 161)
"""Columns at which text is broken by hand or by a program; what is longer stands as one paragraph a line."""
_FEWEST_LINES = 4
_FULL = 0.6
_ENDS = frozenset("。！？!?:")
_GUTTER = re.compile(r"^ {8,40}(?=\S)")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """An article as it was read.

    text: its characters, that all offsets are of. plain: as many characters, to look for figures in: lines broken in the middle
    of a sentence joined, notes and note marks blank. kind: "text", "html" or "pdf". notes: what was odd in it.
    cited: where it is a brief of ours, (offset of a footnote's mark, id of the figure that the footnote is of).
    """

    name: str
    text: str
    plain: str
    kind: str
    notes: tuple[str, ...] = ()
    cited: tuple[tuple[int, str], ...] = ()


def sources(inputs: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Source | Refused]:
    """The articles in files, folders, containers and "-"; what cannot be read as one comes as `Refused`, with the reason.

    Raises ReadError where an input cannot be opened, or where there is no file in what was named.
    """
    empty = True
    for item in documents(inputs, stdin or sys.stdin.buffer, known=_is_article):
        empty = False
        yield item if isinstance(item, Refused) else source(item)
    if empty:
        raise ReadError("there is no file in what was named (hidden files are left out)")


def source(document: Document) -> Source | Refused:
    """The article in a document."""
    data = document.data
    if len(data) > LARGEST:
        return _refused(document, f"{len(data):,} bytes, larger than any article; the limit is {LARGEST:,} bytes")
    if data.startswith(b"%PDF-"):
        read: Callable[[Document], Source | Refused] = _pdf
    else:
        read = _page if _is_page(data) else _text
    found = read(document)
    if isinstance(found, Source) and not found.text.strip():
        return _refused(document, "there is no text in it (a scanned picture?)")
    return found


def plain(text: str, *, broken: bool = False) -> str:
    """A text to look for figures in, character for character as long as it is. broken: its lines are broken by width, surely."""
    stop = _APPARATUS.search(text)
    body = text if stop is None or not text[: stop.start()].strip() else text[: stop.start()]
    body = _NOTE_MARK.sub(_blank, _DEFINED.sub(_blank, body))
    return _joined(body, broken=broken) + " " * (len(text) - len(body))


def cited(text: str, notes: dict[str, str] | None = None) -> tuple[tuple[int, str], ...]:
    """Where a brief of ours cites which figure. notes: number of a footnote -> figure's id; by default as the text lists them."""
    if notes is None:
        notes = {m[1] or m[2]: m[3] for m in _NOTE.finditer(text)}
    if not notes:
        return ()
    return tuple((m.start(), notes[m[1]]) for m in _NOTE_MARK.finditer(text) if m[1] in notes)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_article(document: Document) -> bool:
    return document.data.startswith(b"%PDF-") or _is_page(document.data)


def _is_page(data: bytes) -> bool:
    start = charset.marked(data[:4096])
    if start.startswith(charset.UTF16_MARKS):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _PAGE.search(start) is not None


def _text(document: Document) -> Source | Refused:
    whole = charset.marked(document.data)
    try:
        text = whole.decode("utf-16" if whole.startswith(charset.UTF16_MARKS) else "utf-8-sig")
    except UnicodeDecodeError:
        problem = charset.text(document.data, "the article")
        return Refused(name=document.name, problem=problem) if isinstance(problem, Problem) else _refused(document, "?")
    return Source(name=document.name, text=text, plain=plain(text), kind="text", cited=cited(text))


def _page(document: Document) -> Source | Refused:
    page = html.parse(document.data)
    if isinstance(page, Problem):
        return Refused(name=document.name, problem=page)
    notes = {
        item.id.removeprefix("n"): code.text()
        for item in page.root.css("li[id^='n']")
        if item.id and (code := item.css_first("code"))
    }
    for mark in page.root.css("sup > a[href^='#']"):
        number = mark.text(strip=True)
        mark.replace_with(f"[{number}]" if number.isascii() and number.isdigit() else " ")
    for node in page.root.css(_ASIDE):
        if node.parent is not None:
            node.decompose(recursive=True)
    main = next(filter(None, map(_largest, (page.root.css(name) for name in _MAIN))), None) or page.root.body
    text = _lines(main) if main is not None else ""
    return Source(
        name=document.name,
        text=text,
        plain=plain(text),
        kind="html",
        notes=tuple(p.message for p in page.problems),
        cited=cited(text, notes),
    )


def _lines(main: "LexborNode") -> str:
    """The text of an element: one line for each block and each <br>, white space collapsed."""
    lines: list[str] = []
    run: list[str] = []
    last: int | None = None
    for node in main.traverse(include_text=True):
        if node.tag == "br":
            run.append("\x1e")
        elif (piece := node.text_content) is not None:
            block = _block(node, main)
            if block != last:
                lines += "".join(run).split("\x1e")
                run, last = [], block
            run.append(piece)
    lines += "".join(run).split("\x1e")
    return "\n".join(filter(None, map(html.clean, lines)))


def _block(node: "LexborNode", main: "LexborNode") -> int:
    """What tells the innermost block around a text from others."""
    above = node.parent
    while above is not None and above.tag not in _BLOCKS and above.mem_id != main.mem_id:
        above = above.parent
    return above.mem_id if above is not None else 0


def _largest(nodes: "list[LexborNode]") -> "LexborNode | None":
    """The longest of some elements, if it is long enough to be a story."""
    told = [(len(node.text()), -n, node) for n, node in enumerate(nodes)]
    best = max(told, key=lambda t: t[:2], default=None)
    return best[2] if best is not None and best[0] >= _LONG_ENOUGH else None


def _pdf(document: Document) -> Source | Refused:
    try:
        import pypdfium2
    except ImportError:
        return _refused(document, f"a PDF; to read the text of PDFs, install the extra: {EXTRA}")
    pages: list[str] = []
    try:
        with pypdfium2.PdfDocument(document.data) as pdf:
            if len(pdf) > MOST_PAGES:
                return _refused(document, f"a PDF of {len(pdf)} pages; the limit is {MOST_PAGES}")
            for page in pdf:
                pages.append(page.get_textpage().get_text_range())
                if sum(map(len, pages)) > LARGEST:
                    return _refused(document, f"a PDF of more than {LARGEST:,} characters")
    except (pypdfium2.PdfiumError, ValueError) as error:
        return _refused(document, f"a PDF that cannot be read ({error}); save it again, without a password")
    text = "\n".join(page.replace("\r\n", "\n").replace("\r", "\n") for page in pages)
    return Source(name=document.name, text=text, plain=plain(text, broken=True), kind="pdf")


def _joined(text: str, *, broken: bool = False) -> str:
    """The text with a blank in the place of each line end that only breaks a line, if its lines are broken by width.

    broken: they are, whatever their number and width (the lines of a page of paper).
    """
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    width = max((len(line.rstrip()) for line in filled), default=0)
    if not broken and (len(filled) < _FEWEST_LINES or width not in _WRAPPED):
        return text
    lines = _without_side(lines)
    told = [lines[0]]
    for above, line in pairwise(lines):
        words, following = above.strip(), line.lstrip()
        full = len(above.rstrip()) >= _FULL * width or following[:1].islower()
        ends = words[-1:] in _ENDS or (words[-1:] == "." and (broken or _indent(line) != _indent(above)))
        told.append(" " if words and following and full and not ends else "\n")
        told.append(line)
    return "".join(told)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without_side(lines: list[str]) -> list[str]:
    """The lines with blanks in the place of a left column of headings, where there is one: most lines begin at one column."""
    begins = [len(m[0]) for line in lines if (m := _GUTTER.match(line))]
    column = max(set(begins), key=begins.count, default=0)
    if not column or begins.count(column) * 3 < sum(1 for line in lines if line.strip()):
        return lines
    return [
        " " * column + line[column:]
        if line[column - 2 : column] == "  " and line[column : column + 1].strip()
        else line
        for line in lines
    ]


def refused(name: str, message: str, found: str = "") -> Refused:
    """An article that could not be read, with the reason."""
    problem = Problem(severity=Severity.INPUT, where="the article", found=found, message=message)
    return Refused(name=name, problem=problem)


def _refused(document: Document, message: str) -> Refused:
    return refused(document.name, message, quote(document.data[:80].decode("latin-1")))


def named(inputs: Iterable[str]) -> Iterator[str]:
    """The inputs, folders as the files in them, sorted by name: what a batch goes through."""
    for name in inputs:
        path = Path(name)
        if name != "-" and path.is_dir():
            yield from (str(p) for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p, path))
        else:
            yield name


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)
