"""Documentation that cannot lie: every command shown in it is run, and what it prints is compared where it is shown.

In a ```console block a line "$ command" is run in a shell of its own, all blocks of a page in one folder with one ledger;
the lines below it are what it prints, where "…" alone on a line stands for any lines and inside a line for any text.
A command behind "# exits 1" is expected to leave with that code.
"""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from stakeline.cli.arguments import commands
from tests import pages

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/rules/*.md"),
        ROOT / "README.md",
        *ROOT.glob("src/stakeline/**/README.md"),
    ]
)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str]]:
    """(command, what it prints) in the order of the page."""
    found = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip("\n")))
    return found


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_commands_in_docs_print_what_the_docs_say(page: Path, tmp_path: Path) -> None:
    (tmp_path / "notice.html").write_bytes(pages.founding_notice())
    subsidiary = pages.founding_notice(holder="Taobao Holding Limited", serial="CS20221111E00124")
    (tmp_path / "subsidiary.html").write_bytes(subsidiary)
    environment = {
        **os.environ,
        "STAKELINE_LEDGER": str(tmp_path / "ledger"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    for command, expected in blocks(page):
        if command.startswith("make "):
            assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
            continue
        words, _, code = command.partition("  # exits ")
        done = subprocess.run(
            words, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == int(code or 0), f"{command}\n{done.stdout}{done.stderr}"
        if expected:
            assert _fits(expected, done.stdout + done.stderr), f"{command} printed\n{done.stdout}{done.stderr}"


def _fits(expected: str, printed: str) -> bool:
    """True where the printed lines are the expected ones."""
    wanted = [line.rstrip() for line in expected.splitlines()]
    got = [line.rstrip() for line in printed.strip("\n").splitlines()]
    reached = {0}  # how many printed lines the expected ones so far can stand for
    for line in wanted:
        if line == "…":
            reached = set(range(min(reached, default=len(got) + 1), len(got) + 1))
        else:
            pattern = re.compile(".*".join(map(re.escape, line.split("…"))))
            reached = {n + 1 for n in reached if n < len(got) and pattern.fullmatch(got[n])}
    return len(got) in reached


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in commands():
        assert re.search(rf"^## .*`{command}`", text, re.MULTILINE), f"docs/commands.md has no section on `{command}`"


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"


def test_generated_pages_are_what_the_data_say() -> None:
    found = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    for name, text in found["pages"]().items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, f"docs/{name} is out of date: make docs"
