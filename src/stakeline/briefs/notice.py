"""What kind of notice it is and how it stands: directors' notices, amendments, withdrawals, other legs, the filer's words."""

from collections.abc import Iterator, Sequence

from stakeline.briefs.happening import NOUNS, READ, at_price, ends, stake_percent, verb
from stakeline.briefs.numerals import amount, percent, plain, price
from stakeline.briefs.phrases import (
    Sentence,
    clause,
    clean,
    happened,
    listed,
    mark,
    section,
    sentence,
    shares_of_class,
    show,
    told,
)
from stakeline.model.briefs import Section
from stakeline.model.figures import Figure
from stakeline.model.notices import Leg, LinkKind, Status
from stakeline.model.stakes import Entry, Event, EventKind, Issuer, Part, Through, tree

_LONGEST_TREE = 30
_LONGEST_QUOTE = 700
"""Characters of a filing's words that are printed; all of them stand where the footnote says."""
_TOGETHER = "these report together: they tell the same shares again, or parts of them; nothing is added up here."
_AT_THE_END = (
    "what is held in each of these ways is told after the last event of the filing, of which this is one of several."
)
_PART_OF_TOTAL = {"derivatives", "lending pool"}


def odd_section(event: Event, beside: Sequence[Event]) -> Section | None:
    """What is odd in the notice: figures at odds with one another, with what there can be, or with other sources."""
    kinds = (EventKind.MISMATCH, EventKind.SUSPECT)
    odd = [e for e in (event, *beside) if e.kind in kinds and e.note]
    return section("What does not fit", *(_note(e) for e in odd))


def purchases_section(event: Event, beside: Sequence[Event]) -> Section | None:
    """How a purchase stands among those of the same insider and of others."""
    told_of = [e for e in (event, *beside) if e.kind in (EventKind.FIRST_PURCHASE, EventKind.CLUSTER) and e.note]
    return section("Among other purchases", *(clause(told(e.note, about(e.entry)), ".") for e in told_of))


def late_section(event: Event, beside: Sequence[Event]) -> Section | None:
    """That the notice came after its last day, with what would excuse it."""
    late = [e for e in (event, *beside) if e.kind is EventKind.LATE and e.note]
    return section(
        "When it was filed",
        *(clause(told(e.note, about(e.entry)), f" (law: {clean(e.law)})." if e.law else ".") for e in late),
    )


def _note(event: Event) -> Sentence | None:
    words = told(event.note, about(event.entry))
    return clause(words, ", as filed; nothing is corrected here." if event.kind is EventKind.SUSPECT else ".")


def standing_section(event: Event, issuer: Issuer, replaced: Sequence[Entry]) -> Section | None:
    """An amendment and what it amended, or what a notice said that was withdrawn or replaced.

    replaced: the entries that this one stands in the place of, where they are known.
    """
    entry = event.entry
    if entry.withdrawn:
        return section("What the notice said, which no longer stands", _retired(entry), _said_then(event, issuer))
    if entry.status is not Status.AMENDMENT:
        return None
    named = told(_serials(entry.related), about(entry))
    return section(
        "How this notice stands",
        clause("it amends the notice ", named, " and stands in its place."),
        *(_before_it(old, entry) for old in replaced),
    )


def _retired(entry: Entry) -> Sentence | None:
    """Gives "It was withdrawn on 18 November 2022.", "It was replaced by the notice CS...."."""
    if entry.status is Status.WITHDRAWN:
        return sentence("it was withdrawn", "." if entry.status_day else "; the day is not told.")
    named = told(_serials(entry.related), about(entry)) if entry.related else None
    return clause("it was replaced by the notice ", named, ".")


def _said_then(event: Event, issuer: Issuer) -> Sentence | None:
    entry, kind = event.entry, shares_of_class(event, issuer)
    before, after = ends(event)
    at = at_price(entry) or clause(" at ", show(price, entry.price), " a share") or ""
    moved = clause(show(amount, entry.moved), f" {kind} involved", at)
    was = clause(", after ", show(stake_percent, before), " before it") or ""
    to = clause("a total of ", show(stake_percent, after), was)
    total = clause(_count(entry.after.shares), f" {kind} held after it")
    return clause(
        "it told, of an event of ", happened(event), ": ", listed([moved, to, total], last="; ", between="; "), "."
    )


