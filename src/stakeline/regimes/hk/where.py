"""Where the exchange shows what is filed with it: where.toml as nouns."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from stakeline.model.sources import Site, Source


@cache
def site() -> Site:
    """The exchange's site: its pages, the most useful first, and what is known of its terms."""
    told = tomllib.loads(files(__package__).joinpath("where.toml").read_text(encoding="utf-8"))
    known = {f: set(t.__struct_fields__) for f, t in (("site", Site), ("source", Source))}
    sources = told.pop("source")
    if unknown := {*told} - known["site"] | {k for s in sources for k in s} - known["source"]:
        raise ValueError(f"where.toml has unknown keys: {', '.join(sorted(unknown))}")
    return msgspec.convert({**told, "sources": sources}, Site)
