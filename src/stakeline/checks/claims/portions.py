"""Percentages that are a part of what is no company: of sales, a profit, a plan, a price."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.held import held
from stakeline.checks.claims.sight import Sight
from stakeline.checks.claims.worded import Wording, worded

NO_PRICE = frozenset(
    [
        "revenue",
        "profit",
        "loss",
        "gross",
        "segment",
        "cost",
        "stake",
        "own",
        "other_result",
        "operating",
        "index",
        "volume",
        "market_value",
        "dividend",
        "margin",
        "other_amount",
        "ratio",
        "rate",
    ]
)
"""Of which there is no price."""
_USED = re.compile(
    r"^ (?:of (?:it|them|the [a-z]+) )?(?:was|were|has been|had been|have been) (?:used|spent|drawn|taken up)\b|^(?:的)?(?:额度|額度|[计計][划劃])"
)
_HAN_SALES = re.compile("[占佔][^,，。;；0-9]{0,8}(?:收入|营收|營收|收益|[营營][业業][额額])(?:的|约|約|近|逾)*$")
_AGAINST = re.compile(r"\b(?:compared (?:to|with)|against|versus|vs\.?) (?:a |an )?$")
_OF_PROFIT = re.compile(r"^ of (?:the |its |their )?(?:[a-z]+ ){0,3}(?:profits?|earnings|net income)\b")
_PART_OF_PROFIT = re.compile(
    r"(?:represent[a-z]*|equal to|equivalent to|or|at|about|of|account[a-z]* for) (?:about |around |some )?$"
)
_HAN_OF_PROFIT = re.compile(
    "[占佔](?!比)[^,，。;；]{0,24}(?:利润|利潤|溢利|净资产|淨資產)(?:总额|總額)?(?:的|比例|约|約|为|為)*$"
)
_OF_A_MONTH = re.compile("[达達]?到?(?:了)?(?:上|[0-9]{1,2})月(?:份)?的$")
_OF_SALES = re.compile(r"^ of (?:the |its |their )?(?:[a-z]+(?:'s)? )?(?:total|sales|revenues?|turnover)\b")
_OTHER_WHOLE = re.compile(
    r"[计計][划劃劃](?:目标|目標)?的?$|(?:浮[盈亏虧]|回[报報])(?:超过|超過|约|約|逾|近|达|達)*$"
    r"|\b(?:returns?|payout ratio|yield) of (?:about |around )?$"
)
_INVESTED = re.compile(r"^ (?:of [a-z ]{1,30} )?invested in\b")
_PART_OF_PRICE = re.compile(
    r"^ (?:of )?(?:its|the|their) (?:(?:initial|public|offering|offer|ipo|issue|listing|peak|target|float) ){1,4}price\b"
)
_POINTS_AWAY = re.compile("^(?:下降|上升|提升|减少|減少|增加|提高|下滑|回升)(?:了|约|約)?$")
_OF_ELSE = (
    *(Wording("other.pct", before=p) for p in (_HAN_OF_PROFIT, _OF_A_MONTH, _OTHER_WHOLE)),
    *(Wording("other.pct", after=p) for p in (_INVESTED, _USED, _PART_OF_PRICE)),
    Wording("other.pct", before=_PART_OF_PROFIT, after=_OF_PROFIT),
)


def part_of_sales(sight: Sight) -> str | None:
    """How much of the sales a profit, a cost or a part of the business is: "31% of the total", "35% of sales"."""
    if not _OF_SALES.match(sight.after) or not sight.last.startswith(("result.", "segment.", "cost.")):
        return None
    if sight.last in {"result.gross_profit", "result.net_profit"}:
        return "result.margin_pct"
    if sight.last.startswith("cost."):
        return "other.pct"
    return "segment.share_pct" if sight.last.startswith("segment.") or "segment" in sight.since else None


def of_margin(sight: Sight) -> str | None:
    """The margin of before: "to 4% from 5%"; 较上季度19.1%下降2.9个百分点, where the points say how far the other is from it."""
    if sight.last != "result.margin_pct":
        return None
    if near.comes_from(sight.scene, sight.i) and sight.same_sentence(sight.i - 1):
        return "result.margin_pct"
    behind = sight.scene.found[sight.i + 1] if sight.i + 1 < len(sight.scene.found) else None
    points = behind is not None and behind.unit == "pp" and _POINTS_AWAY.fullmatch(sight.after)
    return "result.margin_pct" if points else None


def of_sales(sight: Sight) -> str | None:
    """How much of the sales a cost, or a part of the business, is."""
    if sight.by == "part_of" and not sight.names & {"revenue", "segment", "sector_share"}:
        sight.by = "company"  # of the total of shares
        return held(sight)
    if sight.by == "sector_share" and sight.names & {"sell", "trade"} and not sight.names & {"revenue", "segment"}:
        return "other.pct"  # of all sales of shares
    return "other.pct" if sight.by == "sector_share" and sight.last.startswith("cost.") else None


def han_share(sight: Sight) -> str | None:
    """The same in Chinese: 占比26%, 其中內地佔七成, 占酒类收入86%."""
    if sight.words in {"占比", "佔比"} and sight.last.startswith(("segment.", "result.")):
        return "segment.share_pct"
    if sight.words in {"占比", "佔比"} and sight.last == "count":
        return "other.pct"  # of companies
    reported = "segment" in sight.since or sight.last.startswith(("result.revenue", "segment."))
    if sight.words in {"占", "佔"} and reported and not sight.since & {"stake", "hold", "share_price"}:
        return "segment.share_pct"
    if _HAN_SALES.search(sight.before):
        return "other.pct" if sight.last.startswith("cost.") else "segment.share_pct"
    return None


def of_else(sight: Sight) -> str | None:
    """A part of something that is no company: of a profit, of a plan, of a price; what an index did against a stock."""
    kind = worded(sight, _OF_ELSE)
    if kind is not None:
        return kind
    end = sight.found.end
    beside = sight.last == "price.change_pct" and _AGAINST.search(sight.before)
    if beside and any(c.name == "index" for c in sight.scene.cues_in(end, end + 40)):
        return "other.pct"
    if sight.by != "sector_share" or sight.names & NO_PRICE - {"stake", "own"}:
        return None
    return None if any(k.startswith(("result.", "segment.")) for k in sight.told[-6:]) else "other.pct"
