"""The share price around the event: listing, records, last close, market value."""

from stakeline.briefs import days
from stakeline.briefs.numerals import amount, base_count, percent, price
from stakeline.briefs.phrases import Sentence, clause, dated, listed, mark, section, sentence, show
from stakeline.briefs.worth import converted
from stakeline.model.briefs import Mark, Section
from stakeline.model.context import Context, Prices
from stakeline.model.figures import Figure


def market_section(context: Context) -> Section | None:
    """Listing, records, last close, market value."""
    p = context.prices
    title = "Shares and market value"
    return section(title, _listing(p), _records(p), _last_close(p), _last_range(p), _market_value(context))


def _priced(figure: Figure | None) -> Mark | None:
    return show(price, figure) if figure is not None else None


def _listing(p: Prices) -> Sentence | None:
    day = mark(days.day(p.listed.when()), p.listed) if p.listed is not None else None
    offer = clause("at an offer price of ", _priced(p.offer))
    if day is None:
        return clause("the shares were offered ", offer, ".")
    return sentence("the shares were listed on ", day, clause(" ", offer), ".")


def _records(p: Prices) -> Sentence | None:
    high = clause("the highest price so far was ", _priced(p.record_high), ", intraday", _on(p.record_high))
    close = clause("the highest close was ", _priced(p.record_close), _same_or_on(p.record_close, p.record_high))
    both = listed([high, close], last="; ")
    return clause(both, ".")


def _same_or_on(figure: Figure | None, other: Figure | None) -> Sentence | str:
    """Gives " on the same day" where the other figure's day was told just before."""
    same = figure is not None and other is not None and figure.day == other.day
    return " on the same day" if same else _on(figure)


def _on(figure: Figure | None) -> Sentence | str:
    return clause(" on ", dated(figure)) or ""


def _last_close(p: Prices) -> Sentence | None:
    close = clause("the last close was ", _priced(p.last_close), _on(p.last_close))
    offer = _apart(p.from_offer, "the offer price")
    record = "the record"
    if p.from_record is not None:
        used = {i.id for i in p.from_record.inputs}
        if p.record_high is not None and p.record_high.id in used:
            record = "the intraday high"
        elif p.record_close is not None and p.record_close.id in used:
            record = "the highest close"
    moves = listed([offer, _apart(p.from_record, record)], last=" and ")
    return clause(close, clause(", ", moves) or "", ".")


def _apart(change: Figure | None, what: str) -> Sentence | None:
    if change is None:
        return None
    side = "below" if change.number < 0 else "above"
    return sentence(show(percent, change), f" {side} {what}")


def _last_range(p: Prices) -> Sentence | None:
    return clause("on that day it moved between ", _priced(p.last_low), " and ", _priced(p.last_high), ".")


def _market_value(context: Context) -> Sentence | None:
    """The value on a stated share base: without one it is not told."""
    worth = context.market_value
    base = next((i for i in worth.amount.inputs if i.unit == "shares"), None) if worth else None
    if worth is None or base is None:
        return None
    return sentence(
        "at the last close all ",
        show(base_count, base),
        " shares",
        clause(" (as last reported on ", dated(base), ")"),
        " were worth ",
        show(amount, worth.amount),
        clause(" (", converted(worth), ")"),
        ".",
    )
