"""The portfolio: what one document says that a manager of other people's money held at the end of a quarter.

One noun for one filing (Form 13F): its cover as fields, its table as columns, for tables have up to 250,000 rows. As filed: values in
the table's own unit, options beside shares, rows of one security beside one another. Nothing is added up or rescaled here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from stakeline.model.notices import Holder, Status


class Amending(StrEnum):
    """What an amendment does to the report that it amends (Form 13F, cover)."""

    RESTATES = "RESTATEMENT"
    """It stands in the report's place."""
    ADDS = "NEW HOLDINGS"
    """Its holdings are further ones; those of the report stand."""


class OtherManager(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another manager that a report names.

    number: by which rows of the table refer to it (only of managers whose holdings are in the table). code: its CIK in ten digits.
    file_number: its Form 13F file number ("028-04557"). crd, sec: its CRD and SEC file numbers.
    """

    name: str | None = None
    number: int | None = None
    code: str | None = None
    file_number: str | None = None
    crd: str | None = None
    sec: str | None = None


class HoldingTable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The rows of an information table, column by column: place n of each column is row n + 1.

    A column that no row fills is (), but for `issuer`. None: the row has nothing there, or nothing that can be read; then a `Problem` of the document names it.
    issuer, title, cusip, figi: the security as told (cusip in capitals). value: market value in the table's unit.
    amount: shares, or principal in dollars, by amount_type ("SH", "PRN"). put_call: "Put" or "Call": the row is an option; amount and
        value are then those of the shares under it, which are not held.
    discretion: "SOLE", "DFND" (shared-defined), "OTR" (shared-other). managers: numbers of the other managers ("4,8,11").
    sole, shared, none: the amount over which the manager votes alone, with others, or not.
    """

    issuer: tuple[str | None, ...] = ()
    title: tuple[str | None, ...] = ()
    cusip: tuple[str | None, ...] = ()
    figi: tuple[str | None, ...] = ()
    value: tuple[int | None, ...] = ()
    amount: tuple[int | None, ...] = ()
    amount_type: tuple[str | None, ...] = ()
    put_call: tuple[str | None, ...] = ()
    discretion: tuple[str | None, ...] = ()
    managers: tuple[str | None, ...] = ()
    sole: tuple[int | None, ...] = ()
    shared: tuple[int | None, ...] = ()
    none: tuple[int | None, ...] = ()

    def __len__(self) -> int:
        """Rows."""
        return max(len(getattr(self, name)) for name in COLUMNS)

    def column(self, name: str) -> tuple[Any, ...]:
        """A column with a place for every row, also where no row fills it."""
        told: tuple[Any, ...] = getattr(self, name)
        return told or (None,) * len(self)


class HoldingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table."""

    row: int
    issuer: str | None
    title: str | None
    cusip: str | None
    figi: str | None
    value: int | None
    amount: int | None
    amount_type: str | None
    put_call: str | None
    discretion: str | None
    managers: str | None
    sole: int | None
    shared: int | None
    none: int | None


COLUMNS = HoldingTable.__struct_fields__


class Portfolio(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one report says of what a manager held.

    form: as filed, without "/A" ("13F-HR", "13F-NT", "13F-CTR"). manager: who files; its code is the CIK. serial: the regulator's number.
    period: the day of which it is true, the end of a quarter. report: the kind of report as told ("13F COMBINATION REPORT").
    number: of the amendment; amending: what it does, None where it does not say.
    denied, denied_date, reported_date, why_public: of an amendment that tells what was confidential before.
    file_number, crd, sec: the manager's own numbers. elsewhere: managers who report holdings for this one; included: managers whose
        holdings are in this table, by the numbers that its rows use: they share discretion, and no row is any one's alone.
    told_managers, told_rows, told_value: the totals that the cover declares; told_value in the table's unit. None: not told.
    omitted: holdings are left out for which confidential treatment is asked. instruction5: as told.
    unit: dollars that 1 in the value column means, 1 or 1000; None where neither form nor table tells. unit_basis: how that is known.
    unit_doubt: what speaks against it. table: the rows; None where there is no table in the document.
    """

    regime: str
    form: str
    manager: Holder
    period: date | None = None
    serial: str | None = None
    known_from: datetime | None = None
    known_basis: str | None = None
    signed_date: date | None = None
    signed_by: str | None = None
    status: Status = Status.FILED
    report: str | None = None
    number: int | None = None
    amending: Amending | None = None
    denied: bool | None = None
    denied_date: date | None = None
    reported_date: date | None = None
    why_public: str | None = None
    file_number: str | None = None
    crd: str | None = None
    sec: str | None = None
    elsewhere: tuple[OtherManager, ...] = ()
    included: tuple[OtherManager, ...] = ()
    told_managers: int | None = None
    told_rows: int | None = None
    told_value: int | None = None
    omitted: bool | None = None
    instruction5: bool | None = None
    unit: int | None = None
    unit_basis: str | None = None
    unit_doubt: str | None = None
    text: str | None = None
    schema: str | None = None
    table: HoldingTable | None = None

    @property
    def subject(self) -> str:
        """Under which the ledger files it: the manager, "us:0000902219"."""
        return f"{self.regime}:{self.manager.code or 'name:' + self.manager.name}"

    @property
    def rows(self) -> int:
        """Rows of its table."""
        return len(self.table) if self.table is not None else 0

    def holdings(self) -> Iterator[HoldingRow]:
        """The rows one by one."""
        table = self.table
        if table is not None:
            columns = [table.column(name) for name in COLUMNS]
            for at, cells in enumerate(zip(*columns, strict=True), start=1):
                yield HoldingRow(row=at, **dict(zip(COLUMNS, cells, strict=True)))

    def total(self) -> int | None:
        """The sum of the value column in the table's unit; None where there is no table, or a cell of it cannot be read."""
        values: tuple[int | None, ...] = self.table.column("value") if self.table is not None else (None,)
        told = [value for value in values if value is not None]
        return sum(told) if len(told) == len(values) else None


class ReportHead(msgspec.Struct, frozen=True, kw_only=True):
    """A portfolio without its table: enough to say which reports of a manager stand.

    key: of the portfolio. manager: its name as told. status, amending, unit, unit_doubt, form: as in `Portfolio`.
        rows: of its table.
    """

    key: str
    subject: str
    manager: str
    serial: str | None
    form: str
    period: date | None
    known_from: datetime | None
    status: Status
    amending: Amending | None
    unit: int | None
    unit_doubt: str | None
    rows: int


class HeldRow(HoldingRow, frozen=True, kw_only=True):
    """One row of a table, found by its security. key: of the portfolio; subject: its manager."""

    key: str
    subject: str
