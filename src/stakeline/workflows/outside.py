"""What a ledger knows of an article's claims: only what was public on the article's day, and never another article's word.

An issuer or holder counts as found where its name, without what every company is called (Group, Holdings, Ltd, 集團), is that
of exactly one in the ledger. Ambiguous or unknown names give no evidence: a likeness is never an answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from stakeline import regimes, registry
from stakeline.checks.evidence import Change, Known
from stakeline.ledger import Ledger, Names
from stakeline.model.claims import Claim
from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure
from stakeline.model.moments import day_at, end_of_day
from stakeline.model.notices import Notice
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer, Timeline
from stakeline.workflows import (
    knowledge,
    outside_days,
    outside_doubts,
    outside_holders,
    outside_lines,
    outside_names,
    outside_prices,
    outside_stakes,
    printed,
)
from stakeline.workflows.knowledge import Asked
from stakeline.workflows.outside_names import aliases, index, meant
from stakeline.workflows.outside_told import Told, agrees, sentence_at
from stakeline.workflows.readers import cite

NEWS_CYCLE = timedelta(days=31)
"""A press report younger than this on the article's day is about the same event, as the article itself is."""

_PRESS = "press"
_REPORT = re.compile(r"(?<!quarter )(?<!interim )(?<!annual )(?<!half-year )(?<!monthly )\breport\b", re.IGNORECASE)
"""In `known_basis` of a fact: that it became known through the press (docs/fact-tables.md), not by a report of the company."""
_CODE = re.compile(r"(?i)\b(?:hk|hkex|sehk)[ :.]*0*([0-9]{1,5})\b|\b0*([0-9]{1,5})[. ]?hk\b")
_BEHIND = re.compile(
    r"(?: (?:Group|Holdings?|Corp|Corporation|Inc|Co|Ltd|Limited)\b[.,]{0,2}|集[团團]|控股|股份|-S?[SW]){0,4} ?[(（](?:(?:HK|HKEX|SEHK|HKG)[ :.：]*)?0*([0-9]{1,5})(?:[. ]?HK)?[)）]",
    re.IGNORECASE,
)
"""Behind a name: the code that its shares are traded under in Hong Kong."""
_MOST_OTHERS = 12
_AROUND = 40
"""Claims on either side of one that say what it is of."""
_ROOMS = (outside_stakes.known, outside_prices.known, outside_lines.known)


