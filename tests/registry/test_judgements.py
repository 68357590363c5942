"""Recorded judgements: which names they make one, whatever the order, and what becomes of them when they contradict."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline.model.documents import Document
from stakeline.model.judgements import Judgement, Side, Verdict, fact_of, judgement_of
from stakeline.model.notices import Holder, HolderKind
from stakeline.model.rows import Row, row_key
from stakeline.reading import judgements as documents
from stakeline.registry.holders import known_holders, named_holders, party_keys
from stakeline.registry.judgements import recorded, rulings
from stakeline.registry.timelines import timelines
from stakeline.workflows.readers import read_document

CORPORATION, INDIVIDUAL = HolderKind.CORPORATION, HolderKind.INDIVIDUAL
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
ALIBABA, TAOBAO = "Alibaba Group Holding Ltd", "Taobao Holding Ltd (Alibaba)"


def judgement(
    verdict: str, one: str, other: str, day: int = 0, issuer: str | None = None, second: str | None = None
) -> Judgement:
    sides = (Side(one, issuer), Side(other, second or issuer))
    return Judgement(
        verdict=Verdict(verdict), sides=sides, by="mo", at=START + timedelta(days=day), why="seen on the form"
    )


def undo(target: Judgement, day: int = 50) -> Judgement:
    return Judgement(
        verdict=Verdict.WITHDRAW, withdraws=target.id, by="mo", at=START + timedelta(days=day), why="a mistake"
    )


def rows(*told: Judgement) -> list[Row[Any]]:
    facts = [fact_of(j) for j in told]
    return [Row(row_key(f), f, ()) for f in facts]


def keys(
    told: Sequence[Judgement], names: Sequence[str], scope: str = "hk:00001", facts: Sequence[Any] = ()
) -> list[str]:
    """The keys of holders of unknown kind in one issuer."""
    holders = [(scope, Holder(name=n)) for n in names]
    found = party_keys(holders, known_holders([*facts, *rows(*told)]))
    return [found[h] for h in holders]


def test_a_join_makes_two_names_one_and_nothing_else() -> None:
    a, b, c = keys([judgement("join", "Chan Tai Man", "Tai Man CHAN")], ["CHAN, Tai Man", "Tai Man Chan", "Chan Tai"])
    assert a == b != c


def test_joins_reach_through_a_name_that_reports_nowhere() -> None:
    told = [
        judgement("join", "A Ltd", "B Ltd"),
        judgement("join", "B Ltd", "C Ltd"),
        judgement("join", "C Ltd", "D Ltd"),
    ]
    assert len(set(keys(told, ["A Ltd", "D Ltd"]))) == 1


def test_a_join_of_one_issuer_says_nothing_of_others() -> None:
    told = [judgement("join", "Chan Tai Man", "Tai Man Chan", issuer="hk:00001")]
    names = ["Chan Tai Man", "Tai Man Chan"]
    assert len(set(keys(told, names))) == 1
    assert len(set(keys(told, names, "hk:00002"))) == 2


def test_corporations_joined_in_one_issuer_stay_two_in_others_even_when_both_are_looked_at() -> None:
    told = [judgement("join", "A Ltd", "B Ltd", issuer="hk:00001")]
    holders = [(s, Holder(name=n, kind=CORPORATION)) for s in ("hk:00001", "hk:00002") for n in ("A Ltd", "B Ltd")]
    found = party_keys(holders, known_holders(rows(*told)))
    assert len({found[h] for h in holders[:2]}) == 1
    assert [found[h] for h in holders[2:]] == ["corporation:a ltd", "corporation:b ltd"]


def test_a_person_of_two_issuers_can_be_joined_across_them() -> None:
    told = [judgement("join", "Guo Guangchang", "GUO Guang Chang", issuer="hk:00656", second="hk:02196")]
    one = keys(told, ["Guo Guangchang"], "hk:00656")
    assert one == keys(told, ["Guo Guang Chang"], "hk:02196")
    assert one != keys(told, ["Guo Guangchang"], "hk:02196")


def test_joined_names_are_a_corporation_where_one_of_them_is() -> None:
    told = [judgement("join", "BlackRock, Inc.", "Blackrock Incorporated")]
    holders = [
        ("hk:00001", Holder(name="BlackRock, Inc.", kind=CORPORATION)),
        ("hk:00001", Holder(name="Blackrock Incorporated")),
    ]
    found = party_keys(holders, known_holders(rows(*told)))
    assert set(found.values()) == {"corporation:blackrock inc"}


def test_a_split_counts_more_than_facts(make: SimpleNamespace) -> None:
    assert set(keys([], [ALIBABA, TAOBAO], "hk:00020", make.names)) == {"holder:alibaba"}
    one, other = keys([judgement("split", ALIBABA, TAOBAO)], [ALIBABA, TAOBAO], "hk:00020", make.names)
    assert one == "holder:alibaba"
    assert other == "hk:00020/taobao holding ltd alibaba"
    known = known_holders([*make.names, *rows(judgement("split", ALIBABA, TAOBAO))])
    assert known.judged.apart(one, other)
    assert TAOBAO not in known.names["holder:alibaba"]


def test_a_split_of_one_issuer_leaves_the_facts_to_the_others(make: SimpleNamespace) -> None:
    told = [judgement("split", ALIBABA, TAOBAO, issuer="hk:00020")]
    assert len(set(keys(told, [ALIBABA, TAOBAO], "hk:00020", make.names))) == 2
    assert set(keys(told, [ALIBABA, TAOBAO], "hk:09988", make.names)) == {"holder:alibaba"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_later_judgement_has_the_say_however_they_come(order: tuple[int, ...]) -> None:
    told = [
        judgement("join", "A Ltd", "B Ltd", 1),
        judgement("split", "B Ltd", "A Ltd", 2),
        judgement("join", "A Ltd", "C Ltd", 0),
    ]
    a, b, c = keys([told[n] for n in order], ["A Ltd", "B Ltd", "C Ltd"])
    assert a == c != b
    again = judgement("join", "A Ltd", "B Ltd", 3)
    assert len(set(keys([told[n] for n in order] + [again], ["A Ltd", "B Ltd", "C Ltd"]))) == 1


def test_an_old_join_does_not_bring_together_by_a_detour_what_a_later_split_parts() -> None:
    told = [
        judgement("join", "A Ltd", "B Ltd", 0),
        judgement("join", "B Ltd", "C Ltd", 1),
        judgement("split", "A Ltd", "C Ltd", 2),
    ]
    a, b, c = keys(told, ["A Ltd", "B Ltd", "C Ltd"])
    assert a != b == c
    first, second, third = rulings(recorded(rows(*told)))
    assert (first.stands, second.stands, third.stands) == (False, True, True)
    assert first.overruled_by == (told[2].id,)


def test_of_one_moment_the_id_decides() -> None:
    pair = [judgement("join", "A Ltd", "B Ltd"), judgement("split", "A Ltd", "B Ltd")]
    later = max(pair, key=lambda j: j.id)
    for told in (pair, pair[::-1]):
        assert (len(set(keys(told, ["A Ltd", "B Ltd"]))) == 1) is (later.verdict is Verdict.JOIN)


def test_withdrawn_judgements_have_no_effect_and_can_come_back() -> None:
    join = judgement("join", "A Ltd", "B Ltd")
    gone = undo(join)
    back = undo(gone, 60)
    names = ["A Ltd", "B Ltd"]
    assert keys([join, gone], names) == keys([], names)
    assert len(set(keys([join, gone, back], names))) == 1
    assert [r.stands for r in rulings(recorded(rows(join, gone, back)))] == [True, False, True]


def test_a_split_in_one_issuer_overrules_a_join_in_part() -> None:
    told = [judgement("join", "A Ltd", "B Ltd", 0), judgement("split", "A Ltd", "B Ltd", 1, issuer="hk:00001")]
    assert len(set(keys(told, ["A Ltd", "B Ltd"]))) == 2
    assert len(set(keys(told, ["A Ltd", "B Ltd"], "hk:00002"))) == 1
    join = rulings(recorded(rows(*told)))[0]
    assert (join.stands, join.overruled_by) == (True, (told[1].id,))


def test_a_chinese_name_is_enough_where_the_other_is_nobodys() -> None:
    told = [judgement("join", "陳大文", "大文陳", issuer="hk:00001")]
    holders = [("hk:00001", Holder(name="Chan Tai Man", chinese="陳大文")), ("hk:00001", Holder(name="大文陳"))]
    found = party_keys(holders, known_holders(rows(*told)))
    assert len(set(found.values())) == 1
    apart = [*told, judgement("split", "Chan Tai Man", "陳大文", 1, issuer="hk:00001")]
    found = party_keys(holders, known_holders(rows(*apart)))
    assert len(set(found.values())) == 2


def test_names_alone_find_a_joined_holder_by_either() -> None:
    told = rows(judgement("join", "A Ltd", "乙有限公司"))
    (found,) = named_holders(told, ["A Ltd", "乙有限公司"])
    assert set(found.seats) == {"A Ltd", "乙有限公司"}


names_of = st.sampled_from(["Chan Tai Man", "Tai Man Chan", "陳大文", "Nominees Ltd", "Nominees Limited"])
scopes = st.sampled_from([None, "hk:01810", "hk:00020"])
drawn = st.lists(
    st.builds(judgement, st.sampled_from(["join", "split"]), names_of, names_of, st.integers(0, 5), scopes),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(drawn, st.randoms(use_true_random=False), st.data())
def test_any_order_of_notices_and_judgements_tells_the_same(
    make: SimpleNamespace, told: Any, rng: Any, data: Any
) -> None:
    notices = [
        make.notice(
            data.draw(names_of), f"2026-0{n + 1}-01", issuer=data.draw(st.sampled_from(["01810", "00020"])),
            kind=data.draw(st.sampled_from([None, CORPORATION, INDIVIDUAL])), serial=f"CS2026010{n}E0000{n}",
            after=(make.number(str(1000 + n // 2)), make.percent("6.00")),
        )
        for n in range(6)
    ]  # fmt: skip
    facts = [*make.names, *rows(*told, *(undo(j) for j in told[::3]))]
    expected = timelines(notices, facts, make.regime_of, make.cite)
    rng.shuffle(notices)
    rng.shuffle(facts)
    assert timelines(notices, facts, make.regime_of, make.cite) == expected
    everything = [*facts, *rows(*(undo(j, 70) for j in told), *(undo(undo(j), 80) for j in told[::3]))]
    taken_back = [*everything, *rows(*(undo(undo(undo(j), 80), 90) for j in told[::3]))]
    assert timelines(notices, taken_back, make.regime_of, make.cite) == timelines(
        notices, make.names, make.regime_of, make.cite
    )


def test_one_notice_of_two_names_is_one_entry_with_two_seats_and_two_are_two_in_time(make: SimpleNamespace) -> None:
    """Figures of 00308 in di-one-person-00308.json: 郭海庆, and in di-person-histories-2026-08.json: KWOK HOI HING."""
    total, percent = make.number("387596000"), make.percent("7.00")
    same = [
        make.notice(name, "2025-05-23", issuer="00308", kind=None, source_id=name, document=name,
                    shares=make.number("200000"), after=(total, percent))
        for name in ("郭海庆", "KWOK HOI HING")
    ]  # fmt: skip
    earlier = make.notice(
        "KWOK HOI HING", "2024-05-14", issuer="00308", kind=None, source_id="e",
        shares=make.number("550000"), after=(make.number("332344000"), make.percent("6.00")),
    )  # fmt: skip
    before = timelines([*same, earlier], [], make.regime_of, make.cite)
    assert len(before) == 2
    join = judgement("join", "郭海庆", "Kwok Hoi Hing", issuer="hk:00308")
    (joined,) = timelines([*same, earlier], rows(join), make.regime_of, make.cite)
    assert set(joined.party.seats) == {"郭海庆", "KWOK HOI HING"}
    assert [str(e.day) for e in joined.entries] == ["2024-05-14", "2025-05-23"]
    assert [len(e.seats) for e in joined.entries] == [1, 2]
    assert [e.after.shares.number for e in joined.entries if e.after.shares] == [332344000, 387596000]
    assert timelines([*same, earlier], rows(join, undo(join)), make.regime_of, make.cite) == before


def test_a_judgement_survives_its_document_and_its_row() -> None:
    told = judgement("join", 'A "Ltd"', "乙\u202e有限公司\x00", issuer="hk:00001")
    document = documents.document(told)
    reading = read_document(document)
    assert (reading.reader, reading.problems) == ("judgements", ())
    fact = reading.facts[0].body
    assert judgement_of(fact) == told
    assert (fact.subject, fact.known_from, fact.note) == (f"judgement:{told.id}", told.at, told.why)
    assert documents.quote(document, "line 1") is not None


def line(**changes: Any) -> bytes:
    told = {
        "verdict": "join",
        "sides": [{"name": "A"}, {"name": "B"}],
        "by": "mo",
        "at": "2026-01-01T00:00:00Z",
        "why": "x",
    }
    return json.dumps({"stakeline judgement": told | changes}, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (line(why=" \x00"), "why is empty"),
        (line(by=""), "by is empty"),
        (line(sides=[{"name": "A"}]), "names two holders"),
        (line(sides=[{"name": "A"}, {"name": "\u200b"}]), "name is empty"),
        (line(sides=[{"name": "A"}, {"name": "B" * 1001}]), "longer than 1,000"),
        (line(sides=[{"name": "A", "issuer": "hk:00001"}, {"name": "B"}]), "either both"),
        (line(at="2026-01-01T00:00:00"), "no offset"),
        (line(at="0001-01-01T00:00:00+14:00"), "out of range"),
        (line(verdict="merge"), "Invalid enum value"),
        (line(verdict="withdraw"), "names the judgement that it withdraws"),
        (line(withdraws="j1"), "withdraws nothing"),
        (line(why="x" * 4001), "longer than 4,000"),
        (line()[:-9], "truncated"),
        (documents.MARK + b"[" * 30_000, "no judgement that we can take"),
        (documents.MARK + b"x" * 50_000, "more than 40,000 bytes"),
    ],
)
def test_what_is_no_judgement_is_quarantined_and_the_next_line_stands(broken: bytes, said: str) -> None:
    reading = read_document(Document(data=broken + b"\r\n\n" + line() + b"\n", name="x.json"))
    (problem,) = reading.problems
    assert problem.severity == "input"
    assert said in problem.message
    assert problem.where == "line 1"
    assert problem.found.isprintable()
    assert len(reading.facts) == 1
    assert reading.inputs == 2


@given(st.binary(max_size=300))
def test_any_bytes_behind_our_mark_are_heard(data: bytes) -> None:
    reading = read_document(Document(data=documents.MARK + data, name="x.json"))
    assert reading.inputs >= 1
    assert len(reading.facts) + reading.quarantined == reading.inputs


def test_a_long_chain_of_withdrawals_is_settled_to_its_end() -> None:
    chain = [judgement("join", "A Ltd", "B Ltd")]
    for n in range(301):
        chain.append(undo(chain[-1], n + 1))
    found = rulings(recorded(rows(*reversed(chain))))
    assert [r.stands for r in found] == [n % 2 == 1 for n in range(302)]
    assert rulings(recorded(rows(undo(chain[0]))))[0].stands


def test_an_era_with_a_slash_in_its_name_changes_nothing() -> None:
    told = rows(judgement("split", "A Ltd", "B Ltd"), judgement("join", "A Ltd", "C Ltd"))
    known = known_holders(told)
    scope = "hk:00020 A/B Corp"
    holders = [(scope, Holder(name=n)) for n in ("A Ltd", "B Ltd", "C Ltd")]
    found = party_keys(holders, known)
    a, b, c = (found[h] for h in holders)
    assert a == c
    assert known.judged.apart(a, b)
    assert set(known.judged.names(c)) == {"A Ltd", "C Ltd"}
