"""Kinds that the words right around a figure tell, whatever cue governs it: tables of wordings, each with the kind it makes."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from stakeline.checks.claims.sight import Sight


class Wording(NamedTuple):
    """What must stand around a figure to make it of a kind; all that is given must hold.

    before: ends right in front of it; after: begins right behind it; both within its sentence and short of the next figure.
    names: one of these cues is in its sentence; without: none of these. last: the kind of the figure before begins so.
    """

    kind: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    names: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    last: tuple[str, ...] = ()

    def fits(self, sight: Sight) -> bool:
        """Whether a figure stands so."""
        return (
            (self.before is None or self.before.search(sight.lead) is not None)
            and (self.after is None or self.after.match(sight.tail) is not None)
            and (not self.names or bool(sight.names & self.names))
            and not sight.names & self.without
            and (not self.last or (sight.last.startswith(self.last) and sight.same_sentence(sight.i - 1)))
        )


def worded(sight: Sight, wordings: Iterable[Wording]) -> str | None:
    """The kind that the first wording that fits makes of a figure."""
    return next((w.kind for w in wordings if w.fits(sight)), None)
