"""All relations between the figures of an article, evaluated.

relations_page      claims and the words around them     relations_fit      when a printed figure agrees
relations_trades    shares x price                       relations_totals   parts and totals, averages
relations_money     conversions                          relations_words    figures as printed
relations_stakes    before and after                     relations_holdings part of one's own shares
relations_growth    changes                              relations_levels   parts of a whole, stale prices
relations_days      weekdays, calendar, spans            relations_worth    wholes, holdings, brackets
relations_steps     changes in money                     relations_discounts prices against prices
relations_turns     the verb between two levels          relations_counts    parts of all shares, of one's own, what is left
relations_pairs     the two amounts of a change          relations_blame     which of count, price and amount is wrong
relations_told      changes beside their two levels      relations_position  a holding before and after one trade
relations_couples   counts and the percentages they are
relations_each      amounts for one share and for many   relations_slips     powers of ten, whatever the words
relations_bases     percentages of a class called of all shares
relations_tied      what a percentage is measured against relations_filed     a trade and its report, time between days
relations_compared  older and newer of two levels        relations_ways      what words say of the way between them
relations_thresholds the side of a level on which a holding is
relations_values    count x price = what shares are worth relations_segments  a revenue, its parts and their percentages of it

A relation that agrees bears the figure out whatever its neighbours are said to be. One that disagrees is only returned where
the parts that the figures play are beyond doubt and no usual other reading explains the difference. Candidates are the nearest
few of the same and the next sentences, so the work is linear in the number of figures.
"""

from stakeline.checks import relations_bases as based
from stakeline.checks import relations_counts as counted
from stakeline.checks import relations_days as days
from stakeline.checks import relations_discounts as discount
from stakeline.checks import relations_each as per
from stakeline.checks import relations_filed as filed
from stakeline.checks import relations_growth as growth
from stakeline.checks import relations_holdings as owned
from stakeline.checks import relations_levels as levels
from stakeline.checks import relations_money as money
from stakeline.checks import relations_position as position
from stakeline.checks import relations_segments as divided
from stakeline.checks import relations_slips as pen
from stakeline.checks import relations_stakes as stakes
from stakeline.checks import relations_steps as twice
from stakeline.checks import relations_thresholds as sides
from stakeline.checks import relations_totals as sums
from stakeline.checks import relations_trades as trades
from stakeline.checks import relations_trios as trios
from stakeline.checks import relations_turns as turned
from stakeline.checks import relations_values as worth
from stakeline.checks import relations_worth as implied
from stakeline.checks.relations_page import Page, Relation

_ALL = (
    trades.products,
    sums.totals,
    sums.partitions,
    sums.remainders,
    sums.tranches,
    divided.segments,
    divided.shares,
    sums.shares_of_sums,
    sums.averages,
    sums.extremes,
    discount.discounts,
    discount.ranges,
    money.conversions,
    worth.values,
    per.each,
    implied.yearly,
    per.gains,
    implied.wholes,
    implied.holdings_worth,
    implied.brackets,
    pen.slips,
    based.bases,
    position.positions,
    trios.trios,
    trios.parts,
    stakes.differences,
    stakes.points,
    sides.thresholds,
    turned.turns,
    owned.holdings,
    counted.of_held,
    counted.of_own,
    counted.of_class,
    counted.left,
    counted.multiplied,
    growth.growths,
    twice.steps,
    twice.amounts,
    twice.both,
    levels.shares_of_total,
    levels.stale,
    levels.since,
    levels.impossible,
    levels.intraday,
    days.weekdays,
    days.calendar,
    days.weekends,
    days.spans,
    days.ends,
    filed.order,
    filed.ahead,
    filed.elapsed,
    filed.stretches,
    days.steps,
)


def relations(page: Page) -> list[Relation]:
    """Every relation that agrees, and every one that disagrees for certain."""
    return [relation for kind in _ALL for relation in kind(page)]
