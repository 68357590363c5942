"""The verb in front of what is held afterwards, against what was held before: 由46.2%減至65.3%, "cut its stake to 8.9% from 7.7%"."""

import re
from collections.abc import Iterator

from stakeline.checks.relations.changes.against import Told
from stakeline.checks.relations.changes.ways import Way
from stakeline.checks.relations.holdings.stakes import is_change, moves
from stakeline.checks.relations.page import Page, reached

_UP_ZH = r"上升|攀升|提升|提高|增加|增持|[擴扩]大|上[調调]|(?<!回)升|(?<!回)增"
_DOWN_ZH = r"下降|下[滑跌]|降低|[減减]少|[減减]持|[稀攤摊][釋释薄]|[縮缩][減减小]|下[調调]|降|[減减]|跌"
_UP_EN = (
    r"r[oi]se[ns]?|rising|gr[eo]wn?|growing|increas(?:e[sd]?|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?"
    r"|rais(?:e[sd]?|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?|(?:edg|inch|tick|nudg|cre[ep]|c[oa]m|go|went|mov)\w* up"
)
_DOWN_EN = (
    r"f[ae]ll(?:en|ing|s)?|drop(?:s|ped|ping)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|shr[aiu]nk(?:s|ing)?|lower(?:ed|ing|s)"
    r"|reduc(?:e[sd]?|ing)|cut(?:s|ting)?|trim(?:s|med|ming)?|slip(?:s|ped|ping)?|par(?:e[sd]?|ing)|slash(?:es|ed|ing)?"
    r"|(?:edg|inch|tick|nudg|cre[ep]|c[oa]m|go|went|mov)\w* down"
)
_TO_ZH = re.compile(
    rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH}))(?:[至到]|[為为])(?:[總总]股本|全部已[發发]行股份)?的?(?:[約约]|近)?$"
)
_TO_EN = re.compile(
    rf"\b(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))(?: (?!and |but |by )[A-Za-z'’-]+){{0,5}}? ?\bto (?:about |some |around |just )?$",
    re.IGNORECASE,
)
_STEP = re.compile(rf"(?:(?P<up>{_UP_ZH})|(?P<down>{_DOWN_ZH}))(?:了|[約约])*$")
_ARRIVES = re.compile(r"[,，]?[至到](?:[約约])?")
"""All that stands between a step and what is held afterwards: 減少0.53個百分點至7.24%."""
_OTHER = re.compile(
    r"\bpublic|\bfloat\b|公[众眾]|less|short|loss|deficit|debt|[虧亏][損损]|[負负][債债]|折[讓让價价]", re.IGNORECASE
)
"""In front of a level that is none of a holding."""
_BEFORE, _AFTER = ("stake.before_pct", "stake.before_shares"), ("stake.after_pct", "stake.after_shares")
_OLDER = re.compile(
    r"\b(?:from|against|compared with|previously|after)\b[^0-9,;]{0,24}$|(?:[较較]|此前|之前|先前|原先|原[来來]|前[為为])[^0-9,，;；]{0,8}$",
    re.IGNORECASE,
)
"""In front of what was held before, told behind what is held afterwards."""
_LISTED = re.compile(r"\s*(?:[和及与與、]|,? ?and)\s*")
_LED_TO = re.compile(r"^[^,，.。;；]{0,12}(?:[至到]|\bto\b)")


def verbs(page: Page) -> Iterator[Told]:
    """Verbs in front of holdings that those before refute."""
    pairs = [*moves(page), *_only(page), *_further(page)]
    seen: set[int] = set()
    for old, new in pairs:
        said = _verb(page, new)
        led = any(a == old and abs(a - b) == 1 != abs(old - new) for a, b in pairs)
        if said is None or new in seen or led or not _is_known(page, new, old):
            continue
        if (page.found(new).number > page.found(old).number) is not said.up:
            seen.add(new)
            yield Told(said, new, old)
    yield from (told for told in _of_trades(page) if told.new not in seen)


