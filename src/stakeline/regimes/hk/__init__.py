"""Hong Kong: disclosure of interests under Part XV of the Securities and Futures Ordinance. See README.md."""

from stakeline.model.documents import Document
from stakeline.model.problems import Problem
from stakeline.model.rows import Reading
from stakeline.reading import html
from stakeline.regimes.hk import listing, notices, places
from stakeline.regimes.hk.tables import regime

_MARKS = (b"lblD", b"lblSC", b"grd")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read(document: Document) -> Reading | None:
    """The notices in a page of the exchange's register; None where the document is no such page."""
    page = _page(document)
    if page is None:
        return None
    if isinstance(page, Problem):
        return Reading(reader="hk/page", problems=(page,))
    if notices.is_notice(page):
        return notices.read(page)
    return listing.read(page) if listing.is_list(page) else None


def quote(document: Document, locator: str) -> str | None:
    """The literal text at a place of the document, or None where there is no such place. See `places.quote`."""
    page = _page(document)
    return None if page is None or isinstance(page, Problem) else places.quote(page, locator)


def _page(document: Document) -> html.Page | Problem | None:
    """The document as a page, or None where it has nothing of the register's pages."""
    if not any(mark in document.data for mark in _MARKS) and not document.data.startswith(_WIDE):
        return None
    return html.parse(document.data)


__all__ = ["quote", "read", "regime"]
