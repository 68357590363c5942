"""Notices of associated corporations and of debentures; one filing on a list by date and as a page; parts of positions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stakeline import Ledger, load_documents
from stakeline.cli import main
from stakeline.model.documents import Document
from stakeline.model.notices import Status
from stakeline.regimes import hk
from stakeline.workflows.stakes import find_events, history, show
from tests import listpages, pages

NAME = "Plain Holdings Ltd."
ISSUER: dict[str, Any] = {
    "issuer_code": "01810",
    "issuer_name": NAME,
    "share_class": "Ordinary Shares",
    "issued": 1_000_000_000,
    "event_date": "01/03/2024",
}
OTHER: dict[str, Any] = {
    **ISSUER,
    "serial": "DB20240305E00004",
    "holder": "Chan Tai Man",
    "code": "1101",
    "shares": 1_000_000,
    "before": [("Long position", 5_000_000, "5.00")],
    "after": [("Long position", 6_000_000, "6.00")],
}
SERIAL = "CS20240305E00004"
SALE: dict[str, Any] = {
    **ISSUER,
    "serial": SERIAL,
    "holder": "Fund Limited",
    "code": "1201",
    "shares": 2_000_000,
    "before": [("Long position", 61_000_000, "6.10")],
    "after": [("Long position", 59_000_000, "5.90")],
}
ROW = {
    "serial": SERIAL,
    "day": "01/03/2024",
    "issuer": NAME,
    "holder": "Fund Limited",
    "reason": "1201(L)",
    "shares": "2,000,000(L)",
    "price": "HKD 3.2000",
    "after": "59,000,000(L)",
    "percent": "5.90(L)",
}
NOW: dict[str, Any] = {"on": None, "known": None}

Load = Callable[..., Ledger]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*found: bytes) -> Ledger:
        ledger = Ledger.create(tmp_path / "ledger")
        told = [Document(data=data, name=f"page {number}.html") for number, data in enumerate(found, 1)]
        assert load_documents(ledger, told).quarantined == 0
        return ledger

    return loaded


def other_pages() -> tuple[bytes, ...]:
    associated = {"associated": "Sub Co Ltd"}
    debentures = {"debentures": "5% Notes", "amount_before": "5,000,000", "amount_after": "6,000,000"}
    return (
        pages.form3b(**{**OTHER, **associated}),
        pages.form3c(**{**OTHER, **debentures, "serial": "DC20240305E00005"}),
        pages.form3d(**{**OTHER, **associated, **debentures, "serial": "DD20240305E00006"}),
    )


@pytest.mark.parametrize("name", [NAME, "Chan Tai Man"])
def test_notices_of_other_shares_are_shown_and_in_no_balance(name: str, load: Load) -> None:
    told = show(load(*other_pages()), name, **NOW, base="class")
    assert told.held == ()
    assert [(o.notice.serial, o.notice.form, o.issuer.name) for o in told.other] == [
        ("DB20240305E00004", "3B", NAME),
        ("DC20240305E00005", "3C", NAME),
        ("DD20240305E00006", "3D", NAME),
    ]
    first, second, third = (o.what for o in told.other)
    assert first.startswith("associated corporation ")
    assert second.startswith("debentures")
    assert third.startswith(first + ", debentures")


def test_other_notices_follow_both_clocks(load: Load) -> None:
    ledger = load(*other_pages(), pages.form2(**SALE))
    before = show(ledger, NAME, on="2024-02-29", known=None, base="class")
    assert (before.held, before.other) == ((), ())
    assert show(ledger, NAME, on=None, known="2024-03-04", base="class").other == ()
    assert [h.position.entry.id for h in show(ledger, NAME, **NOW, base="class").held] == [SERIAL]
    assert show(ledger, "Fund", **NOW, base="class").other == ()


def test_other_notices_in_print(load: Load, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(*other_pages())
    assert main(["show", "Chan", "--ledger", str(tmp_path / "ledger")]) == 0
    printed = capsys.readouterr().out
    assert "nothing was known then" not in printed
    assert "not shares of the issuer, and in no balance:" in printed
    assert "after (long): shares after 6,000,000, percent after 6.00" in printed
    for number, page in enumerate(other_pages()):
        (tmp_path / f"{number}.html").write_bytes(page)
    main(["read", *(str(tmp_path / f"{n}.html") for n in range(3))])
    printed = capsys.readouterr().out
    assert printed.count("not shares of the issuer: associated corporation ") == 2
    assert printed.count("not shares of the issuer: debentures ") == 2


@pytest.mark.parametrize("order", [1, -1])
def test_a_row_by_date_joins_its_page(order: int, load: Load) -> None:
    ledger = load(*[listpages.by_date([ROW]), pages.form2(**SALE)][::order])
    for name in (NAME, "Fund", "01810"):
        (held,) = show(ledger, name, **NOW, base="class").held
        assert (held.issuer.subject, held.position.entry.id) == ("hk:01810", SERIAL)
    ((issuer, event),) = find_events(ledger, None, **NOW, crosses=None, since=None)
    assert (issuer.subject, event.entry.id) == ("hk:01810", SERIAL)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("issuer", [NAME, "Plain Hldgs"])
def test_a_withdrawal_on_a_list_by_date_retires_the_page(order: int, issuer: str, load: Load) -> None:
    row = {**ROW, "issuer": issuer, "serial": f"{SERIAL} (Withdrawn on 20/03/2024)"}
    ledger = load(*[listpages.by_date([row]), pages.form2(**SALE)][::order])
    assert show(ledger, NAME, **NOW, base="class").held == ()
    (timeline,) = history(ledger, "Fund", NAME, **NOW).timelines
    assert [(e.id, e.status) for e in timeline.entries] == [(SERIAL, Status.WITHDRAWN)]
    (held,) = show(ledger, NAME, on=None, known="2024-03-15", base="class").held
    assert held.position.entry.id == SERIAL


def test_a_holder_shown_alone_is_still_part_of_anothers_position(load: Load) -> None:
    part = ("Fund Limited", "1 Road", "Parent Limited", "100.00", "Y", [("Long position", "59,000,000")])
    whole = {**SALE, "serial": "CS20240305E00009", "holder": "Parent Limited", "controlled": [part]}
    whole |= {"after": [("Long position", 70_000_000, "7.00")], "before": [("Long position", 72_000_000, "7.20")]}
    ledger = load(pages.form2(**SALE), pages.form2(**whole))
    of_issuer = {h.position.timeline.party.name: h.position.notes for h in show(ledger, NAME, **NOW, base="class").held}
    assert any("part of Parent Limited's position" in note for note in of_issuer["Fund Limited"])
    (alone,) = show(ledger, "Fund", **NOW, base="class").held
    assert alone.position.notes == of_issuer["Fund Limited"]


@pytest.mark.parametrize("header", ["最後一份通知的日期", "最后一份通知的日期", "最後通知日期"])
@pytest.mark.parametrize("day", ["01/03/2024", "2024年3月1日"])
def test_the_chinese_day_of_the_last_notice(header: str, day: str) -> None:
    page = listpages.balances([{**ROW, "day": day}]).decode()
    assert "Date of last notice" in page
    reading = hk.read(Document(data=page.replace("Date of last notice", header).encode(), name="x"))
    assert reading is not None
    assert [str(r.body.event_date) for r in reading.notices] == ["2024-03-01"]
