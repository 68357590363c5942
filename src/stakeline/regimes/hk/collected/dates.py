"""Rows of the old system's lists by date, kept as CSV without serial numbers and without stock codes."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from stakeline.model.law import Box
from stakeline.model.notices import Holder, Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read
from stakeline.reading import values
from stakeline.regimes.hk.classes import class_in_name
from stakeline.regimes.hk.lists.cells import Line, positions, trades
from stakeline.regimes.hk.lists.rows import LONGEST_NAME, issuer
from stakeline.regimes.hk.tables import TOKENS

FORM = "collected dates"
COLUMNS = {
    "event_date": "Date",
    "issuer_name": "Corporation",
    "holder.name": "Shareholder",
    "trades.code": "Code",
    "trades.shares": "Shares Involved",
    "trades.price": "Average Price",
    "after.shares": "Total Shares",
    "after.percent": "% of issued shared",
}
"""The header, the misspelt word included."""
_HEADER = list(COLUMNS.values())
_FIGURES = ("trades.code", "trades.shares", "trades.price", "after.shares", "after.percent")
_CITES = ("rows of the register's list by date of event, collected as CSV without serial numbers",)
_DOUBT = (
    "in a collection that others keep, without serial numbers; since when it was public is not told;"
    " the position of the code not told, taken for that of the shares"
)
_MOST_ROWS = 200_000
_CODE = re.compile(r"[0-9]{3,5}", re.ASCII)
_ONE = re.compile(r"[^()\s]+\([LSP]\)")


def fits(data: bytes) -> bool:
    """True for a table with this header."""
    start = data[:400].decode("utf-8-sig", "replace").lstrip().splitlines()
    try:
        return bool(start) and next(csv.reader(start[:1]), []) == _HEADER
    except csv.Error:
        return False


def boxes() -> dict[str, Box]:
    """Its columns, to cite by."""
    found = {}
    for path, column in COLUMNS.items():
        prefix, _, name = path.partition(".")
        paths = [f"{prefix}.{token}.{name}" for token in TOKENS.values()] if prefix in ("trades", "after") else [path]
        found.update({p: Box(path=p, element=f"column {column}", label=column) for p in paths})
    return found


def lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, numbered from 1 as lines of text (the header is row 1). Raises ValueError, csv.Error."""
    number = 0
    for cells in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True):
        if cells:
            number += 1
            yield number, cells


def read(data: bytes, problems: list[Problem]) -> Iterator[Read[Notice]]:
    """Each whole row as a notice."""
    try:
        for number, cells in lines(data):
            if number > _MOST_ROWS:
                message = f"more than {_MOST_ROWS:,} rows: not read from here on"
                problems.append(Problem(severity=Severity.INPUT, where=f"row {number}", found="", message=message))
                return
            if number == 1:
                continue
            found = _notice(number, cells, problems)
            if found is not None:
                yield Read(found, f"row {number}")
    except (ValueError, csv.Error) as error:
        message = f"cannot be read on: {error}"
        problems.append(Problem(severity=Severity.INPUT, where="document", found="", message=message))


def _notice(number: int, cells: list[str], problems: list[Problem]) -> Notice | None:
    if cells == _HEADER:
        problems.append(_problem(Severity.NOTE, number, cells, "the header again: no row"))
        return None
    texts = dict(zip(COLUMNS, (" ".join(c.split()) for c in cells), strict=False))
    why = _broken(cells, texts)
    if why:
        problems.append(_problem(Severity.INPUT, number, cells, why))
        return None
    row = Line(number, texts, lambda n, path: f"row {n}, column {COLUMNS[path]}")
    day = values.day(texts["event_date"], row.where("event_date"))
    of = issuer("", texts["issuer_name"])
    if of is None or not isinstance(day, date):
        problems.append(_problem(Severity.INPUT, number, cells, "the date is no day written dd/mm/yyyy"))
        return None
    # The collection dropped the letter behind the code: it is that of the shares, else of the total.
    letter = (texts["trades.shares"] or texts["after.shares"])[-3:]
    row.texts["trades.code"] += letter
    return Notice(
        regime="hk",
        form=FORM,
        issuer_code=of.code,
        issuer_name=of.name,
        share_class=class_in_name(of.name or ""),
        holder=Holder(name=texts["holder.name"]),
        event_date=day,
        trades=trades(row, "", problems),
        after=positions(row, "after", problems),
        confidence="medium",
        doubt=_DOUBT,
        cites=_CITES,
    )


def _broken(cells: list[str], texts: dict[str, str]) -> str | None:
    """Why a row is no whole row, or None."""
    if len(cells) != len(_HEADER):
        return f"{len(cells)} cells where the header has {len(_HEADER)}"
    if not texts["event_date"] and not any(texts[path] for path in _FIGURES):
        return "neither a date nor a figure: a notice of an associated corporation or of debentures, or lost"
    names = (texts["issuer_name"], texts["holder.name"])
    if not texts["event_date"] or not all(names) or max(map(len, names)) > LONGEST_NAME:
        return "no date, no corporation or no shareholder"
    if not _CODE.fullmatch(texts["trades.code"]):
        return "the column Code holds no code: the collection mixed up the cells of a row with several positions"
    if not _ONE.fullmatch(texts["trades.shares"] or texts["after.shares"]):
        return "not one position: which of them the code belongs to is lost"
    return None


def _problem(severity: Severity, number: int, cells: list[str], message: str) -> Problem:
    return Problem(severity=severity, where=f"row {number}", found=printable(" | ".join(cells)), message=message)
