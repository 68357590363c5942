from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from stakeline.registry.counts import count, counts, share_words, votes, votes_per_share
from stakeline.registry.names import issuers


def test_the_latest_count_not_after_the_day_says_of_which_day_it_is(make: SimpleNamespace) -> None:
    figure = count(make.counts, "hk:00020", "B", date(2022, 11, 16), make.cite)
    assert figure is not None
    assert figure.number == 25_978_640_000
    assert figure.basis == "Class B shares in issue as reported for 24 June 2022"
    assert figure.day == "2022-06-24"
    later = count(make.counts, "hk:00020", "B", date(2023, 6, 30), make.cite)
    assert later is not None
    assert later.basis == "Class B shares in issue as reported for 30 June 2023, rounded to 1m"
    assert count(make.counts, "hk:00020", "B", date(2022, 6, 23), make.cite) is None
    assert count(make.counts, "hk:00700", "B", date(2022, 11, 16), make.cite) is None


def test_a_derived_count_is_not_called_reported(make: SimpleNamespace) -> None:
    rows = [
        make.fact(
            "hk:00020",
            "shares.issued",
            "all",
            "2022-02-23",
            "33510000000",
            "20000000",
            basis="derived: 247.3bn / 7.38",
            doubt="worked out",
        )
    ]
    figure = count(rows, "hk:00020", "all", date(2022, 3, 1), make.cite)
    assert figure is not None
    assert figure.basis == "Shares of all classes in issue on 23 February 2022 (derived: 247.3bn / 7.38)"
    assert figure.doubt == "worked out"


def test_sources_that_differ_are_both_told(make: SimpleNamespace) -> None:
    rows = [
        make.fact("hk:00020", "shares.issued", "B", "2022-06-24", "25978640000", confidence="high"),
        make.fact("hk:00020", "shares.issued", "B", "2022-06-24", "26000000000", confidence="low"),
    ]
    figure = count(rows, "hk:00020", "B", date(2022, 7, 1), make.cite)
    assert figure is not None
    assert (figure.number, figure.doubt) == (Decimal(25_978_640_000), "another source says otherwise")
    (other,) = figure.others
    assert (other.number, other.unit, len(other.places)) == (Decimal(26_000_000_000), "shares", 1)
    alone = count(rows[:1], "hk:00020", "B", date(2022, 7, 1), make.cite)
    assert alone is not None
    assert alone.id == figure.id


def test_counts_of_the_company_that_had_the_code_before_are_not_used(make: SimpleNamespace) -> None:
    old = make.fact("hk:00020", "shares.issued", "all", "2019-06-30", "2050000000")
    sensetime = issuers(make.names, ())[1]
    assert count([old], "hk:00020", "all", date(2022, 1, 1), make.cite, sensetime) is None
    assert count([old], "hk:00020", "all", date(2022, 1, 1), make.cite) is not None


def test_votes_are_the_sum_over_the_classes(make: SimpleNamespace) -> None:
    figure = votes(make.counts, "hk:00020", date(2022, 11, 8), make.cite)
    assert figure is not None
    # 10 x 7,528.76m + 25,978.64m
    assert figure.number == 101_266_240_000
    assert figure.derived
    assert len(figure.inputs) == 4
    assert figure.day == "2022-06-24"


@pytest.mark.parametrize(
    "left_out",
    [("shares.issued", "A"), ("votes.per_share", "A"), ("votes.per_share", "B")],
)
def test_votes_are_not_told_where_a_count_or_a_vote_is_missing(make: SimpleNamespace, left_out: Any) -> None:
    rows = [r for r in make.counts if (r.body.measure, r.body.item) != left_out]
    assert votes(rows, "hk:00020", date(2022, 11, 8), make.cite) is None


def test_a_class_that_nobody_mentions_is_noticed_by_the_count_of_all_shares(make: SimpleNamespace) -> None:
    only_b = [r for r in make.counts if r.body.item != "A"]
    assert votes(only_b, "hk:00020", date(2022, 11, 8), make.cite) is None
    assert votes([r for r in only_b if r.body.item != "all"], "hk:00020", date(2022, 11, 8), make.cite) is None


def test_votes_per_share_hold_until_they_change(make: SimpleNamespace) -> None:
    rows = [
        make.fact("hk:00020", "votes.per_share", "A", "2021-12-30", "10"),
        make.fact("hk:00020", "votes.per_share", "A", "2024-01-01", "1"),
    ]
    for day, each in ((date(2023, 1, 1), 10), (date(2024, 1, 1), 1)):
        figure = votes_per_share(rows, "hk:00020", "A", day, make.cite)
        assert figure is not None
        assert figure.number == Decimal(each)
    assert votes_per_share(rows, "hk:00020", "A", date(2021, 1, 1), make.cite) is None


def test_every_count_over_time(make: SimpleNamespace) -> None:
    assert [(c, f.day) for c, f in counts(make.counts, "hk:00020", make.cite)] == [
        ("A", "2022-06-24"),
        ("B", "2022-06-24"),
        ("B", "2023-06-30"),
        ("all", "2022-06-24"),
    ]


def test_a_shares_are_named_by_the_company_they_are_of() -> None:
    assert share_words("A", {"A", "B"}) == "Class A shares"
    assert share_words("A", {"A", "H"}) == "A shares"
    assert share_words("H", {"A", "H"}) == "H shares"
    assert share_words("ordinary") == "ordinary shares"
    assert share_words(None) == "shares"
