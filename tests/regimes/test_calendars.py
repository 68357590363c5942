"""The legal calendars: the same tests for each, and days that were compared by hand with what is said of them.

Where an expectation comes from: the shared calendar samples (typed again here), public lists of holidays, and the rules named.
"""

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.days import BusinessDays
from stakeline.model.errors import UnknownName
from stakeline.regimes import closings, days
from stakeline.regimes.days import calendar, calendar_ids

NAMED = [
    "AT_TRADING",
    "AU_BD",
    "BE_TRADING",
    "BR_BD",
    "CA_BD",
    "CH_TRADING",
    "CN_TRADING",
    "DE_TRADING",
    "DK_TRADING",
    "ES_TRADING",
    "FI_TRADING",
    "FR_TRADING",
    "HK_PARTXV",
    "HOME_TRADING",
    "IE_TRADING",
    "IL_TD",
    "IN_WD",
    "IT_TRADING",
    "JP_BD",
    "KR_BD",
    "LU_TRADING",
    "MY_DAYS",
    "NCA_TRADING",
    "NL_TRADING",
    "NO_TRADING",
    "PL_TRADING",
    "PT_TRADING",
    "SE_TRADING",
    "SG_BD",
    "TH_BD",
    "TW_DAYS",
    "UK_BD",
    "UK_TRADING",
    "US_FED",
    "ZA_BD",
]
"""Every code that the facts of the 38 regimes name, typed from them."""
PLAIN = {"TW_DAYS", "MY_PLAIN", "MY_DAYS"}
"""Calendars in which days of rest count, or may."""
YEARS = range(2003, 2028)


@cache
def told() -> dict[str, closings.Calendar]:
    return {name: entry for name, (_, entry) in days._calendars().items()}


def test_every_calendar_that_the_rules_name_is_there() -> None:
    assert set(NAMED) <= set(calendar_ids())


@pytest.mark.parametrize("code", calendar_ids())
class TestEveryCalendar:
    def test_it_says_what_it_is_and_where_that_stands(self, code: str) -> None:
        one = calendar(code)
        assert one.id == code
        assert one.text.endswith(".")
        assert one.citation.instrument
        assert one.citation.place
        assert one.citation.confidence in ("high", "medium", "low")
        assert days.source_of(code)[0]
        assert calendar(code) is one

    def test_every_year_is_built_and_days_of_rest_are_closed(self, code: str) -> None:
        one = calendar(code)
        for year in YEARS:
            open_days = 0
            day = date(year, 1, 1)
            while day.year == year:
                state = one.is_open(day)
                assert (state is None) == bool(one.why_unknown(day))
                assert (state is False) == (one.name_of(day) is not None)
                if day.weekday() == 6 and code not in PLAIN and code != "IL_TD":
                    assert state is not True
                open_days += state is True
                day += timedelta(1)
            if one.since.year < year <= one.until.year:
                assert open_days > 150, f"{code} {year}"

    def test_new_years_day_is_closed_where_it_is_kept(self, code: str) -> None:
        one = calendar(code)
        for year in YEARS:
            day = date(year, 1, 1)
            if (
                code not in PLAIN
                and code[:3] not in ("IL_", "IN_")
                and one.since <= day <= one.until
                and day.weekday() < 5
            ):
                assert one.is_open(day) is False, day

    def test_beyond_its_knowledge_it_gives_no_day(self, code: str) -> None:
        one = calendar(code)
        for start in (date.min, one.since - timedelta(30), one.until, date(9999, 12, 1)):
            due = one.count(start, 5)
            assert due.day is None
            assert due.latest is None
            assert due.doubts

    def test_the_names_it_picks_exist(self, code: str) -> None:
        """A name that the package never uses would pick nothing, silently."""
        for entry in told()[code].holidays:
            everything = closings.Holidays(
                country=entry.country,
                market=entry.market,
                subdivisions=entry.subdivisions,
                categories=entry.categories,
            )
            names = {
                closings._TAIL.sub("", name)
                for year in YEARS
                for _, several in closings._package_days(everything, year)
                for name in several.split("; ")
            }
            assert set(entry.only) | set(entry.without) <= names

    def test_what_it_refers_to_exists(self, code: str) -> None:
        entry = told()[code]
        assert set(entry.one_of) | set(entry.places.values()) <= set(told())


