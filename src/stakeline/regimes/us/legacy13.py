"""Schedules 13D and 13G of before December 2024: typed text or HTML in a full submission, by the wording of the form.

The first page is read between its captions, which stand below what they name ("(Name of Issuer)"); the cover pages by
`legacy_rows`; the items by their headings, their words kept. What the header of the submission tells comes before all.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from stakeline.model.documents import Document
from stakeline.model.notices import BY_NAME, Cover, Item, Signature, Status
from stakeline.model.problems import Problem, Severity, quote
from stakeline.model.rows import Read, Reading
from stakeline.regimes.us import submissions
from stakeline.regimes.us.beneficial import joined
from stakeline.regimes.us.cusips import cusip
from stakeline.regimes.us.elements import refused
from stakeline.regimes.us.layouts import Record
from stakeline.regimes.us.legacy_rows import Page, cover, name_of, pages
from stakeline.regimes.us.legacy_text import text_of
from stakeline.regimes.us.one_position import told_twice
from stakeline.regimes.us.submissions import Header, Named, Part, Submission

LARGEST = 2_000_000
"""Bytes of one such document; the largest seen have a twentieth of that. Exhibits are documents of their own."""
_FORM = re.compile(r"(?:SC|SCHEDULE)\s+(13[DG])(/A)?", re.IGNORECASE)
_CAPTIONS = {
    "issuer": r"\(\s*name\s+of\s+(?:the\s+)?(?:issuer|(?:subject\s+)?company)\s*\)",
    "title": r"\(\s*titles?\s+(?:of|and)\s+(?:the\s+)?(?:class(?:es)?|series)\s+(?:of|and)\s+securities\s*\)",
    "cusip": r"\(\s*cusip\s+(?:numbers?|nos?\.?)[^()\n]{0,60}\)",
    "contact": r"\(\s*names?,?\s+address(?:es)?,?\s+and\s+telephone[^()]{0,200}\)",
    "date": r"\(\s*date\s+of\s+(?:the\s+)?event\s+(?:which|that)\s+requires\s+(?:the\s+)?filing[^()]{0,80}\)",
}
_CAPTION = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _CAPTIONS.items()), re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:(?P<issuer>name\s+of\s+issuer)|(?P<title>title\s+of\s+class\s+of\s+securities)|(?P<cusip>cusip\s+(?:number|no\.?))"
    r"|(?P<date>date\s+of\s+event\s+which\s+requires\s+filing[^:\n]{0,60})):\s*(?P<words>\S[^\n]{0,200})$",
    re.IGNORECASE | re.MULTILINE,
)
"""What some print before, and not below."""
_HEAD_END = re.compile(
    r"\(?\s*amendment\s+no[^\n]{0,60}\n|securities\s+exchange\s+act\s+of\s+1934[^\n]{0,40}\n|^schedule\s+13[dg][^\n]{0,20}\n",
    re.IGNORECASE | re.MULTILINE,
)
_AMENDMENT = re.compile(r"amendment\s+no(?:\.|\b|umber)?[\s:_.(]{0,20}([0-9]{1,3})\b", re.IGNORECASE)
_PAGE_CUSIP = re.compile(r"cusip\s+(?:no|number|#)[.:]*\s*([0-9A-Z][0-9A-Z -]{7,12}[0-9])\b", re.IGNORECASE)
_RULE = re.compile(r"([\u2610\u2612xo])?\s{0,3}rule\s+13d-1\s*\(([bcd])\)[ \t]{0,3}([\u2610\u2612])?", re.IGNORECASE)
_BEFORE = re.compile(
    r"previously\s+filed\s+a\s+statement\s+on\s+schedule\s+13g[^\u2610\u2612]{0,500}\u2612", re.IGNORECASE
)
_CEASED = re.compile(
    r"ceased\s+to\s+be\s+the\s+beneficial\s+owner\s+of\s+more\s+than\s+(?:five|5)\s*(?:percent|%)[^\u2610\u2612]{0,120}?"
    r"(?:\u2612|following:?\s+x\b)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = re.compile(
    rf"{_MONTH}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+([0-9]{{4}})|([0-9]{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+([0-9]{{4}})"
    r"|\b([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|20)?[0-9]{2})\b|([0-9]{4})-([0-9]{2})-([0-9]{2})",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^item\s+([0-9]{1,2})\b\s*(?:\(?([a-f])\)|([a-f])\b(?=[.:)]))?[.:\s-]*", re.IGNORECASE | re.MULTILINE
)
_SIGNED = re.compile(r"^signatures?\b", re.IGNORECASE | re.MULTILINE)
_SIGN = re.compile(r"/s/\s*([^\n]{2,80})", re.IGNORECASE)
_TURN = 70
"""Years of two digits from this on are of the century before."""
_LAST_ITEM = {"13D": 7, "13G": 10}
_MOST_SIGNATURES = 500


class Legacy(msgspec.Struct, frozen=True):
    """A legacy schedule taken apart. form: "13D" or "13G"; text: its lines; first: between captions of the first page, by name."""

    form: str
    text: str
    first: dict[str, str]
    covers: list[Page]


def opened(document: Document) -> Legacy | None:
    """The schedule in a submission or a bare document part; None where there is none. Raises ValueError for one too large."""
    filing = submissions.read(document.data, [])
    part = schedule(filing)
    return _apart(filing, part) if part is not None else None


def schedule(filing: Submission) -> Part | None:
    """The part of a submission that is a schedule in HTML or text."""
    return next((p for p in filing.parts if p.kind in {"html", "text"} and _FORM.match(p.type.strip())), None)


def _apart(filing: Submission, part: Part) -> Legacy:
    content = filing.content(part)
    if len(content) > LARGEST:
        raise ValueError(f"larger than {LARGEST:,} bytes, which no such filing is")
    named = _FORM.match(part.type.strip())
    form = (named[1] if named is not None else "13D").upper()
    text = text_of(content)
    return Legacy(form=form, text=text, first=_first(text), covers=pages(text, form))


def read(filing: Submission, part: Part, problems: list[Problem]) -> Reading:
    """The notice in a legacy schedule. part: as `schedule` finds it."""
    try:
        told = _apart(filing, part)
    except ValueError as error:
        return Reading(reader="us/SC 13", problems=(*problems, refused("", str(error))))
    reader = f"us/SC {told.form}"
    header = filing.header
    covers, wrong = _covers(told, header, problems)
    subject = _subject(told, header)
    if wrong is None and subject is None:
        wrong = refused("", "the issuer is told neither by the header nor on the first page", "the first page")
    if wrong is None and not filing.whole and part is filing.parts[-1]:
        wrong = refused("", "the submission stops before its end, so that reporting persons may be missing")
    if wrong is not None or subject is None:
        named = "; ".join(f"{p.role} {p.name or ''} (CIK {p.cik or 'not told'})" for p in header.parties)
        found = f"Form {part.type}, {header.accession or 'no accession number'}: {named or 'no party named'}"
        kept = wrong or refused("", "no issuer")
        return Reading(reader=reader, problems=(*problems, msgspec.structs.replace(kept, found=quote(found))))
    fields = _fields(told, header, part, problems) | subject
    notice, lead = joined(fields, covers)
    problems.extend(told_twice(covers))
    return Reading(reader=reader, notices=(Read(notice, f"cover page {lead + 1}"),), problems=tuple(problems))


def _covers(told: Legacy, header: Header, problems: list[Problem]) -> tuple[list[Cover], Problem | None]:
    """The cover pages as values; or why there are none."""
    if not told.covers:
        return [], refused("", "no cover page of a reporting person was found: nothing is known of any figure in it")
    filers = [p for p in header.parties if p.role == "filer"]
    found = []
    for at, page in enumerate(told.covers, 1):
        name = name_of(page)
        if name is None and len(told.covers) == 1 and len(filers) == 1:
            name = filers[0].name
        if name is None:
            return [], refused("", f"cover page {at} tells no name: whose shares these are is not known")
        code = _code(name, filers, alone=len(told.covers) == 1)
        found.append(cover(page, at, told.form, code, name, problems))
    return found, None


def _code(name: str, filers: list[Named], *, alone: bool) -> str | None:
    """The CIK of the filer of that name in the header, where persons stand as "GLAZER PAUL J"; None where none is sure."""
    if alone and len(filers) == 1:
        return filers[0].cik
    same = [f.cik for f in filers if f.name and _plain(f.name) == _plain(name)]
    return same[0] if len(same) == 1 else None


def _plain(name: str) -> frozenset[str]:
    """The words of a name in any order, without signs and single letters."""
    words = re.sub(r"[^a-z0-9 ]", " ", name.lower().replace(".", "").replace("'", "")).split()
    return frozenset(w for w in words if len(w) > 1) or frozenset(words)


def _subject(told: Legacy, header: Header) -> Record | None:
    """Whose shares: by the header, else by name from the first page."""
    issuer = next((p for p in header.parties if p.role == "subject" and p.cik), None)
    printed = told.first.get("issuer")
    if issuer is not None:
        return {"issuer_code": issuer.cik, "issuer_name": issuer.name or printed}
    return {"issuer_code": BY_NAME + printed, "issuer_name": printed} if printed else None


def _fields(told: Legacy, header: Header, part: Part, problems: list[Problem]) -> Record:
    """What the document tells beside its cover pages."""
    first_page = told.text[: _start(told)]
    back = told.text[told.covers[-1].end :]
    amended = (header.form or part.type).strip().upper().endswith("/A")
    number = _AMENDMENT.search(first_page)
    if amended and number is None:
        problems.append(_field("the first page, amendment number", "", "an amendment without a number"))
    signatures, signed = _signatures(back, header)
    return {
        "form": f"SC {told.form}",
        "status": Status.AMENDMENT if amended else Status.FILED,
        "share_class": told.first.get("title"),
        "serial": header.accession,
        "known_from": header.known_from,
        "known_basis": header.known_basis,
        "event_date": _event(told, header, problems),
        "signed_date": signed,
        "signatures": signatures,
        "amendment": int(number[1]) if amended and number is not None else None,
        "cusips": _cusips(told, problems),
        "items": tuple(_items(back, told.form)),
        "boxes": tuple(_boxes(told.form, first_page, back)),
    }


def _start(told: Legacy) -> int:
    """Where the first cover page of a person begins, about: the first page ends there."""
    name = re.search(
        r"names?(?:\s*\(s\))?\s+of\s+(?:reporting\s+persons?|persons?\s+reporting)", told.text, re.IGNORECASE
    )
    return name.start() if name is not None else len(told.text)


def _first(text: str) -> dict[str, str]:
    """What stands above each caption of the first page, or behind it."""
    found: dict[str, str] = {}
    start = 0
    for caption in _CAPTION.finditer(text[:60_000]):
        name = str(caption.lastgroup)
        above = text[start : caption.start()]
        start = caption.end()
        if name in found:
            break
        if name == "issuer":
            above = _HEAD_END.split(above)[-1]
        words = " ".join(line for line in above.split("\n") if line and not line.startswith("("))
        if words and len(words) <= 1_000:
            found[name] = words.strip(" *")
    for label in _LABELLED.finditer(text[:60_000]):
        name = next(name for name in ("issuer", "title", "cusip", "date") if label[name])
        found.setdefault(name, label["words"])
    return found


def _event(told: Legacy, header: Header, problems: list[Problem]) -> date | None:
    """The date of the event, from the first page; the header's period where it has one and the page tells none."""
    words = told.first.get("date", "")
    found = _day(words)
    if found is None:
        problems.append(_field("the first page, date of event", words, "no date of the event"))
        return header.period
    return found


