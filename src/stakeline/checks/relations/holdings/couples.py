"""What an article tells of one holding or trade: a count of shares and the percentage that it is, side by side."""

import re
from collections.abc import Iterator

import msgspec

from stakeline.checks.relations.changes.pairs import from_to
from stakeline.checks.relations.page import STAKES, TRADED, Page, positive

_GAP = 48
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
    r"pledg|质押|質押|冻结|凍結|所持|个人持|個人持|持股[总總]数的|其 ?[0-9.]+% ?的?持[股仓倉]|\bof (?:his|her|its|their) (?:own |total |entire |personal )?(?:holding|stake|shares|position)"
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
_HELD_COUNTS = frozenset({"stake.before_shares", "stake.after_shares"})
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


_ALL_BEFORE = re.compile(
    r"(?:\b(?:class (?:has|of|counts|comprises|consists of)|\b(?:company|firm|group|maker|bank|miner|insurer|utility|developer) (?:has|counts|had) (?:but|only|just)|has issued|capital (?:is|of|comprises|consists of)|out of)|[总總]股[本数數]|(?<![占佔])股本[总總]?[共为為]|其中[ABH]股|股[份]?[总總][数數]|已[发發]行(?:[ABH]股|股[份本])|全部(?:已[发發]行)?股[本份])"
    r"[^0-9,.;，。；]{0,12}$",
    re.IGNORECASE,
)
_ALL_BEHIND = re.compile(
    r"(?: [HAB])?(?:[ -](?:ordinary|common|shares|stock))*(?: (?:(?:[A-Z][\w&'’-]+ |it |the company ){1,3}(?:has|had)))? (?:on issue|outstanding|in issue|issued and outstanding|in total|in all|(?:are )?in circulation)\b|股(?:[总總]股本|已[发發]行)",
    re.IGNORECASE,
)
"""Beside a count of all shares, or of all of one class."""


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
_CHANGE = re.compile(
    r"\s*(?:higher|lower|up|down|above|below|more|less|fewer|discount|premium|gain|rise|fall|off)\b", re.IGNORECASE
)
"""Behind a percentage that is a change, or a distance."""
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
    pairs = dict(_couples(page))
    taken = {*pairs.values(), *issued(page)}
    found = [_part(page, count, share) for count, share in pairs.items()]
    for index in range(len(page.claims)):
        if index in pairs or index in taken or not _is_number(page, index):
            continue
        if _is_count(page, index):
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
    counts = [p for p in found if p.traded and p.share is None]
    shares = [p for p in found if p.count is None and p.share is not None and _is_of(page, p.share, whole)]
    if len(counts) != 1 or len(shares) != 1 or any(p.traded for p in found if p not in (*counts, *shares)):
        return found
    count, share = counts[0].figures[0], shares[0].figures[0]
    if abs(page.found(count).sentence - page.found(share).sentence) > _APART:
        return found
    rest = [p for p in found if p not in (*counts, *shares)]
    return [*rest, Part(count, share, traded=True, loose=True)]


def _is_of(page: Page, share: int, whole: set[int]) -> bool:
    """Whether a percentage stands right beside the number of all shares, as a part of it."""
    behind = share + 1 in whole and _OF_WHOLE.fullmatch(page.gap(share, share + 1))
    before = share - 1 in whole and page.gap(share - 1, share).strip() in {"的", "之"}
    return bool(behind or before)


_OF_WHOLE = re.compile(r" of (?:the |its |all |some |about )*")


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


def issued(page: Page) -> list[int]:
    """Counts of all shares, or of all of one class, by their kind or by the words beside them."""
    counts = [i for i in range(len(page.claims)) if _is_number(page, i) and _of_shares(page, i)]
    whole = {
        i
        for i in counts
        if page.kind(i) == "shares.issued" or _ALL_BEFORE.search(page.lead(i)) or _ALL_BEHIND.match(page.tail(i))
    }
    classes = {i for i in counts if i + 1 in whole and _is_class(page, i)}
    return sorted(i for i in whole | classes if not _SIDE.search(page.lead(i)) and not _NEW.match(page.tail(i)))


