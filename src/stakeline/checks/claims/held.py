"""What a percentage of a company, or of a holding, is: held before or after, traded, or by how much the holding changed."""

import re

from stakeline.checks.claims import near
from stakeline.checks.claims.sight import Sight, first

_CHANGED = re.compile("increase|decrease|reduction|rise|drop")
STAKE_AFTER = re.compile(
    r"^[- ](?:[a-z]+ ){0,2}(?:stake|interest|holding|shareholding|position)s?\b"
    r"|^(?:的)?(?:股权|股權|权益|權益|持股)|^(?:的)?股份"
)
_OF_COMPANY = re.compile(r"^ (?:of|in) ")
OF_OWN = re.compile(
    r"^ (?:of )?(?:its|his|her|their) (?:[\w.&'-]+ ){0,2}(?:holdings?|stake|shares|position|shareholding)"
    r"|^ of (?:what|all) |^ of (?:them|these|those|it)\b"
)
"""Behind a part of the holder's own shares."""
OF_OWN_HAN = re.compile(
    "(?:手中|手上|名下|手头|手頭|(?:其|个人|個人|本人)*所持)(?:公司|[hab]类?)?(?:股份|股票|股|[总總][数數])*(?:的|约|約|近|逾)*$"
)
"""In front of it."""
OWNED = re.compile(
    r"^ (?:[a-z]+ )?(?:shares? )?(?:that )?(?:s?he|it|they) (?:then |already )?(?P<had>had|held|owned|has|holds|owns)\b"
)
"""Behind a number of shares that somebody owns."""
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
_AS_OF = re.compile(r"\b(?:as of|as at) $")
ONCE = re.compile(r"^ (?:at first|initially|originally|in 20|in 19|two years|at the end|as of|a decade|the year)")
"""Behind a holding of some other day."""
_LEFT_OVER = re.compile(r"计划|計劃|額度|额度|unsold|plan")
_AT_MOST = re.compile("不超过$|不超過$|不高于$|up to $")
_LATER = re.compile(r"\b(?:after|following|will|would|once|until|leav[a-z]+)\b|[后後]|[将將]")
_CLAUSE = 60
_ANOTHER_YEAR = re.compile(
    r"\bin (?:[a-z]+ )?(?:19|20)[0-9]{2}\b|\b(?:a year|a decade|[a-z]+ years|[0-9]+ years) (?:ago|earlier|before|later)\b|\blast year\b"
    r"|[去前]年[^,，]{0,8}[仍曾尚]?[持有占佔]|[当當][时時]"
)
_NOW_HOLDER = re.compile(
    r"\b(?:becom(?:e|es|ing)|became|emerged as|emerges as)\b[^.;0-9]{0,60}\bwith(?: about| some| just)? $"
)
_ALL_TOLD = re.compile(r"\b(?:together|combined|in all|total)\b|共(?:持有|持|占|佔)?$|合[计計]")
_WILL_HAVE = re.compile(
    r"\b(?:will|would) (?:then |still |together )?(?:have|hold|own|control)(?: about| some| only| just)? $"
)
_HAN_HELD = re.compile("(?:持股|持仓|持倉|好[仓倉])(?:比例|量|数|數)?(?:为|為|约|約)*$")
_SAME_HOLDER = re.compile(
    r"(?:^|[,;] |\band )(?:s?he|it|they|the (?:fund|firm|group|company|investor|seller|bank|director|executive|chairman))?"
    r" ?(?:directly |together |still )?(?:holds|owns|has|controls|keeps)(?: [a-z]+){0,2} $"
)
_TRADES = frozenset(["sell", "buy"])
_TRADED = frozenset(["transaction.shares", "transaction.stake_pct"])
SAME = {
    "transaction.shares": "transaction.stake_pct",
    "stake.before_shares": "stake.before_pct",
    "stake.after_shares": "stake.after_pct",
    "count": "other.pct",
}
"""What a percentage is that says of a number of shares how much of the company they are."""


def held(sight: Sight) -> str:
    """The kind of a percentage that a word of trade or of holding governs."""
    return first(_RULES, sight) or "stake.pct"


def held_shares(sight: Sight) -> str:
    """The kind of a number of shares that a word for a holding governs: held before a trade or after it, or traded."""
    if sight.by == "remain" and _LEFT_OVER.search(sight.before):
        return "count"
    if sight.by == "hold" and "plan" in sight.names and "sell" in sight.names and _AT_MOST.search(sight.before):
        return "transaction.shares"  # 转让其持有的股份不超过
    if near.moves_by(sight.scene, sight.i) or near.is_change(sight.scene, sight.i):
        return "transaction.shares"  # cut its stake by 80 million shares
    moved = near.goes_to(sight.scene, sight.i) or near.comes_from(sight.scene, sight.i)
    if sight.by == "stake" and not moved and sight.names & {"sell", "buy"}:
        sold = sight.close_to("sell", 2) or sight.close_to("buy", 2)
        return "transaction.shares" if sold else "stake.after_shares"
    if sight.by == "hold" and sight.words == "with" and "buyback" in sight.names:
        return "buyback.shares"
    afterwards = sight.by == "remain" or near.afterwards(sight.scene, sight.i) or near.goes_to(sight.scene, sight.i)
    past = not afterwards and _PAST.search(sight.before) is not None
    before = past or near.comes_from(sight.scene, sight.i) or _planned(sight) is not None
    return "stake.before_shares" if before else "stake.after_shares"


