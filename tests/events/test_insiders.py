"""First purchases of insiders, and clusters of purchases: what is one, what is none, and since when it is known."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from tests.events.making import figure

from stakeline.events import insiders
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.stakes import Cause, Entry, Event, EventKind, Party, Security, Stake, Timeline

_SECURITY = Security(subject="us:0000000001", share_class="ordinary")


def _entry(name: str, day: str, *, code: str = "P", shares: str = "100") -> Entry:
    return Entry(
        id=f"{name}-{day}",
        day=date.fromisoformat(day),
        known_from=datetime.fromisoformat(day).replace(tzinfo=UTC),
        form="4",
        code=code,
        direction=Direction.ACQUIRE if code == "P" else Direction.NEUTRAL,
        seats=(name,),
        any_size=True,
        moved=figure(shares, "shares"),
        after=Stake(shares=figure("1000" + shares, "shares")),
    )


def _timeline(*entries: Entry) -> Timeline:
    name = entries[0].seats[0]
    return Timeline(party=Party(key=name, name=name), security=_SECURITY, leg=Leg.LONG, entries=entries)


def _events(*timelines: Timeline) -> list[Event]:
    made = [
        Event(
            id=entry.id,
            kind=EventKind.TRADE if entry.code == "P" else EventKind.CHANGE,
            party=told.party,
            security=told.security,
            leg=told.leg,
            day=entry.day,
            known_from=entry.known_from,
            entry=entry,
            cause=Cause.TRADE if entry.code == "P" else Cause.UNKNOWN,
        )
        for told in timelines
        for entry in told.entries
    ]
    return list(insiders(timelines, made))


def test_a_first_purchase_says_on_what_it_rests() -> None:
    told = _timeline(_entry("Roe", "2026-01-05", code="A"), _entry("Roe", "2026-03-02"), _entry("Roe", "2026-03-03"))
    (first,) = _events(told)
    assert (first.kind, first.day.isoformat(), first.entry.id) == (
        EventKind.FIRST_PURCHASE,
        "2026-03-02",
        "Roe-2026-03-02",
    )
    assert first.note == "the first purchase known: 1 earlier notice known, since 2026-01-05, tells of none"


def test_where_no_earlier_notice_is_known_nothing_is_said_to_be_the_first() -> None:
    assert _events(_timeline(_entry("Roe", "2026-03-02"))) == []


def test_several_insiders_within_days_are_a_cluster_known_when_the_last_is() -> None:
    several = [
        _timeline(_entry(n, d, shares=s)) for n, d, s in (("Roe", "2026-03-02", "1"), ("Poe", "2026-03-09", "2"))
    ]
    (cluster,) = _events(*several)
    assert cluster.kind is EventKind.CLUSTER
    assert cluster.known_from == datetime(2026, 3, 9, tzinfo=UTC)
    assert cluster.note == (
        "2 insiders bought within 7 days: Roe on 2026-03-02 (Roe-2026-03-02); Poe on 2026-03-09 (Poe-2026-03-09); "
        "what they bought is not added up"
    )


@pytest.mark.parametrize(
    "second",
    [
        _entry("Poe", "2026-03-10", shares="2"),  # eight days later
        _entry("Poe", "2026-03-03", code="A", shares="2"),  # a grant
        replace(_entry("Poe", "2026-03-03", shares="2"), seats=("Poe", "Roe")),  # reported jointly
        _entry("Poe", "2026-03-02", shares="1"),  # the same rows by another owner
        replace(_entry("Poe", "2026-03-03", shares="2"), any_size=False),  # no insider
    ],
    ids=["later", "grant", "jointly", "the same rows", "no insider"],
)
def test_what_is_no_cluster(second: Entry) -> None:
    assert _events(_timeline(_entry("Roe", "2026-03-02", shares="1")), _timeline(second)) == []
