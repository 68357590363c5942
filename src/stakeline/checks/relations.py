"""All relations between the figures of an article, evaluated.

relations_page      claims and the words around them     relations_fit      when a printed figure agrees
relations_trades    shares x price                       relations_totals   parts and totals, averages
relations_money     conversions, worth                   relations_words    figures as printed
relations_stakes    before and after, thresholds         relations_holdings shares held, classes
relations_growth    changes                              relations_levels   parts of a whole, stale prices
relations_days      weekdays, order of days              relations_worth    dividends, gains, wholes, brackets
relations_steps     changes in money                     relations_discounts prices against closes
relations_turns     the verb between two levels          relations_counts    parts of all shares, of one's own, what is left
relations_pairs     the two amounts of a change          relations_blame     which of count, price and amount is wrong
relations_told      changes beside their two levels

A relation that agrees bears the figure out whatever its neighbours are said to be. One that disagrees is only returned where
the parts that the figures play are beyond doubt and no usual other reading explains the difference. Candidates are the nearest
few of the same and the next sentences, so the work is linear in the number of figures.
"""

from stakeline.checks import relations_counts as counted
from stakeline.checks import relations_days as days
from stakeline.checks import relations_discounts as discount
from stakeline.checks import relations_growth as growth
from stakeline.checks import relations_holdings as owned
from stakeline.checks import relations_levels as levels
from stakeline.checks import relations_money as money
from stakeline.checks import relations_stakes as stakes
from stakeline.checks import relations_steps as twice
from stakeline.checks import relations_told as beside
from stakeline.checks import relations_totals as sums
from stakeline.checks import relations_trades as trades
from stakeline.checks import relations_turns as turned
from stakeline.checks import relations_worth as implied
from stakeline.checks.relations_page import Page, Relation

_ALL = (
    trades.products,
    sums.totals,
    sums.lists,
    sums.averages,
    sums.extremes,
    discount.discounts,
    money.conversions,
    money.worth,
    implied.payouts,
    implied.yearly,
    implied.gains,
    implied.wholes,
    implied.holdings_worth,
    implied.brackets,
    stakes.differences,
    stakes.points,
    stakes.thresholds,
    turned.turns,
    owned.holdings,
    owned.classes,
    owned.of_issued,
    counted.of_all,
    counted.of_held,
    counted.of_own,
    counted.of_class,
    counted.sides,
    counted.left,
    counted.multiplied,
    growth.growths,
    beside.told_together,
    twice.steps,
    twice.amounts,
    twice.both,
    levels.shares_of_total,
    levels.stale,
    levels.since,
    levels.impossible,
    levels.intraday,
    days.weekdays,
    days.spans,
    days.order,
    days.steps,
)


def relations(page: Page) -> list[Relation]:
    """Every relation that agrees, and every one that disagrees for certain."""
    return [relation for kind in _ALL for relation in kind(page)]
