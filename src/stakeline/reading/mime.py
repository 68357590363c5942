"""Mails, and pages saved as one file (MHTML): one message in bytes to its parts.

The standard library reads the headers. The body is split here, because its parser makes an object for every part before
anything can be counted, and a small mail can have millions.
"""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from stakeline.reading import charset

if TYPE_CHECKING:
    from email.message import Message

LARGEST_HEADER = 65_536
MOST_PARTS = 10_000
DEEPEST = 10
"""Parts within parts. A forwarded mail with a page and its pictures has five."""

_FIELD = re.compile(rb"([!-9;-~]{1,76}):")
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_NOT_QUOTED = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n)")
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ENVELOPE = re.compile(r"(?:application|text)/(?:pgp-|pkcs7-|x-pkcs7-|calendar|vcard|x-vcard|rfc822-headers)")
_LONGEST_BOUNDARY = 200
"""RFC 2046 allows 70 characters."""


class Unreadable(Exception):
    """A message that cannot be taken apart; its text says why."""


class Part(msgspec.Struct, frozen=True):
    """One part of a message that holds content.

    name: its file name, or "part 2" by its number among the parts. data: decoded; a page carries the charset that its
    part was labelled with. own: True for what the message was sent or saved for (an attachment, the page itself); False
    for what came along (a covering text, pictures). page: True for web pages and plain texts. wrong: why it cannot be decoded, or None.
    """

    name: str
    data: bytes
    own: bool
    page: bool
    wrong: str | None = None


def is_message(data: bytes) -> bool:
    """True for bytes that begin with the header of a mail or of a page saved as one file."""
    start = data[: LARGEST_HEADER + 4].lstrip(b"\r\n")
    head = _header(start) if _FIELD.match(start) else None
    if not head:
        return False
    names = set()
    for line in head.splitlines():
        if line[:1] in (b" ", b"\t"):
            continue
        field = _FIELD.match(line)
        if field is None:
            return False
        names.add(field[1].lower())
    return b"mime-version" in names or (b"from" in names and not names.isdisjoint((b"date", b"subject", b"received")))


def parts(data: bytes) -> list[Part]:
    """The parts of one message that hold content, in their order. Raises Unreadable."""
    data = data.lstrip(b"\r\n")
    saved = _is_saved_page(_fields(data))
    found = list(_leaves(data, _Place(saved=saved, root=saved), [0]))
    if not found:
        raise Unreadable("a mail without content")
    if saved and not any(p.own for p in found):
        raise Unreadable("a saved page without content: only what came along with it is there")
    return found


class _Place(msgspec.Struct, frozen=True):
    """Where in the message a part stands.

    saved: the message is a page saved by a browser; root: the part is that page. related: parts refer to one another.
    """

    saved: bool
    root: bool
    depth: int = 0
    related: bool = False


def _is_saved_page(fields: "Message") -> bool:
    """True where a browser wrote the message: it says so, or nobody sent it."""
    sender = str(fields.get("From", ""))
    return (
        "saved by" in sender.lower()
        or fields.get("Snapshot-Content-Location") is not None
        or not any(fields.get(name) for name in ("To", "Cc", "Received", "Message-ID", "From"))
    )


def _leaves(data: bytes, place: _Place, counted: list[int]) -> Iterator[Part]:
    """The parts with content in a message or part with its header. counted: how many there were so far."""
    if place.depth > DEEPEST:
        raise Unreadable(f"parts within parts, more than {DEEPEST} deep")
    fields = _fields(data)
    body = data[_body_start(data) :]
    kind = fields.get_content_type()
    if kind.startswith("multipart/"):
        inner = _divided(body, _boundary(fields))
        root = _root(inner, fields)
        related = place.related or kind == "multipart/related"
        for at, part in enumerate(inner):
            below = _Place(saved=place.saved, root=place.root and at == root, depth=place.depth + 1, related=related)
            yield from _leaves(part, below, counted)
        return
    if kind == "message/rfc822":
        decoded, wrong = _decoded(fields, body)
        if wrong is None:
            yield from _leaves(decoded.lstrip(b"\r\n"), _Place(saved=False, root=False, depth=place.depth + 1), counted)
            return
    counted[0] += 1
    if counted[0] > MOST_PARTS:
        raise Unreadable(f"more than {MOST_PARTS:,} parts")
    if body.strip():
        yield _leaf(fields, kind, body, place, counted[0])


