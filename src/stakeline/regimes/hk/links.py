"""The tables of persons on a notice page: through whom, or with whom, the shares are held."""

from collections.abc import Iterable

from stakeline.model.notices import Amount, Leg, Link, LinkKind, Position
from stakeline.model.problems import Problem, Severity
from stakeline.reading import values
from stakeline.reading.values import BEGINNINGS, leg
from stakeline.regimes.hk import codes
from stakeline.regimes.hk.cells import Row, Texts, Told
from stakeline.regimes.hk.grids import FIGURE, amount, held, lost, shares_held
from stakeline.regimes.hk.words import ANSWERS, figured

_CONTROL = frozenset({LinkKind.CONTROLLED, LinkKind.DIRECTION})
_LONGEST_ANSWER = 4
_ANY_DIGIT = frozenset("0123456789０１２３４５６７８９")
_TELLING = _ANY_DIGIT | BEGINNINGS
_TELLING_ENDS = frozenset("0123456789)")


def links(rows: Iterable[Row], where: str, kind: LinkKind, table: str | None, form: str) -> Told[Link]:
    """A box of persons through whom or with whom the shares are held, one row each.

    table: of the status codes that the box has. A row is a name (its address under it or in the next cell), then in any
    order the person in control, a percentage of control, yes or no for a direct interest, a status code, and shares.
    """
    found: list[Link] = []
    problems: list[Problem] = []
    address_told = False
    for row in rows:
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
    return tuple(found), problems


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
    for leaves in filter(None, row):
        if _in_words(leaves):
            texts.append(leaves)
            continue
        first = figured(leaves[0])
        figure = _is_figure(leaves)
        if len(leaves) == 1 and len(first) < _LONGEST_ANSWER and (said := ANSWERS.get(first.casefold())) is not None:
            direct = said
        elif not figure and any(map(held, leaves)):
            shares.extend(shares_held(leaves, at, problems))
        elif table and code is None and (leading := codes.leading_code(first)) and texts:
            code = leading
        elif figure and texts:
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
        positions=tuple([Position(leg=of, shares=told) for of, told in shares]),
    )


def _is_figure(leaves: Texts) -> bool:
    """True for a text that is a figure alone."""
    return len(leaves) == 1 and leaves[0][0] in _ANY_DIGIT and FIGURE.fullmatch(figured(leaves[0])) is not None


def _in_words(leaves: Texts) -> bool:
    """True for texts that are surely no answer, code, figure or position: by the first and last letters of their lines."""
    for leaf in leaves:
        for line in leaf.split("\n"):
            if len(line) < _LONGEST_ANSWER or line[0] in _TELLING or line[-1] in _TELLING_ENDS:
                return False
    return True


def _joined(row: list[Texts]) -> list[Texts]:
    """The cells, with a position and the figure in the next cell put together."""
    for at in range(len(row) - 1, 0, -1):
        before, told = row[at - 1], row[at]
        if before and _is_figure(told) and leg(before[-1]):
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
