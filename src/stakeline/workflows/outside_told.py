"""What a ledger told of one issuer, and its figures as facts to compare claims with."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from stakeline.checks.evidence import Known
from stakeline.checks.relations.fit import Fit, fit
from stakeline.model.claims import Claim
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure
from stakeline.model.moments import day_at
from stakeline.model.numbers import Interval
from stakeline.model.problems import quote
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer, Timeline
from stakeline.workflows.knowledge import Asked, Knowledge

_MOST_LABELS = 3


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of an issuer on an article's day. of: as workflows know it; None for an issuer of another market."""

    issuer: Issuer
    asked: Asked
    zone: str
    facts: Sequence[Row[Fact]]
    timelines: tuple[Timeline, ...]
    of: Knowledge | None

    def own(self) -> list[Row[Fact]]:
        """The facts of the issuer itself."""
        return [r for r in self.facts if r.body.subject == self.issuer.subject]

    def known(
        self,
        figure: Figure | None,
        of: str,
        *,
        share_class: str | None = None,
        as_of: str | None = None,
        same: bool = True,
        within: bool = False,
        direction: str | None = None,
    ) -> list[Known]:
        """A figure as a known fact, without its sign; empty where there is none, or nobody says since when it was public."""
        if figure is None or figure.known_from is None:
            return []
        since = min(day_at(figure.known_from, self.zone), self.asked.on)
        return [
            Known(
                value=size(figure.bounds()),
                of=of,
                source=label(figure),
                known_since=since,
                share_class=share_class,
                as_of=as_of,
                same=same,
                within=within,
                direction=direction,
            )
        ]


def size(span: Interval) -> Interval:
    """An interval without its sign."""
    if span.high <= 0:
        return -span
    return span if span.low >= 0 else Interval(type(span.low)(0), max(-span.low, span.high))


def agrees(claim: Claim, known: Known) -> bool:
    """Whether a figure as printed can be a known one."""
    return fit(claim.found, known.value) is Fit.AGREES


def unmeant(facts: Iterable[Known]) -> list[Known]:
    """Facts as neighbours of what a claim says, which can only explain it."""
    return [msgspec.structs.replace(k, same=False) for k in facts]


def label(figure: Figure) -> str:
    """Where a figure was read, or where what it was worked out from was: documents, places and what these cite."""
    labels = list(dict.fromkeys(_labels(figure)))
    more = f" and {len(labels) - _MOST_LABELS} more" if len(labels) > _MOST_LABELS else ""
    return "; ".join(labels[:_MOST_LABELS]) + more


def _labels(figure: Figure) -> list[str]:
    if figure.places:
        place = figure.places[0]
        first, *others = place.cites or ("",)
        more = f" and {len(others)} more" if others else ""
        return [quote(f"{place.name}, {place.locator}" + (f" ({first}{more})" if first else ""))]
    return [told for i in figure.inputs for told in _labels(i)]


def day_of(claim: Claim) -> date | None:
    """The day that a claim is of, where it is of a day."""
    try:
        return date.fromisoformat(claim.period_or_date or "")
    except ValueError:
        return None
