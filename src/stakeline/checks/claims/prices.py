"""What an amount per share is: the price of a trade, an end of its range, a close, an offer, earnings, a dividend."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.scene import Role, Scene
from stakeline.checks.claims.sight import Sight, first
from stakeline.checks.claims.weights import PRICE
from stakeline.checks.claims.worded import Wording, worded

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
_OFFER_AT = re.compile(r"\b(?:offer|tender) at $")
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
_AS_FAR_AS = re.compile(
    r"\b(?:(?P<up>rose|rises|rising|climbed|jumped|surged|gained|soared|rallied|advanced|up)|[a-z]+) (?:by )?as much as $"
    r"|(?:一度|曾)[^,，。;；]{0,6}?(?:[跌挫瀉泻降]|(?P<han>[升漲涨彈弹]))[\u4e00-\u9fff]{0,2}$"
)
_COST_EACH = re.compile(
    r"\b(?:average |at a )?(?:cost|price)(?: paid)? per share (?:of|was|at) (?:about |roughly |around |approximately )?$"
)
_BID_BEHIND = re.compile(
    "^(?:的?[价價]格)?(?:现金|現金)?[^,，。;；0-9]{0,16}?(?:要[约約]|收[购購]建[议議]|私有化|全面收[购購])"
)
_BID_BEFORE = re.compile(
    "(?:私有化|要[约約])[^,，。;；0-9]{0,6}(?:作[价價]|代[价價]|[价價])?(?:每股)?(?:为|為|约|約)*$"
)
_EACH_AT = re.compile(r"\bvalu(?:es|ed|ing) (?:each|every) share at (?:about )?$")
_ONCE_IN = re.compile("(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?以(?:每股)?$")
_IN_AT = re.compile("^(?:/股)?(?:的?[价價]格)?(?:入股|[认認][购購]|建[仓倉])")
_BID_WORTH = re.compile(
    "每股[^,，。;；0-9]{0,8}代[价價](?:的?[价價]值)?(?:相[当當][于於]|等[于於])?(?:每股)?(?:约|約)?$"
)
_COST_ONCE = re.compile(
    r"\b(?:had|has) (?:originally |initially |once )?(?:paid|bought|acquired|purchased|invested|got|taken|picked)(?: [a-z']+){0,6} $"
    r"|\b(?:acquired|bought|purchased|built|entered)(?: [a-z]+){0,4} (?:in|during) (?:[a-z]+ )?[0-9]{4},? at(?: an average(?: of)?)? $"
    r"|\bin its books at $|\b(?:came to market|went public|floated|debuted|were issued|entry price)(?: of| at| was| stood at)* $|(?:每股)?(?:入股|建仓|建倉|持股|持仓|持倉)?成本(?:[价價])?(?:每股|约|約|为|為|仅|僅)*$"
)
_PAID_EARLIER = re.compile(
    r"^(?: (?:a|per) share| each| apiece)? (?:on average )?(?:in|back in) (?:[a-z]+ )?(?:19|20)[0-9]{2}\b"
)
_TOUCHED = re.compile(r"\b(?:record|high|peak) of $|\b(?P<up>reached|peaked at) $")
_INTRADAY = re.compile(r"^ (?:in )?intraday\b|^ at one (?:point|stage)\b|^ during (?:the )?(?:session|trading)\b")
_FALLEN = re.compile(r"\b(?:fell|dropped|slid|tumbled|sank|slumped|lost|down|lower)\b")
_ENDED = re.compile(r"\b(?:to end|ending|ended|to close|to finish|to settle)(?: the (?:day|session|week))? at $")
_SUSPENDED = re.compile("停牌前(?:的|收市[价價]|收[盘盤][价價]|最[后後])*$")
_EXERCISED = re.compile(
    "^(?:分[别別])?行使|^(?:/股|每股)?(?:的[价價]格)?[发發]行(?!价|價)|^,? the (?:offer|bid|proposal) "
)
_LISTED_AT = re.compile("以$")
_LISTED_BEHIND = re.compile("^(?:的?价格|的?價格)?(?:上市|[挂掛]牌|招股|定[价價])")
_ONCE_AT = re.compile(
    "曾(?:经|經|一度|最高|最低)?(?:[\u4e00-\u9fff]{0,2})?(?P<way>[飆飙升漲涨]|[跌挫瀉泻降])[上至到見见](?:约|約|了)?(?:每股)?$"
)
_PAR = re.compile(
    r"\b(?:ordinary|common|preference) shares of $|\b(?:face|par|nominal) value(?: [a-z]+){0,4} $|面[值額](?:[为為]|每股)?$"
)
_ASSETS = re.compile(r"(?:淨值|净值|净资产|淨資產)(?:[为為约約])?$|\b(?:asset|book) value(?: [a-z]+){0,4} $")
_LOT = re.compile("(?:入[场場][费費]|每手[^,，。;；0-9]{0,6})[约約为為仅僅]*$")
"""What a board lot costs."""
_BID_RAISED = re.compile(r"\b(?:bid|offer|proposal)s?\b(?: [a-z'-]+){0,8} to $")
_DEAL_PRICE = re.compile(r"\b(?:priced|pricing)(?: each)? at $")
_PAID = re.compile("成交|paid|paying")
_AVERAGE_CLOSE = re.compile(
    r"平均(?:收市|收[盘盤])[价價](?:每股|为|為|约|約)*$|日(?:的)?(?:平均|均)[价價](?:每股|为|為|约|約)*$|\baverage closing price(?: [a-z]+){0,4} $"
)
_CLOSED_AT = re.compile(
    r"^ at (?:[a-z]+'s|the) (?:bell|close)\b|^ at which (?:the |its )?(?:stock|shares) (?:had )?closed\b|^(?:/股)?(?:的收市[价價]|的收[盘盤][价價]|(?:收市|收[盘盤]|作收|[报報]收)(?!价|價))"
)
_DAYS_PRICE = re.compile(r"^(?:'s)? (?:closing |share )?price of $")
_LATEST = re.compile(r"\b(?:latest|current|prevailing|market) (?:share )?price of $")
_AT_NOON = re.compile("午[间間]|半日|早[盘盤]|午市")


_ARE_WORTH = re.compile(r"\b(?:is|are|was|were|be) (?:worth|valued)\b")
_IS_AT = re.compile(r"\b(?:stock|shares|price) (?:is|are|stands?|trades?) at $")
_PAYS = re.compile(r"\b(?:it|company|group|board|bank) (?:will pay|pays|declares|declared) (?:out )?(?:an? )?$")
_BY_MIDDAY = re.compile(r"^ (?:by|at) (?:midday|noon|lunch)\b")
_DEALT = re.compile("配售|[认認][购購]|[转轉][让讓]|[减減增]持|回[购購]|成交")
"""In a word for the price of a deal."""


def price(scene: Scene, i: int, told: list[str]) -> str:
    """The kind of an amount per share; told: the kinds of the figures before it."""
    sight = Sight(scene, i, told, PRICE)
    if sight.role is None:
        return _told(sight) or _touched(sight) or _ungoverned(sight)
    return first(_RULES, sight) or _KINDS.get(sight.by, "transaction.avg_price")


def _ungoverned(sight: Sight) -> str:
    """Where no cue speaks of it."""
    if "listing" in sight.clause:
        return "price.offer_or_cost"
    return "transaction.avg_price" if _traded(sight) else "price.last"


def _traded(sight: Sight) -> bool:
    """Whether its sentence tells a trade, or the figure before was of one."""
    paid = (
        "proceeds" in sight.names
        and _ARE_WORTH.search(sight.scene.lower, sight.found.end, sight.found.end + 90) is None
    )
    return (
        paid
        or bool(sight.names & (TRADES | {"buyback"}))
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
        listed = sight.last in {"transaction.avg_price", "transaction.shares"} and sight.words in {
            "最高价",
            "最高價",
            "最低价",
            "最低價",
        }
        deal = listed or "buyback" in sight.names or _PAID.search(sight.before) is not None
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
    bid = bid or (_OFFER_AT.search(sight.before) is not None and not sight.last.startswith("transaction."))
    bid = bid or _BID_RAISED.search(sight.scene.before(sight.i, 70)) is not None
    tender = sight.by in {"each", "buyback"} and "buyback" in sight.names and "tender" in sight.scene.names
    return "price.offer_or_cost" if listed or bid or tender else None


def _moved(sight: Sight) -> str | None:
    """Of "rose 2% to X", 報X: a close, high or low where the sentence says so in front."""
    if (
        sight.last == "price.offer_or_cost"
        and near.comes_from(sight.scene, sight.i)
        and sight.same_sentence(sight.i - 1)
    ):
        return "price.offer_or_cost"
    if sight.by in {"up", "down"} and _BID_RAISED.search(sight.scene.before(sight.i, 70)):
        return "price.offer_or_cost"
    far = _AS_FAR_AS.search(sight.scene.before(sight.i - 1)) if _ends_a_move(sight) else None
    if far is not None:
        return "price.high" if far["up"] or far["han"] else "price.low"
    if sight.by in {"up", "down"} and sight.last == "price.offer_or_cost" and sight.found.lang == "zh":  # noqa: SIM102 - the two tests are of different things
        if sight.same_sentence(sight.i - 1) and not sight.since & {"share_price", "close", "last"}:
            return "price.offer_or_cost"
    if sight.by in {"up", "down"}:
        wanted = ["close"] if sight.governed(["close"], 9) else ["high", "low", "last", "offer"]
    elif sight.by == "last" and sight.found.lang == "zh" and not _NOW.search(sight.words):
        wanted = ["close"]
    else:
        return None
    near_by = (r for r in sight.roles if r.name in wanted and r.cost < 9 and not r.right)
    told = next((r for r in near_by if not _headed_by_price(sight, r)), None)
    return _KINDS[told.name] if told else None


def _headed_by_price(sight: Sight, role: Role) -> bool:
    """Whether the word is of another price: 昨收101.2元,現報99.8元."""
    own = sight.scene.headed(role.cue)
    return own is not None and own.unit == "currency" and own is not sight.found


def _paid(sight: Sight) -> str | None:
    """What was paid, where only a word for shares stands by; what shares cost where no trade is told."""
    if sight.by in {"up", "down", "share_price"} and _traded(sight) and near.is_at(sight.scene, sight.i):
        return "transaction.avg_price"
    if sight.by == "each" and not _traded(sight) and sight.i > 0 and not _DEALT.search(sight.words):
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
    if sight.by in TRADES | {"each", "offer"} and _ends_a_move(sight):
        return "price.last"  # tanked 8% to Rs 44
    if "dividend" in sight.clause and sight.by in {"each", "up", "down"} and not _traded(sight):
        return "dividend.per_share"
    if sight.last == "dividend.per_share" and sight.same_sentence(sight.i - 1):
        if near.from_(sight.scene, sight.i) or near.goes_to(sight.scene, sight.i):
            return "dividend.per_share"
        return "other.amount" if near.is_change(sight.scene, sight.i) else None
    return None


def _ends_a_move(sight: Sight) -> bool:
    """Whether a price moved to it: "tanked 8% to X"."""
    moved = sight.last == "price.change_pct" and near.goes_to(sight.scene, sight.i)
    return moved and sight.same_sentence(sight.i - 1)


def _step(sight: Sight) -> bool:
    """Whether it is by how much a price moved: "climbed 2.6p to 63.7p", "28p higher at £11.81"."""
    if near.per_share(sight.scene, sight.i) or _traded(sight):
        return False
    return _STEP.search(sight.before) is not None or _STEP_BEHIND.match(sight.after) is not None


_NO_TRADE_PRICE = frozenset(["dividend", "eps", "buyback"])
_WORDED = (
    Wording("transaction.avg_price", before=_COST_EACH, names=TRADES),
    Wording("price.offer_or_cost", after=_EXERCISED),
    Wording("price.offer_or_cost", before=_ONCE_IN, after=_IN_AT),
    Wording("price.offer_or_cost", before=_EACH_AT),
    Wording("price.offer_or_cost", before=_BID_BEFORE),
    Wording("price.offer_or_cost", before=_LISTED_AT, after=_LISTED_BEHIND),
    Wording("price.offer_or_cost", before=_COST_ONCE, without=_NO_TRADE_PRICE),
    Wording("price.offer_or_cost", before=_PAID, after=_PAID_EARLIER, without=_NO_TRADE_PRICE),
    Wording("other.amount", before=_LOT),
    Wording("price.last", after=_BY_MIDDAY),
    Wording("price.last", before=_IS_AT),
    Wording("dividend.per_share", before=_PAYS, without=TRADES),
    Wording("price.close", before=_SUSPENDED),
    Wording("price.close", before=_ENDED),
)


def _told(sight: Sight) -> str | None:
    """What the words right around say: "at a cost per share of", 以…上市."""
    kind = worded(sight, _WORDED)
    bid = sight.by == "each" and (_BID_BEHIND.match(sight.after) or _BID_WORTH.search(sight.before))
    return "price.offer_or_cost" if kind is None and bid else kind


def _touched(sight: Sight) -> str | None:
    """A high or low of the day or of all time: "a record of", "reached", 曾飆上."""
    if _INTRADAY.match(sight.after) or (_TOUCHED.search(sight.before) and not sight.names & TRADES):
        return "price.low" if _FALLEN.search(sight.before) else "price.high"
    once = _ONCE_AT.search(sight.before)
    if once is None or _traded(sight):
        return None
    return "price.low" if once["way"] in "跌挫瀉泻降" else "price.high"


def _quoted(sight: Sight) -> str | None:
    """A price behind a ticker in brackets, "(PSN, 377p)"; what a stock stood at when a day's trading closed."""
    start = sight.found.start
    if _AVERAGE_CLOSE.search(sight.before) or _CLOSED_AT.match(sight.after):
        return "price.close"
    if sight.last == "price.date" and _DAYS_PRICE.search(sight.before) and sight.same_sentence(sight.i - 1):
        return "price.close"
    if _LATEST.search(sight.before):
        return "price.last"
    if sight.by in {"last", "close"} and _AT_NOON.search(sight.scene.before(sight.i, 40)):
        return "price.last"
    if _QUOTED.search(sight.scene.text, max(start - 16, 0), start):
        return "price.last"
    clause = sight.scene.lower[sight.scene.bounds(sight.i)[0] : start][-80:]
    return "price.close" if _CLOSE_OF.search(clause) and not sight.names & {"sell", "buy"} else None


_NOW = re.compile("[现現新暂暫]|早|[盘盤]中|午")
"""In a word for a price that is no close: 現報, 最新報."""
_AVERAGE = re.compile("[均]|average")
_RULES = (_nominal, _told, _touched, _steps, _quoted, _expected, _earned, _ranged, _offered, _moved, _paid)


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
