"""List pages of every kind that the register has, to test with.

The markup is ours. Headers and headings of lists by company and by person are those of real pages; those of lists by date
and of daily summaries are as readers of the live pages name them; those of lists of balances and all Chinese headers are
our inference. `layout` varies what no reader should depend on: case and closing of tags, header cells, blanks, the order of
columns (from layout 1 on), one or two rows of headers in summaries.
"""

import html
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

HEADERS = {
    "serial": "Form Serial Number",
    "day": "Date of relevant event (dd/mm/yyyy)",
    "issuer": "Name of listed corporation",
    "code": "Stock code",
    "class": "Class of shares",
    "holder": "Name of substantial shareholder / director / chief executive",
    "reason": "Reason for disclosure ",
    "shares": "No. of shares bought / sold / involved",
    "price": "Average price per share",
    "after": "No. of shares interested (See *Notes above)",
    "percent": "% of issued voting shares",
    "associated": "Interests in shares of associated corporation",
    "debentures": "Interests in debentures",
}
CHINESE = {
    "serial": "表格序號",
    "day": "有關事件的日期（日/月/年）",
    "issuer": "上市法團名稱",
    "holder": "大股東／董事／最高行政人員姓名",
    "reason": "披露的原因",
    "shares": "買入／賣出／涉及的股份數目",
    "price": "每股平均價",
    "after": "持有權益的股份數目",
    "percent": "佔已發行有投票權股份百分比",
    "associated": "於相聯法團股份的權益",
    "debentures": "於債權證的權益",
}
COMPANY = ("serial", "holder", "reason", "shares", "price", "after", "percent", "day", "associated", "debentures")
SHAREHOLDERS = COMPANY[:-2]
BY_DATE = (
    *("serial", "day", "issuer", "holder", "reason", "shares", "price", "after", "percent", "associated", "debentures"),
)
PERSON = ("serial", "day", "issuer", "shares", "reason", "price", "after", "percent", "associated", "debentures")
BALANCES = ("serial", "holder", "after", "percent", "day")
SUMMARY = (
    *("serial", "issuer", "code", "class", "holder", "day", "reason", "shares", "price"),
    *("before", "percent before", "after", "percent"),
)
DEBENTURES = (
    *("serial", "issuer", "code", "corporation", "holder", "day", "reason", "currency", "amount", "unit price"),
    *("before", "after"),
)
_OF_PERSON = {"shares": "No. of shares bought/ sold/ involved", "after": "No. of shares held after the relevant event"}
_OF_BALANCES = {"holder": "Name of substantial shareholder", "after": "No. of shares", "day": "Date of last notice"}
_OF_DEBENTURES = {
    "corporation": "Associated Corporation",
    "holder": "Name of director",
    "currency": "Currency of debentures",
    "amount": "Amount of debentures bought / sold / involved",
    "unit price": "Average price per unit",
    "before": "Previous Balance",
    "after": "Present Balance",
}

Row = Mapping[str, str]
"""Cells by the short names above, "\\n" between the lines of a cell."""


def company(rows: Sequence[Row], code: str = "00020", name: str = "SenseTime Group Inc. - B", **rest: Any) -> bytes:
    """All notices of a company (NSAllFormList)."""
    return _paged("NSAllFormList", COMPANY, rows, {"lblSCStockCode": code, "lblSCCorpName": name}, **rest)


def shareholders(
    rows: Sequence[Row], code: str = "00020", name: str = "SenseTime Group Inc. - B", **rest: Any
) -> bytes:
    """Notices of a company's substantial shareholders (NSNoticeSSList)."""
    return _paged("NSNoticeSSList", SHAREHOLDERS, rows, {"lblSCStockCode": code, "lblSCCorpName": name}, **rest)


def by_date(rows: Sequence[Row], **rest: Any) -> bytes:
    """All notices of some days of events (NSAllFormDateList)."""
    return _paged("NSAllFormDateList", BY_DATE, rows, {}, **rest)


def person(rows: Sequence[Row], name: str = "Li Hua", **rest: Any) -> bytes:
    """The notices of one person (NSNoticePersonList)."""
    return _paged("NSNoticePersonList", PERSON, rows, {"lblSCName": name}, words=_OF_PERSON, **rest)


def balances(rows: Sequence[Row], page: str = "NSConstdSSList", title: str = "", **rest: Any) -> bytes:
    """The consolidated or complete list of a company's substantial shareholders."""
    heading = {"lblSCStockCode": "00020", "lblSCCorpName": "SenseTime Group Inc. - B"}
    return _paged(page, BALANCES, rows, heading, words=_OF_BALANCES, title=title, **rest)


