"""How far it is to the next duty: found by asking the engine itself, so that no rule is written twice.

The distance is searched by halving: once a purchase (or sale, or change of the capital) makes a duty, a larger one does
too, as levels and distances are passed and not left again. Under a rule that asks for every change one share is enough.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from stakeline.duties.answers import Answer, Due
from stakeline.duties.assess import assess
from stakeline.duties.figures import Lines, Name, name_of
from stakeline.duties.look import Calendars
from stakeline.duties.replay import situation_at
from stakeline.model.rules import Rulebook
from stakeline.model.situations import Capital, EventType, Filing, Happening, Holding, Portfolio


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """What it takes until the next duty, in one leg (or the capital), one way.

    what: "buy", "sell", "issue" (new shares), "buy back". count: shares bought or sold, or the issued shares that trigger it (for the
    capital); None where nothing within reach does. due: the duty then. unsettled: at that count it is not known whether a duty arises;
    sure: the count from which one does, None where none is certain.
    """

    leg: str
    share_class: str | None
    what: str
    count: int | None
    due: Due | None = None
    unsettled: str | None = None
    sure: int | None = None


def headroom(
    book: Rulebook, portfolio: Portfolio, filings: tuple[Filing, ...], on: date, calendars: Calendars
) -> tuple[Room, ...]:
    """The room of an investor in each leg told in counts, and of the capital, as things stand at the close of a day.

    filings: the reports made by then, those of a replay included. A leg told in percent only has no room in shares: its
    entry says so in `unsettled`.
    """
    search = _Search(book, portfolio, filings, on, calendars)
    names: dict[Name, list[Holding]] = {}
    for line in Lines(portfolio.positions).at((on, 2)):
        if line.holder == portfolio.investor.id and line.issuer is None and line.amount is None:
            names.setdefault(name_of(line), []).append(line)
    found: list[Room] = []
    for lines in names.values():
        if any(line.pct is not None for line in lines):
            why = "told in percent: give counts and the capital"
            found.append(_untold(lines[0], "buy or sell", why))
        else:
            found += [search.lines(lines, "buy"), search.lines(lines, "sell")]
    for entry in _current(portfolio, on):
        found += [search.capital(entry, "issue"), search.capital(entry, "buy back")]
    return tuple(found)


class _Search:
    """One search for room: everything that stays the same from question to question."""

    def __init__(
        self, book: Rulebook, portfolio: Portfolio, filings: tuple[Filing, ...], on: date, calendars: Calendars
    ) -> None:
        self._book, self._portfolio, self._filings, self._calendars = book, portfolio, filings, calendars
        self._day = on + timedelta(days=1)
        self._on = on

    def lines(self, lines: Sequence[Holding], what: str) -> Room:
        """The shares bought or sold in one leg until a duty arises. lines: all that stand under its name, in counts."""
        first, held = lines[0], sum(_held(line) for line in lines)
        entry = next((c for c in _current(self._portfolio, self._on) if c.share_class == first.share_class), None)
        if entry is None and what == "buy":
            return _untold(first, what, "the capital is not told")
        whole = (entry.total_votes or entry.issued_shares or 0) if entry is not None else 0
        most = held if what == "sell" else max(whole - held, 0)
        sign = -1 if what == "sell" else 1

        def asked(count: int) -> Answer:
            moved = _moved(lines, sign * count, self._day)
            portfolio = msgspec.structs.replace(self._portfolio, positions=(*self._portfolio.positions, *moved))
            return self._assess(portfolio, "disposal" if what == "sell" else "acquisition")

        return _found(first, _leg(first), what, most, asked, told=lambda count: count)

    def capital(self, entry: Capital, what: str) -> Room:
        """The issued shares (or votes) at which a change of the capital alone makes a duty."""
        whole = entry.total_votes or entry.issued_shares or 0
        sign = 1 if what == "issue" else -1
        most = whole * 9 if what == "issue" else whole - 1

        def asked(count: int) -> Answer:
            told = {
                name: size + sign * count
                for name in ("issued_shares", "total_votes")
                if (size := getattr(entry, name)) is not None
            }
            moved = msgspec.structs.replace(entry, date=self._day, **told)
            issuer = self._portfolio.issuer
            issuer = msgspec.structs.replace(issuer, capital=(*issuer.capital, moved))
            portfolio = msgspec.structs.replace(self._portfolio, issuer=issuer)
            return self._assess(portfolio, "issuer_new_shares" if what == "issue" else "issuer_buyback")

        held = Holding(date=self._day, holder=self._portfolio.investor.id, leg="capital", shares=0)
        held = msgspec.structs.replace(held, share_class=entry.share_class)
        return _found(held, "capital", what, most, asked, told=lambda count: whole + sign * count)

    def _assess(self, portfolio: Portfolio, event: EventType) -> Answer:
        situation = situation_at(portfolio, Happening(type=event, date=self._day), self._filings)
        return assess(self._book, situation, self._calendars)


def _leg(line: Holding) -> str:
    return line.leg or line.instrument or ""


def _held(line: Holding) -> int:
    return line.shares if line.shares is not None else line.votes or 0


def _moved(lines: Sequence[Holding], by: int, day: date) -> Iterator[Holding]:
    """The lines as they stand after a purchase, into the first of them, or a sale, out of one after the other."""
    for line in lines:
        held = _held(line)
        part = max(by, -held)
        by -= part
        size = {"shares": held + part} if line.shares is not None else {"votes": held + part}
        yield msgspec.structs.replace(line.on(day), **size)


def _least(asked: Callable[[int], Answer], low: int, most: int, *, sure: bool = False) -> int | None:
    """The smallest count over `low` that is not without a duty (sure: that has one for certain); None where `most` is not it."""

    def reached(count: int) -> bool:
        duty = asked(count).duty
        return duty is True if sure else duty is not False

    if most <= low or not reached(most):
        return None
    high = most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle, high)
    return high


def _found(
    line: Holding, leg: str, what: str, most: int, asked: Callable[[int], Answer], *, told: Callable[[int], int]
) -> Room:
    """What a search up to `most` finds. told: a count as it is told."""
    room = Room(leg=leg, share_class=line.share_class, what=what, count=None)
    count = _least(asked, 0, most)
    if count is None:
        return room
    answer = asked(count)
    if answer.duty and answer.dues:
        return msgspec.structs.replace(room, count=told(count), due=answer.dues[0])
    sure = _least(asked, count, most, sure=True)
    return msgspec.structs.replace(
        room, count=told(count), unsettled="; ".join(answer.missing), sure=None if sure is None else told(sure)
    )


def _untold(line: Holding, what: str, why: str) -> Room:
    return Room(leg=_leg(line), share_class=line.share_class, what=what, count=None, unsettled=why)


def _current(portfolio: Portfolio, on: date) -> list[Capital]:
    """The capital that stands on a day: of each class the last entry."""
    last: dict[str | None, Capital] = {}
    for entry in sorted(portfolio.issuer.capital, key=lambda c: c.date):
        if entry.date <= on:
            last[entry.share_class] = entry
    return list(last.values())
