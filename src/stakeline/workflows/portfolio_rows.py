"""A portfolio as a table: each row one position, filing, event or fact, put together as the JSON of `portfolios`.

The column `row` says what a row is; blank is a position. A blank cell is not told. Columns have the names of the vocabulary;
the id of a person stands in `holder`, what an event is in `event`. A position's row may also tell the capital and the event of its day.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import inspect

from stakeline.model.errors import UsageError
from stakeline.model.problems import quote
from stakeline.model.situations import (
    Basket,
    CalendarFacts,
    Capital,
    Filing,
    Holding,
    Investor,
    IssuerFacts,
    Occurrence,
    Related,
    ShareClass,
)
from stakeline.workflows.strict import Check, Limits, check_of, checked

_MOST = 50
"""Errors that are listed; the rest is counted."""
_STRUCTS: Final[dict[str, type[msgspec.Struct]]] = {
    "position": Holding,
    "filing": Filing,
    "event": Occurrence,
    "capital": Capital,
    "investor": Investor,
    "related": Related,
    "class": ShareClass,
    "issuer": IssuerFacts,
    "calendar": CalendarFacts,
}
_NESTED = {"basket", "classes", "capital", "related"}
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+")
_CAPITAL = frozenset(Capital.__struct_fields__) - {"date", "share_class"}
_EVENT = frozenset(Occurrence.__struct_fields__) - {"type", "date", "issuer"}
_INTEGERS = frozenset(("exercisable_in_days", "basket_companies"))
_BASKET = {f"basket_{key}": key for key in Basket.__struct_fields__}


def _fields(kind: type[msgspec.Struct]) -> dict[str, inspect.Type]:
    """The keys of a struct that a cell can hold, with their types."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)  # noqa: S101 - for the type checker: it is a struct
    return {field.encode_name: field.type for field in info.fields if field.encode_name not in _NESTED}


def _named(kind: str, key: str) -> str:
    """The column of a key."""
    if key == "id":
        return "holder"
    return "event" if (kind, key) == ("event", "type") else key


_COLUMNS: Final = {
    kind: {_named(kind, key): (key, of) for key, of in _fields(struct).items()} for kind, struct in _STRUCTS.items()
}
_COLUMNS["class"]["class"] = ("class", inspect.StrType())
for _key in _EVENT | {"event"}:
    _COLUMNS["position"].setdefault(_key, _COLUMNS["event"][_key])
for _key in _CAPITAL:
    _COLUMNS["position"][_key] = _COLUMNS["capital"][_key]
_COLUMNS["position"] |= {name: (name, of) for name, key in _BASKET.items() for of in [_fields(Basket)[key]]}
COLUMNS: Final = (
    "row",
    "security",
    "regime",
    *dict.fromkeys(name for columns in _COLUMNS.values() for name in columns),
)
"""Every column that there may be."""


class _Rows:
    """What the rows came to so far: the file's facts, and each security's."""

    def __init__(self, limits: Limits) -> None:
        self.file: dict[str, Any] = {}
        self.parts: dict[str, dict[str, Any]] = {}
        self.wrong: list[str] = []
        self.checks: dict[str, Check] = {kind: check_of(struct, limits) for kind, struct in _STRUCTS.items()}

    def part(self, security: str) -> dict[str, Any]:
        return self.parts.setdefault(security, {})

    def error(self, line: int, text: str) -> None:
        self.wrong.append(f"line {line}: {text}")


def tables(data: bytes, limits: Limits) -> dict[str, Any]:
    """The JSON value that a CSV file tells. Raises UsageError with every bad row, its line and its column."""
    rows = _Rows(limits)
    lines = _lines(data)
    header_line, header = next(lines, (0, []))
    names = [name.strip() for name in header]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not names:
        raise UsageError(
            f"line {header_line}: no column is called {quote(unknown[0]) if unknown else ''!r}; there are: {', '.join(COLUMNS)}"
        )
    if len(set(names)) != len(names):
        raise UsageError(f"line {header_line}: a column stands twice")
    for line, cells in lines:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            rows.error(line, f"has {len(cells)} cells, the header has {len(names)}")
            continue
        told = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
        if told:
            _row(told, line, rows)
    if rows.wrong:
        more = f"\n  and {len(rows.wrong) - _MOST} more" if len(rows.wrong) > _MOST else ""
        raise UsageError(
            f"the table has {len(rows.wrong)} error{'' if len(rows.wrong) == 1 else 's'}:\n  "
            + "\n  ".join(rows.wrong[:_MOST])
            + more
        )
    return _whole(rows)


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with their line; lines that begin with # are notes. Raises UsageError: no UTF-8, no CSV."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"no UTF-8 text: byte {error.start:,}") from None
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for cells in reader:
            if cells and not cells[0].startswith("#"):
                yield reader.line_num, cells
    except csv.Error as error:
        raise UsageError(f"line {reader.line_num}: no CSV: {error}") from None


def _row(told: dict[str, str], line: int, rows: _Rows) -> None:
    """Put one row where it belongs, or say what is wrong with it."""
    kind = told.pop("row", "position")
    security, regime = told.pop("security", ""), told.pop("regime", "")
    columns = _COLUMNS.get(kind)
    if columns is None:
        rows.error(line, f"column row: {quote(kind)!r} is not understood; there are: {', '.join(_COLUMNS)}")
        return
    strange = [name for name in told if name not in columns]
    for name in strange:
        rows.error(line, f"column {name}: a {kind} has none; leave the cell blank")
    values = {
        "event" if name == "event" else columns[name][0]: _value(name, cell, columns[name][1])
        for name, cell in told.items()
        if name not in strange
    }
    part = rows.part(security)
    if regime:
        part["regime"] = list(dict.fromkeys((*part.get("regime", ()), *_split(regime))))
    _PLACES.get(kind, _listed)(kind, values, line, rows, part)


