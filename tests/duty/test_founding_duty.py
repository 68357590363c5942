"""The duties behind Alibaba's notices on SenseTime, from the shipped case.

Compared by hand with samples/sensetime/VERIFICATION.md, sections 5 to 7 (23 November 2026): counts and percentages of the
notices, the base of 25,978,640,000 Class B shares, and the third business day, 11 November 2022. The level of each notice
stands in section 6: "the notices then cross 9, 8, 7, 6 and 5, one each".
"""

import csv
import io
from pathlib import Path

import pytest

from stakeline import Ledger, load_documents
from stakeline.cases import case
from stakeline.workflows.stakes import history
from tests.duty.files import Json, asked, due


def table(name: str) -> list[dict[str, str]]:
    document = next(d for d in case("sensetime") if d.name.endswith(name))
    return list(csv.DictReader(io.StringIO(document.data.decode())))


def counts() -> list[Json]:
    """The issued shares by class as reported on 24 June 2022."""
    rows = [r for r in table("shares.csv") if r["period"] == "2022-06-24" and r["item"] in ("A", "B")]
    return [{"date": r["period"], "class": r["item"], "issued_shares": r["value"]} for r in rows]


def founding(**more: object) -> Json:
    """The sale of 8 November 2022 in counts, as shipped: 2,271,000,000 left, 80,000,000 sold."""
    row = next(r for r in table("notices.csv") if r["event_date"] == "2022-11-08")
    after = int(row["shares_after"])
    lines = [("2022-07-01", after + int(row["shares"])), (row["event_date"], after)]
    return {
        "security": "0020.HK",
        "issuer": {"classes": {"A": {"votes_per_share": "10"}, "B": {"votes_per_share": "1"}}, "capital": counts()},
        "positions": [
            {"date": day, "holder": "A", "class": "B", "leg": "long", "shares": str(size)} for day, size in lines
        ],
        "events": [{"type": "disposal", "date": row["event_date"]}],
        **more,
    }


def test_the_sale_of_8_november_2022() -> None:
    answer = asked(**founding())
    event = answer.events[-1]
    assert event.duty is True
    [notice] = event.notices
    assert notice.form == "Form 2"
    assert notice.section.startswith("SFO s.313(1)(c)")
    assert (notice.share_class, notice.leg, notice.levels, notice.direction) == ("B", "long", ("9",), "down")
    assert (notice.level_before, notice.level_after) == ("9", "8")
    # 2,351,000,000 and 2,271,000,000 over 25,978,640,000: 9.0497428..., 8.7417971...
    assert (notice.before, notice.after) == ("9.049742", "8.741797")
    assert str(notice.deadline.day) == "2022-11-11"
    assert notice.deadline.day is not None
    assert notice.deadline.day.strftime("%A") == "Friday"
    assert any("2,271,000,000" in step.text and "25,978,640,000" in step.text for step in event.trace)
    assert all(step.citation for step in event.trace)


def test_other_bases_are_contrast_and_never_law() -> None:
    answer = asked(**founding())
    notice = answer.events[-1].notices[0]
    # VERIFICATION.md, section 5: of all 33,507,400,000 shares 7.0164% to 6.7776%; of 101,266,240,000 votes 2.32% to 2.24%.
    shares, votes = notice.contrast
    assert (shares.base, shares.before[:6], shares.after[:6], shares.levels) == (
        "all shares of the company", "7.0163", "6.7776", ("7",),
    )  # fmt: skip
    assert (votes.base, votes.before[:4], votes.after[:4], votes.levels) == ("all votes", "2.32", "2.24", ())
    assert (shares.level_before, shares.level_after) == ("7", "6")
    assert notice.levels == ("9",)
    assert not any("7.0163" in step.text or "2.32" in step.text for step in answer.events[-1].trace)


