"""Notice pages: Form 1, Form 2 and Form 3A in the layout since July 2017."""

import re
from datetime import date
from typing import TYPE_CHECKING

from stakeline.model.notices import Holder, HolderKind, Link, LinkKind, Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import html
from stakeline.regimes.hk import grids, lines
from stakeline.regimes.hk.classes import class_in_name, share_class
from stakeline.regimes.hk.serials import KNOWN_BASIS, Serial, is_old, serial
from stakeline.regimes.hk.sheet import LONGEST_TEXT, Sheet
from stakeline.regimes.hk.tables import Form, tables

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARKS = frozenset(
    {
        "lblDSerialNo",
        "lblDLogNo",
        "lblViewCorpName",
        "lblDEvtReason",
        "grdSh_BEvt",
        "grdSh_AEvt",
        "lblDAssoCorpName",
        "grdGRDir_Db",
    }
)
"""Elements that only a notice page has. Other sites name elements lblD... too."""
_CAPTION = re.compile(r"(?:form|表格)\s*([1-4一二三四])\s*([A-D]?)(?![0-9A-Za-z])", re.IGNORECASE)
_NUMERALS = str.maketrans("一二三四", "1234")
_CODE = re.compile(r"[0-9]{1,5}")
_BEGINNING = date(2003, 4, 1)
"""Part XV came into force on 1 April 2003."""
_LINK_KINDS = {
    "links.family": LinkKind.FAMILY,
    "links.controlled": LinkKind.CONTROLLED,
    "links.joint": LinkKind.JOINT,
    "links.trust": LinkKind.TRUST,
    "links.agreement": LinkKind.AGREEMENT,
    "links.direction": LinkKind.DIRECTION,
}


def is_notice(page: html.Page) -> bool:
    """True for a page that shows one notice, of whichever form."""
    return not _MARKS.isdisjoint(page.elements)


def read(page: html.Page) -> Reading:
    """The notice on the page, or why it could not be taken in."""
    form = form_of(page)
    if isinstance(form, Problem):
        return Reading(reader="hk/notice", problems=(*page.problems, form))
    reader = f"hk/{form.code}"
    refused = _unusable(page, form)
    if refused is not None:
        return Reading(reader=reader, problems=(*page.problems, refused))
    sheet = Sheet(page, form)
    if page.unended:
        sheet.problem("page", "", "the page's html is never closed: boxes may be missing at its end")
    notice = _notice(sheet)
    if isinstance(notice, Problem):
        # The other problems stay as notes: the one input of this page is quarantined once.
        return Reading(reader=reader, problems=(*sheet.problems, notice))
    return Reading(reader=reader, notices=(Read(notice),), problems=tuple(sheet.problems))


def form_of(page: html.Page) -> Form | Problem:
    """The form by its caption, else by the serial number's letters, else by the elements that only one form has."""
    elements, forms = page.elements, tables().forms
    number = _words(elements, "lblDSerialNo")
    if "lblDLogNo" in elements and not number:
        return _refused("#lblDLogNo", _words(elements, "lblDLogNo"), "a notice of the system used until 2017")
    if is_old(number):
        return _refused("#lblDSerialNo", number, "a notice of the system used until 2017")
    caption = _CAPTION.search(_words(elements, "lblCaption"))
    code = (caption[1].translate(_NUMERALS) + caption[2].upper()) if caption else None
    form = forms.get(code) if code else None
    if form is None:
        form = next((f for f in forms.values() if f.prefix and number.startswith(f.prefix)), None)
    if form is None:
        form = _by_elements(page, forms)
    if form is None:
        found = _words(elements, "lblCaption") or number
        return _refused("#lblCaption", found, "a notice whose form cannot be told")
    if not form.read or _words(elements, "lblDAssoCorpName"):
        told = form if not form.read else forms["3B"]
        return _refused("#lblCaption", f"Form {told.code}", f"Form {told.code} ({told.name.lower()})")
    return form


def _by_elements(page: html.Page, forms: dict[str, Form]) -> Form | None:
    elements = page.elements
    if "grdCap_Dir_Sh" in elements:
        return forms["3A"]
    personal, corporate = "lblDSurname" in elements, "lblDName" in elements
    if personal == corporate:
        return None
    return forms["1" if personal else "2"]


def _words(elements: "dict[str, LexborNode]", name: str) -> str:
    node = elements.get(name)
    return html.words(node) if node is not None else ""


def _refused(where: str, found: str, what: str) -> Problem:
    message = f"{what}; we read Forms 1, 2 and 3A as laid out since July 2017"
    return Problem(severity=Severity.INPUT, where=where, found=printable(found), message=message)


