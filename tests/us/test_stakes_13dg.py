"""What Schedules 13D and 13G mean over time: one position of the group, levels of 5, 10 and 20%, exits, the story of an amendment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline import regimes, registry
from stakeline.events import Counts, events
from stakeline.model.notices import Notice
from stakeline.model.rows import Row, Sighting, row_key
from stakeline.model.stakes import Event, EventKind, Timeline
from tests.us.made_13dg import person, read, schedule_13d, submission

US = regimes.regime("us")


def rows(*documents: bytes) -> list[Row[Notice]]:
    found = [(at, one) for at, data in enumerate(documents) for one in read(data).notices]
    return [Row(row_key(one.body), one.body, (Sighting(f"d{at}", one.locator, f"{at}.xml"),)) for at, one in found]


def timelines(*documents: bytes) -> Sequence[Timeline]:
    return registry.timelines(rows(*documents), [], regimes.regime, regimes.cite)


def happened(*documents: bytes) -> list[Event]:
    (one,) = timelines(*documents)
    nothing = Counts(
        of_class=lambda _d: None, company=lambda _d: None, votes=lambda _d: None, votes_each=lambda _d: None
    )
    return [e for e in events(one, US.levels_on, nothing) if e.kind is not EventKind.GAP]


def filed(percent: str, day: str, shares: str = "1000", *, number: int = 0, name: str = "Roe Partners") -> bytes:
    """A statement of one person; amendment of that number, but for 0."""
    form = "SCHEDULE 13D/A" if number else "SCHEDULE 13D"
    cover = f"<amendmentNo>{number}</amendmentNo>" if number else ""
    return schedule_13d(person(name, shares, percent, cik="42"), form=form, day=day, cover=cover)


class TestLevels:
    def test_those_of_the_rulebook(self) -> None:
        now = US.levels_on(date(2026, 3, 2), "long")
        assert now is not None
        assert (now.floor, now.rungs, now.over) == (Decimal(5), (5, 10, 20), (5, 10))
        assert "240.13d-1(a)" in str(now.enter)
        old = US.levels_on(date(1985, 1, 2), "long")
        assert old is not None
        assert old.rungs == (5,)
        assert US.levels_on(date(1969, 1, 2), "long") is None

    @pytest.mark.parametrize(
        ("before", "after", "kind", "crossed"),
        [
            ("6.1", "9.8", EventKind.CHANGE, ()),
            ("6.1", "10.2", EventKind.CROSSING, (10,)),
            ("9.1", "25.3", EventKind.CROSSING, (10, 20)),
            ("25.3", "9.1", EventKind.CROSSING, (20, 10)),
            ("30.4", "0.0", EventKind.EXIT, (20, 10, 5)),
            ("6.1", "4.2", EventKind.EXIT, (5,)),
        ],
    )
    def test_passed_between_two_statements(
        self, before: str, after: str, kind: EventKind, crossed: tuple[int, ...]
    ) -> None:
        first, second = happened(filed(before, "03/02/2026"), filed(after, "04/01/2026", number=1))
        assert first.kind is EventKind.ENTRY
        law = next((c for c in second.crossings if c.law), None)
        assert (second.kind, law.crossed if law else ()) == (kind, crossed)

    def test_at_five_percent_exactly_the_level_is_not_passed(self) -> None:
        """Printed 5.00: rounding leaves it open on which side it is; the filer's figure itself is not more than 5%."""
        _, second = happened(filed("6.10", "03/02/2026"), filed("5.00", "04/01/2026", number=1))
        law = next(c for c in second.crossings if c.law)
        assert law.crossed == (5,)
        assert law.certain is False

    def test_at_twenty_exactly_it_is(self) -> None:
        _, second = happened(filed("18.50", "03/02/2026"), filed("20.00", "04/01/2026", number=1))
        law = next(c for c in second.crossings if c.law)
        assert law.crossed == (20,)

    def test_silence_after_an_exit_is_not_zero(self) -> None:
        told = timelines(filed("6.1", "03/02/2026"), filed("4.2", "04/01/2026", number=1))
        (position,) = registry.positions(told, date(2026, 6, 1), regimes.regime)
        assert position.below
        assert "silence is not zero" in position.notes[0]


