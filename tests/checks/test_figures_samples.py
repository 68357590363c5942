"""The figures of the sample articles against their gold, which was annotated by hand. Needs STAKELINE_SAMPLES."""

import os
from pathlib import Path
from typing import Any

import pytest

import annotated
import check_articles
from stakeline.checks.figures import find
from stakeline.checks.text import language, script, sentences


@pytest.fixture(scope="module")
def articles() -> Any:
    folder = os.environ.get("STAKELINE_SAMPLES")
    if not folder:
        pytest.skip("STAKELINE_SAMPLES is unset: no annotated articles to read")
    return annotated.load(Path(folder, "articles"))


def test_every_claim_is_found_and_next_to_nothing_else(articles: Any) -> None:
    total = check_articles.summed(check_articles.score(a, find(a.text, on=a.day)) for a in articles)
    counts = {name: sum(c[name] for c in total.by.values()) for name in ("claims", "found", "right")}
    assert counts["claims"] > 250
    assert counts["found"] == counts["claims"], total.misses
    assert counts["right"] >= 0.98 * counts["claims"], total.misses
    assert len(total.false) <= 0.01 * total.true, [f.text for f in total.false]


def test_sentences_language_and_script(articles: Any) -> None:
    for article in articles:
        assert [list(s) for s in sentences(article.text)] == article.gold["sentences"], article.name
        assert language(article.text) == article.gold["lang"]
        assert script(article.text) == article.gold.get("script")


def test_the_scorer_itself_counts_misses_and_false_figures(articles: Any) -> None:
    article = articles[0]
    found = find(article.text, on=article.day)
    claims = len(article.gold["claims"])
    without = check_articles.score(article, found[1:])
    assert sum(c["found"] for c in without.by.values()) == claims - 1
    stripped = annotated.Article(article.text, {**article.gold, "claims": article.gold["claims"][1:]})
    assert [f.text for f in check_articles.score(stripped, found).false] == [found[0].text]
