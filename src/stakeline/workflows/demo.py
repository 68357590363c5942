"""The founding case: the shipped facts in a fresh ledger, and its brief as it could have been written then."""

import shutil
from pathlib import Path

from stakeline.cases import case
from stakeline.ledger import Ledger
from stakeline.model.briefs import Brief
from stakeline.workflows.loading import load_documents
from stakeline.workflows.story import brief
from stakeline.workflows.where import open_or_create

CASE = "sensetime"
ISSUER = "SenseTime"
KNOWN = "2022-11-16T09:00"
"""The morning after the press reports, Hong Kong time: before the day's prices, after the ECB's rates of the 15th."""


def demo_folder() -> Path:
    """Where the demo's ledger is put: a cache that may be deleted at any time."""
    from platformdirs import user_cache_path

    return user_cache_path("stakeline", appauthor=False) / "demo"


def demo(told: str | None = None) -> tuple[Ledger, Brief]:
    """The founding case in a ledger, and its brief as known on 16 November 2022, 09:00 in Hong Kong.

    told: a ledger to load the case into; by default a fresh one in the cache.
    """
    if told:
        ledger = open_or_create(told)
    else:
        shutil.rmtree(demo_folder(), ignore_errors=True)
        ledger = Ledger.create(demo_folder())
    load_documents(ledger, case(CASE))
    return ledger, brief(ledger, ISSUER, known=KNOWN)
