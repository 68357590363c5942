"""The names in an article, and what its words make of them: a holder, an issuer, or neither.

English names are runs of capitalised words; Chinese ones are read in parties_han.py. No list of companies is asked, so a name is
read as the article writes it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from stakeline.checks import parties_han
from stakeline.checks.claims.scene import Scene
from stakeline.checks.named import Name, table
from stakeline.checks.text import given_names

_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f][\w&.\u00c0-\u024f-]*(?:'(?!s\b)[\w]+)?")
_LONG = re.compile(r"[A-Za-z]{4,}")
_JOIN = frozenset(["of", "&", "de", "van", "von", "der", "bin", "del", "la", "al", "and"])
_INSIDE = _JOIN - {"and", "la", "al"}
_JOINED = re.compile(r" (?:& )?")
_LONGEST = 6
"""Words of a name."""
_OWNS_NAME = re.compile(r"'s (?:[a-z-]+ ){0,4}[A-Z][a-z]+ [A-Z]")
"""A company before one of its people: "Insmed's Roger Adsett"."""
_NAMED_OF = re.compile(
    r"[A-Za-z]'s (?:(?:chief|executive|officer|director|chairman|founder|co-founder|president|financial|operating|former) ){0,4}$"
)
_WINDOW = 28
_CODED = re.compile(r",?(?: (?:Inc|Corp|Ltd|PLC|plc|Co)\.?)? ?\((?:[A-Za-z ]+: ?)?")
"""Between a name and the letters it is traded under: "Wexcombe (NYSE: WXP)"."""
_DATELINE = re.compile(r"[A-Z]{4,}(?: [A-Z]{3,})*(?:: | [-—–(]|, [A-Z][a-z]+ [0-9]{1,2} )")
_SHOWN = re.compile(
    r"'s | \((?:[A-Z]{2,5}[: ] ?)?[0-9]{4,5}(?:[. ][A-Z]{2})?\)|, (?:the|an?|whose) |, (?:listed|based|which) "
)
_INNER = re.compile("[a-z][A-Z]")
"""A capital inside a word, as no ordinary word has one: SenseTime."""
_MARKET = re.compile(r"[0-9][. ]?[A-Z]{2}(?![A-Za-z])")
"""Of a code and the market that it is of: 2345.HK."""
_DOES = re.compile(
    r" (?:(?:now|also|still|already) )?(?:(?:says|has|is|was|owns|holds|plans)|(?<=[^s] )(?:said|had|will|[a-z]+ed|sold|bought|held|rose|fell|cut|lost))\b"
)
_DONE_WITH = re.compile(r"[\w.]+-(?:[a-z]+ed|run|led|born|made)")
"""As in Shanghai-listed."""
_OFFICER = re.compile(
    r", (?:the |its |an? |[\w&' -]{1,30}'s? )?(?:[a-z-]+ ){0,4}(?:director|officer|chief|chair|chairman|chairwoman|president|counsel|head|founder|executive|treasurer)\b"
)
_FUND = re.compile(
    r"\b(?:capital|partners|funds?|advis[eo]rs|management|ventures|investments?|investors|trust|equity|family)$"
)
_DEALT = re.compile(
    r"\b(?:(?:bought|sold|cut|trimmed|exited|dumped|buys|sells|cuts|trims|exits|buying|selling)(?: more)?|(?:seller|buyer|register|owner) of) (?:the )?$"
)
_PLAIN_WORDS = re.compile(
    r"(?: (?!(?:to|by|from|for|at|with|and|or|on|after|before|said|sold|bought|via|through|in|of|as|that|than|is|was|has|had|have|while|when|which|who|between)\b)[a-z][a-z-]*){1,4}$"
)
"""What a company is, between "shares in" and its name: "shares in logistics company Nordpost"."""
_AT_FIRM = re.compile(r"(?:at|in|for|with) (?:the )?$")


class Words(NamedTuple):
    """The English half of the table, ready for use."""

    nobody: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    times: frozenset[str]
    places: frozenset[str]
    issuer_before: tuple[str, ...]
    issuer_after: tuple[str, ...]
    holder_before: tuple[str, ...]
    holder_after: tuple[str, ...]


@cache
def words() -> Words:
    """The words names are recognised by."""
    en = table("en")

    def phrases(line: str) -> tuple[str, ...]:
        return tuple(p for p in (q.strip() for q in line.replace("\n", "").split(";")) if p)

    return Words(
        nobody=frozenset(en["nobody"].split()),
        titles=frozenset(en["titles"].split()),
        offices=frozenset(en["offices"].split()),
        times=frozenset(en["times"].split()),
        places=frozenset(en["places"].split()),
        issuer_before=phrases(en["issuer_before"]),
        issuer_after=phrases(en["issuer_after"]),
        holder_before=phrases(en["holder_before"]),
        holder_after=phrases(en["holder_after"]),
    )


def names(scene: Scene) -> list[Name]:
    """The names of an article, in order."""
    parts = scene.sentences
    headline = len(parts) > 1 and scene.text[parts[0][1] : parts[0][1] + 1] == "\n" and _ends_open(scene, parts[0][1])
    told = parts[1:] if headline and _capitals(scene, *parts[0]) else parts
    han = [part for part in parts if scene.han(scene.sentence(part[0]))]
    found = parties_han.names(scene, han)
    found += [name for part in told if part not in han for name in _latin(scene, *part)]
    return _known(_sure(scene, sorted(found)))


def _capitals(scene: Scene, start: int, end: int) -> bool:
    """Whether a headline is written with capitals, so that they tell no name."""
    known = [m[0] for m in _LONG.finditer(scene.text, start, end)]
    return not known or 2 * sum(w[0].islower() for w in known[1:]) < len(known)


def _ends_open(scene: Scene, end: int) -> bool:
    """Whether a line ends without a stop."""
    return scene.text[end - 1] not in ".!?。"


def _sure(scene: Scene, found: list[Name]) -> list[Name]:
    """Without capitalised words that only begin a sentence, the city a report comes from, and letters that stand for a name.

    A single word that begins a sentence is a name if the article has it elsewhere too, or does something to show it.
    """
    heads = {start for start, _ in scene.sentences}
    found = [_headless(scene, name) if name.start in heads else name for name in found]
    first = {start for start, _ in scene.sentences[:2]}
    single = [n for n in found if n.start in heads and " " not in n.known and _is_latin(scene, n)]
    elsewhere = {part for n in found if n not in single for part in n.known.split()}
    titles = _LONG.findall(scene.text, *scene.sentences[0]) if len(scene.sentences) > 1 else []
    kept: list[Name] = []
    codes: dict[str, str] = {}
    for name in found:
        if kept and _CODED.fullmatch(scene.text, kept[-1].end, name.start):
            codes[name.known] = kept[-1].known
        elif name.known in codes:
            kept.append(name._replace(known=codes[name.known]))
        elif not _DATELINE.match(scene.text, name.start) and (
            name not in single
            or name.known in elsewhere
            or _INNER.search(name.known) is not None
            or (name.known in titles and name.start != scene.sentences[0][0])
            or name.issuer
            or name.holder
            or _SHOWN.match(scene.text, name.end)
            or (name.start in first and _DOES.match(scene.text, name.end))
        ):
            kept.append(name)
    return kept


def _is_latin(scene: Scene, name: Name) -> bool:
    """Whether it is a capitalised word of an English sentence: in a Chinese one such a word is always a name."""
    return name.known.isascii() and not scene.han(scene.sentence(name.start))


def _headless(scene: Scene, name: Name) -> Name:
    """A name at the head of a sentence without a word that only begins it: "Should Berkshire" is Berkshire."""
    word, _, rest = name.known.partition(" ")
    if not rest or scene.text.count(name.known) > 1 or scene.text.count(rest) < 2 or not rest[0].isupper():
        return name
    lower = re.search(rf"\b{re.escape(word.lower())}\b", scene.text)
    return name._replace(start=name.start + len(word) + 1, known=rest) if lower else name


def _known(found: list[Name]) -> list[Name]:
    """With each short form led back to the longer one that stood before it: Berkshire is Berkshire Hathaway."""
    told: dict[str, str] = {}
    known = []
    for name in found:
        form = told.setdefault(name.known, name.known)
        known.append(name._replace(known=form))
        if form == name.known:
            parts = form.split()
            shorter = [" ".join(parts[:k]) for k in range(1, len(parts))] + parts[-1:]
            if form[0] >= "\u3400":
                shorter = [form[:k] for k in range(2, len(form)) if 2 * k >= len(form)]
            for short in shorter:
                told.setdefault(short, form)
    return known


def _latin(scene: Scene, start: int, end: int) -> Iterator[Name]:
    """Runs of capitalised words in one sentence."""
    table = words()
    run: list[re.Match[str]] = []
    place: list[re.Match[str]] = []
    people = {at + start for at, _ in given_names(scene.text[start:end])}
    for match in _TOKEN.finditer(scene.text, start, end):
        if _MARKET.match(scene.text, match.start() - 2) or _MARKET.match(scene.text, match.start() - 1):
            continue
        word = match[0].rstrip(".").lower()
        capital = match[0][0].isupper() and not scene.inside(match.start())
        given = match.start() in people
        plain = word in table.nobody or word in table.titles
        if run and (
            match.start() - run[-1].end() > 3
            or not _JOINED.fullmatch(scene.text[run[-1].end() : match.start()])
            or len(run) >= _LONGEST
        ):
            yield from _made(scene, run, people)
            run = []
        plain = plain or _DONE_WITH.fullmatch(match[0]) is not None or word.split("-")[0] in table.nobody
        plain = plain and not given
        named = capital and (not plain or (run and word not in table.offices and (given or word not in table.times)))
        if named and not run and place and scene.text[place[-1].end() : match.start()] == " ":
            run = place  # China Life
        place = [*place, match] if capital and not run and word in table.places else []
        if named or (run and word in _INSIDE):
            run.append(match)
        elif run:
            yield from _made(scene, run, people)
            run = []
    if run:
        yield from _made(scene, run, people)


def _made(scene: Scene, run: list[re.Match[str]], people: set[int]) -> Iterator[Name]:
    """A run as a name, unless nothing but plain words is left of it. people: where words like months begin that are people's names."""
    table = words()
    while (
        run and run[-1].start() not in people and (run[-1][0] in _JOIN or run[-1][0].rstrip(".").lower() in table.times)
    ):
        run = run[:-1]
    if not run:
        return
    start, end = run[0].start(), run[-1].end()
    text = (
        scene.text[start:end].rstrip(".")
        if not scene.text[start:end].endswith(("Corp.", "Inc.", "Co.", "Ltd."))
        else scene.text[start:end]
    )
    if len(run) == 1 and start == scene.sentences[scene.sentence(start)][0] and f" {text.lower()} " in scene.text:
        return  # an ordinary word at the head of a sentence
    if scene.lower.startswith(" family", end):
        text += " family"
    before, after = scene.lower[max(start - _WINDOW, 0) : start].rstrip(" ,"), scene.lower[end : end + _WINDOW]
    before = before.removesuffix(" the").removesuffix(" its").removesuffix(" carmaker").removesuffix(" insurer")
    head = scene.sentences[scene.sentence(start)][0]
    issuer = (
        _PLAIN_WORDS.sub("", before).endswith(table.issuer_before)
        or before.endswith(table.issuer_before)
        or (not after.startswith("'s") and _DEALT.search(scene.lower, max(start - _WINDOW, head), start) is not None)
        or _starts(after, table.issuer_after)
        or _OWNS_NAME.match(scene.text, end) is not None
        or (after.startswith(", ") and _AT_FIRM.fullmatch(scene.lower, head, start) is not None)
    )
    holder = (
        _NAMED_OF.search(scene.text, max(start - 60, 0), start) is not None
        or before.endswith(table.holder_before)
        or _starts(after, table.holder_after)
        or _OFFICER.match(scene.lower, end) is not None
    )
    yield Name(start, end, text, issuer, holder, lean=-1 if _FUND.search(text.lower()) else 0)


def _starts(after: str, phrases: tuple[str, ...]) -> bool:
    """Whether a phrase stands right behind a name."""
    return after.startswith(tuple(p if p[0] in "'," else " " + p for p in phrases))
