"""Tar archives, read from front to back: EDGAR hands out a day's filings as one, gzipped, of a gigabyte or more unpacked."""

from collections.abc import Iterator
from typing import BinaryIO

START_AT = 257
"""Where a tar says that it is one (POSIX.1-1988 ustar header, field `magic`)."""
_MAGIC = b"ustar"
NEEDED = START_AT + len(_MAGIC)


class Damaged(Exception):
    """The archive cannot be read to its end; members before that were handed out."""


def is_tar(start: bytes) -> bool:
    """True for the first bytes of a tar."""
    return start[START_AT:NEEDED] == _MAGIC


def members(stream: BinaryIO, largest: int, most: int) -> Iterator[tuple[str, bytes | None]]:
    """Each regular file's name and bytes, in its order; None for one that is larger. Links and devices are left out.

    largest: bytes of one file; most: of all, those passed over included.

    Nothing is written to the disk, and a name is a label only. Raises Damaged where the archive ends early.
    """
    import tarfile  # 10 ms, which most runs need not spend
    import zlib

    left = most

    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                left -= member.size
                if left < 0:
                    raise Damaged(f"a tar that unpacks to more than {most:,} bytes")
                if not member.isreg():
                    continue
                if member.size > largest or member.issparse():
                    yield member.name, None
                    continue
                file = archive.extractfile(member)
                data = file.read() if file is not None else b""
                if len(data) != member.size:
                    raise Damaged("a tar that was cut short")
                yield member.name, data
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        raise Damaged(f"a damaged tar: {error}") from error
