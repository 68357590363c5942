"""Counts of all shares of a company, or of all of one class."""

import re

from stakeline.checks.relations.page import TRADED, Page, positive

HELD_COUNTS = frozenset({"stake.before_shares", "stake.after_shares"})
ALL_BEFORE = re.compile(
    r"(?:\b(?:class (?:has|of|counts|comprises|consists of)|\b(?:company|firm|group|maker|bank|miner|insurer|utility|developer) (?:has|counts|had) (?:but|only|just)|has issued|capital (?:is|of|comprises|consists of)|out of(?! (?:its|his|her|their)\b))|[总總]股[本数數]|(?<![占佔])股本[总總]?[共为為]|其中[ABH]股|股[份]?[总總][数數]|已[发發]行(?:的|[ABH]股|股[份本])|全部(?:已[发發]行)?股[本份])"
    r"[^0-9,.;，。；]{0,12}$",
    re.IGNORECASE,
)
_ALL_BEHIND = re.compile(
    r"(?: [HAB])?(?:[ -](?:ordinary|common|shares|stock))*(?: (?:(?:[A-Z][\w&'’-]+ |it |the company ){1,3}(?:has|had)))? (?:on issue|outstanding|in issue|issued and outstanding|in total|in all|(?:are )?in circulation)\b|股(?:[总總]股本|已[发發]行|在外)",
    re.IGNORECASE,
)
"""Beside a count of all shares, or of all of one class."""
_PART_OF = re.compile(
    r"[^.;:()（）]{0,28}\b(?:of|out of) (?:(?:a total of|the|all|its|some|about|(?:the )?(?:\w+[ -]){0,3}\w+['’]s?) )*",
    re.IGNORECASE,
)
"""All that stands between a part and the count that it is a part of: "8% of the miner's 400 million", "3 million of 62 million"."""
_COUNTED = re.compile(
    r"(?:\b(?:there (?:are|were)|(?<!now )(?<!still )(?:has|counts)|company with|(?:divided|split) into|equity base(?: of|:)|share count (?:grows|grew|rises|rose|is|was)?(?: to| of)?|against(?: a total of)?|whose|its)"
    r"|(?:公司|[^,，。;；0-9]{1,8})(?:目前|[现現]|原|[总總]|[现現]?合?共|[ABH]股)*有|[ABH]?股共|股本[总總]?[额額数數]?[为為约約]?|(?:[发發]行|在外|[总總])股[份本]?[数數]?目?[为為约約]*|[ABH]股[数數]目[为為约約]*|[发發]行股份|按(?:公司)?)(?: about| some| around|约|約)* ?$",
    re.IGNORECASE,
)
"""In front of the largest count of an article: it is of all shares, where nobody is said to hold or trade them."""
_HELD_OR_DEALT = re.compile(
    r"\b(?:h[eo]ld|own|sold|sell|bought|buy|purchas|offer|plac|acquir|dispos|shed|trade|pledg|stake|rais|issu|tender|option|leav|he\b|her\b|his\b|him\b|she\b|M(?:r|s|rs)\b|fund\b|trust\b|and has\b)"
    r"|持|手[上頭头握]|[购購买買卖賣售沽減减增配回质質押授]|[财財][团團]|基金|[转轉][让讓]|其中|新股|[资資]本$|[今昨人夥底]|\d年",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?: [a-z]+){0,4}? (?:h[eo]lds?|own(?:s|ed)?|ha[sd]|on offer|offered|sold|bought|authori[sz]ed|pledged|planned|tendered|left|now|sought|in hand)\b",
    re.IGNORECASE,
)
"""Behind a count: of what somebody has, or deals in."""
_AS_PART = re.compile(
    r"(?: shares)?(?: between them)?[,，]? ?(?:[(（]|or\b|approx|about\b|[占佔即约約]|相[当當])", re.IGNORECASE
)
"""Behind a count: the percentage follows that it is itself of all shares."""
SIDE = re.compile(r"\b(?:from|to)(?: about| some)? $", re.IGNORECASE)
"""In front of a count that is one side of a change."""
_NEW = re.compile(r" (?:new|additional|more|bonus|convertible|such|options?|warrants?)\b", re.IGNORECASE)
"""Behind a count of shares that come on top of all the others."""
_SMALLEST = 10
"""A class is seldom less than a tenth of all shares; a holding mostly is."""
_SHORT = 3
_OUT_OF = re.compile(r"\bof\b|中")


def issued(page: Page) -> list[int]:
    """Counts of all shares, or of all of one class, by their kind, by the words beside them, or as what others are parts of."""
    counts = [i for i in range(len(page.claims)) if is_number(page, i) and of_shares(page, i)]
    whole = {
        i
        for i in counts
        if page.kind(i) == "shares.issued" or ALL_BEFORE.search(page.lead(i)) or _ALL_BEHIND.match(page.tail(i))
    }
    largest = max(counts, key=lambda i: page.found(i).number, default=None)
    if largest is not None and not whole and _is_whole(page, largest, counts):
        whole.add(largest)
    classes = {i for i in counts if i + 1 in whole and _is_class(page, i)}
    return sorted(i for i in whole | classes if not SIDE.search(page.lead(i)) and not _NEW.match(page.tail(i)))


def _is_whole(page: Page, largest: int, counts: list[int]) -> bool:
    """Whether the largest count of an article is said to be what a part is of, or how many shares there are."""
    if _OWNED.match(page.tail(largest)) or _AS_PART.match(page.tail(largest)):
        return False
    others = [page.found(i).number for i in counts if page.found(i).number != page.found(largest).number]
    if others and max(others) * 2 > page.found(largest).number:
        return False
    before = largest - 1
    part = before >= 0 and page.together(before, largest) and (page.found(before).unit == "pct" or before in counts)
    if part and _PART_OF.fullmatch(page.gap(before, largest)):
        return True
    return is_counted(page, largest)


def is_counted(page: Page, index: int) -> bool:
    """Whether a count is told as how many shares there are, and not as what somebody holds or trades."""
    lead, claim = page.lead(index), page.claims[index]
    named = claim.holder is not None and claim.holder != claim.issuer and _same_name(claim.holder, lead)
    return _COUNTED.search(lead) is not None and not named and not _HELD_OR_DEALT.search(lead)


def _same_name(holder: str, words: str) -> bool:
    """Whether a holder is named in some words, by a part of the name at least."""
    return holder in words or any(len(part) > _SHORT and part in words for part in holder.split())


def _is_class(page: Page, index: int) -> bool:
    """Whether a count is of all of one class: "it has 300 million H shares and 900 million in all"."""
    total = page.found(index + 1).number
    sizeable = total / _SMALLEST < page.found(index).number < total
    named = page.claims[index].share_class in {"A", "B", "H"} and page.kind(index) not in TRADED
    return sizeable and named and page.together(index, index + 1) and not _OUT_OF.search(page.gap(index, index + 1))


def is_number(page: Page, index: int) -> bool:
    """Whether a figure is a number above nought, and no count of parts of shares, which has lost its magnitude."""
    found = page.found(index)
    broken = found.unit == "shares" and found.value is not None and found.value != found.value.to_integral_value()
    return found.value is not None and positive(page.bounds(index)) and not broken


def of_shares(page: Page, index: int) -> bool:
    """Whether a figure counts shares, lots that were read as such among them."""
    counted = page.kind(index) in TRADED or page.kind(index) in HELD_COUNTS or page.kind(index) == "shares.issued"
    return page.found(index).unit == "shares" or (page.found(index).unit == "count" and counted)
