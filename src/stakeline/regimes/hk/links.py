"""The tables of persons on a notice page: through whom, or with whom, the shares are held."""

from collections.abc import Iterable

from stakeline.model.notices import Amount, Leg, Link, LinkKind, Position
from stakeline.model.problems import Problem, Severity
from stakeline.reading import values
from stakeline.reading.values import BEGINNINGS, leg
from stakeline.regimes.hk import codes
from stakeline.regimes.hk.cells import Row, Told
from stakeline.regimes.hk.grids import FIGURE, amount, held, lost, shares_held
from stakeline.regimes.hk.words import ANSWERS, DIGITS, figured

_CONTROL = frozenset({LinkKind.CONTROLLED, LinkKind.DIRECTION})
_LONGEST_ANSWER = 4
_ANY_DIGIT = DIGITS | frozenset("０１２３４５６７８９")
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
            address_told = any("address" in told.casefold() or "地址" in told for told in row.cells[1:2])
            continue
        at = f"{where}, row {row.number}"
        link = _link(row.cells, kind, table, address_told=address_told, at=at, problems=problems)
        if link is None:
            lost(problems, at, row.entries(), "no name; the row is not read")
            continue
        if table and link.code:
            codes.check(link.code, table, form, at, problems)
        found.append(link)
    return tuple(found), problems


def _link(
    cells: tuple[str, ...],
    kind: LinkKind,
    table: str | None,
    *,
    address_told: bool,
    at: str,
    problems: list[Problem],
) -> Link | None:
    """The person in a row, or None where it has no name."""
    texts: list[str] = []
    shares: list[tuple[Leg, Amount]] = []
    code: str | None = None
    percent: Amount = None
    direct: bool | None = None
    for text in _together(cells):
        if _in_words(text):
            texts.append(text)
            continue
        first = figured(text)
        figure = _is_figure(first)
        if not figure and len(first) < _LONGEST_ANSWER and (said := ANSWERS.get(first.casefold())) is not None:
            direct = said
        elif not figure and held(text):
            shares.extend(shares_held(text.split("\n"), at, problems))
        elif table and code is None and texts and (leading := codes.leading_code(first)):
            code = leading
        elif figure and texts:
            if kind is LinkKind.AGREEMENT:
                # s.317 joins interests in shares, so the box has no column for the position.
                shares.append((Leg.LONG, amount(values.count(first, at), problems)))
            elif percent is None and kind in _CONTROL:
                percent = amount(values.percent(first, at), problems)
            else:
                lost(problems, at, [text], "a figure without a position, in a column that we do not know")
        else:
            texts.append(text)
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


def _is_figure(text: str) -> bool:
    """True for a text that is a figure alone."""
    return text[0] in DIGITS and FIGURE.fullmatch(text) is not None


def _in_words(text: str) -> bool:
    """True for a text that is surely no answer, code, figure or position: by the first and last letters of its lines."""
    if "\n" in text:
        return all(map(_in_words, text.split("\n")))
    return not (len(text) < _LONGEST_ANSWER or text[0] in _TELLING or text[-1] in _TELLING_ENDS)


def _together(cells: tuple[str, ...]) -> list[str]:
    """What each cell says, line by line, a position and the figure in the next cell put together; blank cells left out."""
    found: list[str] = []
    before = ""
    for cell in cells:
        text = cell.replace("\n\n", "\n") if "\n" in cell else cell
        if before and text and text[0] in _ANY_DIGIT and _is_figure(figured(text)) and leg(before.rpartition("\n")[2]):
            found[-1] = f"{before}\n{text}"
        elif text:
            found.append(text)
        before = text
    return found


def _names(
    texts: list[str], kind: LinkKind, *, address_told: bool, at: str, problems: list[Problem]
) -> tuple[str, str | None, str | None]:
    """Name, address and person in control from a row's texts. An address stands under the name or in the next cell."""
    name, *below = texts[0].split("\n")
    rest = [text.replace("\n", " ") for text in texts[1:]]
    address = ", ".join(below) or None
    if rest and address is None and (address_told or kind is not LinkKind.CONTROLLED or len(rest) > 1):
        address = rest.pop(0)
    controller = rest.pop(0) if rest and kind is LinkKind.CONTROLLED else None
    if rest:
        lost(problems, at, rest, "text in a column that we do not know", Severity.NOTE)
    return name, address, controller
