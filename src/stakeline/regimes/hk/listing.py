"""The register's list of all notices of a company in a period (NSAllFormList): one notice a row."""

import re
from typing import TYPE_CHECKING

import msgspec

from stakeline.model.notices import Absent, Amount, Holder, HolderKind, Leg, Notice, Position, Trade
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import html, values
from stakeline.regimes.hk import codes
from stakeline.regimes.hk.classes import class_in_name
from stakeline.regimes.hk.grids import amount
from stakeline.regimes.hk.notices import stock_code
from stakeline.regimes.hk.serials import KNOWN_BASIS, serial
from stakeline.regimes.hk.tables import LIST, tables

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TABLE = "grdPaging"
_READER = "hk/list"
_HEADINGS = frozenset({"lblSCStockCode", "lblSCCorpName"})
_FIGURE = re.compile(r"\s*([^()\s]+)\s*\(([LSP])\)")
_REASON = re.compile(r"\s*([0-9]{3,5})\s*\(([LSP])\)")
_PRICE = re.compile(r"([A-Za-z]{3})\s*(\S+?)(?:\s*\(([LSP])\))?")
_RANGE = re.compile(r"([0-9][0-9,]{0,11})\s*-\s*([0-9][0-9,]{0,11})(?![0-9,])")
_TOTAL = re.compile(r"[0-9]{1,12}")
_KINDS = {"IS": HolderKind.INDIVIDUAL, "CS": HolderKind.CORPORATION}
_FORMS = {"IS": "1", "CS": "2", "DA": "3A"}
_NOT_SHARES = {"DB": "shares of an associated corporation", "DC": "debentures", "DD": "debentures"}
_LONGEST_NAME = 1_000

Told = list[tuple[Leg, Amount]]


class _Row(msgspec.Struct, frozen=True):
    """A row of the page: its number, its texts by path of the column, and where each column stands."""

    number: int
    texts: dict[str, str]
    at: dict[str, int]

    def where(self, path: str) -> str:
        return f"row {self.number}, column {self.at[path]}"


def is_list(page: html.Page) -> bool:
    """True for a page of the register that lists notices, of whichever kind."""
    return TABLE in page.elements or page.elements.keys() >= _HEADINGS


def read(page: html.Page) -> Reading:
    """The notices on the page, row by row, and why rows could not be taken in."""
    problems = list(page.problems)
    told = {path: _words(page, element) for element, path in tables().headings.items()}
    code = stock_code(told["issuer_code"], "#lblSCStockCode")
    if isinstance(code, Problem):
        return Reading(reader=_READER, problems=(*problems, code))
    headed = _headed(page)
    if isinstance(headed, Problem):
        return Reading(reader=_READER, problems=(*problems, headed))
    columns, rows = headed
    notices: list[Read[Notice]] = []
    issuer = told["issuer_name"] or None
    if issuer and len(issuer) > _LONGEST_NAME:
        problems.append(values.unread(issuer, "#lblSCCorpName", f"longer than {_LONGEST_NAME:,} characters: not read"))
        issuer = None
    halved = len(rows) if page.cut and _promised(page) != len(rows) else 0
    for number, cells in enumerate(rows, 1):
        row = _row(number, cells, columns, problems, halved=number == halved)
        notice = _notice(row, code, issuer, problems) if row is not None else None
        if notice is not None:
            notices.append(Read(notice, f"row {number}"))
    _counted(page, len(rows), problems)
    return Reading(reader=_READER, notices=tuple(notices), problems=tuple(problems))


def headed_rows(page: html.Page) -> "tuple[dict[str, int], list[list[LexborNode]]] | None":
    """Where each column stands (from 1), and the rows below the header; None where the page has no such table."""
    headed = _headed(page)
    return None if isinstance(headed, Problem) else headed


def _words(page: html.Page, element: str) -> str:
    node = page.elements.get(element)
    return html.words(node) if node is not None else ""


def _headed(page: html.Page) -> "tuple[dict[str, int], list[list[LexborNode]]] | Problem":
    """Columns found by the words of their headers, and the rows. A list without notices has no table."""
    node = page.elements.get(TABLE)
    if node is None:
        if _words(page, "lblRecCount") == "0":
            return {}, []
        message = "the page has no list of notices: it was cut short or is another page"
        return Problem(severity=Severity.INPUT, where=f"#{TABLE}", found="", message=message)
    rows = html.table(node)
    header = [html.words(cell).casefold() for cell in rows[0]] if rows else []
    found: dict[str, int] = {}
    for column in tables().columns:
        at = next((i for i, told in enumerate(header, 1) if any(h in told for h in column.headers)), None)
        if at is not None:
            found[column.path] = at
    missing = [c.label for c in tables().columns if c.path not in found and not c.optional]
    if missing:
        message = f"a list without a column for {', '.join(missing)}; we read the list of all notices of a company"
        return Problem(severity=Severity.INPUT, where=f"#{TABLE}", found=printable(" | ".join(header)), message=message)
    return found, rows[1:]


