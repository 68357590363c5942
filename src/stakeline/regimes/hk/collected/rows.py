"""Rows of the list of a company's notices, kept as lines of JSON."""

from collections.abc import Iterator
from typing import Any

from stakeline.model.notices import Holder, Leg, Notice, Position, Trade
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read
from stakeline.reading import values
from stakeline.regimes.hk import codes
from stakeline.regimes.hk.collected.fields import Fields, unknown
from stakeline.regimes.hk.collected.literals import parsed
from stakeline.regimes.hk.lists.rows import FORMS, KINDS, issuer
from stakeline.regimes.hk.serials import believed, serial

FORM = "collected rows"
COLUMNS = {
    "issuer_code": "stock_code",
    "serial": "serial",
    "holder.name": "holder",
    "event_date": "event_date",
    "trades.long.code": "reason_code",
    "trades.short.code": "reason_code",
    "trades.long.shares": "shares_involved",
    "trades.short.shares": "shares_involved",
    "trades.long.price": "average_price",
    "trades.short.price": "average_price",
    "after.long.shares": "long_shares",
    "after.long.percent": "long_pct",
    "after.short.shares": "short_shares",
    "after.short.percent": "short_pct",
    "after.pool.shares": "pool_shares",
    "after.pool.percent": "pool_pct",
}
_KEYS = {"serial", "stock_code", "holder", "event_date"}
_CITES = ("rows of the list of a company's notices, collected as lines of JSON",)
_DOUBT = "in a collection that others keep"
_TOKENS = ((Leg.LONG, "long"), (Leg.SHORT, "short"), (Leg.POOL, "pool"))
MOST_LINES = 200_000


def fits(line: Any) -> bool:
    """True for an object of this shape."""
    return isinstance(line, dict) and line.keys() >= _KEYS


def read(data: bytes, problems: list[Problem]) -> Iterator[Read[Notice]]:
    """Each line as a notice."""
    left: dict[str, str] = {}
    for number, line in enumerate(data.splitlines(), 1):
        place = f"line {number}"
        if number > MOST_LINES:
            message = f"more than {MOST_LINES:,} lines: not read from here on"
            problems.append(Problem(severity=Severity.INPUT, where=place, found="", message=message))
            return
        if not line.strip():
            continue
        told = parsed(line)
        if not fits(told):
            message = told.message if isinstance(told, Problem) else f"lacks one of {', '.join(sorted(_KEYS))}"
            found = printable(line[:200].decode("utf-8", "replace"))
            problems.append(Problem(severity=Severity.INPUT, where=place, found=found, message=message))
            continue
        row = Fields(told, place, problems)
        found_there = _notice(row, problems)
        if found_there is not None:
            left.update({k: row.where(k) for k in row.left() if k not in left})
            yield Read(found_there, place)
    problems.extend(unknown(left))


def _notice(row: Fields, problems: list[Problem]) -> Notice | None:
    numbered = serial(row.text("serial"), row.where("serial"), problems)
    of, holder, day = issuer(row.text("stock_code"), row.text("stock_name")), row.text("holder"), row.day("event_date")
    form = row.text("form")
    if of is None or not holder or (day is None and numbered.number is None) or numbered.prefix not in ("", *FORMS):
        message = "no issuer, no holder, no day and no serial number, or no notice of the issuer's own shares"
        found = f"{row.text('stock_code')} {holder} {row.text('serial')}"
        problems.append(Problem(severity=Severity.INPUT, where=row.place, found=printable(found), message=message))
        return None
    if form and form != FORMS.get(numbered.prefix, form):
        row.problem("form", f"not the form of serial number {numbered.number}", Severity.NOTE)
    numbered = believed(numbered, day, None, row.where("serial"), problems)
    return Notice(
        regime="hk",
        form=FORM,
        issuer_code=of.code,
        issuer_name=of.name,
        holder=Holder(name=holder, kind=KINDS.get(numbered.prefix)),
        serial=numbered.number,
        event_date=day,
        known_from=numbered.known_from,
        known_basis=numbered.known_basis,
        trades=_trades(row, numbered.prefix, problems),
        after=tuple(_positions(row)),
        status=numbered.status,
        related=numbered.related,
        remark=numbered.remark,
        confidence="medium",
        doubt=_DOUBT,
        cites=_CITES,
    )


def _trades(row: Fields, prefix: str, problems: list[Problem]) -> tuple[Trade, ...]:
    """The event line, where the row tells whose position it is."""
    code, letter = row.text("reason_code"), row.text("reason_position")
    shares, price = row.amount("shares_involved", values.count), row.amount("average_price", values.price)
    currency = row.text("currency") or None
    leg = values.leg(letter)
    if not code and shares is None and price is None:
        return ()
    if leg is None:
        row.problem("reason_position", "not the letter of a position: the event is not read")
        return ()
    if code:
        codes.check(code, "reason", FORMS.get(prefix, ""), row.where("reason_code"), problems)
    return (Trade(leg=leg, code=code or None, shares=shares, currency=currency, price=price),)


def _positions(row: Fields) -> Iterator[Position]:
    for leg, token in _TOKENS:
        shares, percent = row.amount(f"{token}_shares", values.count), row.percent(f"{token}_pct")
        if shares is not None or percent is not None:
            yield Position(leg=leg, shares=shares, percent=percent)
