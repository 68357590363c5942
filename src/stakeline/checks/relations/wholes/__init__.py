"""Wholes and their parts.

sums      which figures can be added
totals    parts and totals
rests     what is left of a total, what several trades come to, a part of a sum
segments  a revenue and its parts
pieces    amounts and their percentages of one whole
parts     a part of its whole in percent
beyond    percentages above all of a whole
excess    the same by the words right beside them
offers    what all the shares of an offer come to
gaps      by how much one of two amounts is larger
multiples how many times one figure goes into another
counted   so many of so many in percent
"""

from stakeline.checks.relations.wholes import (
    beyond,
    counted,
    gaps,
    multiples,
    offers,
    parts,
    pieces,
    rests,
    segments,
    totals,
)

ALL = (
    totals.totals,
    totals.partitions,
    rests.remainders,
    rests.tranches,
    rests.shares_of_sums,
    segments.segments,
    pieces.pieces,
    parts.shares_of_total,
    beyond.impossible,
    parts.with_public,
    offers.offers,
    multiples.multiples,
    gaps.gaps,
    counted.counted,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
