"""What stands at a place of a filing, read again: for those who follow a figure to its source."""

import re
from typing import TYPE_CHECKING

from stakeline.model.documents import Document
from stakeline.regimes.us import companyfacts, cover_places, thirteen_f_places
from stakeline.regimes.us.elements import local
from stakeline.regimes.us.layouts import Layout, layout
from stakeline.regimes.us.readers import opened

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROW = re.compile(r"Table (I{1,2}), row ([1-9][0-9]{0,4}), ([A-Za-z0-9/]{1,200})")
_STEP = re.compile(r"([A-Za-z0-9]{1,100})(?:\[([1-9][0-9]{0,5})\])?")
_TABLES = {"I": "nonDerivativeTable", "II": "derivativeTable"}


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place, as `Box.element` names it; None where there is no such place.

    "issuer/issuerCik"; "reportingOwner[2]/reportingOwnerId/rptOwnerName"; "Table I, row 3, transactionAmounts/transactionShares",
    rows counted through a table whatever they are; "information table, row 12" of a Form 13F; "facts/dei/.../units/shares/3" of EDGAR's JSON. A cell's footnotes come behind its value: "213.3049 (F3: This transaction ...)".
    """
    if locator.startswith("cover page "):
        return cover_places.quote(document, locator)
    if locator.startswith(thirteen_f_places.ROW):
        return thirteen_f_places.quote(document, locator)
    if companyfacts.recognise(document.data):
        return companyfacts.quoted(document.data, locator)
    found = opened(document)
    if found is None:
        return None
    root, kind = found
    row = _ROW.fullmatch(locator)
    if row is None:
        element = _below(root, locator)
        return None if element is None else _words(root, element)
    table = next((t for t in root if local(t.tag) == _TABLES[row[1]]), None)
    rows = [] if table is None else [r for r in table if local(r.tag) in _kinds(layout(kind.layout), row[1])]
    at = int(row[2])
    element = _below(rows[at - 1], row[3]) if at <= len(rows) else None
    return None if element is None else _words(root, element)


def _kinds(told: Layout, table: str) -> frozenset[str]:
    """The elements that are rows of a table."""
    return frozenset(p.rpartition("/")[2] for p, e in told.elements.items() if e.fixed.get("table") == table)


def _below(element: "_Element", path: str) -> "_Element | None":
    """The element at a path below another, by names alone; of several without a number the first."""
    for step in path.split("/"):
        told = _STEP.fullmatch(step)
        same = [e for e in element if told is not None and local(e.tag) == told[1]]
        at = int(told[2] or 1) if told is not None else 1
        if at > len(same):
            return None
        element = same[at - 1]
    return element


def _words(root: "_Element", element: "_Element") -> str:
    """An element's own text or its value's; behind it each footnote that it refers to."""
    value = next((e for e in element if local(e.tag) == "value"), element)
    text = (value.text or "").strip()
    notes = [_footnote(root, e.get("id") or "") for e in element if local(e.tag) == "footnoteId"]
    return f"{text} ({'; '.join(notes)})".strip() if notes else text


def _footnote(root: "_Element", number: str) -> str:
    told = next((e for e in root.iter() if local(e.tag) == "footnote" and e.get("id") == number), None)
    return f"{number}: {(told.text or '').strip()}" if told is not None else number