class Outside:
    """A ledger as evidence (`checks.evidence.Evidence`), for one article after another.

    `of` says which article is being checked; what was gathered of an issuer is kept for the next article of the day.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._names: Names = ledger.names()
        told = [(subject, issuer or "", None) for subject, issuer, _, _ in self._names.told]
        self._issuers = registry.issuers(self._names.facts, told, linked=self._names.linked)
        self._markets = {r.code: r.zone for r in regimes.regimes()}
        self._by_name = index((i, (i.name, *i.names)) for i in self._issuers)
        self._kept: dict[tuple[str, datetime], Told] = {}
        self._claims: Sequence[Claim] = ()
        self._days: Sequence[Claim] = ()
        self._starts: list[int] = []
        self._others: list[str] = []
        self._text = ""
        self._also: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._implied: list[Issuer] | None = None
        self._clock: datetime | None = None

    def of(self, text: str, claims: Sequence[Claim], known: datetime | None = None) -> "Outside":
        """The same ledger, asked about this article. known: a moment to ask as known at, instead of the end of the article's day."""
        self._text, self._claims, self._clock = text, sorted(claims, key=lambda c: c.found.start), known
        self._starts = [c.found.start for c in self._claims]
        self._days = [c for c in self._claims if c.kind == "transaction.date"][:_AROUND]
        named = dict.fromkeys(n for c in self._claims for n in (c.issuer, c.holder) if n)
        self._others = list(named)[:_MOST_OTHERS]
        self._also, self._implied = aliases(self._others, text), None
        self._first = {other: name for name, other in self._also.items() if name not in self._also.values()}
        self._claims = [self._as_first(c) for c in self._claims]
        self._days = [self._as_first(c) for c in self._days]
        return self

    def _as_first(self, claim: Claim) -> Claim:
        """A claim with its holder under the name that the article put in front of a bracket with the other one."""
        first = self._first.get(claim.holder or "")
        return claim if first is None else msgspec.structs.replace(claim, holder=first)

    def known(self, claim: Claim, on: date | None) -> Sequence[Known]:
        """Facts that bear on a claim, best first; empty where nothing is known, or the issuer is not certain."""
        claim = self._as_first(claim)
        told = self._of(claim, on)
        if told is None or claim.found.value is None:
            return ()
        near = self._near(claim)
        for room in _ROOMS:
            found = room(told, claim, near, self._text)
            if found is not None:
                facts = tuple(found)
                return () if self._anothers(claim, facts, near, on) else facts
        return ()

    def _near(self, claim: Claim) -> list[Claim]:
        """The claims around one, and the days of trades wherever they stand: so much is looked at, however long the text."""
        at = bisect_left(self._starts, claim.found.start)
        around = self._claims[max(at - _AROUND, 0) : at + _AROUND]
        return sorted({id(c): c for c in (*self._days, *around)}.values(), key=lambda c: c.found.start)

    def _anothers(self, claim: Claim, facts: Sequence[Known], near: Sequence[Claim], on: date | None) -> bool:
        """Whether a figure that is wrong of its issuer or holder is right of another one that the article names.

        Which of several parties a figure is of is the hardest thing to read: then nobody is accused.
        """
        if not facts or any(agrees(claim, k) for k in facts):
            return False
        own = self._of(claim, on)
        if own is not None and self._is_of_another(own, claim):
            return True
        if (
            claim.found.unit == "shares"
            and own is not None
            and any(agrees(claim, k) for k in outside_prices.counts(own))
        ):
            return True  # a count of all shares
        for name in dict.fromkeys((*self._others, *(i.name for i in self._issuers_named()))):
            told = self._about(name, on) if name != claim.issuer else None
            other = msgspec.structs.replace(claim, issuer=name)
            rooms = (room(told, other, near, self._text) for room in _ROOMS) if told is not None else ()
            if any(agrees(claim, k) for found in rooms for k in found or ()):
                return True
        return False

    def _is_of_another(self, own: Told, claim: Claim) -> bool:
        return claim.kind in outside_stakes.KINDS and outside_doubts.is_of_another(own, claim, self._text)

    def changes(self, words: str, issuer: str | None, on: date | None) -> Sequence[Change]:
        """How costs or sales that a statement speaks of moved, in the issuer's last results."""
        told = self._about(issuer, on)
        return () if told is None else tuple(outside_lines.changes(told, words, self._claims))

    def counts(self, claim: Claim, on: date | None) -> Sequence[Known]:
        """Shares in issue last known of a claim's issuer: of each class that is traded, and of all together."""
        told = self._about(claim.issuer, on)
        return () if told is None else tuple(outside_prices.traded_counts(told))

    def days(self, claim: Claim, on: date | None) -> Sequence[tuple[date, str, str]]:
        """Days that are certain for a claim of a day: the day, what it is of, its source."""
        claim = self._as_first(claim)
        told = self._of(claim, on)
        return () if told is None else tuple(outside_days.days(told, claim, self._near(claim), self._text))

    def figure(self, figure_id: str) -> Figure | None:
        """The figure of a footnote in a brief that was made from this ledger."""
        try:
            return printed.find(self._ledger.folder, figure_id)[0]
        except UnknownName:
            return None

    def rates(self, on: date | None) -> tuple[Row[Fact], ...]:
        """Exchange rates that the ledger holds."""
        known = self._limit(on, "Europe/Berlin") if on else None
        return tuple(self._ledger.facts(subjects=set(knowledge.FX), known=known))

    def _limit(self, on: date, zone: str) -> datetime:
        return self._clock or end_of_day(on, zone)

    def _of(self, claim: Claim, on: date | None) -> Told | None:
        """What was known of a claim's issuer; where the article is not read as naming one, of the only one in it that knows the holder."""
        found = self._about(claim.issuer, on)
        if not claim.holder or on is None:
            return found
        if found is not None:
            return self._in_sentence(found, claim, on) or found
        part = (
            f" {registry.normal(claim.issuer)} " if claim.issuer else " "
        )  # of a name read in part: Genomics of 10x Genomics
        implied = [
            i for i in self._issuers_named() if any(part in f" {registry.normal(n)} " for n in (i.name, *i.names))
        ]
        told = [t for i in implied if (t := self._about(i.name, on)) is not None]
        knowing = [t for t in told if outside_holders.knows(t, claim.holder)]
        return knowing[0] if len(knowing) == 1 else None

    def _in_sentence(self, found: Told, claim: Claim, on: date) -> Told | None:
        """The one issuer that the sentence of a figure names and that knows its holder, where the issuer read is not named in it and does not."""
        if claim.kind not in outside_stakes.KINDS or outside_holders.knows(found, claim.holder or ""):
            return None
        start, end = sentence_at(self._text, claim.found.start)
        sentence = self._text[start:end]
        named = outside_names.named(self._by_name, sentence) if sentence.strip() else []
        told = [t for i in named if i.subject != found.issuer.subject and (t := self._about(i.name, on)) is not None]
        knowing = [t for t in told if outside_holders.knows(t, claim.holder or "")]
        return knowing[0] if len(knowing) == 1 and found.issuer.subject not in {i.subject for i in named} else None

    def _issuers_named(self) -> list[Issuer]:
        """The issuers of the ledger that the article names, however it is read."""
        if self._implied is None:
            self._implied = outside_names.named(self._by_name, self._text)
        return self._implied

    def _about(self, name: str | None, on: date | None) -> Told | None:
        """What was known of the issuer that a name means."""
        if not name or on is None:
            return None
        issuer = self._issuer(name, on)
        if issuer is None:
            return None
        market = registry.regime_part(issuer.subject)
        zone = self._markets.get(market, "Asia/Hong_Kong")
        clocks = Asked(on=on, known=self._limit(on, zone), told=True)
        key = (f"{issuer.subject} {issuer.codes[:1]} {on}", clocks.known)
        if key not in self._kept:
            self._kept[key] = self._gathered(issuer, clocks, zone, here=market in self._markets)
        return msgspec.structs.replace(self._kept[key], also=self._also)

    def _issuer(self, name: str, on: date) -> Issuer | None:
        """The one issuer that a name or code means on a day; None where there is none, or more than one."""
        code = _CODE.search(name)
        told = next(filter(None, code.groups())) if code else self._code_behind(name)
        if told is not None:
            try:
                return registry.find(f"hk:{int(told):05}", self._issuers, on=on)
            except (UnknownName, AmbiguousName):
                pass
        found = meant(name, self._by_name) or meant(self._also.get(name, ""), self._by_name)
        then = [i for i in found if registry.holds(i, on)] if len(found) > 1 else found
        return then[0] if len(then) == 1 else None

    def _code_behind(self, name: str) -> str | None:
        """The one code that the article puts behind a name: 小米集團(01810.HK)."""
        at, codes = self._text.find(name), set[str]()
        while at >= 0 and len(codes) < 2:
            behind = _BEHIND.match(self._text, at + len(name))
            codes |= {behind[1]} if behind else set()
            at = self._text.find(name, at + 1)
        return codes.pop() if len(codes) == 1 else None

    def _gathered(self, issuer: Issuer, clocks: Asked, zone: str, *, here: bool) -> Told:
        if not here:  # a peer of another market: facts alone
            facts = self._ledger.facts(subjects={issuer.subject}, known=clocks.known)
            return Told(issuer=issuer, asked=clocks, zone=zone, facts=_no_report(facts, clocks), timelines=(), of=None)
        told = knowledge.about(self._ledger, issuer, clocks, self._names)
        notices = [n for n in told.notices if not _same_news(n.body.known_from, clocks, press=n.body.form == _PRESS)]
        timelines: tuple[Timeline, ...] = told.timelines
        if len(notices) < len(told.notices):
            timelines = registry.timelines(notices, told.facts, regimes.regime, cite, clocks.limit)
        kept: tuple[Row[Notice], ...] = tuple(notices)
        facts = _no_report(told.facts, clocks)
        clean = msgspec.structs.replace(told, notices=kept, facts=tuple(facts), timelines=timelines)
        return Told(issuer=told.issuer, asked=clocks, zone=zone, facts=facts, timelines=timelines, of=clean)


def _same_news(known_from: datetime | None, clocks: Asked, *, press: bool) -> bool:
    """Whether a row may be another article on the event that the article under test is about."""
    return press and (known_from is None or day_at(known_from, "UTC") > clocks.on - NEWS_CYCLE)


def _no_report(facts: Iterable[Row[Fact]], clocks: Asked) -> list[Row[Fact]]:
    """The facts without those that the press told in the days of the article."""
    return [
        f
        for f in facts
        if not _same_news(f.body.known_from, clocks, press=_REPORT.search(f.body.known_basis or "") is not None)
    ]
