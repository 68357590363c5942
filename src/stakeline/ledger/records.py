"""What a ledger tells beside notices and facts: receipts, loads, documents, problems, names."""

from datetime import datetime

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.problems import Problem
from stakeline.model.rows import Row


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What one load did. inputs = accepted + known + quarantined, always.

    load: its id; None where it brought nothing that the ledger did not have, and nothing was written.
    documents: new to the ledger; documents_known: there already, or handed over twice.
    inputs: notices, facts and quarantined inputs of all documents handed over. accepted: rows new to the ledger.
    known: rows that it had, and all inputs of documents that it had. quarantined: inputs that could not be taken in.
    digest: of the whole ledger after the load.
    """

    load: str | None
    documents: int
    documents_known: int
    inputs: int
    accepted: int
    known: int
    quarantined: int
    digest: str


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """One load that the ledger holds: its number from 1, its id, the moment recorded, what it counted.

    total: the sum behind the digest after this load, 512 hex digits.
    """

    number: int
    load: str
    recorded_at: datetime
    documents: int
    documents_known: int
    inputs: int
    accepted: int
    known: int
    quarantined: int
    total: str


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One archived document: its hash, the name it was first loaded under, what read it, where it is kept.

    accepted and known rows are not told apart here: `inputs - quarantined` rows stand in it.
    """

    sha256: str
    name: str
    reader: str | None
    size: int
    inputs: int
    quarantined: int
    pack: str
    recorded_at: datetime
    load: str


class KeptProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One problem and the document it was met in. position: its number among the document's problems, from 0."""

    document: str
    name: str
    position: int
    problem: Problem
    load: str


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What a registry of issuers and holders is made from.

    told: (subject, issuer's name as told, holder's name as told, how many notices say so), sorted.
    facts: those whose measure is name, code, seat or peer, and the recorded judgements on holders.
    linked: (subject that is a name alone, subject with a code) of notices with the same serial.
    """

    told: tuple[tuple[str, str | None, str, int], ...]
    facts: tuple[Row[Fact], ...]
    linked: tuple[tuple[str, str], ...] = ()