def summary(rows: Sequence[Row], layout: int = 0) -> bytes:
    """A daily summary of notices of shares (DSM...C1.htm to C3.htm)."""
    ink = _Ink(layout)
    if ink.dice.random() < 0.5:
        names = [*(HEADERS[n] for n in SUMMARY[:9])]
        upper = "".join(ink.cell(n, ' rowspan="2"') for n in names)
        upper += ink.cell("Previous balance", ' colspan="2"') + ink.cell("Present balance", ' colspan="2"')
        lower = "".join(ink.cell(n) for n in ("No. of shares", "%", "No. of shares", "%"))
        head = ink.row(upper) + ink.row(lower)
    else:
        words = {"before": "Previous No. of shares", "percent before": "Previous No. of shares (%)"}
        words |= {"after": "Present No. of shares", "percent": "Present No. of shares (%)"}
        head = ink.row("".join(ink.cell(words.get(n, HEADERS.get(n, n))) for n in SUMMARY))
    caption = ink.row(ink.cell("Daily Summary of Notices", f' colspan="{len(SUMMARY)}"'))
    return _summary(ink, caption + head, SUMMARY, rows)


def debentures(rows: Sequence[Row], layout: int = 0) -> bytes:
    """A daily summary of notices of debentures (DSM...C4.htm)."""
    ink = _Ink(layout)
    head = ink.row("".join(ink.cell(_OF_DEBENTURES.get(n, HEADERS.get(n, n))) for n in DEBENTURES))
    return _summary(ink, head, DEBENTURES, rows)


class _Ink:
    def __init__(self, layout: int) -> None:
        self.dice = Random(layout)
        self.upper = layout > 0 and self.dice.random() < 0.5
        self.unclosed = layout > 0 and self.dice.random() < 0.4
        self.blank = "&nbsp;" if self.dice.random() < 0.7 else " "
        self.shuffled = layout > 0

    def cell(self, inner: str, more: str = "") -> str:
        return f'<td class="txt"{more}>{inner or self.blank}' + ("" if self.unclosed else "</td>")

    def row(self, cells: str, more: str = "") -> str:
        return f"<tr{more}>{cells}" + ("" if self.unclosed else "</tr>") + "\r\n"

    def page(self, body: str) -> bytes:
        whole = f'<html><head><meta charset="utf-8"></head><body>{body}</body></html>'
        for tag in ("table", "tr", "td", "br") if self.upper else ():
            whole = whole.replace(f"<{tag}", f"<{tag.upper()}").replace(f"</{tag}", f"</{tag.upper()}")
        return whole.encode()

    def value(self, name: str, row: Row) -> str:
        lines = html.escape(row.get(name, "")).split("\n")
        if name == "reason":
            return "".join(f"<a href=x>{c}</a>({d}<br>" for c, _, d in (p.partition("(") for p in lines) if d)
        if name in ("serial", "day") and lines[0]:
            number, blank, remark = lines[0].partition(" ")
            return f'<a href="NSForm1.aspx?fn=101777&lang=EN&">{number}</a>{blank}{remark}'
        return "<br>".join(lines) + ("<br>" if name in ("shares", "after", "percent") and lines[0] else "")


def _paged(
    page: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    heading: Mapping[str, str],
    *,
    layout: int = 0,
    words: Mapping[str, str] | None = None,
    chinese: bool = False,
    shown: str | None = None,
    total: int | None = None,
    title: str = "",
    more: Sequence[str] = (),
) -> bytes:
    """more: headers of further columns, whose cells hold an x."""
    ink = _Ink(layout)
    order = list(columns)
    if ink.shuffled:
        ink.dice.shuffle(order)
    names = HEADERS | dict(words or {}) if not chinese else CHINESE
    head = ink.row("".join(ink.cell(h) for h in (*(names[n] for n in order), *more)), ' class="boldtxtw"')
    body = "".join(ink.row("".join(ink.cell(ink.value(n, r)) for n in order) + ink.cell("x") * len(more)) for r in rows)
    shown = f"1 - {len(rows)}" if shown is None else shown
    return ink.page(
        f'<form action="./{page}.aspx?sa2=xx&amp;sid=6552&amp;lang=EN"><span id="lblSearch">{title}</span>'
        + "".join(f'<span id="{name}">{html.escape(text)}</span>' for name, text in heading.items())
        + f'<table id="grdPaging">{head}{body}</table><span id="lblRecRange">Displayed: {shown}</span>'
        + f'<span id="lblRecCount">{len(rows) if total is None else total}</span></form>'
    )


def _summary(ink: _Ink, head: str, columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    colours = ("#ffffff", "#cccccc")
    body = "".join(
        ink.row("".join(ink.cell(ink.value(n, r)) for n in columns), f' bgColor="{colours[i % 2]}"')
        for i, r in enumerate(rows)
    )
    return ink.page(f'<table id="Table3">{head}{body}</table>')
