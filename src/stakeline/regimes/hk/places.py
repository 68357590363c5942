"""What stands at a place of a page, read again: for those who follow a figure to its source."""

import re

from stakeline.model.notices import Leg
from stakeline.reading import html
from stakeline.regimes.hk import cells, grids, lists
from stakeline.regimes.hk.forms import form_of, is_notice
from stakeline.regimes.hk.lines import line_leg
from stakeline.regimes.hk.sheet import Sheet
from stakeline.regimes.hk.tables import LINES, TOKENS, Form, tables

_ROW = re.compile(r"row ([0-9]{1,9}), column ([0-9]{1,3})(?:, (long|short|pool))?")
_ELEMENT = re.compile(r"#([A-Za-z_]+)([0-9]*)(?:, (long|short|pool), (shares|percent))?")
_LEGS = {token: leg for leg, token in TOKENS.items()}


def quote(page: html.Page, locator: str) -> str | None:
    """The literal text at a place, as `Box.element` and `Read.locator` name it; None where there is no such place.

    "#lblDIssued"; "#grdSh_AEvt, long, percent"; "#lblDEvtShare2" (the line for a short position, wherever it stands);
    "row 3, column 6, long".
    """
    row = _ROW.fullmatch(locator)
    if row is not None:
        return lists.quote(page, int(row[1]), int(row[2]), _LEGS.get(row[3]))
    match = _ELEMENT.fullmatch(locator)
    if match is None:
        return None
    if match[3]:
        return _of_total(page, match[1], _LEGS[match[3]], match[4])
    if is_notice(page):
        form = form_of(page)
        field = form.elements.get(match[1]) if isinstance(form, Form) else None
        if isinstance(form, Form) and field is not None and field.line:
            return _of_line(Sheet(page, form), field.path.partition(".")[2], match[2])
    return _of_element(page, match[1] + match[2])


def _of_element(page: html.Page, name: str) -> str | None:
    """A box's text; where the form knows its field under several ids, that of the first there is."""
    names = [name]
    for form in tables().forms.values():
        field = form.elements.get(name)
        names += [e for e, f in form.elements.items() if field is not None and f.path == field.path]
    node = next((page.elements[n] for n in names if n in page.elements), None)
    return html.words(node) if node is not None else None


def _of_line(sheet: Sheet, name: str, ending: str) -> str | None:
    """A column of the event line for a leg. On most pages the long line comes first; what the line says decides."""
    leg = LINES.get(ending)
    ordered = sorted(sheet.lines, key=lambda e: (e != ending, e))
    line = next((sheet.lines[e] for e in ordered if leg and line_leg(sheet.lines[e], e) is leg), None)
    line = line or sheet.lines.get(ending)
    told = line.get(name) if line else None
    return html.words(told[1]) if told else None


def _of_total(page: html.Page, name: str, leg: Leg, column: str) -> str | None:
    """Shares or percent of one position in a box of totals."""
    node = page.elements.get(name)
    shares_at, percent_at = 1, 2
    found = False
    for _, told, texts in grids.lines(cells.rows(node)) if node is not None else ():
        if told is leg:
            at = shares_at if column == "shares" else percent_at
            return texts[at] if len(texts) > at else None
        found = found or told is not None
        if not found and grids.heads(texts) and grids.percents_first(texts):
            shares_at, percent_at = 2, 1
    return None
