"""Notices as the press or an issuer's announcement tells them: one row for each event."""

import re
from datetime import datetime

import msgspec

from stakeline.model.moments import day_at
from stakeline.model.notices import Holder, Leg, Notice, Position, Trade
from stakeline.model.numbers import Number
from stakeline.reading.factcells import Cells, Unfit
from stakeline.reading.factkinds import Bodies, Kind, columns_of

FORMS = ("press", "announcement")
_DEFAULT_CURRENCY = "price_currency"
_WITH_CURRENCY = re.compile(r"(avg_price|consideration)_([a-z]{3})")


def read_row(cells: Cells) -> Bodies:
    """One row as a notice; as two where the holding afterwards was printed later than the event. Raises Unfit."""
    known_from, known_basis = cells.known()
    event = cells.day("event_date")
    if event is None:
        raise Unfit("event_date", "", "it is blank; write the day of the event, like 2022-11-08")
    if day_at(known_from, cells.zone()) < event:
        raise Unfit("known_from", str(known_from.date()), f"it was public before the event of {event}; one is wrong")
    sources = cells.sources() or cells.sources("source_ids")
    if not sources:
        raise Unfit("cites", "", "it is blank; write who says so, several separated by semicolons")
    whole = Notice(
        regime="hk",
        form=cells.word("form", FORMS) or "press",
        issuer_code=_code(cells),
        issuer_name=cells.text("issuer"),
        share_class=cells.text("share_class"),
        holder=Holder(name=cells.needed("holder", "the holder's name as printed")),
        source_id=cells.needed("id", "a name of your own for the row, used once"),
        event_date=event,
        known_from=known_from,
        known_basis=known_basis,
        issued=cells.shares("issued", may_be_rounded=True),
        trades=_trades(cells),
        before=_position(cells, "before"),
        after=_position(cells, "after"),
        before_company=_percent(cells, "pct_of_all_shares_before"),
        after_company=_percent(cells, "pct_of_all_shares_after"),
        confidence=cells.word("confidence", ("high", "medium", "low")),
        doubt=_doubt(cells),
        cites=sources,
    )
    later = cells.moment("shares_after_known_from")
    if later is None or later <= known_from or not whole.after or whole.after[0].shares is None:
        return [(whole, "")]
    return [(notice, "") for notice in _as_known(whole, later, cells)]


def _as_known(whole: Notice, later: datetime, cells: Cells) -> tuple[Notice, Notice]:
    """The notice as it was told first, without the holding afterwards, and as it was known in full."""
    percent = whole.after[0].percent
    first = msgspec.structs.replace(whole, after=(Position(leg=Leg.LONG, percent=percent),) if percent else ())
    full = msgspec.structs.replace(
        whole,
        known_from=later,
        known_basis=cells.text("shares_after_known_basis") or "the day on which the holding afterwards was printed",
        cites=whole.cites + cells.sources("shares_after_cites"),
    )
    return first, full


def _doubt(cells: Cells) -> str | None:
    """What to say beside the figures: the row's doubt, else the note of a row of which its author is not sure."""
    sure = cells.word("confidence", ("high", "medium", "low")) in (None, "high")
    return cells.text("doubt") or (None if sure else cells.text("note"))


def _code(cells: Cells) -> str:
    code = cells.needed("issuer_code", "the stock code, like 00020")
    if not re.fullmatch("[0-9]{1,5}", code):
        raise Unfit("issuer_code", code, "a Hong Kong stock code has up to five digits")
    return code.zfill(5)


def _trades(cells: Cells) -> tuple[Trade, ...]:
    """What happened, as told. The price goes where the venue puts it; of an unstated venue, to neither."""
    venue = cells.word("venue", ("on-exchange", "off-exchange", "unknown"))
    price = cells.printed("avg_price")
    value = cells.number("consideration", low=0)
    currency = cells.currency("currency") or cells.currency(_DEFAULT_CURRENCY)
    if currency is None and (price is not None or value is not None):
        raise Unfit("currency", "", "it is blank; write the ISO code of price and consideration, like HKD")
    trade = Trade(
        leg=Leg.LONG,
        told=cells.text("direction"),
        shares=cells.shares("shares"),
        currency=currency if price is not None or value is not None else None,
        average=price if venue == "on-exchange" else None,
        consideration=price if venue == "off-exchange" else None,
        price=price if venue not in ("on-exchange", "off-exchange") else None,
        value=None if value is None else Number(value),
        venue=None if venue == "unknown" else venue,
    )
    return () if trade == Trade(leg=Leg.LONG) else (trade,)


