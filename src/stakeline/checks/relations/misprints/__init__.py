"""Figures misprinted, whatever they are of.

slips    powers of ten, whatever the words
dropped  a magnitude that is missing
again    one number told twice, of two things
sense    a loss per share beside a profit
"""

from stakeline.checks.relations.misprints import again, dropped, sense, slips

ALL = (
    slips.slips,
    slips.unpriced,
    dropped.dropped,
    again.agains,
    again.misquoted,
    again.magnitudes,
    sense.senses,
)
"""From a page to what agrees or disagrees on it; of two that disagree with a figure the first one tells why."""
