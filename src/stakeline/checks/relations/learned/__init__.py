"""Figures meant together, as learned from those that agree (docs/decisions/0012).

equations  figures that could go together
signs      by what they are known to do so
meant      equations that fail though they are meant
"""

from stakeline.checks.relations.learned import meant

ALL = (meant.meant,)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
