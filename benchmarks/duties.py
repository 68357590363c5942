"""How fast duties are found: python benchmarks/duties.py [PORTFOLIOS] [POSITIONS OF EACH].

A million positions (10,000 portfolios of 100, over all rulebooks in turn) replayed event by event in two processes, each
position an event that every rule of its rulebook is put to, without the working. The floor that it is compared with is a
loop over the same positions that divides each by its capital and compares the percentage with the first level as a float:
what a spreadsheet does, no law in it. Memory is the largest that either process had, after a tenth and at the end.
Then one what-if: a purchase put to a portfolio that is in memory, with its working.
"""

import gc
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from random import Random

from stakeline.duties import assess, replay
from stakeline.model.days import BusinessDays
from stakeline.model.situations import (
    Capital,
    Happening,
    Holding,
    Investor,
    IssuerFacts,
    LegName,
    Portfolio,
    Situation,
)
from stakeline.regimes.days import calendar
from stakeline.regimes.rulebooks import codes, rulebook

_ISSUED = 1_000_000_000
_BATCH = 50


def calendars(name: str, issuer: IssuerFacts) -> BusinessDays:
    return calendar(name, mic=issuer.mic, home=issuer.home_state)


def made(code: str, seed: int, positions: int) -> Portfolio:
    """A holder that trades every few days, around the levels of a rulebook."""
    chance = Random(seed)
    legs: list[LegName] = [rule.measure.leg for rule in rulebook(code).rules if rule.measure is not None]
    leg = legs[0] if legs else "holding"
    held, day, lines = chance.randrange(_ISSUED // 5), date(2024, 10, 1), []
    for _ in range(positions):
        held = max(0, held + chance.randrange(-_ISSUED // 100, _ISSUED // 100))
        size = {"amount": held, "currency": "USD"} if leg == "section_13f_value" else {"shares": held}
        lines.append(Holding(date=day, holder="A", leg=leg, **size))
        day += timedelta(days=chance.randrange(1, 5))
    capital = (Capital(date=date(2024, 1, 1), issued_shares=_ISSUED, total_votes=_ISSUED),)
    issuer = IssuerFacts(home_state="GB", mic="XPAR", capital=capital)
    return Portfolio(
        investor=Investor(id="A", type="corporation", purpose="control"), issuer=issuer, positions=tuple(lines)
    )


def batch(told: tuple[str, int, int, int]) -> tuple[int, int, float, int]:
    """So many portfolios of one rulebook: events, duties, seconds of the engine alone, memory in kB."""
    code, first, count, positions = told
    book, events, duties, seconds = rulebook(code), 0, 0, 0.0
    for seed in range(first, first + count):
        portfolio = made(code, seed, positions)
        start = time.perf_counter()
        for replayed in replay(book, portfolio, calendars, traced=False):
            events += 1
            duties += replayed.answer.duty is True
        seconds += time.perf_counter() - start
    return events, duties, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def floor(told: tuple[str, int, int, int]) -> float:
    """Seconds that dividing and comparing the same positions takes."""
    code, first, count, positions = told
    seconds, over = 0.0, 0
    for seed in range(first, first + count):
        portfolio = made(code, seed, positions)
        start = time.perf_counter()
        for line in portfolio.positions:
            over += (line.shares or 0) / _ISSUED * 100 >= 5
        seconds += time.perf_counter() - start
    return seconds


def main(portfolios: int, positions: int) -> None:
    books = codes()
    jobs = [(books[n % len(books)], n * _BATCH, _BATCH, positions) for n in range(portfolios // _BATCH)]
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        done = list(pool.map(batch, jobs))
        wall = time.perf_counter() - start
        least = sum(pool.map(floor, jobs))
    events, duties = sum(d[0] for d in done), sum(d[1] for d in done)
    inside = sum(d[2] for d in done)
    early, late = (max(d[3] for d in part) / 1024 for part in (done[: max(len(done) // 10, 2)], done))
    count = len(jobs) * _BATCH * positions
    print(f"{count:,} positions in {len(jobs) * _BATCH:,} portfolios over {len(books)} rulebooks, two processes")
    print(f"  {wall:.1f} s with making them ({count / wall:,.0f} a second); {events:,} events, {duties:,} with a duty")
    print(f"  the engine alone {inside / 2:.1f} s on each core, {inside / count * 1e6:.0f} us a position")
    print(
        f"  dividing and comparing as floats: {least / count * 1e6:.2f} us a position ({inside / least:,.0f} times less)"
    )
    print(f"  memory {early:.0f} MB after a tenth, {late:.0f} MB at the end")
    what_if()


def what_if() -> None:
    """One purchase put to a portfolio that is in memory, with its working."""
    code = "hk_sfo_part_xv"
    book, portfolio = rulebook(code), made(code, 1, 100)
    last = portfolio.positions[-1]
    day = last.date + timedelta(days=1)
    line = Holding(date=day, holder="A", leg=last.leg, shares=(last.shares or 0) + 30_000_000)
    asked = Situation(
        investor=portfolio.investor,
        issuer=portfolio.issuer,
        positions=(*portfolio.positions, line),
        event=Happening(type="acquisition", date=day),
    )
    assess(book, asked, calendars)
    gc.collect()
    start = time.perf_counter()
    assess(book, asked, calendars)
    print(f"  one what-if after 100 positions, with its working: {(time.perf_counter() - start) * 1000:.2f} ms")


if __name__ == "__main__":
    main(*(int(a) for a in sys.argv[1:3])) if len(sys.argv) > 2 else main(
        int(sys.argv[1]) if sys.argv[1:] else 10_000, 100
    )
