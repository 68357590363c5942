"""Markup between two texts, remembered by where it stands: what both ways of reading without a tree are built on (`scan`, `regimes/us/scan`).

Pages and files of one kind repeat the same runs of tags. What a run does depends on the elements that are open before it and on
the run alone, so it is worked out once for each such place and kept: a machine whose states and steps are made as they are met.
"""

from typing import Generic, TypeVar

import msgspec

Open = TypeVar("Open")
Step = TypeVar("Step")

LONGEST_KNOWN = 5_000
_MOST_KNOWN = 5_000_000
"""Characters of the runs that are remembered. Hundreds of layouts of all forms have a tenth of that; one page has 20,000."""


class Undecided(Exception):
    """The run is left to a parser."""


class Place(msgspec.Struct, Generic[Open, Step]):
    """Where a run stands: what is open there; what runs do that were met here."""

    open: tuple[Open, ...]
    steps: dict[str, Step]


class Memory(msgspec.Struct, Generic[Open, Step]):
    """Places met, and how many characters the runs have that are remembered of them."""

    places: dict[tuple[Open, ...], Place[Open, Step]] = {}
    size: int = 0

    def place(self, open_: tuple[Open, ...]) -> Place[Open, Step]:
        """The place where this is open."""
        return self.places.setdefault(open_, Place(open_, {}))

    def keep(self, place: Place[Open, Step], run: str, step: Step) -> None:
        """Remember what a run does. Where there are too many, all are forgotten."""
        if len(run) > LONGEST_KNOWN:
            return
        if self.size > _MOST_KNOWN:
            self.places.clear()
            self.size = 0
        place.steps[run] = step
        self.size += len(run)
