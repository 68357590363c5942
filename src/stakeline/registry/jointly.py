"""Joint filers over time: one group that reports again and again, whoever of it holds the most.

A notice of several reporting persons is of the one whose total it is; in the next, another may be. Two parties are one
where each led a notice that the other signed too: then both notices are of the same group.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from stakeline.model.notices import Holder
from stakeline.registry.filings import Filing
from stakeline.registry.joining import Groups
from stakeline.registry.names import normal


def one_group(found: Sequence[Filing]) -> list[Filing]:
    """Filings with the key of their group, which is that of the first party of it by key."""
    leads: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for filing in _joint(found):
        for name in _names(filing.best.holder):
            leads[filing.subject, filing.era, name].add(filing.party)
    signed = {
        (filing.subject, filing.era, filing.party, other)
        for filing in _joint(found)
        for holder in filing.best.joint
        for name in _names(holder)
        for other in leads.get((filing.subject, filing.era, name), ())
        if other != filing.party
    }
    groups = Groups(sorted({(f.subject, f.era or "", f.party) for f in found}))
    for subject, era, party, other in sorted(signed, key=lambda s: (s[0], s[1] or "", s[2], s[3])):
        if (subject, era, other, party) in signed:
            groups.join((subject, era or "", party), (subject, era or "", other))
    lead = {f: groups.root((f.subject, f.era or "", f.party))[2] for f in found}
    return [f if lead[f] == f.party else msgspec.structs.replace(f, party=lead[f]) for f in found]


def _joint(found: Iterable[Filing]) -> Iterator[Filing]:
    """Filings of several reporting persons with a position of them all."""
    return (f for f in found if f.best.joint and f.best.covers)


def _names(holder: Holder) -> Iterator[str]:
    """By what a person is known again: its number, its name."""
    if holder.code:
        yield holder.code
    yield normal(holder.name)
