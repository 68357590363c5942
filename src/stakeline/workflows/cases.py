"""Worked cases: lines that tell a situation and the answer expected, run through the call that `duty` makes, and compared."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Final, Literal

import msgspec

from stakeline.duties import Answer
from stakeline.duties.answers import Due, Way
from stakeline.model.errors import StakelineError, UsageError
from stakeline.model.problems import quote
from stakeline.model.rules import Confidence
from stakeline.model.situations import Given, Situation
from stakeline.regimes.rulebooks import rulebook
from stakeline.workflows.situations import DUTY, LIMITS, answer, convert
from stakeline.workflows.strict import Text, check_of, checked, loads

LONGEST_LINE: Final = 10_000_000
"""Bytes. A situation of 50,000 positions has room; a file without line ends is not read into memory whole."""
FORMS_COMPARED: Final = ("hk_", "us_", "uk_")
"""Rulebooks whose forms have fixed names; elsewhere a form's name is loose and not compared."""


class Also(Given, frozen=True, kw_only=True):
    """A second duty."""

    form: str
    deadline: date | None = None


class Release(Given, frozen=True, kw_only=True):
    """A press release: by when."""

    by: date
    time: str | None = None


class Sides(Given, frozen=True, kw_only=True):
    """Levels of each side."""

    acquisition: tuple[Decimal, ...] = ()
    disposal: tuple[Decimal, ...] = ()


class Expected(Given, frozen=True, kw_only=True):
    """The answer a case expects. The first six are compared (`disagreements`), the others are there to read.

    thresholds: levels of the main notice. change: of a duty measured as a distance. form, deadline: None without a duty;
    a deadline may also not be asked.
    """

    duty: bool
    thresholds: tuple[Decimal, ...]
    direction: Way
    form: str | None
    deadline: date | None
    change: Literal["at_least_1", "at_least_2", "more_than_2", "any"] | None = None
    deadline_time: str | None = None
    deadline_rule: str | None = None
    relevant_event: date | None = None
    duty_id: str | None = None
    reason: Literal["change_of_nature"] | None = None
    exception: Literal["small_change"] | None = None
    side: Literal["short", "acquisition", "disposal"] | None = None
    sides: Sides | None = None
    leg: Literal["shares", "instruments", "aggregate"] | None = None
    measure: Literal["capital", "votes"] | None = None
    code: str | None = None
    capacity_code: str | None = None
    level: int | None = None
    pct: Decimal | None = None
    votes_pct: Decimal | None = None
    counted_pct: Decimal | None = None
    aggregate_pct: Decimal | None = None
    attributed_pct: Decimal | None = None
    group_pct: Decimal | None = None
    gross_interest_pct: Decimal | None = None
    reported_pct: Decimal | None = None
    short_also: Decimal | None = None
    form_not: str | None = None
    period: Literal["month"] | None = None
    public: bool | None = None
    replaces_opd: bool | None = None
    trading_stop: bool | None = None
    group_duty: bool | None = None
    company_must_tell_holders: bool | None = None
    who_announces: Literal["issuer"] | None = None
    all_persons_with_duty: tuple[str, ...] = ()
    also: str | Also | None = None
    news_release: Release | None = None
    moratorium: str | None = None


