"""One event put to one rulebook: which notices are due, by when and why, or what would have to be known to say."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import msgspec

from stakeline.duties.answers import Answer, By, Due, Step, percent
from stakeline.duties.conditions import holds
from stakeline.duties.deadlines import by
from stakeline.duties.figures import Figure, Lines
from stakeline.duties.look import Book, Calendars, Case, Look, answers, responds, same
from stakeline.duties.triggers import Fired, fired, group_reports
from stakeline.duties.worlds import Missing, tried
from stakeline.model.errors import UnknownName
from stakeline.model.rules import Deadline, Exemption, Kind, Measure, Passive, Rule, Rulebook, Trigger
from stakeline.model.situations import PASSIVE, Holding, Situation

_FIGURED = (Kind.LEVELS, Kind.DISTANCE, Kind.CHANGE, Kind.MATERIAL)
"""Triggers that a move of the denominator alone may fire."""


class _Found(msgspec.Struct):
    """What one world gave: notices due, what is not known, and the working."""

    dues: list[Due]
    unknown: list[str]
    steps: list[Step]


class _Version(msgspec.Struct, frozen=True):
    """A rule as its variants have it for this event."""

    form: str | None
    triggers: tuple[Trigger, ...]
    deadline: Deadline
    citation: str


def assess(
    book: Rulebook, asked: Situation, calendars: Calendars, *, lines: Lines | None = None, traced: bool = True
) -> Answer:
    """Which filings one event makes due under a rulebook.

    The answer's `duty` is None where facts are missing that decide it; `missing` then names them. Of several notices due
    the main one comes first. A question in the situation leaves only the duty, form or leg that it names.
    lines: the positions, where they have been put in order before. traced: False leaves the working out, for many at once.
    """
    ready, told = _ready(book), lines or Lines(asked.positions, asked.issuer.capital)
    chosen = _chosen(ready, asked)
    try:
        worlds = list(tried(lambda world: _found(Case(ready, asked, told, calendars, world, traced=traced), chosen)))
    except Missing as missing:
        return Answer(duty=None, missing=(str(missing),), reason=f"unknown: {missing} is not told")
    return _agreed(worlds)


_kept: dict[int, Book] = {}


def _ready(book: Rulebook) -> Book:
    """The rulebook as it is asked. Kept by identity: hashing a whole rulebook would cost more than using it."""
    kept = _kept.get(id(book))
    if kept is None:
        kept = _kept[id(book)] = Book(book)  # holds the rulebook too, so that no other gets its identity
    return kept


def _chosen(book: Book, asked: Situation) -> list[str]:
    """The duties that are looked at. Raises UnknownName where the question names none of the rulebook's."""
    question = asked.question
    if question is None:
        return book.responding(asked.event)[0]
    found = list(book.duties)
    if question.duty is not None:
        found = [duty for duty in found if same(duty, question.duty)]
        if not found:
            raise UnknownName(f"{book.told.code} has no duty {question.duty!r}; it has: {', '.join(book.duties)}")
    if question.leg is not None:
        found = [duty for duty in found if any(_tests(rule.measure, question.leg) for rule in book.duties[duty])]
    return found


def _tests(measure: Measure | None, leg: str) -> bool:
    return measure is not None and (measure.leg == leg or leg in measure.accepts)


def _found(case: Case, chosen: Sequence[str]) -> _Found:
    """Every duty looked at in one world."""
    found = _Found([], [], [])
    asked = case.asked
    looking = case.book.responding(asked.event)[1]
    for duty in chosen:
        versions = case.book.duties[duty]
        rule = next(filter(lambda rule: rule.in_force(asked.event.date), versions), None)
        if rule is None:
            _out_of_force(case, versions, found)
            continue
        if id(rule) not in looking:
            continue
        for company, share_class in _targets(rule, case):
            try:
                due = _due(Look(case, rule, company, share_class), found.steps)
            except Missing as missing:
                found.unknown.append(str(missing))
                found.steps.append(Step(f"{rule.name}: unknown, {missing} is not told", rule.citation))
            else:
                if due is not None:
                    found.dues.append(due)
    if asked.question is not None and asked.question.form is not None:
        found.dues = [due for due in found.dues if due.form == asked.question.form]
    return found


