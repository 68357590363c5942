"""What is known from outside an article, and how a figure of the article compares with it.

`Evidence` is asked claim by claim; whoever implements it answers only with what was public on the article's day and never
with the article itself or another article on the same event. `compare` decides and says why two figures differ.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

import msgspec

from stakeline.checks.relations.fit import Fit, fit, slip
from stakeline.checks.relations.words import say, told
from stakeline.model.claims import Claim, Found, Script, Severity, Verdict
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One fact from outside that may bear on a claim.

    value: where it lies, in the claim's unit and currency, without sign. of: what it is, for the reader ("share of the
        Class B shares", "close of 2022-11-15", "net loss attributable, first half of 2021").
    source: label of the document. known_since: the first day on which it was public.
    share_class: "H", "B", "total" ...; None where classes do not matter. as_of: day or short period.
    same: it is exactly what the claim speaks of, in what the article names. Otherwise it is a neighbour that can only
        explain the article's figure: another class, another day, an amended notice.
    within: only the range of a day or measure; a figure inside it is possible, though not what the words say.
    currency: of an amount whose digits the claim has in another currency; None where the two are of one.
    direction: for a change, whether it went up or down; for a trade, buy or sell; for a level, above or below.
    """

    value: Interval
    of: str
    source: str
    known_since: date
    share_class: str | None = None
    as_of: str | None = None
    same: bool = True
    within: bool = False
    currency: str | None = None
    direction: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """How something without a figure in the article moved: "administrative expenses", down."""

    up: bool
    of: str
    old: Interval
    new: Interval
    source: str
    known_since: date


