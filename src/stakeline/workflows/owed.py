"""What `duty` answers: notices that are due, with everything a reader needs to file them, and how the law was read."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

import msgspec

from stakeline.duties import Due, Step, percent, shown
from stakeline.model.rules import Rule, Rulebook
from stakeline.model.situations import Happening, Situation
from stakeline.workflows.forms import Boxed, boxes
from stakeline.workflows.measuring import Contrast, Kept, contrasts, level_of


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """By when. day: the last day, None where it is not one known day; earliest and latest then say what is known.

    time, zone: cut-off of that day. counted_from: the day that is counted from. rule: in words. skipped: days not counted, with why.
    """

    day: date | None
    earliest: date | None
    latest: date | None
    time: str | None
    zone: str | None
    counted_from: date | None
    rule: str
    skipped: tuple[tuple[date, str], ...]
    doubts: tuple[str, ...]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """The same move on a base that is not the law's: shown as a contrast, never as law. levels: as if they were of this base."""

    base: str
    before: str
    after: str
    levels: tuple[str, ...]
    level_before: str | None
    level_after: str | None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice that is due. Percentages are exact where they end within six places, cut there otherwise.

    levels: passed, and level_before, level_after: the law's highest level at which the figure stands. measured: the working of both figures.
    consequences: of filing late or not. confidence, evidence, open: how well the rule is known. boxes: of the form, as far as known.
    """

    duty: str
    name: str
    leg: str | None
    share_class: str | None
    company: str | None
    levels: tuple[str, ...]
    change: str | None
    direction: str
    before: str | None
    after: str | None
    level_before: str | None
    level_after: str | None
    measured: tuple[str, ...]
    deadline: Deadline
    form: str | None
    recipients: tuple[str, ...]
    section: str
    consequences: str | None
    confidence: str
    evidence: str
    open: tuple[str, ...]
    version_since: date
    boxes: tuple[Boxed, ...]
    contrast: tuple[Beside, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One event and its answer under one rulebook. duty: None for unknown; `missing` then names what decides it.

    supposed: not told, but taken from a change of the lines or the capital, or a test day of the law. what_if: the words it was
    supposed by.
    """

    security: str | None
    regime: str
    happening: Happening
    supposed: bool
    what_if: str | None = None
    duty: bool | None
    reason: str
    missing: tuple[str, ...]
    notices: tuple[Notice, ...]
    trace: tuple[Step, ...]


class Space(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is to the next duty, in one leg or the capital; see `duties.Room`. form, section: of that duty."""

    security: str | None
    regime: str
    on: date
    leg: str
    share_class: str | None
    what: str
    count: int | None
    duty: str | None
    form: str | None
    section: str | None
    unsettled: str | None
    sure: int | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One security under one rulebook, as it was put. guessed: from what the rulebook was taken."""

    security: str | None
    regime: str
    title: str
    law_as_of: date
    investor: str
    guessed: str | None


class Duties(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `duty`. events: in order, security by security. rooms: where headroom was asked."""

    asked: tuple[Asked, ...]
    events: tuple[Event, ...]
    rooms: tuple[Space, ...] = ()
    advice: str = "Neither legal nor investment advice."


def notice_of(
    book: Rulebook, due: Due, asked: Situation, kept: Kept, trace: Sequence[Step], security: str | None
) -> Notice:
    """A due notice with what its rule, its form and other bases say. kept: the positions."""
    rule = next(r for r in book.versions(due.duty) if r.since == due.since)
    day = asked.event.date
    by = due.by
    return Notice(
        duty=due.duty,
        name=due.name,
        leg=due.leg,
        share_class=due.share_class,
        company=due.company,
        levels=tuple(map(shown, due.levels)),
        change=due.change,
        direction=due.direction,
        before=_shown(due.before),
        after=_shown(due.after),
        level_before=_level(rule, day, due.before) if due.levels else None,
        level_after=_level(rule, day, due.after) if due.levels else None,
        measured=tuple(_working(due, rule, day, trace)),
        deadline=Deadline(
            day=by.day,
            earliest=by.earliest,
            latest=by.latest,
            time=by.time,
            zone=by.zone,
            counted_from=by.start,
            rule=by.text,
            skipped=by.skipped,
            doubts=by.doubts,
        ),
        form=due.form,
        recipients=due.recipients,
        section=due.citation,
        consequences=rule.consequences,
        confidence=due.confidence,
        evidence=rule.evidence,
        open=rule.open,
        version_since=due.since,
        boxes=boxes(book, rule, due, asked, kept, security),
        contrast=tuple(_beside(one, rule, day) for one in contrasts(due, rule, asked, kept)),
    )


def _shown(figure: Fraction | None) -> str | None:
    return None if figure is None else shown(figure)


def _level(rule: Rule, day: date, figure: Fraction | None) -> str | None:
    return None if figure is None else _shown(level_of(rule, day, figure))


def _working(due: Due, rule: Rule, day: date, trace: Sequence[Step]) -> Iterator[str]:
    """The two figures with the lines and the denominator that they come from, as the trace has them."""
    floor = f", rounded down to a multiple of {rule.measure.floor}%" if rule.measure and rule.measure.floor else ""
    for when, figure in (("before", due.before), ("after", due.after)):
        if figure is None:
            continue
        start = f"{due.leg} {when} {day}: "
        told = (step.text.removeprefix(start) for step in trace if step.text.startswith(start))
        text = next((text for text in told if text.startswith(percent(figure))), percent(figure))
        yield f"{when} {text}{floor}"


def _beside(one: Contrast, rule: Rule, day: date) -> Beside:
    return Beside(
        base=one.base,
        before=shown(one.before),
        after=shown(one.after),
        levels=tuple(map(shown, one.levels)),
        level_before=_level(rule, day, one.before),
        level_after=_level(rule, day, one.after),
    )
