"""The content of a page as a row of signs and a row of texts, and what an element of it says.

However a page was taken apart (`scan`, or `html` with a parser), its elements are written down as one string of signs in
the order of the page:

    x text   s script or style   _ white space alone   / <br>   | where a block begins or ends
    T t table   R r row   C c cell   H c header cell, with v2 or h3 behind it where it spans so many rows or columns

An element is a slice of that string and of the texts; tables, rows and cells are found in it by their signs. Pages of one
kind repeat the signs of their rows, so what these mean is remembered. Texts are not.
"""

import re
from functools import lru_cache

import msgspec

WHITE = " \t\n\r\f"
"""White space as HTML has it; other blanks are text."""
_LONGEST_WORDS = 300_000
_LONGEST_KNOWN_TABLE, _LONGEST_KNOWN_ROW = 1_000, 500
_MARK = "\x1e"
_PARTS_OF_FIGURES = frozenset("0123456789.,%")
_BLOCKS = frozenset({"tbody", "thead", "tfoot", "div", "p", "ul", "ol", "li", "center"})
_OPENING = {"table": "T", "tr": "R", "td": "C", "th": "H", "br": "/", **dict.fromkeys(_BLOCKS, "|")}
_CLOSING = {"table": "t", "tr": "r", "td": "c", "th": "c", **dict.fromkeys(_BLOCKS, "|")}
_SIGN = re.compile("([CH])(?:v([0-9]+))?(?:h([0-9]+))?|[xsTtRrc_/|]")
_BETWEEN = re.compile("[TtRrc|]|[CH](?:v[0-9]+)?(?:h[0-9]+)?")
_SPAN = re.compile("[0-9]{1,3}", re.ASCII)


class Written(msgspec.Struct):
    """The signs and texts of a page. tidy: the texts with white space collapsed, where every one prints as it stands."""

    signs: str = ""
    texts: list[str] = []
    tidy: list[str] | None = None

    @classmethod
    def of(cls, signs: str, texts: list[str]) -> "Written":
        """What is written already."""
        made = cls()
        made.end(signs, texts)
        return made

    def end(self, signs: str, texts: list[str]) -> None:
        """Write down what elements were found in."""
        whole = "".join(texts)
        tidy = texts if whole.isprintable() and _tidy(texts) else [" ".join(text.split()) for text in texts]
        plain = tidy is texts or "".join(tidy).isprintable()
        self.signs, self.texts = signs, texts
        self.tidy = tidy if plain and len(whole) + len(texts) < _LONGEST_WORDS and _MARK not in whole else None


def _tidy(texts: list[str]) -> bool:
    """True for texts, without line ends, in which blanks stand alone and inside."""
    lines = "\n".join(texts)
    return not ("  " in lines or "\n " in lines or " \n" in lines or lines[:1] == " " or lines[-1:] == " ")


class Signs:
    """Signs while they are written down."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.length = 0

    def write(self, sign: str) -> None:
        """Add what an element or a text begins or ends with."""
        self.written.append(sign)
        self.length += len(sign)


class Element(msgspec.Struct, frozen=True, gc=False):
    """An element: its signs from `start` to `end`, and its texts from `first` to `last`."""

    of: Written
    start: int
    end: int
    first: int
    last: int


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table. down, across: the rows and columns that it says it spans, "" where it says nothing."""

    element: Element
    down: str
    across: str


def opening(name: str, down: str | None, across: str | None) -> str:
    """The signs that an element begins with. down, across: its rowspan and colspan."""
    sign = _OPENING.get(name, "")
    if sign in ("C", "H"):
        sign += f"v{down}" if down and _SPAN.fullmatch(down) else ""
        sign += f"h{across}" if across and _SPAN.fullmatch(across) else ""
    return sign


def closing(name: str) -> str:
    """The sign that an element ends with."""
    return _CLOSING.get(name, "")


def words(element: Element) -> str:
    """The text of an element, white space collapsed, pieces of markup parted by a space.

    A piece is never joined to the next: "8<br>0" is "8 0" and no number. Text too long for any box is cut and ends in "…".
    """
    written, first, last = element.of, element.first, element.last
    if written.tidy is None:
        return clean(" ".join(written.texts[first:last]))
    if last - first == 1:
        return written.tidy[first]
    return " ".join(filter(None, written.tidy[first:last])) if last > first else ""


