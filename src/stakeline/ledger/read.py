# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""Questions to a snapshot of the ledger, answered in nouns."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from stakeline.ledger.columns import FILES, ask
from stakeline.ledger.delta import Snapshot
from stakeline.ledger.entries import encodable, key_of, shard_of
from stakeline.ledger.records import KeptDocument, KeptProblem, Load
from stakeline.ledger.schema import microseconds, moment_of, search_key
from stakeline.model import judgements
from stakeline.model.errors import LedgerDamaged
from stakeline.model.facts import Fact
from stakeline.model.notices import BY_NAME, Notice, Status
from stakeline.model.portfolios import Amending, HeldRow, Portfolio, ReportHead
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Row, Sighting

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T", Notice, Fact, Portfolio)

NAMING = ("name", "code", "seat", "peer", *judgements.MEASURES)
"""The measures of facts that say what something is called or belongs to, recorded judgements among them."""


class Where:
    """The condition of a query, with its values to bind."""

    def __init__(self) -> None:
        self.parts = ["true"]
        self.values: list[object] = []

    def among(self, column: str, values: Collection[str] | None) -> Self:
        """The column is one of the values; None asks for nothing."""
        if values is not None:
            self.parts.append(f"{column} IN (SELECT unnest(?))")
            self.values.append([encodable(v) for v in values] or [None])
        return self

    def holding(self, column: str, text: str | None) -> Self:
        """The column contains the text; no character of it is a wildcard."""
        if text is not None:
            self.parts.append(f"contains({column}, ?)")
            self.values.append(encodable(text))
        return self

    def known(self, moment: datetime | None, *, undated: bool) -> Self:
        """What was public at a moment; rows that do not say since when only where undated."""
        if moment is not None:
            kept = "known_from IS NULL" if undated else "false"
            self.parts.append(f"(epoch_us(known_from) <= ? OR {kept})")
            self.values.append(microseconds(moment))
        return self

    def __str__(self) -> str:
        return " AND ".join(self.parts)


def rows(
    engine: "DuckDBPyConnection", at: Snapshot, kind: str, noun: type[T], where: Where, subjects: Collection[str] | None
) -> list[Row[T]]:
    """Notices, facts or portfolios that fit, by key, each with its sightings."""
    shards = None if subjects is None else {shard_of(encodable(s)) for s in subjects}
    paths = at.paths(kind, shards)
    if not paths:
        return []
    where.among("subject", subjects)
    found = ask(engine, f"SELECT key, body FROM {FILES} WHERE {where} ORDER BY key", [paths, *where.values])
    if not found:
        return []
    seen = _sightings(engine, at.paths("sightings", shards), paths, where)
    decoder = msgspec.json.Decoder(noun)
    return [Row(key, _decoded(decoder, kind, key, body), tuple(sorted(seen[key]))) for key, body in found]


def _decoded(decoder: msgspec.json.Decoder[T], kind: str, key: str, body: str) -> T:
    raw = body.encode()
    if key_of(raw) != key:
        raise LedgerDamaged(f"{kind}, row {key}: its content is not what was stored; run `stakeline verify`")
    try:
        return decoder.decode(raw)
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(f"{kind}, row {key}: written by another version of Stakeline? {error}") from error


def _sightings(
    engine: "DuckDBPyConnection", files: list[str], paths: list[str], where: Where
) -> dict[str, list[Sighting]]:
    seen: dict[str, list[Sighting]] = defaultdict(list)
    if files:
        sql = f"SELECT key, document, locator, name FROM {FILES} WHERE key IN (SELECT key FROM {FILES} WHERE {where})"
        for key, document, locator, name in ask(engine, sql, [files, paths, *where.values]):
            seen[key].append(Sighting(document, locator, name))
    return seen


def told_names(
    engine: "DuckDBPyConnection", at: Snapshot, where: Where
) -> tuple[tuple[str, str | None, str, int], ...]:
    """Every (subject, issuer as told, holder as told) with the number of notices that say so."""
    paths = at.paths("notices")
    if not paths:
        return ()
    sql = f"SELECT subject, issuer, holder, count(*) FROM {FILES} WHERE {where} GROUP BY ALL ORDER BY ALL"
    return tuple((s, i, h, n) for s, i, h, n in ask(engine, sql, [paths, *where.values]))


def subjects_of_symbol(engine: "DuckDBPyConnection", at: Snapshot, symbol: str) -> tuple[str, ...]:
    """The subjects of which a notice tells this trading symbol, alone or among other words ("NYSE: CVX"); letters of any case.

    It reads every notice, so ask only for what no name is known by. symbol: letters, digits, points and dashes.
    """
    paths = at.paths("notices")
    if not paths:
        return ()
    beside = '"(foreign_)?symbol":"([^"]*[^A-Za-z0-9."-])?' + re.escape(symbol) + '([^A-Za-z0-9."-][^"]*)?"'
    sql = f"SELECT DISTINCT subject FROM {FILES} WHERE regexp_matches(body, ?, 'i') ORDER BY subject"
    return tuple(subject for (subject,) in ask(engine, sql, [paths, beside]))


