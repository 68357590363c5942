"""The tables of a notice page: totals before and after, capacities, derivatives, and the persons behind the holding.

Rows are understood by what stands in their cells (a position word, a code, a count), not by the table's markup: figures
of one position stand in one row, or in a table inside a cell. What cannot be understood is said, row by row.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stakeline.model.notices import Absent, Amount, CodedShares, Leg, Link, LinkKind, Position
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html, values
from stakeline.regimes.hk import codes

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_FIGURE = re.compile(r"[0-9][0-9,. ]*%?")
_FIGURE_WITH_LETTER = re.compile(r"([0-9][0-9,.]*)\s*\(([LSP])\)")
_POSITION_THEN_FIGURE = re.compile(r"(\D+?)\s*:?\s+([0-9][0-9,.]*)")
_PERCENT_HEADER = re.compile(r"%|percent|百分", re.IGNORECASE)
_HEADER = re.compile(r"(?:full )?names?\b|姓名|名稱|名称|codes?\b|代號|number\b|no\. |address|地址", re.IGNORECASE)
_YES_NO = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}
_CONTROL = frozenset({LinkKind.CONTROLLED, LinkKind.DIRECTION})


def positions(node: "LexborNode | None", where: str, problems: list[Problem]) -> tuple[Position, ...]:
    """A box of totals: one row for each position with its shares and percentage. Rows left blank tell nothing."""
    if node is None:
        return ()
    found: dict[Leg, Position] = {}
    shares_at, percent_at = 1, 2
    for number, texts in _texts(node, where, problems):
        leg = values.leg(texts[0])
        if leg is None:
            if found or any(t[:1].isdigit() for t in texts[1:]):
                _lost(problems, f"{where}, row {number}", texts, "no position that we know; the row is not read")
            elif any(_PERCENT_HEADER.search(t) for t in texts[1:2]):
                shares_at, percent_at = 2, 1
            continue
        if len(texts) > 3 and any(texts[3:]):
            _lost(problems, f"{where}, row {number}", texts[3:], "more columns than the form has", Severity.NOTE)
        if not any(texts[1:3]):
            continue
        at = f"{where}, row {number}"
        shares = amount(values.count(texts[shares_at], at), problems) if len(texts) > shares_at else None
        percent = amount(values.percent(texts[percent_at], at), problems) if len(texts) > percent_at else None
        if note := values.above_all(percent, at):
            problems.append(note)
        position = Position(leg=leg, shares=shares, percent=percent)
        if found.setdefault(leg, position) != position:
            _lost(problems, at, texts, "another total of the same position; neither is taken")
            found[leg] = Position(leg=leg, shares=Absent.UNREADABLE, percent=Absent.UNREADABLE)
    return tuple(found.values())


def coded(
    node: "LexborNode | None", table: str, form: str, where: str, problems: list[Problem]
) -> tuple[CodedShares, ...]:
    """A box of shares by code: capacities, or kinds of derivatives."""
    if node is None:
        return ()
    found: list[CodedShares] = []
    spanning: str | None = None
    spans = 0
    for number, row in enumerate(html.table(node), 1):
        at = f"{where}, row {number}"
        leaves = [leaf for cell in row for leaf in html.leaves(cell)]
        if not leaves or _is_header(number, row, leaves):
            continue
        named = next((i for i, leaf in enumerate(leaves) if codes.leading_code(leaf)), None)
        first_held = next((i for i, leaf in enumerate(leaves) if _holds([leaf])), len(leaves))
        code = spanning if spans else None
        if named is not None and named < first_held:
            code = codes.leading_code(leaves.pop(named))
            spans = _rowspan(row[0])
        held = tuple(_held(leaves, at, problems))
        if code is None:
            _lost(problems, at, leaves, "no code; the row is not read")
            continue
        spanning, spans = code, max(spans - 1, 0)
        codes.check(code, table, form, at, problems)
        if not held:
            _lost(problems, at, [code, *leaves], "a code without a position", Severity.NOTE)
        found.extend(CodedShares(code=code, leg=leg, shares=shares) for leg, shares in held)
    _if_no_table(node, where, problems)
    return tuple(found)


def links(
    node: "LexborNode", kind: LinkKind, table: str | None, form: str, where: str, problems: list[Problem]
) -> tuple[Link, ...]:
    """A box of persons through whom or with whom the shares are held, one row each.

    table: of the status codes that the box has. A row is a name (its address under it or in the next cell), then in any
    order the person in control, a percentage of control, yes or no for a direct interest, a status code, and shares.
    """
    found: list[Link] = []
    address_told = False
    for number, row in enumerate(html.table(node), 1):
        cells = _joined([html.leaves(cell) for cell in row])
        if not any(cells):
            continue
        if _is_header(number, row, [leaf for cell in cells for leaf in cell]):
            address_told = any("address" in leaf.casefold() or "地址" in leaf for cell in cells[1:2] for leaf in cell)
            continue
        at = f"{where}, row {number}"
        link = _link(cells, kind, table, address_told=address_told, at=at, problems=problems)
        if link is None:
            _lost(problems, at, [leaf for cell in cells for leaf in cell], "no name; the row is not read")
            continue
        if table and link.code:
            codes.check(link.code, table, form, at, problems)
        found.append(link)
    _if_no_table(node, where, problems)
    return tuple(found)


def amount(value: values.Value, problems: list[Problem]) -> Amount:
    """The value, or `Absent.UNREADABLE` with its problem put to the others."""
    if isinstance(value, Problem):
        problems.append(value)
        return Absent.UNREADABLE
    return value


def _link(
    cells: list[list[str]],
    kind: LinkKind,
    table: str | None,
    *,
    address_told: bool,
    at: str,
    problems: list[Problem],
) -> Link | None:
    """One row's person, or None where it has no name."""
    texts: list[list[str]] = []
    held: list[tuple[Leg, Amount]] = []
    code: str | None = None
    percent: Amount = None
    direct: bool | None = None
    for leaves in cells:
        if not leaves:
            continue
        first = leaves[0]
        if len(leaves) == 1 and (said := _YES_NO.get(first.casefold())) is not None:
            direct = said
        elif _holds(leaves):
            held.extend(_held(leaves, at, problems))
        elif table and code is None and (leading := codes.leading_code(first)) and texts:
            code = leading
        elif len(leaves) == 1 and _FIGURE.fullmatch(first) and texts:
            if kind is LinkKind.AGREEMENT:
                # s.317 joins interests in shares, so the box has no column for the position.
                held.append((Leg.LONG, amount(values.count(first, at), problems)))
            elif percent is None and kind in _CONTROL:
                percent = amount(values.percent(first, at), problems)
            else:
                _lost(problems, at, leaves, "a figure without a position, in a column that we do not know")
        else:
            texts.append(leaves)
    if not texts:
        return None
    name, address, controller = _names(texts, kind, address_told=address_told, at=at, problems=problems)
    return Link(
        kind=kind,
        name=name,
        address=address,
        controller=controller,
        code=code,
        percent=percent,
        direct=direct,
        positions=tuple(Position(leg=leg, shares=shares) for leg, shares in held),
    )


