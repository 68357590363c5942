"""The trade: what was done on the day, at what price, for how much; other events are told as what they are."""

from stakeline.briefs.happening import at_price, nature, passed_words, traded, verb
from stakeline.briefs.numerals import amount, price
from stakeline.briefs.phrases import (
    Sentence,
    clause,
    happened,
    listed,
    section,
    sentence,
    shares_of_class,
    show,
    told,
)
from stakeline.briefs.worth import converted
from stakeline.model.briefs import Section
from stakeline.model.context import Context, Prices, Worth
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Direction
from stakeline.model.numbers import exact_product
from stakeline.model.stakes import Entry, Event, EventKind, Issuer


def trade_section(event: Event, issuer: Issuer, context: Context) -> Section | None:
    """The day, the shares, the price and the proceeds; for other events what happened and that it was no trade."""
    entry = event.entry
    if event.kind is EventKind.GAP or entry.withdrawn:
        return None
    if entry.balance_only:
        what = "no event is told here: a list of balances says what is held, and since when by its last notice"
        return section("What happened", sentence(what, clause(", of ", happened(event)), "."))
    about = next((f for f in (entry.moved, entry.price, entry.after.percent, entry.event_day) if f), None)
    conflicts = [clause("The reports disagree: ", told(words, about), ".") for words in entry.conflicts]
    if verb(event) is None:
        return section("What happened", _event_sentence(event, issuer), *conflicts)
    first = sentence(traded(event, issuer), _proceeds(event, context), ".")
    paid = "" if entry.direction is Direction.DISPOSE else " paid"
    highest = clause(f"the highest price{paid} was ", show(price, entry.highest), ".")
    return section("The trade", first, highest, day_range(event, context.prices), *conflicts)


def _event_sentence(event: Event, issuer: Issuer) -> Sentence | None:
    kind = shares_of_class(event, issuer)
    entry = event.entry
    passed = passed_words(entry)
    many = show(amount, entry.moved)
    of = clause("On " if passed else "The event was on ", happened(event))
    number = clause(" ", many, f" {kind} were {passed}") if passed else clause(" and involved ", many, f" {kind}")
    at = at_price(entry) or clause(" at ", show(price, entry.price), " a share")
    return sentence(of, number, at if number else None, nature(event), ".") if of else None


def _proceeds(event: Event, context: Context) -> Sentence | None:
    """Gives ", for HK$145.52 million (80 million x HK$1.8190; US$18.54 million at HK$7.8499 per US dollar ...)"."""
    entry = event.entry
    if entry.other_price is not None and entry.value is None:
        return _between_prices(entry)
    one_price = context.proceeds if entry.other_price is None else None
    worth = one_price or (Worth(amount=entry.value) if entry.value else None)
    if worth is None:
        return None
    working = None
    used = {i.id for i in worth.amount.inputs}
    if entry.moved and entry.price and {entry.moved.id, entry.price.id} <= used:
        times = show(amount, entry.moved), show(price, entry.price)
        working = clause(times[0], " × ", times[1])
    aside = listed([working, converted(worth)], last="; ")
    return sentence(", for ", show(amount, worth.amount), clause(" (", aside, ")"))


def _between_prices(entry: Entry) -> Sentence | None:
    """What was paid where one number of shares has two prices and nothing says how many were traded at which: bounds alone."""
    moved, prices = entry.moved, [p for p in (entry.price, entry.other_price) if p is not None and p.currency]
    if moved is None or len({p.currency for p in prices}) != 1 or len(prices) < 2:
        return None
    least, most = (_if_all_at(one, moved) for one in sorted(prices, key=lambda p: p.number))
    low = sentence(show(amount, least), " if all were at the lower price")
    return sentence(
        "; how many at which price is not told: in all between ",
        low,
        " and ",
        show(amount, most),
        " if all at the higher",
    )


def _if_all_at(one: Figure, moved: Figure) -> Figure:
    return derive(
        "all shares x one of the two prices",
        (moved, one),
        moved.bounds() * one.bounds(),
        unit="currency",
        basis=f"bound on what was paid: all {moved.basis} x {one.basis}",
        day=moved.day,
        currency=one.currency,
        value=exact_product(moved.number, one.number),
    )


def day_range(event: Event, prices: Prices) -> Sentence | None:
    """The range of the day, and where the average price lies."""
    low, high, paid = prices.event_low, prices.event_high, event.entry.price
    if low is None or high is None:
        return None
    where = None
    if paid is not None and paid.currency == high.currency:
        side = "above" if paid.number > high.number else "below" if paid.number < low.number else "inside"
        which = "the average price on the exchange" if event.entry.other_price else "the average price"
        where = f"; {which} lies {side} that range"
    words = show(price, low), show(price, high)
    return sentence("on that day the shares traded between ", words[0], " and ", words[1], where, ".")