def _unusable(page: html.Page, form: Form) -> Problem | None:
    """Why no figure of the page can be trusted, or None."""
    if page.cut:
        message = "the page stops in the middle of text or of a tag: its last figure may be half a figure"
        return Problem(severity=Severity.INPUT, where="page", found="", message=message)
    twice = next((name for name in page.repeated if name in form.elements), None)
    if twice is not None:
        message = "stands twice with different content: two notices in one file? One file must hold one page"
        return Problem(severity=Severity.INPUT, where=f"#{twice}", found="", message=message)
    return None


def _notice(sheet: Sheet) -> Notice | Problem:
    """The notice, or the problem that leaves it without an identity."""
    problems, fields = sheet.problems, sheet.form.fields
    code = stock_code(sheet.text("issuer_code"), fields["issuer_code"].where)
    if isinstance(code, Problem):
        return code
    holder = _holder(sheet)
    if holder is None:
        message = "the notice names no holder"
        return Problem(severity=Severity.INPUT, where="holder", found="", message=message)
    told = serial(sheet.text("serial"), fields["serial"].where, problems)
    event = sheet.day("event_date")
    if event is None and told.number is None:
        message = "neither a day of the event nor a serial number can be read"
        return Problem(severity=Severity.INPUT, where=fields["event_date"].where, found="", message=message)
    aware = sheet.day("aware_date")
    _odd_days(sheet, told, event, aware)
    issuer = sheet.text("issuer_name")
    nodes, form = sheet.nodes, sheet.form.code
    return Notice(
        regime="hk",
        form=form,
        issuer_code=code,
        issuer_name=issuer or None,
        share_class=share_class(sheet.text("share_class")) or class_in_name(issuer),
        holder=holder,
        serial=told.number,
        event_date=event,
        aware_date=aware,
        signed_date=sheet.day("signed_date"),
        known_from=told.known_from,
        known_basis=KNOWN_BASIS if told.known_from else None,
        issued=sheet.count("issued"),
        trades=lines.trades(sheet),
        before=grids.positions(nodes.get("before"), fields["before"].where, problems),
        after=grids.positions(nodes.get("after"), fields["after"].where, problems),
        capacities=grids.coded(nodes.get("capacities"), "capacity", form, fields["capacities"].where, problems),
        derivatives=grids.coded(nodes.get("derivatives"), "derivative", form, fields["derivatives"].where, problems),
        links=_links(sheet),
        status=told.status,
        related=told.related,
        remark=told.remark,
        text=sheet.text("text", LONGEST_TEXT) or None,
    )


def stock_code(text: str, where: str) -> str | Problem:
    """A stock code in five digits: "20" is "00020"."""
    text = text.strip()
    if _CODE.fullmatch(text) and int(text):
        return text.zfill(5)
    message = "not a stock code of one to five digits: the issuer is not known"
    return Problem(severity=Severity.INPUT, where=where, found=printable(text), message=message)


def _holder(sheet: Sheet) -> Holder | None:
    """Who files, or None where no name can be read. Personal names are put together as surname, first, middle."""
    personal = " ".join(filter(None, (sheet.text(f"holder.{part}") for part in ("surname", "first", "middle"))))
    corporate = sheet.text("holder.name")
    chinese = sheet.text("holder.chinese") or None
    if personal and corporate:
        message = "both a person and a corporation are named; the person is taken"
        sheet.problem("holder.name", corporate, message, Severity.NOTE)
    name = personal or corporate or chinese
    if not name:
        return None
    is_corporate = not personal and (bool(corporate) or sheet.form.code == "2")
    return Holder(
        name=name,
        kind=HolderKind.CORPORATION if is_corporate else HolderKind.INDIVIDUAL,
        chinese=chinese if chinese != name else None,
        parent=sheet.text("holder.parent") or None,
        exchange=sheet.text("holder.exchange") or None,
    )


def _links(sheet: Sheet) -> tuple[Link, ...]:
    """All persons through whom or with whom the shares are held."""
    found: list[Link] = []
    sheet.count("links.agreement_total")  # read to hear if it cannot be; the members' shares are what is kept
    for path, kind in _LINK_KINDS.items():
        node = sheet.nodes.get(path)
        if node is not None:
            field = sheet.form.fields[path]
            found.extend(grids.links(node, kind, field.codes, sheet.form.code, field.where, sheet.problems))
    return tuple(found)


def _odd_days(sheet: Sheet, told: Serial, event: date | None, aware: date | None) -> None:
    """Notes on days that cannot all be right."""
    if event is not None and event < _BEGINNING:
        sheet.problem("event_date", event.isoformat(), "before the law came into force (1 April 2003)", Severity.NOTE)
    if event is not None and told.filed is not None and event > told.filed:
        message = f"after the day of filing in the serial number ({told.filed})"
        sheet.problem("event_date", event.isoformat(), message, Severity.NOTE)
    if event is not None and aware is not None and aware < event:
        sheet.problem("aware_date", aware.isoformat(), "before the event itself", Severity.NOTE)
