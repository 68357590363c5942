"""What can be asked on the command line. Imports nothing heavy: this is all that `--help` runs."""

import argparse
import os
from collections.abc import Callable, Sequence

from stakeline import __version__
from stakeline.cli.check import fill as _check
from stakeline.cli.duty import fill as _duty
from stakeline.cli.judge import fill as _judge
from stakeline.cli.rules import fill as _rules

_PLACES = """\
The ledger is a folder: --ledger DIR, else the environment variable STAKELINE_LEDGER, else the platform's data folder.
Days are written 2022-11-08. Moments are written 2022-11-16T09:00 (in the market's time zone), with an offset
(2022-11-16T09:00+08:00), or as a day, which means its end.

Stakeline is neither legal nor investment advice.
"""

_EXAMPLES = """
examples:
  stakeline demo                                   the founding case, offline
  stakeline read notice.html                       what a saved page says, and every problem
  stakeline load pages/ prices.csv                 into the ledger
  stakeline show SenseTime --on 2022-11-16         who held what on that day
  stakeline timeline Alibaba SenseTime             notice by notice, with the gaps between
  stakeline brief SenseTime --known 2022-11-16T09:00
  stakeline why fxxxxxxxx                          where a figure of a brief comes from

"""


def parser(command: str | None = None) -> argparse.ArgumentParser:
    """The command line. command: build this command alone, or with "" none at all (`--help` has to answer at once)."""
    root = argparse.ArgumentParser(
        prog="stakeline",
        usage="stakeline [-h] [--version] [--ledger DIR] COMMAND ...",
        description="Reads shareholding disclosures, keeps a ledger of who held what and when that became known,\n"
        "and turns it into cited briefs.",
        epilog="commands:\n"
        + "".join(f"  {n:11} {purpose}\n" for n, (purpose, _) in _COMMANDS.items())
        + _EXAMPLES
        + _PLACES,
        formatter_class=_formatter,
    )
    root.add_argument("--version", action="version", version=f"stakeline {__version__}")
    root.add_argument(
        "--ledger", metavar="DIR", help="folder of the ledger (default: STAKELINE_LEDGER or the data folder)"
    )
    if command == "":
        return root
    commands = root.add_subparsers(
        dest="command", required=True, metavar="COMMAND", help="what to do", prog="stakeline"
    )
    for name, (purpose, fill) in _COMMANDS.items():
        if command not in _COMMANDS or name == command:
            added = commands.add_parser(name, help=purpose, description=purpose, formatter_class=_formatter)
            fill(added)
            added.add_argument("--ledger", metavar="DIR", default=argparse.SUPPRESS, help="folder of the ledger")
    return root


def commands() -> tuple[str, ...]:
    """The names of all commands."""
    return tuple(_COMMANDS)


def named(argv: Sequence[str]) -> str:
    """The command that a command line names, or "" where it names none."""
    words = iter(argv)
    for word in words:
        if word == "--ledger":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _formatter(prog: str) -> argparse.RawDescriptionHelpFormatter:
    # argparse would import shutil for this alone.
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 100
    return argparse.RawDescriptionHelpFormatter(prog, width=max(60, min(width, 120)), max_help_position=28)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="answer as JSON")


def _inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "inputs",
        metavar="FILE|DIR|ZIP|-",
        nargs="+",
        help="files, folders, zips, saved mails and web archives, or - for standard input",
    )
    _json(command)


