"""The shape of a page before it is parsed: what would cost the parser more than any honest page does.

HTML's rules for wrong nesting make some small pages cost minutes and gigabytes. Measured with lexbor (selectolax 1.0.2):
each start tag is compared with the elements left open (500 kB of <div>: 29 s); each unclosed formatting element is opened
again in every later block (34 kB of <p><b a=1><b a=2>... and <p>: 1.4 GB); the attributes of a tag are compared with one
another (800 kB in one tag: minutes); names of tags and attributes are kept in chains (300,000 names: 28 s); text is
copied whole each time that more text joins it across a tag that makes no element (2 MB of text<tbody a=1>: 29 s, 11 GB).
Everything else is linear, some 180 bytes for a tag and 260 for an attribute.

Each rule here holds whatever the page hides in comments, scripts and attributes: what we cannot be sure is closed counts as
open.
"""

import re
from collections import Counter

_SMALL_PAGE = 100_000
"""Bytes. Whatever its attributes and names, a page of this size costs at most 0.15 s."""
_FEW_STARTS = 1_400
"""Start tags. Half of them opened again by the other half make half a million elements, 180 MB."""
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 300_000
MOST_IN_ONE_TAG = 2_000
MOST_NAMES = 2_000
MOST_LOOSE = 300
"""Tags that make no element, and texts that stand in a table outside its cells."""
MOST_OPTIONS = 5_000
"""Each option is compared with those before it: 16,000 take 11 s."""
_MOST_REOPENED = 500_000
_MOST_COMPARED = 10_000_000
_LOOK = 8
"""A look along the stack costs us as much as so many comparisons."""

_WS = rb"\t\n\f\r "
_NAME = rb"[^%s/>][^%s/>=]*+" % (_WS, _WS)
_VALUE = rb"(?:[%s]*+=[%s]*+(?:\"[^\"]*+\"|'[^']*+'|[^%s>\"'][^%s>]*+)?+)?+" % (_WS, _WS, _WS, _WS)
_ATTRIBUTE = _NAME + _VALUE
_ATTRIBUTES = rb"((?:[%s/]++|%s)*+)" % (_WS, _ATTRIBUTE)
_RAW = rb"script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext"
_TOKEN = re.compile(
    rb"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|<[!?][^>]*+>?"
    rb"|</(?![a-zA-Z])[^>]*+>?"
    rb"|<(?=[sStTxXiInNpP])(?i:(%s))(?=[%s/>])(?:[%s/]++|%s)*+>?(.*?)(?:</(?i:\1)(?=[%s/>])|\Z)"
    rb"|<(/?)([a-zA-Z][^%s/>]*+)%s>?+[%s]*+([^<]?)" % (_RAW, _WS, _WS, _ATTRIBUTE, _WS, _WS, _ATTRIBUTES, _WS),
    re.DOTALL,
)
_DOCTYPE = re.compile(rb"<!(?i:doctype)")
_OPTION = re.compile(rb"<[oO](?i:ption)")
_NAMED = re.compile(rb"(%s)%s" % (_NAME, _VALUE))

_VOID = frozenset(b"br img input hr meta link col area base wbr embed param source track keygen".split())
_CELLS = frozenset((b"td", b"th"))
_IMPLIED: dict[bytes, frozenset[bytes]] = {
    b"td": _CELLS,
    b"th": _CELLS,
    b"tr": _CELLS | {b"tr"},
    b"li": frozenset((b"li",)),
    b"p": frozenset((b"p",)),
    b"option": frozenset((b"option",)),
}
"""Elements that end, when they are the innermost, where another of these begins."""
_TABLE_PARTS = frozenset(b"table tbody thead tfoot tr td th caption".split())
_AROUND_TABLES = frozenset((b"table", b"html", b"template"))
_SCOPES = frozenset(
    b"table td th caption html template applet marquee object select button svg math foreignobject desc title mi mo mn ms "
    b"mtext annotation-xml".split()
)
_BLOCKS = frozenset(
    b"address article aside blockquote button center details dir div dl fieldset figcaption figure footer form header "
    b"hgroup listing main menu nav ol pre section summary ul p li dd dt h1 h2 h3 h4 h5 h6 applet marquee object".split()
)
_SPECIAL = _SCOPES | _BLOCKS | _TABLE_PARTS | frozenset(b"body frameset head noscript search select template".split())
_HOLDING = frozenset(b"table td th caption template html".split())
_OUTSIDE = frozenset((b"table", b"template"))
_FOSTERING = frozenset(b"table tbody thead tfoot tr".split())
"""Elements that hold no text: it is moved before the table, all of it into one."""
_ONCE = frozenset(b"html head body frameset frame form".split())
_CHOICES = frozenset(b"select option optgroup".split())
_IN_TABLES = (_TABLE_PARTS - {b"table"}) | {b"col", b"colgroup"}
_DRAWINGS = frozenset((b"svg", b"math"))
_KEPT = frozenset((b"html", b"head", b"body"))
"""What an end tag does not take off the stack."""
_STRICT = frozenset(b"a nobr p li dd dt rb rp rt rtc button option optgroup select h1 h2 h3 h4 h5 h6".split())
"""What other start tags may have ended already, unseen by us: an end tag takes it off only where it is innermost."""

