"""A checked article as an HTML page that stands alone: no script, nothing from outside, marks on hover and by keyboard."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from stakeline.checks.report import Report, recomputed
from stakeline.model.claims import Ruling, Severity, Statement, Verdict

if TYPE_CHECKING:
    from jinja2 import Template

NO_ADVICE = "Neither legal nor investment advice."

_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""Characters that print nothing, or turn round what follows them: shown by their number."""


class Look(NamedTuple):
    """How a verdict is shown. sign: beside the words, so that no one needs colours."""

    word: str
    sign: str
    name: str


_LOOKS = {
    Verdict.SUPPORTED: Look("supported", "✓", "right"),
    Verdict.INCONSISTENT: Look("inconsistent", "✗", "wrong"),
    Verdict.CONTRADICTED: Look("contradicted", "✗", "wrong"),
    Verdict.NOT_CHECKABLE: Look("not checkable", "·", "open"),
}
_SHADES = {Severity.IMPRECISE: "imprecise", Severity.EXPLAINABLE: "explainable", Severity.ERROR: "error"}


class Item(NamedTuple):
    """One mark, as it is listed. rows: what is said of it, as (name, words)."""

    number: int
    look: Look
    words: str
    kind: str
    rows: tuple[tuple[str, str], ...]


class Piece(NamedTuple):
    """A stretch of the article: plain, or marked."""

    words: str
    item: Item | None = None


def visible(text: str) -> str:
    """A text with what cannot be seen made visible: ‹U+202E›."""
    return _UNSEEN.sub(lambda m: f"‹U+{ord(m[0]):04X}›", text.replace("\r\n", "\n"))


def look(mark: Ruling | Statement) -> Look:
    """How a mark is shown: a figure that is right of something unsaid has a sign of its own."""
    own = _LOOKS[mark.verdict]
    severity = mark.severity if isinstance(mark, Ruling) else None
    if severity is None:
        return own
    shade = _SHADES[severity]
    if mark.verdict is Verdict.SUPPORTED:
        return Look(f"{own.word}, {shade}", "≈", "shaded")
    return Look(f"{own.word} ({shade})", own.sign, own.name if severity is Severity.ERROR else "shaded")


def items(report: Report) -> list[Item]:
    """Every mark of an article, numbered in its order."""
    return [_item(number, mark) for number, mark in report.marks()]


def pieces(report: Report) -> Iterator[Piece]:
    """The article cut at its marks. A figure inside a statement is marked, and parts what is marked of the statement."""
    spans = [(_span(mark), _item(number, mark)) for number, mark in report.marks()]
    at = 0
    cover: tuple[int, Item] | None = None
    for (start, end), item in spans:
        if start > at:
            yield from _between(report.text, at, start, cover)
        if item.kind == "statement":
            cover = (end, item)
        else:
            yield Piece(visible(report.text[max(start, at) : end]), item)
            at = end
            continue
        at = max(at, start)
    yield from _between(report.text, at, len(report.text), cover)


def _between(text: str, start: int, end: int, cover: tuple[int, Item] | None) -> Iterator[Piece]:
    """What lies between two marks, as far as a statement covers it with its mark."""
    if cover is not None and start < cover[0]:
        stop = min(cover[0], end)
        yield Piece(visible(text[start:stop]), cover[1])
        start = stop
    if start < end:
        yield Piece(visible(text[start:end]))


def _span(mark: Ruling | Statement) -> tuple[int, int]:
    return (mark.start, mark.end) if isinstance(mark, Statement) else (mark.claim.found.start, mark.claim.found.end)


def _item(number: int, mark: Ruling | Statement) -> Item:
    if isinstance(mark, Statement):
        rows = [("why", mark.reason), *(("source", s) for s in mark.sources)]
        return Item(number, look(mark), _line(mark.text), "statement", _told(rows))
    claim = mark.claim
    about = ", ".join(filter(None, (claim.holder, claim.issuer, claim.segment, claim.measure, claim.share_class)))
    rows = [
        ("of", ", ".join(filter(None, (about, claim.period_or_date)))),
        ("why", mark.reason),
        ("recomputed", recomputed(mark.recomputed) or ""),
        ("working", mark.working),
        *(("source", s) for s in mark.sources),
        ("instead", mark.correction or ""),
    ]
    return Item(number, look(mark), _line(claim.found.text), claim.kind, _told(rows))


def _told(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _line(words)) for name, words in rows if words)


def _line(words: str) -> str:
    return visible(" ".join(words.split()))


def render_html(report: Report) -> str:
    """The article as an HTML page. Every word is escaped by the template; the page forbids itself anything from outside."""
    counts = report.counts()
    told = [f"{counts[v]} {_LOOKS[v].word}" for v in Verdict if counts[v]]
    return _template().render(
        title=visible(report.name),
        on=report.on.isoformat() if report.on else "not known",
        lang=report.lang,
        counts=", ".join(told) or "no figures",
        notes=[visible(n) for n in report.notes],
        pieces=list(pieces(report)),
        items=items(report),
        advice=NO_ADVICE,
    )


@cache
def _template() -> "Template":
    from jinja2 import Environment

    text = files("stakeline.checks").joinpath("check.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True).from_string(text)
