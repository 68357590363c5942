"""The benchmark of wrong digits: what it prints wrongly, and what it counts as found."""

from decimal import Decimal

import pytest

from annotated import Article
from check_slips import printed_wrongly, slips

TEXT = "Rivermont sold 4 million shares of Qinling Copper at HK$2.50 each on June 3, raising HK$10 million."


@pytest.mark.parametrize(
    ("figure", "slip", "rest"),
    [
        ("HK$57.2 billion", "first", "HK$#7.2 billion"),
        ("12.5%", "second", "1#.5%"),
        ("3,140萬股", "second", "3,#40萬股"),
    ],
)
def test_one_digit_is_another(figure: str, slip: str, rest: str) -> None:
    wrong = printed_wrongly(figure, slip, "a")
    assert wrong is not None
    at = rest.index("#")
    assert wrong[:at] + "#" + wrong[at + 1 :] == rest
    assert abs(int(wrong[at]) - int(figure[at])) >= 2
    assert wrong == printed_wrongly(figure, slip, "a")


@pytest.mark.parametrize(
    ("figure", "wrong"),
    [
        ("HK$57.2 billion", "HK$57.2 million"),
        ("1.2亿元", "1.2万元"),
        ("8.74%", "87.4%"),
        ("8.7%", "87%"),
        ("five", None),
    ],
)
def test_another_magnitude(figure: str, wrong: str | None) -> None:
    assert printed_wrongly(figure, "magnitude", "a") == wrong


def test_an_amount_that_its_shares_refute_is_found() -> None:
    claim = {
        "id": "c", "start": TEXT.index("HK$10"), "end": len(TEXT) - 1, "kind": "transaction.value", "verdict": "supported",
        "basis": "in_article", "unit": "currency", "value": Decimal(10_000_000),
    }  # fmt: skip
    gold = {"article_id": "a", "date": "2024-06-05", "claims": [claim], "findings": []}
    (made,) = slips(Article(TEXT, gold), "first", frozenset())
    assert made.at
    assert made.others == ()
    assert made.right == "HK$10 million"
    assert not list(slips(Article(TEXT, gold), "first", frozenset({"price.close"})))
