"""Filings: the rows that are reports of one and the same filing, and press reports put beside it.

A filing shows up as a row of a list page, as its own notice page, perhaps in two languages or saved twice, and in the
press. The same serial or the same source id makes rows one filing; a press report or an announcement joins the filing
whose holder, day and traded shares it tells.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

import msgspec

from stakeline.model.classes import class_key
from stakeline.model.law import Regime
from stakeline.model.moments import day_at
from stakeline.model.notices import Amount, Leg, Notice
from stakeline.model.numbers import Number
from stakeline.model.rows import Row
from stakeline.registry.joining import together
from stakeline.registry.names import normal

_AUTHORITY = {
    **dict.fromkeys(("summary", "summary of debentures"), 1),
    **dict.fromkeys(("list", "date list", "person list"), 2),
    **dict.fromkeys(("consolidated", "complete"), 3),
    **dict.fromkeys(("collected history", "collected balances", "collected rows", "collected dates", "press"), 4),
    "announcement": 5,
}
"""Which report to believe first: the notice page, a daily summary, another list of the register, its lists of balances; then
the press and collections that others made of the register; then an announcement."""

_OPPOSITES = {"disposal", "acquisition"}

_SERIAL_DAY = re.compile(r"[A-Za-z]+((?:19|20)\d{6})(?:E\d{5}|\d{6})", re.ASCII)
LAST = datetime.max.replace(tzinfo=UTC)


class Filing(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """One filing: all reports of it, the best first.

    key: unique in one run. era: which issuer of a reused code is meant (names.era_name). share_class: as told, short.
    party: key of the holder (holders.party_keys). doubts: what had to be assumed to place it.
    """

    key: str
    reports: tuple[Row[Notice], ...]
    subject: str
    day: date
    era: str | None = None
    share_class: str | None = None
    party: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def best(self) -> Notice:
        """The report of the highest authority."""
        return self.reports[0].body

    @property
    def official(self) -> bool:
        """True where the register itself shows it."""
        return authority(self.best) < _AUTHORITY["press"]

    @property
    def id(self) -> str:
        """The serial, or the source's own name for it."""
        bodies = [r.body for r in self.reports]
        return next((b.serial for b in bodies if b.serial), None) or next(
            (b.source_id for b in bodies if b.source_id), self.reports[0].key[:12]
        )

    def first(self, get: Callable[[Notice], Amount]) -> Number | None:
        """A figure from the best report that has it."""
        return next((a for a in (get(r.body) for r in self.reports) if isinstance(a, Number)), None)

    def legs(self) -> tuple[Leg, ...]:
        """The legs that any report tells something of; the long one where none does."""
        told = {
            part.leg for r in self.reports for parts in (r.body.trades, r.body.before, r.body.after) for part in parts
        }
        return tuple(leg for leg in Leg if leg in told) or (Leg.LONG,)


def authority(notice: Notice) -> int:
    """The rank of a report, 0 the highest."""
    return _AUTHORITY.get(notice.form, 0)


def is_row(notice: Notice) -> bool:
    """True for a row of one of the register's lists, or of a collection that others made of them."""
    return notice.form in _AUTHORITY and notice.form not in {"press", "announcement"}


def by_authority(row: Row[Notice]) -> tuple[int, datetime, str, str]:
    """Order of reports: the best first, of equals the one known first, then by name and key."""
    body = row.body
    return authority(body), body.known_from or LAST, body.serial or body.source_id or "", row.key


def after_shares(leg: Leg) -> Callable[[Notice], Amount]:
    """The total of a leg after the event."""
    return lambda n: next((p.shares for p in n.after if p.leg is leg), None)


def after_percent(leg: Leg) -> Callable[[Notice], Amount]:
    """The percentage of a leg after the event."""
    return lambda n: next((p.percent for p in n.after if p.leg is leg), None)


def moved_shares(leg: Leg) -> Callable[[Notice], Amount]:
    """The shares that an event line involves."""
    return lambda n: t.shares if (t := n.trade(leg)) else None


_TOTALS = (after_shares, after_percent)
_FIGURES = (*_TOTALS, moved_shares)


def serial_day(serial: str | None) -> date | None:
    """The filing day inside a serial ("CS20221111E00123"), or None where there is none."""
    found = _SERIAL_DAY.fullmatch(serial or "")
    try:
        return datetime.strptime(found[1], "%Y%m%d").replace(tzinfo=UTC).date() if found else None
    except ValueError:
        return None


def filings(
    rows: Iterable[Row[Notice]], regime_of: Callable[[str], Regime]
) -> tuple[tuple[Filing, ...], tuple[Row[Notice], ...]]:
    """Rows put together by serial and by source id; and the rows that tell no day at all and cannot be placed.

    Only notices of the issuer's own shares: those of an associated corporation or of debentures count nothing of it.
    Rows of one source id are one filing only where they also tell the same holder and day: ids like "1" are used in
    more than one table.
    """
    ordered = sorted({r.key: r for r in rows if r.body.own_shares}.values(), key=by_authority)
    placed, undated = [], []
    for reports in together(ordered, _names):
        filing = _placed(tuple(reports), regime_of)
        if filing:
            placed.append(filing)
        else:
            undated.extend(reports)
    return tuple(sorted(placed, key=lambda f: f.key)), tuple(undated)