def _position(cells: Cells, when: str) -> tuple[Position, ...]:
    """The holding before or after; empty where nothing is told of it."""
    position = Position(
        leg=Leg.LONG,
        shares=cells.shares(f"shares_{when}", may_be_rounded=True),
        percent=_percent(cells, f"pct_of_class_{when}"),
    )
    return (position,) if position.shares is not None or position.percent is not None else ()


def _percent(cells: Cells, column: str) -> Number | None:
    return cells.printed(column, high=100)


def defaults(columns: list[str], _name: str) -> dict[str, str]:
    """The currency, where a price column carries it in its name (avg_price_hkd)."""
    found = {match[2].upper() for column in columns if (match := _WITH_CURRENCY.fullmatch(column))}
    return {_DEFAULT_CURRENCY: found.pop()} if len(found) == 1 else {}


def canonical(column: str) -> str:
    """A column's name without the currency in it: avg_price of avg_price_hkd."""
    match = _WITH_CURRENCY.fullmatch(column)
    return match[1] if match else column


KIND = Kind(
    reader="facts/notices",
    columns={
        "id": "a name of your own for the row, used once",
        "event_date": "the day of the event, like 2022-11-08",
        "issuer_code": "the stock code, like 00020",
        "holder": "the holder's name as printed",
        "known_from": "since when it was public",
        "known_basis": "how that is known",
        "form": "press or announcement; blank means press",
        "issuer": "the issuer's name as printed",
        "share_class": "the class, like B",
        "direction": "what happened, as printed: disposal",
        "venue": "on-exchange, off-exchange or unknown",
        "shares": "shares bought, sold or involved",
        "shares_unit": "size of the last printed digit; blank where exact",
        "currency": "ISO code of the price",
        "avg_price": "average price per share, with all digits printed",
        "consideration": "what was paid in all, if printed",
        "pct_of_class_before": "percent of the class, as printed",
        "pct_of_class_after": "percent of the class, as printed",
        "shares_before": "holding before",
        "shares_before_unit": "size of its last printed digit; 1 where exact",
        "shares_after": "holding after",
        "shares_after_unit": "size of its last printed digit; 1 where exact",
        "shares_after_known_from": "since when the holding after was public, if later",
        "shares_after_known_basis": "how that is known",
        "shares_after_cites": "who says so",
        "pct_of_all_shares_before": "percent of all shares, as printed",
        "pct_of_all_shares_after": "percent of all shares, as printed",
        "issued": "shares of the class in issue, if printed",
        "issued_unit": "size of its last printed digit; 1 where exact",
        "zone": "time zone of the publication",
        "cites": "who says so, separated by semicolons",
        "source_ids": "the same, where there is no column cites",
        "confidence": "high, medium or low",
        "doubt": "what to say about it whenever it is shown",
        "note": "for the table's readers; shown as the doubt of a row whose confidence is medium or low",
    },
    required=("id", "event_date", "issuer_code", "holder", "known_from", "known_basis"),
    key="id",
    boxes=columns_of(
        {
            "event_date": ("event_date", "day of the event"),
            "holder.name": ("holder", "holder"),
            "share_class": ("share_class", "class of shares"),
            "issued": ("issued", "shares of the class in issue"),
            "trades.long.told": ("direction", "what happened"),
            "trades.long.shares": ("shares", "shares involved"),
            "trades.long.average": ("avg_price", "average price on exchange"),
            "trades.long.consideration": ("avg_price", "average price off exchange"),
            "trades.long.price": ("avg_price", "average price"),
            "trades.long.value": ("consideration", "paid in all"),
            "trades.long.venue": ("venue", "where"),
            "before.long.shares": ("shares_before", "holding before"),
            "before.long.percent": ("pct_of_class_before", "percent of the class before"),
            "after.long.shares": ("shares_after", "holding after"),
            "after.long.percent": ("pct_of_class_after", "percent of the class after"),
            "before_company": ("pct_of_all_shares_before", "percent of all shares before"),
            "after_company": ("pct_of_all_shares_after", "percent of all shares after"),
        }
    ),
    read_row=read_row,
    defaults=defaults,
    canonical=canonical,
)
