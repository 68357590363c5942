"""A brief for each kind of notice, true to its page: pages into a real ledger, sentences out, compared by hand.

The pages are invented (tests/pages.py); every expected sentence was compared with the figures of the page beside it. Box
numbers are not needed here: places are tested with the forms.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stakeline import Ledger, load_documents
from stakeline.model.briefs import Brief, Mark
from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName
from stakeline.model.stakes import EventKind
from stakeline.workflows.contradictions import contradictions
from stakeline.workflows.stakes import find_events, history, show
from stakeline.workflows.story import brief
from tests import pages

LONG, POOL = "Long position", "Lending pool"
ISSUER: dict[str, Any] = {
    "issuer_code": "01810",
    "issuer_name": "Plain Holdings Ltd.",
    "share_class": "Ordinary Shares",
    "issued": 1_000_000_000,
    "event_date": "01/03/2024",
}
FIRST, SECOND = "CS20240305E00004", "CS20240307E00009"
SALE: dict[str, Any] = {
    **ISSUER,
    "holder": "Fund Limited",
    "code": "1201",
    "shares": 2_000_000,
    "currency": "HKD",
    "average": "3.2000",
    "before": [(LONG, 61_000_000, "6.10")],
    "after": [(LONG, 59_000_000, "5.90")],
}

Load = Callable[..., Ledger]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A ledger of pages, each page a load of its own."""

    def loaded(*found: bytes) -> Ledger:
        ledger = Ledger.create(tmp_path / f"ledger{len(list(tmp_path.iterdir()))}")
        for number, data in enumerate(found, 1):
            assert load_documents(ledger, [Document(data=data, name=f"page {number}.html")]).quarantined == 0
        return ledger

    return loaded


def sentences(told: Brief) -> list[str]:
    every = [told.headline, *(s for part in told.sections for s in part.sentences)]
    for sentence in every:  # invariant 1: no digit in print without its figure, sections of the law apart
        for part in sentence:
            if not isinstance(part, Mark):
                bare = re.sub(r"Cap\. 571|s\.\d+(\(\w+\))*", "", part.words)
                assert not re.search(r"\d", bare), part.words
    return ["".join(part.words for part in sentence) for sentence in every]


def told_of(ledger: Ledger, subject: str = "01810", **asked: Any) -> list[str]:
    return sentences(brief(ledger, subject, **asked))


def row(serial: str = FIRST, remark: str = "", *, after: str = "58,000,000", percent: str = "5.80") -> list[object]:
    words = f"{serial} {remark}".strip()
    return [
        words,
        "Fund Limited",
        "1201(L)",
        "2,000,000(L)",
        "HKD 3.2000",
        f"{after}(L)",
        f"{percent}(L)",
        "01/03/2024",
    ]


def listed(*rows: list[object]) -> bytes:
    return pages.list_page(rows, code="01810", issuer="Plain Holdings Ltd.")


def test_an_individual_with_spouse_and_companies(load: Load) -> None:
    page = pages.form1(
        **ISSUER,
        serial="IS20240305E00001",
        surname="Chan",
        first="Tai Man",
        code="1101",
        shares=2_000_000,
        currency="HKD",
        average="3.2000",
        before=[(LONG, 59_000_000, "5.90")],
        after=[(LONG, 61_000_000, "6.10")],
        controlled=[
            ("Alpha Ltd", "Hong Kong", "Chan Tai Man", "100.00", "N", [(LONG, 60_000_000)]),
            ("Beta Ltd", "Hong Kong", "Alpha Ltd", "51.00", "Y", [(LONG, 60_000_000)]),
        ],
        family=[("Lee Siu Ming", "Hong Kong", [(LONG, 1_000_000)])],
    )
    told = told_of(ledger := load(page))
    assert told[0] == (
        "Chan Tai Man bought 2 million ordinary shares of Plain Holdings Ltd. at HK$3.20 on average; their stake in the "
        "class rose from 5.90% to 6.10%, through the 6% level"
    )
    assert "The stake after it is 61,000,000 ordinary shares, as filed." in told
    start = told.index("› Lee Siu Ming: spouse or child under 18, 1,000,000 ordinary shares.")
    assert told[start + 1 : start + 4] == [
        "› Alpha Ltd: controlled corporation, 100% controlled, 60,000,000 ordinary shares.",
        "› › Beta Ltd: controlled corporation, 51% controlled, with a direct interest, 60,000,000 ordinary shares.",
        "A corporation below another is a link of one chain: their shares are the same ones, told twice; what is named side by "
        "side accounts for parts of the total; nothing is added up here.",
    ]
    shown = show(ledger, "01810", on=None, known=None, base="class").held
    assert [h.shares.number for h in shown if h.shares] == [61_000_000]


