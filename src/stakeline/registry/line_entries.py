"""One filing that tells row by row, as entries: for each class what happened, and what is held after it.

Rows of one day, code and side are one event: the tranches of a day's sales are added up, each row an input of the sum. What
is held of a class is the sum of the last balance in each way of holding (directly, by a trust ...), for the balances of one
way step from row to row and are never added. Derivatives stand beside the shares and are in no total.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec

from stakeline.model.cited import Cite, notice_figure
from stakeline.model.classes import class_key
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Code, Direction, Regime
from stakeline.model.notices import Line, LineKind, LinkKind, Notice, Status
from stakeline.model.numbers import Interval, Number, exact_product, exact_sum
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry, Part, Stake, Through
from stakeline.registry.standing import Retired

_NOT_SHARES = ("unit", "option", "right", "warrant", "phantom", "award", "note")
_TRADES = frozenset({Direction.ACQUIRE, Direction.DISPOSE})
_BESIDE, _OVER = "beside the shares", "over shares"
_BOXES = {
    "noSecuritiesOwned": "no securities are owned",
    "notSubjectToSection16": "no longer subject to the duty to report",
    "form3HoldingsReported": "holdings reported late",
    "form4TransactionsReported": "transactions reported late",
}
_SIGNS = {"A": 1, "D": -1}

Numbered = tuple[int, Line]
"""A row and its number in its table, counted from 1."""


class Told(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One filing and every document that it stands in. rows: the best first. retired: what stands in its place."""

    rows: tuple[Row[Notice], ...]
    party: str
    related: tuple[str, ...] = ()
    retired: Retired | None = None
    doubts: tuple[str, ...] = ()

    @property
    def body(self) -> Notice:
        """What it says."""
        return self.rows[0].body

    @property
    def id(self) -> str:
        """The regulator's number, else the beginning of its key."""
        return next((r.body.serial for r in self.rows if r.body.serial), None) or self.rows[0].key[:12]

    @property
    def day(self) -> date | None:
        """The day it is of."""
        return day_of(self.body)


def day_of(notice: Notice) -> date | None:
    """The day that a report is of: as told, else that of its earliest row, else when it was signed."""
    return notice.event_date or min((r.day for r in notice.lines if r.day), default=None) or notice.signed_date


def class_of(title: str | None) -> str | None:
    """The class that a title names; of units, options and the like the words themselves, for they are no shares of the class."""
    if title is None:
        return None
    words = title.casefold()
    return words if any(word in words for word in _NOT_SHARES) else class_key(title)


def classes_of(notice: Notice) -> dict[str | None, str | None]:
    """The classes that a notice tells of, with a title of each: those of its shares, and of what its derivatives are over."""
    titles: dict[str | None, str | None] = {}
    for line in notice.lines:
        title = line.underlying if line.derivative else line.title
        titles.setdefault(class_of(title), title)
    return titles or {None: None}


def entries(told: Told, share_class: str | None, regime: Regime, cite: Cite) -> tuple[Entry, ...]:
    """The entries of one filing in one class, by day and then in the order of its rows."""
    return tuple(_Class(told, share_class, regime, cite).entries())


