"""A name where an article writes it, and the table of words that names are told by (parties.toml)."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Name(NamedTuple):
    """A name where it stands. known: its longest form in the article. issuer, holder: what the words around it speak for.

    lean: what its own form speaks for where nothing else does: 1 an issuer (药业), -1 a holder (基金, a person), 0 either.
    """

    start: int
    end: int
    known: str
    issuer: bool
    holder: bool
    lean: int = 0


@cache
def table(lang: str) -> dict[str, str]:
    """The words of a language, by what they do."""
    told: dict[str, dict[str, str]] = tomllib.loads(
        files(__package__).joinpath("parties.toml").read_text(encoding="utf-8")
    )
    return told[lang]
