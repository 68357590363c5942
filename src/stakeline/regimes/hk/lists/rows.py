"""One row of a list as a notice: what the kinds of list have in common."""

import re
from datetime import date

import msgspec

from stakeline.model.notices import (
    BY_NAME,
    Absent,
    Amount,
    Associated,
    Debentures,
    Holder,
    HolderKind,
    Leg,
    Notice,
    Trade,
)
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import values
from stakeline.regimes.hk.classes import told_class
from stakeline.regimes.hk.lists.cells import Line, positions, reasons, trades
from stakeline.regimes.hk.serials import Serial, believed, serial

LONGEST_NAME = 1_000
KINDS = {"IS": HolderKind.INDIVIDUAL, "CS": HolderKind.CORPORATION}
FORMS = {"IS": "1", "CS": "2", "DA": "3A"}
_ASSOCIATED = frozenset({"DB", "DD"})
_DEBENTURES = frozenset({"DC", "DD"})
_FIGURES = ("trades.shares", "trades.price", "before.shares", "before.percent", "after.shares", "after.percent")
_MONEY = re.compile(r"(\S+?)(?:\s*\(L\))?")
_CODE = re.compile(r"[0-9]{1,5}")
_REMARK = re.compile(
    r"\s*[(（]\s*((?:amendment|superseded|withdrawn)\b[^()（）]*|[^()（）]*(?:修訂|修订|取代|撤回)[^()（）]*)[)）]",
    re.IGNORECASE,
)


class Issuer(msgspec.Struct, frozen=True):
    """The issuer as a page or row tells it. code: five digits, or `BY_NAME` and the name where no code is told."""

    code: str
    name: str | None


def issuer(code: str, name: str) -> Issuer | None:
    """The issuer by what is told of it; None where that is nothing that can be a code or a name."""
    if _CODE.fullmatch(code) and int(code):
        return Issuer(code.zfill(5), name or None)
    return Issuer(BY_NAME + name, name) if name and not code else None


def notice(row: Line, form: str, told: Issuer | None, holder: str, problems: list[Problem]) -> Notice | None:
    """The row's notice, or None where it cannot be told what it is about, whose it is, or when it was.

    told, holder: from the heading of the page, where the row has no such columns.
    """
    texts, remark = _remarks(row.texts)
    of = told if told is not None and "issuer_name" not in texts else _issuer(texts, told)
    numbered = serial(f"{texts['serial']} {remark}" if remark else texts["serial"], row.where("serial"), problems)
    prefix = numbered.prefix
    why = _unclear(texts, prefix)
    if why:
        _left(row, " | ".join(filter(None, texts.values())), why, problems)
        return None
    day = values.day(texts["event_date"], row.where("event_date"))
    if isinstance(day, Problem):
        problems.append(day)
    event = None if isinstance(day, Problem | Absent) else day
    name = texts.get("holder.name", holder)
    if not name or len(name) > LONGEST_NAME or (event is None and numbered.number is None):
        message = "no holder, or neither a day of the event nor a serial number"
        _left(row, name, message, problems)
        return None
    class_words = texts.get("share_class", "")
    if of is None or max(len(of.code), len(of.name or ""), len(class_words)) > LONGEST_NAME:
        found = f"{texts.get('issuer_code', '')} {texts.get('issuer_name', '')}"
        _left(row, found, "no stock code or name of the issuer, or no class, that could be one", problems)
        return None
    _filed_before(row, event, numbered, problems)
    numbered = believed(numbered, event, None, row.where("serial"), problems)
    return Notice(
        regime="hk",
        form=form,
        issuer_code=of.code,
        issuer_name=of.name,
        share_class=told_class(class_words, of.name or ""),
        holder=Holder(name=name, kind=KINDS.get(numbered.prefix)),
        serial=numbered.number,
        event_date=event,
        known_from=numbered.known_from,
        known_basis=numbered.known_basis,
        trades=_events(row, numbered, problems),
        before=positions(row, "before", problems) if "before.percent" in texts else (),
        after=positions(row, "after", problems) if "after.percent" in texts else (),
        status=numbered.status,
        related=numbered.related,
        remark=numbered.remark,
        associated=_associated(texts) if prefix in _ASSOCIATED else None,
        debentures=_debentures(row, problems) if prefix in _DEBENTURES else None,
    )


