"""What a sum of money is: a price per share, a conversion, or what a trade, a holding, a result or a deal adds up to."""

import re

from stakeline.checks import claims_near as near
from stakeline.checks.claims_prices import TRADES, price
from stakeline.checks.claims_scene import Scene
from stakeline.checks.claims_sight import Sight, first
from stakeline.checks.claims_weights import AMOUNT

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
    r"\((?:or |about |around |some |roughly |approximately |约|約|合|折合)*$"
    r"|\b(?:or|equivalent to|equal to|about)(?: about| around| some| roughly| approximately)? $"
    r"|[(（,，]? ?(?:约合|約合|折合|相当于|相當於|合|即)(?:约|約)? ?$|/ ?$"
)
_BUYS = re.compile("^(?:增持|买入|買入|购入|購入)")
_FOR = re.compile(
    r"\bfor (?:about |around |some |nearly |roughly |over |almost |as much as |up to |more than |at least |a total of )?$"
)
_TRADE_BEHIND = re.compile(
    r"^ (?:share |stake |block |secondary )?(?:transaction|sale|placement|offering|selldown|block trade|share sale)\b"
)
_AMOUNTED = re.compile(
    r"\b(?:amount(?:s|ed|ing)? to|of) (?:about |around |approximately )?$|(?:总额|總額|达到|達到|达|達|为|為)(?:约|約)?$"
)
_WORTH = re.compile(r"\b(?:worth|valued at)(?: [a-z]+){0,3} $|(?:价值|價值|市值)约?約?$")
_VALUED = re.compile(r"\b(?:worth|valued)\b|[价價]值")
_CHARGE = re.compile(r"^ (?:[a-z-]+ ){0,2}(?:impairment|write-?down|write-?off|restructuring charge)s?\b")
_STERLING = {"GBX", "GBP"}
_PIECE_OF = re.compile(r"\bof (?:its|his|her|their|the) $")
_STAKE_BEHIND = re.compile(r"^ (?:stake|holding|shareholding|position|interest)\b")
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
_CASHED = ("套现", "套現")
_PUT_IN = re.compile(r"\b(?:invested|paid|spent) (?:about |around |some |nearly |roughly |only |just )?$")
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
    gap = scene.lower[last.end : now.start]
    return len(gap) <= 30 and (now.bracket or _OTHER_CURRENCY.search(gap) is not None)


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


def _is_price(scene: Scene, i: int) -> bool:
    """Whether it is per share: it says so, or it is small and no sum."""
    found = scene.found[i]
    if near.per_share(scene, i):
        return True
    if _SCALED.search(found.text):
        return False
    limit = 5_000_000 if found.currency in {"KRW", "VND", "IDR"} else 100_000 if found.currency == "JPY" else 20_000
    if near.is_at(scene, i) and found.number < max(limit, 100_000):
        return True
    return found.number < limit and _NO_PRICE.search(scene.before(i)) is None


