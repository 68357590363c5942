"""What happened, in the words that may be used for it.

"Sold" and "bought" are kept for events of which a source says that shares were disposed of or acquired. Nothing here
depends on what kind of document told the event: a press report and a form with the same figures give the same words.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from stakeline.briefs.numerals import amount, as_read, bounds, loosely, percent, price
from stakeline.briefs.phrases import (
    Sentence,
    clause,
    clean,
    day_of,
    happened,
    listed,
    mark,
    meaning_of,
    sentence,
    shares_of_class,
    show,
    told,
    upper_first,
)
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base, Direction
from stakeline.model.notices import Leg
from stakeline.model.numbers import Interval
from stakeline.model.stakes import Cause, Crossing, Deed, Entry, Event, EventKind, Issuer

NOUNS = {Leg.LONG: "stake", Leg.SHORT: "short position", Leg.POOL: "lending pool"}
NO_TRADE = frozenset(
    {
        Direction.NEUTRAL,
        Direction.NATURE,
        Direction.SHORT_UP,
        Direction.SHORT_DOWN,
        Direction.LENDING_POOL,
        Direction.NONE,
    }
)
_VERBS = {Direction.DISPOSE: ("sold", "disposed of"), Direction.ACQUIRE: ("bought", "acquired")}
_TRADES = ("sale", "sold", "bought", "purchase", "plac")
_BARE = ("", "disposal", "acquisition", "dispose", "acquire")
_ODD = {
    EventKind.MISMATCH: ("Figures in a notice", "contradict one another"),
    EventKind.SUSPECT: ("A figure or day in a notice", "is hard to believe"),
    EventKind.LATE: ("A notice", "was filed late, by what is told of it"),
}
_ROUNDED = {
    1: "the percentage rounded down",
    2: "shares / issued shares, rounded down",
    3: "shares / issued shares and the printed percentage together, rounded down",
}
"""How a level was decided, by how many figures did it (`Crossing.before_from`)."""
_PRINTED = re.compile(r"^(?:about )?([0-9.,]+)%$")
"""A percentage in print that is one number."""
_PERSONS = ("individual", "director")
"""How the names of forms begin that persons file."""
_OFFICES = re.compile(r"\b(?:director|officer)\b", re.IGNORECASE)
"""What a person is to an issuer and a firm is not."""
_WHY = {
    Cause.DILUTION: "without a sale: the number of shares in issue grew",
    Cause.BUY_BACK: "without a purchase: the number of shares in issue shrank",
    Cause.CONVERSION: "through a conversion of shares",
}
READ = {
    Deed.SALE: "a sale",
    Deed.PURCHASE: "a purchase",
    Deed.SUBSCRIPTION: "a subscription of new shares",
    Deed.PLACING: "a placing",
    Deed.DILUTION: "dilution: the number of shares in issue grew",
    Deed.BUY_BACK: "a buy-back: the number of shares in issue shrank",
    Deed.CONVERSION: "a conversion of shares",
    Deed.LAPSE: "the lapse of rights",
    Deed.GIFT: "a gift",
    Deed.RESTRUCTURING: "a restructuring",
    Deed.LENDING: "stock lending",
    Deed.PLEDGE: "a pledge",
    Deed.VESTING: "a vesting of shares",
    Deed.DISTRIBUTION: "a distribution in kind",
}
"""How to call what we read from the filer's own words."""


def verb(event: Event) -> str | None:
    """Gives "sold", "bought", or "disposed of" and "acquired" for gifts and the like; None where no shares changed hands."""
    entry = event.entry
    if event.leg is not Leg.LONG or entry.direction not in _VERBS:
        return None
    if contradicted(event):
        return None
    traded, otherwise = _VERBS[entry.direction]
    if entry.said is not None:
        return traded if entry.said.deed in (Deed.SALE, Deed.PURCHASE) else otherwise
    meaning = meaning_of(entry.meaning).lower()
    if any(word in meaning for word in _TRADES):
        return traded
    return traded if meaning in _BARE and entry.price is not None else otherwise


def contradicted(event: Event) -> bool:
    """True where the notice is filed as a sale or purchase and its own totals went the other way."""
    entry = event.entry
    against = {Direction.DISPOSE: 1, Direction.ACQUIRE: -1}.get(entry.direction)
    before, after = entry.before.shares, entry.after.shares
    if before is None or after is None:
        before, after = entry.before.percent, entry.after.percent
    if against is None or before is None or after is None:
        return False
    return (after.number - before.number) * against > 0


