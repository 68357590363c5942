"""Round-ups of insiders' trades: many counts, prices and amounts of several trades, days and companies. All sentences are our own."""

import pytest
from tests.checks.marked import check

WRONG = {
    "a worth against all shares, as a holding has them": (
        "Oakridge closed at {RM1.20|price.close}, giving it a market value of {RM312 million|market_value}. Tan Hock sold {4.1 million|transaction.shares} shares or {2.05%|transaction.stake_pct}.",
        "RM312 million",
    ),
    "the same in Chinese": (
        "橡嶺木業收報{1.20港元|price.close}，市值約{3.6億港元|market_value}。陳國立減持{410萬股|transaction.shares}，佔{2.05%|transaction.stake_pct}。",
        "3.6億港元",
    ),
    "what a trade came to, with a wrong digit": (
        "A director cashes in {HK$246 million|transaction.value}\nA {HK$264 million|transaction.value} sale makes people look up. Lau Kin sold {20 million|transaction.shares} shares at {HK$12.30|transaction.avg_price} for {HK$246 million|transaction.value}.",
        "HK$264 million",
    ),
    "a thousand times as much, where selling shrank": (
        "Insider selling shrank: officers sold {$2.4 billion|transaction.value} of stock, against {$2.9 million|transaction.value} the week before.",
        "$2.9 million",
    ),
    "trades called firms": (
        "Sales came to {HK$80 million|transaction.value} in {41|count} firms\nDirectors reported {41|count} disposals worth {HK$80 million|transaction.value} in eleven.",
        "41",
    ),
    "two prices of one count, in cents": (
        "Brandt sold {300,000|transaction.shares} shares at {$400.5|transaction.avg_price} and {$430.0|transaction.avg_price}, a combined {$1.246 million|transaction.value}. London closed at {330p|price.close}.",
        "$400.5",
    ),
    "a range of the next sentence": (
        "Quill sold {150,000|transaction.shares} shares worth {$7.9 million|transaction.value}. The filing has prices from {$44.10|transaction.price_low} to {$45.80|transaction.price_high}.",
        "$7.9 million",
    ),
    "a count grouped as no number is": (
        "Ivo Marsh sold {1,2345,678|transaction.shares} shares at {$2.10|transaction.avg_price} for {$2.59 million|transaction.value}.",
        "1,2345,678",
    ),
    "a premium whose sentence has two bases": (
        "Kestrel offers {150 pence|transaction.avg_price} a share. That is {25 per cent|transaction.discount_pct} above the {120 pence|price.close} that Merlin bid, and {12.5 per cent|transaction.discount_pct} above Monday's close of {130 pence|price.close}.",
        "12.5 per cent",
    ),
    "placed under a close, no price told": (
        "The state sold {6 million|transaction.shares} shares. The block brought in {$149.6 million|transaction.value}, at a discount of {4%|transaction.discount_pct} to Monday's close of {$12.50|price.close}.",
        "$149.6 million",
    ),
    "the same, the count refuted by a conversion": (
        "华桥银行股东减持{60万股|transaction.shares}，套现{7,200万元|transaction.value}（{1,000万美元|fx.conversion}），较周一收市价{12.50元|price.close}折让{4%|transaction.discount_pct}。",
        "60万股",
    ),
    "not even a tenth of the close": (
        "Donnelly bought {40,000|transaction.shares} shares on 3 June, for more than {$1.9 million|transaction.value}. On Friday the stock ended at {$1.22|price.close}.",
        "$1.9 million",
    ),
    "a quote at which what was sold is more than all": (
        "Northbank rose to {£19|price.close}, a market value of {£21 billion|market_value}. The state has sold {720 million|transaction.shares} shares for {£1.38 billion|transaction.value} and still holds {44%|stake.after_pct}.",
        "£19",
    ),
    "a trade later than the report of it": (
        "Corbel sold {400,000|transaction.shares} shares on {June 11|transaction.date}, according to a filing of {June 1|report.date}.",
        "June 1",
    ),
}

