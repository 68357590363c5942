"""How fast Hong Kong's pages are read: python benchmarks/hk_read.py [PAGES OF EACH KIND].

Pages a second from bytes to `Reading` (shape of the page checked, every figure exact, every problem said), beside what
selectolax and BeautifulSoup take to find the same elements: the text of every element that has an id, and of every cell
of the tables among them, as strings and no more. "by row" keeps the cells of a row together, as whoever uses them must.

The pages are made, no two alike: figures, names, layout of the markup (tests.pages) and the number of rows are drawn by
chance, most tables of most pages blank as on real ones; "every box" fills them all. Our reader remembers what runs of
tags do (docs/decisions/0010-pages-by-runs.md) and which texts head a table, which are met again and again as in a folder of
real pages, and reads every other text anew. With STAKELINE_SAMPLES set the real list pages are read too. All readers take the
same pages in turn; of several rounds each reader's fastest counts, in time of the processor, which others that work beside
us do not lengthen. Each reader starts warm, from one round over other pages. BeautifulSoup reads a tenth of the pages, once.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser

from stakeline import regimes
from stakeline.model.documents import Document

ROUNDS = 7
Reader = Callable[[bytes], object]


def stakeline(data: bytes) -> object:
    reading = regimes.read(Document(data=data, name="page.html"))
    assert reading is not None
    assert reading.notices
    return reading


def selectolax(data: bytes) -> object:
    nodes = {node.id: node for node in LexborHTMLParser(data).css("[id]")}
    texts = {name: node.text(separator=" ", strip=True) for name, node in nodes.items()}
    grids = [node for name, node in nodes.items() if name and name.startswith("grd")]
    return texts, [[cell.text(separator=" ", strip=True) for cell in grid.css("td, th")] for grid in grids]


def selectolax_by_row(data: bytes) -> object:
    nodes = {node.id: node for node in LexborHTMLParser(data).css("[id]")}
    texts = {name: node.text(separator=" ", strip=True) for name, node in nodes.items()}
    grids = [node for name, node in nodes.items() if name and name.startswith("grd")]
    return texts, [
        [[cell.text(separator=" ", strip=True) for cell in row.css("td, th")] for row in grid.css("tr")]
        for grid in grids
    ]


def beautifulsoup(data: bytes) -> object:
    nodes = {str(node["id"]): node for node in BeautifulSoup(data, "html.parser").find_all(id=True)}
    texts = {name: node.get_text(" ", strip=True) for name, node in nodes.items()}
    grids = [node for name, node in nodes.items() if name.startswith("grd")]
    return texts, [[cell.get_text(" ", strip=True) for cell in grid.find_all(["td", "th"])] for grid in grids]


def main(count: int) -> None:
    print(f"{'pages a second':34}{'stakeline':>10}{'selectolax':>12}{'by row':>9}{'BeautifulSoup':>15}   ratio  by row")
    warm = dict(kinds(max(count // 4, 2), seed=1))
    totals = [0.0] * 4
    for kind, made in kinds(count, seed=2):
        for reader in (stakeline, selectolax, selectolax_by_row):
            seconds(reader, warm[kind])
        best = fastest((stakeline, selectolax, selectolax_by_row), made)
        few = made[: max(len(made) // 10, 1)]
        times = [*best, seconds(beautifulsoup, few) * len(made) / len(few)]
        totals = [t + s for t, s in zip(totals, times, strict=True)]
        line(f"{kind} ({sum(map(len, made)) // len(made):,} bytes)", len(made), times)
    line("all of these", count * len(warm), totals)
    folder = os.environ.get("STAKELINE_SAMPLES")
    for path in sorted(Path(folder, "hk").glob("notices-*.html")) if folder else ():
        pages = [path.read_bytes()] * 10
        best = fastest((stakeline, selectolax, selectolax_by_row), pages)
        line(f"{path.name} ({len(pages[0]):,} bytes)", len(pages), [*best, seconds(beautifulsoup, pages[:1]) * 10])


def line(name: str, pages: int, times: list[float]) -> None:
    ours, flat, rows, soup = times
    rates = "".join(f"{pages / t:{width},.0f}" for t, width in zip(times, (10, 12, 9, 15), strict=True))
    print(f"{name:34}{rates}{flat / ours:8.0%}{rows / ours:8.0%}   BeautifulSoup took {soup / ours:.0f} times as long")


def fastest(readers: tuple[Reader, ...], pages: list[bytes]) -> list[float]:
    best = [float("inf")] * len(readers)
    for _ in range(ROUNDS):
        for n, reader in enumerate(readers):
            best[n] = min(best[n], seconds(reader, pages))
    return best


def seconds(reader: Reader, pages: list[bytes]) -> float:
    gc.collect()
    start = time.process_time()
    for data in pages:
        reader(data)
    return time.process_time() - start


def kinds(count: int, seed: int) -> Iterator[tuple[str, list[bytes]]]:
    """The kinds of pages, so many of each."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests import pages

    chain, every = {"controlled": 3, "parent": True}, {"controlled": 3, "parent": True, "every": True}
    associated = {"associated": "Sub Ltd", "place": "Samoa"}
    amounts = {"amount": 500_000, "unit_size": 1_000, "amount_before": 2_000_000, "amount_after": 1_500_000}
    made: dict[str, tuple[Callable[..., bytes], dict[str, Any]]] = {
        "Form 1": (pages.form1, {"prefix": "IS", "person": True}),
        "Form 2": (pages.form2, {"prefix": "CS", **chain}),
        "Form 2 in Chinese": (pages.form2, {"prefix": "CS", **chain, "chinese_page": True}),
        "Form 2 until 2017": (pages.form2, {"prefix": "CS", **chain, "old": True}),
        "Form 2, every box": (pages.form2, {"prefix": "CS", **every}),
        "Form 3A": (pages.form3a, {"prefix": "DA", "person": True}),
        "Form 3B": (pages.form3b, {"prefix": "DB", "person": True, **associated}),
        "Form 3C": (pages.form3c, {"prefix": "DC", "person": True, **amounts}),
    }
    for kind, (make, asked) in made.items():
        dice = Random(f"{kind} {seed}")
        yield kind, [make(dice.randrange(10_000), **figures(dice, dict(asked))) for _ in range(count)]


