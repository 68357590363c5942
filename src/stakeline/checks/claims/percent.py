"""What a percentage is of: a company, a holding, a price, a result."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.held import OF_OWN, ONCE, SAME, bought_for, held, is_stake
from stakeline.checks.claims.parts import CLOSE_BASE, HIGHER, of_own, of_trade, told_of_part
from stakeline.checks.claims.portions import NO_PRICE, han_share, of_else, of_margin, of_sales, part_of_sales
from stakeline.checks.claims.scene import Role, Scene
from stakeline.checks.claims.sight import Sight, first
from stakeline.checks.claims.weights import PERCENT

_CHANGES = {
    "revenue": "result.change_pct",
    "profit": "result.change_pct",
    "loss": "result.change_pct",
    "gross": "result.change_pct",
    "other_result": "result.change_pct",
    "guidance": "result.change_pct",
    "margin": "result.margin_pct",
    "segment": "segment.change_pct",
    "sector_share": "segment.share_pct",
    "part_of": "segment.share_pct",
    "cost": "cost.change_pct",
    "eps": "result.change_pct",
    "dividend": "other.pct",
    "operating": "other.pct",
    "index": "other.pct",
    "ratio": "other.ratio",
    "rate": "other.pct",
    "volume": "other.pct",
    "market_value": "market_value.change",
    "discount": "transaction.discount_pct",
    "close": "price.change_pct",
    "last": "price.change_pct",
    "high": "price.change_pct",
    "share_price": "price.change_pct",
    "offer": "price.change_pct",
    "add": "price.change_pct",
}
_HELD = frozenset(["stake.pct", "stake.before_pct", "stake.after_pct"])
_PARTS = frozenset(["stake.pct", "stake.after_pct", "transaction.stake_pct"])
"""No more than the whole, unless it is of something else."""
_HOLDING = frozenset(["stake", "hold", "remain", "sell", "buy", "trade", "buyback", "company", "own", "cross", "level"])
_MOVES = frozenset(["up", "down", "lost"])
_PRICED = frozenset(["discount", "close", "offer", "sell", "buy", "trade", "share_price", ""])
_NO_TOPIC = _MOVES | _HOLDING - {"stake", "own"} | {"margin", "sector_share", "part_of", "discount"}
"""What does not say what rose or fell."""
_LEVEL_BEFORE = re.compile(
    r"\b(?:below|under|above|past|through|beneath|exceed(?:s|ed|ing)?|cross(?:es|ed|ing)?|surpass(?:es|ed|ing)?|breach(?:es|ed|ing)?|pass(?:es|ed|ing)?|topp(?:ed|ing)|tops|(?:rose|climbed|rises|went|moved|increased|going|fell|dropped|slipped|dipped) over|stop at|stops at|short of|needs?|(?:threshold|limit|level|mark|trigger) (?:being|of|is|was|at)|(?:wants|aims|seeks|hopes) to (?:reach|pass|cross)|conditional on(?: more than| at least)?)(?: the| its| a| by| about){0,2} ?(?:key |crucial |statutory |mandatory )?$"
    r"|[较較比](?:[规規]定|最低要求|要求|下限)的?$|(?:(?:恢[复復]|回[复復]|回到)(?:至|到)?(?:最少|至少)?|跌穿|跌破|降穿|(?<!不)低于|(?<!不)低於|突破|升穿|失守|(?<!不)超过|(?<!不)超過|触及|觸及|越过|首次超过|(?<!不)高于|(?<!不)高於|不足|达到|達到|(?<!不)少于|(?<!不)少於)(?:了|公司)?(?:[^,，。;；0-9]{0,10}(?:所[订訂]|[规規]定|要求|所需|最低)的?)? ?$"
)
_LEVEL_AFTER = re.compile(
    r"^(?: |-)(?:disclosure |reporting |reportable |notification |ownership |regulatory |mandatory |key |minimum |statutory |takeover |trigger )*(?:thresholds?|level|mark|trigger|limit|line|ceiling|hurdle|aimed|requirement|needed|required|at which|or more|(?:it|they|he|she) (?:had )?aimed|to trigger|to launch|that (?:[a-z]+ ){1,3}(?:demand|require|ask|prescribe|set|allow)s?\b)"
    r"|^(?:的?(?:以下|以上|之下|之上|红线|紅線|关口|關口|门槛|門檻|举牌线|水平|界线|界線|刻度|线|線|整数倍|大关|大關|上限))"
)
_HOLDS = re.compile(
    r"\b(?:hold|holds|held|own|owns|owned|has|have|had|with|owning|holding)(?: directly| now| still| roughly| just| a| an| about){0,3} (?:over|more than|under|less than|below|above)? ?(?:a |an )?$|(?:持有|持股|拥有|擁有|占|佔)(?:公司|其)?(?:超过|超過|逾|不足|少于|少於)?$"
)
_FLOAT_BASE = re.compile(
    r"^ (?:under|below|less than|lower than|above|over|higher than|more than) (?:the |its |their )?(?:float|ipo|issue|offer|listing|flotation) price\b"
)
_COMPARED = re.compile(
    "[较較比][^,，。;；]{0,12}(?:沽[货貨]|[减減]持|成本|配售|招股|[发發]行|[购購])[^,，。;；]{0,4}[低高](?:出|了|约|約|逾)*$"
)
_STAKE_WIDTH = re.compile("[增减減降升]幅(?:达|達|为|為|约|約)*$")
_A_CLOSE = re.compile(r"\bclos(?:e|ing)\b|收[市盘盤]")
_MUST = re.compile("^[或及]?以上(?:的)?(?:股东|股東|大股|[個个]人|人士)")
_LISTED = re.compile(r"\b(?:and|then) $")
_WIDTH = re.compile(
    "(?:[跌升涨漲增降]幅|[折溢][价價]率)[\u4e00-\u9fff]{0,3}[超逾][过過]?$|[跌升涨漲]幅(?:收窄|扩大|擴大|缩窄|縮窄|达|達|为|為|约|約|至|到|近)*$|(?:[跌升涨漲高低挫瀉泻飆飙]|折[让讓价價])了?[超逾][过過]?$"
)
_OF_WHICH = frozenset("占佔")
"""In front of what something is a part of: 占营收的14%."""
_BUSINESS = re.compile("sales|revenue|turnover|division|segment|unit|arm|收入|[营營]收|[业業][务務]|分部|板[块塊]")
_REPORTS = frozenset(["revenue", "part_of", "profit", "loss", "gross", "margin", "sector_share"])
_RESULTS = frozenset(["revenue", "profit", "loss", "gross", "segment", "cost", "margin"])
_HANDS = re.compile(
    r"^ (?:of [^.;]{0,40}?\b|block )(?:changed hands|(?:was|were|is|are|be|been|being) (?:placed|sold|offloaded|dumped|bought))|^ of (?:the |its |all )?(?:[a-z]+ )?shares (?:tendered|accepted)"
)
_OF_TURNOVER = re.compile(r"^ of [^.;]{0,40}?\b(?:volume|turnover)")
_PRINTED_MOVE = re.compile(r"(?:[+-]?[0-9.]+|[a-z.]{1,6}:? ?[a-z0-9.]{1,6},?) ?\(?[+-]$|\((?:up|down) $")
_CHANGE_BEHIND = re.compile(
    r"^ (?:[a-z]+ )?(?:slide|rebound|drop|fall|gain|rise|jump|rally|surge|decline|increase|plunge|slump|climb|dip|decrease|lift|uptick|growth|advance|improvement)s?\b(?! in (?:its|his|her|their) (?:stake|holding|position))"
)
_OF_VALUE = re.compile(r" (?:of )?(?:its|their|the) (?:market )?value")
_RALLIED = re.compile(
    r"\b(?:rallied|tumbled|slumped|plunged|plummeted|soared|surged|crashed|tanked|nosedived|skyrocketed)(?: (?!from|to)[a-z]+){0,3} $"
)
_TRADED_AT = re.compile(
    r"\b(?:shares|stock|it)(?: were| was)? (?:traded|trading|opened|closed|ended|finished|settled|changed hands) (?:about |nearly |almost |as much as |more than )?$"
)
_IN_PRICES = re.compile(
    r"^ (?:drop|fall|decline|slide|rise|gain|jump|rally|increase) in (?:the |its )?(?:share |stock )?prices?\b"
    r"|^ (?:in|over) (?:[a-z]+ ){1,3}(?:sessions|trading days)\b"
)
_OF_CAPITAL_AND = re.compile(
    r" of (?:the |its )?(?:capital|votes|voting rights|share capital|equity|shares|[ah] shares|class [ab] shares) and (?:about )?"
)
_OF_ALL_SHARES = re.compile(r"^ of (?:the |its |all )(?:[a-z]+ )?shares\b")
_HELD_SHARE = re.compile("持股(?:比例|量)?")
_SMALL_GAP = re.compile(
    r"^(?: ?(?:[a-z'-]+ ){0,2}(?:shares?|stock|units?|ads|adrs))?[\s,，(（:：、]*(?:unchanged at|or|representing|equal to|equivalent to|equalling|about|some|around|roughly|nearly|a|an|the|which is|accounting for|constituting|amounting to|as|being|占|佔|约|約|相当于|相當於|即|或|最新|不超过|不超過|合共?|涉及|比例|占比|公司|其|该公司|總|总|股本|已发行|已發行|股份|总数|總數|的|比例为|為|为|已|持股比例|现有|現有|[扩擴]大[后後]|经|經|本|全部|发行|當時|当时|相关|目前|当前|現|h股|a股|\s|,|，)*$"
)


def percent(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of a percentage; told: the kinds of the figures before it."""
    if scene.found[i].unit == "pp":
        return "stake.change_pp"
    sight = Sight(scene, i, told, PERCENT)
    kind = first(_RULES, sight) or _CHANGES[sight.by]
    if kind in _PARTS and sight.found.number > 100 and not near.goes_to(scene, i):
        return "other.pct"
    if kind == "price.change_pct" and _OF_ALL_SHARES.match(sight.after):
        return "stake.pct"
    return _grown(kind) if sight.found.growth else _reported(sight, kind)


