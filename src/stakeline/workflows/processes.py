"""Documents read in several processes, handed on in their order and ready to be written.

The processes are started afresh (never forked: the engine of a ledger has threads) and know nothing but the bytes that they are handed.
What is under way at a time is bounded, so that memory stays flat however many documents there are.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from stakeline.ledger import Prepared, prepare
from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.workflows.readers import read_document

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK_DOCUMENTS = 64
_CHUNK_BYTES = 4_000_000
_WORTH = 6
"""Chunks from which on processes are worth their start."""
_AHEAD = 12
"""Chunks handed to each process before the first of them is asked back."""

Unread = tuple[Document, bool]
"""A document, and whether the ledger has it already: then it is not read."""
Ready = tuple[Document, Prepared | None]


def ready(documents: Iterable[Unread], jobs: int) -> Generator[Ready, None, None]:
    """Each document with what it says, in the same order; None for those that the ledger has. jobs: processes that read; 1: this one.

    No process is started for what takes less time than starting one. ReadError where one of them is ended from outside (out of
    memory, say).
    """
    chunks = _chunks(documents)
    first = list(islice(chunks, _WORTH)) if jobs > 1 else []
    if len(first) < _WORTH:
        for document, known in chain.from_iterable(chain(first, chunks)):
            yield document, None if known else prepare(document, read_document(document))
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    try:
        with closing(_handed(pool, chain(first, chunks), jobs)) as found:
            yield from found
    except BrokenProcessPool as error:
        raise ReadError(
            "a process that reads documents was ended from outside; `--jobs 1` reads in this one"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _handed(pool: "ProcessPoolExecutor", chunks: Iterable[list[Unread]], jobs: int) -> Generator[Ready, None, None]:
    under_way: deque[tuple[list[Unread], Future[bytes]]] = deque()
    for chunk in chunks:
        new = [(document.data, document.name) for document, known in chunk if not known]
        under_way.append((chunk, pool.submit(_read, new)))
        if len(under_way) > _AHEAD * jobs:
            yield from _taken(*under_way.popleft())
    while under_way:
        yield from _taken(*under_way.popleft())


def _taken(chunk: list[Unread], answer: "Future[bytes]") -> Iterator[Ready]:
    """A chunk's documents with what a process read from them."""
    found = iter(_DECODER.decode(answer.result()))
    for document, known in chunk:
        yield document, None if known else next(found)


def _read(chunk: list[tuple[bytes, str]]) -> bytes:
    """The work of a process: each document read, as bytes that pass quickly."""
    documents = (Document(data=data, name=name) for data, name in chunk)
    return _ENCODER.encode([prepare(document, read_document(document)) for document in documents])


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Prepared])


def _chunks(documents: Iterable[Unread]) -> Iterator[list[Unread]]:
    chunk: list[Unread] = []
    size = 0
    for document, known in documents:
        chunk.append((document, known))
        size += 0 if known else len(document.data)
        if len(chunk) >= _CHUNK_DOCUMENTS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
