"""The second opinion on the kind of a figure: what was learned from articles of which every kind is known.

The rules (kinds.py) come first. Then each figure is looked at again, with what the rules said of it and of those around it
and with the words around it (features.py): every feature speaks for some kinds and against others, and their sum decides.
The weights come from benchmarks/train_kinds.py, which says how they are found; nothing is learned here.

learned.txt: the first line names the kinds, the next eight the kinds that figures of a unit can be of; each other line is
a feature, a tab, and its weights, two characters each: which kind, how much.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

from stakeline.checks.claims.features import View, features
from stakeline.checks.claims.scene import Scene
from stakeline.checks.named import Name

_KIND, _MUCH = ord("0"), ord("P")
"""The characters of the first kind, and of no weight."""
_STEP = 0.15
_MOST = 46
"""A weight is a whole number of steps, at most so many: what fits a printable character."""
_UNITS = 8
MARGIN = 0.2
LEAST = 0.35
"""The kind is changed where the likelihood of another one is so high, and higher by so much."""
_RATES = frozenset(["fx.conversion"])
"""Where a figure stands tells this for sure, and the rules ask that."""
_PER_SHARE = frozenset(
    (  # noqa: SIM905
        "transaction.avg_price transaction.price_low transaction.price_high price.close price.last price.high price.low "
        "price.offer_or_cost dividend.per_share result.eps"
    ).split()
)
_ROUGHEST = 500
"""Half of the last printed digit of a price is no more: no price is printed in millions, not even of ten million won."""
_CHEAP = frozenset(["GBP", "HKD", "CNY", "SGD", "AUD", "MYR", "TWD"])
_DEAREST = 10_000
"""No share costs as much in these currencies: the dearest ever, in any of them, was some 5,000 Taiwan dollars."""
_PARTS = frozenset(
    (  # noqa: SIM905
        "stake.pct stake.before_pct stake.after_pct threshold.crossed transaction.stake_pct transaction.pct_of_holding "
        "segment.share_pct"
    ).split()
)
_WHOLE = 100
_TRADED = frozenset(["transaction.value", "buyback.value", "stake.value", "deal.value"])
_LOT = re.compile("入[场場][费費][^0-9]*$")
"""In front of what the smallest number of shares costs with fees: of no trade."""


class Weights(NamedTuple):
    """What was learned. candidates: unit -> the kinds (their places in kinds) of such figures. said: feature -> its weights, packed."""

    kinds: tuple[str, ...]
    candidates: Mapping[str, tuple[int, ...]]
    said: Mapping[str, str]


def packed(weights: Iterable[tuple[int, float]]) -> str:
    """Weights of kinds, two characters each; without those that round to nothing."""
    steps = ((kind, max(-_MOST, min(_MOST, round(weight / _STEP)))) for kind, weight in weights)
    return "".join(chr(_KIND + kind) + chr(_MUCH + much) for kind, much in steps if much)


def read(text: str) -> Weights:
    """The weights of a file of them."""
    head, _, body = text.removesuffix("\n").partition("\n")
    parts = body.replace("\t", "\n").split(
        "\n"
    )  # some 13,000 lines: one split takes a third of the time of one for each
    units = dict(zip(parts[: 2 * _UNITS : 2], parts[1 : 2 * _UNITS : 2], strict=True))
    candidates = {unit: tuple(ord(c) - _KIND for c in letters) for unit, letters in units.items()}
    return Weights(
        tuple(head.split(" ")), candidates, dict(zip(parts[2 * _UNITS :: 2], parts[2 * _UNITS + 1 :: 2], strict=True))
    )


def written(weights: Weights) -> str:
    """The file of some weights."""
    units = [f"{unit}\t{''.join(chr(_KIND + k) for k in kinds)}" for unit, kinds in weights.candidates.items()]
    return "\n".join([" ".join(weights.kinds), *units, *(f"{f}\t{w}" for f, w in weights.said.items())]) + "\n"


@cache
def learned() -> Weights:
    """The weights that ship."""
    return read(files(__package__).joinpath("learned.txt").read_text(encoding="utf-8"))


def likelihoods(weights: Weights, unit: str, seen: Iterable[str]) -> dict[str, float]:
    """How likely each kind is for a figure of a unit with some features; empty where no such figure was learned from."""
    candidates = weights.candidates.get(unit, ())
    sums = [0] * len(weights.kinds)
    for feature in seen:
        said = weights.said.get(feature, "")
        for at in range(0, len(said), 2):
            sums[ord(said[at]) - _KIND] += ord(said[at + 1]) - _MUCH
    most = max((sums[k] for k in candidates), default=0)
    shares = {weights.kinds[k]: exp(_STEP * (sums[k] - most)) for k in candidates}
    whole = sum(shares.values())
    return {kind: share / whole for kind, share in shares.items()}


def reconsidered(scene: Scene, told: Sequence[str], names: Sequence[Name]) -> list[str]:
    """The kinds of all figures: those that the rules told, or what was learned where that is clearly likelier."""
    view, weights = View(scene, told, names), learned()
    return [
        settled(kind, likelihoods(weights, found.unit, features(view, i)), barred(view, i))
        for i, (found, kind) in enumerate(zip(scene.found, told, strict=True))
    ]


def settled(kind: str, likely: Mapping[str, float], barred: frozenset[str]) -> str:
    """The rules' kind of a figure, or the likeliest one that is not barred, where that is clearly likelier."""
    best = max((k for k in likely if k == kind or k not in barred), key=lambda k: likely[k], default=kind)
    likelihood = likely.get(best, 0.0)
    return best if likelihood >= LEAST and likelihood - likely.get(kind, 0.0) > MARGIN else kind


def barred(view: View, i: int) -> frozenset[str]:
    """The kinds that figure i cannot be, whatever the words around it are like; such a kind would accuse at once."""
    found, value = view.scene.found[i], view.values[i] or 0.0
    if found.unit == "currency" and _LOT.search(view.scene.before(i)):
        return _TRADED
    if found.unit == "currency":
        dear = found.half > _ROUGHEST or (found.currency in _CHEAP and value >= _DEAREST)
        return _RATES | _PER_SHARE if dear else _RATES
    if found.unit == "pct" and value > _WHOLE:
        return _PARTS
    if found.unit == "shares" and value <= view.most_held:
        return frozenset(["shares.issued"])
    return frozenset()
