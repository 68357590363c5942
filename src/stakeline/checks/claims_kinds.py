"""The kind of every figure, decided from left to right: a figure may lean on those before it."""

import re
from collections.abc import Callable
from itertools import pairwise

from stakeline.checks import claims_near as near
from stakeline.checks.claims_money import money
from stakeline.checks.claims_percent import percent
from stakeline.checks.claims_scene import Scene
from stakeline.checks.claims_sight import Sight, first
from stakeline.checks.claims_weights import COUNT, DAY, SHARES

_DAYS = {
    "filing": "report.date",
    "listing": "listing.date",
    "close": "price.date",
    "last": "price.date",
    "high": "price.date",
    "low": "price.date",
    "share_price": "price.date",
    "sell": "transaction.date",
    "buy": "transaction.date",
    "add": "transaction.date",
    "trade": "transaction.date",
    "buyback": "transaction.date",
    "cross": "transaction.date",
    "stake": "transaction.date",
}
_COUNTED = {
    "issued": "shares.issued",
    "volume": "volume.shares",
    "buyback": "buyback.shares",
    "dividend": "count",
    "operating": "operating.figure",
}
_NO_VOLUME = frozenset("点點笔筆家名宗间間")
_PAST = re.compile(r"\b(?:before|previously|had|held|owned|prior)\b|[前曾]|原持")
_BLOCK = re.compile(
    r"^[- ](?:[a-z]+ )?(?:share )?blocks?\b|^ shares (?:were |was )?(?:added|sold|bought|acquired|purchased|disposed)\b"
)
_BLOCK_OF = re.compile(r"\bblocks? of (?:about |around |some |nearly |over )?$")
_WHOLE_SOLD = re.compile(
    r"\b(?:sale|disposal|sold|sell|selling|offloaded|unloaded|dumped|disposed) (?:of )?(?:off )?(?:his|her|its|their|the) (?:entire|whole|remaining) (?:[a-z]+ )?(?:holdings?|stakes?|interests?|positions?) of $"
)
_HOLDING_CUT = re.compile(
    r"\b(?:reduc|cut|trim|lower|increas|rais|boost)[a-z]* (?:its|his|her|their) (?:holdings?|position) of (?:more than |about |around |over |some |approximately |nearly )?$"
)
_ISSUES = re.compile(
    "(?<!已)[发發]行(?:了|不超过|不超過|最多|超过|超過|逾|约|約)*$"
    "|已[经經]?[发發]行(?:了|超过|超過)(?:约|約)?$|已[发發]行(?:股份|股本)?(?:总数|總數)?[(（]?(?:即|为|為|约|約|共|合共|[:：])*$"
)
_IN_ISSUE = re.compile("^股?(?:的)?已[发發]行")
_BOUGHT_FOR = re.compile(
    r"\b(?:paid|spent|paying|spending)(?: [a-z]+){0,3} (?:[\w$€£¥.,]+ )?(?:million|billion|bn|m|crore)? ?(?:\([^)]{0,20}\) )?(?:for|on|to buy) (?:about |some |around |roughly )?$"
)
_BY_BLOCK = re.compile(
    r"^ (?:equity )?shares? (?:of [^.;]{1,40} )?changed hands (?:via|through|in) (?:a |an |multiple |several )?(?:block|bulk|large)"
)
_PLACED = re.compile("^股?(?:新|的)?(?:配售|认购|認購|要约|要約)股份")
_INTEREST = re.compile("^(?:股份|股)?的(?:权益|權益|好仓|好倉)")
_HOLDING_OF = re.compile(r"^[- ]share (?:holding|stake|position)")
_KEPT = re.compile(r"^ shares? (?:after|following) (?:selling|the (?:sale|disposal|placement|transaction))")
_AT_MOST = re.compile("不超过$|不超過$|不高于$|up to $")
_LEFT_OVER = re.compile(r"计划|計劃|額度|额度|unsold|plan")
_RATIO = re.compile(
    r"ratio|比率|市盈|市净|市淨|市帳|估值|p/e|\bpe\b|price-to|price-earnings|times (?:forward |trailing )?earnings"
)
_OPEN_END = re.compile(r"(?:从|從|自|截至|from|since|as on|ended|ending|between|until|through|as of|as at|至|到) ?$")
_AS_OF = re.compile("(?:as of|as at|as on|截至) ?$")
_TRADED_ON = re.compile(
    r"(?:transaction|trade|sale|purchase|deal)s?(?: (?:that|which))?(?: was| were)?(?: dated| on| of)(?: [a-z]+,)? $"
)
_OF_THEIR = re.compile(r"(?<!all )\b(?:of|from) (?:their|his|her|its)(?: [a-z]+)? $")
_PUBLISHED = re.compile(
    r"^(?:晚间|晚間|晚|盘后|盤後|早间)?(?:的|向港交所|向聯交所|向联交所)?(?:披露|公告|公布|公佈|發布|发布|宣布|宣佈|刊发|刊發|發公告|发公告)"
)
_ANNOUNCED = re.compile(
    r"(?:晚间|晚間|晚|盘后|盤後)?[,，]?(?:(?!减持|減持|增持|买入|買入|卖出|賣出|回购|回購|购回|購回|沽|举行|舉行)[^,，。;；0-9(]){0,16}(?:\([^()]{0,24}\))?(?:发布|發布|發佈|发公告|發公告|发出公告|公告称|公告稱|公告[,，:：]|宣布|宣佈|披露|公布|公佈)"
)
_CLOSE_ON = re.compile(r"\b(?:closing price|close)(?: of [a-z ]{1,20})? on (?:[a-z]+, )?$")
_CLOSED_BEHIND = re.compile(
    "^(?:[(（][^)）]{0,12}[)）])?(?:在|於|于)?(?:聯交所|联交所)?(?:所报|所報)?的?(?:每股)?(?:股份)?[0-9.]*(?:港元)?的?收[市盘盤][价價]"
)
_RECENTLY = re.compile(r"\bas recently as $")
_FIRST_ON = re.compile(r"^on $")
_ON = re.compile(r"\bon (?:[a-z]+, )?$")
_TOGETHER = frozenset([" and ", " to ", "至", "到", "及", "和", " - ", "-"])
"""Between two days of one kind."""
_LIST = frozenset(["、", "及", "和", "与", "與", " and ", ", "])
"""Between the days of one list."""
_IN_A_TRADE = re.compile(
    r"(?:(?!公告|公布|公佈|举行|舉行|召开|召開|授|[通][过過](?!集中|大宗|其|旗下|上海|深圳|证券|證券|交易|协议|協議|公[开開]|二[级級]|[\u4e00-\u9fff]{0,10}(?:投资|投資|公司|[账帳][户戶]|系统|系統|信托|信託|基金))|至|到|止|拟|擬|计划|計劃)[^。;；\n]){0,70}?(?:减持|減持|增持|买入|買入|购入|購入|卖出|賣出|沽出|回购|回購|购回|購回)"
)
_AT_A_DAY = re.compile("[于於在,，:：]$|^$")
_EQUALS = re.compile(r"= ?$")
_TRADED = ("transaction.", "stake.before", "stake.after")
_DATED = re.compile(
    r"\b(?:dated|of|filed|published|released|issued|announced|notice|filing|disclosed|reported)(?: on)? $"
)


