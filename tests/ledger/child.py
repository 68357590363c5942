"""Run as a process of its own by the tests that kill, race or starve it: python -m tests.ledger.child WHAT FOLDER ..."""

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stakeline.ledger import Ledger, store
from stakeline.model.errors import LedgerError
from tests.ledger.made import MOMENT, document, group, handed, notice


def load_groups(folder: Path, first: int, count: int) -> None:
    """Load groups one by one, and say so after each."""
    ledger = Ledger.create(folder)
    for number in range(first, first + count):
        ledger.load(group(number), recorded_at=MOMENT)
        print(number, flush=True)  # noqa: T201


def die_at(folder: Path, step: int) -> None:
    """Load one group and be killed at the given call that makes something durable or takes it away."""
    vars(store).update(MERGE_AT=2, CHECKPOINT_EVERY=1)  # files are merged and the log summed up behind the load
    ledger = Ledger.open(folder)
    steps = 0

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **named)

        return call

    os.fsync = counted(os.fsync)
    os.link = counted(os.link)
    os.replace = counted(os.replace)
    os.unlink = counted(os.unlink)
    ledger.load(group(99), recorded_at=MOMENT)
    print("whole", flush=True)  # noqa: T201


def starve(folder: Path, limit: int) -> None:
    """Load something large where no file may grow beyond limit bytes, as on a full disk."""
    ledger = Ledger.open(folder)
    many = [notice(f"CS{os.urandom(20).hex()}") for _ in range(300)]
    _, reading = handed("large", notices=many)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        ledger.load([(document("large", os.urandom(200_000).hex()), reading)], recorded_at=MOMENT)
    except LedgerError as error:
        print(error, flush=True)  # noqa: T201


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    jobs: dict[str, Callable[..., None]] = {"groups": load_groups, "die": die_at, "starve": starve}
    jobs[what](Path(where), *map(int, numbers))
