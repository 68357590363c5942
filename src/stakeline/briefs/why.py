"""Why a figure says what it says: the place where it was read, or the working down to such places."""

from collections.abc import Callable, Iterator

from stakeline.briefs import days
from stakeline.briefs.footnotes import basis_words, place_words, span_words, value_words
from stakeline.briefs.phrases import clean
from stakeline.model.briefs import Brief
from stakeline.model.figures import Figure, Place

Quote = Callable[[Place], str | None]
_SHORT_HASH = 12


def explain(figure: Figure, quote: Quote | None = None, *, zone: str = "UTC") -> str:
    """The figure as a tree of text, one line for each statement, indented by how far down the working it stands.

    quote: gives the literal text at a place ("80,000,000"), or None where it cannot be shown. zone: for days since when
    a figure was public. A figure that several workings share is explained once and named after that.
    """
    return "\n".join(_lines(figure, quote, zone, set())) + "\n"


def find_figure(brief: Brief, figure_id: str) -> Figure | None:
    """The figure with that id, in print or among the inputs of one that is; None where the brief has none such."""
    wanted = figure_id.strip().lower()
    return next((f for top in brief.figures() for f in tree(top) if f.id == wanted), None)


def tree(figure: Figure) -> Iterator[Figure]:
    """The figure, everything that it was computed from, and what other sources say instead."""
    yield figure
    for source in (*figure.inputs, *figure.others):
        yield from tree(source)


def _lines(figure: Figure, quote: Quote | None, zone: str, told: set[str]) -> Iterator[str]:
    """The figure's own lines, then its inputs' one level deeper."""
    key = figure.id
    yield f"{key}  {value_words(figure)} · {basis_words(figure)}"
    if key in told:
        yield "  (see above)"
        return
    told.add(key)
    yield from (f"  {line}" for line in _about(figure, quote, zone))
    for number, source in enumerate(figure.inputs, start=1):
        last = number == len(figure.inputs)
        first, *rest = _lines(source, quote, zone, told)
        yield f"  {'└─' if last else '├─'} {first}"
        yield from (f"  {'  ' if last else '│ '} {line}" for line in rest)


def _about(figure: Figure, quote: Quote | None, zone: str) -> Iterator[str]:
    for place in figure.places:
        yield f"read in {place_words(place, tuple(clean(c) for c in place.cites))}"
        at = f", at {clean(place.locator)}" if place.locator else ""
        yield f"  document {clean(place.document)[:_SHORT_HASH]}{at}"
        literal = quote(place) if quote is not None and place.locator else None
        if literal is not None:
            yield f"  there it says: {clean(literal)}"
    if figure.formula is not None:
        yield f"computed: {clean(figure.formula)}"
    if figure.span is not None:
        yield f"the truth lies {span_words(figure.span)}"
    if figure.known_from is not None:
        yield f"public since {days.moment(figure.known_from, zone)}"
    if figure.confidence:
        yield f"confidence: {clean(figure.confidence)}"
    if figure.doubt:
        yield f"doubt: {clean(figure.doubt)}"
    for other in figure.others:
        yield f"another source says {value_words(other)}:"
        yield from (f"  {line}" for line in _about(other, quote, zone))