class _Class:
    """The rows of one class of one filing."""

    def __init__(self, told: Told, share_class: str | None, regime: Regime, cite: Cite) -> None:
        self.told, self.regime, self.cite = told, regime, cite
        self.row = told.rows[0]
        self.body = told.body
        self.shares = [
            (n, line) for n, line in _numbered(self.body, derivative=False) if class_of(line.title) == share_class
        ]
        self.beside = [
            (n, line) for n, line in _numbered(self.body, derivative=True) if class_of(line.underlying) == share_class
        ]
        self.titles = self.shares[0][1].title if self.shares else None
        self.doubts: list[str] = list(told.doubts)
        self.ways = _ways(self.shares, self.doubts)

    def entries(self) -> list[Entry]:
        """What happened, event by event; what is held where nothing did."""
        events = _events(line for line in self.shares if line[1].kind is LineKind.TRANSACTION)
        alone = _events(
            line for line in self.beside if line[1].kind is LineKind.TRANSACTION and not _half(line[1], self.shares)
        )
        stakes = self._stakes(events)
        made = [self._entry(rows, *stakes[at]) for at, rows in enumerate(events)]
        made += [self._of_derivatives(rows) for rows in alone]
        if not made:
            made = [self._balance(self._held())]
        if len(made) > 1:
            made = [msgspec.structs.replace(e, id=f"{e.id}#{at}") for at, e in enumerate(made, 1)]
        return made

    def figure(self, line: Numbered, name: str, unit: str, basis: str, *, currency: str | None = None) -> Figure | None:
        """A figure of a row, None where the row does not tell it."""
        number, told = line
        amount = getattr(told, name)
        if not isinstance(amount, Number):
            return None
        day = (told.day or self.told.day or date.min).isoformat()
        path = f"{told.table}.{number}.{name}"
        return notice_figure(self.row, path, amount, self.cite, unit=unit, basis=basis, currency=currency, day=day)

    def _held(self) -> Figure | None:
        """What is held of the class after all rows: the last balance of each way of holding, added."""
        last = [way[-1] for way in self.ways]
        found = [
            self.figure(line, "after", "shares", f"{_words(line[1].title)} held {_how(line[1])} after it, as filed")
            for line in last
        ]
        told = [f for f in found if f is not None]
        if len(told) < len(found):
            self.doubts.append(
                "what is held after it is not told in every way of holding, so that the total is not known"
            )
        if not told or len(told) < len(found):
            return None
        if len(told) == 1:
            return told[0]
        basis = f"{_words(self.titles)} held after it, directly and indirectly, as this filing tells"
        total = exact_sum(*(f.number for f in told))
        formula = "last balances of all ways of holding, added"
        return derive(formula, tuple(told), Interval.exact(total), unit="shares", basis=basis, day=told[0].day)

    def _stakes(self, events: Sequence[list[Numbered]]) -> list[tuple[Stake, Stake]]:
        """Before and after each event: the balance after the last row, less what the events behind it changed."""
        after, found = self._held(), []
        for rows in reversed(events):
            before = self._back(after, rows) if after is not None else None
            found.append((Stake(shares=before), Stake(shares=after)))
            after = before
        return found[::-1]

    def _back(self, after: Figure, rows: Sequence[Numbered]) -> Figure | None:
        """The balance before an event, from the balance after it."""
        moved = [
            (_SIGNS.get(line.side or ""), self.figure((n, line), "shares", "shares", _moved(line))) for n, line in rows
        ]
        if any(sign is None or figure is None for sign, figure in moved):
            return None
        change = exact_sum(*(exact_product(Decimal(sign or 0), f.number) for sign, f in moved if f is not None))
        result = exact_sum(after.number, -change)
        if result < 0:
            self.doubts.append("more is acquired by its rows than is held after them")
            return None
        inputs = (after, *(f for _, f in moved if f is not None))
        basis = f"{_words(self.titles)} held before it, worked out from the rows"
        return derive(
            "held after - acquired + disposed of",
            inputs,
            Interval.exact(result),
            unit="shares",
            basis=basis,
            day=after.day,
        )

    def _entry(self, rows: Sequence[Numbered], before: Stake, after: Stake) -> Entry:
        """One event of shares: its rows added up."""
        first = rows[0][1]
        code = self.regime.codes.get(("transaction", first.code or ""))
        doubts: list[str] = []
        entry = self._common(rows, code)
        if first.code and code is None:
            doubts.append(f"transaction code {quote(first.code)} is not in our table")
        moved = [self.figure(line, "shares", "shares", _moved(line[1])) for line in rows]
        total = (
            _sum([f for f in moved if f is not None], f"{_words(first.title)} {_did(first)}, rows added")
            if None not in moved
            else None
        )
        if total is None:
            doubts.append("the number of shares is not told in every row")
        swap = any(line.swap for _, line in rows)
        if swap:
            doubts.append("an equity swap is involved: no plain purchase or sale")
        price, why = self._price(rows) if code is not None and code.direction in _TRADES else (None, None)
        return msgspec.structs.replace(
            entry,
            before=before,
            after=after,
            moved=total,
            price=price,
            parts=self._parts(self.beside),
            direction=Direction.UNKNOWN if swap else entry.direction,
            doubts=tuple(dict.fromkeys([*entry.doubts, *self.doubts, *doubts, *([why] if why else [])])),
        )

    def _price(self, rows: Sequence[Numbered]) -> tuple[Figure | None, str | None]:
        """The average price of a trade by its rows, weighted by their shares; or why it is not known."""
        currency = self.regime.currency
        pairs = [
            (
                self.figure(r, "shares", "shares", _moved(r[1])),
                self.figure(r, "price", "currency", self._price_basis(r[1]), currency=currency),
            )
            for r in rows
        ]
        missing = next((r for r, (_, price) in zip(rows, pairs, strict=True) if price is None), None)
        if missing is not None:
            notes = dict(missing[1].notes).get("price")
            where = f", but for footnote {quote(notes)}" if notes else ""
            return None, f"the price in row {missing[0]} of Table {missing[1].table} is not told{where}"
        if len(pairs) == 1:
            return pairs[0][1], None
        both = [(s, p) for s, p in pairs if s is not None and p is not None]
        whole = exact_sum(*(s.number for s, _ in both))
        if len(both) < len(pairs) or not whole:
            return None, None
        paid = exact_sum(*(exact_product(s.number, p.number) for s, p in both))
        value = Interval.exact(paid) / Interval.exact(whole)
        inputs = tuple(f for pair in both for f in pair)
        basis = "average price per share of the rows, weighted by their shares"
        formula = "shares x price of each row, added / shares of all rows"
        return derive(formula, inputs, value, unit="currency", basis=basis, currency=currency, day=inputs[0].day), None

    def _price_basis(self, line: Line) -> str:
        """What the price of a row is: of several trades an average, where its footnotes say so."""
        named = (dict(line.notes).get("price") or "").split()
        averaged = any("average" in (f.text or "").casefold() for f in self.body.footnotes if f.id in named)
        return "average price per share, as filed" if averaged else "price per share, as filed"

    def _of_derivatives(self, rows: Sequence[Numbered]) -> Entry:
        """An event of derivatives alone: no share was acquired or disposed of."""
        code = self.regime.codes.get(("transaction", rows[0][1].code or ""))
        entry = self._common(rows, code)
        neutral = Direction.NEUTRAL if entry.direction in _TRADES else entry.direction
        told = f"of derivatives: {quote(rows[0][1].title or 'not named')}"
        held = Stake(shares=self._held()) if self.shares else Stake()
        return msgspec.structs.replace(
            entry,
            direction=neutral,
            told=told,
            meaning=f"{entry.meaning or f'code {entry.code}'} ({told})",
            after=held,
            parts=self._parts(rows),
            doubts=tuple(dict.fromkeys([*entry.doubts, *self.doubts])),
        )

    def _balance(self, held: Figure | None) -> Entry:
        """What is held, where nothing happened; or the box that is ticked where nothing is held."""
        boxes = [_BOXES.get(box, box) for box in self.body.boxes]
        entry = self._common(self.shares, None)
        return msgspec.structs.replace(
            entry,
            told="; ".join(boxes) or None,
            after=Stake(shares=held),
            parts=self._parts(self.beside),
            balance_only=held is not None,
            doubts=tuple(dict.fromkeys([*entry.doubts, *self.doubts])),
        )

    def _common(self, rows: Sequence[Numbered], code: Code | None) -> Entry:
        """What an entry has of its filing, whatever happened."""
        told, body = self.told, self.body
        first = rows[0][1] if rows else None
        day = (first.day if first else None) or told.day or date.min
        duty = self.regime.duty(body.form, body.serial)
        roles = dict.fromkeys(filter(None, (body.holder.title, *body.holder.roles)))
        retired = told.retired
        amends = body.status is Status.AMENDMENT
        return Entry(
            id=told.id,
            day=day,
            known_from=min((r.body.known_from for r in told.rows if r.body.known_from), default=None),
            form=body.form,
            code=first.code if first else None,
            meaning=code.meaning if code else None,
            direction=code.direction or Direction.UNKNOWN if code else Direction.UNKNOWN,
            open=code.needs_text if code else False,
            way={"A": "up", "D": "down"}.get(first.side or "") if first else None,
            event_day=self._day(rows[0]) if rows and first and first.day else self._period(),
            text=body.text if code is not None and code.needs_text else None,
            capacity=quote(", ".join(roles)) or None,
            seats=tuple(h.name for h in body.holders),
            serials=tuple(dict.fromkeys(r.body.serial for r in told.rows if r.body.serial)),
            doubts=(retired.why,) if retired else (),
            withdrawn=retired is not None,
            status=retired.status if retired else Status.AMENDMENT if amends else Status.FILED,
            related=retired.by if retired else told.related,
            duty=duty.name if duty else None,
            any_size=duty.any_size if duty else False,
            through=self._through(),
            plan=body.plan,
            footnotes=self._footnotes(rows),
        )

    def _day(self, line: Numbered) -> Figure:
        number, told = line
        path, basis = f"{told.table}.{number}.day", "day of the transaction, as filed"
        figure = notice_figure(self.row, path, Number(Decimal(0)), self.cite, unit="date", basis=basis)
        return msgspec.structs.replace(figure, value=None, text=(told.day or date.min).isoformat())

    def _period(self) -> Figure | None:
        """The day that the filing as a whole is of."""
        if self.body.event_date is None:
            return None
        basis = "day of the event, as filed"
        figure = notice_figure(self.row, "event_date", Number(Decimal(0)), self.cite, unit="date", basis=basis)
        return msgspec.structs.replace(figure, value=None, text=self.body.event_date.isoformat())

    def _footnotes(self, rows: Iterable[Numbered]) -> tuple[Figure, ...]:
        """The footnotes that these rows refer to, each once."""
        words = {f.id: (at, f.text) for at, f in enumerate(self.body.footnotes, 1)}
        named = dict.fromkeys(n for _, line in rows for _, numbers in line.notes for n in numbers.split() if n in words)
        found = []
        for name in named:
            at, text = words[name]
            path = f"footnotes.{at}.text"
            figure = notice_figure(
                self.row, path, Number(Decimal(0)), self.cite, unit="text", basis=f"footnote {quote(name)}"
            )
            found.append(msgspec.structs.replace(figure, value=None, text=text))
        return tuple(found)

    def _through(self) -> tuple[Through, ...]:
        """Joint reporting persons, then each indirect way of holding with its last balance."""
        found = [Through(name=quote(h.name), kind=LinkKind.JOINT) for h in self.body.joint]
        for line in (way[-1] for way in self.ways):
            if line[1].held == "I":
                shares = self.figure(
                    line, "after", "shares", f"{_words(line[1].title)} held indirectly after it, as filed"
                )
                name = quote(line[1].nature or "not told how")
                found.append(Through(name=name, kind=LinkKind.INDIRECT, shares=shares))
        return tuple(found)

    def _parts(self, rows: Iterable[Numbered]) -> tuple[Part, ...]:
        """Derivatives, in units of their own: what is held of each after it."""
        found = []
        for line in rows:
            what = f"{quote(line[1].title or 'derivative')} over {quote(line[1].underlying or 'a security not named')}"
            title = quote(line[1].title or "derivatives")
            held = self.figure(line, "after", "shares", f"{title} held after it, in units of their own, as filed")
            over = self.figure(line, "underlying_shares", "shares", f"shares that {title} are over, as filed")
            found.append(Part(kind=_OVER if held is None and over else _BESIDE, what=what, shares=held or over))
        return tuple(found)


