"""What a holder has, before and after a trade.

stakes      percentages before and after
couples     counts and the percentages they are
parts       trades and holdings: couples, and figures alone
issued      counts of all shares
classes     holdings of one company and class
counts      parts of all shares, of one's own, what is left
own         part of one's own shares
fractions   the same in words against percentages
balances    the equations of one holding
position    a holding before and after one trade
refuted     the one figure that its failing equations point to
digits      equations that one digit keeps from holding
splits      two parts and their sum, in shares and in percent
sides       the words around a level
thresholds  the side of a level on which a holding is
states      the same of the holding right in front of it
mixed       the same of percentages said to be of the company
bases       percentages of a class called of all shares
notified    the same of percentages that Hong Kong's law has notified
verbs       verbs in front of holdings that those before refute (statements)
points      percent printed for percentage points
"""

from stakeline.checks.relations.holdings import (
    bases,
    counts,
    digits,
    fractions,
    mixed,
    notified,
    own,
    points,
    position,
    splits,
    stakes,
    states,
    thresholds,
)

ALL = (
    bases.bases,
    notified.notified,
    digits.digits,
    splits.splits,
    position.positions,
    stakes.differences,
    stakes.points,
    thresholds.thresholds,
    states.states,
    own.holdings,
    fractions.fractions,
    mixed.mixed,
    counts.of_own,
    counts.of_class,
    counts.broken,
    counts.left,
    counts.multiplied,
    counts.times,
    points.rates,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
