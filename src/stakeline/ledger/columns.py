# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""DuckDB over the data files: rows out, rows in. Nothing here knows what the rows mean; SQL comes with its values bound."""

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakeline.ledger.delta import DataFile, Snapshot
from stakeline.ledger.disk import sync_file, sync_together
from stakeline.ledger.schema import COLUMNS, DATE, FIGURE, LONG, MOMENT, ORDER, STRING, Value, Values
from stakeline.model.errors import LedgerDamaged

if TYPE_CHECKING:
    from arro3.core import Table
    from duckdb import DuckDBPyConnection

FILES = "read_parquet(?, hive_partitioning = false)"
"""The one table of every query: the files of a kind, bound as a list."""

_SMALL = 64 << 20
_ROW_GROUP = 20_480
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


def arrow(kind: str, columns: Sequence[Sequence[Value]]) -> "Table":
    """Rows of a kind as Arrow. columns: their values, in the order of `columns_of`."""
    from arro3.core import Array, DataType, Table

    types = {LONG: DataType.int64(), MOMENT: DataType.int64()}
    told = {"shard": STRING, **COLUMNS[kind]}
    arrays = {
        name: Array(column, types.get(kept, DataType.string()))
        for (name, kept), column in zip(told.items(), columns, strict=True)
    }
    return Table.from_pydict(arrays)  # type: ignore[arg-type]  # its stub asks for less than it takes


def write(
    engine: "DuckDBPyConnection", table: Path, kind: str, rows: Sequence[Values], stem: str, load: str | None = None
) -> list[DataFile]:
    """Write rows of a kind as data files, one a shard, durable but not yet part of the table.

    rows: as `columns_of` orders them. stem: starts the files' names; must be new. load: of all of them, whatever they say themselves.
    duckdb.Error and OSError pass through.
    """
    return write_arrow(engine, table, kind, [arrow(kind, list(zip(*rows, strict=True)))], stem, load)


def write_arrow(
    engine: "DuckDBPyConnection",
    table: Path,
    kind: str,
    told: Sequence["Table"],
    stem: str,
    load: str | None = None,
    without: Collection[str] = (),
) -> list[DataFile]:
    """As `write`, from tables that `arrow` made, but for the rows of some keys."""
    from arro3.core import Table

    cursor = engine.cursor()
    batches = [batch for one in told for batch in one.to_batches()]
    cursor.register("handed", Table.from_batches(batches, schema=told[0].schema))
    chosen, values = _chosen(kind, load)
    select = f"SELECT shard, {chosen} FROM handed"
    if without:
        select += " WHERE key NOT IN (SELECT unnest(?))"
        values.append(list(without))
    return copy(cursor, table, kind, select, values, stem)


def write_sorted(
    engine: "DuckDBPyConnection", table: Path, kind: str, shard: str, told: "Table", stem: str, load: str
) -> DataFile:
    """As `write_arrow`, for very many rows of one shard that are in their order already: the engine then holds some of them, never all."""
    path = table / f"kind={kind}" / f"shard={shard}" / f"{stem}-0.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    cursor = engine.cursor()
    cursor.register("handed", told)
    chosen, values = _chosen(kind, load)
    name = str(path).replace("'", "''")
    options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
    cursor.execute(f"COPY (SELECT {chosen} FROM handed) TO '{name}' ({options})", values)
    inside = path.relative_to(table).as_posix()
    sha256, size = sync_file(path), path.stat().st_size
    return DataFile(kind=kind, shard=shard, path=inside, size=size, rows=told.num_rows, sha256=sha256)


def _chosen(kind: str, load: str | None) -> tuple[str, list[object]]:
    """The columns of a kind, from what `arrow` made of them, and the values to bind."""
    casts = {name: _CASTS[t].format(name) for name, t in COLUMNS[kind].items()}
    if load is None:
        return ", ".join(casts.values()), []
    casts["load"] = 'CAST(? AS VARCHAR) AS "load"'
    return ", ".join(casts.values()), [load]


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
