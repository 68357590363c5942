"""Monthly returns of listed companies (form FF301 and the form before it): shares in issue of each class.

A return says how many shares of each class there were at the close of its month and of the month before. Both become
facts `shares.issued`, public since the end of the day on which the return says it was submitted. A document may hold
several returns, whole or in part; a part that does not tell its month or company gives a problem and no figure.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec

from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.moments import end_of_day
from stakeline.model.notices import Absent
from stakeline.model.numbers import Number, exact_sum
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import values
from stakeline.regimes.hk.returns_form import ABSENT, TOTAL, TREASURY, WITHOUT, Cell, Row, rows
from stakeline.regimes.hk.returns_text import Text, text_of
from stakeline.regimes.hk.serials import ZONE

READER = "hk/return"
MOST_RETURNS = 200
_KNOWN = "end of the day submitted, as the return tells it"
_DAY = r"(?:(?P<d>\d{1,2})\s+(?P<month>[A-Z][a-z]{2,8})\s+(?P<y>\d{4})|(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})\s*/\s*(?P<y2>\d{4}))"
_HEAD = re.compile(r"For\s+the\s+month\s+ended\s*(?:\(dd/mm/yyyy\))?\s*:")
_ENDED = re.compile(_HEAD.pattern + r"\s*" + _DAY)
_SUBMITTED = re.compile(r"Date\s+Submitted\s*:?\s*" + _DAY)
_STATUS = re.compile(r"Status\s*:[^\S\n]*(\S[^\n]{0,60})")
_SECTION = re.compile(r"(?<!I)II\.\s*Movements\s+in\s+Issued\s+(?P<what>Shares|Share\s+Capital)")
_NEXT = re.compile(r"(?<!\w)(?:III|IV)\.\s|Monthly\s+Return\s+(?:for|of)\s+Equity\s+Issuer")
_BALANCE = re.compile(r"Balance\s+at\s+close\s+of\s+the\s+month", re.IGNORECASE)
_PAGE = re.compile(r"Page\s+\d{1,3}\s+of\s+(\d{1,3})(?:\s+v?\s*(\d{1,2}\.\d{1,2}\.\d{1,2}))?")
_MONTHS = {f"{date(2000, m, 1):%B}": m for m in range(1, 13)}
_BEFORE_HEAD = 600  # characters above the month in which the first page's number may stand


class Told(msgspec.Struct, frozen=True):
    """A fact, where it was read, and what stands there literally."""

    fact: Fact
    locator: str
    literal: str


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a return says of itself. month: its last day; known: None where the day submitted is not told."""

    month: date
    known: datetime | None
    status: str | None
    words: str


def read(document: Document) -> Reading | None:
    """The share counts and stock codes of the returns in a document; None where it is no return."""
    text = text_of(document)
    if text is None:
        return None
    if isinstance(text, Problem):
        return Reading(reader=READER, problems=(text,))
    found = list(_returns(text))
    if not found:
        return None
    facts = dict.fromkeys((t.fact, t.locator) for t in found if isinstance(t, Told))
    problems = tuple(p for p in found if isinstance(p, Problem))
    return Reading(reader=READER, facts=tuple(Read(fact, locator) for fact, locator in facts), problems=problems)


def quote(document: Document, locator: str) -> str | None:
    """The figure or code that stands at a place ("page 2, line 7, column Balance at close of the month").

    None where there is no such place, or two different figures have it.
    """
    text = text_of(document)
    if not isinstance(text, Text):
        return None
    told = {t.literal for t in _returns(text) if isinstance(t, Told) and t.locator == locator}
    return told.pop() if len(told) == 1 else None


def _returns(text: Text) -> Iterator[Told | Problem]:
    """Every return in the text. A section II belongs to the head before it, unless another stands between.

    The heads and sections are of two generations, and since 2021 each page tells how many pages there are: where they
    do not fit, the section is of another return, whose head is not here.
    """
    marks = sorted([*_HEAD.finditer(text.whole), *_SECTION.finditer(text.whole)], key=lambda m: m.start())
    if len(marks) > 2 * MOST_RETURNS:
        yield _problem(
            Severity.INPUT, text.place(0), f"{len(marks)} headings", f"more than {MOST_RETURNS} returns; split it"
        )
        return
    if not marks and "證券變動月報表" in text.whole:
        message = "a monthly return in Chinese; save the English one, which has the same figures"
        yield _problem(Severity.INPUT, text.place(0), text.whole[:80], message)
    open_head: re.Match[str] | None = None
    for n, mark in enumerate(marks):
        end = marks[n + 1].start() if n + 1 < len(marks) else len(text.whole)
        if mark.re is _HEAD:
            if open_head is not None:
                yield _without_section(text, open_head)
            open_head = mark
            continue
        cut = _NEXT.search(text.whole, mark.end(), end)
        end = cut.start() if cut else end
        if open_head is not None and _fits(text, open_head, mark, end):
            yield from _one(text, open_head, mark, end)
            open_head = None
        else:
            yield _headless(text, mark, end)
    if open_head is not None:
        yield _without_section(text, open_head)


