"""Results as evidence: revenue, profits and losses, costs, segments, their changes, and how costs moved."""

import re
from collections.abc import Iterable, Sequence

from stakeline.checks.evidence import Change, Known
from stakeline.checks.relations.fit import slip
from stakeline.model.claims import Claim
from stakeline.model.context import Line
from stakeline.model.figures import Figure
from stakeline.model.moments import day_at
from stakeline.reading.factvocabulary import RESULT_LINES, ResultLine, year_before
from stakeline.results.lines import Told as Facts
from stakeline.results.lines import line
from stakeline.results.statements import latest
from stakeline.workflows.outside.told import (
    YEAR,
    Told,
    agreeing,
    agrees,
    in_currency,
    in_other_currency,
    label,
    names_currency,
    other_currency,
    percent_of,
    sentence_at,
    size,
    unmeant,
)
from stakeline.workflows.outside.words import CHANGES, latest_told, measure_of, period_of, spoken_of
from stakeline.workflows.readers import cite

_LINES = {kind.name: kind for kind in RESULT_LINES}
_KIN = {
    "profit": ("profit_attributable", "adjusted_profit", "comprehensive_income"),
    "adjusted_profit": ("profit", "profit_attributable", "adjusted_ebitda"),
    "research_and_development": ("research_and_development_before_share_based_pay",),
}
"""Lines that share a name in speech."""
_SEGMENT = ResultLine(name="segment", label="segment revenue")
_AMOUNTS = frozenset(
    {
        "result.revenue",
        "result.net_profit",
        "result.net_loss",
        "result.gross_profit",
        "result.prior_value",
        "cost.value",
    }
)
_AROUND = 600
"""Characters on either side of an amount in which other years are looked for."""
_BESIDE = 24
"""Characters between an amount and the period that is certainly its own."""
_FROM = re.compile(
    r"(?:\b(?:from|against|versus|vs\.?|compared (?:with|to)|than)|[由從从]|去年同期[為为]?)\s*(?:about |some |約|约)?$"
)
"""In front of an amount: that it is the one before a change."""
_TOGETHER = re.compile(r"\b(?:two|both|together|combined|three)\b|兩者|两者|合[計计]|共", re.IGNORECASE)
_SEGMENTS = frozenset({"segment.revenue", "segment.change_pct", "segment.share_pct"})


