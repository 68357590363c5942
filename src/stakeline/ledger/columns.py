# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""DuckDB over the data files: rows out, rows in. Nothing here knows what the rows mean; SQL comes with its values bound."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakeline.ledger.delta import DataFile, Snapshot
from stakeline.ledger.disk import sync_file, sync_together
from stakeline.ledger.schema import COLUMNS, DATE, FIGURE, LONG, MOMENT, ORDER, STRING, Value, Values, columns_of
from stakeline.model.errors import LedgerDamaged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILES = "read_parquet(?, hive_partitioning = false)"
"""The one table of every query: the files of a kind, bound as a list."""

_SMALL = 64 << 20
_CASTS = {
    STRING: '"{0}"',
    LONG: '"{0}"',
    DATE: 'CAST("{0}" AS DATE) AS "{0}"',
    MOMENT: 'make_timestamptz("{0}") AS "{0}"',
    FIGURE: 'CAST("{0}" AS DECIMAL(38,6)) AS "{0}"',
}


def connect(snapshot: Snapshot) -> "DuckDBPyConnection":
    """An engine for one ledger: one thread where there is little to read, never a download of an extension."""
    import duckdb

    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(Path(tempfile.gettempdir()) / "stakeline"),
    }
    if snapshot.bytes < _SMALL:
        settings["threads"] = 1
    return duckdb.connect(":memory:", config=settings)


def ask(engine: "DuckDBPyConnection", sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of a query. LedgerDamaged where a data file cannot be read."""
    import duckdb

    try:
        return engine.cursor().execute(sql, values).fetchall()
    except duckdb.Error as error:
        raise LedgerDamaged(f"a data file cannot be read: {error}; run `stakeline verify`") from error


def write(
    engine: "DuckDBPyConnection", table: Path, kind: str, rows: Sequence[Values], stem: str, load: str | None = None
) -> list[DataFile]:
    """Write rows of a kind as data files, one a shard, durable but not yet part of the table.

    rows: as `columns_of` orders them. stem: starts the files' names; must be new. load: of all of them, whatever they say themselves.
    duckdb.Error and OSError pass through.
    """
    columns = zip(columns_of(kind), zip(*rows, strict=True), strict=True)
    return write_columns(engine, table, kind, {name: list(column) for name, column in columns}, stem, load)


def write_columns(
    engine: "DuckDBPyConnection",
    table: Path,
    kind: str,
    told: dict[str, list[Value]],
    stem: str,
    load: str | None = None,
) -> list[DataFile]:
    """As `write`, column by column: for kinds of many rows, which then are never tuples."""
    from arro3.core import Array, DataType, Table

    types = {STRING: DataType.string(), LONG: DataType.int64(), MOMENT: DataType.int64()}
    columns = {"shard": STRING, **COLUMNS[kind]}
    arrays: dict[str, Any] = {
        name: Array(column, types.get(columns[name], DataType.string())) for name, column in told.items()
    }
    cursor = engine.cursor()
    cursor.register("handed", Table.from_pydict(arrays))
    casts = {name: _CASTS[t].format(name) for name, t in COLUMNS[kind].items()}
    if load is not None:
        casts["load"] = 'CAST(? AS VARCHAR) AS "load"'
    select = f"SELECT shard, {', '.join(casts.values())} FROM handed"
    return copy(cursor, table, kind, select, [] if load is None else [load], stem)


def copy(
    cursor: "DuckDBPyConnection", table: Path, kind: str, select: str, values: Sequence[object], stem: str
) -> list[DataFile]:
    """Write what a query gives as data files of a kind, one a shard. stem holds no quote; table may."""
    folder = str(table / f"kind={kind}").replace("'", "''")
    told = cursor.execute(
        f"COPY (SELECT * FROM ({select}) ORDER BY shard, {ORDER[kind]}) TO '{folder}' "
        f"(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (shard), FILENAME_PATTERN '{stem}-{{i}}', "
        "OVERWRITE_OR_IGNORE, RETURN_STATS)",
        values,
    ).fetchall()
    paths = [Path(name) for name, *_ in told]
    files = []
    for (_, count, size, _, _, partition, *_), path, sha256 in zip(
        told, paths, sync_together(sync_file, paths), strict=True
    ):
        files.append(
            DataFile(
                kind=kind,
                shard=partition["shard"],
                path=path.relative_to(table).as_posix(),
                size=size,
                rows=count,
                sha256=sha256,
            )
        )
    return files
