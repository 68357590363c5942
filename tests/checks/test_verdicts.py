"""Verdicts on whole articles: generated ones that are right, the same with one error, the samples, and what is known outside."""

import json
import os
import random
import time
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.checks.marked import check, read, ruling

from stakeline.checks.evidence import Change, Known
from stakeline.checks.figures import find
from stakeline.checks.verdicts import Checked, check_claims
from stakeline.model.claims import Claim, Severity, Verdict
from stakeline.model.numbers import Interval

# -- generated articles


class Numbers(NamedTuple):
    """The truth behind a generated article."""

    shares: int
    price: Decimal
    before: Decimal
    size: Decimal
    old: Decimal
    growth: Decimal

    @property
    def paid(self) -> Decimal:
        return self.shares * self.price

    @property
    def new(self) -> Decimal:
        return self.old * (100 + self.growth) / 100


numbers = st.builds(
    Numbers,
    shares=st.integers(10_000, 900_000_000),
    price=st.decimals("1.00", "900.00", places=2),
    before=st.decimals("8.00", "60.00", places=2),
    size=st.decimals("0.05", "4.00", places=2),
    old=st.decimals("20000000", "90000000000", places=0),
    growth=st.one_of(st.decimals("3.0", "180.0", places=1), st.decimals("-70.0", "-3.0", places=1)),
)
WAYS = st.sampled_from(["exact", "rounded", "cut", "about", "more than"])
SCALES = {
    "en": [(10**9, " billion"), (10**6, " million"), (1, "")],
    "Hans": [(10**8, "亿"), (10**4, "万"), (1, "")],
    "Hant": [(10**8, "億"), (10**4, "萬"), (1, "")],
}


def printed(value: Decimal, script: str, *, digits: int = 4, cut: bool = False) -> str:
    """A value as a paper prints it: so many digits, rounded or cut off, with a magnitude."""
    step, word = next((s, w) for s, w in SCALES[script] if value >= s)
    scaled = value / step
    places = max(digits - scaled.adjusted() - 1, 0)
    shown = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN if cut else ROUND_HALF_EVEN)
    return f"{shown:,}{word}"


def paid(truth: Numbers, way: str, script: str) -> tuple[str, str]:
    """The proceeds with the word in front of them."""
    words = {"about": ("about ", "约", "約"), "more than": ("more than ", "超过", "超過")}.get(way, ("", "", ""))
    digits = {"exact": 6, "rounded": 4, "cut": 4}.get(way, 2)
    word = words[["en", "Hans", "Hant"].index(script)]
    return word, printed(truth.paid, script, digits=digits, cut=way in {"cut", "more than"})


def article(truth: Numbers, way: str, script: str, **put: str) -> str:
    """A marked article; put: figures to print in place of the true ones."""
    word, value = paid(truth, way, script)
    after = truth.before - truth.size
    figures = {
        "shares": f"{truth.shares:,}",
        "price": f"{truth.price}",
        "value": value,
        "dollars": printed(truth.paid / Decimal("7.8"), script),
        "points": f"{truth.size}",
        "growth": f"{((printed_ratio(truth) - 1) * 100).copy_abs().quantize(Decimal('0.1'))}",
        "new": printed(truth.new, script, digits=5),
        "old": printed(truth.old, script, digits=5),
        "up": "rose" if truth.growth > 0 else "fell",
    } | put
    f = figures
    if script == "en":
        return (
            f"Alpha sold {{{f['shares']}|transaction.shares}} shares at {{HK${f['price']}|transaction.avg_price}} each for {word}{{HK${f['value']}|transaction.value}} "
            f"({{US${f['dollars']}|fx.conversion}}), cutting its stake by {{{f['points']}{put.get('unit', ' percentage points')}|stake.change_pp}} to {{{after}%|stake.after_pct}} "
            f"from {{{truth.before}%|stake.before_pct}}.\nRevenue {f['up']} {{{f['growth']}%|result.change_pct}} to {{HK${f['new']}|result.revenue}} "
            f"from {{HK${f['old']}|result.prior_value}}."
        )
    hans = (
        f"甲公司以每股{{{f['price']}港元|transaction.avg_price}}卖出{{{f['shares']}股|transaction.shares}}，套现{word}{{{f['value']}港元|transaction.value}}"
        f"（{{{f['dollars']}美元|fx.conversion}}），持股由{{{truth.before}%|stake.before_pct}}降至{{{after}%|stake.after_pct}}，下降{{{f['points']}{put.get('unit', '个百分点')}|stake.change_pp}}。"
        f"收入{{{f['new']}港元|result.revenue}}，上年为{{{f['old']}港元|result.prior_value}}，同比{'增长' if f['up'] == 'rose' else '下降'}{{{f['growth']}%|result.change_pct}}。"
    )
    return hans if script == "Hans" else hans.translate(str.maketrans("卖现个为为长万亿为", "賣現個為為長萬億為"))


