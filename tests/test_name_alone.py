"""Rows that tell a company by name alone, beside pages that tell its code: made lists into a real ledger, and out again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from stakeline import Ledger, load_documents
from stakeline.model.documents import Document
from stakeline.model.errors import AmbiguousName
from stakeline.workflows import knowledge
from stakeline.workflows.stakes import find_events, history, show
from tests import listpages, pages

NAME = "Xiaomi Corporation - W"
FIRST = {
    "serial": "CS20240305E00004",
    "day": "01/03/2024",
    "issuer": NAME,
    "holder": "Fund Limited",
    "reason": "1201(L)",
    "shares": "2,000,000(L)",
    "price": "HKD 3.2000",
    "after": "59,000,000(L)",
    "percent": "5.90(L)",
}
SECOND = {**FIRST, "serial": "CS20240405E00009", "day": "02/04/2024", "after": "57,000,000(L)", "percent": "5.70(L)"}
DOUBT = f"code not told; same name as told by list row CS20240305E00004: {NAME}"

Load = Callable[..., Ledger]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*found: bytes) -> Ledger:
        ledger = Ledger.create(tmp_path / "ledger")
        told = [Document(data=data, name=f"page {number}.html") for number, data in enumerate(found, 1)]
        assert load_documents(ledger, told).quarantined == 0
        return ledger

    return loaded


def company(*rows: dict[str, str], code: str = "01810", name: str = NAME) -> bytes:
    return listpages.company(rows, code=code, name=name)


def of(ledger: Ledger, name: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    (timeline,) = history(ledger, "Fund", name, on=None, known=None).timelines
    return [(e.id, e.doubts, e.serials) for e in timeline.entries]


def test_a_row_by_name_is_the_company_of_that_name(load: Load) -> None:
    ledger = load(company(FIRST), listpages.by_date([SECOND]))
    assert {r.body.subject for r in ledger.notices()} == {"hk:01810", f"hk:name:{NAME}"}
    for name in ("Xiaomi", "01810", "xiaomi corporation - W"):
        (first, second) = of(ledger, name)
        assert (first[0], second[0]) == (FIRST["serial"], SECOND["serial"])
        assert DOUBT in second[1]
        assert not any(d.startswith("code not told") for d in first[1])
    (held,) = show(ledger, "Xiaomi", on=None, known=None, base="class").held
    assert held.position.entry.id == SECOND["serial"]
    assert held.issuer.subject == "hk:01810"
    assert held.percent is not None
    assert held.percent.doubt == DOUBT
    keys = {r.body.serial: r.key for r in ledger.notices()}
    told = knowledge.about(ledger, *knowledge.find_issuer("Xiaomi", ledger.names(), None, None), ledger.names())
    assert {r.body.serial: r.key for r in told.notices} == keys


def test_a_holder_known_from_rows_by_name_alone_is_found(load: Load) -> None:
    other = {**SECOND, "holder": "Other Limited"}
    ledger = load(company(FIRST), listpages.by_date([other]))
    (held,) = show(ledger, "Other", on=None, known=None, base="class").held
    assert held.issuer.name == NAME
    assert {e.entry.id for _, e in find_events(ledger, "Other", on=None, known=None, crosses=None, since=None)} == {
        SECOND["serial"]
    }


def test_one_filing_on_both_lists_is_one_and_no_doubt(load: Load) -> None:
    ledger = load(company(FIRST), listpages.by_date([FIRST]))
    ((name, doubts, _),) = of(ledger, "Xiaomi")
    assert name == FIRST["serial"]
    assert not any(d.startswith("code not told") for d in doubts)


def test_the_same_serial_is_a_link_where_names_differ(load: Load) -> None:
    rows = [{**row, "issuer": "Xiaomi Corp."} for row in (FIRST, SECOND)]
    ledger = load(company(FIRST), listpages.by_date(rows))
    (issuer,) = knowledge.issuers(ledger.names())
    assert (issuer.subject, issuer.told_as) == ("hk:01810", ("hk:name:Xiaomi Corp.",))
    first, second = of(ledger, "Xiaomi Corp.")
    assert not any(d.startswith("code not told") for d in first[1])
    assert any(d.startswith("code not told; same name as told by ") for d in second[1])


def test_the_serial_outweighs_the_name(load: Load) -> None:
    other = {**FIRST, "serial": "CS20240306E00008"}
    ledger = load(company(other), company(FIRST, code="09999", name="Another Ltd."), listpages.by_date([FIRST]))
    assert {i.subject: i.told_as for i in knowledge.issuers(ledger.names())} == {
        "hk:01810": (),
        "hk:09999": (f"hk:name:{NAME}",),
    }


def test_a_name_of_two_codes_or_of_none_stays_by_itself(load: Load) -> None:
    ledger = load(
        company(FIRST),
        company({**FIRST, "serial": "CS20240305E00005"}, code="81810"),
        listpages.by_date([SECOND, {**SECOND, "serial": "CS20240405E00010", "issuer": "Unlisted Ltd."}]),
    )
    with pytest.raises(AmbiguousName, match=r"Xiaomi Corporation - W \(hk, code not told\)"):
        show(ledger, "Xiaomi", on=None, known=None, base="class")
    alone = show(ledger, "Unlisted", on=None, known=None, base="class")
    assert (alone.name, [h.issuer.codes for h in alone.held]) == ("Unlisted Ltd.", [(("", None, None),)])


def test_a_chinese_name_in_its_box_can_be_asked_for(load: Load) -> None:
    page = pages.form1(
        serial="IS20240305E00001",
        issuer_code="01810",
        issuer_name="Plain Holdings Ltd.",
        share_class="Ordinary Shares",
        issued=1_000_000_000,
        event_date="01/03/2024",
        surname="Chan",
        first="Tai Man",
        chinese="陳大文",
        code="1101",
        shares=2_000_000,
        currency="HKD",
        average="3.2000",
        before=[("Long position", 59_000_000, "5.90")],
        after=[("Long position", 61_000_000, "6.10")],
    )
    ledger = load(page)
    shown = show(ledger, "陳大文", on=None, known=None, base="class")
    assert (shown.name, shown.of_issuer, len(shown.held)) == ("Chan Tai Man", False, 1)


def test_the_name_of_the_day_asked_is_printed(load: Load) -> None:
    known = "text,2025-01-01,made up,made up\n"
    table = (
        "subject,measure,item,period,value,unit,known_from,known_basis,cites\n"
        f"hk:01810,name,en,2020-01-01..2024-12-31,Old Name Ltd,{known}"
        f"hk:01810,name,en,2025-01-01..,Brand New Ltd,{known}"
    )
    ledger = load(company(FIRST), table.encode())
    for on, name in (("2024-06-01", "Old Name Ltd"), ("2025-06-01", "Brand New Ltd")):
        for query in ("Old Name", "01810"):
            assert show(ledger, query, on=on, known=None, base="class").name == name