def _row(
    number: int, cells: "list[LexborNode]", columns: dict[str, int], problems: list[Problem], *, halved: bool
) -> _Row | None:
    """The row's texts by column, or None where they are not all there. halved: the page stops in this row's text."""
    if len(cells) == max(columns.values()) and not halved:
        return _Row(number, {path: html.words(cells[at - 1]) for path, at in columns.items()}, columns)
    found = printable(" | ".join(html.words(cell) for cell in cells))
    message = f"{len(cells)} cells where the header has {max(columns.values())}: the row was cut short or is no notice"
    problems.append(Problem(severity=Severity.INPUT, where=f"row {number}", found=found, message=message))
    return None


def _notice(row: _Row, code: str, issuer: str | None, problems: list[Problem]) -> Notice | None:
    """The row's notice, or None where it is no notice of the issuer's own shares or has no identity."""
    told = serial(row.texts["serial"], row.where("serial"), problems)
    other = _other_interest(row, told.prefix)
    if other:
        message = f"an interest in {other}, not in shares of the issuer: not read yet"
        problems.append(_quarantined(row, row.texts["serial"], message))
        return None
    day = values.day(row.texts["event_date"], row.where("event_date"))
    if isinstance(day, Problem):
        problems.append(day)
    event = None if isinstance(day, Problem | Absent) else day
    holder = row.texts["holder.name"]
    if not holder or len(holder) > _LONGEST_NAME or (event is None and told.number is None):
        problems.append(_quarantined(row, holder, "no holder, or neither a day of the event nor a serial number"))
        return None
    if event is not None and told.filed is not None and event > told.filed:
        message = f"after the day of filing in the serial number ({told.filed})"
        problems.append(
            Problem(severity=Severity.NOTE, where=row.where("event_date"), found=event.isoformat(), message=message)
        )
    return Notice(
        regime="hk",
        form=LIST,
        issuer_code=code,
        issuer_name=issuer,
        share_class=class_in_name(issuer or ""),
        holder=Holder(name=holder, kind=_KINDS.get(told.prefix)),
        serial=told.number,
        event_date=event,
        known_from=told.known_from,
        known_basis=KNOWN_BASIS if told.known_from else None,
        trades=_trades(row, told.prefix, problems),
        after=_after(row, problems),
        status=told.status,
        related=told.related,
        remark=told.remark,
    )


def _other_interest(row: _Row, prefix: str) -> str | None:
    """What the row is about where it is not the issuer's own shares."""
    if row.texts.get("associated"):
        return _NOT_SHARES["DB"]
    if row.texts.get("debentures"):
        return _NOT_SHARES["DC"]
    return _NOT_SHARES.get(prefix)


def _quarantined(row: _Row, found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where=f"row {row.number}", found=printable(found), message=message)


def _trades(row: _Row, prefix: str, problems: list[Problem]) -> tuple[Trade, ...]:
    """An event line for each reason, and for each leg with shares but no reason."""
    reasons = _reasons(row, prefix, problems)
    involved = _figures(row, "trades.shares", values.count, problems)
    legs = list(dict.fromkeys([leg for leg, _ in reasons] + [leg for leg, _ in involved]))
    lines: list[tuple[Leg, str | None, Amount]] = []
    for leg in legs:
        coded = [c for of, c in reasons if of is leg]
        shares = [s for of, s in involved if of is leg]
        if len(coded) == len(shares):
            lines.extend((leg, c, s) for c, s in zip(coded, shares, strict=True))
        elif not shares:
            lines.extend((leg, c, Absent.NOT_DISCLOSED) for c in coded)
        elif not coded:
            lines.extend((leg, None, s) for s in shares)
        else:
            message = "not as many share counts as reasons: which belongs to which cannot be told"
            problems.append(values.unread(row.texts["trades.shares"], row.where("trades.shares"), message))
            lines.extend((leg, c, Absent.UNREADABLE) for c in coded)
    return _priced(row, lines, problems)


def _reasons(row: _Row, prefix: str, problems: list[Problem]) -> list[tuple[Leg, str | None]]:
    """Leg and code of each line of the reason cell."""
    where, text = row.where("trades.code"), row.texts["trades.code"]
    found: list[tuple[Leg, str | None]] = []
    at = 0
    while at < len(text):
        match = _REASON.match(text, at)
        leg = values.leg(match[2]) if match else None
        if match is None or leg is None:
            problems.append(values.unread(text, where, "not codes with the letter of their position, like 1201(L)"))
            break
        codes.check(match[1], "reason", _FORMS.get(prefix, ""), where, problems)
        found.append((leg, match[1]))
        at = match.end()
    return found


