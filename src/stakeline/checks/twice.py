"""Figures that an article has twice, as a headline and its text do, a slip apart: wrong is the one that the other figures do not bear out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, product

import msgspec

from stakeline.checks.relations import relations
from stakeline.checks.relations.changes.compared import are_apart
from stakeline.checks.relations.fit import Fit, fit, mistyped, printed, transposed
from stakeline.checks.relations.page import STAKES, Page, Relation
from stakeline.checks.relations.page import magnitude as _unsigned
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_DIGITS = 3
"""Digits that two figures must share before they count as one figure in two magnitudes."""
_TITLE = 160
"""Characters of the longest headline."""
_IN_TITLE, _IN_TEXT, _TRIED = 4, 24, 4
"""Figures of the headline and of the text that are looked at, and pairs for which the other figures are recomputed."""
_AROUND = 64
_AMOUNTS = frozenset({"currency", "shares", "pct"})
_SUMS = frozenset({"transaction.value", "deal.value", "buyback.value", "stake.value", "other.amount"})
"""Kinds of what is paid in all, which one text may have told as the one and as the other."""


def told_twice(
    page: Page, found: Sequence[Relation], agreeing: Mapping[int, Relation], off: Mapping[int, Relation]
) -> list[Relation]:
    """The figures that are wrong because the article has them rightly elsewhere.

    found: all relations. agreeing, off: those that bear figures out, and those that speak against them, by figure.
    """
    sound = {i for r in agreeing.values() for i in (r.target, *r.inputs)}
    return [*_magnified(page, sound), *_in_headline(page, sound), *_mended(page, found, off), *_misheaded(page, found)]


def _magnified(page: Page, sound: set[int]) -> Iterator[Relation]:
    """The same digits of the same kind in two magnitudes ("473 billion" in the headline), where one of them is borne out."""
    first: dict[tuple[str, str, str | None, str], int] = {}
    for index, claim in enumerate(page.claims):
        found = claim.found
        digits = _digits(found)
        if len(digits) < _DIGITS or found.unit not in {"shares", "currency"}:
            continue
        other = first.setdefault((claim.kind, found.unit, found.currency, digits), index)
        differ = found.value != page.found(other).value and (other in sound) != (index in sound)
        if differ and page.same(other, index):
            wrong, right = (other, index) if index in sound else (index, other)
            yield _elsewhere(page, wrong, right, slips=True)


def _in_headline(page: Page, sound: set[int]) -> Iterator[Relation]:
    """A figure of the headline with one wrong digit, or two changed round, where the body's only one of its kind is borne out."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for index, claim in enumerate(page.claims):
        if claim.found.unit in _AMOUNTS and not claim.found.word and not claim.found.bracket:
            kinds.setdefault((claim.kind, claim.found.unit), []).append(index)
    for (kind, _), told in kinds.items():
        if len(told) != 2 or not page.one_currency(told) or not page.same(*told):
            continue
        first, body = told
        inside = "\n" not in page.text[: page.found(first).start] and "\n" in page.gap(first, body)
        known = body in sound and first not in sound and not _of_other_times(page, first, body)
        if inside and known and _is_misprint(page.found(first), page.found(body), turned=kind.endswith(".change_pct")):
            yield _elsewhere(page, first, body, slips=False)


def _is_misprint(found: Found, right: Found, *, turned: bool) -> bool:
    """Whether a slip of the pen makes one figure of the other, not less exact one; turned: only digits changed round count."""
    exact = Interval.exact(right.number)
    if right.half > found.half or fit(found, exact) is not Fit.OFF:
        return False
    return transposed(found, right.number) or (not turned and mistyped(found, exact, _DIGITS))


def _mended(page: Page, found: Sequence[Relation], off: Mapping[int, Relation]) -> Iterator[Relation]:
    """A figure of the headline and one of the text, a digit or a magnitude apart, where only one agrees with the other figures, at either place."""
    for borne, index, other in islice(_open_pairs(page, found, off), _TRIED):
        wrongs = [
            (wrong, right)
            for wrong, right in ((index, other), (other, index))
            if _bears_out(relations(_with(page, wrong, right)), wrong)
        ]
        if len(wrongs) != 1 or wrongs[0][0] == borne:
            continue
        wrong, right = wrongs[0]
        again = any(i != wrong and c.found.value == page.found(wrong).value for i, c in enumerate(page.claims))
        if not again and not _of_other_times(page, wrong, right):
            yield _elsewhere(page, wrong, right, slips=False)


