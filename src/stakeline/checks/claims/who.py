"""Whose shares a figure is about, and who holds or trades them.

Read in order: the words around a name say what it is (parties.py); a pronoun, or nothing, means whoever was spoken of last.
"""

import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from stakeline.checks.claims.scene import Scene
from stakeline.checks.named import Name

_HOLDING = ("transaction.", "stake.", "threshold.")
_TOGETHER = re.compile(
    r"(?:(?<!第)[两兩二三四五六七八九十][者人家位方]|[两兩二三四五六七八九十]名[^,，。;；0-9]{1,6})[^,，。;；0-9]{0,6}$"
)
_CHOSEN = re.compile(r"\b(?:the (?:former|latter))\b|前者|[后後]者")
_LATTER = frozenset(["the latter", "后者", "後者"])
_ASIDE = re.compile(r", (?!and |while |but )[^,;.]{1,60}")
_ENDS_ASIDE = re.compile(r"[^,;.]{0,25},")
_AMOUNTS = frozenset(["shares", "count", "pct"])
_JOINS = re.compile("[与與和及、]")
_NAMES = 12
"""How many names in front of a figure are looked at."""
_VERBS = frozenset(["sell", "buy", "hold", "remain", "add", "cross"])
_TAKES = frozenset(["sell", "buy", "hold", "add"])
_OF = re.compile(r"^ ?(?:[a-z%]+ ){0,4}?(?:of|in|at|to) (?:the )?$|^ (?:[a-z]+ )?$|^$")
_PARENT = re.compile(
    r"(?:controlled|owned|backed|advised|managed|run|led|founded) by (?:the )?$|(?:unit|part|arm|subsidiary|affiliate) of $"
)
_BESIDE = re.compile(r"\b(?:rival|competitor|peer|supplier|customer|partner) (?:of|to) (?:the )?$")
_S, _STAKE = re.compile("['’]s? "), re.compile(" (?:stake|holding|interest|position|shares)\\b")
"""Between two names, and behind the second: "BlackRock's Xiaomi stake" tells holder and company."""
_CODED = re.compile(r" ?[(（](?:[A-Za-z]{2,6} ?[:：. ] ?)?[0-9]{4,6}(?:[. ](?:HK|SS|SZ|SH))?[)）]")
"""Behind a name: the code that its shares are traded under."""
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
    cast = _Cast(scene, found, deals=any(kind.startswith(_HOLDING) for kind in kinds))
    told: list[Whose] = []
    holder: str | None = None
    issuer: str | None = None
    for i, kind in enumerate(kinds):
        near = cast.before(i)
        issuer = cast.issuer_of(i, kind, near, issuer)
        if kind.startswith(_HOLDING):
            own = cast.holder_of(i, near, holder, issuer)
            holder = own or holder
            told.append(Whose(own, issuer))
        else:
            told.append(Whose(None, issuer))
    return told


