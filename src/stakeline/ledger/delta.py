"""The Delta log: commits that are durable and prove themselves, and the files that a snapshot is made of.

The log is read with the `deltalake` package, checkpoints included. Commits are written here, by the same protocol: version
1.6.6 of the package links a new commit into place without an fsync of it (seen with strace), so a power cut could leave an
empty one, which no reader of Delta gets past. Here the commit file is written beside the log, made durable, and then linked to its
name, which fails if the name is taken. Each commit also carries the SHA-256 of itself, and each data file's stands in its
tags, so that `verify` can name any file that changed.
"""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from stakeline.ledger.disk import replace_durably, sync_file, sync_folder, write_durably
from stakeline.ledger.schema import COLUMNS
from stakeline.model.errors import LedgerDamaged, LedgerError

LOG = "_delta_log"
CHECKPOINT_EVERY = 100
CHECKPOINT_NOTE = "checkpoint.json"
LAST_CHECKPOINT = "_last_checkpoint"
_UNSEALED = "0" * 64
_SEAL = re.compile(rb'"sha256":"([0-9a-f]{64})"\}\}\n\Z')
_PERCENT = re.compile("%[0-9A-Fa-f]{2}")


class DataFile(msgspec.Struct, frozen=True, kw_only=True):
    """One data file. path: below the table's folder. rows, sha256: of its content."""

    kind: str
    shard: str
    path: str
    size: int
    rows: int
    sha256: str


class Snapshot(msgspec.Struct, frozen=True):
    """The table at one version: its active files by kind and shard."""

    folder: Path
    version: int
    files: dict[str, dict[str, list[str]]]
    bytes: int

    def paths(self, kind: str, shards: Iterable[str] | None = None) -> list[str]:
        """Where the rows of a kind are, of all shards or of some."""
        by_shard = self.files.get(kind, {})
        chosen = by_shard if shards is None else [s for s in sorted(set(shards)) if s in by_shard]
        return [str(self.folder / path) for shard in chosen for path in by_shard[shard]]


def snapshot(folder: Path) -> Snapshot:
    """The table as it stands. LedgerDamaged where the log cannot be read."""
    table = _open(folder)
    adds = table.get_add_actions(flatten=True)
    files: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names = ("partition.kind", "partition.shard", "path", "size_bytes")
    total = 0
    for kind, shard, path, size in sorted(zip(*(adds[name].to_pylist() for name in names), strict=True)):
        files[kind][shard].append(path)
        total += size
    return Snapshot(folder, table.version(), files, total)


def check_place(folder: Path) -> None:
    """LedgerError where `deltalake` would look in another place than it is told to: it decodes %20 in folder names."""
    if _PERCENT.search(str(folder)):
        raise LedgerError(
            f"{folder}: a ledger cannot be kept below a folder with a percent code in its name; rename it"
        )


def first_commit(table_id: str) -> list[dict[str, Any]]:
    """The lines of version 0: protocol and schema. Rows can be added and never taken away."""
    fields = {"kind": "string", "shard": "string"}
    for columns in COLUMNS.values():
        fields |= columns
    schema = {
        "type": "struct",
        "fields": [{"name": n, "type": t, "nullable": True, "metadata": {}} for n, t in fields.items()],
    }
    return [
        {"protocol": {"minReaderVersion": 1, "minWriterVersion": 2}},
        {
            "metaData": {
                "id": table_id,
                "format": {"provider": "parquet", "options": {}},
                "schemaString": msgspec.json.encode(schema).decode(),
                "partitionColumns": ["kind", "shard"],
                "configuration": {"delta.appendOnly": "true", "delta.enableExpiredLogCleanup": "false"},
                "createdTime": 0,
            }
        },
    ]


def add_line(file: DataFile, clock: int, *, data_change: bool = True) -> dict[str, Any]:
    """The action that makes a data file part of the table. clock: milliseconds."""
    return {
        "add": {
            "path": file.path,
            "partitionValues": {"kind": file.kind, "shard": file.shard},
            "size": file.size,
            "modificationTime": clock,
            "dataChange": data_change,
            "stats": msgspec.json.encode({"numRecords": file.rows}).decode(),
            "tags": {"sha256": file.sha256},
        }
    }


def remove_line(path: str, kind: str, shard: str, clock: int) -> dict[str, Any]:
    """The action by which a compaction drops a file whose rows it has written elsewhere."""
    return {
        "remove": {
            "path": path,
            "partitionValues": {"kind": kind, "shard": shard},
            "extendedFileMetadata": False,
            "deletionTimestamp": clock,
            "dataChange": False,
        }
    }


