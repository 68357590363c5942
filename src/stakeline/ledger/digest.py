"""The logical digest: one name for everything that a ledger says, whatever the order and the loads it came in.

Each row of notices, facts, portfolios, sightings, problems and documents is hashed to 2048 bits: SHAKE-256 over the kind, a zero byte
and the row's canonical bytes. The hashes are added modulo 2^2048, and the digest is the SHA-256 of the sum (256 bytes,
big-endian). So a load costs only its own rows, and order cannot matter. A sum of hashes of 256 bits would not do: with
many rows to choose from, a generalised birthday search (Wagner 2002) finds two sets with the same sum; for n bits it costs
about 2^(2 sqrt n), which is 2^90 at 2048.

Not in the digest: the audit clock, names under which documents were loaded, load ids, and everything that can be worked
out from the rows (holdings, positions, columns). What a row's canonical bytes are, stands in `entries`; neither may ever change.
"""

import hashlib
from collections.abc import Iterable

from stakeline.ledger.entries import Entries, entries_of, held_of
from stakeline.model.documents import Document
from stakeline.model.rows import Reading

MODULUS = 1 << 2048
_WIDTH = 256


def element(kind: str, canonical: bytes) -> int:
    """One row's part of the sum."""
    return int.from_bytes(element_bytes(kind, canonical))


def element_bytes(kind: str, canonical: bytes) -> bytes:
    """One row's part of the sum, as bytes, big-endian."""
    return hashlib.shake_256(kind.encode() + b"\0" + canonical).digest(_WIDTH)


def sum_bytes(total: int) -> bytes:
    """A sum as bytes, big-endian."""
    return total.to_bytes(_WIDTH)


def digest_of_sum(total: int) -> str:
    """The digest as printed, 64 hex digits."""
    return hashlib.sha256(total.to_bytes(_WIDTH)).hexdigest()


def own_elements(entries: Entries) -> int:
    """The sum over what only this document can bring: itself, its sightings, its problems."""
    total = element("documents", entries.held.sha256.encode())
    total += sum(element("sightings", sighting.canonical(entries.held.sha256)) for sighting in entries.sightings)
    total += sum(element("problems", told) for told in entries.problem_bytes())
    return total % MODULUS


def digest_of(readings: Iterable[tuple[Document, Reading]]) -> str:
    """The digest of the ledger that these readings make, worked out without any disk."""
    total = 0
    documents: set[str] = set()
    rows: set[tuple[str, str]] = set()
    for document, reading in readings:
        held = held_of(document)
        if held.sha256 in documents:
            continue
        documents.add(held.sha256)
        entries = entries_of(held, reading)
        total += own_elements(entries)
        for kind, kept in entries.rows.items():
            for key, row in kept.items():
                if (kind, key) not in rows:
                    rows.add((kind, key))
                    total += element(kind, row.canonical)
    return digest_of_sum(total % MODULUS)
