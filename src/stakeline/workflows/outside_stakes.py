"""Notices as evidence: what was traded, at which price, what was held before and after, which level was crossed."""

from collections.abc import Iterable, Sequence

from stakeline.checks.evidence import Known, exactly
from stakeline.model.claims import Claim
from stakeline.workflows.outside_doubts import AFTER, PRESENT, earlier, lead, of_else, turned
from stakeline.workflows.outside_events import One, candidates, is_meant, misdated
from stakeline.workflows.outside_notices import PERCENT, facts_of
from stakeline.workflows.outside_told import Told, agrees, day_of, unmeant

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
    agreeing = [facts for _, facts in standing if any(k.same and exactly(claim, k) for k in facts)]
    if agreeing:
        return [*agreeing[0], *withdrawn]
    if not found:
        return turned(told, claim, claims)
    judged = _judged(told, claim, claims, text, standing)
    if judged is not None:
        return [*judged, *(withdrawn if judged else ())]
    return [k for _, facts in standing for k in unmeant(facts) if agrees(claim, k)]


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
