"""The text of a monthly return, with the line (and page) that each character stands in.

Returns come as PDF, or as text that somebody took out of one. A PDF is read with pdfium, which is an extra
(`pip install 'stakeline[pdf]'`): text only; nothing in it is run, followed or drawn.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from stakeline.model.documents import Document
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable

LARGEST = 8_000_000
"""Bytes. A return of 15 pages has some 300,000."""
MOST_PAGES = 80
MOST_CHARACTERS = 400_000
EXTRA = "pip install 'stakeline[pdf]'"

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MARK = re.compile(rb"II\.\s*Movements\s+in\s+Issued\s+Share|Monthly\s+Return\s+(?:for|of)\s+Equity\s+Issuer")
_CHINESE = tuple("證券變動月報表".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_OTHERS = (b"<", b"{", b"[")


class Text(msgspec.Struct, frozen=True):
    """A text and the place of each of its lines. starts: where each line begins; places: "line 12", "page 2, line 5"."""

    whole: str
    starts: list[int]
    places: list[str]

    def place(self, offset: int) -> str:
        """The line in which a character stands."""
        return self.places[max(bisect_right(self.starts, offset) - 1, 0)]


def text_of(document: Document) -> Text | Problem | None:
    """The text of a document that may be a monthly return; None where it cannot be one.

    A PDF that cannot be opened, or not without the extra, is a problem: what it holds cannot be told.
    """
    if document.data.startswith(b"%PDF-"):
        return _of_pdf(document.data) if b" obj" in document.data else None
    wide = document.data.startswith(_WIDE)
    if document.data[:200].lstrip()[:1] in _OTHERS or (not wide and not _may_be(document.data)):
        return None
    if len(document.data) > LARGEST:
        return _refused(f"{len(document.data):,} bytes", f"larger than any return; the limit is {LARGEST:,} bytes")
    text = document.data.decode("utf-16" if wide else "utf-8-sig", "replace")
    if wide and not _may_be(text.encode("utf-8", "replace")):
        return None
    return _lined([(None, text)])


def _may_be(data: bytes) -> bool:
    # The plain words first: they cost a hundredth of the pattern.
    likely = b"Movements" in data or b"Monthly" in data
    return (likely and _MARK.search(data) is not None) or any(mark in data for mark in _CHINESE)


def _of_pdf(data: bytes) -> Text | Problem:
    if len(data) > LARGEST:
        return _refused(f"{len(data):,} bytes", f"a PDF larger than any return; the limit is {LARGEST:,} bytes")
    try:
        import pypdfium2
    except ImportError:
        return _refused("%PDF", f"a PDF; to read the text of PDFs, install the extra: {EXTRA}")
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > MOST_PAGES:
                return _refused(f"{len(pdf)} pages", f"a PDF of more pages than any return; the limit is {MOST_PAGES}")
            texts = []
            for page in pdf:
                texts.append(page.get_textpage().get_text_range())
                if sum(map(len, texts)) > MOST_CHARACTERS:
                    return _refused("", f"a PDF of more than {MOST_CHARACTERS:,} characters: no return")
    except (pypdfium2.PdfiumError, ValueError) as error:
        return _refused("%PDF", f"a PDF that cannot be read ({error}); save it again, without a password")
    return _lined(list(enumerate(texts, 1)))


def _lined(pages: Sequence[tuple[int | None, str]]) -> Text:
    whole: list[str] = []
    starts, places, offset = [0], ["line 1"], 0
    for page, text in pages:
        for number, line in _lines(text):
            starts.append(offset)
            places.append(f"page {page}, line {number}" if page else f"line {number}")
            whole.append(line)
            offset += len(line)
    return Text("".join(whole), starts, places)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each ending in a line feed, numbered from 1."""
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        yield number, line + "\n"


def _refused(found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where="the document", found=printable(found), message=message)
