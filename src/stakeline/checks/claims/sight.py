"""One figure in its scene, with the cue that governs it: what the rules for a kind look at."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from stakeline.checks.claims import near
from stakeline.checks.claims.scene import Role, Scene
from stakeline.checks.claims.weights import Weights
from stakeline.model.claims import Found

_NO_NOUNS = frozenset(["up", "down", "lost", "share_price", "hold", "sell", "buy", "trade", "proceeds", "each"])
"""Cues that say nothing of their own in "revenue and profit rose to A and B respectively"."""


class Sight:
    """Figure i of a scene. told: the kinds of the figures in front of it. roles: the cues that can govern it, the likeliest first."""

    def __init__(self, scene: Scene, i: int, told: list[str], weights: Weights) -> None:
        self.scene = scene
        self.i = i
        self.told = told
        self.found: Found = scene.found[i]
        self.roles = scene.roles(i, weights)
        self._order()
        self.role: Role | None = self.roles[0] if self.roles else None
        self.by = self.role.name if self.role else ""

    def leave_out(self, words: str) -> None:
        """Lets no cue of these words govern it."""
        text = self.scene.lower
        self.roles = [r for r in self.roles if text[r.cue.start : r.cue.end] != words]
        self.role = self.roles[0] if self.roles else None
        self.by = self.role.name if self.role else ""

    def _order(self) -> None:
        """Of figures told respectively, each is governed by the cue in its place."""
        place = near.respective(self.scene, self.i)
        if place is None:
            return
        at, many = place
        begin = self.scene.found[self.i - at].start
        nouns = sorted(
            (r for r in self.roles if not r.right and r.cue.end <= begin and r.name not in _NO_NOUNS),
            key=lambda r: r.cue.start,
        )
        if len({r.cue.start for r in nouns}) >= many:
            starts = sorted({r.cue.start for r in nouns})[-many:]
            chosen = next(r for r in nouns if r.cue.start == starts[at])
            self.roles = [chosen, *(r for r in self.roles if r is not chosen)]

    @cached_property
    def before(self) -> str:
        """The words right in front of it."""
        return self.scene.before(self.i)

    @cached_property
    def after(self) -> str:
        """The words right behind it."""
        return self.scene.after(self.i)

    @cached_property
    def lead(self) -> str:
        """More of the words in front of it."""
        return self.scene.before(self.i, 90)

    @cached_property
    def tail(self) -> str:
        """More of the words behind it."""
        return self.scene.after(self.i, 90)

    @cached_property
    def names(self) -> frozenset[str]:
        """The cues of its sentence."""
        return self.scene.told(self.i)

    @cached_property
    def clause(self) -> frozenset[str]:
        """The cues in front of it in its clause."""
        return self.scene.clause(self.i)

    @cached_property
    def since(self) -> frozenset[str]:
        """The cues between the figure before and it."""
        return self.scene.comma_clause(self.i)

    @property
    def last(self) -> str:
        """The kind of the figure before; empty for the first."""
        return self.told[-1] if self.told else ""

    @cached_property
    def words(self) -> str:
        """The words of the cue that governs it."""
        return self.scene.lower[self.role.cue.start : self.role.cue.end] if self.role else ""

    def governed(self, names: Iterable[str], within: float = 16.0) -> Role | None:
        """The likeliest of its cues with one of these names, if it is no further than that."""
        wanted = frozenset(names)
        return next((r for r in self.roles if r.name in wanted and r.cost < within), None)

    def follows(self, unit: str) -> bool:
        """Whether the next figure is of this unit."""
        found = self.scene.found
        return self.i + 1 < len(found) and found[self.i + 1].unit == unit

    def close_to(self, name: str, slack: float) -> bool:
        """Whether a cue of this name governs it nearly as well as the one that does."""
        return self.role is not None and self.governed([name], self.role.cost + slack) is not None

    def same_sentence(self, j: int) -> bool:
        """Whether figure j stands in its sentence."""
        return self.scene.found[j].start >= self.scene.bounds(self.i)[0]


_COMPANY = re.compile(
    r"(?:[^.]{0,60}, )?(?:since [^,.]{1,20} |so far [^,.]{0,20}, )?(?:it|the (?:company|group|firm|bank|insurer|lender|board))\b (?!of )"
)


def bought_back(sight: Sight) -> bool:
    """Whether a purchase goes on with the buy-back of the sentence before: "It may buy up to 12 million shares"."""
    if not sight.names & {"buy", "proceeds"} or sight.names & {"sell", "stake"}:
        return False
    traded = ("buyback.", "transaction.shares", "transaction.stake")
    last = next((j for j in range(sight.i - 1, max(sight.i - 9, -1), -1) if sight.told[j].startswith(traded)), None)
    if last is None or not sight.told[last].startswith("buyback."):
        return False
    start = sight.scene.bounds(sight.i)[0]
    return sight.same_sentence(last) or _COMPANY.match(sight.scene.lower, start) is not None


Rule = Callable[[Sight], str | None]
"""Says the kind of a figure, or None where it does not apply."""


def first(rules: Iterable[Rule], sight: Sight) -> str | None:
    """What the first rule that applies says."""
    return next((kind for rule in rules if (kind := rule(sight)) is not None), None)
