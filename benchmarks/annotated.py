"""Articles of which every figure is annotated: what the scores of the checker, of other readers and of what is learned are made from."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Gold = dict[str, Any]


class Figure(Protocol):
    """What is scored: ours, or another reader's in the same shape."""

    @property
    def start(self) -> int:
        """Where it begins, in code points."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def unit(self) -> str:
        """Its unit, by the schema's names."""

    @property
    def currency(self) -> str | None:
        """Its currency, an ISO code."""

    def stated(self) -> str | None:
        """Its value as text."""


class Article(NamedTuple):
    """An article with its gold."""

    text: str
    gold: Gold

    @property
    def name(self) -> str:
        """What the gold calls it."""
        return str(self.gold["article_id"])

    @property
    def day(self) -> date:
        """The day it was written."""
        return date.fromisoformat(str(self.gold["date"])[:10])


def load(folder: Path) -> list[Article]:
    """The articles of a folder, in the order of its gold."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]
    return [Article((folder / g["file"]).read_text(encoding="utf-8"), g) for g in golds]


def touches(figure: Figure, span: Gold) -> bool:
    return bool(figure.start < span["end"] and span["start"] < figure.end)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.1f}%" if whole else "     -"