def its(event: Event) -> str:
    """Gives "its", or "their" of a person, as far as the form tells, or the office that it names."""
    entry = event.entry
    person = (entry.duty or "").startswith(_PERSONS) or (entry.any_size and _OFFICES.search(entry.capacity or ""))
    return "their" if person else "its"


def law_crossing(event: Event) -> Crossing | None:
    """The levels on the base of the law."""
    return next((c for c in event.crossings if c.law), None)


def ends(event: Event) -> tuple[Figure | None, Figure | None]:
    """The percentages before and after: as filed, else as worked out on the base of the law."""
    law = law_crossing(event)
    before, after = event.entry.before.percent, event.entry.after.percent
    return before or (law.before if law else None), after or (law.after if law else None)


def base_words(crossing: Crossing | None, event: Event, issuer: Issuer) -> str:
    """What a percentage is of: "the Class B shares"."""
    base = crossing.base if crossing else Base.CLASS
    if base is Base.COMPANY:
        return "all shares of the company"
    return "all votes" if base is Base.VOTES else f"the {shares_of_class(event, issuer)}"


def stake_percent(figure: Figure) -> str:
    """A percentage of the class: with the two decimals of the form where it was filed."""
    return percent(figure, decimals=2, at_least=2, about=True, coarsest=Decimal(1))


def moved_words(before: Figure, after: Figure) -> str:
    """Gives "fell", "rose" or "stayed"."""
    if after.number == before.number:
        return "stayed"
    return "fell" if after.number < before.number else "rose"


def movement(event: Event) -> Sentence | None:
    """Gives "fell from 9.05% to 8.74%", "reached 5.02%" of an entry, or None where no percentage after is known."""
    before, after = ends(event)
    if after is None:
        return None
    end = show(stake_percent, after)
    if before is None:
        return clause("reached " if event.kind is EventKind.ENTRY and event.entry.first else "stood at ", end)
    word = moved_words(before, after)
    if word != "stayed" and not _certain(
        before, after
    ):  # their middles say nothing, and what a filing calls it is no figure
        word = "went"
    if word == "stayed":
        return clause("stood at " if by_counts_alone(event) else "stayed at ", end)
    start, end = (show(form, f) for form, f in zip(_telling(before, after, word), (before, after), strict=True))
    return clause(f"{word} from ", start, " to ", end)


def _certain(before: Figure, after: Figure) -> bool:
    """Whether the figures alone say which is larger: as printed at the source, or by bounds that do not meet."""
    return (as_read(before) and as_read(after)) or before.bounds().meet(after.bounds()) is None


def _telling(before: Figure, after: Figure, word: str) -> tuple[Callable[[Figure], str], ...]:
    """How to print two ends so that a reader sees which is larger: by bounds where rounding would say otherwise ("about 1%")."""
    told = [_PRINTED.search(stake_percent(f)) for f in (before, after)]
    first, last = (Decimal(m[1].replace(",", "")) if m else None for m in told)
    clear = first is None or last is None or {"rose": first < last, "fell": first > last}.get(word, True)
    return tuple(stake_percent if clear or as_read(f) else bounds for f in (before, after))


def by_counts_alone(event: Event) -> bool:
    """True where a level was crossed by the counts while the percentages before and after are printed alike."""
    law, (before, after) = law_crossing(event), ends(event)
    if law is None or not law.crossed or before is None or after is None:
        return False
    return before.number == after.number


def level(crossing: Crossing, number: int, *, end: str | None = None) -> Figure:
    """A level as a figure: of one end ("before", "after"), rounded down from what decided it, or a whole percentage between."""
    before, after = crossing.before_from or (crossing.before,), crossing.after_from or (crossing.after,)
    inputs = {None: (*before, *after), "before": before, "after": after}[end]
    formula = "a whole percentage from the level before to the level after"
    if end is not None:
        formula = _ROUNDED[len(inputs)] if inputs[0].unit == "pct" or len(inputs) > 1 else "no shares are at no level"
    return derive(formula, inputs, Interval.exact(number), unit="pct", basis="percentage level")


def crossed_levels(crossing: Crossing) -> Sentence | None:
    """Gives "the 9% level", "the levels of 8%, 7% and 6%"; None where none was crossed."""
    marks = [clause(mark(f"{number}%", level(crossing, number))) for number in crossing.crossed]
    if len(marks) > 1:
        return clause("the levels of ", listed(marks, last=" and "))
    return clause("the ", marks[0], " level") if marks else None


