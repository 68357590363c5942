"""Where the event was read, and what a reader would ask that the ledger does not know."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from stakeline.briefs import days
from stakeline.briefs.happening import ends, verb
from stakeline.briefs.phrases import clean
from stakeline.model.context import Context
from stakeline.model.figures import Figure, Place
from stakeline.model.law import Citation, Regime
from stakeline.model.moments import end_of_day
from stakeline.model.notices import Status
from stakeline.model.stakes import Cause, Entry, Event, EventKind

_ISO = re.compile(r"\b([12][0-9]{3})-([0-9]{2})-([0-9]{2})\b")
_FORM = re.compile(r"([0-9][0-9A-Z]{0,2})(-2003)?")
_SCHEDULE = re.compile(r"(?:SC )?(13[DG])")
_OUR_NAME = re.compile(r"[0-9a-f]{12}(?:#[0-9]+)?")
"""How a filing, or one event of it, is called that nothing in its source names."""
_KINDS = {
    "list": "list of notices",
    "date list": "list of notices",
    "person list": "list of notices",
    "consolidated": "consolidated list",
    "complete": "complete list",
    "summary": "daily summary",
}
_MONTHS = tuple(m[:3] for m in days.MONTHS)
_MONTH = re.compile(r"\b([A-Z][a-z]{2})[a-z]* ([12][0-9]{3})\b", re.ASCII)
_SPELLED = re.compile(r"\b([0-9]{1,2}) ([A-Z][a-z]{2})[a-z]* ([12][0-9]{3})\b")


def dates_in(text: str) -> tuple[date, ...]:
    """The days that a citation names, "2022-11-14" or "14 Nov(ember) 2022"."""
    numbers = [(int(y), int(m), int(d)) for y, m, d in _ISO.findall(text)]
    numbers += [(int(y), _MONTHS.index(m) + 1, int(d)) for d, m, y in _SPELLED.findall(text) if m in _MONTHS]
    found = []
    for year, month, day in numbers:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(found)


def published(cite: str) -> date | None:
    """The day that a citation names (of several the latest; a month without a day is its first), or None."""
    named = [date(int(year), _MONTHS.index(month) + 1, 1) for month, year in _MONTH.findall(cite) if month in _MONTHS]
    return max([*dates_in(cite), *named], default=None)


def cites_known(place: Place, known: datetime, zone: str) -> tuple[str, ...]:
    """What a place cites, without the sources that were published after that moment: one of a day counts from its end."""
    days_ = ((cite, published(cite)) for cite in place.cites)
    return tuple(clean(cite) for cite, day in days_ if day is None or end_of_day(day, zone) <= known)


def entry_figures(entry: Entry) -> Iterator[Figure]:
    """The figures that were read of an event."""
    told = (
        entry.moved,
        entry.price,
        entry.other_price,
        entry.before.percent,
        entry.after.percent,
        entry.after.shares,
        entry.event_day,
    )
    return (f for f in told if f is not None and not f.derived)


def told_by(event: Event, regime: Regime, known: datetime, zone: str) -> tuple[str, ...]:
    """The documents and sources of an event, since when it was public, who reported it, and why the cause is read so."""
    entry = event.entry
    places = [p for f in entry_figures(entry) for p in f.places]
    names = tuple(dict.fromkeys(clean(p.name) for p in places))
    cites = tuple(dict.fromkeys(c for p in places for c in cites_known(p, known, zone)))
    lines = [_kind(entry, cites) + (f", in {', '.join(names)}" if names else "")]
    if entry.known_from is not None:
        lines.append(f"public since {days.moment(entry.known_from, zone)}")
    if entry.status is Status.WITHDRAWN and entry.status_day is not None:
        lines.append(f"withdrawn on {days.day(entry.status_day)}, by a remark to the notice or in a list")
    if len(entry.seats) > 1:
        lines.append(f"one position, reported by {'; '.join(clean(s) for s in entry.seats)}")
    if event.cause_why and event.cause is not Cause.UNKNOWN:
        lines.append(f"the cause is read as {event.cause.value}: {clean(event.cause_why)}")
    lines.extend(clean(doubt) for doubt in entry.doubts)
    cited = _citation(event, regime)
    if cited is not None:
        lines.append(f"law: {cited}")
    return tuple(lines)


def _citation(event: Event, regime: Regime) -> Citation | None:
    """What the law says of such an event, in the version that applied on its day."""
    levels = regime.levels_on(event.day, event.leg.value)
    if levels is None or event.law is None:  # what passes no level, as far as is known, falls under none of them
        return None
    return {
        EventKind.ENTRY: levels.enter,
        EventKind.EXIT: levels.cease,
        EventKind.CROSSING: levels.change,
    }.get(event.kind)


def _kind(entry: Entry, cites: tuple[str, ...]) -> str:
    """Gives "press reports of 14 and 15 November 2022 (...)", "notice CS20221111E00123 (Form 2)"."""
    behind = f" ({'; '.join(cites)})" if cites else ""
    serials = ", ".join(clean(s) for s in entry.serials)
    if entry.form == "press":
        dates = sorted({d for c in cites for d in dates_in(c)})
        return "press reports" + (f" of {days.days(dates)}" if dates else "") + behind
    form = _form(entry)
    if form is not None and not serials:
        name = "" if _OUR_NAME.fullmatch(entry.id) else f", {clean(entry.id)} at the source"
        return f"notice without a serial number{name} ({form}){behind}"
    form = form or _KINDS.get(entry.form, clean(entry.form))
    return (f"notice {serials} ({form})" if serials else form) + behind


def _form(entry: Entry) -> str | None:
    """Gives "Form 2", "Form 2, layout until 2017", "Schedule 13D"; None where no notice itself was read, but a list or the press."""
    schedule = _SCHEDULE.fullmatch(entry.form)
    if schedule is not None:
        return f"Schedule {schedule[1]}{'/A' if entry.amendment is not None else ''}"
    found = _FORM.fullmatch(entry.form)
    return f"Form {found[1]}{', layout until 2017' if found[2] else ''}" if found else None


def _no_start(event: Event) -> bool:
    """True where a percentage is told after the event and none before it, which was none of an entry."""
    before, after = ends(event)
    return before is None and event.kind is not EventKind.ENTRY and (after is not None or not event.entry.any_size)


def unknown(event: Event, gap: Event | None, context: Context) -> tuple[str, ...]:
    """What is missing, without a figure in it."""
    if event.entry.withdrawn:
        return ("why the notice was withdrawn or replaced", "what was held in truth, unless another notice tells it")
    entry, after = event.entry, event.entry.after.shares
    count = context.class_count
    asked = (
        (event.security.share_class is None, "which class of shares it was: the sources do not say"),
        (
            not entry.serials and _form(entry) is None,
            "who filed the notice and on which day: the notice itself was not loaded",
        ),
        (verb(event) is not None and entry.price is None, "the price: no source known by then gives one"),
        (verb(event) is not None and entry.moved is None, "how many shares changed hands"),
        (event.cause is Cause.UNKNOWN and event.kind is EventKind.CROSSING, "why the percentage moved"),
        (
            event.entry.any_size and not any(ends(event)),
            "what percentage of the class it is: the notice does not tell it",
        ),
        (_no_start(event), "the percentage before"),
        (
            entry.issued is None and (count is None or count.day != event.day.isoformat()),
            "how many shares of the class were in issue on the day itself",
        ),
        (after is None or after.span is not None, "the exact number of shares left"),
        (
            gap is None and event.kind not in (EventKind.ENTRY, EventKind.GAP),
            "what moved before: no earlier notice of this holder in this class was known",
        ),
        (context.prices.last_close is None, "the share price: no close was known"),
        (context.results is None, "the issuer's results: none were known"),
    )
    return tuple(words for missing, words in asked if missing)