def _before_it(old: Entry, new: Entry) -> Sentence | None:
    """What an amendment changed: each total and number that differs."""
    pairs = [
        ("percent after the event", old.after.percent, new.after.percent),
        ("shares after the event", old.after.shares, new.after.shares),
        ("percent before it", old.before.percent, new.before.percent),
        ("shares before it", old.before.shares, new.before.shares),
        ("shares involved", old.moved, new.moved),
        ("the price", old.price, new.price),
        ("the other price", old.other_price, new.other_price),
    ]
    changes = [
        sentence(
            f"{words}: ", _figure(one) or "not told", " before the amendment, ", _figure(other) or "not told", " now"
        )
        for words, one, other in pairs
        if (one.number if one else None) != (other.number if other else None)
    ]
    if old.code != new.code:
        about_it = about(new)
        codes = told(f"code {clean(old.code or 'none')}", about_it), told(f"{clean(new.code or 'none')}", about_it)
        changes.append(sentence("the reason: ", codes[0], " before, ", codes[1], " now"))
    if not changes:
        return sentence("the figures that we compare are those of the notice that it amends.")
    return clause("it changed ", listed(changes, last="; ", between="; "), ".")


def _figure(figure: Figure | None) -> Sentence | None:
    if figure is None:
        return None
    if figure.unit == "pct":
        return clause(show(stake_percent, figure))
    return clause(show(price, figure)) if figure.unit == "currency" else clause(_count(figure))


def kind_section(event: Event, issuer: Issuer) -> Section | None:
    """What must be known of this kind of notice to read its figures; nothing for a plain notice of a long position."""
    entry = event.entry
    if event.kind is EventKind.GAP:
        return None
    pool = (
        sentence("the lending pool is a part of the long position and no addition to it.")
        if event.leg is Leg.POOL
        else None
    )
    short = sentence("long and short positions are counted apart.") if event.leg is Leg.SHORT else None
    parts = [_part(part, event, issuer) for part in entry.parts]
    notes = [quoted(clean(note.basis), note) for note in entry.footnotes]
    return section(
        "How to read it", _any_size(entry), _office(entry), _plan(event), pool, short, *parts, *_words(entry), *notes
    )


def _any_size(entry: Entry) -> Sentence | None:
    """That the notice answers to a duty without a lowest level."""
    if not entry.any_size:
        return None
    duty = told((entry.duty or "director or chief executive").replace(": ", ", about "), about(entry))
    return clause(
        "it is the notice of a ",
        duty,
        ". Of such interests every one is notified, and every change, whatever its size:"
        " a small figure is nothing unusual, and no lowest level is a limit here.",
    )


def _office(entry: Entry) -> Sentence | None:
    """In what capacity the person reports, where the duty is one of such persons."""
    return clause("the capacity, as filed: ", told(entry.capacity, about(entry)), ".") if entry.any_size else None


def _plan(event: Event) -> Sentence | None:
    """The box for trading plans, which is one for all rows of a filing: said of purchases and sales, which plans are about."""
    if not event.entry.plan or verb(event) is None:
        return None
    words = "says of the whole filing that a transaction in it was made under a trading plan (Rule 10b5-1(c))"
    return clause("a box ", told(words, about(event.entry)), ".")


def quoted(whose: str, words: Figure) -> Sentence | None:
    """Words of a filing with their own place: "Footnote F1: “...”."; cut between words where they are long."""
    text = clean(words.text or "", len(words.text or "") + 1)
    if len(text) > _LONGEST_QUOTE:
        cut = text[:_LONGEST_QUOTE]
        text = f"{cut.rpartition(' ')[0] or cut} …"
    end = "\u201d" if text.endswith((".", "…")) else "\u201d."
    return clause(f"{whose}: \u201c", mark(text, words), end)


def _part(part: Part, event: Event, issuer: Issuer) -> Sentence | None:
    kind, leg = shares_of_class(event, issuer), NOUNS[event.leg]
    what = clause(" (", told(part.what, part.shares or about(event.entry)), ")") if part.what else ""
    held = clause(_count(part.shares), f" {kind}")
    if part.kind == "derivatives":
        return sentence(
            f"of the {leg}, ", held or "a number that is not told", " are held through derivatives", what, "."
        )
    if part.kind == "beside the shares":
        left = clause(": ", _count(part.shares), " held after it, in units of their own") or ""
        return sentence("beside the shares, and in no total of them, are derivatives", what, left, ".")
    if part.kind == "over shares":
        over = clause(": they are over ", held)
        return sentence("beside the shares, and in no total of them, are derivatives", what, over, ".")
    if part.kind in _PART_OF_TOTAL and event.leg is Leg.LONG:
        return clause(f"of the {leg}, ", held, f" are in the {part.kind}: a part of it, not an addition.")
    return clause(f"the same notice tells a {part.kind} of ", held, ", which is never added or set off.")


