"""Whether a notice was in time, on small laws of our own; days counted by hand on a calendar of June and July 2025.

June 2025 in Hong Kong: 1 July is a holiday, no other weekday from 2 June to 4 July is; Saturdays do not count.
"""

from datetime import date
from typing import Any

import pytest

from stakeline.duties.punctual import punctual
from stakeline.model.days import BusinessDays
from stakeline.model.errors import UnknownName
from stakeline.model.punctual import Answering, Timing
from stakeline.model.rules import Rulebook
from stakeline.model.situations import IssuerFacts
from stakeline.regimes.days import calendar
from tests.duties import books

TEN = 'when = { events = ["appointment"] }\ndeadline = { count = 10, unit = "business_day", calendar = "HK_PARTXV", start = "aware", from_text = "the appointment" }'
BOOK = books.book(
    books.duty('kind = "change"\n[[duty.variant]]\n' + TEN, id="x.a"),
    books.duty('kind = "change"', id="x.late", since="2025-06-10"),
)
TUESDAY = date(2025, 6, 3)


def days(name: str, _issuer: IssuerFacts) -> BusinessDays:
    return calendar(name)


def asked(filed: date | None = None, book: Rulebook = BOOK, **told: Any) -> Any:
    """The answer for a notice of an event on Tuesday 3 June 2025, filed on one known day."""
    given: dict[str, Any] = {
        "duties": (("x.a", None),),
        "event": TUESDAY,
        "asks_aware": True,
        "first": filed,
        "last": filed,
    }
    return punctual(book, Answering(rulebook="x", **{**given, **told}), days)


def test_the_third_business_day_is_in_time_and_the_next_is_late() -> None:
    on_time = asked(date(2025, 6, 6))
    assert (on_time.timing, on_time.due, on_time.days_late) == (Timing.ON_TIME, date(2025, 6, 6), None)
    late = asked(date(2025, 6, 9))  # a Monday
    assert (late.timing, late.days_late, late.citation) == (Timing.LATE, 1, "s.1")
    weekend = asked(date(2025, 6, 7))
    assert (weekend.timing, weekend.days_late) == (Timing.LATE, 0)


def test_a_holiday_is_not_counted_and_is_named() -> None:
    told = asked(date(2025, 7, 4), event=date(2025, 6, 30))  # Tuesday 1 July is closed: 2, 3, 4 July
    assert (told.timing, told.due) == (Timing.ON_TIME, date(2025, 7, 4))
    assert [day for day, _ in told.skipped] == [date(2025, 7, 1)]


def test_a_day_of_learning_moves_the_due_day() -> None:
    told = asked(date(2025, 6, 12), aware=date(2025, 6, 9))
    assert (told.timing, told.start, told.due) == (Timing.ON_TIME, date(2025, 6, 9), date(2025, 6, 12))


def test_a_day_of_learning_that_nothing_tells_may_excuse() -> None:
    told = asked(date(2025, 6, 12), asks_aware=False)
    assert (told.timing, told.days_late) == (Timing.LATE_UNLESS, 4)  # 9, 10, 11, 12 June
    assert told.unless == ("the filer learned of it on 2025-06-09 or later",)


def test_the_other_deadline_may_excuse_and_else_says_from_when() -> None:
    both = (("x.a", None), ("x.a", "appointment"))
    told = asked(date(2025, 6, 16), duties=both)  # ten days: 4, 5, 6, 9 to 13, 16, 17 June
    assert (told.timing, told.due) == (Timing.LATE_UNLESS, date(2025, 6, 6))
    assert told.unless == ("its deadline is 10 business days after the appointment: 2025-06-17",)
    assert asked(date(2025, 6, 6), duties=both).timing is Timing.ON_TIME
    assert asked(date(2025, 6, 18), duties=both).timing is Timing.LATE
    initial = asked(date(2025, 6, 17), duties=both[1:])
    assert (initial.timing, initial.due) == (Timing.ON_TIME, date(2025, 6, 17))


def test_a_filing_between_two_days_is_judged_by_both() -> None:
    def between(first: date | None, last: date | None) -> Any:
        return asked(first=first, last=last, why_filed="the day of filing")

    assert between(None, date(2025, 6, 6)).timing is Timing.ON_TIME
    unknown = between(date(2025, 6, 5), date(2025, 6, 10))
    assert (unknown.timing, unknown.missing, unknown.due) == (Timing.UNKNOWN, ("the day of filing",), date(2025, 6, 6))
    assert between(None, date(2025, 6, 10)).timing is Timing.UNKNOWN
    assert between(date(2025, 6, 9), date(2025, 6, 10)).timing is Timing.LATE


def test_a_day_that_may_be_closed_leaves_it_open() -> None:
    """Friday 4 August 2017: whether Saturdays still counted is not known, so the third day is 8 or 9 August."""
    told = asked(date(2017, 8, 9), event=date(2017, 8, 4))
    assert (told.timing, told.earliest, told.latest) == (Timing.UNKNOWN, date(2017, 8, 8), date(2017, 8, 9))
    assert any("Saturdays" in what for what in told.missing)
    assert asked(date(2017, 8, 8), event=date(2017, 8, 4)).timing is Timing.ON_TIME
    late = asked(date(2017, 8, 10), event=date(2017, 8, 4))  # late whether Saturdays counted or not
    assert (late.timing, late.days_late) == (Timing.LATE_UNLESS, 1)
    assert [words.partition(" before")[0] for words in late.unless] == ["storm days"]


def test_a_storm_that_the_list_may_lack_excuses_a_few_days_and_no_more() -> None:
    """In 2021 the list of storm days is not complete; the event of Friday 3 September is due on Wednesday 8 September."""
    near, far = asked(date(2021, 9, 9), event=date(2021, 9, 3)), asked(date(2021, 9, 30), event=date(2021, 9, 3))
    assert (near.timing, near.due, near.days_late) == (Timing.LATE_UNLESS, date(2021, 9, 8), 1)
    assert "storm days" in near.unless[0]
    assert far.timing is Timing.LATE


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"duties": ()}, "which duty"),
        ({"duties": (), "why": "a voluntary notice"}, "a voluntary notice"),
        ({"event": None}, "the day of the event"),
        ({"first": None, "last": None}, "the day of filing"),
        ({"event": date(2025, 6, 20)}, "not after the filing"),
        ({"event": date(1999, 6, 3)}, "the law of 1999-06-03"),
        ({"duties": (("x.a", None), ("x.late", None))}, "the law of 2025-06-03"),
    ],
)
def test_what_is_missing_is_named(told: dict[str, Any], missing: str) -> None:
    answer = asked(date(2025, 6, 9), **told)
    assert (answer.timing, answer.due) == (Timing.UNKNOWN, None)
    assert missing in answer.missing[0]


def test_taking_a_fact_away_never_makes_a_notice_late_for_certain() -> None:
    """Property: whatever the day of filing, a notice that tells less is no worse off."""
    for day in range(3, 28):
        full = asked(date(2025, 6, day)).timing
        for less in ({"asks_aware": False}, {"duties": (("x.a", None), ("x.a", "appointment"))}, {"first": None}):
            timing = asked(date(2025, 6, day), **less).timing
            assert timing is not Timing.LATE or full is Timing.LATE
            assert full is not Timing.ON_TIME or timing is Timing.ON_TIME


def test_a_calendar_that_nobody_has_is_an_error() -> None:
    unknown = books.book(books.duty('kind = "change"').replace("HK_PARTXV", "NOWHERE"))
    with pytest.raises(UnknownName, match="NOWHERE"):
        asked(date(2025, 6, 6), book=unknown)
