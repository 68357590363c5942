"""Punctuality over a ledger: each notice's due day beside its day of filing, and late notices as events.

Pages are invented (tests/pages.py, tests/listpages.py); due days are counted by hand on Hong Kong's calendar: of the weekdays used
here 19 June 2026 (Dragon Boat Festival), 1 July 2026 and 1 October 2007 are holidays, and 4 April 2024 is the Tomb-Sweeping Festival.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stakeline import Ledger, load_documents
from stakeline.cases import case
from stakeline.cli import main
from stakeline.model.documents import Document
from stakeline.model.punctual import Punctuality, Timing
from stakeline.model.stakes import EventKind
from stakeline.workflows.due_days import judged
from stakeline.workflows.punctual import Timed, punctual
from stakeline.workflows.stakes import find_events, history
from stakeline.workflows.story import brief
from tests import listpages, pages

SALE: dict[str, Any] = {
    "issuer_code": "00020",
    "issuer_name": "Plain Holdings Ltd.",
    "share_class": "Ordinary Shares",
    "holder": "Fund Limited",
    "code": "1201",
    "before": [("Long position", 69_000_000, "6.90")],
    "after": [("Long position", 59_000_000, "5.90")],
}
LATE = {
    "serial": "DA20260728E00437",
    "holder": "Li Hua",
    "day": "17/06/2026",
    "after": "1,000(L)",
    "percent": "0.10(L)",
}

Load = Callable[..., Ledger]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*found: bytes) -> Ledger:
        ledger = Ledger.create(tmp_path / f"ledger{len(list(tmp_path.iterdir()))}")
        for number, data in enumerate(found, 1):
            assert load_documents(ledger, [Document(data=data, name=f"page {number}.html")]).quarantined == 0
        return ledger

    return loaded


def form2(serial: str, event: str, **more: Any) -> bytes:
    """A Form 2 of Monday 4 March 2024's sale, unless told otherwise."""
    return pages.form2(**{**SALE, "serial": serial, "event_date": event, **more})


def one(ledger: Ledger) -> Timed:
    (notice,) = punctual(ledger, "00020").notices
    return notice


def answer(ledger: Ledger) -> Punctuality:
    return one(ledger).answer


def test_the_founding_notice_is_on_time(load: Load) -> None:
    """Event on Tuesday 8 November 2022, serial of Friday 11 November: the third business day."""
    told = one(load(pages.founding_notice()))
    assert (told.answer.timing, told.answer.due, told.filed) == (Timing.ON_TIME, date(2022, 11, 11), date(2022, 11, 11))
    assert told.answer.duties == ("hk.ss.level", "hk.ss.cease")


@pytest.mark.parametrize(
    ("serial", "event", "more", "timing", "due"),
    [
        ("CS20240307E00001", "04/03/2024", {}, Timing.ON_TIME, date(2024, 3, 7)),
        ("CS20240308E00001", "04/03/2024", {}, Timing.LATE, date(2024, 3, 7)),
        ("CS20240308E00001", "04/03/2024", {"aware_date": "05/03/2024"}, Timing.ON_TIME, date(2024, 3, 8)),
        ("CS20240314E00001", "04/03/2024", {"aware_date": "05/03/2024"}, Timing.LATE, date(2024, 3, 8)),
        ("CS20240308E00001", "04/03/2024", {"aware_date": "the 5th"}, Timing.LATE_UNLESS, date(2024, 3, 7)),
        # Ten business days on listing (code 1701): from 5 to 8, 11 to 15 and 18 March.
        ("CS20240318E00001", "04/03/2024", {"code": "1701"}, Timing.ON_TIME, date(2024, 3, 18)),
        ("CS20240319E00001", "04/03/2024", {"code": "1701"}, Timing.LATE, date(2024, 3, 18)),
        ("CS20240308E00001", "04/03/2024", {"code": ""}, Timing.LATE_UNLESS, date(2024, 3, 7)),
        ("CS20240308E00001", "04/03/2024", {"code": "1710"}, Timing.UNKNOWN, None),
        ("CS20240308E00001 (Amendment to CS20240306E00001)", "04/03/2024", {}, Timing.UNKNOWN, None),
        # 3 April 2024 is a Wednesday; Thursday the 4th is a holiday: 5, 8, 9 April.
        ("CS20240409E00001", "03/04/2024", {}, Timing.ON_TIME, date(2024, 4, 9)),
        ("CS20240307E00001", "08/03/2024", {}, Timing.UNKNOWN, None),
    ],
)
def test_a_page_tells_what_it_answers_to(
    load: Load, serial: str, event: str, more: dict[str, Any], timing: Timing, due: date | None
) -> None:
    told = answer(load(form2(serial, event, **more)))
    assert (told.timing, told.due) == (timing, due)


def test_a_director_has_ten_days_on_appointment_and_three_after(load: Load) -> None:
    for code, timing in (("1705", Timing.ON_TIME), ("1101", Timing.LATE)):
        page = pages.form3a(**{**SALE, "code": code, "serial": "DA20240318E00001", "event_date": "04/03/2024"})
        assert answer(load(page)).timing is timing


