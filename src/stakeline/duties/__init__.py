"""Duties: positions and past filings in; what must be filed, by when, under which section, out.

`assess` answers for one event, `replay` for a portfolio over time, `headroom` for what is not yet. No law stands here:
rulebooks and calendars are handed in. What is missing is named, and an answer that needs it is unknown.
"""

from stakeline.duties.answers import Answer, By, Due, Step, percent, shown
from stakeline.duties.assess import assess
from stakeline.duties.headroom import Room, headroom
from stakeline.duties.look import Calendars
from stakeline.duties.replay import Replayed, replay

__all__ = [
    "Answer",
    "By",
    "Calendars",
    "Due",
    "Replayed",
    "Room",
    "Step",
    "assess",
    "headroom",
    "percent",
    "replay",
    "shown",
]
