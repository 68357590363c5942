"""Which form a notice page is, in which layout, and why a page is none that can be read."""

import re
from functools import cache, lru_cache

from stakeline.model.problems import Problem, Severity
from stakeline.model.problems import quote as printable
from stakeline.reading import html
from stakeline.regimes.hk.serials import is_old
from stakeline.regimes.hk.tables import OLD, Form, tables
from stakeline.regimes.hk.words import plain

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
_CAPTION = re.compile(
    r"(?:form|表格)\s*(?:no\.?\s*)?(?P<one>[1-4一二三四])\s*(?P<part>[A-D]?)(?![0-9A-Za-z])"
    r"|第\s*(?P<chinese>[1-4一二三四])\s*(?P<of>[A-D]?)\s*(?:號|号)?\s*表格",
    re.IGNORECASE,
)
_LONGEST_KNOWN = 200
_NUMERALS = str.maketrans("一二三四", "1234")
_ASSOCIATED = ("lblDAssoCorpName",)
_AMOUNTS = ("lblDEvtAmount", "lblDBEvtAmount", "lblDAEvtAmount")


def is_notice(page: html.Page) -> bool:
    """True for a page that shows one notice, of whichever form."""
    return not _MARKS.isdisjoint(page.elements)


def form_of(page: html.Page) -> Form | Problem:
    """The form by its caption, else by the serial number's letters, else by the elements that only one form has.

    Where these contradict one another about whose shares or debentures the page tells, it is no form: interests in an
    associated corporation or in debentures must never pass for shares of the listed company.
    """
    elements, forms = page.elements, tables().forms
    log, number = _words(elements, "lblDLogNo"), _words(elements, "lblDSerialNo")
    old = bool(log and not number) or is_old(number) or is_old(log)
    number = next((n for n in (number, log) if n[:1].isalpha()), number or log)
    captioned = _captioned(_words(elements, "lblCaption"))
    numbered = _prefixes().get(number[:2])
    code = captioned if captioned in forms else numbered or _by_elements(elements)
    if code is None:
        found = _words(elements, "lblCaption") or number
        return _refused("#lblCaption", found, "a notice whose form cannot be told; we read Forms 1, 2 and 3A to 3D")
    form = forms[code]
    if not form.read:
        return _refused("#lblCaption", f"Form {code}", f"Form {code} ({form.name.lower()}): layout not known")
    if numbered and numbered != code and _about(forms[numbered]) != _about(form):
        return _refused("#lblCaption", number, f"called Form {code}, with a serial number of Form {numbered}")
    for told, names, what in (
        (form.associated, _ASSOCIATED, "an associated corporation"),
        (form.debentures, _AMOUNTS, "amounts of debentures"),
    ):
        odd = next((n for n in names if not told and _words(elements, n)), None)
        if odd:
            return _refused(f"#{odd}", _words(elements, odd), f"called Form {code}, which does not tell {what}")
    return forms[code + OLD] if old else form


@cache
def _prefixes() -> dict[str, str]:
    """The number of the form by the letters that its serial numbers begin with."""
    return {f.prefix: f.of for f in tables().forms.values() if f.prefix}


def _about(form: Form) -> tuple[bool, bool]:
    """Whose shares or debentures a form is about."""
    return form.associated, form.debentures


def _captioned(caption: str) -> str | None:
    """The number of the form that a caption names, or None."""
    return _known_caption(caption) if len(caption) <= _LONGEST_KNOWN else _known_caption.__wrapped__(caption)


@lru_cache(maxsize=64)
def _known_caption(caption: str) -> str | None:
    """As `_captioned`; a register has a dozen captions."""
    match = _CAPTION.search(plain(caption))
    if match is None:
        return None
    number, part = match["one"] or match["chinese"], match["part"] or match["of"] or ""
    return number.translate(_NUMERALS) + part.upper()


def _by_elements(elements: dict[str, html.Element]) -> str | None:
    """The form by the boxes that it alone has."""
    associated = any(_words(elements, n) for n in _ASSOCIATED)
    debentures = "grdGRDir_Db" in elements or any(_words(elements, n) for n in _AMOUNTS)
    if associated or debentures:
        return {(True, False): "3B", (False, True): "3C", (True, True): "3D"}[associated, debentures]
    if "grdCap_Dir_Sh" in elements:
        return "3A"
    personal, corporate = "lblDSurname" in elements, "lblDName" in elements
    if personal == corporate:
        return None
    return "1" if personal else "2"


def _words(elements: dict[str, html.Element], name: str) -> str:
    node = elements.get(name)
    return html.words(node) if node is not None else ""


def _refused(where: str, found: str, message: str) -> Problem:
    return Problem(severity=Severity.INPUT, where=where, found=printable(found), message=message)
