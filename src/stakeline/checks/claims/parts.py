"""What part of a company or of a holding a percentage is, told by the words right around it or by the shares before it."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.held import OF_OWN_HAN, OWNED, SAME, STAKE_AFTER, is_stake
from stakeline.checks.claims.sight import Sight
from stakeline.checks.claims.worded import Wording, worded

_ACCEPTS = re.compile(r"\bholders of (?:about |some |more than |over )?$")
_SMALLER = re.compile(r"^ (?:smaller|larger|bigger) (?:holding|stake|position|shareholding)\b")
_SELLS_HELD = re.compile("(?:出售|[转轉][让讓]|沽出|[减減]持)所?持有?的?[^,，。;；0-9]{0,12}$")
_SALE_PRICE = re.compile(
    r"\b(?:sale|sweetened|offer|placing|block|bid|deal|purchase|tender) price (?:is|was|represents|stood)(?: a| an| about)* $"
)
CLOSE_BASE = re.compile(
    r"^ (?:under|below|less than|lower than|above|over|higher than|off|more than|cheaper than|short of|from)\b[^,.;]{0,30}\b(?:close|closing|price|last|average)|^[^,，。]{0,6}(?:折[让讓价價]|溢[价價])"
)
HIGHER = re.compile(r"^ (?:higher|lower|up|down)\b")
_CHANGE_OF = re.compile(r"\b(?:reduction|decrease|increase|cut) of (?:about |some |nearly )?$")
_OF_THE = re.compile(r" of (?:the |some |about |his |her |its |their )*")
_REPRESENTS = re.compile(
    r"\b(?:represent(?:s|ed|ing)|equivalent to|equal to|amounting to) (?:about |around |some |approximately |roughly |nearly )?(?:an? )?(?:about )?$"
)
_SHARES_ARE = re.compile(
    r"\b(?:shares|block|parcel|placing|offering|tranche)(?: sold| bought| offered| tendered)? (?:is|was|represent(?:s|ed|ing)?|ma(?:k|d)e up|account(?:ed)? for|amounts? to|amounted to|are|were) (?:about |around |some |approximately |roughly |nearly )?$"
)
_OF_CAPITAL = re.compile(r"^ of (?:[\w'&.-]+ ){0,5}(?:share capital|shares|equity|capital|stock|company)\b")
_OF_FIRM = re.compile(r"^ of (?!(?:[a-z' ]{0,20})(?:sales|revenues?|volume|turnover|trading|profits?)\b)")
_HAN_ENLARGED = re.compile(
    "[占佔](?:[^,，。;；0-9]{0,8})(?:经|經)?[扩擴]大[后後]?的?(?:已[发發]行)?(?:[总總]?股本|股份)(?:[总总數数])*(?:的|约|約)*$"
)
_ACCEPTED = re.compile("^的?股份接[纳納]")
_HAN_CAPITAL = re.compile(
    "(?:该部分|該部分|新|认购|認購|配售)股份[占佔][^,，。;；]{0,12}(?:已[发發]行|[扩擴]大)[^,，。;；]{0,6}(?:约|約)?$"
)
_BUYS_STAKE = re.compile("收[购購](?:其|公司|目标公司|余下|餘下)?(?:约|約)?$")
_SELLS_SHARE = re.compile(
    "(?:减持|減持|增持)(?:股份|股数|股數|数量|數量)?(?:比例)?(?:亦|也|均|合计|合計|累计|累計)?(?:已)?(?:超过|超過|逾|达到|達到|达|達|为|為|约|約)+$"
)
_OR_A = re.compile(r"\bor (?:about |roughly |nearly |some )?(?:an? )?(?:about |roughly )?$")
_POINTS_FROM = re.compile(r"^ from (?:about )?$")
_WORDED = (
    Wording("stake.before_pct", before=_POINTS_FROM, last=("stake.change_pp",)),
    Wording("stake.pct", before=_ACCEPTS),
    Wording("stake.change_pct", after=_SMALLER),
    Wording("transaction.stake_pct", before=_SELLS_HELD, after=STAKE_AFTER),
    Wording("transaction.discount_pct", before=_SALE_PRICE, after=CLOSE_BASE),
    Wording("transaction.discount_pct", before=_SALE_PRICE, after=HIGHER),
    Wording("stake.change_pct", before=_CHANGE_OF, last=("stake.after_shares", "stake.before_shares")),
    Wording("transaction.stake_pct", before=_HAN_ENLARGED, last=("shares.issued", "transaction.shares")),
    Wording("transaction.stake_pct", before=_HAN_CAPITAL),
    Wording("transaction.stake_pct", after=_ACCEPTED),
    Wording("transaction.stake_pct", before=_SELLS_SHARE),
    Wording("transaction.stake_pct", before=_BUYS_STAKE, after=STAKE_AFTER),
    Wording("transaction.stake_pct", before=_SHARES_ARE, after=_OF_FIRM),
    Wording("stake.pct", after=STAKE_AFTER, last=("stake.value",)),
)


def told_of_part(sight: Sight) -> str | None:
    """What the words right around say of it as a part of a company: "holders of 46%", "the block is 4%", 佔擴大後股本."""
    return worded(sight, _WORDED)


def of_own(sight: Sight) -> str | None:
    """Of the holder's own shares: 其所持股份的25%, "8% of the 750,000 he had"."""
    if sight.last == "count" and OF_OWN_HAN.search(sight.before) and sight.same_sentence(sight.i - 1):
        return "other.pct"  # of them pledged
    own = OF_OWN_HAN.search(sight.before) or (sight.last == "stake.before_shares" and sight.before == "的")
    traded = sight.names & {"sell", "buy"} and not near.is_change(sight.scene, sight.i)
    told = (own and traded) or _of_owned(sight)
    return "transaction.pct_of_holding" if told else None


def _of_owned(sight: Sight) -> bool:
    """As in "8% of the 750,000 he had"."""
    scene, i = sight.scene, sight.i
    if i + 1 >= len(scene.found) or scene.found[i + 1].unit not in {"shares", "count"}:
        return False
    return _OF_THE.fullmatch(sight.after) is not None and OWNED.match(scene.after(i + 1)) is not None


def of_trade(sight: Sight) -> str | None:
    """How much of the company a trade told in the same sentence is: "sold 12m shares to funds, representing 5% of its capital"."""
    if sight.i == 0 or not sight.same_sentence(sight.i - 1):
        return None
    aside = sight.last in {"fx.conversion", "other.amount"}
    last = sight.told[-2] if aside and sight.i > 1 else sight.last
    if last == "transaction.value" and is_stake(sight) and _OR_A.search(sight.before):
        return "transaction.stake_pct"
    whole = _OF_CAPITAL.match(sight.tail) or (last == "transaction.shares" and is_stake(sight))
    told = (_REPRESENTS.search(sight.before) or sight.before.endswith(", ")) and whole
    return SAME.get(last) if told else None
