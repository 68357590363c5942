"""All reports of one event, the best first: fields from the best that has them, contradictions and blanks said aloud."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import msgspec

from stakeline.model.cited import Cite, notice_figure
from stakeline.model.figures import Figure
from stakeline.model.notices import Absent, Amount, Leg, Notice, Trade
from stakeline.model.numbers import Number
from stakeline.model.problems import quote
from stakeline.model.rows import Row

Report = Row[Notice]
Told = tuple["Field", Report, Number]

_KIND = {
    "list": "list row",
    "date list": "list row",
    "person list": "list row",
    "consolidated": "row of the consolidated list",
    "complete": "row of the complete list",
    "summary": "summary row",
    "collected history": "collected row",
    "collected balances": "collected row",
    "collected rows": "collected row",
    "collected dates": "collected row",
    "press": "press report",
    "announcement": "announcement",
}
_TOKEN = {Leg.LONG: "long", Leg.SHORT: "short", Leg.POOL: "pool"}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of an entry.

    path: our name of the field on the form. get: where a notice keeps it. unit: "currency" takes the currency of the
    report's own event line. basis: of what it is, to print; label: how to call it where it is missing or contradicted.
    """

    path: str
    get: Callable[[Notice], Amount]
    unit: str
    basis: str
    label: str


def position_field(side: str, leg: Leg, name: str, basis: str) -> Field:
    """Shares or percent of a leg's total before or after the event."""

    def get(notice: Notice) -> Amount:
        positions = notice.before if side == "before" else notice.after
        found = next((p for p in positions if p.leg is leg), None)
        return (found.shares if name == "shares" else found.percent) if found else None

    unit = "shares" if name == "shares" else "pct"
    return Field(path=f"{side}.{_TOKEN[leg]}.{name}", get=get, unit=unit, basis=basis, label=f"{name} {side}")


def trade_field(leg: Leg, name: str, unit: str, basis: str, label: str) -> Field:
    """A figure of a leg's event line."""

    def get(notice: Notice) -> Amount:
        trade = notice.trade(leg)
        amount: Amount = getattr(trade, name) if trade else None
        return amount

    return Field(path=f"trades.{_TOKEN[leg]}.{name}", get=get, unit=unit, basis=basis, label=label)


def source(row: Report) -> str:
    """How to call a report in print: "notice CS20221111E00123", "press report st-2022-11-08"."""
    return f"{_KIND.get(row.body.form, 'notice')} {quote(row.body.serial or row.body.source_id or row.key[:12])}"


class Reports:
    """The reports of one leg of one event.

    rows: the best first. conflicts: what they disagree on, beyond what is printed; doubts: what could not be read. Both
    grow while figures are taken out.
    """

    def __init__(self, rows: Sequence[Report], leg: Leg, day: str, cite: Cite) -> None:
        self.rows, self.leg, self.day, self.cite = rows, leg, day, cite
        self.conflicts: list[str] = []
        self.doubts: list[str] = []

    @property
    def bodies(self) -> list[Notice]:
        """What the reports say."""
        return [r.body for r in self.rows]

    def trades(self) -> Iterator[tuple[Report, Trade]]:
        """The event line of each report that has one for this leg."""
        for row in self.rows:
            if (trade := row.body.trade(self.leg)) is not None:
                yield row, trade

    def told(self, *fields: Field) -> list[Told]:
        """Every report's figure of these fields. The unreadable go to the doubts, and so does money without a currency."""
        found: list[Told] = []
        for row in self.rows:
            for field in fields:
                amount = field.get(row.body)
                if isinstance(amount, Number):
                    if field.unit == "currency" and not self.currency((field, row, amount)):
                        self.doubts.append(f"{field.label} is {amount.value:,f} without a currency in {source(row)}")
                        continue
                    found.append((field, row, amount))
                elif amount is Absent.UNREADABLE:
                    self.doubts.append(f"{field.label} is unreadable in {source(row)}")
        return found

    def figure(self, field: Field) -> Figure | None:
        """A field from the best report that has it; the other reports are compared with it."""
        found = self.told(field)
        if not found:
            return None
        for other in found[1:]:
            if not self.agree(found[0], other):
                self.contradiction(field.label, found[0], other)
        return self.cited(found[0])

    def cited(self, told: Told) -> Figure:
        """A told number as a figure."""
        field, row, amount = told
        return notice_figure(
            row,
            field.path,
            amount,
            self.cite,
            unit=field.unit,
            basis=field.basis,
            currency=self.currency(told),
            day=self.day,
        )

    def currency(self, told: Told) -> str | None:
        """The currency of a field that is money, as its report tells it."""
        field, row, _ = told
        trade = row.body.trade(self.leg)
        return trade.currency if field.unit == "currency" and trade else None

    def agree(self, one: Told, other: Told) -> bool:
        """True where both may be one number, as far as they are printed."""
        return self.currency(one) == self.currency(other) and one[2].span().meet(other[2].span()) is not None

    def contradiction(self, label: str, one: Told, other: Told) -> None:
        """Say that two reports tell different numbers."""
        self.conflicts.append(f"{label}: {self.words(one)} against {self.words(other)}")

    def words(self, told: Told) -> str:
        """A number, its unit and its report in print."""
        field, row, amount = told
        currency = self.currency(told)
        return (
            f"{currency + ' ' if currency else ''}{amount.value:,f}{'%' if field.unit == 'pct' else ''} ({source(row)})"
        )

    def event_day(self) -> Figure | None:
        """The day of the event as the best report that tells it has it."""
        row = next((r for r in self.rows if r.body.event_date), None)
        if row is None or row.body.event_date is None:
            return None
        basis = "day of the event, as filed"
        figure = notice_figure(row, "event_date", Number(Decimal(0)), self.cite, unit="date", basis=basis)
        return msgspec.structs.replace(figure, value=None, text=row.body.event_date.isoformat())
