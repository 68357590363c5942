"""Why a percentage moved: what is said, on what it rests, and what is left unsaid."""

import pytest
from tests.events.making import entry, found, notified, of_kind, sale, stake

from stakeline.events.causes import cause_of
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Cause, EventKind
from stakeline.reading.supplement import says_conversion


def test_a_trade_needs_a_code_and_totals_that_fit() -> None:
    cause, why = cause_of(sale("2024-03-01", stake("100"), stake("90"), "10"), Leg.LONG, None)
    assert cause is Cause.TRADE
    assert why.endswith("and the totals before and after moved the same way")


def test_totals_of_a_notice_that_contradicts_itself_bear_nothing_out() -> None:
    told = entry("2024-03-01", stake("100"), stake("90"), "55", code="1201", direction=Direction.DISPOSE)
    assert len(of_kind(found(told), EventKind.MISMATCH)) == 1
    assert notified(told).cause_why == "code 1201 says that shares were sold"


def test_a_code_that_the_totals_contradict_gives_no_direction() -> None:
    told = entry(
        "2024-03-01", stake("90", "6.10"), stake("100", "6.90"), "10", code="1201", direction=Direction.DISPOSE
    )
    event = notified(told)
    assert (event.kind, event.cause, event.direction) == (EventKind.CHANGE, Cause.UNKNOWN, "up")
    mismatch = of_kind(found(told), EventKind.MISMATCH)
    assert len(mismatch) == 1
    assert mismatch[0].note == "code 1201 says that shares were sold, but the total of the same notice rose"


def test_equal_totals_contradict_a_sale() -> None:
    told = entry("2024-03-01", stake("90"), stake("90"), "10", code="1201", direction=Direction.DISPOSE)
    assert len(of_kind(found(told), EventKind.MISMATCH)) == 1
    assert notified(told).direction is None


@pytest.mark.parametrize("code", ["1704", "1711", "1013", "1113", "1213", "1316", "1403", "1503"])
def test_open_codes_never_give_a_direction(code: str) -> None:
    """Even where a code table were to say so by mistake."""
    told = entry("2024-03-01", None, stake(percent="4.20"), "10", code=code, direction=Direction.DISPOSE)
    event = notified(told)
    assert (event.cause, event.direction) == (Cause.UNKNOWN, None)


def test_the_class_grew_or_shrank() -> None:
    diluted = entry("2024-03-01", stake("100", "5.30"), stake("100", "5.10"), code="1213")
    bought_back = entry("2024-03-01", stake("100", "5.10"), stake("100", "5.30"), code="1113")
    none_involved = entry("2024-03-01", stake(percent="5.30"), stake(percent="5.10"), "0", code="1213")
    assert cause_of(diluted, Leg.LONG, None) == (
        Cause.DILUTION,
        "the share count stayed at 100 while the percentage fell from 5.30 to 5.10: the class grew",
    )
    assert cause_of(bought_back, Leg.LONG, None)[0] is Cause.BUY_BACK
    assert cause_of(none_involved, Leg.LONG, None)[0] is Cause.DILUTION


def test_a_percentage_alone_tells_no_cause() -> None:
    assert cause_of(entry("2024-03-01", stake(percent="5.30"), stake(percent="5.10"), code="1213"), Leg.LONG, None) == (
        Cause.UNKNOWN,
        "code 1213 does not say that shares were bought or sold",
    )


def test_equal_rounded_counts_are_not_the_same_count() -> None:
    told = entry("2024-03-01", stake("2,271m", "8.75"), stake("2,271m", "8.74"), code="1213")
    assert cause_of(told, Leg.LONG, None)[0] is Cause.UNKNOWN


def test_no_shares_involved_says_nothing_of_the_time_before_the_notice() -> None:
    """A row without a total before: what moved since the notice before it is not what this notice is about."""
    earlier = entry("2024-02-01", None, stake("50", "6.30"))
    told = entry("2024-03-01", None, stake(percent="5.10"), "0", code="1213")
    assert cause_of(told, Leg.LONG, earlier)[0] is Cause.UNKNOWN


def test_a_sale_with_a_higher_total_than_in_the_notice_before() -> None:
    earlier = entry("2024-02-01", None, stake("50", "6.30"))
    cause, why = cause_of(sale("2024-03-01", None, stake("70", "8.10"), "5"), Leg.LONG, earlier)
    assert cause is Cause.UNKNOWN
    assert "more moved unseen" in why


@pytest.mark.parametrize(
    "text",
    [
        "The change was due to the conversion of 12,950,321 Class A shares into Class B shares.",
        "Convertible bonds held by the Company were converted on that date.",
        "12,950,321股A類股份轉換為B類股份",
        "因可转换债券转股",
    ],
)
def test_words_that_say_conversion(text: str) -> None:
    assert says_conversion(text)
    told = entry("2024-03-01", stake("100", "9.63"), stake("110", "9.69"), code="1113", text=text)
    assert cause_of(told, Leg.LONG, None)[0] is Cause.CONVERSION


@pytest.mark.parametrize(
    "text",
    [
        None,
        "The shares include an interest in convertible bonds.",
        "Bonds with a conversion price of HKD 3.20.",
        "The consideration was converted into Hong Kong dollars.",
        "None of the notes has been converted; if converted, the notes would give 5%.",
        "該等可換股債券尚未轉換為股份",
    ],
)
def test_words_that_do_not(text: str | None) -> None:
    assert not says_conversion(text)


def test_a_sale_whose_text_mentions_a_conversion_is_a_sale() -> None:
    told = entry(
        "2024-03-01",
        stake("100"),
        stake("90"),
        "10",
        code="1201",
        direction=Direction.DISPOSE,
        text="after conversion of notes",
    )
    assert cause_of(told, Leg.LONG, None)[0] is Cause.TRADE