def _open_pairs(
    page: Page, found: Sequence[Relation], off: Mapping[int, Relation]
) -> Iterator[tuple[int | None, int, int]]:
    """The figure that is borne out, if any, and a figure of the headline and one of the text of which either may be a misprint of the other."""
    title = page.text.find("\n")
    first = [i for i in range(min(_IN_TITLE, len(page.claims))) if page.found(i).end <= title <= _TITLE]
    for index, other in product(first, range(len(first), min(_IN_TEXT, len(page.claims)))):
        if {index, other} & off.keys() or not _is_twice(page, index, other):
            continue
        borne = [i for i in (index, other) if _bears_out(found, i)]
        plain = max(len(_digits(page.found(i))) for i in (index, other)) >= _DIGITS
        if plain and len(borne) < len((index, other)):
            yield next(iter(borne), None), index, other


def _is_twice(page: Page, index: int, other: int) -> bool:
    """Whether two figures of one kind and of the same parties differ as a misprint does."""
    one, two = page.found(index), page.found(other)
    kinds = {page.kind(i) for i in (index, other)}
    if not (len(kinds) == 1 or kinds <= _SUMS) or one.unit != two.unit or one.unit not in _AMOUNTS:
        return False
    if any(f.word or f.bracket or f.value is None or f.number <= 0 for f in (one, two)) or one.number == two.number:
        return False
    if not page.one_currency((index, other)) or not page.same(index, other):
        return False
    number, right = _digits(one), _digits(two)
    places = max(len(number), len(right))
    apart = sum(a != b for a, b in zip(number.ljust(places, "0"), right.ljust(places, "0"), strict=True))
    return places > 1 and (not apart or (apart == 1 and one.number.adjusted() == two.number.adjusted()))


def _misheaded(page: Page, found: Sequence[Relation]) -> Iterator[Relation]:
    """A figure of the headline that the text has nowhere, but another one near it that is told twice there or that the others bear out to the digit."""
    title, first = _title(page)
    for index in first:
        near = [i for i in range(len(first), min(_IN_TEXT, len(page.claims))) if _is_near(page, index, i)]
        if not near or page.found(index).approx or _is_elsewhere(page, index, near):
            continue
        right = min(near, key=lambda i: page.found(i).half)
        same = all(_meets(page, i, right) for i in near) and page.found(right).half <= page.found(index).half
        timed = page.kind(index).startswith(_OF_TIMES) and _TIMES.search(title)
        if same and not timed and not _of_other_times(page, index, right):
            told = len(near) > 1 and page.found(index).unit != "pct"
            if _is_slip(page.found(index), page.found(right)) and (told or _is_exact(page, found, index, right)):
                yield msgspec.structs.replace(_elsewhere(page, index, right, slips=False), settles=True)


_TIMES = re.compile(r"\bQ[1-4]\b|quarter|half|month|year|annual|interim|week|[季年月周週期累]", re.IGNORECASE)
"""In a headline: its figures may be of another stretch of time than those of the text."""
_OF_TIMES = ("result.", "segment.", "operating.", "other.", "buyback.")
_NEARBY = Decimal("0.05")
"""How far from an amount another may lie that is misprinted for it by more than a digit."""


def _title(page: Page) -> tuple[str, list[int]]:
    """The headline, empty where there is none, and its figures."""
    end = page.text.find("\n")
    title = page.text[: max(end, 0)] if end <= _TITLE else ""
    return title, [i for i in range(min(_IN_TITLE, len(page.claims))) if page.found(i).end <= len(title)]


def _is_near(page: Page, index: int, other: int) -> bool:
    """Whether a figure of the text may be the same as one of the headline, of the same parties by their whole names or the first words of them."""
    one, two = page.found(index), page.found(other)
    kinds = {page.kind(i) for i in (index, other)}
    alike = len(kinds) == 1 or kinds <= _SUMS or kinds <= STAKES
    if not alike or one.unit != two.unit or one.unit not in _AMOUNTS or not page.one_currency((index, other)):
        return False
    if any(f.word or f.bracket or f.value is None or f.number <= 0 for f in (one, two)):
        return False
    names = (sorted(str(getattr(page.claims[i], part) or "") for i in (index, other)) for part in ("holder", "issuer"))
    close = _meets(page, index, other) or _is_slip(one, two)
    plain = len(_digits(one)) >= (_TWO if one.unit == "pct" else _DIGITS)
    return close and plain and all(long.startswith(short) for short, long in names)


