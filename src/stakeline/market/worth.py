"""What an amount is worth in another currency, what all shares are worth, what a trade brought in."""

from collections.abc import Iterable
from datetime import date, datetime

from stakeline.market.fx import rate
from stakeline.model.cited import Cite, ratio
from stakeline.model.context import Worth
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.numbers import exact_product
from stakeline.model.rows import Row


def worth(amount: Figure, to: str, *, on: date, known: datetime, rows: Iterable[Row[Fact]], cite: Cite) -> Worth:
    """An amount of money, and the same in another currency at the rate of the day.

    to: ISO code. Converted and rate are missing where the amount is in that currency already or no rate was known.
    """
    found = rate(to, amount.currency, on=on, known=known, rows=rows, cite=cite) if amount.currency else None
    if found is None:
        return Worth(amount=amount)
    bounds, point = ratio(amount, found)
    converted = derive(
        "amount / rate",
        (amount, found),
        bounds,
        unit="currency",
        currency=to,
        basis=f"{amount.basis}, at the {found.basis} of {found.day}",
        day=amount.day,
        value=point,
    )
    return Worth(amount=amount, converted=converted, rate=found)


def market_value(close: Figure, count: Figure) -> Figure:
    """All shares of a count at a price. The basis names both, since one without the other means nothing."""
    return derive(
        "price x shares in issue",
        (close, count),
        close.bounds() * count.bounds(),
        unit="currency",
        currency=close.currency,
        basis=f"{close.basis} of {close.day} x {count.basis}",
        day=close.day,
        value=exact_product(close.number, count.number),
    )


def proceeds(shares: Figure, price: Figure) -> Figure:
    """What shares brought in at an average price: exact as far as both are, else as wide as the printed digits leave it."""
    return derive(
        "shares x average price",
        (shares, price),
        shares.bounds() * price.bounds(),
        unit="currency",
        currency=price.currency,
        basis=f"{shares.basis} x {price.basis}",
        day=price.day or shares.day,
        value=exact_product(shares.number, price.number),
    )
