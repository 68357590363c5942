"""What stands around an event: prices, market value, results, peers. Filled by their rooms, told by the brief."""

import msgspec

from stakeline.model.figures import Figure


class Prices(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Price context of one security. Each figure's basis says which price it is (close, intraday high, offer price ...).

    event_low, event_high: range of the day of the event. last_close, last_low, last_high: of the last day known.
    record_high, record_close: highest since listing, by a source that says so or by a series that covers the time.
    from_offer, from_record: change from there to the last close, percent.
    """

    listed: Figure | None = None
    offer: Figure | None = None
    record_high: Figure | None = None
    record_close: Figure | None = None
    event_low: Figure | None = None
    event_high: Figure | None = None
    last_close: Figure | None = None
    last_low: Figure | None = None
    last_high: Figure | None = None
    from_offer: Figure | None = None
    from_record: Figure | None = None


class Worth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An amount in its own currency and converted at the rate of a stated day.

    amount: as it is; converted: in another currency; rate: with its day and source. Converted and rate may be missing.
    """

    amount: Figure
    converted: Figure | None = None
    rate: Figure | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of results, a segment or a peer: this period, the one before, the change.

    label: what it is called in print ("revenue", "Smart City", "Cambricon"). measure: from the vocabulary of facts.
    change: percent, worked out from both periods where both are known; printed_change: as a source prints it.
    times: current / prior where that is the plainer word (3.03 times). sense: "rose", "fell", "widened", "narrowed",
    "turned to a loss", "turned to a profit", "unchanged"; None where the prior period is not known.
    note: what must be said beside it (another accounting basis, prior period not found).
    """

    label: str
    measure: str
    period: str
    current: Figure | None = None
    prior: Figure | None = None
    change: Figure | None = None
    printed_change: Figure | None = None
    times: Figure | None = None
    sense: str | None = None
    note: str | None = None


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The last results known: lines in the order of an income statement, then segments."""

    period: str
    lines: tuple[Line, ...]
    segments: tuple[Line, ...]


class Context(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything around an event that was known at the moment asked.

    class_count, company_count: issued shares last known on the day, their basis says since when.
    proceeds: of the trade. market_value: of all shares at the last close. peers: their last known losses or profits.
    """

    class_count: Figure | None = None
    company_count: Figure | None = None
    prices: Prices = Prices()
    proceeds: Worth | None = None
    market_value: Worth | None = None
    results: Results | None = None
    peers: tuple[Line, ...] = ()
