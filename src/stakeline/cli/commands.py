"""Which module answers which command. Modules are imported when their command is asked."""

import argparse
from importlib import import_module

_MODULES = {
    "demo": "stories",
    "read": "inputs",
    "load": "inputs",
    "problems": "inputs",
    "show": "stakes",
    "timeline": "stakes",
    "events": "stakes",
    "punctual": "punctual",
    "clearing": "clearing",
    "judge": "judge",
    "brief": "stories",
    "why": "stories",
    "check": "check",
    "rebuild": "proofs",
    "verify": "proofs",
    "rules": "rules",
    "duty": "duty",
    "where": "where",
    "completion": "completion",
}


def run(arguments: argparse.Namespace) -> int:
    """Run the command named; returns the exit code."""
    module = import_module(f"stakeline.cli.{_MODULES[arguments.command]}")
    code: int = getattr(module, arguments.command)(arguments)
    return code
