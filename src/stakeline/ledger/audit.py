# ruff: noqa: S608 - SQL is put together from our own words; every value is bound
"""The rows against one another: keys and columns against bodies, sightings against rows, counts, the digest.

Works shard by shard, so that memory holds one shard and the hashes of the documents.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from stakeline.archive import read_index
from stakeline.ledger.columns import FILES, ask
from stakeline.ledger.delta import Snapshot
from stakeline.ledger.digest import MODULUS, element
from stakeline.ledger.entries import Seen, key_of
from stakeline.ledger.home import Home
from stakeline.ledger.read import documents, loads
from stakeline.ledger.records import KeptDocument
from stakeline.ledger.schema import (
    COLUMNS,
    DATE,
    FIGURE,
    MOMENT,
    Values,
    fact_row,
    holding_rows,
    notice_row,
    portfolio_row,
    position_columns,
)
from stakeline.model.errors import LedgerDamaged
from stakeline.model.facts import Fact
from stakeline.model.notices import Notice
from stakeline.model.portfolios import Portfolio

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AS_STORED = {DATE: "CAST({0} AS VARCHAR)", FIGURE: "CAST({0} AS VARCHAR)", MOMENT: "epoch_us({0})"}
_NOUNS: dict[str, type[Notice | Fact | Portfolio]] = {"notices": Notice, "facts": Fact, "portfolios": Portfolio}
_FOLLOWS = ("holdings", "positions")
"""Kinds whose rows follow from those of others."""


class _Audit:
    """What is counted on the way through the rows."""

    def __init__(self, engine: "DuckDBPyConnection", at: Snapshot) -> None:
        self.engine, self.at = engine, at
        self.documents: dict[str, KeptDocument] = {}
        self.counts: Counter[str] = Counter()
        self.total = 0

    def stored(self, kind: str, shard: str) -> list[tuple[Any, ...]]:
        """The rows of a kind and shard in the form in which `schema` makes them."""
        paths = self.at.paths(kind, {shard})
        if not paths:
            return []
        chosen = ", ".join(_AS_STORED.get(t, "{0}").format(name) for name, t in COLUMNS[kind].items())
        return [(shard, *row) for row in ask(self.engine, f"SELECT {chosen} FROM {FILES}", [paths])]

    def count(self, kind: str, canonical: bytes) -> None:
        """One row that counts in the digest."""
        self.counts[kind] += 1
        self.total = (self.total + element(kind, canonical)) % MODULUS


def row_faults(home: Home, at: Snapshot, engine: "DuckDBPyConnection") -> list[str]:
    """Every row that is not what it should be; where rows cannot be read, that, and no verdict on the digest."""
    audit = _Audit(engine, at)
    found: list[str] = []
    kinds = (*_NOUNS, *_FOLLOWS, "sightings")
    shards = sorted({shard for kind in kinds for shard in at.files.get(kind, {})})
    checks = [_document_faults(home, audit), _problem_faults(audit), *(_shard_faults(audit, s) for s in shards)]
    unread = [_said(check, found) for check in checks].count(False)
    if not unread:
        _said(_sum_faults(audit), found)
    return found


def _said(check: Iterator[str], found: list[str]) -> bool:
    """Add what a check finds; false where it could not read all rows."""
    try:
        found.extend(check)
    except LedgerDamaged as error:
        found.append(str(error))
        return False
    return True


def _document_faults(home: Home, audit: _Audit) -> Iterator[str]:
    """Documents against the packs that hold them."""
    by_pack: dict[str, set[tuple[str, str, int, str, Any]]] = {}
    for row in documents(audit.engine, audit.at.paths("documents")):
        if row.sha256 in audit.documents:
            yield f"documents, row {row.sha256}: stands there twice"
        audit.documents[row.sha256] = row
        audit.count("documents", row.sha256.encode())
        by_pack.setdefault(row.pack, set()).add((row.sha256, row.name, row.size, row.load, row.recorded_at))
    for pack, rows in by_pack.items():
        try:
            index = read_index(home.pack(pack))
        except LedgerDamaged:  # named with its file already
            continue
        told = {(held.sha256, held.name, held.size, index.load, index.recorded_at) for held in index.documents}
        for sha256, *_ in sorted(rows ^ told, key=lambda row: row[0]):
            yield f"documents, row {sha256}: not what the index of pack {pack} says"


def _problem_faults(audit: _Audit) -> Iterator[str]:
    for _, document, name, position, severity, place, found, message, _ in audit.stored("problems", "all"):
        audit.count("problems", msgspec.json.encode((document, position, severity, place, found, message)))
        audit.counts["input problems"] += severity == "input"
        if document not in audit.documents or audit.documents[document].name != name:
            yield f"problems, {document} number {position}: of a document that the ledger does not hold by that name"


def _shard_faults(audit: _Audit, shard: str) -> Iterator[str]:
    keys: set[str] = set()
    due: dict[str, Counter[Values]] = {kind: Counter() for kind in _FOLLOWS}
    for kind in _NOUNS:
        for row in audit.stored(kind, shard):
            fault = _body_fault(kind, row, due)
            if fault is None and row[1] in keys:
                fault = "stands there twice"
            if fault is not None:
                yield f"{kind}, shard {shard}, row {row[1]}: {fault}"
            keys.add(row[1])
            audit.count(kind, row[-1].encode())
    for kind, rows in due.items():
        stored = Counter(audit.stored(kind, shard))
        for values in (stored - rows) + (rows - stored):
            yield f"{kind}, shard {shard}, row {values[1]}: not what its {'notice' if kind == 'holdings' else 'portfolio'} says"
    yield from _sighting_faults(audit, shard, keys)


def _body_fault(kind: str, row: tuple[Any, ...], due: dict[str, Counter[Values]]) -> str | None:
    """What is wrong with a notice, fact or portfolio: its key, its body, a column. due: takes what should follow from it."""
    key, load, body = row[1], row[-2], row[-1].encode()
    if key_of(body) != key:
        return "the key is not that of its content"
    try:
        noun = msgspec.json.decode(body, type=_NOUNS[kind])
    except msgspec.MsgspecError as error:
        return f"its content cannot be read: {error}"
    if isinstance(noun, Notice):
        due["holdings"].update(holding_rows(key, noun, load))
        made = notice_row(key, noun, body, load)
    elif isinstance(noun, Portfolio):
        due["positions"].update(zip(*position_columns(key, noun, load).values(), strict=True))
        made = portfolio_row(key, noun, body, load)
    else:
        made = fact_row(key, noun, body, load)
    wrong = [name for name, a, b in zip(("shard", *COLUMNS[kind]), row, made, strict=True) if a != b]
    return f"{', '.join(wrong)}: not what its content says" if wrong else None


def _sighting_faults(audit: _Audit, shard: str, keys: set[str]) -> Iterable[str]:
    unseen = set(keys)
    met: set[tuple[str, str, str]] = set()
    for _, key, document, locator, name, _ in audit.stored("sightings", shard):
        audit.count("sightings", Seen(key, "", locator).canonical(document))
        unseen.discard(key)
        which = f"sightings, shard {shard}, row {key} in {document}"
        if key not in keys:
            yield f"{which}: of a row that the ledger does not hold"
        if document not in audit.documents or audit.documents[document].name != name:
            yield f"{which}: in a document that the ledger does not hold by that name"
        if (key, document, locator) in met:
            yield f"{which}: stands there twice"
        met.add((key, document, locator))
    yield from (f"shard {shard}, row {key}: stands in no document" for key in sorted(unseen))


def _sum_faults(audit: _Audit) -> Iterator[str]:
    """The counts of the loads and the digest against the rows."""
    history = loads(audit.engine, audit.at)
    if [told.number for told in history] != list(range(1, len(history) + 1)):
        yield "loads: their numbers do not run from 1 without a gap"
    for told in history:
        if told.inputs != told.accepted + told.known + told.quarantined:
            yield f"loads, {told.load}: inputs are not accepted + known + quarantined"
    counts = audit.counts
    for name, counted, summed in (
        ("documents", counts["documents"], sum(told.documents for told in history)),
        ("accepted", sum(counts[kind] for kind in _NOUNS), sum(told.accepted for told in history)),
        ("quarantined", counts["input problems"], sum(told.quarantined for told in history)),
    ):
        if counted != summed:
            yield f"loads: {name} adds up to {summed}, but the tables hold {counted}"
    told_total = int(history[-1].total, 16) if history else 0
    if told_total != audit.total:
        yield "loads: the digest of the last load is not that of the rows"
