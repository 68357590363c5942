"""By when: a rule's deadline put to the days of one event, on the legal calendar. What is not known gives a span, or no day."""

from calendar import monthrange
from datetime import date, timedelta

from stakeline.duties.answers import By
from stakeline.duties.worlds import Missing
from stakeline.model.days import BusinessDays, Due
from stakeline.model.rules import Deadline, Rule
from stakeline.model.situations import Situation


def by(rule: Rule, deadline: Deadline, asked: Situation, days: BusinessDays | None) -> By:
    """The last day for a notice. A start that is not told leaves the day unknown, with what is missing as a doubt."""
    words = deadline.text or _words(deadline)
    try:
        start = _start(rule, deadline, asked, days)
    except Missing as missing:
        return By(text=words, time=deadline.time, zone=deadline.zone, doubts=(f"{missing} is not told",))
    due = _end(deadline, start, days)
    if due is None:
        doubts = ("which legal calendar counts is not known",) if deadline.count is not None else ()
        return By(text=words, start=start, time=deadline.time, zone=deadline.zone, doubts=doubts)
    return By(
        day=due.day,
        earliest=due.earliest,
        latest=due.latest,
        time=deadline.time,
        zone=deadline.zone,
        start=start,
        text=words,
        skipped=due.skipped,
        doubts=due.doubts,
    )


def _end(deadline: Deadline, start: date, days: BusinessDays | None) -> Due | None:
    """The last day, counted from a start; None where the rule is no arithmetic or its calendar is not known."""
    count = deadline.count
    if deadline.day_of_month is not None:
        first = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        return _rolled(first.replace(day=deadline.day_of_month), deadline, days)
    if count is None:
        return None
    if deadline.unit == "calendar_day" or count == 0:
        return _rolled(start + timedelta(days=count), deadline, days)
    if deadline.unit == "weekday":
        end = _weekdays(start, count)
        return Due(end, end)
    if days is None:
        return None
    return _either(days.count(start, count), start + timedelta(days=count), deadline)


def _either(due: Due, plain: date, deadline: Deadline) -> Due:
    """Where the law says "days" and it is not settled which: from so many calendar days to so many business days."""
    if deadline.unit != "day" or due.day == plain:
        return due
    doubt = "the law says days; whether calendar days or trading days is not settled"
    return Due(min(due.earliest, plain), due.latest, due.skipped, (*due.doubts, doubt))


def relevant(rule: Rule, asked: Situation) -> date:
    """The day that the duty rests on: of a sale, where the rule says so, delivery. Raises Missing where that is not told."""
    event = asked.event
    if rule.late_sale and event.type == "disposal":
        if event.settlement_date is not None:
            return event.settlement_date
        if any(line.date == event.date and not line.settled for line in asked.positions):
            raise Missing("the day of delivery")
    return event.date


def _start(rule: Rule, deadline: Deadline, asked: Situation, days: BusinessDays | None) -> date:
    """The day that is counted from. Raises Missing where it is not told."""
    day = asked.event.date
    match deadline.start:
        case "event" | "aware":
            return _known(relevant(rule, asked), deadline, asked, days)
        case "month_end" | "quarter_end" | "year_end":
            months = {"month_end": 1, "quarter_end": 3, "year_end": 12}[deadline.start]
            month = (day.month - 1) // months * months + months
            return date(day.year, month, monthrange(day.year, month)[1])
        case _:
            return _fiscal_end(asked)


def _known(event: date, deadline: Deadline, asked: Situation, days: BusinessDays | None) -> date:
    """The day of the event, or of knowing of it where that is later and counts: no later than knowledge is taken to be."""
    if deadline.start == "event":
        return event
    aware = max(event, asked.aware or event)
    if deadline.deemed is not None and days is not None and aware > event:
        latest = days.count(event, deadline.deemed).latest
        return aware if latest is None else min(aware, latest)
    return aware


def _fiscal_end(asked: Situation) -> date:
    """The end of the issuer's fiscal year in which the event fell."""
    end, day = asked.issuer.fiscal_year_end, asked.event.date
    if end is None:
        raise Missing("the end of the issuer's fiscal year")
    year = day.year if (day.month, day.day) <= (end.month, end.day) else day.year + 1
    return date(year, end.month, min(end.day, monthrange(year, end.month)[1]))


def _rolled(end: date, deadline: Deadline, days: BusinessDays | None) -> Due | None:
    """A day of the calendar, moved to the next business day where the rule says so."""
    if not deadline.roll:
        return Due(end, end)
    return None if days is None else days.roll(end)


def _weekdays(start: date, count: int) -> date:
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _words(deadline: Deadline) -> str:
    """The rule in words: "3 business days after the relevant event"."""
    if deadline.day_of_month is not None:
        return f"day {deadline.day_of_month} of the month after {deadline.from_text}"
    if deadline.count is None:
        return deadline.from_text
    unit = (deadline.unit or "day").replace("_", " ")
    return f"{deadline.count} {unit}{'' if deadline.count == 1 else 's'} after {deadline.from_text}"
