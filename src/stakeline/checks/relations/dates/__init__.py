"""Days and the time between them.

days      weekdays, calendar, spans
weekdays  weekdays that fit one another in no year
filed     a trade and its report
elapsed   the time said to lie between two days
sequels   what came next, days of trading in a stretch, stretches that end before they begin
"""

from stakeline.checks.relations.dates import days, elapsed, filed, sequels, weekdays

ALL = (
    days.weekdays,
    weekdays.disagreeing,
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
    elapsed.elapsed,
    elapsed.stretches,
    sequels.sequels,
    sequels.sessions,
    sequels.backwards,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
