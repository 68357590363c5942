"""Reading files for a look, and loading them into the ledger."""

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from stakeline import regimes
from stakeline.ledger import Ledger, Receipt
from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.rows import Reading
from stakeline.reading.containers import Aside, Refused, documents
from stakeline.workflows.processes import Ready, Unread, ready
from stakeline.workflows.readers import as_named, read_document, recognised, refusal
from stakeline.workflows.where import now

_CONTAINERS = frozenset({".zip", ".tar", ".gz", ".tgz", ".eml", ".mbox", ".mht", ".mhtml", ".webarchive"})

Progress = Callable[[str], None]
"""Called with the name of each document as it is taken up."""


_BATCH_DOCUMENTS = 1_000
_BATCH_BYTES = 16_000_000


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
    found = documents(inputs, stdin or sys.stdin.buffer, known=recognised, aside=aside, sets=regimes.data_set)
    return load_documents(ledger, _some(found), progress=progress, jobs=jobs, part=part)


def load_documents(
    ledger: Ledger,
    items: Iterable[Document | Refused],
    *,
    progress: Progress | None = None,
    jobs: int = 1,
    part: int | None = None,
) -> Receipt:
    """`load` for documents that are at hand."""
    with closing(_readings(ledger, items, progress, jobs)) as found:
        receipt = ledger.load(islice(found, part), recorded_at=now())
        while part is not None and (first := next(found, None)) is not None:
            more = ledger.load(chain([first], islice(found, part - 1)), recorded_at=now())
            receipt = _together(receipt, more)
    return receipt


def expected(inputs: Iterable[str]) -> int | None:
    """How many documents there are in files and folders; None where one of them is a container, for it would have to be unpacked."""
    count = 0
    for name in inputs:
        for path in _files(Path(name)):
            if path.suffix.lower() in _CONTAINERS:
                return None
            count += 1
    return count or None


def _files(path: Path) -> Iterator[Path]:
    """The file, or the files below a folder, but for hidden ones."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders[:] = [f for f in folders if not f.startswith(".")]
        yield from (Path(folder, f) for f in files if not f.startswith("."))


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


def _some(items: Iterator[Document | Refused]) -> Iterator[Document | Refused]:
    """The items, or a ReadError where there is none: an empty folder is a mistake, not an answer."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        raise ReadError("there is no file in what was named (hidden files are left out)")


def _readings(
    ledger: Ledger, items: Iterable[Document | Refused], progress: Progress | None, jobs: int
) -> Generator[Ready, None, None]:
    """Each document with what it says, or with None where the ledger has it already."""
    with closing(ready(_unread(ledger, items), jobs)) as found:
        for document, told in found:
            if progress:
                progress(document.name)
            yield document, told


def _unread(ledger: Ledger, items: Iterable[Document | Refused]) -> Iterator[Unread]:
    for batch in _batches(items):
        hashes = [d.sha256 for d in batch]
        known = ledger.knows(set(hashes))
        yield from ((d, sha256 in known) for d, sha256 in zip(batch, hashes, strict=True))


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