def _joined(cells: list[list[str]]) -> list[list[str]]:
    """The cells, with a position and the figure in the next cell put together."""
    for at in range(len(cells) - 1, 0, -1):
        before = cells[at - 1]
        if len(cells[at]) == 1 and _FIGURE.fullmatch(cells[at][0]) and before and values.leg(before[-1]):
            before.extend(cells.pop(at))
    return cells


def _names(
    texts: list[list[str]], kind: LinkKind, *, address_told: bool, at: str, problems: list[Problem]
) -> tuple[str, str | None, str | None]:
    """Name, address and person in control from a row's texts. An address stands under the name or in the next cell."""
    name, *below = "\n".join(texts[0]).split("\n")
    rest = [" ".join("\n".join(t).split("\n")) for t in texts[1:]]
    address = ", ".join(below) or None
    if rest and address is None and (address_told or kind is not LinkKind.CONTROLLED or len(rest) > 1):
        address = rest.pop(0)
    controller = rest.pop(0) if rest and kind is LinkKind.CONTROLLED else None
    if rest:
        _lost(problems, at, rest, "text in a column that we do not know", Severity.NOTE)
    return name, address, controller


def _holds(leaves: list[str]) -> bool:
    """True for a cell that tells positions."""
    return any(values.leg(line) or _with_figure(line) for leaf in leaves for line in leaf.split("\n"))


def _with_figure(leaf: str) -> tuple[Leg, str] | None:
    """Position and figure that stand in one text: "80,000,000(L)" or "Long position: 80,000,000"."""
    if leaf.endswith(")"):
        lettered = _FIGURE_WITH_LETTER.fullmatch(leaf)
        leg = values.leg(lettered[2]) if lettered else None
        return (leg, lettered[1]) if lettered and leg else None
    if not leaf[-1].isdigit() or leaf[0].isdigit():
        return None
    worded = _POSITION_THEN_FIGURE.fullmatch(leaf)
    leg = values.leg(worded[1]) if worded else None
    return (leg, worded[2]) if worded and leg else None


def _held(leaves: list[str], at: str, problems: list[Problem]) -> Iterator[tuple[Leg, Amount]]:
    """Shares by position, in whichever way the texts tell them."""
    waiting: Leg | None = None
    for leaf in "\n".join(leaves).split("\n") if leaves else ():
        leg = values.leg(leaf)
        both = _with_figure(leaf) if leg is None else None
        if leg is None and both is None and waiting is not None:
            yield waiting, amount(values.count(leaf, at), problems)
            waiting = None
            continue
        if waiting is not None:
            yield waiting, Absent.NOT_DISCLOSED
        waiting = leg
        if both is not None:
            yield both[0], amount(values.count(both[1], at), problems)
        elif leg is None and _FIGURE.fullmatch(leaf):
            _lost(problems, at, [leaf], "a figure without a position; not read", Severity.NOTE)
    if waiting is not None:
        yield waiting, Absent.NOT_DISCLOSED


def _rowspan(cell: "LexborNode") -> int:
    """How many rows a cell stands in."""
    told = cell.attributes.get("rowspan") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1


def _is_header(number: int, row: "list[LexborNode]", leaves: list[str]) -> bool:
    """True for a first row that names columns: it has no figure, no code and no position."""
    if number != 1 or any(leaf[0].isdigit() or values.leg(leaf) for leaf in leaves):
        return False
    return bool(_HEADER.match(leaves[0])) or all(cell.tag == "th" for cell in row)


def _texts(node: "LexborNode", where: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Number and texts of each row that is not blank."""
    for number, row in enumerate(html.table(node), 1):
        texts = [html.words(cell) for cell in row]
        if any(texts):
            yield number, texts
    _if_no_table(node, where, problems)


def _if_no_table(node: "LexborNode", where: str, problems: list[Problem]) -> None:
    """Say so where a box that is a table has text and no table."""
    if node.tag != "table" and node.css_first("table") is None and (text := html.words(node)):
        _lost(problems, where, [text], "text where the form has a table")


def _lost(
    problems: list[Problem], at: str, texts: list[str], message: str, severity: Severity = Severity.FIELD
) -> None:
    problems.append(Problem(severity=severity, where=at, found=printable(" | ".join(texts)), message=message))
