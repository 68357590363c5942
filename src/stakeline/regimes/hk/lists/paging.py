"""How many notices a page says it shows, compared with the rows that are there."""

import re

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html

_RANGE = re.compile(r"([0-9][0-9,]{0,11})\s*-\s*([0-9][0-9,]{0,11})(?![0-9,])")
_TOTAL = re.compile(r"[0-9]{1,12}")


def words(page: html.Page, element: str) -> str:
    """The text of an element, "" where there is none."""
    node = page.elements.get(element)
    return html.words(node) if node is not None else ""


def promised(page: html.Page) -> int | None:
    """How many rows the page says it shows ("Displayed: 1 - 44"), or None where it does not say."""
    match = _RANGE.search(words(page, "lblRecRange"))
    return int(match[2].replace(",", "")) - int(match[1].replace(",", "")) + 1 if match else None


def counted(page: html.Page, seen: int, problems: list[Problem]) -> None:
    """Compare the rows seen with what the page says it shows, and with how many the register has."""
    shown, total = words(page, "lblRecRange"), words(page, "lblRecCount").replace(",", "")
    told = promised(page)
    if told is None and total == "0" and not seen:
        return
    if told is None and (page.cut or page.unended):
        problems.append(_page(Severity.INPUT, shown, "the page was cut short: further rows may be missing"))
    elif told is None and "lblRecRange" in page.elements:
        problems.append(_page(Severity.NOTE, shown, "does not say how many notices are shown: some may be missing"))
    elif told is None:
        problems.append(_page(Severity.NOTE, "", "nothing says how many notices are listed: some may be missing"))
    elif seen < told:
        problems.append(_page(Severity.INPUT, shown, f"only {seen} rows are on the page: it was cut short"))
    elif seen > told:
        problems.append(_page(Severity.NOTE, shown, f"{seen} rows are on the page"))
    if told is not None and _TOTAL.fullmatch(total) and int(total) > told:
        message = f"this page shows {told} of {int(total):,} notices; the others are on further pages"
        problems.append(_page(Severity.NOTE, shown, message))


def _page(severity: Severity, found: str, message: str) -> Problem:
    return Problem(severity=severity, where="#lblRecRange", found=printable(found), message=message)
