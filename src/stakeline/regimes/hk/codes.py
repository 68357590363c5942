"""Codes as they stand in a box or cell, checked against the table."""

import re
from functools import cache

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.regimes.hk.tables import tables
from stakeline.regimes.hk.words import plain

_CODE = re.compile(r"([0-9]{3,5})(?![0-9.,])")
_WHOLE = re.compile(r"[0-9]{4,5}")
_ONE = re.compile(r"([0-9]{3,5})(?: [^0-9]*)?", re.ASCII)


def code_in(node: html.Element, text: str, table: str, form: str, where: str, problems: list[Problem]) -> str | None:
    """The code in a box: bare, before its meaning, or in the first cell of a table inside. None where blank or unread.

    text: the words of the box. Several codes are joined by commas ("2101,2201").
    """
    if not text:
        return None
    # A lone code and its meaning in words is the common case; a box with more figures is taken apart piece by piece.
    if text in _listed(table, form):
        return text
    single = _ONE.fullmatch(text)
    pieces = [single[1]] if single else html.pieces(node)
    first = _CODE.match(plain(pieces[0]))
    if first is None:
        message = "not a code of three to five digits"
        problems.append(
            Problem(severity=Severity.FIELD, where=where, found=printable(" ".join(pieces)), message=message)
        )
        return None
    found = [first[1], *(p for p in map(plain, pieces[1:]) if _WHOLE.fullmatch(p))]
    for code in found:
        check(code, table, form, where, problems)
    return ",".join(found)


def leading_code(text: str) -> str | None:
    """The code at the beginning of a text, or None."""
    match = _CODE.match(plain(text))
    return match[1] if match else None


def check(code: str, table: str, form: str, where: str, problems: list[Problem]) -> None:
    """Say so where a code is not in its table, or not on the list for this form. form: "" where it is not known.

    Of debentures, and of anything but reasons until 2017, nobody's list was found: on those forms no code is odd, and
    its meaning is simply not known.
    """
    if code in _listed(table, form):
        return
    known = tables().codes.get((table, code))
    if _no_list(code, table, form):
        return
    if known is None:
        message = f"not in our table of {table.replace('_', ' ')} codes; kept as filed, its meaning is not known"
    else:
        message = f"a {table.replace('_', ' ')} code that is not on the list for Form {form}; kept as filed"
    problems.append(Problem(severity=Severity.NOTE, where=where, found=code, message=message))


@cache
def _listed(table: str, form: str) -> frozenset[str]:
    """The codes of a table that are on the list for a form."""
    return frozenset(c for (of, c), code in tables().codes.items() if of == table and (not form or form in code.forms))


def _no_list(code: str, table: str, form: str) -> bool:
    """True where a form has a list of such codes and we have none."""
    described = tables().forms.get(form)
    if described is None:
        return False
    return described.debentures or (described.old and table != "reason" and len(code) == len("201"))
