"""What a notice leaves open is said as open: two prices, levels that counts decide, positions inside others, contradictions.

Pages are invented (tests/pages.py); every expected sentence was compared with the figures of the page beside it.
"""

import json
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stakeline import Ledger, load_documents
from stakeline.briefs import explain
from stakeline.briefs.footnotes import Footnotes
from stakeline.cases import case
from stakeline.cli import main
from stakeline.model.briefs import Brief, Mark
from stakeline.model.documents import Document
from stakeline.model.law import Base
from stakeline.model.notices import Leg
from stakeline.model.stakes import EventKind
from stakeline.workflows.stakes import find_events, history, show
from stakeline.workflows.story import brief, literals
from tests import pages

LONG, SHORT = "Long position", "Short position"
SALE: dict[str, Any] = {
    "issuer_code": "01810",
    "issuer_name": "Plain Holdings Ltd.",
    "share_class": "Ordinary Shares",
    "issued": 1_000_000_000,
    "event_date": "01/03/2024",
    "holder": "Fund Limited",
    "code": "1201",
    "shares": 10_000_000,
    "currency": "HKD",
    "average": "1.0000",
    "before": [(LONG, 69_000_000, "6.90")],
    "after": [(LONG, 59_000_000, "5.90")],
}
FIRST, SECOND = "CS20240305E00004", "CS20240307E00009"

Load = Callable[..., Ledger]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def loaded(*found: bytes) -> Ledger:
        ledger = Ledger.create(tmp_path / f"ledger{len(list(tmp_path.iterdir()))}")
        for number, data in enumerate(found, 1):
            assert load_documents(ledger, [Document(data=data, name=f"page {number}.html")]).quarantined == 0
        return ledger

    return loaded


def sentences(told: Brief) -> list[str]:
    every = [told.headline, *(s for part in told.sections for s in part.sentences)]
    for sentence in every:
        for part in sentence:
            if not isinstance(part, Mark):
                bare = re.sub(r"Cap\. 571|s\.\d+(\(\w+\))*", "", part.words)
                assert not re.search(r"\d", bare), part.words
    return ["".join(part.words for part in sentence) for sentence in every]


def printed(capsys: pytest.CaptureFixture[str], ledger: Ledger, *words: str) -> str:
    assert main([*words, "--ledger", str(ledger.folder)]) == 0
    return capsys.readouterr().out


