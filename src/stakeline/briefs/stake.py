"""The trade, the stake on the base of the law and on others, what is left, and what moved unseen before."""

from decimal import Decimal

from stakeline.briefs.happening import (
    NOUNS,
    base_words,
    by_counts_alone,
    crossed_levels,
    ends,
    law_crossing,
    level,
    movement,
    stake_percent,
)
from stakeline.briefs.numerals import amount, base_count, bounds, percent, plain
from stakeline.briefs.phrases import (
    Sentence,
    clause,
    clean,
    dated,
    mark,
    section,
    sentence,
    shares_of_class,
    show,
    told,
    upper_first,
)
from stakeline.model.briefs import Section
from stakeline.model.cited import percent_span
from stakeline.model.context import Context
from stakeline.model.figures import Figure, derive
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Cause, Crossing, Event, EventKind, Issuer

_HUNDRED = Interval.exact(Decimal(100))
_POINT = Decimal(1)
_NOTED_ELSEWHERE = (EventKind.SUSPECT, EventKind.LATE, EventKind.FIRST_PURCHASE, EventKind.CLUSTER)
_CAUSES = {
    Cause.TRADE: "The cause was the trade itself.",
    Cause.DILUTION: "The cause was dilution: the number of shares in issue grew.",
    Cause.BUY_BACK: "The cause was a buy-back: the number of shares in issue shrank.",
    Cause.CONVERSION: "The cause was a conversion of shares.",
    Cause.UNKNOWN: "The cause is not known.",
}


def stake_section(event: Event, issuer: Issuer, context: Context) -> Section | None:
    """Before and after on the base of the law, the level, the cause, what is left."""
    if event.kind is EventKind.GAP or event.entry.withdrawn:
        return None
    law = law_crossing(event)
    of = base_words(law, event, issuer)
    filed = all(f is None or not f.derived for f in ends(event))
    alike = " before and after" if by_counts_alone(event) else ""
    told_how = ", as filed." if filed else ", as worked out."
    went = clause(f"The {NOUNS[event.leg]} ", movement(event), f" of {of}{alike}{told_how}")
    cause = sentence(_CAUSES[event.cause]) if event.kind is EventKind.CROSSING else None
    return section(
        "The stake, on the base of the law" if any(ends(event)) else f"The {NOUNS[event.leg]}",
        went,
        levels(law, event) if law and not (event.entry.any_size and not law.crossed) else None,
        cause,
        remark(event.note, ends(event)[1]) if event.kind not in _NOTED_ELSEWHERE else None,
        left(event, issuer, context),
    )


def levels(law: Crossing, event: Event) -> Sentence | None:
    """Gives "In whole levels that is from 9 to 8: the 9% level was crossed (section ...)"."""
    if law.before_level is None or law.after_level is None:
        return sentence("The figures leave open in which level the stake stood.", remark(law.note, law.after, lead=" "))
    before = mark(str(law.before_level), level(law, law.before_level, end="before"))
    after = mark(str(law.after_level), level(law, law.after_level, end="after"))
    crossed = crossed_levels(law)
    cited = f" ({clean(event.law)})" if event.law else ""
    if crossed is None and law.before_level != law.after_level:
        steps = sentence(
            "In whole levels that is from ", before, " to ", after, ": none that the law notices was crossed."
        )
    elif crossed is None:
        steps = sentence("In whole levels it stayed at ", after, ": none was crossed.")
    else:
        verb_words = "were" if len(law.crossed) > 1 else "was"
        steps = sentence(
            "In whole levels that is from ", before, " to ", after, ": ", crossed, f" {verb_words} crossed{cited}."
        )
    doubt = (
        None if law.certain or law.note else " Rounding leaves the level open; the filed percentage decides it here."
    )
    return sentence(steps, doubt, remark(law.note, law.after, lead=" "))


