"""Files, folders, archives, mails and saved pages: the documents in them, in an order that depends on their names alone.

A container is only wrapping. The document is what is wrapped in it, byte for byte, without the wrapping's compression
or transfer encoding; so a page saved as one file, mailed or zipped is the same document as the page alone.
"""

import io
import os
import stat
import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import companions, folders, mailbox, mime, tars, webarchive

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

LARGEST_DOCUMENT = 150_000_000
"""Bytes of one document: a Form 13F with all the rows that its schema allows. What a reader takes may be less (`html.LARGEST_PAGE`)."""
_TOO_LARGE = f"larger than {LARGEST_DOCUMENT:,} bytes"
LARGEST_ZIP = 4_000_000_000
"""Bytes that all documents of one zip or mailbox may have together when unpacked."""
MOST_MEMBERS = 200_000
HIGHEST_RATIO = 200
"""Times that a member may grow when unpacked. Register pages grow 10 to 30 times, a zip bomb 1000 and more."""
_SMALL_MEMBER = 1_000_000
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP_START = b"\x1f\x8b\x08"
_STDIN = "-"
_DAMAGE = (ValueError, EOFError, NotImplementedError, OverflowError, OSError, struct.error)
"""What zipfile raises beside its own error for headers that make no sense."""
_ENCRYPTED = 0x1  # general purpose bit 0, APPNOTE.TXT 4.4.4


