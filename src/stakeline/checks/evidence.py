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
from stakeline.model.claims import Claim, Script, Severity, Verdict
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
    direction: for a change, whether it went up or down.
    """

    value: Interval
    of: str
    source: str
    known_since: date
    share_class: str | None = None
    as_of: str | None = None
    same: bool = True
    within: bool = False
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
    return fit(claim.found, known.value, slack=_EXACT)


def _other_way(claim: Claim, known: Known) -> bool:
    return known.direction is not None and claim.direction in {"up", "down"} and claim.direction != known.direction


def _agrees(claim: Claim, known: Known) -> bool:
    return _fit(claim, known) is Fit.AGREES and not _other_way(claim, known)


def _supported(known: Known, severity: Severity | None, reason: str) -> Finding:
    return Finding(
        verdict=Verdict.SUPPORTED, severity=severity, recomputed=known.value, reason=reason, sources=(known.source,)
    )


def _other_basis(claim: Claim, neighbour: Known, meant: Sequence[Known], script: Script | None) -> Finding:
    """A figure that is right of something else than the words say."""
    named = claim.share_class is not None and neighbour.share_class not in {None, claim.share_class}
    if meant and (named or neighbour.share_class is None):
        other = meant[0]
        stale = neighbour.as_of is not None and other.as_of is not None and neighbour.as_of < other.as_of
        reason = f"It is {neighbour.of}; {other.of} is {told(other.value, claim)}" + (
            ", so it is stale." if stale else "."
        )
        return Finding(
            verdict=Verdict.CONTRADICTED,
            severity=Severity.ERROR if named or stale else Severity.IMPRECISE,
            recomputed=other.value,
            reason=reason,
            sources=(neighbour.source, other.source),
            correction=_of_class(claim, neighbour) if named else say(other.value, claim, script),
        )
    return _supported(neighbour, Severity.IMPRECISE, f"It is right of {neighbour.of}, which the article does not say.")


def _of_class(claim: Claim, known: Known) -> str:
    """The same figure, with the class that it is right of."""
    if claim.found.lang != "zh":
        return f"{claim.found.text} of the {known.share_class} shares"
    return f"{known.share_class}股的{claim.found.text}"


def _contradicted(claim: Claim, known: Known, script: Script | None) -> Finding | None:
    """A figure that differs from what it should be; None where the difference is within what a vague word covers."""
    if _fit(claim, known) is Fit.UNDECIDED:
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
    if _fit(claim, known) is Fit.AGREES:
        return f", and {known.direction}"
    if found.unit == "pct" and claim.kind.endswith("change_pct") and fit(found, known.value + _HUNDRED) is Fit.AGREES:
        return "; the ratio is given as growth"
    factor = slip(found, known.value)
    if factor is not None:
        return f"; the figure is {factor} that"
    return "; digits are exchanged or mistyped" if _digits(found.number, known.value.middle) else ""


def _digits(stated: Decimal, right: Decimal) -> bool:
    """Whether two figures of as many digits differ by one of them, or by two."""
    one, other = (format(v.normalize(), "f").replace(".", "")[:6].rstrip("0") for v in (stated, right))
    return len(one) == len(other) and len(one) > 2 and 1 <= sum(a != b for a, b in zip(one, other, strict=True)) <= 2
