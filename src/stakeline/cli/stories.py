"""brief, why, demo."""

import argparse
import sys
from pathlib import Path

from stakeline.cli import printing
from stakeline.model.briefs import Brief
from stakeline.model.errors import ReadError
from stakeline.workflows import story
from stakeline.workflows.where import open_ledger


def brief(arguments: argparse.Namespace) -> int:
    """Print or write the brief of an event."""
    made = story.brief(
        open_ledger(arguments.ledger), arguments.subject, on=arguments.on, known=arguments.known, unkept=_unkept
    )
    if arguments.format == "text" and not arguments.output:
        from stakeline.briefs import print_brief

        print_brief(made, printing.console())
        return 0
    data = _rendered(made, arguments.format)
    if arguments.output:
        try:
            Path(arguments.output).write_bytes(data)
        except OSError as error:
            raise ReadError(f"{arguments.output} cannot be written: {error.strerror}") from error
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return 0


def why(arguments: argparse.Namespace) -> int:
    """Print where a figure was read, or how it was worked out."""
    ledger = None if arguments.brief else open_ledger(arguments.ledger)
    figure, explanation = story.why(ledger, arguments.id, arguments.brief)
    if arguments.json:
        printing.json({"figure": figure, "literal": story.literals(ledger, figure)})
    else:
        print(explanation, end="")
    return 0


def demo(arguments: argparse.Namespace) -> int:
    """Load the shipped case afresh and print its brief."""
    from stakeline.briefs import print_brief
    from stakeline.workflows.demo import demo as run

    ledger, made = run(arguments.ledger)
    out = printing.console()
    print_brief(made, out)
    first = next(f.id for f in made.figures() if f.derived)
    place = f"--ledger {ledger.folder}"
    out.print(f"\nThe ledger is in {ledger.folder}. Go on with:", soft_wrap=True)
    for words in (f"why {first}", "timeline Alibaba SenseTime", "show SenseTime --on 2023-06-30"):
        out.print(f"  stakeline {place} {words}", soft_wrap=True)
    return 0


def _unkept(error: OSError) -> None:
    words = f"note: the footnotes of this brief are not remembered for `why`: {error.strerror or error}"
    print(words, file=sys.stderr)


def _rendered(made: Brief, form: str) -> bytes:
    from stakeline import briefs

    if form == "json":
        return briefs.render_json(made)
    render = {"text": briefs.render_text, "md": briefs.render_markdown, "html": briefs.render_html}[form]
    return render(made).encode()