class File(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A file on the disk, not opened yet: a document, or a container of some. named: as an input of its own, not by its folder."""

    path: str
    size: int
    named: bool = False


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """Something named that could not be taken as a document, and why. Counts as one quarantined input."""

    name: str
    problem: Problem


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """Something that came along with a page or mail and is no input: a style, a script, a picture, a covering text.

    of: the page, saved file or mail that it belongs to.
    """

    name: str
    of: str


Split = Callable[[BinaryIO, str], Iterator[Document | Problem]]
"""The documents of a data set in a zip, from its stream and name; a problem for what cannot be taken apart."""
Sets = Callable[[list[str]], Split | None]
"""Asked with the names of the files in a zip: how to take it apart, None where it is no data set."""
Known = Callable[[Document], bool]
Told = Callable[[Aside], None]


def documents(
    inputs: Iterable[str],
    stdin: BinaryIO | None = None,
    *,
    known: Known | None = None,
    aside: Told | None = None,
    sets: Sets | None = None,
) -> Iterator[Document | Refused]:
    """The documents in files, folders (with all below them), containers and "-" (stdin), in the order of the inputs.

    Containers: zip, tar, gzip, mails (.eml) and mailboxes (mbox), pages saved as one file (MHTML, Safari's web archive), each
    told by its first bytes. Inside a folder or zip documents come sorted by name, and hidden files are left out. A
    container inside another of its kind is refused. A name inside one is a label only ("mail.mbox!3!list.html").

    What came along with a page or mail is no input of its own. known: asked of such a thing, True where it is to be
    taken as a document all the same (a frame that holds a notice, a table pasted into a mail); without it, every web
    page and text is. aside: told of what is not taken. A mail in which nothing else is found is taken for its text.

    sets: how to take apart a zip that holds tables of many filings, by the names of its files.

    Raises ReadError before the first document where an input cannot be opened at all.
    """
    source = Inputs(inputs, stdin, known=known, aside=aside, sets=sets)
    return chain.from_iterable(source.opened(one) if isinstance(one, File) else (one,) for one in source.places())


def plain(file: File) -> Document | Refused | None:
    """The one document that a file is, or why it cannot be taken; None for a container. Raises ReadError as `Inputs.opened`."""
    try:
        with open(file.path, "rb") as stream:  # noqa: PTH123 - for each of a million files a Path costs as much as opening it
            start = min(file.size + 1, mime.LARGEST_HEADER)
            data = stream.read(start)
            if len(data) == start and _kind(data) is None:  # large, or grown since it was listed
                stream.seek(0)  # else the two parts stand in memory beside their sum
                data = stream.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        return _not_opened(file, error)
    if len(data) > LARGEST_DOCUMENT:
        return _refused(file.path, _TOO_LARGE)
    return Document(data=data, name=_label(file.path)) if _kind(data) is None else None


class _Room:
    """What one input may still unpack to."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = LARGEST_ZIP


class Inputs:
    """All inputs, and the way through them: for those who open the files in more than one process. As `documents` otherwise.

    inside, of its methods: the kinds of container around what is opened.
    """

    def __init__(
        self,
        inputs: Iterable[str],
        stdin: BinaryIO | None = None,
        *,
        known: Known | None = None,
        aside: Told | None = None,
        sets: Sets | None = None,
    ) -> None:
        """Raises ReadError where an input is not there."""
        self._named, self._stdin = tuple(inputs), stdin
        self._known, self._aside, self._sets = known, aside, sets
        for name in self._named:
            if name != _STDIN and not os.path.lexists(name):
                raise ReadError(f"{printable(name)}: no such file or folder")
            if name == _STDIN and stdin is None:
                raise ReadError("- means standard input, and there is none here")

    def places(self) -> Iterator[Document | Refused | File]:
        """What `documents` gives, with the files on the disk in it not opened yet. Raises ReadError where a file named cannot be."""
        for name in self._named:
            if name == _STDIN and self._stdin is not None:
                yield from self._stream("stdin", self._stdin)
            else:
                yield from self._at(str(Path(name)))

    def opened(self, file: File) -> Iterator[Document | Refused]:
        """The documents in a file. Raises ReadError where one that was named itself cannot be opened."""
        try:
            with open(file.path, "rb") as stream:  # noqa: PTH123 - as in `plain`
                yield from self._stream(file.path, stream)
        except OSError as error:
            yield _not_opened(file, error)

    def _at(self, path: str) -> Iterator[Document | Refused | File]:
        """A file or folder that was named. What is neither (a pipe, say) can be read but once, and here."""
        try:
            told = os.stat(path)  # noqa: PTH116 - as in `plain`
        except OSError as error:
            raise ReadError(f"{printable(path)}: {error.strerror or error}") from error
        file = File(path, told.st_size, named=True)
        if stat.S_ISDIR(told.st_mode):
            yield from self._folder(Path(path))
        elif stat.S_ISREG(told.st_mode):
            yield file
        else:
            yield from self.opened(file)

    def _folder(self, root: Path) -> Iterator[Document | Refused | File]:
        """Everything below a folder. Links to folders are not followed, and what is no regular file is left out."""
        failed: list[OSError] = []
        # The folder named can itself be a page's: `load saved/*` names both.
        around, top = root.absolute().parent, root.absolute().name

        @lru_cache(64)
        def page_of(below: str) -> str | None:
            return companions.page_of(f"{top}/{below}x", lambda p: (around / p).is_file())

        for below, name in folders.files(str(root), failed):
            path = os.path.join(root, below + name)  # noqa: PTH118 - as in `plain`
            try:
                told = os.stat(path)  # noqa: PTH116 - as in `plain`
                if stat.S_ISREG(told.st_mode):
                    page = page_of(below)
                    if page is None:
                        yield File(path, told.st_size)
                    else:
                        yield from self._beside(Path(path), str(around / page))
            except OSError as error:
                failed.append(error)
        for failure in failed:
            yield _not_opened(File(str(failure.filename or root), 0), failure)

    def _beside(self, path: Path, page: str) -> Iterator[Document]:
        """A file that a browser saved beside a page."""
        with path.open("rb") as file:
            data = file.read(LARGEST_DOCUMENT + 1)
        yield from self._along(Document(data=data, name=_label(str(path))), page, page=companions.is_page(data))

    def _along(self, document: Document, of: str, *, page: bool) -> Iterator[Document]:
        """Something that came along: a document where it is known as one, else set aside. page: a web page or text."""
        if self._counts(document, page=page):
            yield document
        else:
            self._tell(document, of)

    def _counts(self, document: Document, *, page: bool) -> bool:
        """True for something that came along and is a document all the same."""
        fits = len(document.data) <= LARGEST_DOCUMENT
        return fits and (page if self._known is None else self._known(document))

    def _tell(self, document: Document, of: str) -> None:
        if self._aside is not None:
            self._aside(Aside(name=document.name, of=_label(of)))

    def _stream(self, name: str, stream: BinaryIO) -> Iterator[Document | Refused]:
        """One document, or what is in it. Zips and mailboxes are not held in memory where the stream can be read twice."""
        start = stream.read(mime.LARGEST_HEADER)
        room = _Room()
        if start.startswith(_GZIP_START) and stream.seekable() and _holds_tar(start):
            stream.seek(-len(start), os.SEEK_CUR)
            yield from self._gzipped_tar(name, stream, room)
            return
        streamed = start.startswith(_ZIP_STARTS) or tars.is_tar(start) or mailbox.is_mailbox(start)
        if streamed and stream.seekable():
            stream.seek(-len(start), os.SEEK_CUR)
            yield from self._container(name, stream, start, room, ())
            return
        if stream.seekable():  # else the two parts stand in memory beside their sum
            stream.seek(-len(start), os.SEEK_CUR)
            start = b""
        data = start + stream.read(max(LARGEST_DOCUMENT + 1 - len(start), 0))
        if len(data) > LARGEST_DOCUMENT:
            yield _refused(name, _TOO_LARGE)
        else:
            yield from self._opened(name, data, room, ())

    def _opened(self, name: str, data: bytes, room: _Room, inside: tuple[str, ...]) -> Iterator[Document | Refused]:
        """The bytes as a document, or the documents in them."""
        kind = _kind(data)
        room.left -= len(data) if inside else 0
        if kind is None:
            yield Document(data=data, name=_label(name))
        elif kind in inside:
            yield _refused(name, f"a {kind} inside a {kind}; unpack it first")
        else:
            yield from self._container(name, io.BytesIO(data), data, room, inside)

    def _container(
        self, name: str, stream: BinaryIO, start: bytes, room: _Room, inside: tuple[str, ...]
    ) -> Iterator[Document | Refused]:
        """The documents in a container. start: its first bytes or all of them."""
        kind = _kind(start) or ""
        below = (*inside, kind)
        if kind == "zip":
            yield from self._zip(name, stream, room, below)
        elif kind == "tar":
            yield from self._tar(name, stream, room, below)
        elif kind == "gzip":
            yield from self._gzip(name, start, room, below)
        elif kind == "mail" and mailbox.is_mailbox(start):
            yield from self._mailbox(name, stream, room, below)
        else:
            yield from self._parts(name, start, webarchive.parts if kind == "web archive" else mime.parts, room, below)

    def _gzip(self, name: str, data: bytes, room: _Room, inside: tuple[str, ...]) -> Iterator[Document | Refused]:
        """The one file in a gzip."""
        import zlib

        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            inner = inflate.decompress(data, LARGEST_DOCUMENT + 1)
        except zlib.error as error:
            yield _refused(name, f"a damaged gzip: {error}")
            return
        why = _too_much(len(inner), len(data), room.left)
        if why is None and (not inflate.eof or inflate.unused_data.strip(b"\0")):
            why = "a gzip that was cut short" if not inflate.eof else "more than one file in a gzip; unpack it first"
        if why:
            yield _refused(name, why)
        else:
            bare = Path(name).name
            yield from self._opened(f"{name}!{bare.removesuffix('.gz') or bare}", inner, room, inside)

    def _gzipped_tar(self, name: str, stream: BinaryIO, room: _Room) -> Iterator[Document | Refused]:
        """A tar in a gzip, unpacked as it is read."""
        import gzip

        with gzip.GzipFile(fileobj=stream) as inner:
            bare = Path(name).name
            yield from self._tar(f"{name}!{bare.removesuffix('.gz')}", inner, room, ("gzip", "tar"))  # type: ignore[arg-type]

    def _tar(self, name: str, stream: BinaryIO, room: _Room, inside: tuple[str, ...]) -> Iterator[Document | Refused]:
        """Each file of a tar, in its order: it can be read but once."""
        try:
            for number, (member, data) in enumerate(tars.members(stream, LARGEST_DOCUMENT, room.left), 1):
                label = f"{name}!{member}"
                if number > MOST_MEMBERS:
                    yield _refused(name, f"more than {MOST_MEMBERS:,} files in one tar")
                    return
                if _is_hidden(member):
                    continue
                if data is None:
                    yield _refused(label, _TOO_LARGE)
                elif len(data) > room.left:
                    yield _refused(label, f"the tar holds more than {LARGEST_ZIP:,} bytes")
                else:
                    yield from self._opened(label, data, room, inside)
        except tars.Damaged as error:
            yield _refused(name, str(error))

    def _mailbox(
        self, name: str, stream: BinaryIO, room: _Room, inside: tuple[str, ...]
    ) -> Iterator[Document | Refused]:
        """Each mail of a mailbox, by its number."""
        for number, data in enumerate(mailbox.messages(stream, LARGEST_DOCUMENT), 1):
            label = f"{name}!{number}"
            if number > MOST_MEMBERS:
                yield _refused(name, f"more than {MOST_MEMBERS:,} mails in one mailbox")
                return
            if data is None:
                yield _refused(label, _TOO_LARGE)
            elif len(data) > room.left:
                yield _refused(label, f"the mailbox holds more than {LARGEST_ZIP:,} bytes")
            else:
                yield from self._parts(label, data, mime.parts, room, inside)

    def _parts(
        self,
        name: str,
        data: bytes,
        parted: Callable[[bytes], list[mime.Part]],
        room: _Room,
        inside: tuple[str, ...],
    ) -> Iterator[Document | Refused]:
        """What a mail was sent for, or a page saved for; then what came along and is known."""
        try:
            parts = parted(data)
        except mime.Unreadable as error:
            yield _refused(name, str(error))
            return
        taken = [p for p in parts if p.own]
        beside = [(p, Document(data=p.data, name=_label(f"{name}!{p.name}"))) for p in parts if not p.own]
        taken += [p for p, document in beside if p.wrong is None and self._counts(document, page=p.page)]
        if not taken:
            taken = [next((p for p in parts if p.page), parts[0])]
        for part in taken:
            yield from self._part(name, part, room, inside)
        for part, document in beside:
            if not any(part is p for p in taken):
                self._tell(document, name)

    def _part(self, name: str, part: mime.Part, room: _Room, inside: tuple[str, ...]) -> Iterator[Document | Refused]:
        label = f"{name}!{part.name}"
        if part.wrong is not None:
            yield _refused(label, part.wrong)
        else:
            yield from self._opened(label, part.data, room, inside)

    def _zip(self, name: str, stream: BinaryIO, room: _Room, inside: tuple[str, ...]) -> Iterator[Document | Refused]:
        import zipfile  # 25 ms, which most runs need not spend

        try:
            with zipfile.ZipFile(stream) as archive:
                members = [m for m in archive.infolist() if not m.is_dir() and not _is_hidden(m.filename)]
                if len(members) > MOST_MEMBERS:
                    yield _refused(name, f"more than {MOST_MEMBERS:,} files in one zip")
                    return
                there = {m.filename for m in members}
                split = self._sets(sorted(there)) if self._sets else None
                if split is not None:
                    yield from _apart(split, stream, name)
                    return
                for member in sorted(members, key=lambda m: (m.filename, m.header_offset)):
                    label = f"{name}!{member.filename}"
                    read = _member(archive, member, room.left, label)
                    page = companions.page_of(member.filename, there.__contains__)
                    if page is not None:
                        data = b"" if isinstance(read, Refused) else read
                        along = Document(data=data, name=_label(label))
                        yield from self._along(along, f"{name}!{page}", page=companions.is_page(data))
                    elif isinstance(read, Refused):
                        yield read
                    else:
                        yield from self._opened(label, read, room, inside)
        except (zipfile.BadZipFile, *_DAMAGE) as error:
            yield _refused(name, f"a damaged zip: {error}")


def _kind(data: bytes) -> str | None:
    """The kind of container, by its first bytes; None for a document."""
    if data.startswith(_ZIP_STARTS):
        return "zip"
    if data.startswith(_GZIP_START):
        return "gzip"
    if tars.is_tar(data):
        return "tar"
    if webarchive.is_webarchive(data):
        return "web archive"
    return "mail" if mailbox.is_mailbox(data[: mime.LARGEST_HEADER]) or mime.is_message(data) else None


def _apart(split: Split, stream: BinaryIO, name: str) -> Iterator[Document | Refused]:
    """The documents of a data set. It is read as a stream, so that no table of it need fit into memory."""
    stream.seek(0)
    for found in split(stream, name):
        if isinstance(found, Problem):
            yield Refused(name=_label(name), problem=found)
        else:
            yield Document(data=found.data, name=_label(found.name))


def _holds_tar(start: bytes) -> bool:
    """True for the first bytes of a gzip in which a tar begins."""
    import zlib

    try:
        return tars.is_tar(zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(start, tars.NEEDED))
    except zlib.error:
        return False


def _member(archive: "ZipFile", member: "ZipInfo", left: int, name: str) -> bytes | Refused:
    """One file of a zip. Sizes are checked as the header claims them, which zipfile holds it to while unpacking."""
    from lzma import LZMAError
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812 - its own name says nothing

    if member.flag_bits & _ENCRYPTED:
        return _refused(name, "encrypted; unpack it first")
    why = _too_much(member.file_size, member.compress_size, left)
    if why:
        return _refused(name, why)
    try:
        with archive.open(member) as file:
            return file.read(LARGEST_DOCUMENT + 1)
    except (BadZipFile, ZlibError, LZMAError, *_DAMAGE) as error:
        return _refused(name, f"could not be unpacked: {error}")


def _too_much(size: int, packed: int, left: int) -> str | None:
    """Why something packed is not taken, or None. left: bytes that the input may still unpack to."""
    if size > LARGEST_DOCUMENT:
        return f"larger than {LARGEST_DOCUMENT:,} bytes when unpacked"
    if size > left:
        return f"the input unpacks to more than {LARGEST_ZIP:,} bytes"
    if size > _SMALL_MEMBER and size > HIGHEST_RATIO * packed:
        return f"grows more than {HIGHEST_RATIO} times when unpacked, as zip bombs do"
    return None


def _is_hidden(name: str) -> bool:
    """True for what folders hide, and for the shadow files that one system adds to its zips."""
    parts = name.replace("\\", "/").split("/")
    return any(p.startswith(".") and p not in (".", "..") for p in parts) or parts[0] == "__MACOSX"


def _label(name: str) -> str:
    """A name that can be printed and stored: no control characters, no halves of characters."""
    if name.isascii() and name.isprintable():  # of nearly every file
        return name
    clean = "".join(c if c.isprintable() else "�" for c in name)
    return clean.encode("utf-8", "replace").decode()


def _not_opened(file: File, error: OSError) -> Refused:
    """A file that could not be opened: refused, but where it was named itself a ReadError."""
    if file.named:
        raise ReadError(f"{printable(file.path)}: {error.strerror or error}") from error
    return _refused(file.path, f"could not be opened: {error.strerror or error}")


def _refused(name: str, message: str) -> Refused:
    label = _label(name)
    problem = Problem(severity=Severity.INPUT, where=label, found=printable(label), message=message)
    return Refused(name=label, problem=problem)