_FORMATTING = (
    rb"(?=[bBiIsSuUeEcCfFnN]|[tT][tT])(?:[bB]|[iI]|[sS]|[uU]|[tT][tT]|[eE][mM]|[bB][iI][gG]|[cC][oO][dD][eE]|[fF][oO][nN][tT]|[nN][oO][bB][rR]"
    rb"|[sS][mM][aA][lL][lL]|[sS][tT][rR][iI][kK][eE]|[sS][tT][rR][oO][nN][gG])"
)
"""All but <a>, of which one at a time is open."""
_SIMPLE = rb"(?:[%s]++[\w-]++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[\w#%%.:+-]++))?+)*+[%s]*+" % (_WS, _WS)
_OPENED = re.compile(rb"<%s[%s/>]" % (_FORMATTING, _WS))
_CLOSED_AT_ONCE = re.compile(
    rb"<(%s)%s>(?:[^<]|<(?![a-zA-Z/!?])|<[bB][rR][%s]*+/?>)*+</\1>" % (_FORMATTING, _SIMPLE, _WS)
)
_LEFT = re.compile(rb"<%s(?=[%s/>])(?:(%s>)|)" % (_FORMATTING, _WS, _SIMPLE))


def monstrous(data: bytes) -> str | None:
    """Why the page would cost the parser more than any honest page does, or None. Takes time in proportion to the page."""
    tags = data.count(b"<")
    few = tags <= _FEW_STARTS or tags - data.count(b"/td>") <= _FEW_STARTS
    if few and len(data) <= _SMALL_PAGE:
        return None
    if tags > MOST_TAGS:
        return f"more than {MOST_TAGS:,} tags"
    if not few and _reopened(data, tags) > _MOST_REOPENED:
        return "formatting elements are left open by the hundred; no register's page is made so"
    if len(data) <= _SMALL_PAGE:
        return None
    if len(_DOCTYPE.findall(data)) > MOST_LOOSE or len(_OPTION.findall(data)) > MOST_OPTIONS:
        return f"more than {MOST_LOOSE:,} document types or {MOST_OPTIONS:,} options to choose from"
    tokens = _TOKEN.findall(data)
    return _named(tokens) or _left_open(tokens)


def _reopened(data: bytes, tags: int) -> int:
    """How many elements at most the formatting elements left open come to, when each tag opens all of them again.

    What is closed right behind its text is surely closed. Of the others, at most three that look the same are opened
    again ("Noah's Ark"), and at most one <a>.
    """
    rest = data
    for _ in range(2):
        most = (len(_OPENED.findall(rest)) + 1) * tags
        if most <= _MOST_REOPENED:
            return most
        rest = _CLOSED_AT_ONCE.sub(b"", rest)
    looks: set[bytes] = set()
    odd = 0
    for match in _LEFT.finditer(rest):
        if match[1] is None:
            odd += 1
        else:
            looks.add(match[0])
    return min((3 * len(looks) + odd + 1), tags) * tags


_Tokens = list[tuple[bytes, bytes, bytes, bytes, bytes, bytes]]
"""Of each token: name and content of an element of raw text; else slash, name and attributes of a tag, and the first
character of the text behind it."""