def _day(words: str) -> date | None:
    """The one day in some words; None where there is none, or more than one."""
    found = list(_DAY.finditer(words))
    if len(found) != 1:
        return None
    month, day, year, day2, month2, year2, us_month, us_day, us_year, iso_year, iso_month, iso_day = found[0].groups()
    try:
        if month or month2:
            number = _MONTHS.index((month or month2).lower()[:3]) + 1
            return date(int(year or year2), number, int(day or day2))
        if us_year:
            return date(_year(us_year), int(us_month), int(us_day))
        return date(int(iso_year), int(iso_month), int(iso_day))
    except ValueError:
        return None


def _year(text: str) -> int:
    """A year of four digits, or of two: EDGAR's documents begin in 1993, and the events that they tell little before."""
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= _TURN else 2000)


def _cusips(told: Legacy, problems: list[Problem]) -> tuple[str, ...]:
    """The CUSIPs of the first page; where it has none, of the head of a cover page."""
    printed = re.findall(r"\b[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){8}\b", told.first.get("cusip", ""))
    known = [cusip(c, "the first page, CUSIP", problems) for c in printed if any(s.isdigit() for s in c)]
    if not known:
        on_page = _PAGE_CUSIP.search(told.text)
        known = [cusip(on_page[1], "a cover page, CUSIP", problems)] if on_page is not None else []
    if not known and told.first.get("cusip"):
        problems.append(_field("the first page, CUSIP", told.first["cusip"], "not a CUSIP of nine letters and digits"))
    return tuple(dict.fromkeys(c for c in known if c))