def _grown(kind: str) -> str:
    """Of a word for growth, "doubled": it says a change, whatever part or holding its sentence speaks of."""
    changes = {**dict.fromkeys(_HELD, "stake.change_pct"), "segment.share_pct": "segment.change_pct"}
    return changes.get(kind, kind)


def _reported(sight: Sight, kind: str) -> str:
    """Of a change in results: of a stock where only a company's name speaks of business; expected, where it is to come."""
    if kind == "segment.change_pct":
        reported = any(k.startswith(("result.", "segment.")) for k in sight.told[-8:])
        told = reported or sight.scene.names & _REPORTS or _BUSINESS.search(sight.words)
        return kind if told else "price.change_pct"
    return "result.other" if kind == "result.change_pct" and _guided(sight) else kind


def _guided(sight: Sight) -> bool:
    """Whether the company only expects such a change: "guided to growth of 8% to 10%"."""
    return sight.found.lang == "en" and any(
        c.name == "guidance" and sight.scene.parted(c.end, sight.found.start) < 1
        for c in sight.scene.around(sight.i)[0][-6:]
    )


def _from_close(sight: Sight) -> str | None:
    """How far a price is from the close: of a deal a discount, else a change."""
    if _FLOAT_BASE.match(sight.scene.after(sight.i, 60)):
        return "price.change_pct"
    if _COMPARED.search(sight.before) and sight.last.startswith("price.") and sight.same_sentence(sight.i - 1):
        return "price.change_pct"
    if (sight.by not in _PRICED and not _A_CLOSE.search(sight.after)) or not CLOSE_BASE.match(
        sight.scene.after(sight.i, 60)
    ):
        return None
    deal = "discount" in sight.names or any(k.startswith("transaction") for k in sight.told[-4:])
    return "transaction.discount_pct" if deal else "price.change_pct"


