"""The renderings: text, Markdown, HTML and JSON of the founding brief, and of one made of hostile names."""

import io
import json
import re
import subprocess
import sys
import time
from html.parser import HTMLParser

import msgspec
import pytest
from rich.console import Console

from stakeline.briefs.footnotes import Footnotes, marks
from stakeline.briefs.layout import Span, cells, plain, wrap
from stakeline.briefs.render_html import render_html
from stakeline.briefs.render_json import read_json, render_json
from stakeline.briefs.render_markdown import render_markdown
from stakeline.briefs.render_text import print_brief, render_text
from stakeline.model.briefs import Brief
from stakeline.model.context import Context
from stakeline.model.stakes import Issuer, Party, Security

from . import founding
from .test_briefs_compose import brief_of

HOSTILE = "<script>alert(1)</script>[x](http://evil.example)\x1b[31m\u202egnp.exe\u2066 **B** www.evil.example \x00\n# top {{7*7}} [red]"


@pytest.fixture(scope="module")
def brief() -> Brief:
    return brief_of(founding.event(), gap=founding.gap())


@pytest.fixture(scope="module")
def hostile() -> Brief:
    """Every name and remark that a source can choose, chosen badly."""
    place = (HOSTILE, HOSTILE, HOSTILE)
    filed = founding.entry(
        moved=founding.number("80000000", "shares", HOSTILE, place=place, cites=(HOSTILE,), doubt=HOSTILE[:70]),
        conflicts=(HOSTILE,),
        doubts=(HOSTILE,),
        serials=(HOSTILE,),
        seats=(HOSTILE, HOSTILE[:40]),
    )
    event = founding.event(
        entry=filed,
        party=Party(key="x", name=HOSTILE),
        security=Security(subject="hk:00020", share_class=HOSTILE),
        note=HOSTILE,
        cause_why=HOSTILE,
    )
    peer = msgspec.structs.replace(founding.peers()[0], label=HOSTILE, note=HOSTILE)
    return brief_of(event, Context(peers=(peer,)), issuer=Issuer(subject="hk:00020", name=HOSTILE))


def test_text_is_as_wide_as_asked(brief: Brief) -> None:
    for width in (80, 100, 120):
        rows = render_text(brief, width=width).splitlines()
        assert max(map(cells, rows)) == width
    assert max(map(cells, render_text(brief, width=10).splitlines())) == 60


def test_text_says_when_it_was_known_and_what_it_is_not(brief: Brief) -> None:
    text = render_text(brief)
    assert "as known on 16 November 2022, 09:00 (Hong Kong)" in text.splitlines()[0]
    assert text.rstrip().splitlines()[-1].strip() == "Neither legal nor investment advice."


def test_text_holds_every_sentence_whatever_the_width(brief: Brief) -> None:
    """Without footnote marks, titles and line breaks the text is the sentences."""
    body = "".join(line[19:] + " " for line in render_text(brief, width=80).splitlines()[4:])
    bare = " ".join(re.sub(r"\[\d+\]", "", body).split())
    for section in brief.sections:
        for sentence in section.sentences:
            assert "".join(p.words for p in sentence) in bare


def test_every_figure_has_a_footnote_with_id_value_and_source(brief: Brief) -> None:
    notes = Footnotes(brief)
    assert [n.number for n in notes.notes] == list(range(1, len(notes.notes) + 1))
    assert {n.id for n in notes.notes} == {m.figure.id for m in marks(brief)}
    text = " ".join(render_text(brief).split("Footnotes")[1].split())
    for note in notes.notes:
        assert f"{note.number} {note.id} {note.value} · {note.basis}" in text
        assert all(note.source)


def test_footnotes_say_what_is_derived_and_rounded(brief: Brief) -> None:
    notes = {n.number: n for n in Footnotes(brief).notes}
    by_value = {n.value: n for n in notes.values()}
    left = by_value["2,270,533,136 shares"]
    assert left.said == ("derived", "between 2,267,934,835.5 and 2,273,131,875", "rounded in print")
    percent, base = by_value["8.74%"], by_value["25,978,640,000 shares"]
    assert left.source[0].endswith(f"from [{percent.number}], [{base.number}]")
    assert percent.said == ("rounded at the source: between 8.735 and 8.75",)
    assert "rounded in print" not in by_value["145,520,000 HKD"].said
    assert "doubt: one source" in by_value["1.79 HKD"].said


def test_sources_are_named_once_and_cited_by_key(brief: Brief) -> None:
    notes = Footnotes(brief)
    first, second, *_ = notes.notes
    assert first.source[0] == "row 1, column moved, disclosures.csv (S1; S2)"
    assert second.source[0] == "row 1, column price, disclosures.csv (S1; S2)"
    assert notes.sources[0][0] == "S1"
    assert "RTHK, 14 November 2022" in notes.sources[0][1]
    assert len({cite for _, cite in notes.sources}) == len(notes.sources)


