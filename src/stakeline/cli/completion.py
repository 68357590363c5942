"""completion."""

import argparse


def completion(arguments: argparse.Namespace) -> int:
    """Print the completion script of a shell, made from the command line itself."""
    import shtab

    from stakeline.cli.arguments import parser

    print(shtab.complete(parser(), shell=arguments.shell))
    return 0
