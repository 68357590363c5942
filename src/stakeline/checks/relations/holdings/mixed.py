"""Percentages of a seller's own shares called percentages of the company, and the other way about, by other percentages of the article.

"A 13% stake", where the trade was "2.5% of the shares outstanding" and 16.6% are left: 13% is what 2.5% is of 19.1%. "1.5% of
its stake", where the shares offered are 1.5% of the company.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.holdings.couples import of_all
from stakeline.checks.relations.holdings.parts import Part, parts
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_OWN = re.compile(
    r" of (?:its|his|her|their) (?:(?:own|total|entire|existing|current) )*(?:stake|holding|shareholding|interest)\b",
    re.IGNORECASE,
)
_OWN_HAN = re.compile(r"(?:其|自身)?(?:所?持有?)(?:公司)?(?:股份|股[权權]|持股)?(?:[总總][数數量]?)?的?(?:[约約])?$")
_STAKE = re.compile(r" (?:stake|interest|holding)\b|的?股[权權份]", re.IGNORECASE)
_KINDS = frozenset({"transaction.stake_pct", "stake.pct", "stake.change_pct", "transaction.pct_of_holding"})


def mixed(page: Page) -> Iterator[Relation]:
    """Both."""
    held = [i for i in range(len(page.claims)) if _is_left(page, i)]
    if len({page.found(i).number for i in held}) != 1:
        return
    known = parts(page)
    for index in range(len(page.claims)):
        if page.kind(index) in _KINDS and page.found(index).unit == "pct" and not page.found(index).word:
            own = _OWN.match(page.tail(index)) or _OWN_HAN.search(page.lead(index))
            yield from (_of_company if own else _of_own)(page, index, held[0], known)


def _is_left(page: Page, index: int) -> bool:
    """Whether a percentage is all that somebody has of a company, before or after a trade."""
    return page.kind(index) in _LEVELS and page.found(index).unit == "pct" and positive(page.bounds(index))


_LEVELS = frozenset({"stake.before_pct", "stake.after_pct", "stake.pct"})


def _of_own(page: Page, index: int, held: int, known: list[Part]) -> Iterator[Relation]:
    """A trade called a stake that is, of what was held, just what another percentage is that is said to be of all shares."""
    if of_all(page, index) or not (_STAKE.match(page.tail(index)) or any(index == p.share and p.couple for p in known)):
        return
    for other in page.near(
        index, lambda i: i not in {index, held} and page.kind(i) in _KINDS and of_all(page, i), _REACH
    ):
        sold = page.kind(held) != "stake.before_pct"
        before = page.bounds(held) + page.bounds(other) if sold else page.bounds(held)
        part = page.bounds(other) / before * _HUNDRED
        apart = page.bounds(other).high < page.bounds(index).low and index != held
        if apart and fit(page.found(index), part) is Fit.AGREES and page.same(index, other):
            base = f"({shown(page.claims[held])} + {shown(page.claims[other])})" if sold else shown(page.claims[held])
            working = f"{shown(page.claims[other])} / {base} = {told(part, page.claims[index])}"
            yield _relation(page, index, (other, held), page.bounds(other), working, "It is a part of what was held")
            return


_REACH = 5
"""Sentences between two percentages that are told of one trade."""


def _of_company(page: Page, index: int, held: int, known: list[Part]) -> Iterator[Relation]:
    """A part of a holding that is, to its last digit, what the shares traded are of the company."""
    traded = [p for p in known if p.traded and p.count is not None and index not in p.figures]
    couples = [p for p in traded if p.share is not None and of_all(page, p.share)]
    if len(couples) != 1 or page.kind(held) == "stake.after_pct":
        return
    count, share = couples[0].figures
    total = sum((page.found(p.figures[0]).number for p in traded), Decimal(0))
    for shares in (page.found(count).number, total):
        of_all_shares = page.found(share).number * shares / page.found(count).number
        if abs(of_all_shares - page.found(index).number) < page.found(index).half / _EXACT:
            part = Interval.exact(of_all_shares) / page.bounds(held) * _HUNDRED
            working = f"{shown(page.claims[index])} / {shown(page.claims[held])} = {told(part, page.claims[index])}"
            if fit(page.found(index), part) is Fit.OFF:
                yield _relation(page, index, (share, held), part, working, "It is a percentage of the company")
            return


_EXACT = 5
"""How many times closer than its last digit a percentage must be to what the shares are of the company."""


def _relation(page: Page, index: int, inputs: tuple[int, ...], result: Interval, working: str, reason: str) -> Relation:
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=working,
        reason=f"{reason}; as it is told it should be {told(result, claim)}.",
        correction=say(result, claim, page.script),
    )
