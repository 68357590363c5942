"""The errors that Stakeline raises, as one tree.

    StakelineError
    ├── UsageError          the caller asked for something that cannot be answered as asked
    │   ├── UnknownName     a name or code that the ledger does not know
    │   └── AmbiguousName   a name or code that fits several
    ├── LedgerError         the ledger on disk cannot be used
    │   ├── LedgerMissing   there is none at that place
    │   ├── LedgerFormat    another version wrote it
    │   └── LedgerDamaged   what is stored is not what was stored
    └── ReadError           a file or stream could not be opened as told

What is wrong with the world (an unreadable box, a row cut short) is no exception but a `Problem`: see `model.problems`.
"""


class StakelineError(Exception):
    """Something the user can act on; its text says what, where, why and what to do next."""


class UsageError(StakelineError):
    """The caller asked for something that cannot be answered as asked."""


class UnknownName(UsageError):
    """A name or code that the ledger does not know."""


class AmbiguousName(UsageError):
    """A name or code that fits several issuers or holders."""


class LedgerError(StakelineError):
    """The ledger on disk cannot be used."""


class LedgerMissing(LedgerError):
    """There is no ledger at the place named."""


class LedgerFormat(LedgerError):
    """The ledger was written in a format that this version does not know."""


class LedgerDamaged(LedgerError):
    """What is stored is not what was stored."""


class UnusableRules(StakelineError):
    """A rulebook breaks the format of rulebooks."""


class ReadError(StakelineError):
    """A file or stream could not be opened as told."""
