"""The public surface: what is named is there, documented, and light to import."""

import inspect
import subprocess
import sys

import pytest

import stakeline
from stakeline.cli.arguments import commands


def test_every_public_name_is_there_and_documented() -> None:
    assert stakeline.__all__ == sorted(stakeline.__all__)
    for name in stakeline.__all__:
        assert inspect.getdoc(getattr(stakeline, name)), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="manager"):
        stakeline.manager  # noqa: B018


def test_help_imports_no_heavy_library() -> None:
    heavy = {"duckdb", "deltalake", "msgspec", "rich", "jinja2", "selectolax", "rapidfuzz", "decimal"}
    code = (
        "import sys; from stakeline.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    for command in commands():
        assert f"\n  {command} " in done.stdout