def test_colour_changes_no_letter(brief: Brief) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system="truecolor")
    print_brief(brief, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    coloured = file.getvalue()
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [r.rstrip() for r in bare.splitlines()] == render_text(brief, width=100).splitlines()


def test_rendering_is_fast() -> None:
    """Well under 50 ms for composing and plain text; the limit here allows for a busy machine."""
    best = 1.0
    for _ in range(5):
        start = time.process_time()
        render_text(brief_of(founding.event(), founding.context()))
        best = min(best, time.process_time() - start)
    assert best < 0.05


def test_plain_text_needs_neither_rich_nor_jinja2() -> None:
    code = (
        "import sys, stakeline.briefs.compose, stakeline.briefs.render_text, stakeline.briefs.render_html, "
        "stakeline.briefs.why; print([m for m in ('rich', 'jinja2') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_markdown_footnotes_meet(brief: Brief) -> None:
    told = render_markdown(brief)
    body, _, below = told.partition("\n[^1]: ")
    used = set(re.findall(r"\[\^(\d+)\]", body))
    defined = set(re.findall(r"^\[\^(\d+)\]:", "[^1]: " + below, re.MULTILINE))
    assert used == defined
    assert "**HK$1.8190**[^2]" in body
    assert "*For contrast only.*" in body
    assert "Neither legal nor investment advice." in told


class Page(HTMLParser):
    """What a page is made of: its tags with attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_stands_alone(brief: Brief) -> None:
    source = render_html(brief)
    page = Page(source)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form"}
    addresses = [a[k] or "" for _, a in page.tags for k in ("href", "src") if k in a]
    assert addresses
    assert all(a.startswith("#n") for a in addresses)
    assert "url(" not in source
    assert "@import" not in source
    targets = {a["id"] for _, a in page.tags if "id" in a}
    assert {a.removeprefix("#") for a in addresses} == targets
    assert "prefers-color-scheme: dark" in source
    assert "@media print" in source
    assert all(a.get("tabindex") == "0" for t, a in page.tags if t == "span" and "figure" in (a.get("class") or ""))


def test_html_tells_the_same_headline(brief: Brief) -> None:
    page = Page(render_html(brief))
    assert "".join(p.words for p in brief.headline) in page.text  # the title
    assert "Neither legal nor investment advice." in page.text


def test_html_tells_every_sentence(brief: Brief) -> None:
    """Hover texts and footnote signs taken away, what is left is the sentences."""
    source = re.sub(r'<span class="tip".*?</span>|<sup>.*?</sup>', "", render_html(brief))
    text = Page(source).text
    for section in brief.sections:
        for sentence in section.sentences:
            assert "".join(p.words for p in sentence) in text


def test_json_goes_there_and_back(brief: Brief) -> None:
    data = render_json(brief)
    assert read_json(data) == brief
    told = json.loads(data)
    ids = {p["id"] for p in told["headline"] if p["type"] == "figure"}
    assert ids == {m.id for m in (p.figure for p in brief.headline if hasattr(p, "figure"))}
    assert [n["id"] for n in told["footnotes"]] == [f.id for f in brief.figures()]
    with pytest.raises(msgspec.DecodeError):
        read_json(data[: len(data) // 2])


def test_hostile_names_print_no_control(hostile: Brief) -> None:
    for told in (render_text(hostile), render_markdown(hostile), render_html(hostile)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", told)
        assert "gnp.exe" in told


def test_hostile_names_open_no_tag_in_html(hostile: Brief) -> None:
    page = Page(render_html(hostile))
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script>" in page.text
    assert "{{7*7}}" in page.text
    assert {a["href"] for _, a in page.tags if "href" in a} <= {f"#n{i}" for i in range(1, 100)}


def test_hostile_names_open_nothing_in_markdown(hostile: Brief) -> None:
    told = render_markdown(hostile)
    assert not re.search(r"(?<!\\)<", told)
    assert not re.search(r"(?<!\\)\[(?!\^\d+\])", told)
    assert not re.search(r"(?<![\\*])\*\*B", told)
    assert "http://" not in told
    assert "www.evil" not in told
    assert not [line for line in told.splitlines() if line.startswith("# top")]


def test_hostile_names_mean_nothing_to_the_console(hostile: Brief) -> None:
    console = Console(file=io.StringIO(), width=100, force_terminal=False)
    print_brief(hostile, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    assert "[red]" in " ".join(file.getvalue().split())
    assert "\x1b" not in file.getvalue()


def test_wide_letters_and_long_words_fit() -> None:
    told = wrap([Span("商湯集團股份有限公司 " * 3), Span("x" * 50)], 20)
    assert all(sum(cells(s.text) for s in line) <= 20 for line in told)
    assert plain(told).replace("\n", "").replace(" ", "") == "商湯集團股份有限公司" * 3 + "x" * 50


def test_figures_are_not_broken() -> None:
    told = wrap([Span("the stake of "), Span("80 million", "figure", whole=True), Span(" shares")], 16)
    assert plain(told) == "the stake of\n80 million\nshares\n"
