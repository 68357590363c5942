"""Loading many files: in several processes, in parts, again after it was broken off. The ledger says the same whatever the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stakeline import Document, Ledger
from stakeline.model.errors import ReadError
from stakeline.model.rows import Reading
from stakeline.workflows import loading, processes
from stakeline.workflows.readers import read_document
from tests import pages
from tests.us import made


def _documents(count: int) -> list[Document]:
    """Form 4s of different figures, each tenth a page that nobody reads, each eleventh the one before it again."""
    found: list[Document] = []
    for number in range(count):
        data = made.form(made.sale(str(number + 1), "10.25", str(number + 900)), signed=f"2026-04-{number % 28 + 1:02}")
        if number % 10 == 9:
            data = b"nothing that we know %d" % number
        if number % 11 == 10:
            data = found[-1].data
        found.append(Document(data=data, name=f"{number:04}.xml"))
    return [*found, Document(data=pages.founding_notice(), name="notice.html")]


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few documents are enough for processes to be started."""
    monkeypatch.setattr(processes, "_CHUNK_DOCUMENTS", 5)
    monkeypatch.setattr(processes, "_WORTH", 2)


@pytest.mark.usefixtures("small_chunks")
def test_the_ledger_is_the_same_with_one_process_and_with_two(tmp_path: Path) -> None:
    documents = _documents(60)
    one, two = (Ledger.create(tmp_path / name) for name in ("one", "two"))
    alone = loading.load_documents(one, documents)
    shared = loading.load_documents(two, documents, jobs=2)
    names = ("documents", "documents_known", "inputs", "accepted", "known", "quarantined", "digest")
    assert [getattr(alone, n) for n in names] == [getattr(shared, n) for n in names]
    assert (alone.documents_known, alone.quarantined) == (5, 6)
    assert [(k.name, k.problem) for k in one.problems()] == [(k.name, k.problem) for k in two.problems()]
    assert [(r.key, r.sightings) for r in one.notices()] == [(r.key, r.sightings) for r in two.notices()]
    assert two.verify() == []


def test_parts_give_the_same_ledger_and_one_receipt(tmp_path: Path) -> None:
    documents = _documents(40)
    whole, parts = (Ledger.create(tmp_path / name) for name in ("whole", "parts"))
    told = loading.load_documents(whole, documents)
    in_parts = loading.load_documents(parts, documents, part=9)
    assert in_parts.digest == told.digest
    assert in_parts.inputs == told.inputs == in_parts.accepted + in_parts.known + in_parts.quarantined
    assert (in_parts.documents, in_parts.documents_known) == (told.documents, told.documents_known)
    assert len(parts.loads()) == 5
    assert in_parts.load == parts.loads()[-1].load


@pytest.mark.usefixtures("small_chunks")
def test_what_was_broken_off_goes_on_and_reads_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = _documents(40)
    whole, ledger = (Ledger.create(tmp_path / name) for name in ("whole", "broken"))
    told = loading.load_documents(whole, documents)

    def cut() -> Iterator[Document]:
        yield from documents[:25]
        raise ReadError("the disk was taken out")

    monkeypatch.setattr(loading, "_BATCH_DOCUMENTS", 5)
    with pytest.raises(ReadError, match="taken out"):
        loading.load_documents(ledger, cut(), part=10)
    assert len(ledger.documents()) == 19  # the two whole parts, one of their documents twice
    again: list[str] = []

    def read(document: Document) -> Reading:
        again.append(document.name)
        return read_document(document)

    monkeypatch.setattr(processes, "read_document", read)
    receipt = loading.load_documents(ledger, documents, part=10)
    assert receipt.digest == told.digest
    assert again[0] == "0020.xml"
    assert receipt.documents_known >= 20


@pytest.mark.usefixtures("small_chunks")
def test_an_error_of_the_input_ends_the_processes_and_keeps_nothing(tmp_path: Path) -> None:
    def cut() -> Iterator[Document]:
        yield from _documents(30)
        raise ReadError("the disk was taken out")

    ledger = Ledger.create(tmp_path / "ledger")
    with pytest.raises(ReadError, match="taken out"):
        loading.load_documents(ledger, cut(), jobs=2)
    assert ledger.documents() == []
    assert ledger.verify() == []


def test_how_many_documents_are_to_be_expected(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / ".hidden").mkdir(parents=True)
    for name in ("a.xml", "b.html", ".c", ".hidden/d.xml"):
        (folder / name).write_bytes(b"x")
    assert loading.expected([str(folder)]) == 2
    (folder / "e.zip").write_bytes(b"x")
    assert loading.expected([str(folder)]) is None


def test_each_document_is_counted_as_it_is_taken(tmp_path: Path) -> None:
    told: list[str] = []
    documents = _documents(12)
    loading.load_documents(Ledger.create(tmp_path / "ledger"), documents, progress=told.append)
    assert told == [d.name for d in documents]