def commit(folder: Path, version: int, lines: list[dict[str, Any]], *, operation: str, clock: int) -> None:
    """Write one version of the table, durably, or nothing.

    LedgerError where that version exists: somebody wrote without taking the lock.
    """
    info = {"timestamp": clock, "operation": operation, "operationParameters": {}, "sha256": _UNSEALED}
    unsealed = b"".join(msgspec.json.encode(line) + b"\n" for line in [*lines, {"commitInfo": info}])
    digest = hashlib.sha256(unsealed).hexdigest()
    log = folder / LOG
    target = log / f"{version:020}.json"
    staged = folder / f"{uuid4().hex}.tmp"
    try:
        write_durably(staged, unsealed[: -len(_UNSEALED) - 4] + digest.encode() + unsealed[-4:])
        os.link(staged, target)
    except FileExistsError:
        raise LedgerError(f"{target} was written by somebody else, without the ledger's lock; try again") from None
    finally:
        staged.unlink(missing_ok=True)
    sync_folder(log)


def write_checkpoint(folder: Path, version: int) -> None:
    """Sum the log up, so that opening stays fast, and note the hashes of the files for `verify`."""
    log, note = folder / LOG, folder / CHECKPOINT_NOTE
    from deltalake.exceptions import DeltaError

    try:
        _open(folder).create_checkpoint()
    except DeltaError as error:
        raise LedgerError(f"{log}: cannot be summed up: {error}") from error
    hashes = checkpoint_hashes(folder)
    for path in (log / f"{version:020}.checkpoint.parquet", log / LAST_CHECKPOINT):
        hashes[path.name] = sync_file(path)
    sync_folder(log)
    replace_durably(note, msgspec.json.encode(hashes))


def checkpoint_hashes(folder: Path) -> dict[str, str]:
    """The files that checkpoints consist of, with their hashes as noted. LedgerDamaged where the note cannot be read."""
    note = folder / CHECKPOINT_NOTE
    try:
        return msgspec.json.decode(note.read_bytes(), type=dict[str, str])
    except FileNotFoundError:
        return {}
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise LedgerDamaged(f"{note}: cannot be read: {error}") from error


def checkpoint_faults(folder: Path) -> dict[Path, str]:
    """Files of checkpoints that are not as noted, with what is wrong. They only sum the log up and can be deleted."""
    hashes = checkpoint_hashes(folder)
    log = folder / LOG
    faults = {}
    for path in sorted({*log.glob("*.checkpoint*.parquet"), *log.glob(LAST_CHECKPOINT), *(log / n for n in hashes)}):
        if path.name not in hashes:
            faults[path] = f"not noted in {CHECKPOINT_NOTE}; the checkpoint can be deleted"
        elif not path.exists() or sync_file(path) != hashes[path.name]:
            faults[path] = f"its bytes are not as noted in {CHECKPOINT_NOTE}; the checkpoint can be deleted"
    return faults


class Replay(msgspec.Struct, frozen=True):
    """What the log says when read from its first line, without checkpoints.

    active: by path. removed: path to the clock (milliseconds) of its removal. faults: commits that are not as written.
    """

    active: dict[str, DataFile]
    removed: dict[str, int]
    faults: list[str]
    version: int


def replay(folder: Path) -> Replay:
    """Read the whole log, and check each commit against its own hash."""
    active: dict[str, DataFile] = {}
    removed: dict[str, int] = {}
    faults: list[str] = []
    commits = sorted((folder / LOG).glob("*.json"))
    for number, path in enumerate(commits):
        if path.name != f"{number:020}.json":
            faults.append(f"{folder / LOG}: version {number} is missing")
            break
        try:
            for line in _sealed_lines(path):
                _apply(line, active, removed)
        except (OSError, LedgerDamaged, msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
            faults.append(f"{path}: not as written: {error}")
    return Replay(active, removed, faults, len(commits) - 1)


def _sealed_lines(path: Path) -> Iterator[Any]:
    data = path.read_bytes()
    seal = _SEAL.search(data)
    if seal is None:
        raise LedgerDamaged("it does not end in a hash of itself")
    unsealed = data[: seal.start(1)] + _UNSEALED.encode() + data[seal.end(1) :]
    if hashlib.sha256(unsealed).hexdigest().encode() != seal[1]:
        raise LedgerDamaged("its bytes do not give the hash it ends in")
    return map(msgspec.json.decode, data.splitlines())


def _apply(line: Any, active: dict[str, DataFile], removed: dict[str, int]) -> None:
    if "add" in line:
        add = line["add"]
        values, stats = add["partitionValues"], msgspec.json.decode(add["stats"])
        active[add["path"]] = DataFile(
            kind=values["kind"],
            shard=values["shard"],
            path=add["path"],
            size=add["size"],
            rows=stats["numRecords"],
            sha256=add["tags"]["sha256"],
        )
    if "remove" in line:
        path = line["remove"]["path"]
        del active[path]
        removed[path] = line["remove"]["deletionTimestamp"]


def _open(folder: Path) -> Any:
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        return DeltaTable(folder.as_uri())
    except (DeltaError, OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]  # the rest is a stack of the library's
        raise LedgerDamaged(f"{folder}: the table's log cannot be read: {reason}; run `stakeline verify`") from error
