"""One amount told to be so many times another, and dollars of Hong Kong papers."""

from datetime import date

import pytest

from stakeline.workflows import checking
from stakeline.workflows.articles import Source


def _wrong(text: str) -> list[str]:
    source = Source(name="x", text=text, plain=text, kind="text")
    report = checking.check_source(source, checking.Asked(on=date(2022, 5, 18)))
    return [r.claim.found.text for r in report.rulings if r.finding]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("減值撥備3.06億元人民幣,為去年同期1.53億元人民幣的三倍。", ["三倍"]),
        ("Provisions of HK$306 million were three times the HK$153 million of a year earlier.", ["three times"]),
        ("减值拨备3.06亿元，是上年同期1.02亿元的三倍。", []),
        ("Its cost of $306 million was about three times the $98 million of a year earlier.", []),
        ("成交额82亿元，是上月26亿元的3倍多。", []),
    ],
)
def test_times(text: str, wrong: list[str]) -> None:
    assert _wrong(text) == wrong


def test_yuan_of_a_hong_kong_deal_is_no_renminbi() -> None:
    """6.63 is what a US dollar costs in renminbi, and no rate of the Hong Kong dollar."""
    deal = "霍蘭資本以每股18.3元配售嘉盈醫療4,100萬股，集資7.50億元（約1.13億美元），較昨日收市價折讓9%。"
    assert _wrong(deal) == ["1.13億美元"]
    assert _wrong(deal.replace("嘉盈醫療", "內地醫療股嘉盈")) == []
