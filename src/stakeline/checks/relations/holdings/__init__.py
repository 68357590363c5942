"""What a holder has, before and after a trade.

stakes      percentages before and after
couples     counts and the percentages they are
classes     holdings of one company and class
counts      parts of all shares, of one's own, what is left
own         part of one's own shares
balances    the equations of one holding
position    a holding before and after one trade
thresholds  the side of a level on which a holding is
bases       percentages of a class called of all shares
points      percent printed for percentage points
"""

from stakeline.checks.relations.holdings import bases, counts, own, points, position, stakes, thresholds

ALL = (
    bases.bases,
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
