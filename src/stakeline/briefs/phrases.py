"""Sentences made of words and figures, and the names of things in them.

A clause that lacks one of its figures is left out whole: nothing is filled in.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from msgspec.structs import replace

from stakeline.briefs import days
from stakeline.model.briefs import Mark, Part, Section, Words
from stakeline.model.classes import names_security
from stakeline.model.figures import Figure
from stakeline.model.problems import LONGEST_QUOTE
from stakeline.model.stakes import Event, Issuer

Sentence = tuple[Part, ...]
Piece = str | Mark | Sentence | None

_DIGIT = re.compile(r"\d")
_LONGEST_REMARK = 600
_ASIDE = re.compile(r"\s*\([^()]*\)")


def clean(text: str, longest: int = LONGEST_QUOTE) -> str:
    """A text from outside on one line, without control characters and the invisible marks that turn text around."""
    seen = "".join(c if c.isprintable() else " " for c in text if unicodedata.category(c) != "Cf")
    words = " ".join(seen.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"


def mark(words: str | None, figure: Figure | None) -> Mark | None:
    """The words that stand for a figure; None where either is missing."""
    return Mark(words=words, figure=figure) if words and figure is not None else None


def show(printer: Callable[[Figure], str], figure: Figure | None) -> Mark | None:
    """A figure in the words that a printer of `numerals` gives it; None where there is no figure."""
    return Mark(words=printer(figure), figure=figure) if figure is not None else None


def clause(*pieces: Piece) -> Sentence | None:
    """The pieces put together; None as soon as one of them is missing."""
    return None if any(p is None for p in pieces) else sentence(*pieces)


def sentence(*pieces: Piece) -> Sentence:
    """The pieces that are there put together, neighbouring words joined."""
    parts: list[Part] = []
    for piece in pieces:
        for part in _parts(piece):
            last = parts[-1] if parts else None
            if isinstance(part, Words) and isinstance(last, Words):
                parts[-1] = Words(words=last.words + part.words)
            else:
                parts.append(part)
    return tuple(parts)


def _parts(piece: Piece) -> Sentence:
    if piece is None or piece in ("", ()):
        return ()
    if isinstance(piece, str):
        return (Words(words=piece),)
    return (piece,) if isinstance(piece, Mark) else piece


def listed(items: Iterable[Sentence | None], *, last: str = ", ", between: str = ", ") -> Sentence | None:
    """The items that are there in a row: "a, b and c"; None where none is."""
    there = [i for i in items if i is not None]
    pieces: list[Piece] = []
    for number, item in enumerate(there):
        if number:
            pieces.append(last if number == len(there) - 1 else between)
        pieces.append(item)
    return sentence(*pieces) if pieces else None


def dated(figure: Figure | None) -> Mark | None:
    """The day or period of a figure, in words, as a part of what that figure says."""
    return mark(days.period(clean(figure.day)), figure) if figure is not None and figure.day else None


def told(text: str | None, figure: Figure | None, basis: str = "words told of the event") -> Piece:
    """A remark from a source or another room. Where it holds digits it is a text of its own with a footnote of its own.

    figure: what the remark is about; the text is cited to the documents that told it, as a whole, or to the figure itself
    where that was worked out. basis: whose words. None where there is no remark, or no figure to cite its digits by.
    """
    if not text:
        return None
    words = days.in_words(clean(text, _LONGEST_REMARK))
    if not _DIGIT.search(words):
        return words
    return mark(words, worded(words, figure, basis)) if figure is not None else None


def worded(words: str, about: Figure, basis: str) -> Figure:
    """The words as a figure: a text of the documents that told `about`, or a remark on what was worked out from them."""
    if about.derived:
        formula = "a remark on the figure"
        return Figure(
            text=words, unit="text", basis=basis, formula=formula, inputs=(about,), known_from=about.known_from
        )
    whole = {p.document: replace(p, locator="", label="the document as a whole") for p in about.places}
    return Figure(text=words, unit="text", basis=basis, places=tuple(whole.values()), known_from=about.known_from)


def meaning_of(text: str | None) -> str:
    """Our words for a regulator's code without the asides ("agreed to sell shares"); empty where there are none."""
    return _ASIDE.sub("", clean(text)).strip() if text else ""


def happened(event: Event) -> Mark | None:
    """The day of the event: as it was read, or as the day of one of its other figures."""
    entry = event.entry
    if entry.event_day is not None:
        return mark(days.day(event.day), entry.event_day)
    figures = (entry.moved, entry.after.percent, entry.after.shares, entry.before.percent, entry.before.shares)
    return mark(days.day(event.day), next((f for f in figures if f is not None), None))


def day_of(value: date, *figures: Figure | None) -> Mark | None:
    """A day that belongs to the first of these figures that is known."""
    return mark(days.day(value), next((f for f in figures if f is not None), None))


def shares_of_class(event: Event, issuer: Issuer) -> str:
    """How the class is called in print: "Class B shares", "H shares", "ordinary shares", or "shares" where unknown.

    Issuers from the mainland call their classes A, B and H shares; those with weighted votes Class A and Class B. A class
    that has no short name is called as the sources call it ("Class C Google Stock Units").
    """
    short = clean(event.security.share_class or "")
    if not short:
        return "shares"
    if len(short) == 1 and short.isalpha() and "H" not in {short, *issuer.classes}:
        return f"Class {short} shares"
    if short == "ordinary":
        return "common shares" if "common" in (event.security.told or "").casefold() else "ordinary shares"
    return clean(names_security(event.security.told or short))


def upper_first(parts: Sentence) -> Sentence:
    """The sentence with a capital letter."""
    if not parts:
        return parts
    first, *rest = parts
    return (msgspec.structs.replace(first, words=first.words[:1].upper() + first.words[1:]), *rest)


def section(title: str, *sentences: Sentence | None, contrast: bool = False) -> Section | None:
    """A section of the sentences that are there; None where none is."""
    there = tuple(upper_first(s) for s in sentences if s)
    return Section(title=title, sentences=there, contrast=contrast) if there else None
