"""Holders of an article as parties of the ledger."""

from datetime import date
from functools import lru_cache

from stakeline import registry
from stakeline.model.stakes import Timeline
from stakeline.registry.scripts import simplified
from stakeline.workflows.outside_names import cores, person
from stakeline.workflows.outside_told import Told

_SHORT = 2
"""Letters of a first word that tells nobody alone."""


def of_holder(told: Told, name: str) -> list[Timeline]:
    """The timelines of the one party that a name means, in this issuer."""
    of_name: dict[str, set[str]] = {}
    for timeline in told.timelines:
        party = timeline.party
        for form in {form for n in (party.name, *party.names, *party.seats) for form in cores(n)}:
            of_name.setdefault(form, set()).add(party.key)
    keys: set[str] = set()
    for told_name in filter(None, (name, told.also.get(name))):
        keys = keys or next((of_name[form] for form in cores(told_name) if form in of_name), set())
        if not keys and (words := person(told_name)):
            keys = {t.party.key for t in told.timelines for n in (t.party.name, *t.party.names) if person(n) == words}
    return [t for t in told.timelines if t.party.key in keys] if len(keys) == 1 else []


def knows(told: Told, name: str) -> bool:
    """Whether exactly one holder of an issuer has a name."""
    return bool(of_holder(told, name))


def event_days(told: Told, name: str) -> frozenset[date]:
    """The days of all events of a holder that were known, however old."""
    return frozenset(e.day for t in of_holder(told, name) for e in t.entries)


def is_named(timeline: Timeline, text: str) -> bool:
    """Whether a text has a name of a party, what is left of it without what every company is called, or its first word.

    The first word alone is enough here, where a name keeps a figure from being blamed: "Northgate" of Northgate Asset Management.
    """
    words, letters = _read(text)
    names = (timeline.party.name, *timeline.party.names)
    forms = {form for n in names for form in cores(n)}
    if any(f" {form} " in words if form.isascii() else form in letters for form in forms):
        return True
    heads = {registry.normal(n).partition(" ")[0] for n in names}
    return any(len(head) > _SHORT and head != "the" and head.isascii() and f" {head} " in words for head in heads)


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[str, str]:
    """A text as names are compared: its words, and its letters without blanks, for Chinese names."""
    plain = registry.normal(text)
    return f" {plain} ", simplified(plain).replace(" ", "")
