"""Lines of styled text for a terminal: wrapped by the width that letters take, figures kept whole."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Letters in one style; whole: not to be broken at its spaces."""

    text: str
    style: str = ""
    whole: bool = False


Line = list[Span]
LONGEST_WHOLE = 34
_DAY = re.compile(r"(?<!\d)\d{1,2} [A-Z][a-z]{2,8} \d{4}(?!\d)|\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}(?!\d)")
"""A day in words, ours or as filers write it ("May 8, 2033"): broken over two lines it would be read as another one."""
_KEPT = "\0"
"""Stands for a space that no line is broken at."""


def cells(text: str) -> int:
    """Columns that a text takes in a terminal: Chinese letters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(spans: Iterable[Span], width: int) -> list[Line]:
    """The spans in lines of at most `width` columns. A word longer than a line is cut."""
    lines: list[Line] = []
    line: Line = []
    room = width
    for word, gap in _words(spans, width):
        need = sum(cells(s.text) for s in word)
        if line and need + gap > room:
            lines.append(line)
            line, room = [], width
        if line and gap:
            line.append(Span(" "))
            room -= 1
        line.extend(word)
        room -= need
    return [*lines, line] if line else lines


def _words(spans: Iterable[Span], width: int) -> list[tuple[Line, int]]:
    """Runs of letters between which a line may be broken, each with the number of spaces before it."""
    words: list[tuple[Line, int]] = []
    run: Line = []
    gap = pending = 0
    for span in spans:
        whole = span.whole and cells(span.text) <= min(LONGEST_WHOLE, width)
        text = _DAY.sub(lambda day: day[0].replace(" ", _KEPT), span.text.replace(_KEPT, ""))
        for number, piece in enumerate([span.text] if whole else text.split(" ")):
            if number:
                if run:
                    words.append((run, gap))
                    run = []
                pending = 1
            for cut in _cut(piece, width):
                if not run:
                    gap, pending = pending, 0
                elif sum(cells(s.text) for s in run) + cells(cut) > width:
                    words.append((run, gap))
                    run, gap = [], 0
                run.append(Span(cut.replace(_KEPT, " "), span.style))
    return [*words, (run, gap)] if run else words


def _cut(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text] if text else []
    pieces, piece = [], ""
    for letter in text:
        if cells(piece + letter) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece] if piece else pieces


def pad(line: Line, width: int) -> Line:
    """The line filled up with spaces to a width."""
    missing = width - sum(cells(s.text) for s in line)
    return [*line, Span(" " * missing)] if missing > 0 else line


def plain(lines: Iterable[Line]) -> str:
    """The lines without styles."""
    return "".join("".join(s.text for s in line).rstrip() + "\n" for line in lines)