@given(st.sampled_from(calendar_ids()), st.dates(date(2004, 1, 1), date(2027, 6, 1)), st.integers(1, 12))
def test_a_due_day_is_never_closed_and_a_gap_never_a_single_day(code: str, start: date, count: int) -> None:
    one = calendar(code)
    due = one.count(start, count)
    if due.day is not None:
        assert one.is_open(due.day)
        between = [start + timedelta(n) for n in range(1, (due.day - start).days + 1)]
        assert sum(one.is_open(d) is True for d in between) == count
        assert all(one.is_open(d) is not None for d in between)
        assert [d for d, _ in due.skipped] == [d for d in between if one.is_open(d) is False]
    else:
        assert due.doubts
        assert due.latest is None or due.earliest < due.latest
    assert one.count(start + timedelta(1), count).earliest >= due.earliest


# Hong Kong ---------------------------------------------------------------------------------------------------------------


def hk() -> BusinessDays:
    return calendar("HK_PARTXV")


# Typed from samples/calendar/hk_three_business_days.csv and checked against the government's lists of general holidays.
THREE_DAYS = {
    (2022, 11, 8): date(2022, 11, 11),
    (2022, 4, 13): date(2022, 4, 20),
    (2022, 12, 22): date(2022, 12, 29),
    (2022, 9, 9): date(2022, 9, 15),
    (2023, 1, 19): date(2023, 1, 27),
    (2023, 7, 13): date(2023, 7, 19),
    (2023, 8, 31): date(2023, 9, 6),
    (2023, 9, 6): date(2023, 9, 13),
}


@pytest.mark.parametrize(("event", "due"), THREE_DAYS.items())
def test_hong_kong_three_business_days(event: tuple[int, int, int], due: date) -> None:
    assert hk().count(date(*event), 3).day == due


