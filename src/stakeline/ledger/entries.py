"""What one document brings into a ledger: its rows by key, where they stand in it, and its problems.

Pure: the same document and reading always give the same entries. Keys, shards and canonical bytes are final.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec

from stakeline.archive import Held
from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.notices import Notice
from stakeline.model.portfolios import Portfolio
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading, canonical

T = TypeVar("T", Notice, Fact, Portfolio)


class Kept(msgspec.Struct, Generic[T], frozen=True):
    """A notice, fact or portfolio with its canonical bytes."""

    body: T
    canonical: bytes


class Seen(msgspec.Struct, frozen=True, order=True):
    """Where in the document a row stands."""

    key: str
    subject: str
    locator: str

    def canonical(self, document: str) -> bytes:
        """The sighting as it counts in the digest: key, document, locator."""
        return msgspec.json.encode((self.key, document, self.locator))


class Entries(msgspec.Struct, frozen=True, kw_only=True):
    """What one document brings; a row that stands in it twice is one row."""

    held: Held
    quarantined: int
    notices: dict[str, Kept[Notice]]
    facts: dict[str, Kept[Fact]]
    portfolios: dict[str, Kept[Portfolio]]
    sightings: tuple[Seen, ...]
    problems: tuple[Problem, ...]

    @property
    def rows(self) -> "dict[str, dict[str, Kept[Notice]] | dict[str, Kept[Fact]] | dict[str, Kept[Portfolio]]]":
        """The rows by kind, each kind's by key."""
        return {"notices": self.notices, "facts": self.facts, "portfolios": self.portfolios}

    def problem_bytes(self) -> Iterator[bytes]:
        """The problems as they count in the digest: document, position, severity, where, found, message."""
        for position, p in enumerate(self.problems):
            yield msgspec.json.encode((self.held.sha256, position, p.severity, p.where, p.found, p.message))


@lru_cache(4096)
def shard_of(subject: str) -> str:
    """The shard of a subject: the first hex digit of its SHA-256, so that there are 16.

    Each costs a load a data file of each kind, 1.6 ms whatever is in it; inside, rows are sorted by subject, so that more would find
    one subject little faster.
    """
    return hashlib.sha256(subject.encode()).hexdigest()[:1]


def key_of(canonical_bytes: bytes) -> str:
    """The same key as `model.rows.row_key`, from bytes at hand."""
    return hashlib.sha256(canonical_bytes).hexdigest()[:40]


def encodable(text: str) -> str:
    """Text that can be stored: lone surrogates (of file names that are no text) become escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def held_of(document: Document, sha256: str | None = None) -> Held:
    """What the archive calls a document. sha256: its own, where that has been worked out already."""
    return Held(sha256=sha256 or document.sha256, name=encodable(document.name), size=len(document.data))


def entries_of(held: Held, reading: Reading) -> Entries:
    """What a document brings, as it was read.

    A row whose text cannot be encoded (a lone surrogate) is quarantined here, for no ledger could keep it.
    """
    sightings: set[Seen] = set()
    problems = [_encodable(p) for p in reading.problems]
    notices = _kept(reading.notices, sightings, problems)
    facts = _kept(reading.facts, sightings, problems)
    portfolios = _kept(reading.portfolios, sightings, problems)
    return Entries(
        held=held,
        quarantined=sum(1 for p in problems if p.severity is Severity.INPUT),
        notices=notices,
        facts=facts,
        portfolios=portfolios,
        sightings=tuple(sorted(sightings)),
        problems=tuple(problems),
    )


def _kept(reads: tuple[Read[T], ...], sightings: set[Seen], problems: list[Problem]) -> dict[str, Kept[T]]:
    kept: dict[str, Kept[T]] = {}
    for read in reads:
        locator = encodable(read.locator)
        try:
            row = canonical(read.body)
        except UnicodeEncodeError as error:
            problems.append(_unencodable(locator, error))
            continue
        key = key_of(row)
        kept.setdefault(key, Kept(read.body, row))
        sightings.add(Seen(key, read.body.subject, locator))
    return kept


def _encodable(problem: Problem) -> Problem:
    return msgspec.structs.replace(
        problem,
        where=encodable(problem.where),
        found=encodable(problem.found),
        message=encodable(problem.message),
    )


def _unencodable(locator: str, error: UnicodeEncodeError) -> Problem:
    around = error.object[max(0, error.start - 20) : error.end + 20]
    return Problem(
        severity=Severity.INPUT,
        where=locator,
        found=quote(encodable(around)),
        message="holds characters that are no text (a lone half of a surrogate pair)",
    )
