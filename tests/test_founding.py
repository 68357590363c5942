"""The founding case, end to end: the shipped facts, a real ledger, the real commands.

Expected sentences were compared by hand with samples/sensetime/VERIFICATION.md and the CSV files beside it (24 November
2026); the numbers of its sections are given.
"""

import re
from pathlib import Path

import pytest

from stakeline import Ledger, load_documents
from stakeline.briefs import render_text
from stakeline.cases import case
from stakeline.model.briefs import Brief, Mark
from stakeline.model.documents import Document
from stakeline.model.stakes import EventKind
from stakeline.workflows.demo import KNOWN
from stakeline.workflows.stakes import history
from stakeline.workflows.story import brief, why
from tests import pages


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = Ledger.create(tmp_path_factory.mktemp("founding") / "ledger")
    load_documents(made, case("sensetime"))
    return made


@pytest.fixture(scope="module")
def founding(ledger: Ledger) -> Brief:
    return brief(ledger, "SenseTime", known=KNOWN)


def sentences(told: Brief) -> list[str]:
    every = [told.headline, *(s for section in told.sections for s in section.sentences)]
    return ["".join(p.words for p in sentence) for sentence in every]


SHOW = [
    # Section 6: 80m at 1.819 on exchange, 9.05 to 8.74 as filed.
    "Alibaba Group Holding Limited sold 80 million Class B shares of SenseTime Group Inc. at HK$1.8190 on average; "
    "its stake in the class fell from 9.05% to 8.74%, through the 9% level",
    # 80,000,000 x 1.8190 = 145,520,000; / 7.84994 = 18,537,721.
    "for HK$145.52 million (80 million × HK$1.8190; US$18.54 million at HK$7.8499 per US dollar",
    "from 9 to 8: the 9% level was crossed",
    # Section 5: (9.05% x 25,978.64m) / 33,507.4m = 7.0166%, 8.74% gives 6.7762%; votes 101,266.24m in all.
    "Of all shares of the company: 7.0% to 6.8% (rounded); there the 7% level would be crossed",
    "Of all votes: 2.3% to 2.2% (rounded); no level would be crossed",
    # 8.74% x 25,978.64m = 2,270.5m; cut or rounded, 2,269.2m to 2,273.1m.
    "About 2.27 billion Class B shares are left",
    # Section 3.
    "The shares were listed on 30 December 2021 at an offer price of HK$3.85.",
    "HK$9.70, intraday on 4 January 2022; the highest close was HK$8.20 on the same day",
    "The last close was HK$1.79 on 15 November 2022 (one source",
    # 1.79 x 33,507.4m = 59,978.2m; / 7.8268 = 7,663.2m.
    "all 33,507.4 million shares (as last reported on 24 June 2022) were worth HK$59.98 billion (about US$7.66 billion",
    # Section 1: 1,415.343 / 1,651.809 = -14.316%; 2,564.180 / 702.665 = +264.92%; 3,207.988 / 3,712.873 = -13.598%.
    "revenue was RMB 1,415 million, down 14.3%",
    "The adjusted net loss (non-IFRS) widened to RMB 2,564 million, up 264.9%, while the reported loss for the period "
    "narrowed 13.6% to RMB 3,208 million.",
    # Section 2.
    "Smart Business RMB 568 million, down 12.2%; Smart City RMB 434 million, down 44.8%; Smart Life RMB 292 million, "
    "up 97.6%; Smart Auto RMB 120.8 million, up 71.1%.",
    "Research and development expenses rose 14.88%",
    "Selling expenses rose 37.5%",
    "Administrative expenses fell 46.74%",
    # 542.18 / 178.65 = 3.0349: tripled, not doubled.
    "Net impairment losses were 3.03 times those of the period before",
    # Section 4.
    "Cambricon lost RMB 622 million in the first half of 2022, against RMB 392 million a year earlier",
    "CloudWalk lost RMB 325.4 million in the first half of 2022 (prior-year half not found)",
    "Deep Glint lost RMB 12.56 million in the first half of 2022, against RMB 56.91 million a year earlier",
    "Megvii lost RMB 1,865 million in the first half of 2021",
]


@pytest.mark.parametrize("words", SHOW)
def test_the_brief_says(founding: Brief, words: str) -> None:
    assert any(words in sentence for sentence in sentences(founding)), words