def _numbered(notice: Notice, *, derivative: bool) -> list[Numbered]:
    return list(enumerate((line for line in notice.lines if line.derivative == derivative), 1))


def _ways(rows: Iterable[Numbered], doubts: list[str]) -> list[list[Numbered]]:
    """The rows of each way of holding, the one with the last balance last.

    Rows that step from one balance to the next are one way, and so are rows of the same words with the same footnotes. A row
    that tells a holding is a way of its own: two trusts can both be called "By Trust". Some filers list the latest row first.
    """
    ways: list[list[Numbered]] = []
    for line in rows:
        same = [
            w
            for w in ways
            if line[1].kind is w[-1][1].kind is LineKind.TRANSACTION
            and (line[1].held, line[1].nature) == (w[-1][1].held, w[-1][1].nature)
        ]
        own = next((w for w in same if _follows(w[-1][1], line[1])), None)
        own = own or next((w for w in same if _named_by(w[-1][1]) == _named_by(line[1])), None)
        if own is None:
            ways.append([line])
        else:
            own.append(line)
    for way in ways:
        pairs = list(pairwise(line for _, line in way))
        if all(_follows(one, other) for one, other in pairs):
            continue
        if all(_follows(other, one) for one, other in pairs):
            way.reverse()
        else:
            table, number = way[0][1].table, way[0][0]
            doubts.append(f"the balances from row {number} of Table {table} on do not follow from one another")
    return ways


