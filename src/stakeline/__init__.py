"""Stakeline reads shareholding disclosures and keeps a ledger of who held what, and when that became known.

The names below are the Python API; everything else is private. They are imported when first used, so that the command
line starts at once.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as in `typing`, which costs more to import than all that `--help` needs

if TYPE_CHECKING:
    from stakeline.ledger import Ledger, Receipt
    from stakeline.model.briefs import Brief
    from stakeline.model.documents import Document
    from stakeline.model.errors import StakelineError
    from stakeline.model.facts import Fact
    from stakeline.model.figures import Figure, Place
    from stakeline.model.notices import Absent, Leg, Notice
    from stakeline.model.numbers import Interval, Number
    from stakeline.model.problems import Problem
    from stakeline.model.rows import Reading
    from stakeline.model.stakes import Event, Timeline
    from stakeline.workflows.loading import load, load_documents
    from stakeline.workflows.proof import rebuild
    from stakeline.workflows.readers import read_document
    from stakeline.workflows.stakes import find_events, history, show
    from stakeline.workflows.story import brief, why

_PLACES = {
    "Absent": "model.notices",
    "Brief": "model.briefs",
    "Document": "model.documents",
    "Event": "model.stakes",
    "Fact": "model.facts",
    "Figure": "model.figures",
    "Interval": "model.numbers",
    "Ledger": "ledger",
    "Leg": "model.notices",
    "Notice": "model.notices",
    "Number": "model.numbers",
    "Place": "model.figures",
    "Problem": "model.problems",
    "Reading": "model.rows",
    "Receipt": "ledger",
    "StakelineError": "model.errors",
    "Timeline": "model.stakes",
    "brief": "workflows.story",
    "find_events": "workflows.stakes",
    "history": "workflows.stakes",
    "load": "workflows.loading",
    "load_documents": "workflows.loading",
    "read_document": "workflows.readers",
    "rebuild": "workflows.proof",
    "show": "workflows.stakes",
    "why": "workflows.story",
}

__all__ = [
    "Absent",
    "Brief",
    "Document",
    "Event",
    "Fact",
    "Figure",
    "Interval",
    "Ledger",
    "Leg",
    "Notice",
    "Number",
    "Place",
    "Problem",
    "Reading",
    "Receipt",
    "StakelineError",
    "Timeline",
    "brief",
    "find_events",
    "history",
    "load",
    "load_documents",
    "read_document",
    "rebuild",
    "show",
    "why",
]


def __getattr__(name: str) -> object:
    if name in _PLACES:
        from importlib import import_module

        return getattr(import_module(f"stakeline.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'stakeline' has no attribute {name!r}")
