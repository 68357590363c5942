"""Pairs that somebody may judge: what is found, what speaks for and against, and that nothing is found where nothing is."""

import json
import time
from datetime import date, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.judgements import Judgement, Side, Verdict, fact_of
from stakeline.model.notices import Holder, HolderKind
from stakeline.model.rows import Row, row_key
from stakeline.registry.candidates import Candidate, candidates
from stakeline.registry.likeness import LIKE, likeness
from stakeline.registry.names import aliases
from stakeline.registry.scripts import simplified

PERSON, CORPORATION = HolderKind.INDIVIDUAL, HolderKind.CORPORATION


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Chan Tai Man", "Tai Man Chan", "another order"),
        ("Chan Taiman", "Tai Man Chan", "another order of names"),
        ("CHIU TAT JUNG DANIEL", "Chiu Tat-Jung, Daniel", "legal form or its spelling"),
        ("Alibaba Group Holding Ltd", "ALIBABA GROUP HOLDING LIMITED", "legal form"),
        ("Hon Hai Precision Industry Co. Ltd.", "Hon Hai Precision Industry Company, Limited", "legal form"),
        ("UBS Trustees (B.V.I.) Limited", "UBS Trustees (BVI) Ltd", "legal form"),
        ("中國旅遊集团有限公司", "中国旅游集团有限公司", "simplified"),
        ("商湯集團股份有限公司", "商汤集团", "legal form"),
        ("Ｃhina Ｏil HBP", "China Oil HBP Limited", "legal form"),
        ("New Star Ltd (formerly known as Old Moon Ltd)", "Old Moon Limited", "another name"),
        ("新星有限公司（前稱舊月有限公司）", "旧月有限公司", "another name"),
        ("Ke Yuexina", "Ke Yuexin", "spelled alike"),
        ("KWOK HOI HING", "Kwok Hoi Hing Peter", "peter besides"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str, why: str) -> None:
    found = likeness(one, other)
    assert found == likeness(one, other)
    assert found.points >= LIKE
    assert likeness(other, one).points == found.points
    assert any(why in reason for reason in found.reasons), found.reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # legacy-date-list-2017-02.csv: two holders of China Digital Culture, two of Haitian Energy, brothers in 00041
        ("Hsu Tung Sheng", "Hsu Tung Chi"),
        ("Haitong International Securities Group Limited", "Haitong International Holdings Limited"),
        ("Lo Ying Sui", "Lo Ka Shui"),
        ("陳大文", "陳大武"),
        ("BlackRock, Inc.", "商湯集團股份有限公司"),
        ("", "Chan"),
        ("Limited", "Ltd (formerly known as )"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert likeness(one, other).points < 98
    if one and "Ltd" not in other:
        assert likeness(one, other).points < LIKE


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Tiger Fund I", "Tiger Fund II", "number: i, ii"),
        ("Nuada Limited", "Nuada Holdings Limited", "one group apart: holdings"),
        ("Golden Dragon Inc.", "Golden Dragon Limited", "legal forms: incorporated and limited"),
    ],
)
def test_what_tells_companies_apart_is_said(one: str, other: str, said: str) -> None:
    assert any(said in line for line in likeness(one, other).against)


def test_names_within_a_name() -> None:
    assert aliases("X Limited (formerly Y (Asia) Limited)") == ("X Limited", "Y (Asia) Limited")
    assert aliases("甲公司（前稱：乙公司）") == ("甲公司", "乙公司")
    for whole in (
        "BlackRock, Inc.",
        "UBS Trustees (B.V.I.) Limited",
        "(formerly known as)",
        "東方證券股份有限公司（DFZQ）",
    ):
        assert aliases(whole) == (whole,)


def test_characters_of_real_names_become_simplified() -> None:
    assert simplified("中國平安保險（集團）股份有限公司") == "中国平安保险（集团）股份有限公司"
    assert simplified("Chan 兗礦") == "Chan 兖矿"


def only(found: tuple[Candidate, ...]) -> Candidate:
    assert len(found) == 1, found
    return found[0]


