"""What a check found, for people and for programs: one article with its rulings, and the JSON that is promised of it."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Any

import msgspec

from stakeline.model.claims import Language, Ruling, Statement, Verdict
from stakeline.model.numbers import Interval

_DIGITS = 12
"""Digits that a recomputed figure is given with; bounds are rounded outwards."""
_DOWN, _UP = Context(prec=_DIGITS, rounding=ROUND_FLOOR), Context(prec=_DIGITS, rounding=ROUND_CEILING)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One article checked.

    name: of the file. text: what the offsets are of. on: the article's day; None where it names none.
    rulings: one for each figure, in order. statements: worded ones that figures refute. notes: what to say beside it all.
    """

    name: str
    text: str
    on: date | None
    lang: Language
    rulings: tuple[Ruling, ...]
    statements: tuple[Statement, ...]
    notes: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """True where a figure or a statement is inconsistent or contradicted."""
        return any(r.finding for r in self.rulings) or any(is_finding(s) for s in self.statements)

    def counts(self) -> dict[Verdict, int]:
        """How many figures have each verdict."""
        return {verdict: sum(1 for r in self.rulings if r.verdict is verdict) for verdict in Verdict}

    def marks(self) -> "Iterator[tuple[int, Ruling | Statement]]":
        """Everything marked in the text, numbered from 1 in its order; a statement stands before the figures in it."""
        marked: list[tuple[int, int, Ruling | Statement]] = [
            *((s.start, -s.end, s) for s in self.statements),
            *((r.claim.found.start, -r.claim.found.end, r) for r in self.rulings),
        ]
        return enumerate((mark for _, _, mark in sorted(marked, key=lambda m: m[:2])), 1)


def is_finding(statement: Statement) -> bool:
    """True where a statement is refuted."""
    return statement.verdict in {Verdict.INCONSISTENT, Verdict.CONTRADICTED}


def as_json(report: Report) -> dict[str, Any]:
    """The answer in the published shape: figures and statements, with offsets in code points of the text as given."""
    return {
        "article_date": report.on.isoformat() if report.on else None,
        "lang": report.lang,
        "figures": [_figure(r) for r in report.rulings],
        "statements": [
            {"start": s.start, "end": s.end, "text": s.text, "verdict": str(s.verdict), "reason": s.reason}
            for s in report.statements
        ],
    }


def _figure(ruling: Ruling) -> dict[str, Any]:
    claim, found = ruling.claim, ruling.claim.found
    return {
        "start": found.start,
        "end": found.end,
        "text": found.text,
        "kind": claim.kind,
        "value": found.stated(),
        "unit": found.unit,
        "currency": found.currency,
        "approx": found.approx,
        "holder": claim.holder,
        "issuer": claim.issuer,
        "share_class": claim.share_class,
        "period": claim.period_or_date,
        "verdict": str(ruling.verdict),
        "severity": str(ruling.severity) if ruling.severity else None,
        "recomputed": recomputed(ruling.recomputed),
        "reason": ruling.reason,
        "working": ruling.working,
        "sources": list(ruling.sources),
    }


def recomputed(value: Interval | Decimal | str | None) -> str | None:
    """A recomputed figure in base units: a plain decimal, "low..high" where it is a range, or words."""
    if isinstance(value, Interval):
        low, high = _plain(_DOWN.plus(value.low)), _plain(_UP.plus(value.high))
        return low if low == high else f"{low}..{high}"
    return _plain(value) if isinstance(value, Decimal) else value


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
