"""`stakeline duty` as a user meets it: real processes, real files, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stakeline.workflows.template import TEMPLATES


def run(*words: str, cwd: Path, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "stakeline", "duty", *words],
        cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.parametrize("shape", ["json", "csv"])
def test_a_template_runs_as_it_is(tmp_path: Path, shape: str) -> None:
    printed = run("--template", shape, cwd=tmp_path).stdout
    (tmp_path / f"positions.{shape}").write_text(printed, encoding="utf-8")
    done = run(f"positions.{shape}", "--trace", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "Tuesday 2022-11-08: disposal: DUE",
        "9% passed downwards (level 9 to 8); long, class B",
        "due by     Friday 2022-11-11",
        "form       Form 2",
        "section    SFO s.313(1)(c)",
        "box 19 (total shares immediately after the event): long 2,271,000,000 shares, 8.741797%",
        "contrast, not the law's base:",
        "of all shares of the company: 7.01636% to 6.777607%: level 7 to 6",
        "of all votes: 2.321602% to 2.242603%: no level",
        "fires against 9.049742%: 9% down [SFO s.313(1)(c)]",
        "Neither legal nor investment advice.",
    ):
        assert words in done.stdout
    assert run("-", "--trace", cwd=tmp_path, stdin=printed).stdout == done.stdout


def test_json_has_the_trace_always(tmp_path: Path) -> None:
    done = run("-", "--json", "--headroom", "--on", "2022-11-30", "--since", "2022-11-08", cwd=tmp_path,
        stdin=TEMPLATES["json"])  # fmt: skip
    answer = json.loads(done.stdout)
    [event] = answer["events"]
    assert event["duty"] is True
    assert event["trace"]
    assert event["notices"][0]["deadline"]["day"] == "2022-11-11"
    assert [room["on"] for room in answer["rooms"]] == ["2022-11-30"] * len(answer["rooms"])
    assert answer["advice"] == "Neither legal nor investment advice."


def test_what_is_supposed_and_what_is_not_due(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(TEMPLATES["json"], encoding="utf-8")
    done = run("p.json", "--what-if", "sell 3000000 0020.HK class B on 2022-11-09", cwd=tmp_path)
    assert done.returncode == 0
    assert "supposed: sell 3000000 0020.HK class B on 2022-11-09: not due" in done.stdout
    assert "2022-11-08: disposal" not in done.stdout
    assert "2022-11-07" in run("p.json", "--all", cwd=tmp_path).stdout
    assert "2022-11-07" not in run("p.json", cwd=tmp_path).stdout


def test_deadlines_go_to_a_file_or_alone_to_the_output(tmp_path: Path) -> None:
    pytest.importorskip("icalendar", reason="the extra ics is not installed")
    done = run("-", "--ics", "due.ics", cwd=tmp_path, stdin=TEMPLATES["csv"])
    assert "DUE" in done.stdout
    written = (tmp_path / "due.ics").read_bytes()
    assert b"DTSTART;VALUE=DATE:20221111" in written
    alone = run("-", "--ics", "-", cwd=tmp_path, stdin=TEMPLATES["csv"])
    assert alone.stdout.startswith("BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        ((), "", "duty --template"),
        (("nowhere.csv",), "", "cannot be read"),
        (("-",), "{}", "investor"),
        (("-",), "date,holder,leg,pct\n2024-05-02,A,long,x\n", "line 2: column pct"),
        (("-", "--regime", "xx_law"), TEMPLATES["json"], "no rulebook 'xx_law'"),
        (("-", "--on", "soon"), TEMPLATES["json"], "'soon' is not a day"),
        (("-", "--what-if", "dance"), TEMPLATES["json"], "is not understood"),
        (("-", "--ics", "no/folder/x.ics"), TEMPLATES["json"], "cannot be written"),
    ],
)
def test_what_cannot_be_answered_is_said(tmp_path: Path, words: tuple[str, ...], stdin: str, said: str) -> None:
    done = run(*words, cwd=tmp_path, stdin=stdin)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_a_file_says_is_printed_as_text(tmp_path: Path) -> None:
    hostile = json.loads(TEMPLATES["json"])
    hostile["securities"] = {"\x1b[31mRED": {}}
    done = run("-", cwd=tmp_path, stdin=json.dumps(hostile))
    assert done.returncode == 2
    assert "\x1b" not in done.stderr + done.stdout
