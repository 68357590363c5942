# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""Every difference between what is stored and what was stored: files here, rows in `audit`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stakeline.archive import pack_faults
from stakeline.ledger.audit import row_faults
from stakeline.ledger.columns import FILES, connect
from stakeline.ledger.delta import CHECKPOINT_NOTE, LOG, Replay, Snapshot, checkpoint_faults, replay, snapshot
from stakeline.ledger.disk import sync_file
from stakeline.ledger.home import Home, Pending
from stakeline.model.errors import LedgerDamaged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def faults(home: Home) -> list[str]:
    """All that is wrong. The caller holds the lock."""
    told = replay(home.table)
    found = [*told.faults, *_file_faults(home, told)]
    try:
        pending = home.pending()
        if pending is None:  # else the next write sweeps what is half done
            found += [f"{path}: {fault}" for path, fault in checkpoint_faults(home.table).items()]
        at = snapshot(home.table)
    except LedgerDamaged as error:
        packs = (fault for pack in sorted(home.archive.glob("*.zip")) for fault in pack_faults(pack))
        return [*found, str(error), *packs]
    seen = {path for shards in at.files.values() for paths in shards.values() for path in paths}
    if not told.faults and (at.version != told.version or seen != set(told.active)):
        found.append(f"{home.table / LOG}: the checkpoint does not say what the log says; it can be deleted")
    engine = connect(at)
    return [*found, *_kept_faults(home, told, pending, _packs(engine, at)), *row_faults(home, at, engine)]


def _file_faults(home: Home, told: Replay) -> Iterator[str]:
    for file in told.active.values():
        path = home.table / file.path
        try:
            digest = sync_file(path)
        except OSError as error:
            yield f"{path}: cannot be read: {error}"
            continue
        if digest != file.sha256:
            yield f"{path}: its bytes are not the ones stored ({file.rows} rows of {file.kind}, shard {file.shard})"


def _kept_faults(home: Home, told: Replay, pending: Pending | None, packs: set[str]) -> Iterator[str]:
    """Packs: each whole, none missing. Files that belong to nothing and that no broken-off write has left."""
    yield from (fault for pack in sorted(packs) for fault in pack_faults(home.pack(pack)))
    active = set(told.active)
    known = {home.table / path for path in active | set(told.removed)} | {home.pack(pack) for pack in packs}
    known |= {home.table / CHECKPOINT_NOTE}
    if pending is not None:
        known |= set(home.leftovers(pending, active, packs))
    for path in (*home.table.rglob("*"), *home.archive.rglob("*")):
        if path not in known and path.is_file() and path.parent != home.table / LOG:
            yield f"{path}: belongs to nothing in the ledger (or the commit that named it is gone)"


def _packs(engine: "DuckDBPyConnection", at: Snapshot) -> set[str]:
    import duckdb

    paths = at.paths("documents")
    try:
        return {pack for (pack,) in engine.execute(f"SELECT DISTINCT pack FROM {FILES}", [paths]).fetchall()}
    except duckdb.Error:  # named by its file already
        return set()
