"""The cases that are shipped: lines written by hand from the texts, run through the call that `rules test` and `duty` make."""

import json
from pathlib import Path

import pytest

from stakeline.regimes.rulebooks import codes
from stakeline.workflows.cases import Failed, run

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_case_is_answered_as_computed_by_hand(file: Path) -> None:
    told = [json.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
    # The format knows no expected "unknown"; ours do: asked without `expected`, their answer must be unknown.
    unknown = {case["id"] for case in told if case["expected"]["duty"] is None}
    asked = [{k: v for k, v in case.items() if k != "expected" or case["id"] not in unknown} for case in told]
    done = list(run([json.dumps(case).encode() for case in asked], every=True))
    assert len(done) == len(told)
    wrong = {
        d.line.id: d.line.error if isinstance(d.line, Failed) else (d.against, d.line.reason)
        for d in done
        if isinstance(d.line, Failed) or (d.line.duty is not None if d.line.id in unknown else not d.line.ok)
    }
    assert not wrong


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_file_holds_the_cases_of_one_rulebook(file: Path) -> None:
    assert {json.loads(line)["regime"] for line in file.read_bytes().splitlines() if line.strip()} == {file.stem}


def test_every_rulebook_has_cases_and_each_case_an_id_of_its_own() -> None:
    assert {file.stem for file in FILES} == set(codes())
    names = [json.loads(line)["id"] for file in FILES for line in file.read_bytes().splitlines() if line.strip()]
    assert len(names) == len(set(names)), sorted(name for name in set(names) if names.count(name) > 1)
