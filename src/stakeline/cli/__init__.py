"""The command line: arguments in, one workflow called, its answer printed.

Only `argparse` is imported before a command is known, so that `--help` and completion answer at once.
"""

import os
import sys
from collections.abc import Sequence

from stakeline.cli.arguments import named, parser

WRONG = 1
"""Exit code: the command ran and found something wrong (problems in the input, a damaged ledger)."""
UNANSWERED = 2
"""Exit code: the command could not do what was asked."""
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 all well, 1 something is wrong, 2 could not be done as asked."""
    words = sys.argv[1:] if argv is None else argv
    command = named(words)
    arguments = parser(command).parse_args(words)
    if not command:
        parser(None).parse_args(["--help"])
    from stakeline.model.errors import StakelineError

    try:
        from stakeline.cli.commands import run

        return run(arguments)
    except StakelineError as error:
        print(f"stakeline: {error}", file=sys.stderr)
        return UNANSWERED
    except KeyboardInterrupt:
        print("stakeline: interrupted; a load that had not finished left nothing behind", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone: that is no error, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
