"""Where a ledger keeps what, its format, its lock, and the note of what a broken-off write may have left behind."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from uuid import uuid4

import msgspec

from stakeline.ledger.delta import LOG, check_place, checkpoint_faults, commit, first_commit
from stakeline.ledger.disk import replace_durably, sync_folder, write_durably
from stakeline.ledger.schema import FORMAT
from stakeline.model.errors import LedgerDamaged, LedgerError, LedgerFormat, LedgerMissing

ABOUT = "stakeline.json"
PENDING = "pending.json"
_TABLE = re.compile(r"table(-[0-9a-f]{8})?")
_STEM = re.compile(r"([0-9]{8}T[0-9]{6}Z|table)-[0-9a-f]{8}")
_PACK = re.compile(r"[0-9a-f]{64}")


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of `stakeline.json`. format: version of everything in the folder. table: the folder of the Delta table."""

    format: int
    table: str = "table"


class _Version(msgspec.Struct, frozen=True):
    """What `stakeline.json` has in every format."""

    format: int


class Pending(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the write under way may leave behind if it is broken off; written before anything else is.

    stem: starts the names of its files. packs: names of the packs that it is about to add or drop.
    folders: of tables, likewise. What the ledger refers to after all is kept, the rest is swept by the next write.
    """

    stem: str
    packs: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """ValueError on names that we do not give: whoever can write the note must not choose what is swept."""
        named = [(_STEM, self.stem), *((_PACK, p) for p in self.packs), *((_TABLE, f) for f in self.folders)]
        if not all(pattern.fullmatch(name) for pattern, name in named):
            raise ValueError("names that no ledger uses")


class Home:
    """The folder of one ledger."""

    def __init__(self, folder: Path, about: About) -> None:
        self.folder = folder
        self.table = folder / about.table
        self.archive = folder / "archive"

    def pack(self, sha256: str) -> Path:
        """Where a pack is."""
        return self.archive / f"{sha256}.zip"

    @contextmanager
    def locked(self, *, needed: bool = True) -> Iterator[None]:
        """The only writer, for as long as this lasts; waits for the one before.

        LedgerError where the place cannot be written to; if not needed, then without a lock.
        """
        from filelock import FileLock

        lock = FileLock(self.folder / "lock")
        try:
            lock.acquire()
        except OSError as error:
            if needed:
                raise LedgerError(f"{self.folder}: cannot be written to: {error}") from error
        try:
            yield
        finally:
            lock.release()

    def pending(self) -> Pending | None:
        """The note of a write that was broken off, or is under way."""
        try:
            return msgspec.json.decode((self.folder / PENDING).read_bytes(), type=Pending)
        except FileNotFoundError:
            return None
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise LedgerDamaged(f"{self.folder / PENDING}: cannot be read: {error}") from error

    def note(self, pending: Pending) -> None:
        """Say what is about to be written."""
        replace_durably(self.folder / PENDING, msgspec.json.encode(pending))

    def done(self) -> None:
        """Nothing is under way any more."""
        (self.folder / PENDING).unlink(missing_ok=True)

    def half_notes(self) -> list[Path]:
        """Notes that were broken off before they said anything."""
        return [*self.folder.glob(f"{PENDING}.*.tmp"), *self.folder.glob(f"{ABOUT}.*.tmp")]

    def half_checkpoints(self) -> list[Path]:
        """After a broken-off write: files of a checkpoint that was not finished. They may keep the log from being read."""
        return [path for path in checkpoint_faults(self.table) if path.exists()]

    def leftovers(self, pending: Pending, files: set[str], packs: set[str]) -> list[Path]:
        """What a broken-off write left. files: paths that the table refers to. packs: those that its documents do."""
        found = [*self.table.glob("*.tmp"), *self.archive.glob(f"{pending.stem}-*.part")]
        found += [
            path
            for path in self.table.glob(f"kind=*/shard=*/{pending.stem}-*")
            if path.relative_to(self.table).as_posix() not in files
        ]
        found += [self.pack(name) for name in pending.packs if name not in packs and self.pack(name).exists()]
        named = (self.folder / name for name in pending.folders)
        return found + [path for path in named if path != self.table and path.exists()]


def stem_of(recorded_at: datetime) -> str:
    """A new name for a load or another write, for the audit trail: its moment and a few random digits."""
    return f"{recorded_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token_hex(4)}"


def sweep(paths: list[Path]) -> None:
    """Remove what a broken-off write left."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def make_home(folder: Path) -> None:
    """An empty ledger at a place where there is nothing or an empty folder; it appears whole or not at all."""
    check_place(folder)
    staged = folder.with_name(f".{folder.name}-{token_hex(4)}")
    about = About(format=FORMAT)
    try:
        (staged / "archive").mkdir(parents=True)
        (staged / about.table / LOG).mkdir(parents=True)
        commit(staged / about.table, 0, first_commit(str(uuid4())), operation="CREATE TABLE", clock=0)
        write_durably(staged / ABOUT, msgspec.json.encode(about))
        sync_folder(staged)
        staged.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        if not (folder / ABOUT).exists():  # else another process made the ledger in the meantime: as good
            raise LedgerError(f"{folder}: no ledger can be made there: {error}") from error


def find_home(folder: Path) -> Home:
    """The ledger at a place. LedgerMissing, LedgerFormat or LedgerDamaged where it cannot be used."""
    about = folder / ABOUT
    try:
        data = about.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise LedgerMissing(
            f"there is no ledger at {folder}; `stakeline load FILE --ledger {folder}` makes one"
        ) from None
    except OSError as error:
        raise LedgerError(f"{about}: cannot be read: {error}") from error
    try:
        version = msgspec.json.decode(data, type=_Version).format
        if version != FORMAT:
            raise LedgerFormat(
                f"{about}: this ledger is in format {version}; this Stakeline reads and writes format {FORMAT}. "
                "Use the version of Stakeline that made it, or load its documents anew"
            )
        told = msgspec.json.decode(data, type=About)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LedgerDamaged(f"{about}: cannot be read: {error}") from error
    if msgspec.json.encode(told) != data or not _TABLE.fullmatch(told.table):
        raise LedgerDamaged(f"{about}: not as it was written")
    check_place(folder)
    return Home(folder, told)
