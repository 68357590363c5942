"""What a sum of money is: a price per share, a conversion, or what a trade, a holding, a result or a deal adds up to."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.prices import TRADES, price
from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.sight import Sight, bought_back, first
from stakeline.checks.claims.weights import AMOUNT

_RESULTS = {
    "revenue": "result.revenue",
    "profit": "result.net_profit",
    "loss": "result.net_loss",
    "gross": "result.gross_profit",
    "other_result": "result.other",
    "guidance": "result.other",
    "segment": "segment.revenue",
    "cost": "cost.value",
}
"""What the cue of a line of results makes of a sum."""
_SUMS = {
    "gain": "transaction.gain",
    "buyback": "buyback.value",
    "stake": "stake.value",
    "hold": "stake.value",
    "market_value": "market_value",
    "wiped": "market_value.change",
    "other_amount": "other.amount",
    "volume": "other.amount",
    "dividend": "other.amount",
    "deal_value": "deal.value",
    "operating": "operating.figure",
}
_VALUES = {
    "segment": ("segment.revenue",),
    "result": ("result.revenue", "result.net_profit", "result.net_loss", "result.gross_profit"),
    "cost": ("cost.value",),
    "stake": ("stake.value",),
}
"""What "rose 5% to X" can be, by what rose."""
_SCALED = re.compile(
    r"million|billion|trillion|crore|lakh|mn|bn|tn|[0-9][mbk]\b|thousand|[亿億万萬千兆]", re.IGNORECASE
)
_OTHER_CURRENCY = re.compile(
    r"\((?:or |about |around |some |roughly |approximately |约|約|合|折合)* ?$"
    r"|\b(?:or|equivalent to|equal to|about)(?: about| around| some| roughly| approximately)? $"
    r"|[(（,，]? ?(?:约合|約合|折合|相当于|相當於|合|即)(?:约|約)? ?$|/ ?$"
)
_BUYS = re.compile("^增持")
_FOR = re.compile(
    r"\bfor (?:about |around |some |nearly |roughly |over |almost |as much as |up to |more than |no more than |at most |at least |a total of )?$"
    r"|(?:以|作[价價]|斥)(?:[总總][价價])?(?:约|約)?$"
)
_TRADE_BEHIND = re.compile(
    r"^ (?:share |stake |block |secondary )?(?:transaction|sale|placement|offering|selldown|block trade|share sale)\b"
)
_AMOUNTED = re.compile(
    r"\b(?:amount(?:s|ed|ing)? to|total(?:s|l?ed|l?ing)|of) (?:about |around |approximately )?$|(?:总额|總額|达到|達到|达|達|为|為)(?:约|約)?$"
)
_WORTH = re.compile(r"\b(?:worth|valued at)(?: [a-z]+){0,3} $|(?:价值|價值|市值)约?約?$")
_VALUED = re.compile(r"\b(?:worth|valued)\b|[价價]值")
_CHARGE = re.compile(r"^ (?:[a-z-]+ ){0,2}(?:impairment|write-?down|write-?off|restructuring charge)s?\b")
_STERLING = {"GBX", "GBP"}
_PIECE_OF = re.compile(r"\bof (?:its|his|her|their|the) $")
_STAKE_BEHIND = re.compile(r"^ (?:stake|holding|shareholding|position|interest)\b")
_BROUGHT_IN = re.compile(r"\b(?:brought|bring|brings|bringing) in (?:about |some )?$")
_LEFT_UNDER = re.compile(r"^ (?:is |was )?(?:left|remaining|remains)\b")
_MADE = re.compile(r"\bmade (?:about |some |only |just )?$")
_LISTED_PART = re.compile(
    r"(?:,|,? and) (?!(?:net|gross|operating|cost|total|profit|loss|up|down|from|a|an)\b)(?:[a-z-]+ ){1,4}"
)
_COLON = re.compile(" ?: ?")
_NO_PRICE = re.compile(r"\b(?:fine|salary|bonus|fee)\b")
_SHORT_SALES = frozenset(["沽空", "卖空", "賣空", "short selling", "short sales"])
_OWN_SHARES = re.compile(
    r"^ ?(?:\([^)]{0,40}\) )?(?:(?:on|in|buying|to buy|acquiring) (?:back )?(?:its|their) own (?:shares|stock)|buying back|to buy back|repurchasing|to repurchase|on (?:share |stock )?(?:buy-?backs|repurchases))\b"
)
_FROM_SALE = re.compile(
    r"^ ?(?:\([^)]{0,40}\) )?(?:from|on|by) (?:the |its |his |her )?(?:sale|disposal|selling|disposing|offloading)\b"
)
_MANAGED = re.compile(
    r"^ (?:in assets |worth of assets )?under management\b|^ (?:of|in) (?:[a-z.]+ ){0,3}(?:treasury bills|cash|bonds|deposits)\b|^ (?:[a-z]+ ){0,2}funds?\b(?! manag)"
)
_IMPAIRED = re.compile(
    r"\bimpairments?(?: (?:loss|losses|charge|charges|provisions?))?(?: (?:on|for) [a-z ]{1,30})? (?:of|was|were|totalled|totaled|to) (?:about |around |some )?$"
)
_SHARES_WORTH = re.compile(
    "(?:(?:这些|這些|该等|該等|其所持|所持)(?:的)?股[份权權]|持股|持[仓倉]|股[份权權](?:之)?)(?:[总總])?(?<!减持股份)(?:[价價]值|市值)(?:约|約|为|為)*$"
)
_HOLDING_WORTH = re.compile(
    "(?<![减減增])(?:持股|持[仓倉]|所持股[份权權])(?:的)?(?:[总總])?(?:[价價]值|市值)(?:约|約|为|為|达|達)*$"
)
_TRADED_WORTH = re.compile(
    "(?:[减減增]持|出售|[转轉][让讓]|沽出|派[发發]|[买買]入|[卖賣]出|售出|分派)[^,，。;；0-9]{0,12}市值(?:约|約|为|為)*$"
)
_COMPANY_WORTH = re.compile("(?:公司|集[团團]|目前|最新|[总總]|流通|最新報|整体|整體)的?市值")
_TRADED = ("transaction.shares", "transaction.stake", "transaction.pct")
_AT_THAT_PRICE = re.compile("(?:估算|[計计]算?|[試试]算)[,，]市值(?:约|約|为|為)*$")
_CASHED = ("套现", "套現")
_PUT_IN = re.compile(r"\b(?:invested|paid|spent) (?:about |around |some |nearly |roughly |only |just )?$")
_PAID = re.compile(r"^ (?:that )?(?:it|he|she|they)(?: had| has)? (?:originally )?(?:paid|spent)\b")
_OF_STOCK = re.compile(r"^ (?:worth )?of [^;,]{0,60}?\b(?:stock|shares)\b")
_VALUE_OF_HELD = re.compile(
    r"\bvalue of (?:its|his|her|their|the|[\w'&. -]{1,40}?'s?) (?:[a-z]+ )?(?:stake|shares|holdings?|position|investment) (?:[a-z]+ ){0,3}$"
)
_RAISES = re.compile(
    r"^ (?:[a-z-]+ )?(?:fund-?rais(?:e|ing)|capital raising|cash call|rights issue|share issue|funding round|asset[- ]sales?|disposal programme|disposal program)\b"
)
_COST_OF_TRADE = re.compile(
    r"\b(?:cost|value|price|total) of (?:this|the|that|his|her|its|these|those) (?:investment|purchase|acquisition|sale|trade|transaction|buy|disposal)s? (?:[a-z]+ ){0,3}$"
)
_TURNED_OVER = re.compile(
    "^[,，]?(?:涉资|涉資|涉及|成交额|成交額|金额|金額|成交金额|成交金額)(?:约|約|逾|近|资金|資金|为|為)*$"
)
_VALUES_AT = re.compile(
    r"\bvalu(?:es|ed|ing) (?:the |its |[a-z]{3,20} )(?!of\b)[^,.;]{0,50}?\bat (?:about |around |some |roughly |nearly |up to )?$"
)
_ADDED_TO = re.compile(
    r"^ (?:to|off|from) (?:its|the [a-z]+'s|their) (?:market|stock market|equity) (?:value|capitali[sz]ation)\b"
)
_IN_SHARES = re.compile(r"^ (?:in|of) (?:its |the )?(?:[a-z]+ )?(?:shares|stock)\b")
_ORDER = re.compile(r"\b(?:order|contract|loan|bond issue)s? (?:worth|valued at|of) (?:about |around |up to |some )?$")
_SMALL_CHANGE = re.compile(r"\b(?:up|down|more|rose|fell) $")


def money(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of a sum of money; told: the kinds of the figures before it."""
    if _repeats_in_other_currency(scene, i):
        return "fx.conversion"
    if _is_product(scene, i, told):
        return "buyback.value" if "buyback.shares" in told[-4:] else "transaction.value"
    if _is_price(scene, i):
        return price(scene, i, told)
    sight = Sight(scene, i, told, AMOUNT)
    sight.leave_out("with")
    kind = first(_RULES, sight) or _SUMS[sight.by]
    below_zero = scene.lower[max(scene.found[i].start - 1, 0) : scene.found[i].start] == "-"
    return "result.net_loss" if below_zero and kind == "result.net_profit" else kind


