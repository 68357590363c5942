"""The article that a ledger is asked about: its claims by the names that it gives their holders, and whom it names."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import msgspec

from stakeline.model.claims import Claim
from stakeline.model.stakes import Issuer
from stakeline.workflows.outside.names import Index, aliases, named

_MOST_OTHERS = 12
_AROUND = 40
"""Claims on either side of one that say what it is of."""


class Article:
    """A text and its claims in order, each under the first name of its holder.

    others: the issuers and holders that claims are of. also: names that stand in brackets behind others.
    """

    def __init__(self, text: str, claims: Sequence[Claim], of: Index) -> None:
        self.text, self._index = text, of
        ordered = sorted(claims, key=_start)
        self.others = list(dict.fromkeys(n for c in ordered for n in (c.issuer, c.holder) if n))[:_MOST_OTHERS]
        self.also = aliases(self.others, text)
        self._first = {other: name for name, other in self.also.items() if name not in self.also.values()}
        self.claims = [self.as_first(c) for c in ordered]
        self._days = [i for i, c in enumerate(ordered) if c.kind == "transaction.date"][:_AROUND]

    def as_first(self, claim: Claim) -> Claim:
        """A claim with its holder under the name that the article put in front of a bracket with the other one."""
        first = self._first.get(claim.holder or "")
        return claim if first is None else msgspec.structs.replace(claim, holder=first)

    def near(self, claim: Claim) -> list[Claim]:
        """The claims around one, and the days of trades wherever they stand: so much is looked at, however long the text."""
        at = bisect_left(self.claims, claim.found.start, key=_start)
        around = range(max(at - _AROUND, 0), min(at + _AROUND, len(self.claims)))
        return [self.claims[i] for i in sorted({*self._days, *around})]

    @cached_property
    def issuers(self) -> list[Issuer]:
        """The issuers of the ledger that the article names, however it is read."""
        return self.named_in(self.text)

    def named_in(self, text: str) -> list[Issuer]:
        """The issuers of the ledger that a text names."""
        return named(self._index, text)


def _start(claim: Claim) -> int:
    return claim.found.start
