"""What a ledger told of one issuer, and its figures as facts to compare with claims."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from stakeline.checks.evidence import Known
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.text import sentences
from stakeline.model.claims import Claim, Found
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.moments import day_at
from stakeline.model.numbers import Interval
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer, Timeline
from stakeline.workflows.knowledge import Asked, Knowledge

YEAR = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9.,]?[0-9])")

_HUNDRED = Interval.exact(100)
_MOST_LABELS = 3
_MONEY = re.compile(r"[$€£¥￥]|[A-Za-z]{2,}|[港美人澳欧歐英日韩韓台臺新加法]|便士|币|幣")
_FEWEST = 3
"""Digits that tell an amount in another currency from chance."""
_TIGHT = Decimal("0.001")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of an issuer on an article's day. of: as workflows know it; None for an issuer of another market.

    also: names that the article puts in brackets behind others.
    """

    issuer: Issuer
    asked: Asked
    zone: str
    facts: Sequence[Row[Fact]]
    timelines: tuple[Timeline, ...]
    of: Knowledge | None
    also: Mapping[str, str] = {}

    def own(self) -> list[Row[Fact]]:
        """The facts of the issuer itself."""
        return [r for r in self.facts if r.body.subject == self.issuer.subject]

    def known(
        self,
        figure: Figure | None,
        of: str,
        *,
        share_class: str | None = None,
        as_of: str | None = None,
        same: bool = True,
        within: bool = False,
        direction: str | None = None,
    ) -> list[Known]:
        """A figure as a known fact, without its sign, then what other sources say of the same.

        Empty where there is none, or nobody says since when it was public.
        """
        if figure is None or figure.known_from is None:
            return []
        return [
            Known(
                value=size(one.bounds()),
                of=of if one is figure else f"{of}, by another source",
                source=label(one),
                known_since=min(day_at(one.known_from, self.zone), self.asked.on),
                share_class=share_class,
                as_of=as_of,
                same=same,
                within=within,
                direction=direction,
            )
            for one in (figure, *figure.others)
            if one.known_from is not None and one.text is None
        ]


def size(span: Interval) -> Interval:
    """An interval without its sign."""
    if span.high <= 0:
        return -span
    return span if span.low >= 0 else Interval(type(span.low)(0), max(-span.low, span.high))


def percent_of(part: Figure, whole: Figure, basis: str, day: str | None) -> Figure:
    """One figure as a percentage of another."""
    bounds = part.bounds() / whole.bounds() * _HUNDRED
    return derive("part / whole", (part, whole), bounds, unit="pct", basis=basis, day=day)


def agrees(claim: Claim, known: Known) -> bool:
    """Whether a figure as printed can be a known one."""
    return known.currency is None and fit(claim.found, known.value) is Fit.AGREES


def agreeing(claim: Claim, facts: Iterable[Known]) -> list[Known]:
    """What bears a claim out."""
    return [k for k in facts if agrees(claim, k)]


def unmeant(facts: Iterable[Known]) -> list[Known]:
    """Facts as neighbours of what a claim says, which can only explain it."""
    return [msgspec.structs.replace(k, same=False) for k in facts]


def label(figure: Figure) -> str:
    """Where a figure was read, or where what it was worked out from was: documents, places and what these cite."""
    labels = list(dict.fromkeys(_labels(figure)))
    more = f" and {len(labels) - _MOST_LABELS} more" if len(labels) > _MOST_LABELS else ""
    return "; ".join(labels[:_MOST_LABELS]) + more


def _labels(figure: Figure) -> list[str]:
    if figure.places:
        place = figure.places[0]
        first, *others = place.cites or ("",)
        more = f" and {len(others)} more" if others else ""
        return [quote(f"{place.name}, {place.locator}" + (f" ({first}{more})" if first else ""))]
    return [told for i in figure.inputs for told in _labels(i)]


def day_of(claim: Claim) -> date | None:
    """The day that a claim is of, where it is of a day."""
    try:
        return date.fromisoformat(claim.period_or_date or "")
    except ValueError:
        return None


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around an offset stands."""
    every = _sentences(text)
    return every[max(bisect_right(every, (at, len(text))) - 1, 0)] if every else (0, len(text))


@lru_cache(maxsize=1)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return sentences(text)


def names_currency(found: Found) -> bool:
    """Whether a figure has its currency printed: not a bare 元, which may be of several."""
    return _MONEY.search(found.text) is not None


def in_currency(figure: Figure | None, claim: Claim) -> bool:
    """Whether a known amount is in the currency of a claim."""
    return figure is not None and figure.currency == claim.found.currency


def other_currency(claim: Claim, figure: Figure) -> str | None:
    """The currency of a known amount of which a claim has the very digits in another: HK$1.82 told as US$1.82, 元 for 港元.

    None where the claim's currency is not plainly printed ($1.82), or too few digits are to tell that from chance.
    """
    found = claim.found
    plain = found.currency is not None and names_currency(found) and not found.text.startswith("$")
    if not plain or figure.currency in {None, found.currency, "GBX"} or found.currency == "GBX" or found.value is None:
        return None
    enough = len(found.number.normalize().as_tuple().digits) >= _FEWEST
    return figure.currency if enough and fit(found, size(figure.bounds()), slack=_TIGHT) is Fit.AGREES else None


def in_other_currency(facts: Iterable[Known], currency: str) -> list[Known]:
    """Facts that a claim has in another currency."""
    return [msgspec.structs.replace(k, currency=currency) for k in facts]
