"""Classes of shares as sources tell them, and our short names for them: one reading for forms, lists and tables."""

import re
from functools import lru_cache

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
_SECURITY = re.compile(r"share|stock|unit|option|right|warrant|note", re.IGNORECASE)
_LONGEST = 1_000
"""Characters of a class that are compared with the patterns: it comes from anyone."""
_MARKERS = frozenset("WSPR")
"""Letters behind an issuer's name that say how it is listed, not what class its shares are ("- W": weighted voting)."""
_FULL_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
"""Digits, signs and letters of full width, as Chinese pages may print them, and their plain forms."""


@lru_cache(maxsize=1024)
def share_class(told: str) -> str | None:
    """Our short name of a class: "B" for "Class B Ordinary Shares", "H" for "H Shares", "ordinary" for "Ordinary shares".

    A class that fits no pattern keeps the words it was told in; blank is None.
    """
    words = " ".join(told.translate(_FULL_WIDTH).split())
    if not words:
        return None
    if _OTHER.search(words):
        return words
    match = _LETTER.fullmatch(words)
    letter = next(g for g in match.groups() if g).upper() if match else None
    if letter and not (letter in _MARKERS and re.search(r"[-–—]", words)):
        return letter
    return "ordinary" if not letter and _ORDINARY.fullmatch(words) else words


def class_key(told: str | None) -> str | None:
    """A class as it is compared: its short name; words that fit no pattern in small letters. None where none is told."""
    short = share_class(told) if told and len(told) <= _LONGEST else told or None
    return short if short is None or len(short) == 1 else short.casefold()


def names_security(words: str) -> str:
    """The words of a class as a security: "shares" behind them, unless they say themselves what they are of ("Deferred Share Units")."""
    return words if _SECURITY.search(words) else f"{words} shares"
