"""The numbered rows of the cover pages of legacy Schedules 13D and 13G, one page for each reporting person.

Labels are stable by wording (Rules 13d-101 and 13d-102), not by place or number: a row reaches from its label to the next.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec

from stakeline.model.notices import Absent, Amount, Cover
from stakeline.model.numbers import Number
from stakeline.model.problems import Problem, Severity, quote

MOST_PAGES = 500
_FRONT = 1_000_000
"""Characters in which cover pages are looked for: they stand in front, and a hundred of them have a fifth of that."""
_SEE = r"(?:\s*\(see\s+instructions?[^)\n]{0,40}\))?"
_NUMBER = r"\s*(?:\(?\s*[0-9]{1,2}\s*\)|\(?[0-9]{1,2}(?![0-9]|\.[0-9]|\s*%))"
_POWER = r"(?:\s*(?:voting\s+)?power|(?=[ \t]*(?:[-0-9\u2013]|\n)))"
LABELS = {
    "name": r"(?:\(a\)\s*)?names?(?:\s*\(s\))?\s+(?:(?:and|of)\s+i\.?r\.?s\.?\s+(?:identification\s+)?n(?:o|umber)s?\.?\s+)?o[fr]\s+"
    r"(?:(?:each|the)\s+)?"
    r"(?:report(?:ing)?\s+persons?|persons?\s+reporting|persons?(?=[ \t]*(?:\n|/)))(?:\s*\(s\))?",
    "group": r"check\s+(?:the\s+)?appropriate\s+(?:box(?:es)?|\[?line\]?)\s+if\s+(?:a\s+)?member\s+of\s+(?:a\s+)?group"
    + _SEE,
    "sec": r"SEC\s+use\s+only",
    "funds": r"sources?\s+of\s+funds" + _SEE,
    "proceedings": r"check\s+(?:the\s+)?(?:box\s+)?if\s+disclosure\s+of\s+legal\s+proceedings?\s+(?:is|are)\s+required"
    r"(?:\s+pursuant\s+to\s+items?\s+2\s*\(d\)\s*(?:or|and)\s*(?:item\s+)?2?\s*\(e\))?",
    "citizenship": r"citizenship\s+o[rf]\s+(?:the\s+)?place\s+of\s+organi[sz]ation",
    "sole_vote": r"sole\s*voting\s*power",
    "shared_vote": r"share[ds]?\s*(?:or\s+no\s+)?voting\s*power",
    "sole_dispose": rf"sole\s*disposi(?:tive|tion){_POWER}",
    "shared_dispose": rf"share[ds]?\s*disposi(?:tive|tion){_POWER}",
    "aggregate": r"(?:(?:aggregated?|total)\s*(?:amou?n?t|number)\s*(?:of\s+(?:shares\s+)?)?benefici?ally\s*owne[dr]"
    r"|aggregated?\s+amount\s+owned(?=\s+by\s+(?:each|the)\b))(?:\s*by\s*(?:each\s*|the\s+)?(?:reporting\s*)?persons?)?",
    "excludes": r"check\s+(?:the\s+)?(?:box\s+)?if\s+(?:the\s+)?aggregate\s+amount\s+in\s+row\s*\(?\s*[0-9]{1,2}\s*\)?\s+excludes\s+"
    r"(?:certain\s+)?shares" + _SEE,
    "percent": r"percent(?:age)?\s+of\s+(?:the\s+)?(?:class|series)\s*represent(?:ed|ing)\s*(?:by|to|in)\s*(?:the\s+)?"
    rf"(?:amount\s*(?:in|on|of)\s*)?(?:row|box|item|line)(?:{_NUMBER})?" + _SEE,
    "types": r"type\s+of\s+(?:report(?:ing)?\s+persons?|persons?(?:\s+reporting)?)(?:\s*\(s\))?" + _SEE,
}
"""What the rows are called, in the order of Schedule 13D; 13G has all but the source of funds and the proceedings."""
_SIDE = r"NUMBER\s+OF|AMOUNT|SHARES|BENEFICIALLY|OWNED(?:\s+BY)?|BY|EACH|REPORTING|PERSON|WITH"
"""Words printed at the side of the four rows of powers, which text and HTML alike mix among them."""
_BEFORE = rf"^(?:(?:{_SIDE})\b:?|item(?=\s+[0-9]{{1,2}}\b)|\(?[0-9]{{1,2}}[AaBb]?(?:\)|\.|:)*|[ \t])*+"
_LABEL = re.compile(
    rf"{_BEFORE}(?:{'|'.join(f'(?P<{name}>{label})' for name, label in LABELS.items())})(?:[ \t*:]|\.(?![0-9]))*",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERS = {
    "13D": dict(zip(LABELS, range(1, 15), strict=True)),
    "13G": dict(zip((n for n in LABELS if n not in {"funds", "proceedings"}), range(1, 13), strict=True)),
}
"""The number of each row: Rules 13d-101 and 13d-102."""
POWERS = ("sole_vote", "shared_vote", "sole_dispose", "shared_dispose", "aggregate")
_END = re.compile(r"^item\s+1\b|^signatures?\b|^exhibit\b|^explanatory\b|^introduct", re.IGNORECASE | re.MULTILINE)
_FURNITURE = re.compile(
    r"^cusip\s+(?:no|number|#)[^\n]{0,120}$|^(?:schedule\s+)?13[dg](?:/a)?(?:\s+page[^\n]{0,40})?$"
    r"|\bpage\s+[0-9]{1,3}\s+of\s+[0-9]{1,3}(?:\s+pages?)?\b|^page\s+[0-9]{1,3}$|^-\s?[1-9][0-9]{0,2}\s?-$|^page$",
    re.IGNORECASE | re.MULTILINE,
)
"""Heads and feet of printed pages, which stand amid the rows wherever a page ends."""
_PARTED = re.compile(r"\b(if\s+a\s+)(\(a\)[^\n]{0,20}\n)(member\s+of\s+a\s+group\s)", re.IGNORECASE)
"""The row of the group where its boxes stand at the right of a label of two lines."""
_SIDES = re.compile(rf"^(?:(?:{_SIDE})\b:?[ \t]*)+", re.IGNORECASE | re.MULTILINE)
_QUESTIONS = re.compile(r"\(for\s+questions\b[^()]{0,200}\)", re.IGNORECASE)
_NOTE = r"(?:\s*+(?:\((?:[^()]|\([^()]{0,100}\)){1,300}+\)|\[[0-9a-z]{1,3}\]|[*\u2020\u2021]++))*+"
_UNITS = (
    r"(?:\s*(?:(?:ordinary|common|class\s+[a-z]|voting|restricted|depositary)\s+)*"
    r"(?:shares?|units?|stock|ads?s)(?:\s+of\s+(?:the\s+)?(?:issuer'?s?\s+)?(?:class\s+[a-z]\s+)?(?:common|ordinary|capital)\s+(?:stock|shares?))?)?"
)
_FURTHER = (
    r"(?:,?\s+(?:\$[0-9.]+\s+)?par\s+value(?:\s+(?:of\s+)?\$?[0-9.]+)?(?:\s+per\s+share)?)?"
    r"(?:[,;]?\s+(?:(?:see|includ(?:es|ing)|consist(?:s|ing)|compris(?:es|ing)|of\s+which|all\s+of\s+which)\b.{1,400}"
    r"|(?:issuable|held|represented|underlying|subject)\b[^0-9]{1,300}|beneficial\s+ownership\s+(?:is\s+)?disclaimed\b.{0,200}"
    r"|represented\s+by\s+[0-9,]{1,20}\s+(?:american\s+depositary\s+(?:shares|receipts)|ad[sr]s?)))?"
)
"""What may follow an amount: more about the same shares; behind some words no further number, for it may be one to be added."""
_AMOUNT = re.compile(
    rf"(?:[*\u2020\u2021]+\s*)?(?:approximately\s+)?([0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,15}})(\.[0-9]{{1,6}})?{_NOTE}{_UNITS}{_NOTE}{_FURTHER}{_NOTE}\.?",
    re.IGNORECASE,
)
_ZERO = re.compile(rf"(?:[-\u2013\u2014]\s?0\s?[-\u2013\u2014]|none|zero|nil|no){_UNITS}{_NOTE}\.?", re.IGNORECASE)
_NOT = re.compile(r"n/?\.?a\.?|not\s+applicable\.?", re.IGNORECASE)
_ABOUT = r"(?:(?:approximately|approx\.?|about|circa)\s+|~\s*)?"
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURE = r"[0-9]{1,3}(?:\.[0-9]{1,8})?|\.[0-9]{1,8}"
_PERCENT = re.compile(
    rf"(?:[*\u2020\u2021]+\s*)?(less\s+than|under|<|below)?\s*{_ABOUT}(?:(?:{'|'.join(_WORDS)})\s+per\s?cent\s+\(\s*(?=[0-9.]+\s*%\s*\)))?"
    rf"({_FIGURE})(?:{_NOTE}\s*(?=%))?\s*(?:%[0-9]{{0,2}}(?![0-9])|per\s?cent)?(?:(?<=%)\s*\))?"
    rf"(?:\s*(?:-|to|\u2013)\s*([0-9]{{1,3}}(?:\.[0-9]{{1,8}})?)\s*(?:%|per\s?cent)?)?{_NOTE}"
    rf"(?:\s+of\s+(?!row)[a-z$][^0-9%]{{0,150}})?(?:[,;]?\s+see\s+[^%]{{1,100}})?{_NOTE}\.?",
    re.IGNORECASE,
)
"""A percentage; what may follow it: a superscript glued to the sign, of what it is one, where more is said."""
_IN_WORDS = re.compile(
    rf"(less\s+than)?\s*({'|'.join(_WORDS)})\s+per\s?cent(?:\s+of\s+[a-z ]{{1,60}})?{_NOTE}\.?", re.IGNORECASE
)
_TYPE = re.compile(r"\b(BD|BK|CP|CO|EP|FI|HC|IA|IC|IN|IV|PN|SA|OO)\b")
_FUND = re.compile(r"\b(SC|BK|AF|WC|PF|OO)\b")
_IDENTITY = re.compile(
    r"\(?(?:(?:no|and)\s+)?(?:(?:S\.?\s?S\.?|social\s+security)\s*(?:or|of)\s*)?(?:or\s*)?"
    r"(?:I\.?\s?R\.?\s?S\.?\s*(?:employer\s+)?|social\s+security\s+|tax(?:payer)?\s+|S\.?S\.?\s+|employer\s+)"
    r"(?:in?dent\w*\.?\s*(?:n(?:o|umber)s?\b)?|id\b\.?\s*(?:no\b)?|n(?:o|umber)s?\b|\#(?!\#))\.?\s*(?:\(s\))?"
    r"(?:\s*o[fr]\s+(?:the\s+)?(?:above|such|reporting)\s*persons?(?:\s*\(s\))?)?\s*(?:\(optional\))?\s*(?:\(entities\s+only\))?\)?[.:;\s]*"
    r"|\(entities\s+only\)|\b[0-9]{2}-[0-9]{7}\b|\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|\#\#\#-\#\#-\#\#\#\#|\bEIN\b[:\s]*|\bI\.D\.\s*No\s*\.?",
    re.IGNORECASE,
)
_EMPTIED = re.compile(r"\(\s*\)|\[\s*\]|(?im:^\s*(?:\(?1\)?\.?|\([ab]\)|not\s+applicable|n/a)\s*$)")
"""What is left around a number of identification; and the number of the row behind its label."""
_BOX_A = re.compile(r"(?P<before>[\u2610\u2612])?\s*\(a\)\s*(?P<a>[\u2610\u2612xX])?", re.IGNORECASE)
_BOX_B = re.compile(r"(?P<before>[\u2610\u2612])?\s*\(b\)\s*(?P<b>[\u2610\u2612xX])?", re.IGNORECASE)
_TICKED = "\u2612"
_WHOLE = 100
_LONGEST_NAME = 300
_LONGEST_CELL = 1_000
"""Characters of a row that may be a number with its footnotes."""
_NUMBERED = re.compile(
    r"^item\s+(1[0-2]|[1-9])\s*[:.]\s*([^\n]*(?:\n\([ab]\)[^\n]*){0,2})", re.IGNORECASE | re.MULTILINE
)
_PERSON = re.compile(r"reporting\s+person\s*[-:\u2013]\s*(.{2,200}?)(?:\s*-?\s*\(tax\s+id[^)]*\))?", re.IGNORECASE)
_ENOUGH = 3
"""Numbers of rows that stand apart, from where it is the habit of a page and no value."""


class Page(msgspec.Struct, frozen=True):
    """One cover page: what stands in each row, in the document's words, and where the page ends among the lines."""

    rows: dict[str, str]
    end: int


