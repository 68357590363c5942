"""rules."""

import argparse

_USAGE = """stakeline rules [REGIME] [--on DAY | --changes FROM TO] [--json]
       stakeline rules test CASES.jsonl [--regime REGIME] [--all]"""


def fill(command: argparse.ArgumentParser) -> None:
    """The words of `rules`, for the command line."""
    command.usage = _USAGE
    command.add_argument(
        "words",
        metavar="REGIME | test CASES.jsonl",
        nargs="*",
        help="a rulebook's code, or a jurisdiction (default: the list of all); test: run worked cases (- for standard input)",
    )
    command.add_argument("--on", metavar="DAY", help="as in force on this day (default: today)")
    command.add_argument("--changes", metavar=("FROM", "TO"), nargs=2, help="what changed between two days")
    command.add_argument("--regime", metavar="REGIME", help="of test: only the cases of this rulebook or jurisdiction")
    command.add_argument("--all", action="store_true", help="of test: cases of medium and low confidence count too")
    command.add_argument("--json", action="store_true", help="answer as JSON")
    _intermixed(command)


def rules(arguments: argparse.Namespace) -> int:
    """Print rulebooks, changes in them, or the outcome of cases."""
    from stakeline.cli import rulebooks
    from stakeline.model.errors import UsageError

    asked = arguments.words
    if asked[:1] == ["test"]:
        if len(asked) != 2 or arguments.on or arguments.changes:
            raise UsageError(f"usage: {_USAGE}")
        return rulebooks.test(asked[1], arguments.regime, every=arguments.all)
    if len(asked) > 1 or arguments.regime or arguments.all or (arguments.on and arguments.changes):
        raise UsageError(f"usage: {_USAGE}")
    name = asked[0] if asked else None
    if arguments.changes:
        return rulebooks.changes(name, *arguments.changes, json=arguments.json)
    return rulebooks.show(name, arguments.on, json=arguments.json)


def _intermixed(command: argparse.ArgumentParser) -> None:
    """Lets options stand between the words (`test --all cases.jsonl`), which a plain parser takes for the words' end."""
    plain = command.parse_known_args

    def parse(args=None, namespace=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - as argparse has it
        command.parse_known_args = plain  # type: ignore[method-assign]
        return command.parse_known_intermixed_args(args, namespace)

    command.parse_known_args = parse  # type: ignore[method-assign]
