"""Figures as real papers print them: numbers that go on behind 萬, prices in ringgit and sen, bylines, headlines without a currency.

Each text has its figures beside it, as "text = value unit", or none of the kind that is looked for.
"""

from datetime import date

import pytest

from stakeline.checks.figures import dateline, find

ON = date(2024, 10, 30)


def told(text: str) -> str:
    return "; ".join(f"{f.text} = {f.stated()} {f.currency or f.unit}" for f in find(text, on=ON))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("买进217万6000股", "217万6000股 = 2176000 shares"),
        ("買入36萬1500股", "36萬1500股 = 361500 shares"),
        ("耗資28萬7315新元", "28萬7315新元 = 287315 SGD"),
        ("年薪3万6,450美元", "3万6,450美元 = 36450 USD"),
        ("總數12億3456萬7000股", "12億3456萬7000股 = 1234567000 shares"),
        ("回购3万多股", "3万多股 = 30000 shares"),
    ],
)
def test_a_number_goes_on_behind_ten_thousands(text: str, expected: str) -> None:
    assert told(text) == expected


def test_a_lone_letter_counts_shares_beside_shares_or_behind_a_verb_of_holding() -> None:
    assert "18m = 18000000 shares" in told("He cut his holding in the chain from 30m shares to 18m, it said")
    assert "5.5m = 5500000 shares" in told("Ms Ferrand sold at 247p and retains 5.5m.")
    assert "m" not in told("The shaft is from 12m to 18m deep, the seam 2~20m.")


def test_what_stands_apart_from_ten_thousands_is_no_part_of_them() -> None:
    assert "217万6000" not in told("增持217万,6000股由其妻持有")
    assert "4.5万3000" not in told("持有4.5万3000股")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每股作价3令吉42仙", "3令吉42仙 = 3.42 MYR"),
        ("(槟城)每股61.5仙,市值4亿令吉", "61.5仙 = 0.615 MYR; 4亿令吉 = 400000000 MYR"),
        ("吉隆坡上市的公司以每股18仙配股", "18仙 = 0.18 MYR"),
        ("吉隆坡業務佔港元計收入三成,派息18仙", "三成 = 30 pct; 18仙 = 0.18 HKD"),
        ("派發末期息18仙", "18仙 = 0.18 HKD"),
        ("sold at 42.5 sen each", "42.5 sen = 0.425 MYR"),
        ("the notes of Sen Tan", ""),
        ("met 3 sen Tan", ""),
    ],
)
def test_sen(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("占总股本12.45\\%", "12.45\\% = 12.45 pct"),
        ("股价一年涨了30 多倍", "30 多倍 = 30 x"),
        ("利润是当年的400多倍", "400多倍 = 400 x"),
        ("She sold 4,6123,700 shares", "4,6123,700 = 46123700 shares"),
        ("賺得2,4815億日元", "2,4815億日元 = 2481500000000 JPY"),
    ],
)
def test_escaped_signs_and_garbled_groups(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("从2月5日至2月8日连续回购", "2月5日至2月8日 = 2024-02-05/2024-02-08 period"),
        ("从2月5日到5月8日减持", "2月5日 = 2024-02-05 date; 5月8日 = 2024-05-08 date"),
        ("在 3 月 4 日至 6 月 9 日期间", "3 月 4 日至 6 月 9 日 = 2024-03-04/2024-06-09 period"),
        ("从14日至17日有人减持", "14日至17日 = 2024-10-14/2024-10-17 period"),
        ("周一(28 日)减持", "周一(28 日) = 2024-10-28 date"),
        ("8 月 5 日和 9 日出售", "8 月 5 日 = 2024-08-05 date; 9 日 = 2024-08-09 date"),
        ("《財訊社28日專訊》", "28日 = 2024-10-28 date"),
        ("(槟城28日讯)", "28日 = 2024-10-28 date"),
        ("更新于:2024-10-29 08:15", "2024-10-29 = 2024-10-29 date"),
        ("2021年8月他连卖两天,8月21日卖出", "8月21日 = 2021-08-21 date"),
        ("2021年8月他已清仓。8月21日公告", "8月21日 = 2024-08-21 date"),
        ("In November 2016 the founder left, and from November 30 on", "November 30 = 2016-11-30 date"),
        ("In November 2016 the founder left, and on October 3 his son", "October 3 = 2024-10-03 date"),
        ("From March 4 to 8 he bought", "March 4 = 2024-03-04 date; 8 = 2024-03-08 date"),
        ("瑞安远见 1 号持有", ""),
    ],
)
def test_days_of_bylines_and_stretches(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大股東沽藍田科技套2.6億\n藍田科技(8123)的大股東沽股", "2.6億 = 260000000 HKD"),
        ("豪擲4億增持青嶼地產(1999)", "4億 = 400000000 HKD"),
        ("耗資5億再度增持青嶼地產", "5億 = 500000000 HKD"),
        ("市值蒸發近900億,港股下跌", "900億 = 90000000000 HKD"),
        ("港交所文件显示,他掷7亿增持青屿(01999),报12.3港元", "7亿 = 700000000 HKD; 12.3港元 = 12.3 HKD"),
        ("花旗減持5億", "5億 = 500000000 count"),
        ("增持5億股", "5億股 = 500000000 shares"),
    ],
)
def test_bare_money_of_headlines(text: str, expected: str) -> None:
    assert told(text) == expected


