"""Files for `duty`, made as a user would write them."""

import json
from typing import Any

from stakeline.workflows.duty import duties
from stakeline.workflows.owed import Duties
from stakeline.workflows.portfolios import portfolios

Json = dict[str, Any]
HK = "hk_sfo_part_xv"


def line(day: str, size: str, *, key: str = "pct", leg: str = "long", **more: Any) -> Json:
    """One position of A: percent of a leg, where nothing else is told."""
    return {"date": day, "holder": "A", "leg": leg, key: size, **more}


def asked(**told: Any) -> Duties:
    """The answer to a file of JSON; of A, a corporation, under Hong Kong's law where nothing else is told."""
    words = {key: told.pop(key) for key in ("on", "since", "what_if", "room") if key in told}
    file = {"regime": HK, "investor": {"id": "A", "type": "corporation"}, **told}
    return duties(portfolios(json.dumps(file).encode(), "test.json"), **words)


def due(answer: Duties) -> list[tuple[str, tuple[str, ...], str]]:
    """What is due: (day of the event, levels, way), in order."""
    return [
        (event.happening.date.isoformat(), notice.levels, notice.direction)
        for event in answer.events
        for notice in event.notices
    ]
