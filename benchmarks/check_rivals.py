"""The same articles read by recognizers-text and quantulum3, where these are installed (`pip install 'stakeline[bench]'`).

They are no checkers and were not made for such articles; what is compared is the first step alone: the figures of a text. Neither
knows shares or percentage points, so a number of theirs without a unit counts as right wherever its value is; only "whole" asks for
the unit and the currency too. Of recognizers-text all of currency, percentage, number and day are asked; where two overlap the longer
one stands.
"""

import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from importlib import import_module
from typing import Any, NamedTuple

from annotated import Article, share, touches
from stakeline.checks import figures

_NEAR = Decimal("0.000001")


class Read(NamedTuple):
    """One figure of some reader. unit: "" where the reader does not tell it."""

    start: int
    end: int
    text: str
    value: str
    unit: str
    currency: str | None

    def stated(self) -> str:
        """Its value as text."""
        return self.value


Reader = Callable[[Article], list[Read]]


def ours(article: Article) -> list[Read]:
    """Our own grammar."""
    found = figures.find(article.text, on=article.day)
    return [Read(f.start, f.end, f.text, f.stated() or "", f.unit, f.currency) for f in found]


def recognizers() -> Reader:
    """Microsoft's recognizers-text. ImportError where it is not installed."""
    kinds = (
        (import_module("recognizers_number_with_unit").recognize_currency, "currency"),
        (import_module("recognizers_number").recognize_percentage, "pct"),
        (import_module("recognizers_number").recognize_number, None),
    )
    days = import_module("recognizers_date_time").recognize_datetime
    culture = import_module("recognizers_text").Culture

    def read(article: Article) -> list[Read]:
        lang = culture.Chinese if article.gold["lang"] == "zh" else culture.English
        found: list[Read] = []
        for ask, unit in kinds:
            for r in ask(article.text, lang):
                told = r.resolution or {}
                value = str(told.get("value") or "").rstrip("%")
                found.append(Read(r.start, r.end + 1, r.text, value, unit or "", told.get("isoCurrency")))
        for r in days(article.text, lang):
            told = ((r.resolution or {}).get("values") or [{}])[0]
            if told.get("type") == "date" and told.get("value"):
                found.append(Read(r.start, r.end + 1, r.text, told["value"], "date", None))
            elif told.get("type") == "daterange" and told.get("start") and told.get("end"):
                found.append(Read(r.start, r.end + 1, r.text, f"{told['start']}/{told['end']}", "period", None))
        return list(_longest(found))

    return read


def quantulum() -> Reader:
    """quantulum3, English only. ImportError where it is not installed."""
    parse = import_module("quantulum3.parser").parse
    codes = {
        "dollar": "USD",
        "euro": "EUR",
        "pound sterling": "GBP",
        "yen": "JPY",
        "yuan": "CNY",
        "hong kong dollar": "HKD",
    }

    def read(article: Article) -> list[Read]:
        found = []
        for q in parse(article.text):
            money = q.unit.entity.name == "currency"
            unit = "currency" if money else "pct" if q.unit.name == "percentage" else ""
            value = format(abs(Decimal(repr(q.value))), "f")
            start, end = q.span
            found.append(Read(start, end, q.surface, value, unit, codes.get(q.unit.name) if money else None))
        return found

    return read


def _longest(found: list[Read]) -> Iterator[Read]:
    end = -1
    for one in sorted(found, key=lambda r: (r.start, -r.end)):
        if one.start >= end:
            yield one
            end = one.end


def compare(articles: Sequence[Article]) -> None:
    """Prints one row for each reader that is installed."""
    readers: dict[str, Reader] = {"stakeline": ours}
    for name, make in (("recognizers-text", recognizers), ("quantulum3", quantulum)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                readers[name] = make()
        except ImportError as error:
            print(f"\n{name} is not compared: {error}")
    print(f"\n{'reader':20}{'lang':>6}{'claims':>8}{'found':>9}{'value':>9}{'whole':>9}{'precision':>11}{'ms':>9}")
    for name, reader in readers.items():
        for lang in ("en", "zh"):
            some = [a for a in articles if a.gold["lang"] == lang]
            if some and (name, lang) != ("quantulum3", "zh"):
                _row(name, lang, some, reader)


def _row(name: str, lang: str, articles: Sequence[Article], reader: Reader) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader(articles[0])
        start = time.perf_counter()
        read = [reader(a) for a in articles]
    milliseconds = 1000 * (time.perf_counter() - start) / len(articles)
    true = false = claims = found = value = whole = 0
    for article, figures_read in zip(articles, read, strict=True):
        spans = [*article.gold["claims"], *article.gold.get("unannotated_numbers", [])]
        true += sum(1 for f in figures_read if any(touches(f, c) for c in article.gold["claims"]))
        false += sum(1 for f in figures_read if not any(touches(f, s) for s in spans))
        for claim in article.gold["claims"]:
            near = [f for f in figures_read if touches(f, claim)]
            claims += 1
            found += bool(near)
            value += any(_same_value(f, claim) for f in near)
            whole += any(_same_value(f, claim) and _same_unit(f, claim) for f in near)
    counts = "".join(f"  {share(n, claims)}" for n in (found, value, whole))
    print(f"{name:20}{lang:>6}{claims:8}{counts}    {share(true, true + false)}{milliseconds:9.2f}")


def _same_value(figure: Read, claim: dict[str, Any]) -> bool:
    if claim["unit"] in {"date", "period"}:
        return bool(figure.value == claim["value"])
    try:
        value = Decimal(figure.value)
    except InvalidOperation:
        return False
    wanted = Decimal(claim["value"])
    return abs(abs(value) - wanted) <= abs(wanted) * _NEAR


def _same_unit(figure: Read, claim: dict[str, Any]) -> bool:
    return bool(figure.unit == claim["unit"] and figure.currency == claim.get("currency"))
