"""The names in a Chinese sentence.

Most are told by their own form: a company ends in its trade or its legal form (药业, 控股), a fund in 基金 or 资本, a family in 氏,
and a person stands behind a title. Such a name reaches back to the nearest word that can be no part of it. Anything else is a
name only where its place says so: at the head of a clause before what it does, or behind a verb of the trade before the shares.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from stakeline.checks.claims.scene import Scene
from stakeline.checks.named import Name, table

_RUN = re.compile(r"[\u3400-\u9fffA-Za-z·.&]{1,24}")
_LATIN = re.compile(
    r"(?:(?<![A-Za-z0-9.])(?!HK |US |AI |ETF |CEO |CFO )[A-Z]{2,8} (?=[A-Z][a-z]))?[A-Z][\w&.'-]*[a-z][\w&.'-]*(?: (?:(?:of|de|van|and|&) )?[A-Z][\w&.'-]*)*(?:, (?:Inc|Ltd|LLC|L\.P)\b\.?)?",
    re.ASCII,
)
_HEAD = re.compile(r"(?:^|[,，。;；:：、(（!?！？\s「」“”〕】])")
_DATED = r"(?:20|19)[0-9]{2}年|(?:[0-9]{1,2}月)?[0-9]{1,2}日.{0,3}(?:公告|披露|公布|公佈|[现現低高跌涨漲收])"
_CODE = r"[(（][0-9A-Z.:\s]{4,12}[)）]"
_CODED = re.compile(_CODE)
_DIGIT = re.compile("[0-9]")
_BIDS = re.compile(r"[对對][^,，。]{2,10}的?(?:部分|全面)?(?:[要邀][约約]|收[购購])")
_OBJECT = re.compile("[把对對向由]|退出|离开|離開")
_STOP = r"|(?<!控)股|(?<![资資])本|[从從自](?=[0-9今去])|[一二三四五六七八九十两](?![期号號])"
_OF_SHARES = re.compile(r"(?:的?(?:[HA]股|股[份权權票])|$|[0-9一二三四五六七八九十])")
_TRADED = re.compile(r"的?(?:[HA]股|股[份权權票价價])|[,，。;；(（0-9一二三四五六七八九十]|$")
_CLASS = re.compile("的?[HAB]股")
_KIN = re.compile(
    "(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|皇甫|[\u3400-\u9fff])氏(?:家族|兄弟|信[托託])?|公[众眾](?=持|股|手|所|的)"
)
_TRADE = r"[\u3400-\u9fff](?<![行产產营營商专專作就创創同事失开開停歇各全本此企])[业業](?![务務绩績主界态態者余餘])"
"""Any trade that ends in 业."""
_LATIN_FUND = re.compile(
    r"(?:Capital|Partners|Funds?|Advis[eo]rs|Management|Ventures|Investments?|Investors|Trust|Equity)$"
)
_SPEAKS = re.compile("[首去今全上中截]|公[布佈告]|(?:19|20)[0-9]{2}年|[0-9]{1,2}月")
_SHARES = ("股份",)
_COMMA = re.compile("[,，。;；:：](?![0-9])")
_TIMED = re.compile(
    "[於于]?(?:[0-9]|上周|上週|本周|本週|昨|今|周[一二三四五]|週[一二三四五]|去年|日前|同日|当日|當日)|[通透]過?过?|經|经|以每|以均"
)
_FORMS = 80
"""How many names are looked for again: no article has more, and a text may be of any size."""
_SHORTEST, _LONGEST = 2, 6
"""Characters of a name in front of what tells that it is one."""
_PERSON, _COMPOUND = 3, "欧阳歐陽司马司馬诸葛諸葛上官钟离鍾離闻人聞人皇甫尉迟尉遲令狐慕容夏侯东方東方"
_ENOUGH = 4
"""How much has to say that something is a name: its place twice, or a code behind it once."""
_NO_HEAD = frozenset("它前后後其该該没沒此这這但他她仍再又也还還才已")
"""Characters that begin no name."""
_NO_PLACE = _NO_HEAD | frozenset("之距涉现現期同中的了是依")
"""Nor a name that only its place tells."""
_THAT = ("该", "該", "其")
"""What points back to a name and begins none."""
_NAMED = frozenset(["segment", "people", "operating", "issued", "share_price", "deal_value", "other_result", "listing"])
"""Cues whose words are part of many names: 科技, 汽车, 投资."""
_ACTS = frozenset(["sell", "buy", "hold", "add", "remain"])


class Words(NamedTuple):
    """The Chinese half of the table, ready for use."""

    lead: re.Pattern[str]
    stop: re.Pattern[str]
    issuer: re.Pattern[str]
    titles: re.Pattern[str]
    nobody: re.Pattern[str]
    firm: re.Pattern[str]
    fund: re.Pattern[str]
    ending: re.Pattern[str]
    generic: re.Pattern[str]
    surnames: frozenset[str]
    pronouns: frozenset[str]


@cache
def words() -> Words:
    """The words names are recognised by."""
    zh = table("zh")

    def either(line: str) -> str:
        return "|".join(map(re.escape, sorted(line.split(), key=len, reverse=True)))

    trades = f"{either(zh['trades'])}|{either(zh['forms'])}|控股(?!股[东東])"
    funds = either(zh["funds"])
    begins = "控" + "".join({p[0] for name in ("trades", "forms", "funds") for p in zh[name].split()})
    return Words(
        lead=re.compile(either(zh["lead"])),
        stop=re.compile(either(zh["stop"]) + _STOP),
        issuer=re.compile(f"{either(zh['issuer_after'])}|{_DATED}|{_CODE}"),
        titles=re.compile(either(zh["titles"])),
        nobody=re.compile(either(zh["nobody"])),
        firm=re.compile(
            f"(?=[{begins}]|.[业業])(?:{trades}|{funds}|{_TRADE}){{1,4}}(?:[一二三四五六七八九十][号號期])?"
        ),
        fund=re.compile(f"(?:{funds})(?:集[团團]|控股|公司|有限)?(?:[一二三四五六七八九十][号號期])?$"),
        ending=re.compile(f"(?:{trades}|{funds}|{_TRADE}){{1,4}}$"),
        surnames=frozenset(zh["surnames"].replace("\n", "")),
        generic=re.compile(f"(?:{either(zh['generic'])}|{trades}|{funds})+"),
        pronouns=frozenset(zh["pronouns"].split()),
    )


class _Places(NamedTuple):
    """Where names stand in a sentence: at the heads of clauses, behind verbs of the trade, behind titles."""

    heads: frozenset[int]
    objects: frozenset[int]
    titled: frozenset[int]


def _places(scene: Scene, start: int, end: int) -> _Places:
    objects = [c.end for c in scene.cues_in(start, end) if c.name in {"sell", "buy", "hold", "add"}]
    objects += [f.end for f in scene.figures_in(start, end) if f.unit == "shares"]
    objects += [m.end() for m in _OBJECT.finditer(scene.text, start, end)]
    titled = [m.end() for m in words().titles.finditer(scene.text, start, end)]
    heads = [start, *(m.end() for m in _HEAD.finditer(scene.text, start, end))]
    return _Places(frozenset(heads), frozenset(objects), frozenset(titled))


class _Span(NamedTuple):
    """A name by its form. lean as of Name."""

    start: int
    end: int
    lean: int


def names(scene: Scene, parts: Sequence[tuple[int, int]]) -> list[Name]:
    """The names of some sentences: those told by their form, their short forms elsewhere, and those told by their place."""
    spans = [span for start, end in parts for span in _formed(scene, start, end)]
    free = _Free(spans)
    placed = [s for start, end in parts for s in _placed(scene, start, end) if free(s)]
    taken = [*spans, *placed]
    free = _Free(taken)
    taken += [s for s in _voted(scene, parts) if free(s)]
    spans = _apart([*taken, *_again(scene, taken)])
    starts = [s.start for s in spans]
    return [
        name
        for start, end in parts
        for name in _judged(scene, start, end, spans[bisect_left(starts, start) : bisect_left(starts, end)])
    ]


def _judged(scene: Scene, start: int, end: int, spans: Sequence[_Span]) -> Iterator[Name]:
    """The names of one sentence with what the words around them speak for."""
    table = words()
    places = _places(scene, start, end)
    for span in spans:
        told = table.issuer.match(scene.text, span.end) is not None or _headed(scene, span.end)
        holder = span.start in places.titled or _BIDS.match(scene.text, span.end, end) is not None
        traded = span.start in places.objects and _OF_SHARES.match(scene.text, span.end, end) is not None
        issuer = (told and span.lean >= 0) or traded
        yield Name(
            span.start,
            span.end,
            scene.text[span.start : span.end],
            issuer=issuer and not holder,
            holder=holder or (span.lean < 0 and not issuer),
            lean=span.lean,
        )


def _headed(scene: Scene, end: int) -> bool:
    """Whether one of its people follows: 槐序生物:财务总监, 泰来股份副总裁."""
    at = end + (scene.text[end : end + 1] in {",", "，", ":", "："})
    return words().titles.match(scene.text, at) is not None


def _formed(scene: Scene, start: int, end: int) -> list[_Span]:
    """What is a name by its form: companies, funds, families, people behind their titles, and names in Latin letters."""
    table = words()
    spans: list[_Span] = []
    titled = {m.end() for m in table.titles.finditer(scene.text, start, end)}
    for run in _LATIN.finditer(scene.text, start, end):
        alone = " " not in run[0]
        if not scene.inside(run.start()) and not (alone and (len(run[0]) < 4 or scene.text[run.start() - 1] in "(（")):
            spans.append(_Span(run.start(), run.end(), -1 if _LATIN_FUND.search(run[0]) else 0))
    floor = start
    for firm in table.firm.finditer(scene.text, start, end):
        begin = _begin(scene, firm.start(), floor)
        if begin is None or (firm[0] in _SHARES and begin != start and not _HEAD.match(scene.text, begin - 1)):
            continue
        known = scene.text[begin : firm.end()]
        if known not in table.pronouns and table.nobody.search(known) is None:
            begin = _bare(scene, begin, firm.start(), firm.end())
            spans.append(_Span(begin, firm.end(), -1 if table.fund.search(known) else 1))
            floor = firm.end()
    spans += [_Span(kin.start(), kin.end(), -1) for kin in _KIN.finditer(scene.text, start, end)]
    for at in titled:
        stop = _person(scene, at, end)
        if stop is not None:
            spans.append(_Span(at, stop, -1))
    return _apart(spans)


def _bare(scene: Scene, begin: int, form: int, end: int) -> int:
    """Where a name begins that the article also has without the characters in front: 重登滙豐控股 is 滙豐控股."""
    if scene.text.count(scene.text[begin:end]) > 1:
        return begin
    generic = words().generic
    bare = (at for at in range(begin + 1, form - _SHORTEST + 1) if not generic.match(scene.text[at:end]))
    return next((at for at in bare if scene.text.count(scene.text[at:end]) > 1), begin)


def _again(scene: Scene, spans: Sequence[_Span]) -> Iterator[_Span]:
    """Names told by their form where they stand again, whole or without what tells them: 浦潮 of 浦潮基金."""
    lean: dict[str, int] = {}
    for span in spans:
        known = scene.text[span.start : span.end]
        short = words().ending.sub("", known)
        for form in {known, short}:
            if len(form) >= _SHORTEST and words().generic.match(form) is None and words().lead.fullmatch(form) is None:
                lean.setdefault(form, span.lean)
    free = _Free(spans)
    for form, leans in islice(lean.items(), _FORMS):
        for match in re.finditer(re.escape(form), scene.text):
            span = _Span(match.start(), match.end(), leans)
            if free(span) and scene.han(scene.sentence(span.start)):
                yield span


class _Free:
    """Whether a name lies apart from others that are known."""

    def __init__(self, spans: Sequence[_Span]) -> None:
        self._taken = _apart(spans)
        self._ends = [s.end for s in self._taken]

    def __call__(self, span: _Span) -> bool:
        at = bisect_right(self._ends, span.start)
        return at == len(self._taken) or self._taken[at].start >= span.end


def _apart(spans: Sequence[_Span]) -> list[_Span]:
    """Without those that lie in others."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _placed(scene: Scene, start: int, end: int) -> Iterator[_Span]:
    """What is a name by its place alone."""
    table = words()
    places = _places(scene, start, end)
    for at in sorted(p for p in places.heads | places.objects | places.titled if p < end):
        span = _plain(scene, at, end)
        if span is None:
            continue
        begin, stop = span
        known = scene.text[begin:stop]
        if known in table.pronouns or table.nobody.search(known) or table.generic.match(known):
            continue
        told = table.issuer.match(scene.text, stop) is not None
        acts = any(c.start == stop and c.name in _ACTS for c in scene.cues_in(stop, min(stop + 1, end)))
        traded = at in places.objects and _OF_SHARES.match(scene.text, stop, end) is not None
        first = begin == start == scene.sentences[0][0]
        timed = _TIMED.match(scene.text, stop) is not None and (first or stop - begin > _SHORTEST)
        deals = any(c.name in _ACTS for c in scene.cues_in(stop, _clause_end(scene, stop, end)))
        twice = scene.text.count(known) > 1
        if (
            _CODED.match(scene.text, stop)
            or (first and (told or timed))
            or (begin == start and stop - begin > _SHORTEST and _SPEAKS.match(scene.text, stop))
            or ((acts or (timed and deals)) and (twice or at in places.heads))
            or (traded and (_CLASS.match(scene.text, stop) or (twice and stop - begin > _SHORTEST)))
        ):
            yield _Span(begin, stop, 0)


