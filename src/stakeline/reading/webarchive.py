"""Pages that Safari saved as one file (.webarchive): a property list with the page, its files and its frames."""

import struct
from typing import Any

from stakeline.reading import charset
from stakeline.reading.mime import Part, Unreadable

_START = b"bplist00"
_PAGE_KEY = b"WebMainResource"
MOST_PARTS = 10_000


def is_webarchive(data: bytes) -> bool:
    """True for a binary property list that speaks of a main resource."""
    return data.startswith(_START) and _PAGE_KEY in data


def parts(data: bytes) -> list[Part]:
    """The page, then its frames and files, as `mime.parts` gives them. Raises Unreadable."""
    import plistlib

    try:
        told = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
        found = [_part(told["WebMainResource"], 1, own=True)]
        frames = [f["WebMainResource"] for f in _several(told, "WebSubframeArchives")]
        for other in [*frames, *_several(told, "WebSubresources")][:MOST_PARTS]:
            found.append(_part(other, len(found) + 1, own=False))
    except (
        plistlib.InvalidFileException, ValueError, OverflowError, LookupError, TypeError, AttributeError, struct.error,
        RecursionError, MemoryError,
    ) as error:  # fmt: skip
        raise Unreadable(f"a damaged web archive: {type(error).__name__} {error}") from error
    return found


def _several(told: Any, key: str) -> list[Any]:
    found = told.get(key, [])
    if not isinstance(found, list):
        raise TypeError(f"{key} is no list")
    return found


def _part(resource: Any, number: int, *, own: bool) -> Part:
    data = resource["WebResourceData"]
    if not isinstance(data, bytes):
        raise TypeError("a resource without data")
    kind = resource.get("WebResourceMIMEType", "")
    label = resource.get("WebResourceTextEncodingName")
    page = kind in ("text/html", "application/xhtml+xml")
    if page and isinstance(label, str):
        data = charset.labelled(data, label)
    return Part(name=f"part {number}", data=data, own=own, page=page)
