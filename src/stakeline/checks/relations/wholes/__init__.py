"""Wholes and their parts.

totals    parts and totals
segments  a revenue, its parts and their percentages of it
parts     a part of its whole, at most all of it
"""

from stakeline.checks.relations.wholes import parts, segments, totals

ALL = (
    totals.totals,
    totals.partitions,
    totals.remainders,
    totals.tranches,
    totals.shares_of_sums,
    segments.segments,
    segments.shares,
    parts.shares_of_total,
    parts.impossible,
    parts.with_public,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
