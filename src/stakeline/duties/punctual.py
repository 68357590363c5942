"""Was a notice in time: the deadline of the duty that it answers to, put to its days, on the legal calendar.

Every duty that the notice may answer to is asked. It is on time where all say so, and late where all do; where they differ,
what it would have to answer to is named as what would excuse it. What is not known is tried both ways: a day that may be
closed moves no notice from on time to late.
"""

from datetime import date, timedelta

import msgspec

from stakeline.duties.answers import By
from stakeline.duties.deadlines import by
from stakeline.duties.look import Calendars
from stakeline.model.days import BusinessDays
from stakeline.model.punctual import Answering, Punctuality, Timing
from stakeline.model.rules import Deadline, Rule, Rulebook
from stakeline.model.situations import Happening, Investor, IssuerFacts, Situation

_A_DAY = timedelta(days=1)
_LACKING = 3
"""Closed days that a list may lack within one deadline (a storm closes one to three); a notice later than that is not excused by them."""
_ISSUER = IssuerFacts()


class _Asked(msgspec.Struct, frozen=True):
    """One deadline that a notice may have, with the duties that have it. day: of the event, else of learning of it."""

    rules: tuple[Rule, ...]
    deadline: Deadline
    days: BusinessDays | None
    told: Answering
    day: date

    def due(self, aware: date | None) -> By:
        """By when, had the filer learned of the event on that day (None: on the day of the event)."""
        # The day of a notice is the day that its duty rests on, so no other day of a sale is asked.
        event = Happening(type="acquisition", date=self.day)
        situation = Situation(investor=Investor(id=""), event=event, aware=aware)
        rule = msgspec.structs.replace(self.rules[0], late_sale=False)
        return by(rule, self.deadline, situation, self.days)


def punctual(book: Rulebook, told: Answering, calendars: Calendars) -> Punctuality:
    """Whether a notice was filed in time under a rulebook, with its due day and what would have to be known or would excuse it."""
    if not told.duties:
        return _unknown(told.why or "which duty the notice answers to")
    day = told.event or told.aware
    if day is None:
        return _unknown("the day of the event")
    if told.last is None and told.first is None:
        return _unknown(told.why_filed or "the day of filing")
    if told.last is not None and told.last < day:
        return _unknown(f"a day of the event that is not after the filing ({day} is after {told.last})")
    rules = _rules(book, told, day)
    if not rules:
        return _unknown(_no_rule(book, told.duties[0][0], day))
    asked = [_Asked(tuple(r for r, _ in some), some[0][1], _days(some[0][1], calendars), told, day) for some in rules]
    return _agreed([_one(one) for one in asked])


def _unknown(what: str) -> Punctuality:
    return Punctuality(timing=Timing.UNKNOWN, missing=(what,))


def _rules(book: Rulebook, told: Answering, day: date) -> list[list[tuple[Rule, Deadline]]]:
    """The rules in force on the day of the event that the notice may answer to, those of one deadline together."""
    found: list[list[tuple[Rule, Deadline]]] = []
    for duty, event in told.duties:
        rule = next((r for r in book.versions(duty) if r.in_force(day)), None)
        if rule is None:
            return []
        deadline = _deadline(rule, event)
        alike = next((some for some in found if _alike(some[0][1], deadline)), None)
        if alike is None:
            found.append([(rule, deadline)])
        else:
            alike.append((rule, deadline))
    return found


def _deadline(rule: Rule, event: str | None) -> Deadline:
    """The rule's deadline, or the one that a variant has for this event."""
    for variant in rule.variants:
        if variant.deadline is not None and event is not None and event in variant.when.events:
            return variant.deadline
    return rule.deadline


def _alike(one: Deadline, other: Deadline) -> bool:
    """True where two deadlines differ in their words only."""
    return msgspec.structs.replace(one, from_text="") == msgspec.structs.replace(other, from_text="")


def _no_rule(book: Rulebook, duty: str, day: date) -> str:
    """What has to be known where no version of a duty is known to apply."""
    versions = book.versions(duty)
    before = versions[0].before if versions and day < versions[0].since else None
    return f"the law of {day}{f': {before}' if before else ''}"


