"""Reading files for a look, and loading them into the ledger."""

import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, TypeVar

from stakeline import regimes
from stakeline.ledger import Known, Ledger, Receipt
from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.rows import Reading
from stakeline.reading.containers import Aside, File, Inputs, Refused, documents
from stakeline.reading.folders import files
from stakeline.workflows.processes import Ready, ready
from stakeline.workflows.readers import read_document, recognised, to_archive
from stakeline.workflows.where import now

_CONTAINERS = (".zip", ".tar", ".gz", ".tgz", ".eml", ".mbox", ".mht", ".mhtml", ".webarchive")

T = TypeVar("T")
Progress = Callable[[str], None]
"""Called with the name of each document as it is taken up."""


def read(inputs: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[tuple[Document, Reading]]:
    """Each document in files, folders, zips or "-", with what it says. Nothing is stored."""
    for item in _some(documents(inputs, stdin or sys.stdin.buffer, known=recognised, sets=regimes.data_set)):
        document = to_archive(item)
        yield document, read_document(document)


def load(
    ledger: Ledger,
    inputs: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    aside: Callable[[Aside], None] | None = None,
    jobs: int = 1,
    part: int | None = None,
) -> Receipt:
    """Take documents into the ledger as one load, visible whole or not at all; of very many, as one load for each part.

    A document that the ledger has already is not read again: its inputs count as already known. So a load that was broken off goes
    on where its last whole part ended. aside: is told of each file that came along with a saved page or mail (styles, pictures,
    frames) and is no input. jobs: processes that read (a script that asks for more than one must be safe to import, as for
    `multiprocessing`). part: documents after which a load ends and another begins; None: never. The ledger's digest depends on neither.
    The receipt is of all parts; its load is the last one's.
    """
    source = Inputs(inputs, stdin or sys.stdin.buffer, known=recognised, aside=aside, sets=regimes.data_set)
    found = ready(source.places(), source.opened, ledger, jobs)
    return _load(ledger, _counted(found, progress, some=True), part)


def load_documents(
    ledger: Ledger,
    items: Iterable[Document | Refused],
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    part: int | None = None,
) -> Receipt:
    """`load` for documents that are at hand."""
    return _load(ledger, _counted(ready(items, _opened, ledger, jobs), progress, some=False), part)


def _load(ledger: Ledger, found: Generator[Ready, None, None], part: int | None) -> Receipt:
    with closing(found):
        receipt = ledger.load(islice(found, part), recorded_at=now())
        while part is not None and (first := next(found, None)) is not None:
            more = ledger.load(chain([first], islice(found, part - 1)), recorded_at=now())
            receipt = _together(receipt, more)
    return receipt


def expected(inputs: Iterable[str]) -> int | None:
    """How many documents there are in files and folders; None where one of them is a container, for it would have to be unpacked."""
    count = 0
    for given in inputs:
        for name in (n for _, n in files(given, [])) if Path(given).is_dir() else (given,):
            if name.lower().endswith(_CONTAINERS):
                return None
            count += 1
    return count or None


def _together(one: Receipt, other: Receipt) -> Receipt:
    """The receipt of two parts."""
    return Receipt(
        load=other.load or one.load,
        documents=one.documents + other.documents,
        documents_known=one.documents_known + other.documents_known,
        inputs=one.inputs + other.inputs,
        accepted=one.accepted + other.accepted,
        known=one.known + other.known,
        quarantined=one.quarantined + other.quarantined,
        digest=other.digest,
    )


def _some(items: Iterable[T]) -> Iterator[T]:
    """The items, or a ReadError where there is none: an empty folder is a mistake, not an answer."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        raise ReadError("there is no file in what was named (hidden files are left out)")


def _counted(
    found: Generator[Ready, None, None], progress: Progress | None, *, some: bool
) -> Generator[Ready, None, None]:
    """What is loaded, each document told as it is taken up. It ends the processes when it is closed. some: at least one is due."""
    with closing(found):
        for one in _some(found) if some else found:
            if progress:
                progress(one.name if isinstance(one, Known) else one.document.held.name)
            yield one


def _opened(file: File) -> Iterator[Document | Refused]:
    raise AssertionError(f"{file.path}: documents at hand are not opened")
