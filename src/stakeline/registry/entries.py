"""One entry from all reports of one event: what happened, the totals, the price, and what the reports disagree on."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from stakeline.model.cited import Cite
from stakeline.model.classes import class_key
from stakeline.model.figures import Figure
from stakeline.model.law import Code, Direction, Regime
from stakeline.model.notices import Leg, Status
from stakeline.model.numbers import Number
from stakeline.model.problems import quote
from stakeline.model.stakes import Entry, Said, Stake
from stakeline.reading.supplement import happened
from stakeline.registry.counts import share_words
from stakeline.registry.filings import authority, is_row, serial_day
from stakeline.registry.items import items
from stakeline.registry.names import normal
from stakeline.registry.parts import parts, through
from stakeline.registry.reports import Field, Reports, position_field, source, trade_field
from stakeline.registry.seats import Draft

_TOLD = {"disposal": Direction.DISPOSE, "acquisition": Direction.ACQUIRE}
"""What the words of sources without codes say."""
_VENUES = {"average": "on-exchange", "consideration": "off-exchange"}
"""The boxes of a price, and where its shares were traded."""
_MOVED = {Direction.DISPOSE: "disposed of", Direction.ACQUIRE: "acquired"}

_FIRST = re.compile(r"\bfirst\b")
_UP, _DOWN = re.compile(r"\b(?:up|rose|first)\b"), re.compile(r"\b(?:down|fell)\b")
"""Words of a code's group, in our code tables: "first notifiable interest", "percentage level up", "its level fell"."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a notice was given: as in `model.stakes.Entry`, field by field."""

    code: str | None = None
    meaning: str | None = None
    direction: Direction = Direction.UNKNOWN
    told: str | None = None
    first: bool = False
    open: bool = False
    way: str | None = None
    said: Said | None = None


def entry(
    drafts: Sequence[Draft], regime: Regime, cite: Cite, among: Iterable[str], doubts: Iterable[str] = ()
) -> Entry:
    """The entry of one event.

    drafts: one per seat that reported it, first the seat whose position it is. among: the issuer's classes. doubts: what
    else is to be said of it.
    """
    lead = drafts[0]
    rows = [
        row
        for _, _, _, row in sorted(
            (authority(row.body), seat, n, row)
            for seat, draft in enumerate(drafts)
            for n, row in enumerate(draft.filing.reports)
        )
    ]
    reports = Reports(rows, lead.leg, lead.filing.day.isoformat(), cite)
    bodies = reports.bodies
    _several_lines(reports)
    reason = _reason(reports, regime)
    words = share_words(lead.security.share_class, among, lead.security.told)
    price, other_price = _prices(reports)
    moved = _moved(reports, words, reason.direction)
    highest = _money(reports, "highest", "highest price per share, on exchange")
    value = _money(reports, "value", "consideration, as told")
    issued = reports.figure(_issued(words))
    company_before = _of_company(reports, "before")
    company_after = _of_company(reports, "after")
    before, after = (_stake(reports, side, words, lead) for side in ("before", "after"))
    venue = _venue(reports)
    _other_contradictions(reports, drafts)
    own = [r.body for d in drafts for r in d.filing.reports]
    said = [*(w for d in drafts for w in d.filing.doubts), *(quote(b.doubt) for b in bodies if b.doubt), *doubts]
    retired, duty = lead.retired, next((d for b in bodies if (d := regime.duty(b.form, b.serial))), None)
    amended = tuple(dict.fromkeys(b.related for b in own if b.status is Status.AMENDMENT and b.related))
    status = retired.status if retired else Status.AMENDMENT if amended else Status.FILED
    related = retired.by if retired else amended
    return Entry(
        id=lead.filing.id,
        day=lead.filing.day,
        known_from=min((b.known_from for b in bodies if b.known_from), default=None),
        filed=next((d for d in (serial_day(b.serial) for b in bodies) if d), None),
        form=bodies[0].form,
        code=reason.code,
        meaning=reason.meaning,
        direction=reason.direction,
        told=reason.told,
        first=reason.first,
        open=reason.open,
        way=reason.way,
        said=reason.said,
        before=before,
        after=after,
        price=price,
        other_price=other_price,
        venue=venue,
        event_day=reports.event_day(),
        text=next((b.text for b in bodies if b.text), None),
        capacity=_capacity(reports, regime),
        seats=tuple(dict.fromkeys(_filer(d) for d in drafts)),
        serials=tuple(dict.fromkeys(b.serial for b in own if b.serial)),
        conflicts=tuple(dict.fromkeys(reports.conflicts)),
        doubts=tuple(dict.fromkeys([*([retired.why] if retired else []), *reports.doubts, *said])),
        withdrawn=retired is not None,
        status=status,
        related=related,
        status_day=retired.day if retired else None,
        duty=duty.name if duty else None,
        any_size=duty.any_size if duty else False,
        parts=parts(reports, regime, words),
        through=through(reports, regime, words),
        balance_only=is_row(bodies[0]) and not any(b.trades for b in bodies),
        moved=moved,
        highest=highest,
        value=value,
        issued=issued,
        company_before=company_before,
        company_after=company_after,
        amendment=bodies[0].amendment,
        combined=bodies[0].combined,
        items=items(reports),
        cusips=bodies[0].cusips,
    )


