"""Notices as evidence: what was traded, when, at which price, what was held before and after, which level was crossed."""

from collections.abc import Iterable, Sequence
from datetime import date

from stakeline.checks.evidence import Known, exactly
from stakeline.model.claims import Claim
from stakeline.workflows.outside.doubts import AFTER, PRESENT, earlier, lead, of_else, turned
from stakeline.workflows.outside.events import One, candidates, is_meant, misdated, recent_events
from stakeline.workflows.outside.names import of_holder
from stakeline.workflows.outside.notices import PERCENT, facts_of
from stakeline.workflows.outside.told import Told, agreeing, day_of, label, unmeant

KINDS = frozenset(
    (
        "transaction.shares",
        "transaction.avg_price",
        "transaction.price_high",
        "transaction.value",
        "transaction.stake_pct",
        "transaction.pct_of_holding",
        "stake.before_shares",
        "stake.after_shares",
        "stake.change_pp",
        "threshold.crossed",
        *PERCENT,
    )
)
_SURE = 2
"""Other figures of a notice that an article must tell rightly before another day than the notice's is wrong."""


def known(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> Iterable[Known] | None:
    """Facts of notices that bear on a claim; None where the claim is of no such kind.

    A notice refutes a claim only where the article surely means its event (`is_meant`) and the figure is not right of something
    else that the article tells of (`of_else`); any may bear one out.
    """
    if claim.kind not in KINDS:
        return None
    if told.of is None or claim.measure == "planned":
        return ()
    found = [(one, list(facts_of(told, claim, *one))) for one in candidates(told, claim, claims)]
    standing = [(one, facts) for one, facts in found if not one[1].withdrawn and facts]
    withdrawn = unmeant(k for (_, entry), facts in found if entry.withdrawn for k in facts)
    right = [facts for _, facts in standing if any(k.same and exactly(claim, k) for k in facts)]
    if right:
        return [*right[0], *withdrawn]
    if not found:
        return turned(told, claim, claims)
    judged = _judged(told, claim, claims, text, standing)
    if judged is not None:
        return [*judged, *(withdrawn if judged else ())]
    return agreeing(claim, [k for _, facts in standing for k in unmeant(facts)])


def _judged(
    told: Told, claim: Claim, claims: Sequence[Claim], text: str, standing: Sequence[tuple[One, list[Known]]]
) -> list[Known] | None:
    """What the one event that is surely meant says against a figure; empty where it may be of something else; None without such an event."""
    certain = [(one, facts) for one, facts in standing if is_meant(told, claim, claims, one)]
    if len(certain) == 1 and claim.kind != "stake.pct":
        one, facts = certain[0]
        other = misdated(told, claim, claims, one) is not None or of_else(told, claim, claims, text, one)
        return [] if other else [*facts, *earlier(told, claim, one)]
    if len(standing) == 1 and claim.kind == "stake.pct" and day_of(claim) is not None:
        one, facts = standing[0]
        stale = earlier(told, claim, one)
        sure = stale or (one[1].day == day_of(claim) and not of_else(told, claim, claims, text, one))
        return [*facts, *stale] if sure else []
    if len(certain) > 1 and claim.kind in AFTER and PRESENT.search(lead(claim, text)):
        one, facts = certain[-1]
        last = all(t == one[0] for (t, _), _ in certain) and one[1] == one[0].entries[-1]
        stale = earlier(told, claim, one) if last else []
        return [*facts, *stale] if stale else []
    return None


def trade_days(told: Told, claim: Claim, claims: Sequence[Claim]) -> Iterable[tuple[date, str, str]]:
    """Days that are certain for the day of a trade: the day, what it is of, its source."""
    if claim.kind != "transaction.date" or not claim.holder:
        return
    others = {c.found.day for c in claims if c.found is not claim.found}
    of_a_trade = any(e.day == claim.found.day for t in of_holder(told, claim.holder) for e in t.entries)
    recent = recent_events(told, claim)
    meant = _misdated(told, claim, claims, recent)
    for one in recent:
        entry = one[1]
        right = entry.day == claim.found.day and meant is None
        if not right and (entry.day in others or (of_a_trade and one != meant)):
            continue  # the day is of another trade, or this trade has its day elsewhere in the article
        sure = right or is_meant(told, claim, claims, one, least=_SURE)
        figure = entry.moved or entry.after.percent or entry.after.shares
        if figure is not None and sure and not entry.withdrawn:
            yield entry.day, "the event that the notice tells", label(figure)


def _misdated(told: Told, claim: Claim, claims: Sequence[Claim], recent: Sequence[One]) -> One | None:
    """The event that the article tells under the day of another one of the holder, of which it tells nothing right."""
    found = [misdated(told, claim, claims, one) for one in recent if one[1].day == claim.found.day]
    return found[0] if found and all(one is not None and one == found[0] for one in found) else None