def _level(sight: Sight) -> str | None:
    """A level of holding that something passes, not a holding."""
    if sight.by and sight.by not in _HOLDING | _MOVES | {"share_price", "close", "offer"}:
        return None
    if _MUST.match(sight.after):
        return "threshold.crossed"
    if (
        _HOLDS.search(sight.before)
        or _WIDTH.search(sight.before)
        or OF_OWN.match(sight.after)
        or near.comes_from(sight.scene, sight.i)
    ):
        return None
    level = _LEVEL_BEFORE.search(sight.before) or _LEVEL_AFTER.match(sight.after)
    return "threshold.crossed" if level else None


def _again(sight: Sight) -> str | None:
    """The next step of a holding: "will drop to 52% and recover to 55%", 升穿6%至6.03%, "under 9%, at 8.95%"."""
    stepped = sight.last in {"stake.after_pct", "threshold.crossed"} and sight.same_sentence(sight.i - 1)
    if not stepped or sight.since & NO_PRICE or _LEVEL_BEFORE.search(sight.before):
        return None
    there = sight.before == ", at " or near.goes_to(sight.scene, sight.i)
    return "stake.after_pct" if there else None


def _apposed(sight: Sight) -> str | None:
    """What says once more what the number of shares before it says: "12m shares, or 1.9% of the company"."""
    if sight.i == 0 or sight.scene.found[sight.i - 1].unit != "shares" or not sight.same_sentence(sight.i - 1):
        return None
    gap = sight.scene.lower[sight.scene.found[sight.i - 1].end : sight.found.start]
    if len(gap) > 60 or not _SMALL_GAP.match(gap):
        return None
    if sight.last == "transaction.shares" and _HELD_SHARE.search(gap):
        return "stake.after_pct"
    if sight.last == "transaction.shares" and OF_OWN.match(sight.after):
        return "transaction.pct_of_holding"
    return "transaction.stake_pct" if sight.last in {"buyback.shares", "shares.issued"} else SAME.get(sight.last)


