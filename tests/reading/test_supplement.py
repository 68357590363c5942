"""The filer's own words: what is read from them, and what is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.law import Direction
from stakeline.model.stakes import Deed
from stakeline.reading.supplement import denial, happened, says_conversion

READ = [
    ("On that day 2,000,000 shares were sold on market.", "down", Deed.SALE, Direction.DISPOSE),
    ("The holder disposed of 5,000,000 H shares.", None, Deed.SALE, Direction.DISPOSE),
    ("於當日出售5,000,000股股份。", "down", Deed.SALE, Direction.DISPOSE),
    ("减持公司H股股份", None, Deed.SALE, Direction.DISPOSE),
    ("Purchase of 300,000 shares in the market", "up", Deed.PURCHASE, Direction.ACQUIRE),
    ("於市場上增持股份", "up", Deed.PURCHASE, Direction.ACQUIRE),
    ("Subscribed for 10,000 new shares under a rights issue.", "up", Deed.SUBSCRIPTION, Direction.ACQUIRE),
    ("Dilution of shareholding as a result of the placing of new shares.", "down", Deed.DILUTION, Direction.NEUTRAL),
    ("Due to the enlarged issued share capital of the Company.", "down", Deed.DILUTION, Direction.NEUTRAL),
    ("因公司發行新股，持股比例被攤薄", "down", Deed.DILUTION, Direction.NEUTRAL),
    ("The Company repurchased and cancelled its shares.", "up", Deed.BUY_BACK, Direction.NEUTRAL),
    ("由於公司回購並註銷股份", "up", Deed.BUY_BACK, Direction.NEUTRAL),
    ("Conversion of 12,950,321 Class A shares into Class B shares.", "up", Deed.CONVERSION, Direction.NEUTRAL),
    ("The share options have lapsed.", "down", Deed.LAPSE, Direction.NEUTRAL),
    ("A gift of 1,000,000 shares to a charity.", "down", Deed.GIFT, Direction.DISPOSE),
    ("無償贈與股份", "up", Deed.GIFT, Direction.ACQUIRE),
    ("Internal restructuring of the group.", None, Deed.RESTRUCTURING, Direction.NEUTRAL),
    ("集團內部重組", "up", Deed.RESTRUCTURING, Direction.NEUTRAL),
    ("The shares were pledged to a bank.", None, Deed.PLEDGE, Direction.NEUTRAL),
]


@pytest.mark.parametrize(("text", "way", "deed", "direction"), READ)
def test_what_is_read(text: str, way: str | None, deed: Deed, direction: Direction) -> None:
    said = happened(text, way)
    assert said is not None
    assert (said.deed, said.direction) == (deed, direction)
    assert said.words.rstrip("。") == text.rstrip("。")  # quoted as filed


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "See attachment.",
        "No shares were sold or purchased.",
        "The holder did not sell; none of the shares has been disposed of.",
        "並未出售任何股份",
        "The holder intends to dispose of 1,000,000 shares.",
        "擬出售股份",
        "The sale of shares was not completed.",
        "The shares previously sold are set out in an earlier notice.",
        "Shares were sold by another shareholder.",  # not the holder's deed
        "The Company sold its treasury shares.",
        "Shares were sold and other shares were purchased.",  # two deeds: which is it?
        "2,000,000 shares were sold as part of an internal restructuring.",
        "A placing of existing shares and new shares was subscribed; options lapsed.",
    ],
)
def test_what_is_uncertain_is_unknown(text: str | None) -> None:
    assert happened(text, None) is None


DENIED = [
    "本公司並沒有減持任何股份。",
    "沒有減持",
    "没有减持",
    "The holder hasn't sold any shares.",
    "The holder hasn\u2019t sold any shares.",
    "The disposal of shares has been cancelled.",
    "2,000,000 shares were sold. The transaction was cancelled later.",
    "Shares sold: nil",
    "Shares sold: nil. Percentage fell.",
    "Shares sold: 0",
    "Shares sold: -",
    "0 shares sold",
    "Sold nothing",
    "The sale of shares did not proceed.",
    "The sale of 5,000,000 shares has not occurred.",
    "The holder denies having sold shares.",
    "It is incorrect that the holder sold shares.",
    "The holder cannot be said to have sold shares.",
    "sale of 5m shares expected on 2 June",
    "拒絕出售",
    "停止出售",
    "取消出售股份",
    "如獲批准即出售股份",
    "The sale of shares is subject to approval.",
    "Shares may be sold.",
    "Whether shares were sold is being looked into.",
]


@pytest.mark.parametrize("text", DENIED)
@pytest.mark.parametrize("way", [None, "up", "down"])
def test_a_denied_planned_or_cancelled_sale_is_none(text: str, way: str | None) -> None:
    assert happened(text, way) is None


HEDGES = [
    "not",
    "nil",
    "none",
    "never",
    "without",
    "cannot",
    "denied",
    "incorrect",
    "cancelled",
    "withdrawn",
    "terminated",
]
HEDGES += [
    "lapsed",
    "failed",
    "proposed",
    "planned",
    "intended",
    "expected",
    "might",
    "would",
    "will",
    "if",
    "subject to",
]
HEDGES += [
    "conditional",
    "pending",
    "unless",
    "沒有",
    "没有",
    "並無",
    "未",
    "不",
    "非",
    "否",
    "取消",
    "終止",
    "停止",
    "拒絕",
]
HEDGES += ["擬", "拟", "將", "将", "計劃", "计划", "預期", "预期", "可能", "如", "若", "待"]
DEEDS = [
    "shares were sold on market",
    "purchase of 300,000 shares",
    "subscribed for new shares",
    "出售股份",
    "於市場上增持",
]
FILLER = st.text("abcdefg hij,\u80a1\u4efd", max_size=200)


@given(st.sampled_from(HEDGES), st.sampled_from(DEEDS), FILLER, st.sampled_from([1, -1]))
def test_no_direction_beside_a_hedge_however_far_away(hedge: str, deed: str, filler: str, order: int) -> None:
    said = happened(" ".join([hedge, filler, deed][::order]), None)
    assert said is None or said.direction not in {Direction.ACQUIRE, Direction.DISPOSE}


def test_the_month_of_may_is_no_hedge() -> None:
    said = happened("On 2 May 2025, 2,000,000 shares were sold on market.", "down")
    assert said is not None
    assert said.direction is Direction.DISPOSE


@pytest.mark.parametrize(
    ("text", "direction", "words"),
    [
        ("No disposal was made; dilution only", Direction.DISPOSE, "No disposal was made;"),
        ("沒有減持", Direction.DISPOSE, "沒有減持"),
        ("The shares were bought on market.", Direction.DISPOSE, "The shares were bought on market."),
        ("No shares were acquired.", Direction.ACQUIRE, "No shares were acquired."),
        ("2,000,000 shares were sold on market.", Direction.DISPOSE, None),
        ("Gift for no consideration", Direction.DISPOSE, None),
        ("No shares were sold.", Direction.NEUTRAL, None),
        (None, Direction.DISPOSE, None),
    ],
)
def test_words_that_deny_what_a_code_says(text: str | None, direction: Direction, words: str | None) -> None:
    assert denial(text, direction) == words


def test_a_conversion_that_was_cancelled_is_none() -> None:
    assert says_conversion("Conversion of notes into shares.")
    assert not says_conversion("Conversion of notes into shares was cancelled.")


def test_words_that_contradict_the_code_give_no_direction() -> None:
    said = happened("The shares were sold on market.", "up")
    assert said is not None
    assert said.direction is Direction.UNKNOWN


def test_a_placing_says_no_direction() -> None:
    said = happened("Completion of the placing of shares.", "down")
    assert said is not None
    assert (said.deed, said.direction) == (Deed.PLACING, Direction.UNKNOWN)


@pytest.mark.parametrize(
    "piece", ["sold ", "issue of ", "conversion shares ", "increased issued ", "by the company ", "股轉換", "a"]
)
def test_a_hostile_text_is_read_in_no_time(piece: str) -> None:
    start = time.process_time()
    happened(piece * (1_000_000 // len(piece)), "down")
    assert time.process_time() - start < 1
