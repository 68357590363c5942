"""Learns which figures are meant together: python benchmarks/train_equations.py FOLDER ... [--texts FOLDER ...] [--out FILE].

A FOLDER holds articles with a gold.jsonl, as for check_articles.py; --texts names folders of articles without one (*.txt). Written:
the weights that relations/learned/meant.py reads.

Nothing is annotated for this: equations that hold to the digit are meant, save a few coincidences, and those that fail are not. An
equation with a figure that the gold calls wrong is left out, for there it is the other way round. Logistic regression by
scikit-learn over the signs around figures (relations/learned/signs.py), which never look at digits; its penalty leaves most of them no weight.

The same folders in the same order give the same weights.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from annotated import load
from stakeline.checks import figures
from stakeline.checks.claims import claims
from stakeline.checks.relations.learned import meant
from stakeline.checks.relations.learned.equations import Equations, places
from stakeline.checks.relations.learned.signs import signs
from stakeline.checks.relations.page import Page

LENIENCE = 0.2
"""The less, the fewer signs keep a weight (C of scikit-learn)."""
ARTICLES = 4
"""A sign of fewer articles is left out: it would be learned by heart, and may be a name."""
_LONGEST = 20_000
"""Characters of a text without gold that are learned from: what is longer is a table."""
SHIPPED = Path(meant.__file__).with_suffix(".txt")


class Lesson(NamedTuple):
    """An equation of an article: whether it is meant, and its signs."""

    article: str
    meant: bool
    signs: tuple[str, ...]


def lessons(name: str, text: str, on: date | None, wrong: Iterable[tuple[int, int]] = ()) -> Iterator[Lesson]:
    """What the equations of one article teach. wrong: where its wrong figures stand."""
    article = figures.read(text, on=on)
    page = Page(text, claims(text, article.figures, on=article.on, asides=article.asides), article.on, None)
    all_, spans = Equations(page), tuple(wrong)
    for equation in all_.all:
        telling = (equation.kind, places(equation)) in all_.holding
        wrong_in = any(t.start < end and start < t.end for t in equation.terms for start, end in spans)
        if (equation.holds is False or telling) and not wrong_in:
            yield Lesson(name, telling, tuple(signs(all_, equation)))


def of_folder(folder: Path) -> Iterator[Lesson]:
    """What annotated articles teach."""
    for article in load(folder):
        findings = set(article.gold["findings"])
        wrong = [(c["start"], c["end"]) for c in article.gold["claims"] if c["id"] in findings]
        yield from lessons(article.name, article.text, article.day, wrong)


def of_texts(folder: Path) -> Iterator[Lesson]:
    """What articles without annotation teach."""
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")[:_LONGEST]
        yield from lessons(str(path), text, None)


def learn(known: Sequence[Lesson]) -> dict[str, float]:
    """The weight of each sign that has one."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    within: dict[str, set[str]] = defaultdict(set)
    for lesson in known:
        for sign in lesson.signs:
            within[sign].add(lesson.article)
    vectors = DictVectorizer()
    rows = vectors.fit_transform([{s: 1 for s in e.signs if len(within[s]) >= ARTICLES} for e in known])
    rows.indices, rows.indptr = rows.indices.astype("int32"), rows.indptr.astype("int32")  # as liblinear wants them
    model = LogisticRegression(C=LENIENCE, l1_ratio=1, solver="liblinear", random_state=1, fit_intercept=False)
    model.fit(rows, [e.meant for e in known])
    told = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {sign: round(float(weight), 2) for sign, weight in told if abs(weight) >= _LEAST}


_LEAST = 0.005
"""What rounds to nothing."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Learns which figures of an article are meant together.")
    parser.add_argument("folders", type=Path, nargs="+", help="articles with gold.jsonl")
    parser.add_argument("--texts", type=Path, nargs="+", default=[], help="folders of articles without")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    asked = parser.parse_args()
    known = [e for f in asked.folders for e in of_folder(f)] + [e for f in asked.texts for e in of_texts(f)]
    asked.out.write_text("".join(f"{sign}\t{weight}\n" for sign, weight in learn(known).items()), encoding="utf-8")


if __name__ == "__main__":
    main()
