"""The last results known: an income statement's lines and its segments."""

from collections.abc import Iterable
from datetime import date

from stakeline.model.cited import Cite
from stakeline.model.context import Results
from stakeline.model.facts import Fact
from stakeline.model.rows import Row
from stakeline.reading.factvocabulary import RESULT_LINES, ResultLine, period_end
from stakeline.results.lines import Told, line

_SEGMENT = ResultLine(name="segment", label="segment revenue")


def results(rows: Iterable[Row[Fact]], cite: Cite, on: date) -> Results | None:
    """The latest period that ended by `on` and of which an amount is known, against the same period a year before.

    rows: facts of one issuer, as known at the moment asked. None: no results are known.
    """
    told = Told(rows, cite)
    period = latest(told.periods("result."), on)
    if period is None:
        return None
    lines = (line(told, kind, f"result.{kind.name}", period) for kind in RESULT_LINES)
    measure = "segment.revenue"
    segments = (line(told, _SEGMENT, measure, period, label=item, item=item) for item in told.items(measure, period))
    return Results(period=period, lines=tuple(filter(None, lines)), segments=tuple(filter(None, segments)))


def latest(periods: Iterable[str], on: date) -> str | None:
    """The period that ended last, not after `on`; of two that ended on one day the longer ("2022", not "2022H2")."""
    ended = [(end, -len(period), period) for period in periods if (end := period_end(period)) is not None and end <= on]
    return max(ended)[2] if ended else None
