"""A brief for the terminal: plain, or in colour on a console that the caller brings."""

from typing import TYPE_CHECKING

from stakeline.briefs import days
from stakeline.briefs.footnotes import NO_ADVICE, Footnote, Footnotes, printable
from stakeline.briefs.layout import Line, Span, cells, pad, plain, wrap
from stakeline.briefs.phrases import Sentence
from stakeline.model.briefs import Brief, Section

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST, WIDEST = 60, 120
_GUTTER = 19
_NOTE_INDENT = 15
_SOURCE_INDENT = 5
_STYLES = {
    "title": "bold",
    "contrast": "italic",
    "figure": "bold cyan",
    "headline": "bold",
    "headline figure": "bold cyan",
    "note": "dim cyan",
    "rule": "dim",
    "dim": "dim",
}


def render_text(brief: Brief, *, width: int = 100) -> str:
    """The brief as plain text, `width` columns wide (60 to 120)."""
    return plain(lines(brief, width))


def print_brief(brief: Brief, console: "Console") -> None:
    """Print the brief on a rich console, in its width and with its colours."""
    from rich.text import Text

    for line in lines(brief, console.width):
        text = Text(no_wrap=True, overflow="crop")
        for span in line:
            text.append(span.text, _STYLES.get(span.style))
        console.print(text, soft_wrap=True, highlight=False)


def lines(brief: Brief, width: int) -> list[Line]:
    """The brief in styled lines."""
    width = min(max(width, NARROWEST), WIDEST)
    notes = Footnotes(brief)
    told: list[Line] = [*_head(brief, notes, width), []]
    for section in brief.sections:
        told += [*_section(section, notes, width), []]
    for title, remarks in (("Not known", brief.unknown), ("Told by", brief.told_by)):
        if remarks:
            told += [*_remarks(title, remarks, width), []]
    told += [_titled_rule("Footnotes", width), *(line for note in notes.notes for line in _note(note, width))]
    if notes.sources:
        told += [
            _titled_rule("Sources", width),
            *(line for source in notes.sources for line in _source(*source, width)),
        ]
    return [*told, _rule(width), [Span(f" {NO_ADVICE}", "dim")]]


def _rule(width: int) -> Line:
    return [Span("─" * width, "rule")]


def _titled_rule(title: str, width: int) -> Line:
    return [Span("── ", "rule"), Span(title, "title"), Span(f" {'─' * (width - cells(title) - 4)}", "rule")]


def _head(brief: Brief, notes: Footnotes, width: int) -> list[Line]:
    known = days.as_asked(brief.on, brief.known, brief.zone)
    name = " STAKELINE BRIEF"
    space = width - len(name) - cells(known) - 1
    first = [[Span(name, "title"), Span(" " * space), Span(known, "dim")]]
    if space < 1:
        first = [[Span(name, "title")], [Span(f" {known}", "dim")]]
    headline = wrap(_spans(brief.headline, notes, "headline", "headline figure"), width - 2)
    return [*first, _rule(width), *([Span(" "), *line] for line in headline), _rule(width)]


def _spans(sentence: Sentence, notes: Footnotes, style: str = "", figure: str = "figure") -> list[Span]:
    spans = []
    for words, is_figure, note in notes.parts(sentence):
        spans.append(Span(words, figure if is_figure else style, whole=is_figure))
        if note is not None:
            spans.append(Span(f"[{note.number}]", "note"))
    return spans


def _section(section: Section, notes: Footnotes, width: int) -> list[Line]:
    body = [line for s in section.sentences for line in wrap(_spans(s, notes), width - _GUTTER - 1)]
    style = "contrast" if section.contrast else "title"
    return _beside(section.title, body, style)


def _beside(title: str, body: list[Line], style: str = "title") -> list[Line]:
    """The title in the left column, the body beside it."""
    left = wrap([Span(title, style)], _GUTTER - 3)
    rows = max(len(left), len(body))
    left += [[] for _ in range(rows - len(left))]
    body = body + [[] for _ in range(rows - len(body))]
    return [[*pad([Span(" "), *a], _GUTTER), *b] for a, b in zip(left, body, strict=True)]


def _remarks(title: str, remarks: tuple[str, ...], width: int) -> list[Line]:
    body = []
    for remark in remarks:
        first, *rest = wrap([Span(printable(remark))], width - _GUTTER - 3) or [[]]
        body += [[Span("- "), *first], *([Span("  "), *line] for line in rest)]
    return _beside(title, body)


def _note(note: Footnote, width: int) -> list[Line]:
    head = [Span(f"{note.number:>3} ", "note"), Span(f"{note.id:<{_NOTE_INDENT - 4}}", "dim")]
    value = Span(note.value, "figure", whole=True)
    first, *more = wrap([value, Span(f" · {note.rest}", "dim")], width - _NOTE_INDENT)
    return [[*head, *first], *([Span(" " * _NOTE_INDENT), *line] for line in more)]


def _source(key: str, cite: str, width: int) -> list[Line]:
    first, *more = wrap([Span(cite, "dim")], width - _SOURCE_INDENT)
    return [[Span(f"{key:>4} ", "note"), *first], *([Span(" " * _SOURCE_INDENT), *line] for line in more)]
