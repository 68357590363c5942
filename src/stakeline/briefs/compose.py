"""Composing a brief: by rules, the same from the same nouns, nothing filled in."""

from collections.abc import Sequence
from datetime import date, datetime

from stakeline.briefs.doubts import Doubts
from stakeline.briefs.gap import gap_section
from stakeline.briefs.happening import headline
from stakeline.briefs.known import as_known
from stakeline.briefs.market import market_section
from stakeline.briefs.notice import (
    kind_section,
    late_section,
    odd_section,
    purchases_section,
    standing_section,
    tree_section,
)
from stakeline.briefs.phrases import clean
from stakeline.briefs.results import costs_section, peers_section, results_section, segments_section
from stakeline.briefs.schedule import schedule_section
from stakeline.briefs.sources import told_by, unknown
from stakeline.briefs.stake import contrast_section, stake_section
from stakeline.briefs.trade import trade_section
from stakeline.model.briefs import Brief
from stakeline.model.context import Context
from stakeline.model.law import Regime
from stakeline.model.stakes import Entry, Event, Issuer


def compose(  # noqa: PLR0913 - the event and everything around it
    event: Event,
    *,
    gap: Event | None,
    issuer: Issuer,
    context: Context,
    regime: Regime,
    on: date,
    known: datetime,
    zone: str,
    beside: Sequence[Event] = (),
    replaced: Sequence[Entry] = (),
) -> Brief:
    """The brief of one event.

    beside: what is said of the same notice besides (MISMATCH, SUSPECT, LATE, FIRST_PURCHASE, CLUSTER). replaced: the notices that it amends, where known. gap: the GAP event between the notice before and this one, or None where no earlier notice is known.
    context: what stands around it. regime: whose law the event answers to. on, known: the day and the moment asked; zone: of the market. A figure that became
    public after `known` is treated as missing, and a sentence or clause that misses a figure is left out.
    The sentences do not depend on the kind of document that told the event; `told_by` and the footnotes do.
    """
    event = as_known(event, known) or event
    gap = as_known(gap, known) if gap is not None else None
    context = as_known(context, known) or Context()
    besides = [b for b in (as_known(e, known) for e in beside) if b is not None]
    old = [e for e in (as_known(entry, known) for entry in replaced) if e is not None]
    sections = (
        standing_section(event, issuer, old),
        odd_section(event, besides),
        trade_section(event, issuer, context),
        kind_section(event, issuer),
        purchases_section(event, besides),
        schedule_section(event),
        late_section(event, besides),
        stake_section(event, issuer, context),
        tree_section(event, issuer),
        contrast_section(event, issuer),
        gap_section(event if event.gap else gap),
        market_section(context),
        results_section(context.results),
        segments_section(context.results),
        costs_section(context.results),
        peers_section(context.peers),
    )
    doubts = Doubts()
    return Brief(
        event=event.id,
        issuer=clean(issuer.name),
        headline=headline(event, issuer),
        sections=tuple(doubts.beside(s) for s in sections if s is not None),
        unknown=unknown(event, gap, context),
        told_by=told_by(event, regime, known, zone),
        on=on,
        known=known,
        zone=zone,
    )