def headline(event: Event, issuer: Issuer) -> Sentence:
    """Who did what, how much of which class, at what price, from which to which percentage, through which level."""
    if event.entry.withdrawn:
        return _withdrawn(event, issuer)
    if event.kind is EventKind.GAP:
        return _gap_headline(event, issuer)
    if event.kind in _ODD:
        what, odd = _ODD[event.kind]
        whose = f"{what} of {clean(event.party.name)} on {shares_of_class(event, issuer)} of "
        return sentence(whose, clean(issuer.name), f" {odd}")
    if event.entry.balance_only:
        return _balance(event, issuer)
    if verb(event):
        action = traded(event, issuer, tell_day=False)
        stake = clause(f"; {its(event)} stake in the class ", movement(event), _tail(event))
        return upper_first(sentence(action, stake))
    return upper_first(_untraded(event, issuer))


def traded(event: Event, issuer: Issuer, *, tell_day: bool = True) -> Sentence:
    """Gives "Alibaba sold 80 million Class B shares of SenseTime at HK$1.8190 on average"."""
    entry, kind = event.entry, shares_of_class(event, issuer)
    how_many = clause(show(amount, entry.moved), " ") or ""
    at = at_price(entry) or clause(" at ", show(price, entry.price), _each(entry.price))
    day = clause("on ", happened(event), " ") if tell_day else None
    issuer_words = "" if tell_day else f" of {clean(issuer.name)}"
    return sentence(
        day,
        f"{clean(event.party.name)} {verb(event)} ",
        how_many,
        kind + issuer_words,
        venue(event) if tell_day else "",
        at,
    )


def _each(told: Figure | None) -> str:
    """Gives " on average", or " a share" where one price alone is told and nothing says that it is an average."""
    return " a share" if told is not None and told.basis.startswith("price") else " on average"


def at_price(entry: Entry) -> Sentence | None:
    """Gives " at HK$1.00 on average on the exchange and at HK$0.90 on average off it"; None where one price alone is told."""
    one, other = show(price, entry.price), show(price, entry.other_price)
    return clause(" at ", one, " on average on the exchange and at ", other, " on average off it")


def venue(event: Event) -> str:
    """Gives " on the exchange", " off the exchange", or nothing where no source says, or where it was both."""
    if event.entry.other_price is not None:
        return ""
    price_basis = event.entry.price.basis if event.entry.price else ""
    for told_ in (event.entry.venue or "", price_basis):
        words = told_.lower().replace("-", " ")
        for side in ("on", "off"):
            if re.search(rf"\b{side} exchange\b", words):
                return f" {side} the exchange"
    return ""


def nature(event: Event) -> Sentence:
    """What kind of event it was where no shares changed hands, said plainly."""
    entry = event.entry
    about = next((f for f in (entry.moved, entry.after.percent, entry.event_day) if f is not None), None)
    what = told(meaning_of(entry.meaning) or (entry.told if entry.any_size else None), about)
    plainly = "this is no purchase or sale of shares" if entry.direction in NO_TRADE else None
    if entry.said is not None:
        read = f"read from the filer's own words as {READ[entry.said.deed]}"
        plainly = f"{read}, which is no purchase or sale of shares" if plainly else read
    elif contradicted(event):
        plainly = "which the totals of the same notice contradict"
    elif event.cause is Cause.CONVERSION and entry.twin:
        plainly = "this is no purchase or sale of shares"
    if plainly is None and entry.direction is Direction.UNKNOWN and event.cause in (Cause.UNKNOWN, Cause.TRADE):
        plainly = None if _tells_no_event(event) else "the sources do not say whether shares were bought or sold"
    both = listed([sentence(what) if what else None, sentence(plainly) if plainly else None], last="; ")
    return sentence(": ", both) if both else ()


def _tells_no_event(event: Event) -> bool:
    """True where a notice says what is held, or ticks a box, and neither what was held before nor what happened."""
    entry = event.entry
    if entry.code or entry.text or entry.moved or entry.before.told or event.gap:
        return False
    return entry.any_size or (entry.after.told and entry.told is None)


def passed_words(entry: Entry) -> str | None:
    """Gives "acquired" or "disposed of" of shares that passed in neither purchase nor sale, where the notice says which."""
    told_as = entry.moved.basis if entry.moved is not None and entry.direction is Direction.NEUTRAL else ""
    return next((words for words in ("acquired", "disposed of") if f" {words}, " in told_as), None)


