"""A brief of ours checked by its own footnotes: each figure against the figure of the ledger that it cites.

A footnote's id stands for a figure with its value, basis and places (`model.figures.Figure.id`), so that whoever changes a figure in
a brief, and leaves its footnote, is found out. Figures and days without a mark have to be those of some figure that is cited.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from stakeline.checks.figures.days import days
from stakeline.checks.relations.fit import Fit, fit
from stakeline.checks.relations.words import say, told
from stakeline.model.claims import Found, Ruling, Severity, Verdict
from stakeline.model.figures import Figure
from stakeline.model.numbers import Interval

FigureOf = Callable[[str], Figure | None]
"""The figure of a footnote's id; None where no brief has it."""

_FAR = 40
"""Characters between a figure and its mark: "24 June 2022, the last known[19]"."""
_BARE = re.compile(r"[0-9.,\s]+(?:thousand|million|billion|trillion)?\s*×?")
_OTHER = re.compile(r"[0-9.!?。！？\n]")


def with_footnotes(
    rulings: Sequence[Ruling], text: str, cited: Sequence[tuple[int, str]], figure_of: FigureOf, on: date, zone: str
) -> tuple[Ruling, ...]:
    """The rulings, with those settled that footnotes settle.

    cited: (offset of a mark, figure's id). on: the day that the brief is as of. zone: of days of publication.
    """
    figures = {name: figure for name in dict.fromkeys(n for _, n in cited) if (figure := figure_of(name)) is not None}
    if not figures:
        return tuple(rulings)
    every = list(_tree(figures.values()))
    known = _days(every, zone)
    marked = _marked(rulings, text, cited)
    out = []
    for index, ruling in enumerate(rulings):
        own = figures.get(marked.get(index, ""))
        settled = _by_mark(ruling, own) if own is not None else None
        if settled is None and (ruling.finding or ruling.verdict is Verdict.NOT_CHECKABLE):
            settled = _by_any(ruling, every, known, on)
        out.append(settled or ruling)
    return tuple(out)


def _marked(rulings: Sequence[Ruling], text: str, cited: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The footnote of each figure that has one: by index of its ruling."""
    found: dict[int, str] = {}
    at = -1
    for offset, name in sorted(cited):
        while at + 1 < len(rulings) and rulings[at + 1].claim.found.end <= offset:
            at += 1
        if at < 0 or at in found:
            continue
        end = rulings[at].claim.found.end
        if offset - end <= _FAR and not _OTHER.search(text[end:offset].strip(" *")):
            found[at] = name
    return found


def _by_mark(ruling: Ruling, figure: Figure) -> Ruling | None:
    """A figure against the one that its mark cites; None where the two are not of a kind."""
    found = ruling.claim.found
    if found.day is not None and figure.text is not None:
        return _supported(ruling, figure) if found.day.isoformat() in figure.text else None
    if found.value is None or figure.value is None or not _one_unit(found, figure):
        return None
    bounds = _size(figure.bounds())
    how = fit(found, bounds)
    if how is Fit.AGREES:
        return _supported(ruling, figure)
    if how is not Fit.OFF:
        return None
    return msgspec.structs.replace(
        ruling,
        verdict=Verdict.CONTRADICTED,
        severity=Severity.ERROR,
        basis="external",
        recomputed=bounds,
        reason=f"The figure that its footnote {figure.id} cites ({figure.basis}) is {told(bounds, ruling.claim)}.",
        sources=_sources(figure),
        correction=say(bounds, ruling.claim, None),
    )


def _by_any(ruling: Ruling, every: Sequence[Figure], known: dict[date, Figure], on: date) -> Ruling | None:
    """A figure or day without a mark, against all that is cited."""
    found = ruling.claim.found
    if found.day is not None and found.day == on and on not in known:
        return msgspec.structs.replace(
            ruling, verdict=Verdict.SUPPORTED, basis="in_article", reason="It is the day that the brief is as of."
        )
    figure = known.get(found.day) if found.day is not None else next((f for f in every if _is(found, f)), None)
    return _supported(ruling, figure) if figure is not None else None


def _is(found: Found, figure: Figure) -> bool:
    """Whether a period or number is what a figure says: its period, words of it, its value, or one of its bounds."""
    if found.value is None:
        return found.period is not None and found.period == figure.day
    if figure.value is None:
        return figure.text is not None and found.text in figure.text
    if not _one_unit(found, figure):
        return False
    digit = 2 * found.half  # bounds are printed rounded outwards
    own = Interval(found.number - digit, found.number + digit)
    span = _size(figure.bounds())
    ends = (span, *map(Interval.exact, (abs(figure.value), span.low, span.high)))
    return any(own.meet(end) is not None for end in ends)


def _supported(ruling: Ruling, figure: Figure) -> Ruling:
    known = figure.text if figure.value is None else _size(figure.bounds())
    return msgspec.structs.replace(
        ruling,
        verdict=Verdict.SUPPORTED,
        severity=None,
        basis="external",
        recomputed=known,
        reason=f"It is the figure {figure.id} of the ledger: {figure.basis}.",
        working=figure.formula or "",
        sources=_sources(figure),
        correction=None,
    )


def _one_unit(found: Found, figure: Figure) -> bool:
    """Whether two figures can be one: money in one currency, a percentage no count of shares; a bare number can be anything."""
    if _BARE.fullmatch(found.text):
        return True
    if figure.unit == "currency" or (found.unit == "currency" and figure.unit != "rate"):
        return found.currency is None or found.currency == figure.currency
    percent = {"pct", "pp"}
    if found.unit in percent or figure.unit in percent:
        return found.unit in {*percent, "count", "x"} and figure.unit in percent
    return True


def _size(span: Interval) -> Interval:
    if span.high <= 0:
        return -span
    return span if span.low >= 0 else Interval(type(span.low)(0), max(-span.low, span.high))


def _tree(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures and all that they were computed from, each once; and what other sources say instead."""
    waiting, seen = list(figures), set[str]()
    while waiting:
        figure = waiting.pop(0)
        if figure.id not in seen:
            seen.add(figure.id)
            yield figure
            waiting += [*figure.inputs, *figure.others]


def _days(every: Iterable[Figure], zone: str) -> dict[date, Figure]:
    """The days of all figures: of which they are true, that they say, on which they became public, of what they cite."""
    found: dict[date, Figure] = {}
    for figure in every:
        words = [figure.day or "", figure.text or "", figure.basis, figure.doubt or ""]
        words += [w for p in figure.places for w in (p.name, p.locator, *p.cites)]
        told = [t.day for t in days(" ; ".join(words), None) if t.day is not None]
        if figure.known_from is not None:
            told.append(_local(figure.known_from, zone))
        for day in told:
            found.setdefault(day, figure)
    return found


def _local(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _sources(figure: Figure) -> tuple[str, ...]:
    places = [p for f in _tree((figure,)) for p in f.places]
    return tuple(dict.fromkeys(f"{p.name}, {p.locator}" for p in places))[:5]