def kinds(scene: Scene) -> list[str]:
    """One kind for each figure, in order."""
    told: list[str] = []
    for i, found in enumerate(scene.found):
        told.append(_BY_UNIT[found.unit](scene, i, told))
    _together(scene, told)
    for i, kind in enumerate(told):
        if kind == "stake.after_pct" and _is_sum(scene, i):
            told[i - 2 : i] = ["stake.pct", "stake.pct"]
    return told


def _together(scene: Scene, told: list[str]) -> None:
    """The ends of one range of percentages, and the days of one list, are of one kind."""
    for i in range(1, len(told)):
        one, two = scene.found[i - 1], scene.found[i]
        if one.unit == two.unit == "pct" and (one.bound, two.bound) == ("low", "high") and told[i] != told[i - 1]:
            if (told[i] == "stake.after_pct" and not told[i - 1].startswith("stake.")) or told[
                i - 1
            ] == "transaction.discount_pct":
                told[i] = told[i - 1]
            elif told[i] == "other.pct":
                told[i - 1] = told[i]
    days = [
        i
        for i, (one, two) in enumerate(pairwise(scene.found))
        if one.unit == two.unit == "date" and scene.lower[one.end : two.start][:6] in _LIST
    ]
    for pairs in (days, reversed(days)):
        for i in pairs:
            if "transaction.date" in told[i : i + 2]:
                told[i] = told[i + 1] = "transaction.date"


