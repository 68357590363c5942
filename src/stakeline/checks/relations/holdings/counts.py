"""Counts of shares against each other and against all shares: a part of all, a part of one's own, what is left."""

import re
from collections.abc import Iterator

import msgspec

from stakeline.checks.relations.fit import Fit, fit, magnitude, mistyped, transposed
from stakeline.checks.relations.holdings.issued import issued
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import TRADED, Page, Relation, positive
from stakeline.checks.relations.words import say, shown, told
from stakeline.model.claims import Found
from stakeline.model.numbers import Interval

_HUNDRED = Interval.exact(100)
_HELD = frozenset({"stake.before_shares", "stake.after_shares", "stake.before_pct", "stake.after_pct", "stake.pct"})
_WHOLE = re.compile(
    r"\b(?:issued|outstanding|in issue|share capital|the company|the group|total)\b|总股本|總股本|已发行|已發行|全部股份|股本总额",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:own|his|her|its|their) (?:holding|stake|shares|position)|其?(?:个人|個人)?所?持|流通|float|of the [A-Z] shares|[A-Z]股",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:\bleav(?:es|ing)|\bleft|remain\w*|(?:still|now) (?:has|have|holds?|owns?)|剩余|剩餘|剩下|余下|餘下|尚余|尚餘|仍持有|尚持有|尚有|尚剩)[^0-9.。;；]{0,24}$",
    re.IGNORECASE,
)
_LEFT_BEHIND = re.compile(
    r"(?: shares)? (?:(?:is|are) (?:still )?(?:to come|left|outstanding)|remain(?:s|ed)?\b|unsold)|股?尚未",
    re.IGNORECASE,
)


def _relation(
    page: Page, target: int, inputs: tuple[int, ...], result: Interval, working: str, reasons: tuple[str, str]
) -> Relation:
    """reasons: where it agrees, and where it is off, followed by what it should be."""
    claim = page.claims[target]
    outcome = fit(claim.found, result)
    return Relation(
        target=target,
        inputs=inputs,
        fit=outcome,
        recomputed=result,
        working=f"{working} = {told(result, claim)}",
        reason=f"{reasons[0]}." if outcome is Fit.AGREES else f"{reasons[1]} {told(result, claim)}.",
        correction=say(result, claim, page.script),
        slips=magnitude(claim.found, result) is not None,
    )


def _is_count(page: Page, index: int) -> bool:
    return (
        page.found(index).unit in {"shares", "count"} and page.kind(index) != "count" and positive(page.bounds(index))
    )


def _part_of(page: Page, part: int, n: int, whole: int, reasons: tuple[str, str]) -> Relation:
    """A count over a larger one, in percent."""
    result = page.bounds(n) / page.bounds(whole) * _HUNDRED
    return _relation(page, part, (n, whole), result, f"{shown(page.claims[n])} / {shown(page.claims[whole])}", reasons)


_OF_ALL = "The shares over all shares give it", "The shares over all shares are"


def of_own(page: Page) -> Iterator[Relation]:
    """A percentage said to be of the company that is, exactly, of the seller's own shares."""
    total = _only(page, [i for i in range(len(page.claims)) if page.kind(i) == "shares.issued"])
    if total is None:
        return
    for index, claim in enumerate(page.claims):
        if claim.kind not in _PARTS or not claim.found.value or claim.found.unit != "pct":
            continue
        if _named_whole(page, index) and abs(page.found(total).sentence - claim.found.sentence) <= _REACH:
            yield from _own(page, index, total)


_REACH = 3
"""Sentences within which the number of all shares is told."""


def _named_whole(page: Page, index: int) -> bool:
    """Whether the words right beside a percentage say that it is of all shares, and none that it is of somebody's own."""
    lead, tail = re.split(r"[,，]", page.lead(index))[-1], re.split(r"[,，]", page.tail(index))[0]
    words = lead if page.found(index).lang == "zh" else tail
    return _WHOLE.search(words) is not None and not _OWN.search(lead + tail)


def _own(page: Page, index: int, total: int) -> Iterator[Relation]:
    counts = page.near(index, lambda i: _is_held(page, i))
    traded = [n for n in counts if page.kind(n) in TRADED and page.together(n, index)]
    for n in traded:
        own = (h for h in counts if page.kind(h) not in TRADED and page.same(n, h))
        held = next((h for h in own if _is_part(page, index, n, h)), None)
        right = _part_of(page, index, n, total, _OF_ALL)
        if right.fit is not Fit.OFF or held is None:
            continue
        yield _of_other(page, right, page.found(held).text, of_class=False)
        return