def row_number(form: str, field: str) -> int | None:
    """The number of a row of a schedule ("13D", "13G")."""
    return _NUMBERS[form].get(field)


def pages(text: str, form: str) -> list[Page]:
    """The cover pages, in their order. text: as `legacy_text.text_of` gives it."""
    text = _FURNITURE.sub(lambda m: " " * len(m[0]), text[:_FRONT])
    text = _PARTED.sub(lambda m: m[1] + m[3] + m[2], text)
    found = list(_LABEL.finditer(text))
    starts = [n for n, label in enumerate(found) if label.lastgroup == "name"]
    result: list[Page] = []
    for at, first in enumerate(starts):
        last = starts[at + 1] if at + 1 < len(starts) else len(found)
        labels = found[first:last]
        if {"aggregate", "percent", "sole_vote"}.isdisjoint(str(m.lastgroup) for m in labels):
            continue
        if len(result) == MOST_PAGES:
            break
        result.append(_page(text, labels, found[last].start() if last < len(found) else len(text), form))
    return result or (list(_numbered(text)) if form == "13G" else [])


def _numbered(text: str) -> Iterator[Page]:
    """Pages that give the rows of Schedule 13G by number alone: "Item 1: Reporting Person - ...", "Item 9: 5,122,420"."""
    fields = {number: field for field, number in _NUMBERS["13G"].items()}
    rows: dict[str, str] = {}
    end = 0
    for line in _NUMBERED.finditer(text):
        number, words = int(line[1]), line[2].strip()
        person = _PERSON.fullmatch(words) if number == 1 else None
        if person is not None:
            if "aggregate" in rows:
                yield Page(rows, end)
            rows = {"name": person[1]}
        elif rows and number > 1:
            rows.setdefault(fields[number], words)
        elif number == 1:
            break
        end = line.end()
    if "aggregate" in rows:
        yield Page(rows, end)