def _filer(draft: Draft) -> str:
    """Who filed a notice, by one name: a page in English and one in Chinese of the same serial are of one filer."""
    best = draft.filing.best
    names = [r.body.holder.name for r in draft.filing.reports if r.body.serial == best.serial]
    return next((name for name in names if name.isascii()), best.holder.name)


def _several_lines(reports: Reports) -> None:
    """A report that tells a leg twice in one place: the first line is taken, and that is said."""
    for row in reports.rows:
        body = row.body
        if any(sum(p.leg is reports.leg for p in parts) > 1 for parts in (body.trades, body.before, body.after)):
            reports.doubts.append(
                f"{source(row)} tells several lines of the {reports.leg} position: the first is taken"
            )


def _stake(reports: Reports, side: str, words: str, lead: Draft) -> Stake:
    where = "held" if reports.leg is Leg.LONG else f"in the {reports.leg}" + (" position" * (reports.leg is Leg.SHORT))
    whole = words if lead.security.share_class else "the issued shares of the class"
    return Stake(
        shares=reports.figure(
            position_field(side, reports.leg, "shares", f"{words} {where} {side} the event, as filed")
        ),
        percent=reports.figure(position_field(side, reports.leg, "percent", f"of {whole}, as filed")),
    )


def _moved(reports: Reports, words: str, direction: Direction) -> Figure | None:
    basis = f"{words} {_MOVED.get(direction, 'involved')}, as filed"
    return reports.figure(trade_field(reports.leg, "shares", "shares", basis, "shares involved"))


def _money(reports: Reports, name: str, basis: str) -> Figure | None:
    return reports.figure(trade_field(reports.leg, name, "currency", basis, basis))


def _issued(words: str) -> Field:
    basis = f"{words} in issue, as told in the notice"
    return Field(path="issued", get=lambda n: n.issued, unit="shares", basis=basis, label="issued shares")


def _of_company(reports: Reports, side: str) -> Figure | None:
    """Percent of all shares, which sources add for the long position."""
    if reports.leg is not Leg.LONG:
        return None
    return reports.figure(
        Field(
            path=f"{side}_company",
            get=lambda n: n.before_company if side == "before" else n.after_company,
            unit="pct",
            basis="of all issued shares, as filed",
            label=f"percent of all shares {side}",
        )
    )


def _prices(reports: Reports) -> tuple[Figure | None, Figure | None]:
    """The average price per share: of the three that a report can tell, the one that says most.

    A notice may fill both boxes, for shares traded on the exchange and off it: its number of shares is of both parts, so
    neither price is the one of all, and the one off the exchange comes second.
    """
    bases = {
        "average": "average per share, on exchange",
        "consideration": "average per share, off exchange",
        "price": "average per share",
    }
    told = reports.told(*(trade_field(reports.leg, n, "currency", basis, basis) for n, basis in bases.items()))
    if not told:
        return None, None
    best, *others = told
    beside = [t for t in others if t[1].key == best[1].key]
    both = best[0].basis == bases["average"]
    second = next((t for t in beside if both and t[0].basis == bases["consideration"]), None)
    for other in beside:
        if other is not second:
            reports.doubts.append(f"besides, {other[0].basis}: {reports.words(other)}")
    for other in others:
        # A list shows one price and does not say which of the notice's two it is.
        if other not in beside and not any(reports.agree(t, other) for t in (best, *beside)):
            reports.contradiction("price", best, other)
    return reports.cited(best), reports.cited(second) if second else None


