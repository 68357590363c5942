"""From bytes to a reading: what the document is, which part of a submission is the form, and which module reads it."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from stakeline.model.documents import Document
from stakeline.model.problems import Problem, quote
from stakeline.model.rows import Reading
from stakeline.regimes.us import submissions
from stakeline.regimes.us.elements import bare, parse, refused, unspaced
from stakeline.regimes.us.layouts import Layout, Record, Walk, layout
from stakeline.regimes.us.scan import records
from stakeline.regimes.us.submissions import Header, Submission

if TYPE_CHECKING:
    from lxml.etree import _Element

    Reader = Callable[[Record, Layout, Header | None, list[Problem]], Reading]


class Kind(NamedTuple):
    """Who reads a root element. module: in this folder, with `read`; layout: the description that it and `places` go by.

    The one of Form 13F is told the root; every other what the description finds below it.
    """

    module: str
    layout: str


KINDS: dict[str, Kind] = {
    "ownershipDocument": Kind("ownership", "ownership"),
    "{http://www.sec.gov/edgar/ownership}edgarSubmission": Kind("proposed", "proposed_sale"),
    "{http://www.sec.gov/edgar/schedule13D}edgarSubmission": Kind("beneficial", "schedule13d"),
    "{http://www.sec.gov/edgar/schedule13g}edgarSubmission": Kind("beneficial", "schedule13g"),
    # So its technical specification and some agents' software write them.
    "{http://www.sec.gov/edgar/schedule13d}edgarSubmission": Kind("beneficial", "schedule13d"),
    "{http://www.sec.gov/edgar/schedule13G}edgarSubmission": Kind("beneficial", "schedule13g"),
    "{http://www.sec.gov/edgar/thirteenffiler}edgarSubmission": Kind("thirteen_f", "form13f_cover"),
    "{http://www.sec.gov/edgar/document/thirteenf/informationtable}informationTable": Kind(
        "thirteen_f", "form13f_table"
    ),
}
"""By the tag of the root. One line for each layout that is read."""
_AT_ONCE = {tag: kind.layout for tag, kind in KINDS.items() if kind.module != "thirteen_f"}
"""The layouts that need no tree."""

_HEAD = 4_096
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(ownershipDocument|edgarSubmission|informationTable)[\s>/]")
_RENDERED = re.compile(rb"<title>\s*SEC\s+FORM\s+([^<]{1,60}?)\s*</title>", re.IGNORECASE)
_PART = re.compile(rb"\s{0,20}<DOCUMENT>\s{0,20}<TYPE>\s{0,5}SC 13[DG]", re.IGNORECASE)
"""A legacy schedule that was kept without its submission."""
_OURS = re.compile(r"(?:SC(?:HEDULE)? 13[DG]|13F-(?:HR|NT|CTR)|[345]|144)(?:/A)?")
"""Forms that say who holds what."""
DATA_SET = b"# one filing of an SEC data set: "
"""How a document begins that `datasets.split` made."""
LARGEST = 4_000_000
"""Bytes of one form: a Form 4 with all that its schema allows has a tenth of that, and a parsed tree takes thirty times as much."""


def read_at_once(document: Document) -> Reading | None:
    """What a form of EDGAR's or a submission says that its first bytes show to be one; None of anything else."""
    data = document.data
    return _form(data) if data[:8].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"-")) else None


def read(document: Document) -> Reading | None:
    """What a document from EDGAR says; None where it is none."""
    data = document.data
    form = _form(data)
    if form is not None:
        return form
    head = data[:_HEAD]
    if _PART.match(head) is not None:
        problems: list[Problem] = []
        return _legacy(submissions.read(data, problems), problems)
    tabled = _tabled(data)
    if tabled is not None:
        return tabled
    rendered = _RENDERED.search(head)
    if rendered is not None:
        name = b" ".join(rendered[1].split()).decode("ascii", "replace")
        why = "a rendering of the form for reading, which is not its data; take the XML file of the same name (without xslF345X05/ or the like)"
        return Reading(reader="us/rendering", problems=(refused(f"SEC Form {name}", why),))
    return None


def _form(data: bytes) -> Reading | None:
    """What a submission or a form as XML says; None where it is neither."""
    if submissions.recognise(data):
        return _filed(data)
    return _read_xml(data, None, []) if _ROOT.search(data, 0, _HEAD) else None


