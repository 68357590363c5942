"""The rulebooks: the loader takes nothing it does not know, and of every duty every day has one version or a stated reason why none is known."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from stakeline.duties import assess
from stakeline.model.days import BusinessDays
from stakeline.model.errors import UnknownName, UnusableRules
from stakeline.model.rules import Deadline, Rule, When
from stakeline.model.situations import IssuerFacts
from stakeline.regimes import days
from stakeline.regimes.rulebooks import codes, parse, rulebook, rulebooks
from stakeline.workflows import rulewords
from stakeline.workflows.rules import Gap, standing
from stakeline.workflows.situations import situation

ROOT = Path(__file__).parents[2]
ENGINE = sorted((ROOT / "src/stakeline/duties").glob("*.py"))
DAY = timedelta(days=1)

BOOK = """
jurisdiction = "XX"
title = "Exampleland: Disclosure Act"
regulator = "Authority"
instrument = "Disclosure Act 2010"
as_of = 2026-11-01

[measures.votes]
leg = "votes"
denominator = "votes"
denominator_text = "all votes"

[[source]]
id = "act"
title = "Disclosure Act 2010"
url = "https://example.org/act"
seen = "text"

[[duty]]
id = "xx.votes"
name = "5%"
who = "anyone"
measure = "votes"
form = "notice"
deadline = { count = 4, unit = "weekday", from_text = "the event" }
citation = "s.5"
sources = ["act"]
confidence = "high"
evidence = "read in official text"
[[duty.trigger]]
kind = "levels"
levels = ["5"]
up = ">="
[[duty.version]]
since = 2010-07-01
start = "law"
[[duty.version]]
since = 2018-01-03
deadline = { count = 3 }
"""


def test_the_book_that_the_mistakes_are_made_in_is_sound() -> None:
    book = parse(BOOK, code="xx", folder="xx")
    old, new = book.versions("xx.votes")
    assert (old.since, old.until, old.deadline.count) == (date(2010, 7, 1), date(2018, 1, 2), 4)
    assert (new.since, new.until, new.deadline.count) == (date(2018, 1, 3), None, 3)
    assert new.deadline.unit == "weekday"


MISTAKES = [
    ('title = "Ex', 'subtitle = "x"\ntitle = "Ex', "subtitle"),
    ('who = "anyone"', 'who = "anyone"\nwhom = "x"', "whom"),
    ('kind = "levels"', 'kind = "levels"\nlevel = "5"', "level"),
    ("since = 2018-01-03", 'since = 2018-01-03\nfrom = "x"', "from"),
    ('leg = "votes"', 'leg = "votes"\nlegs = "x"', "legs"),
    ('unit = "weekday",', 'unit = "weekday", after = 1,', "after"),
    ('seen = "text"', 'seen = "text"\nread = true', "read"),
    ('measure = "votes"', 'measure = "votes"\napplies = { home_state = ["XX"] }', "home_state"),
    ('start = "law"', 'start = "law"\nuntil = 2018-01-01', "a gap or an overlap"),
    ('start = "law"', 'start = "law"\nuntil = 2018-01-03', "a gap or an overlap"),
    ("since = 2018-01-03", "since = 2010-07-01", "begins no earlier than the next"),
    ("since = 2018-01-03", "since = 2009-07-01", "begins no earlier than the next"),
    ("since = 2018-01-03", 'since = 2018-01-03\nstart = "law"', "the first version, and no other"),
    ('start = "law"', "", "the first version, and no other"),
    ('start = "law"', 'start = "guessed"', "guessed"),
    ("since = 2010-07-01", "", "each with `since`"),
    ("since = 2018-01-03", "since = 2018-01-03\nuntil = 2020-01-01", "both `until` and `ended`"),
    ("since = 2018-01-03", 'since = 2018-01-03\nended = "repealed"', "both `until` and `ended`"),
    ('citation = "s.5"', "", "citation"),
    ('sources = ["act"]', "", "sources"),
    ('sources = ["act"]', "sources = []", "names sources that are not listed"),
    ('sources = ["act"]', 'sources = ["act", "book"]', "book"),
    ('confidence = "high"', "", "confidence"),
    ('confidence = "high"', 'confidence = "sure"', "sure"),
    ('evidence = "read in official text"', "", "evidence"),
    ('up = ">="', 'up = "=>"', "=>"),
    ('up = ">="', 'down = ">"', ">"),
    ('kind = "levels"', 'kind = "level"', "level"),
    ('measure = "votes"', 'measure = "capital"', "nothing is called 'capital'"),
    ('measure = "votes"', 'measure = "votes"\napplies = { before = "5 or more" }', "5 or more"),
    ('unit = "weekday"', 'unit = "fortnight"', "fortnight"),
    ("as_of = 2026-11-01", "", "as_of"),
    ("[[duty]]", "[[duty]", "no TOML"),
    ("jurisdiction", 'jurisdiction = "X"\njurisdiction', "no TOML"),
]


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES)
def test_a_mistake_in_a_rulebook_is_an_error_that_names_it(old: str, new: str, said: str) -> None:
    assert old in BOOK
    with pytest.raises(UnusableRules, match=re.escape(said)):
        parse(BOOK.replace(old, new, 1), code="xx", folder="xx")


def test_two_duties_of_one_id_are_an_error() -> None:
    duty = BOOK[BOOK.index("[[duty]]") :]
    with pytest.raises(UnusableRules, match="two duties"):
        parse(BOOK + duty, code="xx", folder="xx")


def test_a_rulebook_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match="hk_sfo_part_xv"):
        rulebook("xx_nowhere")


@pytest.mark.parametrize("code", codes())
def test_every_day_from_2000_to_2027_has_one_version_of_each_duty_or_a_reason(code: str) -> None:
    for duty in rulebook(code).duties():
        versions = rulebook(code).versions(duty)
        months = [date(year, month, 1) for year in range(2000, 2028) for month in range(1, 13)]
        edges = [v.since for v in versions] + [v.until for v in versions if v.until]
        grid = {*months, date(2027, 12, 31), *(day + step for day in edges for step in (-DAY, 0 * DAY, DAY))}
        for day in sorted(grid):
            applying = [v for v in versions if v.in_force(day)]
            assert len(applying) <= 1, f"{duty}: two versions on {day}"
            found = standing(versions, day)
            if applying:
                assert found == applying[0]
                continue
            assert isinstance(found, Gap)
            _reasoned(versions, day, found)


def _reasoned(versions: tuple[Rule, ...], day: date, gap: Gap) -> None:
    """Where no version applies it is said why, and never inside the duty's life."""
    first, last = versions[0], versions[-1]
    assert gap.reason
    if day < first.since:
        assert gap.known == first.none_before
        assert first.none_before or first.before or first.start == "seen", f"{first.id}: before {first.since}?"
    else:
        assert last.until is not None, f"{first.id}: no version on {day}"
        assert day > last.until, f"{first.id}: no version on {day}"
        assert gap.known
        assert last.ended, f"{first.id}: what became of it?"