def _page(text: str, labels: "list[re.Match[str]]", stop: int, form: str) -> Page:
    """One page. Of a row that stands twice the first counts: items in the back use the same words."""
    rows: dict[str, str] = {}
    end = labels[0].end()
    apart, behind = _numbers_apart(text, labels, form), _numbers_behind(text, labels, form)
    for at, label in enumerate(labels):
        field = str(label.lastgroup)
        if field in rows or (field != "name" and rows.keys() >= {"percent", "types"}):
            break
        upto = labels[at + 1].start() if at + 1 < len(labels) else stop
        over = _END.search(text, label.end(), upto)
        upto = over.start() if over is not None else upto
        following = str(labels[at + 1].lastgroup) if at + 1 < len(labels) else ""
        cell = text[label.end() : upto]
        if behind:
            cell = _number_of(_NUMBERS[form].get(field)).sub("", cell)
        rows[field] = _cell(cell, field, _NUMBERS[form].get(following), apart=apart)
        end = label.end()
        if over is not None:
            break
    return Page(rows, end)


def _numbers_apart(text: str, labels: "list[re.Match[str]]", form: str) -> bool:
    """True where the numbers of the rows stand on lines of their own: then one alone in a row is no value of it."""
    count = 0
    for one, other in pairwise(labels):
        lines = text[one.end() : other.start()].split()
        count += bool(lines) and lines[-1].strip("().:") == str(_NUMBERS[form].get(str(other.lastgroup)))
    return count >= _ENOUGH


