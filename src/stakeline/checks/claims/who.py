"""Whose shares a figure is about, and who holds or trades them.

Read in order: the words around a name say what it is (parties.py); a pronoun, or nothing, means whoever was spoken of last.
"""

import re
from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

from stakeline.checks.claims.scene import Scene
from stakeline.checks.parties import Name

_HOLDING = ("transaction.", "stake.", "threshold.")
_NAMES = 12
"""How many names in front of a figure are looked at."""
_VERBS = frozenset(["sell", "buy", "hold", "remain", "add", "cross"])
_OF = re.compile(r"^ ?(?:[a-z%]+ ){0,4}?(?:of|in|at|to) (?:the )?$|^ (?:[a-z]+ )?$|^$")
_PARENT = re.compile(
    r"(?:controlled|owned|backed|advised|managed|run|led|founded) by (?:the )?$|(?:unit|part|arm|subsidiary|affiliate) of $"
)
_ITS = re.compile(" (?:its|his|her|their) ")
_NOT_ITSELF = re.compile(r"(?: said| says)? (?:its|that its) (?:largest|biggest|top|controlling|second|main|major)")
_RESULTS = (
    "result.",
    "segment.",
    "cost.",
    "dividend.",
    "buyback.",
    "shares.issued",
    "volume.",
    "price.",
    "market_value",
    "listing.",
)


class Whose(NamedTuple):
    """Of one figure."""

    holder: str | None
    issuer: str | None


def whose(scene: Scene, kinds: list[str], found: list[Name]) -> list[Whose]:
    """Holder and issuer of every figure, in order; None where the article names none."""
    cast = _Cast(scene, found)
    told: list[Whose] = []
    holder: str | None = None
    issuer: str | None = None
    for i, kind in enumerate(kinds):
        near = cast.before(i)
        issuer = cast.issuer_of(i, kind, near, issuer)
        if kind.startswith(_HOLDING):
            holder = cast.holder_of(i, near, holder, issuer)
        told.append(Whose(holder if kind.startswith(_HOLDING) else None, issuer))
    return told


class _Cast:
    """The names of an article and which of them are issuers and holders on the whole."""

    def __init__(self, scene: Scene, found: list[Name]) -> None:
        self.scene = scene
        self.names = found
        self.starts = [n.start for n in found]
        self.issuers, self.holders = Counter[str](), Counter[str]()
        self.acts = [self._acts(n) for n in found]
        for name, acts in zip(found, self.acts, strict=True):
            self.issuers[name.known] += 2 * name.issuer
            self.holders[name.known] += 2 * name.holder + 2 * acts
        self.issuer = self._main(self.issuers, self.holders)
        self.holder = self._main(self.holders, self.issuers)
        if self.issuer is None:
            rest = [n.known for n in found if n.known != self.holder]
            self.issuer = rest[0] if rest else (found[0].known if found and not self.holders else None)

    @staticmethod
    def _main(one: Counter[str], other: Counter[str]) -> str | None:
        """Whom the article as a whole takes for one more than for the other."""
        best = [k for k, n in one.most_common() if n > 0 and n >= other[k]]
        return best[0] if best else None

    def _acts(self, name: Name) -> bool:
        """Whether a verb of trade or holding follows a name, with no other name's clause between."""
        scene = self.scene
        end = scene.sentences[scene.sentence(name.start)][1]
        if _PARENT.search(scene.lower, max(name.start - 24, 0), name.start) or _NOT_ITSELF.match(scene.lower, name.end):
            return False
        if scene.inside(name.end + 1):
            return True  # "and Kotak Funds 865,328"
        for cue in scene.cues_in(name.end, min(end, name.end + 60)):
            if cue.name in _VERBS or (cue.name in {"up", "down"} and _ITS.match(scene.lower, cue.end)):
                return scene.parted(name.end, cue.start) < 4
            if cue.name in {"revenue", "profit", "loss", "share_price", "close", "index"}:
                return False
        return False

    def before(self, i: int) -> list[int]:
        """The indices of the names in front of figure i in its sentence, and of one right behind it."""
        start, end = self.scene.bounds(i)
        found = self.scene.found[i]
        last = bisect_left(self.starts, found.start)
        near = list(range(max(bisect_left(self.starts, start), last - _NAMES), last))
        behind = bisect_left(self.starts, found.end)
        close = behind < len(self.names) and self.starts[behind] < min(end, found.end + 40)
        if close and _OF.match(self.scene.lower[found.end : self.starts[behind]]):
            near.append(behind)
        return near

    def issuer_of(self, i: int, kind: str, near: list[int], last: str | None) -> str | None:
        """Whose shares or results: the nearest name that is spoken of so, else the one before, else the article's."""
        for k in reversed(near):
            name = self.names[k]
            if name.issuer or (self.issuers[name.known] > self.holders[name.known] and not self.acts[k]):
                return name.known
            if kind.startswith(_RESULTS) and name.known != self.holder and not self.acts[k] and self._subject(k, i):
                return name.known
        return last or self.issuer

    def _subject(self, k: int, i: int) -> bool:
        """Whether a name can be the subject of what a figure says."""
        return self.scene.parted(self.names[k].end, self.scene.found[i].start) < 4

    def holder_of(self, i: int, near: list[int], last: str | None, issuer: str | None) -> str | None:
        """Who holds or trades: the nearest name that does so in its sentence, else the one before, else the article's."""
        found = self.scene.found[i]
        for k in reversed(near):
            name = self.names[k]
            if name.known == issuer and not name.holder and not (self.acts[k] and len(self.holders) == 1):
                continue
            acts = self.acts[k] or name.holder or self.holders[name.known] > self.issuers[name.known]
            if acts and (name.start > found.end or self.scene.parted(name.end, found.start) < 9):
                return name.known
        return last or (self.holder if self.holder != issuer else None)
