"""Issuers by name and code, and whose code it was on a day.

Stock codes are reused: 00020 was Wheelock before it was SenseTime. A subject ("hk:00020") therefore has eras, one per
issuer, made from the periods of its name facts. Names whose periods overlap or adjoin are names of one issuer; a gap
between periods parts two issuers, and whose code it was in the gap is not known.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from stakeline.model.classes import class_key
from stakeline.model.facts import Fact
from stakeline.model.notices import BY_NAME, Notice, is_by_name
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer
from stakeline.registry.reports import source

Told = tuple[str, str, date | None]
"""Subject, name and day as a notice tells them: ("hk:00020", "SenseTime Group Inc. - B", 2022-11-08)."""

_LANGUAGES = ("en", "zh-Hant", "zh-Hans")
_ISSUER_MEASURES = frozenset({"name", "code", "shares.issued", "votes.per_share", "listing.date"})
_NOT_ISSUERS = frozenset({"holder", "name", "fx"})
_DAY = timedelta(days=1)

_OTHER_NAME = re.compile(
    r"[\s,;，；(（\[]*(?:\b(?:formerly|previously)(?:\s+known)?(?:\s+as)?\b|\b(?:also|now)\s+known\s+as\b|\b[fan]/k/a\b|"
    r"前稱|前称|曾用名|原名|舊稱|旧称|又名|現稱|现称)\s*[:：為为]?\s*",
    re.IGNORECASE,
)
"""What stands between a name and the one that the same holder had or has beside it."""
_LONGEST_NAME = 1_000


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """A name as it is compared: NFKC, casefold, punctuation and spaces collapsed to one space. Nothing else.

    "Limited" and "Ltd" stay different unless a fact joins them. A name made of punctuation alone stays as it is, so
    that two of them are not one.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    spaced = "".join(" " if unicodedata.category(c)[0] in "PZC" else c for c in folded)
    return " ".join(spaced.split()) or name


@lru_cache(maxsize=65536)
def aliases(name: str) -> tuple[str, ...]:
    """The names in a name that tells another: ("New Ltd", "Old Ltd") of "New Ltd (formerly known as Old Ltd)".

    A name that tells no other is the only one. Names longer than any holder's are left whole.
    """
    if len(name) > _LONGEST_NAME:
        return (name,)
    parts = (part.strip(" ,;，；") for part in _OTHER_NAME.split(name))
    first, *others = parts
    return tuple(dict.fromkeys(filter(None, (first, *map(_unbracketed, others))))) if first else (name,)


def _unbracketed(name: str) -> str:
    """A name without a closing bracket that was opened before it."""
    while name and name[-1] in ")）]" and len(re.findall(r"[(（\[]", name)) < len(re.findall(r"[)）\]]", name)):
        name = name[:-1].rstrip()
    return name


def names_told(notices: Iterable[Row[Notice]]) -> tuple[Told, ...]:
    """The names that notices give their issuers; the code stands in where a notice gives none."""
    return tuple((n.subject, n.issuer_name or n.issuer_code, n.event_date) for n in (row.body for row in notices))


def span_of(period: str | None) -> tuple[date | None, date | None]:
    """First and last day of a fact's period ("from..to", either side open, or one day). (None, None): of no one time.

    A period that is no such thing (a half-year, a word) counts as of no one time.
    """
    if not period:
        return None, None
    first, dots, last = period.partition("..")
    try:
        start = date.fromisoformat(first) if first else None
        end = (date.fromisoformat(last) if last else None) if dots else start
    except ValueError:
        return None, None
    return (start, end) if start is None or end is None or start <= end else (None, None)


