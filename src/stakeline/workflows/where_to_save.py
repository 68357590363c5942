"""Which pages somebody should save about an issuer, and what each would add to what the ledger has. Nothing is fetched."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from stakeline import regimes, registry
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import UnknownName, UsageError
from stakeline.model.facts import Fact
from stakeline.model.law import Regime
from stakeline.model.moments import day_at, parse_day
from stakeline.model.notices import Notice
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.sources import Site, Source
from stakeline.reading.addresses import encoded, queries
from stakeline.workflows import knowledge
from stakeline.workflows.where import now

_MOST_DOCUMENTS = 20
_LONGEST_VALUE = 200
_FIELD = re.compile(r"\{([a-z_]+)\}")
_EMPTY = re.compile(r"&[a-z]+=(?=&|$)")
"""A parameter without a value, which links of the site leave out."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page to save.

    steps: what to click there. adds, lacks: what it tells and what not. has: what the ledger has of it already.
    serial: of a notice. doubt: how well the address is known.
    """

    name: str
    address: str
    steps: str
    adds: str
    lacks: str | None = None
    has: str | None = None
    serial: str | None = None
    doubt: str | None = None


class WhereToSave(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `where`: pages, the most useful first; those that the ledger has already come last.

    issuer: its name, where the ledger knows one, and code. holder: whose notices are meant, or None for all.
    """

    issuer: str
    code: str
    holder: str | None
    since: date | None
    until: date
    terms: str
    pages: tuple[Page, ...]


