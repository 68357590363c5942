"""Raw documents, kept whole and named by their hash."""

from stakeline.archive.packs import (
    Held,
    Index,
    Pack,
    Packed,
    PackWriter,
    pack_faults,
    packed,
    read_document,
    read_index,
    read_pack,
)

__all__ = [
    "Held",
    "Index",
    "Pack",
    "PackWriter",
    "Packed",
    "pack_faults",
    "packed",
    "read_document",
    "read_index",
    "read_pack",
]
