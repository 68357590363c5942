"""A brief as one HTML page that stands alone: no script, nothing from outside, footnotes on hover and by keyboard."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from stakeline.briefs import days
from stakeline.briefs.footnotes import NO_ADVICE, Footnotes, printable
from stakeline.briefs.phrases import Sentence
from stakeline.model.briefs import Brief

if TYPE_CHECKING:
    from jinja2 import Template

Shown = tuple[str, bool, object, str]


def render_html(brief: Brief) -> str:
    """The brief as an HTML page. Every word is escaped by the template; the page forbids itself anything from outside."""
    notes = Footnotes(brief)
    return _template().render(
        title="".join(printable(p.words) for p in brief.headline),
        known=days.as_asked(brief.on, brief.known, brief.zone),
        headline=_parts(brief.headline, notes),
        sections=[(s.title, s.contrast, [_parts(x, notes) for x in s.sentences]) for s in brief.sections],
        lists=[
            ("Not known", [printable(words) for words in brief.unknown]),
            ("Told by", [printable(words) for words in brief.told_by]),
        ],
        notes=notes.notes,
        sources=[(key, printable(cite)) for key, cite in notes.sources],
        advice=NO_ADVICE,
    )


def _parts(sentence: Sentence, notes: Footnotes) -> list[Shown]:
    """Words, whether they are a figure's, the footnote to point to, and what to show on hover."""
    told: list[Shown] = []
    tips = notes.of_marks(sentence)
    for words, is_figure, note in notes.parts(sentence):
        told.append((words, is_figure, note, next(tips).words if is_figure else ""))
    return told


@cache
def _template() -> "Template":
    from jinja2 import Environment

    text = files("stakeline.briefs").joinpath("brief.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(text)
