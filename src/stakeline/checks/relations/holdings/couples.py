"""What an article tells of one holding or trade: a count of shares and the percentage that it is, side by side."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.holdings.issued import (
    ALL_BEFORE,
    HELD_COUNTS,
    SIDE,
    is_counted,
    is_number,
    issued,
    of_shares,
)
from stakeline.checks.relations.page import STAKES, TRADED, Page

GAP = 48
"""Characters between a count and the percentage that is said of it."""
_TURNED = re.compile(
    r"equal to|equals to|equivalent to|amount(?:s|ing|ed)? to|com(?:es|ing) to|due to|or up to|相當於|相当于",
    re.IGNORECASE,
)
"""Words of another sense that hold "to"."""
_OTHER = re.compile(
    r"\b(?:from|to|by|up|down|than|against|premium|discount|rose|fell|rising|falling|while|another|plus|dividend|yield|votes?|voting|float|profit|revenue|sales"
    r"|pledged?|free|options?|target|clos\w+|trad(?:ed|ing)|last|gain\w*|los[st]\w*|slid|slipp\w+|jump\w+|drop\w*|dip\w*|sought|wanted|targeted)\b"
    r"|合[计計共]|前[为為]|[由从從较較至到跌涨漲升降折溢息投票價价质質押冻凍逾流另及市且]|所持|個人|个人",
    re.IGNORECASE,
)
"""Between a count and a percentage: that is of something else, or of another time."""
_JOINED = re.compile(
    r"\bor\b|i\.e\.|\band\b|[(（]|\bequal|represent|equivalent|compris|account|amount|mak(?:es|ing)|com(?:es|ing)|stake|\b(?:which|that) is\b|[占佔即]|比例|相当|相當"
    r"|[,，、]\s*(?:about |some |around |roughly |nearly |约|約|近)?$",
    re.IGNORECASE,
)
"""What says that a percentage is that of the count in front of it."""
_BACK = re.compile(
    r"(?: stake| interest| holding|的?股[份权權]| of [^,;.(（]{2,32})?\s*(?:,? (?:or|i\.e\.|that is),? |[(（]|[,，]? ?即|[,，]?共|[,，]?合共|[,，]?合计|[,，]?合計)\s*(?:about |some |around |up to |约|約|不超过|不超過|最多)?",
    re.IGNORECASE,
)
"""All that stands between a percentage and the count that it is."""
_NOT_OF_ALL = re.compile(
    r"pledg|warrant|凭单|憑單|认股[权]*证|認股[權]*證|质押|質押|冻结|凍結|所持|个人持|個人持|持股[总總]数的|其 ?[0-9.]+% ?的?持[股仓倉]|\bof (?:his|her|its|their) (?:own |total |entire |personal )?(?:holding|stake|shares|position)"
    r"|float|流通|of the (?:offer|pool|plan|placing|block)|outstanding options|投票|表决|表決|of (?:his|her|them)\b",
    re.IGNORECASE,
)
"""Around a percentage: it is of the holder's own shares, of the float or of votes, not of a class."""
_VOTES = re.compile(r"\bvot(?:es|ing)\b", re.IGNORECASE)
_WEIGHTED = re.compile(
    r"\b[ABC][ -](?:class|shares?|stock)|\bclass [ABC]\b|votes (?:per|each|a share)|non-voting|(?:double|multiple|super) ?-?vot",
    re.IGNORECASE,
)
"""Where one share has more votes than another, a percentage of the votes is none of the shares."""
_PERCENTS = STAKES | {"transaction.stake_pct", "price.change_pct", "other.pct", "stake.change_pct", "segment.share_pct"}
"""Kinds that a percentage beside its count of shares is taken for."""


_CHANGE = re.compile(
    r"\s*(?:higher|lower|up|down|above|below|more|less|fewer|discount|premium|gain|rise|fall|off)\b", re.IGNORECASE
)
"""Behind a percentage that is a change, or a distance."""


def is_count(page: Page, index: int) -> bool:
    """Whether a figure counts shares that somebody holds or trades."""
    kind = page.kind(index)
    side = kind == "shares.issued" and SIDE.search(page.lead(index)) is not None
    return of_shares(page, index) and (kind in TRADED or kind in HELD_COUNTS or side)