def _is_sum(scene: Scene, i: int) -> bool:
    """Whether a percentage is that of the two in front of it together."""
    parts = scene.found[max(i - 2, 0) : i]
    return (
        len(parts) == 2
        and all(f.unit == "pct" for f in parts)
        and sum(f.number for f in parts) == scene.found[i].number
    )


def _shares(scene: Scene, i: int, told: list[str]) -> str:
    """A number of shares."""
    sight = Sight(scene, i, told, SHARES)
    plain = first(_OF_SHARES, sight)
    if plain is not None:
        return plain
    if _OF_THEIR.search(sight.before):
        return "stake.before_shares"
    if sight.role is None:
        return "stake.after_shares" if sight.last.startswith("stake") else "transaction.shares"
    if sight.by in {"hold", "stake", "remain"}:
        return _held(sight)
    return _COUNTED.get(sight.by, "transaction.shares")


def _worded(sight: Sight) -> str | None:
    """What the words right around say: "a block of", "sale of his entire holding of", "reduced its holding of A shares at"."""
    before = sight.scene.before(sight.i, 80)
    if _BLOCK.match(sight.after) or any(p.search(before) for p in (_BLOCK_OF, _WHOLE_SOLD, _HOLDING_CUT)):
        return "transaction.shares"
    if _PLACED.match(sight.after) or _BY_BLOCK.match(sight.scene.after(sight.i, 90)):
        return "transaction.shares"
    if sight.last in {"transaction.value", "fx.conversion"} and _BOUGHT_FOR.search(before):
        return "transaction.shares"
    if _ISSUES.search(sight.before) or _IN_ISSUE.match(sight.after):
        return "shares.issued"
    return "stake.after_shares" if _INTEREST.match(sight.after) else None


def _ends(sight: Sight) -> str | None:
    """The other end of a move of a holding: "trimmed to A shares, down from B shares", 由A股減至B股; a holding once sold."""
    if sight.last == "stake.after_shares" and near.comes_from(sight.scene, sight.i):
        return "stake.before_shares"
    if sight.last == "stake.before_shares" and near.goes_to(sight.scene, sight.i):
        return "stake.after_shares"
    if _HOLDING_OF.match(sight.after):
        return "stake.before_shares"
    return "stake.after_shares" if _KEPT.match(sight.after) and sight.by == "hold" else None


_OF_SHARES = (_worded, _ends)


def _held(sight: Sight) -> str:
    """Shares somebody holds, before a trade or after it."""
    if sight.by == "remain" and _LEFT_OVER.search(sight.before):
        return "count"
    if sight.by == "hold" and "plan" in sight.names and "sell" in sight.names and _AT_MOST.search(sight.before):
        return "transaction.shares"  # 转让其持有的股份不超过
    if near.moves_by(sight.scene, sight.i):
        return "transaction.shares"  # cut its stake by 80 million shares
    moved = near.goes_to(sight.scene, sight.i) or near.comes_from(sight.scene, sight.i)
    if sight.by == "stake" and not moved and sight.names & {"sell", "buy"}:
        sold = sight.close_to("sell", 2) or sight.close_to("buy", 2)
        return "transaction.shares" if sold else "stake.after_shares"
    if sight.by == "hold" and sight.words == "with" and "buyback" in sight.names:
        return "buyback.shares"
    past = sight.by != "remain" and _PAST.search(sight.before) is not None
    return "stake.before_shares" if past or near.comes_from(sight.scene, sight.i) else "stake.after_shares"


def _day(scene: Scene, i: int, told: list[str]) -> str:
    """A day."""
    sight = Sight(scene, i, told, DAY)
    sight.roles = [
        r for r in sight.roles if r.name != "filing" or r.right or scene.parted(r.cue.end, sight.found.start) <= 1
    ]
    sight.role = sight.roles[0] if sight.roles else None
    sight.by = sight.role.name if sight.role else ""
    return first(_OF_DAYS, sight) or _DAYS.get(sight.by, "other.date")


