"""How fast the ledger loads, opens, answers and verifies: python benchmarks/ledger_load.py [DOCUMENTS ...].

The documents are made (5 KB, three notices each, 400 issuers). What is timed is the disk and the engine, not any reader.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from stakeline.ledger import Ledger
from stakeline.model.documents import Document
from stakeline.model.notices import Holder, Leg, Notice, Position
from stakeline.model.numbers import Number
from stakeline.model.rows import Read, Reading

MOMENT = datetime(2024, 1, 2, tzinfo=UTC)


def notice(number: int, code: str) -> Notice:
    return Notice(
        regime="hk",
        form="2",
        issuer_code=code,
        issuer_name=f"Issuer {code}",
        share_class="ordinary",
        holder=Holder(name=f"Holder {number % 50}"),
        serial=f"CS{number}",
        event_date=date(2022, 11, 8),
        known_from=MOMENT,
        before=(Position(leg=Leg.LONG, shares=Number(Decimal(number)), percent=Number(Decimal("9.05"))),),
        after=(Position(leg=Leg.LONG, shares=Number(Decimal(number + 1)), percent=Number(Decimal("8.74"))),),
    )


def documents(count: int) -> Iterator[tuple[Document, Reading]]:
    for i in range(count):
        data = random.Random(i).randbytes(1_500) + b"<td>%d</td>" % i * 300
        notices = tuple(Read(notice(3 * i + n, f"{i % 400:05}"), f"row {n}") for n in range(3))
        yield Document(data=data, name=f"{i}.html"), Reading(reader="made", notices=notices)


def timed(label: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    print(f"  {label:42} {time.perf_counter() - start:8.3f} s")


def measure(count: int) -> None:
    """One ledger of so many documents, in this process."""
    with tempfile.TemporaryDirectory() as folder:
        made = Ledger.create(Path(folder) / "ledger")
        print(f"{count} documents, {3 * count} notices")
        timed("load", lambda: made.load(documents(count), recorded_at=MOMENT))
        print(f"  {'peak memory':42} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:8} MB")
        for turn in ("first", "again"):
            asked = Ledger.open(made.folder)
            timed(f"open, one issuer's notices and facts, {turn}", partial(ask, asked))
        timed("names", made.names)
        timed("the same load again, documents known", lambda: made.load(documents(100), recorded_at=MOMENT))
        timed("verify", made.verify)


def ask(ledger: Ledger) -> None:
    ledger.notices(subjects=["hk:00020"])
    ledger.facts(subjects=["hk:00020"])


if __name__ == "__main__":
    sizes = sys.argv[1:] or ["30", "3000"]
    if len(sizes) == 1:
        measure(int(sizes[0]))
    else:  # a process each, so that peak memory is each one's own
        for size in sizes:
            subprocess.run([sys.executable, __file__, size], check=True)
