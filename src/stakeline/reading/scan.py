"""Pages whose tags nest as they are written, taken apart without building a tree.

A register makes its pages from a few templates: between two texts the same runs of tags stand again and again. A page is
split at its texts, and each run is looked up among those met before in the same place (`runs`: the elements open there).
What a run does is worked out once, tag by tag, and only where HTML's rules leave no choice: every element lies where it may
and ends where its end tag stands, or at the end of the cell, row or table around it. Anything else (an end tag of nothing, a
text in a table outside its cells, an element or attribute that is not listed here) is not decided: the whole page is then
left to the parser, which follows all of HTML's rules. So what is read here is what the parser would read, only sooner.
"""

import html
import re
from typing import Any, NamedTuple

from stakeline.reading.markup import WHITE, Element, Signs, Written, closing, opening
from stakeline.reading.runs import Memory, Place, Undecided

_TEXT = re.compile(rf">(?!<|&nbsp;<)([{WHITE}]*+[^<{WHITE}][^<]*+)")
_HIDDEN = re.compile(
    r"<!--(?!-?>)(?:[^-]|-(?!-!?>))*+(?:--!?>|\Z)"
    rf"|<(script|style)(?=[{WHITE}>])(?:[^<>\"']|\"[^<>\"]*\"|'[^<>']*')*+>(?:[^<]|<(?!/?(?:script|style)))*+</\1[{WHITE}]*+>",
    re.IGNORECASE | re.ASCII,
)
"""Comments, scripts and styles. Found where they are none (in an attribute, a title), what they leave is no markup."""
_HIDING = re.compile("<[!sS][-cCtT]")
_LOOKED_AT = 2_000
"""Characters. A page that has comments, scripts or styles has one in its head; where it has not, they are for the parser."""
_COMMENT, _SCRIPT = "<!>", "<!s>"
_LINK = re.compile(r"<a href=\"[^\"<>]*+\">")
_BRACKETED = re.compile(r"<([0-9]+)>")
"""Text, as no name of an element begins with a digit: so the register links to the further pages of a list."""
_VALUE = rf"\"[^\"<>]*+\"|'[^'<>]*+'|[\w#%.:;,+-]++(?=[{WHITE}>]|$)"
_ATTRIBUTE = re.compile(rf"[{WHITE}]++([a-z_][\w:.-]*+)(?:=({_VALUE}))?+", re.IGNORECASE | re.ASCII)
_PIECE = re.compile(
    rf"([{WHITE}]++|&nbsp;|<!s?>|<!doctype [^<>]*+>)"
    rf"|<(/?)([a-z][a-z0-9]*+)((?:[{WHITE}]++[a-z_][\w:.-]*+(?:=(?:{_VALUE}))?+)*+)[{WHITE}]*+/?>",
    re.IGNORECASE | re.ASCII,
)
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#160|#39|#x[2-6][0-9a-fA-F]);|[\s&]|$)")
"""What may be a character reference, other than those that every reader of HTML reads alike."""

