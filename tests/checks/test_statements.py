"""Worded statements that the two amounts beside them bear out or refute. All sentences are our own."""

import pytest
from tests.checks.marked import check

from stakeline.model.claims import Verdict

LOSS = "{1.3 billion yuan|result.net_loss} from {880 million yuan|result.prior_value}"
CASES = [
    (f"The net loss narrowed to {LOSS}.", "net loss narrowed", Verdict.INCONSISTENT),
    (f"The net loss widened to {LOSS}.", "net loss widened", Verdict.SUPPORTED),
    ("Revenue rose to {$3.1 billion|result.revenue} from {$2.2 billion|result.prior_value}.", "Revenue rose", Verdict.SUPPORTED),
    ("Its costs fell to {$3.1 billion|cost.value} from {$2.2 billion|result.prior_value}.", "costs fell", Verdict.INCONSISTENT),
    ("Fund A's stake rose to {5.99%|stake.after_pct} from {7.02%|stake.before_pct}.", "stake rose", Verdict.INCONSISTENT),
    ("虧損收窄至{4.6億元|result.net_loss}，去年同期虧損為{3.2億元|result.prior_value}。", "虧損收窄", Verdict.INCONSISTENT),
    ("净亏损由{2.8亿元|result.prior_value}收窄至{5.1亿元|result.net_loss}。", "净亏损由2.8亿元收窄至", Verdict.INCONSISTENT),
    ("净亏损由{2.8亿元|result.prior_value}扩大至{5.1亿元|result.net_loss}。", "净亏损由2.8亿元扩大至", Verdict.SUPPORTED),
    ("Shares of Kelvin Foods climbed {5.5%|price.change_pct} to {$30.25|price.last} from Tuesday's {$32.00|price.close}.", "climbed", Verdict.INCONSISTENT),
    ("收報{36.40元|price.close},升{2.2%|price.change_pct},前收市價{37.20元|price.close}。", "升", Verdict.INCONSISTENT),
    ("第二季度营收{6.60亿元|result.revenue},同比下降{20.0%|result.change_pct}(去年同期{5.50亿元|result.prior_value})。", "下降", Verdict.INCONSISTENT),
    ("Its founder's interest has thus crept down to {41.47%|stake.after_pct} from {41.00%|stake.before_pct}.", "crept down", Verdict.INCONSISTENT),
    ("權益由{41.20%|stake.before_pct}微跌至{41.36%|stake.after_pct}。", "跌", Verdict.INCONSISTENT),
    ("好倉由{6.12%|stake.before_pct}減少{0.47個百分點|stake.change_pp}至{6.59%|stake.after_pct}。", "減少", Verdict.INCONSISTENT),
    ("黃某買入{12萬股|transaction.shares direction=buy holder=黃某},持股比率跌到{3.80%|stake.after_pct holder=黃某}。", "跌", Verdict.INCONSISTENT),
    ("持股由{9.05%|stake.before_pct}跌至{8.74%|stake.after_pct}。", "持股由9.05%跌至", Verdict.SUPPORTED),
]  # fmt: skip
SILENT = [
    "Costs continued to grow.",
    "The loss narrowed to {$35 million|result.net_loss}.",
    "The loss narrowed. Revenue was {$3 billion|result.revenue} after {$2 billion|result.prior_value}.",
    "Profit rose to {$3 million|result.net_profit} from a loss of {$5 million|result.prior_value}.",
    "Profit rose to {$3 billion|result.net_profit} and sales to {$20 billion|result.revenue}.",
    "收報{36.40元|price.close},跌{2.2%|price.change_pct},前收市價{37.20元|price.close}。",
    "黃某買入{12萬股|transaction.shares direction=buy holder=黃某},發行新股後持股比率跌到{3.80%|stake.after_pct holder=黃某}。",
    "Sales rose to {$3.0 billion|result.revenue} from {$3.0 billion|result.prior_value}.",
]


@pytest.mark.parametrize(("marked", "words", "verdict"), CASES)
def test_two_amounts_judge_the_words_in_front_of_them(marked: str, words: str, verdict: Verdict) -> None:
    checked = check(marked)
    (statement,) = checked.statements
    assert (statement.text, statement.verdict) == (words, verdict)
    assert statement.reason


@pytest.mark.parametrize("marked", SILENT)
def test_words_without_two_amounts_are_left_alone(marked: str) -> None:
    assert check(marked).statements == ()


def test_offsets_are_those_of_the_text() -> None:
    marked = "In short: the net loss narrowed to {$9 million|result.net_loss} from {$5 million|result.prior_value}."
    (statement,) = check(marked).statements
    text = marked.replace("{", "").replace("}", "").replace("|result.net_loss", "").replace("|result.prior_value", "")
    assert text[statement.start : statement.end] == statement.text
