"""What each holder held at the end of a day, as last told, and the same stake on other bases."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from stakeline.model.cited import Cite, percent_span
from stakeline.model.facts import Fact
from stakeline.model.figures import Figure, derive
from stakeline.model.law import Base, Levels, Regime
from stakeline.model.notices import LinkKind
from stakeline.model.numbers import Interval, exact_product, percent_of
from stakeline.model.rows import Row
from stakeline.model.stakes import Entry, Issuer, Security, Stake, Timeline
from stakeline.registry.counts import ALL, count, day_words, votes, votes_per_share
from stakeline.registry.names import normal, regime_part

_HUNDRED = Interval.exact(100)


class Position(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last total told of one holder, class and leg.

    entry: the notice that tells it, of day `entry.day`. below: the last percentage is under the notifiable level, from
    where no notice need follow. notes: what must be said beside it.
    """

    timeline: Timeline
    entry: Entry
    below: bool = False
    notes: tuple[str, ...] = ()

    @property
    def stake(self) -> Stake:
        """The total after the event."""
        return self.entry.after


def positions(timelines: Iterable[Timeline], on: date, regime_of: Callable[[str], Regime]) -> tuple[Position, ...]:
    """The last stake of each holder, class and leg as of the end of a day, largest percentage first.

    Withdrawn notices are skipped. A history that tells no total up to that day has no position.
    """
    found = []
    for timeline in timelines:
        past = [e for e in timeline.entries if e.day <= on and not e.withdrawn]
        last = next((e for e in reversed(past) if e.after.told), None)
        if last is None:
            continue
        notes = [f"an event of {day_words(e.day)} ({e.id}) tells no total" for e in past[past.index(last) + 1 :]]
        below, note = _below(timeline, last, regime_of(regime_part(timeline.security.subject)))
        found.append(Position(timeline=timeline, entry=last, below=below, notes=tuple(notes + note)))
    return tuple(sorted(_inside(found), key=_largest))


def _inside(found: Sequence[Position]) -> Iterator[Position]:
    """The positions with notes where one is a part of another: a corporation that the other's notice names as controlled.

    It keeps its own line, for it reports by itself; but its shares are among those of the holder that controls it.
    """
    notes: dict[int, list[str]] = defaultdict(list)
    of_name: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, position in enumerate(found):
        party = position.timeline.party
        for name in {normal(n) for n in (party.name, *party.names, *party.seats)}:
            of_name[*_class_of(position), name].append(at)
    for at, position in enumerate(found):
        for link in position.entry.through:
            if link.kind is not LinkKind.CONTROLLED:
                continue
            for other in of_name[*_class_of(position), normal(link.name)]:
                held = found[other].stake.shares
                if other == at or (held is not None and held.number == 0):
                    continue
                whole, part = position.timeline.party.name, found[other].timeline.party.name
                notes[other].append(f"part of {whole}'s position (named in its notice)")
                shares = f"{link.shares.number:,f}" if link.shares is not None else "a part"
                notes[at].append(f"of which {shares} through {part}, which also reports")
    for at, position in enumerate(found):
        more = tuple(dict.fromkeys(notes[at]))
        yield msgspec.structs.replace(position, notes=(*position.notes, *more)) if more else position


def _class_of(position: Position) -> tuple[object, ...]:
    security = position.timeline.security
    return security.subject, security.issuer, security.share_class, position.timeline.leg


def _below(timeline: Timeline, last: Entry, regime: Regime) -> tuple[bool, list[str]]:
    levels = regime.levels_on(last.day, timeline.leg)
    shares, percent = last.after.shares, last.after.percent
    nothing = shares is not None and shares.number == 0
    under = percent is not None and levels is not None and _under(percent.number, levels)
    if levels is None or last.any_size or not (nothing or under):
        return False, []
    return True, [
        f"{'no more than' if levels.over else 'below'} the notifiable level of {levels.floor:f}%: silence is not zero"
    ]


def _under(percent: Decimal, levels: Levels) -> bool:
    """True for a percentage that does not reach the first level, or does not pass it where more than it is asked."""
    return percent < levels.floor or (percent == levels.floor and bool(levels.over))


def _largest(position: Position) -> tuple[Decimal, tuple[str, ...]]:
    percent = position.stake.percent
    security, party = position.timeline.security, position.timeline.party
    names = (security.subject, security.share_class or "", security.inferred or "", party.key, position.timeline.leg)
    return -percent.number if percent is not None else Decimal(1), names


class Bases(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a stake can be measured against on one day; None: not known.

    class_count: the notice's own count, else the last reported. company_count: all shares. each, votes: votes per share of
    the class, and of all issued shares.
    """

    class_count: Figure | None = None
    company_count: Figure | None = None
    each: Figure | None = None
    votes: Figure | None = None


def bases(
    facts: Sequence[Row[Fact]],
    security: Security,
    on: date,
    cite: Cite,
    *,
    issued: Figure | None = None,
    within: Issuer | None = None,
) -> Bases:
    """The counts and votes of an issuer last known on a day. issued: the class's count as the notice itself tells it."""
    subject, share_class = security.subject, security.share_class
    return Bases(
        class_count=issued or (count(facts, subject, share_class, on, cite, within) if share_class else None),
        company_count=count(facts, subject, ALL, on, cite, within),
        each=votes_per_share(facts, subject, share_class, on, cite) if share_class else None,
        votes=votes(facts, subject, on, cite, within),
    )


def shares_of(stake: Stake, class_count: Figure | None) -> Figure | None:
    """The shares of a stake: as filed, else percent x shares in issue of the class, with the bounds that rounding leaves."""
    if stake.shares is not None:
        return stake.shares
    if stake.percent is None or class_count is None:
        return None
    result = percent_span(stake.percent) * class_count.bounds() / _HUNDRED
    return derive(
        "percent of the class, as filed x shares in issue of the class",
        (stake.percent, class_count),
        result,
        unit="shares",
        basis="shares held, derivable only: the total was not told",
        day=stake.percent.day,
        value=exact_product(stake.percent.number, class_count.number, Decimal("0.01")),
    )


def on_base(stake: Stake, base: Base, known: Bases) -> Figure | None:
    """A stake as percent of its class, of the company or of all votes, worked out from counts; None where one is missing."""
    shares = shares_of(stake, known.class_count)
    if shares is None:
        return None
    if base is Base.CLASS:
        return _percent(shares, known.class_count, "of the shares of the class in issue, derived")
    if base is Base.COMPANY:
        return _percent(shares, known.company_count, "of all issued shares, derived")
    if known.each is None or known.votes is None or known.votes.bounds().low <= 0:
        return None
    carried = exact_product(shares.number, known.each.number)
    return derive(
        "shares x votes per share / votes of all issued shares",
        (shares, known.each, known.votes),
        shares.bounds() * known.each.bounds() / known.votes.bounds() * _HUNDRED,
        unit="pct",
        basis="of all votes, derived",
        day=shares.day,
        value=percent_of(carried, known.votes.number),
    )


def _percent(shares: Figure, whole: Figure | None, basis: str) -> Figure | None:
    if whole is None or whole.bounds().low <= 0:
        return None
    return derive(
        "shares / shares in issue",
        (shares, whole),
        shares.bounds() / whole.bounds() * _HUNDRED,
        unit="pct",
        basis=basis,
        day=shares.day,
        value=percent_of(shares.number, whole.number),
    )
