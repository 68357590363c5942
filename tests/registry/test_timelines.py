"""Reports put together into timelines.

The SenseTime figures are those of samples/sensetime/disclosures.csv, rows st-2022-11-08 to st-2023-07-21, typed by hand.
"""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline.model.law import Direction
from stakeline.model.notices import Absent, HolderKind, Leg, Link, LinkKind, Position, Status
from stakeline.registry.timelines import timelines, undated

ALIBABA, TAOBAO = "Alibaba Group Holding Ltd", "Taobao Holding Ltd (Alibaba)"
SERIAL = "CS20221111E00123"


@pytest.fixture
def told(make: SimpleNamespace) -> Any:
    """Timelines of rows with the SenseTime facts."""
    return lambda rows, facts=None: timelines(rows, make.names if facts is None else facts, make.regime_of, make.cite)


def press(make: SimpleNamespace, *, shares_after: Any = None, known: Any = "2022-11-14", **changed: Any) -> Any:
    values = {
        "form": "press",
        "source_id": "st-2022-11-08",
        "issuer": "00020",
        "share_class": "B",
        "kind": None,
        "told": "disposal",
        "shares": make.number("80000000"),
        "trade": {"average": make.number("1.819", "0.001"), "currency": "HKD", "venue": "on-exchange"},
        "before": (None, make.percent("9.05")),
        "after": (make.number(shares_after, "1000000"), make.percent("8.74")),
        "known": known,
        "document": "press.csv",
    }
    return make.notice(changed.pop("holder", ALIBABA), changed.pop("day", "2022-11-08"), **{**values, **changed})


def page(make: SimpleNamespace, holder: Any = ALIBABA, serial: Any = SERIAL, **changed: Any) -> Any:
    values = {
        "form": "2",
        "serial": serial,
        "issuer": "00020",
        "share_class": "Class B Ordinary Shares",
        "code": "1201",
        "shares": make.number("80000000"),
        "trade": {"average": make.number("1.8190", "0.0001"), "currency": "HKD"},
        "before": (make.number("2351000123"), make.percent("9.05")),
        "after": (make.number("2271000123"), make.percent("8.74")),
        "known": "2022-11-11",
        "document": serial,
    }
    return make.notice(holder, changed.pop("day", "2022-11-08"), **{**values, **changed})


def only(found: Any) -> Any:
    ((entry,),) = [t.entries for t in found]
    return entry


def test_a_figure_printed_later_is_absent_before_and_joins_its_event_after(make: SimpleNamespace, told: Any) -> None:
    early, late = press(make), press(make, shares_after="2271000000", known="2023-04-18")
    before = only(told([early]))
    assert before.after.shares is None
    assert before.before.percent.number == Decimal("9.05")
    after = only(told([late, early]))
    assert after.after.shares.number == 2_271_000_000
    assert after.after.shares.basis == "Class B shares held after the event, as filed"
    assert after.after.shares.known_from.date() == date(2023, 4, 18)
    assert after.after.percent.number == Decimal("8.74")
    assert after.after.percent.basis == "of Class B shares, as filed"
    assert after.after.percent.known_from.date() == date(2022, 11, 14)
    assert after.known_from.date() == date(2022, 11, 14)
    assert (after.price.number, after.price.currency, after.price.basis) == (
        Decimal("1.819"),
        "HKD",
        "average per share, on exchange",
    )
    assert (after.moved.number, after.moved.basis) == (80_000_000, "Class B shares disposed of, as filed")
    assert (after.direction, after.told, after.code, after.venue) == (
        Direction.DISPOSE,
        "disposal",
        None,
        "on-exchange",
    )
    assert (after.id, after.conflicts, after.doubts) == ("st-2022-11-08", (), ())


def test_the_notice_page_speaks_before_the_list_and_the_press(make: SimpleNamespace, told: Any) -> None:
    row = make.notice(
        ALIBABA, "2022-11-08", serial=SERIAL, issuer="00020", code="1201", shares=make.number("80000000"),
        after=(make.number("2271000123"), make.percent("8.74")), known="2022-11-12", document="list.html",
    )  # fmt: skip
    entry = only(told([row, press(make, shares_after="2271000000"), page(make)]))
    assert (entry.id, entry.form, entry.filed) == (SERIAL, "2", date(2022, 11, 11))
    assert (entry.code, entry.meaning, entry.told) == ("1201", "completed a sale", "disposal")
    percent = entry.after.percent
    assert [(p.document, p.label, p.locator) for p in percent.places] == [(SERIAL, "box 19", "grdSh_AEvt")]
    assert entry.price.places[0].label == "box 17"
    assert entry.after.shares.number == 2_271_000_123
    assert entry.venue == "on-exchange"
    assert entry.conflicts == ()
    assert entry.known_from.date() == date(2022, 11, 11)