class Case(Given, frozen=True, kw_only=True):
    """One line. expected: None where only the answer is wanted; all keys but `id`, `regime` and `given` may then be absent.

    scored: False where the case is to be read and not counted, and `unscored_because` says why.
    """

    id: str
    regime: str
    given: Situation
    source_url: str | None = None
    citation: str | None = None
    expected: Expected | None = None
    note: str | None = None
    basis: (
        Literal["official_example_read", "secondary_example_read", "enforcement_case_read", "rule_applied"] | None
    ) = None
    confidence: Confidence | None = None
    scored: bool = True
    unscored_because: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed of a case.

    duty: None where the answer is unknown. thresholds: exact decimals. deadline: None without a duty, and where no single day is
    known. ok: whether the answer is the expected one; None where none is, or the case is not to be counted.
    """

    id: str | None
    duty: bool | None = None
    thresholds: tuple[str, ...] = ()
    change: str | None = None
    direction: Way = "none"
    form: str | None = None
    deadline: date | None = None
    reason: str | None = None
    ok: bool | None = None


class Failed(Line, frozen=True, kw_only=True):
    """A line that could not be answered. error: where (line and key) and what is wrong."""

    error: str
    ok: bool | None = False


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """One line run. against: what disagrees, in words. counts: whether it decides the outcome."""

    line: Line
    against: tuple[str, ...] = ()
    counts: bool = False


def _case(told: Mapping[str, Any]) -> str | None:
    wanted = ("source_url", "citation", "note", "basis", "confidence")
    missing = [key for key in wanted if key not in told]
    if "expected" in told and missing:
        return f"a case with an expected answer needs the keys {', '.join(missing)} too"
    if ("scored" in told) != ("unscored_because" in told):
        return "scored and unscored_because belong together"
    return "scored is false or left out" if told.get("scored") is True else None


def _expected(told: Mapping[str, Any]) -> str | None:
    if told["duty"]:
        return "a duty has a form" if told["form"] is None else None
    filled = [key for key in ("thresholds", "form", "deadline", "change") if told.get(key) not in (None, [])]
    filled += ["direction"] * (told["direction"] != "none")
    return f"without a duty there is no {', '.join(filled)}" if filled else None


_NAME = LIMITS.texts["Investor.id"]
_CHECK = check_of(
    Case,
    msgspec.structs.replace(
        LIMITS,
        texts={
            **LIMITS.texts,
            "Case.id": Text(re.compile(r"[A-Z]{2}-[0-9]{3}"), "an id such as HK-001"),
            "Case.regime": Text(re.compile(r"[a-z0-9_]+"), "a rulebook's code such as hk_sfo_part_xv"),
            "Expected.duty_id": DUTY,
            "Expected.all_persons_with_duty": _NAME,
        },
        blank=frozenset(("Case.note", "Expected.form")),
        integers={**LIMITS.integers, "Expected.level": None},
        empty=LIMITS.empty
        | {
            "Expected.thresholds",
            "Expected.all_persons_with_duty",
            "Sides.acquisition",
            "Sides.disposal",
        },
        unique=LIMITS.unique | {"Expected.thresholds"},
        nullable=frozenset(("Expected.form", "Expected.deadline")),
        rules={**LIMITS.rules, "Case": _case, "Expected": _expected},
    ),
)


def case(told: object) -> Case:
    """The case that a JSON value tells. Raises UsageError: the place, what stands there and what may."""
    checked(told, _CHECK, "")
    return convert(told, Case, "case")


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, each cut just over the longest that is read."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def run(lines: Iterable[bytes], regimes: Collection[str] = (), *, every: bool = False) -> Iterator[Done]:
    """Each line that is not blank, answered in order; a line that cannot be is a `Failed`, and the next one follows.

    regimes: only cases of these rulebooks (and lines of which it is not clear). every: cases of any confidence count,
    otherwise those of high confidence.
    """
    for number, raw in enumerate(lines, 1):
        text = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not text.strip():
            continue
        told: object = None
        try:
            told = _json(text)
            if regimes and isinstance(told, dict) and told.get("regime") not in regimes and _is_code(told):
                continue
            found = case(told)
            yield _judged(found, answer(found.regime, found.given), every=every)
        except StakelineError as error:
            yield _failed(told, f"line {number}: {error}")
        except Exception as error:  # noqa: BLE001 - one case must not take the others with it; it is said on its line
            yield _failed(told, f"line {number}: our fault, please report it: {type(error).__name__}: {error}")


def line_of(name: str, told: Answer) -> Line:
    """An answer as a line: the main notice stands for all."""
    due = told.dues[0] if told.duty and told.dues else None
    return Line(
        id=name,
        duty=told.duty,
        thresholds=told.thresholds if due else (),
        change=due.change if due else None,
        direction=due.direction if due else "none",
        form=due.form if due else None,
        deadline=due.by.day if due else None,
        reason="; ".join((told.reason, *_unsettled(told, due))),
    )


def disagreements(asked: Case, line: Line) -> tuple[str, ...]:
    """What the answer has otherwise than the case: thresholds as a set; change and deadline only where the case has one."""
    expected = asked.expected
    if expected is None:
        return ()
    pairs: list[tuple[str, object, object, bool]] = [
        ("duty", line.duty, expected.duty, True),
        ("thresholds", set(map(Decimal, line.thresholds)), set(expected.thresholds), True),
        ("change", line.change, expected.change, expected.change is not None),
        ("direction", line.direction, expected.direction, True),
        ("deadline", line.deadline, expected.deadline, expected.deadline is not None),
        ("form", line.form, expected.form, asked.regime.startswith(FORMS_COMPARED)),
    ]
    return tuple(
        f"{name} {_words(ours)}, the case says {_words(theirs)}"
        for name, ours, theirs, compared in pairs
        if compared and ours != theirs
    )


def _judged(asked: Case, told: Answer, *, every: bool) -> Done:
    line = line_of(asked.id, told)
    if asked.expected is None or not asked.scored:
        return Done(line=line)
    against = disagreements(asked, line)
    return Done(
        line=msgspec.structs.replace(line, ok=not against),
        against=against,
        counts=every or asked.confidence == "high",
    )


def _unsettled(told: Answer, due: Due | None) -> Iterator[str]:
    """What is not known about a duty that is."""
    if due is not None and due.by.day is None:
        yield f"no single last day is known: {'; '.join(due.by.doubts) or due.by.text}"
    if due is not None and told.missing:
        yield f"not told: {'; '.join(told.missing)}"


def _failed(told: object, error: str) -> Done:
    name = told.get("id") if isinstance(told, dict) else None
    return Done(line=Failed(id=quote(name) if isinstance(name, str) else None, error=error), counts=True)


def _json(text: bytes) -> object:
    if len(text) > LONGEST_LINE:
        raise UsageError(f"longer than {LONGEST_LINE:,} bytes")
    return loads(text)


def _is_code(told: Mapping[str, Any]) -> bool:
    """True where the line names a rulebook that there is: only then is it certain that it is of another one."""
    try:
        return bool(rulebook(told.get("regime", "")))
    except (StakelineError, TypeError):
        return False


def _words(value: object) -> str:
    match value:
        case None:
            return "unknown"
        case bool():
            return json.dumps(value)
        case set():
            return ", ".join(f"{one:f}" for one in sorted(value)) or "none"
        case _:
            return str(value)