def _carried(sight: Sight) -> str | None:
    """Where nothing near speaks of it: the kind of the percentage before."""
    if sight.role is not None:
        return None
    if ONCE.match(sight.after):
        return "stake.pct"
    before = range(sight.i - 1, max(sight.i - 4, -1), -1)
    last = next((sight.told[j] for j in before if sight.scene.found[j].unit == "pct"), "threshold.crossed")
    if last in _HELD and near.comes_from(sight.scene, sight.i):
        return "stake.before_pct"
    return last if last != "threshold.crossed" else "other.pct"


def _listed(sight: Sight) -> str | None:
    """The second of a list: "A and B", "passed 10% on May 2 and 15% on May 9"."""
    if sight.role is None or sight.i == 0:
        return None
    one = sight.scene.found[sight.i - 1]
    place = near.respective(sight.scene, sight.i)
    held = place is not None and place[0] > 0 and sight.last in _HELD
    if near.coordinated(sight.scene, sight.i) and one.unit == "pct" and (held or sight.role.cue.start < one.start):
        return sight.last
    if _OF_CAPITAL_AND.fullmatch(sight.before) and sight.last.startswith(("stake.", "transaction.stake")):
        return sight.last
    if _LISTED.search(sight.before) and sight.by not in _MOVES:
        before = range(sight.i - 1, max(sight.i - 4, -1), -1)
        j = next((j for j in before if sight.scene.found[j].unit == "pct"), None)
        if j is not None and sight.same_sentence(j) and sight.told[j] in {"threshold.crossed", "stake.pct"}:
            return sight.told[j]
    return None


def _moved(sight: Sight) -> str | None:
    """Of "rose 5%" without a word for what rose: what its sentence, or else what the text, speaks of."""
    if sight.by not in _MOVES:
        return None
    topic = _topic(sight)
    if _OF_VALUE.match(sight.after) or (topic is not None and _of_stock(sight, topic)):
        return "price.change_pct"
    if topic is not None and topic.name not in {"stake", "own"}:
        of_part = topic.name == "revenue" and sight.last == "segment.share_pct" and "revenue" not in sight.since
        return "segment.change_pct" if of_part else _CHANGES[topic.name]
    if topic is not None:
        sight.role, sight.by = topic, topic.name
    ends = near.comes_from(sight.scene, sight.i) or near.goes_to(sight.scene, sight.i)
    if topic is not None or ends or (sight.last.startswith("stake.") and sight.same_sentence(sight.i - 1)):
        return held(sight)
    told = ("result", "segment", "cost", "price")
    family = next((k.partition(".")[0] for k in reversed(sight.told[-3:]) if k.startswith(told)), "price")
    return f"{family}.change_pct"


