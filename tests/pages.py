"""Pages like those of the exchange's register, to test with.

No saved notice page was available: the markup here is ours, made from the element ids that notice pages are known to
have (Forms 1, 2 and 3A in the layout since July 2017). The list page follows the real ones in its structure, in our own
markup too. So that nothing is fitted to one markup, `layout` varies it: case and closing of tags, which element carries
the id, tables in cells or lines, header rows, blanks.

Figures are given as printed ("80,000,000"); whole numbers are printed with commas.
"""

import html
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

Shares = Sequence[tuple[str, object]]
"""Position word and count of each line: [("Long position", "2,271,000,000")]."""

FOUNDING_CASE: dict[str, Any] = {
    "serial": "CS20221111E00123",
    "issuer_code": "00020",
    "issuer_name": "SenseTime Group Inc. - B",
    "share_class": "Class B Ordinary Shares",
    "holder": "Alibaba Group Holding Limited",
    "event_date": "08/11/2022",
    "signed_date": "11/11/2022",
    "code": "1201",
    "capacity_before": "2201",
    "capacity_after": "2201",
    "shares": 80_000_000,
    "currency": "HKD",
    "average": "1.8190",
    "before": [("Long position", "", "9.05")],
    "after": [("Long position", "", "8.74")],
}
"""The founding case as a Form 2 says it. Counts of shares held are left blank: on that day nobody had printed them."""

_MEANINGS = {"1201": "completed a sale", "2201": "through a controlled corporation", "3101": "cash"}
_LINE_IDS = {
    "position": "lblDEvtPosition",
    "code": "lblDEvtReason",
    "capacity_before": "lblDEvtCapBefore",
    "capacity_after": "lblDEvtCapAfter",
    "shares": "lblDEvtShare",
    "currency": "lblDEvtCurrency",
    "highest": "lblDEvtHPrice",
    "average": "lblDEvtAPrice",
    "consideration": "lblDEvtAConsider",
    "nature": "lblDEvtNatConsider",
}
_CODED = frozenset({"code", "capacity_before", "capacity_after", "nature"})
_LIST_HEADERS = (
    "Form Serial Number",
    "Name of substantial shareholder / director / chief executive",
    "Reason for disclosure ",
    "No. of shares bought / sold / involved",
    "Average price per share",
    "No. of shares interested (See *Notes above)",
    "% of issued voting shares",
    "Date of relevant event (dd/mm/yyyy)",
    "Interests in shares of associated corporation",
    "Interests in debentures",
)


def form2(layout: int = 0, **figures: Any) -> bytes:
    """A Form 2 page: `_notice` with the holder's corporate boxes."""
    boxes = [
        ("5. Name of substantial shareholder", "lblDName", figures.get("holder")),
        ("6. Registered office", "lblDRegOffice", figures.get("office")),
        ("7. Principal place of business", "lblDPrinPlace", ""),
        ("13. Exchange on which listed", "lblDExList", figures.get("exchange")),
        ("14. Name of parent", "lblDParent", figures.get("parent")),
    ]
    return _notice(
        layout, "FORM 2 - CORPORATE SUBSTANTIAL SHAREHOLDER NOTICE", boxes, figures, "grdCap_SS", "grdDer_SS"
    )


def founding_notice(layout: int = 0, **changes: Any) -> bytes:
    """The founding case as a Form 2 page. changes: figures that differ, `issued` and share totals for example."""
    return form2(layout, **{**FOUNDING_CASE, **changes})


def form1(layout: int = 0, **figures: Any) -> bytes:
    """A Form 1 page. figures: surname, first, middle, chinese besides those of `_notice`."""
    caption = "FORM 1 - INDIVIDUAL SUBSTANTIAL SHAREHOLDER NOTICE"
    return _notice(layout, caption, _person(figures), figures, "grdCap_SS", "grdDer_SS")


