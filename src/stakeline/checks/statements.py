"""Worded statements that figures bear out or refute: "the loss narrowed", "costs continued to grow", 虧損收窄.

A statement is a subject and a verb of change. It is judged by the two amounts next to it, the older one marked as such, or
by what is known from outside. Where neither tells, it is left out: a statement without figures is no finding.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stakeline.checks.evidence import Change, Evidence
from stakeline.checks.relations.changes.against import against
from stakeline.checks.relations.changes.compared import Compared, compared
from stakeline.checks.relations.changes.ways import Way, refuted, signs, unhalved
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.holdings.verbs import verbs
from stakeline.checks.relations.page import Page
from stakeline.checks.relations.words import shown
from stakeline.model.claims import Statement, Verdict

_EN = re.compile(
    r"\b(?P<subject>(?:[A-Za-z&-]{1,24} ){0,3}?(?:loss(?:es)?|costs?|expenses|spending|revenues?|sales|profits?|earnings|income|turnover|stake|holding|interest|shareholding))"
    r"(?: for the (?:year|period|quarter|half))? (?:(?:has|have|had|also|still|further|again|sharply|slightly|continued to|kept) ){0,2}"
    r"(?P<verb>narrowed|narrow|shrank|shrink|widened|widen|deepened|grew|grow|growing|rose|rise|rising|increased|increase|climbed|jumped|surged|fell|fall|falling|dropped|drop|declined|decline|decreased|decrease)\b",
    re.IGNORECASE,
)
_ZH = re.compile(
    r"(?P<subject>(?:经营|經營|年度|年内|年內|净|淨|经调整|經調整|归母净|归母|营业|營業|管理|行政|研发|研發|其他|销售|銷售){0,3}(?:亏损|虧損|成本|费用|費用|开支|開支|收入|营收|營收|利润|利潤|盈利|溢利|持股))"
    r"(?:同比|按年|继续|繼續|持续|持續|进一步|進一步|大幅|略有|则|則|有所){0,3}(?P<verb>收窄|扩大|擴大|增长|增長|增加|上升|下降|减少|減少|下跌|下滑)"
)
_ZH_FROM = re.compile(
    r"(?P<subject>(?:净|淨|年度|经调整|經調整|归母净)?(?:亏损|虧損|成本|费用|費用|收入|利润|利潤|持股))[^。；;\n]{0,4}(?:由|从|從)[^。；;，,\n]{2,24}(?P<verb>收窄|扩大|擴大|增长|增長|增加|上升|下降|减少|減少|降|增|跌|升)[至到]"
)
"""With the older amount between: 亏损由2.8亿元收窄至1.1亿元."""
_UP = re.compile(r"^(?:widen|deepen|gr[eo]w|r[oi]s|increas|climb|jump|surg|扩|擴|增|上升|升)", re.IGNORECASE)
_STAKE = re.compile(r"stake|holding|interest|持股", re.IGNORECASE)
_DECOR = re.compile(
    r"^(?:s|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]nd|[Bb]ut|[Aa]s|[Ww]hile|[Yy]et|[Aa]|[Oo]f|[Tt]hat|[Ii]n)\s+"
)
_PROFIT = re.compile(r"profit|盈利|利润|利潤|溢利", re.IGNORECASE)
_LOSS = re.compile(r"loss|亏|虧", re.IGNORECASE)
"""Behind a loss, or a profit, that "fell": it became the other."""
_BACK = 32
"""Claims in front of a statement that may tell whom it is of."""
_MOST = 200
"""Statements looked at in one article."""


class _Said(NamedTuple):
    start: int
    end: int
    subject: str
    up: bool


class Judged(NamedTuple):
    """A statement with its verdict. levels: the newer and the older figure that tell, where the article has them."""

    statement: Statement
    levels: tuple[int, int] | None = None


def statements(page: Page, evidence: Evidence | None) -> tuple[Judged, ...]:
    """The statements of an article that something bears out or refutes, in order."""
    pairs = compared(page)
    steps = {min(two.new, two.old): (two.new, two.old) for two in pairs if not _turn(page, two)}
    steps |= {min(pair): (pair[1], pair[0]) for pair in moves(page)}
    judged = (_judge(page, said, evidence, steps) for said in _said(page))
    told = [s for s in judged if s is not None]
    told += (s for s in _bare(page, pairs) if not _is_told(told, s.statement.start, s.statement.end))
    for way, new, old in (*against(page), *verbs(page)):
        if not _is_told(told, way.start, way.end):
            traded = {"buy": " bought", "sell": " sold"}.get(page.claims[old].direction or "", "")
            told.append(_refuted(page, way, new, old, traded))
    return tuple(sorted(told, key=lambda s: s.statement.start))


def _is_told(told: Sequence[Judged], start: int, end: int) -> bool:
    """Whether a stretch of the text is judged already."""
    return any(start < t.statement.end and t.statement.start < end for t in told)


def _refuted(page: Page, way: Way, new: int, old: int, traded: str = "") -> Judged:
    """A verb without a subject of its own that two levels refute."""
    reason = f"{shown(page.claims[new])} after {shown(page.claims[old])}{traded}."
    said = _Said(way.start, way.end, "", bool(way.up))
    return Judged(_statement(page, said, Verdict.INCONSISTENT, reason, ()), (new, old))


def _turn(page: Page, two: Compared) -> bool:
    """Whether two levels are a profit and a loss, or lie too close to tell which is the larger."""
    new, old = signs(page, two)
    return new != old or page.bounds(two.new).meet(page.bounds(two.old)) is not None


def _bare(page: Page, pairs: list[Compared]) -> Iterator[Judged]:
    """Words without a subject of their own that the two levels beside them refute."""
    seen: set[int] = set()
    for two in pairs:
        if _is_range(page, two.new, two.old):
            continue
        for way in (*refuted(page, two), *unhalved(page, two)):
            if way.start not in seen:
                seen.add(way.start)
                yield _refuted(page, way, two.new, two.old)


def _is_range(page: Page, *levels: int) -> bool:
    """Whether one of two levels is the end of a range, and so no level: "to between 10.65% and 10.67%"."""
    return any(page.found(i).bound is not None for i in levels)


def _said(page: Page) -> Iterator[_Said]:
    matches = [
        m for pattern in (_EN, _ZH, _ZH_FROM) for _, m in zip(range(_MOST), pattern.finditer(page.text), strict=False)
    ]
    for match in sorted(matches, key=lambda m: m.start()):
        subject, start = match["subject"], match.start()
        while (decor := _DECOR.match(subject)) is not None:
            subject, start = subject[decor.end() :], start + decor.end()
        yield _Said(start, match.end(), subject, _UP.match(match["verb"]) is not None)


def _judge(page: Page, said: _Said, evidence: Evidence | None, steps: dict[int, tuple[int, int]]) -> Judged | None:
    """By the article's own two amounts, else by the outside. steps: two levels, the newer first, by the one that is told first."""
    two = _levels(page, said, steps)
    if two is not None and not _is_range(page, *two):
        new, old = two
        up = page.found(new).number > page.found(old).number
        reason = f"{shown(page.claims[new])} after {shown(page.claims[old])}."
        verdict = Verdict.SUPPORTED if up == said.up else Verdict.INCONSISTENT
        return Judged(_statement(page, said, verdict, reason, ()), two)
    if evidence is None:
        return None
    at = bisect_left(page.claims, said.end, key=lambda c: c.found.start)
    issuer = next((c.issuer for c in reversed(page.claims[max(at - _BACK, 0) : at]) if c.issuer), None)
    known = [c for c in evidence.changes(said.subject, issuer, page.on) if page.on is None or c.known_since <= page.on]
    against = [c for c in known if c.up != said.up]
    if not known:
        return None
    verdict = Verdict.CONTRADICTED if against else Verdict.SUPPORTED
    chosen = against or known
    sources = tuple(dict.fromkeys(c.source for c in chosen))
    return Judged(_statement(page, said, verdict, " ".join(map(_worded, chosen)), sources))


