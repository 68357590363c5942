"""What is only supposed, the room until the next duty, and the calendar."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from stakeline.model.errors import UsageError
from stakeline.workflows.supposed import parse
from tests.duty.files import Json, asked, line
from tests.duty.test_founding_duty import founding

ONE: Json = {
    "security": "5.HK",
    "issuer": {"capital": [{"date": "2024-01-01", "issued_shares": "1000000"}]},
    "positions": [line("2024-05-02", "49000", key="shares")],
}


def supposed(text: str, *more: str, **told: object) -> list[tuple[bool | None, tuple[str, ...]]]:
    answer = asked(**{**ONE, **told}, what_if=[parse(t) for t in (text, *more)])
    return [(e.duty, e.notices[0].levels if e.notices else ()) for e in answer.events]


def test_words_are_read() -> None:
    told = parse("Sell 3,000,000 shares 0020.HK class B on 2022-11-09 settling 2022-11-11 by B_Ltd")
    assert (told.what, told.count, told.security, told.share_class) == ("sell", 3_000_000, "0020.HK", "B")
    assert (told.day, told.settling, told.by) == (date(2022, 11, 9), date(2022, 11, 11), "B_Ltd")
    assert parse("buy back 1.5% of 5.HK on 2022-11-09").points == Decimal("1.5")


@pytest.mark.parametrize(
    "text",
    ["", "sell", "steal 5 on 2024-05-03", "sell 5", "sell -5 on 2024-05-03", "sell 1.5 on 2024-05-03",
     "sell 5 on 2024-05-03 on 2024-05-04", "sell 5 on someday", "sell 5 5.HK 6.HK on 2024-05-03"],
)  # fmt: skip
def test_words_that_are_not_understood_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sell 5 6.HK on 2024-05-03", "no such security"),
        ("sell 5 on 2024-05-02", "the lines go to 2024-05-02"),
        ("sell 49001 on 2024-05-03", "only 49,000 is held"),
        ("sell 5 on 2024-05-03 by B", "neither the investor"),
        ("buy back 1000000 on 2024-05-03", "only 1,000,000 shares are issued"),
    ],
)
def test_what_the_lines_do_not_allow_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        supposed(text)


def test_several_in_order_build_on_one_another() -> None:
    # 4.9% to 5.0%: one; to 5.9%: none; to 6.0%: level 6; all sold: below 5.
    told = supposed("buy 1000 on 2024-05-03", "buy 0.9% on 2024-05-06", "buy 1000 5.HK on 2024-05-07",
                    "sell 60000 5.HK on 2024-05-08")  # fmt: skip
    assert told == [(True, ("5",)), (False, ()), (True, ("6",)), (True, ("5",))]


def test_the_issuer_acts_and_the_law_is_not_settled() -> None:
    filings = [{"date": "2024-05-02", "form": "Form 2", "kind": "initial", "leg": "long", "pct": "6.1"}]
    told = {"positions": [line("2024-05-02", "61000", key="shares")], "filings": filings}
    # 61,000 of 1,000,000 is 6.1%; of 1,300,000 is 4.69%: below 5, by no act of the holder.
    assert supposed("issue 300000 on 2024-05-03", **told) == [(None, ())]
    assert supposed("issue 1% on 2024-05-03", **told) == [(False, ())]


def test_a_short_position_beside_a_notifiable_interest() -> None:
    told = {"positions": [line("2024-05-02", "61000", key="shares")]}
    # 9,999 of 1,000,000 stay below 1%; 10,000 reach it.
    assert supposed("short 9999 on 2024-05-03", "short 1 on 2024-05-06", **told)[1] == (True, ("1",))


def test_headroom_of_the_founding_case() -> None:
    rooms = {(r.leg, r.share_class, r.what): r for r in asked(**founding(), room=True).rooms}
    # 9% of 25,978,640,000 is 2,338,077,600: 67,077,600 more than 2,271,000,000. 8% is 2,078,291,200: level 8 is left with
    # one share less, 192,708,801 sold.
    assert rooms["long", "B", "buy"].count == 67_077_600
    assert rooms["long", "B", "sell"].count == 192_708_801
    assert rooms["long", "B", "sell"].section is not None
    # The same 2,271,000,000 shares are less than 8% of more than 28,387,500,000, and 9% of 25,233,333,333.3.
    issue, back = rooms["capital", "B", "issue"], rooms["capital", "B", "buy back"]
    assert (issue.count, back.count) == (28_387_500_001, int(Fraction(2_271_000_000 * 100, 9)))
    assert issue.unsettled is not None
    assert "denominator alone" in issue.unsettled


def test_a_line_in_percent_has_no_room_in_shares() -> None:
    [room] = asked(positions=[line("2024-05-02", "5.5")], room=True).rooms
    assert (room.count, room.unsettled) == (None, "told in percent: give counts and the capital")


def test_the_calendar_is_read_back() -> None:
    icalendar = pytest.importorskip("icalendar", reason="the extra ics is not installed")
    from stakeline.workflows.calendar_file import calendar_file

    told = founding(security="0020.HK")
    data, without = calendar_file(asked(**told))
    assert without == ()
    assert calendar_file(asked(**told))[0] == data
    [entry] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert entry.decoded("dtstart") == date(2022, 11, 11)
    assert "Form 2" in entry["summary"]
    assert "s.313(1)(c)" in entry["description"]
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert len([row for row in lines if row.startswith(b"BEGIN:")]) == 2


def test_a_cut_off_is_a_moment() -> None:
    icalendar = pytest.importorskip("icalendar", reason="the extra ics is not installed")
    from stakeline.workflows.calendar_file import calendar_file

    answer = asked(
        regime="us_13d_13g",
        investor={"id": "A", "filer_type": "control"},
        positions=[line("2025-09-01", "4.2", leg="holding"), line("2025-09-02", "5.4", leg="holding")],
    )
    # Worked example `threshold` of cases-schema.md: 9 September 2025; 10 pm in New York is 02:00 UTC of the 10th.
    [entry] = icalendar.Calendar.from_ical(calendar_file(answer)[0]).walk("VEVENT")
    assert entry.decoded("dtstart").isoformat() == "2025-09-10T02:00:00+00:00"