def _untraded(event: Event, issuer: Issuer) -> Sentence:
    """How the stake stands; of a notified change that crosses nothing, that there was one, and of what."""
    moved = movement(event)
    why = f" {_WHY[event.cause]}" if event.cause in _WHY else ""
    if moved is None or (event.kind is EventKind.CHANGE and not _tells_no_event(event)):
        stake = clause(f"; {its(event)} {NOUNS[event.leg]} ", moved)
        return sentence(
            f"{clean(event.party.name)} gave notice of ", _noticed(event, issuer), nature(event), stake, why
        )
    whose = f"{clean(event.party.name)}'s {NOUNS[event.leg]} in the {shares_of_class(event, issuer)} of {clean(issuer.name)} "
    tail = _tail(event)
    apart = "," if why and tail and event.kind is not EventKind.CROSSING else ""
    return sentence(whose, moved, tail, apart, why, nature(event) if not why else "")


def _noticed(event: Event, issuer: Issuer) -> Sentence:
    """Gives "2,693 common shares of X disposed of", "a change in its stake in common shares of X", "derivatives over ...", "their stake in ..."."""
    entry, its_stake = event.entry, f"{its(event)} {NOUNS[event.leg]}"
    kind = f"{shares_of_class(event, issuer)} of {clean(issuer.name)}"
    how_many, passed = show(amount, entry.moved), passed_words(entry)
    if how_many is not None:
        lead, behind = ("", f" {passed}") if passed else (f"a change in {its_stake}, involving ", "")
        return sentence(lead, how_many, f" {kind}{behind}")
    if not _tells_no_event(event):
        return sentence(f"a change in {its_stake} in {kind}")
    return sentence(f"{its_stake} in {kind}" if entry.after.told or not entry.parts else f"derivatives over {kind}")


def _balance(event: Event, issuer: Issuer) -> Sentence:
    """A line of a list of balances: it says what is held, and of what happened no more than the day."""
    whose = f"{clean(event.party.name)}'s {NOUNS[event.leg]} in the {shares_of_class(event, issuer)} of {clean(issuer.name)} "
    last = ends(event)[1] or event.entry.after.shares
    held = clause("was ", show(stake_percent if last is not None and last.unit == "pct" else amount, last))
    day = clause(" by the notice of ", happened(event))
    return sentence(whose, held or "is named", day, ", as a list of balances tells it")


def _tail(event: Event) -> Sentence:
    """What the movement means in law: ", through the 9% level", ", and is no longer notifiable"."""
    law = law_crossing(event)
    through = clause(", through ", crossed_levels(law)) if law else None
    if law and by_counts_alone(event):
        through = clause(" as printed, before and after, and went through ", crossed_levels(law), " by the counts")
    if event.kind is EventKind.ENTRY and not event.entry.any_size and (through or event.entry.first):
        return sentence(through, ", and is now notifiable")
    if event.kind is EventKind.EXIT:
        last = ends(event)[1]
        if last is not None and last.number == 0:
            return sentence(through, ", and has ended")
        return sentence(through, "" if event.entry.any_size else ", and is no longer notifiable")
    return sentence(through)


def _withdrawn(event: Event, issuer: Issuer) -> Sentence:
    entry = event.entry
    figures = (entry.moved, entry.after.percent, entry.after.shares)
    of = clause(" on an event of ", day_of(event.day, entry.event_day, *figures))
    words = f"{clean(event.party.name)}'s notice on {shares_of_class(event, issuer)} of {clean(issuer.name)}"
    return upper_first(sentence(words, of, " was withdrawn or replaced: its figures do not stand"))


def _gap_headline(event: Event, issuer: Issuer) -> Sentence:
    gap = event.gap
    whose = f"{clean(event.party.name)}'s {NOUNS[event.leg]} in the {shares_of_class(event, issuer)} of {clean(issuer.name)} "
    moved = net_words(gap.net) if gap else None
    if gap is None or moved is None:
        return sentence(whose, "between two notices: what moved without a notice cannot be bounded")
    span = clause(" between ", day_of(gap.start, gap.net), " and ", day_of(gap.end, gap.net))
    return sentence(whose, moved, span, " without a notice")


def net_words(net: Figure | None) -> Sentence | None:
    """Gives "fell by about 185 million shares net"; where even the direction is open, the bounds with their signs."""
    if net is None:
        return None
    span = net.bounds()
    if span == Interval.exact(0):
        return clause(mark("did not change", net))
    if span.low < 0 < span.high:
        loss, gain = (
            derive(
                f"the {which} bound", (net,), Interval.exact(end), unit=net.unit, basis=net.basis, currency=net.currency
            )
            for which, end in (("lower", span.low), ("upper", span.high))
        )
        fell = clause("moved by somewhere between a fall of ", show(loosely, loss))
        return clause(fell, " and a rise of ", show(loosely, gain), " shares net")
    word = "fell" if span.high <= 0 and span.low < 0 else "rose"
    return clause(f"{word} by ", show(loosely, net), " shares net")
