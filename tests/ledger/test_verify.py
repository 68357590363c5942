"""Whatever changes on the disk is named."""

import random
from pathlib import Path

import pytest

from stakeline.ledger import Ledger
from stakeline.ledger.columns import write
from stakeline.ledger.delta import add_line, commit
from stakeline.ledger.schema import columns_of
from stakeline.model.errors import LedgerDamaged, LedgerError
from stakeline.model.rows import canonical, row_key

from .made import MOMENT, fact, group, handed, notice


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """Three loads, with a checkpoint among them, and more files than one of each kind."""
    monkeypatch.setattr("stakeline.ledger.store.CHECKPOINT_EVERY", 2)
    made = Ledger.create(tmp_path / "ledger")
    for number in range(3):
        made.load(group(number), recorded_at=MOMENT)
    assert made.verify() == []
    return made


KINDS = {
    "about": "stakeline.json",
    "first commit": "table/_delta_log/00000000000000000000.json",
    "last commit": "table/_delta_log/00000000000000000003.json",
    "checkpoint": "table/_delta_log/*.checkpoint.parquet",
    "checkpoint's note": "table/checkpoint.json",
    "pointer to the checkpoint": "table/_delta_log/_last_checkpoint",
    "pack": "archive/*.zip",
    **{
        kind: f"table/kind={kind}/*/*.parquet"
        for kind in ("notices", "holdings", "facts", "sightings", "problems", "documents", "loads")
    },
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_flipped_bit_is_named_by_its_file(ledger: Ledger, kind: str) -> None:
    path = min(ledger.folder.glob(KINDS[kind]))
    whole = path.read_bytes()
    choose = random.Random(kind)
    for place in [0, len(whole) - 1, *(choose.randrange(len(whole)) for _ in range(6))]:
        broken = bytearray(whole)
        broken[place] ^= 1 << choose.randrange(8)
        path.write_bytes(broken)
        assert named(ledger.folder, path), f"byte {place} of {kind}"
    path.write_bytes(whole)
    assert Ledger.open(ledger.folder).verify() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_file_is_named(ledger: Ledger, kind: str) -> None:
    path = min(ledger.folder.glob(KINDS[kind]))
    path.unlink()
    if kind == "about":
        with pytest.raises(LedgerError):
            Ledger.open(ledger.folder)
    else:
        assert named(ledger.folder, path)


def named(folder: Path, path: Path) -> bool:
    """Whether opening or verifying names the file: a missing commit by its number, the last one by what it added."""
    try:
        faults = Ledger.open(folder).verify()
    except LedgerError as error:
        faults = [str(error)]
    wanted = {str(path)}
    if path.suffix == ".json" and path.stem.isdigit():
        wanted |= {f"version {int(path.stem)} is missing", "or the commit that named it is gone"}
    if path.name == "checkpoint.json":  # named beside the checkpoint that it no longer tells of
        wanted.add("noted in checkpoint.json")
    return any(w in fault for w in wanted for fault in faults)


def test_files_that_belong_to_nothing_are_named(ledger: Ledger) -> None:
    for name in ("archive/more.zip", "table/kind=notices/shard=00/x.parquet", "archive/x.part"):
        (ledger.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (ledger.folder / name).write_bytes(b"")
    assert sorted(f.split(": ")[0] for f in ledger.verify()) == sorted(
        str(ledger.folder / name)
        for name in ("archive/more.zip", "table/kind=notices/shard=00/x.parquet", "archive/x.part")
    )


def test_changed_bytes_are_not_handed_out(ledger: Ledger) -> None:
    (doc, _) = group(0)[0]
    pack = ledger.folder / "archive" / f"{ledger.documents()[0].pack}.zip"
    for path in (ledger.folder / "archive").iterdir():
        data = bytearray(path.read_bytes())
        data[60] ^= 1
        path.write_bytes(data)
    with pytest.raises(LedgerDamaged, match=doc.sha256):
        ledger.document(doc.sha256)
    pack.unlink()
    with pytest.raises(LedgerDamaged):
        list(ledger.archived())


def test_an_unreadable_data_file_is_said_when_asked(ledger: Ledger) -> None:
    for path in ledger.folder.glob("table/kind=notices/*/*.parquet"):
        path.write_bytes(b"PAR1")
    with pytest.raises(LedgerDamaged, match="stakeline verify"):
        ledger.notices()


def forge(ledger: Ledger, kind: str, **changed: object) -> None:
    """Add a copy of a row with something changed, as one could who knows how commits are sealed."""
    engine, at = ledger._engine, ledger._at
    text = "CAST({0} AS VARCHAR)"
    casts = {"known_from": "epoch_us({0})", "recorded_at": "epoch_us({0})"}
    names = columns_of(kind)[1:]
    chosen = ", ".join(
        casts.get(n, text if n in {"event_date", "shares", "percent"} else "{0}").format(n) for n in names
    )
    shard, paths = max(at.files[kind].items())
    (row, *_) = engine.execute(
        f"SELECT {chosen} FROM read_parquet(?, hive_partitioning = false)",  # noqa: S608
        [[str(at.folder / p) for p in paths]],
    ).fetchall()
    values = dict(zip(["shard", *names], (shard, *row), strict=True)) | changed
    table = ledger.folder / "table"
    files = write(engine, table, kind, [tuple(values.values())], f"forged-{at.version}")
    commit(table, at.version + 1, [add_line(f, 0) for f in files], operation="WRITE", clock=0)
    ledger.refresh()


KEY = "0" * 40


@pytest.mark.parametrize(
    ("kind", "changed", "said"),
    [
        ("notices", {"key": KEY}, f"row {KEY}: the key is not that of its content"),
        ("notices", {}, "stands there twice"),
        ("notices", {"holder": "Somebody"}, "holder: not what its content says"),
        ("notices", {"shard": "00"}, "shard: not what its content says"),
        ("notices", {"body": "{}"}, "the key is not that of its content"),
        ("holdings", {"shares": "1"}, "not what its notice says"),
        ("facts", {"measure": "price.high"}, "measure: not what its content says"),
        ("facts", {}, "stands there twice"),
        ("sightings", {"key": KEY}, "of a row that the ledger does not hold"),
        ("sightings", {"document": KEY}, "in a document that the ledger does not hold"),
        ("sightings", {"name": "elsewhere"}, "in a document that the ledger does not hold by that name"),
        ("sightings", {}, "stands there twice"),
        ("problems", {"document": KEY}, "of a document that the ledger does not hold"),
        ("problems", {"severity": "note"}, "the digest of the last load is not that of the rows"),
        ("documents", {"document": "f" * 64}, "not what the index of pack"),
        ("documents", {}, "stands there twice"),
        ("loads", {"number": 7}, "do not run from 1 without a gap"),
        ("loads", {"number": 4, "accepted": 999}, "accepted adds up to"),
        ("loads", {"number": 4, "accepted": 999}, "inputs are not accepted + known + quarantined"),
        ("loads", {"number": 4, "total": "0"}, "the digest of the last load is not that of the rows"),
    ],
)
def test_a_forged_row_is_named(ledger: Ledger, kind: str, changed: dict[str, object], said: str) -> None:
    forge(ledger, kind, **changed)
    assert any(said in fault and kind in fault for fault in ledger.verify()) or (
        kind == "problems" and any(said in fault for fault in ledger.verify())
    )


def test_a_row_without_a_sighting_is_named(ledger: Ledger) -> None:
    told = fact("2023-01-01", "5")
    columns = {"shard": "4", "key": row_key(told), "subject": told.subject, "period": told.period}
    forge(ledger, "facts", **columns, body=canonical(told).decode())
    assert [fault for fault in ledger.verify() if not fault.startswith("loads")] == [
        f"shard 4, row {row_key(told)}: stands in no document"
    ]


def test_a_row_changed_under_its_key_is_not_handed_out(ledger: Ledger) -> None:
    forge(ledger, "notices", body="{}")
    with pytest.raises(LedgerDamaged, match="not what was stored"):
        ledger.notices()


def test_compaction_changes_files_and_nothing_else(ledger: Ledger) -> None:
    before = (ledger.digest(), ledger.notices(), ledger.facts(), ledger.problems(), ledger.loads(), ledger.documents())
    old = set(ledger.folder.rglob("*.parquet"))
    ledger.compact(recorded_at=MOMENT)
    assert (
        sum(len(p) for shards in ledger._at.files.values() for p in shards.values()) == 12
    )  # 3 shards of facts (two of the four issuers are in d), one more of notices
    after = Ledger.open(ledger.folder)
    assert (
        after.digest(), after.notices(), after.facts(), after.problems(), after.loads(), after.documents()
    ) == before  # fmt: skip
    assert after.verify() == []
    assert old < set(ledger.folder.rglob("*.parquet"))  # for readers that have them open
    version = ledger.version
    ledger.compact(recorded_at=MOMENT.replace(month=2))
    assert ledger.version == version
    assert not {p for p in old if "kind=notices" in str(p)} & set(ledger.folder.rglob("*.parquet"))
    assert Ledger.open(ledger.folder).verify() == []


def test_loads_merge_behind_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stakeline.ledger.store.MERGE_AT", 3)
    ledger = Ledger.create(tmp_path / "ledger")
    for number in range(7):
        ledger.load([handed(f"{number}", notices=[notice(f"CS{number}")])], recorded_at=MOMENT)
        assert all(len(paths) < 3 for shards in ledger._at.files.values() for paths in shards.values())
    assert (len(ledger.notices()), len(ledger.loads()), ledger.verify()) == (7, 7, [])