def _names(row: Row[Notice]) -> Iterator[tuple[str | Notice, ...]]:
    body = row.body
    if body.serial:
        yield body.subject, "serial", body.serial
    if body.source_id:
        yield body.subject, "source", body.source_id, normal(body.holder.name), str(body.event_date)
    if body.covers:
        yield body.subject, "statement", _alone(body)


def _alone(body: Notice) -> Notice:
    """What a document tells by itself: the same statement is saved alone and in the submission that has its number and day."""
    return msgspec.structs.replace(body, serial=None, known_from=None, known_basis=None)


def _placed(reports: tuple[Row[Notice], ...], regime_of: Callable[[str], Regime]) -> Filing | None:
    bodies = [r.body for r in reports]
    day, doubt = _day(bodies, regime_of)
    if day is None:
        return None
    return Filing(
        key=min(r.key for r in reports),
        reports=reports,
        subject=bodies[0].subject,
        day=day,
        share_class=next((c for c in (class_key(b.share_class) for b in bodies) if c), None),
        doubts=(doubt,) if doubt else (),
    )


def _day(bodies: Sequence[Notice], regime_of: Callable[[str], Regime]) -> tuple[date | None, str | None]:
    """The day of the event; else the nearest day that the filing tells, with words that say so."""
    missing = "the day of the event is not told: placed at the day "
    told: list[tuple[str, Callable[[Notice], date | None]]] = [
        ("", lambda n: n.event_date),
        (missing + "the holder became aware of it", lambda n: n.aware_date),
        (missing + "the notice was signed", lambda n: n.signed_date),
        (missing + "it was filed", lambda n: serial_day(n.serial)),
        (
            missing + "it became public",
            lambda n: day_at(n.known_from, regime_of(n.regime).zone) if n.known_from else None,
        ),
    ]
    for doubt, get in told:
        for body in bodies:
            day = get(body)
            if day is not None:
                return day, doubt or None
    return None, None


def beside(found: Iterable[Filing], retired: Collection[str]) -> tuple[Filing, ...]:
    """Filings with the press reports and announcements that tell of the same event put beside them.

    The same issuer, holder and day, no other class told, and traded shares that agree within what is printed. Where a
    report tells no shares, or several filings fit, it joins only if one of them alone agrees in all that both tell.
    retired: keys of filings that stand no more; they are joined only where no other fits.
    """
    bases: list[Filing] = []
    near: dict[tuple[str, str | None, str, date], list[int]] = defaultdict(list)
    for filing in sorted(found, key=lambda f: (not f.official, *by_authority(f.reports[0]))):
        added = filing
        place = (filing.subject, filing.era, filing.party, filing.day)
        if not filing.official:
            fits = [n for n in near[place] if _same_event(bases[n], filing)]
            fits = [n for n in fits if bases[n].key not in retired] or fits
            if len(fits) > 1:
                fits = [n for n in fits if _totals_agree(bases[n], filing)] or fits
            if fits and (len(fits) == 1 or _one_event([bases[n] for n in fits])):
                bases[fits[0]] = _with(bases[fits[0]], filing)
                continue
            if fits:
                names = ", ".join(sorted(bases[n].id for n in fits))
                added = msgspec.structs.replace(filing, doubts=(*filing.doubts, f"may be a report of one of {names}"))
        near[place].append(len(bases))
        bases.append(added)
    return tuple(bases)


def _with(base: Filing, report: Filing) -> Filing:
    return msgspec.structs.replace(
        base,
        reports=tuple(sorted((*base.reports, *report.reports), key=by_authority)),
        share_class=base.share_class or report.share_class,
    )


def _one_event(fits: Sequence[Filing]) -> bool:
    """True where all tell the same totals and shares: one event, reported from several seats."""
    return len({tuple(f.first(get(leg)) for leg in f.legs() for get in _FIGURES) for f in fits}) == 1


def _same_event(base: Filing, report: Filing) -> bool:
    if base.share_class and report.share_class and base.share_class != report.share_class:
        return False
    if not base.official and _one_table(base, report):
        return False  # two rows of one table are two events: their author says so
    agreed = False
    for leg in report.legs():
        words = {t.told.casefold() for f in (base, report) for r in f.reports if (t := r.body.trade(leg)) and t.told}
        if words >= _OPPOSITES:
            return False
        one, other = base.first(moved_shares(leg)), report.first(moved_shares(leg))
        if one is not None and other is not None:
            if one.span().meet(other.span()) is None:
                return False
            agreed = True
    return agreed or _totals_agree(base, report)


def _totals_agree(base: Filing, report: Filing) -> bool:
    """True where no total after the event contradicts another beyond what is printed."""
    pairs = [(base.first(get(leg)), report.first(get(leg))) for leg in report.legs() for get in _TOTALS]
    return all(a is None or b is None or a.span().meet(b.span()) is not None for a, b in pairs)


def _one_table(base: Filing, report: Filing) -> bool:
    documents = [{s.document for r in f.reports for s in r.sightings} for f in (base, report)]
    return bool(documents[0] & documents[1])
