"""Text made to hurt: twice the text takes at most three times as long, whatever it repeats.

The time of a text depends on the machine, so each text is made so long that reading it takes a while, and the faster of two
readings counts: quadratic would be four times.
"""

import time
from datetime import date

import pytest

from stakeline.checks.figures import find, read

ON = date(2022, 11, 16)
SHORTEST, LONGEST = 4_000, 512_000
ENOUGH = 0.03
ROUNDS = 2
MOST_PER_CHARACTER = 100e-6

REPEATED = {
    "digits": "1", "digits and commas": "1,", "groups": "1,234,", "points": "1.", "full stops": ".", "stops and letters": ".x", "brackets": "(", "closed brackets": "()",
    "nested figures": "(5%", "direction marks": "\u202e", "direction marks between digits": "5\u202e", "Chinese numerals": "三十億", "one magnitude": "萬", "blanks": " ", "lines": "\n",
    "dollars": "$", "currencies": "HK$", "percent": "5% ", "ranges": "5 to ", "dashes": "1-", "days": "June 19 ", "months": "June ", "Chinese days": "5月3日", "Chinese years": "2022年",
    "same period": "same period last year ", "halves": "first half of 2022 ", "year ended": "year ended ", "words": "one ", "a": "a ", "a-": "a-", "magnitudes": "million ", "doubl": "doubl", "addresses": "http://", "www": "www.",
    "sentences": ". A", "from and to": "从2022年5月3日到", "weekdays": "周五(", "shares": "5,000 shares ", "classes": "5 H A B H ", "conversions": "US$5 million (HK$39 million) ",
    "points for percent": "up 5% to 10% from 5% ", "results": "收入5億元虧損", "quarters": "Q3 2022 ", "rates": "$1 = ", "parts": "三分之一", "about": "(about ", "capitals": "A", "NUL": "\0", "stray points": "5 .", "codes": "(9988.HK) ",
    "phone": "+852 ", "money in Chinese": "成交3億", "magnitudes apart": "US$ 3 m ", "tenths": "三成三", "halves of": "half of its ", "published": "Updated ", "ratio": "ratio of 5 ", "stray commas": "1 ,200 ", "counted": "5,000 abc ", "from": "从", "until": "5月3日至", "FY": "FY 2", "Singapore": "Singapore ", "datelines": "2022-11-08\n", "rows": "7 ", "printed lines": "word word word word word word word word word\n", "lots": "5張",
    "results of issuers with codes": "騰訊純利5億元永泰(0369),", "prices in a mainland text": "增持港元均价介乎0.49元,", "prices of A shares": "A股報3.2元,港股", "traded": "bought 5,000 at $1.20 ",
    "rows of a table": "5,000 | $6,000 | $1.20 | ", "days of a month told": "In June 2022 on June 5 ", "ordinals": "on the 12th of last month ", "years of the Republic": "111/07/19~", "renminbi told": "收入5億元人民幣",
}  # fmt: skip


def seconds(text: str) -> float:
    start = time.process_time()
    read(text, on=ON)
    return time.process_time() - start


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_time_is_linear(unit: str) -> None:
    text = unit * (SHORTEST // len(unit))
    while len(text) < LONGEST and seconds(text) < ENOUGH:
        text += text
    short, long = (min(seconds(t) for _ in range(ROUNDS)) for t in (text, text * 2))
    assert long <= 3 * short, f"{len(text)} characters: {short:.3f} s, twice as many {long:.3f} s"
    assert short / len(text) < MOST_PER_CHARACTER


def test_a_long_run_of_digits_is_no_figure() -> None:
    start = time.process_time()
    assert find("7" * 500_000, on=ON) == ()
    assert find("1,234," * 50_000, on=ON) == ()
    assert time.process_time() - start < 8


@pytest.mark.parametrize(
    "text",
    [
        "HK$" + "9" * 40,
        "9" * 40 + "%",
        "1e400 shares",
        "NaN%",
        "HK$1.2.3",
        "5" + "0" * 33 + " million shares",
        "三" * 50 + "元",
        "$" + "1," * 30 + "%",
        "1" * 19 + "股",
    ],
)
def test_numbers_beyond_all_measure_are_none(text: str) -> None:
    assert all(f.value is None or f.value < 10**32 for f in find(text, on=ON))
    assert not any("9" * 20 in f.text for f in find(text, on=ON))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\u202e",
        "%",
        "$",
        "元",
        "HK$",
        "9999年99月99日",
        "February 32",
        "0月0日",
        "Q9 2022",
        "year ended 31 February 2022",
        "13 months to May",
        "周八",
    ],
)
def test_next_to_nothing(text: str) -> None:
    assert find(text, on=ON) == ()
    assert find(text) == ()


@pytest.mark.parametrize("on", [date.min, date.max, date(2024, 2, 29)])
def test_the_ends_of_the_calendar(on: date) -> None:
    text = "Sold on June 19, last Thursday, tomorrow, next Friday, 上周四(29日), 去年12月5日, in the first half of last year, 前年, 明年三季度, same period last year, 5月"
    assert all(f.text for f in read(text, on=on).figures)
