"""The engine apart from any law: figures, triggers, deadlines and what it says when facts are missing."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from stakeline.duties import assess, conditions, headroom, replay, shown
from stakeline.model.errors import UnknownName
from stakeline.model.rules import Rulebook
from stakeline.model.situations import Filing, Holding, Situation
from tests.duties.books import book, calendars, case, duty, pct, portfolio

FIVE = duty('kind = "levels"\nlevels = ["5"]')
STEPS = duty('kind = "levels"\nfirst = "5"\nstep = "1"')


def due(rules: Rulebook, asked: Situation) -> tuple[bool | None, tuple[str, ...], str]:
    answer = assess(rules, asked, calendars)
    return answer.duty, answer.thresholds, answer.dues[0].direction if answer.dues else "none"


@pytest.mark.parametrize(
    ("trigger", "before", "after", "levels", "way"),
    [
        ('levels = ["5"]', "4.99", "5", ["5"], "up"),
        ('levels = ["5"]', "5", "4.99", ["5"], "down"),
        ('levels = ["5"]', "5", "5.5", [], "none"),
        ('levels = ["5"]\nup = ">"\ndown = "<="', "4.99", "5", [], "none"),
        ('levels = ["5"]\nup = ">"\ndown = "<="', "5", "5.0001", ["5"], "up"),
        ('levels = ["5"]\nup = ">"\ndown = "<="', "5.1", "5", ["5"], "down"),
        ('levels = ["5"]\nreach = true', "5.1", "5", ["5"], "down"),
        ('levels = ["5"]\nreach = true', "5", "4.9", ["5"], "down"),
        ('levels = ["5"]\ndirection = "up"', "6", "4", [], "none"),
        ('first = "5"\nstep = "1"', "7.9", "8.1", ["8"], "up"),
        ('first = "5"\nstep = "1"', "7.0", "7.99", [], "none"),
        ('first = "5"\nstep = "1"', "12.3", "9.4", ["10", "11", "12"], "down"),
        ('first = "0.2"\nstep = "0.1"', "0.19", "0.41", ["0.2", "0.3", "0.4"], "up"),
        ('first = "1"\nstep = "1"\nfirst_alone = true', "0", "3.4", ["1"], "up"),
        ('first = "1"\nstep = "1"\nfirst_alone = true', "3.4", "0.2", ["1"], "down"),
        ('first = "1"\nstep = "1"\nfirst_alone = true', "3.4", "1.2", ["2", "3"], "down"),
        ('levels = ["100/3"]', "33.333333", "33.333334", ["33.333333"], "up"),
        ('levels = ["33.333333"]', "33.333332", "33.333333", ["33.333333"], "up"),
    ],
)
def test_a_level_is_passed_as_its_comparator_says(
    trigger: str, before: str, after: str, levels: list[str], way: str
) -> None:
    rules = book(duty(f'kind = "levels"\n{trigger}'))
    answer = assess(rules, case(positions=pct(before, after)), calendars)
    assert answer.duty is bool(levels)
    assert list(answer.thresholds) == levels
    assert (answer.dues[0].direction if answer.dues else "none") == way


def test_a_third_is_a_fraction_and_not_its_print() -> None:
    # 33,333,333 of 100,000,000 is less than one third; 33,333,334 is more. Neither is told by six decimals.
    rules = book(duty('kind = "levels"\nlevels = ["100/3"]'))
    issuer = {"capital": [{"date": "2025-01-01", "issued_shares": 100_000_000}]}

    def held(count: int) -> Situation:
        line = {"date": "2025-06-04", "holder": "A", "leg": "long", "shares": count}
        return case(positions=[line], issuer=issuer)

    assert due(rules, held(33_333_333)) == (False, (), "none")
    assert due(rules, held(33_333_334)) == (True, ("33.333333",), "up")


@pytest.mark.parametrize(
    ("comparator", "last", "after", "duty_is"),
    [(">=", "5.1", "6.1", True), (">", "5.1", "6.1", False), (">", "5.1", "6.11", True), (">=", "6.2", "5.21", False)],
)
def test_a_distance_is_from_the_last_report_and_exact(comparator: str, last: str, after: str, duty_is: bool) -> None:  # noqa: FBT001
    rules = book(duty(f'kind = "distance"\npoints = "1"\ncomparator = "{comparator}"'))
    asked = case(positions=pct("5.9", after), filings=[{"date": "2025-01-02", "pct": last}])
    assert assess(rules, asked, calendars).duty is duty_is


def test_a_distance_without_a_report_is_unknown_and_says_what_is_missing() -> None:
    rules = book(duty('kind = "distance"\npoints = "1"'))
    answer = assess(rules, case(positions=pct("5.9", "7.2")), calendars)
    assert answer.duty is None
    assert answer.missing == ("the percentage in the last report",)


def test_a_count_needs_its_denominator() -> None:
    line = {"date": "2025-06-04", "holder": "A", "leg": "long", "shares": 60}
    assert assess(book(FIVE), case(positions=[line]), calendars).duty is None
    issuer = {"capital": [{"date": "2025-06-04", "issued_shares": 1000}]}
    assert due(book(FIVE), case(positions=[line], issuer=issuer)) == (True, ("5",), "up")


def test_the_capital_of_the_day_counts_after_and_not_before() -> None:
    capital = [{"date": "2025-01-01", "issued_shares": 1000}, {"date": "2025-06-04", "issued_shares": 900}]
    line = {"date": "2025-06-03", "holder": "A", "leg": "long", "shares": 45}
    asked = case("issuer_buyback", positions=[line], issuer={"capital": capital})
    assert due(book(duty('kind = "levels"\nlevels = ["5"]', 'passive = "counts"')), asked) == (True, ("5",), "up")
    assert due(book(duty('kind = "levels"\nlevels = ["5"]', 'passive = "does not"')), asked)[0] is False
    unsettled = assess(book(duty('kind = "levels"\nlevels = ["5"]', 'passive = "unsettled"')), asked, calendars)
    assert unsettled.duty is None
    assert "denominator" in unsettled.missing[0]


def test_a_denominator_with_the_holders_own_options() -> None:
    # 4.0m shares and options over 1.2m of 100m: 5.2/101.2 = 5.138...%, not 5.2%.
    measure = 'instruments = ["shares", "call_long"]\nown_potential = true\nwithin_days = 60'
    lines = [
        {"date": "2025-06-04", "holder": "A", "instrument": "shares", "shares": 4_000_000},
        {
            "date": "2025-06-04",
            "holder": "A",
            "instrument": "call_long",
            "shares": 1_200_000,
            "exercisable_in_days": 60,
        },
    ]
    issuer = {"capital": [{"date": "2025-01-01", "issued_shares": 100_000_000}]}
    answer = assess(book(FIVE, measure=measure), case(positions=lines, issuer=issuer), calendars)
    assert answer.dues[0].after == Fraction(520, 1) / Fraction(1012, 10)
    assert shown(answer.dues[0].after or Fraction(0)) == "5.138339"
    later = [lines[0], {**lines[1], "exercisable_in_days": 61}]
    assert assess(book(FIVE, measure=measure), case(positions=later, issuer=issuer), calendars).duty is False
    untold = [lines[0], {k: v for k, v in lines[1].items() if k != "exercisable_in_days"}]
    assert assess(book(FIVE, measure=measure), case(positions=untold, issuer=issuer), calendars).duty is None


def test_an_instrument_that_the_law_says_nothing_of_is_unknown_only_where_it_matters() -> None:
    measure = 'instruments = ["shares"]'
    shares = [{"date": "2025-06-03", "holder": "A", "instrument": "shares", "pct": "4"}]
    small = [*shares, {"date": "2025-06-04", "holder": "A", "instrument": "warrant", "pct": "0.5"}]
    large = [*shares, {"date": "2025-06-04", "holder": "A", "instrument": "warrant", "pct": "1.5"}]
    assert assess(book(FIVE, measure=measure), case(positions=small), calendars).duty is False
    assert assess(book(FIVE, measure=measure), case(positions=large), calendars).duty is None


def test_a_corporation_counts_whole_from_a_third_of_its_votes() -> None:
    attribution = '[attribution]\ncorporation = { share = "whole", votes = ">=100/3", citation = "s.2" }'
    lines = pct("0", "6", holder="B")

    def asked(**link: str) -> Situation:
        return case(positions=lines, related=[{"id": "B", "relation": "corporation", **link}])

    rules = book(FIVE, attribution=attribution)
    assert assess(rules, asked(votes_pct="33.333333"), calendars).duty is False
    assert assess(rules, asked(votes_pct="100/3"), calendars).duty is True
    assert assess(rules, asked(), calendars).duty is None  # how many votes is not told


def test_a_chain_attributes_only_where_every_link_does() -> None:
    attribution = '[attribution]\nspouse = { share = "whole", citation = "s.2" }\ntrust_as_object = { share = "none", citation = "s.3" }'
    lines = pct("0", "6", holder="C")
    spouse = {"id": "B", "relation": "spouse"}
    whole = case(positions=lines, related=[spouse, {"id": "C", "relation": "spouse", "of": "B"}])
    none = case(positions=lines, related=[spouse, {"id": "C", "relation": "trust_as_object", "of": "B"}])
    rules = book(FIVE, attribution=attribution)
    assert assess(rules, whole, calendars).duty is True
    assert assess(rules, none, calendars).duty is False
    # A relation of which the law's answer is not known:
    unknown = case(positions=lines, related=[spouse, {"id": "C", "relation": "managed_fund", "of": "B"}])
    assert assess(rules, unknown, calendars).duty is None


def test_a_relation_that_begins_on_the_day_brings_its_holdings_in_on_that_day() -> None:
    attribution = '[attribution]\nconcert_party = { share = "whole", citation = "s.2" }'
    lines = [*pct("3", "3"), *pct("2.5", "2.5", holder="B")]
    related = [{"id": "B", "relation": "concert_party", "since": "2025-06-04"}]
    asked = case("concert_agreement", positions=lines, related=related)
    assert due(book(FIVE, attribution=attribution), asked) == (True, ("5",), "up")


def test_lines_that_the_law_leaves_out_do_not_count_while_they_are_few() -> None:
    measure = 'disregard = [{ why = "trading book", citation = "s.4", capacities = ["trading_book"], up_to = "5" }]'
    rules = book(duty('kind = "levels"\nlevels = ["3"]'), measure=measure)
    assert assess(rules, case(positions=pct("2", "5", capacity="trading_book")), calendars).duty is False
    assert assess(rules, case(positions=pct("2", "5.01", capacity="trading_book")), calendars).duty is True


def test_what_was_reached_and_left_within_the_day() -> None:
    lines = [
        *pct("4"),
        {"date": "2025-06-04", "holder": "A", "leg": "long", "pct": "5.2", "at": "intraday"},
        {"date": "2025-06-04", "holder": "A", "leg": "long", "pct": "4.1", "at": "close"},
    ]
    for told, answer in (("ignored", False), ("unsettled", None), ("counts", True)):
        rules = book(FIVE, measure=f'intraday = "{told}"')
        assert assess(rules, case(positions=lines), calendars).duty is answer


def test_one_notice_lists_the_levels_of_all_rules_that_it_answers() -> None:
    rules = book(
        duty('kind = "levels"\nlevels = ["3"]', 'notice = "n"', id="x.a"),
        duty('kind = "levels"\nlevels = ["4"]', 'notice = "n"', id="x.b"),
        duty('kind = "levels"\nlevels = ["4"]', id="x.c", form="Other"),
    )
    answer = assess(rules, case(positions=pct("2", "6")), calendars)
    assert [(d.duty, d.form, d.levels) for d in answer.dues] == [("x.a", "Form", (3, 4)), ("x.c", "Other", (4,))]
    asked = case(positions=pct("2", "6"), question={"duty": "x.c"})
    assert [d.duty for d in assess(rules, asked, calendars).dues] == ["x.c"]
    with pytest.raises(UnknownName, match=r"x\.a, x\.b, x\.c"):
        assess(rules, case(positions=pct("2", "6"), question={"duty": "y"}), calendars)


def test_a_form_that_depends_on_what_is_not_told_is_left_open() -> None:
    rules = book(
        duty('kind = "levels"\nlevels = ["5"]', "")
        + '[[duty.variant]]\nwhen = { type = ["individual"] }\nform = "Other"\n'
    )
    told = case(positions=pct("4", "6"), investor={"id": "A", "type": "individual"})
    assert assess(rules, told, calendars).dues[0].form == "Other"
    answer = assess(rules, case(positions=pct("4", "6")), calendars)
    assert (answer.duty, answer.dues[0].form) == (True, None)
    assert answer.missing == ("whether the type of the investor is individual",)


def test_a_law_that_is_not_known_for_the_day_is_unknown() -> None:
    rules = book(duty('kind = "levels"\nlevels = ["5"]', since="2025-07-01"))
    answer = assess(rules, case(positions=pct("4", "6")), calendars)
    assert answer.duty is None
    assert "2025-07-01" in answer.missing[0]


def test_asking_of_an_unknown_law_keeps_nothing_more_each_time() -> None:
    rules = book(duty('kind = "levels"\nlevels = ["5"]').replace('start = "law"', 'start = "seen"'))
    asked = case(on="1999-06-04", positions=[{"date": "1999-06-04", "holder": "A", "leg": "long", "pct": "6"}])
    sizes = []
    for _ in range(3):
        assert assess(rules, asked, calendars).duty is None
        sizes.append(len(conditions._kept))
    assert sizes[0] == sizes[-1]


def test_the_last_day_is_counted_from_knowledge_over_holidays() -> None:
    # Lunar New Year: 29 to 31 January 2025 were general holidays in Hong Kong, 1 and 2 February a weekend.
    lines = [{"date": "2025-01-27", "holder": "A", "leg": "long", "pct": "6"}]
    by = assess(book(FIVE), case(on="2025-01-27", positions=lines), calendars).dues[0].by
    assert by.day == date(2025, 2, 4)
    assert date(2025, 1, 29) in {day for day, _ in by.skipped}
    late = case(on="2025-01-27", positions=lines, aware="2025-01-28")
    assert assess(book(FIVE), late, calendars).dues[0].by.day == date(2025, 2, 5)
    storm = case(on="2025-01-27", positions=lines, calendar_facts={"gale_warning_days": ["2025-02-03"]})
    assert assess(book(FIVE), storm, calendars).dues[0].by.day == date(2025, 2, 5)


def test_a_replay_discloses_as_it_goes() -> None:
    # 5.2 is reported; 6.1 is 0.9 from it; 6.3 is 1.1 from it, and is then the last report: 5.4 is 0.9 from that.
    rules = book(
        duty('kind = "levels"\nlevels = ["5"]\ndirection = "up"', id="x.first"),
        duty('kind = "distance"\npoints = "1"', "applies = { filed = true }", id="x.move"),
    )
    told = [
        r.answer.duty for r in replay(rules, portfolio(positions=pct("5.2", "6.1", "6.3", "5.4", "5.3")), calendars)
    ]
    assert told == [True, False, True, False, True]


def test_a_report_that_was_made_takes_the_place_of_the_supposed_one() -> None:
    rules = book(duty('kind = "distance"\npoints = "1"', "applies = { filed = true }"))
    lines = pct("5.2", "6.1", "6.3")
    filings = [{"date": "2025-06-03", "pct": "5.3"}]
    told = [r.answer.duty for r in replay(rules, portfolio(positions=lines, filings=filings), calendars)]
    assert told == [False, False, True]  # 6.3 is exactly one point from the 5.3 that was reported


def test_room_is_where_the_engine_begins_to_ask() -> None:
    capital = [{"date": "2025-01-01", "issued_shares": 1_000_000}]
    line = {"date": "2025-06-04", "holder": "A", "leg": "long", "shares": 62_500}
    told = portfolio(positions=[line], issuer={"capital": capital})
    rooms = headroom(
        book(STEPS.replace('form = "Form"', 'form = "Form"\npassive = "counts"')), told, (), date(2025, 6, 4), calendars
    )
    found = {room.what: room.count for room in rooms}
    # 6.25%: 7% is 70,000 shares, less than 6% is 59,999; of 62,500 shares 7% is of 892,857 issued, under 6% of 1,041,667.
    assert found == {"buy": 7_500, "sell": 2_501, "issue": 1_041_667, "buy back": 892_857}


def test_room_counts_all_that_stands_under_one_name() -> None:
    capital = [{"date": "2025-01-01", "issued_shares": 1_000_000}]
    held = {"date": "2025-06-04", "holder": "A", "leg": "long"}
    lines = [{**held, "shares": 2_000}, {**held, "shares": 60_500, "capacity": "trustee"}]
    told = portfolio(positions=lines, issuer={"capital": capital})
    rooms = headroom(book(STEPS), told, (), date(2025, 6, 4), calendars)
    assert [(r.what, r.count) for r in rooms if r.leg == "long"] == [("buy", 7_500), ("sell", 2_501)]
    rooms = headroom(book(STEPS), portfolio(positions=lines), (), date(2025, 6, 4), calendars)
    assert next((r.what, r.count, r.unsettled) for r in rooms) == ("buy", None, "the capital is not told")


def test_room_says_where_a_duty_is_certain_when_it_may_arise_before() -> None:
    # Any change may be material, two points are: of 6.25%, that is 20,000 shares of a million.
    rules = book(duty('kind = "material"\npoints = "2"\nagainst = "report"'))
    line = {"date": "2025-06-04", "holder": "A", "leg": "long", "shares": 62_500}
    told = portfolio(positions=[line], issuer={"capital": [{"date": "2025-01-01", "issued_shares": 1_000_000}]})
    reported = Filing(date=date(2025, 6, 4), pct=Decimal("6.25"))
    room = headroom(rules, told, (reported,), date(2025, 6, 4), calendars)[0]
    assert (room.what, room.count, room.sure) == ("buy", 1, 20_000)
    assert room.unsettled == "whether what was last reported has changed materially"


def test_each_holder_may_tell_the_figure_under_another_of_its_names() -> None:
    attribution = '[attribution]\ncontrolled = { share = "whole", citation = "s.7" }'
    rules = book(FIVE, measure='accepts = ["holding", "votes"]', attribution=attribution)
    related = [{"id": "B", "relation": "controlled"}]
    lines = [
        {"date": "2025-06-04", "holder": "A", "leg": "long", "pct": "3"},
        {"date": "2025-06-04", "holder": "B", "leg": "holding", "pct": "3"},
        {"date": "2025-06-04", "holder": "B", "leg": "votes", "pct": "3"},  # the same figure: told first as a holding
    ]
    answer = assess(rules, case(on="2025-06-04", positions=lines, related=related), calendars)
    assert [due.after for due in answer.dues] == [Fraction(6)]


def test_an_option_is_nearer_its_day_when_its_line_is_told_again() -> None:
    line = Holding(date=date(2025, 6, 4), holder="A", instrument="call_long", shares=5, exercisable_in_days=65)
    assert line.on(date(2025, 6, 9)).exercisable_in_days == 60
    assert line.on(date(2026, 6, 9)).exercisable_in_days == 0


def test_percentages_are_cut_and_never_rounded_up() -> None:
    assert shown(Fraction(2, 3)) == "0.666666"
    assert shown(Fraction(Decimal("7.9991"))) == "7.9991"
    assert shown(Fraction(5)) == "5"
    assert shown(Fraction(100)) == "100"