def printed_ratio(truth: Numbers) -> Decimal:
    return truth.new / truth.old


scripts = st.sampled_from(["en", "Hans", "Hant"])
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def wrong(checked: Checked) -> list[str]:
    return [r.claim.kind for r in checked.findings]


@QUICK
@given(numbers, WAYS, scripts)
def test_an_article_that_is_right_gives_no_alarm(truth: Numbers, way: str, script: str) -> None:
    text = article(truth, way, script)
    checked = check(text)
    assert not checked.findings, (text, checked.findings)
    assert all(s.verdict is Verdict.SUPPORTED for s in checked.statements)
    supported = {r.claim.kind for r in checked.rulings if r.verdict is Verdict.SUPPORTED}
    assert {"transaction.value", "fx.conversion", "stake.change_pp", "result.change_pct"} <= supported


@QUICK
@given(numbers, st.sampled_from(["exact", "rounded", "about"]), scripts, st.sampled_from([10, 1000, 10000]))
def test_a_slip_in_the_proceeds_is_found_in_the_proceeds(truth: Numbers, way: str, script: str, factor: int) -> None:
    value = printed(truth.paid * factor, script)
    assert wrong(check(article(truth, way, script, value=value))) == ["transaction.value"]


@QUICK
@given(numbers, scripts, st.sampled_from([10, 1000]))
def test_a_slip_in_the_shares_is_found_in_the_shares(truth: Numbers, script: str, factor: int) -> None:
    shares = f"{truth.shares * factor:,}"
    assert wrong(check(article(truth, "exact", script, shares=shares))) == ["transaction.shares"]


@QUICK
@given(numbers, scripts, st.sampled_from([10, Decimal("0.1"), Decimal("1.2"), Decimal("0.85")]))
def test_a_wrong_conversion_is_found(truth: Numbers, script: str, factor: Decimal) -> None:
    dollars = printed(truth.paid / Decimal("7.8") * factor, script)
    assert wrong(check(article(truth, "rounded", script, dollars=dollars))) == ["fx.conversion"]


@QUICK
@given(numbers, scripts)
def test_points_printed_as_percent_are_found(truth: Numbers, script: str) -> None:
    checked = check(article(truth, "rounded", script, unit="%"))
    assert wrong(checked) == ["stake.change_pp"]
    assert "percentage points" in checked.findings[0].reason


@QUICK
@given(numbers, scripts)
def test_a_change_the_wrong_way_is_found(truth: Numbers, script: str) -> None:
    checked = check(article(truth, "rounded", script, up="fell" if truth.growth > 0 else "rose"))
    assert wrong(checked) == ["result.change_pct"]
    if script == "en":
        assert [s.verdict for s in checked.statements if "Revenue" in s.text] == [Verdict.INCONSISTENT]


@QUICK
@given(numbers, scripts)
def test_a_ratio_quoted_as_growth_is_found(truth: Numbers, script: str) -> None:
    ratio = (printed_ratio(truth) * 100).quantize(Decimal("0.1"))
    if abs(ratio - abs(truth.growth)) < 5:
        return  # at half, what is left and what is lost are one figure
    assert wrong(check(article(truth, "rounded", script, growth=f"{ratio}"))) == ["result.change_pct"]


@QUICK
@given(numbers, scripts, st.randoms(use_true_random=False))
def test_one_exchanged_digit_in_the_proceeds_is_found(truth: Numbers, script: str, rng: random.Random) -> None:
    value = printed(truth.paid, script)
    places = [i for i, c in enumerate(value) if c.isdigit()][:2]
    at = rng.choice(places)
    digit = str((int(value[at]) + rng.randint(2, 8)) % 10)
    mutated = value[:at] + digit + value[at + 1 :]
    ratio = Decimal(mutated.translate(str.maketrans("", "", ", bilmon亿万億萬"))) / Decimal(
        value.translate(str.maketrans("", "", ", bilmon亿万億萬"))
    )
    if not Decimal("0.45") < ratio < Decimal("2.4") or abs(ratio - 1) < Decimal("0.03") or mutated[0] == "0":
        return
    assert wrong(check(article(truth, "rounded", script, value=mutated))) == ["transaction.value"]


