"""Amounts of a list, each with its percentage of one whole: "17.2 million, 40.0% of turnover; 8.5 million, 19.8%; 8.7 million, 20.1%".

All amounts over their percentages are one whole, whether it is printed or not. Where all but one agree on it, that one is wrong.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from stakeline.checks.relations.fit import Fit, fit, magnitude
from stakeline.checks.relations.page import Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_OF = re.compile(
    r"(?:元|人民[币幣]|美元|港元)?[^0-9,，。;；]{0,4}[,，]?(?:[约約])?[占佔][^0-9,，。;；]{0,12}|[(（](?:[占佔][^0-9,，。;；]{0,8})?|,? (?:or|that is|which is|making up|accounting for|equal to) (?:about |some |nearly )?"
)
"""Between an amount and its percentage of a whole."""
_SHARE = re.compile(
    r"[占佔]|\b(?:accounting|making up)\b| of (?:the |its |all )?(?:total|group|revenues?|sales|turnover|assets|portfolio)"
)
"""Somewhere in such a list: its percentages are of a whole, not changes."""
_FEWEST, _WIDE = 3, Decimal("1.1")
"""Pairs of such a list; how far apart the ends of their whole may lie to tell anything."""


class _Piece(NamedTuple):
    amount: int
    share: int
    whole: Interval


def pieces(page: Page) -> Iterator[Relation]:
    """The one percentage of a list that is of another whole than all the others."""
    for sentence in page.sentences.values():
        listed = [p for one, other in pairwise(sentence) if (p := _piece(page, one, other)) is not None]
        if len(listed) < _FEWEST or not page.one_currency(p.amount for p in listed):
            continue
        first, last = listed[0].amount, listed[-1].share
        words = page.text[page.found(first).start : page.found(last).end + len(page.tail(last))]
        if _SHARE.search(words) and len({n for p in listed if (n := _noun(page, p.share)) is not None}) <= 1:
            yield from _odd_one(page, listed)


def _piece(page: Page, one: int, other: int) -> _Piece | None:
    """An amount with its percentage right behind it."""
    found = page.found(other)
    known = page.is_amount(one) and found.unit == "pct" and found.number and not found.word and not found.growth
    if not known or page.found(one).approx or found.approx or not _OF.fullmatch(page.gap(one, other)):
        return None
    if not positive(page.bounds(one)) or not positive(found.bounds()):
        return None
    return _Piece(one, other, page.bounds(one) / found.bounds() * _HUNDRED)


_NOUN = re.compile(r"[占佔](?!比)(?P<noun>[^0-9,，。;；]*?)(?:的|比例?|[约約近]|了|[为為])*$")
_NOUN_BEHIND = re.compile(r" of (?:the |its |all )?(?P<noun>[a-z]+)")


def _noun(page: Page, index: int) -> str | None:
    """What the words beside a percentage have it of; None where they tell nothing."""
    told_ = _NOUN.search(page.lead(index)) or _NOUN_BEHIND.match(page.tail(index))
    return (told_["noun"] or None) if told_ is not None else None


def _odd_one(page: Page, listed: list[_Piece]) -> Iterator[Relation]:
    """The one piece that all the others, which agree on one whole, refute."""
    for piece in listed:
        whole: Interval | None = None
        for other in (p for p in listed if p is not piece):
            whole = other.whole if whole is None else whole.meet(other.whole)
            if whole is None:
                break
        if whole is None or whole.high > whole.low * _WIDE:
            continue
        result = page.bounds(piece.amount) / whole * _HUNDRED
        if fit(page.found(piece.share), result) is Fit.OFF:
            others = [p for p in listed if p is not piece]
            yield _relation(page, piece, others, result)
            return


def _relation(page: Page, piece: _Piece, others: Sequence[_Piece], result: Interval) -> Relation:
    claim, amount = page.claims[piece.share], shown(page.claims[piece.amount])
    near = others[0]
    names = shown(page.claims[near.amount]), shown(page.claims[near.share])
    return Relation(
        target=piece.share,
        inputs=(piece.amount, *(i for p in others for i in (p.amount, p.share))),
        fit=Fit.OFF,
        recomputed=result,
        working=f"{amount} / ({names[0]} / {names[1]}) = {told(result, claim)}",
        reason=f"The other amounts are percentages of one whole, of which {amount} is {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )
