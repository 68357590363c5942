"""Which notices of an issuer or a holder, and reports of a manager, came in time: each one's legal due day beside its day of filing."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from stakeline import regimes, registry
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import UnknownName
from stakeline.model.law import Regime
from stakeline.model.moments import parse_day
from stakeline.model.notices import Notice, Status
from stakeline.model.portfolios import ReportHead
from stakeline.model.punctual import Punctuality, Timing
from stakeline.model.stakes import Issuer, Party
from stakeline.workflows import quarters
from stakeline.workflows.due_days import Judged, judged, of_report
from stakeline.workflows.knowledge import Asked, Knowledge, about, holders
from stakeline.workflows.stakes import about_words, find_named, of_holder


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """One notice or report: whose, of what kind, its days as told, and whether it came in time.

    issuer: None of a report on a whole portfolio. id: its serial, or what its source calls it. form: what kind of notice it is. codes: as filed. of: what it is about where
    that is not the issuer's own shares. event, aware: days of the event and of learning of it. filed: the day of filing, None where
    it is not told; filed_by: a day by which it was filed. status: by the best report that says more than that it was filed.
    """

    issuer: Issuer | None
    holder: str
    id: str
    form: str
    codes: tuple[str, ...]
    of: str | None
    status: Status
    event: date | None
    aware: date | None
    filed: date | None
    filed_by: date | None
    answer: Punctuality


class Timings(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to `punctual`. counts: how many notices of each timing. reports: reports beside them of which no notice is known."""

    name: str
    asked: Asked
    zone: str
    counts: dict[Timing, int]
    reports: int
    notices: tuple[Timed, ...]


def punctual(
    ledger: Ledger,
    name: str,
    *,
    holder: str | None = None,
    since: str | None = None,
    until: str | None = None,
    known: str | None = None,
) -> Timings:
    """The notices of an issuer (of one holder in it), or of a holder, or a manager's reports, by day of event; since, until: of that day."""
    days = [parse_day(day) if day else None for day in (since, until)]
    names = ledger.names()
    try:
        found = find_named(ledger, name, names, None, known)
    except UnknownName:
        public = quarters.reports_of(ledger, name, known=known, whole=False)
        if public is None or holder is not None:
            raise
        return _timings(public.heads[-1].manager, public.asked, public.zone, _reported(public), days)
    party: Party | None
    if isinstance(found, Party):
        several, party, called = of_holder(ledger, found, names, None, known), found, found.name
        if not several:
            raise UnknownName(f"no notice of {found.name} was known then")
    else:
        several = [about(ledger, *found, names)]
        party = _holder(several[0], holder, names) if holder else None
        called = several[0].issuer.name
    public = quarters.reports_of(ledger, called, known=known, whole=True) if holder is None else None
    notices = _reported(public) if public else []
    reports = 0
    for told in several:
        own, beside = judged(told.notices)
        reports += beside if party is None else 0
        notices += _timed(told, own, party)
    return _timings(called, several[0].asked, several[0].regime.zone, notices, days, reports)


def _timings(
    name: str, asked: Asked, zone: str, notices: Iterable[Timed], days: Sequence[date | None], reports: int = 0
) -> Timings:
    """The answer. days: the first and the last that are asked about."""
    within = sorted((n for n in notices if _within(n, *days)), key=lambda n: (n.event or n.filed or date.min, n.id))
    return Timings(
        name=name,
        asked=asked,
        zone=zone,
        counts={timing: sum(n.answer.timing is timing for n in within) for timing in Timing},
        reports=reports,
        notices=tuple(within),
    )


def _reported(public: quarters.Public) -> list[Timed]:
    """Managers' reports on their portfolios."""
    return [_report(head) for head in public.heads]


def _report(head: ReportHead) -> Timed:
    told = regimes.report_answers(head)
    return Timed(
        issuer=None,
        holder=head.manager,
        id=head.serial or head.key,
        form=head.form,
        codes=(),
        of=f"what it held on {head.period}" if head.period else None,
        status=head.status,
        event=head.period,
        aware=None,
        filed=told.last if told.first == told.last else None,
        filed_by=told.last if told.first != told.last else None,
        answer=of_report(head),
    )


def _holder(told: Knowledge, name: str, names: Names) -> Party:
    """A holder of the issuer, or one that told of nothing but an associated corporation or debentures."""
    try:
        return registry.find(name, [t.party for t in told.timelines])
    except UnknownName:
        if all(notice.body.own_shares for notice in told.notices):
            raise
        return registry.find(name, holders(names))


def _timed(told: Knowledge, found: Iterable[Judged], party: Party | None) -> Iterable[Timed]:
    """The notices of an issuer's time under its code, of everybody or of one holder."""
    wanted = None if party is None else {registry.normal(n) for n in (party.name, *party.names, *party.seats)}
    for one in found:
        day = one.told.event or one.told.last
        names = {registry.normal(n) for b in one.reports for n in (b.holder.name, b.holder.chinese) if n}
        if (wanted is None or wanted & names) and (day is None or registry.holds(told.issuer, day)):
            yield _one(told, one)


def _one(told: Knowledge, one: Judged) -> Timed:
    best, days = one.reports[0], one.told
    return Timed(
        issuer=told.issuer,
        holder=best.holder.name,
        id=one.id,
        form=_form(one.reports, told.regime),
        codes=tuple(dict.fromkeys(t.code for b in one.reports for t in b.trades if t.code)),
        of=None if best.own_shares else about_words(best),
        status=next((b.status for b in one.reports if b.status is not Status.FILED), Status.FILED),
        event=days.event,
        aware=days.aware,
        filed=days.last if days.first == days.last else None,
        filed_by=days.last if days.first != days.last else None,
        answer=one.answer,
    )


def _form(reports: Iterable[Notice], regime: Regime) -> str:
    return next(duty.form for b in reports if (duty := regime.duty(b.form, b.serial)))


def _within(one: Timed, first: date | None, last: date | None) -> bool:
    day = one.event or one.filed
    return day is None or ((first is None or first <= day) and (last is None or day <= last))
