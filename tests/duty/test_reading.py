"""Files for `duty`: strict, and wrong ones are heard with their place."""

import json

import pytest

from stakeline.model.errors import UsageError
from stakeline.workflows.portfolios import portfolios
from stakeline.workflows.template import TEMPLATES
from tests.duty.files import HK, Json, asked, due, line

CAPITAL = {"capital": [{"date": "2024-01-01", "issued_shares": "1000000"}]}
LINES = [line("2024-05-02", "49000", key="shares"), line("2024-05-03", "61000", key="shares")]


def read(file: object) -> object:
    return portfolios(json.dumps(file).encode(), "x.json")


def wrong(file: object) -> str:
    with pytest.raises(UsageError) as error:
        read(file)
    return str(error.value)


def rows(text: str) -> str:
    with pytest.raises(UsageError) as error:
        portfolios(text.encode(), "x.csv")
    return str(error.value)


GOOD: Json = {"security": "0020.HK", "investor": {"id": "A"}, "issuer": CAPITAL, "positions": LINES}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holdings": []}, '"holdings"'),
        ({"positions": [{**LINES[0], "colour": "red"}]}, "positions[0]"),
        ({"positions": [{**LINES[0], "shares": 5}]}, "positions[0].shares"),
        ({"positions": [{**LINES[0], "date": "2024-13-01"}]}, "positions[0].date"),
        ({"positions": [{**LINES[0], "holder": "B"}]}, "positions[0].holder"),
        ({"events": [{"type": "party", "date": "2024-05-03"}]}, "events[0].type"),
        ({"events": [{"type": "listing", "date": "2024-05-03", "by": "1"}]}, "events[0].by"),
        ({"event": {"type": "listing", "date": "2024-05-03"}, "events": []}, "not both"),
        ({"aware": "2024-05-03"}, "aware belongs to event"),
        ({"securities": {"0020.HK": {}}}, "beside securities"),
        ({"investor": {"id": "A", "type": "robot"}}, "investor.type"),
        ({"issuer": {"home_state": "UK"}}, "GB"),
        ({"related": [{"id": "B", "relation": "spouse", "of": "Z"}]}, "related[0].of"),
        ({"events": [{"type": "acquisition", "date": "2024-05-03", "by": "Z"}]}, "events[0].by"),
        ({"positions": [*LINES, LINES[1]]}, "positions[2]: the same line"),
        ({"positions": [{**LINES[0], "leg": "disposal"}]}, "positions[0].leg: 'disposal' is measured by no rule"),
        (
            {"positions": [*LINES, line("2024-05-03", "5", leg="holding")]},
            "A tell long and holding, which are one figure",
        ),
        ({"filings": [{"date": "2024-05-02", "duty": "hk.ss.lvel"}]}, "filings[0].duty: 'hk.ss.lvel' is no duty"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(change: Json, said: str) -> None:
    told = wrong({**GOOD, **change})
    assert said in told
    assert told.startswith("x.json: ")


def test_a_file_without_an_investor_is_refused() -> None:
    assert "'investor' is missing" in wrong({"positions": LINES})
    with pytest.raises(UsageError, match="no JSON"):
        portfolios(b"{", "x.json")


def test_the_rulebook_is_named_or_guessed_or_asked_for() -> None:
    [told] = portfolios(json.dumps(GOOD).encode(), "x.json")
    assert told.regimes == (HK,)
    assert told.guessed == "the ending .HK of 0020.HK"
    [told] = portfolios(json.dumps({**GOOD, "regime": ["jp_fiea", HK]}).encode(), "x.json")
    assert (told.regimes, told.guessed) == (("jp_fiea", HK), None)
    [told] = portfolios(json.dumps({**GOOD, "regime": HK}).encode(), "x.json", ("jp_fiea",))
    assert told.regimes == ("jp_fiea",)
    assert HK in wrong({**GOOD, "security": "VOD.L"})


def test_several_securities_share_the_investor() -> None:
    part = {key: GOOD[key] for key in ("issuer", "positions")}
    told = {"investor": {"id": "A", "type": "corporation"}, "securities": {"1.HK": part, "2.HK": part}}
    answer = asked(**told)
    assert [e.security for e in answer.events if e.notices] == ["1.HK", "2.HK"]
    assert "2.HK: the key 'investor'" in wrong({"securities": {
        "1.HK": {**part, "investor": {"id": "A"}}, "2.HK": part}})  # fmt: skip


def test_a_case_of_the_vocabulary_is_answered_as_it_stands() -> None:
    """One event asked: the lines before it are context, and only it is answered."""
    positions = [line("2025-06-03", "12.3"), line("2025-06-04", "11.6")]
    answer = asked(positions=positions, event={"type": "delivery", "date": "2025-06-04"}, aware="2025-06-04")
    # Worked example level_change of cases-schema.md: level 12, down, Form 2, 9 June 2025.
    [event] = answer.events
    [notice] = event.notices
    assert (notice.levels, notice.direction, notice.form, str(notice.deadline.day)) == (
        ("12",), "down", "Form 2", "2025-06-09",
    )  # fmt: skip


def test_the_first_day_of_the_lines_is_held_before_unless_told() -> None:
    positions = [line("2024-05-02", "6.5"), line("2024-05-03", "6.6")]
    opening, later = asked(positions=positions).events
    assert opening.duty is None
    assert any("first day of the lines" in text for text in opening.missing)
    assert later.duty is False
    told = asked(positions=positions, events=[{"type": "acquisition", "date": "2024-05-02"}])
    assert due(told) == [("2024-05-02", ("5",), "up")]
    nothing = asked(
        positions=[line("2024-05-02", "0")], investor={"id": "A", "type": "individual", "roles": ["director"]}
    )
    assert [e.duty for e in nothing.events] == [False]
    filed = asked(positions=positions, filings=[{"date": "2024-04-01", "form": "Form 2", "kind": "initial"}])
    assert [e.duty for e in filed.events] == [False, False]


def test_a_leg_of_another_rulebook_of_the_file_is_no_mistake() -> None:
    told = {**GOOD, "regime": ["uk_dtr5", "uk_ssr"], "positions": [line("2024-05-02", "0.1", leg="net_short")]}
    assert portfolios(json.dumps(told).encode(), "x.json", ("uk_dtr5",))
    assert "net_short" in wrong({**told, "regime": "uk_dtr5"})


def test_an_event_that_is_no_act_does_not_hide_a_purchase_of_its_day() -> None:
    def answered(kind: str, *sizes: str, key: str) -> list[str]:
        positions = [line(day, size, key=key) for day, size in zip(("2024-05-02", "2024-05-03"), sizes, strict=True)]
        event = {"type": kind, "date": "2024-05-03"}
        return [e.happening.type for e in asked(issuer=CAPITAL, positions=positions, events=[event]).events[1:]]

    counts, percents = ("0", "61000"), ("0", "6.1")
    assert answered("offer_period_begins", *counts, key="shares") == ["offer_period_begins", "acquisition"]
    assert answered("total_votes_published", *counts, key="shares") == ["total_votes_published", "acquisition"]
    assert answered("total_votes_published", *percents, key="pct") == ["total_votes_published"]
    assert answered("agreement_to_buy", *counts, key="shares") == ["agreement_to_buy"]


def test_there_and_back_within_a_day_is_asked_about() -> None:
    lines = [line("2024-05-02", "4"), line("2024-05-03", "6", at="intraday"), line("2024-05-03", "4")]
    filings = [{"date": "2024-04-01", "form": "Form 2", "kind": "final"}]
    [_, event] = asked(positions=lines, filings=filings).events
    assert event.duty is None
    assert "within the day" in event.missing[0]


def test_a_capacity_that_is_not_told_again_is_given_up() -> None:
    held = [line("2024-05-02", "6.5"), line("2024-05-02", "3", capacity="trustee"), line("2024-05-03", "6.5")]
    told = asked(positions=held, filings=[{"date": "2024-04-01", "form": "Form 2", "kind": "initial"}])
    assert due(told) == [("2024-05-03", ("7", "8", "9"), "down")]
    swapped = [line("2024-05-02", "6.5"), line("2024-05-03", "6.5", capacity="trustee")]
    assert len(asked(positions=swapped).events) == 2
    assert len(asked(positions=[held[0], held[2]]).events) == 1


def test_both_templates_say_the_same_and_are_whole() -> None:
    told = [portfolios(text.encode(), f"t.{shape}") for shape, text in TEMPLATES.items()]
    assert told[0] == told[1]
    assert len(told[0][0].portfolio.positions) == 2
    assert len(told[0][0].portfolio.filings) == 1


def test_a_table_may_be_separated_otherwise_and_group_its_digits() -> None:
    text = 'date;security;holder;leg;shares;issued_shares\n2024-05-02;5.HK;A;long;"49,000";1,000,000\n2024-05-03;5.HK;A;long;61,000;1,000,000\n'
    [told] = portfolios(("\ufeff" + text).encode(), "x.csv")
    assert [p.shares for p in told.portfolio.positions] == [49_000, 61_000]
    assert len(told.portfolio.issuer.capital) == 1


def test_every_bad_row_is_listed() -> None:
    said = rows(
        "row,date,security,holder,leg,shares,pct,event\n"
        ",2024-05-02,5.HK,A,long,1e6,,\n"
        ",2024-02-30,5.HK,A,longish,5,,\n"
        ",2024-05-02,5.HK,A,long,5,5,\n"
        "party,2024-05-02,5.HK,A,,,,\n"
        "filing,2024-05-02,5.HK,,long,5,,\n"
        ",2024-05-02,5.HK,A,long,5,,\n"
    )
    for place in ("line 2: column shares", "line 3: column date", "line 3: column leg", "line 4: ", "line 5: column row",
                  "line 6: column shares"):  # fmt: skip
        assert place in said
    assert "line 7" not in said
    assert said.startswith("x.csv: the table has 6 errors:")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("date,holder,colour\n", "'colour'"),
        ("", "no column"),
        ("date,date\n", "twice"),
        ("date,holder,leg,pct\n", "no position"),
        ("date,holder,leg,pct,aware\n2024-05-02,A,long,5,2024-05-03\n", "the column event is blank"),
        ('date,holder,leg,pct\n"2024-05-02,A,long,5\n', "no CSV"),
        ("row,holder,type\ninvestor,A,corporation\ninvestor,B,corporation\n", "a second investor"),
        ("date,security,holder,leg,pct\n2024-05-02,1.HK,A,long,5\n2024-05-02,,A,long,5\n", "name it in every row"),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, said: str) -> None:
    assert said in rows(text)
    with pytest.raises(UsageError, match="no UTF-8"):
        portfolios(b"\xff\xfe\x00", "x.csv")


