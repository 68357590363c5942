"""The tables of a notice page: totals before and after, capacities and derivatives. `links` reads those of persons.

Rows are understood by what stands in their cells (a position word, a code, a count), not by the table's markup: figures
of one position stand in one row, or in a table inside a cell. What cannot be understood is said, row by row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from stakeline.model.notices import Absent, Amount, CodedShares, Leg, Position
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import values
from stakeline.reading.values import leg
from stakeline.regimes.hk import codes
from stakeline.regimes.hk.cells import Row, Told
from stakeline.regimes.hk.words import DIGITS, PERCENT_HEADER, figured, plain

_DIGIT = re.compile("[0-9]")
_FIGURES = re.compile("[0-9,]+")
FIGURE = re.compile(r"[0-9][0-9,. ]*%?")
_FIGURE_WITH_LETTER = re.compile(r"([0-9][0-9,.]*)\s*\(([LSP])\)")
_POSITION_THEN_FIGURE = re.compile(r"(\D+?)\s*:?\s+([0-9][0-9,.]*)")


def positions(rows: Iterable[Row], where: str) -> Told[Position]:
    """A box of totals: one row for each position with its shares and percentage. Rows left blank tell nothing."""
    found: dict[Leg, Position] = {}
    problems: list[Problem] = []
    shares_at, percent_at = 1, 2
    for number, of, texts in lines(rows):
        if of is None:
            if found or not heads(texts):
                lost(problems, f"{where}, row {number}", texts, "no position that we know; the row is not read")
            elif percents_first(texts):
                shares_at, percent_at = 2, 1
            continue
        at = f"{where}, row {number}"
        if len(texts) > 3 and any(texts[3:]):
            lost(problems, at, texts[3:], "more columns than the form has", Severity.NOTE)
        if not any(texts[1:3]):
            continue
        shares = whole(plain(texts[shares_at]), at, problems) if len(texts) > shares_at else None
        percent = amount(values.percent(plain(texts[percent_at]), at), problems) if len(texts) > percent_at else None
        if note := values.above_all(percent, at):
            problems.append(note)
        position = Position(leg=of, shares=shares, percent=percent)
        if found.setdefault(of, position) != position:
            lost(problems, at, texts, "another total of the same position; neither is taken")
            found[of] = Position(leg=of, shares=Absent.UNREADABLE, percent=Absent.UNREADABLE)
    return tuple(found.values()), problems


def lines(rows: Iterable[Row]) -> Iterator[tuple[int, Leg | None, list[str]]]:
    """The number, position and cells of each line of totals, from its position on; the whole line where it has none.

    Blank cells before the position are left out; lines of a table inside a cell stand apart.
    """
    for row in rows:
        texts = row.words()
        if row.header:
            yield row.number, None, texts
            continue
        at = 0
        while not texts[at]:
            at += 1
        if of := leg(texts[at]):
            yield row.number, of, texts[at:]
            continue
        entries = row.entries()
        starts = [n for n, entry in enumerate(entries) if leg(entry)]
        if not starts:
            yield row.number, None, texts
            continue
        if before := entries[: starts[0]]:
            yield row.number, None, before
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
            yield row.number, leg(entries[start]), entries[start:end]


def heads(texts: Sequence[str]) -> bool:
    """True for a line that names columns: no position and no figure."""
    return not _DIGIT.search(plain("".join(texts[1:])))


def whole(text: str, where: str, problems: list[Problem]) -> Amount:
    """A number of shares: part of a share is no such number (a percentage in the wrong column, say)."""
    found = values.count(text, where)
    if type(found) is Number and "." in text and found.value != found.value.to_integral_value():
        message = "a fraction of a share: a percentage in the place of the shares?"
        found = Problem(severity=Severity.FIELD, where=where, found=f"{found.value:f}", message=message)
    return amount(found, problems)


def percents_first(headers: list[str]) -> bool:
    """True for headers of a box of totals with the percentage before the shares."""
    return any(PERCENT_HEADER.search(text) for text in headers[1:2])


def coded(rows: Iterable[Row], where: str, table: str, form: str) -> Told[CodedShares]:
    """A box of shares by code: capacities, or kinds of derivatives."""
    found: list[CodedShares] = []
    problems: list[Problem] = []
    spanning: str | None = None
    spans = 0
    for row in rows:
        if row.header:
            continue
        leaves = row.entries()
        at = f"{where}, row {row.number}"
        named = next((i for i, leaf in enumerate(leaves) if codes.leading_code(leaf)), None)
        code = spanning if spans else None
        if named is not None and not any(held(leaf) for leaf in leaves[:named]):
            code = codes.leading_code(leaves.pop(named))
            spans = row.span
        if code is None:
            lost(problems, at, leaves, "no code; the row is not read")
            continue
        spanning, spans = code, max(spans - 1, 0)
        codes.check(code, table, form, at, problems)
        shares = shares_held(leaves, at, problems)
        if not shares:
            lost(problems, at, [code, *leaves], "a code without a position", Severity.NOTE)
        found.extend(CodedShares(code=code, leg=of, shares=told) for of, told in shares)
    return tuple(found), problems


def undescribed(rows: Iterable[Row], _: str) -> Told[tuple[str, ...]]:
    """A box whose columns nobody has described: its rows below the header as they stand, blank cells left out."""
    return tuple(tuple(row.entries()) for row in rows if not row.header), ()


def amount(value: values.Value, problems: list[Problem]) -> Amount:
    """The value, or `Absent.UNREADABLE` with its problem put to the others."""
    if type(value) is Problem:
        problems.append(value)
        return Absent.UNREADABLE
    return value  # type: ignore[return-value]  # the quick way to say: no Problem


def held(leaf: str) -> bool:
    """True for a text that tells a position."""
    if "\n" in leaf:
        return any(map(held, leaf.split("\n")))
    return leg(leaf) is not None or _with_figure(figured(leaf)) is not None


def shares_held(leaves: Sequence[str], at: str, problems: list[Problem]) -> list[tuple[Leg, Amount]]:
    """Shares by position, in whichever way the texts tell them."""
    if len(leaves) == 2 and _FIGURES.fullmatch(leaves[1]) and (of := leg(leaves[0])) is not None:
        return [(of, amount(values.count(leaves[1], at), problems))]  # as nearly always
    found: list[tuple[Leg, Amount]] = []
    waiting: Leg | None = None
    for line in "\n".join(leaves).split("\n") if leaves else ():
        leaf = figured(line)
        of = leg(leaf)
        both = _with_figure(leaf) if of is None else None
        if waiting is not None:
            told = of is None and both is None
            found.append((waiting, amount(values.count(leaf, at), problems) if told else Absent.NOT_DISCLOSED))
            waiting = None
            if told:
                continue
        waiting = of
        if both is not None:
            found.append((both[0], amount(values.count(both[1], at), problems)))
        elif of is None and FIGURE.fullmatch(leaf):
            lost(problems, at, [leaf], "a figure without a position; not read", Severity.NOTE)
    if waiting is not None:
        found.append((waiting, Absent.NOT_DISCLOSED))
    return found


def lost(
    problems: list[Problem], at: str, texts: Sequence[str], message: str, severity: Severity = Severity.FIELD
) -> None:
    """Say what could not be read of a row."""
    problems.append(Problem(severity=severity, where=at, found=printable(" | ".join(texts)), message=message))


def _with_figure(leaf: str) -> tuple[Leg, str] | None:
    """Position and figure that stand in one text: "80,000,000(L)" or "Long position: 80,000,000"."""
    if leaf.endswith(")"):
        lettered = _FIGURE_WITH_LETTER.fullmatch(leaf)
        of = leg(lettered[2]) if lettered else None
        return (of, lettered[1]) if lettered and of else None
    if leaf[-1] not in DIGITS or leaf[0] in DIGITS:
        return None
    worded = _POSITION_THEN_FIGURE.fullmatch(leaf)
    of = leg(worded[1]) if worded else None
    return (of, worded[2]) if worded and of else None
