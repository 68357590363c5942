"""XML as it may be read: nothing fetched, nothing expanded, nothing mended that is not certain.

A document type (the only way to declare an entity) is refused, and so is an encoding that is not ASCII with more letters:
what we look for in the bytes is then what the parser sees. lxml keeps its own limits (256 levels, 10 MB of one text).
"""

import re
from collections.abc import Callable
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from stakeline.model.problems import Problem, Severity, quote

if TYPE_CHECKING:
    from lxml.etree import _Element

_Parser = TypeVar("_Parser")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,40})[\"']", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_PLAIN_START = re.compile(rb"(?:<\?xml\s[^>]{0,200}\?>)?\s{0,200}<[A-Za-z_]")
"""The root element at once, or after the declaration alone: a document type could stand nowhere else."""
_SPACED = re.compile(
    rb"\s{0,20}(?:<\?xml\s[^>]{0,200}\?>)?\s{0,20}<edgarSubmission(\sxmlns=\"(http://www\.sec\.gov/[A-Za-z0-9/]{1,80})\")"
)
_BLANK = b"\xef\xbb\xbf \t\r\n"
_HEAD = 1_000
_MOST_COUNTED = 100_000
"""Elements of one name that are counted to say which one is meant; a document of `readers.LARGEST` bytes can have more."""
_CUT_END = re.compile(rb"</([A-Za-z_][\w.:-]{0,100})?\s*\Z")


def strict(parser: Callable[..., _Parser], **more: object) -> _Parser:
    """An XML parser as every file from outside is read: no document type, entity, network or recovery.

    Blanks between elements, comments and processing instructions are no content of these forms and are left out.
    """
    return parser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
        **more,
    )


@cache
def _strict() -> "Callable[[bytes], _Element]":
    """The parser of whole documents. What it raises of markup is a SyntaxError."""
    from lxml.etree import XMLParser, fromstring

    return partial(fromstring, parser=strict(XMLParser))


def unspaced(data: bytes) -> tuple[bytes, str]:
    """A form with blanks where its root says the namespace of all names, and that namespace ("{http://...}"); else as it is, and "".

    lxml spells the namespace out in every name that it is asked for, a tenth of the time that a form takes. Blanks, so that
    places in messages stay what they were.
    """
    found = _SPACED.match(data)
    if found is None:
        return data, ""
    start, end = found.span(1)
    return data[:start] + b" " * (end - start) + data[end:], f"{{{found[2].decode('ascii')}}}"


def parse(data: bytes, most: int, problems: list[Problem]) -> "_Element | Problem":
    """The root element, or the problem that keeps the document out. most: bytes that such a document may have.

    Two flaws are mended, for nothing can be lost by it, and each is noted: end tags whose last sign is missing, and a file that
    stops inside the end tag of its root element. A file that stops before that tag may lack what stood there. A third is `bare`'s.
    """
    if len(data) > most:
        return refused("", f"larger than {most:,} bytes, which no such filing is")
    head = data[:_HEAD]
    encoding = _DECLARED.match(head)
    if encoding is not None and encoding[1].lower() not in _ENCODINGS:
        return refused(encoding[1].decode("ascii", "replace"), "an encoding that EDGAR does not take")
    if _PLAIN_START.match(data) is None and b"<!DOCTYPE" in data:
        return refused("<!DOCTYPE", "a document type is declared, which could hide entities; EDGAR's files have none")
    try:
        return _strict()(data)
    except SyntaxError as error:
        closed = _closed(data, problems)
        return closed if closed is not None else _ended(data, error, problems)
    except (ValueError, LookupError) as error:
        return refused("", f"cannot be read as XML: {quote(str(error))}")


def refused(found: str, message: str, where: str = "the document") -> Problem:
    """A problem that keeps the whole document out."""
    return Problem(severity=Severity.INPUT, where=where, found=quote(found), message=message)


def bare(data: bytes, problems: list[Problem]) -> bytes:
    """A document without the blanks in front of it; those before an XML declaration are noted."""
    if data[:1] == b"<":
        return data
    rest = data.lstrip(_BLANK)
    if rest.startswith(b"<?xml") and data[: len(data) - len(rest)].strip(b"\xef\xbb\xbf"):
        message = "blanks before the XML declaration, which are no part of XML; read without them"
        problems.append(Problem(severity=Severity.NOTE, where="the document", found="", message=message))
    return rest


def _closed(data: bytes, problems: list[Problem]) -> "_Element | None":
    """A document of which a few end tags lack their last sign (seen: one cut by a filing agent); None where that is not all."""
    torn = [m[0] for m in islice(_TORN.finditer(data), MOST_TORN + 1)]
    if not torn or len(torn) > MOST_TORN:
        return None
    try:
        root = _strict()(_TORN.sub(rb"\g<0>>", data))
    except SyntaxError:
        return None
    message = "an end tag without its last sign; nothing else is missing"
    for tag in torn:
        found = quote(tag.decode("ascii", "replace"))
        problems.append(Problem(severity=Severity.NOTE, where="the document", found=found, message=message))
    return root


def _ended(data: bytes, error: Exception, problems: list[Problem]) -> "_Element | Problem":
    """A document that stops inside its root's end tag, read to its end; else the problem."""
    wrong = refused("", f"not well-formed XML, so that what it says cannot be trusted: {quote(str(error))}")
    cut = _CUT_END.search(data[-_HEAD:])
    start = _ROOT.search(data[:_HEAD])
    if cut is None or start is None or not start[1].startswith(cut[1] or b""):
        return wrong
    try:
        root = _strict()(data[: len(data) - len(cut[0])] + b"</" + start[1] + b">")
    except SyntaxError:
        return wrong
    message = "the file stops inside its last end tag; nothing else is missing"
    found = cut[0].decode("ascii", "replace")
    problems.append(Problem(severity=Severity.NOTE, where="the document", found=quote(found), message=message))
    return root


_TORN = re.compile(rb"</[A-Za-z_][\w.:-]{0,100}(?=\s{0,100}<)")
MOST_TORN = 3
"""End tags that are mended in one document."""
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,100})[\s>/]")


def local(tag: object) -> str:
    """An element's name without its namespace; "" for what is no element (an entity that was left alone)."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def path_of(element: "_Element") -> str:
    """Where an element stands, by names below the root, numbered where there are several: "issuer/issuerCik"."""
    parts: list[str] = []
    above = element.getparent()
    while above is not None:
        name = local(element.tag) or "&entity;"
        before = sum(1 for _ in islice(element.itersiblings(element.tag, preceding=True), _MOST_COUNTED))
        several = before or next(element.itersiblings(element.tag), None) is not None
        parts.append(f"{name}[{before + 1}]" if several else name)
        element, above = above, above.getparent()
    return "/".join(reversed(parts))