def test_two_prices_are_both_told_and_multiply_nothing(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    """Box 17: 10,000,000 shares, on the exchange at 1.0000, off it at 0.90; together 9 to 10 million dollars."""
    ledger = load(pages.form2(**{**SALE, "consideration": "0.90"}, serial=FIRST))
    made = brief(ledger, "01810")
    told = sentences(made)
    both = "at HK$1.00 on average on the exchange and at HK$0.90 on average off it"
    assert both in told[0]
    (trade,) = [s for s in told if s.startswith("On 1 March 2024")]
    assert both in trade
    assert trade.endswith(
        "how many at which price is not told: in all between about HK$9.0 million if all were at the lower price and "
        "HK$10.00 million if all at the higher."
    )
    assert not any("for HK$10" in s or "ordinary shares on the exchange" in s for s in told)
    prices = {str(f.value): f.places[0].label for f in made.figures() if f.basis.startswith("average per share")}
    assert prices == {"1.0000": "box 17", "0.90": "box 17"}
    timeline = printed(capsys, ledger, "timeline", "Fund Limited", "01810")
    assert "at HKD 1.0000 (average per share, on exchange) and HKD 0.90 (average per share, off exchange)" in timeline
    alone = sentences(brief(load(pages.form2(**SALE, serial=FIRST)), "01810"))
    assert any("on the exchange at HK$1.00 on average, for HK$10.00 million (10 million × HK$1.00" in s for s in alone)


def test_the_working_of_a_level_names_the_counts_that_decided_it(load: Load) -> None:
    """89,999,000 of 1,000,000,000 is 8.9999%, printed 9.00: level 8, by the counts and not by 9.00 rounded down."""
    sale = {**SALE, "shares": 1_001_000, "before": [(LONG, 91_000_000, "9.10")], "after": [(LONG, 89_999_000, "9.00")]}
    made = brief(load(pages.form2(**sale, serial=FIRST)), "01810")
    levels = {
        str(round(f.number)): f
        for f in made.figures()
        if f.basis == "percentage level" and "rounded" in (f.formula or "")
    }
    assert levels["8"].formula == "shares / issued shares, rounded down"
    assert [str(i.value) for i in levels["8"].inputs] == ["89999000", "1000000000"]
    assert levels["9"].formula == "the percentage rounded down"
    assert [str(i.value) for i in levels["9"].inputs] == ["9.10"]


def test_a_stake_does_not_stay_where_it_went_through_a_level(load: Load) -> None:
    """90,000,000 and 89,999,000 of 1,000,000,000 are both printed 9.00."""
    sale = {**SALE, "shares": 1_000, "before": [(LONG, 90_000_000, "9.00")], "after": [(LONG, 89_999_000, "9.00")]}
    told = sentences(brief(load(pages.form2(**sale, serial=FIRST)), "01810"))
    assert told[0].endswith(
        "its stake in the class stood at 9.00% as printed, before and after, and went through the 9% level by the counts"
    )
    assert "The stake stood at 9.00% of the ordinary shares before and after, as filed." in told
    assert not any("stayed" in s for s in told)


def test_an_open_level_is_printed_as_open(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    """The counts say 8, the printed percentage 9.50 says 9: the figures contradict one another."""
    sale = {**SALE, "before": [(LONG, 91_000_000, "9.10")], "after": [(LONG, 999_999_999_999, "9.50")]}
    ledger = load(pages.form2(**sale, serial=FIRST))
    events = [e for _, e in find_events(ledger, "01810", on=None, known=None, crosses=None, since=None)]
    (law,) = [c for e in events for c in e.crossings if c.base is Base.CLASS]
    assert law.after_level is None
    for command in (("events", "01810"), ("timeline", "Fund Limited", "01810")):
        out = printed(capsys, ledger, *command)
        assert f"level open ({law.note})" in out
        assert "no level" not in out


def test_list_rows_say_between_which_notices_a_level_was_crossed(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        [FIRST, "Fund Limited", "1201(L)", "2,000,000(L)", "", "61,000,000(L)", "6.10(L)", "01/03/2024"],
        [SECOND, "Fund Limited", "1201(L)", "3,000,000(L)", "", "58,000,000(L)", "5.80(L)", "05/03/2024"],
    ]
    page = pages.list_page(rows, code="01810", issuer="Plain Holdings Ltd.")
    out = printed(capsys, load(page), "events", "01810")
    assert "crosses 6% (between the notices of 2024-03-01 and 2024-03-05: the later tells no total before" in out


def test_a_percentage_printed_up_lies_in_the_bounds_of_the_shares_held(load: Load) -> None:
    """75,686,142 of 1,098,000,000 is 6.893% and was printed 6.90: a real notice."""
    figures = {**SALE, "issued": 1_098_000_000, "before": [(LONG, None, "7.50")], "after": [(LONG, None, "6.90")]}
    ledger = load(pages.form2(**figures, serial=FIRST))
    made = brief(ledger, "01810")
    (left,) = [f for f in made.figures() if f.basis == "stake after the event, derived"]
    (held,) = show(ledger, "01810", on=None, known=None, base="class").held
    assert held.shares is not None
    filed = held.position.stake.percent
    assert filed is not None
    for figure in (left, held.shares, filed):
        truth = 75_686_142 if figure.unit == "shares" else 75_686_142 * 100 / 1_098_000_000
        assert float(figure.bounds().low) <= truth <= float(figure.bounds().high)


def test_a_subsidiary_that_reports_by_itself_is_a_part_of_its_parent(
    load: Load, capsys: pytest.CaptureFixture[str]
) -> None:
    sub = [("Sub Ltd", "BVI", "Parent Ltd", "100.00", "Y", [(LONG, 60_000_000)])]
    parent = {
        **SALE,
        "holder": "Parent Ltd",
        "before": [(LONG, 91_000_000, "9.10")],
        "after": [(LONG, 90_000_000, "9.00")],
    }
    own = {**SALE, "holder": "Sub Ltd", "before": [(LONG, 61_000_000, "6.10")], "after": [(LONG, 60_000_000, "6.00")]}
    ledger = load(pages.form2(**parent, controlled=sub, serial=FIRST), pages.form2(**own, serial=SECOND))
    held = {
        h.position.timeline.party.name: h.position
        for h in show(ledger, "01810", on=None, known=None, base="class").held
    }
    assert held["Sub Ltd"].notes == ("part of Parent Ltd's position (named in its notice)",)
    assert held["Parent Ltd"].notes == ("of which 60,000,000 through Sub Ltd, which also reports",)
    out = printed(capsys, ledger, "show", "01810")
    assert "Sub Ltd: part of Parent Ltd's position (named in its notice)" in out
    assert "150,000,000" not in out


def test_a_citation_of_a_day_counts_from_its_end(tmp_path: Path) -> None:
    """The press of 15 November 2022 was not out at eight in the morning."""
    ledger = Ledger.create(tmp_path / "ledger")
    load_documents(ledger, case("sensetime"))
    told = {known: brief(ledger, "SenseTime", known=known) for known in ("2022-11-15T08:00", "2022-11-15")}
    assert told["2022-11-15T08:00"].told_by[0].startswith("press reports of 14 November 2022 (")
    cited = {known: [cite for _, cite in Footnotes(made).sources] for known, made in told.items()}
    assert not any("15 Nov" in cite or "2022-11-15" in cite for cite in cited["2022-11-15T08:00"])
    assert len(cited["2022-11-15"]) > len(cited["2022-11-15T08:00"])
    assert told["2022-11-15"].told_by[0].startswith("press reports of 14 and 15 November 2022 (")


def test_what_another_source_says_is_a_figure_with_unit_and_place(tmp_path: Path) -> None:
    header = "subject,measure,item,period,value,unit,known_from,known_basis,cites,confidence\n"
    rows = "".join(
        f"hk:01810,shares.issued,ordinary,2024-02-29,{value},shares,2024-03-01,report of that day,a source,{sure}\n"
        for value, sure in (("1100000", "low"), ("1000000", "high"))
    )
    page = {**SALE, "issued": None, "before": [(LONG, None, "7.50")], "after": [(LONG, None, "6.90")]}
    ledger = Ledger.create(tmp_path / "ledger")
    documents = [
        Document(data=pages.form2(**page, serial=FIRST), name="page.html"),
        Document(data=(header + rows).encode(), name="counts.csv"),
    ]
    assert load_documents(ledger, documents).quarantined == 0
    made = brief(ledger, "01810")
    (count,) = [f for f in made.figures() if f.others]
    assert (str(count.value), count.doubt, [str(o.value) for o in count.others]) == (
        "1000000",
        "another source says otherwise",
        ["1100000"],
    )
    words = "another source says 1,100,000 shares, row 2, column value, counts.csv (S1)"
    assert any(words in note.words for note in Footnotes(made).notes)
    assert "another source says 1,100,000 shares" in explain(count)
    assert not any("1100000" in s or "1,100,000" in s for s in sentences(made))


def test_the_long_leg_leads(load: Load) -> None:
    """One notice: long 6.10% to 5.90%, short 1.10% to 0.90%, an exit. The exit of the short position does not lead."""
    both = {
        **SALE,
        "short": {"position": SHORT, "code": "1403", "shares": 2_000_000},
        "before": [(LONG, 61_000_000, "6.10"), (SHORT, 11_000_000, "1.10")],
        "after": [(LONG, 59_000_000, "5.90"), (SHORT, 9_000_000, "0.90")],
    }
    ledger = load(pages.form2(**both, serial=FIRST))
    found = {(e.leg, e.kind): e for _, e in find_events(ledger, "01810", on=None, known=None, crosses=None, since=None)}
    assert (Leg.SHORT, EventKind.EXIT) in found
    assert brief(ledger, "01810").event == found[Leg.LONG, EventKind.CROSSING].id


def test_a_page_whose_serial_cannot_be_read_was_loaded_all_the_same(load: Load) -> None:
    made = brief(load(pages.form2(**SALE, serial="CS2024??")), "01810")
    assert not any("not loaded" in words for words in made.unknown)
    assert "Form 2" in made.told_by[0]
    old = {**SALE, "old": True, "code": "102", "event_date": "01/03/2007"}
    assert (
        "(Form 2, layout until 2017)" in brief(load(pages.form2(**old, serial="CS20070305123456")), "01810").told_by[0]
    )


def test_one_notice_in_two_languages_is_one_seat(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = load(
        pages.form2(**{**SALE, "holder": "Alpha Ltd"}, serial=FIRST),
        pages.form2(**{**SALE, "holder": "甲有限公司"}, chinese_page=True, serial=FIRST),
    )
    (timeline,) = history(ledger, "Alpha Ltd", "01810", on=None, known=None).timelines
    assert [e.seats for e in timeline.entries] == [("Alpha Ltd",)]
    assert not any("one position" in line for line in brief(ledger, "01810").told_by)
    for command in (("show", "01810"), ("timeline", "Alpha Ltd", "01810")):
        assert "one position" not in printed(capsys, ledger, *command)


def test_the_highest_price_of_a_sale_was_not_paid_by_the_seller(load: Load) -> None:
    sold = sentences(brief(load(pages.form2(**SALE, highest="1.9000", serial=FIRST)), "01810"))
    assert "The highest price was HK$1.90." in sold
    purchase = {**SALE, "code": "1101", "before": SALE["after"], "after": SALE["before"]}
    bought = sentences(brief(load(pages.form2(**purchase, highest="1.9000", serial=FIRST)), "01810"))
    assert "The highest price paid was HK$1.90." in bought


def test_why_as_json_has_what_stands_there(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = load(pages.form2(**SALE, serial=FIRST))
    worth = next(f for f in brief(ledger, "01810").figures() if f.currency == "HKD" and f.derived)
    answer = json.loads(printed(capsys, ledger, "why", worth.id, "--json"))
    assert answer["figure"]["value"] == str(worth.value)
    assert answer["literal"] == literals(ledger, worth)
    assert sorted(answer["literal"].values()) == ["1.0000", "10,000,000"]
    assert set(answer["literal"]) == {p.locator for i in worth.inputs for p in i.places}


def test_a_brief_that_cannot_be_remembered_says_so(load: Load, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = load(pages.form2(**SALE, serial=FIRST))
    (Path(ledger.folder) / "printed").write_text("in the way", encoding="utf-8")
    with pytest.warns(RuntimeWarning, match="not remembered"):
        brief(ledger, "01810")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert main(["brief", "01810", "--ledger", str(ledger.folder)]) == 0
    out, err = capsys.readouterr()
    assert "Fund Limited sold" in out
    assert err.startswith("note: the footnotes of this brief are not remembered")