def _figures(row: _Row, path: str, reader: "values.Reader", problems: list[Problem]) -> Told:
    """Leg and figure of each line of a cell, "726,000(L)"."""
    where, text = row.where(path), row.texts[path]
    found: Told = []
    at = 0
    while at < len(text):
        match = _FIGURE.match(text, at)
        leg = values.leg(match[2]) if match else None
        if match is None or leg is None:
            problems.append(
                values.unread(text, where, "not figures with the letter of their position, like 726,000(L)")
            )
            break
        found.append((leg, amount(reader(match[1], where), problems)))
        at = match.end()
    return found


def _priced(row: _Row, lines: list[tuple[Leg, str | None, Amount]], problems: list[Problem]) -> tuple[Trade, ...]:
    """The event lines with the cell's price: it names no position, so it is placed only where one line can have it."""
    text, where = row.texts["trades.price"], row.where("trades.price")
    currency: str | None = None
    price: Amount = Absent.NOT_DISCLOSED
    of: Leg | None = None
    if text:
        match = _PRICE.fullmatch(text)
        of = values.leg(match[3]) if match and match[3] else None
        if match is None:
            problems.append(values.unread(text, where, "not a currency and one price, like HKD 27.6247"))
            price = Absent.UNREADABLE
        elif len([leg for leg, _, _ in lines if of in (None, leg)]) != 1:
            problems.append(values.unread(text, where, "one price and not one event line that it can belong to"))
            price = Absent.UNREADABLE
        else:
            currency, price = match[1].upper(), amount(values.price(match[2], where), problems)
    return tuple(
        Trade(
            leg=leg,
            code=code,
            shares=shares,
            currency=currency if of in (None, leg) else None,
            price=price if of in (None, leg) else Absent.NOT_DISCLOSED,
        )
        for leg, code, shares in lines
    )


def _after(row: _Row, problems: list[Problem]) -> tuple[Position, ...]:
    """The totals after the event, leg by leg."""
    shares = _by_leg(row, "after.shares", _figures(row, "after.shares", values.count, problems), problems)
    percents = _by_leg(row, "after.percent", _figures(row, "after.percent", values.percent, problems), problems)
    notes = (values.above_all(percent, row.where("after.percent")) for percent in percents.values())
    problems.extend(note for note in notes if note)
    return tuple(
        Position(leg=leg, shares=shares.get(leg, Absent.NOT_DISCLOSED), percent=percents.get(leg, Absent.NOT_DISCLOSED))
        for leg in dict.fromkeys([*shares, *percents])
    )


def _by_leg(row: _Row, path: str, told: Told, problems: list[Problem]) -> dict[Leg, Amount]:
    """One total a leg; two different ones are no total."""
    found: dict[Leg, Amount] = {}
    for leg, figure in told:
        if found.setdefault(leg, figure) != figure:
            problems.append(values.unread(row.texts[path], row.where(path), "two totals of one position"))
            found[leg] = Absent.UNREADABLE
    return found


def _promised(page: html.Page) -> int | None:
    """How many rows the page says it shows ("Displayed: 1 - 44"), or None where it does not say."""
    match = _RANGE.search(_words(page, "lblRecRange"))
    return int(match[2].replace(",", "")) - int(match[1].replace(",", "")) + 1 if match else None


def _counted(page: html.Page, seen: int, problems: list[Problem]) -> None:
    """Compare the rows seen with what the page says it shows, and with how many the register has."""
    shown, total = _words(page, "lblRecRange"), _words(page, "lblRecCount").replace(",", "")
    promised = _promised(page)
    if promised is None and total == "0" and not seen:
        return
    if promised is None and (page.cut or page.unended):
        problems.append(_page(Severity.INPUT, shown, "the page was cut short: further rows may be missing"))
    elif promised is None:
        problems.append(_page(Severity.NOTE, shown, "does not say how many notices are shown: some may be missing"))
    elif seen < promised:
        problems.append(_page(Severity.INPUT, shown, f"only {seen} rows are on the page: it was cut short"))
    elif seen > promised:
        problems.append(_page(Severity.NOTE, shown, f"{seen} rows are on the page"))
    if promised is not None and _TOTAL.fullmatch(total) and int(total) > promised:
        message = f"this page shows {promised} of {int(total):,} notices; the others are on further pages"
        problems.append(_page(Severity.NOTE, shown, message))


def _page(severity: Severity, found: str, message: str) -> Problem:
    return Problem(severity=severity, where="#lblRecRange", found=printable(found), message=message)
