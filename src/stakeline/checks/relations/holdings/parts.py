"""What an article tells of one holding or trade: a count of shares, the percentage that it is, or both."""

import re

import msgspec

from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.holdings.couples import GAP, couples, is_count, of_less, of_whole
from stakeline.checks.relations.holdings.issued import is_number, issued
from stakeline.checks.relations.holdings.stakes import moves
from stakeline.checks.relations.page import STAKES, TRADED, Page

_DEALT = re.compile(
    r"\b(?:sold|sells?|selling|sale of|bought|buys?|buying|purchas\w+|acquir\w+|shed|offload\w*|dispos\w+|transfer\w*|took|pick\w*|part(?:ed|ing))\b"
    r"|转让|轉讓|过户|過戶|减持|減持|增持|受让|受讓|买入|買入|卖出|賣出|沽出|沽售|購入|购入|出售|售出",
    re.IGNORECASE,
)
_DEALT_NOW = re.compile(
    r"(?:减持|減持|增持|受让|受讓|转让|轉讓|出售|卖出|賣出)(?:了|其|约|約)*$|\b(?:sold|bought|shed|acquired) (?:about |some |a |another )?$",
    re.IGNORECASE,
)
"""Directly in front of the size of a trade."""
_COMPARED = re.compile(
    r"\b(?:from|against|versus|compared|previously|earlier|before|after|having|had)\b|[由从從较較至]|此前|[变變]动[前后]|變動[前後]",
    re.IGNORECASE,
)
"""Between two holdings: one is what became of the other."""
_LINE = re.compile(
    r"(?:跨[越過过]|[越穿突升跌]穿|[跌突]破|[触觸]及|[越过過][过過])(?:了|[约約])*(?:[0-9.]+%(?:大[关關])?[及和与與、至到或])*$"
    r"|\b(?:cross\w*|breach\w*|pass\w*)(?: through| below| above)?(?: the)?(?: [0-9.]+ ?(?:%|per cent)(?:,| and| or| to))* $",
    re.IGNORECASE,
)
"""In front of a level that a holding crossed: 跨越7%及6%."""
_LINES = 24
_DISTANCE = re.compile(
    r"(?:[低高跌涨漲升降][了逾]?|折[让讓]|溢[价價])[约約]?$|\b(?:up|down|fell|rose|fallen|risen|los[et]|gained)(?: by)?(?: about| some)? $",
    re.IGNORECASE,
)
"""In front of the same."""
_PUBLIC = re.compile(r"public|float|公众|公眾|\bshort\b|淡[倉仓]|空[頭头]", re.IGNORECASE)
"""In front of a percentage that is not of the holder's long position."""
_ELSEWHERE = re.compile(
    r" (?:stake |interest |holding )?(?:back )?in (?:19|20)[0-9]{2}\b|以[上下]|[ -](?:or more|or above|threshold|mark|level|line)\b"
)
"""Behind a percentage of years ago, or one that is only a level."""

_APART = 2
"""Sentences between a count and the percentage that it is, where there is no other."""


class Part(msgspec.Struct, frozen=True):
    """A trade or a holding: its count of shares, its percentage, or both. loose: they are not told side by side."""

    count: int | None
    share: int | None
    traded: bool
    loose: bool = False

    @property
    def figures(self) -> tuple[int, ...]:
        """Its figures, the count first."""
        return tuple(i for i in (self.count, self.share) if i is not None)

    @property
    def couple(self) -> bool:
        """Whether both are known."""
        return self.count is not None and self.share is not None


def parts(page: Page) -> list[Part]:
    """Trades and holdings in the order of the text."""
    pairs = dict(couples(page))
    taken = {*pairs.values(), *issued(page)}
    found = [_part(page, count, share) for count, share in pairs.items()]
    for index in range(len(page.claims)):
        if index in pairs or index in taken or not is_number(page, index):
            continue
        if is_count(page, index):
            found.append(_part(page, index, None))
        elif _is_level(page, index):
            found.append(_part(page, None, index))
    if any(p.traded and p.count is not None and page.found(p.count).unit == "shares" for p in found):
        found = [p for p in found if not (p.traded and p.count is not None and page.found(p.count).unit == "count")]
    found = _paired(page, found)
    found.sort(key=lambda p: min(p.figures))
    return found


def _paired(page: Page, found: list[Part]) -> list[Part]:
    """Counts and percentages apart from each other put together where the article has one of each of a trade or a time."""
    found = _paired_by_whole(page, found)
    for role in ("transaction", "stake.before", "stake.after"):
        alike = [p for p in found if any(page.kind(i).startswith(role) for i in p.figures)]
        counts, shares = [p for p in alike if p.share is None], [p for p in alike if p.count is None]
        if len(alike) == 2 and len(counts) == len(shares) == 1:
            figures = (counts[0].figures[0], shares[0].figures[0])
            if page.same(*figures) and abs(page.found(figures[0]).sentence - page.found(figures[1]).sentence) <= _APART:
                found = [p for p in found if p not in alike]
                found.append(Part(*figures, traded=counts[0].traded, loose=True))
    return found


