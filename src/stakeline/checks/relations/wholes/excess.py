"""Percentages that the words right beside them have be of a whole, and that are more than all of it: a discount of 280%, "the remaining 351%".

`beyond` also asks for counts and levels beside such a figure; here the words alone leave no other reading.
"""

import re

from stakeline.checks.relations.changes.ways import way
from stakeline.checks.relations.page import Page

MORE_THAN_HELD = "No one can hold or trade more than all of a whole."
MORE_THAN_LOST = "Nothing can lose more than all of its value."
_BACK, _BEHIND = 80, 48
_LESS = re.compile(
    r"discount|\b(?:below|under|less|lower|cheaper|short of|off)\b|折[让讓价價扣]|低[于於過过]|[较較比][^,，。;；]{0,12}低",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"premi|\b(?:above|higher|more|over|good|upside)\b|溢[价價]|高[于於出過过]|盈利|潛在|潜在", re.IGNORECASE
)
"""Around a difference of a price from another one: it is smaller, or greater."""
_LEFT = re.compile(
    r"\b(?:the remaining|the other|left with|leaves? (?:it|him|her|them) with)(?: (?:about|around|some|roughly|just|only|nearly))* $"
    r"|(?:[余餘]下|剩[下余餘]?|其[余餘]|公[众眾]只?[余餘])(?:的|之)?[约約]?$",
    re.IGNORECASE,
)
"""In front of what is left of a whole."""
_OF_OWN_HAN = re.compile(
    r"[占佔](?:其|该|該|他|她|本人|[一-龥]{2,4})?所?持有?(?:公司)?(?:股份|股[数數]|股[权權])?(?:[总總][数數])?的?(?:比例)?[为為]?[约約]?$"
    r"|(?:[占佔]|相[当當][于於])[^,，。;；0-9]{0,6}[扩擴]大[后後]的?(?:已[发發]行)?(?:股[本份]|[总總]股本)(?:[总總][数數额額])?的?[约約]?$"
)
"""In front of a part of what someone holds, or of all shares with the new ones."""
_STAKE_HAN = re.compile(r"持股(?:比例|比率|量)?[^,，。;；0-9]{0,8}(?:[降跌减減升增][至到]|[为為达達])[约約]?$")
_STAKE = re.compile(
    r"\b(?:stake|holding|shareholding|interest|ownership)(?: [a-z]+){0,4} (?:to|from|at|of|is|was)(?: (?:about|around|some|roughly|just|only|now))* $",
    re.IGNORECASE,
)
_GROWS = re.compile(r"\b(?:up|gain|profit|return|value|worth|rate|rates|growth|by)\b", re.IGNORECASE)
"""Words in front of a percentage: it is one of someone's shares, but for the second ones."""
_OF_SHARES = re.compile(
    r" of (?:the |its |all |their |[\w&. '’-]{2,40}['’]s? )?(?:(?:total |issued |outstanding |in issue|enlarged |paid-up |share |equity |voting )+(?:capital|shares|stock|base|rights)?\b|(?:company|stock|votes|voting rights|equity|capital)\b|those outstanding)",
    re.IGNORECASE,
)
"""Behind a percentage: it is of all shares."""
_OF_COUNT = re.compile(
    r" of (?:the |its |all (?:the |its )?|their |[\w&.'’ -]{2,40}['’]s? )(?:(?:roughly|about|some|total|nearly|issued|outstanding) )*$",
    re.IGNORECASE,
)
"""Between a percentage and the count of shares that it is of."""
_IS_PART = re.compile(
    r"\b(?:amount(?:s|ed|ing)? to|equal(?:s|led|ed)?(?: to)?|equivalent to|represent(?:s|ed|ing)?|is|are|was|were|(?:stood|stands) for|(?:made|makes|making) up|constitut(?:es|ed|ing)|account(?:s|ed|ing) for"
    r"|or|holds?|held|has|had|owns?|owned|to|from|comes to|declares|reports|than)(?: (?:about|around|some|roughly|just|only|now|an?|no more than|up to|nearly))* $|[(,] ?$",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:new|issu(?:e|es|ing|ance)|rights|allot\w*|consideration|conver\w+|existing|demand|bids?|orders?|applications?|volume|average|daily|market value|price|worth|value of|options|warrants|debts?|loans?|borrow\w*|exposure|deposits|lending|leverage|gearing|ratio|assets|costs?|sales|revenue|turnover)\b"
    r"|供股|新股|[现現]有|负债|負債|[贷貸]款|比率",
    re.IGNORECASE,
)
"""Around a percentage of all shares: of those yet to come there may be more."""
NOT_OF_ALL = re.compile(
    r"float|流通|计划|計劃|plan|target|quota|利润|利潤|溢利|profit|资产|資產|assets|subscri|认购|認購|超额|超額|premium|溢价|溢價|市值|turnover"
    r"|质押|質押|pledg|loss|亏损|虧損|return|回报|回報|gain|收益|杠杆|槓桿|coverage",
    re.IGNORECASE,
)
"""Around a percentage of which more than 100 are possible: unlocked shares of the free float, a plan overfulfilled."""
_OWN_SIGN = re.compile(r"(?<![0-9%％])[-−]$")


