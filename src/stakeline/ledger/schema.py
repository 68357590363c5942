"""The one Delta table: its kinds of row, their columns, and how the rows of a kind become those columns.

One table and not one per kind, partitioned by kind and shard: a load is then one Delta commit, whole or absent for every
reader of Delta, ours or not. Each data file holds the columns of its kind; the others read as null.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import TYPE_CHECKING
from unicodedata import normalize

from stakeline.ledger.entries import Entries, shard_of
from stakeline.model.facts import Fact
from stakeline.model.notices import Amount, Notice
from stakeline.model.numbers import Number
from stakeline.model.portfolios import COLUMNS as TABLE
from stakeline.model.portfolios import Portfolio

if TYPE_CHECKING:
    from stakeline.ledger.prepared import Counted

Value = str | int | None
Values = tuple[Value, ...]

FORMAT = 2
"""The version of everything on disk. A ledger of another version is refused. 1 had 256 shards: `entries.shard_of`."""

WHOLE = "all"
"""The shard of kinds that are not kept by subject."""

STRING, LONG, DATE, MOMENT, FIGURE = "string", "long", "date", "timestamp", "decimal(38,6)"

COLUMNS: dict[str, dict[str, str]] = {
    "notices": {
        "key": STRING,
        "subject": STRING,
        "issuer": STRING,  # issuer's name as told
        "share_class": STRING,
        "holder": STRING,  # holder's name as told
        "holder_key": STRING,  # for searching: see `search_key`
        "serial": STRING,
        "form": STRING,
        "event_date": DATE,
        "known_from": MOMENT,
        "status": STRING,
        "load": STRING,
        "body": STRING,  # canonical JSON; everything else here is a projection of it
    },
    "holdings": {
        "key": STRING,
        "subject": STRING,
        "share_class": STRING,
        "holder": STRING,
        "side": STRING,  # "before" or "after"
        "leg": STRING,
        "shares": FIGURE,
        "percent": FIGURE,
        "event_date": DATE,
        "known_from": MOMENT,
        "load": STRING,
    },
    "portfolios": {
        "key": STRING,
        "subject": STRING,  # the manager
        "holder": STRING,  # its name as told
        "holder_key": STRING,
        "serial": STRING,
        "form": STRING,
        "event_date": DATE,  # the end of the quarter
        "known_from": MOMENT,
        "status": STRING,
        "amending": STRING,
        "unit": LONG,  # dollars that 1 in the column of values means
        "unit_doubt": STRING,
        "rows": LONG,
        "load": STRING,
        "body": STRING,
    },
    "positions": {
        "key": STRING,  # of the portfolio
        "subject": STRING,
        "number": LONG,  # of the row, from 1
        "issuer": STRING,
        "issuer_key": STRING,
        "title": STRING,
        "cusip": STRING,
        "figi": STRING,
        "value": LONG,  # in the portfolio's unit
        "amount": LONG,
        "amount_type": STRING,
        "put_call": STRING,
        "discretion": STRING,
        "managers": STRING,
        "sole": LONG,
        "shared": LONG,
        "none": LONG,
        "load": STRING,
    },
    "facts": {
        "key": STRING,
        "subject": STRING,
        "measure": STRING,
        "item": STRING,
        "period": STRING,
        "known_from": MOMENT,
        "load": STRING,
        "body": STRING,
    },
    "sightings": {"key": STRING, "document": STRING, "locator": STRING, "name": STRING, "load": STRING},
    "problems": {
        "document": STRING,
        "name": STRING,
        "position": LONG,
        "severity": STRING,
        "place": STRING,  # "where" is a word of SQL
        "found": STRING,
        "message": STRING,
        "load": STRING,
    },
    "documents": {
        "document": STRING,
        "name": STRING,
        "reader": STRING,
        "size": LONG,
        "inputs": LONG,
        "quarantined": LONG,
        "pack": STRING,
        "recorded_at": MOMENT,
        "load": STRING,
    },
    "loads": {
        "number": LONG,
        "load": STRING,
        "recorded_at": MOMENT,
        "documents": LONG,
        "documents_known": LONG,
        "inputs": LONG,
        "accepted": LONG,
        "known": LONG,
        "quarantined": LONG,
        "total": STRING,
    },
}

ORDER: dict[str, str] = {
    "notices": "subject, key",
    "holdings": "subject, key, side, leg",
    "portfolios": "subject, event_date, key",
    "positions": "cusip, key, number",
    "facts": "subject, measure, key",
    "sightings": "key, document, locator",
    "problems": "document, position",
    "documents": "document",
    "loads": "number",
}
"""How the rows of a kind are sorted inside a file."""

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_STEP = Decimal("0.000001")
_EXACTLY = Context(prec=38, traps=[Inexact, InvalidOperation])


def microseconds(moment: datetime) -> int:
    """A moment as whole microseconds since 1970."""
    return (moment - _ZERO) // _TICK


def moment_of(ticks: int) -> datetime:
    """The moment of so many microseconds since 1970."""
    return _ZERO + ticks * _TICK


def search_key(*names: str | None) -> str:
    """Names folded for searching: compatibility forms, case and runs of blanks made equal; one name a line."""
    return "\n".join(" ".join(normalize("NFKC", name).casefold().split()) for name in names if name)


def columns_of(kind: str) -> list[str]:
    """The columns of a kind's rows as they are handed over: the shard, then its columns."""
    return ["shard", *COLUMNS[kind]]


