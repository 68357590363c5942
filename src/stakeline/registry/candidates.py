"""Holders that may be one: pairs with a score and what speaks for and against it. Nothing is joined here.

Names are compared where they share a word, a beginning or two Chinese characters: corporations wherever they report,
persons within one issuer only (a name alone says nothing of a person elsewhere). Then the figures speak: equal totals
of one day, one serial under two names, or totals that contradict each other.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

import msgspec

from stakeline.model.classes import class_key
from stakeline.model.facts import Fact
from stakeline.model.notices import Leg, Notice, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import printable, quote
from stakeline.model.rows import Row
from stakeline.registry.holders import known_holders, party_keys
from stakeline.registry.likeness import LIKE, NONE, Likeness, comparable, likeness, shapes
from stakeline.registry.names import normal

CROWDED = 60
"""A word or beginning that more holders share tells nothing; their other words do."""
_PREFIX = 8
_NAMES = 6
"""How many names of one holder are compared."""
_SHOWN = 3

Place = tuple[str, Leg, date]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Two holders that may be one. score: of 100; names: under which they are most alike; keys: of the two parties.

    issuers: where both report; empty where they never do. speaks_for, against: what to weigh, in words.
    """

    names: tuple[str, str]
    keys: tuple[str, str]
    issuers: tuple[str, ...]
    score: int
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


class _Seen(msgspec.Struct, frozen=True):
    """What notices tell of one party."""

    key: str
    names: Counter[str]
    written: set[str]
    issuers: set[str]
    totals: dict[Place, set[tuple[str | None, Decimal]]]
    serials: set[tuple[str, str]]
    called: list[str]
    """Its names, the most used first, then the Chinese ones that its notices give."""


def candidates(notices: Iterable[Row[Notice]], facts: Sequence[Row[Fact]]) -> tuple[Candidate, ...]:
    """Pairs of holders that may be one, the likeliest first; none that facts or judgements join or keep apart already.

    notices: of one issuer or of many. The answer does not depend on their order.
    """
    known = known_holders(facts)
    seen = _seen(notices, facts)
    found = []
    for one, other in sorted(_pairs(list(seen.values()))):
        if (made := _weighed(seen[one], seen[other])) and not known.judged.apart(one, other):
            found.append(made)
    return tuple(sorted(found, key=lambda c: (-c.score, c.names, c.keys)))


def contradictions(notices: Iterable[Row[Notice]], facts: Sequence[Row[Fact]], one: str, other: str) -> tuple[str, ...]:
    """Days on which two names tell different totals of one class, in words: what speaks against their being one."""
    seen = _seen(notices, facts).values()
    named = [[s for s in seen if normal(n) in map(normal, s.called)] for n in (one, other)]
    places = sorted({p for a in named[0] for b in named[1] if a.key != b.key for p in _figures(a, b)[1]})
    return (f"different totals for one day: {_listed(_place(p) for p in places)}",) if places else ()


def _seen(notices: Iterable[Row[Notice]], facts: Sequence[Row[Fact]]) -> dict[str, _Seen]:
    """The parties of the notices by key."""
    bodies = [n.body for n in notices]
    keys = party_keys(((b.subject, b.holder) for b in bodies), known_holders(facts))
    found: dict[str, _Seen] = {}
    for body in bodies:
        key = keys[body.subject, body.holder]
        seen = found.setdefault(key, _Seen(key, Counter(), set(), set(), defaultdict(set), set(), []))
        seen.names[body.holder.name] += 1
        seen.issuers.add(body.subject)
        if body.holder.chinese:
            seen.written.add(body.holder.chinese)
        if body.serial:
            seen.serials.add((body.subject, body.serial))
        if body.event_date and body.status not in {Status.WITHDRAWN, Status.SUPERSEDED}:
            for position in body.after:
                if isinstance(position.shares, Number) and position.shares.value:
                    place = body.subject, position.leg, body.event_date
                    seen.totals[place].add((class_key(body.share_class), position.shares.value))
    for seen in found.values():
        ordered = [n for n, _ in sorted(seen.names.items(), key=lambda t: (-t[1], t[0]))]
        seen.called.extend(list(dict.fromkeys((*ordered, *sorted(seen.written))))[:_NAMES])
    return found


