"""What else a figure may be right of that differs from the notice which the article seems to tell: then nobody is accused."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

import msgspec

from stakeline.checks.evidence import Known, exactly
from stakeline.checks.relations.fit import Fit, fit, slip
from stakeline.model.claims import Claim
from stakeline.model.law import Direction
from stakeline.workflows.outside.events import One, named_days, told_right, trades
from stakeline.workflows.outside.names import is_named, of_holder
from stakeline.workflows.outside.notices import BEFORE, COUNTS, facts_of
from stakeline.workflows.outside.told import YEAR, Told, agreeing, agrees, day_of, sentence_at, unmeant

AFTER = frozenset({"stake.after_pct", "stake.pct", "stake.after_shares"})
_MOST = 100
"""The last notices of a holder that an article may tell of."""
_STALE = 6
"""Notices back in which a holding is looked for that an article may have copied."""

_TO = re.compile(
    r"(?:\b(?:to|(?:now|still) (?:directly )?(?:holds?|owns?)|left with|leaving(?: [a-z]+ with)?|remaining|keeps|stands at)|[至到為为剩餘余]|[現现仍][持有]{1,2}|[後后]持[有股])\s*(?:about|just|only|nearly|some|約|约)?\s*$",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"\b(?:(?:now|still) (?:directly )?(?:holds?|owns?)|keeps|is left with|has left)\s*(?:about |some )?$|(?:[现現仍]持有?|[现現]有|剩餘|剩余)\s*(?:约|約)?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|[由從从原])\s*(?:about|just|nearly|some|約|约)?\s*$", re.IGNORECASE)
"""Right in front of a figure: that it is what was held afterwards, or before."""
_ON_A_DAY = re.compile(r",? (?:on|as of|at|in|after) (?:the )?(?:[0-9]|[A-Z][a-z]+ [0-9])")
"""Behind what was held before: "from 7.88% on 11 April", which is what was held after the event of that day."""
_LEAD = 24
_WHO = re.compile(
    r"\b(?:who|which|whose|(?:his|her) (?:wife|husband|son|daughter|brother|sister|family))\b[^.,;]{0,24}$",
    re.IGNORECASE,
)
"""In front of a figure: that it is of whoever stands before this."""
_OTHERS_NAME = re.compile(
    r"(?: (?:more )?shares)? (?:indirectly|(?:held )?(?:through|via) [^.,;]{0,40}|(?:held )?(?:in|by) (?:an? |his |her |the )?(?:family )?(?:trusts?|foundation|spouse|wife|husband))\b",
    re.IGNORECASE,
)
"""Behind a holding: that it is held in another's name, of which there are figures of their own."""
_DIFFERENCE = re.compile(
    r"(?:\b(?:profit|gain|loss|premium|discount|difference|dividend)s? of\s*|\b(?:gain(?:ed|s|ing)?|earn(?:ed|s|ing)?|los(?:t|es|ing)|up|down)\s*|[赚賺亏虧蚀蝕差升跌息])\s*(?:about |some |約|约)?$",
    re.IGNORECASE,
)
"""In front of an amount per share: that it is made of two prices."""
_CLAUSE = re.compile(r"[,;:](?=\s)|[，；：。]|\n|\band\b|\bwhile\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = re.compile(
    r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t?ember|ober|t)?\b|(?<![0-9])([0-9]{1,2})月"
)
"""Beside a figure: of an event of another time."""
_BACK_THEN = re.compile(
    r"\b(?:once|last (?:year|month)|(?:years?|months?) (?:ago|earlier|before))\b|曾|去年|前年|上年|上月|上[個个]月"
)
_TOTAL_OF = re.compile(r"合[計计]|[總总][計计共]|共|\b(?:total|altogether|in all|combined|since)\b", re.IGNORECASE)
_SIDES = frozenset({"stake.before_pct", "stake.after_pct", "stake.change_pp", "transaction.stake_pct"})


def lead(claim: Claim, text: str) -> str:
    """The words right in front of a figure."""
    return text[max(claim.found.start - _LEAD, 0) : claim.found.start]


def of_else(told: Told, claim: Claim, claims: Sequence[Claim], text: str, one: One) -> bool:
    """Whether a figure that is wrong of its event may be right of what else the article tells: then nobody is accused."""
    return (
        _of_other_person(claim, text)
        or _of_other_time(claim, text, one)
        or _of_several(told, claim, claims, text)
        or _of_other_side(told, claim, text, one)
        or _of_other_event(told, claim, claims, text, one)
    )


def _of_other_person(claim: Claim, text: str) -> bool:
    """Whether a figure may be another's: its sentence names its holder only behind it, or it stands in "who now hold"."""
    start, end = sentence_at(text, claim.found.start)
    holder, before = claim.holder or "", text[start : claim.found.start]
    if holder not in before and holder in text[claim.found.end : end]:
        return True
    if claim.found.unit == "shares" and _OTHERS_NAME.match(text, claim.found.end):
        return True
    if claim.kind == "transaction.avg_price" and _DIFFERENCE.search(lead(claim, text)):
        return True
    who = list(_WHO.finditer(before))[-1:]
    return bool(who) and not before[: who[0].start()].rstrip(" ,").endswith(holder)


def _of_other_time(claim: Claim, text: str, one: One) -> bool:
    """Whether the clause of a figure names another year or month than the event's, or one that is past."""
    start, end = sentence_at(text, claim.found.start)
    breaks = [m.span() for m in _CLAUSE.finditer(text, start, end)]
    start = max((b for a, b in breaks if b <= claim.found.start), default=start)
    end = min((a for a, b in breaks if a >= claim.found.end), default=end)
    outer = (text[start : claim.found.start], text[claim.found.end : end])
    day = one[1].day
    years = {int(y) for part in outer for y in YEAR.findall(part)}
    months = {_MONTHS.index(a) + 1 if a else int(b) for part in outer for a, b in _MONTH.findall(part)}
    return (
        (bool(years) and day.year not in years)
        or (bool(months) and day.month not in months)
        or any(_BACK_THEN.search(part) for part in outer)
    )