def data_set(names: list[str]) -> "Callable[[BinaryIO, str], Iterator[Document | Problem]] | None":
    """How to take a quarterly data set apart into filings, by the names of the files in its zip; None where it is none."""
    if not any(name.endswith("SUBMISSION.tsv") for name in names):
        return None
    from stakeline.regimes.us import datasets

    return datasets.split if datasets.is_data_set(names) else None


def _tabled(data: bytes) -> Reading | None:
    """What a filing out of a data set says, or one of EDGAR's JSON files; None where it is neither."""
    if data.startswith(DATA_SET):
        from stakeline.regimes.us import datasets

        return datasets.read(data)
    if data[:8].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from stakeline.regimes.us import companyfacts

        return companyfacts.read(data) if companyfacts.recognise(data) else None
    return None


def opened(document: Document) -> "tuple[_Element, Kind] | None":
    """The root of the form in a document and who reads it, None where there is none: for those who look up a place."""
    data: bytes | None = document.data
    problems: list[Problem] = []
    if submissions.recognise(document.data):
        filing = submissions.read(document.data, problems)
        part = next(iter(filing.xml(b"ownershipDocument", b"edgarSubmission")), None)
        data = filing.content(part) if part is not None else None
    elif _ROOT.search(document.data[:_HEAD]) is None:
        return None
    root = parse(bare(data, problems), LARGEST, problems) if data is not None else None
    if root is None or isinstance(root, Problem) or root.tag not in KINDS:
        return None
    return root, KINDS[root.tag]


def _filed(data: bytes) -> Reading:
    """What a full submission says: its first part that is one of the forms."""
    problems: list[Problem] = []
    filing = submissions.read(data, problems)
    part = next(iter(filing.xml(b"ownershipDocument", b"edgarSubmission")), None)
    if part is not None:
        return _read_xml(filing.content(part), filing, problems)
    if (filing.header.form or "").startswith("13F") and filing.parts:
        from stakeline.regimes.us import thirteen_f_text

        return thirteen_f_text.read(filing, problems)
    legacy = _legacy(filing, problems)
    return legacy or Reading(reader="us/submission", problems=(*problems, _without(filing)))


def _legacy(filing: Submission, problems: list[Problem]) -> Reading | None:
    """What a Schedule 13D or 13G in HTML or text says; None where there is none among the documents."""
    from stakeline.regimes.us import legacy13

    part = legacy13.schedule(filing)
    return legacy13.read(filing, part, problems) if part is not None else None


def _without(filing: Submission) -> Problem:
    """Why a submission without XML that we know cannot be taken in; its header's parties are named, so that they are not lost."""
    header = filing.header
    form = header.form or "a form that is not told"
    who = "; ".join(f"{p.role} {p.name or ''} (CIK {p.cik or 'not told'})" for p in header.parties) or "no party named"
    if not filing.parts:
        why = "the header of a submission without its documents"
    elif header.form is None or _OURS.fullmatch(header.form):
        why = "a submission without the form as XML (forms before mid-2003 are text), whose figures we do not read"
    else:
        why = "a submission of a form that does not say who holds what"
    found = (
        f"Form {form}, {header.accession or 'no accession number'}, filed {header.filed or 'on a day not told'}: {who}"
    )
    return refused(quote(found), f"{why}; nothing is known of any figure in it")


def _read_xml(data: bytes, filing: Submission | None, problems: list[Problem]) -> Reading:
    plain, space = unspaced(bare(data, problems))
    header = filing.header if filing else None
    told = records(plain, space, _AT_ONCE) if len(data) <= LARGEST else None
    if told is not None:
        kind = KINDS[told[0]]
        return _reader(kind.module)(told[1], layout(kind.layout), header, problems)
    root = parse(plain, LARGEST, problems)
    if isinstance(root, Problem):
        return Reading(reader="us/xml", problems=(*problems, root))
    found = KINDS.get(space + root.tag)
    if found is None:
        problems.append(refused(space + root.tag, "an XML form of EDGAR that we do not read"))
        return Reading(reader="us/xml", problems=tuple(problems))
    form = layout(found.layout)
    if found.module == "thirteen_f":
        from stakeline.regimes.us import thirteen_f

        return thirteen_f.read(root, form, filing, problems)
    return _reader(found.module)(Walk(problems).records(root, form), form, header, problems)


@cache
def _reader(module: str) -> "Reader":
    found: Reader = import_module(f"stakeline.regimes.us.{module}").read
    return found
