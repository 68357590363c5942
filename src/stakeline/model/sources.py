"""Where a register's pages can be seen by a person, and what each adds: nouns that the regimes fill."""

from datetime import date

import msgspec


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One kind of page that somebody can open in a browser and save.

    name: what it is called. address: with {code}, {since}, {until}, {day}, {holder}, {serial} and what links reveal
    ({sid}) in the place of values. days: how a day is written in the address (as `date.strftime` takes it).
    each: what one such page is about: "issuer", "holder", "notice" or "day".
    prefix: of the notices' serials, where each is "notice". steps: what to click. adds, lacks: what it tells and what not.
    forms, measures: of the notices and facts that are read from it, by which a ledger knows that it has one.
    first, last: days of the events that it covers. kept_days: how long the site keeps it. confidence: how well this is known.
    """

    name: str
    address: str
    days: str = "%Y-%m-%d"
    each: str = "issuer"
    prefix: str | None = None
    steps: str
    adds: str
    lacks: str | None = None
    forms: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    kept_days: int | None = None
    confidence: str | None = None


class Site(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where one jurisdiction's disclosures can be seen. sources: the most useful first.

    terms: what is known of the terms of use. revealed: parameters in the links of its pages that an address can need and
    nothing else tells, the one that every link has first; code_parameter: the one that says of which stock a link is.
    """

    terms: str
    revealed: tuple[str, ...] = ()
    code_parameter: str | None = None
    sources: tuple[Source, ...]