def of_less(page: Page, share: int) -> bool:
    """Whether a percentage is of less than all shares: of the holder's own, of the float."""
    around = page.lead(share, 24) + page.found(share).text + re.split(r"[,，]", page.tail(share, 32))[0]
    return _NOT_OF_ALL.search(around) is not None or (_VOTES.search(around) is not None and page.has(_WEIGHTED))


def couples(page: Page) -> Iterator[tuple[int, int]]:
    """Counts and the percentages said of them: rows of both, neighbours, and the second of two percentages that a count leads to."""
    taken: set[int] = set()
    for kind in (_rows, _neighbours, _led):
        for count, share in kind(page):
            if taken.isdisjoint((count, share)):
                taken |= {count, share}
                yield count, share


def _rows(page: Page) -> Iterator[tuple[int, int]]:
    for first in range(len(page.claims)):
        for length in _LENGTHS:
            row = range(first, first + 2 * length)
            if row[-1] < len(page.claims) and _is_row(page, row[:length], row[length:]):
                yield from zip(row[:length], row[length:], strict=True)


def _neighbours(page: Page) -> Iterator[tuple[int, int]]:
    whole = set(issued(page))
    for one in range(len(page.claims) - 1):
        other = _next(page, one, whole)
        if one in whole and (ALL_BEFORE.search(page.lead(one)) or is_counted(page, one)):
            continue
        if not page.together(one, other) or not (is_number(page, one) and is_number(page, other)):
            continue
        gap = page.gap(one + 1 if one + 1 in whole or page.is_amount(one + 1) else one, other)
        if is_count(page, one) and _is_share(page, other) and _beside(gap, sure=_of_stake(page, other)):
            if not _is_of_several(page, one, other):
                yield one, other
        elif _is_share(page, one) and is_count(page, other) and _follows(page, one, other, whole):
            yield other, one


def _is_of_several(page: Page, count: int, share: int) -> bool:
    """Whether a percentage is of a count and of the one in front of it together: "30 million and 5 million, 4% in all"."""
    listed = count > 0 and is_count(page, count - 1) and LISTED.fullmatch(page.gap(count - 1, count)) is not None
    return listed and _TOGETHER.search(page.gap(count, share)) is not None


def _led(page: Page) -> Iterator[tuple[int, int]]:
    for count in range(len(page.claims) - 2):
        if page.together(count, count + 2) and _is_led(page, count, count + 1, count + 2):
            yield count, count + 2


def _follows(page: Page, share: int, count: int, whole: set[int]) -> bool:
    """Whether a count behind a percentage is what it is of all shares: "6%, or 12 million", "6%, 12 million of 200 million"."""
    gap = page.gap(share, count)
    part = gap == ", " and count + 1 in whole and _OF_WHOLE.fullmatch(page.gap(count, count + 1))
    return bool(part) or _BACK.fullmatch(gap) is not None


def _next(page: Page, index: int, whole: set[int]) -> int:
    """The next figure, past a day or the number of all shares: "4 million shares on 3 May, or 2%"."""
    aside = index + 2 < len(page.claims) and (
        page.found(index + 1).unit == "date" or index + 1 in whole or _is_worth(page, index + 1)
    )
    return index + 2 if aside else index + 1


def _is_worth(page: Page, index: int) -> bool:
    """Whether an amount stands between a count and a percentage that is said to be of all shares."""
    return page.is_amount(index) and page.found(index + 1).unit == "pct" and of_all(page, index + 1)


def of_whole(page: Page, share: int, whole: set[int]) -> bool:
    """Whether a percentage stands right beside the number of all shares, as a part of it."""
    behind = share + 1 in whole and page.together(share, share + 1) and _OF_WHOLE.fullmatch(page.gap(share, share + 1))
    before = share - 1 in whole and page.together(share - 1, share) and _WHOLE_OF.fullmatch(page.gap(share - 1, share))
    return bool(behind or before)