def test_a_director_has_no_lowest_level(load: Load) -> None:
    page = pages.form3a(
        **ISSUER,
        serial="DA20240305E00002",
        surname="Lau",
        first="Chi Ping",
        code="1201",
        shares=20_000,
        currency="HKD",
        average="3.2000",
        before=[(LONG, 30_000, "0.00")],
        after=[(LONG, 10_000, "0.00")],
    )
    ledger = load(page)
    told = told_of(ledger)
    assert told[0] == (
        "Lau Chi Ping sold 20,000 ordinary shares of Plain Holdings Ltd. at HK$3.20 on average; their stake in the class "
        "stayed at 0.00%"
    )
    assert any(
        s.startswith("It is the notice of a director or chief executive, about shares of the listed") for s in told
    )
    assert "The stake after it is 10,000 ordinary shares, as filed." in told
    assert not any("notifiable" in s or "s.313" in s for s in told)
    made = brief(ledger, "01810")
    assert made.told_by[0] == "notice DA20240305E00002 (Form 3A), in page 1.html"
    assert not any(line.startswith("law:") for line in made.told_by)
    (held,) = show(ledger, "01810", on=None, known=None, base="class").held
    assert (held.position.below, held.position.notes) == (False, ())


def test_a_director_who_falls_through_five_percent_does_not_cease(load: Load) -> None:
    figures = {**SALE, "before": [(LONG, 51_000_000, "5.10")], "after": [(LONG, 49_000_000, "4.90")]}
    told = told_of(load(pages.form3a(**figures, serial="DA20240305E00002")))
    assert told[0].endswith("fell from 5.10% to 4.90%, through the 5% level")
    assert not any("no longer notifiable" in s or "s.313" in s for s in told)


def test_a_director_on_a_list_is_known_by_the_serial(load: Load) -> None:
    page = listed(
        ["DA20240305E00002", "Lau Chi Ping", "1201(L)", "20,000(L)", "HKD 3.2000", "0(L)", "0.00(L)", "01/03/2024"]
    )
    told = told_of(load(page))
    assert told[0].endswith("their stake in the class stood at 0.00%, and has ended")
    assert any(s.startswith("It is the notice of a director") for s in told)


def test_a_lending_pool_is_part_of_the_long_position(load: Load) -> None:
    page = pages.form2(
        **ISSUER,
        serial="CS20240305E00003",
        holder="Lender Bank plc",
        position=POOL,
        code="16011",
        shares=2_000_000,
        before=[(LONG, 70_000_000, "7.00"), (POOL, 49_000_000, "4.90")],
        after=[(LONG, 70_000_000, "7.00"), (POOL, 51_000_000, "5.10")],
    )
    ledger = load(page)
    told = told_of(ledger)
    assert told[0].startswith(
        "Lender Bank plc gave notice of a change in its lending pool, involving 2 million ordinary"
    )
    assert told[0].endswith("this is no purchase or sale of shares; its lending pool rose from 4.90% to 5.10%")
    assert "The lending pool is a part of the long position and no addition to it." in told
    assert (
        "The same notice tells a long position of 70,000,000 ordinary shares, which is never added or set off." in told
    )
    assert "The lending pool after it is 51,000,000 ordinary shares, as filed." in told
    assert not any("121,000,000" in s for s in told)
    assert not any(re.search(r"\b(sold|bought)\b", s) for s in told)


def test_dilution_by_the_filers_own_words(load: Load) -> None:
    words = "The percentage fell as a result of the enlarged issued share capital after an issue of new shares."
    page = pages.form2(
        **ISSUER,
        serial=FIRST,
        holder="Fund Limited",
        code="1213",
        text=words,
        before=[(LONG, 49_900_000, "5.02")],
        after=[(LONG, 49_900_000, "4.99")],
    )
    ledger = load(page)
    told = told_of(ledger)
    assert told[0] == (
        "Fund Limited's stake in the ordinary shares of Plain Holdings Ltd. fell from 5.02% to 4.99%, through the 5% level, "
        "and is no longer notifiable, without a sale: the number of shares in issue grew"
    )
    assert any(s.startswith(f"The filer's own words: “{words}” Read from them: dilution") for s in told)
    assert (
        "The event was on 1 March 2024: another event; read from the filer's own words as dilution: the number of shares in "
        "issue grew, which is no purchase or sale of shares."
    ) in told
    # 1704 has been used for a sale: the words decide.
    sale = {**SALE, "code": "1704", "after": [(LONG, 49_000_000, "4.90")], "before": [(LONG, 51_000_000, "5.10")]}
    sold = told_of(load(pages.form2(**sale, serial=FIRST, text="2,000,000 shares were sold off the market.")))
    assert sold[0].startswith("Fund Limited sold 2 million ordinary shares of Plain Holdings Ltd.")
    assert any(s.endswith("Read from them: a sale. That is our reading, not a code's.") for s in sold)
    silent = told_of(load(pages.form2(**sale, serial=FIRST)))
    assert not any(re.search(r"Fund Limited (sold|disposed)", s) for s in silent)
    assert "The code leaves the event to the filer's own words, and none were read." in silent