def test_hong_kong_as_the_samples_have_it(samples: Path) -> None:
    with (samples / "calendar" / "hk_three_business_days.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 8
    for row in rows:
        assert hk().count(date.fromisoformat(row["event_date"]), 3).day == date.fromisoformat(row["deadline"])
    with (samples / "calendar" / "holidays_hk_categories_2022.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert hk().is_open(date.fromisoformat(row["date"])) is False
    with (samples / "calendar" / "xhkg_calendar_faults.csv").open(encoding="utf-8") as file:
        faults = [r for r in csv.DictReader(file) if r["calendar"] == "XHKG" and r["date"].startswith("202")]
    assert len(faults) == 5
    for (
        row
    ) in faults:  # Nalgae of 2 November 2022 let the exchange trade in the morning: a gale warning day all the same
        assert hk().is_open(date.fromisoformat(row["date"])) is False


def test_hong_kong_knows_general_holidays_that_are_no_labour_holidays() -> None:
    """Good Friday, the day after, Easter Monday and 27 December 2022, by the general holidays of that year."""
    for month, day in ((4, 15), (4, 16), (4, 18), (12, 27)):
        assert hk().is_open(date(2022, month, day)) is False
    # 3 October 2023 was an ordinary Tuesday: National Day on a Sunday is made up on the Monday.
    assert (hk().is_open(date(2023, 10, 2)), hk().is_open(date(2023, 10, 3))) == (False, True)


def test_hong_kong_counts_a_day_of_warning_though_the_exchange_traded() -> None:
    """Ragasa, 23 September 2025 from 14:20 (trading went on); Mangkhut reached into Monday 17 September 2018."""
    assert hk().name_of(date(2025, 9, 23)) == "gale warning (Ragasa)"
    assert hk().count(date(2025, 9, 22), 1).day == date(2025, 9, 25)
    assert hk().is_open(date(2018, 9, 17)) is False
    assert hk().name_of(date(2025, 8, 5)) == "black rainstorm warning"


def test_hong_kong_saturdays() -> None:
    """The first filing date, 14 April 2003, is the tenth business day after 1 April only with Saturdays (5 April: a holiday)."""
    assert hk().count(date(2003, 4, 1), 10).day == date(2003, 4, 14)
    assert hk().count(date(2005, 6, 6), 3).day == date(2005, 6, 9), "Monday to Thursday passes no Saturday"
    unsure = hk().count(date(2010, 6, 3), 3)  # Thursday: Friday, then Saturday or Monday, then Monday or Tuesday
    assert (unsure.earliest, unsure.latest) == (date(2010, 6, 7), date(2010, 6, 8))
    assert any("Saturday" in doubt for doubt in unsure.doubts)
    assert hk().with_facts((), True).count(date(2010, 6, 3), 3).day == date(2010, 6, 7)
    assert hk().with_facts((), False).count(date(2010, 6, 3), 3).day == date(2010, 6, 8)
    # Three notices of the person histories (samples/hk), filed on the third weekday: on time.
    for event, filed in (
        (date(2017, 8, 25), date(2017, 8, 30)),
        (date(2017, 9, 27), date(2017, 10, 3)),
        (date(2020, 9, 11), date(2020, 9, 16)),
    ):
        due = hk().count(event, 3)
        assert due.latest is not None
        assert filed <= due.latest


def test_hong_kong_says_where_storms_may_be_missing() -> None:
    assert hk().count(date(2024, 3, 4), 3).doubts == ()
    due = hk().count(date(2026, 3, 2), 3)
    assert due.day == date(2026, 3, 5)
    assert "storm days before 2023 and after September 2025" in due.doubts[0]
    told_of = hk().with_facts([(date(2026, 3, 4), "black rainstorm warning")])
    assert told_of.count(date(2026, 3, 2), 3).day == date(2026, 3, 6)


def test_storms_are_no_sundays_and_each_has_a_source() -> None:
    storms = days._storms(files("stakeline.regimes").joinpath("hk"), told()["HK_PARTXV"])
    assert storms is not None
    assert len({s.day for s in storms.storm}) == len(storms.storm)
    for storm in storms.storm:
        assert storm.kind in ("gale", "black rainstorm")
        assert storm.day.weekday() != 6
        assert storm.source
        assert (storm.status == "unknown") == (storm.confidence == "low")


# The others ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        # US: federal, not the exchange's
        ("US_FED", date(2025, 10, 13), "Columbus Day"),
        ("US_FED", date(2025, 11, 11), "Veterans Day"),
        ("US_FED", date(2021, 6, 18), "Juneteenth National Independence Day (observed)"),
        ("US_FED", date(2025, 4, 18), None),  # Good Friday
        ("US_FED", date(2020, 6, 19), None),  # before Juneteenth
        # UK: the late May bank holiday moved for the jubilee of 2022; Scotland's 2 January is a trading day
        ("UK_TRADING", date(2022, 6, 2), "Spring Bank Holiday"),
        ("UK_TRADING", date(2022, 5, 30), None),
        ("UK_TRADING", date(2025, 1, 2), None),
        # Germany, s.47: a holiday in one Land is enough; Christmas Eve counts
        ("DE_TRADING", date(2025, 1, 6), "Epiphany"),
        ("DE_TRADING", date(2025, 8, 15), "Assumption Day"),
        ("DE_TRADING", date(2025, 11, 19), "Repentance and Prayer Day"),
        ("DE_TRADING", date(2025, 8, 8), None),  # Augsburg alone
        ("DE_TRADING", date(2025, 12, 24), None),
        # exchanges
        ("FR_TRADING", date(2025, 7, 14), None),
        ("FR_TRADING", date(2025, 12, 26), "26 December"),
        ("IT_TRADING", date(2022, 8, 15), "Assumption Day"),
        ("IT_TRADING", date(2025, 6, 2), None),
        ("AT_TRADING", date(2018, 8, 15), "Assumption Day"),
        ("AT_TRADING", date(2019, 8, 15), None),
        ("AT_TRADING", date(2023, 5, 29), None),  # Whit Monday, given up in 2023
        ("SE_TRADING", date(2025, 6, 20), "Midsummer Eve"),
        ("FI_TRADING", date(2025, 12, 31), "New Year's Eve"),
        ("NO_TRADING", date(2024, 5, 17), "Constitution Day"),
        ("CH_TRADING", date(2025, 8, 1), "National Day"),
        ("IE_TRADING", date(2025, 3, 17), None),
        # Asia
        ("JP_BD", date(2025, 12, 29), "Year-end"),
        ("JP_BD", date(2026, 1, 2), "New Year"),
        ("KR_BD", date(2025, 5, 1), "Labour Day"),
        ("KR_BD", date(2025, 12, 31), None),  # the exchange closes, the law does not
        ("CN_TRADING", date(2025, 10, 1), "National Day"),
        ("SG_BD", date(2009, 11, 16), "Diwali (observed)"),
        ("TW_DAYS", date(2025, 10, 10), None),
        ("ZA_BD", date(2024, 5, 29), "National and Provincial Government Elections"),
    ],
)
def test_days_compared_by_hand(code: str, day: date, name: str | None) -> None:
    assert calendar(code).name_of(day) == name


