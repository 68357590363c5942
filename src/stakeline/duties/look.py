"""One rule put to one event, in one company and class: what stood before and after, and what was reported."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import cached_property

import msgspec

from stakeline.duties.answers import Way
from stakeline.duties.figures import Figure, Frame, Lines, Moment, measured
from stakeline.duties.persons import Persons, persons
from stakeline.duties.worlds import Missing, World
from stakeline.model.days import BusinessDays
from stakeline.model.rules import Measure, Rule, Rulebook, Trigger, When
from stakeline.model.situations import PASSIVE, STATUS, Filing, Happening, Holding, IssuerFacts, Situation

_NO_ACT = PASSIVE | STATUS | {"test_date", "unreported_transaction"}
NO_HOLDING = STATUS | {"unreported_transaction"}
"""Events that a trigger answers only where it names them."""
_LEAST = Fraction(1, 10**12)
"""Less than any figure of a report can differ from a level by, without being on it."""
_UP = frozenset(("acquisition", "agreement_to_buy", "broker_error", "shares_borrowed", "security_taken"))
_DOWN = frozenset(("disposal", "delivery", "borrowed_shares_returned"))


Calendars = Callable[[str, IssuerFacts], BusinessDays]
"""The legal calendar of an id, as it holds for an issuer. Raises UnknownName where there is none of that id."""


class Made(Filing, frozen=True, kw_only=True):
    """A report that is taken as made, in a replay: the figure is exact, not as a form prints it."""

    figure: Fraction | None = None


class Book:
    """A rulebook, ready to be asked: its duties with their versions, and the instruments that it says anything of."""

    def __init__(self, told: Rulebook) -> None:
        self.told = told
        self.duties = {duty: told.versions(duty) for duty in told.duties()}
        self.known = instruments_known(told)
        self._measures = _alike([rule.measure for rule in told.rules])
        self._attributions = _alike([rule.attribution for rule in told.rules])
        self._measured_as: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._eventful = {
            id(m) for rule in told.rules if (m := rule.measure) and any(d.not_events for d in m.disregard)
        }
        self._standing: dict[int, When] = {}
        self._responding: dict[tuple[object, ...], tuple[list[str], frozenset[int]]] = {}

    def standing(self, rule: Rule) -> When:
        """The conditions of a rule that no figure enters: of an unknown version only these can be asked."""
        kept = self._standing.get(id(rule))
        if kept is None:
            none = dict.fromkeys(("before", "after", "last", "small_change", "acquired", "with_leg"))
            kept = self._standing[id(rule)] = msgspec.structs.replace(rule.applies, **none, unless=())
        return kept

    def measured_as(self, rule: Rule, measure: Measure) -> tuple[int, int, int]:
        """What tells apart how a measure is taken under a rule: the same for two rules that measure and attribute alike."""
        of = (id(rule), id(measure))
        found = self._measured_as.get(of)
        if found is None:
            alike = self._measures[id(measure)], self._attributions[id(rule.attribution)]
            found = self._measured_as[of] = (id(self), *alike)
        return found

    def eventful(self, measure: Measure) -> bool:
        """Whether what a measure counts depends on what happened."""
        return id(measure) in self._eventful

    def responding(self, event: Happening) -> tuple[list[str], frozenset[int]]:
        """The duties of which some version looks at such an event, in their order, and the identities of those versions."""
        key = (event.type, event.period, event.date.month == 12)
        found = self._responding.get(key)
        if found is None:
            looking = {duty: [id(r) for r in rules if answers(r, event)] for duty, rules in self.duties.items()}
            rules = frozenset(rule for some in looking.values() for rule in some)
            found = self._responding[key] = [duty for duty, some in looking.items() if some], rules
        return found


class Case:
    """What all looks at one situation in one world share. traced: whether the working is wanted.

    figures: what was measured before, so that rules of one measure do not measure it again. still: without related persons and
    suppositions a figure stands until a line or the capital moves.
    """

    def __init__(
        self, book: Book, asked: Situation, lines: Lines, calendars: Calendars, world: World, *, traced: bool
    ) -> None:
        self.book, self.asked, self.lines, self.calendars = book, asked, lines, calendars
        self.world, self.traced = world, traced
        self.figures: dict[tuple[object, ...], Figure] = {}
        self.still = not (asked.related or world.settled)
        self._states: dict[Moment, tuple[int, int]] = {}

    def state(self, moment: Moment) -> tuple[int, int]:
        """What tells two moments apart, as the lines have it; asked of the same few moments again and again."""
        found = self._states.get(moment)
        if found is None:
            found = self._states[moment] = self.lines.state(moment)
        return found


class Look:
    """A rule's view of a case, for one company (None: the issuer) and one class of shares."""

    def __init__(self, case: Case, rule: Rule, company: str | None, share_class: str | None) -> None:
        self.case, self.rule = case, rule
        self.company, self.share_class = company, share_class
        self.asked, self.world, self.event = case.asked, case.world, case.asked.event

    @property
    def measure(self) -> Measure:
        """Raises Missing where the rule measures nothing: a mistake of the rulebook, never answered by a guess."""
        if self.rule.measure is None:
            raise Missing(f"what {self.rule.id} measures")
        return self.rule.measure

    @cached_property
    def days(self) -> BusinessDays | None:
        """The legal calendar of the rule, with the facts that the situation brings; None where the rule counts no days."""
        if self.rule.deadline.calendar is None:
            return None
        days = self.case.calendars(self.rule.deadline.calendar, self.asked.issuer)
        facts = self.asked.calendar_facts
        if facts is None:
            return days
        closed = [(day, "black rainstorm warning") for day in facts.black_rainstorm_days]
        closed += [(day, "gale warning") for day in facts.gale_warning_days]
        return days.with_facts(closed, facts.saturdays_are_business_days)

    @cached_property
    def before(self) -> Figure:
        """The figure at the opening of the event's day."""
        return self.at((self.event.date, 0))

    @cached_property
    def after(self) -> Figure:
        """The figure at the close of the event's day."""
        return self.at((self.event.date, 2))

    def at(self, moment: Moment, measure: Measure | None = None, *, intraday: bool = False) -> Figure:
        """The figure of the rule's measure (or another) at a moment."""
        measure = measure or self.measure
        case = self.case
        still = case.still and not (intraday or measure.within_days)
        kept, when = (case.lines.figures, case.state(moment)) if still else (case.figures, (moment, intraday))
        key = (
            case.book.measured_as(self.rule, measure),
            self.company,
            self.share_class,
            when,
            self.event.type if case.book.eventful(measure) else None,
        )
        figure = kept.get(key)
        if figure is None:
            frame = Frame(self.rule, measure, self.asked, self.world, self.company, self.share_class, case.book.known)
            figure = measured(frame, case.lines.at(moment, intraday=intraday), self.who(moment), moment)
            kept[key] = figure
        return figure

    def group(self) -> Figure | None:
        """The figure after the event of a group that reports in everyone's place; None where there is no such group."""
        moment = (self.event.date, 2)
        group = self.who(moment).instead
        if group is None:
            return None
        book = self.case.book
        frame = Frame(self.rule, self.measure, self.asked, self.world, self.company, self.share_class, book.known)
        return measured(frame, self.case.lines.at(moment), Persons((group,)), moment)

    def who(self, moment: Moment) -> Persons:
        """Whose lines count at a moment. At a day's opening the relations of the day before stand."""
        day, order = moment
        day = day if order else day - timedelta(days=1)
        return persons(self.rule, self.asked, self.case.lines.holders, day, self.world)

    @cached_property
    def moved(self) -> bool:
        """Whether the figure, or what it is made of, differs after the event."""
        return self.before.size != self.after.size or self.remade

    @cached_property
    def remade(self) -> bool:
        """Whether what the figure is made of differs after the event, be the sum as before."""
        return _made_of(self.before) != _made_of(self.after)

    @property
    def act(self) -> bool:
        """Whether the event is an act of a holder."""
        return self.event.type not in _NO_ACT

    def acts(self) -> bool:
        """Whether the event concerns this company, and was the act of someone whose acts count as the investor's."""
        event, investor = self.event, self.asked.investor.id
        if event.type in NO_HOLDING or event.type == "test_date":
            return True
        if event.issuer != self.company:
            return False
        if event.by in (None, investor):
            return True
        holders = self.case.lines.holders | {str(event.by)}
        return event.by in persons(self.rule, self.asked, holders, event.date, self.world).counted

    def changed(self) -> list[Holding]:
        """The lines told for the event's day."""
        return self.case.lines.on(self.event.date)

    @cached_property
    def reports(self) -> tuple[Filing, ...]:
        """The reports already made that concern the rule's leg, oldest first."""
        return tuple(filing for filing in self.asked.filings if self._concerns(filing))

    def _concerns(self, filing: Filing) -> bool:
        if filing.duty is not None and self.rule.reports:
            return any(same(filing.duty, duty) for duty in self.rule.reports)
        if self.rule.measure is None:
            return True
        if filing.leg is not None:
            return _goes_by(self.rule.measure, filing.leg)
        if filing.duty is not None:
            made = next((r for r in self.case.book.told.rules if same(r.id, filing.duty)), None)
            return made is None or made.measure is None or _goes_by(self.rule.measure, made.measure.leg)
        return True

    def reported(self) -> Fraction | None:
        """The percentage last reported, None where no report was made. Raises Missing where the report tells none."""
        if not self.reports:
            return None
        last = self.reports[-1]
        if (told := figure_of(last)) is not None:
            return told
        if last.threshold is not None and last.crossing == "reached":
            return Fraction(last.threshold)
        raise Missing(f"the percentage in the report of {last.date}")

    def reported_between(self) -> tuple[Fraction, Fraction] | None:
        """Where the percentage last reported lies; a report of a crossing alone says on which side of its level."""
        last = self.reports[-1] if self.reports else None
        if last is None or last.threshold is None or figure_of(last) is not None:
            told = self.reported()
            return None if told is None else (told, told)
        level = Fraction(last.threshold)
        match last.crossing:
            case "exceeded":
                return level + _LEAST, Fraction(100)
            case "fell_below":
                return Fraction(0), level - _LEAST
            case _:
                return level, level

    def way(self) -> Way:
        """Which way the holding or the dealing went: up, down or none."""
        if self.rule.measure is not None and self.before.size != self.after.size:
            return "up" if self.after.size > self.before.size else "down"
        return "up" if self.event.type in _UP else "down" if self.event.type in _DOWN else "none"