def _out_of_force(case: Case, versions: Sequence[Rule], found: _Found) -> None:
    """A duty of which no version applies on the day: it was not, it is no more, or it is not known."""
    day, first = case.asked.event.date, versions[0]
    if day >= first.since:
        found.steps.append(Step(f"{first.name}: no such duty on {day}: {versions[-1].ended}", versions[-1].citation))
        return
    if first.none_before:
        found.steps.append(Step(f"{first.name}: no such duty before {first.since}", first.citation))
        return
    if not answers(first, case.asked.event):
        return
    looks = [Look(case, first, *target) for target in _targets(first, case)]
    if any(holds(case.book.standing(first), look) for look in looks):
        what = f"the rule before {first.since} ({first.before or 'its start is not researched'})"
        found.unknown.append(what)
        found.steps.append(Step(f"{first.name}: {what} is not known", first.citation))


def _targets(rule: Rule, case: Case) -> list[tuple[str | None, str | None]]:
    """The companies and classes that a rule is looked at in."""
    measure = rule.measure
    if measure is None:
        return [(None, None)]
    issuer = case.asked.issuer
    companies: list[str | None] = [None]
    if measure.companies == "associated":
        companies = [c.id for c in issuer.related if c.relation == "associated_corporation"]
    elif measure.companies == "bid":
        companies += [c.id for c in issuer.related if c.relation == "offeror" and c.consideration != "cash"]
    if measure.companies != "issuer":
        told = {c.id for c in issuer.related}
        untold = [c for c in case.lines.classes if c is not None and c not in told]
        companies += [
            c for c in untold if case.world.holds(f"whether {c}, of which nothing is told, counts in {rule.name}")
        ]
    if not measure.by_class:
        return [(company, None) for company in companies]
    return [(company, name) for company in companies for name in case.lines.classes.get(company, [None])]


def _due(look: Look, steps: list[Step]) -> Due | None:
    """The notice that a rule asks for because of the event, or None."""
    rule = look.rule
    if not holds(rule.applies, look):
        return None
    version = _version(look)
    for trigger in version.triggers:
        if not responds(trigger, look.event):
            continue
        passive = look.event.type in PASSIVE and trigger.kind in _FIGURED
        if passive and rule.passive in (Passive.DOES_NOT, Passive.LATER):
            why = rule.passive_text or "a move of the denominator alone does not count"
            steps.append(Step(f"{rule.name}: no act of the holder: {why}", rule.passive_citation or rule.citation))
            continue
        found = fired(trigger, look)
        _working(look, trigger, found, steps)
        if found is None or (passive and rule.passive is Passive.UNSETTLED and not _counts(look)):
            continue
        if group_reports(trigger, look):
            steps.append(Step(f"{rule.name}: exempt: the group reports", rule.citation))
            continue
        freed = next((e for e in rule.exempt if _frees(e, look)), None)
        if freed is None:
            looked = [e for e in rule.exempt if e.when is not None and look.case.traced]
            steps += [Step(f"{rule.name}: not exempt: {e.text}", e.citation or rule.citation) for e in looked]
            return _made(look, version, trigger, found)
        steps.append(Step(f"{rule.name}: exempt: {freed.text}", freed.citation or rule.citation))
    return None


def _frees(exemption: Exemption, look: Look) -> bool:
    """Whether an exemption holds; where the law leaves it open although its conditions hold, it is asked."""
    if exemption.when is None or not holds(exemption.when, look):
        return False
    return exemption.unsettled is None or look.world.holds(exemption.unsettled)


def _counts(look: Look) -> bool:
    """What this world says to a question that the law leaves open."""
    told = look.rule.passive_text or look.rule.citation
    return look.world.holds(f"whether a move of the denominator alone counts ({told})")