def test_an_amendment_stands_in_the_place_of_what_it_amends(load: Load) -> None:
    ledger = load(
        pages.form2(**{**SALE, "after": [(LONG, 58_000_000, "5.80")]}, serial=FIRST),
        pages.form2(**SALE, serial=f"{SECOND} (Amendment to {FIRST})"),
    )
    told = told_of(ledger)
    assert told[0].endswith("its stake in the class fell from 6.10% to 5.90%, through the 6% level")
    assert f"It amends the notice {FIRST} and stands in its place." in told
    assert (
        "It changed percent after the event: 5.80% before the amendment, 5.90% now; shares after the event: 58,000,000 before "
        "the amendment, 59,000,000 now."
    ) in told
    before = told_of(ledger, known="2024-03-06")
    assert before[0].endswith("fell from 6.10% to 5.80%, through the 6% level")
    assert not any("amend" in s for s in before)
    (timeline,) = history(ledger, "Fund Limited", "01810", on=None, known=None).timelines
    assert {e.id: e.withdrawn for e in timeline.entries} == {FIRST: True, SECOND: False}


def test_what_was_known_between_two_pages_of_the_list(load: Load) -> None:
    """The list as it was on the first day, then with the remark: the row is one filing, the remark has its own day."""
    ledger = load(
        listed(row()),
        listed(
            row(remark=f"(Superseded by {SECOND})"),
            row(SECOND, f"(Amendment to {FIRST})", after="59,000,000", percent="5.90"),
        ),
    )

    def held(known: str | None) -> list[tuple[str, int]]:
        found = show(ledger, "01810", on=None, known=known, base="class").held
        return [(h.position.entry.id, int(h.shares.number)) for h in found if h.shares]

    assert held("2024-03-05") == [(FIRST, 58_000_000)]
    assert held("2024-03-06") == [(FIRST, 58_000_000)]
    assert held("2024-03-07") == [(SECOND, 59_000_000)]
    assert held(None) == [(SECOND, 59_000_000)]


def test_a_withdrawn_notice_tells_what_no_longer_stands(load: Load) -> None:
    huge = {**SALE, "code": "1101", "before": [(LONG, 61_000_000, "6.10")], "after": [(LONG, 83_200_000, "8.32")]}
    huge["shares"] = 22_200_000
    ledger = load(
        pages.form2(**huge, serial=FIRST),
        pages.form2(**huge, serial=f"{FIRST} (Withdrawn on 08/03/2024)"),
    )
    told = told_of(ledger)
    assert told[0].endswith("was withdrawn or replaced: its figures do not stand")
    assert "It was withdrawn." in told  # the day stands in another source than the figures: named there
    assert (
        "It told, of an event of 1 March 2024: 22.2 million ordinary shares involved at HK$3.20 a share; a total of 8.32%, "
        "after 6.10% before it; 83,200,000 ordinary shares held after it."
    ) in told
    kinds = [e.kind for _, e in find_events(ledger, "01810", on=None, known=None, crosses=None, since=None)]
    assert sorted(kinds) == [EventKind.SUSPECT, EventKind.WITHDRAWN]
    assert show(ledger, "01810", on=None, known=None, base="class").held == ()
    # Between: nobody knew. The notice stood, and its level was crossed.
    between = told_of(ledger, known="2024-03-07")
    assert between[0].endswith("rose from 6.10% to 8.32%, through the levels of 7% and 8%")
    assert not any("withdrawn" in s for s in between)


def test_a_standing_event_is_the_latest_even_where_a_withdrawn_one_is_later(load: Load) -> None:
    later = {**SALE, "event_date": "04/03/2024"}
    told = told_of(load(pages.form2(**SALE, serial=FIRST), pages.form2(**later, serial=f"{SECOND} (Withdrawn)")))
    assert told[0].startswith("Fund Limited sold 2 million")


def test_a_code_against_the_totals_says_neither_bought_nor_sold(load: Load) -> None:
    page = pages.form2(**{**SALE, "after": [(LONG, 63_000_000, "6.30")]}, serial=FIRST)
    ledger = load(page)
    told = told_of(ledger)
    assert not any("Fund Limited sold" in s for s in told)
    assert "Code 1201 says that shares were sold, but the total of the same notice rose." in told
    (odd,) = [e for _, e in find_events(ledger, "01810", on=None, known=None, crosses=None, since=None)
              if e.kind is EventKind.MISMATCH]  # fmt: skip
    assert not any("Fund Limited sold" in s for s in told_of(ledger, odd.id))