def reason(page: Page, index: int) -> str | None:
    """Why a percentage cannot be above 100; None where it can."""
    kind = page.kind(index)
    if kind == "transaction.discount_pct" and _is_below(page, index):
        return "No price is lower by more than all of another one."
    if kind == "price.change_pct" and _is_fall(page, index):
        return MORE_THAN_LOST
    if kind == "stake.change_pct" and _OWN_SIGN.search(
        page.text[max(page.found(index).start - 2, 0) : page.found(index).start]
    ):
        return "No one can part with more than all of a holding."
    if kind in _OF_WORTH and (_FELL.search(page.lead(index)) or _FALL.match(page.tail(index))):
        return MORE_THAN_LOST
    return MORE_THAN_HELD if _is_part(page, index) else None


_OF_WORTH = frozenset({"stake.change_pct", "price.change_pct", "other.pct"})
"""Kinds of changes of what cannot be less than nothing; a profit can."""
_FELL = re.compile(
    r"\b(?:holding|position|stake|shares?|price|stock)s? (?:has |have |had )?(?:declined|decreased|fell|fallen|dropped|shrank|lost)(?: by)?(?: about| some)? $"
    r"|(?:跌幅|降幅|[持股价價][^0-9,，。；升增涨漲]{0,6}(?:下跌|下降|[减減]少))[^0-9,，。；]{0,3}$",
    re.IGNORECASE,
)
_FALL = re.compile(
    r" (?:decrease|reduction|decline|drop) (?:in|of) (?:his|her|its|their|the) (?:\w+ )?(?:position|holding|stake|ownership|share)"
)
"""In front of a fall of a holding or a price, and behind it."""


def _is_below(page: Page, index: int) -> bool:
    """Whether the words beside a difference of two prices have the price of the trade be the smaller one."""
    words = page.lead(index, _BEHIND) + "|" + page.tail(index, _BEHIND)
    if index + 1 < len(page.claims) and page.found(index + 1).unit == "pct":  # one end of a range
        words += "|" + page.tail(index + 1, _BEHIND)
    if index and page.found(index - 1).unit == "pct":
        words += "|" + page.lead(index - 1, _BEHIND)
    return _LESS.search(words) is not None and _MORE.search(words) is None


def _is_fall(page: Page, index: int) -> bool:
    """Whether a share price is said to have fallen, by the words right behind the figure or by what was read of those in front."""
    down = _LOWER.match(page.tail(index)) or _LOWER_HAN.search(page.lead(index))
    return down is not None or (page.claims[index].direction == "down" and way(page, index) is False)


_LOWER = re.compile(r"(?: per cent| percent)? (?:down|lower|less|below|under|short of|cheaper)\b", re.IGNORECASE)
_LOWER_HAN = re.compile(r"[较較比][^0-9,，。；]{1,16}低[了约約]?$|低[于於过過][^0-9,，。；]{1,12}(?:达|達)?[约約]?$")
"""Behind a difference of two prices, and in front of it: it is the lower one."""


def _is_part(page: Page, index: int) -> bool:
    """Whether the words have a percentage be what is left, a part of what is held, or one of all shares."""
    lead, around = page.lead(index, _BEHIND), page.around(index, _BACK, _BEHIND)
    if _LEFT.search(lead) or _OF_OWN_HAN.search(lead):
        return True
    if NOT_OF_ALL.search(around):
        return False
    if _STAKE_HAN.search(lead):
        return True
    if page.found(index).growth or _NEW.search(around) or _GROWS.search(lead):
        return False
    if _STAKE.search(lead):
        return True
    following = index + 1 < len(page.claims) and page.together(index, index + 1)
    counted = following and page.found(index + 1).unit in {"shares", "count"}
    of_all = _OF_SHARES.match(page.tail(index)) is not None
    of_all = of_all or (counted and _OF_COUNT.fullmatch(page.gap(index, index + 1)) is not None)
    return of_all and _IS_PART.search(lead) is not None
