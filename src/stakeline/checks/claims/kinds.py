"""The kind of every figure, decided from left to right: a figure may lean on those before it."""

import re
from collections.abc import Callable
from itertools import pairwise

from stakeline.checks.claims.days import day
from stakeline.checks.claims.money import money
from stakeline.checks.claims.percent import percent
from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.shares import VESTING, shares
from stakeline.checks.claims.sight import Sight
from stakeline.checks.claims.weights import COUNT

_COUNTED = {
    "issued": "shares.issued",
    "volume": "volume.shares",
    "buyback": "buyback.shares",
    "operating": "operating.figure",
}
_FEW = 1000
"""Fewer are no shares in issue."""
_NO_VOLUME = frozenset("点點笔筆家名宗间間")
_RATIO = re.compile(
    r"ratio|比率|市盈|市净|市淨|市帳|估值|p/e|\bpe\b|price-to|price-earnings|times (?:forward |trailing )?earnings"
)
_TOGETHER_ARE = re.compile(r"\b(?:together|combined|jointly|in all|total)\b|合共|合[计計]|[两兩]者|共")
_LIST = frozenset(["、", "及", "和", "与", "與", " and ", ", "])
"""Between the days of one list."""
_OF_AVERAGE = re.compile(r"^ ?(?:the |its |their )?(?:[a-z0-9-]+ ){0,2}(?:average|usual|normal)\b")
_EQUALS = re.compile(r"= ?$|[兑兌](?:换|換)?$|[汇匯]率(?:约|約|为|為)*$")


def kinds(scene: Scene) -> list[str]:
    """One kind for each figure, in order."""
    told: list[str] = []
    for i, found in enumerate(scene.found):
        told.append(_BY_UNIT[found.unit](scene, i, told))
    _together(scene, told)
    for i, kind in enumerate(told):
        if kind == "stake.after_pct" and _is_sum(scene, i) and _HELD.issuperset(told[i - 2 : i]):
            told[i - 2 : i] = ["stake.pct", "stake.pct"]
    return told


_HELD = frozenset(["stake.pct", "stake.after_pct"])


def _together(scene: Scene, told: list[str]) -> None:
    """The ends of one range of percentages, and the days of one list, are of one kind."""
    for i in range(1, len(told)):
        one, two = scene.found[i - 1], scene.found[i]
        if one.unit == two.unit == "pct" and (one.bound, two.bound) == ("low", "high") and told[i] != told[i - 1]:
            if (told[i] == "stake.after_pct" and not told[i - 1].startswith(("stake.", "threshold."))) or told[
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
    """Whether a percentage is said to be that of the two in front of it together."""
    parts = scene.found[max(i - 2, 0) : i]
    both = len(parts) == 2 and all(f.unit == "pct" for f in parts)
    return both and _TOGETHER_ARE.search(scene.before(i)) is not None


def _times(scene: Scene, i: int, told: list[str]) -> str:
    """A rate of exchange, a multiple, a ratio."""
    found = scene.found[i]
    if found.noun == "rate" or (found.currency is None and _EQUALS.search(scene.before(i))):
        return "fx.rate"
    if _OF_AVERAGE.match(scene.after(i)):
        return "other.multiple"
    if found.growth:
        kind = percent(scene, i, told)
        return kind if kind.endswith("change_pct") else "other.multiple"
    return "other.ratio" if _RATIO.search(scene.before(i) + scene.after(i)) else "other.multiple"


def _count(scene: Scene, i: int, told: list[str]) -> str:
    """A number of anything else."""
    sight = Sight(scene, i, told, COUNT)
    if VESTING.match(sight.after):
        return "count"
    if scene.found[i].noun in _NO_VOLUME and sight.by != "operating":
        return "count"
    if sight.by == "issued" and scene.found[i].number < _FEW:
        return "count"
    return _COUNTED.get(sight.by, "count")


def _period(_scene: Scene, _i: int, _told: list[str]) -> str:
    return "period"


_BY_UNIT: dict[str, Callable[[Scene, int, list[str]], str]] = {
    "shares": shares,
    "currency": money,
    "pct": percent,
    "pp": percent,
    "x": _times,
    "count": _count,
    "date": day,
    "period": _period,
}
