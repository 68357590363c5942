"""The free text of a notice: what its words say happened. Uncertain is unknown.

A deed counts where its words stand in a sentence as done, by the holder or to the issuer's shares: not denied, not
planned, not conditional, not an earlier one. That shares changed hands is read only where no word that denies, cancels,
foretells or makes conditional stands anywhere in the text: a true reading may be lost by that, none is invented. Where a
text tells two deeds that do not belong together nothing is read from it. English and both Chinese scripts.
"""

import re
from collections.abc import Iterator

from stakeline.model.law import Direction
from stakeline.model.problems import printable
from stakeline.model.stakes import Deed, Said

LONGEST = 20_000
"""Characters of a text that are read. A filer has no reason to write more, and patterns must stay fast on hostile ones."""
_LONGEST_SENTENCE = 1_000
_LONGEST_QUOTE = 160
_REACH = 40
_CHINESE_REACH = 6
_AFTER = 60

_NEAR = r"[^.。;；]{0,60}"
_SHARES = r"(?:shares?|stock|class|notes?|bonds?|debentures?)"
_CONVERT = r"conver(?:sion|ted|ting)\b(?!\s+(?:price|rate|ratio|right|period))"
_CONVERSION = re.compile(
    rf"\b{_CONVERT}{_NEAR}\b{_SHARES}\b|\b{_SHARES}\b{_NEAR}\b{_CONVERT}"
    r"|(?:轉換|转换|兌換|兑换|轉為|转为|轉股|转股).{0,20}[股債债]|[股債债].{0,20}(?:轉換|转换|兌換|兑换|轉為|转为|轉股|转股)",
    re.IGNORECASE,
)
"""A conversion of shares, notes or bonds, told as done: the word and what is converted within one sentence. A convertible
bond that is merely mentioned, its conversion price or rate, and amounts of money converted do not count."""
_NOT_CONVERTED = re.compile(
    r"\b(?:no|not|none|never|without|if|unless|before|upon full|assuming)\b|[未不若如]", re.IGNORECASE
)
_NOT_CONVERTED_REACH = 24

_DEEDS = {
    deed: re.compile(pattern, re.IGNORECASE)
    for deed, pattern in {
        Deed.SALE: r"\bsold\b|\bdispos(?:ed of|als? of|ed)\b|\b(?:on|off)[- ]market (?:sale|disposal)s?\b"
        r"|\b(?:sale|selling) of\b|出售|沽出|賣出|卖出|減持|减持|售出",
        Deed.PURCHASE: r"\bbought\b(?! back)|\bpurchased\b|\bpurchases?\b(?! (?:price|agreement|option|right))|\bacquired\b|\bacquisitions? of\b"
        r"|\b(?:on|off)[- ]market (?:purchase|acquisition)s?\b|購入|购入|買入|买入|購買|购买|增持|收購|收购",
        Deed.SUBSCRIPTION: r"\bsubscri(?:bed|ption|bing)\b|認購|认购",
        Deed.PLACING: r"\bplac(?:ing|ement|ed) (?:of|down)?|配售",
        Deed.DILUTION: r"\bdilut\w+|\b(?:increase[ds]?|enlarge\w*) (?:\w+ ){0,6}(?:issued|share capital)"
        r"|\b(?:issued|share capital)\b(?:[ \w]{0,40})\b(?:increased|enlarged)\b"
        r"|\b(?:issue|issuance|allotment)\b(?: and (?:issue|allotment))? of (?:[\d,]+ )?new\b"
        r"|攤薄|摊薄|稀釋|稀释|發行新股|发行新股|(?:擴大|扩大|增加).{0,6}已[發发]行|已[發发]行.{0,10}(?:增加|擴大|扩大)",
        Deed.BUY_BACK: r"\b(?:re-?purchase[ds]?|buy-?backs?|bought back|cancell?ation of)\b|回購|回购|購回|购回|註銷|注销",
        Deed.LAPSE: r"\blaps(?:e|ed|ing)\b|\bexpir(?:ed|y)\b|\bforfeit\w*|失效|屆滿|届满|到期|沒收|没收",
        Deed.GIFT: r"\bgift(?:s|ed)?\b|\bdonat\w+|\b(?:nil|no|without) consideration\b|饋贈|馈赠|贈與|赠与|捐贈|捐赠|無償|无偿",
        Deed.RESTRUCTURING: r"\bre-?structur\w+|\bre-?organi[sz]ation\b|\b(?:internal|intra-?group) (?:\w+ )?transfers?\b"
        r"|\bwithin the (?:same )?group\b|重組|重组|內部轉讓|内部转让",
        Deed.LENDING: r"\b(?:stock|securities) (?:borrow|lend)\w*|\blent\b|\bborrowed\b|借出|借入|歸還|归还",
        Deed.PLEDGE: r"\bpledge[ds]?\b|\bcharged?\b (?:over|of)|\bsecurity interest|質押|质押|抵押",
        Deed.VESTING: r"\bvest(?:ed|ing)\b|歸屬|归属",
        Deed.DISTRIBUTION: r"\bdistribut\w+ in (?:specie|kind)|實物分派|实物分派",
    }.items()
}
_NOT_DONE = re.compile(
    r"\b(?:not?|none|never|neither|without|if|unless|would|will|may|might|could|shall|intend\w*|propos\w+|plan\w*"
    r"|agreed? to|subject to|conditional|pending|before|prior|previous(?:ly)?|earlier|other than|instead of|rather than)\b",
    re.IGNORECASE,
)
_NOT_DONE_CHINESE = re.compile(r"[未不無无若如擬拟將将曾非]|可能|計劃|计划|先前|此前")
_UNDONE = re.compile(
    r"\b(?:not (?:been )?complet\w*|not (?:take|taken) place|terminated|aborted|rescinded|called off)\b|未完成|終止|终止",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\bby (?:the (?:company|issuer|listed corporation)|other|another|certain|third)"
    r"|\b(?:the (?:company|issuer|listed corporation)|other shareholders?|another shareholder) (?:has |have |had )?",
    re.IGNORECASE,
)
"""Somebody else is named as doing it. Only what the issuer does with its own shares is told by such words."""
_END = re.compile(r"(?<=[.;!?])\s+|[。；！？\r\n]+")

