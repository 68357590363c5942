"""Levels and the changes between them.

compared  older and newer of two levels
ways      what words say of the way between them
pairs     which of two figures is the older one
told      changes beside their two levels
growth    changes of results, prices, holdings
chains    one level against several older ones
lists     changes in lists
steps     changes in money
turns     the verb between two levels
pace      compound growth between two years
successive changes in a row added up
against   verbs of changes that their levels refute (statements)
quoted    moves of a share, one end told elsewhere
moved     the same from an offering, a trade, a high
earlier   results whose older level is told elsewhere, and holdings in shares
"""

from stakeline.checks.relations.changes import (
    chains,
    earlier,
    growth,
    lists,
    moved,
    pace,
    quoted,
    steps,
    successive,
    turns,
)

ALL = (
    successive.successive,
    growth.growths,
    earlier.held,
    lists.lists,
    chains.chains,
    steps.steps,
    steps.amounts,
    steps.both,
    steps.halves,
    steps.units,
    turns.turns,
    turns.thousands,
    pace.paces,
    quoted.quoted,
    moved.moved,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
