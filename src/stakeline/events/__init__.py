"""Events: what a timeline shows. Level crossings, entries, exits, trades, gaps with their bounds, contradictions, doubtful figures."""

from stakeline.events.bases import Counts, DayPrices
from stakeline.events.derive import events, matching

__all__ = ["Counts", "DayPrices", "events", "matching"]