def _value(name: str, cell: str, of: inspect.Type) -> Any:
    """A cell as its column's type asks; what does not fit stays text and is refused by the check of the type."""
    if name in _INTEGERS and len(cell) < 10 and cell.isdecimal():
        return int(cell)
    types = [t for t in of.types if not isinstance(t, inspect.NoneType)] if isinstance(of, inspect.UnionType) else [of]
    match types[0]:
        case inspect.BoolType():
            return {"true": True, "false": False}.get(cell.lower(), cell)
        case inspect.VarTupleType():
            return _split(cell)
        case inspect.IntType() if _GROUPED.fullmatch(cell):
            return cell.replace(",", "")
        case _:
            return cell


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _good(kind: str, values: dict[str, Any], line: int, rows: _Rows) -> bool:
    """Whether a row's values are all allowed; every one that is not is listed."""
    values, good = dict(values), True
    while True:
        try:
            checked(values, rows.checks[kind], "")
        except UsageError as error:
            column, _, what = str(error).partition(": ")
            key = column.partition("[")[0]
            if key not in values:
                if good:  # what is needed beside a cell that was refused is not known
                    rows.error(line, str(error).replace("the key", "the column"))
                return False
            rows.error(line, f"column {_named(kind, key)}: {what.replace(' as a JSON string', '')}")
            del values[key]
            good = False
        else:
            return good


def _listed(kind: str, values: dict[str, Any], line: int, rows: _Rows, part: dict[str, Any]) -> None:
    """A row that is one entry of a list."""
    values = {("type" if (kind, key) == ("event", "event") else key): value for key, value in values.items()}
    if _good(kind, values, line, rows):
        place = {"filing": "filings", "event": "events", "related": "related"}[kind]
        (rows.file if kind == "related" else part).setdefault(place, []).append(values)


def _position(kind: str, values: dict[str, Any], line: int, rows: _Rows, part: dict[str, Any]) -> None:
    """A position, with the capital and the event of its day where its row tells them."""
    basket = {key: values.pop(name) for name, key in _BASKET.items() if name in values}
    if basket:
        values["basket"] = basket
    capital = {key: values.pop(key) for key in _CAPITAL & set(values)}
    event = {key: values.pop(key) for key in (_EVENT | {"event"}) & set(values)}
    day = {key: values[key] for key in ("date",) if key in values}
    if _good(kind, values, line, rows):
        part.setdefault("positions", []).append(values)
    if capital:
        named = {"class": values["class"]} if "class" in values else {}
        _capital("capital", {**day, **named, **capital}, line, rows, part)
    if event and "event" not in event:
        rows.error(line, f"column {next(iter(event))}: belongs to an event; the column event is blank")
    elif event:
        happened = {**day, "type": event.pop("event"), **event}
        if happened not in part.get("events", ()):
            _listed("event", happened, line, rows, part)


def _capital(kind: str, values: dict[str, Any], line: int, rows: _Rows, part: dict[str, Any]) -> None:
    """Denominators: a new entry where they differ from the last of the class."""
    if not _good(kind, values, line, rows):
        return
    told = part.setdefault("issuer", {}).setdefault("capital", [])
    last: dict[str, Any] = next((c for c in reversed(told) if c.get("class") == values.get("class")), {})
    if {**last, "date": ""} != {**values, "date": ""}:
        told.append(values)


def _facts(kind: str, values: dict[str, Any], line: int, rows: _Rows, part: dict[str, Any]) -> None:
    """Facts of the investor, the issuer, a class or the calendar."""
    name = values.pop("class", None) if kind == "class" else None
    if not _good(kind, values, line, rows):
        return
    if kind == "class":
        if name is None:
            rows.error(line, "the column 'class' is blank")
            return
        part.setdefault("issuer", {}).setdefault("classes", {})[name] = values
    elif kind == "issuer":
        part.setdefault("issuer", {}).update(values)
    elif kind == "investor" and "investor" in rows.file:
        rows.error(line, "a second investor; other persons are rows of related")
    else:
        rows.file["investor" if kind == "investor" else "calendar_facts"] = values


_PLACES = {
    "position": _position,
    "capital": _capital,
    "investor": _facts,
    "class": _facts,
    "issuer": _facts,
    "calendar": _facts,
}


def _whole(rows: _Rows) -> dict[str, Any]:
    """One value: flat for one security. Without a row of the investor the holder of the first position is meant."""
    file, parts = rows.file, rows.parts
    if "investor" not in file:
        holder = next((line["holder"] for part in parts.values() for line in part.get("positions", ())), None)
        if holder is None:
            raise UsageError("no position, and no row of an investor")
        file["investor"] = {"id": holder}
    named = {name: part for name, part in parts.items() if name}
    common = parts.get("", {})
    if common and named:
        if common.keys() - {"regime"}:
            raise UsageError("some rows name a security and some do not; name it in every row about one")
        for part in named.values():
            part.setdefault("regime", common["regime"])
    if len(named) > 1:
        return {**file, "securities": named}
    for name, part in named.items():
        return {**file, **part, "security": name}
    return {**file, **common}
