"""What the ledger refutes, and what it must leave alone: several trades, several holders, other days, other currencies.

The ledger holds the made notices below. Every true sentence must pass without a finding; every wrong one differs from it by one slip.
"""

from datetime import date

import pytest

from stakeline import Ledger, load_documents
from stakeline.checks.report import Report
from stakeline.model.claims import Ruling, Verdict
from stakeline.model.documents import Document
from stakeline.workflows import articles, checking
from stakeline.workflows.outside import Outside
from stakeline.workflows.outside.names import aliases, person

DAY = date(2025, 3, 24)
FACTS = """subject,measure,item,period,value,unit,currency,precision,basis,known_from,known_basis,cites,confidence,doubt,note
hk:02777,name,en,2012-01-01..,Quayside Holdings Limited,text,,,,2012-01-01,listing,exchange,high,,
hk:02777,name,zh-Hant,2012-01-01..,岸邊控股有限公司,text,,,,2012-01-01,listing,exchange,high,,
hk:02777,listing.date,,,2012-06-18,date,,,,2012-06-18,listing,exchange,high,,
hk:02777,shares.issued,all,2025-02-28,1000000000,shares,,,,2025-03-05,monthly return,return,high,,
hk:02777,price.close,,2025-03-12,6.13,currency,HKD,,,2025-03-12,end of the day,one vendor,high,,
hk:02777,price.close,,2025-03-12,6.05,currency,HKD,,,2025-03-12,end of the day,another vendor,high,,
hk:02777,price.high,,2025-03-13,6.48,currency,HKD,,,2025-03-13,end of the day,exchange,high,,
hk:02777,result.revenue,,2024,3150000000,currency,CNY,1000000,,2025-03-20,announcement,results announcement,high,,
hk:02777,result.revenue,,2023,2520000000,currency,CNY,1000000,,2025-03-20,announcement,results announcement,high,,
hk:02777,result.profit,,2024,-276000000,currency,CNY,1000000,,2025-03-20,announcement,results announcement,high,,
hk:02777,result.profit,,2023,-431000000,currency,CNY,1000000,,2025-03-20,announcement,results announcement,high,,
"""
HEAD = "id,form,event_date,issuer_code,issuer,holder,direction,venue,shares,avg_price,currency,pct_of_class_before,pct_of_class_after,shares_before,shares_after,known_from,known_basis,cites"
NOTICES = f"""{HEAD}
q1,announcement,2025-02-20,02777,Quayside Holdings Limited,Northmoor Capital LLC,acquisition,on-exchange,5250000,5.8420,HKD,4.63,5.16,46345200,51595200,2025-02-24,filing,DI 1
q2,announcement,2025-03-12,02777,Quayside Holdings Limited,Northmoor Capital LLC,disposal,on-exchange,8140000,6.1735,HKD,5.16,4.35,51595200,43455200,2025-03-14,filing,DI 2
q3,announcement,2025-03-13,02777,Quayside Holdings Limited,HO Ka Ming,disposal,on-exchange,3600000,6.2140,HKD,31.27,30.91,312700500,309100500,2025-03-17,filing,DI 3
"""
SUPPORTED, CONTRADICTED = Verdict.SUPPORTED, Verdict.CONTRADICTED


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Outside:
    """Two holders of a company with one class of shares, three trades, two years of results."""
    ledger = Ledger.create(tmp_path_factory.mktemp("ledger") / "ledger")
    documents = [Document(data=text.encode(), name=name) for name, text in (("f.csv", FACTS), ("n.csv", NOTICES))]
    assert load_documents(ledger, documents).quarantined == 0
    return Outside(ledger)


def checked(text: str, outside: Outside, on: date = DAY) -> Report:
    source = articles.Source(name="a", text=text, plain=articles.plain(text), kind="text")
    return checking.check_source(source, checking.Asked(on=on), outside)


def wrong(text: str, outside: Outside) -> list[Ruling]:
    return [r for r in checked(text, outside).rulings if r.finding]