def form3a(layout: int = 0, **figures: Any) -> bytes:
    """A Form 3A page. figures: surname, first, middle, chinese, or holder, besides those of `_notice`."""
    caption = "FORM 3A - DIRECTOR'S / CHIEF EXECUTIVE'S NOTICE: INTERESTS IN SHARES OF LISTED CORPORATION"
    boxes = [*_person(figures), ("Corporate name", "lblDName", figures.get("holder"))]
    return _notice(layout, caption, boxes, figures, "grdCap_Dir_Sh", "grdDer_Dir")


def list_page(
    rows: Sequence[Sequence[object]],
    *,
    code: str = "00020",
    issuer: str = "SenseTime Group Inc. - B",
    shown: str | None = None,
    total: object = None,
    layout: int = 0,
) -> bytes:
    """A list of all notices of a company. rows: up to ten cells each in the order of the columns, "\\n" between lines.

    shown: the words "1 - 44" behind "Displayed:"; by default those that fit the rows.
    """
    ink = _Ink(layout)
    header = ink.row([ink.cell(escape(h)) for h in _LIST_HEADERS])
    body = "".join(_list_row(ink, row) for row in rows)
    shown = f"1 - {len(rows)}" if shown is None else shown
    page = (
        ink.box("Stock code:", "lblSCStockCode", code)
        + ink.box("Name of listed corporation:", "lblSCCorpName", issuer)
        + f'<table id="grdPaging" border="1">{header}{body}</table>'
        + f'<span id="lblRecRange">Displayed: {shown}</span>'
        + f'<span id="lblTotalRec">Total records: </span><span id="lblRecCount">{len(rows) if total is None else total}</span>'
    )
    return ink.page("List of all notices within a specified period", page)


def escape(value: object) -> str:
    """A figure or text as it stands in markup; whole numbers with commas, None as nothing."""
    if value is None:
        return ""
    return html.escape(f"{value:,}" if isinstance(value, int) else str(value))


