"""What the registry's tests are made with: notices and facts as a reader would hand them over."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from stakeline.model.facts import Fact
from stakeline.model.law import Base, Box, Citation, Code, Direction, Levels, Regime
from stakeline.model.notices import Amount, Holder, HolderKind, Leg, Link, Notice, Position, Status, Trade
from stakeline.model.numbers import Number
from stakeline.model.rows import Row, Sighting, row_key


def number(text: str | None, unit: str | None = None) -> Number | None:
    return None if text is None else Number(Decimal(text), Decimal(unit) if unit else None)


def percent(text: str | None) -> Number | None:
    return number(text, "0.01")


def code(
    name: str,
    meaning: str,
    direction: Direction,
    *,
    needs_text: bool = False,
    table: str = "reason",
    group: str | None = None,
) -> Code:
    return Code(
        table=table,
        code=name,
        meaning=meaning,
        direction=direction,
        needs_text=needs_text,
        group=group,
        confidence="two sources",
    )


CODES = [
    code("1001", "bought the shares", Direction.ACQUIRE),
    code("1201", "completed a sale", Direction.DISPOSE),
    code("1113", "another event", Direction.UNKNOWN, needs_text=True, group="110 percentage level up"),
    code("1213", "another event", Direction.UNKNOWN, needs_text=True, group="120 percentage level down"),
    code("1314", "recalled shares under a lending agreement", Direction.NATURE),
    code("2101", "beneficial owner", Direction.NONE, table="capacity"),
]


def levels(leg: str, floor: str) -> Levels:
    place = Citation(instrument="test", place="s.313")
    return Levels(
        regime="hk",
        leg=leg,
        base=Base.CLASS,
        floor=Decimal(floor),
        step=Decimal(1),
        since=date(2003, 4, 1),
        enter=place,
        cease=place,
        change=place,
    )


REGIME = Regime(
    code="hk",
    name="Hong Kong",
    zone="Asia/Hong_Kong",
    currency="HKD",
    forms={},
    codes={(c.table, c.code): c for c in CODES},
    levels=(levels("long", "5"), levels("short", "1")),
    code_width=5,
)

BOXES = {
    ("2", "after.long.percent"): Box(path="after", element="grdSh_AEvt", number="19", label="total after the event"),
    ("2", "trades.long.average"): Box(
        path="trades.average", element="lblDEvtAPrice", number="17", label="details of the event"
    ),
}


def cite(_regime: str, form: str, path: str) -> Box | None:
    return BOXES.get((form, path))


def row(body: Notice | Fact, name: str = "a document", locator: str = "") -> Row[Any]:
    return Row(row_key(body), body, (Sighting(name, locator, name),))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(hour=16, tzinfo=UTC)


def notice(
    holder: str,
    day: str | None,
    *,
    form: str = "list",
    serial: str | None = None,
    source_id: str | None = None,
    issuer: str = "01810",
    share_class: str | None = None,
    kind: HolderKind | None = HolderKind.CORPORATION,
    code: str | None = None,
    told: str | None = None,
    shares: Amount = None,
    before: tuple[Amount, Amount] | None = None,
    after: tuple[Amount, Amount] | None = None,
    leg: Leg = Leg.LONG,
    known: str | None = None,
    links: tuple[Link, ...] = (),
    status: Status = Status.FILED,
    related: str | None = None,
    document: str = "a document",
    trade: dict[str, Any] | None = None,
    parent: str | None = None,
    **others: Any,
) -> Row[Notice]:
    """One notice of one leg. before, after: (shares, percent)."""
    event = Trade(leg=leg, code=code, told=told, shares=shares, **(trade or {}))
    body = Notice(
        regime="hk",
        form=form,
        issuer_code=issuer,
        share_class=share_class,
        holder=Holder(name=holder, kind=kind, parent=parent),
        serial=serial,
        source_id=source_id,
        event_date=date.fromisoformat(day) if day else None,
        known_from=moment(known) if known else None,
        trades=(event,) if event != Trade(leg=leg) else (),
        before=(Position(leg=leg, shares=before[0], percent=before[1]),) if before else (),
        after=(Position(leg=leg, shares=after[0], percent=after[1]),) if after else (),
        links=links,
        status=status,
        related=related,
        **others,
    )
    return row(body, document)


def fact(
    subject: str,
    measure: str,
    item: str | None,
    period: str | None,
    value: str,
    unit: str | None = None,
    **others: Any,
) -> Row[Fact]:
    is_number = measure in {"shares.issued", "votes.per_share"}
    body = Fact(
        subject=subject,
        measure=measure,
        item=item,
        period=period,
        number=number(value, unit) if is_number else None,
        text=None if is_number else value,
        unit={"shares.issued": "shares", "votes.per_share": "count"}.get(measure, "text"),
        **others,
    )
    return row(body, "facts.csv", value)


SENSETIME_NAMES = [
    fact("hk:00020", "name", "en", "2021-12-30..", "SenseTime Group Inc."),
    fact("hk:00020", "name", "zh-Hant", "2021-12-30..", "商湯集團股份有限公司"),
    fact("hk:00020", "name", "zh-Hans", "2021-12-30..", "商汤集团股份有限公司"),
    fact("hk:00020", "name", "short", "2021-12-30..", "SENSETIME-W"),
    fact("hk:00020", "name", "former", "..2019-12-06", "WHEELOCK"),
    fact("holder:alibaba", "name", "en", None, "Alibaba Group Holding Limited"),
    fact("holder:alibaba", "seat", None, None, "Alibaba Group Holding Ltd"),
    fact("holder:alibaba", "seat", None, None, "Taobao Holding Ltd (Alibaba)"),
]

SENSETIME_COUNTS = [
    # shares_in_issue.csv, rows of 24 June 2022 and 30 June 2023
    fact("hk:00020", "shares.issued", "A", "2022-06-24", "7528760000", "10000"),
    fact("hk:00020", "shares.issued", "B", "2022-06-24", "25978640000", "10000"),
    fact("hk:00020", "shares.issued", "all", "2022-06-24", "33507400000", "10000"),
    fact("hk:00020", "shares.issued", "B", "2023-06-30", "25949000000", "1000000", basis="reported, rounded to 1m"),
    fact("hk:00020", "votes.per_share", "A", None, "10"),
    fact("hk:00020", "votes.per_share", "B", None, "1"),
]


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Builders of rows, the regime that the tests use, and the facts of the SenseTime case."""
    return SimpleNamespace(
        notice=notice,
        fact=fact,
        row=row,
        number=number,
        percent=percent,
        cite=cite,
        regime=REGIME,
        regime_of=lambda _code: REGIME,
        names=SENSETIME_NAMES,
        counts=SENSETIME_COUNTS,
    )
