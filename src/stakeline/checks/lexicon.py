"""The words of the trade, and where a text uses them.

The words are data: lexicon_en.toml and lexicon_zh.toml say of each cue which phrases speak for it. A text is searched once, by
the first word (English) or the first two characters (Chinese) of the phrases, so the work grows with the text alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import product
from typing import NamedTuple

from stakeline.model.claims import Language

_WORD = re.compile("[a-z&]+")
_GAPS = frozenset([" ", "-", "'", "'s ", "' ", "\n"])
"""What may stand between two words of one phrase."""
_OVER = frozenset(
    ["plan", "company", "own", "sector_share", "before", "after", "guidance", "from_", "entire", "deal_value"]
)
"""Cues that say something of a whole phrase and leave the words in it their own meaning ("plans to sell" is still a sale)."""


class Cue(NamedTuple):
    """A phrase of the trade in a text: its offsets and what it says."""

    start: int
    end: int
    name: str


Phrases = dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]
"""First word (or two characters) -> the phrases that begin so, the longest first, each with its cues."""


@cache
def phrases(lang: Language) -> Phrases:
    """The phrases of a language."""
    table = tomllib.loads(files(__package__).joinpath(f"lexicon_{lang}.toml").read_text(encoding="utf-8"))
    cues: dict[tuple[str, ...], list[str]] = {}
    for name, line in table.items():
        for phrase in set(_english(line) if lang == "en" else ((p,) for p in line.split())):
            cues.setdefault(phrase, []).append(name)
    found: Phrases = {}
    for phrase in sorted(cues, key=lambda p: (-sum(map(len, p)), p)):
        found.setdefault(phrase[0] if lang == "en" else phrase[0][:2], []).append((phrase, tuple(cues[phrase])))
    return found


def _english(line: str) -> Iterator[tuple[str, ...]]:
    """Every wording of a line "cut|trim its; stake"."""
    for phrase in line.split(";"):
        yield from product(*(word.split("|") for word in phrase.split()))


def cues(text: str, lang: Language, start: int, end: int) -> list[Cue]:
    """The cues in text[start:end], which is lower case, in order of start."""
    if lang == "en":
        return _kept(_in_english(text, start, end), _OVER)
    return _kept(_in_chinese(text, start, end), _OVER - {"before", "after", "own"})  # 減持後 tells no sale


def _in_english(text: str, start: int, end: int) -> Iterator[Cue]:
    table = phrases("en")
    words = [(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, start, end)]
    words = [w for w in words if w[2] != "s" or text[w[0] - 1 : w[0]] != "'"]
    for at, (begin, stop, word) in enumerate(words):
        follows = words[at + 1][2] if at + 1 < len(words) else ""
        for phrase, names in table.get(word, ()):
            if len(phrase) > 1 and phrase[1] != follows:
                continue
            last = at + len(phrase) - 1
            if last < len(words) and all(
                words[at + k][2] == phrase[k] and text[words[at + k - 1][1] : words[at + k][0]] in _GAPS
                for k in range(1, len(phrase))
            ):
                for name in names:
                    yield Cue(begin, words[last][1] if last > at else stop, name)


def _in_chinese(text: str, start: int, end: int) -> Iterator[Cue]:
    table = phrases("zh")
    for at in range(start, end):
        if text[at] >= "\u3400" or text[at].isalpha():
            for key in (text[at : at + 2], text[at]):
                for (phrase,), names in table.get(key, ()):
                    if text.startswith(phrase, at) and at + len(phrase) <= end:
                        for name in names:
                            yield Cue(at, at + len(phrase), name)


def _kept(found: Iterable[Cue], over: frozenset[str]) -> list[Cue]:
    """Without the cues that lie in, or hang over the end of, a longer phrase that has a meaning of its own."""
    kept: list[Cue] = []
    reach = longest = 0
    for cue in sorted(found, key=lambda c: (c.start, -c.end)):
        if cue.start < reach and (cue.end - cue.start < longest or cue.end > reach):
            continue
        kept.append(cue)
        if cue.name not in over and cue.end > reach:
            reach, longest = cue.end, cue.end - cue.start
    return kept
