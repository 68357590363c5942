"""CUSIP numbers: their check digit (ANSI X9.6), and what filers write where there is none."""

import re
from functools import lru_cache

from stakeline.model.problems import Problem, Severity, quote

_FORM = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_NONE = re.compile(r"0{6,9}|9{9}|N/?A\.?|NONE\.?|NOT APPLICABLE\.?|X{9}|-+")
_SPECIAL = {"*": 36, "@": 37, "#": 38}


def check_digit(base: str) -> int:
    """The ninth character that belongs to the first eight, in capitals."""
    total = 0
    for at, sign in enumerate(base):
        number = _SPECIAL.get(sign) or int(sign, 36)
        total += sum(divmod(number * (1 + at % 2), 10))
    return -total % 10


def cusip(told: str, where: str, problems: list[Problem]) -> str | None:
    """The number in capitals without blanks and dashes; None where there is none. One that cannot be is kept, with a problem."""
    found, wrong = _checked(told)
    if wrong is not None:
        message = f"{wrong}; kept as filed"
        problems.append(Problem(severity=Severity.NOTE, where=where, found=quote(told), message=message))
    return found


@lru_cache(4096)
def _checked(told: str) -> tuple[str | None, str | None]:
    """The number, and what is wrong with it."""
    found = re.sub(r"[\s-]+", "", told).upper()
    if not found or _NONE.fullmatch(told.strip().upper()) or _NONE.fullmatch(found):
        return None, None
    wrong = None
    if _FORM.fullmatch(found) is None:
        wrong = "not a CUSIP of nine letters and digits"
    elif check_digit(found[:8]) != int(found[8]):
        wrong = f"a CUSIP with a wrong check digit: {check_digit(found[:8])} belongs to its first eight signs"
    return found, wrong
