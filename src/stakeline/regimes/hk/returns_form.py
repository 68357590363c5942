"""Section II of a monthly return, "Movements in Issued Shares": its rows of balances, in two generations of the form.

Since 2021 (FF301) each class has its own part: class, type, stock codes, then one column of figures, or three since
there are treasury shares (June 2024: without them, treasury shares, total). Before, one table had four columns:
ordinary shares (1) and (2), preference shares, other classes; which shares those are stands in section I.

Layouts: the old one and FF301 1.0 from text of real returns; the three columns from public readers of real ones.
"""

import re
from collections.abc import Iterator

import msgspec

from stakeline.model.classes import share_class
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.regimes.hk.returns_text import Text

OPENING = "Balance at close of preceding month"
CLOSING = "Balance at close of the month"
CHANGE = "Increase / decrease"
TREASURY = "treasury shares"
WITHOUT = "without treasury shares"
TOTAL = "total"


class Cell(msgspec.Struct, frozen=True):
    """One figure as printed, and its place ("page 2, line 7, column Balance at close of the month")."""

    text: str
    where: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One class of shares and its balances.

    told: the class as printed; item: our short name, or None where it is not told. code: the stock code, if it has one.
    counters: further stock codes of the same shares. Balances by column: "" where there is one column alone.
    """

    told: str
    item: str | None
    code: Cell | None
    counters: tuple[Cell, ...] = ()
    where: str
    opening: dict[str, Cell]
    change: dict[str, Cell]
    closing: dict[str, Cell]


Found = Row | Problem

_LABEL_OPENING = re.compile(r"Balance\s+at\s+close\s+of\s+(?:the\s+)?preceding\s+month", re.IGNORECASE)
_LABEL_CHANGE = re.compile(r"Increase\s*/\s*\(?decrease\)?(?:\s*\(-\))?(?:\s+during\s+the\s+month)?", re.IGNORECASE)
_LABEL_CLOSING = re.compile(r"Balance\s+at\s+close\s+of\s+the\s+month", re.IGNORECASE)
_FURNITURE = re.compile(
    r"\bFF301\b|(?:\bv\s*)?Page\s+\d{1,3}\s+of\s+\d{1,3}(?:\s+v?\s*\d{1,2}\.\d{1,2}\.\d{1,2})?", re.IGNORECASE
)
_CLASS = re.compile(
    r"""(?:(?<!\S)\d{1,2}\.\s*)?
    (?: Class\s+of\s+shares\s+(?P<class>\S.{0,80}?)\s+Type\s+of\s+shares\s+(?P<type>\S.{0,80}?)
      | Type\s+of\s+shares\s+(?P<class2>\S.{0,80}?)\s+Class\s+of\s+shares\s+(?P<type2>\S.{0,80}?) )
    \s+Listed\s+on\s+(?:SEHK|the\s+Exchange)\s*(?:\(Note\s*\d{1,2}\))?\s*(?P<listed>Yes|No)?(?!\w)""",
    re.VERBOSE | re.DOTALL,
)
_CODE = re.compile(
    r"""(?P<multi>Multi-counter\s+)?stock\s+code(?:\s+\(if\s+listed\))?\s*:?
    (?:\s+(?P<code>\d{4,6}|N/?A|Not\s+applicable))? (?:\s+(?P<currency>[A-Z]{3}))?
    \s+Description\s*:?(?P<words>(?:(?!Number\s+of|Balance\s+at|Multi-counter)[^\n]){0,200})""",
    re.VERBOSE | re.IGNORECASE,
)
_HEADS = re.compile(
    r"Number\s+of\s+issued\s+shares\s+\(excluding\s+treasury\s+shares\)\s+Number\s+of\s+treasury\s+shares\s+"
    r"Total\s+number\s+of\s+issued\s+shares",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[(+\-−–]?[0-9][0-9,.]*\)?|n/?a|n\.a\.|nil|[-–—]{1,2}", re.IGNORECASE)
ABSENT = frozenset({"n/a", "na", "n.a.", "nil", "-", "–", "—", "--", "––", "——"})
_NONE = frozenset({"not applicable", "n/a", "na", ""})


def rows(text: Text, start: int, end: int, *, header: int, new: bool) -> Iterator[Found]:
    """The classes of section II, which stands in the text from start to end. header: where its return begins."""
    section = _FURNITURE.sub(lambda m: " " * len(m[0]), text.whole[start:end])
    yield from _new(text, start, section) if new else _old(text, start, section, header)


def _new(text: Text, start: int, section: str) -> Iterator[Found]:
    heads = list(_CLASS.finditer(section))
    if not heads:
        yield _unfit(text.place(start), section, "section II names no class of shares")
        return
    for n, head in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(section)
        yield from _part(text, start, section, head, end)


def _part(text: Text, start: int, section: str, head: re.Match[str], end: int) -> Iterator[Found]:
    """One class of the form since 2021."""
    told = " ".join(f"{head['class'] or head['class2']}, {head['type'] or head['type2']}".split())
    where = text.place(start + head.start())
    cells = _cells(text, start, section, head.end(), end)
    if cells is None:
        yield _unfit(where, told, f"this class has not the three lines {OPENING}, {CHANGE} (-), {CLOSING}")
        return
    before, opening, change, closing, rest = cells
    treasury = _HEADS.search(section, head.end(), before) is not None
    columns = (WITHOUT, TREASURY, TOTAL) if treasury else ("",)
    moved = columns[:2] if treasury and len(change) == 2 else columns
    if (len(opening), len(change), len(closing)) != (len(columns), len(moved), len(columns)):
        found = " | ".join(" ".join(c.text for c in line) for line in (opening, change, closing))
        yield _unfit(where, found, f"{printable(told)}: not {len(columns)} figures in each line of balances")
        return
    codes = list(_CODE.finditer(section, head.end(), before))
    own = next((c for c in codes if not c["multi"]), None)
    yield Row(
        told=told,
        item=_item(told, own["words"] if own else ""),
        code=_code(text, start, own, "Stock code"),
        counters=tuple(c for m in codes if m["multi"] and (c := _code(text, start, m, "Multi-counter stock code"))),
        where=where,
        opening=dict(zip(columns, _named(opening, columns), strict=True)),
        change=dict(zip(moved, change, strict=True)),
        closing=dict(zip(columns, _named(closing, columns), strict=True)),
    )
    if rest:
        message = f"stands behind the balances of {printable(told)} and is not read; treasury shares may be among it"
        yield Problem(severity=Severity.NOTE, where=where, found=printable(rest)[:200], message=message)


def _item(told: str, description: str) -> str | None:
    """Our short name of a class of the form since 2021: its type where that is a letter, else its kind of shares."""
    kind, _, typed = (part.strip() for part in told.partition(", "))
    if re.fullmatch(r"[A-Z]", typed):
        return typed
    plain = share_class(kind)
    if typed.casefold() in _NONE and plain == "ordinary":
        return plain
    words = share_class(description) or (None if typed.casefold() not in _NONE else plain)
    if words is None and not re.match(r"other\b", typed, re.IGNORECASE):
        return share_class(f"{typed} shares") or told
    return words


_COLUMNS = ("ordinary (1)", "ordinary (2)", "preference", "other classes")


def _old(text: Text, start: int, section: str, header: int) -> Iterator[Found]:
    cells = _cells(text, start, section, 0, len(section))
    place = text.place(start)
    if cells is None:
        yield _unfit(place, section, f"section II has not the three lines {OPENING}, {CHANGE}, {CLOSING}")
        return
    _, opening, change, closing, _ = cells
    if {len(opening), len(change), len(closing)} != {len(_COLUMNS)}:
        found = " | ".join(" ".join(c.text for c in line) for line in (opening, change, closing))
        yield _unfit(place, found, f"not a figure, N/A or Nil for each of {', '.join(_COLUMNS)} in each line")
        return
    securities = _securities(text, header, start)
    used = [n for n in range(len(_COLUMNS)) if not {_word(opening[n]), _word(closing[n])} <= ABSENT]
    for n in used:
        code, words = securities.get(_COLUMNS[n], (None, ""))
        item = share_class(words) if words.casefold() not in _NONE else None
        if n < 2 and {0, 1} & set(used) == {n} and (item is None or item == words):
            item = "ordinary"
        elif n >= 2 and item is None:
            item = ("preference shares", "other shares")[n - 2]
        column = _COLUMNS[n]
        yield Row(
            told=f"{column} {words}".strip(),
            item=item,
            code=code,
            where=opening[n].where,
            opening={"": _renamed(opening[n], column)},
            change={"": change[n]},
            closing={"": _renamed(closing[n], column)},
        )


_SECURITY = re.compile(
    r"(?P<heading>\d\.\s*(?P<kind>Ordinary|Preference|Other\s+Classes))"
    r"|(?:\((?P<number>[12])\)\s*)?Stock\s+code\s*:\s*(?P<code>\d{1,5}|N/?A)?\s*Description\s*:(?P<words>[^\n]{0,200})",
    re.IGNORECASE,
)


def _securities(text: Text, start: int, end: int) -> dict[str, tuple[Cell | None, str]]:
    """Stock code and description of each column, from section I of the form before 2021."""
    found: dict[str, tuple[Cell | None, str]] = {}
    kind = "ordinary"
    for match in _SECURITY.finditer(text.whole, start, end):
        if match["heading"]:
            kind = match["kind"].split()[0].lower()
            continue
        column = {"preference": _COLUMNS[2], "other": _COLUMNS[3]}.get(kind, f"ordinary ({match['number'] or 1})")
        found.setdefault(column, (_code(text, 0, match, "Stock code"), printable(match["words"])))
    return found


Cells = tuple[int, list[Cell], list[Cell], list[Cell], str]


def _cells(text: Text, start: int, section: str, at: int, end: int) -> Cells | None:
    """The three lines of balances from `at` to `end`: where they begin, their figures, and what stands behind them."""
    opening = _LABEL_OPENING.search(section, at, end)
    change = _LABEL_CHANGE.search(section, opening.end(), end) if opening else None
    closing = _LABEL_CLOSING.search(section, change.end(), end) if change else None
    if opening is None or change is None or closing is None:
        return None
    first, odd = _figures(text, start, section, opening, change.start(), OPENING)
    second, odd2 = _figures(text, start, section, change, closing.start(), CHANGE)
    third, rest = _figures(text, start, section, closing, end, CLOSING)
    if odd or odd2:
        return None
    return opening.start(), first, second, third, rest


def _figures(text: Text, start: int, section: str, label: re.Match[str], end: int, name: str) -> tuple[list[Cell], str]:
    """The figures that follow a label at once, and the words behind them."""
    found: list[Cell] = []
    at = label.end()
    for match in re.compile(r"\S+").finditer(section, at, end):
        if not _FIGURE.fullmatch(match[0]) and not match[0][0].isdigit():
            return found, " ".join(section[match.start() : end].split())
        found.append(Cell(match[0], f"{text.place(start + match.start())}, column {name}"))
    return found, ""


def _named(cells: list[Cell], columns: tuple[str, ...]) -> list[Cell]:
    return [_renamed(cell, column) for cell, column in zip(cells, columns, strict=True)]


def _renamed(cell: Cell, column: str) -> Cell:
    return Cell(cell.text, f"{cell.where}, {column}") if column else cell


def _code(text: Text, start: int, match: re.Match[str] | None, name: str) -> Cell | None:
    if match is None or not (match["code"] or "").isdigit():
        return None
    return Cell(match["code"], f"{text.place(start + match.start('code'))}, column {name}")


def _word(cell: Cell) -> str:
    return cell.text.casefold()


def _unfit(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where=where, found=printable(found)[:200], message=message)
