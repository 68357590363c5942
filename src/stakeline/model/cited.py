"""From rows of the ledger to figures: a fact or a field of a notice with the places where it stands."""

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, Place, derive
from stakeline.model.law import Box
from stakeline.model.notices import Notice
from stakeline.model.numbers import PRECISION, Interval, Number, exact_product, exact_sum
from stakeline.model.rows import Row, Sighting

Cite = Callable[[str, str, str], Box | None]
"""(regime, form, path) -> the box or column that keeps the field, or None where the form is not known.

For facts the regime is "facts" and the form the kind of table: ("facts", "facts", "value").
"""


_GRADES = ("high", "medium", "low")
_NOTHING = Decimal(0)
_PERCENT_UNIT = Decimal("0.01")
"""Forms state percentages to two decimals (Hong Kong: note to boxes 18 and 19 of Form 2)."""


DIFFERS = "another source says otherwise"
"""The doubt of a figure that has `others`; it holds no digits, for each of them is a figure of its own."""


def fact_figure(row: Row[Fact], cite: Cite) -> Figure:
    """A fact as a figure: its number or text, with basis, day, doubt and every place where it was read."""
    body = row.body
    box = cite("facts", "facts", "value")
    return Figure(
        value=body.number.value if body.number else None,
        text=body.text,
        unit=body.unit,
        currency=body.currency,
        basis=body.basis or body.measure,
        day=body.period,
        span=_span(body.number),
        places=tuple(_place(s, box, "value", body.cites) for s in row.sightings),
        known_from=body.known_from,
        confidence=body.confidence,
        doubt=body.doubt,
    )


def notice_figure(  # noqa: PLR0913 - the parts of a figure
    row: Row[Notice],
    path: str,
    amount: Number,
    cite: Cite,
    *,
    unit: str,
    basis: str,
    currency: str | None = None,
    day: str | None = None,
) -> Figure:
    """A number of a notice as a figure.

    path: our name of the field ("after.long.percent", "trades.long.average", "issued"). A percentage lies within one unit of its
    last printed digit, either way (`percent_span`).
    """
    body = row.body
    box = cite(body.regime, body.form, path)
    return Figure(
        value=amount.value,
        unit=unit,
        currency=currency,
        basis=basis,
        day=day,
        span=_span(amount) if unit != "pct" or amount.unit is None else _wide(amount, amount.unit),
        places=tuple(_place(s, box, path, body.cites) for s in row.sightings),
        known_from=body.known_from,
        confidence=body.confidence,
        doubt=body.doubt,
    )


def percent_span(figure: Figure) -> Interval:
    """Where the truth lies behind a percentage that a filer printed: within one unit of its last printed digit, either way.

    Wider than `Number.span`, because real notices also round up: 75,686,142 of 1,098,000,000 is 6.893% and was printed
    6.90, 65,853,142 of them is 5.9976% and was printed 5.99. Never below nothing.
    """
    value, span = figure.number, figure.bounds()
    return _either_way(value, max(span.high - value, value - span.low) or _PERCENT_UNIT)


def _wide(amount: Number, unit: Decimal) -> Interval:
    """A printed percentage: either way of what stands there, up to the bounds that the document sets itself."""
    wide = _either_way(amount.value, unit)
    return Interval(wide.low if amount.low is None else amount.low, wide.high if amount.high is None else amount.high)


def _either_way(value: Decimal, unit: Decimal) -> Interval:
    wide = Interval.exact(value) + Interval(-unit, unit)
    return Interval(max(_NOTHING, wide.low), max(_NOTHING, wide.high))


def _span(number: Number | None) -> Interval | None:
    """Where the truth lies, if the number was or may have been rounded."""
    return number.span() if number is not None and number.rounded else None


def _place(sighting: Sighting, box: Box | None, path: str, cites: tuple[str, ...]) -> Place:
    """The place of one field in one document.

    A row's locator names only the row ("row 3"; "" where the document is the notice), so the box or column is added;
    a locator that names its column already ("row 3, column Close") stands as it is.
    """
    row, _, column = sighting.locator.partition(", column ")
    element = f"column {column}" if column else box.element if box else path
    return Place(
        document=sighting.document,
        name=sighting.name,
        locator=f"{row}, {element}" if row else element,
        label=f"box {box.number}" if box and box.number else element,
        cites=cites,
    )


def agreed(rows: Sequence[Row[Fact]], cite: Cite) -> Figure | None:
    """One figure from all rows that speak of the same thing (same subject, measure, item and period); None from none.

    The surest source has the say, of equally sure ones the one known last, then the one whose key comes first; among those as
    sure that agree with it, the least rounded is shown. The others that say something else are kept beside it, each with its
    unit and place (`Figure.others`), and its doubt says that there are some, so that a contradiction is always seen.
    """
    if not rows:
        return None
    figures = [fact_figure(row, cite) for row in sorted(rows, key=_standing)]
    first = figures[0]
    same = [f for f in figures if _agree(f, first) and f.confidence == first.confidence]
    chosen = min(same, key=lambda f: f.bounds().high - f.bounds().low) if first.text is None else first
    others = tuple(f for f in figures if not _agree(f, first))
    if not others:
        return chosen
    doubt = "; ".join(filter(None, [chosen.doubt, DIFFERS]))
    return msgspec.structs.replace(chosen, doubt=doubt, others=others)


def ratio(one: Figure, other: Figure) -> tuple[Interval, Decimal]:
    """one / other: where the truth lies, and the quotient of the two as printed. Raises ZeroDivisionError."""
    with localcontext(prec=PRECISION):
        return one.bounds() / other.bounds(), one.number / other.number


def change(before: Figure, after: Figure, *, basis: str) -> Figure:
    """Percent change between two figures of one sign, on their size: a loss of 3 that becomes one of 5 is +66.7%."""
    bounds, point = ratio(after, before)
    hundred = Decimal(100)
    return derive(
        "(after - before) / before",
        (before, after),
        bounds * Interval.exact(hundred) - Interval.exact(hundred),
        unit="pct",
        basis=basis,
        day=after.day,
        value=exact_sum(exact_product(point, hundred), -hundred),
    )


def _agree(one: Figure, other: Figure) -> bool:
    """True where both can be true: the same text, or spans that meet."""
    if one.text is not None or other.text is not None:
        return one.text == other.text
    return one.currency == other.currency and one.bounds().meet(other.bounds()) is not None


def _standing(row: Row[Fact]) -> tuple[int, float, str]:
    """Sorts the surest row first, of equally sure ones the one known last, then by key: never by the order of loading."""
    grade, known = row.body.confidence, row.body.known_from
    sure = _GRADES.index(grade) if grade in _GRADES else len(_GRADES)
    return sure, -known.timestamp() if known else 0.0, row.key