def test_a_weekend_of_work_is_no_trading_day_in_china() -> None:
    """Sunday 28 September and Saturday 11 October 2025 were working days by decree."""
    assert calendar("CN_TRADING").is_open(date(2025, 9, 28)) is False
    assert calendar("CN_TRADING").is_open(date(2025, 10, 11)) is False


def test_israel_changed_its_week_in_january_2026() -> None:
    week = [calendar("IL_TD").is_open(date(2026, 1, 1) + timedelta(n)) for n in range(11)]
    # Thursday; then Friday, Saturday, Sunday of the change; Monday to Friday; Saturday, Sunday
    assert week == [True, None, False, None, True, True, True, True, True, False, False]
    assert calendar("IL_TD").is_open(date(2025, 11, 16)) is True, "a Sunday"
    assert [calendar("IL_TD").is_open(date(2025, 9, 21) + timedelta(n)) for n in range(3)] == [True, None, False], (
        "the eve of the new year"
    )


def test_an_office_closed_by_order_is_in_question() -> None:
    due = calendar("US_FED").count(date(2025, 1, 8), 1)
    assert (due.earliest, due.latest) == (date(2025, 1, 9), date(2025, 1, 10))
    assert "mourning" in due.doubts[0]


def test_five_federal_business_days() -> None:
    """A 13D event of Monday 5 February 2024 is due on the 12th; one of 30 September 2024 (Monday) on 7 October."""
    assert calendar("US_FED").count(date(2024, 2, 5), 5).day == date(2024, 2, 12)
    assert calendar("US_FED").count(date(2024, 9, 30), 5).day == date(2024, 10, 7)
    assert calendar("US_FED").count(date(2025, 10, 7), 5).day == date(2025, 10, 15), "Columbus Day is passed"


def test_a_state_is_told_or_its_own_days_are_not_known() -> None:
    bastille, ordinary = date(2025, 7, 11), date(2025, 9, 8)  # Friday before a Monday that Paris trades
    assert calendar("HOME_TRADING", home="FR").count(bastille, 1).day == date(2025, 7, 14)
    assert calendar("HOME_TRADING", home="DE").count(date(2025, 10, 30), 1).day == date(2025, 11, 3)
    assert calendar("NCA_TRADING", mic="XPAR").count(date(2025, 10, 30), 1).day == date(2025, 10, 31)
    untold = calendar("NCA_TRADING")
    assert untold.count(ordinary, 4).day == date(2025, 9, 12)
    assert untold.count(date(2025, 10, 30), 1).day is None, "31 October is a holiday of the German statute"
    assert untold.is_open(date(2026, 1, 1)) is False
    assert calendar("NCA_TRADING", mic="XATH") is untold, "a market that we have no calendar of"
    assert calendar("FR_TRADING", mic="XETR").id == "FR_TRADING", "the law leaves no choice"


