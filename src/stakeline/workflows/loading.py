"""Reading files for a look, and loading them into the ledger."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from stakeline.ledger import Ledger, Receipt
from stakeline.model.documents import Document
from stakeline.model.problems import Problem
from stakeline.model.rows import Reading
from stakeline.reading.containers import documents
from stakeline.workflows.readers import read_document
from stakeline.workflows.where import now

Progress = Callable[[str], None]
"""Called with the name of each document as it is taken up."""


def read(inputs: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[tuple[Document, Reading]]:
    """Each document in files, folders, zips or "-", with what it says. Nothing is stored."""
    for item in documents(inputs, stdin or sys.stdin.buffer):
        yield _reading(item)


def load(ledger: Ledger, inputs: Iterable[str], *, stdin: BinaryIO | None = None, progress: Progress | None = None) -> Receipt:
    """Take documents into the ledger as one load, visible whole or not at all.

    A document that the ledger has already is not read again: its inputs count as already known.
    """
    return load_documents(ledger, documents(inputs, stdin or sys.stdin.buffer), progress=progress)


def load_documents(ledger: Ledger, items: Iterable[Document], *, progress: Progress | None = None) -> Receipt:
    """`load` for documents that are at hand."""

    def readings() -> Iterator[tuple[Document, Reading]]:
        for item in items:
            if progress:
                progress(item.name)
            yield _reading(item)

    return ledger.load(readings(), recorded_at=now())


def _reading(item: Document) -> tuple[Document, Reading]:
    return item, read_document(item)


__all__ = ["Problem", "Progress", "load", "load_documents", "read"]
