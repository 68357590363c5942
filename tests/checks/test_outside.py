"""The ledger as evidence: notices, prices and counts against articles, and what must not count.

The ledger holds made pages (tests/pages.py) and a small table; each expected verdict follows from the figures beside it.
"""

from datetime import date

import pytest
from tests import pages

from stakeline import Ledger, load_documents
from stakeline.checks.report import Report
from stakeline.model.claims import Ruling, Severity, Verdict
from stakeline.model.documents import Document
from stakeline.workflows import articles, checking
from stakeline.workflows.outside import Outside
from stakeline.workflows.outside.names import cores

DAY = date(2022, 11, 16)
COUNTS = """subject,measure,item,period,value,unit,currency,precision,basis,known_from,known_basis,cites,confidence,doubt,note
hk:00020,shares.issued,A,2022-06-24,7528760000,shares,,10000,reported,2022-06-24,monthly return,return,high,,
hk:00020,shares.issued,B,2022-06-24,25978640000,shares,,10000,reported,2022-06-24,monthly return,return,high,,
hk:00020,shares.issued,all,2022-06-24,33507400000,shares,,10000,reported,2022-06-24,monthly return,return,high,,
hk:00020,price.close,,2022-11-15,1.79,currency,HKD,,,2022-11-15,end of the day,exchange,high,,
hk:00020,price.low,,2022-11-15,1.63,currency,HKD,,,2022-11-15,end of the day,exchange,high,,
hk:00020,price.high,,2022-11-15,1.85,currency,HKD,,,2022-11-15,end of the day,exchange,high,,
"""
SUPPORTED, CONTRADICTED, OPEN = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_CHECKABLE


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    """The founding notice as filed: 80 million at 1.8190, from 9.05% to 8.74% of 25,978,640,000 Class B shares."""
    ledger = Ledger.create(tmp_path_factory.mktemp("ledger") / "ledger")
    notice = pages.founding_notice(
        before=[("Long position", "2,351,000,000", "9.05")], after=[("Long position", "2,271,000,000", "8.74")],
        issued="25,978,640,000",
    )  # fmt: skip
    loaded = [Document(data=notice, name="notice.html"), Document(data=COUNTS.encode(), name="counts.csv")]
    assert load_documents(ledger, loaded).quarantined == 0
    return Outside(ledger)


def checked(text: str, outside: Outside, on: date = DAY) -> Report:
    source = articles.Source(name="a", text=text, plain=articles.plain(text), kind="text")
    return checking.check_source(source, checking.Asked(on=on), outside)


def ruling(text: str, words: str, outside: Outside, on: date = DAY) -> Ruling:
    (found,) = [r for r in checked(text, outside, on).rulings if r.claim.found.text.startswith(words)]
    return found


SALE = "On 8 November 2022, Alibaba Group sold {shares} Class B shares of SenseTime at HK${price} each."
STAKE = "Alibaba Group sold SenseTime shares on 8 November 2022 and its stake in SenseTime's {of}shares fell to {percent} from {before}."


@pytest.mark.parametrize(
    ("shares", "verdict"), [("80 million", SUPPORTED), ("8 million", CONTRADICTED), ("90 million", CONTRADICTED)]
)
def test_shares_traded(shares: str, verdict: Verdict, outside: Outside) -> None:
    found = ruling(SALE.format(shares=shares, price="1.8190"), shares, outside)
    assert found.verdict is verdict
    assert any("notice.html" in s for s in found.sources)


@pytest.mark.parametrize(("price", "verdict"), [("1.8190", SUPPORTED), ("1.82", SUPPORTED), ("1.9180", CONTRADICTED)])
def test_the_average_price(price: str, verdict: Verdict, outside: Outside) -> None:
    assert ruling(SALE.format(shares="80 million", price=price), f"HK${price}", outside).verdict is verdict


@pytest.mark.parametrize(
    ("of", "percent", "verdict", "severity"),
    [
        ("Class B ", "8.74%", SUPPORTED, None),
        ("", "8.74%", SUPPORTED, Severity.IMPRECISE),  # of which shares, it does not say
        ("Class B ", "8.47%", CONTRADICTED, Severity.ERROR),
        ("", "6.78%", SUPPORTED, None),  # 2,271 / 33,507.4 million
    ],
)
def test_the_stake_after(of: str, percent: str, verdict: Verdict, severity: Severity | None, outside: Outside) -> None:
    found = ruling(STAKE.format(of=of, percent=percent, before="9.05%"), percent, outside)
    assert (found.verdict, found.severity) == (verdict, severity)


def test_what_was_filed_later_is_not_known_yet(outside: Outside) -> None:
    # The notice was filed on 11 November.
    text = SALE.format(shares="90 million", price="1.8190")
    assert ruling(text, "90 million", outside, date(2022, 11, 10)).verdict is OPEN
    assert ruling(text, "90 million", outside, date(2022, 11, 11)).verdict is CONTRADICTED


@pytest.mark.parametrize(
    ("price", "verdict", "severity"),
    [("1.79", SUPPORTED, None), ("1.71", SUPPORTED, Severity.IMPRECISE), ("1.97", CONTRADICTED, Severity.ERROR)],
)
def test_the_close(price: str, verdict: Verdict, severity: Severity | None, outside: Outside) -> None:
    found = ruling(f"SenseTime shares closed at HK${price} on 15 November 2022.", f"HK${price}", outside)
    assert (found.verdict, found.severity) == (verdict, severity)


def test_a_day_of_which_nothing_is_known_is_open(outside: Outside) -> None:
    assert ruling("SenseTime shares closed at HK$1.97 on 14 November 2022.", "HK$1.97", outside).verdict is OPEN


@pytest.mark.parametrize("holder", ["Fund Group", "Alibaba Health", "Ali"])
def test_another_holder_is_not_judged_by_this_notice(holder: str, outside: Outside) -> None:
    text = SALE.format(shares="90 million", price="1.8190").replace("Alibaba Group", holder)
    assert not checked(text, outside).wrong


def test_another_issuer_is_not_judged_by_this_notice(outside: Outside) -> None:
    text = SALE.format(shares="90 million", price="1.9180").replace("SenseTime", "Plain Motors")
    assert not checked(text, outside).wrong


def test_names_are_compared_by_what_is_their_own() -> None:
    assert cores("SenseTime Group Inc. - W")[-1] == "sensetime"
    assert cores("商湯集團股份有限公司")[-1] == "商汤"
    assert cores("SenseTime (HK 0020)")[0] == "sensetime"
    assert "deep glint" in cores("Deep Glint Technology Co., Ltd.")
    assert cores("Group Holdings Ltd") == ("group holdings ltd",)
    assert not set(cores("Alibaba Health")) & set(cores("Alibaba Group Holding Limited"))


def test_a_sale_that_the_ledger_may_not_know_is_not_judged_by_another(outside: Outside) -> None:
    # Nothing says that it is the sale of 8 November.
    assert not checked("Alibaba Group sold 30 million Class B shares of SenseTime at HK$1.90 each.", outside).wrong
    # The price says so.
    text = "Alibaba Group sold 30 million Class B shares of SenseTime at HK$1.8190 each."
    assert ruling(text, "30 million", outside).verdict is CONTRADICTED
    # On another day it was another sale.
    other = SALE.format(shares="30 million", price="1.90").replace("8 November", "14 November")
    assert not checked(other, outside).wrong


def test_a_plan_is_no_trade(outside: Outside) -> None:
    text = "Alibaba Group, which sold shares on 8 November 2022, plans to sell up to 300 million more SenseTime shares."
    assert not checked(text, outside).wrong
