"""So many of so many, and the percentage that they are: "28 of the 44 firms, or 63.6%", 44家中28家,占63.6%.

The two numbers are read from the text: small ones are often no figures of their own.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from stakeline.checks.relations.fit import Fit, fit, mistyped
from stakeline.checks.relations.page import Page, Relation
from stakeline.checks.relations.words import say
from stakeline.model.numbers import Interval

_NOUNS = "companies|firms|funds|individuals|people|persons|analysts|brokers|stocks|banks|shareholders|holders|investors|deals|directors|tycoons|members|countries|insurers|trades|disposals|purchases|buybacks"
_OF = re.compile(
    r"(?<![0-9.,$])(?P<part>[0-9]{1,4}) (?:out )?of (?:the |its |all |these )*(?P<all>[0-9]{1,4})(?! per cent| percent|[0-9.,]*[0-9%])(?: [a-z-]+){0,3}(?:,? (?:or|representing|making up|that is)|,| ?\()(?: about| some)? ?$"
    r"|(?<![0-9.,])(?P<all_han>[0-9]{1,4})(?P<noun>[家名位人隻只支檔档間间宗件])[^0-9。；;%]{0,12}[中裡里内內][,，]?[^0-9。；;%]{0,8}?(?P<part_han>[0-9]{1,4})(?P=noun)[^0-9。；;%]{0,16}[,，(（]?(?:[占佔]比?|比[例重率])(?:[总總][数數]|全部|的|[为為]|[约約]|[达達])*$"
)
"""In front of a percentage: what it is of, and how many are."""
_OF_OTHER = re.compile(r" of (?!(?:the|all|its) (?:total|number)|them\b|all\b)")
"""Behind a percentage: it is of something else than the number in front."""
_ALL = re.compile(
    rf" of (?:the |its |all |these |those )*(?P<all>[0-9]{{1,4}}) (?:[a-z]+ ){{0,2}}(?:{_NOUNS})\b(?!['’]| (?:combined|together))"
)
"""Behind a percentage: it is of so many."""
_WHOLE = re.compile(r"(?<![0-9.,$£€])[0-9]{1,4}(?![0-9.,]*[0-9%])(?! per cent| percent|[ -](?:[mb]illion|[a-z]+ won))")
_REACH = 200
"""Characters in front of a percentage in which the number that it tells is printed."""
_DIGITS = 2


def counted(page: Page) -> Iterator[Relation]:
    """A percentage against the numbers that it is told of."""
    for index, claim in enumerate(page.claims):
        found = claim.found
        if found.unit != "pct" or found.word or found.growth or found.approx or found.value is None:
            continue
        told = _OF.search(page.text[max(found.start - _REACH, 0) : found.start])
        if told is not None and not _OF_OTHER.match(page.tail(index)):
            part, whole = int(told["part"] or told["part_han"]), int(told["all"] or told["all_han"])
            if 0 < part <= whole:
                yield _relation(page, index, part, whole, fit(found, _share(part, whole)))
        elif (behind := _ALL.match(page.text, found.end, found.end + 80)) is not None:
            yield from _none(page, index, int(behind["all"]))


def _share(part: int, whole: int) -> Interval:
    return Interval.exact(Decimal(100) * part / whole)


def _none(page: Page, index: int, whole: int) -> Iterator[Relation]:
    """A percentage that is no number of so many, where one printed in front of it is a digit away: "28 fell ... 65.6 percent of the 44"."""
    found = page.found(index)
    if any(fit(found, _share(k, whole), slack=Decimal(0)) is Fit.AGREES for k in range(1, whole + 1)):
        return
    printed = {int(n[0]) for n in _WHOLE.finditer(page.text[max(found.start - _REACH, 0) : found.start])}
    parts = [k for k in printed if 0 < k < whole and mistyped(found, _rounded(_share(k, whole), found.half), _DIGITS)]
    if len(parts) == 1:
        yield _relation(page, index, parts[0], whole, Fit.OFF)


def _rounded(share: Interval, half: Decimal) -> Interval:
    """A percentage as it would be printed."""
    return Interval.exact(share.middle.quantize(2 * half) if half else share.middle)


def _relation(page: Page, index: int, part: int, whole: int, outcome: Fit) -> Relation:
    claim, result = page.claims[index], _share(part, whole)
    come = say(result, claim, page.script)
    return Relation(
        target=index,
        inputs=(),
        fit=outcome,
        recomputed=result,
        working=f"{part} / {whole} = {come}",
        reason="So many of them give it." if outcome is Fit.AGREES else f"{part} of {whole} are {come}.",
        correction=come,
    )
