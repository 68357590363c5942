"""The tables of persons on a notice page: through whom, or with whom, the shares are held."""

from typing import TYPE_CHECKING

from stakeline.model.notices import Amount, Leg, Link, LinkKind, Position
from stakeline.model.problems import Problem, Severity
from stakeline.reading import values
from stakeline.regimes.hk import cells, codes
from stakeline.regimes.hk.cells import Texts
from stakeline.regimes.hk.grids import FIGURE, amount, held, if_no_table, lost, shares_held
from stakeline.regimes.hk.words import ANSWERS, figured, leg

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CONTROL = frozenset({LinkKind.CONTROLLED, LinkKind.DIRECTION})
_LONGEST_ANSWER = 4


def links(
    node: "LexborNode", kind: LinkKind, table: str | None, form: str, where: str, problems: list[Problem]
) -> tuple[Link, ...]:
    """A box of persons through whom or with whom the shares are held, one row each.

    table: of the status codes that the box has. A row is a name (its address under it or in the next cell), then in any
    order the person in control, a percentage of control, yes or no for a direct interest, a status code, and shares.
    """
    found: list[Link] = []
    address_told = False
    for row in cells.rows(node):
        if row.header:
            address_told = any("address" in t.casefold() or "地址" in t for told in row.cells[1:2] for t in told)
            continue
        at = f"{where}, row {row.number}"
        texts = _joined(list(row.cells))
        link = _link(texts, kind, table, address_told=address_told, at=at, problems=problems)
        if link is None:
            lost(problems, at, row.entries(), "no name; the row is not read")
            continue
        if table and link.code:
            codes.check(link.code, table, form, at, problems)
        found.append(link)
    if_no_table(node, where, problems)
    return tuple(found)


def _link(
    row: list[Texts],
    kind: LinkKind,
    table: str | None,
    *,
    address_told: bool,
    at: str,
    problems: list[Problem],
) -> Link | None:
    """One row's person, or None where it has no name. row: the texts of its cells."""
    texts: list[Texts] = []
    shares: list[tuple[Leg, Amount]] = []
    code: str | None = None
    percent: Amount = None
    direct: bool | None = None
    for leaves in row:
        if not leaves:
            continue
        first = figured(leaves[0])
        lone = len(leaves) == 1
        if lone and len(first) < _LONGEST_ANSWER and (said := ANSWERS.get(first.casefold())) is not None:
            direct = said
        elif any(held(leaf) for leaf in leaves):
            shares.extend(shares_held(leaves, at, problems))
        elif table and code is None and (leading := codes.leading_code(first)) and texts:
            code = leading
        elif lone and texts and FIGURE.fullmatch(first):
            if kind is LinkKind.AGREEMENT:
                # s.317 joins interests in shares, so the box has no column for the position.
                shares.append((Leg.LONG, amount(values.count(first, at), problems)))
            elif percent is None and kind in _CONTROL:
                percent = amount(values.percent(first, at), problems)
            else:
                lost(problems, at, leaves, "a figure without a position, in a column that we do not know")
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
        positions=tuple(Position(leg=of, shares=told) for of, told in shares),
    )


def _joined(row: list[Texts]) -> list[Texts]:
    """The cells, with a position and the figure in the next cell put together."""
    for at in range(len(row) - 1, 0, -1):
        before, told = row[at - 1], row[at]
        if len(told) == 1 and before and leg(before[-1]) and FIGURE.fullmatch(figured(told[0])):
            row[at - 1] = (*before, *row.pop(at))
    return row


def _names(
    texts: list[Texts], kind: LinkKind, *, address_told: bool, at: str, problems: list[Problem]
) -> tuple[str, str | None, str | None]:
    """Name, address and person in control from a row's texts. An address stands under the name or in the next cell."""
    name, *below = "\n".join(texts[0]).split("\n")
    rest = [" ".join("\n".join(t).split("\n")) for t in texts[1:]]
    address = ", ".join(below) or None
    if rest and address is None and (address_told or kind is not LinkKind.CONTROLLED or len(rest) > 1):
        address = rest.pop(0)
    controller = rest.pop(0) if rest and kind is LinkKind.CONTROLLED else None
    if rest:
        lost(problems, at, rest, "text in a column that we do not know", Severity.NOTE)
    return name, address, controller
