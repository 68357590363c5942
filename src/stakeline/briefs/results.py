"""Results of the issuer and of its peers: which way each line went, worked out from both periods."""

from collections.abc import Iterable

from stakeline.briefs import days
from stakeline.briefs.numerals import in_millions, percent, times
from stakeline.briefs.phrases import Sentence, clause, clean, dated, listed, mark, section, sentence, show, told
from stakeline.model.briefs import Mark, Section
from stakeline.model.context import Line, Results
from stakeline.model.figures import Figure
from stakeline.model.numbers import Interval

_DOWN = ("fell", "narrowed")
_TURNED = ("turned to a loss", "turned to a profit")
_COSTS = ("research_and_development", "selling", "administrative", "impairment")


def role(line: Line) -> str:
    """The line of an income statement that a measure names ("result.revenue" is "revenue")."""
    return line.measure.rpartition(".")[2]


def _first(lines: Iterable[Line], *roles: str) -> Line | None:
    return next((line for wanted in roles for line in lines if role(line) == wanted and line.current), None)


def _money(figure: Figure | None) -> Mark | None:
    return show(in_millions, figure)


def _change(line: Line) -> Mark | None:
    """The change: worked out where both periods are known to a decimal of it, else as a source prints it."""
    worked, printed = line.change, line.printed_change
    if worked is not None and (printed is None or worked.span is None or "." in percent(worked)):
        return show(percent, worked)
    if printed is None:
        return None
    if worked is not None and _size(printed).meet(_size(worked)) is None:
        return mark(percent(worked, about=True), worked)
    return show(percent, printed)


def _size(figure: Figure) -> Interval:
    span = figure.bounds()
    return -span if span.high <= 0 else span


def _moved(line: Line, *, before: bool = True) -> Sentence | None:
    """Gives ", down 14.3% from RMB 1,652 million a year earlier"."""
    if line.sense is None:
        return None
    prior = clause(" from ", _money(line.prior), _when_before(line)) if before else None
    if line.sense in _TURNED:
        against = "profit" if line.sense.endswith("loss") else "loss"
        return clause(f", after a {against} of ", _money(line.prior), _when_before(line))
    if line.sense == "unchanged":
        return sentence(", unchanged")
    return clause(", down " if line.sense in _DOWN else ", up ", _change(line), prior or "")


def _when_before(line: Line) -> Sentence | str:
    """Gives " a year earlier" where the two periods are a year apart, else the earlier one by name."""
    prior = line.prior
    if prior is None or prior.day is None:
        return ""
    if prior.day == days.year_before(line.period):
        return " a year earlier"
    return clause(" in ", dated(prior)) or ""


def _noted(line: Line) -> Sentence | None:
    return clause(" (", told(line.note, line.current), ")")


def results_section(results: Results | None) -> Section | None:
    """Revenue, gross profit, and adjusted and reported profit or loss in one sentence, so that neither misleads."""
    if results is None:
        return None
    revenue = _first(results.lines, "revenue")
    gross = _first(results.lines, "gross_profit")
    when = clause("in ", mark(days.period(clean(results.period)), revenue.current), " ") if revenue else None
    return section("Results", _plain(revenue, when), _plain(gross), _profits(results))


def _plain(line: Line | None, when: Sentence | None = None) -> Sentence | None:
    if line is None:
        return None
    label = clean(line.label)
    return sentence(when, f"{label} was ", _money(line.current), _moved(line), _noted(line), ".")


def _profits(results: Results) -> Sentence | None:
    """Gives "The adjusted net loss (non-IFRS) widened to ..., up 264.9%, while the reported loss narrowed 13.6% to ..."."""
    adjusted = _first(results.lines, "adjusted_profit", "adjusted_net_loss", "adjusted_loss")
    reported = _first(results.lines, "profit", "loss", "profit_attributable", "loss_attributable")
    there = [_profit(line) for line in (adjusted, reported) if line is not None]
    both = listed(there, last=", while ")
    return clause(both, ".")


def _profit(line: Line) -> Sentence | None:
    label = clean(line.label)
    adjusted = role(line).startswith("adjusted")
    name = f"the {label} ({_outside(line)})" if adjusted else f"the reported {label}"
    to, moved = _money(line.current), _change(line)
    if line.sense in ("widened", "narrowed", "rose", "fell") and moved is not None:
        if adjusted:
            side = "down" if line.sense in _DOWN else "up"
            return clause(f"{name} {line.sense} to ", to, f", {side} ", moved, _noted(line) or "")
        return clause(f"{name} {line.sense} ", moved, " to ", to, _noted(line) or "")
    return clause(f"{name} was ", to, _moved(line) or "", _noted(line) or "")


def _outside(line: Line) -> str:
    """How an adjusted figure stands to the accounting standards, as its source says."""
    basis = line.current.basis if line.current else ""
    return "non-IFRS" if "non-IFRS" in basis else "as the issuer defines it, not a measure of the accounting standards"


def segments_section(results: Results | None) -> Section | None:
    """Revenue by segment, each with its change."""
    if results is None:
        return None
    told_ = [
        sentence(f"{clean(line.label)} ", _money(line.current), _moved(line, before=False), _noted(line))
        for line in results.segments
        if line.current is not None and line.label.lower() != "total"
    ]
    return section("Segments", clause("revenue by segment: ", listed(told_, between="; ", last="; "), "."))


def costs_section(results: Results | None) -> Section | None:
    """Research and development, selling, administrative, impairment: each with its direction."""
    if results is None:
        return None
    lines = [_first(results.lines, name) for name in _COSTS]
    return section("Costs", *(_cost(line) for line in lines if line is not None))


def _cost(line: Line) -> Sentence:
    label = clean(line.label)
    if line.times is not None and line.prior is not None:
        times_ = show(times, line.times)
        against = clause(", against ", _money(line.prior))
        now = _money(line.current)
        return sentence(f"{label} were ", times_, " those of the period before: ", now, against, _noted(line), ".")
    change = _change(line)
    if line.sense in ("rose", "fell") and change is not None:
        from_ = clause(" from ", _money(line.prior), _when_before(line))
        return sentence(f"{label} {line.sense} ", change, " to ", _money(line.current), from_, _noted(line), ".")
    return sentence(f"{label} were ", _money(line.current), _noted(line), ".")


def peers_section(peers: tuple[Line, ...]) -> Section | None:
    """Profits or losses of comparable issuers, with the period before where it is known."""
    return section("Peers", *(_peer(line) for line in peers if line.current is not None))


def _peer(line: Line) -> Sentence:
    word = "lost" if _is_loss(line) else "earned"
    when = mark(days.period(clean(line.period)), line.current)
    before = clause(", against ", _signed_prior(line), _when_before(line))
    missing = None if before or "not found" in (line.note or "") else "; the period before was not found"
    said = sentence(f"{clean(line.label)} {word} ", _money(line.current), " in ", when, before, missing)
    return sentence(said, _noted(line), ".")


def _is_loss(line: Line) -> bool:
    """A loss: below zero in the tables, or said to be one by the line itself."""
    if line.current is not None and line.current.number < 0:
        return True
    return line.sense in ("widened", "narrowed", "turned to a loss")


def _signed_prior(line: Line) -> Sentence | None:
    prior = line.prior
    if prior is None:
        return None
    turned = {"turned to a loss": "a profit of ", "turned to a profit": "a loss of "}.get(line.sense or "", "")
    return sentence(turned, _money(prior))
