"""Mailbox exports (mbox): mails one after another, each behind a line that begins with "From "."""

import re
from collections.abc import Iterator
from typing import BinaryIO

_SEPARATOR = re.compile(rb"From \S.{0,200}\d\d:\d\d.{0,60}\d{4}")
_ESCAPED = re.compile(rb">+From ")
_LONGEST_LINE = 1_000_000


def is_mailbox(start: bytes) -> bool:
    """True where the first line parts mails, and a header follows it."""
    line, _, rest = start.partition(b"\n")
    return bool(_SEPARATOR.match(line)) and bool(re.match(rb"[!-9;-~]{1,76}:", rest))


def messages(stream: BinaryIO, largest: int) -> Iterator[bytes | None]:
    """Each mail, without its first line; None for one of more than largest bytes.

    A line of the text that begins with "From " is written ">From " in a mailbox; it is put back.
    """
    held: list[bytes] = []
    size = 0
    begun = False
    after_blank = True
    while line := stream.readline(_LONGEST_LINE):
        if after_blank and _SEPARATOR.match(line):
            if begun:
                yield b"".join(held) if size <= largest else None
            begun, held, size = True, [], 0
        elif begun:
            size += len(line)
            if size <= largest:
                held.append(line[1:] if _ESCAPED.match(line) else line)
            else:
                held.clear()
        after_blank = not line.strip()
    if begun:
        yield b"".join(held) if size <= largest else None