def _follows(one: Line, other: Line) -> bool:
    """True where the second row's balance is the first one's and what the second row changed."""
    sign = _SIGNS.get(other.side or "")
    if sign is None or not (
        isinstance(one.after, Number) and isinstance(other.after, Number) and isinstance(other.shares, Number)
    ):
        return False
    return exact_sum(one.after.value, exact_product(Decimal(sign), other.shares.value)) == other.after.value


def _named_by(line: Line) -> str | None:
    """The footnotes that say what way of holding it is."""
    return dict(line.notes).get("nature")


def _events(rows: Iterable[Numbered]) -> list[list[Numbered]]:
    """Rows of one day, code and side together, by day."""
    found: dict[tuple[date, str | None, str | None], list[Numbered]] = {}
    for line in rows:
        found.setdefault((line[1].day or date.min, line[1].code, line[1].side), []).append(line)
    return [found[key] for key in sorted(found, key=lambda k: k[0])]


def _half(line: Line, shares: Iterable[Numbered]) -> bool:
    """True for the derivative's half of an exercise or conversion whose other half is a row of shares: one event, not two."""
    same = {line.shares, line.underlying_shares}
    return any(
        other.kind is LineKind.TRANSACTION and (other.code, other.day) == (line.code, line.day) and other.shares in same
        for _, other in shares
    )


def _sum(figures: Sequence[Figure], basis: str) -> Figure | None:
    if len(figures) < 2:
        return figures[0] if figures else None
    total = exact_sum(*(f.number for f in figures))
    return derive(
        "the rows added", tuple(figures), Interval.exact(total), unit="shares", basis=basis, day=figures[0].day
    )


def _words(title: str | None) -> str:
    return quote(title or "the security")


def _how(line: Line) -> str:
    return f"indirectly ({quote(line.nature or 'not told how')})" if line.held == "I" else "directly"


def _did(line: Line) -> str:
    return {"A": "acquired", "D": "disposed of"}.get(line.side or "", "involved")


def _moved(line: Line) -> str:
    return f"{_words(line.title)} {_did(line)}, as filed"