def _venue(reports: Reports) -> str | None:
    """Where it was traded: as told, else by the box that alone holds a price."""
    told = [(t.venue, row) for row, t in reports.trades() if t.venue]
    if told:
        first, row = told[0]
        for other, report in told[1:]:
            if other != first:
                reports.conflicts.append(f"venue: {first} ({source(row)}) against {other} ({source(report)})")
        return first
    filled = {name for _, trade in reports.trades() for name in _VENUES if isinstance(getattr(trade, name), Number)}
    return _VENUES[filled.pop()] if len(filled) == 1 else None


def _reason(reports: Reports, regime: Regime) -> Reason:
    trades = list(reports.trades())
    told = next((t.told for _, t in trades if t.told), None)
    said = _TOLD.get(told.casefold(), Direction.UNKNOWN) if told else Direction.UNKNOWN
    coded = [(row, t.code) for row, t in trades if t.code]
    if not coded:
        return Reason(direction=said, told=told)
    row, code = coded[0]
    for other, second in coded[1:]:
        if second != code:
            words = f"reason code: {quote(code)} ({source(row)}) against {quote(second)} ({source(other)})"
            # Seats of one position file under codes of their own; reports of one filing must not differ.
            (reports.conflicts if other.body.serial == row.body.serial else reports.doubts).append(words)
    known = regime.codes.get(("reason", code))
    if known is None:
        reports.doubts.append(f"reason code {quote(code)} is not in our table")
        return Reason(code=code, direction=said, told=told)
    coded_reason = _coded(known, reports, told)
    if {said, coded_reason.direction} == {Direction.ACQUIRE, Direction.DISPOSE}:
        reports.conflicts.append(
            f"direction: {known.meaning} (code {quote(code)}, {source(row)}) against {quote(told or '')}"
        )
    return coded_reason


def _coded(known: Code, reports: Reports, told: str | None) -> Reason:
    """What a code of the table says; where it says nothing by itself, what the filer's words say, as far as they do."""
    group = known.group or ""
    way = "up" if _UP.search(group) else "down" if _DOWN.search(group) else None
    said = None
    direction = known.direction or Direction.UNKNOWN
    if known.needs_text:
        said = happened(next((b.text for b in reports.bodies if b.text), None), way)
        # On the other legs buying and selling do not say which way the balance went.
        direction = said.direction if said is not None and reports.leg is Leg.LONG else Direction.UNKNOWN
    return Reason(
        code=known.code,
        meaning=known.meaning,
        direction=direction,
        told=told,
        first=_FIRST.search(group) is not None,
        open=known.needs_text,
        way=way,
        said=said,
    )


def _capacity(reports: Reports, regime: Regime) -> str | None:
    """In what capacity the shares are held: after the event, else before it, else as the form's list of capacities says."""
    for body in reports.bodies:
        trade = body.trade(reports.leg)
        event = (trade.capacity_after or trade.capacity_before) if trade else None
        codes = [event] if event else [c.code for c in body.capacities if c.leg is reports.leg]
        if codes:
            known = [(c, regime.codes.get(("capacity", c))) for c in dict.fromkeys(codes)]
            return "; ".join(k.meaning if k else f"code {quote(c)}" for c, k in known)
    return None


def _other_contradictions(reports: Reports, drafts: Sequence[Draft]) -> None:
    """What reports of one filing tell differently besides figures."""
    for draft in drafts:
        first, *others = draft.filing.reports
        for row in others:
            if not row.body.serial or row.body.serial != first.body.serial:
                continue
            one, other = first.body, row.body
            scripts = {one.holder.name.isascii(), other.holder.name.isascii()}
            pairs = [
                ("day of the event", one.event_date, other.event_date),
                ("class", class_key(one.share_class), class_key(other.share_class)),
            ]
            if len(scripts) == 1 and normal(one.holder.name) != normal(other.holder.name):
                pairs.append(("holder", quote(one.holder.name), quote(other.holder.name)))
            for label, told, second in pairs:
                if told and second and told != second:
                    reports.conflicts.append(f"{label}: {told} ({source(first)}) against {second} ({source(row)})")
