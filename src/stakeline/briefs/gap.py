"""What moved between two notices without a notice, with its bounds; what the law adds is labelled."""

from stakeline.briefs.happening import net_words
from stakeline.briefs.numerals import amount, bounds, percent, points
from stakeline.briefs.phrases import Piece, Sentence, clause, day_of, section, sentence, show, told
from stakeline.model.briefs import Section
from stakeline.model.figures import Figure
from stakeline.model.stakes import Event, Gap


def gap_section(event: Event | None) -> Section | None:
    """What moved between the notice before and this one, with bounds; what the law adds is labelled."""
    gap = event.gap if event is not None else None
    if event is None or gap is None:
        return None
    later = event.entry
    told_there = (gap.net, gap.points, later.before.percent, later.after.percent, later.event_day)
    about = next((f for f in told_there if f is not None), None)
    when = clause("between ", _start(gap, about), " and ", day_of(gap.end, about), ", without a notice, ")
    range_ = clause(" (", show(bounds, gap.net), ")") if gap.net and _one_sided(gap.net) else ""
    size = clause(", ", show(points, gap.points), " of the class") or ""
    net = clause(when, "the holding ", net_words(gap.net), range_, size, ".")
    why = clause(when or "", "what moved cannot be bounded: ", told(gap.why, about), ".") if gap.net is None else None
    return section("Unseen since the last notice", net, why, _if_lawful(gap, about))


def _start(gap: Gap, about: Figure | None) -> Piece:
    """The day of the notice before: as a part of what was worked out from both notices, else as words of its own."""
    if about is None or about.derived:
        return day_of(gap.start, about)
    return told(gap.start.isoformat(), about, basis="day of the notice before")


def _one_sided(net: Figure) -> bool:
    """True where bounds are worth printing beside the figure: it is not exact, and its direction is known."""
    span = net.bounds()
    return not span.is_exact and not span.low < 0 < span.high


def _if_lawful(gap: Gap, about: Figure | None) -> Sentence | None:
    """What the law adds, always under its condition; where it adds nothing, why."""
    note = (gap.lawful_note or "").removeprefix("if the law was kept: ")
    if gap.if_lawful is None or len(gap.if_lawful) != 2:
        return clause("the level rule adds nothing: ", told(note, about), ".") if note else None
    low, high = gap.if_lawful
    ends = (show(_end, low), " and ", show(_end, high), "" if low.unit == "pct" else " shares")
    rule = clause(" That follows from the level rule: ", told(note, low), ".") if note else None
    return sentence("if the law was kept, the holding stayed between ", *ends, " all that time.", rule)


def _end(figure: Figure) -> str:
    return percent(figure, decimals=2) if figure.unit == "pct" else amount(figure)
