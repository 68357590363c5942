"""What a statement of several persons says beside its figures: which amendment it is, whose total it tells, and what for."""

from stakeline.briefs.notice import about
from stakeline.briefs.phrases import Sentence, clause, clean, mark, section, sentence, told
from stakeline.model.briefs import Section
from stakeline.model.figures import Figure
from stakeline.model.stakes import Event, EventKind

_LONGEST = 700
"""Characters of an item that are printed; all of it stands where the footnote says."""


def schedule_section(event: Event) -> Section | None:
    """The amendment's number, how the one total follows from several cover pages, and the filer's words."""
    entry = event.entry
    if event.kind is EventKind.GAP:
        return None
    number = f"amendment no. {entry.amendment}" if entry.amendment is not None else None
    return section(
        "What the statement says",
        clause("it is ", told(number, about(entry)), "."),
        clause("several persons report one position: ", told(entry.combined, about(entry)), ".")
        if entry.combined
        else None,
        *(_item(item) for item in entry.items),
    )


def _item(item: Figure) -> Sentence:
    """Gives "Purpose of the transaction, in the filer's words: “...”."."""
    words = clean(item.text or "", _LONGEST)
    what = item.basis.split(", ")[1]
    return sentence(f"{what}, in the filer's words: \u201c", mark(words, item), "\u201d.")
