"""Which cues can govern which figures, and how readily.

For each sort of figure: cue -> what it costs in front of the figure, what it costs behind it, in words. None: it does not govern
such a figure from that side. A verb of the trade stands in front of what it governs; a noun often behind ("a 3% discount").
"""

Weights = dict[str, tuple[float | None, float | None]]

SHARES: Weights = {
    "sell": (0, 3),
    "buy": (0, 3),
    "add": (0, None),
    "trade": (4, 5),
    "buyback": (-0.5, 2),
    "hold": (1, 6),
    "stake": (0.5, 4),
    "remain": (-1, 4),
    "issued": (1, 0),
    "volume": (1, 0),
    "offer": (4, None),
    "down": (4, None),
    "dividend": (1, None),
}
"""Numbers of shares: traded, held, issued, changed hands."""

PRICE: Weights = {
    "each": (1, 0.5),
    "sell": (1.5, 5),
    "buy": (1.5, 5),
    "trade": (3, None),
    "proceeds": (3, None),
    "buyback": (1.5, 5),
    "close": (0, 1.5),
    "last": (0, 2),
    "high": (0, 1),
    "low": (0, 1),
    "floor": (0.3, 1),
    "ceiling": (-0.2, None),
    "range": (0.3, None),
    "offer": (0, 1.5),
    "dividend": (-0.5, 1),
    "eps": (-0.5, 0.5),
    "share_price": (4, 6),
    "up": (2.5, None),
    "down": (2.5, None),
    "discount": (4, None),
    "profit": (2, None),
    "loss": (2, None),
}
"""Amounts per share."""

AMOUNT: Weights = {
    "sell": (2.5, 4),
    "buy": (2.5, 4),
    "trade": (3, 4),
    "proceeds": (0, 3),
    "gain": (-0.5, 1),
    "buyback": (0.5, 0.5),
    "stake": (2, 1.5),
    "hold": (4, None),
    "market_value": (-0.5, 1),
    "wiped": (-0.5, 0.5),
    "other_amount": (-0.5, 2),
    "volume": (0.3, None),
    "revenue": (0, 2.5),
    "profit": (0, 2.5),
    "loss": (0, 2.5),
    "gross": (-0.5, 2),
    "other_result": (0.3, 2.5),
    "guidance": (1, 2.5),
    "segment": (0.5, 3),
    "operating": (2, None),
    "lost": (0.3, None),
    "cost": (0, 2),
    "dividend": (0, 1.5),
    "deal_value": (1.5, 2),
}
"""Sums of money."""

PERCENT: Weights = {
    "close": (1, 4),
    "last": (1.5, None),
    "discount": (0.5, -0.5),
    "stake": (0.5, 1),
    "hold": (1, 6),
    "remain": (0, 6),
    "sell": (1.5, 4),
    "buy": (1.5, 4),
    "trade": (3, None),
    "buyback": (2, 4),
    "add": (2.5, None),
    "company": (1, 0),
    "own": (2, -0.5),
    "cross": (0, None),
    "level": (1, 1),
    "share_price": (1.5, 5),
    "offer": (2, 1),
    "high": (3, 3),
    "index": (0, 3),
    "ratio": (-0.3, 2),
    "rate": (-0.3, 2),
    "revenue": (0.5, 1.5),
    "profit": (0.5, 1.5),
    "eps": (0.5, 1.5),
    "loss": (0.5, 1.5),
    "gross": (0.3, 1.5),
    "margin": (-0.5, 1),
    "other_result": (1, 2),
    "guidance": (3, None),
    "segment": (1, 2),
    "sector_share": (0.5, None),
    "part_of": (None, -0.5),
    "lost": (1, None),
    "cost": (0.3, 1.5),
    "dividend": (1, 1.5),
    "operating": (1.5, 4),
    "market_value": (0.5, 2),
    "volume": (1, 2),
    "up": (3, 3.5),
    "down": (3, 3.5),
}
"""Percentages: of a company, of a holding, of change."""

DAY: Weights = {
    "filing": (0.5, 3.5),
    "plan_day": (0, 6),
    "listing": (0, 3),
    "close": (1.5, 2),
    "last": (3, 2.5),
    "high": (1, 2),
    "low": (1, 2),
    "share_price": (9, 6),
    "sell": (1, 1.5),
    "buy": (1, 1.5),
    "add": (1, 1.5),
    "trade": (2, 2),
    "buyback": (1, 1.5),
    "cross": (1, 2),
    "stake": (4, 4),
    "hold": (3, 1.5),
    "remain": (3, 1.5),
}
"""Days."""

COUNT: Weights = {"operating": (2, 0), "people": (6, -0.5), "issued": (1, 1), "volume": (1, 1)}
"""Numbers of anything but shares and money."""