def linked_subjects(engine: "DuckDBPyConnection", at: Snapshot) -> tuple[tuple[str, str], ...]:
    """(subject that is a name alone, subject with a code) wherever a notice of each has the same serial."""
    paths = at.paths("notices")
    mark = ":" + BY_NAME
    sql = (
        f"SELECT DISTINCT a.subject, b.subject FROM (SELECT subject, serial FROM {FILES} WHERE contains(subject, ?)) a "
        f"JOIN (SELECT subject, serial FROM {FILES} WHERE NOT contains(subject, ?)) b USING (serial) ORDER BY ALL"
    )
    return tuple((one, other) for one, other in ask(engine, sql, [paths, mark, paths, mark]))


_REPORT = "key, subject, holder, serial, form, CAST(event_date AS VARCHAR), epoch_us(known_from), status, amending, unit, unit_doubt, rows"


def reports(engine: "DuckDBPyConnection", at: Snapshot, where: Where) -> list[ReportHead]:
    """Portfolios that fit, without their tables, by manager, quarter and moment."""
    paths = at.paths("portfolios")
    if not paths:
        return []
    sql = f"SELECT {_REPORT} FROM {FILES} WHERE {where} ORDER BY subject, event_date, known_from, key"
    return [
        ReportHead(
            key=key,
            subject=subject,
            manager=manager,
            serial=serial,
            form=form,
            period=date.fromisoformat(period) if period else None,
            known_from=None if ticks is None else moment_of(ticks),
            status=Status(status),
            amending=Amending(amending) if amending else None,
            unit=unit,
            unit_doubt=doubt,
            rows=count,
        )
        for key, subject, manager, serial, form, period, ticks, status, amending, unit, doubt, count in ask(
            engine, sql, [paths, *where.values]
        )
    ]


def positions(
    engine: "DuckDBPyConnection", at: Snapshot, where: Where, subjects: Collection[str] | None
) -> list[HeldRow]:
    """Rows of tables that fit, by portfolio and row."""
    paths = at.paths("positions", None if subjects is None else {shard_of(encodable(s)) for s in subjects})
    if not paths:
        return []
    names = HeldRow.__struct_fields__
    chosen = ", ".join('number AS "row"' if name == "row" else f'"{name}"' for name in names)
    sql = f"SELECT {chosen} FROM {FILES} WHERE {where.among('subject', subjects)} ORDER BY key, number"
    return [HeldRow(**dict(zip(names, row, strict=True))) for row in ask(engine, sql, [paths, *where.values])]


def documents(
    engine: "DuckDBPyConnection", paths: list[str], sha256s: Collection[str] | None = None
) -> list[KeptDocument]:
    """The documents in these files, in the order in which they were recorded; of some hashes or all."""
    if not paths:
        return []
    where = Where().among("document", sha256s)
    found = ask(
        engine,
        "SELECT document, name, reader, size, inputs, quarantined, pack, epoch_us(recorded_at), load "
        f"FROM {FILES} WHERE {where} ORDER BY recorded_at, load, document",
        [paths, *where.values],
    )
    return [
        KeptDocument(
            sha256=sha256,
            name=name,
            reader=reader,
            size=size,
            inputs=inputs,
            quarantined=quarantined,
            pack=pack,
            recorded_at=moment_of(ticks),
            load=load,
        )
        for sha256, name, reader, size, inputs, quarantined, pack, ticks, load in found
    ]


def problems(engine: "DuckDBPyConnection", at: Snapshot) -> list[KeptProblem]:
    """Every problem, by document's name and position."""
    paths = at.paths("problems")
    if not paths:
        return []
    found = ask(
        engine,
        f"SELECT document, name, position, severity, place, found, message, load FROM {FILES} "
        "ORDER BY name, document, position",
        [paths],
    )
    return [
        KeptProblem(
            document=document,
            name=name,
            position=position,
            problem=Problem(severity=Severity(severity), where=place, found=quoted, message=message),
            load=load,
        )
        for document, name, position, severity, place, quoted, message, load in found
    ]


_LOAD = "number, load, epoch_us(recorded_at), documents, documents_known, inputs, accepted, known, quarantined, total"


def loads(engine: "DuckDBPyConnection", at: Snapshot) -> list[Load]:
    """Every load, first to last."""
    return _loads(engine, at, f"SELECT {_LOAD} FROM {FILES} ORDER BY number")


def last_load(engine: "DuckDBPyConnection", at: Snapshot) -> Load | None:
    """The last load, or None in an empty ledger."""
    last = _loads(engine, at, f"SELECT {_LOAD} FROM {FILES} ORDER BY number DESC LIMIT 1")
    return last[0] if last else None


def _loads(engine: "DuckDBPyConnection", at: Snapshot, sql: str) -> list[Load]:
    paths = at.paths("loads")
    if not paths:
        return []
    names = ("number", "load", "recorded_at", "documents", "documents_known", "inputs", "accepted", "known")
    kept = []
    for row in ask(engine, sql, [paths]):
        told: dict[str, Any] = dict(zip((*names, "quarantined", "total"), row, strict=True))
        told["recorded_at"] = moment_of(told["recorded_at"])
        kept.append(Load(**told))
    return kept


def keys_among(engine: "DuckDBPyConnection", paths: list[str], column: str, keys: Iterable[str]) -> set[str]:
    """Those of the keys that the column holds in these files."""
    wanted = list(keys)
    if not paths or not wanted:
        return set()
    sql = f"SELECT DISTINCT {column} FROM {FILES} WHERE {column} IN (SELECT unnest(?))"
    return {key for (key,) in ask(engine, sql, [paths, wanted])}


def holder_part(text: str | None) -> str | None:
    """The text to look for in `holder_key`."""
    return None if text is None else search_key(text)