class Evidence(Protocol):
    """What is known from outside."""

    def known(self, claim: Claim, on: date | None) -> Sequence[Known]:
        """Facts that bear on a claim, best first; empty where nothing is known."""
        ...

    def changes(self, words: str, issuer: str | None, on: date | None) -> Sequence[Change]:
        """How the subject of a statement ("costs", "sales and other costs") moved; empty where nothing is known."""
        ...


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a comparison with the outside."""

    verdict: Verdict
    severity: Severity | None = None
    recomputed: Interval
    reason: str
    sources: tuple[str, ...]
    correction: str | None = None


def compare(claim: Claim, known: Sequence[Known], on: date | None, script: Script | None) -> Finding | None:
    """A claim against what is known; None where that decides nothing.

    1. A fact that is what the words say, and agrees: supported.
    2. A neighbour agrees. Where the words leave the basis open: supported, imprecise. Where they name another basis, for
       which a differing figure is known: contradicted.
    3. A fact that is what the words say, and differs: contradicted, with the slip that explains it.
    """
    if claim.found.value is None:
        return None
    usable = [k for k in known if on is None or k.known_since <= on]
    meant = [k for k in usable if k.same and not k.within]
    agreeing = [k for k in meant if _agrees(claim, k)]
    if agreeing:
        return _supported(agreeing[0], None, f"It agrees with {agreeing[0].of}.")
    neighbour = next((k for k in usable if not k.same and not k.within and _agrees(claim, k)), None)
    span = next((k for k in usable if k.within and claim.found.bounds().meet(k.value) is not None), None)
    if neighbour is not None:
        return _other_basis(claim, neighbour, meant, script)
    if span is not None:
        also = f", not {meant[0].of} ({told(meant[0].value, claim)})" if meant else ""
        return _supported(span, Severity.IMPRECISE, f"It lies inside {span.of}{also}.")
    return _contradicted(claim, meant[0], script) if meant else None


_EXACT = Decimal("0.002")
"""Slack against a document: what papers round away is in the printed digits already."""


def _fit(claim: Claim, known: Known) -> Fit:
    """A percentage of shares is printed by notices to the hundredth, which the interval has: it has no slack beyond."""
    return fit(claim.found, known.value, slack=Decimal(0) if claim.kind in _PERCENT else _EXACT)


_PERCENT = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})


def exactly(claim: Claim, known: Known) -> bool:
    """Whether a figure as printed is what a document says, with no more slack than printing takes.

    A percentage of shares must be nearer than the hundredth that a document's own rounding leaves open, a count in full digits the
    very count.
    """
    if known.currency is not None or _other_way(claim, known):
        return False
    found, span = claim.found, known.value
    if claim.kind in _PERCENT:
        give = (span.high - span.low) / 4
        span = Interval(span.low + give, span.high - give)
        if found.half <= _HUNDREDTH / 2:
            room = max(found.half, _HUNDREDTH / 2)
            return found.number - room < span.high and found.number + room > span.low
        known = msgspec.structs.replace(known, value=span)
    elif found.unit == "shares" and len(found.number.normalize().as_tuple().digits) >= _FULL:
        return fit(found, span, slack=Decimal(0)) is Fit.AGREES
    return _fit(claim, known) is Fit.AGREES


_HUNDREDTH = Decimal("0.01")
_FULL = 6
"""Digits of a count that is printed in full."""


def _other_way(claim: Claim, known: Known) -> bool:
    pair = next((p for p in _OPPOSITES if claim.direction in p), None)
    return pair is not None and known.direction in pair and claim.direction != known.direction


_OPPOSITES = (frozenset({"up", "down"}), frozenset({"buy", "sell"}), frozenset({"above", "below"}))
_SAID = {
    "buy": "a purchase, not a sale",
    "sell": "a sale, not a purchase",
    "above": "crossed upwards",
    "below": "crossed downwards",
}


def _agrees(claim: Claim, known: Known) -> bool:
    return exactly(claim, known)


def _supported(known: Known, severity: Severity | None, reason: str) -> Finding:
    return Finding(
        verdict=Verdict.SUPPORTED, severity=severity, recomputed=known.value, reason=reason, sources=(known.source,)
    )


def _other_basis(claim: Claim, neighbour: Known, meant: Sequence[Known], script: Script | None) -> Finding:
    """A figure that is right of something else than the words say."""
    named = claim.share_class is not None and neighbour.share_class not in {None, claim.share_class}
    older = (
        bool(meant) and neighbour.as_of is not None and meant[0].as_of is not None and neighbour.as_of < meant[0].as_of
    )
    stale = older and neighbour.share_class == meant[0].share_class
    if meant and (named or stale or neighbour.share_class is None):
        other = meant[0]
        reason = f"It is {neighbour.of}; {other.of} is {told(other.value, claim)}" + (
            ", so it is stale." if stale else "."
        )
        return Finding(
            verdict=Verdict.CONTRADICTED,
            severity=Severity.ERROR if named or stale else Severity.IMPRECISE,
            recomputed=other.value,
            reason=reason,
            sources=tuple(dict.fromkeys((neighbour.source, other.source))),
            correction=_of_class(claim, neighbour) if named and not stale else say(other.value, claim, script),
        )
    return _supported(neighbour, Severity.IMPRECISE, f"It is right of {neighbour.of}, which the article does not say.")


def _of_class(claim: Claim, known: Known) -> str:
    """The same figure, with the class that it is right of."""
    if claim.found.lang != "zh":
        return f"{claim.found.text} of the {known.share_class} shares"
    return f"{known.share_class}股的{claim.found.text}"


def _contradicted(claim: Claim, known: Known, script: Script | None) -> Finding | None:
    """A figure that differs from what it should be; None where the difference is within what a vague word covers."""
    if known.currency is not None:
        found = msgspec.structs.replace(claim.found, currency=known.currency, text="")
        claim = msgspec.structs.replace(claim, found=found)
    elif _fit(claim, known) is Fit.UNDECIDED or (_fit(claim, known) is Fit.AGREES and not _other_way(claim, known)):
        return None
    reason = f"{known.of[:1].upper()}{known.of[1:]} is {told(known.value, claim)}{_why(claim, known)}."
    return Finding(
        verdict=Verdict.CONTRADICTED,
        severity=Severity.ERROR,
        recomputed=known.value,
        reason=reason,
        sources=(known.source,),
        correction=say(known.value, claim, script),
    )


def _why(claim: Claim, known: Known) -> str:
    """What kind of slip makes the difference, if one does."""
    found = claim.found
    if known.currency is not None:
        return "; the figure has another currency"
    if _fit(claim, known) is Fit.AGREES:
        return f", and {_SAID.get(known.direction or '', known.direction)}"
    if found.unit == "pct" and claim.kind.endswith("change_pct") and fit(found, known.value + _HUNDRED) is Fit.AGREES:
        return "; the ratio is given as growth"
    factor = slip(found, known.value)
    if factor is not None:
        return f"; the figure is {factor} that"
    return "; digits are exchanged or mistyped" if _mistyped(found, known.value.middle) else ""


def _mistyped(found: Found, right: Decimal) -> bool:
    """Whether a figure differs from what it should be, printed as exactly, by one digit or by two."""
    unit = found.half * 2 or Decimal(1)
    one, other = (str(int((v / unit).to_integral_value())) for v in (found.number, right))
    return len(one) == len(other) and len(one) > 2 and 1 <= sum(a != b for a, b in zip(one, other, strict=True)) <= 2
