"""How fast Form 4s come from files into committed rows: STAKELINE_SAMPLES=... python benchmarks/us_load.py [DOCUMENTS] [JOBS ...].

The files are the samples' Form 4s (without STAKELINE_SAMPLES those of tests/us/made.py), each time with other digits in every
number and in the issuer's CIK, so that no two are one and the rows go to as many shards as real ones do. For each number of
processes: documents a second from the files to the commit, the most memory that any one process had, and the digest, which must be
the same; then the same load again, whose documents are all known, and one into a ledger that has half of them.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from stakeline.ledger import Ledger
from stakeline.workflows import loading

_DIGITS = re.compile(rb"(?<=<value>)[0-9]+(?:\.[0-9]+)?(?=<)")
_CIK = re.compile(rb"(?<=<issuerCik>)[0-9]+(?=<)")


def sources() -> list[bytes]:
    folder = os.environ.get("STAKELINE_SAMPLES")
    if folder:
        return [p.read_bytes() for p in sorted((Path(folder) / "us/form4").glob("*.xml"))]
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.us import made

    return [made.form(made.sale("40200", "213.3049", "8638") * rows, made.option("40200", "0")) for rows in (1, 2, 5)]


def make(folder: Path, count: int) -> int:
    """So many files in a folder; their bytes together."""
    kinds, size = sources(), 0
    for number in range(count):
        random = Random(number)

        def other(found: re.Match[bytes], random: Random = random) -> bytes:
            return re.sub(rb"[0-9]", lambda _: b"%d" % random.randrange(1, 10), found[0])

        data = _DIGITS.sub(other, kinds[number % len(kinds)])
        data = _CIK.sub(b"%010d" % (1_000 + random.randrange(3_000)), data)
        (folder / f"{number:06}.xml").write_bytes(data)
        size += len(data)
    return size


def processor() -> float:
    """Seconds of processors that this process and those that it started have used: others at work on the machine matter less to them."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def measure(folder: Path, jobs: int) -> None:
    """One run of so many processes, in a ledger of its own."""
    files = sorted(folder.glob("*.xml"))
    with tempfile.TemporaryDirectory() as made:
        ledger = Ledger.create(Path(made) / "ledger")
        start, before = time.perf_counter(), processor()
        receipt = loading.load(ledger, [str(folder)], jobs=jobs)
        taken, used = time.perf_counter() - start, processor() - before
        most = max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        start = time.perf_counter()
        again = loading.load(ledger, [str(folder)], jobs=jobs)
        known = time.perf_counter() - start
        half = Ledger.create(Path(made) / "half")
        loading.load(half, map(str, files[: len(files) // 2]), jobs=jobs)
        start = time.perf_counter()
        rest = loading.load(half, [str(folder)], jobs=jobs)
        resumed = time.perf_counter() - start
    assert again.documents == 0
    assert rest.digest == receipt.digest
    print(
        f"  {jobs} processes: {receipt.documents / taken:8,.0f} a second ({taken:.1f} s, {used / receipt.documents * 1e6:.0f} µs of processor each, {receipt.quarantined} quarantined), "
        f"{most} MB at most; all known {receipt.documents / known:,.0f}; second half {rest.documents / resumed:,.0f}; digest {receipt.digest[:16]}"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made:
        size = make(Path(made), count)
        print(f"{count:,} Form 4s, {size / count:,.0f} bytes each, {datetime.now(UTC):%Y-%m-%d}")
        for jobs in [int(j) for j in sys.argv[2:]] or [1, 2]:  # a process each, so that memory is each one's own
            told = json.dumps([made, jobs])
            subprocess.run([sys.executable, __file__, "--one", told], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        at, how_many = json.loads(sys.argv[2])
        measure(Path(at), how_many)
    else:
        main()