def pieces(element: Element) -> list[str]:
    """The text of an element, one entry for each piece of markup that is not blank."""
    cleaned = (clean(piece) for text in element.of.texts[element.first : element.last] for piece in text.split(_MARK))
    return [piece for piece in cleaned if piece]


def paragraphs(element: Element) -> str:
    """The text of an element in lines, as <br> and blocks part them; blank lines left out."""
    return "\n".join(leaves(element))


def leaves(element: Element) -> list[str]:
    """The text of an element, one entry for each innermost cell of tables in it and for each block outside them.

    Lines parted by <br> are lines of one entry. Blank entries are left out. Pieces of markup are joined as they stand, but
    never to one figure: "8<sup>2</sup>" is "8 2".
    """
    signs = element.of.signs[element.start : element.end]
    return _told(element.of, element.first, _entries(signs))


def table(element: Element) -> Element | None:
    """The table that an element is, or the first in it."""
    signs, stop = element.of.signs, element.end
    start = signs.find("T", element.start, stop)
    if start == element.start:
        return element
    if start < 0:
        return None
    first = element.first + _texts(signs, element.start, start)
    end = _balanced(signs, start, stop, "t")
    return Element(element.of, start, end, first, first + _texts(signs, start, end))


def rows(table: Element) -> list[list[Cell]]:
    """The rows of a table as lists of cells, not counting rows of tables inside."""
    found = []
    for row in row_signs(table):
        of, at, text = table.of, table.start + row.start, table.first + row.first
        found.append(
            [
                Cell(Element(of, at + c.start, at + c.end, text + c.first, text + c.last), c.down, c.across)
                for c in row.cells
            ]
        )
    return found


Entries = tuple[tuple[int | str, ...], ...]
"""Entries of a cell, each as texts by their number and the signs between them."""


class CellSigns(msgspec.Struct, frozen=True):
    r"""A cell as the signs of its row tell it. Places and texts are counted from the row on.

    form: how its texts stand in its lines ("%s\n%s"), where no line has two of them; else "".
    """

    start: int
    end: int
    first: int
    last: int
    entries: Entries
    form: str
    header: bool
    down: str
    across: str


class RowSigns(msgspec.Struct, frozen=True):
    """A row as the signs of its table tell it.

    start, first: its place and its first text, counted from the table on. headers: it is the first, of header cells alone.
    span: rows that its first cell says it stands in.
    """

    start: int
    first: int
    cells: tuple[CellSigns, ...]
    headers: bool
    span: int


def row_signs(table: Element) -> tuple[RowSigns, ...]:
    """The rows of a table, not counting rows of tables inside."""
    signs = table.of.signs[table.start : table.end]
    return _rows(signs) if len(signs) < _LONGEST_KNOWN_TABLE else _rows.__wrapped__(signs)


def told(table: Element, row: RowSigns) -> tuple[str, ...]:
    """What each cell of a row says: the entries that `leaves` tells, with a blank line between two."""
    written, first = table.of, table.first + row.first
    tidy = written.tidy
    if tidy is None:
        return tuple(["\n\n".join(_told(written, first, cell.entries)) for cell in row.cells])
    return tuple(
        [
            ""
            if not cell.entries
            else tidy[first + cell.first]
            if cell.form == "%s"
            else _several(written, tidy, first, cell)
            for cell in row.cells
        ]
    )


def _several(written: Written, tidy: list[str], first: int, cell: CellSigns) -> str:
    """What a cell of several texts says. first: the number of its row's first text."""
    if cell.form and all(texts := tidy[first + cell.first : first + cell.last]):
        return cell.form % tuple(texts)
    return "\n\n".join(_told(written, first, cell.entries))


