"""show, timeline, events."""

import argparse
from collections.abc import Iterable, Iterator
from decimal import Decimal

from stakeline.briefs.days import place_of
from stakeline.cli import inputs, printing, quarters
from stakeline.cli.printing import count
from stakeline.model.classes import names_security
from stakeline.model.figures import Figure
from stakeline.model.law import Base
from stakeline.model.moments import local_words
from stakeline.model.notices import Status
from stakeline.model.problems import printable, quote
from stakeline.model.stakes import Cause, Crossing, Entry, Event, EventKind, Part, Security, Through, Timeline, tree
from stakeline.workflows import stakes
from stakeline.workflows.knowledge import Asked
from stakeline.workflows.where import open_ledger

_NOTIFIED = frozenset({EventKind.ENTRY, EventKind.EXIT, EventKind.CROSSING, EventKind.TRADE, EventKind.CHANGE})
_PLAN = "a box says of the whole filing that a transaction in it was made under a trading plan (Rule 10b5-1(c))"
_BASES = {Base.CLASS: "% of class", Base.COMPANY: "% of all shares", Base.VOTES: "% of votes"}


def show(arguments: argparse.Namespace) -> int:
    """Print who held what on a day."""
    answer = stakes.show(
        open_ledger(arguments.ledger), arguments.name, on=arguments.on, known=arguments.known, base=arguments.basis
    )
    if arguments.json:
        printing.json(answer)
        return 0
    out = printing.console()
    percent = _BASES[answer.base]
    columns = _columns(answer, percent)
    rows = [tuple(_cell(h, name) for name in columns) for h in answer.held]
    for line in _when(answer):
        out.print(line, soft_wrap=True)
    numbers = ("shares", percent, "event", "known since", "source")
    if rows:
        out.print(printing.Table(columns, rows, whole=numbers, right=numbers[:2]))
    elif answer.quarters is None:
        out.print("no position in shares of the issuer was known then" if answer.other else "nothing was known then")
    for line in _others(answer.other):
        out.print(line, soft_wrap=True)
    for figure in answer.counts:
        out.print(f"{number(figure)}: {figure.basis}{f' ({figure.doubt})' if figure.doubt else ''}", soft_wrap=True)
    for part in quarters.lines(answer.quarters) if answer.quarters else ():
        out.print(part)
    for note in dict.fromkeys((*_notes(answer.held), *map(printable, answer.notes))):
        out.print(note, soft_wrap=True)
    out.print(printing.NO_ADVICE, style="dim")
    return 0


def _columns(answer: stakes.Shown, percent: str) -> tuple[str, ...]:
    """The columns of `show`: issuer and market where the answer is of several."""
    whose: tuple[str, ...] = ("holder",) if answer.of_issuer else ("issuer",)
    if len(answer.markets) > 1:
        whose = ("market", "issuer", "holder") if answer.of_issuer else ("market", "issuer")
        whose = (
            whose if len({h.position.timeline.party.name for h in answer.held}) == 1 else ("market", "issuer", "holder")
        )
    return (*whose, "class", "leg", "shares", percent, "event", "known since", "source")


def _cell(held: stakes.Held, column: str) -> object:
    entry, told = held.position.entry, held.position.timeline
    cells: dict[str, object] = {
        "market": held.issuer.subject.partition(":")[0].upper(),
        "issuer": held.issuer.name,
        "holder": told.party.name,
        "class": class_words(told.security),
        "leg": told.leg.value,
        "shares": number(held.shares),
        "event": entry.day,
        "known since": _since(entry, held.zone),
        "source": source(entry),
    }
    return cells.get(column, number(held.percent, 2))


def _when(answer: stakes.Shown) -> Iterator[str]:
    """The day and moment asked about: in each market's own time where they are several."""
    if len(answer.markets) < 2:
        yield f"{quote(answer.name)}: as of the end of {answer.asked.on}{_as_known(answer.asked, answer.zone)}"
        return
    yield f"{quote(answer.name)}, in several markets, each in its own time:"
    for market in answer.markets:
        told = _as_known(market.asked, market.zone)
        yield f"  {market.code.upper()}, {market.name}: as of the end of {market.asked.on}{told}"


