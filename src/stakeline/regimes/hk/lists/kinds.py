"""The kinds of list that the register has, and which of them a table is: by the words of its headers alone."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from stakeline.model.law import Box
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.regimes.hk.tables import TOKENS

_DEBENTURES = {
    "currency": "trades.long.currency",
    "amount": "trades.long.amount",
    "trades.code": "trades.long.code",
    "trades.price": "trades.long.price",
    "before.shares": "debentures.before",
    "after.shares": "debentures.after",
}
"""Where a notice keeps what the columns of the daily summary of debentures tell."""
_LONGEST_HEADER = 4
"""Rows that captions and headers may take. Daily summaries have two rows of headers below a caption at most."""
_MOST_COLUMNS = 40
_LONGEST_WORDS = 200


class Column(msgspec.Struct, frozen=True):
    """One column and the words its header is known by: any of these, each a set of words that all stand there."""

    path: str
    label: str
    headers: tuple[tuple[str, ...], ...]

    def fits(self, header: str) -> bool:
        """True where the header, in lower case, is this column's."""
        return any(all(word in header for word in words) for words in self.headers)


class Kind(msgspec.Struct, frozen=True):
    """One kind of list. form: as in `Notice.form`. columns: their paths in the order of the page."""

    form: str
    name: str
    columns: tuple[str, ...]
    optional: frozenset[str]
    pages: tuple[str, ...]
    titles: tuple[str, ...]


class Headed(msgspec.Struct, frozen=True):
    """A table of a known kind.

    at: where each column stands, from 1. width: cells of a whole row. rows: below the header. unknown: headers of columns
    that we do not know, each with its place.
    """

    kind: Kind
    at: dict[str, int]
    width: int
    rows: list[list[html.Cell]]
    unknown: tuple[tuple[int, str], ...]


class _Lists(msgspec.Struct, frozen=True):
    columns: tuple[Column, ...]
    kinds: tuple[Kind, ...]
    headings: dict[str, tuple[str, str]]


@cache
def lists() -> _Lists:
    """lists.toml, read once. headings: element and label by path."""
    told = tomllib.loads(files("stakeline.regimes.hk").joinpath("lists.toml").read_text(encoding="utf-8"))
    columns = tuple(_column(c) for c in told["column"])
    paths = {c.path for c in columns}
    kinds = tuple(
        Kind(k["form"], k["name"], tuple(k["columns"]), frozenset(k["optional"]), tuple(k["pages"]), tuple(k["titles"]))
        for k in told["list"]
    )
    for kind in kinds:
        if unknown := {*kind.columns, *kind.optional} - paths:
            raise ValueError(f"lists.toml: {kind.form} has unknown columns {', '.join(sorted(unknown))}")
    return _Lists(columns, kinds, {h["path"]: (h["element"], h["label"]) for h in told["heading"]})


def boxes() -> dict[str, dict[str, Box]]:
    """For each kind of list its columns and headings, to cite by."""
    return {kind.form: {box.path: box for box in _boxes(kind)} for kind in lists().kinds}


def headed(node: html.Element, title: str, page: str) -> Headed | Problem:
    """What kind of list a table is, with its rows; or which columns it lacks.

    title, page: the page's heading and the name of the page, which decide only between kinds with the same columns.
    """
    table = html.table(node)
    rows = html.rows(table) if table is not None else []
    first, height = _header_rows(rows)
    header = _flat(rows[first : first + height])
    found = _kind(tuple(header), title[:_LONGEST_WORDS], page)
    if isinstance(found, Problem):
        return found
    kind, at, unknown = found
    return Headed(kind, at, len(header), rows[first + height :], unknown)


@lru_cache(maxsize=64)
def _kind(
    header: tuple[str, ...], title: str, page: str
) -> tuple[Kind, dict[str, int], tuple[tuple[int, str], ...]] | Problem:
    """The kind that all needed columns are there of, most columns of all such; where its columns stand; what is left.

    The pages of a register have a few headers by the thousand, so what was found for one is kept.
    """
    placed = [(k, *_placed(header, k)) for k in lists().kinds]
    fitting = [c for c in placed if not _missing(*c[:2]) and not _foreign(c[2])]
    if fitting:
        kind, at, unknown = max(fitting, key=lambda c: (len(c[1]), _told(c[0], title, page)))
        return kind, at, tuple(unknown)
    kind, at, _ = min(placed, key=lambda c: (len(_missing(*c[:2])), not _told(c[0], title, page)))
    labels = {c.path: c.label for c in lists().columns}
    lacking = ", ".join(labels[path] for path in _missing(kind, at))
    message = f"a list that we do not know; the nearest ({kind.name}) would have a column for {lacking}"
    return Problem(severity=Severity.INPUT, where="header", found=printable(" | ".join(header)), message=message)


