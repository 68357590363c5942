"""What the commands print with: one console, tables that fit, JSON."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from stakeline.model.problems import Problem, Severity, quote

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

NO_ADVICE = "Neither legal nor investment advice."
_PIPED = 160
"""Columns where the output goes to a file or another program: wide enough that tables need not be broken."""
_NARROW = 14
_GAP = 3


def console(*, error: bool = False) -> "Console":
    """The terminal, or plain text where the output goes elsewhere. Markup in what we print is never interpreted."""
    from rich.console import Console

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            # The reader of our output (head, less) has gone: rich would call that a failure.
            raise BrokenPipeError

    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else _PIPED
    return Quiet(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False, width=width)


class Table:
    """A table for the console, or a list of its rows where the window is too narrow: no number is ever cut.

    whole: columns that are never broken; right: those of numbers, set to the right.
    """

    def __init__(
        self, columns: Sequence[str], rows: Iterable[Sequence[object]], *, whole: Sequence[str], right: Sequence[str]
    ) -> None:
        self.columns, self.whole, self.right = columns, whole, right
        self.rows = [["" if cell is None else quote(str(cell)) for cell in row] for row in rows]

    def __rich_console__(self, _console: "Console", options: "ConsoleOptions") -> Iterator[Any]:
        """What rich prints."""
        yield self._listed() if options.max_width < self._least_width() else self._tabled()

    def _least_width(self) -> int:
        from rich.cells import cell_len

        widths = [max(map(cell_len, column)) for column in zip(self.columns, *self.rows, strict=True)]
        return sum(
            _GAP + (width if name in self.whole else min(width, _NARROW))
            for name, width in zip(self.columns, widths, strict=True)
        )

    def _tabled(self) -> Any:
        from rich import box
        from rich import table as rich_table
        from rich.text import Text

        made = rich_table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column in self.columns:
            made.add_column(column, justify="right" if column in self.right else "left", no_wrap=column in self.whole)
        for row in self.rows:
            made.add_row(*map(Text, row))
        return made

    def _listed(self) -> Any:
        from rich.text import Text

        left = max(map(len, self.columns))
        blocks = [
            "\n".join(f"{name:{left}}  {cell}" for name, cell in zip(self.columns, row, strict=True))
            for row in self.rows
        ]
        return Text("\n\n".join(blocks), overflow="fold")


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