def _pairs(seen: Sequence[_Seen]) -> set[tuple[str, str]]:
    """Keys of parties that are worth a look."""
    blocks: dict[Hashable, set[str]] = defaultdict(set)
    for party in seen:
        for mark in _marks(party):
            blocks[mark].add(party.key)
    return {pair for keys in blocks.values() if 1 < len(keys) <= CROWDED for pair in combinations(sorted(keys), 2)}


def _marks(party: _Seen) -> Iterator[Hashable]:
    """What two parties must share to be looked at: part of a name, in one issuer or among corporations; or figures."""
    scopes = [*sorted(party.issuers), *([""] if party.key.startswith(("corporation:", "holder:")) else [])]
    for name in party.called:
        for shape in shapes(name):
            parts = {*shape.words, shape.letters[:_PREFIX], "".join(sorted(shape.words))[:_PREFIX]}
            parts |= {shape.written[n : n + 2] for n in range(max(1, len(shape.written) - 1))}
            yield from ((scope, part) for scope in scopes for part in parts if len(part) > 1)
    yield from (("serial", serial) for serial in party.serials)
    yield from (("total", place, value) for place, told in party.totals.items() for _, value in told)


def _weighed(one: _Seen, other: _Seen) -> Candidate | None:
    """The pair with its score, or None where too little speaks for it."""
    names, alike = _most_alike(one, other)
    agree, contradict = _figures(one, other)
    serials = sorted(one.serials & other.serials)
    same_script = bool(alike.points) or any(comparable(a, b) for a in one.called for b in other.called)
    if alike.points < LIKE and not serials and (same_script or not agree or contradict):
        return None
    reasons, against = list(alike.reasons), list(alike.against)
    points = alike.points
    if not same_script:
        points = 40
        reasons.append("names in two scripts, which cannot be compared")
    if serials:
        points += 30
        reasons.append(f"one notice tells both names: {_listed(quote(s) for _, s in serials)}")
    if agree:
        points += min(12, 4 * len(agree))
        reasons.append(f"the same total on the same day: {_listed(_place(p) for p in agree)}")
    if contradict:
        points -= min(40, 10 + 10 * len(contradict))
        against.append(f"different totals for one day: {_listed(_place(p) for p in contradict)}")
    common = sorted(one.issuers & other.issuers)
    if not common:
        against.append("they never report in the same issuer")
    return Candidate(
        names=names,
        keys=(one.key, other.key),
        issuers=tuple(common),
        score=max(0, min(100, points)),
        speaks_for=tuple(map(printable, reasons)),
        against=tuple(map(printable, against)),
    )


def _most_alike(one: _Seen, other: _Seen) -> tuple[tuple[str, str], Likeness]:
    """The two names that are most alike, and how; a name that a form gives beside another counts as well."""
    best, names = NONE, (one.called[0], other.called[0])
    for first in one.called:
        for second in other.called:
            same = normal(first) == normal(second)
            found = _both_told(first, one, other) if same else likeness(first, second)
            if found.points > best.points:
                best, names = found, (first, second)
    # A name that only stands beside another is shown as that other, which is what a judgement can speak of.
    lead = [p.called[0] if n not in p.names else n for n, p in zip(names, (one, other), strict=True)]
    return (lead[0], lead[1]), best


def _both_told(name: str, one: _Seen, other: _Seen) -> Likeness:
    """Two parties share a name to the letter: where a form tells it beside another name, that speaks for them."""
    if name in one.written | other.written:
        beside = one if name in one.written else other
        return Likeness(97, (f"a form of {quote(beside.called[0])} gives the other name beside it: {quote(name)}",))
    return NONE


def _figures(one: _Seen, other: _Seen) -> tuple[list[Place], list[Place]]:
    """Days on which both tell a total of one class: those on which one is the same, and those on which none is."""
    agree: list[Place] = []
    contradict: list[Place] = []
    for place in sorted(one.totals.keys() & other.totals.keys()):
        pairs = [
            (a, b) for c, a in one.totals[place] for d, b in other.totals[place] if c == d or c is None or d is None
        ]
        if pairs:
            (agree if any(a == b for a, b in pairs) else contradict).append(place)
    return agree, contradict


def _place(place: Place) -> str:
    subject, leg, day = place
    return f"{quote(subject)} {day}" + ("" if leg is Leg.LONG else f" ({leg})")


def _listed(items: Iterable[str]) -> str:
    told = list(items)
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return ", ".join(told[:_SHOWN]) + more
