"""Each notice's day of filing put beside its legal due day."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from stakeline import regimes
from stakeline.model.notices import Notice, Status
from stakeline.model.portfolios import ReportHead
from stakeline.model.punctual import Answering, Punctuality, Timing
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry
from stakeline.registry.filings import by_authority, filings


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """One notice with all reports of it, the best first, what they tell of its days together, and the answer."""

    id: str
    reports: tuple[Notice, ...]
    told: Answering
    answer: Punctuality


def judged(rows: Sequence[Row[Notice]]) -> tuple[tuple[Judged, ...], int]:
    """Every notice among the rows, and how many reports there are beside them of which no notice is known (of the press)."""
    found = [(f.id, [r.body for r in f.reports]) for f in filings(rows, regimes.regime)[0]]
    found += _others(rows)
    notices = [(id_, reports) for id_, reports in found if any(_form(body) for body in reports)]
    return tuple(_judged(id_, reports) for id_, reports in notices), len(found) - len(notices)


def timings(rows: Sequence[Row[Notice]]) -> Callable[[Entry], Punctuality | None]:
    """Whether the notice of an entry was in time. Worked out when first asked."""
    known: dict[str, Punctuality] | None = None

    def timing(entry: Entry) -> Punctuality | None:
        nonlocal known
        if known is None:
            known = {one.id: one.answer for one in judged(rows)[0]}
        # "#2" is the second event of one filing, which has one answer.
        return known.get(entry.id) or known.get(entry.id.partition("#")[0])

    return timing


def _others(rows: Iterable[Row[Notice]]) -> list[tuple[str, list[Notice]]]:
    """Notices that are not of the issuer's own shares, by serial."""
    found: dict[str, list[Notice]] = {}
    for row in sorted((r for r in rows if not r.body.own_shares), key=by_authority):
        found.setdefault(row.body.serial or row.key, []).append(row.body)
    return list(found.items())


def _form(body: Notice) -> bool:
    return regimes.regime(body.regime).duty(body.form, body.serial) is not None


def _judged(id_: str, reports: Sequence[Notice]) -> Judged:
    told = together(reports)
    return Judged(id=id_, reports=tuple(reports), told=told, answer=_answer(told))


def of_report(head: ReportHead) -> Punctuality:
    """Whether a report on a portfolio was in time."""
    return _answer(regimes.report_answers(head))


def _answer(told: Answering) -> Punctuality:
    from stakeline.duties.punctual import punctual
    from stakeline.regimes.rulebooks import rulebook
    from stakeline.workflows.measuring import legal_days

    if told.rulebook is None:
        return Punctuality(timing=Timing.UNKNOWN, missing=("which law the notice answers to",))
    return punctual(rulebook(told.rulebook), told, legal_days)


def _telling(body: Notice) -> tuple[bool, bool, bool]:
    """Sorts the report first that tells best what a notice answers to."""
    return body.status is not Status.AMENDMENT, not any(t.code for t in body.trades), not _form(body)


def together(reports: Sequence[Notice]) -> Answering:
    """What all reports of one notice tell, the best first: each thing by the first that tells it.

    What duty it answers to is told by a report that calls it an amendment, else by one that has its codes, for some lists leave them out.
    """
    told = [regimes.answers(body) for body in reports]
    best = min(zip(told, reports, strict=True), key=lambda pair: _telling(pair[1]))[0]
    filed = min(told, key=lambda a: (a.first is None or a.last is None, a.first is None and a.last is None))
    return msgspec.structs.replace(
        best,
        event=next((a.event for a in told if a.event), None),
        aware=next((a.aware for a in told if a.aware), None),
        asks_aware=any(a.asks_aware for a in told),
        first=filed.first,
        last=filed.last,
        why_filed=filed.why_filed,
    )
