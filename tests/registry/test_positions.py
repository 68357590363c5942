from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from stakeline.model.law import Base
from stakeline.model.notices import Status
from stakeline.model.stakes import Security
from stakeline.registry.positions import Bases, bases, on_base, positions, shares_of
from stakeline.registry.timelines import timelines

SECURITY = Security(subject="hk:00020", share_class="B")


def report(make: SimpleNamespace, day: str, before: Any, after: Any, shares_after: Any = None, **changed: Any) -> Any:
    """Rows of samples/sensetime/disclosures.csv."""
    values = {
        "form": "press",
        "source_id": f"st-{day}",
        "issuer": "00020",
        "share_class": "B",
        "kind": None,
        "told": "disposal",
    }
    totals = (make.number(shares_after, "1000000"), make.percent(after)) if after or shares_after else None
    return make.notice(
        "Alibaba Group Holding Ltd", day, before=(None, make.percent(before)), after=totals, **{**values, **changed}
    )


@pytest.fixture
def sold(make: SimpleNamespace) -> Any:
    rows = [
        report(make, "2022-11-08", "9.05", "8.74"),
        report(make, "2023-06-05", "7.11", "6.84", "1774000000"),
        report(make, "2023-06-21", None, None),
        report(make, "2023-07-06", "5.29", "3.15"),
    ]
    return timelines(rows, make.names, make.regime_of, make.cite)


def held(make: SimpleNamespace, sold: Any, day: str) -> Any:
    return positions(sold, date.fromisoformat(day), make.regime_of)


def test_the_last_stake_at_the_end_of_a_day(make: SimpleNamespace, sold: Any) -> None:
    assert held(make, sold, "2022-11-07") == ()
    (on_the_day,) = held(make, sold, "2022-11-08")
    assert on_the_day.stake.percent.number == Decimal("8.74")
    assert (on_the_day.entry.day, on_the_day.below, on_the_day.notes) == (date(2022, 11, 8), False, ())


def test_an_event_without_a_total_is_said_beside_the_last_total(make: SimpleNamespace, sold: Any) -> None:
    (position,) = held(make, sold, "2023-06-30")
    assert position.stake.percent.number == Decimal("6.84")
    assert position.notes == ("an event of 21 June 2023 (st-2023-06-21) tells no total",)


def test_below_the_notifiable_level_silence_is_not_zero(make: SimpleNamespace, sold: Any) -> None:
    (position,) = held(make, sold, "2024-01-01")
    assert position.below
    assert position.notes == ("below the notifiable level of 5%: silence is not zero",)


def test_withdrawn_notices_are_no_position(make: SimpleNamespace) -> None:
    rows = [
        report(make, "2022-11-08", "9.05", "8.74"),
        report(
            make,
            "2022-11-10",
            "8.74",
            "0.87",
            form="2",
            source_id=None,
            serial="CS20221114E00001",
            status=Status.WITHDRAWN,
        ),
    ]
    (position,) = held(make, timelines(rows, make.names, make.regime_of, make.cite), "2022-12-31")
    assert position.stake.percent.number == Decimal("8.74")


def test_shares_that_were_not_in_print_are_derivable_only(make: SimpleNamespace, sold: Any) -> None:
    """SOURCES.md: 8.74% of 25,978.64 million, between 2,269.2 and 2,271.8 million if the percentage was rounded."""
    (position,) = held(make, sold, "2022-11-16")
    known = bases(make.counts, SECURITY, date(2022, 11, 16), make.cite)
    shares: Any = shares_of(position.stake, known.class_count)
    assert shares.number == Decimal(2270533136)
    assert shares.derived
    # 8.73% of 25,978.635m, and 8.75% of 25,978.65m: a percentage may have been rounded either way, or cut off
    assert shares.span.low == Decimal("2267934835.5")
    assert shares.span.high == Decimal(2273131875)
    assert "derivable only" in shares.basis


def test_one_stake_on_three_bases(make: SimpleNamespace, sold: Any) -> None:
    (position,) = held(make, sold, "2022-11-16")
    known = bases(make.counts, SECURITY, date(2022, 11, 16), make.cite)
    found: dict[Base, Any] = {base: on_base(position.stake, base, known) for base in Base}
    assert round(found[Base.CLASS].number, 2) == Decimal("8.74")
    # 2,270.5m of 33,507.4m shares, and of 101,266.24m votes
    assert round(found[Base.COMPANY].number, 2) == Decimal("6.78")
    assert round(found[Base.VOTES].number, 2) == Decimal("2.24")
    assert all(f.derived and f.number in f.bounds() for f in found.values())


def test_the_count_that_the_notice_tells_comes_first(make: SimpleNamespace, sold: Any) -> None:
    (position,) = held(make, sold, "2023-06-05")
    own = position.stake.shares
    known = bases(make.counts, SECURITY, date(2023, 6, 5), make.cite, issued=own)
    assert known.class_count is own


def test_nothing_is_worked_out_from_what_is_missing(make: SimpleNamespace, sold: Any) -> None:
    (position,) = held(make, sold, "2022-11-16")
    assert shares_of(position.stake, None) is None
    assert [on_base(position.stake, base, Bases()) for base in Base] == [None, None, None]
    only_class = Bases(class_count=bases(make.counts, SECURITY, date(2022, 11, 16), make.cite).class_count)
    assert [on_base(position.stake, base, only_class) is None for base in Base] == [False, True, True]
    not_told = Security(subject="hk:00020")
    assert bases(make.counts, not_told, date(2022, 11, 16), make.cite).class_count is None
