"""Figures of several deals, days, classes and companies in one dense article: what belongs together, and what does not. All sentences are our own."""

from datetime import date

import pytest

from stakeline.checks.claims import claims
from stakeline.checks.figures import read
from stakeline.checks.verdicts import check_claims

ON = date(2024, 5, 20)


def _findings(text: str) -> set[str]:
    article = read(text, on=ON)
    checked = check_claims(text, claims(text, article.figures, on=ON, asides=article.asides), on=ON)
    return {ruling.claim.found.text for ruling in checked.findings}


WRONG = [
    pytest.param(
        "遠潮資本早前減持4,800萬股嵐峰科技，佔總股本的1.6%，持股比例由14.2%下降至13.62%，所持股份由11.75億股減至11.27億股。",
        "1.6%",
        id="the shares traded tell which of three percentages is wrong",
    ),
    pytest.param(
        "两名股东分别减持1,318.42万股、642.77万股，合计1,961.49万股。",
        "1,961.49万股",
        id="a sum of printed figures has nothing to round",
    ),
    pytest.param(
        "Three funds sold 1,204,315, 880,214 and 310,662 shares, in total 2,395,181 shares.",
        "2,395,181",
        id="the same in English",
    ),
    pytest.param(
        "嵐峰科技以每股0.6元配售3,000萬股，較上周五收市價0.74元折讓24.3%。",
        "24.3%",
        id="the price of a placing is not rounded",
    ),
    pytest.param(
        "The placing price of HK$2 is a discount of 22.4% to the last close of HK$2.31.",
        "22.4%",
        id="the same in English",
    ),
    pytest.param(
        "股东周某自2024年4月8日至6月11日止，已减持嵐峰科技300万股。",
        "2024年4月8日至6月11日",
        id="what was done by the end of a stretch that is not over",
    ),
    pytest.param("公司5月11日、13日分别回购20.5万股、18万股。", "5月11日", id="shares bought back on a Saturday"),
    pytest.param(
        "公司5月17日回購100萬股，涉資6,720萬港元，每股61.2港元至59.3港元。",
        "6,720萬港元",
        id="a range that is told from the higher price down",
    ),
    pytest.param(
        "股东周立于5月16日减持120万股，公司5月14日披露上述减持。", "5月14日", id="a report older than its trade"
    ),
]


@pytest.mark.parametrize(("text", "wrong"), WRONG)
def test_what_is_wrong_is_found(text: str, wrong: str) -> None:
    assert _findings(text) == {wrong}


RIGHT = [
    pytest.param(
        "嵐峰科技从5月14日至5月17日连续四日回购。公司5月9日公告表示，去年承诺的回购安排已经完成。",
        id="something said before, in a sentence of its own",
    ),
    pytest.param(
        "據披露：\n（一）5月17日披露，周立5月16日以每股均價3.2元增持嵐峰科技100萬股，約320萬元。\n（二）5月9日披露，何敏5月7日買入遠潮200萬股。",
        id="two items of a list",
    ),
    pytest.param(
        "嵐峰科技：大股东5月13日减持500万股\n2024-05-20 09:41 来源：财经日报\n嵐峰科技5月17日公告称，股东周立减持500万股。",
        id="the day at the head of an article",
    ),
    pytest.param(
        "遠潮資本截至3月底持有嵐峰科技3億股，較去年年底的9億股大減。該基金連續多季沽貨，單在首季再減持1億股。",
        id="one of several trades between two holdings",
    ),
    pytest.param(
        "遠潮資本11月8日減持後持有22.71億股，佔8.74%；至4月11日減持前則有20.46億股，佔8.04%。",
        id="all shares changed between two days",
    ),
    pytest.param(
        "嵐峰科技今年回购1.05亿股，占总股本约1.15%。按授权可回购上限为9.19亿股，已回购5,732万股，占6.24%。",
        id="a percentage of a mandate",
    ),
    pytest.param(
        "遠潮資本連日沽嵐峰科技1,132.7萬股，持股由7.51%降到5.9%，即4,140.75萬股。多次沽出中，只須申報跨越7%及6%兩個整數的成交。",
        id="levels that a holding crossed",
    ),
    pytest.param(
        "公司5月17日回購345.2萬股，涉資1.62億港元，49.75港元至46.05港元。",
        id="a range that is told from the higher price down",
    ),
    pytest.param(
        "遠潮四月下旬花了约4.69亿港元；更早的4月22日，旗下远潮人寿以均价32.0553港元买入1,189.1万股，涉资约3.81亿港元。",
        id="an amount of another day",
    ),
    pytest.param(
        "遠潮間接持股增至77.13億股，比例升至57.06%；截至5月17日收盤，股價4港元/股，市值540.7億港元。",
        id="what the company is worth",
    ),
    pytest.param(
        "嵐峰科技全年注銷8,888萬股。5月17日收報642.00港元，開盤662.00港元，總市值5.88萬億港元。",
        id="a company is not valued by the shares that it cancelled",
    ),
    pytest.param("嵐峰科技低見160.3港元，跌穿去年3月19日低位167.6港元，收報162.1港元。", id="the low of another day"),
    pytest.param(
        "步遠製藥累計回購1,841.46萬股，價格32.18元至23.47元，共約5億元，而上限是20億元。",
        id="the ceiling of a plan",
    ),
    pytest.param(
        "嵐峰科技总股本12亿股，大股东周立持有5.6亿股。\n\n遠潮藥業股东何敏减持150万股，占总股本0.75%，持股由41.25%降至40.50%；遠潮藥業总股本2亿股。",
        id="two companies, each with its own shares",
    ),
    pytest.param("两名股东合计减持约1,961万股，分别为1,318.42万股、642.77万股。", id="a total that is rounded"),
    pytest.param("两名股东分别减持1,318.42万股、642.77万股，合计1,961.19万股。", id="a total that is right"),
    pytest.param("嵐峰科技以每股0.6元配售3,000萬股，較上周五收市價0.74元折讓18.9%。", id="a discount that is right"),
    pytest.param("股东周某拟于2024年4月8日至6月11日减持嵐峰科技300万股。", id="a plan"),
    pytest.param("公司5月14日、15日分别回购20.5万股、18万股。", id="bought back on days of trading"),
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert not _findings(text)


def test_a_holding_that_is_brought_down_is_of_the_company_named_with_it() -> None:
    text = (
        "周氏基金8月卖出远潮电子1,018.91万股,占总股本2.49%。它9月把岚峰科技的持股降到5%以下:卖出259.18万股,占0.358%。"
    )
    assert not _findings(text)


def test_the_day_in_the_head_of_an_article_is_of_no_trade() -> None:
    text = "24 May 2024\nOrla revealed this week that it cut its holding in Dorset on May 16, to 4.94% from 5.06%, according to a filing."
    assert not _findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "The floor price of Rs 72.80 is at a discount of 7.67% over Tuesday's closing price of Rs 78.85.",
        "The price of RM6.56 apiece was at a discount to the RM7.69 to RM7.71 that they fetched on the open market.",
        "In December it placed more than one billion shares at HK$13.70, and then its holder sold out for HK$14.75.",
    ],
)
def test_prices_of_other_matters_refute_nothing(text: str) -> None:
    assert not _findings(text)
