"""What an article says twice, in another unit or in other words. All sentences are our own."""

from datetime import date

import pytest

from stakeline.checks.claims import claims
from stakeline.checks.figures import read
from stakeline.checks.verdicts import check_claims

ON = date(2024, 3, 20)


def _findings(text: str) -> set[str]:
    article = read(text, on=ON)
    checked = check_claims(text, claims(text, article.figures, on=ON, asides=article.asides), on=ON)
    return {ruling.claim.found.text for ruling in checked.findings}


WRONG = [
    # percent for points: of two rates, beside one in points, in the headline
    ("The vacancy rate stood at 8.4%, against 9.9% a year earlier, a drop of 1.5%.", "1.5%"),
    ("资产负债率62.4%,比年初的65.1%下降2.7%。", "2.7%"),
    ("入住率由88.1%升至91.4%,升幅3.3%。", "3.3%"),
    ("Its operating margin declined by 1.2 percentage points to 8.3% and its net margin declined by 0.9% to 5.1%.", "0.9%"),
    ("集團毛利率提升1.4個百分點至36.0%，外賣業務毛利率提升5.2%至31.7%。", "5.2%"),
    (
        "Orvane and Kestry saw the percentage of pledged shares fall by over 31 per cent each\n\n"
        "Orvane saw the percentage of pledged shares decline by over 31 percentage points.",
        "31 per cent",
    ),
    # growth a year
    ("Sales rose to €260 million in 2023 from €120 million in 2018, a CAGR of 21.4%.", "21.4%"),
    ("行业收入由2012年的48亿元增至2020年的205亿元,年复合增长率为17%。", "17%"),
    ("2018年至2023年,公司收入由1.2亿元增至2.6亿元,年复合增长率为21.7%。", "21.7%"),
    # net above gross
    ("The rights issue raised gross proceeds of £42.5 million; net proceeds were £44.1 million.", "£44.1 million"),
    ("本次配售籌得總額5.12億港元,淨額5.21億港元。", "5.21億港元"),
    # ceilings and their sum
    ("大宗交易不超过1.00%,集中竞价不超过2.00%,合计不超过5.00%。", "5.00%"),
    # a loss per share of a profit
    (
        "Net profit was $12.4 million, against a loss of $31.1 million. The loss per share was $0.20, compared with a loss of $0.50.",
        "$0.20",
    ),
    ("公司上半年净亏损2.3亿元,去年同期盈利4.6亿元。每股盈利0.115元,去年同期每股盈利0.23元。", "0.115元"),
    # a magnitude that is missing
    ("The three lenders together lost 812 yuan. ICB lost 4.2 billion yuan.", "812 yuan"),
    ("四家险企合共盈利3,420港元,其中中国海寿盈利21.5亿港元。", "3,420港元"),
    ("The ministry wants to raise the stockpile to two million tonnes. The present stockpile is 900 million tonnes.", "two million"),
    ("公司拟将年产能由现有的20万辆提高到35辆。", "35辆"),
    ("该基金去年末持有海鹭股份4,310万股。目前持有5,122万股,较去年末多了810多股。", "810多股"),
    # one number, two nouns
    (
        "Insiders sold shares worth HK$72 million in 41 firms\nEleven firms recorded 41 disposals worth HK$72 million, the filings show.",
        "41",
    ),
    # one thing in two magnitudes
    ("The first bid for Corland was valued at $4.2 million, or $21.50 a share. The rival offer is worth $4.5 billion.", "$4.2 million"),
    ("铜价仍高于每吨82000美元。周二报收于每吨8214美元,重新回到每吨8200美元上方。", "82000美元"),
    # one level against two older ones
    ("Sales of $41.0 million were up 12.3% from $36.5 million a year earlier and 9.8% from $38.9 million in the first quarter.", "9.8%"),
    ("三季度收入6.30亿元,比去年三季度的7.00亿元少10.0%,比今年二季度的6.00亿元多9.0%。", "9.0%"),
    # growth given as the ratio, "as high as"
    ("归母净利润2.46亿元，去年同期为8,200万元，增幅高达300%。", "300%"),
    # of one's own shares
    (
        "The director sold 9,000 shares on Monday. The price was $12.50. The proceeds were $112,500. He now owns 171,000 shares. "
        "The sale represented a 50.0% decrease in his position.",
        "50.0%",
    ),
    # the size of a trade against the change of the holding
    ("The fund's stake in Halberg rose to 5.31% from 5.04%. It had bought 27% of the company.", "27%"),
    # a change in money and in percent, and the level it leads to
    ("Turnover was $630 million, an increase of $90 million, or 27%.", "27%"),
    ("Net debt fell £60m (21%) to £440m, helped by the sale of the depot.", "21%"),
    ("年内营收6.3亿元,同比增加9,000万元,增幅为26.7%。", "26.7%"),
    ("營業額6.3億元,按年多900萬元或16.7%。", "900萬元"),
    # a trade that came after the price had fallen
    ("He bought two million shares on May 4 at HK$3.10 each. The purchase was made after the stock fell by 29 per cent from HK$3.90 on April 2.", "29 per cent"),
    # headline against body
    (
        "Chairman of Kelton sells shares for HK$48.7 million\nKelton's chairman sold 2,350,000 shares at HK$18.18 each, HK$42.72 million in all.",
        "HK$48.7 million",
    ),
    ("Brixham's interim profit rises to HK$3.72 billion\nBrixham is doing better. Net profit in the six months to June rose to HK$1.72 billion from HK$1.39 billion, or 23.7%.", "HK$3.72 billion"),
    ("Tolland raises stake in Brixham to 6.8%\nTolland Capital now has 6.4% of Brixham, up from 5.2%. It bought 12 million shares, or 1.2% of the company.", "6.8%"),
    (
        "Wexley profits drop 17% as rates slide\nWexley Freight made a profit after tax of £41.4m, down from £46.0m the year before, or 10.0%.",
        "17%",
    ),
    (
        "Norbank sells Tessel Pharma shares worth Rs 2,431cr\nNorbank said it had sold 2 per cent of Tessel Pharmaceuticals for Rs 2,492 crore. The total was Rs 2,491.7 crore.",
        "Rs 2,431cr",
    ),
    ("Khairon raises RM418.9m from placement\nKhairon placed 98.2 million shares at RM4.24 each, for gross proceeds of RM416.4 million.", "RM418.9m"),
    ("嘉源將直接持有7.47%澄海乳業\n嘉源原經控股公司持有澄海乳業25.60%,完成後嘉源直接持約7.42%,控股公司減至18.18%。", "7.47%"),
    ("澤川集團中期純利增至37.2億元\n澤川集團（01234）公布，截至6月底止上半年純利17.2億元，按年增加23.7%，去年同期為13.9億元。", "37.2億元"),
]  # fmt: skip
SILENT = [
    "The vacancy rate stood at 8.4%, against 9.9% a year earlier, a drop of 1.5 percentage points.",
    "毛利率为32.7%,上年同期为30.1%,增长8.6%。",
    "毛利率提升2.2个百分点至42.3%，收入增长7.9%至50.6亿元。",
    "制造业投资增长5.2%,增速比上半年提高5.2个百分点。",
    "Orvane saw the percentage of pledged shares fall 31 per cent. Its margin rose by 31 percentage points.",
    "Sales rose to €260 million in 2023 from €120 million in 2018, a CAGR of 16.7%.",
    "营收由2019年的20.5亿元增至2023年的41.3亿元,年均增长25.4%。",
    "The rights issue raised gross proceeds of £44.1 million; net proceeds were £42.5 million.",
    "首批配售所得总额1.00亿港元,两批合计净额2.88亿港元。",
    "大宗交易不超过1.00%,集中竞价不超过2.00%,合计不超过3.00%。",
    "Net profit was $12.4 million, against a loss of $31.1 million. The adjusted loss per share was $0.08, compared with $0.31.",
    "两名员工合计获赔1221元。公司去年亏损139亿元。",
    "The plan is to increase daily output to 3 million barrels from 2.1 million now. Reserves are 500 billion barrels at present.",
    "该基金去年末持有海鹭股份4,310万股。目前持有5,122万股,较去年末多了810多万股。",
    "Insiders bought shares worth HK$60 million in 41 firms\nEleven firms recorded 41 disposals worth HK$72 million, the filings show.",
    "金价每盎司1300美元，银价每盎司13美元，铂金每盎司880美元。",
    "Sales of $41.0 million were up 12.3% from $36.5 million a year earlier and 5.4% from $38.9 million in the first quarter.",
    "单季营收41.0亿元,同比增长12.3%(上年同期36.5亿元),净利润增长9.8%(上年同期3.9亿元)。",
    "Brixham profit rises to HK$3.72 billion\nNet profit in the year to June rose to HK$3.72 billion. In the second half net profit was HK$1.72 billion, up 24% from HK$1.39 billion.",
    "澤川集團全年純利增至37.2億元\n澤川集團（01234）公布，全年純利37.2億元，當中下半年純利17.2億元，較去年同期13.9億元增加23.7%。",
    "Kelton raises HK$43 million\nKelton's chairman sold 2,350,000 shares at HK$18.18 each, HK$42.72 million in all.",
    "Khairon raises RM420m from placement\nKhairon placed 98.2 million shares at RM4.24 each, for gross proceeds of RM416.4 million.",
    "Norbank sells Tessel shares for Rs 2,431cr\nNorbank sold 2 per cent of Tessel for Rs 2,399 crore and, a day later, a last lot for Rs 32 crore. In all it sold Rs 2,431 crore.",
    "Wexley profits drop 17%\nWexley Freight made an operating profit of £41.4m, down from £46.0m, or 10.0%. Net profit was 17% lower.",
    "宏遠去年賺8.18億元\n宏遠全年淨利潤8.16億元,按年升35.2%,上年為6.03億元;扣非後淨利潤8.18億元。",
    "Revenue at Kelton up 12.4% in third quarter\nKelton's nine-month revenue rose 14.2% to $45.7 million from $40.0 million.",
    "Net debt fell £60m (12%) to £440m, helped by the sale of the depot.",
    "年内营收6.3亿元,同比增加9,000万元,增幅为16.7%。",
    "各项贷款余额870亿元,比年初增加41亿元,同比增长11.6%。",
    "Turnover was $630 million, with repairs up $90 million, or 27%.",
    "He bought two million shares on May 4 at HK$3.10 each. The purchase was made after the stock fell by 21 per cent from HK$3.90 on April 2.",
    "Lyme Partners owned 90,400 shares after buying an additional 18,100, up from 72,300.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), WRONG)
def test_what_cannot_be_both_is_found(text: str, wrong: str) -> None:
    assert _findings(text) == {wrong}


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert not _findings(text)