def of_class(page: Page) -> Iterator[Relation]:
    """A percentage said to be of all shares, or of one class, that is, exactly, of other shares whose number the article has.

    Of a holding it is the step between its two levels that the shares traded are a part of.
    """
    wholes = {i for i in _totals(page) if positive(page.bounds(i))}
    total = max(wholes, key=lambda i: page.found(i).number, default=None)
    if total is None:
        return
    for part in range(len(page.claims)):
        n = next((n for n in (part - 1, part - 2) if n >= 0 and _is_count(page, n) and page.together(n, part)), None)
        if page.kind(part) in _PARTS and page.found(part).value and n is not None:
            yield from _mixed(page, (part,), page.found(part), n, total, wholes)
    for before, after in moves(page):
        counts = page.near(after, page.is_traded)
        if len(counts) == 1 and page.same(before, after, counts[0]):
            new = page.found(after)
            step = abs(new.number - page.found(before).number)
            change = msgspec.structs.replace(new, value=step, half=2 * new.half)
            yield from _mixed(page, (after, before), change, counts[0], total, wholes)


def _mixed(
    page: Page, parts: tuple[int, ...], found: Found, n: int, total: int, wholes: set[int]
) -> Iterator[Relation]:
    """parts: percentages of one sort; found: what the count `n` is of the shares that they are of."""
    near = [i for i in page.near(parts[0], wholes.__contains__, _REACH) if i != n]
    named = next((w for p in parts if (w := _named(page, p, total, [i for i in near if i != total])) is not None), n)
    larger = (i for i in {*near, total} if i not in {n, named} and page.bounds(i).low > page.bounds(n).high)
    other = next((i for i in larger if fit(found, page.bounds(n) / page.bounds(i) * _HUNDRED) is Fit.AGREES), None)
    if named == n or other is None or fit(found, page.bounds(n) / page.bounds(named) * _HUNDRED) is not Fit.OFF:
        return
    of = "all shares" if other == total else f"{page.claims[other].share_class or 'other'} shares"
    for part in parts:
        result = page.bounds(part) * page.bounds(other) / page.bounds(named)
        names = [shown(page.claims[i]) for i in (part, other, named)]
        working = f"{names[0]} x {names[1]} / {names[2]}"
        relation = _relation(page, part, (other, named), result, working, ("It is right", "Of the others it is"))
        if relation.fit is Fit.OFF:
            yield _of_other(page, relation, f"{page.found(other).text} {of}", of_class=named != total)


def _totals(page: Page) -> list[int]:
    """Counts of all shares or of a class, by their kind or words, or as the sum of two classes told right in front."""
    counts = [i for i in range(len(page.claims)) if page.found(i).unit == "shares"]
    sums = [i for i in counts if _sum_of_classes(page, i)]
    return sorted({*issued(page), *sums, *(i - k for i in sums for k in (1, 2))})


def _named(page: Page, part: int, total: int, others: list[int]) -> int | None:
    """The count of the shares that a percentage is said to be of: of all, or of the class named right beside it."""
    words = re.split(r"[,，]", page.lead(part))[-1] + " " + re.split(r"[,，]", page.tail(part))[0]
    if page.claims[part].share_class == "total" or _ENTIRE.search(words):
        return total
    match = _OF_CLASS.match(page.tail(part)) or _CLASS_OF.search(page.lead(part))
    own = [i for i in others if match and page.claims[i].share_class == match[1]]
    return max(own, key=lambda i: page.found(i).number, default=None)


_ENTIRE = re.compile(
    r"\b(?:entire|total|whole) (?:issued |share |outstanding )*(?:capital|shares|stock)|全部已[发發]行|[总總]股本|股本[总總][额額]",
    re.IGNORECASE,
)
_OF_CLASS = re.compile(r" of (?:the |its |all )*(?:issued |outstanding |total )*([AHB])[ -]shares")
_CLASS_OF = re.compile(r"[占佔](?:公司)?(?:已[发發]行|全部)?([AHB])股(?:股本|总数|總數|总额|總額)?的?[约約]?$")


def _only(page: Page, indices: list[int]) -> int | None:
    """The first of some figures, where they all have one value above zero."""
    one = len({page.found(i).value for i in indices}) == 1 and positive(page.bounds(indices[0]))
    return indices[0] if one else None


def _is_part(page: Page, index: int, n: int, whole: int) -> bool:
    """Whether a percentage is what one count is of another, larger one."""
    larger = page.bounds(whole).low > page.bounds(n).high
    return larger and fit(page.found(index), page.bounds(n) / page.bounds(whole) * _HUNDRED) is Fit.AGREES


