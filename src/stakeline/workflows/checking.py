"""Articles checked: figures found, claims made of them, each compared with the article itself, the day's rates and the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from stakeline import market
from stakeline.checks import figures
from stakeline.checks.bases import with_bases
from stakeline.checks.claims import claims as claims_of
from stakeline.checks.evidence import compare
from stakeline.checks.footnoted import FigureOf, with_footnotes
from stakeline.checks.rates import Rate
from stakeline.checks.relations.page import Page
from stakeline.checks.report import Report
from stakeline.checks.slipped import with_slips
from stakeline.checks.verdicts import Checked, check_claims
from stakeline.model.claims import Claim, Language, Ruling, Severity, Verdict
from stakeline.model.errors import LedgerMissing, StakelineError
from stakeline.model.facts import Fact
from stakeline.model.moments import end_of_day, parse_moment
from stakeline.model.numbers import Interval
from stakeline.model.rows import Row
from stakeline.reading.containers import Refused
from stakeline.workflows import articles
from stakeline.workflows.articles import Source
from stakeline.workflows.readers import cite
from stakeline.workflows.where import now, open_ledger

if TYPE_CHECKING:
    from stakeline.workflows.outside import Outside

_ZONE = "Asia/Hong_Kong"
_PROCESSES = 2
_CHUNK = 4
_DAYS = frozenset({"price.date", "transaction.date", "report.date"})
"""Kinds of days that had passed when the article was written."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of every article.

    on: its day, where the user says so. lang: its language likewise. known: only what was public at this moment counts (by
    default: at the end of the article's day). ledger: folder of the ledger; None for the usual place.
    """

    on: date | None = None
    lang: Language | None = None
    known: str | None = None
    ledger: str | None = None


def check(inputs: Iterable[str], asked: Asked, *, stdin: BinaryIO | None = None) -> Iterator[Report | Refused]:
    """Each article in files, folders or "-", checked; what cannot be read as one comes as `Refused`.

    Without a ledger the article and the day's exchange rates have to do.
    """
    outside = _outside(asked.ledger)
    for item in articles.sources(inputs, stdin):
        yield item if isinstance(item, Refused) else check_source(item, asked, outside)


def check_source(
    source: Source, asked: Asked, outside: "Outside | None" = None, *, figure_of: FigureOf | None = None
) -> Report:
    """One article, checked. figure_of: the figures that a brief of ours cites, by default those of briefs made from the ledger."""
    article = figures.read(source.plain, on=asked.on, lang=asked.lang)
    told = claims_of(source.plain, article.figures, on=article.on, asides=article.asides)
    notes = list(source.notes)
    on = judged = article.on
    dated = on is not None
    if on is None:
        on, judged, note = _day(told)
        notes.append(note)
        article = figures.read(source.plain, on=on, lang=asked.lang)
        told = claims_of(source.plain, article.figures, on=on, asides=article.asides)
    if outside is None:
        notes.append("no ledger: judged by the article itself and the day's exchange rates alone")
    known = parse_moment(asked.known, _ZONE) if asked.known else None
    evidence = outside.of(source.plain, told, known) if outside is not None else None
    rates = rate_of(evidence.rates(on) if evidence else ())

    def again(plain: str) -> Page:
        read = figures.read(plain, on=on, lang=asked.lang)
        return Page(plain, claims_of(plain, read.figures, on=on, asides=read.asides), judged, rates, dated=dated)

    found = check_claims(source.plain, told, on=judged, evidence=evidence, rate=rates, dated=dated)
    found = msgspec.structs.replace(found, rulings=with_slips(source.plain, found.rulings, again))
    if evidence is not None:
        found = _settled(found, evidence, on)
        figure_of = figure_of or evidence.figure
    if source.cited and figure_of is not None:
        rulings = with_footnotes(found.rulings, source.text, source.cited, figure_of, on, _ZONE)
        found = msgspec.structs.replace(found, rulings=rulings)
    return Report(
        name=source.name,
        text=source.text,
        on=on,
        lang=article.lang,
        rulings=found.rulings,
        statements=found.statements,
        notes=tuple(notes),
    )


def batch(inputs: Iterable[str], asked: Asked, *, processes: int = _PROCESSES) -> Iterator[Report | Refused]:
    """Many articles, in order, checked by several processes. Every file named, or in a folder named, is one piece of work."""
    names = list(articles.named(inputs))
    if len(names) <= _CHUNK or processes < 2:
        yield from _each(names, asked)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Started afresh, not forked: the ledger's threads must not be copied into a child.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for found in pool.map(partial(_one, asked), names, chunksize=_CHUNK):
            yield from found


def rate_of(rows: Sequence[Row[Fact]] = ()) -> Rate:
    """Rates of a day: from the ledger's facts, else the ECB's."""

    def rate(day: date, base: str, quote_currency: str) -> Interval | None:
        found = market.rate(base, quote_currency, on=day, known=end_of_day(day, "Europe/Berlin"), rows=rows, cite=cite)
        return found.bounds() if found is not None else None

    return rate


_opened: dict[str | None, "Outside | None"] = {}


def _one(asked: Asked, name: str) -> list[Report | Refused]:
    """One file, in a process that keeps its ledger open."""
    if asked.ledger not in _opened:
        _opened[asked.ledger] = _outside(asked.ledger)
    return list(_named(name, asked, _opened[asked.ledger]))


def _each(names: Iterable[str], asked: Asked) -> Iterator[Report | Refused]:
    outside = _outside(asked.ledger)
    for name in names:
        yield from _named(name, asked, outside)


def _named(name: str, asked: Asked, outside: "Outside | None") -> Iterator[Report | Refused]:
    try:
        for item in articles.sources([name]):
            yield item if isinstance(item, Refused) else check_source(item, asked, outside)
    except StakelineError as error:  # one that cannot be opened must not take the others with it
        yield articles.refused(name, str(error))


def _outside(ledger: str | None) -> "Outside | None":
    """The ledger as evidence. A ledger that is named must be there; without one the usual place may be empty."""
    try:
        opened = open_ledger(ledger)
    except LedgerMissing:
        if ledger:
            raise
        return None
    from stakeline.workflows.outside import Outside

    return Outside(opened)


def _day(told: Sequence[Claim]) -> tuple[date, date | None, str]:
    """The day to take an article for that has none, and the day to judge it by: the last that it reports something of.

    Where it reports of no day either it is read as of today, and no rate or order of days is held against it.
    """
    today = now().date()
    days = [c.found.day for c in told if c.kind in _DAYS and c.found.day is not None and c.found.day <= today]
    if days:
        last = max(days)
        return (
            last,
            last,
            f"the article names no day of its own; taken as of {last}, the last day that it reports of (--on DAY)",
        )
    return today, None, f"the article names no day; taken as of today, {today}, and no day's rate is used (--on DAY)"


def _settled(found: Checked, evidence: "Outside", on: date) -> Checked:
    """What the ledger settles beside figures: days, and of which shares a percentage is."""
    rulings = with_bases(_unblamed(found.rulings, evidence, on), lambda claim: evidence.counts(claim, on))
    return msgspec.structs.replace(found, rulings=tuple(_day_settled(r, evidence, on) for r in rulings))


def _unblamed(rulings: Sequence[Ruling], evidence: "Outside", on: date) -> tuple[Ruling, ...]:
    """The rulings, without those that blame one figure of a sum where the ledger bears it out and refutes another one beside it."""
    refuted = {r.claim.found.sentence for r in rulings if r.verdict is Verdict.CONTRADICTED}
    return tuple(
        _borne_out(r, evidence, on)
        if r.verdict is Verdict.INCONSISTENT and r.basis == "in_article" and r.claim.found.sentence in refuted
        else r
        for r in rulings
    )


def _borne_out(ruling: Ruling, evidence: "Outside", on: date) -> Ruling:
    known = evidence.known(ruling.claim, on)
    finding = compare(ruling.claim, known, on, None) if known else None
    if finding is None or finding.verdict is not Verdict.SUPPORTED or finding.severity is not None:
        return ruling
    return Ruling(
        claim=ruling.claim,
        verdict=finding.verdict,
        basis="external",
        recomputed=finding.recomputed,
        reason=finding.reason,
        sources=finding.sources,
    )


def _day_settled(ruling: Ruling, evidence: "Outside", on: date) -> Ruling:
    stated = ruling.claim.found.day
    if stated is None or ruling.verdict is not Verdict.NOT_CHECKABLE:
        return ruling
    known = evidence.days(ruling.claim, on)
    if not known:
        return ruling
    day, of, source = next((k for k in known if k[0] == stated), known[0])
    right = day == stated
    return msgspec.structs.replace(
        ruling,
        verdict=Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
        severity=None if right else Severity.ERROR,
        basis="external",
        recomputed=day.isoformat(),
        reason=f"It is the day of {of}." if right else f"The day of {of} is {day}.",
        sources=(source,),
        correction=None if right else day.isoformat(),
    )