@QUICK
@given(
    numbers,
    scripts,
    st.integers(0, 8),
    st.sampled_from(["other.amount", "other.pct", "count", "stake.value", "stake.pct"]),
)
def test_a_kind_taken_for_another_gives_no_alarm(truth: Numbers, script: str, at: int, kind: str) -> None:
    text, claims = read(article(truth, "rounded", script))
    claims[at % len(claims)] = msgspec.structs.replace(claims[at % len(claims)], kind=kind)
    assert not check_claims(text, claims, on=date(2024, 6, 25)).findings


# -- blame


def test_two_products_of_one_wrong_count_speak_against_the_count() -> None:
    checked = check(
        "sold {2.0175 billion|transaction.shares} shares at {HK$234.57|transaction.avg_price}, worth {HK$473.2 million|transaction.value}, "
        "{0.18%|transaction.stake_pct} of the {1.1 billion|shares.issued} H shares"
    )
    assert [r.claim.found.text for r in checked.findings] == ["2.0175 billion"]
    assert checked.findings[0].correction == "2.0173 million shares"


def test_a_magnitude_that_the_rest_refutes_is_found_in_the_headline() -> None:
    checked = check(
        "Alpha raises {HK$4.732 billion|transaction.value}\nAlpha sold {20.175 million|transaction.shares} shares at {HK$23.457|transaction.avg_price} "
        "for {HK$473.2 million|transaction.value}."
    )
    assert [r.claim.found.text for r in checked.findings] == ["HK$4.732 billion"]
    assert ruling(checked, "HK$473.2 million").verdict is Verdict.SUPPORTED


def test_rulings_stand_in_the_order_of_the_text() -> None:
    text, claims = read("{9%|stake.after_pct} and {8%|stake.before_pct} and {HK$5|price.last}")
    checked = check_claims(text, list(reversed(claims)))
    assert [r.claim for r in checked.rulings] == claims
    assert all(r.verdict is Verdict.NOT_CHECKABLE and r.basis == "none" for r in checked.rulings)


# -- known from outside

LATE, SOURCE = date(2022, 11, 16), "a notice"


class Facts:
    """Evidence from a table: words of the figure -> what is known."""

    def __init__(self, table: dict[str, list[Known]], moved: Sequence[Change] = ()) -> None:
        self.table, self.moved = table, moved

    def known(self, claim: Claim, on: date | None) -> Sequence[Known]:  # noqa: ARG002
        return self.table.get(claim.found.text, [])

    def changes(self, words: str, issuer: str | None, on: date | None) -> Sequence[Change]:  # noqa: ARG002
        return [c for c in self.moved if "costs" in words]


def known(value: str, of: str, high: str | None = None, **more: Any) -> Known:
    span = Interval(Decimal(value), Decimal(high or value))
    return Known(value=span, of=of, source=SOURCE, **({"known_since": date(2022, 11, 14)} | more))


def outside(marked: str, facts: Facts, on: date = LATE) -> Checked:
    text, claims = read(marked, on)
    return check_claims(text, claims, on=on, evidence=facts)


def test_a_figure_right_of_a_class_that_the_article_does_not_name_is_imprecise() -> None:
    facts = Facts({"8.74%": [known("8.7416", "the share of the Class B shares", share_class="B", same=False)]})
    found = ruling(outside("Its equity ratio fell to {8.74%|stake.after_pct}.", facts), "8.74%")
    assert (found.verdict, found.severity, found.basis) == (Verdict.SUPPORTED, Severity.IMPRECISE, "external")
    assert found.sources == (SOURCE,)


def test_a_class_that_the_article_names_wrongly_is_contradicted() -> None:
    facts = Facts(
        {
            "5.45%": [
                known("1.96", "the share of all shares", share_class="total", known_since=date(2013, 6, 1)),
                known("5.45", "the share of the H shares", share_class="H", same=False, known_since=date(2013, 6, 1)),
            ]
        }
    )
    marked = "令其持有公司總股本的比例增至{5.45%|stake.after_pct share_class=total}。"
    found = ruling(outside(marked, facts, date(2013, 6, 17)), "5.45%")
    assert (found.verdict, found.severity, found.correction) == (Verdict.CONTRADICTED, Severity.ERROR, "H股的5.45%")


