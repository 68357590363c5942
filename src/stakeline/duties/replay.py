"""A portfolio replayed in the order of its days: each event put to a rulebook with what had been disclosed by then."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

import msgspec

from stakeline.duties.answers import Answer, Due
from stakeline.duties.assess import assess
from stakeline.duties.figures import Lines, Name, name_of
from stakeline.duties.look import Calendars, Made
from stakeline.duties.triggers import ladder
from stakeline.model.rules import Kind, Rulebook
from stakeline.model.situations import (
    PASSIVE,
    STATUS,
    Capacity,
    Capital,
    EventType,
    Filing,
    FilingKind,
    Happening,
    Holding,
    Occurrence,
    Period,
    Portfolio,
    Situation,
)


class Replayed(msgspec.Struct, frozen=True):
    """One event of a portfolio and what it made due. situation: as it was put, with the reports made by then.

    supposed: the event was not told but taken from a change of the lines, or is a test day of the rulebook.
    """

    situation: Situation
    answer: Answer
    supposed: bool


def replay(
    book: Rulebook, portfolio: Portfolio, calendars: Calendars, *, until: date | None = None, traced: bool = True
) -> Iterator[Replayed]:
    """Every event of a portfolio in order, each with its answer; `until` is the last day looked at.

    A notice that is due counts as made on the event's day for what comes after, unless a report told since then says more.
    """
    made: list[Filing] = []
    lines = Lines(portfolio.positions, portfolio.issuer.capital)
    for event, supposed in happenings(book, portfolio, until):
        filings = [f for f in portfolio.filings if f.date < event.date]
        situation = situation_at(portfolio, event, sorted(filings + made, key=lambda f: f.date))
        answer = assess(book, situation, calendars, lines=lines, traced=traced)
        made += [report_of(book, due, event.date) for due in answer.dues]
        yield Replayed(situation, answer, supposed)


def situation_at(portfolio: Portfolio, event: Happening, filings: Sequence[Filing]) -> Situation:
    """The question that one event of a portfolio is."""
    return Situation(
        investor=portfolio.investor,
        related=portfolio.related,
        issuer=portfolio.issuer,
        positions=portfolio.positions,
        filings=tuple(filings),
        event=event,
        aware=event.aware if isinstance(event, Occurrence) else None,
        calendar_facts=portfolio.calendar_facts,
    )


def happenings(book: Rulebook, portfolio: Portfolio, until: date | None) -> list[tuple[Happening, bool]]:
    """The events of a portfolio in order, each with whether it is only supposed: told ones, changes, test days."""
    found: list[tuple[Happening, bool]] = [(event, False) for event in portfolio.events]
    found += [(event, True) for event in _changes(portfolio)]
    days = [event.date for event, _ in found]
    if not days:
        return []
    tested = {period for rule in book.rules for trigger in rule.triggers for period in trigger.tested} - {"day"}
    last = until or max(days)
    found += [
        (Happening(type="test_date", date=day, period=period), True)
        for period in sorted(tested)
        for day in _test_days(period, portfolio, min(days), last)
    ]
    return sorted((f for f in found if f[0].date <= last), key=lambda f: (f[0].date, f[0].type == "test_date"))


def _changes(portfolio: Portfolio) -> Iterator[Happening]:
    """A purchase or a sale for each day on which the lines change, the issuer's act where only the capital does.

    None where an event that is told explains the change: an act does; a move of the denominator explains one of the capital or
    of percentages; what changes only what is asked of a holding explains none but what the lines begin with.
    """
    told: dict[date, set[EventType]] = {}
    for event in portfolio.events:
        told.setdefault(event.date, set()).add(event.type)
    moves, counted = _moves(portfolio)
    first = min(moves, default=None)
    for day, move in moves.items():
        idle = STATUS | {"test_date"} | (PASSIVE if day in counted else frozenset())
        if day not in told or (day != first and told[day] <= idle):
            yield Happening(type="disposal" if move < 0 else "acquisition", date=day)
    counts: dict[str | None, int] = {}
    for entry in sorted(portfolio.issuer.capital, key=lambda c: c.date):
        before, now = counts.get(entry.share_class), _count(entry)
        counts[entry.share_class] = now
        moved = before is not None and now != before and entry.date not in moves
        if moved and told.get(entry.date, set()) <= STATUS | {"test_date"}:
            yield Happening(type="issuer_new_shares" if now > (before or 0) else "issuer_buyback", date=entry.date)


def _moves(portfolio: Portfolio) -> tuple[dict[date, Fraction | int], set[date]]:
    """By how much the lines move on each day on which they change; and the days on which counts do, not percentages alone.

    The lines told of one name on a day are all that stands under it: a capacity that is not told again is given up.
    """
    batches: dict[tuple[date, Name], list[Holding]] = {}
    for line in sorted(portfolio.positions, key=lambda line: line.date):
        if line.at == "close":
            batches.setdefault((line.date, name_of(line)), []).append(line)
    moves: dict[date, Fraction | int] = {}
    counted: set[date] = set()
    standing: dict[Name, list[tuple[Capacity, Fraction | int]]] = {}
    for (day, name), lines in batches.items():
        before, now = standing.get(name), sorted((line.capacity, _size(line)) for line in lines)
        standing[name] = now
        if before == now:  # told again as it stood: no act
            continue
        moves[day] = moves.get(day, 0) + _sum(now) - _sum(before or [])
        if any(line.pct is None for line in lines):
            counted.add(day)
    for line in portfolio.positions:
        if line.at == "intraday":  # there and back within the day is asked about too
            moves.setdefault(line.date, 0)
    return moves, counted


def _sum(sizes: Iterable[tuple[Capacity, Fraction | int]]) -> Fraction | int:
    return sum(size for _, size in sizes)


def _size(line: Holding) -> Fraction | int:
    size = next(v for v in (line.shares, line.votes, line.pct, line.amount) if v is not None)
    return size if isinstance(size, int) else Fraction(size)


def _count(entry: Capital) -> int:
    return entry.total_votes or (entry.issued_shares or 0) - (entry.treasury_shares or 0)


def _test_days(period: Period, portfolio: Portfolio, first: date, last: date) -> Iterator[date]:
    """The test days of a period between two days, both included."""
    if period == "base_date":
        yield from _base_days(portfolio, first, last)
        return
    every = {"month": 1, "quarter": 3, "year": 12}[period]
    at = first.year * 12 + first.month - 1
    while (day := _month_end(at)) <= last:
        if (at + 1) % every == 0:
            yield day
        at += 1


def _month_end(month: int) -> date:
    year, at = divmod(month, 12)
    return date(year, at + 1, monthrange(year, at + 1)[1])


def _base_days(portfolio: Portfolio, first: date, last: date) -> Iterator[date]:
    """The base days that an investor has registered: the second and fourth Monday, or the 15th and the last day."""
    chosen = portfolio.investor.base_days
    day = first
    while chosen is not None and day <= last:
        if chosen == "second_and_fourth_monday":
            if day.weekday() == 0 and (day.day - 1) // 7 in (1, 3):
                yield day
        elif day.day in (15, monthrange(day.year, day.month)[1]):
            yield day
        day += timedelta(days=1)


def report_of(book: Rulebook, due: Due, day: date) -> Filing:
    """The report that a due notice will be, as the next event finds it."""
    kind = _kind(book, due)
    return Made(date=day, form=due.form, duty=due.duty, kind=kind, leg=due.leg, figure=due.after)


def _kind(book: Rulebook, due: Due) -> FilingKind:
    """What kind of notice it is: the first of a leg, the last, a change of level, or of nature."""
    if due.kind == Kind.EVENT.value or due.before is None or due.after is None:
        return "nature" if due.kind == Kind.EVENT.value else "change"
    rule = next(rule for rule in book.versions(due.duty) if rule.since == due.since)
    firsts = [levels[0] for t in rule.triggers if (levels := ladder(t.levels, t.first, t.step, t.to).levels)]
    first = min(firsts, default=Fraction(0))
    if due.after < first:
        return "final"
    return "initial" if due.before < first and due.kind == Kind.LEVELS.value else "change"
