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


def cores(name: str) -> tuple[str, ...]:
    """A name as it is compared, from the whole to what is left without the words that every company has."""
    whole = registry.normal(_BRACKET.sub(" ", name) or name)
    told = [whole]
    for words in (_PLAIN_COMPANY, _KIND_OF_COMPANY):
        told.append(" ".join(words.sub(" ", told[-1]).split()))
    return tuple(dict.fromkeys(form for form in map(_plain, told) if len(form) >= _SHORTEST))


def _plain(name: str) -> str:
    return name if name.isascii() else simplified(name).replace(" ", "")