def test_a_page_alone_tells_the_venue_by_the_box_of_its_price(make: SimpleNamespace, told: Any) -> None:
    assert only(told([page(make)])).venue == "on-exchange"
    off = {"consideration": make.number("1.82"), "currency": "HKD"}
    entry = only(told([page(make, trade=off)]))
    assert (entry.venue, entry.price.basis) == ("off-exchange", "average per share, off exchange")
    both = {**off, "average": make.number("1.819")}
    entry = only(told([page(make, trade=both)]))
    assert (entry.venue, entry.price.number) == (None, Decimal("1.819"))
    assert (entry.other_price.number, entry.other_price.basis) == (Decimal("1.82"), "average per share, off exchange")
    assert entry.doubts == ()


def test_contradictions_are_said_with_both_values(make: SimpleNamespace, told: Any) -> None:
    wrong = press(
        make,
        after=(None, make.percent("8.84")),
        trade={"average": make.number("1.91", "0.01"), "currency": "HKD", "venue": "off-exchange"},
    )
    entry = only(told([wrong, page(make)]))
    assert entry.after.percent.number == Decimal("8.74")
    assert entry.conflicts == (
        f"price: HKD 1.8190 (notice {SERIAL}) against HKD 1.91 (press report st-2022-11-08)",
        f"percent after: 8.74% (notice {SERIAL}) against 8.84% (press report st-2022-11-08)",
    )


def test_rounding_is_no_contradiction(make: SimpleNamespace, told: Any) -> None:
    rounded = press(make, after=(make.number("2270000000", "10000000"), make.number("8.7", "0.1")))
    assert only(told([rounded, page(make)])).conflicts == ()


def test_a_press_report_of_other_shares_is_another_event(make: SimpleNamespace, told: Any) -> None:
    (timeline,) = told([press(make, shares=make.number("70000000")), page(make)])
    assert [e.id for e in timeline.entries] == [SERIAL, "st-2022-11-08"]


def test_two_rows_of_one_table_are_two_events_and_two_tables_are_one(make: SimpleNamespace, told: Any) -> None:
    (timeline,) = told([press(make), press(make, source_id="again")])
    assert len(timeline.entries) == 2
    entry = only(told([press(make), press(make, source_id="other", document="other.csv", form="announcement")]))
    assert entry.id == "st-2022-11-08"


def test_one_source_id_for_two_holders_is_two_filings(make: SimpleNamespace, told: Any) -> None:
    rows = [press(make, source_id="1"), press(make, source_id="1", holder="Someone Else", document="other.csv")]
    assert len(told(rows, [])) == 2


def test_parent_and_subsidiary_by_fact_are_one_entry(make: SimpleNamespace, told: Any) -> None:
    rows = [page(make), page(make, TAOBAO, "CS20221111E00124")]
    (timeline,) = told(rows)
    assert timeline.party.key == "holder:alibaba"
    (entry,) = timeline.entries
    assert entry.seats == (ALIBABA, TAOBAO)
    assert entry.serials == (SERIAL, "CS20221111E00124")
    assert entry.moved.number == 80_000_000


def controlled(name: Any, controller: Any = None) -> Any:
    return (Link(kind=LinkKind.CONTROLLED, name=name, controller=controller),)


def test_parent_and_subsidiary_by_a_notice_are_one_position_of_the_parent(make: SimpleNamespace, told: Any) -> None:
    rows = [
        page(make, "Sub Ltd", "CS20221111E00001"),
        page(make, "Parent Ltd", "CS20221111E00002", links=controlled("SUB LTD.")),
    ]
    (timeline,) = told(rows, [])
    assert (timeline.party.name, timeline.party.seats) == ("Parent Ltd", ("Parent Ltd", "Sub Ltd"))
    (entry,) = timeline.entries
    assert (entry.seats, entry.id) == (("Parent Ltd", "Sub Ltd"), "CS20221111E00002")


