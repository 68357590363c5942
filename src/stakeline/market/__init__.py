"""Market context: prices, exchange rates, what an amount or all shares are worth. Facts in, figures out."""

from stakeline.market.fx import rate
from stakeline.market.prices import prices
from stakeline.market.worth import market_value, proceeds, worth

__all__ = ["market_value", "prices", "proceeds", "rate", "worth"]
