"""Loading many files: in several processes, in parts, again after it was broken off. The ledger says the same whatever the way."""

import multiprocessing
import signal
import subprocess
import sys
import time
import zipfile
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


@pytest.mark.usefixtures("small_chunks")
def test_files_are_opened_where_they_are_read_and_containers_are_taken_apart(tmp_path: Path) -> None:
    documents = _documents(40)
    folder = tmp_path / "in"
    (folder / "b").mkdir(parents=True)
    for document in documents[:30]:
        (folder / document.name).write_bytes(document.data)
    with zipfile.ZipFile(
        folder / "0007.zip", "w"
    ) as packed:  # among the files, so that what is in it comes in their midst
        for document in documents[30:]:
            packed.writestr(document.name, document.data)
    (folder / "b.xml").symlink_to(folder / "gone")
    names = []
    receipts = []
    for jobs in (1, 2):
        told: list[str] = []
        ledger = Ledger.create(tmp_path / f"{jobs}")
        receipts.append(loading.load(ledger, [str(folder)], jobs=jobs, progress=told.append))
        assert ledger.verify() == []
        names.append([name.removeprefix(f"{folder}/") for name in told])
    inside = [f"0007.zip!{d.name}" for d in documents[30:]]
    assert (
        names[0]
        == names[1]
        == [*(f"{n:04}.xml" for n in range(8)), *inside, *(f"{n:04}.xml" for n in range(8, 30)), "b.xml"]
    )
    assert receipts[0].digest == receipts[1].digest
    assert "could not be opened" in ledger.problems()[-1].problem.message
    again = loading.load(ledger, [str(folder)], jobs=2)
    assert (again.documents, again.documents_known) == (0, len(names[0]))


@pytest.mark.usefixtures("small_chunks")
def test_a_named_file_that_is_gone_when_its_turn_comes_ends_the_load(tmp_path: Path) -> None:
    documents = _documents(100)
    for document in documents:
        (tmp_path / document.name).write_bytes(document.data)
    ledger = Ledger.create(tmp_path / "ledger")
    inputs = [str(tmp_path / d.name) for d in documents]
    with pytest.raises(ReadError, match="No such file"):
        loading.load(ledger, inputs, jobs=2, progress=lambda _: Path(inputs[-1]).unlink(missing_ok=True))
    assert (ledger.documents(), ledger.verify()) == ([], [])


@pytest.mark.usefixtures("small_chunks")
def test_a_process_that_is_killed_ends_the_load_and_keeps_nothing(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger")

    def kill(_: str) -> None:
        for process in multiprocessing.active_children():
            process.kill()

    with pytest.raises(ReadError, match="ended from outside"):
        loading.load_documents(ledger, _documents(300), jobs=2, progress=kill)
    assert (ledger.documents(), ledger.verify()) == ([], [])


_KILLED = """
import multiprocessing, os, sys
from pathlib import Path
from stakeline import Ledger
from stakeline.workflows import loading, processes
from tests.test_bulk import _documents
def kill(_):
    print(*(process.pid for process in multiprocessing.active_children()), flush=True)
    os.kill(os.getpid(), int(sys.argv[2]))
if __name__ == "__main__":
    processes._CHUNK_DOCUMENTS, processes._WORTH = 5, 2
    loading.load_documents(Ledger.create(Path(sys.argv[1])), _documents(100), jobs=2, progress=kill)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(tmp_path: Path, how: int) -> None:
    command = [sys.executable, "-c", _KILLED, str(tmp_path / "ledger"), str(int(how))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    assert done.returncode == -how
    started = [int(pid) for pid in done.stdout.split()]
    assert len(started) == 2
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)
    ledger = Ledger.open(tmp_path / "ledger")
    loading.load_documents(ledger, _documents(3))
    assert (len(ledger.documents()), ledger.verify()) == (4, [])


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
