"""Timelines of reports that tell row by row: which filings stand, whose they are, and their entries class by class."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from stakeline.model.cited import Cite
from stakeline.model.law import Regime
from stakeline.model.moments import day_at
from stakeline.model.notices import Holder, Leg, LineKind, Notice, Status
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry, Party, Security, Timeline
from stakeline.registry.filings import LAST
from stakeline.registry.holders import Known, party
from stakeline.registry.line_entries import Told, class_of, classes_of, day_of, entries
from stakeline.registry.standing import Retired

Keys = Mapping[tuple[str, Holder], str]
"""(subject, holder) -> key of the party, as `holders.party_keys` gives it."""

_PLACES = 10
_SIGNED_BEFORE = timedelta(days=3)
"""How long before its filing a report may have been signed to be taken for the one that an amendment names by the day."""


def parted(notices: Iterable[Row[Notice]]) -> tuple[list[Row[Notice]], list[Row[Notice]]]:
    """Reports that tell row by row, and all others."""
    by_line: list[Row[Notice]] = []
    others: list[Row[Notice]] = []
    for row in notices:
        (by_line if row.body.by_line and row.body.own_shares else others).append(row)
    return by_line, others


def has_day(notice: Notice) -> bool:
    """True where such a report tells a day that it can be placed at."""
    return day_of(notice) is not None


def line_timelines(
    rows: Sequence[Row[Notice]], keys: Keys, known: Known, regime_of: Callable[[str], Regime], cite: Cite
) -> list[Timeline]:
    """The histories that such reports tell, one for each party and class."""
    filings = _standing(_filings(rows, keys), regime_of)
    histories: dict[tuple[str, str, str | None], list[Entry]] = defaultdict(list)
    titles: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
    own: dict[str, list[Notice]] = defaultdict(list)
    for told in filings:
        body = told.body
        own[told.party].append(body)
        regime = regime_of(body.regime)
        for share_class in classes_of(body):
            histories[told.party, body.subject, share_class] += entries(told, share_class, regime, cite)
        for line in body.lines:
            title = line.underlying if line.derivative else line.title
            if title:
                titles[body.subject, class_of(title)][title] += 1
    return [
        Timeline(
            party=_party(key, own[key], known),
            security=Security(subject=subject, share_class=share_class, told=_title(titles[subject, share_class])),
            leg=Leg.LONG,
            entries=tuple(sorted(found, key=lambda e: (e.day, e.known_from or LAST, e.id))),
        )
        for (key, subject, share_class), found in histories.items()
    ]


def _title(told: Counter[str]) -> str | None:
    return min(told.items(), key=lambda t: (-t[1], t[0]))[0] if told else None


def _party(key: str, own: Sequence[Notice], known: Known) -> Party:
    return party(key, Counter(b.holder.name for b in own), {h.name for b in own for h in b.joint}, known)


def _filings(rows: Iterable[Row[Notice]], keys: Keys) -> list[Told]:
    """Reports that say the same in every row are one filing, as a file alone and in its submission; two serials are two."""
    same: dict[Notice, list[Row[Notice]]] = defaultdict(list)
    for row in sorted(
        rows, key=lambda r: (r.body.serial is None, r.body.known_from or LAST, r.body.serial or "", r.key)
    ):
        same[msgspec.structs.replace(row.body, serial=None, known_from=None, known_basis=None)].append(row)
    found = []
    for reports in same.values():
        serials = dict.fromkeys(r.body.serial for r in reports if r.body.serial)
        unnumbered = [r for r in reports if r.body.serial is None]
        for at, serial in enumerate(serials or [None]):
            own = [r for r in reports if serial is not None and r.body.serial == serial] + (
                unnumbered if at == 0 else []
            )
            found.append(Told(rows=tuple(own), party=""))
    found = _continued(found)
    leads = _leads(found)
    return [msgspec.structs.replace(t, party=keys[t.body.subject, leads[_set(t.body)]]) for t in found if t.day]


def _continued(found: Sequence[Told]) -> list[Told]:
    """The filings, those put together that are one report in several: a form has places for ten persons only.

    The same rows by other persons are the rest of it where one of them names as many as there are places; directors who are
    granted the same on one day report the same rows and are each alone.
    """
    same: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in found:
        body = told.body
        same[body.subject, body.form, body.status, body.event_date, body.lines].append(told)
    result = []
    for parts in same.values():
        first = max(parts, key=lambda t: len(t.body.holders))
        if len(parts) == 1 or len(first.body.holders) < _PLACES or not first.body.lines:
            result += parts
            continue
        rest = [t for t in parts if t is not first]
        holders = dict.fromkeys(h for t in (first, *rest) for h in t.body.holders)
        joint = tuple(h for h in holders if h != first.body.holder)
        lead = first.rows[0]
        whole = Row(lead.key, msgspec.structs.replace(lead.body, joint=joint), lead.sightings)
        result.append(Told(rows=(whole, *first.rows[1:], *(r for t in rest for r in t.rows)), party=""))
    return result


def _set(body: Notice) -> tuple[str, frozenset[str]]:
    """Who reports in it, in whatever order."""
    return body.subject, frozenset(h.code or h.name for h in body.holders)


def _leads(filings: Iterable[Told]) -> dict[tuple[str, frozenset[str]], Holder]:
    """Of each set of persons who report together the one that is named first most often."""
    first: dict[tuple[str, frozenset[str]], Counter[Holder]] = defaultdict(Counter)
    for told in filings:
        first[_set(told.body)][told.body.holder] += 1
    return {
        who: min(named.items(), key=lambda n: (-n[1], n[0].name, n[0].code or "", str(n[0])))[0]
        for who, named in first.items()
    }


def _standing(filings: Sequence[Told], regime_of: Callable[[str], Regime]) -> list[Told]:
    """The filings, those that an amendment stands in the place of marked so.

    An amendment names no serial, only the day of the filing amended: of the same issuer, the same form, with a person in common.
    One that tells holdings only does not take the place of transactions. Of two amendments the later one stands.
    """
    result = list(filings)
    order = sorted(range(len(filings)), key=lambda at: _published(filings[at]))
    for place, at in enumerate(order):
        told = filings[at]
        if told.body.status is not Status.AMENDMENT:
            continue
        zone = regime_of(told.body.regime).zone
        fits = [n for n in order[:place] if _amended(filings[n].body, told.body, zone)]
        originals = [n for n in fits if filings[n].body.status is Status.FILED]
        if len(originals) != 1:
            why = "several filings fit" if originals else "it is not known to us"
            doubt = f"amends a filing of {told.body.original_date or 'a day not told'}: {why}"
            result[at] = msgspec.structs.replace(result[at], doubts=(*told.doubts, doubt))
            continue
        result[at] = msgspec.structs.replace(result[at], related=(filings[originals[0]].id,))
        if _transactions(filings[originals[0]].body) and not _transactions(told.body):
            continue
        retired = Retired(why=f"replaced by the amendment {quote(told.id)}", status=Status.SUPERSEDED, by=(told.id,))
        for n in fits:
            result[n] = msgspec.structs.replace(result[n], retired=retired)
    return result


def _published(told: Told) -> tuple[datetime, date, str]:
    """Sorts by when it became public, else by when it was signed."""
    return told.body.known_from or LAST, told.body.signed_date or date.max, told.id


def _transactions(body: Notice) -> bool:
    return any(line.kind is LineKind.TRANSACTION for line in body.lines)


def _amended(body: Notice, by: Notice, zone: str) -> bool:
    """True where an amendment may be of this filing, or of the same one as this amendment."""
    same = body.subject == by.subject and body.form == by.form and _set(body)[1] & _set(by)[1]
    if not same or by.original_date is None:
        return False
    if body.status is Status.AMENDMENT:
        return body.original_date == by.original_date
    if body.known_from is not None:
        return day_at(body.known_from, zone) == by.original_date
    return body.signed_date is not None and by.original_date - _SIGNED_BEFORE <= body.signed_date <= by.original_date