def _fits(text: Text, head: re.Match[str], section: re.Match[str], end: int) -> bool:
    """True where head and section are of one generation of the form and their pages of one return."""
    ended = _ENDED.match(text.whole, head.start())
    new = section["what"] == "Shares"
    if ended is not None and (ended["d"] is not None) != new:
        return False
    before = list(_PAGE.finditer(text.whole, max(head.start() - _BEFORE_HEAD, 0), head.start()))[-1:]
    balances = list(_BALANCE.finditer(text.whole, section.end(), end))
    last = balances[-1].start() if balances else end  # behind it the next return may begin
    pages = [*before, *_PAGE.finditer(text.whole, head.end(), last)]
    return len({page.groups() for page in pages}) < 2


def _one(text: Text, head: re.Match[str], section: re.Match[str], end: int) -> Iterator[Told | Problem]:
    """One return: its head, then the rows of its section II."""
    found = _head(text, head, section.start())
    if isinstance(found, Problem):
        yield found
        return
    if found.known is None:
        message = "the return does not tell a day submitted on or after the end of its month: since when it was public is not known"
        yield _problem(Severity.FIELD, text.place(head.start()), found.words, message)
    told = list(rows(text, section.start(), end, header=head.start(), new=section["what"] == "Shares"))
    yield from (p for p in told if isinstance(p, Problem))
    classes = [r for r in told if isinstance(r, Row)]
    subject = _subject(classes)
    if subject is None and classes:
        message = "does not tell the company's one stock code, so whose shares these are is not known"
        yield from (_problem(Severity.INPUT, r.where, _figures(r), f"{r.told}: {message}") for r in classes)
        return
    times = Counter(r.item for r in classes)
    for row in classes if subject else ():
        if row.item is None or times[row.item] > 1:
            message = "which class of shares this is cannot be told" + (" from another on the form" if row.item else "")
            yield _problem(Severity.INPUT, row.where, _figures(row), f"{row.told}: {message}")
            continue
        yield from _codes(row, subject or "", found)
        yield from _counts(row, subject or "", found)


def _head(text: Text, head: re.Match[str], end: int) -> _Head | Problem:
    """The month and the day submitted."""
    place = text.place(head.start())
    words = " ".join(text.whole[head.start() : head.end() + 40].split())
    ended = _day(_ENDED.match(text.whole, head.start()))
    if ended is None or ended.day != monthrange(ended.year, ended.month)[1]:
        return _problem(Severity.INPUT, place, words, "the return does not tell the last day of its month")
    submitted = _day(_SUBMITTED.search(text.whole, head.end(), end))
    known = end_of_day(submitted, ZONE) if submitted and submitted >= ended else None
    status = _STATUS.search(text.whole, head.end(), end)
    return _Head(month=ended, known=known, status=printable(status[1]) if status else None, words=words)


def _day(match: re.Match[str] | None) -> date | None:
    if match is None:
        return None
    month = _MONTHS.get(match["month"], 0) if match["month"] else int(match["m2"])
    try:
        found = date(int(match["y"] or match["y2"]), month, int(match["d"] or match["d2"]))
    except ValueError:
        return None
    return found if 1986 <= found.year < 2200 else None  # the exchange opened in 1986


def _subject(classes: list[Row]) -> str | None:
    """The company by its stock code in Hong Kong: that of its ordinary shares where several classes are listed."""
    told = {_padded(r.code): r for r in classes if r.code is not None}
    codes = {code: r for code, r in told.items() if re.fullmatch(r"0\d{4}", code)}
    if len(codes) > 1:
        ordinary = re.compile(r"preference|other", re.IGNORECASE)
        codes = {code: r for code, r in codes.items() if not ordinary.match(r.told)}
    return f"hk:{next(iter(codes))}" if len(codes) == 1 else None


def _padded(cell: Cell) -> str:
    """A stock code in five digits; "3316" is 03316."""
    return cell.text.zfill(5)


def _codes(row: Row, subject: str, head: _Head) -> Iterator[Told]:
    """The stock codes of the class."""
    for cell, basis in (
        *(((row.code, "stock code"),) if row.code and f"hk:{_padded(row.code)}" == subject else ()),
        *((counter, "stock code of a further counter") for counter in row.counters),
    ):
        yield Told(
            Fact(
                subject=subject,
                measure="code",
                period=head.month.isoformat(),
                text=_padded(cell),
                unit="text",
                basis=f"{basis}, {_name(head)}",
                known_from=head.known,
                known_basis=_KNOWN if head.known else None,
                cites=(_cite(head),),
            ),
            cell.where,
            cell.text,
        )


