"""What is not known, tried both ways.

A fact that is missing is asked for where it is needed. The question is then answered yes in one world and no in another, and
the whole assessment is run in each: where all agree the missing fact did not matter, where they differ it is named.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")
_MOST = 32
"""Worlds tried at most; with more open questions than that an answer is unknown anyway."""


class Asked(Exception):
    """A fact is needed that this world does not settle."""


class Missing(Exception):
    """A figure or day is needed that is not known at all. The text names it."""


class World:
    """One way the missing facts may be."""

    def __init__(self, settled: dict[str, bool]) -> None:
        self.settled = settled

    def holds(self, question: str) -> bool:
        """What this world says to a yes-or-no question. Raises Asked where it does not settle it."""
        if question not in self.settled:
            raise Asked(question)
        return self.settled[question]


def tried(run: Callable[[World], T]) -> Iterator[tuple[dict[str, bool], T]]:
    """The outcome of `run` in every world, each with what was supposed in it. Raises Missing where they are too many."""
    open_worlds: list[dict[str, bool]] = [{}]
    made = 0
    while open_worlds:
        settled = open_worlds.pop()
        try:
            outcome = run(World(settled))
        except Asked as asked:
            question = str(asked)
            open_worlds += [{**settled, question: False}, {**settled, question: True}]
            made += 1
            if made > _MOST:
                raise Missing(question) from None
            continue
        yield settled, outcome
