from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.stakes import Issuer, Party
from stakeline.registry.finding import find
from stakeline.registry.names import era_name, issuer_on, issuers, normal, span_of

XIAOMI = Issuer(
    subject="hk:01810",
    name="Xiaomi Corporation",
    names=("Xiaomi Corporation", "小米集團"),
    codes=(("01810", None, None),),
)
HEALTH = Issuer(subject="hk:00241", name="Alibaba Health", names=("Alibaba Health",), codes=(("00241", None, None),))
GROUP = Issuer(
    subject="hk:09988",
    name="Alibaba Group Holding Limited",
    names=("Alibaba Group Holding Limited", "BABA-W"),
    codes=(("09988", None, None),),
)


@pytest.fixture
def known(make: SimpleNamespace) -> Any:
    return (*issuers(make.names, ()), XIAOMI)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BlackRock, Inc.", "BLACKROCK  INC"),
        ("SENSETIME-W", "sensetime w"),
        ("Ｔencent Holdings", "Tencent Holdings"),
        ("L'Oréal", "L’ORE\u0301AL"),
        ("商湯集團（股份）", "商湯集團 (股份)"),
    ],
)
def test_spelling_alone_does_not_make_two_names(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Alibaba Ltd", "Alibaba Limited"), ("商湯", "商汤"), ("---", "..."), ("A+", "A")]
)
def test_nothing_else_is_taken_for_equal(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@given(st.text(max_size=40))
def test_a_normal_name_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("2021-12-30..", (date(2021, 12, 30), None)),
        ("..2019-12-06", (None, date(2019, 12, 6))),
        ("2022-06-24", (date(2022, 6, 24), date(2022, 6, 24))),
        ("2022H1", (None, None)),
        ("2022-02-02..2022-01-01", (None, None)),
        (None, (None, None)),
    ],
)
def test_periods(period: Any, span: Any) -> None:
    assert span_of(period) == span


def test_a_code_that_was_reused_has_two_issuers_and_a_time_of_neither(make: SimpleNamespace) -> None:
    wheelock, sensetime = issuers(make.names, [("hk:00020", "SenseTime Group Inc. - B", date(2022, 11, 8))])
    assert (wheelock.name, sensetime.name) == ("WHEELOCK", "SenseTime Group Inc.")
    assert sensetime.names == (
        "SenseTime Group Inc.",
        "商湯集團股份有限公司",
        "商汤集团股份有限公司",
        "SENSETIME-W",
        "SenseTime Group Inc. - B",
    )
    both = (wheelock, sensetime)
    assert issuer_on(both, "hk:00020", date(2019, 12, 6)) is wheelock
    assert issuer_on(both, "hk:00020", date(2019, 12, 7)) is None
    assert issuer_on(both, "hk:00020", date(2021, 12, 29)) is None
    assert issuer_on(both, "hk:00020", date(2021, 12, 30)) is sensetime
    assert era_name(both, "hk:00020", date(2020, 6, 1)) == "not known: nobody is known to have had the code 00020 then"


def test_a_renamed_company_is_one_issuer(make: SimpleNamespace) -> None:
    facts = [
        make.fact("hk:00001", "name", "former", "2000-01-01..2015-03-17", "Cheung Kong (Holdings) Limited"),
        make.fact("hk:00001", "name", "en", "2015-03-18..", "CK Hutchison Holdings Limited"),
    ]
    (issuer,) = issuers(facts, ())
    assert issuer.name == "CK Hutchison Holdings Limited"
    assert issuer.codes == (("00001", date(2000, 1, 1), None),)


def test_issuers_known_from_notices_alone_hold_their_code_on_every_day() -> None:
    (issuer,) = issuers((), [("hk:01810", "Xiaomi Corporation", date(2026, 8, 11))])
    assert issuer.name == "Xiaomi Corporation"
    assert issuer_on((issuer,), "hk:01810", date(1999, 1, 1)) is issuer
    assert era_name((issuer,), "hk:01810", date(1999, 1, 1)) is None


def test_holders_rates_and_peers_without_a_code_are_no_issuers(make: SimpleNamespace) -> None:
    facts = [make.fact("name:Megvii", "name", "en", None, "Megvii"), make.fact("fx:USD/HKD", "name", "en", None, "x")]
    assert issuers([*make.names, *facts], ())[-1].name == "SenseTime Group Inc."


