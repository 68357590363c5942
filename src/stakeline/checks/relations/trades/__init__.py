"""Trades: how many shares, at what price, for how much.

certain    whether three figures are of one trade beyond doubt
ranges     lowest, average and highest price
products   shares x price
joint      several counts at one price
rows       count, price and amount one behind the other, whatever their kinds
trios      which of count, price and amount is wrong
whose      which trade an amount is of, by what stands around it
digits     count, price and amount of which one digit is wrong
lots       lists of counts and prices, the same
ends       two ends of an amount against two ends of a price
abroad     count, price and an amount in another currency
tied       what a percentage is measured against
compare    one price against another, in percent
discounts  prices against prices
moves      moves of the day against the close that a deal is measured against
spreads    two ends of a discount against two ends of a price
headed     a headline's amount against the story's
proceeds   gross and net, ceilings, under a close
"""

from stakeline.checks.relations.trades import (
    abroad,
    digits,
    discounts,
    ends,
    headed,
    joint,
    lots,
    moves,
    proceeds,
    products,
    ranges,
    rows,
    spreads,
    trios,
)

ALL = (
    ranges.averages,
    ranges.extremes,
    products.products,
    products.lines,
    joint.joint,
    joint.alike,
    rows.rows,
    trios.trios,
    trios.parts,
    digits.digits,
    lots.lots,
    ends.ends,
    ends.ranged,
    abroad.abroad,
    headed.headed,
    spreads.spreads,
    spreads.respective,
    moves.moves,
    discounts.discounts,
    discounts.in_money,
    proceeds.nets,
    proceeds.ceilings,
    proceeds.placed,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
