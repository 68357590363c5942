"""where."""

import argparse
from collections.abc import Iterator

from stakeline.cli import printing
from stakeline.cli.printing import count
from stakeline.model.errors import LedgerMissing
from stakeline.model.problems import quote
from stakeline.workflows.where import open_ledger
from stakeline.workflows.where_to_save import Page, WhereToSave, where_to_save

_SHOWN = 20
"""Notices whose address is printed; --json gives all."""


def where(arguments: argparse.Namespace) -> int:
    """Print which pages to save, the most useful first. Works without a ledger."""
    try:
        ledger = open_ledger(arguments.ledger)
    except LedgerMissing:
        if arguments.ledger:
            raise
        ledger = None
    answer = where_to_save(ledger, arguments.issuer, arguments.holder, since=arguments.since)
    if arguments.json:
        printing.json(answer)
        return 0
    out = printing.console()
    for line in _lines(answer):
        out.print(line, soft_wrap=True)
    return 0


def _lines(answer: WhereToSave) -> Iterator[str]:
    named = answer.code if answer.issuer == answer.code else f"{quote(answer.issuer)} ({answer.code})"
    whose = f"{quote(answer.holder)} in {named}" if answer.holder else named
    since = f", events since {answer.since}" if answer.since else ""
    yield f"{whose}: pages to save{since}, as of {answer.until}; the most useful first"
    yield answer.terms
    missing = [p for p in answer.pages if p.has is None]
    notices = 0
    for number, page in enumerate(missing, 1):
        notices += page.serial is not None
        if page.serial is None or notices <= _SHOWN:
            yield from _page(number, page, short=page.serial is not None and notices > 1)
    if notices > _SHOWN:
        yield f"\n… and {count(notices - _SHOWN, 'more notice')} (--json gives all)"
    held = [p for p in answer.pages if p.has is not None]
    if held:
        yield "\nin the ledger already, worth saving again only for what is new:"
    pages = sum(p.serial is not None for p in held)
    if pages:
        yield f"  {count(pages, 'notice page')}"
    for page in (p for p in held if p.serial is None):
        yield f"  {page.name}: {page.has}"
        yield f"    {page.address}"
    yield "\nThen: stakeline load FOLDER"


def _page(number: int, page: Page, *, short: bool) -> Iterator[str]:
    """One page. short: without what was said of the one of its kind before it."""
    yield f"\n{number:3}. {quote(page.name)}"
    yield f"     {page.address}"
    if short:
        return
    yield f"     {page.steps}"
    yield f"     adds: {page.adds}"
    if page.lacks:
        yield f"     lacks: {page.lacks}"
    if page.doubt:
        yield f"     doubt: {page.doubt}"
