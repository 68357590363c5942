"""The scene of an article: its figures, the cues around them, and how far a cue is from a figure.

Far is measured in words, and in what stands between: a comma parts a little, a semicolon or "while" much, a stop most. A figure
is governed by the cue with the lowest cost among those that can govern figures of its unit (weights.py).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from stakeline.checks.lexicon import Cue, cues
from stakeline.checks.text import Plain, sentences
from stakeline.model.claims import Found

_BOUNDARY = re.compile(
    r"(?P<stop>[;；])|(?P<turn>\b(?:while|but|whereas|although|though|yet|when|unlike)\b|[而但](?=[^已]))"
    r"|(?P<comma>,(?![0-9])|，|:(?![0-9])|\s[-—]+\s|——)|(?P<weak>[()、]|\b(?:which|who|and|as)\b)"
)
_WEIGHT = {"stop": 7.0, "turn": 5.0, "comma": 1.5, "weak": 0.8}
_SENTENCE = 12.0
"""What lies between two sentences."""
_FIGURE = 1.6
"""What another figure in between costs."""
_SMALL = re.compile(
    r" (?:(?:a|an|about|over|only|just|some|nearly|almost|roughly|still|more than|less than|around|under) )*"
)
_IN_NAMES = frozenset(
    ["stake", "hold", "segment", "deal_value", "buy", "sell", "operating", "people", "share_price", "other_result"]
)
"""Cues whose words companies carry in their names."""
_CAPITAL = re.compile("[A-Z]")
_AFTER_CAPITAL = re.compile(r"[A-Z][\w&.-]* $")
_TRADED_IN = re.compile(r" (?:in|on|at|there)\b")
_FIRM = re.compile(
    r"[ -](?:giant|company|firm|group|maker|provider|operator|lender|developer|specialist|player|start-?up|chain)\b"
)
_DIVISION = re.compile(
    r"[^。;；]{0,12}?(?:分|按)(?:产品|產品|业务|業務|地区|地區|行业|行業|板块|板塊|分部)|(?:in|at|for) (?:its|the|their|his|her) (?:[a-z&-]+ ){1,5}(?:division|unit|segment|business|arm|operations?), "
)
"""At the head of a sentence on a part of the business."""
_UNPARTED = re.compile(r"[^,，。;；.!?:：\n0-9]{0,40}")
_OF_ITS_OWN = re.compile(
    r" (?:price |prices )?(?:of|at|was|were|stood at|is) (?:(?:about|around|some|nearly|roughly|over|only|a|an|just) )*|(?:[价價]|[为為是报報达達]|约|約|的)*"
)
_LEFT, _RIGHT = 20, 10
"""How many cues on either side of a figure are looked at."""
LIMIT = 16.0
"""A cue further away than this governs nothing."""


class Role(NamedTuple):
    """The cue that governs a figure. right: it stands behind the figure."""

    cue: Cue
    right: bool
    cost: float

    @property
    def name(self) -> str:
        """What the cue says."""
        return self.cue.name


class Scene:
    """An article with its figures; lower: its text in lower case, each character at its own offset."""

    def __init__(self, text: str, found: Sequence[Found]) -> None:
        plain = Plain(text).text
        self.text = plain if len(plain) == len(text) else text
        lower = self.text.lower()
        self.lower = (
            lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        )
        self.found = found
        self.sentences = sentences(self.text) or ((0, len(text)),)
        self._begins = [start for start, _ in self.sentences]
        self._starts = [f.start for f in found]
        self._lengths = [0, *accumulate(f.end - f.start for f in found)]
        marks = [(m.start(), _WEIGHT[str(m.lastgroup)]) for m in _BOUNDARY.finditer(self.lower)]
        marks = sorted([*marks, *((end, _SENTENCE) for _, end in self.sentences)])
        self._marks = [at for at, _ in marks]
        self._sums = [0.0, *accumulate(weight for _, weight in marks)]
        self.cues = self._compounds(self._cues())
        self._cue_starts = [c.start for c in self.cues]

    def _cues(self) -> list[Cue]:
        """All cues outside figures, in order."""
        told: list[Cue] = []
        for at, (start, end) in enumerate(self.sentences):
            first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
            held = range(first, last)
            han = any(self.found[i].lang == "zh" for i in held) if held else self.han(at)
            told += cues(self.lower, "zh" if han else "en", start, end)
        kept = (
            c._replace(name="hold") if c.name == "have" and self._has(c) else c
            for c in told
            if not self.inside(c.start)
        )
        return [c for c in kept if c.name not in {"noise", "have"} and not self._in_name(c) and not self._of_firm(c)]

    def _in_name(self, cue: Cue) -> bool:
        """Whether it is part of a company's name: Tencent Holdings, China Unit Trust."""
        return (
            cue.name in _IN_NAMES
            and _CAPITAL.match(self.text, cue.start) is not None
            and (_AFTER_CAPITAL.search(self.text, max(cue.start - 16, 0), cue.start) is not None)
        )

    def _of_firm(self, cue: Cue) -> bool:
        """Whether a word only says what a company does, "the insurance giant", or where its shares are listed, "shares traded in Tokyo"."""
        if cue.name == "volume" and self.lower[cue.start : cue.end] == "shares traded":
            return _TRADED_IN.match(self.lower, cue.end) is not None
        return cue.name == "segment" and _FIRM.match(self.lower, cue.end) is not None

    def _has(self, cue: Cue) -> bool:
        """Whether "has" or "had" speaks of holding: a figure follows at once."""
        at = bisect_left(self._starts, cue.end)
        if at < len(self.found) and self.found[at].growth:
            return False  # "has doubled"
        return at < len(self.found) and _SMALL.fullmatch(self.lower[cue.end : self._starts[at]][:30]) is not None

    def han(self, sentence: int) -> bool:
        """Whether a sentence has Han characters."""
        return re.search("[\u3400-\u9fff]", self.text[slice(*self.sentences[sentence])]) is not None

    def inside(self, offset: int) -> bool:
        """Whether an offset lies in a figure."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.found[at].end

    def cues_in(self, start: int, end: int) -> Sequence[Cue]:
        """The cues that begin between two offsets."""
        return self.cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def figures_in(self, start: int, end: int) -> Sequence[Found]:
        """The figures that begin between two offsets."""
        return self.found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _compounds(self, told: list[Cue]) -> list[Cue]:
        """Sales of a part of the business are no sales of the whole: "cloud sales", "revenue from advertising", 云业务收入."""
        kept = list(told)
        for at, cue in enumerate(told):
            if cue.name == "segment" and at + 1 < len(told) and told[at + 1].name == "revenue":
                between = self.lower[cue.end : told[at + 1].start]
                verb = re.fullmatch(r" (?:had|has|posted|reported|recorded|booked|generated|saw) ", between)
                if (len(between) <= 5 or verb) and not re.search("[,，.。;；0-9年]", between):
                    kept[at + 1] = Cue(cue.start, told[at + 1].end, "segment")
            if cue.name == "share_price" and any(
                c.name == "stake" and _UNPARTED.fullmatch(self.lower[c.end : cue.start])
                for c in told[max(at - 3, 0) : at]
            ):
                kept[at] = Cue(cue.start, cue.end, "stake")
            if cue.name in {"loss", "other_result"} and at and kept[at - 1].name == "cost":
                between = self.lower[kept[at - 1].end : cue.start]
                if _UNPARTED.fullmatch(between) and " and " not in between:
                    kept[at] = Cue(kept[at - 1].start, cue.end, "cost")  # impairment losses on financial assets
            if cue.name == "revenue" and _DIVISION.match(self.lower, self.sentences[self.sentence(cue.start)][0]):
                kept[at] = Cue(cue.start, cue.end, "segment")
            if cue.name == "revenue" and at + 1 < len(told) and told[at + 1].name == "segment":
                between = self.lower[cue.end : told[at + 1].start]
                if re.fullmatch(r" (?:from|at|in|of)(?: its| the| their)?(?: [a-z]+)? ", between):
                    kept[at] = Cue(cue.start, told[at + 1].end, "segment")
        return kept

    def sentence(self, offset: int) -> int:
        """The index of the sentence an offset lies in."""
        return max(bisect_right(self._begins, offset) - 1, 0)

    def bounds(self, i: int) -> tuple[int, int]:
        """The sentence of figure i."""
        return self.sentences[self.sentence(self.found[i].start)]

    def before(self, i: int, width: int = 40) -> str:
        """What stands in front of figure i in its sentence, lower case."""
        start = self.found[i].start
        return self.lower[max(start - width, self.bounds(i)[0], self.found[i - 1].end if i else 0) : start]

    def after(self, i: int, width: int = 40) -> str:
        """What stands behind it, up to the next figure."""
        end = self.found[i].end
        following = self.found[i + 1].start if i + 1 < len(self.found) else len(self.text)
        return self.lower[end : max(end, min(end + width, self.bounds(i)[1], following))]

    def parted(self, start: int, end: int) -> float:
        """What boundaries between two offsets cost."""
        return self._sums[bisect_left(self._marks, end)] - self._sums[bisect_left(self._marks, start)]

    def far(self, start: int, end: int) -> float:
        """How far two offsets are from each other, in words."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inner = self._lengths[last] - self._lengths[first]
        letters = max(end - start - inner, 0)
        han = "\u3400" <= self.text[start : start + 1] <= "\u9fff" or "\u3400" <= self.text[end - 1 : end] <= "\u9fff"
        return letters / (2.5 if han else 6.5) + self.parted(start, end) + _FIGURE * (last - first)

    def around(self, i: int) -> tuple[Sequence[Cue], Sequence[Cue]]:
        """The nearest cues in front of figure i (nearest last) and those behind it in its sentence."""
        found = self.found[i]
        at = bisect_left(self._cue_starts, found.start)
        behind = bisect_left(self._cue_starts, found.end)
        stop = bisect_left(self._cue_starts, self.bounds(i)[1])
        return self.cues[max(at - _LEFT, 0) : at], self.cues[behind : min(behind + _RIGHT, stop)]

    def roles(self, i: int, weights: Mapping[str, tuple[float | None, float | None]]) -> list[Role]:
        """The cues that can govern figure i, the likeliest first."""
        found, told = self.found[i], []
        left, right = self.around(i)
        for cue in left:
            bias = weights.get(cue.name, (None, None))[0]
            if bias is not None:
                told.append(Role(cue, right=False, cost=bias + self.far(cue.end, found.start)))
        for cue in right:
            bias = weights.get(cue.name, (None, None))[1]
            if bias is not None and self.headed(cue) is None:
                told.append(Role(cue, right=True, cost=bias + self._behind(found, cue)))
        return sorted((r for r in told if r.cost <= LIMIT), key=lambda r: r.cost)

    def headed(self, cue: Cue) -> Found | None:
        """The figure of its own that a cue has right behind it, "a close of HK$5"; such a cue governs none in front."""
        at = bisect_left(self._starts, cue.end)
        own = at < len(self.found) and _OF_ITS_OWN.fullmatch(self.lower[cue.end : self._starts[at]][:30])
        return self.found[at] if own else None

    def _behind(self, found: Found, cue: Cue) -> float:
        """How far a cue behind a figure is: what parts them, and figures between, count more than in front of it."""
        parted = self.parted(found.end, cue.start)
        figures = bisect_left(self._starts, cue.start) - bisect_left(self._starts, found.end)
        return self.far(found.end, cue.start) + parted * (4 if found.lang == "zh" else 1) + 2 * figures

    def clause(self, i: int) -> frozenset[str]:
        """The names of the cues in front of figure i that nothing strong parts from it."""
        return frozenset(c.name for c in self.around(i)[0] if self.parted(c.end, self.found[i].start) < 3.0)

    def comma_clause(self, i: int) -> frozenset[str]:
        """The names of the cues between figure i and the figure before it."""
        floor = self.found[i - 1].end if i else 0
        return frozenset(c.name for c in self.around(i)[0] if c.start >= floor)

    def told(self, i: int) -> frozenset[str]:
        """The names of all cues of its sentence (the nearest ones)."""
        start = self.bounds(i)[0]
        left, right = self.around(i)
        return frozenset(c.name for c in [*left, *right] if c.start >= start)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all cues."""
        return frozenset(c.name for c in self.cues)