def timeline(arguments: argparse.Namespace) -> int:
    """Print one holder's notices in one issuer, with what can be said of the time between."""
    answer = stakes.history(
        open_ledger(arguments.ledger), arguments.holder, arguments.issuer, on=arguments.on, known=arguments.known
    )
    if arguments.json:
        printing.json(answer)
        return 0
    out = printing.console()
    out.print(
        f"{answer.party.name} in {answer.issuer.name}{_as_known(answer.asked, answer.zone)}",
        style="bold",
        soft_wrap=True,
    )
    seats = _seats(answer.timelines)
    if seats:
        out.print(f"one position, reported by: {'; '.join(map(quote, seats))}", soft_wrap=True)
    for told in answer.timelines:
        out.print(f"\n{shares_words(told.security)}, {told.leg} position", style="bold")
        if told.security.inferred:
            out.print(f"class: {told.security.inferred}", soft_wrap=True)
        for line in _story(
            told, [e for e in answer.events if (e.security, e.leg) == (told.security, told.leg)], answer.zone
        ):
            out.print(line, soft_wrap=True)
    out.print(f"\n{printing.NO_ADVICE}", style="dim")
    return 0


def events(arguments: argparse.Namespace) -> int:
    """List events, oldest first."""
    found = stakes.find_events(
        open_ledger(arguments.ledger),
        arguments.name,
        on=arguments.on,
        known=arguments.known,
        crosses=arguments.crosses,
        since=arguments.since,
    )
    if arguments.json:
        printing.json([{"issuer": issuer.name, "event": event} for issuer, event in found])
        return 0
    out = printing.console()
    for issuer, e in found:
        cause = "" if e.cause is Cause.UNKNOWN else f", cause: {e.cause}"
        whose = f"{quote(e.party.name)} in {quote(issuer.name)}, {shares_words(e.security)}, {e.leg} position"
        out.print(f"{e.day}  {e.kind.value:9} {e.id}  {whose}{cause}", soft_wrap=True)
        for line in (*_happened(e), *what(e)):
            out.print(f"            {line}", soft_wrap=True)
    out.print(f"{count(len(found), 'event')}. {printing.NO_ADVICE}", style="dim")
    return 0


def number(figure: Figure | None, places: int | None = None) -> str:
    """A figure for a table: "≈" before one that is worked out, "a to b" where a notice tells the least and the most alone."""
    if figure is None:
        return "not told"
    if figure.value is None:
        return figure.text or ""
    value = figure.value if places is None else round(figure.value, places)
    rounded = figure.derived and figure.span is not None
    if figure.unit == "shares":
        value = value.quantize(Decimal(1)) if rounded or value == value.to_integral_value() else value.normalize()
    bounded = figure.unit == "shares" and not figure.derived
    if figure.span is not None and bounded and figure.span.low == figure.number < figure.span.high:
        return f"{value:,f} to {figure.span.high:,f}"
    if figure.span is None or figure.formula is None:
        return f"{value:,f}"
    return f"≈{value:,f}"


def class_words(security: Security) -> str:
    """The class as it is called, or what is known of it."""
    name = security.share_class
    if name is None:
        return "not told"
    told = security.told or ""
    if name == "ordinary":
        return "common" if "common" in told.casefold() else name
    if len(name) > 1:
        return told or name
    return f"Class {name}" if name in {"A", "B"} or "class" in told.casefold() else name


def shares_words(security: Security) -> str:
    """Gives "Class B shares", "Deferred Share Units", "shares of a class not told"."""
    return names_security(class_words(security)) if security.share_class else "shares of a class not told"


def source(entry: Entry) -> str:
    """Where an entry was read: its serial, or what its source calls it."""
    return entry.id if not entry.serials else ", ".join(entry.serials)


def what(event: Event) -> Iterator[str]:
    """An event in a few words: levels first, then the percentages, then contrasts, then what is doubtful."""
    for crossing in event.crossings:
        label = {Base.CLASS: "of the class", Base.COMPANY: "of all shares", Base.VOTES: "of votes"}[crossing.base]
        contrast = "" if crossing.law else "contrast: "
        yield (
            f"{contrast}{number(crossing.before, 2)}% to {number(crossing.after, 2)}% {label}: "
            f"{_levels(crossing)}{_aside(crossing)}"
        )
    if event.gap is not None:
        yield from _gap(event)
    if event.law:
        yield event.law
    if event.note:
        yield printable(event.note)


def _levels(crossing: Crossing) -> str:
    if crossing.before_level is None or crossing.after_level is None:
        return "level open"
    return f"crosses {', '.join(f'{n}%' for n in crossing.crossed)}" if crossing.crossed else "no level"


def _aside(crossing: Crossing) -> str:
    """What is to be said of a crossing, in brackets; of a contrast only where its levels are open or not certain."""
    is_open = crossing.before_level is None or crossing.after_level is None
    if not crossing.law and not is_open:
        return "" if crossing.certain else " (as far as rounding tells)"
    said = [n for n in (crossing.note or "").split("; ") if n and not n.startswith("for contrast")]
    if not said and not crossing.certain:
        said = ["as far as rounding tells"]
    return f" ({printable('; '.join(said))})" if said else ""