def _form(numbered: Serial) -> str:
    """The form whose list of codes holds; "" where it is not known, as for notices of the system used until 2017."""
    return FORMS.get(numbered.prefix, "") if numbered.number and "E" in numbered.number else ""


def _remarks(texts: dict[str, str]) -> tuple[dict[str, str], str]:
    """The row's texts with remarks on its standing taken out of the names, and those remarks."""
    found: list[str] = []
    for path in ("issuer_name", "holder.name"):
        text = texts.get(path, "")
        if ("(" in text or "（" in text) and len(text) <= LONGEST_NAME and _REMARK.search(text):
            found.extend(f"({m[1].strip()})" for m in _REMARK.finditer(text))
            texts = {**texts, path: _REMARK.sub("", text).strip()}
    return texts, " ".join(dict.fromkeys(found))


def _issuer(texts: dict[str, str], heading: Issuer | None) -> Issuer | None:
    """The issuer of a row that tells it; its code also from the page's heading, where that is of the same name."""
    name = texts["issuer_name"]
    code = texts.get("issuer_code", "")
    if not code and heading is not None and heading.name == name:
        return heading
    return issuer(code, name)


def _unclear(texts: dict[str, str], prefix: str) -> str | None:
    """Why it cannot be told what the row is about, or None.

    The prefix of the serial tells the form. Columns of associated corporations and debentures were never seen filled.
    """
    flagged = texts.get("associated") or texts.get("debentures")
    if flagged and prefix not in _ASSOCIATED | _DEBENTURES:
        return "an interest in an associated corporation or in debentures, under the serial number of another form"
    if "amount" in texts and prefix not in _DEBENTURES:
        return "listed among debentures, under the serial number of another form"
    if prefix in _DEBENTURES and "amount" not in texts and any(texts.get(path) for path in _FIGURES):
        return "a notice of debentures with figures in columns of shares: what they count is not told"
    return None


def _associated(texts: dict[str, str]) -> Associated:
    """The associated corporation, by name only where a daily summary has a column for its name."""
    return Associated(name=(texts.get("associated") or None) if "amount" in texts else None)


def _debentures(row: Line, problems: list[Problem]) -> Debentures:
    """What the row says of debentures: amounts of money, where it is a row of the daily summary of them."""
    if "amount" not in row.texts:
        return Debentures()
    return Debentures(before=_money(row, "before.shares", problems), after=_money(row, "after.shares", problems))


def _money(row: Line, path: str, problems: list[Problem]) -> Amount:
    """An amount in a cell, with or without the letter of a long position behind it."""
    text = row.texts[path]
    match = _MONEY.fullmatch(text)
    found = values.price(match[1] if match else text, row.where(path))
    if isinstance(found, Problem):
        problems.append(found)
        return Absent.UNREADABLE
    return found


def _events(row: Line, numbered: Serial, problems: list[Problem]) -> tuple[Trade, ...]:
    """The event lines of a row; none where the list has no column for them."""
    if "amount" in row.texts:
        coded = reasons(row, "", problems)
        trade = Trade(
            leg=Leg.LONG,
            code=",".join(dict.fromkeys(code for _, code in coded)) or None,
            currency=row.texts["currency"].upper() or None,
            price=_money(row, "trades.price", problems),
            amount=_money(row, "amount", problems),
        )
        return (trade,)
    return trades(row, _form(numbered), problems) if "trades.code" in row.texts else ()


def _filed_before(row: Line, event: date | None, numbered: Serial, problems: list[Problem]) -> None:
    """Say so where the event is later than the day in the serial number."""
    if event is not None and numbered.filed is not None and event > numbered.filed:
        message = f"after the day of filing in the serial number ({numbered.filed})"
        problems.append(
            Problem(severity=Severity.NOTE, where=row.where("event_date"), found=event.isoformat(), message=message)
        )


def _left(row: Line, found: str, message: str, problems: list[Problem]) -> None:
    problems.append(
        Problem(severity=Severity.INPUT, where=f"row {row.number}", found=printable(found), message=message)
    )
