"""Names of articles as issuers and holders of the ledger: by what is a name's own, without what every company is called."""

import re
from collections.abc import Iterable
from functools import lru_cache

from stakeline import registry
from stakeline.model.stakes import Issuer, Timeline
from stakeline.registry.scripts import simplified
from stakeline.workflows.outside.told import Told

Index = dict[str, list[Issuer]]
"""Issuers by the cores of their names."""

_PLAIN_COMPANY = re.compile(
    r"\b(?:group|holdings?|inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|lp|s ?a|n ?v|ag|se|ab|asa|the|w|s|b|sw)\b"
    r"|股份有限公司|有限責任公司|有限责任公司|有限公司|集團|集团|控股|公司"
)
_KIND_OF_COMPANY = re.compile(r"\b(?:technology|technologies|tech|international)\b|科技|技術|技术")
_BRACKET = re.compile(r"[(（\[].{0,80}?[)）\]]")
_SHORTEST = 2
_MOST = 6
_READ = 100_000
"""Characters that are looked through for the names of all issuers: no article has more."""
_ALIAS = re.compile(r" ?[(（]([^()（）0-9:：]{2,60})[)）]")
"""A bracket that holds words alone, behind a name: 雷軍（Lei Jun）."""
_TELLS_NOBODY = 2
"""Letters of a first word that tells nobody alone."""


def index(candidates: Iterable[tuple[Issuer, Iterable[str]]]) -> Index:
    """Candidates by the core of each of their names."""
    found: Index = {}
    for candidate, names in candidates:
        for form in _forms(names):
            found.setdefault(form, []).append(candidate)
    return found


def meant(name: str, of: Index) -> list[Issuer]:
    """The candidates that a name means: by the whole name, else by its core, else by the core without "Technology"."""
    return next((of[form] for form in cores(name) if form in of), [])


def named(of: Index, text: str) -> list[Issuer]:
    """The issuers that a text has by their own names, as names: with a capital, or in Chinese letters.

    At most a few, and of a very long text those at its beginning.
    """
    text = text[:_READ]
    found: dict[str, Issuer] = {}
    for form, issuers in of.items():
        if len(issuers) == 1 and _has(text, form) and (not form.isascii() or _is_capital(form, text)):
            found.setdefault(issuers[0].subject, issuers[0])
    return list(found.values())[:_MOST]


def _is_capital(form: str, text: str) -> bool:
    words = r"\W+".join(map(re.escape, form.split()))
    return any(m[0][0].isupper() or m[0][0].isdigit() for m in re.finditer(rf"\b{words}\b", text, re.IGNORECASE))


def of_holder(told: Told, name: str) -> list[Timeline]:
    """The timelines of the one party that a name means, in this issuer; none where several have it."""
    of_name: dict[str, set[str]] = {}
    for timeline in told.timelines:
        party = timeline.party
        for form in _forms((party.name, *party.names, *party.seats)):
            of_name.setdefault(form, set()).add(party.key)
    keys: set[str] = set()
    for alias in filter(None, (name, told.also.get(name))):
        keys = keys or next((of_name[form] for form in cores(alias) if form in of_name), set())
        if not keys and (words := person(alias)):
            keys = {t.party.key for t in told.timelines for n in (t.party.name, *t.party.names) if person(n) == words}
    return [t for t in told.timelines if t.party.key in keys] if len(keys) == 1 else []


def is_named(timeline: Timeline, text: str) -> bool:
    """Whether a text has a name of a party, what is left of it without what every company is called, or its first word.

    The first word alone is enough here, where a name keeps a figure from being blamed: "Northgate" of Northgate Asset Management.
    """
    names = (timeline.party.name, *timeline.party.names)
    if any(_has(text, form) for form in _forms(names)):
        return True
    heads = {registry.normal(n).partition(" ")[0] for n in names}
    return any(len(head) > _TELLS_NOBODY and head != "the" and head.isascii() and _has(text, head) for head in heads)


def aliases(names: Iterable[str], text: str) -> dict[str, str]:
    """What the article puts in brackets right behind each name, where that is one thing throughout: 羅林（LUO Lin）."""
    return {name: told for name in names if (told := behind(name, text, _ALIAS)) is not None}


def behind(name: str, text: str, pattern: re.Pattern[str]) -> str | None:
    """What a pattern finds right behind a name, where that is one thing throughout."""
    told, at = set[str](), text.find(name)
    while at >= 0 and len(told) < 2:
        found = pattern.match(text, at + len(name))
        told |= {found[1]} if found else set()
        at = text.find(name, at + 1)
    return told.pop() if len(told) == 1 else None


def person(name: str) -> frozenset[str]:
    """The words of a name in Latin letters in whatever order, without initials: registers print the family name first.

    Empty where fewer than two words are left.
    """
    words = frozenset(w for w in registry.normal(name).split() if len(w) > 1 and w.isascii() and w.isalpha())
    return words if len(words) > 1 else frozenset()


def cores(name: str) -> tuple[str, ...]:
    """A name as it is compared, from the whole to what is left without the words that every company has."""
    whole = registry.normal(_BRACKET.sub(" ", name) or name)
    told = [whole]
    for words in (_PLAIN_COMPANY, _KIND_OF_COMPANY):
        told.append(" ".join(words.sub(" ", told[-1]).split()))
    return tuple(dict.fromkeys(form for form in map(_plain, told) if len(form) >= _SHORTEST))


def _forms(names: Iterable[str]) -> set[str]:
    return {form for name in names for form in cores(name)}


def _plain(name: str) -> str:
    return name if name.isascii() else _letters(name)


def _letters(name: str) -> str:
    return simplified(name).replace(" ", "")


def _has(text: str, form: str) -> bool:
    """Whether a text has a name as it is compared: among its words, a Chinese one among its letters."""
    words, letters = _compared(text)
    return f" {form} " in words if form.isascii() else form in letters


@lru_cache(maxsize=8)
def _compared(text: str) -> tuple[str, str]:
    plain = registry.normal(text)
    return f" {plain} ", _letters(plain)
