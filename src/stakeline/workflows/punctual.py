"""Which notices of an issuer or a holder came in time: each one's legal due day beside its day of filing."""

from collections.abc import Iterable
from datetime import date

import msgspec

from stakeline import registry
from stakeline.ledger import Ledger, Names
from stakeline.model.errors import UnknownName
from stakeline.model.law import Regime
from stakeline.model.moments import parse_day
from stakeline.model.notices import Notice, Status
from stakeline.model.punctual import Punctuality, Timing
from stakeline.model.stakes import Issuer, Party
from stakeline.workflows.due_days import Judged, judged
from stakeline.workflows.knowledge import Asked, Knowledge, about, holders
from stakeline.workflows.stakes import about_words, find_named, of_holder


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """One notice: whose, of what kind, its days as told, and whether it came in time.

    id: its serial, or what its source calls it. form: what kind of notice it is. codes: as filed. of: what it is about where
    that is not the issuer's own shares. event, aware: days of the event and of learning of it. filed: the day of filing, None where
    it is not told; filed_by: a day by which it was filed. status: by the best report that says more than that it was filed.
    """

    issuer: Issuer
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
    """The notices of an issuer (of one holder in it), or of a holder, by day of event; since, until: of that day."""
    names = ledger.names()
    found = find_named(ledger, name, names, None, known)
    party: Party | None
    if isinstance(found, Party):
        several, party = of_holder(ledger, found, names, None, known), found
        if not several:
            raise UnknownName(f"no notice of {found.name} was known then")
    else:
        several = [about(ledger, *found, names)]
        party = _holder(several[0], holder, names) if holder else None
    first, last = (parse_day(day) if day else None for day in (since, until))
    notices: list[Timed] = []
    reports = 0
    for told in several:
        own, beside = judged(told.notices)
        reports += beside if party is None else 0
        notices += [one for one in _timed(told, own, party) if _within(one, first, last)]
    notices.sort(key=lambda n: (n.event or n.filed or date.min, n.id))
    return Timings(
        name=several[0].issuer.name if not isinstance(found, Party) else found.name,
        asked=several[0].asked,
        zone=several[0].regime.zone,
        counts={timing: sum(n.answer.timing is timing for n in notices) for timing in Timing},
        reports=reports,
        notices=tuple(notices),
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