_OF_WHOLE = re.compile(
    r"(?: stake| shares)?(?: out)? of (?:(?:a total of|the (?:issued )?(?:share )?capital of|the|its|all|some|about|(?:the )?(?:[\w&-]+ ){0,3}[\w&-]+['’]s?) )*",
    re.IGNORECASE,
)
_WHOLE_OF = re.compile(
    r"(?:的|之|[计計][算]?)?[,，]?(?:(?:是次|今次|本次|此次|[该該]批|有[关關]|售|沽|出|增|[减減]|持|[买買購购]|入|[卖賣]|股|份|部|分|上限|故|即|涉及)*(?:相[当當][于於]|[占佔即约約])[约約]?)?的?"
)
"""All that stands between a percentage and the number of all shares that it is of."""


def of_all(page: Page, share: int) -> bool:
    """Whether words right beside a percentage have it of the whole company."""
    return _OF_ALL.search(page.lead(share) + "|" + page.tail(share, 48)) is not None


_OF_ALL = re.compile(
    r"[占佔](?:公司)?(?:已?[发發]行|[总總])(?:股[本份数數]|[量数數])|[总總]股[本份]的[约約]?\|"
    r"|\| of (?:(?:the|its|all|total|paid[- ]up|equity|(?:[A-Z][\w&-]*|company|bank|group)['’]s) )*"
    r"(?:company|issued|share capital|total|outstanding|shares (?:outstanding|in issue))"
)


def _is_led(page: Page, count: int, old: int, new: int) -> bool:
    """Whether a count is that of the second of two percentages: 持有2,800万股,比例由6%升至7%."""
    held = is_number(page, count) and is_count(page, count) and page.kind(count) not in TRADED
    return (
        held
        and from_to(page, old, new)
        and _is_share(page, old)
        and _is_share(page, new)
        and len(page.gap(count, old)) <= GAP
    )


_LENGTHS = (4, 3, 2)
"""How many counts may be told one after the other, and then their percentages in the same order."""


def _is_row(page: Page, counts: Sequence[int], shares: Sequence[int]) -> bool:
    """Whether some counts and as many percentages belong together in their order: 由2,400萬股增至2,800萬股,比例由6%升至7%."""
    if not page.together(counts[0], shares[-1]) or not all(is_number(page, i) for i in (*counts, *shares)):
        return False
    if _TOGETHER.search(page.gap(counts[0], shares[-1])) or not all(is_count(page, i) for i in counts):
        return False
    if not all(page.is_percent(i) and not of_less(page, i) for i in shares):
        return False
    listed = all(LISTED.fullmatch(page.gap(a, b)) for row in (counts, shares) for a, b in pairwise(row))
    if len(counts) > _PAIR:
        return listed
    held = TRADED.isdisjoint(map(page.kind, counts)) and all(map(page.is_stake, shares))
    alike = (page.found(counts[0]).number < page.found(counts[1]).number) == (
        page.found(shares[0]).number < page.found(shares[1]).number
    )
    return alike and (held or listed)


_PAIR = 2
LISTED = re.compile(
    r" ?(?:(?:[ABH] ?[类類]?)?股| ?(?:[ABH][ -])?(?:ordinary |common )?shares| ?AD[SR]s?)?"
    r"(?:[,，、]? ?(?:and|plus|以?及|[和与與加])|[,，、]) ?(?:[约約]|about )?",
    re.IGNORECASE,
)
"""All that stands between two of a list."""


_TOGETHER = re.compile(r"\b(?:together|combined|in all|including)\b|合[计計共]|(?<![总總])共|[连連]同", re.IGNORECASE)
"""Among two counts and two percentages: one of these is of both counts."""


def _is_share(page: Page, index: int) -> bool:
    found = page.found(index)
    own = found.unit == "pct" and page.kind(index) in _PERCENTS and not found.growth and not found.word
    return own and not _CHANGE.match(page.tail(index)) and not of_less(page, index)


def _of_stake(page: Page, index: int) -> bool:
    """Whether a percentage is, by its kind, a holding or a trade: it needs no word that joins it to its count."""
    return page.kind(index) in STAKES or page.kind(index) == "transaction.stake_pct"


def _beside(gap: str, *, sure: bool) -> bool:
    plain = _TURNED.sub(" is ", gap)
    return (
        len(gap) <= GAP
        and not _OTHER.search(plain)
        and (sure or _JOINED.search(gap) is not None)
        and not re.search(r"[.。;；\n]", plain.replace("i.e.", ""))
    )
