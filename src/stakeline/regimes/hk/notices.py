"""Notice pages: Forms 1, 2 and 3A to 3D, in the layout since July 2017 and in the one before it."""

import re
from datetime import date

from stakeline.model.notices import Associated, Debentures, Holder, HolderKind, Link, LinkKind, Notice
from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.model.rows import Read, Reading
from stakeline.reading import html
from stakeline.regimes.hk import grids, lines
from stakeline.regimes.hk.classes import told_class
from stakeline.regimes.hk.forms import form_of, is_notice
from stakeline.regimes.hk.links import links
from stakeline.regimes.hk.serials import Serial, believed, serial
from stakeline.regimes.hk.sheet import LONGEST_TEXT, Sheet
from stakeline.regimes.hk.tables import Form
from stakeline.regimes.hk.words import plain

__all__ = ["is_notice", "read", "stock_code"]

_LOG_NUMBER = re.compile(r"[0-9]{1,12}")
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
    number = plain(sheet.text("serial"))
    log = number if sheet.form.old and _LOG_NUMBER.fullmatch(number) else None
    told = serial("" if log else number, fields["serial"].where, problems)
    event = sheet.day("event_date")
    if event is None and told.number is None:
        message = "neither a day of the event nor a serial number can be read"
        return Problem(severity=Severity.INPUT, where=fields["event_date"].where, found="", message=message)
    aware, signed = sheet.day("aware_date"), sheet.day("signed_date")
    _odd_days(sheet, told, event, aware, signed)
    told = believed(told, event, signed, fields["serial"].where, problems)
    issuer = sheet.text("issuer_name")
    form = sheet.form.code
    return Notice(
        regime="hk",
        form=form,
        issuer_code=code,
        issuer_name=issuer or None,
        share_class=_class(sheet, issuer),
        holder=holder,
        serial=told.number,
        source_id=log,
        event_date=event,
        aware_date=aware,
        aware_open=aware is None and ("aware_date" not in sheet.nodes or bool(plain(sheet.text("aware_date")))),
        signed_date=signed,
        known_from=told.known_from,
        known_basis=told.known_basis,
        issued=sheet.count("issued"),
        trades=lines.trades(sheet),
        before=sheet.table("before", grids.positions),
        after=sheet.table("after", grids.positions),
        capacities=sheet.table("capacities", grids.coded, "capacity", form),
        derivatives=sheet.table("derivatives", grids.coded, "derivative", form),
        links=_links(sheet),
        status=told.status,
        related=told.related,
        remark=told.remark,
        text=sheet.text("text", LONGEST_TEXT) or None,
        associated=_associated(sheet),
        debentures=_debentures(sheet),
    )


def stock_code(text: str, where: str) -> str | Problem:
    """A stock code in five digits: "20" is "00020"."""
    text = plain(text.strip())
    if _CODE.fullmatch(text) and int(text):
        return text.zfill(5)
    message = "not a stock code of one to five digits: the issuer is not known"
    return Problem(severity=Severity.INPUT, where=where, found=printable(text), message=message)


def _class(sheet: Sheet, issuer: str) -> str | None:
    """The class of the shares; the issuer's name can tell it where they are the issuer's."""
    of_issuer = not (sheet.form.associated or sheet.form.debentures)
    return told_class(sheet.text("share_class"), issuer if of_issuer else "")


def _associated(sheet: Sheet) -> Associated | None:
    """The corporation that the notice is about, on the forms that name one."""
    if not sheet.form.associated:
        return None
    name = sheet.text("associated.name")
    if not name and "associated.name" in sheet.nodes:
        sheet.problem("associated.name", "", "the associated corporation is not named")
    return Associated(
        name=name or None,
        business_number=sheet.text("associated.business_number") or None,
        incorporation_number=sheet.text("associated.incorporation_number") or None,
        place=sheet.text("associated.place") or None,
    )


def _debentures(sheet: Sheet) -> Debentures | None:
    """What the notice says of debentures, on the forms that are about them."""
    if not sheet.form.debentures:
        return None
    return Debentures(
        kind=sheet.text("debentures.kind") or None,
        before=sheet.count("debentures.before"),
        after=sheet.count("debentures.after"),
        rights=sheet.table("debentures.rights", grids.undescribed),
    )


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
    is_corporate = not personal and (bool(corporate) or sheet.form.of == "2")
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
        if path in sheet.nodes:
            found.extend(sheet.table(path, links, kind, sheet.form.fields[path].codes, sheet.form.code))
    return tuple(found)


def _odd_days(sheet: Sheet, told: Serial, event: date | None, aware: date | None, signed: date | None) -> None:
    """Notes on days that cannot all be right."""
    if event is not None and event < _BEGINNING:
        sheet.problem("event_date", event.isoformat(), "before the law came into force (1 April 2003)", Severity.NOTE)
    if event is not None and told.filed is not None and event > told.filed:
        message = f"after the day of filing in the serial number ({told.filed})"
        sheet.problem("event_date", event.isoformat(), message, Severity.NOTE)
    if event is not None and aware is not None and aware < event:
        sheet.problem("aware_date", aware.isoformat(), "before the event itself", Severity.NOTE)
    if sheet.form.old and signed is not None and told.filed is not None and signed > told.filed:
        message = f"after the day in the serial number ({told.filed}), from which we say it was public"
        sheet.problem("signed_date", signed.isoformat(), message, Severity.NOTE)
