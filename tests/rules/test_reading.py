"""What a case or a situation may say: everything in the vocabulary, nothing else, and each refusal says where and why."""

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from stakeline.model.errors import UsageError
from stakeline.workflows.cases import Case, Line, case, disagreements
from stakeline.workflows.situations import situation
from stakeline.workflows.strict import loads

FULL: dict[str, Any] = {
    "investor": {
        "id": "A",
        "type": "corporation",
        "roles": ["director", "officer"],
        "filer_type": "qii",
        "reporting_system": "jp_special",
        "base_days": "fifteenth_and_last_day",
        "purpose": "no_control",
        "flags": ["section_13f_manager"],
    },
    "related": [
        {
            "id": "B_1",
            "relation": "corporation",
            "of": "A",
            "type": "corporation",
            "roles": ["director"],
            "votes_pct": "100/3",
            "accustomed_to_act": False,
            "since": "2020-02-29",
        }
    ],
    "issuer": {
        "home_state": "other",
        "mic": "XPAR",
        "market": "mtf",
        "registered": False,
        "features": ["sme"],
        "articles_thresholds": [],
        "fiscal_year_end": "2024-12-31",
        "offer_period_began": "2025-01-02",
        "classes": {"A": {"voting": True, "votes_per_share": "10"}, "B1": {"voting": False}},
        "capital": [
            {"date": "2025-01-01", "class": "A", "issued_shares": "1000", "treasury_shares": "10"},
            {"date": "2025-01-01", "total_votes": "0", "suspended_votes": "0", "potential_shares_of_others": "5"},
        ],
        "related": [
            {"id": "SUB", "relation": "associated_corporation", "held_by_issuer_pct": "20.5"},
            {"id": "BID", "relation": "offeror", "consideration": "cash"},
        ],
    },
    "positions": [
        {"date": "2025-03-10", "at": "open", "holder": "A", "issuer": "SUB", "class": "A", "leg": "long", "pct": "4.80"},
        {
            "date": "2025-03-10",
            "holder": "B_1",
            "instrument": "cash_settled_long",
            "shares": "2000",
            "capacity": "market_maker",
            "settled": False,
            "unissued": True,
            "exercisable_in_days": 30,
            "confers": [],
            "overlap_pct": "0.1",
            "basket": {"companies": 5, "max_weight_pct": "30", "all_listed": True},
        },
        {"date": "2025-03-11", "holder": "A", "leg": "section_13f_value", "amount": "100000000.5", "currency": "USD"},
        {"date": "2025-03-11", "holder": "A", "leg": "votes", "votes": "3"},
    ],
    "filings": [
        {"date": "2025-01-01", "form": "Form 2", "duty": "hk.ss.level", "kind": "change", "leg": "long", "pct": "6.1"},
        {"date": "2025-01-02", "threshold": "5", "crossing": "fell_below"},
    ],
    "event": {
        "type": "acquisition",
        "date": "2025-03-11",
        "by": "B_1",
        "issuer": "SUB",
        "settlement_date": "2025-03-13",
        "condition_date": "2025-03-12",
        "counterparty": "other",
        "purpose": "control",
        "cause": "none",
        "material_change": True,
        "acquired_under_it": True,
        "repudiated": False,
    },
    "aware": "2025-03-12",
    "calendar_facts": {
        "black_rainstorm_days": [],
        "gale_warning_days": ["2025-03-13"],
        "saturdays_are_business_days": True,
    },
    "question": {"duty": "hk.ss.level", "form": "null", "leg": "long"},
}  # fmt: skip

CASE: dict[str, Any] = {
    "id": "XX-001",
    "regime": "us_13d_13g",
    "source_url": "https://example.org",
    "citation": "s.1",
    "given": FULL,
    "expected": {
        "duty": True, "thresholds": ["5", "33.333333"], "direction": "up", "form": "Schedule 13D", "deadline": "2025-03-18",
        "sides": {"acquisition": ["5"], "disposal": []}, "level": -1, "also": {"form": "x"}, "news_release": {"by": "2025-03-11"},
        "all_persons_with_duty": [],
    },
    "note": "",
    "basis": "rule_applied",
    "confidence": "high",
}  # fmt: skip


def test_the_whole_vocabulary_is_read_exactly() -> None:
    told = situation(FULL)
    assert told.positions[0].pct == Decimal("4.80")
    assert told.positions[1].shares == 2000
    assert told.positions[1].basket is not None
    assert told.positions[1].basket.max_weight_pct == 30
    assert told.positions[1].exercisable_in_days == 30
    assert told.related[0].votes_pct == "100/3"
    assert told.issuer.capital[0].share_class == "A"
    assert told.issuer.articles_thresholds == ()
    assert told.aware == date(2025, 3, 12)
    assert told.question is not None
    assert told.question.form == "null"


