"""The ledger: every notice and fact once, where each was read, what could not be understood, and what was known when."""

from stakeline.ledger.digest import digest_of
from stakeline.ledger.entries import held_of
from stakeline.ledger.prepared import Known, Prepared, prepare
from stakeline.ledger.records import KeptDocument, KeptProblem, Load, Names, Receipt
from stakeline.ledger.store import Ledger

__all__ = [
    "KeptDocument",
    "KeptProblem",
    "Known",
    "Ledger",
    "Load",
    "Names",
    "Prepared",
    "Receipt",
    "digest_of",
    "held_of",
    "prepare",
]
