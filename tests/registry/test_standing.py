"""How a notice stands, since when that is known, and what a notice tells beside its totals."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from stakeline.model.law import Direction
from stakeline.model.notices import Associated, CodedShares, Debentures, Leg, Link, LinkKind, Position, Status
from stakeline.model.stakes import Deed, Through, tree
from stakeline.registry import conflicts
from stakeline.registry.timelines import timelines

FIRST, SECOND = "CS20240305E00004", "CS20240307E00009"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def told(make: SimpleNamespace) -> Any:
    return lambda rows, known=None: timelines(rows, [], make.regime_of, make.cite, known)


def row(make: SimpleNamespace, serial: str = FIRST, **changed: Any) -> Any:
    values = {
        "serial": serial,
        "code": "1201",
        "shares": make.number("2000000"),
        "after": (make.number("58000000"), make.percent("5.80")),
        "known": "2024-03-05",
    }
    return make.notice("Fund Ltd", changed.pop("day", "2024-03-01"), **{**values, **changed})


def stands(found: Any) -> dict[str, bool]:
    return {e.id: not e.withdrawn for t in found for e in t.entries}


def test_a_withdrawal_is_known_from_the_end_of_the_day_that_its_remark_tells(make: SimpleNamespace, told: Any) -> None:
    """The remark stands on a page saved later; the row's own day is that of filing. Hong Kong is eight hours ahead."""
    rows = [row(make), row(make, status=Status.WITHDRAWN, remark="(Withdrawn on 08/03/2024)", document="later")]
    assert stands(told(rows, at("2024-03-08T15:59"))) == {FIRST: True}
    assert stands(told(rows, at("2024-03-08T16:00"))) == {FIRST: False}
    assert stands(told(rows)) == {FIRST: False}
    before = told(rows, at("2024-03-06T00:00"))[0].entries[0]
    assert (before.status, before.doubts) == (Status.FILED, ())  # nothing of the remark before its day
    after = told(rows)[0].entries[0]
    assert (after.status, str(after.status_day)) == (Status.WITHDRAWN, "2024-03-08")


def test_chinese_remarks_tell_their_day_as_well(make: SimpleNamespace, told: Any) -> None:
    rows = [row(make, status=Status.WITHDRAWN, remark="（於2024年3月8日撤回）")]
    assert stands(told(rows, at("2024-03-08T15:00"))) == {FIRST: True}
    assert stands(told(rows, at("2024-03-09T00:00"))) == {FIRST: False}


def test_superseded_is_known_since_the_day_in_the_other_serial(make: SimpleNamespace, told: Any) -> None:
    rows = [row(make), row(make, status=Status.SUPERSEDED, related=SECOND, document="later")]
    assert stands(told(rows, at("2024-03-07T15:59"))) == {FIRST: True}
    assert stands(told(rows, at("2024-03-07T16:00"))) == {FIRST: False}


def test_a_remark_without_a_day_counts_only_where_no_moment_is_asked(make: SimpleNamespace, told: Any) -> None:
    rows = [row(make, status=Status.WITHDRAWN, remark="(Withdrawn)")]
    assert stands(told(rows)) == {FIRST: False}
    then = told(rows, at("2030-01-01T00:00"))[0].entries[0]
    assert not then.withdrawn
    assert then.doubts == (
        "a remark says that it was withdrawn (Withdrawn) and not since when:"
        " whether that was known at the moment asked cannot be told",
    )


def test_a_chain_collapses_to_its_last_link_as_each_becomes_known(make: SimpleNamespace, told: Any) -> None:
    third = "CS20240311E00001"
    rows = [
        row(make),
        row(make, SECOND, status=Status.AMENDMENT, related=FIRST, known="2024-03-07"),
        row(make, third, status=Status.AMENDMENT, related=SECOND, known="2024-03-11"),
    ]
    assert stands(told(rows[:2], at("2024-03-10T00:00"))) == {FIRST: False, SECOND: True}
    (timeline,) = told(rows)
    assert stands([timeline]) == {FIRST: False, SECOND: False, third: True}
    assert {e.id: e.related for e in timeline.entries} == {FIRST: (SECOND,), SECOND: (third,), third: (SECOND,)}
    assert {e.id: e.status for e in timeline.entries}[third] is Status.AMENDMENT


def test_contradictions_of_a_list_row_and_its_page_are_told_once(make: SimpleNamespace, told: Any) -> None:
    page = row(make, form="2", after=(make.number("58000001"), make.percent("5.80")), document="page.html")
    (found,) = conflicts(told([row(make), page]))
    assert (found.id, found.holder) == (FIRST, "Fund Ltd")
    assert found.words == f"shares after: 58,000,001 (notice {FIRST}) against 58,000,000 (list row {FIRST})"
    assert [name for _, name in found.documents] == ["page.html"]
    assert conflicts(told([row(make)])) == ()


