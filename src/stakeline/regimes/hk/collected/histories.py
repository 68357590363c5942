"""Histories of notices by person, as somebody collected them: "companies" of "records", or one person's "records"."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from stakeline.model.notices import Absent, Holder, Leg, Notice, Position, Trade
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read
from stakeline.reading import values
from stakeline.regimes.hk.collected.fields import Fields, unknown
from stakeline.regimes.hk.lists.rows import KINDS
from stakeline.regimes.hk.serials import believed, serial

FORM = "collected history"
COLUMNS = {
    "issuer_code": "stock_code",
    "issuer_name": "stock_name",
    "holder.name": "shareholder_en",
    "serial": "source",
    "event_date": "date",
    "trades.long.shares": "change",
    "trades.long.price": "price",
    "after.long.shares": "shares",
    "after.long.percent": "pct",
}
CODE = re.compile(r"[0-9]{1,5}")
_ORIGIN = re.compile(r"HKEX\s+(.*)", re.DOTALL)
_DERIVED = (
    "in a collection that others keep; whether shares were bought or sold is its own reading of the reason code"
    " ({kind}), not filed and not taken; position not told, taken for the long one"
)
_BY_HAND = "kept by hand: totals may add what the person and controlled corporations hold"
_TWICE = "another record of the collection has this serial number and other figures"


def fits(told: Any) -> bool:
    """True for an object of this shape."""
    if not isinstance(told, dict):
        return False
    if isinstance(told.get("companies"), dict):
        people = list(told["companies"].values())
        return bool(people) and all(isinstance(p, dict) and "records" in p for p in people)
    return {"shareholder", "stock_code", "records"} <= told.keys()


def read(told: Mapping[str, Any], problems: list[Problem]) -> Iterator[Read[Notice]]:
    """Each record as a notice. What the collection derived is left out, and the notice says so."""
    left: dict[str, str] = {}
    top = Fields(told, "", problems)
    by_hand = "companies" not in told
    source = top.text("source")
    top.aside("generatedAt", "companies", "dateRangeQueried", "_errors")
    cites = (f"collected history of notices{': ' + source if source else ', kept by hand'}",)
    people = [("", told)] if by_hand else list(told["companies"].items())
    for code, person in people:
        place = "" if by_hand else f"company {printable(code)}"
        yield from _person(Fields(person, place, problems), code, cites, left, problems)
    if not by_hand:
        left.update({k: k for k in top.left()})
    problems.extend(unknown(left))


def _person(
    person: Fields, key: str, cites: tuple[str, ...], left: dict[str, str], problems: list[Problem]
) -> Iterator[Read[Notice]]:
    """The records of one person in one company."""
    code, records = person.text("stock_code") or key, person.get("records")
    name, other = person.text("shareholder_en"), person.text("shareholder")
    issuer = person.text("stock_name") or None
    person.aside("last_updated", "current_shares", "current_pct", "note")
    if not CODE.fullmatch(code) or not int(code) or (key and key != code) or not (name or other):
        message = "no stock code, two different ones, or no holder: none of its records is read"
        problems.append(
            Problem(severity=Severity.INPUT, where=person.place or "document", found=printable(code), message=message)
        )
        return
    if not isinstance(records, list):
        person.problem("records", "not a list of records", Severity.INPUT)
        return
    holder = Holder(name=name or other, chinese=other if name and other and other != name else None)
    for unread in person.left():
        left.setdefault(unread, person.where(unread))
    told = Counter(str(r.get("source")) for r in records if isinstance(r, dict))
    for number, record in enumerate(records, 1):
        place = person.where(f"record {number}")
        if not isinstance(record, dict):
            message = "not an object with the fields of a notice"
            problems.append(
                Problem(severity=Severity.INPUT, where=place, found=printable(str(record)), message=message)
            )
            continue
        fields = Fields(record, place, problems)
        doubts = [_BY_HAND] if not key else []
        doubts += [_TWICE] if told[str(record.get("source"))] > 1 else []
        found = _notice(fields, (code.zfill(5), issuer), holder, cites, doubts, problems)
        for unread in fields.left():
            left.setdefault(unread, fields.where(unread))
        if found is not None:
            yield Read(found, place)


def _notice(
    record: Fields,
    issuer: tuple[str, str | None],
    holder: Holder,
    cites: tuple[str, ...],
    doubts: list[str],
    problems: list[Problem],
) -> Notice | None:
    origin = _ORIGIN.fullmatch(record.text("source"))
    numbered = serial(origin[1] if origin else record.text("source"), record.where("source"), problems)
    day = record.day("date")
    if day is None and numbered.number is None:
        problems.append(
            Problem(
                severity=Severity.INPUT,
                where=record.place,
                found=printable(record.text("source")),
                message="neither a day of the event nor a serial number",
            )
        )
        return None
    numbered = believed(numbered, day, None, record.where("source"), problems)
    kind = record.text("type")
    involved = record.amount("change", values.count, signed=True)
    price = record.amount("price", values.price)
    total, percent = record.amount("shares", values.count), record.percent("pct")
    event = Trade(leg=Leg.LONG, shares=involved, price=price)
    return Notice(
        regime="hk",
        form=FORM,
        issuer_code=issuer[0],
        issuer_name=issuer[1],
        holder=Holder(name=holder.name, kind=KINDS.get(numbered.prefix), chinese=holder.chinese),
        serial=numbered.number,
        event_date=day,
        known_from=numbered.known_from,
        known_basis=numbered.known_basis,
        trades=(event,) if involved is not None or price is not None else (),
        after=(Position(leg=Leg.LONG, shares=total, percent=percent),)
        if total is not None or percent is not None
        else (),
        status=numbered.status,
        related=numbered.related,
        remark=numbered.remark,
        confidence="low" if doubts or Absent.UNREADABLE in (total, percent) else "medium",
        doubt="; ".join([_DERIVED.format(kind=printable(kind) or "not told"), *doubts]),
        cites=cites,
    )
