"""Which duty of sections 13(d) and 13(g) a statement answers to, and the day it was filed."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from stakeline.model.notices import Notice, Status
from stakeline.model.numbers import Number
from stakeline.model.punctual import Answering
from stakeline.regimes.us.submissions import ZONE

FORMS = frozenset({"13D", "13G", "SC 13D", "SC 13G"})
_KINDS = {"Rule 13d-1(b)": "qii", "Rule 13d-1(c)": "passive", "Rule 13d-1(d)": "exempt"}
_LATER = date(2024, 2, 5)
"""Since that day what EDGAR accepts by 10 p.m. is filed on the day, before it was by 5:30 p.m. (17 CFR 232.13(a))."""
_CLOSING = {True: time(22), False: time(17, 30)}
_TEN = 10
_SUBMITTED = "the day of filing: the document does not tell it, the header of its submission does"


def answers(notice: Notice) -> Answering:
    """What one statement tells of the duty, the days and the filing. A 13G may answer to several deadlines, by its rule."""
    first, last, why_filed = _filed(notice)
    duties = tuple(_duties(notice))
    return Answering(
        rulebook="us_13d_13g",
        duties=duties,
        why=None if duties else "the rule under which the Schedule 13G is filed",
        event=notice.event_date,
        first=first,
        last=last,
        why_filed=why_filed,
    )


def _duties(notice: Notice) -> list[tuple[str, str | None]]:
    amended = notice.status is Status.AMENDMENT
    if notice.form.endswith("13D"):
        if amended:
            return [("us.13d.amend", None)]
        left = ["us.13g.loss", "us.13g.loss.purpose"] if "previouslyFiled" in notice.boxes else []
        return [(duty, None) for duty in ("us.13d.initial", *left)]
    kinds = [kind for rule, kind in _KINDS.items() if rule in notice.boxes]
    if not amended:
        return [(f"us.13g.{kind}.initial", None) for kind in kinds]
    larger = [f"us.13g.amend.10.{kind}" for kind in kinds if kind != "exempt" and _may_exceed(notice)]
    return [(duty, None) for duty in ("us.13g.amend.periodic", *larger)] if kinds else []


def _may_exceed(notice: Notice) -> bool:
    """True where the position may be above 10%, from where amendments have deadlines of their own."""
    percents = [p.percent for p in notice.after]
    return any(not isinstance(p, Number) or p.span().high > _TEN for p in percents) or not percents


def _filed(notice: Notice) -> tuple[date | None, date | None, str | None]:
    """Between which days it was filed."""
    if notice.known_from is None:
        return notice.signed_date, None, _SUBMITTED
    then = notice.known_from.astimezone(ZoneInfo(ZONE))
    accepted = notice.known_basis is not None and notice.known_basis.startswith("accepted")
    if accepted and then.time() > _CLOSING[then.date() >= _LATER]:
        late = "accepted after the hour of closing: it counts as filed on the next business day"
        return then.date() + timedelta(days=1), None, late
    return then.date(), then.date(), None
