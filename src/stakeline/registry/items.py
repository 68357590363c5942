"""The filer's own words in numbered items of a schedule, each as a text that can be followed to where it stands."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from stakeline.model.cited import notice_figure
from stakeline.model.figures import Figure
from stakeline.model.numbers import Number
from stakeline.model.stakes import Entry
from stakeline.registry.reports import Reports

_SHOWN = {"4": "purpose of the transaction", "5(c)": "transactions of the last sixty days"}
"""Items of Schedule 13D that say what happened and what for (Rule 13d-101). Item 4 of a 13G repeats its cover page."""


def items(reports: Reports) -> tuple[Figure, ...]:
    """Those items of the best report that has any."""
    row = next((r for r in reports.rows if r.body.items and r.body.form.endswith("13D")), None)
    if row is None:
        return ()
    found = []
    for item in row.body.items:
        if item.number in _SHOWN and item.text:
            basis = f"item {item.number}, {_SHOWN[item.number]}, the filer's words"
            place = notice_figure(
                row, f"item {item.number}", Number(Decimal(0)), reports.cite, unit="text", basis=basis, day=reports.day
            )
            found.append(msgspec.structs.replace(place, value=None, text=item.text))
    return tuple(found)


def renumbered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries of one class in their order, with a doubt where the class goes by other CUSIPs than before.

    A new number comes with a split, a merger or another domicile: the shares before and after may not be the same.
    """
    found: list[Entry] = []
    before: tuple[str, ...] = ()
    for entry in entries:
        told = entry
        if before and entry.cusips and set(before).isdisjoint(entry.cusips):
            doubt = (
                f"CUSIP {', '.join(entry.cusips)}, before {', '.join(before)}: shares may not compare with those before"
            )
            told = msgspec.structs.replace(entry, unlike=doubt, doubts=(*entry.doubts, doubt))
        before = entry.cusips or before
        found.append(told)
    return tuple(found)