def test_marked_anew_for_each_issuer_renminbi_ends_at_the_next() -> None:
    digest = (
        "青嶼地產(01999)收入12億元(人民幣‧下同)。\n藍田科技(08123)遭減持,每股作價0.52元,套現3,100萬元。\n北港機械(03777)"
        "收入45億元(人民幣‧下同)。"
    )
    assert told(digest) == (
        "12億元 = 1200000000 CNY; 0.52元 = 0.52 HKD; 3,100萬元 = 31000000 HKD; 45億元 = 4500000000 CNY"
    )
    once = "青嶼地產(01999)收入12億元(人民幣‧下同)。\n期內毛利3億元。"
    assert told(once) == "12億元 = 1200000000 CNY; 3億元 = 300000000 CNY"


def test_what_repeats_another_currency_is_in_the_paper_s_own() -> None:
    text = "騰訊(0700)年內收益為2,000億日元,約合103億元"
    assert told(text) == "2,000億日元 = 200000000000 JPY; 103億元 = 10300000000 HKD"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestrel paid A$18.2 million for 9.1 million shares, or $2.00 apiece", "A$18.2 million AUD; $2.00 AUD"),
        ("Kestrel paid A$18.2 million ($11.9 million)", "A$18.2 million AUD; $11.9 million USD"),
        ("Kestrel paid HK$18.2 million, or $2.3 million", "HK$18.2 million HKD; $2.3 million USD"),
        (
            "Profit was $12 million against $11 million in the prior corresponding period",
            "$12 million AUD; $11 million AUD",
        ),
        ("TORONTO — The stock closed at $31.20", "$31.20 CAD"),
        (
            "Bought back | shares | paid S$ | price |\nHarbour Trust | 20,000 | $16,200 | $0.81 |",
            "$16,200 SGD; $0.81 SGD",
        ),
    ],
)
def test_the_dollars_of_australia_and_canada(text: str, expected: str) -> None:
    assert "; ".join(f"{f.text} {f.currency}" for f in find(text, on=ON) if f.currency) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Volta's share rose. It delivered 912,345 new energy vehicles", "912,345 = 912345 count"),
        ("The shares fell. It made 2.4 million plug-in hybrid and pure electric cars", "2.4 million = 2400000 count"),
        (
            "Volta's stock rose. It made 912,345 cars and sold 103,204 of them abroad",
            "912,345 = 912345 count; 103,204 = 103204 count",
        ),
        ("It took 2 million shares and sold 103,204 of them", "2 million = 2000000 shares; 103,204 = 103204 shares"),
        ("A director of Harbour Trust bought 200,000 units at S$0.81", "200,000 = 200000 shares; S$0.81 = 0.81 SGD"),
        ("It sold 200,000 units at an average of $8,100", "200,000 = 200000 count; $8,100 = 8100 USD"),
    ],
)
def test_goods_and_units(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Stake cut\nHONG KONG, March 12, 2024 - Pell sold on March 8.", date(2024, 3, 12)),
        ("LONDON, 3 May 2023 (Newswire) -- Pell sold.", date(2023, 5, 3)),
        ("Pell sold on March 12, 2024 - and bought again.", None),
    ],
)
def test_a_line_that_begins_with_place_and_day_dates_the_article(text: str, day: date | None) -> None:
    assert dateline(text) == day