def _root(inner: list[bytes], fields: "Message") -> int:
    """Which of the parts is the page itself.

    Of several versions the last, which is the best (RFC 2046, 5.1.4); else the one named as the start, else the first
    (RFC 2387, 3.2).
    """
    if fields.get_content_subtype() == "alternative":
        return len(inner) - 1
    start = fields.get_param("start")
    if isinstance(start, str) and fields.get_content_subtype() == "related":
        named = (i for i, part in enumerate(inner) if str(_fields(part).get("Content-ID", "")).strip() == start.strip())
        return next(named, 0)
    return 0


def _leaf(fields: "Message", kind: str, body: bytes, place: _Place, number: int) -> Part:
    """A part with content. Of a mail, what was attached is what it was sent for; pictures and signatures come along."""
    told = _file_name(fields)
    attached = fields.get_content_disposition() == "attachment"
    handed = attached or (told is not None and not place.related and not kind.startswith("image/"))
    data, wrong = _decoded(fields, body)
    # A mailer guesses the charset of a file that it attaches; of a text that it wrote itself, it knows it.
    if kind in _PAGES and not attached:
        data = charset.labelled(data, _charset(fields))
    return Part(
        name=told if told and not place.saved else f"part {number}",
        data=data,
        own=place.root if place.saved else handed and not _ENVELOPE.match(kind),
        page=kind in _PAGES or kind == "text/plain",
        wrong=wrong,
    )


def _header(data: bytes) -> bytes | None:
    """The header, or None where it does not end within `LARGEST_HEADER`."""
    end = _HEADER_END.search(data, 0, LARGEST_HEADER)
    return data[: end.start()] if end else None


def _body_start(data: bytes) -> int:
    if data.startswith((b"\n", b"\r\n")):
        return 0
    end = _HEADER_END.search(data, 0, LARGEST_HEADER)
    return end.end() if end else len(data)


def _fields(data: bytes) -> "Message":
    """The header's fields. A part without a header is plain text (RFC 2046, 5.1)."""
    from email.parser import BytesHeaderParser  # 20 ms, which most runs need not spend
    from email.policy import compat32

    head = b"" if data.startswith((b"\n", b"\r\n")) else _header(data)
    if head is None:
        raise Unreadable(f"the header of a part does not end within {LARGEST_HEADER:,} bytes")
    return BytesHeaderParser(policy=compat32).parsebytes(head)


def _boundary(fields: "Message") -> bytes:
    told = fields.get_boundary()
    if not told or len(told) > _LONGEST_BOUNDARY:
        raise Unreadable("a part that says it has parts and not how they are divided")
    return told.encode("utf-8", "surrogateescape")


def _divided(body: bytes, boundary: bytes) -> list[bytes]:
    """The parts between the boundary's lines (RFC 2046, 5.1.1); the last one ends with the body where it was cut short."""
    line = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    found: list[bytes] = []
    start = None
    for match in line.finditer(body):
        if start is not None:
            found.append(body[start : match.start()])
        if match[1]:
            return found
        start = match.end() + (2 if body.startswith(b"\r\n", match.end()) else 1)
        if len(found) > MOST_PARTS:
            raise Unreadable(f"more than {MOST_PARTS:,} parts")
    if start is not None:
        found.append(body[start:])
    return found


def _decoded(fields: "Message", body: bytes) -> tuple[bytes, str | None]:
    """A part's content without its transfer encoding, and why it cannot be had."""
    encoding = str(fields.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in ("", "7bit", "8bit", "binary"):
        return body, None
    if encoding == "base64":
        try:
            return base64.b64decode(body.translate(None, b" \t\r\n"), validate=True), None
        except (binascii.Error, ValueError) as error:
            return body, f"says it is base64 and is not, or was cut short: {error}"
    if encoding == "quoted-printable":
        if _NOT_QUOTED.search(body):
            return body, "says it is quoted-printable and is not, or was cut short"
        return quopri.decodestring(body), None
    return body, "in a transfer encoding that we do not know"


def _charset(fields: "Message") -> str | None:
    told = fields.get_content_charset()
    return told if told and told.isascii() else None


def _file_name(fields: "Message") -> str | None:
    """The file name told, decoded where it is written in encoded words; its last step where it is a path."""
    from email.errors import MessageError
    from email.header import decode_header, make_header

    told = fields.get_filename()
    if not told:
        return None
    with suppress(MessageError, LookupError, ValueError):  # a label only: as it stands, then
        told = str(make_header(decode_header(told)))
    return re.split(r"[/\\]", told)[-1].strip() or None
