"""Documents opened, read and made ready for the ledger, in their order: in this process, or in several.

What takes time is done where a document is read: opening it, its hash, whether the ledger has it, its rows, its part of the digest, packing
its bytes. The process that writes is handed the result. The others are started afresh (never forked: the engine of a ledger has threads). What
is under way at a time is bounded, so that memory stays flat however many documents there are.
"""

import atexit
import os
import signal
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import msgspec

from stakeline.archive import Held, packed
from stakeline.ledger import Known, Ledger, Prepared, held_of, prepare
from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.reading.containers import File, Refused, plain
from stakeline.workflows.readers import read_document, to_archive

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_CHUNK_DOCUMENTS = 500
_CHUNK_BYTES = 4_000_000
_WORTH = 4
"""Chunks from which on processes are worth their start."""
_AHEAD = 4
"""Chunks handed to each process before the first of them is asked back."""
_AHEAD_BYTES = 64_000_000
"""Of all of them, so that very large documents are not many at a time."""

Item = Document | Refused | File
Ready = Prepared | Known
Opened = Callable[[File], Iterable[Item]]
"""How a file that turns out to be a container is taken apart; by the one that hands the documents on, for it may hold very many."""


def ready(items: Iterable[Item], opened: Opened, ledger: Ledger, jobs: int) -> Generator[Ready, None, None]:
    """Each document with what it says, in the order of the items; `Known` for those that the ledger has. jobs: processes that read; 1: this one.

    No process is started for what takes less time than starting one. ReadError where one of them is ended from outside (out of
    memory, say).
    """
    chunks = _chunks(items)
    first = list(islice(chunks, _WORTH)) if jobs > 1 else []
    if len(first) < _WORTH:
        yield from _here(chain(first, chunks), opened, ledger)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin)
    try:
        yield from _Shared(pool, jobs, opened, ledger).each(chain(first, chunks))
    except BrokenProcessPool as error:
        raise ReadError(
            "a process that reads documents was ended from outside; `--jobs 1` reads in this one"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _here(chunks: Iterable[list[Item]], opened: Opened, ledger: Ledger) -> Iterator[Ready]:
    for chunk in chunks:
        for one in _read(chunk, ledger.knows):
            yield from _here(_chunks(opened(one)), opened, ledger) if isinstance(one, File) else (one,)


class _Shared:
    """Chunks handed to processes, and taken back in their order."""

    def __init__(self, pool: "ProcessPoolExecutor", jobs: int, opened: Opened, ledger: Ledger) -> None:
        self._pool, self._jobs, self._opened = pool, jobs, opened
        self._ledger = ledger.folder if ledger.version else None  # an empty one need not be asked

    def each(self, chunks: Iterable[list[Item]]) -> Iterator[Ready]:
        """What the chunks hold, made ready."""
        under_way: deque[tuple[int, Future[bytes]]] = deque()
        size = 0
        for chunk in chunks:
            under_way.append((sum(map(_size, chunk)), self._pool.submit(_read_there, self._ledger, chunk)))
            size += under_way[-1][0]
            while len(under_way) > self._jobs and (len(under_way) > _AHEAD * self._jobs or size > _AHEAD_BYTES):
                size -= under_way[0][0]
                yield from self._taken(under_way.popleft()[1])
        while under_way:
            yield from self._taken(under_way.popleft()[1])

    def _taken(self, answer: "Future[bytes]") -> Iterator[Ready]:
        for one in _DECODER.decode(answer.result()):
            yield from self.each(_chunks(self._opened(one))) if isinstance(one, File) else (one,)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += _size(item)
        if len(chunk) >= _CHUNK_DOCUMENTS or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size(item: Item) -> int:
    if isinstance(item, Document):
        return len(item.data)
    return item.size if isinstance(item, File) else 0


def _begin() -> None:
    """A process that reads begins. Ctrl-C is the business of the one that started it; when that one is gone, it goes, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(_ledger.cache_clear)  # an engine that is open when the interpreter ends complains of it
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_there(ledger: Path | None, items: list[Item]) -> bytes:
    """The work of a process on a chunk, as bytes that pass quickly."""
    return _ENCODER.encode([*_read(items, _ledger(ledger).knows if ledger else _none)])


@cache
def _ledger(folder: Path) -> Ledger:
    """The ledger as it stood when it was first asked. What was loaded since is read in vain, and known to the one that writes."""
    return Ledger.open(folder)


def _none(_: Collection[str]) -> set[str]:
    return set()


def _read(items: list[Item], knows: Callable[[Collection[str]], set[str]]) -> Iterator[Ready | File]:
    """Each item read, or as it is where it is a container."""
    taken = [_taken(item) for item in items]
    known = knows({one[0].sha256 for one in taken if not isinstance(one, File)})
    taken.reverse()
    while taken:
        yield _told(taken.pop(), known)


def _taken(item: Item) -> tuple[Held, Document] | File:
    """A document and what the archive calls it; a container as it is."""
    if isinstance(item, File):
        found = plain(item)
        if found is None:
            return item
    else:
        found = item
    document = to_archive(found)
    return held_of(document), document


def _told(taken: tuple[Held, Document] | File, known: set[str]) -> Ready | File:
    if isinstance(taken, File):
        return taken
    held, document = taken
    if held.sha256 in known:
        return Known(held.sha256, held.name)
    reading = read_document(document)
    entry = packed(document.data, held)
    del taken, document  # a large one is let go before its rows are made
    return prepare(entry, reading)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Prepared | Known | File])
