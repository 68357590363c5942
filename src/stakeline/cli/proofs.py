"""rebuild, verify."""

import argparse

from stakeline.cli import printing
from stakeline.cli.printing import count
from stakeline.model.problems import quote
from stakeline.workflows import proof
from stakeline.workflows.where import open_ledger


def rebuild(arguments: argparse.Namespace) -> int:
    """Read the archive again and compare; 1 where the ledger is not what its documents say today."""
    found = proof.rebuild(open_ledger(arguments.ledger), replace=arguments.replace)
    if arguments.json:
        printing.json(found)
    elif found.same:
        print(f"{count(found.documents, 'document')} read again: the same ledger, digest {found.after[:16]}")
    else:
        print(
            f"{count(found.documents, 'document')} read again give another ledger: digest {found.before[:16]} became {found.after[:16]}.\n"
            + (
                "It has been put in the old one's place."
                if found.replaced
                else "The readers have changed since; --replace takes the new one."
            )
        )
    return 0 if found.same or found.replaced else 1


def verify(arguments: argparse.Namespace) -> int:
    """Check everything stored; 1 where anything is not what was stored."""
    ledger = open_ledger(arguments.ledger)
    wrong = ledger.verify()
    if arguments.json:
        printing.json({"sound": not wrong, "wrong": wrong, "digest": None if wrong else ledger.digest()})
    elif wrong:
        print("\n".join(quote(w) for w in wrong))
        print(
            f"{count(len(wrong), 'corruption')} found. The documents can be loaded anew into a fresh ledger (`rebuild` reads what is left)."
        )
    else:
        print(
            f"sound: {count(len(ledger.documents()), 'document')}, {count(len(ledger.loads()), 'load')}, digest {ledger.digest()}"
        )
    return 1 if wrong else 0