def _paired_by_whole(page: Page, found: list[Part]) -> list[Part]:
    """The one trade with the percentage that is said to be of the number of all shares: "4.3% of the 200 million"."""
    whole = set(issued(page))
    sides = {i for pair in moves(page) for i in pair}
    counts = [p for p in found if p.share is None]
    counts = [p for p in counts if p.traded] or counts
    shares = [p for p in found if p.count is None and p.share is not None and p.share not in sides]
    shares = [p for p in shares if p.share is not None and of_whole(page, p.share, whole)]
    if len(counts) != 1 or len(shares) != 1 or any(p.traded for p in found if p not in (*counts, *shares)):
        return _sold_out(page, found, sides)
    count, share = counts[0].figures[0], shares[0].figures[0]
    if abs(page.found(count).sentence - page.found(share).sentence) > _APART:
        return found
    rest = [p for p in found if p not in (*counts, *shares)]
    return [*rest, Part(count, share, traded=counts[0].traded, loose=True)]


def _sold_out(page: Page, found: list[Part], sides: set[int]) -> list[Part]:
    """The only trade, said to be of all that was held, with the only percentage, which is of the same shares."""
    counts = [p for p in found if p.count is not None and p.traded]
    shares = [p for p in found if p.share is not None and p.share not in sides]
    if len(counts) != 1 or len(shares) != 1 or counts[0].couple or shares[0].couple:
        return found
    (count,), (share,) = counts[0].figures, shares[0].figures
    near = abs(page.found(count).sentence - page.found(share).sentence) <= _APART and page.same(count, share)
    if not near or not _ALL_OF_IT.search(page.around(count, 24, 24)):
        return found
    return [*(p for p in found if p not in (counts[0], shares[0])), Part(count, share, traded=True, loose=True)]


_ALL_OF_IT = re.compile(
    r"\b(?:entire|whole|all of (?:its|his|her|their|them)|(?:its|his|her|their) (?:last|remaining))\b|全[部數数]|悉[数數]|[余餘]下|[清沽]清",
    re.IGNORECASE,
)
"""Around a count of shares traded: nothing was kept."""


def planned(page: Page, part: Part) -> bool:
    """Whether a trade is one that may still come, or a holding one that it would lead to."""
    if not part.traded:
        return _IF.search(page.lead(part.figures[0])) is not None
    return any(page.claims[i].measure == "planned" for i in part.figures) or any(
        _MAY.search(page.lead(i)) for i in part.figures[:1]
    )


_IF = re.compile(r"\b(?:if|would|could)\b|[若倘]|假[如设設]", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:may|might|could|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|up to|as much as|(?:not|no) more than)\b|[拟擬]|计划|計劃|不超[过過]|最多",
    re.IGNORECASE,
)


def compared(page: Page, one: Part, other: Part) -> bool:
    """Whether two holdings are before and after, by their kinds or the words between them."""
    kinds = [{page.kind(i).split("_")[0] for i in part.figures} for part in (one, other)]
    if {"stake.before"} in kinds and any("stake.before" not in k for k in kinds):
        return True
    first, second = sorted((one, other), key=lambda p: p.figures[0])
    if from_to(page, first.figures[0], second.figures[0]):
        return True
    between = page.text[page.found(max(first.figures)).end : page.found(min(second.figures)).start]
    return len(between) < GAP * 2 and _COMPARED.search(between) is not None


def _is_level(page: Page, index: int) -> bool:
    """Whether a percentage that stands alone is a holding or the size of a trade."""
    known = page.is_stake(index) or page.kind(index) == "transaction.stake_pct"
    others = (
        of_less(page, index)
        or _LINE.search(page.text[max(page.found(index).start - _LINES, 0) : page.found(index).start])
        or _DISTANCE.search(page.lead(index))
        or _PUBLIC.search(page.lead(index))
        or _ELSEWHERE.match(page.text, page.found(index).end)
    )
    return known and page.found(index).unit == "pct" and not page.found(index).word and not others


def _part(page: Page, count: int | None, share: int | None) -> Part:
    traded = (count is not None and page.kind(count) in TRADED and not _is_side(page, count)) or (
        count is None and share is not None and _is_trade(page, share)
    )
    return Part(count, share, traded)


def _is_side(page: Page, count: int) -> bool:
    """Whether a count is one side of "from 58 million to 45 million", whatever it was taken for."""
    pairs = ((one, one + 1) for one in (count - 1, count) if 0 <= one < len(page.claims) - 1)
    return any(page.found(b).unit == page.found(a).unit and from_to(page, a, b) for a, b in pairs)


def _is_trade(page: Page, share: int) -> bool:
    kind = page.kind(share)
    if kind in STAKES and _DEALT_NOW.search(page.lead(share)):
        return True
    words = page.lead(share) + re.sub(r"\w+$", "", page.tail(share, 16))
    dealt = kind == "stake.pct" and _DEALT.search(words) is not None
    return kind == "transaction.stake_pct" or (dealt and not _OWNED.search(page.lead(share)))


_OWNED = re.compile(
    r"\b(?:own(?:s|ed)?|holds?|held|had|owning|holding)(?: (?:a|an|about|some|exactly|just))? $|(?<![增减減])持[有股]?[约約]?$",
    re.IGNORECASE,
)
"""Directly in front of what somebody has, whatever is traded behind it."""
