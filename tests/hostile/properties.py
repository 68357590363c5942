"""What must hold of the reading of any document, however broken."""

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.cited import fact_figure, notice_figure
from stakeline.model.documents import Document
from stakeline.model.facts import Fact
from stakeline.model.notices import Notice, Position
from stakeline.model.numbers import Number
from stakeline.model.problems import LONGEST_QUOTE
from stakeline.model.rows import Read, Reading, Row, Sighting, row_key
from stakeline.workflows.readers import cite, literal

_TOKENS = {"long": "long", "short": "short", "lending pool": "pool"}
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_Leaf = tuple[Read[Notice] | Read[Fact], str, Decimal | date]
_WORK = 3_000_000
_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_DECODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "big5hkscs", "gb18030", "cp1252")


def fingerprint(reading: Reading) -> bytes:
    """The whole of a reading in bytes, to compare two."""
    return msgspec.json.encode(reading)


def invented(document: Document, reading: Reading) -> list[str]:
    """Figures and days of a reading that do not stand where they are cited, or nowhere in the document.

    Of a reading of many figures from a large page, those at its beginning and end are looked up.
    """
    told = _Told(document.data)
    wrong: list[str] = []
    for row, path, value in _sample(list(_leaves(reading)), max(12, _WORK // (len(document.data) + 1))):
        what = f"{path} = {value} of {row.locator or 'the notice'}"
        printed = literal_at(document, row, path, value)
        if printed is None:
            wrong.append(f"{what}: no such place")
        elif not stands(value, printed) and not printed.endswith("…"):
            wrong.append(f"{what}: there it says {printed[:120]!r}")
        if value not in told:
            wrong.append(f"{what}: nowhere in the document")
    return wrong


def stands(value: Decimal | date, text: str) -> bool:
    """True where a number stands in a text with all its digits and no others beside them, or a day in one of its forms."""
    text = _plain(text)
    if isinstance(value, date):
        forms = [rf"0?{value.day}/0?{value.month}/{value.year}", value.isoformat(), f"{value:%Y%m%d}"]
    else:
        forms = [re.escape(format(value, "f")), re.escape(format(value, ",f"))]
    return any(re.search(rf"(?<![0-9.])(?:{form})(?![0-9]|\.[0-9])", text) for form in forms)


class _Told:
    """All numbers and days in a document as different programs would see it: in any encoding, with and without markup."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: list[set[str]] = []

    def __contains__(self, value: Decimal | date) -> bool:
        wanted = f"{value.day}/{value.month}/{value.year}" if isinstance(value, date) else format(value, "f")
        for at, name in enumerate(_DECODINGS):
            if at == len(self._known):
                self._known.append(self._in(self._data.decode(name, "replace")))
            if wanted in self._known[at]:
                return True
        return False

    @staticmethod
    def _in(text: str) -> set[str]:
        found: set[str] = set()
        for seen in (re.sub(r"<[^>]*>", " ", text), text):
            bare = _plain(html.unescape(seen))
            for number in re.findall(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", bare):
                found |= {number.replace(",", ""), *number.split(","), *number.replace(",", "").split("-")}
            days = re.findall(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", bare)
            days += [d[::-1] for d in re.findall(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", bare)]
            found |= {f"{int(day)}/{int(month)}/{year}" for day, month, year in days}
        return found


def _plain(text: str) -> str:
    """Without what prints nothing, and with the digits of full width that Chinese pages may print made plain."""
    return _UNSEEN.sub("", text).translate(_FULL_WIDTH)


def literal_at(document: Document, row: Read[Notice] | Read[Fact], path: str, value: Decimal | date) -> str | None:
    """What stands at the place that a brief would cite for a field."""
    sightings = (Sighting(document.sha256, row.locator, document.name),)
    body = row.body
    if isinstance(body, Fact):
        figure = fact_figure(Row(row_key(body), body, sightings), cite)
    else:
        number = Number(value if isinstance(value, Decimal) else Decimal(0))
        figure = notice_figure(Row(row_key(body), body, sightings), path, number, cite, unit="x", basis="x")
    return literal(document, figure.places[0])


def _leaves(reading: Reading) -> Iterator[_Leaf]:
    """Every number and day of a reading with our name of its field."""
    for fact in reading.facts:
        if fact.body.number is not None:
            yield fact, "value", fact.body.number.value
    for notice in reading.notices:
        for path, value in _of_notice(notice.body):
            if isinstance(value, Number):
                yield notice, path, value.value
            elif isinstance(value, date):
                yield notice, path, value


def _of_notice(notice: Notice) -> Iterator[tuple[str, object]]:
    for name in ("issued", "before_company", "after_company", "event_date", "aware_date", "signed_date"):
        yield name, getattr(notice, name)
    for trade in notice.trades:
        for name in ("shares", "highest", "average", "consideration", "price", "value"):
            yield f"trades.{_TOKENS[trade.leg]}.{name}", getattr(trade, name)
    for side in ("before", "after"):
        for position in getattr(notice, side):
            yield from _of_position(f"{side}.{_TOKENS[position.leg]}", position)
    for side in ("capacities", "derivatives"):
        for coded in getattr(notice, side):
            yield side, coded.shares
    for link in notice.links:
        path = f"links.{_LINKS[link.kind.name]}"
        yield path, link.percent
        for position in link.positions:
            yield path, position.shares


_LINKS = {"CONTROLLED": "controlled", "FAMILY": "family", "JOINT": "joint", "TRUST": "trust", "AGREEMENT": "agreement", "DIRECTION": "direction"}  # fmt: skip


def _of_position(path: str, position: Position) -> Iterator[tuple[str, object]]:
    yield f"{path}.shares", position.shares
    yield f"{path}.percent", position.percent


def _sample(found: list[_Leaf], most: int) -> list[_Leaf]:
    return found if len(found) <= most else found[: most // 2] + found[-most // 2 :]


def faults(document: Document, reading: Reading, again: Reading) -> list[str]:
    """What a reading does that none may do. again: the same bytes read a second time."""
    wrong = invented(document, reading)
    if fingerprint(reading) != fingerprint(again):
        wrong.append("read twice, it says two things")
    if not reading.inputs and not reading.problems and not _EMPTY.search(document.data):
        wrong.append("nothing was read and nothing said")
    if any(len(p.found) > LONGEST_QUOTE or not p.found.isprintable() for p in reading.problems):
        wrong.append("a problem quotes what cannot be printed")
    return wrong


_EMPTY = re.compile(rb"lblRecCount[^<]*<?[^<]*>0<")
"""A list that says it has no records."""