def issuers(
    facts: Iterable[Row[Fact]],
    told: Iterable[Told],
    on: date | None = None,
    linked: Iterable[tuple[str, str]] = (),
) -> tuple[Issuer, ...]:
    """Every issuer that facts or notices name, era by era: one `Issuer` for each time that a code was somebody's.

    Names without a period, further codes, and names told in notices go to the era of their day, else to the last one.
    on: of names of different days, the one that held on this day comes first; without it the last one.

    A name that notices tell without a code is the one issuer with a code that has this name then, or of which a notice
    has the same serial (linked: name's subject, code's subject). Where there is no such issuer, or more than one, it
    is an issuer of its own.
    """
    of_subject: dict[str, list[Fact]] = defaultdict(list)
    told_of: dict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for row in sorted(facts, key=lambda r: r.key):
        body = row.body
        if body.measure in _ISSUER_MEASURES and ":" in body.subject and regime_part(body.subject) not in _NOT_ISSUERS:
            of_subject[body.subject].append(body)
    for subject, name, day in told:
        told_of[subject].append((name, day))
    known = {s: _eras_of(s, of_subject[s], told_of[s], on) for s in sorted({*of_subject, *told_of})}
    coded = [i for s, eras in known.items() if not is_by_name(s) for i in eras]
    folded: dict[str, set[str]] = defaultdict(set)
    for subject, home in _homes(told_of, coded, linked):
        folded[home].add(subject)
        del known[subject]
    for home, subjects in folded.items():
        new = {s for s in subjects if not any(_has_name(era, s) for era in known[home])}
        spelled = [*told_of[home], *(t for s in sorted(new) for t in told_of[s])]
        known[home] = [
            msgspec.structs.replace(era, told_as=tuple(s for s in sorted(subjects) if s in new or _has_name(era, s)))
            for era in _eras_of(home, of_subject[home], spelled, on)
        ]
    return tuple(issuer for eras in known.values() for issuer in eras)


def _has_name(issuer: Issuer, subject: str) -> bool:
    """True where the name that the subject is was the issuer's."""
    return normal(name_part(subject)) in {normal(n) for n in issuer.names}


