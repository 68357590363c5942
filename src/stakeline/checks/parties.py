"""The names in an article, and what its words make of them: a holder, an issuer, or neither.

English names are runs of capitalised words. Chinese ones stand at the head of a clause, before what they do, or behind a verb
of the trade, before the shares. No list of companies is asked, so a name is read as the article writes it.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from stakeline.checks.claims.scene import Scene

_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f][\w&.\u00c0-\u024f-]*(?:'(?!s\b)[\w]+)?")
_JOIN = frozenset(["of", "&", "de", "van", "von", "der", "bin", "del", "la", "al", "and"])
_INSIDE = _JOIN - {"and", "la", "al"}
_JOINED = re.compile(r" (?:& )?| \(?")
_LONGEST = 6
"""Words of a name."""
_HAN_RUN = re.compile(r"[\u3400-\u9fffA-Za-z·.&]{1,24}")
_HEAD = re.compile(r"(?:^|[,，。;；:：、(（!?！？\s「」“”〕】])")
_OWNS_NAME = re.compile(r"'s (?:[a-z-]+ ){0,4}[A-Z][a-z]+ [A-Z]")
"""A company before one of its people: "Insmed's Roger Adsett"."""
_NAMED_OF = re.compile(
    r"[A-Za-z]'s (?:(?:chief|executive|officer|director|chairman|founder|co-founder|president|financial|operating|former) ){0,4}$"
)
_SPOKEN = re.compile(r"(?:公告|公布|公佈|披露|[显顯]示|[称稱指]|[〕】])[,，:：]?$")
"""In front of a name that the article speaks of, though it may do so once."""
_DATED = r"(?:20|19)[0-9]{2}年|(?:[0-9]{1,2}月)?[0-9]{1,2}日.{0,3}(?:公告|披露|公布|公佈|[现現低高跌涨漲收])"
_CODE = r"[(（][0-9A-Z.:\s]{4,12}[)）]"
_BIDS = re.compile(r"[对對][^,，。]{2,10}的?(?:部分|全面)?(?:[要邀][约約]|收[购購])")
_OBJECT = re.compile("[把对對向由]")
_HAN_STOP = r"|(?<!控)股|(?<![资資])本|[从從自](?=[0-9今去])|[一二三四五六七八九十两](?![期号號])"
_WINDOW = 28


class Name(NamedTuple):
    """A name where it stands. known: its longest form in the article. issuer, holder: what the words around it speak for."""

    start: int
    end: int
    known: str
    issuer: bool
    holder: bool


class Words(NamedTuple):
    """The table parties.toml, ready for use."""

    nobody: frozenset[str]
    titles: frozenset[str]
    offices: frozenset[str]
    times: frozenset[str]
    issuer_before: tuple[str, ...]
    issuer_after: tuple[str, ...]
    holder_before: tuple[str, ...]
    holder_after: tuple[str, ...]
    lead: re.Pattern[str]
    stop: re.Pattern[str]
    han_issuer: re.Pattern[str]
    han_titles: re.Pattern[str]
    han_nobody: re.Pattern[str]
    han_pronouns: frozenset[str]


@cache
def words() -> Words:
    """The words names are recognised by."""
    table = tomllib.loads(files(__package__).joinpath("parties.toml").read_text(encoding="utf-8"))
    en, zh = table["en"], table["zh"]

    def phrases(line: str) -> tuple[str, ...]:
        return tuple(p for p in (q.strip() for q in line.replace("\n", "").split(";")) if p)

    def either(line: str) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(line.split(), key=len, reverse=True))))

    return Words(
        nobody=frozenset(en["nobody"].split()),
        titles=frozenset(en["titles"].split()),
        offices=frozenset(en["offices"].split()),
        times=frozenset(en["times"].split()),
        issuer_before=phrases(en["issuer_before"]),
        issuer_after=phrases(en["issuer_after"]),
        holder_before=phrases(en["holder_before"]),
        holder_after=phrases(en["holder_after"]),
        lead=either(zh["lead"]),
        stop=re.compile(either(zh["stop"]).pattern + _HAN_STOP),
        han_issuer=re.compile(f"{either(zh['issuer_after']).pattern}|{_DATED}|{_CODE}"),
        han_titles=either(zh["titles"]),
        han_nobody=either(zh["nobody"]),
        han_pronouns=frozenset(zh["pronouns"].split()),
    )


def names(scene: Scene) -> list[Name]:
    """The names of an article, in order."""
    found: list[Name] = []
    for at, (start, end) in enumerate(scene.sentences):
        if (
            at == 0
            and len(scene.sentences) > 1
            and scene.text[end : end + 1] == "\n"
            and scene.text[end - 1] not in ".!?。"
        ):
            continue  # in a headline every word may be capitalised
        found += _han(scene, start, end) if scene.han(at) else _latin(scene, start, end)
    return _known(found)


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
    for match in _TOKEN.finditer(scene.text, start, end):
        word = match[0].rstrip(".").lower()
        capital = match[0][0].isupper() and not scene.inside(match.start())
        plain = word in table.nobody or word in table.titles
        if run and (
            match.start() - run[-1].end() > 3
            or not _JOINED.fullmatch(scene.text[run[-1].end() : match.start()])
            or len(run) >= _LONGEST
        ):
            yield from _made(scene, run)
            run = []
        named = capital and (not plain or (run and word not in table.offices and word not in table.times))
        if named or (run and word in _INSIDE):
            run.append(match)
        elif run:
            yield from _made(scene, run)
            run = []
    if run:
        yield from _made(scene, run)


def _made(scene: Scene, run: list[re.Match[str]]) -> Iterator[Name]:
    """A run as a name, unless nothing but plain words is left of it."""
    table = words()
    while run and (run[-1][0].lower() in _JOIN or run[-1][0].rstrip(".").lower() in table.times):
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
    before, after = scene.lower[max(start - _WINDOW, 0) : start].rstrip(), scene.lower[end : end + _WINDOW]
    before = before.removesuffix(" the").removesuffix(" its").removesuffix(" carmaker").removesuffix(" insurer")
    yield Name(
        start,
        end,
        text,
        issuer=before.endswith(table.issuer_before)
        or _starts(after, table.issuer_after)
        or _OWNS_NAME.match(scene.text, end) is not None,
        holder=_NAMED_OF.search(scene.text, max(start - 60, 0), start) is not None
        or before.endswith(table.holder_before)
        or _starts(after, table.holder_after),
    )


def _starts(after: str, phrases: tuple[str, ...]) -> bool:
    """Whether a phrase stands right behind a name."""
    return after.startswith(tuple(p if p[0] in "'," else " " + p for p in phrases))


def _han(scene: Scene, start: int, end: int) -> Iterator[Name]:
    """Names at the heads of clauses, behind titles and verbs of the trade, and behind a number of shares."""
    table = words()
    titled = {m.end() for m in table.han_titles.finditer(scene.text, start, end)}
    heads = [start, *(m.end() for m in _HEAD.finditer(scene.text, start, end))]
    objects = [c.end for c in scene.cues_in(start, end) if c.name in {"sell", "buy", "hold", "add"}]
    objects += [f.end for f in scene.figures_in(start, end) if f.unit == "shares"]
    objects += [m.end() for m in _OBJECT.finditer(scene.text, start, end)]
    taken = -1
    for at in sorted({*heads, *objects, *titled}):
        if at < taken or at >= end:
            continue
        name = _han_name(scene, at, end)
        if name is not None:
            begin, stop = name
            known = scene.text[begin:stop]
            told = table.han_issuer.match(scene.text, stop) is not None
            holder = at in titled or table.han_titles.fullmatch(scene.text, at, begin) is not None
            holder = holder or _BIDS.match(scene.text, stop, end) is not None
            spoken = begin == start or _SPOKEN.search(scene.text, start, begin) is not None
            named = told or holder or at in objects or spoken or scene.text.count(known[:2]) > 1
            if named and known not in table.han_pronouns and table.han_nobody.search(known) is None:
                issuer = told or (at in objects and at not in heads)
                yield Name(begin, stop, known, issuer=issuer and not holder, holder=holder)
                taken = stop


def _han_name(scene: Scene, at: int, end: int) -> tuple[int, int] | None:
    """The name that begins at an offset: what stands there, without what only leads to it, up to the first word that is no name."""
    table = words()
    for _ in range(3):
        lead = table.lead.match(scene.text, at, end)
        if lead is None or any(scene.text.startswith(p, at) for p in _THAT):
            break
        at = lead.end()
    run = _HAN_RUN.match(scene.text, at, min(end, at + 24))
    if run is None:
        return None
    stop = table.stop.match(scene.text, at, run.end())
    if (stop is not None and stop.end() - at > 1) or scene.text[at] in _NO_HEAD:
        return None
    stop = table.stop.search(scene.text, at + 2, run.end() + 1)
    last = min(stop.start(), run.end()) if stop else run.end()
    for cue in scene.cues_in(at, last):
        if cue.name == "segment" and cue.start == at and cue.end - at > 1:
            return None
        if cue.name not in _NAMED and (cue.end - cue.start > 1 or cue.name in {"sell", "buy"}):
            last = min(last, cue.start)
    for figure in scene.figures_in(at, last):
        last = min(last, figure.start)
    text = scene.text[at:last]
    if text.endswith(("公司", "集团", "集團")) and len(text) < 4:
        return None
    return (at, last) if 2 <= len(text) <= 14 and not scene.inside(at) else None


_NO_HEAD = frozenset("它前后後其该該没沒此这這但他她仍再又也还還才已")
"""Characters that begin no name."""
_THAT = ("该", "該", "其")
"""What points back to a name and begins none."""
_NAMED = frozenset(["segment", "people", "operating", "issued", "share_price", "deal_value", "other_result", "listing"])
"""Cues whose words are part of many names: 科技, 汽车, 投资."""
