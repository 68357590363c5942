"""Bytes to elements: encodings, markup that is wrong or hostile, and text that is never joined across markup."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import pages

from stakeline.model.problems import Problem, Severity
from stakeline.reading import html


def page(data: bytes) -> html.Page:
    found = html.read(data)
    assert isinstance(found, html.Page)
    return found


def rows(data: bytes) -> list[list[html.Cell]]:
    table = html.table(page(data).elements["t"])
    assert table is not None
    return html.rows(table)


def words(markup: str) -> str:
    return html.words(page(f"<div id=x>{markup}</div>".encode()).elements["x"])


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("80,000<br>000", "80,000 000"),
        ("8<b>0</b>", "8 0"),
        ("&nbsp;", ""),
        ("8<script>document.write(0)</script>", "8 document.write(0)"),
        ("A&amp;B\r\n  Ltd", "A&B Ltd"),
        ("商湯<BR/>集團", "商湯 集團"),
        ("a\u202eb\u200bc", "abc"),
        ("80\u200b,000", "80�,000"),
        ("\u202e08", "�08"),
        ("\u200e80,000\u200b", "80,000"),
        ("3\u200bD Ltd", "3D Ltd"),
        ("8\u00ad0", "8�0"),
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
    assert [[html.leaves(cell.element) for cell in row] for row in rows(markup)] == [[["h"]], [["1", "2"], ["b\nc"]]]


def test_leaves_keep_what_stands_beside_a_table() -> None:
    markup = b"<table id=t><tr><td>Name <font>Ltd</font><table><tr><td>1</table>after<p>block</p></table>"
    (row,) = rows(markup)
    assert html.leaves(row[0].element) == ["Name Ltd", "1", "after", "block"]


@pytest.mark.parametrize(
    "hidden",
    [
        b"<div><!--</div>-->",
        b'<div a="</div>">',
        b"<div a='</div>'>",
        b"<span><div></span></div>",
        b"<div><table><td></div></td></table>",
        b"<div><select></div></select>",
        b"<div><option><div></option></div>",
        b"<div><svg><title><textarea></title></div></textarea></title></svg>",
        b"<div><script><!--<script></script></div>--></script></script>",
        b"<div><textarea></div></textarea>",
        b"<div><![x </div>><!x </div>></ </div>>",
        b"<form><div></form>",
        b"<div></body>",
        b"<frameset><div></frameset>",
        b"<td><div></td>",
        b"<li><ul><div></li>",
        b"<noscript><div></noscript>",
        b"<b><div></b>",
        b"<a x><div></a>",
        b"<button><p></button></p><button><div></p>",
        b"<template><div></template>",
        b"<math><mi><div></math>",
        b"<p><fieldset></p>",
        b"<table><table></table><div></table>",
        b"<ruby><rt><rt></rt><span></rt>",
        b"<a><a></a><span></a>",
        b"<h1><h2></h2><div></h1>",
        b"<select><select></select><span></select>",
    ],
)
def test_what_stays_open_is_seen_wherever_its_end_is_hidden(hidden: bytes) -> None:
    """Thousands deep, each <p> would be compared with every element above it: seconds for a page of a megabyte."""
    data = b"<body>" + hidden * 25_000 + b"<p>x</p>" * 5_000
    start = time.monotonic()
    html.read(data)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "data",
    [
        b"<p>" + b"".join(b"<b a=%d>" % i for i in range(999)) + b"<p>x" * 999,
        b"<p>" + b"".join(b"<b a=%d><!--</b>-->" % i for i in range(1300)) + b"<p>x" * 3000,
        b"<p>" + b"".join(b"<b a=%d><table><td></b></table>" % i for i in range(1300)) + b"<p>x" * 3000,
        b"<p>" + b"".join(b"<font a='>%d'>" % i for i in range(1300)) + b"<p>x" * 3000,
        b"<div " + b" ".join(b"a%d=1" % i for i in range(100_000)) + b">",
        b"<div " + b"".join(b"a%d='>'" % i for i in range(50_000)) + b">",
        b"".join(b"<p a%d=1></p>" % i for i in range(90_000)),
        b"".join(b"<x%d></x%d>" % (i, i) for i in range(50_000)),
        b"<p " + b"a " * 9 + b"></p>" + b"".join(b"<p a b c d e f g h i></p>" for _ in range(90_000)),
        b"<br>" * 1_900_000,
        b"<p>" + "字".encode() * 1_100_000,
    ],
    ids=[
        "bold",
        "comments",
        "cells",
        "quoted",
        "attributes",
        "in quotes",
        "names",
        "elements",
        "many",
        "breaks",
        "text",
    ],
)
def test_pages_that_would_take_gigabytes_or_minutes_are_refused(data: bytes) -> None:
    start = time.monotonic()
    assert isinstance(html.read(data), Problem)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "data",
    [
        b"<div id=a>x" * 4_000,
        b"<div id=a>" * 9_000 + b"x" * 9_000,
        b"<div id=a>" + b"x" * 200_000 + b"</div>" + b"<i id=a></i>" * 50_000,
        b"<i id=a>x</i>" * 60_000,
    ],
)
def test_ids_by_the_thousand_cost_little(data: bytes) -> None:
    start = time.monotonic()
    html.read(data)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("layout", range(8))
def test_a_list_of_thousands_of_rows_is_no_monster(layout: int) -> None:
    line = [
        "CS20221111E00123",
        "A",
        "1201(L)",
        "80,000,000(L)",
        "HKD 1.8190",
        "2,271,000,000(L)",
        "8.74(L)",
        "08/11/2022",
    ]
    table = html.table(page(pages.list_page([line] * 3_000, layout=layout)).elements["grdPaging"])
    assert table is not None
    assert len(html.rows(table)) == 3_001


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("Name <font>Ltd</font>", "Name Ltd"),
        ("8<sup>2</sup>", "8 2"),
        ("80,000<b>,000</b>", "80,000 ,000"),
        ("8<!-- -->0", "8 0"),
        ("8<i></i>.5", "8 .5"),
        ("(<b>8</b>)", "(8)"),
    ],
)
def test_pieces_are_joined_but_never_to_a_figure(markup: str, told: str) -> None:
    (row,) = rows(f"<table id=t><tr><td>{markup}</table>".encode())
    assert html.leaves(row[0].element) == [told]


def test_a_text_too_long_for_any_box_is_cut_and_no_number() -> None:
    assert words("8" + " " * 400_000 + "0") == "8 …"


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
    found = html.read(data)
    assert isinstance(found, Problem)
    assert found.severity is Severity.INPUT
    assert time.monotonic() - start < 10


def test_deep_tables_are_read_without_recursion_errors() -> None:
    ((cell,),) = rows(b"<table id=t><tr><td>" + b"<table><tr><td>" * 300 + b"1")
    assert html.leaves(cell.element) == ["1"]


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    assert isinstance(html.read(data), html.Page | Problem)
