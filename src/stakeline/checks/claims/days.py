"""What a day is: of a trade, of a price, of a report, of a listing."""

import re

from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.sight import Sight, first
from stakeline.checks.claims.weights import DAY
from stakeline.checks.claims.worded import Wording, worded

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
_OPEN_END = re.compile(
    r"(?:从|從|自|截至|from|since|by|on or before|as on|ended|ending|between|until|through|as of|as at|至|到) ?$"
)
_AS_OF = re.compile("(?:as of|as at|as on|截至) ?$")
_TRADED_ON = re.compile(
    r"(?:transaction|trade|sale|purchase|deal)s?(?: (?:that|which))?(?: was| were)?(?: ended| completed| finished)?(?: dated| on| of)(?: [a-z]+,)? $"
)
_PUBLISHED = re.compile(
    r"^(?:晚间|晚間|晚|盘后|盤後|早间)?(?:的|向港交所|向聯交所|向联交所)?(?:披露|公告|公布|公佈|發布|发布|宣布|宣佈|刊发|刊發|發公告|发公告)"
)
_ANNOUNCED = re.compile(
    r"(?:晚间|晚間|晚|盘后|盤後)?[,，]?(?:(?!减持|減持|增持|买入|買入|卖出|賣出|回购|回購|购回|購回|沽|举行|舉行)[^,，。;；0-9(]){0,16}(?:\([^()]{0,24}\))?(?:发布|發布|發佈|发公告|發公告|发出公告|公告称|公告稱|公告[,，:：]|宣布|宣佈|披露|公布|公佈)"
)
_CLOSE_ON = re.compile(
    r"\b(?:closing price|close|(?:stock|shares|price) (?:last )?closed)(?: of [a-z ]{1,20})? on (?:[a-z]+, )?$"
)
_CLOSED_BEHIND = re.compile(
    "^(?:[(（][^)）]{0,12}[)）])?(?:在|於|于)?(?:聯交所|联交所)?(?:所报|所報)?的?(?:每股)?(?:股份)?[0-9.]*(?:港元)?的?收[市盘盤][价價]"
)
_UNTIL = re.compile("起?(?:至|到|-|~|—)(?:今年|去年)?")
_AGREED_ON = re.compile(
    r"\b(?:agreement|contract|mandate)s? (?:signed|dated|struck|reached|entered into)(?: on)? $|\bresumed? (?:trading )?on (?:[a-z]+, )?$"
)
_LISTED_ON = re.compile(
    r"\b(?:listing|flotation|float|ipo|debut) (?:of|on|in) $|\b(?:came to market|went public|floated|listed|debuted)(?: [a-z]+){0,3}(?: at [^ ]+)? (?:on|in) $"
)
_LISTED_BEHIND = re.compile("^(?:在[^,，。;；]{1,10})?(?:上市|[挂掛]牌)")
_FILED_ON = re.compile(
    r"\b(?:filed|told the [a-z ]{3,40}|notified the [a-z ]{3,40})(?: on)?(?: (?:mon|tues|wednes|thurs|fri)day,?)? (?:on )?$"
)
_PRICE_BEHIND = re.compile(r"^(?:'s)? (?:closing |share )?price\b")
_SUBMITTED = re.compile("^(?:提交|遞交|递交|呈交|呈報|呈报|公布|公佈|披露)的")
_RECENTLY = re.compile(r"\bas recently as $")
_FIRST_ON = re.compile(r"^on $")
_THAT_ON = re.compile(r"\bthat on $")
_OF_A_PRICE = re.compile(r"^,? \(?(?:on|in|hit on|seen on|set on|reached on|recorded on|as of|as at) (?:[a-z]+, )?$")
_ON = re.compile(r"\bon (?:[a-z]+, )?$")
_TOGETHER = frozenset([" and ", " to ", "至", "到", "及", "和", " - ", "-"])
"""Between two days of one kind."""
_IN_A_TRADE = re.compile(
    r"(?:(?!公告|公布|公佈|举行|舉行|召开|召開|授|[通][过過](?!集中|大宗|其|旗下|上海|深圳|证券|證券|交易|协议|協議|公[开開]|二[级級]|[\u4e00-\u9fff]{0,10}(?:投资|投資|公司|[账帳][户戶]|系统|系統|信托|信託|基金))|至|到|止|拟|擬|计划|計劃)[^。;；\n]){0,70}?(?:减持|減持|增持|买入|買入|购入|購入|卖出|賣出|沽出|回购|回購|购回|購回)"
)
_TRADE_AT_ONCE = re.compile(
    "^(?:再|又|继续|繼續|分[别別]|合共|共|以)?(?:减持|減持|增持|买入|買入|购入|購入|卖出|賣出|沽出)"
)
_AT_A_DAY = re.compile("[于於在,，:：]$|^$")
_TRADED = ("transaction.", "stake.before", "stake.after")
_DATED = re.compile(
    r"\b(?:dated|of|filed|published|released|issued|announced|notice|filing|disclosed|reported)(?: on)? $"
)
_WORDED = (
    Wording("listing.date", before=_LISTED_ON),
    Wording("listing.date", after=_LISTED_BEHIND),
    Wording("report.date", before=_FILED_ON),
    Wording("report.date", after=_SUBMITTED),
    Wording("price.date", after=_PRICE_BEHIND),
    Wording("other.date", before=_AGREED_ON),
)