def remark(text: str | None, about: Figure | None, *, lead: str = "") -> Sentence | None:
    """A remark of another room as a sentence of its own."""
    words = told(text, about)
    if words is None or not text:
        return None
    return sentence(lead, upper_first(sentence(words)), "" if text.rstrip().endswith(".") else ".")


def left(event: Event, issuer: Issuer, context: Context) -> Sentence | None:
    """The shares after the event: as filed, else worked out from the percentage and the last count of the class."""
    after, noun = event.entry.after.shares, NOUNS[event.leg]
    kind = shares_of_class(event, issuer)
    if after is not None:
        exact = after.span is None
        words = plain(after.number) if exact else amount(after, digits=12)
        how = ", worked out from its rows." if after.derived else ", as filed." if exact else "."
        if after.number == 0:
            return sentence(mark("no", after), f" {kind} are left.")
        return sentence(f"The {noun} after it is ", mark(words, after), f" {kind}", how)
    found = derived_left(event, context)
    if found is None:
        return None
    share, count = found.inputs
    remain = "left" if event.direction == "down" else "held"
    return sentence(
        show(amount, found),
        f" {kind} are {remain} (",
        show(bounds, found),
        "), derived: ",
        show(stake_percent, share),
        " of the ",
        show(base_count, count),
        f" {kind}",
        clause(" last reported on ", dated(count)),
        ".",
    )


def derived_left(event: Event, context: Context) -> Figure | None:
    """Shares after the event = percent of the class after x shares of the class in issue."""
    share, count = event.entry.after.percent, context.class_count or event.entry.issued
    if share is None or count is None:
        return None
    result = percent_span(share) * count.bounds() / _HUNDRED
    point = share.number * count.number / 100
    formula = "percent of the class after the event x shares of the class in issue / 100"
    basis = f"{NOUNS[event.leg]} after the event, derived"
    return derive(formula, (share, count), result, unit="shares", basis=basis, day=event.day.isoformat(), value=point)


def contrast_section(event: Event, issuer: Issuer) -> Section | None:
    """The same event on bases that the law does not use, said to be contrast only."""
    if event.entry.withdrawn or event.kind is EventKind.GAP:
        return None
    there = [_contrast(c, event, issuer) for c in event.crossings if not c.law]
    if not there:
        return None
    these = "these are not its base" if len(there) > 1 else "this is not its base"
    closing = sentence(f"the law counts {base_words(law_crossing(event), event, issuer)}: {these}.")
    return section("For contrast: on other bases", *there, closing, contrast=True)


def _contrast(crossing: Crossing, event: Event, issuer: Issuer) -> Sentence:
    """Gives "Of all shares of the company: 7.0% to 6.8% (rounded); there the 7% level would be crossed."."""
    before, after = crossing.before, crossing.after
    alike = percent(before, coarsest=_POINT) == percent(after, coarsest=_POINT)
    from_, to = (mark(percent(f, decimals=2 if alike else 1, coarsest=_POINT), f) for f in (before, after))
    rounded = " (rounded)" if before.derived or after.derived else ""
    if from_ and to and from_.words == to.words:
        about = "" if from_.words.startswith("between ") else "about "
        moved = sentence(about, from_, " before, ", to, " after it")
    else:
        moved = sentence(from_, " to ", to, rounded)
    crossed = crossed_levels(crossing)
    if crossing.before_level is None or crossing.after_level is None:
        what: Sentence | str = "the figures leave the level open"
    elif crossed is None:
        what = "no level would be crossed"
    else:
        what = sentence("there ", crossed, " would be crossed")
    note = remark(_own_note(crossing), after, lead=" ")
    return sentence(f"of {base_words(crossing, event, issuer)}: ", moved, "; ", what, ".", note)


def _own_note(crossing: Crossing) -> str:
    """What a contrast's note says beyond that it is one and whether a level was crossed."""
    said = ("for contrast", "no level crossed")
    return "; ".join(words for words in (crossing.note or "").split("; ") if not words.startswith(said))