RIGHT = [
    # two trades in one sentence, the second without a day of its own
    "據披露，Northmoor Capital於2月20日以每股5.842港元買入岸邊控股525萬股，持股由4.63%增至5.16%；其後又以6.1735港元沽出814萬股，持股跌至4.35%。",
    # an older trade without its day, then the newer
    "Northmoor Capital has turned on Quayside Holdings. In February it bought 5.25 million shares at HK$5.842; on 12 March it sold 8.14 million at HK$6.1735.",
    # what was held before, by the day of the older notice
    "Northmoor Capital's stake in Quayside Holdings fell to 4.35% on 12 March 2025, from 5.16% on 20 February 2025.",
    # a list of trades with their days in front of them
    "岸邊控股(02777)股東Northmoor Capital近月兩度申報：2025年2月20日涉及525萬股，2025年3月12日再涉及814萬股。",
    # another holder, told by the first word of its name
    "Quayside Holdings lost two backers: Northmoor cut its holding to 4.35% while Ho Ka Ming went down to 30.91% on 13 March.",
    # what others hold now
    "Ho Ka Ming sold 3.6 million shares of Quayside Holdings on 13 March 2025 to investors who now hold 9%. His wife holds 1.4%.",
    # what all shares are
    "After the sale of 12 March 2025 Northmoor Capital held 4.35% of Quayside Holdings, measured against 1 billion shares.",
    # a total
    "Northmoor Capital先後於2月20日及3月12日買賣岸邊控股525萬股及814萬股，合計1339萬股。",
    # the year of the second amount is not the one that stands nearest
    "Quayside Holdings' revenue for 2024 was RMB3.15 billion, against RMB2.52 billion in 2023, and its net loss narrowed to RMB276 million.",
    # a day in another year is no first day of trading
    "岸邊控股於2012年6月18日上市，2013年1月4日高見9.70港元。",
    # an earlier deal at another price, told in between
    "Northmoor Capital sold 8.14 million shares of Quayside Holdings on 12 March 2025 at HK$6.1735. It had bought 2 million at HK$3.10 in August, and in 2021 it paid HK$9.40.",
    # what is held in another's name
    "Ho Ka Ming sold 3.6 million shares of Quayside Holdings on 13 March 2025. He holds 309,100,500 shares directly and 41 million through a trust.",
    # a gain is no price
    "Northmoor Capital於3月12日以每股6.1735港元沽出岸邊控股814萬股，每股賺0.33港元。",
    # both years of a line, the earlier in a bracket or behind "from"
    "Quayside Holdings: revenue RMB3.15bn (2023: RMB2.52bn), net loss RMB276m (RMB431m).",
    "岸邊控股2024年收入由25.2億元人民幣增至31.5億元人民幣。",
    # the close of the day before
    "岸邊控股3月13日高見6.48港元，較前收市價6.13港元升5.7%。",
    # of two sources either may be right
    "Quayside Holdings shares closed at HK$6.05 on 12 March 2025.",
    "Quayside Holdings shares closed at HK$6.13 on 12 March 2025.",
]  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_what_may_be_of_something_else_accuses_nobody(text: str, outside: Outside) -> None:
    assert [(r.claim.found.text, r.reason) for r in wrong(text, outside)] == []


SALE = (
    "Northmoor Capital sold {shares} shares of Quayside Holdings (2777.HK) on {day} at {price} each. "
    "Its stake fell to {after} from {before}."
)
TRUE = {"shares": "8.14 million", "day": "12 March 2025", "price": "HK$6.1735", "after": "4.35%", "before": "5.16%"}


def test_the_true_sale_is_borne_out(outside: Outside) -> None:
    found = {r.claim.found.text: r.verdict for r in checked(SALE.format(**TRUE), outside).rulings}
    assert {found[text] for text in TRUE.values()} == {SUPPORTED}


@pytest.mark.parametrize(
    ("what", "told", "reason"),
    [
        ("shares", "81.4 million", "10 times"),
        ("shares", "5.25 million", "8.14 million"),
        ("price", "US$6.1735", "another currency"),
        ("price", "HK$6.7135", "exchanged or mistyped"),
        ("after", "4.53%", "exchanged or mistyped"),
        ("after", "5.16%", "stale"),
        ("before", "4.63%", "before the event of 2025-03-12"),
        ("day", "20 February 2025", "2025-03-12"),
    ],
)
def test_one_slip_is_found_and_named(what: str, told: str, reason: str, outside: Outside) -> None:
    findings = wrong(SALE.format(**{**TRUE, what: told}), outside)
    assert [r.claim.found.text for r in findings] == [told], "the slip and nothing else"
    assert reason in findings[0].reason
    assert findings[0].sources


def test_another_currency_is_corrected_in_the_right_one(outside: Outside) -> None:
    (found,) = wrong(SALE.format(**{**TRUE, "price": "US$6.1735"}), outside)
    assert found.correction == "HK$6.1735"


