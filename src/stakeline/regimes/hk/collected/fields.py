"""Fields of a collected row: texts, literals and nulls, to what a notice holds."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from stakeline.model.notices import Absent, Amount
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import values
from stakeline.regimes.hk.collected.literals import Literal
from stakeline.regimes.hk.lists.rows import LONGEST_NAME

CENT = Decimal("0.01")
"""The register prints percentages to two places; a number in JSON has lost its zeros at the end."""
_DAY = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})-([0-9]{2})")


class Fields:
    """One object of a collection.

    place: where it stands ("companies/00308/records/2"). Values of another type than asked for are problems, once each.
    Asking for a key marks it as known; `left` names the keys that nobody asked for.
    """

    def __init__(self, told: Mapping[str, Any], place: str, problems: list[Problem]) -> None:
        self.place = place
        self._told = told
        self._problems = problems
        self._asked: set[str] = set()

    def where(self, key: str) -> str:
        """How problems and citations name a field."""
        return f"{self.place}, {key}" if self.place else key

    def aside(self, *keys: str) -> None:
        """Keys that are known and not read."""
        self._asked.update(keys)

    def left(self) -> list[str]:
        """Keys that are not known."""
        return [k for k in self._told if k not in self._asked]

    def get(self, key: str) -> Any:
        """What stands there, whatever it is; None where nothing does."""
        self._asked.add(key)
        return self._told.get(key)

    def text(self, key: str) -> str:
        """Words, white space collapsed; "" where there are none or something else stands there."""
        told = self.get(key)
        if told is None:
            return ""
        if not isinstance(told, str) or isinstance(told, Literal) or len(told) > LONGEST_NAME:
            self.problem(key, f"not words of at most {LONGEST_NAME:,} characters")
            return ""
        return printable_words(told)

    def day(self, key: str) -> date | None:
        """A day written 2026-01-20 or 20/01/2026."""
        text = self.text(key)
        match = _DAY.fullmatch(text)
        found = values.day(f"{match[3]}/{match[2]}/{match[1]}" if match else text, self.where(key))
        if isinstance(found, Problem):
            self._problems.append(found)
        return found if isinstance(found, date) else None

    def amount(self, key: str, reader: values.Reader, *, signed: bool = False) -> Amount:
        """A number as written, None where null. signed: a minus sign before it is left out."""
        told = self.get(key)
        if told is None:
            return None
        if not isinstance(told, Literal):
            self.problem(key, "not a number")
            return Absent.UNREADABLE
        found = reader(told.removeprefix("-") if signed else told, self.where(key))
        if isinstance(found, Problem):
            self._problems.append(found)
            return Absent.UNREADABLE
        return found

    def percent(self, key: str) -> Amount:
        """A percentage of the register, which is printed to two places."""
        found = self.amount(key, values.percent)
        if isinstance(found, Number) and found.unit is not None and found.unit > CENT:
            return Number(found.value, CENT)
        return found

    def problem(self, key: str, message: str, severity: Severity = Severity.FIELD) -> None:
        """Say what is wrong with a field."""
        found = printable(str(self._told.get(key, "")))
        self._problems.append(Problem(severity=severity, where=self.where(key), found=found, message=message))


def printable_words(text: str) -> str:
    """Words without what prints nothing, white space collapsed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def unknown(left: Mapping[str, str]) -> list[Problem]:
    """A note for each key that no reader knows, with the first place where it stands."""
    message = "a field that we do not know: it is not read"
    return [
        Problem(severity=Severity.NOTE, where=where, found=printable(key), message=message)
        for key, where in left.items()
    ]
