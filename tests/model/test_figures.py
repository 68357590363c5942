"""No figure without its source; ids that last."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from stakeline.model.errors import UsageError
from stakeline.model.figures import Figure, Place, derive
from stakeline.model.moments import end_of_day, parse_day, parse_moment
from stakeline.model.numbers import Interval

PLACE = Place(document="0" * 64, name="page.html", locator="#lblDIssued", label="box 4")


def read(value: str, doubt: str | None = None, known: datetime | None = None) -> Figure:
    return Figure(value=Decimal(value), unit="shares", basis="Class B", places=(PLACE,), doubt=doubt, known_from=known)


def test_a_figure_without_source_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no figure without a source"):
        Figure(value=Decimal(1), unit="shares", basis="Class B")
    with pytest.raises(ValueError, match="no figure without a source"):
        Figure(value=Decimal(1), unit="shares", basis="Class B", formula="1 + 1")


def test_a_figure_is_a_number_or_a_text() -> None:
    with pytest.raises(ValueError, match="either a number or a text"):
        Figure(unit="shares", basis="Class B", places=(PLACE,))


def test_ids_are_stable_and_differ_with_value_and_place() -> None:
    # Pinned: a changed id would break every brief that was ever printed.
    assert read("25978640000").id == "fx4vjevlu"
    assert read("25978640001").id != read("25978640000").id


def test_a_derived_figure_is_as_late_and_as_doubtful_as_its_inputs() -> None:
    early, late = datetime(2022, 6, 24, tzinfo=UTC), datetime(2022, 11, 14, tzinfo=UTC)
    figure = derive(
        "a + b",
        (read("1", "one source", early), read("2", None, late)),
        Interval.exact(3),
        unit="shares",
        basis="Class B",
    )
    assert (figure.value, figure.span, figure.known_from, figure.doubt) == (Decimal(3), None, late, "one source")


def test_a_day_is_known_from_its_end_where_it_was_published() -> None:
    # Hong Kong is UTC+8 all year; Frankfurt is UTC+1 in November.
    assert end_of_day(date(2022, 11, 15), "Asia/Hong_Kong") == datetime(2022, 11, 15, 15, 59, 59, 999999, tzinfo=UTC)
    assert end_of_day(date(2022, 11, 15), "Europe/Berlin") == datetime(2022, 11, 15, 22, 59, 59, 999999, tzinfo=UTC)


def test_moments_are_meant_in_the_market_zone_unless_they_say_otherwise() -> None:
    nine = datetime(2022, 11, 16, 1, 0, tzinfo=UTC)
    assert parse_moment("2022-11-16T09:00", "Asia/Hong_Kong") == nine
    assert parse_moment("2022-11-16 09:00", "Asia/Hong_Kong") == nine
    assert parse_moment("2022-11-16T01:00+00:00", "Asia/Hong_Kong") == nine
    assert parse_moment("2022-11-15", "Asia/Hong_Kong") == end_of_day(date(2022, 11, 15), "Asia/Hong_Kong")


@pytest.mark.parametrize("text", ["16/11/2022", "yesterday", "2022-13-01", ""])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="2022-11"):
        parse_day(text)
    with pytest.raises(UsageError, match="2022-11"):
        parse_moment(text, "Asia/Hong_Kong")
