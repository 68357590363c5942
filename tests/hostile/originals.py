"""What is mutated: pages and tables that are read whole, in all layouts, and real files where there are any."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from stakeline import cases
from stakeline.model.documents import Document
from tests import listpages, pages, saved

_LAYOUTS = range(10)
_LARGEST = 200_000

_LONG_AND_SHORT = [("Long position", "2,351,000,000"), ("Short position", "1,000"), ("Lending pool", "5,000")]
_FULL: dict[str, Any] = {
    "issued": 25_978_640_000,
    "before": [("Long position", "2,351,000,000", "9.05"), ("Short position", "1,000", "0.00")],
    "after": [("Long position", "2,271,000,000", "8.74"), ("Lending pool", "5,000", "0.00")],
    "capacities": [("2201", _LONG_AND_SHORT), ("2101", [("Long position", "17")])],
    "derivatives": [("4103", [("Short position", "1,000")])],
    "controlled": [
        (
            "Taobao China Holding Limited",
            "26/F Tower One",
            "Alibaba",
            "100.00",
            "Y",
            [("Long position", "2,271,000,000")],
        )
    ],
    "trusts": [("The Family Trust", "6101", [("Long position", "33")])],
    "parties": [("A. N. Other", "44,000")],
    "text": "On-exchange sale of 80,000,000 shares.",
}
_ROWS: list[list[object]] = [
    ["CS20221111E00123", "Alibaba Group Holding Limited", "1201(L)", "80,000,000(L)", "HKD 1.8190", "2,271,000,000(L)", "8.74(L)", "08/11/2022"],
    ["IS20221112E00007", "徐立", "1101(L)\n1502(S)", "12,950,321(L)\n7(S)", "", "9(L)\n3(S)\n1(P)", "1.00(L)\n0.5(S)\n0.1(P)", "09/11/2022"],
    ["CS20221113E00001 Superseded by CS20221114E00001", "BlackRock, Inc.", "1213(L)", "", "", "1,067,240,018(L)", "5.00(L)", "10/11/2022"],
]  # fmt: skip
_ROW = {
    "serial": "CS20221111E00123", "day": "08/11/2022", "issuer": "SenseTime Group Inc. - B", "code": "00020",
    "class": "Class B Ordinary Shares", "holder": "Alibaba Group Holding Limited", "reason": "1201(L)",
    "shares": "80,000,000(L)", "price": "HKD 1.8190", "before": "2,351,000,000(L)", "percent before": "9.05(L)",
    "after": "2,271,000,000(L)", "percent": "8.74(L)",
}  # fmt: skip
_OTHER_ROW = {
    **_ROW, "serial": "IS20221112E00007", "holder": "徐立", "reason": "1101(L)\n1502(S)", "shares": "12,950,321(L)\n7(S)", "price": "",
    "after": "9(L)\n3(S)\n1(P)", "percent": "1.00(L)\n0.5(S)\n0.1(P)", "before": "", "percent before": "",
}  # fmt: skip
_LISTS: dict[str, Callable[..., bytes]] = {
    "shareholders": listpages.shareholders, "by date": listpages.by_date, "person": listpages.person,
    "balances": listpages.balances, "summary": listpages.summary,
}  # fmt: skip
_PASTED_NOTICE = """FORM 2 - CORPORATE SUBSTANTIAL SHAREHOLDER NOTICE
Form serial number\tCS20221111E00123
1. Name of listed corporation\tSenseTime Group Inc. - B
2. Stock code\t00020
3. Class of shares\tClass B Ordinary Shares
4. Number of issued shares in class\t25,978,640,000
5. Name of substantial shareholder\tAlibaba Group Holding Limited
15. Date of relevant event\t08/11/2022
17. Details of relevant event
Position\tCode\tBefore\tAfter\tShares\tCurrency\tHighest\tAverage\tConsideration\tNature
Long position\t1201\tcompleted a sale\t2201\tcontrolled\t2201\tcontrolled\t80,000,000\tHKD\t\t1.8190\t\t
18. Total shares immediately before the relevant event
Position\tTotal number of shares\tPercentage figure (%)
Long position\t2,351,000,000\t9.05
19. Total shares immediately after the relevant event
Position\tTotal number of shares\tPercentage figure (%)
Long position\t2,271,000,000\t8.74
Date of filing this form\t11/11/2022
"""
_HEADER = "\t".join(listpages.HEADERS[name] for name in listpages.COMPANY)
_PASTED_LIST = f"""List of all notices within a specified period - Current Securities
Stock code:\t00020
Name of listed corporation:\tSenseTime Group Inc. - B
{_HEADER}
CS20221111E00123\tAlibaba\t1201(L)\t80,000,000(L)\tHKD 1.8190\t2,271,000,000(L)\t8.74(L)\t08/11/2022\t\t
CS20221110E00007\tSome Bank\t1101(L)\t1,000(L)\t\t500,000(L)\t6.10(L)\t07/11/2022\t\t
Displayed: 1 - 2
Total records: 2
"""
_CLEARING = json.dumps(
    [{"StockCode": "00020", "AsOf": "2021/01/29", "StockName": "EXAMPLE", "Holdings": {
        "C00019": {"Name": "HSBC", "Address": "1 QUEEN'S ROAD", "Shareholding": "1,234,567", "Percent": "12.34%"},
        "B01234": {"Name": "A BROKER", "Address": "", "Shareholding": "89", "Percent": "0.00%"}}}]
)  # fmt: skip
_PRICES = "date,open,high,low,close,volume\n2022-11-14,1.80,1.95,1.74,1.90,100\n2022-11-15,1.88,1.88,1.75,1.79,90\n"


@cache
def originals() -> tuple[Document, ...]:
    """The documents, always in the same order: made ones, the shipped case, and real pages if STAKELINE_SAMPLES is set."""
    return (*made_pages(), *_tables(), *_real())


@cache
def made_pages() -> tuple[Document, ...]:
    """Notice pages and lists in every layout."""
    person: dict[str, Any] = {
        **pages.FOUNDING_CASE, **_FULL, "holder": "", "surname": "Lei", "first": "Jun", "chinese": "雷軍",
    }  # fmt: skip
    before_2017: dict[str, Any] = {**_FULL, "serial": "130", "old": True, "code": "102"}
    found = []
    for layout in _LAYOUTS:
        made = {
            "form2": pages.founding_notice(layout, **_FULL),
            "plain": pages.founding_notice(layout),
            "chinese": pages.founding_notice(layout, **_FULL, chinese_page=True),
            "old": pages.founding_notice(layout, **before_2017),
            "form1": pages.form1(layout, **{**person, "serial": "IS20221111E00124"}),
            "form3a": pages.form3a(layout, **{**person, "serial": "DA20221111E00125"}),
            "form3b": pages.form3b(layout, **{**person, "serial": "DB20221111E00126"}),
            "form3c": pages.form3c(layout, **{**person, "serial": "DC20221111E00127"}),
            "list": pages.list_page(_ROWS * 4, layout=layout),
        }
        if layout < 3:
            made |= {name: page([_ROW, _OTHER_ROW], layout=layout) for name, page in _LISTS.items()}
        found += [Document(data=data, name=f"{name}-{layout}.html") for name, data in made.items()]
    return tuple(found)


@cache
def packed() -> tuple[Document, ...]:
    """Pages wrapped as browsers, mail programs and zips wrap them: for those who open containers first."""
    page, table = made_pages()[0], _tables()[0]
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("page.html"), page.data)
        archive.writestr(zipfile.ZipInfo("facts/table.csv"), table.data)
    made = {
        "pages.zip": bundle.getvalue(),
        "page.mhtml": saved.mhtml(page.data),
        "page.eml": saved.mail([saved.attached("page.html", page.data)]),
        "page.webarchive": saved.webarchive(page.data),
    }
    return tuple(Document(data=data, name=name) for name, data in made.items())


def _tables() -> list[Document]:
    """The shipped case's tables, and texts that are no pages."""
    folder = Path(str(cases.__file__)).parent / "sensetime"
    found = [Document(data=path.read_bytes(), name=path.name) for path in sorted(folder.glob("*.csv"))]
    texts = {
        "prices_0020HK_daily.csv": _PRICES,
        "pasted notice.txt": _PASTED_NOTICE,
        "pasted list.txt": _PASTED_LIST,
        "clearing.json": _CLEARING,
    }
    return [*found, *(Document(data=text.encode(), name=name) for name, text in texts.items())]


def _real() -> list[Document]:
    folder = os.environ.get("STAKELINE_SAMPLES")
    paths = sorted(Path(folder, "hk").glob("*.*")) if folder else []
    return [
        Document(data=p.read_bytes(), name=p.name) for p in paths if p.stat().st_size <= _LARGEST and p.suffix != ".md"
    ]
