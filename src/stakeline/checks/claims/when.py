"""Of which day or period a claim is, and what a change is measured against."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from stakeline.checks.claims.scene import Scene
from stakeline.model.claims import Found

_QUARTER_BEFORE = re.compile(
    r"quarter before|previous quarter|prior quarter|sequential|quarter-on-quarter|qoq|环比|環比|按季|上季|较上季"
)
_PERIOD = re.compile(r"(?:FY)?([0-9]{2,4})(?:([HQ])([1-4])(-Q3)?)?")
_OF_RESULTS = ("result.", "segment.", "cost.")
_DATED = ("stake.", "price.", "threshold.", "transaction.", "market_value", "volume.", "buyback.")
_BASES = {
    "year": re.compile(
        r"(?:since|from|this|than at|so far|in) (?:the )?(?:start|beginning|january|turn) ?(?:of (?:the|this) year)?|year to date|this year|今年以来|今年以來|年初"
    ),
    "listing": re.compile(
        r"(?:above|below|over|under|than|from|since) (?:the |its |their )?(?:ipo|listing|flotation|float|issue) price|[较較比高低].{0,3}(?:招股价|招股價|上市价|上市價|发行价|發行價)"
    ),
    "offer": re.compile(
        r"(?:above|below|over|under|than|to|of) (?:the |its )?(?:[a-z]+ )?offer price|[较較比高低].{0,3}(?:收购价|收購價|要约价|要約價)"
    ),
    "deal": re.compile(
        r"(?:above|below|over|under|than|to|from) (?:the |its |her |his )?(?:[a-z]+ )?(?:placing|placement|deal|sale|selling) price|[较較比高低].{0,4}(?:配售价|配售價|沽货价|沽貨價|转让价|轉讓價|减持价|減持價)"
    ),
    "purchase": re.compile(
        r"(?:above|below|over|under|than|on) (?:the |its |her |his |what )?(?:average )?(?:purchase price|entry price|cost|(?:he|she|it) paid)|[较較比高低].{0,4}(?:入股价|入股價|买入价|買入價|买货价|成本|认购价|認購價)"
    ),
    "close": re.compile(
        r"(?:above|below|over|under|than|to|from) (?:the |its |\w+day's )?(?:previous |last |prior )?clos(?:e|ing)|[较較比].{0,3}(?:前|上|昨).{0,4}(?:收[市盘盤报報]|[价價])"
    ),
}
_OF_BEFORE = re.compile(r"上年|去年同|上一年|ago|earlier|same period")
_TIMES = 8
_FROM_JANUARY = re.compile(r"([0-9]{4})-01-01/\1-(03-31|06-30|09-30|12-31)")
_UNTIL = {"03-31": "Q1", "06-30": "H1", "09-30": "Q1-Q3", "12-31": ""}
_COMMA = re.compile(r"[,，;；](?![0-9])")
_NAMES = {
    "year": "start of year",
    "listing": "listing price",
    "offer": "offer price",
    "deal": "deal price",
    "purchase": "purchase price",
    "close": "previous close",
}


class When:
    """The days and periods of an article, by where they stand."""

    def __init__(self, scene: Scene, asides: Sequence[Found], on: date | None) -> None:
        self.scene = scene
        self.on = on
        times = [f for f in [*asides, *scene.found] if f.unit in {"date", "period"}]
        self.times = sorted(times, key=lambda t: t.start)
        self.starts = [t.start for t in self.times]
        told = (_short(t) for t in self.times if t.unit == "period" and not _OF_BEFORE.search(t.text))
        self.first = next((t for t in told if t is not None and _PERIOD.fullmatch(t)), None)
        self.result: str | None = None

    def of(self, i: int, kind: str) -> str | None:
        """period_or_date of figure i."""
        if kind.startswith(_OF_RESULTS):
            return self._result(i, kind)
        if kind.startswith(_DATED) and not kind.endswith((".date", "change_pct")):
            return self._day(i)
        return None

    def base(self, i: int, kind: str) -> str | None:
        """comparison_base of figure i, where it is a change."""
        if kind in {"result.change_pct", "segment.change_pct", "cost.change_pct"}:
            now = self._near(i, periods=True) or self.result or self.first
            if now is not None and self.result is not None and _earlier(self.result, quarter=False) == now:
                now = self.result
            return _earlier(now, quarter=_QUARTER_BEFORE.search(self._around(i)) is not None) if now else None
        if kind == "price.change_pct":
            around = self._around(i)
            return next((_NAMES[n] for n, pattern in _BASES.items() if pattern.search(around)), None)
        if kind == "transaction.discount_pct":
            return "previous close" if re.search(r"clos|收[市盘盤]|last", self._around(i)) else None
        return None

    def _around(self, i: int) -> str:
        return self.scene.before(i) + " " + self.scene.after(i, 50)

    def _result(self, i: int, kind: str) -> str | None:
        now = self._near(i, periods=True)
        if kind == "result.prior_value":
            base = self.result or now or self.first
            return _earlier(base, quarter=_QUARTER_BEFORE.search(self._around(i)) is not None) if base else None
        if now is not None and self.result is not None and _earlier(self.result, quarter=False) == now:
            return None if kind.endswith("change_pct") else now  # told to compare with
        if now is not None:
            self.result = now
        return None if kind.endswith("change_pct") else self.result or self.first

    def _inside(self, i: int) -> Sequence[Found]:
        """The times of its sentence, of a long one those nearest to the figure."""
        start, end = self.scene.bounds(i)
        at = bisect_left(self.starts, self.scene.found[i].start)
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.times[max(first, at - _TIMES) : min(last, at + _TIMES)]

    def _near(self, i: int, *, periods: bool) -> str | None:
        """The nearest time in the sentence of figure i, in front of it first."""
        at = self.scene.found[i].start
        inside = [t for t in self._inside(i) if (t.unit == "period") == periods and t is not self.scene.found[i]]
        if periods:
            inside = [
                t for t in inside if not self.scene.lower[max(t.start - 2, 0) : t.start].endswith(("较", "較", "比"))
            ]
            inside = [t for t in inside if not _OF_BEFORE.search(t.text)]
        before = [t for t in inside if t.start < at]
        chosen = before[-1] if before else next(iter(inside), None)
        if chosen is None:
            return None
        return chosen.day.isoformat() if chosen.day is not None else _short(chosen)

    def _day(self, i: int) -> str | None:
        """The day or month told nearest in its clause, in front of it or behind."""
        at = self.scene.found[i].start
        near = [(abs(t.start - at), t) for t in self._inside(i) if self.scene.parted(*sorted((t.start, at))) < 6]
        if not near:
            return None
        chosen = min(near, key=lambda n: (self._clause(n[1].start, at), n[0]))[1]
        return chosen.day.isoformat() if chosen.day is not None else _short(chosen)

    def _clause(self, one: int, other: int) -> bool:
        """Whether a comma stands between two offsets, so that they are of different clauses."""
        return _COMMA.search(self.scene.lower[min(one, other) : max(one, other)]) is not None


def _short(time: Found) -> str | None:
    """The short name of a period: 2024Q1-Q3 for 2024-01-01/2024-09-30."""
    match = _FROM_JANUARY.fullmatch(time.period or "")
    return f"{match[1]}{_UNTIL[match[2]]}" if match else time.period


def _earlier(period: str, *, quarter: bool) -> str | None:
    """The period a year, or a quarter, before: 2022H1 -> 2021H1."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return None
    year, part, number = int(match[1]), match[2], int(match[3] or 0)
    if quarter and part == "Q" and not match[4]:
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    else:
        year -= 1
    return f"{'FY' if period.startswith('FY') else ''}{year:0{len(match[1])}}{part or ''}{number or ''}{match[4] or ''}"