def test_equal_totals_speak_for_a_pair_and_other_totals_against_it(make: SimpleNamespace) -> None:
    def pair(total: str) -> tuple[Candidate, ...]:
        rows = [
            make.notice(name, "2026-01-05", kind=PERSON, after=(make.number(shares), make.percent("6.00")), serial=name)
            for name, shares in (("Chan Tai Man", "1000"), ("Tai Man Chan", total))
        ]
        return candidates(rows, [])

    same, other = only(pair("1000")), only(pair("1001"))
    assert same.score > other.score
    assert any("the same total" in line for line in same.speaks_for)
    assert any("different totals for one day: hk:01810 2026-01-05" in line for line in other.against)


def test_two_classes_of_one_day_are_no_contradiction(make: SimpleNamespace) -> None:
    rows = [
        make.notice(name, "2026-01-05", kind=PERSON, share_class=c, after=(make.number(shares), None))
        for name, shares, c in (("Chan Tai Man", "1000", "A"), ("Tai Man Chan", "7", "B"))
    ]
    assert only(candidates(rows, [])).against == ()


def test_a_form_that_gives_both_scripts_links_them(make: SimpleNamespace) -> None:
    page = make.notice("Chan Tai Man", "2026-01-05", kind=PERSON)
    page = make.row(_with_holder(page.body, Holder(name="Chan Tai Man", kind=PERSON, chinese="陳大文")))
    found = only(candidates([page, make.notice("陈大文", "2026-02-05", kind=None)], []))
    assert set(found.names) == {"Chan Tai Man", "陈大文"}
    exact = only(candidates([page, make.notice("陳大文", "2026-02-05", kind=None)], []))
    assert any("gives the other name beside it" in line for line in exact.speaks_for)


def test_one_serial_under_two_names_is_the_strongest_word(make: SimpleNamespace) -> None:
    rows = [make.notice(n, "2026-01-05", kind=None, serial="IS20260108E00001", document=n) for n in ("Chan", "陳大文")]
    found = only(candidates(rows, []))
    assert any("one notice tells both names: IS20260108E00001" in line for line in found.speaks_for)


def test_persons_are_compared_within_an_issuer_and_corporations_everywhere(make: SimpleNamespace) -> None:
    persons = [
        make.notice(n, "2026-01-05", kind=PERSON, issuer=i)
        for n, i in (("Chan Tai Man", "00001"), ("Tai Man Chan", "00002"))
    ]
    assert candidates(persons, []) == ()
    firms = [
        make.notice(n, "2026-01-05", issuer=i) for n, i in (("Old Moon Ltd", "00001"), ("Old Moon Limited", "00002"))
    ]
    assert "they never report in the same issuer" in only(candidates(firms, [])).against


@pytest.mark.parametrize("verdict", [Verdict.JOIN, Verdict.SPLIT])
def test_a_judged_pair_is_no_candidate(make: SimpleNamespace, verdict: Verdict) -> None:
    rows = [make.notice(n, "2026-01-05", kind=PERSON) for n in ("Chan Tai Man", "Tai Man Chan")]
    sides = (Side("Chan Tai Man", "hk:01810"), Side("Tai Man Chan", "hk:01810"))
    fact = fact_of(
        Judgement(verdict=verdict, sides=sides, by="mo", at=datetime.fromisoformat("2026-03-01T00:00:00Z"), why="x")
    )
    assert len(candidates(rows, [])) == 1
    assert candidates(rows, [Row(row_key(fact), fact, ())]) == ()


@given(st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=6))
def test_hostile_names_are_compared_and_printed(make: SimpleNamespace, names: list[str]) -> None:
    rows = [make.notice(n, "2026-01-05", kind=PERSON, after=(make.number("5"), None), serial="S") for n in names]
    found = candidates(rows, [])
    assert candidates(rows[::-1], []) == found
    assert all(line.isprintable() for c in found for line in (*c.speaks_for, *c.against))
    assert all(0 <= c.score <= 100 for c in found)


def test_very_long_names_cost_little(make: SimpleNamespace) -> None:
    begun = time.process_time()
    rows = [
        make.notice(c * 100_000, "2026-01-05", kind=PERSON, serial="S") for c in ("a b ", "b a ", "(formerly ", "國")
    ]
    candidates(rows, [])
    assert time.process_time() - begun < 2


def _with_holder(body: Any, holder: Holder) -> Any:
    import msgspec

    return msgspec.structs.replace(body, holder=holder)


