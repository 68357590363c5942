"""Where the ledger lives."""

import os
from datetime import UTC, datetime
from pathlib import Path

from stakeline.ledger import Ledger
from stakeline.model.errors import LedgerMissing

ENVIRONMENT = "STAKELINE_LEDGER"


def ledger_folder(told: str | None = None) -> Path:
    """The ledger's folder: as told, else the environment variable STAKELINE_LEDGER, else the platform's data folder."""
    if told:
        return Path(told).expanduser()
    if folder := os.environ.get(ENVIRONMENT):
        return Path(folder).expanduser()
    from platformdirs import user_data_path

    return user_data_path("stakeline", appauthor=False) / "ledger"


def open_ledger(told: str | None = None) -> Ledger:
    """Open the ledger for reading. LedgerMissing says where it was looked for and how to make one."""
    folder = ledger_folder(told)
    try:
        return Ledger.open(folder)
    except LedgerMissing:
        raise LedgerMissing(
            f"there is no ledger at {folder}. Make one with `stakeline load FILE`, or try `stakeline demo`; "
            f"another place is named with --ledger DIR or {ENVIRONMENT}."
        ) from None


def open_or_create(told: str | None = None) -> Ledger:
    """Open the ledger, or make an empty one at its place."""
    folder = ledger_folder(told)
    try:
        return Ledger.open(folder)
    except LedgerMissing:
        return Ledger.create(folder)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)
