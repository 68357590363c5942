"""What an amount per share is: the price of a trade, an end of its range, a close, an offer, earnings, a dividend."""

import re

from stakeline.checks import claims_near as near
from stakeline.checks.claims_scene import Scene
from stakeline.checks.claims_sight import Sight, first
from stakeline.checks.claims_weights import PRICE

TRADES = frozenset(["sell", "buy", "trade", "add"])
_KINDS = {
    "close": "price.close",
    "last": "price.last",
    "high": "price.high",
    "low": "price.low",
    "offer": "price.offer_or_cost",
    "floor": "transaction.price_low",
    "ceiling": "transaction.price_high",
    "dividend": "dividend.per_share",
    "eps": "result.eps",
    "profit": "result.net_profit",
    "loss": "result.net_loss",
    "share_price": "price.last",
    "up": "price.last",
    "down": "price.last",
    "discount": "price.close",
}
_BETWEEN = re.compile(
    r"\b(?:between|from|ranging from|of|at|range of)(?: about)? $|(?:介乎|介于|介於|在|由|为|為|:|：)(?:每股)?$"
)
_FROM_ABOVE = re.compile(r"(?:介乎|介于|介於)$|\brang(?:ed|es|ing) from (?:about )?$")
_RANGED = re.compile(r"^(?:/股)? ?(?:and|to|-|–|~|至|到|与|與|和|及) ?(?:每股)?$")
_OFFERED = re.compile(r"\b(?:offer|offered|offers|offering|bid|bids|bid of|offer of|exercised at|priced at) $")
_CLOSE_OF = re.compile(r"\bclose of (?:trading|trade|business|play)\b")
_QUOTED = re.compile(r"\([A-Z]{2,6}(?:[:.] ?[A-Z]{1,4})?,? $")
_TARGET = re.compile(r"\b(?:price target|target price)\b[^.;]{0,40}$|[目][标標][价價][^,，。;；]{0,12}$")
_TO = re.compile(r"^ to $|^(?:上?[调調]|[升降])?[至到]$")
_STEP = re.compile(
    r"\b(?:up|down|rose|risen|fell|fallen|climbed|jumped|gained|added|slipped|dropped|lost|surged|eased|edged (?:up|down)) (?:by )?$|[升涨漲跌]了?$"
)
_STEP_BEHIND = re.compile(r"^ (?:higher|lower|up|down)\b")
_STEP_OR = re.compile(r"^,? or $")
_TANKED = re.compile(r"^ to $")
_PAR = re.compile(r"\b(?:face|par|nominal) value(?: [a-z]+){0,4} $|面[值額](?:[为為]|每股)?$")
_ASSETS = re.compile(r"(?:淨值|净值|净资产|淨資產)(?:[为為约約])?$|\b(?:asset|book) value(?: [a-z]+){0,4} $")
_BID_RAISED = re.compile(r"\b(?:bid|offer|proposal)s?\b(?: [a-z'-]+){0,8} to $")
_DEAL_PRICE = re.compile(r"\b(?:priced|pricing)(?: each)? at $")
_PAID = re.compile("成交|paid|paying")
_AVERAGE_CLOSE = re.compile(
    r"平均(?:收市|收[盘盤])[价價](?:每股|为|為|约|約)*$|日(?:的)?(?:平均|均)[价價](?:每股|为|為|约|約)*$|\baverage closing price(?: [a-z]+){0,4} $"
)
_CLOSED_AT = re.compile("^(?:/股)?(?:的收市[价價]|的收[盘盤][价價]|(?:收市|收[盘盤]|作收|[报報]收)(?!价|價))")
_AT_NOON = re.compile("午[间間]|半日|早[盘盤]|午市")