def test_a_period_and_a_route_stand_with_their_events() -> None:
    for event in ({"type": "test_date", "period": "month"}, {"type": "class_registered", "route": "ipo"}):
        situation({"investor": {"id": "A"}, "event": {"date": "2025-03-31", **event}})


def test_a_case_may_ask_without_expecting() -> None:
    asked = case({key: CASE[key] for key in ("id", "regime", "given")})
    assert asked.expected is None
    assert case(CASE).expected is not None


def put(told: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at "positions.0.pct"; ... takes the key out."""
    changed = copy.deepcopy(told)
    *way, last = path.split(".")
    at: Any = changed
    for key in way:
        at = at[int(key)] if isinstance(at, list) else at[key]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return changed


REFUSED = [
    ("colour", "red", "given: the key"),
    ("investor.colour", "red", "given.investor: the key"),
    ("event.type", "purchase", "given.event.type"),
    ("event.type", None, "given.event.type"),
    ("event.type", ..., "'type' is missing"),
    ("event", ..., "'event' is missing"),
    ("event.period", "month", "test_date"),
    ("event.route", "ipo", "class_registered"),
    ("event.type", "test_date", "test_date"),
    ("event.type", "class_registered", "class_registered"),
    ("event.date", "2025-02-29", "no day of the calendar"),
    ("event.date", "11/03/2025", "not a day"),
    ("event.date", "2025-03-11T00:00:00", "not a day"),
    ("event.date", "20250311", "not a day"),
    ("event.date", 20250311, "not a day"),
    ("event.date", "9999-12-31", "outside the years"),
    ("event.material_change", "true", "neither true nor false"),
    ("event.material_change", 1, "neither true nor false"),
    ("aware", None, "given.aware"),
    ("investor", [], "no JSON object"),
    ("investor.id", "1A", "a name of letters"),
    ("investor.id", "A\n", "a name of letters"),
    ("investor.roles", [], "an empty list"),
    ("investor.roles", ["director", "director"], "twice"),
    ("investor.roles", ["chairman"], "given.investor.roles[0]"),
    ("investor.flags", "tax_haven_resident", "no list"),
    ("related", [], "an empty list"),
    ("related.0.votes_pct", "100/0", "exact fraction"),
    ("related.0.votes_pct", 33.3, "exact fraction"),
    ("issuer", {}, "at least 1"),
    ("issuer.home_state", "Other", "two letters"),
    ("issuer.mic", "XPA", "four letters"),
    ("issuer.classes", {}, "at least one key"),
    ("issuer.classes", {"a": {"voting": True}}, "capital letters"),
    ("issuer.classes.A", {}, "given.issuer.classes.A"),
    ("issuer.classes.A.votes_per_share", 10, "a decimal as a JSON string"),
    ("issuer.articles_thresholds", ["05"], "given.issuer.articles_thresholds[0]"),
    ("issuer.capital.0.issued_shares", 1000, "a count as a JSON string"),
    ("issuer.capital.0.issued_shares", "1,000", "a count as a JSON string"),
    ("issuer.capital.0.issued_shares", "-1", "a count as a JSON string"),
    ("issuer.capital.0.issued_shares", "9" * 101, "more than 100 characters"),
    ("issuer.capital.0.issued_shares", ..., "issued_shares or total_votes"),
    ("positions", [], "an empty list"),
    ("positions.0.pct", 4.8, "given.positions[0].pct"),
    ("positions.0.pct", "4.8%", "a decimal as a JSON string"),
    ("positions.0.pct", "-4.8", "a decimal as a JSON string"),
    ("positions.0.pct", "4.", "a decimal as a JSON string"),
    ("positions.0.pct", "1e1", "a decimal as a JSON string"),
    ("positions.0.pct", "NaN", "a decimal as a JSON string"),
    ("positions.0.pct", "٤", "a decimal as a JSON string"),
    ("positions.0.pct", ..., "exactly one of pct"),
    ("positions.0.shares", "1", "exactly one of pct"),
    ("positions.0.instrument", "shares", "exactly one of leg"),
    ("positions.0.leg", ..., "exactly one of leg"),
    ("positions.0.leg", "naked", "given.positions[0].leg"),
    ("positions.2.currency", ..., "belong together"),
    ("positions.2.currency", "usd", "three letters"),
    ("positions.0.currency", "USD", "belong together"),
    ("positions.1.exercisable_in_days", "30", "no JSON integer"),
    ("positions.1.exercisable_in_days", -1, "less than 0"),
    ("positions.1.exercisable_in_days", True, "no JSON integer"),
    ("positions.1.basket.companies", 0, "less than 1"),
    ("positions.1.basket.all_listed", ..., "'all_listed' is missing"),
    ("positions.1.confers", ["votes", "votes"], "twice"),
    ("filings", [{"date": "2025-01-01"}], "given.filings[0]: needs at least 2"),
    ("filings.0.duty", "level", "a duty's id"),
    ("filings.0.form", "", "not empty"),
    ("filings.1.crossing", ..., "belong together"),
    ("calendar_facts", {}, "at least 1"),
    ("question", {}, "at least 1"),
    ("question.leg", "both", "given.question.leg"),
]


@pytest.mark.parametrize(("path", "value", "said"), REFUSED)
def test_what_is_not_in_the_vocabulary_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        situation(put(FULL, path, value))
    assert said in str(refused.value)


REFUSED_LINES = [
    ("extra", 1, "extra"),
    ("id", "1", "an id such as HK-001"),
    ("id", ..., "'id' is missing"),
    ("regime", "HK", "a rulebook's code"),
    ("citation", ..., "citation"),
    ("citation", "", "not empty"),
    ("confidence", "certain", "certain"),
    ("basis", "hearsay", "hearsay"),
    ("scored", False, "belong together"),
    ("unscored_because", "x", "belong together"),
    ("given", ..., "'given' is missing"),
    ("expected", None, "expected"),
    ("expected.deadline", ..., "'deadline' is missing"),
    ("expected.form", ..., "'form' is missing"),
    ("expected.form", None, "a duty has a form"),
    ("expected.duty", None, "neither true nor false"),
    ("expected.duty", False, "without a duty there is no thresholds, form, deadline, direction"),
    ("expected.thresholds", ["5", "5"], "twice"),
    ("expected.thresholds", [5], "expected.thresholds[0]"),
    ("expected.thresholds", "5", "no list"),
    ("expected.direction", "sideways", "sideways"),
    ("expected.change", "at_least_3", "at_least_3"),
    ("expected.also", {"deadline": "2025-03-11"}, "expected.also"),
    ("expected.also", "", "expected.also"),
    ("expected.sides", {"short": ["5"]}, "expected.sides"),
    ("expected.level", "8", "no JSON integer"),
    ("given.event.type", "purchase", "given.event.type"),
]


@pytest.mark.parametrize(("path", "value", "said"), REFUSED_LINES)
def test_a_line_is_as_strict(path: str, value: Any, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        case(put(CASE, path, value))
    assert said in str(refused.value)


def test_scored_true_is_left_out_never_written() -> None:
    with pytest.raises(UsageError, match="left out"):
        case({**CASE, "scored": True, "unscored_because": "x"})
    assert not case({**CASE, "scored": False, "unscored_because": "x"}).scored


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": NaN}', "no JSON number"),
        ('{"a": ', "no JSON"),
        (b"\xff\xfe", "no JSON"),
        ("[" * 100_000, "nested too deep"),
        ("9" * 5_000, "no JSON"),
    ],
)
def test_what_is_no_json_is_said(text: str | bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        loads(text)


def _expecting(regime: str, **expected: object) -> Case:
    told = {
        "duty": True,
        "thresholds": ["5"],
        "direction": "up",
        "form": "Form 1",
        "deadline": "2025-03-18",
        **expected,
    }
    return case(json.loads(json.dumps({**CASE, "regime": regime, "expected": told})))  # fmt: skip


LINE = Line(id="XX-001", duty=True, thresholds=("5",), direction="up", form="Form 2", deadline=date(2025, 3, 18))


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        (_expecting("de_wphg"), []),
        (_expecting("hk_sfo_part_xv"), ["form"]),
        (_expecting("uk_dtr5"), ["form"]),
        (_expecting("us_13d_13g", form="Form 2"), []),
        (_expecting("de_wphg", thresholds=["5.00"]), []),
        (_expecting("de_wphg", thresholds=["5.01"]), ["thresholds"]),
        (_expecting("de_wphg", thresholds=["5", "10"]), ["thresholds"]),
        (_expecting("de_wphg", deadline=None), []),
        (_expecting("de_wphg", deadline="2025-03-19"), ["deadline"]),
        (_expecting("de_wphg", change="any"), ["change"]),
        (_expecting("de_wphg", direction="down"), ["direction"]),
    ],
)
def test_what_is_compared(asked: Case, fields: list[str]) -> None:
    assert [text.split()[0] for text in disagreements(asked, LINE)] == fields


def test_an_unknown_answer_is_no_agreement() -> None:
    against = disagreements(_expecting("de_wphg"), Line(id="XX-001"))
    assert "duty unknown, the case says true" in against