@pytest.mark.parametrize(
    "query",
    ["20", "00020", "0020.HK", "hk:00020", "HK:20", "SenseTime", "sensetime-w", "商湯", "商汤集团", "group sensetime"],
)
def test_a_code_or_enough_of_a_name_finds_the_issuer(known: Any, query: str) -> None:
    assert find(query, known).name == "SenseTime Group Inc."


def test_the_day_decides_whose_code_it_was(known: Any) -> None:
    assert find("00020", known, date(2019, 12, 6)).name == "WHEELOCK"
    with pytest.raises(UnknownName, match="whose code '00020' was on 2020-06-01 is not known"):
        find("00020", known, date(2020, 6, 1))


def test_a_wrong_name_gets_suggestions_and_never_an_answer(known: Any) -> None:
    with pytest.raises(UnknownName, match=r"'SensTime'.*Did you mean SenseTime Group Inc\."):
        find("SensTime", known)
    with pytest.raises(UnknownName) as told:
        find("Zzyzx", known)
    assert "Did you mean" not in str(told.value)


def test_a_name_that_fits_several_lists_them() -> None:
    with pytest.raises(AmbiguousName, match=r"Alibaba Health \(hk:00241\); Alibaba Group Holding Limited \(hk:09988\)"):
        find("Alibaba", (HEALTH, GROUP))
    assert find("Alibaba Group", (HEALTH, GROUP)) is GROUP


def test_a_code_of_another_place_is_no_code_here(known: Any) -> None:
    with pytest.raises(UnknownName):
        find("us:00020", known)


def test_holders_are_found_by_any_of_their_names() -> None:
    alibaba = Party(key="holder:alibaba", name="Alibaba Group Holding Limited", seats=("Taobao Holding Ltd (Alibaba)",))
    other = Party(key="corporation:blackrock inc", name="BlackRock, Inc.")
    assert find("Taobao", (alibaba, other)) is alibaba
    assert find("blackrock inc", (alibaba, other)) is other


@pytest.mark.parametrize("query", ["", "   ", "\x00\x1b[31m", "…", "A" * 100_000, "\u202e\u200b"])
def test_hostile_names_are_answered_with_an_error_that_can_be_printed(known: Any, query: str) -> None:
    with pytest.raises(UnknownName) as told:
        find(query, known)
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 1000


def test_a_renamed_company_has_the_name_of_the_day_asked(make: SimpleNamespace) -> None:
    facts = [
        make.fact("hk:00001", "name", "en", "2020-01-01..2024-12-31", "Old Name Ltd"),
        make.fact("hk:00001", "name", "en", "2025-01-01..", "Brand New Ltd"),
        make.fact("hk:00001", "name", "zh-Hant", None, "甲公司"),
    ]

    def on(day: str | None) -> str:
        (issuer,) = issuers(facts, (), date.fromisoformat(day) if day else None)
        assert set(issuer.names) == {"Old Name Ltd", "Brand New Ltd", "甲公司"}
        return issuer.name

    assert [on(d) for d in ("2019-06-01", "2024-12-31", "2025-01-01", None)] == [
        "Old Name Ltd",
        "Old Name Ltd",
        "Brand New Ltd",
        "Brand New Ltd",
    ]


def test_a_name_without_a_code_is_of_the_era_that_had_it(make: SimpleNamespace) -> None:
    told = [("hk:name:Wheelock", "Wheelock", date(2010, 1, 4)), ("hk:name:SENSETIME W", "SENSETIME W", None)]
    wheelock, sensetime = issuers(make.names, told)
    assert wheelock.told_as == ("hk:name:Wheelock",)
    assert sensetime.told_as == ("hk:name:SENSETIME W",)
    *_, alone = issuers(make.names, [("hk:name:Wheelock", "Wheelock", date(2023, 1, 4))])
    assert (alone.subject, alone.codes) == ("hk:name:Wheelock", (("", None, None),))
    for query in ("", "name:", "0"):
        with pytest.raises(UnknownName):
            find(query, (alone,))