def _words(entry: Entry) -> Iterator[Sentence | None]:
    """The filer's own words where the code leaves the event to them."""
    if not entry.open:
        return
    if not entry.text:
        yield sentence("the code leaves the event to the filer's own words, and none were read.")
        return
    read, end = None, "\u201d" if entry.text.rstrip().endswith((".", "。")) else "\u201d."
    if entry.said is not None:
        read = f" Read from them: {READ[entry.said.deed]}. That is our reading, not a code's."
    yield sentence(
        clause("the filer's own words: \u201c", told(entry.text, about(entry), "the filer's own words"), end), read
    )


def tree_section(event: Event, issuer: Issuer) -> Section | None:
    """Who holds through whom, as the notice names them; nothing is summed up."""
    links = tree(event.entry.through)
    if not links or event.entry.withdrawn or event.kind is EventKind.GAP:
        return None
    lines = [_link(depth, link, event, issuer) for depth, link in links[:_LONGEST_TREE]]
    more = "further ones are on the notice." if len(links) > _LONGEST_TREE else ""
    return section(
        "Through whom it is held, as filed",
        *lines,
        sentence(more),
        *([sentence(_TOGETHER)] if event.entry.combined else _told_of(links)),
        sentence(_AT_THE_END) if _one_of_several(event.entry) else None,
    )


def _one_of_several(entry: Entry) -> bool:
    """True for one event of a filing that tells several, and balances in each way of holding after the last of them alone."""
    return "#" in entry.id and any(link.kind is LinkKind.INDIRECT for link in entry.through)


def _told_of(links: Sequence[tuple[int, Through]]) -> Iterator[Sentence]:
    """How the links hang together; who only reports jointly accounts for no part of the total."""
    parts = [(depth, link) for depth, link in links if link.kind is not LinkKind.JOINT or link.shares is not None]
    if len(parts) < len(links):
        yield sentence("who reports jointly reports the same shares: one position, counted once.")
    if parts:
        yield sentence(_overlap(parts))


def _overlap(links: Sequence[tuple[int, Through]]) -> str:
    """How the shares of the links hang together: the same ones along a chain alone, else parts of the total."""
    chained = any(depth and link.kind is LinkKind.CONTROLLED for depth, link in links)
    below = [" ".join((link.under or "").casefold().split()) if depth else "" for depth, link in links]
    beside = len(set(below)) < len(below)
    said = []
    if chained:
        said.append("a corporation below another is a link of one chain: their shares are the same ones, told twice")
    if beside or not chained:
        said.append(
            "what is named side by side accounts for parts of the total" if beside else "it accounts for a part"
        )
    return (
        f"{'; '.join(said)}{'' if beside or chained else ' of the total, or for all of it'}; nothing is added up here."
    )


def _link(depth: int, link: Through, event: Event, issuer: Issuer) -> Sentence | None:
    figure = link.shares or link.control or about(event.entry)
    name = told(link.name, figure) or "a name that is not told"
    facts = [
        sentence(told(link.kind.value, figure)),
        clause(told(link.status, figure)) if link.status else None,
        clause(show(percent, link.control), " controlled"),
        sentence("with a direct interest") if link.direct else None,
        clause(_count(link.shares), f" {shares_of_class(event, issuer)}"),
    ]
    return sentence("› " * (depth + 1), name, ": ", listed(facts), ".")


def _count(figure: Figure | None) -> Sentence | None:
    """A number of shares as filed: every digit, for these are compared with the page."""
    if figure is None:
        return None
    return clause(mark(plain(figure.number) if figure.span is None else amount(figure, digits=12), figure))


def about(entry: Entry) -> Figure | None:
    """The figure by which a remark on the whole notice is cited."""
    told_figures = (
        entry.event_day,
        entry.after.percent,
        entry.after.shares,
        entry.before.percent,
        entry.before.shares,
        entry.moved,
    )
    return next((f for f in told_figures if f is not None), None)


def _serials(serials: Sequence[str]) -> str:
    return " and ".join(clean(s) for s in serials)
