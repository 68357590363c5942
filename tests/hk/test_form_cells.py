"""Tables read by the short ways, a lone text and a table met before, say what the long way says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeline.model.problems import Problem
from stakeline.reading import html
from stakeline.regimes.hk import cells

_WORDS = st.sampled_from(
    [
        "Long position",
        "1,000",
        "8<br>0",
        "<br>",
        "a &amp; b",
        "&lt;td&gt;",
        "&nbsp;",
        "\u200b",
        "好倉",
        "",
    ]
)
_MARKUP = st.recursive(
    _WORDS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(st.sampled_from(["b", "font size=2", "div", "p", "span title='>'", "i", "center", "a"]), inner).map(
            lambda m: f"<{m[0]}>{m[1]}</{m[0].split()[0]}>"
        ),
        st.lists(inner, max_size=3).map(lambda m: "<table><tr>" + "".join(f"<td>{c}" for c in m) + "</table>"),
        st.sampled_from(["<script>if(a<td>b)</script>", "<!-- <td>7 -->", "<img alt='<td>8'>", "<style>td{}</style>"]),
    ),
    max_leaves=6,
)
_ROWS = st.lists(st.lists(_MARKUP, min_size=1, max_size=4), max_size=4)


def element(markup: str) -> html.Element:
    page = html.read(markup.encode())
    assert isinstance(page, html.Page)
    return page.elements["grd"]


def of(markup: str) -> tuple[cells.Row, ...]:
    return cells.rows(element(markup))


def as_they_are(rows: tuple[cells.Row, ...], where: str) -> cells.Told[cells.Row]:
    assert where == "box"
    return rows, ()


@settings(max_examples=400, deadline=None)
@given(_ROWS, st.sampled_from(["td", "th", "td rowspan=2", "TD class='<td>'"]), st.sampled_from(["table", "span"]))
def test_short_and_long_ways_say_the_same(rows: list[list[str]], tag: str, around: str) -> None:
    body = "".join(
        "<tr>" + "".join(f"<{tag}>{cell}</{tag.split(maxsplit=1)[0]}>" for cell in row) + "</tr>" for row in rows
    )
    whole = f"<table id=grd>{body}</table>" if around == "table" else f"<span id=grd><table>{body}</table></span>"
    node = element(whole)
    table = html.table(node)
    long = [["\n\n".join(html.leaves(c.element)) for c in row] for row in html.rows(table)] if table is not None else []
    expected = [tuple(row) for row in long if any(row)]
    for _ in range(2):
        assert [row.cells for row in cells.rows(node)] == expected


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("80<br>0", ["80\n0"]),
        ("A Ltd<br> <br>Road  Town", ["A Ltd\nRoad Town"]),
        ("x<table><tr><td>Long position<td>7</table>y", ["x", "Long position", "7", "y"]),
        ("<table><tr><td><table><tr><td>1<td>2</table><td>3</table>", ["1", "2", "3"]),
        ("1<script>2</script>", ["1"]),
        ("a\u200bb", ["ab"]),
        ("&lt;td&gt;5", ["<td>5"]),
    ],
)
def test_what_a_cell_says(cell: str, entries: list[str]) -> None:
    (row,) = of(f"<table id=grd><tr><td>{cell}</td></tr></table>")
    assert row.entries() == entries
    assert row.cells == ("\n\n".join(entries),)


def test_only_a_first_row_names_columns() -> None:
    rows = of("<table id=grd><tr><th>Name<th>Shares<tr><td>Name of a company<td>7</table>")
    assert [(row.number, row.header, row.span) for row in rows] == [(1, True, 1), (2, False, 1)]
    assert not of("<table id=grd><tr><td>Name<td>7</table>")[0].header
    assert of("<table id=grd><tr><td rowspan=3>2201<td>好倉</table>")[0].span == 3


def test_a_header_alone_tells_nothing() -> None:
    problems: list[Problem] = []
    alone = "<tr><th>Position<th>Shares</tr>"
    assert cells.told(element(f"<table id=grd>{alone}</table>"), "box", problems, as_they_are) == ()
    for row in ("<tr><td>Long position<td>", "<tr><th>Position<th>7"):
        (*_, told) = cells.told(element(f"<table id=grd>{row}</table>"), "box", problems, as_they_are)
        assert told.cells[0] in row
    assert not problems


def test_a_table_in_a_caption_has_no_rows_of_the_table_around_it() -> None:
    rows = of("<table id=grd><caption>x<table><tr><td>1<td>2</table>y</caption><tr><td>3</table>")
    assert [(row.number, row.cells) for row in rows] == [(1, ("3",))]


def test_text_outside_a_table_gives_no_rows() -> None:
    assert of("<span id=grd>text</span>") == ()
    problems: list[Problem] = []
    assert cells.told(element("<span id=grd>text</span>"), "box", problems, as_they_are) == ()
    assert [(p.where, p.found) for p in problems] == [("box", "text")]
