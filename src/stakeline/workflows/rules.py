"""The rulebooks as tables: what each asks on a day, and what changed between two days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

import msgspec

from stakeline.model.errors import UnknownName, UsageError
from stakeline.model.moments import parse_day
from stakeline.model.rules import Attribution, Confidence, Rule, Rulebook, Source, Variant
from stakeline.model.situations import Relation
from stakeline.regimes.rulebooks import rulebooks
from stakeline.workflows import rulewords as words
from stakeline.workflows.where import now

NOT_RESEARCHED = "start not researched"
Shared: TypeAlias = Mapping[Relation, Attribution]
"""Attribution that holds for several duties alike, by relation."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One rulebook in the list. duties: in force on the day; unknown: of which it is not known whether they were.

    questions: open ones, of the book and of its duties in force.
    """

    code: str
    jurisdiction: str
    title: str
    duties: int
    unknown: int
    as_of: date
    questions: int


class Gap(msgspec.Struct, frozen=True):
    """No version of a duty is known to apply on a day. known: it is certain that there was no such duty. reason: why."""

    known: bool
    reason: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a duty in words; see `model.rules.Rule` for what each says.

    conditions: those that the engine tests; `who` says them for a reader. cut_off: time of the last day. variants: what differs where.
    attribution: only what differs from the whole rulebook's. start: "law", or that older days are not researched.
    """

    id: str
    name: str
    who: str
    conditions: str
    triggers: tuple[str, ...]
    measure: str
    left_out: tuple[str, ...]
    rounding: str
    passive: str
    deadline: str
    cut_off: str | None
    form: str | None
    recipients: tuple[str, ...]
    variants: tuple[str, ...]
    exemptions: tuple[str, ...]
    attribution: tuple[str, ...]
    consequences: str | None
    version: str | None
    citation: str
    sources: tuple[str, ...]
    since: date
    start: str
    until: date | None
    confidence: Confidence
    evidence: str
    open: tuple[str, ...]


class NotInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A duty that is not among those of the day. known: it is certain that there was none."""

    id: str
    name: str
    known: bool
    reason: str


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """A rulebook on a day. taken: what holds where the facts do not say. attribution: what holds for all its duties."""

    code: str
    jurisdiction: str
    title: str
    regulator: str
    instrument: str
    as_of: date
    on: date
    definitions: tuple[str, ...]
    calendars: dict[str, str]
    taken: tuple[str, ...]
    duties: tuple[Told, ...]
    others: tuple[NotInForce, ...]
    attribution: tuple[str, ...]
    questions: tuple[str, ...]
    sources: tuple[Source, ...]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What differs in one duty between two days. dates: when a version began or the last one ended. field: of `Told`, or "in force"."""

    code: str
    duty: str
    name: str
    dates: tuple[date, ...]
    field: str
    before: str
    after: str


def find(name: str) -> tuple[Rulebook, ...]:
    """The rulebooks of a code ("uk_dtr5"), a folder or a jurisdiction ("uk", "DE"). Raises UnknownName."""
    wanted = name.strip().casefold()
    books = rulebooks()
    exact = tuple(book for book in books if book.code == wanted)
    found = exact or tuple(b for b in books if wanted in (b.folder.casefold(), b.jurisdiction.casefold()))
    if not found:
        near = [book.code for book in books if wanted and wanted in f"{book.code} {book.title}".casefold()]
        there = f"Did you mean {', '.join(near)}?" if near else f"There are: {', '.join(book.code for book in books)}"
        raise UnknownName(f"no rulebook {name!r}. {there}")
    return found


def listing(on: str | None = None) -> tuple[Listed, ...]:
    """Every rulebook, by code. on: a day, or None for today."""
    day = _day(on)
    return tuple(_listed(book, day) for book in rulebooks())


def books(name: str, on: str | None = None) -> tuple[Book, ...]:
    """What the rulebooks of a name ask on a day, in words. on: a day, or None for today."""
    day = _day(on)
    return tuple(in_words(book, day) for book in find(name))


def in_words(book: Rulebook, day: date) -> Book:
    """A rulebook on a day."""
    standings = [(book.versions(duty), standing(book.versions(duty), day)) for duty in book.duties()]
    rules = [found for _, found in standings if isinstance(found, Rule)]
    common = common_attribution(rules)
    return Book(
        code=book.code,
        jurisdiction=book.jurisdiction,
        title=book.title,
        regulator=book.regulator,
        instrument=book.instrument,
        as_of=book.as_of,
        on=day,
        definitions=book.definitions,
        calendars=book.calendars,
        taken=taken(book),
        duties=tuple(told(rule, common) for rule in rules),
        others=tuple(
            NotInForce(id=versions[0].id, name=versions[0].name, known=found.known, reason=found.reason)
            for versions, found in standings
            if isinstance(found, Gap)
        ),
        attribution=attribution_lines(common),
        questions=book.questions,
        sources=book.sources,
    )


def taken(book: Rulebook) -> tuple[str, ...]:
    """What the rulebook takes where the facts do not say: "filer type: control"."""
    return tuple(f"{words.plain((key,))}: {words.plain((value,))}" for key, value in book.defaults.items())


def standing(versions: tuple[Rule, ...], day: date) -> Rule | Gap:
    """The version of a duty that applies on a day, or why none is known to."""
    first, last = versions[0], versions[-1]
    applying = [rule for rule in versions if rule.in_force(day)]
    if applying:
        return applying[0]
    if day > first.since:
        return Gap(True, f"no more in force since {_after(last)}: {last.ended}")
    return earlier(versions)


