"""Prices, amounts for one share, and what shares are worth.

conversions  one amount in two currencies
exact        conversions whose digits give away the rate
values       count x price = what shares are worth
each         amounts for one share and for many
margins      gains and changes of worth by two prices
worth        wholes, holdings, brackets
levels       stale prices, moves since a price, closes inside their day
quotes       a price, its change and its own low or high; pence told as pounds
"""

from stakeline.checks.relations.prices import conversions, each, levels, margins, quotes, values, worth

ALL = (
    conversions.conversions,
    values.values,
    each.each,
    each.gains,
    each.beyond,
    margins.margins,
    worth.yearly,
    worth.wholes,
    worth.capitals,
    worth.holdings_worth,
    worth.brackets,
    levels.stale,
    levels.since,
    levels.intraday,
    quotes.moved,
    quotes.topped,
    quotes.bounded,
    quotes.pounds,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