def notice_row(key: str, notice: Notice, body: bytes, load: str) -> Values:
    """A notice as a row of `notices`."""
    return (
        shard_of(notice.subject),
        key,
        notice.subject,
        notice.issuer_name,
        notice.share_class,
        notice.holder.name,
        search_key(notice.holder.name, notice.holder.chinese, *(h.name for h in notice.joint)),
        notice.serial,
        notice.form,
        _day(notice.event_date),
        _ticks(notice.known_from),
        str(notice.status),
        load,
        body.decode(),
    )


def holding_rows(key: str, notice: Notice, load: str) -> Iterator[Values]:
    """The totals of a notice of the issuer's own shares as rows of `holdings`, one for each side and leg."""
    if not notice.own_shares:
        return
    for side, positions in (("before", notice.before), ("after", notice.after)):
        for position in positions:
            yield (
                shard_of(notice.subject),
                key,
                notice.subject,
                notice.share_class,
                notice.holder.name,
                side,
                str(position.leg),
                _figure(position.shares),
                _figure(position.percent),
                _day(notice.event_date),
                _ticks(notice.known_from),
                load,
            )


def fact_row(key: str, fact: Fact, body: bytes, load: str) -> Values:
    """A fact as a row of `facts`."""
    return (
        shard_of(fact.subject),
        key,
        fact.subject,
        fact.measure,
        fact.item,
        fact.period,
        _ticks(fact.known_from),
        load,
        body.decode(),
    )


def portfolio_row(key: str, portfolio: Portfolio, body: bytes, load: str) -> Values:
    """A portfolio as a row of `portfolios`."""
    return (
        shard_of(portfolio.subject),
        key,
        portfolio.subject,
        portfolio.manager.name,
        search_key(portfolio.manager.name, portfolio.manager.chinese),
        portfolio.serial,
        portfolio.form,
        _day(portfolio.period),
        _ticks(portfolio.known_from),
        str(portfolio.status),
        str(portfolio.amending) if portfolio.amending else None,
        portfolio.unit,
        portfolio.unit_doubt,
        portfolio.rows,
        load,
        body.decode(),
    )


def position_columns(key: str, portfolio: Portfolio, load: str) -> dict[str, list[Value]]:
    """The rows of a portfolio's table as columns of `positions`, sorted as those are; columns, for a table may have a quarter of a million."""
    count, table = portfolio.rows, portfolio.table
    if table is None:
        return {name: [] for name in columns_of("positions")}
    same: dict[str, Value] = {
        "shard": shard_of(portfolio.subject),
        "key": key,
        "subject": portfolio.subject,
        "load": load,
    }
    columns: dict[str, list[Value]] = {name: [value] * count for name, value in same.items()}
    cusips = [cusip or "" for cusip in table.column("cusip")]
    order = sorted(range(count), key=cusips.__getitem__)
    for name in TABLE:
        column = table.column(name)
        columns[name] = [column[at] for at in order]
    folded = {name: search_key(name) for name in set(table.issuer) if name}
    issuers = table.column("issuer")
    columns["issuer_key"] = [folded.get(issuers[at] or "") for at in order]
    columns["number"] = [at + 1 for at in order]
    return {name: columns[name] for name in columns_of("positions")}


def sighting_rows(entries: Entries, load: str) -> Iterable[Values]:
    """Where the rows of a document stand."""
    held = entries.held
    return ((shard_of(s.subject), s.key, held.sha256, s.locator, held.name, load) for s in entries.sightings)


def problem_rows(entries: Entries, load: str) -> Iterable[Values]:
    """The problems of a document."""
    return (
        (WHOLE, entries.held.sha256, entries.held.name, position, str(p.severity), p.where, p.found, p.message, load)
        for position, p in enumerate(entries.problems)
    )


def document_row(document: "Counted", pack: str, recorded_at: datetime, load: str) -> Values:
    """A document as a row of `documents`."""
    return (
        WHOLE,
        document.held.sha256,
        document.held.name,
        document.reader,
        document.held.size,
        document.inputs,
        document.quarantined,
        pack,
        microseconds(recorded_at),
        load,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _ticks(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _figure(amount: Amount) -> str | None:
    """A number that DECIMAL(38,6) holds exactly, as text; None for anything else, which stays whole in the body."""
    if not isinstance(amount, Number):
        return None
    try:
        return format(_EXACTLY.add(amount.value.quantize(_STEP, context=_EXACTLY), 0), "f")
    except (Inexact, InvalidOperation):
        return None
