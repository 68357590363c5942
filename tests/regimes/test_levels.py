"""Levels read off rulebooks: Hong Kong's, and small laws of our own."""

from datetime import date
from decimal import Decimal

import pytest

from stakeline.model.law import Base
from stakeline.model.rules import Rulebook
from stakeline.regimes.levels import levels
from stakeline.regimes.rulebooks import parse, rulebook, rulebooks

HEAD = """
jurisdiction = "XX"
title = "a law of our own"
regulator = "nobody"
instrument = "The Shares Act"
short = "SA"
as_of = 2026-01-01
[[source]]
id = "act"
title = "the Act"
url = "https://example.com"
seen = "text"
[measures.m]
leg = "long"
denominator = "issued"
denominator_text = "issued shares"
[[duty]]
id = "x.a"
name = "levels"
who = "anyone"
citation = "SA s.1"
sources = ["act"]
confidence = "high"
evidence = "read"
measure = "m"
deadline = { count = 3, unit = "calendar_day", from_text = "the event" }
"""
STEPS = '[[duty.trigger]]\nkind = "levels"\nfirst = "10"\nstep = "5"\ncitation = "SA s.2"\n'
VERSION = '[[duty.version]]\nsince = 2000-01-01\nstart = "law"\n'


def law(triggers: str = STEPS, versions: str = VERSION, head: str = HEAD) -> Rulebook:
    return parse(head + triggers + versions, code="x", folder="xx")


def test_hong_kong_is_as_the_ordinance_has_it() -> None:
    """The levels that briefs printed before they were read off the rulebook, section by section."""
    long, short = levels(rulebook("hk_sfo_part_xv"), ("long", "short"))
    assert (long.base, long.floor, long.step, long.since, long.until) == (Base.CLASS, 5, 1, date(2003, 4, 1), None)
    assert str(long.change) == "Securities and Futures Ordinance (Cap. 571), Part XV, s.313(1)(c)"
    assert [c.place for c in (long.enter, long.cease)] == ["s.313(1)(a)", "s.313(1)(b)"]
    assert [c.place for c in (short.enter, short.cease, short.change)] == ["s.313(4)(a)", "s.313(4)(b)", "s.313(4)(c)"]
    assert (short.floor, short.half_point, short.half_point_citation and short.half_point_citation.place) == (
        1,
        Decimal("0.5"),
        "s.313(9)",
    )
    assert (long.half_point, long.half_point_citation and long.half_point_citation.place) == (
        Decimal("0.5"),
        "s.313(7)",
    )


def test_one_trigger_both_ways_is_cited_for_all() -> None:
    (found,) = levels(law(), ("long", "short"))
    assert (found.regime, found.leg, found.floor, found.step) == ("xx", "long", 10, 5)
    assert {str(c) for c in (found.enter, found.cease, found.change)} == {"The Shares Act, s.2"}
    assert found.half_point is None


def test_versions_follow_the_rules() -> None:
    later = VERSION + (
        '[[duty.version]]\nsince = 2010-01-01\n[[duty.version.trigger]]\nkind = "levels"\nfirst = "5"\nstep = "5"\n'
        'citation = "SA s.3"\n[[duty.version]]\nsince = 2020-01-01\nversion = "another form"\n'
    )
    first, second, third = levels(law(versions=later), ("long",))
    assert [(v.floor, v.since, v.until) for v in (first, second, third)] == [
        (10, date(2000, 1, 1), date(2009, 12, 31)),
        (5, date(2010, 1, 1), date(2019, 12, 31)),
        (10, date(2020, 1, 1), None),
    ]
    assert second.enter.place == "s.3"


def test_a_version_that_changes_no_level_is_no_version_of_the_levels() -> None:
    same = VERSION + '[[duty.version]]\nsince = 2010-01-01\nversion = "another form"\nform = "B"\n'
    (found,) = levels(law(versions=same), ("long",))
    assert (found.since, found.until) == (date(2000, 1, 1), None)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('first = "10"\nstep = "5"', 'levels = ["5", "10", "20"]'),  # no even steps
        ('first = "10"\nstep = "5"', 'first = "0.5"\nstep = "0.1"'),  # no whole percent
        ('step = "5"', 'step = "5"\nup = ">"'),  # more than, not from
        ('step = "5"', 'step = "5"\ndirection = "up"'),  # no notice on the way down
        ('step = "5"', 'step = "5"\nto = "30"'),  # no levels above
        ('step = "5"', 'step = "5"\nevents = ["listing"]'),  # not at every event
        ('denominator = "issued"', 'denominator = "votes"'),
        ('who = "anyone"', 'who = "directors"\napplies = { roles = ["director"] }'),
        ('leg = "long"', 'leg = "votes"'),
        ('citation = "SA s.2"', 'citation = "Old Shares Act s.2"'),
    ],
)
def test_what_the_noun_cannot_say_is_left_out(old: str, new: str) -> None:
    whole = HEAD + STEPS + VERSION
    assert old in whole
    assert levels(parse(whole.replace(old, new), code="x", folder="xx"), ("long",)) == ()


def test_every_rulebook_can_be_asked() -> None:
    for book in rulebooks():
        for found in levels(book, ("long", "short", "votes", "holding", "shares", "net_short")):
            assert found.floor > 0
            assert found.step > 0
            assert found.enter.place