def _of_several(told: Told, claim: Claim, claims: Sequence[Claim], text: str) -> bool:
    """Whether a count or an amount may be that of several trades together: it is called a total, or is their sum."""
    if claim.kind not in {"transaction.shares", "transaction.value"}:
        return False
    if _TOTAL_OF.search(text, max(claim.found.start - _LEAD, 0), claim.found.start):
        return True
    named = named_days(claim, claims)
    timelines = of_holder(told, claim.holder or "")
    entries = [(t, e) for t in timelines for e in t.entries if e.day in named and not e.withdrawn]
    parts = [k.value for t, e in entries for k in list(facts_of(told, claim, t, e))[:1]]
    return len(parts) > 1 and fit(claim.found, sum(parts[1:], parts[0])) is Fit.AGREES


def _of_other_side(told: Told, claim: Claim, text: str, one: One) -> bool:
    """Whether a figure is right of another side of the same trade (before it, after it, its size), and no word in front says which."""
    if claim.kind == "threshold.crossed":
        return False
    side = _FROM if claim.kind in BEFORE else _TO
    if side.search(lead(claim, text)) and not (claim.kind in BEFORE and _ON_A_DAY.match(text, claim.found.end)):
        return False
    return any(agrees(claim, k) for k in _sides(told, claim, one, but=claim.kind))


def _sides(told: Told, claim: Claim, one: One, *, but: str | None = None) -> Iterable[Known]:
    """What an event says of each side of a trade: before it, after it, its size."""
    kinds = {"shares": COUNTS, "pct": _SIDES}.get(claim.found.unit, frozenset())
    for kind in sorted(kinds - {but}):
        yield from facts_of(told, msgspec.structs.replace(claim, kind=kind), *one)


def _of_other_event(told: Told, claim: Claim, claims: Sequence[Claim], text: str, one: One) -> bool:
    """Whether a figure is right of another event of the holder that the article tells beside this one.

    It does so by the day of that event, in the sentence, or by other figures of it: in the sentence, or anywhere where the sentence
    does not name this event's day. A figure that is a slip away from the other event's is its too.
    """
    here = [c for c in claims if c.found.sentence == claim.found.sentence]
    days = {c.found.day for c in here if c.found.day is not None}
    own = list(facts_of(told, claim, *one))
    own_side = _TO.search(lead(claim, text))
    entries = ((t, e) for t in of_holder(told, claim.holder or "") for e in t.entries[-_MOST:])
    for other in ((t, e) for t, e in entries if e.day != one[1].day):
        facts = list(facts_of(told, claim, *other))
        dated = other[1].day in days
        right = any(exactly(claim, k) for k in (*facts, *(() if own_side else _sides(told, claim, other))))
        if dated and (right or (_is_slip(claim, facts) and not _is_slip(claim, own))):
            return True
        beside = here if one[1].day in days else claims
        if right and told_right(told, claim, beside, other):
            return True
    return False


def _is_slip(claim: Claim, facts: Iterable[Known]) -> bool:
    return any(slip(claim.found, k.value) for k in facts)


def earlier(told: Told, claim: Claim, one: One) -> list[Known]:
    """What the holder's last notices before an event say of the same, where the article has that figure: it is stale."""
    if claim.kind not in AFTER:
        return []
    timeline, entry = one
    before = [e for e in timeline.entries if e.day < entry.day and not e.withdrawn][-_STALE:]
    other = "stake.before_shares" if claim.found.unit == "shares" else "stake.before_pct"
    own = facts_of(told, msgspec.structs.replace(claim, kind=other), timeline, entry)
    facts = [msgspec.structs.replace(k, as_of=(entry.day - timedelta(days=1)).isoformat()) for k in own]
    facts += [k for e in reversed(before) for k in facts_of(told, claim, timeline, e)]
    return unmeant(k for k in facts if k.same and agrees(claim, k))[:1]


def turned(told: Told, claim: Claim, claims: Sequence[Claim]) -> list[Known]:
    """The trade of the claim's day and size that went the other way: a sale told as a purchase."""
    day = day_of(claim)
    against = {"sell": "buy", "buy": "sell"}.get(claim.direction or "")
    if claim.kind != "transaction.shares" or day is None or against is None or not claim.holder:
        return []
    others = {c.holder for c in claims if c.found.sentence == claim.found.sentence and c.holder} - {claim.holder}
    ones = [one for one in trades(told, claim.holder) if one[1].day == day]
    wanted = {"sell": Direction.DISPOSE, "buy": Direction.ACQUIRE}[against]
    if others or len(ones) != 1 or ones[0][1].direction is not wanted or ones[0][1].withdrawn:
        return []
    facts = [msgspec.structs.replace(k, direction=against) for k in facts_of(told, claim, *ones[0])]
    return facts if agreeing(claim, facts) else []


def is_of_another(told: Told, claim: Claim, text: str) -> bool:
    """Whether a figure may be of another holder: its sentence names others alone, or one that the article names held or traded that."""
    if claim.found.value is None:
        return False
    own = {t.party.key for t in of_holder(told, claim.holder or "")}
    sentence = text[slice(*sentence_at(text, claim.found.start))]
    here = {t.party.key for t in told.timelines if is_named(t, sentence)}
    if here and own and not here & own:
        return True
    others = [t for t in told.timelines if t.party.key not in own and is_named(t, text)]
    return any(agrees(claim, k) for t in others for e in t.entries for k in facts_of(told, claim, t, e))