def _version(look: Look) -> _Version:
    """The rule with the variants that hold."""
    rule = look.rule
    if not rule.variants:
        return _Version(rule.form, rule.triggers, rule.deadline, rule.citation)
    form, triggers, deadline, citation = rule.form, rule.triggers, rule.deadline, rule.citation
    for variant in rule.variants:
        if not holds(variant.when, look):
            continue
        form = variant.form or form
        triggers = (variant.trigger,) if variant.trigger is not None else triggers
        deadline = variant.deadline or deadline
        citation = variant.citation or citation
    return _Version(form, triggers, deadline, citation)


def _made(look: Look, version: _Version, trigger: Trigger, found: Fired) -> Due:
    rule = look.rule
    figured = rule.measure is not None and trigger.kind is not Kind.EVENT
    before = found.reference if found.reference is not None else (look.before.told if figured else None)
    after = look.after.told if figured and trigger.kind is not Kind.AMOUNT else None
    return Due(
        duty=rule.id,
        since=rule.since,
        name=rule.name,
        notice=rule.notice,
        rank=rule.rank,
        kind=trigger.kind.value,
        leg=rule.measure.leg if rule.measure is not None else None,
        company=look.company,
        share_class=look.share_class,
        levels=found.levels,
        change=found.change,
        direction=found.direction,
        before=before,
        after=after,
        form=version.form,
        by=by(rule, version.deadline, look.asked, look.days),
        recipients=rule.recipients,
        citation=trigger.citation or version.citation,
        confidence=rule.confidence,
        reason=_reason(rule, found, before, after),
    )


def _reason(rule: Rule, found: Fired, before: Fraction | None, after: Fraction | None) -> str:
    """One sentence: what happened to the figure."""
    moved = f": {percent(before)} to {percent(after)}" if before is not None and after is not None else ""
    if found.levels and found.direction in ("up", "down"):
        levels = ", ".join(percent(level) for level in found.levels)
        return f"{rule.name}: {levels} passed {found.direction}wards{moved}"
    return f"{rule.name}{f' ({found.reason})' if found.reason else ''}{moved}"


def _working(look: Look, trigger: Trigger, found: Fired | None, steps: list[Step]) -> None:
    """What was measured and what the trigger made of it."""
    if not look.case.traced:
        return
    rule, kind = look.rule, trigger.kind
    if rule.measure is None or kind in (Kind.EVENT, Kind.AMOUNT):
        happened = f"{kind.value} test, {look.event.type}"
        steps.append(Step(f"{rule.name} ({happened}): {'fires' if found else 'does not fire'}", rule.citation))
        return
    for when, figure in (("before", look.before), ("after", look.after)):
        steps.append(Step(f"{rule.measure.leg} {when} {look.event.date}: {_of_what(figure, look)}", rule.citation))
        for line, why, cited in figure.left_out:
            steps.append(Step(f"left out: {line.instrument or line.leg} of {line.holder}: {why}", cited))
    steps += [Step(f"{person}: {why}", cited) for person, why, cited in look.who((look.event.date, 2)).why]
    if found is None:
        result = "does not fire"
    else:
        against = "" if found.reference is None else f" against {percent(found.reference)}"
        told = ", ".join(map(percent, found.levels)) or found.change or found.reason
        result = f"fires{against}: {told} {found.direction}"
    named = f"{rule.name} ({kind.value} test, version since {rule.since})"
    steps.append(Step(f"{named}: {result}", trigger.citation or rule.citation))


def _of_what(figure: Figure, look: Look) -> str:
    """A figure with the lines and the denominator that it comes from."""
    if not figure.parts:
        return "0, nothing held"
    parts = ", ".join(f"{part.holder} {_told(part)} {part.instrument or part.leg}" for part in figure.parts)
    whole = figure.denominator
    over = f" over {whole.numerator // whole.denominator:,} ({look.measure.denominator_text})" if whole else ""
    return f"{'unknown' if figure.told is None else percent(figure.told)} = {parts}{over}"


def _told(line: Holding) -> str:
    """What a line tells, as told."""
    if line.pct is not None:
        return f"{line.pct}%"
    count = line.shares if line.shares is not None else line.votes
    return f"{count:,}" if count is not None else f"{line.currency or ''} {line.amount}".strip()


