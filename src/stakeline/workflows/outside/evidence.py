"""What the checker asks of a ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from stakeline.checks.evidence import Change, Known
from stakeline.ledger import Ledger
from stakeline.model.claims import Claim
from stakeline.model.errors import UnknownName
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure
from stakeline.model.moments import end_of_day
from stakeline.model.rows import Row
from stakeline.workflows import knowledge, printed
from stakeline.workflows.outside import lines, prices, stakes
from stakeline.workflows.outside.article import Article
from stakeline.workflows.outside.issuers import Issuers
from stakeline.workflows.outside.told import Told
from stakeline.workflows.outside.whose import About, answers, is_anothers, issuer_of


class Outside:
    """A ledger as evidence (`checks.evidence.Evidence`), for one article after another; `of` says which one is being checked."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._issuers = Issuers(ledger)
        self._article = Article("", (), self._issuers.by_name)
        self._clock: datetime | None = None

    def of(self, text: str, claims: Sequence[Claim], known: datetime | None = None) -> "Outside":
        """The same ledger, asked about this article. known: a moment to ask as known at, instead of the end of the article's day."""
        self._article, self._clock = Article(text, claims, self._issuers.by_name), known
        return self

    def known(self, claim: Claim, on: date | None) -> Sequence[Known]:
        """Facts that bear on a claim, best first; empty where nothing is known, or the issuer is not certain."""
        article, about = self._article, self._about(on)
        claim = article.as_first(claim)
        told = issuer_of(claim, article, about)
        if told is None or claim.found.value is None:
            return ()
        facts = tuple(next(answers(told, claim, article), ()))
        return () if is_anothers(told, claim, facts, article, about) else facts

    def changes(self, words: str, issuer: str | None, on: date | None) -> Sequence[Change]:
        """How costs or sales that a statement speaks of moved, in the issuer's last results."""
        told = self._about(on)(issuer)
        return () if told is None else tuple(lines.changes(told, words, self._article.claims))

    def counts(self, claim: Claim, on: date | None) -> Sequence[Known]:
        """Shares in issue last known of a claim's issuer: of each class that is traded, and of all together."""
        told = self._about(on)(claim.issuer)
        return () if told is None else tuple(prices.traded_counts(told))

    def days(self, claim: Claim, on: date | None) -> Sequence[tuple[date, str, str]]:
        """Days that are certain for a claim of a day: the day, what it is of, its source."""
        article = self._article
        claim = article.as_first(claim)
        told, near = issuer_of(claim, article, self._about(on)), article.near(claim)
        if told is None:
            return ()
        return (*prices.first_day(told, claim, near, article.text), *stakes.trade_days(told, claim, near))

    def figure(self, figure_id: str) -> Figure | None:
        """The figure of a footnote in a brief that was made from this ledger."""
        try:
            return printed.find(self._ledger.folder, figure_id)[0]
        except UnknownName:
            return None

    def rates(self, on: date | None) -> tuple[Row[Fact], ...]:
        """Exchange rates that the ledger holds."""
        known = (self._clock or end_of_day(on, "Europe/Berlin")) if on else None
        return tuple(self._ledger.facts(subjects=set(knowledge.FX), known=known))

    def _about(self, on: date | None) -> About:
        return partial(self._told, on=on)

    def _told(self, name: str | None, on: date | None) -> Told | None:
        """What was known of the issuer that a name means."""
        issuer = self._issuers.find(name, self._article, on) if name and on is not None else None
        return None if issuer is None or on is None else self._issuers.told(issuer, self._article, on, self._clock)
