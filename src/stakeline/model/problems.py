"""What could not be understood, said aloud."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """What a problem cost."""

    FIELD = "field"
    """One value of a notice or fact could not be read; the rest stands, the value is marked unreadable."""
    INPUT = "input"
    """A whole notice, row or document could not be taken in: it is quarantined."""
    NOTE = "note"
    """Nothing was lost, but a person should look (a box we do not know, a remark we could not place)."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing in a document that was not understood.

    where: the place in the document ("#lblDIssued (box 4)", "row 12, column 7").
    found: what stands there, cut to a printable length.
    message: why it was not accepted, in words a user can act on.
    """

    severity: Severity
    where: str
    found: str
    message: str


LONGEST_QUOTE = 200


def printable(text: str) -> str:
    """Text made safe to print on one line: control and invisible characters become blanks, runs of them one."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def quote(text: str) -> str:
    """Text from a document made safe to print, and cut to `LONGEST_QUOTE` characters."""
    clean = printable(text)
    return clean if len(clean) <= LONGEST_QUOTE else clean[: LONGEST_QUOTE - 1] + "…"