def figures(dice: Random, asked: dict[str, Any]) -> dict[str, Any]:
    """The figures of one notice, by chance."""
    holder = f"Holder {dice.randrange(2_000)} Limited"
    held = dice.randrange(10**9)
    old = bool(asked.get("old"))
    capacity = "201" if old else "2201"
    day = "20150716" if old else "20221111"
    serial = f"{asked.pop('prefix')}{day}{'' if old else 'E'}{dice.randrange(10**5):0{6 if old else 5}}"
    person = asked.pop("person", False)
    who = (
        {"surname": "Chan", "first": f"Tai {dice.randrange(900)}", "chinese": "陳大文"}
        if person
        else {"holder": holder}
    )
    told: dict[str, Any] = {
        "serial": serial,
        "issuer_code": f"{dice.randrange(1, 10_000):05}",
        "issuer_name": f"Company {dice.randrange(2_000)} Holdings Ltd.",
        "share_class": dice.choice(["Ordinary Shares", "Class B Ordinary Shares", "H Shares"]),
        "issued": dice.randrange(10**9, 10**11),
        "event_date": f"{dice.randrange(1, 14):02}/07/2015" if old else f"{dice.randrange(1, 11):02}/11/2022",
        "signed_date": "15/07/2015" if old else "11/11/2022",
        "code": "103" if old else dice.choice(["1101", "1201", "1213"]),
        "capacity_before": capacity,
        "capacity_after": capacity,
        "shares": dice.randrange(10**8),
        "currency": "HKD",
        "highest": f"{dice.randrange(1, 90_000) / 1000:.3f}",
        "average": f"{dice.randrange(1, 90_000) / 1000:.3f}",
        "before": [("Long position", held + 7, f"{dice.randrange(500, 3_000) / 100:.2f}")],
        "after": [("Long position", held, f"{dice.randrange(500, 3_000) / 100:.2f}")],
        "capacities": [(capacity, [("Long position", held)])],
        **who,
    }
    links = dice.randrange(1, 1 + asked.pop("controlled", 1))
    corporations = [f"Corporation {dice.randrange(5_000)} Limited" for _ in range(links)]
    if asked.pop("parent", False):
        told["parent"] = f"Parent {dice.randrange(900)} plc"
        told["controlled"] = [
            (name, "Road Town, Tortola", holder, "100.00", dice.choice("YN"), [("Long position", held)])
            for name in corporations
        ]
    if asked.pop("every", False):
        told |= {
            "aware_date": "11/11/2022",
            "consideration": "1.80",
            "nature": "3101",
            "short": {"code": "1502", "shares": held, "capacity_before": "2101"},
            "derivatives": [("4105", [("Long position", held), ("Short position", 5)])],
            "joint": [(f"Jane {held}", "Street 2", [("Long position", held)])],
            "trusts": [(f"Trust {held}", "5101", [("Long position", held)])],
            "parties": [(f"Party {held} Ltd", held)],
            "parties_total": held,
            "directions": [(f"Boss {held} Ltd", "Road 1", "6103")],
            "text": f"First line {held}.\nSecond line.",
        }
    return {**told, **asked}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
