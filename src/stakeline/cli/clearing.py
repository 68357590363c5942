"""clearing."""

import argparse
from collections.abc import Iterator

from stakeline.cli import printing
from stakeline.cli.stakes import number
from stakeline.model.moments import local_words
from stakeline.model.problems import printable, quote
from stakeline.workflows import clearing as workflow
from stakeline.workflows.clearing import Clearing, Kept, Moved
from stakeline.workflows.where import open_ledger

_SHOWN = 20
_MOVED = ("id", "participant", "before", "after", "change")


def clearing(arguments: argparse.Namespace) -> int:
    """Print the participants that keep an issuer's shares, and what changed; the caution comes first."""
    answer = workflow.clearing(
        open_ledger(arguments.ledger),
        arguments.name,
        on=arguments.on,
        known=arguments.known,
        since=arguments.since,
    )
    if arguments.json:
        printing.json(answer)
        return 0
    out = printing.console()
    out.print(_sentence(answer.caution), style="bold", soft_wrap=True)
    out.print(f"\n{_heading(answer)}", soft_wrap=True)
    columns = ("id", "participant", "shares", "% of issued")
    rows = [(_id(k), k.name, number(k.shares), number(k.percent)) for k in answer.kept[:_SHOWN]]
    out.print(printing.Table(columns, rows, whole=("id", *columns[2:]), right=columns[2:]))
    if answer.since is not None:
        out.print(f"changes from {answer.since} to {answer.day}:", soft_wrap=True)
        out.print(printing.Table(_MOVED, _changes(answer), whole=("id", *_MOVED[2:]), right=_MOVED[2:]))
    for line in _notes(answer):
        out.print(line, soft_wrap=True)
    out.print(printing.NO_ADVICE, style="dim")
    return 0


def _sentence(caution: str) -> str:
    words = printable(caution)
    return f"{words[:1].upper()}{words[1:]}."


def _heading(answer: Clearing) -> str:
    known = f", as known on {local_words(answer.asked.known, answer.zone)}" if answer.asked.told else ""
    earlier = "" if answer.day == answer.asked.on else f" (the last day known up to {answer.asked.on})"
    return f"{quote(answer.issuer.name)}: in the clearing system on {answer.day}{earlier}{known}"


def _changes(answer: Clearing) -> list[tuple[str, str, str, str, str]]:
    return [(_id(m), m.name, _shares(m.before), _shares(m.after), _change(m)) for m in answer.moved[:_SHOWN]]


def _id(line: Kept | Moved) -> str:
    return line.participant if line.participant != line.name else ""


def _shares(kept: Kept | None) -> str:
    return number(kept.shares) if kept else "not listed"


def _change(moved: Moved) -> str:
    if moved.change is None:
        return "newly listed" if moved.before is None else "no longer listed"
    return f"{moved.change.number:+,f}"


def _notes(answer: Clearing) -> Iterator[str]:
    """What was left out, and what the figures are of."""
    if len(answer.kept) > _SHOWN:
        yield f"{len(answer.kept):,} participants are listed; the {_SHOWN} largest are shown (--json prints all)"
    if len(answer.moved) > _SHOWN:
        yield f"{len(answer.moved):,} participants changed; the {_SHOWN} largest changes are shown (--json prints all)"
    percent = next((k.percent for k in answer.kept if k.percent is not None), None)
    if percent is not None:
        yield f"percentages: {quote(percent.basis)}"
    if answer.issued is not None:
        yield f"{number(answer.issued)}: {quote(answer.issued.basis)}"
    if answer.unread:
        yield (
            f"{printing.count(answer.unread, 'row')} of the documents could not be read: who seems gone may stand there "
            "(`stakeline problems`)"
        )
