"""What an article claims: the figures in its text, what each is said of, and what a check found."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

import msgspec

from stakeline.model.numbers import Interval

Unit = Literal["shares", "currency", "pct", "pp", "x", "count", "date", "period"]
"""pct: percent; pp: percentage points; x: times, and exchange rates."""
Approx = Literal["about", "over", "under", "upto"]
"""The word in front of a figure: about; more than or at least; less than or nearly; up to."""
Language = Literal["en", "zh"]
Script = Literal["Hans", "Hant"]
Direction = Literal["up", "down", "buy", "sell", "above", "below", "premium"]


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure as it stands in a text.

    start, end: code points into the text; the figure with its currency, magnitude and unit, without the word that
        qualifies it ("about") and without the noun; text is exactly text[start:end].
    value: in base units and without sign (80 million is 80000000, 8.74% is 8.74); None for days and periods. A word of
        growth stands for the growth it names ("doubled" is 100 percent), a word of a share for the share (三成 is 30).
    day: of a date. None where the text does not settle it (a day without year in an article without date).
    period: short name of a period ("2022H1", "2023Q3", "FY24Q3", "2022", "2025-03"), or its "start/end";
        since, until: its first and last day where they are known.
    currency: ISO code, GBX for pence; None where neither the figure nor the text around it settles one.
    half: half a unit of the last printed digit times the magnitude: the figure stands for value +/- half.
    bound: "low" or "high" where the figure is an end of a range ("US$208-212" is two figures).
    bracket: it opens a bracket right behind another figure: "HK$4.4 billion (US$660 million)".
    noun: what is counted, as printed ("shares", "H shares", "股"). word: written as a word, not with a number ("doubled", 三成).
    growth: a word or multiple that says how much something grew or shrank ("tripled", 翻倍, "增长2倍").
    sentence: number of its sentence, from 1. lang: the language around it.
    """

    start: int
    end: int
    text: str
    value: Decimal | None = None
    day: date | None = None
    period: str | None = None
    since: date | None = None
    until: date | None = None
    unit: Unit
    currency: str | None = None
    approx: Approx | None = None
    half: Decimal = Decimal(0)
    bound: Literal["low", "high"] | None = None
    bracket: bool = False
    noun: str | None = None
    word: bool = False
    growth: bool = False
    sentence: int = 1
    lang: Language = "en"

    @property
    def number(self) -> Decimal:
        """The value of a figure that is neither a day nor a period."""
        if self.value is None:
            raise ValueError(f"{self.text!r} is no number")
        return self.value

    def bounds(self) -> Interval:
        """Where a number lies by what is printed of it: value +/- half."""
        return Interval(self.number - self.half, self.number + self.half)

    def stated(self) -> str | None:
        """The value as text: a plain decimal, an ISO day, "start/end" of a period or its short name."""
        if self.value is not None:
            return format(self.value, "f")
        if self.day is not None:
            return self.day.isoformat()
        if self.since is not None and self.until is not None:
            return f"{self.since.isoformat()}/{self.until.isoformat()}"
        return self.period


class Claim(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure of an article and what the article says it is.

    kind: one of the kinds of claim ("transaction.shares", "stake.after_pct", "result.revenue" ...).
    holder: who holds or trades; issuer: whose shares or results; segment: of the issuer's business.
    measure: what is measured, where the kind is not enough ("adjusted net loss"; "planned" for a trade not yet done).
    share_class: "H", "A", "B", "total", "votes"; None where the article is silent.
    period_or_date: of when the figure is ("2022H1", "2022-11-08"); comparison_base: what a change is measured against.
    """

    found: Found
    kind: str
    holder: str | None = None
    issuer: str | None = None
    segment: str | None = None
    measure: str | None = None
    share_class: str | None = None
    period_or_date: str | None = None
    comparison_base: str | None = None
    direction: Direction | None = None


class Verdict(StrEnum):
    """What a check says of a claim.

    supported: recomputed from the article, a constant from outside, or confirmed by another source. inconsistent: the
    article contradicts itself or a hard fact. contradicted: another source says otherwise. not_checkable: nothing to
    recompute it from.
    """

    SUPPORTED = "supported"
    INCONSISTENT = "inconsistent"
    CONTRADICTED = "contradicted"
    NOT_CHECKABLE = "not_checkable"


class Severity(StrEnum):
    """How grave a finding is: wrong; right but worded so that it misleads; both can be right on different days or bases."""

    ERROR = "error"
    IMPRECISE = "imprecise"
    EXPLAINABLE = "explainable"


class Ruling(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The verdict on one claim and all that it rests on.

    basis: "in_article", "outside_constant", "external", "hard_fact" or "none".
    recomputed: what the figure should be: where it lies, one value, or words ("crossed upwards", a day).
    reason: one sentence for the reader. working: the formula with its numbers. sources: documents and labels relied on.
    correction: a wording that would be right, in the article's language.
    """

    claim: Claim
    verdict: Verdict = Verdict.NOT_CHECKABLE
    severity: Severity | None = None
    basis: str = "none"
    recomputed: Interval | Decimal | str | None = None
    reason: str = ""
    working: str = ""
    sources: tuple[str, ...] = ()
    correction: str | None = None

    @property
    def finding(self) -> bool:
        """True where the verdict is that something is wrong."""
        return self.verdict in {Verdict.INCONSISTENT, Verdict.CONTRADICTED}


class Statement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words without a figure that figures bear out or refute ("costs continued to grow"); start, end, text as in `Found`."""

    start: int
    end: int
    text: str
    verdict: Verdict
    reason: str
    sources: tuple[str, ...] = ()
