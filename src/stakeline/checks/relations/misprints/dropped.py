"""Figures that lost their million or 亿: a total below its part, an aim below what there is, a step of the right digits.

Where digits alone would not tell, the figure it is measured by stands in the same words: the present level, the part of the total.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.changes.compared import measures
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_TOTAL = re.compile(
    r"(?:合[计計共]|[总總共][计計]|[总總]共|累[计計]|[总總]额|[总總]額|[总總]和)[^0-9,，。；%]{0,10}$"
    r"|\b(?:together|combined|in total|altogether|a total of|aggregate|totall?ing|all told)\b[^0-9.;,]{0,40}$",
    re.IGNORECASE,
)
_EACH = re.compile(r"每|[单單均][价價]|股[价價]|人均|/|\bper\b|a share|each|apiece|price", re.IGNORECASE)
_BARE = re.compile(r"[^0-9]{0,6}[0-9][0-9,.]*\s?(?:元|港元|美元|人民币|人民幣|yuan|dollars|pounds|euros)?")
"""An amount printed without a magnitude."""
_SMALL, _LARGE = Decimal(10) ** 5, Decimal(10) ** 7
_AIM = re.compile(
    r"\b(?:increas|rais|expand|boost|lift|grow|enlarg|doubl|build)\w*\b[^.;0-9]{0,80}\bto (?:about |some |at least |as much as )?$"
    r"|(?:增|提高|扩大|擴大|扩充|擴充|扩|擴|提升|升|提)[至到](?:约|約|近|至少)?$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:present|current|existing|today's)(?: [a-z]+)?(?: (?:is|are|was|of|stands at|amounts to|totals))?(?: about| some)? $"
    r"|\b(?:currently|now)(?: (?:at|has|have|is|are|holds|stands at|produces|makes|runs))?(?: about| some)? $"
    r"|(?:目前|现有|現有|现时|現時|如今)[^0-9,，。；]{0,12}$",
    re.IGNORECASE,
)
_NOUN = re.compile(r"\s?(?P<noun>(?<![a-z])[a-z]{4,}|[吨噸桶辆輛台人家套户戶张張件股])", re.IGNORECASE)
_REACH = 6
"""Sentences within which a part of a total must stand."""
_FAR = 50
"""How many times an aim what there is may be before the aim is a slip."""
_STEP = re.compile(
    r"(?:多|增加|增持|增|减少|減少|减持|減持|少)了?(?:约|約|近|逾)?$|\b(?:by|up|down|more|fewer)(?: about| some| nearly| over)? $"
)
_OLDER = re.compile(
    r"[较較比][^0-9,，。；]{0,8}$|\b(?:rose|fell|increased|decreased|reduced|grew|up|down)\b[^0-9.;]{0,24}$"
)
"""In front of a step between two holdings."""
_POWERS = {"zh": (4, 8), "en": (3, 6)}
_ROUNDED = Decimal("1.12")
"""How far above a figure that is cut off what it stands for may lie."""
_MORE = re.compile(r"[多余餘]")


def dropped(page: Page) -> Iterator[Relation]:
    """All three."""
    for index in range(len(page.claims)):
        found = page.found(index)
        if found.value is None or found.growth or found.number <= 0:
            continue
        if found.unit == "currency":
            yield from _total(page, index)
        if found.unit in {"count", "shares", "currency"} and _AIM.search(page.lead(index, 100)):
            yield from _aim(page, index)
        if found.unit == "shares" and _STEP.search(page.lead(index)) and _OLDER.search(page.lead(index)):
            yield from _step(page, index)


def _total(page: Page, index: int) -> Iterator[Relation]:
    """A total of a few hundred or thousand, where one part of it near by has a magnitude."""
    found = page.found(index)
    words = page.lead(index) + page.tail(index, 16)
    if found.number >= _SMALL or not _BARE.fullmatch(found.text) or not _TOTAL.search(page.lead(index)):
        return
    if _EACH.search(words) or found.bound is not None:
        return
    group, measured = page.kind(index).partition(".")[0], measures(page.lead(index))
    parts = page.near(index, lambda i: page.is_amount(i) and page.one_currency((i, index)), _REACH)
    parts = [i for i in parts if page.kind(i).startswith(group) or measured & measures(page.lead(i))]
    parts = [i for i in parts if page.found(i).number >= _LARGE and not _EACH.search(page.lead(i, 16))]
    if not parts or any(
        page.is_amount(i) and page.found(i).number < _SMALL for i in page.near(index, page.is_amount, 0)
    ):
        return
    part = parts[0]
    power = next((p for p in _POWERS[found.lang] + (9,) if found.number.scaleb(p) > page.found(part).number), 0)
    if power and found.number.scaleb(power) < page.found(part).number * _LARGE:
        reason = f"A total of {found.text} is less than {page.found(part).text}, which is a part of it."
        yield _relation(page, index, (part,), page.bounds(index) * Interval.exact(Decimal(10) ** power), reason)


def _aim(page: Page, index: int) -> Iterator[Relation]:
    """What something is to be raised to, far below what there is of it at present."""
    found = page.found(index)
    noun = _noun(page, index)
    for now in page.near(
        index, lambda i: page.found(i).unit == found.unit and _NOW.search(page.lead(i)) is not None, 2
    ):
        present = page.found(now)
        named = _noun(page, now) or (_noun(page, now - 1) if now and page.together(now, now - 1) else None)
        same = page.one_currency((now, index)) if found.unit == "currency" else noun is not None and named == noun
        power = next((p for p in _POWERS[found.lang] if found.number.scaleb(p) > present.number), 0)
        if same and power and found.number * _FAR < present.number:
            result = page.bounds(index) * Interval.exact(Decimal(10) ** power)
            if result.low < present.number * _FAR:
                reason = f"It is to rise to {found.text}, and there are {present.text} already."
                yield _relation(page, index, (now,), result, reason)
                return


def _noun(page: Page, index: int) -> str | None:
    """What is counted, by the word behind the figure."""
    found = page.found(index)
    noun = _NOUN.match(page.text[found.end - (found.lang == "zh") : found.end + 20])
    return noun["noun"].lower() if noun else None


def _step(page: Page, index: int) -> Iterator[Relation]:
    """What a holding is more than the one before, where their difference has these digits and another magnitude."""
    found = page.found(index)
    held = page.near(index, lambda i: i < index and _is_held(page, i), 2)[:2]
    if len(held) <= 1 or not page.same(*held):
        return
    step = unsigned(page.bounds(held[0]) - page.bounds(held[1]))
    if not positive(step):
        return
    for power in _POWERS[found.lang]:
        if _rounds(found, step.middle.scaleb(-power)):
            one, other = (shown(page.claims[i]) for i in held)
            reason = f"Between {one} and {other} lie {told(step, page.claims[index])}."
            yield _relation(page, index, (held[0], held[1]), step, reason)
            return


def _is_held(page: Page, index: int) -> bool:
    return page.found(index).unit == "shares" and page.kind(index).startswith("stake.")


def _rounds(found: Found, value: Decimal) -> bool:
    """Whether a figure is a value rounded, or, said to be more, cut off."""
    ratio = value / found.number
    over = found.approx == "over" or _MORE.search(found.text) is not None
    return 1 <= ratio <= _ROUNDED if over else abs(value - found.number) <= found.half


def _relation(page: Page, index: int, inputs: tuple[int, ...], result: Interval, reason: str) -> Relation:
    claim = page.claims[index]
    return Relation(
        target=index,
        inputs=inputs,
        fit=Fit.OFF,
        recomputed=result,
        working=f"{page.found(index).text} against {', '.join(page.found(i).text for i in inputs)}",
        reason=reason,
        correction=say(result, claim, page.script),
        slips=True,
    )
