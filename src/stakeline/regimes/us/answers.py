"""Which duty of section 16 a notice answers to, and the day it was filed."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from stakeline.model.notices import LineKind, Notice, Status
from stakeline.model.punctual import Answering
from stakeline.regimes.us import schedule_answers
from stakeline.regimes.us.submissions import ZONE

_INSIDERS = {"director", "officer"}
_DUTIES = {"3": "us.16.form3", "4": "us.16.form4", "5": "us.16.form5"}
_EVENTS = {"3": "appointment", "5": "unreported_transaction"}
_OPEN = time(22)
"""EDGAR counts what it accepts after 10 p.m. as filed on the next business day (17 CFR 232.13(a)(4))."""
_SUBMITTED = "the day of filing: the XML of a form does not tell it, the header of its submission does"


def answers(notice: Notice) -> Answering:
    """What one document tells of the duty, the days and the filing of a notice. A Form 4 is due by its earliest transaction.

    Rows that count as executed on a later day (a plan trade whose day the insider does not choose) count from that day.
    """
    if notice.form in schedule_answers.FORMS:
        return schedule_answers.answers(notice)
    first, last, why_filed = _filed(notice)
    duty, why = _duty(notice)
    return Answering(
        rulebook="us_section16",
        duties=((duty, _EVENTS.get(notice.form)),) if duty else (),
        why=why,
        event=_event(notice),
        first=first,
        last=last,
        why_filed=why_filed,
    )


def _duty(notice: Notice) -> tuple[str | None, str | None]:
    """The duty by form and role, or why it is not known."""
    duty = _DUTIES.get(notice.form)
    if duty is None:
        return None, "the deadline of a Form 144, which runs with the order to sell"
    if notice.status is Status.AMENDMENT:
        return None, f"when the notice was filed that it amends (of {notice.original_date or 'a day not told'})"
    if notice.form == "4" and _event(notice) is None:
        return None, "no row of it had to be reported on a Form 4"
    roles = {role for holder in (notice.holder, *notice.joint) for role in holder.roles}
    if not roles:
        return None, "how the reporting person stands to the issuer"
    return duty if roles & _INSIDERS else f"{duty}.holder", None


def _event(notice: Notice) -> date | None:
    """The day from which the notice was due: of a Form 4 the earliest of its rows that belong on one."""
    if notice.form != "4":
        return notice.event_date
    days = [
        line.deemed or line.day
        for line in notice.lines
        if line.kind is LineKind.TRANSACTION and line.filed_as in {None, "4"}
    ]
    return min((day for day in days if day), default=None)


def _filed(notice: Notice) -> tuple[date | None, date | None, str | None]:
    """Between which days it was filed."""
    if notice.known_from is None:
        return notice.signed_date, None, _SUBMITTED
    then = notice.known_from.astimezone(ZoneInfo(ZONE))
    if then.time() > _OPEN and notice.known_basis and notice.known_basis.startswith("accepted"):
        return (
            then.date() + timedelta(days=1),
            None,
            "accepted after 10 p.m.: it counts as filed on the next business day",
        )
    return then.date(), then.date(), None
