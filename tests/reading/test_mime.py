"""Messages taken apart: encodings, boundaries, roots, and what hostile ones cost."""

import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests import saved

from stakeline.reading import mime, webarchive

PAGE = b"<html><body>a=b\nc</body></html>"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "binary", "8bit"])
@pytest.mark.parametrize("head", [saved.BLINK, saved.INTERNET_EXPLORER], ids=["blink", "internet explorer"])
def test_the_root_of_a_saved_page_comes_back_byte_for_byte(encoding: str, head: bytes) -> None:
    parts = mime.parts(saved.mhtml(PAGE, encoding, head=head))
    assert [(p.name, p.own, p.page) for p in parts] == [
        ("part 1", True, True), ("part 2", False, False), ("part 3", False, False), ("part 4", False, True),
    ]  # fmt: skip
    assert parts[0].data == PAGE
    assert parts[2].data == saved.PICTURE


def test_the_root_can_be_named_and_alternatives_end_with_the_best() -> None:
    other = saved.part("text/html", b"<p>frame", headers="Content-ID: <f@x>\r\n")
    page = saved.part("text/html", PAGE, headers="Content-ID: <r@x>\r\n")
    named = mime.parts(saved.BLINK + saved.multipart("related", [other, page], more='; start="<r@x>"'))
    assert [p.own for p in named] == [False, True]
    either = saved.multipart("alternative", [saved.part("text/plain", b"words"), page], boundary="alt")
    both = mime.parts(saved.BLINK + saved.multipart("related", [either, other]))
    assert [(p.own, p.data) for p in both] == [(False, b"words"), (True, PAGE), (False, b"<p>frame")]


def test_of_a_mail_the_attachments_are_its_own() -> None:
    signature = saved.part(
        "application/pgp-signature", b"sig", headers='Content-Disposition: attachment; filename="s.asc"\r\n'
    )
    found = mime.parts(
        saved.mail([saved.attached("../../list.html", PAGE), signature, saved.part("image/png", b"x", "base64")])
    )
    assert [(p.name, p.own) for p in found] == [
        ("part 1", False),
        ("list.html", True),
        ("s.asc", False),
        ("part 4", False),
    ]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ('filename="=?utf-8?b?6YCa55+lLmh0bWw=?="', "通知.html"),
        ("filename*=utf-8''%E9%80%9A%E7%9F%A5.html", "通知.html"),
        ('filename="=?bogus?b?AAA=?="', "=?bogus?b?AAA=?="),
    ],
)
def test_file_names_are_decoded_where_they_can_be(told: str, name: str) -> None:
    page = saved.part("text/html", PAGE, headers=f"Content-Disposition: attachment; {told}\r\n")
    assert mime.parts(saved.mail([page]))[1].name == name


def test_a_forwarded_mail_is_gone_into() -> None:
    inner = saved.mail([saved.attached("a.html", PAGE)])
    forwarded = b"Content-Type: message/rfc822\r\n\r\n" + inner
    assert [p.data for p in mime.parts(saved.mail([forwarded])) if p.own] == [PAGE]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("base64", b"PGh0bWw+PC9odG1sPg="), ("base64", b"PGh0*bWw+"), ("quoted-printable", b"sid=6893&sc=zz"),
     ("quoted-printable", b"cut=4"), ("x-uuencode", b"begin 644 a")],
)  # fmt: skip
def test_encodings_that_do_not_hold_are_heard(encoding: str, body: bytes) -> None:
    raw = f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body
    (root,) = mime.parts(b"MIME-Version: 1.0\r\n" + raw)
    assert root.wrong is not None


def test_half_a_saved_page_ends_where_it_was_cut() -> None:
    whole = saved.mhtml(PAGE, "binary")
    half = whole[: whole.index(b"a=b") + 2]
    assert mime.parts(half)[0].data == b"<html><body>a="


@pytest.mark.parametrize(
    "data",
    [
        b"Stock code: 00020\n\nName",
        b"<html>\n\n",
        b"subject,measure\n\n1,2",
        b"From: a\nno header here\n\nx",
        b"",
        b"\n\n",
        b"MIME-Version: 1.0\n" + b"X: y\n" * 20_000,
    ],
)
def test_what_is_no_message(data: bytes) -> None:
    assert not mime.is_message(data)


@pytest.mark.parametrize(
    "data",
    [
        saved.BLINK + saved.multipart("related", [b"x"] * 20_000),
        saved.BLINK + b"Content-Type: multipart/related\r\n\r\nno boundary",
        saved.BLINK + b'Content-Type: multipart/related; boundary="' + b"b" * 300 + b'"\r\n\r\n--b',
        saved.BLINK,
        saved.BLINK + b"\r\n",
    ],
    ids=["parts", "no boundary", "long boundary", "no end", "empty"],
)  # fmt: skip
def test_messages_that_cannot_be_taken_apart_speak(data: bytes) -> None:
    with pytest.raises(mime.Unreadable):
        mime.parts(data)


def test_parts_within_parts_end_somewhere() -> None:
    inner = saved.part("text/html", PAGE)
    for depth in range(mime.DEEPEST + 2):
        inner = saved.multipart("mixed", [inner], boundary=f"b{depth}")
    with pytest.raises(mime.Unreadable, match="deep"):
        mime.parts(saved.BLINK + inner)


@pytest.mark.parametrize(
    "body",
    [b"--b\r\n" * 400_000, b"--b" + b" " * 2_000_000, b"=\r\n" * 700_000, b"\r\n" * 1_000_000, b"-" * 2_000_000],
    ids=["boundaries", "blanks", "soft line ends", "lines", "dashes"],
)
def test_hostile_bodies_cost_little(body: bytes) -> None:
    head = saved.BLINK + b"Content-Transfer-Encoding: quoted-printable\r\nContent-Type: "
    for kind in (b'multipart/related; boundary="b"', b"text/html", b"message/rfc822"):
        start = time.process_time()
        with suppress(mime.Unreadable):
            mime.parts(head + kind + b"\r\n\r\n" + body)
        assert time.process_time() - start < 2


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", saved.BLINK, saved.BLINK + b'Content-Type: multipart/related; boundary="b"\r\n']),
)
@example(
    b"\r\n--b\r\nContent-Type: text/html; charset*0*=\xff''a\r\n\r\nx\r\n--b--",
    saved.BLINK + b'Content-Type: multipart/related; boundary="b"\r\n',
)
def test_any_bytes_are_parts_or_a_reason(data: bytes, head: bytes) -> None:
    mime.is_message(head + data)
    with suppress(mime.Unreadable):
        assert all(p.name and len(p.data) <= len(data) + 100 for p in mime.parts(head + data))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_web_archive_or_a_reason(data: bytes) -> None:
    whole = saved.webarchive(PAGE)
    for spoilt in (b"bplist00" + data, whole[: len(data)] + data, whole[:-32] + data):
        with suppress(mime.Unreadable):
            assert webarchive.parts(spoilt)