def test_a_list_row_and_its_page_are_one_and_their_contradictions_are_heard(load: Load) -> None:
    ledger = load(listed(row()), pages.form2(**SALE, serial=FIRST))
    (timeline,) = history(ledger, "Fund Limited", "01810", on=None, known=None).timelines
    (entry,) = timeline.entries
    assert entry.before.percent is not None  # the page completes the row
    found = [kept.problem.message for kept in contradictions(ledger)]
    start = "reports of this notice contradict one another: "
    assert set(found) == {
        f"{start}shares after: 59,000,000 (notice {FIRST}) against 58,000,000 (list row {FIRST})",
        f"{start}percent after: 5.90% (notice {FIRST}) against 5.80% (list row {FIRST})",
    }
    assert len(found) == 2
    agreed = load(listed(row(after="59,000,000", percent="5.90")), pages.form2(**SALE, serial=FIRST))
    assert contradictions(agreed) == []


def test_conversion_between_two_classes(load: Load) -> None:
    """After real rows of 01810 of 11 August 2026: 12,950,321 shares out of one class and into the other."""
    common = {**ISSUER, "surname": "Lei", "first": "Jun", "shares": 12_950_321, "event_date": "11/08/2026"}
    out = {**common, "share_class": "Class A Ordinary Shares", "issued": 4_429_000_000, "code": "1213"}
    into = {**common, "share_class": "Class B Ordinary Shares", "issued": 21_340_000_000, "code": "1113"}
    ledger = load(
        pages.form3a(**out, serial="DA20260811E00498", after=[(LONG, 3_989_013_134, "90.06")]),
        pages.form3a(**into, serial="DA20260811E00497", after=[(LONG, 2_067_766_504, "9.69")]),
    )
    found = find_events(ledger, "01810", on=None, known=None, crosses=None, since=None)
    assert {str(e.cause) for _, e in found} == {"conversion"}
    for _, event in found:
        told = told_of(ledger, event.id)
        assert "through a conversion of shares" in told[0]
        assert not any(re.search(r"\b(sold|bought)\b", s) for s in told)


def test_founder_trustee_spouse_and_company_are_one_position(load: Load) -> None:
    """Four notices of one sale: each names another, all show the same figures; they are never added up."""
    sale = {k: v for k, v in SALE.items() if k != "holder"}
    ledger = load(
        pages.form1(
            **sale,
            serial="IS20240305E00001",
            surname="Chan",
            first="Tai Man",
            trusts=[("The Chan Trust", "5103", [(LONG, 59_000_000)])],
        ),
        pages.form1(
            **sale,
            serial="IS20240305E00002",
            surname="Lee",
            first="Siu Ming",
            family=[("Chan Tai Man", "Hong Kong", [(LONG, 59_000_000)])],
        ),
        pages.form2(
            **sale,
            serial="CS20240305E00003",
            holder="Trustee Limited",
            trusts=[("The Chan Trust", "5101", [(LONG, 59_000_000)])],
            controlled=[("Holding Ltd", "BVI", "Trustee Limited", "100.00", "Y", [(LONG, 59_000_000)])],
        ),
        pages.form2(**sale, serial="CS20240305E00004", holder="Holding Ltd"),
    )
    (held,) = show(ledger, "01810", on=None, known=None, base="class").held
    assert set(held.position.timeline.party.seats) == {"Chan Tai Man", "Lee Siu Ming", "Trustee Limited", "Holding Ltd"}
    assert held.shares is not None
    assert held.shares.number == 59_000_000
    (entry,) = held.position.timeline.entries
    assert len(entry.serials) == 4


def test_an_associated_corporation_is_no_stake_in_the_issuer(load: Load) -> None:
    page = pages.form3b(
        **ISSUER,
        serial="DB20240305E00002",
        surname="Lau",
        first="Chi Ping",
        associated="Sub Limited",
        code="1201",
        shares=20_000,
        before=[(LONG, 30_000, "3.00")],
        after=[(LONG, 10_000, "1.00")],
    )
    ledger = load(page)
    assert show(ledger, "01810", on=None, known=None, base="class").held == ()
    with pytest.raises(UnknownName):
        brief(ledger, "01810")


def test_every_brief_of_the_real_lists_keeps_its_figures(load: Load, samples: Path) -> None:
    ledger = load(*(p.read_bytes() for p in sorted((samples / "hk").glob("notices-*.html"))))
    found = find_events(ledger, None, on=None, known=None, crosses=None, since=None)
    assert len(found) > 40
    one_of_each = {(e.kind, e.leg, e.entry.any_size, bool(e.entry.twin)): e for _, e in found}
    for event in one_of_each.values():
        assert told_of(ledger, event.id)
    # Lin Bin and Lei Jun, two days, two classes each: four conversions, eight notices (rows of 01810).
    halves = {e.entry.id for _, e in found if e.entry.twin}
    assert len(halves) == 8
