"""Who holds and whose shares are told: names by their form and their place, and words that are no names."""

from datetime import date

import pytest

from stakeline.checks import figures
from stakeline.checks.claims import claims
from stakeline.model.claims import Claim

ON = date(2025, 3, 12)


def _claims(text: str) -> dict[str, Claim]:
    return {c.found.text: c for c in claims(text, figures.find(text, on=ON), on=ON)}


def _holders(text: str) -> set[str | None]:
    return {c.holder for c in _claims(text).values() if c.kind.startswith(("transaction.", "stake."))}


def _issuers(text: str) -> set[str | None]:
    return {c.issuer for c in _claims(text).values()}


CHINESE = {
    "a fund and a company told by their endings": (
        "據銷售文件，青崖資本以每股7.2元配售朗川醫療3,100萬股，集資2.23億元。完成後持股降至6.1%。",
        "青崖資本",
        "朗川醫療",
    ),
    "a title behind the company, a person behind the title": (
        "恒泽软件副总裁秦越峰因个人资金需要，3月5日卖出6.2万股，价格为每股33.1元。",
        "秦越峰",
        "恒泽软件",
    ),
    "behind a colon": ("减持居前：海陵化工，董事佟立卖出150万股，均价6.7元。", "佟立", "海陵化工"),
    "the short form of a name": (
        "白鹭基金3月4日减持南陵水泥60万股，平均价3.2元。白鹭仍持有南陵水泥640万股。",
        "白鹭基金",
        "南陵水泥",
    ),
    "Latin letters": ("Northgate Partners盤後減持聯嶺電子800萬股，每股16.5元。", "Northgate Partners", "聯嶺電子"),
    "Latin letters at the head, with the legal form": (
        "Fernhill, Inc.於3月3日減持聯嶺電子800萬股，每股16.5元。",
        "Fernhill, Inc.",
        "聯嶺電子",
    ),
    "a name no ending tells": ("貝萊德於3月3日減持蔚來H股75萬股，每股均價34元。", "貝萊德", "蔚來"),
}


@pytest.mark.parametrize(("text", "holder", "issuer"), CHINESE.values(), ids=CHINESE)
def test_chinese_parties(text: str, holder: str, issuer: str) -> None:
    assert _holders(text) == {holder}
    assert _issuers(text) == {issuer}


ENGLISH = {
    "what a company does in front of its name": (
        "Harbour Loop Partners sold its remaining 11.4 per cent of data-centre operator Corlane on Tuesday. "
        "The 68 million shares went at A$6 each.",
        "Harbour Loop Partners",
        "Corlane",
    ),
    "an apposition is not who acts": (
        "Alan Dresser, chief executive of Pinemoor Software, disposed of 60,000 shares at $88.40.",
        "Alan Dresser",
        "Pinemoor Software",
    ),
    "a person whose name is like a month": (
        "Ho Jun, the founder of Brightwell Motors, holds 310 million shares. Ho Jun sold 2 million in Jun, at HK$3.1.",
        "Ho Jun",
        "Brightwell Motors",
    ),
    "where shares are listed is no name": (
        "Kelso Capital has trimmed its stake in Shanghai-listed Tianmu Optics to 4.2%. Brokers expect it to sell more.",
        "Kelso Capital",
        "Tianmu Optics",
    ),
}


@pytest.mark.parametrize(("text", "holder", "issuer"), ENGLISH.values(), ids=ENGLISH)
def test_english_parties(text: str, holder: str, issuer: str) -> None:
    assert _holders(text) == {holder}
    assert _issuers(text) == {issuer}


@pytest.mark.parametrize(
    "text",
    [
        "折合每股约15.4元，数量为300万股，占总股本1.2%。",
        "此次减持后，尚余240万股，当年成本为每股3元。",
        "Bids came in at Rs 540, and buyers paid Rs 226 crore for the shares.",
    ],
)
def test_no_name_is_no_party(text: str) -> None:
    assert {*_holders(text), *_issuers(text)} == {None}


def test_the_former_and_the_latter() -> None:
    made = _claims(
        "启澜软件两名高管出手：总经理贺松买入8万股；财务总监陆晨买入3万股。前者耗资181万元，后者耗资80万元。"
    )
    assert (made["181万元"].holder, made["80万元"].holder) == ("贺松", "陆晨")


def test_what_several_hold_together_is_of_none_of_them() -> None:
    made = _claims("明陵投资卖出315万股，海汇合伙卖出180万股。两者合计495万股。")
    assert (made["180万股"].holder, made["495万股"].holder) == ("海汇合伙", None)


def test_letters_on_the_exchange_stand_for_the_name() -> None:
    made = _claims("Wexmoor Packaging (NYSE: WXM) posted revenue of $137 million. WXM opened at $51.97 on Monday.")
    assert {c.issuer for c in made.values()} == {"Wexmoor Packaging"}


def test_the_year_compared_with_is_not_the_period_of_what_follows() -> None:
    made = _claims("澜海轮胎2024年营业收入132亿元，2023年为118亿元。海外收入70亿元。")
    assert (made["132亿元"].period_or_date, made["70亿元"].period_or_date) == ("2024", "2024")


AGAIN = {
    "no ending tells it, its place does twice": (
        "青崖資本3月3日減持朗灣60萬股。朗灣股價當日跌3%。青崖資本去年也曾減持朗灣80萬股。",
        "朗灣",
    ),
    "a code behind it": ("大市走低，令朗灣(09731)跌至7.2元，跌幅3%。", "朗灣"),
    "a place in front": ("Vantor sold 3 million shares of Korea Larch at 7,200 won each on Monday.", "Korea Larch"),
    "a headline written as a sentence": (
        "Vantor has sold shares of Larchmere for about $30 million\nIt was the second sale within a year, at $15 each.",
        "Larchmere",
    ),
}


@pytest.mark.parametrize(("text", "issuer"), AGAIN.values(), ids=AGAIN)
def test_names_told_by_place_code_and_headline(text: str, issuer: str) -> None:
    assert _issuers(text) == {issuer}