def test_a_price_inside_the_day_is_not_its_close() -> None:
    facts = Facts(
        {
            "HK$1.71": [
                known("1.79", "the close of 15 November 2022"),
                known("1.63", "the range of the day", "1.85", within=True),
            ]
        }
    )
    found = ruling(outside("shares traded at {HK$1.71|price.close}", facts), "HK$1.71")
    assert (found.verdict, found.severity) == (Verdict.SUPPORTED, Severity.IMPRECISE)
    assert "1.79" in found.reason


def test_digits_mistyped_are_contradicted() -> None:
    facts = Facts({"56.01 million yuan": [known("56910000", "the net loss of the first half of 2021")]})
    found = ruling(
        outside("from {56.01 million yuan|result.prior_value} in the same period last year", facts),
        "56.01 million yuan",
    )
    assert (found.verdict, found.severity) == (Verdict.CONTRADICTED, Severity.ERROR)
    assert found.correction == "56.91 million yuan"
    assert "mistyped" in found.reason


def test_doubled_is_contradicted_by_a_threefold() -> None:
    facts = Facts({"doubled": [known("203.49", "the rise of impairments", direction="up")]})
    found = ruling(outside("impairments {doubled|cost.change_pct direction=up} in the first half", facts), "doubled")
    assert found.verdict is Verdict.CONTRADICTED


def test_a_price_of_then_is_stale_now() -> None:
    facts = Facts(
        {
            "HK$595": [
                known("367.6", "the close of 27 June 2022", as_of="2022-06-27", known_since=date(2022, 6, 27)),
                known(
                    "595",
                    "the placing price of April 2021",
                    as_of="2021-04-08",
                    same=False,
                    known_since=date(2021, 4, 8),
                ),
            ]
        }
    )
    found = ruling(outside("the stock, last at {HK$595|price.last}", facts, date(2022, 6, 28)), "HK$595")
    assert (found.verdict, found.severity) == (Verdict.CONTRADICTED, Severity.ERROR)
    assert "stale" in found.reason


@pytest.mark.parametrize(
    ("figure", "kind", "value", "direction", "word"),
    [
        ("358.5%", "result.change_pct", "258.5", "up", "ratio"),
        ("14.3%", "result.change_pct direction=up", "14.3", "down", "down"),
        ("HK$57.232 billion", "market_value", "57232000", None, "1,000 times"),
    ],
)
def test_why_a_figure_differs(figure: str, kind: str, value: str, direction: str | None, word: str) -> None:
    facts = Facts({figure: [known(value, "the reported figure", direction=direction)]})
    found = ruling(outside(f"It is {{{figure}|{kind}}} now.", facts), figure)
    assert found.verdict is Verdict.CONTRADICTED
    assert word in found.reason


def test_nothing_known_later_counts_and_rounding_does_not_contradict() -> None:
    later = Facts({"8.74%": [known("9.05", "the share after a later amendment", known_since=date(2022, 12, 1))]})
    assert ruling(outside("fell to {8.74%|stake.after_pct}", later), "8.74%").verdict is Verdict.NOT_CHECKABLE
    rounded = Facts({"8.7%": [known("8.7416", "the share of the Class B shares")]})
    assert ruling(outside("fell to {8.7%|stake.after_pct}", rounded), "8.7%").verdict is Verdict.SUPPORTED


def test_costs_that_fell_did_not_grow() -> None:
    moved = [
        Change(
            up=False,
            of="administrative expenses",
            old=Interval.exact(977),
            new=Interval.exact(760),
            source="the interim report",
            known_since=date(2022, 8, 26),
        )
    ]
    checked = outside("Sales and other costs continued to grow in the half.", Facts({}, moved))
    (statement,) = checked.statements
    assert (statement.text, statement.verdict) == ("Sales and other costs continued to grow", Verdict.CONTRADICTED)
    assert statement.sources == ("the interim report",)


def test_a_rate_of_the_day_bears_a_bracket_out_or_refutes_it() -> None:
    def rate(_: date, one: str, other: str) -> Interval | None:
        return Interval.exact(1) / Interval.exact(Decimal("7.05")) if (one, other) == ("CNY", "USD") else None

    for dollars, verdict in (("$200.8 million", Verdict.SUPPORTED), ("$280.8 million", Verdict.INCONSISTENT)):
        text, claims = read(f"revenue of {{1.415 billion yuan|result.revenue}} ({{{dollars}|fx.conversion}})", LATE)
        assert check_claims(text, claims, on=LATE, rate=rate).rulings[1].verdict is verdict
    text, claims = read("in 2015 it paid {1.415 billion yuan|deal.value} ({$228 million|fx.conversion})", LATE)
    assert not check_claims(text, claims, on=LATE, rate=rate).findings  # at the rate of then