def _missing(kind: Kind, at: dict[str, int]) -> list[str]:
    return [path for path in kind.columns if path not in at and path not in kind.optional]


def _foreign(unknown: Sequence[tuple[int, str]]) -> bool:
    """True where a column tells of events, which a kind without one would lose: a list of balances has none."""
    events = [c for c in lists().columns if c.path.startswith("trades.")]
    return any(c.fits(told.casefold()) for _, told in unknown for c in events)


def _told(kind: Kind, title: str, page: str) -> bool:
    """True where the page calls itself this kind."""
    return page in kind.pages or any(words in title for words in kind.titles)


def _placed(header: Sequence[str], kind: Kind) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Where the kind's columns stand, and the headers that are none of them."""
    wanted = {c.path: c for c in lists().columns if c.path in kind.columns}
    if "trades.shares" not in wanted and "after.shares" in wanted:
        # On lists of balances the shares held may have no further words; elsewhere those would be any count of shares.
        bare = next(c for c in lists().columns if c.path == "shares")
        after = wanted["after.shares"]
        wanted["after.shares"] = msgspec.structs.replace(after, headers=after.headers + bare.headers)
    found: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    for at, told in enumerate(header, 1):
        path = next((p for p, c in wanted.items() if p not in found and c.fits(told.casefold())), None)
        if path is not None:
            found[path] = at
        elif told:
            unknown.append((at, told))
    return found, unknown


def _header_rows(rows: Sequence[Sequence[html.Cell]]) -> tuple[int, int]:
    """Where the header begins and how many rows it takes, by its spans; rows of one cell above it are captions."""
    first = 0
    while first < min(len(rows), _LONGEST_HEADER) and len(rows[first]) <= 1:
        first += 1
    if first >= len(rows):
        return 0, min(len(rows), 1)
    spans = [_span(cell.down) for cell in rows[first]]
    height = max(spans, default=1)
    if height == 1 and any(_span(cell.across) > 1 for cell in rows[first]):
        height = 2
    return first, min(height, _LONGEST_HEADER)


def _flat(rows: Sequence[Sequence[html.Cell]]) -> list[str]:
    """One header for each column: the words above it from all rows of headers, cells that span several taken apart."""
    words: list[dict[int, str]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in words[number]:
                column += 1
            text = html.words(cell.element)[:_LONGEST_WORDS]
            across = min(_span(cell.across), _MOST_COLUMNS)
            down = min(_span(cell.down), len(rows) - number)
            for below in range(number, number + down):
                for beside in range(column, column + across):
                    words[below][beside] = text if below == number else ""
            column += across
            if column > _MOST_COLUMNS:
                break
    width = max((max(w, default=-1) for w in words), default=-1) + 1
    return [" ".join(filter(None, (w.get(n, "") for w in words))) for n in range(width)]


def _span(told: str) -> int:
    return int(told) if 0 < len(told) <= 2 and int(told) else 1


def _boxes(kind: Kind) -> Iterator[Box]:
    labels = {c.path: c.label for c in lists().columns}
    for path, (element, label) in lists().headings.items():
        if path not in kind.columns:
            yield Box(path=path, element=f"#{element}", label=f"heading of the list: {label}")
    for position, path in enumerate(kind.columns, 1):
        element = f"column {position}"
        prefix, _, name = path.partition(".")
        if kind.form == "summary of debentures":
            yield Box(path=_DEBENTURES.get(path, path), element=element, label=labels[path])
            continue
        if prefix not in ("trades", "before", "after"):
            yield Box(path=path, element=element, label=labels[path])
            continue
        for token in TOKENS.values():
            of_leg = element if path == "trades.price" else f"{element}, {token}"
            yield Box(path=f"{prefix}.{token}.{name}", element=of_leg, label=labels[path])


def _column(told: dict[str, Any]) -> Column:
    headers = tuple(tuple(w.split(" & ")) for w in (*told["headers"], *told["chinese"]))
    return Column(told["path"], told["label"], headers)
