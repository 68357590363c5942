"""How many wrong digits the checker finds: python benchmarks/check_slips.py FOLDER ... [--slip first|second|magnitude] [--kind KIND] [--show N].

A FOLDER holds articles with a gold.jsonl (articles/README.md). Every figure that the gold calls supported by its article can be proven
from it. In turn each is printed wrongly: another first digit (two or more away), another second digit, or another magnitude (million
for billion, 万 for 亿, the point one place off). Counted is how often the checker then accuses that figure, and how often only
others, by kind; what it said of the article before does not count. Not everything it misses can be found: some changes stay
within "about" or rounding, some support rests on outside figures, and where two figures disagree nobody may know which is wrong.
"""

import argparse
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from annotated import Article, Gold, load
from stakeline.workflows import checking
from stakeline.workflows.articles import Source

_UNITS = frozenset({"shares", "currency", "pct", "pp", "x"})
_BASES = frozenset({"in_article", "outside_constant"})
_MAGNITUDES = {
    "billion": "million", "million": "billion", "bn": "m", "crore": "lakh", "lakh": "crore", "億": "萬", "亿": "万", "萬": "億", "万": "亿",
}  # fmt: skip
_POINT = re.compile(r"([0-9])\.([0-9])")
_AROUND = 120
Spans = frozenset[tuple[int, int]]


class Slip(NamedTuple):
    """One figure printed wrongly. at: the checker accused it; others: texts of the other figures that it accused instead."""

    article: str
    kind: str
    right: str
    wrong: str
    around: str
    at: bool
    others: tuple[str, ...]


def printed_wrongly(figure: str, slip: str, seed: str) -> str | None:
    """A figure with one slip of a sort, the same for the same seed; None where it has no place for one."""
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    first = next((i for i in digits if figure[i] != "0"), None)
    if first is None:
        return None
    if slip == "magnitude":
        for word, other in _MAGNITUDES.items():
            if word in figure:
                return figure.replace(word, other, 1)
        return _POINT.sub(r"\1\2.", figure, count=1).replace(".%", "%") if _POINT.search(figure) else None
    at = first if slip == "first" else next((i for i in digits if i > first), None)
    if at is None:
        return None
    least = 2 if slip == "first" else 3
    others = [d for d in range(1 if slip == "first" else 0, 10) if abs(d - int(figure[at])) >= least]
    return figure[:at] + str(random.Random(zlib.crc32(seed.encode())).choice(others)) + figure[at + 1 :]


def provable(article: Article) -> Iterator[Gold]:
    """The figures that an article bears out itself."""
    for claim in article.gold["claims"]:
        if claim.get("verdict") == "supported" and claim.get("unit") in _UNITS and claim.get("basis") in _BASES:
            yield claim


def slips(article: Article, slip: str, kinds: frozenset[str]) -> Iterator[Slip]:
    """Each provable figure of an article printed wrongly, and what the checker makes of it."""
    before: Spans | None = None
    for claim in provable(article):
        start, end = claim["start"], claim["end"]
        wrong = printed_wrongly(article.text[start:end], slip, f"{claim['id']}{slip}")
        if wrong in {None, article.text[start:end]} or (kinds and claim["kind"] not in kinds) or wrong is None:
            continue
        before = _accused(article, article.text) if before is None else before
        text, moved = article.text[:start] + wrong + article.text[end:], len(wrong) - (end - start)
        known = {(a + moved * (a >= end), b + moved * (b >= end)) for a, b in before}
        new = _accused(article, text) - known
        at = any(a < start + len(wrong) and start < b for a, b in new)
        around = text[max(start - _AROUND, 0) : start + _AROUND].replace("\n", " / ")
        others = () if at else tuple(text[a:b] for a, b in sorted(new))
        yield Slip(article.name, claim["kind"], article.text[start:end], wrong, around, at, others)


def _accused(article: Article, text: str) -> Spans:
    source = Source(name=article.name, text=text, plain=text, kind="text")
    report = checking.check_source(source, checking.Asked(on=article.day))
    return frozenset((r.claim.found.start, r.claim.found.end) for r in report.rulings if r.finding)


def main() -> None:
    parser = argparse.ArgumentParser(description="How many wrong digits the checker finds.")
    parser.add_argument("folders", type=Path, nargs="+", help="articles with gold.jsonl")
    parser.add_argument("--slip", choices=("first", "second", "magnitude"), default="first")
    parser.add_argument("--kind", action="append", default=[], help="only figures of this kind (again for more)")
    parser.add_argument("--show", type=int, default=0, help="print so many of those that were missed")
    asked = parser.parse_args()
    made = [s for f in asked.folders for a in load(f) for s in slips(a, asked.slip, frozenset(asked.kind))]
    all_, at = Counter(s.kind for s in made), Counter(s.kind for s in made if s.at)
    others = Counter(s.kind for s in made if s.others)
    print(f"{'kind':26} {'wrong':>6} {'found':>6} {'another accused':>16}")
    for kind, number in all_.most_common():
        print(f"{kind:26} {number:6} {at[kind]:6} {others[kind]:16}")
    share = f"{sum(at.values()) / max(len(made), 1):.1%}"
    print(f"{'all':26} {len(made):6} {sum(at.values()):6} {sum(others.values()):16}  {share} found")
    for missed in [s for s in made if not s.at][: asked.show]:
        print(
            f"\n{missed.article} {missed.kind}: {missed.right} -> {missed.wrong} {missed.others or ''}\n  {missed.around}"
        )


if __name__ == "__main__":
    main()
