"""Figures misprinted, whatever they are of.

slips    powers of ten, whatever the words
dropped  a magnitude that is missing
again    one number told twice, of two things
sense    a loss per share beside a profit
signed   a number of shares with a currency sign
"""

from stakeline.checks.relations.misprints import again, dropped, sense, signed, slips

ALL = (
    slips.slips,
    slips.unpriced,
    dropped.dropped,
    again.agains,
    again.misquoted,
    again.magnitudes,
    again.lowered,
    sense.senses,
    signed.signed,
    signed.of_sums,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