def _counts(row: Row, subject: str, head: _Head) -> Iterator[Told | Problem]:
    """The balances of a class, after its arithmetic was checked."""
    doubts = list(_unreconciled(row))
    yield from doubts
    doubt = "; ".join(dict.fromkeys(d.message for d in doubts)) or None
    first = head.month.replace(day=1) - timedelta(days=1)
    for day, cells, close in (
        (first, row.opening, "close of the preceding month"),
        (head.month, row.closing, "close of the month"),
    ):
        for column, cell in cells.items():
            if column == WITHOUT:
                continue
            number = values.count(cell.text, cell.where)
            if isinstance(number, Problem):
                yield msgspec.structs.replace(number, severity=Severity.INPUT)
            elif isinstance(number, Absent) or cell.text.casefold() in ABSENT:
                yield _problem(Severity.INPUT, cell.where, cell.text, f"{row.told}: no figure for the {close}")
            else:
                fact = _count(row, subject, head, day=day, number=number, column=column, close=close, doubt=doubt)
                yield Told(fact, cell.where, cell.text)


def _count(  # noqa: PLR0913 - the parts of a fact
    row: Row, subject: str, head: _Head, *, day: date, number: Number, column: str, close: str, doubt: str | None
) -> Fact:
    held = column == TREASURY
    among = ", treasury shares included" if column == TOTAL else ""
    return Fact(
        subject=subject,
        measure="shares.treasury" if held else "shares.issued",
        item=row.item,
        period=day.isoformat(),
        number=number,
        unit="shares",
        basis=f"{'treasury shares, ' if held else ''}{_name(head)}, {close}{among}",
        known_from=head.known,
        known_basis=_KNOWN if head.known else None,
        cites=(_cite(head),),
        confidence="low" if doubt else "high",
        doubt=doubt,
        note=head.status if head.status and head.status.casefold() != "new submission" else None,
    )


def _unreconciled(row: Row) -> Iterator[Problem]:
    """What is wrong with the arithmetic: opening + change = closing in each column, and the columns add up."""
    for column, change in row.change.items():
        before, after = (_number(cells[column]) for cells in (row.opening, row.closing))
        moved = _moved(change)
        if moved is None:
            yield _problem(Severity.FIELD, change.where, change.text, f"{row.told}: the change cannot be read")
        elif before is not None and after is not None and exact_sum(before, moved) != after:
            found = f"{row.opening[column].text} {change.text} {row.closing[column].text}"
            message = (
                f"{row.told}: the balance before and the change do not give the balance after; one of them is wrong"
            )
            yield _problem(Severity.FIELD, change.where, found, message)
    for cells in (row.opening, row.closing) if TOTAL in row.opening else ():
        parts = [_number(cells[column]) for column in (WITHOUT, TREASURY, TOTAL)]
        if None not in parts and exact_sum(*(p for p in parts[:2] if p is not None)) != parts[2]:
            found = " ".join(cell.text for cell in cells.values())
            message = f"{row.told}: the shares with and without the treasury shares do not add up; one figure is wrong"
            yield _problem(Severity.FIELD, cells[TOTAL].where, found, message)


def _number(cell: Cell) -> Decimal | None:
    found = values.count(cell.text, cell.where)
    return found.value if isinstance(found, Number) else None


def _moved(cell: Cell) -> Decimal | None:
    """A change as printed: -51,209,455, (51,209,455), 7,027,001, or a word for none."""
    if cell.text.casefold() in ABSENT:
        return Decimal(0)
    match = re.fullmatch(r"(\()?([+\-−–])?([0-9.,]+)(\))?", cell.text)
    if match is None or bool(match[1]) != bool(match[4]) or (match[1] and match[2]):
        return None
    size = values.count(match[3], cell.where)
    if not isinstance(size, Number):
        return None
    return -size.value if match[1] or match[2] in {"-", "−", "–"} else size.value


def _name(head: _Head) -> str:
    return f"monthly return for {head.month:%B} {head.month.year}"


def _cite(head: _Head) -> str:
    day = f", submitted {(head.known.date()).isoformat()}" if head.known else ""
    return f"Monthly return for {head.month:%B} {head.month.year} (form FF301 or its predecessor){day}"


def _figures(row: Row) -> str:
    """The balances of a row, for a problem that keeps them from being taken in."""
    parts = [*row.opening.values(), *row.change.values(), *row.closing.values()]
    return " ".join(cell.text for cell in parts)


def _headless(text: Text, section: re.Match[str], end: int) -> Problem:
    message = (
        "the part of a return without its first page: of which month and company is not told; save the whole return"
    )
    return _problem(Severity.INPUT, text.place(section.start()), _balance(text.whole[section.start() : end]), message)


def _balance(section: str) -> str:
    """The line of the closing balance, to show whose figures are not taken in."""
    match = _BALANCE.search(section)
    return section[match.start() : match.end() + 60] if match else section[:80]


def _without_section(text: Text, head: re.Match[str]) -> Problem:
    words = text.whole[head.start() : head.end() + 40]
    message = "a return without its section II, where the share counts are; save the whole return"
    return _problem(Severity.INPUT, text.place(head.start()), words, message)


def _problem(severity: Severity, where: str, found: str, message: str) -> Problem:
    return Problem(severity=severity, where=where, found=printable(found), message=printable(message))
