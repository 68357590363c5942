"""The fact: one sourced figure, day or name that is not a notice (a price, a share count, a line of results)."""

from datetime import datetime

import msgspec

from stakeline.model.numbers import Number


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a source says.

    subject: of what: "hk:00020" (a security's issuer by code), "cn:688256", "name:Megvii", "holder:alibaba", "fx:USD/HKD".
    measure: what is said of it, from the vocabulary in docs/fact-tables.md ("price.close", "shares.issued", "result.revenue").
    item: the part that the measure is of: a share class ("A", "B", "all"), a segment ("Smart City"), a language ("zh-Hant").
    period: the day ("2022-11-15") or period ("2022H1", "2021") of which it is true; None where it is true of no one time.
    number: the figure; text: the word, for names, days and codes. Exactly one of the two is given.
    unit: "shares", "currency", "pct", "x", "count", "text", "date". currency: ISO code where unit is currency.
    basis: what the figure is of, in words that can be printed ("close", "non-IFRS, as the issuer defines it").
    known_from: since when it was public (UTC); known_basis: how that is known.
    cites: the sources that say so. confidence, doubt: how sure, and what to say about it whenever it is shown.
    """

    subject: str
    measure: str
    item: str | None = None
    period: str | None = None
    number: Number | None = None
    text: str | None = None
    unit: str
    currency: str | None = None
    basis: str | None = None
    known_from: datetime | None = None
    known_basis: str | None = None
    cites: tuple[str, ...] = ()
    confidence: str | None = None
    doubt: str | None = None
    note: str | None = None