def test_a_notice_that_names_its_parent_joins_as_well(make: SimpleNamespace, told: Any) -> None:
    rows = [
        page(make, "Sub Ltd", "CS20221111E00001", parent="Parent Ltd"),
        page(make, "Parent Ltd", "CS20221111E00002"),
    ]
    (timeline,) = told(rows, [])
    assert timeline.party.name == "Parent Ltd"
    assert len(timeline.entries) == 1


def test_spouses_are_one_position(make: SimpleNamespace, told: Any) -> None:
    wife = Link(kind=LinkKind.FAMILY, name="Chan Tai Man")
    rows = [
        page(make, "Chan Tai Man", "IS20221111E00001", form="1", kind=HolderKind.INDIVIDUAL),
        page(make, "Wong Siu Ling", "IS20221111E00002", form="1", kind=HolderKind.INDIVIDUAL, links=(wife,)),
    ]
    assert only(told(rows, [])).seats == ("Chan Tai Man", "Wong Siu Ling")


def test_equal_percentages_and_shares_moved_are_told_where_a_total_is_not(make: SimpleNamespace, told: Any) -> None:
    """The press and the page of one sale, the holder spelled in two ways; only the page tells a total in shares."""
    sold = {"shares": make.number("80000000"), "issuer": "00020", "share_class": "B", "code": "1201"}
    rows = [
        make.notice("Holder One Limited", "2022-11-08", form="press", source_id="p1", after=(None, make.percent("8.74")), **sold),
        make.notice("First Holder Ltd", "2022-11-08", form="2", serial="CS20221111E00001", after=(None, make.percent("8.74")), **sold),
        make.notice("Third Ltd", "2022-11-08", form="2", serial="CS20221111E00003",
                    after=(make.number("2271000000"), make.percent("8.74")), **sold),
        make.notice("Fourth Ltd", "2022-11-08", form="2", serial="CS20221111E00004",
                    after=(make.number("2272000000"), make.percent("8.74")), **sold),
    ]  # fmt: skip
    notes = {t.party.name: t.entries[0].doubts for t in told(rows, [])}
    end = "on the same day: may be one position"
    assert notes == {
        "Holder One Limited": (f"same figures as First Holder Ltd, Fourth Ltd, Third Ltd {end}",),
        "First Holder Ltd": (f"same figures as Fourth Ltd, Holder One Limited, Third Ltd {end}",),
        "Third Ltd": (f"same figures as First Holder Ltd, Holder One Limited {end}",),
        "Fourth Ltd": (f"same figures as First Holder Ltd, Holder One Limited {end}",),
    }


def test_equal_figures_alone_join_nobody_but_are_told(make: SimpleNamespace, told: Any) -> None:
    found = told([page(make, "One Ltd", "CS20221111E00001"), page(make, "Two Ltd", "CS20221111E00002")], [])
    assert [(t.party.name, t.entries[0].doubts) for t in found] == [
        ("One Ltd", ("same figures as Two Ltd on the same day: may be one position",)),
        ("Two Ltd", ("same figures as One Ltd on the same day: may be one position",)),
    ]


def test_a_subsidiary_with_a_stake_of_its_own_stays_apart(make: SimpleNamespace, told: Any) -> None:
    """On 8 November both report the same shares; on the 9th the parent holds more than the subsidiary."""
    total = (make.number("3000000000"), make.percent("11.55"))
    rows = [
        page(make, "Sub Ltd", "CS20221111E00001"),
        page(make, "Parent Ltd", "CS20221111E00002", links=controlled("Sub Ltd")),
        page(
            make,
            "Sub Ltd",
            "CS20221114E00001",
            day="2022-11-09",
            code="1001",
            after=(make.number("2300000000"), make.percent("8.85")),
        ),
        page(make, "Parent Ltd", "CS20221114E00002", day="2022-11-09", code="1001", after=total),
    ]
    found = told(rows, [])
    assert [(t.party.name, len(t.entries)) for t in found] == [("Parent Ltd", 2), ("Sub Ltd", 2)]
    assert found[0].entries[0].doubts == (
        "same figures as Sub Ltd on the same day: named together in a notice: the same shares, not to be added",
    )


