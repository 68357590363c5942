"""Footnotes: for each figure of a brief its number, its exact value with unit and basis, and where it comes from."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from stakeline.briefs import days
from stakeline.briefs.numerals import plain
from stakeline.briefs.phrases import Sentence, clean
from stakeline.briefs.sources import cites_known
from stakeline.model.briefs import Brief, Mark
from stakeline.model.figures import Figure, Place
from stakeline.model.numbers import Interval

NO_ADVICE = "Neither legal nor investment advice."

_UNITS = {"pct": "%", "pp": " percentage points", "x": " times", "shares": " shares"}
_SCALES = {"": 0, "million": 6, "billion": 9, "trillion": 12}
_PRINTED = re.compile(
    r"(?:[Aa]bout )?(?:HK\$|US\$|[A-Z]{3} )?([0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?)(?: (million|billion|trillion))?(?:%| \D+)?"
)
_COVER = re.compile(r"cover page [1-9][0-9]*, ")
"""Of a form with a cover page for each person: on whose page a box stands."""
_LONGEST = 21
_SHOWN = 15


class Footnote(msgspec.Struct, frozen=True, kw_only=True):
    """What stands below a brief for one figure.

    value: exact, with its unit. basis: of what, and of which day. said: that it was computed, bounded or rounded, and
    doubts. source: the places where it was read, or the working with the numbers of other footnotes.
    """

    number: int
    id: str
    value: str
    basis: str
    said: tuple[str, ...]
    source: tuple[str, ...]

    @property
    def rest(self) -> str:
        """The footnote without its value, in one line."""
        return " · ".join([self.basis, *self.said, *self.source])

    @property
    def words(self) -> str:
        """The footnote in one line."""
        return f"{self.value} · {self.rest}"


class Footnotes:
    """The footnotes of a brief, numbered in the order of their first mark.

    A figure is known by its object: the same figure read twice has the same id and so the same number.
    """

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._ids: dict[int, str] = {}
        printed: dict[str, list[str]] = {}
        figures: dict[str, Figure] = {}
        for mark in marks(brief):
            key = self.id_of(mark.figure)
            figures.setdefault(key, mark.figure)
            printed.setdefault(key, []).append(mark.words)
        self._cited: dict[str, str] = {}
        self.numbers = {key: number for number, key in enumerate(figures, start=1)}
        self.notes = tuple(self._note(key, figure, printed[key]) for key, figure in figures.items())

    def id_of(self, figure: Figure) -> str:
        """The figure's id, worked out once for each object."""
        if id(figure) not in self._ids:
            self._ids[id(figure)] = figure.id
        return self._ids[id(figure)]

    def parts(self, sentence: Sentence) -> Iterator[tuple[str, bool, Footnote | None]]:
        """The parts of a sentence for print: the words, whether they are a figure's, and the footnote to put behind them.

        A figure that stands several times in a sentence has its footnote once, at its number rather than at its day.
        """
        first: dict[str, int] = {}
        for place, part in enumerate(sentence):
            if isinstance(part, Mark):
                key = self.id_of(part.figure)
                known = first.setdefault(key, place)
                if printed_value(sentence[known].words) is None and printed_value(part.words) is not None:
                    first[key] = place
        for place, part in enumerate(sentence):
            if isinstance(part, Mark):
                key = self.id_of(part.figure)
                yield printable(part.words), True, self._by_id(key) if first[key] == place else None
            else:
                yield printable(part.words), False, None

    def _by_id(self, key: str) -> Footnote:
        return self.notes[self.numbers[key] - 1]

    def of_marks(self, sentence: Sentence) -> Iterator[Footnote]:
        """The footnote of every figure in a sentence, also where it stands again."""
        for part in sentence:
            if isinstance(part, Mark):
                yield self._by_id(self.id_of(part.figure))

    def _note(self, key: str, figure: Figure, printed: list[str]) -> Footnote:
        zone, known = self._brief.zone, self._brief.known
        places = ((p, cites_known(p, known, zone)) for p in figure.places)
        read = tuple(place_words(p, self._keys(cites)) for p, cites in places)
        return Footnote(
            number=self.numbers[key],
            id=key,
            value=value_words(figure),
            basis=basis_words(figure),
            said=(*_said(figure, printed), *self._others(figure)),
            source=self._working(figure) if figure.derived else read,
        )

    def _others(self, figure: Figure) -> Iterator[str]:
        """What other sources say instead, each with its unit and place."""
        zone, known = self._brief.zone, self._brief.known
        for other in figure.others:
            where = (place_words(p, self._keys(cites_known(p, known, zone))) for p in other.places)
            yield f"another source says {value_words(other)}, {'; '.join(where)}"

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """What the footnotes cite, each once: ("S1", "RTHK, 14 Nov 2022 (news.rthk.hk/...)")."""
        return tuple((key, cite) for cite, key in self._cited.items())

    def _keys(self, cites: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._cited.setdefault(cite, f"S{len(self._cited) + 1}") for cite in cites)

    def _working(self, figure: Figure) -> tuple[str, ...]:
        inputs = [self._input(i) for i in figure.inputs]
        return (f"= {clean(figure.formula or '')}, from {', '.join(inputs)}",)

    def _input(self, figure: Figure) -> str:
        number = self.numbers.get(self.id_of(figure))
        if number is not None:
            return f"[{number}]"
        return f"{self.id_of(figure)} ({value_words(figure)}, {basis_words(figure)})"


