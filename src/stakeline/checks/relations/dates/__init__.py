"""Days and the time between them.

days   weekdays, calendar, spans
filed  a trade and its report, time between days
"""

from stakeline.checks.relations.dates import days, filed

ALL = (
    days.weekdays,
    days.calendar,
    days.weekends,
    days.spans,
    days.ends,
    days.steps,
    days.put_off,
    days.peaks,
    filed.order,
    filed.foreseen,
    filed.ahead,
    filed.elapsed,
    filed.stretches,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