def test_a_province_or_state_is_told_or_its_own_days_are_not_known() -> None:
    kings, family = date(2025, 6, 9), date(2025, 2, 17)
    assert calendar("AU_BD").is_open(kings) is None
    assert calendar("AU_BD", home="NSW").is_open(kings) is False
    assert calendar("AU_BD", home="QLD").is_open(kings) is True
    assert calendar("AU_BD").count(date(2025, 3, 21), 2).day == date(2025, 3, 25)
    assert calendar("CA_BD").is_open(family) is None
    assert calendar("CA_BD", home="ON").is_open(family) is False
    assert calendar("CA_BD", home="QC").is_open(family) is True


def test_malaysia_is_not_settled_where_a_weekend_lies_in_between() -> None:
    assert calendar("MY_DAYS").count(date(2025, 3, 10), 3).day == date(2025, 3, 13)
    due = calendar("MY_DAYS").count(date(2025, 5, 22), 3)  # a Thursday
    assert (due.earliest, due.latest) == (date(2025, 5, 25), date(2025, 5, 27))


def test_working_days_of_the_short_selling_rules() -> None:
    """13 July 2026 is a bank holiday in Northern Ireland alone, 31 August in all parts but Scotland."""
    assert calendar("UK_WORKING").is_open(date(2026, 7, 13)) is None
    assert calendar("UK_WORKING").is_open(date(2026, 8, 31)) is False
    assert calendar("UK_WORKING").is_open(date(2026, 7, 22)) is True


def test_easter_is_where_the_package_has_it() -> None:
    """2000 to 2027 by the arithmetic, against Good Friday of England; three Sundays typed by hand."""
    assert [closings.easter(y) for y in (2000, 2008, 2025)] == [date(2000, 4, 23), date(2008, 3, 23), date(2025, 4, 20)]
    england = closings.Holidays(country="GB", subdivisions=("ENG",), only=("Good Friday",))
    for year in range(2000, 2028):
        assert [d for d, _ in closings._package_days(england, year)] == [closings.easter(year) - timedelta(2)]


def test_an_unknown_calendar_is_said() -> None:
    with pytest.raises(UnknownName, match="MARS_BD"):
        calendar("MARS_BD")


GOOD = '[X]\ntext = "t."\ninstrument = "i"\nplace = "p"\nsource = "s"\nconfidence = "low"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + "unkown = 1", "unkown"),
        (GOOD + '[[X.holidays]]\ncountry = "HK"\ncatgories = ["optional"]', "catgories"),
        (GOOD + '[[X.holidays]]\ncountry = "HK"\nmarket = "XHKG"', "of a country or of a market"),
        (GOOD + '[[X.weekend]]\nclosed = ["Samstag"]', "Samstag"),
        (
            GOOD + '[[X.weekend]]\nclosed = ["Friday"]\nuntil = 2020-01-01\n[[X.weekend]]\nclosed = []',
            "must begin on the day",
        ),
        (GOOD + '[[X.days]]\nday = 2020-01-01\nname = "n"', "source"),
        (GOOD + '[[X.yearly]]\ndays = {"12-24" = "n"}\nstatus = "maybe"', "maybe"),
        (GOOD + 'places = {FR = "Y"}', "belong together"),
        (GOOD.replace('"i"', '""'), "must say something"),
        (GOOD.replace("low", "certain"), "certain"),
        (GOOD.replace("[X]", "[X"), "at line 1"),
    ],
)
def test_a_file_that_says_what_is_not_understood_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"made.toml: .*{said}"):
        days.read(text, "made.toml")


def test_the_smallest_file_is_read() -> None:
    assert days.read(GOOD, "made.toml")["X"].weekend[0].closed == ("Saturday", "Sunday")


def test_a_feast_by_the_moon_is_in_question_on_either_side() -> None:
    """Hari Raya in a year for which the package can only estimate it."""
    estimate = closings.Calendar(
        text="t",
        instrument="i",
        place="p",
        source="s",
        confidence="low",
        until=date(2060, 12, 31),
        holidays=(closings.Holidays(country="SG", only=("Eid al-Fitr",)),),
    )
    closed, unknown = closings.days_of(estimate, 2050, None)
    assert not closed
    assert len(unknown) >= 3
