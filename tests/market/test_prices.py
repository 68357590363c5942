"""Prices around an event. Expected values: price_checks.csv of the SenseTime samples, row by row, and by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.market import prices
from stakeline.model.documents import Document
from stakeline.model.figures import Figure
from stakeline.model.rows import Row, Sighting, row_key
from stakeline.reading import facttables
from tests.facts.shipped import BRIEFED, SENSETIME, cite, facts, made

EVENT = date(2022, 11, 8)
BRIEF = date(2022, 11, 16)


def number(figure: Figure | None) -> Decimal:
    assert figure is not None
    return figure.number


def test_the_prices_of_the_founding_brief() -> None:
    found = prices(facts(BRIEFED, SENSETIME), cite, event_day=EVENT, on=BRIEF)
    assert found.listed is not None
    assert found.listed.when() == date(2021, 12, 30)
    assert number(found.offer) == Decimal("3.85")  # row 3
    assert (number(found.record_high), number(found.record_close)) == (Decimal("9.70"), Decimal("8.20"))  # rows 7, 8
    assert (number(found.event_low), number(found.event_high)) == (Decimal("1.72"), Decimal("2.04"))  # row 22
    assert (number(found.last_low), number(found.last_high)) == (Decimal("1.63"), Decimal("1.85"))  # row 23
    assert found.last_close is not None
    assert (found.last_close.number, found.last_close.day) == (Decimal("1.79"), "2022-11-15")
    assert found.last_close.basis == "closing price"
    assert "one source" in (found.last_close.doubt or "")
    assert number(found.from_offer).quantize(Decimal("0.01")) == Decimal("-53.51")  # 1.79 / 3.85 = 0.46494
    assert number(found.from_record).quantize(Decimal("0.01")) == Decimal("-81.55")  # 1.79 / 9.70 = 0.18454


def test_every_price_says_where_it_stands_and_who_says_so() -> None:
    close = prices(facts(BRIEFED, SENSETIME), cite, event_day=EVENT, on=BRIEF).record_close
    assert close is not None
    place = close.places[0]
    assert place.name == "cases/sensetime/prices.csv"
    assert place.label == "column value"
    assert place.locator.endswith(", column value")
    assert any("RTHK market report, 4 Jan 2022" in source for source in place.cites)


def test_a_day_without_a_close_shows_the_last_one_before() -> None:
    found = prices(facts(BRIEFED, SENSETIME), cite, event_day=EVENT, on=date(2022, 11, 10))
    assert found.last_close is not None
    assert (found.last_close.number, found.last_close.day) == (Decimal("1.63"), "2022-09-29")


def test_nothing_is_said_where_nothing_is_known() -> None:
    found = prices([], cite, event_day=EVENT, on=BRIEF)
    assert all(getattr(found, name) is None for name in found.__struct_fields__)


RECORD = [
    made("listing.date", "2022-01-03"),
    made("price.record_high", "9.70", period="2022-01-04"),
    made("price.close", "9", period="2022-01-04"),
]


def test_a_record_that_a_later_price_contradicts_is_not_shown() -> None:
    later = [*RECORD, made("price.high", "9.71", period="2022-03-01"), made("price.close", "9", period="2022-03-01")]
    assert prices(RECORD, cite, event_day=EVENT, on=BRIEF).record_high is not None
    assert prices(later, cite, event_day=EVENT, on=BRIEF).record_high is None
    assert number(prices(later, cite, event_day=EVENT, on=date(2022, 2, 1)).record_high) == Decimal("9.70")


def test_two_closes_of_one_day_are_never_settled_in_silence() -> None:
    told = [
        *RECORD,
        made("price.close", "1.71", period="2022-11-15"),
        made("price.close", "1.79", period="2022-11-15", known="2022-11-16"),
    ]
    close = prices(told, cite, event_day=EVENT, on=BRIEF).last_close
    assert close is not None
    assert close.number == Decimal("1.79")
    assert close.doubt == "another source says otherwise"
    assert [(o.number, o.currency) for o in close.others] == [(Decimal("1.71"), "HKD")]


def test_prices_of_the_company_that_had_the_code_before_are_left_out() -> None:
    told = [*RECORD, made("price.high", "50", period="2019-12-05"), made("price.close", "49", period="2019-12-05")]
    assert number(prices(told, cite, event_day=EVENT, on=BRIEF).record_high) == Decimal("9.70")


@given(st.lists(st.integers(1, 2000), min_size=2, max_size=12), st.integers(1, 5))
def test_a_record_from_a_series_is_its_maximum_and_needs_an_unbroken_one(cents: list[int], step: int) -> None:
    days = [date.fromordinal(date(2022, 1, 3).toordinal() + i * step).isoformat() for i in range(len(cents))]
    rows = [made("listing.date", "2022-01-03")]
    for day, value in zip(days, cents, strict=True):
        rows += [made(f"price.{name}", str(Decimal(value) / 100), period=day) for name in ("high", "close")]
    whole = prices(rows, cite, event_day=EVENT, on=BRIEF).record_high
    assert number(whole) == Decimal(max(cents)) / 100
    assert whole is not None
    assert whole.derived
    holed = [row for row in rows if row.body.period != days[0]]
    assert prices(holed, cite, event_day=EVENT, on=BRIEF).record_high is None


def test_the_real_series_gives_the_records_by_itself(samples: Path) -> None:
    path = samples / "sensetime/prices_0020HK_daily.csv"
    document = Document(data=path.read_bytes(), name=path.name)
    rows = [
        Row(row_key(read.body), read.body, (Sighting(document.sha256, read.locator, document.name),))
        for read in facttables.read(document).facts
    ]
    rows.append(made("listing.date", "2021-12-30"))
    found = prices(rows, cite, event_day=EVENT, on=BRIEF)
    assert (number(found.record_high), number(found.record_close)) == (Decimal("9.7"), Decimal("8.2"))
    assert found.record_high is not None
    assert found.record_high.day == "2022-01-04"
    assert number(found.last_close) == Decimal("2.02")  # 16 November; VERIFICATION.md, section 3
    shown = prices([*rows, *facts(BRIEFED, SENSETIME)], cite, event_day=EVENT, on=date(2022, 11, 15))
    assert number(shown.last_close) == Decimal("1.79")
    assert shown.record_high is not None
    assert not shown.record_high.derived


@pytest.mark.parametrize("name", ["from_offer", "from_record"])
def test_changes_follow_to_the_prices_they_were_worked_out_from(name: str) -> None:
    figure = getattr(prices(facts(BRIEFED, SENSETIME), cite, event_day=EVENT, on=BRIEF), name)
    assert figure.derived
    assert [i.currency for i in figure.inputs] == ["HKD", "HKD"]


def test_the_surest_source_has_the_say() -> None:
    sure, unsure = (
        made("price.close", value, period="2022-11-15", known=known)
        for value, known in (("1.79", "2022-11-15"), ("1.71", "2022-11-16"))
    )
    body = msgspec.structs.replace(sure.body, confidence="medium")
    close = prices([Row(row_key(body), body, sure.sightings), unsure], cite, event_day=EVENT, on=BRIEF).last_close
    assert close is not None
    assert (close.number, [o.number for o in close.others]) == (Decimal("1.79"), [Decimal("1.71")])
