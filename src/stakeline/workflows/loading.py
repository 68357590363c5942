"""Reading files for a look, and loading them into the ledger."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from stakeline import regimes
from stakeline.ledger import Ledger, Receipt
from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.rows import Reading
from stakeline.reading.containers import Aside, Refused, documents
from stakeline.workflows.readers import as_named, read_document, recognised, refusal
from stakeline.workflows.where import now

Progress = Callable[[str], None]
"""Called with the name of each document as it is taken up."""


_BATCH_DOCUMENTS = 500
_BATCH_BYTES = 32_000_000


def read(inputs: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[tuple[Document, Reading]]:
    """Each document in files, folders, zips or "-", with what it says. Nothing is stored."""
    for item in _some(documents(inputs, stdin or sys.stdin.buffer, known=recognised, sets=regimes.data_set)):
        document = _document(item)
        yield document, read_document(document)


def load(
    ledger: Ledger,
    inputs: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    aside: Callable[[Aside], None] | None = None,
) -> Receipt:
    """Take documents into the ledger as one load, visible whole or not at all.

    A document that the ledger has already is not read again: its inputs count as already known. aside: is told of each
    file that came along with a saved page or mail (styles, pictures, frames) and is no input.
    """
    found = documents(inputs, stdin or sys.stdin.buffer, known=recognised, aside=aside, sets=regimes.data_set)
    return load_documents(ledger, _some(found), progress=progress)


def load_documents(ledger: Ledger, items: Iterable[Document | Refused], *, progress: Progress | None = None) -> Receipt:
    """`load` for documents that are at hand."""
    return ledger.load(_readings(ledger, items, progress), recorded_at=now())


def _some(items: Iterator[Document | Refused]) -> Iterator[Document | Refused]:
    """The items, or a ReadError where there is none: an empty folder is a mistake, not an answer."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        raise ReadError("there is no file in what was named (hidden files are left out)")


def _readings(
    ledger: Ledger, items: Iterable[Document | Refused], progress: Progress | None
) -> Iterator[tuple[Document, Reading | None]]:
    """Each document with what it says, or with None where the ledger has it already."""
    for batch in _batches(items):
        known = ledger.knows({d.sha256 for d in batch})
        for document in batch:
            if progress:
                progress(document.name)
            yield document, None if document.sha256 in known else read_document(document)


def _batches(items: Iterable[Document | Refused]) -> Iterator[list[Document]]:
    """Documents in batches that one question to the ledger can ask after, small enough to hold."""
    batch: list[Document] = []
    size = 0
    for item in items:
        document = _document(item)
        batch.append(document)
        size += len(document.data)
        if len(batch) >= _BATCH_DOCUMENTS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _document(item: Document | Refused) -> Document:
    return refusal(item) if isinstance(item, Refused) else as_named(item)
