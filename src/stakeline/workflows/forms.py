"""What goes into a form's boxes, as far as it is known: by the box where the form is described, by name elsewhere.

The boxes are those of the form as it is today.
"""

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from stakeline import regimes
from stakeline.duties import Due, percent
from stakeline.model.problems import quote
from stakeline.model.rules import Rule, Rulebook
from stakeline.model.situations import Capital, Situation
from stakeline.regimes.dutycodes import duty_codes
from stakeline.workflows.measuring import Kept, Measured, legs

_NAMES = {
    "issuer_code": "security",
    "share_class": "class of shares",
    "issued": "issued shares of the class",
    "holder.name": "holder",
    "holder.surname": "holder",
    "event_date": "date of the event",
    "aware_date": "date of becoming aware, if later",
    "trades.position": "position that the event concerns",
    "trades.code": "code of the event",
    "trades.shares": "shares bought, sold or involved",
    "before": "held before the event",
    "after": "held after the event",
    "capacities": "capacities after the event",
}
"""Our fields of a notice (`model.notices`) that a duty can tell, in words."""


class Boxed(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. field: our name of it. box: how to name the form's box, None where the form is not described."""

    field: str
    name: str
    box: str | None
    value: str


def boxes(
    book: Rulebook, rule: Rule, due: Due, asked: Situation, kept: Kept, security: str | None
) -> tuple[Boxed, ...]:
    """The entries of a notice that the facts give, in the order of the form."""
    form = _form(book.folder, due.form)
    found = []
    for field, value in _values(book, rule, due, asked, kept, security):
        box = regimes.cite(book.folder, form, field) if form is not None else None
        if form is None or box is not None:
            found.append(Boxed(field=field, name=_NAMES[field], box=box.cite if box else None, value=value))
    return tuple(found)


def _form(folder: str, form: str | None) -> str | None:
    """The code of a described form ("2" for "Form 2"), None where nobody described it."""
    if form is None or folder not in {told.code for told in regimes.regimes()}:
        return None
    return next((code for code in regimes.regime(folder).forms if form in (code, f"Form {code}")), None)


def _values(
    book: Rulebook, rule: Rule, due: Due, asked: Situation, kept: Kept, security: str | None
) -> Iterator[tuple[str, str]]:
    event, who = asked.event, asked.investor
    if security is not None:
        yield "issuer_code", quote(_code(book.folder, security))
    if due.share_class is not None:
        yield "share_class", due.share_class
    after = _issued(due, asked, opening=False)
    if after is not None:
        yield "issued", f"{after:,}"
    yield ("holder.surname" if who.type == "individual" else "holder.name"), who.id
    yield "event_date", event.date.isoformat()
    if asked.aware is not None and asked.aware > event.date:
        yield "aware_date", asked.aware.isoformat()
    measured = legs(due, rule, asked, kept)
    yield from _event(book, due, asked, measured)
    yield from _held(due, asked, measured)
    capacities = _capacities(book, due, asked, kept)
    if capacities:
        yield "capacities", capacities


def _code(folder: str, security: str) -> str:
    """The code as the form has it ("00020" for "0020.HK"), where the regime's codes are numbers of a fixed width."""
    number = security.partition(".")[0]
    told = next((told for told in regimes.regimes() if told.code == folder), None)
    if told is None or told.code_width is None or not (number.isascii() and number.isdecimal()):
        return security
    return number.zfill(told.code_width)


def _event(book: Rulebook, due: Due, asked: Situation, measured: tuple[Measured, ...]) -> Iterator[tuple[str, str]]:
    """The line of the event: position, code, shares."""
    if due.leg is not None:
        yield "trades.position", f"{due.leg.replace('_', ' ')} position"
    code = duty_codes(book.folder).of(due.duty, asked.event.type, due.direction)
    if code is not None:
        told = regimes.regime(book.folder).codes.get(("reason", code))
        yield "trades.code", f"{code}{f' ({told.meaning})' if told else ''}"
    moved = next((m for m in measured if m.leg == due.leg), None)
    if moved is not None and moved.of_issued and moved.before != moved.after:
        before, after = _count(due, asked, moved.before, opening=True), _count(due, asked, moved.after, opening=False)
        if before is not None and after is not None and before != after:
            yield "trades.shares", f"{abs(after - before):,}"


def _held(due: Due, asked: Situation, measured: tuple[Measured, ...]) -> Iterator[tuple[str, str]]:
    """The totals by leg: count where it is known, and percentage."""
    for field, opening in (("before", True), ("after", False)):
        parts = []
        for m in measured:
            figure = m.before if opening else m.after
            if figure or m.leg == due.leg:
                count = _count(due, asked, figure, opening=opening) if m.of_issued else None
                shares = f"{count:,} shares, " if count is not None else ""
                parts.append(f"{m.leg.replace('_', ' ')} {shares}{percent(figure)}")
        if parts:
            yield field, "; ".join(parts)


def _capacities(book: Rulebook, due: Due, asked: Situation, kept: Kept) -> str | None:
    """Shares by capacity, where only the investor's own lines in counts stand and each capacity has a code."""
    codes = duty_codes(book.folder).capacity
    standing = [
        line
        for line in kept.lines(book).at((asked.event.date, 2))
        if line.share_class == due.share_class
        and due.leg in (line.leg, "long" if line.instrument == "shares" else None)
    ]
    fits = (
        line.holder == asked.investor.id and line.shares is not None and line.capacity in codes for line in standing
    )
    if not standing or not all(fits):
        return None
    meanings = regimes.regime(book.folder).codes
    told = ((codes[line.capacity], line.shares) for line in standing)
    return "; ".join(f"{code} ({meanings['capacity', code].meaning}) {shares:,}" for code, shares in told)


def _issued(due: Due, asked: Situation, *, opening: bool) -> int | None:
    """The issued shares of the duty's class before or after the event."""
    day = asked.event.date
    valid: list[Capital] = [
        entry
        for entry in asked.issuer.capital
        if entry.share_class == due.share_class and (entry.date < day or (entry.date == day and not opening))
    ]
    return max(valid, key=lambda entry: entry.date).issued_shares if valid and due.company is None else None


def _count(due: Due, asked: Situation, figure: Fraction, *, opening: bool) -> int | None:
    """The shares that a percentage of the class is, where they come out whole."""
    issued = _issued(due, asked, opening=opening)
    if issued is None:
        return None
    count = figure * issued / 100
    return int(count) if count.denominator == 1 else None
