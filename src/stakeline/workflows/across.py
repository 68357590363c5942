"""One holder, or one issuer, in several markets: which markets, by what they are one, and what must not be added up.

Nothing here joins anything: holders are joined by recorded judgements and facts, issuers by a fact that gives one the other's
code ("us:0001577552" as a `code` of hk:09988). What stands side by side for its name alone is said to.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec

from stakeline import regimes
from stakeline.ledger import Names
from stakeline.model.judgements import Verdict
from stakeline.model.law import Regime
from stakeline.model.notices import LinkKind
from stakeline.model.problems import quote
from stakeline.model.stakes import Issuer, Party, Timeline
from stakeline.registry import Position, normal, regime_part
from stakeline.registry.holders import known_holders
from stakeline.registry.judgements import Ruling, recorded, rulings
from stakeline.registry.names import code_part, holds
from stakeline.workflows.knowledge import Asked, Knowledge

PER_ADS = "shares.per_ads"
"""The measure that tells how many shares one depositary share stands for."""
_DEPOSITARY = "depositary"
_REPRESENTS = re.compile(r"\b(?:represents?|representing|stands? for)\b", re.IGNORECASE)
_TWO_UNITS = "depositary shares and shares are told in units of their own, and none is converted or added"


class Market(msgspec.Struct, frozen=True, kw_only=True):
    """A market that an answer is of, with the two clocks in its own time. code: of its regime ("hk")."""

    code: str
    name: str
    zone: str
    asked: Asked


def markets(several: Iterable[Knowledge]) -> tuple[Market, ...]:
    """The markets of what is known, each once, in the order met."""
    found: dict[str, Market] = {}
    for told in several:
        one = told.regime
        name = one.name.partition(":")[0]
        found.setdefault(one.code, Market(code=one.code, name=name, zone=one.zone, asked=told.asked))
    return tuple(found.values())


def listed_too(issuer: Issuer, candidates: Sequence[Issuer], clocks: Asked) -> tuple[Issuer, ...]:
    """The same issuer in other markets, on the day asked: those of whose code, or for whose code, a fact says so."""
    return tuple(
        other
        for other in candidates
        if regime_part(other.subject) != regime_part(issuer.subject)
        and holds(other, clocks.on)
        and (_has(issuer, other, clocks) or _has(other, issuer, clocks))
    )


def _has(issuer: Issuer, other: Issuer, clocks: Asked) -> bool:
    """True where a code of the issuer, on the day asked, is the other's subject."""
    wanted = regime_part(other.subject), code_part(other.subject).lstrip("0")
    return any(
        ":" in code
        and (regime_part(code.casefold()), code_part(code).lstrip("0")) == wanted
        and (start is None or start <= clocks.on)
        and (end is None or clocks.on <= end)
        for code, start, end in issuer.codes
    )


def subjects_of(party: Party, names: Names) -> set[str]:
    """The issuers in which the holder reported, under its own names or under one that a judgement makes one with them there."""
    wanted = {normal(n) for n in (party.name, *party.names, *party.seats)}
    judged = known_holders(names.facts).judged
    told = {(subject, normal(holder)) for subject, _, holder, _ in names.told}
    found = {subject for subject, name in told if name in wanted}
    joined = {
        other
        for subject, name in told
        if name in wanted
        for other in judged.groups.group(judged.node(subject, name))
        if other[0] in judged.issuers
    }
    return found | {subject for subject, name in told if (subject, name) in joined}


