"""The words around a level: on which side of it a holding is, and that it was passed; those of an earlier notice around a holding."""

import re

from stakeline.checks.relations.page import Page

_UP = re.compile(
    r"\b(?:above|over|exceed\w*|past|beyond|more than|r[oi]se[ns]?|rising|topp\w*|climb\w*|up through|moved up|upwards?)\b|升|超|突破|逾|以上|高于|高於|增至|[涨漲]破|上穿|[重站]上",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:below|under(?:cut\w*)?|less than|fell|fall\w*|slip\w*|slid\w*|s[aiu]nk\w*|drop\w*|beneath|dip\w*|down through|moved down)\b|跌|[击擊]破|下穿|以下|低于|低於|降|不足|失守",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"(?:未|没有|沒有|尚未|并未|並未)(?:曾|有|能|再)?(?:触及|觸及|触|觸|达|達|超|突破|到|升)[^0-9,，]{0,4}$|\bshort of (?:the )?$|\b(?:not|never|without) (?:yet |ever )?(?:reach|cross|touch|exceed|pass|com)\w*(?: to)? (?:the )?$",
    re.IGNORECASE,
)
"""In front of a level that a holding has not come to."""
_SIDE = re.compile(r"\b(?:(above|over)|below|under|beneath) (?:the )?$", re.IGNORECASE)
"""Directly in front of a level: it outweighs any verb."""
_LEAST = re.compile(
    r"(?:不[低少][于於過过]|恢[复復][至到])[^0-9,，。；]{0,4}$|(?<![未不没沒])(?:符合|[满滿]足)(?:(?!不[超高多大]|上限|最多)[^0-9,，。；]){0,16}$"
    r"|\b(?:at least|no less than|not below)(?: the)? $|\b(?:meet(?:s|ing)?|satisf(?:y|ies|ied|ying))(?: (?!ceiling|cap\b|maximum|limit)[\w'’-]+){0,6} $",
    re.IGNORECASE,
)
"""In front of a level that there has to be."""
_NO_LONGER = re.compile(r"no longer|not (?:a|an|any)\b|不再|不是|并非|並非|非持", re.IGNORECASE)
_ADVERB = re.compile(r" (?:[a-z]+ )?(up|down)wards?\b", re.IGNORECASE)
_PASSED = re.compile(
    r"\b(?:pass(?:ed|es|ing)|cross(?:ed|es|ing)|through|across|past|(?:gone|went|goes|going|fell|fallen|dropped|slid|slipped|sank|sunk|dipped|rose|risen|climbed|moved|jumped) (?:back )?(?:over|above|under|below|beyond|beneath)"
    r"|(?:thus|thereby|thereupon|hence)(?: [a-z]+){0,2} (?:over|above|under|below|beyond|beneath))\b[^,;]*$"
    r"|\b(?:ceas|drop|slip|f[ae]ll|went|go)\w* (?:to be|out|off)\b[^,.;]{0,32}$|[穿破失][^,，。；]{0,4}$|越[过過][^,，。；]{0,4}$",
    re.IGNORECASE,
)
"""In front of a level that a holding is said to have passed, one way or the other."""
TAKEN = re.compile(
    r"\b(?:taken|took|tak(?:es|ing)|carri(?:ed|es)|push(?:ed|es|ing)|br(?:ought|ings|inging)|lift(?:ed|s|ing)|sent|sends|lowered) "
    r"(?:it|them|him|her|(?:[A-Za-z'’]+ ){1,4}?(?=over|above|past|through|below|under|beneath|beyond))",
    re.IGNORECASE,
)
"""In front of a level: somebody did pass it, whatever rule names it."""
_LEFT, _LOST = re.compile(r"\bno longer\b|不再", re.IGNORECASE), re.compile(r"[^,，。；]{0,4}失守")
"""In front of a level, and behind it: it is no more held."""


def passes(page: Page, level: int) -> bool:
    """Whether the words next to a level have it passed, be it upwards or downwards, not only on one side of a holding."""
    lead = page.lead(level)
    told = (w.search(lead) for w in (_PASSED, TAKEN, _LEFT))
    return any(told) or _LOST.match(page.tail(level)) is not None


def direction_of(page: Page, threshold: int) -> str | None:
    """Whether "above" or "below", as the words next to a level say; None where they say neither or both.

    Of no one who is "no longer a holder of more than 5%", 不再是持股5%以上股东, is it known when that was last true.
    """
    if _NO_LONGER.search(page.lead(threshold)):
        return None
    behind = re.split(r"[,，、]", page.tail(threshold, 24))[0]
    lead = page.lead(threshold, 24)
    if SHORT.search(lead) or _LEAST.search(lead):
        return "below" if SHORT.search(lead) else "above"
    if adverb := _ADVERB.match(behind):
        return "above" if adverb[1].lower() == "up" else "below"
    if beside := _SIDE.search(lead):
        return "above" if beside[1] else "below"
    up, down = (bool(w.search(behind) if behind.startswith(("以", "之")) else w.search(lead)) for w in (_UP, _DOWN))
    if up != down:
        return "above" if up else "below"
    return None


def is_noticed(page: Page, index: int) -> bool:
    """Whether the words of its sentence in front of a holding have it be that of an earlier notice."""
    start = page.found(index).start
    return _NOTICED.search(page.text[max(start - _NOTICE, 0) : start]) is not None


_NOTICED = re.compile(
    r"\b(?:previous|earlier|last|prior|preceding) (?:[a-z]+ ){0,2}(?:notice|notification|filing|report|disclosure|statement|announcement)s?\b(?:(?!\. )[^;%])*$"
    r"|(?:上[一]?次|前[一]?次|对上一次|對上一次|此前|早前)的?(?:申[报報]|披露|通[知报報]|公告|权益变动|權益披露)[^。;；%]*$",
    re.IGNORECASE,
)
_NOTICE = 90
"""Characters in front of a holding in which it is told to be that of an earlier notice."""