def _compared(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """What others thought, and what it was before; a charge that the line above it bears."""
    if _CHARGE.match(sight.after) or _IMPAIRED.search(sight.scene.before(sight.i, 70)):
        return "cost.value"
    if _OWN_SHARES.match(sight.scene.after(sight.i, 80)):
        return "buyback.value"
    if _MANAGED.match(sight.after):
        return "other.amount"
    if sight.by in {"profit", "gain"} and _FROM_SALE.match(sight.scene.after(sight.i, 60)):
        return "transaction.gain"
    if near.is_expected(sight.scene, sight.i) and not sight.names & (TRADES | {"proceeds"}):
        return "result.other"
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
    if _FOR.search(sight.before) and sight.names & TRADES:
        return "transaction.value"
    if last.endswith(".change_pct") and not last.startswith("price") and near.goes_to(sight.scene, sight.i):
        values = _VALUES[last.partition(".")[0]]
        return next((k for k in reversed(sight.told) if k in values), values[0])
    if last in {"transaction.shares", "transaction.avg_price", "transaction.stake_pct", "transaction.value"}:
        return "transaction.value"
    return last if last in {"segment.revenue", "result.revenue"} else "other.amount"


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
    return "result.prior_value" if near.from_(scene, i) else _RESULTS[sight.by]


def _other(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """Turnover of a trade or of a day, money raised by a listing, the value of a bid."""
    if sight.by == "other_amount" and "buyback" in sight.names:
        return "buyback.value"
    if sight.by == "other_amount" and sight.names & {"sell", "buy"} and sight.governed(["proceeds"]):
        return "transaction.value"
    if sight.by == "market_value" and "valuing" in sight.before and sight.names & {"offer", "deal_value", "discount"}:
        return "deal.value"
    if sight.words == "市值" and sight.last.startswith(("stake.", "transaction.stake")):
        return "stake.value"
    if sight.words.startswith(_CASHED):
        return "transaction.value"
    if sight.by == "proceeds" and "listing" in sight.names and not sight.names & (TRADES - {"trade"}):
        return "other.amount"
    return None


def _lost(sight: Sight) -> str | None:
    """A company lost it, or its market value did."""
    if sight.by == "market_value" and near.repeats(sight.scene, sight.i) and sight.last == "price.change_pct":
        return "market_value.change"
    if sight.by == "wiped" and near.goes_to(sight.scene, sight.i):
        return "market_value"
    if sight.by != "lost":
        return None
    return "market_value.change" if sight.names & {"market_value", "wiped"} else "result.net_loss"


def _holding(sight: Sight) -> str | None:
    """What a holding is worth."""
    if _PIECE_OF.search(sight.before) and _STAKE_BEHIND.match(sight.after):
        return "stake.value"
    if _SHARES_WORTH.search(sight.before) and not sight.since & {"sell", "buy"}:
        return "stake.value"
    if (
        sight.by == "proceeds"
        and _WORTH.search(sight.before)
        and "stake" in sight.since
        and not sight.since & {"sell", "buy"}
    ):
        return "stake.value"
    if sight.by != "proceeds" or not sight.last.startswith("stake.") or _PUT_IN.search(sight.before):
        return None
    if _WORTH.search(sight.before) and not sight.since & TRADES:
        return "stake.value"
    untold = not sight.names & (TRADES | {"down"})
    return "stake.value" if untold and "transaction.value" in sight.told else None


def _trade(sight: Sight) -> str | None:
    """What a trade fetched or cost, unless it is of a company's own shares, of a holding or of a business."""
    if sight.by not in {"sell", "buy", "trade", "proceeds"}:
        return None
    if "buyback" in sight.names and "sell" not in sight.names and not _BUYS.match(sight.after):
        return "buyback.value"
    if not sight.names & TRADES and sight.close_to("stake", 3):
        return "stake.value"
    if "deal_value" in sight.names and sight.close_to("deal_value", 1.5) and not _shares_told(sight):
        return "deal.value"
    return "transaction.value"


def _for_a_stake(sight: Sight) -> str | None:
    """The price of a stake: "a 5% stake for X", "sold a stake for X"."""
    if sight.by in {"stake", "hold"} and sight.names & (TRADES | {"down"}) and _TRADE_BEHIND.match(sight.after):
        return "transaction.value"
    if sight.by not in {"hold", "stake", "deal_value", "other_amount", "volume", "segment"}:
        return None
    paid = _FOR.search(sight.before) is not None
    if paid and sight.names & TRADES and _shares_told(sight):
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
    _of_year_before,
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


def _shares_told(sight: Sight) -> bool:
    """Whether its sentence counts shares or says a part of a company."""
    start, end = sight.scene.bounds(sight.i)
    near_by = sight.scene.found[max(sight.i - 6, 0) : sight.i + 6]
    return any(start <= f.start < end and f.unit in {"shares", "pct"} for f in near_by)
