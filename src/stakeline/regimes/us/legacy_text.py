"""A Schedule 13D or 13G of before the XML, HTML or typed text, as one line for each line, paragraph or cell.

Nothing is looked up by place: the same form is a table here, centred type there. What remains is the order of the words.
"""

import re
from html import unescape

_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLOCK = re.compile(
    r"</?(?:p|div|tr|td|th|table|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|title|center|body|html|head|pre|page|caption)\b[^<>]{0,4000}>",
    re.IGNORECASE,
)
_SYMBOL = re.compile(
    r"<(font|span|td|p|b)\b[^<>]{0,500}wingdings[^<>]{0,500}>[\s\xa0]{0,20}(&#?\w{1,8};|[^<\s])", re.IGNORECASE
)
_EMPTY, _TICKED = "\u2610", "\u2612"
_TICKS = frozenset("x\u00fe\u00fd\u00fc\u00fbRTSQV\u2611\u2612\u2713\u2714\u00d7")
"""Signs that show a ticked box in the fonts Wingdings."""
_MARKS = re.compile(
    r"\[[\s_]{0,8}\]|\([\s_]{1,8}\)|(?<![\w/])/[\s_]{1,4}/(?![\w/])|\|_\||[\u00a8\u2610\u25a1\u25fb\u2b1c\u25a2]"
    r"|(\[[\s_]{0,4}[xX\u2713\u2714\u00fe][\s_]{0,4}\]|\([\s_]{0,4}[xX][\s_]{0,4}\)"
    r"|(?<![\w/])/\s{0,2}[xX]\s{0,2}/(?![\w/])|\|\s?[xX]\s?\|"
    r"|[\u2611\u2612\u2713\u2714\u00fe\u00fd\u25a0\u22a0\u2327])"
)
_RULE = re.compile(r"[\s\-_=*~.\u2013\u2014|+]{3,}")
_RULED = re.compile(r"_{2,}|[-=]{4,}")
_RAISED = re.compile(
    r"<(sup|(?:span|font)\b[^<>]{0,300}vertical-align:\s*super)\b[^<>]{0,300}>\s*((?:<[^<>/]{0,300}>)*)([^<>]{1,12}?)\s*(?=</)",
    re.IGNORECASE,
)
_ORDINAL = frozenset({"st", "nd", "rd", "th", "tm"})
_PRE = re.compile(r"</?pre\b[^<>]{0,300}>", re.IGNORECASE)
_HTML = re.compile(r"<(?:html|body|div|p|font|br|tr|td)\b", re.IGNORECASE)
"""What only HTML has: `<TABLE>` stands in typed text, too, with `<CAPTION>`, `<S>` and `<C>`."""
_SIDE = re.compile(
    r"^[ \t]*(?:NUMBER\s+OF|AMOUNT|SHARES|BENEFICIALLY|OWNED|BY|EACH|REPORTING|PERSON|WITH:?)"
    r"(?: (?:OF|SHARES|BENEFICIALLY|OWNED|BY|EACH|REPORTING|PERSON|WITH:?))*[ \t]{3,}(?=(?:voting|dispositive|power)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""Words typed at the side of the rows of powers, before the second line of a row's label."""


def text_of(data: bytes) -> str:
    """The lines of a document, blanks made one, boxes as \u2610 and \u2612, rules left out; a blank line stays one."""
    text = decoded(data).replace("\x00", " ")
    if _HTML.search(text[:20_000]):
        text = _unmarked(text)
    else:
        text = _SIDE.sub("", _TAG.sub("\n", text))
        text = unescape(text) if "&" in text else text
    text = _MARKS.sub(lambda m: _TICKED if m[1] else _EMPTY, text.replace("\xa0", " ").replace("\r", "\n"))
    lines = (" ".join(_RULED.sub(" ", line).replace("|", " ").split()) for line in text.split("\n"))
    found: list[str] = []
    for line in lines:
        bare = "" if _RULE.fullmatch(line) and not any(c.isalnum() for c in line) and line != "-0-" else line
        if bare or (found and found[-1]):
            found.append(bare)
    return "\n".join(found)


def decoded(data: bytes) -> str:
    """The text of bytes that are UTF-8 or, as older filings are, Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _unmarked(text: str) -> str:
    """The words of HTML: each block a line, whatever it is nested in."""
    text = _without(text, "<!--", "-->")
    for tag in ("style", "script"):
        text = _without(text, f"<{tag}", f"</{tag}>")
    text = _typed(text)
    text = _RAISED.sub(_raised, _SYMBOL.sub(_box, " ".join(text.split())))
    text = _TAG.sub("", _BLOCK.sub("\n", text))
    return unescape(text)


def _typed(text: str) -> str:
    """HTML in which the ends of lines inside `pre` are breaks: typed pages that were only wrapped."""
    pieces = _PRE.split(text)
    return "".join(p.replace("\n", "<br>") if at % 2 else p for at, p in enumerate(pieces))


def _box(found: "re.Match[str]") -> str:
    """A sign of the font Wingdings, in which letters are pictures."""
    sign = unescape(found[2])
    return f"{found[0][: found[0].index('>') + 1]}{_TICKED if sign in _TICKS else _EMPTY}"


def _raised(found: "re.Match[str]") -> str:
    """A sign set above the line, in brackets: a footnote's number must not become a digit of what stands before it."""
    sign = unescape(found[3]).strip()
    return found[0] if not sign or sign.startswith(("(", "*", "[")) or sign.lower() in _ORDINAL else f" ({sign}) "


def _without(text: str, start: str, end: str) -> str:
    """The text without what stands between two marks, in any case; what is never closed reaches to the end."""
    lower = text.lower()
    at = lower.find(start)
    if at < 0:
        return text
    kept, done = [], 0
    while at >= 0:
        kept.append(text[done:at])
        close = lower.find(end, at)
        done = close + len(end) if close >= 0 else len(text)
        at = lower.find(start, done)
    kept.append(text[done:])
    return " ".join(kept)
