"""The cells of a list: one line for each position, "726,000(L)", "1201(L)", and one price for all of them."""

import re
from collections.abc import Callable, Sequence

import msgspec

from stakeline.model.notices import Absent, Amount, Leg, Position, Trade
from stakeline.model.problems import Problem
from stakeline.reading import values
from stakeline.regimes.hk import codes

_LEGS = {"(L)": Leg.LONG, "(S)": Leg.SHORT, "(P)": Leg.POOL}
_FIGURE = re.compile(r"\s*([^()\s]+)\s*(\([LSP]\))")
_REASON = re.compile(r"\s*([0-9]{3,5})\s*(\([LSP]\))")
_PRICE = re.compile(r"([A-Za-z]{3})\s*(\S+?)(?:\s*(\([LSP]\)))?")

Told = Sequence[tuple[Leg, Amount]]


class Line(msgspec.Struct, frozen=True):
    """A row of a list: its number, its texts by path of the column, and where each column stands."""

    number: int
    texts: dict[str, str]
    place: Callable[[int, str], str]

    def where(self, path: str) -> str:
        """How problems name a cell of the row."""
        return self.place(self.number, path)


def trades(row: Line, form: str, problems: list[Problem]) -> tuple[Trade, ...]:
    """An event line for each reason, and for each leg with shares but no reason. form: of the notice, "" if not known."""
    coded_lines = reasons(row, form, problems)
    involved = figures(row, "trades.shares", values.count, problems)
    if len(coded_lines) == 1 and (not involved or (len(involved) == 1 and involved[0][0] is coded_lines[0][0])):
        leg, code = coded_lines[0]
        return _priced(row, [(leg, code, involved[0][1] if involved else Absent.NOT_DISCLOSED)], problems)
    lines: list[tuple[Leg, str | None, Amount]] = []
    for leg in dict.fromkeys([*(leg for leg, _ in coded_lines), *(leg for leg, _ in involved)]):
        coded = [c for of, c in coded_lines if of is leg]
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


def positions(row: Line, side: str, problems: list[Problem]) -> tuple[Position, ...]:
    """The totals before or after the event, leg by leg."""
    shares = _by_leg(row, f"{side}.shares", values.count, problems)
    percents = _by_leg(row, f"{side}.percent", values.percent, problems)
    for percent in percents.values():
        note = values.above_all(percent, "")
        if note is not None:
            problems.append(msgspec.structs.replace(note, where=row.where(f"{side}.percent")))
    return tuple(
        [
            Position(
                leg=leg, shares=shares.get(leg, Absent.NOT_DISCLOSED), percent=percents.get(leg, Absent.NOT_DISCLOSED)
            )
            for leg in (shares if shares.keys() >= percents.keys() else dict.fromkeys([*shares, *percents]))
        ]
    )


def figures(row: Line, path: str, reader: values.Reader, problems: list[Problem]) -> Told:
    """Leg and figure of each line of a cell, "726,000(L)"."""
    text = row.texts[path]
    found: list[tuple[Leg, Amount]] = []
    for part in text.split(" ") if text else ():
        leg = _LEGS.get(part[-3:])
        if leg is None or part.find("(") != len(part) - 3:
            return _parted(row, path, reader, problems)
        value = reader(part[:-3], "")
        found.append((leg, value if not isinstance(value, Problem) else _unread(row, path, value, problems)))
    return found


def _parted(row: Line, path: str, reader: values.Reader, problems: list[Problem]) -> Told:
    """Leg and figure of each line of a cell that has blanks before its letters, as far as it can be read."""
    text = row.texts[path]
    found: list[tuple[Leg, Amount]] = []
    at = 0
    while at < len(text):
        match = _FIGURE.match(text, at)
        if match is None:
            message = "not figures with the letter of their position, like 726,000(L)"
            problems.append(values.unread(text, row.where(path), message))
            break
        found.append((_LEGS[match[2]], _amount(row, path, match[1], reader, problems)))
        at = match.end()
    return found


def line_of(text: str, leg: Leg) -> str | None:
    """The line of a cell for one leg, as it stands there."""
    at = 0
    while (match := _FIGURE.match(text, at)) is not None:
        if _LEGS[match[2]] is leg:
            return match[0].strip()
        at = match.end()
    return None


def _amount(row: Line, path: str, text: str, reader: values.Reader, problems: list[Problem]) -> Amount:
    """The figure, or `Absent.UNREADABLE` with its problem put to the others."""
    value = reader(text, "")
    return value if not isinstance(value, Problem) else _unread(row, path, value, problems)


def _unread(row: Line, path: str, problem: Problem, problems: list[Problem]) -> Absent:
    problems.append(msgspec.structs.replace(problem, where=row.where(path)))
    return Absent.UNREADABLE


def reasons(row: Line, form: str, problems: list[Problem]) -> list[tuple[Leg, str]]:
    """Leg and code of each line of the reason cell."""
    text = row.texts["trades.code"]
    found: list[tuple[Leg, str]] = []
    at = 0
    while at < len(text):
        match = _REASON.match(text, at)
        if match is None:
            message = "not codes with the letter of their position, like 1201(L)"
            problems.append(values.unread(text, row.where("trades.code"), message))
            break
        said = len(problems)
        codes.check(match[1], "reason", form, "", problems)
        problems[said:] = [msgspec.structs.replace(p, where=row.where("trades.code")) for p in problems[said:]]
        found.append((_LEGS[match[2]], match[1]))
        at = match.end()
    return found


def _priced(row: Line, lines: list[tuple[Leg, str | None, Amount]], problems: list[Problem]) -> tuple[Trade, ...]:
    """The event lines with the cell's price: it names no position, so it is placed only where one line can have it."""
    text = row.texts["trades.price"]
    if not text:
        return tuple([Trade(leg=g, code=c, shares=s, price=Absent.NOT_DISCLOSED) for g, c, s in lines])
    currency: str | None = None
    price: Amount = Absent.UNREADABLE
    match = _PRICE.fullmatch(text)
    of = _LEGS.get(match[3]) if match else None
    if match is None:
        message = "not a currency and one price, like HKD 27.6247"
        problems.append(values.unread(text, row.where("trades.price"), message))
    elif len([leg for leg, _, _ in lines if of in (None, leg)]) != 1:
        message = "one price and not one event line that it can belong to"
        problems.append(values.unread(text, row.where("trades.price"), message))
    else:
        currency, price = match[1].upper(), _amount(row, "trades.price", match[2], values.price, problems)
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


def _by_leg(row: Line, path: str, reader: values.Reader, problems: list[Problem]) -> dict[Leg, Amount]:
    """One total a leg; two different ones are no total."""
    told = figures(row, path, reader, problems)
    if len(told) <= 1:
        return dict(told)
    found: dict[Leg, Amount] = {}
    for leg, figure in told:
        if found.setdefault(leg, figure) != figure:
            problems.append(values.unread(row.texts[path], row.where(path), "two totals of one position"))
            found[leg] = Absent.UNREADABLE
    return found
