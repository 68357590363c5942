"""What a holder has, before and after a trade.

stakes      percentages before and after
couples     counts and the percentages they are
classes     holdings of one company and class
counts      parts of all shares, of one's own, what is left
own         part of one's own shares
balances    the equations of one holding
position    a holding before and after one trade
digits      equations that one digit keeps from holding
splits      two parts and their sum, in shares and in percent
thresholds  the side of a level on which a holding is
bases       percentages of a class called of all shares
notified    the same of percentages that Hong Kong's law has notified
verbs       verbs in front of holdings that those before refute (statements)
points      percent printed for percentage points
"""

from stakeline.checks.relations.holdings import (
    bases,
    counts,
    digits,
    notified,
    own,
    points,
    position,
    splits,
    stakes,
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
    own.holdings,
    counts.of_own,
    counts.of_class,
    counts.left,
    counts.multiplied,
    counts.times,
    points.rates,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
