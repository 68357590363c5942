"""What an article says of each of its figures: `claims` turns figures into claims.

scene    cues of the trade (lexicon_*.toml) and how far each is from a figure      weights  which cue can govern what
kinds    the kind of each figure: shares, money (and prices), percent (held, parts, portions), days
worded   tables of wordings that tell a kind, whatever cue governs                  near     from, to, by, at
learned  a second opinion on every kind, by what annotated articles taught          features what it looks at
parties, who   names, who holds and whose shares                                   when     of which day or period

A figure is told by its clause, and the evidence is asked in this order: the words right around it (worded), its place in a
move, a list or an apposition of figures (near), then the verb or noun that governs it.
"""

import re
from collections.abc import Sequence
from datetime import date

from stakeline.checks import figures
from stakeline.checks.claims.kinds import kinds
from stakeline.checks.claims.learned import reconsidered
from stakeline.checks.claims.scene import Scene
from stakeline.checks.claims.when import When
from stakeline.checks.claims.who import Whose, whose
from stakeline.checks.parties import names
from stakeline.model.claims import Claim, Direction, Found

_CLASSES = (
    ("H", re.compile(r"\bh[- ]shares?\b|h股")),
    ("A", re.compile(r"\b(?:yuan-denominated )?a[- ]shares?\b|a股")),
    ("B", re.compile(r"\bclass b\b|\bb shares?\b|b类|b類")),
    ("votes", re.compile(r"\bvot(?:es|ing)\b|表决权|表決權|投票权|投票權")),
    (
        "total",
        re.compile(
            r"total (?:issued )?(?:share capital|shares)|all shares|entire (?:issued )?(?:share )?capital|总股本|總股本|股份总数|股份總數|全部(?:已?[发發]行)?股[份本]"
        ),
    ),
)
_CLASSED = ("stake.", "transaction.shares", "transaction.stake_pct", "threshold.", "shares.issued", "volume.")
_MEASURES = (
    ("adjusted", re.compile(r"adjusted|经调整|經調整")),
    ("excluding one-offs", re.compile(r"excluding one-off|core |扣非|underlying")),
    (
        "operating",
        re.compile(r"operating (?:profit|loss|income)|经营(?:亏损|溢利|利润)|經營(?:虧損|溢利|利潤)|营业利润"),
    ),
    ("gross margin", re.compile(r"gross margin|毛利率")),
    ("net loss", re.compile(r"net loss|(?:its|the|annual) loss|虧損|亏损|净亏")),
    ("net profit", re.compile(r"net (?:profit|income)|profit attributable|净利|淨利|溢利|纯利|純利")),
    ("R&D", re.compile(r"r&d|research and development|研发|研發")),
)
_HAN_RUN = re.compile("[\u3400-\u9fffA-Za-z]{0,8}")
_HAN_LEAD = re.compile("[\u3400-\u9fffA-Za-z]{1,8}$")
_CHOSEN = re.compile("former|latter|前者|后者|後者")
_PLANNED = (
    "transaction.shares",
    "transaction.value",
    "transaction.stake_pct",
    "transaction.price_low",
    "transaction.price_high",
    "transaction.avg_price",
)
_DIRECTED = ("change_pct", "other.pct", "change_pp", "market_value.change", "stake.change_pct")
_BELOW = re.compile(
    r"below|under|beneath|less than|[跌降失低不][穿破到守于於足]|以下|减至|減至|fall|fell|drop|slip|dip|cut"
)
_ABOVE = re.compile(
    r"above|over|past|through|exceed|surpass|cross|pass|more than|reach|top|超|逾|以上|突破|升穿|高于|高於|rose|rise|climb"
)


def claims(
    text: str, found: Sequence[Found], *, on: date | None = None, asides: Sequence[Found] | None = None
) -> tuple[Claim, ...]:
    """One claim for each figure, in order.

    found: the figures of the text, as of `figures.find`. on: the article's day. asides: what `figures.read` calls so (days and
    periods that only date what stands beside them); read again where they are not given.
    """
    scene = Scene(text, found)
    named = names(scene)
    told = reconsidered(scene, kinds(scene), named)
    if asides is None:
        asides = figures.read(text, on=on).asides
    when = When(scene, asides, on)
    parties = whose(scene, told, named)
    classes = _classes(scene, told, parties)
    return tuple(
        Claim(
            found=figure,
            kind=kind,
            holder=who.holder,
            issuer=who.issuer,
            segment=_segment(scene, i) if kind.startswith("segment.") else None,
            measure=_measure(scene, i, kind),
            share_class=classes[i],
            period_or_date=when.of(i, kind),
            comparison_base=when.base(i, kind),
            direction=_direction(scene, i, kind),
        )
        for i, (figure, kind, who) in enumerate(zip(scene.found, told, parties, strict=True))
    )


def _segment(scene: Scene, i: int) -> str | None:
    """The part of the business: the nearest words for one in front of the figure, as printed."""
    start = scene.bounds(i)[0]
    told = [c for c in scene.around(i)[0] if c.name == "segment" and c.start >= start]
    chosen = _CHOSEN.search(scene.before(i))
    if chosen and len(told) > 1:
        told = told[-2:-1] if chosen[0] in {"former", "前者"} else told[-1:]
    for cue in reversed(told or scene.around(i)[0]):
        if cue.start < scene.bounds(i)[0] - 1:
            return None
        if cue.name == "segment":
            start, end = cue.start, cue.end
            if scene.found[i].lang == "zh":
                start, end = _han_phrase(scene, start, end)
            return (
                re.sub(
                    r"(?: (?:sales|revenues?|turnover)|收入|营收|營收)$", "", scene.text[start:end], flags=re.IGNORECASE
                )
                or None
            )
    return None


