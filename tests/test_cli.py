"""The commands as a user meets them: a real process, real files, bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stakeline.cli.arguments import commands
from tests import pages

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = {
        **os.environ,
        "STAKELINE_LEDGER": str(tmp_path / "ledger"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }

    def run_command(*words: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, "-m", "stakeline", *words],
            cwd=tmp_path, env=environment, input=stdin, capture_output=True, check=False,
        )  # fmt: skip
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_command


def test_every_command_explains_itself(run: Run) -> None:
    for command in commands():
        done = run(command, "--help")
        assert done.returncode == 0
        assert command in done.stdout


def test_a_page_from_standard_input_is_read(run: Run) -> None:
    done = run("read", "-", stdin=pages.founding_notice())
    assert done.returncode == 0, done.stderr
    assert "CS20221111E00123" in done.stdout
    assert "shares 80,000,000" in done.stdout
    assert "average 1.8190" in done.stdout


def test_load_show_events_brief_and_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice(before=[("Long position", "2,351,000,000", "9.05")],
        after=[("Long position", "2,271,000,000", "8.74")], issued="25,978,640,000"))  # fmt: skip
    loaded = run("load", "notice.html")
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert "1 input = 1 accepted + 0 already known + 0 quarantined" in loaded.stdout
    again = run("load", "notice.html")
    assert "1 input = 0 accepted + 1 already known + 0 quarantined" in again.stdout
    shown = json.loads(run("show", "20", "--json").stdout)
    assert shown["held"][0]["position"]["entry"]["after"]["shares"]["value"] == "2271000000"
    assert "2,271,000,000" in run("show", "SenseTime").stdout
    listed = json.loads(run("events", "SenseTime", "--crosses", "9", "--json").stdout)
    assert [e["event"]["kind"] for e in listed] == ["crossing"]
    event = listed[0]["event"]["id"]
    told = run("brief", event, "--format", "json")
    brief = json.loads(told.stdout)
    assert brief["event"] == event
    note = brief["footnotes"][0]["id"]
    why = run("why", note)
    assert why.returncode == 0
    assert "there it says: 80,000,000" in why.stdout
    (tmp_path / "brief.json").write_text(told.stdout, encoding="utf-8")
    assert run("why", note, "--in", "brief.json").returncode == 0
    for form in ("text", "md", "html"):
        assert "80 million" in run("brief", "SenseTime", "--format", form).stdout
    assert run("verify").returncode == 0
    assert run("rebuild").returncode == 0


def test_bad_input_is_heard_and_nothing_is_lost(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "half.html").write_bytes(pages.founding_notice()[:900])
    done = run("load", "empty.html", "noise.bin", "half.html", "--json")
    assert done.returncode == 1
    receipt = json.loads(done.stdout)
    assert receipt["documents"] == 3
    assert receipt["inputs"] == receipt["quarantined"] == 3
    problems = run("problems")
    assert problems.returncode == 1
    for name in ("empty.html", "noise.bin", "half.html"):
        assert f"quarantined: {name}" in problems.stdout
    assert run("rebuild").returncode == 0


def test_an_unreadable_figure_is_said_and_not_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice(after=[("Long position", "2,27l,000,000", "8.74")]))
    done = run("load", "notice.html")
    assert done.returncode == 0
    assert "unreadable" in run("problems").stdout
    shown = run("show", "SenseTime").stdout
    assert "2,27" not in shown
    assert "not told" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "SenseTime"), "there is no ledger at"),
        (("read", "nowhere.html"), "no such file or folder"),
        (("brief", "SenseTime"), "stakeline load FILE"),
        (("verify",), "stakeline demo"),
    ],
)
def test_errors_say_what_to_do(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_names_and_days_that_are_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice())
    run("load", "notice.html")
    for words, said in (
        (("show", "SenseTimf"), "Did you mean SenseTime"),
        (("show", "SenseTime", "--on", "8/11/2022"), "write it like 2022-11-08"),
        (("brief", "SenseTime", "--known", "2022-11-01"), "no event of SenseTime"),
        (("why", "fnothing"), "no brief made from this ledger"),
        (("timeline", "Tencent", "SenseTime"), "nothing known by the name"),
    ):
        done = run(*words)
        assert done.returncode == 2, words
        assert said in done.stderr, done.stderr


def test_the_demo_leaves_a_ledger_to_go_on_with(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    assert done.returncode == 0, done.stderr
    assert "HK$145.52 million" in done.stdout
    folder = tmp_path / "cache" / "stakeline" / "demo"
    assert f"--ledger {folder} timeline Alibaba SenseTime" in done.stdout
    assert run("--ledger", str(folder), "timeline", "Alibaba", "SenseTime").returncode == 0


def test_the_demo_never_wipes_a_ledger_that_was_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice(serial="CS20221110E00001"))
    run("load", "notice.html", "--ledger", "mine")
    assert run("demo", "--ledger", "mine").returncode == 0
    assert "CS20221110E00001" in run("timeline", "Alibaba", "SenseTime", "--ledger", "mine").stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice())
    command = f"{sys.executable} -m stakeline read notice.html notice.html notice.html | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_completion_names_every_command(run: Run) -> None:
    script = run("completion", "bash").stdout
    for command in commands():
        assert command in script
