"""What a browser saves beside a page: the folder of scripts, styles, pictures and frames that "Webpage, complete" makes."""

import re
from collections.abc import Callable

_ENDINGS = (
    "_files",
    ".files",
    "-files",
    "_file",
    "-filer",
    "-Dateien",
    "_Dateien",
    "_fichiers",
    "_archivos",
    "_ficheiros",
    "_arquivos",
    "_bestanden",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_elemei",
    "_dosyalar",
)
"""How browsers name the folder behind the page's name, in the languages of their versions."""
_PAGES = ("", ".html", ".htm", ".xhtml", ".shtml", ".aspx", ".asp", ".HTML", ".HTM")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|table|frameset)\b", re.IGNORECASE)
_LOOKED_AT = 8192


def page_of(path: str, exists: Callable[[str], bool]) -> str | None:
    """The page that a file came along with ("a/Form 2.html" for "a/Form 2_files/main.css"), or None.

    path: with "/" between its steps. exists: whether a path is there; a folder without its page is a folder like others.
    """
    steps = path.split("/")
    for at, folder in enumerate(steps[:-1]):
        for ending in _ENDINGS:
            if folder.endswith(ending) and len(folder) > len(ending):
                stem = "/".join([*steps[:at], folder.removesuffix(ending)])
                page = next((stem + p for p in _PAGES if exists(stem + p)), None)
                if page is not None:
                    return page
    return None


def is_page(data: bytes) -> bool:
    """True for what looks like a web page: a frame among the companions can hold what the page itself only frames."""
    return bool(_PAGE.search(data[:_LOOKED_AT].replace(b"\0", b"")))
