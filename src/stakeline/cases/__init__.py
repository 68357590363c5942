"""Cases that ship with the package: fact tables with sources, loaded like any other document."""

from importlib.resources import files

from stakeline.model.documents import Document
from stakeline.model.errors import UnknownName


def cases() -> tuple[str, ...]:
    """The names of the cases that ship."""
    return tuple(sorted(item.name for item in files(__name__).iterdir() if (item / "README.md").is_file()))


def case(name: str) -> tuple[Document, ...]:
    """The fact tables of a case. UnknownName where none ships under that name."""
    if name not in cases():
        raise UnknownName(f"no case {name!r} ships; there are: {', '.join(cases())}")
    tables = sorted(
        (item for item in (files(__name__) / name).iterdir() if item.name.endswith(".csv")), key=lambda i: i.name
    )
    return tuple(Document(data=table.read_bytes(), name=f"cases/{name}/{table.name}") for table in tables)