def test_an_associated_corporation_is_judged_though_it_is_in_no_timeline(load: Load) -> None:
    page = pages.form3b(
        **{
            **SALE,
            "code": "1101",
            "serial": "DB20240308E00001",
            "event_date": "04/03/2024",
            "associated": "Plain Sub Ltd.",
        }
    )
    told = one(load(page))
    assert punctual(load(page), "00020", holder="Fund Limited").notices == (told,)
    assert (told.answer.timing, told.answer.duties, told.of) == (
        Timing.LATE,
        ("hk.dir.other",),
        "associated corporation Plain Sub Ltd.",
    )


def test_a_serial_until_2017_tells_only_by_when(load: Load) -> None:
    """Event on Thursday 27 September 2007, signed on Tuesday 2 October: 28 September, (Saturday 29), 2 and 3 October."""
    told = one(load(pages.form2(**{**pages.OLD_CASE, "signed_date": "02/10/2007"})))
    assert (told.filed, told.filed_by) == (None, date(2007, 10, 10))
    assert (told.answer.timing, told.answer.earliest, told.answer.latest) == (
        Timing.UNKNOWN,
        date(2007, 10, 2),
        date(2007, 10, 3),
    )
    assert "serials used until 2017" in told.answer.missing[0]
    in_time = {**pages.OLD_CASE, "serial": "CS20071002123456"}
    assert answer(load(pages.form2(**in_time))).timing is Timing.ON_TIME
    # Signed after both three and ten business days, it was late in any case.
    late = {**pages.OLD_CASE, "signed_date": "30/10/2007", "serial": "CS20071031123456"}
    assert answer(load(pages.form2(**late))).timing is Timing.LATE


def test_the_page_completes_the_list(load: Load) -> None:
    """The list's row leaves open when the filer learned of the event; the page's box tells it."""
    row = {**LATE, "serial": "CS20240308E00001", "holder": "Fund Limited", "day": "04/03/2024", "reason": "1201(L)"}
    row |= {"after": "59,000,000(L)", "percent": "5.90(L)"}
    listed = listpages.company([row], name="Plain Holdings Ltd.")
    alone = answer(load(listed))
    assert alone.timing is Timing.LATE_UNLESS
    assert alone.unless == ("the filer learned of it on 2024-03-05 or later",)
    page = form2("CS20240308E00001", "04/03/2024")
    assert answer(load(listed, page)).timing is answer(load(page, listed)).timing is Timing.LATE
    aware = form2("CS20240308E00001", "04/03/2024", aware_date="05/03/2024")
    assert answer(load(listed, aware)).timing is Timing.ON_TIME


def test_a_late_row_says_what_would_excuse_it(load: Load) -> None:
    """A director's notice of 28 July 2026 on an event of Wednesday 17 June: 18, 22, 23 June; 24 business days later."""
    told = one(load(listpages.company([LATE])))
    assert (told.form, told.answer.due, told.answer.days_late) == ("3A", date(2026, 6, 23), 24)
    assert told.answer.unless[0] == "the filer learned of it on 2026-07-23 or later"
    assert "10 business days after the appointment or listing" in told.answer.unless[1]
    assert (date(2026, 6, 19), "Dragon Boat Festival") in told.answer.skipped


def test_late_notices_are_events_and_in_time_ones_are_not(load: Load) -> None:
    ledger = load(form2("CS20240308E00001", "04/03/2024"), form2("CS20240614E00001", "11/06/2024"))
    late = [e for _, e in find_events(ledger, "00020", on=None, known=None, crosses=None, since=None)
            if e.kind is EventKind.LATE]  # fmt: skip
    assert [(e.day, e.entry.id) for e in late] == [(date(2024, 3, 4), "CS20240308E00001")]
    assert (late[0].note or "").startswith(
        "filed on 2024-03-08, 1 business day after its last day, 2024-03-07 (3 business days"
    )
    told = history(ledger, "Fund Limited", "00020", on=None, known=None)
    assert [e.id for e in told.events if e.kind is EventKind.LATE] == [late[0].id]
    assert "When it was filed" in [s.title for s in brief(ledger, late[0].id).sections]
    assert "When it was filed" not in [s.title for s in brief(ledger, "00020").sections]  # the latest, of 11 June


def test_a_brief_tells_of_its_notice_that_it_was_late(load: Load) -> None:
    told = brief(load(form2("CS20240308E00001", "04/03/2024")), "00020")
    (section,) = [s for s in told.sections if s.title == "When it was filed"]
    words = "".join(part.words for sentence in section.sentences for part in sentence)
    assert words.startswith("Filed on 8 March 2024, 1 business day after its last day, 7 March 2024")
    assert "Plain Holdings" in "".join(p.words for p in told.headline)


