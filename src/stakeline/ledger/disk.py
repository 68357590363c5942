"""Files that are on the disk when the call returns, so that a power cut finds the old state or the new one."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

T = TypeVar("T")

_AT_ONCE = 16
"""Files that the disk is asked to have at one time."""


def write_durably(path: Path, data: bytes) -> None:
    """Write a new file and wait until the disk has it."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, data: bytes) -> None:
    """Put a file in the place of another, so that a reader sees the one or the other, also after a power cut."""
    staged = path.with_name(f"{path.name}.{uuid4().hex}.tmp")
    try:
        write_durably(staged, data)
        staged.replace(path)
    finally:
        staged.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> str:
    """Wait until the disk has a file that somebody else wrote; its SHA-256."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_together(sync: Callable[[Path], T], paths: Sequence[Path]) -> list[T]:
    """What `sync_file` or `sync_folder` gives for each of several, waited for together: a disk takes many in the time of a few."""
    if len(paths) <= 1:
        return [sync(path) for path in paths]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as waiting:
        return list(waiting.map(sync, paths))


def sync_folder(path: Path) -> None:
    """Wait until the disk has a folder's list of names (Windows has no such call and needs none on NTFS)."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
