"""Which figure of several that do not multiply, or add up, is the wrong one; products that structure alone settles. All sentences are our own."""

import pytest
from tests.checks.marked import check, of

from stakeline.model.claims import Verdict

WRONG = {
    "more shares than any trade": (
        "公司昨日購回{960億股|buyback.shares}，均價{4.15元|transaction.avg_price}，耗資{3,984萬元|buyback.value}。",
        "960億股",
    ),
    "more money than any trade": (
        "The bank sold {42 billion|transaction.shares} shares at {HK$18.50|transaction.avg_price} for {HK$777 million|transaction.value}.",
        "42 billion",
    ),
    "range, more money than any trade": (
        "售出{3,300亿股|transaction.shares}，每股{12.10元|transaction.price_low}至{12.40元|transaction.price_high}，套现{4.04亿元|transaction.value}。",
        "3,300亿股",
    ),
    "cents as dollars": (
        "She sold {150,000|transaction.shares} shares at {$412.5|transaction.avg_price} for {$618,750|transaction.value}. The stock closed at {318p|price.close} in London.",
        "$412.5",
    ),
    "far from the close": (
        "董事以每股{73.8元|transaction.avg_price}增持{40萬股|transaction.shares}，斥資{295.2萬元|transaction.value}。該股收報{7.41元|price.close}。",
        "73.8元",
    ),
    "a conversion bears the amount of a range out": (
        "They sold {82 million|transaction.shares} shares at {HK$21.40|transaction.price_low} to {HK$21.80|transaction.price_high}, for {HK$177 million|transaction.value} ({US$22.7 million|fx.conversion}).",
        "82 million",
    ),
    "the change of the holding bears the amount out": (
        "持股由{8.36%|stake.before_pct}降至{7.11%|stake.after_pct}，涉及{1.75億股|transaction.shares}，均價{9.2元|transaction.avg_price}，套現{1.61億元|transaction.value}。公司共有{14億股|transaction.shares}。",
        "1.75億股",
    ),
    "a percentage of all shares bears the worth out": (
        "The fund holds {3.2%|stake.pct} of the {500 million|shares.issued} shares, or {19 million|stake.after_shares}, worth {£64 million|stake.value} at {£4|price.last}.",
        "19 million",
    ),
    "shares traded bear the points out": (
        "He bought {9 million|transaction.shares} shares and lifted his stake by {0.75 percentage points|stake.change_pp} to {13.15%|stake.after_pct} from {11.4%|stake.before_pct}. There are {1,200 million|shares.issued} shares.",
        "13.15%",
    ),
    "a product bears the count out": (
        "佔{40億股|shares.issued}的{0.35%|transaction.stake_pct}，即{1.4億股|transaction.shares}，每股{3元|transaction.avg_price}，共{4.2億元|transaction.value}。",
        "0.35%",
    ),
    "one count fits both equations exactly": (
        "售出{322萬股|transaction.shares}後，持股由{7,422萬股|stake.before_shares}降至{6,000萬股|stake.after_shares}，比例由{6.322%|stake.before_pct}降至{6.000%|stake.after_pct}。",
        "7,422萬股",
    ),
    "the only range of an article": (
        "She sold {64,000|transaction.shares} shares worth about {$5.9 million|transaction.value}. The sales were on two days. They were made at {$81.20|transaction.price_low} to {$83.90|transaction.price_high}.",
        "$5.9 million",
    ),
    "a line of a list": (
        "Purchased: {120,500|transaction.shares} @ {$0.41|price.close} Value: {$19,405.00|price.close}",
        "$19,405.00",
    ),
    "two counts at one price": (
        "两名董事分别增持{12万股|transaction.shares}和{8万股|transaction.shares}，均价均为{6.5元|transaction.avg_price}，耗资{150万元|transaction.value}。",
        "150万元",
    ),
    "the two trades": (
        "He bought {40,000|transaction.shares} shares at {€6.50|transaction.avg_price}, then {10,000|transaction.shares} at {€6.20|transaction.avg_price}. The two orders cost {€232,000|transaction.value}.",
        "€232,000",
    ),
    "no price but the market's": (
        "基金減持{940萬股|transaction.shares}，套現{3,800萬元|transaction.value}。該股周五收報{40.6元|price.close}。",
        "3,800萬元",
    ),
    "no price but the market's, and a like amount": (
        "It spent {HK$5.2 billion|buyback.value} on {9 million|buyback.shares} shares, after {HK$7.1 billion|buyback.value} the year before. The stock closed at {HK$58.20|price.close}.",
        "9 million",
    ),
    "worth by the price right in front": (
        "Ridge Fund has {22 million|stake.after_shares} shares, bought at {£1.20|price.offer_or_cost}. At Friday's close of {£3.40|price.close} the holding is worth {£91.7 million|stake.value}.",
        "£91.7 million",
    ),
    "按收市價計": (
        "何氏持有{3.6億股|stake.after_shares}，成本{1.5元|price.offer_or_cost}。按昨日收市{2.15元|price.close}計，該批股份值{9.24億元|stake.value}。",
        "9.24億元",
    ),
    "worth beyond all prices": (
        "It sold {15 million|transaction.shares} shares at {$200|transaction.avg_price}, below the close of {$205.13|price.close}. It still owned {61 million|stake.after_shares} shares worth about {$15.9 billion|stake.value}.",
        "$15.9 billion",
    ),
    "a gain beside the close of another sentence": (
        "It bought {4 million|transaction.shares} shares at {£2.10|price.offer_or_cost}, sold them at {£3.60|transaction.avg_price} and made a gain of {£8.4 million|transaction.gain}. They closed at {£3.75|price.close}.",
        "£8.4 million",
    ),
}
SILENT = {
    "shares and their price": "公司昨日購回{960萬股|buyback.shares}，均價{4.15元|transaction.avg_price}，耗資{3,984萬元|buyback.value}。",
    "price of options": "He got {250,000|transaction.shares} shares with options at {$21.50|transaction.avg_price} and sold them for {$6.4 million|transaction.value}.",
    "price of options, another sentence": "He sold {250,000|transaction.shares} shares for {$11.4 million|transaction.value}. The options had cost him {$21.50|transaction.avg_price} a share.",
    "two counts at one price": "Orla and Bexley sold {3.2 million|transaction.shares} and {1.8 million|transaction.shares} shares, both at {£4.10|transaction.avg_price}, for {£20.5 million|transaction.value} together.",
    "the last of three trades": "先以{31.20元|transaction.avg_price}賣出{120萬股|transaction.shares}，再以{29.85元|transaction.avg_price}賣出{95萬股|transaction.shares}，最後{80萬股|transaction.shares}作價{27.60元|transaction.avg_price}，三筆合計{8,788萬元|transaction.value}。",
    "a line of a list": "Purchased: {40,000|transaction.shares} @ {212.50p|price.close} Value: {£85,000.00|price.close}",
    "the price of another company": "Ferrow sold {9.4 million|transaction.shares issuer=Linden} Linden shares for {$38 million|transaction.value issuer=Linden}. Oak Bank closed at {$40.60|price.close issuer=Oak}.",
    "bought long ago": "Ferrow bought {9.4 million|transaction.shares} shares for {$38 million|transaction.value} ten years ago. They closed at {$40.60|price.close}.",
    "the worth of the rest": "The fund had {22 million|stake.before_shares} shares and sold half. At the close of {£3.40|price.close} the rest is worth {£37.4 million|stake.value}.",
    "the worth of another's shares": "The fund has {22 million|stake.after_shares} shares. His brother has {3%|stake.pct} that at the close of {£3.40|price.close} are worth {£41 million|stake.value}.",
    "worth of a quarter's end": "It sold {15 million|transaction.shares} shares at {$200|transaction.avg_price}, below the close of {$205.13|price.close}. At the end of March it owned {61 million|stake.after_shares} shares worth about {$15.9 billion|stake.value}.",
    "worth after a plunge": "It sold {15 million|transaction.shares} shares at {$200|transaction.avg_price}, below the close of {$205.13|price.close}. The stock had fallen {20%|price.change_pct}. It owned {61 million|stake.after_shares} shares worth about {$15.9 billion|stake.value}.",
}


@pytest.mark.parametrize(("text", "target"), WRONG.values(), ids=WRONG)
def test_the_wrong_one_of_several_figures(text: str, target: str) -> None:
    assert of(check(text), Verdict.INCONSISTENT) == [target]


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_nothing_is_wrong(text: str) -> None:
    assert not check(text).findings
