"""Words that hold digits are cited as words; a notice is a notice by its form; chains and parts are told apart."""

import msgspec
import pytest

from stakeline.briefs import render_text
from stakeline.briefs.notice import tree_section
from stakeline.briefs.phrases import told
from stakeline.model.briefs import Mark
from stakeline.model.figures import derive
from stakeline.model.notices import LinkKind
from stakeline.model.stakes import Event, Through

from . import founding
from .reading import text_of
from .test_briefs_compose import brief_of


def changed(**fields: object) -> Event:
    event = founding.event()
    return msgspec.structs.replace(event, entry=msgspec.structs.replace(event.entry, **fields))


def closing(*links: Through) -> str:
    section = tree_section(changed(through=links), founding.ISSUER)
    assert section is not None
    return text_of(section.sentences[-1])


def test_digits_of_a_text_are_cited_by_a_text_and_not_by_a_number() -> None:
    about = founding.event().entry.after.percent
    assert about is not None
    piece = told("code 1201 says so", about, "the filer's own words")
    assert isinstance(piece, Mark)
    assert (piece.figure.text, piece.figure.unit) == ("code 1201 says so", "text")
    assert piece.figure.id != about.id
    assert [p.document for p in piece.figure.places] == [p.document for p in about.places]
    assert told("no digits", None) == "no digits"
    assert told("2 digits", None) is None
    result = derive("x", (about,), about.bounds(), unit="pct", basis="b")
    again = told("at 9%", result)
    assert isinstance(again, Mark)
    assert again.figure.inputs == (result,)


def test_the_footnote_of_the_filers_words_quotes_them() -> None:
    brief = brief_of(changed(open=True, text="Transfer of 5,000 shares under the scheme of 2019."))
    marks = [m.figure for s in brief.sections for sentence in s.sentences for m in sentence if isinstance(m, Mark)]
    (words,) = [f for f in marks if f.basis == "the filer's own words"]
    assert words.text == "Transfer of 5,000 shares under the scheme of 2019."
    assert "the document as a whole" in render_text(brief, width=300)


PARENT = Through(name="Alpha Ltd", kind=LinkKind.CONTROLLED)
CHILD = Through(name="Beta Ltd", kind=LinkKind.CONTROLLED, under="Alpha Ltd")
SIDE = Through(name="Gamma Ltd", kind=LinkKind.CONTROLLED)
PARTIES = tuple(Through(name=name, kind=LinkKind.AGREEMENT) for name in ("Delta", "Epsilon"))


def test_the_same_shares_are_said_of_a_chain_alone() -> None:
    assert "the same ones" in closing(PARENT, CHILD)
    assert "parts of the total" not in closing(PARENT, CHILD)
    assert "the same ones" not in closing(PARENT, SIDE)
    assert "parts of the total" in closing(PARENT, SIDE)
    assert "the same ones" not in closing(*PARTIES)
    assert "the same ones" in closing(PARENT, CHILD, SIDE)
    assert "parts of the total" in closing(PARENT, CHILD, SIDE)
    assert closing(SIDE) == "It accounts for a part of the total, or for all of it; nothing is added up here."


@pytest.mark.parametrize("form", ["2", "3A", "2-2003"])
def test_a_notice_without_a_serial_is_a_loaded_notice(form: str) -> None:
    brief = brief_of(changed(form=form, serials=(), id="123456"))
    assert not any("not loaded" in words for words in brief.unknown)
    assert brief.told_by[0].startswith("notice without a serial number, 123456 at the source (Form ")
    listed = brief_of(changed(form="list", serials=()))
    assert any("not loaded" in words for words in listed.unknown)
