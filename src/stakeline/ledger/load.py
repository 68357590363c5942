"""One load: documents and their readings written batch by batch, seen by readers all at once or never."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from stakeline.archive import PackWriter
from stakeline.ledger.columns import write, write_columns
from stakeline.ledger.delta import DataFile, Snapshot, add_line, commit
from stakeline.ledger.digest import MODULUS, digest_of_sum
from stakeline.ledger.disk import sync_folder, sync_together
from stakeline.ledger.home import Home, Pending
from stakeline.ledger.prepared import Prepared, PreparedRow, prepare
from stakeline.ledger.read import documents, keys_among, last_load
from stakeline.ledger.records import Receipt
from stakeline.ledger.schema import WHOLE, Value, Values, columns_of, document_row, microseconds
from stakeline.model.documents import Document
from stakeline.model.errors import LedgerError
from stakeline.model.rows import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH_ROWS = 30_000
_BATCH_BYTES = 16 << 20
_WRITE_BYTES = 128 << 20
"""Bytes of documents whose rows are held until they are written: a form's rows are as large as the form, less its markup."""
_PACK_DOCUMENTS = 20_000
_PACK_BYTES = 256 << 20

Handed = tuple[Document, Reading | Prepared | None]
"""A document with what was read from it, or with that prepared already, or with None where the ledger has it."""
_Ready = tuple[Document, Prepared | None]
_ROWS = ("notices", "facts", "portfolios")


class _Tally:
    """What a load has counted so far, and the sum over what it adds."""

    def __init__(self) -> None:
        self.documents = self.documents_known = 0
        self.inputs = self.accepted = self.known = self.quarantined = 0
        self.added = 0


