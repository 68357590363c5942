"""A stretch of mutants in a process of its own, whose processor time and memory are measured: `python -m tests.hostile.soak 0 500`."""

import json
import resource
import sys
import time
from collections import Counter
from typing import Any

from stakeline.model.rows import Reading
from stakeline.workflows.readers import as_named, read_document
from tests.hostile.mutations import mutant
from tests.hostile.originals import originals
from tests.hostile.properties import faults

_ADDRESS_SPACE = 3 << 30
"""What a mutant that runs wild may take before it fails, so that it does not take the machine along."""


def measure(first: int, last: int) -> dict[str, Any]:
    """What became of the mutants from first to last, and how long and how much memory the worst of them took."""
    told = Counter[str]()
    wrong: list[str] = []
    slowest, largest = (0.0, ""), (0.0, "")
    for original in originals():
        read_document(original)
    for seed in range(first, last):
        name, document = mutant(seed, originals())
        before = _peak()
        start = time.process_time()
        document = as_named(document)
        reading = read_document(document)
        slowest = max(slowest, (round(time.process_time() - start, 3), name))
        largest = max(largest, (round((_peak() - before) / 1024, 1), name))
        told += Counter(_became(reading))
        again = read_document(document)
        wrong += [f"{name}: {fault}" for fault in faults(document, reading, again)]
        if (seed + 1) % 100 == 0:
            sys.stderr.write(f"{seed + 1 - first} of {last - first}: {dict(told)}\n")
    return {"mutants": last - first, **told, "slowest": slowest, "largest MB": largest, "wrong": wrong}


def _became(reading: Reading) -> dict[str, int]:
    accepted = len(reading.notices) + len(reading.facts)
    return {
        "accepted": accepted,
        "quarantined": reading.quarantined,
        "read in part or whole": int(accepted > 0),
        "nothing read": int(accepted == 0),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False) + "\n")
