from collections import Counter
from types import SimpleNamespace

from stakeline.model.notices import Holder, HolderKind
from stakeline.registry.finding import find
from stakeline.registry.holders import known_holders, named_holders, party, party_keys

CORPORATION, INDIVIDUAL = HolderKind.CORPORATION, HolderKind.INDIVIDUAL


def test_facts_join_names_that_differ(make: SimpleNamespace) -> None:
    known = known_holders(make.names)
    told = [("hk:00020", Holder(name=n)) for n in ("Alibaba Group Holding Ltd", "TAOBAO HOLDING LTD (ALIBABA)")]
    assert set(party_keys(told, known).values()) == {"holder:alibaba"}
    merged = party(
        "holder:alibaba", Counter({"Taobao Holding Ltd (Alibaba)": 2, "Alibaba Group Holding Ltd": 4}), (), known
    )
    assert merged.name == "Alibaba Group Holding Limited"
    assert merged.seats == ("Alibaba Group Holding Ltd", "Taobao Holding Ltd (Alibaba)")


def test_likeness_joins_nothing() -> None:
    told = [
        ("hk:1", Holder(name=n, kind=CORPORATION))
        for n in ("Alibaba Group Holding Ltd", "Alibaba Group Holding Limited")
    ]
    assert len(set(party_keys(told, known_holders([])).values())) == 2


def test_corporations_are_one_across_issuers_and_persons_are_not() -> None:
    told = [
        (scope, Holder(name=n, kind=k))
        for scope in ("hk:1", "hk:2")
        for n, k in (("BlackRock, Inc.", CORPORATION), ("Lei Jun", INDIVIDUAL))
    ]
    keys = party_keys(told, known_holders([]))
    assert sorted(set(keys.values())) == ["corporation:blackrock inc", "hk:1/lei jun", "hk:2/lei jun"]


def test_a_holder_of_unknown_kind_is_the_corporation_that_reports_in_the_same_issuer() -> None:
    told = [
        ("hk:1", Holder(name="BlackRock, Inc.", kind=CORPORATION)),
        ("hk:1", Holder(name="BlackRock Inc")),
        ("hk:2", Holder(name="BlackRock Inc")),
    ]
    keys = party_keys(told, known_holders([]))
    assert [keys[t] for t in told] == ["corporation:blackrock inc", "corporation:blackrock inc", "hk:2/blackrock inc"]


def test_a_name_that_facts_give_to_two_holders_joins_nothing(make: SimpleNamespace) -> None:
    facts = [make.fact(f"holder:{s}", "seat", None, None, "Nominees Ltd") for s in ("one", "two")]
    holder = ("hk:1", Holder(name="Nominees Ltd", kind=CORPORATION))
    assert party_keys([holder], known_holders(facts))[holder] == "corporation:nominees ltd"


def test_names_of_punctuation_alone_are_not_one_holder() -> None:
    told = [("hk:1", Holder(name=n, kind=CORPORATION)) for n in ("-", "...", "\u200b")]
    assert len(set(party_keys(told, known_holders([])).values())) == 3


def test_holders_by_name_alone(make: SimpleNamespace) -> None:
    told = ["Taobao Holding Ltd (Alibaba)", "BlackRock, Inc.", "BLACKROCK INC"]
    alibaba, blackrock = sorted(named_holders(make.names, told), key=lambda p: p.name)
    assert (alibaba.key, alibaba.seats) == ("holder:alibaba", ("Taobao Holding Ltd (Alibaba)",))
    assert blackrock.seats == ("BLACKROCK INC", "BlackRock, Inc.")
    assert find("Alibaba", named_holders(make.names, told)) == alibaba


def test_namesakes_with_different_chinese_names_are_two() -> None:
    known = known_holders([])
    one, other = (
        Holder(name="Chan Tai Man", kind=HolderKind.INDIVIDUAL, chinese=chinese) for chinese in ("陳大文", "陳泰民")
    )
    simple = Holder(name="Chan Tai Man", kind=HolderKind.INDIVIDUAL, chinese="陈大文")
    silent = Holder(name="Chan Tai Man", kind=HolderKind.INDIVIDUAL)
    keys = party_keys([("hk:01234", h) for h in (one, other, simple, silent)], known)
    assert keys["hk:01234", one] == keys["hk:01234", simple] != keys["hk:01234", other]
    assert len(set(keys.values())) == 3
    # A placeholder in the box is no name, and one Chinese name alone parts nobody.
    blank = Holder(name="Chan Tai Man", kind=HolderKind.INDIVIDUAL, chinese="N/A")
    few = party_keys([("hk:01234", h) for h in (one, blank, silent)], known)
    assert len(set(few.values())) == 1