_HEDGE = re.compile(
    r"\b(?:not?|none|nothing|nobody|nil|zero|never|neither|nor|without|cannot|lack|absence|whether|if|unless|until|would|will"
    r"|may|might|can|could|should|shall|must|yet|possibl[ey]|potential|future|forthcoming|upcoming|hardly|unable|unsuccessful\w*"
    r"|deni\w+|deny\w*|incorrect\w*|wrong\w*|false\w*|untrue|mistak\w+|erro(?:r|neous)\w*|alleg\w+|purport\w*|rumou?r\w*"
    r"|cancel\w*|withdr[ae]w\w*|terminat\w+|laps\w+|fail\w*|abort\w*|rescind\w*|resci\w+|void\w*|revers\w+|revok\w+|called off"
    r"|refus\w+|reject\w*|declin\w+|stop\w*|ceas\w+|halt\w*|suspend\w*|postpon\w+|delay\w*|defer\w*|abandon\w*|avoid\w*"
    r"|prohibit\w*|restrict\w*|prevent\w*|block\w*|unwound|unwind\w*"
    r"|propos\w+|plan\w*|intend\w*|intention\w*|expect\w*|anticipat\w+|schedul\w+|aim\w*|seek\w*|wish\w*|consider(?:s|ed|ing)?"
    r"|contemplat\w+|estimat\w+|agree[ds]?|agreements? (?:to|for)|option to|right to|going to|about to|to be|subject to"
    r"|condition\w*|pending|before|prior|previous\w*|earlier|former\w*|other than|except\w*|instead|rather than|hypothetical\w*|n/a)\b"
    r"|n['\u2018\u2019`]t\b|\b(?:is|are|was|were|do|does|did|has|have|had|wo|ca)nt\b|\bun(?:sold|completed|executed)\b"
    r"|(?<![\d.,])0(?:\.0+)?(?![\d,]|\.\d)|[:：]\s*[-\u2013\u2014]|[?？]"
    r"|[沒没無无未不非否別别毋勿莫免零〇若如倘待擬拟將将會会欲須须應应曾尚撤假錯错誤误]|取消|[終终中停]止|終結|暫停|暂停|拒[絕绝]|放[棄弃]"
    r"|計劃|计划|預[期計]|预[期计]|可能|可以|打算|有意|準備|准备|考慮|考虑|先前|此前|過往|失敗|失败|失效|避免|禁止|限制|推[遲迟]|延[期後后]"
    r"|同意|協議|协议|意向|除[非外]|之前|[訂订]於",
    re.IGNORECASE,
)
"""Any word that denies, cancels, foretells or makes conditional. One anywhere in a text leaves open whether shares changed hands."""
_UNHEDGED = re.compile(
    r"\b(?:[0-3]?\d(?:st|nd|rd|th)? (?:of )?May|May,? \d{1,4}|MAY,? \d{1,4}|[0-3]?\d MAY)\b"
    r"|(?i:\b(?:nil|no|without) consideration\b)|無償|无偿"
)
"""What looks like such a word and is none: the month of May, and a gift's missing consideration."""
_DENIAL = re.compile(
    r"\b(?:no|not|none|nothing|nil|zero|never|neither|cancelled|canceled|aborted|rescinded|terminated|denie[sd])\b|n['\u2019]t\b"
    r"|[沒没]有|並[無无未]|并[无未]|未[有曾]?|取消|[終终]止|拒[絕绝]",
    re.IGNORECASE,
)
_DENIED = {
    Direction.DISPOSE: re.compile(
        r"\b(?:s[eo]ld|sell|sale|dispos(?:al|ed?))\b|出售|沽出|賣出|卖出|減持|减持|售出", re.IGNORECASE
    ),
    Direction.ACQUIRE: re.compile(
        r"\b(?:buy|bought|purchased?|acqui(?:red?|sition))\b|購入|购入|買入|买入|購買|购买|增持|收購|收购",
        re.IGNORECASE,
    ),
}
_OWN = frozenset({Deed.DILUTION, Deed.BUY_BACK, Deed.LAPSE, Deed.CONVERSION, Deed.RESTRUCTURING})
_SIGNS = {Deed.SALE: Direction.DISPOSE, Deed.PURCHASE: Direction.ACQUIRE, Deed.SUBSCRIPTION: Direction.ACQUIRE}
_STILL = frozenset(
    {Deed.DILUTION, Deed.BUY_BACK, Deed.CONVERSION, Deed.LAPSE, Deed.RESTRUCTURING, Deed.LENDING, Deed.PLEDGE}
)
_WAYS = {"up": Direction.ACQUIRE, "down": Direction.DISPOSE}
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def says_conversion(text: str | None) -> bool:
    """True where a sentence of a notice says that shares, notes or bonds were converted, and nothing in it denies it."""
    return any(_conversion(s) is not None and not _hedged(s) for s in _sentences(text[:LONGEST])) if text else False