def day(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of a day; told: the kinds of the figures before it."""
    sight = Sight(scene, i, told, DAY)
    sight.roles = [
        r for r in sight.roles if r.name != "filing" or r.right or scene.parted(r.cue.end, sight.found.start) <= 1
    ]
    sight.role = sight.roles[0] if sight.roles else None
    sight.by = sight.role.name if sight.role else ""
    return first(_OF_DAYS, sight) or _DAYS.get(sight.by, "other.date")


def _marked(sight: Sight) -> str | None:
    """What only such days are: a listing, a filing, the day of a price, an agreement."""
    floated = sight.last == "price.offer_or_cost" and _OF_A_PRICE.search(sight.before) is not None
    if floated and sight.same_sentence(sight.i - 1) and "listing" in sight.names:
        return "listing.date"  # came to market at 240p on June 17
    return worded(sight, _WORDED)


def _followed(sight: Sight) -> str | None:
    """What was done on the day, said behind it: 11月5日公告, 於11月5日以每股10元增持, "On May 9 the fund, which holds 5%, sold"."""
    end = sight.found.end
    if _PUBLISHED.match(sight.after) or _ANNOUNCED.match(sight.scene.lower, end, end + 60):
        return "report.date"
    told_first = _FIRST_ON.search(sight.before) and sight.by in {"hold", "remain", "stake", ""}
    if told_first or _THAT_ON.search(sight.before):
        moved = sight.names & {"up", "down"} and "stake" in sight.names
        if moved or sight.names & {"sell", "buy", "add"}:
            return "transaction.date"
    if _TRADE_AT_ONCE.match(sight.after) and not _OPEN_END.search(sight.before):
        return "transaction.date"
    traded = _AT_A_DAY.search(sight.before) and _IN_A_TRADE.match(sight.scene.lower, end, end + 90)
    return "transaction.date" if traded else None


def _dated(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """The words right in front tell: "a sale on", "a notice dated", "until"."""
    if _TRADED_ON.search(sight.before):
        return "transaction.date"
    if _CLOSE_ON.search(sight.before):
        return "price.date"
    if _UNTIL.fullmatch(sight.after) and sight.follows("date"):
        return "other.date"
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


def _behind_a_trade(sight: Sight) -> str | None:
    """Right behind what was traded or held: "sold 2m shares at HK$5 on May 9"."""
    settled = sight.by in {"plan_day", "listing", "hold"} and sight.role is not None and sight.role.cost < 2.5
    if settled or sight.i == 0 or not sight.same_sentence(sight.i - 1):
        return None
    close = _ON.search(sight.before) is not None and len(sight.scene.before(sight.i, 60)) < 30
    last = sight.told[-2] if sight.last == "fx.conversion" and sight.i > 1 else sight.last
    return "transaction.date" if close and last.startswith(_TRADED) else None


def _behind_a_price(sight: Sight) -> str | None:
    """Right behind a price of the market: "from 57p on May 9", "a high of HK$8 in Apr. 7 trading"."""
    if sight.i == 0 or not sight.same_sentence(sight.i - 1) or not sight.last.startswith("price."):
        return None
    priced = sight.last not in {"price.change_pct", "price.date", "price.offer_or_cost"}
    return "price.date" if priced and _OF_A_PRICE.search(sight.before) else None


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


_OF_DAYS = (_marked, _followed, _dated, _behind_a_trade, _behind_a_price, _untold, _of_price)