class _Ink:
    """How one layout writes its markup."""

    def __init__(self, layout: int) -> None:
        dice = Random(layout)
        plain = layout == 0
        self.upper = not plain and dice.random() < 0.4
        self.unclosed = not plain and dice.random() < 0.3
        self.id_on_cell = not plain and dice.random() < 0.4
        self.headers = plain or dice.random() < 0.7
        self.header_tag = "td" if plain or dice.random() < 0.5 else "th"
        self.nested = plain or dice.random() < 0.5
        self.lettered = not plain and dice.random() < 0.2
        self.chinese = not plain and dice.random() < 0.2
        self.address_below = plain or dice.random() < 0.5
        self.blank = "&nbsp;" if plain or dice.random() < 0.5 else " "
        self.newline = "\r\n" if plain or dice.random() < 0.5 else "\n"
        self.sections = not plain and dice.random() < 0.5
        self.font = not plain and dice.random() < 0.3

    def cell(self, inner: str, tag: str = "td", name: str | None = None) -> str:
        inner = inner or self.blank
        if self.font:
            inner = f'<font size="2">{inner}</font>'
        attribute = f' id="{name}"' if name else ""
        end = "" if self.unclosed else f"</{tag}>"
        return f'<{tag} class="txt" valign="top"{attribute}>{inner}{end}'

    def row(self, cells: Iterable[str]) -> str:
        return "<tr>" + "".join(cells) + ("" if self.unclosed else "</tr>") + self.newline

    def table(self, rows: Iterable[str], name: str | None = None) -> str:
        inner = "".join(rows)
        if self.sections:
            inner = f"<tbody>{inner}</tbody>"
        return f"<table border=0{f' id={name}' if name else ''}>{inner}</table>"

    def box(self, label: str, name: str, value: object, *, escaped: bool = False) -> str:
        inner = str(value) if escaped else escape(value).replace("\n", "<br>")
        told = self.cell(inner, name=name) if self.id_on_cell else self.cell(f'<span id="{name}">{inner}</span>')
        return self.table([self.row([self.cell(escape(label)), told])])

    def code(self, code: object) -> str:
        told = escape(code)
        if not told:
            return ""
        meaning = _MEANINGS.get(told, "3 of the reasons in the list")
        return self.table([self.row([self.cell(told), self.cell(meaning)])]) if self.nested else told

    def position(self, word: str) -> str:
        return {"Long position": "好倉", "Short position": "淡倉"}.get(word, word) if self.chinese else word

    def shares(self, lines: Shares) -> str:
        """Positions and counts inside one cell."""
        if self.lettered:
            return "<br>".join(f"{escape(count)}({word[0]})" for word, count in lines)
        rows = (self.row([self.cell(self.position(word)), self.cell(escape(count))]) for word, count in lines)
        return self.table(rows)

    def grid(self, name: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        """A table of the form; each row as the insides of its cells."""
        lines = [self.row(self.cell(inner) for inner in row) for row in rows]
        if self.headers:
            lines.insert(0, self.row(self.cell(escape(h), self.header_tag) for h in headers))
        return self.table(lines, name)

    def page(self, title: str, body: str) -> bytes:
        meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        whole = f"<html><head><title>{title}</title>{meta}</head>{self.newline}<body>{body}</body></html>{self.newline}"
        if self.upper:
            for tag in ("html", "body", "table", "tbody", "tr", "td", "th", "span", "br"):
                whole = whole.replace(f"<{tag}>", f"<{tag.upper()}>").replace(f"<{tag} ", f"<{tag.upper()} ")
                whole = whole.replace(f"</{tag}>", f"</{tag.upper()}>")
        return whole.encode()


def _person(figures: Mapping[str, Any]) -> list[tuple[str, str, object]]:
    return [
        ("Surname", "lblDSurname", figures.get("surname")),
        ("First name", "lblDFirstname", figures.get("first")),
        ("Middle name", "lblDMidname", figures.get("middle")),
        ("Chinese name", "lblDChiName", figures.get("chinese")),
        ("Chinese character code", "lblDCharCode", ""),
    ]


def _notice(
    layout: int,
    caption: str,
    holder: Sequence[tuple[str, str, object]],
    figures: Mapping[str, Any],
    capacity_grid: str,
    derivative_grid: str,
) -> bytes:
    """A notice page.

    figures: serial, issuer_name, issuer_code, share_class, issued, event_date, aware_date, signed_date, text; of the
    event's long line the names of `_LINE_IDS`, and of its short line the same in the mapping `short`; before, after:
    (position, shares, percent) each; capacities, derivatives: (code, `Shares`); controlled: (name, address, controller,
    percent, "Y" or "N", `Shares`); family, joint: (name, address, `Shares`); trusts: (name, code, `Shares`); parties:
    (name, shares) and parties_total; directions: (name, address, code); more: raw markup put at the end.
    """
    ink = _Ink(layout)
    parts = [f'<span id="lblCaption">{escape(figures.get("caption", caption))}</span>']
    parts += [
        ink.box(label, name, figures.get(key))
        for label, name, key in (
            ("Form serial number", "lblDSerialNo", "serial"),
            ("1. Name of listed corporation", "lblViewCorpName", "issuer_name"),
            ("2. Stock code", "lblDStockCode", "issuer_code"),
            ("3. Class of shares", "lblDClass", "share_class"),
            ("4. Number of issued shares in class", "lblDIssued", "issued"),
        )
    ]
    parts += [ink.box(*box) for box in holder]
    parts.append(ink.box("Date of relevant event", "lblDEventDate", figures.get("event_date")))
    parts.append(ink.box("Date when aware", "lblDAwareDate", figures.get("aware_date")))
    parts.append(_events(ink, figures))
    parts += _grids(ink, figures, capacity_grid, derivative_grid)
    parts.append(ink.box("Supplementary information", "lblDSuppInfo", figures.get("text")))
    parts.append(ink.box("Date of filing this form", "lblDSignDate", figures.get("signed_date")))
    parts.append(str(figures.get("more", "")))
    return ink.page(caption, "".join(parts))


def _events(ink: _Ink, figures: Mapping[str, Any]) -> str:
    """The event box: a long line, and a short line that is printed even when empty."""
    long = {"position": "Long position", **figures}
    short = {"position": "Short position", **figures.get("short", {})}
    rows = []
    for number, (line, ending) in enumerate(((long, ""), (short, "2")), 1):
        cells = []
        for key, stem in _LINE_IDS.items():
            value = line.get(key)
            inner = (
                ink.code(value) if key in _CODED else escape(ink.position(str(value)) if key == "position" else value)
            )
            name = stem + ending
            cells.append(
                ink.cell(inner, name=name) if ink.id_on_cell else ink.cell(f'<span id="{name}">{inner}</span>')
            )
        rows.append(ink.row(cells).replace("<tr>", f'<tr id="trRelevantEvent{number}">', 1))
    return ink.table(rows)


def _grids(ink: _Ink, figures: Mapping[str, Any], capacity_grid: str, derivative_grid: str) -> Iterable[str]:
    """All tables of the form, those without rows too."""
    totals = ("Position", "Total number of shares", "Percentage figure (%)")
    for key, name in (("before", "grdSh_BEvt"), ("after", "grdSh_AEvt")):
        rows = [(ink.position(word), escape(count), escape(percent)) for word, count, percent in figures.get(key, ())]
        yield ink.grid(name, totals, rows)
    for key, name in (("capacities", capacity_grid), ("derivatives", derivative_grid)):
        held = [(ink.code(code), ink.shares(lines)) for code, lines in figures.get(key, ())]
        yield ink.grid(name, ("Code describing it", "Number of shares"), held)
    yield _controlled(ink, figures.get("controlled", ()))
    people = ("Name", "Address", "Number of shares")
    for key, name in (("family", "grdFI_Sh"), ("joint", "grdJI_Sh")):
        if key in figures:
            told = [(escape(n), escape(a), ink.shares(lines)) for n, a, lines in figures[key]]
            yield ink.grid(name, people, told)
    trusts = [(escape(n), ink.code(code), ink.shares(lines)) for n, code, lines in figures.get("trusts", ())]
    yield ink.grid("grdTrust_Sh", ("Name of trust", "Code", "Number of shares"), trusts)
    parties = [(escape(n), escape(count)) for n, count in figures.get("parties", ())]
    yield ink.grid("grdPA_Sh", ("Name of party", "Number of shares"), parties)
    yield ink.box("Total", "lblDPATotalShare", figures.get("parties_total"))
    if "directions" in figures:
        followed = [(escape(n), escape(a), ink.code(code)) for n, a, code in figures["directions"]]
        yield ink.grid("grdPer_CorpRel", ("Name", "Address", "Code"), followed)


def _controlled(ink: _Ink, rows: Iterable[tuple[str, str, str, str, str, Shares]]) -> str:
    """Controlled corporations: name with address under it, or in two cells."""
    headers = [
        "Name of controlled corporation",
        "Address",
        "Name of controlling person",
        "% control",
        "Direct",
        "Shares",
    ]
    lines = []
    for name, address, controller, percent, direct, shares in rows:
        who = [f"{escape(name)}<br>{escape(address)}"] if ink.address_below else [escape(name), escape(address)]
        lines.append([*who, escape(controller), escape(percent), direct, ink.shares(shares)])
    if ink.address_below:
        headers[:2] = ["Name of controlled corporation and address"]
    return ink.grid("grdCtrlCorp", headers, lines)


def _list_row(ink: _Ink, row: Sequence[object]) -> str:
    """One notice: serial and day are links, reasons are links with the letter behind them."""
    cells = [escape(value).replace("\n", "<br>") for value in row]
    cells += [""] * (len(_LIST_HEADERS) - len(cells))
    serial, _, remark = cells[0].partition(" ")
    cells[0] = f'<a href="NSForm2.aspx?fn={serial}&sa2=an&">{serial}</a> {remark}'
    cells[7] = f'<a href="NSForm2.aspx?fn={serial}&sa2=an&">{cells[7]}</a>'
    reasons = [reason.partition("(") for reason in cells[2].split("<br>")]
    cells[2] = "".join(
        f'<a href="NSStdCode.htm#{code}">{code}</a>({letter}<br>' for code, _, letter in reasons if letter
    )
    return ink.row(ink.cell(inner) for inner in cells)