def _numbers_behind(text: str, labels: "list[re.Match[str]]", form: str) -> bool:
    """True where the numbers of the rows stand behind their labels."""
    cells = ((text[one.end() : other.start()], str(one.lastgroup)) for one, other in pairwise(labels))
    return sum(_number_of(_NUMBERS[form].get(field)).match(cell) is not None for cell, field in cells) >= _ENOUGH


def _number_of(number: int | None) -> "re.Pattern[str]":
    """The number of a row alone in the first line of what stands behind its label."""
    return re.compile(rf"\A\s*\(?{number}\)?\.?[ \t]*(?:\n|\Z)")


def _cell(text: str, field: str, following: int | None, *, apart: bool) -> str:
    """What stands in a row, without the words at the side and the number of the next row."""
    if field in {"citizenship", *POWERS}:
        text = _SIDES.sub("", _QUESTIONS.sub("", text))
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    if (
        (apart or len(lines) > 1)
        and lines
        and following is not None
        and re.fullmatch(rf"\(?{following}\)?[.:]?", lines[-1])
    ):
        lines.pop()
    return "\n".join(lines)


def cover(page: Page, at: int, form: str, code: str | None, name: str, problems: list[Problem]) -> Cover:
    """The cover page as values. A row that cannot be read is a problem, and never zero. at: its number."""
    rows = page.rows
    told: dict[str, Amount] = {f: _amount(rows, f, at, form, problems) for f in POWERS}
    percent = _percent(rows, at, form, problems)
    words = [
        (f, " ".join(rows[f].split())[:_LONGEST_CELL])
        for f in (*POWERS, "percent")
        if f in rows and _says_more(rows[f])
    ]
    return Cover(
        name=name,
        code=code,
        group=_group(rows.get("group", "")),
        funds=tuple(dict.fromkeys(_FUND.findall(rows.get("funds", "")[:200]))),
        proceedings=_ticked(rows.get("proceedings")),
        citizenship=" ".join(rows.get("citizenship", "").split())[:_LONGEST_NAME] or None,
        sole_vote=told["sole_vote"],
        shared_vote=told["shared_vote"],
        sole_dispose=told["sole_dispose"],
        shared_dispose=told["shared_dispose"],
        aggregate=told["aggregate"],
        excludes=_ticked(rows.get("excludes")),
        percent=percent,
        types=_types(rows.get("types", ""), at, form, problems),
        words=tuple(words),
    )


