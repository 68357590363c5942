"""Which reader reads a document, and how its places are cited."""

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.figures import Place
from stakeline.model.law import Box
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Reading
from stakeline.reading import facttables

_WHAT_WE_READ = "We read saved notice pages and lists of a disclosure register, and fact tables (docs/fact-tables.md)."


def read_document(document: Document) -> Reading:
    """What a document says. A document that no reader knows is one quarantined input, with the reason."""
    if facttables.recognise(document):
        return facttables.read(document)
    reading = regimes.read(document)
    if reading is not None:
        return reading
    start = quote(document.data[:120].decode("utf-8", "replace"))
    what = "an empty file" if not document.data.strip() else "no form, list or table that we know"
    problem = Problem(severity=Severity.INPUT, where=document.name, found=start, message=f"{what}. {_WHAT_WE_READ}")
    return Reading(reader=None, problems=(problem,))


def cite(regime: str, form: str, path: str) -> Box | None:
    """The box or column in which a form keeps a field, to cite it by."""
    return facttables.cite(form, path) or regimes.cite(regime, form, path)


def literal(document: Document, place: Place) -> str | None:
    """What stands at a place, read again from the archived document; None where the place is not found any more."""
    if facttables.recognise(document):
        return facttables.quote(document, place.locator)
    return regimes.quote(document, place.locator)
