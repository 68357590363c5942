"""Bytes to elements: encodings, markup that is wrong or hostile, and text that is never joined across markup."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeline.model.problems import Problem, Severity
from stakeline.reading import html


def page(data: bytes) -> html.Page:
    found = html.parse(data)
    assert isinstance(found, html.Page)
    return found


def words(markup: str) -> str:
    return html.words(page(f"<div id=x>{markup}</div>".encode()).elements["x"])


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("80,000<br>000", "80,000 000"),
        ("8<b>0</b>", "8 0"),
        ("&nbsp;", ""),
        ("A&amp;B\r\n  Ltd", "A&B Ltd"),
        ("商湯<BR/>集團", "商湯 集團"),
        ("a\u202eb\u200bc", "abc"),
        ("\ue000私", "\ue000私"),
    ],
)
def test_text_is_clean_and_never_joined(markup: str, told: str) -> None:
    assert words(markup) == told


def test_charsets() -> None:
    big5 = '<meta charset="big5"><p id=x>中文</p>'.encode("big5")
    assert html.words(page(big5).elements["x"]) == "中文"
    wide = "<p id=x>中文</p>".encode("utf-16")
    assert html.words(page(wide).elements["x"]) == "中文"
    assert html.words(page(b'<meta charset="zip"><p id=x>a</p>').elements["x"]) == "a"


def test_bytes_that_do_not_decode_are_noted() -> None:
    read = page(b"<p id=x>caf\xe9</p>")
    assert [p.severity for p in read.problems] == [Severity.NOTE]
    assert "�" in html.words(read.elements["x"])


def test_ids_that_stand_twice_with_different_text() -> None:
    read = page(b"<p id=a>1</p><p id=a>2</p><p id=b>1</p><p id=b> 1 </p>")
    assert read.repeated == ("a",)
    assert html.words(read.elements["a"]) == "1"


@pytest.mark.parametrize(
    ("data", "cut", "unended"),
    [
        (b"<html><p>a</p></html>", False, False),
        (b"<HTML><p>a</HTML>\r\n<!-- saved -->", False, False),
        (b"<p>a</p>", False, False),
        (b"<html><p>a</p>", False, True),
        (b"<html><p>80,0", True, True),
        (b"<p>a</p><td cla", True, False),
    ],
)
def test_pages_that_stop_before_their_end(data: bytes, *, cut: bool, unended: bool) -> None:
    read = page(data)
    assert (read.cut, read.unended) == (cut, unended)


def test_rows_do_not_count_tables_inside() -> None:
    markup = b"<table id=t><tr><th>h<tr><td><table><tr><td>1<td>2</table><td>b<br>c</table>"
    rows = html.table(page(markup).elements["t"])
    assert [[html.leaves(cell) for cell in row] for row in rows] == [[["h"]], [["1", "2"], ["b\nc"]]]


def test_leaves_keep_what_stands_beside_a_table() -> None:
    markup = b"<table id=t><tr><td>Name <font>Ltd</font><table><tr><td>1</table>after<p>block</p></table>"
    (row,) = html.table(page(markup).elements["t"])
    assert html.leaves(row[0]) == ["Name Ltd", "1", "after", "block"]


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 1_000_000,
        b"".join(b"<b a=%d>" % i for i in range(3000)) + b"<p>x" * 3000,
        b"<select>" + b"<option>" * 300_000,
        b"<body a=1>" * 200_000,
        b"x" * (html.LARGEST_PAGE + 1),
    ],
    ids=["deep", "formatting", "options", "bodies", "large"],
)
def test_pages_made_to_exhaust_the_parser_are_refused_at_once(data: bytes) -> None:
    start = time.monotonic()
    found = html.parse(data)
    assert isinstance(found, Problem)
    assert found.severity is Severity.INPUT
    assert time.monotonic() - start < 10


def test_deep_tables_are_read_without_recursion_errors() -> None:
    read = page(b"<table id=t><tr><td>" + b"<table><tr><td>" * 300 + b"1")
    ((cell,),) = html.table(read.elements["t"])
    assert html.leaves(cell) == ["1"]


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    assert isinstance(html.parse(data), html.Page | Problem)
