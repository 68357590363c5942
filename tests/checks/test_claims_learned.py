"""The second opinion on the kinds of figures: that it can be loaded and learned again, where it helps, what it never does."""

import time
from datetime import date
from pathlib import Path

import pytest

import train_kinds
from stakeline.checks import figures
from stakeline.checks.claims import claims
from stakeline.checks.claims import learned as claims_learned
from stakeline.checks.claims.features import View, features, leans
from stakeline.checks.claims.kinds import kinds
from stakeline.checks.claims.scene import Scene
from stakeline.checks.parties import names

ON = date(2024, 6, 25)
_CORPUS = """2024-05-14 | HKD | Orlan Fund sold 3 million<ts> shares at HK$8.10<tp> each, cutting its stake to 4.9%<sa>.
2024-05-14 | HKD | Birch Capital sold 5 million<ts> shares at HK$7.20<tp> each, cutting its stake to 6.8%<sa>.
2024-05-14 | HKD | Corvid Bank sold 9 million<ts> shares at HK$6.30<tp> each, cutting its stake to 7.7%<sa>.
2024-05-14 | HKD | Dahlia Trust sold 2 million<ts> shares at HK$5.40<tp> each, cutting its stake to 8.6%<sa>.
2024-05-14 | HKD | Eland Partners sold 4 million<ts> shares at HK$4.50<tp> each, cutting its stake to 9.5%<sa>.
"""


def _view(text: str) -> View:
    scene = Scene(text, figures.find(text, on=ON))
    return View(scene, kinds(scene), names(scene))


def test_what_ships_is_read_quickly_and_says_the_same_when_written_again() -> None:
    path = Path(claims_learned.__file__).with_suffix(".txt")
    text = path.read_text(encoding="utf-8")
    start = time.process_time()
    weights = claims_learned.read(text)
    assert time.process_time() - start < 0.1  # some 12 ms on an idle core
    assert claims_learned.written(weights) == text
    assert set(weights.candidates) == {"shares", "currency", "pct", "pp", "x", "count", "date", "period"}
    assert len(text.encode()) < 1_400_000


def test_weights_are_packed_to_two_characters_and_small_ones_left_out() -> None:
    step = claims_learned._STEP
    weights = claims_learned.Weights(
        ("a", "b", "c"), {"pct": (0, 1)}, {"f": claims_learned.packed([(0, 2 * step), (1, step / 3), (2, 1e9)])}
    )
    assert len(weights.said["f"]) == 4
    likely = claims_learned.likelihoods(weights, "pct", ["f", "unknown"])
    assert set(likely) == {"a", "b"}
    assert likely["a"] > 0.5 > likely["b"]
    assert claims_learned.likelihoods(weights, "date", ["f"]) == {}


def test_the_rules_stand_unless_another_kind_is_clearly_likelier_and_possible() -> None:
    def settled(rules: float, other: float, *barred: str) -> str:
        return claims_learned.settled("rules", {"rules": rules, "other": other}, frozenset(barred))

    assert settled(0.2, 0.7) == "other"
    assert settled(0.45, 0.55) == "rules"
    assert settled(0.01, 0.3) == "rules"
    assert settled(0.2, 0.7, "other") == "rules"
    assert claims_learned.settled("rules", {}, frozenset()) == "rules"


def test_what_a_figure_cannot_be() -> None:
    view = _view("The fund sold 3 million shares of its 9 million shares for HK$24 million, a rise of 270%.")
    barred = [claims_learned.barred(view, i) for i in range(4)]
    assert "shares.issued" in barred[0]
    assert {"price.close", "fx.conversion"} < barred[2]
    assert "stake.after_pct" in barred[3]


def test_features_hold_no_names_and_are_the_same_each_time() -> None:
    texts = (
        "Orlanfield Capital cut its stake in Birchwood Motors to 4.9% from 5.2%, selling to Corvid.",
        "橡樹林資本減持白樺汽車300萬股,持股降至4.9%。",
    )
    for text in texts:
        view = _view(text)
        told = [features(view, i) for i in range(len(view.told))]
        assert told == [features(_view(text), i) for i in range(len(view.told))]
        assert all(len(set(seen)) == len(seen) > 40 for seen in told)
        seen = " ".join(f.lower() for one in told for f in one)
        assert not [n for n in ("orlanfield", "birchwood", "corvid", "橡樹", "橡树", "白樺", "白桦") if n in seen]


def test_every_figure_has_features_that_do_not_lean_on_the_rules() -> None:
    view = _view("The fund cut its stake to 4.9% from 5.2%.")
    seen = features(view, 0)
    assert any(map(leans, seen))
    assert not any(view.told[0] in f for f in seen if not leans(f))


def test_the_script_makes_the_same_weights_of_the_same_articles(tmp_path: Path) -> None:
    path = tmp_path / "few.txt"
    path.write_text(_CORPUS, encoding="utf-8")
    known = train_kinds.known_in([path])
    assert len(known) == 15 * train_kinds.SENTENCES
    weights = train_kinds.learn(known)
    assert weights == train_kinds.learn(train_kinds.known_in([path]))
    assert claims_learned.read(claims_learned.written(weights)) == weights
    assert {train_kinds.settled(weights, e) == e.kind for e in known} == {True}
    percent = next(e for e in known if e.unit == "pct")
    assert set(claims_learned.likelihoods(weights, "pct", percent.seen)) == {"stake.after_pct"}


def test_a_feature_of_too_few_articles_teaches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "few.txt"
    path.write_text("\n".join(_CORPUS.splitlines()[: train_kinds.ARTICLES - 1]), encoding="utf-8")
    assert not train_kinds.learn(train_kinds.known_in([path])).said


@pytest.mark.parametrize(
    ("text", "figure", "kind"),
    [
        (
            "The fund was left with 7.3%, having started the year at 9.1%. It owes the law a notice at 5%.",
            "5%",
            "threshold.crossed",
        ),
        ("橡林基金減持300萬股,套現1,500萬元。白樺汽車共有8.2億股,市值41億元。", "41億元", "market_value"),
        ("橡林基金由7.2%減至6.8%,以每股4.2元沽出300萬股。股份昨日曾低見4.1元,收4.15元。", "7.2%", "stake.before_pct"),
    ],
)
def test_kinds_that_the_rules_alone_get_wrong(text: str, figure: str, kind: str) -> None:
    found = figures.find(text, on=ON)
    at = next(i for i, f in enumerate(found) if f.text == figure)
    assert kinds(Scene(text, found))[at] != kind
    assert claims(text, found, on=ON)[at].kind == kind
