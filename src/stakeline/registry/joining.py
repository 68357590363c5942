"""Putting together what shares a name, whatever the order it comes in."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


def together(items: Sequence[T], names: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """Items in groups: two that share a name are in one group, and so are those joined through a third.

    Groups and their members keep the order of items.
    """
    joined = Groups(range(len(items)))
    owner: dict[Hashable, int] = {}
    for number, item in enumerate(items):
        for name in names(item):
            joined.join(owner.setdefault(name, number), number)
    groups: dict[int, list[T]] = defaultdict(list)
    for number, item in enumerate(items):
        groups[joined.root(number)].append(item)
    return list(groups.values())


class Groups(Generic[K]):
    """Disjoint groups of keys; the root of a group is its first member in the order given."""

    def __init__(self, keys: Iterable[K]) -> None:
        self._parent: dict[K, K] = {k: k for k in keys}
        self._rank = {k: n for n, k in enumerate(self._parent)}

    def root(self, key: K) -> K:
        """The first member of the key's group."""
        top = key
        while self._parent[top] != top:
            top = self._parent[top]
        while key != top:
            self._parent[key], key = top, self._parent[key]
        return top

    def join(self, one: K, other: K) -> None:
        """Make one group of two."""
        first, second = sorted((self.root(one), self.root(other)), key=self._rank.__getitem__)
        self._parent[second] = first
