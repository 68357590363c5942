"""How well articles are checked: python benchmarks/check_articles.py FOLDER [--misses] [--ledger DIR].

FOLDER holds articles and a gold.jsonl, one line an article with its claims (start, end, value, unit, currency, kind ...)
and the digits that are no claim. Scored: extraction, and what each claim is said to be.

- found: a figure of ours overlaps the claim. right: one that does has its value (to one part in a million), unit and currency.
- typing: of the claims found, those whose kind, holder, issuer, period and class are the gold's, where the gold tells one.
  Names agree where one contains the other ("Mitsui" and "Mitsui & Co").
- precision: of our figures that touch a claim or nothing at all, those that touch one. Figures that touch only digits which
  the gold lists as no claim are neither rewarded nor punished.

Verdicts are scored in check_verdicts.py, other readers of figures (`recognizers-text`, `quantulum3`) in check_rivals.py, in the same run.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from annotated import Article, Figure, Gold, load, share, touches
from check_rivals import compare
from check_verdicts import report_verdicts
from stakeline.checks import figures
from stakeline.checks.claims import claims
from stakeline.model.claims import Claim

_NEAR = Decimal("0.000001")


class Score(NamedTuple):
    """One article's extraction. by: (kind, language) -> claims, found, right."""

    by: dict[tuple[str, str], Counter[str]]
    false: list[Figure]
    true: int
    misses: list[str]


def is_right(figure: Figure, claim: Gold) -> bool:
    """Whether value, unit and currency are the claim's."""
    stated = figure.stated()
    if stated is None or figure.unit != claim["unit"] or figure.currency != claim.get("currency"):
        return False
    if claim["unit"] in {"date", "period"}:
        return bool(stated == claim["value"])
    value = Decimal(claim["value"])
    return abs(Decimal(stated) - value) <= abs(value) * _NEAR


def score(article: Article, found: Sequence[Figure]) -> Score:
    """Compares the figures found in an article with its gold."""
    claims, neutral = article.gold["claims"], article.gold.get("unannotated_numbers", [])
    by: dict[tuple[str, str], Counter[str]] = {}
    misses = []
    for claim in claims:
        near = [f for f in found if touches(f, claim)]
        right = any(is_right(f, claim) for f in near)
        by.setdefault((claim["kind"], article.gold["lang"]), Counter()).update(claims=1, found=bool(near), right=right)
        if not right:
            ours = ", ".join(f"{f.text!r} {f.stated()} {f.currency or f.unit}" for f in near) or "nothing"
            told = f"{claim['span_text']!r} {claim['value']} {claim.get('currency') or claim['unit']}"
            misses.append(f"{article.name} {claim['kind']}: {told}; found {ours}")
    true = [f for f in found if any(touches(f, c) for c in claims)]
    false = [f for f in found if not any(touches(f, s) for s in [*claims, *neutral])]
    return Score(by, false, len(true), misses)


FIELDS = ("kind", "holder", "issuer", "share_class", "period_or_date", "comparison_base", "direction", "segment")
"""What typing is scored on."""


def agrees(field: str, ours: str | None, told: str) -> bool:
    """Whether our word for something is the gold's."""
    if ours is None or field not in {"holder", "issuer", "segment"}:
        return ours == told
    return ours.lower() in told.lower() or told.lower() in ours.lower()


def typed(article: Article, made: Sequence[Claim]) -> tuple[dict[tuple[str, str], Counter[str]], list[str]]:
    """For each field, and for each kind, the claims found and those rightly told; with the misses in words."""
    by: dict[tuple[str, str], Counter[str]] = {}
    misses = []
    for claim in article.gold["claims"]:
        ours = next((c for c in made if touches(c.found, claim)), None)
        if ours is None:
            continue
        for field in FIELDS:
            told = claim.get(field)
            if not told:
                continue
            stated = getattr(ours, field)
            right = agrees(field, stated, told)
            names = [(field, article.gold["lang"])] + (
                [("kind " + told, article.gold["lang"])] if field == "kind" else []
            )
            for name in names:
                by.setdefault(name, Counter()).update(claims=1, found=1, right=right)
            if not right:
                misses.append(f"{article.name} {claim['span_text']!r} {claim['kind']} {field}: {told}; ours {stated}")
    return by, misses


def report_types(articles: Sequence[Article], made: Sequence[Sequence[Claim]], *, misses: bool) -> None:
    """Prints what the claims are said to be, by field and by kind, English and Chinese."""
    for lang in ("en", "zh"):
        rows: dict[str, Counter[str]] = {}
        lines = []
        for article, ours in zip(articles, made, strict=True):
            by, missed = typed(article, ours)
            lines += missed if article.gold["lang"] == lang else []
            for (name, of), counts in by.items():
                if of == lang:
                    rows.setdefault(name, Counter()).update(counts)
        table(f"typing, {lang}", rows)
        for line in lines if misses else ():
            print("  miss", line)


def summed(scores: Iterable[Score]) -> Score:
    """The scores of several articles as one."""
    by: dict[tuple[str, str], Counter[str]] = {}
    false: list[Figure] = []
    misses: list[str] = []
    true = 0
    for one in scores:
        for key, counts in one.by.items():
            by.setdefault(key, Counter()).update(counts)
        false += one.false
        true += one.true
        misses += one.misses
    return Score(by, false, true, misses)


def table(title: str, rows: dict[str, Counter[str]]) -> None:
    print(f"{title:28}{'claims':>8}{'found':>9}{'right':>9}")
    for name, counts in sorted(rows.items()):
        print(
            f"{name:28}{counts['claims']:8}  {share(counts['found'], counts['claims'])}  {share(counts['right'], counts['claims'])}"
        )
    print()


def report(total: Score, *, misses: bool) -> None:
    """Prints recall by kind and language, precision, and what was missed."""
    for title, part in (("kind", 0), ("language", 1)):
        rows: dict[str, Counter[str]] = {}
        for key, counts in total.by.items():
            rows.setdefault(key[part], Counter()).update(counts)
        table(title, rows)
    table("all", {"": sum(total.by.values(), Counter())})
    print(f"precision {share(total.true, total.true + len(total.false))} of {total.true + len(total.false)} figures")
    if misses:
        for line in total.misses:
            print("  miss", line)
        for figure in total.false:
            print(f"  false {figure.text!r} {figure.stated()} {figure.currency or figure.unit}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Scores the checker on a folder of articles with gold.jsonl.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every miss and every false figure")
    parser.add_argument("--ledger", metavar="DIR", help="judge with this ledger too")
    asked = parser.parse_args()
    articles = load(asked.folder)
    for article in articles[:1]:  # warm: patterns are compiled at the first text
        figures.find(article.text, on=article.day)
    start = time.perf_counter()
    found = [figures.find(a.text, on=a.day) for a in articles]
    seconds = time.perf_counter() - start
    made = [claims(a.text, f, on=a.day) for a, f in zip(articles, found, strict=True)]
    report(summed(score(a, f) for a, f in zip(articles, found, strict=True)), misses=asked.misses)
    report_types(articles, made, misses=asked.misses)
    characters = sum(len(a.text) for a in articles)
    print(
        f"{len(articles)} articles, {characters} characters: {1000 * seconds / len(articles):.2f} ms an article, {1e6 * seconds / characters:.2f} us a character"
    )
    report_verdicts(articles, asked.folder, asked.ledger, misses=asked.misses)
    compare(articles)


if __name__ == "__main__":
    main()
