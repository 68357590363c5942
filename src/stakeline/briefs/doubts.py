"""Doubts said beside the figures that they are about.

A doubt that a computed figure has only from its inputs is not said again once it was said of one of them.
"""

import re

from stakeline.briefs.phrases import Sentence, clean, sentence
from stakeline.model.briefs import Mark, Part, Section, Words
from stakeline.model.figures import Figure

LONGEST = 90
_SHORT_END = 40
_OF = {1: "", 2: "both: "}
_DIGIT = re.compile(r"\d")


class Doubts:
    """Says each doubt of each figure once, in the order of the brief."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def beside(self, part: Section) -> Section:
        """The section with the doubts of its figures in brackets behind them."""
        told = tuple(self._sentence(s) for s in part.sentences)
        return Section(title=part.title, sentences=told, contrast=part.contrast)

    def _sentence(self, parts: Sentence) -> Sentence:
        last = _last_places(parts)
        figures = {p.figure.id: p.figure for p in parts if isinstance(p, Mark)}
        about: dict[str, list[str]] = {}
        for key, figure in sorted(figures.items(), key=lambda item: (item[1].derived, last[item[0]])):
            for doubt in self._new(figure):
                about.setdefault(doubt, []).append(key)
        behind: dict[int, list[str]] = {}
        whose: dict[int, Figure] = {}
        for doubt, keys in about.items():
            place = max(last[key] for key in keys)
            behind.setdefault(place, []).append(f"{_OF.get(len(keys), 'these figures: ')}{doubt}")
            whose[place] = figures[keys[-1]]
        asides = {place: _aside("; ".join(words), whose[place]) for place, words in behind.items()}
        told = [(part, *([asides[place]] if place in asides else ())) for place, part in enumerate(parts)]
        if len(parts) - 2 in asides and _closing(parts[-1]):
            told[-2:] = [parts[-2:-1], (Words(words=parts[-1].words[:-1]), asides[len(parts) - 2], Words(words="."))]
        return sentence(*told)

    def _new(self, figure: Figure) -> list[str]:
        """The doubts of a figure that were not said yet, here or of what it was computed from."""
        new = []
        for doubt, roots in _doubts(figure).items():
            if not any((doubt, root) in self._said for root in roots):
                new.append(doubt)
            self._said.update((doubt, root) for root in roots)
        return new


def _doubts(figure: Figure) -> dict[str, set[str]]:
    """Each doubt of a figure with the ids of the read figures that it comes from."""
    if not figure.derived:
        return {words: {figure.id} for words in (_words(figure),) if words}
    found: dict[str, set[str]] = {}
    for source in figure.inputs:
        for words, roots in _doubts(source).items():
            found.setdefault(words, set()).update(roots)
    return found


def _words(figure: Figure) -> str | None:
    if figure.doubt:
        words = clean(figure.doubt)
        return words if len(words) <= LONGEST else "doubted, see the footnote"
    return "uncertain" if figure.confidence == "low" else None


def _last_places(parts: Sentence) -> dict[str, int]:
    """For each figure the place of its last mark, those in brackets only where it has no other."""
    inside: dict[str, int] = {}
    outside: dict[str, int] = {}
    depth = 0
    for place, part in enumerate(parts):
        if isinstance(part, Mark):
            (inside if depth else outside)[part.figure.id] = place
        else:
            depth += part.words.count("(") - part.words.count(")")
    return inside | outside


def _closing(part: Part) -> bool:
    """True of the last few words of a sentence (" a year earlier."), which an aside may follow."""
    return isinstance(part, Words) and part.words.endswith(".") and len(part.words) <= _SHORT_END


def _aside(doubt: str, figure: Figure) -> Part:
    """Gives " (one source)", cited by the figure where it holds digits."""
    words = f" ({doubt})"
    return Mark(words=words, figure=figure) if _DIGIT.search(words) else Words(words=words)
