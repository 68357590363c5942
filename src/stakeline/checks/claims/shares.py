"""What a number of shares is: traded, held before or after, issued, bought back, changed hands."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.held import OWNED, held_shares
from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.sight import Sight, bought_back, first
from stakeline.checks.claims.weights import SHARES
from stakeline.checks.claims.worded import Wording, worded

_GOVERNED = {"issued": "shares.issued", "volume": "volume.shares", "buyback": "buyback.shares", "dividend": "count"}
"""What the cue that governs it makes of a number of shares, unless it is traded or held."""
_BLOCK = re.compile(
    r"^[- ](?:[a-z]+ )?(?:share )?blocks?\b"
    r"|^ shares (?:were |was )?(?:added|sold|bought|acquired|purchased|disposed|placed|fetched|brought|went to|raised)\b"
    r"|^(?:[hab]类?)?(?:股份|股票)?(?:悉[数數]|全[数數部])?(?:卖出|賣出|售出|减持|減持|出售|沽出|转让|轉讓)"
)
_BLOCK_OF = re.compile(
    r"\b(?:blocks?|tranche|allotment|placement|selldown) (?:of|consisted of|consists of|comprised|comprises) (?:about |around |some |nearly |over |up to )?$"
    r"|(?:转让|轉讓|出售|减持|減持|卖出|賣出|沽出|配售)其?所?持有?的[^,，。;；0-9]{0,12}$"
    r"|(?:處分|处分|出脫|减持|減持|出售|转让|轉讓|卖出|賣出)[^,，。;；0-9]{0,10}持股(?:共|合計|合计|约|約)*$"
)
_WHOLE_SOLD = re.compile(
    r"\b(?:sale|disposal|sold|sell|selling|offloaded|unloaded|dumped|disposed) (?:of )?(?:off )?(?:his|her|its|their|the) (?:entire|whole|remaining) (?:[a-z]+ )?(?:holdings?|stakes?|interests?|positions?) of $"
)
_HOLDING_CUT = re.compile(
    r"\b(?:reduc|cut|trim|lower|increas|rais|boost)[a-z]* (?:its|his|her|their) (?:holdings?|position) of (?:more than |about |around |over |some |approximately |nearly )?$"
)
_ISSUES = re.compile(
    "(?<!已)[发發]行(?:了|不超过|不超過|最多|超过|超過|逾|约|約|合共|合计|合計|共)*$"
    "|已[经經]?[发發]行(?:了|超过|超過)(?:约|約)?$|(?:已[发發]行(?:股份|股本)?(?:总数|總數)?|[总總]股本[数數]?)[(（]?(?:即|为|為|约|約|共|合共|[:：]|维持|維持|[增减減]至)*$"
)
_IN_ALL = re.compile(
    r"^ (?:[a-z-]+ ){0,2}(?:shares|units) (?:outstanding|on issue|in issue|issued|altogether)\b|^ (?:outstanding|in issue|issued)\b|^ voting shares\b"
)
_CAPITAL_OF = re.compile(
    r"\b(?:company|group|firm|bank) has (?:about )?$|\b(?:(?:share|paid-up|issued) capital|equity) (?:of|consists of|comprises|is made up of|is) (?:about )?$"
    r"|(?:现有|現有|流通|已[发發]行|[总總])股(?:份|本|[数數])(?:总数|總數|由|为|為|约|約|共|即|[增减減][至到])*$"
)
_BLOCK_TRADE = re.compile("(?:大宗交易|大手)[^。;；]{0,30}$")
_AT_A_PRICE = re.compile(r"^ (?:more )?(?:shares )?at (?:an average (?:of )?|about )?$")
_AT_PRICES = re.compile(r"^ shares at\b")
_CHANGED_HANDS = re.compile(
    r"^ (?:shares |units )?(?:were traded|were exchanged|went through|changed hands)(?! (?:via|through|in) (?:a |an |multiple |several )?(?:block|bulk|large))|^(?:有)?(?:[转轉]手|易手)(?=[,，。;；]|$)"
)
_UNDONE = re.compile("^尚?未(?:实施|實施|完成|执行|執行|使用)")
"""Behind shares that a plan still allows."""
_TAKEN_IN = re.compile(
    "(?:售出|沽出|卖出|賣出|减持|減持|出售|[sS]ell(?:ing)?|sold|offload(?:ed|ing)|dump(?:ed|ing)|dispos(?:ed|ing) of) ?(?:了)?(?:the |its |his |her |their )?(?:餘下|余下|剩[余餘]|remaining|residual|last|final)(?:的)? ?$"
)
_OF_HELD = re.compile("[占佔]其(?:名下|所持|持有)(?:的)?$")
_IN_HAND = re.compile("(?:手上|手中|名下|旗下)的?$")
_RIGHTS = re.compile(
    "^股?(?:股份)?(?:已|被|处于|處於|已被)*(?:质押|質押|冻结|凍結)|^股?(?:份)?(?:的)?(?:購股權|购股权|期權|期权|认股权|認股權|认股期权|權證|权证)"
)
_IN_ISSUE = re.compile("^股?(?:的|为|為)?已[发發]行")
_BOUGHT_FOR = re.compile(
    r"\b(?:paid|spent|paying|spending)(?: [a-z]+){0,3} (?:[\w$€£¥.,]+ )?(?:million|billion|bn|m|crore)? ?(?:[a-z]+ )?(?:\([^)]{0,20}\) )?(?:for|on|to buy) (?:about |some |around |roughly )?$"
)
_BY_BLOCK = re.compile(
    r"^ (?:equity )?shares? (?:of [^.;]{1,40} )?changed hands (?:via|through|in) (?:a |an |multiple |several )?(?:block|bulk|large)"
)
_SAME_AS = re.compile(
    r"^ (?:of|in) [^,;]{1,40}, (?:or |about |some |nearly |a total of )*$|^的?(?:股份|股权|股權|持股)?[,，](?:即|合共|合计|合計|共|涉及|约|約|为|為)*$"
)
"""Between a part of a company or a holding and the shares that it is."""
_AWARDED = re.compile(
    r"\b(?:award(?:ed|s|ing)?|grant(?:ed|s|ing)?|receiv(?:ed|es|ing))(?: of)? (?:[a-z]+ ){0,3}$|(?:授出|授予|授与|授與|归属|歸屬)(?:[^,，。;；0-9]{0,12})$"
)
_OWN_SHARES = re.compile(r"^ of (?:its|their) own (?:[a-z]+ )?(?:shares|stock)")
_PLACED = re.compile("^股?(?:新|的)?(?:配售|认购|認購|要约|要約)股份")
_INTEREST = re.compile("^(?:股份|股)?的(?:权益|權益|好仓|好倉)")
_HOLDING_OF = re.compile(r"^[- ]share (?:holding|stake|position)")
_KEPT = re.compile(r"^ shares? (?:after|following) (?:selling|the (?:sale|disposal|placement|transaction))")
_OF_THEIR = re.compile(r"(?<!all )\b(?:of|from) (?:their|his|her|its)(?: [a-z]+)? $")
_WHOSE = re.compile(r"^(?:.*[;,] )?(?:his|her|its|their|(?:[\w-]+ )?[\w-]+'s?) $")
_TRADES = frozenset(["sell", "buy", "add", "trade", "buyback"])
VESTING = re.compile(
    r"^ (?:restricted|performance|deferred|phantom) (?:stock|share)|^ (?:[a-z]+ )?(?:shares |units )?(?:that |which )?(?:vest|have vested)\b|^股?(?:份)?(?:的)?(?:限制性|受限制|獎勵|奖励)"
)
"""Behind shares that are given, not traded."""
_OTHER_CLASS = re.compile(r" (?:[a-z] |class [a-z] |ordinary |preference )?shares(?: and|,) ")
"""Between the shares of one class and of the next."""
_OWN_TRADES = frozenset(["buy", "buyback"])
_PAID_FOR = ("transaction.value", "fx.conversion")
_AFTER_IT = re.compile(r"^ (?:shares )?after (?:it|them|that|the (?:sale|purchase|trade|deal))\b")
_ISSUED_HAN = re.compile("股已[发發]行(?:[约約共逾近]|超[过過])*$")
"""From a class to all its shares: H股已發行逾3億股."""
_OF_ALL, _SHARES = re.compile(r"^ of the $"), re.compile(r"^ shares(?= *[.,;(]|$)")
"""What a holding is a part of: "it will have 94% of the 70 million shares."."""
_OUT_OF = re.compile(r" of (?:the )?[\w&. -]{2,40}['’]s (?:total |issued )?$")
"""From a holding to the number of all shares: "66.72 million of the miner's 800 million shares"."""
_WORDED = (
    Wording("transaction.shares", after=_BLOCK),
    *(Wording("transaction.shares", before=p) for p in (_BLOCK_OF, _WHOLE_SOLD, _HOLDING_CUT)),
    Wording("count", after=_RIGHTS),
    Wording("transaction.shares", before=_TAKEN_IN),
    Wording("shares.issued", after=_IN_ALL),
    Wording("shares.issued", before=_CAPITAL_OF),
    Wording("shares.issued", before=_ISSUED_HAN),
    Wording("volume.shares", after=_CHANGED_HANDS),
    Wording("transaction.shares", before=_BLOCK_TRADE, names=frozenset(["volume"])),
    Wording("transaction.shares", after=_PLACED),
    Wording("transaction.shares", after=_BY_BLOCK),
    Wording("transaction.shares", before=_SAME_AS, last=("transaction.pct_of_holding", "transaction.stake_pct")),
    Wording("count", before=_AWARDED),
    Wording("count", after=VESTING),
    Wording("count", after=_UNDONE),
    Wording("buyback.shares", after=_OWN_SHARES, names=_OWN_TRADES),
    Wording("shares.issued", before=_ISSUES),
    Wording("shares.issued", after=_IN_ISSUE),
    Wording("stake.after_shares", after=_INTEREST),
    Wording("stake.after_shares", after=_AFTER_IT, last=("stake.before_shares",)),
    Wording("shares.issued", before=_OF_ALL, after=_SHARES, last=("stake.after_pct",)),
    Wording("shares.issued", before=_OUT_OF, last=("stake.after_shares", "stake.before_shares")),
)


def shares(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of a number of shares; told: the kinds of the figures before it."""
    sight = Sight(scene, i, told, SHARES)
    kind = first(_RULES, sight)
    if kind is not None:
        return kind
    if sight.role is None:
        return "stake.after_shares" if sight.last.startswith("stake") else "transaction.shares"
    if sight.by in {"hold", "stake", "remain"}:
        return held_shares(sight)
    return _GOVERNED.get(sight.by, "transaction.shares")


