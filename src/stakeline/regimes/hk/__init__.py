"""Hong Kong: disclosure of interests under Part XV of the Securities and Futures Ordinance. See README.md."""

from functools import cache

import msgspec

from stakeline.model.documents import Document
from stakeline.model.law import Regime
from stakeline.model.problems import Problem
from stakeline.model.rows import Reading
from stakeline.reading import charset, html
from stakeline.regimes.hk import clearing, collected, lists, notices, pasted, places, returns, tables, where
from stakeline.regimes.hk.answers import answers

_MARKS = (b"lblD", b"lblSC", b"grd", b"Table3")
_NUMBERED = b"lblDSerialNo"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@cache
def regime() -> Regime:
    """Hong Kong, as the workers are told of it: its forms, its lists, and the collections of rows from them."""
    told = tables.regime()
    return msgspec.structs.replace(told, forms={**told.forms, **lists.boxes(), **collected.boxes()}, site=where.site())


def read_at_once(document: Document) -> Reading | None:
    """The notice on a page with the box of its serial number; None of anything else."""
    data = document.data
    if not data[:8].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<!", b"<h", b"<H")) or _NUMBERED not in data:
        return None
    page = html.read(data)
    if isinstance(page, Problem) or not notices.is_notice(page):
        return None
    return charset.in_doubt(notices.read(page))


def read(document: Document) -> Reading | None:
    """The notices in a page of the exchange's register; None where the document is no such page."""
    reading = _read(document)
    return None if reading is None else charset.in_doubt(reading)


def _read(document: Document) -> Reading | None:
    if (reading := pasted.read(document) or collected.read(document)) is not None:
        return reading
    if (reading := returns.read(document) or clearing.read(document)) is not None:
        return reading
    page = _page(document)
    if page is None:
        return None
    if isinstance(page, Problem):
        return Reading(reader="hk/page", problems=(page,))
    if notices.is_notice(page):
        return notices.read(page)
    return lists.read(page) if lists.is_list(page) else None


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place of the document, or None where there is no such place. See `places.quote`."""
    if (told := pasted.quote(document, locator)) is not None:
        return told
    if collected.recognise(document):
        return collected.quote(document, locator)
    if (told := returns.quote(document, locator) or clearing.quote(document, locator)) is not None:
        return told
    page = _page(document)
    return None if page is None or isinstance(page, Problem) else places.quote(page, locator)


def _page(document: Document) -> html.Page | Problem | None:
    """The document as a page, or None where it has nothing of the register's pages."""
    data = charset.marked(document.data)
    if not any(mark in data for mark in _MARKS) and not data.startswith(_WIDE):
        return None
    return html.read(data)


__all__ = ["answers", "quote", "read", "read_at_once", "regime"]
