"""Trades: how many shares, at what price, for how much.

certain    whether three figures are of one trade beyond doubt
ranges     lowest, average and highest price
products   shares x price
joint      several counts at one price
rows       count, price and amount one behind the other, whatever their kinds
trios      which of count, price and amount is wrong
tied       what a percentage is measured against
discounts  prices against prices
proceeds   gross and net, ceilings, under a close
"""

from stakeline.checks.relations.trades import discounts, joint, proceeds, products, ranges, rows, trios

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
    discounts.discounts,
    proceeds.nets,
    proceeds.ceilings,
    proceeds.placed,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