def _han_phrase(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """A segment's name to both ends of its run of Han characters, short of verbs and figures."""
    run = _HAN_RUN.match(scene.text, end)
    stop = run.end() if run else end
    for cue in scene.cues_in(end, stop):
        if cue.name in {"revenue", "up", "down", "to", "profit", "from_", "cost", "sector_share"}:
            stop = min(stop, cue.start)
    lead = _HAN_LEAD.search(scene.text, max(start - 8, 0), start)
    first = lead.start() if lead else start
    for cue in scene.cues_in(first, start):
        if cue.name != "segment":
            first = max(first, cue.end)
    return min(first, start), stop


def _measure(scene: Scene, i: int, kind: str) -> str | None:
    """What is measured, where the kind leaves it open."""
    if kind in _PLANNED:
        return "planned" if _planned(scene, i) else None
    if kind.startswith(("result.", "cost.")) or kind == "stake.change_pp":
        before = scene.lower[max(scene.bounds(i)[0], scene.found[i].start - 60) : scene.found[i].start]
        hits = [(m.start(), name) for name, pattern in _MEASURES for m in pattern.finditer(before)]
        if hits:
            name = max(hits)[1]
            extra = {n for _, n in hits}
            if name in {"net loss", "net profit"}:
                if kind in {"result.net_loss", "result.net_profit"}:
                    return next((n for n in ("adjusted", "excluding one-offs", "operating") if n in extra), None)
                return f"adjusted {name}" if "adjusted" in extra else name
            return name
    return None


def _planned(scene: Scene, i: int) -> bool:
    """Whether the trade is still to be done: nearest of the words for a plan, not after one for a trade that was done."""
    start = scene.bounds(i)[0]
    return any(c.name == "plan" and c.start >= start for c in scene.around(i)[0])


def _classes(scene: Scene, kinds: Sequence[str], parties: Sequence[Whose]) -> list[str | None]:
    """The class of shares of each figure; a holding that names none is of the class that the holding was last told in."""
    told: list[str | None] = []
    of: dict[Whose, str] = {}
    for i, (kind, who) in enumerate(zip(kinds, parties, strict=True)):
        found = _share_class(scene, i) if kind.startswith(_CLASSED) else None
        if kind.startswith(("stake.", "threshold.")):
            if found is not None and not kind.endswith("shares"):
                of[who] = found
            elif kind.endswith("_pct") or kind == "threshold.crossed":
                found = of.get(who)
        told.append(found)
    return told


def _share_class(scene: Scene, i: int) -> str | None:
    """The class a figure is of, where its clause names one."""
    start, end = scene.bounds(i)
    first, here = max(start, scene.found[i].start - 60), scene.found[i].start
    near = scene.lower[first : min(end, scene.found[i].end + 40)]
    hits = [(abs(first + m.start() - here), name, first + m.start()) for name, p in _CLASSES for m in p.finditer(near)]
    hits = [hit for hit in hits if not scene.text.startswith("a share", hit[2])]  # "HK$3 a share" names no class
    return min(hits)[1] if hits else None


def _direction(scene: Scene, i: int, kind: str) -> Direction | None:
    """Which way: of a change, of a trade, of a level passed, of a premium."""
    clause = (
        scene.lower[max(scene.bounds(i)[0], scene.found[i].start - 40) : scene.found[i].start]
        + "|"
        + scene.after(i, 24)
    )
    if kind == "threshold.crossed":
        hits = [(m.start(), "below") for m in _BELOW.finditer(clause)] + [
            (m.start(), "above") for m in _ABOVE.finditer(clause)
        ]
        if not hits:
            return None
        return "below" if min(hits, key=lambda h: abs(h[0] - clause.index("|")))[1] == "below" else "above"
    if kind == "transaction.discount_pct":
        return "premium" if re.search("premium|溢[价價]", clause) else None
    if kind.endswith(_DIRECTED) or kind.endswith(".change"):
        return _way(scene, i)
    if kind in {"transaction.shares", "transaction.value", "transaction.stake_pct"}:
        return _side(scene, i)
    return None


def _way(scene: Scene, i: int) -> Direction | None:
    """Up or down, by the nearest word for either."""
    if scene.found[i].growth and re.search(r"halv|腰斩|腰斬|减半|減半", scene.found[i].text.lower()):
        return "down"
    if scene.found[i].growth:
        return "up"
    roles = scene.roles(
        i, {"up": (0, 0.5), "down": (0, 0.5), "add": (0, None), "lost": (0, None), "wiped": (0, 1), "gain": (0, 1)}
    )
    if not roles:
        return None
    if roles[0].name == "up" and _GIVEN_UP.search(scene.before(i)):
        return "down"
    return "up" if roles[0].name in {"up", "add", "gain"} else "down"


_GIVEN_UP = re.compile(r"\bg(?:ive|iven|ave|iving) up [^0-9]{0,12}$")
"""In front of what was lost: "have given up 27%"."""


def _side(scene: Scene, i: int) -> Direction | None:
    """Bought or sold, by the nearest word for either."""
    roles = scene.roles(i, {"sell": (0, 2), "buy": (0, 2), "add": (0, None)})
    if not roles:
        return None
    return "sell" if roles[0].name == "sell" else "buy"