def _gap(event: Event) -> Iterator[str]:
    gap = event.gap
    if gap is None:
        return
    if gap.net is None:
        yield f"unseen change: not bounded ({printable(gap.why or 'nothing is told')})"
    else:
        span = gap.net.bounds()
        sign = "+" if gap.net.number > 0 else ""
        bounds = "" if span.is_exact else f" (between {span.low + 0:,.0f} and {span.high + 0:,.0f})"
        yield f"unseen change: {sign}{gap.net.number:,.0f} shares net{bounds} = {gap.net.formula}"
    if gap.points is not None:
        span = gap.points.bounds()
        yield f"in points of the class: {round(gap.points.number, 2):+f} ({round(span.low, 2):+f} to {round(span.high, 2):+f})"
    if gap.lawful_note:
        yield printable(gap.lawful_note)
    if gap.if_lawful is not None and gap.if_lawful[0].unit == "shares":
        low, high = (f.number.quantize(Decimal(1)) for f in gap.if_lawful)
        yield f"that is between {low:,f} and {high:,f} shares all that time"


def _story(told: Timeline, found: list[Event], zone: str) -> Iterator[str]:
    """Entries and gaps in the order of their days."""
    shown: tuple[Through, ...] = ()
    for entry in told.entries:
        for event in found:
            if event.kind is EventKind.GAP and event.gap and event.gap.last == entry.id:
                yield f"  │ {event.gap.start} to {event.gap.end}"
                yield from (f"  │   {line}" for line in what(event))
        yield from _entry(entry, zone)
        if entry.through and _names(entry.through) != _names(shown):
            yield from _tree(entry.through)
        shown = entry.through or shown
        for event in found:
            if event.kind is not EventKind.GAP and event.entry.id == entry.id:
                cause = f", cause: {event.cause}" if event.cause is not Cause.UNKNOWN else ""
                yield f"      {event.kind} [{event.id}]{cause}"
                yield from (f"        {line}" for line in what(event))


def _entry(entry: Entry, zone: str) -> Iterator[str]:
    parts = [*_moved(entry), *_totals(entry)]
    code = _reason(entry)
    dead = f" [{_standing(entry)}]" if entry.withdrawn or entry.related else ""
    yield f"  {entry.day}  {quote(source(entry))}{dead}: {code}"
    yield f"      {', '.join(parts) if parts else 'no figures told'}; known since {_since(entry, zone)}"
    if len(entry.seats) > 1:
        yield f"      reported by: {'; '.join(map(quote, entry.seats))}"
    yield from _beside(entry)
    for line in (*entry.conflicts, *entry.doubts):
        yield f"      ! {printable(line)}"


def _reason(entry: Entry) -> str:
    """Why the notice was given: its code in our words, else the words told, else what kind of notice it is."""
    if entry.code:
        return f"{entry.code} {quote(entry.meaning or '')}".strip()
    number_ = f", amendment no. {entry.amendment}" if entry.amendment is not None else ""
    return quote(entry.told or "") or f"{quote(entry.duty or '')}{number_}"


def _moved(entry: Entry) -> Iterator[str]:
    """The shares of an event and their price."""
    if entry.moved is not None:
        told = next((w for w in ("acquired", "disposed of") if f" {w}, " in entry.moved.basis), "involved")
        did = {"dispose": "sold", "acquire": "bought"}.get(entry.direction.value, told)
        yield f"{did} {number(entry.moved)} shares"
    if entry.price is not None:
        prices = [p for p in (entry.price, entry.other_price) if p is not None]
        yield "at " + " and ".join(f"{p.currency} {number(p, 4 if p.derived else None)} ({p.basis})" for p in prices)


def _totals(entry: Entry) -> Iterator[str]:
    """The percentages before and after, and the shares after."""
    if entry.before.percent is not None or entry.after.percent is not None:
        start = f"from {number(entry.before.percent)}% " if entry.before.percent is not None else ""
        end = f"to {number(entry.after.percent)}%" if entry.after.percent is not None else "to a percentage not told"
        yield start + end
    if entry.after.shares is not None:
        rounded = "about " if entry.after.shares.span is not None else ""
        yield f"{rounded}{number(entry.after.shares)} shares after"


def _happened(event: Event) -> Iterator[str]:
    """What a notified event was: its code in our words, its figures, and the box of a trading plan beside a trade.

    Of a crossing the totals are told with the levels.
    """
    if event.kind not in _NOTIFIED:
        return
    figures = (*_moved(event.entry), *(() if event.crossings else _totals(event.entry)))
    told = [w for w in (_reason(event.entry), ", ".join(figures)) if w]
    if told:
        yield ": ".join(told)
    if event.entry.plan and event.cause is Cause.TRADE:
        yield _PLAN


