"""Proofs: that the ledger is what its documents say, and that nothing stored has changed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from stakeline.ledger import Ledger
from stakeline.model.documents import Document
from stakeline.workflows.loading import Progress
from stakeline.workflows.readers import read_document


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild found. same: the archived documents, read again today, give the ledger that is there.

    before, after: logical digests. documents: how many were read. folder: where the rebuilt ledger stands, if kept.
    """

    same: bool
    before: str
    after: str
    documents: int
    replaced: bool


def rebuild(ledger: Ledger, *, replace: bool = False, progress: Progress | None = None) -> Proof:
    """Read every archived document again into a fresh ledger and compare the digests.

    They differ where a reader has learned something since the load. replace: then put the rebuilt ledger in the old
    one's place.
    """
    fresh_folder = Path(tempfile.mkdtemp(prefix=".rebuild-", dir=ledger.folder.parent)) / "ledger"
    try:
        fresh = Ledger.create(fresh_folder)
        for load in ledger.loads():
            read_again = ((d, read_document(d)) for d in _told(ledger.archived(load.load), progress))
            fresh.load(read_again, recorded_at=load.recorded_at)
        before, after = ledger.digest(), fresh.digest()
        if replace and before != after:
            ledger.adopt(fresh)
        return Proof(
            same=before == after,
            before=before,
            after=after,
            documents=len(ledger.documents()),
            replaced=replace and before != after,
        )
    finally:
        shutil.rmtree(fresh_folder.parent, ignore_errors=True)


def _told(documents: Iterator[Document], progress: Progress | None) -> Iterator[Document]:
    for document in documents:
        if progress:
            progress(document.name)
        yield document