def _of_other(page: Page, relation: Relation, of: str, *, of_class: bool) -> Relation:
    assert isinstance(relation.recomputed, Interval)  # noqa: S101 -- of a part it always is
    right = told(relation.recomputed, page.claims[relation.target])
    return msgspec.structs.replace(
        relation, reason=f"It is right of {of}; of {'that class' if of_class else 'all shares'} it is {right}."
    )


def _sum_of_classes(page: Page, index: int) -> bool:
    """Whether a count is the sum of two classes told right in front of it."""
    one, other = index - 2, index - 1
    if one < 0 or not all(page.found(i).unit == "shares" for i in (one, other)) or not page.together(one, index):
        return False
    classes = {page.claims[i].share_class for i in (one, other)}
    total = page.bounds(one) + page.bounds(other)
    return len(classes) == 2 and classes <= {"A", "B", "H"} and fit(page.found(index), total) is Fit.AGREES


_PARTS = frozenset({"transaction.stake_pct", "stake.before_pct", "stake.after_pct", "stake.pct"})


def broken(page: Page) -> Iterator[Relation]:
    """A number of shares with a part of a share, which another place has in millions, or in 萬: its magnitude is missing."""
    counts = {page.found(i).number: i for i in range(len(page.claims)) if _is_count(page, i)}
    for index in counts.values():
        number = page.found(index).number
        twins = (counts.get(number.scaleb(power)) for power in _MAGNITUDES) if number % 1 else ()
        for twin in twins:
            if twin is not None and page.found(twin).number % 1 == 0:
                reasons = "It is told so elsewhere", "There are no parts of a share; elsewhere it is"
                yield _relation(page, index, (twin,), page.bounds(twin), shown(page.claims[twin]), reasons)


_MAGNITUDES = (3, 4, 6, 8, 9)
"""Powers of ten of thousand, 萬, million, 億 and billion."""


def left(page: Page) -> Iterator[Relation]:
    """What is left: the largest count less another, where the three are told in one breath, or but for a slip of the pen."""
    for rest, claim in enumerate(page.claims):
        if not _is_share_count(page, rest) or not (
            _LEFT.search(page.lead(rest)) or _LEFT_BEHIND.match(page.tail(rest))
        ):
            continue
        counts = [i for i in page.near(rest, lambda i: _is_held(page, i)) if i < rest]
        counts.sort(key=lambda i: -page.found(i).number)
        if any(fit(claim.found, page.bounds(a) - page.bounds(b)) is Fit.AGREES for a in counts for b in counts):
            continue
        for part in counts[1:]:
            if _both_gone(page, counts[0], part) or (part < counts[0] and _LEFT.search(page.lead(counts[0]))):
                continue  # what is left of a trade has it taken off; of two trades neither is left of the other
            if _STEP.search(page.lead(counts[0])):
                continue  # "added to it by 3 million shares": by so much something grew that is not told
            result = page.bounds(counts[0]) - page.bounds(part)
            breath = len(counts) == 2 and (page.together(rest, *counts) or _of_plan(page, counts[0], part, rest))
            larger = claim.found.number > page.found(counts[0]).number  # then the whole is not among them
            own = _OWNS.search(page.lead(rest)) is None or page.found(counts[0]).approx != "upto"  # not left of a plan
            sure = (
                own and positive(result) and (breath or (page.same(rest, counts[0]) and _of_pen(claim.found, result)))
            )
            sure = sure and (not larger or _of_pen(claim.found, result))
            if sure and fit(claim.found, result) is Fit.OFF:
                working = f"{shown(page.claims[counts[0]])} - {shown(page.claims[part])}"
                yield _relation(page, rest, (counts[0], part), result, working, _LEFT_OVER)
                break


def _both_gone(page: Page, one: int, other: int) -> bool:
    """Whether two counts are of trades that were both done, at a price each."""
    done = all(page.kind(i) in TRADED and page.claims[i].measure != "planned" for i in (one, other))
    priced = all(i + 1 < len(page.claims) and page.is_price(i + 1) for i in (one, other))
    return done and priced and page.found(one).approx not in {"upto", "under"}


_STEP = re.compile(r"\bby(?: a further| another| about| some| nearly| over)? $", re.IGNORECASE)
_OWNS = re.compile(r"持[有股]|\b(?:hold|own)s?\b", re.IGNORECASE)


def _is_share_count(page: Page, index: int) -> bool:
    """Whether a figure counts shares, whatever part it plays."""
    return page.found(index).unit == "shares" and positive(page.bounds(index))


