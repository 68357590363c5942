"""Addresses of pages: values put into them, and what the links of a page say. Nothing here opens one."""

import re
from collections.abc import Iterator
from html import unescape

_LINK = re.compile(r"""(?:href|action)\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s>"']{1,2000}))""", re.IGNORECASE)
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_CODED = re.compile(rb"%([0-9A-Fa-f]{2})")
_LARGEST = 8_000_000
_MOST_LINKS = 5_000


def encoded(text: str) -> str:
    """Text as it can stand in a query: every character that could mean something else is percent-encoded."""
    return "".join(chr(b) if b in _PLAIN else f"%{b:02X}" for b in text.encode("utf-8", "replace"))


def queries(data: bytes) -> Iterator[dict[str, str]]:
    """What the query of each link on a page says, name by name. Links come from anyone: only a name and a text, no more."""
    text = data[:_LARGEST].replace(b"\0", b"").decode("utf-8", "replace")
    for number, match in enumerate(_LINK.finditer(text)):
        if number >= _MOST_LINKS:
            return
        address = unescape(match[1] or match[2] or match[3] or "")
        _, mark, query = address.partition("?")
        if mark:
            pairs = (pair.partition("=") for pair in query.partition("#")[0].split("&") if "=" in pair)
            yield {_decoded(name): _decoded(value) for name, _, value in pairs}


def _decoded(text: str) -> str:
    raw = text.replace("+", " ").encode("utf-8", "replace")
    return _CODED.sub(lambda m: bytes([int(m[1], 16)]), raw).decode("utf-8", "replace")
