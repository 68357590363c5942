"""What `duty` prints."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from stakeline.cli import printing
from stakeline.duties import Step
from stakeline.model.problems import quote
from stakeline.workflows.forms import Boxed
from stakeline.workflows.owed import Asked, Deadline, Duties, Event, Notice, Space

if TYPE_CHECKING:
    from rich.console import Console

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show(answer: Duties, *, every: bool, traced: bool, room: bool) -> None:
    """Print an answer. every: events without a duty too. traced: with the working. room: with the headroom."""
    out = printing.console()
    for asked in answer.asked:
        mine = [e for e in answer.events if (e.security, e.regime) == (asked.security, asked.regime)]
        out.print(_heading(asked), style="bold", soft_wrap=True)
        for line in _events(mine, every=every, traced=traced):
            out.print(line, soft_wrap=True)
        if room:
            _rooms(out, [r for r in answer.rooms if (r.security, r.regime) == (asked.security, asked.regime)])
        out.print()
    out.print(printing.NO_ADVICE, style="dim")


def _heading(asked: Asked) -> str:
    named = f"{quote(asked.investor)}{f' in {quote(asked.security)}' if asked.security else ''}"
    guessed = f"; the rulebook was taken from {quote(asked.guessed)}" if asked.guessed else ""
    return f"{named}: {asked.title} ({asked.regime}, law as of {asked.law_as_of}{guessed})"


def _events(events: list[Event], *, every: bool, traced: bool) -> Iterator[str]:
    """The events in words, and what is said of all of them."""
    shown = [event for event in events if every or event.duty is not False]
    for event in shown:
        yield ""
        yield from _event(event)
        if traced:
            yield from _trace(event.trace)
    unknown = [event for event in events if event.duty is None]
    silent = len(events) - len(shown)
    if not shown:
        yield "  no filing is due"
    if unknown:
        missing = dict.fromkeys(text for event in unknown for text in event.missing)
        yield ""
        yield f"  unknown: {_count(len(unknown))}; missing: {'; '.join(missing)}"
    if silent:
        yield f"  {_count(silent)} without a duty (--all prints them)"


def _count(number: int) -> str:
    return f"{number:,} event{'' if number == 1 else 's'}"


def _event(event: Event) -> Iterator[str]:
    happening = event.happening
    answer = {True: "DUE", False: "not due", None: "UNKNOWN"}[event.duty]
    period = f" ({happening.period})" if happening.period else ""
    told = f", supposed: {quote(event.what_if)}" if event.what_if else ", as the lines show" if event.supposed else ""
    yield f"  {_day(happening.date)}: {happening.type.replace('_', ' ')}{period}{told}: {answer}"
    for notice in event.notices:
        yield from (f"    {line}" for line in _notice(notice))
    if not event.notices:
        yield f"    {quote(event.reason) if event.duty is False else event.reason}"
    elif event.missing:
        yield f"    not known, and it matters: {'; '.join(event.missing)}"


def _notice(notice: Notice) -> Iterator[str]:
    """One notice, a fact a line."""
    yield f"{notice.name}{_moved(notice)}"
    yield from (f"  {working}" for working in notice.measured)
    yield f"  due by     {_by(notice.deadline)}"
    yield f"             {notice.deadline.rule}{_from(notice.deadline)}"
    yield from (f"  skipped    {_day(day)}: {why}" for day, why in notice.deadline.skipped)
    yield from (f"  doubt      {doubt}" for doubt in notice.deadline.doubts)
    yield f"  form       {notice.form or 'depends on what is not told'}"
    yield f"  to         {'; '.join(notice.recipients)}"
    yield f"  section    {notice.section}"
    if notice.consequences:
        yield f"  otherwise  {notice.consequences}"
    if notice.boxes:
        described = any(entry.box for entry in notice.boxes)
        yield f"  {'into the boxes of ' + (notice.form or 'the form') if described else 'facts for the form'}, as far as known:"
        yield from (f"    {_place(entry)}: {entry.value}" for entry in notice.boxes)
    if notice.contrast:
        yield "  contrast, not the law's base:"
    for beside in notice.contrast:
        levels = (
            f"level {beside.level_before or 'none'} to {beside.level_after or 'none'}" if beside.levels else "no level"
        )
        yield f"    of {beside.base}: {beside.before}% to {beside.after}%: {levels}"
    yield f"  confidence {notice.confidence}: {notice.evidence}; this version applies since {notice.version_since}"
    yield from (f"  open       {question}" for question in notice.open)


def _place(entry: Boxed) -> str:
    """The box, and which of its columns where it has several."""
    if entry.box is None:
        return entry.name
    return f"{entry.box}, {entry.name}" if entry.field.startswith("trades.") else entry.box


def _moved(notice: Notice) -> str:
    """What was passed: "level 9 to 8 of class B, long"."""
    words = []
    if notice.levels:
        passed = f"{', '.join(f'{level}%' for level in notice.levels)} passed"
        if notice.direction in ("up", "down"):
            passed += f" {notice.direction}wards"
        if notice.level_before != notice.level_after:
            passed += f" (level {notice.level_before or 'none'} to {notice.level_after or 'none'})"
        words.append(passed)
    elif notice.change:
        words.append(f"change: {notice.change.replace('_', ' ')}, {notice.direction}")
    if notice.leg:
        words.append(f"{notice.leg.replace('_', ' ')}{f', class {notice.share_class}' if notice.share_class else ''}")
    if notice.company:
        words.append(f"in {notice.company}")
    return f": {'; '.join(words)}" if words else ""


def _day(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day}"


def _by(by: Deadline) -> str:
    cut_off = f", {by.time}{f' {by.zone}' if by.zone else ''}" if by.time else ""
    if by.day is not None:
        return f"{_day(by.day)}{cut_off}"
    if by.earliest is None:
        return f"no known day{cut_off}"
    return f"between {_day(by.earliest)} and {_day(by.latest) if by.latest else 'a day that is not known'}{cut_off}"


def _from(by: Deadline) -> str:
    return f"; counted from {by.counted_from}" if by.counted_from else ""


def _trace(trace: Iterable[Step]) -> Iterator[str]:
    yield "    trace:"
    for step in trace:
        yield f"      {step.text}{f' [{step.citation}]' if step.citation else ''}"


def _rooms(out: "Console", rooms: list[Space]) -> None:
    if not rooms:
        out.print("  headroom: no line stands in counts")
        return
    columns = ("leg", "class", "what", "until", "duty then", "form", "section")
    rows = [
        (r.leg.replace("_", " "), r.share_class, r.what, _until(r), r.duty or _unsettled(r), r.form, r.section)
        for r in rooms
    ]
    out.print(f"\n  headroom after {rooms[0].on} (shares; for the capital the issued shares that trigger it):")
    out.print(printing.Table(columns, rows, whole=columns[:4], right=("until",)))


def _until(room: Space) -> str:
    return f"{room.count:,}" if room.count is not None else "not known" if room.unsettled else "none"


def _unsettled(room: Space) -> str:
    if not room.unsettled:
        return "none within reach"
    sure = f"due from {room.sure:,} on; " if room.sure is not None else ""
    return f"{sure}not settled: {room.unsettled}"
