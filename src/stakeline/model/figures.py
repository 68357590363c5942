"""The figure: a number that can be followed to where it was read, or to the formula and figures it was computed from."""

import hashlib
from base64 import b32encode
from datetime import date, datetime
from decimal import Decimal

import msgspec

from stakeline.model.numbers import Interval

_ENCODER = msgspec.json.Encoder(order="sorted")


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a figure was read.

    document: SHA-256 of the archived document; name: what it was called when it was loaded.
    locator: how to find the place again in it ("#grdSh_AEvt", "row 3, column close"); label: how to cite it ("box 19").
    cites: the sources that the place itself names (a fact table's row names the page it was taken from).
    """

    document: str
    name: str
    locator: str
    label: str
    cites: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure with its basis and its source.

    value: the number, exact where it can be, else the middle of span; text: instead of value, a day (ISO) or a word.
    unit: "shares", "pct", "pp" (percentage points), "currency", "rate", "x" (times), "count", "date", "text".
    basis: of which class, which denominator, which kind of price, in words that can be printed.
    day: the day or period of which it is true ("2022-11-15", "2022H1").
    span: where the truth lies if the figure is rounded or bounded; None where it is exact.
    places: where it was read; formula and inputs: what it was computed from. One of the two is always given.
    known_from: since when it could be known. confidence, doubt: what to say about it whenever it is shown.
    others: what other sources say instead, each with its own place; no part of what this figure is.
    """

    value: Decimal | None = None
    text: str | None = None
    unit: str
    currency: str | None = None
    basis: str
    day: str | None = None
    span: Interval | None = None
    places: tuple[Place, ...] = ()
    formula: str | None = None
    inputs: "tuple[Figure, ...]" = ()
    known_from: datetime | None = None
    confidence: str | None = None
    doubt: str | None = None
    others: "tuple[Figure, ...]" = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.text is None):
            raise ValueError("a figure is either a number or a text")
        if not self.places and not (self.formula and self.inputs):
            raise ValueError(f"no figure without a source: {self.value or self.text} {self.unit} ({self.basis})")

    @property
    def id(self) -> str:
        """A short name that stays the same as long as the figure, its basis and its sources do ("f7k2m9qa").

        What a document was called, how sure we are, what others say and when it became known are no part of it.
        """
        identity = (
            (self.value, self.text, self.unit, self.currency, self.basis, self.day, self.span, self.formula),
            [(p.document, p.locator, p.label) for p in self.places],
            [i.id for i in self.inputs],
        )
        return "f" + b32encode(hashlib.sha256(_ENCODER.encode(identity)).digest()[:5]).decode().lower()

    @property
    def derived(self) -> bool:
        """True where it was computed, false where it was read."""
        return self.formula is not None

    @property
    def number(self) -> Decimal:
        """The value of a figure that is a number."""
        if self.value is None:
            raise ValueError(f"{self.text!r} is no number")
        return self.value

    def bounds(self) -> Interval:
        """Where the truth lies: span, or the value alone."""
        return self.span if self.span is not None else Interval(self.number, self.number)

    def when(self) -> date:
        """The day of a figure that is a date."""
        if self.text is None:
            raise ValueError("no date")
        return date.fromisoformat(self.text)


def derive(  # noqa: PLR0913 - the parts of a figure
    formula: str,
    inputs: tuple[Figure, ...],
    result: Interval,
    *,
    unit: str,
    basis: str,
    day: str | None = None,
    currency: str | None = None,
    value: Decimal | None = None,
) -> Figure:
    """A figure computed from others. formula names the working in words ("after / issued shares of the class").

    result: where the truth lies. value: the point to show, by default the middle of result. known_from is the latest
    of the inputs', confidence the weakest, and their doubts are carried along.
    """
    known = [i.known_from for i in inputs if i.known_from is not None]
    doubts = tuple(dict.fromkeys(i.doubt for i in inputs if i.doubt))
    grades = [i.confidence for i in inputs if i.confidence]
    return Figure(
        value=result.middle if value is None else value,
        unit=unit,
        currency=currency,
        basis=basis,
        day=day,
        span=None if result.is_exact else result,
        formula=formula,
        inputs=inputs,
        known_from=max(known) if known else None,
        confidence=next((g for g in ("low", "medium", "high") if g in grades), None),
        doubt="; ".join(doubts) or None,
    )
