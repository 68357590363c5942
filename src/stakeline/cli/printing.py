"""What the commands print with: one console, tables that fit, JSON."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from stakeline.model.problems import Problem, Severity, quote

if TYPE_CHECKING:
    from rich.console import Console

NO_ADVICE = "Neither legal nor investment advice."


def console(*, error: bool = False) -> "Console":
    """The terminal, or plain text where the output goes elsewhere. Markup in what we print is never interpreted."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else 120
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False, width=width)


def table(
    title: str | None,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    whole: Sequence[str],
    right: Sequence[str],
) -> Any:
    """A table for the console. whole: columns that are never broken; right: those of numbers, set to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", no_wrap=column in whole)
    for row in rows:
        made.add_row(*(Text("" if cell is None else quote(str(cell))) for cell in row))
    return made


def json(value: object) -> None:
    """Print a value as JSON, two spaces deep; Decimal numbers are strings, so that no digit is lost."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def problem_line(name: str, problem: Problem) -> str:
    """One problem in one line: what it cost, where, what stands there, why it was not accepted."""
    cost = {Severity.INPUT: "quarantined", Severity.FIELD: "unreadable", Severity.NOTE: "note"}[problem.severity]
    found = f"; found {problem.found!r}" if problem.found else ""
    return f"{cost}: {quote(name)}, {quote(problem.where)}: {quote(problem.message)}{found}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Gives "1 notice", "44 notices"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
