"""Consolidated lists as somebody collected them: "companies" of "shareholders", each with the balance of its last notice."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from stakeline.model.errors import UsageError
from stakeline.model.moments import parse_moment
from stakeline.model.notices import Holder, Leg, Notice, Position
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read
from stakeline.reading import values
from stakeline.regimes.hk.collected.fields import Fields, unknown
from stakeline.regimes.hk.collected.histories import CODE
from stakeline.regimes.hk.serials import ZONE

FORM = "collected balances"
COLUMNS = {
    "issuer_name": "stockName",
    "holder.name": "name",
    "event_date": "lastNoticeDate",
    "after.long.shares": "shares",
    "after.long.percent": "pct",
}
_DOUBT = "in a collection that others keep, without serial numbers; position not told, taken for the long one"
_SEEN = "the moment at which the collector read it on the register; it may have been public long before"


def fits(told: Any) -> bool:
    """True for an object of this shape."""
    companies = told.get("companies") if isinstance(told, dict) else None
    if not isinstance(companies, dict) or not companies:
        return False
    return all(isinstance(c, dict) and "shareholders" in c for c in companies.values())


def read(told: Mapping[str, Any], problems: list[Problem]) -> Iterator[Read[Notice]]:
    """Each shareholder's balance as a notice without an event, of the day of its last notice's event."""
    left: dict[str, str] = {}
    top = Fields(told, "", problems)
    source = top.text("source")
    top.aside("generatedAt", "dateRangeQueried", "companies", "_errors")
    cites = (f"collected list of balances{': ' + source if source else ''}",)
    for code, company in told["companies"].items():
        fields = Fields(company, f"company {printable(code)}", problems)
        holders = fields.get("shareholders")
        if not CODE.fullmatch(code) or not int(code) or not isinstance(holders, list):
            fields.problem("shareholders", "not a list of holders under a stock code", Severity.INPUT)
            continue
        name, seen = fields.text("stockName") or None, _seen(fields)
        fields.aside("sid", "topShareholder")
        for number, holder in enumerate(holders, 1):
            row = Fields(holder if isinstance(holder, dict) else {}, fields.where(f"shareholder {number}"), problems)
            found = _notice(row, (code.zfill(5), name), seen, cites)
            if found is None:
                message = "no holder, or no day of the last notice"
                found_there = printable(str(holder))
                problems.append(Problem(severity=Severity.INPUT, where=row.place, found=found_there, message=message))
                continue
            yield Read(found, row.place)
            left.update({k: row.where(k) for k in row.left() if k not in left})
        left.update({k: fields.where(k) for k in fields.left() if k not in left})
    left.update({k: k for k in top.left()})
    problems.extend(unknown(left))


def _notice(
    row: Fields, issuer: tuple[str, str | None], seen: datetime | None, cites: tuple[str, ...]
) -> Notice | None:
    name, day = row.text("name"), row.day("lastNoticeDate")
    total, percent = row.amount("shares", values.count), row.percent("pct")
    if not name or day is None:
        return None
    return Notice(
        regime="hk",
        form=FORM,
        issuer_code=issuer[0],
        issuer_name=issuer[1],
        holder=Holder(name=name),
        event_date=day,
        known_from=seen,
        known_basis=_SEEN if seen else None,
        after=(Position(leg=Leg.LONG, shares=total, percent=percent),),
        confidence="medium",
        doubt=_DOUBT,
        cites=cites,
    )


def _seen(company: Fields) -> datetime | None:
    text = company.text("fetchedAt")
    try:
        return parse_moment(text, ZONE) if text else None
    except UsageError:
        company.problem("fetchedAt", "not a moment: since when it was public is not told")
        return None
