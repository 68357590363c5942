"""Files, folders, zips and standard input as documents."""

import io
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.model.errors import ReadError
from stakeline.model.problems import Severity
from stakeline.reading import containers
from stakeline.reading.containers import Refused, documents


def zipped(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def names(items: Iterable[Document | Refused]) -> list[str]:
    return [item.name for item in items]


def only_refusal(items: Iterable[Document | Refused]) -> str:
    (item,) = items
    assert isinstance(item, Refused)
    assert item.problem.severity is Severity.INPUT
    return item.problem.message


def test_a_file_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<p>")
    assert list(documents([str(path)])) == [Document(data=b"<p>", name=str(path))]


def test_folders_are_read_below_and_in_order_of_names(tmp_path: Path) -> None:
    for name in ("b/z.html", "a.html", "b/a.html", ".hidden", ".git/x", "c.zip"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zipped([("2", b"2"), ("1", b"1")]) if name == "c.zip" else name.encode())
    found = [os.path.relpath(n, tmp_path) for n in names(documents([str(tmp_path)]))]
    assert found == ["a.html", "b/a.html", "b/z.html", "c.zip!1", "c.zip!2"]


def test_links_to_folders_and_pipes_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").write_bytes(b"a")
    assert names(documents([str(tmp_path)])) == [str(tmp_path / "a")]


def test_a_missing_file_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(ReadError, match="no such file or folder"):
        documents([str(tmp_path / "a"), str(tmp_path / "b")])
    with pytest.raises(ReadError, match="standard input"):
        documents(["-"])


def test_standard_input_plain_and_zipped() -> None:
    assert list(documents(["-"], io.BytesIO(b"abc"))) == [Document(data=b"abc", name="stdin")]
    assert names(documents(["-"], io.BytesIO(zipped([("x", b"1")])))) == ["stdin!x"]


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_a_zip_through_a_pipe() -> None:
    assert names(documents(["-"], Pipe(zipped([("x", b"1")])))) == ["stdin!x"]


def test_names_inside_zips_are_labels_only(tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(
        zipped([("../../etc/passwd", b"1"), ("/abs", b"2"), ("a\nb\x1b[31m", b"3"), ("__MACOSX/._x", b"4")])
    )
    found = names(documents([str(path)]))
    assert found == [f"{path}!{n}" for n in ("../../etc/passwd", "/abs", "a�b�[31m")]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["z.zip"]


def test_zip_bombs_and_zips_in_zips_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(zipped([("bomb", b"\0" * 5_000_000)]))
    assert "zip bombs" in only_refusal(documents([str(path)]))
    path.write_bytes(zipped([("inner.zip", zipped([("x", b"1")]))]))
    assert "zip inside a zip" in only_refusal(documents([str(path)]))
    path.write_bytes(zipped([("a", b"1"), ("b", b"2")]))
    monkeypatch.setattr(containers, "MOST_MEMBERS", 1)
    assert "more than 1 files" in only_refusal(documents([str(path)]))


def test_the_sizes_together_are_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "z.zip"
    path.write_bytes(zipped([("a", b"12345"), ("b", b"12345"), ("c", b"1")]))
    monkeypatch.setattr(containers, "LARGEST_ZIP", 8)
    kinds = [type(item) for item in documents([str(path)])]
    assert kinds == [Document, Refused, Document]


def test_large_documents_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_DOCUMENT", 10)
    path = tmp_path / "a"
    path.write_bytes(b"x" * 11)
    assert "larger than" in only_refusal(documents([str(path)]))
    path.write_bytes(zipped([("a", b"x" * 11)]))
    assert "larger than" in only_refusal(documents([str(path)]))


@pytest.mark.parametrize("spoil", [slice(0, 30), slice(40, 60)], ids=["cut", "overwritten"])
def test_damaged_zips_speak(tmp_path: Path, spoil: slice) -> None:
    data = zipped([("a", os.urandom(200))])
    path = tmp_path / "z.zip"
    path.write_bytes(data[spoil] if spoil.start == 0 else data[:40] + b"\xff" * 20 + data[60:])
    assert "damaged zip" in (said := only_refusal(documents([str(path)]))) or "could not be unpacked" in said


def test_a_zip_of_a_version_that_is_not_known_speaks(tmp_path: Path) -> None:
    data = bytearray(zipped([("a", b"1")]))
    data[data.index(b"PK\x01\x02") + 6] = 100  # version needed to extract, in the central directory
    path = tmp_path / "z.zip"
    path.write_bytes(bytes(data))
    assert "damaged zip" in only_refusal(documents([str(path)]))


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped([("a", b"1")]))
    for start in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[start] |= 1
    path = tmp_path / "z.zip"
    path.write_bytes(bytes(data))
    assert "encrypted" in only_refusal(documents([str(path)]))


def test_a_folder_that_cannot_be_read_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"a")

    def refuse(path: str, _mode: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("stakeline.reading.containers.open", refuse, raising=False)
    assert "Permission denied" in only_refusal(documents([str(tmp_path)]))
    with pytest.raises(ReadError, match="Permission denied"):
        list(documents([str(tmp_path / "a")]))
