"""The shipped case against the sample files, and its most important figures by hand (the samples' file and row beside them)."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from stakeline.cases import case, cases
from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName
from stakeline.model.facts import Fact
from stakeline.model.moments import day_at
from stakeline.model.notices import Leg, Notice
from stakeline.model.numbers import Interval, Number
from stakeline.reading import facttables
from tests.facts.shipped import BRIEFED, SENSETIME, facts, notices

HOME = "Asia/Hong_Kong"


def one(measure: str, period: str | None = None, item: str | None = None, subject: str = SENSETIME) -> Fact:
    (found,) = [
        row.body
        for row in facts()
        if (row.body.measure, row.body.period, row.body.item, row.body.subject) == (measure, period, item, subject)
    ]
    return found


def value(measure: str, period: str | None = None, item: str | None = None, subject: str = SENSETIME) -> Decimal:
    number = one(measure, period, item, subject).number
    assert number is not None
    return number.value


def test_the_case_reads_without_a_problem() -> None:
    assert cases() == ("sensetime",)
    for document in case("sensetime"):
        reading = facttables.read(document)
        assert reading.problems == (), document.name
        assert reading.inputs == document.data.count(b"\n") - 1 + 2 * document.name.endswith("notices.csv")
    with pytest.raises(UnknownName, match="sensetime"):
        case("enron")


def test_every_row_says_who_says_so_and_how_its_moment_is_known() -> None:
    bodies: list[Fact | Notice] = [*(row.body for row in facts()), *(row.body for row in notices())]
    for body in bodies:
        assert body.cites
        assert body.known_basis
        assert body.known_from is not None
        assert all(len(source) > 12 for source in body.cites), body.cites  # words, not the samples' short ids


def test_figures_pinned_by_hand() -> None:
    assert value("shares.issued", "2022-06-24", "B") == 25_978_640_000  # shares_in_issue.csv, row 6
    assert value("shares.issued", "2022-06-24", "all") == 33_507_400_000  # row 7
    assert value("result.revenue", "2022H1") == 1_415_343_000  # results_1h2022.csv, row 2
    assert value("result.adjusted_profit", "2022H1") == -2_564_180_000  # row 14
    assert value("result.adjusted_profit", "2021H1") == -702_665_000
    assert value("result.research_and_development.change", "2022H1") == Decimal("14.88")  # row 7
    assert value("price.close", "2022-11-15") == Decimal("1.79")  # price_checks.csv, row 23
    assert value("price.offer", "2021-12-30") == Decimal("3.85")  # row 3
    assert value("votes.per_share", None, "A") == 10
    assert value("result.profit_attributable", "2021H1", subject="cn:688207") == -56_910_000  # peers_1h2022.csv, row 4
    span = one("result.profit_attributable", "2021H1", subject="cn:688207").number
    assert span is not None
    assert span.span() == Interval(Decimal(-56_930_000), Decimal(-56_900_000))


def test_what_verification_doubts_carries_its_doubt() -> None:
    for measure, period in [
        ("price.close", "2022-11-15"),
        ("result.selling", "2022H1"),
        ("result.administrative", "2022H1"),
        ("result.impairment", "2022H1"),
        ("result.impairment", "2021H1"),
    ]:
        body = one(measure, period)
        assert "one source" in (body.doubt or "")
        assert body.confidence == "medium"
    assert one("result.profit_attributable", "2021H1", subject="cn:688256").doubt == "one source"
    doubtful = [row.body.doubt or "" for row in notices() if row.body.source_id == "st-2023-06-21"]
    assert "the date is doubtful" in doubtful[0]


@pytest.mark.parametrize(
    ("measure", "period", "item"),
    [
        ("shares.issued", "2022-11-15", "all"),  # derived from the article of 16 November itself
        ("shares.issued", "2023-06-30", "B"),
        ("result.revenue", "2022", None),
        ("code", "2025-07-11..", None),
        ("price.close", "2022-11-29", None),
    ],
)
def test_what_was_public_later_is_not_known_at_the_brief(measure: str, period: str, item: str | None) -> None:
    body = one(measure, period, item)
    assert body.known_from is not None
    assert body.known_from > BRIEFED
    if measure == "shares.issued":
        assert day_at(body.known_from, HOME) == date(2023, 12, 18)


def test_the_holding_after_the_sale_is_known_only_since_april() -> None:
    early = [row.body for row in notices() if row.body.known_from is not None and row.body.known_from <= BRIEFED]
    assert [body.source_id for body in early] == ["st-2022-11-08"]
    assert early[0].after[0].shares is None
    assert not any("2023" in source for source in early[0].cites)
    april = datetime(2023, 4, 18, 16, tzinfo=UTC)
    later = [row.body for row in notices() if row.body.known_from is not None and row.body.known_from <= april]
    shares = [body.after[0].shares for body in later if body.source_id == "st-2022-11-08"]
    assert Number(Decimal(2_271_000_000), Decimal(1_000_000)) in shares


def test_no_source_of_a_fact_known_in_november_is_dated_later() -> None:
    for row in facts(BRIEFED):
        assert not any(year in source for source in row.body.cites for year in (" 2023 (", " 2024 (", " 2025 ("))


# --- against the sample files ----------------------------------------------------------------------------------------


def rows(samples: Path, name: str) -> Iterator[dict[str, str]]:
    with (samples / "sensetime" / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def holds(shipped: Fact, sampled: Decimal) -> bool:
    assert shipped.number is not None
    return sampled in shipped.number.span()


LINES = {
    "revenue": "revenue",
    "cost_of_sales": "cost_of_sales",
    "gross_profit": "gross_profit",
    "selling_expenses": "selling",
    "administrative_expenses": "administrative",
    "research_and_development_expenses": "research_and_development",
    "rd_excluding_share_based_compensation": "research_and_development_before_share_based_pay",
    "net_impairment_losses_on_financial_and_contract_assets": "impairment",
    "loss_for_the_period": "profit",
    "loss_for_the_year": "profit",
    "loss_attributable_to_owners": "profit_attributable",
    "loss_attributable": "profit_attributable",
    "total_comprehensive_loss": "comprehensive_income",
    "adjusted_ebitda_non_ifrs": "adjusted_ebitda",
    "adjusted_ebitda": "adjusted_ebitda",
    "adjusted_net_loss_non_ifrs": "adjusted_profit",
    "adjusted_net_loss": "adjusted_profit",
    "basic_loss_per_share_rmb": "earnings_per_share",
}


def test_results_agree_with_the_samples(samples: Path) -> None:
    compared = 0
    for row in rows(samples, "results_1h2022.csv"):
        if row["item"] == "adjustments_total":
            continue  # left out: the README of the case says why
        line = LINES[row["item"]]
        scale = 1 if line == "earnings_per_share" else 1000
        for period, column in (("2022H1", "h1_2022_rmb_thousand"), ("2021H1", "h1_2021_rmb_thousand")):
            if row[column]:
                assert holds(one(f"result.{line}", period), Decimal(row[column]) * scale), (line, period)
                compared += 1
        if row["yoy_change_pct"]:
            assert value(f"result.{line}.change", "2022H1") == Decimal(row["yoy_change_pct"])
            compared += 1
    for row in rows(samples, "fullyear.csv"):
        for period, column in (("2021", "fy2021"), ("2022", "fy2022")):
            if not row[column]:
                continue
            if row["item"].startswith("segment_"):
                segment = row["item"].removeprefix("segment_").replace("_", " ").title()
                assert value("segment.revenue", period, segment) == Decimal(row[column]) * 1_000_000
            else:
                assert value(f"result.{LINES[row['item']]}", period) == Decimal(row[column]) * 1000
            compared += 1
    shipped = [row for row in facts(None, SENSETIME) if row.body.measure.startswith("result.")]
    assert compared == len(shipped) + 4  # and the four segments of the full year


def test_segments_agree_with_the_samples(samples: Path) -> None:
    for row in rows(samples, "segments_1h2022.csv"):
        if row["segment"] == "Total":
            continue
        item = row["segment"]
        for period, column in (("2022H1", "h1_2022_rmb_million"), ("2021H1", "h1_2021_rmb_million")):
            assert holds(one("segment.revenue", period, item), Decimal(row[column]) * 1_000_000)
        assert value("segment.revenue.change", "2022H1", item) == Decimal(row["yoy_change_pct"])
        assert value("segment.share", "2022H1", item) == Decimal(row["share_of_revenue_pct_h1_2022"])


def test_share_counts_agree_with_the_samples(samples: Path) -> None:
    sampled = {(row["as_of"], row["class"]): Decimal(row["shares"]) for row in rows(samples, "shares_in_issue.csv")}
    shipped = {(row.body.period, row.body.item): row.body for row in facts() if row.body.measure == "shares.issued"}
    assert all(holds(body, sampled[day or "", item or ""]) for (day, item), body in shipped.items())
    left_out = {("2022-06-30", "all"), ("2022-11-08", "B"), ("2023-06-05", "B"), ("2023-07-24", "all")}
    assert sampled.keys() - shipped.keys() == left_out


def test_peers_agree_with_the_samples(samples: Path) -> None:
    subjects = {"Cambricon": "cn:688256", "CloudWalk": "cn:688327", "Deep Glint": "cn:688207", "Megvii": "name:Megvii"}
    for row in rows(samples, "peers_1h2022.csv"):
        if row["period"] == "2018FY-HKFRS":
            continue
        period, subject = row["period"].removesuffix("FY"), subjects[row["company"]]
        assert value("result.revenue", period, subject=subject) == Decimal(row["revenue"])
        loss = Decimal(row["net_loss_attributable_to_owners"])
        assert value("result.profit_attributable", period, subject=subject) == loss
        if row["prior_period_net_loss_attributable"]:
            before = f"{int(period[:4]) - 1}{period[4:]}"
            prior = Decimal(row["prior_period_net_loss_attributable"])
            assert value("result.profit_attributable", before, subject=subject) == prior


def test_prices_agree_with_the_daily_series(samples: Path) -> None:
    series = {row["Date"]: row for row in rows(samples, "prices_0020HK_daily.csv")}
    shipped = [row.body for row in facts() if row.body.measure.startswith("price.")]
    for body in shipped:
        kind = body.measure.removeprefix("price.").removeprefix("record_")
        if kind != "offer":
            assert body.number is not None
            assert body.number.value == Decimal(series[body.period or ""][kind.title()]), body
    assert max(Decimal(row["High"]) for row in series.values()) == value("price.record_high", "2022-01-04")
    assert max(Decimal(row["Close"]) for row in series.values()) == value("price.record_close", "2022-01-04")
    # Only points ship, not the series.
    assert len(shipped) < 50


def test_names_agree_with_the_samples(samples: Path) -> None:
    text = (samples / "sensetime/issuer.json").read_text(encoding="utf-8")
    names = [row.body.text for row in facts(None, SENSETIME) if row.body.measure in ("name", "code", "listing.date")]
    assert all(f'"{name}"' in text for name in names)


def test_the_sales_agree_with_the_samples(samples: Path) -> None:
    def key(body: Notice) -> object:
        trade = body.trade(Leg.LONG)
        assert trade is not None
        price = next((p for p in (trade.average, trade.consideration, trade.price) if isinstance(p, Number)), None)
        after = body.after[0] if body.after else None
        return (
            body.source_id,
            body.event_date,
            body.known_from,
            body.holder.name,
            body.share_class,
            trade.venue,
            trade.shares.value if isinstance(trade.shares, Number) else None,
            price.value if price else None,
            [p.percent for p in (*body.before, *body.after)],
            after.shares if after else None,
            body.before_company,
            body.after_company,
            body.confidence,
        )

    path = samples / "sensetime/disclosures.csv"
    sampled = facttables.read(Document(data=path.read_bytes(), name=path.name)).notices
    assert [key(row.body) for row in notices()] == [key(read.body) for read in sampled]