def _says_more(words: str) -> bool:
    """True where a row says more than a number."""
    return re.fullmatch(r"[0-9][0-9,.]*\s*%?", words) is None


def name_of(page: Page) -> str | None:
    """The name in row 1, without numbers of identification; None where nothing is left."""
    bare = _EMPTIED.sub("", _IDENTITY.sub("\n", "\n" + page.rows.get("name", "")))
    lines = [line.strip(" .:;,-\t") if line.strip(" .:;,-") == "" else line.strip() for line in bare.split("\n")]
    name = " ".join(" ".join(line for line in lines if line).split()).strip(" :;/-\u2013")
    if name.count(")") > name.count("("):
        name = name.rstrip(" )") if name.endswith(")") else name
    return name[:_LONGEST_NAME] if any(c.isalpha() for c in name) else None


def _amount(rows: dict[str, str], field: str, at: int, form: str, problems: list[Problem]) -> Amount:
    if field not in rows:
        problems.append(_unread(field, at, form, "", "the row is not there: how much it tells is not known"))
        return Absent.UNREADABLE
    words = " ".join(rows[field].split())
    if len(words) > _LONGEST_CELL:
        return _absent(words, field, at, form, problems)
    found = _AMOUNT.fullmatch(words)
    if found is not None:
        return Number(Decimal(found[1].replace(",", "") + (found[2] or "")))
    if _ZERO.fullmatch(words):
        return Number(Decimal(0))
    return _absent(words, field, at, form, problems)


