"""Issuers, classes with their share counts, holders, and the reports of one event put together into timelines.

Everything here takes rows that were already filtered by what was known at the moment asked. Pure functions, no IO.
"""

from stakeline.registry.conflicts import Conflict, conflicts
from stakeline.registry.counts import ALL, count, counts, votes, votes_per_share
from stakeline.registry.finding import find
from stakeline.registry.holders import named_holders
from stakeline.registry.names import holds, issuer_on, issuers, names_told, normal, regime_part, with_codes
from stakeline.registry.positions import Bases, Position, bases, on_base, positions, shares_of
from stakeline.registry.timelines import timelines, undated

__all__ = [
    "ALL",
    "Bases",
    "Conflict",
    "Position",
    "bases",
    "conflicts",
    "count",
    "counts",
    "find",
    "holds",
    "issuer_on",
    "issuers",
    "named_holders",
    "names_told",
    "normal",
    "on_base",
    "positions",
    "regime_part",
    "shares_of",
    "timelines",
    "undated",
    "votes",
    "votes_per_share",
    "with_codes",
]