def _of_trades(page: Page) -> Iterator[Told]:
    """Verbs in front of holdings that the only trades told refute: what somebody has left after selling did not rise."""
    sides = {c.direction for c in page.claims if c.direction in {"buy", "sell"}}
    if len(sides) != 1 or page.has(_NEW_SHARES) or any(c.kind in _BEFORE for c in page.claims):
        return
    traded = [c for c in page.claims if c.kind == "transaction.shares"]
    if any(c.direction is None for c in traded) or len({c.holder for c in traded}) > 1:
        return
    up = sides == {"buy"}
    for new, claim in enumerate(page.claims):
        said = _verb(page, new) if claim.kind in _AFTER and claim.holder is not None else None
        if said is None or said.up is up:
            continue
        trades = page.near(new, lambda i: page.kind(i) == "transaction.shares" and page.claims[i].direction in sides)
        own = [i for i in trades if page.claims[i].holder == claim.holder and not page.aside(i, new)]
        if own:
            yield Told(said, new, own[0])


_NEW_SHARES = re.compile(
    r"dilut|buy-?back|repurchas|convert|conversion|cancel|subscri|issu(?:e|ance|ing) of|new shares|top-up|bonus|scrip|lend|lent"
    r"|[稀攤摊][釋释薄]|[回購购]{2}|[購购]回|新股|[轉转][換换讓让]|[認认][購购]|供股|配[發发]|增[資资發发]|[註注][銷销]|送股|[轉转]增|借出|要[約约]",
    re.IGNORECASE,
)
"""Somewhere in the article: a holding may grow or shrink without a trade."""


def _only(page: Page) -> Iterator[tuple[int, int]]:
    """The one count or percentage held before and the one held afterwards."""
    for kinds in zip(_BEFORE, _AFTER, strict=True):
        both = [[i for i in range(len(page.claims)) if page.kind(i) == kind] for kind in kinds]
        if len(both[0]) == len(both[1]) == 1:
            yield both[0][0], both[1][0]


def _further(page: Page) -> Iterator[tuple[int, int]]:
    """A holding and the one that the same way led to before: "cut it to 9.4%, ... and further to 7.0%"."""
    last: dict[str | None, int] = {}
    for new, claim in enumerate(page.claims):
        said = _verb(page, new) if claim.kind.startswith("stake.") and claim.found.unit == "pct" else None
        if said is None:
            continue
        old = last.get(claim.holder)
        before = _verb(page, old) if old is not None else None
        near = old is not None and page.found(new).sentence - page.found(old).sentence <= 1
        if old is not None and near and before is not None and before.up is said.up and _AGAIN.search(page.lead(new)):
            yield old, new
        last[claim.holder] = new


_AGAIN = re.compile(r"进一步|進一步|\bfurther\b|\bagain\b", re.IGNORECASE)


def _is_known(page: Page, new: int, old: int) -> bool:
    """Whether two holdings are of one holder and clearly not the same."""
    a, b = page.found(new), page.found(old)
    if a.unit != b.unit or not page.same(new, old) or not _is_next(page, new, old):
        return False
    if len({page.claims[i].share_class for i in (new, old)} - {None}) > 1:
        return False
    return a.number > 0 and b.number > 0 and a.bound is None and b.bound is None and reached(a).meet(reached(b)) is None


def _is_next(page: Page, new: int, old: int) -> bool:
    """Whether nothing else held stands between two holdings, and neither is one of a list."""
    unit, low, high = page.found(new).unit, min(new, old), max(new, old)
    joined = (i for i in (new - 1, new, old - 1, old) if 0 <= i < len(page.claims) - 1)
    joined = (i for i in joined if page.found(i).unit == page.found(i + 1).unit)
    if any(_LISTED.fullmatch(page.gap(i, i + 1)) for i in joined):
        return False
    if any(
        page.found(i).unit == unit and not (is_change(page, i) or page.kind(i).startswith("transaction."))
        for i in range(low + 1, high)
    ):
        return False
    if old < new:
        return True
    near = old == new + 1 and page.together(new, old) and _OLDER.search(page.lead(old)) is not None
    return near and not _LED_TO.search(page.tail(old))


def _verb(page: Page, new: int) -> Way | None:
    """The verb that leads to a holding."""
    at, lead = page.found(new).start, page.lead(new)
    match = _TO_ZH.search(lead) or _TO_EN.search(lead)
    step = new - 1
    if match is None and step >= 0 and page.found(step).unit in {"pp", "pct"} and page.together(step, new):
        at, words = page.found(step).start, page.lead(step)
        match = _STEP.search(words) if _ARRIVES.fullmatch(lead) else None
        lead = words
    if match is None or _OTHER.search(lead):
        return None
    name = "up" if match["up"] else "down"
    base = at - len(lead)
    return Way(base + match.start(name), base + match.end(name), name == "up")