def _boxes(form: str, first_page: str, back: str) -> Iterator[str]:
    """The rules under which a 13G is filed, and the boxes of the first page and of Item 5 that are ticked."""
    if form == "13D":
        if _BEFORE.search(first_page):
            yield "previouslyFiled"
        return
    for rule in _RULE.finditer(first_page):
        if (rule[1] or rule[3] or "") in {"\u2612", "x", "X"}:
            yield f"Rule 13d-1({rule[2].lower()})"
    if _CEASED.search(back):
        yield "fivePercentOrLess"


def _items(back: str, form: str) -> Iterator[Item]:
    """The items behind the cover pages, by their headings, in the document's words; the heading's own words are among them."""
    end = _SIGNED.search(back)
    body = back[: end.start()] if end is not None else back
    heads = [h for h in _ITEM.finditer(body) if 1 <= int(h[1]) <= _LAST_ITEM[form]]
    for at, head in enumerate(heads):
        stop = heads[at + 1].start() if at + 1 < len(heads) else len(body)
        letter = head[2] or head[3]
        words = body[head.end() : stop].strip()
        yield Item(number=f"{int(head[1])}({letter.lower()})" if letter else str(int(head[1])), text=words or None)


def _signatures(back: str, header: Header) -> tuple[tuple[Signature, ...], date | None]:
    """Who signed; and the one day of the signatures, as far as it stands before the day of filing."""
    start = _SIGNED.search(back)
    area = back[start.start() : start.start() + 20_000] if start is not None else ""
    names = [m[1].strip(" _.") for m in _SIGN.finditer(area)][:_MOST_SIGNATURES]
    days = [d for d in (_day(m[0]) for m in _DAY.finditer(area)) if d is not None]
    days = [d for d in days if header.filed is None or d <= header.filed]
    day = max(days, default=None)
    return tuple(Signature(name=n) for n in dict.fromkeys(n for n in names if n)), day


def _field(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.FIELD, where=where, found=quote(found), message=message)