@pytest.mark.parametrize("code", codes())
def test_every_rule_has_its_section_source_and_confidence(code: str) -> None:
    book = rulebook(code)
    listed = {source.id for source in book.sources}
    assert len(listed) == len(book.sources)
    assert book.rules
    for rule in book.rules:
        assert rule.citation.strip(), rule.id
        assert rule.evidence.strip(), rule.id
        assert rule.sources, rule.id
        assert set(rule.sources) <= listed, rule.id
        assert rule.confidence in ("high", "medium", "low")
        assert rule.confidence != "high" or rule.evidence.strip() != "from memory", rule.id
        cited = [part.citation for part in (rule.measure.disregard if rule.measure else ())]
        cited += [part.citation for part in rule.attribution.values()]
        assert all(citation.strip() for citation in cited), rule.id
    for source in book.sources:
        assert source.title.strip()
        assert source.seen.strip()
        assert source.url.startswith(("https://", "http://")), source


@pytest.mark.parametrize("code", codes())
def test_every_deadline_counts_in_a_calendar_that_there_is(code: str) -> None:
    for rule in rulebook(code).rules:
        for deadline in (rule.deadline, *(v.deadline for v in rule.variants if v.deadline)):
            if _counted(deadline):
                assert deadline.calendar in days.calendar_ids(), f"{rule.id}: {deadline.calendar}"
            if deadline.time:
                assert deadline.zone or "local time" in deadline.from_text, f"{rule.id}: {deadline.time} where?"