def test_what_became_known_later_is_absent(founding: Brief) -> None:
    text = render_text(founding, width=120)
    # 2,271 million was printed on 18 April 2023; 1.71 and 57.232bn stand only in the article under test; 33,469m came later.
    for later in ("2,271", "1.71", "57.232", "33,469", "2023", "56.01"):
        assert later not in text, later


def test_every_number_in_print_is_a_figure(founding: Brief) -> None:
    for sentence in (founding.headline, *(s for section in founding.sections for s in section.sentences)):
        for part in sentence:
            if not isinstance(part, Mark):
                bare = re.sub(r"Cap\. 571|s\.313\(1\)\(c\)", "", part.words)
                assert not re.search(r"\d", bare), part.words


def test_the_form_gives_the_same_brief_with_boxes_as_sources(founding: Brief, tmp_path: Path) -> None:
    made = Ledger.create(tmp_path / "ledger")
    without_press = [d for d in case("sensetime") if not d.name.endswith("notices.csv")]
    page = Document(data=pages.founding_notice(), name="CS20221111E00123.html")
    assert load_documents(made, [*without_press, page]).quarantined == 0
    from_form = brief(made, "SenseTime", known=KNOWN)
    # The form does not say on or off exchange in words, but has a box for each: so does the press report.
    assert sentences(from_form) == sentences(founding)
    boxes = {p.label for f in from_form.figures() for p in f.places if p.name == "CS20221111E00123.html"}
    assert {"box 15", "box 17", "box 18", "box 19"} <= boxes
    assert not any("notices.csv" in p.name for f in from_form.figures() for p in f.places)


def test_where_both_are_loaded_the_boxes_are_cited(tmp_path: Path) -> None:
    made = Ledger.create(tmp_path / "ledger")
    page = Document(data=pages.founding_notice(layout=3), name="notice.html")
    load_documents(made, [*case("sensetime"), page])
    told = brief(made, "SenseTime", known=KNOWN)
    price = next(f for f in told.figures() if f.basis.startswith("average per share"))
    assert [p.label for p in price.places] == ["box 17"]


def test_a_footnote_leads_to_its_cell(ledger: Ledger, founding: Brief) -> None:
    price = next(f for f in founding.figures() if f.basis.startswith("average per share"))
    figure, words = why(ledger, price.id)
    assert figure == price
    assert "there it says: 1.8190" in words
    worth = next(f for f in founding.figures() if f.currency == "HKD" and f.derived and f.number > 10**10)
    _, working = why(ledger, worth.id)
    assert "price x shares in issue" in working
    assert "there it says: 1.79" in working
    assert "there it says: 33507400000" in working


def test_the_timeline_to_july_2023_with_its_gaps(ledger: Ledger) -> None:
    told = history(ledger, "Alibaba", "SenseTime", on=None, known=None)
    assert len(told.timelines) == 1
    days = [e.day.isoformat() for e in told.timelines[0].entries]
    assert days == ["2022-11-08", "2023-04-11", "2023-06-05", "2023-06-21", "2023-07-06", "2023-07-21"]
    nets = {
        (e.gap.start.isoformat(), e.gap.end.isoformat()): e.gap.net
        for e in told.events
        if e.kind is EventKind.GAP and e.gap and e.gap.net
    }
    # 2,046m + 40m - 2,271m = -185m; each total printed to the million, rounded or cut: -186.5m to -183.5m.
    first = nets["2022-11-08", "2023-04-11"]
    assert (first.number, first.bounds().low, first.bounds().high) == (-185_000_000, -186_500_000, -183_500_000)
    # 1,774m + 70m - 2,046m = -202m.
    assert nets["2023-04-11", "2023-06-05"].number == -202_000_000
    crossed = [
        c.crossed for e in told.events if e.kind is not EventKind.GAP for c in e.crossings if c.law and c.crossed
    ]
    # Section 6: the notices cross 9, 8, 7 and 5, one each; the crossing of 6% is implied by the notice without totals.
    assert crossed == [(9,), (8,), (7,), (5,)]


def test_the_day_the_balance_was_printed_it_is_used(ledger: Ledger) -> None:
    told = brief(ledger, "SenseTime", on="2022-11-30", known="2023-04-19")
    assert any("2.271 billion Class B shares" in s for s in sentences(told))
