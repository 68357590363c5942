"""A page saved in whatever way is the same notice as the page alone, and what cannot be read is heard."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import pages, saved

from stakeline.model.documents import Document
from stakeline.model.notices import Notice
from stakeline.model.problems import Severity
from stakeline.reading import containers
from stakeline.reading.containers import Aside, Refused, documents
from stakeline.regimes import hk

NOTICE = pages.founding_notice(holder="阿里巴巴集團 Alibaba Group Holding Limited", issued=25_978_640_000)
ROW = (
    "CS20221111E00123",
    "阿里巴巴集團",
    "1201(L)",
    "80,000,000(L)",
    "HKD 1.8190",
    "2,271,000,000(L)",
    "8.74(L)",
    "08/11/2022",
)
LIST = pages.list_page([ROW])
PLAIN = NOTICE.replace(b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', b"")
"""The notice without a word on its charset."""


def read_all(path: Path, known: containers.Known | None = None) -> tuple[list[Document], list[Refused], list[Aside]]:
    aside: list[Aside] = []
    found = list(documents([str(path)], known=known, aside=aside.append))
    return [f for f in found if isinstance(f, Document)], [f for f in found if isinstance(f, Refused)], aside


def recognised(document: Document) -> bool:
    return hk.read(document) is not None


def notice(data: bytes) -> Notice:
    reading = hk.read(Document(data=data, name="x"))
    assert reading is not None
    assert reading.problems == ()
    return reading.notices[0].body


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "!part 1": saved.mhtml,
    "!part 1 ": lambda page: saved.mhtml(page, "base64", head=saved.INTERNET_EXPLORER),
    "!list.html": lambda page: saved.mail([saved.attached("list.html", page)]),
    "!1!list.html": lambda page: saved.mbox([saved.mail([saved.attached("list.html", page, encoding="8bit")])]),
    "!a/list.html": lambda page: zipped(("a/list.html", page)),
    "!x": gzip.compress,
    "!part 1  ": saved.webarchive,
    "!x!part 1": lambda page: gzip.compress(saved.mhtml(page)),
    "!saved.mhtml!part 1": lambda page: zipped(("saved.mhtml", saved.mhtml(page))),
    "!2!pages.zip!x.html": lambda page: saved.mbox(
        [saved.mail([saved.attached("a.zip", zipped(("n.html", LIST)), "application/zip")]),
         saved.mail([saved.attached("pages.zip", zipped(("x.html", page)), "application/zip")])]
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", [NOTICE, LIST, NOTICE.replace(b"\r\n", b"\n")], ids=["notice", "list", "unix"])
@pytest.mark.parametrize("name", WRAPPED)
def test_the_document_in_a_wrapping_is_the_page_itself(name: str, page: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(WRAPPED[name](page))
    found, refused, _ = read_all(path, recognised)
    assert refused == []
    assert found[-1].name == str(path) + name.rstrip()
    # Quoted-printable writes every line end as one that mails have; all other bytes are those of the page.
    assert found[-1].data.replace(b"\r\n", b"\n") == page.replace(b"\r\n", b"\n")
    assert notice(found[-1].data) == notice(page)


@pytest.mark.parametrize("wrap", [saved.mhtml, lambda p: saved.mail([saved.part("text/html", p)]), saved.webarchive],
    ids=["mhtml", "mail", "web archive"])  # fmt: skip
def test_frames_pictures_and_covering_texts_are_set_aside_by_name(
    wrap: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "x"
    path.write_bytes(wrap(NOTICE))
    found, refused, aside = read_all(path, recognised)
    assert ([d.data for d in found], refused) == ([NOTICE], [])
    assert aside
    assert all(a.of == str(path) and a.name.startswith(f"{path}!part ") for a in aside)


def test_a_frame_that_holds_the_notice_is_a_document(tmp_path: Path) -> None:
    frames = saved.BLINK + saved.multipart(
        "related", [saved.part("text/html", saved.FRAME), saved.part("text/html", NOTICE)]
    )
    (tmp_path / "x").write_bytes(frames)
    found, _, _ = read_all(tmp_path / "x", recognised)
    assert [d.data for d in found] == [saved.FRAME, NOTICE]


def test_a_mail_without_a_page_is_heard(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(saved.mail([], b"Dear all,\r\n"))
    found, refused, aside = read_all(tmp_path / "x", recognised)
    assert ([d.data for d in found], refused, aside) == ([b"Dear all,\r\n"], [], [])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (saved.mail([saved.attached("a.html", b"<p>")]).replace(b"PHA+", b"PHA*"), "base64"),
        (saved.BLINK + b"\r\n", "without content"),
        (gzip.compress(NOTICE)[:-20], "cut short"),
        (gzip.compress(NOTICE) + gzip.compress(LIST), "more than one file"),
        (gzip.compress(b"\0" * 5_000_000), "bombs"),
        (b"\x1f\x8b\x08" + b"\0" * 7 + b"\xff" * 20, "damaged gzip"),
        (gzip.compress(gzip.compress(NOTICE)), "a gzip inside a gzip"),
        (
            saved.mail([saved.attached("m.eml", saved.mail([saved.attached("a", b"x")]), "application/x")]),
            "a mail inside a mail",
        ),
        (saved.webarchive(NOTICE)[:-40], "damaged web archive"),
        (zipped(("a.mhtml", saved.mhtml(b""))), "without content"),
    ],
)
def test_what_cannot_be_unwrapped_is_heard(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(data)
    found, refused, _ = read_all(tmp_path / "x", recognised)
    assert found == []
    assert [r for r in refused if r.problem.severity is Severity.INPUT and message in r.problem.message], refused


def complete_page(folder: Path, name: str = "Form 2", ending: str = "_files") -> None:
    beside = folder / f"{name}{ending}"
    beside.mkdir(parents=True)
    (folder / f"{name}.html").write_bytes(NOTICE)
    (beside / "main.css").write_bytes(b"body {}")
    (beside / "head.js.download").write_bytes(b"var a;")
    (beside / "a.png").write_bytes(saved.PICTURE)
    (beside / "saved_resource.html").write_bytes(saved.FRAME)


@pytest.mark.parametrize("ending", ["_files", "-Dateien", ".files"])
def test_a_complete_page_is_one_input(ending: str, tmp_path: Path) -> None:
    complete_page(tmp_path, ending=ending)
    found, refused, aside = read_all(tmp_path, recognised)
    assert ([d.name for d in found], refused) == ([f"{tmp_path}/Form 2.html"], [])
    assert {(Path(a.name).name, a.of) for a in aside} == {
        (n, f"{tmp_path}/Form 2.html") for n in ("main.css", "head.js.download", "a.png", "saved_resource.html")
    }


def test_companions_are_known_when_their_folder_is_named_itself(tmp_path: Path) -> None:
    complete_page(tmp_path)
    assert read_all(tmp_path / "Form 2_files", recognised)[:2] == ([], [])


def test_a_notice_kept_in_a_folder_that_looks_like_companions_is_not_lost(tmp_path: Path) -> None:
    complete_page(tmp_path)
    (tmp_path / "Form 2_files" / "second.html").write_bytes(LIST)
    assert [d.data for d in read_all(tmp_path, recognised)[0]] == [NOTICE, LIST]
    assert [d.data for d in read_all(tmp_path)[0]] == [NOTICE, saved.FRAME, LIST]  # nobody says what is known


def test_a_folder_without_its_page_is_a_folder_like_others(tmp_path: Path) -> None:
    complete_page(tmp_path)
    (tmp_path / "Form 2.html").unlink()
    assert len(read_all(tmp_path, recognised)[0]) == 4


def test_a_complete_page_in_a_zip_is_one_input(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(
        zipped(("a/p.html", NOTICE), ("a/p_files/s.css", b"x"), ("a/p_files/f.html", saved.FRAME))
    )
    found, refused, aside = read_all(tmp_path / "x", recognised)
    assert ([d.name for d in found], refused) == ([f"{tmp_path}/x!a/p.html"], [])
    assert [a.name for a in aside] == [f"{tmp_path}/x!a/p_files/f.html", f"{tmp_path}/x!a/p_files/s.css"]


def test_a_mailbox_is_capped_mail_by_mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [saved.mail([saved.attached("a.html", b"<p>%d" % n)]) for n in range(3)]
    mails[1] += b"x" * 5_000
    (tmp_path / "x").write_bytes(saved.mbox(mails))
    monkeypatch.setattr(containers, "LARGEST_DOCUMENT", 3_000)
    found, refused, _ = read_all(tmp_path / "x", recognised)
    assert ([d.data for d in found], [r.name for r in refused]) == ([b"<p>0", b"<p>2"], [f"{tmp_path}/x!2"])
    monkeypatch.setattr(containers, "MOST_MEMBERS", 1)
    assert "more than 1 mails" in read_all(tmp_path / "x", recognised)[1][0].problem.message


def test_quoted_from_lines_of_a_mailbox_are_put_back(tmp_path: Path) -> None:
    text = b"a\n\nFrom b Mon Nov 14 09:00:00 2022\n>From c\n"
    (tmp_path / "x").write_bytes(saved.mbox([saved.mail([saved.attached("a.txt", text, "text/x", "8bit")])]))
    assert [d.data.strip() for d in read_all(tmp_path / "x", recognised)[0]] == [text.strip()]


@pytest.mark.parametrize("ending", ["html", "htm", "aspx", "txt", ""])
def test_the_name_of_a_file_decides_nothing(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"saved.{ending}".rstrip(".")
    path.write_bytes(NOTICE)
    (document,) = read_all(path)[0]
    assert notice(document.data) == notice(NOTICE)


ENCODED = {
    "utf-16 with mark": PLAIN.decode().encode("utf-16"),
    "utf-16le without mark": PLAIN.decode().encode("utf-16-le"),
    "utf-16be without mark": PLAIN.decode().encode("utf-16-be"),
    "utf-8 with mark": b"\xef\xbb\xbf" + NOTICE,
    "big5 declared": NOTICE.decode().replace("utf-8", "big5").encode("big5hkscs"),
    "gb18030 declared": NOTICE.decode().replace("utf-8", "gb2312").encode("gb18030"),
    "charset missing": PLAIN,
    "mac line ends": NOTICE.replace(b"\r\n", b"\r"),
    "unix line ends": NOTICE.replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_declared_encoding_gives_the_same_notice(name: str) -> None:
    assert notice(ENCODED[name]) == notice(NOTICE)


@pytest.mark.parametrize("charset", ["big5", "gb18030", "utf-16le", "utf-8"])
@pytest.mark.parametrize("declared", [PLAIN, NOTICE], ids=["undeclared", "declared otherwise"])
def test_a_charset_told_only_by_the_wrapping_is_kept_with_the_page(
    charset: str, declared: bytes, tmp_path: Path
) -> None:
    python = {"big5": "big5hkscs"}.get(charset, charset)
    data = declared.decode().encode(python)
    if charset == "utf-16le" and declared is NOTICE:
        pytest.skip("a page in UTF-16 that says UTF-8: its own bytes are evidence enough")
    (tmp_path / "x").write_bytes(saved.mhtml(data, "base64", charset))
    (document,) = read_all(tmp_path / "x", recognised)[0]
    assert document.data.endswith(data)
    assert notice(document.data).holder.name == "阿里巴巴集團 Alibaba Group Holding Limited"


CHINESE = NOTICE.decode().replace("Long position", "好倉")


@pytest.mark.parametrize("meta", ["big5", "gb2312", "iso-8859-1", "utf-16", ""])
def test_utf8_proves_itself_whatever_the_page_declares(meta: str) -> None:
    data = (CHINESE.replace("utf-8", meta) if meta else CHINESE.replace("; charset=utf-8", "")).encode()
    assert notice(data) == notice(CHINESE.encode())


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
@pytest.mark.parametrize("meta", ["", "utf-8", "iso-8859-1", "big5", "gb2312"])
def test_the_forms_own_words_tell_the_charset(encoding: str, meta: str) -> None:
    data = CHINESE.replace("utf-8", meta or "x").encode(encoding)
    reading = hk.read(Document(data=data, name="x"))
    assert reading is not None
    assert reading.notices[0].body == notice(CHINESE.encode())
    assert {p.severity for p in reading.problems} <= {Severity.NOTE}
    declared = {"big5hkscs": "big5", "gb18030": "gb2312"}[encoding]
    assert [encoding in p.message for p in reading.problems] == ([] if meta == declared else [True])


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (PLAIN.decode().encode("big5hkscs"), "could not be decoded"),
        (pages.founding_notice(holder="Société Générale").decode().encode("cp1252"), "could not be decoded"),
        (PLAIN.replace(b"<head>", b'<head><meta charset="windows-1252">').decode().encode("big5hkscs"), "read as Windows-1252"),
    ],
    ids=["big5 undeclared", "windows-1252 declared as utf-8", "big5 as windows-1252"],
)  # fmt: skip
def test_a_holder_in_a_charset_in_doubt_is_quarantined(data: bytes, why: str) -> None:
    reading = hk.read(Document(data=data, name="x"))
    assert reading is not None
    assert (reading.notices, reading.inputs, reading.quarantined) == ((), 1, 1)
    doubt, refused = (p for p in reading.problems if p.severity is not Severity.NOTE)
    assert (doubt.severity, refused.severity, refused.where) == (Severity.FIELD, Severity.INPUT, "holder.name")
    assert "the charset is in doubt" in doubt.message
    assert why in refused.message


def test_names_in_doubt_are_said() -> None:
    data = pages.founding_notice(holder="SociÃ©tÃ© GÃ©nÃ©rale")
    reading = hk.read(Document(data=data, name="x"))
    assert reading is not None
    doubts = [p for p in reading.problems if p.severity is Severity.FIELD]
    assert [p.where for p in doubts] == ["holder.name"]
    assert "UTF-8 read as Windows-1252" in doubts[0].message
    assert reading.notices[0].body.after == notice(NOTICE).after


@pytest.mark.parametrize(
    "name",
    ["Société Générale", "João Ângelo Ñuñez", "Überseebank AG", "SÃO PAULO®", "阿里巴巴集團", "Ōtsuka", "Łódź “Bank”"],
)
def test_names_with_accents_are_no_mojibake(name: str) -> None:
    assert notice(pages.founding_notice(holder=name)).holder.name == name


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("wrap", [lambda p: p, lambda p: saved.mhtml(p, "binary"), saved.mhtml, gzip.compress],
    ids=["plain", "mhtml", "quoted", "gzip"])  # fmt: skip
def test_half_a_page_is_heard_however_it_was_saved(wrap: Callable[[bytes], bytes], keep: float, tmp_path: Path) -> None:
    whole = wrap(NOTICE)
    end = len(whole) if whole == NOTICE or b"\x1f\x8b" in whole[:2] else whole.index(b"</html")
    (tmp_path / "x").write_bytes(whole[: int(end * keep)])
    found, refused, _ = read_all(tmp_path / "x", recognised)
    heard = len(refused)
    for document in found:
        reading = hk.read(document)
        heard += reading is None or any(p.severity is not Severity.NOTE for p in reading.problems)
    assert heard


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["zip", "gzip", "mail", "mbox", "mhtml"]), max_size=5), st.binary(max_size=20))
def test_any_nesting_gives_the_page_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str], tail: bytes
) -> None:
    wrappers: dict[str, Callable[[bytes], bytes]] = {
        "zip": lambda d: zipped(("z", d)),
        "gzip": gzip.compress,
        "mail": lambda d: saved.mail([saved.attached("m", d, "application/octet-stream")]),
        "mbox": lambda d: saved.mbox([saved.mail([saved.attached("b", d, "application/octet-stream")])]),
        "mhtml": lambda d: saved.mhtml(d, "base64"),
    }
    page = NOTICE + b"<!--" + re.sub(rb"[^a-z]", b"", tail) + b"-->"
    data = page
    for kind in kinds:
        data = wrappers[kind](data)
    path = tmp_path_factory.mktemp("nest") / "x"
    path.write_bytes(data)
    found, refused, _ = read_all(path, recognised)
    same = ["mail" if k in ("mbox", "mhtml") else k for k in kinds]
    if len(set(same)) == len(same):
        assert ([d.data for d in found], refused) == ([page], [])
    else:
        assert ([d.data for d in found], len(refused)) == ([], 1)
        assert " inside a " in refused[0].problem.message