def price(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of an amount per share; told: the kinds of the figures before it."""
    sight = Sight(scene, i, told, PRICE)
    if sight.role is None:
        if "listing" in sight.clause:
            return "price.offer_or_cost"
        return "transaction.avg_price" if _traded(sight) else "price.last"
    return first(_RULES, sight) or _KINDS.get(sight.by, "transaction.avg_price")


def _traded(sight: Sight) -> bool:
    """Whether its sentence tells a trade, or the figure before was of one."""
    return (
        bool(sight.names & (TRADES | {"buyback", "proceeds"}))
        or any(
            k.startswith(("transaction.shares", "buyback")) and sight.same_sentence(j)
            for j, k in enumerate(sight.told[-3:], max(len(sight.told) - 3, 0))
        )
        or sight.last.startswith(("transaction", "buyback"))
    )


def _expected(sight: Sight) -> str | None:
    """An estimate of earnings, and by how much it was beaten."""
    if near.is_expected(sight.scene, sight.i) and not _traded(sight):
        return "result.other"
    if near.moves_by(sight.scene, sight.i) and sight.last in {"result.other", "result.eps"}:
        return "other.amount"
    return None


def _earned(sight: Sight) -> str | None:
    """Earnings per share, and those of the year before."""
    prior = near.from_(sight.scene, sight.i)
    each = near.per_share(sight.scene, sight.i)
    if sight.governed(["eps", "profit", "loss"], 8) and each and (not _traded(sight) or sight.by in {"profit", "loss"}):
        return "result.prior_value" if prior else "result.eps"
    if prior and (sight.last == "result.eps" or (sight.by == "eps" and "result.eps" in sight.told)):
        return "result.prior_value"
    return _KINDS[sight.by] if sight.by in {"dividend", "eps", "profit", "loss"} else None


def _ranged(sight: Sight) -> str | None:
    """An end of a range of prices, or the highest and lowest paid."""
    end = _end(sight.scene, sight.i)
    if end is not None and sight.by not in {"close", "last", "offer"}:
        deal = _traded(sight) or sight.by in {"range", "floor"}
        return f"transaction.price_{end}" if deal else f"price.{end}"
    if sight.by in {"high", "low"} and sight.role is not None and (sight.role.cost < 4.5 or not _traded(sight)):
        deal = "buyback" in sight.names or _PAID.search(sight.before) is not None
        return f"transaction.price_{sight.by}" if deal else f"price.{sight.by}"
    return None


def _offered(sight: Sight) -> str | None:
    """What shares were listed at, what a bidder offers, what an option costs."""
    if sight.by == "offer" and sight.names & (TRADES | {"buyback"}) and "listing" not in sight.names:
        dealt = _DEAL_PRICE.search(sight.before) or sight.words in {"offering", "offer", "were sold at"}
        if dealt and "transaction.shares" in sight.told[-4:]:
            return "transaction.avg_price"
    listed = "listing" in sight.clause | sight.names and sight.by in {"sell", "each", "trade"}
    listed = listed and "buyback" not in sight.names and not _AVERAGE.search(sight.words)
    listed = listed or (sight.by == "share_price" and "listing" in sight.clause)
    bid = _OFFERED.search(sight.before) is not None or (sight.by == "each" and sight.close_to("offer", 2))
    bid = bid or _BID_RAISED.search(sight.scene.before(sight.i, 70)) is not None
    tender = sight.by in {"each", "buyback"} and "buyback" in sight.names and "tender" in sight.scene.names
    return "price.offer_or_cost" if listed or bid or tender else None


def _moved(sight: Sight) -> str | None:
    """Of "rose 2% to X", 報X: a close, high or low where the sentence says so in front."""
    if sight.by in {"up", "down"} and _BID_RAISED.search(sight.scene.before(sight.i, 70)):
        return "price.offer_or_cost"
    if sight.by in {"up", "down"} and sight.last == "price.offer_or_cost" and sight.found.lang == "zh":  # noqa: SIM102 - the two tests are of different things
        if sight.same_sentence(sight.i - 1) and not sight.since & {"share_price", "close", "last"}:
            return "price.offer_or_cost"
    if sight.by in {"up", "down"}:
        wanted = ["close"] if sight.governed(["close"], 9) else ["high", "low", "last", "offer"]
    elif sight.by == "last" and sight.found.lang == "zh":
        wanted = ["close"]
    else:
        return None
    told = next((r for r in sight.roles if r.name in wanted and r.cost < 9 and not r.right), None)
    return _KINDS[told.name] if told else None


def _paid(sight: Sight) -> str | None:
    """What was paid, where only a word for shares stands by; what shares cost where no trade is told."""
    if sight.by in {"up", "down", "share_price"} and _traded(sight) and near.is_at(sight.scene, sight.i):
        return "transaction.avg_price"
    if sight.by == "each" and not _traded(sight) and sight.i > 0:
        other = sight.governed(_KINDS, 8)
        return _KINDS[other.name] if other else None
    return None


def _nominal(sight: Sight) -> str | None:
    """What a share is worth on paper, and what assets stand behind it."""
    if _PAR.search(sight.before):
        return "other.amount"
    if _ASSETS.search(sight.before):
        return "result.other"
    return None


def _steps(sight: Sight) -> str | None:  # noqa: PLR0911 - one return for each reading, in their order
    """What brokers aim at; by how much a price or a dividend moved."""
    if _TARGET.search(sight.scene.before(sight.i, 60)) or (
        sight.last == "price.offer_or_cost" and _TO.search(sight.before)
    ):
        return "price.offer_or_cost"
    if _step(sight) or (sight.last == "price.change_pct" and _STEP_OR.search(sight.before)):
        return "other.amount"
    if sight.last == "price.change_pct" and sight.by in TRADES and _TANKED.match(sight.before):
        return "price.last"  # tanked 8% to Rs 44
    if "dividend" in sight.clause and sight.by in {"each", "up", "down"} and not _traded(sight):
        return "dividend.per_share"
    if sight.last == "dividend.per_share" and sight.same_sentence(sight.i - 1):
        if near.from_(sight.scene, sight.i):
            return "dividend.per_share"
        return "other.amount" if near.is_change(sight.scene, sight.i) else None
    return None


def _step(sight: Sight) -> bool:
    """Whether it is by how much a price moved: "climbed 2.6p to 63.7p", "28p higher at £11.81"."""
    if near.per_share(sight.scene, sight.i) or _traded(sight):
        return False
    return _STEP.search(sight.before) is not None or _STEP_BEHIND.match(sight.after) is not None


def _quoted(sight: Sight) -> str | None:
    """A price behind a ticker in brackets, "(PSN, 377p)"; what a stock stood at when a day's trading closed."""
    start = sight.found.start
    if _AVERAGE_CLOSE.search(sight.before) or _CLOSED_AT.match(sight.after):
        return "price.close"
    if sight.by in {"last", "close"} and _AT_NOON.search(sight.scene.before(sight.i, 40)):
        return "price.last"
    if _QUOTED.search(sight.scene.text, max(start - 16, 0), start):
        return "price.last"
    clause = sight.scene.lower[sight.scene.bounds(sight.i)[0] : start][-80:]
    return "price.close" if _CLOSE_OF.search(clause) and not sight.names & {"sell", "buy"} else None


_AVERAGE = re.compile("[均]|average")
_RULES = (_nominal, _steps, _quoted, _expected, _earned, _ranged, _offered, _moved, _paid)


def _end(scene: Scene, i: int) -> str | None:
    """Which end of a range a price is: low or high; None where it is none."""
    found = scene.found[i]
    if found.bound is not None:
        return found.bound
    for at, end in ((i, "low"), (i - 1, "high")):
        if 0 <= at < len(scene.found) - 1 and _pair(scene, at):
            gap = scene.lower[scene.found[at].end : scene.found[at + 1].start]
            if len(gap) < 16 and _RANGED.match(gap) and _BETWEEN.search(scene.before(at)):
                if near.respective(scene, at) is not None:
                    return None
                falling = scene.found[at].number > scene.found[at + 1].number
                return {"low": "high", "high": "low"}[end] if falling else end
    return None


def _pair(scene: Scene, i: int) -> bool:
    """Whether two amounts of one currency follow one another, the lower first; 介乎 is also written from above."""
    low, high = scene.found[i], scene.found[i + 1]
    if not (low.unit == high.unit == "currency" and low.currency == high.currency):
        return False
    return low.number <= high.number or _FROM_ABOVE.search(scene.before(i)) is not None
