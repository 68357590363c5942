"""What `duty` is asked about, read strictly: one investor's positions in one or more securities, from JSON or CSV.

A file about one security has the keys of a situation (`model.situations`), with `events` for several events and `regime` for the
rulebooks; one about several has them under `securities`, by name. In JSON a key that begins with "#" is a note to the
reader and is dropped. CSV becomes the same structure (`portfolio_rows`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, Final

import msgspec

from stakeline.duties.look import same
from stakeline.model.errors import UsageError
from stakeline.model.problems import quote
from stakeline.model.rules import Measure
from stakeline.model.situations import (
    CalendarFacts,
    Filing,
    Given,
    Happening,
    Holding,
    Investor,
    IssuerFacts,
    LegName,
    Occurrence,
    Portfolio,
    Question,
    Related,
)
from stakeline.regimes.rulebooks import codes, rulebook
from stakeline.workflows.portfolio_rows import tables
from stakeline.workflows.situations import LIMITS, convert
from stakeline.workflows.strict import Check, Text, check_of, checked, loads

LONGEST: Final = 200_000_000
"""Bytes. A million positions have room."""
_BY_ENDING: Final = {".HK": "hk_sfo_part_xv"}
"""Rulebooks told by a security's ending. Elsewhere the ending does not tell the issuer's home, on which the law depends."""


class Security(Given, frozen=True, kw_only=True):
    """One security's part of a file. regime: codes of rulebooks. event, aware, question: where one event is asked, as in a case.

    investor, related: where they differ from the file's (a role is towards one issuer).
    """

    regime: tuple[str, ...] = ()
    investor: Investor | None = None
    related: tuple[Related, ...] = ()
    issuer: IssuerFacts = IssuerFacts()
    positions: tuple[Holding, ...] = ()
    filings: tuple[Filing, ...] = ()
    events: tuple[Occurrence, ...] = ()
    event: Happening | None = None
    aware: date | None = None
    calendar_facts: CalendarFacts | None = None
    question: Question | None = None


class File(Security, frozen=True, kw_only=True):
    """A whole file: about one security (`security` is its name), or several."""

    security: str | None = None
    securities: dict[str, Security] = msgspec.field(default_factory=dict)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of one security. only: the one event that is asked; None: all that the portfolio shows.

    regimes: codes of rulebooks; guessed: from what they were taken where the file names none.
    """

    security: str | None
    regimes: tuple[str, ...]
    guessed: str | None = None
    portfolio: Portfolio
    only: Occurrence | None = None
    question: Question | None = None


def _part(told: Mapping[str, Any]) -> str | None:
    if "event" in told and "events" in told:
        return "needs event (one is asked) or events, not both"
    alone = [key for key in ("aware", "question") if key in told and "event" not in told]
    return f"{alone[0]} belongs to event; in events each has its own aware" if alone else None


def _file(told: Mapping[str, Any]) -> str | None:
    if "securities" in told:
        flat = [key for key in told if key not in ("securities", "investor", "related", "calendar_facts", "regime")]
        if flat:
            return f"{flat[0]} stands beside securities; write it under the security that it is about"
    return _part(told)


_SECURITY = Text(re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:-]{0,39}"), "a security's name such as 0020.HK")
_CODE = Text(re.compile(r"[a-z0-9_]+"), "a rulebook's code such as hk_sfo_part_xv")
_OCCURRENCE = {f"Occurrence.{key}": LIMITS.texts[f"Happening.{key}"] for key in ("by", "issuer")}
CHECKS: Final = msgspec.structs.replace(
    LIMITS,
    texts={
        **LIMITS.texts,
        **_OCCURRENCE,
        "File.security": _SECURITY,
        "File.regime": _CODE,
        "Security.regime": _CODE,
    },
    empty=LIMITS.empty | {"File.filings", "Security.filings", "File.events", "Security.events"},
    keys={**LIMITS.keys, "File.securities": _SECURITY},
    rules={
        **LIMITS.rules,
        "Occurrence": LIMITS.rules["Happening"],
        "Security": _part,
        "File": _file,
    },
)
_FILE: Final[Check] = check_of(File, CHECKS)


def portfolios(data: bytes, name: str, regimes: tuple[str, ...] = ()) -> tuple[Told, ...]:
    """What a file asks, security by security. name: its name tells CSV from JSON; "-" is told by its first character.

    regimes: rulebooks to ask instead of those the file names. Raises UsageError: where, what stands there and what may; of a
    CSV file every bad row.
    """
    if len(data) > LONGEST:
        raise UsageError(f"{name}: longer than {LONGEST:,} bytes")
    try:
        told = _json(data) if _is_json(data, name) else tables(data, CHECKS)
        checked(told, _FILE, "")
        return tuple(_told(convert(told, File, ""), regimes))
    except UsageError as error:
        raise UsageError(f"{quote(name)}: {error}") from None


def _is_json(data: bytes, name: str) -> bool:
    ending = PurePath(name).suffix.lower()
    if ending in (".json", ".csv"):
        return ending == ".json"
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _json(data: bytes) -> object:
    """The JSON value, notes dropped, one rulebook's code as a list of one."""
    told = _without_notes(loads(data.removeprefix(b"\xef\xbb\xbf")))
    if isinstance(told, dict):
        parts = told.get("securities")
        for part in (told, *(parts.values() if isinstance(parts, dict) else ())):
            if isinstance(part, dict) and isinstance(part.get("regime"), str):
                part["regime"] = [part["regime"]]
    return told


