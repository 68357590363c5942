"""JSON from anyone, read strictly: numbers as they are written, keys once, sizes bounded."""

import json
from typing import Any

from stakeline.model.problems import Problem, Severity

LARGEST = 16_000_000
"""Bytes. The largest collection seen has 63,420."""
MOST_PARTS = 400_000
"""Objects and lists together; each costs a parser far more memory than its two bytes."""


class Literal(str):
    """A number as it is written in the document. It is never made a float."""

    __slots__ = ()


class _Refused(ValueError):
    pass


def parsed(data: bytes) -> Any:
    """The document's objects, lists, texts, literals and nulls; or a `Problem` that says why it cannot be read."""
    if len(data) > LARGEST or data.count(b"{") + data.count(b"[") > MOST_PARTS:
        return _problem(f"{len(data):,} bytes", "larger than any collection of notices that we know: not read")
    try:
        text = data.decode("utf-8-sig")
        return json.loads(
            text, parse_float=Literal, parse_int=Literal, parse_constant=_constant, object_pairs_hook=_once
        )
    except RecursionError:
        return _problem("", "lists within lists by the hundred: not read")
    except ValueError as error:  # no JSON, no UTF-8, or refused below
        return _problem("", f"cannot be read as JSON: {error}")


def _constant(name: str) -> Any:
    raise _Refused(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, if no key stands in it twice: of two, one would be lost."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [k for k, _ in pairs]
        raise _Refused(f"the key {next(k for k in keys if keys.count(k) > 1)!r} stands twice in one object")
    return found


def _problem(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="document", found=found, message=message)