def _repeats_in_other_currency(scene: Scene, i: int) -> bool:
    """Whether it only says the sum before once more, in another currency."""
    if i == 0:
        return False
    last, now = scene.found[i - 1], scene.found[i]
    if last.unit != "currency" or last.currency == now.currency or {last.currency, now.currency} == _STERLING:
        return False
    if last.bracket and not now.bracket and now.number > last.number * _DEAREST:
        return False  # "at HK$107.20 (US$13.73) apiece, or HK$154 million"
    gap = scene.lower[last.end : now.start]
    return len(gap) <= 30 and (now.bracket or _OTHER_CURRENCY.search(gap) is not None)


_DEAREST = 20_000
"""No currency in which shares are quoted is worth so many of another."""


def _is_product(scene: Scene, i: int, told: list[str]) -> bool:
    """Whether a sum is what the shares traded in its sentence cost at the price told there: "5,000 shares at 641p, paying £32,064"."""
    found, start = scene.found[i], scene.bounds(i)[0]
    if near.per_share(scene, i):
        return False
    before = [j for j in range(max(i - 4, 0), i) if scene.found[j].start >= start]
    counts = [scene.found[j].number for j in before if told[j] in {"transaction.shares", "buyback.shares"}]
    prices = [scene.found[j] for j in before if told[j] == "transaction.avg_price"]
    if not counts or not prices:
        return False
    price = prices[-1]
    pence = price.currency == "GBX" and found.currency == "GBP"
    cost = counts[-1] * price.number / (100 if pence else 1)
    alike = pence or price.currency == found.currency
    return alike and counts[-1] > 1 and abs(cost - found.number) * 50 <= found.number


