"""Full submissions to EDGAR: the header that says who filed what and when, and the documents behind it.

Three wrappings of the same thing: the archive's `.txt` (`<SEC-DOCUMENT>`, a header of "LABEL: value" lines), the
dissemination `.nc` (`<SUBMISSION>`, a header of `<TAG>value`), and either in an old privacy-enhanced message.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from stakeline.model.moments import end_of_day
from stakeline.model.problems import Problem, Severity
from stakeline.regimes.us.values import cik

ZONE = "America/New_York"
MOST_PARTS = 2_000
"""Documents of one submission; EDGAR takes fewer than 1,000."""
LONGEST_HEADER = 2_000_000
_STARTS = (
    b"<SEC-DOCUMENT>",
    b"<SUBMISSION>",
    b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----",
    b"<SEC-HEADER>",
    b"<IMS-DOCUMENT>",  # until 1995, as `<SEC-DOCUMENT>` since
    b"<IMS-HEADER>",
    b"<ACCEPTANCE-DATETIME>",
)
_LABEL = re.compile(
    r"^[ \t]*([A-Z][A-Z0-9 .,/()&'-]{1,60}):[ \t]*(.*?)[ \t]*$|^[ \t]*<(/?[A-Z][A-Z0-9-]{1,40})>[ \t]*(.*?)[ \t]*$",
    re.MULTILINE,
)
_TAG = re.compile(r"<(/?[A-Z][A-Z0-9-]{1,40})>([^<]*)")
_ACCESSION = re.compile(r"[0-9]{10}-[0-9]{2}-[0-9]{6}")
_PART = re.compile(rb"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^<\r\n]{0,500})")
_UUENCODED = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{1,200}\r?$", re.MULTILINE)
_PARTIES = {
    "ISSUER": "issuer",
    "SUBJECT COMPANY": "subject",
    "REPORTING-OWNER": "owner",
    "REPORTING OWNER": "owner",
    "FILED BY": "filer",
    "FILER": "filer",
}
_NAMES = frozenset({"COMPANY CONFORMED NAME", "CONFORMED NAME", "INDIVIDUAL CONFORMED NAME"})
_NUMBERS = frozenset({"CENTRAL INDEX KEY", "CIK"})


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A party of a submission as its header has it.

    role: "issuer", "subject" (whose shares), "owner" (who reports under section 16), "filer". cik: in ten digits.
    """

    role: str
    name: str | None = None
    cik: str | None = None


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What a submission's header says.

    form: as filed ("4/A"). accession: the regulator's number. accepted: when EDGAR took it in (UTC). filed: the official day of
    filing. period: of the report. documents: how many it says that there are. parties: in their order.
    """

    form: str | None = None
    accession: str | None = None
    accepted: datetime | None = None
    filed: date | None = None
    period: date | None = None
    documents: int | None = None
    parties: tuple[Named, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def known_from(self) -> datetime | None:
        """Since when it was public: accepted, else the end of the day of filing in New York."""
        if self.accepted is not None:
            return self.accepted
        return end_of_day(self.filed, ZONE) if self.filed else None

    @property
    def known_basis(self) -> str | None:
        """How that is known."""
        if self.accepted is not None:
            return "accepted by EDGAR, by the header of the submission"
        return "end of the day of filing in the header of the submission" if self.filed else None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One document of a submission. start, end: where its content is among the submission's bytes.

    kind: "xml", "html", "text" or "uuencoded" (a picture, a PDF; left as it is).
    """

    type: str
    sequence: str | None
    filename: str | None
    description: str | None
    kind: str
    start: int
    end: int


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A submission. whole: False where it stops before its end, so that documents may be missing behind the last."""

    data: bytes
    header: Header
    parts: tuple[Part, ...]
    whole: bool

    def content(self, part: Part) -> bytes:
        """The bytes of a part, without what they are wrapped in."""
        return self.data[part.start : part.end]

    def xml(self, *roots: bytes) -> "Iterator[Part]":
        """The parts in XML that begin with one of these elements, in the first thousand bytes, whatever its prefix."""
        for part in self.parts:
            head = self.data[part.start : min(part.end, part.start + 1000)]
            if part.kind == "xml" and any(
                re.search(rb"<(?:[\w.-]{1,40}:)?" + root + rb"[\s>/]", head) for root in roots
            ):
                yield part


def recognise(data: bytes) -> bool:
    """True for a submission, whole or its header alone."""
    return data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_STARTS)


def read(data: bytes, problems: list[Problem]) -> Submission:
    """The submission in these bytes. Documents beyond `MOST_PARTS` are left out, with a problem."""
    first = data.find(b"<DOCUMENT>")
    head = data[: first if first >= 0 else len(data)]
    if len(head) > LONGEST_HEADER:
        head = head[:LONGEST_HEADER]
        problems.append(_problem("the header", f"longer than {LONGEST_HEADER:,} bytes; the rest was not read"))
    parts: list[Part] = []
    whole = True
    at = first
    while at >= 0:
        end = data.find(b"</DOCUMENT>", at)
        whole = end >= 0
        stop = end if whole else len(data)
        if len(parts) == MOST_PARTS:
            problems.append(_problem("the submission", f"more than {MOST_PARTS:,} documents; the rest was not read"))
            break
        parts.append(_part(data, at + len(b"<DOCUMENT>"), stop))
        at = data.find(b"<DOCUMENT>", stop)
    header = _header(head)
    if header.documents is not None and header.documents > len(parts):
        whole = False
    return Submission(data=data, header=header, parts=tuple(parts), whole=whole)


def _problem(where: str, message: str) -> Problem:
    return Problem(severity=Severity.NOTE, where=where, found="", message=message)


def _part(data: bytes, start: int, stop: int) -> Part:
    """One document: its labels, and its content without <TEXT>, <XML> and the like around it."""
    opened = data.find(b"<TEXT>", start, stop)
    labels = data[start : opened if opened >= 0 else min(stop, start + 3000)]
    told = {m[1]: m[2].strip().decode("latin-1") for m in _PART.finditer(labels)}
    begin = opened + len(b"<TEXT>") if opened >= 0 else start
    end = data.rfind(b"</TEXT>", begin, stop)
    end = end if end >= 0 else stop
    kind = "text"
    ahead = data[begin : begin + 200].lstrip().upper()
    for name, tag in (("xml", b"XML"), ("html", b"HTML"), ("html", b"!DOCTYPE HTML"), ("xbrl", b"XBRL")):
        if ahead.startswith((b"<" + tag + b">", b"<" + tag + b" ")):
            kind = name
    if kind == "text" and _UUENCODED.search(data[begin : begin + 1000]):
        kind = "uuencoded"
    if kind in ("xml", "xbrl"):
        tag = kind.upper().encode()
        begin = data.find(b"<" + tag + b">", begin) + len(tag) + 2
        close = data.rfind(b"</" + tag + b">", begin, end)
        end = close if close >= 0 else end
        begin, end = _bare(data, begin, end)
    return Part(
        type=told.get(b"TYPE", ""),
        sequence=told.get(b"SEQUENCE"),
        filename=told.get(b"FILENAME"),
        description=told.get(b"DESCRIPTION"),
        kind=kind,
        start=begin,
        end=end,
    )


def _bare(data: bytes, begin: int, end: int) -> tuple[int, int]:
    """The bounds without blanks at either side."""
    while begin < end and data[begin] in b" \t\r\n":
        begin += 1
    while end > begin and data[end - 1] in b" \t\r\n":
        end -= 1
    return begin, end


def _header(head: bytes) -> Header:
    """The header's labels, whichever of the two ways they are written; of a label that stands twice, the first."""
    told: dict[str, str] = {}
    parties: list[dict[str, str]] = []
    members: list[str] = []
    for label, value in _labels(head):
        role = _PARTIES.get(label)
        if role is not None and not value:
            parties.append({"role": role})
        elif label in _NAMES and parties:
            parties[-1].setdefault("name", value)
        elif label in _NUMBERS and parties:
            parties[-1].setdefault("cik", value)
        elif label == "GROUP MEMBERS" and value:
            members.append(value)
        elif value:
            told.setdefault(label, value)
    accession = told.get("ACCESSION NUMBER", "")
    count = told.get("PUBLIC DOCUMENT COUNT", "")
    return Header(
        form=told.get("CONFORMED SUBMISSION TYPE") or told.get("TYPE"),
        accession=accession if _ACCESSION.fullmatch(accession) else None,
        accepted=_accepted(told.get("ACCEPTANCE DATETIME", "")),
        filed=_day(told.get("FILED AS OF DATE") or told.get("FILING DATE") or ""),
        period=_day(told.get("CONFORMED PERIOD OF REPORT") or told.get("PERIOD") or ""),
        documents=int(count) if count.isdecimal() and len(count) < 6 else None,
        parties=tuple(Named(role=p["role"], name=p.get("name"), cik=_cik(p.get("cik"))) for p in parties),
        members=tuple(members),
    )


def _labels(head: bytes) -> Iterator[tuple[str, str]]:
    """Each label with its value. Dashes in tags are blanks elsewhere: ACCEPTANCE-DATETIME is one and the same."""
    text = head.decode("utf-8", "replace")
    if "<SUBMISSION>" in text[:300]:
        found = ((m[1], m[2]) for m in _TAG.finditer(text))
    else:
        found = ((m[1] or m[3], m[2] if m[1] else m[4]) for m in _LABEL.finditer(text))
    for label, value in found:
        name = label if label in _PARTIES else label.replace("-", " ")
        yield name, value.strip()


def _cik(text: str | None) -> str | None:
    try:
        return cik(text) if text else None
    except ValueError:
        return None


@lru_cache(4096)
def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _accepted(text: str) -> datetime | None:
    """Eastern time as the header writes it (20250307210008), in UTC."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    except ValueError:
        return None
