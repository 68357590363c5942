"""Which reader reads a document, and how its places are cited."""

import msgspec

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.figures import Place
from stakeline.model.law import Box
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Reading
from stakeline.reading import facttables
from stakeline.reading.containers import Refused

_REFUSAL = b'{"stakeline refusal":'
_WHAT_WE_READ = "We read saved notice pages and lists of a disclosure register, and fact tables (docs/fact-tables.md)."


def read_document(document: Document) -> Reading:
    """What a document says. A document that no reader knows is one quarantined input, with the reason."""
    if document.data.startswith(_REFUSAL):
        return _refusal_read(document)
    if facttables.recognise(document):
        return facttables.read(document)
    reading = regimes.read(document)
    if reading is not None:
        return reading
    start = quote(document.data[:120].decode("utf-8", "replace"))
    what = "an empty file" if not document.data.strip() else "no form, list or table that we know"
    problem = Problem(severity=Severity.INPUT, where=document.name, found=start, message=f"{what}. {_WHAT_WE_READ}")
    return Reading(reader=None, problems=(problem,))


def refusal(refused: Refused) -> Document:
    """A document that stands for one that could not be taken (too large, a bomb, encrypted), so that it is not forgotten.

    It says what was refused and why; read again, it gives the same quarantined input.
    """
    return Document(data=_REFUSAL + msgspec.json.encode(refused) + b"}\n", name=refused.name)


def _refusal_read(document: Document) -> Reading:
    try:
        told = msgspec.json.decode(document.data, type=dict[str, Refused])["stakeline refusal"]
    except (msgspec.DecodeError, KeyError) as error:
        message = f"looks like our note of a refused document, but is none: {error}"
        problem = Problem(severity=Severity.INPUT, where=document.name, found="", message=message)
        return Reading(reader=None, problems=(problem,))
    return Reading(reader=None, problems=(msgspec.structs.replace(told.problem, severity=Severity.INPUT),))


def cite(regime: str, form: str, path: str) -> Box | None:
    """The box or column in which a form keeps a field, to cite it by."""
    return facttables.cite(form, path) or regimes.cite(regime, form, path)


def literal(document: Document, place: Place) -> str | None:
    """What stands at a place, read again from the archived document; None where the place is not found any more."""
    if facttables.recognise(document):
        return facttables.quote(document, place.locator)
    return regimes.quote(document, place.locator)
