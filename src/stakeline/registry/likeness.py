"""How alike two names are, and in what they differ: a hint for a person who judges, never a decision."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import msgspec

from stakeline.registry.names import aliases, normal
from stakeline.registry.scripts import simplified

LONGEST = 200
"""Characters of a name that are compared: names come from filings, and comparison is quadratic."""

_FORMS = {
    **dict.fromkeys(("ltd", "limited"), "limited"),
    **dict.fromkeys(("co", "company"), "company"),
    **dict.fromkeys(("corp", "corporation"), "corporation"),
    **dict.fromkeys(("inc", "incorporated"), "incorporated"),
    **dict.fromkeys(("pte", "private", "pty", "proprietary"), "private"),
    **{form: form for form in ("plc", "llc", "lp", "llp", "ag", "sa", "nv", "bv", "gmbh", "spa", "gk", "kk", "se")},
}
"""Words for the legal form of a company, as filers of the Hong Kong register write them, by their long form."""
_FORMS_WRITTEN = ("股份有限公司", "有限责任公司", "有限公司", "公司")
_KIN = frozenset(
    {
        *("holdings", "holding", "group", "international", "enterprises", "development", "asia", "china", "branch"),
        *(
            "investments",
            "investment",
            "securities",
            "capital",
            "management",
            "finance",
            "financial",
            "asset",
            "assets",
        ),
        *(
            "trust",
            "trustee",
            "trustees",
            "nominees",
            "fund",
            "funds",
            "hong",
            "kong",
            "hk",
            "bvi",
            "cayman",
            "singapore",
        ),
        *("集团", "控股", "国际", "投资", "证券", "资本", "香港", "资产管理"),
    }
)
"""Words that tell the companies of one group apart."""
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
_SILENT = frozenset({"the", "and"})
LIKE = 60
"""From which likeness on (of 100) two names are shown to somebody."""
_ROTATED = 6
_TELLING_WORD = 4
"""Letters from which on one word that two companies share is worth a look."""


class Shape(msgspec.Struct, frozen=True):
    """A name taken apart: its words without the legal form, the form, and what is written in Chinese characters."""

    name: str
    words: tuple[str, ...]
    forms: tuple[str, ...]
    written: str
    written_forms: tuple[str, ...]

    @property
    def letters(self) -> str:
        """All words as one."""
        return "".join(self.words)


class Likeness(msgspec.Struct, frozen=True):
    """How alike two names are, of 100, with what speaks for their being one and what against it."""

    points: int
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


NONE = Likeness(0)


@lru_cache(maxsize=65536)
def shapes(name: str) -> tuple[Shape, ...]:
    """The name taken apart, and each further name that it tells ("formerly known as ...")."""
    return tuple(_shape(alias) for alias in aliases(name[:LONGEST]))


def _shape(name: str) -> Shape:
    words: list[str] = []
    characters: list[str] = []
    for word in normal(name).split():
        for chinese, run in groupby(word, _is_han):
            (characters if chinese else words).append("".join(run))
    told = [w for w in _spelled_out(words) if w not in _SILENT]
    written, forms = simplified("".join(characters)), []
    for form in _FORMS_WRITTEN:
        if written.endswith(form) and written != form:
            written = written.removesuffix(form)
            forms.append(form)
            break
    core = tuple(w for w in told if w not in _FORMS)
    return Shape(
        name=name,
        words=core or tuple(told),
        forms=tuple(sorted({_FORMS[w] for w in told if w in _FORMS})),
        written=written,
        written_forms=tuple(forms),
    )


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or character >= "\U00020000"


def _spelled_out(words: Iterable[str]) -> list[str]:
    """Words with runs of single letters put together: "b v i" is "bvi"."""
    joined: list[str] = []
    initials = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and initials:
            joined[-1] += word
        else:
            joined.append(word)
        initials = single
    return joined


def likeness(one: str, other: str) -> Likeness:
    """How alike two names are, each with the former names that it tells; the best that any two of them give."""
    best = NONE
    for first in shapes(one):
        for second in shapes(other):
            found = _compared(first, second)
            former = [n for n, shape in ((one, first), (other, second)) if len(shapes(n)) > 1 and shape != shapes(n)[0]]
            if found.points and former:
                found = Likeness(
                    found.points, (*found.reasons, "one of the two tells the other as another name"), found.against
                )
            best = max(best, found, key=lambda f: (f.points, f.reasons))
    return best


def comparable(one: str, other: str) -> bool:
    """True where the two names have a script in common."""
    return any((a.words and b.words) or (a.written and b.written) for a in shapes(one) for b in shapes(other))


def _compared(one: Shape, other: Shape) -> Likeness:
    found = []
    if one.written and other.written:
        found.append(_written(one, other))
    if one.words and other.words and (not found or not (one.written and other.written)):
        found.append(_spelled(one, other))
    return max(found, key=lambda f: f.points, default=NONE)


def _written(one: Shape, other: Shape) -> Likeness:
    """Two names in Chinese characters, both in their simplified form."""
    a, b = one.written, other.written
    if a == b:
        if one.written_forms != other.written_forms:
            return Likeness(88, ("the same Chinese name but for the legal form",))
        return Likeness(97, ("the same Chinese name when written in simplified characters",))
    short, long = sorted((a, b), key=len)
    if len(short) > 3 and short in long:
        rest = long.replace(short, "", 1)
        kin = (f"differ in a word that tells companies of one group apart: {rest}",) if rest in _KIN else ()
        return Likeness(70, (f"one Chinese name holds the other, and {rest} besides",), kin)
    if len(short) < 4:
        return NONE  # names of persons: another character is another person
    from rapidfuzz import fuzz

    ratio = fuzz.ratio(a, b)
    return Likeness(int(ratio * 0.85), (f"Chinese names alike ({ratio:.0f} of 100)",)) if ratio >= 75 else NONE


def _spelled(one: Shape, other: Shape) -> Likeness:
    """Two names in letters."""
    reason = _same(one, other)
    if reason:
        points, words = reason
        if one.forms == other.forms:
            return Likeness(points, (words,))
        forms = f"legal forms: {', '.join(one.forms) or 'none'} and {', '.join(other.forms) or 'none'}"
        if not one.forms or not other.forms or set(one.forms) & set(other.forms):
            return Likeness(points - 6, (words, forms))
        return Likeness(points - 15, (words,), (forms,))
    return _nearly(one, other)


def _same(one: Shape, other: Shape) -> tuple[int, str] | None:
    """Points and words where the two have the same letters."""
    a, b = one.words, other.words
    if a == b:
        return 98, "the same words but for the legal form or its spelling"
    if sorted(a) == sorted(b):
        return 93, "the same words in another order"
    if one.letters == other.letters:
        return 92, "the same letters with other spaces"
    if len(a) <= _ROTATED and any("".join(a[n:] + a[:n]) == other.letters for n in range(1, len(a))):
        return 90, "the same letters in another order of names"
    if len(b) <= _ROTATED and any("".join(b[n:] + b[:n]) == one.letters for n in range(1, len(b))):
        return 90, "the same letters in another order of names"
    return None


def _nearly(one: Shape, other: Shape) -> Likeness:
    """Points for names whose words differ: by what is left after the words that both have."""
    from rapidfuzz import fuzz

    common = [w for w in one.words if w in other.words]
    only = [sorted(w for w in part if w not in common) for part in (one.words, other.words)]
    differ = [w for part in only for w in part]
    against = _telling(differ)
    if not only[0] or not only[1]:
        companies = one.forms and other.forms and common and len(common[0]) >= _TELLING_WORD
        if not differ or (len(common) < 2 and not companies):
            return NONE
        points = 78 if not (one.forms or other.forms) and len(differ) == 1 else 70
        return Likeness(
            points - 5 * bool(against),
            (f"all words of one are in the other, which has {' '.join(differ)} besides",),
            against,
        )
    whole = fuzz.ratio("".join(sorted(one.words)), "".join(sorted(other.words)))
    rest = fuzz.ratio("".join(only[0]), "".join(only[1]))
    points = int(0.5 * whole + 0.45 * rest) - 15 * bool(against)
    told = f"spelled alike ({whole:.0f} of 100): {' '.join(only[0])} against {' '.join(only[1])}"
    return Likeness(points, (told,), against) if points >= LIKE else NONE


def _telling(differ: Iterable[str]) -> tuple[str, ...]:
    """What the words in which two names differ say against their being one."""
    words = list(differ)
    numbers = [w for w in words if w.isdigit() or w in _ROMAN]
    kin = [w for w in words if w in _KIN]
    found = []
    if numbers:
        found.append(f"they differ in a number: {', '.join(numbers)}")
    if kin:
        found.append(f"they differ in words that tell companies of one group apart: {', '.join(kin)}")
    return tuple(found)
