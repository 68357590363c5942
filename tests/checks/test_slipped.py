"""Percentages that are right once a slip is undone, and such as only look so."""

from datetime import date

import pytest

from stakeline.model.claims import Ruling
from stakeline.workflows.articles import Source
from stakeline.workflows.checking import Asked, check_source


def _findings(text: str) -> list[Ruling]:
    report = check_source(Source(name="a", text=text, plain=text, kind="text"), Asked(on=date(2024, 5, 14)))
    return [r for r in report.rulings if r.finding]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (
            "Bram Capital bought at HK$2.00 on Monday. The price has come back by 125 per cent from HK$1.60 in April.",
            "125 per cent",
            "25 per cent",
        ),
        (
            "The placing by Alder Holdings was of 14.6 million shares, which is 365% of Quay Foods. There are 400 million of them in issue.",
            "365%",
            "3.65%",
        ),
        ("青岭铜业上半年营业收入9.36亿元,上年同期为8.32亿元,同比增长1250%。", "1250%", "12.5%"),
    ],
)
def test_a_slip_is_found_by_what_the_others_give(text: str, wrong: str, right: str) -> None:
    """The point left out, or the whole added."""
    (finding,) = _findings(text)
    assert (finding.claim.found.text, finding.correction) == (wrong, right)


@pytest.mark.parametrize(
    "text",
    [
        "Turnover came to 301.9 million yuan on the day. Operating profit rose 137% to 340 million yuan, net profit 73% to 220 million yuan.",
        "上半年提取增长152.48%,合计5.1亿元;发放贷款7.84亿元,同比增长63.67%。",
    ],
)
def test_other_amounts_do_not_make_a_rise_a_slip(text: str) -> None:
    """A rise by more than all, and two amounts near by that are of other things."""
    assert not _findings(text)