def _voted(scene: Scene, parts: Sequence[tuple[int, int]]) -> Iterator[_Span]:
    """What its place makes a name more than once: what is traded, what acts, and whose shares or price are told."""
    votes: dict[str, dict[int, int]] = {}
    for start, end in parts:
        for begin, stop, weight in _spoken(scene, start, end):
            at = votes.setdefault(scene.text[begin:stop], {})
            at[begin] = max(at.get(begin, 0), weight)
    table = words()
    for known, at in votes.items():
        plain = known in table.pronouns or table.nobody.search(known) or table.generic.match(known)
        if sum(at.values()) >= _ENOUGH and max(at.values()) > 1 and not plain:
            for begin in at:
                stop = begin + len(known)
                yield _Span(_bare(scene, begin, stop, stop), stop, 0)


def _spoken(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of a sentence that known words enclose, where a name might stand; with how much that says."""
    table = words()
    places = _places(scene, start, end)
    for at in sorted(p for p in places.heads | places.objects if p < end):
        span = _plain(scene, at, end)
        if span is None:
            continue
        acts = any(c.start == span[1] and c.name in _ACTS for c in scene.cues_in(span[1], min(span[1] + 1, end)))
        traded = at in places.objects and _TRADED.match(scene.text, span[1]) is not None
        told = traded or acts or table.issuer.match(scene.text, span[1]) or _TIMED.match(scene.text, span[1])
        yield (*span, 2 if told else 1)
    for told in table.issuer.finditer(scene.text, start, end):
        begin = _begin(scene, told.start(), start)
        if begin is not None and scene.text[begin : told.start()] != "限公司":
            yield begin, told.start(), _ENOUGH if told[0][0] in "(（" and _DIGIT.search(told[0]) else 2


def _clause_end(scene: Scene, start: int, end: int) -> int:
    """Where the clause ends that an offset lies in."""
    comma = _COMMA.search(scene.text, start, end)
    return comma.start() if comma else end


def _plain(scene: Scene, at: int, end: int) -> tuple[int, int] | None:
    """What stands at an offset, without what only leads to it, up to the first word that is no name."""
    table = words()
    for _ in range(3):
        lead = table.lead.match(scene.text, at, end)
        if lead is None or any(scene.text.startswith(p, at) for p in _THAT):
            break
        at = lead.end()
    run = _RUN.match(scene.text, at, min(end, at + 24))
    if run is None:
        return None
    stop = table.stop.match(scene.text, at, run.end())
    if (stop is not None and stop.end() - at > 1) or scene.text[at] in _NO_PLACE:
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
    return (at, last) if _SHORTEST <= last - at <= _LONGEST and not scene.inside(at) else None


def _begin(scene: Scene, at: int, floor: int) -> int | None:
    """Where a name begins whose telling form begins at an offset: behind the nearest word that is no part of it."""
    table = words()
    run = re.search(r"[\u3400-\u9fff·]*$", scene.text[max(floor, at - 16) : at])
    first = at - len(run[0]) if run else at
    for figure in scene.figures_in(first - 20, at):
        first = max(first, figure.end)
    marks = [m.end() for p in (table.lead, table.stop, table.titles) for m in p.finditer(scene.text, first, at)]
    marks += [c.end for c in scene.cues_in(first, at) if c.name not in _NAMED and c.end - c.start > 1]
    begin = max((m for m in marks if m <= at - _SHORTEST), default=first)
    stem = scene.text[begin:at]
    if not _SHORTEST <= len(stem) <= _LONGEST or table.generic.fullmatch(stem) or stem[0] in _NO_HEAD:
        return None
    within = [m for p in (table.lead, table.stop, table.titles) for m in p.finditer(scene.text, begin, at)]
    plain = any(len(m[0]) > 1 for m in within) or len({m.start() for m in within}) >= len(stem)
    over = [c for c in scene.cues_in(begin - 4, at) if c.end > begin and c.end - c.start > 1 and c.name not in _NAMED]
    return None if plain or over else begin


def _person(scene: Scene, at: int, end: int) -> int | None:
    """Where the name of a person ends that stands behind a title."""
    run = re.match(r"[\u3400-\u9fff·]{2,10}", scene.text[at:end])
    table = words()
    if run is None or scene.inside(at) or not ("·" in run[0] or run[0][0] in table.surnames):
        return None
    last = at + len(run[0])
    stop = table.stop.search(scene.text, at + 1, last + 1)
    last = min(last, stop.start()) if stop else last
    for cue in scene.cues_in(at, last):
        last = min(last, cue.start)
    for figure in scene.figures_in(at, last):
        last = min(last, figure.start)
    if "·" not in scene.text[at:last]:
        last = min(last, at + _PERSON + (scene.text[at : at + 2] in _COMPOUND))
    known = scene.text[at:last]
    plain = known in table.pronouns or table.nobody.search(known) or table.generic.match(known)
    return None if len(known) < _SHORTEST or plain else last
