"""What managers reported that they held at the end of a quarter: of one manager, or of one security across managers."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from stakeline import regimes
from stakeline.ledger import Ledger
from stakeline.model.errors import UnknownName
from stakeline.model.figures import Figure, Place
from stakeline.model.portfolios import HeldRow, Portfolio, ReportHead
from stakeline.model.punctual import Punctuality
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer
from stakeline.registry import find, normal, regime_part
from stakeline.registry.quarters import Quarter, latest, quarters
from stakeline.workflows import due_days, knowledge
from stakeline.workflows.knowledge import Asked

MOST = 500
"""Positions that an answer lists; all are counted."""
_SHORTEST = 3
_CITED = 12
"""Digits of a report's key that its rows are cited by."""
_CITE = re.compile(rf"([0-9a-f]{{{_CITED},40}})#([1-9][0-9]{{0,5}})")
_CUSIP = 9


class QuarterEnd(msgspec.Struct, frozen=True, kw_only=True):
    """One security in one manager's hands at the end of a quarter, options and bonds apart from shares.

    amount: of all its rows together; None where one of them cannot be read. kind: "SH" shares, "PRN" principal in dollars. option: "Put" or
    "Call": not held, but the shares under an option. value: in dollars; None where a row or the unit is not known.
    discretion: "SOLE", "DFND, OTR" ...: shared discretion means that other managers may report the same. rows: how many rows it is.
    cites: of each report its first row ("7443f3a7e1c8#2"), for `why`.
    serials: of the reports that it stands in. unit: dollars that 1 in their value column means.
    """

    manager: str
    subject: str
    period: date
    known_from: datetime | None
    serials: tuple[str, ...]
    issuer: str | None
    title: str | None
    cusip: str | None
    kind: str | None
    option: str | None
    amount: int | None
    value: int | None
    unit: int | None
    discretion: str
    rows: int
    cites: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report that positions stand in. serial: the regulator's number, or its key. answer: when it was due, and whether it was in time."""

    serial: str
    period: date | None
    answer: Punctuality


