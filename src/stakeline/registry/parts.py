"""What a notice tells beside the totals of a leg: derivatives, other legs, and who holds through whom. Never added up."""

from collections.abc import Iterator

from stakeline.model.figures import Figure
from stakeline.model.law import Regime
from stakeline.model.notices import Amount, Leg, Link, LinkKind, Notice
from stakeline.model.numbers import Number
from stakeline.model.problems import quote
from stakeline.model.stakes import Part, Through
from stakeline.registry.reports import Field, Report, Reports, position_field

_PATHS = {
    LinkKind.CONTROLLED: "links.controlled",
    LinkKind.FAMILY: "links.family",
    LinkKind.JOINT: "links.joint",
    LinkKind.TRUST: "links.trust",
    LinkKind.AGREEMENT: "links.agreement",
    LinkKind.DIRECTION: "links.direction",
    LinkKind.INDIRECT: "links.indirect",
}
_STATUS = {LinkKind.TRUST: "trust_status", LinkKind.DIRECTION: "controller_status"}
"""The code tables that tell what a link's status code means."""
_OTHER = {Leg.LONG: "long position", Leg.SHORT: "short position", Leg.POOL: "lending pool"}


def parts(reports: Reports, regime: Regime, words: str) -> tuple[Part, ...]:
    """Derivatives of the leg, kind by kind, and the totals of the other legs after the event, by the first report of each."""
    found: list[Part] = []
    for row in reports.rows:
        own = [d for d in row.body.derivatives if d.leg is reports.leg]
        for coded in own:
            known = regime.codes.get(("derivative", coded.code))
            what = known.meaning if known else f"code {quote(coded.code)}"
            field = _field("derivatives", coded.shares, "shares", f"{words} through derivatives ({what}), as filed")
            found.append(Part(kind="derivatives", what=what, shares=_figure(reports, row, field)))
        if own:
            break
    for leg in Leg:
        if leg is reports.leg:
            continue
        field = position_field("after", leg, "shares", f"{words} in the {_OTHER[leg]} after the event, as filed")
        best = next((r for r in reports.rows if isinstance(field.get(r.body), Number)), None)
        if best is not None:
            found.append(Part(kind=_OTHER[leg], shares=_figure(reports, best, field)))
    return tuple(found)


def through(reports: Reports, regime: Regime, words: str) -> tuple[Through, ...]:
    """The links that the best report names, in its order, with the shares of this leg that each accounts for."""
    row = next((r for r in reports.rows if r.body.links), None)
    return tuple(_links(reports, row, regime, words)) if row is not None else ()


def _links(reports: Reports, row: Report, regime: Regime, words: str) -> Iterator[Through]:
    for link in row.body.links:
        shares = next((p.shares for p in link.positions if p.leg is reports.leg), None)
        if link.positions and shares is None:
            continue  # accounts for another leg
        path, name = _PATHS[link.kind], quote(link.name)
        yield Through(
            name=name,
            kind=link.kind,
            under=quote(link.controller) if link.controller else None,
            status=_status(link, regime),
            direct=link.direct,
            control=_figure(reports, row, _field(path, link.percent, "pct", f"control of {name}, as filed")),
            shares=_figure(reports, row, _field(path, shares, "shares", f"{words} of {name} ({link.kind}), as filed")),
        )


def _status(link: Link, regime: Regime) -> str | None:
    if not link.code:
        return None
    known = regime.codes.get((_STATUS.get(link.kind, ""), link.code))
    return known.meaning if known else f"code {quote(link.code)}"


def _field(path: str, amount: Amount, unit: str, basis: str) -> Field:
    def get(_notice: Notice) -> Amount:
        return amount

    return Field(path=path, get=get, unit=unit, basis=basis, label=path)


def _figure(reports: Reports, row: Report, field: Field) -> Figure | None:
    amount = field.get(row.body)
    return reports.cited((field, row, amount)) if isinstance(amount, Number) else None
