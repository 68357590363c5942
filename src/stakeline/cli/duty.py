"""duty."""

import argparse
import sys

TYPE_CHECKING = False  # as in `typing`, which would be imported for `--help` alone

if TYPE_CHECKING:
    from stakeline.workflows.owed import Duties


def fill(command: argparse.ArgumentParser) -> None:
    """The words of `duty`, for the command line."""
    add = command.add_argument
    add("positions", metavar="POSITIONS.csv|json|-", nargs="?", help="positions over time, issuer facts, past filings")
    add("--template", choices=("json", "csv"), nargs="?", const="json", help="print an annotated example and stop")
    add(
        "--regime",
        metavar="CODE",
        action="append",
        default=[],
        help="ask this rulebook (again: several), not the file's",
    )
    add("--on", metavar="DAY", help="the last day looked at (default: the last event's)")
    add("--since", metavar="DAY", help="print only events from this day on")
    add("--all", action="store_true", help="events without a duty too")
    add(
        "--what-if",
        metavar="TEXT",
        action="append",
        default=[],
        help='"sell 3000000 0020.HK on 2022-11-09" (again: in order)',
    )
    add("--headroom", action="store_true", help="shares until the next duty, up and down")
    add("--trace", action="store_true", help="every figure, comparison and section that led there")
    add("--ics", metavar="FILE|-", help="write the deadlines as a calendar (-: instead of the answer)")
    add("--json", action="store_true", help="answer as JSON")


def duty(arguments: argparse.Namespace) -> int:
    """Print what must be filed. Exit code 0 for any answer, be it that something is due or unknown."""
    from stakeline.model.errors import UsageError
    from stakeline.model.moments import parse_day

    if arguments.template:
        from stakeline.workflows.template import TEMPLATES

        print(TEMPLATES[arguments.template], end="")
        return 0
    if arguments.positions is None:
        raise UsageError("which file? `stakeline duty --template` prints one to begin with")
    from stakeline.workflows import duty as workflow
    from stakeline.workflows.portfolios import portfolios
    from stakeline.workflows.supposed import parse

    answer = workflow.duties(
        portfolios(_bytes(arguments.positions), arguments.positions, tuple(arguments.regime)),
        on=parse_day(arguments.on) if arguments.on else None,
        since=parse_day(arguments.since) if arguments.since else None,
        what_if=[parse(text) for text in arguments.what_if],
        room=arguments.headroom,
    )
    if arguments.ics and _calendar(answer, arguments.ics):
        return 0
    from stakeline.cli import due, printing

    if arguments.json:
        printing.json(answer)
        return 0
    due.show(answer, every=arguments.all or bool(arguments.what_if), traced=arguments.trace, room=arguments.headroom)
    return 0


def _bytes(name: str) -> bytes:
    """The file. Raises ReadError."""
    from pathlib import Path

    from stakeline.model.errors import ReadError

    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise ReadError(f"{name} cannot be read: {error.strerror}") from error


def _calendar(answer: "Duties", name: str) -> bool:
    """Write the calendar; True where it took the place of the answer."""
    from pathlib import Path

    from stakeline.model.errors import ReadError
    from stakeline.workflows.calendar_file import calendar_file

    data, without = calendar_file(answer)
    for line in without:
        print(f"stakeline: no day for the calendar: {line}", file=sys.stderr)
    if name == "-":
        sys.stdout.buffer.write(data)
        return True
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        raise ReadError(f"{name} cannot be written: {error.strerror}") from error
    return False
