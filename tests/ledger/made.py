"""Small documents, notices and facts made for the ledger's tests. The readings are made too: no reader is asked."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.notices import Absent, Holder, Leg, Notice, Position, Trade
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.rows import Read, Reading

MOMENT = datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
PUBLIC = datetime(2022, 11, 11, 9, 0, tzinfo=UTC)

Handed = tuple[Document, Reading]


def notice(serial: str, *, code: str = "00020", holder: str = "Alibaba Group Holding Limited", **fields: Any) -> Notice:
    told: dict[str, Any] = {
        "regime": "hk",
        "form": "2",
        "issuer_code": code,
        "issuer_name": "SenseTime Group Inc. - B",
        "share_class": "B",
        "holder": Holder(name=holder),
        "serial": serial,
        "event_date": date(2022, 11, 8),
        "known_from": PUBLIC,
        "trades": (Trade(leg=Leg.LONG, code="1201", shares=Number(Decimal(80_000_000)), highest=Absent.NOT_DISCLOSED),),
        "before": (Position(leg=Leg.LONG, shares=Number(Decimal(2_351_000_000)), percent=_percent("9.05")),),
        "after": (Position(leg=Leg.LONG, shares=Number(Decimal(2_271_000_000)), percent=_percent("8.74")),),
    }
    return Notice(**(told | fields))


def fact(period: str, price: str, *, subject: str = "hk:00020", **fields: Any) -> Fact:
    told: dict[str, Any] = {
        "subject": subject,
        "measure": "price.close",
        "period": period,
        "number": Number(Decimal(price)),
        "unit": "currency",
        "currency": "HKD",
        "basis": "close",
        "known_from": PUBLIC,
    }
    return Fact(**(told | fields))


def document(name: str, content: str | None = None) -> Document:
    return Document(data=f"<html>{name if content is None else content}</html>".encode(), name=f"{name}.html")


def handed(
    name: str, *, notices: Iterable[Notice] = (), facts: Iterable[Fact] = (), problems: Iterable[Problem] = ()
) -> Handed:
    """A document and what it says: its notices by row, its facts by row."""
    return document(name), Reading(
        reader="made",
        notices=tuple(Read(n, f"row {i}") for i, n in enumerate(notices)),
        facts=tuple(Read(f, f"row {i}") for i, f in enumerate(facts)),
        problems=tuple(problems),
    )


def quarantined(found: str = "1,23O,456") -> Problem:
    return Problem(severity=Severity.INPUT, where="row 7, shares", found=found, message="not a number")


def group(number: int) -> list[Handed]:
    """Three documents: a notice that only this group has, one that all groups have, facts of several issuers, a problem."""
    return [
        handed(f"notice {number}", notices=[notice(f"CS{number}")]),
        handed(
            f"list {number}", notices=[notice(f"CS{number}"), notice("CS-all")], problems=[quarantined(f"bad {number}")]
        ),
        handed(f"facts {number}", facts=[fact("2022-11-15", f"1.{number}", subject=f"hk:{n:05}") for n in range(4)]),
    ]


def _percent(text: str) -> Number:
    return Number(Decimal(text), Decimal("0.01"))