RIGHT = {
    "what directors of many companies dealt in, above one director's trade": "Sales came to {HK$43.1 million|transaction.value}, well below the {HK$86.5 million|transaction.value} of a week ago.\nLau Wing took {four million|transaction.shares} shares of Tin Optical at {HK$2.14|transaction.avg_price} each.",
    "a worth that a holding bears out": "Oakridge closed at {RM1.20|price.close}, giving it a market value of {RM240 million|market_value}. Tan Hock sold {4.1 million|transaction.shares} shares or {2.05%|transaction.stake_pct}.",
    "a holding of another paragraph": "Oakridge closed at {RM1.20|price.close}, for a market value of {RM312 million|market_value}.\nAt Pelham Ng Siew sold {4.1 million|transaction.shares} shares or {2.05%|transaction.stake_pct}.",
    "a percentage of one class": "Oakridge closed at {RM1.20|price.close}, giving it a market value of {RM312 million|market_value}. Tan Hock sold {4.1 million|transaction.shares} class A shares or {2.05%|transaction.stake_pct}.",
    "what was left after costs": "A {HK$250 million|transaction.value} sale makes people look up. Lau Kin sold {20 million|transaction.shares} shares at {HK$12.30|transaction.avg_price} for {HK$246 million|transaction.value}.",
    "selling that did shrink": "Insider selling shrank: officers sold {$2.4 million|transaction.value} of stock, against {$2.9 billion|transaction.value} the week before.",
    "trades called trades": "Sales came to {HK$80 million|transaction.value} in {41|count} trades\nDirectors reported {41|count} disposals worth {HK$80 million|transaction.value} in eleven.",
    "two prices of one count": "Brandt sold {300,000|transaction.shares} shares at {$4.125|transaction.avg_price} and {$4.18|transaction.avg_price}, a combined {$1.246 million|transaction.value}.",
    "lakhs": "Rakesh Shah sold {12,34,567|transaction.shares} shares at {Rs 210|transaction.avg_price} for {Rs 25.9 crore|transaction.value}.",
    "a price at which a firm was bought, by the digits of another's shares": "Corbel has {1.46 billion|stake.after_shares} shares and closed at {29.5 sen|price.close}, after a high of {31 sen|price.high}.\nRutland sold {10.22 million|transaction.shares} shares and has {10.53 million|stake.after_shares}. It first had {14.47 million|stake.before_shares}. They paid for a firm. Its price was {RM30.1 million|transaction.value}.",
    "a fall in worth told with another company's price": "GameHut fell to {$33|transaction.avg_price}.\nThe fund cut Vidia from {1.5 million|transaction.shares} shares to {551,000|stake.after_shares}, from {$767 million|stake.value} to under {$500 million|transaction.value}.",
    "a worth at current prices after a rise": "Halden was up {8.0%|price.change_pct}. Marten owns {5.00 million|stake.after_shares} shares, at current prices worth {$217.0 million|stake.value}. Wednesday's close was {$40.00|price.close}.",
    "a part of what was held years ago": "Pell had {1.6 million|stake.before_shares} shares in 2016, then {30,000|stake.after_shares}. It is back with {112,000|transaction.shares}, {7%|stake.change_pct} of what it had in 2016.",
    "a trade and another's report": "Aurum bought {90,000|transaction.shares} shares on {June 11|transaction.date}. Corbel is positive too: a filing of {June 1|report.date} has it adding {400,000|transaction.shares}.",
    "placed under a close": "The state sold {6 million|transaction.shares} shares. The block brought in {$72.0 million|transaction.value}, at a discount of {4%|transaction.discount_pct} to Monday's close of {$12.50|price.close}.",
}


def _findings(marked: str) -> list[str]:
    return [ruling.claim.found.text for ruling in check(marked).findings]


@pytest.mark.parametrize(("marked", "figure"), WRONG.values(), ids=WRONG)
def test_wrong_figures_are_found(marked: str, figure: str) -> None:
    assert figure in _findings(marked)


@pytest.mark.parametrize("marked", RIGHT.values(), ids=RIGHT)
def test_figures_of_several_matters_are_no_errors(marked: str) -> None:
    assert _findings(marked) == []
