"""Killed, raced and starved: no acknowledged row is lost, and no load is seen in part.

A kill -9 keeps what the kernel already has; a power cut, which does not, cannot be made here. For that the code makes each
file durable before the commit that names it.
"""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stakeline.ledger import Ledger, digest_of

from .made import MOMENT, group, handed, notice

ROOT = Path(__file__).parents[2]
PIECES = 3  # documents in a group


def child(*arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.ledger.child", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check_whole(folder: Path, acknowledged: set[int]) -> Ledger:
    """The ledger holds whole groups only, all that were acknowledged, and nothing that is wrong."""
    ledger = Ledger.open(folder)
    names = {d.name for d in ledger.documents()}
    groups = {int(name.split()[1].removesuffix(".html")) for name in names}
    assert acknowledged <= groups
    assert len(groups - acknowledged) <= 1  # the one that may have been stored and not yet said
    assert len(names) == PIECES * len(groups)
    pairs = [pair for number in groups for pair in group(number)]
    assert ledger.digest() == digest_of(pairs)
    assert ledger.verify() == []
    return ledger


def check_goes_on(ledger: Ledger) -> None:
    """The next load sweeps what was left behind, and all is well."""
    ledger.load(group(1000), recorded_at=MOMENT)
    assert ledger.verify() == []
    strays = [p.name for p in ledger.folder.rglob("*") if p.suffix in {".tmp", ".part"} or p.name == "pending.json"]
    assert strays == []
    packs = {d.pack for d in ledger.documents()}
    assert {p.stem for p in (ledger.folder / "archive").iterdir()} == packs


def kill_somewhere(folder: Path, seed: int) -> None:
    with child("groups", folder, 0, 1000) as process:
        assert process.stdout
        acknowledged = {int(process.stdout.readline())}
        time.sleep(random.Random(seed).uniform(0, 0.4))
        process.kill()
        acknowledged |= {int(line) for line in process.stdout}
    check_goes_on(check_whole(folder, acknowledged))


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_a_random_moment(tmp_path: Path, seed: int) -> None:
    kill_somewhere(tmp_path / "ledger", seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 150))
def test_killed_at_many_random_moments(tmp_path: Path, seed: int) -> None:
    kill_somewhere(tmp_path / "ledger", seed)


def kill_at_step(folder: Path, step: int) -> bool:
    """Killed at the given durable step of a load; true where the load has no such step and came through."""
    ledger = Ledger.create(folder)
    ledger.load(group(0), recorded_at=MOMENT)
    process = child("die", folder, step)
    told, _ = process.communicate()
    whole = told.strip() == "whole"
    assert process.returncode == (0 if whole else -9)
    check_goes_on(check_whole(folder, {0, 99} if whole else {0}))
    return whole


@pytest.mark.parametrize("step", [1, 20, 40, 44, 48, 52, 84])
def test_killed_at_a_step(tmp_path: Path, step: int) -> None:
    kill_at_step(tmp_path / "ledger", step)


@pytest.mark.soak
def test_killed_at_every_step(tmp_path: Path) -> None:
    steps = 1
    while not kill_at_step(tmp_path / f"{steps}", steps):
        steps += 1
    assert steps > 60


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    writers = [
        child("groups", folder, 0, 8),
        child("groups", folder, 4, 8),
    ]  # neither finds a ledger; 4 to 7 are in both
    seen = []
    while any(w.poll() is None for w in writers):
        if (folder / "stakeline.json").exists():
            reader = Ledger.open(folder)
            seen.append(len(reader.documents()))
            assert len(reader.notices()) == (seen[-1] // PIECES + 1 if seen[-1] else 0)
    for writer in writers:
        writer.communicate()
    assert [w.returncode for w in writers] == [0, 0]
    assert all(count % PIECES == 0 for count in seen)
    assert seen == sorted(seen)
    check_whole(folder, set(range(12)))
    assert len(Ledger.open(folder).loads()) == 12


@pytest.mark.parametrize("limit", [1, 40, 1_500, 30_000, 100_000])
def test_a_full_disk_fails_cleanly(tmp_path: Path, limit: int) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    ledger.load(group(0), recorded_at=MOMENT)
    before = {p: p.read_bytes() for p in ledger.folder.rglob("*") if p.is_file()}
    process = child("starve", ledger.folder, limit)
    told, _ = process.communicate()
    assert process.returncode == 0
    assert "the load was broken off, nothing of it was kept" in told
    assert {p: p.read_bytes() for p in ledger.folder.rglob("*") if p.is_file()} == before
    ledger.load([handed("after", notices=[notice("CS-after")])], recorded_at=MOMENT)
    assert ledger.verify() == []
