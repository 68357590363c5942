"""Two levels told as newer and older, and what the words say of the way between them. All sentences are our own.

Each sentence is read with its two levels one way round, where its words are right, and the other way round, where they are not.
"""

from datetime import date

import pytest

from stakeline.checks.claims import claims
from stakeline.checks.figures import read
from stakeline.checks.verdicts import Checked, check_claims
from stakeline.model.claims import Verdict

ON = date(2024, 3, 20)
MORE, LESS = {"en": "$86.3 million", "zh": "8.63亿元"}, {"en": "$61.4 million", "zh": "6.14亿元"}
UP = [
    "Net loss for the quarter came to {new}, a widening from the {old} booked a year ago.",
    "The carrier's losses deepened. It lost {new} between January and June, compared with {old} in the first half of 2022.",
    "Operating profit, at {new}, was higher than the {old} of the prior-year quarter.",
    "Profit before tax improved to {new} (2022: {old}), helped by price rises.",
    "The firm's first-half loss, which was {old} in 2022, grew to {new}.",
    "With {new} the bank earned more than in the previous year ({old}).",
    "一季度净亏损{new},同比增亏,上年同期净亏损{old}。",
    "公司去年蝕{new},上年度蝕{old},虧損加劇。",
    "全年盈利{new},多過前年的{old}。",
]
DOWN = [
    "Halden trimmed its loss last year to {new}; in 2021 the red ink had amounted to {old}.",
    "A year ago the group had earned {old}; this time profit was down at {new}.",
    "The company reported a narrower loss of {new} for the period, versus {old}.",
    "Sales declined. The company took in {new} in the third quarter, where it had taken {old} a year earlier.",
    "The group made {new} in the year to March, a drop on the {old} made in the year to March 2022.",
    "报告期内公司亏损{new},较上年同期亏损{old}继续收窄。",
    "中期純利{new},去年同期為{old},業績倒退。",
    "全年少賺,純利{new},前年純利{old}。",
]
SILENT = [
    "The company raised output and earned $6.1 million, against $8.6 million a year earlier.",
    "Falling freight rates meant a profit of $8.6 million, against $6.1 million a year earlier.",
    "成交增至728萬元。該公司去年同期賺3,910萬元。",
    "回购资金总额不低于2,500万元,不超过5,000万元。",
    "市值从1.59万亿港元跌至9,180亿港元,蒸发超过6,000亿港元。",
    "去年全年虧損4億元,今年首季虧損1.2億元,虧損擴大。",
    "预计机柜约2.3万个,新增机柜有望达到8,100个。",
]


def _checked(text: str) -> Checked:
    article = read(text, on=ON)
    return check_claims(text, claims(text, article.figures, on=ON, asides=article.asides), on=ON)


def _refuted(text: str) -> bool:
    checked = _checked(text)
    return bool(checked.findings) or any(s.verdict is Verdict.INCONSISTENT for s in checked.statements)


@pytest.mark.parametrize(("sentence", "up"), [(s, True) for s in UP] + [(s, False) for s in DOWN])
def test_words_against_the_two_levels(sentence: str, up: bool) -> None:  # noqa: FBT001
    lang = "en" if sentence.isascii() else "zh"
    new, old = (MORE[lang], LESS[lang]) if up else (LESS[lang], MORE[lang])
    assert not _refuted(sentence.format(new=new, old=old))
    assert _refuted(sentence.format(new=old, old=new))


@pytest.mark.parametrize("sentence", SILENT)
def test_words_of_other_things_refute_nothing(sentence: str) -> None:
    assert not _refuted(sentence)


CHANGES = [
    "Pre-tax profit of $86.3 million was {} up on the $61.4 million of 2022.",
    "Net income: $86.3 million, {} more than a year ago ($61.4 million).",
    "In 2021 it had turned over $61.4 million. In 2022 it was $86.3 million, {} more.",
    "Sales in China, worth $61.4 million in 2022, were {} higher last year at $86.3 million.",
    "与去年同期6.14亿元相比,本期收入8.63亿元,增加{}。",
    "管理资产规模8.63亿元,年初为6.14亿元,半年增长{}。",
]


@pytest.mark.parametrize("sentence", CHANGES)
def test_a_change_beside_its_levels(sentence: str) -> None:
    """86.3 / 61.4 - 1 = 40.55%; 140.6% is the ratio, 28.9% the change over the newer level."""
    assert not _refuted(sentence.format("40.6%"))
    assert _refuted(sentence.format("140.6%"))
    assert _refuted(sentence.format("28.9%"))


OTHER_BASES = [
    "Sales rose 12% on the quarter to $6.0 million, against $4.0 million a year earlier.",
    "销售额6.0亿元,较年初增长5%,上年同期4.0亿元。",
    "第二季度收入6.0亿元,上年同期4.0亿元,上半年增长30%。",
    "合同额6.0亿元,上年4.0亿元,其中海外增长30%。",
    "净利预计3.2亿元至3.6亿元,上年同期为2.0亿元,同比增长60%到80%。",
]


@pytest.mark.parametrize("sentence", OTHER_BASES)
def test_a_change_by_another_base(sentence: str) -> None:
    assert not _refuted(sentence)


LEVELS = [
    "Northfell has {} the 5% threshold in Aldermore: its stake went from {} to {}.",
    "Northfell {} the 5% level in Aldermore with its latest deal, going from {} to {}.",
    "Aldermore said Northfell had {} 5 per cent on May 3. It held {} before and {} afterwards.",
]
LEVELS_ZH = ["北嶺資本持好倉比例{}5%,由{}改為{}。", "北岭资本的持股比例{}5%,此前为{},最新为{}。"]


@pytest.mark.parametrize(
    ("sentence", "up", "down"),
    [(s, "gone past", "dropped through") for s in LEVELS] + [(s, "升破", "失守") for s in LEVELS_ZH],
)
def test_the_way_a_level_was_passed(sentence: str, up: str, down: str) -> None:
    low, high = "4.87%", "5.13%"
    assert not _refuted(sentence.format(up, low, high))
    assert not _refuted(sentence.format(down, high, low))
    assert _refuted(sentence.format(up, high, low))
    assert _refuted(sentence.format(down, low, high))


@pytest.mark.parametrize(
    "sentence",
    [
        "Northfell cut its stake from 5.13% to 4.87%. Later Marsk & Co climbed above 5%.",
        "Aldermore's free holders fell below 25% of the voting rights, after Northfell went to 26.2% from 26.9%.",
    ],
)
def test_a_level_of_another_holder(sentence: str) -> None:
    assert not _refuted(sentence)
