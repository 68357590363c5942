"""Files, folders, zips and standard input: the documents in them, in an order that depends on their names alone."""

import io
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

LARGEST_DOCUMENT = 64_000_000
"""Bytes of one document. What a reader takes may be less (`html.LARGEST_PAGE`)."""
LARGEST_ZIP = 4_000_000_000
"""Bytes that the documents of one zip may have together when unpacked."""
MOST_MEMBERS = 200_000
HIGHEST_RATIO = 200
"""Times that a member may grow when unpacked. Register pages grow 10 to 30 times, a zip bomb 1000 and more."""
_SMALL_MEMBER = 1_000_000
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_STDIN = "-"
_ENCRYPTED = 0x1  # general purpose bit 0, APPNOTE.TXT 4.4.4


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Something named that could not be taken as a document, and why. Counts as one quarantined input."""

    name: str
    problem: Problem


def documents(inputs: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Document | Refused]:
    """The documents in files, folders (with all below them), zips and "-" (stdin), in the order of the inputs.

    Inside a folder or zip they come sorted by name; hidden files are left out, zips inside zips are refused. A name
    inside a zip is a label only. Raises ReadError before the first document where an input cannot be opened at all.
    """
    named = tuple(inputs)
    for name in named:
        if name != _STDIN and not os.path.lexists(name):
            raise ReadError(f"{printable(name)}: no such file or folder")
        if name == _STDIN and stdin is None:
            raise ReadError("- means standard input, and there is none here")
    return _each(named, stdin)


def _each(named: tuple[str, ...], stdin: BinaryIO | None) -> Iterator[Document | Refused]:
    for name in named:
        if name == _STDIN and stdin is not None:
            yield from _stream("stdin", stdin)
        elif Path(name).is_dir():
            yield from _folder(Path(name))
        else:
            try:
                yield from _file(Path(name))
            except OSError as error:
                raise ReadError(f"{printable(name)}: {error.strerror or error}") from error


def _folder(root: Path) -> Iterator[Document | Refused]:
    """Everything below a folder. Links to folders are not followed, and what is no regular file is left out."""
    found: list[Path] = []
    failed: list[OSError] = []
    for folder, below, files in os.walk(root, onerror=failed.append):
        below[:] = [b for b in below if not b.startswith(".")]
        found.extend(Path(folder, f) for f in files if not f.startswith("."))
    for path in sorted(found, key=lambda p: p.relative_to(root).as_posix()):
        try:
            if stat.S_ISREG(path.stat().st_mode):
                yield from _file(path)
        except OSError as error:
            failed.append(error)
    for failure in failed:
        yield _refused(str(failure.filename or root), f"could not be opened: {failure.strerror or failure}")


def _file(path: Path) -> Iterator[Document | Refused]:
    with path.open("rb") as file:
        yield from _stream(str(path), file)


def _stream(name: str, stream: BinaryIO) -> Iterator[Document | Refused]:
    """One document, or the members of a zip. A zip is known by its first bytes, not by its name."""
    start = stream.read(4)
    if start in _ZIP_STARTS:
        if stream.seekable():
            yield from _zip(name, stream)
            return
        rest = stream.read(LARGEST_DOCUMENT + 1)
        if len(rest) <= LARGEST_DOCUMENT:
            yield from _zip(name, io.BytesIO(start + rest))
            return
    else:
        rest = stream.read(LARGEST_DOCUMENT + 1)
    if len(start) + len(rest) > LARGEST_DOCUMENT:
        yield _refused(name, f"larger than {LARGEST_DOCUMENT:,} bytes")
    else:
        yield Document(data=start + rest, name=_label(name))


def _zip(name: str, stream: BinaryIO) -> Iterator[Document | Refused]:
    import zipfile  # 25 ms, which most runs need not spend

    try:
        with zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_hidden(m.filename)]
            if len(members) > MOST_MEMBERS:
                yield _refused(name, f"more than {MOST_MEMBERS:,} files in one zip")
                return
            left = LARGEST_ZIP
            for member in sorted(members, key=lambda m: (m.filename, m.header_offset)):
                read = _member(archive, member, left, f"{name}!{member.filename}")
                yield read
                if isinstance(read, Document):
                    left -= len(read.data)
    except (zipfile.BadZipFile, ValueError, EOFError) as error:
        yield _refused(name, f"a damaged zip: {error}")


def _member(archive: "ZipFile", member: "ZipInfo", left: int, name: str) -> Document | Refused:
    """One file of a zip. Sizes are checked as the header claims them, which zipfile holds it to while unpacking."""
    from lzma import LZMAError
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812 - its own name says nothing

    why = _too_much(member, left)
    if why:
        return _refused(name, why)
    try:
        with archive.open(member) as file:
            data = file.read(LARGEST_DOCUMENT + 1)
    except (BadZipFile, ZlibError, LZMAError, NotImplementedError, EOFError, OSError, ValueError) as error:
        return _refused(name, f"could not be unpacked: {error}")
    if data.startswith(_ZIP_STARTS):
        return _refused(name, "a zip inside a zip; unpack it first")
    return Document(data=data, name=_label(name))


def _too_much(member: "ZipInfo", left: int) -> str | None:
    """Why a file of a zip is not unpacked, or None. left: bytes that the zip may still unpack to."""
    size = member.file_size
    if member.flag_bits & _ENCRYPTED:
        return "encrypted; unpack it first"
    if size > LARGEST_DOCUMENT:
        return f"larger than {LARGEST_DOCUMENT:,} bytes when unpacked"
    if size > left:
        return f"the zip unpacks to more than {LARGEST_ZIP:,} bytes"
    if size > _SMALL_MEMBER and size > HIGHEST_RATIO * member.compress_size:
        return f"grows more than {HIGHEST_RATIO} times when unpacked, as zip bombs do"
    return None


def _is_hidden(name: str) -> bool:
    """True for what folders hide, and for the shadow files that one system adds to its zips."""
    parts = name.replace("\\", "/").split("/")
    return any(p.startswith(".") and p not in (".", "..") for p in parts) or parts[0] == "__MACOSX"


def _label(name: str) -> str:
    """A name that can be printed and stored: no control characters, no halves of characters."""
    clean = "".join(c if c.isprintable() else "�" for c in name)
    return clean.encode("utf-8", "replace").decode()


def _refused(name: str, message: str) -> Refused:
    label = _label(name)
    problem = Problem(severity=Severity.INPUT, where=label, found=printable(label), message=message)
    return Refused(name=label, problem=problem)
