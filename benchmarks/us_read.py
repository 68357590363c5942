"""How fast the SEC's forms are read: STAKELINE_SAMPLES=... python benchmarks/us_read.py [DOCUMENTS] [--edgartools PYTHON].

Documents a second from bytes to notices with every field, beside lxml reading every tag, text and attribute of the same
documents once (the floor: nothing is kept, nothing is understood), and beside edgartools where a Python that has it is
named. Without STAKELINE_SAMPLES the documents are made by hand in the forms' structure (tests/us/made.py).

Each kind is its files repeated until there are DOCUMENTS of them. "as filed": the same bytes again and again, as whoever
compares readers on a folder of samples gets it. "varied": in each repetition other digits in every number, so that no
reader can know a number from before. Readers take the documents in turn; of several rounds each one's fastest counts.

edgartools asks the network for each owner, whether it is a company; here that question is answered at once, "no",
without looking, so that its reading alone is measured. It runs in a process of its own, on each file as filed.
"""

import argparse
import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree

from stakeline import regimes
from stakeline.model.documents import Document

ROUNDS = 5
_DIGITS = re.compile(rb"(?:(?<=<value>)|(?<=Power>))[0-9]+(?:\.[0-9]+)?(?=<)")
_STUB = """
import sys, time, json, gc
import edgar.ownership.owners as owners
class _Data: is_company = False
class _Entity:
    data = _Data()
    def __init__(self, cik): pass
owners.Entity = _Entity
texts = [open(p, encoding="utf-8").read() for p in json.load(sys.stdin)]
{setup}
def once():
    gc.collect()
    start = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - start
once()
print(len(texts) / min(once() for _ in range(3)))
"""


class Kind(NamedTuple):
    """One kind of document. files: below the samples. edgartools: Python that defines `read(text)`; "" where it has none.

    made: documents by hand, where there are no samples.
    """

    name: str
    files: str
    edgartools: str
    made: Callable[[], list[bytes]]


def stakeline(data: bytes) -> object:
    reading = regimes.read(Document(data=data, name=""))
    assert reading is not None
    assert reading.notices
    return reading


def floor(data: bytes) -> None:
    for element in etree.fromstring(data.lstrip()).iter():
        element.tag, element.text, element.attrib  # noqa: B018 - reading them is the work


def strict(path: Path) -> bool:
    """True for a file that the floor can read: one of the schedules has a torn end tag, which it cannot."""
    try:
        floor(path.read_bytes())
    except etree.XMLSyntaxError:
        return False
    return True


def made_form4() -> list[bytes]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.us import made

    row = made.sale("40200", "213.3049", "8638")
    return [
        made.form(row),
        made.form(row * 3 + made.holding("20", "By Trust"), made.option("40200", "0")),
        made.form(made.sale("40200", "125.35", "48838", code="M", side="A") + row, made.option("40200", "0"), plan="1"),
    ]


def made_13d() -> list[bytes]:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.us import made_13dg as made

    return [
        made.schedule_13d(*(made.person(f"Seat {n}", "6294951", "11.9") for n in range(many))) for many in (1, 2, 7)
    ]


KINDS = (
    Kind(
        "Form 4",
        "form4/*.xml",
        "from edgar.ownership import Form4\ndef read(text): return Form4.parse_xml(text)",
        made_form4,
    ),
    Kind(
        "Schedule 13D",
        "sc13d/*.xml",
        "from edgar.beneficial_ownership import Schedule13D\ndef read(text): return Schedule13D.parse_xml(text)",
        made_13d,
    ),
    Kind(
        "Schedule 13G",
        "sc13g/*.xml",
        "from edgar.beneficial_ownership import Schedule13G\ndef read(text): return Schedule13G.parse_xml(text)",
        made_13d,
    ),
)


def main(count: int, edgartools: str | None) -> None:
    print(f"{'documents a second':32}{'stakeline':>10}{'lxml floor':>12}{'of floor':>10}{'edgartools':>12}{'times':>8}")
    folder = os.environ.get("STAKELINE_SAMPLES")
    for kind in KINDS:
        paths = [p for p in sorted(Path(folder, "us").glob(kind.files)) if strict(p)] if folder else []
        files = [p.read_bytes() for p in paths] or kind.made()
        other = theirs(kind, paths, edgartools)
        for name, documents in (("as filed", repeated(files, count)), ("varied", varied(files, count))):
            ours, lxml = fastest((stakeline, floor), documents)
            rate, least = count / ours, count / lxml
            size = sum(map(len, documents)) // count
            times = f"{other:12,.0f}{rate / other:8.1f}" if other else ""
            print(f"{f'{kind.name}, {name} ({size:,} bytes)':32}{rate:10,.0f}{least:12,.0f}{rate / least:10.0%}{times}")


def repeated(files: Sequence[bytes], count: int) -> list[bytes]:
    return [files[n % len(files)] for n in range(count)]


def varied(files: Sequence[bytes], count: int) -> list[bytes]:
    """The files with other digits in their numbers each time; days and footnotes stay."""
    dice = Random(3)

    def other(found: re.Match[bytes]) -> bytes:
        return b"".join(b"." if c == ord(".") else b"%d" % dice.randrange(1, 10) for c in found[0])

    return [_DIGITS.sub(other, data) for data in repeated(files, count)]


def fastest(readers: Sequence[Callable[[bytes], object]], documents: Sequence[bytes]) -> list[float]:
    best = [float("inf")] * len(readers)
    for _ in range(ROUNDS):
        for n, reader in enumerate(readers):
            gc.collect()
            start = time.perf_counter()
            for data in documents:
                reader(data)
            best[n] = min(best[n], time.perf_counter() - start)
    return best


def theirs(kind: Kind, paths: Sequence[Path], python: str | None) -> float | None:
    """Documents a second of edgartools, by a Python that has it."""
    if python is None or not paths or not kind.edgartools:
        return None
    names = json.dumps([str(p) for p in paths])
    script = _STUB.replace("{setup}", kind.edgartools)
    done = subprocess.run([python, "-c", script], input=names, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=4_000)
    parser.add_argument("--edgartools", metavar="PYTHON", help="a Python in whose environment edgartools is installed")
    told = parser.parse_args()
    main(told.documents, told.edgartools)
