"""The `rules` commands: tables, changes, cases from a file and from standard input, exit codes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from stakeline.cli import main
from stakeline.duties import Answer
from stakeline.model.situations import Situation
from stakeline.workflows import cases, situations

CASE: dict[str, Any] = {
    "id": "XX-001",
    "regime": "us_13d_13g",
    "source_url": "https://example.org",
    "citation": "240.13d-1(a)",
    "given": {
        "investor": {"id": "A", "filer_type": "control"},
        "positions": [
            {"date": "2024-02-01", "holder": "A", "leg": "holding", "pct": "4.9"},
            {"date": "2024-02-02", "holder": "A", "leg": "holding", "pct": "5.1"},
        ],
        "event": {"type": "acquisition", "date": "2024-02-02"},
    },
    # Ten calendar days from Friday 2 February 2024 (until 5 February 2024: five business days after).
    "expected": {
        "duty": True,
        "thresholds": ["5"],
        "direction": "up",
        "form": "Schedule 13D",
        "deadline": "2024-02-12",
    },
    "note": "",
    "basis": "rule_applied",
    "confidence": "high",
}


def changed(**keys: object) -> dict[str, Any]:
    return {**CASE, **keys}


def lines(tmp_path: Path, *told: object) -> str:
    text = "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in told)
    file = tmp_path / "cases.jsonl"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_an_answer_that_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "test", lines(tmp_path, CASE, "")]) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert list(told) == ["id", "duty", "thresholds", "change", "direction", "form", "deadline", "reason", "ok"]
    assert told | {"reason": ""} == {
        "id": "XX-001",
        "duty": True,
        "thresholds": ["5"],
        "change": None,
        "direction": "up",
        "form": "Schedule 13D",
        "deadline": "2024-02-12",
        "reason": "",
        "ok": True,
    }
    assert told["reason"]
    assert "1 case: 1 ok, 0 wrong" in err


@pytest.mark.parametrize(
    ("confidence", "options", "code"), [("high", [], 1), ("medium", [], 0), ("medium", ["--all"], 1)]
)
def test_an_answer_that_disagrees_is_said_and_counts_by_confidence(
    confidence: str, options: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = changed(expected={**CASE["expected"], "deadline": "2024-02-09"}, confidence=confidence)
    assert main(["rules", "test", *options, lines(tmp_path, wrong)]) == code
    out, err = capsys.readouterr()
    assert json.loads(out)["ok"] is False
    assert "deadline 2024-02-12, the case says 2024-02-09" in err
    assert "1 wrong" in err


def test_a_case_without_an_answer_or_not_to_be_counted_is_not_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = {key: CASE[key] for key in ("id", "regime", "given")}
    unscored = changed(
        expected={**CASE["expected"], "direction": "down"}, scored=False, unscored_because="an example of ours"
    )
    assert main(["rules", "test", lines(tmp_path, asked, unscored)]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["ok"] for line in out.splitlines()] == [None, None]
    assert [json.loads(line)["duty"] for line in out.splitlines()] == [True, True]
    assert "2 not compared" in err


def test_a_line_that_is_not_understood_is_an_error_and_the_run_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = [
        changed(colour="red"),
        changed(regime="xx_nowhere"),
        changed(given={**CASE["given"], "event": {"type": "purchase", "date": "2024-02-02"}}),
        changed(given={**CASE["given"], "question": {"duty": "us.nothing"}}),
        '{"id": "XX-002", ',
        "[]",
        '{"id": "XX-001", "id": "XX-002"}',
    ]
    assert main(["rules", "test", lines(tmp_path, *bad, CASE)]) == 1
    out, err = capsys.readouterr()
    told = [json.loads(line) for line in out.splitlines()]
    assert [one["ok"] for one in told] == [False] * 7 + [True]
    said = ['the key "colour"', "xx_nowhere", "given.event.type", "us.nothing", "no JSON", "no JSON object", "twice"]
    for number, (one, words) in enumerate(zip(told[:7], said, strict=True), 1):
        assert one["error"].startswith(f"line {number}: ")
        assert words in one["error"]
        assert one["duty"] is None
    assert [one["id"] for one in told] == ["XX-001"] * 4 + [None] * 3 + ["XX-001"]
    assert "error" not in told[7]
    assert "1 ok, 0 wrong, 0 unknown, 7 errors" in err


def test_a_fault_of_ours_takes_no_other_case_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(code: str, asked: Situation) -> Answer:
        return situations.answer(code, asked) if asked.investor.id == "A" else 1 // 0  # type: ignore[return-value]

    monkeypatch.setattr(cases, "answer", breaks)
    other = changed(given={**CASE["given"], "investor": {"id": "B"}})
    assert main(["rules", "test", lines(tmp_path, other, CASE)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "our fault" in told[0]["error"]
    assert told[1]["ok"] is True


def test_a_line_without_end_is_not_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "long.jsonl"
    file.write_bytes(b'"' + b"a" * 10_000_001 + b'"\n' + json.dumps(CASE).encode())
    assert main(["rules", "test", str(file)]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["ok"] for one in told] == [False, True]
    assert "longer than" in told[0]["error"]


def test_only_the_cases_of_one_rulebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = lines(tmp_path, CASE, changed(id="XX-002", regime="uk_dtr5"), changed(id="XX-003", regime="xx_nowhere"))
    main(["rules", "test", file, "--regime", "us"])
    told = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert told == ["XX-001", "XX-003"]  # what names no rulebook may be a slip of the pen for this one


def test_cases_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(CASE).encode() + b"\r\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["rules", "test", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rules", "test"], "usage: stakeline rules"),
        (["rules", "test", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["rules", "test", "x", "--on", "2024-01-01"], "usage"),
        (["rules", "test", "x", "--regime", "atlantis"], "no rulebook 'atlantis'"),
        (["rules", "atlantis"], "no rulebook 'atlantis'"),
        (["rules", "dtr5"], "Did you mean uk_dtr5?"),
        (["rules", "hk", "--on", "8/11/2022"], "write it like 2022-11-08"),
        (["rules", "hk", "--changes", "2024-01-02", "2024-01-01"], "name the earlier day first"),
        (["rules", "hk", "us"], "usage"),
        (["rules", "hk", "--all"], "usage"),
    ],
)
def test_questions_that_cannot_be_answered(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


def test_the_list_of_rulebooks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    listed = {one["code"]: one for one in json.loads(capsys.readouterr().out)}
    assert listed["hk_sfo_part_xv"]["jurisdiction"] == "HK"
    assert listed["hk_sfo_part_xv"]["duties"] > 5
    assert main(["rules", "--on", "2001-01-01"]) == 0
    out = capsys.readouterr().out
    assert "hk_sfo_part_xv" in out
    assert f"{len(listed)} rulebooks" in out
    assert "Neither legal nor investment advice" in out


@pytest.mark.parametrize("name", ["hk", "HK", "hk_sfo_part_xv"])
def test_a_rulebook_in_tables(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", name, "--on", "2022-11-08"]) == 0
    out = capsys.readouterr().out
    for words in ("hk.ss.level", "313(1)(c)", "6% and every 1% above", "HK_PARTXV", "open questions", "sources"):
        assert words in out


def test_a_jurisdiction_means_all_its_rulebooks(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "uk", "--json"])
    found = {book["code"] for book in json.loads(capsys.readouterr().out)}
    assert {"uk_dtr5", "uk_ssr", "uk_takeover_rule8"} <= found


def test_a_day_before_the_law_shows_no_duty_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    main(["rules", "hk", "--on", "1990-01-01", "--json"])
    [book] = json.loads(capsys.readouterr().out)
    assert book["duties"] == []
    assert all("1991-09-01" in other["reason"] or "2003-04-01" in other["reason"] for other in book["others"])


def test_what_changed_in_schedule_13d(capsys: pytest.CaptureFixture[str]) -> None:
    """Release 33-11253: five business days in place of ten days, from 5 February 2024 on."""
    assert main(["rules", "us_13d_13g", "--changes", "2024-02-04", "2024-02-05", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    [deadline] = [c for c in found if c["duty"] == "us.13d.initial" and c["field"] == "deadline"]
    assert deadline["before"].startswith("10 calendar days")
    assert deadline["after"].startswith("5 business days")
    assert deadline["dates"] == ["2024-02-05"]
    main(["rules", "us_13d_13g", "--changes", "2024-02-05", "2024-02-06"])
    assert "nothing that is known" in capsys.readouterr().out


def test_a_duty_without_a_countable_day_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before 5 February 2024 an amendment of Schedule 13D was due "promptly" (240.13d-2(a)), which is no day."""
    given = {
        "investor": {"id": "A", "filer_type": "control"},
        "positions": [
            {"date": "2023-01-03", "holder": "A", "leg": "holding", "pct": "6"},
            {"date": "2023-06-01", "holder": "A", "leg": "holding", "pct": "8"},
        ],
        "filings": [{"date": "2023-01-10", "form": "Schedule 13D", "pct": "6"}],
        "event": {"type": "acquisition", "date": "2023-06-01"},
    }
    main(["rules", "test", lines(tmp_path, {"id": "XX-001", "regime": "us_13d_13g", "given": given})])
    told = json.loads(capsys.readouterr().out)
    assert (told["duty"], told["form"], told["deadline"]) == (True, "Schedule 13D/A", None)
    assert "no single last day is known: promptly" in told["reason"]
