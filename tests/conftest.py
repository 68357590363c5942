"""Options and fixtures shared by all tests."""

import os
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long random tests whole")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--soak"):
        return
    skip = pytest.mark.skip(reason="a long random test: make soak")
    for item in items:
        if "soak" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real files, or a skip with that reason."""
    folder = os.environ.get("STAKELINE_SAMPLES")
    if not folder:
        pytest.skip("STAKELINE_SAMPLES is unset: no real files to read")
    return Path(folder)
