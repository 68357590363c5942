"""The event box of a notice page: one line for each position that the event touched."""

import re

from stakeline.model.notices import Absent, Amount, Leg, Trade
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html, values
from stakeline.regimes.hk import words
from stakeline.regimes.hk.codes import code_in
from stakeline.regimes.hk.grids import amount
from stakeline.regimes.hk.sheet import Sheet
from stakeline.regimes.hk.tables import LINES, Field

_CURRENCY = re.compile(r"[A-Za-z]{3}")
_OTHERS = frozenset({"others", "other", "其他"})
_READERS = {"count": values.count, "price": values.price}


def trades(sheet: Sheet) -> tuple[Trade, ...]:
    """The event lines in the order of the form. A line with nothing but its position tells nothing and is left out."""
    found: list[Trade] = []
    for ending in sorted(sheet.lines, key=_order):
        line = sheet.lines[ending]
        texts = {name: html.words(node) for name, (_, node) in line.items() if node.last > node.first}
        word = texts.pop("position", "")
        if not any(texts.values()):
            continue
        leg = _leg(sheet, ending, word)
        if leg is None:
            continue
        if any(t.leg is leg for t in found):
            message = "another event line of the same position; both are kept"
            sheet.problem("trades", leg.value, message, Severity.NOTE)
        found.append(_trade(sheet, line, leg, texts))
    return tuple(found)


def line_leg(line: dict[str, tuple[Field, html.Element]], ending: str) -> Leg | None:
    """The leg of an event line: by its position word, or by its place on the form where the word is blank."""
    position = line.get("position")
    return _told_leg(html.words(position[1]) if position else "", ending)


def _told_leg(word: str, ending: str) -> Leg | None:
    return values.leg(word) if word else LINES.get(ending)


def _order(ending: str) -> int:
    return int(ending or 1)


def _leg(sheet: Sheet, ending: str, word: str) -> Leg | None:
    """The leg of a line, with what is to be said about it. word: what the line says of its position."""
    leg = _told_leg(word, ending)
    if leg is not None and (word or sheet.form.debentures):
        return leg  # an interest in debentures has no long and short positions
    position = sheet.lines[ending].get("position")
    where = position[0].where if position else f"event line {ending or 1}"
    if leg is None:
        message = "no position that we know; the event line is not read"
        sheet.problems.append(Problem(severity=Severity.FIELD, where=where, found=printable(word), message=message))
    else:
        message = f"the position is blank; this line of the form is for a {leg.value} position"
        sheet.problems.append(Problem(severity=Severity.NOTE, where=where, found="", message=message))
    return leg


def _trade(sheet: Sheet, line: dict[str, tuple[Field, html.Element]], leg: Leg, texts: dict[str, str]) -> Trade:
    """One filled line. texts: what its columns say that are not blank."""
    numbers: dict[str, Amount] = {}
    coded: dict[str, str | None] = {}
    currency: str | None = None
    for name, (field, node) in line.items():
        text = texts.get(name)
        reader = _READERS.get(field.kind)
        if not text:
            if reader is not None:
                numbers[name] = Absent.NOT_DISCLOSED
        elif reader is not None:
            numbers[name] = amount(reader(words.plain(text), field.where), sheet.problems)
        elif field.codes is not None:
            coded[name] = code_in(node, text, field.codes, sheet.form.code, field.where, sheet.problems)
        elif name == "currency":
            currency = _currency(text, field.where, sheet.problems)
    return Trade(
        leg=leg,
        code=coded.get("code"),
        shares=numbers.get("shares"),
        currency=currency,
        highest=numbers.get("highest"),
        average=numbers.get("average"),
        consideration=numbers.get("consideration"),
        nature=coded.get("nature"),
        capacity_before=coded.get("capacity_before"),
        capacity_after=coded.get("capacity_after"),
        amount=numbers.get("amount"),
        unit_size=numbers.get("unit_size"),
    )


def _currency(text: str, where: str, problems: list[Problem]) -> str | None:
    """The currency as printed, three letters. The form also offers "others", which names none."""
    if _CURRENCY.fullmatch(text):
        return text.upper()
    if text.casefold() in _OTHERS:
        message, severity = (
            "the form says another currency without naming it; see the supplementary text",
            Severity.NOTE,
        )
    else:
        message, severity = "not the three letters of a currency", Severity.FIELD
    problems.append(Problem(severity=severity, where=where, found=printable(text), message=message))
    return None