@lru_cache(maxsize=512)
def _rows(signs: str) -> tuple[RowSigns, ...]:
    """The rows of a table by its signs. A table in it outside its rows stands in a caption."""
    found: list[RowSigns] = []
    at, text, stop = 1, 0, len(signs)
    while (start := signs.find("R", at, stop)) >= 0:
        inside = signs.find("T", at, start)
        begin, ending = (start, "r") if inside < 0 else (inside, "t")
        text += _texts(signs, at, begin)
        at = _balanced(signs, begin, stop, ending)
        row = signs[begin:at]
        if inside < 0:
            cells = _cells(row) if len(row) < _LONGEST_KNOWN_ROW else _cells.__wrapped__(row)
            headers = not found and all(cell.header for cell in cells)
            found.append(RowSigns(start, text, cells, headers, int(cells[0].down or 1) if cells else 1))
        text += _texts(row, 0, len(row))
    return tuple(found)


def _texts(signs: str, start: int, end: int) -> int:
    return signs.count("x", start, end) + signs.count("s", start, end)


def _balanced(signs: str, start: int, stop: int, ending: str) -> int:
    """Behind the sign that ends the table or row that begins at a place; tables inside are parts of it."""
    at, depth = start, 0
    while end := signs.find(ending, at, stop) + 1:
        depth += signs.count("T", at, end) - signs.count("t", at, end)
        if not depth:
            return end
        at = end
    return stop


@lru_cache(maxsize=2048)
def _cells(signs: str) -> tuple[CellSigns, ...]:
    """The cells of a row."""
    found: list[CellSigns] = []
    depth = text = 0
    opened: tuple[re.Match[str], int] | None = None
    for sign in _SIGN.finditer(signs):
        name = sign[0][0]
        depth += (name == "T") - (name == "t")
        if name in "xs":
            text += 1
        elif depth == 0 and name in "CH":
            opened = sign, text
        elif depth == 0 and name == "c" and opened is not None:
            begun, first = opened
            found.append(_cell(signs, begun, sign.start(), first, text))
            opened = None
    return tuple(found)


def _cell(signs: str, opened: re.Match[str], end: int, first: int, last: int) -> CellSigns:
    told = _entries(signs[opened.end() : end], first)
    form = "\n\n".join(map(_form, told))
    plain = "%s%s" not in form and form.count("%s") == last - first
    return CellSigns(
        opened.end(), end, first, last, told, form if plain else "", opened[1] == "H", opened[2] or "", opened[3] or ""
    )


def _form(entry: tuple[int | str, ...]) -> str:
    """How the texts of an entry stand in its lines."""
    signs = "".join("%s" if isinstance(e, int) else e for e in entry)
    return "\n".join(filter(None, signs.replace("_", "").split("/")))


def _entries(signs: str, text: int = 0) -> Entries:
    """The entries that signs part texts into: at the ends of blocks and cells. What has no text is none.

    text: the number of the first text.
    """
    found: list[tuple[int | str, ...]] = []
    for part in _BETWEEN.split(signs):
        entry: list[int | str] = []
        for sign in part:
            if sign != "s":
                entry.append(text if sign == "x" else sign)
            text += sign in "xs"
        if "x" in part:
            found.append(tuple(entry))
    return tuple(found)


def _told(written: Written, first: int, entries: Entries) -> list[str]:
    """What entries say that are not blank. first: the number of the text that they count from."""
    texts, tidy = written.texts, written.tidy
    found = []
    for entry in entries:
        if len(entry) == 1:
            at = first + entry[0]  # type: ignore[operator]  # an entry of one has no sign
            text = tidy[at] if tidy is not None else _joined([texts[at]])
        else:
            text = _joined([_BETWEEN_TEXTS[e] if isinstance(e, str) else texts[first + e] for e in entry])
        if text:
            found.append(text)
    return found


_BETWEEN_TEXTS = {"_": " ", "/": _MARK}


def _joined(run: list[str]) -> str:
    """The entry that pieces of text come to: as they stand, but never joined to one figure; lines parted at a mark."""
    text = run[0]
    for piece in run[1:]:
        apart = _PARTS_OF_FIGURES.issuperset((text[-1:], piece[:1]))
        text += " " + piece if apart else piece
    return clean(text) if _MARK not in text else "\n".join(filter(None, map(clean, text.split(_MARK))))


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