def earlier(versions: tuple[Rule, ...]) -> Gap:
    """What is known of the days before a duty's first version."""
    first = versions[0]
    if first.none_before:
        return Gap(True, f"no such duty before {first.since}{f': {first.before}' if first.before else ''}")
    return Gap(False, f"not known before {first.since}: {first.before or NOT_RESEARCHED}")


def told(rule: Rule, common: Shared) -> Told:
    """One version in words. common: attribution that is told elsewhere."""
    own = {relation: entry for relation, entry in rule.attribution.items() if common.get(relation) != entry}
    return Told(
        id=rule.id,
        name=rule.name,
        who=rule.who,
        conditions=words.when_words(rule.applies),
        triggers=tuple(map(words.trigger_words, rule.triggers)),
        measure=words.measure_words(rule.measure),
        left_out=tuple(map(words.disregard_words, rule.measure.disregard if rule.measure else ())),
        rounding=words.rounding_words(rule),
        passive=words.passive_words(rule),
        deadline=words.deadline_words(rule.deadline),
        cut_off=words.cut_off_words(rule.deadline),
        form=rule.form,
        recipients=rule.recipients,
        variants=tuple(map(_variant, rule.variants)),
        exemptions=tuple(map(words.exemption_words, rule.exempt)),
        attribution=attribution_lines(own),
        consequences=rule.consequences,
        version=rule.version,
        citation=rule.citation,
        sources=rule.sources,
        since=rule.since,
        start="law" if rule.start == "law" else f"known since then; {NOT_RESEARCHED}",
        until=rule.until,
        confidence=rule.confidence,
        evidence=rule.evidence,
        open=rule.open,
    )


def changes(name: str | None, first: str, last: str) -> tuple[Change, ...]:
    """What differs between two days, duty by duty and field by field. name: None for all rulebooks."""
    start, end = parse_day(first), parse_day(last)
    if start >= end:
        raise UsageError(f"{first} is not before {last}: name the earlier day first")
    asked = rulebooks() if name is None else find(name)
    return tuple(change for book in asked for duty in book.duties() for change in _changes(book, duty, start, end))


def _changes(book: Rulebook, duty: str, start: date, end: date) -> Iterator[Change]:
    versions = book.versions(duty)
    before, after = standing(versions, start), standing(versions, end)
    if before == after or (isinstance(before, Gap) and isinstance(after, Gap)):
        return
    begun = (rule.since for rule in versions)
    ended = (_after(versions[-1]),) if versions[-1].until else ()
    dates = tuple(day for day in (*begun, *ended) if start < day <= end)
    for field, one, other in differences(before, after):
        yield Change(
            code=book.code, duty=duty, name=versions[-1].name, dates=dates, field=field, before=one, after=other
        )


def differences(before: Rule | Gap, after: Rule | Gap) -> Iterator[tuple[str, str, str]]:
    """What differs between two standings of a duty: the field of `Told` (or "in force"), and what it says in each.

    Of a list only the lines that the other has not; "" where there are none.
    """
    if isinstance(before, Gap) or isinstance(after, Gap):
        yield "in force", _short(before), _short(after)
        return
    one, other = (msgspec.structs.asdict(told(rule, {})) for rule in (before, after))
    for field in one:
        if field not in ("since", "until", "start") and one[field] != other[field]:
            yield field, _lines(one[field], other[field]), _lines(other[field], one[field])


def _short(rule: Rule | Gap) -> str:
    """A version in one line, or why there is none."""
    if isinstance(rule, Gap):
        return rule.reason
    return f"{'; '.join(map(words.trigger_words, rule.triggers))}; {words.deadline_words(rule.deadline)}; form {rule.form or 'not named'}"


def _lines(value: object, beside: object) -> str:
    """A field as text; of a list only what the other list has not."""
    if isinstance(value, tuple) and isinstance(beside, tuple):
        return "\n".join(line for line in value if line not in beside)
    return str(value or "")


def _listed(book: Rulebook, day: date) -> Listed:
    standings = [standing(book.versions(duty), day) for duty in book.duties()]
    rules = [found for found in standings if isinstance(found, Rule)]
    return Listed(
        code=book.code,
        jurisdiction=book.jurisdiction,
        title=book.title,
        duties=len(rules),
        unknown=sum(isinstance(found, Gap) and not found.known for found in standings),
        as_of=book.as_of,
        questions=len(book.questions) + len({text for rule in rules for text in rule.open}),
    )


def common_attribution(rules: Iterable[Rule]) -> Shared:
    """What all of the rules say of attribution alike."""
    several = [rule.attribution for rule in rules]
    first = several[0] if several else {}
    return {name: entry for name, entry in first.items() if all(other.get(name) == entry for other in several)}


def attribution_lines(entries: Shared) -> tuple[str, ...]:
    """Whose holdings count how, a line for each relation."""
    return tuple(f"{words.plain((name,))}: {words.attribution_words(entry)}" for name, entry in entries.items())


def _variant(variant: Variant) -> str:
    says = [f"form {variant.form}"] if variant.form else []
    says += [words.trigger_words(variant.trigger)] if variant.trigger else []
    says += [words.deadline_words(variant.deadline)] if variant.deadline else []
    says += [f"under {variant.citation}"] if variant.citation else []
    return f"where {words.when_words(variant.when)}: {'; '.join(says)}"


def _after(rule: Rule) -> date:
    """The first day on which a version that ended applies no more."""
    return rule.until + timedelta(days=1) if rule.until else date.max


def _day(told_day: str | None) -> date:
    return parse_day(told_day) if told_day else now().date()
