"""Where figures of a Schedule 13D or 13G stand, and what stands there: by cover page, for each person has one.

"cover page 2, percentOfClass" in the XML, "cover page 2, row 13" before it; "cover page 2, every cover page" are the rows that
tell how much, of all persons.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stakeline.model.documents import Document
from stakeline.model.law import Box, Duty
from stakeline.regimes.us.elements import local
from stakeline.regimes.us.layouts import Layout, layout
from stakeline.regimes.us.legacy_rows import LABELS, row_number
from stakeline.regimes.us.readers import opened

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE = re.compile(r"cover page ([1-9][0-9]{0,3}), ([^\n]{1,200})")
_EVERY = "every cover page"
_ALSO = {"after.long.shares": "aggregate", "after.long.percent": "percent"}
_LEGACY = {
    "SC 13D": "statement of a holder of more than 5% (Schedule 13D, before the XML)",
    "SC 13G": "short statement of a holder of more than 5% (Schedule 13G, before the XML)",
}
_FIRST = {
    "issuer_name": ("issuer", "name of issuer"),
    "share_class": ("title", "title of class of securities"),
    "cusips": ("cusip", "CUSIP number"),
    "event_date": ("date", "date of event which requires filing"),
}
"""What stands on the first page of a legacy schedule, by our name of the field."""
_SUMMED = ("name", "aggregate", "percent")
DUTIES = tuple(Duty(form=form, name=name) for form, name in _LEGACY.items())
"""What kind of notice the legacy schedules are."""


def schedule_boxes(name: str) -> dict[str, Box]:
    """The boxes of an XML schedule beside those that its description gives: the one position stands on a person's cover page."""
    told = layout(name)
    page = _page_path(told)
    found = {"links.joint": _every()}
    for path, entry in told.elements.items():
        if entry.field in _ALSO.values() and path.startswith(f"{page}/"):
            where = path.removeprefix(f"{page}/")
            for alias in (a for a, field in _ALSO.items() if field == entry.field):
                number = entry.number if isinstance(entry.number, str) else None
                found[alias] = Box(path=alias, element=where, number=number or None, label=entry.label)
    return found


def legacy_boxes() -> dict[str, dict[str, Box]]:
    """The boxes of the legacy schedules, by form."""
    return {form: _rows(form) for form in _LEGACY}


def _rows(form: str) -> dict[str, Box]:
    found = {"links.joint": _every()}
    for field in LABELS:
        number = row_number(form.removeprefix("SC "), field)
        if number is None:
            continue
        for path in (f"persons.{field}", *(a for a, aliased in _ALSO.items() if aliased == field)):
            label = field.replace("_", " ")
            found[path] = Box(path=path, element=f"row {number}", number=str(number), label=label)
    for path, (caption, label) in _FIRST.items():
        found[path] = Box(path=path, element=f"first page, {caption}", label=label)
    return found


def _every() -> Box:
    return Box(path="links.joint", element=_EVERY, label="aggregate amounts of all reporting persons")


def _page_path(told: Layout) -> str:
    """The path of the element that is one person's cover page."""
    return next(path for path, entry in told.elements.items() if entry.rows == "persons")


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place of a schedule; None where the place is no such, or is not there."""
    asked = _PAGE.fullmatch(locator)
    if asked is None:
        return None
    at, place = int(asked[1]), asked[2]
    found = opened(document)
    if found is None:
        return _in_legacy(document, at, place)
    root, kind = found
    path = _page_path(layout(kind.layout))
    pages = list(_all(root, path))
    if place == _EVERY:
        cells = [p.removeprefix(f"{path}/") for p, e in layout(kind.layout).elements.items() if e.field in _SUMMED]
        return "; ".join(", ".join(_text(e) for c in cells for e in _all(p, c)) for p in pages)
    inside = next(_all(pages[at - 1], place), None) if at <= len(pages) else None
    element = inside if inside is not None else next(_all(root, place), None)
    return None if element is None else _text(element)


def _all(element: "_Element", path: str) -> "Iterator[_Element]":
    """The elements at a path below another, by names alone."""
    first, _, rest = path.partition("/")
    for child in element:
        if local(child.tag) == first:
            if rest:
                yield from _all(child, rest)
            else:
                yield child


def _text(element: "_Element") -> str:
    return (element.text or "").strip()


def _in_legacy(document: Document, at: int, place: str) -> str | None:
    """What stands in a row of a legacy cover page, or above a caption of the first page."""
    from stakeline.regimes.us import legacy13

    try:
        told = legacy13.opened(document)
    except ValueError:
        return None
    if told is None:
        return None
    if place.startswith("first page, "):
        return told.first.get(place.removeprefix("first page, "))
    if place == _EVERY:
        return "; ".join(", ".join(p.rows[f] for f in _SUMMED if f in p.rows) for p in told.covers)
    if at > len(told.covers):
        return None
    rows = told.covers[at - 1].rows
    return next(
        (" ".join(words.split()) for f, words in rows.items() if place == f"row {row_number(told.form, f)}"), None
    )
