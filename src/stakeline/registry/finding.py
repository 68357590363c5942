"""What a user means by a name: a stock code, a name in any language, or enough of one."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from stakeline.model.errors import AmbiguousName, UnknownName
from stakeline.model.notices import is_by_name
from stakeline.model.problems import quote
from stakeline.model.stakes import Issuer, Party
from stakeline.registry.names import aliases, holds, normal, printable, regime_part
from stakeline.registry.scripts import simplified

T = TypeVar("T", Issuer, Party)

_LONGEST = 200
"""Characters of a name that are compared for suggestions: the comparison is quadratic, and names come from filings."""
_LIKENESS = 70
_SUGGESTIONS = 3
_LISTED = 10


def find(query: str, candidates: Sequence[T], on: date | None = None) -> T:
    """The issuer or holder that a name means.

    query: a code ("20", "00020", "0020.HK", "hk:00020"), a whole name in any language, or the start or some words of
    one that no other candidate has; a former name; Chinese names in traditional or simplified characters. on: the day
    asked about, for codes that were several issuers' over time; without it a code means the issuer that had it last.

    UnknownName suggests names that look alike, AmbiguousName lists the candidates. A likeness is never an answer.
    """
    asked = normal(query)
    by_code = [c for c in candidates if _has_code(c, query)]
    # A whole subject ("us:0001577552") may be told as a further code of the same issuer in another market: its own goes first.
    by_code = [
        c for c in by_code if isinstance(c, Issuer) and c.subject.casefold() == query.strip().casefold()
    ] or by_code
    if by_code:
        return _by_code(query, by_code, on)
    for fits in (_exactly, _formerly, _starts, _words, _in_other_script):
        found = list(dict.fromkeys(c for c in candidates if asked.strip() and fits(asked, c)))
        if len(found) > 1 and on is not None:
            found = [c for c in found if _then(c, on)] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(
                f"{quote(query)!r} fits several: {_listed(found)}. Write more of the name, or the code."
            )
    raise UnknownName(_unknown(query, asked, candidates))


def _by_code(query: str, found: Sequence[T], on: date | None) -> T:
    subjects = {c.subject for c in found if isinstance(c, Issuer)}
    if len(subjects) > 1:
        raise AmbiguousName(f"{quote(query)!r} is a code in several places: {_listed(found)}. Write it like hk:00020.")
    if on is None:
        return found[-1]  # eras stand in the order of their days
    then = next((c for c in found if _then(c, on)), None)
    if then is None:
        raise UnknownName(f"whose code {quote(query)!r} was on {on} is not known. Known: {_listed(found)}.")
    return then


def _then(candidate: Issuer | Party, day: date) -> bool:
    return isinstance(candidate, Party) or holds(candidate, day)


def _has_code(issuer: Issuer | Party, query: str) -> bool:
    if isinstance(issuer, Party):
        return False
    text = query.strip().casefold()
    if text == issuer.subject.casefold():
        return True
    if any(known and text == known.casefold() for known, _, _ in issuer.codes):
        return True
    regime, colon, code = text.rpartition(":")
    if not colon:
        code, _, regime = text.partition(".")
    if regime and regime != regime_part(issuer.subject).casefold():
        return False
    return bool(code) and any(_bare(code) == _bare(known.casefold()) for known, _, _ in issuer.codes)


def _bare(code: str) -> str:
    return code.lstrip("0") or "0" if code.isascii() and code.isdigit() else code


def _names(candidate: Issuer | Party) -> list[str]:
    own = [candidate.key, *candidate.seats] if isinstance(candidate, Party) else [candidate.subject]
    if isinstance(candidate, Issuer) and is_by_name(candidate.subject):
        own = []  # the subject is the name again
    return list(dict.fromkeys(normal(n) for n in (candidate.name, *candidate.names, *own)))


def _exactly(asked: str, candidate: Issuer | Party) -> bool:
    return asked in _names(candidate)


def _formerly(asked: str, candidate: Issuer | Party) -> bool:
    return any(asked == normal(alias) for name in (candidate.name, *candidate.names) for alias in aliases(name))


def _starts(asked: str, candidate: Issuer | Party) -> bool:
    return any(name.startswith(asked) for name in _names(candidate))


def _words(asked: str, candidate: Issuer | Party) -> bool:
    # Chinese is written without spaces: there a part of a name is a run of its characters.
    if not asked.isascii() and " " not in asked:
        return any(asked in name for name in _names(candidate))
    words = set(asked.split())
    return any(words <= set(name.split()) for name in _names(candidate))


def _in_other_script(asked: str, candidate: Issuer | Party) -> bool:
    if asked.isascii():
        return False
    plain = simplified(asked)
    return any(plain in simplified(name) for name in _names(candidate))


def _label(found: Issuer | Party) -> str:
    return printable(found) if isinstance(found, Issuer) else f"{quote(found.name)} [{quote(found.key)}]"


def _listed(found: Sequence[T]) -> str:
    shown = [_label(c) for c in found]
    more = f" and {len(shown) - _LISTED} more" if len(shown) > _LISTED else ""
    return "; ".join(shown[:_LISTED]) + more


def _unknown(query: str, asked: str, candidates: Sequence[T]) -> str:
    like = _like(asked[:_LONGEST], candidates)
    hint = f" Did you mean {' or '.join(_label(c) for c in like)}?" if like else ""
    return f"nothing known by the name or code {quote(query)!r}.{hint}"


def _like(asked: str, candidates: Sequence[T]) -> list[T]:
    from rapidfuzz import fuzz

    def likeness(candidate: T) -> float:
        whole = [name[:_LONGEST] for name in _names(candidate)]
        return max(max(fuzz.WRatio(asked, n), fuzz.partial_ratio(asked, n) * 0.9) for n in whole)

    scored = sorted(((likeness(c), n, c) for n, c in enumerate(candidates)), key=lambda s: (-s[0], s[1]))
    return [c for score, _, c in scored[:_SUGGESTIONS] if score >= _LIKENESS]
