"""What is to be seen of a figure, as features: short strings, each of which a figure has or has not (learned.py).

A feature that leans on what the rules said of the figure begins with "=": training also sees every figure without these, so that
it learns how far the words go alone. Names are left out: a name says of whom an article is, not what a figure is.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain

from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.weights import AMOUNT, COUNT, DAY, PERCENT, PRICE, SHARES, Weights
from stakeline.checks.named import Name
from stakeline.checks.text import simplified

_WEIGHTS: dict[str, Weights] = {
    "shares": SHARES,
    "currency": {**AMOUNT, **PRICE},
    "pct": PERCENT,
    "pp": PERCENT,
    "x": PERCENT,
    "date": DAY,
    "count": COUNT,
}
_MARKS = {"shares": "①", "currency": "②", "pct": "③", "pp": "④", "x": "⑤", "count": "⑥", "date": "⑦", "period": "⑧"}
"""What stands for another figure in the words around one."""
_NAME = " N "
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|[①-⑧]|[0-9]+|[,;:()]")
_DIGITS = re.compile("[0-9]+")
_LATIN = re.compile("[A-Za-z]{2,}")
_BLANK = re.compile(r"\s+")
_CLAUSE_END = frozenset(",;，；。")
_BEFORE, _AFTER = 160, 120
"""How many characters are looked at."""
_NEAR = 5
"""Sums are tried among so many figures on either side."""
_SLACK = 0.005
_HOLDINGS = frozenset(["stake.before_shares", "stake.after_shares", "transaction.shares"])
_ROUND = frozenset([5, 10, 15, 20, 25, 30])
"""Levels at which holders must report, by most laws."""
_TOPICS = (
    ("buyback", r"buy-?backs?|b[uo]ught back|buying back|repurchas\w+|own shares|回[购購]|[购購]回"),
    (
        "placing",
        r"plac(?:ing|ement|ed)s?\b|subscri\w+|new shares|rights issue|配售|配股|先旧后新|先舊後新|[认認][购購]|供股|定增|增[发發]",
    ),
    (
        "offer",
        r"takeover|tender|general offer|privati[sz]\w+|acqui(?:re|sition)\w*|merger|bid\b|要[约約]|私有化|收[购購]|并[购購]|併購",
    ),
    (
        "plan",
        r"plan(?:s|ned|ning)?\b|inten(?:d|ds|tion)\b|propos\w+|up to\b|will (?:sell|buy)|计划|計劃|拟|擬|不超[过過]|预披露",
    ),
    ("float", r"\bIPO\b|listing|listed in|went public|debut|cornerstone|上市|招股|基石|[发發]行[价價]"),
    ("results", r"profit|revenue|earnings|results|sales rose|sales fell|净利|淨利|[业業][绩績]|[营營]收|盈利|收入"),
    ("market", r"index|broader market|benchmark|大市|恒指|恆指|指[数數]"),
    (
        "trade",
        r"\bsold\b|\bsells?\b|selling|bought|disposed|offload\w+|减持|減持|增持|沽出|[买買]入|套[现現]|抛售|拋售",
    ),
)
_TOPIC = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _TOPICS), re.IGNORECASE)
"""What a passage is about: told once, it holds for the figures that follow, often for sentences."""


class View:
    """An article with the kinds that the rules gave its figures.

    values: of its figures, None for days; no figure is decided by them. most_held: the largest number of shares held or traded.
    """

    def __init__(self, scene: Scene, told: Sequence[str], names: Sequence[Name]) -> None:
        self.scene = scene
        self.told = told
        self.values = [None if f.value is None else float(f.value) for f in scene.found]
        held = (
            v
            for f, kind, v in zip(scene.found, told, self.values, strict=True)
            if f.unit == "shares" and v and kind in _HOLDINGS
        )
        self.most_held = max(held, default=0.0)
        self.first = {kind: i for i, kind in reversed(list(enumerate(told)))}
        self.last = {kind: i for i, kind in enumerate(told)}
        spans = [(f.start, f.end, _MARKS[f.unit]) for f in scene.found] + [(n.start, n.end, _NAME) for n in names]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]
        self._sentence = [scene.sentence(f.start) for f in scene.found]
        self.topics = [(m.start(), str(m.lastgroup)) for m in _TOPIC.finditer(scene.text)]
        self.about = frozenset(name for _, name in self.topics)

    def kind(self, i: int, j: int) -> str:
        """The kind of figure j, as seen from figure i: with a stroke where it stands in another sentence."""
        if not 0 <= j < len(self.told):
            return "-"
        return self.told[j] if self._sentence[i] == self._sentence[j] else "/" + self.told[j]

    def words(self, start: int, end: int) -> str:
        """The text between two offsets, with a mark for each figure and each name."""
        parts, at = [], start
        for k in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            begin, stop, mark = self._spans[k]
            if begin >= at:
                parts += [self.scene.text[at:begin], mark]
                at = stop
        return "".join([*parts, self.scene.text[at:end]])


def features(view: View, i: int) -> list[str]:
    """The features of figure i, each once."""
    told = chain(
        _kinds(view, i), _printed(view, i), _wording(view, i), _governed(view, i), _about(view, i), _sums(view, i)
    )
    return list(dict.fromkeys(told))


def leans(feature: str) -> bool:
    """Whether a feature leans on what the rules said of the figure itself."""
    return feature.startswith("=")


def _kinds(view: View, i: int) -> Iterator[str]:
    """What the rules said of it and of its neighbours."""
    kind, lang = view.told[i], view.scene.found[i].lang
    before, after = view.kind(i, i - 1), view.kind(i, i + 1)
    yield "all " + view.scene.found[i].unit + lang
    yield f"p {before}"
    yield f"n {after}"
    yield f"pp {view.kind(i, i - 2)}"
    yield f"nn {view.kind(i, i + 2)}"
    yield f"={kind}"
    yield f"={kind} {lang}"
    yield f"={kind} p {before}"
    yield f"={kind} n {after}"
    yield f"={kind} {before} {after}"
    yield f"={kind} {lang} {before}"
    if view.first[kind] < i:
        yield f"={kind} again"
    if view.last[kind] > i:
        yield f"={kind} later"


def _printed(view: View, i: int) -> Iterator[str]:
    """How it is printed, and where in the article."""
    found, kind = view.scene.found[i], view.told[i]
    if found.value is not None:
        size = found.value.adjusted() if found.value else -9
        yield f"size {found.unit} {size}"
        yield f"={kind} size {size}"
        yield f"step {found.unit} {found.half.adjusted() if found.half else '-'}"
        if found.unit == "pct" and found.value in _ROUND:
            yield "round"
            yield f"={kind} round"
    yield f"{found.approx} {found.bound}"
    yield from (name for name in ("bracket", "word", "growth") if getattr(found, name))
    at = view.scene.sentence(found.start)
    yield f"sentence {min(at, 4)}"
    yield f"={kind} sentence {min(at, 2)}"
    if at == len(view.scene.sentences) - 1:
        yield "last sentence"


def _wording(view: View, i: int) -> Iterator[str]:
    """The words on either side, by how far they are from it."""
    found, kind = view.scene.found[i], view.told[i]
    start, end = view.scene.bounds(i)
    front = view.words(max(start, found.start - _BEFORE), found.start)
    behind = view.words(found.end, max(min(end, found.end + _AFTER), found.end))
    if found.lang == "zh":
        yield from _characters("<", _plain_han(front)[-40:][::-1], kind)
        yield from _characters(">", _plain_han(behind)[:30], kind)
    else:
        yield from _tokens("<", _plain_words(front, whole=found.start - start <= _BEFORE)[::-1][:24], kind)
        yield from _tokens(">", _plain_words(behind, whole=False)[:16], kind)


def _plain_words(text: str, *, whole: bool) -> list[str]:
    """English words in lower case, with N for every run of capitalised ones. whole: the first word begins the sentence."""
    words: list[str] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isupper() and (len(word) > 1 or word == "N") and not (whole and match.start() == 0):
            word = "N"
        word = "#" if word.isdigit() else word if word == "N" else word.lower()
        if word != "N" or words[-1:] != ["N"]:
            words.append(word)
    return words


def _plain_han(text: str) -> str:
    """Chinese in simplified characters without blanks, with N for every word of Latin letters."""
    return simplified(_BLANK.sub("", _LATIN.sub("N", _DIGITS.sub("#", text.replace(_NAME, "N")))))


def _tokens(side: str, words: list[str], kind: str) -> Iterator[str]:
    """Of words in order of their distance: those right there in their places, the others by the stretch they stand in."""
    one, two, three = [*words[:3], "|", "|", "|"][:3]
    yield from (f"{side}1 {one}", f"{side}2 {two}", f"{side}3 {three}")
    yield from (f"{side}12 {one} {two}", f"{side}23 {two} {three}", f"{side}123 {one} {two} {three}")
    yield f"={kind} {side}1 {one}"
    within = True
    for at, word in enumerate(words):
        within = within and word not in _CLAUSE_END
        if at < 12 and at + 1 < len(words):
            yield f"{side}{word} {words[at + 1]}"
        if len(word) > 1 or word == "N":
            yield f"{side}c{word}" if within else f"{side}s{word}"
            if at < 10:
                yield f"{side}m{word}"


def _characters(side: str, text: str, kind: str) -> Iterator[str]:
    """The same of characters: the first one to four in their places, pairs and triples by the stretch they stand in."""
    padded = text + "||||"
    yield from (f"{side}{width} {padded[:width]}" for width in (1, 2, 3, 4))
    yield from (f"={kind} {side}{width} {padded[:width]}" for width in (1, 2))
    within = True
    for at, character in enumerate(text):
        within = within and character not in _CLAUSE_END
        for width in (2, 3):
            if at + width <= len(text):
                yield f"{side}c{text[at : at + width]}" if within else f"{side}s{text[at : at + width]}"
                if at < 12:
                    yield f"{side}m{text[at : at + width]}"


def _governed(view: View, i: int) -> Iterator[str]:
    """The cues that can govern it, and those of its clause and its sentence."""
    scene, kind = view.scene, view.told[i]
    roles = scene.roles(i, _WEIGHTS.get(scene.found[i].unit, {}))
    for at, role in enumerate(roles[:3]):
        yield f"role{at} {role.name}{'>' if role.right else '<'}"
    if roles:
        yield f"role {roles[0].name} {roles[0].cost // 3:.0f}"
        yield f"={kind} role {roles[0].name}"
    yield f"roles {' '.join(r.name for r in roles[:2])}"
    yield from (f"clause {name}" for name in scene.clause(i))
    yield from (f"since {name}" for name in scene.comma_clause(i))
    yield from (f"sentence {name}" for name in scene.told(i))


def _about(view: View, i: int) -> Iterator[str]:
    """What the article, and the passage that it stands in, are about."""
    at, kind = bisect_left(view.topics, (view.scene.found[i].start,)), view.told[i]
    before, after = view.topics[at - 1][1] if at else "-", view.topics[at][1] if at < len(view.topics) else "-"
    yield f"topic {before}"
    yield f"topic {before} {after}"
    yield f"={kind} topic {before}"
    for name in view.about:
        yield f"about {name}"
        yield f"={kind} about {name}"
    if "trade" not in view.about or "buyback" not in view.about:
        yield f"={kind} only {'buyback' if 'buyback' in view.about else 'trade'}"


def _sums(view: View, i: int) -> Iterator[str]:
    """Which figures around make this one: the sum of two, shares times price, a ratio, a change."""
    unit, value = view.scene.found[i].unit, view.values[i]
    if not value:
        return
    around = [j for j in range(max(0, i - _NEAR), min(len(view.told), i + _NEAR + 1)) if j != i and view.values[j]]
    for j in around:
        if unit == view.scene.found[j].unit and _agree(value, view.values[j] or 0.0):
            yield f"{unit} equals {view.told[j]}"
        for k in around:
            made = _made(view, i, j, k) if j != k else None
            if made is not None:
                yield f"{unit} {made}"
                yield f"{unit} {made} {view.told[j]} {view.told[k]}"


def _made(view: View, i: int, j: int, k: int) -> str | None:
    """How figures j and k make figure i, if they do."""
    value, one, two = (view.values[at] or 0.0 for at in (i, j, k))
    units = tuple(view.scene.found[at].unit for at in (i, j, k))
    if units[0] == units[1] == units[2] and units[0] in {"shares", "pct"}:
        return "sum" if j < k and _agree(value, one + two) else "difference" if _agree(value, one - two) else None
    if units == ("currency", "shares", "currency"):
        return "product" if _agree(value, one * two) else None
    if units in {("currency", "currency", "shares"), ("shares", "currency", "currency")}:
        return "quotient" if _agree(value, one / two) else None
    if units[0] in {"pct", "pp"} and units[1] == units[2] and units[1] in {"shares", "currency"}:
        return (
            "ratio" if _agree(value, 100 * one / two) else "change" if _agree(value, 100 * abs(one / two - 1)) else None
        )
    return None


def _agree(one: float, two: float) -> bool:
    return abs(one - two) <= _SLACK * abs(one)
