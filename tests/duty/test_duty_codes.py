"""The codes of events: each is in the regulator's table, for a duty and an event that there are."""

from typing import get_args

from stakeline import regimes
from stakeline.model.situations import Capacity, EventType
from stakeline.regimes.dutycodes import duty_codes
from stakeline.regimes.rulebooks import rulebooks


def test_every_code_is_of_a_duty_and_of_the_table() -> None:
    duties = {rule.id: book.folder for book in rulebooks() for rule in book.rules}
    found = 0
    for told in regimes.regimes():
        codes = duty_codes(told.code)
        for reason in codes.reason:
            assert duties[reason.duty] == told.code
            assert reason.event in get_args(EventType)
            assert reason.direction in (None, "up", "down")
            assert ("reason", reason.code) in told.codes
            found += 1
        for capacity, code in codes.capacity.items():
            assert capacity in get_args(Capacity)
            assert ("capacity", code) in told.codes
    assert found


def test_a_code_stands_only_where_the_event_tells_it() -> None:
    codes = duty_codes("hk")
    # codes.toml: 1201 "completed a sale", of the group "percentage level down"; a derivative may be any of five codes.
    assert codes.of("hk.ss.level", "disposal", "down") == "1201"
    assert codes.of("hk.ss.level", "disposal", "up") is None
    assert codes.of("hk.ss.level", "derivative_entered", "up") is None
    assert duty_codes("jp").reason == ()
