"""What a statement of several persons says beside its figures: which amendment it is, whose total it tells, and what for."""

from stakeline.briefs.notice import about, quoted
from stakeline.briefs.phrases import clause, section, told
from stakeline.model.briefs import Section
from stakeline.model.stakes import Event, EventKind


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
        *(quoted(f"{item.basis.split(', ')[1]}, in the filer's words", item) for item in entry.items),
    )
