"""Figures that are hard to believe: said, with why, and never corrected."""

from datetime import date

import msgspec
from tests.events.making import entry, found, of_kind, sale, stake, timeline
from tests.events.making import figure as read
from tests.histories import levels

from stakeline.events import Counts, DayPrices, events
from stakeline.model.figures import Figure
from stakeline.model.law import Direction
from stakeline.model.notices import Status
from stakeline.model.stakes import Entry, EventKind, Part


def notes(*entries: Entry, counts: Counts | None = None, prices: DayPrices | None = None) -> list[str]:
    told = events(timeline(*entries), levels, counts or Counts(), prices or DayPrices())
    return [e.note or "" for e in of_kind(told, EventKind.SUSPECT)]


def money(text: str, basis: str = "average per share") -> Figure:
    return msgspec.structs.replace(read(text, "currency", day="2023-06-21"), currency="HKD", basis=basis)


def range_of(low: str, high: str) -> DayPrices:
    return DayPrices(low=lambda _day: money(low), high=lambda _day: money(high))


def test_a_price_above_the_days_highest_on_exchange_or_unstated() -> None:
    """Samples, sensetime: 21 June 2023, 50 million at 2.267 while the day's highest was 2.24."""
    told = msgspec.structs.replace(sale("2023-06-21", None, None, "50,000,000"), price=money("2.267"))
    assert notes(told, prices=range_of("2.10", "2.24")) == [
        "the average price of 2.267 is above the day's highest, 2.24 HKD"
    ]
    assert notes(told, prices=range_of("2.10", "2.27")) == []
    assert notes(told) == []


def test_off_the_exchange_any_price_may_be_agreed() -> None:
    """Samples, sensetime: the block of 6 July 2023 at 1.82, below the day's lowest."""
    told = sale("2023-07-06", None, None, "400,000,000")
    by_venue = msgspec.structs.replace(told, price=money("1.82"), venue="off-exchange")
    by_box = msgspec.structs.replace(told, price=money("1.82", "average per share, off exchange"))
    assert notes(by_venue, by_box, prices=range_of("1.90", "2.00")) == []


def test_a_price_in_another_currency_is_not_compared() -> None:
    told = msgspec.structs.replace(
        sale("2023-06-21", None, None, "5"), price=msgspec.structs.replace(money("9"), currency="USD")
    )
    assert notes(told, prices=range_of("2.10", "2.24")) == []


def test_more_than_all_shares_without_derivatives() -> None:
    told = entry("2024-03-01", None, stake(percent="130.00"))
    assert len(notes(told)) == 1
    assert "more than all of it" in notes(told)[0]
    assert notes(msgspec.structs.replace(told, parts=(Part(kind="derivatives", shares=read("5", "shares")),))) == []


def test_more_shares_than_are_issued() -> None:
    told = entry("2024-03-01", None, stake("1,200", None), "5", issued="1,000")
    assert notes(told) == [
        "the total of 1,200 is above the 1,000 shares of the class in issue, and no derivatives are told"
    ]
    assert notes(entry("2024-03-01", None, stake("1,000"), "5", issued="1,000")) == []


def test_an_event_after_its_filing() -> None:
    told = msgspec.structs.replace(
        entry("2024-03-09", None, stake("10")), filed=date(2024, 3, 8), event_day=read("1", "date")
    )
    assert notes(told) == ["the event is said to be of 2024-03-09, after the day of filing in the serial (2024-03-08)"]
    placed = msgspec.structs.replace(told, event_day=None)  # the day of the event is not told at all
    assert notes(placed) == []


def test_two_notices_of_one_day_with_different_totals() -> None:
    one = entry("2024-03-01", None, stake("1,000"), "7", code="1314", direction=Direction.NATURE)
    other = msgspec.structs.replace(entry("2024-03-01", None, stake("1,500"), "8", code="1113"), id="other")
    assert notes(one, other) == [
        "the notice n2024-03-01 of the same day tells 1,000 shares after its event, this one 1,500 shares"
    ]


def test_two_notices_of_one_day_that_go_on_from_one_another_or_are_explained_are_not_odd() -> None:
    one = entry("2024-03-01", None, stake("1,000"), "7")
    goes_on = msgspec.structs.replace(entry("2024-03-01", stake("1,000"), stake("1,500"), "5"), id="other")
    explained = msgspec.structs.replace(entry("2024-03-01", None, stake("1,500"), "500"), id="other")
    assert notes(one, goes_on) == []
    assert notes(one, explained) == []
    wrong_way = msgspec.structs.replace(explained, direction=Direction.DISPOSE, code="1201")
    assert len(notes(one, wrong_way)) == 1


def test_a_stake_that_a_withdrawal_makes_disappear() -> None:
    """Reference, section 5, point 10: a manager appeared with 8.32% and withdrew the notice days later."""
    told = entry("2024-03-01", None, stake(percent="8.32"), withdrawn=True)
    huge = msgspec.structs.replace(told, status=Status.WITHDRAWN)
    assert [e.kind for e in found(huge)] == [EventKind.WITHDRAWN, EventKind.SUSPECT]
    assert "told 8.32% of the class" in notes(huge)[0]
    small = msgspec.structs.replace(huge, after=stake(percent="0.20"))
    assert [e.kind for e in found(small)] == [EventKind.WITHDRAWN]
    replaced = msgspec.structs.replace(told, status=Status.SUPERSEDED)
    assert found(replaced) == ()


def test_a_code_that_the_filers_own_words_deny() -> None:
    told = entry(
        "2024-03-01",
        stake("100", "6.10"),
        stake("100", "5.90"),
        code="1201",
        direction=Direction.DISPOSE,
        text="No disposal was made; dilution only",
    )
    assert notes(told) == [
        "code 1201 says that shares were sold, and the filer's own words seem to say otherwise: "
        "\u201cNo disposal was made;\u201d"
    ]
    assert notes(msgspec.structs.replace(told, text="Shares were sold on market.")) == []


def test_a_second_notice_of_one_event_is_no_second_event() -> None:
    first = sale("2024-03-01", stake("61,000,000", "6.10"), stake("59,000,000", "5.90"), "2,000,000")
    again = msgspec.structs.replace(first, id="another serial")
    assert [e.kind for e in found(first, again)] == [e.kind for e in found(first)] == [EventKind.CROSSING]
    on = sale("2024-03-01", stake("59,000,000", "5.90"), stake("57,000,000", "5.70"), "2,000,000")
    assert [e.kind for e in found(first, msgspec.structs.replace(on, id="next"))].count(EventKind.TRADE) == 1