def test_real_lists_and_histories(samples: Path, make: SimpleNamespace) -> None:
    """Compared by hand with di-consolidated-lists-2026-08.json, di-person-histories-2026-08.json, di-one-person-00308.json.

    00308: 郭海庆 and KWOK HOI HING have the serials of three notices in common. 00041: "Lo Hong Sui, Antony" 255,818,366 and
    "Lo Hong Sui" 254,664,686 shares, both on 30 June 2026. 02382: WANG Wenjian and WANG Wenjie, two totals on 28 July 2026.
    00384: "Liu Ming Hui" and "LIU Ming Hui" are one name already.
    """
    folder = samples / "hk"
    rows = []

    def add(code: str, name: str, day: date, shares: int, source: str | None = None) -> None:
        after = (make.number(str(shares)), None)
        rows.append(
            make.notice(name, day.isoformat(), issuer=code, kind=None, after=after, serial=source and source.split()[1])
        )

    lists = json.loads((folder / "di-consolidated-lists-2026-08.json").read_text(encoding="utf-8"))["companies"]
    for code, company in lists.items():
        for holder in company["shareholders"]:
            day = datetime.strptime(holder["lastNoticeDate"], "%d/%m/%Y").date()  # noqa: DTZ007
            add(code, holder["name"], day, holder["shares"])
    histories = json.loads((folder / "di-person-histories-2026-08.json").read_text(encoding="utf-8"))["companies"]
    one = json.loads((folder / "di-one-person-00308.json").read_text(encoding="utf-8"))
    for code, told in (*histories.items(), ("00308", one)):
        for record in told["records"]:
            add(code, told["shareholder"], date.fromisoformat(record["date"]), record["shares"], record["source"])
    found = {frozenset(c.names): c for c in candidates(rows, [])}
    guo = found[frozenset({"KWOK HOI HING", "郭海庆"})]
    assert guo == max(found.values(), key=lambda c: c.score)
    assert any("IS20231114E00218, IS20240517E00438, IS20250524E00007" in line for line in guo.speaks_for)
    for names, where in (
        ({"Lo Hong Sui", "Lo Hong Sui, Antony"}, "hk:00041 2026-06-30"),
        ({"WANG Wenjian", "WANG Wenjie"}, "hk:02382 2026-07-28"),
    ):
        pair = found[frozenset(names)]
        assert pair.score < LIKE
        assert pair.against == (f"different totals for one day: {where}",)
    assert frozenset({"Liu Ming Hui", "LIU Ming Hui"}) not in found
    assert len(found) <= 10


@pytest.mark.soak
def test_ten_thousand_names_take_seconds(make: SimpleNamespace) -> None:
    rng = Random(1)
    words = [
        "China",
        "Oriental",
        "Golden",
        "Dragon",
        "Jade",
        "Pacific",
        "Ocean",
        "Star",
        "Sun",
        "Bright",
        "Capital",
        "Harvest",
        "Glory",
        "Time",
        "Era",
    ]
    syllables = [
        "chan",
        "wong",
        "lee",
        "tai",
        "man",
        "kwok",
        "hoi",
        "hing",
        "lau",
        "ho",
        "siu",
        "ming",
        "fung",
        "cheung",
        "yuen",
        "kai",
        "wing",
        "ka",
        "lok",
        "sze",
    ]
    names: set[str] = set()
    while len(names) < 10_000:
        if rng.random() < 0.5:
            names.add(" ".join(rng.choices(syllables, k=4)).title())
        else:
            parts = [rng.choice(words) + rng.choice(["", "x", "en", str(rng.randint(1, 99))]) for _ in range(3)]
            names.add(" ".join(parts) + rng.choice([" Limited", " Ltd", " Holdings Limited"]))
    rows = [
        make.notice(
            name, "2026-01-05", issuer=f"{rng.randint(1, 500):05}", after=(make.number(str(rng.randint(1, 10**9))), None),
            kind=CORPORATION if "L" in name and name[-1] in "d." else PERSON,
        )
        for name in sorted(names)
    ]  # fmt: skip
    begun = time.process_time()
    assert candidates(rows, [])
    assert time.process_time() - begun < 20