_VOID = frozenset({"br", "img", "hr", "input"})
_IN_HEAD = frozenset({"meta", "link"})
_INLINE = frozenset(
    {
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "label",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    }
)
_BLOCKS = frozenset({"div", "center", "form", "main"})
_CELLS = frozenset({"td", "th"})
_SECTIONS = frozenset({"tbody", "thead", "tfoot"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_FLOW = _INLINE | _BLOCKS | _CELLS | _HEADINGS | {"body", "p", "li"}
"""Elements that may hold text, and nearly any element."""
_FRAME = frozenset({"html", "head", "title", "body"})
_NOT_IN: dict[str, frozenset[str]] = {
    "a": frozenset({"a"}),
    "form": frozenset({"form"}),
    "p": _BLOCKS | _HEADINGS | _LISTS | {"p", "li", "table", "hr"},
    **dict.fromkeys(_HEADINGS, _HEADINGS),
}
"""Elements that stand in others at no depth: what they end then, only the parser decides."""
_CLOSED_BY_CELL = _INLINE | (_BLOCKS - {"form"})
_HTML, _HEAD_READ, _BODY_READ, _READ = "html", "html, head read", "html, body read", "html, read"
_ABOVE: dict[str, frozenset[str]] = {
    "html": frozenset({""}),
    "head": frozenset({_HTML}),
    "title": frozenset({"head"}),
    "meta": frozenset({"head"}),
    "link": frozenset({"head"}),
    "body": frozenset({_HTML, _HEAD_READ}),
    "tbody": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "tr": _SECTIONS | {"table"},
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "li": _LISTS,
    **dict.fromkeys(_VOID | _INLINE | _BLOCKS | _HEADINGS | _LISTS | {"table", "p"}, _FLOW),
}
"""Every element that we decide on, and in what it may stand."""
_BEHIND = {"head": _HEAD_READ, "body": _BODY_READ, "html": _READ}
"""What the element around is called once one of these is closed."""
_ID = re.compile(r"[\w.:$-]+")
_DEEPEST = 60

_Open = tuple[str, str | None]
"""An open element: its name and its id."""
_Ending = tuple[str, int]
_Named = tuple[str, int, int | None]


class _Step(NamedTuple):
    """What a run of tags does.

    signs: as in `markup`. length: of them, with that of the text behind. ended: elements with an id that were begun in an
    earlier run, each with its end among these signs. named: those that begin here, in order, each with its beginning, and
    with its end where it ends here too. to: where the next run stands.
    """

    signs: str
    length: int
    ended: tuple[_Ending, ...]
    named: tuple[_Named, ...]
    to: "Place[_Open, _Step]"


_memory: Memory[_Open, _Step] = Memory()


def scan(page: str) -> dict[str, Element] | None:
    """The elements of a page by id, in its order; None where the page is for the parser."""
    if "\0" in page:
        return None
    runs, texts = _split(page)
    elements: dict[str, Any] = {}
    """In the order of the page. Until an element ends: where its signs begin, and the number of its first text."""
    written = Written()
    written_signs: list[str] = []
    place = _memory.place((("", None),))
    at = 0
    try:
        for number, run in enumerate(runs):
            try:
                signs, length, ended, named, place = place.steps[run]
            except KeyError:
                signs, length, ended, named, place = _learnt(place, run, last=number == len(texts))
            for name, end in ended:
                start, first = elements[name]
                elements[name] = Element(written, start, at + end, first, number)
            for name, start, to in named:
                if name in elements:
                    return None  # the id stands twice
                if to is None:
                    elements[name] = at + start, number
                else:
                    elements[name] = Element(written, at + start, at + to, number, number)
            written_signs.append(signs)
            at += length
        texts = [_unescaped(text) if "&" in text else text for text in texts]
    except Undecided:
        return None
    if place.open[-1][0] != _READ:
        return None  # cut short
    written.end("x".join(written_signs), texts)
    return elements


def _split(page: str) -> tuple[list[str], list[str]]:
    """The runs of tags on a page, one more than texts, and the texts between them. A blank that does not break is no text."""
    if _HIDING.search(page, 0, _LOOKED_AT):
        page = _HIDDEN.sub(lambda found: _SCRIPT if found[1] else _COMMENT, page)
    if "<a href" in page:
        page = _BRACKETED.sub(r"&lt;\1&gt;", _LINK.sub("<a>", page))
    parts = _TEXT.split(page)
    return parts[::2], parts[1::2]


def _unescaped(text: str) -> str:
    if _REFERENCE.search(text):
        raise Undecided
    return html.unescape(text)


def _learnt(place: Place[_Open, _Step], run: str, *, last: bool) -> _Step:
    """What a run does that was not met before in this place. last: the page ends behind it."""
    pen = _Pen(list(place.open))
    at = 0
    tags = run if last else run + ">"  # which the split took
    for piece in _PIECE.finditer(tags):
        if piece.start() != at:
            raise Undecided
        at = piece.end()
        if piece[1]:
            pen.aside(piece[1])
        elif piece[2]:
            pen.end(piece[3].lower(), piece[4])
        else:
            pen.begin(piece[3].lower(), _attributes(piece[4]))
    if at != len(tags) or not (last or pen.top in _FLOW or pen.top == "title"):
        raise Undecided
    signs = "".join(pen.signs.written)
    step = _Step(signs, len(signs) + 1, tuple(pen.ended), tuple(pen.named), _memory.place(tuple(pen.open)))
    _memory.keep(place, run, step)
    return step


def _attributes(told: str) -> dict[str, str]:
    """The attributes of a tag; of two of one name the first counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(told):
        found.setdefault(name.lower(), value[1:-1] if value[:1] in ("'", '"') else value)
    if not _ID.fullmatch(found.get("id", "none")) or "&" in found.get("rowspan", "") + found.get("colspan", ""):
        raise Undecided
    return found


class _Pen:
    """Writes down what tags do, one after another, or raises `Undecided`. open: the elements open, the innermost last."""

    def __init__(self, open_: list[tuple[str, str | None]]) -> None:
        self.open = open_
        self.signs = Signs()
        self.ended: list[_Ending] = []
        self.named: list[_Named] = []

    @property
    def top(self) -> str:
        return self.open[-1][0]

    def aside(self, piece: str) -> None:
        """White space, a blank that does not break, a comment or what counts as one, or the document type."""
        if piece == "&nbsp;" and self.top not in _FLOW:
            raise Undecided
        if self.top == "title" or (len(piece) > len(_SCRIPT) and piece[0] == "<" and self.top != ""):
            raise Undecided
        if piece == _SCRIPT and any(told for _, told in self.open):
            raise Undecided  # what a script may write into a box is for nobody to say
        if self.top in _FLOW and piece[0] != "<":
            self.signs.write("_")

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        if name in _CELLS:
            self._end_cell()
        elif name == "tr":
            self._end_row()
        told = attributes.get("id")
        if self.top not in _ABOVE.get(name, ()) or len(self.open) > _DEEPEST or (told and name in _FRAME):
            raise Undecided
        if any(name in _NOT_IN.get(around, ()) for around, _ in self.open):
            raise Undecided
        if told:
            self.named.append((told, self.signs.length, None))
        self.signs.write(opening(name, attributes.get("rowspan"), attributes.get("colspan")))
        if name in _VOID or name in _IN_HEAD:
            self._ended(told)
        else:
            self.open.append((name, told))

    def end(self, name: str, attributes: str) -> None:
        """An end tag."""
        if attributes:
            raise Undecided
        if name in _CELLS:
            self._end_inline()
        elif name == "tr":
            self._end_cell()
        elif name in _SECTIONS or name == "table":
            self._end_row()
            if name == "table" and self.top in _SECTIONS:
                self._close()
        if self.top != (_BODY_READ if name == "html" else name):
            raise Undecided
        self._close()
        if name in _BEHIND:
            self.open[-1] = _BEHIND[name], None

    def _end_row(self) -> None:
        """End the row that is open, where its table goes on without its end tag."""
        self._end_cell()
        if self.top == "tr":
            self._close()

    def _end_cell(self) -> None:
        self._end_inline()
        if self.top in _CELLS:
            self._close()

    def _end_inline(self) -> None:
        """End what is open in a cell, where the cell ends: nothing where there is no cell, or where it holds a form."""
        names = [name for name, _ in self.open]
        at = len(names) - 1
        while names[at] in _CLOSED_BY_CELL:
            at -= 1
        if names[at] in _CELLS:
            while len(self.open) > at + 1:
                self._close()

    def _close(self) -> None:
        name, told = self.open.pop()
        self.signs.write(closing(name))
        self._ended(told)

    def _ended(self, told: str | None) -> None:
        """Note where an element with an id ends."""
        if not told:
            return
        at = next((n for n, (name, _, end) in enumerate(self.named) if name == told and end is None), None)
        if at is None:
            self.ended.append((told, self.signs.length))
        else:
            self.named[at] = told, self.named[at][1], self.signs.length
