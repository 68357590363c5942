"""One figure in its scene, with the cue that governs it: what the rules for a kind look at."""

from collections.abc import Callable, Iterable
from functools import cached_property

from stakeline.checks import claims_near as near
from stakeline.checks.claims_scene import Role, Scene
from stakeline.checks.claims_weights import Weights
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

    def close_to(self, name: str, slack: float) -> bool:
        """Whether a cue of this name governs it nearly as well as the one that does."""
        return self.role is not None and self.governed([name], self.role.cost + slack) is not None

    def same_sentence(self, j: int) -> bool:
        """Whether figure j stands in its sentence."""
        return self.scene.found[j].start >= self.scene.bounds(self.i)[0]


Rule = Callable[[Sight], str | None]
"""Says the kind of a figure, or None where it does not apply."""


def first(rules: Iterable[Rule], sight: Sight) -> str | None:
    """What the first rule that applies says."""
    return next((kind for rule in rules if (kind := rule(sight)) is not None), None)
