"""The shipped case as rows of a ledger, for the tests of the rooms that work on facts."""

from datetime import UTC, date, datetime
from decimal import Decimal

from stakeline.cases import case
from stakeline.model.facts import Fact
from stakeline.model.law import Box
from stakeline.model.moments import end_of_day
from stakeline.model.notices import Notice
from stakeline.model.numbers import Number
from stakeline.model.rows import Row, Sighting, row_key
from stakeline.reading import facttables

SENSETIME = "hk:00020"
BRIEFED = datetime(2022, 11, 16, 1, tzinfo=UTC)
"""16 November 2022, 09:00 in Hong Kong: the moment of the founding brief."""


def cite(_regime: str, form: str, path: str) -> Box | None:
    return facttables.cite(form, path)


def facts(known: datetime | None = None, subject: str | None = None) -> list[Row[Fact]]:
    """The shipped facts as known at a moment (all, where none is given), of one subject or of all."""
    rows = []
    for document in case("sensetime"):
        for read in facttables.read(document).facts:
            body = read.body
            assert body.known_from is not None
            if (known is None or body.known_from <= known) and subject in (None, body.subject):
                sighting = Sighting(document.sha256, read.locator, document.name)
                rows.append(Row(row_key(body), body, (sighting,)))
    return rows


def notices() -> list[Row[Notice]]:
    """The shipped notices."""
    return [
        Row(row_key(read.body), read.body, (Sighting(document.sha256, read.locator, document.name),))
        for document in case("sensetime")
        for read in facttables.read(document).notices
    ]


def made(
    measure: str,
    value: str,
    *,
    period: str | None = None,
    item: str | None = None,
    subject: str = SENSETIME,
    unit: str | None = None,
    currency: str | None = "HKD",
    known: str = "2022-11-15",
    precision: str | None = None,
) -> Row[Fact]:
    """A fact made up for one test, standing in a document of its own."""
    words = measure in ("name", "peer", "listing.date")
    kind = "text" if words else "currency" if currency else "rate"
    body = Fact(
        subject=subject,
        measure=measure,
        item=item,
        period=period,
        number=None if words else Number(Decimal(value), Decimal(precision) if precision else None),
        text=value if words else None,
        unit=unit or kind,
        currency=None if words else currency,
        basis=measure,
        known_from=end_of_day(date.fromisoformat(known), "Asia/Hong_Kong"),
        known_basis="made up",
        cites=("nobody",),
    )
    return Row(row_key(body), body, (Sighting("0" * 64, "row 2, column value", "made.csv"),))
