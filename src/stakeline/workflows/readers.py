"""Which reader reads a document, and how its places are cited."""

import msgspec

from stakeline import regimes
from stakeline.model.documents import Document
from stakeline.model.figures import Place
from stakeline.model.law import Box
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Reading
from stakeline.reading import facttables, judgements
from stakeline.reading.containers import Refused

_REFUSAL = b'{"stakeline refusal":'
_NAMED = b"# stakeline: named "
_NO_TABLE = (b"<", b"{", b"[", b"%PDF", b"PK\x03\x04")
"""First bytes of pages, JSON, PDF and zip: their readers never look at a name."""
_START = 1_000
_WHAT_WE_READ = (
    "We read saved pages of a disclosure register (notices, lists), also in mails and web archives or pasted as text, "
    "monthly returns, clearing-system holdings, and fact tables (docs/fact-tables.md)."
)


def read_document(document: Document) -> Reading:
    """What a document says. A document that no reader knows is one quarantined input, with the reason.

    It depends on the bytes alone: readers are not told the document's name, but for one that `as_named` wrote into it.
    """
    if document.data.startswith(_REFUSAL):
        return _refusal_read(document)
    return _read(_bare(document))


def recognised(document: Document) -> bool:
    """True where a reader knows the document, whatever it makes of it."""
    return read_document(document).reader is not None


def as_named(document: Document) -> Document:
    """The document to archive: with its name written in front where its reading depends on that.

    Vendors put a stock code or a day into a table's name alone (0700.HK.csv). The same bytes under another name are then
    another document, and the ledger stays a function of what it archives.
    """
    start = document.data[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_NO_TABLE) or document.data.startswith(_NAMED):
        return document
    nameless = Document(data=document.data, name="")
    if _read(document) == _read(nameless):
        return document
    name = (
        document.name.rpartition("/")[2].encode("utf-8", "backslashreplace").replace(b"\n", b" ").replace(b"\r", b" ")
    )
    return Document(data=_NAMED + name + b"\n" + document.data, name=document.name)


def _bare(document: Document) -> Document:
    """What the readers see: the bytes as they came, and the name only where it was written in front of them."""
    if not document.data.startswith(_NAMED):
        return Document(data=document.data, name="")
    first, _, rest = document.data.partition(b"\n")
    return Document(data=rest, name=first.removeprefix(_NAMED).decode("utf-8", "replace"))


def _read(document: Document) -> Reading:
    if facttables.recognise(document, nearest=False):
        return facttables.read(document)
    if judgements.recognise(document):
        return judgements.read(document)
    reading = regimes.read(document)
    if reading is not None:
        return reading
    if facttables.recognise(document):
        return facttables.read(document)
    start = quote(document.data[:120].decode("utf-8", "replace"))
    what = "an empty file" if not document.data.strip() else "no form, list or table that we know"
    problem = Problem(severity=Severity.INPUT, where="the document", found=start, message=f"{what}. {_WHAT_WE_READ}")
    return Reading(reader=None, problems=(problem,))


def to_archive(item: Document | Refused) -> Document:
    """The document that the ledger is to keep of what was found among the inputs."""
    return refusal(item) if isinstance(item, Refused) else as_named(item)


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
        problem = Problem(severity=Severity.INPUT, where="the document", found="", message=message)
        return Reading(reader=None, problems=(problem,))
    return Reading(reader=None, problems=(msgspec.structs.replace(told.problem, severity=Severity.INPUT),))


def cite(regime: str, form: str, path: str) -> Box | None:
    """The box or column in which a form keeps a field, to cite it by."""
    return facttables.cite(form, path) or regimes.cite(regime, form, path)


def literal(document: Document, place: Place) -> str | None:
    """What stands at a place, read again from the archived document; None where the place is not found any more."""
    document = _bare(document)
    if facttables.recognise(document, nearest=False):
        return facttables.quote(document, place.locator)
    if judgements.recognise(document):
        return judgements.quote(document, place.locator)
    return regimes.quote(document, place.locator)
