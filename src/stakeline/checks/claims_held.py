"""What a percentage of a company, or of a holding, is: held before or after, traded, or by how much the holding changed."""

import re

from stakeline.checks import claims_near as near
from stakeline.checks.claims_sight import Sight, first

_CHANGED = re.compile("increase|decrease|reduction|rise|drop")
_STAKE_AFTER = re.compile(
    r"^[- ](?:[a-z]+ ){0,2}(?:stake|interest|holding|shareholding|position)s?\b"
    r"|^(?:的)?(?:股权|股權|权益|權益|持股)|^(?:的)?股份"
)
_OF_COMPANY = re.compile(r"^ (?:of|in) ")
_OF_OWN = re.compile(r"^ of (?:his|her|its|their|what|all)|^$")
_PAST = re.compile(
    r"\b(?:had|held|owned|previously|was|were|controlled|before|once|initially|first)\b"
    r"|此前|之前|原|曾|(?<![当當目])前(?:持|,|，)|实施前|實施前|减持前|減持前|增持前|变动前|變動前"
)
_PREVIOUSLY = re.compile(r"\b(?:previously|before that|formerly|having been)(?: [a-z]+){0,3} $")
_FOR = re.compile(r"\bfor (?:a |an |about |some |nearly )?$")
_REPRESENTS = re.compile(
    r"\b(?:represents?|representing|account(?:s|ed|ing)? for|equal to|equivalent to)(?: [a-z]+)? $"
)
_ON_A_DAY = re.compile(r"(?:as of|as at|at the end of|at end) ")
ONCE = re.compile(r"^ (?:at first|initially|originally|in 20|in 19|two years|at the end|as of|a decade|the year)")
"""Behind a holding of some other day."""
SAME = {
    "transaction.shares": "transaction.stake_pct",
    "stake.before_shares": "stake.before_pct",
    "stake.after_shares": "stake.after_pct",
}
"""What a percentage is that says of a number of shares how much of the company they are."""


def held(sight: Sight) -> str:
    """The kind of a percentage that a word of trade or of holding governs."""
    kind = first(_RULES, sight)
    if kind is not None:
        return kind
    planned = sight.by == "hold" and "plan" in sight.names and sight.names & {"sell", "buy"}
    return "stake.before_pct" if planned else "stake.pct"


def is_stake(sight: Sight) -> bool:
    """Whether a word for a holding stands right behind: "a 5% stake"."""
    return _STAKE_AFTER.match(sight.after) is not None


def bought_for(sight: Sight) -> bool:
    """As in "paid 10 billion for 25%"."""
    return _FOR.search(sight.before) is not None and "proceeds" in sight.clause


def _of_own(sight: Sight) -> str | None:
    """Of the holder's own shares: by how much they changed, or how much of them went."""
    if sight.by != "own":
        return None
    changed = near.moves_by(sight.scene, sight.i) or _CHANGED.search(sight.after[:30])
    return "stake.change_pct" if changed else "transaction.pct_of_holding"


def _moves(sight: Sight) -> str | None:
    """The ends of a move, and the move."""
    if near.comes_from(sight.scene, sight.i) or _PREVIOUSLY.search(sight.before):
        return "stake.before_pct"
    if near.goes_to(sight.scene, sight.i):
        return "stake.after_pct"
    changed = near.moves_by(sight.scene, sight.i) or near.is_change(sight.scene, sight.i)
    return "stake.change_pct" if changed else None


def _traded(sight: Sight) -> str | None:
    """The size of a trade, of the holder's shares or of the company."""
    if "own" in sight.names and sight.by in {"sell", "down"} and _OF_OWN.match(sight.after):
        return "transaction.pct_of_holding"
    of_company = sight.by != "hold" and _sold(sight) and (is_stake(sight) or _OF_COMPANY.match(sight.after))
    if sight.words in {"remaining", "residual"} and "sell" in sight.clause:
        return "transaction.stake_pct"
    own_shares = sight.by == "buyback" or "buyback" in sight.since
    own_shares = own_shares or (sight.by in {"company", "issued"} and "buyback" in sight.names)
    if sight.by in {"sell", "buy", "trade"} or of_company or own_shares or bought_for(sight):
        return "transaction.stake_pct"
    return None


def _other_day(sight: Sight) -> str | None:
    """A holding of some other day, or of somebody who did not trade."""
    if sight.words == "with" and "remain" not in sight.since:
        return "stake.pct"
    start = sight.scene.bounds(sight.i)[0]
    if sight.by == "hold" and _ON_A_DAY.match(sight.scene.lower, start, sight.found.start):
        return "stake.pct"
    if ONCE.match(sight.after) and sight.by in {"hold", "stake"}:
        return "stake.pct"
    untraded = not sight.scene.names & {"sell", "buy", "add"}
    return "stake.pct" if sight.by in {"hold", "company"} and untraded and _PAST.search(sight.before) else None


def _before(sight: Sight) -> str | None:
    """A holding before the trade: in the past tense, or cut ("cut its 5% stake")."""
    if sight.by == "cross":
        return None
    if _PAST.search(sight.before) and "remain" not in sight.clause:
        return "stake.before_pct"
    kept = sight.clause & {"remain", "after"}
    cut = sight.by == "stake" and "down" in sight.clause | sight.names and is_stake(sight)
    return "stake.before_pct" if cut and not kept else None


def _after(sight: Sight) -> str | None:
    """A holding after it: reached, left, now."""
    if sight.by in {"cross", "remain"} or sight.clause & {"remain", "after"}:
        return "stake.after_pct"
    if sight.by == "company" and sight.i > 0:
        return _as_shares(sight)
    moved = sight.by == "stake" and sight.role is not None and not sight.role.right and sight.names & {"up", "down"}
    return "stake.after_pct" if moved else None


def _bought_back(sight: Sight) -> str | None:
    """A company's own shares, as part of all of them."""
    told = "buyback" in sight.names and "stake" not in sight.names
    return "transaction.stake_pct" if told and sight.by in {"own", "company", "issued", "buyback"} else None


_RULES = (_bought_back, _of_own, _moves, _traded, _other_day, _before, _after)


def _sold(sight: Sight) -> bool:
    """Whether a verb of trade stands nearer in front of it than one of holding."""
    for cue in reversed(sight.scene.around(sight.i)[0]):
        if cue.name in {"sell", "buy"}:
            return sight.scene.parted(cue.end, sight.found.start) <= 3.0
        told_so = sight.scene.cues_in(cue.start, cue.start + 1)  # 减持 is a sale and a decrease
        moved = cue.name in {"down", "up"} and not any(c.name in {"sell", "buy"} for c in told_so)
        if moved or cue.name in {"hold", "remain"}:
            return False
    return False


def _as_shares(sight: Sight) -> str:
    """Of a part of the company in a sentence that told shares before: the part these are."""
    for j in range(sight.i - 1, max(sight.i - 7, -1), -1):
        if sight.told[j] in SAME and sight.same_sentence(j):
            return SAME[sight.told[j]]
    sold = _sold(sight) or (_REPRESENTS.search(sight.before) and sight.names & {"sell", "buyback"})
    return "transaction.stake_pct" if sold else "stake.pct"
