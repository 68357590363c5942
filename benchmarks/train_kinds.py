"""Learns the kinds of figures: python benchmarks/train_kinds.py PLACE ... [--out FILE] [--leave-out FOLDER ...].

A PLACE is a folder of articles with a gold.jsonl, as for check_articles.py, or a file of marked sentences. Written: the weights that learned.py reads (by default
those that ship). With --leave-out nothing is written: the weights are measured on those folders.

Multinomial logistic regression, one for each unit, by AdaGrad with a penalty that keeps most weights at nothing. Every figure is shown
twice: as it is, and without what the rules said of it (`features.leans`). The rules were mended by the same articles and
are better on them than on new ones; shown only the first way, the weights would trust them more than they deserve.

The same folders in the same order give the same weights: the order of examples is drawn from a fixed seed.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple

from annotated import load, share
from claim_sentences import marked
from stakeline.checks import figures
from stakeline.checks.claims import learned as claims_learned
from stakeline.checks.claims.features import View, features, leans
from stakeline.checks.claims.kinds import kinds as kinds_by_rules
from stakeline.checks.claims.learned import Weights, packed
from stakeline.checks.claims.scene import Scene
from stakeline.checks.parties import names
from stakeline.model.claims import Found

ROUNDS = 8
RATE = 0.1
PENALTY = 0.01
ARTICLES = 9
"""A feature of fewer articles is left out: it would be learned by heart, and may be a name."""
SENTENCES = 3
"""How often each marked sentence counts: it stands for a wording that is beyond doubt, and is short of context."""
ENOUGH = 0.01
"""An error in a likelihood that is smaller teaches nothing."""
SHIPPED = Path(claims_learned.__file__).with_suffix(".txt")
UNITS = ("shares", "currency", "pct", "pp", "x", "count", "date", "period")


class Example(NamedTuple):
    """A figure of which the kind is known."""

    article: str
    lang: str
    unit: str
    rules: str
    kind: str
    seen: tuple[str, ...]
    barred: frozenset[str]


def examples(
    name: str, text: str, found: Sequence[Found], known: Iterable[tuple[int, int, str, str | None]]
) -> Iterator[Example]:
    """The figures of a text of which the kind is known. known: start, end, kind and unit of each; one read in another unit is left out."""
    scene = Scene(text, found)
    told = kinds_by_rules(scene)
    view = View(scene, told, names(scene))
    for start, end, kind, unit in known:
        i = next((i for i, f in enumerate(found) if f.start < end and start < f.end), None)
        if i is not None and unit in {None, found[i].unit}:
            seen, never = tuple(features(view, i)), claims_learned.barred(view, i)
            yield Example(name, found[i].lang, found[i].unit, told[i], kind, seen, never)


def of_articles(folder: Path) -> Iterator[Example]:
    """The claims of a folder of articles."""
    for article in load(folder):
        known = [(c["start"], c["end"], c["kind"], c.get("unit")) for c in article.gold["claims"]]
        yield from examples(article.name, article.text, figures.find(article.text, on=article.day), known)


def of_sentences(path: Path) -> Iterator[Example]:
    """The marked figures of a file of sentences."""
    for number, one in enumerate(marked(path)):
        found = figures.find(one.text, on=one.day, currency=one.currency)
        ends = [(max(f.end for f in found if f.start < at), kind) for at, kind in one.wanted]
        yield from examples(
            f"{path.name}:{number}", one.text, found, [(end - 1, end, kind, None) for end, kind in ends]
        )


def known_in(places: Iterable[Path]) -> list[Example]:
    """All examples of some folders of articles and files of sentences."""
    return [
        e for place in places for e in (of_articles(place) if place.is_dir() else [*of_sentences(place)] * SENTENCES)
    ]


def learn(known: Sequence[Example]) -> Weights:
    """The weights that some examples teach."""
    kinds = sorted({e.kind for e in known})
    place = {kind: at for at, kind in enumerate(kinds)}
    candidates = {unit: tuple(sorted({place[e.kind] for e in known if e.unit == unit})) for unit in UNITS}
    table = {feature: [0.0] * len(kinds) for feature in _frequent(known)}
    seen = [
        (candidates[e.unit], place[e.kind], [f for f in shown if f in table])
        for e in known
        for shown in (e.seen, [f for f in e.seen if not leans(f)])
    ]
    _descend(table, seen)
    said = ((feature, packed(enumerate(row))) for feature, row in sorted(table.items()))
    return Weights(tuple(kinds), candidates, {feature: weights for feature, weights in said if weights})


def _frequent(known: Iterable[Example]) -> list[str]:
    """The features of enough articles."""
    within: dict[str, set[str]] = defaultdict(set)
    for example in known:
        for feature in example.seen:
            within[feature].add(example.article)
    return sorted(f for f, articles in within.items() if len(articles) >= ARTICLES)


def _descend(table: dict[str, list[float]], seen: list[tuple[tuple[int, ...], int, list[str]]]) -> None:
    """Moves the weights, example by example, to where the known kinds are likely."""
    slopes = {feature: [1e-6] * len(row) for feature, row in table.items()}
    order = random.Random(1)
    for _ in range(ROUNDS):
        order.shuffle(seen)
        for candidates, kind, shown in seen:
            rows = [table[f] for f in shown]
            sums = [sum([row[k] for row in rows]) for k in candidates]
            most = max(sums)
            shares = [exp(s - most) for s in sums]
            whole = sum(shares)
            steep = [slopes[f] for f in shown]
            for k, part in zip(candidates, shares, strict=True):
                error = part / whole - (k == kind)
                if abs(error) > ENOUGH:
                    _step(rows, steep, k, error)


def _step(rows: list[list[float]], steep: list[list[float]], kind: int, error: float) -> None:
    """One kind's weights against one error; the penalty draws each towards nothing."""
    for row, slope in zip(rows, steep, strict=True):
        slope[kind] += error * error
        pace = RATE / sqrt(slope[kind])
        weight = row[kind] - pace * error
        pull = pace * PENALTY
        row[kind] = weight - pull if weight > pull else weight + pull if weight < -pull else 0.0


def settled(weights: Weights, example: Example) -> str:
    """What the checker would take the figure for."""
    likely = claims_learned.likelihoods(weights, example.unit, example.seen)
    return claims_learned.settled(example.rules, likely, example.barred)


def report(weights: Weights, asked: Sequence[Example]) -> None:
    """Prints, for each language, how many kinds are right by the rules alone and by what was learned."""
    for lang in ("en", "zh"):
        of = [e for e in asked if e.lang == lang]
        right = Counter(
            rules=sum(e.rules == e.kind for e in of), learned=sum(settled(weights, e) == e.kind for e in of)
        )
        if of:
            print(
                f"{lang}: {len(of)} figures, rules {share(right['rules'], len(of))}, learned {share(right['learned'], len(of))}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Learns the kinds of figures from articles with gold.jsonl.")
    parser.add_argument(
        "places", type=Path, nargs="+", help="folders of articles with gold.jsonl, files of marked sentences"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--leave-out", type=Path, nargs="+", metavar="FOLDER", help="write nothing, measure on these")
    asked = parser.parse_args()
    weights = learn(known_in(asked.places))
    if asked.leave_out:
        report(weights, known_in(asked.leave_out))
    else:
        asked.out.write_text(claims_learned.written(weights), encoding="utf-8")


if __name__ == "__main__":
    main()
