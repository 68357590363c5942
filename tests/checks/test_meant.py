"""Figures that are meant together: which equations are tried, by what signs they are known, when one that fails is blamed on a figure."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import train_equations
from stakeline.checks import figures
from stakeline.checks.claims import claims
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.learned import meant
from stakeline.checks.relations.learned.equations import KINDS, Equations, Span, solved
from stakeline.checks.relations.learned.signs import signs
from stakeline.checks.relations.page import Page, Relation
from stakeline.model.numbers import Interval

ON = date(2024, 6, 25)


def _page(text: str) -> Page:
    return Page(text, claims(text, figures.find(text, on=ON), on=ON), ON, None)


def _found(text: str) -> list[tuple[str, str]]:
    """What is blamed, and what it should be."""
    page = _page(text)
    return [(page.found(r.target).text, r.working) for r in meant.meant(page) if r.fit is Fit.OFF]


_HOLDING: dict[str, tuple[float, ...]] = {
    "product": (40.0, 2.5, 100.0),
    "part": (3.0, 60.0, 0.05),
    "ratio": (3.0, 60.0, 0.05),
    "sum": (2.0, 3.0, 5.0),
    "three": (2.0, 3.0, 4.0, 9.0),
    "growth": (80.0, 60.0, 0.25),
    "couples": (3.0, 0.05, 6.0, 0.1),
    "rest": (0.5, 0.3, 0.2),
    "rest3": (0.4, 0.3, 0.2, 0.1),
    "both": (10.0, 30.0, 2.5, 100.0),
    "lots": (10.0, 4.0, 20.0, 3.0, 100.0),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_term_of_an_equation_is_what_the_others_make_it(kind: str) -> None:
    values = _HOLDING[kind]
    assert len(KINDS[kind][0]) == len(values)
    for role, value in enumerate(values):
        results = solved(kind, role, [Span.exact(v) for v in values])
        assert any(r.low == pytest.approx(value) == r.high for r in results), (role, [(r.low, r.high) for r in results])


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_what_is_tried_in_floating_point_is_what_is_worked_out_exactly(kind: str, data: st.DataObject) -> None:
    numbers: Sequence[int] = data.draw(st.lists(st.integers(1, 10**6), min_size=len(KINDS[kind][0]), max_size=5))
    numbers = numbers[: len(KINDS[kind][0])]
    for role in range(len(numbers)):
        rough = solved(kind, role, [Span.exact(n) for n in numbers])
        exact = solved(kind, role, [Interval.exact(n) for n in numbers])
        assert [float(r.middle) for r in exact] == pytest.approx([(r.low + r.high) / 2 for r in rough])


def test_equations_that_units_allow_are_tried_and_those_that_hold_are_known() -> None:
    all_ = Equations(
        _page("Orlan Fund sold 31.5 million shares at HK$8.10 each for HK$255 million, cutting its stake to 4.9%.")
    )
    (product,) = [e for e in all_.all if e.kind == "product"]
    assert [t.value for t in product.terms] == [31_500_000, 8.1, 255_000_000]
    assert product.holds
    assert ("product", (0, 1, 2)) in all_.holding


def test_an_end_of_a_range_stands_for_the_range() -> None:
    all_ = Equations(_page("He sold 200,000 shares at between HK$5.10 and HK$5.30, for HK$1.04 million."))
    held = [e for e in all_.all if e.kind == "product" and e.holds]
    assert len(held) == 2
    assert {round(t.value, 2) for e in held for t in e.terms if t.ranged} == {5.2}


def test_signs_say_nothing_of_digits() -> None:
    one, other = (
        {tuple(signs(all_, e)) for e in all_.all if e.kind == "product"}
        for all_ in (
            Equations(_page(f"Orlan Fund sold {n} million shares at HK${p} each for HK${v} million on Monday."))
            for n, p, v in (("31", "8.10", "511.3"), ("47", "6.25", "844.9"))
        )
    )
    assert one == other


_WRONG = [
    ("Orlan Fund sold 31.5 million shares at HK$8.10 each, raising HK$551.2 million.", "HK$551.2 million"),
    ("Corvid Bank bought 402,000 shares at S$3.15 apiece for S$12.66 million.", "S$12.66 million"),
    ("奧蘭基金昨日以每股8.1元減持3,150萬股，套現25.5億元。", "25.5億元"),
    ("科维资本以均价6.25元增持47.2万股，耗资259万元，持股比例升至5.3%。", "259万元"),
]


@pytest.mark.parametrize(("text", "wrong"), _WRONG)
def test_a_figure_that_certainly_belongs_to_others_and_does_not_fit_is_found(text: str, wrong: str) -> None:
    assert [figure for figure, _ in _found(text)] == [wrong]


@pytest.mark.parametrize(
    "text",
    [
        "Orlan Fund sold 31.5 million shares at HK$8.10 each, raising HK$255.2 million.",
        "Corvid Bank bought 402,000 shares at S$3.15 apiece for S$1.27 million, and has paid S$2.66 million this year.",
        "奧蘭基金昨日以每股8.1元減持3,150萬股，套現2.55億元。",
        "Kane and Moss sold 15 million and 35 million shares at 285p apiece for £142.5 million between them.",
        "Dahlia Trust sold 2.57 million shares of Alpha at HK$17.87 and 2.21 million of Beta at HK$72.29, HK$205.7 million in all.",
    ],
)
def test_what_fits_or_is_explained_by_other_figures_is_left_alone(text: str) -> None:
    assert _found(text) == []


def test_an_amount_that_several_counts_give_together_is_borne_out() -> None:
    page = _page("光越資本共沽出4,180萬股:首批2,400萬股作價1.48元,次批1,780萬股作價1.39元,總收益6026.2萬元。")
    (relation,) = meant.meant(page)
    assert (relation.fit, page.found(relation.target).text) == (Fit.AGREES, "6026.2萬元")
    assert relation.working.startswith("24,000,000 x HK$1.48 + 17,800,000 x HK$1.39 = ")


def test_what_is_said_of_a_figure_is_exact_and_in_the_language_of_the_article() -> None:
    page = _page(_WRONG[2][0])
    (relation,) = meant.meant(page)
    assert isinstance(relation, Relation)
    assert isinstance(relation.recomputed, Interval)
    assert relation.recomputed.low <= 255_150_000 <= relation.recomputed.high
    assert relation.correction == "2.55億元"


def test_weights_that_ship_can_be_read_and_are_few() -> None:
    weights = meant.learned()
    assert 300 < len(weights) < 3000
    assert {sign.split(" ")[0] for sign in weights} <= set(KINDS)


_CORPUS = "Orlan Fund sold {n}.5 million shares at HK${p} each for HK${v} million. It had 9 million at HK$2.25 in 2019."


def test_the_script_learns_that_what_holds_is_meant(tmp_path: Path) -> None:
    for at in range(12):
        n, p = 3 + at, 7 + at
        (tmp_path / f"{at}.txt").write_text(_CORPUS.format(n=n, p=f"{p}.00", v=f"{(n + 0.5) * p}"), encoding="utf-8")
    known = list(train_equations.of_texts(tmp_path))
    assert {lesson.meant for lesson in known} == {True, False}
    weights = train_equations.learn(known)
    assert weights == train_equations.learn(known)
    right = [sum(weights.get(s, 0) for s in e.signs) > 0 for e in known]
    assert right == [e.meant for e in known]
    path = tmp_path / "w"
    path.write_text("".join(f"{s}\t{w}\n" for s, w in weights.items()), encoding="utf-8")
    assert meant.read(path.read_text(encoding="utf-8")) == weights


def test_a_text_of_nothing_but_figures_takes_linear_time() -> None:
    def taken(times: int) -> float:
        page = _page("Orlan sold 3 million shares at HK$8.10 for HK$24 million, 4.9%, 5.1%, 7.2% and 9.4%. " * times)
        start = time.process_time()
        list(meant.meant(page))
        return time.process_time() - start

    taken(5)
    assert taken(60) < 12 * max(taken(15), 0.02)
