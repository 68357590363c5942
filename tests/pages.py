"""Pages like those of the exchange's register, to test with.

No saved notice page was available: the markup here is ours, made from the element ids that notice pages are known to
have (Forms 1, 2 and 3A to 3D, in the layout since July 2017; with `old` in the one before it; with `chinese_page` in
Chinese). The list page follows the real ones in its structure, in our own
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

OLD_CASE: dict[str, Any] = {
    "old": True,
    "serial": "CS20071010123456",
    "issuer_code": "00020",
    "issuer_name": "Plain Holdings Ltd.",
    "share_class": "Ordinary Shares",
    "issued": 1_000_000_000,
    "holder": "Old Holder Limited",
    "event_date": "27/09/2007",
    "signed_date": "02/10/2007",
    "code": "103",
    "capacity_before": "201",
    "capacity_after": "207",
    "shares": 1_000_000,
    "currency": "HKD",
    "highest": "2.030",
    "average": "1.985",
    "before": [("Long position", 70_000_000, "7.00")],
    "after": [("Long position", 69_000_000, "6.90")],
    "capacities": [("201", [("Long position", 69_000_000)])],
}
"""A Form 2 of the system used until 2017, with the dates of the reference's example: serial of 10 October 2007, signed on
2 October, event on 27 September. Code 103 stands here with a falling balance; it is seen with rising ones too."""

_CHINESE = {
    "Long position": "好倉",
    "Short position": "淡倉",
    "Lending pool": "可供借出的股份",
    "Y": "是",
    "N": "否",
    "Position": "持倉",
    "Total number of shares": "股份總數",
    "Percentage figure (%)": "佔已發行股份的百分比(%)",
    "Code describing it": "代號",
    "Number of shares": "股份數目",
    "Name": "姓名",
    "Address": "地址",
    "Name of trust": "信託的名稱",
    "Code": "代號",
    "Name of party": "協議其他各方的名稱",
    "Name of controlled corporation": "受控法團的名稱",
    "Name of controlled corporation and address": "受控法團的名稱及地址",
    "Name of controlling person": "控股人士的姓名或名稱",
    "% control": "控制權百分率",
    "Direct": "直接權益",
    "Shares": "股份數目",
}
_LETTERS = {"Long position": "L", "Short position": "S", "Lending pool": "P", "好倉": "L"}
_CHINESE_CAPTIONS = {
    "1": "表格1 - 個人大股東通知",
    "2": "表格2 - 法團大股東通知",
    "3A": "表格3A - 董事／最高行政人員通知 - 上市法團股份權益",
    "3B": "表格3B - 董事／最高行政人員通知 - 相聯法團股份權益",
    "3C": "表格3C - 董事／最高行政人員通知 - 上市法團債權證權益",
    "3D": "表格3D - 董事／最高行政人員通知 - 相聯法團債權證權益",
}
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
_AMOUNT_IDS = {"amount": "lblDEvtAmount", "unit_size": "lblDEvtUnitSize"}
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


def form3b(layout: int = 0, **figures: Any) -> bytes:
    """A Form 3B page. figures: as of `form3a`, and those of `_associated`."""
    caption = "FORM 3B - DIRECTOR'S / CHIEF EXECUTIVE'S NOTICE: INTERESTS IN SHARES OF ASSOCIATED CORPORATION"
    boxes = [*_person(figures), ("Corporate name", "lblDName", figures.get("holder")), *_associated(figures)]
    return _notice(layout, caption, boxes, figures, "grdCap_Dir_Sh", "grdDer_Dir")


def form3c(layout: int = 0, **figures: Any) -> bytes:
    """A Form 3C page. figures: as of `form3a` without shares; amount, unit_size; amount_before, amount_after; rights."""
    caption = "FORM 3C - DIRECTOR'S / CHIEF EXECUTIVE'S NOTICE: INTERESTS IN DEBENTURES OF LISTED CORPORATION"
    boxes = [*_person(figures), ("Corporate name", "lblDName", figures.get("holder"))]
    return _notice(layout, caption, boxes, {**figures, "debentures": True}, "", "")


def form3d(layout: int = 0, **figures: Any) -> bytes:
    """A Form 3D page. figures: as of `form3c`, and those of `_associated`."""
    caption = "FORM 3D - DIRECTOR'S / CHIEF EXECUTIVE'S NOTICE: INTERESTS IN DEBENTURES OF ASSOCIATED CORPORATION"
    boxes = [*_person(figures), ("Corporate name", "lblDName", figures.get("holder")), *_associated(figures)]
    return _notice(layout, caption, boxes, {**figures, "debentures": True}, "", "")


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

    def __init__(self, layout: int, *, old: bool = False, chinese: bool = False) -> None:
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
        self.bare = old  # codes of the old layout stand alone
        self.translated = chinese

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
        nested = self.nested and not self.bare
        return self.table([self.row([self.cell(told), self.cell(meaning)])]) if nested else told

    def position(self, word: str) -> str:
        return _CHINESE.get(word, word) if self.chinese or self.translated else word

    def answer(self, word: str) -> str:
        return _CHINESE[word] if self.translated else word

    def shares(self, lines: Shares) -> str:
        """Positions and counts inside one cell."""
        if self.lettered:
            return "<br>".join(f"{escape(count)}({_LETTERS[word]})" for word, count in lines)
        rows = (self.row([self.cell(self.position(word)), self.cell(escape(count))]) for word, count in lines)
        return self.table(rows)

    def grid(self, name: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        """A table of the form; each row as the insides of its cells."""
        lines = [self.row(self.cell(inner) for inner in row) for row in rows]
        if self.headers:
            told = (_CHINESE[h] if self.translated else h for h in headers)
            lines.insert(0, self.row(self.cell(escape(h), self.header_tag) for h in told))
        return self.table(lines, name)

    def page(self, title: str, body: str) -> bytes:
        meta = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        whole = f"<html><head><title>{title}</title>{meta}</head>{self.newline}<body>{body}</body></html>{self.newline}"
        if self.upper:
            for tag in ("html", "body", "table", "tbody", "tr", "td", "th", "span", "br"):
                whole = whole.replace(f"<{tag}>", f"<{tag.upper()}>").replace(f"<{tag} ", f"<{tag.upper()} ")
                whole = whole.replace(f"</{tag}>", f"</{tag.upper()}>")
        return whole.encode()


def _associated(figures: Mapping[str, Any]) -> list[tuple[str, str, object]]:
    return [
        ("Name of associated corporation", "lblDAssoCorpName", figures.get("associated")),
        ("Business registration number", "lblDBusRegNo", figures.get("business_number")),
        ("Certificate of incorporation number", "lblViewCINo", figures.get("incorporation_number")),
        ("Place of incorporation", "lblDCorpPlace", figures.get("place")),
    ]


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
    (name, shares) and parties_total; directions: (name, address, code); more: raw markup put at the end. old: in the
    layout until 2017; chinese_page: in Chinese; debentures: with amounts instead of shares (`_amounts`).
    """
    old, chinese, debentures = (bool(figures.get(k)) for k in ("old", "chinese_page", "debentures"))
    ink = _Ink(layout, old=old, chinese=chinese)
    caption = _CHINESE_CAPTIONS[caption.split()[1]] if chinese else caption
    parts = [f'<span id="lblCaption">{escape(figures.get("caption", caption))}</span>']
    parts += [
        ink.box(label, name, figures.get(key))
        for label, name, key in (
            ("Form serial number", "lblDLogNo" if old else "lblDSerialNo", "serial"),
            ("1. Name of listed corporation", "lblViewCorpName", "issuer_name"),
            ("2. Stock code", "lblDStockCode", "issuer_code"),
            ("3. Class of shares", "lblDClass", "share_class"),
            ("4. Number of issued shares in class", "lblDIssued", "issued"),
        )
        if not (debentures and key == "issued")
    ]
    parts += [ink.box(*box) for box in holder]
    parts.append(ink.box("Date of relevant event", "lblDEventDate", figures.get("event_date")))
    parts.append(ink.box("Date when aware", "lblDAwareDate", figures.get("aware_date")))
    parts.append(_events(ink, figures))
    parts += _amounts(ink, figures) if debentures else _grids(ink, figures, capacity_grid, derivative_grid)
    if not old:
        parts.append(ink.box("Supplementary information", "lblDSuppInfo", figures.get("text")))
    parts.append(ink.box("Date of filing this form", "lblDSignDate", figures.get("signed_date")))
    if old:
        parts.append(ink.box("Number of attachments", "lblDNoAttachment", figures.get("attachments", 0)))
    parts.append(str(figures.get("more", "")))
    return ink.page(caption, "".join(parts))


def _events(ink: _Ink, figures: Mapping[str, Any]) -> str:
    """The event box: a long line, and a short line that is printed even when empty."""
    long = {"position": "Long position", **figures}
    short = {"position": "Short position", **figures.get("short", {})}
    debentures = figures.get("debentures")
    ids = {key: stem for key, stem in _LINE_IDS.items() if not (debentures and key == "shares")}
    ids |= _AMOUNT_IDS if debentures else {}
    rows = []
    for number, (line, ending) in enumerate(((long, ""), (short, "2")), 1):
        cells = []
        for key, stem in ids.items():
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


def _amounts(ink: _Ink, figures: Mapping[str, Any]) -> Iterable[str]:
    """What a form about debentures has instead of the tables of shares."""
    yield ink.box("Amount before", "lblDBEvtAmount", figures.get("amount_before"))
    yield ink.box("Amount after", "lblDAEvtAmount", figures.get("amount_after"))
    rights = [[escape(text) for text in row] for row in figures.get("rights", ())]
    yield ink.grid("grdGRDir_Db", ("Name", "Address", "Number of shares"), rights)


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
        lines.append([*who, escape(controller), escape(percent), ink.answer(direct), ink.shares(shares)])
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