def _counted(deadline: Deadline) -> bool:
    return deadline.roll or ((deadline.count or 0) > 0 and deadline.unit not in ("calendar_day", "weekday"))


def test_every_condition_has_words() -> None:
    special = {"small_change", "acquired", "with_leg", "any_of", "unless"}
    assert {*rulewords._KEYS, *rulewords._SWITCHES, *special} == set(When.__struct_fields__)
    for rule in (rule for book in rulebooks() for rule in book.rules):
        assert all(map(rulewords.trigger_words, rule.triggers))
        assert rulewords.deadline_words(rule.deadline)
        for when in (rule.applies, *(v.when for v in rule.variants), *(e.when for e in rule.exempt if e.when)):
            rulewords.when_words(when)


def test_the_engine_names_no_regime() -> None:
    """Codes, duty ids, forms, calendars, countries: whatever names one of the rulebooks is in none of the engine's files."""
    names = {*codes(), *days.calendar_ids()}
    for book in rulebooks():
        names |= {book.title.partition(":")[0], *book.duties()}
        names |= {rule.form for rule in book.rules if rule.form and " " in rule.form}
    names |= {
        "Chinese",
        "Japanese",
        "German",
        "French",
        "British",
        "American",
        "SFO",
        "DTR",
        "WpHG",
        "13D",
        "13G",
        "13F",
    }
    assert ENGINE
    for path in ENGINE:
        text = path.read_text(encoding="utf-8")
        code = [f'"{b.jurisdiction}"' for b in rulebooks()] + [f'"{b.folder}"' for b in rulebooks()]
        found = [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)]
        found += [name for name in code if name in text]
        assert not found, f"{path.name} names {found}"


def _no_calendar(name: str, _issuer: IssuerFacts) -> BusinessDays:
    raise AssertionError(f"{name} is asked for")


@pytest.mark.parametrize(
    ("day", "start", "duty"),
    [
        ("2010-06-30", 'start = "law"', None),
        ("2010-06-30", 'start = "seen"', None),
        ("2010-06-30", 'start = "law"\nnone_before = true', False),
        ("2010-07-01", 'start = "seen"', True),
        ("2018-01-03", 'start = "law"', True),
    ],
)
def test_before_the_first_known_day_the_answer_is_unknown(day: str, start: str, *, duty: bool | None) -> None:
    book = parse(BOOK.replace('start = "law"', start), code="xx", folder="xx")
    asked = situation(
        {
            "investor": {"id": "A"},
            "positions": [
                {"date": "2009-01-01", "holder": "A", "leg": "votes", "pct": "4.99"},
                {"date": day, "holder": "A", "leg": "votes", "pct": "5"},
            ],
            "event": {"type": "acquisition", "date": day},
        }
    )
    told = assess(book, asked, _no_calendar)
    assert told.duty is duty
    assert duty is not None or "2010-07-01" in told.reason


def test_an_ended_duty_is_no_more() -> None:
    text = BOOK.replace("since = 2018-01-03", 'since = 2018-01-03\nuntil = 2020-12-31\nended = "repealed"')
    book = parse(text, code="xx", folder="xx")
    for day, duty in (("2020-12-31", True), ("2021-01-01", False)):
        asked = situation(
            {
                "investor": {"id": "A"},
                "positions": [{"date": day, "holder": "A", "leg": "votes", "pct": "5"}],
                "event": {"type": "acquisition", "date": day},
            }
        )
        assert assess(book, asked, _no_calendar).duty is duty


def test_the_example_of_the_documentation_loads() -> None:
    text = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    book = parse(example, code="xx", folder="xx")
    assert [rule.deadline.count for rule in book.rules] == [4, 3]


def test_every_rulebook_has_a_page_and_every_page_a_rulebook() -> None:
    pages = {path.stem for path in (ROOT / "docs/rules").glob("*.md")} - {"README", "disputed"}
    assert pages == set(codes())