def _is_class(page: Page, index: int) -> bool:
    """Whether a count is of all of one class: "it has 300 million H shares and 900 million in all"."""
    total = page.found(index + 1).number
    sizeable = total / _SMALLEST < page.found(index).number < total
    named = page.claims[index].share_class in {"A", "B", "H"} and page.kind(index) not in TRADED
    return sizeable and named and page.together(index, index + 1) and not _OUT_OF.search(page.gap(index, index + 1))


_NEW = re.compile(r" (?:new|additional|more|bonus|convertible|such|options?|warrants?)\b", re.IGNORECASE)
"""Behind a count of shares that come on top of all the others."""
_SMALLEST = 10
"""A class is seldom less than a tenth of all shares; a holding mostly is."""
_SIDE = re.compile(r"\b(?:from|to)(?: about| some)? $", re.IGNORECASE)
"""In front of a count that is one side of a change."""
_OUT_OF = re.compile(r"\bof\b|中")


def compared(page: Page, one: Part, other: Part) -> bool:
    """Whether two holdings are before and after, by their kinds or the words between them."""
    kinds = [{page.kind(i).split("_")[0] for i in part.figures} for part in (one, other)]
    if {"stake.before"} in kinds and any("stake.before" not in k for k in kinds):
        return True
    first, second = sorted((one, other), key=lambda p: p.figures[0])
    if from_to(page, first.figures[0], second.figures[0]):
        return True
    between = page.text[page.found(max(first.figures)).end : page.found(min(second.figures)).start]
    return len(between) < _GAP * 2 and _COMPARED.search(between) is not None


def _is_number(page: Page, index: int) -> bool:
    """Whether a figure is a number above nought, and no count of parts of shares, which has lost its magnitude."""
    found = page.found(index)
    broken = found.unit == "shares" and found.value is not None and found.value != found.value.to_integral_value()
    return found.value is not None and positive(page.bounds(index)) and not broken


def _is_count(page: Page, index: int) -> bool:
    """Whether a figure counts shares that somebody holds or trades."""
    kind = page.kind(index)
    side = kind == "shares.issued" and _SIDE.search(page.lead(index)) is not None
    return _of_shares(page, index) and (kind in TRADED or kind in _HELD_COUNTS or side)


def _of_shares(page: Page, index: int) -> bool:
    counted = page.kind(index) in TRADED or page.kind(index) in _HELD_COUNTS or page.kind(index) == "shares.issued"
    return page.found(index).unit == "shares" or (page.found(index).unit == "count" and counted)


def _is_level(page: Page, index: int) -> bool:
    """Whether a percentage that stands alone is a holding or the size of a trade."""
    known = page.is_stake(index) or page.kind(index) == "transaction.stake_pct"
    others = (
        _of_less(page, index)
        or _LINE.search(page.text[max(page.found(index).start - _LINES, 0) : page.found(index).start])
        or _DISTANCE.search(page.lead(index))
        or _PUBLIC.search(page.lead(index))
        or _ELSEWHERE.match(page.text, page.found(index).end)
    )
    return known and page.found(index).unit == "pct" and not others


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
    return kind == "transaction.stake_pct" or (
        kind == "stake.pct" and _DEALT.search(page.lead(share) + re.sub(r"\w+$", "", page.tail(share, 16))) is not None
    )


def _of_less(page: Page, share: int) -> bool:
    """Whether a percentage is of less than all shares: of the holder's own, of the float."""
    around = page.lead(share, 24) + page.found(share).text + re.split(r"[,，]", page.tail(share, 32))[0]
    return _NOT_OF_ALL.search(around) is not None or (_VOTES.search(around) is not None and page.has(_WEIGHTED))


