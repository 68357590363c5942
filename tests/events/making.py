"""Entries and timelines made by hand, in the words of the cases."""

from datetime import date, datetime
from decimal import Decimal

from tests.histories import levels

from stakeline.events import Counts, events
from stakeline.model.figures import Figure, Place
from stakeline.model.law import Direction
from stakeline.model.notices import Leg
from stakeline.model.numbers import Number
from stakeline.model.stakes import Entry, Event, EventKind, Party, Security, Stake, Timeline

PLACE = Place(document="0" * 64, name="case", locator="row 1", label="row 1")
MILLION = Decimal(1_000_000)
OPEN = frozenset({"1013", "1113", "1213", "1316", "1403", "1503"})
"""Hong Kong's "any other event" codes; besides them all of 17xx."""


def figure(text: str, unit: str, *, printed_to: Decimal | None = None, day: str | None = None) -> Figure:
    """A figure as read. printed_to: size of its last printed digit, where it may be rounded."""
    number = Number(Decimal(text.replace(",", "")), printed_to)
    return Figure(
        value=number.value,
        unit=unit,
        basis="as filed",
        day=day,
        span=number.span() if printed_to else None,
        places=(PLACE,),
    )


def stake(shares: str | None = None, percent: str | None = None) -> Stake:
    """A total: shares like "2,046m" are printed to the million; percentages to two places."""
    count = None
    if shares is not None:
        count = (
            figure(str(Decimal(shares[:-1].replace(",", "")) * MILLION), "shares", printed_to=MILLION)
            if shares.endswith("m")
            else figure(shares, "shares")
        )
    return Stake(
        shares=count, percent=figure(percent, "pct", printed_to=Decimal("0.01")) if percent is not None else None
    )


def entry(
    day: str,
    before: Stake | None = None,
    after: Stake | None = None,
    moved: str | None = None,
    code: str | None = None,
    *,
    direction: Direction = Direction.UNKNOWN,
    issued: str | None = None,
    told: str | None = None,
    text: str | None = None,
    withdrawn: bool = False,
    known_from: datetime | None = None,
) -> Entry:
    return Entry(
        id=f"n{day}",
        day=date.fromisoformat(day),
        known_from=known_from,
        form="2",
        code=code,
        first=code is not None and code.startswith("10"),
        open=code is not None and (code.startswith("17") or code in OPEN),
        direction=direction,
        told=told,
        before=before or Stake(),
        after=after or Stake(),
        moved=figure(moved, "shares") if moved is not None else None,
        issued=figure(issued, "shares") if issued is not None else None,
        text=text,
        withdrawn=withdrawn,
    )


def sale(day: str, before: Stake | None, after: Stake | None, moved: str | None, *, issued: str | None = None) -> Entry:
    """A sale as the press tells it."""
    return entry(day, before, after, moved, direction=Direction.DISPOSE, told="disposal", issued=issued)


def timeline(*entries: Entry, leg: Leg = Leg.LONG, share_class: str | None = "B") -> Timeline:
    return Timeline(
        party=Party(key="holder:alibaba", name="Alibaba"),
        security=Security(subject="hk:00020", share_class=share_class),
        leg=leg,
        entries=entries,
    )


def found(*entries: Entry, leg: Leg = Leg.LONG, counts: Counts | None = None) -> tuple[Event, ...]:
    return events(timeline(*entries, leg=leg), levels, counts or Counts())


def of_kind(all_events: tuple[Event, ...], kind: EventKind) -> list[Event]:
    return [e for e in all_events if e.kind is kind]


def notified(*entries: Entry, leg: Leg = Leg.LONG, counts: Counts | None = None) -> Event:
    """The event of the last entry."""
    aside = {EventKind.GAP, EventKind.MISMATCH, EventKind.SUSPECT, EventKind.WITHDRAWN}
    return [e for e in found(*entries, leg=leg, counts=counts) if e.kind not in aside][-1]
