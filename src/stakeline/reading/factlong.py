"""The long table of facts: one row for each thing that a source says."""

from datetime import date

from stakeline.model.facts import Fact
from stakeline.model.moments import day_at
from stakeline.model.numbers import Number
from stakeline.reading.factcells import Cells, Unfit, as_day
from stakeline.reading.factkinds import Bodies, Kind, columns_of
from stakeline.reading.factvocabulary import VOCABULARY, Measure, Span, kind_of, period_end

_SUBJECT = "of whom or what, like hk:00020, cn:688256, name:Megvii, holder:alibaba or fx:USD/HKD"


def read_row(cells: Cells) -> Bodies:
    """One row as a fact. Raises Unfit."""
    subject = cells.needed("subject", _SUBJECT)
    name = cells.needed("measure", "a measure from docs/fact-tables.md")
    measure = VOCABULARY.get(name)
    if measure is None:
        raise Unfit("measure", name, "no such measure; docs/fact-tables.md lists them")
    if kind_of(subject) not in measure.subject:
        raise Unfit("subject", subject, f"{name} is said of {' or '.join(measure.subject)}; write it {_SUBJECT}")
    item = _item(cells, measure)
    period, last = _period(cells, measure)
    number, text = _value(cells, measure)
    known_from, known_basis = cells.known()
    if last is not None and day_at(known_from, cells.zone()) < last and name != "price.offer":
        raise Unfit(
            "known_from", str(known_from.date()), f"it was public before {last}, when it became true; one is wrong"
        )
    if not cells.sources():
        raise Unfit("cites", "", "it is blank; write who says so, several separated by semicolons")
    fact = Fact(
        subject=subject,
        measure=name,
        item=item,
        period=period,
        number=number,
        text=text,
        unit=measure.unit,
        currency=_currency(cells, measure),
        basis=cells.text("basis") or measure.basis.format(item=item),
        known_from=known_from,
        known_basis=known_basis,
        cites=cells.sources(),
        confidence=cells.word("confidence", ("high", "medium", "low")),
        doubt=cells.text("doubt"),
        note=cells.text("note"),
    )
    return [(fact, "value")]


def _item(cells: Cells, measure: Measure) -> str | None:
    item = cells.text("item")
    if measure.items is None and item is not None:
        raise Unfit("item", item, "this measure has no parts; leave it blank")
    if measure.items == ("*",) and item is None:
        raise Unfit("item", "", 'it is blank; write the part, like B for class B, "all", or the segment')
    if measure.items not in (None, ("*",)) and item not in (measure.items or ()):
        raise Unfit("item", item or "", f"write one of {', '.join(measure.items or ())}")
    return item


def _period(cells: Cells, measure: Measure) -> tuple[str | None, date | None]:
    """The period as written, and the last day that must be over before the fact can be public."""
    text = cells.text("period")
    wanted = f"write {measure.period}"
    if text is None:
        if measure.period in (Span.DAY, Span.PERIOD):
            raise Unfit("period", "", f"it is blank; {wanted}")
        return None, None
    match measure.period:
        case Span.DAY | Span.DAY_OR_NONE:
            return text, as_day("period", text)
        case Span.PERIOD if (end := period_end(text)) is not None and (".." in text or "-" not in text):
            return text, end
        case Span.BETWEEN:
            first, dots, last = text.partition("..")
            days = [as_day("period", day) if day else None for day in (first, last)]
            if dots and text != ".." and not (days[0] and days[1] and days[0] > days[1]):
                return text, days[0]
    raise Unfit("period", text, wanted)


def _value(cells: Cells, measure: Measure) -> tuple[Number | None, str | None]:
    """The number or the words, by the measure's unit."""
    words = cells.needed("value", "the figure or the words")
    unit = cells.needed("unit", measure.unit)
    if unit != measure.unit:
        raise Unfit("unit", unit, f"this measure has the unit {measure.unit}")
    precision = cells.precision("precision")
    if measure.unit in ("text", "date"):
        if precision is not None:
            raise Unfit("precision", str(precision), "only a number has one; leave it blank")
        return None, as_day("value", words).isoformat() if measure.unit == "date" else words
    value = cells.count("value") if measure.unit == "shares" else cells.number("value")
    if value is None or (measure.above == "0" and value < 0) or (measure.above == "+" and value <= 0):
        raise Unfit(
            "value", words, f"{measure.basis} cannot be {'negative' if measure.above == '0' else 'zero or less'}"
        )
    return Number(value, precision), None


def _currency(cells: Cells, measure: Measure) -> str | None:
    currency = cells.currency("currency")
    if measure.unit == "currency" and currency is None:
        raise Unfit("currency", "", "it is blank; write the ISO code, like CNY")
    if measure.unit != "currency" and currency is not None:
        raise Unfit("currency", currency, "only an amount of money has one; leave it blank")
    return currency


KIND = Kind(
    reader="facts/facts",
    columns={
        "subject": _SUBJECT,
        "measure": "what is said, like result.revenue",
        "value": "the figure in plain digits, or the words",
        "unit": "shares, currency, pct, count, rate, text or date",
        "known_from": "since when it was public",
        "known_basis": "how that is known",
        "cites": "who says so, separated by semicolons",
        "item": "the part: a class, a segment, a language",
        "period": "the day or period of which it is true",
        "currency": "ISO code",
        "precision": "size of the last printed digit; blank where exact",
        "basis": "what the figure is of",
        "zone": "time zone of the publication",
        "confidence": "high, medium or low",
        "doubt": "what to say about it whenever it is shown",
        "note": "what must be said beside it",
    },
    required=("subject", "measure", "value", "unit", "known_from", "known_basis", "cites"),
    boxes=columns_of({"value": ("value", "the value told")}),
    read_row=read_row,
)
