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
    ("持股由{9.05%|stake.before_pct}跌至{8.74%|stake.after_pct}。", "持股由9.05%跌至", Verdict.SUPPORTED),
]  # fmt: skip
SILENT = [
    "Costs continued to grow.",
    "The loss narrowed to {$35 million|result.net_loss}.",
    "The loss narrowed. Revenue was {$3 billion|result.revenue} after {$2 billion|result.prior_value}.",
    "Profit rose to {$3 million|result.net_profit} from a loss of {$5 million|result.prior_value}.",
    "Profit rose to {$3 billion|result.net_profit} and sales to {$20 billion|result.revenue}.",
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