def _couples(page: Page) -> Iterator[tuple[int, int]]:
    """Counts and the percentages said of them, neighbours, or two of each in the same order."""
    taken: set[int] = set()
    for first in range(len(page.claims) - 3):
        a, b, x, y = range(first, first + 4)
        if not taken & {a, b, x, y} and page.together(a, y) and _is_row(page, a, b, x, y):
            taken |= {a, b, x, y}
            yield a, x
            yield b, y
    whole = set(issued(page))
    for one in range(len(page.claims) - 1):
        other = _next(page, one, whole)
        if one in whole and _ALL_BEFORE.search(page.lead(one)):
            continue
        if one in taken or not page.together(one, other) or not (_is_number(page, one) and _is_number(page, other)):
            continue
        gap = page.gap(one + 1 if one + 1 in whole or page.is_amount(one + 1) else one, other)
        if _is_count(page, one) and _is_share(page, other) and _beside(gap, sure=_of_stake(page, other)):
            taken |= {one, other}
            yield one, other
        elif _is_share(page, one) and _is_count(page, other) and _BACK.fullmatch(page.gap(one, other)):
            taken |= {one, other}
            yield other, one
    for count in range(len(page.claims) - 2):
        old, new = count + 1, count + 2
        if not taken & {count, old, new} and page.together(count, new) and _is_led(page, count, old, new):
            taken |= {count, new}
            yield count, new


def _next(page: Page, index: int, whole: set[int]) -> int:
    """The next figure, past a day or the number of all shares: "4 million shares on 3 May, or 2%"."""
    aside = index + 2 < len(page.claims) and (
        page.found(index + 1).unit == "date" or index + 1 in whole or _is_worth(page, index + 1)
    )
    return index + 2 if aside else index + 1


def _is_worth(page: Page, index: int) -> bool:
    """Whether an amount stands between a count and a percentage that is said to be of all shares."""
    words = page.lead(index + 1) + "|" + page.tail(index + 1, 32)
    return page.is_amount(index) and page.found(index + 1).unit == "pct" and _OF_ALL.search(words) is not None


_OF_ALL = re.compile(
    r"[占佔](?:公司)?(?:已[发發]行|[总總])?股[本份]|[总總]股本的[约約]?\||\| of (?:the )?(?:company|issued|share capital|total|shares outstanding)"
)


def _is_led(page: Page, count: int, old: int, new: int) -> bool:
    """Whether a count is that of the second of two percentages: 持有2,800万股,比例由6%升至7%."""
    held = _is_number(page, count) and _is_count(page, count) and page.kind(count) not in TRADED
    return (
        held
        and from_to(page, old, new)
        and _is_share(page, old)
        and _is_share(page, new)
        and len(page.gap(count, old)) <= _GAP
    )


def _is_row(page: Page, *row: int) -> bool:
    """Whether four figures are two counts and their two percentages: 由2,400萬股增至2,800萬股,比例由6%升至7%."""
    if not all(_is_number(page, i) for i in row):
        return False
    a, b, x, y = row
    if _TOGETHER.search(page.gap(a, y)):
        return False
    counts = all(_is_count(page, i) and page.kind(i) not in TRADED for i in (a, b))
    return (
        counts
        and all(page.is_stake(i) and not _of_less(page, i) for i in (x, y))
        and ((page.found(a).number < page.found(b).number) == (page.found(x).number < page.found(y).number))
    )


_TOGETHER = re.compile(r"\b(?:together|combined|in all|including)\b|合[计計共]|[连連]同", re.IGNORECASE)
"""Among two counts and two percentages: one of these is of both counts."""


def _is_share(page: Page, index: int) -> bool:
    found = page.found(index)
    own = found.unit == "pct" and page.kind(index) in _PERCENTS and not found.growth
    return own and not _CHANGE.match(page.tail(index)) and not _of_less(page, index)


def _of_stake(page: Page, index: int) -> bool:
    """Whether a percentage is, by its kind, a holding or a trade: it needs no word that joins it to its count."""
    return page.kind(index) in STAKES or page.kind(index) == "transaction.stake_pct"


def _beside(gap: str, *, sure: bool) -> bool:
    plain = _TURNED.sub(" is ", gap)
    return (
        len(gap) <= _GAP
        and not _OTHER.search(plain)
        and (sure or _JOINED.search(gap) is not None)
        and not re.search(r"[.。;；\n]", plain.replace("i.e.", ""))
    )