def where_to_save(
    ledger: Ledger | None,
    issuer: str,
    holder: str | None = None,
    *,
    since: str | None = None,
    at: datetime | None = None,
) -> WhereToSave:
    """The pages to save about an issuer, or about one holder's interest in it.

    ledger: None where there is none yet; then the issuer is a stock code. since: only events on or after this day.
    at: the moment taken for now. UnknownName or AmbiguousName where it is not clear who is meant.
    """
    names = ledger.names() if ledger else Names(told=(), facts=())
    regime, site, code, name = _issuer(issuer, names)
    notices = ledger.notices(subjects={f"{regime.code}:{code}"}, undated=True) if ledger else []
    wanted, person = _holder(holder, notices, names)
    first = parse_day(since) if since else None
    asked = _Asked(
        code=code,
        since=first,
        until=day_at(at or now(), regime.zone),
        holder=person,
        zone=regime.zone,
        notices=tuple(n for n in notices if wanted is None or registry.normal(n.body.holder.name) in wanted),
        facts=tuple(ledger.facts(subjects={f"{regime.code}:{code}"}, undated=True)) if ledger else (),
        revealed=_revealed(ledger, site, code, notices) if ledger else (),
    )
    if first is not None and first > asked.until:
        raise UsageError(f"{first} is after today; events of the future are not filed yet")
    pages = [page for source in site.sources for page in _pages(source, asked)]
    return WhereToSave(
        issuer=name,
        code=code,
        holder=person,
        since=first,
        until=asked.until,
        terms=site.terms,
        pages=tuple(sorted(pages, key=lambda p: p.has is not None)),
    )


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, and what the ledger has of it."""

    code: str
    since: date | None
    until: date
    holder: str | None
    zone: str
    notices: tuple[Row[Notice], ...]
    facts: tuple[Row[Fact], ...]
    revealed: tuple[dict[str, str], ...]


def _issuer(told: str, names: Names) -> tuple[Regime, Site, str, str]:
    """Regime, site, code and name of the issuer; a code does not need to be known to the ledger."""
    try:
        issuer = registry.find(told, knowledge.issuers(names))
    except UnknownName:
        fitting = [(r, c) for r in regimes.regimes() if r.site is not None and (c := _as_code(told, r)) is not None]
        if len(fitting) != 1:
            raise
        regime, code = fitting[0]
        name = code
    else:
        regime = regimes.regime(registry.regime_part(issuer.subject))
        code, name = issuer.subject.partition(":")[2], issuer.name
    if regime.site is None:
        raise UsageError(f"of the site on which {quote(name)} is disclosed nothing is known yet")
    return regime, regime.site, code, name


def _as_code(told: str, regime: Regime) -> str | None:
    """What was typed as a stock code of the regime ("20", "hk:00020", "0020.HK"), or None."""
    text = told.strip().casefold().removeprefix(f"{regime.code}:").removesuffix(f".{regime.code}")
    width = regime.code_width or 0
    return text.zfill(width) if text.isascii() and text.isdigit() and len(text) <= width and int(text) else None


def _holder(told: str | None, notices: Sequence[Row[Notice]], names: Names) -> tuple[set[str] | None, str | None]:
    """The names under which the holder filed, and the name to search for; a holder may be new to the ledger."""
    if told is None:
        return None, None
    facts = [f for f in names.facts if f.body.subject.startswith("holder:")]
    try:
        party = registry.find(told, registry.named_holders(facts, [n.body.holder.name for n in notices]))
    except UnknownName:
        return set(), told
    return {registry.normal(n) for n in (party.name, *party.names, *party.seats)}, party.name


def _revealed(ledger: Ledger, site: Site, code: str, notices: Sequence[Row[Notice]]) -> tuple[dict[str, str], ...]:
    """What the links of loaded pages reveal about this issuer, each set once; only the first value is in every link."""
    if not site.revealed:
        return ()
    documents = dict.fromkeys(s.document for row in notices for s in row.sightings)
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for document in list(documents)[:_MOST_DOCUMENTS]:
        for query in queries(ledger.document(document).data):
            of = query.get(site.code_parameter or "", "").strip()
            told = {name: query.get(name, "") for name in site.revealed}
            mine = of.isdigit() and of.lstrip("0") == code.lstrip("0")
            if mine and told[site.revealed[0]] and all(len(v) <= _LONGEST_VALUE for v in told.values()):
                found.setdefault(tuple(told.values()), told)
    return tuple(found[key] for key in sorted(found))


def _pages(source: Source, asked: _Asked) -> Iterator[Page]:
    """The pages of one kind that fit the question."""
    first = max(filter(None, (asked.since, source.first)), default=None)
    last = min(filter(None, (asked.until, source.last)))
    if first is not None and first > last:
        return
    values = {"code": asked.code, "until": last.strftime(source.days), "holder": asked.holder or ""}
    if first is not None:
        values["since"] = first.strftime(source.days)
    if source.each == "notice":
        yield from _notices(source, asked)
    elif source.each == "day":
        for day in _days(source, asked):
            yield _page(source, {**values, "day": day.strftime(source.days)}, has=_summary(source, asked, day))
    elif source.each == "issuer" or asked.holder:
        unknown = set(_FIELD.findall(source.address)) - values.keys()
        for told in (t for t in asked.revealed if unknown <= t.keys()) if unknown else ({},):
            yield _page(source, {**values, **told}, has=_has(source, asked))


def _notices(source: Source, asked: _Asked) -> Iterator[Page]:
    """The pages of notices whose serial is known, the newest event first."""
    mine = [n for n in asked.notices if n.body.serial and n.body.serial.startswith(source.prefix or "")]
    mine = [n for n in mine if _asked_for(n.body, asked.since, source)]
    loaded = {n.body.serial for n in mine if n.body.form in source.forms}
    by_serial = {n.body.serial: n.body for n in mine}
    for serial, notice in sorted(
        by_serial.items(), key=lambda s: (s[1].event_date or date.min, s[0] or ""), reverse=True
    ):
        told = f"{source.name}, {notice.holder.name}" + (f", event of {notice.event_date}" if notice.event_date else "")
        has = "the page is in the ledger" if serial in loaded else None
        yield _page(source, {"serial": serial or ""}, has=has, name=told, serial=serial)


def _asked_for(notice: Notice, since: date | None, source: Source) -> bool:
    """True where the notice's event is of the days asked for, and its serial one of the source's time."""
    day = notice.event_date
    filed = notice.known_from.date() if notice.known_from else None
    return (since is None or day is None or day >= since) and (
        source.first is None or filed is None or filed >= source.first
    )


def _days(source: Source, asked: _Asked) -> list[date]:
    """The days for which the site may still have the page: of filings whose own page is missing, else the last weekday."""
    oldest = asked.until - timedelta(days=source.kept_days or 0)
    paged = {n.body.serial for n in asked.notices if n.body.issued is not None}
    filed = {
        day_at(n.body.known_from, asked.zone)
        for n in asked.notices
        if n.body.known_from and n.body.serial and n.body.serial not in paged
    }
    found = sorted((d for d in filed if oldest <= d <= asked.until), reverse=True)
    last = asked.until
    while last.weekday() >= 5:  # Saturday and Sunday
        last -= timedelta(days=1)
    return found or [last]


def _summary(source: Source, asked: _Asked, day: date) -> str | None:
    rows = [n for n in asked.notices if n.body.form in source.forms and n.body.known_from]
    told = [n for n in rows if n.body.known_from and day_at(n.body.known_from, asked.zone) == day]
    return f"{len(told)} of its rows are in the ledger" if told else None


def _has(source: Source, asked: _Asked) -> str | None:
    """What the ledger has from pages of this kind."""
    first, last = source.first or date.min, source.last or date.max
    told = [n.body.event_date for n in asked.notices if n.body.form in source.forms and n.body.event_date]
    days = sorted(day for day in told if first <= day <= last)
    if days:
        return f"{len(days)} notices from such lists, events of {days[0]} to {days[-1]}"
    facts = [f for f in asked.facts if f.body.measure in source.measures]
    return f"{len(facts)} figures" if facts else None


def _page(
    source: Source, values: dict[str, str], *, has: str | None, name: str | None = None, serial: str | None = None
) -> Page:
    """One page, with every value in its address percent-encoded: names and serials come from filings."""
    address = _EMPTY.sub("", _FIELD.sub(lambda m: encoded(values[m[1]]), source.address))
    return Page(
        name=name or source.name,
        address=address,
        steps=source.steps,
        adds=source.adds,
        lacks=source.lacks,
        has=has,
        serial=serial,
        doubt=source.confidence,
    )
