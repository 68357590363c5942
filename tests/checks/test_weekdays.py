"""Weekdays of days without a year, in articles of which no day is known."""

from datetime import date

import pytest

from stakeline.workflows.articles import Source
from stakeline.workflows.checking import Asked, check_source


def _wrong(text: str) -> list[str]:
    report = check_source(Source(name="x", text=text, plain=text, kind="text"), Asked())
    return [r.claim.found.text for r in report.rulings if r.finding]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        pytest.param(
            "The trust sold on Monday, March 6, and again on Thursday, March 9. The last sale was on Wednesday, March 14.",
            ["March 14"],
            id="two against one",
        ),
        pytest.param(
            "宏岭科技董事于3月4日(周一)、3月7日(周四)及3月12日(周三)减持。", ["3月12日"], id="two against one, Chinese"
        ),
        pytest.param(
            "The lender has lost half its value since 2016. Its founder sold on Tuesday, October 16, and his wife on Saturday, October 19.",
            ["October 19"],
            id="one of them right in a year close by",
        ),
    ],
)
def test_a_weekday_that_does_not_fit_the_others(text: str, wrong: list[str]) -> None:
    assert _wrong(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "The trust sold on Monday, March 6, and again on Thursday, March 9. The last sale was on Tuesday, March 14.",
        "The trust sold on Monday, February 26, and again on Monday, March 4.",
        "The founder sold on Tuesday, October 16, and his wife on Thursday, October 19.",
    ],
    ids=["all fit", "a leap year", "nothing tells which"],
)
def test_weekdays_that_may_be_right(text: str) -> None:
    assert not _wrong(text)


_BOUGHT_BACK = "锦泰技术也在回购,截至7月31日已买入约310万股,占1.2%。\n远航股份{}7月24日晚披露,均达电子当日起6个月内增持5000万元到1亿元。"


@pytest.mark.parametrize(
    "text",
    [
        _BOUGHT_BACK.format("则在"),
        "朱锦坤遭公开谴责,○九年八月十日,他在場內賣出合共820萬股。",
    ],
)
def test_days_of_another_company_or_year_are_not_held_against_each_other(text: str) -> None:
    """A report of another company that opens a paragraph; a year of two digits that is not read as one."""
    source = Source(name="x", text=text, plain=text, kind="text")
    report = check_source(source, Asked(on=date(2024, 8, 9)))
    assert not [r for r in report.rulings if r.finding]
