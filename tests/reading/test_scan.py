"""A page read without a parser says what the parser's tree says, or is left to the parser."""

from random import Random
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests import pages
from tests.hostile import mutations

from stakeline.model.documents import Document
from stakeline.reading import html
from stakeline.reading.scan import scan

Told = dict[str, object]


def told(elements: dict[str, html.Element]) -> Told:
    """All that can be asked of elements."""
    return {name: (html.words(e), html.pieces(e), html.leaves(e), rows(e)) for name, e in elements.items()}


def rows(element: html.Element) -> object:
    table = html.table(element)
    cells = html.rows(table) if table is not None else []
    return [[(html.leaves(c.element), html.words(c.element), c.down, c.across) for c in row] for row in cells]


def compare(markup: str) -> bool:
    """True where the page was read without the parser."""
    found = scan(markup)
    if found is None:
        return False
    elements, repeated = html.walk(LexborHTMLParser(markup.encode()))
    assert not repeated
    assert list(told(found).items()) == list(told(elements).items())
    return True


PAGES = [pages.founding_notice, pages.form1, pages.form3a, pages.form3c]


@pytest.mark.parametrize("layout", range(30))
def test_pages_of_every_layout_need_no_parser(layout: int) -> None:
    for make in PAGES:
        assert compare(make(layout, text="A & B\nLtd").decode())
        assert compare(
            make(layout).decode().replace("<head>", "<head><!-- top --><script>if (a < b) c('</p>');</script>")
        )
    assert compare(pages.list_page([["CS20221111E00123", "A < 1", "1201(L)"]] * 2, layout=layout).decode())


@pytest.mark.parametrize(
    "inner",
    [
        "<h1 id=a>A <b>1</b></h1><p id=b>2<br>3</p><ul id=c><li>4</li> <li><p>5</p></li></ul><hr><ol><li>6</li></ol>",
        "<table id=a><tr><td><p>1</p><center><font size=2><h2>2</h2></font></center><td><label>3</label><sup>4</sup></table>",
    ],
)
def test_ordinary_markup_needs_no_parser(inner: str) -> None:
    assert compare(f"<html><head><title>t</title></head><body>{inner}</body></html>")


_TAGS = (
    "table tbody thead tr td th span div b i font a form p br hr input html head title body meta script style center li ul "
    "select option textarea template svg caption col noscript iframe button h1 h2 p ol sup label plaintext frameset main"
)
_ATTRIBUTES = [
    "",
    "",
    " id=a",
    ' id="b"',
    " ID='c'",
    " class=x id=d",
    ' title="<b>"',
    " rowspan=2",
    " id=e/",
    ' a="1"b',
    " x=1 id=f",
]
_PIECES = st.one_of(
    st.tuples(st.sampled_from(_TAGS.split()), st.sampled_from(_ATTRIBUTES), st.sampled_from(["", "", "", "/"])).map(
        lambda t: f"<{t[0]}{t[1]}{t[2]}>"
    ),
    st.sampled_from(_TAGS.split()).map(lambda name: f"</{name}>"),
    st.sampled_from(
        [
            *(
                "1",
                "x ",
                " ",
                "\n",
                "&nbsp;",
                "&amp;",
                "&#x27;",
                "&copy",
                "&notit;",
                "8&nbsp;0",
                "<",
                ">",
                "<1>",
                "\0",
                "\x1e",
            ),
            *(
                "\u200b",
                "<!-- a -->",
                "<!-->",
                "<!-- <td id=g> -->",
                "<!--",
                "-->",
                "--!>",
                "<!x>",
                "<!doctype html>",
                "<?x?>",
            ),
            *(
                "<![CDATA[x]]>",
                "<script>a</script>",
                "<script><!--<script></script>",
                "<style><td id=h></style>",
                "<!>",
            ),
            '<a href="x?a=1&b">',
        ]
    ),
)
_CELL = st.lists(_PIECES, max_size=5).map("".join)
_TABLE = st.lists(st.lists(_CELL, max_size=3), max_size=3).map(
    lambda found: (
        "<table id=t>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in found) + "</table>"
    )
)


@settings(max_examples=600, deadline=None)
@given(inner=st.lists(st.one_of(_PIECES, _TABLE), max_size=12).map("".join), framed=st.booleans())
@example(inner="<table id=a><tr><td><b>1<td id=b>2</td></tr></table>3", framed=True)
@example(inner="<table id=a><tr><td><form><td id=b>2</td></tr></table><form id=c>3</form>", framed=True)
@example(inner="<td&nbsp;id=a>1", framed=True)
@example(inner="<a title='<script>' id=a>1</a><script>2</script>", framed=True)
@example(inner="<table id=a>&nbsp;<tr><td>1</td></tr></table>", framed=True)
def test_any_markup_says_the_same_or_is_left_to_the_parser(inner: str, *, framed: bool) -> None:
    compare(f"<html><head><title>t</title></head><body>{inner}</body></html>" if framed else inner)


@pytest.mark.parametrize("seed", range(150))
def test_mutated_pages_say_the_same_or_are_left_to_the_parser(seed: int) -> None:
    dice = Random(seed)
    data = PAGES[seed % 4](
        dice.randrange(1000), after=[("Long position", 1_000, "5.00")], capacities=[("2101", [("Long position", 7)])]
    )
    _, changed = mutations.mutant(seed, [Document(data=data, name="page.html")])
    compare(changed.data.decode("utf-8", "ignore"))


def test_a_page_that_stops_inside_a_tag_met_before_is_left_to_the_parser() -> None:
    whole = pages.founding_notice().decode()
    assert compare(whole)
    for at in range(200, len(whole) - 10, 7):
        assert not compare(whole[:at])


def test_a_script_in_a_box_is_left_to_the_parser() -> None:
    page = pages.founding_notice(shares=8).decode().replace("<head>", "<head><script>a</script>")
    assert compare(page)
    assert not compare(page.replace(">8</span>", ">8<script>document.write(0)</script></span>"))


@pytest.mark.parametrize(
    "piece", ["<!--", "<!--a-", "<script ", "<style>a", '<a href="', ">", "> ", "<!--a--!", "&nbsp;>"]
)
def test_time_is_in_proportion_to_the_page(piece: str) -> None:
    page = "<html><head>" + piece * 50_000
    start = process_time()
    scan(page)
    scan(page + "--!><" + page)
    assert process_time() - start < 5
