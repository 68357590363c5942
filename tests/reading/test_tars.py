"""Tars of a day's filings, made by hand: EDGAR's daily feed is a gzipped tar of .nc files."""

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from stakeline.model.documents import Document
from stakeline.reading import containers
from stakeline.reading.containers import Refused, documents

NC = b"<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-24-000001\n<TYPE>4\n</SUBMISSION>\n"


def tar(files: dict[str, bytes], *, link: bool = False) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        if link:
            member = tarfile.TarInfo("passwords")
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
    return stream.getvalue()


def found(path: Path, data: bytes) -> list[Document | Refused]:
    path.write_bytes(data)
    return list(documents([str(path)]))


@pytest.mark.parametrize("name", ["day.nc.tar", "day.nc.tar.gz"])
def test_each_filing_is_a_document(tmp_path: Path, name: str) -> None:
    files = {"0001234567-24-000002.nc": NC + b"2", "0001234567-24-000001.nc": NC, "._shadow": b"x"}
    data = tar(files, link=True)
    told = found(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)
    assert [(Path(d.name).name.rpartition("!")[2], d.data) for d in told if isinstance(d, Document)] == [
        ("0001234567-24-000002.nc", NC + b"2"),
        ("0001234567-24-000001.nc", NC),
    ]
    assert len(told) == 2


@pytest.mark.parametrize("packed", [False, True])
def test_a_tar_that_was_cut_short_is_said(tmp_path: Path, *, packed: bool) -> None:
    data = tar({"a.nc": NC, "b.nc": NC * 40_000})
    data = gzip.compress(data, 0) if packed else data
    told = found(tmp_path / "day.tar", data[: len(data) // 2])
    assert [isinstance(t, Refused) for t in told] == [False, True]


def test_large_files_and_nested_tars_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_DOCUMENT", 200_000)
    told = found(tmp_path / "day.tar", tar({"big.nc": b"x" * 300_000, "in.tar": tar({"a": NC}), "a.nc": NC}))
    assert [type(t) for t in told] == [Refused, Refused, Document]


def test_all_of_it_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "LARGEST_ZIP", 100_000)
    told = found(tmp_path / "day.tar.gz", gzip.compress(tar({f"{n}.nc": b"x" * 30_000 for n in range(9)})))
    assert [type(t) for t in told] == [Document] * 3 + [Refused]


@pytest.mark.parametrize(
    ("form", "name", "headers"),
    [
        (tarfile.PAX_FORMAT, "a.nc", {"comment": "x" * 10_000_000}),
        (tarfile.PAX_FORMAT, "a.nc", {"path": "y" * 100_000}),
        (tarfile.GNU_FORMAT, "q" * 10_000_000, {}),
    ],
    ids=["comment", "path", "name"],
)
def test_a_header_without_end_is_not_read(tmp_path: Path, form: int, name: str, headers: dict[str, str]) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        for one, more in (("first.nc", {}), (name, headers)):
            member = tarfile.TarInfo(one)
            member.size, member.pax_headers = len(NC), more
            archive.addfile(member, io.BytesIO(NC))
    told = found(tmp_path / "day.tar", stream.getvalue())
    assert [type(t) for t in told] == [Document, Refused]
    assert isinstance(told[1], Refused)
    assert "header of more than" in told[1].problem.message


def test_names_are_labels_and_links_lead_nowhere(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (
            ("/etc/a.nc", tarfile.REGTYPE),
            ("../../b.nc", tarfile.REGTYPE),
            ("hard", tarfile.LNKTYPE),
            ("soft", tarfile.SYMTYPE),
            ("device", tarfile.CHRTYPE),
            ("pipe", tarfile.FIFOTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            member.size = len(NC) if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(NC) if member.size else None)
    told = found(tmp_path / "day.tar", stream.getvalue())
    assert [t.data for t in told if isinstance(t, Document)] == [NC, NC]
    assert len(told) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["day.tar"]
