"""What words say of the way from one of two compared levels to the other: that it rose, fell, turned from loss to profit or halved."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from stakeline.checks.relations.changes.compared import STOP, Compared, between, is_plain, measures
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.page import QUOTES, Page, reached
from stakeline.checks.relations.page import magnitude as unsigned
from stakeline.model.numbers import Interval

_UP_EN = (
    r"r[oi]se[ns]?|gr[eo]wn?|increas(?:e|es|ed)|climb(?:s|ed)?|jump(?:s|ed)?|surge[sd]?|soar(?:s|ed)?|leap(?:t|ed)?|swell(?:ed)?|swollen|expand(?:s|ed)?|widen(?:s|ed|ing)?|deepen(?:s|ed)?"
    r"|rais(?:es|ed)|lift(?:s|ed)|boost(?:s|ed)|mount(?:s|ed)|advance[sd]?|balloon(?:s|ed)|higher|larger|greater|bigger|wider|more than (?=in|the|its|that|a year)|(?:edged|inched|ticked|nudged|crept) up"
)
_DOWN_EN = (
    r"f[ae]ll(?:en|s)?|dropp?(?:s|ed)?|declin(?:e|es|ed)|decreas(?:e|es|ed)|slid(?:es?)?|slump(?:s|ed)?|plung(?:e|es|ed)|sank|shr[aiu]nk(?:s|ing)?|narrow(?:s|ed|er|ing)?|lower(?:ed|s)?"
    r"|reduc(?:es|ed)|cuts?|trim(?:s|med)?|slipp?(?:s|ed)?|tumble[sd]?|dipp?(?:s|ed)?|pare[sd]?|slash(?:es|ed)|dwindle[sd]?|eased?|contract(?:s|ed)|smaller|fewer|less than (?=in|the|its|that|a year)|fell short|(?:edged|inched|ticked|nudged) down"
)
_GOOD_EN, _BAD_EN = (
    r"improv(?:e|es|ed|ement)|better|recover(?:s|ed)?|rebound(?:s|ed)?",
    r"worse(?:n|ns|ned)?|deteriorat(?:es|ed)|weaker",
)
_UP_ZH = "上升|攀升|提升|提高|增加|增长|增長|扩大|擴大|上调|上調|大增|激增|增亏|增虧|加深|为多|為多|多过|多過|(?<![略稍微])高于|(?<![略稍微])高於|增(?=[至到])|升(?=[至到])"
_DOWN_ZH = "下降|降低|减少|減少|收窄|缩小|縮小|缩减|縮減|减亏|減虧|下调|下調|下滑|下跌|下挫|回落|大减|大減|锐减|銳減|为少|為少|少于|少於|低于|低於|少过|少過|[减減降跌](?=[至到])"
_GOOD_ZH, _BAD_ZH = "改善|好转|好轉|进步|進步|创新高|創新高|多赚|多賺", "恶化|惡化|倒退|加剧|加劇|少赚|少賺"
_WAY = re.compile(
    rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN})|(?P<good>{_GOOD_EN})|(?P<bad>{_BAD_EN}))\b"
    rf"|(?<![幅速率不未])(?:(?P<up_zh>{_UP_ZH})|(?P<down_zh>{_DOWN_ZH})|(?P<good_zh>{_GOOD_ZH})|(?P<bad_zh>{_BAD_ZH}))"
    r"|\b(?:(?P<up_on>up|above)|(?P<down_on>down|below))\b(?= (?:from|on|at|the)\b)",
    re.IGNORECASE,
)
_OF_SIZE = re.compile(
    r"narrow|shr[aiu]nk|wide|expand|deepen|swell|swollen|cut|reduc|trim|smaller|larger|bigger|收窄|缩小|縮小|缩减|縮減|扩大|擴大|减|減|增|加深|为|為|多|少|高|低",
    re.IGNORECASE,
)
"""Of a loss these speak of its size; "rise" is the opposite of a profit and of a loss, unless it is the loss that rises."""
_LOSS_THEN = re.compile(
    r"(?:loss(?:es)?|deficit)(?: (?:[a-z]+ly|has|had|have|for the (?:year|half|quarter|period)))* $|[亏虧][损損](?:同比|按年|大幅|有所|进一步|進一步)*$",
    re.IGNORECASE,
)
_LOSS = re.compile(r"\bloss|\blost\b|deficit|shortfall|red ink|outflow|in the red|亏|虧|蝕|赤字|流出", re.IGNORECASE)
_PROFIT = re.compile(
    r"profit|earn|income|surplus|inflow|in(?:to)? the black|盈利|净利|淨利|溢利|利润|利潤|纯利|純利|盈余|盈餘|赚|賺|流入",
    re.IGNORECASE,
)
_TO_PROFIT = re.compile(
    r"\b(?:(?:returned|swung|turned|came back|moved|bounced|climbed) (?:back )?(?:in)?to (?:the black|(?:a )?(?:net )?profit(?:ability)?)|back in (?:the black|profit))\b"
    r"|(?:扭[亏虧]|[转轉][亏虧])[为為]盈|扭[亏虧](?![为為])|由[亏虧][转轉]盈|成功[转轉]盈",
    re.IGNORECASE,
)
_TO_LOSS = re.compile(
    r"\b(?:slipped|swung|fell|slid|plunged|turned|tumbled|dropped|sank) (?:back )?(?:in)?to (?:the red|(?:a )?(?:net )?loss)\b|由盈[转轉][亏虧]|[转轉]盈[为為][亏虧]|(?<!由)[转轉][亏虧蝕](?![为為])",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not|never|yet|expects?|hopes?|aims?|will|would|could|(?-i:may)|if|until|after|before|since|once|from)\b[^,.;]{0,24}$|(?:未|有望|预计|預計|料|预期|預期|力争|力爭|若|如|将|將|能否|争取|爭取)[^,，。]{0,8}$",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:as|after|while|whereas|although|though|but|and|on|thanks|helped|due|because|despite|amid|following|which|who|when|with|by|ahead|short of (?!last))\b|主因|因为|因為|由于|由於|受|但|而|惟|其中|同时|同時",
    re.IGNORECASE,
)
"""Behind two levels: what follows is of something else."""
_JOINT = re.compile(r"\b(?:as|after|while|whereas|when|because|but|although|and)\b", re.IGNORECASE)
"""In front of two levels: what stands before is of something else."""
_PARTED = re.compile(r"[,，;；:：()（）]|\b(?:and|was|were|is)\b", re.IGNORECASE)
"""Between a verb and two levels: they may be of another verb."""
_CLAUSE = re.compile(r"[^,，;；]*(?=[,，;；])")
_REACH, _BACK, _BEHIND = 120, 90, 60
_TOKENS = re.compile(r"[A-Za-z'’-]+")
_ENDS = re.compile(r"\s*(?:[,.;:()]|$)")
_ENDS_ZH = re.compile(r"\s*(?:[,，、。;；:：()（）!！?？至到了为為达達约約0-9]|$)")
_WORDS = re.compile(r"[^.!?。！？;；\n]+$")


_UP = re.compile(
    rf"\b(?:(?<!given )(?<!giving )(?<!gave )(?<!give )up|{_UP_EN}|gain(?:ed|s)?|added|advanc\w+|higher|growth|plus|raising|dearer)\b|{_UP_ZH}|增幅|升幅|涨幅|漲幅|多出|飙升|飆升|急增|急升|微增|劲升|勁升|多[了赚賺]|进步|進步|增|升|[涨漲](?!跌)|(?<=[,，;；、(（])多|[揚扬](?![言弃棄])",
    re.IGNORECASE,
)
_DOWN = re.compile(
    rf"\b(?:down|{_DOWN_EN}|g(?:ave|iven?|iving) up|lower|los[te]|shed|contract\w*|minus|cheaper)\b|{_DOWN_ZH}|跌幅|降幅|大跌|急跌|减亏|減虧|微降|倒退|少[了赚賺]|缩水|縮水|萎[缩縮]|滑落|蒸[发發]|跌|降|减|減|挫|[泻瀉]|(?<=[,，;；、(（])少",
    re.IGNORECASE,
)
"""Beside a change in figures."""
_MEASURED = re.compile(r" (?:(?P<up>more|above|over)|less|fewer|below|under)\b", re.IGNORECASE)
"""Right behind one: "15% above the 75 cents"."""
TURNS = re.compile(
    rf"{_TO_PROFIT.pattern}|{_TO_LOSS.pattern}|\bturn(?:s|ed|ing)? (?:a|to|into|from|around)\b|\bsw[iu]ng|扭[亏虧]|由盈|由[亏虧]|[转轉][亏虧盈]",
    re.IGNORECASE,
)
_REACH = 90


class Way(NamedTuple):
    """Words between start and end of the text that say which way a level went; up: None where that depends on what it is of."""

    start: int
    end: int
    up: bool | None
    good: bool | None = None


def ways(page: Page, two: Compared) -> list[Way]:
    """The words around two levels that say which way it went, where they agree and speak of one measure; else the one that leads to them."""
    first = min(two.new, two.old)
    whole = page.lead(first, _REACH)
    lead = _JOINT.split(whole)[-1]
    parts = [(page.found(first).start - len(lead), lead), *_parts(page, two)]
    found = [_way(offset, m) for offset, text in parts for m in _WAY.finditer(text) if _of_itself(m, text)]
    told = " ".join(text for _, text in parts)
    if not found and lead == whole:
        found, told = _sentence_before(page, first, lead, told)
    if len({(w.up, w.good) for w in found}) == 1 and len(measures(told)) <= 1:
        return found
    near = max(_WAY.finditer(lead), key=lambda m: m.start(), default=None)
    rest = lead[near.end() :] if near is not None else ""
    if near is None or not is_plain(rest) or _PARTED.search(rest):
        return []
    return [_way(page.found(first).start - len(lead), near)]


def _parts(page: Page, two: Compared) -> Iterator[tuple[int, str]]:
    """The words between two levels and behind them, and those of a change of just their size; with the offset of each."""
    first, second = sorted((two.new, two.old))
    if first and page.together(first - 1, first) and _of_size(page, first - 1, two):
        lead = _JOINT.split(page.lead(first - 1))[-1]
        yield page.found(first - 1).start - len(lead), lead
    for index in range(first, second):
        if index + 1 == second or not _is_change(page, index + 1) or _of_size(page, index + 1, two):
            gap = page.gap(index, index + 1)
            stop = max((m.end() for m in STOP.finditer(gap)), default=0)
            yield page.found(index).end + stop, gap[stop:]
    tail = page.tail(second, _BEHIND)
    following = second + 1 < len(page.claims) and page.found(second + 1).start <= page.found(second).end + len(tail)
    if not following or _of_size(page, second + 1, two):
        yield page.found(second).end, _CAUSE.split(tail)[0]
    elif (clause := _CLAUSE.match(tail)) is not None:
        yield page.found(second).end, _CAUSE.split(clause[0])[0]


def _of_size(page: Page, index: int, two: Compared) -> bool:
    """Whether a figure is a change of the size that two levels give, whatever its direction."""
    growth = (page.bounds(two.new) / page.bounds(two.old) - Interval.exact(1)) * Interval.exact(100)
    return page.found(index).unit == "pct" and fit(page.found(index), unsigned(growth)) is Fit.AGREES


def _sentence_before(page: Page, first: int, lead: str, told: str) -> tuple[list[Way], str]:
    """The words of a short sentence without figures right in front of that of the two levels, of the same measure."""
    end = page.found(first).start - len(lead)
    floor = max(page.found(first - 1).end if first else 0, end - _BACK)
    words = _WORDS.search(page.text[floor:end].rstrip(" .!?。！？"))
    if words is None or (floor and words.start() == 0):
        return [], told
    found = [_way(floor + words.start(), m) for m in _WAY.finditer(words[0]) if _of_itself(m, words[0])]
    return found, f"{words[0]} {told}"


def _of_itself(word: re.Match[str], text: str) -> bool:
    """Whether a word has no object of another kind: "raised output", 提升效率."""
    rest = text[word.end() :]
    if word.lastgroup is not None and word.lastgroup.endswith("_zh"):
        return _ENDS_ZH.match(rest) is not None or word[0][-1] in "于於过過"
    if _ENDS.match(rest):
        return True
    first, second = [*_TOKENS.findall(rest), "", ""][:2]
    plain = is_plain(first) and (first not in {"its", "the", "their", "a", "an"} or is_plain(second))
    return plain or first.endswith("ly")


def _is_change(page: Page, index: int) -> bool:
    return page.found(index).unit in {"pct", "x"}


def _way(offset: int, word: re.Match[str]) -> Way:
    name = next(n for n, text in word.groupdict().items() if text is not None)
    sense = {"up": (True, None), "down": (False, None), "good": (None, True), "bad": (None, False)}[
        name.partition("_")[0]
    ]
    return Way(offset + word.start(), offset + word.end(), *sense)


def way(page: Page, index: int) -> bool | None:
    """Whether the words next to a change have it go up: the nearest in front of it, else those behind; None where none tells."""
    lead = page.lead(index, 28)
    if extent := _EXTENT.search(lead):
        return extent["fall"] is None
    up, down = (max((m.end() for m in w.finditer(lead)), default=0) for w in (_UP, _DOWN))
    if up != down:
        return up > down
    behind = re.split(r"[,，、]", page.tail(index, 18))[0]
    if measured := _MEASURED.match(behind):
        return measured["up"] is not None
    up, down = (len(behind) - m.start() if (m := w.search(behind)) else 0 for w in (_UP, _DOWN))
    return up > down if up != down else None


_EXTENT = re.compile(
    r"(?:(?P<fall>[跌降])|[升涨漲])幅(?:[^0-9,，。]{0,3}(?:扩大|擴大|收窄|缩小|縮小))[至到][约約近逾]?$"
)
"""In front of a change: how far something fell is said to have grown, 跌幅擴大至8%; it fell all the same."""


def verb(page: Page, index: int) -> Way | None:
    """The words next to a change that say which way it went, where none of its clause says the other: not 升幅收窄至2%."""
    lead = _CLAUSES.split(page.lead(index, 40))[-1]
    behind = "" if _UP.search(lead) or _DOWN.search(lead) else _CLAUSES.split(page.tail(index, 18))[0]
    text, start = (lead, page.found(index).start - len(lead)) if not behind else (behind, page.found(index).end)
    ups, downs = (list(w.finditer(text)) for w in (_UP, _DOWN))
    if bool(ups) == bool(downs) or _MEASURED.match(behind):
        return None
    word = (ups or downs)[-1]
    return Way(start + word.start(), start + word.end(), bool(ups))


_CLAUSES = re.compile(r"[,，、(（;；]")


def rises(page: Page, index: int) -> bool | None:
    """Whether a change is said to go up: by its claim, else by the words next to it."""
    told = {"up": True, "down": False}.get(page.claims[index].direction or "")
    return way(page, index) if told is None else told


def sized(page: Page, index: int) -> bool:
    """Whether the words next to a change of a loss can only be of its size."""
    lead = page.lead(index, 28)
    word = max(_WAY.finditer(lead), key=lambda m: m.start(), default=None)
    return _OF_SIZE.search(lead) is not None or (
        word is not None and _LOSS_THEN.search(lead[: word.start()]) is not None
    )


def signs(page: Page, two: Compared) -> tuple[int, int]:
    """Of the newer and the older level 1 for a profit, -1 for a loss, 0 where no word tells; the second is what the first is, if silent."""
    first, second = sorted((two.new, two.old))
    one = _sign(page, first, page.lead(first, _REACH))
    other = _sign(page, second, between(page, first, second)) or one
    one = one or other
    return (one, other) if first == two.new else (other, one)


def _sign(page: Page, index: int, words: str) -> int:
    if page.text[page.found(index).start - 1 : page.found(index).start] in {"-", "−", "–", "负", "負"}:
        return -1
    if page.kind(index) == "result.net_loss":
        return -1
    loss, profit = (max((m.end() for m in w.finditer(words)), default=0) for w in (_LOSS, _PROFIT))
    if loss or profit:
        return -1 if loss > profit else 1
    behind = page.tail(index, 12)
    if _LOSS.match(behind.lstrip()):
        return -1
    return 1 if page.kind(index) == "result.net_profit" else 0


def refuted(page: Page, two: Compared) -> Iterator[Way]:
    """The words around two levels that these refute."""
    if reached(page.found(two.new)).meet(reached(page.found(two.old))) is not None:
        return
    new, old = signs(page, two)
    up = page.found(two.new).number > page.found(two.old).number
    if new == old and page.kind(min(two.new, two.old)) not in QUOTES:  # "fell back to" may be from the day's high
        said = ways(page, two)
        yield from (w for w in said if _against(page, w, up=up, loss=new < 0))
    yield from _turns(page, two, new)


def _against(page: Page, word: Way, *, up: bool, loss: bool) -> bool:
    """Whether a level went the other way than a word says."""
    if word.up is None:
        return (word.good == up) is loss
    before = page.text[max(word.start - _REACH, 0) : word.start]
    own = _OF_SIZE.match(page.text, word.start) or (_LOSS.search(before) and not _PROFIT.search(before))
    return word.up != up and (not loss or bool(own))


def _turns(page: Page, two: Compared, new: int) -> Iterator[Way]:
    """Words of a turn to profit where the newer level is a loss, and the other way round."""
    first, second = sorted((two.new, two.old))
    begin = max(page.found(first).start - _REACH, page.found(first - 1).end if first else 0)
    text = page.text[begin : page.found(second).end] + page.tail(second, 24)
    for words, after in ((_TO_PROFIT, 1), (_TO_LOSS, -1)):
        for word in words.finditer(text):
            if new == -after and not _UNSURE.search(text[: word.start()]):
                yield Way(begin + word.start(), begin + word.end(), after > 0)


_HALF = re.compile(r"腰[斩斬]|(?<![近超过過逾])减半|(?<![近超过過逾])減半")
_ABOUT_HALF = Interval(Decimal("0.4"), Decimal("0.62"))


def unhalved(page: Page, two: Compared) -> Iterator[Way]:
    """Words of halving right behind a level that is no half of the older one."""
    ratio = page.bounds(two.new) / page.bounds(two.old)
    last = max(two.new, two.old)
    tail = page.tail(last, 16)
    word = _HALF.search(tail)
    if word is not None and is_plain(tail[: word.start()]) and ratio.meet(_ABOUT_HALF) is None:
        yield Way(page.found(last).end + word.start(), page.found(last).end + word.end(), up=False)
