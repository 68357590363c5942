"""check: its arguments. Imports nothing heavy: this runs at every `--help`."""

import argparse


def fill(command: argparse.ArgumentParser) -> None:
    """The arguments of `check`."""
    command.add_argument(
        "articles", metavar="ARTICLE|DIR|-", nargs="*", help="text, saved pages, PDFs, or - for standard input"
    )
    command.add_argument(
        "--on", metavar="DAY", help="the article's day (default: its dateline, else the last day it names)"
    )
    command.add_argument("--lang", choices=("en", "zh"), help="its language (default: the one it is written in)")
    command.add_argument(
        "--known",
        metavar="MOMENT",
        help="using what the ledger held public then (default: the end of the article's day)",
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="answer as JSON; with several articles one line for each")
    form.add_argument(
        "--html", metavar="FILE", nargs="?", const="-", help="one page that stands alone (default: standard output)"
    )
    form.add_argument("--batch", metavar="DIR", help="all articles in a folder: one table of counts, by two processes")
    command.add_argument("--csv", action="store_true", help="with --batch: the table as CSV")


def check(arguments: argparse.Namespace) -> int:
    """Check articles; 1 where something is inconsistent or contradicted."""
    from stakeline.cli.checked import run

    return run(arguments)