def _beside(entry: Entry) -> Iterator[str]:
    """What a notice tells beside its figures: derivatives, other legs, the filer's words, the other half of a conversion."""
    if entry.plan:
        yield f"      {_PLAN}"
    for part in entry.parts:
        yield f"      {_part(part)}"
    for note in entry.footnotes:
        yield f"      {printable(note.basis)}: \u201c{quote(note.text or '')}\u201d"
    if entry.said is not None:
        yield f"      read from the filer's words as {entry.said.deed}: \u201c{printable(entry.said.words)}\u201d"
    elif entry.open and entry.text:
        yield f"      the filer's words: \u201c{quote(entry.text)}\u201d"
    if entry.twin:
        yield f"      the other half of a conversion: {quote(entry.twin)}"


def _standing(entry: Entry) -> str:
    others = f" {', '.join(map(quote, entry.related))}" if entry.related else ""
    if entry.status is Status.AMENDMENT:
        return f"amends{others}"
    if entry.status is Status.WITHDRAWN:
        return f"no longer stands: withdrawn{f' on {entry.status_day}' if entry.status_day else ''}"
    return "no longer stands" + (f": replaced by{others}" if others else "")


def _part(part: Part) -> str:
    what = f" ({printable(part.what)})" if part.what else ""
    if part.kind == "derivatives":
        return f"of it through derivatives{what}: {number(part.shares)} shares"
    if part.kind == "beside the shares":
        return f"beside the shares, in units of their own{what}: {number(part.shares)} held after it"
    if part.kind == "over shares":
        return f"beside the shares{what}: over {number(part.shares)} shares"
    return f"told beside it, never added: {part.kind} of {number(part.shares)} shares"


def _names(chain: tuple[Through, ...]) -> list[tuple[str, str | None]]:
    return [(link.name, link.under) for link in chain]


def _tree(chain: tuple[Through, ...]) -> Iterator[str]:
    """Who holds through whom: one line a link, those it controls below it. Never a sum."""
    yield "      held through or with (below one another: the same shares; side by side: parts of the total; none added up):"
    for depth, link in tree(chain):
        facts = [link.kind.value]
        facts += [printable(link.status)] if link.status else []
        facts += [f"{number(link.control)}% controlled"] if link.control is not None else []
        facts += ["direct interest"] if link.direct else []
        facts += [f"{number(link.shares)} shares"] if link.shares is not None else []
        yield f"        {'  ' * depth}└─ {printable(link.name)}: {', '.join(facts)}"


def _since(entry: Entry, zone: str) -> str:
    return local_words(entry.known_from, zone) if entry.known_from else "not told"


def _as_known(asked: Asked, zone: str) -> str:
    """The moment asked, and whose clocks all moments of the answer are told by."""
    moment = f", as known on {local_words(asked.known, zone)}" if asked.told else ""
    return f"{moment} (time of {place_of(zone)})"


def _notes(held: tuple[stakes.Held, ...]) -> Iterator[str]:
    for h in held:
        for note in (*h.position.notes, *h.position.entry.conflicts, *h.position.entry.doubts):
            yield f"{quote(h.position.timeline.party.name)}: {printable(note)}"
        if h.adjusted is not None:
            told = f"{number(h.shares)} shares as filed are {number(h.adjusted)} in shares of the day asked"
            yield f"{quote(h.position.timeline.party.name)}: {told} ({h.adjusted.formula})"
        seats = _seats([h.position.timeline])
        if seats:
            yield f"{quote(h.position.timeline.party.name)}: one position, reported by {'; '.join(map(quote, seats))}"


def _others(found: tuple[stakes.Other, ...]) -> Iterator[str]:
    """Notices that are in no balance, in a section of their own."""
    if found:
        yield "not shares of the issuer, and in no balance:"
    for other in found:
        body = other.notice
        status = "" if other.status is Status.FILED else f" [{other.status}]"
        whose = f"{quote(body.holder.name)} in {quote(other.issuer.name)}"
        yield f"  {other.day or 'day not told'}  {quote(body.serial or body.source_id or 'notice')}{status}: {whose}: {other.what}"
        for line in inputs.totals(body, []):
            yield f"      {line}"


def _seats(timelines: Iterable[Timeline]) -> list[str]:
    """Who reported one position together: the filers of events that more than one reported; a filer's other names are none."""
    return list(dict.fromkeys(s for t in timelines for e in t.entries if len(e.seats) > 1 for s in e.seats))
