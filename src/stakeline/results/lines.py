"""One line of results: two periods, the change worked out from both, and the word for it."""

from collections.abc import Iterable
from decimal import Decimal

from stakeline.model.cited import Cite, agreed, change, ratio
from stakeline.model.context import Line
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.numbers import Interval
from stakeline.model.rows import Row
from stakeline.reading.factvocabulary import ResultLine, year_before

_PLAINER_AS_TIMES = Decimal(2)
"""From this ratio on "three times" is plainer than "up 203%"."""


class Told:
    """The facts of one subject, to be asked by measure, item and period."""

    def __init__(self, rows: Iterable[Row[Fact]], cite: Cite) -> None:
        self._cite = cite
        self._rows: dict[tuple[str, str | None, str | None], list[Row[Fact]]] = {}
        for row in rows:
            body = row.body
            self._rows.setdefault((body.measure, body.item, body.period), []).append(row)

    def figure(self, measure: str, period: str | None, item: str | None = None) -> Figure | None:
        """What the facts say of one measure, item and period."""
        return agreed(self._rows.get((measure, item, period), []), self._cite)

    def note(self, measure: str, period: str, item: str | None = None) -> str | None:
        """What a source wants said beside it."""
        notes = [row.body.note for row in self._rows.get((measure, item, period), []) if row.body.note]
        return "; ".join(dict.fromkeys(notes)) or None

    def periods(self, prefix: str) -> set[str]:
        """The periods of which an amount is known for measures that begin so (printed changes are no amounts)."""
        keys = (key for key in self._rows if key[0].startswith(prefix) and not key[0].endswith(".change"))
        return {period for _, _, period in keys if period is not None}

    def items(self, measure: str, period: str) -> tuple[str, ...]:
        """The items of a measure in a period, the largest first."""
        found = {item: self.figure(m, p, item) for m, item, p in self._rows if m == measure and p == period and item}
        return tuple(sorted(found, key=lambda item: (-(figure.number if (figure := found[item]) else 0), item)))


def line(
    told: Told, kind: ResultLine, measure: str, period: str, *, label: str | None = None, item: str | None = None
) -> Line | None:
    """One line for a period, or None where the facts say nothing of it.

    change: worked out from both periods, unless their rounding leaves it wider than the change that a source prints:
    then that one.
    """
    current = told.figure(measure, period, item)
    printed = told.figure(f"{measure}.change", period, item)
    if current is None:
        return None
    before = year_before(period)
    prior = told.figure(measure, before, item) if before else None
    if prior is not None and prior.currency != current.currency:
        prior = None
    one_sign = prior is not None and _sign(prior) == _sign(current) != 0
    worked = change(prior, current, basis=f"change from {before} to {period}") if prior and one_sign else None
    finer = printed is not None and (worked is None or _width(worked) > _width(printed))
    loss = kind.loss is not None and current.number < 0
    return Line(
        label=label or (kind.loss if loss and kind.loss else kind.label),
        measure=measure,
        period=period,
        current=current,
        prior=prior,
        change=printed if finer else worked,
        printed_change=printed,
        times=_times(prior, current) if prior and one_sign else None,
        sense=_sense(kind, prior, current, printed),
        note=told.note(measure, period, item),
    )


def _sign(figure: Figure) -> int:
    """1 above zero, -1 below, 0 where rounding leaves it open."""
    span = figure.bounds()
    return 1 if span.low > 0 else -1 if span.high < 0 else 0


def _width(figure: Figure) -> Decimal:
    span = figure.bounds()
    return span.high - span.low


def _size(figure: Figure) -> Interval:
    span = figure.bounds()
    return -span if span.high <= 0 else span


def _times(prior: Figure, current: Figure) -> Figure | None:
    """How many times the earlier figure the later one is, where that is at least two."""
    bounds, point = ratio(current, prior)
    if bounds.low < _PLAINER_AS_TIMES:
        return None
    basis = f"{current.day} to {prior.day}"
    return derive("current / prior", (current, prior), bounds, unit="x", basis=basis, day=current.day, value=point)


def _sense(kind: ResultLine, prior: Figure | None, current: Figure, printed: Figure | None) -> str | None:
    """The word for what happened: rose, fell, widened, narrowed, turned, unchanged; None where it cannot be told."""
    profit = kind.loss is not None
    if prior is not None and profit and _sign(prior) * _sign(current) < 0:
        return "turned to a loss" if _sign(current) < 0 else "turned to a profit"
    if prior is not None:
        gap = _size(current) - _size(prior)
        direction = 1 if gap.low > 0 else -1 if gap.high < 0 else 0
        if not direction and gap.is_exact:
            return "unchanged"
    else:
        direction = 0
    if not direction and printed is not None:
        direction = _sign(printed)
    words = ("narrowed", "widened") if profit and current.number < 0 else ("fell", "rose")
    return words[direction > 0] if direction else None