class _Cast:
    """The names of an article and which of them are issuers and holders on the whole."""

    def __init__(self, scene: Scene, found: list[Name], *, deals: bool) -> None:
        self.scene = scene
        self.names = list(found)
        self.starts = [n.start for n in found]
        self.issuers, self.holders = Counter[str](), Counter[str]()
        self.acts = [self._acts(k) for k in range(len(found))]
        for k, (one, other) in enumerate(pairwise(found)):
            if _S.fullmatch(scene.text, one.end, other.start) and _STAKE.match(scene.lower, other.end):
                self.acts[k : k + 2] = True, False
                self.names[k + 1] = other._replace(issuer=True, holder=False)
        for name, acts in zip(self.names, self.acts, strict=True):
            coded = _CODED.match(scene.text, name.end) is not None
            self.issuers[name.known] += 2 * name.issuer + (name.lean > 0) + 3 * coded
            self.holders[name.known] += (2 * name.holder + 2 * acts) * deals + (name.lean < 0)
        self.issuer = self._main(self.issuers, self.holders)
        self.holder = self._main(self.holders, self.issuers)
        if self.issuer is None:
            rest = [n.known for n in found if n.known != self.holder and n.lean >= 0]
            self.issuer = rest[0] if rest else (found[0].known if found and not self.holders else None)

    @staticmethod
    def _main(one: Counter[str], other: Counter[str]) -> str | None:
        """Whom the article as a whole takes for one more than for the other."""
        best = [k for k, n in one.most_common() if n > 0 and n >= other[k]]
        return best[0] if best else None

    def _acts(self, k: int) -> bool:
        """Whether a verb of trade or holding follows a name, with no other name's clause between."""
        scene, name = self.scene, self.names[k]
        han = scene.han(scene.sentence(name.start))
        if han and any(c.end == name.start and c.name in _TAKES for c in scene.cues_in(name.start - 4, name.start)):
            return False  # it is the one whose shares are traded or held
        said = _PARENT.search(scene.lower, max(name.start - 24, 0), name.start) or _NOT_ITSELF.match(
            scene.lower, name.end
        )
        if said or (not han and k and self._aside(self.names[k - 1], name)):
            return False
        if any(f.unit in _AMOUNTS for f in scene.figures_in(name.end, name.end + 2)):
            return True  # "and Kotak Funds 865,328"
        end = min(scene.sentences[scene.sentence(name.start)][1], name.end + (60 if han else 90))
        if han and k + 1 < len(self.names) and not _JOINS.fullmatch(scene.text, name.end, self.names[k + 1].start):
            end = min(end, self.names[k + 1].start + 1)  # behind the next name it is that one who acts
        for cue in scene.cues_in(name.end, end):
            if cue.name in _VERBS or (cue.name in {"up", "down"} and _ITS.match(scene.lower, cue.end)):
                return scene.parted(name.end, cue.start) < 4
            if cue.name in {"revenue", "profit", "loss", "share_price", "close", "index"}:
                return False
        return False

    def _aside(self, one: Name, other: Name) -> bool:
        """Whether one name only says who the other is: "Wolfson, chief executive of Next, has sold"."""
        text = self.scene.text
        return (
            _ASIDE.fullmatch(text, one.end, other.start) is not None and _ENDS_ASIDE.match(text, other.end) is not None
        )

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
            if k > near[0] and kind.startswith(_RESULTS) and self._only_beside(name):
                continue
            if name.issuer or (self.issuers[name.known] > self.holders[name.known] and not self.acts[k]):
                return name.known
            if (
                kind.startswith(_RESULTS)
                and not kind.startswith("segment.")
                and name.known != self.holder
                and not self.acts[k]
                and self._subject(k, i)
            ):
                return name.known
        return last or self.issuer

    def _only_beside(self, name: Name) -> bool:
        """Whether a name only says who another one is: "Wexcombe, a rival of Nordpost, lost"."""
        return _BESIDE.search(self.scene.lower, max(name.start - 24, 0), name.start) is not None

    def _subject(self, k: int, i: int) -> bool:
        """Whether a name can be the subject of what a figure says."""
        return self.scene.parted(self.names[k].end, self.scene.found[i].start) < 4

    def holder_of(self, i: int, near: list[int], last: str | None, issuer: str | None) -> str | None:
        """Who holds or trades: the nearest name that does so in its sentence, else the one before, else the article's."""
        found = self.scene.found[i]
        before = self.scene.before(i)
        if _TOGETHER.search(before):
            return None
        chosen = _CHOSEN.search(before)
        if chosen:
            return self._chosen(i, latter=chosen[0] in _LATTER)
        for k in reversed(near):
            name = self.names[k]
            if name.known == issuer and not name.holder and not (self.acts[k] and len(self.holders) == 1):
                continue
            acts = self.acts[k] or name.holder or self.holders[name.known] > self.issuers[name.known]
            if acts and (name.start > found.end or self.scene.parted(name.end, found.start) < 9):
                return name.known
        return last or (self.holder if self.holder != issuer else None)

    def _chosen(self, i: int, *, latter: bool) -> str | None:
        """Of the last two holders spoken of, the former or the latter."""
        last = bisect_left(self.starts, self.scene.found[i].start)
        told: list[str] = []
        for k in reversed(range(last)):
            name = self.names[k]
            acts = self.acts[k] or name.holder or self.holders[name.known] > self.issuers[name.known]
            if acts and name.known not in told:
                told.append(name.known)
            if len(told) > 1:
                return told[0] if latter else told[1]
        return None