def marks(brief: Brief) -> Iterator[Mark]:
    """Every figure in print, in the order of reading."""
    for sentence in (brief.headline, *(s for section in brief.sections for s in section.sentences)):
        for part in sentence:
            if isinstance(part, Mark):
                yield part


def printable(text: str) -> str:
    """Words of a brief without control characters; spaces at the ends stay."""
    return "".join(c for c in text if c.isprintable())


def value_words(figure: Figure) -> str:
    """The exact value with its unit: "145,520,000 HKD", "8.74%"; a value with no end is cut off and says so."""
    if figure.value is None:
        return clean(figure.text or "")
    unit = f" {clean(figure.currency)}" if figure.currency else _UNITS.get(figure.unit, "")
    return _digits(figure.value) + unit


def _digits(value: Decimal) -> str:
    if len(value.as_tuple().digits) <= _LONGEST:
        return plain(value)
    whole = len(str(abs(int(value))))
    words = f"{value:,.{max(0, _SHOWN - whole)}f}"
    return f"{words}…"


def basis_words(figure: Figure) -> str:
    """What the figure is of, with its day where the basis does not name it."""
    basis = days.in_words(clean(figure.basis))
    when = days.period(clean(figure.day)) if figure.day else ""
    return f"{basis} ({when})" if when and when not in basis else basis


def span_words(span: Interval) -> str:
    """Where the truth lies: "between 8.735 and 8.75"."""
    return f"between {_digits(span.low)} and {_digits(span.high)}"


def _said(figure: Figure, printed: list[str]) -> Iterator[str]:
    if figure.derived:
        yield "derived"
    if figure.span is not None and _digits(figure.span.low) != _digits(figure.span.high):
        how = "" if figure.derived else "rounded at the source: "
        yield f"{how}{span_words(figure.span)}"
    read = [value for value in map(printed_value, printed) if value is not None]
    if figure.value is not None and read and all(value != abs(figure.value) for value in read):
        yield "rounded in print"
    if figure.doubt:
        yield f"doubt: {clean(figure.doubt)}"
    if figure.confidence in ("medium", "low"):
        yield f"{figure.confidence} confidence"


def place_words(place: Place, cites: tuple[str, ...]) -> str:
    """A place as one would cite it: "box 19, notice.html", "cover page 2, box 13, a.xml", "row 3, column shares, b.csv (RK1; WJ1)"."""
    label, locator = clean(place.label), clean(place.locator)
    page = _COVER.match(locator)
    where = (page[0] if page else "") + label if label.startswith("box") or not locator else locator
    behind = f" ({'; '.join(cites)})" if cites else ""
    return f"{where}, {clean(place.name)}{behind}"


def printed_value(words: str) -> Decimal | None:
    """The number that printed words stand for, or None where they are no single number ("between ...", a day)."""
    found = _PRINTED.fullmatch(words)
    if found is None:
        return None
    return Decimal(found[1].replace(",", "")).scaleb(_SCALES[found[2] or ""])
