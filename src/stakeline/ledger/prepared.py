"""What one document brings, ready to be written: keys, hashes and rows worked out, in whichever process read the document.

It is the whole of what a load needs of a reading, in strings, numbers and bytes, so that it passes between processes quickly: a
process that reads hands over these, and the one that writes takes them in as they come. Pure, as `entries` is.
"""

import msgspec

from stakeline.archive import Held, Packed
from stakeline.ledger.digest import element_bytes, own_elements, sum_bytes
from stakeline.ledger.entries import entries_of, shard_of
from stakeline.ledger.schema import (
    Value,
    Values,
    fact_row,
    holding_rows,
    notice_row,
    portfolio_row,
    position_columns,
    problem_rows,
    sighting_rows,
)
from stakeline.model.facts import Fact
from stakeline.model.notices import Notice
from stakeline.model.portfolios import Portfolio
from stakeline.model.rows import Reading

_NO_LOAD = ""
"""The load of a row that is not known yet: the writer names it, the same for every row."""


class PreparedRow(msgspec.Struct, frozen=True, array_like=True):
    """One notice, fact or portfolio. element: its part of the digest's sum.

    row: as `schema` makes it of its kind. beside: of a notice, its rows of `holdings`; positions: of a portfolio, its table as columns.
    """

    key: str
    shard: str
    element: bytes
    row: Values
    beside: tuple[Values, ...] = ()
    positions: dict[str, list[Value]] | None = None


class Counted(msgspec.Struct, frozen=True, array_like=True):
    """A document and what was found in it. inputs = rows read + quarantined."""

    held: Held
    reader: str | None
    inputs: int
    quarantined: int


class Prepared(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """One document, read. rows: by kind, each key once. own: what only it can bring, in the digest's sum."""

    document: Counted
    packed: Packed
    rows: dict[str, list[PreparedRow]]
    sightings: list[Values]
    problems: list[Values]
    own: bytes


class Known(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A document that the ledger has already: it is not read again."""

    sha256: str
    name: str


def prepare(packed: Packed, reading: Reading) -> Prepared:
    """A document as it was read, ready to be written. Its bytes are not needed any more: a large one can be let go before."""
    entries = entries_of(packed.held, reading)
    rows: dict[str, list[PreparedRow]] = {}
    for kind, kept in entries.rows.items():
        if kept:
            rows[kind] = [_row(kind, key, one.body, one.canonical) for key, one in kept.items()]
    return Prepared(
        document=Counted(packed.held, reading.reader, reading.inputs, entries.quarantined),
        packed=packed,
        rows=rows,
        sightings=list(sighting_rows(entries, _NO_LOAD)),
        problems=list(problem_rows(entries, _NO_LOAD)),
        own=sum_bytes(own_elements(entries)),
    )


def _row(kind: str, key: str, body: Notice | Fact | Portfolio, canonical: bytes) -> PreparedRow:
    shard, element = shard_of(body.subject), element_bytes(kind, canonical)
    if isinstance(body, Notice):
        row, beside = notice_row(key, body, canonical, _NO_LOAD), tuple(holding_rows(key, body, _NO_LOAD))
        return PreparedRow(key, shard, element, row, beside)
    if isinstance(body, Fact):
        return PreparedRow(key, shard, element, fact_row(key, body, canonical, _NO_LOAD))
    row, positions = portfolio_row(key, body, canonical, _NO_LOAD), position_columns(key, body, _NO_LOAD)
    return PreparedRow(key, shard, element, row, positions=positions)
