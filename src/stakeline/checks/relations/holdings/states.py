"""A holding said to be above or below a level, or another holding, right behind it, on whose other side it is.

"It holds 1.5%, the only holder of more than 5%", 4.6%的投票权高于其78.5%: no time and no trade lies between the two.
"""

import re
from collections.abc import Iterator

from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.words import shown

_IS = re.compile(
    r"(?:的?(?:[权權]益|股[份权權本]))?[,，]?(?:[为為是]|成[为為]|[属屬])(?!.*[前原曾])[^,，。;；0-9]{0,8}(?:(?P<up>超[过過]?|[高大多][于於])|(?P<down>不足|[低小少][于於]))"
    r"|[,，]?(?:重新|已|仍)?(?:符合|[满滿]足)(?P<least>(?:(?!不[超高多大]|上限|最多)[^,，。;；0-9]){0,16})"
    r"|(?: of [^,.;]{2,40})?,? (?:which )?(?:(?:again |once more )?(?:meet(?:s|ing)|satisf(?:ies|ying))|in line with)(?P<minimum>(?: (?!ceiling|cap\b|maximum|limit|at most)[\w'’-]+){0,8}) "
    r"|(?: of [^,.;]{2,40})?,? (?:is|as|making (?:it|him|her|them)) (?:one of )?(?:the|a|its|an)(?! former| previous) (?:[a-z]+ ){0,5}(?:(?P<above>above|over|more than)|(?P<below>below|under|less than)) (?:the )?"
)
"""Between a holding and a level: its owner is one of those on that side of it, or it is as much as there has to be."""
_THAN = re.compile(
    r"[)）]?(?:的?[^,，。;；0-9(（]{0,8}[权權]|的?股[份权權])?[,，]?(?:仍然?|[还還]|亦|也|略|[远遠]|已|均|明[显顯])?(?:(?P<up>[高大多][于於])|(?P<down>[低小少][于於]))[^,，。;；0-9半倍一]{1,12}[(（的]"
    r"|\)?,? (?:is |was |were |are )?(?:still |even |well |far |slightly )?(?:(?P<above>higher|larger|bigger|greater|more)|(?P<below>lower|smaller|less)) than (?:(?:the )?[A-Z][\w&'’-]* ?){1,4}['’]?s? ?\(?"
)
"""Between two holdings: the first is compared with the second."""


def states(page: Page) -> Iterator[Relation]:
    """Levels and holdings on whose other side the one right in front of them is."""
    for index in range(1, len(page.claims)):
        held = index - 1
        if not page.together(held, index) or not _is_held(page, held) or not _is_held(page, index, level=True):
            continue
        match = (_IS if _is_round(page, index) else _THAN).fullmatch(page.gap(held, index))
        if match is None:
            continue
        below = bool(match["down"] or match["below"])
        low, high = (index, held) if below else (held, index)
        if page.bounds(low).high < page.bounds(high).low:
            yield _relation(page, index, held, below=below)


def _is_held(page: Page, index: int, *, level: bool = False) -> bool:
    kind = page.kind(index)
    known = kind.startswith("stake.") or kind == "transaction.stake_pct" or (level and kind == "threshold.crossed")
    return known and page.found(index).unit == "pct" and not page.found(index).word


def _is_round(page: Page, index: int) -> bool:
    """Whether a percentage has no decimals, as a level has none."""
    return page.found(index).number % 1 == 0


def _relation(page: Page, index: int, held: int, *, below: bool) -> Relation:
    names = shown(page.claims[held]), shown(page.claims[index])
    sign, side = (">", "above") if below else ("<", "below")
    return Relation(
        target=index,
        inputs=(held,),
        fit=Fit.OFF,
        recomputed=f"{names[0]} {sign} {names[1]}",
        working=f"{names[0]} {sign} {names[1]}",
        reason=f"{names[0]} is {side} {names[1]}.",
    )
