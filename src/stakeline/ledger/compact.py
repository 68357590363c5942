# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""Many small data files made few. Neither a row nor the digest changes, and readers of the old files keep them a while."""

from datetime import datetime
from typing import TYPE_CHECKING

from stakeline.ledger.columns import copy
from stakeline.ledger.delta import Snapshot, add_line, commit, remove_line, replay
from stakeline.ledger.home import Home
from stakeline.ledger.load import sync_folders
from stakeline.ledger.schema import COLUMNS, microseconds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LARGE = 64 << 20
"""Bytes from which a data file is left as it is."""

GRACE = 7 * 24 * 3600 * 1000
"""Milliseconds for which a file stays on the disk after a compaction has replaced it: a reader may have it open."""

_SHARD = r"shard=([^/\\]*)[/\\][^/\\]*$"


def small_files(home: Home, at: Snapshot, least: int) -> dict[str, dict[str, list[str]]]:
    """The files worth merging: by kind and shard, where at least so many are small."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, by_shard in at.files.items():
        for shard, paths in by_shard.items():
            if len(paths) < least:
                continue
            small = [path for path in paths if (home.table / path).stat().st_size < LARGE]
            if len(small) >= least:
                found.setdefault(kind, {})[shard] = small
    return found


def merge(
    home: Home,
    at: Snapshot,
    engine: "DuckDBPyConnection",
    found: dict[str, dict[str, list[str]]],
    *,
    stem: str,
    recorded_at: datetime,
) -> None:
    """Write the rows of these files into one file a kind and shard, in one commit."""
    clock = microseconds(recorded_at) // 1000
    files, lines = [], []
    for kind, by_shard in found.items():
        paths = [path for shard in by_shard.values() for path in shard]
        select = (
            f"SELECT regexp_extract(filename, '{_SHARD}', 1) AS shard, {', '.join(COLUMNS[kind])} "
            "FROM read_parquet(?, hive_partitioning = false, filename = true)"
        )
        merged = copy(engine.cursor(), home.table, kind, select, [[str(home.table / p) for p in paths]], stem)
        files += merged
        lines += [add_line(file, clock, data_change=False) for file in merged]
        lines += [remove_line(path, kind, shard, clock) for shard, old in by_shard.items() for path in old]
    sync_folders(home, files)
    commit(home.table, at.version + 1, lines, operation="OPTIMIZE", clock=clock)


def drop_replaced(home: Home, recorded_at: datetime) -> None:
    """Remove the files that a compaction replaced longer than `GRACE` ago."""
    until = microseconds(recorded_at) // 1000 - GRACE
    for path, clock in replay(home.table).removed.items():
        if clock <= until:
            (home.table / path).unlink(missing_ok=True)
