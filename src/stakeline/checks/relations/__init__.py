"""All relations between the figures of an article, evaluated.

page      claims and the words around them     fit      when a printed figure agrees
trades    shares x price                       totals   parts and totals
ranges    averages between lowest and highest  balances the equations of one holding
money     conversions                          words    figures as printed
stakes    before and after                     holdings part of one's own shares
growth    changes                              levels   parts of a whole, stale prices
days      weekdays, calendar, spans            worth    wholes, holdings, brackets
steps     changes in money                     discounts prices against prices
turns     the verb between two levels          counts    parts of all shares, of one's own, what is left
pairs     the two amounts of a change          blame     which of count, price and amount is wrong
told      changes beside their two levels      position  a holding before and after one trade
couples   counts and the percentages they are
each      amounts for one share and for many   slips     powers of ten, whatever the words
bases     percentages of a class called of all shares
tied      what a percentage is measured against filed     a trade and its report, time between days
compared  older and newer of two levels        ways      what words say of the way between them
quotes    a price, its change and its own low or high
thresholds the side of a level on which a holding is
values    count x price = what shares are worth segments  a revenue, its parts and their percentages of it
points    percent printed for percentage points  pace     compound growth between two years
proceeds  gross and net, ceilings, under a close  sense    a loss per share beside a profit
dropped   a magnitude that is missing            again    one number told twice, of two things
chains    one level against several older ones
equations figures that could go together         signs    by what they are known to do so
meant     equations that fail though they are meant, as learned

A relation that agrees bears the figure out whatever its neighbours are said to be. One that disagrees is only returned where
the parts that the figures play are beyond doubt and no usual other reading explains the difference. Candidates are the nearest
few of the same and the next sentences, so the work is linear in the number of figures.
"""

from stakeline.checks.relations import again as repeated
from stakeline.checks.relations import bases as based
from stakeline.checks.relations import chains as chained
from stakeline.checks.relations import counts as counted
from stakeline.checks.relations import (
    days,
    filed,
    growth,
    levels,
    money,
    position,
    quotes,
    ranges,
    stakes,
    trades,
    trios,
)
from stakeline.checks.relations import discounts as discount
from stakeline.checks.relations import dropped as lost
from stakeline.checks.relations import each as per
from stakeline.checks.relations import holdings as owned
from stakeline.checks.relations import meant as learned
from stakeline.checks.relations import pace as yearly
from stakeline.checks.relations import points as units
from stakeline.checks.relations import proceeds as offered
from stakeline.checks.relations import segments as divided
from stakeline.checks.relations import sense as signed
from stakeline.checks.relations import slips as pen
from stakeline.checks.relations import steps as twice
from stakeline.checks.relations import thresholds as sides
from stakeline.checks.relations import totals as sums
from stakeline.checks.relations import turns as turned
from stakeline.checks.relations import values as valued
from stakeline.checks.relations import worth as implied
from stakeline.checks.relations.fit import Fit
from stakeline.checks.relations.page import Page, Relation

_ALL = (
    trades.products,
    trades.joint,
    trades.lines,
    sums.totals,
    sums.partitions,
    sums.remainders,
    sums.tranches,
    divided.segments,
    divided.shares,
    sums.shares_of_sums,
    ranges.averages,
    ranges.extremes,
    discount.discounts,
    money.conversions,
    valued.values,
    per.each,
    implied.yearly,
    per.gains,
    implied.wholes,
    implied.capitals,
    implied.holdings_worth,
    implied.brackets,
    pen.slips,
    pen.unpriced,
    based.bases,
    position.positions,
    trios.trios,
    trios.parts,
    stakes.differences,
    stakes.points,
    sides.thresholds,
    turned.turns,
    turned.thousands,
    owned.holdings,
    counted.of_own,
    counted.of_class,
    counted.left,
    counted.multiplied,
    counted.times,
    growth.growths,
    chained.chains,
    twice.steps,
    twice.amounts,
    twice.both,
    twice.halves,
    levels.shares_of_total,
    levels.stale,
    levels.since,
    quotes.moved,
    quotes.bounded,
    levels.impossible,
    levels.intraday,
    days.weekdays,
    days.calendar,
    days.weekends,
    days.spans,
    days.ends,
    filed.order,
    filed.foreseen,
    filed.ahead,
    filed.elapsed,
    filed.stretches,
    days.steps,
    days.put_off,
    days.peaks,
    units.rates,
    yearly.paces,
    offered.nets,
    offered.ceilings,
    offered.placed,
    signed.senses,
    lost.dropped,
    repeated.agains,
    repeated.misquoted,
    repeated.magnitudes,
    learned.meant,
)


def relations(page: Page) -> list[Relation]:
    """Every relation that agrees, and every one that disagrees for certain."""
    every = (relation for kind in _ALL for relation in kind(page))
    return [r for r in every if r.fit is not Fit.OFF or not page.across(r.target, *r.inputs)]