def is_one(party: Party, shown: Sequence[tuple[str, Party]], names: Names) -> Iterator[str]:
    """By what a holder who reports in several markets is one: judgements, facts, or its name alone, market by market.

    shown: (subject, party) of each position.
    """
    told: dict[str, set[str]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for subject, one in shown:
        code = regime_part(subject)
        told[code] |= {normal(n) for n in (one.seats or (one.name,))}
        keys[code].add(one.key)
    stand = [r for r in rulings(recorded(names.facts)) if r.stands and r.judgement.verdict is Verdict.JOIN]
    for first, second in combinations(sorted(told), 2):
        where = f"{_name(first)} and {_name(second)}"
        ruling = next((r for r in stand if _joins(r, (first, told[first]), (second, told[second]))), None)
        if ruling is not None:
            judged = ruling.judgement
            yield f"{where}: one holder by judgement {ruling.id} of {quote(judged.by)}: {quote(judged.why)}"
        elif any("holder:" in key for key in keys[first] & keys[second]):
            yield f"{where}: one holder by the facts loaded of {quote(party.name)}"
        elif told[first].isdisjoint(told[second]):
            yield f"{where}: one holder by several judgements that follow from one another (`stakeline judge list`)"
        else:
            yield f"{where}: the same name; no judgement says that it is one holder (`stakeline judge join`, with an --issuer of each)"


def _joins(ruling: Ruling, one: tuple[str, set[str]], other: tuple[str, set[str]]) -> bool:
    """True for a judgement of which one side is told in the one market and the other in the other."""
    first, second = ruling.judgement.sides
    return any(
        normal(a.name) in one[1]
        and normal(b.name) in other[1]
        and (a.issuer is None or regime_part(a.issuer) == one[0])
        and (b.issuer is None or regime_part(b.issuer) == other[0])
        for a, b in ((first, second), (second, first))
    )


def counted_once(positions: Sequence[Position]) -> Iterator[str]:
    """What to say of lines that tell the same shares: of one holder, class and leg, out of reports of several kinds."""
    same: dict[tuple[object, ...], list[Timeline]] = defaultdict(list)
    for position in positions:
        one = position.timeline
        same[one.party.key, one.security.subject, one.security.issuer, one.security.share_class, one.leg].append(one)
    for group in same.values():
        if len(group) > 1:
            yield (
                f"{quote(group[0].party.name)}: {len(group)} lines of one class and leg, of reports of different kinds: the same shares, "
                "as each counts them; never added"
            )


def with_joint(timeline: Timeline) -> Party:
    """The holder of a timeline, by the names of those too who report it jointly."""
    joint = (link.name for e in timeline.entries for link in e.through if link.kind is LinkKind.JOINT)
    return msgspec.structs.replace(timeline.party, names=tuple(dict.fromkeys((*timeline.party.names, *joint))))


def jointly(party: Party, positions: Iterable[Position]) -> Iterator[str]:
    """What to say where the name asked for is that of a joint filer: the line is of them all, of which it may report a part."""
    asked = {normal(n) for n in party.names}
    for position in positions:
        lead = position.timeline.party
        for link in position.entry.through:
            if link.kind is LinkKind.JOINT and normal(link.name) in asked - {normal(lead.name)}:
                own = (
                    ""
                    if link.shares is None
                    else f", {link.shares.number.normalize():,f} shares of it by its own cover page"
                )
                yield f"{link.name} reports jointly with {quote(lead.name)}: one position{own}"


def one_issuer(several: Sequence[Knowledge]) -> Iterator[str]:
    """What to say of an issuer that is shown in several markets."""
    if len(several) > 1:
        whose = " and ".join(f"{quote(t.issuer.name)} ({t.issuer.subject})" for t in several)
        yield (
            f"{whose} are one issuer by a fact that names the other's code; "
            "shares told in one market may be those told in the other, never added"
        )


def depositary(several: Iterable[Knowledge], positions: Iterable[Position]) -> Iterator[str]:
    """What a depositary share stands for, as facts tell it or filings in their own words; that it is not told where one is shown.

    Nothing is converted by it: a depositary share and what it stands for are the same shares, told in two units.
    """
    told = [(t.issuer, r.body) for t in several for r in t.facts if r.body.measure == PER_ADS]
    ratios = [(issuer, fact, fact.number) for issuer, fact in told if fact.subject == issuer.subject and fact.number]
    for issuer, fact, each in ratios:
        told_in = f" ({', '.join(map(quote, fact.cites))})" if fact.cites else ""
        day = f" on {quote(fact.period)}" if fact.period else ""
        what = f"one depositary share stands for {each.value:f} shares{day}, as told{told_in}"
        yield f"{quote(issuer.name)}: {what}; {_TWO_UNITS}"
    shown = [p for p in positions if _DEPOSITARY in (p.timeline.security.share_class or "")]
    notes = {
        n.text: (p.entry.id.partition("#")[0], n.basis)
        for p in shown
        for n in p.entry.footnotes
        if _stands_for(n.text or "")
    }
    for words, (filing, basis) in notes.items():
        yield f"{quote(basis)} of {quote(filing)}: \u201c{quote(words or '')}\u201d; {_TWO_UNITS}"
    if shown and not ratios and not notes:
        yield f"how many shares a depositary share stands for is not told; {_TWO_UNITS}"


def _stands_for(words: str) -> bool:
    return _DEPOSITARY in words.casefold() and _REPRESENTS.search(words) is not None


def bases(several: Iterable[Regime], words: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What the percentages of each market are of. words: (regime's code, basis of a figure shown)."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for code, basis in words:
        found[code].setdefault(basis)
    for one in several:
        if found[one.code]:
            yield f"percentages in {_name(one.code)}: {'; '.join(map(quote, found[one.code]))}"


def _name(code: str) -> str:
    return regimes.regime(code).name.partition(":")[0]
