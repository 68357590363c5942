"""Changes in a row added up: two falls of 20% are one of 36%, not of 40%."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.words import say, told
from stakeline.model.numbers import Interval

_ONE, _HUNDRED = Interval.exact(1), Interval.exact(100)
_IN_ALL = re.compile(
    r"\b(?:total|combined|cumulative|overall|altogether|in all|aggregate|(?:the|both|these) (?:two )?(?:days|sessions|weeks|falls|drops|rises|gains)|(?:two|three)-(?:day|session|week|month|quarter|year))\b|累[计計]|合[计計共]|[总總]共|共(?=[跌升涨漲挫])|[两兩二三][日天周週年]",
    re.IGNORECASE,
)
"""Around a change: it is what several came to."""
_IN_ALL_BEHIND = re.compile(
    r" (?:[a-z]+ ){0,3}(?:in|over|across|within) (?:just |only )?(?:the )?(?:two|three|last two|past two)\b",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(
    r"\b(?:another|further|again|following|next|prior|previous|preceding|earlier|day (?:before|after)|on top of|consecutive|successive|straight|back-to-back|and then)\b"
    r"|再|又|[继繼][续續]|[连連][续續]|翌[日年]|次[日年]|隔[日天]|前一|第二[日天]",
    re.IGNORECASE,
)
"""Between two changes: the second is of what the first left, or the other way round."""
_ADDABLE = re.compile(
    r"\bstakes?\b|\bholdings?\b|\binterest\b|\bmargins?\b|\brates?\b|\bvotes?\b|\bpoints?\b|\bsold\b|\bbought\b|\bof (?:the|its) (?:company|capital|shares)\b|持股|持有|股[份权權]|利率|税率|\btariffs?\b|\bduties\b|\btax\w*|\bto a (?:combined )?total of \||[关關]税|百分[点點]|占比|佔比|比重|增持|[减減]持",
    re.IGNORECASE,
)
"""Around changes of what may be added: parts of one whole, points."""
_BACK = 6


def successive(page: Page) -> Iterator[Relation]:
    """A change said to be the total of the two in front of it, and their bare sum, where each is of what the other left."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if not _is_percent(page, index) or found.approx or not _is_total(page, index):
            continue
        parts = [i for i in range(max(index - _BACK, 0), index) if _is_part(page, i, index)]
        if len(parts) != 2 or page.found(parts[0]).number + page.found(parts[1]).number != found.number:
            continue
        span = page.text[page.found(parts[0]).start - len(page.lead(parts[0])) : found.end]
        up = {way(page, i) for i in parts} - {None}  # "and another 20%" has no verb of its own
        if len(up) != 1 or _ADDABLE.search(_words(page, span, index)) or not _IN_A_ROW.search(span):
            continue
        yield from _compounded(page, index, parts, up=True in up)


def _words(page: Page, span: str, index: int) -> str:
    """What stands around two changes and their total, but for the number of this."""
    return span[: -len(page.found(index).text)] + "|" + page.tail(index)


def _is_total(page: Page, index: int) -> bool:
    """Whether words beside a change have it as what several came to."""
    return _IN_ALL.search(page.lead(index)) is not None or _IN_ALL_BEHIND.match(page.tail(index)) is not None


def _is_part(page: Page, index: int, total: int) -> bool:
    return _is_percent(page, index) and page.found(total).sentence - page.found(index).sentence <= 1


def _is_percent(page: Page, index: int) -> bool:
    """Whether a figure is printed as a percentage, whatever it was taken for."""
    found = page.found(index)
    return found.unit in {"pct", "pp"} and not _POINTS.search(found.text) and bool(found.number) and not found.word


_POINTS = re.compile(r"point|pp|点|點|bps?\b", re.IGNORECASE)


def _compounded(page: Page, index: int, parts: list[int], *, up: bool) -> Iterator[Relation]:
    """The total that two changes in a row come to, where the printed one is not."""
    left = _ONE
    for part in parts:
        step = page.bounds(part) / _HUNDRED
        left *= _ONE + step if up else _ONE - step
    result = (left - _ONE if up else _ONE - left) * _HUNDRED
    claim = page.claims[index]
    if fit(claim.found, result) is not Fit.OFF:
        return
    sign = "+" if up else "-"
    terms = " x ".join(f"(1 {sign} {page.found(i).number.normalize():f}%)" for i in parts)
    yield Relation(
        target=index,
        inputs=tuple(parts),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{terms} = 1 {sign} {told(result, claim)}",
        reason=f"Each change is of what the other left: together they come to {told(result, claim)}.",
        correction=say(result, claim, page.script),
        settles=True,
    )
