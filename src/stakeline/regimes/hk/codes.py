"""Codes as they stand in a box or cell, checked against the table."""

import re
from typing import TYPE_CHECKING

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.regimes.hk.tables import tables

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CODE = re.compile(r"([0-9]{3,5})(?![0-9.,])")
_WHOLE = re.compile(r"[0-9]{4,5}")


def code_in(node: "LexborNode", table: str, form: str, where: str, problems: list[Problem]) -> str | None:
    """The code in a box: bare, before its meaning, or in the first cell of a table inside. None where blank or unread.

    Several codes are joined by commas ("2101,2201").
    """
    pieces = html.pieces(node)
    if not pieces:
        return None
    first = _CODE.match(pieces[0])
    if first is None:
        message = "not a code of three to five digits"
        problems.append(
            Problem(severity=Severity.FIELD, where=where, found=printable(" ".join(pieces)), message=message)
        )
        return None
    found = [first[1], *(p for p in pieces[1:] if _WHOLE.fullmatch(p))]
    for code in found:
        check(code, table, form, where, problems)
    return ",".join(found)


def leading_code(text: str) -> str | None:
    """The code at the beginning of a text, or None."""
    match = _CODE.match(text)
    return match[1] if match else None


def check(code: str, table: str, form: str, where: str, problems: list[Problem]) -> None:
    """Say so where a code is not in its table, or not on the list for this form. form: "" where it is not known."""
    known = tables().codes.get((table, code))
    if known is not None and (not form or form in known.forms):
        return
    if known is None:
        message = f"not in our table of {table.replace('_', ' ')} codes; kept as filed, its meaning is not known"
    else:
        message = f"a {table.replace('_', ' ')} code that is not on the list for Form {form}; kept as filed"
    problems.append(Problem(severity=Severity.NOTE, where=where, found=code, message=message))
