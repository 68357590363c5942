"""Recorded judgements: documents that we write ourselves, one JSON object a line.

    {"stakeline judgement":{"at":"2026-01-15T09:00:00Z","by":"mo","sides":[{"name":"A"},{"name":"B"}],"verdict":"join","why":"..."}}

Several lines are several judgements. A line that does not fit is quarantined; the others stand.
"""

from datetime import UTC

import msgspec

from stakeline.model.documents import Document
from stakeline.model.judgements import Judgement, Verdict, fact_of
from stakeline.model.problems import Problem, Severity, printable
from stakeline.model.problems import quote as shortened
from stakeline.model.rows import Read, Reading

READER = "judgements"
MARK = b'{"stakeline judgement":'
LONGEST_NAME = 1_000
LONGEST_REASON = 4_000
LONGEST_WHO = 200
MOST_LINES = 100_000
_LONGEST_LINE = 40_000


class _Line(msgspec.Struct, frozen=True, rename={"judgement": "stakeline judgement"}, forbid_unknown_fields=True):
    judgement: Judgement


_DECODER = msgspec.json.Decoder(_Line)
_ENCODER = msgspec.json.Encoder(order="sorted")


def document(judgement: Judgement) -> Document:
    """The judgement as a document to load."""
    return Document(data=_ENCODER.encode(_Line(judgement)) + b"\n", name=f"judgements/{judgement.id}.json")


def recognise(document: Document) -> bool:
    """True where the document is one of recorded judgements."""
    return document.data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(MARK)


def read(document: Document) -> Reading:
    """Every line as a fact, and what could not be taken in."""
    facts, problems = [], []
    lines = document.data.removeprefix(b"\xef\xbb\xbf").splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if not line.strip():
            continue
        try:
            facts.append(Read(fact_of(_judgement(line)), f"line {number}"))
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError) as error:
            problems.append(_problem(number, line, str(error)))
    if len(lines) > MOST_LINES:
        message = f"more than {MOST_LINES:,} lines; nothing from here on was read"
        problems.append(_problem(MOST_LINES + 1, b"", message))
    return Reading(reader=READER, facts=tuple(facts), problems=tuple(problems))


def quote(document: Document, locator: str) -> str | None:
    """The line as it stands in the document, made safe to print; None where there is no such line."""
    number = locator.removeprefix("line ").partition(",")[0]
    lines = document.data.splitlines()
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:9]) <= len(lines):
        return None
    return printable(lines[int(number[:9]) - 1].decode("utf-8", "replace"))


def _judgement(line: bytes) -> Judgement:
    """The judgement of a line. ValueError or MsgspecError says what is wrong with it."""
    if len(line) > _LONGEST_LINE:
        raise ValueError(f"a line of more than {_LONGEST_LINE:,} bytes")
    told = _DECODER.decode(line).judgement
    check(told)
    return msgspec.structs.replace(told, at=told.at.astimezone(UTC))


def check(told: Judgement) -> None:
    """ValueError where the judgement lacks something, says too much, or contradicts itself."""
    for what, text, longest in (("by", told.by, LONGEST_WHO), ("why", told.why, LONGEST_REASON)):
        if not printable(text):
            raise ValueError(f"{what} is empty: a judgement says who judged and why")
        if len(text) > longest:
            raise ValueError(f"{what} is longer than {longest:,} characters")
    if told.at.tzinfo is None:
        raise ValueError("at has no offset; write it like 2026-01-15T09:00:00Z")
    if told.verdict is Verdict.WITHDRAW:
        if told.sides or not told.withdraws:
            raise ValueError("a withdrawal names the judgement that it withdraws, and no holders")
        return
    if len(told.sides) != 2 or told.withdraws:
        raise ValueError(f"a {told.verdict} names two holders, and withdraws nothing")
    if any(not printable(s.name) or len(s.name) > LONGEST_NAME for s in told.sides):
        raise ValueError(f"a holder's name is empty or longer than {LONGEST_NAME:,} characters")
    if (told.sides[0].issuer is None) is not (told.sides[1].issuer is None):
        raise ValueError("either both holders or neither are of one issuer")


def _problem(number: int, line: bytes, message: str) -> Problem:
    return Problem(
        severity=Severity.INPUT,
        where=f"line {number}",
        found=shortened(line[:1000].decode("utf-8", "replace")),
        message=f"no judgement that we can take: {shortened(message)}",
    )