class TestHistories:
    def test_an_amendment_stands_beside_what_was_filed_before(self) -> None:
        (one,) = timelines(filed("6.1", "03/02/2026"), filed("7.2", "04/01/2026", number=1))
        assert [(e.amendment, e.withdrawn) for e in one.entries] == [(None, False), (1, False)]

    def test_a_file_alone_and_in_its_submission_are_one(self) -> None:
        bare = filed("6.1", "03/02/2026")
        (one,) = timelines(bare, submission(bare, form="SCHEDULE 13D"))
        (entry,) = one.entries
        assert entry.serials == ("0000001001-98-000003",)

    def test_one_number_is_one_holder_however_it_is_spelled(self) -> None:
        (one,) = timelines(
            filed("6.1", "03/02/2026", name="Roe Partners LP"),
            filed("7.2", "04/01/2026", name="ROE PARTNERS, L.P.", number=1),
        )
        assert len(one.entries) == 2

    def test_a_group_stays_one_whoever_of_it_holds_the_most(self) -> None:
        first = schedule_13d(person("Fund", "700", "7.0"), person("Manager", "700", "7.0"))
        second = schedule_13d(
            person("Fund", "600", "6.0"), person("Manager", "650", "6.5", sole="50", shared="600"), day="04/01/2026"
        )
        (one,) = timelines(first, second)
        assert [e.after.shares.number for e in one.entries if e.after.shares] == [700, 650]

    def test_two_that_never_filed_together_stay_two(self) -> None:
        found = timelines(
            schedule_13d(person("Fund", "700", "7.0", cik="1")), schedule_13d(person("Other", "700", "7.0", cik="2"))
        )
        assert len(found) == 2

    def test_separate_shares_are_bounds_in_every_figure(self) -> None:
        data = schedule_13d(
            person("One", "500", "5.1", sole="500", shared="0"), person("Two", "300", "3.1", sole="300", shared="0")
        )
        (one,) = timelines(data)
        (entry,) = one.entries
        assert entry.after.shares is not None
        assert entry.after.percent is not None
        bounds = entry.after.shares.bounds()
        assert (bounds.low, bounds.high) == (500, 800)
        assert entry.after.percent.bounds().high > Decimal("8.2")
        assert any("at most the sum of all" in doubt for doubt in entry.doubts)

    def test_another_cusip_is_said(self) -> None:
        later = filed("7.2", "04/01/2026", number=1).replace(b"037833100", b"17275R102")
        (one,) = timelines(filed("6.1", "03/02/2026"), later)
        assert one.entries[0].doubts == ()
        assert one.entries[1].doubts == ("CUSIP 17275R102, before 037833100: shares may not compare with those before",)

    def test_the_items_are_texts_with_a_place(self) -> None:
        (one,) = timelines(filed("6.1", "03/02/2026"))
        (item,) = one.entries[0].items
        assert item.text == "To seek a seat on the board."
        assert item.places[0].locator == "cover page 1, formData/items1To7/item4/transactionPurpose"


def test_the_brief_of_an_amendment_is_a_cited_story(tmp_path: Path) -> None:
    from stakeline.cli import main

    exits = filed("0.0", "09/29/2026", "0.00", number=4)
    for name, data, accession in (
        ("a", filed("30.4", "04/30/2026", "157786199.00", number=3), "0000001001-26-000001"),
        ("b", exits, "0000001001-26-000002"),
    ):
        day = "20260504" if name == "a" else "20261001"
        text = submission(data, form="SCHEDULE 13D/A", accession=accession).replace(b"19980313", day.encode())
        (tmp_path / f"{name}.txt").write_bytes(text)
    ledger = ["--ledger", str(tmp_path / "ledger")]
    assert main([*ledger, "load", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 0
    assert (
        main([*ledger, "brief", "Example Corp", "--known", "2026-11-02T09:00", "--output", str(tmp_path / "brief.txt")])
        == 0
    )
    told = " ".join((tmp_path / "brief.txt").read_text("utf-8").split())
    assert "stake in the common shares of Example Corp fell from 30.4%" in told
    assert "through the levels of 20%" in told
    assert "It is amendment no. 4" in told
    assert "To seek a seat on the board." in told
    assert "s.13(d)" in told