def test_the_filers_words_under_an_open_code(make: SimpleNamespace, told: Any) -> None:
    texts = {
        "The shares were sold on market.": (Direction.DISPOSE, Deed.SALE),
        "Dilution as a result of an issue of new shares.": (Direction.NEUTRAL, Deed.DILUTION),
        "No shares were sold.": (Direction.UNKNOWN, None),
        None: (Direction.UNKNOWN, None),
    }
    for text, (direction, deed) in texts.items():
        ((entry,),) = (t.entries for t in told([row(make, form="2", code="1213", text=text)]))
        assert (entry.direction, entry.said.deed if entry.said else None, entry.open) == (direction, deed, True), text


def test_an_ordinary_code_is_not_overruled_by_words(make: SimpleNamespace, told: Any) -> None:
    ((entry,),) = (t.entries for t in told([row(make, form="2", text="The shares were purchased.")]))
    assert (entry.direction, entry.said, entry.open) == (Direction.DISPOSE, None, False)


def test_two_classes_moved_by_the_same_shares_on_one_day_are_one_conversion(make: SimpleNamespace, told: Any) -> None:
    """Real rows: 01810, Lei Jun, 11 August 2026, 12,950,321 shares (samples/hk/notices-1810-90d.html)."""
    moved = {"shares": make.number("12950321"), "issuer": "01810"}
    rows = [
        row(make, "DA20260811E00498", code="1213", share_class="A", day="2026-08-11",
            after=(make.number("3989013134"), make.percent("90.06")), **moved),
        row(make, "DA20260811E00497", code="1113", share_class="B", day="2026-08-11",
            after=(make.number("2067766504"), make.percent("9.69")), **moved),
    ]  # fmt: skip
    found = told(rows)
    assert {e.id: e.twin for t in found for e in t.entries} == {
        "DA20260811E00498": "DA20260811E00497",
        "DA20260811E00497": "DA20260811E00498",
    }
    sold = [rows[0], row(make, "DA20260811E00497", code="1201", share_class="B", day="2026-08-11", **moved)]
    assert not any(e.twin for t in told(sold) for e in t.entries)  # a sale is a sale
    third = row(make, "DA20260811E00499", code="1113", share_class="H", day="2026-08-11", **moved)
    assert not any(e.twin for t in told([*rows, third]) for e in t.entries)  # which two belong together?


def test_notices_that_are_not_of_the_issuers_own_shares_are_in_no_timeline(make: SimpleNamespace, told: Any) -> None:
    other = row(make, "DB20240305E00001", associated=Associated(name="Sub Ltd"))
    debt = row(make, "DC20240305E00001", debentures=Debentures(kind="bonds"))
    assert told([other, debt]) == ()
    assert stands(told([other, row(make), debt])) == {FIRST: True}


def test_a_balance_of_a_list_is_no_event(make: SimpleNamespace, told: Any) -> None:
    balance = row(make, form="consolidated", code=None, shares=None)
    ((entry,),) = (t.entries for t in told([balance]))
    assert entry.balance_only
    ((both,),) = (t.entries for t in told([balance, row(make)]))
    assert not both.balance_only
    assert both.code == "1201"


def test_derivatives_other_legs_and_links_are_told_beside_and_never_added(make: SimpleNamespace, told: Any) -> None:
    links = (
        Link(kind=LinkKind.CONTROLLED, name="Beta Ltd", controller="Alpha Ltd", percent=make.percent("100.00"),
             positions=(Position(leg=Leg.LONG, shares=make.number("58000000")),)),
        Link(kind=LinkKind.CONTROLLED, name="Alpha Ltd", percent=make.percent("100.00"),
             positions=(Position(leg=Leg.LONG, shares=make.number("58000000")),)),
    )  # fmt: skip
    page = row(
        make,
        form="2",
        links=links,
        derivatives=(CodedShares(code="4105", leg=Leg.LONG, shares=make.number("3000000")),),
    )
    ((entry,),) = (t.entries for t in told([page]))
    assert [(p.kind, p.what, int(p.shares.number)) for p in entry.parts] == [("derivatives", "code 4105", 3_000_000)]
    assert int(entry.after.shares.number) == 58_000_000
    assert [(depth, link.name) for depth, link in tree(entry.through)] == [(0, "Alpha Ltd"), (1, "Beta Ltd")]


def test_a_tree_of_links_holds_every_link_once_whatever_it_says() -> None:
    def link(name: str, under: str | None = None) -> Through:
        return Through(name=name, kind=LinkKind.CONTROLLED, under=under)

    circle = (link("A", "B"), link("B", "A"), link("C", "C"), link("D", "nobody"), link("A", "D"), link("A", "B"))
    found = tree(circle)
    assert sorted(t.name for _, t in found) == sorted(t.name for t in circle)
    assert len({id(t) for _, t in found}) == len(circle)
    deep = tuple(link(f"n{n}", f"n{n - 1}" if n else None) for n in range(5_000))
    assert tree(deep)[-1] == (4_999, deep[-1])
