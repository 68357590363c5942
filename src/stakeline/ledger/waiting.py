"""Rows of new documents that wait to be written, because a few large files are written and asked faster than many small ones."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from stakeline.ledger.columns import arrow
from stakeline.ledger.prepared import Prepared, PreparedRow
from stakeline.ledger.schema import Value, Values, columns_of

if TYPE_CHECKING:
    from arro3.core import Table

ROWS = ("notices", "facts", "portfolios")
"""The kinds whose rows are kept once, whichever documents they stand in."""

_LONG = 20_000
"""Rows of a table from which on it is written on its own: sorted together with others, it would take ten times its size in memory."""


class Waiting:
    """The rows, by kind, as Arrow tables: a few times smaller than as objects of Python, and what the engine takes.

    read: inputs of the documents that were not quarantined. own: the documents' own part of the digest's sum. size: bytes held.
    elements: of each kind in ROWS the shard of every key, and the row's part of the sum. large: of a portfolio with a long table, by its
    key, the shard and that table as `positions`.
    """

    def __init__(self) -> None:
        self.read = self.own = self.size = 0
        self.elements: dict[str, dict[str, tuple[str, bytes]]] = {kind: {} for kind in ROWS}
        self.tables: dict[str, list[Table]] = defaultdict(list)
        self.large: dict[str, tuple[str, Table]] = {}

    def add(self, documents: Iterable[Prepared]) -> None:
        """Take the rows out of documents. A row that waits already is not taken again; where it was seen is."""
        rows: dict[str, list[Values]] = defaultdict(list)
        positions: dict[str, list[Value]] = {name: [] for name in columns_of("positions")}
        for one in documents:
            self.read += one.document.inputs - one.document.quarantined
            self.own += int.from_bytes(one.own)
            rows["sightings"] += one.sightings
            rows["problems"] += one.problems
            self._sort(one.rows, rows, positions)
        for kind, told in rows.items():
            self._keep(kind, list(zip(*told, strict=True)))
        self._keep("positions", list(positions.values()))

    def _sort(
        self, found: dict[str, list[PreparedRow]], rows: dict[str, list[Values]], positions: dict[str, list[Value]]
    ) -> None:
        """Put the new rows of a document where they belong. A large portfolio is not to stand in memory twice, so they are taken out."""
        while found:
            kind, told = found.popitem()
            waiting = self.elements[kind]
            for row in told:
                if row.key not in waiting:
                    waiting[row.key] = row.shard, row.element
                    rows[kind].append(row.row)
                    rows["holdings"] += row.beside
                    if row.positions and len(row.positions["key"]) >= _LONG:
                        self.large[row.key] = row.shard, self._arrow("positions", list(row.positions.values()))
                    elif row.positions:
                        for name, column in row.positions.items():
                            positions[name] += column

    def keys(self, kind: str) -> tuple[Collection[str], set[str]]:
        """The keys of a kind that wait, and the shards that they belong to."""
        waiting = self.elements[kind]
        return waiting.keys(), {shard for shard, _ in waiting.values()}

    def sum_without(self, kind: str, known: Collection[str]) -> int:
        """The part of the digest's sum of the rows of a kind but for those known."""
        return sum(int.from_bytes(element) for key, (_, element) in self.elements[kind].items() if key not in known)

    def _keep(self, kind: str, columns: Sequence[Sequence[Value]]) -> None:
        if columns and columns[0]:
            self.tables[kind].append(self._arrow(kind, columns))

    def _arrow(self, kind: str, columns: Sequence[Sequence[Value]]) -> "Table":
        table = arrow(kind, columns)
        self.size += table.nbytes
        return table
