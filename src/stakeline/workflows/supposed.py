"""Events that are only supposed, told in words: "sell 3000000 0020.HK on 2022-11-09"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from stakeline.duties.figures import Lines, name_of
from stakeline.model.errors import UsageError
from stakeline.model.moments import parse_day
from stakeline.model.problems import quote
from stakeline.model.rules import Rulebook
from stakeline.model.situations import Capital, EventType, Holding, LegName, Occurrence, Portfolio
from stakeline.workflows.portfolios import Told

_SAID = re.compile(
    r"(?P<what>buy back|buy|sell|short|cover|issue)\s+"
    r"(?P<size>[0-9][0-9,]*|[0-9]+(?:\.[0-9]+)?%)"
    r"(?:\s+shares)?(?P<rest>(?:\s.*)?)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s+(?:of\s+)?(?:(?P<key>class|on|settling|by)\s+(?P<value>\S+)|(?P<security>\S+))", re.IGNORECASE
)
_EVENTS: Final[dict[str, EventType]] = {
    "buy": "acquisition",
    "sell": "disposal",
    "short": "derivative_entered",
    "cover": "derivative_ended",
    "issue": "issuer_new_shares",
    "buy back": "issuer_buyback",
}
_LONG: Final[tuple[LegName, ...]] = ("long", "holding", "votes", "shares", "aggregate", "acquisition", "capital")
_SHORT: Final[tuple[LegName, ...]] = ("short", "net_short")
_HOW: Final = 'write it like "sell 3000000 0020.HK on 2022-11-09" (buy, sell, short, cover, issue, buy back; shares or 5%; then class B, settling DAY, by HOLDER)'


class Supposed(msgspec.Struct, frozen=True, kw_only=True):
    """What is supposed. count: shares; None: `points` percent of the class (or of what the lines are told in)."""

    text: str
    what: str
    count: int | None
    points: Decimal | None
    security: str | None
    share_class: str | None
    day: date
    settling: date | None
    by: str | None


def parse(text: str) -> Supposed:
    """What the words suppose. Raises UsageError: what is not understood, and how to write it."""
    said = _SAID.fullmatch(text.strip())
    if said is None:
        raise UsageError(f"--what-if {quote(text)!r} is not understood; {_HOW}")
    clauses: dict[str, str] = {}
    rest = said["rest"]
    while rest.strip():
        clause = _CLAUSE.match(rest)
        key = (clause["key"] or "security").lower() if clause else "security"
        if clause is None or key in clauses:
            raise UsageError(f"--what-if {quote(text)!r}: {quote(rest.strip())!r} is not understood; {_HOW}")
        clauses[key] = clause["value"] or clause["security"]
        rest = rest[clause.end() :]
    if "on" not in clauses:
        raise UsageError(f"--what-if {quote(text)!r}: on which day? {_HOW}")
    size = said["size"].replace(",", "")
    return Supposed(
        text=text.strip(),
        what=said["what"].lower(),
        count=None if size.endswith("%") else int(size),
        points=Decimal(size[:-1]) if size.endswith("%") else None,
        security=clauses.get("security"),
        share_class=clauses.get("class"),
        day=parse_day(clauses["on"]),
        settling=parse_day(clauses["settling"]) if "settling" in clauses else None,
        by=clauses.get("by"),
    )


def meant(what: Supposed, told: Sequence[Told]) -> Told:
    """The security that is meant. Raises UsageError where it is not in the file, or not named among several."""
    named = [one for one in told if what.security in (one.security, None)]
    if not named and len(told) == 1 and told[0].security is None:
        return told[0]
    if len(named) == 1:
        return named[0]
    there = ", ".join(one.security or "one without a name" for one in told)
    raise UsageError(
        f"--what-if {quote(what.text)!r}: {'which security' if named else 'no such security'}? There are: {there}"
    )


def applied(what: Supposed, portfolio: Portfolio, last: date | None, book: Rulebook) -> tuple[Portfolio, Occurrence]:
    """The portfolio after it, and the event that it is. last: the last day of the lines, which it has to come after.

    Raises UsageError where the lines do not allow it: which holding is meant, or more than is held.
    """
    if last is not None and what.day <= last:
        raise UsageError(f"--what-if {quote(what.text)!r}: the lines go to {last}; suppose something after that day")
    event = Occurrence(
        type=_EVENTS[what.what],
        date=what.day,
        by=what.by if what.by != portfolio.investor.id else None,
        settlement_date=what.settling,
    )
    if what.what in ("issue", "buy back"):
        issuer = portfolio.issuer
        moved = _capital(what, portfolio)
        return msgspec.structs.replace(
            portfolio, issuer=msgspec.structs.replace(issuer, capital=(*issuer.capital, moved))
        ), event
    line = _line(what, portfolio, book)
    return msgspec.structs.replace(portfolio, positions=(*portfolio.positions, *line)), event


def _line(what: Supposed, portfolio: Portfolio, book: Rulebook) -> list[Holding]:
    """The holding after it, with whatever else stands under the same name."""
    holder = what.by or portfolio.investor.id
    if holder not in {portfolio.investor.id, *(person.id for person in portfolio.related)}:
        raise UsageError(f"--what-if {quote(what.text)!r}: {quote(holder)!r} is neither the investor nor in related")
    standing = [line for line in _standing(portfolio, what.day) if line.holder == holder and line.issuer is None]
    chosen = _chosen(what, standing, portfolio, book)
    same = [line for line in standing if name_of(line) == name_of(chosen) and line is not chosen]
    sign = -1 if what.what in ("sell", "cover") else 1
    size = _size(what, chosen, portfolio)
    moved: dict[str, object] = {}
    for name in ("pct", "shares", "votes"):
        if (held := getattr(chosen, name)) is not None:
            if held + sign * size < 0:
                raise UsageError(f"--what-if {quote(what.text)!r}: only {held:,} is held")
            moved[name] = held + sign * size
    after = msgspec.structs.replace(chosen.on(what.day), **moved)
    return [after, *(line.on(what.day) for line in same)]


def _standing(portfolio: Portfolio, day: date) -> list[Holding]:
    return Lines(portfolio.positions).at((day - timedelta(days=1), 2))


def _chosen(what: Supposed, standing: Sequence[Holding], portfolio: Portfolio, book: Rulebook) -> Holding:
    """The line that moves: shares held or the leg they are told in; nothing, as a new line, where none stands."""
    short = what.what in ("short", "cover")
    names = _SHORT if short else _LONG
    found = [
        line
        for line in standing
        if what.share_class in (None, line.share_class)
        and (line.leg in names or (not short and line.instrument == "shares"))
        and line.amount is None
    ]
    if len({line.share_class for line in found}) > 1:
        raise UsageError(f"--what-if {quote(what.text)!r}: of which class? {_HOW}")
    if len(found) > 1:
        raise UsageError(
            f"--what-if {quote(what.text)!r}: several lines stand ({len(found)}); tell it as lines of the file instead"
        )
    if found:
        return found[0]
    classes = {entry.share_class for entry in portfolio.issuer.capital} or {None}
    if what.share_class is None and len(classes) > 1:
        raise UsageError(f"--what-if {quote(what.text)!r}: of which class? {_HOW}")
    named = what.share_class or next(iter(classes))
    legs = {rule.measure.leg for rule in book.rules if rule.measure is not None}
    leg: LegName | None = next((name for name in _SHORT if name in legs), "short") if short else None
    return Holding(
        date=what.day,
        holder=what.by or portfolio.investor.id,
        share_class=named,
        leg=leg,
        instrument=None if short else "shares",
        shares=0,
    )


def _size(what: Supposed, line: Holding, portfolio: Portfolio) -> int | Decimal:
    """What the line moves by, in its own unit."""
    if line.pct is not None:
        if what.points is None:
            raise UsageError(
                f"--what-if {quote(what.text)!r}: the holding is told in percent; give the size in percent too"
            )
        return what.points
    if what.count is not None:
        return what.count
    entry = _current(what, portfolio, line.share_class)
    whole = entry.total_votes if line.votes is not None else entry.issued_shares
    return int(Fraction(what.points or 0) * (whole or 0) / 100)


def _current(what: Supposed, portfolio: Portfolio, share_class: str | None) -> Capital:
    """The capital that stands on the day. Raises UsageError where none is told."""
    told = [c for c in portfolio.issuer.capital if c.share_class == share_class and c.date <= what.day]
    if not told:
        raise UsageError(f"--what-if {quote(what.text)!r}: the capital of {share_class or 'the issuer'} is not told")
    return max(told, key=lambda entry: entry.date)


def _capital(what: Supposed, portfolio: Portfolio) -> Capital:
    """The denominators after the issuer's act."""
    classes = {entry.share_class for entry in portfolio.issuer.capital}
    if what.share_class is None and len(classes) > 1:
        raise UsageError(f"--what-if {quote(what.text)!r}: of which class? {_HOW}")
    share_class = what.share_class or next(iter(classes), None)
    entry = _current(what, portfolio, share_class)
    told = portfolio.issuer.classes.get(share_class or "")
    each = told.votes_per_share if told else 1
    issued = entry.issued_shares or entry.total_votes or 0
    count = what.count if what.count is not None else int(Fraction(what.points or 0) * issued / 100)
    sign = 1 if what.what == "issue" else -1
    moved = {"issued_shares": sign * count, "total_votes": int(sign * count * each)}
    after = {key: size + by for key, by in moved.items() if (size := getattr(entry, key)) is not None}
    if any(size <= 0 for size in after.values()):
        raise UsageError(f"--what-if {quote(what.text)!r}: only {issued:,} shares are issued")
    return msgspec.structs.replace(entry, date=what.day, **after)
