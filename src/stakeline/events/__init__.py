"""Events: what a timeline shows. Level crossings, entries, exits, trades, gaps with their bounds, contradictions, doubtful figures.

Beside them late notices, and the first purchases of insiders and clusters of them.
"""

from stakeline.events.bases import Counts, DayPrices
from stakeline.events.derive import TimingOf, events, matching
from stakeline.events.insiders import insiders

__all__ = ["Counts", "DayPrices", "TimingOf", "events", "insiders", "matching"]
