"""Names of articles as names of the ledger: by what is a name's own, without what every company is called."""

import re
from collections.abc import Iterable

from stakeline import registry
from stakeline.model.stakes import Issuer
from stakeline.registry.scripts import simplified

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
_ALIAS = re.compile(r"[(（]([^()（）0-9:：]{2,60})[)）]")
"""A bracket that holds words alone, behind a name: 雷軍（Lei Jun）."""


def index(candidates: Iterable[tuple[Issuer, Iterable[str]]]) -> dict[str, list[Issuer]]:
    """Candidates by the core of each of their names."""
    found: dict[str, list[Issuer]] = {}
    for candidate, names in candidates:
        for form in {form for name in names for form in cores(name)}:
            found.setdefault(form, []).append(candidate)
    return found


def meant(name: str, of: dict[str, list[Issuer]]) -> list[Issuer]:
    """The candidates that a name means: by the whole name, else by its core, else by the core without "Technology"."""
    for form in cores(name):
        if found := of.get(form):
            return found
    return []


def named(of: dict[str, list[Issuer]], text: str) -> list[Issuer]:
    """The issuers that a text has by their own names, as names: with a capital, or in Chinese letters.

    At most a few, and of a very long text those at its beginning.
    """
    text = text[:_READ]
    words, letters = f" {registry.normal(text)} ", simplified(registry.normal(text)).replace(" ", "")
    found: dict[str, Issuer] = {}
    for form, issuers in of.items():
        inside = f" {form} " in words if form.isascii() else form in letters
        if len(issuers) == 1 and inside and (not form.isascii() or _is_capital(form, text)):
            found.setdefault(issuers[0].subject, issuers[0])
    return list(found.values())[:_MOST]


def _is_capital(form: str, text: str) -> bool:
    words = r"\W+".join(map(re.escape, form.split()))
    return any(m[0][0].isupper() or m[0][0].isdigit() for m in re.finditer(rf"\b{words}\b", text, re.IGNORECASE))


def aliases(names: Iterable[str], text: str) -> dict[str, str]:
    """What the article puts in brackets right behind each name, where that is one thing throughout: 羅林（LUO Lin）."""
    found: dict[str, str] = {}
    for name in names:
        told, at = set[str](), text.find(name)
        while at >= 0 and len(told) < _SHORTEST:
            behind = _ALIAS.match(text, at + len(name) + (text[at + len(name) : at + len(name) + 1] == " "))
            told |= {behind[1]} if behind else set()
            at = text.find(name, at + 1)
        if len(told) == 1:
            found[name] = told.pop()
    return found


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


def _plain(name: str) -> str:
    return name if name.isascii() else simplified(name).replace(" ", "")
