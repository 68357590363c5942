"""One load: documents and their readings written batch by batch, seen by readers all at once or never."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stakeline.archive import PackWriter, packed
from stakeline.ledger.columns import write, write_arrow, write_sorted
from stakeline.ledger.delta import DataFile, Snapshot, add_line, commit
from stakeline.ledger.digest import MODULUS, digest_of_sum
from stakeline.ledger.disk import sync_folder, sync_together
from stakeline.ledger.entries import held_of
from stakeline.ledger.home import Home, Pending
from stakeline.ledger.prepared import Counted, Known, Prepared, prepare
from stakeline.ledger.read import documents, keys_among, last_load
from stakeline.ledger.records import Receipt
from stakeline.ledger.schema import WHOLE, Values, document_row, microseconds
from stakeline.ledger.waiting import ROWS, Waiting
from stakeline.model.documents import Document
from stakeline.model.errors import LedgerError
from stakeline.model.rows import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH_DOCUMENTS = 2_000
_BATCH_BYTES = 16 << 20
_WAITING_BYTES = 32 << 20
"""Bytes of rows that are held until they are written: some 9,000 Form 4s, which take as long to write as the files that they go to.

Three times as many took 7% less time in all and 190 MB more of memory.
"""
_ONCE = (*ROWS, "holdings", "positions")
"""Kinds of which a row is kept once, by its key or by that of the row that it follows from."""
_PACK_DOCUMENTS = 20_000
_PACK_BYTES = 256 << 20
"""Small enough for zip as it was before Zip64, which ends at 65,535 entries and 4 GB."""

Handed = tuple[Document, Reading | None] | Prepared | Known
"""A document with what was read from it, as it is or prepared already (the rows are taken out of that); with None, or `Known`, where the ledger has it."""


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
        self._waiting = Waiting()  # of documents that are archived
        self._writes = 0
        self._pack: PackWriter | None = None
        self._packed: dict[str, Counted] = {}  # new documents until their pack is finished
        self._packs: dict[str, Path] = {}  # finished ones by name, not in the archive yet

    def run(self, handed: Iterable[Handed]) -> Receipt:
        """Take everything in and commit; where that fails, close what is open (the caller sweeps the files)."""
        try:
            self._take_all(_batches(handed))
            self._write_waiting()
            self._finish_pack()
            return self._commit()
        except BaseException:
            if self._pack is not None:
                self._pack.abandon()
            raise

    def _take_all(self, batches: Iterator[list[Prepared | Known]]) -> None:
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

    def _take(self, batch: list[Prepared | Known]) -> None:
        """Archive what is new of a batch, and let its rows wait until there are enough to be worth a file in each shard."""
        self._waiting.add(self._new(batch))
        if self._waiting.size >= _WAITING_BYTES:
            self._write_waiting()

    def _new(self, batch: list[Prepared | Known]) -> Iterator[Prepared]:
        """The documents of a batch that are new, archived and counted; the others are counted. It takes them out of the batch."""
        tally = self._tally
        hashes = [_hash(one) for one in batch]
        had = {d.sha256: d.inputs for d in documents(self._engine, self._paths("documents", {WHOLE}), hashes)}
        batch.reverse()
        for sha256 in hashes:
            one = batch.pop()
            inputs = self._packed[sha256].inputs if sha256 in self._packed else had.get(sha256)
            if inputs is not None:
                tally.documents_known += 1
                tally.inputs += inputs
                tally.known += inputs
                continue
            if isinstance(one, Known):
                raise LedgerError(f"{one.name}: handed over unread, but the ledger does not know it")
            had[sha256] = one.document.inputs
            tally.documents += 1
            tally.inputs += one.document.inputs
            tally.quarantined += one.document.quarantined
            self._archive(one)
            yield one

    def _write_waiting(self) -> None:
        """Write what waits, but for the rows that the ledger has, or that this load has written already."""
        waiting, self._waiting = self._waiting, Waiting()
        tally, known = self._tally, set[str]()
        tally.added += waiting.own
        tally.known += waiting.read
        for kind in ROWS:
            keys, shards = waiting.keys(kind)
            had = keys_among(self._engine, self._paths(kind, shards), "key", keys)
            accepted = len(keys) - len(had)
            tally.accepted += accepted
            tally.known -= accepted
            tally.added = (tally.added + waiting.sum_without(kind, had)) % MODULUS
            known |= had
        self._write_tables(waiting, known)

    def _write_tables(self, waiting: Waiting, known: set[str]) -> None:
        """Each kind, let go when it is written. known: keys of rows that are not written again."""
        engine, table, load = self._engine, self._home.table, self._load
        while waiting.large:
            key, (shard, long) = waiting.large.popitem()
            if key not in known:
                self._files.append(write_sorted(engine, table, "positions", shard, long, self._stem(), load))
            del long
        while waiting.tables:
            kind, tables = waiting.tables.popitem()
            without = known if kind in _ONCE else ()
            self._files += write_arrow(engine, table, kind, tables, self._stem(), load, without)
            del tables

    def _write(self, kind: str, rows: list[Values]) -> None:
        self._files += write(self._engine, self._home.table, kind, rows, self._stem(), self._load)

    def _stem(self) -> str:
        """How the names of the next data files begin."""
        self._writes += 1
        return f"{self._load}-{self._writes:05}"

    def _paths(self, kind: str, shards: set[str]) -> list[str]:
        """The files of a kind and shards: those of the ledger and those that this load has written."""
        own = [str(self._home.table / f.path) for f in self._files if f.kind == kind and f.shard in shards]
        return self._at.paths(kind, shards) + own

    def _archive(self, one: Prepared) -> None:
        if self._pack is None:
            number = len(self._packs)
            path = self._home.archive / f"{self._load}-{number}.part"
            self._pack = PackWriter(path, load=self._load, number=number, recorded_at=self._recorded_at)
        self._pack.add(one.packed)
        self._packed[one.document.held.sha256] = one.document
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


def _hash(one: Prepared | Known) -> str:
    return one.sha256 if isinstance(one, Known) else one.document.held.sha256


def _batches(handed: Iterable[Handed]) -> Iterator[list[Prepared | Known]]:
    """What fits into memory at a time."""
    batch: list[Prepared | Known] = []
    size = 0
    for one in map(_ready, handed):
        batch.append(one)
        size += one.document.held.size if isinstance(one, Prepared) else 0
        if len(batch) >= _BATCH_DOCUMENTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _ready(handed: Handed) -> Prepared | Known:
    if isinstance(handed, Prepared | Known):
        return handed
    document, reading = handed
    held = held_of(document)
    return Known(held.sha256, held.name) if reading is None else prepare(packed(document.data, held), reading)
