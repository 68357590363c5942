"""The grammar of figures: one rule a line, checked by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline.checks.figures import dateline, find, numbers, read
from stakeline.checks.text import Plain, language, script, sentences

ON = date(2022, 11, 16)

MONEY = """
It paid HK$1.8190 a share | HK$1.8190 | 1.8190 | HKD
It paid HK$57.232 billion in all | HK$57.232 billion | 57232000000 | HKD
a fee of HK $4.5 | HK $4.5 | 4.5 | HKD
a fee of US$ 3.5 m was paid | US$ 3.5 m | 3500000 | USD
a bond of U.S.$250m | U.S.$250m | 250000000 | USD
a fee of 30 US cents | 30 US cents | 0.30 | USD
a fee of 5.1 HK cents | 5.1 HK cents | 0.051 | HKD
a dividend of HK12.5 cents | HK12.5 cents | 0.125 | HKD
a dividend of US¢38.00 | US¢38.00 | 0.3800 | USD
an interim dividend of 14c, in A$ | 14c | 0.14 | AUD
没收违法所得人民币11，078，964.39元，并处罚款 | 人民币11，078，964.39元 | 11078964.39 | CNY
董事会派末期息,每股7.35分 | 7.35分 | 0.0735 | CNY
执行董事许文达脱售股票,闭市报0.455元 | 0.455元 | 0.455 | SGD
Kgomo Mining placed the shares at R86.50 on the JSE | R86.50 | 86.50 | ZAR
去年合併營收2兆1,617.4億元 新台幣 | 2兆1,617.4億元 | 2161740000000 | TWD
a dividend of US4 cents | US4 cents | 0.04 | USD
每股盈利港幣18.05分 | 港幣18.05分 | 0.1805 | HKD
sales of Rmb24.25bn | Rmb24.25bn | 24250000000 | CNY
worth 'north of $300 bil' | $300 bil | 300000000000 | USD
it was worth 250 million Hong Kong dollars | 250 million Hong Kong dollars | 250000000 | HKD
it was worth 2,000 US dollars | 2,000 US dollars | 2000 | USD
it cost $1.2 trillion | $1.2 trillion | 1200000000000 | USD
it cost €62.50 | €62.50 | 62.50 | EUR
it cost 62.5 million euros | 62.5 million euros | 62500000 | EUR
it cost 369p | 369p | 369 | GBX
it cost 1,306 pence | 1,306 pence | 1306 | GBX
it cost £1.35mn | £1.35mn | 1350000 | GBP
it cost ¥4,512 in Tokyo | ¥4,512 | 4512 | JPY
it cost 220 billion yen | 220 billion yen | 220000000000 | JPY
China paid ¥8.88 for it | ¥8.88 | 8.88 | CNY
it cost RMB8.73 billion | RMB8.73 billion | 8730000000 | CNY
it cost CNY 1.2bn | CNY 1.2bn | 1200000000 | CNY
it cost 1.415 billion yuan | 1.415 billion yuan | 1415000000 | CNY
Chinese buyers paid, Japan's builder said in Tokyo, ¥3,120 | ¥3,120 | 3120 | JPY
mine (ABX.B-T) at a price of $4.20 | $4.20 | 4.20 | CAD
報0﹒38元 | 0﹒38元 | 0.38 | HKD
對中國2000億美元的商品 | 2000億美元 | 200000000000 | USD
it cost NT$812 | NT$812 | 812 | TWD
a block of P11.7 billion, said the exchange in Manila | P11.7 billion | 11700000000 | PHP
it raised 2.7 billion $HK in all | 2.7 billion $HK | 2700000000 | HKD
it was paid 18 fen a share | 18 fen | 0.18 | CNY
TSMC ended at T$480 | T$480 | 480 | TWD
it cost S$2.41 | S$2.41 | 2.41 | SGD
it cost A$14.60 | A$14.60 | 14.60 | AUD
it cost C$9.1 billion | C$9.1 billion | 9100000000 | CAD
it cost Rs 1,043 crore | Rs 1,043 crore | 10430000000 | INR
it cost Rs. 85.16 lakh | Rs. 85.16 lakh | 8516000 | INR
it cost ₹17 lakh crore | ₹17 lakh crore | 17000000000000 | INR
it cost Rs 250.8 cr | Rs 250.8 cr | 2508000000 | INR
it cost 150,000 won | 150,000 won | 150000 | KRW
Tokyo's brewer offers Y2,460 each | Y2,460 | 2460 | JPY
it raised W1.9 trillion | W1.9 trillion | 1900000000000 | KRW
a 31.5 billion-pound rescue | 31.5 billion-pound | 31500000000 | GBP
a fund of Bt4.2 billion | Bt4.2 billion | 4200000000 | THB
the fund of Sg$140 billion | Sg$140 billion | 140000000000 | SGD
on the market at half a sen | half a sen | 0.005 | MYR
每股虧損73.15日圓 | 73.15日圓 | 73.15 | JPY
上限52,700仟元，集中市場買回，證交所公告 | 52,700仟元 | 52700000 | TWD
Bank with US$ accounts in Hong Kong. A $5.2 billion loan | $5.2 billion | 5200000000 | USD
it cost RM4.2 million | RM4.2 million | 4200000 | MYR
it cost 12 million Swiss francs | 12 million Swiss francs | 12000000 | CHF
it cost 4.5 million Swedish kronor | 4.5 million Swedish kronor | 4500000 | SEK
it cost half a billion dollars | half a billion dollars | 500000000 | USD
it cost two hundred million yuan | two hundred million yuan | 200000000 | CNY
the US$5-billion fund | US$5-billion | 5000000000 | USD
the stock fell to $6,04 | $6,04 | 6.04 | USD
涉资人民币8.73亿元 | 人民币8.73亿元 | 873000000 | CNY
涉资8.73亿元人民币 | 8.73亿元人民币 | 873000000 | CNY
作价12.8港元 | 12.8港元 | 12.8 | HKD
作價港幣1,200萬元 | 港幣1,200萬元 | 12000000 | HKD
約1,720萬美元 | 1,720萬美元 | 17200000 | USD
斥資三十億四千八百萬元購買 | 三十億四千八百萬元 | 3048000000 | HKD
成交额1.02万亿元 | 1.02万亿元 | 1020000000000 | CNY
市值20兆日圓 | 20兆日圓 | 20000000000000 | JPY
派息每股20港仙 | 20港仙 | 0.20 | HKD
回購3億4800萬元 | 3億4800萬元 | 348000000 | HKD
it cost 62,50 euros | 62,50 euros | 62.50 | EUR
it cost €1,1 billion | €1,1 billion | 1100000000 | EUR
套現3.2億,離場 | 3.2億 | 320000000 | HKD
revenue of 3.8 billion yuan | 3.8 billion yuan | 3800000000 | CNY
回购2.5千万元 | 2.5千万元 | 25000000 | CNY
买入逾两亿元 | 两亿元 | 200000000 | CNY
"""

OTHERS = """
80 million shares | 80 million | 80000000 | shares
45.091 million Lerado Financial shares | 45.091 million | 45091000 | shares
1,62,71,260 Coforge shares | 1,62,71,260 | 16271260 | shares
80 million of its Class B shares | 80 million | 80000000 | shares
a block of 500k shares | 500k | 500000 | shares
2.44 crore Indegene shares | 2.44 crore | 24400000 | shares
it sold 5,000,000 US shares | 5,000,000 | 5000000 | shares
60.1 million American depositary shares | 60.1 million | 60100000 | shares
4,792.5萬股 | 4,792.5萬股 | 47925000 | shares
賣出五千萬股 | 五千萬股 | 50000000 | shares
3,200万份ADS | 3,200万份ADS | 32000000 | shares
1 ,200 shares | 1 ,200 | 1200 | shares
rose 14.3% | 14.3% | 14.3 | pct
rose 264 .9% | 264 .9% | 264.9 | pct
rose 5 per cent | 5 per cent | 5 | pct
a 5-percent stake | 5-percent | 5 | pct
rose 12pc | 12pc | 12 | pct
rose ten percent | ten percent | 10 | pct
百分之五 | 百分之五 | 5 | pct
升近三成 | 三成 | 30 | pct
跌三成三至 | 三成三 | 33 | pct
升两成半 | 两成半 | 25 | pct
占三分之一 | 三分之一 | 33.3333 | pct
占一半 | 一半 | 50 | pct
two thirds of its revenue | two thirds | 66.6667 | pct
sold half its stake | half | 50 | pct
cut by half | half | 50 | pct
sales doubled | doubled | 100 | pct
sales tripled | tripled | 200 | pct
收入翻倍 | 翻倍 | 100 | pct
收入翻两番 | 翻两番 | 300 | pct
up 2.3 percentage points | 2.3 percentage points | 2.3 | pp
up 2.3 ppts | 2.3 ppts | 2.3 | pp
up 25 basis points | 25 basis points | 0.25 | pp
up 120 bps | 120 bps | 1.20 | pp
提高3.37个百分点 | 3.37个百分点 | 3.37 | pp
增加0.5個百分點 | 0.5個百分點 | 0.5 | pp
grew threefold | threefold | 3 | x
rose 2.5 times | 2.5 times | 2.5 | x
leverage of 1.8x | 1.8x | 1.8 | x
增长约3倍 | 3倍 | 3 | x
($1 = 6.8750 yuan) | 6.8750 yuan | 6.8750 | x
1美元=7.8港元 | 7.8港元 | 7.8 | x
at 7.83 Hong Kong dollars to the dollar | 7.83 Hong Kong dollars | 7.83 | x
it runs 1,300 stores | 1,300 | 1300 | count
on November 8 | November 8 | 2022-11-08 | date
on May 28th | May 28th | 2022-05-28 | date
on 8 November 2021 | 8 November 2021 | 2021-11-08 | date
on December 30, 2021 | December 30, 2021 | 2021-12-30 | date
on 2022/11/8 | 2022/11/8 | 2022-11-08 | date
于12月5日 | 12月5日 | 2022-12-05 | date
于去年12月5日 | 去年12月5日 | 2021-12-05 | date
於二零二二年五月三日 | 二零二二年五月三日 | 2022-05-03 | date
於本月10日 | 本月10日 | 2022-11-10 | date
一一一年六月廿一日 | 一一一年六月廿一日 | 2022-06-21 | date
民國111年6月2日 | 民國111年6月2日 | 2022-06-02 | date
filed on December 4 to 8. | December 4 to 8 | 2022-12-04/2022-12-08 | period
泛海科技今(8)日公布 | 8 | 2022-11-08 | date
董事會111/07/19決議 | 111/07/19 | 2022-07-19 | date
買回期間111/07/20~111/09/19 | 111/07/20~111/09/19 | 2022-07-20/2022-09-19 | period
回購期由2022年8月24日至2023年10月25日 | 2022年8月24日至2023年10月25日 | 2022-08-24/2023-10-25 | period
自2022年5月29日起至11月28日 | 2022年5月29日起至11月28日 | 2022-05-29/2022-11-28 | period
sold on the 12th, it said | 12th | 2022-11-12 | date
the plan under Rule 10b5-1 of 03/02/2022 | 03/02/2022 | 2022-03-02 | date
sold on the 22nd of last month | 22nd of last month | 2022-10-22 | date
It sold 789 600 ordinary shares | 789 600 | 789600 | shares
sold 192,75,003 shares | 192,75,003 | 19275003 | shares
sold 2.1 million Harbour Lime (HKG:9801) shares | 2.1 million | 2100000 | shares
$匯豐控股 (00005.HK)$410.64萬股 | 410.64萬股 | 4106400 | shares
累計處分股數三千一百五十萬股 | 三千一百五十萬股 | 31500000 | shares
增持300万股公司股份 | 300万股 | 3000000 | shares
上周四(10日) | 上周四(10日) | 2022-11-10 | date
July 17-22 | July 17-22 | 2022-07-17/2022-07-22 | period
first half of 2022 | first half of 2022 | 2022-01-01/2022-06-30 | period
first half of the year | first half of the year | 2022-01-01/2022-06-30 | period
H1 2022 | H1 2022 | 2022-01-01/2022-06-30 | period
1H22 | 1H22 | 2022-01-01/2022-06-30 | period
3Q22 | 3Q22 | 2022-07-01/2022-09-30 | period
FY24Q3 | FY24Q3 | FY24Q3 | period
at the end of Q3FY23 | Q3FY23 | FY23Q3 | period
in FY22-23 | FY22-23 | FY23 | period
on 01.11.2022 | 01.11.2022 | 2022-11-01 | date
11月8-10日 | 11月8-10日 | 2022-11-08/2022-11-10 | period
Q1 FY25 | Q1 FY25 | FY25Q1 | period
the year ended 31 March 2022 | 31 March 2022 | 2022-03-31 | date
nine months to September 30, 2022 | September 30, 2022 | 2022-09-30 | date
2022年上半年 | 2022年上半年 | 2022-01-01/2022-06-30 | period
2022年第三季度 | 2022年第三季度 | 2022-07-01/2022-09-30 | period
2023年4月26日至5月16日 | 2023年4月26日至5月16日 | 2023-04-26/2023-05-16 | period
截至2022年6月30日止六個月 | 2022年6月30日 | 2022-06-30 | date
"""

NOTHING = """
Tencent (0700.HK) and Alibaba (9988) rose; 600519.SH and HKEX: 0020 did not, nor (700 HK) or (0700HK)
商湯(00020)、贵州茅台(600519.SH)、股份代號:9988
the third largest holder, No. 1 in the list of the Top 10, ranked 3rd
第三大股东,前10大股东,第3名
its 5G network, the Model 3, a Boeing 737, the K9, an F-16 and COVID-19
published 10:30 am, updated at 4 p.m.; call +852 2345 6789
see page 12, section 341, Form 4, Rule 13.09, Chapter 11
for 12 years and 3 months, over 10 trading days, aged 58
Mr Lee, 65, said so on Thursday, in June, last year and in 2021
a quarter of a million, half the year, half the time
两家公司,三个月,15个交易日,十年,先后3次,几百万股,每股1角2仙
上半年,去年同期,今年,第三季度
see https://example.org/2022/11/3,000-shares-5% for more
她连发两份关于减持的公告,15股被宣布减持,另有4度增持
a 10-for-1 split and a 1:4 rights issue
Two funds, five days later, one share one vote
三一重工,九毛九,百度,万科,千方科技,一般,一成不变
"""


def lines(table: str) -> list[str]:
    return [line for line in table.strip().split("\n") if line]


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split(" | ")] for line in lines(table)]


@pytest.mark.parametrize(("text", "span", "value", "currency"), rows(MONEY))
def test_money(text: str, span: str, value: str, currency: str) -> None:
    assert [(f.text, f.stated(), f.unit, f.currency) for f in find(text, on=ON)] == [
        (span, value, "currency", currency)
    ]


@pytest.mark.parametrize(("text", "span", "value", "unit"), rows(OTHERS))
def test_other_figures(text: str, span: str, value: str, unit: str) -> None:
    assert [(f.text, f.stated(), f.unit) for f in find(text, on=ON)] == [(span, value, unit)]


@pytest.mark.parametrize("text", lines(NOTHING))
def test_digits_that_are_no_figure(text: str) -> None:
    assert find(text, on=ON) == ()


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("about 5%", "about"),
        ("some 17%", "about"),
        ("more than 5%", "over"),
        ("at least US$5 million", "over"),
        ("no less than Rs 580", "over"),
        ("nearly 5%", "under"),
        ("below 6%", "under"),
        ("up to HK$4", "upto"),
        ("as much as 5%", "upto"),
        ("5% or so", "about"),
        ("rose 5%", None),
        ("約3.24%", "about"),
        ("逾5億元", "over"),
        ("近5亿元", "under"),
        ("不超过5亿元", "upto"),
        ("不超5720万股", "upto"),
        ("30多億元", "over"),
        ("不足1%", "under"),
        ("5%以上", "over"),
        ("约合每股19.99元", "about"),
    ],
)
def test_the_word_that_qualifies(text: str, approx: str | None) -> None:
    assert [f.approx for f in find(text, on=ON)] == [approx]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("8.74%", "0.005"),
        ("HK$57.232 billion", "500000"),
        ("80 million shares", "500000"),
        ("1,358.1萬股", "500"),
        ("5 basis points", "0.005"),
    ],
)
def test_half_a_unit_of_the_last_digit(text: str, half: str) -> None:
    assert [f.half for f in find(text, on=ON)] == [Decimal(half)]


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("It paid HK$7.8 ($1).", ["HKD", "USD"]),
        ("It paid $7.8 (US$1) on the SGX.", ["SGD", "USD"]),
        ("It paid $7.8, its ASX price.", ["AUD"]),
        ("It paid HK$7.8 or US$1 in Hong Kong, $1 less than asked.", ["HKD", "USD", "USD"]),
        ("It paid $7.8 in Hong Kong.", ["USD"]),
        ("香港寬頻升至9.1元", ["HKD"]),
        ("深交所公告,升至9.1元", ["CNY"]),
        ("商湯股價升至1.8元,收入38.09億元", ["HKD", "CNY"]),
        ("(人民幣,下同)香港上市的集團收入38.09億元", ["CNY"]),
        ("台積電收盤價750元", ["TWD"]),
        ("臺灣港務的持股收盤價82元", ["TWD"]),
        ("新地(00016)沽空$1.08百萬", ["HKD"]),
        ("邮储行(01658)报4.15元,成交2.4亿元", ["HKD", "HKD"]),
        ("邮储行(601658)报4.15元", ["CNY"]),
        ("智行(01070.HK)平均价每股0.49元,涉资885万港元,收入3亿元", ["HKD", "HKD", "CNY"]),
        ("港股現報36.6元,上季收入1,131億元(人民幣,下同),淨利潤113億元", ["HKD", "CNY", "CNY"]),
        ("The fund in Singapore paid US$3.5 billion ($4.8 billion).", ["USD", "SGD"]),
        ("It raised its fully franked dividend to 6.1 cents on profit of $352 million.", ["AUD", "AUD"]),
        ("He sold them for $US1.8 billion.", ["USD"]),
    ],
)
def test_bare_signs_by_context(text: str, currencies: list[str]) -> None:
    assert [f.currency for f in find(text, on=ON)] == currencies


def test_a_known_home_currency_decides() -> None:
    assert [f.currency for f in find("收入38.09億元", currency="CNY")] == ["CNY"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US$208-212", [("208", "USD", "low"), ("212", "USD", "high")]),
        ("between 3 and 5 million yuan", [("3000000", "CNY", "low"), ("5000000", "CNY", "high")]),
        ("between $29.19 and $29.28", [("29.19", "USD", "low"), ("29.28", "USD", "high")]),
        ("US$3-5 million", [("3000000", "USD", "low"), ("5000000", "USD", "high")]),
        ("82.5-83 Singapore cents", [("0.825", "SGD", "low"), ("0.83", "SGD", "high")]),
        ("US$1.5bn-US$2bn", [("1500000000", "USD", "low"), ("2000000000", "USD", "high")]),
        ("from 20.49% to 19.92%", [("20.49", None, None), ("19.92", None, None)]),
        ("reduced by 33% to 932 million shares", [("33", None, None), ("932000000", None, None)]),
        ("在334.26元与387.71元之间", [("334.26", "CNY", "low"), ("387.71", "CNY", "high")]),
        ("climbed 2.6p to 63.7p", [("2.6", "GBX", None), ("63.7", "GBX", None)]),
        ("認購額6200萬、1770萬及550萬元", [(v, "HKD", None) for v in ("62000000", "17700000", "5500000")]),
        ("港幣0.40/0.50/0.61", [(v, "HKD", None) for v in ("0.40", "0.50", "0.61")]),
        ("招股價介乎8.8至9.6元", [("8.8", "HKD", "low"), ("9.6", "HKD", "high")]),
    ],
)
def test_ranges(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(f.stated(), f.currency, f.bound) for f in find(text, on=ON)] == expected


def test_brackets_and_nouns_and_sentences() -> None:
    found = find(
        "It sold 80 million Class B shares for HK$145.5 million (about US$18.6 million). It keeps 8.74%.", on=ON
    )
    assert [f.bracket for f in found] == [False, False, True, False]
    assert [f.noun for f in found] == ["Class B shares", None, None, None]
    assert [f.sentence for f in found] == [1, 1, 1, 2]


def test_points_written_as_percent() -> None:
    found = find("Its share reached 10.23%, up 0.49% from 9.74% in March, and sales rose 3.1%.", on=ON)
    assert [f.unit for f in found] == ["pct", "pp", "pct", "pct"]


def test_days_that_only_say_when_are_asides() -> None:
    article = read("On Thursday it sold 5%, after 3% in June and 2% in 2021; 昨日,去年同期。", on=ON)
    assert [f.text for f in article.figures] == ["5%", "3%", "2%"]
    assert [(f.text, f.stated()) for f in article.asides] == [
        ("Thursday", "2022-11-10"),
        ("June", "2022-06-01/2022-06-30"),
        ("2021", "2021-01-01/2021-12-31"),
        ("昨日", "2022-11-15"),
        ("去年同期", "2020-01-01/2020-12-31"),
    ]


def test_same_period_refers_to_the_period_told() -> None:
    found = find(
        "In the first half of 2022 it lost 3 million yuan, and 2 million yuan in the same period last year.", on=ON
    )
    assert [f.period for f in found if f.unit == "period"] == ["2022H1", "2021H1"]


def test_same_period_of_a_named_year_is_of_that_year() -> None:
    found = read("Sales rose in the first quarter of 2022, more than in the same period in 2019.", on=ON)
    told = [f.period for f in (*found.figures, *found.asides)]
    assert told == ["2022Q1", "2019Q1"]


def test_what_counts_companies_is_no_number_of_shares() -> None:
    found = find("Some 13 companies completed share offerings in 50 stocks after a 2,000 point rally.", on=ON)
    assert {f.unit for f in found} == {"count"}


def test_days_without_a_year_need_the_article_s_day() -> None:
    assert [(f.text, f.day) for f in find("sold on June 19")] == [("June 19", None)]
    assert [f.day for f in find("sold on January 4", on=date(2016, 12, 30))] == [date(2017, 1, 4)]
    assert [f.day for f in find("sold on June 30, 2021 and July 2", on=ON)] == [date(2021, 6, 30), date(2021, 7, 2)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("於2023 年 12 月 28 日買入", [date(2023, 12, 28)]),
        ("該股連升2日,見1.2元", []),
        ("股價10點過後回落", []),
        ("From December 30 to 31 it bought back shares", [date(2022, 12, 30), date(2022, 12, 31)]),
    ],
)
def test_days_and_what_only_looks_like_them(text: str, days: list[date]) -> None:
    assert [f.day for f in find(text, on=ON) if f.unit in {"date", "count"}] == days


def test_a_month_s_short_name_may_be_a_person_s() -> None:
    assert read("Lei Jun holds 2.07 billion shares. Jan Koum has 5%, Mr Jun Li 3%.", on=ON).asides == ()
    assert [a.period for a in read("Sales in Jun rose 5%.", on=ON).asides] == ["2022-06"]


def test_a_day_in_no_calendar_is_a_figure_without_a_day() -> None:
    for text in ("sold on June 31", "sold on February 29, 2025", "于4月31日卖出", "2025年2月29日"):
        assert [(f.unit, f.day) for f in find(text, on=ON)] == [("date", None)], text
    assert find("sold on June 35", on=ON) == ()


def test_the_dateline_gives_the_day() -> None:
    text = "Holder sells\nHONG KONG, Nov 16, 2022 (Reuters) - It sold 5% on November 8."
    assert dateline(text) == ON
    assert [(f.text, f.stated()) for f in find(text)] == [
        ("Nov 16, 2022", "2022-11-16"), ("5%", "5"), ("November 8", "2022-11-08"),
    ]  # fmt: skip
    assert dateline("It sold 5% on November 8, 2022, to a fund.") is None


def test_a_headline_s_words_are_asides() -> None:
    article = read("Loss doubles to HK$3 million as sales halved\nThe loss doubled to HK$3 million.", on=ON)
    assert [f.text for f in article.figures] == ["HK$3 million", "doubled", "HK$3 million"]


def test_invisible_characters_do_not_move_offsets() -> None:
    text = "\u202eIt paid HK$\u200b1.\u200b819 a share\u202c"
    (found,) = find(text, on=ON)
    assert (found.text, found.value, text[found.start : found.end]) == (
        "HK$\u200b1.\u200b819",
        Decimal("1.819"),
        found.text,
    )


def test_sentences() -> None:
    text = "Mr. Lee of Acme Corp. sold 5.5% on Jan. 4. It cost U.S. $3. 他卖出5%。股价下跌!\nEnd"
    assert [text[a:b] for a, b in sentences(text)] == [
        "Mr. Lee of Acme Corp. sold 5.5% on Jan. 4.", "It cost U.S. $3.", "他卖出5%。", "股价下跌!", "End",
    ]  # fmt: skip


def test_language_and_script() -> None:
    assert [language(t) for t in ("It sold", "商湯 Group", "商湯科技 AI")] == ["en", "zh", "zh"]
    assert [script(t) for t in ("減持萬股", "减持万股", "ABC")] == ["Hant", "Hans", None]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三十億四千八百萬", 3048000000),
        ("两千五", 2500),
        ("十", 10),
        ("一億二", 120000000),
        ("三千零五", 3005),
        ("一百零三", 103),
        ("二〇二二", 2022),
        ("五千", 5000),
    ],
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    read_ = numbers.han(numeral)
    assert read_ is not None
    assert read_[0] == value


# ---------------------------------------------------------------------------------------------------------------------
# Properties


def _indian(value: int) -> str:
    digits = str(value)
    head, tail = digits[:-3], digits[-3:]
    pairs: list[str] = []
    while len(head) > 2:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*([head] if head else []), *pairs, tail])


STYLES: dict[str, Callable[[int], tuple[str, str | None]]] = {
    "HK$ and commas": lambda n: (f"HK${n:,}", "HKD"),
    "code": lambda n: (f"USD{n}", "USD"),
    "code and blank": lambda n: (f"RMB {n:,}", "CNY"),
    "behind": lambda n: (f"{n:,} yuan", "CNY"),
    "Indian": lambda n: (f"Rs {_indian(n)}", "INR"),
    "million": lambda n: (f"£{Decimal(n) / 10**6:f} million", "GBP"),
    "bn": lambda n: (f"€{Decimal(n) / 10**9:f}bn", "EUR"),
    "crore": lambda n: (f"₹{Decimal(n) / 10**7:f} crore", "INR"),
    "萬": lambda n: (f"{Decimal(n) / 10**4:f}萬港元", "HKD"),
    "亿": lambda n: (f"{Decimal(n) / 10**8:f}亿美元", "USD"),
    "shares": lambda n: (f"{n:,}股", None),
}


@given(
    st.integers(1001, 10**12),
    st.sampled_from(sorted(STYLES)),
    st.sampled_from(["It paid {} for it.", "共{},其中", "({})"]),
)
def test_a_number_written_in_any_style_is_found_again(number: int, style: str, around: str) -> None:
    written, currency = STYLES[style](number)
    text = around.format(written)
    found = [f for f in find(text, on=ON) if f.unit in {"currency", "shares"}]
    assert [(f.text, f.value, f.currency) for f in found] == [(written, number, currency)]


PIECES = st.sampled_from(
    ["HK$", "US$", "$", "5", "1,2", "34.5", "%", " million", "亿", "萬", "元", "股", " to ", "-", "至", " ", ".", ",", "(", ")", "\n", "June ", "5月", "3日",
     "2022", "年", "from ", "half", "三", "成", "倍", "doubled", "two ", "thirds of its ", "between ", " and ", "shares", "\u202e", "\u200b", "Q3 ", "约", "x", "0"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_offsets_order_and_overlap(text: str) -> None:
    article = read(text, on=ON)
    both = sorted([*article.figures, *article.asides], key=lambda f: f.start)
    assert all(text[f.start : f.end] == f.text and f.text for f in both)
    assert all(a.end <= b.start for a, b in pairwise(both))
    assert all(f.value is None or (f.value.is_finite() and f.value >= 0) for f in both)
    assert all((f.value is None) == (f.unit in {"date", "period"}) for f in both)
    assert list(article.figures) == sorted(article.figures, key=lambda f: f.start)
    assert article == read(text, on=ON)


@given(st.text(alphabet=st.sampled_from("abc defg,.;()持股公司减出买的\n"), max_size=200))
def test_no_digits_and_no_number_words_no_figure(text: str) -> None:
    assert find(text, on=ON) == ()


@given(st.text(max_size=100))
def test_plain_text_leads_back(text: str) -> None:
    plain = Plain(text)
    for at in range(len(plain.text)):
        start, end = plain.origin(at, at + 1)
        assert end == start + 1