def denial(text: str | None, direction: Direction) -> str | None:
    """The filer's words that are at odds with a code that says that shares were bought or sold; None where none are."""
    if not text or direction not in _DENIED:
        return None
    for sentence in _sentences(text[:LONGEST]):
        if _DENIED[direction].search(sentence) and _DENIAL.search(_UNHEDGED.sub(" ", sentence)):
            return _cut(sentence)
    said = happened(text, None)
    other = said is not None and said.direction in _DENIED and said.direction is not direction
    return said.words if said is not None and other else None


def happened(text: str | None, way: str | None) -> Said | None:
    """What a notice's free text says happened; None where it says nothing, several things, or is uncertain.

    way: "up" or "down" where the notice's code says which way the figure went: words that contradict it give no direction.
    """
    if not text:
        return None
    told: dict[Deed, str] = {}
    for sentence in _sentences(text[:LONGEST]):
        for deed, certain in _deeds(sentence):
            if not certain:
                return None
            told.setdefault(deed, sentence)
    only = _one(set(told), way)
    if only is not None and _uncertain(only, told[only], text[:LONGEST]):
        return None
    return Said(deed=only, words=_cut(told[only]), direction=_direction(only, way)) if only is not None else None


def _uncertain(deed: Deed, sentence: str, text: str) -> bool:
    """True where anything in the text hedges a deed that moves shares, or anything in its sentence one that moves none."""
    if deed not in _STILL:
        return _hedged(text)
    sentence = _UNHEDGED.sub(" ", sentence)
    return bool(_NOT_DONE.search(sentence) or _NOT_DONE_CHINESE.search(sentence) or _UNDONE.search(sentence))


def _hedged(text: str) -> bool:
    return _HEDGE.search(_UNHEDGED.sub(" ", text)) is not None


def _direction(deed: Deed, way: str | None) -> Direction:
    if deed in _STILL:
        return Direction.NEUTRAL
    if deed is Deed.GIFT:
        return _WAYS.get(way or "", Direction.UNKNOWN)
    direction = _SIGNS.get(deed, Direction.UNKNOWN)
    return direction if way is None or direction is _WAYS.get(way) else Direction.UNKNOWN


def _one(deeds: set[Deed], way: str | None) -> Deed | None:
    """The one deed that all belong to: a placing or conversion that enlarged the class diluted whoever went down by it."""
    if Deed.DILUTION in deeds and deeds <= {Deed.DILUTION, Deed.PLACING, Deed.CONVERSION, Deed.SUBSCRIPTION}:
        return Deed.DILUTION if way == "down" or len(deeds) == 1 else None
    if deeds == {Deed.VESTING, Deed.LAPSE}:
        return None
    return next(iter(deeds)) if len(deeds) == 1 else None


def _sentences(text: str) -> Iterator[str]:
    for part in _END.split(text):
        if part.strip():
            yield part[:_LONGEST_SENTENCE]


def _deeds(sentence: str) -> Iterator[tuple[Deed, bool]]:
    """The deeds that a sentence tells as done; False beside one that somebody else did."""
    converted = _conversion(sentence)
    if converted is not None:
        yield Deed.CONVERSION, True
    for deed, pattern in _DEEDS.items():
        for found in pattern.finditer(sentence):
            if _done(sentence, found):
                aside = _OTHERS.search(sentence[max(0, found.start() - _AFTER) : found.end() + _AFTER])
                yield deed, deed in _OWN or aside is None
                break


def _done(sentence: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    if _UNDONE.search(sentence[end : end + _AFTER]):
        return False
    if _CHINESE.match(found[0]):
        return not _NOT_DONE_CHINESE.search(sentence[max(0, start - _CHINESE_REACH) : start])
    return not _NOT_DONE.search(_UNHEDGED.sub(" ", sentence[max(0, start - _REACH) : start]))


def _conversion(text: str) -> re.Match[str] | None:
    for found in _CONVERSION.finditer(text):
        before = text[max(0, found.start() - _NOT_CONVERTED_REACH) : found.start()]
        if not _NOT_CONVERTED.search(before) and not _NOT_CONVERTED.search(found.group()):
            return found
    return None


def _cut(sentence: str) -> str:
    words = printable(sentence)
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"
