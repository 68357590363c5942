"""What readers return and ledgers keep: notices, facts and portfolios with the place where they were read."""

import hashlib
from typing import Generic, TypeVar

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.notices import Notice
from stakeline.model.portfolios import Portfolio
from stakeline.model.problems import Problem

_ENCODER = msgspec.json.Encoder(order="sorted")

T = TypeVar("T", Notice, Fact, Portfolio)


def canonical(body: Notice | Fact | Portfolio) -> bytes:
    """A notice, fact or portfolio as bytes that depend on its content alone: JSON, keys sorted, defaults left out.

    Never change what this returns for an existing body: row keys and the ledger's digest are made from it. A new field
    of a noun must have a default, so that old bodies keep their bytes.
    """
    return _ENCODER.encode(body)


def row_key(body: Notice | Fact | Portfolio) -> str:
    """The identity of a notice, fact or portfolio: the first 40 hex digits of the SHA-256 of its canonical bytes."""
    return hashlib.sha256(canonical(body)).hexdigest()[:40]


class Read(msgspec.Struct, Generic[T], frozen=True):
    """One notice, fact or portfolio and where in its document it was read ("row 12"; "" where the document is the notice)."""

    body: T
    locator: str = ""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader understood of one document.

    reader: which description of a form or table was used ("hk/2", "hk/list", "facts"); None where none fits.
    inputs: how many notices, rows, facts or portfolios the document was seen to hold; every one of them is in notices, facts,
        portfolios or among the problems of severity INPUT. A portfolio is one, however many rows its table has.
    """

    reader: str | None
    notices: tuple[Read[Notice], ...] = ()
    facts: tuple[Read[Fact], ...] = ()
    portfolios: tuple[Read[Portfolio], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def inputs(self) -> int:
        """Notices, facts and portfolios read, plus inputs quarantined."""
        return len(self.notices) + len(self.facts) + len(self.portfolios) + self.quarantined

    @property
    def quarantined(self) -> int:
        """Inputs that could not be taken in."""
        return sum(1 for p in self.problems if p.severity == "input")


class Sighting(msgspec.Struct, frozen=True, order=True):
    """A document in which a row stands, and where in it."""

    document: str
    locator: str
    name: str


class Row(msgspec.Struct, Generic[T], frozen=True):
    """A notice, fact or portfolio as the ledger keeps it: once, with every document that it stands in."""

    key: str
    body: T
    sightings: tuple[Sighting, ...]
