"""What one kind of fact table is: its columns, what a header needs, and how a row is read."""

from collections.abc import Callable

import msgspec

from stakeline.model.facts import Fact
from stakeline.model.law import Box
from stakeline.model.notices import Notice
from stakeline.reading.factcells import Cells

Bodies = list[tuple[Notice | Fact, str]]
"""What a row gives: notices or facts, each with the column it stands in ("" for the row as a whole)."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of fact table.

    reader: its name in a `Reading`. columns: every column that may stand in it, with what to write there. required:
    those that its header must have. ignored: columns that are known and not read. key: the column whose words may
    stand only once. boxes: which column keeps which field, by field path. read_row: a row's cells to notices or facts.
    defaults: cells of every row that follow from the header's columns and the document's name. canonical: our name of
    a column that is written differently.
    """

    reader: str
    columns: dict[str, str]
    required: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    key: str | None = None
    boxes: dict[str, Box]
    read_row: Callable[[Cells], Bodies]
    defaults: Callable[[list[str], str], dict[str, str]] = lambda _columns, _name: {}
    canonical: Callable[[str], str] = str


def columns_of(paths: dict[str, tuple[str, str]]) -> dict[str, Box]:
    """Boxes from path -> (column, label)."""
    return {path: Box(path=path, element=f"column {column}", label=label) for path, (column, label) in paths.items()}