# -- the samples


def _samples() -> list[dict[str, Any]]:
    folder = os.environ.get("STAKELINE_SAMPLES")
    if not folder:
        pytest.skip("STAKELINE_SAMPLES is unset: no annotated articles to read")
    lines = Path(folder, "articles", "gold.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [json.loads(line) for line in lines if line.strip()]
    return [g | {"text": Path(folder, "articles", g["file"]).read_text(encoding="utf-8")} for g in golds]


_ATTRIBUTES = (
    "holder",
    "issuer",
    "segment",
    "measure",
    "share_class",
    "period_or_date",
    "comparison_base",
    "direction",
)


def _oracle(gold: dict[str, Any]) -> list[Claim]:
    """Our figures with the kinds of the gold."""
    found = find(gold["text"], on=date.fromisoformat(gold["date"]))
    claims = []
    for claim in gold["claims"]:
        figure = next(f for f in found if f.start < claim["end"] and claim["start"] < f.end)
        claims.append(Claim(found=figure, kind=claim["kind"], **{a: claim.get(a) for a in _ATTRIBUTES}))
    return claims


# One planted error needs the outside: the last price of an article that prints no other.
_OUTSIDE = {"dev_en17.c4"}


def test_every_planted_error_that_an_article_shows_is_found_and_nothing_else() -> None:
    for gold in _samples():
        checked = check_claims(gold["text"], _oracle(gold), on=date.fromisoformat(gold["date"]))
        found = {c["id"] for r, c in zip(checked.rulings, gold["claims"], strict=True) if r.finding}
        assert found == set(gold["findings"]) - _OUTSIDE, gold["article_id"]
        wrong = [c["start"] for c in gold["claims"] if c["id"] in found]
        refuted = [s for s in checked.statements if s.verdict is not Verdict.SUPPORTED]
        assert all(any(s.end <= start <= s.end + 2 for start in wrong) for s in refuted)  # the verb of a wrong change


def test_the_gold_s_supported_figures_are_borne_out() -> None:
    borne, of = 0, 0
    for gold in _samples():
        checked = check_claims(gold["text"], _oracle(gold), on=date.fromisoformat(gold["date"]))
        meant = [
            r
            for r, c in zip(checked.rulings, gold["claims"], strict=True)
            if (c["verdict"], c["basis"]) == ("supported", "in_article")
        ]
        borne += sum(r.verdict is Verdict.SUPPORTED for r in meant)
        of += len(meant)
    assert of > 40
    assert borne == of


def test_kinds_misread_give_next_to_no_alarm() -> None:
    """One kind in seven is taken for another of the same unit: at most one false alarm in 500 figures."""
    golds = _samples()
    kinds: dict[str, list[str]] = {}
    for gold in golds:
        for claim in gold["claims"]:
            kinds.setdefault(claim["unit"], []).append(claim["kind"])
    rng, figures, false = random.Random(7), 0, 0
    for gold in golds * 4:
        claims = [
            msgspec.structs.replace(c, kind=rng.choice(kinds[c.found.unit])) if rng.random() < 0.15 else c
            for c in _oracle(gold)
        ]
        checked = check_claims(gold["text"], claims, on=date.fromisoformat(gold["date"]))
        figures += len(claims)
        false += sum(
            r.finding and c["id"] not in gold["findings"] for r, c in zip(checked.rulings, gold["claims"], strict=True)
        )
    assert false * 500 <= figures, false


# -- cost


def test_the_work_is_linear_in_the_figures() -> None:
    sentence = (
        "Alpha sold {12 million|transaction.shares} shares at {HK$5.20|transaction.avg_price} for {HK$62.4 million|transaction.value}, from {9.05%|stake.before_pct} "
        "to {8.74%|stake.after_pct}, and revenue rose {16.5%|result.change_pct} to {HK$10.17 billion|result.revenue} from {HK$8.73 billion|result.prior_value}"
    )
    seconds = []
    for times in (20, 80):
        text, claims = read(", and ".join([sentence] * times) + ".")  # one sentence: the worst case
        start = time.process_time()
        check_claims(text, claims)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 8 * seconds[0] + 0.1