def _bought_back(sight: Sight) -> str | None:
    """A company's own shares."""
    first_time = sight.by in {"buy", "hold"} and "buyback" in sight.clause and not sight.names & {"sell", "stake"}
    return "buyback.shares" if first_time or bought_back(sight) else None


def _told(sight: Sight) -> str | None:
    """What the words right around say: "a block of", "sale of his entire holding of"; the next of a list of classes."""
    listed = near.coordinated(sight.scene, sight.i) or _OTHER_CLASS.fullmatch(sight.before)
    if sight.last == "shares.issued" and listed:
        return "shares.issued"
    return worded(sight, _WORDED)


def _paid(sight: Sight) -> str | None:
    """At a price, for a sum: "a director 10,000 at 189p", "spent 2 million on 500,000 shares"."""
    if _AT_A_PRICE.match(sight.after) and sight.follows("currency") and "buyback" not in sight.names:
        return "transaction.shares"
    if sight.words == "with" and _AT_PRICES.match(sight.after):
        return "transaction.shares"
    start = max(sight.found.start - 80, sight.scene.bounds(sight.i)[0])
    paid = sight.last in _PAID_FOR and _BOUGHT_FOR.search(sight.scene.lower[start : sight.found.start])
    return "transaction.shares" if paid else None


def _moved(sight: Sight) -> str | None:
    """An end of a move: "trimmed to A shares, down from B shares", 由A股減至B股, 增持A股至B股."""
    if sight.by == "issued":
        return None
    if sight.last.startswith("stake.") and near.comes_from(sight.scene, sight.i):
        return "stake.before_shares"
    if not near.goes_to(sight.scene, sight.i):
        return None
    if sight.last == "shares.issued":
        return "shares.issued"
    grown = sight.last == "transaction.shares" and sight.same_sentence(sight.i - 1) and len(sight.before) < 6
    if grown and "plan" not in sight.names:
        return "stake.after_shares"
    return "stake.after_shares" if sight.last == "stake.before_shares" else None


def _owned(sight: Sight) -> str | None:
    """Somebody's own: "of the 750,000 he had", 手上的4.4億股, "a share holding", "his 7 million shares"."""
    whose = OWNED.match(sight.after)
    if whose is not None:
        return "stake.after_shares" if whose["had"] in {"has", "holds", "owns"} else "stake.before_shares"
    if "sell" not in sight.since:
        if _OF_HELD.search(sight.before):
            return "stake.before_shares"
        if _IN_HAND.search(sight.before):
            return "stake.after_shares"
    if _HOLDING_OF.match(sight.after) or _OF_THEIR.search(sight.before):
        return "stake.before_shares"
    kept = _KEPT.match(sight.after) and sight.by == "hold"
    possessed = _WHOSE.search(sight.before) and not sight.names & _TRADES
    return "stake.after_shares" if kept or possessed else None


def _handed_out(sight: Sight) -> str | None:
    """Shares of another company given to one's own shareholders."""
    return "transaction.shares" if sight.by == "dividend" and "sell" in sight.names else None


_RULES = (_bought_back, _told, _paid, _moved, _owned, _handed_out)
