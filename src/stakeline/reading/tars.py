"""Tar archives, read from front to back: EDGAR hands out a day's filings as one, gzipped, of a gigabyte or more unpacked."""

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from tarfile import TarInfo

START_AT = 257
"""Where a tar says that it is one (POSIX.1-1988 ustar header, field `magic`)."""
_MAGIC = b"ustar"
NEEDED = START_AT + len(_MAGIC)
LONGEST_HEADER = 1 << 16
"""Bytes of what may stand before a member to tell more of it: a name of 4,096 bytes and times. It is held in memory, whatever its size."""


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
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_short(tarfile)) as archive:
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


def _short(tarfile: ModuleType) -> "type[TarInfo]":
    """A kind of member that refuses longer headers before they are read."""
    more = {
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    }

    class Short(tarfile.TarInfo):  # type: ignore[name-defined, misc]
        def _proc_member(self, archive: object) -> "TarInfo":
            """What stands behind a header; `tarfile` leaves it to be overridden."""
            if self.type in more and self.size > LONGEST_HEADER:
                raise Damaged(f"a tar with a header of more than {LONGEST_HEADER:,} bytes")
            told: TarInfo = super()._proc_member(archive)
            return told

    return Short
