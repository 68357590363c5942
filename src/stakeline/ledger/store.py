"""The ledger as everyone sees it: open it, load into it, ask it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stakeline.archive import Held, read_document, read_index, read_pack
from stakeline.ledger import read
from stakeline.ledger.delta import CHECKPOINT_EVERY, LAST_CHECKPOINT, LOG, Snapshot, snapshot, write_checkpoint
from stakeline.ledger.digest import digest_of_sum
from stakeline.ledger.home import Home, Pending, find_home, make_home, stem_of, sweep
from stakeline.ledger.records import KeptDocument, KeptProblem, Load, Names, Receipt
from stakeline.model.documents import Document
from stakeline.model.errors import LedgerDamaged, LedgerError, UsageError
from stakeline.model.facts import Fact
from stakeline.model.notices import Notice, is_by_name
from stakeline.model.portfolios import HeldRow, Portfolio, ReportHead
from stakeline.model.rows import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from stakeline.ledger.load import Handed

MERGE_AT = 32
"""Files of one kind and shard from which a load merges them behind itself."""


class Ledger:
    """One ledger, seen as it stood when it was first asked: several questions get answers that fit together.

    Own loads move the view forward; `refresh` does the same for those of other processes. Any number may read while
    one writes; further writers wait.
    """

    def __init__(self, home: Home) -> None:
        """For `create` and `open`."""
        self._home = home
        self._seen: Snapshot | None = None
        self._opened: DuckDBPyConnection | None = None

    @staticmethod
    def create(folder: Path) -> "Ledger":
        """An empty ledger at folder; one that is there already is opened.

        LedgerError where the place cannot be written to or holds something else.
        """
        folder = folder.absolute()
        if not (folder / "stakeline.json").exists():
            make_home(folder)
        return Ledger(find_home(folder))

    @staticmethod
    def open(folder: Path) -> "Ledger":
        """The ledger at folder. LedgerMissing, LedgerFormat or LedgerDamaged where there is none that can be used.

        Nothing but `stakeline.json` is read yet, so that `verify` can be asked of a ledger that cannot answer anything else.
        """
        return Ledger(find_home(folder.absolute()))

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self._home.folder

    @property
    def version(self) -> int:
        """The version of the table that this view shows."""
        return self._at.version

    def refresh(self) -> None:
        """See what other processes have loaded since."""
        self._home = find_home(self.folder)
        self._seen = snapshot(self._home.table)

    def load(self, readings: Iterable["Handed"], *, recorded_at: datetime) -> Receipt:
        """Take documents in, all at once for every reader, or not at all.

        readings: each document with what was read from it, or as `prepare` makes that ready; with None (or as `Known`) where `knows`
        has named it, which is not read again. They are taken one by one, so a generator keeps memory flat. recorded_at: the audit clock.
        LedgerError where it could not be written; then nothing of it stays.
        """
        from stakeline.ledger.load import Loading

        with self._home.locked(), self._whole_or_not("the load"):
            stem = stem_of(recorded_at)
            self._home.note(Pending(stem=stem))
            receipt = Loading(self._home, self._at, self._engine, recorded_at, stem).run(readings)
            self._home.done()
            if receipt.load is not None:
                self._seen = snapshot(self._home.table)
                self._tidy(recorded_at)
        return receipt

    def knows(self, sha256s: Collection[str]) -> set[str]:
        """Those of the documents that are in the ledger."""
        paths = self._at.paths("documents")
        return read.keys_among(self._engine, paths, "document", sha256s)

    def notices(
        self,
        *,
        subjects: Collection[str] | None = None,
        holder_like: str | None = None,
        known: datetime | None = None,
        undated: bool = False,
    ) -> list[Row[Notice]]:
        """Notices by key, with their sightings.

        subjects: of these issuers. holder_like: whose holder's name, in either script, contains the text, whatever
        its case. known: public at that moment; notices that do not tell since when are left out, unless undated.
        """
        where = read.Where().holding("holder_key", read.holder_part(holder_like)).known(known, undated=undated)
        return read.rows(self._engine, self._at, "notices", Notice, where, subjects)

    def facts(
        self,
        *,
        subjects: Collection[str] | None = None,
        measures: Collection[str] | None = None,
        known: datetime | None = None,
        undated: bool = False,
    ) -> list[Row[Fact]]:
        """Facts by key, with their sightings. known, undated: as for `notices`."""
        where = read.Where().among("measure", measures).known(known, undated=undated)
        return read.rows(self._engine, self._at, "facts", Fact, where, subjects)

    def portfolios(
        self,
        *,
        subjects: Collection[str] | None = None,
        keys: Collection[str] | None = None,
        known: datetime | None = None,
        undated: bool = False,
    ) -> list[Row[Portfolio]]:
        """Managers' portfolios by key, tables and all, with their sightings. subjects: of these managers. known, undated: as for `notices`."""
        where = read.Where().among("key", keys).known(known, undated=undated)
        return read.rows(self._engine, self._at, "portfolios", Portfolio, where, subjects)

    def reports(
        self, *, subjects: Collection[str] | None = None, known: datetime | None = None, undated: bool = False
    ) -> list[ReportHead]:
        """The portfolios without their tables, by manager, quarter and moment."""
        where = read.Where().among("subject", subjects).known(known, undated=undated)
        return read.reports(self._engine, self._at, where)

    def positions(
        self,
        *,
        cusips: Collection[str] | None = None,
        issuer_like: str | None = None,
        subjects: Collection[str] | None = None,
        keys: Collection[str] | None = None,
    ) -> list[HeldRow]:
        """Rows of portfolios' tables, by portfolio and row. cusips: in capitals. issuer_like: whose issuer's name contains the text.

        subjects: of these managers. keys: of these portfolios. Whether a portfolio stands, `reports` tells.
        """
        where = read.Where().among("cusip", cusips).among("key", keys)
        where = where.holding("issuer_key", read.holder_part(issuer_like))
        return read.positions(self._engine, self._at, where, subjects)

    def names(self, *, known: datetime | None = None, undated: bool = False) -> Names:
        """What a registry of issuers and holders is made from. known, undated: as for `notices`."""
        told = read.told_names(self._engine, self._at, read.Where().known(known, undated=undated))
        unnumbered = any(is_by_name(subject) for subject, _, _, _ in told)
        return Names(
            told=told,
            facts=tuple(self.facts(measures=read.NAMING, known=known, undated=undated)),
            linked=read.linked_subjects(self._engine, self._at) if unnumbered else (),
        )

    def subjects_of_symbol(self, symbol: str) -> tuple[str, ...]:
        """The subjects of which a notice tells this trading symbol ("CVX"); it reads every notice."""
        return read.subjects_of_symbol(self._engine, self._at, symbol)

    def problems(self) -> list[KeptProblem]:
        """Everything that could not be understood, by document."""
        return read.problems(self._engine, self._at)

    def documents(self) -> list[KeptDocument]:
        """Every archived document, as recorded."""
        return read.documents(self._engine, self._at.paths("documents"))

    def document(self, sha256: str) -> Document:
        """One archived document. UsageError where there is none of that hash, LedgerDamaged where it changed."""
        found = read.documents(self._engine, self._at.paths("documents"), [sha256])
        if not found:
            raise UsageError(f"the ledger at {self.folder} holds no document {sha256}")
        held = Held(sha256=sha256, name=found[0].name, size=found[0].size)
        return read_document(self._home.pack(found[0].pack), held)

    def archived(self, load: str | None = None) -> Iterator[Document]:
        """Every archived document with its name, in the order in which they were loaded; of one load or of all.

        To rebuild: load by load, with each load's own moment, into a fresh ledger; then compare the digests.
        """
        packs: dict[str, set[str]] = {}
        for document in self.documents():
            packs.setdefault(document.load, set()).add(document.pack)
        for told in self.loads():
            if load is None or load == told.load:
                paths = [self._home.pack(pack) for pack in packs.get(told.load, ())]
                for path in sorted(paths, key=lambda path: read_index(path).number):
                    yield from read_pack(path)

    def loads(self) -> list[Load]:
        """Every load, first to last: the audit trail."""
        return read.loads(self._engine, self._at)

    def digest(self) -> str:
        """The logical digest, 64 hex digits: see `ledger.digest`."""
        last = read.last_load(self._engine, self._at)
        return digest_of_sum(int(last.total, 16) if last else 0)

    def verify(self) -> list[str]:
        """Everything on disk that is not what was stored, each naming its file or row; empty where all is well.

        Waits for a load under way, and reads everything. Works on a read-only copy too.
        """
        from stakeline.ledger.verify import faults

        with self._home.locked(needed=False):
            return faults(self._home)

    def compact(self, *, recorded_at: datetime) -> None:
        """Merge small data files, and remove those that an earlier compaction replaced a week ago or more."""
        from stakeline.ledger.compact import drop_replaced

        with self._home.locked(), self._whole_or_not("compacting"):
            self._merge(recorded_at, 2)
            drop_replaced(self._home, recorded_at)

    def adopt(self, fresh: "Ledger") -> None:
        """Put what a rebuild made in the place of what is here, at one stroke; fresh itself is left as it is.

        LedgerError where it does not hold the same documents. Readers that have this ledger open must open it anew.
        """
        from stakeline.ledger.adopt import adopt

        with fresh._home.locked(), self._home.locked(), self._whole_or_not("adopting"):  # noqa: SLF001 - another of us
            fresh._settle()  # noqa: SLF001
            adopt(self._home, self.documents(), fresh._home, fresh.documents())  # noqa: SLF001
            self._settle()

    @property
    def _at(self) -> Snapshot:
        if self._seen is None:
            self._seen = snapshot(self._home.table)
        return self._seen

    @property
    def _engine(self) -> "DuckDBPyConnection":
        if self._opened is None:
            from stakeline.ledger.columns import connect

            self._opened = connect(self._at)
        return self._opened

    def _settle(self) -> None:
        """With the lock held: see the newest version, and sweep what a broken-off write left behind."""
        sweep(self._home.half_notes())
        pending = self._home.pending()
        if pending is not None:
            sweep(self._home.half_checkpoints())
        self.refresh()
        if pending is not None:
            files = {path for shards in self._at.files.values() for paths in shards.values() for path in paths}
            sweep(self._home.leftovers(pending, files, {d.pack for d in self.documents()}))
            self._home.done()

    @contextmanager
    def _whole_or_not(self, what: str) -> Iterator[None]:
        """With the lock held, around a write: sweep before it, and after it where it fails.

        What the disk or the engine refuses becomes a LedgerError that says whether the write counts.
        """
        import duckdb

        self._settle()
        before = self._home.table, self._at.version
        try:
            yield
        except BaseException as error:
            self._settle()
            if not isinstance(error, OSError | duckdb.Error):
                raise
            same = before == (self._home.table, self._at.version)
            kept = "nothing of it was kept" if same else "but it is stored"
            raise LedgerError(f"{self.folder}: {what} was broken off, {kept}: {error}") from error

    def _tidy(self, recorded_at: datetime) -> None:
        """Merge behind a load that is stored already, which no failure here may deny; the next load tries again."""
        import duckdb

        try:
            self._merge(recorded_at, MERGE_AT)
        except (OSError, duckdb.Error, LedgerError):
            self._settle()

    def _merge(self, recorded_at: datetime, least: int) -> None:
        """With the lock held: merge small files where there are many, and sum up the log where it is long."""
        from stakeline.ledger.compact import merge, small_files

        found = small_files(self._home, self._at, least)
        last = self._home.table / LOG / LAST_CHECKPOINT
        long = (self._at.version + bool(found)) // CHECKPOINT_EVERY > _checkpointed(last) // CHECKPOINT_EVERY
        if not found and not long:
            return
        stem = stem_of(recorded_at)
        self._home.note(Pending(stem=stem))
        if found:
            merge(self._home, self._at, self._engine, found, stem=stem, recorded_at=recorded_at)
            self._seen = snapshot(self._home.table)
        if long:
            write_checkpoint(self._home.table, self._at.version)
        self._home.done()


def _checkpointed(last: Path) -> int:
    """The version that the log was last summed up at; 0 where it never was."""
    import msgspec

    try:
        return msgspec.json.decode(last.read_bytes(), type=dict[str, object])["version"]  # type: ignore[return-value]
    except FileNotFoundError:
        return 0
    except (msgspec.MsgspecError, KeyError) as error:
        raise LedgerDamaged(f"{last}: cannot be read: {error}") from error