def test_two_notices_of_one_holder_on_one_day_stay_two(make: SimpleNamespace, told: Any) -> None:
    """As BlackRock's of 18 September 2026 on the list of 01810: one balance, codes 1314 and 1001."""
    total = (make.number("1066716242"), make.percent("5.00"))
    rows = [
        make.notice(
            "BlackRock, Inc.",
            "2026-09-18",
            serial="CS20260923E00019",
            code="1314",
            shares=make.number("10051985"),
            after=total,
        ),
        make.notice(
            "BlackRock, Inc.",
            "2026-09-18",
            serial="CS20260923E00039",
            code="1001",
            shares=make.number("2631000"),
            after=total,
        ),
    ]
    (timeline,) = told(rows, [])
    assert [(e.id, e.direction) for e in timeline.entries] == [
        ("CS20260923E00019", Direction.NATURE),
        ("CS20260923E00039", Direction.ACQUIRE),
    ]


def test_two_founders_with_two_classes_under_one_code_are_four_timelines(make: SimpleNamespace, told: Any) -> None:
    """Rows of samples/hk/notices-1810-90d.html, 25 June and 11 August 2026: 90.06% of one class, 9.69% of another."""
    rows = [
        make.notice(
            "Lei Jun",
            day,
            serial=serial,
            kind=HolderKind.INDIVIDUAL,
            code=code,
            shares=make.number(moved),
            after=(make.number(total), make.percent(pct)),
        )
        for serial, day, code, moved, total, pct in [
            ("DA20260625E00529", "2026-06-25", "1213", "8972483", "4001963455", "90.06"),
            ("DA20260625E00528", "2026-06-25", "1113", "8972483", "2054816183", "9.63"),
            ("DA20260811E00498", "2026-08-11", "1213", "12950321", "3989013134", "90.06"),
            ("DA20260811E00497", "2026-08-11", "1113", "12950321", "2067766504", "9.69"),
        ]
    ]
    high, low = sorted(told(rows, []), key=lambda t: -t.entries[0].after.percent.number)
    assert [e.after.shares.number for e in high.entries] == [4_001_963_455, 3_989_013_134]
    assert [e.after.shares.number for e in low.entries] == [2_054_816_183, 2_067_766_504]
    assert high.security.inferred == "class not told, about 4.4bn shares in issue"
    assert high.entries[0].doubts == (
        "class not told: 4,001,963,455 shares at 90.06% imply about 4.44bn shares in issue",
    )
    assert high.entries[0].direction is Direction.UNKNOWN
    # A report that tells the class but no total must not be put beside the wrong one of the two.
    report = make.notice(
        "Lei Jun",
        "2026-08-11",
        form="press",
        source_id="p",
        kind=None,
        shares=make.number("12950321"),
        after=(None, make.percent("9.69")),
    )
    joined = [e for t in told([*rows, report], []) for e in t.entries if "p" in str(e)]
    assert len(told([*rows, report], [])) == 2
    assert sum(len(t.entries) for t in told([*rows, report], [])) == 4
    assert joined


def test_notices_of_a_reused_code_belong_to_the_issuer_of_their_day(make: SimpleNamespace, told: Any) -> None:
    rows = [
        page(make, "One Ltd", "CS20191204E00001", day="2019-12-02"),
        page(make, "One Ltd", "CS20200605E00001", day="2020-06-02"),
        page(make, "One Ltd", "CS20221111E00001"),
    ]
    found = told(rows)
    assert [(t.security.issuer, [e.day.year for e in t.entries]) for t in found] == [
        ("SenseTime Group Inc.", [2022]),
        ("WHEELOCK", [2019]),
        ("not known: nobody is known to have had the code 00020 then", [2020]),
    ]


def test_an_amendment_replaces_what_it_amends_down_a_chain(make: SimpleNamespace, told: Any) -> None:
    rows = [
        page(make),
        page(make, serial="CS20221114E00001", status=Status.AMENDMENT, related=SERIAL),
        page(
            make,
            serial="CS20221115E00001",
            status=Status.AMENDMENT,
            related="CS20221114E00001",
            shares=make.number("80000001"),
        ),
    ]
    (timeline,) = told(rows)
    assert {e.id: e.withdrawn for e in timeline.entries} == {
        SERIAL: True,
        "CS20221114E00001": True,
        "CS20221115E00001": False,
    }
    first = next(e for e in timeline.entries if e.id == SERIAL)
    assert first.doubts[0] == "replaced by the amendment CS20221114E00001"
    (alone,) = told(rows[:1])
    assert not alone.entries[0].withdrawn


