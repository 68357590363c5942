"""All relations between the figures of an article, evaluated.

trades     shares x price, its parts and wholes, discounts     prices    conversions, worth of shares, stale prices
holdings   before and after a trade, thresholds, classes       changes   growth, steps, ways between two levels
wholes     parts and totals                                    dates     weekdays, order of days, time between
misprints  powers of ten, dropped and repeated figures         learned   figures meant together, as learned

page       the claims and the words around them                fit       when a printed figure agrees
blame      which of count, price and amount is wrong           words     figures as printed
elsewhere  what else tells that a count is wrong

A relation that agrees bears the figure out whatever its neighbours are said to be. One that disagrees is only returned where
the parts that the figures play are beyond doubt and no usual other reading explains the difference. Candidates are the nearest
few of the same and the next sentences, so the work is linear in the number of figures.
"""

from stakeline.checks.relations import changes, dates, holdings, learned, misprints, prices, trades, wholes
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation

_ROOMS = (trades, wholes, prices, misprints, holdings, changes, dates, learned)
"""In the order in which they are believed: of two that disagree with a figure the first one tells why."""


def relations(page: Page) -> list[Relation]:
    """Every relation that agrees, and every one that disagrees for certain."""
    every = (relation for room in _ROOMS for kind in room.ALL for relation in kind(page))
    return [r for r in every if r.fit is not Fit.OFF or not page.across(r.target, *r.inputs)]
