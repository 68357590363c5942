"""Classes of shares as notices tell them, and our short names for them."""

import re
from functools import lru_cache

from stakeline.regimes.hk.words import plain

_LETTER = re.compile(
    r"""
      (?: .* [\s(-] )? class \s+ "? ([a-z]) "? (?: [\s,)-] .* )?      # Class B Ordinary Shares, Ordinary Shares (Class B)
    | (?: ordinary \s+ shares? \s* )? [-–—] \s* ([a-z])                # - B
    | ([a-z]) [\s-]* (?: (?: ordinary | common | listed | overseas[\s-]listed | foreign ) \s+ )*
      (?: shares? | stock ) (?: \s* \( .* \) )?                        # H Shares, A ordinary shares, H shares (listed)
    | (?: ordinary | common ) \s+ ([a-z]) (?: \s+ shares? )?            # Ordinary A shares
    | (?: .* [（(] )? ([a-z]) \s* (?: 類 | 类 | 股 ) .*                   # B類普通股, H股, 普通股（A類）
    | (?: 類別 | 类别 ) \s* ([a-z]) (?! [a-z] ) .*                       # 類別B普通股
    | ([a-z])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ORDINARY = re.compile(
    r"(?:listed |issued |fully paid |voting )*(?:ordinary|common)(?: voting)?(?: shares?| stock)?(?:[ ,(].*)?|普通股.*|股份|shares?",
    re.IGNORECASE,
)
_OTHER = re.compile(r"prefer|convert|warrant|depositary|優先|优先|可換|可换|預託|预托", re.IGNORECASE)
_TAIL = re.compile(r".*\S\s+[-–—]\s*(\S.*(?:shares?|股))", re.IGNORECASE)
_MARKERS = frozenset("WSPR")
"""Letters behind an issuer's name that say how it is listed, not what class its shares are ("- W": weighted voting)."""


@lru_cache(maxsize=1024)
def share_class(told: str) -> str | None:
    """Our short name of a class: "B" for "Class B Ordinary Shares", "H" for "H Shares", "ordinary" for "Ordinary shares".

    A class that fits no pattern keeps the words it was told in; blank is None.
    """
    words = plain(" ".join(told.split()))
    if not words:
        return None
    if _OTHER.search(words):
        return words
    match = _LETTER.fullmatch(words)
    letter = next(g for g in match.groups() if g).upper() if match else None
    if letter and not (letter in _MARKERS and re.search(r"[-–—]", words)):
        return letter
    return "ordinary" if not letter and _ORDINARY.fullmatch(words) else words


def class_in_name(issuer: str) -> str | None:
    """The class that an issuer's name on a register's page ends in: "H" for "Bank of X - H Shares".

    A lone letter says nothing: "- W" marks weighted voting and "- B" a young biotech company as well as a class.
    """
    match = _TAIL.fullmatch(" ".join(issuer.split()))
    return share_class(match[1]) if match else None
