"""Reads printed words back, on its own: the tests' second opinion on `briefs.numerals`."""

import re
from decimal import Decimal

from stakeline.model.briefs import Brief, Part, Words
from stakeline.model.numbers import Interval

SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
NUMBER = re.compile(r"(\d[\d,]*)(?:\.(\d+))?")


def stands_for(words: str) -> Interval:
    """All values that printed words may stand for: half a unit of the last printed digit to either side."""
    scale = next((Decimal(size) for word, size in SCALES.items() if word in words), Decimal(1))
    found = [
        (Decimal(whole.replace(",", "") + "." + (part or "0")), len(part)) for whole, part in NUMBER.findall(words)
    ]
    if words.startswith("between"):
        (low, _), (high, _) = found
        return Interval(low * scale, high * scale)
    ((shown, decimals),) = found
    zeros = len(str(int(shown))) - len(str(int(shown)).rstrip("0")) if words.startswith("about") and shown >= 1 else 0
    power = -decimals if decimals else zeros
    half = Decimal(1).scaleb(power) / 2
    return Interval((shown - half) * scale, (shown + half) * scale)


def text_of(sentence: tuple[Part, ...]) -> str:
    return "".join(p.words for p in sentence)


def sentences_of(brief: Brief) -> list[str]:
    """The headline and all sentences as a reader sees them, without footnote marks."""
    return [text_of(brief.headline), *(text_of(s) for section in brief.sections for s in section.sentences)]


def without_figures(brief: Brief) -> list[str]:
    """The same with every figure taken out."""
    every = [brief.headline, *(s for section in brief.sections for s in section.sentences)]
    return [" ".join(p.words for p in sentence if isinstance(p, Words)) for sentence in every]
