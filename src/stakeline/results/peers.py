"""Profits and losses of the companies that an issuer is compared with."""

from collections.abc import Iterable
from datetime import date

from stakeline.model.cited import Cite
from stakeline.model.context import Line
from stakeline.model.facts import Fact
from stakeline.model.rows import Row
from stakeline.reading.factvocabulary import RESULT_LINES
from stakeline.results.lines import Told, line
from stakeline.results.statements import latest

_MEASURES = ("profit_attributable", "profit")
_KINDS = {kind.name: kind for kind in RESULT_LINES}


def peers(rows: Iterable[Row[Fact]], cite: Cite, on: date) -> tuple[Line, ...]:
    """The last known profit or loss of each peer, in the order of their names.

    rows: the issuer's facts, whose `peer` facts name the peers, and the peers' own, all as known at the moment asked.
    A peer without results is left out.
    """
    of_subject: dict[str, list[Row[Fact]]] = {}
    subjects: set[str] = set()
    for row in rows:
        of_subject.setdefault(row.body.subject, []).append(row)
        if row.body.measure == "peer" and row.body.text:
            subjects.add(row.body.text)
    found = (_peer(subject, of_subject.get(subject, []), cite, on) for subject in subjects)
    return tuple(sorted(filter(None, found), key=lambda peer: peer.label))


def _peer(subject: str, rows: list[Row[Fact]], cite: Cite, on: date) -> Line | None:
    told = Told(rows, cite)
    names = sorted(
        row.body.text for row in rows if row.body.measure == "name" and row.body.item == "en" and row.body.text
    )
    label = names[0] if names else subject.partition(":")[2]
    for name in _MEASURES:
        period = latest(told.periods(f"result.{name}"), on)
        if period is not None:
            return line(told, _KINDS[name], f"result.{name}", period, label=label)
    return None