class Loading:
    """A load under way, from the first document to the commit. The caller holds the lock."""

    def __init__(
        self, home: Home, at: Snapshot, engine: "DuckDBPyConnection", recorded_at: datetime, load: str
    ) -> None:
        self._home, self._at, self._engine = home, at, engine
        self._recorded_at, self._load = recorded_at, load
        self._tally = _Tally()
        self._files: list[DataFile] = []
        self._held: list[Prepared] = []  # archived, their rows not written yet
        self._batches = 0
        self._pack: PackWriter | None = None
        self._packed: dict[str, Prepared] = {}  # new documents, without their rows, until their pack is finished
        self._packs: dict[str, Path] = {}  # finished ones by name, not in the archive yet

    def run(self, handed: Iterable[Handed]) -> Receipt:
        """Take everything in and commit; where that fails, close what is open (the caller sweeps the files)."""
        try:
            self._take_all(_batches(handed))
            self._write_held()
            self._finish_pack()
            return self._commit()
        except BaseException:
            if self._pack is not None:
                self._pack.abandon()
            raise

    def _take_all(self, batches: Iterator[list[_Ready]]) -> None:
        """Every batch; each is written while the next one is read, for the engine and the disk need little of this process."""
        batch = next(batches, None)
        following = None if batch is None else next(batches, None)
        if batch is None or following is None:
            self._take(batch or [])
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as writer:
            while batch is not None:
                taken = writer.submit(self._take, batch)
                batch, following = following, None if following is None else next(batches, None)
                taken.result()

    def _take(self, batch: list[_Ready]) -> None:
        """Archive what is new of a batch, and hold its rows until there are enough to be worth a file in each shard."""
        self._held += self._new(batch)
        weight, size = sum(one.weight for one in self._held), sum(one.size for one in self._held)
        if weight >= _BATCH_ROWS or size >= _WRITE_BYTES:
            self._write_held()

    def _write_held(self) -> None:
        new, self._held = self._held, []
        if not new:
            return
        rows = {kind: self._unknown(kind, new) for kind in _ROWS}
        added = [int.from_bytes(row.element) for by_key in rows.values() for row in by_key.values()]
        added += [int.from_bytes(one.own) for one in new]
        tally = self._tally
        tally.added = (tally.added + sum(added)) % MODULUS
        accepted = sum(map(len, rows.values()))
        tally.accepted += accepted
        tally.known += sum(one.inputs - one.quarantined for one in new) - accepted
        self._write_rows(new, rows)

    def _new(self, batch: list[_Ready]) -> Iterator[Prepared]:
        """The documents of a batch that are new, archived and counted; the others are counted."""
        tally = self._tally
        hashes = [document.sha256 if ready is None else ready.sha256 for document, ready in batch]
        had = {d.sha256: d.inputs for d in documents(self._engine, self._paths("documents", {WHOLE}), hashes)}
        for (document, ready), sha256 in zip(batch, hashes, strict=True):
            inputs = self._packed[sha256].inputs if sha256 in self._packed else had.get(sha256)
            if inputs is not None:
                tally.documents_known += 1
                tally.inputs += inputs
                tally.known += inputs
                continue
            if ready is None:
                raise LedgerError(f"{document.name}: handed over unread, but the ledger does not know it")
            had[sha256] = ready.inputs
            tally.documents += 1
            tally.inputs += ready.inputs
            tally.quarantined += ready.quarantined
            self._archive(document, ready)
            yield ready

    def _unknown(self, kind: str, new: list[Prepared]) -> dict[str, PreparedRow]:
        """The rows of a kind that neither the ledger nor an earlier batch of this load has."""
        rows = {row.key: row for one in new for row in one.rows.get(kind, ())}
        shards = {row.shard for row in rows.values()}
        for key in keys_among(self._engine, self._paths(kind, shards), "key", rows):
            del rows[key]
        return rows

    def _write_rows(self, new: list[Prepared], rows: dict[str, dict[str, PreparedRow]]) -> None:
        for kind, by_key in rows.items():
            self._write(kind, [row.row for row in by_key.values()])
        self._write("holdings", [told for row in rows["notices"].values() for told in row.beside])
        self._write("sightings", [told for one in new for told in one.sightings])
        self._write("problems", [told for one in new for told in one.problems])
        positions: dict[str, list[Value]] = {name: [] for name in columns_of("positions")}
        for row in rows["portfolios"].values():
            for name, column in (row.positions or {}).items():
                positions[name] += column
        if positions["key"]:
            stem, load = self._stem(), self._load
            self._files += write_columns(self._engine, self._home.table, "positions", positions, stem, load)

    def _write(self, kind: str, rows: list[Values]) -> None:
        if rows:
            self._files += write(self._engine, self._home.table, kind, rows, self._stem(), self._load)

    def _stem(self) -> str:
        """How the names of the next data files begin."""
        self._batches += 1
        return f"{self._load}-{self._batches:05}"

    def _paths(self, kind: str, shards: set[str]) -> list[str]:
        """The files of a kind and shards: those of the ledger and those that this load has written."""
        own = [str(self._home.table / f.path) for f in self._files if f.kind == kind and f.shard in shards]
        return self._at.paths(kind, shards) + own

    def _archive(self, document: Document, ready: Prepared) -> None:
        if self._pack is None:
            number = len(self._packs)
            path = self._home.archive / f"{self._load}-{number}.part"
            self._pack = PackWriter(path, load=self._load, number=number, recorded_at=self._recorded_at)
        self._pack.add(document, ready.sha256, ready.name)
        self._packed[ready.sha256] = replace(ready, rows={}, sightings=[], problems=[])
        if len(self._pack) >= _PACK_DOCUMENTS or self._pack.size >= _PACK_BYTES:
            self._finish_pack()

    def _finish_pack(self) -> None:
        if self._pack is None:
            return
        pack = self._pack.finish()
        self._packs[pack.sha256] = self._pack.path
        rows = [document_row(one, pack.sha256, self._recorded_at, self._load) for one in self._packed.values()]
        self._write("documents", rows)
        self._pack, self._packed = None, {}

    def _commit(self) -> Receipt:
        """Write the load's own row, put the packs in the archive, and then, at one stroke, make it all visible."""
        tally, home = self._tally, self._home
        before = last_load(self._engine, self._at)
        total = int(before.total, 16) if before else 0
        if not tally.documents:
            return self._receipt(None, total)
        total = (total + tally.added) % MODULUS
        row: Values = (
            WHOLE,
            before.number + 1 if before else 1,
            self._load,
            microseconds(self._recorded_at),
            tally.documents,
            tally.documents_known,
            tally.inputs,
            tally.accepted,
            tally.known,
            tally.quarantined,
            f"{total:0512x}",
        )
        self._write("loads", [row])
        home.note(Pending(stem=self._load, packs=tuple(self._packs)))
        for name, path in self._packs.items():
            path.replace(home.pack(name))
        sync_folder(home.archive)
        sync_folders(home, self._files)
        clock = microseconds(self._recorded_at) // 1000
        lines = [add_line(file, clock) for file in self._files]
        commit(home.table, self._at.version + 1, lines, operation="WRITE", clock=clock)
        return self._receipt(self._load, total)

    def _receipt(self, load: str | None, total: int) -> Receipt:
        tally = self._tally
        return Receipt(
            load=load,
            documents=tally.documents,
            documents_known=tally.documents_known,
            inputs=tally.inputs,
            accepted=tally.accepted,
            known=tally.known,
            quarantined=tally.quarantined,
            digest=digest_of_sum(total),
        )


def sync_folders(home: Home, files: list[DataFile]) -> None:
    """Wait until the disk has the names of these files."""
    shards = {(home.table / file.path).parent for file in files}
    for folders in (shards, {shard.parent for shard in shards}, {home.table}):
        sync_together(sync_folder, sorted(folders))


def _batches(handed: Iterable[Handed]) -> Iterator[list[_Ready]]:
    """What fits into memory at a time."""
    batch: list[_Ready] = []
    rows = size = 0
    for document, told in handed:
        ready = prepare(document, told) if isinstance(told, Reading) else told
        batch.append((document, ready))
        rows += 1 if ready is None else ready.weight
        size += len(document.data)
        if rows >= _BATCH_ROWS or size >= _BATCH_BYTES:
            yield batch
            batch, rows, size = [], 0, 0
    if batch:
        yield batch