def test_a_sale_told_as_a_purchase(outside: Outside) -> None:
    text = "Northmoor Capital bought 8.14 million shares of Quayside Holdings on 12 March 2025."
    (found,) = wrong(text, outside)
    assert "a sale, not a purchase" in found.reason
    assert not wrong(text.replace("bought", "sold"), outside)


@pytest.mark.parametrize(("verb", "count"), [("fell below", 0), ("rose above", 1)])
def test_a_level_crossed_the_other_way(verb: str, count: int, outside: Outside) -> None:
    text = (
        f"Northmoor Capital's stake in Quayside Holdings {verb} 5% on 12 March 2025, when it sold 8.14 million shares."
    )
    assert len(wrong(text, outside)) == count


def test_the_figure_that_a_notice_refutes_is_blamed_and_not_the_product(outside: Outside) -> None:
    text = "On 13 March 2025 Ho Ka Ming sold {} million shares of Quayside Holdings at HK$6.214, for HK$22.37 million."
    assert not wrong(text.format("3.6"), outside)
    assert "36 million" in {r.claim.found.text for r in wrong(text.format("36"), outside)}
    assert "HK$22.37 million" not in {r.claim.found.text for r in wrong(text.format("36"), outside)}


def test_a_name_in_brackets_is_the_same_holder(outside: Outside) -> None:
    text = "岸邊控股(02777)主席何家明（HO Ka Ming）於3月13日減持{}萬股，持股由31.27%降至30.91%。"
    assert not wrong(text.format("360"), outside)
    (found,) = wrong(text.format("3600"), outside)
    assert "10 times" in found.reason
    assert aliases(["何家明"], text) == {"何家明": "HO Ka Ming"}


@pytest.mark.parametrize("name", ["Ka Ming Ho", "Ho Ka Ming", "HO Ka Ming"])
def test_a_person_is_found_in_either_order_of_names(name: str, outside: Outside) -> None:
    text = f"{name} sold 6.3 million shares of Quayside Holdings on 13 March 2025."
    assert [r.verdict for r in wrong(text, outside)] == [CONTRADICTED]
    assert person(name) == person("Ka Ming Ho")


def test_the_company_with_its_code_is_the_article_s(outside: Outside) -> None:
    """An aside on another company's holder does not make that one the article's subject."""
    text = (
        "Northmoor Capital sold 8.41 million shares of Quayside Holdings (2777.HK) on 12 March 2025. Its stake fell to 4.35%.\n"
        "Mr Ho also owns 6% of Grange Foods, where he sits on the board."
    )
    assert [r.claim.found.text for r in wrong(text, outside)] == ["8.41 million"]


def test_a_holder_in_front_of_the_company_whose_stake_it_is(outside: Outside) -> None:
    found = checked("Northmoor Capital's Quayside Holdings stake fell to 4.35% on 12 March 2025.", outside).rulings
    assert [(r.claim.holder, r.claim.issuer) for r in found][:1] == [("Northmoor Capital", "Quayside Holdings")]


def test_a_price_for_a_share_names_no_class(outside: Outside) -> None:
    text = "Northmoor Capital received HK$6.1735 a share for 8.14 million shares of Quayside Holdings on 12 March 2025."
    assert {r.claim.share_class for r in checked(text, outside).rulings} == {None}


def test_another_person_is_not_judged(outside: Outside) -> None:
    assert not wrong("Ho Ka Fai sold 6.3 million shares of Quayside Holdings on 13 March 2025.", outside)
    assert person("Northmoor") == frozenset()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quayside Holdings said 2024 revenue rose 25% to RMB{} billion.", "31.5"),
        ("Quayside Holdings reported 2024 revenue of HK${} billion.", "3.15"),
        ("岸邊控股2024年收入{}億元，同比增長25%。", "3.15"),
    ],
)
def test_a_result_in_other_words(text: str, told: str, outside: Outside) -> None:
    assert told in wrong(text.format(told), outside)[0].claim.found.text
    true = text.replace("HK$", "RMB").format("31.5" if "億" in text else "3.15")
    assert not wrong(true, outside)


def test_a_high_is_refuted_by_a_slip_of_the_pen_alone(outside: Outside) -> None:
    text = "岸邊控股3月13日最高見{}港元。"
    assert not wrong(text.format("6.48"), outside)
    assert not wrong(text.format("6.60"), outside), "it may be another day's"
    assert len(wrong(text.format("6.84"), outside)) == 1