def test_a_withdrawn_notice_is_no_late_event_and_a_replaced_one_is(load: Load) -> None:
    def late(*found: bytes) -> list[str]:
        events = find_events(load(*found), "00020", on=None, known=None, crosses=None, since=None)
        return [e.entry.id for _, e in events if e.kind is EventKind.LATE]

    assert late(form2("CS20240308E00001 (Withdrawn on 11/03/2024)", "04/03/2024")) == []
    first = form2("CS20240308E00001", "04/03/2024")
    again = form2("CS20240312E00001 (Amendment to CS20240308E00001)", "04/03/2024")
    assert late(first, again) == ["CS20240308E00001"]


def test_a_notice_of_two_legs_is_one_late_event(load: Load) -> None:
    both = {"before": [("Long position", 69_000_000, "6.90"), ("Short position", 21_000_000, "2.10")]}
    both |= {"after": [("Long position", 59_000_000, "5.90"), ("Short position", 21_000_000, "2.10")]}
    found = find_events(
        load(form2("CS20240308E00001", "04/03/2024", **both)), "00020", on=None, known=None, crosses=None, since=None
    )
    assert [str(e.leg) for _, e in found if e.kind is EventKind.LATE] == ["long"]
    assert {str(e.leg) for _, e in found} == {"long", "short"}


def test_the_command_by_issuer_holder_and_days(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    other = form2(
        "CS20240614E00001", "11/06/2024", holder="Other Holder Ltd.", issuer_code="00021", issuer_name="Next Ltd."
    )
    ledger = load(
        form2("CS20240308E00001", "04/03/2024"), form2("CS20240614E00002", "11/06/2024", holder="Second Ltd."), other
    )
    at = ["--ledger", str(ledger.folder)]

    def ids(*arguments: str) -> list[str]:
        assert main([*at, "punctual", *arguments, "--json"]) == 0
        return [n["id"] for n in json.loads(capsys.readouterr().out)["notices"]]

    assert ids("00020") == ["CS20240308E00001", "CS20240614E00002"]
    assert ids("00020", "--holder", "Second") == ["CS20240614E00002"]
    assert ids("Other Holder") == ["CS20240614E00001"]
    assert ids("00020", "--since", "2024-03-05") == ["CS20240614E00002"]
    assert ids("00020", "--until", "2024-03-05") == ["CS20240308E00001"]
    assert ids("00020", "--known", "2024-05-01") == ["CS20240308E00001"]
    assert main([*at, "punctual", "00020"]) == 0
    printed = capsys.readouterr().out
    assert "late by 1 business day" in printed
    assert "2 notices of Plain Holdings Ltd.: 1 on time, 1 late, 0 late unless excused as said, 0 unknown" in printed
    assert main([*at, "punctual", "Nobody Known"]) == 2


def test_press_reports_are_no_notices(load: Load) -> None:
    """The shipped case is told by the press alone: nothing says when its notices were filed."""
    ledger = load()
    load_documents(ledger, case("sensetime"))
    told = punctual(ledger, "00020")
    assert told.notices == ()
    assert told.reports > 0


def test_real_lists_of_a_company_are_all_on_time(load: Load, samples: Path) -> None:
    """The list of Xiaomi: 44 rows, every one filed by the third business day, most of BlackRock's on that very day."""
    ledger = load((samples / "hk" / "notices-1810-90d.html").read_bytes())
    told = punctual(ledger, "01810")
    assert Counter(n.answer.timing for n in told.notices) == {Timing.ON_TIME: 44}
    assert sum(n.filed == n.answer.due for n in told.notices) >= 25
    by_id = {n.id: n for n in told.notices}
    # Friday 26 June 2026, filed on Wednesday 1 July, a holiday: due on Thursday 2 July (29, 30 June, 2 July).
    assert by_id["CS20260701E00195"].answer.due == date(2026, 7, 2)


def test_real_histories_of_persons(load: Load, samples: Path) -> None:
    """223 rows; the late ones were looked at one by one with a calendar."""
    ledger = load((samples / "hk" / "di-person-histories-2026-08.json").read_bytes())
    found, beside = judged(ledger.notices())
    timings = {one.id: one.answer for one in found}
    assert (len(found), beside) == (223, 0)
    assert Counter(a.timing for a in timings.values()) == {
        Timing.ON_TIME: 203,
        Timing.LATE_UNLESS: 14,
        Timing.UNKNOWN: 6,
    }
    late = timings["DA20260728E00437"]
    assert (late.due, late.days_late, late.unless[0]) == (
        date(2026, 6, 23),
        24,
        "the filer learned of it on 2026-07-23 or later",
    )
    # Wednesday 26 October 2022: 27, 28, 31 October; filed on 3 November, after 1 November and two days of a gale warning.
    storm = timings["DA20221103E00338"]
    assert (storm.due, storm.days_late) == (date(2022, 10, 31), 1)
    # Thursday 2 April 2026: the 3rd to the 7th are Easter and the Tomb-Sweeping Festival, so 8, 9, 10 April.
    assert timings["DA20260410E00036"].due == date(2026, 4, 10)
    assert timings["DA20260410E00036"].timing is Timing.ON_TIME
    assert all("amends" in a.missing[0] for a in timings.values() if a.timing is Timing.UNKNOWN)
