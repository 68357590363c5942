"""Holders: which names are one holder.

Joined only by recorded judgements, by facts (name and seat facts of a "holder:..." subject) or by the exact normalised
name: corporations across issuers, individuals and holders of unknown kind within one issuer only. Never on likeness. A
judgement that keeps two names apart counts more than any fact.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.notices import Holder, HolderKind
from stakeline.model.rows import Row
from stakeline.model.stakes import Party
from stakeline.registry.judgements import ANYWHERE, SUBJECT, Judged, judged, recorded
from stakeline.registry.names import normal
from stakeline.registry.scripts import simplified

_PREFIX = "holder:"
_HAN = re.compile(r"[\u3400-\u9fff]")


class Known(msgspec.Struct, frozen=True):
    """What facts and judgements say of holders.

    of_name: normalised name -> subject, as facts say; names: key -> names, the best one first; judged: which are one.
    """

    of_name: Mapping[str, str]
    names: Mapping[str, tuple[str, ...]]
    judged: Judged


def known_holders(facts: Iterable[Row[Fact]]) -> Known:
    """The holders that name and seat facts describe, and the judgements among the facts.

    A name that facts give to two holders joins nothing: it is left to the exact name.
    """
    rows = tuple(facts)
    claims: dict[str, set[str]] = defaultdict(set)
    names: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for body in (row.body for row in rows):
        if body.subject.startswith(_PREFIX) and body.measure in {"name", "seat"} and body.text:
            claims[normal(body.text)].add(body.subject)
            rank = 0 if (body.measure, body.item) == ("name", "en") else 1 if body.measure == "name" else 2
            names[body.subject].append((rank, body.item or "", body.text))
    of_name = {name: next(iter(subjects)) for name, subjects in claims.items() if len(subjects) == 1}
    ranked = {s: tuple(dict.fromkeys(text for _, _, text in sorted(told))) for s, told in names.items()}
    claimed = [(normal(n), s) for s, own in sorted(ranked.items()) for n in own if of_name.get(normal(n)) == s]
    found = judged(recorded(rows), claimed)
    return Known(of_name=of_name, names=_official(ranked, of_name, found), judged=found)


def _official(
    ranked: Mapping[str, tuple[str, ...]], of_name: Mapping[str, str], found: Judged
) -> dict[str, tuple[str, ...]]:
    """The names of each holder that facts describe, by key: without those that a judgement parts from it."""
    official = {}
    for subject, told in ranked.items():
        for issuer in (ANYWHERE, *sorted(found.issuers)):
            own = {name for i, name in found.groups.group((SUBJECT, subject)) if i == issuer}
            left = tuple(n for n in told if normal(n) in own or of_name.get(normal(n)) != subject)
            official[f"{issuer}/{subject}" if issuer else subject] = left or told
    return official


def party_keys(holders: Iterable[tuple[str, Holder]], known: Known) -> dict[tuple[str, Holder], str]:
    """The key of the party behind each holder as told. holders: (scope, holder), scope being the issuer's era.

    A holder of unknown kind is the corporation of the same name where one reports in the same issuer; names that are
    joined are a corporation where one of them is.
    """
    told = set(holders)
    nodes = {(scope, holder): _node(scope, holder, known.judged) for scope, holder in told}
    corporate = {(scope, known.judged.lead(nodes[scope, h])) for scope, h in told if h.kind is HolderKind.CORPORATION}
    keys = {}
    for (scope, holder), node in nodes.items():
        alone = holder.kind is HolderKind.INDIVIDUAL and not known.judged.is_joined(node)
        is_corporation = not alone and (scope, known.judged.lead(node)) in corporate
        keys[scope, holder] = known.judged.key(scope, node, corporate=is_corporation)
    return _numbered(keys | _namesakes(keys, nodes, known), nodes, known)


def _numbered(
    keys: dict[tuple[str, Holder], str], nodes: Mapping[tuple[str, Holder], tuple[str, str]], known: Known
) -> dict[tuple[str, Holder], str]:
    """Keys of holders to whom the regulator gives numbers.

    One number is one holder, however it is spelled and wherever it reports; two numbers under one name are two. A join that
    was judged or told by a fact stands.
    """
    of_code: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    own = {t: t[1].code for t in keys if t[1].code and not known.judged.is_joined(nodes[t])}
    for told, code in own.items():
        of_code[code].add(keys[told])
        codes[keys[told]].add(code)
    for told, code in own.items():
        key = min(of_code[code])
        keys[told] = f"{key}/{code}" if len(codes[key]) > 1 else key
    return keys


def _namesakes(
    keys: Mapping[tuple[str, Holder], str], nodes: Mapping[tuple[str, Holder], tuple[str, str]], known: Known
) -> dict[tuple[str, Holder], str]:
    """Keys of persons of one name in Latin letters whose Chinese names differ: they are not one for their name alone.

    Those who tell no Chinese name keep the key they have. A join that was judged or told by a fact stands.
    """
    written: dict[str, dict[str, list[tuple[str, Holder]]]] = defaultdict(lambda: defaultdict(list))
    for told, key in keys.items():
        _, holder = told
        if holder.kind is not HolderKind.CORPORATION and not known.judged.is_joined(nodes[told]):
            chinese = simplified(normal(holder.chinese or ""))
            if _HAN.search(chinese):
                written[key][chinese].append(told)
    return {
        told: f"{key}/{chinese}"
        for key, names in written.items()
        if len(names) > 1
        for chinese, same in names.items()
        for told in same
    }


def _node(scope: str, holder: Holder, found: Judged) -> tuple[str, str]:
    """The name to go by: the one told, or its Chinese form where only that is known to be somebody's."""
    node = found.node(scope, holder.name)
    if holder.chinese and not found.is_joined(node):
        other = found.node(scope, holder.chinese)
        if found.is_joined(other) and not found.groups.apart(node, other):
            return other
    return node


