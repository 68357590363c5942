"""Classes that a list page does not tell.

The Xiaomi rows are those of the list page of 23 June to 20 September 2026 (samples/hk/notices-1810-90d.html), typed by
hand: two founders with two classes each, and BlackRock, all under the code 01810 and without a class.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from stakeline.model.classes import class_key
from stakeline.model.numbers import Interval
from stakeline.registry.classes import securities
from stakeline.registry.counts import class_counts, count
from stakeline.registry.filings import filings
from stakeline.registry.timelines import timelines

XIAOMI = [
    # serial, holder, event, shares involved, total after, percent after
    ("DA20260811E00498", "Lei Jun", "2026-08-11", "12950321", "3989013134", "90.06"),
    ("DA20260811E00497", "Lei Jun", "2026-08-11", "12950321", "2067766504", "9.69"),
    ("DA20260811E00501", "Lin Bin", "2026-08-11", "1429184", "440223494", "9.94"),
    ("DA20260811E00500", "Lin Bin", "2026-08-11", "1429184", "1889696716", "8.86"),
    ("DA20260625E00529", "Lei Jun", "2026-06-25", "8972483", "4001963455", "90.06"),
    ("DA20260625E00528", "Lei Jun", "2026-06-25", "8972483", "2054816183", "9.63"),
    ("CS20260908E00043", "BlackRock, Inc.", "2026-09-03", "726000", "1065871110", "4.99"),
    ("CS20260723E00550", "BlackRock, Inc.", "2026-07-20", None, "1067240018", "4.99"),
    ("CS20260722E00712", "BlackRock, Inc.", "2026-07-17", "18882600", "1067240018", "5.00"),
]


def xiaomi(make: SimpleNamespace, rows: Any = XIAOMI) -> Any:
    return [
        make.notice(
            holder, day, serial=serial, shares=make.number(moved), after=(make.number(total), make.percent(pct))
        )
        for serial, holder, day, moved, total, pct in rows
    ]


def labels(make: SimpleNamespace, rows: Any, counted: Any = None) -> Any:
    found, _ = filings(rows, make.regime_of)
    answers = securities(found, counted or {})
    return {f.id: answers[f.key] for f in found}


def test_two_classes_under_one_code_are_kept_apart(make: SimpleNamespace) -> None:
    found = {k: s.inferred for k, (s, _) in labels(make, xiaomi(make)).items()}
    high = {"DA20260811E00498", "DA20260625E00529", "DA20260811E00501"}
    # 4,001,963,455 / 90.06% = 4.44bn and 3,989,013,134 / 90.06% = 4.43bn; 2,054,816,183 / 9.63% = 21.3bn
    assert {k for k, v in found.items() if v == "class not told, about 4.4bn shares in issue"} == high
    assert {v for k, v in found.items() if k not in high} == {"class not told, about 21bn shares in issue"}


def test_known_counts_name_the_class(make: SimpleNamespace) -> None:
    counted = {
        "A": [(date(2026, 6, 1), Interval.exact(4_450_000_000))],
        "B": [(date(2026, 6, 1), Interval.exact(21_340_000_000))],
    }
    found = labels(make, xiaomi(make), counted)
    security, doubt = found["DA20260625E00529"]
    assert security.share_class == "A"
    assert doubt == (
        "class not told: 4,001,963,455 shares at 90.06% imply about 4.44bn shares in issue, which fits Class A shares"
    )
    assert found["DA20260625E00528"][0].share_class == "B"
    assert {s.share_class for k, (s, _) in found.items() if k.startswith("CS")} == {"B"}
    assert len({s for s, _ in found.values()}) == 2


def test_a_page_that_tells_its_class_teaches_the_list(make: SimpleNamespace) -> None:
    page = make.notice(
        "BlackRock, Inc.",
        "2026-09-02",
        form="2",
        serial="CS20260905E00040",
        share_class="Class B Ordinary Shares",
        issued=make.number("21340000000"),
        after=(make.number("1066898518"), make.percent("5.00")),
    )
    found = labels(make, [*xiaomi(make), page])
    assert found["DA20260811E00497"][0].share_class == "B"
    assert found["CS20260905E00040"] == (found["DA20260811E00497"][0], None)
    assert found["CS20260905E00040"][0].told == "Class B Ordinary Shares"
    assert found["DA20260811E00498"][0].share_class is None
    assert found["DA20260811E00498"][0].inferred == "class not told, about 4.4bn shares in issue"


def test_one_class_needs_no_label(make: SimpleNamespace) -> None:
    only = [r for r in XIAOMI if r[0].startswith("CS")]
    found = labels(
        make, [*xiaomi(make, only), *xiaomi(make, [("CS20260901E00001", "Someone", "2026-08-28", "1", "0", "0.00")])]
    )
    assert {(s.share_class, s.inferred, d) for s, d in found.values()} == {(None, None, None)}


def test_a_percentage_of_nothing_tells_no_class(make: SimpleNamespace) -> None:
    found = labels(
        make, [*xiaomi(make), *xiaomi(make, [("DA20260701E00001", "Someone", "2026-06-28", "500", "500", "0.00")])]
    )
    security, doubt = found["DA20260701E00001"]
    assert (security.share_class, security.inferred) == (None, None)
    assert doubt == "class not told, and the figures do not tell it"


def test_the_only_class_known_takes_what_tells_nothing(make: SimpleNamespace) -> None:
    row = xiaomi(make, [("DA20260701E00001", "Someone", "2026-06-28", "500", "500", "0.00")])
    ((security, doubt),) = labels(make, row, {"B": [(date(2026, 6, 1), Interval.exact(21_340_000_000))]}).values()
    assert (security.share_class, doubt) == ("B", "class not told: Class B shares are the only ones known")


def test_a_count_that_moves_once_is_one_class_and_counts_that_alternate_are_two(make: SimpleNamespace) -> None:
    """100m, then 110m: an issue of shares. 100m and 110m by turns: two classes."""
    steps = [
        ("2026-01-05", "10000000", "10.00"),
        ("2026-02-05", "10000000", "10.00"),
        ("2026-03-05", "11000000", "10.00"),
    ]
    turns = [steps[0], ("2026-02-05", "11000000", "10.00"), ("2026-03-05", "10000000", "10.00")]
    for told, classes in ((steps, 1), (turns, 2)):
        rows = xiaomi(make, [(f"CS2026010{n}E00001", f"Holder {n}", d, "1", t, p) for n, (d, t, p) in enumerate(told)])
        assert len({s for s, _ in labels(make, rows).values()}) == classes


def test_a_wide_jump_is_never_bridged(make: SimpleNamespace) -> None:
    """A five-for-one split, or another class: the figures alone cannot say."""
    rows = xiaomi(
        make,
        [
            ("CS20260105E00001", "X", "2026-01-05", "1", "10000000", "10.00"),
            ("CS20260305E00001", "X", "2026-03-05", "1", "50000000", "10.00"),
        ],
    )
    assert len({s for s, _ in labels(make, rows).values()}) == 2


@pytest.mark.parametrize(
    ("told", "short"),
    [
        ("B", "B"),
        ("Class B Ordinary Shares", "B"),
        ("Class B", "B"),
        ("Ordinary Shares - Class A", "A"),
        ("H Shares", "H"),
        ("H股", "H"),
        ("B類普通股", "B"),
        ("Ordinary Shares of US$0.01 each", "ordinary"),
        ("普通股", "ordinary"),
        ("Preferred Class A", "preferred class a"),
        ("Common stock", "ordinary"),
        ("Common Shares", "ordinary"),
        ("Shares", "ordinary"),
        ("Ordinary A shares", "A"),
        ("", None),
        (None, None),
    ],
)
def test_short_names_of_classes(told: Any, short: Any) -> None:
    assert class_key(told) == short


def test_a_table_and_a_page_of_one_class_meet(make: SimpleNamespace) -> None:
    counted = [make.fact("hk:01810", "shares.issued", "Ordinary A shares", "2026-01-01", "1000000000")]
    told = {"document": "t.csv", "form": "press", "shares": make.number("5"), "share_class": "Common Shares"}
    page = {"form": "2", "serial": "CS20260105E00001", "shares": make.number("5"), "share_class": "ordinary"}
    assert list(class_counts(counted, "hk:01810")) == ["A"]
    assert count(counted, "hk:01810", "A", date(2026, 1, 5), make.cite) is not None
    rows = [make.notice("A Ltd", "2026-01-05", **page), make.notice("A Ltd", "2026-01-05", **told)]
    (found,) = timelines(rows, (), make.regime_of, make.cite)
    assert (found.security.share_class, len(found.entries)) == ("ordinary", 1)
