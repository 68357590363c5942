"""Which pages to save. Expected addresses are put together by hand from the reference (section 4)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.ledger import Ledger
from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName, UsageError
from stakeline.reading.addresses import encoded, queries
from stakeline.regimes.hk import where
from stakeline.workflows.loading import load_documents
from stakeline.workflows.where_to_save import Page, WhereToSave, where_to_save
from tests import pages

AT = datetime(2022, 11, 16, 1, tzinfo=UTC)  # 16 November 2022 in Hong Kong, a Wednesday
DI = "https://di.hkex.com.hk/di/"
ROWS = [
    ("CS20221111E00123", "Alibaba Group Holding Limited", "1201(L)", "80,000,000(L)", "HKD 1.8190", "2,271,000,000(L)", "8.74(L)", "08/11/2022"),
    ("DA20220905E00001", "Some Director", "1101(L)", "1(L)", "", "2(L)", "0.00(L)", "01/09/2022"),
]  # fmt: skip


def loaded(tmp_path: Path, *documents: bytes) -> Ledger:
    ledger = Ledger.create(tmp_path / "ledger")
    load_documents(ledger, [Document(data=d, name=f"{n}.html") for n, d in enumerate(documents)])
    return ledger


def linked(query: str) -> bytes:
    """A list page whose first serial links with this query, ampersands bare as on the real pages."""
    page = pages.list_page(ROWS)
    return page.replace(b"fn=CS20221111E00123&sa2=an&", b"fn=CS20221111E00123&sa2=an&" + query.encode(), 1)


def addresses(answer: WhereToSave) -> list[str]:
    return [p.address for p in answer.pages]


def page(answer: WhereToSave, name: str) -> Page:
    return next(p for p in answer.pages if p.name == name)


def test_without_a_ledger_the_search_comes_first() -> None:
    answer = where_to_save(None, "20", "Alibaba", at=AT)
    assert addresses(answer)[0] == (
        DI + "NSSrchCorpList.aspx?sa1=cl&scsd=03%2F07%2F2017&sced=16%2F11%2F2022&sc=00020&src=MAIN&lang=EN"
    )
    assert DI + "summary/DSM20221116C1.htm" in addresses(answer)
    assert (
        DI + "NSSrchPersonList.aspx?sa1=pl&scsd=03%2F07%2F2017&sced=16%2F11%2F2022&pn=Alibaba&src=MAIN&lang=EN"
    ) in addresses(answer)
    assert (
        "https://di.hkex.com.hk/filing/di/NSSrchCorpList.aspx"
        "?sa1=cl&scsd=01%2F04%2F2003&sced=02%2F10%2F2017&sc=00020&src=MAIN&lang=EN"
    ) in addresses(answer)
    assert all(p.has is None for p in answer.pages)
    assert "sid" in answer.pages[0].steps
    assert "do not allow scripted access" in answer.terms


@pytest.mark.parametrize(
    ("since", "systems"),
    [("2018-01-01", {"/di/"}), ("2017-10-02", {"/di/", "/filing/di/"}), ("2017-07-01", {"/di/", "/filing/di/"}), ("2017-10-03", {"/di/"})],
)  # fmt: skip
def test_around_the_changeover_both_systems_are_searched(since: str, systems: set[str]) -> None:
    answer = where_to_save(None, "00020", since=since, at=AT)
    found = {a.partition("di.hkex.com.hk")[2].partition("NSSrch")[0] for a in addresses(answer) if "NSSrch" in a}
    assert found == systems
    if since == "2017-07-01":
        assert any("scsd=01%2F07%2F2017&sced=02%2F10%2F2017" in a for a in addresses(answer))
        assert any("scsd=03%2F07%2F2017&sced=16%2F11%2F2022" in a for a in addresses(answer))


def test_a_loaded_list_names_the_notices_whose_page_is_missing(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, pages.list_page(ROWS))
    answer = where_to_save(ledger, "SenseTime", at=AT)
    assert (answer.issuer, answer.code) == ("SenseTime Group Inc. - B", "00020")
    wanted = [p.address for p in answer.pages if p.serial]
    assert wanted == [DI + "NSForm2.aspx?fn=CS20221111E00123", DI + "NSForm3A.aspx?fn=DA20220905E00001"]
    # The filing of 11 November may still be in that day's summary; that of September is not any more.
    assert [a for a in addresses(answer) if "C1.htm" in a] == [DI + "summary/DSM20221111C1.htm"]
    only = where_to_save(ledger, "SenseTime", "Alibaba", at=AT)
    assert [p.serial for p in only.pages if p.serial] == ["CS20221111E00123"]
    assert only.holder == "Alibaba Group Holding Limited"
    assert [p.serial for p in where_to_save(ledger, "20", since="2022-11-01", at=AT).pages if p.serial] == [
        "CS20221111E00123"
    ]


def test_what_the_ledger_has_comes_last(tmp_path: Path) -> None:
    ledger = loaded(tmp_path, linked("sid=77&corpn=SenseTime+Group&sc=0020&"), pages.founding_notice())
    answer = where_to_save(ledger, "20", at=AT)
    held = [p for p in answer.pages if p.has]
    assert held == list(answer.pages[-len(held) :])
    assert [p.serial for p in held if p.serial] == ["CS20221111E00123"]
    told = page(answer, "list of all notices of the company")
    assert told.has == "2 notices from such lists, events of 2022-09-01 to 2022-11-08"


def test_a_sid_in_the_links_of_a_loaded_list_is_used(tmp_path: Path) -> None:
    answer = where_to_save(loaded(tmp_path, linked("sid=77&corpn=SenseTime+Group&sc=0020&")), "20", at=AT)
    assert page(answer, "list of all notices of the company").address == (
        DI + "NSAllFormList.aspx?sa2=an&sid=77&corpn=SenseTime%20Group&sd=03%2F07%2F2017&ed=16%2F11%2F2022&cid=0"
        "&sa1=cl&scsd=03%2F07%2F2017&sced=16%2F11%2F2022&sc=00020&src=MAIN&lang=EN"
    )


@pytest.mark.parametrize("query", ["sid=77&corpn=Other&sc=0700&", "sid=&corpn=x&sc=20&", "sid=77&", "corpn=x&sc=20&"])
def test_links_about_another_stock_or_short_of_a_number_reveal_nothing(query: str, tmp_path: Path) -> None:
    assert not any("NSAllFormList" in a for a in addresses(where_to_save(loaded(tmp_path, linked(query)), "20", at=AT)))


def test_what_filings_say_is_percent_encoded(tmp_path: Path) -> None:
    page = linked("sid=1%26lang%3Dx%23&corpn=%0d%0aSet-Cookie:+a%2f..%2f&sc=20&")
    page = page.replace(b"Alibaba Group Holding Limited", "A&B #1/../?x=阿\"'".encode())
    answer = where_to_save(loaded(tmp_path, page), "20", "A&B", at=AT)
    (listed,) = [a for a in addresses(answer) if "NSAllFormList" in a]
    assert "&sid=1%26lang%3Dx%23&corpn=%0D%0ASet-Cookie%3A%20a%2F..%2F&" in listed
    (person,) = [a for a in addresses(answer) if "/di/NSSrchPerson" in a and "/filing" not in a]
    assert "&pn=A%26B%20%231%2F..%2F%3Fx%3D%E9%98%BF%22%27&" in person


@given(st.text())
def test_encoding_comes_back_and_can_end_nothing(text: str) -> None:
    there = encoded(text)
    assert set(there) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%")
    if "\ud800" <= max(text, default="") <= "\udfff":
        return
    found = list(queries(f'<a href="x.aspx?a={there}&amp;b=1#c">'.encode()))
    assert found == ([{"a": text.encode("utf-8", "replace").decode(), "b": "1"}] if len(there) < 1900 else [])


def test_wrong_questions_say_what_is_wrong() -> None:
    with pytest.raises(UnknownName):
        where_to_save(None, "SenseTime", at=AT)
    with pytest.raises(UnknownName):
        where_to_save(None, "123456", at=AT)
    with pytest.raises(UsageError, match="after today"):
        where_to_save(None, "20", since="2023-01-01", at=AT)
    with pytest.raises(UsageError, match="not a day"):
        where_to_save(None, "20", since="1/1/2020", at=AT)


def test_the_site_is_whole() -> None:
    site = where.site()
    assert {s.prefix for s in site.sources if s.each == "notice"} == {"IS", "CS", "DA", "DB", "DC", "DD"}
    assert all(s.address.startswith("https://") for s in site.sources)
    assert all(s.kept_days for s in site.sources if s.each == "day")


def test_the_command(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stakeline.cli import main

    monkeypatch.setenv("STAKELINE_LEDGER", str(tmp_path / "none"))
    assert main(["where", "00020", "Alibaba", "--since", "2022-01-01"]) == 0
    told = capsys.readouterr().out
    assert "pn=Alibaba" in told
    assert "Nothing was fetched" in told
    assert "NSSrchCorpList.aspx?sa1=cl&scsd=01%2F01%2F2022" in told
    assert main(["where", "Nobody"]) == 2
    monkeypatch.setenv("STAKELINE_LEDGER", str(loaded(tmp_path, pages.list_page(ROWS)).folder))
    assert main(["where", "SenseTime"]) == 0
    assert "NSForm2.aspx?fn=CS20221111E00123" in capsys.readouterr().out


def test_the_real_list_of_xiaomi_reveals_its_number(tmp_path: Path, samples: Path) -> None:
    # Every link of the page has sid=208656 and no corpn; the newest notice of the holder is of 3 September 2026 (row 4).
    page = (samples / "hk" / "notices-1810-90d.html").read_bytes()
    answer = where_to_save(loaded(tmp_path, page), "1810", "BlackRock", at=datetime(2026, 9, 20, tzinfo=UTC))
    (listed,) = [a for a in addresses(answer) if "NSAllFormList" in a]
    assert "sa2=an&sid=208656&sd=03%2F07%2F2017&ed=20%2F09%2F2026" in listed
    assert next(p.address for p in answer.pages if p.serial) == DI + "NSForm2.aspx?fn=CS20260908E00043"
