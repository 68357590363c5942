"""The filer's own words: what is read from them, and what is left alone."""

import time

import pytest

from stakeline.model.law import Direction
from stakeline.model.stakes import Deed
from stakeline.reading.supplement import happened

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
