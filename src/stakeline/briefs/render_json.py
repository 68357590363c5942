"""A brief as JSON, whole: every sentence with its figures, their ids, sources and workings."""

from typing import Any

import msgspec

from stakeline.briefs.footnotes import Footnotes
from stakeline.model.briefs import Brief, Mark, Part


def render_json(brief: Brief) -> bytes:
    """The brief in the form of `model.briefs.Brief`, so that it can be read back as one (`read_json`).

    Beside it each figure in a sentence has its "id", and "footnotes" lists number, id and words of every footnote, and "sources" what they cite.
    """
    notes = Footnotes(brief)
    whole: dict[str, Any] = msgspec.to_builtins(brief)
    _name(whole["headline"], brief.headline, notes)
    for told, section in zip(whole["sections"], brief.sections, strict=True):
        for parts, sentence in zip(told["sentences"], section.sentences, strict=True):
            _name(parts, sentence, notes)
    whole["footnotes"] = [{"number": n.number, "id": n.id, "words": n.words} for n in notes.notes]
    whole["sources"] = dict(notes.sources)
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def read_json(data: bytes) -> Brief:
    """The brief that `render_json` wrote. msgspec.DecodeError where it is none."""
    return msgspec.json.decode(data, type=Brief)


def _name(told: list[dict[str, Any]], sentence: tuple[Part, ...], notes: Footnotes) -> None:
    """Add the id of each figure to the parts of a sentence."""
    for part, source in zip(told, sentence, strict=True):
        if isinstance(source, Mark):
            part["id"] = notes.id_of(source.figure)