def _days(deadline: Deadline, calendars: Calendars) -> BusinessDays | None:
    return calendars(deadline.calendar, _ISSUER) if deadline.calendar is not None else None


def _one(asked: _Asked) -> Punctuality:
    """The answer, if the notice has this deadline."""
    told, due = asked.told, asked.due(asked.told.aware)
    answer = Punctuality(
        timing=Timing.UNKNOWN,
        duties=tuple(rule.id for rule in asked.rules),
        rule=due.text,
        citation=asked.rules[0].citation if len(asked.rules) == 1 else None,
        start=due.start,
        first=told.first,
        last=told.last,
        due=due.day,
        earliest=due.earliest,
        latest=due.latest,
        skipped=due.skipped,
        doubts=due.doubts,
    )
    if due.earliest is None:
        return msgspec.structs.replace(answer, missing=due.doubts or (f"a day for {due.text!r}",))
    if told.last is not None and told.last <= due.earliest:
        return msgspec.structs.replace(answer, timing=Timing.ON_TIME)
    if told.first is None or told.first <= due.earliest:
        return msgspec.structs.replace(answer, missing=(told.why_filed or "the day of filing",))
    if due.latest is None or told.first <= due.latest:
        return msgspec.structs.replace(answer, missing=due.doubts)
    counted = _between(asked, due.latest, told.first)
    unless = (*_learned(asked, told.first), *(_lacking(asked, due.latest) if counted <= _LACKING else ()))
    late = Timing.LATE_UNLESS if unless else Timing.LATE
    unit = "business day" if _counted_on(asked) else "calendar day"
    return msgspec.structs.replace(answer, timing=late, unless=unless, days_late=counted, unit=unit)


def _learned(asked: _Asked, filed: date) -> tuple[str, ...]:
    """The first day of learning of the event that would put the filing in time; nothing where the notice tells that day."""
    told, day = asked.told, filed
    if told.asks_aware or told.aware is not None or asked.deadline.start != "aware" or not _reaches(asked, day, filed):
        return ()
    while _reaches(asked, day - _A_DAY, filed):
        day -= _A_DAY
    return (f"the filer learned of it on {day} or later",)


def _lacking(asked: _Asked, due: date) -> tuple[str, ...]:
    """What the calendar's lists may lack on the way to the due day; days that it knows to be in question are counted already."""
    caveats = asked.days.caveats if asked.days is not None else ()
    return tuple(caveat.text for caveat in caveats if caveat.touches(asked.day, due))


def _reaches(asked: _Asked, aware: date, filed: date) -> bool:
    """Whether the filing could be in time, had the filer learned of the event on a day."""
    latest = asked.due(aware).latest
    return latest is None or latest >= filed


def _between(asked: _Asked, due: date, filed: date) -> int:
    """Business days after the due day, to the day of filing; every day where the law counts calendar days."""
    days, all_ = _counted_on(asked), (filed - due).days
    return all_ if days is None else sum(bool(days.is_open(due + n * _A_DAY)) for n in range(1, all_ + 1))


def _counted_on(asked: _Asked) -> BusinessDays | None:
    """The business days that lateness is counted in; None where the law counts every day."""
    return None if asked.deadline.unit == "calendar_day" else asked.days


def _agreed(found: list[Punctuality]) -> Punctuality:
    """What the deadlines that a notice may have say together: the first that makes it late decides, the others may excuse it."""
    duties = tuple(dict.fromkeys(duty for one in found for duty in one.duties))
    late = next((one for one in found if one.late), None)
    if late is None:
        unknown = next((one for one in found if one.timing is Timing.UNKNOWN), found[0])
        return msgspec.structs.replace(unknown, duties=duties)
    others = tuple(words for one in found if one is not late for words in _instead(one))
    unless = (*late.unless, *others)
    timing = Timing.LATE_UNLESS if unless else Timing.LATE
    return msgspec.structs.replace(late, timing=timing, unless=unless, duties=duties)


def _instead(one: Punctuality) -> tuple[str, ...]:
    """How another deadline would excuse a notice, in words; nothing where it is late for certain under that one too."""
    if one.timing is Timing.LATE:
        return ()
    words = f"its deadline is {one.rule}: {one.due or one.latest or 'a day that is not known'}"
    return tuple(f"{words}, and {more}" for more in one.unless) or (words,)