class Quarterly(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. held: the largest values first, at most `MOST`; all: how many there are.

    unclear: serials of amendments that do not say whether they restate or add, and so are left out. doubts: what speaks against the unit of
    a report's values, by its serial. reports: those that they stand in, where one manager was asked about. zone: of the days asked.
    """

    asked: Asked
    zone: str
    held: tuple[QuarterEnd, ...]
    all: int
    unclear: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()


def of_name(ledger: Ledger, name: str, *, on: str | None, known: str | None) -> Quarterly | None:
    """What the manager of this name held, or who held the security of this name or CUSIP; None where nothing is told of either.

    on: the last quarter that ended by this day, of each manager. known: public by then; None: whenever.
    """
    public = _public(ledger, on, known)
    if public is None:
        return None
    now = latest(quarters(public.heads), public.asked.on)
    rows = _rows(ledger, name, now)
    return _answer(now, rows, public.asked, public.zone) if rows else None


class Public(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of managers that were public at a moment. zone: of the days asked."""

    asked: Asked
    zone: str
    heads: tuple[ReportHead, ...]


def reports_of(ledger: Ledger, name: str, *, known: str | None, whole: bool) -> Public | None:
    """The reports of the managers that a name means, each filing once; None where it means none. whole: no part of a name means one."""
    public = _public(ledger, None, known)
    own = manager(name, {h.subject: h.manager for h in public.heads}, whole=whole) if public else []
    if public is None or not own:
        return None
    filings = {h.serial or h.key: h for h in public.heads if h.subject in own}
    return msgspec.structs.replace(public, heads=tuple(filings.values()))


def _public(ledger: Ledger, on: str | None, known: str | None) -> Public | None:
    heads = ledger.reports(undated=True)
    if not heads:
        return None
    zone = regimes.regime(regime_part(heads[0].subject)).zone
    asked = knowledge.asked(on, known, zone)
    limit = asked.limit
    public = tuple(h for h in heads if limit is None or (h.known_from is not None and h.known_from <= limit))
    return Public(asked=asked, zone=zone, heads=public)


def _rows(ledger: Ledger, name: str, now: dict[str, Quarter]) -> list[HeldRow]:
    """The rows that a name means: of a manager's own reports, else of a security in everybody's, else of the manager with such a name."""
    managers = {subject: quarter.manager for subject, quarter in now.items()}
    own = manager(name, managers, whole=True)
    if not own:
        standing = {key for quarter in now.values() for key in quarter.keys}
        rows = [row for row in _of_security(ledger, name, normal(name)) if row.key in standing]
        if rows:
            return rows
        own = manager(name, managers, whole=False)
    return ledger.positions(subjects=own, keys=[key for s in own for key in now[s].keys]) if own else []


def manager(name: str, managers: Mapping[str, str], *, whole: bool) -> list[str]:
    """The managers that a name or a CIK means, by subject; not whole: also the one that has such words in its name.

    managers: names by subject. AmbiguousName where a part of a name fits several.
    """
    wanted = normal(name)
    same = [s for s, told in managers.items() if normal(told) == wanted or _same_code(s, name)]
    if same or whole:
        return same
    known = [Issuer(subject=s, name=told, codes=((_code(s), None, None),)) for s, told in managers.items()]
    try:
        return [find(name, known).subject]
    except UnknownName:
        return []


def _same_code(subject: str, name: str) -> bool:
    """True where a name is the manager's CIK, with or without its zeros, or its subject."""
    code = _code(subject)
    return name == subject or (name.isascii() and name.isdigit() and name.zfill(len(code)) == code)


def _code(subject: str) -> str:
    return subject.partition(":")[2]


def _of_security(ledger: Ledger, name: str, wanted: str) -> Iterable[HeldRow]:
    """Rows of a security, by its CUSIP, or by an issuer's name as reports tell it."""
    bare = "".join(name.split()).upper()
    if len(bare) == _CUSIP and any(c.isdigit() for c in bare):
        return ledger.positions(cusips=[bare])
    if len(wanted.strip()) < _SHORTEST:
        return ()
    longest = max(name.split(), key=len)
    return [r for r in ledger.positions(issuer_like=longest) if r.issuer and _means(wanted, normal(r.issuer))]


def _means(wanted: str, told: str) -> bool:
    """True where a name as told is the name wanted, or is cut off or goes on behind it as names in reports do."""
    return told == wanted or told.startswith(f"{wanted} ") or wanted.startswith(f"{told} ")


def _answer(now: dict[str, Quarter], rows: Iterable[HeldRow], asked: Asked, zone: str) -> Quarterly:
    grouped: dict[tuple[Any, ...], list[HeldRow]] = defaultdict(list)
    for row in rows:
        grouped[row.subject, *_security(row)].append(row)
    held = [_position(now[subject], group) for (subject, *_), group in grouped.items()]
    held.sort(key=lambda h: (-(h.value or -1), h.manager, h.cusip or "", h.option or ""))
    used = {h.subject for h in held}
    keys = {row.key for rows in grouped.values() for row in rows}
    heads = [h for q in now.values() for h in (q.report, *q.added) if h is not None and h.key in keys]
    doubts = [f"{h.serial or h.key}: {h.unit_doubt}" for h in heads if h.unit_doubt]
    unclear = [u.serial or u.key for s, q in now.items() if s in used for u in q.unclear]
    return Quarterly(
        asked=asked,
        zone=zone,
        held=tuple(held[:MOST]),
        all=len(held),
        unclear=tuple(unclear),
        doubts=tuple(doubts),
        reports=tuple(map(_report, heads)) if len(used) == 1 else (),
    )


def _report(head: ReportHead) -> Report:
    return Report(serial=head.serial or head.key, period=head.period, answer=due_days.of_report(head))


def _security(row: HeldRow) -> tuple[str | None, ...]:
    """What a row is of. Without a CUSIP, or with one that only fills the place, rows of one name and title are one security."""
    number = row.cusip if row.cusip and len(set(row.cusip)) > 1 else None
    named = () if number else (row.issuer, row.title)
    return (number, row.put_call, row.amount_type, *named)


def cited(ledger: Ledger, cite: str) -> tuple[Figure, str] | None:
    """The position in a report that a row is part of, by the row's cite, with every row that it is; and the zone of its days.

    None where it is no cite of a row, or of none in the ledger.
    """
    told = _CITE.fullmatch(cite.strip())
    heads = ledger.reports(undated=True) if told is not None else []
    head = next((h for h in heads if told is not None and h.key.startswith(told[1])), None)
    if told is None or head is None:
        return None
    rows = ledger.positions(subjects=[head.subject], keys=[head.key])
    wanted = next((row for row in rows if row.row == int(told[2])), None)
    if wanted is None:
        return None
    (report,) = ledger.portfolios(subjects=[head.subject], keys=[head.key], undated=True)
    figures = [_figure(row, head, report) for row in rows if _security(row) == _security(wanted)]
    zone = regimes.regime(regime_part(head.subject)).zone
    return (figures[0] if len(figures) == 1 else _added(figures)), zone


def _figure(row: HeldRow, head: ReportHead, report: Row[Portfolio]) -> Figure:
    """A row's amount, where it was read."""
    sighting = report.sightings[0]
    place = f"information table, row {row.row}"
    under = f" under {row.put_call} options" if row.put_call else ""
    principal = row.amount_type == "PRN"
    return Figure(
        value=None if row.amount is None else Decimal(row.amount),
        text="not readable" if row.amount is None else None,
        unit="text" if row.amount is None else "currency" if principal else "shares",
        currency="USD" if principal and row.amount is not None else None,
        basis=f"{row.issuer or 'not named'}, {row.title or 'class not told'}, CUSIP {row.cusip or 'not told'}{under}, "
        f"as {head.manager} reported on Form {head.form}",
        day=head.period.isoformat() if head.period else None,
        places=(Place(document=sighting.document, name=sighting.name, locator=place, label=place),),
        known_from=head.known_from,
    )


def _added(figures: list[Figure]) -> Figure:
    """The rows of one position together; not readable where one of them is not."""
    values = [f.value for f in figures]
    known = [value for value in values if value is not None]
    whole = len(known) == len(values)
    return msgspec.structs.replace(
        figures[0],
        value=sum(known, Decimal(0)) if whole else None,
        text=None if whole else "not readable",
        unit=figures[0].unit if whole else "text",
        currency=figures[0].currency if whole else None,
        places=(),
        formula="rows of one security, added",
        inputs=tuple(figures),
    )


def _position(quarter: Quarter, rows: list[HeldRow]) -> QuarterEnd:
    heads = {h.key: h for h in (quarter.report, *quarter.added) if h is not None}
    reports = [heads[key] for key in dict.fromkeys(row.key for row in rows)]
    units = {report.unit for report in reports}
    worth = [None if row.value is None or (u := heads[row.key].unit) is None else row.value * u for row in rows]
    first = rows[0]
    return QuarterEnd(
        manager=quarter.manager,
        subject=quarter.subject,
        period=quarter.period,
        known_from=max((r.known_from for r in reports if r.known_from), default=None),
        serials=tuple(r.serial or r.key for r in reports),
        issuer=first.issuer,
        title=first.title,
        cusip=first.cusip,
        kind=first.amount_type,
        option=first.put_call,
        amount=_sum(row.amount for row in rows),
        value=_sum(worth),
        unit=next(iter(units)) if len(units) == 1 else None,
        discretion=", ".join(sorted({row.discretion or "not told" for row in rows})),
        rows=len(rows),
        cites=tuple(
            f"{key[:_CITED]}#{min(r.row for r in rows if r.key == key)}" for key in dict.fromkeys(r.key for r in rows)
        ),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum; None where one is not known."""
    told = list(values)
    known = [value for value in told if value is not None]
    return sum(known) if len(known) == len(told) else None
