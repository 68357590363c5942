"""JSON put to a struct: every key and value is one that the struct knows, or the text says which is not and where.

`msgspec` alone would take 5.0 for a decimal, an empty list for a list and "5e3" for a figure; here a decimal is a JSON string of digits,
a count a string of digits, and nothing may be null or empty that is not allowed to be. Checks are built once for a struct
and cost a few lookups a key.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

import msgspec
from msgspec import inspect

from stakeline.model.errors import UsageError
from stakeline.model.problems import quote

Check: TypeAlias = Callable[[Any], None]
"""Raises _Wrong where a value is not allowed."""

_LONGEST_FIGURE = 100
"""Characters. No count of shares and no percentage needs more; a million digits would cost minutes."""
_YEARS = range(1800, 3000)
"""Years that we reckon with: a deadline after the last day of all calendars could not be written down."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Text(msgspec.Struct, frozen=True):
    """What a string must look like. pattern: of the whole string. words: the same for a reader."""

    pattern: re.Pattern[str]
    words: str


DECIMAL = Text(re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?"), 'a decimal as a JSON string such as "5.00"')
COUNT = Text(re.compile(r"0|[1-9][0-9]*"), 'a count as a JSON string of digits such as "2000"')
_SOMETHING = Text(re.compile(r".+", re.DOTALL), "a string that is not empty")
_ANYTHING = Text(re.compile(r".*", re.DOTALL), "a string")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What the types of a struct do not say. Places are written "Struct.key".

    texts: what a string must look like (any other: not empty). blank: strings that may be empty. integers: JSON integers, and the
    least of each (other whole numbers are counts). empty: lists that may be. unique: lists without repeats. nullable:
    may be null. keys: of a mapping. least: how many keys a struct needs. needed: keys that the struct has a default for
    and the format has not. rules: what is wrong with the keys of a struct together, or None.
    """

    texts: Mapping[str, Text]
    blank: frozenset[str] = frozenset()
    integers: Mapping[str, int | None] = {}
    empty: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()
    nullable: frozenset[str] = frozenset()
    keys: Mapping[str, Text] = {}
    least: Mapping[str, int] = {}
    needed: Mapping[str, tuple[str, ...]] = {}
    rules: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {}


class _Wrong(Exception):
    """What is not allowed; `path` grows from the inside out."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.path: list[str] = []


def loads(text: str | bytes) -> object:
    """The value that a JSON text is. Raises UsageError: no JSON, a key that stands twice, NaN, nested too deep."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise UsageError("no JSON that we read: nested too deep") from None
    except ValueError as error:  # also of bytes that are no UTF-8, and of whole numbers of thousands of digits
        raise UsageError(f"no JSON: {quote(str(error))}") from None


def checked(told: object, check: Check, where: str) -> None:
    """Raises UsageError: the place ("given.event.type"), what stands there and what may."""
    try:
        check(told)
    except _Wrong as wrong:
        place = quote(".".join((where, *reversed(wrong.path))).replace(".[", "[").lstrip("."))
        raise UsageError(f"{place}: {wrong.what}" if place else wrong.what) from None


def check_of(kind: type[msgspec.Struct], limits: Limits) -> Check:
    """The check of a struct and of all that it contains."""
    return _value(inspect.type_info(kind), kind.__name__, limits)


def _value(info: inspect.Type, place: str, limits: Limits) -> Check:  # noqa: PLR0911 - one line for each type
    match info:
        case inspect.UnionType():
            return _union(info, place, limits)
        case inspect.StructType():
            return _object(info, limits)
        case inspect.DictType():
            return _mapping(_value(info.value_type, place, limits), limits.keys[place])
        case inspect.VarTupleType():
            return _list(_value(info.item_type, place, limits), place, limits)
        case inspect.LiteralType():
            return _one_of(tuple(map(str, info.values)))
        case inspect.BoolType():
            return _boolean
        case inspect.DateType():
            return _day
        case inspect.DecimalType():
            return _text(DECIMAL, _LONGEST_FIGURE)
        case inspect.IntType():
            return _integer(limits.integers[place]) if place in limits.integers else _text(COUNT, _LONGEST_FIGURE)
        case _:
            return _text(limits.texts.get(place, _ANYTHING if place in limits.blank else _SOMETHING))


def _union(info: inspect.UnionType, place: str, limits: Limits) -> Check:
    """One type, which may be absent, and null where the limits allow it; or a string or a struct."""
    types = [one for one in info.types if not isinstance(one, inspect.NoneType)]
    checks = [_value(one, place, limits) for one in types]
    if len(checks) == 1:
        only = checks[0]
        return _or_null(only) if place in limits.nullable else only
    struct = next(check for one, check in zip(types, checks, strict=True) if isinstance(one, inspect.StructType))
    other = next(check for check in checks if check is not struct)

    def check(told: Any) -> None:
        (struct if isinstance(told, dict) else other)(told)

    return check


def _or_null(check: Check) -> Check:
    def checked_or_null(told: Any) -> None:
        if told is not None:
            check(told)

    return checked_or_null


def _object(info: inspect.StructType, limits: Limits) -> Check:
    name = info.cls.__name__
    checks = {f.encode_name: _value(f.type, f"{name}.{f.encode_name}", limits) for f in info.fields}
    needed = (*(f.encode_name for f in info.fields if f.required), *limits.needed.get(name, ()))
    least, rule = limits.least.get(name, 0), limits.rules.get(name)

    def check(told: Any) -> None:
        if not isinstance(told, dict):
            raise _Wrong(f"{_found(told)} is no JSON object")
        for key, value in told.items():
            one = checks.get(key)
            if one is None:
                raise _Wrong(f"the key {_found(key)} is not understood; there are: {', '.join(checks)}")
            try:
                one(value)
            except _Wrong as wrong:
                wrong.path.append(key)
                raise
        for key in needed:
            if key not in told:
                raise _Wrong(f"the key {key!r} is missing")
        if len(told) < least:
            raise _Wrong(f"needs at least {least} of the keys {', '.join(checks)}")
        if rule is not None and (what := rule(told)) is not None:
            raise _Wrong(what)

    return check


def _mapping(check_one: Check, keys: Text) -> Check:
    def check(told: Any) -> None:
        if not isinstance(told, dict) or not told:
            raise _Wrong(f"{_found(told)} is no JSON object with at least one key")
        for key, value in told.items():
            if not keys.pattern.fullmatch(key):
                raise _Wrong(f"the key {_found(key)} is not {keys.words}")
            try:
                check_one(value)
            except _Wrong as wrong:
                wrong.path.append(key)
                raise

    return check


def _list(check_one: Check, place: str, limits: Limits) -> Check:
    may_be_empty, unique = place in limits.empty, place in limits.unique

    def check(told: Any) -> None:
        if not isinstance(told, list):
            raise _Wrong(f"{_found(told)} is no list")
        if not told and not may_be_empty:
            raise _Wrong("an empty list; leave the key out instead")
        for at, value in enumerate(told):
            try:
                check_one(value)
            except _Wrong as wrong:
                wrong.path.append(f"[{at}]")
                raise
        if unique and len(set(told)) != len(told):
            raise _Wrong("a value stands in the list twice")

    return check


def _one_of(values: tuple[str, ...]) -> Check:
    allowed = frozenset(values)

    def check(told: Any) -> None:
        if not isinstance(told, str) or told not in allowed:
            raise _Wrong(f"{_found(told)} is not understood; there are: {', '.join(values)}")

    return check


def _text(form: Text, longest: int | None = None) -> Check:
    matches = form.pattern.fullmatch

    def check(told: Any) -> None:
        if not isinstance(told, str) or not matches(told):
            raise _Wrong(f"{_found(told)} is not {form.words}")
        if longest is not None and len(told) > longest:
            raise _Wrong(f"{_found(told)} has more than {longest} characters")

    return check


def _integer(least: int | None) -> Check:
    def check(told: Any) -> None:
        if not isinstance(told, int) or isinstance(told, bool):
            raise _Wrong(f"{_found(told)} is no JSON integer")
        if least is not None and told < least:
            raise _Wrong(f"{told} is less than {least}")

    return check


def _boolean(told: Any) -> None:
    if not isinstance(told, bool):
        raise _Wrong(f"{_found(told)} is neither true nor false")


def _day(told: Any) -> None:
    if not isinstance(told, str) or not _DAY.fullmatch(told):
        raise _Wrong(f"{_found(told)} is not a day such as 2025-03-11")
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise _Wrong(f"{_found(told)} is no day of the calendar") from None
    if day.year not in _YEARS:
        raise _Wrong(f"{_found(told)} is outside the years {_YEARS[0]} to {_YEARS[-1]}")


def _found(told: object) -> str:
    """A value as it stood in the JSON, cut for print."""
    return quote(json.dumps(told, ensure_ascii=False, default=str))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return told


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