def known(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[Known] | None:
    """Facts of results that bear on a claim; None where the claim is of no such kind."""
    if claim.kind in _SEGMENTS:
        return _segment(told, claim, claims, text)
    if claim.kind not in _AMOUNTS and claim.kind not in CHANGES:
        return None
    period = period_of(claim, claims)
    if period is None:
        return ()
    measure, sure = measure_of(claim, claims, text)
    facts = Facts(told.own(), cite)
    if claim.kind in CHANGES:
        return _change(told, claim, facts, period, measure, sure=sure)
    found = list(_amount(told, claim, facts, period, measure, sure=sure))
    right = agreeing(claim, (k for k in found if k.same))
    if not right and (not _is_of(claim, text, period) or _of_another_period(told, claim, claims, text, facts, measure)):
        return []
    return found


def _of_another_period(
    told: Told, claim: Claim, claims: Sequence[Claim], text: str, facts: Facts, measure: str | None
) -> bool:
    """Whether an amount is right of another period that the article names: which one is meant is then not certain."""
    if measure is None:
        return False
    named = {c.found.period for c in claims if c.found.unit == "period"}
    named |= {c.period_or_date for c in claims if c.kind in _AMOUNTS or c.kind in CHANGES}
    start = claim.found.start
    named |= set(YEAR.findall(text, max(start - _AROUND, 0), start + _AROUND))
    named |= {latest(facts.periods("result."), told.asked.on)}  # where an article names none
    own = claim.found.period or claim.period_or_date
    if own and _FROM.search(text, max(start - _BESIDE, 0), start):
        named |= {year_before(own)}
    lines = (measure, "profit_attributable") if measure == "profit" else (measure,)
    return any(
        agrees(claim, k)
        for period in sorted(p for p in named if p and p != own)
        for name in lines
        for k in _money(told, claim, facts, period, name)
    )


def _is_of(claim: Claim, text: str, period: str) -> bool:
    """Whether the period of an amount is certain: its sentence names no other year, or has this one right beside the amount."""
    start, end = sentence_at(text, claim.found.start)
    if len(set(YEAR.findall(text, start, end)) | {period[:4]}) < 2:
        return True
    found = claim.found
    beside = text[max(found.start - _BESIDE, start) : found.start] + text[found.end : found.end + _BESIDE // 2]
    return set(YEAR.findall(beside)) == {period[:4]}


def changes(told: Told, words: str, claims: Sequence[Claim]) -> Iterable[Change]:
    """How the costs that a statement speaks of moved, in the last results known; of an article that speaks of those."""
    facts = Facts(told.own(), cite)
    period = latest(facts.periods("result."), told.asked.on)
    if period is None or latest_told(claims) != period:
        return
    for name in spoken_of(words):
        found = line(facts, _LINES[name], f"result.{name}", period)
        if found is None or found.current is None or found.prior is None or found.current.known_from is None:
            continue
        old, new = size(found.prior.bounds()), size(found.current.bounds())
        if old.meet(new) is not None:
            continue
        yield Change(
            up=new.low > old.high,
            of=f"{found.label}, {period} against {year_before(period)}",
            old=old,
            new=new,
            source=label(found.current),
            known_since=min(day_at(found.current.known_from, told.zone), told.asked.on),
        )


def _amount(told: Told, claim: Claim, facts: Facts, period: str, measure: str | None, *, sure: bool) -> Iterable[Known]:
    """The amount of a line of results, and the lines that it may be taken for. What is not plainly said refutes nothing."""
    if measure is None:
        return ()
    found = _money(told, claim, facts, period, measure)
    if agreeing(claim, found):
        return found
    if measure == "profit":  # "the net loss" is either of the two
        attributable = _money(told, claim, facts, period, "profit_attributable")
        if agreeing(claim, attributable):
            return attributable
        found = found or attributable
    others = _others(told, claim, facts, period, measure) if sure else []
    return [*found, *unmeant(agreeing(claim, others))] if sure else ()


def _others(told: Told, claim: Claim, facts: Facts, period: str, measure: str) -> list[Known]:
    """The other lines that share a name with this one in speech."""
    return [k for name in _KIN.get(measure, ()) for k in _money(told, claim, facts, period, name)]


def _money(told: Told, claim: Claim, facts: Facts, period: str, measure: str) -> list[Known]:
    figure = facts.figure(f"result.{measure}", period)
    if figure is None or _wrong_sign(claim, figure):
        return []
    kind = _LINES[measure]
    name = kind.loss if kind.loss and figure.number < 0 else kind.label
    found = told.known(figure, f"{name}, {period}, {figure.basis}", as_of=period)
    other = other_currency(claim, figure)
    if other is not None:
        return in_other_currency(found, other)
    if in_currency(figure, claim):
        return found
    # "52.4亿元" may be of another currency than the report's.
    meant = not names_currency(claim.found) and any(agrees(claim, k) or slip(claim.found, k.value) for k in found)
    return found if meant else []


def _wrong_sign(claim: Claim, figure: Figure) -> bool:
    return (claim.kind == "result.net_loss" and figure.number > 0) or (
        claim.kind in {"result.net_profit", "result.gross_profit"} and figure.number < 0
    )


def _change(told: Told, claim: Claim, facts: Facts, period: str, measure: str | None, *, sure: bool) -> Iterable[Known]:
    """The change of a line against the year before. Where the article leaves open of which line, one that agrees settles it."""
    if measure is None or _quarter_on_quarter(claim, period):
        return ()
    found = _line_moved(told, facts, measure, period)
    if measure == "profit" and not found:
        found = _line_moved(told, facts, "profit_attributable", period)
    if not found or agreeing(claim, found):
        return found
    names = [n for n in _LINES if n != measure and "profit" in n]
    others = [k for n in names for k in _line_moved(told, facts, n, period)] if sure else []
    return found if sure and not agreeing(claim, others) else ()


def _line_moved(told: Told, facts: Facts, name: str, period: str) -> list[Known]:
    return _moved(told, line(facts, _LINES[name], f"result.{name}", period), period)


def _quarter_on_quarter(claim: Claim, period: str) -> bool:
    return claim.comparison_base is not None and claim.comparison_base not in {year_before(period), period}


def _moved(told: Told, found: Line | None, period: str) -> list[Known]:
    if found is None or found.change is None:
        return []
    change = found.change
    direction = "up" if change.bounds().low > 0 else "down" if change.bounds().high < 0 else None
    of = f"the change of {found.label}, {period} against {year_before(period)}"
    return told.known(change, of, as_of=period, direction=direction)


def _segment(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[Known]:
    """Revenue of a segment, its change and its share of the whole.

    A figure that is wrong of its segment and right of another refutes nothing: which one is meant is hard to read.
    """
    period = period_of(claim, claims)
    if period is None or not claim.segment:
        return ()
    if claim.kind == "segment.change_pct" and _quarter_on_quarter(claim, period):
        return ()
    facts = Facts(told.own(), cite)
    of_item = {i: _of_segment(told, claim, facts, period, i) for i in facts.items("segment.revenue", period)}
    own = [item for item in of_item if _stem(item) == _stem(claim.segment)]
    if len(own) != 1:
        return ()
    right = {item for item, known in of_item.items() if agreeing(claim, known)}
    if own[0] in right or (not right and _is_plainly_of(told, claim, facts, period, text)):
        return of_item[own[0]]
    return ()


def _is_plainly_of(told: Told, claim: Claim, facts: Facts, period: str, text: str) -> bool:
    """Whether a figure of a segment is of a period for certain, and of the one segment alone."""
    start, end = sentence_at(text, claim.found.start)
    last = latest(facts.periods("segment."), told.asked.on)
    dated = period == last or period[:4] in YEAR.findall(text, start, end)
    return dated and _TOGETHER.search(text, start, claim.found.start) is None


def _of_segment(told: Told, claim: Claim, facts: Facts, period: str, item: str) -> list[Known]:
    found = line(facts, _SEGMENT, "segment.revenue", period, label=f"{item} revenue", item=item)
    if found is None or found.current is None:
        return []
    if claim.kind == "segment.change_pct":
        return _moved(told, found, period)
    if claim.kind == "segment.share_pct":
        shares = (_part(found, facts, period), facts.figure("segment.share", period, item))
        known = [k for s in shares for k in told.known(s, f"{item}'s share of revenue, {period}", as_of=period)]
        return agreeing(claim, known) or known[:1]
    if not in_currency(found.current, claim):
        return []
    return told.known(found.current, f"{item} revenue, {period}", as_of=period)


def _part(found: Line, facts: Facts, period: str) -> Figure | None:
    whole = facts.figure("result.revenue", period)
    if whole is None or found.current is None or whole.bounds().low <= 0 or whole.currency != found.current.currency:
        return None
    return percent_of(found.current, whole, "of revenue", period)


def _stem(name: str) -> str:
    """A segment's name without case, plural and the word for what it is."""
    words = re.sub(r"\b(?:segment|business(?=\s+segment)|division|unit|the)\b", " ", name.casefold()).split()
    return " ".join(re.sub(r"ies$", "y", w) if w.endswith("ies") else re.sub(r"(?<!s)s$", "", w) for w in words)
