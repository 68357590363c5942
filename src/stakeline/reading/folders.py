"""The files below a folder, in the order of their names."""

import os
from collections.abc import Iterator


def files(root: str, failed: list[OSError]) -> Iterator[tuple[str, str]]:
    """Every file below a folder, however deep, as its folder below the root ("" or "a/b/") and its name, sorted by the two together.

    Hidden files and folders are left out, and links to folders are not followed. failed: takes what could not be listed. The names of
    one folder at each depth are held, not of all.
    """
    waiting = [("", iter(_names(root, failed)))]
    while waiting:
        below, names = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
        elif name.endswith("/"):
            waiting.append((below + name, iter(_names(f"{root}/{below}{name}", failed))))
        else:
            yield below, name


def _names(folder: str, failed: list[OSError]) -> list[str]:
    """What is in a folder. Folders end in "/", so that they sort as the paths below them do."""
    try:
        with os.scandir(folder) as found:
            return sorted(e.name + "/" * e.is_dir(follow_symlinks=False) for e in found if e.name[0] != ".")
    except OSError as error:
        failed.append(error)
        return []