def _dated(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """The words right in front tell: "a sale on", "a notice dated", "until"."""
    if _TRADED_ON.search(sight.before):
        return "transaction.date"
    if _CLOSE_ON.search(sight.before):
        return "price.date"
    if _OPEN_END.search(sight.before):
        priced = _AS_OF.search(sight.before) and sight.by in {"close", "last", "high", "low"}
        return "price.date" if priced else "other.date"
    if sight.i and sight.scene.found[sight.i - 1].unit == "date" and sight.before in _TOGETHER:
        return sight.last
    if _CLOSED_BEHIND.search(sight.scene.after(sight.i, 40)):
        return "price.date"
    if _RECENTLY.search(sight.before):
        return "other.date"
    return "report.date" if _DATED.search(sight.before) and "plan_day" not in sight.clause else None


def _followed(sight: Sight) -> str | None:
    """What was done on the day, said behind it: 11月5日公告, 於11月5日以每股10元增持, "On May 9 the fund, which holds 5%, sold"."""
    end = sight.found.end
    if _PUBLISHED.match(sight.after) or _ANNOUNCED.match(sight.scene.lower, end, end + 60):
        return "report.date"
    if _FIRST_ON.search(sight.before) and sight.by in {"hold", "remain", "stake", ""}:
        moved = sight.names & {"up", "down"} and "stake" in sight.names
        if moved or sight.names & {"sell", "buy", "add"}:
            return "transaction.date"
    traded = _AT_A_DAY.search(sight.before) and _IN_A_TRADE.match(sight.scene.lower, end, end + 90)
    return "transaction.date" if traded else None


def _behind_a_trade(sight: Sight) -> str | None:
    """Right behind what was traded or held: "sold 2m shares at HK$5 on May 9"."""
    settled = sight.by in {"plan_day", "listing", "hold"} and sight.role is not None and sight.role.cost < 2.5
    if settled or sight.i == 0 or not sight.same_sentence(sight.i - 1):
        return None
    close = _ON.search(sight.before) is not None and len(sight.scene.before(sight.i, 60)) < 30
    last = sight.told[-2] if sight.last == "fx.conversion" and sight.i > 1 else sight.last
    return "transaction.date" if close and last.startswith(_TRADED) else None


def _untold(sight: Sight) -> str | None:
    """A day that nothing near speaks of: of the trade its sentence told, or like the day before it."""
    if sight.role is not None:
        return None
    if sight.i and sight.same_sentence(sight.i - 1) and "transaction.shares" in sight.told[-3:]:
        return "transaction.date"
    before = range(sight.i - 1, max(sight.i - 5, -1), -1)
    last = next((j for j in before if sight.scene.found[j].unit == "date" and sight.same_sentence(j)), None)
    return sight.told[last] if last is not None else "other.date"


def _of_price(sight: Sight) -> str | None:
    """A word for shares says a day of prices only where it is near, and no trade is told."""
    if sight.by == "share_price" and sight.names & {"sell", "buy", "buyback"}:
        return "transaction.date"
    if sight.by == "last" and sight.last == "transaction.shares" and sight.same_sentence(sight.i - 1):
        return "transaction.date"  # sold 2m shares traded in Hong Kong on May 9
    if sight.by == "share_price" and sight.words == "股份":
        return "other.date"
    far = sight.role is not None and sight.role.cost > 8
    return "other.date" if far and _DAYS.get(sight.by) == "price.date" else None


_OF_DAYS = (_followed, _dated, _behind_a_trade, _untold, _of_price)


def _times(scene: Scene, i: int, told: list[str]) -> str:
    """A rate of exchange, a multiple, a ratio."""
    found = scene.found[i]
    if found.noun == "rate" or (found.currency is None and _EQUALS.search(scene.before(i))):
        return "fx.rate"
    if found.growth:
        kind = percent(scene, i, told)
        return kind if kind.endswith("change_pct") else "other.multiple"
    return "other.ratio" if _RATIO.search(scene.before(i) + scene.after(i)) else "other.multiple"


def _count(scene: Scene, i: int, told: list[str]) -> str:
    """A number of anything else."""
    sight = Sight(scene, i, told, COUNT)
    if scene.found[i].noun in _NO_VOLUME:
        return "count"
    return _COUNTED.get(sight.by, "count")


def _period(_scene: Scene, _i: int, _told: list[str]) -> str:
    return "period"


_BY_UNIT: dict[str, Callable[[Scene, int, list[str]], str]] = {
    "shares": _shares,
    "currency": money,
    "pct": percent,
    "pp": percent,
    "x": _times,
    "count": _count,
    "date": _day,
    "period": _period,
}