def responds(trigger: Trigger, event: Happening) -> bool:
    """Whether a trigger is looked at because of such an event at all."""
    if trigger.events and event.type in trigger.events:
        return True
    if event.type == "test_date" and event.period != "day":
        return event.period in trigger.tested or (
            event.period == "quarter" and event.date.month == 12 and "year" in trigger.tested
        )
    if trigger.events or (trigger.tested and "day" not in trigger.tested):
        return False
    return event.type not in NO_HOLDING


def answers(rule: Rule, event: Happening) -> bool:
    """Whether any trigger of a rule, or of its variants, looks at such an event."""
    return any(responds(trigger, event) for trigger in _all_triggers(rule))


def _all_triggers(rule: Rule) -> Iterator[Trigger]:
    yield from rule.triggers
    yield from (variant.trigger for variant in rule.variants if variant.trigger is not None)


def figure_of(filing: Filing) -> Fraction | None:
    """The percentage that a report tells."""
    if isinstance(filing, Made):
        return filing.figure
    return None if filing.pct is None else Fraction(filing.pct)


def same(rule_id: str, asked: str) -> bool:
    """Whether a duty id is the one asked for, or a part of it ("x.a.b" of "x.a")."""
    return rule_id == asked or rule_id.startswith(asked + ".")


def instruments_known(book: Rulebook) -> frozenset[str]:
    """The instruments that any measure of a rulebook counts, keeps as a memo, or leaves out by name."""
    measures = [rule.measure for rule in book.rules if rule.measure is not None]
    return frozenset(
        name
        for measure in measures
        for names in (measure.instruments, measure.memo, *(clause.instruments for clause in measure.disregard))
        for name in names
    )


def _alike(things: Sequence[object]) -> dict[int, int]:
    """For the identity of each thing, which of them it is equal to first: two rules that measure alike share figures."""
    firsts: list[object] = []
    found: dict[int, int] = {}
    for thing in things:
        if thing not in firsts:
            firsts.append(thing)
        found[id(thing)] = firsts.index(thing)
    return found


def _goes_by(measure: Measure, leg: str) -> bool:
    return leg == measure.leg or leg in measure.accepts or leg in measure.sum_of


def _made_of(figure: Figure) -> set[tuple[object, ...]]:
    """The lines of a figure that say something is held: a line of nothing is none."""
    return {
        (p.holder, p.leg or p.instrument, p.pct, p.shares, p.votes, p.amount, p.capacity)
        for p in figure.parts
        if p.pct or p.shares or p.votes or p.amount
    }