def _is_sum_of_shares(scene: Scene, i: int) -> bool:
    """As in "sold 3,000 shares for $171, or 5.7 cents each": the price of each comes behind it."""
    behind = scene.found[i + 1] if i + 1 < len(scene.found) else None
    each = behind is not None and behind.unit == "currency" and near.per_share(scene, i + 1)
    return each and i > 0 and scene.found[i - 1].unit == "shares" and _FOR.search(scene.before(i)) is not None


def _is_price(scene: Scene, i: int) -> bool:
    """Whether it is per share: it says so, or it is small and no sum."""
    found = scene.found[i]
    if _is_sum_of_shares(scene, i):
        return False
    if near.per_share(scene, i):
        return True
    if _SCALED.search(found.text):
        return False
    limit = 5_000_000 if found.currency in {"KRW", "VND", "IDR"} else 100_000 if found.currency == "JPY" else 20_000
    if near.is_at(scene, i) and found.number < max(limit, 100_000):
        return True
    return found.number < limit and _NO_PRICE.search(scene.before(i)) is None


def _worded(sight: Sight) -> str | None:
    """What the words right around say: "a fundraise", "the value of its stake rose to", "the cost of this purchase", "it paid"."""
    if _RAISES.match(sight.after) or (sight.last == "volume.shares" and _TURNED_OVER.match(sight.before)):
        return "other.amount"
    before = sight.scene.before(sight.i, 90)
    if _VALUE_OF_HELD.search(before):
        return "stake.value"
    shed = sight.by == "wiped" and "sell" in sight.names and _OF_STOCK.match(sight.scene.after(sight.i, 80))
    paid = _PAID.match(sight.after) or (_COST_OF_TRADE.search(before) and "transaction.shares" in sight.told[-6:])
    return "transaction.value" if shed or paid else None


