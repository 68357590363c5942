"""Shares in issue by class, and the votes they carry, as last reported on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.cited import Cite, agreed, fact_figure
from stakeline.model.classes import class_key, names_security
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.numbers import Interval, exact_product, exact_sum
from stakeline.model.rows import Row
from stakeline.model.stakes import Issuer
from stakeline.registry.names import holds, span_of

ALL = "all"
"""The item of a count that is of all shares of the company, whatever their class."""

_MISSING_CLASS = Decimal("0.05")
"""Classes that fall short of all shares by more than this share of them: one is missing, and no votes can be added up."""


def share_words(share_class: str | None, among: Iterable[str] = (), told: str | None = None) -> str:
    """How to print shares of a class: "Class B shares", "H shares", "common shares"; "shares" where it is not known.

    among: the issuer's classes. A company with H shares calls its others A shares, one with weighted votes Class A.
    told: the class as the sources print it.
    """
    if share_class is None:
        return "shares"
    if share_class == ALL:
        return "shares of all classes"
    if share_class in {"A", "B"}:
        return f"{share_class} shares" if "H" in among else f"Class {share_class} shares"
    told_as = (told or "").casefold()
    if share_class == "ordinary":
        return "common shares" if "common" in told_as else "ordinary shares"
    if len(share_class) == 1:
        return f"Class {share_class} shares" if "class" in told_as else f"{share_class} shares"
    return names_security(told or share_class)


def day_words(day: date) -> str:
    """A day as it is printed: 8 November 2022."""
    return f"{day.day} {day:%B} {day.year}"


def counts(
    facts: Iterable[Row[Fact]], subject: str, cite: Cite, within: Issuer | None = None
) -> tuple[tuple[str, Figure], ...]:
    """Every count of an issuer's shares that facts report, by class and day.

    within: the era of a reused code that is meant; counts of other eras are another company's.
    """
    told = _reported(facts, subject, within)
    among = sorted(told)
    return tuple(
        (share_class, _worded(fact_figure(row, cite), share_class, day, among))
        for share_class in among
        for day, rows in sorted(told[share_class].items())
        for row in rows
    )


def count(
    facts: Iterable[Row[Fact]],
    subject: str,
    share_class: str,
    on: date,
    cite: Cite,
    within: Issuer | None = None,
) -> Figure | None:
    """Shares in issue of a class ("all": of the company) by the latest report of a day not after `on`.

    Its basis says of which day it is. Where sources differ for that day, the surest comes and the others are in its doubt.
    None: no such count is known.
    """
    told = _reported(facts, subject, within)
    days = [day for day in told.get(share_class, {}) if day <= on]
    if not days:
        return None
    figure = agreed(told[share_class][max(days)], cite)
    return _worded(figure, share_class, max(days), sorted(told)) if figure else None


def votes_per_share(facts: Iterable[Row[Fact]], subject: str, share_class: str, on: date, cite: Cite) -> Figure | None:
    """Votes that one share of a class carries on most matters, by the latest fact not after `on`; None: not known."""
    told: dict[date, list[Row[Fact]]] = defaultdict(list)
    for row in facts:
        body = row.body
        if (body.subject, body.measure, class_key(body.item)) == (
            subject,
            "votes.per_share",
            share_class,
        ) and body.number:
            start, _ = span_of(body.period)
            if start is None or start <= on:
                told[start or date.min].append(row)
    return agreed(told[max(told)], cite) if told else None


def votes(
    facts: Iterable[Row[Fact]], subject: str, on: date, cite: Cite, within: Issuer | None = None
) -> Figure | None:
    """All votes of an issuer on a day: the sum over its classes of shares in issue x votes per share.

    None unless both are known for every class. Classes that fall well short of the count of all shares are not every
    class; a single class without a count of all shares may not be either.
    """
    facts = list(facts)
    told = _reported(facts, subject, within)
    classes = {c for c in told if c != ALL}
    classes |= {
        key
        for r in facts
        if (r.body.subject, r.body.measure) == (subject, "votes.per_share") and (key := class_key(r.body.item))
    }
    inputs: list[Figure] = []
    total, shares, point = Interval.exact(0), Interval.exact(0), Decimal(0)
    for share_class in sorted(classes):
        issued = count(facts, subject, share_class, on, cite, within)
        each = votes_per_share(facts, subject, share_class, on, cite)
        if issued is None or each is None:
            return None
        inputs += [issued, each]
        total += issued.bounds() * each.bounds()
        shares += issued.bounds()
        point = exact_sum(point, exact_product(issued.number, each.number))
    company = count(facts, subject, ALL, on, cite, within)
    if company is None and len(classes) < 2:
        return None
    if company is not None and shares.high < company.bounds().low * (1 - _MISSING_CLASS):
        return None
    formula = "sum over the classes of shares in issue x votes per share"
    return derive(
        formula,
        tuple(inputs),
        total,
        unit="count",
        basis="votes carried by all issued shares",
        day=max(i.day or "" for i in inputs[::2]),  # of the newest of the counts
        value=point,
    )


def _reported(
    facts: Iterable[Row[Fact]], subject: str, within: Issuer | None
) -> dict[str, dict[date, list[Row[Fact]]]]:
    """Counts by class and day."""
    told: dict[str, dict[date, list[Row[Fact]]]] = defaultdict(lambda: defaultdict(list))
    own = [r for r in facts if r.body.subject == subject and r.body.measure == "shares.issued" and r.body.number]
    for row in sorted(own, key=lambda r: r.key):
        day, last = span_of(row.body.period)
        if row.body.item and day is not None and day == last and (within is None or holds(within, day)):
            told[class_key(row.body.item) or ALL][day].append(row)
    return told


def _worded(figure: Figure, share_class: str, day: date, among: Iterable[str]) -> Figure:
    """A count whose basis says of which shares and day it is, and how it is known."""
    words = share_words(share_class, among)
    words = words[0].upper() + words[1:]
    how = figure.basis
    if how.startswith(("issued shares", "shares.issued")):  # what a fact gets that says nothing of itself
        how = "reported"
    if how.startswith("reported"):
        basis = f"{words} in issue as {how.replace('reported', f'reported for {day_words(day)}', 1)}"
    else:
        basis = f"{words} in issue on {day_words(day)} ({how})"
    return msgspec.structs.replace(figure, basis=basis)


def class_counts(
    facts: Iterable[Row[Fact]], subject: str, within: Issuer | None = None
) -> dict[str, list[tuple[date, Interval]]]:
    """Counts of each class by day, as intervals; without those of all shares together."""
    return {
        share_class: [
            (day, row.body.number.span()) for day, rows in days.items() for row in rows if row.body.number is not None
        ]
        for share_class, days in sorted(_reported(facts, subject, within).items())
        if share_class != ALL
    }