def test_one_class_has_no_contrast() -> None:
    told = founding()
    told["issuer"] = {"capital": [c for c in counts() if c["class"] == "B"]}
    assert asked(**told).events[-1].notices[0].contrast == ()


def test_the_boxes_of_form_2() -> None:
    entries = {entry.field: entry for entry in asked(**founding()).events[-1].notices[0].boxes}
    # Numbers of the boxes: forms.toml, which the notices in tests/pages.py are read by.
    assert entries["issuer_code"].value == "00020"
    assert entries["issued"].box == "box 4 (number of issued shares in class)"
    assert entries["event_date"].box is not None
    assert entries["event_date"].box.startswith("box 15 ")
    assert entries["trades.code"].value.startswith("1201 ")
    assert entries["trades.shares"].value == "80,000,000"
    assert entries["before"].value == "long 2,351,000,000 shares, 9.049742%"
    assert entries["after"].value == "long 2,271,000,000 shares, 8.741797%"
    assert entries["capacities"].value == "2101 (beneficial owner) 2,271,000,000"


@pytest.mark.parametrize(
    ("filing", "duty"),
    [
        ({"kind": "change", "pct": "9.20"}, False),  # 9.20 - 8.7418 = 0.458: less than half a point
        ({"kind": "change", "pct": "9.28"}, True),  # 0.538
        ({"kind": "initial", "pct": "9.20"}, True),  # no notice of a change of level
        ({"pct": "9.20"}, None),  # of which kind is not told
        ({"pct": "9.28"}, True),  # of whichever kind it was
        ({"kind": "change", "pct": "8.95"}, False),  # the same level as in the notice, never half a point from it
    ],
)
def test_the_exception_for_small_changes_needs_its_history(filing: Json, *, duty: bool | None) -> None:
    filings = [{"date": "2022-07-01", "form": "Form 2", "duty": "hk.ss.level", **filing}]
    if "kind" not in filing or filing["kind"] == "initial":
        filings[0].pop("duty")
    assert asked(**founding(filings=filings)).events[-1].duty is duty


def test_no_notice_before_is_known_and_the_listing_would_not_free_it(tmp_path: Path) -> None:
    made = Ledger.create(tmp_path / "ledger")
    load_documents(made, case("sensetime"))
    told = history(made, "Alibaba", "SenseTime", on=None, known=None)
    assert told.timelines[0].entries[0].day.isoformat() == "2022-11-08"
    listing = [{"date": "2021-12-30", "form": "Form 2", "duty": "hk.ss.initial_listing", "kind": "initial"}]
    for filings in ([], listing):
        answer = asked(**founding(filings=filings))
        assert [str(n.deadline.day) for n in answer.events[-1].notices] == ["2022-11-11"]


def test_each_notice_of_the_case_was_due() -> None:
    """The percentages as filed, each notice put to the law with those before it."""
    wanted = {
        "2022-11-08": (("9",), "2022-11-11"),
        "2023-04-11": (("8",), "2023-04-14"),
        "2023-06-05": (("7",), "2023-06-08"),
        "2023-07-06": (("5",), "2023-07-11"),
    }
    rows = [r for r in table("notices.csv") if r["pct_of_class_before"]]
    assert [r["event_date"] for r in rows] == list(wanted)
    filings: list[Json] = []
    for row in rows:
        day, after = row["event_date"], row["pct_of_class_after"]
        lines = [{"date": day, "at": at, "holder": "A", "class": "B", "leg": "long", "pct": pct}
            for at, pct in (("open", row["pct_of_class_before"]), ("close", after))]  # fmt: skip
        answer = asked(positions=lines, filings=filings, event={"type": "disposal", "date": day})
        [notice] = answer.events[0].notices
        assert (notice.levels, str(notice.deadline.day)) == wanted[day]
        filings.append({"date": day, "form": "Form 2", "duty": notice.duty, "kind": "change", "pct": after})
    assert due(answer) == [("2023-07-06", ("5",), "down")]