def _compared(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """What others thought, and what it was before; a charge that the line above it bears."""
    if _CHARGE.match(sight.after) or _IMPAIRED.search(sight.scene.before(sight.i, 70)):
        return "cost.value"
    listed = _LISTED_PART.fullmatch(sight.before) or near.coordinated(sight.scene, sight.i)
    if listed and sight.last == "segment.revenue" and sight.same_sentence(sight.i - 1):
        return "segment.revenue"
    if _MANAGED.match(sight.after):
        return "other.amount"
    if sight.by in {"profit", "gain"} and _FROM_SALE.match(sight.scene.after(sight.i, 60)):
        return "transaction.gain"
    if near.is_expected(sight.scene, sight.i) and not sight.names & (TRADES | {"proceeds"}):
        return "result.other"
    if _MADE.search(sight.before) and not (sight.names & (TRADES | {"offer", "stake"}) or "segment" in sight.since):
        return "result.net_profit"
    if _follows_result(sight) and near.from_(sight.scene, sight.i):
        return "result.prior_value"
    return None


def _follows_result(sight: Sight) -> bool:
    """Whether the sum before it in the sentence is one of results."""
    for j in range(sight.i - 1, max(sight.i - 4, -1), -1):
        if not sight.same_sentence(j):
            return False
        if sight.scene.found[j].unit == "currency" and sight.told[j] != "fx.conversion":
            return sight.told[j].startswith("result.") and sight.told[j] != "result.other"
    return False


def _carried(sight: Sight) -> str | None:
    """A sum that nothing near speaks of: what the figure before leads to."""
    if sight.role is not None:
        return None
    last = sight.last
    if near.from_(sight.scene, sight.i) and any(k.startswith("result.") for k in sight.told[-4:]):
        return "result.prior_value"
    if _FOR.search(sight.before) and sight.names & TRADES:
        return "transaction.value"
    if last.endswith(".change_pct") and not last.startswith("price") and near.goes_to(sight.scene, sight.i):
        values = _VALUES[last.partition(".")[0]]
        return next((k for k in reversed(sight.told) if k in values), values[0])
    if last in {"transaction.shares", "transaction.avg_price", "transaction.stake_pct", "transaction.value"}:
        return "transaction.value"
    return last if last in {"segment.revenue", "result.revenue"} else "other.amount"


def _bought_back(sight: Sight) -> str | None:
    """What a company spends on its own shares."""
    if _OWN_SHARES.match(sight.tail) or (_FOR.search(sight.before) and bought_back(sight)):
        return "buyback.value"
    if _LEFT_UNDER.match(sight.after) and any(k.startswith("buyback.") for k in sight.told[-6:]):
        return "buyback.value"
    bought = sight.by in TRADES | {"proceeds", ""} and bought_back(sight)
    return "buyback.value" if bought else None


def _no_result(sight: Sight) -> str | None:
    """Words of results that speak of a trade or of the market: "expects to raise X", "turnover was X"."""
    if sight.by == "guidance" and sight.names & (TRADES | {"proceeds"}):
        return None if sight.names & (_RESULTS.keys() - {"guidance"}) else "transaction.value"
    if sight.by == "revenue" and "volume" in sight.names and "turnover" in sight.words:
        return "other.amount"
    return None


def _result(sight: Sight) -> str | None:
    """A line of results: the figure itself, what it changed by, what it is compared with, what is expected."""
    if sight.by not in _RESULTS:
        return None
    _end_of_a_move(sight)
    scene, i, start = sight.scene, sight.i, sight.found.start
    guided = any(
        c.name == "guidance"
        and (
            scene.parted(c.end, start) < 1
            or (scene.parted(c.end, start) < 2.5 and "," not in scene.text[c.end : start])
        )
        for c in scene.around(i)[0][-6:]
    )
    if sight.by == "guidance" or (guided and sight.by != "cost"):
        return "result.other"
    if near.repeats(scene, i) and sight.last.endswith("change_pct"):
        return "other.amount"
    changed = near.is_change(scene, i) and sight.by != "loss" and not near.goes_to(scene, i)
    if changed and (sight.found.lang == "zh" or _SMALL_CHANGE.search(sight.before)):
        return "other.amount"
    listed = sight.last == "result.prior_value" and near.coordinated(scene, i)
    return "result.prior_value" if listed or near.from_(scene, i) else _RESULTS[sight.by]


def _end_of_a_move(sight: Sight) -> None:
    """Of "profit up 2% to X on revenue of Y": what rose stands in front of it."""
    moved = sight.last.endswith(".change_pct") and near.goes_to(sight.scene, sight.i)
    if moved and sight.role is not None and sight.role.right and sight.same_sentence(sight.i - 1):
        role = next((r for r in sight.roles if not r.right and r.name in _RESULTS), None)
        if role is not None and role.cue.start >= sight.scene.bounds(sight.i)[0]:
            sight.role, sight.by = role, role.name


def _other(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """Turnover of a trade or of a day, money raised by a listing, the value of a bid."""
    if _VALUES_AT.search(sight.scene.before(sight.i, 70)):
        bid = sight.names & {"offer", "tender", "discount"} or "price.offer_or_cost" in sight.told
        return "deal.value" if bid else "market_value"
    if _ADDED_TO.match(sight.after):
        return "market_value.change"
    if _ORDER.search(sight.before) and not sight.names & TRADES:
        return "deal.value"
    if sight.by == "other_amount" and "buyback" in sight.names:
        return "buyback.value"
    if sight.by == "other_amount" and sight.names & {"sell", "buy"} and sight.governed(["proceeds"]):
        return "transaction.value"
    if sight.by == "market_value" and "valuing" in sight.before and sight.names & {"offer", "deal_value", "discount"}:
        return "deal.value"
    if sight.words.startswith(_CASHED):
        return "transaction.value"
    if sight.by == "proceeds" and "listing" in sight.names and not sight.names & (TRADES - {"trade"}):
        return "other.amount"
    return None


def _lost(sight: Sight) -> str | None:
    """A company lost it, or its market value did."""
    if sight.by == "market_value" and near.repeats(sight.scene, sight.i) and sight.last == "price.change_pct":
        return "market_value.change"
    moved = near.moves_by(sight.scene, sight.i) or near.is_change(sight.scene, sight.i)
    if sight.by == "market_value" and moved and not near.goes_to(sight.scene, sight.i):
        return "market_value.change"
    if sight.by == "wiped" and near.goes_to(sight.scene, sight.i):
        return "market_value"
    if sight.by != "lost":
        return None
    return "market_value.change" if sight.names & {"market_value", "wiped"} else "result.net_loss"


def _holding(sight: Sight) -> str | None:
    """What a holding is worth."""
    before = sight.before
    piece = _PIECE_OF.search(before) and _STAKE_BEHIND.match(sight.after)
    held = _SHARES_WORTH.search(before) and not sight.since & {"sell", "buy"}
    if piece or held or _HOLDING_WORTH.search(before):
        return "stake.value"
    if sight.words == "市值" and not _COMPANY_WORTH.search(before):
        return _worth_of_shares(sight)
    return _worth(sight) if sight.by == "proceeds" else None


def _worth(sight: Sight) -> str | None:
    """Of "worth X": the company whose shares were counted, or a holding told before it."""
    worth = _WORTH.search(sight.before) is not None
    if worth and sight.last == "shares.issued":
        return "market_value"
    if worth and "stake" in sight.since and not sight.since & {"sell", "buy"}:
        return "stake.value"
    if not sight.last.startswith("stake.") or _PUT_IN.search(sight.before):
        return None
    untold = not sight.names & (TRADES | {"down"}) and "transaction.value" in sight.told
    return "stake.value" if untold or (worth and not sight.since & TRADES) else None


def _worth_of_shares(sight: Sight) -> str | None:
    """What the shares told in its sentence are worth, if any are: sold or held."""
    reckoned = _AT_THAT_PRICE.search(sight.lead) or (sight.i > 1 and _AT_THAT_PRICE.search(sight.before))
    recent = sight.told[-6:]
    if _TRADED_WORTH.search(sight.before) or (reckoned and any(k.startswith(_TRADED) for k in recent)):
        return "transaction.value"
    for j in range(sight.i - 1, max(sight.i - 5, -1), -1):
        if sight.same_sentence(j) and sight.told[j].startswith(_TRADED):
            return "transaction.value"
        if sight.told[j].startswith("stake.") and (sight.same_sentence(j) or j == sight.i - 1):
            return "stake.value"
    return None


def _trade(sight: Sight) -> str | None:
    """What a trade fetched or cost, unless it is of a company's own shares, of a holding or of a business."""
    if sight.by not in {"sell", "buy", "trade", "proceeds"}:
        return None
    if "buyback" in sight.names and "sell" not in sight.names and not _BUYS.match(sight.after):
        return "buyback.value"
    if not sight.names & TRADES:
        return _untraded(sight)
    if "deal_value" in sight.names and sight.close_to("deal_value", 1.5) and not _told(sight, {"shares", "pct"}):
        return "deal.value"
    return "transaction.value"


def _untraded(sight: Sight) -> str:
    """Of a sum that comes in or goes out where no trade is told: for a holding, for a business, from a part of it."""
    if sight.close_to("stake", 3):
        return "stake.value"
    start = sight.scene.bounds(sight.i)[0]
    if any(c.name == "deal_value" and c.start >= start for c in sight.scene.around(sight.i)[0]):
        counted = any(k in {"transaction.shares", "stake.after_shares"} for k in sight.told[-4:])
        return "transaction.value" if counted or _IN_SHARES.match(sight.after) else "deal.value"
    brought = _BROUGHT_IN.search(sight.before) and sight.last.startswith(("result.", "segment."))
    return "segment.revenue" if brought else "transaction.value"


def _for_a_stake(sight: Sight) -> str | None:
    """The price of a stake: "a 5% stake for X", "sold a stake for X"."""
    if sight.by in {"stake", "hold"} and sight.names & (TRADES | {"down"}) and _TRADE_BEHIND.match(sight.after):
        return "transaction.value"
    if sight.by not in {"hold", "stake", "deal_value", "other_amount", "volume", "segment"}:
        return None
    paid = _FOR.search(sight.before) is not None
    if paid and sight.names & TRADES and _told(sight, {"shares", "pct"}):
        return "transaction.value"
    if sight.by != "stake":
        return None
    if "deal_value" in sight.clause:
        return "deal.value" if paid else None
    valued = _VALUED.search(sight.before + sight.after) is not None
    return "transaction.value" if sight.names & {"sell", "buy", "plan"} and not valued else None


def _short_sales(sight: Sight) -> str | None:
    """What was sold short that day."""
    return "other.amount" if sight.words in _SHORT_SALES else None


def _amounted(sight: Sight) -> str | None:
    """Of "revenue amounted to": the verb says nothing of a trade where a line of results stands in front of it."""
    if sight.by == "proceeds" and not sight.names & TRADES and _AMOUNTED.search(sight.before):
        topic = next((r for r in sight.roles if r.name in _RESULTS and not r.right and r.name != "guidance"), None)
        if topic is not None and any(
            r.name == "proceeds" and r is not sight.role and not r.right and r.cue.start > topic.cue.start
            for r in sight.roles
        ):
            return None  # 扣除開支後所得款項淨額
        if topic is not None and topic.cue.start >= sight.scene.bounds(sight.i)[0]:
            sight.role, sight.by = topic, topic.name
    return None


def _of_year_before(sight: Sight) -> str | None:
    """The comparison in brackets: "revenue of A for the half year to June 2019 (half year to June 2018: B)"."""
    at = sight.i - 1
    if at < 1 or sight.scene.found[at].unit != "period" or not _COLON.fullmatch(sight.before):
        return None
    told = next((k for k in reversed(sight.told[-4:]) if k.startswith("result.")), "")
    start = sight.scene.found[at].start
    bracket = sight.scene.text[max(start - 1, 0) : start] == "("
    return "result.prior_value" if told and bracket and sight.same_sentence(at) else None


_RULES = (
    _short_sales,
    _bought_back,
    _of_year_before,
    _worded,
    _compared,
    _carried,
    _amounted,
    _no_result,
    _result,
    _other,
    _lost,
    _holding,
    _trade,
    _for_a_stake,
)


def _told(sight: Sight, units: set[str]) -> bool:
    """Whether its sentence has figures of these units: shares, a part of a company."""
    start, end = sight.scene.bounds(sight.i)
    near_by = sight.scene.found[max(sight.i - 6, 0) : sight.i + 6]
    return any(start <= f.start < end and f.unit in units for f in near_by)
