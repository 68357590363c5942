"""Which reports of a manager make up its holdings at the end of a quarter, as known at a moment.

The last report or restatement stands; amendments that add holdings join it where they became public after it. One that does not say what it
does joins nothing. A quarter without a report is unknown, never empty.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec

from stakeline.model.notices import Status
from stakeline.model.portfolios import Amending, ReportHead

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_HOLDINGS = "13F-HR"


class Quarter(msgspec.Struct, frozen=True, kw_only=True):
    """What stands of a manager's reports for one quarter.

    report: the one that stands; None where only additions to it are known. added: amendments that add to it. unclear: amendments that do
    not say whether they restate or add.
    """

    subject: str
    manager: str
    period: date
    report: ReportHead | None
    added: tuple[ReportHead, ...] = ()
    unclear: tuple[ReportHead, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """The portfolios whose rows are its holdings."""
        return frozenset(head.key for head in (self.report, *self.added) if head is not None)


def quarters(heads: Iterable[ReportHead]) -> tuple[Quarter, ...]:
    """Every quarter of every manager, by manager and day. The same filing from two sources counts once."""
    by_quarter: dict[tuple[str, date], dict[str, ReportHead]] = defaultdict(dict)
    for head in heads:
        if head.form == _HOLDINGS and head.period is not None:
            filings = by_quarter[head.subject, head.period]
            named = head.serial or head.key
            first = filings.get(named)
            if first is None or _fullness(head) > _fullness(first):
                filings[named] = head
    return tuple(_quarter(list(filings.values())) for _, filings in sorted(by_quarter.items()))


def _fullness(head: ReportHead) -> tuple[bool, float]:
    """Which of two tellings of one filing to take: with rows before without, known earlier before later."""
    return head.rows > 0, -head.known_from.timestamp() if head.known_from else float("-inf")


def _quarter(heads: list[ReportHead]) -> Quarter:
    heads.sort(key=lambda head: (head.known_from or _LONG_AGO, head.serial or "", head.key))
    report: ReportHead | None = None
    added: list[ReportHead] = []
    unclear: list[ReportHead] = []
    for head in heads:
        if head.status is Status.AMENDMENT and head.amending is None:
            unclear.append(head)
        elif head.amending is Amending.ADDS:
            added.append(head)
        else:
            report, added = head, added if head.status is Status.FILED else []
    last = heads[-1]
    return Quarter(
        subject=last.subject,
        manager=last.manager,
        period=last.period or date.min,
        report=report,
        added=tuple(added),
        unclear=tuple(unclear),
    )


def latest(told: Iterable[Quarter], day: date) -> dict[str, Quarter]:
    """Of each manager the last quarter that ended by a day."""
    found: dict[str, Quarter] = {}
    for quarter in told:
        if quarter.period <= day and (quarter.subject not in found or quarter.period >= found[quarter.subject].period):
            found[quarter.subject] = quarter
    return found