def is_stake(sight: Sight) -> bool:
    """Whether a word for a holding stands right behind: "a 5% stake"."""
    return STAKE_AFTER.match(sight.after) is not None


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
    own = OF_OWN.match(sight.after) or OF_OWN_HAN.search(sight.before)
    if own and sight.by in {"sell", "down", "own", "stake", "hold"} and _sold(sight):
        return "transaction.pct_of_holding"
    of_company = (
        sight.by not in {"hold", "remain"} and _sold(sight) and (is_stake(sight) or _OF_COMPANY.match(sight.after))
    )
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
    if sight.by in {"hold", "stake"} and _since_a_day(sight):
        return "stake.pct"
    if sight.by == "hold" and _ON_A_DAY.match(sight.scene.lower, start, sight.found.start):
        return "stake.pct"
    if ONCE.match(sight.after) and sight.by in {"hold", "stake"}:
        return "stake.pct"
    if _long_ago(sight):
        return "stake.pct"
    untraded = not sight.scene.names & {"sell", "buy", "add"}
    return "stake.pct" if sight.by in {"hold", "company"} and untraded and _PAST.search(sight.before) else None


def _afterwards(sight: Sight) -> str | None:
    """A holding in a sentence on what came after the trade, or will."""
    before = sight.scene.before(sight.i, 90)
    added = sight.last == "stake.before_pct" and _ALL_TOLD.search(sight.before)
    if added or _WILL_HAVE.search(sight.before) or _NOW_HOLDER.search(before):
        return "stake.after_pct"
    told = OWNED.match(sight.after)
    if told is not None and told["had"] in {"had", "held", "owned"}:
        return "stake.before_pct"
    return "stake.after_pct" if sight.by in {"hold", "stake"} and near.afterwards(sight.scene, sight.i) else None


def _long_ago(sight: Sight) -> bool:
    """Whether its clause speaks of another year and of no trade: "In 2019 it owned 9.8%", 去年底它仍持5.3%."""
    start = max(sight.scene.bounds(sight.i)[0], sight.found.start - _CLAUSE)
    clause = sight.scene.lower[start : sight.found.start]
    clause = clause[max(clause.rfind(";"), clause.rfind("；")) + 1 :]
    told = sight.scene.cues_in(sight.found.start - len(clause), sight.found.start)
    if sight.by not in {"hold", "stake", "remain"} or any(c.name in _TRADES for c in told):
        return False
    return _ANOTHER_YEAR.search(clause) is not None


def _since_a_day(sight: Sight) -> bool:
    """As in "which as of March 16 held 5%": the day stands right in front."""
    if sight.i == 0 or sight.scene.found[sight.i - 1].unit != "date" or not sight.same_sentence(sight.i - 1):
        return False
    near_by = len(sight.before) < 16 and "hold" in sight.since
    return near_by and _AS_OF.search(sight.scene.before(sight.i - 1)) is not None


def _before(sight: Sight) -> str | None:
    """A holding before the trade: in the past tense, or cut ("cut its 5% stake")."""
    if sight.by == "cross":
        return None
    if _PAST.search(sight.before) and "remain" not in sight.clause:
        return "stake.before_pct"
    kept = sight.clause & {"remain", "after"}
    cut = sight.by == "stake" and "down" in sight.clause | sight.names and is_stake(sight)
    return "stake.before_pct" if cut and not kept else None


def _planned(sight: Sight) -> str | None:
    """A holding of which a part is to be sold, or to which more is to be added: told with the plan, or right behind it."""
    if sight.by not in {"hold", "stake"} or _LATER.search(sight.before) or "remain" in sight.clause:
        return None
    if near.goes_to(sight.scene, sight.i) or not (sight.by == "hold" or _HAN_HELD.search(sight.before)):
        return None
    told = [sight.names]
    if not sight.names & _TRADES:
        trades = [j for j, kind in enumerate(sight.told) if kind in _TRADED]
        told = [sight.scene.told(j) for j in trades[-3:]]
    return "stake.before_pct" if told and all("plan" in t and t & _TRADES for t in told) else None


def _goes_on(sight: Sight) -> str | None:
    """What whoever traded holds: "She sold 800 shares, and holds 4%"."""
    traded = any(kind in _TRADED for kind in sight.told[-6:])
    return "stake.after_pct" if sight.by == "hold" and traded and _SAME_HOLDER.search(sight.before) else None


def _after(sight: Sight) -> str | None:
    """A holding after it: reached, left, now."""
    if sight.by in {"cross", "remain"} or sight.clause & {"remain", "after"}:
        return "stake.after_pct"
    if sight.by == "company" and sight.i > 0:
        return _as_shares(sight)
    moved = sight.by == "stake" and sight.role is not None and not sight.role.right and sight.clause & {"up", "down"}
    return "stake.after_pct" if moved else None


def _bought_back(sight: Sight) -> str | None:
    """A company's own shares, as part of all of them."""
    told = "buyback" in sight.names and "stake" not in sight.names
    return "transaction.stake_pct" if told and sight.by in {"own", "company", "issued", "buyback"} else None


_RULES = (_bought_back, _of_own, _moves, _traded, _afterwards, _other_day, _before, _planned, _after, _goes_on)


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
