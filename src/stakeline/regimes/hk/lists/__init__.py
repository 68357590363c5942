"""The lists of the register: by company, by date of event, by person, of balances, and the daily summaries.

A row is a notice, short of what only its page tells. A row of a list of balances (consolidated, complete) is what its
last notice left, without an event. Kinds and columns: lists.toml.
"""

import re

from stakeline.model.law import Box
from stakeline.model.notices import Leg, Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import html, values
from stakeline.regimes.hk.lists import kinds, paging
from stakeline.regimes.hk.lists.cells import Line, line_of
from stakeline.regimes.hk.lists.kinds import Headed, lists
from stakeline.regimes.hk.lists.paging import words
from stakeline.regimes.hk.lists.rows import LONGEST_NAME, Issuer, issuer, notice

PAGED = "grdPaging"
SUMMARY = "Table3"
_READER = "hk/list"
_HEADINGS = frozenset({"lblSCStockCode", "lblSCCorpName"})
_SUMMARY = re.compile(r"serial\s*n|表格序", re.IGNORECASE)
_ACTION = re.compile(r"<form\s[^<>]*?action=\"([^\"<>]*)\"", re.IGNORECASE)
_PAGE = re.compile(r"(NS[A-Za-z]{4,20})(?:print)?\.aspx")


def is_list(page: html.Page) -> bool:
    """True for a page of the register that lists notices, of whichever kind."""
    if PAGED in page.elements or page.elements.keys() >= _HEADINGS:
        return True
    table = page.elements.get(SUMMARY)
    return table is not None and _SUMMARY.search(words(page, SUMMARY)[:2_000]) is not None


def read(page: html.Page) -> Reading:
    """The notices on the page, row by row, and why rows could not be taken in."""
    problems = list(page.problems)
    headed = _headed(page)
    if headed is None and words(page, "lblRecCount") == "0":
        return Reading(reader=_READER, problems=tuple(problems))
    heading = _heading(page, headed, problems)
    if not isinstance(headed, Headed) or isinstance(heading, Problem):
        return Reading(reader=_READER, problems=(*problems, *_why(headed, heading)))
    problems.extend(
        Problem(severity=Severity.NOTE, where=f"header, column {at}", found=printable(told), message=message)
        for at, told in headed.unknown
        for message in ["a column that we do not know: it is not read"]
    )
    notices: list[Read[Notice]] = []
    person = words(page, lists().headings["holder.name"][0]) if "holder.name" not in headed.at else ""
    halved = len(headed.rows) if page.cut and paging.promised(page) != len(headed.rows) else 0

    def place(number: int, path: str) -> str:
        return f"row {number}, column {headed.at[path]}"

    columns = [(path, at - 1) for path, at in headed.at.items()]
    for number, cells in enumerate(headed.rows, 1):
        if len(cells) != headed.width or number == halved:
            _cut_short(number, cells, headed.width, problems)
            continue
        line = Line(number, {path: html.words(cells[at].element) for path, at in columns}, place)
        found = notice(line, headed.kind.form, heading, person, problems)
        if found is not None:
            notices.append(Read(found, f"row {number}"))
    if headed.kind.form.startswith("summary") and not (page.cut or page.unended):
        if not headed.rows:
            message = "no row below the header: a day without notices, or rows that cannot be seen"
            problems.append(Problem(severity=Severity.NOTE, where="the summary", found="", message=message))
        return Reading(reader=_READER, notices=tuple(notices), problems=tuple(problems))
    paging.counted(page, len(headed.rows), problems)
    return Reading(reader=_READER, notices=tuple(notices), problems=tuple(problems))


def quote(page: html.Page, number: int, column: int, leg: Leg | None) -> str | None:
    """A cell of the list, or the line of it for one leg. column: by our numbering, wherever the page has it."""
    headed = _headed(page)
    if not isinstance(headed, Headed) or not 0 < column <= len(headed.kind.columns):
        return None
    at = headed.at.get(headed.kind.columns[column - 1])
    if at is None or not 0 < number <= len(headed.rows) or at > len(headed.rows[number - 1]):
        return None
    text = html.words(headed.rows[number - 1][at - 1].element)
    return text if leg is None else line_of(text, leg)


def boxes() -> dict[str, dict[str, Box]]:
    """For each kind of list its columns, to cite by."""
    return kinds.boxes()


def _headed(page: html.Page) -> Headed | Problem | None:
    """The list's table; None where the page has none."""
    node = page.elements.get(PAGED) or page.elements.get(SUMMARY)
    if node is None or (PAGED not in page.elements and not _SUMMARY.search(words(page, SUMMARY)[:2_000])):
        return None
    action = _ACTION.search(page.markup)
    named = _PAGE.search(action[1]) if action else None
    return kinds.headed(node, words(page, "lblSearch").casefold(), named[1] if named else "")


def _heading(page: html.Page, headed: Headed | Problem | None, problems: list[Problem]) -> Issuer | Problem | None:
    """The issuer that the page's heading tells; None where rows tell theirs, and a problem where they do not either."""
    (code_at, _), (name_at, _) = (lists().headings[path] for path in ("issuer_code", "issuer_name"))
    code, name = words(page, code_at), words(page, name_at)
    if len(name) > LONGEST_NAME:
        problems.append(values.unread(name, f"#{name_at}", f"longer than {LONGEST_NAME:,} characters: not read"))
        name = ""
    found = issuer(code, name)
    if found is not None or (isinstance(headed, Headed) and "issuer_name" in headed.at):
        return found
    message = "not a stock code of one to five digits, and no name of the listed corporation: the issuer is not known"
    return Problem(severity=Severity.INPUT, where=f"#{code_at}", found=printable(code), message=message)


def _why(headed: Headed | Problem | None, heading: Issuer | Problem | None) -> list[Problem]:
    """The first reason why nothing was read."""
    if isinstance(heading, Problem):
        return [heading]
    if isinstance(headed, Problem):
        return [headed]
    message = "the page has no list of notices: it was cut short or is another page"
    return [Problem(severity=Severity.INPUT, where=f"#{PAGED}", found="", message=message)]


def _cut_short(number: int, cells: list[html.Cell], width: int, problems: list[Problem]) -> None:
    """A row that has not all its cells, or is the last of a page that stops in its text; a blank row tells nothing."""
    found = printable(" | ".join(html.words(cell.element) for cell in cells))
    if not found.replace("|", "").strip():
        return
    message = f"{len(cells)} cells where the header has {width}: the row was cut short or is no notice"
    problems.append(Problem(severity=Severity.INPUT, where=f"row {number}", found=found, message=message))
