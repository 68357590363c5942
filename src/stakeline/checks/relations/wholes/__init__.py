"""Wholes and their parts.

sums      which figures can be added
totals    parts and totals
rests     what is left of a total, what several trades come to, a part of a sum
segments  a revenue, its parts and their percentages of it
pieces    amounts and their percentages of one whole
parts     a part of its whole
beyond    percentages above all of a whole
excess    the same by the words right beside them
offers    what all the shares of an offer come to
multiples how many times one figure goes into another
"""

from stakeline.checks.relations.wholes import beyond, multiples, offers, parts, pieces, rests, segments, totals

ALL = (
    totals.totals,
    totals.partitions,
    rests.remainders,
    rests.tranches,
    rests.shares_of_sums,
    segments.segments,
    segments.shares,
    pieces.pieces,
    parts.shares_of_total,
    beyond.impossible,
    parts.with_public,
    offers.offers,
    multiples.multiples,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
