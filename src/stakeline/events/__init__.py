"""Events: what a timeline shows. Level crossings, entries, exits, trades, gaps with their bounds, contradictions."""

from stakeline.events.bases import Counts
from stakeline.events.derive import events, matching

__all__ = ["Counts", "events", "matching"]
