"""A brief as Markdown with footnotes."""

import re

from stakeline.briefs import days
from stakeline.briefs.footnotes import NO_ADVICE, Footnotes, printable
from stakeline.briefs.phrases import Sentence
from stakeline.model.briefs import Brief

_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~@])|(://)|\b(www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown (footnotes as "[^1]"). Words from outside cannot open markup, links or HTML."""
    notes = Footnotes(brief)
    told = [f"# {_line(brief.headline, notes)}", f"*Brief {days.as_asked(brief.on, brief.known, brief.zone)}.*"]
    for section in brief.sections:
        contrast = "\n\n*For contrast only.*" if section.contrast else ""
        told.append(f"## {escape(section.title)}{contrast}")
        told.append(" ".join(_line(s, notes) for s in section.sentences))
    for title, remarks in (("Not known", brief.unknown), ("Told by", brief.told_by)):
        if remarks:
            told += [f"## {title}", "\n".join(f"- {escape(r)}" for r in remarks)]
    if notes.sources:
        told += ["## Sources", "\n".join(f"- {key}: {inline(cite)}" for key, cite in notes.sources)]
    told.append(f"*{NO_ADVICE}*")
    told.append("\n".join(f"[^{n.number}]: `{n.id}` {escape(n.words)}" for n in notes.notes))
    return "\n\n".join(told) + "\n"


def escape(text: str) -> str:
    """Text that Markdown prints as it is, also at the start of a paragraph ("1." is no list)."""
    return _AT_START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", inline(text))


def inline(text: str) -> str:
    """Text inside a line that Markdown prints as it is: no emphasis, link, HTML or footnote opens in it."""
    return _SPECIAL.sub(lambda m: f"\\{m[1]}" if m[1] else ("\\://" if m[2] else f"{m[3]}\\."), printable(text))


def _line(sentence: Sentence, notes: Footnotes) -> str:
    words = []
    for number, (text, is_figure, note) in enumerate(notes.parts(sentence)):
        safe = inline(text) if number else escape(text)
        words.append(f"**{safe}**" if is_figure and safe.strip() == safe else safe)
        if note is not None:
            words.append(f"[^{note.number}]")
    return "".join(words)
