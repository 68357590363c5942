"""Which duty a report on Form 13F answers to, and the day it was filed."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from stakeline.model.moments import end_of_day
from stakeline.model.notices import Status
from stakeline.model.portfolios import ReportHead
from stakeline.model.punctual import Answering
from stakeline.regimes.us.submissions import ZONE

_OPEN = time(17, 30)
"""EDGAR counts what it accepts after 5:30 p.m. as filed on the next business day (17 CFR 232.13(a)(2)); a few forms have until 10 p.m."""
_DUTY = ("us.13f.manager", "test_date")


def report_answers(head: ReportHead) -> Answering:
    """What a report tells of its duty, its quarter and its filing. No day is set for an amendment."""
    first, last, why_filed = _filed(head)
    amends = head.status is Status.AMENDMENT
    return Answering(
        rulebook="us_13f",
        duties=() if amends else (_DUTY,),
        why="a day, for an amendment has none" if amends else None,
        event=head.period,
        first=first,
        last=last,
        why_filed=why_filed,
    )


def _filed(head: ReportHead) -> tuple[date | None, date | None, str | None]:
    """Between which days it was filed. Where only the day of filing was told it was taken to be public at the end of it."""
    if head.known_from is None:
        return None, None, "the day of filing: the cover does not tell it, the header of its submission does"
    then = head.known_from.astimezone(ZoneInfo(ZONE))
    if then.time() > _OPEN and head.known_from != end_of_day(then.date(), ZONE):
        why = "accepted after 5:30 p.m.: it counts as filed on the next business day"
        return then.date() + timedelta(days=1), None, why
    return then.date(), then.date(), None