_TWO = 2
"""Digits that two figures must have, and percentages of which another one is the difference."""


def _is_elsewhere(page: Page, index: int, near: Sequence[int]) -> bool:
    """Whether the text has a figure of the headline too, whatever its kind, or tells it as a sum of one near it and another."""
    unit = page.found(index).unit
    others = [i for i in range(len(page.claims)) if i != index and page.found(i).unit == unit and page.found(i).number]
    sums = ((page.bounds(i) + page.bounds(o)).meet(_reach(page.found(index))) for i in near for o in others if o != i)
    return any(_meets(page, index, i) for i in others) or any(s is not None for s in sums)


def _is_slip(found: Found, right: Found) -> bool:
    """Whether a figure is another one misprinted: one digit or two changed round, of an amount near by more than one."""
    near = found.unit != "pct" and abs(found.number - right.number) <= _NEARBY * right.number
    return near or transposed(found, right.number) or mistyped(found, Interval.exact(right.number), _TWO)


def _meets(page: Page, index: int, other: int) -> bool:
    """Whether two figures are one, rounded or cut off."""
    return _reach(page.found(index)).meet(_reach(page.found(other))) is not None


def _reach(found: Found) -> Interval:
    """Where a figure lies that may be rounded to its last digit but noughts in front of the point."""
    whole = found.unit != "pct" and "." not in found.text
    scale = int(found.number.normalize().as_tuple().exponent)
    step = max(Decimal(5).scaleb(scale - 1), found.half) if whole else found.half
    return Interval(found.number - step, found.number + 2 * step)


def _is_exact(page: Page, found: Sequence[Relation], index: int, right: int) -> bool:
    """Whether an equation gives the figure of the text to its last digit, and not that of the headline."""
    results = [r.recomputed for r in found if r.fit is Fit.AGREES and r.target == right]
    results += _steps(page, right)
    own, other = _reach(page.found(index)), printed(page.found(right))
    return any(isinstance(r, Interval) and other.meet(_unsigned(r)) and not own.meet(_unsigned(r)) for r in results)


def _steps(page: Page, index: int) -> list[Interval]:
    """What the percentages of a holding's sentence differ by, where it has three of them only."""
    if page.found(index).unit != "pct":
        return []
    others = page.near(index, page.is_percent, 0)
    return [page.bounds(others[0]) - page.bounds(others[1])] if len(others) == _TWO else []


def _of_other_times(page: Page, index: int, other: int) -> bool:
    """Whether two figures are of times of other lengths: both may be right."""
    return are_apart(*(page.around(i, _AROUND, _AROUND) for i in (index, other)))


def _bears_out(found: Sequence[Relation], index: int) -> bool:
    """Whether an equation that agrees has a figure."""
    return any(r.fit is Fit.AGREES and index in (r.target, *r.inputs) for r in found)


def _digits(found: Found) -> str:
    """The digits of a number, noughts at its end aside."""
    return "".join(map(str, found.value.normalize().as_tuple().digits)) if found.value else ""


def _with(page: Page, index: int, other: int) -> Page:
    """A page with the number of one figure at the place of another."""
    claims, right = list(page.claims), page.found(other)
    own = msgspec.structs.replace(page.found(index), text=right.text, value=right.value, half=right.half)
    claims[index] = msgspec.structs.replace(claims[index], found=own)
    return Page(page.text, claims, page.on, page.rate, dated=page.dated)


def _elsewhere(page: Page, wrong: int, right: int, *, slips: bool) -> Relation:
    return Relation(
        target=wrong,
        inputs=(right,),
        fit=Fit.OFF,
        recomputed=page.found(right).bounds(),
        working=f"{page.found(wrong).text} <> {page.found(right).text}",
        reason=f"Elsewhere the article has {page.found(right).text}, which its other figures bear out.",
        correction=page.found(right).text,
        slips=slips,
    )
