"""Events: what a timeline shows. Level crossings, entries, exits, trades, gaps with their bounds, contradictions, doubtful figures, late notices."""

from stakeline.events.bases import Counts, DayPrices
from stakeline.events.derive import TimingOf, events, matching

__all__ = ["Counts", "DayPrices", "TimingOf", "events", "matching"]