def test_a_percentage_in_words_is_a_figure_in_a_headline_too() -> None:
    assert told("Funds slip under six per cent\nThey sold on Monday.") == "six per cent = 6 pct"
    assert told("青嶼地產升近三成\n股價今日造好。") == "三成 = 30 pct"
    assert told("Sales doubled\nThey rose on Monday.") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her sister bought 64,000 at S$1.27 on the open market.", "64,000 = 64000 shares; S$1.27 = 1.27 SGD"),
        ("Kotak Fund took over 31 lakh (Rs 95 crore).", "31 lakh = 3100000 shares; Rs 95 crore = 950000000 INR"),
        ("Amount purchased: 7,350 @ 88.2p", "7,350 = 7350 shares; 88.2p = 88.2 GBX"),
        ("He sold 420,000 and keeps 8,112,300.", "420,000 = 420000 shares; 8,112,300 = 8112300 shares"),
        ("The carmaker sold 1,204,511 EVs in the half.", "1,204,511 = 1204511 count"),
        ("It went up, with 12.5 million changing hands.", "12.5 million = 12500000 shares"),
        (
            "Tern Hill | 838,000 | $1,349,180 | $1.61",
            "838,000 = 838000 shares; $1,349,180 = 1349180 USD; $1.61 = 1.61 USD",
        ),
        ("The notice shows 3,104,220 voting rights.", "3,104,220 = 3104220 shares"),
        (
            "A director of the REIT's manager took 30,100 units, at $0.71 a unit.",
            "30,100 = 30100 shares; $0.71 = 0.71 USD",
        ),
        ("Translations are at RMB7.21 to US$1.00.", "RMB7.21 = 7.21 x; US$1.00 = 1.00 USD"),
        (
            "Nov. 3 - 512,300 - $1.10 bln",
            "Nov. 3 = 2024-11-03 date; 512,300 = 512300 count; $1.10 bln = 1100000000 USD",
        ),
        ("It fell from HK$6.20 - HK$3.1 billion of it gone", "HK$6.20 = 6.20 HKD; HK$3.1 billion = 3100000000 HKD"),
    ],
)
def test_a_bare_number_beside_a_trade_counts_shares(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("港鋁股東沽貨袋23億\n港鋁(1999)今早急跌。", "23億 = 2300000000 HKD"),
        ("大股東沽23億股\n港鋁(1999)今早急跌。", "23億股 = 2300000000 shares"),
        ("成交12.5万股、96.4万。", "12.5万股 = 125000 shares; 96.4万 = 964000 CNY"),
        ("5日再以約31.25的均價沽出180萬股。", "5日 = 2024-10-05 date; 31.25 = 31.25 HKD; 180萬股 = 1800000 shares"),
    ],
)
def test_money_that_is_printed_without_its_currency(text: str, expected: str) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "currencies"),
    [
        ("嶺南汽車H股收報21.4元；A股收市跌3.1%，報30.2元。", ["HKD", "CNY"]),
        ("港股方面，越港股份(1999.HK)主席以每股0.75港元增持，其后均价介乎0.78元至0.8元。", ["HKD", "HKD", "HKD"]),
        ("越港股份营收12亿元。主席以每股0.75港元增持。", ["CNY", "HKD"]),
        ("北港食品收入41.2億元人民幣，純利1.37億元，股價收報5.2元。", ["CNY", "CNY", "HKD"]),
        ("騰訊(0700)純利5億元。永泰(0369)半年純利4,865萬元。", ["CNY", "HKD"]),
        ("價格介乎61.2元(人民幣．下同)至64元", ["CNY", "CNY"]),
        ("沽空 $2.79亿; 比率6.5% 海洋科技(1999.HK)", ["HKD"]),
    ],
)
def test_whose_yuan_it_is(text: str, currencies: list[str]) -> None:
    assert [f.currency for f in find(text, on=ON) if f.unit == "currency"] == currencies


def test_pledged_lots_are_shares_in_taiwan() -> None:
    assert told("董事長林信宏昨日質押兆安電子12萬張").endswith("12萬張 = 120000000 shares")
