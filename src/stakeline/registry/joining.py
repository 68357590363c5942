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


class Parted(Generic[K]):
    """Groups of keys of which some must not be in one group. What is said first holds; what contradicts it is refused."""

    def __init__(self) -> None:
        self._group: dict[K, set[K]] = {}
        self._apart: dict[K, set[K]] = defaultdict(set)

    def group(self, key: K) -> frozenset[K]:
        """All keys in one group with this one, itself included."""
        return frozenset(self._group.get(key, (key,)))

    def apart(self, one: K, other: K) -> bool:
        """True where the groups of the two were told to stay two."""
        first, second = self.group(one), self.group(other)
        return any(self._apart[key] & second for key in first if key in self._apart)

    def foes(self, key: K) -> frozenset[K]:
        """Keys that must not be in one group with this one or with those in its group."""
        return frozenset(foe for k in self.group(key) if k in self._apart for foe in self._apart[k])

    def join(self, one: K, other: K) -> bool:
        """Make one group of two; False, and nothing done, where they must stay two."""
        first, second = self._group.get(one) or {one}, self._group.get(other) or {other}
        if first is second:
            return True
        if self.apart(one, other):
            return False
        first |= second
        self._group.update(dict.fromkeys(first, first))
        return True

    def part(self, one: K, other: K) -> bool:
        """Keep two apart from now on; False, and nothing done, where they are in one group already."""
        if other in self.group(one):
            return False
        self._apart[one].add(other)
        self._apart[other].add(one)
        return True