def test_superseded_and_withdrawn_notices_are_kept_and_are_no_balance(make: SimpleNamespace, told: Any) -> None:
    rows = [
        page(make, status=Status.SUPERSEDED, related="CS20221114E00001"),
        page(
            make, serial="CS20221116E00001", day="2022-11-10", status=Status.WITHDRAWN, remark="Withdrawn on 18/11/2022"
        ),
    ]
    (timeline,) = told(rows)
    assert [(e.withdrawn, e.doubts) for e in timeline.entries] == [
        (True, ("superseded by CS20221114E00001",)),
        (True, ("withdrawn: Withdrawn on 18/11/2022",)),
    ]


def test_notices_that_amend_each_other_in_a_circle_replace_nobody(make: SimpleNamespace, told: Any) -> None:
    second = "CS20221114E00001"
    rows = [
        page(make, status=Status.AMENDMENT, related=second),
        page(make, serial=second, status=Status.AMENDMENT, related=SERIAL),
        page(make, serial="CS20221114E00002", status=Status.AMENDMENT, related="CS20221114E00002"),
    ]
    (timeline,) = told(rows)
    assert not any(e.withdrawn for e in timeline.entries)


def test_what_cannot_be_read_is_none_and_is_said(make: SimpleNamespace, told: Any) -> None:
    entry = only(told([page(make, after=(make.number("2271000123"), Absent.UNREADABLE), shares=Absent.UNREADABLE)]))
    assert (entry.after.percent, entry.moved) == (None, None)
    assert entry.doubts == (
        f"shares involved is unreadable in notice {SERIAL}",
        f"percent after is unreadable in notice {SERIAL}",
    )
    entry = only(told([page(make, shares=Absent.NOT_DISCLOSED)]))
    assert (entry.moved, entry.doubts) == (None, ())


def test_money_without_a_currency_is_no_figure(make: SimpleNamespace, told: Any) -> None:
    entry = only(told([page(make, trade={"average": make.number("1.819")})]))
    assert entry.price is None
    assert entry.doubts == (f"average per share, on exchange is 1.819 without a currency in notice {SERIAL}",)


def test_an_unknown_code_speaks(make: SimpleNamespace, told: Any) -> None:
    entry = only(told([page(make, code="9999")]))
    assert (entry.code, entry.meaning, entry.direction) == ("9999", None, Direction.UNKNOWN)
    assert entry.doubts == ("reason code 9999 is not in our table",)


def test_words_and_code_that_contradict_are_heard(make: SimpleNamespace, told: Any) -> None:
    entry = only(told([page(make, code="1001"), press(make)], make.names))
    assert entry.conflicts == ("direction: bought the shares (code 1001, notice CS20221111E00123) against disposal",)


def test_legs_are_apart(make: SimpleNamespace, told: Any) -> None:
    body = page(make).body
    short = Position(leg=Leg.SHORT, shares=make.number("30260800"), percent=make.percent("0.14"))
    found = told([make.row(msgspec.structs.replace(body, after=(*body.after, short)))])
    assert [(t.leg, t.entries[0].after.shares.number, t.entries[0].code) for t in found] == [
        (Leg.LONG, 2_271_000_123, "1201"),
        (Leg.SHORT, 30_260_800, None),
    ]
    assert found[1].entries[0].after.shares.basis == "Class B shares in the short position after the event, as filed"


def test_a_notice_without_its_day_is_placed_and_says_so(make: SimpleNamespace, told: Any) -> None:
    entry = only(told([page(make, day=None)]))
    assert (entry.day, entry.event_day) == (date(2022, 11, 11), None)
    assert entry.doubts == ("the day of the event is not told: placed at the day it was filed",)


def test_a_notice_without_any_day_is_named(make: SimpleNamespace, told: Any) -> None:
    row = page(make, day=None, serial="no day in it", known=None)
    assert told([row]) == ()
    assert undated([row], make.regime_of) == (row,)


