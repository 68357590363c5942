"""Holders: which names are one holder.

Joined only by facts (name and seat facts of a "holder:..." subject) or by the exact normalised name: corporations across
issuers, individuals and holders of unknown kind within one issuer only. Never on likeness.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.notices import Holder, HolderKind
from stakeline.model.rows import Row
from stakeline.model.stakes import Party
from stakeline.registry.names import normal

_PREFIX = "holder:"


class Known(msgspec.Struct, frozen=True):
    """What facts say of holders. of_name: normalised name -> subject; names: subject -> names, the best one first."""

    of_name: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]


def known_holders(facts: Iterable[Row[Fact]]) -> Known:
    """The holders that name and seat facts describe.

    A name that facts give to two holders joins nothing: it is left to the exact name.
    """
    claims: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in facts:
        body = row.body
        if body.subject.startswith(_PREFIX) and body.measure in {"name", "seat"} and body.text:
            claims[normal(body.text)].add(body.subject)
            rank = 0 if (body.measure, body.item) == ("name", "en") else 1 if body.measure == "name" else 2
            names[body.subject].append((rank, body.item or "", body.text))
    return Known(
        of_name={name: next(iter(subjects)) for name, subjects in claims.items() if len(subjects) == 1},
        names={s: tuple(dict.fromkeys(text for _, _, text in sorted(told))) for s, told in names.items()},
    )


def party_keys(holders: Iterable[tuple[str, Holder]], known: Known) -> dict[tuple[str, Holder], str]:
    """The key of the party behind each holder as told. holders: (scope, holder), scope being the issuer's era.

    A holder of unknown kind is the corporation of the same name where one reports in the same issuer.
    """
    told = set(holders)
    corporate = {(scope, normal(h.name)) for scope, h in told if h.kind is HolderKind.CORPORATION}
    return {(scope, holder): _key(scope, holder, known, corporate) for scope, holder in told}


def _key(scope: str, holder: Holder, known: Known, corporate: set[tuple[str, str]]) -> str:
    name = normal(holder.name)
    joined = known.of_name.get(name) or (known.of_name.get(normal(holder.chinese)) if holder.chinese else None)
    if joined:
        return joined
    is_corporation = holder.kind is HolderKind.CORPORATION or (holder.kind is None and (scope, name) in corporate)
    return f"corporation:{name}" if is_corporation else f"{scope}/{name}"


def party(key: str, reported: Counter[str], others: Iterable[str], known: Known) -> Party:
    """A party with its names.

    reported: under which names it reported, how often. others: further names that its notices give it.
    """
    seats = tuple(name for name, _ in sorted(reported.items(), key=lambda t: (-t[1], t[0])))
    official = known.names.get(key, ())
    names = tuple(dict.fromkeys((*official, *seats, *sorted(others))))
    return Party(key=key, name=names[0] if names else key, names=names, seats=seats)


def named_holders(facts: Iterable[Row[Fact]], told: Iterable[str]) -> tuple[Party, ...]:
    """Holders as far as names alone tell: one for each that facts describe, and one for each further name told in notices.

    They are what a user can mean by a name. Whether two persons of one name are one, timelines decide issuer by issuer.
    """
    known = known_holders(facts)
    reported: dict[str, Counter[str]] = {key: Counter() for key in known.names}
    for name in told:
        key = known.of_name.get(normal(name), normal(name))
        reported.setdefault(key, Counter())[name] += 1
    return tuple(party(key, names, (), known) for key, names in sorted(reported.items()))