def _homes(
    told: Mapping[str, Sequence[tuple[str, date | None]]], coded: Sequence[Issuer], linked: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Each subject that is a name alone and the subject with a code that it is, where exactly one is known."""
    unnumbered = [s for s in told if is_by_name(s)]
    if not unnumbered:
        return
    of_serial: dict[str, set[str]] = defaultdict(set)
    for subject, other in linked:
        of_serial[subject].add(other)
    of_name: dict[tuple[str, str], list[Issuer]] = defaultdict(list)
    for issuer in coded:
        for name in {normal(n) for n in issuer.names}:
            of_name[regime_part(issuer.subject), name].append(issuer)
    for subject in unnumbered:
        found = of_serial.get(subject) or {
            issuer.subject
            for _, day in told[subject]
            for issuer in of_name[regime_part(subject), normal(name_part(subject))]
            if day is None or holds(issuer, day)
        }
        if len(found) == 1:
            yield subject, next(iter(found))


def with_codes(notices: Iterable[Row[Notice]], issuer: Issuer) -> list[Row[Notice]]:
    """The issuer's notices, those that tell it by name alone under its code, with a doubt that says so; keys stay.

    notices: of its subject and of those that it is told as. Where another report of the same serial tells the code, it
    is no doubt.
    """
    rows = list(notices)
    if not issuer.told_as:
        return rows
    numbered = {r.body.serial for r in rows if r.body.subject == issuer.subject} - {None}
    named: dict[str, str] = {}
    for row in rows:
        if row.body.subject == issuer.subject and row.body.issuer_name:
            named.setdefault(normal(row.body.issuer_name), source(row))
    return [_with_code(r, issuer, named, known=r.body.serial in numbered) for r in rows]


def _with_code(row: Row[Notice], issuer: Issuer, named: Mapping[str, str], *, known: bool) -> Row[Notice]:
    body = row.body
    if body.subject not in issuer.told_as:
        return row
    if known:
        doubt = body.doubt
    else:
        name = body.issuer_name or name_part(body.subject)
        teller = named.get(normal(name), "another source")
        said = f"code not told; same name as told by {teller}: {quote(name)}"
        doubt = f"{body.doubt}; {said}" if body.doubt else said
    return Row(
        row.key, msgspec.structs.replace(body, issuer_code=code_part(issuer.subject), doubt=doubt), row.sightings
    )


def issuer_on(known: Iterable[Issuer], subject: str, day: date) -> Issuer | None:
    """Whose code it was on a day, or None where that is not known (before the first era, between two, after the last)."""
    return next((i for i in known if i.subject == subject and holds(i, day)), None)


def holds(issuer: Issuer, day: date) -> bool:
    """True where the day lies in the issuer's era."""
    _, start, end = issuer.codes[0]
    return (start is None or start <= day) and (end is None or day <= end)


def era_name(known: Sequence[Issuer], subject: str, day: date) -> str | None:
    """How to tell the eras of a reused code apart: the issuer's name; None where the code was always one issuer's.

    A day in no era answers with words that say so: such a notice belongs to none of the issuers.
    """
    eras = [i for i in known if i.subject == subject]
    found = issuer_on(eras, subject, day)
    if found is not None:
        return found.name if len(eras) > 1 else None
    return f"not known: nobody is known to have had the code {code_part(subject)} then" if eras else None


def regime_part(subject: str) -> str:
    """The regime of a subject: "hk" of "hk:00020"."""
    return subject.partition(":")[0]


def code_part(subject: str) -> str:
    """The code of a subject: "00020" of "hk:00020"."""
    return subject.partition(":")[2]


def name_part(subject: str) -> str:
    """The name in a subject that is a name alone; the code of any other."""
    return code_part(subject).removeprefix(BY_NAME)


class _Era:
    """The names and days of one issuer while it is being put together."""

    def __init__(self, start: date | None, end: date | None) -> None:
        self.start, self.end = start, end
        self.names: list[Fact] = []
        self.told: Counter[str] = Counter()

    def adjoins(self, start: date | None) -> bool:
        return start is None or self.end is None or start <= self.end + _DAY

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def nearest(self, day: date) -> date:
        """The day of the era that is nearest."""
        return max(self.start or date.min, min(day, self.end or date.max))


def _eras_of(subject: str, facts: list[Fact], told: list[tuple[str, date | None]], on: date | None) -> list[Issuer]:
    names = [f for f in facts if f.measure == "name" and f.text]
    dated = [(span_of(f.period), f) for f in names]
    eras: list[_Era] = []
    for (start, end), fact in sorted(
        (d for d in dated if d[0] != (None, None)), key=lambda d: (d[0][0] or date.min, d[0][1] or date.max)
    ):
        if not eras or not eras[-1].adjoins(start):
            eras.append(_Era(start, end))
        elif eras[-1].end is not None:
            eras[-1].end = None if end is None else max(end, eras[-1].end)
        eras[-1].names.append(fact)
    if not eras:
        listed = [day for f in facts if f.measure == "listing.date" and (day := _day(f.text))]
        eras.append(_Era(min(listed, default=None), None))
    eras[-1].names.extend(f for span, f in dated if span == (None, None))
    for name, day in told:
        for era in eras if day is not None else eras[-1:]:
            if day is None or era.covers(day):
                era.told[name] += 1
    return [_issuer(subject, era, facts, on, last=era is eras[-1]) for era in eras]


def _issuer(subject: str, era: _Era, facts: list[Fact], on: date | None, *, last: bool) -> Issuer:
    asked = era.nearest(on or date.max)
    ranked = sorted(era.names, key=lambda f: (not _of_day(f, asked), _rank(f.item), f.text or ""))
    spelled = [f.text or "" for f in ranked] + [n for n, _ in sorted(era.told.items(), key=lambda t: (-t[1], t[0]))]
    names = tuple(dict.fromkeys(spelled))
    code = "" if is_by_name(subject) else code_part(subject)
    codes: list[tuple[str, date | None, date | None]] = [(code, era.start, era.end)]
    classes: set[str] = set()
    for fact in facts:
        start, end = span_of(fact.period)
        day = start or end
        if not (era.covers(day) if day else last):
            continue
        if fact.measure == "code" and fact.text:
            codes.append((fact.text, start, end))
        elif fact.measure in {"shares.issued", "votes.per_share"} and fact.item != "all":
            classes.update(filter(None, [class_key(fact.item)]))
    return Issuer(
        subject=subject,
        name=names[0] if names else name_part(subject),
        names=names,
        codes=tuple(dict.fromkeys(codes)),
        classes=tuple(sorted(classes)),
    )


def _of_day(name: Fact, day: date) -> bool:
    """True for a name that held on the day, or of which no days are told."""
    start, end = span_of(name.period)
    return (start is None or start <= day) and (end is None or day <= end)


def _rank(item: str | None) -> int:
    order = (*_LANGUAGES, None, "short")
    return order.index(item) if item in order else len(order)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def printable(issuer: Issuer) -> str:
    """An issuer in a list of candidates: name, code and the days of its era."""
    code, start, end = issuer.codes[0]
    days = f", {start or '…'} to {end or '…'}" if start or end else ""
    if not code:
        return f"{quote(issuer.name)} ({regime_part(issuer.subject)}, code not told{days})"
    return f"{quote(issuer.name)} ({regime_part(issuer.subject)}:{code}{days})"