def test_one_serial_for_two_holders_is_heard(make: SimpleNamespace, told: Any) -> None:
    listed = make.notice("Someone Else", "2022-11-09", serial=SERIAL, issuer="00020")
    entry = only(told([page(make), listed]))
    assert entry.conflicts == (
        f"day of the event: 2022-11-08 (notice {SERIAL}) against 2022-11-09 (list row {SERIAL})",
        f"holder: {ALIBABA} (notice {SERIAL}) against Someone Else (list row {SERIAL})",
    )


def test_an_announcement_without_figures_stays_an_event_of_its_own(make: SimpleNamespace, told: Any) -> None:
    sold = make.notice(
        TAOBAO, "2023-07-21", form="announcement", source_id="st-2023-07-21", issuer="00020", share_class="B", kind=None,
        told="disposal", after=(make.number("0"), None), known="2023-07-21",
    )  # fmt: skip
    (timeline,) = told([press(make), sold])
    assert [e.id for e in timeline.entries] == ["st-2022-11-08", "st-2023-07-21"]
    assert timeline.entries[1].after.shares.number == 0
    assert timeline.entries[1].moved is None


def history(make: SimpleNamespace) -> Any:
    """Rows of every kind that the rules above speak of."""
    rows = [press(make), press(make, shares_after="2271000000", known="2023-04-18"), page(make)]
    rows += [page(make, TAOBAO, "CS20221111E00124"), page(make, "One Ltd", "CS20221111E00001")]
    rows += [
        page(make, "Parent Ltd", "CS20221111E00002", links=controlled("Sub Ltd")),
        page(make, "Sub Ltd", "CS20221111E00003"),
    ]
    rows += [page(make, serial="CS20221114E00001", status=Status.AMENDMENT, related=SERIAL)]
    rows += [
        make.notice(
            h, "2022-11-08", serial=s, issuer="00020", shares=make.number(m), after=(make.number(t), make.percent(p))
        )
        for h, s, m, t, p in [
            (ALIBABA, SERIAL, "80000000", "2271000124", "8.74"),
            ("Founder", "DA20221111E00001", "5", "6906000000", "91.73"),
            ("Founder", "DA20221111E00002", "5", "600000000", "2.31"),
            ("Small", "DA20221111E00003", "5", "6", "0.00"),
        ]
    ]
    return [*rows, press(make, source_id="other", document="other.csv", form="announcement", share_class=None)]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_order_of_rows_changes_nothing(make: SimpleNamespace, data: Any) -> None:
    rows = history(make)
    facts = [*make.names, *make.counts]
    expected = timelines(rows, facts, make.regime_of, make.cite)
    assert len(expected) > 4
    mixed = data.draw(st.permutations(rows))
    assert timelines(mixed, data.draw(st.permutations(facts)), make.regime_of, make.cite) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=12), min_size=1, max_size=6))
def test_hostile_names_lose_no_notice_and_are_never_added_up(make: SimpleNamespace, names: Any) -> None:
    rows = [page(make, name, f"CS2022111{n}E00001") for n, name in enumerate(names)]
    found = timelines(rows, [], make.regime_of, make.cite)
    serials = [s for t in found for e in t.entries for s in e.serials]
    assert sorted(serials) == sorted(r.body.serial for r in rows)
    assert {e.moved and e.moved.number for t in found for e in t.entries} == {80_000_000}
    assert all(d.isprintable() for t in found for e in t.entries for d in e.doubts)


def test_a_press_report_stands_beside_the_amendment_not_beside_what_it_replaced(
    make: SimpleNamespace, told: Any
) -> None:
    second = "CS20221114E00001"
    rows = [page(make), page(make, serial=second, status=Status.AMENDMENT, related=SERIAL), press(make)]
    (timeline,) = told(rows)
    assert [(e.id, e.withdrawn, e.told) for e in timeline.entries] == [
        (SERIAL, True, None),
        (second, False, "disposal"),
    ]


def test_several_lines_of_one_leg_are_heard(make: SimpleNamespace, told: Any) -> None:
    body = page(make).body
    entry = only(told([make.row(msgspec.structs.replace(body, trades=body.trades * 2))]))
    assert entry.doubts == (f"notice {SERIAL} tells several lines of the long position: the first is taken",)