def _load(command: argparse.ArgumentParser) -> None:
    _inputs(command)
    command.add_argument("--jobs", metavar="N", type=_count, help="processes that read (default: one for each core)")
    command.add_argument(
        "--part",
        metavar="N",
        type=_count,
        default=20_000,
        help="of more documents than this, commit so many at a time (default: 20,000): what was broken off goes on from there",
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _clocks(command: argparse.ArgumentParser) -> None:
    command.add_argument("--on", metavar="DAY", help="as of the end of this day (default: the day of --known)")
    command.add_argument("--known", metavar="MOMENT", help="using only what was public then (default: now)")


def _show(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="an issuer or a holder: name in any language, or stock code")
    _clocks(command)
    command.add_argument(
        "--basis",
        choices=("class", "company", "votes"),
        default="class",
        help="what percentages are of (default: class, the base of the law)",
    )
    _json(command)


def _timeline(command: argparse.ArgumentParser) -> None:
    command.add_argument("holder", metavar="HOLDER", help="a holder's name")
    command.add_argument("issuer", metavar="ISSUER", help="an issuer's name or stock code")
    _clocks(command)
    _json(command)


def _events(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", nargs="?", help="an issuer or a holder (default: all)")
    command.add_argument("--crosses", metavar="N", type=int, help="only crossings of this level (percent)")
    command.add_argument("--since", metavar="DAY", help="only events on or after this day")
    _clocks(command)
    _json(command)


def _punctual(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="an issuer or a holder: name in any language, or stock code")
    command.add_argument("--holder", metavar="HOLDER", help="of an issuer, only this holder's notices")
    command.add_argument("--since", metavar="DAY", help="only events on or after this day")
    command.add_argument("--until", metavar="DAY", help="only events on or before this day")
    command.add_argument("--known", metavar="MOMENT", help="using only what was public then (default: now)")
    _json(command)


def _clearing(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="NAME", help="an issuer's name or stock code")
    command.add_argument("--since", metavar="DAY", help="also what changed since the end of this day")
    _clocks(command)
    _json(command)


def _brief(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "subject", metavar="ISSUER|EVENT", help="an issuer's name or code, or an event id from `events`"
    )
    _clocks(command)
    command.add_argument("--format", choices=("text", "md", "html", "json"), default="text", help="default: text")
    command.add_argument("--output", "-o", metavar="FILE", help="write there instead of printing")


def _why(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "id",
        metavar="ID",
        help="a footnote's id (fxxxxxxxx), or the row of a portfolio as `show` prints it (7443f3a7e1c8#2)",
    )
    command.add_argument(
        "--in", dest="brief", metavar="FILE", help="a brief written with --format json (default: the briefs made here)"
    )
    _json(command)


def _rebuild(command: argparse.ArgumentParser) -> None:
    command.add_argument("--replace", action="store_true", help="put the rebuilt ledger in the old one's place")
    _json(command)


def _completion(command: argparse.ArgumentParser) -> None:
    command.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def _where(command: argparse.ArgumentParser) -> None:
    command.add_argument("issuer", metavar="ISSUER", help="an issuer's stock code, or the name of one in the ledger")
    command.add_argument("holder", metavar="HOLDER", nargs="?", help="only what is about this holder")
    command.add_argument("--since", metavar="DAY", help="only events on or after this day")
    _json(command)


def _nothing(command: argparse.ArgumentParser) -> None:
    del command


_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "demo": ("load the shipped SenseTime case and print its brief as of 16 November 2022, 09:00", _nothing),
    "read": ("print what a file says and every problem in it; the ledger is not touched", _inputs),
    "load": ("take files into the ledger: notices, list pages, fact tables", _load),
    "problems": ("list what could not be read, with its place and the reason", _json),
    "show": ("who held what in an issuer, or what a holder held, on a day", _show),
    "timeline": ("one holder in one issuer, notice by notice, with the gaps between", _timeline),
    "events": ("levels crossed, entries, exits and gaps that the notices show", _events),
    "punctual": ("which notices came in time: each one's legal due day beside its day of filing", _punctual),
    "clearing": ("which brokers and custodians keep an issuer's shares in the clearing system", _clearing),
    "judge": ("record that two names are one holder, or two; list and undo it; find candidates", _judge),
    "brief": ("the cited story of an event; of an issuer, its latest event", _brief),
    "why": ("where a figure of a brief was read, or how it was worked out", _why),
    "check": ("which figures of an article are right, wrong or open, and why", _check),
    "rebuild": ("read every archived document again and compare with the ledger", _rebuild),
    "verify": ("check every stored byte, row and digest; name each corruption", _json),
    "rules": ("what a rulebook asks: duties, levels, deadlines, sections; what changed; run worked cases", _rules),
    "duty": ("what must be filed because of positions: by when, on which form, under which section", _duty),
    "where": ("which pages of the register to save by hand, with their addresses and what each adds", _where),
    "completion": ("print a completion script for your shell", _completion),
}