def _topic(sight: Sight) -> Role | None:
    """What rose or fell; a holding only where its own sentence speaks of it."""
    start = sight.scene.bounds(sight.i)[0]
    text = sight.scene.lower
    near_by = (
        r
        for r in sight.roles
        if r.name not in _NO_TOPIC
        and r.cost <= _reach(r.name, right=r.right)
        and text[r.cue.start - 1 : r.cue.start] not in _OF_WHICH
    )
    return next((r for r in near_by if r.name not in {"stake", "own"} or r.cue.start >= start), None)


def _of_stock(sight: Sight, topic: Role) -> bool:
    """Whether a stock rose, whatever the sentence before spoke of, and whatever the name of its company says."""
    priced = sight.last in {"price.high", "price.low", "price.close"} and sight.same_sentence(sight.i - 1)
    if priced and topic.cue.start < sight.scene.bounds(sight.i)[0]:
        return True
    if topic.name != "segment":
        return False
    told = any(k.startswith(("result.", "segment.")) for k in sight.told[-8:])
    return topic.cue.start < sight.scene.bounds(sight.i)[0] and not told


def _reach(name: str, *, right: bool) -> float:
    """How far a topic reaches: one behind the figure, or an index of the market, not far."""
    if right and name == "index":
        return 3
    return 6 if right else 9 if name == "index" else 16


def _holding(sight: Sight) -> str | None:
    """Of a company or of a holding."""
    if sight.words in {"份额", "份額"} and sight.names & {"sell", "buy", "hold"}:
        sight.by = "stake"
    if sight.by == "share_price" and bought_for(sight):
        return "transaction.stake_pct"
    return held(sight) if sight.by in _HOLDING or (sight.by == "share_price" and is_stake(sight)) else None


def _printed(sight: Sight) -> str | None:
    """A move printed behind a name or a price, "NIO.US +1.2%", "+0.16 (+3.2%)"; a part of the day's turnover."""
    start = sight.found.start
    sign = sight.scene.text[max(start - 1, 0) : start]
    if sign in {"+", "-"} and _PRINTED_MOVE.search(sight.scene.lower, max(start - 24, 0), start):
        return "price.change_pct"
    if _STAKE_WIDTH.search(sight.before) and sight.last.startswith("stake.") and sight.same_sentence(sight.i - 1):
        return "stake.change_pct"
    if _WIDTH.search(sight.before) and not sight.clause & _RESULTS:
        return "transaction.discount_pct" if "率" in sight.before[-8:] else "price.change_pct"
    if near.goes_to(sight.scene, sight.i) and "hold" in sight.since and not sight.clause & _RESULTS:
        return "stake.after_pct"
    if _HANDS.match(sight.after):
        return "transaction.stake_pct"
    return "other.pct" if _OF_TURNOVER.match(sight.after) else None


def _of_price(sight: Sight) -> str | None:
    """What only prices do: they rally, and drop over some sessions."""
    if _IN_PRICES.match(sight.after) or (_TRADED_AT.search(sight.before) and HIGHER.match(sight.after)):
        return "price.change_pct"
    alone = not sight.clause & NO_PRICE and not near.coordinated(sight.scene, sight.i)
    return "price.change_pct" if alone and _RALLIED.search(sight.scene.before(sight.i, 60)) else None


def _noun_of_change(sight: Sight) -> str | None:
    """As in "a 17% slide from the peak", "a 14% fall in revenue": the noun behind it, of what its sentence speaks of."""
    if not _CHANGE_BEHIND.match(sight.after):
        return None
    wanted = (
        _CHANGES.keys()
        - _HOLDING
        - {"close", "last", "high", "offer", "add", "discount", "margin", "sector_share", "part_of"}
    )
    start = sight.scene.bounds(sight.i)[0]
    near_by = [r for r in sight.roles if r.name in wanted | {"stake", "own"} and r.cue.start >= start]
    topic = min(near_by, key=lambda r: r.cost - 4 * r.right, default=None)
    if topic is None:
        return None if sight.by in {"stake", "own"} else "price.change_pct"
    return _CHANGES.get(topic.name)


_RULES = (
    _printed,
    of_margin,
    part_of_sales,
    told_of_part,
    of_else,
    _of_price,
    _noun_of_change,
    _from_close,
    of_own,
    of_trade,
    _again,
    _level,
    _apposed,
    _carried,
    _listed,
    _moved,
    of_sales,
    han_share,
    _holding,
)
