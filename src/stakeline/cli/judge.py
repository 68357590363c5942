"""judge: join, split, undo, list, candidates."""

import argparse
from collections.abc import Callable, Iterator

TYPE_CHECKING = False  # as in `typing`, which would be imported for `--help` alone

if TYPE_CHECKING:
    from stakeline.ledger import Ledger
    from stakeline.model.judgements import Judgement
    from stakeline.registry.candidates import Candidate
    from stakeline.registry.judgements import Ruling
    from stakeline.workflows.judging import Recorded

_SHOWN = 50


def fill(command: argparse.ArgumentParser) -> None:
    """The words of `judge`, for the command line."""
    parts = command.add_subparsers(dest="action", required=True, metavar="WHAT")
    for name, purpose in (
        ("join", "record that two holders are one"),
        ("split", "record that two holders are two, whatever facts or notices say"),
    ):
        part = _part(parts, name, purpose)
        part.add_argument("one", metavar="HOLDER", help="a holder's name as told, or enough of it")
        part.add_argument("other", metavar="HOLDER", help="the other's")
        part.add_argument(
            "--issuer",
            action="append",
            default=[],
            metavar="ISSUER",
            help="judge of this issuer only (twice: of the first holder there, of the second here)",
        )
        _reason(part)
    undo = _part(parts, "undo", "take a judgement back; the picture is as it was before")
    undo.add_argument("id", metavar="ID", help="a judgement's id from `judge list`")
    _reason(undo)
    _part(parts, "list", "every judgement: who, when, why, and whether it stands")
    found = _part(parts, "candidates", "holders that may be one, with what speaks for and against; joins nothing")
    found.add_argument("issuer", metavar="ISSUER", nargs="?", help="an issuer's name or stock code (default: all)")
    found.add_argument("--least", metavar="N", type=int, default=0, help="only from this score on (of 100)")


def judge(arguments: argparse.Namespace) -> int:
    """Record a judgement, or print those that there are, or the pairs that wait for one."""
    from stakeline.workflows.where import open_ledger

    return _ACTIONS[arguments.action](open_ledger(arguments.ledger), arguments)


def _part(
    parts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, purpose: str
) -> argparse.ArgumentParser:
    part = parts.add_parser(name, help=purpose, description=purpose)
    part.add_argument("--json", action="store_true", help="answer as JSON")
    part.add_argument("--ledger", metavar="DIR", default=argparse.SUPPRESS, help="folder of the ledger")
    return part


def _reason(part: argparse.ArgumentParser) -> None:
    part.add_argument("--why", metavar="TEXT", required=True, help="the reason, for whoever asks later")
    part.add_argument("--by", metavar="NAME", help="who judges (default: your login name)")


def _judge(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from stakeline.model.judgements import Verdict
    from stakeline.workflows import judging

    done = judging.judge(
        ledger,
        Verdict(arguments.action),
        (arguments.one, arguments.other),
        why=arguments.why,
        by=arguments.by,
        issuers=arguments.issuer,
    )
    return _told(done, arguments)


def _undo(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from stakeline.workflows import judging

    return _told(judging.undo(ledger, arguments.id, why=arguments.why, by=arguments.by), arguments)


def _told(done: "Recorded", arguments: argparse.Namespace) -> int:
    from stakeline.cli import printing

    if arguments.json:
        printing.json(done)
        return 0
    print(f"recorded as {done.id}: {_words(done.judgement)}")
    for line in done.against:
        print(f"against it speaks: {line}")
    print(f"`stakeline judge undo {done.id} --why ...` takes it back")
    return 0


def _list(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from stakeline.cli import printing
    from stakeline.workflows import judging

    found = judging.listing(ledger)
    if arguments.json:
        printing.json(found)
        return 0
    out = printing.console()
    for ruling in found:
        for line in _ruling(ruling):
            out.print(line, soft_wrap=True)
    if not found:
        out.print("no judgements: holders are joined by facts and by exact names alone")
    return 0


def _candidates(ledger: "Ledger", arguments: argparse.Namespace) -> int:
    from stakeline.cli import printing
    from stakeline.workflows import judging

    found = [c for c in judging.pairs(ledger, arguments.issuer) if c.score >= arguments.least]
    if arguments.json:
        printing.json(found)
        return 0
    out = printing.console()
    for candidate in found[:_SHOWN]:
        for line in _candidate(candidate):
            out.print(line, soft_wrap=True)
    if len(found) > _SHOWN:
        out.print(f"and {len(found) - _SHOWN:,} more; --least N shows the likelier ones, --json all")
    out.print(
        f"{printing.count(len(found), 'pair')}. Nothing is joined by this: `stakeline judge join|split` records what you find."
    )
    return 0


def _words(judgement: "Judgement") -> str:
    from stakeline.model.problems import quote

    if judgement.withdraws:
        return f"{quote(judgement.withdraws)} is withdrawn"
    one, other = judgement.sides
    are = "are one" if judgement.verdict == "join" else "are two"
    if one.issuer == other.issuer:
        return f"{quote(one.name)} and {quote(other.name)} {are}" + (f" in {quote(one.issuer)}" if one.issuer else "")
    return (
        f"{quote(one.name)} in {quote(one.issuer or '')} and {quote(other.name)} in {quote(other.issuer or '')} {are}"
    )


def _ruling(ruling: "Ruling") -> Iterator[str]:
    from stakeline.model.problems import printable, quote

    told = ruling.judgement
    state = f"withdrawn by {ruling.withdrawn_by}" if ruling.withdrawn_by else "stands" if ruling.stands else "overruled"
    if ruling.overruled_by and not ruling.withdrawn_by:
        state += f"{' elsewhere, overruled in part' if ruling.stands else ''} by {', '.join(ruling.overruled_by)}"
    yield f"{ruling.id}  {told.at:%Y-%m-%d %H:%M} UTC  {quote(told.by)}: {_words(told)} [{state}]"
    yield f"    {printable(told.why)}"


def _candidate(candidate: "Candidate") -> Iterator[str]:
    from stakeline.model.problems import printable, quote

    where = f" in {', '.join(candidate.issuers)}" if candidate.issuers else ""
    yield f"{candidate.score:3}  {quote(candidate.names[0])}  |  {quote(candidate.names[1])}{printable(where)}"
    for sign, lines in (("+", candidate.speaks_for), ("-", candidate.against)):
        for line in lines:
            yield f"     {sign} {printable(line)}"


_ACTIONS: "dict[str, Callable[[Ledger, argparse.Namespace], int]]" = {
    "join": _judge,
    "split": _judge,
    "undo": _undo,
    "list": _list,
    "candidates": _candidates,
}
