"""Sentences as papers write them, in our own wording with made-up facts, and every figure that a reader would take from each.

A figure is "span = value unit"; money is "value ISO". The lists are whole: a figure too many fails like one too few.
"""

from datetime import date

import pytest

from stakeline.checks.figures import find

ENGLISH = {
    "the head of a line": (
        "2022-05-03",
        "Chief of Alpha Corp sells shares\n5,000 shares were sold at $3.20",
        "5,000 = 5000 shares; $3.20 = 3.20 USD",
    ),
    "lines of one width": (
        "2022-05-03",
        "The agency on Tuesday sold its 7 percent stake in the lender for 866\n"
        "billion won through a block sale, a step to win back the public money\n"
        "that it put into the bank, and its holding went to 66 percent from 73\n"
        "percent, the agency said.",
        "7 percent = 7 pct; 866\nbillion won = 866000000000 KRW; 66 percent = 66 pct; 73\npercent = 73 pct",
    ),
    "how often": (
        "2022-05-03",
        "Trades soared about six times, shares rose by about two-thirds until March 31 next year, and the number of active users "
        "climbed to 1.24 billion; he sold 10181 Ordinary Shares, and the ratio for last week dropped to 14.31.",
        "six times = 6 x; two-thirds = 66.6667 pct; March 31 = 2023-03-31 date; 1.24 billion = 1240000000 count; 10181 = 10181 shares; 14.31 = 14.31 x",
    ),
    "reuters: a sale": (
        "2023-05-18",
        "HONG KONG, May 18 (Reuters) - Harbour Crest Ltd has cut its stake in Orchid Pharma to 4.97% from 5.21% by selling 12.4 million H shares "
        "at an average of HK$8.35 apiece, a filing with the Hong Kong stock exchange showed. ($1 = 7.8234 Hong Kong dollars)",
        "May 18 = 2023-05-18 date; 4.97% = 4.97 pct; 5.21% = 5.21 pct; 12.4 million = 12400000 shares; HK$8.35 = 8.35 HKD; 7.8234 Hong Kong dollars = 7.8234 x",
    ),
    "reuters: results": (
        "2022-08-24",
        "Net profit at Lantau Motors (0917.HK) more than doubled to 3.21 billion yuan ($470 million) for the six months ended June 30, beating a consensus of 2.8 billion yuan. "
        "Revenue rose 37.5% to 41.6 billion yuan, and gross margin widened by 2.3 percentage points to 18.9%.",
        "doubled = 100 pct; 3.21 billion yuan = 3210000000 CNY; $470 million = 470000000 USD; June 30 = 2022-06-30 date; "
        "2.8 billion yuan = 2800000000 CNY; 37.5% = 37.5 pct; 41.6 billion yuan = 41600000000 CNY; 2.3 percentage points = 2.3 pp; 18.9% = 18.9 pct",
    ),
    "bloomberg: a range": (
        "2024-03-06",
        "The fund is offering about 65 million shares in the chip designer at NT$812-826 each, a discount of as much as 5.8% to Wednesday's close, "
        "according to terms seen by reporters. That would raise as much as NT$53.7 billion ($1.7 billion).",
        "65 million = 65000000 shares; NT$812 = 812 TWD; 826 = 826 TWD; 5.8% = 5.8 pct; NT$53.7 billion = 53700000000 TWD; $1.7 billion = 1700000000 USD",
    ),
    "bloomberg: buyback": (
        "2024-02-07",
        "Its board approved a buyback of up to $25 billion through March 2027, on top of the $9.5 billion spent on 897.9 million ordinary shares, or 113 million ADSs, in the year ended December 31, 2023.",
        "$25 billion = 25000000000 USD; $9.5 billion = 9500000000 USD; 897.9 million = 897900000 shares; 113 million = 113000000 shares; "
        "December 31, 2023 = 2023-12-31 date",
    ),
    "scmp": (
        "2023-11-02",
        "Shares of the Hangzhou-based company fell 3.4 per cent to close at HK$80.65 on Thursday, wiping HK$57 billion (US$7.3 billion) off its market value. "
        "The stock has lost a third of its value since January, when it traded at HK$121.",
        "3.4 per cent = 3.4 pct; HK$80.65 = 80.65 HKD; HK$57 billion = 57000000000 HKD; US$7.3 billion = 7300000000 USD; a third = 33.3333 pct; HK$121 = 121 HKD",
    ),
    "scmp: two parties": (
        "2022-09-01",
        "The tycoon and his wife bought 1.2 million and 350,000 shares at HK$13.86 and HK$13.9, lifting their interests to 52.04 per cent and 0.31 per cent respectively.",
        "1.2 million = 1200000 shares; 350,000 = 350000 shares; HK$13.86 = 13.86 HKD; HK$13.9 = 13.9 HKD; 52.04 per cent = 52.04 pct; 0.31 per cent = 0.31 pct",
    ),
    "caixin english": (
        "2023-08-30",
        "The lender's first-half net profit dropped 8.1% year-on-year to 98.3 billion yuan, while its bad loan ratio edged down 5 basis points to 1.34%. "
        "Third-quarter guidance was withdrawn.",
        "8.1% = 8.1 pct; 98.3 billion yuan = 98300000000 CNY; 5 basis points = 0.05 pp; 1.34% = 1.34 pct",
    ),
    "ft": (
        "2022-06-10",
        "The private equity group sold 41mn shares, equal to 3.2 per cent of the retailer, at 412p on Thursday, raising £168.9mn. It remains the second-largest holder with 7.6 per cent. "
        "The shares slipped 4.1 per cent to 405p.",
        "41mn = 41000000 shares; 3.2 per cent = 3.2 pct; 412p = 412 GBX; £168.9mn = 168900000 GBP; 7.6 per cent = 7.6 pct; 4.1 per cent = 4.1 pct; 405p = 405 GBX",
    ),
    "ft: euros": (
        "2023-03-14",
        "The family holding paid €1.1bn, or €62.50 a share, for the 4.4 per cent it did not own, a premium of 27 per cent; net debt stood at 2.5 times earnings.",
        "€1.1bn = 1100000000 EUR; €62.50 = 62.50 EUR; 4.4 per cent = 4.4 pct; 27 per cent = 27 pct; 2.5 times = 2.5 x",
    ),
    "economic times": (
        "2023-06-21",
        "Promoter entity Sagar Ventures offloaded 3,36,19,805 shares or 2.1 per cent of the lender for Rs 1,205.4 crore through bulk deals on the NSE on Tuesday. "
        "The shares were sold at an average price of Rs 358.55 apiece, while a mutual fund picked up 1.05 crore shares for Rs 376.48 crore.",
        "3,36,19,805 = 33619805 shares; 2.1 per cent = 2.1 pct; Rs 1,205.4 crore = 12054000000 INR; Rs 358.55 = 358.55 INR; 1.05 crore = 10500000 shares; "
        "Rs 376.48 crore = 3764800000 INR",
    ),
    "economic times: lakh crore": (
        "2024-07-30",
        "The Ahmedabad-based group's market cap crossed ₹17 lakh crore, and its flagship gained 2.75 per cent to ₹3,091.05 on the BSE. Consolidated PAT rose 116% to ₹1,454 crore in Q1 FY25.",
        "₹17 lakh crore = 17000000000000 INR; 2.75 per cent = 2.75 pct; ₹3,091.05 = 3091.05 INR; 116% = 116 pct; ₹1,454 crore = 14540000000 INR; Q1 FY25 = FY25Q1 period",
    ),
    "nikkei": (
        "2023-04-12",
        "The American investor lifted its interest in each of the five trading houses to 7.4%, spending roughly 1.3 trillion yen ($9.7 billion); ¥4,512 was the close in Tokyo.",
        "7.4% = 7.4 pct; 1.3 trillion yen = 1300000000000 JPY; $9.7 billion = 9700000000 USD; ¥4,512 = 4512 JPY",
    ),
    "korea": (
        "2024-01-11",
        "The three heirs sold 29.8 million shares of the chipmaker for 2.17 trillion won in an overnight block at 72,716 won a share, a 1.2 percent discount.",
        "29.8 million = 29800000 shares; 2.17 trillion won = 2170000000000 KRW; 72,716 won = 72716 KRW; 1.2 percent = 1.2 pct",
    ),
    "singapore": (
        "2022-03-03",
        "The state investor's arm trimmed its deemed interest in the telco from 51.44 per cent to 50.12 per cent, placing 218 million shares at S$2.41 each for S$525.4 million (US$387 million).",
        "51.44 per cent = 51.44 pct; 50.12 per cent = 50.12 pct; 218 million = 218000000 shares; S$2.41 = 2.41 SGD; S$525.4 million = 525400000 SGD; US$387 million = 387000000 USD",
    ),
    "singapore, bare dollars": (
        "2023-01-20",
        "Singapore Post's chairman acquired 50,000 shares on the open market at 53.5 cents each on Jan 17. The buy cost him $26,750.",
        "50,000 = 50000 shares; 53.5 cents = 0.535 SGD; Jan 17 = 2023-01-17 date; $26,750 = 26750 SGD",
    ),
    "australia": (
        "2023-09-05",
        "Shares in the ASX-listed miner sank 9.2 per cent to $14.35 after its founder sold 8 million shares at A$14.60, pocketing $116.8 million.",
        "9.2 per cent = 9.2 pct; $14.35 = 14.35 AUD; 8 million = 8000000 shares; A$14.60 = 14.60 AUD; $116.8 million = 116800000 AUD",
    ),
    "us insider": (
        "2024-05-31",
        "Chief executive Dana Whitfield sold 21,004 shares of the stock in a transaction on Wednesday, May 29th. The stock was sold at an average price of $112.40, for a total value of $2,360,849.60. "
        "Following the sale, the executive now owns 310,227 shares in the company, valued at $34,869,514.80. The company has a market cap of $12.31 billion, a P/E ratio of 35.2 and a 52-week high of $131.17.",
        "21,004 = 21004 shares; May 29th = 2024-05-29 date; $112.40 = 112.40 USD; $2,360,849.60 = 2360849.60 USD; 310,227 = 310227 shares; $34,869,514.80 = 34869514.80 USD; "
        "$12.31 billion = 12310000000 USD; 35.2 = 35.2 x; $131.17 = 131.17 USD",
    ),
    "us quarter": (
        "2024-02-21",
        "It earned $0.43 per share in the fourth quarter, missing estimates of $0.47 by $0.04; revenue was $1.08 billion, up 6.7%. Analysts expect 2.1 EPS this fiscal year.",
        "$0.43 = 0.43 USD; $0.47 = 0.47 USD; $0.04 = 0.04 USD; $1.08 billion = 1080000000 USD; 6.7% = 6.7 pct",
    ),
    "germany": (
        "2022-11-02",
        "On 28 October 2022 the Gulf fund's voting rights crossed the 3 percent threshold and came to 3.04 percent, or 18,612,339 votes, from 2.97 percent.",
        "28 October 2022 = 2022-10-28 date; 3 percent = 3 pct; 3.04 percent = 3.04 pct; 18,612,339 = 18612339 shares; 2.97 percent = 2.97 pct",
    ),
    "broken print": (
        "2022-11-16",
        "The company's losses widened by 264 .9% to 2.56 billion yuan, and the stock ended at HK$1 .79 against $6,04 for its New York peer.",
        "264 .9% = 264.9 pct; 2.56 billion yuan = 2560000000 CNY; HK$1 .79 = 1.79 HKD; $6,04 = 6.04 USD",
    ),
    "no blanks": (
        "2023-06-01",
        "RMB3.35billion was raised at HKD9.70 a share, USD600 in fees apart, and CNY1.2bn went to debts; the 5G supplier's K9 line, its Model 3 rival and a Boeing 737 freighter stay.",
        "RMB3.35billion = 3350000000 CNY; HKD9.70 = 9.70 HKD; USD600 = 600 USD; CNY1.2bn = 1200000000 CNY",
    ),
    "codes and ranks": (
        "2023-06-01",
        "The third largest holder of No. 2 insurer Meridian (9988) told the exchange at 10:30 am under section 341 of Cap. 571 that Form 3A, page 12, was wrong, call +852 2345 6789; 600519.SH was unmoved. "
        "Aged 58, he has run the firm for 12 years and 3 months.",
        "",
    ),
    "words": (
        "2023-06-01",
        "Two thirds of its revenue came from exports, which tripled; orders grew threefold, and a quarter of the stake, five million shares, went for half a billion dollars. It halved costs, too, by one percent a month.",
        "Two thirds = 66.6667 pct; tripled = 200 pct; threefold = 3 x; a quarter = 25 pct; five million = 5000000 shares; half a billion dollars = 500000000 USD; halved = 50 pct; one percent = 1 pct",
    ),
    "ranges": (
        "2023-06-01",
        "It guided for sales of US$208-212 million, between 3 and 5 million units, and a margin of 10-12%, from 20.49% to 19.92% in two years; capex of 3 billion to 4 billion yuan.",
        "US$208 = 208000000 USD; 212 million = 212000000 USD; 3 = 3000000 count; 5 million = 5000000 count; 10 = 10 pct; 12% = 12 pct; 20.49% = 20.49 pct; 19.92% = 19.92 pct; "
        "3 billion = 3000000000 CNY; 4 billion yuan = 4000000000 CNY",
    ),
    "dates": (
        "2024-01-10",
        "It bought on 3 January, December 28 and June 30, 2023 and must sell by March 31; the lock-up of Dec 1-15 has ended. See filing of 2023-11-08.",
        "3 January = 2024-01-03 date; December 28 = 2023-12-28 date; June 30, 2023 = 2023-06-30 date; March 31 = 2024-03-31 date; Dec 1-15 = 2023-12-01/2023-12-15 period; 2023-11-08 = 2023-11-08 date",
    ),
    "periods": (
        "2022-11-16",
        "In the first half of this year it lost 1.1 billion yuan, against 0.9 billion in the same period last year, and in Q3 2022 0.4 billion.",
        "first half of this year = 2022-01-01/2022-06-30 period; 1.1 billion yuan = 1100000000 CNY; 0.9 billion = 900000000 CNY; same period last year = 2021-01-01/2021-06-30 period; "
        "Q3 2022 = 2022-07-01/2022-09-30 period; 0.4 billion = 400000000 CNY",
    ),
}
CHINESE = {
    "證券時報": (
        "2024-06-05",
        "证券时报讯,6月4日晚,华岭股份公告称,持股5.62%的股东嘉信投资拟自公告之日起15个交易日后的3个月内,通过集中竞价减持不超过1,265.3万股,即不超过公司总股本的1%;按最新收盘价23.45元/股计算,市值约2.97亿元。",
        "6月4日 = 2024-06-04 date; 5.62% = 5.62 pct; 1,265.3万股 = 12653000 shares; 1% = 1 pct; 23.45元 = 23.45 CNY; 2.97亿元 = 297000000 CNY",
    ),
    "減持完成": (
        "2023-12-01",
        "截至2023年11月30日,该股东累计减持3,012,400股,占公司总股本的0.75%,减持价格区间为18.20元/股至19.05元/股,均价18.66元/股。持股比例由5.74%降至4.99%,下降0.75个百分点,不再是持股5%以上股东。",
        "2023年11月30日 = 2023-11-30 date; 3,012,400股 = 3012400 shares; 0.75% = 0.75 pct; 18.20元 = 18.20 CNY; 19.05元 = 19.05 CNY; 18.66元 = 18.66 CNY; 5.74% = 5.74 pct; 4.99% = 4.99 pct; "
        "0.75个百分点 = 0.75 pp; 5% = 5 pct",
    ),
    "港股人民币": (
        "2023-08-29",
        "该公司上半年营收86.2亿元人民币,同比增长两成半,净利润翻倍至12.4亿元;拟斥资最多10亿港元回购,每股派息0.35港元。",
        "86.2亿元人民币 = 8620000000 CNY; 两成半 = 25 pct; 翻倍 = 100 pct; 12.4亿元 = 1240000000 CNY; 10亿港元 = 1000000000 HKD; 0.35港元 = 0.35 HKD",
    ),
    "香港經濟日報": (
        "2023-10-12",
        "聯交所資料顯示,主席李國榮於10月9日增持維港地產(0123.HK)200萬股,每股作價4.86元,涉資972萬元,持股量由61.05%升至61.12%。該股今日收報4.91元,升1.4%,成交1.2億元。",
        "10月9日 = 2023-10-09 date; 200萬股 = 2000000 shares; 4.86元 = 4.86 HKD; 972萬元 = 9720000 HKD; 61.05% = 61.05 pct; 61.12% = 61.12 pct; 4.91元 = 4.91 HKD; 1.4% = 1.4 pct; 1.2億元 = 120000000 HKD",
    ),
    "明報, 上周四": (
        "2023-10-16",
        "據權益披露,該基金上周四(12日)以每股均價31.25港元沽出逾430萬股,套現約1.34億港元(約1,720萬美元),最新持股降至7.98%。",
        "上周四(12日) = 2023-10-12 date; 31.25港元 = 31.25 HKD; 430萬股 = 4300000 shares; 1.34億港元 = 134000000 HKD; 1,720萬美元 = 17200000 USD; 7.98% = 7.98 pct",
    ),
    "騰訊業績": (
        "2024-03-20",
        "騰訊去年收入6,090億元,按年增10%;第四季經調整盈利426.8億元,增44%。今年擬回購至少1,000億港元,股價收報289.2元,升近兩成。",
        "6,090億元 = 609000000000 CNY; 10% = 10 pct; 426.8億元 = 42680000000 CNY; 44% = 44 pct; 1,000億港元 = 100000000000 HKD; 289.2元 = 289.2 HKD; 兩成 = 20 pct",
    ),
    "中文數字": (
        "2021-05-06",
        "集團以三十億四千八百萬元出售物業,佔資產淨值百分之五,另向三分之二的股東派發每股一元二角的特別息,其中五千萬股由主席持有。",
        "三十億四千八百萬元 = 3048000000 HKD; 百分之五 = 5 pct; 三分之二 = 66.6667 pct; 五千萬股 = 50000000 shares",
    ),
    "財新": (
        "2025-03-27",
        "大股东以每股12.8美元向机构配售3,200万份ADS,募资4.1亿美元,较前收盘价折让6.2%。配售后其持股由33.7%摊薄至29.9%,投票权仍过半数。公司去年毛利率同比提升1.8个百分点至42.3%,经营利润增长约3倍。",
        "12.8美元 = 12.8 USD; 3,200万份ADS = 32000000 shares; 4.1亿美元 = 410000000 USD; 6.2% = 6.2 pct; 33.7% = 33.7 pct; 29.9% = 29.9 pct; 1.8个百分点 = 1.8 pp; 42.3% = 42.3 pct; 3倍 = 3 x",
    ),
    "range in Chinese": (
        "2024-01-15",
        "公司预计2023年净利润3.2亿元至3.6亿元,同比增长50%-70%;目标价由12元调高至15元,招股价介乎8.8至9.6元,每手500股。",
        "3.2亿元 = 320000000 CNY; 3.6亿元 = 360000000 CNY; 50% = 50 pct; 70% = 70 pct; 12元 = 12 CNY; 15元 = 15 CNY; 8.8 = 8.8 CNY; 9.6元 = 9.6 CNY; 500股 = 500 shares",
    ),
    "lots": (
        "2023-02-08",
        "子公司處分持股2,140張,占比1.1%,目前持有股票51463張;兩股昨日均升,公司股票25600股。",
        "2,140張 = 2140000 shares; 1.1% = 1.1 pct; 51463張 = 51463000 shares; 25600股 = 25600 shares",
    ),
    "lots that were bought": (
        "2024-03-05",
        "友合投資近日在公開市場買進大盈電子6,200張,每股31.5元,耗資1.95億元。",
        "6,200張 = 6200000 shares; 31.5元 = 31.5 TWD; 1.95億元 = 195000000 TWD",
    ),
    "days of one month": (
        "2012-07-05",
        "他於六月十八日及廿六日、6月2日、4日行使。",
        "六月十八日 = 2012-06-18 date; 廿六日 = 2012-06-26 date; 6月2日 = 2012-06-02 date; 4日 = 2012-06-04 date",
    ),
    "台股": (
        "2024-04-19",
        "台積電董事申報轉讓150張,外資連三日賣超台股共新台幣521億元,台積電收盤價為750元,市值跌破20兆元,第1季毛利率53.1%。",
        "150張 = 150000 shares; 新台幣521億元 = 52100000000 TWD; 750元 = 750 TWD; 20兆元 = 20000000000000 TWD; 第1季 = 2024-01-01/2024-03-31 period; 53.1% = 53.1 pct",
    ),
    "full width": (
        "2023-05-05",
        "据公告，该股东于５月４日减持１２０万股（占总股本１．２％），成交均价￥８．８８，较２０２２年末的１１．２５％下降０．６个百分点。",
        "５月４日 = 2023-05-04 date; １２０万股 = 1200000 shares; １．２％ = 1.2 pct; ￥８．８８ = 8.88 CNY; １１．２５％ = 11.25 pct; ０．６个百分点 = 0.6 pp",
    ),
    "codes in Chinese": (
        "2023-05-05",
        "贵州茅台(600519.SH)、第一大股东、前十大股东及三一重工均未减持,公告编号:2023-018,咨询电话021-61234567;会议于下午3时30分在3楼举行。",
        "",
    ),
    "composite": (
        "2023-05-05",
        "恒生指數成份股公司斥3億4800萬元回購2,000多萬股,最高價17.3元,最低價16.9元,佔已發行股份不足1%。",
        "3億4800萬元 = 348000000 HKD; 2,000多萬股 = 20000000 shares; 17.3元 = 17.3 HKD; 16.9元 = 16.9 HKD; 1% = 1 pct",
    ),
    "periods in Chinese": (
        "2022-11-16",
        "2022年上半年收入14.15亿元,较去年同期下降14.3%;2022年第三季度亏损3亿元,2023财年目标未变。",
        "2022年上半年 = 2022-01-01/2022-06-30 period; 14.15亿元 = 1415000000 CNY; 14.3% = 14.3 pct; 2022年第三季度 = 2022-07-01/2022-09-30 period; 3亿元 = 300000000 CNY",
    ),
}


@pytest.mark.parametrize(("on", "text", "expected"), [*ENGLISH.values(), *CHINESE.values()], ids=[*ENGLISH, *CHINESE])
def test_every_figure_and_no_other(on: str, text: str, expected: str) -> None:
    found = [f"{f.text} = {f.stated()} {f.currency or f.unit}" for f in find(text, on=date.fromisoformat(on))]
    assert found == [part for part in expected.split("; ") if part]