def _named(tokens: _Tokens) -> str | None:
    """What is wrong with names and attributes."""
    if len({token[3] for token in tokens}) > MOST_NAMES:
        return f"more than {MOST_NAMES:,} different names of elements"
    told = Counter(token[4] for token in tokens if token[4])
    names: set[bytes] = set()
    attributes = 0
    for text, times in told.items():
        found = _NAMED.findall(text)
        if len(found) > MOST_IN_ONE_TAG:
            return f"more than {MOST_IN_ONE_TAG:,} attributes in one tag"
        attributes += len(found) * times
        names.update(found)
    if attributes > MOST_ATTRIBUTES:
        return f"more than {MOST_ATTRIBUTES:,} attributes"
    if len(names) > MOST_NAMES:
        return f"more than {MOST_NAMES:,} different names of attributes"
    return None


def _left_open(tokens: _Tokens) -> str | None:
    """What is wrong with the depth: elements are put on a stack and taken off as the parser does it, or later."""
    stack: list[bytes] = [b"html"]
    compared = loose = 0
    trusted = True
    known = {name: name.lower() for name in {token[3] for token in tokens}}
    drawn = not _DRAWINGS.isdisjoint(known.values())
    for raw, content, slash, as_written, attributes, text in tokens:
        if as_written:
            name = known[as_written]
            if attributes:
                loose += bool(slash) or _may_be_ignored(stack, name)
            if not slash:
                compared += _start(stack, name, drawn=drawn)
            elif trusted:
                compared += _LOOK * _end(stack, name)
            if text and stack[-1] in _FOSTERING:
                loose += 1
            if compared > _MOST_COMPARED:
                return "elements are left open by the thousand; no register's page is made so"
        elif raw:
            loose += stack[-1] in _FOSTERING
            if drawn and b"<" in content:
                return "markup inside the text of a drawing; no register's page is made so"
            # A script that writes a script inside a comment ends where only the parser knows.
            trusted = trusted and not (b"<!--" in content and b"<script" in content.lower())
    return None if loose <= MOST_LOOSE else "text and tags out of place by the hundred; no register's page is made so"


def _start(stack: list[bytes], name: bytes, *, drawn: bool) -> int:
    """Put on the stack what a start tag opens. Returns with how many elements the parser compares it.

    drawn: there are drawings or formulas, in which names mean something else.
    """
    if not drawn or _DRAWINGS.isdisjoint(stack):
        if name in _VOID:
            return 1
        if name in _TABLE_PARTS and name != b"table" and _OUTSIDE.isdisjoint(stack):
            return len(stack)  # ignored outside a table
        if name == b"table":
            _end_around(stack)
        ended = _IMPLIED.get(name)
        while ended and stack[-1] in ended:
            stack.pop()
    stack.append(name)
    return len(stack)


def _end_around(stack: list[bytes]) -> None:
    """Take off the stack the table in which another one begins outside its cells."""
    at = len(stack) - 1
    while stack[at] not in _HOLDING:
        at -= 1
    if stack[at] == b"table":
        del stack[at:]


def _may_be_ignored(stack: list[bytes], name: bytes) -> bool:
    """True for a start tag that may make no element, so that the texts before and behind it are one."""
    if name in _ONCE or b"frameset" in stack:
        return True
    if stack[-1] in _CHOICES:
        return name not in _CHOICES
    return name in _IN_TABLES and _OUTSIDE.isdisjoint(stack)


def _end(stack: list[bytes], name: bytes) -> int:
    """Take off the stack what an end tag closes: the element of its name and all inside, unless something shields it.

    Returns how many elements were looked at.
    """
    while name == b"select" and stack[-1] in _CHOICES and stack[-1] != name:
        stack.pop()
    if stack[-1] == name or name in _KEPT or name in _STRICT:
        if stack[-1] == name and name not in _KEPT:
            stack.pop()
        return 1
    shields = _AROUND_TABLES if name in _TABLE_PARTS else _SCOPES if name in _BLOCKS else _SPECIAL
    for at in range(len(stack) - 1, -1, -1):
        if stack[at] == name:
            looked = len(stack) - at
            if name == b"form":
                del stack[at]  # what was opened in it stays open
            else:
                del stack[at:]
            return looked
        if stack[at] in shields:
            return len(stack) - at
    return len(stack)