def test_rows_tell_all_that_json_can() -> None:
    text = (
        "row,date,security,regime,holder,type,roles,relation,of,votes_pct,class,instrument,shares,exercisable_in_days,"
        "basket_companies,basket_max_weight_pct,basket_all_listed,event,home_state,gale_warning_days,voting\n"
        "investor,,,,A,individual,director;officer,,,,,,,,,,,,,,\n"
        "related,,,,B,corporation,,corporation,A,40,,,,,,,,,,,\n"
        "issuer,,5.HK,hk_sfo_part_xv;jp_fiea,,,,,,,,,,,,,,,HK,,\n"
        "class,,5.HK,,,,,,,,B,,,,,,,,,,true\n"
        "calendar,,,,,,,,,,,,,,,,,,,2024-05-06;2024-05-07,\n"
        ",2024-05-02,5.HK,,B,,,,,,B,call_long,7,30,6,20.5,true,derivative_entered,,,\n"
    )
    [told] = portfolios(text.encode(), "x.csv")
    made = told.portfolio
    assert told.regimes == (HK, "jp_fiea")
    assert made.investor.roles == ("director", "officer")
    assert (made.related[0].votes_pct, made.related[0].of) == ("40", "A")
    assert (made.issuer.home_state, made.issuer.classes["B"].voting) == ("HK", True)
    assert made.calendar_facts is not None
    assert [d.day for d in made.calendar_facts.gale_warning_days] == [6, 7]
    [position] = made.positions
    assert (position.exercisable_in_days, position.basket and position.basket.companies) == (30, 6)
    assert [event.type for event in made.events] == ["derivative_entered"]
