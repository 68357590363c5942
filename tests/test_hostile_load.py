"""A folder of broken and hostile documents, wrapped ones among them, loaded end to end in real processes: every one of them is accounted for."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.mutations import mutant
from tests.hostile.originals import made_pages, originals, packed

_MANY = 300


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder of a ledger into which 300 documents were loaded, and the receipt."""
    root = tmp_path_factory.mktemp("hostile")
    folder = root / "pages"
    folder.mkdir()
    for seed in range(30_000, 30_000 + _MANY - 3):
        document = mutant(seed, packed() if seed % 6 == 0 else originals())[1]
        (folder / document.name).write_bytes(document.data)
    whole = made_pages()[0]
    (folder / "whole.html").write_bytes(whole.data)
    (folder / "the same again.html").write_bytes(whole.data)
    (folder / "empty.html").write_bytes(b"")
    done = _run(root, "load", "pages", "--json")
    assert done.returncode == 1, done.stderr[-2_000:]
    assert "Traceback" not in done.stderr
    receipt: dict[str, Any] = json.loads(done.stdout)
    return root, receipt


def _run(root: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "STAKELINE_LEDGER": str(root / "ledger"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "stakeline", *words],
        cwd=root, env=environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


def test_the_receipt_adds_up(loaded: tuple[Path, dict[str, Any]]) -> None:
    _, receipt = loaded
    assert receipt["inputs"] == receipt["accepted"] + receipt["known"] + receipt["quarantined"]
    assert receipt["accepted"] > 100
    assert receipt["quarantined"] > 30


def test_every_quarantined_input_is_listed(loaded: tuple[Path, dict[str, Any]]) -> None:
    root, receipt = loaded
    done = _run(root, "problems", "--json")
    assert done.returncode == 1
    listed = json.loads(done.stdout)
    assert sum(1 for p in listed if p["problem"]["severity"] == "input") == receipt["quarantined"]
    assert any("empty.html" in p["name"] for p in listed)
    shown = _run(root, "problems")
    assert shown.returncode == 1
    assert "empty.html" in shown.stdout
    assert not set(shown.stdout) & set("\x1b\x07\x00\u202e\u200b")


def test_a_rebuild_tells_the_same_and_everything_stored_is_sound(loaded: tuple[Path, dict[str, Any]]) -> None:
    root, _ = loaded
    rebuilt = _run(root, "rebuild", "--json")
    assert (rebuilt.returncode, json.loads(rebuilt.stdout)["same"]) == (0, True), rebuilt.stdout
    sound = _run(root, "verify", "--json")
    assert (sound.returncode, json.loads(sound.stdout)["sound"]) == (0, True), sound.stdout


def test_loading_it_all_again_adds_nothing(loaded: tuple[Path, dict[str, Any]]) -> None:
    root, receipt = loaded
    again = json.loads(_run(root, "load", "pages", "--json").stdout)
    assert again["accepted"] == again["quarantined"] == 0
    assert again["inputs"] == again["known"]
    assert again["digest"] == receipt["digest"]


def test_what_was_taken_in_can_be_asked(loaded: tuple[Path, dict[str, Any]]) -> None:
    root, _ = loaded
    for words in (("show", "00020"), ("events", "00020"), ("brief", "00020")):
        done = _run(root, *words)
        assert "Traceback" not in done.stderr, done.stderr[-2_000:]
        assert done.returncode in (0, 2), (words, done.stderr[-500:])
