"""Percentages above 100 that are right once a slip is undone: the point left out (805% for 8.05%), the whole added (113% for 13%).

A percentage above 100 that nothing in the article bears out is put as it would be without the slip, and the article read again. What
plays a part only as it should read, a holding say, is then known for what it is, and every relation is asked about it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import msgspec

from stakeline.checks.relations import relations
from stakeline.checks.relations.changes.compared import compared
from stakeline.checks.relations.changes.pairs import is_prior
from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.fit import Fit, narrow
from stakeline.checks.relations.page import QUOTES, Page, Relation
from stakeline.model.claims import Found, Ruling, Severity, Verdict

_ALL = 100
_MOST = 3
"""Figures of an article that are tried, so that it is read a bounded number of times."""
_LONGEST = 20_000
"""Characters of a text that is worth reading again."""
_FEWEST = 2
"""Digits that a figure must keep, or what bears it out may do so by chance."""
_WIDEST, _TIGHT = Decimal("0.1"), Decimal("0.02")
"""How wide, of itself, a recomputed percentage may be and still bear out anything."""
_CHANGES = (".change_pct", ".gain", "market_value.change")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

Reading = Callable[[str], Page]
"""From a text to its figures and what they are."""


def with_slips(text: str, rulings: Sequence[Ruling], read: Reading) -> tuple[Ruling, ...]:
    """The rulings, with those on percentages above 100 that the article bears out once a slip is undone.

    Of one that is impossible it is then known what it should be.
    """
    if len(text) > _LONGEST or sum(map(_is_open, rulings)) > _MOST:
        return tuple(rulings)
    return tuple(_judged(text, r, read) if _is_open(r) else r for r in rulings)


def _is_open(ruling: Ruling) -> bool:
    found = ruling.claim.found
    plain = found.unit == "pct" and not found.word and found.number > _ALL and len(_NUMBER.findall(found.text)) == 1
    impossible = ruling.verdict is Verdict.INCONSISTENT and ruling.basis == "hard_fact"  # but not what it should be
    return plain and (ruling.verdict is Verdict.NOT_CHECKABLE or impossible)


def _judged(text: str, ruling: Ruling, read: Reading) -> Ruling:
    """A ruling on a figure, as the article read again has it without the slip."""
    found = ruling.claim.found
    for number, how in _undone(found):
        span = _NUMBER.sub(number, found.text, count=1)
        page = read(text[: found.start] + span + text[found.end :])
        index = next((i for i, c in enumerate(page.claims) if c.found.start == found.start), None)
        right = None if index is None else _borne_out(page, index)
        if right is not None:
            return msgspec.structs.replace(
                ruling,
                verdict=Verdict.INCONSISTENT,
                severity=Severity.ERROR,
                basis=right.basis,
                recomputed=right.recomputed,
                reason=how,
                working=right.working,
                correction=span,
            )
    return ruling


def _undone(found: Found) -> Iterator[tuple[str, str]]:
    """The number of a figure without a slip, and which one it was."""
    for number, how in (
        ((found.number / _ALL).normalize(), "The figure is a hundred times what the others give."),
        ((found.number - _ALL).normalize(), "The figure is a hundred more than what the others give."),
    ):
        if number > 0 and len(number.as_tuple().digits) >= _FEWEST:
            yield format(number, "f"), how


def _borne_out(page: Page, index: int) -> Relation | None:
    """What bears a figure out; a change only where it is plain from which level to which one it is."""
    changes = page.kind(index).endswith(_CHANGES) or page.found(index).growth or way(page, index) is not None
    right = (r for r in relations(page) if r.target == index and r.fit is Fit.AGREES and r.basis == "in_article")
    return next((r for r in right if narrow(r.recomputed, _WIDEST) and (not changes or _is_plain(page, r))), None)


def _is_plain(page: Page, relation: Relation) -> bool:
    """Whether it is told which of two levels is the older one, or both are prices of a share, and these are told to the digit."""
    if len(relation.inputs) != 2:
        return False
    prices = all(page.is_price(i) or page.kind(i) in QUOTES for i in relation.inputs) and narrow(
        relation.recomputed, _TIGHT
    )
    told = any({two.new, two.old} == set(relation.inputs) for two in compared(page))
    return prices or told or sum(is_prior(page, i) for i in relation.inputs) == 1