def _without_notes(told: object) -> object:
    match told:
        case dict():
            return {key: _without_notes(value) for key, value in told.items() if not key.startswith("#")}
        case list():
            return [_without_notes(value) for value in told]
        case _:
            return told


def _told(file: File, regimes: tuple[str, ...]) -> Iterator[Told]:
    if not file.securities:
        yield _one(file.security, file, file, regimes)
    for name, part in file.securities.items():
        yield _one(name, part, file, regimes)


def _one(name: str | None, part: Security, file: File, regimes: tuple[str, ...]) -> Told:
    """One security with what the file says for all."""
    where = f"{name}: " if file.securities else ""
    investor = part.investor or file.investor
    if investor is None:
        raise UsageError(f"{where}the key 'investor' is missing")
    portfolio = Portfolio(
        investor=investor,
        related=part.related or file.related,
        issuer=part.issuer,
        positions=part.positions,
        filings=part.filings,
        events=part.events,
        calendar_facts=part.calendar_facts or file.calendar_facts,
    )
    _known_persons(portfolio, where)
    _told_once(portfolio, where)
    chosen, guessed = regimes or part.regime or file.regime, None
    if not chosen:
        chosen, guessed = _guessed(name)
    _understood(portfolio, tuple(dict.fromkeys((*chosen, *part.regime, *file.regime))), where)
    only = None
    if part.event is not None:
        only = Occurrence(**{key: getattr(part.event, key) for key in Happening.__struct_fields__}, aware=part.aware)
    return Told(
        security=name, regimes=tuple(chosen), guessed=guessed, portfolio=portfolio, only=only, question=part.question
    )


def _known_persons(portfolio: Portfolio, where: str) -> None:
    """A line, an act or a relation of someone nobody knows would count for nobody: that is heard. Raises UsageError."""
    known = {portfolio.investor.id, *(person.id for person in portfolio.related)}
    told = [
        *((f"positions[{at}].holder", line.holder) for at, line in enumerate(portfolio.positions)),
        *((f"related[{at}].of", person.of) for at, person in enumerate(portfolio.related)),
        *((f"events[{at}].by", event.by) for at, event in enumerate(portfolio.events)),
    ]
    for key, name in told:
        if name is not None and name not in known:
            raise UsageError(f"{where}{key}: {name!r} is neither the investor ({portfolio.investor.id}) nor in related")


def _told_once(portfolio: Portfolio, where: str) -> None:
    """Lines of one name on one day are added up; one that stands there twice is heard. Raises UsageError."""
    seen: set[Holding] = set()
    for at, line in enumerate(portfolio.positions):
        if line in seen:
            raise UsageError(f"{where}positions[{at}]: the same line stands before; lines of one day are added up")
        seen.add(line)


def _understood(portfolio: Portfolio, asked: tuple[str, ...], where: str) -> None:
    """A leg that is measured nowhere would count nowhere, a report under an unknown duty everywhere: both are heard.

    asked: the rulebooks. Raises UsageError, UnknownName.
    """
    rules = [rule for code in asked for rule in rulebook(code).rules]
    measures = [rule.measure for rule in rules if rule.measure is not None]
    legs = {leg for measure in measures for leg in (measure.leg, *measure.accepts, *measure.sum_of)}
    books = ", ".join(asked)
    for at, line in enumerate(portfolio.positions):
        if line.leg is not None and line.leg not in legs:
            raise UsageError(
                f"{where}positions[{at}].leg: {line.leg!r} is measured by no rule of {books}; there are: {', '.join(sorted(legs))}"
            )
    _one_name(portfolio, measures, where)
    duties = dict.fromkeys(rule.id for rule in rules)
    for at, filing in enumerate(portfolio.filings):
        if filing.duty is not None and not any(same(duty, filing.duty) for duty in duties):
            raise UsageError(
                f"{where}filings[{at}].duty: {filing.duty!r} is no duty of {books}; there are: {', '.join(duties)}"
            )


def _one_name(portfolio: Portfolio, measures: Sequence[Measure], where: str) -> None:
    """A figure told under two of its names would count once: heard, unless some rule measures each name. Raises UsageError."""
    told: dict[tuple[str, str | None, str | None], set[LegName]] = {}
    for line in portfolio.positions:
        if line.leg is not None:
            told.setdefault((line.holder, line.issuer, line.share_class), set()).add(line.leg)
    own = {measure.leg for measure in measures}
    for names in {(measure.leg, *measure.accepts) for measure in measures}:
        for (holder, *_), legs in told.items():
            found = [name for name in names if name in legs]
            if len(found) > 1 and not own.issuperset(found):
                raise UsageError(
                    f"{where}the positions of {holder} tell {' and '.join(found)}, which are one figure: tell one"
                )


def _guessed(name: str | None) -> tuple[tuple[str, ...], str]:
    """The rulebook that a security's ending tells. Raises UsageError where it tells none."""
    ending = f".{(name or '').rpartition('.')[2].upper()}"
    code = _BY_ENDING.get(ending)
    if code is None:
        told = f"the name {name!r} does not tell" if name else "no security is named"
        raise UsageError(
            f"no rulebook is named, and {told}; name one with --regime or the key regime: {', '.join(codes())}"
        )
    return (code,), f"the ending {ending} of {name}"