def party(key: str, reported: Counter[str], others: Iterable[str], known: Known) -> Party:
    """A party with its names.

    reported: under which names it reported, how often. others: further names that its notices give it.
    """
    seats = tuple(name for name, _ in sorted(reported.items(), key=lambda t: (-t[1], t[0])))
    official = known.names.get(key, ())
    names = list(dict.fromkeys((*official, *seats, *sorted(others))))
    had = {normal(n) for n in names}
    names += [n for n in known.judged.names(key) if normal(n) not in had]
    name = names[0] if names else key
    namesake = key.rpartition("/")[2]
    if _HAN.search(namesake) and not _HAN.search(name):
        # Two persons of one name: each is told apart by its Chinese name.
        name += next((f" ({n})" for n in names if simplified(normal(n)) == namesake), "")
    return Party(key=key, name=name, names=tuple(names), seats=seats)


def named_holders(
    facts: Iterable[Row[Fact]], told: Iterable[str], chinese: Iterable[tuple[str, str]] = ()
) -> tuple[Party, ...]:
    """Holders as far as names alone tell: one for each that facts describe, and one for each further name told in notices.

    They are what a user can mean by a name. Whether two persons of one name are one, timelines decide issuer by issuer;
    so do judgements that are of one issuer. chinese: (name, Chinese name) that notices tell together.
    """
    known = known_holders(facts)
    reported: dict[str, Counter[str]] = {key: Counter() for key in known.names if key.startswith(_PREFIX)}
    others: dict[str, set[str]] = defaultdict(set)
    for name in told:
        reported.setdefault(_meant(name, known), Counter())[name] += 1
    for name, written in chinese:
        others[_meant(name, known)].add(written)
    return tuple(party(key, names, others[key], known) for key, names in sorted(reported.items()))


def _meant(name: str, known: Known) -> str:
    """The key of a name, whatever the issuer."""
    node = known.judged.node(ANYWHERE, name)
    subjects = sorted(n for i, n in known.judged.groups.group(node) if i == SUBJECT)
    return subjects[0] if subjects else known.judged.lead(node)
