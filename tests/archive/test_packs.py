"""Packs: what goes in comes out, the same bytes make the same file, and changed bytes are named."""

import random
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stakeline.archive import Held, PackWriter, pack_faults, packed, packs, read_document, read_index, read_pack
from stakeline.model.documents import Document
from stakeline.model.errors import LedgerDamaged

MOMENT = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


def held(document: Document) -> Held:
    return Held(sha256=document.sha256, name=document.name, size=len(document.data))


DOCUMENTS = [Document(data=data, name=f"台 {i}\n") for i, data in enumerate([b"", b"a" * 100_000, bytes(range(256))])]


def make(folder: Path) -> Path:
    writer = PackWriter(folder / "x.part", load="L", number=2, recorded_at=MOMENT)
    for document in DOCUMENTS:
        writer.add(packed(document.data, held(document)))
    pack = writer.finish()
    return (folder / "x.part").rename(folder / f"{pack.sha256}.zip")


def test_documents_come_back_in_order(tmp_path: Path) -> None:
    pack = make(tmp_path)
    assert list(read_pack(pack)) == DOCUMENTS
    index = read_index(pack)
    assert (index.load, index.number, index.recorded_at) == ("L", 2, MOMENT)
    assert [read_document(pack, held) for held in index.documents] == DOCUMENTS
    assert pack_faults(pack) == []


def test_anyone_can_open_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(make(tmp_path)) as zipped:
        assert zipped.read(DOCUMENTS[2].sha256) == DOCUMENTS[2].data


@pytest.fixture
def by_zlib(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that ISA-L is not built for."""
    monkeypatch.setitem(sys.modules, "isal", None)  # importing it then fails
    packs._deflate.cache_clear()
    yield
    packs._deflate.cache_clear()


@pytest.mark.usefixtures("by_zlib")
def test_it_is_written_as_python_writes_a_zip(tmp_path: Path) -> None:
    """But for what deflates: each record of the file is the one that `zipfile` writes."""
    pack = make(tmp_path)
    with zipfile.ZipFile(pack) as zipped, zipfile.ZipFile(tmp_path / "other", "w", zipfile.ZIP_DEFLATED) as other:
        assert zipped.testzip() is None
        for name in (*(d.sha256 for d in DOCUMENTS), "index.json"):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o444 << 16
            other.writestr(info, zipped.read(name), compresslevel=1)
    assert (tmp_path / "other").read_bytes() == pack.read_bytes()


def test_the_same_documents_make_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert make(tmp_path / "a").name == make(tmp_path / "b").name


def test_a_flipped_bit_is_named(tmp_path: Path) -> None:
    pack = make(tmp_path)
    whole = pack.read_bytes()
    for place in random.Random(1).sample(range(len(whole)), 60):
        broken = bytearray(whole)
        broken[place] ^= 1
        pack.write_bytes(broken)
        assert any(str(pack) in fault for fault in pack_faults(pack))
    pack.unlink()
    assert any(str(pack) in fault for fault in pack_faults(pack))


def test_an_entry_that_unpacks_into_more_than_was_stored_is_refused(tmp_path: Path) -> None:
    """As much as the index tells is read, and not a whole gigabyte."""
    document = Document(data=b"small", name="n")
    pack = tmp_path / "bomb.zip"
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(document.sha256, bytes(50_000_000))
    with pytest.raises(LedgerDamaged, match="not the ones stored"):
        read_document(pack, Held(sha256=document.sha256, name="n", size=5))


def test_an_abandoned_pack_leaves_nothing(tmp_path: Path) -> None:
    writer = PackWriter(tmp_path / "x.part", load="L", number=0, recorded_at=MOMENT)
    writer.add(packed(DOCUMENTS[0].data, held(DOCUMENTS[0])))
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


def test_either_library_deflates_what_anyone_inflates(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = make(tmp_path / "a")
    request.getfixturevalue("by_zlib")
    assert list(read_pack(first)) == list(read_pack(make(tmp_path / "b"))) == DOCUMENTS
