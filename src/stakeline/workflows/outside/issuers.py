"""The issuers of a ledger by name, and what was public of each on a day, without what the press told in the days of the article."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import msgspec

from stakeline import regimes, registry
from stakeline.ledger import Ledger
from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.facts import Fact
from stakeline.model.moments import day_at, end_of_day
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer
from stakeline.workflows import knowledge
from stakeline.workflows.knowledge import Asked
from stakeline.workflows.outside.article import Article
from stakeline.workflows.outside.names import behind, index, meant
from stakeline.workflows.outside.told import Told
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
"""Behind a name: the code that its shares are traded under in Hong Kong (小米集團(01810.HK))."""
_HOME = "Asia/Hong_Kong"


class Issuers:
    """The issuers of a ledger; what was gathered of one is kept for the next article of the day."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger, self._names = ledger, ledger.names()
        told = [(subject, issuer or "", None) for subject, issuer, _, _ in self._names.told]
        self._issuers = registry.issuers(self._names.facts, told, linked=self._names.linked)
        self._zones = {r.code: r.zone for r in regimes.regimes()}
        self._kept: dict[tuple[str, datetime], Told] = {}
        self.by_name = index((i, (i.name, *i.names)) for i in self._issuers)

    def find(self, name: str, article: Article, on: date) -> Issuer | None:
        """The one issuer that a name or code of an article means on a day; None where there is none, or more than one."""
        code = _CODE.search(name)
        told = next(filter(None, code.groups())) if code else behind(name, article.text, _BEHIND)
        if told is not None:
            try:
                return registry.find(f"hk:{int(told):05}", self._issuers, on=on)
            except (UnknownName, AmbiguousName):
                pass
        found = meant(name, self.by_name) or meant(article.also.get(name, ""), self.by_name)
        then = [i for i in found if registry.holds(i, on)] if len(found) > 1 else found
        return then[0] if len(then) == 1 else None

    def told(self, issuer: Issuer, article: Article, on: date, clock: datetime | None) -> Told:
        """What was known of an issuer at a moment, or by the end of a day where it is asked about no moment."""
        market = registry.regime_part(issuer.subject)
        zone = self._zones.get(market, _HOME)
        asked = Asked(on=on, known=clock or end_of_day(on, zone), told=True)
        key = (f"{issuer.subject} {issuer.codes[:1]} {on}", asked.known)
        if key not in self._kept:
            gathered = self._gathered if market in self._zones else self._facts_alone
            self._kept[key] = gathered(issuer, asked, zone)
        return msgspec.structs.replace(self._kept[key], also=article.also)

    def _facts_alone(self, issuer: Issuer, asked: Asked, zone: str) -> Told:
        """Of a peer of another market."""
        facts = self._ledger.facts(subjects={issuer.subject}, known=asked.known)
        return Told(issuer=issuer, asked=asked, zone=zone, facts=_no_report(facts, asked), timelines=(), of=None)

    def _gathered(self, issuer: Issuer, asked: Asked, zone: str) -> Told:
        told = knowledge.about(self._ledger, issuer, asked, self._names)
        facts, timelines = _no_report(told.facts, asked), told.timelines
        notices = tuple(
            n for n in told.notices if n.body.form != _PRESS or not _is_same_news(n.body.known_from, asked.on)
        )
        if len(notices) < len(told.notices):
            timelines = registry.timelines(notices, told.facts, regimes.regime, cite, asked.limit)
        clean = msgspec.structs.replace(told, notices=notices, facts=tuple(facts), timelines=timelines)
        return Told(issuer=told.issuer, asked=asked, zone=zone, facts=facts, timelines=timelines, of=clean)


def _no_report(facts: Iterable[Row[Fact]], asked: Asked) -> list[Row[Fact]]:
    """The facts without those that the press told in the days of the article."""
    return [
        f
        for f in facts
        if not (_is_same_news(f.body.known_from, asked.on) and _REPORT.search(f.body.known_basis or ""))
    ]


def _is_same_news(known_from: datetime | None, on: date) -> bool:
    """Whether what the press told may be another article on the event that the article under test is about."""
    return known_from is None or day_at(known_from, "UTC") > on - NEWS_CYCLE
