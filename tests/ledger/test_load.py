"""What a load keeps, counts and recognises; what the questions answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import deltalake
import pytest
from msgspec.structs import replace

from stakeline.ledger import Ledger
from stakeline.model.documents import Document
from stakeline.model.errors import LedgerDamaged, LedgerError, LedgerFormat, LedgerMissing, UsageError
from stakeline.model.notices import Absent, Holder, Leg, Position, Status
from stakeline.model.numbers import Number
from stakeline.model.rows import Read, Reading, Sighting, row_key

from .made import MOMENT, PUBLIC, Handed, document, fact, group, handed, notice, quarantined


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger.create(tmp_path / "ledger")


def test_an_empty_ledger_answers_with_nothing(ledger: Ledger) -> None:
    assert (ledger.notices(), ledger.facts(), ledger.problems(), ledger.documents(), ledger.loads()) == (
        [],
        [],
        [],
        [],
        [],
    )
    assert (ledger.names().told, ledger.knows({"0" * 64}), ledger.verify()) == ((), set(), [])
    # SHA-256 of 256 zero bytes
    assert ledger.digest() == "5341e6b2646979a70e57653007a1f310169421ec9bdd9f1a5648f75ade005af1"


def test_what_was_loaded_comes_back(ledger: Ledger) -> None:
    told, price = notice("CS1", text="a\nb"), fact("2022-11-15", "1.79", cites=("x", "y"))
    pair = handed("n", notices=[told], facts=[price], problems=[quarantined()])
    receipt = ledger.load([pair], recorded_at=MOMENT)

    place = Sighting(pair[0].sha256, "row 0", "n.html")
    again = Ledger.open(ledger.folder)
    assert [(r.key, r.body, r.sightings) for r in again.notices()] == [(row_key(told), told, (place,))]
    assert [(r.key, r.body, r.sightings) for r in again.facts()] == [(row_key(price), price, (place,))]
    (problem,) = again.problems()
    assert (problem.document, problem.name, problem.position, problem.problem) == (
        pair[0].sha256,
        "n.html",
        0,
        quarantined(),
    )
    (kept,) = again.documents()
    assert (kept.name, kept.reader, kept.size, kept.inputs, kept.quarantined) == (
        "n.html",
        "made",
        len(pair[0].data),
        3,
        1,
    )
    assert (kept.recorded_at, kept.load) == (MOMENT, receipt.load)
    assert again.document(pair[0].sha256) == pair[0]
    (load,) = again.loads()
    assert (load.number, load.load, load.recorded_at) == (1, receipt.load, MOMENT)
    assert (load.documents, load.inputs, load.accepted, load.known, load.quarantined) == (1, 3, 2, 0, 1)
    assert again.verify() == []


def test_duplicates_are_counted_and_their_sightings_kept(ledger: Ledger) -> None:
    one = handed("one", notices=[notice("CS1"), notice("CS1")])  # twice in one document: one row, two places
    two = handed("two", notices=[notice("CS1"), notice("CS2")])
    first = ledger.load([one, two], recorded_at=MOMENT)
    assert (first.documents, first.inputs, first.accepted, first.known) == (2, 4, 2, 2)
    again = ledger.load([two, handed("three", notices=[notice("CS2")])], recorded_at=MOMENT)
    assert (again.documents, again.documents_known, again.inputs, again.accepted, again.known) == (1, 1, 3, 0, 3)
    seen = {r.body.serial: [(s.name, s.locator) for s in r.sightings] for r in ledger.notices()}
    assert {k: sorted(v) for k, v in seen.items()} == {
        "CS1": [("one.html", "row 0"), ("one.html", "row 1"), ("two.html", "row 0")],
        "CS2": [("three.html", "row 0"), ("two.html", "row 1")],
    }
    assert ledger.verify() == []


def test_the_same_bytes_under_another_name_are_the_same_document(ledger: Ledger) -> None:
    (data, reading) = handed("one", notices=[notice("CS1")], problems=[quarantined()])
    renamed = Document(data=data.data, name="other.html")
    receipt = ledger.load([(data, reading), (renamed, reading)], recorded_at=MOMENT)
    assert (receipt.documents, receipt.documents_known) == (1, 1)
    # the quarantined input of the second is known too: it was met before
    assert (receipt.inputs, receipt.accepted, receipt.known, receipt.quarantined) == (4, 1, 2, 1)


def test_a_load_that_brings_nothing_new_writes_nothing(ledger: Ledger) -> None:
    ledger.load(group(1), recorded_at=MOMENT)
    before = sorted(ledger.folder.rglob("*"))
    receipt = ledger.load(group(1), recorded_at=MOMENT)
    assert (receipt.load, receipt.inputs, receipt.known) == (None, 8, 8)
    assert receipt.digest == ledger.digest()
    assert sorted(ledger.folder.rglob("*")) == before


def test_known_documents_need_not_be_read_again(ledger: Ledger) -> None:
    pairs = group(1)
    ledger.load(pairs, recorded_at=MOMENT)
    hashes = {d.sha256 for d, _ in pairs}
    assert ledger.knows([*hashes, "f" * 64]) == hashes
    receipt = ledger.load([(d, None) for d, _ in pairs], recorded_at=MOMENT)
    assert (receipt.documents_known, receipt.inputs, receipt.known) == (3, 8, 8)
    with pytest.raises(LedgerError, match="handed over unread"):
        ledger.load([*group(2), (document("never seen"), None)], recorded_at=MOMENT)
    assert (len(ledger.documents()), ledger.verify(), list(ledger.folder.glob("pending*"))) == (3, [], [])


def test_a_reader_that_fails_midway_leaves_no_trace(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stakeline.ledger.load._BATCH_DOCUMENTS", 1)
    monkeypatch.setattr("stakeline.ledger.load._WAITING_BYTES", 1)  # so that files are written before the failure
    monkeypatch.setattr("stakeline.ledger.load._PACK_DOCUMENTS", 1)
    ledger.load(group(1), recorded_at=MOMENT)
    before = sorted(p for p in ledger.folder.rglob("*") if p.is_file())

    def failing() -> Iterator[Handed]:
        yield from group(2)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ledger.load(failing(), recorded_at=MOMENT)
    assert sorted(p for p in ledger.folder.rglob("*") if p.is_file()) == before
    assert (len(ledger.documents()), ledger.verify()) == (3, [])


def test_tidying_that_fails_does_not_deny_the_load(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stakeline.ledger.store.MERGE_AT", 2)
    ledger.load(group(1), recorded_at=MOMENT)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stakeline.ledger.compact.commit", full)
    receipt = ledger.load(group(2), recorded_at=MOMENT)
    assert (receipt.digest, len(ledger.loads()), ledger.verify()) == (ledger.digest(), 2, [])
    with pytest.raises(LedgerError, match="compacting was broken off, nothing of it was kept"):
        ledger.compact(recorded_at=MOMENT)
    assert (ledger.verify(), list(ledger.folder.glob("pending*"))) == ([], [])


def test_batches_and_packs_within_a_load_are_one_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Ledger.create(tmp_path / "whole")
    pairs = [pair for number in range(4) for pair in group(number)]
    expected = whole.load(pairs, recorded_at=MOMENT)
    monkeypatch.setattr("stakeline.ledger.load._BATCH_DOCUMENTS", 3)
    monkeypatch.setattr("stakeline.ledger.load._WAITING_BYTES", 1)
    monkeypatch.setattr("stakeline.ledger.load._PACK_DOCUMENTS", 5)
    parts = Ledger.create(tmp_path / "parts")
    receipt = parts.load([*pairs, pairs[0]], recorded_at=MOMENT)
    assert (receipt.accepted, receipt.known, receipt.digest) == (
        expected.accepted,
        expected.known + 1,
        expected.digest,
    )
    assert len(list((parts.folder / "archive").glob("*.zip"))) == 3
    assert [d.name for d in parts.archived()] == [d.name for d, _ in pairs]
    assert (parts.version, parts.verify()) == (1, [])
    assert parts.notices() == whole.notices()


def test_known_leaves_out_what_came_later_and_what_does_not_tell(ledger: Ledger) -> None:
    later = notice("CS2", known_from=PUBLIC + timedelta(microseconds=1))
    untold = notice("CS3", known_from=None)
    ledger.load([handed("n", notices=[notice("CS1"), later, untold])], recorded_at=MOMENT)

    def serials(known: datetime | None = None, *, undated: bool = False) -> set[str | None]:
        return {r.body.serial for r in ledger.notices(known=known, undated=undated)}

    assert serials() == {"CS1", "CS2", "CS3"}
    assert serials(known=PUBLIC) == {"CS1"}
    assert serials(known=PUBLIC, undated=True) == {"CS1", "CS3"}
    assert serials(known=PUBLIC - timedelta(microseconds=1)) == set()
    assert sum(n for *_, n in ledger.names(known=PUBLIC).told) == 1


def test_questions_by_issuer_measure_and_holder(ledger: Ledger) -> None:
    ledger.load(
        [
            handed("a", notices=[notice("1", code="00020"), notice("2", code="00700", holder="TENCENT  Holdings")]),
            handed("b", notices=[notice("3", holder="Ma Huateng", code="00700")]),
            handed("c", facts=[fact("2022-11-15", "1.79"), fact("2022-11-15", "300", subject="hk:00700")]),
            handed("d", facts=[fact("2022-11-15", "1", measure="name", number=None, text="SenseTime", unit="text")]),
        ],
        recorded_at=MOMENT,
    )
    assert {r.body.serial for r in ledger.notices(subjects=["hk:00700", "hk:99999"])} == {"2", "3"}
    assert ledger.notices(subjects=[]) == []
    assert {r.body.serial for r in ledger.notices(holder_like="tencent HOLD")} == {"2"}
    assert {r.body.serial for r in ledger.notices(holder_like="m%")} == set()  # no wildcards
    assert [r.body.number for r in ledger.facts(subjects=["hk:00700"])] == [Number(Decimal(300))]
    assert [r.body.text for r in ledger.facts(measures=["name"])] == ["SenseTime"]
    assert [r.body.text for r in ledger.names().facts] == ["SenseTime"]
    assert ledger.names().told[0] == ("hk:00020", "SenseTime Group Inc. - B", "Alibaba Group Holding Limited", 1)


HOSTILE = [
    "'; DROP TABLE t; --",
    'a"b',
    "a\nb",
    "a\x00b",
    "$1 ? ?",
    "\u202eevil",
    "阿里巴巴集團",
    "%_%",
    "x" * 10_000,
    "‘",
]


def test_hostile_names_are_stored_and_found(ledger: Ledger) -> None:
    pairs = [
        (Document(data=name.encode(), name=f"{name}.html"), Reading(reader=name, notices=(Read(told, name),)))
        for name in HOSTILE
        for told in [notice(name, code=name, holder=name, issuer_name=name)]
    ]
    ledger.load(pairs, recorded_at=MOMENT)
    for name, (doc, _) in zip(HOSTILE, pairs, strict=True):
        (row,) = ledger.notices(subjects=[f"hk:{name}"], holder_like=name)
        assert (row.body.serial, row.sightings) == (name, (Sighting(doc.sha256, name, f"{name}.html"),))
        assert ledger.document(doc.sha256) == doc
    assert ledger.verify() == []


def test_text_that_is_no_text_is_quarantined_not_fatal(ledger: Ledger) -> None:
    bad, good = notice("CS1", text="half \ud800 a pair"), notice("CS2")
    doc = Document(data=b"x", name="saved\udcff.html")  # a file name that is no UTF-8
    reading = Reading(reader="made", notices=(Read(bad, "row \udfff"), Read(good)))
    receipt = ledger.load([(doc, reading)], recorded_at=MOMENT)
    assert (receipt.inputs, receipt.accepted, receipt.quarantined) == (2, 1, 1)
    (problem,) = ledger.problems()
    assert (problem.name, problem.problem.where) == ("saved\\udcff.html", "row \\udfff")
    assert "surrogate" in problem.problem.message
    assert ledger.verify() == []
    assert ledger.facts(subjects=["\ud800"]) == []


SHARD = "4"  # printf hk:00020 | sha256sum


def test_holdings_for_other_engines(ledger: Ledger) -> None:
    """Spark and others read the Delta table: asked here through DataFusion, another engine than our own DuckDB."""
    short = Position(leg=Leg.SHORT, shares=Absent.UNREADABLE, percent=Number(Decimal("0.1234567")))
    huge = Position(leg=Leg.POOL, shares=Number(Decimal(10) ** 40), percent=Number(Decimal("-0")))
    ledger.load([handed("n", notices=[notice("CS1", before=(short, huge))])], recorded_at=MOMENT)
    table = deltalake.DeltaTable((ledger.folder / "table").as_uri())
    asked = "SELECT side, leg, shares, percent, shard FROM t WHERE kind = 'holdings' ORDER BY side, leg"
    rows = deltalake.QueryBuilder().register("t", table).execute(asked).read_all().to_struct_array().to_pylist()
    assert [(r["side"], r["leg"], r["shares"], r["percent"], r["shard"]) for r in rows] == [
        ("after", "long", Decimal(2_271_000_000), Decimal("8.74"), SHARD),
        ("before", "lending pool", None, Decimal(0), SHARD),  # too large for the column: whole in the body
        ("before", "short", None, None, SHARD),  # unreadable; more digits than the column holds exactly
    ]
    (row,) = ledger.notices()
    assert row.body.before == (short, huge)


def test_amendments_and_withdrawals_are_rows_beside_the_first(ledger: Ledger) -> None:
    first = notice("CS1")
    amended = notice("CS2", status=Status.AMENDMENT, related="CS1")
    withdrawn = notice("CS1", status=Status.WITHDRAWN, holder="Alibaba")
    ledger.load([handed("a", notices=[first])], recorded_at=MOMENT)
    ledger.load([handed("b", notices=[amended, withdrawn])], recorded_at=MOMENT)
    assert {(r.body.serial, r.body.status) for r in ledger.notices()} == {
        ("CS1", Status.FILED),
        ("CS2", Status.AMENDMENT),
        ("CS1", Status.WITHDRAWN),
    }


def test_a_chinese_name_finds_its_holder(ledger: Ledger) -> None:
    named = replace(notice("CS9"), holder=Holder(name="Xu Li", chinese="徐立"))
    pair = handed("n", notices=[notice("CS1"), named])
    ledger.load([pair], recorded_at=MOMENT)
    assert [r.body.holder.name for r in ledger.notices(holder_like="徐立")] == ["Xu Li"]
    assert [r.body.holder.name for r in ledger.notices(holder_like="ＸＵ  li")] == ["Xu Li"]  # full-width letters


def test_a_view_stays_until_it_is_refreshed(ledger: Ledger) -> None:
    ledger.load(group(1), recorded_at=MOMENT)
    other = Ledger.open(ledger.folder)
    assert len(other.loads()) == 1
    ledger.load(group(2), recorded_at=MOMENT)
    ledger.compact(recorded_at=MOMENT)
    assert (len(other.loads()), len(other.notices()), len(ledger.notices())) == (1, 2, 3)
    other.refresh()
    assert (other.loads(), other.digest()) == (ledger.loads(), ledger.digest())


def test_create_opens_what_is_there_and_open_says_what_is_missing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.load(group(1), recorded_at=MOMENT)
    assert len(Ledger.create(ledger.folder).documents()) == 3
    with pytest.raises(LedgerMissing, match=r"no ledger at .*nowhere"):
        Ledger.open(tmp_path / "nowhere")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("x")
    with pytest.raises(LedgerMissing):
        Ledger.open(tmp_path / "mine")
    with pytest.raises(LedgerError, match="mine"):
        Ledger.create(tmp_path / "mine")
    with pytest.raises(LedgerError, match="percent code"):
        Ledger.create(tmp_path / "100%25")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ledger", "mine"]


@pytest.mark.parametrize("name", ["a b", "a[1]*?'q", "x=y", "台灣", "100%", "shard=zz"])
def test_a_ledger_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    ledger = Ledger.create(tmp_path / name / "ledger")
    ledger.load(group(1), recorded_at=MOMENT)
    ledger.load(group(2), recorded_at=MOMENT)
    ledger.compact(recorded_at=MOMENT)
    again = Ledger.open(tmp_path / name / "ledger")
    assert (len(again.notices()), again.verify()) == (3, [])


def test_another_format_is_refused(ledger: Ledger) -> None:
    about = ledger.folder / "stakeline.json"
    assert about.read_bytes() == b'{"format":2,"table":"table"}'
    about.write_bytes(b'{"format":1,"table":"table"}')
    with pytest.raises(LedgerFormat, match="is in format 1; this Stakeline reads and writes format 2"):
        Ledger.open(ledger.folder)
    about.write_bytes(b'{"format":2,"table":"../else"}')
    with pytest.raises(LedgerDamaged, match=r"stakeline\.json"):
        Ledger.open(ledger.folder)


def test_a_note_cannot_choose_what_is_swept(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_bytes(b"")
    for note in (
        b'{"stem":"table-00000000","packs":["../../mine"]}',
        b'{"stem":"*","packs":[]}',
        b'{"stem":"table-00000000","folders":["../"]}',
        b"\xff",
    ):
        (ledger.folder / "pending.json").write_bytes(note)
        with pytest.raises(LedgerDamaged, match=r"pending\.json"):
            ledger.load(group(1), recorded_at=MOMENT)
        assert any("pending.json" in fault for fault in ledger.verify())
    assert (tmp_path / "mine.zip").exists()


def test_a_document_that_is_not_there(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="holds no document"):
        ledger.document("0" * 64)


def test_rebuild_from_the_archive_gives_the_same_digest_and_can_be_adopted(ledger: Ledger, tmp_path: Path) -> None:
    readings = {}
    for number in range(3):
        for doc, reading in group(number):
            readings[doc.sha256] = reading
        ledger.load(group(number), recorded_at=MOMENT + timedelta(days=number))
    fresh = Ledger.create(tmp_path / "fresh")
    for load in ledger.loads():
        again = ((doc, readings[doc.sha256]) for doc in ledger.archived(load.load))
        fresh.load(again, recorded_at=load.recorded_at)
    assert fresh.digest() == ledger.digest()

    other = Ledger.create(tmp_path / "other")  # read by a better reader, which understands one notice more
    doc, reading = group(0)[0]
    more = [(doc, Reading(reader="better", notices=(*reading.notices, Read(notice("CS-new")))))]
    other.load([*more, *[p for n in range(3) for p in group(n)]], recorded_at=MOMENT)
    ledger.adopt(other)
    assert (ledger.digest(), ledger.verify()) == (other.digest(), [])
    assert "CS-new" in {r.body.serial for r in Ledger.open(ledger.folder).notices()}
    assert sorted(p.name for p in ledger.folder.glob("table*")) != ["table"]
    assert len(list((ledger.folder / "archive").iterdir())) == 1
    ledger.load(group(7), recorded_at=MOMENT)
    assert ledger.verify() == []
    with pytest.raises(LedgerError, match="the same documents"):
        ledger.adopt(fresh)
    assert ledger.verify() == []
