"""Issuers by name and code, and whose code it was on a day.

Stock codes are reused: 00020 was Wheelock before it was SenseTime. A subject ("hk:00020") therefore has eras, one per
issuer, made from the periods of its name facts. Names whose periods overlap or adjoin are names of one issuer; a gap
between periods parts two issuers, and whose code it was in the gap is not known.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from stakeline.model.facts import Fact
from stakeline.model.notices import Notice
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer

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


def issuers(facts: Iterable[Row[Fact]], told: Iterable[Told]) -> tuple[Issuer, ...]:
    """Every issuer that facts or notices name, era by era: one `Issuer` for each time that a code was somebody's.

    Names without a period, further codes, and names told in notices go to the era of their day, else to the last one.
    """
    of_subject: dict[str, list[Fact]] = defaultdict(list)
    told_of: dict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for row in sorted(facts, key=lambda r: r.key):
        body = row.body
        if body.measure in _ISSUER_MEASURES and ":" in body.subject and regime_part(body.subject) not in _NOT_ISSUERS:
            of_subject[body.subject].append(body)
    for subject, name, day in told:
        told_of[subject].append((name, day))
    return tuple(
        issuer
        for subject in sorted({*of_subject, *told_of})
        for issuer in _eras_of(subject, of_subject[subject], told_of[subject])
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


def _eras_of(subject: str, facts: list[Fact], told: list[tuple[str, date | None]]) -> list[Issuer]:
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
    return [_issuer(subject, era, facts, last=era is eras[-1]) for era in eras]


def _issuer(subject: str, era: _Era, facts: list[Fact], *, last: bool) -> Issuer:
    ranked = sorted(era.names, key=lambda f: (_rank(f.item), f.text or ""))
    spelled = [f.text or "" for f in ranked] + [n for n, _ in sorted(era.told.items(), key=lambda t: (-t[1], t[0]))]
    names = tuple(dict.fromkeys(spelled))
    codes: list[tuple[str, date | None, date | None]] = [(code_part(subject), era.start, era.end)]
    classes: set[str] = set()
    for fact in facts:
        start, end = span_of(fact.period)
        day = start or end
        if not (era.covers(day) if day else last):
            continue
        if fact.measure == "code" and fact.text:
            codes.append((fact.text, start, end))
        elif fact.measure in {"shares.issued", "votes.per_share"} and fact.item not in {None, "all"}:
            classes.add(fact.item or "")
    return Issuer(
        subject=subject,
        name=names[0] if names else code_part(subject),
        names=names,
        codes=tuple(dict.fromkeys(codes)),
        classes=tuple(sorted(classes)),
    )


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
    return f"{quote(issuer.name)} ({regime_part(issuer.subject)}:{code}{days})"