def _absent(words: str, field: str, at: int, form: str, problems: list[Problem]) -> Absent:
    if _NOT.fullmatch(words):
        return Absent.NOT_APPLICABLE
    why = "the row tells no number by itself" if words else "the row is blank"
    problems.append(_unread(field, at, form, words, why))
    return Absent.UNREADABLE if words else Absent.NOT_DISCLOSED


def _percent(rows: dict[str, str], at: int, form: str, problems: list[Problem]) -> Amount:
    """A percentage; "less than 1%" is 1 with nothing as its lower bound, a range its lower end with both bounds."""
    if "percent" not in rows:
        problems.append(_unread("percent", at, form, "", "the row is not there: how much it tells is not known"))
        return Absent.UNREADABLE
    words = " ".join(rows["percent"].split())
    found = _PERCENT.fullmatch(words) if len(words) <= _LONGEST_CELL else None
    if found is not None and Decimal(found[2]) > _WHOLE:
        found = None
    spelled = _IN_WORDS.fullmatch(words[:_LONGEST_CELL]) if found is None else None
    if spelled is not None:
        whole = Decimal(_WORDS.index(spelled[2].lower()) + 1)
        return Number(whole, None, Decimal(0), whole) if spelled[1] else Number(whole, Decimal(1))
    if found is None:
        if _ZERO.fullmatch(words[:_LONGEST_CELL].rstrip("% ")):
            return Number(Decimal(0))
        return _absent(words, "percent", at, form, problems)
    value, top = Decimal(found[2]), Decimal(found[3]) if found[3] else None
    exponent = value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    if top is not None and top >= value:
        return Number(value, unit, value, top)
    return Number(value, None, Decimal(0), value) if found[1] else Number(value, unit)


def _unread(field: str, at: int, form: str, words: str, why: str) -> Problem:
    where = f"cover page {at}, row {_NUMBERS[form].get(field, field)} ({field.replace('_', ' ')})"
    return Problem(severity=Severity.FIELD, where=where, found=quote(words), message=why)


def _types(words: str, at: int, form: str, problems: list[Problem]) -> tuple[str, ...]:
    """The codes of the kind of person. They stand at the beginning: what follows the last row may be anything."""
    found: list[str] = []
    for line in words.split("\n")[:6]:
        codes = _TYPE.findall(line)
        if not codes:
            if found:
                break
            continue
        found += codes
    if not found:
        problems.append(_unread("types", at, form, words[:200], "no code of a kind of person"))
    return tuple(dict.fromkeys(found))


def _group(words: str) -> str | None:
    """Which of the boxes (a) and (b) is ticked; None where neither or both are."""
    flat = " ".join(words.split())
    marks: dict[str, bool] = {}
    for letter, pattern in (("a", _BOX_A), ("b", _BOX_B)):
        found = pattern.search(flat)
        if found is None:
            continue
        sign = found[letter]
        if sign is None and letter == "a" and flat.startswith(("\u2610", "\u2612")):
            sign = found["before"]
        marks[letter] = sign is not None and (sign == _TICKED or sign in "xX")
    ticked = [letter for letter, on in marks.items() if on]
    return ticked[0] if len(ticked) == 1 else None


def _ticked(words: str | None) -> bool | None:
    """A box of its own row; None where there is no row or no box."""
    if words is None:
        return None
    flat = " ".join(words.split())
    if "\u2612" in flat or re.fullmatch(r"[xX]|yes", flat, re.IGNORECASE):
        return True
    return False if "\u2610" in flat or re.fullmatch(r"o|no|not applicable|n/a|none", flat, re.IGNORECASE) else None
