"""How well articles are judged: findings against the gold, false alarms, and articles a minute in two processes.

- alone: findings that the article or a hard fact proves (gold basis in_article, outside_constant or hard_fact), without a ledger.
- with a ledger: all findings; a ledger that knows nothing of an article cannot find what only reference data proves.
- false alarms: findings of ours on claims that the gold calls supported or not checkable, and on no claim at all.
"""

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from annotated import Article, share, touches
from stakeline.checks.report import Report, is_finding
from stakeline.workflows import checking
from stakeline.workflows.articles import Source, plain
from stakeline.workflows.outside import Outside
from stakeline.workflows.where import open_ledger

_PROVABLE = frozenset({"in_article", "outside_constant", "hard_fact"})
_FILES = 540


class Verdicts(NamedTuple):
    """Findings of one folder. wanted: of the gold; found: those of them that are ours too; false: alarms on anything else."""

    wanted: list[str]
    found: list[str]
    false: list[str]
    quiet: int
    milliseconds: list[float]


def judged(articles: Sequence[Article], outside: Outside | None) -> Verdicts:
    """Checks every article and compares its findings with the gold."""
    total = Verdicts([], [], [], 0, [])
    quiet = 0
    for article in articles:
        source = Source(name=article.name, text=article.text, plain=plain(article.text), kind="text")
        start = time.perf_counter()
        report = checking.check_source(source, checking.Asked(on=article.day), outside)
        total.milliseconds.append(1000 * (time.perf_counter() - start))
        claims = {c["id"]: c for c in article.gold["claims"]}
        wanted = {i for i in article.gold["findings"] if outside is not None or claims[i].get("basis") in _PROVABLE}
        total.wanted.extend(sorted(wanted))
        quiet += len(claims) - len(article.gold["findings"])
        ours = {
            r.claim.found: [i for i, c in claims.items() if touches(r.claim.found, c)]
            for r in report.rulings
            if r.finding
        }
        hit = {i for ids in ours.values() for i in ids}
        total.found.extend(sorted(wanted & hit))
        for figure, ids in ours.items():
            if not set(ids) & set(article.gold["findings"]):
                total.false.append(f"{article.name}: {figure.text!r}")
        total.false.extend(_statements(article, report))
    return total._replace(quiet=quiet)


def _statements(article: Article, report: Report) -> list[str]:
    """Refuted statements in sentences where the gold finds nothing."""
    sentences = article.gold.get("sentences", [])
    bad = [c for c in article.gold["claims"] if c["id"] in article.gold["findings"]]
    numbers = {c["sentence_no"] for c in bad}
    false = []
    for statement in filter(is_finding, report.statements):
        at = next((n for n, (a, b) in enumerate(sentences, 1) if a <= statement.start < b), 0)
        if at not in numbers:
            false.append(f"{article.name}: statement {statement.text!r}")
    return false


def report_verdicts(articles: Sequence[Article], folder: Path, ledger: str | None, *, misses: bool) -> None:
    """Prints precision and recall over findings, alone and with a ledger, and how fast it goes."""
    told: list[tuple[str, Outside | None]] = [("the article alone", None)]
    if ledger:
        told.append(("with the ledger", Outside(open_ledger(ledger))))
    print(f"\n{'verdicts':28}{'findings':>9}{'found':>9}{'false':>7}{'precision':>11}{'alarms per 100':>16}{'ms':>8}")
    for name, outside in told:
        judged(articles[:1], outside)  # warm
        got = judged(articles, outside)
        right, false = len(got.found), len(got.false)
        per = 100 * false / max(got.quiet, 1)
        middle = sorted(got.milliseconds)[len(got.milliseconds) // 2]
        print(
            f"{name:28}{len(got.wanted):9}  {share(right, len(got.wanted))}{false:7}    {share(right, right + false)}{per:16.2f}{middle:8.1f}"
        )
        for line in sorted(set(got.wanted) - set(got.found)) if misses else ():
            print("  not found", line)
        for line in got.false if misses else ():
            print("  false alarm", line)
    _pace(articles, folder)


def _pace(articles: Sequence[Article], folder: Path) -> None:
    """Articles a minute, whole files, two processes, starting them included."""
    with tempfile.TemporaryDirectory() as place:
        names = []
        for number in range(_FILES):
            name = articles[number % len(articles)].gold["file"]
            names.append(str(Path(place) / f"{number}_{name}"))
            shutil.copyfile(folder / name, names[-1])
        start = time.perf_counter()
        done = sum(1 for _ in checking.batch(names, checking.Asked(ledger=None)))
        seconds = time.perf_counter() - start
    print(f"\n{done} articles in {seconds:.1f} s by two processes: {60 * done / seconds:,.0f} a minute")