def _agreed(worlds: list[tuple[dict[str, bool], _Found]]) -> Answer:
    """What all worlds agree on."""
    answers = [_answer(found) for _, found in worlds]
    first = answers[0]
    if len(answers) == 1:
        return first
    questions = tuple(dict.fromkeys(question for told, _ in worlds for question in told))
    trace = (*first.trace, *(Step(f"not told: {question}") for question in questions))
    duties = {answer.duty for answer in answers}
    if duties == {False}:
        return msgspec.structs.replace(first, trace=trace)
    if duties == {True}:
        dues = _common(answers)
        missing = tuple(dict.fromkeys((*_matters(answers, questions), *(m for a in answers for m in a.missing))))
        return msgspec.structs.replace(first, dues=dues, missing=missing, reason=dues[0].reason, trace=trace)
    known = next((a.reason for a in answers if a.duty), first.reason)
    missing = tuple(dict.fromkeys((*questions, *(m for a in answers for m in a.missing))))
    return Answer(duty=None, missing=missing, reason=f"unknown ({'; '.join(missing)}); if so: {known}", trace=trace)


def _matters(answers: list[Answer], questions: tuple[str, ...]) -> tuple[str, ...]:
    """The questions, where the notices differ with them."""
    return questions if len({repr(a.dues) for a in answers}) > 1 else ()


def _common(answers: list[Answer]) -> tuple[Due, ...]:
    """The notices that are due in every world, each with what all worlds say of it."""
    first, *others = (answer.dues for answer in answers)
    found = []
    for due in first:
        alike = [next((d for d in dues if d.notice == due.notice), None) for dues in others]
        if None not in alike:
            found.append(_shared([due, *(d for d in alike if d is not None)]))
    return tuple(found) or (_shared([dues[0] for dues in (first, *others)]),)


def _shared(dues: list[Due]) -> Due:
    """One notice as several worlds have it: what they differ in is left open."""
    first = dues[0]
    if all(due == first for due in dues):
        return first
    told: dict[str, Any] = {
        key: None for key in ("form", "before", "after") if len({getattr(due, key) for due in dues}) > 1
    }
    if len({due.by.day for due in dues}) > 1:
        span = [d for due in dues for d in (due.by.earliest, due.by.latest) if d is not None]
        doubts = ("the day depends on facts that are not told",)
        told["by"] = By(
            text=first.by.text, earliest=min(span, default=None), latest=max(span, default=None), doubts=doubts
        )
    if len({due.direction for due in dues}) > 1:
        told["direction"] = "none"
    told["levels"] = tuple(level for level in first.levels if all(level in due.levels for due in dues))
    if "after" in told or told["levels"] != first.levels:
        told["reason"] = f"{first.name}: which figures, depends on facts that are not told"
    return msgspec.structs.replace(first, **told)


def _answer(found: _Found) -> Answer:
    """The answer of one world: notices joined, the main one first."""
    trace = tuple(found.steps)
    dues = _joined(found.dues)
    unknown = tuple(dict.fromkeys(found.unknown))
    if dues:
        return Answer(duty=True, dues=dues, missing=unknown, reason=dues[0].reason, trace=trace)
    if unknown:
        return Answer(duty=None, missing=unknown, reason=f"unknown: {'; '.join(unknown)}", trace=trace)
    freed = next((step.text for step in reversed(trace) if ": exempt: " in step.text), None)
    return Answer(duty=False, reason=freed or "no duty of the rulebook arises from this event", trace=trace)


def _joined(dues: list[Due]) -> tuple[Due, ...]:
    """One entry for each notice: rules that one notice answers have their levels listed together."""
    notices: dict[str, Due] = {}
    for due in sorted(dues, key=lambda due: due.rank):
        if due.notice not in notices:
            notices[due.notice] = due
            continue
        main = notices[due.notice]
        ways = {main.direction, due.direction} - {"none"}
        notices[due.notice] = msgspec.structs.replace(
            main,
            levels=tuple(sorted({*main.levels, *due.levels})),
            change=main.change or due.change,
            direction="both" if len(ways) > 1 else next(iter(ways), "none"),
        )
    return tuple(notices.values())