def _of_plan(page: Page, ceiling: int, part: int, rest: int) -> bool:
    """Whether a sentence tells what has been traded so far and what is left of the plan that the one before it names."""
    so_far = page.together(part, rest) and _SO_FAR.search(page.lead(part)) is not None
    return so_far and page.found(ceiling).approx in {"upto", "under"} and page.same(ceiling, part, rest)


_SO_FAR = re.compile(r"\b(?:so far|already|has|have|had)\b|已|累计|累計", re.IGNORECASE)
_LEFT_OVER = "What there was less what was traded is that", "What there was and what was traded leave"


def _is_held(page: Page, index: int) -> bool:
    return _is_count(page, index) and page.kind(index) != "shares.issued"


def _of_pen(found: Found, result: Interval) -> bool:
    """Whether a slip of the pen, or of a magnitude, explains a count."""
    return mistyped(found, result) or transposed(found, result.middle) or magnitude(found, result) is not None


def multiplied(page: Page) -> Iterator[Relation]:
    """A holding said to have doubled or tripled, against the only two levels of it near by, in shares or in percent."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        own = _HOLDING.match(page.tail(index)) or _HOLDS.search(page.lead(index))
        if not (found.growth and found.unit == "pct" and claim.direction == "up" and own):
            continue
        for unit in ("shares", "pct"):
            levels = page.near(index, lambda i: page.found(i).unit == unit and _is_level(page, i))  # noqa: B023
            levels = [i for i in levels if not _VOTES.match(page.tail(i))]
            low, *high = sorted(levels, key=lambda i: page.found(i).number) if len(levels) == 2 else (0,)
            if not high or not page.same(low, *high) or not positive(page.bounds(low)):
                continue
            result = (page.bounds(high[0]) / page.bounds(low) - Interval.exact(1)) * _HUNDRED
            working = f"{shown(page.claims[high[0]])} / {shown(page.claims[low])} - 1"
            if positive(result):
                reasons = "Before and after give it", "Before and after give"
                yield _relation(page, index, (high[0], low), result, working, reasons)


def times(page: Page) -> Iterator[Relation]:
    """One amount said to be so many times another: "A was three times the B of a year earlier", A為去年同期B的三倍."""
    for index, claim in enumerate(page.claims):
        if claim.found.unit != "x" or not 0 < index < len(page.claims):
            continue
        han = _TIMES_HAN.fullmatch(page.gap(index - 1, index)) is not None
        one, other = (index - 2, index - 1) if han else (index - 1, index + 1)
        if one < 0 or other >= len(page.claims) or not page.together(one, other, index):
            continue
        told = _IS_HAN.search(page.gap(one, other)) if han else _IS.fullmatch(page.gap(one, index))
        behind = han or _THE.fullmatch(page.gap(index, other))
        alike = page.found(one).unit == page.found(other).unit in {"currency", "shares"} and page.one_currency(
            (one, other)
        )
        if told and behind and alike and positive(page.bounds(other)):
            result = page.bounds(one) / page.bounds(other)
            working = f"{shown(page.claims[one])} / {shown(page.claims[other])}"
            yield _relation(
                page, index, (one, other), result, working, ("The two amounts give it", "The two amounts give")
            )


_TIMES_HAN = re.compile("的(?:近|逾|超[过過]?|約|约)?")
_IS_HAN = re.compile("^[,，]?(?:[为為是]|相[当當]於|相当于|[达達])[^,，。;；]{0,12}$")
_IS = re.compile(
    r",? (?:was|were|is|are|which is|that is)(?: about| some| nearly| almost| more than| over)? ", re.IGNORECASE
)
_THE = re.compile(r" (?:the|its|last year's|that of|those of)? ?", re.IGNORECASE)


def _is_level(page: Page, index: int) -> bool:
    """Whether a figure is a holding, by its kind or by the verb in front of it."""
    owned = page.kind(index) in TRADED and _OWNED.search(page.lead(index)) is not None
    return page.kind(index) in _HELD or owned


_OWNED = re.compile(r"\b(?:owned|held|had)(?: about| some| just)? $|持有[约約]?$")
_VOTES = re.compile(r" of (?:the |its |all )?(?:votes|voting)", re.IGNORECASE)
_HOLDING = re.compile(r" (?:its|his|her|their|the) (?:holding|stake|position|interest|shareholding)", re.IGNORECASE)
_HOLDS = re.compile(r"(?:holding|stake|position|interest|shareholding)[^.;]{0,40}$", re.IGNORECASE)