def _worded(change: Change) -> str:
    new, old = (format(i.middle.normalize(), ",f") for i in (change.new, change.old))
    return f"{change.of[:1].upper()}{change.of[1:]} {'rose' if change.up else 'fell'}, from {old} to {new}."


def _levels(page: Page, said: _Said, steps: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """The two levels that a verb is followed by, the newer first; of a holding its two percentages."""
    first = bisect_left(page.claims, said.start, key=lambda c: c.found.start)
    if first == len(page.claims) or page.found(first).start - said.end > 60:
        return None
    if re.search(r"[.。;；!?！？\n]\s", page.text[said.end : max(page.found(first).start, said.end)] + " "):
        return None
    two = next((steps[i] for i in (first, first + 1) if i in steps and page.together(first, *steps[i])), None)
    if two is None or page.is_percent(two[0]) != (_STAKE.search(said.subject) is not None):
        return None
    changes = sum(page.is_percent(i) and i not in two for i in range(first, max(two)))
    if changes > 1:
        return None  # "fell 4% to A and rose 11% from B": the older one is of another verb
    words = page.text[said.end : page.found(max(two)).end] + page.tail(max(two), 24)
    of_loss = _LOSS.search(said.subject) is not None
    return two if not (_PROFIT if of_loss else _LOSS).search(words) else None


def _statement(page: Page, said: _Said, verdict: Verdict, reason: str, sources: tuple[str, ...]) -> Statement:
    return Statement(
        start=said.start,
        end=said.end,
        text=page.text[said.start : said.end],
        verdict=verdict,
        reason=reason,
        sources=sources,
    )
