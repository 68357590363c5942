"""A loss per share beside a profit: amounts and amounts per share that give one number of shares are of one result.

Then they are both profits or both losses. Results of other kinds, before items or of other holders, give other numbers of shares.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import shown
from stakeline.model.numbers import Interval

_EACH = re.compile(r"per (?:ordinary )?(?:share|unit|ADS)|a share|each share|每股", re.IGNORECASE)
_LOSS = re.compile(r"\bloss(?:es)?\b|\blost\b|亏|虧", re.IGNORECASE)
_PROFIT = re.compile(r"profit|earnings|\bearned\b|income|surplus|盈利|净利|淨利|溢利|利润|利潤|收益", re.IGNORECASE)
_ALIKE = Decimal("0.04")
"""How far apart two numbers of shares may lie: those of two years' averages."""
_LARGE = 10**5
"""An amount below this is one of a share."""
_REACH = 2


def senses(page: Page) -> Iterator[Relation]:
    """Profits and losses per share that have another sign than the result that they belong to."""
    for each in range(len(page.claims)):
        if not _is_each(page, each) or (loss := _loses(page, each)) is None:
            continue
        for result in page.near(each, lambda i: _is_result(page, i), _REACH):
            if result > each or _loses(page, result) is not (not loss) or not page.one_currency((each, result)):
                continue
            shares = page.bounds(result) / page.bounds(each)
            other = _prior(page, each, result, shares) or _issued(page, shares)
            if other:
                yield _turned(page, each, (result, *other), loss=loss)
                break


def _is_each(page: Page, index: int) -> bool:
    words = page.lead(index) + page.tail(index, 20)
    return page.is_amount(index) and positive(page.bounds(index)) and bool(_EACH.search(words))


def _is_result(page: Page, index: int) -> bool:
    return page.is_amount(index) and page.found(index).number >= _LARGE and not _EACH.search(page.lead(index))


def _loses(page: Page, index: int) -> bool | None:
    """Whether the nearest word in front of an amount has it as a loss; None where none does either way."""
    lead = page.lead(index, 64)
    loss, profit = (max((m.end() for m in w.finditer(lead)), default=0) for w in (_LOSS, _PROFIT))
    return loss > profit if loss != profit else None


def _prior(page: Page, each: int, result: int, shares: Interval) -> tuple[int, ...]:
    """The older two of the same results right behind these, of one sign, which give the same number of shares."""
    old, older = each + 1, result + 1
    if old >= len(page.claims) or older >= each or not (page.together(each, old) and page.together(result, older)):
        return ()
    amounts = all(page.is_amount(i) and positive(page.bounds(i)) for i in (old, older))
    if not amounts or not page.one_currency((each, result, old, older)) or _loses(page, older) is None:
        return ()
    same = _loses(page, old) is None or _loses(page, old) is _loses(page, older)
    return (older, old) if same and _near(page.bounds(older) / page.bounds(old), shares) else ()


def _issued(page: Page, shares: Interval) -> tuple[int, ...]:
    counts = (i for i, c in enumerate(page.claims) if c.kind == "shares.issued" and positive(page.bounds(i)))
    return next(((i,) for i in counts if _near(page.bounds(i), shares)), ())


def _near(one: Interval, other: Interval) -> bool:
    return one.low <= other.high * (1 + _ALIKE) and other.low <= one.high * (1 + _ALIKE)


def _turned(page: Page, each: int, inputs: tuple[int, ...], *, loss: bool) -> Relation:
    found, result = page.found(each), page.claims[inputs[0]]
    words = ("earnings per share", "a loss per share") if found.lang == "en" else ("每股盈利", "每股虧損")
    if found.lang == "zh" and page.script != "Hant":
        words = ("每股收益", "每股亏损")
    return Relation(
        target=each,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed="a profit" if loss else "a loss",
        working=f"{shown(result)} / {shown(page.claims[each])}: the same number of shares as elsewhere",
        reason=f"It belongs to {'a profit' if loss else 'a loss'} of {result.found.text}, and so is {'no loss' if loss else 'no profit'}.",
        correction=f"{words[0 if loss else 1]} {found.text}"
        if found.lang == "en"
        else f"{words[0 if loss else 1]}{found.text}",
    )
