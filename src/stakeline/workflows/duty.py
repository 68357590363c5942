"""What must be filed because of a portfolio: each event put to each rulebook, what is due counting as filed from then on."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from stakeline.duties import Answer, Step, assess, headroom
from stakeline.duties.replay import happenings, report_of, situation_at
from stakeline.model.rules import Rulebook
from stakeline.model.situations import Filing, Happening, Situation
from stakeline.regimes.rulebooks import rulebook
from stakeline.workflows.measuring import Kept, legal_days
from stakeline.workflows.owed import Asked, Duties, Event, Space, notice_of
from stakeline.workflows.portfolios import Told
from stakeline.workflows.supposed import Supposed, applied, meant

OPENING = "whether what stands on the first day of the lines was acquired on that day"


def duties(
    told: Sequence[Told],
    *,
    on: date | None = None,
    since: date | None = None,
    what_if: Sequence[Supposed] = (),
    room: bool = False,
) -> Duties:
    """Every event of every security, each with its answer.

    on: the last day looked at. since: only events from this day on (older ones are replayed, as what was filed then counts).
    what_if: sales, purchases and the like after the last of the lines, in order; only they are answered then.
    Raises UsageError, UnknownName.
    """
    events: list[Event] = []
    rooms: list[Space] = []
    asked: list[Asked] = []
    mine = [(meant(one, told), one) for one in what_if]
    for one in told:
        for code in one.regimes:
            course = _Course(rulebook(code), one, on)
            asked.append(course.asked())
            found = list(course.run(date.max if what_if else since or date.min))
            found += [course.suppose(each) for of, each in mine if of is one]
            events += [event for event in found if since is None or event.happening.date >= since]
            rooms += course.rooms() if room else ()
    return Duties(asked=tuple(asked), events=tuple(events), rooms=tuple(rooms))


class _Course:
    """One portfolio under one rulebook, event by event: what is due counts as filed for what comes after."""

    def __init__(self, book: Rulebook, told: Told, until: date | None) -> None:
        self._book, self._told, self._until = book, told, until
        self._portfolio = told.portfolio
        self._kept = Kept(told.portfolio.positions, told.portfolio.issuer)
        self._made: list[Filing] = []
        days = [line.date for line in told.portfolio.positions]
        self._first = min(days, default=None)
        self._opened = any(line.at == "open" and line.date == self._first for line in told.portfolio.positions)
        self._last = max(
            (*days, *(e.date for e in told.portfolio.events), *((told.only.date,) if told.only else ())), default=None
        )

    def asked(self) -> Asked:
        """What was put."""
        book = self._book
        investor = self._portfolio.investor.id
        return Asked(
            security=self._told.security,
            regime=book.code,
            title=book.title,
            law_as_of=book.as_of,
            investor=investor,
            guessed=self._told.guessed,
        )

    def run(self, since: date) -> Iterator[Event]:
        """The answers to all events from a day on, or to the one that is asked; what older ones made due counts as filed."""
        if self._told.only is not None:
            event = self._answered(self._told.only, supposed=False)
            yield from [event] if event.happening.date >= since else []
            return
        for happening, supposed in happenings(self._book, self._portfolio, self._until):
            if happening.date < since:
                if not self._opens(happening, supposed=supposed):
                    self._assess(self._situation(happening), traced=False)
                continue
            if self._opens(happening, supposed=supposed):
                yield self._opening(happening)
            else:
                yield self._answered(happening, supposed=supposed)

    def suppose(self, what: Supposed) -> Event:
        """The answer to an event that is only supposed; what comes after finds it as happened."""
        self._portfolio, happening = applied(what, self._portfolio, self._last, self._book)
        self._last = happening.date
        self._kept = Kept(self._portfolio.positions, self._portfolio.issuer)
        return self._answered(happening, supposed=True, what_if=what.text)

    def rooms(self) -> Iterator[Space]:
        """The room as things stand at the end of the last day."""
        day = self._until or self._last
        if day is None:
            return
        filings = (*self._filings(day, included=True),)
        for room in headroom(self._book, self._portfolio, filings, day, legal_days):
            yield Space(
                security=self._told.security,
                regime=self._book.code,
                on=day,
                leg=room.leg,
                share_class=room.share_class,
                what=room.what,
                count=room.count,
                duty=room.due.name if room.due else None,
                form=room.due.form if room.due else None,
                section=room.due.citation if room.due else None,
                unsettled=room.unsettled,
                sure=room.sure,
            )

    def _filings(self, day: date, *, included: bool = False) -> list[Filing]:
        """The reports made before a day (or by its end), told ones and those taken as made."""
        told = [f for f in self._portfolio.filings if f.date < day or (included and f.date == day)]
        return sorted(told + self._made, key=lambda f: f.date)

    def _situation(self, happening: Happening) -> Situation:
        asked = situation_at(self._portfolio, happening, self._filings(happening.date))
        if self._told.only is None or self._told.question is None:
            return asked
        return msgspec.structs.replace(asked, question=self._told.question)

    def _opens(self, happening: Happening, *, supposed: bool) -> bool:
        """Whether an event is only that the lines begin."""
        begins = supposed and happening.date == self._first and happening.type != "test_date"
        return begins and not self._opened

    def _assess(self, asked: Situation, *, traced: bool = True) -> Answer:
        """The answer; what is due counts as filed from then on."""
        answer = assess(self._book, asked, legal_days, lines=self._kept.lines(self._book), traced=traced)
        self._made += [report_of(self._book, due, asked.event.date) for due in answer.dues]
        return answer

    def _answered(self, happening: Happening, *, supposed: bool, what_if: str | None = None) -> Event:
        asked = self._situation(happening)
        if happening is self._told.only:  # of one event asked alone every report told is one made before it
            asked = msgspec.structs.replace(asked, filings=self._portfolio.filings)
        return self._event(asked, self._assess(asked), supposed=supposed, what_if=what_if)

    def _opening(self, happening: Happening) -> Event:
        """What the lines begin with: held before, as far as is told. Had it been acquired that day, it might be due.

        Where a report had been made by then it was, and nothing is open.
        """
        asked = self._situation(happening)
        answer = assess(self._book, asked, legal_days, lines=self._kept.lines(self._book))
        filed = any(f.date <= happening.date for f in self._portfolio.filings)
        if filed or answer.duty is False:
            reason = "the lines begin with what was held before"
            answer = Answer(duty=False, reason=reason, trace=(Step(reason),))
        else:
            reason = f"unknown ({OPENING}); if so: {answer.reason}"
            answer = Answer(duty=None, missing=(OPENING, *answer.missing), reason=reason, trace=answer.trace)
        return self._event(asked, answer, supposed=True)

    def _event(self, asked: Situation, answer: Answer, *, supposed: bool, what_if: str | None = None) -> Event:
        named = self._told.security
        return Event(
            security=named,
            regime=self._book.code,
            happening=asked.event,
            supposed=supposed,
            what_if=what_if,
            duty=answer.duty,
            reason=answer.reason,
            missing=answer.missing,
            notices=tuple(notice_of(self._book, due, asked, self._kept, answer.trace, named) for due in answer.dues),
            trace=answer.trace,
        )
