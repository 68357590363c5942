"""How fast 13F information tables are read: STAKELINE_SAMPLES=... python benchmarks/us_13f.py [ROUNDS] [PYTHON].

Real reports (STAKELINE_SAMPLES) from bytes to `Reading`, every column of every row, beside lxml reading every tag, text and attribute of the
same XML once. PYTHON: one that has edgartools, whose reader of the table (without the cover) then runs on the same files. A made table of 240,000 rows and 110 MB is read in a process of its
own, whose memory is told. All readers take the same files in turn; each one's fastest round counts.
"""

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from lxml import etree

from stakeline.model.documents import Document
from stakeline.regimes import us
from stakeline.regimes.us.cusips import check_digit

SMALL, LARGE = "13fhr_baupost_*.txt", "13fhr_wellington_*.txt"
MADE_ROWS = 240_000
_XML = re.compile(rb"<XML>\s*(.*?)\s*</XML>", re.DOTALL)


def stakeline(data: bytes) -> None:
    reading = us.read(Document(data=data, name="x"))
    assert reading is not None
    assert reading.portfolios
    assert reading.portfolios[0].body.rows


def lxml(data: bytes) -> None:
    for part in _XML.findall(data):
        for element in etree.fromstring(part).iter():
            _ = element.tag, element.text, element.attrib


def seconds(reader: Callable[[bytes], None], files: list[bytes], times: int) -> float:
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        for data in files:
            reader(data)
    return time.perf_counter() - start


def line(name: str, paths: list[Path], times: int, rounds: int, python: str | None) -> None:
    files = [p.read_bytes() for p in paths]
    best = [min(seconds(reader, files, times) for _ in range(rounds)) for reader in (stakeline, lxml)]
    ours, floor = (len(files) * times / s for s in best)
    other = theirs(paths, python)
    times_theirs = f"{other:12,.1f}{ours / other:8.1f}" if other else ""
    print(f"{name:34}{ours:12,.1f}{floor:12,.1f}{ours / floor:10.0%}{times_theirs}")


_EDGARTOOLS = """
import json, re, sys, time
from edgar.thirteenf.parsers.infotable_xml import parse_infotable_xml
tables = []
for path in json.load(sys.stdin):
    tables.append(re.findall(r"<XML>\\s*(.*?)\\s*</XML>", open(path).read(), re.DOTALL)[-1])
def once():
    start = time.perf_counter()
    for table in tables: parse_infotable_xml(table)
    return time.perf_counter() - start
once()
print(len(tables) / min(once() for _ in range(5)))
"""


def theirs(paths: list[Path], python: str | None) -> float | None:
    """Tables a second of edgartools."""
    if python is None:
        return None
    names = json.dumps([str(p) for p in paths])
    done = subprocess.run([python, "-c", _EDGARTOOLS], input=names, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def made(path: Path, rows: int = MADE_ROWS) -> None:
    """A report with a table of so many rows, names and figures drawn by chance."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.us.made_13f import cover, row, submission, table

    dice = Random(13)
    bases = [f"{dice.randrange(10**8):08}" for _ in range(12_000)]
    cusips = [f"{base}{check_digit(base)}" for base in bases]
    drawn = (
        row(
            issuer=f"ISSUER NUMBER {dice.randrange(12_000)} HOLDINGS INC",
            cusip=dice.choice(cusips),
            value=dice.randrange(10**9),
            amount=dice.randrange(10**7),
            discretion="DFND",
            managers=str(dice.randrange(1, 12)),
            voting=(dice.randrange(10**7), 0, dice.randrange(10**6)),
        )
        for _ in range(rows)
    )
    path.write_bytes(submission(cover(rows=rows), table(drawn, indent="\n      ")))


def memory(path: Path) -> None:
    """In a process of its own: the made report once."""
    data = path.read_bytes()
    start = time.perf_counter()
    stakeline(data)
    took = time.perf_counter() - start
    print(f"{took:.3f} {highest():.0f} {len(data) / 1e6:.0f}")


def highest() -> float:
    """The most memory that this process has had, in MB; `getrusage` would count what its parent had when it forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(rounds: int, python: str | None) -> None:
    folder = Path(os.environ["STAKELINE_SAMPLES"], "us", "13f")
    small, large = (sorted(folder.glob(names)) for names in (SMALL, LARGE))
    print(f"{'reports a second':34}{'stakeline':>12}{'lxml floor':>12}{'of floor':>10}{'edgartools':>12}{'times':>8}")
    line("small (31 to 33 rows)", small, 50, rounds, python)
    line("large (7,561 rows)", large, 3, rounds, python)
    took = min(seconds(stakeline, [large[0].read_bytes()], 3) for _ in range(rounds)) / 3
    path = Path(os.environ.get("TMPDIR", "/tmp"), f"stakeline-13f-{os.getpid()}.txt")  # noqa: S108 - a big file for a moment
    try:
        made(path)
        told = [
            subprocess.run(
                [sys.executable, __file__, "--memory", str(path)], check=True, capture_output=True, text=True
            )
            for _ in range(2)
        ]
    finally:
        path.unlink(missing_ok=True)
    best, most, size = min([float(w) for w in t.stdout.split()] for t in told)
    print(
        f"{MADE_ROWS:,} rows of {size:.0f} MB: {MADE_ROWS / best:,.0f} rows a second in {most:.0f} MB; 7,561 rows: {7_561 / took:,.0f}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2] if len(sys.argv) > 2 else None)
